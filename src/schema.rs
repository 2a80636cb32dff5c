//! JSON Schema of what a policy takes and gives, for forms, validators and service contracts.
//!
//! The schemas are draft 2020-12. Every fact carries its title (the policy's name for it), its unit
//! and the drafter's question; a fact answers to its ASCII twin as well, which refers to it. They
//! say what [`crate::engine::Policy::bind`] accepts; who is named twice, and what depends on the
//! date, only binding can tell. [`explanation`], [`difference`], [`changes`], [`notice()`] and
//! [`sheet`] are those of what the commands print as JSON, the same for every policy.

mod changes;
mod difference;
mod document;
mod example;
mod explanation;
mod facts;
#[cfg(feature = "notice")]
mod notice;
mod results;

#[cfg(test)]
pub(crate) mod tests;

use serde_json::{Map, Value, json};

use crate::hir::Program;

pub use changes::changes;
pub use difference::difference;
pub use example::example;
pub use explanation::explanation;
#[cfg(feature = "notice")]
pub use notice::{notice, sheet};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of the facts of a case: the document that `huize decide` reads.
#[must_use]
pub fn facts(program: &Program) -> Value {
    let mut definitions = Map::new();
    let document = facts::document(program, "#/$defs/", &mut definitions);
    whole(program, "facts", document, definitions)
}

/// The schema of the decisions on a case: the document that `huize decide` prints.
#[must_use]
pub fn results(program: &Program) -> Value {
    let mut definitions = Map::new();
    let document = results::document(program, "#/$defs/", &mut definitions);
    whole(program, "results", document, definitions)
}

/// Both as the components of an OpenAPI 3.1 document: `Facts`, `Decisions`, and what they refer to.
#[must_use]
pub fn openapi(program: &Program) -> Value {
    let at = "#/components/schemas/";
    let mut schemas = Map::new();
    let facts = facts::document(program, at, &mut schemas);
    let decisions = results::document(program, at, &mut schemas);
    schemas.insert("Facts".to_owned(), facts);
    schemas.insert("Decisions".to_owned(), decisions);
    json!({ "components": { "schemas": schemas } })
}

fn whole(program: &Program, part: &str, whole: Value, definitions: Map<String, Value>) -> Value {
    let mut document = document::document(&format!("{} {part}", program.name), whole, []);
    if let Value::Object(object) = &mut document {
        object.insert("$defs".to_owned(), Value::Object(definitions));
    }
    document
}
