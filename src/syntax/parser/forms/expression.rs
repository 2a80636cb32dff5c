//! Forms of conditions and amounts.

use super::{Place, Rule};
use crate::syntax::error::SyntaxError;
use crate::syntax::words::{Word, is_han, is_line_blank};
use crate::value::half_width;

/// The ways of rounding.
const ROUNDINGS: [&str; 4] = ["四舍六入五成双", "四舍五入", "向上取整", "向下取整"];

impl Place<'_> {
    /// The form of an expression that explains the stop, if one does.
    pub(super) fn expression_form(&self) -> Option<SyntaxError> {
        None.or_else(|| self.spoken_then())
            .or_else(|| self.step_without_unit())
            .or_else(|| self.spoken_step())
            .or_else(|| self.amount_when())
            .or_else(|| self.between())
            .or_else(|| self.spoken_equal())
            .or_else(|| self.quantified())
            .or_else(|| self.filter_without_comma())
    }

    /// The line before the stop, without the blanks at its end.
    fn before(&self) -> &str {
        let before = self.text.get(self.start..self.stop.at).unwrap_or("");
        before.trim_end_matches(is_line_blank)
    }

    fn is_before_number(&self) -> bool {
        self.rest.starts_with(|letter: char| half_width(letter).is_ascii_digit())
    }

    /// `如果 在业，那么 100元`
    fn spoken_then(&self) -> Option<SyntaxError> {
        let sign = ["那么", "就", "的话"].into_iter().find(|word| self.rest.starts_with(word))?;
        let span = self.context.span(self.stop.at, self.stop.at + sign.len());
        let word = Word { zh: "则", en: "then" };
        self.stop.wanted.contains(&Rule::kw_then).then_some(SyntaxError::ForeignOperator {
            span,
            sign,
            word,
        })
    }

    /// `，四舍五入`, `，四舍五入到元`
    fn step_without_unit(&self) -> Option<SyntaxError> {
        // Where nothing follows on the line, reading stops on a later one.
        let is_above = self.before().is_empty();
        let [above, here] = self.lines_near();
        let (start, before) = if is_above { above } else { (here.0, self.before()) };
        let before = before.split(['#', '＃']).next()?.trim_end();
        let said = before.strip_suffix('到').unwrap_or(before).trim_end_matches(is_line_blank);
        let way = ROUNDINGS.into_iter().find(|way| said.ends_with(way))?;
        let unit = if is_above { "" } else { self.rest };
        let unit = unit.split(|letter: char| !is_han(letter)).next().unwrap_or("");
        let to = match unit {
            "" | "整数" | "整" | "元" | "个位" | "整元" => "1元",
            "分" | "百分位" => "1分",
            "角" | "十分位" => "1角",
            "十元" | "十位" => "10元",
            "百元" => "100元",
            _ => return None,
        };
        let end = if is_above { start + before.len() } else { self.stop.at + unit.len() };
        Some(self.told(
            start + said.len() - way.len(),
            end,
            [
                (format!("“{way}”没有写到多少"), format!("`{way}` does not say to how much")),
                (format!("写作 {way}到{to}"), format!("write `{way}到{to}`")),
            ],
        ))
    }

    /// `，最低0元`, `，保留两位小数` behind a formula.
    fn spoken_step(&self) -> Option<SyntaxError> {
        const FLOORS: [&str; 6] = ["不低于", "不少于", "不小于", "最低", "最少", "至少"];
        const CAPS: [&str; 7] = ["不高于", "不超过", "不大于", "不多于", "最高", "最多", "上限"];
        const TO_FEN: [&str; 4] = ["保留两位小数", "保留2位小数", "保留二位小数", "精确到分"];
        const TO_YUAN: [&str; 6] =
            ["保留整数", "精确到元", "取整数", "取整", "四舍五入取整", "保留到元"];
        const DOWN: [&str; 4] = ["舍去小数", "去尾", "抹零", "不计小数"];
        const UP: [&str; 3] = ["进一", "进位", "逢小数进一"];
        if !self.before().ends_with(['，', ',']) || self.is_within("对象") || self.is_within("参数")
        {
            return None;
        }
        let step =
            self.rest.split(['，', ',', '\n', '#', '＃', '；', ';', '。']).next()?.trim_end();
        let amount_after = |words: &[&str]| -> Option<&str> {
            let amount = words.iter().find_map(|word| step.strip_prefix(word))?;
            let amount = amount.trim_start_matches(['为', '是', '到']).trim();
            let is_number = amount.starts_with(|letter: char| half_width(letter).is_ascii_digit());
            is_number.then_some(amount)
        };
        let begins = |words: &[&str]| words.iter().any(|word| step.starts_with(word));
        let write = if let Some(amount) = amount_after(&FLOORS) {
            format!("保底{amount}")
        } else if let Some(amount) = amount_after(&CAPS) {
            format!("封顶{amount}")
        } else if begins(&TO_FEN) {
            "四舍五入到1分".to_owned()
        } else if begins(&TO_YUAN) {
            "四舍五入到1元、向上取整到1元 或 向下取整到1元，看文件怎么写".to_owned()
        } else if begins(&DOWN) {
            "向下取整到1元".to_owned()
        } else if begins(&UP) {
            "向上取整到1元".to_owned()
        } else {
            return None;
        };
        Some(self.told(
            self.stop.at,
            self.stop.at + step.len(),
            [
                (
                    format!("公式后面的一步不写“{step}”"),
                    format!("a step behind a formula is not written `{step}`"),
                ),
                (format!("写作 ，{write}"), format!("write `，{write}`")),
            ],
        ))
    }

    /// `人均低于标准时100元`
    fn amount_when(&self) -> Option<SyntaxError> {
        let before = self.before();
        let when = ["的时候", "时", "的话"].into_iter().find(|word| before.ends_with(word))?;
        let condition = before.strip_suffix(when)?.rsplit(['=', '＝', '：', ':']).next()?.trim();
        let amount =
            self.rest.split(['，', ',', '\n', '#', '＃', '；', ';', '。']).next()?.trim_end();
        (self.is_before_number() && !condition.is_empty()).then(|| {
            self.told(
                self.start + before.len() - when.len(),
                self.stop.at + amount.len(),
                [
                    (
                        format!("“{when}”后面不能写数额"),
                        format!("no amount stands behind `{when}`"),
                    ),
                    (
                        format!("写作 如果 {condition}，则 {amount}，否则 …"),
                        format!("write `if {condition} then {amount} else …`"),
                    ),
                ],
            )
        })
    }

    /// `残疾等级在1至2之间`
    fn between(&self) -> Option<SyntaxError> {
        let before = self.before();
        let name = before.strip_suffix("介于").or_else(|| before.strip_suffix('在'))?;
        let range = self.rest.split(['，', ',', '\n', '#', '＃', '；', ';', '。']).next()?;
        let (range, _) = range.split_once("之间")?;
        let start = self.start + name.len();
        let end = self.stop.at + range.len() + "之间".len();
        let range = range.trim().replace(['和', '到'], "至");
        (self.is_before_number() && name.ends_with(is_han)).then(|| {
            self.told(
                start,
                end,
                [
                    ("范围用“属于”".to_owned(), "a range is asked about by `in`".to_owned()),
                    (format!("写作 属于{range}"), format!("write `in {range}`")),
                ],
            )
        })
    }

    /// `任一成员 周岁（出生日期）达到60岁`
    fn quantified(&self) -> Option<SyntaxError> {
        const ALL: [&str; 6] = ["所有", "全部", "全体", "每个", "每名", "每一名"];
        const ANY: [&str; 5] = ["任一", "任意", "任何", "有一名", "有一个"];
        let run = self.before().rsplit(|letter: char| !is_han(letter)).next()?;
        let list = |words: &[&str]| words.iter().find_map(|word| run.strip_prefix(word));
        let (word, list, en) = match (list(&ALL), list(&ANY)) {
            (Some(list), _) => ("每个", list, "each"),
            (None, Some(list)) => ("存在", list, "exists"),
            (None, None) => return None,
        };
        let start = self.start + self.before().len() - run.len();
        let rest =
            self.rest.split(['，', ',', '\n', '#', '＃', '；', ';', '。']).next()?.trim_end();
        let is_plain = !list.is_empty() && rest.starts_with(is_han);
        is_plain.then(|| {
            self.told(
                start,
                self.stop.at + rest.len(),
                [
                    (
                        format!("“{run}”怎样，要写成一个条件"),
                        format!("what holds of `{run}` is written as one condition"),
                    ),
                    (
                        format!("写作 {word}（{list}，{rest}）"),
                        format!("write `{en}({list}, {rest})`"),
                    ),
                ],
            )
        })
    }

    /// `残疾等级为1`
    fn spoken_equal(&self) -> Option<SyntaxError> {
        const SAID: [(&str, Word); 6] = [
            ("不为", Word { zh: "不等于", en: "is not" }),
            ("不是", Word { zh: "不等于", en: "is not" }),
            ("为", Word { zh: "等于", en: "is" }),
            ("是", Word { zh: "等于", en: "is" }),
            ("位于", Word { zh: "属于", en: "in" }),
            ("在", Word { zh: "属于", en: "in" }),
        ];
        let before = self.before();
        let (sign, word) = SAID.into_iter().find(|(sign, _)| before.ends_with(sign))?;
        let is_behind_name = before.strip_suffix(sign)?.ends_with(is_han);
        let end = self.start + before.len();
        let span = self.context.span(end - sign.len(), end);
        (self.is_before_number() && is_behind_name).then_some(SyntaxError::ForeignOperator {
            span,
            sign,
            word,
        })
    }

    /// `人数（成员 其中 在业）`
    fn filter_without_comma(&self) -> Option<SyntaxError> {
        let step = ["其中", "where"].into_iter().find(|step| self.rest.starts_with(step))?;
        let is_said = self.before().ends_with(['，', ',']);
        let span = self.context.span(self.stop.at, self.stop.at + step.len());
        (!is_said).then_some(SyntaxError::MissingComma { span, step })
    }
}
