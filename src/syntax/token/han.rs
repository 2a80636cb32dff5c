//! Runs of Chinese characters, cut into names and words as the grammar cuts them.

use super::{Memory, Raw, TokenKind, clause_word, declares, ends_word};
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
    if text.starts_with("依据") {
        let kind = if memory.in_cell { TokenKind::Reserved } else { TokenKind::Clause };
        return (kind, "依据".len());
    }
    if let Some(word) = cutting_word(text) {
        return (TokenKind::CuttingWord, word.len());
    }
    if let Some(found) = glued_word(text, memory) {
        return found;
    }
    let segment = segment(text);
    let rest = text.get(segment.len()..).unwrap_or("");
    if declares(segment, memory) && rest.starts_with(is_line_blank) {
        return (TokenKind::Keyword, segment.len());
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
    let glued = unit_before_clause(segment)
        .or_else(|| before_field_clause(text, segment))
        .filter(|length| *length > 0);
    (TokenKind::Name, glued.unwrap_or(segment.len()))
}

/// 如果 where an operand begins, 则, 否则 and 缺省 where one has ended: what follows needs no blank.
fn glued_word(text: &str, memory: &Memory) -> Option<(TokenKind, usize)> {
    let starts = |words: &[&'static str]| words.iter().copied().find(|word| text.starts_with(word));
    let word = match (memory.at_operand(), memory.in_line) {
        (true, _) if memory.after_comma() => starts(&["如果", "则", "否则"]),
        (true, _) => starts(&["如果"]),
        (false, true) => starts(&["则", "否则", "缺省"]),
        (false, false) => None,
    }?;
    let kind = if word == "缺省" { TokenKind::Clause } else { TokenKind::Reserved };
    Some((kind, word.len()))
}

/// The length of the word that 缺省 or a question is glued to: 残疾类别缺省, 无问“…”.
pub(super) fn before_field_clause(text: &str, segment: &str) -> Option<usize> {
    let is_question = |at: usize| {
        let rest = text.get(at + '问'.len_utf8()..).unwrap_or("");
        rest.trim_start_matches(is_line_blank).starts_with(['“', '"', '＂'])
    };
    let asked = segment.match_indices('问').map(|(at, _)| at).find(|at| is_question(*at));
    [segment.find("缺省"), asked].into_iter().flatten().min()
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
