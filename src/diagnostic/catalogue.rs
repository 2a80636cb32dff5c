//! Every code with what it says, what lies behind it and an example: for `huize codes`, the prompt
//! and the manual. A code that the sources raise and the catalogue lacks fails a test.

mod comparing;
mod facts;
mod files;
mod keeping;
mod law;
mod meaning;
mod prompt;
mod reconciling;
mod running;
mod syntax;
mod what_if;

use super::{Language, Severity, Words, closest_name};

/// The examples of policy texts and facts: the name of the case and its held result.
const EXAMPLES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/diagnostic_examples.rs"));

/// The phases in the order that a text goes through them.
const PHASES: [&[Entry]; 11] = [
    files::ENTRIES,
    syntax::ENTRIES,
    meaning::ENTRIES,
    law::ENTRIES,
    facts::ENTRIES,
    running::ENTRIES,
    comparing::ENTRIES,
    reconciling::ENTRIES,
    keeping::ENTRIES,
    prompt::ENTRIES,
    what_if::ENTRIES,
];

/// A code and what there is to know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// `huize::<phase>::<name>`
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The message, with … where it varies.
    pub message: Words,
    /// What lies behind it and what to do.
    pub explanation: Words,
    /// A command or text that brings it about, for codes that no policy or facts text does.
    pub occasion: Option<Words>,
}

/// A text that brings about a code, and what is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Example {
    /// The policy or the facts.
    pub source: &'static str,
    /// What is printed, in both languages.
    result: &'static str,
}

/// Every code, by phase.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    PHASES.iter().copied().flatten()
}

/// The entry of a code; the last part of it is enough where only one code ends so.
///
/// # Examples
///
/// ```
/// use huize::diagnostic::catalogue;
///
/// let entry = catalogue::find("mixed_and_or").map(|entry| entry.code);
/// assert_eq!(entry, Some("huize::syntax::mixed_and_or"));
/// assert!(catalogue::find("too_deep").is_none(), "there are several");
/// ```
#[must_use]
pub fn find(code: &str) -> Option<&'static Entry> {
    if let Some(found) = all().find(|entry| entry.code == code) {
        return Some(found);
    }
    let mut found = ending(code);
    match (found.next(), found.next()) {
        (Some(entry), None) => Some(entry),
        _ => None,
    }
}

/// The entries whose code ends so: `too_deep`, `syntax::too_deep`.
pub fn ending(part: &str) -> impl Iterator<Item = &'static Entry> {
    all().filter(move |entry| {
        entry.code.strip_suffix(part).is_some_and(|before| before.ends_with("::"))
    })
}

/// The code that is spelled most like that.
#[must_use]
pub fn closest(code: &str) -> Option<&'static str> {
    let last = |code: &'static str| code.rsplit("::").next().unwrap_or(code);
    let names = all().flat_map(|entry| [entry.code, last(entry.code)]);
    let close = closest_name(code, names)?;
    all().find(|entry| entry.code == close || last(entry.code) == close).map(|entry| entry.code)
}

impl Entry {
    /// `syntax` of `huize::syntax::expected`.
    #[must_use]
    pub fn phase(&self) -> &'static str {
        self.code.split("::").nth(1).unwrap_or(self.code)
    }

    /// `expected` of `huize::syntax::expected`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.code.rsplit("::").next().unwrap_or(self.code)
    }

    /// A text that brings it about, where a text does.
    #[must_use]
    pub fn example(&self) -> Option<Example> {
        let full = format!("{}-{}", self.phase(), self.name());
        let held = EXAMPLES.iter().find(|(name, _)| *name == self.name() || *name == full)?.1;
        let (_, held) = held.split_once("\nSOURCE\n")?;
        let (source, result) = held.split_once("\n\nRESULT\n")?;
        // The name alone may belong to a code of another phase.
        result.contains(&format!("[{}]", self.code)).then_some(Example { source, result })
    }
}

impl Example {
    /// What is printed in one language: the first report, or all of them.
    #[must_use]
    pub fn said(&self, language: Language, all: bool) -> String {
        let words = [Severity::Error, Severity::Warning].map(|severity| severity.name());
        let begins = |line: &str, language: Language| {
            words.iter().any(|word| line.starts_with(&format!("{}[", word.get(language))))
        };
        let mut reports: Vec<String> = Vec::new();
        let mut open = false;
        for line in self.result.lines() {
            if begins(line, Language::Zh) || begins(line, Language::En) {
                open = begins(line, language);
                if open {
                    reports.push(String::new());
                }
            }
            if let Some(report) = reports.last_mut().filter(|_| open) {
                report.push_str(line);
                report.push('\n');
            }
        }
        reports.truncate(if all { usize::MAX } else { 1 });
        reports.iter().map(|report| report.trim_end()).collect::<Vec<_>>().join("\n\n")
    }
}

const fn error(code: &'static str, message: Words, explanation: Words) -> Entry {
    Entry { code, severity: Severity::Error, message, explanation, occasion: None }
}

const fn warning(code: &'static str, message: Words, explanation: Words) -> Entry {
    Entry { code, severity: Severity::Warning, message, explanation, occasion: None }
}

/// A code that a command or a file brings about rather than a text.
const fn upon(entry: Entry, occasion: Words) -> Entry {
    Entry { occasion: Some(occasion), ..entry }
}

const fn words(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}
