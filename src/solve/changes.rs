//! What would change a decision: for each fact alone, the nearest values at which the outcome
//! becomes 符合 (or more is paid), and the first later month in which it does.
//!
//! Facts declared 不作建议 or 不可改变 are never suggested; the latter change by time only, which
//! is tried month by month. One thing is changed at a time: two that only help together are not
//! found.
//!
//! INVARIANT: nothing is suggested that was not decided again with it in place. Where a value has a
//! neighbour that is said not to be enough, that neighbour was decided again too.

use std::cell::Cell;

use serde::Serialize;

use super::grid::{Grid, Variable, in_month, with_fact};
use super::outputs::{Output, of_decision};
use super::sweep::{asked, fact_view};
use super::sym::Sym;
use super::view::AskedView;
use super::walk::{Budget, Ground, Piece, Walker};
use crate::diagnostic::{Bilingual, Diagnostic, Language};
use crate::engine::decision::{Decision, Outcome};
use crate::eval::{Evaluation, Question, Value};
use crate::explain::view::ValueView;
use crate::hir::{self, Constant, DefaultValue, Field, FieldId};
use crate::input::{Case, Fact, InstanceId, Scalar};
use crate::trace::Trace;
use crate::types::Type;
use crate::value::{Rational, YearMonth, grouped, parse_decimal};

use super::path::FactRef;

/// How far ahead time is tried, in months.
const MOST_MONTHS: i32 = 120;

/// How much the search over one fact for one decision may compute, in values of nodes.
const MOST_VALUES: u64 = 1_000_000;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeOptions {
    /// The decisions, by id (`甲.低保`), name or ASCII twin; all of the policy's where empty.
    pub decisions: Vec<String>,
    /// Whether to look also for what raises the payments of those that are entitled already.
    pub raise: bool,
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
    /// In the order in which the facts are declared; time last.
    pub changes: Vec<Change>,
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
    /// The fact, `甲.月工资`; empty where only time passes.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub fact: String,
    /// What it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<ValueView>,
    /// The first value that is enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<ValueView>,
    /// The value one step nearer, which is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_yet: Option<ValueView>,
    /// The last value that is enough, where going on further ends it or was not searched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<ValueView>,
    /// The later month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    /// What is paid then.
    pub payments: Vec<ThenPaid>,
    /// All of it in words: `甲.月工资 3,750元/月 → 低于3,603元/月`.
    pub text: String,
    /// What to put in place to see it.
    #[serde(skip)]
    pub applied: Applied,
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
    /// Another value of a fact.
    Fact(FactRef, Fact),
    /// Another month.
    Month(YearMonth),
}

/// Decides one thing about one subject of a case; nothing where it would be too much work.
pub(crate) type Decide<'a> =
    &'a dyn Fn(&Case, Question, &hir::Decision, InstanceId) -> Option<Decision>;

/// Evaluates a case, without splitting what is missing; nothing where it would be too much work.
pub(crate) type Evaluate<'a> = &'a dyn Fn(&Case, Question) -> Option<Evaluation>;

/// Looks for changes.
///
/// # Errors
///
/// A name that no decision has.
pub(crate) fn changes(
    trace: &Trace<'_>,
    options: &ChangeOptions,
    decide: Decide<'_>,
    evaluate: Evaluate<'_>,
) -> Result<Changes, Vec<Diagnostic>> {
    let mut found = Changes { asked: asked(trace), decisions: Vec::new() };
    let question = trace.evaluation.question;
    let mut searches = Vec::new();
    for (asked, outputs) in subjects(trace) {
        let Some(first) = outputs.first() else { continue };
        let named = options.decisions.iter().any(|name| is_called(first, name));
        if !named && !options.decisions.is_empty() {
            continue;
        }
        let Some(decided) = decide(trace.case, question, asked, first.who) else { continue };
        let aim = match (decided.outcome, options.raise) {
            (Outcome::Entitled, true) => Aim::Raise,
            (Outcome::Entitled, false) => Aim::Nothing,
            _ => Aim::Entitled,
        };
        if named || aim != Aim::Nothing {
            searches.push(Search {
                trace,
                decide,
                asked,
                outputs,
                now: decided,
                aim,
                incomplete: Cell::new(false),
            });
        }
    }
    unknown(trace, options)?;
    let mut changes: Vec<Vec<Change>> = searches.iter().map(Search::by_facts).collect();
    by_time(trace, evaluate, &searches, &mut changes);
    for (search, changes) in searches.into_iter().zip(changes) {
        let Some(first) = search.outputs.into_iter().next() else { continue };
        found.decisions.push(DecisionChanges {
            called: called(trace, &first),
            id: first.id,
            outcome: search.now.outcome,
            aim: search.aim,
            changes,
            incomplete: search.incomplete.get(),
        });
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

fn unknown(trace: &Trace<'_>, options: &ChangeOptions) -> Result<(), Vec<Diagnostic>> {
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
    Err(vec![finding])
}

/// The search for one decision about one subject.
struct Search<'a> {
    trace: &'a Trace<'a>,
    decide: Decide<'a>,
    asked: &'a hir::Decision,
    outputs: Vec<Output>,
    now: Decision,
    aim: Aim,
    /// Whether there may be more than was found.
    incomplete: Cell<bool>,
}

/// A stretch of values that are enough, from the nearest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    near: i64,
    far: i64,
    up: bool,
    /// Whether it may go on: the search ended within it.
    cut: bool,
}

impl Search<'_> {
    fn by_facts(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        if self.aim == Aim::Nothing {
            return changes;
        }
        let program = self.trace.program;
        for (at, declared) in program.fields.iter().enumerate() {
            let field = FieldId(u32::try_from(at).unwrap_or(u32::MAX));
            if declared.not_suggested || declared.immutable || declared.many {
                continue;
            }
            for who in 0..self.trace.case.of(declared.object).len() {
                let who = InstanceId(u32::try_from(who).unwrap_or(u32::MAX));
                changes.extend(self.by_fact(declared, FactRef { field, who }));
            }
        }
        changes
    }

    fn by_fact(&self, declared: &Field, fact: FactRef) -> Vec<Change> {
        let grid = Grid::of_fact(self.trace.program, self.trace.case, fact.field, fact.who);
        let mut values: Vec<Fact> = Vec::new();
        let known = |constant| Fact::Known(Scalar::Constant(constant));
        match (&declared.ty, grid) {
            (_, Some(_)) => {}
            (Type::Bool, None) => {
                values.extend([true, false].map(|truth| known(Constant::Bool(truth))));
            }
            (Type::Enum(id), None) => {
                let count = self.trace.program.enumeration(*id).map_or(0, |all| all.values.len());
                let count = u16::try_from(count).unwrap_or(u16::MAX);
                values.extend((0..count).map(|at| known(Constant::Enum(*id, at))));
            }
            _ => return Vec::new(),
        }
        if declared.optional {
            values.push(Fact::Absent);
        }
        let budget = Budget::new(MOST_VALUES);
        let walker = self.walker(grid.unwrap_or(one_point(fact)), &budget);
        if !walker.matters() {
            return Vec::new();
        }
        let mut changes = match grid {
            Some(grid) => self.on_grid(declared, fact, &walker, &grid),
            None => Vec::new(),
        };
        for value in values {
            let Some(decided) = self.decided(fact, value.clone()) else { continue };
            if self.is_enough(&decided) {
                changes.push(self.single(fact, value, &decided));
            }
        }
        changes
    }

    fn walker<'w>(&'w self, grid: Grid, budget: &'w Budget<'w>) -> Walker<'w> {
        let question = self.trace.evaluation.question;
        let ground = Ground { program: self.trace.program, case: self.trace.case, question };
        let places = self.outputs.iter().map(|output| (output.node, output.who)).collect();
        Walker::new(ground, grid, places, budget)
    }

    /// The nearest stretch each way; of a fact that is not known, the first and the last there is.
    fn on_grid(
        &self,
        declared: &Field,
        fact: FactRef,
        walker: &Walker<'_>,
        grid: &Grid,
    ) -> Vec<Change> {
        let question = self.trace.evaluation.question;
        let said = in_month(self.trace.case.fact(fact.field, fact.who), question.period);
        let now = match (said, declared.default) {
            (Fact::Known(scalar), _) => grid.point(*scalar),
            (Fact::NotStated, Some(DefaultValue::Value(constant))) if !question.strict => {
                grid.point(Scalar::Constant(constant))
            }
            _ => None,
        };
        let mut stretches = Vec::new();
        for up in [false, true] {
            let (from, to) = match (now, up) {
                (Some(now), true) => (now, grid.high),
                (Some(now), false) => (now, grid.low),
                (None, true) => (grid.low, grid.high),
                (None, false) => (grid.high, grid.low),
            };
            let (stretch, whole) = self.nearest(walker, (from, to));
            if !whole {
                self.incomplete.set(true);
            }
            stretches.extend(
                stretch.filter(|found| !stretches.iter().any(|known| overlap(known, found))),
            );
        }
        let mut changes = Vec::new();
        for stretch in stretches {
            match self.checked(fact, grid, stretch) {
                Some(change) => changes.push(change),
                None => self.incomplete.set(true),
            }
        }
        changes
    }

    /// The first stretch on the way, and whether the way was walked as far as it had to be.
    fn nearest(&self, walker: &Walker<'_>, (from, to): (i64, i64)) -> (Option<Stretch>, bool) {
        let up = to >= from;
        let mut found: Option<Stretch> = None;
        let stop = walker.walk(from, to, |piece| {
            let (near, far) = if up { (piece.low, piece.high) } else { (piece.high, piece.low) };
            match &mut found {
                Some(stretch) if self.aim == Aim::Entitled && self.holds(walker, piece, near) => {
                    stretch.far = far;
                    true
                }
                Some(_) => false,
                None => {
                    found = self.first(walker, piece, (near, far)).map(|at| Stretch {
                        near: at,
                        far: if self.aim == Aim::Entitled { far } else { at },
                        up,
                        cut: false,
                    });
                    found.is_none() || self.aim == Aim::Entitled
                }
            }
        });
        let whole = stop.is_none() || found.is_some();
        (found.map(|stretch| Stretch { cut: stop.is_some(), ..stretch }), whole)
    }

    /// The first point of a piece that is enough.
    fn first(&self, walker: &Walker<'_>, piece: &Piece, (near, far): (i64, i64)) -> Option<i64> {
        if self.holds(walker, piece, near) {
            return Some(near);
        }
        if self.aim == Aim::Entitled || !self.holds(walker, piece, far) {
            return None;
        }
        // A payment that rises along the piece is halved down to; what comes of it is decided
        // again before it is said.
        let (mut not, mut enough) = (near, far);
        while not.abs_diff(enough) > 1 {
            let middle = i64::midpoint(not, enough);
            if self.holds(walker, piece, middle) { enough = middle } else { not = middle }
        }
        Some(enough)
    }

    /// Whether a point of a piece is enough.
    fn holds(&self, walker: &Walker<'_>, piece: &Piece, at: i64) -> bool {
        let entitled = piece.values.first() == Some(&Sym::truth(true));
        if self.aim != Aim::Raise || !entitled {
            return entitled;
        }
        let paid = self.outputs.iter().zip(&piece.values).skip(1).map(|(output, sym)| {
            let Sym::Number(form) = sym else { return None };
            Some((output.name.as_str(), form.at(&walker.grid, at).ok()?))
        });
        paid.collect::<Option<Vec<_>>>().is_some_and(|paid| self.is_raised(&paid))
    }

    /// Whether one payment is more than now and none is less.
    fn is_raised(&self, then: &[(&str, Rational)]) -> bool {
        let mut more = false;
        for (name, amount) in then {
            let Some(now) =
                self.now.payments.get(*name).and_then(|paid| exact(paid.amount.as_deref()))
            else {
                return false;
            };
            if *amount < now {
                return false;
            }
            more |= *amount > now;
        }
        more
    }

    fn is_enough(&self, decision: &Decision) -> bool {
        if decision.outcome != Outcome::Entitled {
            return false;
        }
        match self.aim {
            Aim::Entitled => true,
            Aim::Nothing => false,
            Aim::Raise => {
                let paid = decision.payments.iter().map(|(name, payment)| {
                    Some((name.as_str(), exact(payment.amount.as_deref())?))
                });
                paid.collect::<Option<Vec<_>>>().is_some_and(|paid| self.is_raised(&paid))
            }
        }
    }

    /// The case decided again with something else said of a fact.
    fn decided(&self, fact: FactRef, value: Fact) -> Option<Decision> {
        let question = self.trace.evaluation.question;
        let case = with_fact(self.trace.case, (fact.field, fact.who), question.period, value);
        self.again(&case, question)
    }

    fn again(&self, case: &Case, question: Question) -> Option<Decision> {
        let who = self.outputs.first()?.who;
        (self.decide)(case, question, self.asked, who)
    }

    /// The stretch as a change, where deciding again bears it out: both its ends are enough, their
    /// neighbours outside are not.
    fn checked(&self, fact: FactRef, grid: &Grid, stretch: Stretch) -> Option<Change> {
        let decided = |at: i64| self.decided(fact, Fact::Known(grid.scalar(at)));
        let near = decided(stretch.near)?;
        let far_is_enough = self.is_enough(&decided(stretch.far)?);
        if !self.is_enough(&near) || !far_is_enough {
            return None;
        }
        let step = if stretch.up { 1 } else { -1 };
        let outside = |at: i64| (grid.low..=grid.high).contains(&at).then_some(at);
        let not_yet = outside(stretch.near.saturating_sub(step));
        let after = outside(stretch.far.saturating_add(step))
            .filter(|_| self.aim == Aim::Entitled && !stretch.cut);
        for at in [not_yet, after].into_iter().flatten() {
            if self.is_enough(&decided(at)?) {
                return None;
            }
        }
        let view = |at: i64| self.view(fact, &Fact::Known(grid.scalar(at)));
        let to = view(stretch.near);
        let is_bounded = after.is_some() || stretch.cut;
        let until = is_bounded.then(|| view(stretch.far));
        let target = self.reach(grid, stretch, not_yet, is_bounded);
        let mut change = self.change(fact, Fact::Known(grid.scalar(stretch.near)), &near, &target);
        change.not_yet = not_yet.map(view);
        change.until = until;
        change.to = Some(to);
        Some(change)
    }

    /// `低于3,603元/月`: said by the neighbour that is not enough where that is the rounder number,
    /// which on the fact's own steps is the same.
    fn reach(
        &self,
        grid: &Grid,
        stretch: Stretch,
        not_yet: Option<i64>,
        is_bounded: bool,
    ) -> String {
        let (Variable::Number(field, who) | Variable::Day(field, who)) = grid.variable else {
            return String::new();
        };
        let fact = FactRef { field, who };
        let text = |at: i64| self.words(&self.view(fact, &Fact::Known(grid.scalar(at))));
        let say = |zh: String, en: String| self.say(zh, en);
        let near = text(stretch.near);
        if self.aim == Aim::Raise {
            return near;
        }
        if is_bounded && stretch.near == stretch.far {
            return near;
        }
        if is_bounded {
            let (low, high) = (stretch.near.min(stretch.far), stretch.near.max(stretch.far));
            let (low, high) = (text(low), text(high));
            return say(format!("{low}至{high}"), format!("{low} to {high}"));
        }
        let Some(outside) = not_yet else {
            return say("任何值".to_owned(), "any value".to_owned());
        };
        if matches!(grid.variable, Variable::Day(..)) {
            return if stretch.up {
                say(format!("{near}或以后"), format!("{near} or later"))
            } else {
                say(format!("{near}或以前"), format!("{near} or earlier"))
            };
        }
        let strict = places(grid.number(outside)) < places(grid.number(stretch.near));
        let outside = text(outside);
        match (strict, stretch.up) {
            (true, true) => say(format!("高于{outside}"), format!("more than {outside}")),
            (true, false) => say(format!("低于{outside}"), format!("below {outside}")),
            (false, true) => say(format!("达到{near}"), format!("at least {near}")),
            (false, false) => say(format!("不超过{near}"), format!("at most {near}")),
        }
    }

    fn single(&self, fact: FactRef, value: Fact, decided: &Decision) -> Change {
        let to = self.view(fact, &value);
        let text = self.words(&to);
        Change { to: Some(to), ..self.change(fact, value, decided, &text) }
    }

    fn change(&self, fact: FactRef, value: Fact, decided: &Decision, target: &str) -> Change {
        let question = self.trace.evaluation.question;
        let said = in_month(self.trace.case.fact(fact.field, fact.who), question.period);
        let now = fact_view(self.trace, fact.field, said);
        let id = self.trace.fact_path(fact.field, fact.who);
        let payments = self.paid(decided);
        let text = format!("{id} {} → {target}{}", self.words(&now), self.paid_words(&payments));
        Change {
            fact: id,
            now: Some(now),
            to: None,
            not_yet: None,
            until: None,
            month: None,
            payments,
            text,
            applied: Applied::Fact(fact, value),
        }
    }

    fn in_month(&self, month: YearMonth, decided: &Decision) -> Change {
        let payments = self.paid(decided);
        let text = self.say(
            format!("到{}（其他事实不变）", month.zh()),
            format!("in {month}, with all else as it is"),
        );
        Change {
            fact: String::new(),
            now: None,
            to: None,
            not_yet: None,
            until: None,
            month: Some(month.to_string()),
            text: format!("{text}{}", self.paid_words(&payments)),
            payments,
            applied: Applied::Month(month),
        }
    }

    fn paid(&self, decided: &Decision) -> Vec<ThenPaid> {
        let payments = self.outputs.iter().filter(|output| output.is_payment);
        payments
            .filter_map(|output| {
                let amount = decided.payments.get(&output.name)?.amount.clone()?;
                let name = match (self.trace.language, &output.alias) {
                    (Language::En, Some(alias)) => alias.clone(),
                    _ => output.name.clone(),
                };
                let unit = self.trace.unit_text(&output.ty, self.trace.language);
                Some(ThenPaid { name, amount, unit })
            })
            .collect()
    }

    fn paid_words(&self, payments: &[ThenPaid]) -> String {
        let one = |paid: &ThenPaid| {
            let amount = grouped(&paid.amount);
            self.say(
                format!("{}{amount}{}", paid.name, paid.unit),
                format!("{} {amount} {}", paid.name, paid.unit),
            )
        };
        let all: Vec<String> = payments.iter().map(one).collect();
        if all.is_empty() {
            return String::new();
        }
        self.say(format!("：{}", all.join("，")), format!(": {}", all.join(", ")))
    }

    /// A value that is suggested: it tells nothing of what a 敏感 fact is.
    fn view(&self, fact: FactRef, value: &Fact) -> ValueView {
        match (value, self.trace.program.field(fact.field)) {
            (Fact::Known(scalar), Some(declared)) => {
                let value = Value::Known(*scalar, crate::eval::Marks::NONE);
                self.trace.show(&value, &declared.ty)
            }
            _ => fact_view(self.trace, fact.field, value),
        }
    }

    fn words(&self, view: &ValueView) -> String {
        super::words::value(view, self.trace.language).to_owned()
    }

    fn say(&self, zh: String, en: String) -> String {
        match self.trace.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }
}

/// The first later month for each search in which what is stated is enough; where facts are
/// missing, a month in which they would not matter may be passed over.
fn by_time(
    trace: &Trace<'_>,
    evaluate: Evaluate<'_>,
    searches: &[Search<'_>],
    changes: &mut [Vec<Change>],
) {
    let question = trace.evaluation.question;
    let mut open: Vec<bool> = searches.iter().map(|search| search.aim != Aim::Nothing).collect();
    for months in 1..=MOST_MONTHS {
        if !open.contains(&true) {
            return;
        }
        let Ok(month) = question.period.plus_months(months) else { return };
        let question = Question { period: month, as_of: None, ..question };
        let Some(evaluation) = evaluate(trace.case, question) else {
            let still = searches.iter().zip(&open).filter(|(_, open)| **open);
            still.for_each(|(search, _)| search.incomplete.set(true));
            return;
        };
        for ((search, changes), open) in searches.iter().zip(changes.iter_mut()).zip(&mut open) {
            let value = search.outputs.first().and_then(|o| evaluation.value(o.node, o.who));
            if !*open || value.is_none_or(|value| value.as_bool() != Some(true)) {
                continue;
            }
            let decided = search.again(trace.case, question);
            if let Some(decided) = decided.filter(|decided| search.is_enough(decided)) {
                changes.push(search.in_month(month, &decided));
                *open = false;
            }
        }
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

/// A grid for a fact that lies on none.
fn one_point(fact: FactRef) -> Grid {
    let variable = Variable::Number(fact.field, fact.who);
    Grid { variable, grain: Rational::ONE, low: 0, high: 0 }
}

fn overlap(a: &Stretch, b: &Stretch) -> bool {
    let ends = |s: &Stretch| (s.near.min(s.far), s.near.max(s.far));
    let ((low, high), (other_low, other_high)) = (ends(a), ends(b));
    low <= other_high && other_low <= high
}

fn exact(amount: Option<&str>) -> Option<Rational> {
    parse_decimal(amount?).ok()
}

fn places(number: Rational) -> usize {
    let text = number.to_decimal_text().unwrap_or_default();
    text.split_once('.').map_or(0, |(_, places)| places.len())
}
