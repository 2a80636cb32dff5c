//! An index of the policies: who made each, on what it stands, from when it is in force, and how
//! much of its law is known.

use super::Library;
use super::layers::place_of;
use crate::syntax::ast::{self, CellValue, Declaration, HeaderKind, TableCellContent};
use crate::value::Date;

/// A policy in the index.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexEntry {
    /// 中山.最低生活保障
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// The file that declares it first.
    pub file: String,
    /// Who made the instruments, as the header says it.
    pub authority: Option<String>,
    /// The instruments that the header cites.
    pub citations: Vec<String>,
    /// When it is in force as its header says it, or from the first day of its own parameters.
    pub in_force: (Option<Date>, Option<Date>),
    /// Whether it is a vocabulary, which is no law.
    pub vocabulary: bool,
    /// Whether all of it is made up.
    pub sample: bool,
    /// How its values of law stand.
    pub values: Values,
}

/// How many rows of parameters and tables are known, to be found, made up; and what is left open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Values {
    /// With a value and its source.
    pub known: usize,
    /// 待查
    pub pending: usize,
    /// 由地方规定: parameters, tables and rules that a lower layer has to give.
    pub delegated: usize,
    /// 样例
    pub sample: usize,
}

impl Library {
    /// All policies and vocabularies: vocabularies first, then by how high their place stands, made
    /// up ones last, else in the order of their files.
    #[must_use]
    pub fn index(&self) -> Vec<IndexEntry> {
        let mut names: Vec<String> = Vec::new();
        for (_, header) in self.headers() {
            let name = header.name.text();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let places = self.places();
        let height = |entry: &IndexEntry| {
            let place = places.iter().find(|place| place.name == place_of(&entry.name));
            place.map_or(0, |place| place.above.len())
        };
        let mut entries: Vec<IndexEntry> = names.iter().map(|name| self.entry(name)).collect();
        entries.sort_by_key(|entry| {
            (!entry.vocabulary, entry.sample, height(entry), entry.file.clone())
        });
        entries
    }

    fn entry(&self, name: &str) -> IndexEntry {
        let files = self.files_of(name);
        let headers = || files.iter().map(|(_, header)| *header);
        let sample = headers().any(|header| header.sample.is_some());
        let mut values = Values::default();
        let mut first: Option<Date> = None;
        for declaration in files.iter().flat_map(|(file, _)| &file.law().file.declarations) {
            values.count(declaration, sample);
            if let Declaration::Parameter(parameter) = declaration {
                let starts = parameter.rows.iter().filter_map(|row| first_day(row.period.as_ref()));
                first = first.into_iter().chain(starts).min();
            }
        }
        let period = headers().find_map(|header| header.in_force.as_ref());
        IndexEntry {
            name: name.to_owned(),
            title: headers().find_map(|h| h.title.as_ref()).map(|title| title.text.clone()),
            file: files
                .first()
                .and_then(|(file, _)| self.sources.file(file.id))
                .map_or_else(String::new, |file| file.name().to_owned()),
            authority: headers().find_map(|h| h.authority.as_ref()).map(|a| a.text.clone()),
            citations: headers()
                .flat_map(|header| &header.citations)
                .map(|citation| citation.text.clone())
                .collect(),
            in_force: match period {
                Some(period) => (first_day(Some(period)), last_day(Some(period))),
                None => (first, None),
            },
            vocabulary: headers().any(|header| header.kind == HeaderKind::Vocabulary),
            sample,
            values,
        }
    }
}

fn first_day(period: Option<&ast::Period>) -> Option<Date> {
    crate::hir::lower::first_day(period?.from?.0)
}

fn last_day(period: Option<&ast::Period>) -> Option<Date> {
    crate::hir::lower::last_day(period?.until?.0)
}

impl Values {
    fn count(&mut self, declaration: &Declaration, sample: bool) {
        match declaration {
            Declaration::Parameter(parameter) => {
                self.delegated += usize::from(parameter.delegated.is_some());
                if parameter.pending.is_some() && parameter.rows.is_empty() {
                    self.pending += 1;
                }
                for row in &parameter.rows {
                    let is_pending = |cell: &ast::Cell| matches!(cell.value, CellValue::Pending(_));
                    let sample = sample || parameter.sample.is_some() || row.sample.is_some();
                    self.row(row.cells.iter().any(is_pending), sample);
                }
            }
            Declaration::Table(table) => {
                self.delegated += usize::from(table.delegated.is_some());
                for row in &table.rows {
                    let mut cells = row.cells.iter();
                    let pending = cells.any(|c| matches!(c.content, TableCellContent::Pending));
                    self.row(pending, sample || table.sample.is_some());
                }
            }
            Declaration::Rule(rule) => {
                self.delegated += usize::from(rule.tail.modifiers.delegated.is_some());
            }
            _ => {}
        }
    }

    fn row(&mut self, pending: bool, sample: bool) {
        match (pending, sample) {
            (true, _) => self.pending += 1,
            (false, true) => self.sample += 1,
            (false, false) => self.known += 1,
        }
    }
}
