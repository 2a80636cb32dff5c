//! A case that was decided once and is read again: its values, and what became of each decision.
//! A case that differs in a few facts is decided from there: what does not depend on them is not
//! computed a second time.

use std::collections::BTreeMap;

use super::assess::{Assessment, Assessments, assess};
use super::policy::{Policy, Wording};
use crate::diagnostic::{Diagnostic, Language};
use crate::eval::{Evaluation, Live, Mixture, Question, evaluate_again};
use crate::explain::view::Explanation;
use crate::hir::{ApplicableDate, Decision, FieldId, NodeId, NodeKind, Program};
use crate::input::{Case, Fact, InstanceId};
use crate::trace::Trace;

/// All that is known of a decided case.
#[derive(Debug)]
pub(crate) struct Decided {
    policy: Policy,
    case: Case,
    language: Language,
    evaluation: Evaluation,
    assessments: Assessments,
}

impl Decided {
    /// Decides a case, from what one like it came to where there is one.
    ///
    /// # Errors
    ///
    /// More work than one case may take.
    pub(crate) fn of(
        policy: &Policy,
        case: Case,
        question: Question,
        language: Language,
        before: Option<&Self>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let program = policy.program();
        let live = policy.live();
        policy.within_limits(live, policy.look_back(), &case, question)?;
        let like = before.filter(|before| {
            before.policy.is_same(policy)
                && before.evaluation.question == question
                && before.language == language
        });
        let changed = like.and_then(|before| changed(program, live, &before.case, &case));
        let mut again = like.zip(changed);
        let mut known = None;
        if let Some((before, changed)) = &again {
            let (nodes, look_back) = ((live, changed), policy.look_back());
            let (before, none) = (&before.evaluation, Mixture::default());
            let found = evaluate_again(program, nodes, look_back, &case, before, &none);
            // What is missing is listed in the order in which it is met: a note that is new has its
            // place among the others only where everything is evaluated.
            known = (found.notes.len() == before.notes.len())
                .then(|| found.whole(program, live, &case));
        }
        let evaluation = match known {
            Some(evaluation) => evaluation,
            None => {
                again = None;
                policy.evaluate_facts(&case, question)
            }
        };
        let mut decided = Self {
            policy: policy.clone(),
            case,
            language,
            evaluation,
            assessments: BTreeMap::new(),
        };
        let trace = decided.trace();
        let mut assessments = Assessments::new();
        for decision in trace.decided() {
            let kept = again.as_ref().filter(|(_, changed)| !reads(program, decision, changed));
            for who in decided.people(decision) {
                let at = (decision.entitlement, who);
                let known = kept.and_then(|(before, _)| before.assessments.get(&at)).cloned();
                assessments.insert(at, known.unwrap_or_else(|| assess(&trace, decision, who)));
            }
        }
        decided.assessments = assessments;
        Ok(decided)
    }

    /// Whether it is what a case comes to under a policy.
    pub(crate) fn answers(
        &self,
        policy: &Policy,
        case: &Case,
        question: Question,
        language: Language,
    ) -> bool {
        self.policy.is_same(policy)
            && self.evaluation.question == question
            && self.language == language
            && self.case == *case
    }

    /// Whom a decision is about.
    pub(crate) fn people(&self, decision: &Decision) -> Vec<InstanceId> {
        let is_root = decision.subject == self.policy.program().root;
        let all = self.case.of(decision.subject).iter().enumerate();
        all.filter(|(_, instance)| is_root || instance.parent.is_some())
            .map(|(at, _)| InstanceId(u32::try_from(at).unwrap_or(u32::MAX)))
            .collect()
    }

    /// What became of a decision about somebody.
    pub(crate) fn assessment(&self, decision: &Decision, who: InstanceId) -> Option<&Assessment> {
        self.assessments.get(&(decision.entitlement, who))
    }

    /// The values, to be read.
    pub(crate) fn trace(&self) -> Trace<'_> {
        Trace { language: self.language, ..self.policy.trace_of(&self.case, &self.evaluation) }
    }

    /// The decisions explained.
    pub(crate) fn explanation(&self, wording: Wording) -> Explanation {
        let mut trace = Trace { language: wording.language, ..self.trace() };
        if wording.clear {
            trace.secrets = None;
        }
        // What it waits for is said in a language.
        let known = (wording.language == self.language).then_some(&self.assessments);
        crate::explain::build::explanation(&trace, known)
    }
}

/// The live nodes that depend on the facts in which two cases differ; nothing where they differ in
/// more than facts, or in facts that are not read by nodes alone.
fn changed(program: &Program, live: &Live, before: &Case, after: &Case) -> Option<Live> {
    let same = before.instances == after.instances
        && before.history == after.history
        && before.population == after.population
        && before.texts == after.texts
        && before.first_month() == after.first_month()
        && before.facts.len() == after.facts.len();
    if !same {
        return None;
    }
    let mut differ = vec![false; after.facts.len()];
    for (differs, (old, new)) in differ.iter_mut().zip(before.facts.iter().zip(&after.facts)) {
        *differs = old != new;
        // Who stands in a list is asked of the case itself.
        if *differs && old.iter().chain(new).any(|fact| matches!(fact, Fact::Listed(_))) {
            return None;
        }
    }
    let differs = |field: FieldId| differ.get(field.0 as usize).copied().unwrap_or(true);
    let picks_law = program
        .layers
        .iter()
        .any(|layer| matches!(layer.applicable, ApplicableDate::Fact(field) if differs(field)));
    let starts = |kind: &NodeKind| matches!(kind, NodeKind::Fact(field) if differs(*field));
    (!picks_law).then(|| live.depending(program, starts))
}

/// Whether the outcome or a payment of a decision is among some nodes.
fn reads(program: &Program, decision: &Decision, nodes: &Live) -> bool {
    let payments = decision.payments.iter();
    let payments = payments.filter_map(|id| program.payments.get(id.0 as usize));
    let roots = std::iter::once(decision.entitlement).chain(payments.map(|paid| paid.definition));
    let mut roots = roots.filter_map(|id| program.definition(id)?.root);
    roots.any(|root: NodeId| nodes.contains(root))
}
