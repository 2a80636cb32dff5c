//! What benefits did to one another, and what all of them come to.

use super::Builder;
use crate::eval::{Marks, Value};
use crate::explain::view::{InteractionView, InteractionViewKind, TotalView, ValueView};
use crate::hir::{Definition, DefinitionId, DefinitionKind, InteractionKind};
use crate::input::InstanceId;
use crate::types::{ObjectId, Type};
use crate::value::Rational;

impl Builder<'_, '_> {
    /// Relations of which something came, by whose benefit they changed.
    pub(super) fn interactions(&self) -> Vec<InteractionView> {
        let program = self.trace.program;
        let mut found = Vec::new();
        let mut objects: Vec<ObjectId> = vec![program.root];
        for interaction in &program.interactions {
            let subject = program.definition(interaction.on).map(|on| on.subject);
            objects.extend(subject.filter(|subject| !objects.contains(subject)));
        }
        for object in objects {
            for (at, instance) in self.trace.case.of(object).iter().enumerate() {
                let who = InstanceId(u32::try_from(at).unwrap_or(u32::MAX));
                let about = program.interactions.iter().filter(|interaction| {
                    program.definition(interaction.on).is_some_and(|on| on.subject == object)
                });
                found.extend(about.filter_map(|one| self.interaction(one, who, &instance.key)));
            }
        }
        found
    }

    fn interaction(
        &self,
        interaction: &crate::hir::Interaction,
        who: InstanceId,
        subject: &str,
    ) -> Option<InteractionView> {
        let trace = self.trace;
        let program = trace.program;
        let id = self.names.defined.get(&(interaction.on, who))?;
        let on = program.definition(interaction.on)?;
        let before = trace.value(interaction.before, who);
        let after = trace.value(interaction.after, who);
        let (kind, happened) = match interaction.kind {
            InteractionKind::Exclusive => (
                InteractionViewKind::Exclusive,
                before.as_bool() == Some(true) && after.as_bool() == Some(false),
            ),
            InteractionKind::Higher => (InteractionViewKind::Higher, changed(&before, &after)),
            InteractionKind::TopUp => (InteractionViewKind::TopUp, changed(&before, &after)),
        };
        let item = program.item(interaction.item).filter(|_| happened)?;
        let shown = |value: &Value| match kind {
            InteractionViewKind::Exclusive => outcome(value.as_bool() == Some(true)),
            InteractionViewKind::Higher | InteractionViewKind::TopUp => trace.show(value, &on.ty),
        };
        Some(InteractionView {
            id: id.clone(),
            subject: subject.to_owned(),
            name: self.benefit(interaction.on)?,
            alias: self.benefit_alias(on),
            relation: item.label.clone(),
            text: trace.written(item.span),
            kind,
            by: interaction.by.iter().filter_map(|by| self.benefit(*by)).collect(),
            before: shown(&before),
            after: shown(&after),
            source: trace.source(&item.citations, item.layer, item.span),
        })
    }

    /// The ASCII twin of the decision.
    fn benefit_alias(&self, on: &Definition) -> Option<String> {
        let program = self.trace.program;
        let decision = match on.kind {
            DefinitionKind::Payment(payment) => program.payments.get(payment.0 as usize)?.decision,
            DefinitionKind::Entitlement(decision) => decision,
            _ => return None,
        };
        program.decisions.get(decision.0 as usize)?.name.alias.clone()
    }

    /// 孤儿, 护理补贴的补贴.
    fn benefit(&self, id: DefinitionId) -> Option<String> {
        let program = self.trace.program;
        let definition = program.definition(id)?;
        let (decision, is_payment) = match definition.kind {
            DefinitionKind::Entitlement(decision) => (decision, false),
            DefinitionKind::Payment(payment) => {
                (program.payments.get(payment.0 as usize)?.decision, true)
            }
            _ => return Some(definition.name.text.clone()),
        };
        let decision = program.decisions.get(decision.0 as usize)?;
        let called = program.called(decision);
        // A decision that pays one thing goes by its own name.
        if is_payment && decision.payments.len() > 1 {
            return Some(format!("{called}的{}", definition.name.text));
        }
        Some(called)
    }
}

/// What all payments that are certain come to, one sum for each unit.
#[derive(Debug, Default)]
pub(super) struct Sums(Vec<(Type, Rational, u32, u32)>);

impl Sums {
    /// Takes a payment in; one that is not certain only waits.
    pub(super) fn add(&mut self, ty: &Type, value: &Value, is_certain: bool) {
        let Some(number) = ty.as_number() else { return };
        let amount = value.as_number().filter(|_| is_certain);
        let same = |known: &Type| known.as_number().is_some_and(|known| known.unit == number.unit);
        let at = self.0.iter().position(|(known, ..)| same(known)).unwrap_or_else(|| {
            self.0.push((ty.clone(), Rational::ZERO, 0, 0));
            self.0.len().saturating_sub(1)
        });
        let Some((_, sum, counted, waiting)) = self.0.get_mut(at) else { return };
        match amount.and_then(|amount| sum.checked_add(amount).ok()) {
            Some(added) => {
                *sum = added;
                *counted = counted.saturating_add(1);
            }
            None => *waiting = waiting.saturating_add(1),
        }
    }

    pub(super) fn totals(self, trace: &crate::trace::Trace<'_>) -> Vec<TotalView> {
        let total = |(ty, sum, counted, waiting): (Type, Rational, u32, u32)| TotalView {
            amount: trace.show(&Value::number(sum, Marks::NONE), &ty),
            counted,
            waiting,
        };
        self.0.into_iter().map(total).collect()
    }
}

fn changed(before: &Value, after: &Value) -> bool {
    before.as_number().zip(after.as_number()).is_some_and(|(before, after)| before != after)
}

fn outcome(entitled: bool) -> ValueView {
    let (zh, en) = if entitled { ("符合", "entitled") } else { ("不符合", "not entitled") };
    ValueView {
        value: entitled.to_string(),
        unit: String::new(),
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}
