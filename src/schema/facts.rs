//! The facts of a case as a schema.

use serde_json::{Map, Value, json};

use crate::diagnostic::Language;
use crate::hir::{Constant, DefaultValue, Field, Name, Program};
use crate::trace::unit_text;
use crate::types::{EnumId, NumberStyle, NumberType, ObjectId, Type};
use crate::value::{Dimension, Rational};

/// What may stand for a fact that is not there.
const NOT_KNOWN: [&str; 4] = ["未知", "unknown", "拒答", "refused"];

/// A number as text: digits, an optional fraction, an optional unit.
const DECIMAL: &str = r"^\s*[-－]?[0-9０-９]+([.．][0-9０-９]+)?\s*[^0-9０-９\s]*.*$";

/// A day in one of its writings.
const DAY: &str = r"^\s*(\d{4}-\d{1,2}-\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)\s*$";

/// A month in one of its writings.
const MONTH: &str = r"^\s*(\d{4}-\d{1,2}|\d{4}年\d{1,2}月)\s*$";

/// The document, with the definitions that it refers to.
pub(super) fn document(program: &Program, at: &str, definitions: &mut Map<String, Value>) -> Value {
    for (number, _) in (0_u16..).zip(&program.objects) {
        let id = ObjectId(number);
        definitions.insert(object_name(program, id), of_object(program, id, at));
    }
    for (number, enumeration) in (0_u16..).zip(&program.enums) {
        let words = words(enumeration.values.iter());
        let name = enumeration_name(program, EnumId(number));
        definitions.insert(name, json!({ "enum": words, "title": enumeration.name.text }));
    }
    definitions.insert("NotKnown".to_owned(), json!({ "enum": NOT_KNOWN, "title": "未知、拒答" }));
    let root = program.object(program.root).map(|root| root.name.clone()).unwrap_or_default();
    let mut properties = Map::new();
    let text = json!({ "type": ["string", "null"] });
    let day = json!({ "type": ["string", "null"], "pattern": DAY });
    let month = json!({ "type": ["string", "null"], "pattern": MONTH });
    let envelope = [
        ("policy", "政策", text.clone()),
        ("place", "地方", text),
        ("period", "所属期", month),
        ("as_of", "评估日", day.clone()),
        ("known_on", "知悉日", day),
        ("others", "其他人员", json!({ "type": ["object", "array", "null"] })),
        ("history", "历史", json!({ "type": ["object", "null"] })),
    ];
    for (name, title, schema) in envelope {
        properties.insert(name.to_owned(), titled(schema.clone(), title));
        properties.insert(title.to_owned(), titled(schema, title));
    }
    let household = json!({ "$ref": format!("{at}{}", object_name(program, program.root)) });
    let names: Vec<String> = names(&root).map(str::to_owned).collect();
    for name in &names {
        properties.insert(name.clone(), household.clone());
    }
    let either: Vec<Value> = names.iter().map(|name| json!({ "required": [name] })).collect();
    json!({
        "type": "object",
        "properties": properties,
        "oneOf": either,
        "additionalProperties": false,
    })
}

fn names(name: &Name) -> impl Iterator<Item = &str> {
    std::iter::once(name.text.as_str()).chain(name.alias.as_deref())
}

fn words<'a>(values: impl Iterator<Item = &'a Name>) -> Vec<&'a str> {
    values.flat_map(names).collect()
}

/// What the definition of an object is called: references are URIs, which are ASCII.
fn object_name(program: &Program, id: ObjectId) -> String {
    let alias = program.object(id).and_then(|object| object.name.alias.as_deref());
    format!("object.{}", alias.filter(|it| it.is_ascii()).unwrap_or(&id.0.to_string()))
}

/// What the definition of an enumeration is called.
fn enumeration_name(program: &Program, id: EnumId) -> String {
    let alias = program.enumeration(id).and_then(|found| found.name.alias.as_deref());
    format!("enum.{}", alias.filter(|it| it.is_ascii()).unwrap_or(&id.0.to_string()))
}

fn titled(mut schema: Value, title: &str) -> Value {
    if let Value::Object(object) = &mut schema {
        object.insert("title".to_owned(), json!(title));
    }
    schema
}

fn of_object(program: &Program, id: ObjectId, at: &str) -> Value {
    let Some(object) = program.object(id) else { return json!({}) };
    let mut properties = Map::new();
    if id != program.root {
        let key = json!({ "type": ["string", "integer"], "title": "编号" });
        properties.insert("id".to_owned(), key.clone());
        properties.insert("编号".to_owned(), key);
    }
    for declared in object.fields.iter().filter_map(|field| program.field(*field)) {
        let schema = of_field(program, declared, at);
        let name = &declared.name;
        match name.alias.as_ref().filter(|alias| alias.is_ascii()) {
            // The twin has the schema, because a reference can name it.
            Some(alias) => {
                let twin =
                    format!("{at}{}/properties/{}", object_name(program, id), pointer(alias));
                properties.insert(name.text.clone(), json!({ "$ref": twin }));
                properties.insert(alias.clone(), schema);
            }
            None => {
                properties.insert(name.text.clone(), schema);
            }
        }
    }
    let mut schema = json!({
        "type": "object",
        "title": object.name.text,
        "properties": properties,
        "additionalProperties": false,
    });
    if let (Some(alias), Value::Object(schema)) = (&object.name.alias, &mut schema) {
        schema.insert("x-alias".to_owned(), json!(alias));
    }
    schema
}

/// A name as a part of a JSON pointer.
fn pointer(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn of_field(program: &Program, declared: &Field, at: &str) -> Value {
    if declared.many {
        return of_list(program, declared, at);
    }
    let mut forms = of_type(program, declared, at);
    forms.push(json!({ "$ref": format!("{at}NotKnown") }));
    forms.push(json!({ "type": "null" }));
    if declared.optional {
        forms.push(json!({ "enum": ["无", "none"] }));
    }
    let single = json!({ "anyOf": forms });
    let dated = [
        json!({ "type": "object", "additionalProperties": &single, "minProperties": 1 }),
        json!({ "type": "array", "items": { "type": "object" }, "minItems": 1 }),
    ];
    let mut all = forms_of(&single);
    all.extend(dated);
    let mut schema = Map::new();
    schema.insert("title".to_owned(), json!(declared.name.text));
    if let Some(alias) = &declared.name.alias {
        schema.insert("x-alias".to_owned(), json!(alias));
    }
    if let Some(question) = &declared.question {
        schema.insert("description".to_owned(), json!(question));
        let en = declared.name.alias.as_deref().unwrap_or(&declared.name.text).replace('_', " ");
        schema.insert("x-question".to_owned(), json!({ "zh": question, "en": format!("{en}?") }));
    }
    let unit = |language| unit_text(program, &declared.ty, language);
    if !unit(Language::Zh).is_empty() {
        let both = json!({ "zh": unit(Language::Zh), "en": unit(Language::En) });
        schema.insert("x-unit".to_owned(), both);
    }
    if declared.sensitive {
        schema.insert("x-sensitive".to_owned(), json!(true));
    }
    if let Some(default) = declared.default {
        schema.insert("x-default".to_owned(), json!(default_words(program, declared, default)));
    }
    if let Some((low, high)) = declared.range {
        let bound = |constant| written(program, declared, constant);
        schema.insert("x-range".to_owned(), json!([bound(low), bound(high)]));
    }
    schema.insert("anyOf".to_owned(), Value::Array(all));
    Value::Object(schema)
}

fn forms_of(single: &Value) -> Vec<Value> {
    single.get("anyOf").and_then(Value::as_array).cloned().unwrap_or_default()
}

fn of_list(program: &Program, declared: &Field, at: &str) -> Value {
    let items = match declared.ty {
        Type::Object(object) if program.object(object).is_some_and(|it| it.member_of.is_some()) => {
            let name = object_name(program, object);
            json!({ "anyOf": [{ "$ref": format!("{at}{name}") }, { "type": "string" }] })
        }
        _ => json!({}),
    };
    let mut schema = json!({
        "title": declared.name.text,
        "type": ["array", "null"],
        "items": items,
    });
    if let Value::Object(object) = &mut schema {
        if let Some(least) = declared.count.0 {
            object.insert("minItems".to_owned(), json!(least));
        }
        if let Some(most) = declared.count.1 {
            object.insert("maxItems".to_owned(), json!(most));
        }
    }
    schema
}

/// The forms that a value of a type may be written in.
fn of_type(program: &Program, declared: &Field, at: &str) -> Vec<Value> {
    match &declared.ty {
        Type::Bool => {
            vec![
                json!({ "type": "boolean" }),
                json!({ "enum": ["是", "否", "yes", "no", "true", "false"] }),
            ]
        }
        Type::Number(number) => of_number(declared, number),
        Type::Date => vec![json!({ "type": "string", "pattern": DAY })],
        Type::Month => vec![json!({ "type": "string", "pattern": MONTH })],
        Type::Enum(id) => {
            vec![json!({ "$ref": format!("{at}{}", enumeration_name(program, *id)) })]
        }
        Type::Object(_) => vec![json!({ "type": ["string", "integer"] })],
        Type::Text => vec![json!({ "type": "string" })],
        Type::Error | Type::Outcome => vec![json!({})],
    }
}

fn of_number(declared: &Field, number: &NumberType) -> Vec<Value> {
    let mut whole = Map::new();
    whole.insert("type".to_owned(), json!("integer"));
    if let Some((low, high)) = declared.range {
        let bound = |constant: Constant| match constant {
            Constant::Number(number) => number.to_i64(),
            _ => None,
        };
        if let Some(low) = bound(low) {
            whole.insert("minimum".to_owned(), json!(low));
        }
        if let Some(high) = bound(high) {
            whole.insert("maximum".to_owned(), json!(high));
        }
    }
    let mut text = json!({ "type": "string", "pattern": DECIMAL });
    if number.unit.exponent(Dimension::Yuan) != 0
        && let Value::Object(text) = &mut text
    {
        text.insert("examples".to_owned(), json!(["1200.50"]));
    }
    vec![Value::Object(whole), text]
}

/// A value as facts write it.
pub(super) fn written(program: &Program, declared: &Field, constant: Constant) -> String {
    match constant {
        Constant::Bool(truth) => if truth { "是" } else { "否" }.to_owned(),
        Constant::Number(number) => {
            let percent = declared.ty.as_number().map(|it| it.style) == Some(NumberStyle::Percent);
            let hundred = Rational::from_integer(100);
            let shown =
                if percent { number.checked_mul(hundred).unwrap_or(number) } else { number };
            let text = shown.to_decimal_text().unwrap_or_else(|| shown.to_string());
            if percent { format!("{text}%") } else { text }
        }
        Constant::Date(date) => date.to_string(),
        Constant::Month(month) => month.to_string(),
        Constant::Enum(id, at) => program
            .enumeration(id)
            .and_then(|found| found.values.get(usize::from(at)))
            .map_or_else(String::new, |value| value.text.clone()),
        Constant::Outcome(_) | Constant::Text(_) => String::new(),
    }
}

fn default_words(program: &Program, declared: &Field, default: DefaultValue) -> String {
    match default {
        DefaultValue::Value(constant) => written(program, declared, constant),
        DefaultValue::Absent => "无".to_owned(),
    }
}
