//! Any facts for a policy as it is: reading, binding and deciding them ends, with findings that can
//! be shown or with a decision; what a plan answers is what the interpreter decides.
#![no_main]

use std::sync::LazyLock;

use huize::diagnostic::{DecisionError, Diagnostic, Language, render};
use huize::engine::{Library, Policy, Question, envelope};
use huize::facts::{Node, from_json_value, read_json, read_yaml};
use huize::plan::{Plan, Workspace};
use huize::source::SourceMap;
use huize_fuzz::mutate_bytes;
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use serde_json::Value;

struct Law {
    policies: Vec<Policy>,
    plan: Plan,
    question: Question,
}

/// Law of every kind of fact: dates, people, histories, relations; and one that a plan can hold.
static LAW: LazyLock<Law> = LazyLock::new(|| {
    let builtin = Library::builtin();
    let names = ["zhongshan.dibao", "zhongshan.disability", "zhongshan.funeral"];
    let policies = names.map(|name| builtin.compile(name).expect("a policy of ours"));
    let text = include_str!("../../benches/w1/w1.hz").to_owned();
    let library = Library::from_texts(vec![("w1.hz".to_owned(), text)]);
    let question = Question::about("2026-01".parse().expect("a month"));
    let policy = library.compile("bench.w1").expect("a policy of ours");
    let plan = Plan::new(&policy, question).expect("it can be planned");
    Law { policies: policies.into(), plan, question }
});

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    mutate_bytes(data, size, most, seed, fuzzer_mutate)
});

fuzz_target!(|bytes: &[u8]| {
    let text = &*String::from_utf8_lossy(bytes);
    let mut sources = SourceMap::default();
    let source = sources.add("facts", text);
    for facts in [read_json(source, text), read_yaml(source, text)] {
        match facts {
            Ok(facts) => tried(&facts, &sources),
            Err(findings) => shown(&findings, &sources),
        }
    }
    // A program's own values come without a text.
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        match from_json_value(&value) {
            Ok(facts) => tried(&facts, &SourceMap::default()),
            Err(findings) => shown(&findings, &SourceMap::default()),
        }
    }
    planned(text);
});

fn shown(findings: &[Diagnostic], sources: &SourceMap) {
    assert!(!findings.is_empty(), "refused without a word");
    for finding in findings {
        assert!(finding.code.starts_with("huize::"));
        for language in [Language::Zh, Language::En] {
            assert!(!render::plain(finding, sources, language).is_empty());
        }
    }
}

fn tried(facts: &Node, sources: &SourceMap) {
    if let Err(findings) = envelope(facts) {
        shown(&findings, sources);
    }
    let Ok(month) = "2023-06".parse() else { return };
    for policy in &LAW.policies {
        let bound = policy.bind(facts).map_err(DecisionError::from);
        if let Err(error) = bound.and_then(|case| policy.decide(&case, &Question::about(month))) {
            shown(&error, sources);
        }
    }
}

/// The fast path says what the interpreter says, of outcomes and amounts, or refuses what it refuses.
fn planned(text: &str) {
    let Law { plan, question, .. } = &*LAW;
    let mut answer = String::new();
    let answered = plan.answer(text, false, &mut Workspace::default(), &mut answer);
    let mut sources = SourceMap::default();
    let source = sources.add("facts.json", text);
    let bound = read_json(source, text).and_then(|facts| plan.policy().bind(&facts));
    let bound = bound.map_err(DecisionError::from);
    let decided = bound.and_then(|case| plan.policy().decide(&case, question));
    match (answered, decided) {
        (Ok(()), Ok(decided)) => {
            let answer: Value = serde_json::from_str(&answer).expect("the answer is JSON");
            let decided = serde_json::to_value(&decided).expect("a decision is JSON");
            assert_eq!(figures(&answer), figures(&decided), "the plan and the interpreter");
        }
        (Err(_), Err(_)) => {}
        (answered, decided) => panic!("one refuses: {answered:?}, {decided:?}"),
    }
}

/// Each decision's outcome, and the amounts of its payments.
fn figures(decision: &Value) -> Vec<(String, Value, Vec<(String, Value)>)> {
    let of = |decisions: &Value, who: &str| {
        let decisions = decisions.as_object().cloned().unwrap_or_default();
        let each = decisions.into_iter().map(|(name, decided)| {
            let payments = decided["payments"].as_object().cloned().unwrap_or_default();
            let amounts = payments.into_iter().map(|(name, paid)| (name, paid["amount"].clone()));
            (format!("{who}.{name}"), decided["outcome"].clone(), amounts.collect())
        });
        each.collect::<Vec<_>>()
    };
    let mut all = of(&decision["decisions"], "");
    for member in decision["members"].as_array().into_iter().flatten() {
        all.extend(of(&member["decisions"], member["id"].as_str().unwrap_or_default()));
    }
    all
}
