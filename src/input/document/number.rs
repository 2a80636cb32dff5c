//! Numbers with their units, as people write them in documents.

use super::binder::{Binder, Target};
use super::problem;
use crate::facts::{Node, NodeValue};
use crate::hir::Name;
use crate::input::literal::{amount, unit_of, unit_words};
use crate::types::{NumberStyle, NumberType, Type};
use crate::value::{Dimension, OpError, Rational, Unit, half_width, parse_decimal};

impl Binder<'_> {
    /// A number in the base unit of the wanted type.
    pub(super) fn number(
        &mut self,
        target: &Target<'_>,
        wanted: &NumberType,
        node: &Node,
    ) -> Option<Rational> {
        let ty = Type::Number(wanted.clone());
        let sensitive = target.field.sensitive;
        let text = match &node.value {
            NodeValue::Text(text) => text,
            NodeValue::Number(text) if text.contains(['.', 'e', 'E']) => {
                let fix = if sensitive {
                    ("小数加引号", "put decimals into quotes")
                } else {
                    (
                        "小数加引号，例如 \"1200.50\"",
                        "put decimals into quotes, such as \"1200.50\"",
                    )
                };
                return self.wrong_value(target, &ty, node, fix);
            }
            NodeValue::Number(text) => text,
            _ => {
                return self.wrong_value(
                    target,
                    &ty,
                    node,
                    ("写一个数，例如 \"1200.50\"", "write a number such as \"1200.50\""),
                );
            }
        };
        let (digits, unit) = split(text);
        let value = match parse_decimal(&digits) {
            Ok(value) if !unit.contains(|sign: char| sign.is_ascii_digit()) => value,
            Err(OpError::ThousandsSeparator) => {
                return self.separator(target, node, &digits, &unit);
            }
            Err(OpError::TooManyDigits) => {
                return self.wrong_value(
                    target,
                    &ty,
                    node,
                    ("一个数最多28位数字", "a number has at most 28 digits"),
                );
            }
            _ => {
                return self.wrong_value(
                    target,
                    &ty,
                    node,
                    (
                        "用阿拉伯数字写，例如 \"1200.50\"；不知道就写 \"未知\"",
                        "write digits such as \"1200.50\", or \"unknown\" where nobody knows",
                    ),
                );
            }
        };
        if unit.is_empty() {
            if wanted.style == NumberStyle::Percent && !value.is_zero() {
                return self.wrong_value(
                    target,
                    &ty,
                    node,
                    (
                        "写明百分号：\"30%\"，不写 30 或 0.3",
                        "write the percent sign: \"30%\", not 30 or 0.3",
                    ),
                );
            }
            return Some(value);
        }
        if unit_of(self.program, &unit).is_some()
            && let Some(value) = amount(self.program, value, &unit, wanted)
        {
            return Some(value);
        }
        self.wrong_unit(target, wanted, node, (&digits, &unit))
    }

    /// `2,250`: the same without commas, where they are between thousands.
    fn separator<T>(
        &mut self,
        target: &Target<'_>,
        node: &Node,
        digits: &str,
        unit: &str,
    ) -> Option<T> {
        let whole = digits.split('.').next().unwrap_or("");
        let in_thousands = whole.split(',').skip(1).all(|group| group.chars().count() == 3);
        let path = &target.path;
        let finding = problem::error(
            "huize::input::thousands_separator",
            format!("“{}”的数字中间不写逗号", path.zh),
            format!("`{}` is written without commas between its digits", path.en),
        );
        let (zh, en) = if in_thousands && !target.field.sensitive {
            let plain = format!("\"{}{unit}\"", digits.replace(',', ""));
            (format!("写作 {plain}"), format!("write {plain}"))
        } else {
            (
                "删去逗号；小数点写“.”".to_owned(),
                "remove the commas; the decimal point is `.`".to_owned(),
            )
        };
        self.report(problem::fix(finding, node.span, zh, en));
        None
    }

    /// Another unit than the declared one: which, and how to convert; never converted silently.
    fn wrong_unit<T>(
        &mut self,
        target: &Target<'_>,
        wanted: &NumberType,
        node: &Node,
        (digits, unit): (&str, &str),
    ) -> Option<T> {
        let declared = unit_words(self.program, &wanted.unit);
        let sensitive = target.field.sensitive;
        let digits = if sensitive { "…" } else { digits };
        let path = &target.path;
        // Of a sensitive value only what is a unit for certain is repeated.
        let found = unit_of(self.program, unit).map(|(unit, _)| unit);
        let shown =
            if sensitive && found.is_none() { "***".to_owned() } else { problem::shortened(unit) };
        let plain = wanted.unit.is_dimensionless();
        let (by_zh, by_en) = if plain {
            ("不带单位的数".to_owned(), "a plain number".to_owned())
        } else {
            (format!("以 {} 计的数", declared.zh), format!("a number of {}", declared.en))
        };
        let finding = problem::error(
            "huize::input::wrong_unit",
            format!("“{}”要{by_zh}，写的单位是“{shown}”", path.zh),
            format!("`{}` takes {by_en}, found the unit `{shown}`", path.en),
        );
        let (mut zh, mut en) = match found.as_ref().and_then(|found| convert(found, &wanted.unit)) {
            Some((zh, en)) => (zh.to_owned(), en.to_owned()),
            None if plain => {
                (format!("只写数：\"{digits}\""), format!("write the number alone: \"{digits}\""))
            }
            None => (
                format!("写按 {} 计的数，单位可以不写", declared.zh),
                format!("write the number of {}; the unit may be left out", declared.en),
            ),
        };
        if unit.ends_with('万') && !sensitive && wanted.unit.exponent(Dimension::Yuan) > 0 {
            (zh, en) =
                (format!("写作 \"{digits}{unit}元\""), format!("write \"{digits}{unit}元\""));
        }
        if let Some(found) = found {
            let (other_zh, other_en) = self.fields_by(target, &found);
            zh.push_str(&other_zh);
            en.push_str(&other_en);
        }
        self.report(problem::fix(finding, node.span, zh, en));
        None
    }

    /// The fields that take the unit that was written, for a fact that is one.
    fn fields_by(&self, target: &Target<'_>, unit: &Unit) -> (String, String) {
        let fields = || self.program.fields.iter();
        let is_field = fields().any(|field| field.name == target.field.name);
        let names: Vec<Name> = fields()
            .filter(|field| field.ty.unit() == Some(unit) && !unit.is_dimensionless() && is_field)
            .map(|field| {
                let owner = self.object_name(field.object);
                let whose = problem::path(None, &owner);
                let elsewhere = field.object != target.field.object;
                let path = problem::path(elsewhere.then_some(&whose), &field.name);
                Name { text: path.zh, alias: Some(path.en) }
            })
            .collect();
        if names.is_empty() {
            return (String::new(), String::new());
        }
        let words = unit_words(self.program, unit);
        let names = problem::list(names.iter());
        (
            format!("；或把按 {} 的数改填到：{}", words.zh, names.zh),
            format!("; or put the amount by {} into {}", words.en, names.en),
        )
    }
}

/// How an amount by one period becomes one by another, in words.
fn convert(found: &Unit, wanted: &Unit) -> Option<(&'static str, &'static str)> {
    let per = |unit: &Unit, dimension| unit.exponent(dimension) < 0;
    let without =
        |unit: &Unit| unit.strike(Dimension::Year).strike(Dimension::Month).strike(Dimension::Day);
    if without(found) != without(wanted) {
        return None;
    }
    if per(wanted, Dimension::Month) && per(found, Dimension::Year) {
        return Some(("写每月的数（全年的数÷12）", "write the monthly amount (a year's ÷ 12)"));
    }
    if per(wanted, Dimension::Year) && per(found, Dimension::Month) {
        return Some((
            "写全年的数（各月之和；每月相同的×12）",
            "write the year's amount (all months added; × 12 if equal)",
        ));
    }
    None
}

/// The digits, in half width with a plain minus, and what follows them.
fn split(text: &str) -> (String, String) {
    let text: String =
        text.trim().chars().map(|sign| if sign == '−' { '-' } else { half_width(sign) }).collect();
    let text = text.trim();
    let end = text
        .char_indices()
        .find(|(_, sign)| !(sign.is_ascii_digit() || matches!(sign, '.' | ',' | '-' | '+')))
        .map_or(text.len(), |(at, _)| at);
    let (digits, unit) = text.split_at_checked(end).unwrap_or((text, ""));
    (digits.to_owned(), unit.trim().to_owned())
}
