//! What a session asks of the world outside, and what it says back.

use crate::diagnostic::{Diagnostic, Language};
use crate::source::SourceMap;

/// Files and interruptions, which the frontend supplies: a session itself does no input or output.
pub trait World {
    /// The text of a file of facts.
    ///
    /// # Errors
    ///
    /// Why it cannot be read.
    fn read(&mut self, path: &str) -> Result<String, Vec<Diagnostic>>;

    /// Writes a file, in place of one that is there.
    ///
    /// # Errors
    ///
    /// Why it cannot be written.
    fn write(&mut self, path: &str, text: &str) -> Result<(), Vec<Diagnostic>>;

    /// The policy files as they are now: the name that messages show, and the text; nothing where
    /// they are the built-in ones.
    ///
    /// # Errors
    ///
    /// Why they cannot be read.
    fn policies(&mut self) -> Result<Option<Vec<(String, String)>>, Vec<Diagnostic>>;

    /// Whether somebody has asked to stop what is being computed.
    fn cancelled(&self) -> bool {
        false
    }
}

/// How replies are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Of the replies; commands are understood in both.
    pub language: Language,
    /// Columns of a line.
    pub width: usize,
    /// Terminal colours.
    pub color: bool,
    /// Sensitive facts (names, identity numbers) are shown.
    pub clear: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { language: Language::Zh, width: 100, color: false, clear: false }
    }
}

/// What a line brought about.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// The answer; ends with a line end unless it is empty.
    pub text: String,
    /// What was wrong with the line, or with what it touched.
    pub findings: Vec<Diagnostic>,
    /// The texts that the findings point into.
    pub sources: SourceMap,
    /// Whether the line did what it said.
    pub status: Status,
}

/// How a line came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// It was done.
    #[default]
    Done,
    /// It was not; the session is as it was before.
    Failed,
    /// The session is over.
    Quit,
}
