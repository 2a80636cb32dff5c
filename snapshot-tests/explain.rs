//! `cases/explain/*.json`: the facts of a family under the policies that come with huize, and all
//! that is said of them: in text in both languages, in Markdown, and as the decision in JSON.

use huize::diagnostic::Language;
use huize::diagnostic::render::plain;
use huize::engine::{Library, Question, envelope};
use huize::explain::text::TextOptions;
use huize::explain::{markdown, text};
use huize::facts::json::read_json;
use huize::source::SourceMap;

use crate::{assert_result, case_files, each};

#[test]
fn explanations_say_how_it_came_about() {
    let library = Library::builtin();
    each(&case_files("explain"), |case| {
        let mut sources = SourceMap::default();
        let source = sources.add(&case.path, &case.text);
        let said = |findings: Vec<huize::diagnostic::Diagnostic>| -> String {
            findings.iter().map(|finding| plain(finding, &sources, Language::Zh)).collect()
        };
        let facts = read_json(source, &case.text).map_err(said).unwrap();
        let asked = envelope(&facts).map_err(said).unwrap();
        let policy = library.compile(&asked.policy.unwrap()).map_err(said).unwrap();
        let bound = policy.bind(&facts).map_err(said).unwrap();
        let question = Question::about(asked.period.unwrap());
        let mut parts = Vec::new();
        for language in [Language::Zh, Language::En] {
            let explanation = policy.explain_in(&bound, &question, language).unwrap();
            let options = TextOptions { color: false, width: 100, full: false };
            parts.push(text::render(&explanation, language, options));
            if language == Language::Zh {
                parts.push(markdown::render(&explanation, language));
            }
        }
        parts.swap(1, 2);
        let decision = policy.decide(&bound, &question).unwrap();
        parts.push(serde_json::to_string_pretty(&decision).unwrap());
        assert_result(case, &case.text, &parts.join("\n-----\n\n"));
    });
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    for case in case_files("explain") {
        let decide = || {
            let mut sources = SourceMap::default();
            let source = sources.add(&case.path, &case.text);
            let facts = read_json(source, &case.text).unwrap();
            let asked = envelope(&facts).unwrap();
            let policy = Library::builtin().compile(&asked.policy.unwrap()).unwrap();
            let bound = policy.bind(&facts).unwrap();
            let question = Question::about(asked.period.unwrap());
            let explanation = policy.explain(&bound, &question).unwrap();
            huize::explain::json::render(&explanation)
        };
        assert_eq!(decide(), decide(), "{}", case.path);
    }
}
