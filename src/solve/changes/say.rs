//! Changes in words, and the views that hold them.

use super::later::birthdays;
use super::search::{Decided, Hit, Search, Stretch};
use super::{Aim, Applied, Change, FactChange, ThenPaid};
use crate::diagnostic::Language;
use crate::eval::{Marks, Value};
use crate::explain::view::ValueView;
use crate::hir::{FieldId, NodeId, NodeKind};
use crate::input::{Fact, InstanceId};
use crate::solve::grid::{Grid, Variable, in_month};
use crate::solve::path::FactRef;
use crate::solve::sweep::fact_view;
use crate::trace::MASK;
use crate::types::ObjectId;
use crate::value::{Date, Rational, YearMonth, grouped};

impl Search<'_> {
    /// What changes of one fact, and to what in words.
    pub(super) fn part(&self, hit: &Hit) -> (FactChange, String) {
        let question = self.trace.evaluation.question;
        let said = in_month(self.trace.case.fact(hit.fact.field, hit.fact.who), question.period);
        let is_shown = self.may_say(hit);
        let view = |value: &Fact| {
            if is_shown { self.view(hit.fact, value) } else { masked() }
        };
        let far = hit.stretch.filter(|_| hit.is_bounded);
        let part = FactChange {
            fact: self.trace.fact_path(hit.fact.field, hit.fact.who),
            now: fact_view(&self.trace, hit.fact.field, said),
            to: view(&hit.value),
            not_yet: hit.not_yet.as_ref().map(view),
            until: far.map(|(grid, stretch)| view(&Fact::Known(grid.scalar(stretch.far)))),
        };
        let target = match &hit.stretch {
            _ if !is_shown => MASK.to_owned(),
            Some((grid, stretch)) => self.reach(grid, *stretch, hit),
            None => self.words(&part.to),
        };
        (part, target)
    }

    /// `甲.月工资 3,750元/月 → 低于3,603元/月`
    pub(super) fn arrow(&self, part: &FactChange, target: &str) -> String {
        format!("{} {} → {target}", part.fact, self.words(&part.now))
    }

    pub(super) fn change(
        &self,
        (facts, text): (Vec<FactChange>, String),
        decided: &Decided,
        applied: Applied,
    ) -> Change {
        let payments = self.paid(decided);
        let text = format!("{text}{}", self.paid_words(&payments));
        Change { facts, month: None, day: None, payments, loses: Vec::new(), text, applied }
    }

    /// `2026年5月3日起，甲满16周岁（其他事实不变）`, `2026年4月起（其他事实不变）`.
    pub(super) fn later(&self, month: YearMonth, day: Option<Date>, decided: &Decided) -> Change {
        // A day that would tell when somebody was born is not told.
        let turned = day.map_or(Some(Vec::new()), |day| birthdays(&self.trace, day));
        let day = day.filter(|_| turned.is_some());
        let turned = turned.unwrap_or_default();
        let day = day.filter(|day| *day != month.first_day() || !turned.is_empty());
        let whole = || self.say(month.zh(), month.to_string());
        let when = day.map_or_else(whole, |day| self.say(day.zh(), day.to_string()));
        let turns: Vec<String> = turned
            .iter()
            .map(|(who, age)| {
                let somebody = if who.is_empty() { "they" } else { who };
                let s = if who.is_empty() { "" } else { "s" };
                self.say(format!("{who}满{age}周岁"), format!("{somebody} turn{s} {age}"))
            })
            .collect();
        let why = match turns.is_empty() {
            true => String::new(),
            false => self
                .say(format!("，{}", turns.join("、")), format!(", when {}", turns.join(" and "))),
        };
        let text = self.say(
            format!("{when}起{why}（其他事实不变）"),
            format!("from {when} on{why}, with all else as it is"),
        );
        let change = self.change((Vec::new(), text), decided, Applied::Month(month));
        let day = day.map(|day| day.to_string());
        Change { month: Some(month.to_string()), day, ..change }
    }

    /// `低于3,603元/月`: said by the neighbour that is not enough where that is the rounder number,
    /// which on the fact's own steps is the same.
    fn reach(&self, grid: &Grid, stretch: Stretch, hit: &Hit) -> String {
        let (Variable::Number(field, who) | Variable::Day(field, who)) = grid.variable else {
            return String::new();
        };
        let fact = FactRef { field, who };
        let text = |at: i64| self.words(&self.view(fact, &Fact::Known(grid.scalar(at))));
        let say = |zh: String, en: String| self.say(zh, en);
        let near = text(stretch.near);
        let is_last = stretch.near == if stretch.up { grid.high } else { grid.low };
        if self.aim == Aim::Raise || is_last || (hit.is_bounded && stretch.near == stretch.far) {
            return near;
        }
        if hit.is_bounded {
            let (low, high) = (stretch.near.min(stretch.far), stretch.near.max(stretch.far));
            let (low, high) = (text(low), text(high));
            return say(format!("{low}至{high}"), format!("{low} to {high}"));
        }
        if hit.not_yet.is_none() {
            return say("任何值".to_owned(), "any value".to_owned());
        }
        if matches!(grid.variable, Variable::Day(..)) {
            return if stretch.up {
                say(format!("{near}或以后"), format!("{near} or later"))
            } else {
                say(format!("{near}或以前"), format!("{near} or earlier"))
            };
        }
        let step = if stretch.up { -1 } else { 1 };
        let outside = stretch.near.saturating_add(step);
        let strict = places(grid.number(outside)) < places(grid.number(stretch.near));
        let outside = text(outside);
        match (strict, stretch.up) {
            (true, true) => say(format!("高于{outside}"), format!("more than {outside}")),
            (true, false) => say(format!("低于{outside}"), format!("below {outside}")),
            (false, true) => say(format!("达到{near}"), format!("at least {near}")),
            (false, false) => say(format!("不超过{near}"), format!("at most {near}")),
        }
    }

    fn paid(&self, decided: &Decided) -> Vec<ThenPaid> {
        let outputs = self.outputs.iter().filter(|output| output.is_payment);
        outputs
            .filter_map(|output| {
                let paid = decided.payments.iter().find(|(id, _)| self.is_of(*id, output));
                let number = paid.and_then(|(_, value)| value.as_number())?;
                let name = match (self.trace.language, &output.alias) {
                    (Language::En, Some(alias)) => alias.clone(),
                    _ => output.name.clone(),
                };
                let amount = number.to_decimal_text().unwrap_or_else(|| number.to_string());
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

    /// Whether a value may be suggested in the clear. Of a 敏感 fact it may where it is a limit that
    /// the law sets by itself, 存款不超过30,000元; one that is worked out from what somebody has tells
    /// what that is.
    fn may_say(&self, hit: &Hit) -> bool {
        let trace = &self.trace;
        let is_sensitive = trace.program.field(hit.fact.field).is_some_and(|field| field.sensitive);
        let Some((grid, stretch)) = hit.stretch.as_ref().filter(|_| is_sensitive) else {
            return true;
        };
        let step = if stretch.up { -1 } else { 1 };
        let limits = [stretch.near, stretch.near.saturating_add(step)].map(|at| grid.scalar(at));
        let is_limit = |node: NodeId, subject: ObjectId| {
            let is_own = trace.program.field(hit.fact.field).is_some_and(|f| f.object == subject);
            let who = if is_own { hit.fact.who } else { InstanceId(0) };
            let value = trace.value(node, who).as_scalar();
            !trace.may_tell(node) && value.is_some_and(|value| limits.contains(&value))
        };
        trace.secrets.is_none()
            || trace.program.nodes.iter().any(|node| match node.kind {
                NodeKind::Compare(_, left, right) => {
                    (self.reads(left, hit.fact.field) && is_limit(right, node.subject))
                        || (self.reads(right, hit.fact.field) && is_limit(left, node.subject))
                }
                _ => false,
            })
    }

    /// Whether a node is a fact as it stands.
    fn reads(&self, node: NodeId, field: FieldId) -> bool {
        let mut at = self.trace.current(node);
        loop {
            at = match self.trace.kind(at) {
                Some(NodeKind::Fact(found)) => return *found == field,
                Some(NodeKind::Use { root: inner, .. } | NodeKind::AtParent(inner)) => {
                    self.trace.current(*inner)
                }
                _ => return false,
            };
        }
    }

    /// A value that is suggested.
    fn view(&self, fact: FactRef, value: &Fact) -> ValueView {
        match (value, self.trace.program.field(fact.field)) {
            (Fact::Known(scalar), Some(declared)) => {
                self.trace.show(&Value::Known(*scalar, Marks::NONE), &declared.ty)
            }
            _ => fact_view(&self.trace, fact.field, value),
        }
    }

    /// Exactly the nearest value.
    pub(super) fn value_words(&self, part: &FactChange) -> String {
        self.words(&part.to)
    }

    fn words(&self, view: &ValueView) -> String {
        crate::solve::words::value(view, self.trace.language).to_owned()
    }

    pub(super) fn say(&self, zh: String, en: String) -> String {
        match self.trace.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }
}

/// What stands for a value that may not be shown.
fn masked() -> ValueView {
    let mask = || MASK.to_owned();
    ValueView { value: String::new(), unit: String::new(), zh: mask(), en: mask() }
}

/// `；同时低保边缘不再符合`
pub(super) fn losing(lost: &[String], language: Language) -> String {
    match (lost, language) {
        ([], _) => String::new(),
        (lost, Language::Zh) => format!("；同时{}不再符合", lost.join("、")),
        (lost, Language::En) => format!("; no longer entitled to {} then", lost.join(", ")),
    }
}

fn places(number: Rational) -> usize {
    let text = number.to_decimal_text().unwrap_or_default();
    text.split_once('.').map_or(0, |(_, places)| places.len())
}
