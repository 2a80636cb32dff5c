//! 约束: what a layer demands of those below it, checked for every month from which any of its
//! parameters changes.

use std::collections::BTreeSet;

use crate::diagnostic::{Bilingual, Diagnostic, Language};
use crate::eval::{Live, LookBack, Note, Question, Value, evaluate};
use crate::hir::{Constraint, NodeId, NodeKind, ParameterDay, Program};
use crate::input::{Case, InstanceId};
use crate::source::SourceMap;
use crate::trace::Trace;
use crate::types::Type;
use crate::value::YearMonth;

/// What became of a constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It holds in every month from which something changes.
    Kept,
    /// It does not hold from this month; the two sides, where it compares.
    Broken(YearMonth, Bilingual),
    /// It waits for these from this month.
    Unverified(YearMonth, Bilingual),
    /// It waits for a layer that is still to come.
    Open,
}

/// The constraints that do not hold, as errors, and those that cannot be checked, as warnings.
pub(super) fn check(program: &Program, sources: &SourceMap) -> Vec<Diagnostic> {
    let states = states(program, sources);
    let finding = |(constraint, state): (&Constraint, State)| match state {
        State::Broken(month, sides) => Some(broken(constraint, month, &sides)),
        State::Unverified(month, reason) => Some(not_checked(constraint, month, &reason)),
        State::Kept | State::Open => None,
    };
    program.constraints.iter().zip(states).filter_map(finding).collect()
}

/// What became of each constraint of a program.
pub(super) fn states(program: &Program, sources: &SourceMap) -> Vec<State> {
    let mut open: Vec<Open<'_>> = program
        .constraints
        .iter()
        .map(|constraint| {
            let months = months(program, &Live::of(program, &[constraint.root]));
            Open { constraint, months, state: State::Kept }
        })
        .collect();
    // One evaluation of a month serves every constraint that a row of the month concerns.
    let roots: Vec<NodeId> = program.constraints.iter().map(|found| found.root).collect();
    let live = Live::of(program, &roots);
    let look_back = LookBack::of(program, &live);
    let case = Case::new(program);
    let months: BTreeSet<YearMonth> = open.iter().flat_map(|open| &open.months).copied().collect();
    for month in months {
        if open.iter().all(|open| !open.asks_for(month)) {
            continue;
        }
        let question = Question::about(month);
        let evaluation = evaluate(program, &live, look_back, &case, question);
        let evaluation = &evaluation;
        let language = Language::Zh;
        let trace = Trace { program, sources, case: &case, evaluation, language, secrets: None };
        open.iter_mut()
            .filter(|open| open.asks_for(month))
            .for_each(|open| open.hold(&trace, month));
    }
    open.into_iter().map(|open| open.state).collect()
}

/// A constraint, and what became of it in the months so far.
struct Open<'a> {
    constraint: &'a Constraint,
    months: BTreeSet<YearMonth>,
    state: State,
}

impl Open<'_> {
    fn asks_for(&self, month: YearMonth) -> bool {
        !matches!(self.state, State::Broken(..)) && self.months.contains(&month)
    }

    fn hold(&mut self, trace: &Trace<'_>, month: YearMonth) {
        let constraint = self.constraint;
        match trace.evaluation.value(constraint.root, InstanceId(0)) {
            Some(value) if value.as_bool() == Some(false) => {
                self.state = State::Broken(month, sides(trace, constraint));
            }
            Some(value @ Value::Unknown(_)) if !matches!(self.state, State::Unverified(..)) => {
                if !is_unfilled(trace, value) {
                    self.state = State::Unverified(month, waits_for(trace, value));
                } else if self.state == State::Kept {
                    self.state = State::Open;
                }
            }
            // A month that no row covers is an error of the cases that ask for it.
            _ => {}
        }
    }
}

/// The months in which a row of the parameters in question begins to count.
fn months(program: &Program, live: &Live) -> BTreeSet<YearMonth> {
    let mut months = BTreeSet::new();
    for (at, node) in program.nodes.iter().enumerate() {
        let (parameter, before) = match &node.kind {
            NodeKind::Parameter { parameter, at: ParameterDay::MonthsBefore(months), .. } => {
                (parameter, *months)
            }
            NodeKind::Parameter { parameter, .. } | NodeKind::HighestEver { parameter, .. } => {
                (parameter, 0)
            }
            _ => continue,
        };
        if !live.contains(NodeId(u32::try_from(at).unwrap_or(u32::MAX))) {
            continue;
        }
        let Some(parameter) = program.parameters.get(parameter.0 as usize) else { continue };
        for from in parameter.rows.iter().flatten().filter_map(|row| row.validity.from) {
            let month = from.year_month();
            months.insert(month);
            // A row that begins within a month may count only from the next.
            months.extend(month.plus_months(1));
            // What is compared with an earlier row changes again when that row comes round.
            months.extend(i32::try_from(before).ok().and_then(|n| month.plus_months(n).ok()));
        }
    }
    months
}

/// `：左边是…，右边是…` of a constraint that compares.
fn sides(trace: &Trace<'_>, constraint: &Constraint) -> Bilingual {
    match trace.kind(constraint.root) {
        Some(NodeKind::Compare(_, left, right)) => {
            let show = |node: NodeId| {
                let ty = trace.program.node(node).map_or(Type::Error, |node| node.ty.clone());
                trace.show(&trace.value(node, InstanceId(0)), &ty)
            };
            let (left, right) = (show(*left), show(*right));
            Bilingual::new(
                format!("：左边是{}，右边是{}", left.zh, right.zh),
                format!(": {} against {}", left.en, right.en),
            )
        }
        _ => Bilingual::default(),
    }
}

fn broken(constraint: &Constraint, month: YearMonth, sides: &Bilingual) -> Diagnostic {
    let label = &constraint.label;
    Diagnostic::error(
        "huize::layers::constraint_broken",
        Bilingual::new(
            format!("约束“{label}”从{}起不成立{}", month.zh(), sides.zh),
            format!("the constraint `{label}` does not hold from {month}{}", sides.en),
        ),
    )
    .at(constraint.span, Bilingual::new("这条约束", "this constraint"))
    .help(Bilingual::new(
        "核对数值；下层不得低于上层的底线",
        "check the values; a lower layer may not go below the floor of a higher one",
    ))
}

/// Whether it waits for a layer that is still to come, which will be checked in its turn.
fn is_unfilled(trace: &Trace<'_>, value: &Value) -> bool {
    value.causes().iter().any(|cause| {
        let note = trace.evaluation.notes.get(cause);
        matches!(note, Some(Note::UnfilledParameter(_) | Note::UnfilledRule(_)))
    })
}

fn waits_for(trace: &Trace<'_>, value: &Value) -> Bilingual {
    let list = |language: Language| {
        let trace = Trace { language, ..*trace };
        let notes = trace.notes(&value.causes());
        let waits: Vec<String> = notes.blocked.into_iter().chain(notes.missing).collect();
        waits.join(if language == Language::Zh { "、" } else { ", " })
    };
    Bilingual::new(list(Language::Zh), list(Language::En))
}

fn not_checked(constraint: &Constraint, month: YearMonth, reason: &Bilingual) -> Diagnostic {
    let label = &constraint.label;
    Diagnostic::warning(
        "huize::layers::constraint_unverified",
        Bilingual::new(
            format!("约束“{label}”从{}起未能核对，要等：{}", month.zh(), reason.zh),
            format!(
                "the constraint `{label}` could not be checked from {month}: it waits for {}",
                reason.en
            ),
        ),
    )
    .at(constraint.span, Bilingual::new("这条约束", "this constraint"))
    .help(Bilingual::new("查到数值后填入", "fill in the values when they are found"))
}
