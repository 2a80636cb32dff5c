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

/// The names that a declaration which could not be read would have introduced: its own, its
/// payments', its facts', its values'. What is said where they are used says nothing new.
pub(super) fn declared_names(
    source: SourceId,
    offset: usize,
    content: &str,
    piece: &Piece,
) -> Vec<Reference> {
    let mut names = Vec::new();
    // What is pushed reaches to the end of the declaration.
    let mut push = |rest: &str| {
        let name = rest.trim_start_matches(is_line_blank);
        let start = content.len() - name.len();
        for (at, text) in [Some(leading_name(name)), alias(name)].into_iter().flatten() {
            let start = offset + start + at;
            let span = Span::new(source, start, start + text.len());
            if !text.is_empty() {
                names.push(Reference { text: text.to_owned(), span });
            }
        }
    };
    let mut rest = content;
    let mut is_head = true;
    while !rest.is_empty() {
        let line = rest.trim_start_matches(is_indentation);
        let keyword = match (is_head, piece.word.zh) {
            (true, "政策" | "词汇" | "补充" | "约束" | "案例" | "关系") => None,
            (true, _) => line.strip_prefix(piece.spelling),
            (false, "对象") => Some(line),
            (false, _) => line.strip_prefix("给付").or_else(|| line.strip_prefix("payment ")),
        };
        if let Some(name) = keyword {
            push(name);
        }
        if let (true, "枚举", Some((_, mut values))) =
            (is_head, piece.word.zh, line.split_once(['：', ':']))
        {
            push(values);
            while let Some((_, next)) = values.split_once(['、', ',', '，']) {
                push(next);
                values = next;
            }
        }
        is_head = false;
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    names
}

/// The name that `text` begins with, and where; empty where there is none.
fn leading_name(text: &str) -> (usize, &str) {
    if let Some((name, _)) = text.strip_prefix('「').and_then(|text| text.split_once('」')) {
        return ('「'.len_utf8(), name);
    }
    let same = |letter: char| is_han(letter) || is_ascii_word(letter);
    let end = text.find(|letter: char| !same(letter)).unwrap_or(text.len());
    (0, text.get(..end).unwrap_or(""))
}

/// The other name behind the one that `text` begins with: `低保【dibao】`.
fn alias(text: &str) -> Option<(usize, &str)> {
    let (_, name) = leading_name(text);
    let behind = text.get(text.find(name)? + name.len()..)?.trim_start_matches('」');
    let behind = behind.strip_prefix('【').or_else(|| behind.strip_prefix("[["))?;
    let (alias, _) = behind.split_once(['】', ']'])?;
    Some((text.len() - behind.len(), alias))
}
