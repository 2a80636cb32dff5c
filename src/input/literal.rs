//! What the two ways of giving facts (beside a policy, in a document) share: what a type takes, units
//! and ranges.

use super::{Case, Fact, InstanceId, Scalar};
use crate::diagnostic::{Bilingual, Diagnostic};
use crate::hir::{Constant, Field, FieldId, Name, Program};
use crate::types::{NumberStyle, NumberType, Type};
use crate::value::{Date, Dimension, Rational, ResidentId, Unit, YearMonth, parse_unit_text_with};

/// What a type takes, in words.
pub(crate) fn takes(program: &Program, ty: &Type) -> Bilingual {
    match ty {
        Type::Bool => Bilingual::new("是或否", "yes or no"),
        Type::Date => Bilingual::new("日期（如 1980-02-01）", "a date such as 1980-02-01"),
        Type::Month => Bilingual::new("月份（如 2023-06）", "a month such as 2023-06"),
        Type::Text => Bilingual::new("文字", "a text"),
        Type::Enum(id) => {
            let values = program.enumeration(*id).map(|found| {
                found.values.iter().map(|value| value.text.as_str()).collect::<Vec<_>>().join("、")
            });
            let values = values.unwrap_or_default();
            Bilingual::new(format!("其中之一：{values}"), format!("one of {values}"))
        }
        Type::Object(id) => {
            let name =
                program.object(*id).map_or_else(String::new, |object| object.name.text.clone());
            Bilingual::new(format!("一个{name}的编号"), format!("the id of a {name}"))
        }
        Type::Number(number) => {
            if number.unit.is_dimensionless() {
                Bilingual::new("一个数", "a number")
            } else {
                let Bilingual { zh, en } = unit_words(program, &number.unit);
                Bilingual::new(format!("以 {zh} 计的数"), format!("a number of {en}"))
            }
        }
        Type::Outcome | Type::Error => Bilingual::new("一个值", "a value"),
    }
}

/// A unit in words.
pub(crate) fn unit_words(program: &Program, unit: &Unit) -> Bilingual {
    let name = |at: u16| program.units.get(usize::from(at));
    let zh = |at: u16| name(at).map_or_else(String::new, |unit| unit.text.clone());
    let en = |at: u16| {
        name(at).map_or_else(String::new, |unit| {
            unit.alias.clone().unwrap_or_else(|| unit.text.clone())
        })
    };
    Bilingual::new(unit.zh(zh), unit.en(en))
}

/// A unit as written and how many base units one of it is.
pub(super) fn unit_of(program: &Program, text: &str) -> Option<(Unit, Rational)> {
    parse_unit_text_with(text, |word| {
        let at = program.units.iter().position(|unit| unit.is(word))?;
        u16::try_from(at).ok()
    })
    .or_else(|| Some((crate::hir::measure_word(text)?, Rational::ONE)))
}

/// A number with its unit as written, in the base unit of the wanted type: the whole unit, or the
/// numerator alone.
pub(super) fn amount(
    program: &Program,
    value: Rational,
    unit: &str,
    wanted: &NumberType,
) -> Option<Rational> {
    let (found, scale) = unit_of(program, unit)?;
    let numerators: Vec<_> = wanted.unit.factors().filter(|(_, power)| *power > 0).collect();
    let bare = !unit.contains(['/', '／']) && found.factors().collect::<Vec<_>>() == numerators;
    if found != wanted.unit && !bare {
        return None;
    }
    value.checked_mul(scale).ok()
}

/// Why a number may not be the value of a field, called `shown` in the message: out of its range, or
/// with fractions of a fen. Says no value of a sensitive field.
pub(crate) fn range_problem(
    declared: &Field,
    shown: &Bilingual,
    constant: Constant,
) -> Option<Diagnostic> {
    let number = declared.ty.as_number();
    let found = if declared.sensitive { "***".to_owned() } else { text(constant, number) };
    if let (Constant::Number(value), Some(number)) = (constant, number) {
        let hundredths = value.checked_mul(Rational::from_integer(100)).ok()?;
        let is_money = number.unit.exponent(Dimension::Yuan) != 0;
        if is_money && !hundredths.is_integer() {
            return Some(problem(
                "huize::input::fraction_of_fen",
                (
                    format!("“{}”不能有不足一分的零头：{found}", shown.zh),
                    format!("`{}` cannot have fractions of a fen: {found}", shown.en),
                ),
                ("照票据写到分，最多两位小数", "write whole fen: two decimals at most"),
            ));
        }
        if number.integer && !value.is_integer() {
            return Some(problem(
                "huize::input::not_whole",
                (
                    format!("“{}”应为整数：{found}", shown.zh),
                    format!("`{}` is a whole number: {found}", shown.en),
                ),
                ("写整数，不要小数", "write a number without decimals"),
            ));
        }
    }
    let (low, high) = declared.range?;
    let inside = match (constant, low, high) {
        (Constant::Number(value), Constant::Number(low), Constant::Number(high)) => {
            low <= value && value <= high
        }
        (Constant::Date(value), Constant::Date(low), Constant::Date(high)) => {
            low <= value && value <= high
        }
        _ => true,
    };
    if inside {
        return None;
    }
    let (low, high) = (text(low, number), text(high, number));
    Some(problem(
        "huize::input::out_of_range",
        (
            format!("“{}”应在 {low} 至 {high} 之间，写的是 {found}", shown.zh),
            format!("`{}` lies between {low} and {high}, found {found}", shown.en),
        ),
        ("检查数值和正负号", "check the number and its sign"),
    ))
}

/// Why a day may not be the value of a field that has come by the day of assessment.
pub(crate) fn future_problem(
    declared: &Field,
    shown: &Bilingual,
    constant: Constant,
    assessed: Date,
) -> Option<Diagnostic> {
    let month = |month: YearMonth| month.first_day();
    let first = match constant {
        Constant::Date(date) => date,
        Constant::Month(found) => month(found),
        _ => return None,
    };
    if !declared.not_after_assessment || first <= assessed {
        return None;
    }
    let found = if declared.sensitive { "***".to_owned() } else { text(constant, None) };
    Some(problem(
        "huize::input::after_assessment",
        (
            format!("“{}”不应晚于评估日 {assessed}，写的是 {found}", shown.zh),
            format!(
                "`{}` cannot be after the day of assessment, {assessed}; found {found}",
                shown.en
            ),
        ),
        ("检查年份，或检查所属期", "check the year, or the month that is asked about"),
    ))
}

/// `甲.月工资`
fn called_path(whose: Option<&str>, name: &Name) -> Bilingual {
    let of = |name: &str| whose.map_or_else(|| name.to_owned(), |whose| format!("{whose}.{name}"));
    Bilingual::new(of(&name.text), of(name.alias.as_deref().unwrap_or(&name.text)))
}

/// What a case says of days to come that cannot be: with no place, since a bound case has none.
#[must_use]
pub(crate) fn days_to_come(program: &Program, case: &Case, assessed: Date) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, declared) in program.fields.iter().enumerate() {
        if !declared.not_after_assessment {
            continue;
        }
        let field = FieldId(u32::try_from(at).unwrap_or(u32::MAX));
        for (who, instance) in case.of(declared.object).iter().enumerate() {
            let id = InstanceId(u32::try_from(who).unwrap_or(u32::MAX));
            let Fact::Known(Scalar::Constant(constant)) = case.fact(field, id) else { continue };
            let called = (declared.object != program.root).then_some(instance.key.as_str());
            let shown = called_path(called, &declared.name);
            findings.extend(future_problem(declared, &shown, *constant, assessed));
        }
    }
    findings
}

/// The names of the field that holds a citizen identification number.
const RESIDENT_ID: [&str; 3] = ["身份证号", "resident_id", "id_number"];

/// Whether a field holds a citizen identification number.
pub(super) fn is_resident_id(field: &Field) -> bool {
    field.ty == Type::Text && RESIDENT_ID.iter().any(|known| field.name.is(known))
}

/// Why a text may not be the value of a field that holds a citizen identification number. Repeats
/// nothing of it.
pub(super) fn resident_id_problem(
    declared: &Field,
    shown: &Bilingual,
    text: &str,
) -> Option<Diagnostic> {
    if !is_resident_id(declared) {
        return None;
    }
    let message = text.trim().parse::<ResidentId>().err()?.message();
    Some(problem(
        "huize::input::resident_id",
        (format!("“{}”：{}", shown.zh, message.zh), format!("`{}`: {}", shown.en, message.en)),
        (
            "照身份证重抄；没有或不便提供的写 \"拒答\" 或不填",
            "copy it again from the card; write \"refused\" or leave it out where it is not given",
        ),
    ))
}

fn problem(
    code: &'static str,
    (zh, en): (String, String),
    (fix_zh, fix_en): (&str, &str),
) -> Diagnostic {
    Diagnostic::error(code, Bilingual::new(zh, en)).help(Bilingual::new(fix_zh, fix_en))
}

fn text(constant: Constant, number: Option<&NumberType>) -> String {
    let percent = number.is_some_and(|number| number.style == NumberStyle::Percent);
    match constant {
        Constant::Number(value) if percent => value
            .checked_mul(Rational::from_integer(100))
            .map_or_else(|_| value.to_string(), |value| format!("{value}%")),
        Constant::Number(value) => value.to_string(),
        Constant::Date(date) => date.to_string(),
        Constant::Month(month) => month.to_string(),
        _ => String::new(),
    }
}
