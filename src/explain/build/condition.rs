//! Conditions: how each came out, with the numbers put in and by how much.

use super::formula;
use super::source_of;
use crate::diagnostic::Language;
use crate::engine::decide::held_of;
use crate::explain::view::{ConditionView, Held, Margin, SourceView};
use crate::hir::{AggregateKind, Constant, NodeId, NodeKind};
use crate::input::{InstanceId, Scalar};
use crate::syntax::ast::Comparison;
use crate::trace::Trace;
use crate::types::Type;

/// How deep named conditions are unfolded.
const MOST_LEVELS: u32 = 8;

/// A condition and its parts.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of condition")]
pub(super) fn view(
    trace: &Trace<'_>,
    node: NodeId,
    who: InstanceId,
    id: &str,
    level: u32,
) -> ConditionView {
    let node = trace.current(node);
    let mut shown = bare(trace, node, who, id);
    if level >= MOST_LEVELS && !matches!(trace.kind(node), Some(NodeKind::Item(..))) {
        return shown;
    }
    let next = level.saturating_add(1);
    match trace.kind(node) {
        Some(NodeKind::Item(item, body)) => {
            if let Some(item) = trace.program.item(*item) {
                let name = if item.label.is_empty() { &item.number } else { &item.label };
                let id = format!("{id}.{name}");
                let inner = view(trace, *body, who, &id, level);
                let source = trace.source(&item.citations, item.layer, item.span);
                return ConditionView {
                    number: item.number.clone(),
                    label: item.label.clone(),
                    source: SourceView {
                        citations: if source.citations.is_empty() {
                            inner.source.citations.clone()
                        } else {
                            source.citations
                        },
                        ..source
                    },
                    ..inner
                };
            }
        }
        Some(NodeKind::Versions(_)) => {
            shown.text = trace.say("此时没有施行的规定", "no version is in force").to_owned();
            shown.filled = String::new();
        }
        Some(NodeKind::All(nodes)) => {
            shown.combinator = Some(("同时符合".into(), "all of".into()));
            shown.children = parts(trace, nodes, who, id, next);
        }
        Some(NodeKind::Any(nodes)) => {
            shown.combinator = Some(("符合下列情形之一".into(), "any of".into()));
            shown.children = parts(trace, nodes, who, id, next);
        }
        Some(NodeKind::AtLeast(least, nodes)) => {
            shown.combinator = Some((format!("至少符合{least}项"), format!("at least {least} of")));
            shown.children = parts(trace, nodes, who, id, next);
        }
        Some(NodeKind::Compare(operator, left, right)) => {
            compare(trace, *operator, (*left, *right), who, &mut shown);
        }
        Some(NodeKind::Within { value, .. }) => {
            let found = worded(trace, *value, who);
            let value_span = trace.program.node(*value).map(|n| n.span).unwrap_or_default();
            let node_span = trace.program.node(node).map(|n| n.span).unwrap_or_default();
            let whole = trace.sources.slice(node_span);
            let skip = (value_span.end.saturating_sub(node_span.start)) as usize;
            let rest = if value_span.source == node_span.source
                && value_span.start >= node_span.start
                && skip <= whole.len()
            {
                whole.get(skip..).unwrap_or("")
            } else {
                whole
            };
            shown.filled = format!("{found} {}", rest.trim());
        }
        Some(NodeKind::Not(inner)) => {
            let inner = view(trace, *inner, who, id, next);
            shown.filled.clone_from(&inner.filled);
            shown.margin.clone_from(&inner.margin);
            shown.children = inner.children;
        }
        Some(NodeKind::Use { definition, root }) => {
            if let Some(found) = trace.program.definition(*definition) {
                let value = trace.shown(&trace.value(node, who), &Type::Bool);
                shown.filled = trace.said(trace.name(&found.name), &value);
                let name = format!("{}{}", trace.prefix(found.subject, who), found.name.text);
                let inner = view(trace, *root, who, &name, next);
                if shown.source.citations.is_empty() {
                    shown.source = source_of(trace, found);
                }
                if inner.children.is_empty() {
                    // Nothing below it but the formula: unfold only where that says more.
                    if inner.margin.is_some() || inner.filled != inner.text {
                        shown.children = vec![inner];
                    }
                } else {
                    shown.combinator = inner.combinator;
                    shown.children = inner.children;
                }
            }
        }
        Some(NodeKind::AtParent(target)) => {
            let subject = trace.program.node(node).map(|node| node.subject);
            let parent = subject
                .and_then(|subject| trace.case.of(subject).get(who.0 as usize))
                .and_then(|instance| instance.parent);
            if let Some(parent) = parent {
                let inner = view(trace, *target, parent, id, level);
                return ConditionView { text: shown.text, ..inner };
            }
        }
        Some(NodeKind::Default { base, exceptions }) => {
            let inner = view(trace, *base, who, id, next);
            shown.children = inner.children;
            shown.combinator = inner.combinator;
            for exception in exceptions {
                if let Some(condition) = exception.condition {
                    let mut inner = view(trace, condition, who, id, next);
                    if let Some(item) = trace.program.item(exception.item) {
                        inner.label = format!("例外：{}", item.label);
                    }
                    shown.children.push(inner);
                }
            }
        }
        Some(NodeKind::Discretion { .. }) => shown.filled = String::new(),
        Some(NodeKind::Aggregate { kind, list, body, filters }) => {
            if let (AggregateKind::Exists | AggregateKind::Each, Some(body)) = (kind, body) {
                shown.filled = String::new();
                shown.children = members(trace, *list, *body, filters, who, id, next);
            }
        }
        _ => {}
    }
    shown
}

fn parts(
    trace: &Trace<'_>,
    nodes: &[NodeId],
    who: InstanceId,
    id: &str,
    level: u32,
) -> Vec<ConditionView> {
    nodes
        .iter()
        .enumerate()
        .map(|(at, node)| {
            let is_item = matches!(trace.kind(*node), Some(NodeKind::Item(..)));
            let id = if is_item { id.to_owned() } else { format!("{id}.{}", at + 1) };
            view(trace, *node, who, &id, level)
        })
        .collect()
}

/// 存在 and 每个: the condition of each member.
fn members(
    trace: &Trace<'_>,
    list: crate::hir::FieldId,
    body: NodeId,
    filters: &[NodeId],
    me: InstanceId,
    id: &str,
    level: u32,
) -> Vec<ConditionView> {
    let element = trace.program.node(body).map(|node| node.subject);
    let mut children = Vec::new();
    for who in trace.listed(list, me) {
        let counts =
            filters.iter().all(|filter| trace.value(*filter, who).as_bool() != Some(false));
        if !counts {
            continue;
        }
        let key = element.map_or_else(String::new, |of| trace.instance_name(of, who));
        let mut child = view(trace, body, who, &format!("{id}.{key}"), level);
        child.label = key;
        children.push(child);
    }
    children
}

fn bare(trace: &Trace<'_>, node: NodeId, who: InstanceId, id: &str) -> ConditionView {
    let found = trace.program.node(node);
    let span = found.map(|node| node.span).unwrap_or_default();
    let layer = found.map(|node| node.layer).unwrap_or_default();
    let text = trace.written(span);
    let filled = match found.map(|node| &node.kind) {
        Some(NodeKind::All(_) | NodeKind::Any(_) | NodeKind::AtLeast(..) | NodeKind::Item(..)) => {
            String::new()
        }
        Some(NodeKind::Fact(_)) => {
            let value = trace.shown(&trace.value(node, who), &Type::Bool);
            trace.said(&text, &value)
        }
        _ => {
            let filled = formula::filled(trace, node, who);
            let value = trace.shown(&trace.value(node, who), &Type::Bool);
            if filled == value || filled == "？" { trace.said(&text, &value) } else { filled }
        }
    };
    ConditionView {
        id: id.to_owned(),
        number: String::new(),
        label: String::new(),
        held: held_of(trace, &trace.value(node, who)),
        text,
        filled,
        margin: None,
        combinator: None,
        source: trace.source(&[], layer, span),
        children: Vec::new(),
    }
}

/// A value with its unit.
fn worded(trace: &Trace<'_>, node: NodeId, who: InstanceId) -> String {
    let ty = trace.program.node(node).map_or(Type::Error, |node| node.ty.clone());
    trace.shown(&trace.value(node, who), &ty)
}

fn compare(
    trace: &Trace<'_>,
    operator: Comparison,
    (left, right): (NodeId, NodeId),
    who: InstanceId,
    shown: &mut ConditionView,
) {
    let word = match operator {
        Comparison::Less => "低于",
        Comparison::LessOrEqual => "不超过",
        Comparison::Greater => "高于",
        Comparison::GreaterOrEqual => "不低于",
        Comparison::Equal => "等于",
        Comparison::NotEqual => "不等于",
    };
    // The words are the policy's where it says 不满, 达到 or the like.
    let said = ["不满", "未达到", "达到", "超过", "少于", "不少于", "不高于"]
        .into_iter()
        .find(|said| shown.text.contains(said) && same_direction(said, operator));
    let word = said.unwrap_or(word);
    // What is shown is true: a failed condition is shown as what holds instead.
    let word = if shown.held == Held::No { opposite(word) } else { word };
    let word = match trace.language {
        Language::Zh => word,
        Language::En => in_english(word),
    };
    let (a, b) = (worded(trace, left, who), worded(trace, right, who));
    if matches!(trace.value(left, who), crate::eval::Value::Absent(_)) {
        let span = trace.program.node(left).map(|node| node.span).unwrap_or_default();
        shown.filled = trace.said(&trace.written(span), trace.say("无", "none"));
        return;
    }
    shown.filled = format!("{a} {word} {b}");
    let numbers = |node| match trace.value(node, who) {
        crate::eval::Value::Known(Scalar::Constant(Constant::Number(number)), _) => Some(number),
        _ => None,
    };
    let (Some(x), Some(y)) = (numbers(left), numbers(right)) else { return };
    let ty = trace.program.node(right).map_or(Type::Error, |node| node.ty.clone());
    let name = {
        let span = trace.program.node(right).map(|node| node.span).unwrap_or_default();
        let text = trace.written(span);
        let is_number = text.chars().next().is_some_and(|first| first.is_numeric());
        if is_number || text.chars().count() > 16 { String::new() } else { text }
    };
    let Ok(gap) = x.checked_sub(y) else { return };
    let amount = |language| trace.number(gap.abs(), &ty, language);
    let (zh, en) = (amount(Language::Zh), amount(Language::En));
    let against = if name.is_empty() { b } else { name };
    shown.margin = Some(match gap.signum() {
        0 => Margin {
            zh: format!("恰好等于{against}"), en: format!("exactly equal to {against}")
        },
        -1 => Margin { zh: format!("比{against}低 {zh}"), en: format!("{en} below {against}") },
        _ => Margin { zh: format!("比{against}高出 {zh}"), en: format!("{en} above {against}") },
    });
    if shown.held == Held::Unknown {
        shown.margin = None;
    }
}

fn opposite(word: &str) -> &str {
    match word {
        "低于" => "不低于",
        "不低于" => "低于",
        "不满" => "已满",
        "未达到" => "达到",
        "达到" => "未达到",
        "超过" => "未超过",
        "高于" => "不高于",
        "不高于" => "高于",
        "不超过" => "超过",
        "少于" => "不少于",
        "不少于" => "少于",
        "等于" => "不等于",
        "不等于" => "等于",
        other => other,
    }
}

fn in_english(word: &str) -> &str {
    match word {
        "低于" | "不满" | "未达到" | "少于" => "is below",
        "不超过" | "不高于" | "未超过" => "is at most",
        "高于" | "超过" => "is above",
        "不低于" | "不少于" | "达到" | "已满" => "is at least",
        "等于" => "is",
        "不等于" => "is not",
        other => other,
    }
}

fn same_direction(said: &str, operator: Comparison) -> bool {
    matches!(
        (said, operator),
        ("不满" | "未达到" | "少于", Comparison::Less)
            | ("达到" | "不少于", Comparison::GreaterOrEqual)
            | ("超过", Comparison::Greater)
            | ("不高于", Comparison::LessOrEqual)
    )
}
