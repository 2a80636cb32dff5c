//! What the numbers of a program can be, whatever the facts: nobody can be asked for a case with
//! fewer than no members.

use crate::hir::{
    AggregateKind, Constant, Measure, MeasureKind, NodeId, NodeKind, Parameter, Program, Side,
};
use crate::syntax::ast::{BinaryOperator, Combine, LookBackKind};
use crate::value::{Rational, round};

/// The ends that a number keeps within; open where nothing is known.
type Range = (Option<Rational>, Option<Rational>);

const OPEN: Range = (None, None);
const NOT_NEGATIVE: Range = (Some(Rational::ZERO), None);

/// The ranges of all nodes.
#[derive(Debug)]
pub(super) struct Reach(Vec<Range>);

impl Reach {
    pub(super) fn of(program: &Program) -> Self {
        let mut reach = Self(Vec::with_capacity(program.nodes.len()));
        for node in &program.nodes {
            let range = reach.range(program, &node.kind);
            reach.0.push(range);
        }
        reach
    }

    /// Whether one number can lie on that side of another.
    pub(super) fn is_possible(&self, one: NodeId, other: NodeId, side: Side) -> bool {
        let ((low, high), (least, most)) = (self.at(one), self.at(other));
        let less = |a: Option<Rational>, b: Option<Rational>| a.zip(b).is_none_or(|(a, b)| a < b);
        let meet = |a: Option<Rational>, b: Option<Rational>| a.zip(b).is_none_or(|(a, b)| a <= b);
        match side {
            Side::Below => less(low, most),
            Side::At => meet(low, most) && meet(least, high),
            Side::Above => less(least, high),
        }
    }

    fn at(&self, node: NodeId) -> Range {
        let at = usize::try_from(node.0).unwrap_or(usize::MAX);
        self.0.get(at).copied().unwrap_or(OPEN)
    }

    fn range(&self, program: &Program, kind: &NodeKind) -> Range {
        match kind {
            NodeKind::Constant(Constant::Number(number)) => (Some(*number), Some(*number)),
            NodeKind::Fact(field) => {
                let range = program.field(*field).and_then(|field| field.range);
                match range {
                    Some((Constant::Number(low), Constant::Number(high))) => {
                        (Some(low), Some(high))
                    }
                    _ => OPEN,
                }
            }
            NodeKind::Parameter { parameter, .. } | NodeKind::HighestEver { parameter, .. } => {
                let at = usize::try_from(parameter.0).unwrap_or(usize::MAX);
                program.parameters.get(at).map_or(OPEN, of_parameter)
            }
            NodeKind::Use { root: same, .. }
            | NodeKind::AtParent(same)
            | NodeKind::AtReference { target: same, .. }
            | NodeKind::AtInstance(_, same)
            | NodeKind::Item(_, same)
            | NodeKind::Capitals(same)
            | NodeKind::Reported(_, same)
            | NodeKind::NotEmpty(same)
            | NodeKind::Earlier(_, same) => self.at(*same),
            NodeKind::Binary(operator, a, b) => binary(*operator, self.at(*a), self.at(*b)),
            NodeKind::Round(mode, grain, a) => {
                let step =
                    |end: Option<Rational>| end.and_then(|end| round(end, *mode, *grain).ok());
                let (low, high) = self.at(*a);
                (step(low), step(high))
            }
            NodeKind::Floor(a, b) => self.extreme(true, &[*a, *b]),
            NodeKind::Cap(a, b) => self.extreme(false, &[*a, *b]),
            NodeKind::Extreme { greatest, operands } => self.extreme(*greatest, operands),
            NodeKind::Age(..) | NodeKind::MonthsInARow(_) => NOT_NEGATIVE,
            NodeKind::Window { kind: LookBackKind::SumBefore, body, .. } => self.summed(*body),
            NodeKind::Aggregate { kind, body, .. } => match (kind, body) {
                (AggregateKind::Count, _) => NOT_NEGATIVE,
                (AggregateKind::Sum, Some(body)) => self.summed(*body),
                (_, Some(body)) => self.hull([*body], true),
                (_, None) => OPEN,
            },
            NodeKind::Measure(measure) => match program.measure(*measure) {
                Some(Measure { kind: MeasureKind::Share, .. }) => {
                    (Some(Rational::ZERO), Some(Rational::ONE))
                }
                Some(Measure { kind: MeasureKind::Count, .. }) => NOT_NEGATIVE,
                Some(Measure { kind: MeasureKind::Sum, body: Some(body), .. }) => {
                    self.summed(*body)
                }
                _ => OPEN,
            },
            _ => self.one_of(kind),
        }
    }

    /// What takes one of several values.
    fn one_of(&self, kind: &NodeKind) -> Range {
        match kind {
            NodeKind::If { then, otherwise, .. } | NodeKind::IfAbsent(then, otherwise) => {
                self.hull([*then, *otherwise], false)
            }
            NodeKind::Choose { combine, arms, otherwise } => {
                let values = arms.iter().map(|arm| arm.value).chain(*otherwise);
                let range = self.hull(values, true);
                match (combine, range) {
                    (Combine::Total, (Some(low), _)) if low >= Rational::ZERO => NOT_NEGATIVE,
                    (Combine::Total, _) => OPEN,
                    _ => range,
                }
            }
            NodeKind::Default { base, exceptions } => {
                let values = exceptions.iter().map(|arm| arm.value);
                self.hull(values.chain([*base]), false)
            }
            NodeKind::Versions(versions) => {
                self.hull(versions.iter().map(|version| version.root), false)
            }
            NodeKind::Payment { due, continued, .. } => {
                self.hull(std::iter::once(*due).chain(*continued), true)
            }
            NodeKind::Timed { value, .. } => self.hull([*value], true),
            NodeKind::Discretion { low, high, .. } => {
                (low.and_then(|low| self.at(low).0), high.and_then(|high| self.at(high).1))
            }
            _ => OPEN,
        }
    }

    /// All of several ranges, and nought where that may be too.
    fn hull(&self, nodes: impl IntoIterator<Item = NodeId>, or_nought: bool) -> Range {
        let nought = or_nought.then_some((Some(Rational::ZERO), Some(Rational::ZERO)));
        let ranges = nodes.into_iter().map(|node| self.at(node)).chain(nought);
        let joined = ranges.reduce(|(low, high), (least, most)| {
            let low = low.zip(least).map(|(a, b)| a.min(b));
            (low, high.zip(most).map(|(a, b)| a.max(b)))
        });
        joined.unwrap_or(OPEN)
    }

    fn extreme(&self, greatest: bool, nodes: &[NodeId]) -> Range {
        let (all_low, all_high) = self.hull(nodes.iter().copied(), false);
        let ranges = || nodes.iter().map(|node| self.at(*node));
        if greatest {
            (ranges().filter_map(|range| range.0).max(), all_high)
        } else {
            (all_low, ranges().filter_map(|range| range.1).min())
        }
    }

    fn summed(&self, body: NodeId) -> Range {
        let (low, _) = self.at(body);
        if low.is_some_and(|low| low >= Rational::ZERO) { NOT_NEGATIVE } else { OPEN }
    }
}

fn of_parameter(parameter: &Parameter) -> Range {
    let bound = |constant: Constant| match constant {
        Constant::Number(number) => Some(number),
        _ => None,
    };
    let (low, high) = match parameter.range {
        Some((low, high)) => (bound(low), high.and_then(bound)),
        None => OPEN,
    };
    let rows = || parameter.rows.iter().flatten();
    let values: Option<Vec<Rational>> = rows().map(|row| row.value.and_then(bound)).collect();
    match values {
        Some(values) if !parameter.unfilled && !values.is_empty() => {
            (values.iter().min().copied(), values.iter().max().copied())
        }
        _ => (low, high),
    }
}

fn binary(operator: BinaryOperator, a: Range, b: Range) -> Range {
    let both = |x: Option<Rational>, y: Option<Rational>, subtract: bool| {
        let (x, y) = x.zip(y)?;
        if subtract { x.checked_sub(y).ok() } else { x.checked_add(y).ok() }
    };
    let is_positive = |range: Range| range.0.is_some_and(|low| low >= Rational::ZERO);
    match operator {
        BinaryOperator::Add => (both(a.0, b.0, false), both(a.1, b.1, false)),
        BinaryOperator::Subtract => (both(a.0, b.1, true), both(a.1, b.0, true)),
        BinaryOperator::Multiply | BinaryOperator::Divide => {
            if is_positive(a) && is_positive(b) {
                NOT_NEGATIVE
            } else {
                OPEN
            }
        }
    }
}

/// By node: whether its value is another for other facts, or on another day.
pub(super) fn depends_on_facts(program: &Program) -> Vec<bool> {
    let mut depends: Vec<bool> = Vec::with_capacity(program.nodes.len());
    for node in &program.nodes {
        let here = match &node.kind {
            NodeKind::Fact(_)
            | NodeKind::QuestionDate(_)
            | NodeKind::Aggregate { .. }
            | NodeKind::Pick { .. }
            | NodeKind::Shift(..)
            | NodeKind::MonthsInARow(_)
            | NodeKind::LastTime(_)
            | NodeKind::SinceWhen { .. }
            | NodeKind::Measure(_)
            | NodeKind::Reported(..)
            | NodeKind::FixedDay { of: None, .. } => true,
            kind => {
                let operand =
                    |id: NodeId| usize::try_from(id.0).ok().and_then(|at| depends.get(at).copied());
                kind.operands().into_iter().any(|id| operand(id).unwrap_or(true))
            }
        };
        depends.push(here);
    }
    depends
}
