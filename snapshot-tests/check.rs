//! `cases/check/*.hz`: what the checker says, by code, on the line where it says it. A line that
//! ends with `# error: [code]` or `# warning: [code]` has those findings and no others. What stands
//! behind a code ends a message, a label or a help of that line, in either language.

use std::collections::BTreeMap;

use huize::diagnostic::{Diagnostic, Severity};
use huize::source::SourceMap;

use crate::program::{Checked, Program, assert_unique_names, programs, run};
use crate::{case_files, each};

#[test]
fn findings_stand_on_their_lines() {
    each(&case_files("check"), |case| {
        let mut wrong = Vec::new();
        for program in programs(case) {
            let checked = run(&program.files);
            let found = found(&checked.findings, checked.library.sources());
            let wanted = wanted(&program.files);
            for line in found.keys().chain(wanted.keys()) {
                let (found, wanted) = (found.get(line), wanted.get(line));
                let report = format!(
                    "{}, {}: expected {}, found {}",
                    program.name,
                    line,
                    shown(wanted),
                    shown(found)
                );
                if found != wanted && !wrong.contains(&report) {
                    wrong.push(report);
                }
            }
            wrong.extend(unsaid(&program, &checked));
        }
        assert!(wrong.is_empty(), "{}\n{}", case.path, wrong.join("\n"));
    });
}

#[test]
fn names_are_unique() {
    assert_unique_names("check");
}

/// The words behind codes with which nothing ends that is said of their line.
fn unsaid(program: &Program, checked: &Checked) -> Vec<String> {
    let sources = checked.library.sources();
    let mut unsaid = Vec::new();
    for (path, text) in &program.files {
        for (at, line) in text.lines().enumerate() {
            let here = format!("{path}:{}", at + 1);
            let found = checked.findings.iter();
            let found = found.filter(|finding| place_of(finding, sources) == here);
            let said: Vec<&str> = found.flat_map(texts).collect();
            let parts = line.split('#').skip(1).filter_map(|part| part.split_once(']'));
            for words in parts.map(|(_, words)| words.trim()).filter(|words| !words.is_empty()) {
                if !said.iter().any(|text| text.ends_with(words)) {
                    let said = said.join("\n");
                    unsaid.push(format!("{}, {here}: not said: {words}\n{said}", program.name));
                }
            }
        }
    }
    unsaid
}

/// All that a finding says, in both languages.
fn texts(finding: &Diagnostic) -> impl Iterator<Item = &str> {
    let labels = finding.labels.iter().map(|label| &label.text);
    let texts = std::iter::once(&finding.message).chain(labels).chain(&finding.help);
    texts.flat_map(|text| [text.zh.as_str(), text.en.as_str()])
}

/// `file:line` of the primary place of a finding.
fn place_of(finding: &Diagnostic, sources: &SourceMap) -> String {
    let place = finding.span().map(|span| sources.place(span)).unwrap_or_default();
    place.rsplit_once(':').map_or("", |(line, _)| line).to_owned()
}

fn shown(codes: Option<&Vec<String>>) -> String {
    codes.map_or_else(|| "nothing".to_owned(), |codes| codes.join(", "))
}

/// `error: [code]` by `file:line`.
pub(crate) fn found(findings: &[Diagnostic], sources: &SourceMap) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for finding in findings {
        let line = place_of(finding, sources);
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        found.entry(line).or_default().push(format!("{severity}: [{}]", finding.code));
    }
    found.values_mut().for_each(|codes| codes.sort());
    found
}

pub(crate) fn wanted(files: &[(String, String)]) -> BTreeMap<String, Vec<String>> {
    let mut wanted: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in files {
        for (at, line) in text.lines().enumerate() {
            for part in line.split('#').skip(1).map(str::trim) {
                if part.starts_with("error: [") || part.starts_with("warning: [") {
                    let end = part.find(']').map_or(part.len(), |end| end + 1);
                    let line = format!("{path}:{}", at + 1);
                    wanted.entry(line).or_default().push(part[..end].to_owned());
                }
            }
        }
    }
    wanted.values_mut().for_each(|codes| codes.sort());
    wanted
}
