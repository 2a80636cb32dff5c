//! Decisions that do not apply, by their reasons: the same reasons are said once for all.

use super::page::Page;
use crate::diagnostic::Language;
use crate::explain::layout::Style;
use crate::explain::view::{ConditionView, DecisionView, Held, SubjectView};
use crate::explain::words;
use crate::explain::words::say;

/// The failed conditions that are named of one decision.
const MOST_REASONS: usize = 6;

pub(super) fn write(page: &mut Page, refused: &[(&SubjectView, &DecisionView)]) {
    if refused.is_empty() {
        return;
    }
    let language = page.language;
    page.blank();
    page.heading(say(language, "━━ 其他决定：不符合 ━━", "━━ Other decisions: not entitled ━━"));
    let mut groups: Vec<(Vec<String>, String, Vec<String>)> = Vec::new();
    for (about, decision) in refused {
        let name = words::name(&decision.name, decision.alias.as_deref(), language);
        let subject = words::subject(about, language);
        let reasons = reasons(decision, language);
        let known = groups.iter_mut().find(|(_, other, same)| *other == name && *same == reasons);
        match known {
            Some((subjects, _, _)) => subjects.push(subject),
            None => groups.push((vec![subject], name, reasons)),
        }
    }
    for (subjects, name, reasons) in groups {
        let subjects = subjects.join(say(language, "、", ", "));
        page.marked(2, "✗", Style::Bad, Style::Plain, &format!("{subjects} · {name}"));
        for reason in reasons {
            page.line(6, Style::Plain, &reason);
        }
    }
    let text = say(
        language,
        "每项的条文、代入和依据用 --full 显示",
        "--full shows the rules, numbers and sources of each",
    );
    page.line(2, Style::Faint, text);
}

fn reasons(decision: &DecisionView, language: Language) -> Vec<String> {
    let (_, conditions) = words::top_conditions(&decision.conditions);
    let failed = conditions.iter().filter(|condition| condition.held == Held::No);
    failed
        .take(MOST_REASONS)
        .map(|condition| {
            let name = format!("{}{}", condition.number, condition.label);
            let reason = reason(condition, language);
            let separator = say(language, "：", ": ");
            if name.is_empty() { reason } else { format!("{name}{separator}{reason}") }
        })
        .collect()
}

/// Why one condition failed, in a few words.
fn reason(condition: &ConditionView, language: Language) -> String {
    if let Some(margin) = &condition.margin {
        let margin = say(language, &margin.zh, &margin.en);
        return format!("{}{}{margin}", condition.filled, say(language, "，", ", "));
    }
    if !condition.filled.is_empty() {
        return condition.filled.clone();
    }
    let failed: Vec<String> = condition
        .children
        .iter()
        .filter(|child| child.held == Held::No)
        .map(|child| {
            let reason = reason(child, language);
            if child.label.is_empty() {
                reason
            } else {
                format!("{}{}{reason}", child.label, say(language, "：", ": "))
            }
        })
        .collect();
    if failed.is_empty() { condition.text.clone() } else { failed.join(say(language, "；", "; ")) }
}
