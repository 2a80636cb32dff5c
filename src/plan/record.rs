//! The facts of one case in the registers of a plan: names are resolved once, for the plan.

use super::compile::{Slot, lane_of};
use super::lane::{Lane, day_number, month_number, parts};
use super::op::ABSENT;
use crate::eval::Question;
use crate::hir::{Constant, DefaultValue, FieldId, Program};
use crate::input::{self, Fact, InstanceId, Scalar};
use crate::types::ObjectId;

/// The known facts of one case, ready to be decided by the plan that made it.
///
/// A record is reused: reading the next case into it makes no allocation once it has grown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// By root slot.
    pub(super) root: Vec<i64>,
    /// For each list: by member, then by slot.
    pub(super) lists: Vec<List>,
    /// Whether a default stands for a fact that was not stated.
    pub(super) assumed: bool,
}

/// The members of one list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    pub(super) values: Vec<i64>,
    pub(super) keys: Vec<String>,
    /// How many members there are; keys beyond it are left from earlier cases.
    pub(super) count: usize,
}

impl Record {
    /// How many members the first list (the household's people) has.
    #[must_use]
    pub fn members(&self) -> usize {
        self.lists.first().map_or(0, |list| list.count)
    }

    /// The key of a member of the first list.
    #[must_use]
    pub fn member(&self, at: usize) -> Option<&str> {
        let list = self.lists.first()?;
        list.keys.get(at).filter(|_| at < list.count).map(String::as_str)
    }
}

/// What keeps a case from its plan: the interpreter has to decide it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotPlain;

/// The facts of a bound case, where all that the plan reads are known.
pub(super) fn record(
    program: &Program,
    question: Question,
    lists: &[(FieldId, ObjectId)],
    slots: &[Slot],
    case: &input::Case,
    into: &mut Record,
) -> Result<(), NotPlain> {
    into.root.clear();
    into.assumed = false;
    into.lists.resize_with(lists.len(), List::default);
    for slot in slots.iter().filter(|slot| slot.register.group == 0) {
        let value = stated(program, question, slot, case, InstanceId(0), &mut into.assumed)?;
        into.root.push(value);
    }
    for (at, (_, object)) in lists.iter().enumerate() {
        let group = u8::try_from(at.saturating_add(1)).map_err(|_| NotPlain)?;
        let list = into.lists.get_mut(at).ok_or(NotPlain)?;
        list.values.clear();
        list.count = 0;
        for (member, instance) in case.of(*object).iter().enumerate() {
            if instance.parent.is_none() {
                return Err(NotPlain);
            }
            let who = InstanceId(u32::try_from(member).map_err(|_| NotPlain)?);
            for slot in slots.iter().filter(|slot| slot.register.group == group) {
                list.values.push(stated(program, question, slot, case, who, &mut into.assumed)?);
            }
            list.name(&instance.key);
        }
    }
    Ok(())
}

impl List {
    /// The next member has this key.
    pub(super) fn name(&mut self, key: &str) {
        match self.keys.get_mut(self.count) {
            Some(place) => {
                place.clear();
                place.push_str(key);
            }
            None => self.keys.push(key.to_owned()),
        }
        self.count = self.count.saturating_add(1);
    }
}

fn stated(
    program: &Program,
    question: Question,
    slot: &Slot,
    case: &input::Case,
    who: InstanceId,
    assumed: &mut bool,
) -> Result<i64, NotPlain> {
    match case.fact(slot.field, who) {
        Fact::Known(Scalar::Constant(constant)) => {
            let day = match constant {
                Constant::Date(day) => Some(*day),
                Constant::Month(month) => Some(month.first_day()),
                _ => None,
            };
            let is_bounded =
                || program.field(slot.field).is_some_and(|field| field.not_after_assessment);
            if day.is_some_and(|day| day > question.assessment_day()) && is_bounded() {
                return Err(NotPlain);
            }
            number(slot.lane, *constant)
        }
        Fact::Known(Scalar::Instance(_, who)) => Ok(i64::from(who.0)),
        Fact::Absent => Ok(ABSENT),
        Fact::NotStated if !question.strict => {
            *assumed = true;
            default(program, slot)
        }
        Fact::NotStated
        | Fact::Unknown
        | Fact::Within(..)
        | Fact::Refused
        | Fact::Dated(_)
        | Fact::Listed(_) => Err(NotPlain),
    }
}

/// What leaving the fact out means, where that is said.
pub(super) fn default(program: &Program, slot: &Slot) -> Result<i64, NotPlain> {
    match program.field(slot.field).and_then(|declared| declared.default) {
        Some(DefaultValue::Value(constant)) => number(slot.lane, constant),
        Some(DefaultValue::Absent) => Ok(ABSENT),
        None => Err(NotPlain),
    }
}

/// A constant in a lane.
pub(super) fn number(lane: Lane, constant: Constant) -> Result<i64, NotPlain> {
    let number = match (lane, constant) {
        (Lane::Number { scale }, Constant::Number(number)) => parts(number, scale),
        (Lane::Truth, Constant::Bool(truth)) => Some(i64::from(truth)),
        (Lane::Day, Constant::Date(date)) => Some(day_number(date)),
        (Lane::Month, Constant::Month(month)) => Some(month_number(month)),
        (Lane::Code(_), Constant::Enum(_, at)) => Some(i64::from(at)),
        _ => None,
    };
    number.ok_or(NotPlain)
}

/// Whether a field can be held in a register at all.
pub(super) fn fits(program: &Program, field: FieldId) -> Option<Lane> {
    program.field(field).and_then(lane_of)
}
