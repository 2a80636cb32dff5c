//! Workload W1: one decision at a time, against the same rules written by hand in Rust.
//!
//! `cargo bench --bench w1` prints medians for each household, and the ratio to the hand-written
//! rules run in the same process; `-- --check` compares every result and the checksums instead, and
//! `-- --soak [N]` makes ten million decisions from eight threads while the law is replaced.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a benchmark prints what it measured, and stops where its own input is wrong"
)]

#[path = "w1/data.rs"]
mod data;
#[path = "w1/figures.rs"]
mod figures;
#[path = "w1/measure.rs"]
mod measure;
#[path = "w1/soak.rs"]
mod soak;

use std::hint::black_box;
use std::time::Instant;

use figures::{Handles, W1};
use huize::engine::{Library, Question};
use huize::plan::{Plan, Workspace};
use measure::{median, time};

/// The checksums of the specification's reference at 1,000 and 100,000 households.
const PUBLISHED: [(u64, Option<u64>); 2] = [(1_000, None), (100_000, Some(378_930_310_979_858))];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--soak") {
        let count = arguments.get(at + 1).and_then(|count| count.parse().ok());
        soak::run(count.unwrap_or(10_000_000));
        return;
    }
    let start = Instant::now();
    let library = Library::from_texts(vec![("w1.hz".to_owned(), W1.to_owned())]);
    let policy = library.compile("bench.w1").unwrap();
    let plan = Plan::new(&policy, Question::about("2026-01".parse().unwrap())).unwrap();
    let compiled = start.elapsed();
    let handles = Handles::of(&plan);
    if arguments.iter().any(|argument| argument == "--check") {
        check(&plan, &handles);
        return;
    }
    let (steps, root, member) = plan.size();
    println!(
        "W1: {steps} instructions, {root} registers of the household, {member} of each member"
    );
    println!("compiled from text, first time: {:.2} ms", compiled.as_secs_f64() * 1e3);
    let [texts, law, planned] = compile_times();
    println!(
        "compiled from text, median:     {:.2} ms (file {texts:.2}, policy {law:.2}, plan {planned:.2})",
        texts + law + planned
    );
    measure(&plan, &handles);
}

/// Medians of reading the file, compiling the policy, and planning it.
fn compile_times() -> [f64; 3] {
    let mut times: [Vec<f64>; 3] = Default::default();
    let question = Question::about("2026-01".parse().unwrap());
    for _ in 0..50 {
        let start = Instant::now();
        let library = Library::from_texts(vec![("w1.hz".to_owned(), W1.to_owned())]);
        let read = start.elapsed();
        let policy = library.compile("bench.w1").unwrap();
        let compiled = start.elapsed();
        black_box(Plan::new(&policy, question).unwrap());
        let planned = start.elapsed();
        for (times, took) in times.iter_mut().zip([read, compiled - read, planned - compiled]) {
            times.push(took.as_secs_f64() * 1e3);
        }
    }
    times.map(|mut times| median(&mut times))
}

fn measure(plan: &Plan, handles: &Handles) {
    let households = data::households(10_000, data::SEED);
    let texts: Vec<String> = households.iter().map(data::json).collect();
    let count = households.len();
    let hand = time("hand-written Rust", 0.0, count, |at| {
        black_box(data::expected(black_box(&households[at])));
    });
    // The facts are in the plan's own form, as the hand-written rules have theirs.
    let mut spaces: Vec<Workspace> = texts
        .iter()
        .map(|text| {
            let mut space = Workspace::default();
            assert!(plan.read(text, space.record()));
            space
        })
        .collect();
    time("plan, no trace", hand, count, |at| {
        let figures = plan.run(&mut spaces[at]).unwrap();
        black_box(handles.row(&figures));
    });
    let mut trace = Vec::new();
    time("plan, full trace kept", hand, count, |at| {
        let figures = plan.run(&mut spaces[at]).unwrap();
        black_box(handles.row(&figures));
        figures.keep_trace(&mut trace);
        black_box(&trace);
    });
    let mut space = Workspace::default();
    let mut out = String::new();
    time("JSON text in and out", hand, count, |at| {
        out.clear();
        plan.answer(&texts[at], false, &mut space, &mut out).unwrap();
        black_box(&out);
    });
    time("JSON text in and out, explained", hand, count, |at| {
        out.clear();
        plan.answer(&texts[at], true, &mut space, &mut out).unwrap();
        black_box(&out);
    });
}

fn check(plan: &Plan, handles: &Handles) {
    let mut space = Workspace::default();
    let mut run = |households: &[data::Household]| {
        households.iter().fold(0_u64, |sum, household| {
            let text = data::json(household);
            assert!(plan.read(&text, space.record()), "{text}");
            let figures = plan.run(&mut space).unwrap();
            let row = handles.row(&figures);
            assert_eq!(row, data::expected(household), "{text}");
            sum.wrapping_add(data::checksum(household.id, &row))
        })
    };
    for (count, published) in PUBLISHED {
        let sum = run(&data::households(count, data::SEED));
        println!("{count} households: checksum {sum}, every row as expected");
        assert!(published.is_none_or(|published| published == sum), "{published:?}");
    }
    let mut households = data::households(20_000, data::SEED);
    data::to_boundaries(&mut households, data::SEED);
    println!(
        "20000 households at the thresholds: checksum {}, every row as expected",
        run(&households)
    );
}
