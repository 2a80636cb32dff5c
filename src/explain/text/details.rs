//! How the numbers came about: rules, parameter rows, facts; and what to keep in mind.

use super::decision::{formula, steps, write_reason};
use super::page::Page;
use crate::diagnostic::Language;
use crate::explain::layout::Style;
use crate::explain::outline::{Folded, Outline, Reason, Rules};
use crate::explain::view::{
    ConditionView, DefinitionView, FactView, Held, ItemView, ParameterView, SourceView,
};
use crate::explain::words;
use crate::explain::words::say;

/// The rules behind a decision.
pub(super) fn rules(page: &mut Page, rules: &Rules<'_>) {
    let language = page.language;
    if rules.shown.shown.is_empty() && rules.above.is_empty() {
        return;
    }
    page.heading(say(language, "计算过程", "Calculation"));
    for rule in &rules.shown.shown {
        write_rule(page, rule);
    }
    if !rules.above.is_empty() {
        let names: Vec<String> = rules
            .above
            .iter()
            .map(|rule| format!("{} = {}", rule.name, words::value(&rule.value, language)))
            .collect();
        let list = names.join(say(language, "、", ", "));
        let text = match language {
            Language::Zh => format!("上文已经算出：{list}"),
            Language::En => format!("worked out above: {list}"),
        };
        page.line(2, Style::Plain, &text);
    }
    page.folded(2, rules.shown.hidden);
}

/// Parameter rows of all that was told.
pub(super) fn parameters_used(page: &mut Page, outline: &Outline<'_>) {
    if page.is_summary() {
        return;
    }
    if !outline.parameters.is_empty() || !outline.facts.shown.is_empty() {
        page.blank();
    }
    parameters(page, &outline.parameters);
}

/// Facts of all that was told, and what to keep in mind.
pub(super) fn facts_used(page: &mut Page, outline: &Outline<'_>) {
    if page.is_summary() {
        return;
    }
    facts(page, &outline.facts, outline.defaults);
    notes(page, &outline.assumed, &outline.unverified);
}

pub(super) fn parameters(page: &mut Page, parameters: &[&ParameterView]) {
    let language = page.language;
    if parameters.is_empty() {
        return;
    }
    page.heading(say(language, "所用参数", "Parameters used"));
    for parameter in parameters {
        write_parameter(page, parameter);
    }
}

pub(super) fn facts(page: &mut Page, facts: &Folded<'_, FactView>, defaults: usize) {
    let language = page.language;
    if facts.shown.is_empty() && defaults == 0 {
        return;
    }
    page.heading(say(language, "所用事实", "Facts used"));
    let rows: Vec<_> = facts.shown.iter().map(|fact| fact_row(fact, language)).collect();
    page.table(2, &rows);
    page.folded(2, facts.hidden);
    if defaults > 0 {
        let text = match language {
            Language::Zh => format!("未提供、按缺省计的 {defaults} 项未展开"),
            Language::En => format!("not given, a default applied: {defaults}, not shown"),
        };
        page.fold(2, &text);
    }
}

/// What a reader must know before relying on the result.
fn notes(page: &mut Page, assumed: &[String], unverified: &[String]) {
    let language = page.language;
    if assumed.is_empty() && unverified.is_empty() {
        return;
    }
    page.heading(say(language, "注意", "Please note"));
    if !assumed.is_empty() {
        let list = words::by_field(assumed, language).join(say(language, "；", "; "));
        let text = match language {
            Language::Zh => format!("未提供，按缺省计，请核实：{list}"),
            Language::En => format!("not given, so a default was applied; please verify: {list}"),
        };
        page.marked(2, "!", Style::Doubtful, Style::Plain, &text);
    }
    if !unverified.is_empty() {
        let list = unverified.join(say(language, "；", "; "));
        let text = match language {
            Language::Zh => format!("样例数值，须换成现行标准后再用：{list}"),
            Language::En => {
                format!("made-up values, to be replaced by those in force: {list}")
            }
        };
        page.marked(2, "!", Style::Doubtful, Style::Plain, &text);
    }
}

pub(super) fn write_rule(page: &mut Page, rule: &DefinitionView) {
    let language = page.language;
    let value = words::value(&rule.value, language);
    page.line(2, Style::Strong, &format!("{} = {value}", rule.name));
    if !words::says_the_formula(rule) {
        formula(page, 4, &rule.text, &rule.filled);
    }
    for condition in &rule.conditions {
        write_flat(page, 4, condition, &rule.source);
    }
    items(page, 4, &rule.items, &rule.exceptions, &rule.source);
    steps(page, 4, &rule.steps);
    page.source(4, &rule.source);
}

/// A condition without what lies behind it.
fn write_flat(page: &mut Page, indent: usize, condition: &ConditionView, above: &SourceView) {
    let reason = Reason { condition, rule: None, above: false, parts: Vec::new(), hidden: 0 };
    write_reason(page, indent, &reason, Some(above));
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
        write_item(page, indent, item, &format!("{}{}", item.number, item.label), above);
    }
    for exception in exceptions {
        let name = words::exception_name(&exception.label, page.language);
        write_item(page, indent, exception, &name, above);
    }
}

pub(super) fn write_item(
    page: &mut Page,
    indent: usize,
    item: &ItemView,
    name: &str,
    above: &SourceView,
) {
    let language = page.language;
    let mut text =
        format!("{name}{}{}", say(language, "：", ": "), words::applied(item.applied, language));
    let is_simple = item.condition.as_ref().is_none_or(|c| c.children.is_empty());
    if let Some(condition) = &item.condition
        && is_simple
    {
        let reason =
            if condition.sentence.is_empty() { &condition.text } else { &condition.sentence };
        text.push_str(&match language {
            Language::Zh => format!("（{reason}）"),
            Language::En => format!(" ({reason})"),
        });
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
    let is_value = item.value.as_ref().is_some_and(|value| value.value == filled);
    if !filled.is_empty() && filled != "？" && !is_value {
        page.field(indent + 2, say(language, "代入", "numbers"), Style::Plain, filled);
    }
    if !item.source.citations.is_empty() && item.source.citations != above.citations {
        page.source(indent + 2, &item.source);
    }
    // Which part of it made the whole hold, or fail.
    if let Some(condition) = item.condition.as_ref().filter(|_| !is_simple) {
        let full = page.is_full();
        for part in condition.children.iter().filter(|part| part.decisive || full) {
            write_flat(page, indent + 2, part, &item.source);
        }
    }
}

fn write_parameter(page: &mut Page, parameter: &ParameterView) {
    let language = page.language;
    let value = words::value(&parameter.value, language);
    page.line(2, Style::Strong, &format!("{} = {value}", parameter.name));
    let validity = words::validity(parameter, language);
    page.field(4, say(language, "施行", "dates"), Style::Plain, &validity);
    let status = words::parameter_status(parameter, language);
    page.field(4, say(language, "状态", "status"), Style::Plain, status);
    page.source(4, &parameter.source);
}

fn fact_row(fact: &FactView, language: Language) -> Vec<String> {
    let value = words::value(&fact.value, language).to_owned();
    match words::fact_remark(fact, language) {
        "" => vec![fact.name.clone(), value],
        remark => vec![fact.name.clone(), value, remark.to_owned()],
    }
}
