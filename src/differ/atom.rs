//! What differs between two situations: the causes, the smallest that are told apart.

use std::collections::{BTreeMap, BTreeSet};

use super::pairing::Pairing;
use super::side::Side;
use super::slice::{Read, Slice};
use crate::eval::{Clock, Question, parts_of_month, row_in_force};
use crate::hir::{
    Constant, DefaultValue, DefinitionId, LayerId, NodeId, NodeKind, Parameter, ParameterId,
    ParameterRow, Program, Validity,
};
use crate::input::{Case, Fact, InstanceId, Scalar};
use crate::types::{ObjectId, Type};
use crate::value::{Date, YearMonth};

/// A situation ready to be compared.
#[derive(Clone, Debug)]
pub(super) struct Standing<'a> {
    pub(super) program: &'a Program,
    pub(super) case: &'a Case,
    pub(super) question: Question,
    /// The days that pick its law, for the layers of its own program.
    pub(super) clock: Clock,
    /// The same days for the layers of the other program.
    pub(super) clock_there: Clock,
}

impl Standing<'_> {
    /// The days that pick its law, for the layers of its own program or of the other.
    pub(super) fn clock_for(&self, is_own: bool) -> &Clock {
        if is_own { &self.clock } else { &self.clock_there }
    }
}

/// One thing that differs. The order is that of ties: the same whichever side comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Atom {
    /// The text of the policy.
    Text,
    /// The version or the exceptions in force of a definition (of the one program there is).
    Rule(DefinitionId),
    /// The rows of one key of a parameter, as each side numbers them.
    Row { parameter: [ParameterId; 2], place: [usize; 2] },
    /// The month and the day of assessment.
    Time,
    /// Somebody who is there, or in the household, on one side only.
    Member(usize),
    /// A fact: the pair of fields, the person.
    Fact(usize, usize),
    /// What was decided earlier: the pair of definitions, the person.
    History(usize, usize),
}

/// Everybody of either side.
#[derive(Debug)]
pub(super) struct Roster {
    pub(super) people: Vec<Person>,
}

/// Somebody (or something) that facts are about.
#[derive(Debug)]
pub(super) struct Person {
    /// The pair of objects.
    pub(super) object: usize,
    pub(super) key: String,
    pub(super) ids: [Option<InstanceId>; 2],
    /// What it is a member of.
    pub(super) parents: [Option<usize>; 2],
}

impl Roster {
    pub(super) fn new(pairing: &Pairing, sides: &[Standing<'_>; 2]) -> Self {
        let mut people: Vec<Person> = Vec::new();
        for (object, pair) in pairing.objects.iter().enumerate() {
            for side in Side::BOTH {
                let (standing, id) = (side.of_ref(sides), side.of(pair));
                let Some(id) = id else { continue };
                let is_root = id == standing.program.root;
                for (at, instance) in standing.case.of(id).iter().enumerate() {
                    let who = InstanceId(u32::try_from(at).unwrap_or(u32::MAX));
                    let known = people.iter_mut().find(|person| {
                        person.object == object && (is_root || person.key == instance.key)
                    });
                    match (known, side) {
                        (Some(known), Side::After) => known.ids[1] = Some(who),
                        (Some(_), Side::Before) => {}
                        (None, _) => {
                            let mut ids = [None, None];
                            side.put(&mut ids, Some(who));
                            let key = instance.key.clone();
                            people.push(Person { object, key, ids, parents: [None, None] });
                        }
                    }
                }
            }
        }
        let mut roster = Self { people };
        roster.find_parents(pairing, sides);
        roster
    }

    fn find_parents(&mut self, pairing: &Pairing, sides: &[Standing<'_>; 2]) {
        for side in Side::BOTH {
            let standing = side.of_ref(sides);
            let parents: Vec<Option<usize>> = self
                .people
                .iter()
                .map(|person| {
                    let object = side.of(pairing.objects.get(person.object)?)?;
                    let who = side.of(&person.ids)?;
                    let parent = standing.case.of(object).get(who.0 as usize)?.parent?;
                    let (owner, _) = standing.program.object(object)?.member_of?;
                    self.find(pairing, side, owner, parent)
                })
                .collect();
            for (person, parent) in self.people.iter_mut().zip(parents) {
                side.put(&mut person.parents, parent);
            }
        }
    }

    /// Who that instance of a side is.
    pub(super) fn find(
        &self,
        pairing: &Pairing,
        side: Side,
        object: ObjectId,
        who: InstanceId,
    ) -> Option<usize> {
        let object = pairing.object_pair(side, object)?;
        self.people
            .iter()
            .position(|person| person.object == object && side.of(&person.ids) == Some(who))
    }
}

/// Facts as both sides can compare them: values in the common numbering, people by their place in
/// the roster, months counted from the month of side Before.
pub(super) struct Common<'a> {
    pub(super) pairing: &'a Pairing,
    pub(super) roster: &'a Roster,
    pub(super) sides: &'a [Standing<'a>; 2],
}

impl Common<'_> {
    /// The fact of a field of a person on a side; nothing where the side has no such field or
    /// person. A default is as good as its value.
    pub(super) fn fact(&self, side: Side, field: usize, who: usize) -> Option<Fact> {
        let standing = side.of_ref(self.sides);
        let id = side.of(self.pairing.fields.get(field)?)?;
        let instance = side.of(&self.roster.people.get(who)?.ids)?;
        let fact = standing.case.fact(id, instance);
        if let (Fact::NotStated, false) = (fact, standing.question.strict) {
            match standing.program.field(id)?.default {
                Some(DefaultValue::Value(constant)) => {
                    let constant = self.pairing.common(side, constant)?;
                    return Some(Fact::Known(Scalar::Constant(constant)));
                }
                Some(DefaultValue::Absent) => {
                    let many = standing.program.field(id)?.many;
                    return Some(if many { Fact::Listed(Vec::new()) } else { Fact::Absent });
                }
                None => return Some(Fact::Unknown),
            }
        }
        let declared = standing.program.field(id)?;
        Some(self.common(side, &declared.ty, fact))
    }

    /// A fact of a type.
    fn common(&self, side: Side, ty: &Type, fact: &Fact) -> Fact {
        match (fact, ty) {
            (Fact::Listed(who), Type::Object(object)) => {
                let mut people: Vec<InstanceId> = Vec::with_capacity(who.len());
                for who in who {
                    let person = self.roster.find(self.pairing, side, *object, *who);
                    let number = person.and_then(|person| u32::try_from(person).ok());
                    people.extend(number.map(InstanceId));
                }
                // A list names a set of people.
                people.sort_unstable();
                Fact::Listed(people)
            }
            (fact, _) => self.common_value(side, ty, fact),
        }
    }

    fn common_value(&self, side: Side, ty: &Type, fact: &Fact) -> Fact {
        match fact {
            Fact::Known(scalar) => {
                self.common_scalar(side, *scalar).map_or(Fact::Unknown, Fact::Known)
            }
            Fact::Dated(values) => {
                let months = self.months_from_before(side);
                let values = values
                    .iter()
                    .map(|(since, fact)| (moved(*since, -months), self.common(side, ty, fact)));
                Fact::Dated(values.collect())
            }
            other => other.clone(),
        }
    }

    pub(super) fn common_scalar(&self, side: Side, scalar: Scalar) -> Option<Scalar> {
        Some(match scalar {
            Scalar::Constant(constant) => Scalar::Constant(self.pairing.common(side, constant)?),
            Scalar::Instance(object, who) => {
                let person = self.roster.find(self.pairing, side, object, who)?;
                // The object is found again by the person.
                Scalar::Instance(ObjectId(0), InstanceId(u32::try_from(person).ok()?))
            }
        })
    }

    /// A fact as compared in the numbering of one side, its months counted from `period`.
    pub(super) fn local(
        &self,
        side: Side,
        fact: &Fact,
        period: YearMonth,
        people: &[Option<InstanceId>],
    ) -> Fact {
        match fact {
            Fact::Known(scalar) => {
                self.local_scalar(side, *scalar, people).map_or(Fact::Unknown, Fact::Known)
            }
            Fact::Dated(values) => {
                let months = period.months_since(Side::Before.of_ref(self.sides).question.period);
                let values = values.iter().map(|(since, fact)| {
                    (moved(*since, months), self.local(side, fact, period, people))
                });
                Fact::Dated(values.collect())
            }
            Fact::Listed(who) => {
                let local = who.iter().map(|who| *people.get(who.0 as usize)?);
                local.collect::<Option<Vec<_>>>().map_or(Fact::Unknown, Fact::Listed)
            }
            other => other.clone(),
        }
    }

    pub(super) fn local_scalar(
        &self,
        side: Side,
        scalar: Scalar,
        people: &[Option<InstanceId>],
    ) -> Option<Scalar> {
        Some(match scalar {
            Scalar::Constant(constant) => Scalar::Constant(self.pairing.local(side, constant)?),
            Scalar::Instance(_, InstanceId(person)) => {
                let person = person as usize;
                let object = self.roster.people.get(person)?.object;
                let object = side.of(self.pairing.objects.get(object)?)?;
                Scalar::Instance(object, (*people.get(person)?)?)
            }
        })
    }

    fn months_from_before(&self, side: Side) -> i32 {
        let before = Side::Before.of_ref(self.sides).question.period;
        side.of_ref(self.sides).question.period.months_since(before)
    }

    /// What was recorded of a definition for a person, by how many months before.
    pub(super) fn history(
        &self,
        side: Side,
        definition: usize,
        who: usize,
    ) -> BTreeMap<i32, Scalar> {
        let standing = side.of_ref(self.sides);
        let id = self.pairing.definitions.get(definition).and_then(|pair| side.of(pair));
        let instance = self.roster.people.get(who).and_then(|person| side.of(&person.ids));
        let mut recorded = BTreeMap::new();
        for ((month, of, whom), scalar) in &standing.case.history {
            if Some(*of) == id && Some(*whom) == instance {
                let back = standing.question.period.months_since(*month);
                recorded.extend(self.common_scalar(side, *scalar).map(|scalar| (back, scalar)));
            }
        }
        recorded
    }
}

/// The first day of the month so many months later: of a dated fact only the month counts.
fn moved(since: Date, months: i32) -> Date {
    let month = since.year_month();
    month.plus_months(months).unwrap_or(month).first_day()
}

/// What holds of a fact now: the last value that has begun.
pub(super) fn current(fact: &Fact, period: YearMonth) -> &Fact {
    static UNKNOWN: Fact = Fact::Unknown;
    match fact {
        Fact::Dated(values) => values
            .iter()
            .rev()
            .find(|(since, _)| since.year_month() <= period)
            .map_or(&UNKNOWN, |(_, fact)| fact),
        other => other,
    }
}

/// Everything that differs and that one of the slices reads, in the order of ties.
pub(super) fn atoms(common: &Common<'_>, slices: [Option<&Slice>; 2]) -> Vec<Atom> {
    let mut atoms = Vec::new();
    if !common.pairing.same {
        atoms.push(Atom::Text);
    }
    let read: Vec<(Side, &Slice)> =
        Side::BOTH.into_iter().filter_map(|side| Some((side, side.of(&slices)?))).collect();
    let sides = common.sides;
    let looks_back = read.iter().any(|(_, slice)| slice.looks_back());
    let months = if looks_back {
        read.iter()
            .flat_map(|(_, slice)| {
                sides.iter().map(|s| slice.look_back.frames(s.case, s.question.period))
            })
            .max()
            .unwrap_or(1)
    } else {
        1
    };
    if common.pairing.same
        && let Some((_, slice)) = read.first()
    {
        atoms.extend(rules(sides, slice, months));
    }
    atoms.extend(rows(common, &read, months));
    let [before, after] = sides.each_ref().map(|side| side.question);
    let is_later =
        before.period != after.period || before.assessment_day() != after.assessment_day();
    if is_later && read.iter().any(|(_, slice)| slice.reads_time) {
        atoms.push(Atom::Time);
    }
    atoms.extend(members(common));
    atoms.extend(facts(common, &read, looks_back));
    if looks_back {
        atoms.extend(histories(common));
    }
    atoms.sort();
    atoms
}

/// Definitions with another version, or other exceptions, in force.
fn rules(sides: &[Standing<'_>; 2], slice: &Slice, months: u32) -> Vec<Atom> {
    let [before, after] = sides;
    let picks = |clock: &Clock, node: &NodeId, back: u32| -> Vec<bool> {
        let Some(node) = before.program.node(*node) else { return Vec::new() };
        let admits = |validity| clock.admits(node.layer, validity, back);
        match &node.kind {
            NodeKind::Versions(versions) => {
                let first = versions.iter().position(|version| admits(&version.validity));
                (0..versions.len()).map(|at| Some(at) == first).collect()
            }
            NodeKind::Default { exceptions, .. } => {
                exceptions.iter().map(|arm| admits(&arm.validity)).collect()
            }
            _ => Vec::new(),
        }
    };
    let differs = |node: &NodeId| {
        (0..months).any(|back| picks(&before.clock, node, back) != picks(&after.clock, node, back))
    };
    let found = slice.choices.iter().filter(|(_, nodes)| nodes.iter().any(differs));
    found.map(|(id, _)| Atom::Rule(*id)).collect()
}

/// How a parameter is read: by which layer, so many months before the month asked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reading {
    pub(super) layer: LayerId,
    pub(super) back: u32,
    pub(super) read: Read,
}

/// What a row that is read says: nothing where no row is in force, no value where it is open; and
/// what it counts for: days of a month, or its time in force where any day may be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    value: Option<Option<Constant>>,
    days: i64,
    time: Option<Validity>,
}

/// The day that a reading is as of.
fn day_of(clock: &Clock, reading: Reading) -> Option<Date> {
    let today = clock.day(reading.layer, reading.back);
    match reading.read {
        Read::Before(months) => today.plus_months(-i32::try_from(months).ok()?).ok(),
        Read::Now | Read::UpToNow | Read::OnSomeDay => Some(today),
    }
}

/// The row in force; the last one of a month within which rows change.
pub(super) fn row_read<'p>(
    parameter: &'p Parameter,
    place: usize,
    clock: &Clock,
    reading: Reading,
) -> Option<&'p ParameterRow> {
    let day = day_of(clock, reading)?;
    let last = parts_of_month(parameter, place, day, clock.known_on())
        .and_then(|parts| parts.last().and_then(|(_, at, _)| *at));
    match last {
        Some(at) => parameter.rows.get(place)?.get(at),
        None => row_in_force(parameter, place, day, clock.known_on()).map(|(_, row)| row),
    }
}

/// What is known of the value that is read, where it is one row's.
pub(super) fn row_value(
    parameter: &Parameter,
    place: usize,
    clock: &Clock,
    reading: Reading,
) -> Option<Option<Constant>> {
    if parameter.unfilled {
        return Some(None);
    }
    row_read(parameter, place, clock, reading).map(|row| row.value)
}

/// All that a reading can see of a key of a parameter.
fn said(parameter: &Parameter, place: usize, clock: &Clock, reading: Reading) -> Vec<Said> {
    let one = |value, days, time| Said { value, days, time };
    if parameter.unfilled {
        return vec![one(Some(None), 1, None)];
    }
    let Some(day) = day_of(clock, reading) else { return Vec::new() };
    let known_on = clock.known_on();
    let rows = parameter.rows.get(place).map_or(&[][..], Vec::as_slice);
    let in_force = |day: Date| match parts_of_month(parameter, place, day, known_on) {
        Some(parts) => parts
            .into_iter()
            .map(|(_, at, days)| {
                one(at.and_then(|at| rows.get(at)).map(|row| row.value), days, None)
            })
            .collect(),
        None => {
            let row = row_in_force(parameter, place, day, known_on);
            vec![one(row.map(|(_, row)| row.value), 1, None)]
        }
    };
    match reading.read {
        Read::Now | Read::Before(_) => in_force(day),
        Read::UpToNow => {
            let starts = rows.iter().filter_map(|row| row.validity.from).filter(|at| *at < day);
            starts.chain(std::iter::once(day)).flat_map(in_force).collect()
        }
        Read::OnSomeDay => {
            let known = rows.iter().filter(|row| row.validity.known(known_on));
            known.map(|row| one(Some(row.value), 1, Some(row.validity))).collect()
        }
    }
}

/// Keys of parameters whose rows in force say something else.
fn rows(common: &Common<'_>, read: &[(Side, &Slice)], months: u32) -> Vec<Atom> {
    let sides = common.sides;
    let mut atoms = Vec::new();
    for pair in &common.pairing.parameters {
        let readings: Vec<(Side, LayerId, Read)> = read
            .iter()
            .filter_map(|(side, slice)| Some((*side, slice.parameters.get(&side.of(pair))?)))
            .flat_map(|(side, readings)| readings.iter().map(move |(l, m)| (side, *l, *m)))
            .collect();
        if readings.is_empty() {
            continue;
        }
        let [Some(x), Some(y)] = Side::BOTH
            .map(|side| side.of_ref(sides).program.parameters.get(side.of(pair).0 as usize))
        else {
            continue;
        };
        let programs = [sides[0].program, sides[1].program];
        for place in common.pairing.places(programs, *pair) {
            let seen = |side: Side, reader: Side, reading: Reading| -> Vec<Said> {
                let parameter = if side == Side::Before { x } else { y };
                let clock = side.of_ref(sides).clock_for(side == reader);
                let mut seen = said(parameter, side.of(&place), clock, reading);
                for value in seen.iter_mut().filter_map(|said| said.value.as_mut()?.as_mut()) {
                    // A value that the other text does not know is not the same as none.
                    *value = common.pairing.common(side, *value).unwrap_or(*value);
                }
                seen
            };
            let differs = readings.iter().any(|(reader, layer, read)| {
                (0..months).any(|back| {
                    let reading = Reading { layer: *layer, back, read: *read };
                    seen(Side::Before, *reader, reading) != seen(Side::After, *reader, reading)
                })
            });
            if differs {
                atoms.push(Atom::Row { parameter: *pair, place });
            }
        }
    }
    atoms
}

/// Who is there on one side only, or belongs to somebody else. What belongs to such a one comes
/// and goes with it.
fn members(common: &Common<'_>) -> Vec<Atom> {
    let people = &common.roster.people;
    let one_sided =
        |who: usize| people.get(who).is_some_and(|person| person.ids.iter().any(Option::is_none));
    people
        .iter()
        .enumerate()
        .filter(|(at, person)| {
            if one_sided(*at) {
                let owner = person.parents[0].or(person.parents[1]);
                !owner.is_some_and(one_sided)
            } else {
                person.parents[0] != person.parents[1]
            }
        })
        .map(|(at, _)| Atom::Member(at))
        .collect()
}

fn facts(common: &Common<'_>, read: &[(Side, &Slice)], looks_back: bool) -> Vec<Atom> {
    let period = Side::Before.of_ref(common.sides).question.period;
    let mut atoms = Vec::new();
    for (field, pair) in common.pairing.fields.iter().enumerate() {
        let [Some(before), Some(_)] = pair else { continue };
        let declared = Side::Before.of_ref(common.sides).program.field(*before);
        let owns = Side::Before.of_ref(common.sides).program.owns(*before);
        let Some(declared) = declared.filter(|_| !owns) else { continue };
        let is_read = read
            .iter()
            .any(|(side, slice)| side.of(pair).is_some_and(|field| slice.fields.contains(&field)));
        let object = common.pairing.object_pair(Side::Before, declared.object);
        for (who, person) in common.roster.people.iter().enumerate() {
            if Some(person.object) != object {
                continue;
            }
            let (Some(x), Some(y)) =
                (common.fact(Side::Before, field, who), common.fact(Side::After, field, who))
            else {
                continue;
            };
            if Side::BOTH.into_iter().all(|side| unstated(common, side, field, who)) {
                // Another default is another text, not another fact.
                continue;
            }
            let dated = matches!(x, Fact::Dated(_)) || matches!(y, Fact::Dated(_));
            // A dated fact also says since when there are facts at all.
            let matters = is_read || (looks_back && dated);
            let differs =
                if looks_back { x != y } else { current(&x, period) != current(&y, period) };
            if matters && differs {
                atoms.push(Atom::Fact(field, who));
            }
        }
    }
    atoms
}

fn unstated(common: &Common<'_>, side: Side, field: usize, who: usize) -> bool {
    let id = common.pairing.fields.get(field).and_then(|pair| side.of(pair));
    let instance = common.roster.people.get(who).and_then(|person| side.of(&person.ids));
    id.zip(instance).is_none_or(|(id, instance)| {
        *side.of_ref(common.sides).case.fact(id, instance) == Fact::NotStated
    })
}

fn histories(common: &Common<'_>) -> Vec<Atom> {
    let recorded: BTreeSet<(Side, DefinitionId, InstanceId)> = Side::BOTH
        .into_iter()
        .flat_map(|side| {
            let keys = side.of_ref(common.sides).case.history.keys();
            keys.map(move |(_, definition, who)| (side, *definition, *who))
        })
        .collect();
    let mut atoms = BTreeSet::new();
    for (side, definition, instance) in recorded {
        let pair =
            common.pairing.definitions.iter().position(|pair| {
                side.of(pair) == Some(definition) && pair.iter().all(Option::is_some)
            });
        let subject =
            side.of_ref(common.sides).program.definition(definition).map(|found| found.subject);
        let who =
            subject.and_then(|object| common.roster.find(common.pairing, side, object, instance));
        let (Some(pair), Some(who)) = (pair, who) else { continue };
        let person = common.roster.people.get(who);
        if person.is_some_and(|person| person.ids.iter().any(Option::is_none)) {
            continue;
        }
        let seen = Side::BOTH.map(|side| common.history(side, pair, who));
        if seen[0] != seen[1] {
            atoms.insert(Atom::History(pair, who));
        }
    }
    atoms.into_iter().collect()
}
