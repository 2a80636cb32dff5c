//! How the numbers came about: rules, parameter rows, facts.

use super::decision::{formula, source, steps, write_condition};
use super::page::Page;
use crate::diagnostic::Language;
use crate::explain::layout::Style;
use crate::explain::view::{
    DecisionView, DefinitionView, FactStatus, FactView, Held, ItemView, ParameterView, SourceView,
};
use crate::explain::words;
use crate::explain::words::say;

/// Longer lists are folded.
const MOST_SHOWN: usize = 12;

pub(super) fn write(page: &mut Page, decision: &DecisionView) {
    let language = page.language;
    if !decision.definitions.is_empty() {
        page.heading(say(language, "计算过程", "Calculation"));
        let telling: Vec<&DefinitionView> = decision
            .definitions
            .iter()
            .filter(|definition| page.options.full || !is_nothing(definition))
            .collect();
        let shown = shown(page, telling.len());
        for definition in telling.iter().take(shown) {
            write_definition(page, definition);
        }
        folded(page, decision.definitions.len() - shown);
    }
    if !decision.parameters.is_empty() {
        page.heading(say(language, "所用参数", "Parameters used"));
        for parameter in &decision.parameters {
            write_parameter(page, parameter);
        }
    }
    if !decision.facts.is_empty() {
        page.heading(say(language, "所用事实", "Facts used"));
        // Defaults are listed above, where they are to be verified.
        let rows: Vec<_> = decision
            .facts
            .iter()
            .filter(|fact| page.options.full || fact.status != FactStatus::Assumed)
            .map(|fact| fact_row(fact, language))
            .collect();
        let shown = shown(page, rows.len());
        page.table(2, rows.get(..shown).unwrap_or(&rows));
        folded(page, rows.len() - shown);
        let defaults = decision.facts.len() - rows.len();
        if defaults > 0 {
            let text = match language {
                Language::Zh => format!("按缺省计的 {defaults} 项见“注意”"),
                Language::En => format!("defaults applied: {defaults}, listed in the notes above"),
            };
            page.line(2, Style::Faint, &text);
        }
    }
    if let Some(months) = decision.review_months {
        let text = match language {
            Language::Zh => format!("复核：每 {months} 个月一次"),
            Language::En => format!("Review: every {months} months"),
        };
        page.heading(&text);
    }
}

/// A rule that came to zero or no carried nothing into the result.
fn is_nothing(definition: &DefinitionView) -> bool {
    matches!(definition.value.value.as_str(), "0" | "false")
}

fn shown(page: &Page, length: usize) -> usize {
    if page.options.full { length } else { length.min(MOST_SHOWN) }
}

fn folded(page: &mut Page, hidden: usize) {
    if hidden > 0 {
        let text = match page.language {
            Language::Zh => format!("另有 {hidden} 项，用 --full 显示"),
            Language::En => format!("{hidden} more; --full shows them"),
        };
        page.line(2, Style::Faint, &text);
    }
}

fn write_definition(page: &mut Page, definition: &DefinitionView) {
    let language = page.language;
    let value = words::value(&definition.value, language);
    page.line(2, Style::Strong, &format!("{} = {value}", definition.name));
    formula(page, 4, &definition.text, &definition.filled);
    for condition in &definition.conditions {
        write_condition(page, 4, condition, Some(&definition.source));
    }
    items(page, 4, &definition.items, &definition.exceptions, &definition.source);
    steps(page, 4, &definition.steps);
    let text = source(page, &definition.source);
    page.field(4, say(language, "依据", "source"), Style::Faint, &text);
}

/// The items of a choice and the exceptions that were considered.
///
/// A source is repeated only where it differs from that of the rule.
pub(super) fn items(
    page: &mut Page,
    indent: usize,
    items: &[ItemView],
    exceptions: &[ItemView],
    above: &SourceView,
) {
    for item in items {
        let name = format!("{}{}", item.number, item.label);
        write_item(page, indent, item, &name, above);
    }
    for exception in exceptions {
        let name = match (page.language, exception.label.is_empty()) {
            (Language::Zh, true) => "例外".to_owned(),
            (Language::Zh, false) => format!("例外（{}）", exception.label),
            (Language::En, true) => "exception".to_owned(),
            (Language::En, false) => format!("exception ({})", exception.label),
        };
        write_item(page, indent, exception, &name, above);
    }
}

fn write_item(page: &mut Page, indent: usize, item: &ItemView, name: &str, above: &SourceView) {
    let language = page.language;
    let mut text =
        format!("{name}{}{}", say(language, "：", ": "), words::applied(item.applied, language));
    if let Some(condition) = &item.condition {
        let reason = if condition.filled.is_empty() { &condition.text } else { &condition.filled };
        text.push_str(&match language {
            Language::Zh => format!("（{reason}）"),
            Language::En => format!(" ({reason})"),
        });
        if let Some(margin) = &condition.margin {
            text.push_str(say(language, "，", ", "));
            text.push_str(say(language, &margin.zh, &margin.en));
        }
    }
    if let Some(value) = &item.value {
        text.push_str(&format!(" → {}", words::value(value, language)));
    }
    let style = match item.applied {
        Held::Yes => Style::Good,
        Held::No => Style::Faint,
        Held::Unknown | Held::Discretion => Style::Doubtful,
        Held::Error => Style::Bad,
    };
    page.marked(indent, words::choice_mark(item.applied), style, Style::Plain, &text);
    let filled = words::formula(&item.filled);
    if !filled.is_empty() {
        page.field(indent + 2, say(language, "代入", "numbers"), Style::Plain, filled);
    }
    if !item.source.citations.is_empty() && item.source.citations != above.citations {
        let text = source(page, &item.source);
        page.field(indent + 2, say(language, "依据", "source"), Style::Faint, &text);
    }
}

fn write_parameter(page: &mut Page, parameter: &ParameterView) {
    let language = page.language;
    let value = words::value(&parameter.value, language);
    page.line(2, Style::Strong, &format!("{} = {value}", parameter.id));
    let validity = words::validity(parameter, language);
    page.field(4, say(language, "施行", "dates"), Style::Plain, &validity);
    let status = words::parameter_status(parameter, language);
    page.field(4, say(language, "状态", "status"), Style::Plain, status);
    let text = source(page, &parameter.source);
    page.field(4, say(language, "依据", "source"), Style::Faint, &text);
}

fn fact_row(fact: &FactView, language: Language) -> Vec<String> {
    let value = words::value(&fact.value, language).to_owned();
    match words::fact_remark(fact, language) {
        "" => vec![fact.id.clone(), value],
        remark => vec![fact.id.clone(), value, remark.to_owned()],
    }
}
