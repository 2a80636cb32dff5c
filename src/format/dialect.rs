//! The words and marks of the two dialects.

use std::borrow::Cow;

use super::names::Names;
use crate::builtins;
use crate::source::Span;
use crate::syntax::ast::{
    Binding, Citation, DatePoint, Period, QualifiedName, Reference, Text, UnitExpr,
};
use crate::syntax::words::{
    CLAUSES, DECLARATIONS, ENGLISH_OPERATORS, ENGLISH_RESERVED, RESERVED_WORDS, Word,
    find_cutting_word, is_ascii_word, is_han,
};
use crate::value::{Date, YearMonth};

/// Which of the two sets of keywords, operators and punctuation a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// Chinese.
    Zh,
    /// English.
    En,
}

const fn word(zh: &'static str, en: &'static str) -> Word {
    Word { zh, en }
}

/// The words that are neither declaration nor clause keywords, beside those of [`DECLARATIONS`] and
/// [`CLAUSES`].
pub(super) const PHRASES: &[Word] = &[
    word("样例", "sample"),
    word("待查", "pending"),
    word("私有", "private"),
    word("可无", "optional"),
    word("若干", "many"),
    word("敏感", "sensitive"),
    word("不可改变", "immutable"),
    word("不作建议", "not_suggested"),
    word("不晚于评估日", "not_after_assessment"),
    word("唯一", "unique"),
    word("就高", "highest"),
    word("就低", "lowest"),
    word("累加", "total"),
    word("首个", "first"),
    word("不取整", "unrounded"),
    word("向上取整", "round_up"),
    word("向下取整", "round_down"),
    word("四舍五入", "round_half_up"),
    word("四舍六入五成双", "round_half_even"),
    word("同时符合", "all of"),
    word("符合下列情形之一", "any of"),
    word("不重复享受", "exclusive"),
    word("择高", "higher_of"),
    word("补差", "top_up"),
    word("叠加", "combined"),
    word("不计入收入", "not_income"),
    word("是否", "bool"),
    word("日期", "date"),
    word("月份", "year_month"),
    word("整数", "integer"),
    word("小数", "decimal"),
    word("文本", "text"),
    word("人数", "persons"),
    word("户数", "households"),
    word("次数", "times"),
    word("是", "true"),
    word("否", "false"),
    word("其他", "other"),
    word("依据", "source"),
    word("其中", "where"),
    word("低于", "below"),
    word("超过", "above"),
    word("不超过", "at most"),
    word("不低于", "at least"),
    word("等于", "is"),
    word("不等于", "is not"),
    word("资格", "entitled"),
    word("应发", "due"),
    word("实发", "paid"),
    word("自次月起", "from_next_month"),
    word("自当月起", "from_same_month"),
    word("按日折算", "by_days"),
];

/// The words that are neither declaration nor clause keywords nor names: modifiers, types, outcomes
/// and word operators, in both dialects.
#[must_use]
pub fn phrases() -> &'static [Word] {
    PHRASES
}

/// Names that the language itself knows, beside those of [`crate::builtins`]: what a lower layer may
/// do and who it is, and the object that people are.
pub(super) const OTHER_NAMES: &[Word] = &[
    word("人", "person"),
    word("增加例外", "add_exceptions"),
    word("增加条件", "add_conditions"),
    word("增加给付", "add_payments"),
    word("另定", "set"),
    word("地方", "local"),
    word("省级", "province"),
    word("市级", "city"),
    word("县级", "county"),
    word("不符合条件", "no_longer_entitled"),
];

/// Built-in units as denominators and in types; those without an English word are left out.
const UNITS: &[Word] = &[
    word("元", "CNY"),
    word("分", "fen"),
    word("人", "person"),
    word("户", "household"),
    word("月", "month"),
    word("年", "year"),
    word("岁", "years_old"),
    word("日", "day"),
    word("次", "time"),
];

/// Built-in units on a number, where they differ from [`UNITS`].
const UNITS_ON_NUMBERS: &[Word] = &[
    word("个月", "months"),
    word("年", "years"),
    word("天", "days"),
    word("人", "persons"),
    word("户", "households"),
    word("周岁", "years_old"),
];

/// Other spellings of units, with the first of [`UNITS`] or [`UNITS_ON_NUMBERS`] they mean.
const SAME_UNITS: &[Word] = &[
    word("月", "months"),
    word("月", "个月"),
    word("年", "years"),
    word("日", "days"),
    word("日", "天"),
    word("人", "persons"),
    word("户", "households"),
    word("次", "times"),
    word("岁", "周岁"),
];

/// The unit that `text` spells, in Chinese.
pub(super) fn canonical_unit(text: &str) -> &str {
    let pair = UNITS.iter().chain(SAME_UNITS).find(|pair| pair.en == text);
    pair.map_or(text, |pair| pair.zh)
}

/// How things are said: the dialect, the twins of names, and the text, in which the author's choice
/// between words of the same meaning is looked up.
#[derive(Debug)]
pub(super) struct Speech<'file> {
    pub(super) text: &'file str,
    pub(super) dialect: Dialect,
    pub(super) names: &'file Names,
}

impl<'file> Speech<'file> {
    pub(super) fn new(text: &'file str, dialect: Dialect, names: &'file Names) -> Self {
        Self { text, dialect, names }
    }

    pub(super) fn is_zh(&self) -> bool {
        self.dialect == Dialect::Zh
    }

    /// One of the two.
    pub(super) fn say<'word>(&self, zh: &'word str, en: &'word str) -> &'word str {
        match self.dialect {
            Dialect::Zh => zh,
            Dialect::En => en,
        }
    }

    /// The keyword or phrase `zh` of the tables.
    pub(super) fn word(&self, zh: &'static str) -> &'static str {
        let clauses = CLAUSES.iter().map(|clause| &clause.word);
        let mut words = DECLARATIONS.iter().chain(clauses).chain(PHRASES);
        let known = words.find(|word| word.zh == zh);
        debug_assert!(known.is_some(), "{zh} is in no table");
        known.map_or(zh, |known| self.say(known.zh, known.en))
    }

    /// Whether aliased names are swapped at all.
    pub(super) fn swaps_names(&self) -> bool {
        !self.names.is_empty()
    }

    /// The text of a place.
    pub(super) fn written(&self, start: usize, end: usize) -> &'file str {
        self.text.get(start..end).unwrap_or("")
    }

    pub(super) fn comma(&self) -> &'static str {
        self.say("，", ", ")
    }

    pub(super) fn colon(&self) -> &'static str {
        self.say("：", ": ")
    }

    /// A colon at the end of a line.
    pub(super) fn last_colon(&self) -> &'static str {
        self.say("：", ":")
    }

    /// `text` in round brackets.
    pub(super) fn bracketed(&self, text: &str) -> String {
        match self.dialect {
            Dialect::Zh => format!("（{text}）"),
            Dialect::En => format!("({text})"),
        }
    }

    /// `keyword text`, where a Chinese bracket stands for the blank.
    pub(super) fn after_blank(&self, before: &str, text: &str) -> String {
        let blank = if text.starts_with('（') { "" } else { " " };
        format!("{before}{blank}{text}")
    }

    /// `items` with commas between. `1，200` would be a thousand two hundred.
    pub(super) fn commas(&self, items: &[String]) -> String {
        let mut joined = String::new();
        for item in items {
            if !joined.is_empty() {
                let digits = joined.ends_with(|letter: char| letter.is_ascii_digit())
                    && item.starts_with(|letter: char| letter.is_ascii_digit());
                joined.push_str(if digits { self.say("， ", ", ") } else { self.comma() });
            }
            joined.push_str(item);
        }
        joined
    }

    /// What a name is called in this dialect.
    pub(super) fn name_text<'name>(&'name self, name: &'name str) -> Cow<'name, str> {
        self.names.twin(name, self.dialect).unwrap_or(Cow::Borrowed(name))
    }

    pub(super) fn name(&self, name: &Reference) -> String {
        self.spelled(&name.text, name.span)
    }

    /// A name that is called.
    pub(super) fn callee(&self, name: &Reference) -> String {
        let twin = self.names.called(&name.text, self.dialect);
        self.with_quotes(&name.text, twin.unwrap_or(Cow::Borrowed(&name.text)), name.span)
    }

    /// A name that is not swapped.
    pub(super) fn kept(&self, name: &Reference) -> String {
        self.with_quotes(&name.text, Cow::Borrowed(&name.text), name.span)
    }

    fn spelled(&self, text: &str, span: Span) -> String {
        self.with_quotes(text, self.name_text(text), span)
    }

    fn with_quotes(&self, text: &str, name: Cow<'_, str>, span: Span) -> String {
        let swapped = name != text;
        let range = span.range();
        let was_quoted = self.written(range.start, range.end).starts_with('「');
        // A word of the language's own is read as one wherever it stands.
        let acts = || OTHER_NAMES.iter().any(|word| word.zh == name || word.en == name);
        let keyword = swapped && is_keyword(&name) && builtins::word(&name).is_none() && !acts();
        if keyword || !is_plain_name(&name) || (was_quoted && !swapped) {
            format!("「{name}」")
        } else {
            name.into_owned()
        }
    }

    pub(super) fn names(&self, names: &[Reference], between: &str) -> String {
        let names: Vec<String> = names.iter().map(|name| self.name(name)).collect();
        names.join(between)
    }

    /// A name with its twin.
    pub(super) fn binding(&self, binding: &Binding) -> String {
        let mut text = self.spelled(&binding.text, binding.span);
        if let Some(alias) = &binding.alias {
            let is_pair = self.names.canonical(&alias.text) == self.names.canonical(&binding.text);
            let swapped = is_pair && self.name_text(&binding.text) != binding.text;
            text.push_str(&self.alias(if swapped { &binding.text } else { &alias.text }));
        }
        text
    }

    pub(super) fn alias(&self, alias: &str) -> String {
        match self.dialect {
            Dialect::Zh => format!("【{alias}】"),
            Dialect::En => format!("[[{alias}]]"),
        }
    }

    /// A name of several parts, none of which this file introduces.
    pub(super) fn qualified(&self, name: &QualifiedName) -> String {
        let range = |part: &Reference| self.written(part.span.range().start, part.span.range().end);
        let part = |part: &Reference| match part.text.as_str() {
            text if is_plain_name(text) && !range(part).starts_with('「') => text.to_owned(),
            text => format!("「{text}」"),
        };
        name.segments.iter().map(part).collect::<Vec<_>>().join(".")
    }

    pub(super) fn citation(&self, citation: &Citation) -> String {
        let mut text = format!("{} {}", self.word("依据"), citation.text);
        if let Some(short) = &citation.short {
            text.push_str("   简称 ");
            text.push_str(short);
        }
        text
    }

    /// A text in quotes that do not occur in it.
    pub(super) fn quoted(&self, text: &str) -> String {
        let curly = !text.contains('”');
        let straight = !text.contains('"');
        if curly && (self.is_zh() || !straight) {
            format!("“{text}”")
        } else if straight {
            format!("\"{text}\"")
        } else {
            format!("＂{text}＂")
        }
    }

    /// `（一）`, `1．`.
    pub(super) fn enumerator(&self, enumerator: &Text) -> String {
        let number = enumerator.text.trim_matches(|letter: char| "（）()．.、".contains(letter));
        let number: String = number.chars().map(crate::value::half_width).collect();
        if enumerator.text.starts_with(['（', '(']) {
            format!("（{number}）")
        } else {
            format!("{number}{}", self.say("．", ". "))
        }
    }

    pub(super) fn date(&self, date: Date) -> String {
        let (year, month, day) = (date.year(), date.month(), date.day());
        match self.dialect {
            Dialect::Zh => format!("{year}年{month}月{day}日"),
            Dialect::En => format!("{year:04}-{month:02}-{day:02}"),
        }
    }

    pub(super) fn year_month(&self, date: YearMonth) -> String {
        let (year, month) = (date.year(), date.month());
        match self.dialect {
            Dialect::Zh => format!("{year}年{month}月"),
            Dialect::En => format!("{year:04}-{month:02}"),
        }
    }

    pub(super) fn date_point(&self, point: DatePoint) -> String {
        match point {
            DatePoint::Date(date) => self.date(date),
            DatePoint::Month(month) => self.year_month(month),
            DatePoint::Year(year) => format!("{year}年"),
        }
    }

    pub(super) fn period(&self, period: &Period) -> String {
        let from = period.from.map(|(from, _)| self.date_point(from));
        let until = period.until.map(|(until, _)| self.date_point(until));
        let from = from.map(|from| match self.dialect {
            Dialect::Zh => format!("自{from}起"),
            Dialect::En => format!("from {from}"),
        });
        let until = until.map(|until| match self.dialect {
            Dialect::Zh => format!("至{until}止"),
            Dialect::En => format!("until {until}"),
        });
        let ends: Vec<String> = from.into_iter().chain(until).collect();
        ends.join(self.say("", " "))
    }

    /// A unit; on a number 月 is 个月.
    pub(super) fn unit(&self, unit: &UnitExpr, on_number: bool) -> String {
        let own = self.unit_word(&unit.numerator, on_number && unit.denominators.is_empty());
        let per: Vec<String> =
            unit.denominators.iter().map(|atom| self.unit_word(atom, false)).collect();
        if per.is_empty() {
            return own;
        }
        format!("{own}/{}", per.join(self.say("·", "/")))
    }

    fn unit_word(&self, atom: &Reference, on_number: bool) -> String {
        let text = atom.text.as_str();
        let is_known = |pair: &&Word| pair.zh == text || pair.en == text;
        let alike = |pair: &&Word| canonical_unit(pair.en) == canonical_unit(text);
        let on_numbers: &[Word] = if on_number { UNITS_ON_NUMBERS } else { &[] };
        if text.contains(is_han) == self.is_zh() {
            return self.name(atom);
        }
        let exact = on_numbers.iter().chain(UNITS).find(is_known);
        let pair = on_numbers.iter().find(alike).or(exact).or_else(|| UNITS.iter().find(alike));
        match pair {
            Some(pair) => self.say(pair.zh, pair.en).to_owned(),
            None => self.name(atom),
        }
    }
}

/// Whether `name` may stand without `「」`.
pub(super) fn is_plain_name(name: &str) -> bool {
    if name.chars().all(is_han) {
        return !name.is_empty()
            && find_cutting_word(name).is_none()
            && !RESERVED_WORDS.contains(&name);
    }
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(is_ascii_word)
        && !ENGLISH_OPERATORS.contains(&name)
        && !ENGLISH_RESERVED.contains(&name)
}

/// Whether `name` begins a declaration or a clause somewhere.
fn is_keyword(name: &str) -> bool {
    let clauses = CLAUSES.iter().map(|clause| &clause.word);
    DECLARATIONS.iter().chain(clauses).any(|word| word.zh == name || word.en == name)
}
