//! `huize test`: the cases written in policies, and what of the policies they try.

use std::collections::BTreeSet;

use huize::diagnostic::{Diagnostic, JsonDiagnostic, Severity, to_json};
use huize::engine::{
    Boundaries, CaseReport, Coverage, Library, PolicySummary, Tally, ThingKind, Untried,
};
use huize::source::{SourceId, Span};
use serde::Serialize;

use super::args::{ReportFormat, TestArguments};
use super::boundaries::{self, JsonBoundaries};
use super::terminal::Terminal;
use super::{Exit, Failure, Output, input};

pub(super) fn run(arguments: &TestArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let library = input::library(&arguments.paths, arguments.policies.as_deref())
        .map_err(Failure::unusable)?;
    let policies = asked_for(&library, arguments)?;
    let boundaries = arguments.boundaries.then(Boundaries::default);
    let mut found = Found { boundaries, ..Found::default() };
    for policy in &policies {
        match library.compile_with_cases(&policy.name) {
            Ok(compiled) => {
                found.files.extend(library.sources_of(&policy.name));
                let coverage = &mut found.coverage;
                let reports = match &mut found.boundaries {
                    Some(boundaries) => compiled.run_cases_trying(coverage, boundaries),
                    None => compiled.run_cases_covering(coverage),
                };
                found.reports.extend(reports.into_iter().map(|report| (policy.clone(), report)));
            }
            // Warnings are for `huize check`; what keeps a policy from running is an error.
            Err(findings) => found
                .broken
                .extend(findings.into_iter().filter(|finding| finding.severity == Severity::Error)),
        }
    }
    found.broken.extend(unread(&library, arguments));
    let stdout = match arguments.format {
        ReportFormat::Text => found.text(&library, arguments.uncovered, terminal),
        ReportFormat::Json => found.json(&library),
    };
    let any_failed = found.reports.iter().any(|(_, report)| !report.passed);
    let exit = if any_failed || !found.broken.is_empty() { Exit::Findings } else { Exit::Clean };
    Ok(Output { exit, ..Output::clean(stdout) })
}

/// The errors of the files asked for in which no policy could be read: they have cases that did not
/// run.
fn unread(library: &Library, arguments: &TestArguments) -> Vec<Diagnostic> {
    let asked_for = input::names_of(&arguments.paths);
    let mut of_policies: BTreeSet<SourceId> = BTreeSet::new();
    for policy in library.policies() {
        of_policies.extend(library.sources_of(&policy.name));
    }
    let is_unread = |source: SourceId| {
        let name = library.sources().file(source).map_or("", |file| file.name());
        let is_in = |path: &String| name.strip_prefix(path.as_str()).is_some_and(in_folder);
        !of_policies.contains(&source) && asked_for.iter().any(is_in)
    };
    let sources = library.sources().iter();
    if !sources.map(|(source, _)| source).any(is_unread) {
        return Vec::new();
    }
    let mut errors = library.check();
    errors.retain(|finding| {
        finding.severity == Severity::Error
            && finding.span().is_some_and(|span| is_unread(span.source))
    });
    errors
}

/// Whether what is left of a path names the file itself or one below a folder.
fn in_folder(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}

/// The policies whose cases are to be run.
fn asked_for(library: &Library, arguments: &TestArguments) -> Result<Vec<PolicySummary>, Failure> {
    let mut policies = library.policies();
    let only_files = arguments.paths.iter().all(|path| path.is_file());
    if !arguments.paths.is_empty() && only_files {
        let asked_for = input::names_of(&arguments.paths);
        policies.retain(|policy| asked_for.contains(&policy.file));
    }
    if let Some(name) = &arguments.policy {
        policies.retain(|policy| is_called(policy, name));
        if policies.is_empty() {
            // Compiling a policy that is not there says which ones are.
            let diagnostics = library.compile(name).err().map_or_else(Vec::new, Vec::from);
            let sources = library.sources().clone();
            return Err(Failure { diagnostics, sources, exit: Exit::Unusable });
        }
    }
    Ok(policies)
}

fn is_called(policy: &PolicySummary, name: &str) -> bool {
    policy.name == name || policy.alias.as_deref() == Some(name)
}

/// What came of the run.
#[derive(Default)]
struct Found {
    reports: Vec<(PolicySummary, CaseReport)>,
    /// Findings that kept policies from running.
    broken: Vec<Diagnostic>,
    coverage: Coverage,
    /// Where they were asked for.
    boundaries: Option<Boundaries>,
    /// The files of the policies that were run: what they stand on is not asked about.
    files: BTreeSet<SourceId>,
}

impl Found {
    fn passed(&self) -> usize {
        self.reports.iter().filter(|(_, report)| report.passed).count()
    }

    fn failed(&self) -> impl Iterator<Item = &(PolicySummary, CaseReport)> {
        self.reports.iter().filter(|(_, report)| !report.passed)
    }

    fn untried(&self) -> Vec<Untried> {
        self.coverage.untried(|source| self.files.contains(&source))
    }

    fn tally(&self, kind: ThingKind) -> Tally {
        self.coverage.tally(kind, |source| self.files.contains(&source))
    }

    fn total(&self) -> Tally {
        self.coverage.total(|source| self.files.contains(&source))
    }

    fn text(&self, library: &Library, uncovered: bool, terminal: &Terminal) -> String {
        let mut out = terminal.report_to_stdout(&self.broken, library.sources());
        for (policy, report) in self.failed() {
            let word = terminal.say("未通过", "failed");
            let (name, title, place) = (&policy.name, &report.title, &report.place);
            out.push_str(&format!("{word} {name} “{title}” ({place})\n"));
            out.push_str(&terminal.report_to_stdout(&report.failures, library.sources()));
            out.push('\n');
        }
        if uncovered {
            out.push_str(&untried_lines(&self.untried(), library, terminal));
        }
        if let Some(tried) = self.tried() {
            out.push_str(&tried.lines(library, terminal));
        }
        let (passed, failed) = (self.passed(), self.failed().count());
        let zh = format!("通过 {passed}，未通过 {failed}\n");
        let en = format!("{passed} passed, {failed} failed\n");
        out.push_str(terminal.say(&zh, &en));
        out.push_str(&self.coverage_line(uncovered, terminal));
        if let Some(tried) = self.tried() {
            out.push_str(&tried.summary(terminal));
        }
        out
    }

    fn tried(&self) -> Option<boundaries::Found<'_>> {
        let boundaries = self.boundaries.as_ref()?;
        Some(boundaries::Found { boundaries, files: &self.files })
    }

    /// `覆盖 95.3%（812／852）：规则 98/100，…`
    fn coverage_line(&self, uncovered: bool, terminal: &Terminal) -> String {
        let total = self.total();
        if total.all == 0 {
            return String::new();
        }
        let hint = match (total.tried == total.all, uncovered) {
            (true, _) | (_, true) => "",
            _ => terminal.say("；--uncovered 列出没有试到的", "; --uncovered lists the rest"),
        };
        let kinds = ThingKind::ALL.iter().map(|kind| (kind.words(), self.tally(*kind)));
        let line = tally_line(("覆盖", "coverage"), total, kinds, terminal);
        format!("{line}{hint}\n")
    }

    fn json(&self, library: &Library) -> String {
        let sources = library.sources();
        let json = |findings: &[Diagnostic]| -> Vec<JsonDiagnostic> {
            findings.iter().map(|finding| to_json(finding, sources)).collect()
        };
        let report = JsonReport {
            passed: self.passed(),
            failed: self.failed().count(),
            failures: self
                .failed()
                .map(|(policy, report)| JsonFailure {
                    policy: policy.name.clone(),
                    title: report.title.clone(),
                    place: report.place.clone(),
                    findings: json(&report.failures),
                })
                .collect(),
            findings: json(&self.broken),
            coverage: JsonCoverage {
                percent: percent(self.total()),
                total: JsonTally::new("all", self.total()),
                kinds: ThingKind::ALL
                    .iter()
                    .map(|kind| JsonTally::new(kind.code(), self.tally(*kind)))
                    .collect(),
                untried: self
                    .untried()
                    .into_iter()
                    .map(|thing| JsonUntried {
                        kind: thing.kind.code(),
                        place: sources.place(thing.span),
                        missing: thing.ways.iter().map(|way| way.wanted(thing.kind).1).collect(),
                        name: thing.name,
                    })
                    .collect(),
            },
            boundaries: self.tried().map(|tried| tried.json(library)),
        };
        // INVARIANT: the report holds only texts, numbers and lists, which always serialise.
        format!("{}\n", serde_json::to_string_pretty(&report).unwrap_or_default())
    }
}

/// What no case tries, each by its kind and name.
fn untried_lines(untried: &[Untried], library: &Library, terminal: &Terminal) -> String {
    let lines = untried.iter().map(|thing| {
        let ways: Vec<&str> = thing
            .ways
            .iter()
            .map(|way| way.wanted(thing.kind))
            .map(|(zh, en)| terminal.say(zh, en))
            .collect();
        let (kind, name) = (thing.kind.words(), thing.name.as_str());
        (thing.span, kind, name, ways.join(terminal.say("、", ", ")))
    });
    lines_by_file(lines, library, terminal)
}

/// Under each file, its places in order: what stands there, and what is lacking.
pub(super) fn lines_by_file<'n>(
    places: impl Iterator<Item = (Span, (&'static str, &'static str), &'n str, String)>,
    library: &Library,
    terminal: &Terminal,
) -> String {
    let mut out = String::new();
    let mut file = None;
    let colon = terminal.say("：", ": ");
    for (span, (zh, en), name, lacking) in places {
        let Some(text) = library.sources().file(span.source) else { continue };
        if file != Some(span.source) {
            file = Some(span.source);
            out.push_str(&format!("{}\n", text.name()));
        }
        let (line, _) = text.line_column(span.start);
        let kind = terminal.say(zh, en);
        out.push_str(&format!("  {line:>5}  {kind} {name}{colon}{lacking}\n"));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// `覆盖 95.3%：规则 98/100，…`: how much was tried, and how much of each kind there is any of.
pub(super) fn tally_line(
    (zh, en): (&str, &str),
    total: Tally,
    kinds: impl Iterator<Item = ((&'static str, &'static str), Tally)>,
    terminal: &Terminal,
) -> String {
    let parts: Vec<String> = kinds
        .filter(|(_, tally)| tally.all > 0)
        .map(|((zh, en), tally)| format!("{} {}/{}", terminal.say(zh, en), tally.tried, tally.all))
        .collect();
    let parts = parts.join(terminal.say("，", ", "));
    format!("{} {}{}{parts}", terminal.say(zh, en), percent(total), terminal.say("：", ": "))
}

pub(super) fn percent(tally: Tally) -> String {
    let per_mille = tally.per_mille();
    format!("{}.{}%", per_mille / 10, per_mille % 10)
}

#[derive(Serialize)]
struct JsonReport {
    passed: usize,
    failed: usize,
    failures: Vec<JsonFailure>,
    findings: Vec<JsonDiagnostic>,
    coverage: JsonCoverage,
    #[serde(skip_serializing_if = "Option::is_none")]
    boundaries: Option<JsonBoundaries>,
}

#[derive(Serialize)]
struct JsonFailure {
    policy: String,
    title: String,
    place: String,
    findings: Vec<JsonDiagnostic>,
}

#[derive(Serialize)]
struct JsonCoverage {
    percent: String,
    total: JsonTally,
    kinds: Vec<JsonTally>,
    untried: Vec<JsonUntried>,
}

#[derive(Serialize)]
pub(super) struct JsonTally {
    pub(super) kind: &'static str,
    pub(super) tried: usize,
    pub(super) all: usize,
}

impl JsonTally {
    pub(super) fn new(kind: &'static str, tally: Tally) -> Self {
        Self { kind, tried: tally.tried, all: tally.all }
    }
}

#[derive(Serialize)]
struct JsonUntried {
    kind: &'static str,
    name: String,
    place: String,
    missing: Vec<&'static str>,
}
