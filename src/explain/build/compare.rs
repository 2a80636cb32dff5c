//! Comparisons: what is the case, in a sentence, and by how much.

use super::condition::LONGEST_NAME;
use super::time;
use crate::diagnostic::Language;
use crate::eval::Value;
use crate::explain::view::{ConditionView, Held, Margin};
use crate::hir::{Alternative, Constant, NodeId, NodeKind};
use crate::input::{InstanceId, Scalar};
use crate::syntax::ast::Comparison;
use crate::trace::{MASK, Trace, bare};
use crate::types::Type;
use crate::value::{Date, Dimension, Rational};

/// Tells a comparison or a 属于.
pub(super) fn tell(trace: &Trace<'_>, node: NodeId, who: InstanceId, shown: &mut ConditionView) {
    match trace.kind(node) {
        Some(NodeKind::Compare(operator, left, right)) => {
            compare(trace, *operator, (*left, *right), who, shown);
        }
        Some(NodeKind::Within { value, alternatives, negated }) => {
            within(trace, node, (*value, alternatives, *negated), who, shown);
        }
        _ => {}
    }
}

/// Tells x等于无 by what x is: 照料人：无.
pub(super) fn absence(trace: &Trace<'_>, of: NodeId, who: InstanceId, shown: &mut ConditionView) {
    let side = Side::of(trace, of, who);
    let name = if side.name.is_empty() { &shown.text } else { &side.name };
    shown.sentence = trace.said(name, &side.worded);
    shown.filled.clone_from(&shown.sentence);
}

/// One side of a comparison.
struct Side {
    /// What it is called: 人均月收入; empty for a number as written.
    name: String,
    /// With its unit: `750元/人·月`.
    worded: String,
    /// As it stands in a sentence, where the name says the rest: `750元`.
    plain: String,
    masked: bool,
    value: Value,
}

impl Side {
    fn of(trace: &Trace<'_>, node: NodeId, who: InstanceId) -> Self {
        let value = trace.value(node, who);
        let ty = trace.program.node(node).map_or(Type::Error, |node| node.ty.clone());
        let masked = trace.is_masked(node, who);
        if masked {
            let mask = || MASK.to_owned();
            return Self {
                name: name_of(trace, node),
                worded: mask(),
                plain: mask(),
                masked,
                value,
            };
        }
        let worded = trace.shown(&value, &ty);
        let plain = match (value.as_number(), trace.language) {
            (Some(number), Language::Zh) if is_money(&ty) => {
                format!("{}元", bare(number, Language::Zh))
            }
            (Some(number), Language::En) if is_money(&ty) => {
                format!("{} CNY", bare(number, Language::En))
            }
            _ => worded.clone(),
        };
        Self { name: name_of(trace, node), worded, plain, masked, value }
    }

    fn date(&self) -> Option<Date> {
        if self.masked { None } else { self.value.as_date() }
    }

    fn number(&self) -> Option<Rational> {
        if self.masked { None } else { self.value.as_number() }
    }

    /// `人均月收入 750元`, `750元`
    fn with_name(&self) -> String {
        if self.name.is_empty() {
            self.plain.clone()
        } else {
            format!("{} {}", self.name, self.plain)
        }
    }

    /// `低保标准（1,201元）`, `1,201元`
    fn as_measure(&self, language: Language) -> String {
        match (self.name.is_empty(), language) {
            (true, _) => self.plain.clone(),
            (false, Language::Zh) => format!("{}（{}）", self.name, self.plain),
            (false, Language::En) => format!("{} ({})", self.name, self.plain),
        }
    }

    /// 低保标准, or the number where it has no name.
    fn short(&self) -> &str {
        if self.name.is_empty() { &self.worded } else { &self.name }
    }
}

/// What people call the value of a node; empty for what is a number as written, or long.
pub(super) fn name_of(trace: &Trace<'_>, node: NodeId) -> String {
    let Some(found) = trace.program.node(node) else { return String::new() };
    if matches!(found.kind, NodeKind::Constant(_)) {
        return String::new();
    }
    let twin = match &found.kind {
        NodeKind::Fact(field) => trace.program.field(*field).and_then(|f| f.name.alias.clone()),
        NodeKind::Use { definition, .. } => {
            trace.program.definition(*definition).and_then(|found| found.name.alias.clone())
        }
        NodeKind::Parameter { parameter, .. } => {
            let found = trace.program.parameters.get(parameter.0 as usize);
            found.and_then(|found| found.name.alias.clone())
        }
        NodeKind::AtParent(target) => {
            return match trace.language {
                Language::En => name_of(trace, *target),
                Language::Zh => short_text(trace.written(found.span)),
            };
        }
        _ => None,
    };
    match (trace.language, twin) {
        (Language::En, Some(twin)) => twin,
        _ => short_text(trace.written(found.span)),
    }
}

fn short_text(text: String) -> String {
    let is_number = text.chars().next().is_some_and(char::is_numeric);
    if is_number || text.chars().count() > LONGEST_NAME { String::new() } else { text }
}

fn compare(
    trace: &Trace<'_>,
    operator: Comparison,
    (left, right): (NodeId, NodeId),
    who: InstanceId,
    shown: &mut ConditionView,
) {
    let language = trace.language;
    let (a, b) = (Side::of(trace, left, who), Side::of(trace, right, who));
    let word = word(operator, &shown.text);
    // What is shown is true: a failed condition is shown as what holds instead.
    let true_word = if shown.held == Held::No { opposite(word) } else { word };
    let in_language = |word: &'static str| match language {
        Language::Zh => word,
        Language::En => in_english(word),
    };
    if let Some(side) = [&a, &b].into_iter().find(|side| matches!(side.value, Value::Absent(_))) {
        let name = if side.name.is_empty() { &shown.text } else { &side.name };
        shown.sentence = trace.said(name, trace.say("无", "none"));
        shown.filled.clone_from(&shown.sentence);
        return;
    }
    shown.filled = format!("{} {} {}", a.worded, in_language(true_word), b.worded);
    let is_literal = matches!(trace.kind(right), Some(NodeKind::Constant(_)));
    if matches!(shown.held, Held::Unknown | Held::Discretion | Held::Error) {
        shown.sentence = match (is_literal, language) {
            (false, _) => format!("{}{}{}", a.with_name(), trace.say("，", ", "), b.with_name()),
            (true, Language::Zh) => {
                let word = if word == "等于" { "为" } else { word };
                format!("{}，条文要求{word}{}", a.with_name(), b.plain)
            }
            (true, Language::En) => {
                format!("{}; the rule asks that it {} {}", a.with_name(), in_english(word), b.plain)
            }
        };
        return;
    }
    let pair = (a.number(), b.number());
    if let (Some(x), Some(y)) = pair
        && time::age(trace, (left, operator), (x, y), who, shown)
    {
        return;
    }
    shown.sentence = match language {
        // 残疾类别 肢体，不是视力: what it is says that it is that.
        _ if is_literal && true_word == "等于" => a.with_name(),
        Language::Zh if is_literal && true_word == "不等于" => {
            format!("{}，不是{}", a.with_name(), b.plain)
        }
        Language::Zh => {
            format!("{}，{true_word}{}", a.with_name(), b.as_measure(language))
        }
        Language::En => {
            format!("{} {} {}", a.with_name(), in_english(true_word), b.as_measure(language))
        }
    };
    if let (Some(x), Some(y)) = (a.date(), b.date()) {
        shown.sentence = dated(&a, &b, true_word, language);
        shown.margin = time::days_apart(x, y, b.short());
        return;
    }
    let (Some(x), Some(y)) = pair else { return };
    let Ok(gap) = x.checked_sub(y) else { return };
    let ty = trace.program.node(right).map_or(Type::Error, |node| node.ty.clone());
    shown.margin = Some(measured(trace, gap, &ty, b.short()));
    if ty.unit().is_none_or(|unit| unit.is_dimensionless()) {
        // 残疾等级 3, 超过 2: the difference of two grades is no quantity.
        return;
    }
    if operator == Comparison::Equal || operator == Comparison::NotEqual {
        return;
    }
    if is_literal && y.signum() == 0 && gap.signum() != 0 {
        // 支出 5,000元，高于0元: by how much is what it is.
        return;
    }
    let (zh, en) = apart(gap, &ty);
    shown.sentence = match (gap.signum(), language) {
        (0, _) => equal_sentence(&a, &b, word, shown.held, language),
        (_, Language::Zh) => {
            let by = magnitude(trace, gap, &ty, language);
            format!("{}，比{}{zh} {by}", a.with_name(), b.as_measure(language))
        }
        (_, Language::En) => {
            let by = magnitude(trace, gap, &ty, language);
            format!("{}, {by} {en} {}", a.with_name(), b.as_measure(language))
        }
    };
}

/// How two quantities lie apart, in both languages: an income is 高出 a standard, somebody is 大 by
/// years, a number of months or rooms is 多.
fn apart(gap: Rational, ty: &Type) -> (&'static str, &'static str) {
    if ty.unit().is_some_and(|unit| unit.exponent(Dimension::Age) == 1) {
        return if gap.signum() < 0 { ("小", "less than") } else { ("大", "more than") };
    }
    match (is_money(ty), gap.signum() < 0) {
        (true, true) => ("低", "below"),
        (true, false) => ("高出", "above"),
        (false, true) => ("少", "less than"),
        (false, false) => ("多", "more than"),
    }
}

fn is_money(ty: &Type) -> bool {
    ty.unit().is_some_and(|unit| unit.exponent(Dimension::Yuan) == 1)
}

/// Two days: 验收日 2023年6月1日，不晚于所属期末日（2023年6月30日）.
fn dated(a: &Side, b: &Side, word: &str, language: Language) -> String {
    let (zh, en) = match word {
        "低于" | "不满" | "少于" | "未达到" => ("早于", "is before"),
        "不超过" | "不高于" | "未超过" => ("不晚于", "is not after"),
        "超过" | "高于" => ("晚于", "is after"),
        "不低于" | "已满" | "不少于" | "达到" => ("不早于", "is not before"),
        "不等于" => ("不是", "is not"),
        _ if b.name.is_empty() => return a.with_name(),
        _ => ("等于", "is"),
    };
    match language {
        Language::Zh => format!("{}，{zh}{}", a.with_name(), b.as_measure(language)),
        Language::En => format!("{} {en} {}", a.with_name(), b.as_measure(language)),
    }
}

/// Two sides that are equal: 低于 is not met by the standard itself.
fn equal_sentence(a: &Side, b: &Side, word: &str, held: Held, language: Language) -> String {
    let asked = match language {
        Language::Zh => format!("条文要求{word}"),
        Language::En => format!("the rule asks that it {}", in_english(word)),
    };
    let both = match (b.name.is_empty(), language) {
        (true, _) => a.with_name(),
        (false, Language::Zh) => format!("{}，恰好等于{}", a.with_name(), b.name),
        (false, Language::En) => format!("{}, exactly {}", a.with_name(), b.name),
    };
    match (held == Held::No, b.name.is_empty(), language) {
        (false, ..) => both,
        (true, true, Language::Zh) => format!("{both}，{asked}{}", b.plain),
        (true, true, Language::En) => format!("{both}; {asked} {}", b.plain),
        (true, false, Language::Zh) => format!("{both}，{asked}"),
        (true, false, Language::En) => format!("{both}; {asked} it"),
    }
}

/// A difference without its denominators, as in a sentence: `49元`.
fn magnitude(trace: &Trace<'_>, gap: Rational, ty: &Type, language: Language) -> String {
    match (is_money(ty), language) {
        (true, Language::Zh) => format!("{}元", bare(gap.abs(), language)),
        (true, Language::En) => format!("{} CNY", bare(gap.abs(), language)),
        (false, _) => trace.number(gap.abs(), ty, language),
    }
}

fn measured(trace: &Trace<'_>, gap: Rational, ty: &Type, against: &str) -> Margin {
    let amount = |language| trace.number(gap.abs(), ty, language);
    let (zh, en) = (amount(Language::Zh), amount(Language::En));
    let (zh, en) = match gap.signum() {
        0 => (format!("恰好等于{against}"), format!("exactly {against}")),
        _ => {
            let (less_or_more, than) = apart(gap, ty);
            (format!("比{against}{less_or_more} {zh}"), format!("{en} {than} {against}"))
        }
    };
    Margin { zh, en, value: exact(gap), unit: trace.unit_text(ty, Language::Zh), on: None }
}

/// A number for programs: a decimal, or a fraction where it does not end.
pub(super) fn exact(number: Rational) -> String {
    number.to_decimal_text().unwrap_or_else(|| number.to_string())
}

/// 属于: what the value is, and how far it is from what was asked for.
fn within(
    trace: &Trace<'_>,
    node: NodeId,
    (value, alternatives, negated): (NodeId, &[Alternative], bool),
    who: InstanceId,
    shown: &mut ConditionView,
) {
    let language = trace.language;
    let side = Side::of(trace, value, who);
    let span = |node: NodeId| trace.program.node(node).map(|node| node.span).unwrap_or_default();
    let (whole, of_value) = (span(node), span(value));
    // What stands behind the value: 属于智力、精神.
    let text = trace.sources.slice(whole);
    let skip = of_value.end.saturating_sub(whole.start) as usize;
    let is_inside = of_value.source == whole.source && of_value.start >= whole.start;
    let rest = if is_inside { text.get(skip..).unwrap_or(text) } else { text };
    let rest = rest.trim().trim_end_matches(['；', ';', '。']);
    let set = ["不属于", "属于", "not in", "in"]
        .into_iter()
        .find_map(|word| rest.strip_prefix(word))
        .map_or(rest, str::trim);
    if matches!(side.value, Value::Absent(_)) {
        let name = if side.name.is_empty() { &shown.text } else { &side.name };
        shown.sentence = trace.said(name, trace.say("无", "none"));
        shown.filled.clone_from(&shown.sentence);
        return;
    }
    let is_inside = match shown.held {
        Held::Yes => Some(!negated),
        Held::No => Some(negated),
        Held::Unknown | Held::Discretion | Held::Error => None,
    };
    let said = |a: &str| match (is_inside, language) {
        (Some(true), Language::Zh) => format!("{a}，属于{set}"),
        (Some(false), Language::Zh) => format!("{a}，不属于{set}"),
        (None, Language::Zh) => format!("{a}，条文所列为{set}"),
        (Some(true), Language::En) => format!("{a} is in {set}"),
        (Some(false), Language::En) => format!("{a} is not in {set}"),
        (None, Language::En) => format!("{a}, the rule asks for {set}"),
    };
    shown.filled = said(&side.worded);
    shown.sentence = said(&side.with_name());
    if is_inside == Some(false)
        && !negated
        && let Some(x) = side.number()
        && let Some(nearest) = nearest_end(trace, alternatives, x, who)
    {
        let ty = trace.program.node(value).map_or(Type::Error, |node| node.ty.clone());
        if ty.unit().is_none_or(|unit| unit.is_dimensionless()) {
            return;
        }
        let Ok(gap) = x.checked_sub(nearest) else { return };
        let against = trace.number(nearest, &ty, language);
        let margin = measured(trace, gap, &ty, &against);
        shown.sentence = match language {
            Language::Zh => format!("{}，{}", shown.sentence, margin.zh),
            Language::En => format!("{}, {}", shown.sentence, margin.en),
        };
        shown.margin = Some(margin);
    }
}

/// The end of the alternatives that a number outside of all of them is nearest to.
fn nearest_end(
    trace: &Trace<'_>,
    alternatives: &[Alternative],
    x: Rational,
    who: InstanceId,
) -> Option<Rational> {
    let mut ends = Vec::new();
    for alternative in alternatives {
        match alternative {
            Alternative::Value(node) => ends.extend(trace.value(*node, who).as_number()),
            Alternative::Interval { low, high } => ends.extend(
                low.iter().chain(high).filter_map(|(node, _)| trace.value(*node, who).as_number()),
            ),
        }
    }
    ends.into_iter().min_by_key(|end| x.checked_sub(*end).map_or(Rational::ZERO, Rational::abs))
}

/// The word of a comparison; the policy's own where it says 不满, 达到 or the like.
fn word(operator: Comparison, text: &str) -> &'static str {
    let said: &[&str] = match operator {
        Comparison::Less => &["未达到", "不满", "少于", "低于"],
        Comparison::LessOrEqual => &["不高于", "不超过"],
        Comparison::Greater => &["超过", "高于"],
        Comparison::GreaterOrEqual => &["不少于", "达到", "不低于"],
        Comparison::Equal => &["等于"],
        Comparison::NotEqual => &["不等于"],
    };
    let written = said.iter().find(|word| text.contains(**word));
    written.or(said.last()).copied().unwrap_or("等于")
}

fn opposite(word: &str) -> &'static str {
    match word {
        "低于" => "不低于",
        "不低于" => "低于",
        "不满" => "已满",
        "未达到" => "达到",
        "达到" => "未达到",
        "超过" => "未超过",
        "高于" => "不高于",
        "不高于" => "高于",
        "不超过" => "超过",
        "少于" => "不少于",
        "不少于" => "少于",
        "等于" => "不等于",
        _ => "等于",
    }
}

fn in_english(word: &str) -> &'static str {
    match word {
        "低于" | "不满" | "未达到" | "少于" => "is below",
        "不超过" | "不高于" | "未超过" => "is at most",
        "高于" | "超过" => "is above",
        "不低于" | "不少于" | "达到" | "已满" => "is at least",
        "不等于" => "is not",
        _ => "is",
    }
}

/// A known number of a node, for whoever compares it otherwise.
pub(super) fn known_date(trace: &Trace<'_>, node: NodeId, who: InstanceId) -> Option<Date> {
    match trace.value(node, who) {
        Value::Known(Scalar::Constant(Constant::Date(date)), _) if !trace.is_masked(node, who) => {
            Some(date)
        }
        _ => None,
    }
}
