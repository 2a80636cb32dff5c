//! What a value rests on: facts that are missing, defaults, made-up law, discretion.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::hir::{DefinitionId, FieldId, MeasureId, NodeId, ParameterId};
use crate::input::InstanceId;
use crate::value::YearMonth;

/// One thing that a value rests on or waits for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Note {
    /// A fact that nobody has stated, or that is said to be unknown.
    Missing(FieldId, InstanceId),
    /// A fact that was asked and not given.
    Refused(FieldId, InstanceId),
    /// A dated fact before its first date.
    Before(FieldId, InstanceId, YearMonth),
    /// A parameter row that is 待查: parameter, row key.
    Pending(ParameterId, u32),
    /// A value of a table or rule that is 待查.
    PendingText(NodeId),
    /// A parameter that no layer has filled.
    UnfilledParameter(ParameterId),
    /// A rule that no layer has filled.
    UnfilledRule(DefinitionId),
    /// A decision that somebody has to make.
    Discretion(NodeId, InstanceId),
    /// An earlier month of which nothing is known.
    History(DefinitionId, YearMonth),
    /// A figure over the population in which some cases are not decided.
    Measure(MeasureId),
    /// A default that was applied.
    Assumed(FieldId, InstanceId),
    /// A benefit that was not in force in a month, and so taken as not received.
    NotInForce(DefinitionId, YearMonth),
    /// A made-up parameter row.
    SampleParameter(ParameterId, u32),
    /// A made-up rule.
    SampleRule(DefinitionId),
}

impl Note {
    /// Whether it keeps a value from being known.
    #[must_use]
    pub fn blocks(&self) -> bool {
        !matches!(
            self,
            Self::Assumed(..)
                | Self::NotInForce(..)
                | Self::SampleParameter(..)
                | Self::SampleRule(_)
        )
    }
}

/// The number of a note in its evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub u32);

/// The notes of one evaluation. A copy shares them until it has one of its own.
#[derive(Clone, Debug, Default)]
pub struct Notes(Arc<Numbered>);

#[derive(Clone, Debug, Default)]
struct Numbered {
    list: Vec<Note>,
    numbers: BTreeMap<Note, NoteId>,
}

impl Notes {
    /// The number of a note, the same each time.
    pub fn id(&mut self, note: Note) -> NoteId {
        if let Some(id) = self.0.numbers.get(&note) {
            return *id;
        }
        let own = Arc::make_mut(&mut self.0);
        let id = NoteId(u32::try_from(own.list.len()).unwrap_or(u32::MAX));
        own.list.push(note.clone());
        own.numbers.insert(note, id);
        id
    }

    /// Whether these are the very same, and no other has come to either.
    #[cfg(feature = "repl")]
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// All of them, in the order of their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Note> {
        self.0.list.iter()
    }

    /// Whether this is one of them.
    pub(crate) fn has(&self, note: &Note) -> bool {
        self.0.numbers.contains_key(note)
    }

    /// The note with that number.
    #[must_use]
    pub fn get(&self, id: NoteId) -> Option<&Note> {
        self.0.list.get(usize::try_from(id.0).unwrap_or(usize::MAX))
    }
}

/// A set of notes; the empty one costs nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks(Option<Arc<[Block]>>);

/// Some of the 64 notes whose numbers begin alike, at least one. Notes that are met together have
/// numbers close to each other, and several blocks are put together at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Block {
    /// The number of the first of the 64, divided by 64.
    from: u32,
    /// A bit for each, the lowest for the first.
    bits: u64,
}

impl Marks {
    /// No notes.
    pub const NONE: Self = Self(None);

    /// Just this one.
    #[must_use]
    pub fn one(id: NoteId) -> Self {
        let block = Block { from: id.0 / 64, bits: 1_u64.wrapping_shl(id.0 % 64) };
        Self(Some(Arc::from([block].as_slice())))
    }

    /// The notes in order.
    pub fn iter(&self) -> impl Iterator<Item = NoteId> + '_ {
        self.0.iter().flat_map(|blocks| blocks.iter().flat_map(|block| block.iter()))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// All of both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let mut all = self.clone();
        all.add(other);
        all
    }

    /// Puts all of another set into this one.
    pub(super) fn add(&mut self, other: &Self) {
        let Some(more) = &other.0 else { return };
        match &self.0 {
            // Most often one has all of the other.
            Some(own) if Arc::ptr_eq(own, more) || has_all(own, more) => {}
            Some(own) if !has_all(more, own) => self.0 = Some(merged(own, more).into()),
            _ => self.0 = Some(Arc::clone(more)),
        }
    }
}

impl Block {
    fn iter(self) -> impl Iterator<Item = NoteId> {
        let first = self.from.wrapping_mul(64);
        let mut bits = self.bits;
        std::iter::from_fn(move || {
            let next = (bits != 0).then(|| bits.trailing_zeros())?;
            bits &= bits.wrapping_sub(1);
            Some(NoteId(first.wrapping_add(next)))
        })
    }
}

/// Whether some are all among others; both are in order.
fn has_all(all: &[Block], some: &[Block]) -> bool {
    let mut all = all.iter();
    some.len() <= all.len()
        && some.iter().all(|one| {
            let found = all.by_ref().find(|other| other.from >= one.from);
            found.is_some_and(|found| found.from == one.from && one.bits & !found.bits == 0)
        })
}

/// All of both, each once; both are in order, and so is the result.
fn merged(mut a: &[Block], mut b: &[Block]) -> Vec<Block> {
    let mut all = Vec::with_capacity(a.len().saturating_add(b.len()));
    while let ([first, rest_of_a @ ..], [second, rest_of_b @ ..]) = (a, b) {
        let from = first.from.min(second.from);
        let mut bits = 0;
        if first.from == from {
            bits |= first.bits;
            a = rest_of_a;
        }
        if second.from == from {
            bits |= second.bits;
            b = rest_of_b;
        }
        all.push(Block { from, bits });
    }
    all.extend_from_slice(a);
    all.extend_from_slice(b);
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Marks, NoteId};

    fn marks(numbers: &[u32]) -> Marks {
        numbers.iter().fold(Marks::NONE, |all, number| all.and(&Marks::one(NoteId(*number))))
    }

    #[test]
    fn a_set_of_notes_is_the_same_in_whatever_order_they_came() {
        let lists: [&[u32]; 6] =
            [&[], &[3], &[63, 64], &[0, 1, 2, 127, 128], &[640, 3], &[u32::MAX, 64, 3]];
        for a in lists {
            for b in lists {
                let (both, turned) = (marks(a).and(&marks(b)), marks(b).and(&marks(a)));
                let expected: BTreeSet<u32> = a.iter().chain(b).copied().collect();
                let found: Vec<u32> = both.iter().map(|id| id.0).collect();
                assert_eq!(found, Vec::from_iter(expected));
                assert_eq!(both, turned);
                assert_eq!(both.is_empty(), a.is_empty() && b.is_empty());
            }
        }
    }
}
