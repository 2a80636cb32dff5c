//! Where values lie beside the limits that they are compared with, and comparisons that are read
//! wrongly there.

use super::kernel;
use super::time;
use super::value::Value;
use crate::hir::{Alternative, Constant, Mistake, NodeId, NodeKind, Program, Side};
use crate::input::Scalar;
use crate::syntax::ast::Comparison;
use crate::value::{Date, Dimension, Rational, Unit};

/// Whether a comparison has a limit: 等于 and 不等于 have none.
pub(crate) fn has_limit(operator: Comparison) -> bool {
    !matches!(operator, Comparison::Equal | Comparison::NotEqual)
}

/// The ends of the intervals of 属于 by their numbers, as [`Mistake::end`] has them.
pub(crate) fn ends(alternatives: &[Alternative]) -> impl Iterator<Item = (usize, NodeId)> {
    alternatives.iter().enumerate().flat_map(|(at, alternative)| {
        let (low, high) = match alternative {
            Alternative::Interval { low, high } => (*low, *high),
            Alternative::Value(_) => (None, None),
        };
        let number = at.saturating_mul(2);
        let low = low.map(|(node, _)| (number, node));
        let high = high.map(|(node, _)| (number.saturating_add(1), node));
        low.into_iter().chain(high)
    })
}

/// On which side of each of its limits the value of a node lies, where that is no further than one
/// step and both are known.
pub(crate) fn sides<'v>(
    program: &Program,
    id: NodeId,
    value: impl Fn(NodeId) -> Option<&'v Value>,
) -> Vec<(usize, Side)> {
    let Some(node) = program.node(id) else { return Vec::new() };
    let beside =
        |one: NodeId, limit: NodeId| side((value(one)?, value(limit)?), step(program, one, limit));
    match &node.kind {
        NodeKind::Compare(operator, one, limit) if has_limit(*operator) => {
            beside(*one, *limit).map(|side| (0, side)).into_iter().collect()
        }
        NodeKind::Within { value: one, alternatives, .. } => ends(alternatives)
            .filter_map(|(end, limit)| Some((end, beside(*one, limit)?)))
            .collect(),
        NodeKind::Elapsed { since, duration, on, reading } => {
            let months = is_months(program, *duration);
            let found = (|| {
                let from = value(*since)?.as_date()?;
                let length = value(*duration)?.as_number()?;
                let end = time::end_of_period(from, length, (months, *reading)).ok()?;
                day_beside(value(*on)?.as_date()?, end)
            })();
            found.map(|side| (0, side)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a duration is one in months.
pub(super) fn is_months(program: &Program, duration: NodeId) -> bool {
    let unit = program.node(duration).and_then(|node| node.ty.unit());
    unit == Some(&Unit::of(Dimension::Month))
}

/// How near is just below or just above: a whole for what is counted, one of its unit for an amount,
/// a hundredth for a share or a multiple.
fn step(program: &Program, one: NodeId, other: NodeId) -> Rational {
    let nodes = || [one, other].into_iter().filter_map(|id| program.node(id));
    let numbers = || nodes().filter_map(|node| node.ty.as_number());
    // Half of a count is compared with a count; a share may be compared with 1.
    let is_counted = nodes().any(|node| {
        let is_literal = matches!(node.kind, NodeKind::Constant(_));
        !is_literal && node.ty.as_number().is_some_and(|number| number.integer)
    });
    let is_whole = is_counted || numbers().all(|number| number.integer);
    let is_bare = numbers().all(|number| number.unit == Unit::dimensionless());
    let hundredth = Rational::ONE.checked_div(Rational::from_integer(100));
    match (is_bare && !is_whole, hundredth) {
        (true, Ok(hundredth)) => hundredth,
        _ => Rational::ONE,
    }
}

fn side((value, limit): (&Value, &Value), step: Rational) -> Option<Side> {
    let (Scalar::Constant(value), Scalar::Constant(limit)) =
        (value.as_scalar()?, limit.as_scalar()?)
    else {
        return None;
    };
    match (value, limit) {
        (Constant::Number(value), Constant::Number(limit)) => {
            let distance = value.checked_sub(limit).ok()?;
            matches!(steps(distance, step)?, -1..=1).then(|| signed(distance))
        }
        (Constant::Date(value), Constant::Date(limit)) => day_beside(value, limit),
        (Constant::Month(value), Constant::Month(limit)) => match value.months_since(limit) {
            -1 => Some(Side::Below),
            0 => Some(Side::At),
            1 => Some(Side::Above),
            _ => None,
        },
        _ => None,
    }
}

/// How many steps a distance is, away from nought.
fn steps(distance: Rational, step: Rational) -> Option<i64> {
    let steps = distance.checked_div(step).ok()?;
    let whole = if steps < Rational::ZERO { steps.floor() } else { steps.ceil() };
    whole.to_i64()
}

fn signed(distance: Rational) -> Side {
    match distance.cmp(&Rational::ZERO) {
        std::cmp::Ordering::Less => Side::Below,
        std::cmp::Ordering::Equal => Side::At,
        std::cmp::Ordering::Greater => Side::Above,
    }
}

fn day_beside(day: Date, limit: Date) -> Option<Side> {
    match Date::days_between(limit, day) {
        -1 => Some(Side::Below),
        0 => Some(Side::At),
        1 => Some(Side::Above),
        _ => None,
    }
}

/// What a comparison comes to where it may be read wrongly.
pub(super) fn read<'v>(
    program: &Program,
    (id, end): (NodeId, usize),
    found: Value,
    value: impl Fn(NodeId) -> Option<&'v Value>,
) -> Value {
    let wrong = |mistake: &Mistake| {
        mistake.end == end
            && mistake.nodes.contains(&id)
            && sides(program, id, value).contains(&(end, mistake.side))
    };
    match &program.mistake {
        Some(mistake) if wrong(mistake) => kernel::not(&found),
        _ => found,
    }
}
