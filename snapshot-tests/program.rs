//! Small programs: several in one file, each of one or several policy files.

use std::collections::BTreeMap;

use huize::diagnostic::Diagnostic;
use huize::engine::{CaseReport, Library, Policy};

use crate::CaseFile;

/// The codes of names that nothing reads, and that hide one another.
pub(crate) const OF_NAMES: [&str; 2] = ["huize::check::unused_name", "huize::check::shadowed_name"];

/// A small program under its heading.
pub(crate) struct Program {
    /// The heading.
    pub(crate) name: String,
    /// Its files: path and text.
    pub(crate) files: Vec<(String, String)>,
}

/// The programs of a file, cut at `--- name ---`. What stands under `--- preamble ---` is put
/// before each program that has no header of its own. `=== path ===` begins another file.
pub(crate) fn programs(case: &CaseFile) -> Vec<Program> {
    let mut sections: Vec<(String, String)> = Vec::new();
    for line in case.text.lines() {
        let heading = line.strip_prefix("--- ").and_then(|rest| rest.strip_suffix(" ---"));
        match (heading, sections.last_mut()) {
            (Some(name), _) => sections.push((name.to_owned(), String::new())),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {
                let remark = line.trim().is_empty() || line.starts_with('#');
                assert!(remark, "{}: text before the first `--- name ---`: {line}", case.path);
            }
        }
    }
    let preamble = sections
        .iter()
        .find(|(name, _)| name == "preamble")
        .map_or_else(String::new, |(_, text)| text.clone());
    sections
        .into_iter()
        .filter(|(name, _)| name != "preamble")
        .map(|(name, text)| {
            let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
            let complete = first.is_some_and(|line| {
                ["政策", "词汇", "policy", "vocabulary", "==="].iter().any(|w| line.starts_with(w))
            });
            let text = if complete { text } else { format!("{preamble}{text}") };
            Program { files: files(&name, &text), name }
        })
        .collect()
}

/// The files of one program.
pub(crate) fn files(name: &str, text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let path = line.strip_prefix("=== ").and_then(|rest| rest.strip_suffix(" ==="));
        if let Some(path) = path {
            files.push((path.to_owned(), String::new()));
            continue;
        }
        if files.is_empty() && !(line.trim().is_empty() || line.starts_with('#')) {
            files.push((format!("{name}.hz"), String::new()));
        }
        if let Some((_, text)) = files.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    files
}

/// What became of a program.
pub(crate) struct Checked {
    pub(crate) library: Library,
    /// Of the text, then of the cases that could not be bound or came out otherwise.
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) reports: Vec<CaseReport>,
    /// The policies that compiled.
    pub(crate) policies: Vec<Policy>,
}

/// Checks a program, and runs its cases where it has no errors.
pub(crate) fn run(files: &[(String, String)]) -> Checked {
    let library = Library::from_texts(files.to_vec());
    let mut findings = library.check();
    // A small program declares what its preamble does: only one that is about names says more.
    let is_asked = |code: &str| {
        let name = code.rsplit("::").next().unwrap_or(code);
        files.iter().any(|(path, text)| text.contains(code) || path.starts_with(name))
    };
    findings.retain(|finding| !OF_NAMES.contains(&finding.code) || is_asked(finding.code));
    let mut reports = Vec::new();
    let mut policies = Vec::new();
    for summary in library.policies() {
        let Ok(policy) = library.compile_with_cases(&summary.name) else { continue };
        reports.extend(policy.run_cases());
        policies.push(policy);
    }
    findings.extend(reports.iter().flat_map(|report| report.failures.clone()));
    Checked { library, findings, reports, policies }
}

/// Fails where two programs of a kind have one name.
pub(crate) fn assert_unique_names(kind: &str) {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for case in crate::case_files(kind) {
        for program in programs(&case) {
            if let Some(first) = seen.insert(program.name.clone(), case.path.clone()) {
                panic!("`{}` is in {first} and in {}", program.name, case.path);
            }
        }
    }
}
