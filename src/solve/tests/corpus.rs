//! Over the cases that stand beside the policies, and over households made at random under them:
//! what is suggested flips the decision, and so do the conditions that are named as not met.

use std::collections::BTreeMap;

use super::changes::outcome;
use super::household::{Rng, household};
use crate::diagnostic::Language;
use crate::engine::decision::Outcome;
use crate::engine::{Case, Library, Policy, Question, bound};
use crate::eval::Value;

use crate::explain::view::{ConditionView, Explanation, Held, OutcomeView, Role};
use crate::hir::{NodeId, NodeKind};
use crate::input::InstanceId;
use crate::schema::tests::errors_of_changes;
use crate::solve::{Aim, Applied, Change, ChangeOptions};
use crate::source::Span;
use crate::trace::Trace;

/// What was looked at.
#[derive(Debug, Default)]
struct Count {
    /// How much each search may compute.
    work: u64,
    refused: usize,
    suggestions: usize,
    pairs: usize,
    named: usize,
    incomplete: usize,
}

/// Puts every change in place and decides again.
fn check_changes(title: &str, policy: &Policy, case: &Case, question: Question, count: &mut Count) {
    let options = ChangeOptions { work: Some(count.work), ..ChangeOptions::default() };
    let found = policy.changes(case, &question, &options, Language::Zh).expect("within limits");
    assert_eq!(errors_of_changes(&found), Vec::<String>::new(), "{title}");
    for decision in &found.decisions {
        assert_eq!(decision.aim, Aim::Entitled);
        count.refused += 1;
        count.incomplete += usize::from(decision.incomplete);
        count.pairs += decision.pairs.len();
        for change in decision.changes.iter().chain(&decision.pairs) {
            count.suggestions += 1;
            let then = decided_with(policy, case, question, &change.applied, &decision.id);
            assert_eq!(then, Outcome::Entitled, "{title}: {}", change.text);
            check_parts(title, policy, (case, question), &decision.id, change);
        }
    }
}

fn decided_with(
    policy: &Policy,
    case: &Case,
    question: Question,
    change: &Applied,
    id: &str,
) -> Outcome {
    let (case, question) = policy.apply(case, &question, change);
    outcome(&policy.decide(&case, &question).expect("a decision"), id)
}

/// Only what may be suggested changes; of a pair each alone is not enough; and one step nearer is
/// not enough.
fn check_parts(
    title: &str,
    policy: &Policy,
    (case, question): (&Case, Question),
    id: &str,
    change: &Change,
) {
    let Applied::Facts(facts) = &change.applied else { return };
    for (at, (fact, _)) in facts.iter().enumerate() {
        let declared = policy.program().field(fact.field).expect("a field");
        assert!(!declared.not_suggested && !declared.immutable, "{title}: {}", change.text);
        let decided = |facts| decided_with(policy, case, question, &Applied::Facts(facts), id);
        if facts.len() > 1 {
            let alone = decided(vec![facts[at].clone()]);
            assert_ne!(alone, Outcome::Entitled, "{title}: {}", change.text);
        }
        if let Some(not_yet) = &change.facts[at].not_yet {
            let mut nearer = facts.clone();
            nearer[at].1 = policy.read_fact(case, *fact, &not_yet.value).expect("a value");
            assert_ne!(decided(nearer), Outcome::Entitled, "{title}: {}", change.text);
        }
    }
}

/// The conditions that an explanation names as what made a refusal, each by its place in the
/// policy's text and whose it is.
fn named(conditions: &[ConditionView], found: &mut BTreeMap<Span, Held>) {
    for condition in conditions.iter().filter(|condition| condition.decisive) {
        let parts: Vec<ConditionView> =
            condition.children.iter().filter(|part| part.role != Role::Member).cloned().collect();
        if parts.iter().any(|part| part.decisive) {
            named(&parts, found);
        } else {
            found.insert(condition.source.span, condition.held);
        }
    }
}

/// The value of a condition with those that are named the other way round.
fn turned(
    trace: &Trace<'_>,
    named: &BTreeMap<Span, Held>,
    (node, who): (NodeId, InstanceId),
) -> Option<bool> {
    let node = trace.current(node);
    let found = trace.program.node(node)?;
    let known = trace.value(node, who).holds();
    // A condition is named by its own place, by its item's, or by the rule's that it names.
    let spans = match found.kind {
        NodeKind::Item(item, _) => vec![trace.program.item(item).expect("an item").span],
        NodeKind::Use { definition, .. } => {
            let texts = &trace.program.definition(definition).expect("a definition").texts;
            texts.iter().map(|text| text.span).chain([found.span]).collect()
        }
        _ => vec![found.span],
    };
    let held = spans.iter().find_map(|span| named.get(span));
    if held.is_some_and(|held| known == Some(*held == Held::Yes)) {
        return known.map(|known| !known);
    }
    let at = |node: &NodeId| turned(trace, named, (*node, who));
    match &found.kind {
        NodeKind::All(parts) => {
            let parts: Vec<_> = parts.iter().map(at).collect();
            let all = parts.iter().all(|part| *part == Some(true));
            if parts.contains(&Some(false)) { Some(false) } else { all.then_some(true) }
        }
        NodeKind::Any(parts) => {
            let parts: Vec<_> = parts.iter().map(at).collect();
            let none = parts.iter().all(|part| *part == Some(false));
            if parts.contains(&Some(true)) { Some(true) } else { none.then_some(false) }
        }
        NodeKind::AtLeast(least, parts) => {
            let held = parts.iter().map(at).filter(|part| *part == Some(true)).count();
            Some(held >= usize::try_from(*least).expect("few"))
        }
        NodeKind::Not(part) => at(part).map(|truth| !truth),
        NodeKind::Item(_, part) | NodeKind::Use { root: part, .. } => at(part),
        NodeKind::AtParent(part) => {
            let parent = trace.case.of(found.subject).get(usize::try_from(who.0).ok()?)?.parent?;
            turned(trace, named, (*part, parent))
        }
        NodeKind::Default { base, exceptions } => {
            let mut held = exceptions.iter().filter(|arm| trace.is_in_force(arm));
            let applies =
                held.find(|arm| arm.condition.is_none_or(|condition| at(&condition) == Some(true)));
            match applies {
                Some(arm) => at(&arm.value),
                None => at(base),
            }
        }
        _ => known,
    }
}

/// Turns what "why not" names, and sees the refusal become an entitlement.
fn check_why_not(
    title: &str,
    policy: &Policy,
    (case, question): (&Case, Question),
    explanation: &Explanation,
    count: &mut Count,
) {
    let evaluation = policy.evaluate(case, question).expect("within limits");
    let trace = policy.trace(case, &evaluation);
    let views = explanation.subjects.iter().flat_map(|subject| &subject.decisions);
    for view in views.filter(|view| view.outcome == OutcomeView::NotEntitled) {
        let output = crate::solve::outputs::all(&trace);
        let Some(output) = output.into_iter().find(|output| output.id == view.id) else { continue };
        if trace.value(output.node, output.who).as_bool() != Some(false) {
            // Missing facts were split to see that they do not matter.
            continue;
        }
        let mut conditions = BTreeMap::new();
        named(&view.conditions, &mut conditions);
        assert!(!conditions.is_empty(), "{title}: {} names nothing\n{view:#?}", view.id);
        let then = turned(&trace, &conditions, (output.node, output.who));
        let all = conditions.len();
        // What somebody still has to decide, or law that is not known, may remain.
        assert_ne!(then, Some(false), "{title}: {}: {all} named\n{:#?}", view.id, view.conditions);
        count.named += 1;
    }
}

/// Whether anything is not certain: what waits for values of law or for facts takes long to split.
fn is_certain(policy: &Policy, case: &Case, question: Question) -> bool {
    let evaluation = policy.evaluate(case, question).expect("within limits");
    let trace = policy.trace(case, &evaluation);
    let outputs = crate::solve::outputs::all(&trace);
    let is_open = |value: &Value| matches!(value, Value::Unknown(_) | Value::Error(_));
    !outputs.iter().any(|output| is_open(&trace.value(output.node, output.who)))
}

fn corpus(step: usize, work: u64) -> Count {
    let library = Library::builtin();
    let mut count = Count { work, ..Count::default() };
    let mut at = 0;
    for summary in library.policies() {
        let policy = library.compile_with_cases(&summary.name).expect("a policy");
        for (title, case, question) in bound(&policy) {
            let explanation = policy.explain(&case, &question).expect("explained");
            check_why_not(&title, &policy, (&case, question), &explanation, &mut count);
            if at % step == 0 {
                check_changes(&title, &policy, &case, question, &mut count);
            }
            at += 1;
        }
    }
    count
}

fn generated(households: u64, work: u64) -> Count {
    let library = Library::builtin();
    let mut count = Count { work, ..Count::default() };
    for (at, summary) in library.policies().into_iter().enumerate() {
        let policy = library.compile(&summary.name).expect("a policy");
        let months = ["2023-06", "2026-04"];
        for seed in 0..households {
            let mut rng = Rng::new(seed * 1000 + u64::try_from(at).expect("few"));
            let Some(case) = household(&policy, &mut rng) else { break };
            let month = months[usize::try_from(seed % 2).expect("small")];
            let question = Question::about(month.parse().expect("a month"));
            let title = format!("{} {seed}", summary.name);
            // Days at random may be such as no case can have.
            let Ok(explanation) = policy.explain(&case, &question) else { continue };
            check_why_not(&title, &policy, (&case, question), &explanation, &mut count);
            if is_certain(&policy, &case, question) {
                check_changes(&title, &policy, &case, question, &mut count);
            }
        }
    }
    count
}

/// Of every refused case "why not" is turned; of one in 37 the suggestions are put in place.
#[test]
fn refusals_of_the_corpus_are_turned_by_what_is_named_and_what_is_suggested() {
    let count = corpus(37, 200_000);
    assert!(count.named > 400 && count.suggestions > 5, "{count:?}");
}

/// The same for every case:
/// `cargo test --release --lib solve::tests::corpus -- --ignored --nocapture`.
#[test]
#[ignore = "minutes without optimisation"]
fn refusals_of_the_whole_corpus_are_turned() {
    let count = corpus(1, 30_000_000);
    println!("{count:?}");
    assert!(count.suggestions > 200, "{count:?}");
}

#[test]
fn refusals_of_generated_households_are_turned() {
    let count = generated(1, 200_000);
    assert!(count.named > 20, "{count:?}");
}

/// `cargo test --release --lib solve::tests::corpus -- --ignored --nocapture`
#[test]
#[ignore = "minutes without optimisation"]
fn refusals_of_many_generated_households_are_turned() {
    let count = generated(40, 3_000_000);
    println!("{count:?}");
    assert!(count.suggestions > 500, "{count:?}");
}
