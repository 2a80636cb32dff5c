//! Findings as one error, for callers who pass errors on.

use std::error::Error;
use std::fmt;

use super::{Diagnostic, JsonDiagnostic, Language, Phase, render, to_json};
use crate::source::SourceMap;

/// What was found, with the texts that the findings point into: an [`Error`] that a program can
/// pass on with `?`, print and log.
///
/// Each phase fails with an error of its own ([`CompileError`](super::CompileError),
/// [`FactsError`](super::FactsError), [`DecisionError`](super::DecisionError) and so on); all of them,
/// and plain lists of findings, become this by `?` in a function that returns it.
///
/// # Examples
///
/// ```
/// use huize::diagnostic::Findings;
/// use huize::engine::{Library, Policy};
///
/// fn compiled(name: &str) -> Result<Policy, Findings> {
///     Ok(Library::builtin().compile(name)?)
/// }
///
/// let findings = compiled("zhongshan.dibbao").unwrap_err();
/// assert_eq!(findings.codes().collect::<Vec<_>>(), ["huize::engine::unknown_policy"]);
/// assert_eq!(
///     findings.to_string(),
///     "error[huize::engine::unknown_policy] there is no policy `zhongshan.dibbao`",
/// );
/// let error: Box<dyn std::error::Error + Send + Sync> = findings.into();
/// assert!(error.to_string().contains("unknown_policy"));
/// ```
#[derive(Clone)]
pub struct Findings {
    list: Vec<Diagnostic>,
    sources: SourceMap,
    language: Language,
}

impl Findings {
    /// Findings with the texts that they point into, which give them their places.
    #[must_use]
    pub fn new(list: Vec<Diagnostic>, sources: SourceMap) -> Self {
        Self { list, sources, language: Language::En }
    }

    /// The same findings, with the texts that they point into.
    #[must_use]
    pub fn with_sources(self, sources: SourceMap) -> Self {
        Self { sources, ..self }
    }

    /// The same findings, said in a language; English otherwise, as other errors of a program are.
    #[must_use]
    pub fn said_in(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// One by one, in the order found.
    #[must_use]
    pub fn list(&self) -> &[Diagnostic] {
        &self.list
    }

    /// Their permanent codes.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.list.iter().map(|finding| finding.code)
    }

    /// Whether the policies are at fault for some of it, and not the request or its facts.
    #[must_use]
    pub fn are_of_policies(&self) -> bool {
        self.list.iter().filter_map(Diagnostic::phase).any(Phase::is_of_policies)
    }

    /// In the form that other programs read, each with file, line and column.
    #[must_use]
    pub fn json(&self) -> Vec<JsonDiagnostic> {
        self.list.iter().map(|finding| to_json(finding, &self.sources)).collect()
    }
}

impl From<Vec<Diagnostic>> for Findings {
    fn from(list: Vec<Diagnostic>) -> Self {
        Self::new(list, SourceMap::default())
    }
}

impl From<Findings> for Vec<Diagnostic> {
    fn from(findings: Findings) -> Self {
        findings.list
    }
}

/// A line for each finding.
impl fmt::Display for Findings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, finding) in self.list.iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            out.write_str(&render::one_line(finding, &self.sources, self.language))?;
        }
        Ok(())
    }
}

/// As [`Display`](fmt::Display): a `main` that returns findings prints them in this form.
impl fmt::Debug for Findings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl Error for Findings {}
