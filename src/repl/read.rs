//! A typed line to what it asks for. Chinese input is taken as it is typed: without blanks, with
//! full-width marks, with a colon before the command or none.
//!
//! A line is a command where it begins with a command's word; everything else is an expression. A
//! name that a policy declares goes before a command (月工资 is no 月), and `=` before the line
//! makes anything an expression.

use std::ops::Range;

use super::verb::{self, Verb};
use crate::syntax::token::{TokenKind, tokens};
use crate::syntax::words::{CUTTING_WORDS, is_ascii_word, is_han};

/// What a line asks for. The ranges are of bytes in the line, so that findings show their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// Nothing: blank, or a remark.
    Nothing,
    /// A value or condition.
    Expression(Range<usize>),
    /// A command: the place of its word and the place of what follows.
    Command { verb: Verb, word: Range<usize>, rest: Range<usize> },
    /// Something after a colon that is no command.
    NoCommand(Range<usize>),
}

/// Blanks that may stand anywhere.
pub(super) fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{3000}' | '\u{A0}' | '\u{FEFF}')
}

/// Reads a line. `knows` says whether a policy or the household gives a name a meaning.
pub(super) fn read(line: &str, knows: &dyn Fn(&str) -> bool) -> Input {
    let range = content(line);
    let text = line.get(range.clone()).unwrap_or("");
    if text.is_empty() {
        return Input::Nothing;
    }
    if let Some(rest) = text.strip_prefix(['=', '＝']) {
        return expression(line, range.end - rest.len()..range.end);
    }
    let colon = text.strip_prefix([':', '：']).map(|rest| rest.trim_start_matches(is_blank));
    let body = colon.unwrap_or(text);
    let start = range.end - body.len();
    if colon.is_none()
        && let Some(rest) = body.strip_prefix(['?', '？'])
    {
        let word = start..range.end - rest.len();
        return Input::Command {
            verb: Verb::Help,
            word,
            rest: trimmed(line, range.end - rest.len()..range.end),
        };
    }
    let found =
        whole_word(body, colon.is_some(), knows).or_else(|| glued(body, colon.is_some(), knows));
    match found {
        Some((verb, length)) => {
            let mut rest = start + length;
            // 加：丁, 设，甲的…: a mark after the word says nothing.
            let after = line.get(rest..range.end).unwrap_or("").trim_start_matches(is_blank);
            let after = after.strip_prefix(['：', ':', '，', ',']).unwrap_or(after);
            rest = rest.max(range.end - after.len());
            let marks: &[char] = match verb {
                // What is changed is policy text, to the last stop.
                Verb::Reform => &[],
                _ => &['?', '？', '。', '；', ';'],
            };
            let text = line.get(rest..range.end).unwrap_or("");
            let text = text.trim_end_matches(|mark| is_blank(mark) || marks.contains(&mark));
            let rest = trimmed(line, rest..rest + text.len());
            Input::Command { verb, word: start..start + length, rest }
        }
        None if colon.is_some() => {
            let end = body.find(is_blank).unwrap_or(body.len());
            Input::NoCommand(start..start + end)
        }
        None => expression(line, range),
    }
}

/// The line without blanks and stops around it, and without a remark at its end.
fn content(line: &str) -> Range<usize> {
    let mut end = line.len();
    for token in tokens(line) {
        // Only a remark of its own: `#` glued to a word is part of what is wrong with the word.
        let before = line.get(..token.start).unwrap_or("");
        let alone = before.chars().next_back().is_none_or(is_blank);
        if token.kind == TokenKind::Comment
            && alone
            && !line.get(token.end..).unwrap_or("").contains('\n')
        {
            end = token.start;
            break;
        }
    }
    trimmed(line, 0..end)
}

/// A range without the blanks at its ends.
pub(super) fn trimmed(line: &str, range: Range<usize>) -> Range<usize> {
    let text = line.get(range.clone()).unwrap_or("");
    let start = range.end - text.trim_start_matches(is_blank).len();
    let length = text.trim_matches(is_blank).len();
    start..start + length
}

/// An expression: a question mark or a stop behind it says nothing.
fn expression(line: &str, range: Range<usize>) -> Input {
    let text = line.get(range.clone()).unwrap_or("");
    let kept = text
        .trim_end_matches(|mark| is_blank(mark) || matches!(mark, '?' | '？' | '。' | '；' | ';'));
    Input::Expression(trimmed(line, range.start..range.start + kept.len()))
}

/// The run of letters of one kind that `text` begins with, up to a word that ends names.
pub(super) fn first_run(text: &str) -> &str {
    let Some(first) = text.chars().next() else { return "" };
    let end = if is_han(first) {
        text.char_indices()
            .find(|(at, letter)| {
                let rest = text.get(*at..).unwrap_or("");
                !is_han(*letter) || CUTTING_WORDS.iter().any(|word| rest.starts_with(word))
            })
            .map_or(text.len(), |(at, _)| at)
    } else {
        text.find(|letter: char| !is_ascii_word(letter) && letter != '-').unwrap_or(text.len())
    };
    text.get(..end).unwrap_or("")
}

/// A command's word standing alone.
fn whole_word(text: &str, colon: bool, knows: &dyn Fn(&str) -> bool) -> Option<(Verb, usize)> {
    let run = first_run(text);
    let rest = text.get(run.len()..).unwrap_or("");
    let lower = run.to_ascii_lowercase();
    let (_, verb) = verb::words().find(|(word, _)| *word == lower)?;
    let after = rest.trim_start_matches(is_blank);
    // 上月的低保, 月×2, decide.x: a name, with something done to it.
    let goes_on = CUTTING_WORDS.iter().any(|word| rest.starts_with(word))
        || after.starts_with([
            '+', '＋', '－', '−', '×', '*', '＊', '÷', '<', '>', '≤', '≥', '≠', '＜', '＞',
        ])
        || rest.starts_with(['.', '(', '（', '·'])
        || run.is_ascii() && after.starts_with(['=', '＝']);
    let is_name = !after.is_empty() && after.starts_with(['=', '＝']) && knows(run);
    (colon || !goes_on && !is_name).then_some((verb, run.len()))
}

/// A command's word with what follows glued to it: `设甲的月工资=2400元`, `决定低保`.
fn glued(text: &str, colon: bool, knows: &dyn Fn(&str) -> bool) -> Option<(Verb, usize)> {
    let run = first_run(text);
    if !run.starts_with(is_han) || !colon && knows(run) {
        return None;
    }
    let (word, verb) = verb::words()
        .filter(|(word, _)| word.starts_with(is_han) && run.starts_with(word))
        .max_by_key(|(word, _)| word.len())?;
    let after = text.get(word.len()..)?;
    let next = first_run(after);
    // The name of a new member or state means nothing yet.
    let introduces = matches!(
        verb,
        Verb::Add | Verb::Keep | Verb::Back | Verb::Save | Verb::Place | Verb::Policy
    );
    let reads_whole = matches!(
        verb,
        Verb::Why
            | Verb::WhyNot
            | Verb::How
            | Verb::Decide
            | Verb::Table
            | Verb::Strict
            | Verb::Language
    );
    let is_case = verb == Verb::Load && next == "案例";
    (colon || introduces || reads_whole || is_case || knows(next)).then_some((verb, word.len()))
}

/// The parts of `range` between commas and 、 that stand outside brackets and quotes, blanks off.
pub(super) fn parts(line: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let text = line.get(range.clone()).unwrap_or("");
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for token in tokens(text) {
        match (token.kind, token.text(text)) {
            (TokenKind::Punctuation, "（" | "(" | "[" | "［") => depth += 1,
            (TokenKind::Punctuation, "）" | ")" | "]" | "］") => depth = depth.saturating_sub(1),
            (TokenKind::Punctuation, "，" | "," | "、") if depth == 0 => {
                parts.push(start..token.start);
                start = token.end;
            }
            _ => {}
        }
    }
    parts.push(start..text.len());
    parts
        .into_iter()
        .map(|part| trimmed(line, range.start + part.start..range.start + part.end))
        .filter(|part| !part.is_empty())
        .collect()
}

/// Whether more lines belong to what has been typed: a bracket is open, the last line ends with `=`,
/// a colon or a comma, or a declaration (`several`) has more lines than one and no blank line ends
/// it.
pub(super) fn goes_on(text: &str, several: bool) -> bool {
    let mut depth = 0_usize;
    let mut last = "";
    for token in tokens(text) {
        match token.kind {
            TokenKind::Whitespace | TokenKind::Newline | TokenKind::Comment => continue,
            TokenKind::Punctuation => match token.text(text) {
                "（" | "(" | "[" | "［" => depth += 1,
                "）" | ")" | "]" | "］" => depth = depth.saturating_sub(1),
                _ => {}
            },
            _ => {}
        }
        last = token.text(text);
    }
    if text.ends_with('\n') || text.trim_matches(is_blank).is_empty() {
        return false;
    }
    let several = several && text.trim_end_matches(is_blank).contains('\n');
    depth > 0
        || matches!(last, "=" | "＝" | "：" | ":" | "，" | "," | "、" | "×" | "＋" | "÷")
        || several
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong place must fail the test")]
mod tests {
    use super::*;

    fn knows(name: &str) -> bool {
        ["月工资", "低保", "低保标准", "甲", "上月余额", "决定书", "人均月收入"].contains(&name)
    }

    fn seen(line: &str) -> String {
        match read(line, &knows) {
            Input::Nothing => "-".to_owned(),
            Input::Expression(range) => format!("= {}", &line[range]),
            Input::Command { verb, rest, .. } => format!("{verb:?} {}", &line[rest]),
            Input::NoCommand(range) => format!("? {}", &line[range]),
        }
    }

    #[test]
    fn commands_are_read_as_they_are_typed() {
        for (line, wanted) in [
            ("", "-"),
            ("　  ", "-"),
            ("# 一句话", "-"),
            ("设 甲的月工资 = 2400元", "Set 甲的月工资 = 2400元"),
            ("设甲的月工资＝2400元", "Set 甲的月工资＝2400元"),
            ("　设　甲的月工资 2400元　", "Set 甲的月工资 2400元"),
            ("：设 甲的月工资 = 1元", "Set 甲的月工资 = 1元"),
            (":set 甲.wage = 1", "Set 甲.wage = 1"),
            ("SET 甲.wage = 1", "Set 甲.wage = 1"),
            ("设：甲的月工资 = 1元", "Set 甲的月工资 = 1元"),
            ("月 2024-01", "Month 2024-01"),
            ("月2024年1月", "Month 2024年1月"),
            ("月工资", "= 月工资"),
            ("月工资×2", "= 月工资×2"),
            ("上月", "Previous "),
            ("上月的低保", "= 上月的低保"),
            ("上月余额", "= 上月余额"),
            ("决定低保", "Decide 低保"),
            ("决定书", "= 决定书"),
            ("为何不低保", "WhyNot 低保"),
            ("为何不 低保 # 备注", "WhyNot 低保"),
            ("为什么 低保", "Why 低保"),
            ("加丁", "Add 丁"),
            ("加 丁：出生日期 2015年3月1日", "Add 丁：出生日期 2015年3月1日"),
            ("存为案例 “题目”", "Save 案例 “题目”"),
            ("载入案例 “题目”", "Load 案例 “题目”"),
            ("载入案例", "Load 案例"),
            ("存为JSON a.json", "Save JSON a.json"),
            ("= 表", "= 表"),
            ("表", "Table "),
            ("人均月收入低于低保标准？", "= 人均月收入低于低保标准"),
            ("甲的月工资", "= 甲的月工资"),
            ("？设", "Help 设"),
            ("?", "Help "),
            ("：胡说 一句", "? 胡说"),
            ("undo 3", "Undo 3"),
            ("month.x", "= month.x"),
        ] {
            assert_eq!(seen(line), wanted, "{line}");
        }
    }

    #[test]
    fn parts_stand_between_commas_outside_brackets() {
        let line = "乙的重病、甲的（x，y）， 丙";
        let found: Vec<&str> =
            parts(line, 0..line.len()).into_iter().map(|part| &line[part]).collect();
        assert_eq!(found, ["乙的重病", "甲的（x，y）", "丙"]);
    }

    #[test]
    fn a_line_goes_on_where_something_is_open() {
        for (text, more) in [
            ("设 甲的月工资 =", true),
            ("合计（成员，", true),
            ("改 规则 甲（人）：元/月\n  = 1元", true),
            ("改 规则 甲（人）：元/月\n  = 1元\n", false),
            ("改 规则 甲（人）：元/月 = 1元", false),
            ("表", false),
            ("", false),
        ] {
            assert_eq!(goes_on(text, text.starts_with('改')), more, "{text}");
        }
    }
}
