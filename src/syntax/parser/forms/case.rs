//! Forms of cases: how facts are given and results expected.

use super::{Place, is_name};
use crate::syntax::error::SyntaxError;
use crate::syntax::words::{is_han, is_line_blank};
use crate::value::half_width;

/// What a household and its like are called.
const ROOTS: [&str; 5] = ["家庭", "户", "本户", "household", "申请人"];

impl Place<'_> {
    /// The form of a case that explains the stop, if one does.
    pub(super) fn case_form(&self) -> Option<SyntaxError> {
        if !self.is_within("案例") {
            return None;
        }
        None.or_else(|| self.bare_title())
            .or_else(|| self.expectation_without_equals())
            .or_else(|| self.spoken_expectation())
            .or_else(|| self.fact_of_somebody())
            .or_else(|| self.facts_without_colon())
    }

    /// `案例 一`, without quotes.
    fn bare_title(&self) -> Option<SyntaxError> {
        let (at, content) = self.content();
        let title = content.strip_prefix(self.context.piece.spelling)?;
        let title = title.trim_start_matches(|letter| is_line_blank(letter) || letter == '：');
        let from = at + content.len() - title.len();
        let is_quoted = title.starts_with(['“', '"', '＂', '”', '「']);
        if is_quoted || title.is_empty() || !self.text.starts_with(content) {
            return None;
        }
        Some(self.told(
            from,
            at + content.len(),
            [
                (
                    "案例的标题写在引号里".to_owned(),
                    "the title of a case stands in quotes".to_owned(),
                ),
                (format!("写作 案例 “{title}”"), format!("write `case \"{title}\"`")),
            ],
        ))
    }

    /// `应当 低保的低保金 400元`, `应当 低保：符合`
    fn expectation_without_equals(&self) -> Option<SyntaxError> {
        let (at, content) = self.content();
        let keyword = ["应当", "expect"].into_iter().find(|word| content.starts_with(word))?;
        let what = self.text.get(at + keyword.len()..self.stop.at)?.trim_matches(is_line_blank);
        let is_digit = |letter: char| half_width(letter).is_ascii_digit();
        let value = content.get(self.stop.at.checked_sub(at)?..)?;
        let value = match value.strip_prefix(['：', ':']) {
            Some(value) => value.trim_start_matches(is_line_blank),
            None => Some(value).filter(|value| value.starts_with(is_digit))?,
        };
        if what.is_empty() || value.is_empty() {
            return None;
        }
        let is_outcome = ["符合", "不符合", "待定", "酌定"].contains(&value.trim_end_matches('。'));
        let sign = if is_outcome { "等于" } else { "=" };
        Some(self.told(
            at,
            at + content.len(),
            [
                (
                    format!("“{what}”和它的值之间没有“{sign}”"),
                    format!("nothing stands between `{what}` and its value"),
                ),
                (
                    format!("写作 应当 {what} {sign} {value}"),
                    format!(
                        "write `{keyword} {what} {} {value}`",
                        if is_outcome { "is" } else { "=" }
                    ),
                ),
            ],
        ))
    }

    /// `期望 低保 等于 符合`
    fn spoken_expectation(&self) -> Option<SyntaxError> {
        const SAID: [&str; 9] =
            ["期望", "预期", "预计", "断言", "结果", "应该", "应为", "验证", "检查"];
        let (at, content) = self.content();
        let said = SAID.into_iter().find(|said| content.starts_with(said))?;
        let behind = content.strip_prefix(said)?;
        let what = behind.trim_start_matches(|letter| is_line_blank(letter) || letter == '：');
        let is_apart = behind.len() > what.len() && !what.is_empty();
        is_apart.then(|| {
            self.told(
                at,
                at + content.len(),
                [
                    (
                        format!("要得出什么，用“应当”，不用“{said}”"),
                        format!("what must come out begins with `expect`, not with `{said}`"),
                    ),
                    (format!("写作 应当 {what}"), format!("write `expect {what}`")),
                ],
            )
        })
    }

    /// `甲的月工资：100元`
    fn fact_of_somebody(&self) -> Option<SyntaxError> {
        let (at, content) = self.content();
        let (who, fact) = content.split_once('的')?;
        if !is_name(who) || self.stop.at > at + who.len() {
            return None;
        }
        let end = fact.find(|letter: char| !is_han(letter))?;
        let (fact, value) = fact.split_at_checked(end)?;
        let between = |letter: char| is_line_blank(letter) || "：:=＝为".contains(letter);
        let value = value.trim_matches(between);
        (is_name(fact) && !value.is_empty()).then(|| {
            self.told(
                at,
                at + content.len(),
                [
                    (
                        format!("“{who}”的事实写在表里，一人一行"),
                        format!("the facts of `{who}` stand in a table, a line for each person"),
                    ),
                    (
                        format!("写作 ｜成员｜{fact}｜，下一行 ｜{who}｜{value}｜"),
                        format!(
                            "write `| members | {fact} |`, and on the next line `| {who} | {value} |`"
                        ),
                    ),
                ],
            )
        })
    }

    /// `家庭 存款 100元`, `存款 100元`
    fn facts_without_colon(&self) -> Option<SyntaxError> {
        let (at, content) = self.content();
        let (first, rest) = content.split_once(is_line_blank)?;
        let rest = rest.trim_start_matches(is_line_blank);
        let is_plain =
            is_name(first) && !rest.is_empty() && !content.contains(['：', ':', '｜', '|']);
        // Reading stops at the line, or behind a first word that could be an object.
        if self.stop.at > at + content.len() - rest.len() || !is_plain {
            return None;
        }
        let is_root = ROOTS.contains(&first);
        let wrong = if is_root {
            (format!("“{first}”后面没有冒号"), format!("there is no colon behind `{first}`"))
        } else {
            (
                format!("“{first}”是谁的事实，没有写"),
                format!("whose fact `{first}` is, is not said"),
            )
        };
        let write =
            if is_root { format!("{first}：{rest}") } else { format!("家庭：{content}") };
        let write_en =
            if is_root { format!("{first}: {rest}") } else { format!("household: {content}") };
        Some(self.told(
            at,
            at + content.len(),
            [wrong, (format!("写作 {write}"), format!("write `{write_en}`"))],
        ))
    }
}
