//! The prompt: how long an analyst waits for an answer, with all benefits of a place.
//!
//! `cargo bench --bench repl` prints medians of one line each; the first column is what is typed.
//! `cargo bench --bench repl -- 未知 为何` measures only what has these words in its title or name.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a benchmark prints what it measured, and stops where its own input is wrong"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use huize::diagnostic::Diagnostic;
use huize::repl::{Options, Session, Start, Status, World};

/// That of the command.
#[cfg(feature = "cli")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each line is typed.
const TIMES: usize = 60;

/// The files of the repository.
struct Repository;

impl World for Repository {
    fn read(&mut self, path: &str) -> Result<String, Vec<Diagnostic>> {
        Ok(std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap())
    }

    fn write(&mut self, _: &str, _: &str) -> Result<(), Vec<Diagnostic>> {
        Ok(())
    }

    fn policies(&mut self) -> Result<Option<Vec<(String, String)>>, Vec<Diagnostic>> {
        Ok(None)
    }
}

fn main() {
    for (title, start, facts) in [
        ("中山，一户三口，事实齐全", place("中山"), ""),
        ("中山，一户三口，一项未知", place("中山"), "未知 甲的月工资"),
    ] {
        let mut session = Session::new(Options::default(), None);
        let begun = Instant::now();
        assert_eq!(session.start(&start, &mut Repository).status, Status::Done);
        println!("{title}");
        row("载入、编译、决定", begun.elapsed());
        if !facts.is_empty() {
            typed(&mut session, facts);
        }
        let mut wage = 2250;
        let mut change = || {
            wage += 1;
            format!("设 乙的月工资 = {}元", wage % 900)
        };
        median(title, "设 乙的月工资 = …（新结论和变化）", || {
            typed(&mut session, &change())
        });
        median(title, "为何 全部（全部理由）", || typed(&mut session, "为何 全部"));
        median(title, "设 … 和 为何 全部", || {
            typed(&mut session, &change());
            typed(&mut session, "为何 全部");
        });
        median(title, "人均月收入（算式）", || typed(&mut session, "人均月收入"));
        median(title, "帮助 低保标准", || typed(&mut session, "帮助 低保标准"));
        median(title, "扫 甲的月工资 0至5000（图、表、转折）", || {
            typed(&mut session, "扫 甲的月工资 0至5000");
        });
        median(title, "差异 上一步", || typed(&mut session, "差异 上一步"));
        let heat = "扫 甲的月工资 0至4000 步长 100，乙的月工资 0至4000 步长 100";
        median(title, "扫 两个事实，41×41", || typed(&mut session, heat));
        let points = "扫 甲的月工资 0至9999 步长 1 --csv 表.csv";
        median(title, "扫 10,000 个值，写成 CSV", || typed(&mut session, points));
        println!();
    }
}

fn place(name: &str) -> Start {
    Start {
        facts: Some("examples/zhongshan-family.json".to_owned()),
        place: Some(name.to_owned()),
        ..Start::default()
    }
}

fn typed(session: &mut Session, line: &str) {
    let reply = black_box(session.line(line, &mut Repository));
    assert_eq!(reply.status, Status::Done, "{line}: {:?}", reply.findings);
}

/// Prints the median of many runs, each timed alone, where the command line does not ask for others.
fn median(title: &str, what: &str, mut run: impl FnMut()) {
    let mut asked = std::env::args().skip(1).filter(|word| !word.starts_with("--"));
    if !asked.all(|word| title.contains(&word) || what.contains(&word)) {
        return;
    }
    run();
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    row(what, times[TIMES / 2]);
}

fn row(what: &str, time: Duration) {
    println!("  {:>9.3} ms  {what}", time.as_secs_f64() * 1000.0);
}
