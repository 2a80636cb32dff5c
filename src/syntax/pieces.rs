//! Cuts a file into declarations, so that a broken one does not hide the others. A piece begins
//! where a line starts (after any indentation) with a declaration keyword and a blank.

use std::ops::Range;

use super::words::{Word, declaration_at, is_line_blank};

/// The text of one declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes in the file, up to the next piece.
    pub range: Range<usize>,
    /// Its keyword as written.
    pub spelling: &'static str,
    /// Its keyword.
    pub word: Word,
}

/// A file that was cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pieces {
    /// What stands before the first piece: blanks and comments, or a mistake.
    pub before: Range<usize>,
    /// The declarations in order.
    pub pieces: Vec<Piece>,
}

/// Cuts `text`. Every byte is in `before` or in exactly one piece.
#[must_use]
pub fn cut(text: &str) -> Pieces {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut before = 0..text.len();
    for (start, spelling, word) in declarations(text) {
        match pieces.last_mut() {
            Some(last) => last.range.end = start,
            None => before.end = start,
        }
        pieces.push(Piece { range: start..text.len(), spelling, word });
    }
    Pieces { before, pieces }
}

/// The bytes of the first piece.
pub(crate) fn first(text: &str) -> Option<Range<usize>> {
    let mut starts = declarations(text).map(|(start, ..)| start);
    let start = starts.next()?;
    Some(start..starts.next().unwrap_or(text.len()))
}

/// Where the line of each declaration starts, with its keyword as written and as an entry.
fn declarations(text: &str) -> impl Iterator<Item = (usize, &'static str, Word)> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let at = start;
        start += line.len();
        let (spelling, word) = declaration_at(line.trim_start_matches(is_indentation))?;
        Some((at, spelling, word))
    })
}

/// The lines of `text` with the offset of each, line ends left off.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line.trim_end_matches(['\n', '\r']))
    })
}

/// Whether a line may start with `character` before its first word.
pub(crate) fn is_indentation(character: char) -> bool {
    is_line_blank(character) || character == '\u{FEFF}'
}

/// Whether `line` says nothing to the grammar.
pub(crate) fn is_blank_or_comment(line: &str) -> bool {
    let content = line.trim_start_matches(is_indentation);
    content.is_empty() || ["#", "＃", "注："].iter().any(|mark| content.starts_with(mark))
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong place must fail the test")]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_in_one_piece() {
        let text =
            "# 注\n政策 甲.乙\n  标题 “丙”\n\n  规则 丁（人）：岁 = 1岁\n规则丁\nrule x = 1\n";
        let cut = cut(text);
        assert_eq!(&text[cut.before.clone()], "# 注\n");
        let pieces: Vec<&str> = cut.pieces.iter().map(|piece| &text[piece.range.clone()]).collect();
        assert_eq!(
            pieces,
            ["政策 甲.乙\n  标题 “丙”\n\n", "  规则 丁（人）：岁 = 1岁\n规则丁\n", "rule x = 1\n"]
        );
    }

    #[test]
    fn a_file_without_declarations_is_all_before() {
        assert_eq!(cut("你好\n"), Pieces { before: 0..7, pieces: Vec::new() });
    }
}
