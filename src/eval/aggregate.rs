//! Over the members of a list: each counts once.

use super::kernel;
use super::note::Marks;
use super::value::{FaultKind, Unknown, Value, first_fault, gather, one_of};
use crate::hir::{AggregateKind, NodeId};
use crate::input::Scalar;
use crate::syntax::ast::BinaryOperator;
use crate::value::Rational;

/// A member: whether it counts, and what is taken of it.
pub(super) struct Member {
    pub(super) counts: Value,
    pub(super) body: Option<Value>,
}

/// The aggregate over these members.
pub(super) fn aggregate(node: NodeId, kind: AggregateKind, members: &[Member]) -> Value {
    if let Some(fault) = first_fault(members.iter().map(|member| &member.counts)) {
        return fault;
    }
    // Who was left out, and by which defaults, is part of what the result rests on.
    let (_, marks) = gather(members.iter().map(|member| &member.counts));
    let inside: Vec<&Member> =
        members.iter().filter(|member| member.counts.as_bool() != Some(false)).collect();
    match kind {
        AggregateKind::Sum => sum(node, &inside, |member| member.body.clone()).marked(&marks),
        AggregateKind::Count => {
            let one = Value::number(Rational::ONE, Marks::NONE);
            sum(node, &inside, |_| Some(one.clone())).marked(&marks)
        }
        AggregateKind::Exists | AggregateKind::Each => {
            let exists = kind == AggregateKind::Exists;
            let values: Vec<Value> = inside
                .iter()
                .filter_map(|member| member.body.as_ref().map(|body| (&member.counts, body)))
                .map(|(counts, body)| {
                    // 存在: counts and body. 每个: not counts, or body.
                    if exists {
                        kernel::all(false, &[counts, body])
                    } else {
                        kernel::all(true, &[&kernel::not(counts), body])
                    }
                })
                .collect();
            let values: Vec<&Value> = values.iter().collect();
            kernel::all(exists, &values).marked(&marks)
        }
        AggregateKind::Highest | AggregateKind::Lowest => {
            extreme(node, kind == AggregateKind::Highest, &inside).marked(&marks)
        }
        AggregateKind::Average => {
            let one = Value::number(Rational::ONE, Marks::NONE);
            let total = sum(node, &inside, |member| member.body.clone());
            let count = sum(node, &inside, |_| Some(one.clone()));
            kernel::binary(node, BinaryOperator::Divide, &total, &count).marked(&marks)
        }
    }
}

/// Somebody who may be picked: whether he counts, and what he is ordered by.
pub(super) struct Candidate {
    pub(super) who: Scalar,
    pub(super) counts: Value,
    pub(super) keys: Vec<Value>,
}

/// The one that comes first, or last, by the keys; 无 where nobody counts.
pub(super) fn pick(node: NodeId, last: bool, candidates: &[Candidate]) -> Value {
    if let Some(fault) = first_fault(candidates.iter().map(|one| &one.counts)) {
        return fault;
    }
    let (causes, marks) = gather(candidates.iter().map(|one| &one.counts));
    let inside: Vec<&Candidate> =
        candidates.iter().filter(|one| one.counts.as_bool() != Some(false)).collect();
    let open = |causes: Marks| {
        let may_be_absent = inside.iter().all(|one| one.counts.as_bool().is_none());
        let marks = marks.clone();
        Value::Unknown(Box::new(Unknown { causes, marks, may_be_absent, ..Unknown::default() }))
    };
    if !causes.is_empty() {
        return open(causes);
    }
    if let [only] = inside.as_slice() {
        return Value::Known(only.who, marks);
    }
    let keys = || inside.iter().flat_map(|one| &one.keys);
    if let Some(fault) = first_fault(keys()) {
        return fault;
    }
    let (causes, key_marks) = gather(keys());
    if !causes.is_empty() {
        return open(causes);
    }
    let order = |a: &&&Candidate, b: &&&Candidate| {
        let scalars = |one: &Candidate| one.keys.iter().map(Value::as_scalar).collect::<Vec<_>>();
        let order = scalars(a).cmp(&scalars(b));
        if last { order.reverse() } else { order }
    };
    let Some(first) = inside.iter().min_by(order) else { return Value::Absent(marks) };
    let ties = inside.iter().filter(|other| order(&first, other).is_eq()).count();
    if ties > 1 {
        return Value::fault(node, FaultKind::Tied);
    }
    Value::Known(first.who, marks.and(&key_marks))
}

fn sum(node: NodeId, inside: &[&Member], of: impl Fn(&Member) -> Option<Value>) -> Value {
    let zero = Value::number(Rational::ZERO, Marks::NONE);
    inside.iter().fold(zero.clone(), |total, member| {
        let Some(part) = of(member) else { return total };
        let part = match &member.counts {
            Value::Unknown(unknown) => {
                one_of(&[zero.clone(), part], &unknown.causes, &unknown.marks)
            }
            _ => part,
        };
        kernel::binary(node, BinaryOperator::Add, &total, &part)
    })
}

fn extreme(node: NodeId, greatest: bool, inside: &[&Member]) -> Value {
    let sure: Vec<&Value> = inside
        .iter()
        .filter(|member| member.counts.as_bool() == Some(true))
        .filter_map(|member| member.body.as_ref())
        .collect();
    let open: Vec<&&Member> =
        inside.iter().filter(|member| member.counts.as_bool().is_none()).collect();
    if sure.is_empty() && open.is_empty() {
        return Value::fault(node, FaultKind::NothingHolds);
    }
    let certain = kernel::extreme(node, greatest, &sure);
    let (causes, _) = gather(open.iter().map(|member| &member.counts));
    let mut candidates: Vec<Value> = open.iter().filter_map(|member| member.body.clone()).collect();
    if candidates.is_empty() {
        return certain;
    }
    if !sure.is_empty() {
        candidates.insert(0, certain);
    }
    one_of(&candidates, &causes, &Marks::NONE)
}
