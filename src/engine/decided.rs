//! A case that was decided once and is read again: its values, and what became of each decision.
//! A case that differs in a few facts is decided from there: what does not depend on them is not
//! computed a second time.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::assess::{Asked, Assessment, Assessments, assess_all};
use super::policy::Policy;
use crate::diagnostic::{DecisionError, Language};
use crate::eval::{Evaluation, Links, Live, Question, Value, evaluate_changed};
use crate::explain::build::again::{Differing, Kept, again, keep};
use crate::hir::{ApplicableDate, Decision, DefinitionKind, FieldId, NodeId, NodeKind, Program};
use crate::input::{Case, Fact, InstanceId};
use crate::trace::Trace;

/// A case that differs from the one it is decided from in more facts than this is itself one to
/// decide from.
const MOST_FACTS: usize = 3;

/// All that is known of a decided case.
#[derive(Debug)]
pub(crate) struct Decided {
    policy: Policy,
    case: Case,
    language: Language,
    evaluation: Evaluation,
    assessments: Assessments,
    /// What reads which of its values.
    links: Arc<Links>,
    /// The case that the rest of its values are read from; nothing where it has them all.
    base: Option<Arc<Self>>,
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
        before: Option<&Arc<Self>>,
    ) -> Result<Self, DecisionError> {
        let (program, live, look_back) = (policy.program(), policy.live(), policy.look_back());
        policy.within_limits(live, look_back, &case, question)?;
        let base = before.map(|before| before.base.as_ref().unwrap_or(before));
        let base = base.filter(|base| base.asks(policy, question, language));
        let links = match before {
            Some(before) if before.policy.is_same(policy) && before.links.fit(&case) => {
                Arc::clone(&before.links)
            }
            _ => Arc::new(Links::of(program, live, &case)),
        };
        let from = base.and_then(|base| {
            let difference = Difference::between(program, &base.case, &case)?;
            let before = &base.evaluation;
            let found = evaluate_changed(program, &links, (&base.case, before), &case);
            // What is missing is listed in the order in which it is met: a note that is new has its
            // place among the others only where everything is evaluated.
            let is_like = found.notes.is_same(&before.notes);
            is_like.then_some((base, difference, found))
        });
        let mut decided = Self {
            policy: policy.clone(),
            language,
            evaluation: match &from {
                Some((.., found)) => found.clone(),
                None => policy.evaluate_facts(&case, question),
            },
            case,
            assessments: BTreeMap::new(),
            links,
            base: None,
        };
        let like = from.as_ref().map(|(base, difference, _)| (base.as_ref(), difference));
        decided.assessments = decided.assess(like);
        if let Some((base, difference, ..)) = from {
            if difference.count() > MOST_FACTS {
                decided.evaluation = decided.evaluation.whole(program, live, &decided.case);
            } else {
                decided.base = Some(Arc::clone(base));
            }
        }
        Ok(decided)
    }

    /// What became of each decision. What one like it came to is taken over where the values that
    /// it was read off are the same.
    fn assess(&self, like: Option<(&Self, &Difference)>) -> Assessments {
        let trace = self.trace();
        let program = self.policy.program();
        let needs = self.policy.needs();
        let mut assessments = Assessments::new();
        let mut asked: Vec<Asked<'_>> = Vec::new();
        for decision in trace.decided() {
            let roots = roots(program, decision);
            for who in self.people(decision) {
                let at = (decision.entitlement, who);
                let known = like.and_then(|(before, difference)| {
                    let need = || needs.of_one(program, decision);
                    let is_same = self.comes_to_the_same(before, &roots, who)
                        || !need().reads(|field| difference.has(field));
                    Some((before.assessments.get(&at)?, is_same))
                });
                match known {
                    Some((known, true)) => {
                        assessments.insert(at, Arc::clone(known));
                    }
                    _ => {
                        let like = known.map(|(known, _)| known.as_ref());
                        asked.push(Asked { decision, who, like });
                    }
                }
            }
        }
        let found = assess_all(&trace, needs, Some(&self.links), &asked);
        let found = asked.iter().zip(found);
        assessments
            .extend(found.map(|(it, found)| ((it.decision.entitlement, it.who), Arc::new(found))));
        assessments
    }

    /// Whether nodes have the values that they had in another case, and known ones: what may become
    /// of an unknown one depends on more than its value.
    fn comes_to_the_same(&self, before: &Self, nodes: &[NodeId], who: InstanceId) -> bool {
        nodes.iter().all(|node| {
            let value = self.evaluation.value(*node, who);
            !matches!(value, Some(Value::Unknown(_)))
                && value == before.evaluation.value(*node, who)
        })
    }

    fn asks(&self, policy: &Policy, question: Question, language: Language) -> bool {
        self.policy.is_same(policy)
            && self.evaluation.question == question
            && self.language == language
    }

    /// Whether it is what a case comes to under a policy.
    pub(crate) fn answers(
        &self,
        policy: &Policy,
        case: &Case,
        question: Question,
        language: Language,
    ) -> bool {
        self.asks(policy, question, language) && self.case == *case
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
        self.assessments.get(&(decision.entitlement, who)).map(Arc::as_ref)
    }

    /// The values, to be read.
    pub(crate) fn trace(&self) -> Trace<'_> {
        Trace { language: self.language, ..self.policy.trace_of(&self.case, &self.evaluation) }
    }

    /// The decisions explained, from how a case like it was explained where there is one. Without
    /// the mask of sensitive facts where `clear` says so.
    pub(crate) fn explained(&self, clear: bool, before: Option<(&Self, Kept)>) -> Kept {
        let mut trace = self.trace();
        if clear {
            trace.secrets = None;
        }
        let assessed = &self.assessments;
        let program = self.policy.program();
        let Some((before, kept)) = before else { return keep(&trace, assessed, 0) };
        let Some(changed) = before.told_otherwise(self) else {
            return keep(&trace, assessed, kept.edition.wrapping_add(1));
        };
        let differing = Differing {
            decision: &|decision, who| {
                let at = (decision.entitlement, who);
                let (old, new) = (before.assessments.get(&at), assessed.get(&at));
                let is_same = old.zip(new).is_some_and(|(old, new)| Arc::ptr_eq(old, new));
                !is_same || roots(program, decision).iter().any(|root| changed.contains(*root))
            },
            definition: &|definition| definition.root.is_some_and(|root| changed.contains(root)),
            fact: &|field, who| before.case.fact(field, who) != self.case.fact(field, who),
        };
        again(kept, &trace, assessed, &differing)
    }

    /// The nodes of which something else is told in another case; nothing where the cases are not
    /// alike. Of a decision that another one names only its outcome is told.
    fn told_otherwise(&self, other: &Self) -> Option<Live> {
        let program = self.policy.program();
        let is_like = other.asks(&self.policy, self.evaluation.question, self.language)
            && self.evaluation.notes.is_same(&other.evaluation.notes);
        let difference =
            is_like.then(|| Difference::between(program, &self.case, &other.case))??;
        let is_told_alike = |id: NodeId, kind: &NodeKind| {
            let NodeKind::Use { definition, .. } = kind else { return false };
            let is_decision = program
                .definition(*definition)
                .is_some_and(|found| matches!(found.kind, DefinitionKind::Entitlement(_)));
            is_decision && self.has_the_values(other, id)
        };
        let live = self.policy.live();
        Some(live.depending_but_for(program, difference.starts(), is_told_alike))
    }

    /// Whether a node comes to the same in another case, for everybody and in each month.
    fn has_the_values(&self, other: &Self, node: NodeId) -> bool {
        let subject = self.policy.program().node(node).map(|node| node.subject);
        let count = subject.map_or(0, |subject| self.case.of(subject).len());
        let (ours, theirs) = (&self.evaluation.frames, &other.evaluation.frames);
        ours.len() == theirs.len()
            && ours.iter().zip(theirs).all(|(ours, theirs)| {
                (0..count).all(|who| {
                    let who = InstanceId(u32::try_from(who).unwrap_or(u32::MAX));
                    ours.get(node, who) == theirs.get(node, who)
                })
            })
    }
}

/// The facts in which two cases differ that are alike in all else, by their numbers.
struct Difference(Vec<bool>);

impl Difference {
    /// Nothing where two cases differ in more than facts, or in facts that are not read by nodes
    /// alone.
    fn between(program: &Program, before: &Case, after: &Case) -> Option<Self> {
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
        let difference = Self(differ);
        let picks_law = program.layers.iter().any(|layer| {
            matches!(layer.applicable, ApplicableDate::Fact(field) if difference.has(field))
        });
        (!picks_law).then_some(difference)
    }

    fn has(&self, field: FieldId) -> bool {
        self.0.get(field.0 as usize).copied().unwrap_or(true)
    }

    /// Of how many facts.
    fn count(&self) -> usize {
        self.0.iter().filter(|differs| **differs).count()
    }

    /// Whether a node reads one of them.
    fn starts(&self) -> impl Fn(&NodeKind) -> bool + '_ {
        |kind| matches!(kind, NodeKind::Fact(field) if self.has(*field))
    }
}

/// The nodes of a decision's outcome and payments.
fn roots(program: &Program, decision: &Decision) -> Vec<NodeId> {
    let payments = decision.payments.iter();
    let payments = payments.filter_map(|id| program.payments.get(id.0 as usize));
    let roots = std::iter::once(decision.entitlement).chain(payments.map(|paid| paid.definition));
    roots.filter_map(|id| program.definition(id)?.root).collect()
}
