//! Items and exceptions: which of several values applies.

use super::note::Marks;
use super::value::{FaultKind, Unknown, Value, first_fault, gather, one_of};
use crate::hir::{ItemId, NodeId};
use crate::syntax::ast::{BinaryOperator, Combine};
use crate::value::Rational;

/// An item with its condition and value for one instance.
pub(super) struct Item<'a> {
    pub(super) id: ItemId,
    pub(super) condition: Option<&'a Value>,
    pub(super) value: &'a Value,
}

impl Item<'_> {
    fn holds(&self) -> Option<bool> {
        self.condition.map_or(Some(true), Value::holds)
    }
}

/// Items with values, combined as the rule says.
pub(super) fn choose(
    node: NodeId,
    combine: Combine,
    items: &[Item<'_>],
    otherwise: Option<&Value>,
) -> Value {
    let conditions = || items.iter().filter_map(|item| item.condition);
    if let Some(fault) = first_fault(conditions()) {
        return fault;
    }
    let (causes, marks) = gather(conditions());
    let nothing = || match otherwise {
        Some(otherwise) => otherwise.clone(),
        None => Value::fault(node, FaultKind::NothingHolds),
    };
    let sure: Vec<&Item<'_>> = items.iter().filter(|item| item.holds() == Some(true)).collect();
    let open: Vec<&Item<'_>> = items.iter().filter(|item| item.holds().is_none()).collect();
    let result = match combine {
        Combine::Total => total(node, (&sure, &open), otherwise, &causes),
        Combine::First => first(items, otherwise, node, &causes),
        Combine::Unique | Combine::Highest | Combine::Lowest => {
            let mut candidates: Vec<Value> = Vec::new();
            match certain(node, combine, &sure) {
                Some(value) => candidates.push(value),
                // Where nothing is said for the rest, the checker has proved that some item holds.
                None if otherwise.is_none() && !open.is_empty() => {}
                None => candidates.push(nothing()),
            }
            for item in &open {
                candidates.push(item.value.clone());
            }
            if open.is_empty() {
                candidates.pop().unwrap_or_else(nothing)
            } else {
                undecided(combine, candidates, !sure.is_empty(), &causes)
            }
        }
    };
    result.marked(&marks)
}

/// The combination of the items that surely hold.
fn certain(node: NodeId, combine: Combine, sure: &[&Item<'_>]) -> Option<Value> {
    sure.first()?;
    let values: Vec<&Value> = sure.iter().map(|item| item.value).collect();
    match combine {
        Combine::Highest => Some(super::kernel::extreme(node, true, &values)),
        Combine::Lowest => Some(super::kernel::extreme(node, false, &values)),
        Combine::Unique | Combine::First | Combine::Total => {
            let each: Vec<_> = sure.iter().map(|item| (item.id, item.value)).collect();
            first_fault(values.iter().copied())
                .or_else(|| conflict(node, &each))
                .or_else(|| common(&values))
        }
    }
}

/// The error of the first two values that differ.
fn conflict(node: NodeId, values: &[(ItemId, &Value)]) -> Option<Value> {
    values.iter().enumerate().find_map(|(at, (first, value))| {
        let mut others = values.iter().skip(at.saturating_add(1));
        let (other, _) = others.find(|(_, other)| disagree(other, value))?;
        Some(Value::fault(node, FaultKind::Conflict(*first, *other)))
    })
}

/// The value of several that do not differ: what is known of one of them is known of all.
fn common(values: &[&Value]) -> Option<Value> {
    let is_known = |value: &&&Value| matches!(value, Value::Known(..) | Value::Absent(_));
    if let Some(known) =
        values.iter().find(is_known).or(values.first().filter(|_| values.len() == 1))
    {
        return Some((*known).clone());
    }
    let (causes, marks) = gather(values.iter().copied());
    let ranges = || values.iter().map(|value| value.range());
    let low = ranges().filter_map(|(low, _)| low).max();
    let high = ranges().filter_map(|(_, high)| high).min();
    let may_be_absent = values
        .iter()
        .all(|value| matches!(value, Value::Unknown(unknown) if unknown.may_be_absent));
    match (low, high) {
        (Some(low), Some(high)) if low == high && !may_be_absent => Some(Value::number(low, marks)),
        // No number is within all of them: they are 无, or they differ.
        (Some(least), Some(most)) if least > most => Some(Value::Unknown(Box::new(Unknown {
            causes,
            marks,
            may_be_absent,
            ..Unknown::default()
        }))),
        _ => Some(Value::Unknown(Box::new(Unknown { causes, marks, low, high, may_be_absent }))),
    }
}

/// Whether two values differ, whatever is still to be known of them.
fn disagree(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Unknown(unknown), other) | (other, Value::Unknown(unknown)) => {
            let (low, high) = other.range();
            // Where only one of them may be 无, they differ then too.
            let may_both_be_absent = unknown.may_be_absent
                && matches!(other, Value::Unknown(other) if other.may_be_absent);
            !may_both_be_absent
                && (unknown.low.zip(high).is_some_and(|(low, high)| high < low)
                    || unknown.high.zip(low).is_some_and(|(high, low)| high < low))
        }
        (Value::Known(a, _), Value::Known(b, _)) => a != b,
        (Value::Known(..), Value::Absent(_)) | (Value::Absent(_), Value::Known(..)) => true,
        _ => false,
    }
}

/// Some items may hold besides the sure ones.
fn undecided(combine: Combine, candidates: Vec<Value>, some_sure: bool, causes: &Marks) -> Value {
    let value = one_of(&candidates, causes, &Marks::NONE);
    let Value::Unknown(mut unknown) = value else { return value };
    // What surely holds bounds 就高 from below and 就低 from above, whatever the open ones do.
    if some_sure && let Some(sure) = candidates.first() {
        match combine {
            Combine::Highest => unknown.low = unknown.low.max(sure.range().0),
            Combine::Lowest => {
                let high = [unknown.high, sure.range().1].into_iter().flatten().min();
                unknown.high = high;
            }
            Combine::Unique | Combine::First | Combine::Total => {}
        }
        if let (Some(low), Some(high)) = (unknown.low, unknown.high)
            && low == high
        {
            return Value::number(low, unknown.marks);
        }
    }
    Value::Unknown(unknown)
}

fn first(items: &[Item<'_>], otherwise: Option<&Value>, node: NodeId, causes: &Marks) -> Value {
    let mut candidates = Vec::new();
    for item in items {
        match item.holds() {
            Some(false) => {}
            Some(true) => {
                candidates.push(item.value.clone());
                return one_of(&candidates, causes, &Marks::NONE);
            }
            None => candidates.push(item.value.clone()),
        }
    }
    match otherwise {
        Some(otherwise) => candidates.push(otherwise.clone()),
        // Where nothing is said for the rest, the checker has proved that some item holds.
        None if !candidates.is_empty() => {}
        None => candidates.push(Value::fault(node, FaultKind::NothingHolds)),
    }
    if let [only] = candidates.as_slice() {
        only.clone()
    } else {
        one_of(&candidates, causes, &Marks::NONE)
    }
}

/// The sum of the items that hold; what is said for the rest where none does.
fn total(
    node: NodeId,
    (sure, open): (&[&Item<'_>], &[&Item<'_>]),
    otherwise: Option<&Value>,
    causes: &Marks,
) -> Value {
    let add = |a: &Value, b: &Value| super::kernel::binary(node, BinaryOperator::Add, a, b);
    let zero = Value::number(Rational::ZERO, Marks::NONE);
    let maybe = |item: &Item<'_>| one_of(&[zero.clone(), item.value.clone()], causes, &Marks::NONE);
    if sure.is_empty()
        && let Some(otherwise) = otherwise.filter(|otherwise| **otherwise != zero)
    {
        // None holds, or at least one of those that are open.
        let mut candidates = vec![otherwise.clone()];
        for (at, first) in open.iter().enumerate() {
            let others = open.iter().enumerate().filter(|(other, _)| *other != at);
            let others = others.map(|(_, item)| maybe(item));
            candidates.push(others.fold(add(&zero, first.value), |sum, part| add(&sum, &part)));
        }
        return if open.is_empty() {
            otherwise.clone()
        } else {
            one_of(&candidates, causes, &Marks::NONE)
        };
    }
    let sum = sure.iter().fold(zero.clone(), |sum, item| add(&sum, item.value));
    open.iter().fold(sum, |sum, item| add(&sum, &maybe(item)))
}

/// A condition that decides between two values.
pub(super) fn if_else(condition: &Value, then: &Value, otherwise: &Value) -> Value {
    match condition {
        Value::Error(_) => condition.clone(),
        Value::Unknown(unknown) => {
            one_of(&[then.clone(), otherwise.clone()], &unknown.causes, &unknown.marks)
        }
        _ => {
            let chosen = if condition.as_bool() == Some(true) { then } else { otherwise };
            chosen.clone().marked(&condition.marks())
        }
    }
}

/// An exception for one instance.
pub(super) struct Exception<'a> {
    pub(super) id: ItemId,
    pub(super) in_force: bool,
    pub(super) condition: Option<&'a Value>,
    pub(super) value: &'a Value,
    pub(super) beats: &'a [usize],
}

impl Exception<'_> {
    fn holds(&self) -> Option<bool> {
        if !self.in_force {
            return Some(false);
        }
        self.condition.map_or(Some(true), Value::holds)
    }
}

/// A base and its exceptions: what holds and is beaten by nothing that holds.
pub(super) fn default(node: NodeId, base: &Value, exceptions: &[Exception<'_>]) -> Value {
    let conditions = || exceptions.iter().filter(|e| e.in_force).filter_map(|e| e.condition);
    if let Some(fault) = first_fault(conditions()) {
        return fault;
    }
    let (causes, marks) = gather(conditions());
    let beaten_by = |at: usize, state: Option<bool>| {
        exceptions.iter().any(|other| other.holds() == state && other.beats.contains(&at))
    };
    let surely_beaten = |at: usize| beaten_by(at, Some(true));
    // What is beaten itself, and not known to hold, gives no value and may still beat others.
    let may_be_beaten = |at: usize| {
        let mut others = exceptions.iter().enumerate();
        others.any(|(by, other)| {
            other.holds().is_none() && other.beats.contains(&at) && surely_beaten(by)
        })
    };
    let standing = |state: Option<bool>| {
        exceptions.iter().enumerate().filter(move |(_, exception)| exception.holds() == state)
    };
    let (shaken, applies): (Vec<_>, Vec<_>) = standing(Some(true))
        .filter(|(at, _)| !surely_beaten(*at))
        .partition(|(at, _)| may_be_beaten(*at));
    let open: Vec<&Exception<'_>> =
        standing(None).filter(|(at, _)| !surely_beaten(*at)).map(|(_, open)| open).collect();
    let mut holding = standing(Some(true)).map(|(_, exception)| exception.id);
    let certain = match applies.first() {
        None if !shaken.is_empty() => None,
        None => Some(match (holding.next(), holding.next()) {
            // What holds is beaten, and by nothing that stands: they rank above each other.
            (Some(first), Some(other)) => Value::fault(node, FaultKind::Conflict(first, other)),
            _ => base.clone(),
        }),
        Some((_, first)) => {
            let each: Vec<_> = applies.iter().map(|(_, one)| (one.id, one.value)).collect();
            let values: Vec<&Value> = applies.iter().map(|(_, one)| one.value).collect();
            let common = conflict(node, &each)
                .or_else(|| first_fault(values.iter().copied()))
                .or_else(|| common(&values));
            Some(common.unwrap_or_else(|| first.value.clone()))
        }
    };
    let is_settled = open.is_empty() && shaken.is_empty();
    let mut candidates: Vec<Value> = certain.into_iter().collect();
    if let Some(certain) = candidates.first().filter(|_| is_settled) {
        return certain.clone().marked(&marks);
    }
    // An open exception may beat what now applies and so bring back the base; it stays a candidate.
    let may_fall = match applies.is_empty() {
        true => !shaken.is_empty(),
        false => open.iter().any(|exception| !exception.beats.is_empty()),
    };
    if may_fall {
        candidates.push(base.clone());
    }
    candidates.extend(shaken.iter().map(|(_, exception)| exception.value.clone()));
    candidates.extend(open.iter().map(|exception| exception.value.clone()));
    one_of(&candidates, &causes, &Marks::NONE).marked(&marks)
}
