//! An explanation as JSON, for programs that show it in their own way.

use super::view::Explanation;

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
