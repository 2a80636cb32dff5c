//! A difference as JSON, for programs that show it in their own way.

use super::view::Difference;

/// The whole difference, indented; both languages are in it. The field names are those of
/// [`super::view`], for example `.subjects[0].decisions[0].payments[0].parts[0].shown`.
#[must_use]
pub fn render(difference: &Difference) -> String {
    // INVARIANT: the view holds only texts, lists and named fields, which always serialise.
    serde_json::to_string_pretty(difference).unwrap_or_default()
}
