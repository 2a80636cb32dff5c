//! From the trace to the typed decision.

use std::sync::Arc;

use indexmap::IndexMap;

use super::assess::{Asked, Assessment, Needs, assess_all, outcome_of};
use super::decision::{
    Bounds, CaseDecision, Condition, Decision, MemberDecisions, Outcome, Payment,
};
use crate::eval::Value;
use crate::explain::view::Held;
use crate::hir::{self, NodeId, NodeKind};
use crate::input::InstanceId;
use crate::trace::Trace;

/// Everything decided about the case; `needs` is what the decisions need.
pub(super) fn decisions(trace: &Trace<'_>, needs: &Needs) -> CaseDecision {
    let question = &trace.evaluation.question;
    let program = trace.program;
    let mut decisions = IndexMap::new();
    let mut members: Vec<MemberDecisions> = Vec::new();
    let person = program
        .objects
        .iter()
        .position(|object| object.member_of.is_some_and(|(owner, _)| owner == program.root));
    if let Some(person) = person {
        let object = crate::types::ObjectId(u16::try_from(person).unwrap_or(0));
        for instance in trace.case.of(object).iter().filter(|instance| instance.parent.is_some()) {
            members.push(MemberDecisions { id: instance.key.clone(), decisions: IndexMap::new() });
        }
    }
    let asked = trace.decided().flat_map(|decision| {
        let people = (0..trace.case.of(decision.subject).len()).map(instance);
        people.map(move |who| Asked { decision, who, like: None })
    });
    let asked: Vec<Asked<'_>> = asked.collect();
    for (Asked { decision, who, .. }, found) in
        asked.iter().zip(assess_all(trace, needs, None, &asked))
    {
        let decided = one(trace, decision, *who, found);
        if decision.subject == program.root {
            decisions.insert(program.called(decision), decided);
            continue;
        }
        let key = trace.case.of(decision.subject).get(who.0 as usize).map(|it| it.key.as_str());
        if let Some(member) = members.iter_mut().find(|member| Some(member.id.as_str()) == key) {
            member.decisions.insert(program.called(decision), decided);
        }
    }
    CaseDecision {
        policy: program.name.clone(),
        place: program.place.clone(),
        period: question.period,
        as_of: question.assessment_day(),
        known_on: question.known_on,
        decisions,
        members,
        not_in_force: trace.not_in_force(),
    }
}

/// One decision about one subject.
fn one(
    trace: &Trace<'_>,
    decision: &hir::Decision,
    who: InstanceId,
    found: Assessment,
) -> Decision {
    let program = trace.program;
    let mut payments = IndexMap::new();
    for (id, value) in &found.payments {
        let Some(payment) = program.payments.get(id.0 as usize) else { continue };
        let Some(definition) = program.definition(payment.definition) else { continue };
        payments.insert(payment.name.text.clone(), payment_of(trace, value, definition, who));
    }
    let definition = program.definition(decision.entitlement);
    let root = definition.and_then(|found| found.root);
    let inherited = definition
        .and_then(|found| trace.text(found))
        .map_or_else(String::new, |text| text.citations.join("；"));
    let notes = Arc::unwrap_or_clone(found.notes);
    Decision {
        outcome: found.outcome,
        error: found.value.as_fault().map(|fault| trace.error(fault)),
        payments,
        conditions: root
            .map_or_else(Vec::new, |root| conditions(trace, root, who))
            .into_iter()
            .map(|condition| {
                if condition.citation.is_empty() {
                    // An item without a source of its own stands on the decision's.
                    Condition { citation: inherited.clone(), ..condition }
                } else {
                    condition
                }
            })
            .collect(),
        missing: notes.missing,
        blocked: notes.blocked,
        discretion: notes.discretion,
        assumed: notes.assumed,
        unverified: notes.unverified,
    }
}

fn instance(at: usize) -> InstanceId {
    InstanceId(u32::try_from(at).unwrap_or(u32::MAX))
}

fn payment_of(
    trace: &Trace<'_>,
    value: &Value,
    definition: &hir::Definition,
    who: InstanceId,
) -> Payment {
    let terms = definition.root.map_or_else(Vec::new, |root| trace.terms(root));
    let months = |stops: bool| {
        terms
            .iter()
            .filter(move |term| term.is_stop == stops)
            .filter_map(|term| trace.term_month(term, who))
            .min()
    };
    let amount = value
        .as_number()
        .map(|number| number.to_decimal_text().unwrap_or_else(|| number.to_string()));
    let bounds = match value {
        Value::Unknown(unknown) => {
            let end =
                |end: Option<crate::value::Rational>| end.and_then(|end| end.to_decimal_text());
            Some(Bounds { low: end(unknown.low), high: end(unknown.high) })
        }
        _ => None,
    };
    Payment {
        amount,
        unit: trace.unit_text(&definition.ty, crate::diagnostic::Language::Zh),
        starts: months(false),
        stops: months(true),
        bounds,
        error: value.as_fault().map(|fault| trace.error(fault)),
    }
}

/// The items of the condition in force, in order; the condition itself where it has none.
fn conditions(trace: &Trace<'_>, root: NodeId, who: InstanceId) -> Vec<Condition> {
    let root = trace.current(root);
    match trace.kind(root) {
        Some(NodeKind::All(nodes) | NodeKind::Any(nodes) | NodeKind::AtLeast(_, nodes)) => {
            nodes.iter().flat_map(|node| conditions(trace, *node, who)).collect()
        }
        Some(NodeKind::Default { base, .. }) => conditions(trace, *base, who),
        Some(NodeKind::Item(item, body)) => {
            let Some(item) = trace.program.item(*item) else { return Vec::new() };
            let label = match (item.label.is_empty(), item.number.is_empty()) {
                (false, _) => item.label.clone(),
                (true, false) => item.number.clone(),
                (true, true) => {
                    trace.written(trace.program.node(*body).map(|n| n.span).unwrap_or_default())
                }
            };
            let value = trace.value(*body, who);
            vec![Condition {
                label,
                held: value.as_bool(),
                state: held_of(trace, &value),
                citation: item.citations.join("；"),
            }]
        }
        _ => {
            let value = trace.value(root, who);
            let span = trace.program.node(root).map(|node| node.span).unwrap_or_default();
            vec![Condition {
                label: trace.written(span),
                held: value.as_bool(),
                state: held_of(trace, &value),
                citation: String::new(),
            }]
        }
    }
}

/// How a condition came out.
pub(crate) fn held_of(trace: &Trace<'_>, value: &Value) -> Held {
    match outcome_of(trace, value) {
        Outcome::Entitled => Held::Yes,
        Outcome::NotEntitled => Held::No,
        Outcome::Undecided => Held::Unknown,
        Outcome::Discretionary => Held::Discretion,
        Outcome::Failed => Held::Error,
    }
}
