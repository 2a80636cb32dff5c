//! Facts of any size and shape: an error with a code or a decision, within bounded memory, and never
//! a panic. A test binary of its own, because it counts what is allocated.
#![expect(clippy::unwrap_used, reason = "a test that cannot make its own facts fails")]

use std::time::{Duration, Instant};

use allocation_counter::measure;
use huize::diagnostic::{DecisionError, Diagnostic, FactsError, Language, render};
use huize::engine::{JsonService, Library, Policy, Question};
use huize::facts::{
    Facts, MOST_BYTES, MOST_LEVELS, MOST_VALUES, Node, from_json_value, from_serialize, read_json,
    read_yaml,
};
use huize::plan::{Plan, Workspace};
use huize::source::SourceMap;

/// More than anything here takes on a machine that does ten other things.
const LONGEST: Duration = Duration::from_secs(120);

/// What facts may take while they are read both ways, bound and decided, however large they are.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;

struct Law {
    dibao: Policy,
    plan: Plan,
}

fn law() -> Law {
    let dibao = Library::builtin().compile("zhongshan.dibao").unwrap();
    let text = include_str!("../benches/w1/w1.hz").to_owned();
    let library = Library::from_texts(vec![("w1.hz".to_owned(), text)]);
    let policy = library.compile("bench.w1").unwrap();
    let plan = Plan::new(&policy, Question::about("2026-01".parse().unwrap())).unwrap();
    Law { dibao, plan }
}

/// Everything that becomes of a text: read both ways, bound, decided, planned. The codes of what
/// was refused as JSON; nothing where it was decided.
fn codes(law: &Law, text: &str) -> Vec<&'static str> {
    let question = Question::about("2023-06".parse().unwrap());
    let mut found = Vec::new();
    let begun = Instant::now();
    let taken = measure(|| {
        let mut sources = SourceMap::default();
        let source = sources.add("facts", text);
        let decided = |facts: Result<Node, FactsError>| -> Result<(), DecisionError> {
            let case = law.dibao.bind(&facts?)?;
            law.dibao.decide(&case, &question).map(drop)
        };
        if let Err(error) = decided(read_yaml(source, text)) {
            shown(&error, &sources);
        }
        if let Err(error) = decided(read_json(source, text)) {
            shown(&error, &sources);
            found = error.codes().collect();
        }
        let mut answer = String::new();
        if let Err(findings) = law.plan.answer(text, true, &mut Workspace::default(), &mut answer) {
            shown(&findings, &sources);
        }
    });
    assert!(
        taken.bytes_max < MOST_MEMORY,
        "{} bytes for a text of {}",
        taken.bytes_max,
        text.len()
    );
    assert!(begun.elapsed() < LONGEST, "{:?} for a text of {}", begun.elapsed(), text.len());
    found
}

/// Refused means said: in both languages, in texts that a person can read.
fn shown(findings: &[Diagnostic], sources: &SourceMap) {
    assert!(!findings.is_empty() && findings.len() <= 200, "{} findings", findings.len());
    for finding in findings {
        assert!(finding.code.starts_with("huize::"), "{}", finding.code);
        for language in [Language::Zh, Language::En] {
            let text = render::plain(finding, sources, language);
            assert!(text.len() < 64 * 1024, "{} bytes for {}", text.len(), finding.code);
        }
    }
}

/// Holds that a document is refused with that code, among others.
#[track_caller]
fn refused(law: &Law, text: &str, code: &str) {
    let found = codes(law, text);
    let shown: String = text.chars().take(80).collect();
    assert!(found.contains(&code), "{found:?} instead of {code}: {shown}");
}

fn household(inside: &str) -> String {
    format!("{{\"household\": {{{inside}}}}}")
}

#[test]
fn texts_too_large_or_too_deep_are_refused_before_they_are_read() {
    let law = law();
    let spaces = format!("{{}}{}", " ".repeat(MOST_BYTES));
    refused(&law, &spaces, "huize::facts::too_large");
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for depth in [MOST_LEVELS + 1, 1_000_000] {
            let text = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            refused(&law, &text, "huize::facts::too_deep");
            // Not even closed.
            refused(&law, &open.repeat(depth), "huize::facts::too_deep");
        }
    }
    let deep = household(&format!("\"members\": [{}{}]", "[".repeat(60), "]".repeat(60)));
    refused(&law, &deep, "huize::input::not_a_map");
}

#[test]
fn very_many_values_are_refused() {
    let law = law();
    let members = |count: usize, each: &str| {
        household(&format!("\"members\": [{}]", vec![each; count].join(",")))
    };
    let person = "{\"id\": \"甲\", \"birth_date\": \"1980-02-01\"}";
    for (each, values) in [("{}", 1), ("1", 1), (person, 3)] {
        let most = members(MOST_VALUES / values, each);
        refused(&law, &most, "huize::facts::too_many_values");
        assert!(!codes(&law, &members(MOST_VALUES / values / 4, each)).is_empty(), "{each}");
    }
    refused(&law, &format!("[{}1]", "1,".repeat(4_000_000)), "huize::facts::too_many_values");
    let names = |count: usize| {
        let each = (0..count).map(|at| format!("\"n{at}\": 1"));
        household(&each.collect::<Vec<_>>().join(","))
    };
    refused(&law, &names(500_000), "huize::facts::too_many_values");
    refused(&law, &names(MOST_VALUES - 10), "huize::input::unknown_field");
    // One name over and over.
    let again = household(&vec!["\"cars\": 1"; MOST_VALUES - 10].join(","));
    refused(&law, &again, "huize::facts::duplicate_key");
    // Floats without end: some of them are said.
    let floats = "1.5,".repeat(MOST_VALUES - 10);
    refused(&law, &household(&format!("\"members\": [{floats}0]")), "huize::facts::float_number");
    // A history of very many days, some of them twice, and one of as many as there are.
    let day = |at: usize| {
        format!("\"{:04}-{:02}-{:02}\": 1", 1900 + at / 336, 1 + at / 28 % 12, 1 + at % 28)
    };
    let dated = |days: Vec<String>| household(&format!("\"cars\": {{{}}}", days.join(",")));
    refused(
        &law,
        &dated((0..150_000).map(|at| day(at % 67_000)).collect()),
        "huize::facts::duplicate_key",
    );
    drop(codes(&law, &dated((0..67_000).map(day).collect())));
}

#[test]
fn very_long_values_are_refused_in_few_words() {
    let law = law();
    let long = "9".repeat(1_000_000);
    let name = "长".repeat(300_000);
    for (inside, code) in [
        (format!("\"cars\": {long}"), "huize::input::wrong_value"),
        (format!("\"cars\": -{long}"), "huize::input::wrong_value"),
        (format!("\"cars\": \"{long}\""), "huize::input::wrong_value"),
        (format!("\"financial_assets\": \"0.{long}\""), "huize::input::wrong_value"),
        (format!("\"financial_assets\": \"1{}\"", "0".repeat(300)), "huize::input::wrong_value"),
        (format!("\"cars\": 1{}", "0".repeat(300)), "huize::input::wrong_value"),
        ("\"cars\": 1e300".to_owned(), "huize::facts::float_number"),
        ("\"cars\": -0.0".to_owned(), "huize::facts::float_number"),
        (format!("\"{name}\": 1"), "huize::input::unknown_field"),
        (format!("\"area\": \"{name}\""), "huize::input::wrong_value"),
        (
            format!("\"members\": [{{\"id\": \"甲\", \"birth_date\": \"{name}\"}}]"),
            "huize::input::invalid_date",
        ),
    ] {
        refused(&law, &household(&inside), code);
    }
    let policy =
        format!("{{\"policy\": \"{name}\", \"period\": \"2023-06\", \"household\": {{}}}}");
    let service = JsonService::new(Library::builtin());
    let said = service.decide(&policy).unwrap_err();
    assert!(said.contains("huize::engine::unknown_policy"), "{}", said.len());
    assert!(said.len() < 64 * 1024, "{} bytes about a name", said.len());
}

#[test]
fn characters_that_are_none_are_refused_where_they_stand() {
    let law = law();
    for (text, code) in [
        ("\u{feff}{}", "huize::facts::invalid_json"),
        ("{\"household\": {\"area\": \"\0\"}}", "huize::facts::invalid_json"),
        ("\0{}", "huize::facts::invalid_json"),
        (r#"{"household": {"area": "\u0000"}}"#, "huize::input::wrong_value"),
        (r#"{"household": {"area": "\ud800"}}"#, "huize::facts::invalid_json"),
        (r#"{"household": {"area": "\udc00\ud800"}}"#, "huize::facts::invalid_json"),
        (r#"{"household": {"\ud83d": 1}}"#, "huize::facts::invalid_json"),
        (r#"{"household": {"area": "\ud83d\ude00"}}"#, "huize::input::wrong_value"),
        ("{\"household\": {\"area\": \"\u{202e}\u{2066}\"}}", "huize::input::wrong_value"),
        ("", "huize::facts::empty_file"),
        ("\u{3000}", "huize::facts::empty_file"),
    ] {
        refused(&law, text, code);
    }
}

#[test]
fn values_of_a_program_are_held_to_the_same() {
    let law = law();
    // Deeper than a text may be, and deeper than a recursion would bear.
    let mut deep = serde_json::json!(1);
    for _ in 0..2_000 {
        deep = serde_json::Value::Array(vec![deep]);
    }
    let found = from_json_value(&deep).unwrap_err();
    assert_eq!(found.first().map(|finding| finding.code), Some("huize::facts::too_deep"));
    let keys = std::collections::BTreeMap::from([(1_u8, "a"), (2, "b")]);
    assert!(from_serialize(&keys).is_ok(), "whole numbers are written as names");
    let keys = std::collections::BTreeMap::from([(vec![1_u8], 1)]);
    let found = from_serialize(&keys).unwrap_err();
    assert_eq!(found.first().map(|finding| finding.code), Some("huize::facts::not_serialisable"));
    let found = from_serialize(&f64::NAN).map(|facts| law.dibao.bind(&facts));
    assert!(matches!(found, Ok(Err(_))), "no number is null, and null is no document");

    let people = (0..5_000).map(|at| Facts::new().set("id", at.to_string())).collect();
    let facts = Facts::new().part("household", Facts::new().list("members", people)).build();
    let found = law.dibao.bind(&facts).expect_err("too many people");
    assert_eq!(found.first().map(|finding| finding.code), Some("huize::input::too_many_members"));
}
