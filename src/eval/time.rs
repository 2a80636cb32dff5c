//! Ages, durations and calendar arithmetic.

use super::kernel;
use super::note::Marks;
use super::value::{FaultKind, Unknown, Value, first_fault, gather};
use crate::hir::{CalendarOperation, Constant, NodeId};
use crate::input::Scalar;
use crate::value::{Date, LeapBirthday, OpError, Rational};

fn date(value: Date, marks: Marks) -> Value {
    Value::Known(Scalar::Constant(Constant::Date(value)), marks)
}

fn whole(number: Rational) -> Option<i32> {
    i32::try_from(number.to_i64()?).ok()
}

/// 周岁 on a day. A birth after that day is 0, not an error: the child is in the household.
pub(super) fn age(node: NodeId, birth: &Value, on: &Value) -> Value {
    let (Some(birth_day), Some(day)) = (birth.as_date(), on.as_date()) else {
        return bounded(node, &[birth, on], Some(Rational::ZERO), None);
    };
    let (_, marks) = gather([birth, on]);
    match Date::age_in_years(birth_day, day, LeapBirthday::FirstOfMarch) {
        Ok(years) => Value::number(Rational::from_integer(i64::from(years)), marks),
        Err(OpError::BeforeBirth) => Value::number(Rational::ZERO, marks),
        Err(error) => Value::fault(node, FaultKind::Arithmetic(error)),
    }
}

/// 满: whether so long has passed since a day. `months` says the unit of the duration.
pub(super) fn elapsed(
    node: NodeId,
    since: &Value,
    duration: &Value,
    on: &Value,
    months: bool,
) -> Value {
    let (Some(from), Some(length), Some(day)) =
        (since.as_date(), duration.as_number(), on.as_date())
    else {
        if matches!(since, Value::Absent(_)) && first_fault([duration, on]).is_none() {
            return Value::truth(false, since.marks());
        }
        return kernel::unexpected(node, &[since, duration, on]);
    };
    let (_, marks) = gather([since, duration, on]);
    let Some(length) = whole(length) else {
        return Value::fault(node, FaultKind::Arithmetic(OpError::NotANumber));
    };
    let passed = if months {
        Date::has_elapsed_months(from, day, length)
    } else {
        from.plus_days(i64::from(length)).map(|end| end <= day)
    };
    match passed {
        Ok(truth) => Value::truth(truth, marks),
        Err(error) => Value::fault(node, FaultKind::Arithmetic(error)),
    }
}

/// A day and a duration, or two days.
pub(super) fn calendar(node: NodeId, operation: CalendarOperation, a: &Value, b: &Value) -> Value {
    let (_, marks) = gather([a, b]);
    if let (CalendarOperation::DaysBetween, Some(late), Some(early)) =
        (operation, a.as_date(), b.as_date())
    {
        return Value::number(Rational::from_integer(Date::days_between(early, late)), marks);
    }
    let (Some(day), Some(length)) = (a.as_date(), b.as_number().and_then(whole)) else {
        return kernel::unexpected(node, &[a, b]);
    };
    let moved = match operation {
        CalendarOperation::AddMonths => day.plus_months(length),
        CalendarOperation::SubtractMonths => day.plus_months(length.saturating_neg()),
        CalendarOperation::AddDays => day.plus_days(i64::from(length)),
        CalendarOperation::SubtractDays => day.plus_days(i64::from(length.saturating_neg())),
        CalendarOperation::DaysBetween => Ok(day),
    };
    match moved {
        Ok(moved) => date(moved, marks),
        Err(error) => Value::fault(node, FaultKind::Arithmetic(error)),
    }
}

/// 8月31日 of the year of a day.
pub(super) fn fixed_day(node: NodeId, of: Date, month: u8, day: u8) -> Value {
    match Date::new(of.year(), u32::from(month), u32::from(day)) {
        Ok(fixed) => date(fixed, Marks::NONE),
        Err(error) => Value::fault(node, FaultKind::Arithmetic(error)),
    }
}

fn bounded(
    node: NodeId,
    values: &[&Value],
    low: Option<Rational>,
    high: Option<Rational>,
) -> Value {
    match kernel::unexpected(node, values) {
        Value::Unknown(unknown) => Value::Unknown(Box::new(Unknown { low, high, ..*unknown })),
        other => other,
    }
}
