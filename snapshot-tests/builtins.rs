//! The examples of the builtins: each is true of the example family, in both dialects.

use huize::builtins::{self, Builtin, EXAMPLE_POLICY, Example};
use huize::diagnostic::Language;
use huize::diagnostic::render::plain;
use huize::format::{Dialect, FormatOptions, format};
use huize::source::SourceMap;

use crate::program::run;

/// The example policy with these examples in one language as expectations.
fn with_examples(examples: &[Example], language: Language) -> String {
    let expected =
        examples.iter().map(|example| format!("  应当 {}\n", example.text.get(language)));
    std::iter::once(EXAMPLE_POLICY.to_owned()).chain(expected).collect()
}

fn examples(of: impl Fn(&Builtin) -> bool) -> Vec<Example> {
    let chosen = builtins::all().filter(|builtin| of(builtin));
    chosen.flat_map(|builtin| builtin.examples).copied().collect()
}

#[test]
fn examples_are_true() {
    for language in [Language::Zh, Language::En] {
        let checked =
            run(&[("example.hz".to_owned(), with_examples(&examples(|_| true), language))]);
        let sources = checked.library.sources();
        let found: Vec<String> =
            checked.findings.iter().map(|finding| plain(finding, sources, Language::Zh)).collect();
        assert!(found.is_empty(), "{}", found.join("\n"));
        assert_eq!(checked.reports.len(), 1, "the case ran");
    }
}

#[test]
fn examples_say_the_same_in_both_dialects() {
    let english = |text: &str| {
        let mut sources = SourceMap::default();
        let source = sources.add("example.hz", text);
        let options = FormatOptions { dialect: Some(Dialect::En), width: 1000 };
        format(source, text, &options).unwrap()
    };
    let expectations = |text: String, keyword: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.trim_start().starts_with(keyword));
        lines.map(|line| line.trim().to_owned()).collect()
    };
    // Forms that the English dialect does not have are left as they are.
    let examples = examples(|builtin| builtin.name.zh != builtin.name.en);
    let english = expectations(english(&with_examples(&examples, Language::Zh)), "expect ");
    let written: Vec<String> =
        examples.iter().map(|example| format!("expect {}", example.text.en)).collect();
    for (english, written) in english.iter().zip(&written) {
        assert_eq!(english, written);
    }
    assert_eq!(english.len(), written.len());
}
