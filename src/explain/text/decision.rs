//! One decision: its result, what that waits for, and its conditions.

use super::details;
use super::page::Page;
use crate::diagnostic::Language;
use crate::explain::layout::Style;
use crate::explain::view::{
    ConditionView, DecisionView, Held, OutcomeView, PaymentView, SourceView, StepView, SubjectView,
};
use crate::explain::words;
use crate::explain::words::say;

pub(super) fn write(page: &mut Page, about: &SubjectView, decision: &DecisionView) {
    let language = page.language;
    let name = words::name(&decision.name, decision.alias.as_deref(), language);
    let subject = words::subject(about, language);
    page.blank();
    page.heading(&format!("━━ {subject} · {name} ━━"));
    result(page, decision);
    for payment in &decision.payments {
        write_payment(page, payment);
    }
    waits_for(page, decision);
    write_conditions(page, decision);
    notes(page, decision);
    details::write(page, decision);
}

fn result(page: &mut Page, decision: &DecisionView) {
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
    page.field(2, say(language, "依据", "source"), Style::Faint, &source(page, &decision.source));
    if let OutcomeView::Failed(error) = &decision.outcome {
        let (zh, en) = (&error.zh, &error.en);
        page.field(2, say(language, "原因", "reason"), Style::Bad, say(language, zh, en));
        page.field(2, say(language, "位置", "place"), Style::Faint, &error.place);
        page.field(2, say(language, "代码", "code"), Style::Faint, &error.code);
    }
}

fn write_payment(page: &mut Page, payment: &PaymentView) {
    let language = page.language;
    let name = words::name(&payment.name, payment.alias.as_deref(), language);
    let amount = words::value(&payment.amount, language);
    page.line(2, Style::Strong, &format!("{name}{}{amount}", say(language, "：", ": ")));
    formula(page, 4, &payment.text, &payment.filled);
    steps(page, 4, &payment.steps);
    details::items(page, 4, &payment.items, &payment.exceptions, &payment.source);
    for term in &payment.terms {
        let style = if term.held == Held::Yes { Style::Plain } else { Style::Doubtful };
        page.field(4, words::term_name(term, language), style, &words::term(term, language));
        if term.source.citations != payment.source.citations {
            let text = source(page, &term.source);
            page.field(6, say(language, "依据", "source"), Style::Faint, &text);
        }
    }
    page.field(4, say(language, "依据", "source"), Style::Faint, &source(page, &payment.source));
}

/// 公式 and 代入, each where it says something.
pub(super) fn formula(page: &mut Page, indent: usize, text: &str, filled: &str) {
    let language = page.language;
    let text = words::formula(text);
    let filled = words::formula(filled);
    if !text.is_empty() {
        page.field(indent, say(language, "公式", "formula"), Style::Plain, text);
    }
    if !filled.is_empty() && filled != text {
        page.field(indent, say(language, "代入", "numbers"), Style::Plain, filled);
    }
}

pub(super) fn steps(page: &mut Page, indent: usize, steps: &[StepView]) {
    let language = page.language;
    for step in steps {
        let before = words::value(&step.before, language);
        let after = words::value(&step.after, language);
        let change = if before == after {
            format!("{before}{}", say(language, "，不变", ", unchanged"))
        } else {
            format!("{before} → {after}")
        };
        let text = format!("{}{}{change}", step.text, say(language, "：", ": "));
        let is_bound = ["保底", "封顶", "floor", "cap"].iter().any(|word| step.text.contains(word));
        let zh = if is_bound { "限额" } else { "取整" };
        let en = if is_bound { "bound" } else { "rounding" };
        page.field(indent, say(language, zh, en), Style::Plain, &text);
    }
}

/// The layer, the citations and, in full, the place in the policy files.
pub(super) fn source(page: &Page, source: &SourceView) -> String {
    let mut text = words::source(source, page.language);
    if page.options.full && !source.place.is_empty() {
        text.push_str(&format!(" {}", source.place));
    }
    text
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

fn write_conditions(page: &mut Page, decision: &DecisionView) {
    let language = page.language;
    let (combinator, conditions) = words::top_conditions(&decision.conditions);
    if conditions.is_empty() {
        return;
    }
    let mut ordered: Vec<_> = conditions.iter().collect();
    if decision.outcome != OutcomeView::Entitled {
        ordered.sort_by_key(|condition| words::urgency(condition.held));
    }
    let mut heading = say(language, "条件", "Conditions").to_owned();
    if let Some((zh, en)) = combinator {
        heading = match language {
            Language::Zh => format!("{heading}（{zh}）"),
            Language::En => format!("{heading} ({en})"),
        };
    }
    page.heading(&heading);
    for condition in &ordered {
        write_condition(page, 2, condition, None);
    }
}

/// A condition and what it is made of. A source is repeated only where it differs from `above`.
pub(super) fn write_condition(
    page: &mut Page,
    indent: usize,
    condition: &ConditionView,
    above: Option<&SourceView>,
) {
    let language = page.language;
    let style = match condition.held {
        Held::Yes => Style::Good,
        Held::No | Held::Error => Style::Bad,
        Held::Unknown | Held::Discretion => Style::Doubtful,
    };
    let mut text = format!(
        "{}{}{}",
        words::condition_name(condition),
        say(language, "：", ": "),
        words::held(condition.held, language)
    );
    if let Some(margin) = &condition.margin {
        text.push_str(say(language, "，", ", "));
        text.push_str(say(language, &margin.zh, &margin.en));
    }
    if let Some((zh, en)) = &condition.combinator {
        let combinator = match language {
            Language::Zh => format!("（{zh}）"),
            Language::En => format!(" ({en})"),
        };
        text.push_str(&combinator);
    }
    page.marked(indent, words::mark(condition.held), style, Style::Plain, &text);
    let inner = indent + 4;
    if !condition.label.is_empty() && !condition.text.is_empty() {
        page.field(inner, say(language, "条文", "rule"), Style::Plain, &condition.text);
    }
    if !condition.filled.is_empty() && condition.filled != condition.text {
        page.field(inner, say(language, "代入", "numbers"), Style::Plain, &condition.filled);
    }
    let repeated = above.is_some_and(|above| {
        let source = &condition.source;
        above.layer == source.layer
            && (source.citations.is_empty() || source.citations == above.citations)
    });
    if !repeated {
        let text = source(page, &condition.source);
        page.field(inner, say(language, "依据", "source"), Style::Faint, &text);
    }
    for child in &condition.children {
        write_condition(page, inner, child, Some(&condition.source));
    }
}

/// What a reader must know before relying on the result.
fn notes(page: &mut Page, decision: &DecisionView) {
    let language = page.language;
    if decision.assumed.is_empty() && decision.unverified.is_empty() {
        return;
    }
    page.heading(say(language, "注意", "Please note"));
    for assumed in &words::by_field(&decision.assumed, language) {
        let text = match language {
            Language::Zh => format!("未提供，按缺省计，请核实：{assumed}"),
            Language::En => {
                format!("not given, so the default was applied; please verify: {assumed}")
            }
        };
        page.marked(2, "!", Style::Doubtful, Style::Plain, &text);
    }
    for unverified in &decision.unverified {
        let text = match language {
            Language::Zh => format!("样例数值，须换成现行标准后再用：{unverified}"),
            Language::En => {
                format!("a made-up value, to be replaced by the one in force: {unverified}")
            }
        };
        page.marked(2, "!", Style::Doubtful, Style::Plain, &text);
    }
}
