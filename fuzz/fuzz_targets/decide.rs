//! A policy, a line `=====`, and the facts of a case: whatever they are, checking, deciding and
//! explaining them ends, twice with the same bytes, and a plan decides what the interpreter does.
#![no_main]

use huize::diagnostic::{Diagnostic, Language, render};
use huize::engine::{Library, Policy, Question};
use huize::explain::text::{self, TextOptions};
use huize::explain::{Detail, json};
use huize::facts::read_json;
use huize::source::SourceMap;
use huize_fuzz::mutate_bytes;
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

const BETWEEN: &str = "\n=====\n";

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    mutate_bytes(data, size, most, seed, fuzzer_mutate)
});

fuzz_target!(|bytes: &[u8]| {
    let input = &*String::from_utf8_lossy(bytes);
    let (policy, facts) = input.split_once(BETWEEN).unwrap_or((input, "{}"));
    let library = Library::from_texts(vec![("fuzz.hz".to_owned(), policy.to_owned())]);
    shown(&library.check(), library.sources());
    for summary in library.policies() {
        match library.compile_with_cases(&summary.name) {
            Ok(policy) => tried(&policy, facts),
            Err(findings) => shown(&findings, library.sources()),
        }
    }
});

/// Reports are written whatever they point at.
fn shown(findings: &[Diagnostic], sources: &SourceMap) {
    for finding in findings {
        for language in [Language::Zh, Language::En] {
            assert!(!render::plain(finding, sources, language).is_empty());
        }
    }
}

fn tried(policy: &Policy, facts: &str) {
    for report in policy.run_cases() {
        shown(&report.failures, policy.sources());
    }
    let mut sources = policy.sources().clone();
    let source = sources.add("facts.json", facts);
    let bound = read_json(source, facts).and_then(|facts| policy.bind(&facts));
    let case = match bound {
        Ok(case) => case,
        Err(findings) => return shown(&findings, &sources),
    };
    let Ok(period) = "2023-06".parse() else { return };
    for strict in [false, true] {
        let question = Question { strict, ..Question::about(period) };
        let (Ok(one), Ok(two)) = (policy.decide(&case, &question), policy.decide(&case, &question))
        else {
            return;
        };
        assert_eq!(one, two, "the same question, another answer");
        let Ok(explanation) = policy.explain(&case, &question) else { return };
        let detail = Detail { full: true, ..Detail::default() };
        let options = TextOptions { color: false, width: 80, detail };
        assert!(!text::render(&explanation, Language::Zh, options).is_empty());
        assert!(!json::render(&explanation).is_empty());
    }
}
