//! The second pass: what an evaluation computed at one point, computed again as functions of what
//! is varied, with the region narrowed to where every branch is the one that was taken.
//!
//! INVARIANT: each value agrees at the point with the evaluation's own; one that does not, or that
//! cannot be solved, narrows the region to the point and is taken from the evaluation. So a piece
//! may be smaller than it need be, never wrong.

mod choice;
mod earlier;
mod number;
mod people;
mod time;

use super::form::{Day, Form};
use super::grid::{Grid, Variable, entry};
use super::region::{Place, Reason, Region};
use super::sym::{Bounds, Sym};
use std::sync::Arc;

use crate::eval::{Clock, Evaluation, Live, Places, Table, Value};
use crate::hir::{
    Alternative, ExceptionArm, FieldId, Node, NodeId, NodeKind, ParameterDay, Program, QuestionDate,
};
use crate::input::{Case, Fact, InstanceId};
use crate::syntax::ast::Comparison;
use crate::value::{OpError, YearMonth};

/// The values of one evaluation as functions, and the region on which they hold.
#[derive(Debug)]
pub(crate) struct Solved {
    pub(crate) evaluation: Evaluation,
    pub(crate) region: Region,
    /// By months back; a node that does not depend on what is varied has no place.
    syms: Vec<Table<Sym>>,
}

impl Solved {
    /// The value at a place.
    pub(crate) fn sym(&self, place: Place) -> Sym {
        let month = self.syms.get(index(place.back));
        match month.and_then(|month| month.get(place.node, place.who)) {
            Some(sym) => sym.clone(),
            None => self.value(place).map_or(Sym::Absent, Sym::of),
        }
    }

    /// What the evaluation gave there.
    pub(crate) fn value(&self, place: Place) -> Option<&Value> {
        self.evaluation.frames.get(index(place.back))?.get(place.node, place.who)
    }
}

pub(crate) fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Solves an evaluation made at a point of a grid. `case` is the case with the variable at that
/// point, `clock` the days that picked the law.
pub(crate) fn solve(
    program: &Program,
    touched: &Live,
    case: &Case,
    evaluation: Evaluation,
    (grid, at): (Grid, i64),
    clock: Clock,
) -> Solved {
    let months = evaluation.frames.len();
    let mut pass = Pass {
        program,
        touched,
        case,
        clock,
        region: Region::new(grid, at),
        solved: Vec::new(),
        current: Table::default(),
        places: Arc::new(Places::of(program, touched, case)),
        evaluation,
        back: 0,
        period: YearMonth::MIN,
    };
    pass.hold_law();
    for back in (0..months).rev() {
        pass.back = u32::try_from(back).unwrap_or(u32::MAX);
        let offset = i32::try_from(back).unwrap_or(0).saturating_neg();
        let asked = pass.evaluation.question.period;
        pass.period = asked.plus_months(offset).unwrap_or(asked);
        pass.month();
    }
    pass.solved.reverse();
    Solved { evaluation: pass.evaluation, region: pass.region, syms: pass.solved }
}

/// One pass over all months, the earliest first.
struct Pass<'a> {
    program: &'a Program,
    touched: &'a Live,
    places: Arc<Places>,
    case: &'a Case,
    clock: Clock,
    region: Region,
    /// The months done, the earliest first.
    solved: Vec<Table<Sym>>,
    current: Table<Sym>,
    evaluation: Evaluation,
    back: u32,
    period: YearMonth,
}

/// What is paid where nothing is.
const ZERO: Sym = Sym::Number(Form::ZERO);

/// A value, or why it is not solved.
type Solution = Result<Sym, Reason>;

impl From<OpError> for Reason {
    fn from(_: OpError) -> Self {
        Self::TooLarge
    }
}

impl Pass<'_> {
    fn month(&mut self) {
        // Time passes in the month asked alone; earlier months are assessed as they were.
        if self.back == 0 || self.region.grid.variable != Variable::Time {
            self.current = Table::new(&self.places);
            let (program, touched) = (self.program, self.touched);
            for id in touched.order() {
                let Some(node) = program.node(*id) else { continue };
                for who in 0..self.case.of(node.subject).len() {
                    let who = InstanceId(u32::try_from(who).unwrap_or(u32::MAX));
                    let sym = self.checked(*id, node, who);
                    self.current.push(sym);
                }
            }
        }
        self.solved.push(std::mem::take(&mut self.current));
    }

    /// The value of a node, checked against the evaluation.
    fn checked(&mut self, id: NodeId, node: &Node, who: InstanceId) -> Sym {
        self.region.enter(Place { node: id, who, back: self.back });
        let found = self.node(id, node, who);
        let frame = self.evaluation.frames.get(index(self.back));
        let Some(value) = frame.and_then(|frame| frame.get(id, who)) else { return Sym::Absent };
        let reason = match found {
            Ok(sym) if sym.agrees(value, &self.region.grid, self.region.at) => return sym,
            Ok(_) => Reason::Unfollowed,
            Err(reason) => reason,
        };
        let sym = Sym::of(value);
        self.region.stop(reason);
        sym
    }

    /// The value of an operand in this month.
    fn get(&self, node: NodeId, who: InstanceId) -> Sym {
        match self.current.get(node, who) {
            Some(sym) => sym.clone(),
            None => self.plain(self.back, node, who),
        }
    }

    /// What the evaluation gave so many months back.
    fn plain(&self, back: u32, node: NodeId, who: InstanceId) -> Sym {
        let frame = self.evaluation.frames.get(index(back));
        frame.and_then(|frame| frame.get(node, who)).map_or(Sym::Absent, Sym::of)
    }

    fn all(&self, nodes: &[NodeId], who: InstanceId) -> Vec<Sym> {
        nodes.iter().map(|node| self.get(*node, who)).collect()
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each kind of node")]
    fn node(&mut self, id: NodeId, node: &Node, me: InstanceId) -> Solution {
        match &node.kind {
            // What does not depend on numbers is what it was, wherever its operands are.
            NodeKind::Constant(_)
            | NodeKind::Document(..)
            | NodeKind::Absent
            | NodeKind::HighestEver { .. }
            | NodeKind::Measure(_)
            | NodeKind::TargetOutcome(_)
            | NodeKind::DayOf { .. }
            | NodeKind::SinceWhen { .. }
            | NodeKind::MonthsInARow(_)
            | NodeKind::Pending(_)
            | NodeKind::Unfilled(_)
            | NodeKind::OutcomeOf(..)
            | NodeKind::IsRefused(_)
            | NodeKind::IsAbsent(_) => Ok(self.plain(self.back, id, me)),
            NodeKind::Discretion { low, high, given, .. } => {
                self.decided([*low, *high], *given, me)
            }
            NodeKind::QuestionDate(date) => Ok(match date {
                QuestionDate::Assessment if self.region.grid.variable == Variable::Time => {
                    Sym::Day(Day::Varied)
                }
                _ => self.plain(self.back, id, me),
            }),
            NodeKind::Parameter { parameter, at, .. } => {
                if let ParameterDay::On(day) = at {
                    let day = self.get(*day, me);
                    self.same_rows(*parameter, &day);
                }
                Ok(self.plain(self.back, id, me))
            }
            NodeKind::Reported(figure, computed) => {
                Ok(if self.case.population.reported.contains_key(figure) {
                    self.plain(self.back, id, me)
                } else {
                    self.get(*computed, me)
                })
            }
            NodeKind::NotEmpty(a) => self.not_empty(self.get(*a, me)),
            NodeKind::Fact(field) => Ok(self.fact(id, *field, me)),
            NodeKind::Use { root, .. } => Ok(match self.get(*root, me) {
                // A benefit that is not in force is one that nobody receives, wherever the fact is.
                Sym::Error => self.plain(self.back, id, me),
                sym => sym,
            }),
            NodeKind::Item(_, body) | NodeKind::Capitals(body) => Ok(self.get(*body, me)),
            NodeKind::AtParent(target) => Ok(match self.parent(node.subject, me) {
                Some(parent) => self.get(*target, parent),
                None => Sym::Error,
            }),
            NodeKind::AtInstance(key, target) => Ok(self.at_instance(key, *target)),
            NodeKind::AtReference { reference, target } => {
                Ok(self.at_reference(*reference, *target, me))
            }
            NodeKind::Binary(operator, a, b) => {
                self.binary(*operator, &self.get(*a, me), &self.get(*b, me))
            }
            NodeKind::Negate(a) => self.negated(&self.get(*a, me)),
            NodeKind::Calendar(operation, a, b) => {
                let (a, b) = (self.get(*a, me), self.get(*b, me));
                self.calendar((id, me), *operation, (&a, &b))
            }
            NodeKind::Compare(operator, a, b) => {
                self.compare(*operator, &self.get(*a, me), &self.get(*b, me))
            }
            NodeKind::Within { value, alternatives, negated } => {
                self.within(*value, alternatives, *negated, me)
            }
            NodeKind::All(nodes) => Ok(all(false, &self.all(nodes, me))),
            NodeKind::Any(nodes) => Ok(all(true, &self.all(nodes, me))),
            NodeKind::AtLeast(least, nodes) => Ok(at_least(*least, &self.all(nodes, me))),
            NodeKind::Not(a) => Ok(not(self.get(*a, me))),
            NodeKind::If { condition, then, otherwise } => {
                let condition = self.get(*condition, me);
                self.if_else(&condition, self.get(*then, me), self.get(*otherwise, me))
            }
            NodeKind::IfAbsent(value, otherwise) => {
                self.if_absent(self.get(*value, me), self.get(*otherwise, me))
            }
            NodeKind::Round(mode, grain, a) => self.rounded(*mode, *grain, &self.get(*a, me)),
            NodeKind::Floor(a, bound) => self.extreme(true, &self.all(&[*a, *bound], me)),
            NodeKind::Cap(a, bound) => self.extreme(false, &self.all(&[*a, *bound], me)),
            NodeKind::Extreme { greatest, operands } => {
                self.extreme(*greatest, &self.all(operands, me))
            }
            NodeKind::Age(birth, on, leap) => {
                let (birth, on) = (self.get(*birth, me), self.get(*on, me));
                self.age((id, me), birth, on, *leap)
            }
            NodeKind::Elapsed { since, duration, on, reading } => {
                self.elapsed((id, me), (*since, *duration, *on), *reading)
            }
            NodeKind::FixedDay { of, .. } => {
                let today = || match (self.region.grid.variable, self.back) {
                    (Variable::Time, 0) => Sym::Day(Day::Varied),
                    _ => Sym::Absent,
                };
                let of = of.map_or_else(today, |of| self.get(of, me));
                self.same(&of, |day| i64::from(day.year()));
                Ok(self.plain(self.back, id, me))
            }
            NodeKind::MonthOf { day, .. } => {
                let day = self.get(*day, me);
                self.same(&day, |day| {
                    let month = i64::from(day.month());
                    i64::from(day.year()).saturating_mul(12).saturating_add(month)
                });
                Ok(self.plain(self.back, id, me))
            }
            NodeKind::Choose { combine, arms, otherwise } => {
                self.choose(*combine, arms, *otherwise, me)
            }
            NodeKind::Default { base, exceptions } => {
                let in_force =
                    |arm: &ExceptionArm| self.clock.admits(node.layer, &arm.validity, self.back);
                let in_force: Vec<bool> = exceptions.iter().map(in_force).collect();
                self.default(*base, exceptions, &in_force, me)
            }
            NodeKind::Versions(versions) => {
                let current = versions
                    .iter()
                    .find(|version| self.clock.admits(node.layer, &version.validity, self.back));
                Ok(match current {
                    Some(version) => self.get(version.root, me),
                    None => self.plain(self.back, id, me),
                })
            }
            NodeKind::Aggregate { kind, list, body, filters } => {
                match self.members(*list, me, *body, filters) {
                    Some(members) => self.aggregate(*kind, &members),
                    // Who is in it does not depend on what is varied, nor does what comes of it.
                    None => Ok(self.plain(self.back, id, me)),
                }
            }
            NodeKind::Pick { list, keys, filters, .. } => {
                self.same_order(*list, me, keys, filters)?;
                Ok(self.plain(self.back, id, me))
            }
            NodeKind::Shift(definition, months) => {
                Ok(self.earlier_definition(*definition, *months, me))
            }
            NodeKind::Earlier(months, body) => Ok(self.earlier_node(*body, *months, me)),
            NodeKind::Window { kind, months, body } => self.window(*kind, *months, *body, me),
            NodeKind::LastTime(definition) => Ok(self.last_time(*definition, me)),
            NodeKind::Payment { entitled, due, continued, .. } => {
                let entitled = self.get(*entitled, me);
                let otherwise = continued.map_or(ZERO, |node| self.get(node, me));
                self.if_else(&entitled, self.get(*due, me), otherwise)
            }
            NodeKind::Timed { value, terms } => {
                let allows: Vec<NodeId> = terms.iter().map(|term| term.allows).collect();
                let allowed = all(false, &self.all(&allows, me));
                self.if_else(&allowed, self.get(*value, me), ZERO)
            }
        }
    }

    /// The fact that is varied, in the months in which what is varied of it is in force.
    fn fact(&self, id: NodeId, field: FieldId, me: InstanceId) -> Sym {
        let variable = self.region.grid.variable;
        let varies = variable.is(field, me)
            && match self.case.fact(field, me) {
                Fact::Dated(values) => {
                    let asked = self.evaluation.question.period;
                    entry(values, self.period) == entry(values, asked)
                }
                _ => true,
            };
        match variable {
            Variable::Number(..) if varies => Sym::Number(Form::varied(variable)),
            Variable::Day(..) if varies => Sym::Day(Day::Varied),
            _ => self.plain(self.back, id, me),
        }
    }

    fn within(
        &mut self,
        value: NodeId,
        alternatives: &[Alternative],
        negated: bool,
        me: InstanceId,
    ) -> Solution {
        let value = self.get(value, me);
        if value == Sym::Absent {
            return Ok(Sym::truth(negated));
        }
        let mut tests = Vec::new();
        for alternative in alternatives {
            tests.push(match alternative {
                Alternative::Value(node) => {
                    self.compare(Comparison::Equal, &value, &self.get(*node, me))?
                }
                Alternative::Interval { low, high } => {
                    let mut ends = Vec::new();
                    for (end, inclusive, strict) in [
                        (low, Comparison::GreaterOrEqual, Comparison::Greater),
                        (high, Comparison::LessOrEqual, Comparison::Less),
                    ] {
                        if let Some((node, includes)) = end {
                            let operator = if *includes { inclusive } else { strict };
                            ends.push(self.compare(operator, &value, &self.get(*node, me))?);
                        }
                    }
                    all(false, &ends)
                }
            });
        }
        let found = all(true, &tests);
        Ok(if negated { not(found) } else { found })
    }

    fn if_else(&mut self, condition: &Sym, then: Sym, otherwise: Sym) -> Solution {
        Ok(match condition {
            Sym::Error => Sym::Error,
            Sym::Unknown(_) => return self.one_of(&[then, otherwise]),
            _ if condition.as_bool() == Some(true) => then,
            _ => otherwise,
        })
    }

    fn if_absent(&mut self, value: Sym, otherwise: Sym) -> Solution {
        match value {
            Sym::Absent => Ok(otherwise),
            Sym::Unknown(bounds) if bounds.may_be_absent => {
                let present = Sym::Unknown(Bounds { may_be_absent: false, ..bounds });
                self.one_of(&[present, otherwise])
            }
            other => Ok(other),
        }
    }
}

/// 且 (or 或 with `any`): one 否 (是) decides whatever the others are.
fn all(any: bool, operands: &[Sym]) -> Sym {
    if operands.iter().any(|value| value.holds() == Some(any)) {
        return Sym::truth(any);
    }
    if operands.iter().any(Sym::is_error) {
        return Sym::Error;
    }
    if operands.iter().any(Sym::is_unknown) { Sym::unknown() } else { Sym::truth(!any) }
}

fn at_least(least: u32, operands: &[Sym]) -> Sym {
    let count = |truth: bool| operands.iter().filter(|v| v.holds() == Some(truth)).count();
    let least = index(least);
    if count(true) >= least {
        return Sym::truth(true);
    }
    if operands.len().saturating_sub(count(false)) < least {
        return Sym::truth(false);
    }
    if operands.iter().any(Sym::is_error) { Sym::Error } else { Sym::unknown() }
}

fn not(value: Sym) -> Sym {
    match value.holds() {
        Some(truth) => Sym::truth(!truth),
        None => value,
    }
}
