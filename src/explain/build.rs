//! Builds the explanation from the trace: each rule, row and fact once, joined by ids.

#[cfg(feature = "repl")]
pub(crate) mod again;
mod compare;
mod condition;
mod formula;
mod interaction;
mod reference;
mod time;
mod used;

pub(crate) use used::parameter_rows;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::view::{
    ConditionView, DecisionView, DefinitionView, Explanation, FactView, LayerView, OutcomeView,
    ParameterView, PaymentView, PolicyView, SourceView, SubjectView, TermView,
};
use crate::engine::assess::{Assessment, Assessments, assess};
use crate::engine::decide::held_of;
use crate::engine::decision::Outcome;
use crate::eval::Value;
use crate::hir::{self, Definition, DefinitionId, FieldId, NodeId, ParameterId};
use crate::input::InstanceId;
use crate::trace::{NoteGroups, Trace};
use crate::types::ObjectId;

/// The explanation of all decisions of a case.
pub(crate) fn explanation(trace: &Trace<'_>, assessed: Option<&Assessments>) -> Explanation {
    explained(&mut Builder::new(trace, assessed))
}

fn explained(builder: &mut Builder<'_, '_>) -> Explanation {
    let trace = builder.trace;
    let question = &trace.evaluation.question;
    let subjects = builder.subjects();
    builder.drain();
    let interactions = builder.interactions();
    let sums = std::mem::take(&mut builder.sums);
    let is_place = trace.program.place.is_some();
    Explanation {
        policy: policy(trace),
        period: question.period,
        as_of: question.assessment_day(),
        known_on: question.known_on,
        subjects,
        definitions: std::mem::take(&mut builder.definitions),
        parameters: std::mem::take(&mut builder.parameters),
        facts: std::mem::take(&mut builder.facts),
        not_in_force: trace.not_in_force(),
        interactions,
        totals: if is_place { sums.totals(trace) } else { Vec::new() },
    }
}

fn policy(trace: &Trace<'_>) -> PolicyView {
    let program = trace.program;
    let own = program.layers.len().saturating_sub(program.own_layers);
    let layers = program.layers.iter().skip(own);
    let known_on = trace.evaluation.question.known_on;
    let in_force = |at: usize, layer: &hir::Layer| {
        let day = trace.applicable_day(hir::LayerId(u16::try_from(own + at).unwrap_or(u16::MAX)));
        let holds = |found: &&hir::Instrument| found.validity.holds(day, known_on);
        layer.instruments.iter().filter(holds).map(|found| found.text.clone()).collect()
    };
    PolicyView {
        name: program.name.clone(),
        title: match program.place {
            Some(_) => None,
            None => layers.clone().rev().find_map(|layer| layer.title.clone()),
        },
        place: program.place.clone(),
        layers: layers
            .enumerate()
            .map(|(at, layer)| LayerView {
                place: layer.place.clone(),
                policy: layer.policy.clone(),
                citations: in_force(at, layer),
            })
            .collect(),
    }
}

/// A value with its numbers put in: `（1,201－750）×3 = 1,353`; empty where it has no formula.
#[cfg(feature = "repl")]
pub(crate) fn filled(trace: &Trace<'_>, root: NodeId, who: InstanceId) -> String {
    Builder::new(trace, None).worked(root, who, "").filled
}

/// What has been built, and what is still to be.
struct Builder<'t, 'a> {
    trace: &'t Trace<'a>,
    /// What became of decisions, where that is known already.
    assessed: Option<&'t Assessments>,
    names: Names,
    /// Rules that were referred to and are not built yet.
    open: VecDeque<(DefinitionId, InstanceId, String)>,
    definitions: Vec<DefinitionView>,
    parameters: Vec<ParameterView>,
    facts: Vec<FactView>,
    /// What all payments come to.
    sums: interaction::Sums,
}

/// The ids that have been given.
#[derive(Debug, Default)]
struct Names {
    /// Every one.
    taken: BTreeSet<String>,
    /// Those of decisions, payments and rules.
    defined: BTreeMap<(DefinitionId, InstanceId), String>,
    /// Those of parameter rows, by parameter, key, row and address.
    rows: BTreeMap<(ParameterId, usize, Option<usize>, String), String>,
    /// Those of facts.
    facts: BTreeMap<(FieldId, InstanceId), String>,
}

/// A decision about one subject, before its reasons are gone into.
struct Open<'a> {
    decision: &'a hir::Decision,
    who: InstanceId,
    id: String,
    found: Arc<Assessment>,
}

impl<'t, 'a> Builder<'t, 'a> {
    fn new(trace: &'t Trace<'a>, assessed: Option<&'t Assessments>) -> Self {
        Self {
            trace,
            assessed,
            names: Names::default(),
            open: VecDeque::new(),
            definitions: Vec::new(),
            parameters: Vec::new(),
            facts: Vec::new(),
            sums: interaction::Sums::default(),
        }
    }

    /// The id, or the id with a number behind it where it is taken already.
    fn unique(&mut self, id: String) -> String {
        if self.names.taken.insert(id.clone()) {
            return id;
        }
        let mut number = 2_u32;
        loop {
            let other = format!("{id}#{number}");
            if self.names.taken.insert(other.clone()) {
                return other;
            }
            number = number.saturating_add(1);
        }
    }

    /// The root first, then everybody about whom something is decided.
    fn subjects(&mut self) -> Vec<SubjectView> {
        let program = self.trace.program;
        let mut objects = vec![program.root];
        for decision in self.trace.decided() {
            if !objects.contains(&decision.subject) {
                objects.push(decision.subject);
            }
        }
        // Ids of decisions and payments come first, so that reasons can refer to any of them.
        let opened: Vec<(String, ObjectId, Vec<Open<'a>>)> =
            objects.into_iter().flat_map(|object| self.open_subjects(object)).collect();
        let mut subjects = Vec::new();
        for (key, object, decisions) in opened {
            let name = program.object(object).map_or_else(String::new, |o| o.name.text.clone());
            let mut views = Vec::with_capacity(decisions.len());
            for open in decisions {
                self.add_up(&open.found);
                views.push(self.decision(open));
            }
            let decisions = views;
            subjects.push(SubjectView { id: key, object: name, decisions });
        }
        subjects
    }

    fn open_subjects(&mut self, object: ObjectId) -> Vec<(String, ObjectId, Vec<Open<'a>>)> {
        let program = self.trace.program;
        let mut subjects = Vec::new();
        for (at, instance) in self.trace.case.of(object).iter().enumerate() {
            if object != program.root && instance.parent.is_none() {
                continue;
            }
            let who = InstanceId(u32::try_from(at).unwrap_or(u32::MAX));
            let decisions: Vec<Open<'a>> = self
                .trace
                .decided()
                .filter(|decision| decision.subject == object)
                .map(|decision| self.open_decision(decision, who))
                .collect();
            if !decisions.is_empty() {
                subjects.push((instance.key.clone(), object, decisions));
            }
        }
        subjects
    }

    fn open_decision(&mut self, decision: &'a hir::Decision, who: InstanceId) -> Open<'a> {
        let known = self.assessed.and_then(|known| known.get(&(decision.entitlement, who)));
        let found = known.cloned().unwrap_or_else(|| Arc::new(assess(self.trace, decision, who)));
        let prefix = self.trace.prefix(decision.subject, who);
        let called = self.trace.program.called(decision);
        let id = self.unique(format!("{prefix}{called}"));
        self.names.defined.insert((decision.entitlement, who), id.clone());
        for (payment, _) in &found.payments {
            if let Some(payment) = self.trace.program.payments.get(payment.0 as usize) {
                let name = self.unique(format!("{id}.{}", payment.name.text));
                self.names.defined.insert((payment.definition, who), name);
            }
        }
        Open { decision, who, id, found }
    }

    /// Takes the payments of a decision into what all of them come to.
    fn add_up(&mut self, found: &Assessment) {
        for (payment, value) in &found.payments {
            let payment = self.trace.program.payments.get(payment.0 as usize);
            let paid = payment.and_then(|paid| self.trace.program.definition(paid.definition));
            if let Some(paid) = paid.filter(|paid| paid.root.is_some()) {
                self.sums.add(&paid.ty, value, found.outcome == Outcome::Entitled);
            }
        }
    }

    fn decision(&mut self, open: Open<'a>) -> DecisionView {
        let Open { decision, who, id, found } = open;
        let program = self.trace.program;
        let definition = program.definition(decision.entitlement);
        let root = definition.and_then(|definition| definition.root);
        let source = definition.map_or_else(SourceView::default, |found| self.source_of(found));
        let mut uses = Vec::new();
        let mut listed = condition::Listed::default();
        if let Some(root) = root {
            listed = self.listed(root, who, &id);
            listed.items.iter_mut().for_each(|item| inherit(item, &source));
            uses = self.refers(root, who);
        }
        let mut payments = Vec::new();
        for (payment, value) in &found.payments {
            let Some(payment) = program.payments.get(payment.0 as usize) else { continue };
            let Some(definition) = program.definition(payment.definition) else { continue };
            let Some(root) = definition.root else { continue };
            let view = self.payment(payment, definition, (root, value), who);
            uses.extend(view.uses.iter().cloned());
            payments.push(view);
        }
        // What its own payment waits for is not a reason for the decision.
        uses.retain(|used| *used != id);
        once(&mut uses);
        let notes = NoteGroups::clone(&found.notes);
        DecisionView {
            id,
            name: program.called(decision),
            alias: decision.name.alias.clone(),
            outcome: match found.outcome {
                Outcome::Entitled => OutcomeView::Entitled,
                Outcome::NotEntitled => OutcomeView::NotEntitled,
                Outcome::Undecided => OutcomeView::Undecided,
                Outcome::Discretionary => OutcomeView::Discretionary,
                Outcome::Failed => found.value.as_fault().map_or(OutcomeView::Undecided, |fault| {
                    OutcomeView::Failed(self.trace.error(fault))
                }),
            },
            source,
            combinator: listed.combinator,
            conditions: listed.items,
            payments,
            uses,
            missing: notes.missing,
            blocked: notes.blocked,
            discretion: notes.discretion,
            assumed: notes.assumed,
            unverified: notes.unverified,
            review_months: decision.review_months,
        }
    }

    fn payment(
        &mut self,
        payment: &hir::Payment,
        definition: &Definition,
        (root, value): (NodeId, &Value),
        who: InstanceId,
    ) -> PaymentView {
        let id = self.names.defined.get(&(payment.definition, who)).cloned().unwrap_or_default();
        let due = match self.trace.kind(root) {
            Some(hir::NodeKind::Payment { due, .. }) => *due,
            _ => root,
        };
        let trace = self.trace;
        let worked = self.worked_payment(definition, (root, due), who, &id);
        let terms = self.terms(root, who, &id);
        let text = trace.text_in_force(definition);
        let mut source = self.source_of(definition);
        if text.is_none() {
            source.citations.clear();
        }
        PaymentView {
            name: payment.name.text.clone(),
            alias: payment.name.alias.clone(),
            amount: trace.show(value, &definition.ty),
            text: text.map_or_else(String::new, |text| trace.written(text.body)),
            filled: worked.filled,
            steps: worked.steps,
            items: worked.items,
            exceptions: worked.exceptions,
            terms,
            source,
            uses: self.refers(due, who),
            id,
        }
    }

    /// A payment taken apart; where its formula has no part in it, why not.
    fn worked_payment(
        &mut self,
        definition: &Definition,
        (root, due): (NodeId, NodeId),
        who: InstanceId,
        id: &str,
    ) -> formula::Worked {
        let trace = self.trace;
        let said = if trace.is_continued(root, who) {
            trace
                .say(
                    "本月不再符合条件，次月起停发；本月照上月的数额发",
                    "the conditions do not hold any more; paid this month as last month was",
                )
                .to_owned()
        } else if trace.text_in_force(definition).is_none() {
            trace.say("此时没有施行的规定", "no version is in force").to_owned()
        } else if let Some(decision) = self.refused(definition, who) {
            let outcome = trace.say("：不符合，不发", ": not entitled, nothing is paid");
            format!("{decision}{outcome}")
        } else {
            return self.worked(due, who, id);
        };
        formula::Worked { filled: said, ..formula::Worked::default() }
    }

    /// The decision of a payment, where it is refused.
    fn refused(&self, payment: &Definition, who: InstanceId) -> Option<String> {
        let trace = self.trace;
        let (hir::DefinitionKind::Payment(id) | hir::DefinitionKind::Due(id)) = payment.kind else {
            return None;
        };
        let decision = trace.program.payments.get(id.0 as usize)?.decision;
        let decision = trace.program.decisions.get(decision.0 as usize)?;
        let root = trace.program.definition(decision.entitlement)?.root?;
        let is_refused = trace.value(root, who).holds() == Some(false);
        is_refused.then(|| trace.name(&decision.name).to_owned())
    }

    fn terms(&mut self, payment: NodeId, who: InstanceId, id: &str) -> Vec<TermView> {
        let trace = self.trace;
        let mut terms = Vec::new();
        for term in trace.terms(payment) {
            let Some(item) = trace.program.item(term.item) else { continue };
            let span = trace.program.node(term.month).map(|node| node.span).unwrap_or_default();
            let name = if term.is_stop { "停发" } else { "起发" };
            terms.push(TermView {
                id: self.unique(format!("{id}.{name}")),
                stops: term.is_stop,
                text: trace.written(span),
                month: trace.term_month(&term, who),
                held: held_of(trace, &trace.value(term.allows, who)),
                source: trace.source(&item.citations, item.layer, item.span),
            });
        }
        terms
    }

    /// Where the version of a definition that is in force comes from.
    fn source_of(&self, definition: &Definition) -> SourceView {
        self.trace.text(definition).map_or_else(SourceView::default, |text| {
            self.trace.source(&text.citations, text.layer, text.span)
        })
    }
}

/// An item without a source of its own stands on the decision's.
fn inherit(item: &mut ConditionView, above: &SourceView) {
    if item.source.citations.is_empty() && item.source.layer == above.layer {
        item.source.citations.clone_from(&above.citations);
    }
}

/// Each once, where it first stands.
fn once(ids: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    ids.retain(|id| seen.insert(id.clone()));
}
