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
pub struct Marks(Option<Arc<[NoteId]>>);

impl Marks {
    /// No notes.
    pub const NONE: Self = Self(None);

    /// Just this one.
    #[must_use]
    pub fn one(id: NoteId) -> Self {
        Self(Some(Arc::from([id].as_slice())))
    }

    /// The notes in order.
    pub fn iter(&self) -> impl Iterator<Item = NoteId> + '_ {
        self.0.iter().flat_map(|marks| marks.iter().copied())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// All of both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        match (&self.0, &other.0) {
            (None, _) => other.clone(),
            (_, None) => self.clone(),
            (Some(a), Some(b)) if Arc::ptr_eq(a, b) => self.clone(),
            // Most often one has all of the other.
            (Some(a), Some(b)) if has_all(a, b) => self.clone(),
            (Some(a), Some(b)) if has_all(b, a) => other.clone(),
            (Some(a), Some(b)) => Self(Some(merged(a, b).into())),
        }
    }
}

/// Whether some are all among others; both are in order.
fn has_all(all: &[NoteId], some: &[NoteId]) -> bool {
    let mut all = all.iter();
    some.len() <= all.len()
        && some.iter().all(|one| all.by_ref().find(|other| *other >= one) == Some(one))
}

/// All of both, each once; both are in order, and so is the result.
fn merged(a: &[NoteId], b: &[NoteId]) -> Vec<NoteId> {
    let mut all = Vec::with_capacity(a.len().saturating_add(b.len()));
    let (mut a, mut b) = (a.iter().copied().peekable(), b.iter().copied().peekable());
    while let (Some(first), Some(second)) = (a.peek(), b.peek()) {
        let next = *first.min(second);
        let _ = a.next_if_eq(&next);
        let _ = b.next_if_eq(&next);
        all.push(next);
    }
    all.extend(a);
    all.extend(b);
    all
}
