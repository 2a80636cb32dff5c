//! Runs of Chinese characters, cut into names and words as the grammar cuts them.

use super::{Raw, TokenKind, clause_word, declares, ends_word};
use crate::syntax::words::{
    AFTER_COMMA_WORDS, COMBINATORS, CUTTING_WORDS, PERIOD_WORDS, RESERVED_WORDS, UNIT_FOLLOWERS,
    UNIT_WORDS, is_han, is_line_blank,
};

/// Takes one word of the run of Chinese characters that begins here.
pub(super) fn word(lexer: &mut logos::Lexer<'_, Raw>) -> TokenKind {
    let first = lexer.slice().len();
    let text = lexer.source().get(lexer.span().start..).unwrap_or("");
    let (kind, length) = classify(text, lexer);
    lexer.bump(length.saturating_sub(first));
    kind
}

fn classify(text: &str, lexer: &logos::Lexer<'_, Raw>) -> (TokenKind, usize) {
    let memory = &lexer.extras;
    if text.starts_with("注：") && !memory.in_cell {
        let line = text.split('\n').next().unwrap_or("");
        return (TokenKind::Comment, line.strip_suffix('\r').unwrap_or(line).len());
    }
    if let Some(word) = cutting_word(text) {
        return (TokenKind::CuttingWord, word.len());
    }
    let segment = segment(text);
    let rest = text.get(segment.len()..).unwrap_or("");
    if declares(segment, memory) && rest.starts_with(is_line_blank) {
        return (TokenKind::Keyword, segment.len());
    }
    if text.starts_with("依据") && !memory.in_cell {
        return (TokenKind::Clause, "依据".len());
    }
    if let Some(word) = COMBINATORS.iter().find(|word| text.starts_with(**word)) {
        return (TokenKind::Clause, word.len());
    }
    if segment.starts_with("例外") && (!memory.in_line || segment.len() == "例外".len()) {
        return (TokenKind::Clause, "例外".len());
    }
    if clause_word(segment) && ends_word(rest) {
        return (TokenKind::Clause, segment.len());
    }
    if RESERVED_WORDS.contains(&segment) || PERIOD_WORDS.contains(&segment) {
        return (TokenKind::Reserved, segment.len());
    }
    if memory.after_comma()
        && let Some(word) = AFTER_COMMA_WORDS.iter().find(|word| segment.starts_with(**word))
    {
        return (TokenKind::Reserved, word.len());
    }
    if memory.last == Some(TokenKind::Reserved) && segment == "到" {
        return (TokenKind::Reserved, segment.len());
    }
    if memory.at_operand() && segment.starts_with('非') {
        return (TokenKind::Operator, '非'.len_utf8());
    }
    (TokenKind::Name, unit_before_clause(segment).unwrap_or(segment.len()))
}

/// The cutting word that `text` starts with, the longest of them.
pub(super) fn cutting_word(text: &str) -> Option<&'static str> {
    CUTTING_WORDS.iter().find(|word| text.starts_with(**word)).copied()
}

/// The Chinese characters at the start of `text`, up to a cutting word.
pub(super) fn segment(text: &str) -> &str {
    let end = text
        .char_indices()
        .find(|(at, letter)| {
            !is_han(*letter) || text.get(*at..).is_some_and(|rest| cutting_word(rest).is_some())
        })
        .map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or("")
}

/// The length of the unit that `segment` begins with, where a clause is glued to it: 月依据.
fn unit_before_clause(segment: &str) -> Option<usize> {
    UNIT_WORDS.iter().find_map(|unit| {
        let rest = segment.strip_prefix(unit)?;
        UNIT_FOLLOWERS.iter().any(|follower| rest.starts_with(follower)).then_some(unit.len())
    })
}
