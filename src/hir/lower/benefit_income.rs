//! 待遇收入: what other benefits pay somebody by the month, as far as no 关系 says that it is no income.

use super::relation::NotIncome;
use super::scope::{ModuleId, Origin, State};
use super::{Context, Lowerer};
use crate::builtins;
use crate::hir::program::{Definition, DefinitionId, DefinitionKind, Name, Payment, PaymentId};
use crate::hir::{Arm, NodeId, NodeKind, Validity, Version, error};
use crate::source::Span;
use crate::syntax::ast::{self, Combine};
use crate::types::{NumberType, Type};
use crate::value::{Dimension, Unit};

impl Lowerer<'_> {
    /// The word where it is read.
    pub(super) fn benefit_income(&mut self, cx: Context, span: Span) -> NodeId {
        if let Some(population) = cx.population {
            let name = self.sources.slice(span).to_owned();
            return self.not_counted_up(cx, population, &name, span);
        }
        let key = (cx.module, cx.subject);
        let id = match self.benefit_incomes.get(&key).copied() {
            Some(id) => id,
            // Whoever asks a finished program reads what its rules read.
            None if self.keys.is_some() => {
                self.report(error::benefit_income_unread(span));
                return self.poison(cx, span);
            }
            None => {
                let id = self.declare_benefit_income(cx, span);
                self.benefit_incomes.insert(key, id);
                id
            }
        };
        self.use_definition(cx, id, span)
    }

    fn declare_benefit_income(&mut self, cx: Context, span: Span) -> DefinitionId {
        let id = DefinitionId(u32::try_from(self.program.definitions.len()).unwrap_or(u32::MAX));
        let word = builtins::find("待遇收入").map(|word| word.name);
        let name = word.map_or_else(Name::default, |word| Name {
            text: word.zh.to_owned(),
            alias: Some(word.en.to_owned()),
        });
        self.origins.push(Origin::BenefitIncome { module: cx.module });
        self.states.push(State::Pending);
        self.program.definitions.push(Definition {
            name,
            kind: DefinitionKind::Rule,
            subject: cx.subject,
            ty: yuan_a_month(true),
            root: None,
            versions: None,
            sample: false,
            texts: Vec::new(),
            span,
            layer: cx.layer,
        });
        id
    }

    /// The sum, an item for each payment.
    pub(super) fn benefit_income_node(&mut self, cx: Context, id: DefinitionId) -> NodeId {
        let span = self.program.definition(id).map_or(Span::default(), |found| found.span);
        let ty = yuan_a_month(true);
        let mut arms = Vec::new();
        let mut circles = false;
        for (payment, found) in self.payments_to(cx) {
            let excluded = self.not_income_of(cx.module, payment);
            if let Some(never) = excluded.iter().find(|one| one.validity == Validity::default()) {
                let value = self.zero(Context { layer: never.layer, ..cx }, &ty, never.span);
                arms.push(Arm { item: never.item, condition: None, value });
                continue;
            }
            if self.is_being_decided(&found) {
                let name = self.item_name(&found);
                let decision = self.program.decisions.get(found.decision.0 as usize);
                let first = self.in_progress.iter().copied().find(|open| {
                    *open == found.due
                        || *open == found.definition
                        || decision.is_some_and(|decision| decision.entitlement == *open)
                });
                let path = self.path_of(first.unwrap_or(id));
                self.report(error::income_circle(span, &path, &name));
                circles = true;
                continue;
            }
            let mut value = self.use_definition(cx, found.definition, span);
            if !excluded.is_empty() {
                let base = Version { validity: Validity::default(), root: value };
                let mut built = vec![(cx.layer, base)];
                for one in &excluded {
                    let root = self.zero(cx, &ty, one.span);
                    built.push((cx.layer, Version { validity: one.validity, root }));
                }
                value = self.versions_node(cx, built);
            }
            let item = self.item_of_payment(cx, &found, &excluded, span);
            arms.push(Arm { item, condition: None, value });
        }
        if circles {
            return self.poison(cx, span);
        }
        if arms.is_empty() {
            let subject = self.object_name(cx.subject);
            self.report(error::no_benefit_income(span, &subject));
            return self.poison(cx, span);
        }
        let whole = |node: NodeId| self.ty(node).as_number().is_some_and(|ty| ty.whole_fen);
        let ty = yuan_a_month(arms.iter().all(|arm| whole(arm.value)));
        let otherwise = Some(self.zero(cx, &ty, span));
        let layer = cx.layer;
        self.text(id, Validity::default(), span, &[], layer, span);
        self.push(cx, NodeKind::Choose { combine: Combine::Total, arms, otherwise }, ty, span)
    }

    /// What the benefits that are used pay the subject by the month.
    fn payments_to(&self, cx: Context) -> Vec<(PaymentId, Payment)> {
        let ids = (0..self.program.payments.len()).filter_map(|at| u32::try_from(at).ok());
        let of_subject = |payment: &Payment| {
            let found = self.program.definition(payment.definition)?;
            let origin = self.origins.get(payment.due.0 as usize)?;
            let unit = found.ty.unit()?;
            let is_monthly = yuan_a_month(true).unit() == Some(unit);
            let is_seen = self.sees(cx, origin.module());
            Some(found.subject == cx.subject && is_monthly && is_seen)
        };
        let all =
            ids.filter_map(|id| Some((PaymentId(id), self.program.payments.get(id as usize)?)));
        let found = all.filter(|(_, payment)| of_subject(payment) == Some(true));
        found.map(|(id, payment)| (id, payment.clone())).collect()
    }

    /// Whether a benefit is being worked out by way of what its income is.
    fn is_being_decided(&self, payment: &Payment) -> bool {
        let decision = self.program.decisions.get(payment.decision.0 as usize);
        let entitlement = decision.map(|decision| decision.entitlement);
        let parts = [entitlement, Some(payment.due), Some(payment.definition)];
        parts.into_iter().flatten().any(|part| self.in_progress.contains(&part))
    }

    fn not_income_of(&self, module: ModuleId, payment: PaymentId) -> Vec<NotIncome> {
        let all = self.interactions.not_income.iter();
        let about = |one: &&NotIncome| {
            one.payments.contains(&payment) && (one.of.is_empty() || one.of.contains(&module))
        };
        all.filter(about).cloned().collect()
    }

    /// The benefit by its name, with the sources of what says that it is no income at times.
    fn item_of_payment(
        &mut self,
        cx: Context,
        payment: &Payment,
        excluded: &[NotIncome],
        span: Span,
    ) -> crate::hir::ItemId {
        let label = ast::Text { text: self.item_name(payment), span };
        let item = self.item(cx, "", Some(&label), &[], span);
        let citations: Vec<String> = excluded
            .iter()
            .filter_map(|one| self.program.item(one.item))
            .flat_map(|item| item.citations.clone())
            .collect();
        if let Some(item) = self.program.items.get_mut(item.0 as usize) {
            item.citations = citations;
            item.told = true;
        }
        item
    }
}

impl Lowerer<'_> {
    /// 低保; 护理补贴的补贴 where the decision pays more than one thing.
    fn item_name(&self, payment: &Payment) -> String {
        let decision = self.program.decisions.get(payment.decision.0 as usize);
        decision.map_or_else(String::new, |decision| {
            let called = self.program.called(decision);
            match decision.payments.len() {
                0 | 1 => called,
                _ => format!("{called}的{}", payment.name.text),
            }
        })
    }
}

/// 元/月
fn yuan_a_month(whole_fen: bool) -> Type {
    // INVARIANT: one power of each is no overflow.
    let unit = Unit::of(Dimension::Yuan).per(&Unit::of(Dimension::Month)).unwrap_or_default();
    Type::Number(NumberType { unit, whole_fen, ..NumberType::default() })
}
