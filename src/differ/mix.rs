//! Mixed situations: some causes as before, some as after, decided by the interpreter.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::atom::{Atom, Common, Reading, row_value};
use super::pairing::DecisionPair;
use super::side::Side;
use super::slice::Slice;
use crate::eval::{
    Evaluation, Marks, Mixture, Question, Rows, Value, before_rounding, evaluate_mixed,
};
use crate::hir::{DefinitionId, NodeId, Parameter, ParameterId};
use crate::input::{Case, Fact, Instance, InstanceId, Scalar};
use crate::types::{ObjectId, Type};
use crate::value::Rational;

/// How one decision comes out in a mixed situation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Whether the subject is entitled; nothing where that is not known.
    pub(super) entitled: Option<bool>,
    /// The payments before their last rounding, in the order of the pair; 0 without entitlement,
    /// nothing where an amount is not known.
    pub(super) amounts: Vec<Option<Rational>>,
}

/// What the day gives: ages and durations, and every condition, by person.
#[derive(Default)]
pub(super) struct Timed {
    pub(super) values: BTreeMap<(DefinitionId, usize), Value>,
    truths: BTreeMap<(NodeId, usize), Option<bool>>,
}

impl Timed {
    /// The people of whom a condition turned between two days.
    pub(super) fn turned(&self, later: &Self) -> BTreeSet<usize> {
        let turned = self.truths.iter().filter(|(key, truth)| later.truths.get(key) != Some(truth));
        turned.map(|((_, who), _)| *who).collect()
    }
}

/// What is needed to put situations together for one decision about somebody.
pub(super) struct Mixer<'a> {
    pub(super) common: &'a Common<'a>,
    pub(super) atoms: &'a [Atom],
    pub(super) slices: [Option<&'a Slice>; 2],
    pub(super) pair: &'a DecisionPair,
    /// Whom the decision is about.
    pub(super) who: usize,
    facts: BTreeMap<(usize, usize), usize>,
    histories: BTreeMap<(usize, usize), usize>,
    members: BTreeMap<usize, usize>,
    /// The atom that each person's being there hangs on.
    there: Vec<Option<usize>>,
    /// Parameters of the one text as the other would have them.
    foreign: BTreeMap<(Side, ParameterId), Arc<Parameter>>,
}

/// A situation put together.
struct Mixed {
    /// Whose text it is decided by.
    text: Side,
    case: Case,
    question: Question,
    mixture: Mixture,
    /// Who of the roster is there, as numbered in the case.
    people: Vec<Option<InstanceId>>,
}

impl<'a> Mixer<'a> {
    pub(super) fn new(
        common: &'a Common<'a>,
        atoms: &'a [Atom],
        slices: [Option<&'a Slice>; 2],
        (pair, who): (&'a DecisionPair, usize),
    ) -> Self {
        let mut mixer = Self {
            common,
            atoms,
            slices,
            pair,
            who,
            facts: BTreeMap::new(),
            histories: BTreeMap::new(),
            members: BTreeMap::new(),
            there: Vec::new(),
            foreign: BTreeMap::new(),
        };
        for (at, atom) in atoms.iter().enumerate() {
            match atom {
                Atom::Fact(field, who) => {
                    mixer.facts.insert((*field, *who), at);
                }
                Atom::History(definition, who) => {
                    mixer.histories.insert((*definition, *who), at);
                }
                Atom::Member(who) => {
                    mixer.members.insert(*who, at);
                }
                Atom::Row { parameter, .. } => mixer.translate(*parameter),
                Atom::Text | Atom::Rule(_) | Atom::Time => {}
            }
        }
        mixer.there = (0..common.roster.people.len()).map(|who| mixer.hangs_on(who)).collect();
        mixer.tie_references();
        mixer
    }

    /// The atom that decides whether a person is there: his own, or that of what he belongs to.
    fn hangs_on(&self, who: usize) -> Option<usize> {
        let mut at = who;
        // Lists of members of lists: each step goes up one level.
        for _ in 0..=self.common.roster.people.len() {
            let person = self.common.roster.people.get(at)?;
            if person.ids.iter().all(Option::is_some) {
                return None;
            }
            if let Some(atom) = self.members.get(&at) {
                return Some(*atom);
            }
            at = person.parents[0].or(person.parents[1])?;
        }
        None
    }

    /// Whoever points to somebody who is not always there points to him with his coming and going.
    fn tie_references(&mut self) {
        let mut tied = Vec::new();
        for (field, who) in self.facts.keys() {
            for side in Side::BOTH {
                let Some(fact) = self.common.fact(side, *field, *who) else { continue };
                for person in named(&fact) {
                    if let Some(member) = self.there.get(person).copied().flatten() {
                        tied.push(((*field, *who), member));
                    }
                }
            }
        }
        self.facts.extend(tied);
    }

    /// Whether an atom is part of another: a fact that points to a member who comes or goes, a
    /// parameter that only one of two texts has a value for.
    pub(super) fn is_tied(&self, at: usize) -> bool {
        match self.atoms.get(at) {
            Some(Atom::Fact(field, who)) => self.facts.get(&(*field, *who)) != Some(&at),
            Some(Atom::Row { parameter, place }) => {
                !self.common.pairing.same && self.is_new(*parameter, *place)
            }
            _ => false,
        }
    }

    /// Whether only one of the situations has a value for a key.
    pub(super) fn is_new(&self, parameter: [ParameterId; 2], place: [usize; 2]) -> bool {
        let is_known = |side: Side| {
            let standing = side.of_ref(self.common.sides);
            let found = standing.program.parameters.get(side.of(&parameter).0 as usize);
            let reading = self.reading(side, side.of(&parameter));
            found.is_some_and(|found| {
                row_value(found, side.of(&place), &standing.clock, reading).flatten().is_some()
            })
        };
        is_known(Side::Before) != is_known(Side::After)
    }

    /// Whether both texts decide it. A decision that only one of them has comes and goes with it.
    pub(super) fn is_in_both(&self) -> bool {
        self.pair.ids.iter().all(Option::is_some)
    }

    /// A parameter of each text in the numbering of the other.
    fn translate(&mut self, pair: [ParameterId; 2]) {
        let pairing = self.common.pairing;
        if pairing.same {
            return;
        }
        for side in Side::BOTH {
            let key = (side, side.of(&pair));
            let program = side.of_ref(self.common.sides).program;
            let known = program.parameters.get(side.of(&pair).0 as usize);
            let (Some(known), false) = (known, self.foreign.contains_key(&key)) else { continue };
            let mut parameter = known.clone();
            for row in parameter.rows.iter_mut().flatten() {
                row.value = row
                    .value
                    .and_then(|value| pairing.local(side.other(), pairing.common(side, value)?));
            }
            self.foreign.insert(key, Arc::new(parameter));
        }
    }

    /// How the decision comes out with these atoms as after the change and the others as before,
    /// and which keys of parameters were read on the way.
    pub(super) fn outcome(
        &self,
        changed: &[usize],
        read: &mut BTreeSet<(Side, ParameterId, usize)>,
    ) -> Outcome {
        let nothing = || Outcome {
            entitled: Some(false),
            amounts: vec![Some(Rational::ZERO); self.pair.payments.len()],
        };
        let mixed = self.mix(changed);
        let text = mixed.text;
        let (Some(slice), Some(who)) =
            (text.of(&self.slices), mixed.people.get(self.who).copied().flatten())
        else {
            return nothing();
        };
        let mut evaluation = self.evaluate(&mixed, slice);
        let program = text.of_ref(self.common.sides).program;
        let mut keys = BTreeSet::new();
        slice.keys_read(program, &mixed.case, &evaluation, &mut keys);
        read.extend(keys.into_iter().map(|(parameter, place)| (text, parameter, place)));

        let entitled = evaluation.value(slice.entitlement, who).and_then(Value::as_bool);
        if slice.is_not_in_force(&evaluation, who) {
            return nothing();
        }
        let amounts = self.pair.payments.iter().map(|payment| {
            let found = text.of(payment);
            // A payment that this text does not have is nothing.
            let Some(paid) = slice.payments.iter().find(|paid| Some(paid.id) == found) else {
                return Some(Rational::ZERO);
            };
            if entitled == Some(false) && !paid.may_continue {
                return Some(Rational::ZERO);
            }
            if paid.path.is_empty() {
                return evaluation.value(paid.root, who)?.as_number();
            }
            let at = (paid.path.as_slice(), who);
            let (live, mixture) = (&slice.live, &mixed.mixture);
            before_rounding(program, live, &mixed.case, mixture, &mut evaluation, at).as_number()
        });
        Outcome { amounts: amounts.collect(), entitled }
    }

    /// What the definitions that read the day themselves come to: by definition and person.
    pub(super) fn timed(&self, changed: &[usize]) -> Timed {
        let mixed = self.mix(changed);
        let mut timed = Timed::default();
        let Some(slice) = mixed.text.of(&self.slices) else { return timed };
        let evaluation = self.evaluate(&mixed, slice);
        let program = mixed.text.of_ref(self.common.sides).program;
        for (who, person) in self.common.roster.people.iter().enumerate() {
            let Some(local) = mixed.people.get(who).copied().flatten() else { continue };
            let is_of = |object: ObjectId| {
                self.common.pairing.object_pair(mixed.text, object) == Some(person.object)
            };
            for id in &slice.timed {
                let definition = program.definition(*id).filter(|found| is_of(found.subject));
                let root = definition.and_then(|definition| definition.root);
                let value = root.and_then(|root| evaluation.value(root, local).cloned());
                timed.values.extend(value.map(|value| ((*id, who), value)));
            }
            for (at, node) in program.nodes.iter().enumerate() {
                let id = NodeId(u32::try_from(at).unwrap_or(u32::MAX));
                if node.ty == Type::Bool && is_of(node.subject) && slice.live.contains(id) {
                    let truth = evaluation.value(id, local).and_then(Value::as_bool);
                    timed.truths.insert((id, who), truth);
                }
            }
        }
        timed
    }

    fn evaluate(&self, mixed: &Mixed, slice: &Slice) -> Evaluation {
        let program = mixed.text.of_ref(self.common.sides).program;
        let Mixed { case, question, mixture, .. } = mixed;
        evaluate_mixed(program, &slice.live, slice.look_back, case, *question, mixture)
    }

    /// How a side reads a parameter in the month asked.
    pub(super) fn reading(&self, side: Side, id: ParameterId) -> Reading {
        reading(side.of(&self.slices), id)
    }

    /// Values that one evaluation makes.
    pub(super) fn work(&self) -> usize {
        let of = |side: Side| {
            let (standing, slice) = (side.of_ref(self.common.sides), side.of(&self.slices)?);
            let months = slice.look_back.frames(standing.case, standing.question.period);
            let values = slice.live.work(standing.program, standing.case);
            Some(values.saturating_mul(months as usize))
        };
        Side::BOTH.into_iter().filter_map(of).max().unwrap_or(0)
    }

    /// Puts a situation together.
    fn mix(&self, changed: &[usize]) -> Mixed {
        let side_of = |at: usize| Side::changed(changed.contains(&at));
        let mut text = Side::Before;
        let mut time = Side::Before;
        for (at, atom) in self.atoms.iter().enumerate() {
            match atom {
                Atom::Text => text = side_of(at),
                Atom::Time => time = side_of(at),
                _ => {}
            }
        }
        let question = time.of_ref(self.common.sides).question;
        let mixture = self.law(text, &side_of);
        let people = self.people(text, &side_of);
        let mut mixed = Mixed { text, case: Case::default(), question, mixture, people };
        self.gather(&mut mixed, &side_of);
        self.state(&mut mixed, &side_of);
        self.record(&mut mixed, &side_of);
        mixed
    }

    fn law(&self, text: Side, side_of: &dyn Fn(usize) -> Side) -> Mixture {
        let sides = self.common.sides;
        let clock = |side: Side| side.of_ref(sides).clock_for(side == text).clone();
        let mut mixture = Mixture { clock: Some(clock(text)), ..Mixture::default() };
        for (at, atom) in self.atoms.iter().enumerate() {
            let side = side_of(at);
            match atom {
                Atom::Row { parameter, place } if side != text && !self.is_tied(at) => {
                    let rows = Rows {
                        parameter: self.foreign.get(&(side, side.of(parameter))).cloned(),
                        place: side.of(place),
                        clock: clock(side),
                    };
                    mixture.rows.insert((text.of(parameter), text.of(place)), rows);
                }
                // Rules are told apart within one text only, and its clock is the one of before.
                Atom::Rule(definition) if side != text => {
                    let slice = text.of(&self.slices);
                    let nodes = slice.and_then(|slice| slice.choices.get(definition));
                    let nodes = nodes.into_iter().flatten().map(|node| (*node, clock(side)));
                    mixture.nodes.extend(nodes);
                }
                _ => {}
            }
        }
        mixture
    }

    /// Who is there, numbered as in a case of that text.
    fn people(&self, text: Side, side_of: &dyn Fn(usize) -> Side) -> Vec<Option<InstanceId>> {
        let pairing = self.common.pairing;
        let mut counts = vec![0_u32; pairing.objects.len()];
        let roster = self.common.roster.people.iter().zip(&self.there);
        roster
            .map(|(person, hangs_on)| {
                let is_there = hangs_on.is_none_or(|atom| side_of(atom).of(&person.ids).is_some());
                let known = pairing.objects.get(person.object).and_then(|pair| text.of(pair));
                let count = counts.get_mut(person.object)?;
                known.filter(|_| is_there)?;
                let id = InstanceId(*count);
                *count = count.saturating_add(1);
                Some(id)
            })
            .collect()
    }

    /// The people with what they belong to.
    fn gather(&self, mixed: &mut Mixed, side_of: &dyn Fn(usize) -> Side) {
        let program = mixed.text.of_ref(self.common.sides).program;
        mixed.case.instances = vec![Vec::new(); program.objects.len()];
        for (who, person) in self.common.roster.people.iter().enumerate() {
            if mixed.people.get(who).copied().flatten().is_none() {
                continue;
            }
            let atom = self.members.get(&who).copied().or(self.there.get(who).copied().flatten());
            let side = atom.map_or(mixed.text, side_of);
            let parent = side.of(&person.parents);
            let parent = parent.and_then(|parent| mixed.people.get(parent).copied().flatten());
            let object = self.common.pairing.objects.get(person.object);
            let instances = object
                .and_then(|pair| mixed.text.of(pair))
                .and_then(|object| mixed.case.instances.get_mut(usize::from(object.0)));
            if let Some(instances) = instances {
                instances.push(Instance { key: person.key.clone(), parent });
            }
        }
    }

    /// Which side something about a person is taken from.
    fn side_for(
        &self,
        text: Side,
        who: usize,
        atom: Option<&usize>,
        side_of: &dyn Fn(usize) -> Side,
    ) -> Side {
        let ids = self.common.roster.people.get(who).map_or([None, None], |person| person.ids);
        match atom {
            Some(atom) => side_of(*atom),
            None if text.of(&ids).is_some() => text,
            None => text.other(),
        }
    }

    fn state(&self, mixed: &mut Mixed, side_of: &dyn Fn(usize) -> Side) {
        let common = self.common;
        let (text, period) = (mixed.text, mixed.question.period);
        let program = text.of_ref(common.sides).program;
        mixed.case.facts = vec![Vec::new(); program.fields.len()];
        for (field, pair) in common.pairing.fields.iter().enumerate() {
            let Some(id) = text.of(pair) else { continue };
            let object = program
                .field(id)
                .and_then(|declared| common.pairing.object_pair(text, declared.object));
            for (who, person) in common.roster.people.iter().enumerate() {
                let is_there = mixed.people.get(who).copied().flatten().is_some();
                if Some(person.object) != object || !is_there {
                    continue;
                }
                let side = self.side_for(text, who, self.facts.get(&(field, who)), side_of);
                let fact = common.fact(side, field, who).map_or(Fact::NotStated, |fact| {
                    common.local(text, &fact, period, &mixed.people)
                });
                if let Some(facts) = mixed.case.facts.get_mut(id.0 as usize) {
                    facts.push(fact);
                }
            }
        }
    }

    fn record(&self, mixed: &mut Mixed, side_of: &dyn Fn(usize) -> Side) {
        let common = self.common;
        if common.sides.iter().all(|side| side.case.history.is_empty()) {
            return;
        }
        let text = mixed.text;
        for (definition, pair) in common.pairing.definitions.iter().enumerate() {
            let Some(id) = text.of(pair) else { continue };
            for (who, local) in mixed.people.iter().enumerate() {
                let Some(local) = local else { continue };
                let atom = self.histories.get(&(definition, who));
                let side = self.side_for(text, who, atom, side_of);
                for (back, scalar) in common.history(side, definition, who) {
                    let month = mixed.question.period.plus_months(back.saturating_neg());
                    let scalar = common.local_scalar(text, scalar, &mixed.people);
                    if let (Ok(month), Some(scalar)) = (month, scalar) {
                        mixed.case.history.insert((month, id, *local), scalar);
                    }
                }
            }
        }
    }
}

/// The people that a fact names, now or at some time.
fn named(fact: &Fact) -> Vec<usize> {
    match fact {
        Fact::Known(Scalar::Instance(_, InstanceId(person))) => vec![*person as usize],
        Fact::Listed(people) => people.iter().map(|person| person.0 as usize).collect(),
        Fact::Dated(values) => values.iter().flat_map(|(_, fact)| named(fact)).collect(),
        _ => Vec::new(),
    }
}

/// How a slice reads a parameter in the month asked: the plainest of several ways.
pub(super) fn reading(slice: Option<&Slice>, id: ParameterId) -> Reading {
    let readings = slice.and_then(|slice| slice.parameters.get(&id)).into_iter().flatten();
    // 适用日 first: `Read::Now` is the least.
    let plainest = readings.min_by_key(|(layer, read)| (*read, *layer));
    plainest.map_or_else(Reading::default, |(layer, read)| Reading {
        layer: *layer,
        back: 0,
        read: *read,
    })
}

/// A payment that is not there.
pub(super) fn zero() -> Value {
    Value::number(Rational::ZERO, Marks::NONE)
}
