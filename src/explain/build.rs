//! Builds the explanation from the trace.

mod condition;
mod formula;
mod used;

use super::view::{
    ConditionView, DecisionView, Explanation, LayerView, OutcomeView, PaymentView, PolicyView,
    SourceView, SubjectView, TermView,
};
use crate::engine::assess::assess;
use crate::engine::decide::held_of;
use crate::engine::decision::Outcome;
use crate::eval::Value;
use crate::hir::{self, Definition, NodeId};
use crate::input::InstanceId;
use crate::trace::Trace;

/// The explanation of all decisions of a case.
pub(crate) fn explanation(trace: &Trace<'_>) -> Explanation {
    let program = trace.program;
    let question = &trace.evaluation.question;
    let own = program.layers.len().saturating_sub(program.own_layers);
    let layers: Vec<LayerView> = program
        .layers
        .iter()
        .skip(own)
        .map(|layer| LayerView {
            place: layer.place.clone(),
            policy: layer.policy.clone(),
            citations: layer.citations.clone(),
        })
        .collect();
    Explanation {
        policy: PolicyView {
            name: program.name.clone(),
            title: match program.place {
                Some(_) => None,
                None => program.layers.iter().skip(own).rev().find_map(|layer| layer.title.clone()),
            },
            place: program.place.clone(),
            layers,
        },
        period: question.period,
        as_of: question.assessment_day(),
        known_on: question.known_on,
        subjects: subjects(trace),
        not_in_force: trace.not_in_force(),
    }
}

/// A value with its numbers put in: `（1201－750）×3 = 1353`; empty where it has no formula.
#[cfg(feature = "repl")]
pub(crate) fn filled(trace: &Trace<'_>, root: NodeId, who: InstanceId) -> String {
    formula::worked(trace, root, who, "").filled
}

/// The root first, then everybody about whom something is decided.
fn subjects(trace: &Trace<'_>) -> Vec<SubjectView> {
    let program = trace.program;
    let mut objects = vec![program.root];
    for decision in trace.decided() {
        if !objects.contains(&decision.subject) {
            objects.push(decision.subject);
        }
    }
    let mut subjects = Vec::new();
    for object in objects {
        for (at, instance) in trace.case.of(object).iter().enumerate() {
            if object != program.root && instance.parent.is_none() {
                continue;
            }
            let who = InstanceId(u32::try_from(at).unwrap_or(u32::MAX));
            let decisions: Vec<DecisionView> = trace
                .decided()
                .filter(|decision| decision.subject == object)
                .map(|decision| one(trace, decision, who))
                .collect();
            if !decisions.is_empty() {
                let name = program.object(object).map_or_else(String::new, |o| o.name.text.clone());
                subjects.push(SubjectView { id: instance.key.clone(), object: name, decisions });
            }
        }
    }
    subjects
}

fn one(trace: &Trace<'_>, decision: &hir::Decision, who: InstanceId) -> DecisionView {
    let program = trace.program;
    let definition = program.definition(decision.entitlement);
    let root = definition.and_then(|definition| definition.root);
    let found = assess(trace, decision, who);
    let called = program.called(decision);
    let id = format!("{}{called}", trace.prefix(decision.subject, who));
    let mut used = used::Used::default();
    if let Some(root) = root {
        used.follow(trace, root, who);
    }
    let mut payments = Vec::new();
    for (payment, value) in &found.payments {
        let Some(payment) = program.payments.get(payment.0 as usize) else { continue };
        let Some(definition) = program.definition(payment.definition) else { continue };
        let Some(root) = definition.root else { continue };
        used.follow(trace, root, who);
        payments.push(payment_view(trace, &id, payment, definition, (root, value), who));
    }
    let notes = found.notes;
    DecisionView {
        conditions: root
            .map(|root| condition::view(trace, root, who, &id, 0))
            .map(|view| inherit(view, definition.map(|found| source_of(trace, found))))
            .into_iter()
            .collect(),
        id,
        name: called,
        alias: decision.name.alias.clone(),
        outcome: match found.outcome {
            Outcome::Entitled => OutcomeView::Entitled,
            Outcome::NotEntitled => OutcomeView::NotEntitled,
            Outcome::Undecided => OutcomeView::Undecided,
            Outcome::Discretionary => OutcomeView::Discretionary,
            Outcome::Failed => found
                .value
                .as_fault()
                .map_or(OutcomeView::Undecided, |fault| OutcomeView::Failed(trace.error(fault))),
        },
        source: definition.map_or_else(SourceView::default, |found| source_of(trace, found)),
        payments,
        definitions: used.definitions(trace),
        parameters: used.parameters(trace),
        facts: used.facts(trace),
        missing: notes.missing,
        blocked: notes.blocked,
        discretion: notes.discretion,
        assumed: notes.assumed,
        unverified: notes.unverified,
        review_months: decision.review_months,
    }
}

/// Items without a source of their own stand on the decision's.
fn inherit(mut view: ConditionView, above: Option<SourceView>) -> ConditionView {
    let Some(above) = above else { return view };
    let fill = |item: &mut ConditionView| {
        if item.source.citations.is_empty() && item.source.layer == above.layer {
            item.source.citations.clone_from(&above.citations);
        }
    };
    fill(&mut view);
    if view.label.is_empty() && view.number.is_empty() {
        view.children.iter_mut().for_each(fill);
    }
    view
}

/// Where the version of a definition that is in force comes from.
fn source_of(trace: &Trace<'_>, definition: &Definition) -> SourceView {
    trace.text(definition).map_or_else(SourceView::default, |text| {
        trace.source(&text.citations, text.layer, text.span)
    })
}

fn payment_view(
    trace: &Trace<'_>,
    decision: &str,
    payment: &hir::Payment,
    definition: &Definition,
    (root, value): (NodeId, &Value),
    who: InstanceId,
) -> PaymentView {
    let due = match trace.kind(root) {
        Some(hir::NodeKind::Payment { due, .. }) => *due,
        _ => root,
    };
    let id = format!("{decision}.{}", payment.name.text);
    let mut worked = formula::worked(trace, due, who, &id);
    let terms = terms(trace, root, who);
    if trace.is_continued(root, who) {
        // Nothing of this month's formula went into it.
        worked = formula::Worked {
            filled: trace
                .say(
                    "本月不再符合条件，次月起停发；本月照上月的数额发",
                    "the conditions do not hold any more; paid this month as last month was",
                )
                .to_owned(),
            ..formula::Worked::default()
        };
    }
    PaymentView {
        name: payment.name.text.clone(),
        alias: payment.name.alias.clone(),
        amount: trace.show(value, &definition.ty),
        text: trace.text(definition).map_or_else(String::new, |text| trace.written(text.body)),
        filled: worked.filled,
        steps: worked.steps,
        items: worked.items,
        exceptions: worked.exceptions,
        terms,
        source: source_of(trace, definition),
        id,
    }
}

fn terms(trace: &Trace<'_>, payment: NodeId, who: InstanceId) -> Vec<TermView> {
    let view = |term: &hir::Term| {
        let item = trace.program.item(term.item)?;
        let span = trace.program.node(term.month).map(|node| node.span).unwrap_or_default();
        Some(TermView {
            stops: term.is_stop,
            text: trace.written(span),
            month: trace.term_month(term, who),
            held: held_of(trace, &trace.value(term.allows, who)),
            source: trace.source(&item.citations, item.layer, item.span),
        })
    };
    trace.terms(payment).iter().filter_map(view).collect()
}
