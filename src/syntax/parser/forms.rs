//! Forms that are plain to a reader and not how this language says them: the message says how it is
//! said here, with the drafter's own names and numbers.

mod case;
mod expression;

use super::Rule;
use super::depth::{Mark, brackets};
use super::slips::Place;
use crate::diagnostic::Bilingual;
use crate::syntax::error::SyntaxError;
use crate::syntax::pieces::is_indentation;
use crate::syntax::words::{clause_at, is_ascii_word, is_han, is_line_blank};
use crate::value::half_width;

/// What a form is told: what is wrong with it and how it is written, Chinese first.
type Told = [(String, String); 2];

/// Between values of which one is meant.
const BETWEEN_CHOICES: [char; 6] = ['、', '/', '／', '|', '｜', '或'];

/// Yes or no, as a type.
const YES_OR_NO: [[&str; 2]; 6] =
    [["是", "否"], ["是", "不是"], ["有", "无"], ["有", "没有"], ["yes", "no"], ["true", "false"]];

impl Place<'_> {
    /// The form that explains the stop, if one does.
    pub(super) fn form(&self) -> Option<SyntaxError> {
        None.or_else(|| self.open_head())
            .or_else(|| self.bare_field())
            .or_else(|| self.choices())
            .or_else(|| self.spoken_modifier())
            .or_else(|| self.amount_for_unit())
            .or_else(|| self.row_without_from())
            .or_else(|| self.row_without_colon())
            .or_else(|| self.comma_before_and())
            .or_else(|| self.items_without_condition())
            .or_else(|| self.clause_with_colon())
            .or_else(|| self.case_form())
            .or_else(|| self.expression_form())
    }

    fn told(&self, start: usize, end: usize, [wrong, write]: Told) -> SyntaxError {
        SyntaxError::OtherForm {
            span: self.context.span(start, end),
            wrong: Bilingual::new(wrong.0, wrong.1),
            write: Bilingual::new(write.0, write.1),
        }
    }

    /// Whether it stands in such a declaration. A line of the prompt begins with no keyword, although
    /// it is read like one of a case.
    fn is_within(&self, keyword: &str) -> bool {
        let piece = self.context.piece;
        let head = self.text.trim_start_matches(is_indentation);
        piece.word.zh == keyword && head.starts_with(piece.spelling)
    }

    /// The line's text without indentation and comment, and where in the declaration it begins.
    fn content(&self) -> (usize, &str) {
        let content = self.line.trim_start_matches(is_indentation);
        let at = self.start + self.line.len() - content.len();
        let end = content.find(['#', '＃']).unwrap_or(content.len());
        (at, content.get(..end).unwrap_or(content).trim_end())
    }

    /// `决定 补助（家庭`: the head's own bracket.
    fn open_head(&self) -> Option<SyntaxError> {
        if !self.stop.wanted.contains(&Rule::subject) || !self.rest.starts_with(['（', '(']) {
            return None;
        }
        let line = self.rest.split('\n').next()?;
        let closed = brackets(line).into_iter().any(|(_, mark)| matches!(mark, Mark::Close(_)));
        let bracket = self.rest.chars().next()?;
        let span = self.context.span(self.stop.at, self.stop.at + bracket.len_utf8());
        (!closed).then_some(SyntaxError::UnclosedBracket { span, bracket })
    }

    /// `户籍` alone in an object.
    fn bare_field(&self) -> Option<SyntaxError> {
        if !self.is_within("对象") {
            return None;
        }
        // Reading stops at the field, or behind it, on a line after it.
        self.lines_near().into_iter().find_map(|(start, line)| {
            let field = line.split(['#', '＃']).next()?;
            let field = field.trim_matches(|letter| is_indentation(letter) || letter == '\r');
            let at = start + line.find(field)?;
            let (name, alias) = field.split_once('【').unwrap_or((field, "】"));
            let is_head = line.starts_with(field);
            if is_head || !is_name(name) || !alias.trim_end().ends_with('】') {
                return None;
            }
            let types = format!("{name}：是否、{name}：日期 或 {name}：元/月");
            let write =
                format!("写作 {types}；几种取值选一种的，先写 枚举，这里写 {name}：枚举的名称");
            let types = format!("`{name}: bool`, `{name}: date` or `{name}: CNY/month`");
            let write_en =
                format!("write {types}; for one of several values declare an `enum` first");
            let wrong =
                (format!("事实“{name}”没有写类型"), format!("the fact `{name}` has no type"));
            Some(self.told(at, at + field.len(), [wrong, (write, write_en)]))
        })
    }

    /// `户籍：本县、外县` and `在业：是/否` in an object.
    fn choices(&self) -> Option<SyntaxError> {
        let (at, content) = self.content();
        let colon = content.find(['：', ':'])?;
        if !self.is_within("对象") || self.stop.at < at + colon {
            return None;
        }
        let name = content.get(..colon)?.split(['【', '[']).next()?.trim_end();
        let values = content.get(colon..)?.trim_start_matches(['：', ':']);
        let values = values.trim_matches(is_line_blank);
        let from = at + content.len() - content.get(colon..)?.trim_start_matches(['：', ':']).len();
        let values =
            ["枚举", "enum"].iter().find_map(|word| values.strip_prefix(word)).unwrap_or(values);
        let values = values.trim_start_matches(|letter| is_line_blank(letter) || letter == '：');
        let choices: Vec<&str> = values.split(BETWEEN_CHOICES).map(str::trim).collect();
        if !is_name(name) || choices.len() < 2 || !choices.iter().all(|choice| is_name(choice)) {
            return None;
        }
        let told = if YES_OR_NO.iter().any(|pair| pair.as_slice() == choices) {
            [
                (format!("“{values}”不是类型"), format!("`{values}` is no type")),
                (format!("写作 {name}：是否"), format!("write `{name}: bool`")),
            ]
        } else {
            let all = [choices.join("、"), choices.join(", ")];
            [
                (
                    format!("“{name}”的几种取值没有声明过"),
                    format!("the values of `{name}` are not declared"),
                ),
                (
                    format!("另写一句 枚举 {name}：{}，这里写 {name}：{name}", all[0]),
                    format!("declare `enum {name}: {}`, and write `{name}: {name}` here", all[1]),
                ),
            ]
        };
        Some(self.told(from, at + content.len(), told))
    }

    /// `，多个`, `，选填`, `，不低于0` behind the type of a fact.
    fn spoken_modifier(&self) -> Option<SyntaxError> {
        const SAID: [(&[&str], &str, &str); 5] = [
            (&["多个", "多人", "多项", "列表", "数组"], "若干", "many"),
            (&["选填", "可选", "可空", "可为空", "可以没有", "非必填"], "可无", "optional"),
            (&["保密", "隐私", "脱敏"], "敏感", "sensitive"),
            (&["默认为", "默认值", "默认"], "缺省", "default"),
            (
                &[
                    "不低于",
                    "不少于",
                    "不小于",
                    "大于",
                    "高于",
                    "至少",
                    "最低",
                    "最少",
                    "不高于",
                    "不超过",
                    "小于",
                    "低于",
                    "最高",
                    "最多",
                ],
                "0元至100万元",
                "0CNY to 1000000CNY",
            ),
        ];
        let (_, content) = self.content();
        let (_, zh, en) = SAID
            .into_iter()
            .find(|(said, ..)| said.iter().any(|said| self.rest.starts_with(said)))?;
        let before = self.text.get(self.start..self.stop.at)?.trim_end_matches(is_line_blank);
        if !self.is_within("对象") || !before.ends_with(['，', ',']) {
            return None;
        }
        let stretch = self.rest.split(['，', ',', '\n', '#', '＃']).next()?.trim_end();
        let name = content.split(['：', ':', '【']).next()?.trim_end();
        let wrong = (
            format!("“{stretch}”不是“{name}”的说明"),
            format!("`{stretch}` says nothing here of `{name}`"),
        );
        let write = if zh == "缺省" {
            // It stands behind the modifiers, without a comma.
            let value = stretch.trim_start_matches(|letter| "默认为值".contains(letter)).trim();
            (
                format!("写作 缺省 {value}，前面不写逗号"),
                format!("write `default {value}`, without a comma before it"),
            )
        } else if zh.starts_with('0') {
            (
                format!("写出两头的范围，如 ，{zh}"),
                format!("write the range with both of its ends: `, {en}`"),
            )
        } else {
            (format!("写作 ，{zh}"), format!("write `, {en}`"))
        };
        Some(self.told(self.stop.at, self.stop.at + stretch.len(), [wrong, write]))
    }

    /// `给付 津贴：50元/月`, `参数 标准：50元/月`: an amount where its unit is said first.
    fn amount_for_unit(&self) -> Option<SyntaxError> {
        let before = self.text.get(self.start..self.stop.at)?.trim_end_matches(is_line_blank);
        let is_digit = |letter: char| half_width(letter).is_ascii_digit();
        if !before.ends_with(['：', ':']) || !self.rest.starts_with(is_digit) {
            return None;
        }
        let amount = self.rest.split(['，', ',', '\n', '#', '＃', '；', ';']).next()?.trim_end();
        let number = amount.find(|letter: char| !is_digit(letter) && letter != '.')?;
        let unit = amount.get(number..)?.trim_start_matches(['万', '百', '千', '亿']);
        let starts = |word: &str| before.trim_start_matches(is_indentation).starts_with(word);
        let name = before.trim_end_matches(['：', ':']).split(is_line_blank).next_back()?;
        let name = name.split(['【', '（', '(', '[']).next()?;
        if !is_name(name)
            || !unit.chars().all(|letter| is_name_letter(letter) || "/·".contains(letter))
        {
            return None;
        }
        let end = self.stop.at + amount.len();
        let told = if starts("给付") || starts("payment") {
            [
                (
                    "给付先写单位，再写数额".to_owned(),
                    "a payment says its unit first, then its amount".to_owned(),
                ),
                (
                    format!("写作 给付 {name}：{unit} = {amount}"),
                    format!("write `payment {name}: {unit} = {amount}`"),
                ),
            ]
        } else if self.is_within("参数") {
            [
                (
                    "参数先写单位，数值写在有日期的行里".to_owned(),
                    "a parameter says its unit; its values stand in rows with dates".to_owned(),
                ),
                (
                    format!("写作 参数 {name}：{unit}，下面另起一行写 自…年…月…日起：{amount}"),
                    format!(
                        "write `parameter {name}: {unit}`, and below it a row `from …: {amount}` with its first day"
                    ),
                ),
            ]
        } else {
            return None;
        };
        Some(self.told(self.stop.at, end, told))
    }

    /// `2023年1月1日起：50元`, `80岁至89岁：50元` and `按年龄：` in a parameter.
    fn row_without_from(&self) -> Option<SyntaxError> {
        let (at, content) = self.content();
        if !self.is_within("参数") || self.stop.at != at {
            return None;
        }
        let is_digit = |letter: char| half_width(letter).is_ascii_digit();
        let end = at + content.len();
        if content.starts_with('按') {
            return Some(SyntaxError::RangeInParameter { span: self.context.span(at, end) });
        }
        if !content.starts_with(is_digit) {
            return None;
        }
        let head = content.split(['：', ':']).next()?;
        if !head.contains('年') && !head.contains('-') || head.contains('岁') {
            let is_range =
                ["至", "-", "—", "~", "～", "以上", "以下"].iter().any(|word| head.contains(word));
            return is_range
                .then(|| SyntaxError::RangeInParameter { span: self.context.span(at, end) });
        }
        let day = head.trim_end().trim_end_matches('起');
        let value = content.get(head.len()..)?.trim_start_matches(['：', ':']).trim();
        Some(self.told(
            at,
            end,
            [
                ("这一行没有写“自”".to_owned(), "this row has no `from`".to_owned()),
                (format!("写作 自{day}起：{value}"), format!("write `from {day}: {value}`")),
            ],
        ))
    }

    /// `自2023年1月1日起 50元` in a parameter.
    fn row_without_colon(&self) -> Option<SyntaxError> {
        let (at, content) = self.content();
        let before = self.text.get(at..self.stop.at)?.trim_end_matches(is_line_blank);
        let is_digit = |letter: char| half_width(letter).is_ascii_digit();
        let is_row = before.starts_with('自') && before.ends_with(['起', '止'])
            || before.starts_with("from ") && !before.contains(':');
        let value = content.get(self.stop.at.checked_sub(at)?..)?;
        if !self.is_within("参数") || !is_row || !value.starts_with(is_digit) {
            return None;
        }
        Some(self.told(
            self.stop.at,
            self.stop.at + value.len(),
            [
                (
                    "日期和数值之间没有冒号".to_owned(),
                    "there is no colon before the value".to_owned(),
                ),
                (format!("写作 {before}：{value}"), format!("write `{before}: {value}`")),
            ],
        ))
    }

    /// `户籍为本县，且在业`
    fn comma_before_and(&self) -> Option<SyntaxError> {
        const SAID: [(&str, &str, &str); 6] = [
            ("并且", "且", "and"),
            ("而且", "且", "and"),
            ("且", "且", "and"),
            ("或者", "或", "or"),
            ("或", "或", "or"),
            ("并", "且", "and"),
        ];
        // Reading stops at the comma, or behind it where a step might follow.
        let before = self.text.get(self.start..self.stop.at)?.trim_end_matches(is_line_blank);
        let line = before.strip_suffix(['，', ',']);
        let comma = line.map_or(self.stop.at, |line| self.start + line.len());
        let after = self.text.get(comma..)?.strip_prefix(['，', ','])?;
        let word = after.trim_start_matches(is_line_blank);
        let (said, zh, en) = SAID.into_iter().find(|(said, ..)| word.starts_with(said))?;
        let end = self.text.len() - word.len() + said.len();
        Some(self.told(
            comma,
            end,
            [
                (format!("“{said}”前面不写逗号"), format!("no comma stands before `{said}`")),
                (format!("写作 …{zh}…"), format!("write `… {en} …`")),
            ],
        ))
    }

    /// `同时符合：` without 条件 before it.
    fn items_without_condition(&self) -> Option<SyntaxError> {
        const BEGINNINGS: [&str; 8] =
            ["同时符合", "符合下列", "符合以下", "下列", "以下", "满足", "all of", "any of"];
        let (at, content) = self.content();
        let begins = BEGINNINGS.iter().any(|beginning| content.starts_with(beginning));
        if !self.is_within("决定") || self.stop.at != at || !begins {
            return None;
        }
        let is_any = ["之一", "任一", "任何一", "any of"].iter().any(|word| content.contains(word));
        let [zh, en] = if is_any {
            ["条件 符合下列情形之一：", "condition any of:"]
        } else {
            ["条件 同时符合：", "condition all of:"]
        };
        Some(self.told(
            at,
            at + content.len(),
            [
                ("这一行前面没有“条件”".to_owned(), "no `condition` stands before this".to_owned()),
                (format!("写作 {zh}"), format!("write `{en}`")),
            ],
        ))
    }
}

impl Place<'_> {
    /// `所属期：2023年6月`, `条件：`
    fn clause_with_colon(&self) -> Option<SyntaxError> {
        let (at, content) = self.content();
        let rest = self.rest.strip_prefix(['：', ':'])?;
        let before = self.text.get(at..self.stop.at)?.trim_end_matches(is_line_blank);
        let (clause, _) = clause_at(before).filter(|(clause, _)| *clause == before)?;
        let behind = rest.split(['\n', '\r', '#', '＃']).next()?.trim();
        let write = match (behind, clause) {
            ("", "条件") => ("条件 同时符合：".to_owned(), "condition all of:".to_owned()),
            ("", "condition") => ("condition all of:".to_owned(), "condition all of:".to_owned()),
            _ => (format!("{clause} {behind}"), format!("{clause} {behind}")),
        };
        let wrong =
            (format!("“{clause}”后面不写冒号"), format!("no colon stands behind `{clause}`"));
        let write = (format!("写作 {}", write.0), format!("write `{}`", write.1));
        Some(self.told(at, at + content.len(), [wrong, write]))
    }
}

fn is_name_letter(letter: char) -> bool {
    is_han(letter) || is_ascii_word(letter)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_name_letter)
}
