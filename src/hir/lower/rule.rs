//! Definitions: rules, sets and payments with their versions, bodies, steps and exceptions.

use std::collections::BTreeMap;

use super::authority::{Act, Upper};
use super::head::Head;
use super::scope::{Origin, State};
use super::supplement::{Excepted, Supplementing, met, own_exceptions};
use super::version::Written;
use super::{Context, Lowerer, citation_texts};
use crate::diagnostic::Bilingual;
use crate::hir::program::{DefinitionId, DefinitionText, LayerId};
use crate::hir::{Arm, Constant, ExceptionArm, NodeId, NodeKind, Validity, Version, error};
use crate::source::Span;
use crate::syntax::ast::{self, BodyKind, StepKind};
use crate::syntax::words::small_number;
use crate::types::{NumberType, Type};
use crate::value::Rational;

impl<'a> Lowerer<'a> {
    /// Lowers whatever has not been needed by anything yet.
    pub(super) fn definitions(&mut self) {
        while let Some(at) = self.pending() {
            let id = DefinitionId(u32::try_from(at).unwrap_or(u32::MAX));
            self.definition(id, 0);
        }
    }

    /// Lowers one definition, and all that it needs.
    pub(super) fn definition(&mut self, id: DefinitionId, depth: u32) {
        let at = id.0 as usize;
        let Some(origin) = self.origin(at) else { return };
        let Some(definition) = self.program.definition(id).cloned() else { return };
        if let Some(state) = self.states.get_mut(at) {
            *state = State::InProgress;
        }
        self.in_progress.push(id);
        let around = self.levels.begin(depth);
        let cx =
            Context { depth, ..Context::of(definition.subject, origin.module(), definition.layer) };
        let root = match &origin {
            Origin::Rule { versions, supplements, .. } => {
                self.rule(cx, id, versions, supplements, &definition.ty)
            }
            Origin::Set { versions, .. } => self.set(cx, id, versions),
            Origin::Entitlement { versions, supplements, .. } => {
                self.entitlement(cx, id, versions, supplements)
            }
            Origin::Paid { payment, .. } => self.paid(cx, id, *payment),
            // INVARIANT: it is done when it is made, so this is never asked.
            Origin::Local { .. } => self.poison(cx, definition.span),
            Origin::BenefitIncome { .. } => self.benefit_income_node(cx, id),
            Origin::Payment { entitlement, versions, .. } => {
                self.payment(cx, id, *entitlement, versions, &definition.ty)
            }
        };
        self.in_progress.pop();
        self.levels.end(id, depth, around);
        let found = self.ty(root);
        if let Some(definition) = self.program.definitions.get_mut(at) {
            definition.root = Some(root);
            if definition.ty.is_error() {
                definition.ty = found;
            }
        }
        if let Some(state) = self.states.get_mut(at) {
            *state = State::Done(root);
        }
    }

    fn rule(
        &mut self,
        cx: Context,
        id: DefinitionId,
        versions: &[(LayerId, &'a ast::Rule)],
        supplements: &[(LayerId, &'a ast::SupplementRule)],
        ty: &Type,
    ) -> NodeId {
        self.check_layers(versions, supplements);
        for (layer, node) in supplements {
            if !node.tail.exceptions.is_empty() {
                self.mark_sample(id, node.tail.modifiers.sample.is_some(), *layer);
            }
        }
        let mut built: Vec<(LayerId, Version)> = Vec::new();
        // A 补充 with a body of its own fills what was left to the lower layer.
        let texts = versions
            .iter()
            .map(|(layer, node)| (*layer, &node.tail, node.span, &node.name.text))
            .chain(supplements.iter().filter(|(_, node)| node.tail.body.is_some()).filter_map(
                |(layer, node)| {
                    let name = node.name.segments.last()?;
                    Some((*layer, &node.tail, node.span, &name.text))
                },
            ));
        for (layer, tail, span, name) in texts {
            let layer = &layer;
            self.check_head(Head::Rule, &tail.modifiers, tail.body.as_ref().map(|b| &b.kind), span);
            let here = Context { layer: *layer, ..cx };
            let validity = self.validity(tail.modifiers.in_force.as_ref(), *layer, span);
            let Some(body) = &tail.body else {
                if tail.modifiers.delegated.is_none() {
                    self.report(error::not_here(
                        span,
                        Bilingual::new(
                            format!("规则“{name}”没有写内容"),
                            format!("rule `{name}` has no definition"),
                        ),
                        Bilingual::new(
                            "写 = 公式，或 ，由地方规定",
                            "write `= formula`, or `, local` where it is left to a lower layer",
                        ),
                    ));
                }
                let root = self.push(here, NodeKind::Unfilled(id), ty.clone(), span);
                self.text(id, validity, span, &tail.citations, *layer, span);
                built.push((*layer, Version { validity, root }));
                continue;
            };
            let wanted = match (&tail.ty, &body.kind) {
                (Some(written), _) => self.subject_type(written, cx.subject),
                (None, BodyKind::Conditions(_)) => Type::Bool,
                (None, _) => ty.clone(),
            };
            let here = self.with_locals(here, &tail.locals, validity);
            let base = self.body(here, body, &wanted, tail.modifiers.combine);
            let mut exceptions = own_exceptions(*layer, &tail.exceptions);
            let added = supplements.iter().map(Supplementing::rule);
            exceptions.extend(self.added_exceptions(validity, added));
            let root = self.with_exceptions(here, base, &exceptions, body.span);
            self.text(id, validity, body.span, &tail.citations, *layer, span);
            self.mark_sample(id, tail.modifiers.sample.is_some(), *layer);
            built.push((*layer, Version { validity, root }));
        }
        self.versions(cx, id, built)
    }

    /// Whether lower layers were allowed to do what they did.
    fn check_layers(
        &mut self,
        versions: &[(LayerId, &'a ast::Rule)],
        supplements: &[(LayerId, &'a ast::SupplementRule)],
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
        for (layer, supplement) in supplements {
            let mut above = Vec::new();
            for (upper, node) in versions.iter().filter(|(upper, _)| upper < layer) {
                let head = &node.tail.modifiers;
                let validity = self.validity(head.in_force.as_ref(), *upper, node.span);
                above.push((*upper, validity, Upper::of(node.name.span, head)));
            }
            if above.is_empty() {
                self.report(error::nothing_to_supplement(
                    supplement.name.span,
                    &supplement.name.text(),
                ));
                continue;
            }
            let name = supplement.name.text();
            let place = (supplement.name.span, name.as_str());
            let tail = &supplement.tail;
            let during = self.supplement_holds(*layer, &tail.modifiers, supplement.span);
            if tail.body.is_some() {
                self.permit_over(*layer, during, place, &met(&above, Act::Set));
            }
            self.permit_exceptions(*layer, during, place, &tail.exceptions, &above);
        }
    }

    /// One node for all versions: deeper layers first, then the later of those in force.
    pub(super) fn versions(
        &mut self,
        cx: Context,
        id: DefinitionId,
        built: Vec<(LayerId, Version)>,
    ) -> NodeId {
        let node = self.versions_node(cx, built);
        if let Some(NodeKind::Versions(_)) = self.program.node(node).map(|node| &node.kind)
            && let Some(definition) = self.program.definitions.get_mut(id.0 as usize)
        {
            definition.versions = Some(node);
        }
        node
    }

    /// The same for what is no definition.
    pub(super) fn versions_node(
        &mut self,
        cx: Context,
        mut built: Vec<(LayerId, Version)>,
    ) -> NodeId {
        if let [(_, Version { validity, root })] = built.as_slice()
            && *validity == Validity::default()
        {
            return *root;
        }
        built.sort_by_key(|(layer, version)| {
            (
                std::cmp::Reverse(*layer),
                std::cmp::Reverse(version.validity.published.or(version.validity.from)),
            )
        });
        let versions: Vec<Version> = built.into_iter().map(|(_, version)| version).collect();
        let first = versions.first().map(|version| version.root);
        let span = first.map_or(Span::default(), |first| self.span(first));
        let ty = first.map_or(Type::Error, |first| self.ty(first));
        let optional = versions.iter().any(|version| self.is_optional(version.root));
        let kind = NodeKind::Versions(versions);
        let ty = self.whole_type(&kind, ty);
        self.push_optional(cx, kind, ty, optional, span)
    }

    pub(super) fn text(
        &mut self,
        id: DefinitionId,
        validity: Validity,
        body: Span,
        citations: &[ast::Citation],
        layer: LayerId,
        span: Span,
    ) {
        if let Some(definition) = self.program.definitions.get_mut(id.0 as usize) {
            let citations = citation_texts(citations);
            definition.texts.push(DefinitionText { validity, body, citations, layer, span });
        }
    }

    pub(super) fn mark_sample(&mut self, id: DefinitionId, sample: bool, layer: LayerId) {
        let sample = sample || self.program.layer(layer).is_some_and(|layer| layer.sample);
        if let Some(definition) = self.program.definitions.get_mut(id.0 as usize) {
            definition.sample |= sample;
        }
    }

    /// A body of any form, of the wanted type (Error: whatever it turns out to be).
    pub(super) fn body(
        &mut self,
        cx: Context,
        body: &ast::Body,
        wanted: &Type,
        combine: Option<(ast::Combine, Span)>,
    ) -> NodeId {
        match &body.kind {
            BodyKind::Formula(formula) => self.formula(cx, formula, wanted, body.span),
            BodyKind::Conditions(list) => {
                let node = self.condition_list(cx, list);
                self.fit(cx, node, wanted, body.span)
            }
            BodyKind::Choices(list) => self.choices(cx, list, wanted, combine),
        }
    }

    /// A value with its steps.
    pub(super) fn formula(
        &mut self,
        cx: Context,
        formula: &ast::Formula,
        wanted: &Type,
        span: Span,
    ) -> NodeId {
        let node = if wanted.is_error() {
            self.expr(cx, &formula.value, None)
        } else {
            self.value_of_type(cx, &formula.value, wanted)
        };
        self.steps(cx, node, &formula.steps, span)
    }

    fn steps(&mut self, cx: Context, mut node: NodeId, steps: &[ast::Step], span: Span) -> NodeId {
        for step in steps {
            let ty = self.ty(node);
            if ty.is_error() {
                return node;
            }
            let whole = span.to(step.span);
            node = match &step.kind {
                StepKind::Floor(bound) => {
                    let bound = self.value_of_type(cx, bound, &ty);
                    let ty = self.joined_type(ty, &[node, bound]);
                    self.push(cx, NodeKind::Floor(node, bound), ty, step.span)
                }
                StepKind::Cap(bound) => {
                    let bound = self.value_of_type(cx, bound, &ty);
                    let ty = self.joined_type(ty, &[node, bound]);
                    self.push(cx, NodeKind::Cap(node, bound), ty, step.span)
                }
                StepKind::Round { mode, grain } => {
                    let Some(Constant::Number(grain_value)) = self.literal_constant(grain, &ty)
                    else {
                        return node;
                    };
                    if grain_value <= Rational::ZERO {
                        self.report(error::not_here(
                            grain.span,
                            Bilingual::new(
                                "取整的单位要大于零",
                                "the unit to round to must be above zero",
                            ),
                            Bilingual::new("写作 向上取整到1元", "write `round_up to 1CNY`"),
                        ));
                        return node;
                    }
                    let hundred = Rational::from_integer(100);
                    let whole_fen =
                        grain_value.checked_mul(hundred).is_ok_and(Rational::is_integer);
                    let ty = match ty {
                        Type::Number(number) => Type::Number(NumberType {
                            whole_fen,
                            integer: grain_value.is_integer(),
                            ..number
                        }),
                        other => other,
                    };
                    self.numeric(node);
                    self.push(cx, NodeKind::Round(*mode, grain_value, node), ty, step.span)
                }
                StepKind::NoRounding => {
                    if ty.as_number().is_some_and(|number| number.whole_fen) {
                        node
                    } else {
                        if !ty.is_error() {
                            self.report(error::not_whole_unrounded(whole));
                        }
                        // A payment is not told of it again.
                        self.poison(cx, step.span)
                    }
                }
            };
        }
        node
    }

    /// Reports an item whose number does not follow the one before it; some may be left out.
    pub(super) fn check_numbers<'t>(&mut self, numbers: impl Iterator<Item = &'t ast::Text>) {
        let mut before: Option<(&ast::Text, u32)> = None;
        for number in numbers {
            let inside = number.text.trim_matches(|mark| "（）()．.、 ".contains(mark));
            let Some(count) = small_number(inside) else { continue };
            if let Some((previous, last)) = before.filter(|(_, last)| count <= *last) {
                self.report(error::item_order(number, previous, count == last));
            }
            before = Some((number, count));
        }
    }

    fn choices(
        &mut self,
        cx: Context,
        list: &ast::ChoiceList,
        wanted: &Type,
        combine: Option<(ast::Combine, Span)>,
    ) -> NodeId {
        let combine = combine.map_or(ast::Combine::Unique, |(combine, _)| combine);
        self.check_numbers(list.items.iter().map(|item| &item.enumerator));
        let mut wanted = wanted.clone();
        let mut arms = Vec::new();
        let mut always = false;
        for item in &list.items {
            let condition = item.condition.as_ref().map(|condition| self.condition(cx, condition));
            always |= condition.is_none();
            let value = self.formula(cx, &item.value, &wanted, item.span);
            let each: Vec<ast::Step> = list.each.iter().map(|each| each.step.clone()).collect();
            let value = self.steps(cx, value, &each, item.span);
            if wanted.is_error() {
                wanted = self.ty(value);
            }
            let id = self.item(
                cx,
                &item.enumerator.text,
                item.label.as_ref(),
                &item.citations,
                item.span,
            );
            arms.push(Arm { item: id, condition, value });
        }
        let otherwise = match &list.otherwise {
            Some(formula) => Some(self.formula(cx, formula, &wanted, list.span)),
            None if combine == ast::Combine::Total => {
                let zero = Constant::Number(Rational::ZERO);
                let ty = match &wanted {
                    Type::Number(number) => Type::Number(NumberType {
                        whole_fen: true,
                        integer: true,
                        ..number.clone()
                    }),
                    other => other.clone(),
                };
                Some(self.constant(cx, zero, ty, list.span))
            }
            None => {
                if !always {
                    self.check_rest(&arms, list.span);
                }
                None
            }
        };
        self.check_items(combine, &arms);
        let kind = NodeKind::Choose { combine, arms, otherwise };
        let ty = self.whole_type(&kind, wanted);
        self.push(cx, kind, ty, list.span)
    }

    /// A base with its exceptions; the base itself where there are none.
    pub(super) fn with_exceptions(
        &mut self,
        cx: Context,
        base: NodeId,
        exceptions: &[Excepted<'_>],
        span: Span,
    ) -> NodeId {
        if exceptions.is_empty() {
            return base;
        }
        let wanted = self.ty(base);
        let label = |exception: &ast::Exception| {
            exception.label.as_ref().map(|label| label.text.trim().to_owned())
        };
        let labels: Vec<Option<String>> =
            exceptions.iter().map(|excepted| label(excepted.exception)).collect();
        let mut arms = Vec::new();
        let mut targets = BTreeMap::new();
        for (at, Excepted { layer, holds, exception, citations }) in exceptions.iter().enumerate() {
            let here = Context { layer: *layer, ..cx };
            let condition =
                exception.condition.as_ref().map(|condition| self.condition(here, condition));
            let value = self.formula(here, &exception.value, &wanted, exception.span);
            let mut beats = Vec::new();
            for written in exception.target.iter().chain(&exception.beats) {
                let found =
                    labels.iter().position(|label| label.as_deref() == Some(written.text.trim()));
                match found {
                    Some(found) if found != at => {
                        if exception.target.as_ref() == Some(written) {
                            targets.insert(at, found);
                        }
                        beats.push(found);
                    }
                    _ => {
                        let known: Vec<&str> =
                            labels.iter().flatten().map(String::as_str).collect();
                        let shown = known.join("、");
                        self.report(error::unknown_name(
                            written.span,
                            written.text.trim(),
                            (!shown.is_empty()).then_some(shown.as_str()),
                        ));
                    }
                }
            }
            let validity = exception.in_force.as_ref().map_or(*holds, |p| self.period(p));
            let label = exception.label.clone().or_else(|| {
                exception.condition.as_ref().map(|condition| ast::Text {
                    text: self.sources.slice(condition.span).to_owned(),
                    span: condition.span,
                })
            });
            let item = self.item(here, "", label.as_ref(), citations, exception.span);
            arms.push(ExceptionArm { item, condition, value, beats, validity });
        }
        self.within_targets(cx, &mut arms, &targets);
        self.check_exceptions(&arms);
        let optional = self.is_optional(base);
        let kind = NodeKind::Default { base, exceptions: arms };
        let ty = self.whole_type(&kind, wanted);
        self.push_optional(cx, kind, ty, optional, span)
    }

    /// An exception to an exception says something only where that one holds.
    fn within_targets(
        &mut self,
        cx: Context,
        arms: &mut [ExceptionArm],
        targets: &BTreeMap<usize, usize>,
    ) {
        let own: Vec<(Option<NodeId>, Validity)> =
            arms.iter().map(|arm| (arm.condition, arm.validity)).collect();
        for (at, arm) in arms.iter_mut().enumerate() {
            // INVARIANT: no more steps than exceptions, so a circle of targets ends too.
            let chain = std::iter::successors(Some(at), |at| targets.get(at).copied());
            let above: Vec<(Option<NodeId>, Validity)> =
                chain.take(own.len()).filter_map(|at| own.get(at).copied()).collect();
            let conditions: Vec<NodeId> =
                above.iter().filter_map(|(condition, _)| *condition).collect();
            arm.validity = above.iter().fold(arm.validity, |all, (_, one)| all.and(one));
            if let ([_, _, ..], Some(span)) = (conditions.as_slice(), arm.condition) {
                let span = self.span(span);
                arm.condition = Some(self.push(cx, NodeKind::All(conditions), Type::Bool, span));
            } else {
                arm.condition = conditions.first().copied();
            }
        }
    }
}
