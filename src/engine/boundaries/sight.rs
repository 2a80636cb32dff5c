//! Where a case stands at boundaries: read off its trace.

use std::collections::BTreeSet;

use super::Key;
use super::change::Change;
use super::find::Found;
use crate::eval::{Clock, Value, limit};
use crate::hir::{ApplicableDate, LayerId, NodeId, NodeKind, ParameterId, Side};
use crate::input::{Fact, InstanceId, Scalar};
use crate::trace::Trace;
use crate::value::{Date, OpError};

/// A side of a boundary at which a case stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::engine) struct Sighting {
    pub(super) key: Key,
    pub(super) side: Side,
    /// Of a date of change, the day to which it would have to move for the case to come to lie on
    /// its other side.
    pub(super) moved: Option<Date>,
}

/// Where one case stands.
#[derive(Debug)]
pub(in crate::engine) struct Sightings<'f> {
    found: &'f Found,
    pub(in crate::engine) seen: BTreeSet<Sighting>,
}

/// How far apart the days lie on which law is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Grain {
    /// Any day.
    Day,
    /// The first of each month.
    First,
    /// The last of each month.
    Last,
}

impl Grain {
    /// Of what a layer wrote, so many months before the one asked.
    pub(in crate::engine) fn of(trace: &Trace<'_>, layer: LayerId, back: u32) -> Self {
        match trace.program.applicable(layer) {
            ApplicableDate::PeriodFirst => Self::First,
            ApplicableDate::PeriodLast => Self::Last,
            ApplicableDate::Assessment if back == 0 => Self::Day,
            ApplicableDate::Assessment => Self::Last,
            ApplicableDate::Fact(field) => match trace.case.fact(field, InstanceId(0)) {
                Fact::Known(Scalar::Constant(crate::hir::Constant::Date(_))) => Self::Day,
                _ => Self::First,
            },
        }
    }

    fn beside(self, day: Date, months: i32, days: i64) -> Result<Date, OpError> {
        match self {
            Self::Day => day.plus_days(days),
            Self::First => Ok(day.year_month().plus_months(months)?.first_day()),
            Self::Last => Ok(day.year_month().plus_months(months)?.last_day()),
        }
    }

    /// Whether a day is the last before a date on which the law is read, or the first from it on.
    fn side(self, day: Date, date: Date) -> Option<Side> {
        if day < date {
            let next = self.beside(day, 1, 1).ok()?;
            return (next >= date).then_some(Side::Below);
        }
        let previous = self.beside(day, -1, -1).ok()?;
        (previous < date).then_some(Side::At)
    }
}

impl<'f> Sightings<'f> {
    pub(in crate::engine) fn new(found: &'f Found) -> Self {
        Self { found, seen: BTreeSet::new() }
    }

    /// Looks where the values of a node lie, and the day that picks its version and exceptions.
    pub(in crate::engine) fn node(
        &mut self,
        trace: &Trace<'_>,
        clock: &Clock,
        (back, id, who): (u32, NodeId, InstanceId),
    ) {
        let Some(node) = trace.program.node(id) else { return };
        match &node.kind {
            NodeKind::Compare(..) | NodeKind::Within { .. } | NodeKind::Elapsed { .. } => {
                let frames = &trace.evaluation.frames;
                let frame = usize::try_from(back).ok().and_then(|back| frames.get(back));
                let value = |node: NodeId| -> Option<&Value> { frame?.get(node, who) };
                for (end, side) in limit::sides(trace.program, id, value) {
                    if let Some(key) = self.found.limits.get(&(id, end)) {
                        self.seen.insert(Sighting { key: key.clone(), side, moved: None });
                    }
                }
            }
            NodeKind::Versions(_) | NodeKind::Default { .. } => {
                let grain = Grain::of(trace, node.layer, back);
                let day = clock.day(node.layer, back);
                for key in self.found.by_node.get(&id).into_iter().flatten() {
                    if let Some(change) = self.found.changes.get(key) {
                        self.seen.extend(at_change(key, change, day, grain));
                    }
                }
            }
            _ => {}
        }
    }

    /// Looks on which day the rows of one key of a parameter are read; `by_days` where a row that
    /// begins within the month counts for its days.
    pub(in crate::engine) fn rows(
        &mut self,
        (parameter, place): (ParameterId, usize),
        day: Date,
        (grain, by_days): (Grain, bool),
    ) {
        for key in self.found.by_column.get(&(parameter, place)).into_iter().flatten() {
            let Some(change) = self.found.changes.get(key) else { continue };
            let date = change.date;
            if by_days && date.day() > 1 && date.year_month() == day.year_month() {
                // A month that has both stands on both sides of the date.
                for (side, moved) in [(Side::Below, -1), (Side::At, 1)] {
                    let moved = date.plus_days(moved).ok();
                    self.seen.insert(Sighting { key: key.clone(), side, moved });
                }
                continue;
            }
            self.seen.extend(at_change(key, change, day, grain));
        }
    }
}

fn at_change(key: &Key, change: &Change, day: Date, grain: Grain) -> Option<Sighting> {
    let side = grain.side(day, change.date)?;
    let moved = match side {
        Side::Below => day,
        Side::At | Side::Above => day.plus_days(1).ok()?,
    };
    Some(Sighting { key: key.clone(), side, moved: Some(moved) })
}
