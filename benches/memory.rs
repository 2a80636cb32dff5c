//! What one decision allocates: how often, how much, and how much of it stands at once.
//!
//! `cargo bench --bench memory` prints it for W1, by the fast path and by the interpreter, and for the
//! family of the README.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    dead_code,
    reason = "a benchmark prints what it measured, and uses of the shared data only some"
)]

#[path = "w1/data.rs"]
mod data;
#[path = "w1/figures.rs"]
mod figures;

use std::hint::black_box;

use allocation_counter::measure;
use figures::W1;
use huize::engine::{Library, Policy, Question};
use huize::explain::json;
use huize::facts::read_json;
use huize::plan::{Plan, Workspace};
use huize::source::SourceMap;

const HOUSEHOLDS: usize = 1_000;

fn main() {
    println!(
        "{:44}{:>13}{:>12}{:>14}",
        "for one decision", "allocations", "bytes", "at once, most"
    );
    let library = Library::from_texts(vec![("w1.hz".to_owned(), W1.to_owned())]);
    let policy = library.compile("bench.w1").unwrap();
    let question = Question::about("2026-01".parse().unwrap());
    let plan = Plan::new(&policy, question).unwrap();
    let texts: Vec<String> =
        data::households(HOUSEHOLDS as u64, data::SEED).iter().map(data::json).collect();
    planned(&plan, &texts);
    interpreted("W1", &policy, question, &texts);
    let family = std::fs::read_to_string("examples/zhongshan-family.json").unwrap();
    let policy = Library::builtin().compile("zhongshan.dibao").unwrap();
    let question = Question::about("2023-06".parse().unwrap());
    interpreted("the README's family", &policy, question, &[family]);
}

/// The fast path, in a workspace that has decided before, as in a service.
fn planned(plan: &Plan, texts: &[String]) {
    let (mut space, mut out, mut trace) = (Workspace::default(), String::new(), Vec::new());
    let mut each = |name: &str, one: &mut dyn FnMut(&str, &mut Workspace, &mut String)| {
        texts.iter().for_each(|text| one(text, &mut space, &mut out));
        print(name, texts, |text| one(text, &mut space, &mut out));
    };
    each("W1, plan, no trace", &mut |text, space, _| {
        assert!(plan.read(text, space.record()));
        black_box(plan.run(space).is_some());
    });
    each("W1, plan, full trace kept", &mut |text, space, _| {
        assert!(plan.read(text, space.record()));
        plan.run(space).unwrap().keep_trace(&mut trace);
    });
    each("W1, plan, JSON text in and out", &mut |text, space, out| {
        out.clear();
        plan.answer(text, false, space, out).unwrap();
    });
    each("W1, plan, JSON in and out, explained", &mut |text, space, out| {
        out.clear();
        plan.answer(text, true, space, out).unwrap();
    });
    let begun = measure(|| {
        let mut space = Workspace::default();
        assert!(plan.read(&texts[0], space.record()));
        black_box(plan.run(&mut space).is_some());
    });
    row(
        "W1, plan, the first decision of a workspace",
        [begun.count_total, begun.bytes_total, begun.bytes_max],
    );
}

fn interpreted(name: &str, policy: &Policy, question: Question, texts: &[String]) {
    let bound = |text: &str| {
        let source = SourceMap::default().add("facts.json", text);
        policy.bind(&read_json(source, text).unwrap()).unwrap()
    };
    let cases: Vec<_> = texts.iter().map(|text| bound(text)).collect();
    print(&format!("{name}, interpreter, facts read and bound"), texts, |text| {
        black_box(bound(text));
    });
    print(&format!("{name}, interpreter, evaluated (the trace)"), &cases, |case| {
        black_box(policy.evaluate(case, question).unwrap());
    });
    print(&format!("{name}, interpreter, decided"), &cases, |case| {
        black_box(policy.decide(case, &question).unwrap());
    });
    print(&format!("{name}, interpreter, explained as JSON"), &cases, |case| {
        black_box(json::render(&policy.explain(case, &question).unwrap()));
    });
}

/// Means over all; the most of any.
fn print<T>(name: &str, all: &[T], mut one: impl FnMut(&T)) {
    let (mut count, mut bytes, mut most) = (0, 0, 0);
    for item in all {
        let taken = measure(|| one(item));
        count += taken.count_total;
        bytes += taken.bytes_total;
        most = most.max(taken.bytes_max);
    }
    let means = [count, bytes].map(|sum| sum.div_ceil(all.len() as u64));
    row(name, [means[0], means[1], most]);
}

fn row(name: &str, [count, bytes, most]: [u64; 3]) {
    println!("{name:52}{count:>9}{bytes:>12}{most:>14}");
}
