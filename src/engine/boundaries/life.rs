//! On which days a part of a program can matter: a rule that a decision reads is not read on days
//! on which the decision is not in force, whatever begins or ends then.

use std::collections::BTreeMap;

use super::change::{Change, Place};
use crate::eval::Live;
use crate::hir::{
    ApplicableDate, Definition, DefinitionId, DefinitionKind, LayerId, NodeId, NodeKind,
    ParameterDay, ParameterId, Program, Side, Validity,
};
use crate::types::Type;
use crate::value::{Date, YearMonth};

/// First and last day; open where there is none.
type Days = (Option<Date>, Option<Date>);

const EVER: Days = (None, None);

/// On which days nodes are read.
#[derive(Debug)]
pub(super) struct Life<'a> {
    program: &'a Program,
    /// By what the policy decides, which is where an error shows.
    decided: Vec<Option<Days>>,
    /// By anything that its cases may speak of.
    said: Vec<Option<Days>>,
    /// The nodes that read a parameter.
    readers: BTreeMap<ParameterId, Vec<NodeId>>,
}

impl<'a> Life<'a> {
    pub(super) fn of(program: &'a Program, live: &Live) -> Self {
        let targets = program.targets.iter().map(|target| target.root);
        let measures = program.measures.iter();
        let counted =
            measures.flat_map(|measure| measure.filters.iter().copied().chain(measure.body));
        let figures: Vec<NodeId> = targets.chain(counted).collect();
        let own = |definition: &&Definition| {
            let above = program.layers.len().saturating_sub(program.own_layers);
            let is_decided = match definition.kind {
                DefinitionKind::Entitlement(decision) => own_decision(program, decision),
                DefinitionKind::Payment(payment) | DefinitionKind::Due(payment) => {
                    let at = usize::try_from(payment.0).unwrap_or(usize::MAX);
                    program.payments.get(at).is_some_and(|it| own_decision(program, it.decision))
                }
                DefinitionKind::Rule | DefinitionKind::Set => false,
            };
            is_decided || usize::from(definition.layer.0) >= above
        };
        let is_rule = |definition: &&Definition| {
            matches!(definition.kind, DefinitionKind::Rule | DefinitionKind::Set)
        };
        let owned = || program.definitions.iter().filter(own);
        let root = |definition: &Definition| definition.root;
        let decisions = owned().filter(|definition| !is_rule(definition)).filter_map(root);
        let decided: Vec<NodeId> = figures.iter().copied().chain(decisions).collect();
        let said: Vec<NodeId> = figures.iter().copied().chain(owned().filter_map(root)).collect();
        let mut readers: BTreeMap<ParameterId, Vec<NodeId>> = BTreeMap::new();
        for id in live.order() {
            if let Some(
                NodeKind::Parameter { parameter, .. } | NodeKind::HighestEver { parameter, .. },
            ) = program.node(*id).map(|node| &node.kind)
            {
                readers.entry(*parameter).or_default().push(*id);
            }
        }
        Self { program, decided: spread(program, &decided), said: spread(program, &said), readers }
    }

    /// Whether a case could tell what lies on one side of a change that a layer wrote.
    pub(super) fn is_asked(&self, change: &Change, layer: LayerId, side: Side) -> bool {
        let is_outside = change.outside && (side == Side::At) == change.ends;
        let life = if is_outside { &self.decided } else { &self.said };
        let day = day_beside(self.program.applicable(layer), change.date, side);
        let is_read = |node: NodeId| {
            days_of(life, node)
                .is_some_and(|days| self.looks_back(node) || day.is_none_or(|day| has(days, day)))
        };
        change.places.iter().any(|place| match place {
            Place::Version(node, _) | Place::Exception(node, _) => is_read(*node),
            Place::Row(parameter, ..) => {
                let readers = self.readers.get(parameter);
                readers.is_some_and(|readers| readers.iter().any(|node| is_read(*node)))
            }
        })
    }

    /// Whether the rows of a parameter are picked by a day among the facts.
    pub(super) fn is_by_day(&self, parameter: ParameterId) -> bool {
        let readers = self.readers.get(&parameter);
        let on_day = |node: &NodeId| match self.program.node(*node).map(|node| &node.kind) {
            Some(NodeKind::Parameter { at: ParameterDay::On(day), .. }) => {
                self.program.node(*day).is_some_and(|day| day.ty == Type::Date)
            }
            _ => false,
        };
        readers.is_some_and(|readers| readers.iter().any(on_day))
    }

    /// Whether a node reads a parameter as of another day than that of the case.
    fn looks_back(&self, node: NodeId) -> bool {
        match self.program.node(node).map(|node| &node.kind) {
            Some(NodeKind::Parameter { at, .. }) => *at != ParameterDay::Now,
            Some(NodeKind::HighestEver { .. }) => true,
            _ => false,
        }
    }
}

fn own_decision(program: &Program, id: crate::hir::DecisionId) -> bool {
    let at = usize::try_from(id.0).unwrap_or(usize::MAX);
    program.decisions.get(at).is_some_and(|decision| decision.own)
}

fn has((from, until): Days, day: Date) -> bool {
    from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
}

/// From roots that matter on every day down to all that they read.
fn spread(program: &Program, roots: &[NodeId]) -> Vec<Option<Days>> {
    let mut life: Vec<Option<Days>> = vec![None; program.nodes.len()];
    let mut open: Vec<NodeId> = roots.to_vec();
    // What look-back reads matters in months of its own, and may lie above what reads it.
    while !open.is_empty() {
        for root in open.drain(..) {
            join(&mut life, root, EVER);
        }
        for (at, node) in program.nodes.iter().enumerate().rev() {
            let Some(Some(days)) = life.get(at).copied() else { continue };
            match &node.kind {
                NodeKind::Versions(versions) => {
                    for version in versions {
                        if let Some(days) = within(days, &version.validity) {
                            join(&mut life, version.root, days);
                        }
                    }
                }
                kind => {
                    for operand in kind.operands() {
                        join(&mut life, operand, days);
                    }
                    let root = earlier(kind).and_then(|id| program.definition(id)?.root);
                    open.extend(root.filter(|root| days_of(&life, *root) != Some(EVER)));
                }
            }
        }
    }
    life
}

/// The definition that a node reads in earlier months.
fn earlier(kind: &NodeKind) -> Option<DefinitionId> {
    match kind {
        NodeKind::Shift(definition, _)
        | NodeKind::MonthsInARow(definition)
        | NodeKind::LastTime(definition)
        | NodeKind::SinceWhen { definition, .. } => Some(*definition),
        _ => None,
    }
}

fn days_of(life: &[Option<Days>], node: NodeId) -> Option<Days> {
    usize::try_from(node.0).ok().and_then(|at| life.get(at)).copied().flatten()
}

fn join(life: &mut [Option<Days>], node: NodeId, (from, until): Days) {
    let place = usize::try_from(node.0).ok().and_then(|at| life.get_mut(at));
    let Some(known) = place else { return };
    *known = Some(match *known {
        None => (from, until),
        Some((first, last)) => (
            first.zip(from).map(|(one, other)| one.min(other)),
            last.zip(until).map(|(one, other)| one.max(other)),
        ),
    });
}

fn within((from, until): Days, validity: &Validity) -> Option<Days> {
    let from = from.max(validity.from);
    let until = match (until, validity.until) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    let is_empty = from.zip(until).is_some_and(|(from, until)| until < from);
    (!is_empty).then_some((from, until))
}

/// The last day before a date on which law is read, or the first from it on; nothing where that
/// depends on more than the month.
fn day_beside(applicable: ApplicableDate, date: Date, side: Side) -> Option<Date> {
    let (month, is_first) = (date.year_month(), date.day() == 1);
    let eve = date.plus_days(-1).ok()?;
    match (applicable, side) {
        (ApplicableDate::PeriodFirst, Side::Below) => Some(eve.year_month().first_day()),
        (ApplicableDate::PeriodFirst, _) if is_first => Some(date),
        (ApplicableDate::PeriodFirst, _) => Some(month.plus_months(1).ok()?.first_day()),
        (ApplicableDate::PeriodLast, Side::Below) => {
            month.plus_months(-1).ok().map(YearMonth::last_day)
        }
        (ApplicableDate::PeriodLast, _) => Some(month.last_day()),
        (ApplicableDate::Assessment | ApplicableDate::Fact(_), Side::Below) => Some(eve),
        (ApplicableDate::Assessment | ApplicableDate::Fact(_), _) => Some(date),
    }
}
