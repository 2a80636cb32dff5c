//! What the schemas accept is what binding accepts.

use std::sync::OnceLock;

use jsonschema::Validator;
use serde_json::{Value, json};

use super::{changes, difference, example, facts, openapi, results};
use crate::differ::view::Difference;
use crate::engine::{Library, Policy, Question};
use crate::facts::from_json_value;
use crate::solve::Changes;

fn policies() -> Vec<Policy> {
    let library = Library::builtin();
    let names = ["中山.最低生活保障", "样例.残疾人两项补贴", "国家.特困人员供养"];
    let mut found: Vec<Policy> = names.map(|name| library.compile(name).unwrap()).to_vec();
    found.push(library.compile_place("样例").unwrap());
    found
}

fn errors(schema: &Value, value: &Value) -> Vec<String> {
    errors_of(&jsonschema::draft202012::new(schema).unwrap(), value)
}

fn errors_of(validator: &Validator, value: &Value) -> Vec<String> {
    validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// What is wrong with a difference as a document.
pub(crate) fn errors_of_difference(found: &Difference) -> Vec<String> {
    static SCHEMA: OnceLock<Validator> = OnceLock::new();
    let schema = SCHEMA.get_or_init(|| jsonschema::draft202012::new(&difference()).unwrap());
    errors_of(schema, &serde_json::to_value(found).unwrap())
}

/// What is wrong with changes as a document.
pub(crate) fn errors_of_changes(found: &Changes) -> Vec<String> {
    static SCHEMA: OnceLock<Validator> = OnceLock::new();
    let schema = SCHEMA.get_or_init(|| jsonschema::draft202012::new(&changes()).unwrap());
    errors_of(schema, &serde_json::to_value(found).unwrap())
}

#[test]
fn the_example_binds_and_validates_and_its_decisions_do_too() {
    for policy in policies() {
        let program = policy.program();
        let period = "2026-05".parse().unwrap();
        let document = example(program, period);
        assert_eq!(errors(&facts(program), &document), Vec::<String>::new(), "{document:#}");
        let case = policy.bind(&from_json_value(&document).unwrap());
        let case =
            case.unwrap_or_else(|found| panic!("{}: {found:#?}\n{document:#}", policy.name()));
        let decided = policy.decide(&case, &Question::about(period)).unwrap();
        let decided = serde_json::to_value(&decided).unwrap();
        assert_eq!(errors(&results(program), &decided), Vec::<String>::new(), "{decided:#}");
    }
}

#[test]
fn what_does_not_bind_does_not_validate() {
    let policy = Library::builtin().compile("中山.最低生活保障").unwrap();
    let schema = facts(policy.program());
    let with = |name: &str, value: Value| {
        let mut document = example(policy.program(), "2023-06".parse().unwrap());
        document["household"][name] = value;
        document
    };
    for (name, value) in [
        ("arae", json!("城镇")),
        ("area", json!("市区")),
        ("cars", json!(-1)),
        ("cars", json!(1.5)),
        ("assets_verified_ok", json!("也许")),
        ("members", json!([])),
        ("members", json!("甲")),
    ] {
        let document = with(name, value);
        let bound = policy.bind(
            &from_json_value(&document).unwrap_or_else(|_| from_json_value(&json!({})).unwrap()),
        );
        assert!(bound.is_err(), "{name} binds");
        assert!(!errors(&schema, &document).is_empty(), "{name} validates");
    }
    for (name, value) in [
        ("area", json!("农村")),
        ("其他月收入", json!("1200.50")),
        ("other_income", json!({ "2023-01": 5, "2023-03": "7.5" })),
        ("cars", json!("未知")),
        ("assets_verified_ok", json!("是")),
    ] {
        let document = with(name, value);
        assert_eq!(errors(&schema, &document), Vec::<String>::new(), "{name}");
        assert!(policy.bind(&from_json_value(&document).unwrap()).is_ok(), "{name}");
    }
}

#[test]
fn every_reference_of_the_openapi_components_is_there() {
    let policy = Library::builtin().compile("中山.最低生活保障").unwrap();
    let document = openapi(policy.program());
    let mut open = vec![&document];
    let mut found = 0;
    while let Some(value) = open.pop() {
        match value {
            Value::Object(object) => {
                if let Some(Value::String(target)) = object.get("$ref") {
                    let pointer = target.strip_prefix('#').unwrap();
                    assert!(document.pointer(pointer).is_some(), "{target}");
                    found += 1;
                }
                open.extend(object.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    assert!(found > 20);
}
