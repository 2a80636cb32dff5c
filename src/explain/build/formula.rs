//! Formulas with their numbers put in, and the steps, items and exceptions around them.

use super::condition;
use crate::engine::decide::held_of;
use crate::eval::Value;
use crate::explain::view::{Held, ItemView, SourceView, StepView};
use crate::hir::{AggregateKind, Arm, Constant, ExceptionArm, ItemId, NodeId, NodeKind};
use crate::input::{InstanceId, Scalar};
use crate::source::Span;
use crate::trace::{Trace, bare};
use crate::types::Type;

/// A definition's body, worked out for one instance.
#[derive(Debug, Default)]
pub(super) struct Worked {
    /// The formula with numbers: `（1201－750）×3 = 1353`.
    pub(super) filled: String,
    pub(super) steps: Vec<StepView>,
    pub(super) items: Vec<ItemView>,
    pub(super) exceptions: Vec<ItemView>,
    /// What is left when steps and exceptions are taken off.
    pub(super) core: Option<NodeId>,
}

/// Takes a body apart.
pub(super) fn worked(trace: &Trace<'_>, node: NodeId, who: InstanceId, id: &str) -> Worked {
    let mut worked = Worked::default();
    let mut at = trace.current(node);
    loop {
        at = trace.current(at);
        match trace.kind(at) {
            Some(NodeKind::Default { base, exceptions }) => {
                for exception in exceptions {
                    worked.exceptions.push(exception_view(trace, exception, who, id));
                }
                at = *base;
            }
            Some(NodeKind::Payment { due: inner, .. } | NodeKind::Timed { value: inner, .. }) => {
                at = *inner;
            }
            Some(
                NodeKind::Round(_, _, inner) | NodeKind::Floor(inner, _) | NodeKind::Cap(inner, _),
            ) => {
                // What a step does to bounds says nothing that the bounds do not.
                if matches!(trace.value(*inner, who), Value::Known(..)) {
                    worked.steps.push(step(trace, at, *inner, who));
                }
                at = *inner;
            }
            _ => break,
        }
    }
    worked.steps.reverse();
    worked.core = Some(at);
    match trace.kind(at) {
        Some(NodeKind::Choose { arms, otherwise, .. }) => {
            worked.items = arms.iter().map(|arm| arm_view(trace, arm, who, id)).collect();
            let none_held = worked.items.iter().all(|item| item.applied == Held::No);
            if let (Some(otherwise), true) = (otherwise, none_held) {
                worked.filled = filled(trace, *otherwise, who);
            }
        }
        // A body that only names another rule shows how that rule came about.
        Some(NodeKind::Use { root, .. }) => worked.filled = with_result(trace, *root, who, id),
        Some(_) => worked.filled = equation(trace, at, who),
        None => {}
    }
    worked
}

fn with_result(trace: &Trace<'_>, root: NodeId, who: InstanceId, id: &str) -> String {
    let inner = worked(trace, root, who, id);
    if inner.filled.is_empty() { equation(trace, root, who) } else { inner.filled }
}

/// `（1201－750）×3 = 1353`; just the text where nothing was put in.
pub(super) fn equation(trace: &Trace<'_>, node: NodeId, who: InstanceId) -> String {
    if let Some(NodeKind::Payment { due: inner, .. } | NodeKind::Timed { value: inner, .. }) =
        trace.kind(node)
    {
        return equation(trace, trace.current(*inner), who);
    }
    let text = filled(trace, node, who);
    let value = trace.value(node, who);
    let result = short(trace, node, &value);
    if result.is_empty() || result == text { text } else { format!("{text} = {result}") }
}

fn step(trace: &Trace<'_>, outer: NodeId, inner: NodeId, who: InstanceId) -> StepView {
    let show = |node: NodeId| {
        let ty = trace.program.node(node).map_or(Type::Error, |node| node.ty.clone());
        trace.show(&trace.value(node, who), &ty)
    };
    let span = trace.program.node(outer).map(|node| node.span).unwrap_or_default();
    let text = trace.written(span);
    StepView {
        text: text.trim_start_matches(['，', ',', ' ']).to_owned(),
        before: show(inner),
        after: show(outer),
    }
}

fn arm_view(trace: &Trace<'_>, arm: &Arm, who: InstanceId, id: &str) -> ItemView {
    item_view(trace, arm.item, arm.condition, arm.value, who, id, None)
}

fn exception_view(trace: &Trace<'_>, arm: &ExceptionArm, who: InstanceId, id: &str) -> ItemView {
    let layer = trace.program.item(arm.item).map(|item| item.layer).unwrap_or_default();
    let day = trace.applicable_day(layer);
    let in_force = arm.validity.holds(day, trace.evaluation.question.known_on);
    let applied = (!in_force).then_some(Held::No);
    item_view(trace, arm.item, arm.condition, arm.value, who, id, applied)
}

fn item_view(
    trace: &Trace<'_>,
    item: ItemId,
    condition: Option<NodeId>,
    value: NodeId,
    who: InstanceId,
    id: &str,
    applied: Option<Held>,
) -> ItemView {
    let held = condition.map_or(Held::Yes, |node| held_of(trace, &trace.value(node, who)));
    let applied = applied.unwrap_or(held);
    let (number, label, source) = trace.program.item(item).map_or_else(
        || (String::new(), String::new(), SourceView::default()),
        |item| {
            let source = trace.source(&item.citations, item.layer, item.span);
            (item.number.clone(), item.label.clone(), source)
        },
    );
    let id = format!("{id}.{}", if label.is_empty() { &number } else { &label });
    let ty = trace.program.node(value).map_or(Type::Error, |node| node.ty.clone());
    let given = applied != Held::No;
    ItemView {
        condition: condition.map(|node| condition::view(trace, node, who, &id, 0)),
        value: given.then(|| trace.show(&trace.value(value, who), &ty)),
        filled: if given { equation(trace, value, who) } else { String::new() },
        id,
        number,
        label,
        applied,
        source,
    }
}

/// The text of a formula with the value of every name in its place.
pub(super) fn filled(trace: &Trace<'_>, node: NodeId, who: InstanceId) -> String {
    let Some(found) = trace.program.node(node) else { return String::new() };
    let whole = found.span;
    let mut places: Vec<(Span, String)> = Vec::new();
    substitute(trace, node, who, &mut places);
    places.retain(|(span, _)| {
        span.source == whole.source && span.start >= whole.start && span.end <= whole.end
    });
    places.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let text = trace.sources.slice(whole);
    let mut out = String::new();
    let mut at = 0_usize;
    for (span, value) in places {
        let start = (span.start - whole.start) as usize;
        let end = (span.end - whole.start) as usize;
        if start < at {
            continue;
        }
        out.push_str(text.get(at..start).unwrap_or(""));
        out.push_str(&value);
        at = end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    let out: String = out.split_whitespace().collect::<Vec<_>>().join(" ");
    out.trim_start_matches(['=', '＝', ' ']).to_owned()
}

fn substitute(trace: &Trace<'_>, node: NodeId, who: InstanceId, places: &mut Vec<(Span, String)>) {
    let Some(found) = trace.program.node(node) else { return };
    let value = trace.value(node, who);
    match &found.kind {
        NodeKind::Constant(_) => {}
        NodeKind::Fact(_)
        | NodeKind::Parameter { .. }
        | NodeKind::Use { .. }
        | NodeKind::AtReference { .. }
        | NodeKind::AtInstance(..)
        | NodeKind::Shift(..)
        | NodeKind::Earlier(..)
        | NodeKind::LastTime(_)
        | NodeKind::MonthsInARow(_)
        | NodeKind::Window { .. }
        | NodeKind::QuestionDate(_)
        | NodeKind::FixedDay { .. }
        | NodeKind::HighestEver { .. }
        | NodeKind::MonthOf { .. }
        | NodeKind::DayOf { .. }
        | NodeKind::SinceWhen { .. }
        | NodeKind::Discretion { .. }
        | NodeKind::Age(..)
        | NodeKind::Capitals(_)
        | NodeKind::Document(..)
        | NodeKind::Choose { .. }
        | NodeKind::Within { .. }
        | NodeKind::Pending(_)
        | NodeKind::Unfilled(_) => places.push((found.span, short(trace, node, &value))),
        NodeKind::AtParent(target) => {
            let parent = trace.case.of(found.subject).get(who.0 as usize).and_then(|i| i.parent);
            match (parent, trace.kind(*target)) {
                (Some(parent), Some(NodeKind::Aggregate { .. })) => {
                    substitute(trace, *target, parent, places);
                }
                _ => places.push((found.span, short(trace, node, &value))),
            }
        }
        NodeKind::Aggregate { kind, list, body, filters } => {
            let text = match (kind, body) {
                (AggregateKind::Sum, Some(body)) => sum_text(trace, who, *list, *body, filters),
                _ => None,
            };
            let text = text.unwrap_or_else(|| short(trace, node, &value));
            places.push((found.span, text));
        }
        // 按月（…） and 按年（…) stand for a division by twelve that nobody wrote.
        NodeKind::Binary(..) if is_call(trace, found.span) => {
            places.push((found.span, short(trace, node, &value)));
        }
        other => {
            for operand in other.operands() {
                substitute(trace, operand, who, places);
            }
        }
    }
}

fn is_call(trace: &Trace<'_>, span: Span) -> bool {
    let text = trace.sources.slice(span);
    ["按月", "按年", "monthly", "yearly"].iter().any(|word| text.starts_with(word))
}

/// `（2250＋0＋0）`: the parts of a sum, where they are few and all known.
fn sum_text(
    trace: &Trace<'_>,
    me: InstanceId,
    list: crate::hir::FieldId,
    body: NodeId,
    filters: &[NodeId],
) -> Option<String> {
    let mut parts = Vec::new();
    for who in trace.listed(list, me) {
        let mut counts = true;
        for filter in filters {
            counts &= trace.value(*filter, who).as_bool()?;
        }
        if counts {
            let number = trace.value(body, who).as_number()?;
            parts.push(bare(number, trace.language));
        }
    }
    match parts.as_slice() {
        [] => Some("0".to_owned()),
        [one] => Some(one.clone()),
        _ if parts.len() <= 8 => Some(format!("（{}）", parts.join("＋"))),
        _ => None,
    }
}

/// A value without its unit, as it stands within a formula.
pub(super) fn short(trace: &Trace<'_>, node: NodeId, value: &Value) -> String {
    let ty = trace.program.node(node).map_or(Type::Error, |node| node.ty.clone());
    match value {
        Value::Known(Scalar::Constant(Constant::Number(number)), _) => {
            let is_plain =
                ty.as_number().is_some_and(|n| n.style != crate::types::NumberStyle::Plain);
            if is_plain {
                trace.number(*number, &ty, trace.language)
            } else {
                bare(*number, trace.language)
            }
        }
        Value::Unknown(_) => "？".to_owned(),
        _ => trace.shown(value, &ty),
    }
}
