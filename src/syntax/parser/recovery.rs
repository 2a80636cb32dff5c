//! What is said of a declaration that could not be read: every mistake that can be told from the
//! others, by blanking out the line of one and trying again.

use pest::Parser as _;
use pest::error::Error;

use super::depth::line_range;
use super::failure::{self, Context, Stop};
use super::grammar::HuizeParser;
use super::{Piece, Rule};
use crate::source::{SourceId, Span};
use crate::syntax::ast::Reference;
use crate::syntax::error::SyntaxError;
use crate::syntax::pieces::is_indentation;
use crate::syntax::words::{is_ascii_word, is_han, is_line_blank};

/// How many mistakes of one declaration are reported.
const MOST_ERRORS: usize = 5;

/// The errors of a declaration for which pest gave `error`.
pub(super) fn explain(context: &Context<'_>, error: &Error<Rule>) -> Vec<SyntaxError> {
    let mut text = context.content.to_owned();
    let mut stop = Stop::new(error);
    let mut errors = vec![failure::error(context, &text, &stop)];
    while errors.len() < MOST_ERRORS {
        let Some(first) = errors.last().map(|error| error.span().range().start) else { break };
        let at = first.saturating_sub(context.offset);
        let Some(masked) = without_line(&text, at) else { break };
        let line_end = line_range(&text, at).end.max(line_range(&text, stop.at).end);
        text = masked;
        let Err(error) = HuizeParser::parse(Rule::piece, &text) else { break };
        stop = Stop::new(&error);
        // A stop where a line begins may be the doing of the line that was blanked out.
        let line = line_range(&text, stop.at);
        let before = text.get(line.start..stop.at).unwrap_or("");
        if stop.at <= line_end || before.chars().all(is_indentation) {
            break;
        }
        errors.push(failure::error(context, &text, &stop));
    }
    errors
}

/// `text` with the line at `at` blanked out; `None` for the first line, which everything rests on.
fn without_line(text: &str, at: usize) -> Option<String> {
    let line = line_range(text, at);
    if text.get(..line.start)?.trim().is_empty() {
        return None;
    }
    let blanks = " ".repeat(line.len());
    Some([text.get(..line.start)?, &blanks, text.get(line.end..)?].concat())
}

/// The name that a declaration which could not be read would have introduced.
pub(super) fn declared_name(
    source: SourceId,
    offset: usize,
    content: &str,
    piece: &Piece,
) -> Option<Reference> {
    if matches!(piece.word.zh, "政策" | "词汇" | "补充" | "约束" | "案例" | "关系") {
        return None;
    }
    let head = content.trim_start_matches(is_indentation).strip_prefix(piece.spelling)?;
    let name = head.trim_start_matches(is_line_blank);
    let start = offset + content.len() - name.len();
    let (text, length) = match name.strip_prefix('「') {
        Some(quoted) => {
            let text = quoted.get(..quoted.find('」')?)?;
            (text, "「」".len() + text.len())
        }
        None => {
            let same = |letter: char| is_han(letter) || is_ascii_word(letter);
            let end = name.find(|letter: char| !same(letter)).unwrap_or(name.len());
            (name.get(..end)?, end)
        }
    };
    let span = Span::new(source, start, start + length);
    (!text.is_empty()).then(|| Reference { text: text.to_owned(), span })
}
