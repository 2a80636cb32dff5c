//! Values in words.

use super::{MASK, Trace};
use crate::diagnostic::Language;
use crate::eval::Value;
use crate::explain::view::ValueView;
use crate::hir::{Constant, DefaultValue, FieldId, NodeId, OutcomeConstant, Program};
use crate::input::{InstanceId, Scalar};
use crate::types::{NumberStyle, Type};
use crate::value::{Rational, Unit, capitals, grouped};

impl Trace<'_> {
    /// The value of a node for an instance, masked where it may not be shown.
    #[must_use]
    pub(crate) fn show_of(&self, node: NodeId, who: InstanceId, ty: &Type) -> ValueView {
        if !self.is_masked(node, who) {
            return self.show(&self.value(node, who), ty);
        }
        ValueView {
            value: String::new(),
            unit: self.unit_text(ty, Language::Zh),
            zh: MASK.to_owned(),
            en: MASK.to_owned(),
        }
    }

    /// A value of a type, for people and for programs.
    #[must_use]
    pub fn show(&self, value: &Value, ty: &Type) -> ValueView {
        let unit = self.unit_text(ty, Language::Zh);
        match value {
            Value::Known(scalar, _) => self.show_scalar(*scalar, ty),
            Value::Absent(_) => {
                ValueView { value: String::new(), unit, zh: "无".into(), en: "none".into() }
            }
            Value::Unknown(unknown) => {
                let end = |end: Option<Rational>| end.map(|end| self.number(end, ty, Language::Zh));
                let zh = match (end(unknown.low), end(unknown.high)) {
                    (Some(low), Some(high)) => format!("未定（{low}至{high}）"),
                    (Some(low), None) => format!("未定（不低于{low}）"),
                    (None, Some(high)) => format!("未定（不超过{high}）"),
                    (None, None) => "未知".to_owned(),
                };
                let end = |end: Option<Rational>| end.map(|end| self.number(end, ty, Language::En));
                let en = match (end(unknown.low), end(unknown.high)) {
                    (Some(low), Some(high)) => format!("undetermined ({low} to {high})"),
                    (Some(low), None) => format!("undetermined (at least {low})"),
                    (None, Some(high)) => format!("undetermined (at most {high})"),
                    (None, None) => "unknown".to_owned(),
                };
                ValueView { value: String::new(), unit, zh, en }
            }
            Value::Error(_) => ValueView {
                value: String::new(),
                unit,
                zh: "无法计算".to_owned(),
                en: "cannot be computed".to_owned(),
            },
        }
    }

    fn show_scalar(&self, scalar: Scalar, ty: &Type) -> ValueView {
        let plain = |value: String, zh: String, en: String| ValueView {
            value,
            unit: String::new(),
            zh,
            en,
        };
        match scalar {
            Scalar::Constant(Constant::Bool(truth)) => {
                let (zh, en) = if truth { ("是", "yes") } else { ("否", "no") };
                plain(truth.to_string(), zh.to_owned(), en.to_owned())
            }
            Scalar::Constant(Constant::Number(number)) => ValueView {
                value: number.to_decimal_text().unwrap_or_else(|| number.to_string()),
                unit: self.unit_text(ty, Language::Zh),
                zh: self.number(number, ty, Language::Zh),
                en: self.number(number, ty, Language::En),
            },
            Scalar::Constant(Constant::Date(date)) => {
                plain(date.to_string(), date.zh(), date.to_string())
            }
            Scalar::Constant(Constant::Month(month)) => {
                plain(month.to_string(), month.zh(), month.to_string())
            }
            Scalar::Constant(Constant::Enum(id, at)) => {
                let name = self
                    .program
                    .enumeration(id)
                    .and_then(|found| found.values.get(usize::from(at)).cloned())
                    .unwrap_or_default();
                let en = name.alias.clone().unwrap_or_else(|| name.text.clone());
                plain(name.text.clone(), name.text, en)
            }
            Scalar::Constant(Constant::Outcome(outcome)) => {
                let (zh, en) = match outcome {
                    OutcomeConstant::Entitled => ("符合", "entitled"),
                    OutcomeConstant::NotEntitled => ("不符合", "not entitled"),
                    OutcomeConstant::Undecided => ("待定", "undecided"),
                    OutcomeConstant::Discretionary => ("酌定", "discretionary"),
                    OutcomeConstant::Met => ("完成", "met"),
                    OutcomeConstant::NotMet => ("未完成", "not met"),
                };
                plain(zh.to_owned(), zh.to_owned(), en.to_owned())
            }
            Scalar::Constant(Constant::Text(_)) => {
                plain(String::new(), MASK.to_owned(), MASK.to_owned())
            }
            Scalar::Instance(object, instance) => {
                let name = self.instance_name(object, instance);
                plain(name.clone(), name.clone(), name)
            }
        }
    }

    /// A number with its unit: `1353元/月`, `30%`, `约631.33元/人·月`.
    #[must_use]
    pub fn number(&self, number: Rational, ty: &Type, language: Language) -> String {
        let style = ty.as_number().map(|number| number.style).unwrap_or_default();
        if style == NumberStyle::Percent
            && let Ok(percent) = number.checked_mul(Rational::from_integer(100))
        {
            return format!("{}%", bare(percent, language));
        }
        let unit = self.unit_text(ty, language);
        if style == NumberStyle::Capitals
            && let Ok(amount) = capitals(number)
        {
            // 元/人·月 is 每人每月 before the amount.
            let per = unit.split_once('/').map_or("", |(_, per)| per);
            let per = per.split(['·', '/']).filter(|part| !part.is_empty());
            return match language {
                Language::Zh => per.map(|part| format!("每{part}")).collect::<String>() + &amount,
                Language::En => per.fold(amount, |amount, part| format!("{amount} per {part}")),
            };
        }
        // A duration is counted: 6个月, not 6月, which is June.
        let unit = match (unit.as_str(), language) {
            ("月", _) => "个月".to_owned(),
            ("month" | "day" | "person" | "time", _) if number != Rational::from_integer(1) => {
                format!("{unit}s")
            }
            (_, Language::En) => unit.replace('_', " "),
            _ => unit,
        };
        let digits = bare(number, language);
        match (style, language) {
            (NumberStyle::Times, Language::Zh) => format!("{digits}倍"),
            (NumberStyle::Times, Language::En) => format!("{digits} times"),
            (_, Language::En) if !unit.is_empty() => format!("{digits} {unit}"),
            _ => format!("{digits}{unit}"),
        }
    }

    /// The unit of a type; empty where it has none.
    #[must_use]
    pub fn unit_text(&self, ty: &Type, language: Language) -> String {
        unit_text(self.program, ty, language)
    }

    /// What leaving a fact out means, in words.
    #[must_use]
    pub fn default_text(&self, field: FieldId) -> String {
        let Some(declared) = self.program.field(field) else { return String::new() };
        match declared.default {
            Some(DefaultValue::Value(constant)) => {
                let value = Value::Known(Scalar::Constant(constant), crate::eval::Marks::NONE);
                self.shown(&value, &declared.ty)
            }
            Some(DefaultValue::Absent) => self.say("无", "none").to_owned(),
            None => String::new(),
        }
    }
}

/// A number for people: exactly, or to the fen where it does not end, its thousands apart.
///
/// More places where the fen would show it as a rounder number than it is: what is a third of a
/// fen over 585 is no 585.00, and a third of a fen is not nothing.
pub(crate) fn bare(number: Rational, language: Language) -> String {
    if let Some(text) = number.to_decimal_text() {
        return grouped(&text);
    }
    let mut text = number.approximate(FEN);
    for places in FEN..=MOST_PLACES {
        text = number.approximate(places);
        if !text.ends_with('0') {
            break;
        }
    }
    match language {
        Language::Zh => format!("约{}", grouped(&text)),
        Language::En => format!("about {}", grouped(&text)),
    }
}

/// Places of a number that does not end.
const FEN: u32 = 2;

/// The most places that are shown of it.
const MOST_PLACES: u32 = 8;

/// The unit of a type; empty where it has none.
pub(crate) fn unit_text(program: &Program, ty: &Type, language: Language) -> String {
    let custom = |at: u16| {
        program.units.get(usize::from(at)).map_or_else(String::new, |unit| {
            match (language, &unit.alias) {
                (Language::En, Some(alias)) => alias.clone(),
                _ => unit.text.clone(),
            }
        })
    };
    ty.unit().map_or_else(String::new, |unit: &Unit| unit.display(language, custom))
}
