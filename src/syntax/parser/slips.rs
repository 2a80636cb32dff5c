//! The slips that drafters make, told from the text around the place where reading stopped.

use super::depth::{Mark, brackets, line_range};
use super::failure::{Context, Stop, text_end};
use super::{Rule, nouns};
use crate::diagnostic::Bilingual;
use crate::syntax::error::SyntaxError;
use crate::syntax::pieces::is_indentation;
use crate::syntax::words::{
    DECLARATIONS, Word, clause_at, find_cutting_word, is_ascii_word, is_han, is_line_blank,
};
use crate::value::half_width;

/// The text around a stop.
pub(super) struct Place<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) text: &'a str,
    pub(super) stop: &'a Stop,
    /// The line that holds the stop.
    pub(super) line: &'a str,
    /// Where that line begins.
    pub(super) start: usize,
    /// What follows the stop.
    pub(super) rest: &'a str,
}

/// The slip that explains `stop`, if one does. The most certain signs come first.
pub(super) fn find(context: &Context<'_>, text: &str, stop: &Stop) -> Option<SyntaxError> {
    let range = line_range(text, stop.at);
    let place = Place {
        context,
        text,
        stop,
        line: text.get(range.clone()).unwrap_or(""),
        start: range.start,
        rest: text.get(stop.at..).unwrap_or(""),
    };
    None.or_else(|| place.glued_keyword())
        .or_else(|| place.unclosed_quote())
        .or_else(|| place.cutting_word_in_name())
        .or_else(|| place.colon_equals())
        .or_else(|| place.foreign_operator())
        .or_else(|| place.spoken_operator())
        .or_else(|| place.spoken_age())
        .or_else(|| place.spoken_month())
        .or_else(|| place.case_equals())
        .or_else(|| place.bare_outcome())
        .or_else(|| place.range_in_parameter())
        .or_else(|| place.form())
        .or_else(|| place.missing_comma())
        .or_else(|| place.dash())
        .or_else(|| place.when_equals())
        .or_else(|| place.glued_if())
        .or_else(|| place.open_table_row())
        .or_else(|| place.bracket())
        .or_else(|| place.missing_else())
        .or_else(|| place.misplaced_period())
        .or_else(|| place.misplaced_clause())
}

/// A declaration keyword that runs into the name after it: `规则年龄（人）`. The offset of the keyword
/// in the line, and the keyword.
pub(super) fn glued_keyword(line: &str) -> Option<(usize, &'static str)> {
    let content = line.trim_start_matches(is_indentation);
    let at = line.len() - content.len();
    let keyword = DECLARATIONS.iter().map(|word| word.zh).find(|word| content.starts_with(word))?;
    let rest = content.get(keyword.len()..)?;
    let name_end = rest.find(|letter: char| !is_han(letter)).unwrap_or(rest.len());
    let after = rest.get(name_end..)?.trim_start_matches(is_line_blank);
    let is_name =
        name_end > 0 && after.starts_with(['（', '(', '：', ':', '【', '=', '＝', '.', '．', '·']);
    let is_title = name_end == 0 && rest.starts_with(['“', '"']);
    (is_name || is_title).then_some((at, keyword))
}

impl Place<'_> {
    fn glued_keyword(&self) -> Option<SyntaxError> {
        let (at, keyword) = glued_keyword(self.line)?;
        let start = self.start + at;
        let name = self.line.get(at..)?;
        let name_end = name.find(|letter: char| !is_han(letter)).unwrap_or(name.len());
        // Further on, the line was read as a field or a clause, and something else is wrong.
        if self.stop.at > start + name_end {
            return None;
        }
        let span = self.context.span(start, start + keyword.len());
        Some(SyntaxError::GluedKeyword { span, keyword })
    }

    /// The lines from the one before the stop (where the last thing read may end) to the stop's.
    pub(super) fn lines_near(&self) -> [(usize, &str); 2] {
        let end = text_end(self.text, self.stop.at);
        let range = line_range(self.text, end);
        [(range.start, self.text.get(range).unwrap_or("")), (self.start, self.line)]
    }

    fn unclosed_quote(&self) -> Option<SyntaxError> {
        for (start, line) in self.lines_near() {
            for (open, close) in [('“', '”'), ('「', '」'), ('"', '"'), ('＂', '＂')] {
                let mut opened = None;
                for (at, letter) in line.char_indices() {
                    if letter == close && opened.is_some() {
                        opened = None;
                    } else if letter == open {
                        opened = Some(at);
                    } else if matches!(letter, '#' | '＃') && opened.is_none() {
                        break;
                    }
                }
                if let Some(at) = opened.filter(|at| start + at >= self.text_end_of_read()) {
                    let span = self.context.span(start + at, start + line.trim_end().len());
                    return Some(SyntaxError::UnclosedQuote { span, quote: open });
                }
            }
        }
        None
    }

    /// The end of what was read before the stop, a word earlier: a quote may have been read as the
    /// beginning of something else.
    fn text_end_of_read(&self) -> usize {
        let end = text_end(self.text, self.stop.at);
        line_range(self.text, end).start
    }

    fn cutting_word_in_name(&self) -> Option<SyntaxError> {
        let content = self.line.trim_start_matches(is_indentation);
        let mut start = self.start + self.line.len() - content.len();
        let mut head = content;
        let piece_start = self.text.len() - self.text.trim_start_matches(is_indentation).len();
        if start == piece_start {
            head = head.strip_prefix(self.context.piece.spelling)?;
        } else if let Some(rest) = head.strip_prefix("给付") {
            head = rest;
        } else if self.context.piece.word.zh != "对象" {
            return None;
        }
        let name = head.trim_start_matches(is_line_blank);
        start += content.len() - name.len();
        let end = name.find(|letter: char| !is_han(letter)).unwrap_or(name.len());
        let name = name.get(..end)?;
        let (at, word) = find_cutting_word(name)?;
        // Reading stops at the word, or at the name's beginning where the word begins it.
        (self.stop.at <= start + at + word.len()).then(|| SyntaxError::CuttingWordInName {
            span: self.context.span(start, start + end),
            name: name.to_owned(),
            word,
        })
    }

    fn colon_equals(&self) -> Option<SyntaxError> {
        let before = self.text.get(..self.stop.at)?;
        let (at, after) = if self.rest.starts_with([':', '：']) {
            (self.stop.at, self.rest)
        } else {
            let at = before.trim_end().char_indices().next_back()?.0;
            (at, self.text.get(at..)?)
        };
        let sign = after.strip_prefix([':', '：'])?.trim_start_matches(is_line_blank);
        sign.starts_with(['=', '＝']).then(|| {
            let end = self.text.len() - sign.len() + sign.chars().next().map_or(0, char::len_utf8);
            SyntaxError::ColonEquals { span: self.context.span(at, end) }
        })
    }

    fn foreign_operator(&self) -> Option<SyntaxError> {
        const SIGNS: [(&str, Word); 8] = [
            ("&&", Word { zh: "且", en: "and" }),
            ("＆＆", Word { zh: "且", en: "and" }),
            ("||", Word { zh: "或", en: "or" }),
            ("｜｜", Word { zh: "或", en: "or" }),
            ("&", Word { zh: "且", en: "and" }),
            ("＆", Word { zh: "且", en: "and" }),
            ("!", Word { zh: "非", en: "not" }),
            ("！", Word { zh: "非", en: "not" }),
        ];
        let (sign, word) = SIGNS.into_iter().find(|(sign, _)| self.rest.starts_with(sign))?;
        let span = self.context.span(self.stop.at, self.stop.at + sign.len());
        Some(SyntaxError::ForeignOperator { span, sign, word })
    }

    /// The 大于 of `年龄大于70岁`, which was read as the end of a name.
    fn spoken_operator(&self) -> Option<SyntaxError> {
        const SAID: [(&str, Word); 15] = [
            ("不早于", Word { zh: "不低于", en: "at least" }),
            ("不晚于", Word { zh: "不超过", en: "at most" }),
            ("早于", Word { zh: "低于", en: "below" }),
            ("晚于", Word { zh: "高于", en: "above" }),
            ("不大于", Word { zh: "不超过", en: "at most" }),
            ("不小于", Word { zh: "不低于", en: "at least" }),
            ("大于", Word { zh: "高于", en: "above" }),
            ("小于", Word { zh: "低于", en: "below" }),
            ("乘以", Word { zh: "×", en: "×" }),
            ("乘", Word { zh: "×", en: "×" }),
            ("除以", Word { zh: "÷", en: "÷" }),
            ("加上", Word { zh: "＋", en: "+" }),
            ("加", Word { zh: "＋", en: "+" }),
            ("减去", Word { zh: "－", en: "-" }),
            ("减", Word { zh: "－", en: "-" }),
        ];
        let is_number = |letter: char| half_width(letter).is_ascii_digit();
        if !self.rest.starts_with(is_number) {
            return None;
        }
        let before = self.text.get(self.start..self.stop.at)?;
        let (sign, word) = SAID.into_iter().find(|(sign, _)| before.ends_with(sign))?;
        let span = self.context.span(self.stop.at - sign.len(), self.stop.at);
        before.strip_suffix(sign)?.ends_with(is_han).then_some(SyntaxError::ForeignOperator {
            span,
            sign,
            word,
        })
    }

    /// `年满80周岁`, `满80岁的次月`
    fn spoken_age(&self) -> Option<SyntaxError> {
        let before = self.text.get(self.start..self.stop.at)?;
        let said =
            ["年满", "已满", "届满", "满"].into_iter().find(|said| before.ends_with(said))?;
        let is_digit = |letter: char| half_width(letter).is_ascii_digit();
        let end = self.rest.find(|letter| !is_digit(letter))?;
        let years: String = self.rest.get(..end)?.chars().map(half_width).collect();
        let after = self.rest.get(end..)?;
        let unit = ["周岁", "岁"].into_iter().find(|unit| after.starts_with(unit))?;
        let is_day = after.strip_prefix(unit)?.starts_with('的');
        let stop = self.stop.at + end + unit.len();
        let span = self.context.span(self.stop.at - said.len(), stop);
        (!years.is_empty()).then_some(SyntaxError::SpokenAge { span, years, is_day })
    }

    /// `月份 2023年6月` in a case.
    fn spoken_month(&self) -> Option<SyntaxError> {
        const SAID: [(&str, Word); 5] = [
            ("月份", Word { zh: "所属期", en: "period" }),
            ("年月", Word { zh: "所属期", en: "period" }),
            ("期间", Word { zh: "所属期", en: "period" }),
            ("month", Word { zh: "所属期", en: "period" }),
            ("日期", Word { zh: "评估日", en: "assessed" }),
        ];
        let content = self.line.trim_start_matches(is_indentation);
        let (sign, word) = SAID.into_iter().find(|(sign, _)| content.starts_with(sign))?;
        let value = content.strip_prefix(sign)?.trim_start_matches([' ', '　', '：', ':', '=']);
        let is_digit = |letter: char| half_width(letter).is_ascii_digit();
        if self.context.piece.word.zh != "案例" || !value.starts_with(is_digit) {
            return None;
        }
        let at = self.start + self.line.len() - content.len();
        let span = self.context.span(at, at + sign.len());
        Some(SyntaxError::ForeignOperator { span, sign, word })
    }

    /// `月收入 = 50元/月` in a case.
    fn case_equals(&self) -> Option<SyntaxError> {
        let content = self.line.trim_start_matches(is_indentation);
        let at = self.start + self.line.len() - content.len();
        let (fact, value) = content.split_once(['=', '＝'])?;
        let (fact, value) = (fact.trim(), value.trim());
        let is_name = |letter: char| is_han(letter) || is_ascii_word(letter);
        let name_ends = fact.find(|letter| !is_name(letter)).is_none();
        let is_fact = self.context.piece.word.zh == "案例" && name_ends && !fact.is_empty();
        // Behind the sign something else is wrong.
        let sign = at + content.find(['=', '＝'])?;
        if !is_fact || self.stop.at > sign || fact.starts_with("应当") {
            return None;
        }
        let end = content.find(['#', '＃']).unwrap_or(content.len());
        let span_end = at + content.get(..end).unwrap_or(content).trim_end().len();
        let value = value.split(['#', '＃']).next().unwrap_or("").trim_end();
        let written = match (clause_at(fact), fact.split_once('的')) {
            // 所属期 = 2023年6月
            (Some(_), _) => Bilingual::new(format!("{fact} {value}"), format!("{fact} {value}")),
            (None, Some((whose, fact))) => Bilingual::new(
                format!("{whose}：{fact} {value}"),
                format!("{whose}: {fact} {value}"),
            ),
            (None, None) => Bilingual::new(
                format!("家庭：{fact} {value}"),
                format!("household: {fact} {value}"),
            ),
        };
        Some(SyntaxError::CaseEquals { span: self.context.span(at, span_end), written })
    }

    /// `应当 低保 符合`
    fn bare_outcome(&self) -> Option<SyntaxError> {
        // Longer ones before those that they end with.
        const OUTCOMES: [&str; 4] = ["不符合", "符合", "待定", "酌定"];
        let is_name = |letter: char| is_han(letter) || is_ascii_word(letter);
        self.lines_near().into_iter().find_map(|(start, line)| {
            let content = line.trim_start_matches(is_indentation).trim_end();
            let expected = content.strip_prefix("应当")?.trim_matches(is_line_blank);
            let expected = expected.trim_end_matches('。');
            let (of, outcome) = OUTCOMES.into_iter().find_map(|outcome| {
                Some((expected.strip_suffix(outcome)?.trim_end_matches(is_line_blank), outcome))
            })?;
            if of.is_empty() || !of.chars().all(is_name) || of.ends_with("等于") {
                return None;
            }
            let at = start + line.find(content)?;
            let span = self.context.span(at, at + content.len());
            Some(SyntaxError::BareOutcome { span, written: format!("{of} 等于 {outcome}") })
        })
    }

    /// `自2024年1月1日起：80-89岁 50元，90岁以上 100元`
    fn range_in_parameter(&self) -> Option<SyntaxError> {
        const BETWEEN: [&str; 9] = ["-", "－", "—", "~", "～", "至", "以上", "以下", "不满"];
        if self.context.piece.word.zh != "参数" {
            return None;
        }
        let colon = self.line.find(['：', ':'])?;
        let values = self.line.get(colon..)?.trim_start_matches(['：', ':']);
        let at = self.start + self.line.len() - values.len();
        // The stretch and its value: 80-89岁 50元.
        let first = values.split(['，', ',']).next()?;
        let is_digit = |letter: char| half_width(letter).is_ascii_digit();
        let numbers = first.split_whitespace().filter(|part| part.contains(is_digit)).count();
        let is_range = BETWEEN.iter().any(|word| first.contains(word));
        (self.stop.at >= at && numbers == 2 && is_range).then(|| {
            let end = self.start + self.line.trim_end().len();
            SyntaxError::RangeInParameter { span: self.context.span(at, end) }
        })
    }

    /// `= 标准－收入 四舍五入到1元`, without a comma.
    fn missing_comma(&self) -> Option<SyntaxError> {
        const STEPS: [&str; 7] =
            ["四舍五入", "四舍六入五成双", "向上取整", "向下取整", "不取整", "保底", "封顶"];
        let step = STEPS.into_iter().find(|step| self.rest.starts_with(step))?;
        let before = self.text.get(self.start..self.stop.at)?.trim_end_matches(is_line_blank);
        let is_said = before.ends_with(['，', ',']) || before.trim().is_empty();
        let span = self.context.span(self.stop.at, self.stop.at + step.len());
        (!is_said).then_some(SyntaxError::MissingComma { span, step })
    }

    fn dash(&self) -> Option<SyntaxError> {
        if let Some(at) = self.one_after_number() {
            let span = self.context.span(at, at + '一'.len_utf8());
            return Some(SyntaxError::DashAsMinus { span, dash: '一' });
        }
        let dash = self.rest.chars().next()?;
        if !matches!(dash, '—' | '–' | '―' | '‐' | '‑' | '‒' | '一' | '﹣' | 'ー') {
            return None;
        }
        let run: usize =
            self.rest.chars().take_while(|letter| *letter == dash).map(char::len_utf8).sum();
        let span = self.context.span(self.stop.at, self.stop.at + run);
        Some(SyntaxError::DashAsMinus { span, dash })
    }

    /// The 一 of `1201元一5元`, which was read as the end of a unit.
    fn one_after_number(&self) -> Option<usize> {
        let before = self.text.get(self.start..self.stop.at)?.trim_end();
        let unit = before.strip_suffix('一')?;
        let number = unit.trim_end_matches(is_han);
        number
            .ends_with(|letter: char| half_width(letter).is_ascii_digit() || letter == '%')
            .then(|| self.start + unit.len())
    }

    fn when_equals(&self) -> Option<SyntaxError> {
        let (start, line) =
            self.lines_near().into_iter().find(|(_, line)| when_start(line).is_some())?;
        let at = when_start(line)?;
        line.get(at..)?.find(['=', '＝'])?;
        let span = self.context.span(start + at, start + line.trim_end().len());
        (start + at <= self.stop.at).then_some(SyntaxError::WhenEquals { span })
    }

    fn glued_if(&self) -> Option<SyntaxError> {
        let end = text_end(self.text, self.stop.at).max(self.stop.at);
        let before = self.text.get(..end)?;
        let at = before.rfind("如果")?;
        let rest = self.text.get(at..)?;
        let sentence_end = rest.find(['\n', '；', '。', ';', '#']).unwrap_or(rest.len());
        let sentence = rest.get(..sentence_end)?.trim_end();
        if self.stop.at > at + sentence_end + 1 {
            return None;
        }
        let body = sentence.strip_prefix("如果")?;
        let (condition, body) = split_keyword(body, "则")?;
        let (then, otherwise) = match split_keyword(body, "否则") {
            Some((then, otherwise)) => (then, Some(otherwise)),
            None => (body, None),
        };
        let glued = is_glued(sentence, "则") || is_glued(sentence, "否则");
        if !glued {
            return None;
        }
        let clean = |text: &str| {
            text.trim_matches(|letter: char| is_line_blank(letter) || matches!(letter, '，' | ','))
                .to_owned()
        };
        let mut suggestion = format!("如果 {}，则 {}", clean(condition), clean(then));
        if let Some(otherwise) = otherwise {
            suggestion = format!("{suggestion}，否则 {}", clean(otherwise));
        }
        let span = self.context.span(at, at + sentence.len());
        Some(SyntaxError::GluedIf { span, suggestion })
    }

    fn open_table_row(&self) -> Option<SyntaxError> {
        self.lines_near().into_iter().rev().find_map(|(start, line)| {
            let content = line.trim_matches(|letter| is_indentation(letter) || letter == '\r');
            let bar = |letter: char| matches!(letter, '｜' | '|');
            (content.starts_with(bar) && !content.ends_with(bar)).then(|| {
                let at = start + line.len() - line.trim_start_matches(is_indentation).len();
                SyntaxError::OpenTableRow { span: self.context.span(at, at + content.len()) }
            })
        })
    }

    fn bracket(&self) -> Option<SyntaxError> {
        let mut open: Vec<(usize, char)> = Vec::new();
        for (at, mark) in brackets(self.text) {
            // What follows the stop may close a bracket of a later clause.
            if at > self.stop.at {
                break;
            }
            match mark {
                Mark::Open(bracket) => open.push((at, bracket)),
                Mark::Close(bracket) if open.pop().is_none() => {
                    let span = self.context.span(at, at + bracket.len_utf8());
                    return Some(SyntaxError::UnopenedBracket { span, bracket });
                }
                Mark::Close(_) => {}
            }
        }
        let (at, bracket) = open.pop().filter(|(at, _)| *at < self.stop.at)?;
        let before = self.text.get(self.start..self.stop.at)?;
        let at_line_start = before.chars().all(is_indentation);
        let clause_ends = self.rest.is_empty()
            || at_line_start
            || self.rest.starts_with(['；', ';', '。', '\n', '\r', '#'])
            || self.rest.starts_with("依据")
            || self.rest.starts_with("的，");
        (clause_ends && !nouns::wants_value(&self.stop.wanted) || self.rest.is_empty()).then(|| {
            let span = self.context.span(at, at + bracket.len_utf8());
            SyntaxError::UnclosedBracket { span, bracket }
        })
    }

    fn missing_else(&self) -> Option<SyntaxError> {
        if !self.stop.wanted.contains(&Rule::kw_else) {
            return None;
        }
        let end = text_end(self.text, self.stop.at);
        Some(SyntaxError::MissingElse { span: self.context.span(end, end) })
    }

    /// `，施行 自…起` behind the head of what has no time of its own, such as a 集合.
    fn misplaced_period(&self) -> Option<SyntaxError> {
        let is_comma = |letter: char| matches!(letter, '，' | ',');
        let blank_or_comma = |letter: char| is_comma(letter) || is_line_blank(letter);
        let before = self.text.get(self.start..self.stop.at)?.trim_end_matches(is_line_blank);
        let said = self.rest.trim_start_matches(blank_or_comma);
        if !before.ends_with(is_comma) && !self.rest.starts_with(is_comma) {
            return None;
        }
        let (clause, entry) = clause_at(said)?;
        let within = self.context.piece.word;
        if entry.word.zh != "施行" || !["集合", "枚举", "对象"].contains(&within.zh) {
            return None;
        }
        let at = self.text.len() - said.len();
        let span = self.context.span(at, at + clause.len());
        Some(SyntaxError::MisplacedClause { span, clause, within, belongs: entry.within })
    }

    fn misplaced_clause(&self) -> Option<SyntaxError> {
        let before = self.text.get(self.start..self.stop.at)?;
        let previous = before.chars().next_back();
        if previous.is_some_and(|previous| !is_indentation(previous)) {
            return None;
        }
        let (clause, entry) = clause_at(self.rest)?;
        // What is wrong is that the head says nothing of whom it is about.
        if self.stop.wanted.contains(&Rule::subject) {
            return None;
        }
        let within = match self.context.piece.word {
            Word { zh: "补充", .. } if self.text.contains("决定 ") => {
                Word { zh: "决定", en: "decision" }
            }
            Word { zh: "补充", .. } => Word { zh: "规则", en: "rule" },
            word => word,
        };
        let span = self.context.span(self.stop.at, self.stop.at + clause.len());
        Some(SyntaxError::MisplacedClause { span, clause, within, belongs: entry.within })
    }
}

/// Where 当 begins the condition of an item, an exception or a clause.
fn when_start(line: &str) -> Option<usize> {
    line.match_indices('当').map(|(at, _)| at).find(|at| {
        let before = line.get(..*at).unwrap_or("");
        let after = line.get(*at + '当'.len_utf8()..).unwrap_or("");
        before
            .chars()
            .next_back()
            .is_none_or(|letter| is_line_blank(letter) || "：:）)，".contains(letter))
            && after.starts_with(is_line_blank)
    })
}

/// The text before and after the first `keyword` that is not the end of a longer one.
fn split_keyword<'a>(text: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let at = keyword_at(text, keyword)?;
    Some((text.get(..at)?, text.get(at + keyword.len()..)?))
}

fn keyword_at(text: &str, keyword: &str) -> Option<usize> {
    text.match_indices(keyword).map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).unwrap_or("");
        keyword != "则" || !["否", "规", "原", "若无"].iter().any(|start| before.ends_with(start))
    })
}

/// Whether a name runs into `keyword` in `text`.
fn is_glued(text: &str, keyword: &str) -> bool {
    keyword_at(text, keyword)
        .is_some_and(|at| text.get(..at).is_some_and(|before| before.ends_with(is_han)))
}
