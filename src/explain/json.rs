//! An explanation as JSON, for programs that show it in their own way.

use serde::Serialize;

use super::graph::{Index, Part};
use super::view::{DefinitionView, Explanation, FactView, ParameterView};

/// The whole explanation, indented; both languages are in it.
///
/// # Examples
///
/// The field names are those of [`super::view`], for example `.subjects[0].decisions[0].outcome`.
#[must_use]
pub fn render(explanation: &Explanation) -> String {
    // INVARIANT: the view holds only texts, numbers, lists and named fields, which always serialise.
    serde_json::to_string_pretty(explanation).unwrap_or_default()
}

/// One node as `kind` and `node`, with the rules, parameter rows and facts that it rests on.
#[must_use]
pub fn render_part(explanation: &Explanation, part: Part<'_>) -> String {
    #[derive(Serialize)]
    struct Extract<'a> {
        #[serde(flatten)]
        part: Part<'a>,
        definitions: Vec<&'a DefinitionView>,
        parameters: Vec<&'a ParameterView>,
        facts: Vec<&'a FactView>,
    }
    let index = Index::new(explanation);
    let reached = index.reach(part.uses(), true);
    let extract = Extract {
        part,
        definitions: reached.definitions.into_iter().map(|(rule, _)| rule).collect(),
        parameters: reached.parameters,
        facts: reached.facts,
    };
    serde_json::to_string_pretty(&extract).unwrap_or_default()
}
