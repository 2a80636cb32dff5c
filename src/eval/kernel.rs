//! Arithmetic, comparison and logic over the value lattice. Each kernel is total: errors first (of
//! the smallest node), then 无, then known values, then bounds.

use super::note::Marks;
use super::value::{Fault, FaultKind, Unknown, Value, first_fault, gather};
use crate::hir::{Constant, NodeId};
use crate::input::Scalar;
use crate::syntax::ast::{BinaryOperator, Comparison};
use crate::value::{OpError, Rational, Rounding, round};

/// An end of a range: `None` is open to infinity.
type End = Option<Rational>;

/// Computes with known numbers, or bounds the result where some are unknown.
pub(super) fn numeric(
    node: NodeId,
    operands: &[&Value],
    known: impl Fn(&[Rational]) -> Result<Rational, OpError>,
    bound: impl Fn(&[(End, End)]) -> (End, End),
) -> Value {
    if let Some(fault) = first_fault(operands.iter().copied()) {
        return fault;
    }
    if operands.iter().any(|value| matches!(value, Value::Absent(_))) {
        return Value::fault(node, FaultKind::AbsentOperand);
    }
    let (causes, marks) = gather(operands.iter().copied());
    let numbers: Option<Vec<Rational>> = operands.iter().map(|value| value.as_number()).collect();
    match numbers {
        Some(numbers) => match known(&numbers) {
            Ok(number) => Value::number(number, marks),
            Err(error) => Value::fault(node, FaultKind::Arithmetic(error)),
        },
        None => {
            let ranges: Vec<(End, End)> = operands.iter().map(|value| value.range()).collect();
            let (low, high) = bound(&ranges);
            unknown_number(causes, marks, low, high)
        }
    }
}

/// A number within bounds; known where they meet.
pub(super) fn unknown_number(causes: Marks, marks: Marks, low: End, high: End) -> Value {
    match (low, high) {
        (Some(low), Some(high)) if low == high => Value::number(low, marks),
        _ => Value::Unknown(Box::new(Unknown { causes, marks, low, high, may_be_absent: false })),
    }
}

pub(super) fn binary(node: NodeId, operator: BinaryOperator, a: &Value, b: &Value) -> Value {
    let zero_times = operator == BinaryOperator::Multiply
        && [a, b].iter().any(|value| value.as_number().is_some_and(Rational::is_zero))
        && first_fault([a, b]).is_none()
        && ![a, b].iter().any(|value| matches!(value, Value::Absent(_)));
    if zero_times {
        let zero =
            [a, b].into_iter().find(|value| value.as_number().is_some_and(Rational::is_zero));
        return Value::number(Rational::ZERO, zero.map_or(Marks::NONE, Value::marks));
    }
    if let Some(fault) = first_fault([a, b]) {
        return fault;
    }
    if [a, b].iter().any(|value| matches!(value, Value::Absent(_))) {
        return Value::fault(node, FaultKind::AbsentOperand);
    }
    let (causes, marks) = gather([a, b]);
    match (a.as_number(), b.as_number()) {
        (Some(a), Some(b)) => match apply(operator, a, b) {
            Ok(number) => Value::number(number, marks),
            Err(error) => Value::fault(node, FaultKind::Arithmetic(error)),
        },
        _ => {
            let (low, high) = bounds(operator, a.range(), b.range());
            unknown_number(causes, marks, low, high)
        }
    }
}

fn apply(operator: BinaryOperator, a: Rational, b: Rational) -> Result<Rational, OpError> {
    match operator {
        BinaryOperator::Add => a.checked_add(b),
        BinaryOperator::Subtract => a.checked_sub(b),
        BinaryOperator::Multiply => a.checked_mul(b),
        BinaryOperator::Divide => a.checked_div(b),
    }
}

/// Sound bounds of a result: open wherever a corner overflows or a divisor may be zero.
fn bounds(operator: BinaryOperator, a: (End, End), b: (End, End)) -> (End, End) {
    let ends = |x: End, y: End| x.zip(y).and_then(|(x, y)| apply(operator, x, y).ok());
    match operator {
        BinaryOperator::Add => (ends(a.0, b.0), ends(a.1, b.1)),
        BinaryOperator::Subtract => (ends(a.0, b.1), ends(a.1, b.0)),
        BinaryOperator::Multiply | BinaryOperator::Divide => {
            if operator == BinaryOperator::Divide {
                let positive = b.0.is_some_and(|low| low > Rational::ZERO);
                let negative = b.1.is_some_and(|high| high < Rational::ZERO);
                if !positive && !negative {
                    return (None, None);
                }
            }
            // A factor that cannot change sign keeps one side bounded even where the other is open.
            let nonnegative = |end: End| end.is_some_and(|low| low >= Rational::ZERO);
            if operator == BinaryOperator::Multiply && nonnegative(a.0) && nonnegative(b.0) {
                return (ends(a.0, b.0), ends(a.1, b.1));
            }
            let corners: Option<Vec<Rational>> = [(a.0, b.0), (a.0, b.1), (a.1, b.0), (a.1, b.1)]
                .into_iter()
                .map(|(x, y)| ends(x, y))
                .collect();
            match corners {
                Some(corners) => (corners.iter().min().copied(), corners.iter().max().copied()),
                None => (None, None),
            }
        }
    }
}

pub(super) fn negate(node: NodeId, a: &Value) -> Value {
    let flip = |(low, high): (End, End)| (high.map(Rational::negated), low.map(Rational::negated));
    numeric(
        node,
        &[a],
        |numbers| numbers.first().copied().map(Rational::negated).ok_or(OpError::NotANumber),
        |ranges| ranges.first().copied().map_or((None, None), flip),
    )
}

pub(super) fn rounded(node: NodeId, mode: Rounding, grain: Rational, a: &Value) -> Value {
    let step = |number: Rational| round(number, mode, grain);
    numeric(
        node,
        &[a],
        |numbers| numbers.first().copied().ok_or(OpError::NotANumber).and_then(step),
        |ranges| match ranges.first() {
            // Rounding never turns an order round, so the ends of the range round to ends.
            Some((low, high)) => {
                (low.and_then(|low| step(low).ok()), high.and_then(|high| step(high).ok()))
            }
            None => (None, None),
        },
    )
}

/// The greatest or least of several numbers or dates.
pub(super) fn extreme(node: NodeId, greatest: bool, operands: &[&Value]) -> Value {
    if let Some(fault) = first_fault(operands.iter().copied()) {
        return fault;
    }
    let dates: Option<Vec<_>> = operands.iter().map(|value| value.as_date()).collect();
    if let Some(dates) = dates.filter(|dates| !dates.is_empty()) {
        let (_, marks) = gather(operands.iter().copied());
        let picked = if greatest { dates.iter().max() } else { dates.iter().min() };
        if let Some(date) = picked {
            return Value::Known(Scalar::Constant(Constant::Date(*date)), marks);
        }
    }
    let pick = |a: Rational, b: Rational| if greatest { a.max(b) } else { a.min(b) };
    numeric(
        node,
        operands,
        |numbers| numbers.iter().copied().reduce(pick).ok_or(OpError::NotANumber),
        |ranges| extreme_bounds(greatest, ranges),
    )
}

fn extreme_bounds(greatest: bool, ranges: &[(End, End)]) -> (End, End) {
    let lows = || ranges.iter().map(|range| range.0);
    let highs = || ranges.iter().map(|range| range.1);
    let all = |mut ends: Box<dyn Iterator<Item = End> + '_>| {
        ends.try_fold(None::<Rational>, |least: Option<Rational>, end| {
            let end = end?;
            Some(Some(least.map_or(
                end,
                |least| {
                    if greatest { least.max(end) } else { least.min(end) }
                },
            )))
        })
        .flatten()
    };
    if greatest {
        // Any lower bound is one of the whole; an upper bound needs all of them.
        (lows().flatten().max(), all(Box::new(highs())))
    } else {
        (all(Box::new(lows())), highs().flatten().min())
    }
}

/// A comparison of numbers, dates, enum values, truths or people.
pub(super) fn compare(operator: Comparison, a: &Value, b: &Value) -> Value {
    if let Some(fault) = first_fault([a, b]) {
        return fault;
    }
    let (causes, marks) = gather([a, b]);
    if matches!(a, Value::Absent(_)) || matches!(b, Value::Absent(_)) {
        // Two things that are both 无 are not compared by the law either: only 不等于 holds.
        return Value::truth(operator == Comparison::NotEqual, marks);
    }
    if let (Some(x), Some(y)) = (a.as_scalar(), b.as_scalar()) {
        return Value::truth(holds(operator, order(x, y), x == y), marks);
    }
    let may_be_absent = [a, b]
        .iter()
        .any(|value| matches!(value, Value::Unknown(unknown) if unknown.may_be_absent));
    match compare_ranges(operator, a.range(), b.range()) {
        // 无 makes every comparison but 不等于 fail, so bounds decide only in that direction.
        Some(truth) if !may_be_absent || truth == (operator == Comparison::NotEqual) => {
            Value::truth(truth, marks)
        }
        _ => Value::Unknown(Box::new(Unknown { causes, marks, ..Unknown::default() })),
    }
}

fn order(x: Scalar, y: Scalar) -> Option<std::cmp::Ordering> {
    match (x, y) {
        (Scalar::Constant(Constant::Number(x)), Scalar::Constant(Constant::Number(y))) => {
            Some(x.cmp(&y))
        }
        (Scalar::Constant(Constant::Date(x)), Scalar::Constant(Constant::Date(y))) => {
            Some(x.cmp(&y))
        }
        (Scalar::Constant(Constant::Month(x)), Scalar::Constant(Constant::Month(y))) => {
            Some(x.cmp(&y))
        }
        _ => None,
    }
}

fn holds(operator: Comparison, order: Option<std::cmp::Ordering>, equal: bool) -> bool {
    match operator {
        Comparison::Equal => equal,
        Comparison::NotEqual => !equal,
        Comparison::Less => order.is_some_and(std::cmp::Ordering::is_lt),
        Comparison::LessOrEqual => order.is_some_and(std::cmp::Ordering::is_le),
        Comparison::Greater => order.is_some_and(std::cmp::Ordering::is_gt),
        Comparison::GreaterOrEqual => order.is_some_and(std::cmp::Ordering::is_ge),
    }
}

fn compare_ranges(operator: Comparison, a: (End, End), b: (End, End)) -> Option<bool> {
    let below = a.1.zip(b.0).is_some_and(|(high, low)| high < low);
    let not_above = a.1.zip(b.0).is_some_and(|(high, low)| high <= low);
    let above = a.0.zip(b.1).is_some_and(|(low, high)| low > high);
    let not_below = a.0.zip(b.1).is_some_and(|(low, high)| low >= high);
    let decide = |yes: bool, no: bool| {
        if yes {
            Some(true)
        } else if no {
            Some(false)
        } else {
            None
        }
    };
    match operator {
        Comparison::Less => decide(below, not_below),
        Comparison::LessOrEqual => decide(not_above, above),
        Comparison::Greater => decide(above, not_above),
        Comparison::GreaterOrEqual => decide(not_below, below),
        Comparison::Equal => decide(false, below || above),
        Comparison::NotEqual => decide(below || above, false),
    }
}

/// 且 (or 或 with `any`): one 否 (是) decides whatever the others are.
pub(super) fn all(any: bool, operands: &[&Value]) -> Value {
    let decisive = operands.iter().find(|value| value.holds() == Some(any));
    if let Some(value) = decisive {
        return Value::truth(any, value.marks());
    }
    if let Some(fault) = first_fault(operands.iter().copied()) {
        return fault;
    }
    let (causes, marks) = gather(operands.iter().copied());
    if causes.is_empty() {
        return Value::truth(!any, marks);
    }
    Value::Unknown(Box::new(Unknown { causes, marks, ..Unknown::default() }))
}

/// At least so many hold.
pub(super) fn at_least(least: u32, operands: &[&Value]) -> Value {
    let count = |truth: bool| operands.iter().filter(|v| v.holds() == Some(truth)).count();
    let least = usize::try_from(least).unwrap_or(usize::MAX);
    let (causes, marks) = gather(operands.iter().copied());
    if count(true) >= least {
        return Value::truth(true, marks);
    }
    if operands.len().saturating_sub(count(false)) < least {
        return Value::truth(false, marks);
    }
    first_fault(operands.iter().copied()).unwrap_or_else(|| {
        Value::Unknown(Box::new(Unknown { causes, marks, ..Unknown::default() }))
    })
}

pub(super) fn not(a: &Value) -> Value {
    match a {
        Value::Known(Scalar::Constant(Constant::Bool(truth)), marks) => {
            Value::truth(!truth, marks.clone())
        }
        Value::Absent(marks) => Value::truth(true, marks.clone()),
        other => other.clone(),
    }
}

/// x若无则y.
pub(super) fn if_absent(value: &Value, otherwise: &Value) -> Value {
    match value {
        Value::Absent(marks) => otherwise.clone().marked(marks),
        Value::Unknown(unknown) if unknown.may_be_absent => {
            let mut present = unknown.clone();
            present.may_be_absent = false;
            let present = Value::Unknown(present);
            super::value::one_of(&[present, otherwise.clone()], &unknown.causes, &unknown.marks)
        }
        other => other.clone(),
    }
}

/// Whether it is 无.
pub(super) fn is_absent(value: &Value) -> Value {
    match value {
        Value::Absent(marks) => Value::truth(true, marks.clone()),
        Value::Unknown(unknown) if unknown.may_be_absent => Value::Unknown(Box::new(Unknown {
            causes: unknown.causes.clone(),
            marks: unknown.marks.clone(),
            ..Unknown::default()
        })),
        Value::Error(_) => value.clone(),
        Value::Unknown(_) | Value::Known(..) => Value::truth(false, value.marks()),
    }
}

/// An error where a value of another kind turned up: only a defect of ours makes one.
pub(super) fn unexpected(node: NodeId, values: &[&Value]) -> Value {
    if let Some(fault) = first_fault(values.iter().copied()) {
        return fault;
    }
    let (causes, marks) = gather(values.iter().copied());
    if causes.is_empty() {
        return Value::Error(Box::new(Fault { node, kind: FaultKind::AbsentOperand }));
    }
    Value::Unknown(Box::new(Unknown { causes, marks, ..Unknown::default() }))
}
