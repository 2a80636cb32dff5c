//! Boundaries: whether the cases of policies would notice one that is written wrongly. A boundary is
//! the limit of a comparison, an end of an interval, the end of a period, or a date from which a
//! row, a version or an exception holds or holds no more.
//!
//! A case stands at a boundary where a value that it rests on lies just below the limit, at it or
//! just above it, or where the law is read on the day before a date of change or on that day. It
//! tries the boundary there where something that it expects would fail if the boundary were read
//! the other way round: the comparison is turned round on that side, or the date moved past that
//! day, and the case is run again.

mod alter;
mod change;
mod find;
mod life;
mod reach;
mod sight;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::coverage::Tally;
use crate::diagnostic::Bilingual;
use crate::hir::Side;
use crate::source::{SourceId, Span};

pub(super) use alter::Alteration;
pub(super) use find::Found;
pub(super) use sight::{Grain, Sighting, Sightings};

/// How well the cases of some policies try their boundaries.
#[derive(Clone, Debug, Default)]
pub struct Boundaries {
    boundaries: BTreeMap<Key, Boundary>,
}

/// A boundary is the same in every program that has it: what it is, and where it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    span: Span,
    kind: BoundaryKind,
    /// Of several limits of one comparison, which; of a time in force, 0 its begin and 1 its end.
    end: usize,
}

#[derive(Clone, Debug)]
struct Boundary {
    name: Bilingual,
    scale: Scale,
    sides: BTreeMap<Side, Tried>,
}

/// How far the cases got with one side of a boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tried {
    /// None of them stands there.
    Never,
    /// Some stand there, and would come out the same.
    Unnoticed,
    /// One of them would fail.
    Noticed,
}

/// What is told apart on the two sides of a boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scale {
    Number,
    Day,
    Month,
    /// Days about one on which something ends.
    LastDay,
    /// The same in months.
    LastMonth,
}

/// What kind of boundary it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum BoundaryKind {
    /// 低于, 不超过, 早于 and their like.
    Comparison,
    /// An end of an interval, in 属于 or in a row of a table.
    Interval,
    /// 满: the day on which a period ends.
    Period,
    /// 起发, 停发
    Term,
    /// The date from which a parameter has a value, or has it no more.
    Parameter,
    /// 施行 of a policy, a rule, a decision, a payment or a table.
    Version,
    /// 施行 of an exception.
    Exception,
}

impl BoundaryKind {
    /// All kinds, in the order in which they are reported.
    pub const ALL: [Self; 7] = [
        Self::Comparison,
        Self::Interval,
        Self::Period,
        Self::Term,
        Self::Parameter,
        Self::Version,
        Self::Exception,
    ];

    /// Its name for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Comparison => "comparison",
            Self::Interval => "interval",
            Self::Period => "period",
            Self::Term => "term",
            Self::Parameter => "parameter",
            Self::Version => "version",
            Self::Exception => "exception",
        }
    }

    /// Its name in Chinese and English.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Comparison => ("比较", "comparisons"),
            Self::Interval => ("区间", "intervals"),
            Self::Period => ("期限", "periods"),
            Self::Term => ("起停发", "terms"),
            Self::Parameter => ("参数起止", "dates of parameters"),
            Self::Version => ("施行起止", "dates of versions"),
            Self::Exception => ("例外起止", "dates of exceptions"),
        }
    }
}

/// A boundary of which a side has not been tried.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UntriedBoundary {
    /// What it is.
    pub kind: BoundaryKind,
    /// The words of the rule, behind what they belong to.
    pub name: Bilingual,
    /// Where it is written.
    pub span: Span,
    /// The sides that have not been tried.
    pub missing: Vec<MissingSide>,
}

/// A side of a boundary that has not been tried.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MissingSide {
    /// Which, in words: 刚好低于, 正好等于, 刚好高于; 前一日, 当日, 后一日; 最后一日, 次日; months the
    /// same.
    pub side: Bilingual,
    /// Whether some case stands there, and expects nothing that tells.
    pub stood_at: bool,
}

impl Boundaries {
    /// The sides tried of one kind of boundary that is written in the files that `of` accepts.
    #[must_use]
    pub fn tally(&self, kind: BoundaryKind, of: impl Fn(SourceId) -> bool) -> Tally {
        let mut tally = Tally::default();
        for (key, boundary) in &self.boundaries {
            if key.kind == kind && of(key.span.source) {
                let tried = boundary.sides.values().filter(|tried| **tried == Tried::Noticed);
                tally.tried = tally.tried.saturating_add(tried.count());
                tally.all = tally.all.saturating_add(boundary.sides.len());
            }
        }
        tally
    }

    /// The sides tried of all kinds together.
    #[must_use]
    pub fn total(&self, of: impl Fn(SourceId) -> bool) -> Tally {
        BoundaryKind::ALL.iter().map(|kind| self.tally(*kind, &of)).fold(
            Tally::default(),
            |sum, tally| Tally {
                tried: sum.tried.saturating_add(tally.tried),
                all: sum.all.saturating_add(tally.all),
            },
        )
    }

    /// What has not been tried in full, in the order of the texts.
    #[must_use]
    pub fn untried(&self, of: impl Fn(SourceId) -> bool) -> Vec<UntriedBoundary> {
        let mut untried = Vec::new();
        for (key, boundary) in self.boundaries.iter().filter(|(key, _)| of(key.span.source)) {
            let missing: Vec<MissingSide> = boundary
                .sides
                .iter()
                .filter(|(_, tried)| **tried != Tried::Noticed)
                .map(|(side, tried)| MissingSide {
                    side: boundary.scale.words(*side),
                    stood_at: *tried == Tried::Unnoticed,
                })
                .collect();
            if !missing.is_empty() {
                let name = boundary.name.clone();
                untried.push(UntriedBoundary { kind: key.kind, name, span: key.span, missing });
            }
        }
        untried
    }

    fn declare(&mut self, key: Key, name: Bilingual, scale: Scale, sides: &[Side]) {
        let new = || Boundary { name, scale, sides: BTreeMap::new() };
        let boundary = self.boundaries.entry(key).or_insert_with(new);
        for side in sides {
            boundary.sides.entry(*side).or_insert(Tried::Never);
        }
    }

    /// Whether a case that stands there could still tell something new.
    pub(super) fn is_open(&self, sighting: &Sighting) -> bool {
        let boundary = self.boundaries.get(&sighting.key);
        let tried = boundary.and_then(|boundary| boundary.sides.get(&sighting.side));
        tried.is_some_and(|tried| *tried != Tried::Noticed)
    }

    /// Takes down that a case stood there, and whether it would notice a mistake.
    pub(super) fn mark(&mut self, sighting: &Sighting, noticed: bool) {
        let boundary = self.boundaries.get_mut(&sighting.key);
        if let Some(tried) = boundary.and_then(|found| found.sides.get_mut(&sighting.side)) {
            *tried = (*tried).max(if noticed { Tried::Noticed } else { Tried::Unnoticed });
        }
    }
}

impl Scale {
    fn words(self, side: Side) -> Bilingual {
        let (zh, en) = match (self, side) {
            (Self::Number, Side::Below) => ("刚好低于", "just below"),
            (Self::Number, Side::At) => ("正好等于", "exactly at"),
            (Self::Number, Side::Above) => ("刚好高于", "just above"),
            (Self::Day, Side::Below) => ("前一日", "the day before"),
            (Self::Day, Side::At) => ("当日", "on the day"),
            (Self::Day, Side::Above) => ("后一日", "the day after"),
            (Self::Month, Side::Below) => ("前一月", "the month before"),
            (Self::Month, Side::At) => ("当月", "in the month"),
            (Self::Month, Side::Above) => ("后一月", "the month after"),
            (Self::LastDay, Side::Below) => ("最后一日", "the last day"),
            (Self::LastDay, Side::At | Side::Above) => ("次日", "the day after"),
            (Self::LastMonth, Side::Below) => ("最后一月", "the last month"),
            (Self::LastMonth, Side::At | Side::Above) => ("次月", "the month after"),
        };
        Bilingual::new(zh, en)
    }
}
