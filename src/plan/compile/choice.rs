//! Choices: items, exceptions, conditions between two values, payments.

use super::super::lane::{Held, Lane};
use super::super::op::{Op, Register, Take};
use super::{Compiler, KIND, Planned, Refused};
use crate::hir::{Arm, Constant, ExceptionArm, LayerId, NodeId, NodeKind, Term};
use crate::syntax::ast::Combine;

impl Compiler<'_> {
    pub(super) fn select(
        &mut self,
        id: NodeId,
        condition: NodeId,
        then: NodeId,
        otherwise: NodeId,
    ) -> Planned {
        let condition = self.node(condition)?.register;
        let (then, otherwise) = (self.node(then)?, self.node(otherwise)?);
        self.between(id, condition, then, otherwise)
    }

    fn between(&mut self, id: NodeId, condition: Register, then: Held, otherwise: Held) -> Planned {
        let (then, otherwise) = self.one_lane(id, then, otherwise)?;
        let op = Op::Select { condition, then: then.register, otherwise: otherwise.register };
        Ok(Held { optional: then.optional || otherwise.optional, ..self.emit(op, then.lane) })
    }

    /// A payment: its formula where the decision holds, nothing otherwise.
    pub(super) fn payment(&mut self, id: NodeId, entitled: NodeId, due: NodeId) -> Planned {
        let condition = self.node(entitled)?.register;
        self.where_it_holds(id, condition, due)
    }

    /// An amount where a condition holds, nothing otherwise.
    fn where_it_holds(&mut self, id: NodeId, condition: Register, due: NodeId) -> Planned {
        let due = self.node(due)?;
        let zero = self.number(0);
        let lane = match due.lane {
            Lane::Quotient { .. } | Lane::Number { .. } => due.lane,
            _ => return Err(Refused { node: id, reason: KIND }),
        };
        // Nothing is nothing in any scale and over any divisor.
        let op = Op::Select { condition, then: due.register, otherwise: zero };
        Ok(Held { optional: due.optional, ..self.emit(op, lane) })
    }

    /// A payment within its 起发 and 停发.
    pub(super) fn timed(&mut self, id: NodeId, value: NodeId, terms: &[Term]) -> Planned {
        let allows: Vec<NodeId> = terms.iter().map(|term| term.allows).collect();
        let condition = self.joined(id, &allows, true)?.register;
        self.where_it_holds(id, condition, value)
    }

    pub(super) fn if_absent(&mut self, id: NodeId, a: NodeId, b: NodeId) -> Planned {
        let (a, b) = (self.node(a)?, self.node(b)?);
        if !a.optional {
            return Ok(a);
        }
        let (a, b) = self.one_lane(id, a, b)?;
        let op = Op::IfAbsent { a: a.register, b: b.register };
        Ok(Held { optional: b.optional, ..self.emit(op, a.lane) })
    }

    pub(super) fn choose(
        &mut self,
        id: NodeId,
        combine: Combine,
        arms: &[Arm],
        otherwise: Option<NodeId>,
    ) -> Planned {
        let mut items = Vec::with_capacity(arms.len());
        for arm in arms {
            let condition = arm.condition.map(|condition| self.node(condition)).transpose()?;
            items.push((condition.map(|condition| condition.register), self.node(arm.value)?));
        }
        let rest = otherwise;
        let otherwise = otherwise.map(|otherwise| self.node(otherwise)).transpose()?;
        let mut values: Vec<Held> = items.iter().map(|(_, value)| *value).collect();
        values.extend(otherwise);
        let values = self.in_one_lane(id, &values)?;
        let conditions = items.iter().map(|(condition, _)| *condition);
        let items: Vec<(Option<Register>, Held)> = conditions.zip(values.iter().copied()).collect();
        if combine == Combine::Total {
            let total = self.total(id, &items)?;
            let is_nothing = |node: NodeId| {
                let kind = self.program.node(node).map(|node| &node.kind);
                matches!(kind, Some(NodeKind::Constant(Constant::Number(zero))) if zero.is_zero())
            };
            // A sum of nothing is nothing by itself.
            return match values.last().filter(|_| !rest.is_none_or(is_nothing)) {
                Some(otherwise) => self.total_or(id, arms, total, *otherwise),
                None => Ok(total),
            };
        }
        let how = match combine {
            Combine::Unique => Take::Agreeing,
            Combine::Highest => Take::Higher,
            Combine::Lowest => Take::Lower,
            Combine::First | Combine::Total => Take::IfFirst,
        };
        let otherwise = otherwise.and_then(|_| values.last().copied());
        self.taken(id, how, &items, otherwise)
    }

    fn in_one_lane(&mut self, id: NodeId, values: &[Held]) -> Result<Vec<Held>, Refused> {
        let mut aligned: Vec<Held> = values.to_vec();
        // Each pass brings neighbours together; twice round reaches all, as scales only grow.
        for _ in 0..2 {
            for at in 1..aligned.len() {
                let (Some(a), Some(b)) = (aligned.get(at - 1), aligned.get(at)) else { continue };
                let (a, b) = self.one_lane(id, *a, *b)?;
                for (place, value) in [(at - 1, a), (at, b)] {
                    if let Some(found) = aligned.get_mut(place) {
                        *found = value;
                    }
                }
            }
            aligned.reverse();
        }
        Ok(aligned)
    }

    fn taken(
        &mut self,
        id: NodeId,
        how: Take,
        items: &[(Option<Register>, Held)],
        otherwise: Option<Held>,
    ) -> Planned {
        let first = items.first().map(|(_, value)| *value).or(otherwise);
        let lane = first.ok_or(Refused { node: id, reason: KIND })?.lane;
        // 就高 and 就低 compare; 无 among them is an error of the case.
        let compares = matches!(how, Take::Higher | Take::Lower);
        let mut optional = otherwise.is_some_and(|otherwise| otherwise.optional);
        let mut taken: Option<Register> = None;
        for (condition, value) in items {
            if value.optional && compares {
                return Err(Refused { node: id, reason: KIND });
            }
            optional |= value.optional;
            let op = Op::Item { how, taken, condition: *condition, value: value.register };
            taken = Some(self.emit(op, lane).register);
        }
        let held = match (taken, otherwise) {
            (None, Some(otherwise)) => otherwise,
            (Some(a), Some(otherwise)) => self.emit(Op::OrElse { a, b: otherwise.register }, lane),
            (Some(a), None) => self.emit(Op::Some { a }, lane),
            (None, None) => return Err(Refused { node: id, reason: KIND }),
        };
        Ok(Held { optional, ..held })
    }

    fn total(&mut self, id: NodeId, items: &[(Option<Register>, Held)]) -> Planned {
        let lane = items.first().ok_or(Refused { node: id, reason: KIND })?.1.lane;
        let mut total = self.number(0);
        let always = self.number(1);
        for (condition, value) in items {
            if value.optional {
                return Err(Refused { node: id, reason: KIND });
            }
            let condition = condition.unwrap_or(always);
            let op = Op::AddIf { total, condition, value: value.register };
            total = self.emit(op, lane).register;
        }
        Ok(Held::plain(total, lane))
    }

    /// The sum where some item holds, what is said for the rest where none does.
    fn total_or(&mut self, id: NodeId, arms: &[Arm], total: Held, otherwise: Held) -> Planned {
        let conditions: Option<Vec<NodeId>> = arms.iter().map(|arm| arm.condition).collect();
        let Some(conditions) = conditions else { return Ok(total) };
        let some = self.joined(id, &conditions, false)?.register;
        self.between(id, some, total, otherwise)
    }

    /// A base and the exceptions in force: what holds and is beaten by nothing that holds.
    pub(super) fn default(
        &mut self,
        id: NodeId,
        layer: LayerId,
        base: NodeId,
        exceptions: &[ExceptionArm],
    ) -> Planned {
        self.fixed_day(id, layer)?;
        let clock = self.clock.clone();
        let in_force = |exception: &ExceptionArm| clock.admits(layer, &exception.validity, 0);
        let never = self.number(0);
        let always = self.number(1);
        let mut holding: Vec<Register> = Vec::with_capacity(exceptions.len());
        for exception in exceptions {
            holding.push(match exception.condition {
                _ if !in_force(exception) => never,
                Some(condition) => self.node(condition)?.register,
                None => always,
            });
        }
        if ranked_in_a_circle(exceptions) {
            return Err(Refused { node: id, reason: KIND });
        }
        let mut items: Vec<(Option<Register>, Held)> = Vec::new();
        let base = self.node(base)?;
        for (at, exception) in exceptions.iter().enumerate().filter(|(_, it)| in_force(it)) {
            let mut stands = holding.get(at).copied().unwrap_or(never);
            for (other, ranked) in exceptions.iter().enumerate() {
                if ranked.beats.contains(&at) && in_force(ranked) {
                    let a = holding.get(other).copied().unwrap_or(never);
                    let unbeaten = self.emit(Op::Not { a }, Lane::Truth).register;
                    stands = self.emit(Op::And { a: stands, b: unbeaten }, Lane::Truth).register;
                }
            }
            items.push((Some(stands), self.node(exception.value)?));
        }
        if items.is_empty() {
            return Ok(base);
        }
        let mut values: Vec<Held> = items.iter().map(|(_, value)| *value).collect();
        values.push(base);
        let values = self.in_one_lane(id, &values)?;
        let conditions = items.iter().map(|(condition, _)| *condition);
        let items: Vec<(Option<Register>, Held)> = conditions.zip(values.iter().copied()).collect();
        self.taken(id, Take::Agreeing, &items, values.last().copied())
    }
}

/// Whether some exceptions rank above each other all round.
fn ranked_in_a_circle(exceptions: &[ExceptionArm]) -> bool {
    let mut left: Vec<usize> = (0..exceptions.len()).collect();
    loop {
        let before = left.len();
        let standing = left.clone();
        // Whatever beats nothing that is left is in no circle.
        left.retain(|at| {
            exceptions.get(*at).is_some_and(|it| it.beats.iter().any(|b| standing.contains(b)))
        });
        if left.is_empty() || left.len() == before {
            return !left.is_empty();
        }
    }
}
