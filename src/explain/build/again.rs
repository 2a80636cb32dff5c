//! The explanation of a case from that of one before it: only what depends on the facts that
//! changed is told anew.

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use super::{Builder, Names, Open, explained, used};
use crate::engine::assess::{Assessment, Assessments};
use crate::explain::view::{
    ConditionView, DecisionView, DefinitionView, Explanation, ItemView, StepView,
};
use crate::hir::{Decision, Definition, DefinitionId, DefinitionKind, FieldId};
use crate::input::InstanceId;
use crate::trace::Trace;

/// An explanation that the next one can be made from.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) explanation: Explanation,
    /// How often a part has been told otherwise than before, by its id; nothing where it never was.
    pub(crate) told_anew: IndexMap<String, u32, RandomState>,
    /// How often all was told from the beginning.
    pub(crate) edition: u32,
    names: Names,
    /// What each of its decisions and rules is about, in the order of the explanation.
    decisions: Vec<(DefinitionId, InstanceId)>,
    definitions: Vec<(DefinitionId, InstanceId)>,
    facts: Vec<(FieldId, InstanceId)>,
}

/// What differs between the case explained before and this one.
pub(crate) struct Differing<'d> {
    /// Whether what became of a decision depends on it.
    pub(crate) decision: &'d dyn Fn(&Decision, InstanceId) -> bool,
    /// Whether the value of a rule does.
    pub(crate) definition: &'d dyn Fn(&Definition) -> bool,
    /// Whether a fact is another.
    pub(crate) fact: &'d dyn Fn(FieldId, InstanceId) -> bool,
}

/// The explanation of a case told from the beginning, to be kept.
pub(crate) fn keep(trace: &Trace<'_>, assessed: &Assessments, edition: u32) -> Kept {
    let mut builder = Builder::new(trace, Some(assessed));
    let explanation = explained(&mut builder);
    let names = builder.names;
    let about = |(about, id): (&(DefinitionId, InstanceId), &String)| (id.clone(), *about);
    let defined: BTreeMap<String, _> = names.defined.iter().map(about).collect();
    let facts: BTreeMap<&String, _> = names.facts.iter().map(|(fact, id)| (id, *fact)).collect();
    let views = explanation.subjects.iter().flat_map(|subject| &subject.decisions);
    Kept {
        told_anew: IndexMap::default(),
        edition,
        decisions: views.filter_map(|view| defined.get(&view.id).copied()).collect(),
        definitions: explanation
            .definitions
            .iter()
            .filter_map(|view| defined.get(&view.id).copied())
            .collect(),
        facts: explanation.facts.iter().filter_map(|view| facts.get(&view.id).copied()).collect(),
        explanation,
        names,
    }
}

/// The explanation of a case that differs in a few facts from the one that was explained before.
/// Where other things have come into it, or in another order, all is told from the beginning.
pub(crate) fn again(
    mut before: Kept,
    trace: &Trace<'_>,
    assessed: &Assessments,
    differing: &Differing<'_>,
) -> Kept {
    match tell_anew(&mut before, trace, assessed, differing) {
        Some(()) => before,
        None => keep(trace, assessed, before.edition.wrapping_add(1)),
    }
}

/// Nothing where the parts are not the same ones as before.
fn tell_anew(
    kept: &mut Kept,
    trace: &Trace<'_>,
    assessed: &Assessments,
    differing: &Differing<'_>,
) -> Option<()> {
    let Kept { explanation, told_anew, names, decisions, definitions, facts, .. } = kept;
    let program = trace.program;
    let decided = explanation.subjects.iter().map(|subject| subject.decisions.len()).sum::<usize>();
    let is_whole = decided == decisions.len()
        && explanation.definitions.len() == definitions.len()
        && explanation.facts.len() == facts.len();
    if !is_whole {
        return None;
    }
    let mut builder = Builder::new(trace, Some(assessed));
    builder.names = std::mem::take(names);
    let mut changed = |id: &str| {
        let times = told_anew.entry(id.to_owned()).or_default();
        *times = times.wrapping_add(1);
    };
    let views = explanation.subjects.iter_mut().flat_map(|subject| &mut subject.decisions);
    for ((at, who), view) in decisions.iter().zip(views) {
        let DefinitionKind::Entitlement(decision) = program.definition(*at)?.kind else {
            return None;
        };
        let decision = program.decisions.get(decision.0 as usize)?;
        let found = assessed.get(&(*at, *who))?;
        builder.add_up(found);
        if (differing.decision)(decision, *who) {
            let again = builder.decision_again(decision, *who, view, Arc::clone(found))?;
            if again != *view {
                changed(&view.id);
                *view = again;
            }
        }
    }
    for ((at, who), view) in definitions.iter().zip(&mut explanation.definitions) {
        if (differing.definition)(program.definition(*at)?) {
            let again = builder.definition_again(*at, *who, view)?;
            if again != *view {
                changed(&view.id);
                *view = again;
            }
        }
    }
    for ((field, who), view) in facts.iter().zip(&mut explanation.facts) {
        if (differing.fact)(*field, *who) {
            *view = used::fact(trace, *field, *who, view.id.clone())?;
            changed(&view.id);
        }
    }
    explanation.interactions = builder.interactions();
    if program.place.is_some() {
        explanation.totals = std::mem::take(&mut builder.sums).totals(trace);
    }
    // What had not been met before has its place among the rest.
    let is_same = builder.open.is_empty()
        && builder.definitions.is_empty()
        && builder.parameters.is_empty()
        && builder.facts.is_empty();
    *names = builder.names;
    is_same.then_some(())
}

impl<'a> Builder<'_, 'a> {
    fn decision_again(
        &mut self,
        decision: &'a Decision,
        who: InstanceId,
        before: &DecisionView,
        found: Arc<Assessment>,
    ) -> Option<DecisionView> {
        let paid = found.payments.iter().filter_map(|(payment, _)| {
            let payment = self.trace.program.payments.get(payment.0 as usize)?;
            self.names.defined.get(&(payment.definition, who))
        });
        if !paid.eq(before.payments.iter().map(|payment| &payment.id)) {
            return None;
        }
        let shape = Shape::of_decision(before);
        self.forget(&shape);
        let again = self.decision(Open { decision, who, id: before.id.clone(), found });
        (Shape::of_decision(&again) == shape).then_some(again)
    }

    fn definition_again(
        &mut self,
        definition: DefinitionId,
        who: InstanceId,
        before: &DefinitionView,
    ) -> Option<DefinitionView> {
        let shape = Shape::of_definition(before);
        self.forget(&shape);
        let again = self.definition(definition, who, before.id.clone())?;
        (Shape::of_definition(&again) == shape).then_some(again)
    }

    /// The ids of the parts of something are free for its parts told anew.
    fn forget(&mut self, shape: &Shape<'_>) {
        for id in &shape.parts {
            self.names.taken.remove(*id);
        }
    }
}

/// The parts of something and what they read, by their ids.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shape<'v> {
    parts: Vec<&'v str>,
    uses: Vec<&'v str>,
}

impl<'v> Shape<'v> {
    fn of_decision(view: &'v DecisionView) -> Self {
        let mut shape = Self::default();
        shape.conditions(&view.conditions);
        for payment in &view.payments {
            shape.steps(&payment.steps);
            shape.items(&payment.items);
            shape.items(&payment.exceptions);
            shape.parts.extend(payment.terms.iter().map(|term| term.id.as_str()));
            shape.uses(&payment.uses);
        }
        shape.uses(&view.uses);
        shape
    }

    fn of_definition(view: &'v DefinitionView) -> Self {
        let mut shape = Self::default();
        shape.steps(&view.steps);
        shape.items(&view.items);
        shape.conditions(&view.conditions);
        shape.items(&view.exceptions);
        shape.uses(&view.uses);
        shape
    }

    fn conditions(&mut self, conditions: &'v [ConditionView]) {
        for condition in conditions {
            self.parts.push(&condition.id);
            self.uses(&condition.uses);
            self.conditions(&condition.children);
        }
    }

    fn steps(&mut self, steps: &'v [StepView]) {
        self.parts.extend(steps.iter().map(|step| step.id.as_str()));
    }

    fn items(&mut self, items: &'v [ItemView]) {
        for item in items {
            self.parts.push(&item.id);
            self.conditions(item.condition.as_slice());
        }
    }

    fn uses(&mut self, uses: &'v [String]) {
        self.uses.extend(uses.iter().map(String::as_str));
    }
}
