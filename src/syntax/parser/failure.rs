//! Turns the place where pest stopped into one error in the drafter's words.

use pest::error::{Error, ErrorVariant, InputLocation};

use super::depth::line_range;
use super::{Rule, nouns, slips};
use crate::source::{SourceId, Span};
use crate::syntax::error::{Found, SyntaxError};
use crate::syntax::pieces::{Piece, is_blank_or_comment};
use crate::syntax::words::{is_ascii_word, is_han};

/// The longest text that a message quotes, in characters.
const LONGEST_FOUND: usize = 16;

/// The declaration that could not be read.
pub(super) struct Context<'text> {
    pub(super) source: SourceId,
    /// Where the declaration begins in the file.
    pub(super) offset: usize,
    /// Its text.
    pub(super) content: &'text str,
    /// Its keyword.
    pub(super) piece: &'text Piece,
    /// Whether the file ends with it.
    pub(super) last: bool,
}

impl Context<'_> {
    /// The place in the file of a place in the declaration.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, self.offset + start, self.offset + end)
    }
}

/// Where pest stopped, and what it could have gone on with.
pub(super) struct Stop {
    /// The first byte that it could not read.
    pub(super) at: usize,
    /// What it tried there.
    pub(super) wanted: Vec<Rule>,
}

impl Stop {
    pub(super) fn new(error: &Error<Rule>) -> Self {
        let at = match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
        };
        let wanted = match &error.variant {
            ErrorVariant::ParsingError { positives, .. } => positives.clone(),
            ErrorVariant::CustomError { .. } => Vec::new(),
        };
        Self { at, wanted }
    }
}

/// The error for `stop` in `text`, which is the declaration or that with some lines blanked out.
pub(super) fn error(context: &Context<'_>, text: &str, stop: &Stop) -> SyntaxError {
    slips::find(context, text, stop).unwrap_or_else(|| expected(context, text, stop))
}

fn expected(context: &Context<'_>, text: &str, stop: &Stop) -> SyntaxError {
    let expected = nouns::expected(&stop.wanted);
    let rest = text.get(stop.at..).unwrap_or("");
    let line = line_range(text, stop.at);
    let before = text.get(line.start..stop.at).unwrap_or("");
    let at_line_start = is_blank_or_comment(before);
    let nothing_left = rest.trim().is_empty() || rest.lines().all(is_blank_or_comment);
    let headless = stop.wanted.contains(&Rule::subject);
    let unfinished = at_line_start && (headless || nouns::wants_value(&stop.wanted));
    if nothing_left || unfinished || rest.starts_with(['\n', '\r', '#', '＃']) {
        let end = text_end(text, stop.at);
        let found = if nothing_left && context.last { Found::FileEnd } else { Found::LineEnd };
        return SyntaxError::Expected { span: context.span(end, end), expected, found };
    }
    let word = word_at(rest);
    let span = context.span(stop.at, stop.at + word.len());
    SyntaxError::Expected { span, expected, found: Found::Word(word.to_owned()) }
}

/// The end of the last text before `at`, comments and blanks left out.
pub(super) fn text_end(text: &str, at: usize) -> usize {
    let mut end = at;
    loop {
        let before = text.get(..end).unwrap_or("").trim_end();
        let line = line_range(before, before.len());
        let content = before.get(line.clone()).unwrap_or("");
        let comment = ["#", "＃", "注："].iter().filter_map(|mark| content.find(mark)).min();
        match comment {
            Some(comment) => end = line.start + comment,
            None => return before.len(),
        }
    }
}

/// The first word or sign of `rest`.
pub(super) fn word_at(rest: &str) -> &str {
    let Some(first) = rest.chars().next() else { return "" };
    let same: fn(char) -> bool = if is_han(first) {
        is_han
    } else if is_ascii_word(first) {
        is_ascii_word
    } else {
        |_| false
    };
    let end = rest
        .char_indices()
        .enumerate()
        .find(|(count, (_, letter))| *count > 0 && (!same(*letter) || *count >= LONGEST_FOUND))
        .map_or(rest.len(), |(_, (at, _))| at);
    rest.get(..end).unwrap_or(rest)
}
