//! A register decided in one go, on all cores: a line of facts in, a line of results out, in the
//! order of the register, whatever any of the lines holds.
//!
//! ```sh
//! cargo run --release --example batch -- examples/register.jsonl > results.jsonl
//! ```
//!
//! A line that is refused comes out as `{"line": 4, "findings": […]}`, each finding with its code and
//! place; it stops nothing. The totals go to the standard error.
#![expect(clippy::print_stderr, reason = "the totals are for whoever started it")]

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufRead, BufReader, BufWriter, Write, stdout};
use std::panic::resume_unwind;
use std::thread;

use huize::diagnostic::DecisionError;
use huize::engine::decision::{CaseDecision, Outcome};
use huize::engine::{Library, Policy, Question};
use huize::facts::read_json;
use huize::source::SourceMap;
use huize::value::{OpError, Rational, parse_decimal};
use serde_json::json;

/// Read, decided and written at a time, so that a register of any length takes this much memory.
const AT_A_TIME: usize = 4096;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "examples/register.jsonl".to_owned());
    let mut lines = BufReader::new(std::fs::File::open(&path)?).lines();

    // Compiled once; a policy is immutable, and all threads decide by the same one.
    let policy = Library::builtin().compile("zhongshan.dibao")?;
    let question = Question::about("2023-06".parse()?);

    let mut out = BufWriter::new(stdout().lock());
    let mut totals = Totals::default();
    let mut first = 1;
    loop {
        let batch = lines.by_ref().take(AT_A_TIME).collect::<Result<Vec<String>, _>>()?;
        if batch.is_empty() {
            break;
        }
        for (result, number) in decided(&policy, question, &batch).iter().zip(first..) {
            totals.add(result)?;
            let line = match result {
                Ok(decision) => serde_json::to_string(decision)?,
                Err(error) => {
                    json!({ "line": number, "findings": error.findings().json() }).to_string()
                }
            };
            writeln!(out, "{line}")?;
        }
        first += batch.len();
    }
    out.flush()?;
    eprint!("{totals}");
    Ok(())
}

/// The results of a batch, in its order: each thread takes a stretch of it.
fn decided(
    policy: &Policy,
    question: Question,
    batch: &[String],
) -> Vec<Result<CaseDecision, DecisionError>> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let stretch = batch.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let workers: Vec<_> = batch
            .chunks(stretch)
            .map(|texts| {
                let each = |text: &String| decide(policy, question, text);
                scope.spawn(move || texts.iter().map(each).collect::<Vec<_>>())
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

fn decide(policy: &Policy, question: Question, text: &str) -> Result<CaseDecision, DecisionError> {
    let mut sources = SourceMap::default();
    let source = sources.add("register.jsonl", text);
    let decide = || -> Result<CaseDecision, DecisionError> {
        let case = policy.bind(&read_json(source, text)?)?;
        policy.decide(&case, &question)
    };
    decide().map_err(|error| error.with_sources(sources))
}

/// What it all comes to.
#[derive(Default)]
struct Totals {
    refused: usize,
    /// By decision about the household and outcome.
    outcomes: BTreeMap<(String, Outcome), usize>,
    /// By payment: exact, however many are added up.
    paid: BTreeMap<String, Rational>,
}

impl Totals {
    fn add(&mut self, result: &Result<CaseDecision, DecisionError>) -> Result<(), OpError> {
        let Ok(decision) = result else {
            self.refused += 1;
            return Ok(());
        };
        for (name, decided) in &decision.decisions {
            *self.outcomes.entry((name.clone(), decided.outcome)).or_default() += 1;
            for (payment, paid) in &decided.payments {
                // No amount: not known yet; its bounds are in the line.
                let Some(amount) = &paid.amount else { continue };
                let sum = self.paid.entry(payment.clone()).or_default();
                *sum = sum.checked_add(parse_decimal(amount)?)?;
            }
        }
        Ok(())
    }
}

impl std::fmt::Display for Totals {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for ((decision, outcome), count) in &self.outcomes {
            writeln!(out, "{decision} {} {count}户", outcome.words().zh)?;
        }
        for (payment, sum) in &self.paid {
            writeln!(out, "{payment} 合计 {sum}元/月")?;
        }
        writeln!(out, "退回 {}行", self.refused)
    }
}
