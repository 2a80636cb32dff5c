//! What one case has tried: from the values it expects down to the facts, along what was in force
//! and what applied.

use std::collections::BTreeSet;

use super::things::{OTHERWISE, definition_key, kind_of, row_key};
use super::{Coverage, Things, Way};
use crate::engine::boundaries::{Grain, Sightings};
use crate::engine::targets::counts;
use crate::eval::{Clock, Note, Value, parts_of_month, row_in_force};
use crate::hir::{
    Arm, CaseExpectation, Constant, DefinitionId, DefinitionKind, ExceptionArm, FieldId, LayerId,
    MeasureId, Node, NodeId, NodeKind, ParameterDay, ParameterRow, Term,
};
use crate::input::{InstanceId, Listed, Scalar};
use crate::syntax::ast::LookBackKind;
use crate::trace::Trace;
use crate::types::{ObjectId, Type};
use crate::value::Date;

/// What is taken down of a case.
pub(in crate::engine) struct Taking<'a, 'f> {
    pub(in crate::engine) things: &'a Things,
    pub(in crate::engine) coverage: &'a mut Coverage,
    /// Where it stands at boundaries, if that is asked.
    pub(in crate::engine) sightings: Option<&'a mut Sightings<'f>>,
}

/// Marks what the expectations of a case have tried.
pub(in crate::engine) fn walk(
    trace: &Trace<'_>,
    taking: Taking<'_, '_>,
    expectations: &[CaseExpectation],
) -> BTreeSet<MeasureId> {
    let mut walk = Walk::new(trace, taking);
    for wanted in expectations {
        match wanted {
            CaseExpectation::Holds { root, .. }
            | CaseExpectation::Open { root, .. }
            | CaseExpectation::Fails { of: Some(root), .. } => {
                walk.visit(0, *root, InstanceId(0));
            }
            // An error or an open question is one of all that the policy decides; an error, of its
            // targets too.
            CaseExpectation::Needs { .. } => walk.decisions(),
            CaseExpectation::Fails { of: None, .. } => {
                walk.decisions();
                let targets = trace.program.targets.iter();
                targets.for_each(|target| walk.visit(0, target.root, InstanceId(0)));
            }
        }
    }
    walk.measures
}

/// Marks what measures of one case of a population have tried.
pub(in crate::engine) fn walk_measures(
    trace: &Trace<'_>,
    taking: Taking<'_, '_>,
    measures: &BTreeSet<MeasureId>,
) {
    let mut walk = Walk::new(trace, taking);
    for measure in measures.iter().filter_map(|id| trace.program.measure(*id)) {
        for (who, filters, body) in counts(trace, measure) {
            filters.into_iter().chain(body).for_each(|node| walk.visit(0, node, who));
        }
    }
}

struct Walk<'a, 'f> {
    trace: &'a Trace<'a>,
    taking: Taking<'a, 'f>,
    clock: Clock,
    /// Month, node and instance that have been visited.
    seen: BTreeSet<(u32, NodeId, InstanceId)>,
    /// What it rests on of a population.
    measures: BTreeSet<MeasureId>,
}

impl<'a, 'f> Walk<'a, 'f> {
    fn new(trace: &'a Trace<'a>, taking: Taking<'a, 'f>) -> Self {
        let clock = Clock::of(trace.program, trace.case, &trace.evaluation.question);
        Self { trace, taking, clock, seen: BTreeSet::new(), measures: BTreeSet::new() }
    }

    fn decisions(&mut self) {
        let program = self.trace.program;
        for decision in program.decisions.iter().filter(|decision| decision.own) {
            let payments = decision.payments.iter().filter_map(|payment| {
                let payment = program.payments.get(usize::try_from(payment.0).ok()?)?;
                Some(payment.definition)
            });
            for definition in std::iter::once(decision.entitlement).chain(payments) {
                for who in self.everybody(decision.subject) {
                    self.definition(0, definition, who);
                }
            }
        }
    }

    fn everybody(&self, object: ObjectId) -> Vec<InstanceId> {
        let count = u32::try_from(self.trace.case.of(object).len()).unwrap_or(u32::MAX);
        (0..count).map(InstanceId).collect()
    }

    fn value(&self, back: u32, node: NodeId, who: InstanceId) -> Option<&Value> {
        let frame = self.trace.evaluation.frames.get(usize::try_from(back).ok()?)?;
        frame.get(node, who)
    }

    /// Whether it held; what only waits for somebody's discretion may. Nothing where not known.
    fn held(&self, back: u32, node: NodeId, who: InstanceId) -> Option<bool> {
        let value = self.value(back, node, who)?;
        if let Value::Unknown(unknown) = value {
            let notes = &self.trace.evaluation.notes;
            let is_discretion = |cause| matches!(notes.get(cause), Some(Note::Discretion(..)));
            return unknown.causes.iter().all(is_discretion).then_some(true);
        }
        value.as_bool()
    }

    fn mark_truth(&mut self, back: u32, key: (NodeId, usize), truth: NodeId, who: InstanceId) {
        if let Some(held) = self.held(back, truth, who) {
            self.mark(key, self.taking.things.way(key.0, key.1, held));
        }
    }

    fn mark(&mut self, (node, arm): (NodeId, usize), way: Way) {
        if let Some(key) = self.taking.things.at(node, arm) {
            self.taking.coverage.mark(key, way);
        }
    }

    /// A definition: the version of it that is in force, then all that it rests on.
    fn definition(&mut self, back: u32, id: DefinitionId, who: InstanceId) {
        let program = self.trace.program;
        let Some((found, root)) =
            program.definition(id).and_then(|found| Some((found, found.root?)))
        else {
            return;
        };
        if let DefinitionKind::Payment(payment) = found.kind
            && let Some(payment) = program.payments.get(index(payment.0))
        {
            // What is paid holds the formula of what is due, without naming it.
            self.definition(back, payment.due, who);
        }
        let day = self.clock.day(found.layer, back);
        let text = found
            .texts
            .iter()
            .filter(|text| text.validity.holds(day, self.clock.known_on()))
            .max_by_key(|text| (text.layer, text.validity.from));
        if let (Some(text), Some(kind)) = (text, kind_of(program, id)) {
            let key = definition_key(kind, text.span);
            let is_due = match found.kind {
                DefinitionKind::Due(_) => self.is_due(back, root, who),
                _ => true,
            };
            match self.held(back, root, who) {
                Some(true) => self.taking.coverage.mark(&key, Way::Held),
                Some(false) => self.taking.coverage.mark(&key, Way::Failed),
                None => {}
            }
            let is_error = self.value(back, root, who).is_none_or(|v| v.as_fault().is_some());
            if is_due && !is_error {
                self.taking.coverage.mark(&key, Way::Used);
            }
        }
        self.visit(back, root, who);
    }

    /// Whether a payment's formula counts: its decision has not failed.
    fn is_due(&self, back: u32, root: NodeId, who: InstanceId) -> bool {
        match self.trace.kind(root) {
            Some(NodeKind::Payment { entitled, continued, .. }) => {
                continued.is_some() || self.held(back, *entitled, who) != Some(false)
            }
            _ => true,
        }
    }

    fn visit(&mut self, back: u32, id: NodeId, who: InstanceId) {
        if !self.seen.insert((back, id, who)) {
            return;
        }
        let Some(node) = self.trace.program.node(id) else { return };
        if let Some(sightings) = &mut self.taking.sightings {
            sightings.node(self.trace, &self.clock, (back, id, who));
        }
        match &node.kind {
            NodeKind::Use { definition, .. } => self.definition(back, *definition, who),
            NodeKind::Item(_, body) => {
                self.mark_truth(back, (id, 0), *body, who);
                self.visit(back, *body, who);
            }
            NodeKind::If { condition, then, otherwise } => {
                self.mark_truth(back, (id, 0), *condition, who);
                self.visit(back, *condition, who);
                let held = self.held(back, *condition, who);
                if held != Some(false) {
                    self.visit(back, *then, who);
                }
                if held != Some(true) {
                    self.visit(back, *otherwise, who);
                }
            }
            NodeKind::Choose { arms, otherwise, .. } => {
                self.choice(back, id, arms, *otherwise, who);
            }
            NodeKind::Default { base, exceptions } => {
                self.exceptions(back, (id, node.layer), *base, exceptions, who);
            }
            NodeKind::Versions(versions) => {
                let mut versions = versions.iter();
                let in_force = versions.find(|v| self.clock.admits(node.layer, &v.validity, back));
                if let Some(version) = in_force {
                    self.visit(back, version.root, who);
                }
            }
            NodeKind::Payment { entitled, due, continued, .. } => {
                self.visit(back, *entitled, who);
                if self.held(back, *entitled, who) != Some(false) {
                    self.visit(back, *due, who);
                } else if let Some(continued) = continued {
                    self.visit(back, *continued, who);
                }
            }
            NodeKind::Timed { value, terms } => self.timed(back, id, *value, terms, who),
            NodeKind::TargetOutcome(target) => {
                self.mark_truth(back, (id, 0), *target, who);
                self.visit(back, *target, who);
            }
            NodeKind::Measure(measure) => drop(self.measures.insert(*measure)),
            NodeKind::Parameter { keys, .. } | NodeKind::HighestEver { keys, .. } => {
                keys.iter().for_each(|key| self.visit(back, *key, who));
                self.rows(back, id, who);
            }
            _ => self.elsewhere(back, id, &node.kind, node.subject, who),
        }
    }

    /// Values of others and of other months; else all operands of the same.
    fn elsewhere(
        &mut self,
        back: u32,
        id: NodeId,
        kind: &NodeKind,
        subject: ObjectId,
        who: InstanceId,
    ) {
        match kind {
            NodeKind::AtParent(target) => {
                let instance = self.trace.case.of(subject).get(index(who.0));
                if let Some(parent) = instance.and_then(|instance| instance.parent) {
                    self.visit(back, *target, parent);
                }
            }
            NodeKind::AtReference { reference, target } => {
                self.visit(back, *reference, who);
                let found = self.value(back, *reference, who).and_then(Value::as_scalar);
                if let Some(Scalar::Instance(_, other)) = found {
                    self.visit(back, *target, other);
                }
            }
            NodeKind::AtInstance(key, target) => {
                let subject = self.trace.program.node(*target).map(|node| node.subject);
                let found = subject.and_then(|subject| self.trace.case.find(subject, key));
                if let Some(other) = found {
                    self.visit(back, *target, other);
                }
            }
            NodeKind::Aggregate { list, body, filters, .. } => {
                self.members(back, *list, filters, body.as_slice(), who);
            }
            NodeKind::Pick { list, keys, filters, .. } => {
                self.members(back, *list, filters, keys, who);
            }
            NodeKind::Shift(definition, months) => {
                self.earlier(back.saturating_add(*months), *definition, who);
            }
            NodeKind::MonthsInARow(definition) => {
                self.back_to(back, *definition, false, who);
            }
            NodeKind::SinceWhen { definition, now } => {
                self.visit(back, *now, who);
                self.back_to(back, *definition, false, who);
            }
            NodeKind::LastTime(definition) => {
                let gate = self.gate(*definition);
                if let Some(month) = self.back_to(back, gate, true, who) {
                    self.earlier(month, *definition, who);
                }
            }
            NodeKind::Earlier(months, body) => {
                self.visit(back.saturating_add(*months), *body, who);
            }
            NodeKind::Window { kind, months, body } => {
                let first = match kind {
                    LookBackKind::EverWithin | LookBackKind::Consecutive => 0,
                    LookBackKind::EverBefore | LookBackKind::SumBefore => 1,
                };
                for month in 0..*months {
                    let month = back.saturating_add(first).saturating_add(month);
                    self.visit(month, *body, who);
                }
            }
            _ => {
                let operands = self.trace.program.node(id).map(|node| node.kind.operands());
                for operand in operands.unwrap_or_default() {
                    self.visit(back, operand, who);
                }
            }
        }
    }

    /// Of each that stands in a list: whether it counts, and what is taken of it where it does.
    fn members(
        &mut self,
        back: u32,
        list: FieldId,
        filters: &[NodeId],
        taken: &[NodeId],
        who: InstanceId,
    ) {
        let question = &self.trace.evaluation.question;
        let offset = i32::try_from(back).unwrap_or(0).saturating_neg();
        let Ok(month) = question.period.plus_months(offset) else { return };
        let (program, day) = (self.trace.program, month.last_day());
        let Listed::These(members) =
            self.trace.case.listed(program, list, who, day, question.strict)
        else {
            return;
        };
        for member in members {
            filters.iter().for_each(|filter| self.visit(back, *filter, member));
            let mut filters = filters.iter();
            if !filters.any(|f| self.held(back, *f, member) == Some(false)) {
                taken.iter().for_each(|node| self.visit(back, *node, member));
            }
        }
    }

    fn choice(
        &mut self,
        back: u32,
        id: NodeId,
        arms: &[Arm],
        otherwise: Option<NodeId>,
        who: InstanceId,
    ) {
        let mut any = false;
        for (number, arm) in arms.iter().enumerate() {
            let held = match arm.condition {
                Some(condition) => {
                    self.mark_truth(back, (id, number), condition, who);
                    self.visit(back, condition, who);
                    self.held(back, condition, who)
                }
                None => {
                    self.mark((id, number), Way::Held);
                    Some(true)
                }
            };
            any |= held == Some(true);
            if held != Some(false) {
                self.visit(back, arm.value, who);
            }
        }
        if let (Some(otherwise), false) = (otherwise, any) {
            self.mark((id, OTHERWISE), Way::Used);
            self.visit(back, otherwise, who);
        }
    }

    fn exceptions(
        &mut self,
        back: u32,
        (id, layer): (NodeId, LayerId),
        base: NodeId,
        exceptions: &[ExceptionArm],
        who: InstanceId,
    ) {
        let held: Vec<Option<bool>> = exceptions
            .iter()
            .map(|arm| match arm.condition {
                _ if !self.clock.admits(layer, &arm.validity, back) => Some(false),
                Some(condition) => self.held(back, condition, who),
                None => Some(true),
            })
            .collect();
        let beaten = |at: usize| {
            exceptions
                .iter()
                .zip(&held)
                .any(|(other, held)| *held == Some(true) && other.beats.contains(&at))
        };
        for (number, (arm, held)) in exceptions.iter().zip(&held).enumerate() {
            if !self.clock.admits(layer, &arm.validity, back) {
                continue;
            }
            if let Some(condition) = arm.condition {
                self.visit(back, condition, who);
            }
            match held {
                Some(false) => self.mark((id, number), Way::Failed),
                Some(true) if !beaten(number) => self.mark((id, number), Way::Held),
                _ => {}
            }
            if *held != Some(false) && !beaten(number) {
                self.visit(back, arm.value, who);
            }
        }
        if !held.contains(&Some(true)) {
            self.visit(back, base, who);
        }
    }

    /// 起发 and 停发, then what is paid within them.
    fn timed(&mut self, back: u32, id: NodeId, value: NodeId, terms: &[Term], who: InstanceId) {
        let mut is_out = false;
        for (number, term) in terms.iter().enumerate() {
            self.mark_truth(back, (id, number), term.allows, who);
            self.visit(back, term.allows, who);
            is_out |= self.held(back, term.allows, who) == Some(false);
        }
        if !is_out {
            self.visit(back, value, who);
        }
    }

    /// The rows of a parameter that were read.
    fn rows(&mut self, back: u32, id: NodeId, who: InstanceId) {
        let program = self.trace.program;
        let Some(node) = program.node(id) else { return };
        let (NodeKind::Parameter { parameter, keys, .. }
        | NodeKind::HighestEver { parameter, keys }) = &node.kind
        else {
            return;
        };
        let Some(declared) = program.parameters.get(index(parameter.0)) else { return };
        let mut place = 0_usize;
        for (key, node) in declared.keys.iter().zip(keys) {
            let width = program.enumeration(*key).map_or(1, |key| key.values.len());
            let value = self.value(back, *node, who).and_then(Value::as_scalar);
            let Some(Scalar::Constant(Constant::Enum(_, at))) = value else { return };
            place = place.saturating_mul(width).saturating_add(usize::from(at));
        }
        let rows = declared.rows.get(place).map_or(&[][..], Vec::as_slice);
        let known_on = self.clock.known_on();
        for day in self.days_read(back, id, rows, who) {
            let parts = parts_of_month(declared, place, day, known_on);
            let parts_by_days = parts.is_some();
            let in_force = || row_in_force(declared, place, day, known_on).map(|(at, _)| at);
            let read: Vec<usize> = match parts {
                Some(parts) => parts.into_iter().filter_map(|(_, row, _)| row).collect(),
                None => in_force().into_iter().collect(),
            };
            for row in read.into_iter().filter_map(|at| rows.get(at)) {
                self.taking.coverage.mark(&row_key(row.span), Way::Used);
            }
            self.row_dates(back, node, place, (day, parts_by_days));
        }
    }

    /// The day as of which the rows of one key of a parameter are read, beside the dates on which
    /// they change.
    fn row_dates(&mut self, back: u32, node: &Node, place: usize, (day, by_days): (Date, bool)) {
        let Some(sightings) = &mut self.taking.sightings else { return };
        let (parameter, grain) = match &node.kind {
            NodeKind::Parameter { parameter, at: ParameterDay::On(on), .. } => {
                let ty = self.trace.program.node(*on).map(|node| &node.ty);
                (parameter, if ty == Some(&Type::Month) { Grain::First } else { Grain::Day })
            }
            NodeKind::Parameter { parameter, .. } => {
                (parameter, Grain::of(self.trace, node.layer, back))
            }
            // Of all days that it reads, only the last is one that the case is asked about.
            NodeKind::HighestEver { parameter, .. } if day == self.clock.day(node.layer, back) => {
                (parameter, Grain::of(self.trace, node.layer, back))
            }
            _ => return,
        };
        sightings.rows((*parameter, place), day, (grain, by_days));
    }

    /// The days as of which a parameter is read.
    fn days_read(
        &mut self,
        back: u32,
        id: NodeId,
        rows: &[ParameterRow],
        who: InstanceId,
    ) -> Vec<Date> {
        let Some(node) = self.trace.program.node(id) else { return Vec::new() };
        let today = self.clock.day(node.layer, back);
        match &node.kind {
            NodeKind::Parameter { at: ParameterDay::MonthsBefore(months), .. } => {
                let offset = i32::try_from(*months).unwrap_or(0).saturating_neg();
                today.plus_months(offset).into_iter().collect()
            }
            NodeKind::Parameter { at: ParameterDay::On(day), .. } => {
                let day = *day;
                self.visit(back, day, who);
                match self.value(back, day, who).and_then(Value::as_scalar) {
                    Some(Scalar::Constant(Constant::Date(day))) => vec![day],
                    Some(Scalar::Constant(Constant::Month(month))) => vec![month.first_day()],
                    _ => Vec::new(),
                }
            }
            NodeKind::HighestEver { .. } => {
                let starts = rows.iter().filter_map(|row| row.validity.from);
                starts.filter(|from| *from < today).chain(std::iter::once(today)).collect()
            }
            _ => vec![today],
        }
    }

    /// A definition of an earlier month, unless what came of it is recorded.
    fn earlier(&mut self, back: u32, definition: DefinitionId, who: InstanceId) {
        let offset = i32::try_from(back).unwrap_or(0).saturating_neg();
        let month = self.trace.evaluation.question.period.plus_months(offset);
        let is_recorded = month.is_ok_and(|month| {
            back > 0 && self.trace.case.history.contains_key(&(month, definition, who))
        });
        if !is_recorded {
            self.definition(back, definition, who);
        }
    }

    /// Through earlier months until `gate` comes out as wanted; that month.
    fn back_to(
        &mut self,
        back: u32,
        gate: DefinitionId,
        wanted: bool,
        who: InstanceId,
    ) -> Option<u32> {
        let months = u32::try_from(self.trace.evaluation.frames.len()).unwrap_or(0);
        for month in back.saturating_add(1)..months {
            self.earlier(month, gate, who);
            let root = self.trace.program.definition(gate).and_then(|found| found.root)?;
            if self.recorded(month, gate, who).or_else(|| self.held(month, root, who))
                == Some(wanted)
            {
                return Some(month);
            }
        }
        None
    }

    fn recorded(&self, back: u32, definition: DefinitionId, who: InstanceId) -> Option<bool> {
        let offset = i32::try_from(back).unwrap_or(0).saturating_neg();
        let month = self.trace.evaluation.question.period.plus_months(offset).ok()?;
        match self.trace.case.history.get(&(month, definition, who))? {
            Scalar::Constant(Constant::Bool(held)) => Some(*held),
            _ => None,
        }
    }

    /// The decision whose payment a definition is; itself for anything else.
    fn gate(&self, definition: DefinitionId) -> DefinitionId {
        let paid = self.trace.program.paid_by(definition);
        paid.map_or(definition, |(decision, _)| decision.entitlement)
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
