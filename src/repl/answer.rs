//! What the decisions come to, and how that differs from what they came to before.

use std::sync::Arc;

use super::paper::Paper;
use super::session::{Answer, Line, Session};
use crate::diagnostic::Language;
use crate::engine::decided::Decided;
use crate::engine::decision::Outcome;
use crate::eval::Value;
use crate::explain::layout::Style;
use crate::explain::words::about;
use crate::hir::Decision;
use crate::trace::{NoteGroups, Trace};
use crate::types::Type;
use crate::value::Rational;

/// All decisions of a policy about one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Summary {
    pub(super) rows: Vec<Row>,
    /// Of all benefits of a place: decisions that are not in force in the month.
    not_in_force: Vec<String>,
}

/// One decision about one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The key of the person; empty for the household.
    pub(super) who: String,
    /// 低保
    pub(super) decision: String,
    /// Its twin, where the language of the session names things by them.
    pub(super) shown: String,
    pub(super) outcome: Outcome,
    /// Why it could not be computed: the code, and the words.
    pub(super) error: Option<(String, String)>,
    pub(super) payments: Vec<Paid>,
    pub(super) notes: Arc<NoteGroups>,
}

/// One payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paid {
    /// 低保金
    pub(super) name: String,
    pub(super) shown: String,
    /// Exactly, where it is certain.
    pub(super) amount: Option<Rational>,
    /// In words: `1353元/月`, `未定（0元/月至1353元/月）`.
    pub(super) text: String,
    pub(super) ty: Type,
}

impl Summary {
    /// What a decided case comes to.
    pub(super) fn of(decided: &Decided) -> Self {
        let trace = decided.trace();
        let program = trace.program;
        let mut rows = Vec::new();
        for decision in trace.decided() {
            let is_root = decision.subject == program.root;
            for who in decided.people(decision) {
                let Some(found) = decided.assessment(decision, who) else { continue };
                let name = trace.instance_name(decision.subject, who);
                let payments = found.payments.iter().filter_map(|(id, value)| {
                    let payment = program.payments.get(id.0 as usize)?;
                    let ty = program.definition(payment.definition)?.ty.clone();
                    Some(Paid {
                        name: payment.name.text.clone(),
                        shown: trace.name(&payment.name).to_owned(),
                        amount: value.as_number(),
                        text: trace.shown(value, &ty),
                        ty,
                    })
                });
                rows.push(Row {
                    who: if is_root { String::new() } else { name },
                    shown: shown(&trace, decision),
                    decision: program.called(decision),
                    outcome: found.outcome,
                    error: error_of(&trace, &found.value),
                    payments: payments.collect(),
                    notes: Arc::clone(&found.notes),
                });
            }
        }
        Self { rows, not_in_force: trace.not_in_force() }
    }

    /// The row of a decision about somebody.
    pub(super) fn row(&self, who: &str, decision: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.is_of(who, decision))
    }

    /// The row of what another row is of, which most often stands in the same place.
    fn row_like(&self, at: usize, other: &Row) -> Option<&Row> {
        let there = self.rows.get(at).filter(|row| row.is_of(&other.who, &other.decision));
        there.or_else(|| self.row(&other.who, &other.decision))
    }

    /// How it differs from an earlier one, row by row; everything where there is none.
    pub(super) fn say_changes(&self, before: Option<&Self>, paper: &mut Paper) {
        let Some(before) = before else {
            self.say(paper);
            return;
        };
        let mut changed = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let old = before.row_like(at, row);
            if let Some(line) = change(old, Some(row), paper) {
                changed.push(line);
            }
        }
        for (at, old) in before.rows.iter().enumerate() {
            if self.row_like(at, old).is_none()
                && let Some(line) = change(Some(old), None, paper)
            {
                changed.push(line);
            }
        }
        if changed.is_empty() {
            let text = paper.say("各项决定没有变化", "no decision changes").to_owned();
            paper.line(2, Style::Faint, &text);
        }
        for (style, line) in changed {
            paper.line(2, style, &line);
        }
    }

    /// Whether nothing would be said of the difference to an earlier one.
    pub(super) fn is_like(&self, before: &Self, paper: &Paper) -> bool {
        let gone = before.rows.iter().filter(|old| self.row(&old.who, &old.decision).is_none());
        self.rows
            .iter()
            .all(|row| change(before.row(&row.who, &row.decision), Some(row), paper).is_none())
            && gone.into_iter().all(|old| change(Some(old), None, paper).is_none())
    }

    /// All rows: what is or may be granted first, the rest on a line of its own.
    pub(super) fn say(&self, paper: &mut Paper) {
        let language = paper.options.language;
        let refused = |row: &&Row| row.outcome == Outcome::NotEntitled;
        let rows: Vec<(Style, Vec<String>)> = self
            .rows
            .iter()
            .filter(|row| !refused(row))
            .map(|row| {
                let text =
                    [Some(outcome_word(row.outcome, language).to_owned()), row.detail(language)];
                let text: Vec<String> = text.into_iter().flatten().collect();
                (style_of(row.outcome), vec![row.name(language), text.join(comma(language))])
            })
            .collect();
        paper.table(2, &rows);
        self.say_refused(paper);
        if !self.not_in_force.is_empty() {
            let list = self.not_in_force.join(paper.say("、", ", "));
            let lead = paper.say("本月没有施行：", "not in force this month: ").to_owned();
            paper.led(2, &lead, Style::Faint, Style::Faint, &list);
        }
    }

    /// What is refused, on one line.
    fn say_refused(&self, paper: &mut Paper) {
        let language = paper.options.language;
        let mut names: Vec<(String, Vec<String>)> = Vec::new();
        for row in self.rows.iter().filter(|row| row.outcome == Outcome::NotEntitled) {
            let place = names.iter().position(|(name, _)| *name == row.shown);
            let who = row.who.clone();
            match place.and_then(|at| names.get_mut(at)) {
                Some((_, people)) => people.push(who),
                None => names.push((row.shown.clone(), vec![who])),
            }
        }
        if names.is_empty() {
            return;
        }
        let list: Vec<String> =
            names.into_iter().map(|(name, people)| about(&name, &people, language)).collect();
        let lead =
            format!("{}{}", outcome_word(Outcome::NotEntitled, language), paper.say("：", ": "));
        paper.led(2, &lead, Style::Bad, Style::Plain, &list.join(paper.say("、", ", ")));
    }
}

/// What a decision is called, by its twin in English.
fn shown(trace: &Trace<'_>, decision: &Decision) -> String {
    let called = trace.program.called(decision);
    // Behind that of its benefit, where two benefits share the name.
    if called == decision.name.text { trace.name(&decision.name).to_owned() } else { called }
}

fn comma(language: Language) -> &'static str {
    match language {
        Language::Zh => "，",
        Language::En => ", ",
    }
}

impl Row {
    fn is_of(&self, who: &str, decision: &str) -> bool {
        self.who == who && self.decision == decision
    }

    /// `低保`, `甲的低保`
    pub(super) fn name(&self, language: Language) -> String {
        match (self.who.is_empty(), language) {
            (true, _) => self.shown.clone(),
            (false, Language::Zh) => format!("{}的{}", self.who, self.shown),
            (false, Language::En) => format!("{}.{}", self.who, self.shown),
        }
    }

    /// Amounts, or why there are none.
    fn detail(&self, language: Language) -> Option<String> {
        if let Some((_, words)) = &self.error {
            return Some(words.clone());
        }
        let payments: Vec<String> =
            self.payments.iter().map(|paid| format!("{} {}", paid.shown, paid.text)).collect();
        let mut parts = payments;
        let mut wait = |list: &[String], zh: &str, en: &str| {
            let word = if language == Language::Zh { zh } else { en };
            if let Some(first) = list.first() {
                let first = match language {
                    Language::Zh => first.replacen('.', "的", 1),
                    Language::En => first.clone(),
                };
                let more = match (list.len(), language) {
                    (1, _) => String::new(),
                    (count, Language::Zh) => format!("等{count}项"),
                    (count, Language::En) => format!(" and {} more", count - 1),
                };
                parts.push(format!("{word}{first}{more}"));
            }
        };
        wait(&self.notes.missing, "还需 ", "needs ");
        wait(&self.notes.blocked, "待查 ", "pending ");
        wait(&self.notes.discretion, "由 ", "up to ");
        if !self.notes.unverified.is_empty() {
            parts.push(
                if language == Language::Zh {
                    "用到样例数值"
                } else {
                    "rests on made-up values"
                }
                .to_owned(),
            );
        }
        (!parts.is_empty()).then(|| parts.join(comma(language)))
    }

    /// The result on one line, without whose it is.
    fn result(&self, language: Language) -> String {
        let mut parts = vec![outcome_word(self.outcome, language).to_owned()];
        parts.extend(self.payments.iter().map(|paid| format!("{} {}", paid.shown, paid.text)));
        parts.join(comma(language))
    }
}

fn error_of(trace: &Trace<'_>, value: &Value) -> Option<(String, String)> {
    let error = trace.error(value.as_fault()?);
    let words = match trace.language {
        Language::Zh => error.zh,
        Language::En => error.en,
    };
    Some((error.code, words))
}

/// What became of a row; nothing where it is the same.
fn change(old: Option<&Row>, new: Option<&Row>, paper: &Paper) -> Option<(Style, String)> {
    let language = paper.options.language;
    let colon = paper.say("：", ": ");
    let (Some(old), Some(new)) = (old, new) else {
        let row = new.or(old)?;
        if row.outcome == Outcome::NotEntitled {
            return None;
        }
        let (word, style) = match new {
            Some(row) => (paper.say("新增，", "new, "), style_of(row.outcome)),
            None => (paper.say("不再有，原来", "gone, it was "), Style::Plain),
        };
        let name = row.name(language);
        return Some((style, format!("{name}{colon}{word}{}", row.result(language))));
    };
    let same_amounts = old.payments.len() == new.payments.len()
        && old.payments.iter().zip(&new.payments).all(|(a, b)| a.text == b.text);
    // The same mistake in another month has another date in its words.
    let code = |row: &Row| row.error.as_ref().map(|(code, _)| code.clone());
    if old.outcome == new.outcome && code(old) == code(new) && same_amounts {
        return None;
    }
    let name = new.name(language);
    let mut parts = Vec::new();
    let (a, b) = (outcome_word(old.outcome, language), outcome_word(new.outcome, language));
    parts.push(if old.outcome == new.outcome { b.to_owned() } else { format!("{a} → {b}") });
    if code(new) != code(old) {
        parts.extend(new.error.as_ref().map(|(_, words)| words.clone()));
    }
    for paid in &new.payments {
        let before = old.payments.iter().find(|known| known.name == paid.name);
        let text = match before {
            Some(before) if before.text == paid.text => format!("{} {}", paid.shown, paid.text),
            Some(before) => {
                format!(
                    "{} {} → {}{}",
                    paid.shown,
                    before.text,
                    paid.text,
                    difference(before, paid, paper)
                )
            }
            None => format!("{} {}", paid.shown, paid.text),
        };
        parts.push(text);
    }
    for paid in
        old.payments.iter().filter(|paid| !new.payments.iter().any(|known| known.name == paid.name))
    {
        parts.push(format!("{} {} → {}", paid.shown, paid.text, paper.say("无", "none")));
    }
    Some((style_of(new.outcome), format!("{name}{colon}{}", parts.join(comma(language)))))
}

/// `（增加50元/月）`
fn difference(before: &Paid, after: &Paid, paper: &Paper) -> String {
    let (Some(old), Some(new)) = (before.amount, after.amount) else { return String::new() };
    let Ok(difference) = new.checked_sub(old) else { return String::new() };
    let digits = crate::trace::bare(difference.abs(), paper.options.language);
    let grows = difference > Rational::ZERO;
    match paper.options.language {
        Language::Zh => format!("（{}{digits}元）", if grows { "增加" } else { "减少" }),
        Language::En => format!(" ({}{digits})", if grows { "+" } else { "-" }),
    }
}

/// 符合 and its like.
pub(super) fn outcome_word(outcome: Outcome, language: Language) -> &'static str {
    let (zh, en) = match outcome {
        Outcome::Entitled => ("符合", "entitled"),
        Outcome::NotEntitled => ("不符合", "not entitled"),
        Outcome::Undecided => ("待定", "undecided"),
        Outcome::Discretionary => ("酌定", "at discretion"),
        Outcome::Failed => ("出错", "could not be computed"),
    };
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

pub(super) fn style_of(outcome: Outcome) -> Style {
    match outcome {
        Outcome::Entitled => Style::Good,
        Outcome::NotEntitled | Outcome::Failed => Style::Bad,
        Outcome::Undecided | Outcome::Discretionary => Style::Doubtful,
    }
}

impl Session {
    /// 决定: everything, or one decision.
    pub(super) fn decide(&mut self, line: &Line<'_>) -> Answer {
        let (law, case, question) = self.asked(line)?;
        let summary = Summary::of(&*self.decided(&law, case, question)?);
        let mut paper = self.paper();
        if line.rest().is_empty() {
            summary.say(&mut paper);
            return Ok(paper.into());
        }
        let targets = self.targets(&law, line, line.rest.clone())?;
        let language = self.options.language;
        let rows: Vec<(Style, Vec<String>)> = summary
            .rows
            .iter()
            .filter(|row| targets.iter().any(|target| target.is(row)))
            .map(|row| {
                let text =
                    [Some(outcome_word(row.outcome, language).to_owned()), row.detail(language)];
                let text: Vec<String> = text.into_iter().flatten().collect();
                (style_of(row.outcome), vec![row.name(language), text.join(comma(language))])
            })
            .collect();
        paper.table(2, &rows);
        Ok(paper.into())
    }
}
