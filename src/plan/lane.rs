//! How values lie in registers: the lane of a register says what its `i64` stands for.

use super::op::Register;
use crate::hir::{Constant, OutcomeConstant};
use crate::types::{EnumId, ObjectId};
use crate::value::{Date, Rational, YearMonth};

/// What an `i64` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    /// 1 是, 0 否.
    Truth,
    /// So many `1/scale`.
    Number { scale: i64 },
    /// So many `1/scale`, to be divided by the divisor, which is a whole number above 0.
    Quotient { scale: i64, divisor: Register },
    /// A day as the number `20230630`.
    Day,
    /// A month as the number `202306`.
    Month,
    /// The number of a value of an enumeration.
    Code(EnumId),
    /// The number of an outcome.
    Outcome,
    /// The number of a person.
    Person(ObjectId),
}

/// Where the value of a node is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) register: Register,
    pub(super) lane: Lane,
    /// Whether it may be 无.
    pub(super) optional: bool,
    /// The value, where it is the same for every case.
    pub(super) constant: Option<i64>,
}

impl Held {
    pub(super) fn plain(register: Register, lane: Lane) -> Self {
        Self { register, lane, optional: false, constant: None }
    }
}

/// A day as a number whose order is the order of days.
pub(super) fn day_number(date: Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// A month as a number whose order is the order of months.
pub(super) fn month_number(month: YearMonth) -> i64 {
    day_number(month.first_day()) / 100
}

/// The number of an outcome.
pub(super) fn outcome_number(outcome: OutcomeConstant) -> i64 {
    match outcome {
        OutcomeConstant::Entitled => 0,
        OutcomeConstant::NotEntitled => 1,
        OutcomeConstant::Undecided => 2,
        OutcomeConstant::Discretionary => 3,
        OutcomeConstant::Met => 4,
        OutcomeConstant::NotMet => 5,
    }
}

/// A rational in whole parts of `1/scale`; nothing where it is not whole parts, or too large.
pub(super) fn parts(value: Rational, scale: i64) -> Option<i64> {
    let whole = i128::from(scale).checked_rem(value.denom())? == 0;
    let factor = i128::from(scale).checked_div(value.denom())?;
    let parts = i64::try_from(value.numer().checked_mul(factor)?).ok()?;
    // The two smallest numbers stand for 无 and for nothing.
    (whole && parts > i64::MIN + 1).then_some(parts)
}

/// A constant that is no number.
pub(super) fn coded(constant: Constant) -> Option<(i64, Lane)> {
    Some(match constant {
        Constant::Bool(truth) => (i64::from(truth), Lane::Truth),
        Constant::Date(date) => (day_number(date), Lane::Day),
        Constant::Month(month) => (month_number(month), Lane::Month),
        Constant::Enum(id, at) => (i64::from(at), Lane::Code(id)),
        Constant::Outcome(outcome) => (outcome_number(outcome), Lane::Outcome),
        // Texts are for the interpreter: identity numbers are looked into, not counted with.
        Constant::Number(_) | Constant::Text(_) => return None,
    })
}

/// The least common multiple of two scales, where it is small enough to leave room for amounts.
pub(super) fn common_scale(a: i64, b: i64) -> Option<i64> {
    let common = a.checked_div(gcd(a, b))?.checked_mul(b)?;
    (common <= MOST_SCALE).then_some(common)
}

/// The finest parts that a plan counts in: a thousand millionth still leaves room for thousands of
/// millions of yuan.
pub(super) const MOST_SCALE: i64 = 1_000_000_000;

pub(super) fn gcd(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i64::try_from(a.max(1)).unwrap_or(1)
}
