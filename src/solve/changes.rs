//! What would change a decision: for each fact alone, the nearest values at which the outcome
//! becomes 符合 (or more is paid); where no fact alone does it, pairs of facts; and the first later
//! month in which it does.
//!
//! Facts declared 不作建议 or 不可改变 are never suggested; the latter change by time only, which
//! is tried month by month. A number that declares no range is suggested from 0 on.
//!
//! INVARIANT: nothing is suggested that was not decided again with it in place. Where a value has a
//! neighbour that is said not to be enough, that neighbour was decided again too. Of a pair neither
//! change is enough alone, and neither can be a step less while the other stays.
//!
//! INVARIANT: the work is bounded by [`ChangeOptions::work`], shared out among the decisions; a decision
//! whose share did not suffice says so.

mod later;
mod pairs;
mod say;
mod search;

use std::collections::BTreeSet;

use serde::Serialize;

use self::search::Search;
use super::grid::with_fact;
use super::outputs::{Output, of_decision};
use super::path::FactRef;
use super::sweep::asked;
use super::view::AskedView;
use super::walk::Budget;
use crate::diagnostic::{Bilingual, DecisionError, Diagnostic, Language};
use crate::engine::decision::Outcome;
use crate::eval::{Evaluation, Live, LookBack, Question, evaluate};
use crate::explain::view::ValueView;
use crate::hir;
use crate::input::{Case, Fact, InstanceId};
use crate::trace::Trace;
use crate::value::YearMonth;

/// How far ahead time is tried, in months.
const MOST_MONTHS: i32 = 120;

/// How much the search over facts may compute where that is not said.
const MOST_VALUES: u64 = 30_000_000;

/// The same for the months to come, and for what changes would take away.
const MOST_VALUES_ASIDE: u64 = 15_000_000;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeOptions {
    /// The decisions, by id (`甲.低保`), name or ASCII twin; all of the policy's where empty.
    pub decisions: Vec<String>,
    /// Whether to look also for what raises the payments of those that are entitled already.
    pub raise: bool,
    /// How much the search over facts may compute for all decisions together, in values of nodes;
    /// 30 million where not said, which takes about a second.
    pub work: Option<u64>,
    /// Whether 敏感 facts are shown: what they are, and values that are worked out from them.
    pub clear: bool,
}

/// What would change the decisions of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Changes {
    /// What was asked.
    #[serde(flatten)]
    pub asked: AskedView,
    /// One for each decision that was looked at, the household's first.
    pub decisions: Vec<DecisionChanges>,
}

/// What would change one decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DecisionChanges {
    /// `低保`, `甲.低保`
    pub id: String,
    /// The same in the language asked for: `甲.dibao`.
    pub called: String,
    /// What it is now.
    pub outcome: Outcome,
    /// What the changes bring about.
    pub aim: Aim,
    /// Changes of one fact, in the order in which the facts are declared; time last. Those that
    /// would end another entitlement come after those that would not.
    pub changes: Vec<Change>,
    /// Changes of two facts, of which neither is enough alone: where no single fact is, or where
    /// the two together change by less.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<Change>,
    /// Whether there may be more changes than were found.
    pub incomplete: bool,
}

/// What a change is to bring about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// The outcome 符合.
    Entitled,
    /// A greater payment, and none smaller.
    Raise,
    /// Nothing: it is entitled as it is.
    Nothing,
}

/// One change, decided again before it is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The facts that change: one, or the two of a pair; none where only time passes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactChange>,
    /// The later month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    /// The first day of that month as of which it is so, where it is not so all the month: somebody's
    /// birthday, a day that a term ends on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// What is paid then.
    pub payments: Vec<ThenPaid>,
    /// The decisions that are 符合 now and would not be then.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub loses: Vec<String>,
    /// All of it in words: `甲.月工资 3,750元/月 → 低于3,603元/月`.
    pub text: String,
    /// What to put in place to see it.
    #[serde(skip)]
    pub applied: Applied,
}

/// How one fact changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FactChange {
    /// The fact, `甲.月工资`.
    pub fact: String,
    /// What it is now.
    pub now: ValueView,
    /// The nearest value that is enough.
    pub to: ValueView,
    /// The value one step nearer, which is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_yet: Option<ValueView>,
    /// The last value that is enough, where going on further ends it or was not searched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<ValueView>,
}

/// A payment under a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThenPaid {
    /// 低保金
    pub name: String,
    /// As a decimal.
    pub amount: String,
    /// 元/月
    pub unit: String,
}

/// A change as it is put in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// Other values of facts.
    Facts(Vec<(FactRef, Fact)>),
    /// Another month.
    Month(YearMonth),
}

impl Applied {
    /// The case and the question with it in place.
    pub(crate) fn to(&self, case: &Case, question: Question) -> (Case, Question) {
        match self {
            Self::Facts(facts) => {
                let mut case = case.clone();
                for (fact, value) in facts {
                    let at = (fact.field, fact.who);
                    case = with_fact(&case, at, question.period, value.clone());
                }
                (case, question)
            }
            Self::Month(period) => {
                (case.clone(), Question { period: *period, as_of: None, ..question })
            }
        }
    }
}

/// Looks for changes, until `stop` says so.
///
/// # Errors
///
/// A name that no decision has.
pub(crate) fn changes(
    trace: &Trace<'_>,
    options: &ChangeOptions,
    stop: &dyn Fn() -> bool,
) -> Result<Changes, DecisionError> {
    unknown(trace, options)?;
    let mut searches = Vec::new();
    let subjects = subjects(trace);
    // The id of one decision may be a name that others have too.
    let ids: BTreeSet<String> = subjects
        .iter()
        .filter_map(|(_, outputs)| outputs.first().map(|first| first.id.clone()))
        .collect();
    for (asked, outputs) in subjects {
        let Some(first) = outputs.first() else { continue };
        let named = options.decisions.iter().any(|name| match ids.contains(name) {
            true => *name == first.id,
            false => is_called(first, name),
        });
        if !named && !options.decisions.is_empty() {
            continue;
        }
        let search = Search::new(trace, asked, (outputs, options.raise), stop);
        if named || search.aim != Aim::Nothing {
            searches.push(search);
        }
    }
    let mut found = Changes { asked: asked(trace), decisions: Vec::new() };
    let mut left = options.work.unwrap_or(MOST_VALUES);
    let mut open: usize = 0;
    for search in &mut searches {
        search.runner.budget.set(left);
        search.look();
        left = search.runner.budget.left();
        open = open.saturating_add(usize::from(search.is_open));
    }
    for search in &searches {
        let (mut changes, mut pairs) = (Vec::new(), Vec::new());
        if search.is_open {
            let others = u64::try_from(open).unwrap_or(u64::MAX);
            let share = left.checked_div(others).unwrap_or(left);
            search.runner.budget.set(share);
            changes = search.by_facts();
            pairs = search.by_pairs(&changes);
            left = left.saturating_sub(share.saturating_sub(search.runner.budget.left()));
            open = open.saturating_sub(1);
        }
        let Some(first) = search.outputs.first() else { continue };
        found.decisions.push(DecisionChanges {
            called: called(trace, first),
            id: first.id.clone(),
            outcome: search.now.outcome,
            aim: search.aim,
            changes,
            pairs,
            incomplete: false,
        });
    }
    later::by_time(trace, &searches, &mut found.decisions, stop);
    losses(trace, &mut found.decisions, stop);
    for (search, decision) in searches.iter().zip(&mut found.decisions) {
        decision.incomplete |= search.incomplete.get();
    }
    Ok(found)
}

/// The outputs of every decision about everybody.
fn subjects<'a>(trace: &Trace<'a>) -> Vec<(&'a hir::Decision, Vec<Output>)> {
    let mut subjects = Vec::new();
    for is_root in [true, false] {
        for decision in trace.decided() {
            if (decision.subject == trace.program.root) != is_root {
                continue;
            }
            for (at, instance) in trace.case.of(decision.subject).iter().enumerate() {
                if is_root || instance.parent.is_some() {
                    let who = InstanceId(u32::try_from(at).unwrap_or(u32::MAX));
                    subjects.push((decision, of_decision(trace, decision, who)));
                }
            }
        }
    }
    subjects
}

fn is_called(output: &Output, name: &str) -> bool {
    let own = |name: &str| name == output.name || Some(name) == output.alias.as_deref();
    let of_subject = || {
        let rest = name.strip_prefix(output.subject.as_str())?.strip_prefix('.')?;
        Some(!output.subject.is_empty() && own(rest))
    };
    name == output.id || own(name) || of_subject() == Some(true)
}

fn unknown(trace: &Trace<'_>, options: &ChangeOptions) -> Result<(), DecisionError> {
    let subjects = subjects(trace);
    let firsts: Vec<&Output> = subjects.iter().filter_map(|(_, outputs)| outputs.first()).collect();
    let is_known = |name: &String| firsts.iter().any(|output| is_called(output, name));
    let Some(name) = options.decisions.iter().find(|name| !is_known(name)) else { return Ok(()) };
    let ids: Vec<&str> = firsts.iter().map(|output| output.id.as_str()).collect();
    let finding = Diagnostic::error(
        "huize::solve::unknown_decision",
        Bilingual::new(format!("没有“{name}”这个决定"), format!("there is no decision `{name}`")),
    )
    .help(Bilingual::new(
        format!("可以写：{}", ids.join("、")),
        format!("there are {}", ids.join(", ")),
    ));
    Err(finding.into())
}

/// Says of each change which entitlements it would end, and puts those that end some last.
fn losses(trace: &Trace<'_>, found: &mut [DecisionChanges], stop: &dyn Fn() -> bool) {
    let held = |evaluation: &Evaluation, output: &Output| {
        evaluation.value(output.node, output.who).and_then(crate::eval::Value::as_bool)
    };
    let firsts: Vec<Output> =
        subjects(trace).into_iter().filter_map(|(_, outputs)| outputs.into_iter().next()).collect();
    let entitled: Vec<&Output> =
        firsts.iter().filter(|output| held(trace.evaluation, output) == Some(true)).collect();
    if entitled.is_empty() {
        return;
    }
    let roots: Vec<_> = entitled.iter().map(|output| output.node).collect();
    let runner = Runner::new(trace, &roots, MOST_VALUES_ASIDE, stop);
    for decision in found {
        let id = decision.id.clone();
        for change in decision.changes.iter_mut().chain(&mut decision.pairs) {
            let Applied::Facts(_) = &change.applied else { continue };
            let (case, question) = change.applied.to(trace.case, trace.evaluation.question);
            let Some(then) = runner.run(&case, question) else {
                decision.incomplete = true;
                continue;
            };
            let lost = entitled
                .iter()
                .filter(|output| output.id != id && held(&then, output) != Some(true));
            change.loses = lost.map(|output| called(trace, output)).collect();
            change.text.push_str(&say::losing(&change.loses, trace.language));
        }
        decision.changes.sort_by_key(|change| !change.loses.is_empty());
        decision.pairs.sort_by_key(|change| !change.loses.is_empty());
    }
}

/// Evaluates what some roots need, as long as there is work left.
struct Runner<'a> {
    program: &'a hir::Program,
    live: Live,
    look_back: LookBack,
    budget: Budget<'a>,
    stop: &'a dyn Fn() -> bool,
}

impl<'a> Runner<'a> {
    fn new(
        trace: &Trace<'a>,
        roots: &[hir::NodeId],
        most: u64,
        stop: &'a dyn Fn() -> bool,
    ) -> Self {
        let live = Live::of(trace.program, roots);
        let look_back = LookBack::of(trace.program, &live);
        Self {
            program: trace.program,
            live,
            look_back,
            budget: Budget::new(most).until(stop),
            stop,
        }
    }

    fn run(&self, case: &Case, question: Question) -> Option<Evaluation> {
        self.spend(1, case, question)
            .then(|| evaluate(self.program, &self.live, self.look_back, case, question))
    }

    /// A part of what is left, for one walk; settled afterwards.
    fn part(&self, most: u64) -> Budget<'a> {
        Budget::new(most.min(self.budget.left())).until(self.stop)
    }

    /// Takes the work of so many evaluations, where there is so much left.
    fn spend(&self, evaluations: usize, case: &Case, question: Question) -> bool {
        let months = usize::try_from(self.look_back.frames(case, question.period));
        let months = months.unwrap_or(usize::MAX).saturating_mul(evaluations);
        self.budget.spend(self.live.work(self.program, case).saturating_mul(months))
    }
}

/// A decision as it is called in the language: in English by its ASCII twin.
fn called(trace: &Trace<'_>, output: &Output) -> String {
    match (trace.language, &output.alias) {
        (Language::En, Some(alias)) if output.subject.is_empty() => alias.clone(),
        (Language::En, Some(alias)) => format!("{}.{alias}", output.subject),
        _ => output.id.clone(),
    }
}
