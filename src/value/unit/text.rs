//! Units as text: `元/人·月` and `CNY/person/month`.

use std::fmt::Write;

use super::{Dimension, Unit, money_scale};
use crate::diagnostic::Language;
use crate::value::{Rational, half_width};

impl Unit {
    /// As a Chinese document writes it: `元/人·月`, `人`, `1/月`; empty for a plain number.
    /// `custom` gives the names of the dimensions that a policy declares.
    #[must_use]
    pub fn zh(&self, custom: impl Fn(u16) -> String) -> String {
        self.text("·", |dimension| name_of(dimension, Language::Zh, &custom))
    }

    /// As an English policy writes it: `CNY/person/month`; empty for a plain number.
    #[must_use]
    pub fn en(&self, custom: impl Fn(u16) -> String) -> String {
        self.text("/", |dimension| name_of(dimension, Language::En, &custom))
    }

    /// [`Unit::zh`] or [`Unit::en`].
    #[must_use]
    pub fn display(&self, language: Language, custom: impl Fn(u16) -> String) -> String {
        match language {
            Language::Zh => self.zh(custom),
            Language::En => self.en(custom),
        }
    }

    fn text(&self, between_denominators: &str, name: impl Fn(Dimension) -> String) -> String {
        let side = |wanted: fn(i8) -> bool| -> Vec<String> {
            self.factors()
                .filter(|factor| wanted(factor.1))
                .map(|(dimension, exponent)| {
                    name(dimension) + &superscript(exponent.unsigned_abs())
                })
                .collect()
        };
        let mut text = side(|exponent| exponent > 0).join("·");
        let denominators = side(|exponent| exponent < 0);
        if !denominators.is_empty() {
            let one = if text.is_empty() { "1" } else { "" };
            // Writing to a `String` cannot fail.
            let _ = write!(text, "{one}/{}", denominators.join(between_denominators));
        }
        text
    }
}

fn name_of(dimension: Dimension, language: Language, custom: impl Fn(u16) -> String) -> String {
    let (zh, en) = match dimension {
        Dimension::Yuan => ("元", "CNY"),
        Dimension::Person => ("人", "person"),
        Dimension::Household => ("户", "household"),
        Dimension::Time => ("次", "time"),
        Dimension::Custom(number) => return custom(number),
        Dimension::Age => ("岁", "years_old"),
        Dimension::Year => ("年", "year"),
        Dimension::Month => ("月", "month"),
        Dimension::Day => ("日", "day"),
    };
    match language {
        Language::Zh => zh.to_owned(),
        Language::En => en.to_owned(),
    }
}

fn superscript(exponent: u8) -> String {
    if exponent == 1 {
        return String::new();
    }
    let raised = |digit| match digit {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => '⁰',
    };
    exponent.to_string().chars().map(raised).collect()
}

/// Reads a unit of the built-in dimensions as facts are written, and how many of that unit one of
/// the text is: `万元/年` is (元/年, 10000), `%` is (plain number, 1/100). `None` for anything else.
///
/// Denominators may be joined by `·` or follow further strokes: `元/人·月` is `元/人/月`. Full and
/// half width are equal, and 周岁 is 岁, 天 is 日, 个月 is 月.
///
/// # Examples
///
/// ```
/// use huize::value::{Rational, parse_unit_text};
///
/// let (unit, scale) = parse_unit_text("角／人·月").unwrap();
/// assert_eq!(unit.en(|_| String::new()), "CNY/person/month");
/// assert_eq!(scale, Rational::new(1, 10)?);
/// assert_eq!(parse_unit_text("元/床"), None);
/// # Ok::<(), huize::value::OpError>(())
/// ```
#[must_use]
pub fn parse_unit_text(text: &str) -> Option<(Unit, Rational)> {
    parse_unit_text_with(text, |_| None)
}

/// [`parse_unit_text`], with the dimensions that a policy declares found by `custom`.
#[must_use]
pub fn parse_unit_text_with(
    text: &str,
    custom: impl Fn(&str) -> Option<u16>,
) -> Option<(Unit, Rational)> {
    let text: String = text.chars().map(half_width).collect();
    let (mut unit, mut scale) = (Unit::dimensionless(), Rational::ONE);
    for (stroke, joined) in text.split('/').enumerate() {
        for word in joined.split('·').map(str::trim) {
            let (factor, size) = match word {
                "1" if stroke == 0 => continue,
                _ => word_unit(word, &custom)?,
            };
            if stroke == 0 {
                unit = unit.times(&factor).ok()?;
                scale = scale.checked_mul(size).ok()?;
            } else {
                unit = unit.per(&factor).ok()?;
                scale = scale.checked_div(size).ok()?;
            }
        }
    }
    Some((unit, scale))
}

fn word_unit(word: &str, custom: impl Fn(&str) -> Option<u16>) -> Option<(Unit, Rational)> {
    if let Some(scale) = money_scale(word) {
        return Some((Unit::of(Dimension::Yuan), scale));
    }
    let dimension = match word {
        "%" => return Some((Unit::dimensionless(), Rational::new(1, 100).ok()?)),
        "‰" => return Some((Unit::dimensionless(), Rational::new(1, 1000).ok()?)),
        "倍" => return Some((Unit::dimensionless(), Rational::ONE)),
        "人" | "person" | "persons" | "people" => Dimension::Person,
        "户" | "household" | "households" => Dimension::Household,
        "次" | "time" | "times" => Dimension::Time,
        "岁" | "周岁" | "years_old" => Dimension::Age,
        "年" | "year" | "years" => Dimension::Year,
        "月" | "个月" | "month" | "months" => Dimension::Month,
        "日" | "天" | "day" | "days" => Dimension::Day,
        _ => Dimension::Custom(custom(word)?),
    };
    Some((Unit::of(dimension), Rational::ONE))
}
