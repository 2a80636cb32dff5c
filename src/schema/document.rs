//! The words that the schemas of documents are written in, and what these have in common.

use serde_json::{Map, Value, json};

use super::DRAFT;

/// A schema by itself: its title, the document, and what that refers to.
pub(super) fn document(
    title: &str,
    mut whole: Value,
    parts: impl IntoIterator<Item = (&'static str, Value)>,
) -> Value {
    let parts: Map<String, Value> =
        parts.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    if let Value::Object(whole) = &mut whole {
        whole.insert("$schema".to_owned(), json!(DRAFT));
        whole.insert("title".to_owned(), json!(title));
        whole.insert("$defs".to_owned(), Value::Object(parts));
    }
    whole
}

/// Whom decisions are about; what a `Decision` is, each document says.
pub(super) fn subject() -> (&'static str, Value) {
    let schema = object(
        "对谁的决定 / all that was decided about one subject",
        &[
            ("id", text(), "家庭，或者人的名称 / the household, or the person's key"),
            ("object", text(), "对象：家庭、人 / what it is"),
            ("decisions", list("Decision"), "各项决定 / its decisions"),
        ],
        &[],
    );
    ("Subject", schema)
}

/// Values, words, outcomes and sources: what several documents have in common.
pub(super) fn shared() -> Vec<(&'static str, Value)> {
    vec![
        (
            "Words",
            object(
                "两种语言的文字 / a text in both languages",
                &[("zh", text(), "中文 / in Chinese"), ("en", text(), "英文 / in English")],
                &[],
            ),
        ),
        (
            "Value",
            object(
                "一个值 / a value",
                &[
                    (
                        "value",
                        text(),
                        "值本身；不确定时为空 / the bare value; empty where it is not known",
                    ),
                    ("unit", text(), "单位 / its unit"),
                    ("zh", text(), "中文 / in Chinese"),
                    ("en", text(), "英文 / in English"),
                ],
                &[],
            ),
        ),
        (
            "Outcome",
            json!({
                "oneOf": [
                    words(&["entitled", "not_entitled", "undecided", "discretionary"]),
                    { "type": "object", "properties": { "failed": of("Error") }, "required": ["failed"],
                      "additionalProperties": false },
                ],
                "description": "符合、不符合、待定、酌定，或不能计算 / how a decision came out",
            }),
        ),
        (
            "Error",
            object(
                "不能计算的原因 / why it could not be computed",
                &[
                    ("code", text(), "错误码 / its permanent code"),
                    ("zh", text(), "中文 / in Chinese"),
                    ("en", text(), "英文 / in English"),
                    ("place", text(), "规则的位置 / file:line:column of the rule"),
                ],
                &[],
            ),
        ),
        (
            "Source",
            object(
                "出处 / where it comes from",
                &[
                    ("citations", texts(), "依据 / the articles of law"),
                    ("layer", text(), "哪一级的规定 / of which layer"),
                    (
                        "place",
                        text(),
                        "政策文件的位置：文件:行:列 / file:line:column of the policy",
                    ),
                ],
                &[],
            ),
        ),
    ]
}

/// A field: its name, what it holds, what it means.
pub(super) type Property<'a> = (&'a str, Value, &'a str);

/// An object with these fields, the first always there, and no others.
pub(super) fn object(
    description: &str,
    always: &[Property<'_>],
    sometimes: &[Property<'_>],
) -> Value {
    let mut properties = Map::new();
    for (name, schema, meaning) in always.iter().chain(sometimes) {
        let mut schema = schema.clone();
        if let Value::Object(schema) = &mut schema {
            schema.insert("description".to_owned(), json!(meaning));
        }
        properties.insert((*name).to_owned(), schema);
    }
    let required: Vec<&str> = always.iter().map(|(name, ..)| *name).collect();
    json!({
        "type": "object",
        "description": description,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

pub(super) fn of(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

pub(super) fn list(name: &str) -> Value {
    json!({ "type": "array", "items": of(name) })
}

pub(super) fn text() -> Value {
    json!({ "type": "string" })
}

pub(super) fn texts() -> Value {
    json!({ "type": "array", "items": text() })
}

pub(super) fn truth() -> Value {
    json!({ "type": "boolean" })
}

pub(super) fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

pub(super) fn words(words: &[&str]) -> Value {
    json!({ "enum": words })
}

pub(super) fn month() -> Value {
    json!({ "type": "string", "pattern": r"^\d{4}-\d{2}$" })
}

pub(super) fn day() -> Value {
    json!({ "type": "string", "format": "date" })
}

/// An exact number: a decimal, or a fraction where it does not end.
pub(super) fn number() -> Value {
    json!({ "type": "string", "pattern": r"^-?\d+(\.\d+)?(/\d+)?$" })
}

pub(super) fn or_null(schema: Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}
