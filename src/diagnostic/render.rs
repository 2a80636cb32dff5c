//! Diagnostics as text for people.
//!
//! [`plain`] needs no terminal and no colours, and is what tests and logs show; [`one_line`] is for
//! editors and `grep`; `fancy` (feature `cli`) is for terminals. All of them replace control
//! characters, so that a policy or a case cannot write to the reader's terminal or reorder a line.

#[cfg(feature = "cli")]
mod fancy;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar as _;

#[cfg(feature = "cli")]
pub use self::fancy::fancy;
use super::{Diagnostic, Label, Language};
use crate::source::{SourceFile, SourceMap};

/// Lines up to this many columns are shown whole.
const MOST_COLUMNS: usize = 120;

/// How many characters are shown around the label of a longer line.
const BEFORE: usize = 30;
const AFTER: usize = 60;

const TAB_WIDTH: usize = 4;

/// The message, an excerpt for each place with an underline, and the help.
///
/// Labels on the line of the primary place share its excerpt; others get their own. A label over
/// several lines shows the first, a long line only the part around the label. A place in a file
/// that `sources` does not have is shown by its label text alone.
#[must_use]
pub fn plain(diagnostic: &Diagnostic, sources: &SourceMap, language: Language) -> String {
    let mut out = heading(diagnostic, language);
    out.push('\n');
    let excerpts = excerpts(diagnostic, sources);
    let gutter = excerpts.iter().map(|excerpt| excerpt.number.len()).max().unwrap_or(1);
    for excerpt in &excerpts {
        excerpt.write(&mut out, gutter, language);
    }
    for label in &diagnostic.labels {
        let text = label.text.get(language);
        if sources.file(label.span.source).is_none() && !text.is_empty() {
            note(&mut out, gutter, "", text);
        }
    }
    if let Some(help) = &diagnostic.help {
        note(&mut out, gutter, help_word(language), help.get(language));
    }
    out
}

/// `file:line:column: error[code] message`, without the place if there is none.
#[must_use]
pub fn one_line(diagnostic: &Diagnostic, sources: &SourceMap, language: Language) -> String {
    let heading = heading(diagnostic, language);
    let place = diagnostic.span().map(|span| sources.place(span)).unwrap_or_default();
    if place.is_empty() { heading } else { format!("{}: {heading}", visible(&place)) }
}

fn heading(diagnostic: &Diagnostic, language: Language) -> String {
    let message = on_one_line(diagnostic.message.get(language));
    format!("{}[{}] {message}", diagnostic.severity.name().get(language), diagnostic.code)
}

fn help_word(language: Language) -> &'static str {
    match language {
        Language::Zh => "改法：",
        Language::En => "help: ",
    }
}

fn note(out: &mut String, gutter: usize, word: &str, text: &str) {
    let _ = writeln!(out, "{:gutter$} = {word}{}", "", on_one_line(text));
}

fn on_one_line(text: &str) -> String {
    visible(text).replace("\r\n", " ").replace(['\n', '\r'], " ")
}

/// The text with each control or reordering character replaced by a visible one of as many bytes,
/// so that spans still fit. Tabs and line ends stay.
fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|character| match (is_hidden(character), character.len_utf8()) {
        (false, _) => character,
        (true, 1) => '?',
        (true, 2) => '¿',
        (true, _) => '\u{fffd}',
    });
    Cow::Owned(shown.collect())
}

fn is_hidden(character: char) -> bool {
    let control = character.is_control() && !matches!(character, '\t' | '\n' | '\r');
    let reorders = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}');
    control || reorders
}

/// One source line with the labels that point into it.
struct Excerpt<'a> {
    place: String,
    number: String,
    line: Line<'a>,
    labels: Vec<(&'a Label, bool)>,
}

fn excerpts<'a>(diagnostic: &'a Diagnostic, sources: &'a SourceMap) -> Vec<Excerpt<'a>> {
    let mut excerpts: Vec<Excerpt<'a>> = Vec::new();
    for (at, label) in diagnostic.labels.iter().enumerate() {
        let Some(file) = sources.file(label.span.source) else { continue };
        let primary = at == 0;
        let line = Line::around(file, label);
        let same_line = excerpts.iter_mut().find(|excerpt| {
            let first = excerpt.labels.first().map(|(label, _)| label.span.source);
            first == Some(label.span.source) && excerpt.line.shows_the_same(&line)
        });
        if let Some(excerpt) = same_line {
            excerpt.labels.push((label, primary));
            continue;
        }
        let (number, _) = file.line_column(label.span.start);
        excerpts.push(Excerpt {
            place: visible(&sources.place(label.span)).into_owned(),
            number: number.to_string(),
            line,
            labels: vec![(label, primary)],
        });
    }
    excerpts
}

impl Excerpt<'_> {
    fn write(&self, out: &mut String, gutter: usize, language: Language) {
        let _ = writeln!(out, "{:gutter$} ┌─ {}", "", self.place);
        let row = format!("{:>gutter$} │ {}", self.number, self.line.shown());
        let _ = writeln!(out, "{}", row.trim_end());
        for (label, primary) in &self.labels {
            let (start, width) = self.line.columns(label);
            let mark = if *primary { "^" } else { "-" }.repeat(width);
            let text = on_one_line(label.text.get(language));
            let row = format!("{:gutter$} │ {:start$}{mark} {text}", "", "");
            let _ = writeln!(out, "{}", row.trim_end());
        }
    }
}

/// The part of a source line that is shown.
struct Line<'a> {
    /// Byte offset of `text` in the file.
    offset: usize,
    text: &'a str,
    cut_before: bool,
    cut_after: bool,
}

impl<'a> Line<'a> {
    /// The line where `label` begins, cut around that place if it is long.
    fn around(file: &'a SourceFile, label: &Label) -> Self {
        let text = file.text();
        let at = (label.span.start as usize).min(text.len());
        let before = text.get(..at).unwrap_or("");
        let after = text.get(before.len()..).unwrap_or("");
        let line_before = before.rsplit('\n').next().unwrap_or("");
        let line_after = after.split('\n').next().unwrap_or("").trim_end_matches('\r');
        // Whether the line is long is decided on a bounded piece: a JSON file may be one line.
        let offset = before.len() - line_before.len();
        let whole = text.get(offset..before.len() + line_after.len()).unwrap_or("");
        if whole.len() <= MOST_COLUMNS * 4 && columns(whole, 0) <= MOST_COLUMNS {
            return Self { offset, text: whole, cut_before: false, cut_after: false };
        }
        let kept_before: usize = line_before.chars().rev().take(BEFORE).map(char::len_utf8).sum();
        let kept_after: usize = line_after.chars().take(AFTER).map(char::len_utf8).sum();
        let offset = before.len() - kept_before;
        Self {
            offset,
            text: text.get(offset..before.len() + kept_after).unwrap_or(""),
            cut_before: kept_before < line_before.len(),
            cut_after: kept_after < line_after.len(),
        }
    }

    fn shows_the_same(&self, other: &Self) -> bool {
        self.offset == other.offset && self.text.len() == other.text.len()
    }

    /// Tabs become spaces, hidden characters visible.
    fn shown(&self) -> String {
        let mut shown = String::new();
        if self.cut_before {
            shown.push('…');
        }
        let mut column = shown.chars().count();
        for character in visible(self.text).chars() {
            let width = width_at(character, column);
            if character == '\t' {
                shown.extend(std::iter::repeat_n(' ', width));
            } else if character != '\r' {
                shown.push(character);
            }
            column += width;
        }
        if self.cut_after {
            shown.push('…');
        }
        shown
    }

    /// First column and width of the part of the label on this line; at least one column.
    fn columns(&self, label: &Label) -> (usize, usize) {
        let within = |offset: u32| (offset as usize).saturating_sub(self.offset);
        let before = self.text.get(..within(label.span.start)).unwrap_or(self.text);
        let until = self.text.get(..within(label.span.end)).unwrap_or(self.text);
        let first = usize::from(self.cut_before);
        let start = columns(before, first);
        let end = columns(until, first);
        (start, end.saturating_sub(start).max(1))
    }
}

/// The column after `text` when it begins at `column`.
fn columns(text: &str, column: usize) -> usize {
    visible(text).chars().fold(column, |column, c| column + width_at(c, column))
}

fn width_at(character: char, column: usize) -> usize {
    if character == '\t' { TAB_WIDTH - column % TAB_WIDTH } else { character.width().unwrap_or(0) }
}
