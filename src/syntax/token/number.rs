//! Numbers with their units, and dates.

use super::han::{before_field_clause, segment};
use super::{Raw, TokenKind};
use crate::syntax::words::{UNIT_FOLLOWERS, UNIT_WORDS, is_ascii_word, is_han};
use crate::value::half_width;

/// Words of periods that stand glued behind a number and are no unit.
const NO_UNITS: [&str; 6] = ["至", "起", "止", "则", "否则", "缺省"];

/// Takes the number or date that begins here.
pub(super) fn number(lexer: &mut logos::Lexer<'_, Raw>) -> TokenKind {
    let first = lexer.slice().len();
    let text = lexer.source().get(lexer.span().start..).unwrap_or("");
    let (kind, length) = match date(text) {
        Some(length) => (TokenKind::Date, length),
        None => (TokenKind::Number, with_unit(text)),
    };
    lexer.bump(length.saturating_sub(first));
    kind
}

/// How many bytes of digits `text` starts with, if it has between `least` and `most` of them.
fn digits(text: &str, least: usize, most: usize) -> Option<usize> {
    let letters = text.char_indices().find(|(_, letter)| !half_width(*letter).is_ascii_digit());
    let length = letters.map_or(text.len(), |(at, _)| at);
    let count = text.get(..length)?.chars().count();
    (least..=most).contains(&count).then_some(length)
}

/// The rest of `text` after `skipped` bytes and one of `words`, with the bytes before it.
fn after(text: &str, skipped: usize, words: &[&str]) -> Option<usize> {
    let rest = text.get(skipped..)?;
    let word = words.iter().find(|word| rest.starts_with(**word))?;
    Some(skipped + word.len())
}

/// `2023年7月1日`, `2023年7月`, `2023年`, `2023-07-01`, `2023-07`, `8月31日`.
fn date(text: &str) -> Option<usize> {
    let part = |at: usize, least: usize, words: &[&str]| -> Option<usize> {
        let rest = text.get(at..)?;
        let end = at + digits(rest, least, 2)?;
        if words.is_empty() { Some(end) } else { after(text, end, words) }
    };
    let Some(year) = digits(text, 4, 4) else {
        let month = part(0, 1, &["月"])?;
        return part(month, 1, &["日", "号"]);
    };
    if let Some(dash) = after(text, year, &["-"]) {
        let month = part(dash, 2, &[])?;
        return Some(match after(text, month, &["-"]).and_then(|dash| part(dash, 2, &[])) {
            Some(day) => day,
            None => month,
        });
    }
    let year = after(text, year, &["年"])?;
    let Some(month) = part(year, 1, &["月"]) else {
        return (!text.get(year..)?.starts_with('/')).then_some(year);
    };
    Some(part(month, 1, &["日", "号"]).unwrap_or(month))
}

fn with_unit(text: &str) -> usize {
    let whole = digits(text, 1, usize::MAX).unwrap_or(1);
    let end = after(text, whole, &[".", "．"])
        .and_then(|point| Some(point + digits(text.get(point..)?, 1, usize::MAX)?))
        .unwrap_or(whole);
    if let Some(end) = after(text, end, &["%", "％", "‰"]) {
        return end;
    }
    let rest = text.get(end..).unwrap_or("");
    let Some(mut length) = unit(rest) else { return end };
    if let Some(stroke) = after(rest, length, &["/", "／"])
        && let Some(atom) = rest.get(stroke..).and_then(unit)
    {
        length = stroke + atom;
        while let Some(dot) = after(rest, length, &["·", "・", "/", "／", "*"])
            && let Some(atom) = rest.get(dot..).and_then(unit)
        {
            length = dot + atom;
        }
    }
    end + length
}

/// The length of the unit that `text` starts with: a built-in one that ends there, or a name.
fn unit(text: &str) -> Option<usize> {
    let built_in = UNIT_WORDS.iter().find(|unit| {
        text.strip_prefix(**unit).is_some_and(|rest| {
            !rest.starts_with(|next: char| is_han(next) || is_ascii_word(next))
                || segment(rest).is_empty() && rest.starts_with(is_han)
                || UNIT_FOLLOWERS.iter().any(|follower| rest.starts_with(follower))
        })
    });
    if let Some(unit) = built_in {
        return Some(unit.len());
    }
    let name = if text.starts_with(is_han) {
        segment(text)
    } else {
        let end = text.find(|letter: char| !is_ascii_word(letter)).unwrap_or(text.len());
        text.get(..end).unwrap_or("")
    };
    let rest = text.get(name.len()..).unwrap_or("");
    let refused = name.is_empty()
        || before_field_clause(text, name).is_some()
        || NO_UNITS.iter().any(|word| name.starts_with(word))
        || rest.starts_with(['（', '(']);
    (!refused).then_some(name.len())
}
