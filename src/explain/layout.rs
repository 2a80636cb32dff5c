//! Lines and columns of text that is partly Chinese: width, padding, line breaking, styles.
//!
//! Widths are terminal columns, two for a Chinese character. Nothing here knows what the text says.

mod page;

use std::borrow::Cow;

pub use page::PageOptions;
pub(crate) use page::{Page, cells};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Whether no line may begin with a character.
fn is_closing(character: char) -> bool {
    matches!(
        character,
        '，' | '。'
            | '；'
            | '：'
            | '、'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '〕'
            | '」'
            | '』'
            | '”'
            | '’'
            | '！'
            | '？'
            | '…'
            | '％'
            | '%'
            | ')'
            | ']'
            | '}'
            | ','
            | '.'
            | ';'
            | ':'
            | '!'
            | '?'
            | '/'
            | '／'
            | '·'
    )
}

/// Whether no line may end with a character.
fn is_opening(character: char) -> bool {
    matches!(
        character,
        '（' | '【'
            | '《'
            | '〈'
            | '〔'
            | '「'
            | '『'
            | '“'
            | '‘'
            | '('
            | '['
            | '{'
            | '/'
            | '／'
            | '·'
    )
}

/// How many columns `text` takes.
#[must_use]
pub fn columns(text: &str) -> usize {
    let known = text
        .chars()
        .try_fold(0_usize, |all, character| Some(all.saturating_add(usual_columns(character)?)));
    known.unwrap_or_else(|| text.width())
}

/// How many columns a character takes, where that is soon seen and the characters beside it cannot
/// change it.
fn usual_columns(character: char) -> Option<usize> {
    match character {
        '\u{20}'..='\u{7e}' | '—' | '‘' | '’' | '“' | '”' | '…' => Some(1),
        '\u{4e00}'..='\u{9fff}' | '\u{3001}'..='\u{301f}' | '\u{ff01}'..='\u{ff5e}' => Some(2),
        _ => None,
    }
}

/// How many columns a character takes by itself.
fn columns_of(character: char) -> usize {
    usual_columns(character).unwrap_or_else(|| character.width().unwrap_or(0))
}

/// `text` with spaces after it, up to `width` columns.
#[must_use]
pub fn pad(text: &str, width: usize) -> String {
    let mut padded = text.to_owned();
    padded.extend(std::iter::repeat_n(' ', width.saturating_sub(columns(text))));
    padded
}

/// The text on one line, with every character that could steer a terminal or reorder the line made
/// visible. Names and values come from files that anybody may have written.
#[must_use]
pub fn visible(text: &str) -> String {
    seen(text).into_owned()
}

/// The same, without a copy where nothing has to be made visible.
pub(crate) fn seen(text: &str) -> Cow<'_, str> {
    // All that is shown otherwise begins with one of these bytes: a control character of ASCII, one
    // of those behind it, or a mark of direction.
    let may = |byte: &u8| matches!(byte, 0..=0x1f | 0x7f | 0xc2 | 0xe2);
    if !text.as_bytes().iter().any(may) {
        return Cow::Borrowed(text);
    }
    if text.chars().all(|character| shown(character) == character) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(shown).collect())
}

/// What stands for a character on a line.
fn shown(character: char) -> char {
    match character {
        '\n' | '\r' | '\t' => ' ',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        other if other.is_control() => '\u{fffd}',
        other => other,
    }
}

/// The text as lines of at most `width` columns, at least one line.
///
/// Lines break at spaces and between Chinese characters, never before a closing mark, after an
/// opening one, or between a number and its unit. A piece longer than a line is cut.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(2);
    let whole = text.trim_end();
    // No character takes more columns than bytes.
    if whole.len() <= width || columns(whole) <= width {
        return vec![whole.to_owned()];
    }
    let mut lines = Vec::new();
    let mut line = String::new();
    // Of the line as it is, blanks at its end among them.
    let mut taken = 0;
    for piece in pieces(text) {
        let wide = columns(piece.trim_end());
        if !line.is_empty() && taken + wide > width {
            lines.push(line.trim_end().to_owned());
            line.clear();
            taken = 0;
        }
        if wide <= width {
            line.push_str(piece);
            taken += columns(piece);
            continue;
        }
        for character in piece.chars() {
            let wide = columns_of(character);
            if taken + wide > width {
                lines.push(std::mem::take(&mut line));
                taken = 0;
            }
            line.push(character);
            taken += wide;
        }
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The text cut wherever a line may break; spaces stay at the end of their piece.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, character) in text.char_indices() {
        if before.is_some_and(|before| may_break(before, character)) {
            pieces.push(text.get(start..at).unwrap_or(""));
            start = at;
        }
        before = Some(character);
    }
    pieces.push(text.get(start..).unwrap_or(""));
    pieces
}

fn may_break(before: char, after: char) -> bool {
    let is_wide = |character: char| columns_of(character) == 2;
    if is_closing(after) || is_opening(before) || after == ' ' {
        return false;
    }
    before == ' ' || (is_wide(before) || is_wide(after)) && !before.is_ascii_digit()
}

/// Terminal styles, or none.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    /// Whether to style at all.
    pub color: bool,
}

/// What a piece of text is, for its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As it comes.
    Plain,
    /// A heading or a result.
    Strong,
    /// Sources and field names.
    Faint,
    /// Held, entitled.
    Good,
    /// Failed, not entitled, an error.
    Bad,
    /// Undecided, a warning.
    Doubtful,
}

impl Paint {
    /// `text` in `style`.
    #[must_use]
    pub fn apply(self, style: Style, text: &str) -> String {
        let code = match style {
            Style::Plain => "",
            Style::Strong => "1",
            Style::Faint => "2",
            Style::Good => "32",
            Style::Bad => "31",
            Style::Doubtful => "33",
        };
        if !self.color || code.is_empty() || text.is_empty() {
            return text.to_owned();
        }
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

#[cfg(test)]
mod tests {
    use super::{Paint, Style, columns, pad, visible, wrap};

    #[test]
    fn chinese_characters_take_two_columns() {
        assert_eq!(columns("低保金 1353元"), 13);
        assert_eq!(pad("低保", 6), "低保  ");
        assert_eq!(pad("低保金", 4), "低保金");
    }

    #[test]
    fn columns_that_are_soon_seen_are_those_of_unicode() {
        use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};
        let seen = |character: &char| super::usual_columns(*character).is_some();
        let all: Vec<char> = ('\0'..=char::MAX).filter(seen).collect();
        for character in &all {
            assert_eq!(super::usual_columns(*character), character.width(), "{character:?}");
        }
        for first in ['a', '7', '*', '中', '（', '…', '”'] {
            for second in &all {
                let pair = String::from_iter([first, *second, first]);
                assert_eq!(columns(&pair), pair.width(), "{pair:?}");
            }
        }
        let others = ["é—“”", "👩‍👩‍👧 1\u{fe0f}\u{20e3}", "中\u{fe01}“\u{fe01}", "a\tb", "ｱ가"];
        for text in others {
            assert_eq!(columns(text), text.width(), "{text:?}");
        }
    }

    #[test]
    fn lines_break_between_characters_but_not_at_marks_or_units() {
        assert_eq!(
            wrap("人均月收入低于低保标准，低451元", 12),
            ["人均月收入低", "于低保标准，", "低451元"]
        );
        assert_eq!(wrap("甲乙丙，丁", 6), ["甲乙", "丙，丁"]);
        assert_eq!(wrap("甲乙（丙）", 6), ["甲乙", "（丙）"]);
        assert_eq!(wrap("月收入为2250元/月", 12), ["月收入为", "2250元/月"]);
        assert_eq!(wrap("the income is below", 10), ["the income", "is below"]);
        assert_eq!(wrap("", 10), [""]);
    }

    #[test]
    fn a_piece_longer_than_a_line_is_cut() {
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("甲乙丙", 1), ["甲", "乙", "丙"]);
    }

    #[test]
    fn control_characters_cannot_reach_the_terminal() {
        assert_eq!(visible("甲\u{1b}[31m\n乙\u{202e}"), "甲\u{fffd}[31m 乙\u{fffd}");
    }

    #[test]
    fn what_is_seen_is_copied_only_where_it_changes() {
        for text in ["", "低保金 1,353元/月 → ……", "é—“”", "a\u{85}b", "\u{200e}甲", "甲\u{7f}"]
        {
            let changed: String = text.chars().map(super::shown).collect();
            assert_eq!(visible(text), changed);
            assert_eq!(matches!(super::seen(text), super::Cow::Owned(_)), changed != text);
        }
    }

    #[test]
    fn styles_are_used_only_when_asked_for() {
        assert_eq!(Paint { color: false }.apply(Style::Bad, "甲"), "甲");
        assert_eq!(Paint { color: true }.apply(Style::Bad, "甲"), "\u{1b}[31m甲\u{1b}[0m");
    }
}
