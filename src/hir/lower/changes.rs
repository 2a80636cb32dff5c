//! Notes what each layer of the policy says, for whoever wants to see the layers side by side.

use super::authority::{change, cited};
use super::scope::Origin;
use super::{LayerText, Lowerer, parameter::Source};
use crate::hir::program::{DefinitionKind, LayerId};
use crate::hir::{Change, ChangeKind, Thing, Validity};
use crate::source::Span;
use crate::syntax::ast;
use crate::types::ObjectId;

/// One text of a rule, set, decision or payment, with the layer that wrote it.
struct Version<'a> {
    layer: LayerId,
    validity: Validity,
    /// Nothing where it only says that a lower layer is to say it.
    body: Option<Span>,
    delegated: bool,
    citations: &'a [ast::Citation],
    span: Span,
}

impl<'a> Lowerer<'a> {
    /// Notes everything, in the order of the texts within each layer.
    pub(super) fn note_changes(&mut self, layers: &[LayerText<'a>]) {
        let mut changes: Vec<Change> = Vec::new();
        for at in 0..self.parameters.len() {
            let source = self.parameters.get(at).cloned().unwrap_or_default();
            self.parameter_changes(&source, &mut changes);
        }
        self.table_changes(&mut changes);
        for at in 0..self.origins.len() {
            let (Some(origin), Some(definition)) =
                (self.origin(at), self.program.definitions.get(at))
            else {
                continue;
            };
            let name = match definition.kind {
                DefinitionKind::Due(payment) => self.payment_name(payment),
                _ => definition.name.text.clone(),
            };
            self.origin_changes(&origin, &name, definition.subject, &mut changes);
        }
        for (layer, _, node) in &self.relations {
            let found = change(
                *layer,
                ChangeKind::Declares,
                Thing::Relation,
                &node.name.text,
                None,
                node.name.span,
            );
            let texts = node.clauses.iter().map(|clause| clause.span).collect();
            changes.push(Change { texts, ..cited(found, &node.citations) });
        }
        for (at, text) in layers.iter().enumerate() {
            let layer = LayerId(u16::try_from(at).unwrap_or(u16::MAX));
            for declaration in text.files.iter().flat_map(|file| &file.declarations) {
                let ast::Declaration::Target(node) = declaration else { continue };
                let (kind, thing) = (ChangeKind::Declares, Thing::Target);
                let found = change(layer, kind, thing, &node.name.text, None, node.name.span);
                changes.push(cited(found, &node.citations));
            }
        }
        changes.sort_by_key(|change| (change.layer, change.span));
        self.program.changes = changes;
    }

    /// 低保的低保金
    pub(super) fn payment_name(&self, payment: crate::hir::PaymentId) -> String {
        let Some(found) = self.program.payments.get(payment.0 as usize) else {
            return String::new();
        };
        let decision = self.program.decisions.get(found.decision.0 as usize);
        let decision = decision.map_or_else(String::new, |found| found.name.text.clone());
        format!("{decision}的{}", found.name.text)
    }

    fn parameter_changes(&self, source: &Source<'a>, changes: &mut Vec<Change>) {
        let mut above: Option<(LayerId, bool)> = None;
        for (layer, node) in source {
            let has_value = !node.rows.is_empty() || node.pending.is_some();
            let kind = match above {
                None => ChangeKind::Declares,
                Some(_) if !has_value => ChangeKind::Narrows,
                Some((_, true)) => ChangeKind::Fills,
                Some((_, false)) => ChangeKind::SetsAnew,
            };
            let span = node.name.span;
            let found = change(*layer, kind, Thing::Parameter, &node.name.text, None, span);
            let rows = node.rows.iter();
            let mut citations = node.citations.clone();
            for citation in node.rows.iter().flat_map(|row| &row.citations) {
                if !citations.iter().any(|known| known.text == citation.text) {
                    citations.push(citation.clone());
                }
            }
            let texts: Vec<Span> = rows.map(row_span).collect();
            changes.push(Change {
                upper: above.map(|(upper, _)| upper),
                texts: if texts.is_empty() { head_span(node).into_iter().collect() } else { texts },
                ..cited(found, &citations)
            });
            above = Some((*layer, node.delegated.is_some()));
        }
    }

    fn table_changes(&self, changes: &mut Vec<Change>) {
        for (at, (layer, module, node)) in self.tables.iter().enumerate() {
            let before = self.tables.get(..at).unwrap_or_default();
            let above = before.iter().rev().find(|(upper, other, table)| {
                other == module && upper != layer && table.name.text == node.name.text
            });
            let again = before.iter().any(|(upper, other, table)| {
                other == module && upper == layer && table.name.text == node.name.text
            });
            if again {
                continue;
            }
            let kind = match above {
                None => ChangeKind::Declares,
                Some((_, _, upper)) if upper.delegated.is_some() => ChangeKind::Fills,
                Some(_) => ChangeKind::SetsAnew,
            };
            let span = node.name.span;
            let found = change(*layer, kind, Thing::Table, &node.name.text, None, span);
            changes.push(Change {
                upper: above.map(|(upper, _, _)| *upper),
                ..cited(found, &node.citations)
            });
        }
    }

    fn origin_changes(
        &mut self,
        origin: &Origin<'a>,
        name: &str,
        subject: ObjectId,
        changes: &mut Vec<Change>,
    ) {
        match origin {
            Origin::Rule { versions, supplements, .. } => {
                self.rule_changes((name, subject), versions, supplements, changes);
            }
            Origin::Set { versions, .. } => {
                let found = versions
                    .iter()
                    .map(|(layer, node)| Version {
                        layer: *layer,
                        validity: Validity::default(),
                        body: Some(
                            node.base
                                .span
                                .to(node.filter.as_ref().map_or(node.base.span, |f| f.span)),
                        ),
                        delegated: false,
                        citations: &node.citations,
                        span: node.name.span,
                    })
                    .collect();
                version_changes(Thing::Set, name, None, found, changes);
            }
            Origin::Entitlement { versions, supplements, .. } => {
                let found = versions
                    .iter()
                    .map(|(layer, node)| Version {
                        layer: *layer,
                        validity: self.validity(
                            node.tail.modifiers.in_force.as_ref(),
                            *layer,
                            node.span,
                        ),
                        body: node.tail.conditions.first().map(|clause| clause.span),
                        delegated: false,
                        citations: &node.tail.citations,
                        span: node.name.span,
                    })
                    .collect();
                version_changes(Thing::Decision, name, Some(subject), found, changes);
                let above = versions.first().map(|(layer, _)| *layer);
                for (layer, node) in supplements {
                    let tail = &node.tail;
                    let holds = self.supplement_holds(*layer, &tail.modifiers, node.span);
                    let from = changes.len();
                    supplement_changes((*layer, above), (name, subject), tail, changes);
                    self.date_changes(holds, &tail.exceptions, changes.iter_mut().skip(from));
                }
            }
            Origin::Payment { versions, .. } => {
                payment_changes((name, subject), versions, changes);
            }
            // Names of one definition alone are part of its text.
            Origin::Paid { .. } | Origin::Local { .. } | Origin::BenefitIncome { .. } => {}
        }
    }

    fn rule_changes(
        &mut self,
        (name, subject): (&str, ObjectId),
        versions: &[(LayerId, &'a ast::Rule)],
        supplements: &[(LayerId, &'a ast::SupplementRule)],
        changes: &mut Vec<Change>,
    ) {
        let of_tail = |layer: &LayerId, tail: &'a ast::RuleTail, span| {
            let body = tail.body.as_ref().map(|body| body.span);
            (*layer, tail.modifiers.in_force.as_ref(), body, &tail.modifiers, span)
        };
        let mut texts: Vec<_> = versions
            .iter()
            .map(|(layer, node)| (of_tail(layer, &node.tail, node.name.span), &node.tail.citations))
            .collect();
        texts.extend(supplements.iter().filter(|(_, n)| n.tail.body.is_some()).map(
            |(layer, node)| (of_tail(layer, &node.tail, node.name.span), &node.tail.citations),
        ));
        let found = texts
            .into_iter()
            .map(|((layer, period, body, head, span), citations)| Version {
                layer,
                validity: self.validity(period, layer, span),
                body,
                delegated: head.delegated.is_some(),
                citations,
                span,
            })
            .collect();
        version_changes(Thing::Rule, name, Some(subject), found, changes);
        let above = versions.first().map(|(layer, _)| *layer);
        for (layer, node) in supplements {
            let holds = self.supplement_holds(*layer, &node.tail.modifiers, node.span);
            let from = changes.len();
            for exception in &node.tail.exceptions {
                let cited_by = [&node.tail.citations, &exception.citations];
                let thing = (Thing::Rule, name, Some(subject));
                changes.push(exception_change((*layer, above), thing, exception, cited_by));
            }
            self.date_changes(holds, &node.tail.exceptions, changes.iter_mut().skip(from));
        }
    }

    /// Says of what a supplement adds while it holds: an exception may say a time of its own.
    fn date_changes<'b>(
        &mut self,
        holds: Validity,
        exceptions: &[ast::Exception],
        changes: impl Iterator<Item = &'b mut Change>,
    ) {
        for change in changes {
            let own = exceptions.iter().find(|exception| exception.span == change.span);
            let own = own.and_then(|exception| exception.in_force.as_ref());
            change.validity = own.map_or(holds, |period| self.period(period));
        }
    }
}

fn payment_changes(
    (name, subject): (&str, ObjectId),
    versions: &[(LayerId, Validity, &ast::Payment)],
    changes: &mut Vec<Change>,
) {
    let found: Vec<Version<'_>> = versions
        .iter()
        .map(|(layer, validity, node)| Version {
            layer: *layer,
            validity: *validity,
            body: Some(node.body.span),
            delegated: false,
            citations: &node.citations,
            span: node.name.span,
        })
        .collect();
    let from = changes.len();
    version_changes(Thing::Payment, name, Some(subject), found, changes);
    // A payment that a lower layer declares is one that it adds to the decision.
    let decision = name.split_once('的').map_or(name, |(decision, _)| decision);
    let owner =
        changes.iter().find(|change| change.thing == Thing::Decision && change.name == decision);
    let owner = owner.map(|owner| owner.layer);
    for change in changes.iter_mut().skip(from) {
        if change.kind == ChangeKind::Declares && owner.is_some_and(|owner| owner != change.layer) {
            change.kind = ChangeKind::AddsPayment;
            change.upper = owner;
        }
    }
}

/// The versions of one thing, those of one layer together.
fn version_changes(
    thing: Thing,
    name: &str,
    subject: Option<ObjectId>,
    versions: Vec<Version<'_>>,
    changes: &mut Vec<Change>,
) {
    let first_layer = versions.first().map(|version| version.layer);
    let mut above: Option<(LayerId, bool)> = None;
    let from = changes.len();
    for version in versions {
        let known = changes.iter_mut().skip(from).find(|known| known.layer == version.layer);
        if let Some(known) = known {
            // More than one version: each text says from when it is in force.
            known.validity = Validity::default();
            known.texts.extend(version.body);
            continue;
        }
        let kind = match above {
            None => ChangeKind::Declares,
            Some(_) if version.body.is_none() => ChangeKind::Narrows,
            Some((_, true)) => ChangeKind::Fills,
            Some((_, false)) => ChangeKind::SetsAnew,
        };
        let found = change(version.layer, kind, thing, name, subject, version.span);
        changes.push(Change {
            upper: first_layer.filter(|first| *first != version.layer),
            validity: version.validity,
            texts: version.body.into_iter().collect(),
            ..cited(found, version.citations)
        });
        above = Some((version.layer, version.delegated));
    }
}

fn exception_change(
    (layer, upper): (LayerId, Option<LayerId>),
    (thing, name, subject): (Thing, &str, Option<ObjectId>),
    exception: &ast::Exception,
    citations: [&Vec<ast::Citation>; 2],
) -> Change {
    let citations: Vec<ast::Citation> = citations.into_iter().flatten().cloned().collect();
    let label = exception.label.as_ref().map(|label| label.text.trim().to_owned());
    let found = change(layer, ChangeKind::AddsException, thing, name, subject, exception.span);
    let value = exception.value.steps.last().map_or(exception.value.value.span, |step| step.span);
    let from = exception.condition.as_ref().map_or(exception.value.value.span, |c| c.span);
    Change {
        upper,
        label: label.unwrap_or_default(),
        texts: vec![from.to(value)],
        ..cited(found, &citations)
    }
}

/// What a 补充 of a decision adds, but for payments.
fn supplement_changes(
    (layer, upper): (LayerId, Option<LayerId>),
    (name, subject): (&str, ObjectId),
    tail: &ast::DecisionTail,
    changes: &mut Vec<Change>,
) {
    for exception in &tail.exceptions {
        let cited_by = [&tail.citations, &exception.citations];
        let thing = (Thing::Decision, name, Some(subject));
        changes.push(exception_change((layer, upper), thing, exception, cited_by));
    }
    for clause in &tail.added_conditions {
        let kind = ChangeKind::AddsCondition;
        let found = change(layer, kind, Thing::Decision, name, Some(subject), clause.span);
        let citations: Vec<ast::Citation> =
            tail.citations.iter().chain(&clause.citations).cloned().collect();
        changes.push(Change { upper, texts: vec![clause.span], ..cited(found, &citations) });
    }
    for (label, clause) in [("起发", &tail.starts), ("停发", &tail.stops)] {
        let Some(clause) = clause else { continue };
        let citations: Vec<ast::Citation> =
            tail.citations.iter().chain(&clause.citations).cloned().collect();
        let kind = ChangeKind::SetsTerm;
        let found = change(layer, kind, Thing::Decision, name, Some(subject), clause.span);
        changes.push(Change {
            upper,
            label: label.to_owned(),
            texts: clause.months.iter().map(|month| month.span).collect(),
            ..cited(found, &citations)
        });
    }
}

/// What the head of a parameter without rows says of its values: `元/月，由地方规定，80元至120元`.
fn head_span(node: &ast::Parameter) -> Option<Span> {
    let said = [
        node.ty.as_ref().map(|ty| ty.span),
        node.delegated.as_ref().map(|by| by.span),
        node.pending,
        node.range.as_ref().map(|range| range.span),
    ];
    said.into_iter().flatten().reduce(|one, two| Span {
        start: one.start.min(two.start),
        end: one.end.max(two.end),
        ..one
    })
}

/// A row without its sources.
fn row_span(row: &ast::Row) -> Span {
    let cells = row.cells.iter().map(|cell| cell.span.end);
    let marks = [row.published.map(|(_, span)| span), row.mid_month.map(|(_, span)| span)];
    let marks = marks.into_iter().flatten().map(|span| span.end);
    let end = cells.chain(marks).max().unwrap_or(row.span.end);
    Span { end, ..row.span }
}
