//! What is varied, and the steps it can be varied in. Facts live on a grid: fen for money, whole
//! numbers, days. A point of it is its number, so "the next amount that is possible" is exact.

use crate::hir::{Constant, FieldId, Program};
use crate::input::{Case, Fact, InstanceId, Scalar};
use crate::types::{NumberStyle, Type};
use crate::value::{Date, Dimension, Rational, YearMonth};

/// The range of an amount of money that declares none: ±10亿元.
const MOST_YUAN: i64 = 1_000_000_000;

/// What is varied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Variable {
    /// A number that is a fact.
    Number(FieldId, InstanceId),
    /// A day that is a fact.
    Day(FieldId, InstanceId),
    /// 评估日: time passes, with the law as it is.
    Time,
}

impl Variable {
    /// Whether it is that fact.
    pub(crate) fn is(self, field: FieldId, who: InstanceId) -> bool {
        match self {
            Self::Number(own, me) | Self::Day(own, me) => (own, me) == (field, who),
            Self::Time => false,
        }
    }
}

/// A variable with the points it can be at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    pub(crate) variable: Variable,
    /// The distance of two points; a day where days are varied.
    pub(crate) grain: Rational,
    /// The first point of its declared range.
    pub(crate) low: i64,
    /// The last.
    pub(crate) high: i64,
}

impl Grid {
    /// The points of a fact that is a number or a day; nothing for other facts.
    pub(crate) fn of_fact(
        program: &Program,
        case: &Case,
        field: FieldId,
        who: InstanceId,
    ) -> Option<Self> {
        let declared = program.field(field)?;
        if declared.many {
            return None;
        }
        match &declared.ty {
            Type::Number(number) => {
                let is_money = number.unit.exponent(Dimension::Yuan) != 0;
                let grain = if number.integer {
                    Rational::ONE
                } else if number.style == NumberStyle::Percent {
                    Rational::new(1, 10_000).ok()?
                } else {
                    let stated = if is_money { 2 } else { places_of(case.fact(field, who)).max(2) };
                    Rational::new(1, 10_i128.checked_pow(stated)?).ok()?
                };
                let (low, high) = match declared.range {
                    Some((Constant::Number(low), Constant::Number(high))) => (low, high),
                    _ => {
                        let most = Rational::from_integer(MOST_YUAN);
                        (most.negated(), most)
                    }
                };
                let low = low.checked_div(grain).ok()?.ceil().to_i64()?;
                let high = high.checked_div(grain).ok()?.floor().to_i64()?;
                let variable = Variable::Number(field, who);
                (low <= high).then_some(Self { variable, grain, low, high })
            }
            Type::Date => {
                let (low, high) = match declared.range {
                    Some((Constant::Date(low), Constant::Date(high))) => (low, high),
                    _ => (Date::MIN, Date::MAX),
                };
                Some(Self {
                    variable: Variable::Day(field, who),
                    grain: Rational::ONE,
                    low: number_of(low),
                    high: number_of(high),
                })
            }
            _ => None,
        }
    }

    /// The days from one to another on which a case may be assessed.
    pub(crate) fn of_time(from: Date, to: Date) -> Self {
        Self {
            variable: Variable::Time,
            grain: Rational::ONE,
            low: number_of(from),
            high: number_of(to),
        }
    }

    /// The number at a point: the amount, or the number of the day.
    pub(crate) fn number(&self, at: i64) -> Rational {
        // Points lie within the range, which fits.
        Rational::from_integer(at).checked_mul(self.grain).unwrap_or(Rational::ZERO)
    }

    /// The day at a point.
    pub(crate) fn day(&self, at: i64) -> Date {
        day_of(at)
    }

    /// The point of a value; nothing where it lies between two.
    pub(crate) fn point(&self, scalar: Scalar) -> Option<i64> {
        match scalar {
            Scalar::Constant(Constant::Number(number)) => {
                number.checked_div(self.grain).ok()?.to_i64()
            }
            Scalar::Constant(Constant::Date(date)) => Some(number_of(date)),
            _ => None,
        }
    }

    /// The value of the fact at a point.
    pub(crate) fn scalar(&self, at: i64) -> Scalar {
        Scalar::Constant(match self.variable {
            Variable::Number(..) => Constant::Number(self.number(at)),
            Variable::Day(..) | Variable::Time => Constant::Date(self.day(at)),
        })
    }
}

/// The number of a day.
pub(crate) fn number_of(day: Date) -> i64 {
    Date::days_between(Date::MIN, day)
}

/// The day of a number; the nearest there is.
pub(crate) fn day_of(number: i64) -> Date {
    let last = number_of(Date::MAX);
    Date::MIN.plus_days(number.clamp(0, last)).unwrap_or(Date::MAX)
}

/// How many decimal places a stated number has, so that it lies on its own grid.
fn places_of(fact: &Fact) -> u32 {
    let places = |fact: &Fact| match fact {
        Fact::Known(Scalar::Constant(Constant::Number(number))) => {
            let text = number.to_decimal_text().unwrap_or_default();
            text.split_once('.').map_or(0, |(_, places)| places.len())
        }
        _ => 0,
    };
    let most = match fact {
        Fact::Dated(values) => values.iter().map(|(_, fact)| places(fact)).max().unwrap_or(0),
        other => places(other),
    };
    u32::try_from(most.min(9)).unwrap_or(0)
}

/// What is said of a fact for a month: of a dated one, what is in force at its end.
pub(crate) fn in_month(fact: &Fact, period: YearMonth) -> &Fact {
    match fact {
        Fact::Dated(values) => entry(values, period)
            .and_then(|at| values.get(at))
            .map_or(&Fact::NotStated, |(_, fact)| fact),
        other => other,
    }
}

/// Which entry of a dated fact is in force at the end of a month.
pub(crate) fn entry(values: &[(Date, Fact)], period: YearMonth) -> Option<usize> {
    values.iter().rposition(|(since, _)| *since <= period.last_day())
}

/// The case with something else said of a fact for a month: of a dated fact what is in force then,
/// with what was said of earlier times kept.
pub(crate) fn with_fact(
    case: &Case,
    (field, who): (FieldId, InstanceId),
    period: YearMonth,
    fact: Fact,
) -> Case {
    let mut changed = case.clone();
    let new = match case.fact(field, who) {
        Fact::Dated(values) => {
            let mut values = values.clone();
            match entry(&values, period) {
                Some(at) => {
                    if let Some(place) = values.get_mut(at) {
                        place.1 = fact;
                    }
                }
                None => values.insert(0, (period.first_day(), fact)),
            }
            Fact::Dated(values)
        }
        _ => fact,
    };
    changed.set(field, who, new);
    changed
}
