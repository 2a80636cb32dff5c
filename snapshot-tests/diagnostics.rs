//! `cases/diagnostics/<name>.hz`: what each code says in full, in both languages. The file is named
//! after the last part of the code.

use std::collections::BTreeSet;

use huize::diagnostic::render::plain;
use huize::diagnostic::{Diagnostic, Language};
use huize::engine::Policy;
use huize::eval::{Live, LookBack, Question, evaluate};
use huize::input::{InstanceId, bind_case};
use huize::source::SourceMap;
use huize::syntax::ast::DatePoint;
use huize::trace::Trace;

use crate::program::{files, run};
use crate::{assert_result, case_files, each, files_below, root};

/// Phases whose findings need no policy text: each is tested beside its code.
const OTHER_PHASES: [(&str, &str); 8] = [
    (
        "huize::engine::too_much_work",
        "facts of a size that no text should have: src/engine/tests.rs",
    ),
    ("huize::engine::unknown_place", "a place that is asked for: cases/cli/place.transcript"),
    ("huize::format::", "what a dialect cannot say: src/format/tests.rs"),
    ("huize::cli::", "arguments and files: src/cli and cases/cli"),
    ("huize::facts::", "texts of facts: src/facts/tests"),
    ("huize::input::", "facts that do not fit: cases/check/facts.hz and cases/cli"),
    ("huize::plan::", "what a plan cannot hold: src/plan/tests.rs"),
    ("huize::source::", "files that are no text: src/source/text.rs and cases/cli"),
];

/// Codes that no text can bring about.
const UNREACHABLE: [(&str, &str); 1] = [("huize::internal", "a defect of ours")];

#[test]
fn diagnostics_say_what_to_change() {
    each(&case_files("diagnostics"), |case| {
        let files = files(case.stem(), &case.text);
        let checked = run(&files);
        let sources = checked.library.sources();
        let mut findings = checked.findings;
        for policy in &checked.policies {
            findings.extend(faults(policy));
        }
        // A mark of another phase says the same again; the code in question comes alone.
        findings.retain(|finding| finding.code.ends_with(&format!("::{}", case.stem())));
        assert!(!findings.is_empty(), "{} does not bring about its code", case.path);
        let shown: Vec<String> = findings
            .iter()
            .flat_map(|finding| [Language::Zh, Language::En].map(|l| plain(finding, sources, l)))
            .collect();
        assert_result(case, &case.text, &shown.join("\n"));
    });
}

/// The errors of the decisions and payments of each case.
fn faults(policy: &Policy) -> Vec<Diagnostic> {
    let program = policy.program();
    let mut findings: Vec<Diagnostic> = Vec::new();
    for written in &program.cases {
        let written = &written.written;
        let Some((DatePoint::Month(month), _)) = written.period else { continue };
        let sources: &SourceMap = policy.sources();
        let Ok(case) = bind_case(program, written, sources) else { continue };
        let question = Question::about(month);
        let look_back = LookBack::of(program, &Live::all(program));
        let evaluation = evaluate(program, &Live::all(program), look_back, &case, question);
        let language = Language::Zh;
        let trace = Trace { program, sources, case: &case, evaluation: &evaluation, language };
        for definition in &program.definitions {
            let Some(root) = definition.root else { continue };
            for at in 0..case.of(definition.subject).len() {
                let who = InstanceId(u32::try_from(at).unwrap());
                if let Some(fault) = trace.value(root, who).as_fault() {
                    let finding = trace.fault_diagnostic(fault);
                    if !findings.contains(&finding) {
                        findings.push(finding);
                    }
                }
            }
        }
    }
    findings
}

#[test]
fn every_code_has_its_case() {
    let cases: BTreeSet<String> =
        case_files("diagnostics").iter().map(|case| case.stem().to_owned()).collect();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for code in codes() {
        let name = code.rsplit("::").next().unwrap_or_default().to_owned();
        let other = OTHER_PHASES.iter().any(|(phase, _)| code.starts_with(phase));
        let unreachable = UNREACHABLE.iter().any(|(known, _)| *known == code);
        if other || unreachable {
            continue;
        }
        assert!(cases.contains(&name), "{code}: cases/diagnostics/{name}.hz is missing");
        assert!(names.insert(name), "{code}: another phase has a code of that name");
    }
    let orphans: Vec<&String> = cases.difference(&names).collect();
    assert!(orphans.is_empty(), "cases of no code: {orphans:?}");
}

/// Every code that stands in the sources, tests left out.
fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for path in files_below(&root().join("src")) {
        let in_tests = path.components().any(|part| part.as_os_str() == "tests");
        if in_tests || path.ends_with("tests.rs") || path.extension().is_none_or(|e| e != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
        for part in text.split("\"huize::").skip(1) {
            let Some((code, _)) = part.split_once('"') else { continue };
            codes.insert(format!("huize::{code}"));
        }
    }
    codes
}
