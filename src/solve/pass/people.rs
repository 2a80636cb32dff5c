//! Other people, and aggregates over the members of a list.

use super::{Pass, Solution, all, index, not};
use crate::hir::{AggregateKind, FieldId, NodeId};
use crate::input::{InstanceId, Listed, Scalar};
use crate::solve::region::Reason;
use crate::solve::sym::{Bounds, Sym};
use crate::syntax::ast::{BinaryOperator, Comparison};
use crate::types::ObjectId;
use crate::value::Rational;

/// A member: whether it counts, and what is taken of it.
pub(super) struct Member {
    counts: Sym,
    body: Option<Sym>,
}

impl Pass<'_> {
    pub(super) fn parent(&self, object: ObjectId, me: InstanceId) -> Option<InstanceId> {
        self.case.of(object).get(index(me.0))?.parent
    }

    pub(super) fn at_instance(&self, key: &str, target: NodeId) -> Sym {
        let subject = self.program.node(target).map(|node| node.subject);
        match subject.and_then(|subject| self.case.find(subject, key)) {
            Some(instance) => self.get(target, instance),
            None => Sym::Error,
        }
    }

    pub(super) fn at_reference(&self, reference: NodeId, target: NodeId, me: InstanceId) -> Sym {
        match self.get(reference, me) {
            Sym::Known(Scalar::Instance(_, who)) => self.get(target, who),
            Sym::Known(_) | Sym::Number(_) | Sym::Day(_) => Sym::Absent,
            Sym::Unknown(_) => Sym::Unknown(Bounds { may_be_absent: true, ..Bounds::default() }),
            other => other,
        }
    }

    /// Those that stand in a list; nothing where that is not known, or only by a default.
    pub(super) fn members(
        &self,
        list: FieldId,
        me: InstanceId,
        body: Option<NodeId>,
        filters: &[NodeId],
    ) -> Option<Vec<Member>> {
        let (day, strict) = (self.period.last_day(), self.evaluation.question.strict);
        let Listed::These(people) = self.case.listed(self.program, list, me, day, strict) else {
            return None;
        };
        Some(
            people
                .into_iter()
                .map(|who| {
                    let counts = all(false, &self.all(filters, who));
                    Member { counts, body: body.map(|body| self.get(body, who)) }
                })
                .collect(),
        )
    }

    /// Keeps to where the members of a list that count or may count lie in the order they lie in.
    pub(super) fn same_order(
        &mut self,
        list: FieldId,
        me: InstanceId,
        keys: &[NodeId],
        filters: &[NodeId],
    ) -> Result<(), Reason> {
        let (day, strict) = (self.period.last_day(), self.evaluation.question.strict);
        let Listed::These(people) = self.case.listed(self.program, list, me, day, strict) else {
            return Ok(());
        };
        let counts = |who: &InstanceId| all(false, &self.all(filters, *who)).as_bool();
        let people: Vec<InstanceId> =
            people.into_iter().filter(|who| counts(who) != Some(false)).collect();
        for (at, one) in people.iter().enumerate() {
            for other in people.iter().skip(at.saturating_add(1)) {
                for key in keys {
                    let (a, b) = (self.get(*key, *one), self.get(*key, *other));
                    self.compare(Comparison::Less, &a, &b)?;
                    self.compare(Comparison::Equal, &a, &b)?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn aggregate(&mut self, kind: AggregateKind, members: &[Member]) -> Solution {
        if members.iter().any(|member| member.counts.is_error()) {
            return Ok(Sym::Error);
        }
        let inside: Vec<&Member> =
            members.iter().filter(|member| member.counts.as_bool() != Some(false)).collect();
        match kind {
            AggregateKind::Sum => self.sum(&inside, |member| member.body.clone()),
            AggregateKind::Count => self.sum(&inside, |_| Some(Sym::number(Rational::ONE))),
            AggregateKind::Exists | AggregateKind::Each => {
                let exists = kind == AggregateKind::Exists;
                let values: Vec<Sym> = inside
                    .iter()
                    .filter_map(|member| Some((member.counts.clone(), member.body.clone()?)))
                    .map(|(counts, body)| {
                        if exists {
                            all(false, &[counts, body])
                        } else {
                            all(true, &[not(counts), body])
                        }
                    })
                    .collect();
                Ok(all(exists, &values))
            }
            AggregateKind::Highest | AggregateKind::Lowest => {
                self.extreme_member(kind == AggregateKind::Highest, &inside)
            }
            AggregateKind::Average => {
                let total = self.sum(&inside, |member| member.body.clone())?;
                let count = self.sum(&inside, |_| Some(Sym::number(Rational::ONE)))?;
                self.binary(BinaryOperator::Divide, &total, &count)
            }
        }
    }

    fn sum(&mut self, inside: &[&Member], of: impl Fn(&Member) -> Option<Sym>) -> Solution {
        let mut total = Sym::number(Rational::ZERO);
        for member in inside {
            let Some(part) = of(member) else { continue };
            let part = if member.counts.is_unknown() {
                self.one_of(&[Sym::number(Rational::ZERO), part])?
            } else {
                part
            };
            total = self.binary(BinaryOperator::Add, &total, &part)?;
        }
        Ok(total)
    }

    fn extreme_member(&mut self, greatest: bool, inside: &[&Member]) -> Solution {
        let of = |state: Option<bool>| -> Vec<Sym> {
            let members = inside.iter().filter(|member| member.counts.as_bool() == state);
            members.filter_map(|member| member.body.clone()).collect()
        };
        let (sure, open) = (of(Some(true)), of(None));
        if sure.is_empty() && open.is_empty() {
            return Ok(Sym::Error);
        }
        let certain = self.extreme(greatest, &sure)?;
        if open.is_empty() {
            return Ok(certain);
        }
        let mut candidates = open;
        if !sure.is_empty() {
            candidates.insert(0, certain);
        }
        self.one_of(&candidates)
    }
}
