//! Programs and facts made at random: what must hold of every program.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};

use super::program::{Draft, Tape};
use super::unknown::{Values, broken, broken_decision, hidden, named, open};
use crate::diagnostic::Severity;
use crate::engine::decision::{Decision, Outcome};
use crate::engine::{Case, Library, Policy, Question};
use crate::facts::from_json_value;
use crate::solve::tests::household::Rng;
use crate::value::YearMonth;

fn june() -> Question {
    Question::about(YearMonth::new(2023, 6).expect("a month"))
}

/// The policy of a draft; none where its exceptions or items are proved to conflict, which random
/// ones sometimes do. Anything else that is wrong with it is a defect of the generator.
fn compiled(texts: Vec<(String, String)>, policy: &str) -> Option<Policy> {
    let shown = || texts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("----\n");
    match Library::from_texts(texts.clone()).compile(policy) {
        Ok(policy) => Some(policy),
        Err(findings) => {
            let mut errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
            let proved = errors.all(|error| error.code == "huize::check::always_in_conflict");
            assert!(proved, "{}\n{findings:#?}", shown());
            None
        }
    }
}

/// A household, every fact of it known.
fn facts(bytes: &[u8]) -> serde_json::Value {
    let mut tape = Tape::new(bytes);
    let tape = &mut tape;
    let money = |tape: &mut Tape<'_>| match tape.below(3) {
        0 => format!("{}", tape.below(6)),
        _ => format!("{}.{:02}", tape.below(5), tape.below(100)),
    };
    let kinds = ["一类", "二类", "三类"];
    let keys = ["甲", "乙", "丙"];
    let count = tape.below(4);
    let members: Vec<serde_json::Value> = (0..count)
        .map(|at| {
            let wage = match tape.below(4) {
                0 => serde_json::json!([
                    { "from": "2023-01", "value": money(tape) },
                    { "from": "2023-05", "value": money(tape) },
                ]),
                _ => serde_json::json!(money(tape)),
            };
            let grade = match tape.below(5) {
                0 => serde_json::json!("无"),
                grade => serde_json::json!(grade),
            };
            let father = match tape.below(4) {
                father if father < count && father != at => keys[father],
                _ => "无",
            };
            let lost = match tape.below(3) {
                0 => "无".to_owned(),
                _ => format!("2022-{:02}-{:02}", 1 + tape.below(12), 1 + tape.below(28)),
            };
            serde_json::json!({
                "id": keys[at], "工资": wage, "等级": grade, "在业": tape.below(2) == 0,
                "病": tape.below(2) == 0, "类": kinds[tape.below(3)], "父亲": father, "失业日": lost,
                "出生": format!("{}-06-{:02}", 1955 + tape.below(20), 29 + tape.below(2)),
            })
        })
        .collect();
    serde_json::json!({ "家庭": {
        "收入": money(tape), "支出": money(tape), "残": tape.below(2) == 0,
        "户类": kinds[tape.below(3)], "车": tape.below(4), "成员": members,
        "申请日": format!("2023-{:02}-10", 2 + tape.below(6)),
    }})
}

/// What a property is held over.
struct Sample {
    draft: Draft,
    policy: Policy,
    /// With every fact known.
    case: Case,
    rng: Rng,
    text: String,
}

/// Holds something over programs and facts; where it fails, the program is made smaller. There are
/// as many as `PROPTEST_CASES` says, shared out by `part`.
fn hold(part: u32, check: impl Fn(&mut Sample) -> Result<(), String>) {
    let cases = Config::default().cases / part;
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let tapes = (
        proptest::collection::vec(any::<u8>(), 0..300),
        proptest::collection::vec(any::<u8>(), 0..60),
        any::<u64>(),
    );
    let held = runner.run(&tapes, |(program, household, seed)| {
        let draft = Draft::of(&program);
        let texts = draft.texts();
        let text = texts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("----\n");
        let Some(policy) = compiled(texts, draft.policy) else { return Ok(()) };
        let facts = from_json_value(&facts(&household)).expect("no floats");
        let case = policy.bind(&facts).unwrap_or_else(|findings| panic!("{findings:#?}"));
        let mut sample = Sample { draft, policy, case, rng: Rng::new(seed), text };
        check(&mut sample).map_err(|told| TestCaseError::fail(format!("{told}\n{}", sample.text)))
    });
    match held {
        Ok(()) => {}
        Err(TestError::Fail(why, (program, household, seed))) => {
            panic!("{why}\nprogram {program:?}\nhousehold {household:?} seed {seed}")
        }
        Err(error) => panic!("{error}"),
    }
}

/// A case with facts taken away, and the same with others in their places.
fn without_and_with(sample: &mut Sample) -> (Case, Case) {
    let program = sample.policy.program();
    let less = hidden(program, &sample.case.facts, &mut sample.rng);
    let open = open(program, &less, &june());
    let some: Vec<_> = match sample.rng.below(2) {
        0 => open,
        _ => open.into_iter().filter(|_| sample.rng.below(2) == 0).collect(),
    };
    let values = Values::of(program, &june());
    let more = values.filled(&less, &some, &sample.case.facts, &mut sample.rng);
    (Case { facts: less }, Case { facts: more })
}

#[test]
fn what_is_said_without_some_facts_is_true_with_them() {
    hold(4, |sample| {
        for _ in 0..3 {
            let (less, more) = without_and_with(sample);
            let policy = &sample.policy;
            let evaluate = |case: &Case| policy.evaluate(case, june()).expect("within limits");
            let (before, after) = (evaluate(&less), evaluate(&more));
            let decide = |case: &Case| policy.decide(case, &june()).expect("within limits");
            let told = broken(policy, &less.facts, &before, &after)
                .or_else(|| broken_decision(&decide(&less), &decide(&more)));
            if let Some(told) = told {
                return Err(format!("{told}\n{:?}\n{:?}", less.facts.facts, more.facts.facts));
            }
        }
        Ok(())
    });
}
