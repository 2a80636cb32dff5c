//! One decision: its result, what that waits for, and its conditions.

use super::details;
use super::page::Page;
use crate::diagnostic::Language;
use crate::explain::layout::Style;
use crate::explain::outline::{Reason, Section};
use crate::explain::view::{
    DecisionView, Held, OutcomeView, PaymentView, Role, SourceView, StepView,
};
use crate::explain::words;
use crate::explain::words::say;

pub(super) fn write(page: &mut Page, section: &Section<'_>) {
    let language = page.language;
    let decision = section.decision;
    let name = words::name(&decision.name, decision.alias.as_deref(), language);
    let subject = words::subject(section.subject, language);
    page.blank();
    page.heading(&format!("━━ {subject} · {name} ━━"));
    result(page, decision);
    for payment in &decision.payments {
        write_payment(page, payment);
    }
    waits_for(page, decision);
    conditions(page, decision, &section.reasons);
    details::rules(page, &section.rules);
    if let Some(months) = decision.review_months
        && !page.is_summary()
    {
        let text = match language {
            Language::Zh => format!("复核：每 {months} 个月一次"),
            Language::En => format!("Review: every {months} months"),
        };
        page.heading(&text);
    }
}

pub(super) fn result(page: &mut Page, decision: &DecisionView) {
    let language = page.language;
    let style = match decision.outcome {
        OutcomeView::Entitled => Style::Good,
        OutcomeView::NotEntitled | OutcomeView::Failed(_) => Style::Bad,
        OutcomeView::Undecided | OutcomeView::Discretionary => Style::Doubtful,
    };
    let mut text = format!(
        "{}{}",
        say(language, "结论：", "Result: "),
        words::outcome(&decision.outcome, language)
    );
    if !decision.unverified.is_empty() {
        text.push_str(say(
            language,
            "（用到样例数值，不能据以发放）",
            " (rests on made-up values; not for payment)",
        ));
    }
    page.line(0, style, &text);
    page.source(2, &decision.source);
    if let OutcomeView::Failed(error) = &decision.outcome {
        let (zh, en) = (&error.zh, &error.en);
        page.field(2, say(language, "原因", "reason"), Style::Bad, say(language, zh, en));
        page.field(2, say(language, "位置", "place"), Style::Faint, &error.place);
        page.field(2, say(language, "代码", "code"), Style::Faint, &error.code);
    }
}

pub(super) fn write_payment(page: &mut Page, payment: &PaymentView) {
    let language = page.language;
    let name = words::name(&payment.name, payment.alias.as_deref(), language);
    let amount = words::value(&payment.amount, language);
    page.line(2, Style::Strong, &format!("{name}{}{amount}", say(language, "：", ": ")));
    if page.is_summary() {
        return;
    }
    formula(page, 4, &payment.text, &payment.filled);
    steps(page, 4, &payment.steps);
    details::items(page, 4, &payment.items, &payment.exceptions, &payment.source);
    for term in &payment.terms {
        let style = if term.held == Held::Yes { Style::Plain } else { Style::Doubtful };
        page.field(4, words::term_name(term, language), style, &words::term(term, language));
        if term.source.citations != payment.source.citations {
            page.source(6, &term.source);
        }
    }
    page.source(4, &payment.source);
}

/// 公式 and 代入, each where it says something.
pub(super) fn formula(page: &mut Page, indent: usize, text: &str, filled: &str) {
    let language = page.language;
    let text = words::formula(text);
    let filled = words::formula(filled);
    if !text.is_empty() {
        page.field(indent, say(language, "公式", "formula"), Style::Plain, text);
    }
    if !filled.is_empty() && filled != text && filled != "？" {
        page.field(indent, say(language, "代入", "numbers"), Style::Plain, filled);
    }
}

pub(super) fn steps(page: &mut Page, indent: usize, steps: &[StepView]) {
    let language = page.language;
    for step in steps {
        let (zh, en) = words::step_kind(step);
        let text = words::step(step, language);
        page.field(indent, say(language, zh, en), Style::Plain, &text);
    }
}

/// What the result waits for, right under it: an interview goes on from here.
fn waits_for(page: &mut Page, decision: &DecisionView) {
    let language = page.language;
    let separator = say(language, "、", ", ");
    let mut wait = |list: &[String], zh: &str, en: &str| {
        if !list.is_empty() {
            let text = format!("{}{}", say(language, zh, en), list.join(separator));
            page.marked(2, "→", Style::Doubtful, Style::Plain, &text);
        }
    };
    wait(
        &decision.missing,
        "还需了解（最关键的在前）：",
        "still to be asked, the most decisive first: ",
    );
    wait(
        &decision.blocked,
        "政策数值待查，查到并填入后才能确定：",
        "waits for values of law that are still to be found and filled in: ",
    );
    wait(&decision.discretion, "须由有权机关决定：", "waits for the decision of: ");
}

pub(super) fn conditions(page: &mut Page, decision: &DecisionView, reasons: &[Reason<'_>]) {
    let language = page.language;
    if reasons.is_empty() {
        return;
    }
    let combinator = words::combinator(decision.combinator.as_ref(), language);
    page.heading(&format!("{}{combinator}", say(language, "条件", "Conditions")));
    for reason in reasons {
        write_reason(page, 2, reason, None);
    }
}

/// A condition and what it is made of. A source is repeated only where it differs from `above`.
pub(super) fn write_reason(
    page: &mut Page,
    indent: usize,
    reason: &Reason<'_>,
    above: Option<&SourceView>,
) {
    let language = page.language;
    let condition = reason.condition;
    let style = match (condition.held, condition.role) {
        (Held::No, Role::Exception) => Style::Faint,
        (Held::Yes, _) => Style::Good,
        (Held::No | Held::Error, _) => Style::Bad,
        (Held::Unknown | Held::Discretion, _) => Style::Doubtful,
    };
    let mark = match condition.role {
        Role::Exception => words::choice_mark(condition.held),
        Role::Part | Role::Member => words::mark(condition.held),
    };
    let mut text = words::condition_line(condition, language);
    if let Some(rule) = reason.rule {
        text.push_str(&words::combinator(rule.combinator.as_ref(), language));
    }
    if reason.above {
        text.push_str(say(language, "（理由见上）", " (for the reasons see above)"));
    }
    page.marked(indent, mark, style, Style::Plain, &text);
    let inner = indent + 4;
    let is_list = words::is_list(&condition.children);
    // 死亡：是 has said the text already.
    let is_said = condition.sentence.starts_with(&condition.text);
    if !condition.label.is_empty() && !is_said && !is_list {
        page.field(inner, say(language, "条文", "rule"), Style::Plain, &condition.text);
    }
    let is_news = condition.filled != condition.text && condition.filled != condition.sentence;
    if page.is_full() && !condition.filled.is_empty() && is_news {
        page.field(inner, say(language, "代入", "numbers"), Style::Plain, &condition.filled);
    }
    let repeated = above.is_some_and(|above| {
        let source = &condition.source;
        above.layer == source.layer
            && (source.citations.is_empty() || source.citations == above.citations)
    });
    if !repeated || page.is_full() {
        page.source(inner, &condition.source);
    }
    let above = reason.rule.map_or(&condition.source, |rule| &rule.source);
    for part in &reason.parts {
        write_reason(page, inner, part, Some(above));
    }
    page.folded(inner, reason.hidden);
}
