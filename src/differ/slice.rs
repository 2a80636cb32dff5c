//! The part of a program that one decision rests on, and what of a situation that part reads.

use std::collections::{BTreeMap, BTreeSet};

use crate::eval::{Evaluation, Live, LookBack};
use crate::hir::{
    Constant, DecisionId, DefinitionId, DefinitionKind, FieldId, LayerId, NodeId, NodeKind,
    ParameterDay, ParameterId, PaymentId, Program,
};
use crate::input::{Case, InstanceId, Scalar};

/// What a decision and its payments rest on.
#[derive(Debug)]
pub(super) struct Slice {
    pub(super) live: Live,
    pub(super) look_back: LookBack,
    /// The node of the decision's condition.
    pub(super) entitlement: NodeId,
    /// The node that picks the version of the decision that is in force, where versions have dates.
    versions: Option<NodeId>,
    /// The decision's condition as a definition.
    pub(super) condition: DefinitionId,
    /// Its payments in order.
    pub(super) payments: Vec<PaidBy>,
    /// Whether ages, durations or the month itself are read.
    pub(super) reads_time: bool,
    pub(super) fields: BTreeSet<FieldId>,
    /// Each parameter, with the layers that read it (适用日 is theirs) and how they do.
    pub(super) parameters: BTreeMap<ParameterId, BTreeSet<(LayerId, Read)>>,
    parameter_nodes: Vec<NodeId>,
    /// The choices between versions and exceptions, by the definition that they stand in.
    pub(super) choices: BTreeMap<DefinitionId, Vec<NodeId>>,
    /// Definitions that read the day themselves: an age, a duration.
    pub(super) timed: Vec<DefinitionId>,
    /// All definitions in it.
    pub(super) definitions: Vec<DefinitionId>,
}

/// Which rows of a parameter are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Read {
    /// The one in force.
    #[default]
    Now,
    /// The one in force so many months before.
    Before(u32),
    /// All up to now: 历来最高.
    UpToNow,
    /// The one of a day that only the evaluation knows.
    OnSomeDay,
}

/// How a payment's value comes out of its node.
#[derive(Debug)]
pub(super) struct PaidBy {
    pub(super) id: PaymentId,
    pub(super) root: NodeId,
    /// The nodes that pass a value on to the root with a rounding among them, operands first;
    /// empty where the amount is not rounded.
    pub(super) path: Vec<NodeId>,
    /// Whether it may be paid without entitlement, as 停发 has it.
    pub(super) may_continue: bool,
}

impl Slice {
    pub(super) fn of(program: &Program, decision: DecisionId) -> Option<Self> {
        let decision = program.decisions.get(decision.0 as usize)?;
        let entitlement = program.definition(decision.entitlement)?.root?;
        let mut payments = Vec::new();
        for id in &decision.payments {
            let payment = program.payments.get(id.0 as usize)?;
            let root = program.definition(payment.definition)?.root?;
            let path = rounded_path(program, root);
            payments.push(PaidBy {
                id: *id,
                root,
                path,
                may_continue: may_continue(program, root),
            });
        }
        let mut roots: Vec<NodeId> = payments.iter().map(|payment| payment.root).collect();
        roots.push(entitlement);
        let live = Live::of(program, &roots);
        let mut slice = Self {
            look_back: LookBack::of(program, &live),
            live,
            entitlement,
            versions: program.definition(decision.entitlement)?.versions,
            condition: decision.entitlement,
            payments,
            reads_time: false,
            fields: BTreeSet::new(),
            parameters: BTreeMap::new(),
            parameter_nodes: Vec::new(),
            choices: BTreeMap::new(),
            timed: Vec::new(),
            definitions: Vec::new(),
        };
        slice.read_nodes(program);
        slice.read_definitions(program);
        Some(slice)
    }

    fn read_nodes(&mut self, program: &Program) {
        for (at, node) in program.nodes.iter().enumerate() {
            let id = NodeId(u32::try_from(at).unwrap_or(u32::MAX));
            if !self.live.contains(id) {
                continue;
            }
            match &node.kind {
                NodeKind::Fact(field) => {
                    self.fields.insert(*field);
                }
                NodeKind::Parameter { parameter, at, .. } => {
                    let read = match at {
                        ParameterDay::Now => Read::Now,
                        ParameterDay::MonthsBefore(months) => Read::Before(*months),
                        ParameterDay::On(_) => Read::OnSomeDay,
                    };
                    self.parameters.entry(*parameter).or_default().insert((node.layer, read));
                    self.parameter_nodes.push(id);
                }
                NodeKind::HighestEver { parameter, .. } => {
                    let read = (node.layer, Read::UpToNow);
                    self.parameters.entry(*parameter).or_default().insert(read);
                    self.parameter_nodes.push(id);
                }
                NodeKind::Aggregate { list, .. } | NodeKind::Pick { list, .. }
                    if !program.owns(*list) =>
                {
                    self.fields.insert(*list);
                }
                kind => self.reads_time |= is_time(kind),
            }
        }
    }

    fn read_definitions(&mut self, program: &Program) {
        let mut owned: BTreeSet<NodeId> = BTreeSet::new();
        for (at, definition) in program.definitions.iter().enumerate() {
            let Some(root) = definition.root.filter(|root| self.live.contains(*root)) else {
                continue;
            };
            let id = DefinitionId(u32::try_from(at).unwrap_or(u32::MAX));
            self.definitions.push(id);
            let mut open = vec![root];
            let mut choices = Vec::new();
            let mut timed = false;
            while let Some(node) = open.pop() {
                // What is paid and what is due may share their nodes: one of them owns them.
                if !owned.insert(node) {
                    continue;
                }
                let Some(kind) = program.node(node).map(|node| &node.kind) else { continue };
                timed |= is_time(kind);
                if matches!(kind, NodeKind::Versions(_) | NodeKind::Default { .. }) {
                    choices.push(node);
                }
                if !matches!(kind, NodeKind::Use { .. }) {
                    open.extend(kind.operands());
                }
            }
            if !choices.is_empty() {
                self.choices.insert(id, choices);
            }
            if timed && matches!(definition.kind, DefinitionKind::Rule) {
                self.timed.push(id);
            }
        }
    }

    /// Whether the decision had not begun or has ended: then it gives nothing.
    pub(super) fn is_not_in_force(&self, evaluation: &Evaluation, who: InstanceId) -> bool {
        self.versions
            .and_then(|versions| evaluation.value(versions, who))
            .is_some_and(|value| value.is_not_in_force(self.condition))
    }

    /// Whether earlier months have a say.
    pub(super) fn looks_back(&self) -> bool {
        self.look_back.recursive || self.look_back.months > 0
    }

    /// The keys of parameters that an evaluation read, in any month of it.
    pub(super) fn keys_read(
        &self,
        program: &Program,
        case: &Case,
        evaluation: &Evaluation,
        read: &mut BTreeSet<(ParameterId, usize)>,
    ) {
        for node in &self.parameter_nodes {
            let Some(found) = program.node(*node) else { continue };
            let (parameter, keys) = match &found.kind {
                NodeKind::Parameter { parameter, keys, .. }
                | NodeKind::HighestEver { parameter, keys } => (parameter, keys),
                _ => continue,
            };
            let Some(declared) = program.parameters.get(parameter.0 as usize) else { continue };
            for frame in &evaluation.frames {
                for at in 0..case.of(found.subject).len() {
                    let who = InstanceId(u32::try_from(at).unwrap_or(u32::MAX));
                    let mut places = vec![0_usize];
                    for (key, node) in declared.keys.iter().zip(keys) {
                        let width = program.enumeration(*key).map_or(1, |key| key.values.len());
                        let value = frame.get(*node, who).and_then(|value| value.as_scalar());
                        let picks = match value {
                            Some(Scalar::Constant(Constant::Enum(_, at))) => {
                                usize::from(at)..usize::from(at) + 1
                            }
                            // An unknown key reads every value.
                            _ => 0..width,
                        };
                        places = places
                            .iter()
                            .flat_map(|place| picks.clone().map(move |at| place * width + at))
                            .collect();
                    }
                    read.extend(places.into_iter().map(|place| (*parameter, place)));
                }
            }
        }
    }
}

fn is_time(kind: &NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::QuestionDate(_)
            | NodeKind::FixedDay { of: None, .. }
            | NodeKind::SinceWhen { .. }
    )
}

/// Whether a payment has a version that goes on without entitlement.
fn may_continue(program: &Program, root: NodeId) -> bool {
    match program.node(root).map(|node| &node.kind) {
        Some(NodeKind::Versions(versions)) => {
            versions.iter().any(|version| may_continue(program, version.root))
        }
        Some(NodeKind::Payment { continued, .. }) => continued.is_some(),
        _ => false,
    }
}

/// The nodes from which a value reaches `root` unchanged, or chosen among several, where a
/// rounding is among them.
fn rounded_path(program: &Program, root: NodeId) -> Vec<NodeId> {
    let mut nodes: BTreeSet<NodeId> = BTreeSet::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if nodes.insert(node) {
            open.extend(passed_on(program, node));
        }
    }
    // Operands lie before their users: one pass up finds whatever a rounding reaches.
    let mut rounded: BTreeSet<NodeId> = BTreeSet::new();
    for node in nodes {
        let is_rounding =
            program.node(node).is_some_and(|node| matches!(node.kind, NodeKind::Round(..)));
        if is_rounding || passed_on(program, node).iter().any(|node| rounded.contains(node)) {
            rounded.insert(node);
        }
    }
    rounded.into_iter().collect()
}

/// The operands that a node passes on as they are.
fn passed_on(program: &Program, node: NodeId) -> Vec<NodeId> {
    let Some(kind) = program.node(node).map(|node| &node.kind) else { return Vec::new() };
    match kind {
        NodeKind::Payment { due, continued, .. } => {
            std::iter::once(*due).chain(*continued).collect()
        }
        NodeKind::Timed { value, .. } => vec![*value],
        NodeKind::Use { root, .. } => vec![*root],
        NodeKind::Round(_, _, body)
        | NodeKind::Item(_, body)
        | NodeKind::Floor(body, _)
        | NodeKind::Cap(body, _) => vec![*body],
        NodeKind::Versions(versions) => versions.iter().map(|version| version.root).collect(),
        NodeKind::Default { base, exceptions } => {
            std::iter::once(*base).chain(exceptions.iter().map(|arm| arm.value)).collect()
        }
        NodeKind::Choose { arms, otherwise, .. } => {
            arms.iter().map(|arm| arm.value).chain(*otherwise).collect()
        }
        NodeKind::If { then, otherwise, .. } => vec![*then, *otherwise],
        NodeKind::IfAbsent(value, otherwise) => vec![*value, *otherwise],
        NodeKind::Extreme { operands, .. } => operands.clone(),
        _ => Vec::new(),
    }
}
