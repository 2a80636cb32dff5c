//! Facts of a case as written by people and programs: a tree of values with the place of each.
//!
//! Text comes in as JSON or YAML, a [`Node`] comes out; what the names and values mean is decided
//! later, against a policy. Three invariants hold of every tree that the readers return: it is at
//! most [`MOST_LEVELS`] deep, holds at most [`MOST_VALUES`], and no number in it has passed through binary floating point.

mod builder;
pub mod document;
pub mod json;
#[cfg(feature = "yaml")]
pub mod yaml;

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a slice that splits a character has to fail the test")]
mod tests;

pub use builder::{FactValue, Facts, from_serialize};
pub use document::{Entry, MOST_BYTES, MOST_LEVELS, MOST_VALUES, Node, NodeValue, from_json_value};
pub use json::{read_json, read_json_within};
#[cfg(feature = "yaml")]
pub use yaml::{read_yaml, read_yaml_within};
