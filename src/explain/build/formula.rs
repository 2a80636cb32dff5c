//! Formulas with their numbers put in, and the steps, items and exceptions around them.

use super::{Builder, condition};
use crate::engine::decide::held_of;
use crate::eval::Value;
use crate::explain::view::{Held, ItemView, SourceView, StepView};
use crate::hir::{AggregateKind, Arm, Constant, ExceptionArm, FieldId, ItemId, NodeId, NodeKind};
use crate::input::{InstanceId, Scalar};
use crate::source::Span;
use crate::trace::{MASK, Trace, bare};
use crate::types::Type;

/// A sum of more members than this is shown as one number.
const MOST_PARTS: usize = 8;

/// A definition's body, worked out for one instance.
#[derive(Debug, Default)]
pub(super) struct Worked {
    /// The formula with numbers: `（1,201－750）×3 = 1,353`.
    pub(super) filled: String,
    pub(super) steps: Vec<StepView>,
    pub(super) items: Vec<ItemView>,
    pub(super) exceptions: Vec<ItemView>,
}

impl Builder<'_, '_> {
    /// Takes a body apart.
    pub(super) fn worked(&mut self, node: NodeId, who: InstanceId, id: &str) -> Worked {
        let trace = self.trace;
        let mut worked = Worked::default();
        let mut steps = Vec::new();
        let mut at = node;
        loop {
            at = trace.current(at);
            match trace.kind(at) {
                Some(NodeKind::Default { base, exceptions }) => {
                    for exception in exceptions {
                        worked.exceptions.push(self.exception(exception, who, id));
                    }
                    at = *base;
                }
                Some(
                    NodeKind::Payment { due: inner, .. } | NodeKind::Timed { value: inner, .. },
                ) => at = *inner,
                Some(
                    NodeKind::Round(_, _, inner)
                    | NodeKind::Floor(inner, _)
                    | NodeKind::Cap(inner, _),
                ) => {
                    // What a step does to bounds says nothing that the bounds do not.
                    if matches!(trace.value(*inner, who), Value::Known(..)) {
                        steps.push((at, *inner));
                    }
                    at = *inner;
                }
                _ => break,
            }
        }
        worked.steps = steps
            .into_iter()
            .rev()
            .map(|(outer, inner)| self.step(outer, inner, who, id))
            .collect();
        match trace.kind(at) {
            Some(NodeKind::Choose { arms, otherwise, .. }) => {
                worked.items = arms.iter().map(|arm| self.arm(arm, who, id)).collect();
                let none_held = worked.items.iter().all(|item| item.applied == Held::No);
                if let (Some(otherwise), true) = (otherwise, none_held) {
                    worked.filled = filled(trace, *otherwise, who);
                }
            }
            // A body that only names another rule shows how that rule came about.
            Some(NodeKind::Use { root, .. }) => worked.filled = through(trace, *root, who),
            Some(_) => worked.filled = equation(trace, at, who),
            None => {}
        }
        // Where an exception decides, the numbers of the rule did not.
        if worked.exceptions.iter().any(|exception| exception.applied == Held::Yes) {
            worked.filled.clear();
        }
        worked
    }

    fn step(&mut self, outer: NodeId, inner: NodeId, who: InstanceId, id: &str) -> StepView {
        let trace = self.trace;
        let show = |node: NodeId| {
            let ty = trace.program.node(node).map_or(Type::Error, |node| node.ty.clone());
            trace.show_of(node, who, &ty)
        };
        let found = trace.program.node(outer);
        let span = found.map(|node| node.span).unwrap_or_default();
        let text = trace.written(span).trim_start_matches(['，', ',', ' ']).to_owned();
        StepView {
            id: self.unique(format!("{id}.{}", condition::segment(&text))),
            before: show(inner),
            after: show(outer),
            source: trace.source(&[], found.map(|node| node.layer).unwrap_or_default(), span),
            text,
        }
    }

    fn arm(&mut self, arm: &Arm, who: InstanceId, id: &str) -> ItemView {
        self.item(arm.item, arm.condition, arm.value, who, id, None)
    }

    fn exception(&mut self, arm: &ExceptionArm, who: InstanceId, id: &str) -> ItemView {
        let in_force = self.trace.is_in_force(arm);
        if in_force {
            return self.item(arm.item, arm.condition, arm.value, who, id, None);
        }
        // Whether its condition holds is not why it does not apply.
        let mut shown = self.item(arm.item, None, arm.value, who, id, Some(Held::No));
        let id = self.unique(format!("{}.条件", shown.id));
        shown.condition = Some(self.out_of_force(id));
        shown
    }

    fn item(
        &mut self,
        item: ItemId,
        condition: Option<NodeId>,
        value: NodeId,
        who: InstanceId,
        id: &str,
        applied: Option<Held>,
    ) -> ItemView {
        let trace = self.trace;
        let held = condition.map_or(Held::Yes, |node| held_of(trace, &trace.value(node, who)));
        let applied = applied.unwrap_or(held);
        let (number, label, source) = trace.program.item(item).map_or_else(
            || (String::new(), String::new(), SourceView::default()),
            |item| {
                let source = trace.source(&item.citations, item.layer, item.span);
                (item.number.clone(), item.label.clone(), source)
            },
        );
        let name = if label.is_empty() { condition::segment(&number) } else { label.clone() };
        let id = self.unique(format!("{id}.{name}"));
        let ty = trace.program.node(value).map_or(Type::Error, |node| node.ty.clone());
        let given = applied != Held::No;
        ItemView {
            condition: condition.map(|node| {
                let id = self.unique(format!("{id}.条件"));
                self.condition(node, who, id)
            }),
            value: given.then(|| trace.show_of(value, who, &ty)),
            filled: if given && !is_literal(trace, value) {
                equation(trace, value, who)
            } else {
                String::new()
            },
            id,
            number,
            label,
            applied,
            source,
        }
    }
}

/// The formula below payments, exceptions, roundings and limits.
fn core(trace: &Trace<'_>, node: NodeId) -> NodeId {
    let mut at = node;
    loop {
        at = trace.current(at);
        at = match trace.kind(at) {
            Some(NodeKind::Default { base, .. }) => *base,
            Some(
                NodeKind::Payment { due: inner, .. }
                | NodeKind::Timed { value: inner, .. }
                | NodeKind::Round(_, _, inner)
                | NodeKind::Floor(inner, _)
                | NodeKind::Cap(inner, _),
            ) => *inner,
            _ => return at,
        };
    }
}

fn is_literal(trace: &Trace<'_>, node: NodeId) -> bool {
    matches!(trace.kind(core(trace, node)), Some(NodeKind::Constant(_)))
}

/// How the rule that a body names came about.
fn through(trace: &Trace<'_>, root: NodeId, who: InstanceId) -> String {
    let mut at = core(trace, root);
    while let Some(NodeKind::Use { root, .. }) = trace.kind(at) {
        at = core(trace, *root);
    }
    // Which item was taken is told where that rule is.
    let told_there = matches!(trace.kind(at), Some(NodeKind::Choose { .. }));
    equation(trace, if told_there { root } else { at }, who)
}

/// `（1,201－750）×3 = 1,353`; just the text where nothing was put in.
pub(super) fn equation(trace: &Trace<'_>, node: NodeId, who: InstanceId) -> String {
    let text = filled(trace, core(trace, node), who);
    let result = short(trace, node, who);
    if result.is_empty() || result == text { text } else { format!("{text} = {result}") }
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
    if let [(span, text)] = places.as_mut_slice()
        && *span == whole
        && let Some(inside) = text.strip_prefix('（').and_then(|text| text.strip_suffix('）'))
    {
        // A sum that is all of the formula needs nothing around it.
        *text = inside.to_owned();
    }
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
    out.trim_start_matches(['=', '＝', ' ']).trim_end_matches(['；', ';', '。']).to_owned()
}

fn substitute(trace: &Trace<'_>, node: NodeId, who: InstanceId, places: &mut Vec<(Span, String)>) {
    let Some(found) = trace.program.node(node) else { return };
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
        | NodeKind::Capitals(_)
        | NodeKind::IsAbsent(_)
        | NodeKind::IsRefused(_)
        | NodeKind::Document(..)
        | NodeKind::Choose { .. }
        | NodeKind::Pick { .. }
        | NodeKind::Within { .. }
        | NodeKind::Pending(_)
        | NodeKind::Unfilled(_) => places.push((found.span, short(trace, node, who))),
        NodeKind::AtParent(target) => {
            let parent = super::reference::parent(trace, found.subject, who);
            match (parent, trace.kind(*target)) {
                (Some(parent), Some(NodeKind::Aggregate { .. })) => {
                    substitute(trace, *target, parent, places);
                }
                _ => places.push((found.span, short(trace, node, who))),
            }
        }
        NodeKind::Aggregate { kind, list, body, filters } => {
            let text = match (kind, body) {
                (AggregateKind::Sum, Some(body)) => sum_text(trace, who, *list, *body, filters),
                _ => None,
            };
            let text = text.unwrap_or_else(|| short(trace, node, who));
            places.push((found.span, text));
        }
        // 按月（…） and 按年（…) stand for a division by twelve that nobody wrote.
        NodeKind::Binary(..) if is_call(trace, found.span) => {
            places.push((found.span, short(trace, node, who)));
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

/// `（2,250＋0＋0）`: the parts of a sum, where they are few and all known.
fn sum_text(
    trace: &Trace<'_>,
    me: InstanceId,
    list: FieldId,
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
            let is_masked = trace.is_masked(body, who);
            parts.push(if is_masked { MASK.to_owned() } else { bare(number, trace.language) });
        }
    }
    match parts.as_slice() {
        [] => Some("0".to_owned()),
        [one] => Some(one.clone()),
        _ if parts.len() <= MOST_PARTS => Some(format!("（{}）", parts.join("＋"))),
        _ => None,
    }
}

/// The value of a node without its unit, as it stands within a formula.
pub(super) fn short(trace: &Trace<'_>, node: NodeId, who: InstanceId) -> String {
    if trace.is_masked(node, who) {
        return MASK.to_owned();
    }
    let value = trace.value(node, who);
    let ty = trace.program.node(node).map_or(Type::Error, |node| node.ty.clone());
    match &value {
        Value::Known(Scalar::Constant(Constant::Number(number)), _) => {
            let is_styled =
                ty.as_number().is_some_and(|n| n.style != crate::types::NumberStyle::Plain);
            if is_styled {
                trace.number(*number, &ty, trace.language)
            } else {
                bare(*number, trace.language)
            }
        }
        Value::Unknown(_) => "？".to_owned(),
        _ => trace.shown(&value, &ty),
    }
}
