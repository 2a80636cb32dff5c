//! What an explanation costs beside the decision that it explains: a family of three under dibao.
//!
//! `cargo bench --bench explain` prints medians and the ratio; `-- --check` fails where explaining
//! takes more than three times as long as deciding.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints what it measured, and stops where its own input is wrong"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use huize::diagnostic::Language;
use huize::engine::{Case, Library, Policy, Question, envelope};
use huize::explain::Detail;
use huize::explain::text::{TextOptions, render};
use huize::facts::read_json;

const FACTS: &str = include_str!("../examples/zhongshan-family.json");

/// The most that explaining may take, in times of deciding.
const MOST_TIMES: u32 = 3;

const ROUNDS: usize = 300;

fn main() {
    let (policy, case, question) = family();
    let decide = median(|| black_box(policy.decide(black_box(&case), &question)));
    let evaluate = median(|| black_box(policy.evaluate(black_box(&case), question)));
    let explain = median(|| black_box(policy.explain(black_box(&case), &question)));
    let detail = Detail { depth: None, full: true };
    let options = TextOptions { detail, ..TextOptions::default() };
    let text = median(|| {
        let explanation = policy.explain(black_box(&case), &question).unwrap();
        black_box(render(&explanation, Language::Zh, options))
    });
    println!("evaluate (every value, which is the trace)   {evaluate:>10.1?}");
    println!("decide   (outcomes, amounts, what is missing) {decide:>9.1?}");
    println!("explain  (every reason, as data)              {explain:>9.1?}");
    println!("explain, as text in full                      {text:>9.1?}");
    let tenths = explain.as_nanos() * 10 / decide.as_nanos().max(1);
    println!("explain ÷ decide = {}.{}", tenths / 10, tenths % 10);
    if std::env::args().any(|argument| argument == "--check") {
        assert!(explain <= decide * MOST_TIMES, "explaining costs too much");
    }
}

/// The family of the README, bound to its policy.
fn family() -> (Policy, Case, Question) {
    let library = Library::builtin();
    let mut sources = library.sources().clone();
    let facts = read_json(sources.add("family.json", FACTS), FACTS).unwrap();
    let top = envelope(&facts).unwrap();
    let policy = library.compile(&top.policy.unwrap()).unwrap();
    let case = policy.bind(&facts).unwrap();
    (policy, case, Question::about(top.period.unwrap()))
}

fn median<T>(mut run: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            drop(run());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times.get(ROUNDS / 2).copied().unwrap_or_default()
}
