//! A program with one boundary that is read wrongly.

use std::collections::BTreeSet;

use super::change::Place;
use super::find::Found;
use super::sight::Sighting;
use crate::hir::{Mistake, NodeId, NodeKind, ParameterId, ParameterRow, Program, Side, Validity};
use crate::value::Date;

/// A mistake to make in a program.
#[derive(Clone, Debug)]
pub(in crate::engine) enum Alteration {
    /// A comparison is read wrongly.
    Limit(Mistake),
    /// What begins, or ends, on a date does so on another.
    Date {
        /// What.
        places: BTreeSet<Place>,
        /// The date as it is.
        date: Date,
        /// The date as it would be.
        moved: Date,
        /// Whether it ends.
        ends: bool,
    },
}

/// What an alteration has changed.
#[derive(Debug, Default)]
pub(in crate::engine) struct Undo {
    nodes: Vec<(NodeId, NodeKind)>,
    rows: Vec<(ParameterId, usize, Vec<ParameterRow>)>,
}

impl Found {
    /// The mistake that a case which stands there ought to notice.
    pub(in crate::engine) fn alteration(&self, sighting: &Sighting) -> Option<Alteration> {
        let Sighting { key, side, moved } = sighting;
        let Some(moved) = *moved else {
            let nodes = self.nodes.get(key)?.clone();
            return Some(Alteration::Limit(Mistake { nodes, end: key.end, side: *side }));
        };
        let change = self.changes.get(key)?;
        let is_outside = change.outside && (*side == Side::At) == change.ends;
        let mut places = change.places.clone();
        if is_outside {
            // Where nothing is in force yet, or any more, one text alone that held would leave
            // the case as it is: all that begins or ends on that date is moved.
            let beside = self.changes.values().filter(|other| {
                other.outside && other.ends == change.ends && other.date == change.date
            });
            places.extend(beside.flat_map(|other| other.places.iter().copied()));
        }
        Some(Alteration::Date { places, date: change.date, moved, ends: change.ends })
    }
}

impl Alteration {
    /// Makes the mistake; what comes back takes it away again.
    pub(in crate::engine) fn apply(&self, program: &mut Program) -> Undo {
        let mut undo = Undo::default();
        match self {
            Self::Limit(mistake) => program.mistake = Some(mistake.clone()),
            Self::Date { places, date, moved, ends } => {
                for place in places {
                    move_place(program, *place, (*date, *moved, *ends), &mut undo);
                }
            }
        }
        undo
    }
}

impl Undo {
    /// The program as it was.
    pub(in crate::engine) fn restore(self, program: &mut Program) {
        program.mistake = None;
        // The first copy of each is the one before all changes.
        for (id, kind) in self.nodes.into_iter().rev() {
            if let Some(node) = node_mut(program, id) {
                *node = kind;
            }
        }
        for (id, place, rows) in self.rows.into_iter().rev() {
            if let Some(found) = rows_mut(program, id, place) {
                *found = rows;
            }
        }
    }
}

fn node_mut(program: &mut Program, id: NodeId) -> Option<&mut NodeKind> {
    let at = usize::try_from(id.0).ok()?;
    program.nodes.get_mut(at).map(|node| &mut node.kind)
}

fn rows_mut(
    program: &mut Program,
    id: ParameterId,
    place: usize,
) -> Option<&mut Vec<ParameterRow>> {
    let at = usize::try_from(id.0).ok()?;
    program.parameters.get_mut(at)?.rows.get_mut(place)
}

fn move_place(program: &mut Program, place: Place, by: (Date, Date, bool), undo: &mut Undo) {
    match place {
        Place::Version(id, at) => {
            let Some(kind) = node_mut(program, id) else { return };
            undo.nodes.push((id, kind.clone()));
            if let NodeKind::Versions(versions) = kind {
                let times = versions.iter_mut().map(|version| &mut version.validity);
                move_date(times, at, by);
            }
        }
        Place::Exception(id, at) => {
            let Some(kind) = node_mut(program, id) else { return };
            undo.nodes.push((id, kind.clone()));
            if let NodeKind::Default { exceptions, .. } = kind {
                let one = exceptions.get_mut(at).map(|exception| &mut exception.validity);
                move_date(one, 0, by);
            }
        }
        Place::Row(id, key, at) => {
            let Some(rows) = rows_mut(program, id, key) else { return };
            undo.rows.push((id, key, rows.clone()));
            move_date(rows.iter_mut().map(|row| &mut row.validity), at, by);
        }
    }
}

/// Moves the begin of one of several times, and the end of those that it follows; or its end.
fn move_date<'v>(
    times: impl IntoIterator<Item = &'v mut Validity>,
    at: usize,
    (date, moved, ends): (Date, Date, bool),
) {
    let (Ok(last), Ok(eve)) = (date.plus_days(-1), moved.plus_days(-1)) else { return };
    for (position, validity) in times.into_iter().enumerate() {
        match (position == at, ends) {
            (true, true) => validity.until = Some(eve),
            (true, false) => validity.from = Some(moved),
            (false, false) if validity.until == Some(last) => validity.until = Some(eve),
            (false, _) => {}
        }
    }
}
