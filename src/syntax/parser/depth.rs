//! How deep brackets stand in one another, counted before pest recurses over them.

use std::ops::Range;

use crate::syntax::words::{is_ascii_word, is_han};

/// A bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// `（`
    Open(char),
    /// `）`
    Close(char),
}

/// The brackets of `text` in code, with their places; those in texts, quoted names, citations and
/// comments are left out.
pub(super) fn brackets(text: &str) -> Vec<(usize, Mark)> {
    let mut marks = Vec::new();
    scan(text, |at, letter, in_words| {
        if !in_words && is_open(letter) {
            marks.push((at, Mark::Open(letter)));
        } else if !in_words && is_close(letter) {
            marks.push((at, Mark::Close(letter)));
        }
    });
    marks
}

/// Where nesting exceeds the limit. Brackets in words count as open until the words end, because
/// whether pest sees words there is not certain; that can only make the count too high.
pub(super) fn too_deep(text: &str, most: usize) -> Option<(usize, usize)> {
    // Nearly every declaration holds fewer of them than may stand in one another.
    let may_nest = |letter: &char| is_open(*letter) || starts_no_bracket(*letter);
    if text.chars().filter(may_nest).count() <= most {
        return None;
    }
    let mut found = None;
    let mut depth = 0_usize;
    let mut depth_in_words = 0_usize;
    let mut was_in_words = false;
    // A chain of 如果 nests without brackets; it ends at a stop that no 否则 follows.
    let mut chained = 0_usize;
    scan(text, |at, letter, in_words| {
        if in_words && !was_in_words {
            depth_in_words = 0;
        }
        was_in_words = in_words;
        if is_open(letter) {
            depth += 1;
            depth_in_words += 1;
        } else if is_close(letter) && in_words {
            depth = depth.saturating_sub(depth_in_words.min(1));
            depth_in_words = depth_in_words.saturating_sub(1);
        } else if is_close(letter) {
            depth = depth.saturating_sub(1);
        } else if starts_no_bracket(letter) {
            chained += usize::from(starts_if(text, at));
        } else if matches!(letter, '；' | ';' | '。') && !else_follows(text, at + letter.len_utf8())
        {
            chained = 0;
        }
        if depth + chained > most && found.is_none() {
            found = Some((at, letter.len_utf8()));
        }
    });
    found
}

/// Calls `visit` with every character, and whether it stands in a text, a quoted name, a citation
/// or a comment.
fn scan(text: &str, mut visit: impl FnMut(usize, char, bool)) {
    let mut until: Option<char> = None;
    let mut previous = '\n';
    for (at, letter) in text.char_indices() {
        match until {
            Some(end) if letter == end || letter == '\n' => until = None,
            Some(_) => visit(at, letter, true),
            None => {
                visit(at, letter, false);
                until = words_end(text, at, letter, previous);
            }
        }
        previous = letter;
    }
}

/// What ends the words that begin at `at`, if any do.
fn words_end(text: &str, at: usize, letter: char, previous: char) -> Option<char> {
    let rest = text.get(at..).unwrap_or("");
    match letter {
        '“' => Some('”'),
        '"' | '＂' => Some(letter),
        '「' => Some('」'),
        '#' | '＃' => Some('\n'),
        '注' if rest.starts_with("注：") => Some('\n'),
        '依' if rest.starts_with("依据") && !is_han(previous) => Some('\n'),
        's' if rest.starts_with("source ") && !previous.is_ascii_alphanumeric() => Some('\n'),
        _ => None,
    }
}

/// Whether 如果 or `if` may begin with `letter`: what nests without brackets.
fn starts_no_bracket(letter: char) -> bool {
    matches!(letter, '如' | 'i')
}

fn starts_if(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or("");
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let is_word = |letter: char| is_ascii_word(letter);
    rest.starts_with("如果")
        || rest.strip_prefix("if").is_some_and(|rest| !rest.starts_with(is_word))
            && !before.is_some_and(is_word)
}

fn else_follows(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or("").trim_start();
    rest.starts_with("否则") || rest.starts_with("else")
}

pub(super) fn is_open(letter: char) -> bool {
    matches!(letter, '（' | '(' | '[' | '［' | '【')
}

pub(super) fn is_close(letter: char) -> bool {
    matches!(letter, '）' | ')' | ']' | '］' | '】')
}

/// The line of `text` that holds the byte `at`, without its end.
pub(super) fn line_range(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let rest = text.get(start..).unwrap_or("");
    start..start + rest.find('\n').unwrap_or(rest.len())
}
