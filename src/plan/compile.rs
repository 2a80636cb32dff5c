//! From the typed IR to a plan: versions, parameter rows and dates are picked once, what is the
//! same for every person is computed once, and every number gets a fixed scale.

mod choice;
mod number;

use std::collections::BTreeMap;

use super::lane::{Held, Lane, coded, common_scale, day_number, month_number, parts};
use super::op::{NOTHING, Op, Register, Step};
use crate::eval::{Clock, Question, parts_of_month, row_in_force};
use crate::hir::{
    AggregateKind, Alternative, ApplicableDate, Constant, FieldId, LayerId, Node, NodeId, NodeKind,
    OutcomeConstant, ParameterDay, ParameterId, Program, QuestionDate, Version,
};
use crate::input::Case;
use crate::syntax::ast::Comparison;
use crate::types::{ObjectId, Type};
use crate::value::{Date, LeapBirthday, Rational};

/// What keeps a node out of a plan, in Chinese and English.
pub(super) type Reason = (&'static str, &'static str);

/// A node that cannot be planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) node: NodeId,
    pub(super) reason: Reason,
}

type Planned = Result<Held, Refused>;

/// A fact that the plan reads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) field: FieldId,
    pub(super) register: Register,
    pub(super) lane: Lane,
}

/// What comes of compiling.
#[derive(Debug, Default)]
pub(super) struct Compiled {
    pub(super) steps: Vec<Step>,
    pub(super) tables: Vec<Vec<i64>>,
    /// The registers of the root object, constants in their places.
    pub(super) root: Vec<i64>,
    /// How many columns each list has; the first list is group 1.
    pub(super) columns: Vec<u32>,
    pub(super) slots: Vec<Slot>,
    /// By node: where its value is.
    pub(super) held: Vec<Option<Held>>,
    /// Whether anything that it rests on is made up.
    pub(super) sampled: bool,
}

/// Compiles what these nodes need.
pub(super) fn compile(
    program: &Program,
    question: Question,
    lists: &[(FieldId, ObjectId)],
    roots: &[NodeId],
) -> Result<Compiled, Refused> {
    let mut compiler = Compiler {
        program,
        question,
        lists,
        clock: Clock::of(program, &Case::new(program), &question),
        planned: vec![None; program.nodes.len()],
        known: BTreeMap::new(),
        constants: BTreeMap::new(),
        next: vec![0; lists.len() + 1],
        compiled: Compiled::default(),
    };
    for root in roots {
        compiler.node(*root)?;
    }
    compiler.compiled.held =
        compiler.planned.iter().map(|planned| planned.and_then(Result::ok)).collect();
    let (constants, compiled) = (compiler.constants, compiler.compiled);
    Ok(packed(compiled, &constants, &compiler.next, roots))
}

/// Something of each register.
struct OfRegisters<T>(Vec<Vec<T>>);

impl<T: Copy + Default> OfRegisters<T> {
    /// For so many registers of each group.
    fn new(sizes: &[u32]) -> Self {
        Self(sizes.iter().map(|size| vec![T::default(); index(*size)]).collect())
    }

    fn get(&self, register: Register) -> T {
        let group = self.0.get(usize::from(register.group));
        group.and_then(|group| group.get(index(register.index))).copied().unwrap_or_default()
    }

    fn set(&mut self, register: Register, value: T) {
        let group = self.0.get_mut(usize::from(register.group));
        if let Some(place) = group.and_then(|group| group.get_mut(index(register.index))) {
            *place = value;
        }
    }
}

/// Keeps the instructions that the roots need, and numbers their registers without gaps.
fn packed(
    mut compiled: Compiled,
    constants: &BTreeMap<i64, Register>,
    sizes: &[u32],
    roots: &[NodeId],
) -> Compiled {
    let mut needed: OfRegisters<bool> = OfRegisters::new(sizes);
    let held = roots.iter().filter_map(|root| compiled.held.get(index(root.0)).copied().flatten());
    for register in held.flat_map(registers_of) {
        needed.set(register, true);
    }
    let mut steps: Vec<Step> = Vec::with_capacity(compiled.steps.len());
    for step in compiled.steps.iter().rev() {
        if needed.get(step.to) {
            for read in step.op.reads().into_iter().flatten() {
                needed.set(read, true);
            }
            steps.push(*step);
        }
    }
    steps.reverse();
    compiled.slots.retain(|slot| needed.get(slot.register));
    let mut next = vec![0_u32; sizes.len()];
    let mut names: OfRegisters<Option<Register>> = OfRegisters::new(sizes);
    let facts = compiled.slots.iter().map(|slot| slot.register);
    let fixed = constants.values().copied().filter(|register| needed.get(*register));
    for old in facts.chain(fixed).chain(steps.iter().map(|step| step.to)) {
        if names.get(old).is_none()
            && let Some(place) = next.get_mut(usize::from(old.group))
        {
            names.set(old, Some(Register { group: old.group, index: *place }));
            *place = place.saturating_add(1);
        }
    }
    let name = |register: Register| names.get(register).unwrap_or(register);
    compiled.steps = steps
        .into_iter()
        .map(|step| Step { to: name(step.to), op: step.op.renamed(name) })
        .collect();
    for slot in &mut compiled.slots {
        slot.register = name(slot.register);
    }
    for held in &mut compiled.held {
        *held =
            held.filter(|held| registers_of(*held).all(|it| names.get(it).is_some())).map(|held| {
                Held {
                    register: name(held.register),
                    lane: match held.lane {
                        Lane::Quotient { scale, divisor } => {
                            Lane::Quotient { scale, divisor: name(divisor) }
                        }
                        other => other,
                    },
                    ..held
                }
            });
    }
    compiled.root = vec![0; index(next.first().copied().unwrap_or(0))];
    for (value, register) in constants {
        let place = names.get(*register).and_then(|it| compiled.root.get_mut(index(it.index)));
        if let Some(place) = place {
            *place = *value;
        }
    }
    compiled.columns = next.iter().skip(1).copied().collect();
    compiled
}

/// The registers that a value needs to be read.
fn registers_of(held: Held) -> impl Iterator<Item = Register> {
    let divisor = match held.lane {
        Lane::Quotient { divisor, .. } => Some(divisor),
        _ => None,
    };
    std::iter::once(held.register).chain(divisor)
}

const DATE: Reason = ("适用日由案件的事实决定", "the applicable day depends on the case");
const KIND: Reason = (
    "要回看以前的月份，或要用预案没有的运算",
    "it looks back, or needs an operation that plans do not have",
);
const OPEN_LAW: Reason = ("规定还没有数值", "law that has no value yet");
const MIXED: Reason = (
    "单位分母不同的商不能在预案里合并",
    "quotients of different divisors do not combine in a plan",
);
const TOO_FINE: Reason = ("数的分母太大", "a number with too large a denominator");
const PEOPLE: Reason = ("涉及家庭以外的名单", "it concerns a list outside the household");

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

struct Compiler<'a> {
    program: &'a Program,
    question: Question,
    lists: &'a [(FieldId, ObjectId)],
    clock: Clock,
    planned: Vec<Option<Planned>>,
    /// What is computed already: the same instruction is not made twice.
    known: BTreeMap<(u8, Op), Register>,
    constants: BTreeMap<i64, Register>,
    /// The next free register of each group.
    next: Vec<u32>,
    compiled: Compiled,
}

impl Compiler<'_> {
    /// Where a node's value is; made where it is not there yet. Operands come first in the arena,
    /// so the recursion is as deep as the rules are, which the nesting limit bounds.
    fn node(&mut self, id: NodeId) -> Planned {
        if let Some(Some(planned)) = self.planned.get(index(id.0)) {
            return *planned;
        }
        let planned = match self.program.node(id) {
            Some(node) => self.fresh(id, node),
            None => Err(Refused { node: id, reason: KIND }),
        };
        if let Some(place) = self.planned.get_mut(index(id.0)) {
            *place = Some(planned);
        }
        planned
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each kind of node")]
    fn fresh(&mut self, id: NodeId, node: &Node) -> Planned {
        let refuse = |reason| Err(Refused { node: id, reason });
        match &node.kind {
            NodeKind::Constant(constant) => self.constant(*constant, id),
            NodeKind::QuestionDate(date) => self.question_date(*date, id),
            NodeKind::Fact(field) => self.fact(*field, id),
            NodeKind::Parameter { parameter, keys, at } => {
                let months_before = match at {
                    ParameterDay::Now => 0,
                    ParameterDay::MonthsBefore(months) => *months,
                    ParameterDay::On(_) => return refuse(DATE),
                };
                self.parameter(id, node.layer, *parameter, keys, months_before)
            }
            NodeKind::Use { definition, root } => {
                let sample = self.program.definition(*definition).is_some_and(|it| it.sample);
                self.compiled.sampled |= sample;
                self.node(*root)
            }
            NodeKind::Item(_, body) | NodeKind::AtParent(body) => self.node(*body),
            NodeKind::AtReference { reference, target } => self.other(id, *reference, *target),
            NodeKind::Binary(operator, a, b) => self.binary(id, *operator, *a, *b),
            NodeKind::Negate(a) => self.negate(id, *a),
            NodeKind::Compare(how, a, b) => self.compare(id, *how, *a, *b),
            NodeKind::Within { value, alternatives, negated } => {
                self.within(id, *value, alternatives, *negated)
            }
            NodeKind::All(nodes) => self.joined(id, nodes, true),
            NodeKind::Any(nodes) => self.joined(id, nodes, false),
            NodeKind::AtLeast(least, nodes) => self.at_least(id, *least, nodes),
            NodeKind::Not(a) => {
                let a = self.node(*a)?;
                Ok(self.emit(Op::Not { a: a.register }, Lane::Truth))
            }
            NodeKind::If { condition, then, otherwise } => {
                self.select(id, *condition, *then, *otherwise)
            }
            NodeKind::IfAbsent(a, b) => self.if_absent(id, *a, *b),
            NodeKind::Choose { combine, arms, otherwise } => {
                self.choose(id, *combine, arms, *otherwise)
            }
            NodeKind::Default { base, exceptions } => {
                self.default(id, node.layer, *base, exceptions)
            }
            NodeKind::Versions(versions) => {
                self.fixed_day(id, node.layer)?;
                let now = |version: &&Version| self.clock.admits(node.layer, &version.validity, 0);
                match versions.iter().find(now) {
                    Some(version) => self.node(version.root),
                    None => refuse(OPEN_LAW),
                }
            }
            NodeKind::Round(how, grain, a) => self.round(id, *how, *grain, *a),
            NodeKind::Floor(a, bound) => self.extreme(id, true, &[*a, *bound]),
            NodeKind::Cap(a, bound) => self.extreme(id, false, &[*a, *bound]),
            NodeKind::Extreme { greatest, operands } => self.extreme(id, *greatest, operands),
            NodeKind::Aggregate { kind, list, body, filters } => {
                self.aggregate(id, *kind, *list, *body, filters)
            }
            NodeKind::Age(birth, on, LeapBirthday::FirstOfMarch) => {
                let (birth, on) = (self.present(id, *birth)?, self.present(id, *on)?);
                let op = Op::Age { birth: birth.register, on: on.register };
                Ok(self.emit(op, Lane::Number { scale: 1 }))
            }
            NodeKind::OutcomeOf(_, target) => {
                let holds = self.node(*target)?;
                let one = |outcome| self.constant(Constant::Outcome(outcome), id);
                let [entitled, not] =
                    [OutcomeConstant::Entitled, OutcomeConstant::NotEntitled].map(one);
                let op = Op::Select {
                    condition: holds.register,
                    then: entitled?.register,
                    otherwise: not?.register,
                };
                Ok(self.emit(op, Lane::Outcome))
            }
            NodeKind::Payment { entitled, due, continued: None, .. } => {
                self.payment(id, *entitled, *due)
            }
            NodeKind::Timed { value, terms } => self.timed(id, *value, terms),
            NodeKind::MonthOf { day, offset } => {
                let held = self.node(*day)?;
                let op = match held.lane {
                    Lane::Day => Op::MonthOf { a: held.register, offset: *offset, of_day: true },
                    Lane::Month => Op::MonthOf { a: held.register, offset: *offset, of_day: false },
                    _ => return refuse(KIND),
                };
                Ok(Held { optional: held.optional, ..self.emit(op, Lane::Month) })
            }
            // A kind of node that a plan does not know is the interpreter's: the case falls back.
            _ => refuse(KIND),
        }
    }

    /// The register of an instruction: the one that has it already, or a new one.
    fn emit(&mut self, op: Op, lane: Lane) -> Held {
        let group = match op {
            Op::Sum { .. }
            | Op::Count { .. }
            | Op::Exists { .. }
            | Op::Each { .. }
            | Op::Best { .. } => 0,
            _ => op.reads().into_iter().flatten().map(|register| register.group).max().unwrap_or(0),
        };
        let register = match self.known.get(&(group, op)) {
            Some(register) => *register,
            None => {
                let register = self.register(group);
                self.known.insert((group, op), register);
                self.compiled.steps.push(Step { to: register, op });
                register
            }
        };
        Held::plain(register, lane)
    }

    fn register(&mut self, group: u8) -> Register {
        let index = match self.next.get_mut(usize::from(group)) {
            Some(next) => {
                let index = *next;
                *next = next.saturating_add(1);
                index
            }
            None => u32::MAX,
        };
        Register { group, index }
    }

    /// A register of the root object that holds this number in every case.
    fn number(&mut self, value: i64) -> Register {
        if let Some(register) = self.constants.get(&value) {
            return *register;
        }
        let register = self.register(0);
        self.constants.insert(value, register);
        register
    }

    fn constant(&mut self, constant: Constant, id: NodeId) -> Planned {
        let (value, lane) = match constant {
            Constant::Number(number) => {
                let scale = i64::try_from(number.denom())
                    .ok()
                    .filter(|scale| *scale <= super::lane::MOST_SCALE);
                let scale = scale.ok_or(Refused { node: id, reason: TOO_FINE })?;
                let value = parts(number, scale).ok_or(Refused { node: id, reason: TOO_FINE })?;
                (value, Lane::Number { scale })
            }
            other => coded(other).ok_or(Refused { node: id, reason: KIND })?,
        };
        let register = self.number(value);
        Ok(Held { register, lane, optional: false, constant: Some(value) })
    }

    fn question_date(&mut self, date: QuestionDate, id: NodeId) -> Planned {
        let period = self.question.period;
        let (value, lane) = match date {
            QuestionDate::Assessment => (day_number(self.question.assessment_day()), Lane::Day),
            QuestionDate::PeriodFirst => (day_number(period.first_day()), Lane::Day),
            QuestionDate::PeriodLast => (day_number(period.last_day()), Lane::Day),
            QuestionDate::Period => (month_number(period), Lane::Month),
            // The term of a target comes with the case.
            QuestionDate::TermFirst | QuestionDate::TermLast => {
                return Err(Refused { node: id, reason: DATE });
            }
        };
        let register = self.number(value);
        Ok(Held { register, lane, optional: false, constant: Some(value) })
    }

    /// The day that picks what a layer wrote, where no case can change it.
    fn fixed_day(&self, id: NodeId, layer: LayerId) -> Result<Date, Refused> {
        match self.program.applicable(layer) {
            ApplicableDate::Fact(_) => Err(Refused { node: id, reason: DATE }),
            ApplicableDate::PeriodFirst
            | ApplicableDate::PeriodLast
            | ApplicableDate::Assessment => Ok(self.clock.day(layer, 0)),
        }
    }

    /// The group of an object: 0 for the root, then the lists.
    fn group(&self, object: ObjectId) -> Option<u8> {
        if object == self.program.root {
            return Some(0);
        }
        let at = self.lists.iter().position(|(_, element)| *element == object)?;
        u8::try_from(at.checked_add(1)?).ok()
    }

    fn fact(&mut self, field: FieldId, id: NodeId) -> Planned {
        let refused = |reason| Refused { node: id, reason };
        let declared = self.program.field(field).ok_or(refused(KIND))?;
        let group = self.group(declared.object).ok_or(refused(PEOPLE))?;
        let lane = lane_of(declared).ok_or(refused(KIND))?;
        if let Some(slot) = self.compiled.slots.iter().find(|slot| slot.field == field) {
            return Ok(Held {
                optional: declared.optional,
                ..Held::plain(slot.register, slot.lane)
            });
        }
        let register = self.register(group);
        self.compiled.slots.push(Slot { field, register, lane });
        Ok(Held { optional: declared.optional, ..Held::plain(register, lane) })
    }

    /// The value of a parameter on the day that picks rows, by its keys.
    fn parameter(
        &mut self,
        id: NodeId,
        layer: LayerId,
        parameter: ParameterId,
        keys: &[NodeId],
        months_before: u32,
    ) -> Planned {
        let refused = |reason| Refused { node: id, reason };
        let program = self.program;
        let found = program.parameters.get(index(parameter.0)).ok_or(refused(KIND))?;
        if found.unfilled {
            return Err(refused(OPEN_LAW));
        }
        let back = i32::try_from(months_before).unwrap_or(i32::MAX).saturating_neg();
        let day = self.fixed_day(id, layer)?.plus_months(back).map_err(|_| refused(DATE))?;
        let known_on = self.question.known_on;
        let by_days = |place| parts_of_month(found, place, day, known_on).is_some();
        if (0..found.rows.len()).any(by_days) {
            return Err(refused(KIND));
        }
        let rows: Vec<Option<Constant>> = (0..found.rows.len())
            .map(|place| {
                let (_, row) = row_in_force(found, place, day, self.question.known_on)?;
                self.compiled.sampled |= row.sample;
                row.value
            })
            .collect();
        if rows.iter().all(Option::is_none) {
            return Err(refused(OPEN_LAW));
        }
        let scale = rows.iter().flatten().try_fold(1_i64, |scale, constant| match constant {
            Constant::Number(number) => common_scale(scale, i64::try_from(number.denom()).ok()?),
            _ => Some(scale),
        });
        let scale = scale.ok_or(refused(TOO_FINE))?;
        let mut lane = Lane::Number { scale };
        let mut table = Vec::with_capacity(rows.len());
        for row in rows {
            table.push(match row {
                None => NOTHING,
                Some(Constant::Number(number)) => parts(number, scale).ok_or(refused(TOO_FINE))?,
                Some(other) => {
                    let (value, its) = coded(other).ok_or(refused(KIND))?;
                    lane = its;
                    value
                }
            });
        }
        if let ([], [value]) = (keys, table.as_slice()) {
            let register = self.number(*value);
            return Ok(Held { register, lane, optional: false, constant: Some(*value) });
        }
        let at = self.row_number(id, &found.keys, keys)?;
        let number = u32::try_from(self.compiled.tables.len()).unwrap_or(u32::MAX);
        let number = match self.compiled.tables.iter().position(|known| *known == table) {
            Some(known) => u32::try_from(known).unwrap_or(u32::MAX),
            None => {
                self.compiled.tables.push(table);
                number
            }
        };
        Ok(self.emit(Op::Lookup { table: number, at }, lane))
    }

    /// The number of the row of these keys: mixed radix, the last key fastest.
    fn row_number(
        &mut self,
        id: NodeId,
        enums: &[crate::types::EnumId],
        keys: &[NodeId],
    ) -> Result<Register, Refused> {
        let mut at: Option<Register> = None;
        for (key, node) in enums.iter().zip(keys) {
            let width = self.program.enumeration(*key).map_or(1, |key| key.values.len());
            let width = i64::try_from(width).unwrap_or(i64::MAX);
            let key = self.present(id, *node)?;
            at = Some(match at {
                None => key.register,
                Some(at) => {
                    let op = Op::Linear { a: at, ka: width, b: key.register, kb: 1 };
                    self.emit(op, Lane::Number { scale: 1 }).register
                }
            });
        }
        at.ok_or(Refused { node: id, reason: KIND })
    }

    /// A value that must be there: the case leaves the plan where it is 无.
    fn present(&mut self, _id: NodeId, node: NodeId) -> Planned {
        let held = self.node(node)?;
        Ok(self.certain(held))
    }

    fn certain(&mut self, held: Held) -> Held {
        if !held.optional {
            return held;
        }
        Held { optional: false, ..self.emit(Op::Present { a: held.register }, held.lane) }
    }

    /// Something of another person.
    fn other(&mut self, id: NodeId, reference: NodeId, target: NodeId) -> Planned {
        let (who, of) = (self.node(reference)?, self.node(target)?);
        match of.lane {
            Lane::Quotient { divisor, .. } if divisor.group != 0 => {
                Err(Refused { node: id, reason: MIXED })
            }
            _ => {
                let op = Op::Gather { who: who.register, of: of.register };
                Ok(Held { optional: true, ..self.emit(op, of.lane) })
            }
        }
    }

    fn joined(&mut self, _id: NodeId, nodes: &[NodeId], all: bool) -> Planned {
        let mut joined: Option<Register> = None;
        for node in nodes {
            let b = self.node(*node)?.register;
            joined = Some(match joined {
                None => b,
                Some(a) if all => self.emit(Op::And { a, b }, Lane::Truth).register,
                Some(a) => self.emit(Op::Or { a, b }, Lane::Truth).register,
            });
        }
        let joined = match joined {
            Some(joined) => joined,
            None => self.number(i64::from(all)),
        };
        Ok(Held::plain(joined, Lane::Truth))
    }

    fn at_least(&mut self, _id: NodeId, least: u32, nodes: &[NodeId]) -> Planned {
        let mut count = self.number(0);
        let one = self.number(1);
        for node in nodes {
            let condition = self.node(*node)?.register;
            let op = Op::AddIf { total: count, condition, value: one };
            count = self.emit(op, Lane::Number { scale: 1 }).register;
        }
        let least = self.number(i64::from(least));
        let op = Op::Compare {
            how: Comparison::GreaterOrEqual,
            a: count,
            ka: 1,
            b: least,
            kb: 1,
            optional: false,
        };
        Ok(self.emit(op, Lane::Truth))
    }

    /// x属于…: a set of codes, or comparisons joined.
    fn within(
        &mut self,
        id: NodeId,
        value: NodeId,
        alternatives: &[Alternative],
        negated: bool,
    ) -> Planned {
        let found = match self.code_set(value, alternatives)? {
            Some((a, set)) => self.emit(Op::InSet { a, set }, Lane::Truth),
            None => {
                let held = self.node(value)?;
                let mut any: Option<Register> = None;
                for alternative in alternatives {
                    let test = self.alternative(id, held, alternative)?;
                    any = Some(match any {
                        None => test,
                        Some(a) => self.emit(Op::Or { a, b: test }, Lane::Truth).register,
                    });
                }
                Held::plain(any.unwrap_or_else(|| self.number(0)), Lane::Truth)
            }
        };
        if negated { Ok(self.emit(Op::Not { a: found.register }, Lane::Truth)) } else { Ok(found) }
    }

    fn code_set(
        &mut self,
        value: NodeId,
        alternatives: &[Alternative],
    ) -> Result<Option<(Register, u64)>, Refused> {
        let held = self.node(value)?;
        if !matches!(held.lane, Lane::Code(_) | Lane::Outcome) {
            return Ok(None);
        }
        let mut set = 0_u64;
        for alternative in alternatives {
            let Alternative::Value(node) = alternative else { return Ok(None) };
            let code = self.node(*node)?.constant.and_then(|code| u32::try_from(code).ok());
            let Some(bit) = code.and_then(|code| 1_u64.checked_shl(code)) else { return Ok(None) };
            set |= bit;
        }
        Ok(Some((held.register, set)))
    }

    fn alternative(
        &mut self,
        id: NodeId,
        value: Held,
        alternative: &Alternative,
    ) -> Result<Register, Refused> {
        match alternative {
            Alternative::Value(node) => {
                let other = self.node(*node)?;
                Ok(self.compare_held(id, Comparison::Equal, value, other)?.register)
            }
            Alternative::Interval { low, high } => {
                let mut all: Option<Register> = None;
                let ends = [
                    (low, Comparison::GreaterOrEqual, Comparison::Greater),
                    (high, Comparison::LessOrEqual, Comparison::Less),
                ];
                for (end, inclusive, strict) in ends {
                    let Some((node, is_in)) = end else { continue };
                    let other = self.node(*node)?;
                    let how = if *is_in { inclusive } else { strict };
                    let test = self.compare_held(id, how, value, other)?.register;
                    all = Some(match all {
                        None => test,
                        Some(a) => self.emit(Op::And { a, b: test }, Lane::Truth).register,
                    });
                }
                Ok(all.unwrap_or_else(|| self.number(1)))
            }
        }
    }

    fn aggregate(
        &mut self,
        id: NodeId,
        kind: AggregateKind,
        list: FieldId,
        body: Option<NodeId>,
        filters: &[NodeId],
    ) -> Planned {
        let refused = |reason| Refused { node: id, reason };
        let at = self.lists.iter().position(|(field, _)| *field == list);
        let at = at.and_then(|at| u8::try_from(at.checked_add(1)?).ok()).ok_or(refused(PEOPLE))?;
        let counts =
            if filters.is_empty() { None } else { Some(self.joined(id, filters, true)?.register) };
        let body = body.map(|body| self.node(body)).transpose()?;
        if kind == AggregateKind::Count {
            return Ok(self.emit(Op::Count { list: at, counts }, Lane::Number { scale: 1 }));
        }
        let body = body.ok_or(refused(KIND))?;
        match kind {
            AggregateKind::Exists | AggregateKind::Each => {
                let body = body.register;
                let op = if kind == AggregateKind::Exists {
                    Op::Exists { list: at, body, counts }
                } else {
                    Op::Each { list: at, body, counts }
                };
                Ok(self.emit(op, Lane::Truth))
            }
            AggregateKind::Sum => self.sum(id, at, body, counts),
            AggregateKind::Average => {
                let sum = self.sum(id, at, body, counts)?;
                let count = self.emit(Op::Count { list: at, counts }, Lane::Number { scale: 1 });
                self.divide(id, sum, count)
            }
            AggregateKind::Highest | AggregateKind::Lowest => {
                let body = self.certain_in(body, counts);
                let greatest = kind == AggregateKind::Highest;
                let op = Op::Best { list: at, greatest, body: body.register, counts };
                let best = self.emit(op, body.lane);
                self.same_divisor(id, body.lane)?;
                Ok(self.emit(Op::Some { a: best.register }, body.lane))
            }
            AggregateKind::Count => Err(refused(KIND)),
        }
    }

    /// The body of an aggregate: 无 of one who does not count is nobody's error.
    fn certain_in(&mut self, body: Held, counts: Option<Register>) -> Held {
        match counts {
            Some(condition) if body.optional => {
                let zero = self.number(0);
                let op = Op::Select { condition, then: body.register, otherwise: zero };
                let chosen = self.emit(op, body.lane);
                Held { optional: false, ..self.emit(Op::Present { a: chosen.register }, body.lane) }
            }
            _ => self.certain(body),
        }
    }

    fn sum(&mut self, id: NodeId, list: u8, body: Held, counts: Option<Register>) -> Planned {
        self.same_divisor(id, body.lane)?;
        let body = self.certain_in(body, counts);
        Ok(self.emit(Op::Sum { list, body: body.register, counts }, body.lane))
    }

    /// Quotients of one list add up only where their divisor is the root object's.
    fn same_divisor(&self, id: NodeId, lane: Lane) -> Result<(), Refused> {
        match lane {
            Lane::Quotient { divisor, .. } if divisor.group != 0 => {
                Err(Refused { node: id, reason: MIXED })
            }
            _ => Ok(()),
        }
    }
}

/// How facts of a field lie in a register: money in fen, other numbers in hundredths.
pub(super) fn lane_of(declared: &crate::hir::Field) -> Option<Lane> {
    if declared.many {
        return None;
    }
    Some(match &declared.ty {
        Type::Bool => Lane::Truth,
        Type::Number(number) if number.integer => Lane::Number { scale: 1 },
        Type::Number(_) => Lane::Number { scale: 100 },
        Type::Date => Lane::Day,
        Type::Month => Lane::Month,
        Type::Enum(id) => Lane::Code(*id),
        Type::Object(id) => Lane::Person(*id),
        Type::Error | Type::Text | Type::Outcome => return None,
    })
}

/// The value that a number in a register stands for.
pub(super) fn rational(lane: Lane, value: i64, divisor: i64) -> Option<Rational> {
    match lane {
        Lane::Number { scale } => Rational::new(i128::from(value), i128::from(scale)).ok(),
        Lane::Quotient { scale, .. } => {
            Rational::new(i128::from(value), i128::from(scale).checked_mul(i128::from(divisor))?)
                .ok()
        }
        _ => None,
    }
}
