//! The lines of the policy that an explanation points at, printed at the end of its page so that
//! every node leads to the words that it comes from.

use std::collections::{BTreeMap, BTreeSet};

use super::shell::{anchor, escape};
use crate::explain::graph::{Index, Part};
use crate::explain::view::{Explanation, SourceView};
use crate::source::{SourceFile, SourceMap};

/// The longest piece that is printed of one rule.
const MOST_LINES: usize = 40;

/// Lines by file, and the files in the order of their names.
pub(super) struct Origins<'s> {
    files: BTreeMap<String, (&'s SourceFile, BTreeSet<usize>)>,
}

impl<'s> Origins<'s> {
    pub(super) fn of(explanation: &Explanation, sources: &'s SourceMap) -> Self {
        let by_name: BTreeMap<&str, &SourceFile> =
            sources.iter().map(|(_, file)| (file.name(), file)).collect();
        let mut origins = Self { files: BTreeMap::new() };
        let index = Index::new(explanation);
        for id in index.ids() {
            let Some(part) = index.get(id) else { continue };
            let (place, source) = match part {
                Part::Fact(view) => (&view.place, None),
                other => {
                    let Some(source) = source_of(other) else { continue };
                    (&source.place, Some(source))
                }
            };
            let Some((name, line)) = split(place) else { continue };
            let Some(file) = by_name.get(name) else { continue };
            let last = source.map_or(line, |source| file.line_column(source.span.end).0);
            let last = last.clamp(line, line.saturating_add(MOST_LINES));
            let entry = origins.files.entry(name.to_owned());
            entry.or_insert_with(|| (file, BTreeSet::new())).1.extend(line..=last);
        }
        origins
    }

    /// The link to a place, where its line is printed.
    pub(super) fn link(&self, place: &str) -> Option<String> {
        let (name, line) = split(place)?;
        let (_, lines) = self.files.get(name)?;
        lines.contains(&line).then(|| super::shell::target(&line_id(name, line)))
    }

    /// Each file with its lines, a gap where some are left out.
    pub(super) fn write(&self, out: &mut String) {
        for (name, (file, lines)) in &self.files {
            out.push_str(&format!("<h3>{}</h3>\n<div class=\"policy-text\">\n", escape(name)));
            let mut before = None;
            for (at, text) in file.text().lines().enumerate() {
                let number = at.saturating_add(1);
                if !lines.contains(&number) {
                    continue;
                }
                if before.is_some_and(|before: usize| before.saturating_add(1) < number) {
                    out.push_str("<div class=\"gap\"><span class=\"number\">⋯</span></div>\n");
                }
                before = Some(number);
                out.push_str(&format!(
                    "<div id=\"{}\"><span class=\"number\">{number}</span><code>{}</code></div>\n",
                    anchor(&line_id(name, number)),
                    escape(text)
                ));
            }
            out.push_str("</div>\n");
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

fn line_id(name: &str, line: usize) -> String {
    format!("{name}:{line}")
}

/// `policies/national/dibao.hz:41:3` as the file and the line.
fn split(place: &str) -> Option<(&str, usize)> {
    let (rest, _) = place.rsplit_once(':')?;
    let (name, line) = rest.rsplit_once(':')?;
    Some((name, line.parse().ok()?))
}

fn source_of(part: Part<'_>) -> Option<&SourceView> {
    Some(match part {
        Part::Decision(view) => &view.source,
        Part::Condition(view) => &view.source,
        Part::Payment(view) => &view.source,
        Part::Step(view) => &view.source,
        Part::Item(view) | Part::Exception(view) => &view.source,
        Part::Definition(view) => &view.source,
        Part::Parameter(view) => &view.source,
        Part::Fact(_) => return None,
    })
}
