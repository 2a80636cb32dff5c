//! The things of a program that cases can try.

use std::collections::{BTreeMap, BTreeSet};

use super::naming::Naming;
use super::{Coverage, Key, ThingKind, Way};
use crate::hir::{
    Definition, DefinitionId, DefinitionKind, ItemId, Node, NodeId, NodeKind, Program,
};
use crate::source::Span;
use crate::types::Type;

/// Which thing a place in the arena stands for.
#[derive(Clone, Debug, Default)]
pub(in crate::engine) struct Things {
    /// By node and, in a choice, the number of its arm.
    by_node: BTreeMap<(NodeId, usize), Key>,
    /// Relations that act where the condition made for them fails.
    against: BTreeSet<(NodeId, usize)>,
}

/// The number that stands for 均不符合 among the arms of a choice.
pub(super) const OTHERWISE: usize = usize::MAX;

const BOTH: [Way; 2] = [Way::Held, Way::Failed];

impl Things {
    pub(super) fn of(program: &Program, coverage: &mut Coverage) -> Self {
        let mut finder =
            Finder { program, naming: Naming(program), coverage, things: Self::default() };
        finder.definitions();
        finder.relations();
        finder.nodes();
        finder.parameters();
        finder.targets();
        finder.things
    }

    /// The thing of a node, or of an arm of a choice.
    pub(super) fn at(&self, node: NodeId, arm: usize) -> Option<&Key> {
        self.by_node.get(&(node, arm))
    }

    /// The way that a condition's truth is for the thing that it stands for.
    pub(super) fn way(&self, node: NodeId, arm: usize, held: bool) -> Way {
        if held == self.against.contains(&(node, arm)) { Way::Failed } else { Way::Held }
    }
}

struct Finder<'a> {
    program: &'a Program,
    naming: Naming<'a>,
    coverage: &'a mut Coverage,
    things: Things,
}

impl<'a> Finder<'a> {
    fn declare(&mut self, at: Option<(NodeId, usize)>, key: Key, name: String, ways: &[Way]) {
        if let Some(at) = at {
            // What a relation does has been said more closely than by its clause.
            if self.things.by_node.contains_key(&at) {
                return;
            }
            self.things.by_node.insert(at, key.clone());
        }
        self.coverage.declare(key, name, ways);
    }

    fn definitions(&mut self) {
        for definition in &self.program.definitions {
            let kind = match definition.kind {
                DefinitionKind::Rule | DefinitionKind::Set => ThingKind::Rule,
                DefinitionKind::Entitlement(_) => ThingKind::Decision,
                DefinitionKind::Due(_) => ThingKind::Payment,
                // What is paid is what is due, but for relations.
                DefinitionKind::Payment(_) => continue,
            };
            let ways: &[Way] = if definition.ty == Type::Bool { &BOTH } else { &[Way::Used] };
            for text in &definition.texts {
                // A rule that is left to lower layers says nothing that could be tried.
                if self.is_left_open(text.span) {
                    continue;
                }
                let name = self.naming.name_of(definition);
                self.declare(None, definition_key(kind, text.span), name, ways);
            }
        }
    }

    fn is_left_open(&self, span: Span) -> bool {
        let mut nodes = self.program.nodes.iter().filter(|node| node.span == span);
        nodes.any(|node| matches!(node.kind, NodeKind::Unfilled(_)))
    }

    /// What each clause does to each benefit: the conditions and choices put around the root.
    fn relations(&mut self) {
        for definition in &self.program.definitions {
            let Some(root) = definition.root else { continue };
            match definition.kind {
                DefinitionKind::Entitlement(_) => self.exclusions(definition, root),
                DefinitionKind::Payment(_) => self.paid(definition, root),
                _ => {}
            }
        }
    }

    fn exclusions(&mut self, loser: &Definition, root: NodeId) {
        let Some(NodeKind::All(parts)) = self.kind(root) else { return };
        for part in parts {
            let Some(NodeKind::Item(item, body)) = self.kind(*part) else { continue };
            let Some(NodeKind::Not(winner)) = self.kind(*body) else { continue };
            let Some(winner) = self.used(*winner) else { continue };
            if !self.is_clause(*item, *part) {
                continue;
            }
            let (loser, winner) = (self.naming.name_of(loser), self.naming.name_of(winner));
            self.things.against.insert((*part, 0));
            self.relation(*part, 0, *item, format!("{winner}排除{loser}"));
        }
    }

    fn paid(&mut self, payment: &Definition, root: NodeId) {
        let mut at = root;
        while let Some(NodeKind::Choose { arms, .. }) = self.kind(at) {
            let [arm] = arms.as_slice() else { return };
            if !self.is_clause(arm.item, at) {
                return;
            }
            let (item, value) = (arm.item, arm.value);
            // 择高 takes a payment away where it is not the highest; 补差 acts on whoever is
            // entitled.
            if !matches!(arm.condition.and_then(|node| self.kind(node)), Some(NodeKind::Use { .. }))
            {
                self.things.against.insert((at, 0));
            }
            self.relation(at, 0, item, self.naming.name_of(payment));
            at = value;
        }
    }

    fn relation(&mut self, node: NodeId, arm: usize, item: ItemId, of: String) {
        let Some(item) = self.program.item(item) else { return };
        let key = Key { span: item.span, kind: ThingKind::Relation, of: of.clone() };
        self.declare(Some((node, arm)), key, format!("{}：{of}", item.label), &BOTH);
    }

    /// A clause of a relation has the place of the nodes that it makes.
    fn is_clause(&self, item: ItemId, node: NodeId) -> bool {
        let span = self.program.node(node).map(|node| node.span);
        let item = self.program.item(item);
        item.is_some_and(|item| Some(item.span) == span && item.number.is_empty())
    }

    /// The definition that a node uses, here or of the household.
    fn used(&self, node: NodeId) -> Option<&'a Definition> {
        match self.kind(node)? {
            NodeKind::Use { definition, .. } => self.program.definition(*definition),
            NodeKind::AtParent(inner) => self.used(*inner),
            _ => None,
        }
    }

    /// Whether an item is a step of telling, which no case has to try.
    fn is_told(&self, item: ItemId) -> bool {
        self.program.item(item).is_some_and(|item| item.told)
    }

    fn kind(&self, node: NodeId) -> Option<&'a NodeKind> {
        self.program.node(node).map(|node| &node.kind)
    }

    fn nodes(&mut self) {
        let program = self.program;
        for (at, node) in program.nodes.iter().enumerate() {
            let id = NodeId(u32::try_from(at).unwrap_or(u32::MAX));
            match &node.kind {
                NodeKind::Item(item, _) if self.is_told(*item) => {}
                NodeKind::Item(item, body) => {
                    let only_held =
                        matches!(self.kind(*body), Some(NodeKind::Discretion { given: None, .. }));
                    let ways: &[Way] = if only_held { &[Way::Held] } else { &BOTH };
                    self.item((id, 0), ThingKind::Condition, *item, ways);
                }
                NodeKind::Choose { arms, otherwise, .. } => {
                    for (number, arm) in arms.iter().enumerate() {
                        if self.is_told(arm.item) {
                            continue;
                        }
                        let kind = self.kind_of_arm(arm.item);
                        let ways: &[Way] =
                            if arm.condition.is_some() { &BOTH } else { &[Way::Held] };
                        self.item((id, number), kind, arm.item, ways);
                    }
                    if let Some(otherwise) = otherwise {
                        self.otherwise(id, node, *otherwise);
                    }
                }
                NodeKind::Default { exceptions, .. } => {
                    for (number, arm) in exceptions.iter().enumerate() {
                        let ways: &[Way] =
                            if arm.condition.is_some() { &BOTH } else { &[Way::Held] };
                        self.item((id, number), ThingKind::Exception, arm.item, ways);
                    }
                }
                NodeKind::If { .. } => {
                    let key = plain(ThingKind::Branch, node.span);
                    let name = self.naming.within(node.span, "如果");
                    self.declare(Some((id, 0)), key, name, &BOTH);
                }
                NodeKind::Timed { terms, .. } => {
                    for (number, term) in terms.iter().enumerate() {
                        self.item((id, number), ThingKind::Term, term.item, &BOTH);
                    }
                }
                NodeKind::TargetOutcome(target) => self.target((id, 0), *target),
                _ => {}
            }
        }
    }

    /// A target is the same wherever a case expects something of it.
    fn targets(&mut self) {
        for target in &self.program.targets {
            let key = plain(ThingKind::Target, target.span);
            self.coverage.declare(key, target.name.text.clone(), &BOTH);
        }
    }

    fn target(&mut self, at: (NodeId, usize), root: NodeId) {
        let found = self.program.targets.iter().find(|target| target.root == root);
        if let Some(target) = found {
            self.things.by_node.insert(at, plain(ThingKind::Target, target.span));
        }
    }

    fn kind_of_arm(&self, item: ItemId) -> ThingKind {
        let number = self.program.item(item).map_or("", |item| &item.number);
        let is_row = number.starts_with('第') && number.ends_with('行');
        if is_row { ThingKind::TableRow } else { ThingKind::Item }
    }

    fn item(&mut self, at: (NodeId, usize), kind: ThingKind, item: ItemId, ways: &[Way]) {
        let Some(item) = self.program.item(item) else { return };
        let name = self.naming.within(item.span, &format!("{}{}", item.number, item.label));
        self.declare(Some(at), plain(kind, item.span), name, ways);
    }

    /// 均不符合, where somebody wrote it.
    fn otherwise(&mut self, id: NodeId, choice: &Node, otherwise: NodeId) {
        let Some(span) = self.program.node(otherwise).map(|node| node.span) else { return };
        if span != choice.span {
            let name = self.naming.within(span, "均不符合");
            self.declare(
                Some((id, OTHERWISE)),
                plain(ThingKind::Otherwise, span),
                name,
                &[Way::Used],
            );
        }
    }

    fn parameters(&mut self) {
        for parameter in &self.program.parameters {
            for (place, rows) in parameter.rows.iter().enumerate() {
                for row in rows {
                    let mut notes = self.naming.key_names(&parameter.keys, place);
                    notes.extend(row.validity.from.map(|from| format!("自{}起", from.zh())));
                    let name = &parameter.name.text;
                    let name = match notes.as_slice() {
                        [] => name.clone(),
                        notes => format!("{name}（{}）", notes.join("，")),
                    };
                    self.declare(None, row_key(row.span), name, &[Way::Used]);
                }
            }
        }
    }
}

fn plain(kind: ThingKind, span: Span) -> Key {
    Key { span, kind, of: String::new() }
}

/// The key of a version of a definition.
pub(super) fn definition_key(kind: ThingKind, span: Span) -> Key {
    plain(kind, span)
}

/// The key of a parameter's row.
pub(super) fn row_key(span: Span) -> Key {
    plain(ThingKind::ParameterRow, span)
}

/// The kind of a definition among things; nothing for what is paid after relations.
pub(super) fn kind_of(program: &Program, id: DefinitionId) -> Option<ThingKind> {
    match program.definition(id)?.kind {
        DefinitionKind::Rule | DefinitionKind::Set => Some(ThingKind::Rule),
        DefinitionKind::Entitlement(_) => Some(ThingKind::Decision),
        DefinitionKind::Due(_) => Some(ThingKind::Payment),
        DefinitionKind::Payment(_) => None,
    }
}
