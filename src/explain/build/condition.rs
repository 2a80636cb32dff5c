//! Conditions: how each came out, with the numbers put in, by how much, and which of its parts
//! carried it.

use super::reference::{parent, referred};
use super::{Builder, compare, formula, time};
use crate::diagnostic::Language;
use crate::engine::decide::held_of;
use crate::explain::view::{ConditionView, Held, Role, SourceView};
use crate::hir::{AggregateKind, DefinitionId, DefinitionKind, ExceptionArm, NodeId, NodeKind};
use crate::input::InstanceId;
use crate::trace::{MASK, Trace};
use crate::types::Type;

/// A part without a label is addressed by its text where that is no longer than this.
const LONGEST_SEGMENT: usize = 24;

/// A condition is called by its text where that is no longer than this, else by what it names.
pub(super) const LONGEST_NAME: usize = 16;

/// What a decision or a rule asks for: the items of its list, or one condition.
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub(super) combinator: Option<(String, String)>,
    pub(super) items: Vec<ConditionView>,
}

impl Builder<'_, '_> {
    /// The condition of the thing with that id, taken apart once.
    pub(super) fn listed(&mut self, root: NodeId, who: InstanceId, id: &str) -> Listed {
        let root = self.trace.current(root);
        let mut whole = self.bare(root, who);
        self.take_apart(root, who, id, &mut whole);
        if whole.children.is_empty() {
            let id = self.unique(format!("{id}.{}", self.segment_of(root, 1)));
            let only = ConditionView { decisive: true, ..self.condition(root, who, id) };
            return Listed { combinator: None, items: vec![only] };
        }
        Listed { combinator: whole.combinator, items: whole.children }
    }

    /// A condition and its parts. The id is unique already.
    pub(super) fn condition(&mut self, node: NodeId, who: InstanceId, id: String) -> ConditionView {
        let trace = self.trace;
        let node = trace.current(node);
        if let Some(NodeKind::Item(item, body)) = trace.kind(node)
            && let Some(item) = trace.program.item(*item)
        {
            let inner = self.condition(*body, who, id);
            let source = trace.source(&item.citations, item.layer, item.span);
            let citations = if source.citations.is_empty() {
                inner.source.citations.clone()
            } else {
                source.citations
            };
            return ConditionView {
                number: item.number.clone(),
                label: item.label.clone(),
                source: SourceView { citations, ..source },
                ..inner
            };
        }
        let mut shown = self.bare(node, who);
        self.take_apart(node, who, &id, &mut shown);
        if shown.children.is_empty() {
            shown.uses = self.refers(node, who);
        }
        shown.id = id;
        shown
    }

    /// What stands in the place of the condition of an exception that is not in force.
    pub(super) fn out_of_force(&self, id: String) -> ConditionView {
        let text = self.trace.say("此时没有施行", "not in force at that time").to_owned();
        ConditionView {
            id,
            sentence: text.clone(),
            text,
            held: Held::No,
            ..ConditionView::default()
        }
    }

    /// The parts of a condition, or the sentence of one that has none.
    fn take_apart(&mut self, node: NodeId, who: InstanceId, id: &str, shown: &mut ConditionView) {
        let trace = self.trace;
        match trace.kind(node) {
            Some(NodeKind::Versions(_)) => {
                shown.text = trace.say("此时没有施行的规定", "no version is in force").to_owned();
                shown.filled = String::new();
                shown.sentence.clone_from(&shown.text);
            }
            Some(NodeKind::All(_) | NodeKind::Any(_) | NodeKind::AtLeast(..)) => {
                self.list(node, who, id, shown);
            }
            Some(NodeKind::Compare(..) | NodeKind::Within { .. }) => {
                compare::tell(trace, node, who, shown);
            }
            Some(NodeKind::IsAbsent(of)) => compare::absence(trace, *of, who, shown),
            Some(NodeKind::Elapsed { .. }) => time::elapsed(trace, node, who, shown),
            Some(NodeKind::Window { .. }) => time::window(trace, node, who, shown),
            Some(NodeKind::Shift(definition, months)) => {
                time::shifted(trace, *definition, *months, who, shown);
            }
            Some(NodeKind::Not(inner)) => self.negated(*inner, who, id, shown),
            Some(NodeKind::Use { definition, .. }) => self.named(*definition, who, shown),
            Some(NodeKind::AtParent(target)) => {
                let subject = trace.program.node(node).map(|node| node.subject);
                match subject.and_then(|subject| parent(trace, subject, who)) {
                    Some(up) => self.seen_from_here(*target, up, id, shown),
                    None => self.plain(node, who, shown),
                }
            }
            Some(NodeKind::AtReference { reference, target }) => {
                if let Some(other) = referred(trace, *reference, who) {
                    self.seen_from_here(*target, other, id, shown);
                } else {
                    let value = trace.shown(&trace.value(*reference, who), &Type::Bool);
                    let span = trace.program.node(*reference).map(|node| node.span);
                    shown.sentence = trace.said(&trace.written(span.unwrap_or_default()), &value);
                }
            }
            Some(NodeKind::Default { base, exceptions }) => {
                self.excepted(*base, exceptions, who, id, shown);
            }
            Some(NodeKind::Discretion { authority, .. }) => {
                shown.filled = String::new();
                let decided = trace.value(node, who).as_bool();
                shown.sentence = match (trace.language, decided) {
                    (Language::Zh, Some(true)) => format!("{authority}已决定同意"),
                    (Language::Zh, Some(false)) => format!("{authority}已决定不同意"),
                    (Language::Zh, None) => format!("由{authority}决定"),
                    (Language::En, Some(true)) => format!("{authority} has agreed"),
                    (Language::En, Some(false)) => format!("{authority} has refused"),
                    (Language::En, None) => format!("for {authority} to decide"),
                };
            }
            Some(NodeKind::Aggregate {
                kind: kind @ (AggregateKind::Exists | AggregateKind::Each),
                list,
                body: Some(body),
                filters,
            }) => {
                let is_each = *kind == AggregateKind::Each;
                shown.children = self.members(*list, *body, filters, who, id);
                carried(shown.held, is_each, &mut shown.children);
                shown.combinator = Some(if is_each {
                    ("人人符合".into(), "every one".into())
                } else {
                    ("有一人符合即可".into(), "any one".into())
                });
                if shown.children.is_empty() {
                    let element = trace.program.node(*body).map(|node| node.subject);
                    let is_person = element.is_some_and(|of| trace.program.is_person(of));
                    shown.sentence = match is_person {
                        true => trace.say("没有这样的人", "there is nobody such").to_owned(),
                        false => trace.say("没有这样的项目", "there is none such").to_owned(),
                    };
                }
                shown.filled = String::new();
            }
            _ => self.plain(node, who, shown),
        }
    }

    /// The items of 同时符合 and its like.
    fn list(&mut self, node: NodeId, who: InstanceId, id: &str, shown: &mut ConditionView) {
        let trace = self.trace;
        match trace.kind(node) {
            Some(NodeKind::All(nodes)) => {
                shown.combinator = Some(("同时符合".into(), "all of".into()));
                let nodes = self.joined(nodes);
                shown.children = self.parts(&nodes, who, id);
                carried(shown.held, true, &mut shown.children);
            }
            Some(NodeKind::Any(nodes)) => {
                shown.combinator = Some(("符合下列情形之一".into(), "any of".into()));
                shown.children = self.parts(nodes, who, id);
                carried(shown.held, false, &mut shown.children);
            }
            Some(NodeKind::AtLeast(least, nodes)) => {
                shown.combinator =
                    Some((format!("至少符合{least}项"), format!("at least {least} of")));
                shown.children = self.parts(nodes, who, id);
                carried(shown.held, shown.held != Held::No, &mut shown.children);
                let held = shown.children.iter().filter(|child| child.held == Held::Yes).count();
                shown.sentence = match trace.language {
                    Language::Zh => format!("{}项中符合{held}项", shown.children.len()),
                    Language::En => format!("{held} of {} hold", shown.children.len()),
                };
            }
            _ => {}
        }
    }

    /// The parts of 同时符合, those of one directly inside it among them: what a relation between
    /// benefits asks for stands beside what the decision itself does.
    fn joined(&self, nodes: &[NodeId]) -> Vec<NodeId> {
        let mut parts = Vec::new();
        for node in nodes {
            match self.trace.kind(self.trace.current(*node)) {
                Some(NodeKind::All(inner)) => parts.extend(self.joined(inner)),
                _ => parts.push(*node),
            }
        }
        parts
    }

    fn parts(&mut self, nodes: &[NodeId], who: InstanceId, id: &str) -> Vec<ConditionView> {
        let mut parts = Vec::new();
        for (at, node) in nodes.iter().enumerate() {
            let segment = self.segment_of(*node, at.saturating_add(1));
            let id = self.unique(format!("{id}.{segment}"));
            parts.push(self.condition(*node, who, id));
        }
        parts
    }

    /// 存在 and 每个: the condition of each member.
    fn members(
        &mut self,
        list: crate::hir::FieldId,
        body: NodeId,
        filters: &[NodeId],
        me: InstanceId,
        id: &str,
    ) -> Vec<ConditionView> {
        let trace = self.trace;
        let element = trace.program.node(body).map(|node| node.subject);
        let mut children = Vec::new();
        for who in trace.listed(list, me) {
            let out =
                filters.iter().any(|filter| trace.value(*filter, who).as_bool() == Some(false));
            if !out {
                let key = element.map_or_else(String::new, |of| trace.instance_name(of, who));
                let id = self.unique(format!("{id}.{key}"));
                let child = self.condition(body, who, id);
                children.push(ConditionView { label: key, role: Role::Member, ..child });
            }
        }
        children
    }

    /// 非x: the parts of x, with what they came to.
    fn negated(&mut self, inner: NodeId, who: InstanceId, id: &str, shown: &mut ConditionView) {
        let trace = self.trace;
        let inner = trace.current(inner);
        let mut negated = self.bare(inner, who);
        self.take_apart(inner, who, id, &mut negated);
        shown.filled.clone_from(&negated.filled);
        shown.names = negated.names.clone();
        if negated.children.is_empty() {
            shown.sentence = negated.sentence;
            shown.margin = negated.margin;
        } else {
            negated.decisive = true;
            negated.id = self.unique(format!("{id}.{}", self.segment_of(inner, 1)));
            shown.children = vec![negated];
        }
    }

    /// A condition that is another rule's or decision's.
    fn named(&mut self, definition: DefinitionId, who: InstanceId, shown: &mut ConditionView) {
        let trace = self.trace;
        let Some(found) = trace.program.definition(definition) else { return };
        shown.names = self.rule(definition, who);
        let is_decision = matches!(found.kind, DefinitionKind::Entitlement(_));
        let value = if is_decision {
            super::super::words::decided(shown.held, trace.language).to_owned()
        } else {
            super::super::words::truth(shown.held, trace.language).to_owned()
        };
        shown.sentence = trace.said(&called(trace, &found.name, &shown.text), &value);
        shown.filled.clone_from(&shown.sentence);
        if shown.source.citations.is_empty() {
            shown.source = self.source_of(found);
        }
    }

    /// A condition of the household, or of another person.
    fn seen_from_here(
        &mut self,
        target: NodeId,
        who: InstanceId,
        id: &str,
        shown: &mut ConditionView,
    ) {
        let target = self.trace.current(target);
        let mut there = self.bare(target, who);
        there.text.clone_from(&shown.text);
        self.take_apart(target, who, id, &mut there);
        shown.filled = there.filled;
        shown.sentence = there.sentence;
        shown.margin = there.margin;
        shown.combinator = there.combinator;
        shown.names = there.names;
        shown.children = there.children;
    }

    /// A rule that is a condition, with exceptions to it.
    fn excepted(
        &mut self,
        base: NodeId,
        exceptions: &[ExceptionArm],
        who: InstanceId,
        id: &str,
        shown: &mut ConditionView,
    ) {
        let trace = self.trace;
        let base = trace.current(base);
        let mut general = self.bare(base, who);
        self.take_apart(base, who, id, &mut general);
        let applies = |arm: &ExceptionArm| {
            let held =
                arm.condition.map_or(Held::Yes, |node| held_of(trace, &trace.value(node, who)));
            if trace.is_in_force(arm) { held } else { Held::No }
        };
        let excepted = exceptions.iter().any(|arm| applies(arm) == Held::Yes);
        shown.combinator = general.combinator.clone();
        shown.children = if general.children.is_empty() {
            general.id = self.unique(format!("{id}.{}", self.segment_of(base, 1)));
            general.uses = self.refers(base, who);
            general.decisive = true;
            vec![general]
        } else {
            general.children
        };
        if excepted {
            shown.children.iter_mut().for_each(|child| child.decisive = false);
        }
        for (at, arm) in exceptions.iter().enumerate() {
            let held = applies(arm);
            let (label, source) = trace.program.item(arm.item).map_or_else(
                || (String::new(), SourceView::default()),
                |item| (item.label.clone(), trace.source(&item.citations, item.layer, item.span)),
            );
            let name = if label.is_empty() {
                format!("例外{}", at.saturating_add(1))
            } else {
                label.clone()
            };
            let id = self.unique(format!("{id}.{name}"));
            let mut view = match arm.condition {
                _ if !trace.is_in_force(arm) => self.out_of_force(id),
                Some(condition) => self.condition(condition, who, id),
                None => ConditionView { id, ..ConditionView::default() },
            };
            view.label = label;
            view.role = Role::Exception;
            view.held = held;
            view.decisive = held == Held::Yes || (held != Held::No && !excepted);
            view.source = source;
            shown.children.push(view);
        }
    }

    /// A condition by itself: as written, and how it came out.
    fn bare(&self, node: NodeId, who: InstanceId) -> ConditionView {
        let trace = self.trace;
        let found = trace.program.node(node);
        let span = found.map(|node| node.span).unwrap_or_default();
        let layer = found.map(|node| node.layer).unwrap_or_default();
        let text = trace.written(span);
        let held = held_of(trace, &trace.value(node, who));
        ConditionView {
            held,
            text,
            source: trace.source(&[], layer, span),
            ..ConditionView::default()
        }
    }

    /// A condition that says no more than whether it holds.
    fn plain(&self, node: NodeId, who: InstanceId, shown: &mut ConditionView) {
        let trace = self.trace;
        let kind = trace.kind(node);
        let name = match kind {
            Some(NodeKind::Fact(field)) => trace.program.field(*field).map_or_else(
                || shown.text.clone(),
                |field| called(trace, &field.name, &shown.text),
            ),
            _ => shown.text.clone(),
        };
        let value = if trace.is_masked(node, who) {
            MASK.to_owned()
        } else {
            trace.shown(&trace.value(node, who), &Type::Bool)
        };
        shown.sentence = trace.said(&name, &value);
        let filled = match kind {
            Some(NodeKind::Fact(_)) => value.clone(),
            _ => formula::filled(trace, node, who),
        };
        let says_more = filled != value && filled != "？";
        shown.filled = if says_more { filled } else { shown.sentence.clone() };
    }

    /// The part of an id that a condition adds: its label, its number, its text, or its place.
    fn segment_of(&self, node: NodeId, at: usize) -> String {
        let trace = self.trace;
        let node = trace.current(node);
        if let Some(NodeKind::Item(item, _)) = trace.kind(node)
            && let Some(item) = trace.program.item(*item)
        {
            if !item.label.is_empty() {
                return segment(&item.label);
            }
            if !item.number.is_empty() {
                return segment(&item.number);
            }
        }
        let text =
            trace.written(trace.program.node(node).map(|node| node.span).unwrap_or_default());
        let text = segment(&text);
        if text.is_empty() || text.chars().count() > LONGEST_SEGMENT {
            format!("第{at}项")
        } else {
            text
        }
    }
}

/// A label, number or text as a part of an id: one word, without the marks around a number.
pub(super) fn segment(text: &str) -> String {
    let text = text.trim().trim_end_matches(['．', '.', '、', '。', '；']);
    let inside = text
        .strip_prefix(['（', '('])
        .and_then(|text| text.strip_suffix(['）', ')']))
        .filter(|inside| !inside.contains(['（', '(']));
    inside.unwrap_or(text).split_whitespace().collect()
}

/// What a named thing is called where it is used: as written there, where that is short; in English
/// its twin.
fn called(trace: &Trace<'_>, name: &crate::hir::Name, text: &str) -> String {
    match (trace.language, &name.alias) {
        (Language::En, Some(alias)) => alias.clone(),
        _ if is_name(text) => text.to_owned(),
        _ => name.text.clone(),
    }
}

/// Whether a text can stand for what it names: it is short, and no whole clause.
fn is_name(text: &str) -> bool {
    let is_clause = text.contains(['，', ',', '：', ':', '、']);
    !text.is_empty() && !is_clause && text.chars().count() <= LONGEST_NAME
}

/// Marks the parts that made the whole come out as it did. `all` is whether all were asked for.
fn carried(whole: Held, all: bool, parts: &mut [ConditionView]) {
    let wanted = |held: Held| match (whole, all) {
        (Held::Yes, true) | (Held::No, false) => true,
        (Held::Yes, false) => held == Held::Yes,
        (Held::No, true) => held == Held::No,
        (Held::Error, _) => held == Held::Error,
        (Held::Unknown | Held::Discretion, true) => held != Held::Yes,
        (Held::Unknown | Held::Discretion, false) => held != Held::No,
    };
    for part in parts.iter_mut() {
        part.decisive = wanted(part.held);
    }
    // Bounds can settle a whole that none of its parts settles alone.
    if parts.iter().all(|part| !part.decisive) {
        parts.iter_mut().for_each(|part| part.decisive = true);
    }
}
