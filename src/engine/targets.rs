//! Targets answered by a run over many cases: each case is evaluated once for each month that a
//! target needs, counted up, and forgotten.

pub mod report;
mod term;

use std::collections::{BTreeMap, BTreeSet};

use super::policy::{Case, Policy};
use crate::diagnostic::{DecisionError, Language};
use crate::eval::{Element, Evaluation, Live, LookBack, Question, Tally, Value, evaluate};
use crate::facts;
use crate::hir::{FigureId, Measure, MeasureId, NodeId, Program, Target};
use crate::input::{self, InstanceId, Measured, Population};
use crate::trace::Trace;
use crate::value::{Date, YearMonth};

use report::{TargetReport, UndecidedCase};
pub(crate) use term::Term;

/// The most cases that are not decided that a report lists one by one.
const MOST_LISTED: usize = 200;

/// The time that targets are asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The first month.
    pub first: YearMonth,
    /// The last month.
    pub last: YearMonth,
    /// Law and facts as known on this day.
    pub known_on: Option<Date>,
    /// Defaults are not applied.
    pub strict: bool,
}

impl Asked {
    /// From one month to another, with all that is known and defaults applied.
    #[must_use]
    pub fn between(first: YearMonth, last: YearMonth) -> Self {
        Self { first, last, known_on: None, strict: false }
    }
}

/// A run over a population. Cases are added one after the other, in any number; then it answers.
#[derive(Debug)]
pub struct TargetRun<'p> {
    policy: &'p Policy,
    asked: Asked,
    /// Which targets are answered, and by which group.
    slots: Vec<(usize, usize)>,
    groups: Vec<Group>,
    reported: BTreeMap<FigureId, crate::hir::Constant>,
    cases: u64,
}

/// Targets that are answered for the same time.
#[derive(Debug)]
struct Group {
    term: Term,
    live: Live,
    look_back: LookBack,
    tallies: BTreeMap<MeasureId, Tally>,
    undecided: BTreeMap<MeasureId, Undecided>,
    unverified: BTreeMap<MeasureId, BTreeSet<String>>,
    /// For how many things counted a default was applied.
    assumed: BTreeMap<MeasureId, u64>,
}

/// Things that are not decided.
#[derive(Clone, Debug, Default)]
struct Undecided {
    count: u64,
    listed: Vec<UndecidedCase>,
}

impl Policy {
    /// Begins a run over a population.
    #[must_use]
    pub fn targets(&self, asked: Asked) -> TargetRun<'_> {
        TargetRun::new(self, asked)
    }
}

impl<'p> TargetRun<'p> {
    fn new(policy: &'p Policy, asked: Asked) -> Self {
        let program = policy.program();
        let mut run = Self {
            policy,
            asked,
            slots: Vec::new(),
            groups: Vec::new(),
            reported: BTreeMap::new(),
            cases: 0,
        };
        for (at, target) in program.targets.iter().enumerate() {
            for term in term::terms(target.term.as_ref(), asked.first, asked.last) {
                let known = run.groups.iter().position(|group| group.term == term);
                let group = known.unwrap_or_else(|| {
                    run.groups.push(Group::new(program, term));
                    run.groups.len() - 1
                });
                run.slots.push((at, group));
                if let Some(group) = run.groups.get_mut(group) {
                    group.take(program, target);
                }
            }
        }
        for group in &mut run.groups {
            group.prepare(program);
        }
        run
    }

    /// Adds a case. `label` names it among those that are not decided.
    ///
    /// # Errors
    ///
    /// A case of a size that would take more work than [`super::Limits::work`].
    pub fn add(&mut self, label: &str, case: Case) -> Result<(), DecisionError> {
        self.add_watched(label, case, &mut |_| {})
    }

    /// Adds a case, and shows its evaluation for each term.
    pub(super) fn add_watched(
        &mut self,
        label: &str,
        case: Case,
        watch: &mut dyn FnMut(&Trace<'_>),
    ) -> Result<(), DecisionError> {
        let Case { mut facts } = case;
        for group in &mut self.groups {
            if group.tallies.is_empty() {
                continue;
            }
            facts.population.term = Some((group.term.first, group.term.last));
            let question = question(self.asked, group.term);
            self.policy.within_limits(&group.live, group.look_back, &facts, question)?;
            let program = self.policy.program();
            let evaluation = evaluate(program, &group.live, group.look_back, &facts, question);
            let trace = Trace {
                program,
                sources: self.policy.sources(),
                case: &facts,
                evaluation: &evaluation,
                language: Language::Zh,
                secrets: None,
            };
            group.add(&trace, label);
            watch(&trace);
        }
        self.cases = self.cases.saturating_add(1);
        Ok(())
    }

    /// Adds an entry of a population as facts: a case, things by the names of their objects
    /// (`{ "养老机构": [ … ] }`), or reported figures (`{ "实绩": { "年报率": "91.28%" } }`). Its `id`
    /// names it; `label` where it has none.
    ///
    /// # Errors
    ///
    /// Every fact that does not fit, and a case that takes too much work.
    pub fn add_facts(&mut self, label: &str, facts: &facts::Node) -> Result<(), DecisionError> {
        let entry = input::bind_entry(self.policy.program(), facts, self.policy.limits())?;
        self.reported.extend(entry.reported);
        match entry.case {
            Some(facts) => {
                let label = entry.id.unwrap_or_else(|| label.to_owned());
                self.add(&label, Case { facts })
            }
            None => Ok(()),
        }
    }

    /// States a figure of a target as somebody reported it, in place of what is counted up: `value`
    /// in the base unit (91.28% is 0.9128). An item is named where the target has several.
    /// Returns whether there is such a figure.
    pub fn report(
        &mut self,
        target: &str,
        item: Option<&str>,
        value: crate::value::Rational,
    ) -> bool {
        let figure = input::figure_named(self.policy.program(), target, item);
        if let Some(figure) = figure {
            self.reported.insert(figure, crate::hir::Constant::Number(value));
        }
        figure.is_some()
    }

    pub(super) fn report_all(&mut self, reported: BTreeMap<FigureId, crate::hir::Constant>) {
        self.reported.extend(reported);
    }

    /// What is known of the population for each target, the last term of each counting.
    #[must_use]
    pub fn population(&self) -> Population {
        let mut population =
            Population { reported: self.reported.clone(), ..Population::default() };
        for (target, group) in &self.slots {
            let (Some(target), Some(group)) =
                (self.policy.program().targets.get(*target), self.groups.get(*group))
            else {
                continue;
            };
            for measure in &target.measures {
                let result = group.tallies.get(measure).map(Tally::result);
                population.measures.extend(result.map(|result| (*measure, result)));
            }
        }
        population
    }

    /// Answers every target.
    #[must_use]
    pub fn finish(self) -> TargetReport {
        report::report(&self)
    }
}

/// The question that a term puts to each case: its last month.
fn question(asked: Asked, term: Term) -> Question {
    let Asked { known_on, strict, .. } = asked;
    Question { known_on, strict, ..Question::about(term.month) }
}

impl Group {
    fn new(program: &Program, term: Term) -> Self {
        let live = Live::of(program, &[]);
        Self {
            term,
            look_back: LookBack::of(program, &live),
            live,
            tallies: BTreeMap::new(),
            undecided: BTreeMap::new(),
            unverified: BTreeMap::new(),
            assumed: BTreeMap::new(),
        }
    }

    fn take(&mut self, program: &Program, target: &Target) {
        for measure in &target.measures {
            if let Some(found) = program.measure(*measure) {
                self.tallies.insert(*measure, Tally::new(found.kind));
            }
        }
    }

    fn prepare(&mut self, program: &Program) {
        let needs = |measure: &Measure| -> Vec<NodeId> {
            measure.filters.iter().copied().chain(measure.body).collect()
        };
        let roots: Vec<NodeId> =
            self.tallies.keys().filter_map(|id| program.measure(*id)).flat_map(needs).collect();
        self.live = Live::of(program, &roots);
        self.look_back = LookBack::of(program, &self.live);
    }

    fn add(&mut self, trace: &Trace<'_>, label: &str) {
        for (id, tally) in &mut self.tallies {
            let Some(measure) = trace.program.measure(*id) else { continue };
            for who in counted(trace.program, trace.case, measure) {
                let element = read(trace.evaluation, measure, who);
                let decided = tally.add(&element);
                if element.counts.holds() == Some(false) {
                    continue;
                }
                let marks = element
                    .body
                    .iter()
                    .fold(element.counts.marks(), |marks, body| marks.and(&body.marks()));
                let causes = element
                    .body
                    .iter()
                    .fold(element.counts.causes(), |causes, body| causes.and(&body.causes()));
                if !marks.is_empty() {
                    let notes = trace.notes(&marks);
                    self.unverified.entry(*id).or_default().extend(notes.unverified);
                    let assumed = self.assumed.entry(*id).or_default();
                    *assumed = assumed.saturating_add(u64::from(!notes.assumed.is_empty()));
                }
                if decided {
                    continue;
                }
                let undecided = self.undecided.entry(*id).or_default();
                undecided.count = undecided.count.saturating_add(1);
                if undecided.listed.len() < MOST_LISTED {
                    let notes = trace.notes(&causes);
                    let fault = std::iter::once(&element.counts)
                        .chain(&element.body)
                        .find_map(Value::as_fault);
                    let groups = [notes.missing, notes.blocked, notes.discretion];
                    let who = who_is(trace, measure, who);
                    // Who waits is said already.
                    let own = who.as_ref().map(|who| format!("{who}.")).unwrap_or_default();
                    let bare = |text: String| match text.strip_prefix(&own) {
                        Some(bare) if !own.is_empty() => bare.to_owned(),
                        _ => text,
                    };
                    undecided.listed.push(UndecidedCase {
                        case: label.to_owned(),
                        who,
                        waits_for: groups.concat().into_iter().map(bare).collect(),
                        error: fault.map(|fault| trace.error(fault)),
                    });
                }
            }
        }
    }
}

/// The key of a member of a household; nothing of the household itself.
fn who_is(trace: &Trace<'_>, measure: &Measure, who: InstanceId) -> Option<String> {
    (measure.element != trace.program.root).then(|| trace.instance_name(measure.element, who))
}

/// Whom of a case a measure counts or may count, with the nodes that say so and what it takes of
/// them.
pub(super) fn counts(
    trace: &Trace<'_>,
    measure: &Measure,
) -> Vec<(InstanceId, Vec<NodeId>, Option<NodeId>)> {
    let everybody = counted(trace.program, trace.case, measure);
    everybody
        .map(|who| {
            let element = read(trace.evaluation, measure, who);
            let body = measure.body.filter(|_| element.counts.holds() != Some(false));
            (who, measure.filters.clone(), body)
        })
        .collect()
}

/// The instances of a case that a measure is over: members of households, where the object is one
/// of those; else all there are.
fn counted(
    program: &Program,
    case: &input::Case,
    measure: &Measure,
) -> impl Iterator<Item = InstanceId> {
    let is_member = program.object(measure.element).is_some_and(|found| found.member_of.is_some());
    let inside: Vec<InstanceId> = case
        .of(measure.element)
        .iter()
        .enumerate()
        .filter(|(_, instance)| !is_member || instance.parent.is_some())
        .map(|(at, _)| InstanceId(u32::try_from(at).unwrap_or(u32::MAX)))
        .collect();
    inside.into_iter()
}

/// What a case says of one thing counted.
fn read(evaluation: &Evaluation, measure: &Measure, who: InstanceId) -> Element {
    let value = |node: NodeId| evaluation.value(node, who).cloned();
    Element::new(
        measure.filters.iter().filter_map(|filter| value(*filter)),
        measure.body.map(|body| value(body).unwrap_or(Value::Absent(crate::eval::Marks::NONE))),
    )
}

/// A case that holds nothing but what has been counted up.
pub(super) fn population_case(program: &Program, population: Population) -> input::Case {
    let mut case = input::Case::new(program);
    case.population = population;
    case
}

/// Whether a figure is known exactly.
fn exact(measured: Measured) -> bool {
    match measured {
        Measured::Number(low, high) => low.is_some() && low == high,
        Measured::Truth(truth) => truth.is_some(),
        Measured::Empty | Measured::Overflow => true,
    }
}
