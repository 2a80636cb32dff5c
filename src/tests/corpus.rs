//! The cases that stand beside the policies, with some of their facts taken away: what is said
//! then is true whatever the facts turn out to be.

use super::unknown::{
    Values, broken, broken_decision, hidden, named, open, otherwise, places, unasked,
};
use crate::engine::{Case, Library, Policy, Question, bound};
use crate::solve::tests::household::Rng;

/// What was tried.
#[derive(Debug, Default)]
struct Count {
    cases: usize,
    fillings: usize,
    certain: usize,
    open: usize,
    asked: usize,
    wrong: Vec<String>,
}

/// Takes facts away, decides, puts others in their places, decides again.
fn tried(
    title: &str,
    policy: &Policy,
    (case, question): (&Case, Question),
    rng: &mut Rng,
    count: &mut Count,
) {
    let program = policy.program();
    let values = Values::of(program, &question);
    let less = Case { facts: hidden(program, &case.facts, rng) };
    let open = open(program, &less.facts, &question);
    let Ok(before) = policy.evaluate(&less, question) else { return };
    let decided = policy.decide(&less, &question).expect("it was evaluated");
    let told = otherwise(policy, &less, &before);
    count.wrong.extend(told.map(|told| format!("{} {title}\n  {told}", policy.name())));
    count.cases += 1;
    for (_, decision) in named(&decided) {
        let certain = !matches!(decision.outcome, crate::engine::decision::Outcome::Undecided);
        if certain { count.certain += 1 } else { count.open += 1 }
    }
    let (asked, wrong) = unasked(policy, (&less, case), question, &values, rng);
    count.asked += asked;
    count.wrong.extend(wrong.map(|told| format!("{} {title}\n  {told}", policy.name())));
    for filling in 0..2_u64 {
        // All of them, or only some.
        let some: Vec<_> =
            open.iter().copied().filter(|_| filling > 0 || rng.below(2) == 0).collect();
        let more = Case { facts: values.filled(&less.facts, &some, &case.facts, rng) };
        let Ok(after) = policy.evaluate(&more, question) else { continue };
        count.fillings += 1;
        let told = broken(policy, &less.facts, &before, &after).or_else(|| {
            let then = policy.decide(&more, &question).expect("it was evaluated");
            broken_decision(&decided, &then)
        });
        if let Some(told) = told {
            let facts = |case: &Case| {
                places(program, &case.facts)
                    .into_iter()
                    .filter(|(field, who)| {
                        less.facts.fact(*field, *who) != more.facts.fact(*field, *who)
                    })
                    .map(|(field, who)| {
                        let name = &program.fields[field.0 as usize].name.text;
                        format!("{name}#{} {:?}", who.0, case.facts.fact(field, who))
                    })
                    .collect::<Vec<_>>()
                    .join("; ")
            };
            count.wrong.push(format!("{} {title}\n  {told}\n  {}", policy.name(), facts(&more)));
            return;
        }
    }
}

fn corpus(step: usize, rounds: u64) -> Count {
    let library = Library::builtin();
    let mut count = Count::default();
    let mut at = 0;
    for summary in library.policies() {
        let policy = library.compile_with_cases(&summary.name).expect("a policy");
        for (title, case, question) in bound(&policy) {
            at += 1;
            if at % step == 0 {
                for round in 0..rounds {
                    let mut rng = Rng::new(round * 100_000 + u64::try_from(at).expect("few"));
                    tried(&title, &policy, (&case, question), &mut rng, &mut count);
                }
            }
        }
    }
    count
}

#[test]
fn what_is_said_of_a_case_without_some_facts_is_true_with_them() {
    let count = corpus(29, 1);
    assert!(count.wrong.is_empty(), "{} wrong\n{}", count.wrong.len(), count.wrong.join("\n"));
    assert!(count.fillings > 50 && count.certain > 50 && count.asked > 10, "{count:?}");
}

/// The same of every case, many times over:
/// `cargo test --lib tests::corpus -- --ignored --nocapture`.
#[test]
#[ignore = "minutes"]
fn what_is_said_of_every_case_without_some_facts_is_true_with_them() {
    let count = corpus(1, 4);
    let Count { cases, fillings, certain, open, asked, wrong } = &count;
    println!("{cases} cases, {fillings} fillings, {certain} certain, {open} open, {asked} asked");
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
