//! A case of which some facts are tried with one value after another: from one to the next only
//! what comes out otherwise is evaluated.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::{Clock, Evaluation, Frame, Live, Mixture, Note, Notes, Pass, Places, Value, index};
use crate::hir::{ApplicableDate, DefinitionId, FieldId, Layer, NodeId, NodeKind, Program};
use crate::input::{Case, Fact, InstanceId};

/// Some of the places in which values stand.
#[derive(Clone, Debug)]
pub(crate) struct PlaceSet {
    /// A bit for each place.
    words: Vec<u64>,
    /// A bit for each word in which there is one.
    filled: Vec<u64>,
}

impl PlaceSet {
    fn of(count: usize) -> Self {
        let words = count.div_ceil(64);
        Self { words: vec![0; words], filled: vec![0; words.div_ceil(64)] }
    }

    #[cfg(feature = "repl")]
    fn full(count: usize) -> Self {
        let words = count.div_ceil(64);
        Self { words: vec![u64::MAX; words], filled: vec![u64::MAX; words.div_ceil(64)] }
    }

    fn set(&mut self, place: usize, is_in: bool) {
        let at = place / 64;
        let Some(word) = self.words.get_mut(at) else { return };
        set_bit(word, place, is_in);
        let is_filled = *word != 0;
        if let Some(filled) = self.filled.get_mut(at / 64) {
            set_bit(filled, at, is_filled);
        }
    }

    /// The first place from some place on that is in both.
    fn next_of_both(&self, other: &Self, from: usize) -> Option<usize> {
        let both = |at: usize| Some(self.words.get(at)? & other.words.get(at)?);
        let first = from / 64;
        let word = both(first)? & u64::MAX.wrapping_shl(bit_of(from));
        if word != 0 {
            return place_in(first, word);
        }
        let from = first.checked_add(1)?;
        let mut behind = u64::MAX.wrapping_shl(bit_of(from));
        let filled = self.filled.iter().zip(&other.filled).enumerate().skip(from / 64);
        for (at, (ours, theirs)) in filled {
            let mut filled = ours & theirs & behind;
            behind = u64::MAX;
            while filled != 0 {
                let at = place_in(at, filled)?;
                let word = both(at)?;
                if word != 0 {
                    return place_in(at, word);
                }
                filled &= filled.wrapping_sub(1);
            }
        }
        None
    }
}

fn set_bit(word: &mut u64, at: usize, is_in: bool) {
    let bit = 1_u64.wrapping_shl(bit_of(at));
    *word = if is_in { *word | bit } else { *word & !bit };
}

/// The place of the first bit of a word.
fn place_in(word: usize, bits: u64) -> Option<usize> {
    word.checked_mul(64)?.checked_add(index(bits.trailing_zeros()))
}

fn bit_of(place: usize) -> u32 {
    u32::try_from(place % 64).unwrap_or(0)
}

/// A node that reads another.
#[derive(Clone, Copy, Debug)]
struct Reader {
    node: NodeId,
    /// Whether it reads it for the same instance alone.
    is_same_instance: bool,
    /// Whether it reads it in earlier months.
    looks_back: bool,
}

/// Nodes that are asked for: where their values stand for the people of a case, and what reads
/// which. The same for all cases of so many people.
#[derive(Debug)]
pub(crate) struct Links {
    places: Arc<Places>,
    /// By place, whose value stands there.
    owners: Vec<(NodeId, InstanceId)>,
    /// By node.
    readers: Vec<Vec<Reader>>,
    facts: BTreeMap<FieldId, Vec<NodeId>>,
    /// By kind of thing, how many there are.
    #[cfg(feature = "repl")]
    people: Vec<usize>,
    /// By definition, the places of what a decision needs.
    needed: Vec<OnceLock<Arc<PlaceSet>>>,
}

impl Links {
    /// Of the live nodes of a program.
    pub(crate) fn of(program: &Program, live: &Live, case: &Case) -> Self {
        let places = Arc::new(Places::of(program, live, case));
        let mut owners = Vec::with_capacity(places.len());
        let mut readers: Vec<Vec<Reader>> = vec![Vec::new(); program.nodes.len()];
        let mut facts: BTreeMap<FieldId, Vec<NodeId>> = BTreeMap::new();
        for (id, read) in live.with_reads(program) {
            let Some(node) = program.node(id) else { continue };
            let instances = 0..case.of(node.subject).len();
            owners.extend(instances.map(|who| (id, instance(who))));
            if let NodeKind::Fact(field) = node.kind {
                facts.entry(field).or_default().push(id);
            }
            for read in read {
                let subject = program.node(*read).map(|read| read.subject);
                let reader = Reader {
                    node: id,
                    is_same_instance: subject == Some(node.subject) && reads_itself(&node.kind),
                    looks_back: looks_back(&node.kind, *read),
                };
                if let Some(readers) = readers.get_mut(index(read.0)) {
                    readers.push(reader);
                }
            }
        }
        let needed = vec![OnceLock::new(); program.definitions.len()];
        Self {
            places,
            owners,
            readers,
            facts,
            #[cfg(feature = "repl")]
            people: case.instances.iter().map(Vec::len).collect(),
            needed,
        }
    }

    /// Whether it is for as many people as a case has.
    #[cfg(feature = "repl")]
    pub(crate) fn fit(&self, case: &Case) -> bool {
        self.people.iter().copied().eq(case.instances.iter().map(Vec::len))
    }

    /// The places of what a decision needs, `live`.
    pub(crate) fn needed(&self, decision: DefinitionId, live: &Live) -> Arc<PlaceSet> {
        let find = || Arc::new(self.places_of(live));
        match self.needed.get(index(decision.0)) {
            Some(known) => Arc::clone(known.get_or_init(find)),
            None => find(),
        }
    }

    fn places_of(&self, live: &Live) -> PlaceSet {
        let mut set = PlaceSet::of(self.owners.len());
        for node in live.order() {
            self.places.range(*node).for_each(|place| set.set(place, true));
        }
        set
    }
}

/// Whether a node reads its operands for the instance that it is evaluated for.
fn reads_itself(kind: &NodeKind) -> bool {
    !matches!(
        kind,
        NodeKind::AtParent(_)
            | NodeKind::AtInstance(..)
            | NodeKind::AtReference { .. }
            | NodeKind::Aggregate { .. }
            | NodeKind::Pick { .. }
    )
}

/// Whether a node reads another in earlier months.
fn looks_back(kind: &NodeKind, read: NodeId) -> bool {
    match kind {
        NodeKind::Shift(..)
        | NodeKind::Earlier(..)
        | NodeKind::Window { .. }
        | NodeKind::MonthsInARow(_)
        | NodeKind::LastTime(_)
        | NodeKind::SinceWhen { .. } => true,
        // Of what was paid in an earlier month, the formula.
        NodeKind::If { condition, then, otherwise } => {
            ![condition, then, otherwise].contains(&&read)
        }
        _ => false,
    }
}

/// The values of a case under what is tried now. Each that is not stale is what its node comes to
/// with the values that the others have.
#[derive(Debug)]
pub(crate) struct Tried<'a> {
    program: &'a Program,
    before: &'a Evaluation,
    case: Cow<'a, Case>,
    clock: Clock,
    mixture: Mixture,
    /// What a pass goes through by itself: here it is asked node by node.
    nodes: Live,
    links: Arc<Links>,
    /// The facts that something can be taken for.
    takes: BTreeSet<FieldId>,
    notes: Notes,
    /// The earliest month first.
    frames: Vec<Arc<Frame>>,
    /// By month, in that order: the places whose values are to be evaluated again.
    stale: Vec<PlaceSet>,
}

impl<'a> Tried<'a> {
    /// Nothing tried yet: what a case came to.
    pub(crate) fn new(
        program: &'a Program,
        links: Arc<Links>,
        case: &Case,
        before: &'a Evaluation,
    ) -> Self {
        let fields = before.notes.iter().filter_map(|note| match note {
            Note::Missing(field, _) | Note::Refused(field, _) => Some(*field),
            _ => None,
        });
        let picks_law = |at: &FieldId| {
            let by =
                |layer: &Layer| matches!(layer.applicable, ApplicableDate::Fact(by) if by == *at);
            program.layers.iter().any(by)
        };
        let takes = fields.filter(|field| !picks_law(field)).collect();
        let mut tried = Self::over(program, links, Cow::Owned(case.clone()), before);
        tried.takes = takes;
        if before.notes.iter().any(|note| matches!(note, Note::Refused(..))) {
            // In the order in which evaluating the whole would meet them, whatever is tried first.
            for (id, who) in &tried.links.owners {
                if let Some(NodeKind::Fact(field)) = program.node(*id).map(|node| &node.kind)
                    && tried.takes.contains(field)
                    && before.notes.has(&Note::Refused(*field, *who))
                {
                    let _ = tried.notes.id(Note::Missing(*field, *who));
                }
            }
        }
        tried
    }

    /// What a case came to, to be asked of another one of as many people.
    fn over(
        program: &'a Program,
        links: Arc<Links>,
        case: Cow<'a, Case>,
        before: &'a Evaluation,
    ) -> Self {
        let count = links.places.len();
        let frame = |rest: &Arc<Frame>| Arc::new(Frame::over(&links.places, Arc::clone(rest)));
        Self {
            program,
            before,
            clock: Clock::of(program, &case, &before.question),
            case,
            mixture: Mixture::default(),
            nodes: Live::none(),
            takes: BTreeSet::new(),
            notes: before.notes.clone(),
            frames: before.frames.iter().rev().map(frame).collect(),
            stale: vec![PlaceSet::of(count); before.frames.len()],
            links,
        }
    }

    /// The places of what a decision needs, `live`.
    pub(crate) fn needed(&self, decision: DefinitionId, live: &Live) -> Arc<PlaceSet> {
        self.links.needed(decision, live)
    }

    /// Takes something for a fact.
    pub(crate) fn set(&mut self, field: FieldId, who: InstanceId, fact: Fact) {
        if *self.case.fact(field, who) == fact {
            return;
        }
        self.case.to_mut().set(field, who, fact);
        self.is_another(field, who);
    }

    /// A fact is another than it was.
    fn is_another(&mut self, field: FieldId, who: InstanceId) {
        for node in self.links.facts.get(&field).into_iter().flatten() {
            let place = place_for(&self.links.places, *node, who);
            for month in &mut self.stale {
                place.clone().for_each(|place| month.set(place, true));
            }
        }
    }

    /// Makes the values in some places hold, which are all that some nodes need, so many months
    /// back.
    pub(crate) fn evaluate(&mut self, needed: &PlaceSet, months: usize) {
        let first = self.frames.len().saturating_sub(months);
        for at in first..self.frames.len() {
            self.month(needed, at);
        }
    }

    fn month(&mut self, needed: &PlaceSet, at: usize) -> Option<()> {
        let first = self.stale.get(at)?.next_of_both(needed, 0)?;
        let back = u32::try_from(self.frames.len().checked_sub(at)?.checked_sub(1)?).ok()?;
        let question = self.before.question;
        let offset = i32::try_from(back).ok()?.saturating_neg();
        let period = question.period.plus_months(offset).ok()?;
        let assessment = if back == 0 { question.assessment_day() } else { period.last_day() };
        let (earlier, others) = self.frames.split_at_mut(at);
        let frame = others.first_mut()?;
        let mut pass = Pass {
            program: self.program,
            live: &self.nodes,
            case: &self.case,
            question,
            period,
            assessment,
            back,
            clock: &self.clock,
            mixture: &self.mixture,
            without_rounding: false,
            earlier,
            notes: &mut self.notes,
            frame: std::mem::take(Arc::make_mut(frame)),
        };
        let mut next = Some(first);
        while let Some(place) = next {
            self.stale.get_mut(at)?.set(place, false);
            let (id, who) = *self.links.owners.get(place)?;
            let value = pass.node(id, self.program.node(id)?, who);
            if pass.frame.get(id, who) != Some(&value) {
                pass.frame.put(place, value);
                self.links.read_again(&mut self.stale, at, (id, who));
            }
            next = self.stale.get(at)?.next_of_both(needed, place.saturating_add(1));
        }
        *Arc::make_mut(frame) = pass.frame;
        Some(())
    }

    /// Whether something can be taken for a fact: one that some value waits for, and that picks no law.
    pub(crate) fn takes(&self, field: FieldId) -> bool {
        self.takes.contains(&field)
    }

    /// The value of a node in the month asked.
    pub(crate) fn value(&self, node: NodeId, who: InstanceId) -> Option<&Value> {
        self.frames.last()?.get(node, who)
    }

    /// What the marks in the values mean.
    pub(crate) fn notes(&self) -> &Notes {
        &self.notes
    }
}

/// What a case comes to, by way of what another one came to that differs from it in some facts:
/// only what comes out otherwise is evaluated. `links` are of all nodes that have values there.
///
/// The people, lists and records of both cases, the months that are looked at and the days that pick
/// the law are the same.
#[cfg(feature = "repl")]
pub(crate) fn evaluate_changed(
    program: &Program,
    links: &Arc<Links>,
    (before_case, before): (&Case, &Evaluation),
    case: &Case,
) -> Evaluation {
    let mut tried = Tried::over(program, Arc::clone(links), Cow::Borrowed(case), before);
    for (field, (old, new)) in (0_u32..).zip(before_case.facts.iter().zip(&case.facts)) {
        for (who, _) in old.iter().zip(new).enumerate().filter(|(_, (old, new))| old != new) {
            tried.is_another(FieldId(field), instance(who));
        }
    }
    let everything = PlaceSet::full(links.places.len());
    tried.evaluate(&everything, before.frames.len());
    tried.frames.reverse();
    Evaluation { question: before.question, frames: tried.frames, notes: tried.notes }
}

impl Links {
    /// Whoever reads a value that has changed in a month comes to something else, in that month or
    /// in a later one.
    fn read_again(&self, stale: &mut [PlaceSet], at: usize, (id, who): (NodeId, InstanceId)) {
        for reader in self.readers.get(index(id.0)).into_iter().flatten() {
            let places = if reader.is_same_instance {
                place_for(&self.places, reader.node, who)
            } else {
                self.places.range(reader.node)
            };
            let months = if reader.looks_back { usize::MAX } else { 1 };
            for month in stale.iter_mut().skip(at).take(months) {
                places.clone().for_each(|place| month.set(place, true));
            }
        }
    }
}

/// The place of a node for an instance.
fn place_for(places: &Places, node: NodeId, who: InstanceId) -> Range<usize> {
    let Range { start, end } = places.range(node);
    let place = start.saturating_add(index(who.0));
    place.min(end)..place.saturating_add(1).min(end)
}

fn instance(at: usize) -> InstanceId {
    InstanceId(u32::try_from(at).unwrap_or(u32::MAX))
}
