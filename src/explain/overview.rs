//! All benefits of a place at a glance: who gets what, what it comes to, what benefits took from
//! one another. The same for every form; a form only draws it.

use std::collections::BTreeSet;

use super::view::{
    DecisionView, Explanation, InteractionView, InteractionViewKind, OutcomeView, SubjectView,
};
use super::words::{self, say};
use crate::diagnostic::Language;

/// What somebody gets, or may get.
#[derive(Debug)]
pub(super) struct Row {
    /// Whose; empty below the first of somebody.
    pub(super) subject: String,
    /// The decision, by its id.
    pub(super) id: String,
    /// The benefit.
    pub(super) benefit: String,
    /// The amount; the outcome where nothing is paid.
    pub(super) result: String,
}

/// Everybody's benefits that are not refused, in the order of the facts.
pub(super) fn rows(explanation: &Explanation, language: Language) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for about in &explanation.subjects {
        let granted = about.decisions.iter().filter(|one| one.outcome != OutcomeView::NotEntitled);
        for (at, decision) in granted.enumerate() {
            rows.push(Row {
                subject: if at == 0 { subject(about, language) } else { String::new() },
                id: decision.id.clone(),
                benefit: words::name(&decision.name, decision.alias.as_deref(), language),
                result: result(decision, language),
            });
        }
    }
    rows
}

/// The household is called so; people go by their ids.
fn subject(about: &SubjectView, language: Language) -> String {
    if about.id == about.object { words::subject(about, language) } else { about.id.clone() }
}

fn result(decision: &DecisionView, language: Language) -> String {
    let outcome = words::outcome(&decision.outcome, language);
    let comma = say(language, "，", ", ");
    let amounts: Vec<String> = match decision.payments.as_slice() {
        [only] => vec![words::value(&only.amount, language).to_owned()],
        several => {
            let told = several.iter().map(|payment| {
                let name = words::name(&payment.name, payment.alias.as_deref(), language);
                format!("{name} {}", words::value(&payment.amount, language))
            });
            told.collect()
        }
    };
    let is_open = [&decision.missing, &decision.blocked, &decision.discretion];
    let is_open = is_open.iter().any(|list| !list.is_empty());
    if decision.outcome == OutcomeView::Entitled && !amounts.is_empty() && !is_open {
        return amounts.join(comma);
    }
    let mut result = vec![outcome.to_owned()];
    result.extend(amounts);
    for (list, zh, en) in [
        (&decision.missing, "还需了解：", "to be asked: "),
        (&decision.blocked, "待查：", "still to be found: "),
        (&decision.discretion, "须由其决定：", "waits for: "),
    ] {
        if !list.is_empty() {
            result.push(format!(
                "{}{}",
                say(language, zh, en),
                list.join(say(language, "、", ", "))
            ));
        }
    }
    result.join(comma)
}

/// `每月合计`: the sum of what is certain, and what is not in it.
pub(super) fn totals(explanation: &Explanation, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    for total in explanation.totals.iter().filter(|total| total.counted > 0) {
        let amount = words::value(&total.amount, language);
        let mut text = match language {
            Language::Zh => format!("合计 {amount}"),
            Language::En => format!("in all {amount}"),
        };
        if total.waiting > 0 {
            text.push_str(&match language {
                Language::Zh => format!("（另有 {} 项还没有定，没有计入）", total.waiting),
                Language::En => format!(" ({} more not certain yet, not in it)", total.waiting),
            });
        }
        lines.push(text);
    }
    lines
}

/// Decisions that nobody is entitled to, each once.
pub(super) fn refused_to_all(explanation: &Explanation, language: Language) -> Vec<String> {
    let decisions = || explanation.subjects.iter().flat_map(|subject| &subject.decisions);
    let refused = |one: &DecisionView| one.outcome == OutcomeView::NotEntitled;
    // Those that are not refused to somebody, and those that are told.
    let mut told: BTreeSet<&str> =
        decisions().filter(|one| !refused(one)).map(|one| one.name.as_str()).collect();
    let mut names: Vec<String> = Vec::new();
    for decision in decisions().filter(|one| told.insert(&one.name)) {
        let name = words::name(&decision.name, decision.alias.as_deref(), language);
        // In English two may have the same name.
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// `侄子 · 生活补贴：本来符合，已有孤儿，不重复享受（孤儿与生活补贴）`
pub(super) fn interaction(one: &InteractionView, language: Language) -> String {
    let name = match (language, &one.alias) {
        (Language::En, Some(alias)) => format!("{} ({alias})", one.name),
        _ => one.name.clone(),
    };
    let by = one.by.join(say(language, "、", ", "));
    let (before, after) = (words::value(&one.before, language), words::value(&one.after, language));
    let (subject, relation) = (&one.subject, &one.relation);
    match (language, one.kind) {
        (Language::Zh, InteractionViewKind::Exclusive) => {
            format!("{subject} · {name}：本来符合，已有{by}，不重复享受（{relation}）")
        }
        (Language::Zh, InteractionViewKind::Higher) => {
            format!("{subject} · {name}：{before} → {after}，与{by}只发一种（{relation}）")
        }
        (Language::Zh, InteractionViewKind::TopUp) => {
            format!(
                "{subject} · {name}：{before} → {after}，已有的先抵，不足的部分补上（{relation}）"
            )
        }
        (Language::En, InteractionViewKind::Exclusive) => {
            format!("{subject} · {name}: entitled but for {by}, not paid beside it ({relation})")
        }
        (Language::En, InteractionViewKind::Higher) => {
            format!(
                "{subject} · {name}: {before} → {after}, one of it and {by} is paid ({relation})"
            )
        }
        (Language::En, InteractionViewKind::TopUp) => {
            format!(
                "{subject} · {name}: {before} → {after}, topped up after the others ({relation})"
            )
        }
    }
}
