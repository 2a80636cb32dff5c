//! The facts of a receipt: the document without its envelope, what of it is sensitive, and its
//! hash.

use serde_json::{Map, Value};

use super::canonical;
use crate::facts::{Entry, Node, NodeValue};
use crate::hir::{FieldId, Program};
use crate::types::{ObjectId, Type};

/// What stands for a value that is not to be shown.
pub(super) const MASK: &str = "***";

/// What says what is asked rather than what is the case: a receipt keeps the question by itself.
const ENVELOPE: [&str; 10] = [
    "policy",
    "政策",
    "place",
    "地方",
    "period",
    "所属期",
    "as_of",
    "评估日",
    "known_on",
    "知悉日",
];

const OTHERS: [&str; 2] = ["others", "其他人员"];
const ID: [&str; 2] = ["id", "编号"];

/// The facts of a document as a value.
pub(super) fn document(facts: &Node) -> Value {
    match value(facts) {
        Value::Object(mut object) => {
            for name in ENVELOPE {
                object.remove(name);
            }
            Value::Object(object)
        }
        other => other,
    }
}

/// The hash of such a value.
pub(super) fn hash(document: &Value) -> String {
    canonical::sha256(canonical::text(document).as_bytes())
}

fn value(node: &Node) -> Value {
    match &node.value {
        NodeValue::Null => Value::Null,
        NodeValue::Bool(truth) => Value::Bool(*truth),
        // A number that would lose digits stays as it was written.
        NodeValue::Number(text) => {
            text.parse::<i64>().map_or_else(|_| Value::from(text.as_str()), Value::from)
        }
        NodeValue::Text(text) => Value::from(text.as_str()),
        NodeValue::List(items) => Value::Array(items.iter().map(value).collect()),
        NodeValue::Map(entries) => {
            let entries =
                entries.iter().map(|Entry { key, value: node, .. }| (key.clone(), value(node)));
            Value::Object(entries.collect())
        }
    }
}

/// The document with every sensitive fact masked, and the paths of those.
pub(super) fn masked(program: &Program, document: &Value) -> (Value, Vec<String>) {
    let mut mask = Mask { program, paths: Vec::new() };
    let mut document = document.clone();
    mask.top(&mut document);
    (document, mask.paths)
}

/// The document with what is masked said to be unknown, for deciding without it.
pub(super) fn unmasked(document: &Value, masked: &[String]) -> Value {
    fn visit(value: &mut Value, path: &str, masked: &[String]) {
        match value {
            Value::Object(object) => {
                for (key, value) in object {
                    visit(value, &join(path, key), masked);
                }
            }
            Value::Array(items) => {
                for (at, item) in items.iter_mut().enumerate() {
                    let path = join(path, &key_of(item, at));
                    visit(item, &path, masked);
                }
            }
            Value::String(text) if *text == MASK && masked.iter().any(|known| known == path) => {
                "未知".clone_into(text);
            }
            _ => {}
        }
    }
    let mut document = document.clone();
    visit(&mut document, "", masked);
    document
}

/// `household.members.甲`
pub(super) fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// What an item of a list is called: its id, or its number.
pub(super) fn key_of(item: &Value, at: usize) -> String {
    let id = ID.iter().find_map(|name| item.get(name));
    match id {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => (at + 1).to_string(),
    }
}

struct Mask<'a> {
    program: &'a Program,
    paths: Vec<String>,
}

impl Mask<'_> {
    fn top(&mut self, document: &mut Value) {
        let Value::Object(sections) = document else { return };
        let root = self.program.root;
        for (key, section) in sections {
            if OTHERS.contains(&key.as_str()) {
                self.others(section, key);
            } else if self.program.object(root).is_some_and(|object| object.name.is(key)) {
                self.object(root, section, key);
            }
        }
    }

    /// People outside the household: a list of them, or lists by the name of their object.
    fn others(&mut self, section: &mut Value, path: &str) {
        let people = self.program.objects.iter().position(|object| {
            object.member_of.is_some_and(|(owner, _)| owner == self.program.root)
        });
        let id = |at: usize| ObjectId(u16::try_from(at).unwrap_or(u16::MAX));
        match section {
            Value::Array(_) => {
                if let Some(people) = people {
                    self.list(id(people), section, path);
                }
            }
            Value::Object(kinds) => {
                for (key, list) in kinds {
                    let found =
                        self.program.objects.iter().position(|object| object.name.is(key.trim()));
                    if let Some(object) = found {
                        self.list(id(object), list, &join(path, key));
                    }
                }
            }
            _ => {}
        }
    }

    fn list(&mut self, object: ObjectId, list: &mut Value, path: &str) {
        let Value::Array(items) = list else { return };
        for (at, item) in items.iter_mut().enumerate() {
            let path = join(path, &key_of(item, at));
            self.object(object, item, &path);
        }
    }

    fn object(&mut self, object: ObjectId, facts: &mut Value, path: &str) {
        let Value::Object(facts) = facts else { return };
        let fields: &[FieldId] = self.program.object(object).map_or(&[], |found| &found.fields);
        for (key, value) in facts {
            let field = fields
                .iter()
                .filter_map(|id| Some((*id, self.program.field(*id)?)))
                .find(|(_, field)| field.name.is(key.trim()));
            let Some((id, field)) = field else { continue };
            let path = join(path, key);
            match field.ty {
                Type::Object(element) if self.program.owns(id) => {
                    self.list(element, value, &path);
                }
                _ if field.sensitive && !value.is_null() => {
                    *value = Value::from(MASK);
                    self.paths.push(path);
                }
                _ => {}
            }
        }
    }
}

/// Entries of a map that a receipt wrote.
pub(super) type Object = Map<String, Value>;
