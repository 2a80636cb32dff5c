//! Dates of change: where rows of parameters, versions and exceptions begin and end.

use std::collections::{BTreeMap, BTreeSet};

use super::find::Found;
use super::life::Life;
use super::{Boundaries, BoundaryKind, Key, Scale};
use crate::diagnostic::Bilingual;
use crate::engine::coverage::Naming;
use crate::eval::{Live, row_in_force};
use crate::hir::{
    ApplicableDate, ExceptionArm, ItemId, LayerId, Node, NodeId, NodeKind, Parameter, ParameterId,
    Program, Side, Validity, Version,
};
use crate::source::{SourceId, Span};
use crate::value::Date;

/// A date of change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// The first day of what is new: where something begins, or the day after its last.
    pub(super) date: Date,
    /// Whether something ends that nothing follows; else something begins.
    pub(super) ends: bool,
    /// Whether nothing is in force on the other side: before it begins, after it ends.
    pub(super) outside: bool,
    /// What begins or ends.
    pub(super) places: BTreeSet<Place>,
}

/// What begins or ends on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::engine) enum Place {
    /// A version, by its position.
    Version(NodeId, usize),
    /// An exception, by its position.
    Exception(NodeId, usize),
    /// A row of a parameter: key and position.
    Row(ParameterId, usize, usize),
}

/// Adds the dates of change of a program.
pub(super) fn changes(
    program: &Program,
    live: &Live,
    found: &mut Found,
    boundaries: &mut Boundaries,
) {
    let life = Life::of(program, live);
    let mut finder = Finder { program, life, found, boundaries };
    for id in live.order() {
        let Some(node) = program.node(*id) else { continue };
        match &node.kind {
            NodeKind::Versions(versions) => finder.versions(*id, node, versions),
            NodeKind::Default { exceptions, .. } => finder.exceptions(*id, node, exceptions),
            _ => {}
        }
    }
    for (at, parameter) in program.parameters.iter().enumerate() {
        let id = ParameterId(u32::try_from(at).unwrap_or(u32::MAX));
        finder.parameter(id, parameter);
    }
}

struct Finder<'a> {
    program: &'a Program,
    life: Life<'a>,
    found: &'a mut Found,
    boundaries: &'a mut Boundaries,
}

/// The days on which something begins and on which it is no more; which of them is the end.
fn edges(validity: &Validity) -> impl Iterator<Item = (Date, bool)> {
    let begins = validity.from.map(|from| (from, false));
    let ends = validity.until.and_then(|until| until.plus_days(1).ok()).map(|day| (day, true));
    begins.into_iter().chain(ends)
}

impl Finder<'_> {
    fn versions(&mut self, id: NodeId, node: &Node, versions: &[Version]) {
        let in_force =
            |day: Date| versions.iter().position(|version| version.validity.holds(day, None));
        for (at, version) in versions.iter().enumerate() {
            for (date, ends) in edges(&version.validity) {
                let Ok(eve) = date.plus_days(-1) else { continue };
                let (before, after) = (in_force(eve), in_force(date));
                // What another version covers on both days changes nothing; what another follows
                // begins there.
                let is_seen = if ends { before == Some(at) } else { after == Some(at) };
                let is_followed = ends
                    && after
                        .and_then(|next| versions.get(next))
                        .is_some_and(|next| next.validity.from == Some(date));
                if before == after || !is_seen || is_followed {
                    continue;
                }
                let outside = if ends { after.is_none() } else { before.is_none() };
                let change =
                    Change { date, ends, outside, places: [Place::Version(id, at)].into() };
                let (span, name) = self.written(id, version, (date, ends));
                let key = Key { span, kind: BoundaryKind::Version, end: usize::from(ends) };
                self.change(key.clone(), name, node.layer, change);
                self.found.by_node.entry(id).or_default().insert(key);
            }
        }
    }

    /// Where the date of a version is written, and of what: in the header of its file, at the head
    /// of the definition around it, or at its own.
    fn written(&self, id: NodeId, version: &Version, (date, ends): (Date, bool)) -> (Span, String) {
        let naming = Naming(self.program);
        let owner =
            self.program.definitions.iter().find(|definition| definition.versions == Some(id));
        let text = owner.and_then(|owner| {
            let text = owner.texts.iter().find(|text| text.validity == version.validity)?;
            Some((text.span, naming.name_of(owner)))
        });
        let (span, name) = text.unwrap_or_else(|| self.made_of(version));
        let same = |validity: &Validity| edges(validity).any(|edge| edge == (date, ends));
        if let Some((header, validity)) = self.program.in_force.get(&span.source)
            && same(validity)
        {
            return (*header, "政策".to_owned());
        }
        // A payment keeps the dates of its decision.
        let texts = self
            .program
            .definitions
            .iter()
            .flat_map(|owner| owner.texts.iter().map(move |text| (owner, text)));
        let around = texts
            .filter(|(_, text)| {
                let whole = text.span;
                same(&text.validity)
                    && whole.source == span.source
                    && whole.start <= span.start
                    && span.end <= whole.end
            })
            .min_by_key(|(_, text)| (text.span.start, std::cmp::Reverse(text.span.end)));
        match around {
            Some((owner, text)) => (text.span, naming.name_of(owner)),
            None => (span, name),
        }
    }

    /// What stands for a version that no definition declares: the first row of a table, the last of
    /// the conditions that a supplement adds, the 起发 or 停发 that one states, else all of it.
    fn made_of(&self, version: &Version) -> (Span, String) {
        let root = self.program.node(version.root);
        let item = match root.map(|root| &root.kind) {
            Some(NodeKind::Choose { arms, .. }) => arms.first().map(|arm| arm.item),
            Some(NodeKind::All(parts)) => {
                let last = parts.last().and_then(|last| self.program.node(*last));
                last.and_then(|last| match last.kind {
                    NodeKind::Item(item, _) => Some(item),
                    _ => None,
                })
            }
            Some(NodeKind::Timed { terms, .. }) => {
                let layer = |item: ItemId| self.program.item(item).map(|item| item.layer);
                // Deeper layers come first where both clauses are written anew.
                terms.iter().map(|term| term.item).rev().max_by_key(|item| layer(*item))
            }
            _ => None,
        };
        let item = item.and_then(|item| self.program.item(item));
        let named = item.map(|item| match format!("{}{}", item.number, item.label) {
            name if name.is_empty() => (item.span, "增加条件".to_owned()),
            name => (item.span, name),
        });
        let (span, name) = named
            .unwrap_or_else(|| (root.map(|root| root.span).unwrap_or_default(), String::new()));
        (span, Naming(self.program).within(span, &name).trim().to_owned())
    }

    fn exceptions(&mut self, id: NodeId, node: &Node, exceptions: &[ExceptionArm]) {
        for (at, exception) in exceptions.iter().enumerate() {
            let Some(item) = self.program.item(exception.item) else { continue };
            let name = Naming(self.program).within(item.span, &item.label);
            for (date, ends) in edges(&exception.validity) {
                let places = [Place::Exception(id, at)].into();
                let change = Change { date, ends, outside: false, places };
                let kind = BoundaryKind::Exception;
                let key = Key { span: item.span, kind, end: usize::from(ends) };
                self.change(key.clone(), name.clone(), node.layer, change);
                self.found.by_node.entry(id).or_default().insert(key);
            }
        }
    }

    /// The values of one parameter that one text gives from one date on.
    fn parameter(&mut self, id: ParameterId, parameter: &Parameter) {
        type Together = BTreeMap<(SourceId, Date, bool), (Span, LayerId, Change, BTreeSet<usize>)>;
        let mut together: Together = BTreeMap::new();
        for (place, rows) in parameter.rows.iter().enumerate() {
            let in_force = |day: Date| row_in_force(parameter, place, day, None);
            for (at, row) in rows.iter().enumerate() {
                for (date, ends) in edges(&row.validity) {
                    let Ok(eve) = date.plus_days(-1) else { continue };
                    let (before, after) = (in_force(eve), in_force(date));
                    let seen = if ends { before } else { after };
                    let is_followed =
                        ends && after.is_some_and(|(_, next)| next.validity.from == Some(date));
                    let value = |row: Option<(usize, &crate::hir::ParameterRow)>| {
                        row.map(|(_, row)| (row.value, row.sample && row.value.is_none()))
                    };
                    // The same value again: nobody could tell.
                    let is_same = value(before) == value(after);
                    if seen.map(|(at, _)| at) != Some(at) || is_followed || is_same {
                        continue;
                    }
                    let outside = if ends { after.is_none() } else { before.is_none() };
                    let entry =
                        together.entry((row.span.source, date, ends)).or_insert_with(|| {
                            let change =
                                Change { date, ends, outside: true, places: BTreeSet::new() };
                            (row.span, row.layer, change, BTreeSet::new())
                        });
                    entry.0 = entry.0.min(row.span);
                    entry.2.outside &= outside;
                    entry.2.places.insert(Place::Row(id, place, at));
                    entry.3.insert(place);
                }
            }
        }
        for ((_, _, ends), (span, layer, change, columns)) in together {
            let key = Key { span, kind: BoundaryKind::Parameter, end: usize::from(ends) };
            self.change(key.clone(), parameter.name.text.clone(), layer, change);
            for place in columns {
                self.found.by_column.entry((id, place)).or_default().insert(key.clone());
            }
        }
    }

    fn change(&mut self, key: Key, name: String, layer: LayerId, change: Change) {
        let by_day = |place: &Place| match place {
            Place::Row(parameter, ..) => self.life.is_by_day(*parameter),
            Place::Version(..) | Place::Exception(..) => false,
        };
        let monthly = matches!(
            self.program.applicable(layer),
            ApplicableDate::PeriodFirst | ApplicableDate::PeriodLast
        ) && !change.places.iter().any(by_day);
        let scale = match (monthly, change.ends) {
            (true, false) => Scale::Month,
            (true, true) => Scale::LastMonth,
            (false, false) => Scale::Day,
            (false, true) => Scale::LastDay,
        };
        let (zh, en) = if change.ends {
            let last = change.date.plus_days(-1).unwrap_or(change.date);
            (format!("至{}止", last.zh()), format!("until {last}"))
        } else {
            (format!("自{}起", change.date.zh()), format!("from {}", change.date))
        };
        let en_name = if name == "政策" { "policy" } else { &name };
        let name = Bilingual::new(format!("{name} {zh}"), format!("{en_name} {en}"));
        let is_asked = |side: &Side| self.life.is_asked(&change, layer, *side);
        let sides = [Side::Below, Side::At];
        let sides: Vec<Side> = sides.into_iter().filter(is_asked).collect();
        self.boundaries.declare(key.clone(), name, scale, &sides);
        match self.found.changes.get_mut(&key) {
            Some(known) => {
                known.outside &= change.outside;
                known.places.extend(change.places);
            }
            None => drop(self.found.changes.insert(key, change)),
        }
    }
}
