//! Values of earlier months.

use super::{Pass, Solution, all, index};
use crate::eval::MOST_MONTHS;
use crate::hir::{DefinitionId, NodeId};
use crate::input::InstanceId;
use crate::solve::sym::Sym;
use crate::syntax::ast::{BinaryOperator, LookBackKind};
use crate::value::Rational;

impl Pass<'_> {
    /// The value of a node so many months before this one; nothing before the first month.
    fn back(&self, months: u32, node: NodeId, me: InstanceId) -> Option<Sym> {
        let at = self.solved.len().checked_sub(index(months))?;
        match self.solved.get(at)?.get(node, me) {
            Some(sym) => Some(sym.clone()),
            None => {
                let back = self.back.checked_add(months)?;
                let frame = self.evaluation.frames.get(index(back))?;
                frame.get(node, me).map(Sym::of)
            }
        }
    }

    /// What was recorded for an earlier month, or what comes out of it.
    pub(super) fn earlier_definition(
        &self,
        definition: DefinitionId,
        months: u32,
        me: InstanceId,
    ) -> Sym {
        let root = self.program.definition(definition).and_then(|found| found.root);
        if months == 0 {
            return root.map_or(Sym::Absent, |root| self.get(root, me));
        }
        let offset = i32::try_from(months).unwrap_or(0).saturating_neg();
        if let Ok(month) = self.period.plus_months(offset)
            && let Some(recorded) = self.case.history.get(&(month, definition, me))
        {
            let value = crate::eval::Value::Known(*recorded, crate::eval::Marks::NONE);
            return Sym::of(&value);
        }
        root.and_then(|root| self.back(months, root, me)).unwrap_or_else(Sym::unknown)
    }

    pub(super) fn earlier_node(&self, node: NodeId, months: u32, me: InstanceId) -> Sym {
        if months == 0 {
            return self.get(node, me);
        }
        self.back(months, node, me).unwrap_or_else(Sym::unknown)
    }

    pub(super) fn window(
        &mut self,
        kind: LookBackKind,
        months: u32,
        body: NodeId,
        me: InstanceId,
    ) -> Solution {
        let range = match kind {
            LookBackKind::EverWithin | LookBackKind::Consecutive => 0..=months.saturating_sub(1),
            LookBackKind::EverBefore | LookBackKind::SumBefore => 1..=months,
        };
        let values: Vec<Sym> = range.map(|back| self.earlier_node(body, back, me)).collect();
        Ok(match kind {
            LookBackKind::EverWithin | LookBackKind::EverBefore => all(true, &values),
            LookBackKind::Consecutive => all(false, &values),
            LookBackKind::SumBefore => {
                let mut sum = Sym::number(Rational::ZERO);
                for value in &values {
                    sum = self.binary(BinaryOperator::Add, &sum, value)?;
                }
                sum
            }
        })
    }

    /// The value of a payment in the last earlier month in which its decision held.
    pub(super) fn last_time(&self, definition: DefinitionId, me: InstanceId) -> Sym {
        let gate = self.program.paid_by(definition).map(|(decision, _)| decision.entitlement);
        for back in 1..=MOST_MONTHS {
            let held = match gate {
                Some(gate) => self.earlier_definition(gate, back, me),
                None => Sym::truth(true),
            };
            match held {
                Sym::Error => return Sym::Error,
                Sym::Unknown(_) => return Sym::unknown(),
                held if held.as_bool() == Some(true) => {
                    return self.earlier_definition(definition, back, me);
                }
                _ => {}
            }
        }
        Sym::unknown()
    }
}
