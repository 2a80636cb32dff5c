//! A soak: random decisions from eight threads while the law is replaced under them, each compared
//! with a plain evaluation of the edition it was decided by.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use huize::engine::{Library, Question, Shelf};
use huize::plan::{Plan, Workspace};

use super::{W1, data};

const NAME: &str = "bench.w1";
const THREADS: u64 = 8;

/// The law with another limit of assets in each second edition.
fn law(edition: u64) -> Library {
    let multiple = multiple(edition);
    let text = W1.replace("倍 = 24倍", &format!("倍 = {multiple}倍"));
    assert!(text.contains(&format!("倍 = {multiple}倍")));
    Library::from_texts(vec![("w1.hz".to_owned(), text)])
}

fn multiple(edition: u64) -> i64 {
    if edition % 2 == 1 { 24 } else { 12 }
}

pub(super) fn run(count: u64) {
    let shelf = Shelf::new(law(1), &[NAME]).unwrap();
    let done = AtomicU64::new(0);
    let start = Instant::now();
    let mut replaced = 0_u64;
    let mut memory: Vec<u64> = Vec::new();
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (shelf, done) = (&shelf, &done);
            scope.spawn(move || decide(shelf, done, thread, count));
        }
        while done.load(Ordering::Relaxed) < count {
            std::thread::sleep(Duration::from_millis(50));
            let next = shelf.edition().number() + 1;
            assert_eq!(shelf.replace(law(next)).unwrap().number(), next);
            // A broken edition never replaces a good one.
            assert!(shelf.replace(Library::from_texts(Vec::new())).is_err());
            replaced += 1;
            memory.push(resident());
        }
    });
    let seconds = start.elapsed().as_secs_f64();
    let early = memory[memory.len() / 4];
    let late = memory[memory.len() - 1];
    println!(
        "{count} decisions from {THREADS} threads in {seconds:.1} s under {replaced} replacements: \
         no wrong answer; resident memory {early} KiB a quarter in, {late} KiB at the end"
    );
    assert!(late < early + early / 4 + 4096, "memory grows");
}

fn decide(shelf: &Shelf, done: &AtomicU64, thread: u64, count: u64) {
    let question = Question::about("2026-01".parse().unwrap());
    let mut space = Workspace::default();
    let mut plans: BTreeMap<u64, Plan> = BTreeMap::new();
    let mut at = thread;
    while at < count {
        let edition = shelf.edition();
        let number = edition.number();
        // A plan for the edition in force; those of older ones are let go.
        plans.retain(|known, _| *known == number);
        let plan = plans
            .entry(number)
            .or_insert_with(|| Plan::new(edition.policy(NAME).unwrap(), question).unwrap());
        let total = plan.payment("all_benefits", "total_payment").unwrap();
        let base = plan.payment("dibao", "base").unwrap();
        for _ in 0..500 {
            if at >= count {
                break;
            }
            let household = &data::household(data::SEED ^ 0x50A6, at);
            let text = data::json(household);
            assert!(plan.read(&text, space.record()), "{text}");
            let figures = plan.run(&mut space).unwrap();
            let expected = data::expected_at(household, multiple(number));
            let found = (figures.fen(base, 0), figures.fen(total, 0));
            assert_eq!(found, (Some(expected[1]), Some(expected[8])), "edition {number}: {text}");
            at += THREADS;
        }
        done.fetch_add(500, Ordering::Relaxed);
    }
    done.fetch_add(500, Ordering::Relaxed);
}

/// Resident memory in KiB, where the system tells.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse().ok()).unwrap_or(0)
}
