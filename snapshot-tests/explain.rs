//! `cases/explain/*.json`: the facts of a family under the policies that come with huize, and all
//! that is said of them: in text in both languages, in Markdown, and as the decision in JSON.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use huize::diagnostic::Language;
use huize::engine::{Library, Question, envelope};
use huize::explain::graph::Index;
use huize::explain::notice::{Notice, Office};
use huize::explain::text::TextOptions;
use huize::explain::view::{ConditionView, Explanation, Held, OutcomeView};
use huize::explain::{Detail, markdown, sheet, text};
use huize::facts::json::read_json;
use huize::source::SourceMap;

use crate::{assert_result, case_files, each};

#[test]
fn explanations_say_how_it_came_about() {
    let library = Library::builtin();
    each(&case_files("explain"), |case| {
        let mut sources = SourceMap::default();
        let source = sources.add(&case.path, &case.text);
        let facts = read_json(source, &case.text).unwrap();
        let asked = envelope(&facts).unwrap();
        let policy = library.compile(&asked.policy.unwrap()).unwrap();
        let bound = policy.bind(&facts).unwrap();
        let question = Question::about(asked.period.unwrap());
        let mut parts = Vec::new();
        for language in [Language::Zh, Language::En] {
            let explanation = policy.explain_in(&bound, &question, language).unwrap();
            let options = TextOptions::default();
            parts.push(text::render(&explanation, language, options));
            if language == Language::Zh {
                parts.push(markdown::render(&explanation, language, Detail::default()));
            }
        }
        parts.swap(1, 2);
        let decision = policy.decide(&bound, &question).unwrap();
        parts.push(serde_json::to_string_pretty(&decision).unwrap());
        assert_result(case, &case.text, &parts.join("\n-----\n\n"));
    });
}

/// The policies that come with huize, compiled with their cases, and their cases explained.
fn corpus() -> &'static [(String, Explanation)] {
    static CORPUS: OnceLock<Vec<(String, Explanation)>> = OnceLock::new();
    CORPUS.get_or_init(explain_corpus)
}

fn explain_corpus() -> Vec<(String, Explanation)> {
    let library = Library::builtin();
    let mut all = Vec::new();
    for summary in library.policies() {
        let Ok(policy) = library.compile_with_cases(&summary.name) else { continue };
        for (title, explanation) in policy.explain_cases(Language::Zh) {
            all.push((format!("{}: {title}", summary.name), explanation));
        }
    }
    assert!(all.len() > 100, "{} cases", all.len());
    all
}

#[test]
fn every_part_of_every_explanation_can_be_addressed() {
    for (title, explanation) in corpus() {
        let index = Index::new(explanation);
        let ids: BTreeSet<&str> = index.ids().iter().copied().collect();
        assert_eq!(ids.len(), index.ids().len(), "{title}: an id is there twice");
        for id in index.ids() {
            let part = index.get(id).unwrap_or_else(|| panic!("{title}: {id} leads nowhere"));
            assert_eq!(part.id(), *id, "{title}");
            for used in part.uses() {
                assert!(ids.contains(used.as_str()), "{title}: {id} uses {used}");
            }
        }
    }
}

#[test]
fn every_refusal_says_what_failed() {
    let mut refused = 0;
    for (title, explanation) in corpus() {
        for decision in explanation.subjects.iter().flat_map(|subject| &subject.decisions) {
            if decision.outcome != OutcomeView::NotEntitled {
                continue;
            }
            refused += 1;
            let failed: Vec<_> = decision.conditions.iter().filter(|one| one.decisive).collect();
            assert!(!failed.is_empty(), "{title}: {} has no reason", decision.id);
            for condition in failed {
                assert_ne!(condition.held, Held::Yes, "{title}: {}", condition.id);
                assert_told(title, condition);
            }
        }
    }
    assert!(refused > 100, "{refused} refusals");
}

/// A condition says what is the case, or its parts do.
fn assert_told(title: &str, condition: &ConditionView) {
    let parts: Vec<_> = condition.children.iter().filter(|part| part.decisive).collect();
    let is_told = !condition.sentence.is_empty() || !parts.is_empty();
    assert!(is_told, "{title}: {} says nothing", condition.id);
    parts.iter().for_each(|part| assert_told(title, part));
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

/// What a schema finds wrong with a document.
fn errors(validator: &jsonschema::Validator, value: &serde_json::Value) -> Vec<String> {
    let errors = validator.iter_errors(value);
    errors.map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// Everything that an explanation says is in its schema, which says nothing else; so are its parts.
#[test]
fn explanations_are_what_their_schema_says() {
    let schema = huize::schema::explanation();
    let whole = jsonschema::draft202012::new(&schema).expect("a schema");
    let mut of_parts = schema;
    let fields = of_parts.as_object_mut().expect("an object");
    fields.retain(|name, _| name.starts_with('$'));
    fields.insert("$ref".to_owned(), serde_json::json!("#/$defs/Extract"));
    let of_parts = jsonschema::draft202012::new(&of_parts).expect("a schema");
    let errors = |validator: &jsonschema::Validator, text: &str| -> Vec<String> {
        errors(validator, &serde_json::from_str(text).expect("JSON"))
    };
    let mut kinds = BTreeSet::new();
    for (at, (title, explanation)) in corpus().iter().enumerate() {
        let found = errors(&whole, &huize::explain::json::render(explanation));
        assert_eq!(found, Vec::<String>::new(), "{title}");
        // All parts of some: each carries what it rests on.
        if at % 29 != 0 {
            continue;
        }
        let index = Index::new(explanation);
        for id in index.ids() {
            let part = index.get(id).expect("an id of its own");
            let text = huize::explain::json::render_part(explanation, part);
            assert_eq!(errors(&of_parts, &text), Vec::<String>::new(), "{title}: {id}");
            kinds.insert(serde_json::to_value(part).expect("JSON")["kind"].to_string());
        }
    }
    assert!(kinds.len() >= 8, "{kinds:?}");
}

/// So is everything that a notice and a calculation sheet say.
#[test]
fn notices_and_sheets_are_what_their_schemas_say() {
    let [of_notices, of_sheets] = [huize::schema::notice(), huize::schema::sheet()]
        .map(|schema| jsonschema::draft202012::new(&schema).expect("a schema"));
    let remedy = r#"{"authority": "某局", "remedies": [{"way": "申请行政复议", "to": "某政府",
        "within": "60日", "from": "收到本告知书之日", "source": "某法"}], "more": {"电话": "一二三"}}"#;
    let mut noticed = 0;
    for (at, (title, explanation)) in corpus().iter().enumerate() {
        let office = match at % 2 {
            0 => Office::default(),
            _ => Office::from_json("office.json", remedy).expect("an office"),
        };
        // What failed, or decides nothing, gives no notice.
        let Ok(notice) = Notice::new(explanation, &[], office, Language::Zh) else { continue };
        noticed += 1;
        let value = serde_json::to_value(&notice).expect("JSON");
        assert_eq!(errors(&of_notices, &value), Vec::<String>::new(), "{title}");
        let ids: Vec<&str> = notice.decisions.iter().map(|decision| decision.id.as_str()).collect();
        let paper = sheet::sheet(explanation, &ids, Language::Zh);
        let text = sheet::json(explanation, &ids, &paper);
        let value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(errors(&of_sheets, &value), Vec::<String>::new(), "{title}");
    }
    assert!(noticed > 500, "{noticed} notices");
}
