//! `huize check` over a generated policy tree of 100,000 lines.
//!
//! `cargo bench --bench check` prints the wall time of the whole check, and beside it what reading
//! the lines and parsing alone take in the same process, for two shapes of tree: local files as long
//! as those in `policies/`, with their cases, and short ones that only fill in a standard, so that
//! many more policies stand on the same national text. `-- LINES` asks for another size.
#![expect(
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a benchmark prints what it measured, and stops where its own input is wrong"
)]

#[path = "check/tree.rs"]
mod tree;

use std::hint::black_box;
use std::time::{Duration, Instant};

use huize::diagnostic::Language;
use huize::diagnostic::render::plain;
use huize::engine::Library;
use huize::source::SourceId;
use huize::syntax::parse;

/// That of the command.
#[cfg(feature = "cli")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const LINES: usize = 100_000;
/// The promise for that many lines.
const MOST: Duration = Duration::from_secs(2);

fn main() {
    let asked = std::env::args().skip(1).find_map(|word| word.parse().ok());
    for (shape, cases) in [("with cases", 8), ("filled in", 1)] {
        measure(shape, &tree::tree(asked.unwrap_or(LINES), cases));
    }
}

fn measure(shape: &str, tree: &tree::Tree) {
    let bytes: usize = tree.files.iter().map(|(_, text)| text.len()).sum();
    let policies = tree.files.len() - 1;
    println!("{shape}: {} lines, {bytes} bytes, {policies} policies", tree.lines);
    let reading = median(|| {
        let sum: usize = tree.files.iter().map(|(_, text)| text.lines().count()).sum();
        black_box(sum);
    });
    let parsing = median(|| {
        for (_, text) in &tree.files {
            black_box(parse(SourceId(0), text));
        }
    });
    let mut findings = Vec::new();
    let checking = median(|| {
        let library = Library::from_texts(tree.files.clone());
        findings = library.check();
        if let Some(finding) = findings.first() {
            println!("{}", plain(finding, library.sources(), Language::En));
        }
    });
    assert!(findings.is_empty(), "the tree is clean");
    let ratio = |of: Duration, to: Duration| of.as_secs_f64() / to.as_secs_f64();
    println!("  reading the lines    {reading:>10.1?}");
    let of_reading = ratio(parsing, reading);
    println!("  parsing, one thread  {parsing:>10.1?}  {of_reading:>8.1} of reading");
    let of_parsing = ratio(checking, parsing);
    println!("  checking the tree    {checking:>10.1?}  {of_parsing:>8.2} of parsing");
    println!("  {} {MOST:?}", if checking <= MOST { "within" } else { "over" });
}

/// The middle one of five runs.
fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..5)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[2]
}
