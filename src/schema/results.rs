//! The decisions on a case as a schema.

use serde_json::{Map, Value, json};

use crate::diagnostic::Language;
use crate::hir::{Decision, Program};
use crate::trace::unit_text;

/// An exact amount as decimal text.
const AMOUNT: &str = r"^-?[0-9]+(\.[0-9]+)?$";

/// The document, with the definitions that it refers to.
pub(super) fn document(program: &Program, at: &str, definitions: &mut Map<String, Value>) -> Value {
    definitions.insert("Error".to_owned(), error());
    definitions.insert("Condition".to_owned(), condition());
    let own = || program.decisions.iter().filter(|decision| decision.own);
    let mut household = Map::new();
    let mut person = Map::new();
    for decision in own() {
        let schema = of_decision(program, decision, at);
        let called = program.called(decision);
        if decision.subject == program.root {
            household.insert(called, schema);
        } else {
            person.insert(called, schema);
        }
    }
    json!({
        "type": "object",
        "properties": {
            "policy": { "type": "string", "title": "政策" },
            "period": { "type": "string", "pattern": r"^\d{4}-\d{2}$", "title": "所属期" },
            "as_of": { "type": "string", "format": "date", "title": "评估日" },
            "known_on": { "type": "string", "format": "date", "title": "知悉日" },
            "decisions": { "type": "object", "properties": household, "additionalProperties": false },
            "members": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "id": { "type": "string" },
                        "decisions": {
                            "type": "object",
                            "properties": person,
                            "additionalProperties": false,
                        },
                    },
                    "required": ["id", "decisions"],
                },
            },
        },
        "required": ["policy", "period", "as_of", "decisions", "members"],
    })
}

fn of_decision(program: &Program, decision: &Decision, at: &str) -> Value {
    let mut payments = Map::new();
    for id in &decision.payments {
        let found = usize::try_from(id.0).ok().and_then(|at| program.payments.get(at));
        let Some(payment) = found else { continue };
        let unit = |language| {
            program
                .definition(payment.definition)
                .map_or_else(String::new, |found| unit_text(program, &found.ty, language))
        };
        let mut schema = json!({
            "type": "object",
            "title": payment.name.text,
            "properties": {
                "amount": { "type": ["string", "null"], "pattern": AMOUNT },
                "unit": { "const": unit(Language::Zh) },
                "bounds": {
                    "type": "object",
                    "properties": { "low": { "type": "string" }, "high": { "type": "string" } },
                },
                "error": { "$ref": format!("{at}Error") },
            },
            "required": ["amount", "unit"],
            "x-unit": { "zh": unit(Language::Zh), "en": unit(Language::En) },
        });
        alias(&mut schema, payment.name.alias.as_deref());
        payments.insert(payment.name.text.clone(), schema);
    }
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    let mut schema = json!({
        "type": "object",
        "title": decision.name.text,
        "properties": {
            "outcome": { "enum": ["符合", "不符合", "待定", "酌定"] },
            "error": { "$ref": format!("{at}Error") },
            "payments": { "type": "object", "properties": payments, "additionalProperties": false },
            "conditions": { "type": "array", "items": { "$ref": format!("{at}Condition") } },
            "missing": &texts,
            "blocked": &texts,
            "discretion": &texts,
            "assumed": &texts,
            "unverified": &texts,
        },
        "required": ["outcome", "payments", "conditions", "missing", "blocked", "assumed", "unverified"],
    });
    alias(&mut schema, decision.name.alias.as_deref());
    schema
}

fn alias(schema: &mut Value, alias: Option<&str>) {
    if let (Some(alias), Value::Object(schema)) = (alias, schema) {
        schema.insert("x-alias".to_owned(), json!(alias));
    }
}

fn error() -> Value {
    json!({
        "type": "object",
        "properties": {
            "code": { "type": "string", "pattern": "^huize::" },
            "zh": { "type": "string" },
            "en": { "type": "string" },
            "place": { "type": "string" },
        },
        "required": ["code", "zh", "en", "place"],
    })
}

fn condition() -> Value {
    json!({
        "type": "object",
        "properties": {
            "label": { "type": "string" },
            "held": { "type": ["boolean", "null"] },
            "state": { "enum": ["yes", "no", "unknown", "discretion", "error"] },
            "citation": { "type": "string" },
        },
        "required": ["label", "held", "state", "citation"],
    })
}
