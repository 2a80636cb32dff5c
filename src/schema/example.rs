//! A document of facts that a policy accepts: one member of each list, every fact that has no
//! default stated with a value from its range.

use serde_json::{Map, Value, json};

use super::facts::written;
use crate::hir::{Constant, Field, Program};
use crate::types::{ObjectId, Type};
use crate::value::YearMonth;

/// The example, for a month.
#[must_use]
pub fn example(program: &Program, period: YearMonth) -> Value {
    let mut document = Map::new();
    let asked_for = if program.place.is_some() { "place" } else { "policy" };
    document.insert(asked_for.to_owned(), json!(program.name));
    document.insert("period".to_owned(), json!(period.to_string()));
    let root = program.object(program.root).map(|root| root.name.clone()).unwrap_or_default();
    let name = root.alias.unwrap_or(root.text);
    document.insert(name, of_object(program, program.root, None));
    Value::Object(document)
}

fn of_object(program: &Program, id: ObjectId, key: Option<&str>) -> Value {
    let mut facts = Map::new();
    if let Some(key) = key {
        facts.insert("id".to_owned(), json!(key));
    }
    let fields = program.object(id).map_or(&[][..], |object| &object.fields);
    for declared in fields.iter().filter_map(|field| program.field(*field)) {
        let name = declared.name.alias.clone().unwrap_or_else(|| declared.name.text.clone());
        if declared.many {
            let Type::Object(element) = declared.ty else { continue };
            let is_member = program.object(element).and_then(|it| it.member_of);
            if is_member.is_some_and(|(owner, _)| owner == id) {
                facts.insert(name, json!([of_object(program, element, Some("甲"))]));
            }
            continue;
        }
        if declared.default.is_some() {
            continue;
        }
        if let Some(value) = value(program, declared) {
            facts.insert(name, value);
        }
    }
    Value::Object(facts)
}

fn value(program: &Program, declared: &Field) -> Option<Value> {
    if declared.optional {
        return Some(json!("无"));
    }
    Some(match &declared.ty {
        Type::Bool => json!(false),
        Type::Number(_) => {
            let zero = Constant::Number(crate::value::Rational::ZERO);
            let low = declared.range.map_or(zero, |(low, _)| low);
            json!(written(program, declared, low))
        }
        Type::Date => json!("1980-02-01"),
        Type::Month => json!("2023-06"),
        Type::Enum(id) => {
            let first = program.enumeration(*id)?.values.first()?;
            json!(first.text)
        }
        Type::Text => json!("示例"),
        Type::Object(_) | Type::Error | Type::Outcome => json!("未知"),
    })
}
