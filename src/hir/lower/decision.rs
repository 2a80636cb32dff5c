//! Decisions: conditions with their items, payments, and constraints.

use super::authority::{Act, Upper};
use super::head::Head;
use super::scope::Origin;
use super::supplement::{Above, Met, Supplementing, met, own_exceptions, within};
use super::term::Timing;
use super::version::{Dated, Written};
use super::{Context, LayerText, Lowerer, citation_texts};
use crate::diagnostic::Bilingual;
use crate::hir::program::{Constraint, DefinitionId, DefinitionKind, LayerId, PaymentId};
use crate::hir::{Constant, NodeId, NodeKind, Validity, Version, error};
use crate::source::Span;
use crate::syntax::ast::{self, Combinator, ConditionBody, ExprKind, NumberLiteral, NumberSuffix};
use crate::types::Type;
use crate::value::Rational;

impl<'a> Lowerer<'a> {
    /// A list of conditions, nested as deep as written.
    pub(super) fn condition_list(&mut self, cx: Context, list: &ast::ConditionList) -> NodeId {
        if !list.combinator.possible(list.items.len()) {
            self.report(error::not_here(
                list.span,
                Bilingual::new(
                    "项数不够，永远不能符合",
                    "there are too few items for this ever to hold",
                ),
                Bilingual::new(
                    "检查“至少符合几项”与列出的项数",
                    "check the number against the items",
                ),
            ));
        }
        self.check_numbers(list.items.iter().map(|item| &item.enumerator));
        let mut nodes = Vec::new();
        for item in &list.items {
            let body = self.condition_body(cx, &item.body);
            let id = self.item(
                cx,
                &item.enumerator.text,
                item.label.as_ref(),
                &item.citations,
                item.span,
            );
            nodes.push(self.push(cx, NodeKind::Item(id, body), Type::Bool, item.span));
        }
        let kind = match list.combinator {
            Combinator::All => NodeKind::All(nodes),
            Combinator::Any => NodeKind::Any(nodes),
            Combinator::AtLeast(least) => NodeKind::AtLeast(least, nodes),
        };
        self.push(cx, kind, Type::Bool, list.span)
    }

    /// 复核 每12个月, 每1年, in months.
    pub(super) fn months(&mut self, every: &ast::Expr) -> Option<u32> {
        let months = match &every.kind {
            ExprKind::Number(NumberLiteral { value, suffix: NumberSuffix::Unit(unit), .. }) => {
                let count = value.to_i64().and_then(|count| u32::try_from(count).ok());
                match (unit.numerator.text.as_str(), unit.denominators.is_empty()) {
                    ("年" | "year" | "years", true) => {
                        count.and_then(|count| count.checked_mul(12))
                    }
                    ("个月" | "月" | "month" | "months", true) => count,
                    _ => None,
                }
            }
            _ => None,
        };
        let months = months.filter(|months| *months > 0);
        if months.is_none() {
            self.report(error::not_here(
                every.span,
                Bilingual::new(
                    "复核的间隔是整月或整年",
                    "a review comes after whole months or years",
                ),
                Bilingual::new("写作 复核 每12个月", "write `review 12months`"),
            ));
        }
        months
    }

    pub(super) fn condition_body(&mut self, cx: Context, body: &ConditionBody) -> NodeId {
        match body {
            ConditionBody::Expr(expression) => self.condition(cx, expression),
            ConditionBody::List(list) => self.condition_list(cx, list),
        }
    }

    pub(super) fn entitlement(
        &mut self,
        cx: Context,
        id: DefinitionId,
        versions: &[(LayerId, &'a ast::Decision)],
        supplements: &[(LayerId, &'a ast::SupplementDecision)],
    ) -> NodeId {
        self.check_decision_layers(versions, supplements);
        for (layer, node) in supplements {
            let tail = &node.tail;
            if !tail.added_conditions.is_empty() || !tail.exceptions.is_empty() {
                self.mark_sample(id, tail.modifiers.sample.is_some(), *layer);
            }
        }
        let mut built = Vec::new();
        for (layer, node) in versions {
            let here = Context { layer: *layer, ..cx };
            let tail = &node.tail;
            let validity = self.validity(tail.modifiers.in_force.as_ref(), *layer, node.span);
            self.check_head(Head::Decision, &tail.modifiers, None, node.name.span);
            self.mark_sample(id, tail.modifiers.sample.is_some(), *layer);
            self.check_term(tail, has_monthly_payment(tail));
            let clause = match tail.conditions.as_slice() {
                [clause] => clause,
                [] => {
                    self.report(error::not_here(
                        node.span,
                        Bilingual::new(
                            format!("决定“{}”没有写条件", node.name.text),
                            format!("decision `{}` has no condition", node.name.text),
                        ),
                        Bilingual::new("写 条件 同时符合：（一）…", "write `condition all of: …`"),
                    ));
                    built.push((*layer, Version { validity, root: self.poison(here, node.span) }));
                    continue;
                }
                [_, second, ..] => {
                    self.report(error::not_here(
                        second.span,
                        Bilingual::new("一个决定只能有一处“条件”", "a decision has one condition"),
                        Bilingual::new("合并为一份清单", "put all items in one list"),
                    ));
                    continue;
                }
            };
            let here = self.with_locals(here, &clause.locals, validity);
            let base = self.condition_body(here, &clause.body);
            let mut exceptions = own_exceptions(*layer, &tail.exceptions);
            let added = supplements.iter().map(Supplementing::decision);
            exceptions.extend(self.added_exceptions(validity, added));
            let base = self.with_exceptions(here, base, &exceptions, clause.span);
            let root = self.with_added(here, base, validity, supplements, clause.span);
            let mut citations = tail.citations.clone();
            citations.extend(clause.citations.iter().cloned());
            self.text(id, validity, clause.span, &citations, *layer, node.span);
            built.push((*layer, Version { validity, root }));
        }
        if built.is_empty() {
            return self
                .poison(cx, versions.first().map_or(Span::default(), |(_, node)| node.span));
        }
        let root = self.versions(cx, id, built);
        self.excluded(cx, id, root)
    }

    fn check_decision_layers(
        &mut self,
        versions: &[(LayerId, &'a ast::Decision)],
        supplements: &[(LayerId, &'a ast::SupplementDecision)],
    ) {
        let written: Vec<Written<'_>> = versions
            .iter()
            .map(|(layer, node)| Written {
                layer: *layer,
                name: &node.name,
                modifiers: &node.tail.modifiers,
                span: node.span,
            })
            .collect();
        self.check_versions(&written);
        self.check_terms_apart(supplements);
        for (layer, supplement) in supplements {
            let mut above = Vec::new();
            let mut tails = Vec::new();
            for (upper, node) in versions.iter().filter(|(upper, _)| upper < layer) {
                let head = &node.tail.modifiers;
                let validity = self.validity(head.in_force.as_ref(), *upper, node.span);
                above.push((*upper, validity, Upper::of(node.name.span, head)));
                tails.push(&node.tail);
            }
            if above.is_empty() {
                self.report(error::nothing_to_supplement(
                    supplement.name.span,
                    &supplement.name.text(),
                ));
                continue;
            }
            let tail = &supplement.tail;
            let name = supplement.name.text();
            let place = (supplement.name.span, name.as_str());
            let during = self.supplement_holds(*layer, &tail.modifiers, supplement.span);
            if !tail.added_conditions.is_empty() {
                self.permit_over(*layer, during, place, &met(&above, Act::AddConditions));
            }
            self.permit_exceptions(*layer, during, place, &tail.exceptions, &above);
            for payment in &tail.payments {
                // One that the higher layer has is set anew, by leave of its own head.
                let mut versions: Vec<Met<'_>> = Vec::new();
                for ((upper, validity, head), tail) in std::iter::zip(&above, &tails) {
                    let set = tail.payments.iter().find(|one| is_same(&one.name, &payment.name));
                    let (act, head) = match set {
                        Some(set) => (Act::Set, Upper::of(set.name.span, &set.modifiers)),
                        None => (Act::AddPayments, *head),
                    };
                    versions.push((*upper, *validity, act, head));
                }
                let place = (payment.name.span, payment.name.text.as_str());
                let of_payment = payment.modifiers.in_force.as_ref();
                let during = of_payment.map_or(during, |period| self.period(period));
                self.permit_over(*layer, during, place, &versions);
            }
            self.permit_terms(*layer, during, tail, std::iter::zip(&above, &tails));
            let monthly = tails.iter().copied().chain([tail]).any(has_monthly_payment);
            self.check_term(tail, monthly);
            if let Some(clause) = tail.conditions.first() {
                self.report(error::not_here(
                    clause.span,
                    Bilingual::new("补充只能增加条件", "a supplement can only add conditions"),
                    Bilingual::new("写 增加条件 …", "write `added_condition …`"),
                ));
            }
        }
    }

    /// Whether the versions that a supplement meets let it set 起发 or 停发 anew.
    fn permit_terms<'b>(
        &mut self,
        layer: LayerId,
        during: Validity,
        tail: &ast::DecisionTail,
        versions: impl Iterator<Item = (&'b Above<'b>, &'b &'b ast::DecisionTail)> + Clone,
    ) {
        type Clause = fn(&ast::DecisionTail) -> Option<&ast::TermClause>;
        let clauses: [(Clause, &str); 2] =
            [(|tail| tail.starts.as_ref(), "起发"), (|tail| tail.stops.as_ref(), "停发")];
        for (clause, name) in clauses {
            let Some(own) = clause(tail) else { continue };
            let with_one = versions.clone().filter_map(|((upper, validity, head), tail)| {
                let above = clause(tail)?;
                Some((*upper, *validity, Act::Set, Upper { span: above.span, ..*head }))
            });
            let versions: Vec<Met<'_>> = with_one.collect();
            if !versions.is_empty() {
                self.permit_over(layer, during, (own.span, name), &versions);
            }
        }
    }

    pub(super) fn payment(
        &mut self,
        cx: Context,
        id: DefinitionId,
        entitlement: DefinitionId,
        versions: &[(LayerId, Validity, &'a ast::Payment)],
        ty: &Type,
    ) -> NodeId {
        let mut built = Vec::new();
        let mut timings = Vec::new();
        let mut dated = Vec::new();
        for (layer, validity, node) in versions {
            let here = Context { layer: *layer, ..cx };
            self.check_head(Head::Payment, &node.modifiers, Some(&node.body.kind), node.name.span);
            let here = self.with_locals(here, &node.locals, *validity);
            let base = self.body(here, &node.body, ty, node.modifiers.combine);
            let exceptions = own_exceptions(*layer, &node.exceptions);
            let root = self.with_exceptions(here, base, &exceptions, node.body.span);
            let whole = match self.ty(root) {
                Type::Number(number) => number.whole_fen,
                _ => true,
            };
            if !whole {
                self.report(error::unstated_rounding(node.body.span, &node.name.text));
            }
            let validity = match node.modifiers.in_force.as_ref() {
                Some(period) => self.period(period),
                None => *validity,
            };
            let mut citations = node.citations.clone();
            if citations.is_empty() {
                citations = self.decision_citations(entitlement, node.span);
            }
            self.text(id, validity, node.body.span, &citations, *layer, node.span);
            self.mark_sample(id, node.modifiers.sample.is_some(), *layer);
            let timing = self.timing(entitlement, node.span, validity);
            for layer in timing.iter().flat_map(Timing::layers) {
                self.mark_sample(id, false, layer);
            }
            let root = self.timed(here, &timing, root, node.body.span);
            timings.push((*layer, validity, timing));
            dated.push(Dated { layer: *layer, name: &node.name, validity });
            built.push((*layer, Version { validity, root }));
        }
        // Those of the decision have been compared with one another.
        if versions.iter().any(|(_, _, node)| node.modifiers.in_force.is_some()) {
            self.check_dates(&dated);
        }
        built.extend(self.nothing_paid(cx, entitlement, &built, ty));
        let due = self.versions(cx, id, built);
        let span = self.span(due);
        let entitled = self.use_definition(cx, entitlement, span);
        let payment = self.program.definition(id).and_then(|definition| match definition.kind {
            DefinitionKind::Due(payment) => Some(payment),
            _ => None,
        });
        let payment = payment.unwrap_or(PaymentId(0));
        let found = self.ty(due);
        let paid = self.program.payments.get(payment.0 as usize).map(|found| found.definition);
        let continued =
            paid.and_then(|paid| self.continued(cx, timings, (entitlement, paid), &found));
        self.push(cx, NodeKind::Payment { payment, entitled, due, continued }, found, span)
    }

    /// The version of a payment for the time that its decision is in force and none of its own is: it
    /// begins later, or has ended, and nothing is paid.
    fn nothing_paid(
        &mut self,
        cx: Context,
        entitlement: DefinitionId,
        built: &[(LayerId, Version)],
        ty: &Type,
    ) -> Option<(LayerId, Version)> {
        let Some(Origin::Entitlement { versions, .. }) = self.origin(entitlement.0 as usize) else {
            return None;
        };
        let always = |validity: Validity| {
            let covers = |(_, version): &(LayerId, Version)| {
                within(validity, version.validity) == Validity::default()
            };
            built.iter().any(covers)
        };
        let mut decided = versions.iter().map(|(layer, node)| {
            self.validity(node.tail.modifiers.in_force.as_ref(), *layer, node.span)
        });
        if decided.all(always) {
            return None;
        }
        let (layer, span) = (built.first()?.0, self.span(built.first()?.1.root));
        let root = self.constant(cx, Constant::Number(Rational::ZERO), ty.clone(), span);
        Some((layer, Version { validity: Validity::default(), root }))
    }

    /// The sources of the version of a decision, or of the supplement, that a payment stands in.
    fn decision_citations(&self, entitlement: DefinitionId, payment: Span) -> Vec<ast::Citation> {
        let holds = |whole: Span| {
            whole.source == payment.source && (whole.start..=whole.end).contains(&payment.start)
        };
        match self.origin(entitlement.0 as usize) {
            Some(Origin::Entitlement { versions, supplements, .. }) => {
                let of_versions = versions.iter().map(|(_, node)| (node.span, &node.tail));
                let of_supplements = supplements.iter().map(|(_, node)| (node.span, &node.tail));
                of_versions
                    .chain(of_supplements)
                    .filter(|(span, _)| holds(*span))
                    .flat_map(|(_, tail)| tail.citations.clone())
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// 约束 of every layer, lowered about the root.
    pub(super) fn constraints(&mut self, layers: &[LayerText<'a>]) {
        for (at, text) in layers.iter().enumerate() {
            let layer = LayerId(u16::try_from(at).unwrap_or(u16::MAX));
            let module = self.modules.iter().position(|module| module.layers.contains(&layer));
            let Some(module) = module else { continue };
            for file in &text.files {
                for declaration in &file.declarations {
                    let ast::Declaration::Constraint(node) = declaration else { continue };
                    let module = super::scope::ModuleId(module);
                    let cx = Context::of(self.program.root, module, layer);
                    let root = self.condition(cx, &node.condition);
                    let label = match &node.label {
                        Some(label) => label.text.trim().to_owned(),
                        None => self.sources.slice(node.condition.span).to_owned(),
                    };
                    self.program.constraints.push(Constraint {
                        label,
                        root,
                        citations: citation_texts(&node.citations),
                        layer,
                        span: node.span,
                    });
                }
            }
        }
    }
}

/// Whether two bindings name one thing, in either of their languages.
fn is_same(one: &ast::Binding, other: &ast::Binding) -> bool {
    let names = |binding: &ast::Binding| {
        let alias = binding.alias.as_ref().map(|alias| alias.text.clone());
        [Some(binding.text.clone()), alias].into_iter().flatten().collect::<Vec<_>>()
    };
    names(one).iter().any(|name| names(other).contains(name))
}

/// Whether some payment of a decision is paid by the month.
fn has_monthly_payment(tail: &ast::DecisionTail) -> bool {
    tail.payments.iter().any(|payment| match &payment.ty.kind {
        ast::TypeExprKind::Unit(unit) => unit
            .denominators
            .iter()
            .any(|word| matches!(word.text.as_str(), "月" | "month" | "months" | "个月")),
        _ => false,
    })
}
