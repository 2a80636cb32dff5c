//! What would change the decisions, as a paper: for a file note, a letter, a page.

use super::changes::Changes;
use super::text::{Line, dates, told};
use crate::diagnostic::Language;
use crate::explain::paper::{Block, Paper};

/// The changes in `language`.
#[must_use]
pub fn changes(changes: &Changes, language: Language) -> Paper {
    let asked = &changes.asked;
    let title = match language {
        Language::Zh => format!("怎样才会改变结论：{}", asked.policy),
        Language::En => format!("What would change the decisions: {}", asked.policy),
    };
    let mut blocks = vec![Block::Title(title), Block::Middle(dates(asked, language))];
    for told in told(changes, language) {
        blocks.push(Block::Heading(told.title));
        blocks.extend(told.lines.into_iter().map(|line| match line {
            Line::Item(text) => Block::Item(text),
            Line::Said(text) => Block::Flush(text),
            Line::Doubt(text) => Block::Warning(text),
        }));
    }
    Paper { blocks }
}
