//! `cases/diagnostics/`: what each code says in full, in both languages. `<name>.hz` is a policy and
//! named after the last part of the code; `<phase>-<name>.json` (or `.yaml`) are facts for the
//! policies that come with huize. The catalogue of codes shows them.

use std::collections::BTreeSet;

use huize::diagnostic::render::plain;
use huize::diagnostic::{Diagnostic, Language, catalogue};
use huize::engine::{Asked, Library, Policy, envelope};
use huize::eval::{Live, LookBack, Question, evaluate};
use huize::facts::{read_json, read_yaml};
use huize::input::{InstanceId, bind_case};
use huize::source::SourceMap;
use huize::syntax::ast::DatePoint;
use huize::trace::Trace;

use crate::program::{files, run};
use crate::{CaseFile, assert_result, case_files, each, files_below, root};

#[test]
fn diagnostics_say_what_to_change() {
    let builtin = Library::builtin();
    each(&case_files("diagnostics"), |case| {
        let (mut findings, sources) = match case.path.rsplit_once('.') {
            Some((_, "hz")) => of_policy(case),
            _ => of_facts(case, &builtin),
        };
        // A mark of another phase says the same again; the code in question comes alone.
        let ending = format!("::{}", case.stem().replace('-', "::"));
        findings.retain(|finding| finding.code.ends_with(&ending));
        assert!(!findings.is_empty(), "{} does not bring about its code", case.path);
        let shown: Vec<String> = findings
            .iter()
            .flat_map(|finding| [Language::Zh, Language::En].map(|l| plain(finding, &sources, l)))
            .collect();
        assert_result(case, &case.text, &shown.join("\n"));
    });
}

/// What is found in a policy and in deciding its cases.
fn of_policy(case: &CaseFile) -> (Vec<Diagnostic>, SourceMap) {
    let checked = run(&files(case.stem(), &case.text));
    let mut findings = checked.findings;
    for policy in &checked.policies {
        findings.extend(faults(policy));
    }
    (findings, checked.library.sources().clone())
}

/// What is found in the facts of a case.
fn of_facts(case: &CaseFile, builtin: &Library) -> (Vec<Diagnostic>, SourceMap) {
    let mut sources = builtin.sources().clone();
    let (_, name) = case.path.rsplit_once('/').unwrap();
    let source = sources.add(name, &case.text);
    let read = if name.ends_with(".yaml") { read_yaml } else { read_json };
    let findings = || -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let facts = read(source, &case.text)?;
        let asked = envelope(&facts)?;
        let policy = builtin.compile(&asked.policy.unwrap())?;
        let bound = policy.bind(&facts)?;
        let question = Question::about(asked.period.unwrap());
        Ok(policy.unstated(&bound, &policy.decide(&bound, &question)?))
    };
    let found = findings().unwrap_or_else(|findings| findings);
    (found, sources)
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
        let secrets = None;
        let trace =
            Trace { program, sources, case: &case, evaluation: &evaluation, language, secrets };
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
        let mut run = policy.targets(Asked::between(month, month));
        run.add("", case.into()).unwrap();
        let mut all = huize::input::Case::new(program);
        all.population = run.population();
        let evaluation = evaluate(program, &Live::all(program), look_back, &all, question);
        let evaluation = &evaluation;
        let trace = Trace { program, sources, case: &all, evaluation, language, secrets: None };
        for target in &program.targets {
            let value = trace.value(target.root, InstanceId(0));
            findings.extend(value.as_fault().map(|fault| trace.fault_diagnostic(fault)));
        }
    }
    findings
}

#[test]
fn the_catalogue_has_every_code() {
    let known: BTreeSet<String> = catalogue::all().map(|entry| entry.code.to_owned()).collect();
    let raised = codes();
    let lacking: Vec<&String> = raised.difference(&known).collect();
    assert!(lacking.is_empty(), "add to src/diagnostic/catalogue/: {lacking:?}");
    let dead: Vec<&String> = known.difference(&raised).collect();
    assert!(dead.is_empty(), "nothing raises these codes of the catalogue: {dead:?}");
    assert_eq!(known.len(), catalogue::all().count(), "a code has two entries");
}

#[test]
fn every_code_has_its_case() {
    let mut cases: BTreeSet<String> =
        case_files("diagnostics").iter().map(|case| case.stem().to_owned()).collect();
    let tests = texts_of_tests();
    for entry in catalogue::all() {
        let code = entry.code;
        if entry.occasion.is_some() {
            let tried = code == "huize::internal"
                || tests.iter().any(|text| text.contains(code) || text.contains(&bare(code)));
            assert!(tried, "{code}: no test brings it about");
            assert!(entry.example().is_none(), "{code}: it has an example and an occasion");
            continue;
        }
        let (name, full) = (entry.name().to_owned(), format!("{}-{}", entry.phase(), entry.name()));
        assert!(
            cases.remove(&full) || cases.remove(&name),
            "{code}: cases/diagnostics/{name}.hz (or {full}.json) is missing"
        );
        assert!(entry.example().is_some(), "{code}: its case has no result yet");
    }
    assert!(cases.is_empty(), "cases of no code: {cases:?}");
}

/// How the tests of facts name a code: `too_large 1:1`.
fn bare(code: &str) -> String {
    format!("\"{} ", code.rsplit("::").next().unwrap_or_default())
}

/// Everything that tests hold still.
fn texts_of_tests() -> Vec<String> {
    let in_source = files_below(&root().join("src")).into_iter().filter(|path| {
        path.components().any(|part| part.as_os_str() == "tests") || path.ends_with("tests.rs")
    });
    let inline = ["src/source/text.rs".into()].map(|path: std::path::PathBuf| root().join(path));
    in_source
        .chain(inline)
        .chain(files_below(&root().join("snapshot-tests/cases/cli")))
        .chain(files_below(&root().join("snapshot-tests/cases/repl")))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect()
}

/// Every code that stands in the sources, tests left out.
fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for path in files_below(&root().join("src")) {
        let skipped = ["tests", "catalogue"];
        let aside =
            path.components().any(|part| skipped.iter().any(|name| part.as_os_str() == *name));
        if aside
            || path.ends_with("catalogue.rs")
            || path.ends_with("tests.rs")
            || path.extension().is_none_or(|e| e != "rs")
        {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
        for part in text.split("\"huize::").skip(1) {
            let Some((code, _)) = part.split_once('"') else { continue };
            if !code.is_empty() {
                codes.insert(format!("huize::{code}"));
            }
        }
    }
    codes
}
