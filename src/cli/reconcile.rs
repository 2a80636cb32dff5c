//! `huize reconcile`: what is due, set against what was paid.

use std::path::Path;

use huize::diagnostic::Diagnostic;
use huize::engine::{Library, Policy, envelope};
use huize::reconcile::list::{PaymentList, Presumed, read_csv, read_json_row};
use huize::reconcile::{Asking, Verdict, csv, reconcile, text};
use huize::source::{SourceId, SourceMap};
use huize::value::YearMonth;

use super::args::{ReconcileArguments, ReconcileFormat};
use super::population::{MOST_FINDINGS, Population};
use super::terminal::Terminal;
use super::{Exit, Failure, Output, case, input, problem, targets};

pub(super) fn run(arguments: &ReconcileArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let asked = arguments.period.as_deref().map(targets::period).transpose();
    let asked = asked.map_err(Failure::unusable)?;
    let known_on = case::day("--known-on", arguments.known_on.as_deref());
    let known_on = known_on.map_err(Failure::unusable)?;
    let library = input::library(&[], arguments.policies.as_deref()).map_err(Failure::unusable)?;
    let files = input::case_files(&arguments.population).map_err(Failure::unusable)?;
    let mut read = Population::read(&library, &files);
    if !read.findings.is_empty() {
        return Err(unusable(read.findings, &read.sources));
    }
    let (policy, (first, last)) = ask(arguments, asked, &library, &read)?;
    let presumed = Presumed {
        benefit: match arguments.benefits.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        },
        month: (first == last).then_some(first),
    };
    let list = match &arguments.paid {
        Some(path) => {
            let list = payments(path, &mut read.sources, &presumed);
            Some(list.map_err(|findings| unusable(findings, &read.sources))?)
        }
        None => None,
    };
    let asking = Asking {
        last,
        known_on,
        strict: arguments.strict,
        benefits: arguments.benefits.clone(),
        language: terminal.language,
        clear: arguments.clear,
        ..Asking::month(first)
    };
    let found = reconcile(&policy, &asking, list.as_ref(), &read.entries)
        .map_err(|findings| unusable(findings, &read.sources))?;
    let stdout = match arguments.format {
        ReconcileFormat::Text => text::text(&found, terminal.language, terminal.width),
        ReconcileFormat::Csv => csv::csv(&found, terminal.language),
        // INVARIANT: reports hold only texts, lists and named fields, which always serialise.
        ReconcileFormat::Json => {
            format!("{}\n", serde_json::to_string_pretty(&found).unwrap_or_default())
        }
    };
    let failed = found.totals.contains_key(&Verdict::Failed);
    let exit = if failed { Exit::Findings } else { Exit::Clean };
    Ok(Output { exit, ..Output::clean(stdout) })
}

fn unusable(error: impl Into<Vec<Diagnostic>>, sources: &SourceMap) -> Failure {
    Failure { diagnostics: error.into(), sources: sources.clone(), exit: Exit::Unusable }
}

/// Which policy or place and which months: the arguments first, else the first case that says so.
fn ask(
    arguments: &ReconcileArguments,
    asked: Option<(YearMonth, YearMonth)>,
    library: &Library,
    read: &Population,
) -> Result<(Policy, (YearMonth, YearMonth)), Failure> {
    let tops = || read.entries.iter().filter_map(|(_, node)| envelope(node).ok());
    let is_named = arguments.policy.is_some() || arguments.place.is_some();
    let stated = || tops().find(|top| top.policy.is_some() || top.place.is_some());
    let (policy, place) = match stated().filter(|_| !is_named) {
        Some(top) => (top.policy, top.place),
        None => (arguments.policy.clone(), arguments.place.clone()),
    };
    let months = asked.or_else(|| tops().find_map(|top| top.period).map(|month| (month, month)));
    let compiled = match (&policy, &place) {
        (Some(policy), _) => library.compile(policy),
        (None, Some(place)) => library.compile_place(place),
        (None, None) => {
            let policies = library.policies();
            let example = policies.first().map_or("", |policy| &policy.name);
            Err(problem::no_policy(example).into())
        }
    };
    let mut findings = Vec::new();
    if months.is_none() {
        findings.push(problem::no_period());
    }
    match (compiled, months) {
        (Ok(policy), Some(months)) => Ok((policy, months)),
        (compiled, _) => {
            findings.extend(compiled.err().into_iter().flatten());
            Err(unusable(findings, &read.sources))
        }
    }
}

fn payments(
    path: &Path,
    sources: &mut SourceMap,
    presumed: &Presumed,
) -> Result<PaymentList, Vec<Diagnostic>> {
    let is_json = path != Path::new("-") && input::is_lines(path);
    let (name, text) = input::read_table(path)?;
    if !is_json {
        let source = sources.add(&name, &text);
        return match sources.file(source) {
            Some(file) => Ok(read_csv(source, file, presumed)?),
            None => Ok(PaymentList::default()),
        };
    }
    let mut list = PaymentList::default();
    let mut findings = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("{name}:{}", at.saturating_add(1));
        let source: SourceId = sources.add(&place, line);
        if let Err(found) = read_json_row(&mut list, source, &place, line, presumed) {
            findings.extend(found);
        }
        if findings.len() >= MOST_FINDINGS {
            break;
        }
    }
    if findings.is_empty() { Ok(list) } else { Err(findings) }
}
