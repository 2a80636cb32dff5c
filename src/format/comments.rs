//! Comments, in the order of the text, waiting to be put back.

use super::dialect::Speech;
use crate::syntax::token::{TokenKind, tokens};
use crate::syntax::words::{is_ascii_word, is_han};

/// A comment of the source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comment<'file> {
    pub(super) text: &'file str,
    pub(super) start: usize,
    /// Nothing else stands on its line.
    pub(super) own_line: bool,
}

/// The comments that are not printed yet.
#[derive(Debug)]
pub(super) struct Comments<'file> {
    rest: std::iter::Peekable<std::vec::IntoIter<Comment<'file>>>,
}

impl<'file> Comments<'file> {
    pub(super) fn of(text: &'file str) -> Self {
        let mut found = Vec::new();
        let mut own_line = true;
        for token in tokens(text) {
            match token.kind {
                TokenKind::Newline => own_line = true,
                TokenKind::Whitespace => {}
                TokenKind::Comment => {
                    let text = token.text(text).trim_end();
                    found.push(Comment { text, start: token.start, own_line });
                }
                _ => own_line = false,
            }
        }
        Self { rest: found.into_iter().peekable() }
    }

    /// Those that stand before the byte `end`.
    pub(super) fn before(&mut self, end: usize) -> Vec<Comment<'file>> {
        let mut found = Vec::new();
        while let Some(comment) = self.rest.next_if(|comment| comment.start < end) {
            found.push(comment);
        }
        found
    }

    /// The one behind the byte `end` on the same line, with nothing but marks between.
    pub(super) fn behind(&mut self, speech: &Speech<'_>, end: usize) -> Option<Comment<'file>> {
        self.rest
            .next_if(|comment| !comment.own_line && only_marks(speech.written(end, comment.start)))
    }
}

/// Whether nothing stands in `text` but punctuation and the words that nodes have no places of.
fn only_marks(text: &str) -> bool {
    let rest = text.replace("私有", "").replace("private", "").replace('的', "");
    !rest.contains(|letter: char| letter == '\n' || is_han(letter) || is_ascii_word(letter))
}
