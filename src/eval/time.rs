//! Ages, durations and calendar arithmetic.

use super::kernel;
use super::note::Marks;
use super::value::{FaultKind, Unknown, Value, first_fault, gather};
use crate::hir::{CalendarOperation, Constant, ElapsedReading, NodeId};
use crate::input::Scalar;
use crate::value::{Date, LeapBirthday, OpError, Rational, YearMonth};

fn date(value: Date, marks: Marks) -> Value {
    Value::Known(Scalar::Constant(Constant::Date(value)), marks)
}

fn whole(number: Rational) -> Option<i32> {
    i32::try_from(number.to_i64()?).ok()
}

/// 周岁 on a day. A birth after that day is 0, not an error: the child is in the household.
pub(super) fn age(node: NodeId, birth: &Value, on: &Value, leap: LeapBirthday) -> Value {
    let (Some(birth_day), Some(day)) = (birth.as_date(), on.as_date()) else {
        return bounded(node, &[birth, on], Some(Rational::ZERO), None);
    };
    let (_, marks) = gather([birth, on]);
    match Date::age_in_years(birth_day, day, leap) {
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
    (months, reading): (bool, ElapsedReading),
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
    let end = end_of_period(from, length, (months, reading));
    match end {
        Ok(end) => Value::truth(end <= day, marks),
        Err(error) => Value::fault(node, FaultKind::Arithmetic(error)),
    }
}

/// The first day on which so long has passed since a day.
pub(super) fn end_of_period(
    from: Date,
    length: Rational,
    (months, reading): (bool, ElapsedReading),
) -> Result<Date, OpError> {
    let length = whole(length).ok_or(OpError::NotANumber)?;
    let end = match (months, reading.rolling) {
        (true, false) => from.plus_months(length),
        (true, true) => from.plus_months_rolling(length),
        (false, _) => from.plus_days(i64::from(length)),
    }?;
    if reading.first_day_counted { end.plus_days(-1) } else { Ok(end) }
}

/// A day and a duration, or two days.
pub(super) fn calendar(node: NodeId, operation: CalendarOperation, a: &Value, b: &Value) -> Value {
    let (_, marks) = gather([a, b]);
    if let (CalendarOperation::DaysBetween, Some(late), Some(early)) =
        (operation, a.as_date(), b.as_date())
    {
        return Value::number(Rational::from_integer(Date::days_between(early, late)), marks);
    }
    if let (Some(from), Some(length)) = (as_month(a), b.as_number().and_then(whole)) {
        return month_value(node, shifted(from, operation, length), marks);
    }
    if let (CalendarOperation::MonthsBetween, Some(late), Some(early)) =
        (operation, as_month(a), as_month(b))
    {
        let months = Rational::from_integer(i64::from(late.months_since(early)));
        return Value::number(months, marks);
    }
    let (Some(day), Some(length)) = (a.as_date(), b.as_number().and_then(whole)) else {
        return without(node, &[a, b]);
    };
    let moved = match operation {
        CalendarOperation::AddMonths => day.plus_months(length),
        CalendarOperation::AddMonthsRolling => day.plus_months_rolling(length),
        CalendarOperation::SubtractMonths => day.plus_months(length.saturating_neg()),
        CalendarOperation::AddDays => day.plus_days(i64::from(length)),
        CalendarOperation::SubtractDays => day.plus_days(i64::from(length.saturating_neg())),
        CalendarOperation::DaysBetween | CalendarOperation::MonthsBetween => Ok(day),
    };
    match moved {
        Ok(moved) => date(moved, marks),
        Err(error) => Value::fault(node, FaultKind::Arithmetic(error)),
    }
}

/// 8月31日 of the year of a day or month; 29 February is the last of the month in other years.
pub(super) fn fixed_day(node: NodeId, of: &Value, month: u8, day: u8) -> Value {
    let Some(year) = of.as_date().map(Date::year).or_else(|| as_month(of).map(YearMonth::year))
    else {
        return without(node, &[of]);
    };
    let (month, day) = (u32::from(month), u32::from(day));
    let fixed = match Date::new(year, month, day) {
        Err(OpError::NoSuchDay { .. }) => YearMonth::new(year, month).map(YearMonth::last_day),
        other => other,
    };
    match fixed {
        Ok(fixed) => date(fixed, of.marks()),
        Err(error) => Value::fault(node, FaultKind::Arithmetic(error)),
    }
}

/// 当月, 次月 of a day or a month.
pub(super) fn month_of(node: NodeId, day: &Value, offset: i8) -> Value {
    let Some(month) = as_month(day).or_else(|| day.as_date().map(Date::year_month)) else {
        return without(node, &[day]);
    };
    month_value(node, month.plus_months(i32::from(offset)), day.marks())
}

/// 首日, 末日 of a month.
pub(super) fn day_of(node: NodeId, month: &Value, last: bool) -> Value {
    let Some(found) = as_month(month) else { return without(node, &[month]) };
    date(if last { found.last_day() } else { found.first_day() }, month.marks())
}

fn as_month(value: &Value) -> Option<YearMonth> {
    match value {
        Value::Known(Scalar::Constant(Constant::Month(month)), _) => Some(*month),
        _ => None,
    }
}

fn month_value(node: NodeId, month: Result<YearMonth, OpError>, marks: Marks) -> Value {
    match month {
        Ok(month) => Value::Known(Scalar::Constant(Constant::Month(month)), marks),
        Err(error) => Value::fault(node, FaultKind::Arithmetic(error)),
    }
}

fn shifted(
    month: YearMonth,
    operation: CalendarOperation,
    length: i32,
) -> Result<YearMonth, OpError> {
    match operation {
        CalendarOperation::SubtractMonths | CalendarOperation::SubtractDays => {
            month.plus_months(length.saturating_neg())
        }
        CalendarOperation::AddMonths
        | CalendarOperation::AddMonthsRolling
        | CalendarOperation::AddDays
        | CalendarOperation::DaysBetween
        | CalendarOperation::MonthsBetween => month.plus_months(length),
    }
}

/// What comes of operands that are not all known: 无 where one of them is 无, whatever the others turn
/// out to be.
fn without(node: NodeId, values: &[&Value]) -> Value {
    if let Some(fault) = first_fault(values.iter().copied()) {
        return fault;
    }
    if values.iter().any(|value| matches!(value, Value::Absent(_))) {
        let (_, marks) = gather(values.iter().copied());
        return Value::Absent(marks);
    }
    let may_be_absent = values.iter().any(|value| match value {
        Value::Unknown(unknown) => unknown.may_be_absent,
        Value::Known(..) | Value::Absent(_) | Value::Error(_) => false,
    });
    match kernel::unexpected(node, values) {
        Value::Unknown(unknown) => Value::Unknown(Box::new(Unknown { may_be_absent, ..*unknown })),
        other => other,
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
