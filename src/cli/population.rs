//! Reading many cases: files of lines, documents, lists of documents, folders of these.

use std::path::{Path, PathBuf};

use huize::diagnostic::Diagnostic;
use huize::engine::Library;
use huize::facts::{Node, NodeValue, read_json, read_yaml};
use huize::source::{SourceId, SourceMap};

use super::input;

/// After so many entries that cannot be used, a reader learns nothing from the next.
pub(super) const MOST_FINDINGS: usize = 20;

/// Cases as they were read, each with a name for it, and what is wrong with them.
pub(super) struct Population {
    /// The policies' texts and those of the cases.
    pub(super) sources: SourceMap,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) entries: Vec<(String, Node)>,
}

impl Population {
    pub(super) fn read(library: &Library, files: &[PathBuf]) -> Self {
        let sources = library.sources().clone();
        let mut population = Self { sources, findings: Vec::new(), entries: Vec::new() };
        for file in files {
            population.file(file);
        }
        population
    }

    fn file(&mut self, path: &Path) {
        let name = input::name_of(path);
        if input::is_lines(path) {
            let lines = input::each_line(path, |number, text| {
                if self.findings.len() < MOST_FINDINGS {
                    self.document(&format!("{name}:{number}"), text, false);
                }
                Ok(())
            });
            if let Err(findings) = lines {
                self.findings.extend(findings);
            }
            return;
        }
        match input::read_facts(path) {
            Ok((name, text)) => self.document(&name, &text, input::is_yaml(path)),
            Err(findings) => self.findings.extend(findings),
        }
    }

    /// One document, or a list of them.
    fn document(&mut self, name: &str, text: &str, is_yaml: bool) {
        let next = SourceId(u32::try_from(self.sources.iter().count()).unwrap_or(u32::MAX));
        let read = if is_yaml { read_yaml(next, text) } else { read_json(next, text) };
        let node = match read {
            Ok(node) => node,
            Err(findings) => {
                self.sources.add(name, text);
                self.findings.extend(findings);
                return;
            }
        };
        self.sources.add(name, text);
        match node.value {
            NodeValue::List(items) => {
                let named = |at: usize| format!("{name}[{}]", at + 1);
                self.entries
                    .extend(items.into_iter().enumerate().map(|(at, item)| (named(at), item)));
            }
            _ => self.entries.push((name.to_owned(), node)),
        }
    }
}
