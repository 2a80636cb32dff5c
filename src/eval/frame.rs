//! One pass over the arena for each month, the earliest first.

mod compare;
mod discretion;
mod lists;
mod open;
mod table;
mod tried;
mod unrounded;

use std::sync::Arc;

use super::choice::{Exception, Item, choose, default, if_else};
use super::clock::{Clock, Mixture};
use super::live::{Live, due_then};
use super::look_back::{LookBack, MOST_MONTHS};
use super::note::{Marks, Note, Notes};
use super::value::{FaultKind, Unknown, Value};
use super::{document, kernel, population, time};
use crate::hir::{
    Constant, DefaultValue, DefinitionId, DefinitionKind, FieldId, LayerId, Node, NodeId, NodeKind,
    OutcomeConstant, Program, QuestionDate,
};
use crate::input::{Case, Fact, InstanceId, Scalar};
use crate::syntax::ast::LookBackKind;
use crate::types::ObjectId;
use crate::value::{Date, Rational, YearMonth};

pub use table::Frame;
pub(crate) use table::{Places, Table};
#[cfg(feature = "repl")]
pub(crate) use tried::evaluate_changed;
pub(crate) use tried::{Links, PlaceSet, Tried};
pub use unrounded::before_rounding;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// 所属期: the month to decide.
    pub period: YearMonth,
    /// 评估日; the month's last day where not said.
    pub as_of: Option<Date>,
    /// 知悉日: law as known on this day; all of it where not said.
    pub known_on: Option<Date>,
    /// Defaults are not applied: what is not stated is unknown.
    pub strict: bool,
}

impl Question {
    /// The month, as of its last day, with all that is known and defaults applied.
    #[must_use]
    pub fn about(period: YearMonth) -> Self {
        Self { period, as_of: None, known_on: None, strict: false }
    }

    /// The day of assessment.
    #[must_use]
    pub fn assessment_day(&self) -> Date {
        self.as_of.unwrap_or_else(|| self.period.last_day())
    }
}

/// A finished evaluation: the values of the month asked, and of the months before it.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// What was asked.
    pub question: Question,
    /// The month asked first, then back in time.
    pub frames: Vec<Arc<Frame>>,
    /// What the marks in the values mean.
    pub notes: Notes,
}

impl Evaluation {
    /// The value of a node for an instance in the month asked.
    #[must_use]
    pub fn value(&self, node: NodeId, instance: InstanceId) -> Option<&Value> {
        self.frames.first()?.get(node, instance)
    }
}

pub(super) fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Evaluates the live nodes of a program on a case.
#[must_use]
pub fn evaluate(
    program: &Program,
    live: &Live,
    look_back: LookBack,
    case: &Case,
    question: Question,
) -> Evaluation {
    evaluate_mixed(program, live, look_back, case, question, &Mixture::default())
}

/// The same with law read as of other days, or from another text, than the question's.
#[must_use]
pub fn evaluate_mixed(
    program: &Program,
    live: &Live,
    look_back: LookBack,
    case: &Case,
    question: Question,
    mixture: &Mixture,
) -> Evaluation {
    run(program, (live, None), look_back, case, question, mixture)
}

/// The live nodes that depend on the facts in which a case differs from one before it
/// ([`Live::depending`]), and where their values stand: made once where many cases differ in the
/// same facts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Changed<'a> {
    pub(crate) nodes: &'a Live,
    pub(crate) places: &'a Arc<Places>,
}

/// The same as [`evaluate_mixed`], by way of what a case came to before some facts of it changed:
/// only the nodes that depend on the change are evaluated, the rest are read from there.
///
/// The people, lists and records of both cases, the question and the days that pick the law are the
/// same, and `before` was evaluated for all that `live` asks for.
#[must_use]
pub(crate) fn evaluate_again(
    program: &Program,
    (live, changed): (&Live, Changed<'_>),
    look_back: LookBack,
    case: &Case,
    before: &Evaluation,
    mixture: &Mixture,
) -> Evaluation {
    // Of months that were not evaluated before, nothing can be read from there.
    let months = index(look_back.frames(case, before.question.period));
    let again = (before.frames.len() >= months).then_some((changed, before));
    run(program, (live, again), look_back, case, before.question, mixture)
}

fn run(
    program: &Program,
    (live, again): (&Live, Option<(Changed<'_>, &Evaluation)>),
    look_back: LookBack,
    case: &Case,
    question: Question,
    mixture: &Mixture,
) -> Evaluation {
    let months = look_back.frames(case, question.period).saturating_sub(1);
    let live = again.map_or(live, |(changed, _)| changed.nodes);
    let before = again.map(|(_, before)| before);
    // The notes keep their numbers: values that are read from before speak of them.
    let mut notes = before.map(|before| before.notes.clone()).unwrap_or_default();
    let mut frames: Vec<Arc<Frame>> = Vec::new();
    let clock = mixture.clock.clone().unwrap_or_else(|| Clock::of(program, case, &question));
    let places = match again {
        Some((changed, _)) => Arc::clone(changed.places),
        None => Arc::new(Places::of(program, live, case)),
    };
    for back in (0..=months).rev() {
        let Ok(offset) = i32::try_from(back) else { continue };
        let Ok(period) = question.period.plus_months(offset.saturating_neg()) else { continue };
        let assessment = if back == 0 { question.assessment_day() } else { period.last_day() };
        let rest = before.and_then(|before| before.frames.get(index(back))).cloned();
        let pass = Pass {
            program,
            live,
            case,
            question,
            period,
            assessment,
            back,
            clock: &clock,
            mixture,
            without_rounding: false,
            // The frames built so far, the one just before this month last.
            earlier: &frames,
            notes: &mut notes,
            frame: Frame::new(&places, rest),
        };
        let frame = pass.run();
        frames.push(Arc::new(frame));
    }
    frames.reverse();
    Evaluation { question, frames, notes }
}

/// The evaluation of one month.
pub(super) struct Pass<'a> {
    pub(super) program: &'a Program,
    live: &'a Live,
    case: &'a Case,
    question: Question,
    period: YearMonth,
    assessment: Date,
    pub(super) back: u32,
    pub(super) clock: &'a Clock,
    pub(super) mixture: &'a Mixture,
    /// Roundings give what they are given.
    without_rounding: bool,
    earlier: &'a [Arc<Frame>],
    pub(super) notes: &'a mut Notes,
    frame: Frame,
}

impl Pass<'_> {
    fn run(mut self) -> Frame {
        let (program, live) = (self.program, self.live);
        for id in live.order() {
            let Some(node) = program.node(*id) else { continue };
            for instance in 0..self.case.of(node.subject).len() {
                let instance = InstanceId(u32::try_from(instance).unwrap_or(u32::MAX));
                let value = self.node(*id, node, instance);
                self.frame.push(value);
            }
        }
        self.frame
    }

    pub(super) fn get(&self, node: NodeId, instance: InstanceId) -> Value {
        self.at(node, instance).clone()
    }

    pub(super) fn at(&self, node: NodeId, instance: InstanceId) -> &Value {
        static NOWHERE: Value = Value::Absent(Marks::NONE);
        self.frame.get(node, instance).unwrap_or(&NOWHERE)
    }

    fn all(&self, nodes: &[NodeId], instance: InstanceId) -> Vec<&Value> {
        nodes.iter().map(|node| self.at(*node, instance)).collect()
    }

    /// The days that pick the versions and exceptions of a node.
    fn clock_of(&self, node: NodeId) -> &Clock {
        self.mixture.nodes.get(&node).unwrap_or(self.clock)
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each kind of node")]
    fn node(&mut self, id: NodeId, node: &Node, me: InstanceId) -> Value {
        match &node.kind {
            NodeKind::Constant(constant) => Value::plain(*constant),
            NodeKind::Absent => Value::Absent(Marks::NONE),
            NodeKind::QuestionDate(date) => self.question_date(*date),
            NodeKind::Fact(field) => self.fact(*field, me),
            NodeKind::Parameter { parameter, keys, at } => {
                self.parameter((id, node.layer), *parameter, keys, *at, me)
            }
            NodeKind::HighestEver { parameter, keys } => {
                self.highest_ever((id, node.layer), *parameter, keys, me)
            }
            NodeKind::Use { definition, root } => self.used(*definition, *root, me),
            NodeKind::AtParent(target) => match self.parent(node.subject, me) {
                Some(parent) => self.get(*target, parent),
                None => Value::fault(id, FaultKind::NoHousehold),
            },
            NodeKind::AtInstance(key, target) => self.at_instance(id, key, *target),
            NodeKind::AtReference { reference, target } => {
                self.at_reference(*reference, *target, me)
            }
            NodeKind::Binary(operator, a, b) => {
                kernel::binary(id, *operator, self.at(*a, me), self.at(*b, me))
            }
            NodeKind::Negate(a) => kernel::negate(id, self.at(*a, me)),
            NodeKind::Calendar(operation, a, b) => {
                time::calendar(id, *operation, self.at(*a, me), self.at(*b, me))
            }
            NodeKind::Compare(operator, a, b) => self.compared((id, 0), *operator, (*a, *b), me),
            NodeKind::Within { value, alternatives, negated } => {
                self.within((id, *value), alternatives, *negated, me)
            }
            NodeKind::All(nodes) => kernel::all(false, &self.all(nodes, me)),
            NodeKind::Any(nodes) => kernel::all(true, &self.all(nodes, me)),
            NodeKind::AtLeast(least, nodes) => kernel::at_least(*least, &self.all(nodes, me)),
            NodeKind::Not(a) => kernel::not(self.at(*a, me)),
            NodeKind::Item(_, body) => self.get(*body, me),
            NodeKind::If { condition, then, otherwise } => {
                let paid = self.paid_as_entitled(*condition, *then, me);
                let then = paid.unwrap_or_else(|| self.at(*then, me));
                if_else(self.at(*condition, me), then, self.at(*otherwise, me))
            }
            NodeKind::IsAbsent(value) => kernel::is_absent(self.at(*value, me)),
            NodeKind::IsRefused(fact) => self.is_refused(*fact, me),
            NodeKind::IfAbsent(value, otherwise) => {
                kernel::if_absent(self.at(*value, me), self.at(*otherwise, me))
            }
            NodeKind::Round(_, _, a) if self.without_rounding => self.get(*a, me),
            NodeKind::Round(mode, grain, a) => kernel::rounded(id, *mode, *grain, self.at(*a, me)),
            NodeKind::Floor(a, bound) => kernel::extreme(id, true, &self.all(&[*a, *bound], me)),
            NodeKind::Cap(a, bound) => kernel::extreme(id, false, &self.all(&[*a, *bound], me)),
            NodeKind::Extreme { greatest, operands } => {
                kernel::extreme(id, *greatest, &self.all(operands, me))
            }
            NodeKind::Age(birth, on, leap) => {
                time::age(id, self.at(*birth, me), self.at(*on, me), *leap)
            }
            NodeKind::Elapsed { since, duration, on, reading } => {
                self.elapsed(id, (*since, *duration, *on), *reading, me)
            }
            NodeKind::Capitals(a) => self.get(*a, me),
            NodeKind::Document(query, text) => document::asked(*query, self.at(*text, me)),
            NodeKind::FixedDay { month, day, of } => match of {
                Some(of) => time::fixed_day(id, self.at(*of, me), *month, *day),
                None => {
                    let today = Value::plain(Constant::Date(self.assessment));
                    time::fixed_day(id, &today, *month, *day)
                }
            },
            NodeKind::MonthOf { day, offset } => time::month_of(id, self.at(*day, me), *offset),
            NodeKind::DayOf { month, last } => time::day_of(id, self.at(*month, me), *last),
            NodeKind::Choose { .. } | NodeKind::Default { .. } | NodeKind::Versions(_) => {
                self.choice((id, node.layer), &node.kind, me)
            }
            NodeKind::Aggregate { kind, list, body, filters } => {
                self.aggregate(id, (*kind, *list), (*body, filters), me)
            }
            NodeKind::Pick { list, keys, last, filters } => {
                self.picked(id, (*list, *last), (keys, filters), me)
            }
            NodeKind::Shift(definition, months) => {
                self.earlier_definition(*definition, *months, me)
            }
            NodeKind::Earlier(months, body) => self.earlier_node(*body, *months, me),
            NodeKind::Window { kind, months, body } => self.window(id, *kind, *months, *body, me),
            NodeKind::MonthsInARow(definition) => self.months_in_a_row(*definition, me),
            NodeKind::LastTime(definition) => self.last_time(*definition, me),
            NodeKind::SinceWhen { definition, now } => self.since_when(*definition, *now, me),
            NodeKind::Discretion { low, high, given, .. } => {
                self.decided(id, [*low, *high], *given, me)
            }
            NodeKind::Pending(_) => {
                Value::unknown(Marks::one(self.notes.id(Note::PendingText(id))))
            }
            NodeKind::Unfilled(definition) => {
                Value::unknown(Marks::one(self.notes.id(Note::UnfilledRule(*definition))))
            }
            NodeKind::OutcomeOf(_, target) => self.outcome(*target, me),
            NodeKind::TargetOutcome(target) => population::outcome(self.at(*target, me)),
            NodeKind::Measure(measure) => {
                population::measured(id, *measure, &self.case.population, self.notes)
            }
            NodeKind::Reported(figure, computed) => {
                match self.case.population.reported.get(figure) {
                    Some(constant) => Value::plain(*constant),
                    None => self.get(*computed, me),
                }
            }
            NodeKind::NotEmpty(a) => population::not_empty(id, self.at(*a, me)),
            NodeKind::Payment { entitled, due, continued, .. } => {
                let zero = Value::number(Rational::ZERO, Marks::NONE);
                let otherwise = continued.map_or(&zero, |node| self.at(node, me));
                if_else(self.at(*entitled, me), self.at(*due, me), otherwise)
            }
            NodeKind::Timed { value, terms } => {
                let allows: Vec<NodeId> = terms.iter().map(|term| term.allows).collect();
                let allowed = kernel::all(false, &self.all(&allows, me));
                let zero = Value::number(Rational::ZERO, Marks::NONE);
                if_else(&allowed, self.at(*value, me), &zero)
            }
        }
    }

    fn question_date(&self, date: QuestionDate) -> Value {
        Value::plain(match date {
            QuestionDate::Assessment => Constant::Date(self.assessment),
            QuestionDate::PeriodFirst => Constant::Date(self.period.first_day()),
            QuestionDate::PeriodLast => Constant::Date(self.period.last_day()),
            QuestionDate::Period => Constant::Month(self.period),
            QuestionDate::TermFirst => Constant::Date(self.term().0),
            QuestionDate::TermLast => Constant::Date(self.term().1),
        })
    }

    fn term(&self) -> (Date, Date) {
        let month = (self.period.first_day(), self.period.last_day());
        self.case.population.term.unwrap_or(month)
    }

    fn fact(&mut self, field: FieldId, me: InstanceId) -> Value {
        let fact = self.case.fact(field, me);
        self.stated(field, me, fact)
    }

    fn stated(&mut self, field: FieldId, me: InstanceId, fact: &Fact) -> Value {
        let declared = self.program.field(field);
        match fact {
            Fact::Known(scalar) => Value::Known(*scalar, Marks::NONE),
            // A list is no value; who stands in it is asked of the case.
            Fact::Absent | Fact::Listed(_) => Value::Absent(Marks::NONE),
            Fact::Dated(values) => {
                // The value at the end of the month is the month's.
                let current =
                    values.iter().rev().find(|(since, _)| *since <= self.period.last_day());
                match current {
                    Some((_, fact)) => self.stated(field, me, fact),
                    None => self.unknown_fact(field, Note::Before(field, me, self.period)),
                }
            }
            Fact::Within(low, high) => {
                let causes = Marks::one(self.notes.id(Note::Missing(field, me)));
                kernel::unknown_number(causes, Marks::NONE, Some(*low), Some(*high))
            }
            Fact::Unknown => self.unknown_fact(field, Note::Missing(field, me)),
            Fact::Refused => self.unknown_fact(field, Note::Refused(field, me)),
            Fact::NotStated => {
                let default = declared.and_then(|declared| declared.default);
                match default {
                    Some(default) if !self.question.strict => {
                        let marks = Marks::one(self.notes.id(Note::Assumed(field, me)));
                        match default {
                            DefaultValue::Value(constant) => {
                                Value::Known(Scalar::Constant(constant), marks)
                            }
                            DefaultValue::Absent => Value::Absent(marks),
                        }
                    }
                    _ => self.unknown_fact(field, Note::Missing(field, me)),
                }
            }
        }
    }

    fn unknown_fact(&mut self, field: FieldId, note: Note) -> Value {
        let causes = Marks::one(self.notes.id(note));
        let declared = self.program.field(field);
        let (low, high) = match declared.and_then(|declared| declared.range) {
            Some((Constant::Number(low), Constant::Number(high))) => (Some(low), Some(high)),
            _ => (None, None),
        };
        let may_be_absent = declared.is_some_and(|declared| declared.optional);
        Value::Unknown(Box::new(Unknown { causes, low, high, may_be_absent, ..Unknown::default() }))
    }

    fn used(&mut self, definition: DefinitionId, root: NodeId, me: InstanceId) -> Value {
        let value = self.get(root, me);
        if value.is_not_in_force(definition) && self.is_decision(definition) {
            // A benefit that is not in force is one that nobody receives; the result says so.
            let marks = Marks::one(self.notes.id(Note::NotInForce(definition, self.period)));
            return Value::truth(false, marks);
        }
        let sample = self.program.definition(definition).is_some_and(|found| found.sample);
        if sample && !matches!(value, Value::Error(_)) {
            let marks = Marks::one(self.notes.id(Note::SampleRule(definition)));
            return value.marked(&marks);
        }
        value
    }

    fn parent(&self, object: ObjectId, me: InstanceId) -> Option<InstanceId> {
        self.case.of(object).get(index(me.0))?.parent
    }

    fn at_instance(&self, id: NodeId, key: &str, target: NodeId) -> Value {
        let subject = self.program.node(target).map(|node| node.subject);
        match subject.and_then(|subject| self.case.find(subject, key)) {
            Some(instance) => self.get(target, instance),
            None => Value::fault(id, FaultKind::NoHousehold),
        }
    }

    fn at_reference(&self, reference: NodeId, target: NodeId, me: InstanceId) -> Value {
        match self.at(reference, me) {
            Value::Known(Scalar::Instance(_, who), marks) => self.get(target, *who).marked(marks),
            Value::Known(..) => Value::Absent(Marks::NONE),
            Value::Unknown(unknown) => {
                let mut unknown = unknown.clone();
                (unknown.low, unknown.high, unknown.may_be_absent) = (None, None, true);
                Value::Unknown(unknown)
            }
            other => other.clone(),
        }
    }

    fn choice(&mut self, (id, layer): (NodeId, LayerId), kind: &NodeKind, me: InstanceId) -> Value {
        match kind {
            NodeKind::Choose { combine, arms, otherwise } => {
                let items: Vec<Item<'_>> = arms
                    .iter()
                    .map(|arm| Item {
                        id: arm.item,
                        condition: arm.condition.map(|condition| self.at(condition, me)),
                        value: self.at(arm.value, me),
                    })
                    .collect();
                choose(id, *combine, &items, otherwise.map(|node| self.at(node, me)))
            }
            NodeKind::Default { base, exceptions } => {
                let open = self.open_day_of(id, layer).map(Value::unknown);
                let maybe: Vec<Option<Value>> =
                    exceptions.iter().map(|arm| self.maybe(open.as_ref(), arm, me)).collect();
                let clock = self.clock_of(id);
                let arms: Vec<Exception<'_>> = exceptions
                    .iter()
                    .zip(&maybe)
                    .map(|(arm, maybe)| Exception {
                        id: arm.item,
                        in_force: maybe.is_some() || clock.admits(layer, &arm.validity, self.back),
                        condition: maybe
                            .as_ref()
                            .or_else(|| arm.condition.map(|condition| self.at(condition, me))),
                        value: self.at(arm.value, me),
                        beats: &arm.beats,
                    })
                    .collect();
                default(id, self.at(*base, me), &arms)
            }
            NodeKind::Versions(versions) => {
                if let Some(open) = self.open_day_of(id, layer) {
                    return self.some_version(id, versions, &open, me);
                }
                let clock = self.clock_of(id);
                let current = versions
                    .iter()
                    .find(|version| clock.admits(layer, &version.validity, self.back));
                match current {
                    Some(version) => self.get(version.root, me),
                    None => self.not_in_force(id, clock.day(layer, self.back)),
                }
            }
            _ => Value::Absent(Marks::NONE),
        }
    }

    /// The definition that has these versions.
    fn versions_of(&self, id: NodeId) -> DefinitionId {
        let owner =
            self.program.definitions.iter().position(|definition| definition.versions == Some(id));
        DefinitionId(owner.and_then(|owner| u32::try_from(owner).ok()).unwrap_or(u32::MAX))
    }

    /// Nothing is in force: an error in the month asked; in an earlier month a benefit that did
    /// not exist yet was simply not received.
    fn not_in_force(&self, id: NodeId, day: Date) -> Value {
        let definition = self.versions_of(id);
        if self.back > 0 && self.is_decision(definition) {
            return Value::truth(false, Marks::NONE);
        }
        Value::fault(id, FaultKind::NotInForce(definition, day))
    }

    fn is_decision(&self, definition: DefinitionId) -> bool {
        let found = self.program.definition(definition);
        found.is_some_and(|found| matches!(found.kind, DefinitionKind::Entitlement(_)))
    }

    /// The frame of so many months before this one.
    fn back_frame(&self, months: u32) -> Option<&Frame> {
        let months = usize::try_from(months).ok()?;
        let at = self.earlier.len().checked_sub(months)?;
        self.earlier.get(at).map(Arc::as_ref)
    }

    fn unknown_history(&mut self, definition: DefinitionId, months: u32) -> Value {
        let offset = i32::try_from(months).unwrap_or(0).saturating_neg();
        let month = self.period.plus_months(offset).unwrap_or(self.period);
        Value::unknown(Marks::one(self.notes.id(Note::History(definition, month))))
    }

    /// What is recorded of so many months before.
    fn recorded(&self, definition: DefinitionId, months: u32, me: InstanceId) -> Option<Scalar> {
        let offset = i32::try_from(months).unwrap_or(0).saturating_neg();
        let month = self.period.plus_months(offset).ok()?;
        self.case.history.get(&(month, definition, me)).copied()
    }

    /// What was recorded for an earlier month, or what comes out of it.
    fn earlier_definition(
        &mut self,
        definition: DefinitionId,
        months: u32,
        me: InstanceId,
    ) -> Value {
        if months == 0 {
            let root = self.program.definition(definition).and_then(|found| found.root);
            return root.map_or(Value::Absent(Marks::NONE), |root| self.get(root, me));
        }
        if let Some(recorded) = self.recorded(definition, months, me) {
            return Value::Known(recorded, Marks::NONE);
        }
        let root = self.program.definition(definition).and_then(|found| found.root);
        let found = root.and_then(|root| self.back_frame(months)?.get(root, me).cloned());
        found.unwrap_or_else(|| self.unknown_history(definition, months))
    }

    /// Of `if entitled then, what was paid then`, where it is not known whether one was: what the
    /// formula of that month came to. Who was entitled was paid that, not what the month before it
    /// carried on, so nothing of still earlier months has to be known.
    fn paid_as_entitled(&self, condition: NodeId, then: NodeId, me: InstanceId) -> Option<&Value> {
        if !matches!(self.at(condition, me), Value::Unknown(_)) {
            return None;
        }
        let (paid, months, due) = due_then(self.program, condition, then)?;
        if self.recorded(paid, months, me).is_some() {
            return None;
        }
        self.back_frame(months)?.get(due, me)
    }

    fn earlier_node(&mut self, node: NodeId, months: u32, me: InstanceId) -> Value {
        if months == 0 {
            return self.get(node, me);
        }
        match self.back_frame(months).and_then(|frame| frame.get(node, me)) {
            Some(value) => value.clone(),
            None => self.unknown_history(DefinitionId(u32::MAX), months),
        }
    }

    fn window(
        &mut self,
        id: NodeId,
        kind: LookBackKind,
        months: u32,
        body: NodeId,
        me: InstanceId,
    ) -> Value {
        let range = match kind {
            LookBackKind::EverWithin | LookBackKind::Consecutive => 0..=months.saturating_sub(1),
            LookBackKind::EverBefore | LookBackKind::SumBefore => 1..=months,
        };
        let values: Vec<Value> = range.map(|back| self.earlier_node(body, back, me)).collect();
        let values: Vec<&Value> = values.iter().collect();
        match kind {
            LookBackKind::EverWithin | LookBackKind::EverBefore => kernel::all(true, &values),
            LookBackKind::Consecutive => kernel::all(false, &values),
            LookBackKind::SumBefore => {
                let zero = Value::number(Rational::ZERO, Marks::NONE);
                values.iter().fold(zero, |sum, value| {
                    kernel::binary(id, crate::syntax::ast::BinaryOperator::Add, &sum, value)
                })
            }
        }
    }

    /// For how many months in a row, up to the month before this one, it has held.
    fn months_in_a_row(&mut self, definition: DefinitionId, me: InstanceId) -> Value {
        let mut count = 0_u32;
        let mut marks = Marks::NONE;
        let at_least = |count: u32| Rational::from_integer(i64::from(count));
        for back in 1..=MOST_MONTHS {
            let value = self.earlier_definition(definition, back, me);
            match value.as_bool() {
                Some(true) => {
                    count = count.saturating_add(1);
                    marks = marks.and(&value.marks());
                }
                Some(false) => return Value::number(at_least(count), marks),
                None => {
                    if let Value::Unknown(unknown) = value {
                        let high = Some(at_least(MOST_MONTHS));
                        let low = Some(at_least(count));
                        return kernel::unknown_number(unknown.causes, marks, low, high);
                    }
                    return value;
                }
            }
        }
        Value::number(at_least(count), marks)
    }

    /// The first month of those in a row, up to this one, in which it has held; 无 where it does
    /// not hold now.
    fn since_when(&mut self, definition: DefinitionId, now: NodeId, me: InstanceId) -> Value {
        let month = |month: YearMonth, marks: Marks| {
            Value::Known(Scalar::Constant(Constant::Month(month)), marks)
        };
        let mut since: Option<YearMonth> = None;
        let mut marks = Marks::NONE;
        for back in 0..=MOST_MONTHS {
            let value = match back {
                0 => self.get(now, me),
                _ => self.earlier_definition(definition, back, me),
            };
            match (value.holds(), value) {
                (Some(true), value) => {
                    let offset = i32::try_from(back).unwrap_or(0).saturating_neg();
                    since = self.period.plus_months(offset).ok();
                    marks = marks.and(&value.marks());
                }
                (Some(false), value) => {
                    let marks = marks.and(&value.marks());
                    return since.map_or(Value::Absent(marks.clone()), |since| month(since, marks));
                }
                (None, Value::Unknown(unknown)) => {
                    let may_be_absent = since.is_none();
                    return Value::Unknown(Box::new(Unknown {
                        causes: unknown.causes,
                        marks,
                        may_be_absent,
                        ..Unknown::default()
                    }));
                }
                (None, value) => return value,
            }
        }
        since.map_or(Value::Absent(marks.clone()), |since| month(since, marks))
    }

    /// The value of a payment in the last earlier month in which its decision held.
    fn last_time(&mut self, definition: DefinitionId, me: InstanceId) -> Value {
        let gate = self.program.paid_by(definition).map(|(decision, _)| decision.entitlement);
        for back in 1..=MOST_MONTHS {
            let held = match gate {
                Some(gate) => self.earlier_definition(gate, back, me),
                None => Value::truth(true, Marks::NONE),
            };
            match held {
                Value::Unknown(_) | Value::Error(_) => return strip(held),
                _ if held.as_bool() == Some(true) => {
                    return self.earlier_definition(definition, back, me).marked(&held.marks());
                }
                _ => {}
            }
        }
        self.unknown_history(definition, MOST_MONTHS)
    }

    fn outcome(&self, target: NodeId, me: InstanceId) -> Value {
        let value = self.at(target, me);
        let outcome = match value {
            Value::Error(_) => return value.clone(),
            Value::Unknown(unknown) => {
                let only_discretion = unknown
                    .causes
                    .iter()
                    .all(|cause| matches!(self.notes.get(cause), Some(Note::Discretion(..))));
                if only_discretion {
                    OutcomeConstant::Discretionary
                } else {
                    OutcomeConstant::Undecided
                }
            }
            _ if value.as_bool() == Some(true) => OutcomeConstant::Entitled,
            _ => OutcomeConstant::NotEntitled,
        };
        Value::plain(Constant::Outcome(outcome))
    }
}

/// An unknown condition as the cause of an unknown number: its bounds mean nothing there.
fn strip(value: Value) -> Value {
    match value {
        Value::Unknown(unknown) => Value::Unknown(Box::new(Unknown {
            causes: unknown.causes,
            marks: unknown.marks,
            ..Unknown::default()
        })),
        other => other,
    }
}
