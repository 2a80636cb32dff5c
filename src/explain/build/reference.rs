//! What a piece of the policy reads: rules, parameter rows and facts, by their ids.

use std::collections::BTreeSet;

use super::{Builder, used};
use crate::hir::{DefinitionId, DefinitionKind, FieldId, NodeId, NodeKind, ParameterDay};
use crate::input::{InstanceId, Scalar};
use crate::trace::Trace;
use crate::types::ObjectId;

impl Builder<'_, '_> {
    /// The ids of what the value of a node came from, in the order of the text. What another rule
    /// read is that rule's own; branches that were not taken are left out.
    pub(super) fn refers(&mut self, root: NodeId, who: InstanceId) -> Vec<String> {
        let trace = self.trace;
        let mut seen = BTreeSet::new();
        let mut ids: Vec<String> = Vec::new();
        let mut open = vec![(root, who)];
        while let Some((node, who)) = open.pop() {
            let node = trace.current(node);
            if !seen.insert((node, who)) {
                continue;
            }
            let Some(found) = trace.program.node(node) else { continue };
            let mut next: Vec<(NodeId, InstanceId)> = Vec::new();
            let mut met = Vec::new();
            match &found.kind {
                NodeKind::Fact(field) => met.push(self.fact(*field, who)),
                NodeKind::Parameter { keys, at, .. } => {
                    met = self.rows(node, who);
                    next.extend(keys.iter().map(|key| (*key, who)));
                    if let ParameterDay::On(day) = at {
                        next.push((*day, who));
                    }
                }
                NodeKind::HighestEver { keys, .. } => {
                    met = self.rows(node, who);
                    next.extend(keys.iter().map(|key| (*key, who)));
                }
                NodeKind::Use { definition, root } => match self.rule(*definition, who) {
                    Some(id) => met.push(id),
                    None => next.push((*root, who)),
                },
                NodeKind::AtParent(target) => {
                    next.extend(parent(trace, found.subject, who).map(|up| (*target, up)));
                }
                NodeKind::AtReference { reference, target } => {
                    next.push((*reference, who));
                    next.extend(referred(trace, *reference, who).map(|other| (*target, other)));
                }
                NodeKind::Aggregate { list, body, filters, .. } => {
                    // Whom a list names is a fact; who is in the household goes without saying.
                    if !trace.program.owns(*list) {
                        met.push(self.fact(*list, who));
                    }
                    next.extend(members(trace, *list, *body, filters, who));
                }
                NodeKind::Pick { list, keys, filters, .. } => {
                    if !trace.program.owns(*list) {
                        met.push(self.fact(*list, who));
                    }
                    for key in keys {
                        next.extend(members(trace, *list, Some(*key), filters, who));
                    }
                }
                other => next.extend(taken(trace, other, who).into_iter().map(|node| (node, who))),
            }
            for id in met {
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
            next.reverse();
            open.extend(next);
        }
        ids
    }

    /// The id of a rule, decision or payment; nothing for what is shown where it is used.
    pub(super) fn rule(&mut self, definition: DefinitionId, who: InstanceId) -> Option<String> {
        if let Some(id) = self.names.defined.get(&(definition, who)) {
            return Some(id.clone());
        }
        let trace = self.trace;
        let found = trace.program.definition(definition)?;
        found.root?;
        let name = match found.kind {
            DefinitionKind::Rule | DefinitionKind::Entitlement(_) => found.name.text.clone(),
            DefinitionKind::Payment(_) => {
                let (decision, payment) = trace.program.paid_by(definition)?;
                format!("{}.{}", decision.name.text, payment.name.text)
            }
            DefinitionKind::Set | DefinitionKind::Due(_) => return None,
        };
        let id = self.unique(format!("{}{name}", trace.prefix(found.subject, who)));
        self.names.defined.insert((definition, who), id.clone());
        self.open.push_back((definition, who, id.clone()));
        Some(id)
    }

    fn fact(&mut self, field: FieldId, who: InstanceId) -> String {
        if let Some(id) = self.names.facts.get(&(field, who)) {
            return id.clone();
        }
        let trace = self.trace;
        let path = trace.program.field(field).map_or_else(String::new, |declared| {
            format!("{}{}", trace.prefix(declared.object, who), declared.name.text)
        });
        let id = self.unique(path);
        self.names.facts.insert((field, who), id.clone());
        self.facts.extend(used::fact(trace, field, who, id.clone()));
        id
    }

    /// The rows that a parameter gave its value from.
    fn rows(&mut self, node: NodeId, who: InstanceId) -> Vec<String> {
        let mut ids = Vec::new();
        for read in used::rows(self.trace, node, who).unwrap_or_default() {
            let key = (read.parameter, read.place, read.row, read.address.clone());
            if let Some(id) = self.names.rows.get(&key) {
                ids.push(id.clone());
            } else if let Some(mut view) = used::row(self.trace, &read) {
                let id = self.unique(read.address);
                view.id.clone_from(&id);
                self.names.rows.insert(key, id.clone());
                self.parameters.push(view);
                ids.push(id);
            }
        }
        ids
    }

    /// Builds the rules that have been referred to, and those that these refer to.
    pub(super) fn drain(&mut self) {
        while let Some((definition, who, id)) = self.open.pop_front() {
            let view = self.definition(definition, who, id);
            self.definitions.extend(view);
        }
    }
}

/// Who somebody is a member of.
pub(super) fn parent(trace: &Trace<'_>, object: ObjectId, who: InstanceId) -> Option<InstanceId> {
    trace.case.of(object).get(who.0 as usize)?.parent
}

/// Whom a reference of somebody means.
pub(super) fn referred(
    trace: &Trace<'_>,
    reference: NodeId,
    who: InstanceId,
) -> Option<InstanceId> {
    match trace.value(reference, who).as_scalar() {
        Some(Scalar::Instance(_, other)) => Some(other),
        _ => None,
    }
}

fn members(
    trace: &Trace<'_>,
    list: FieldId,
    body: Option<NodeId>,
    filters: &[NodeId],
    me: InstanceId,
) -> Vec<(NodeId, InstanceId)> {
    let mut next = Vec::new();
    for who in trace.listed(list, me) {
        next.extend(filters.iter().map(|filter| (*filter, who)));
        let out = filters.iter().any(|filter| trace.value(*filter, who).as_bool() == Some(false));
        if let (Some(body), false) = (body, out) {
            next.push((body, who));
        }
    }
    next
}

/// The operands that the value came from.
fn taken(trace: &Trace<'_>, kind: &NodeKind, who: InstanceId) -> Vec<NodeId> {
    let holds = |condition: Option<NodeId>| {
        condition.is_none_or(|node| trace.value(node, who).as_bool() != Some(false))
    };
    match kind {
        NodeKind::Choose { arms, otherwise, .. } => {
            let mut nodes: Vec<NodeId> = arms.iter().filter_map(|arm| arm.condition).collect();
            let some = arms.iter().any(|arm| {
                arm.condition.is_none_or(|node| trace.value(node, who).as_bool() == Some(true))
            });
            nodes.extend(arms.iter().filter(|arm| holds(arm.condition)).map(|arm| arm.value));
            if !some {
                nodes.extend(*otherwise);
            }
            nodes
        }
        NodeKind::If { condition, then, otherwise } => {
            let mut nodes = vec![*condition];
            match trace.value(*condition, who).as_bool() {
                Some(true) => nodes.push(*then),
                Some(false) => nodes.push(*otherwise),
                None => nodes.extend([*then, *otherwise]),
            }
            nodes
        }
        NodeKind::Default { base, exceptions } => {
            let current = || exceptions.iter().filter(|arm| trace.is_in_force(arm));
            let mut nodes: Vec<NodeId> = current().filter_map(|arm| arm.condition).collect();
            let sure = current().any(|arm| {
                arm.condition.is_none_or(|node| trace.value(node, who).as_bool() == Some(true))
            });
            if !sure {
                nodes.push(*base);
            }
            nodes.extend(current().filter(|arm| holds(arm.condition)).map(|arm| arm.value));
            nodes
        }
        NodeKind::Payment { entitled, due, continued, .. } => {
            match trace.value(*entitled, who).as_bool() {
                Some(true) => vec![*due],
                Some(false) => std::iter::once(*entitled).chain(*continued).collect(),
                None => [*entitled, *due].into_iter().chain(*continued).collect(),
            }
        }
        other => other.operands(),
    }
}
