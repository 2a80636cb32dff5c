//! Which nodes a question needs.

use std::sync::OnceLock;

use super::frame::index;
use crate::hir::{DefinitionId, NodeId, NodeKind, Program};
use crate::input::Case;

/// The nodes that some roots need, in this month or an earlier one.
#[derive(Clone, Debug)]
pub struct Live {
    nodes: Vec<bool>,
    /// The same, operands before their users.
    order: Vec<NodeId>,
    /// What each of them reads, in that order; looked up once.
    reads: OnceLock<Vec<Vec<NodeId>>>,
}

impl Live {
    /// All that these roots need.
    #[must_use]
    pub fn of(program: &Program, roots: &[NodeId]) -> Self {
        let mut nodes = vec![false; program.nodes.len()];
        let mut open: Vec<NodeId> = roots.to_vec();
        while let Some(node) = open.pop() {
            let Some(seen) = usize::try_from(node.0).ok().and_then(|at| nodes.get_mut(at)) else {
                continue;
            };
            if std::mem::replace(seen, true) {
                continue;
            }
            let kind = program.node(node).map(|node| &node.kind);
            open.extend(kind.into_iter().flat_map(|kind| reads(program, kind)));
        }
        Self::marked(nodes)
    }

    /// Those of them that depend on where something starts, in this month or an earlier one.
    #[must_use]
    pub(crate) fn depending(&self, program: &Program, starts: impl Fn(&NodeKind) -> bool) -> Self {
        self.depending_but_for(program, starts, |_, _| false)
    }

    /// The same without what depends on it by way of some nodes alone.
    #[must_use]
    pub(crate) fn depending_but_for(
        &self,
        program: &Program,
        starts: impl Fn(&NodeKind) -> bool,
        passes_on_nothing: impl Fn(NodeId, &NodeKind) -> bool,
    ) -> Self {
        let mut nodes = vec![false; program.nodes.len()];
        let kind = |id: &NodeId| program.node(*id).map(|node| &node.kind);
        let all_read = self.all_read(program);
        // Look-back may refer forward, so one pass in order is not always enough.
        loop {
            let (mut grew, mut forward) = (false, false);
            for (id, read) in self.order.iter().zip(all_read) {
                let at = index(id.0);
                let Some(kind) = kind(id) else { continue };
                forward |= read.iter().any(|read| *read > *id);
                let depends = |id: &NodeId| nodes.get(index(id.0)).copied().unwrap_or(false);
                if !depends(id)
                    && (starts(kind) || read.iter().any(depends))
                    && !passes_on_nothing(*id, kind)
                    && let Some(place) = nodes.get_mut(at)
                {
                    *place = true;
                    grew = true;
                }
            }
            if !grew || !forward {
                return Self::marked(nodes);
            }
        }
    }

    /// What each reads, in the order of the arena.
    fn all_read(&self, program: &Program) -> &[Vec<NodeId>] {
        self.reads.get_or_init(|| {
            let kind = |id: &NodeId| program.node(*id).map(|node| &node.kind);
            let read = |id| kind(id).map_or_else(Vec::new, |kind| reads(program, kind));
            self.order.iter().map(read).collect()
        })
    }

    /// The nodes with what each of them reads, in the order of the arena.
    pub(crate) fn with_reads<'a>(
        &'a self,
        program: &Program,
    ) -> impl Iterator<Item = (NodeId, &'a [NodeId])> {
        let all_read = self.all_read(program).iter().map(Vec::as_slice);
        self.order.iter().copied().zip(all_read)
    }

    /// Whether there are none.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// No node.
    pub(super) fn none() -> Self {
        Self::marked(Vec::new())
    }

    /// Every node.
    #[must_use]
    pub fn all(program: &Program) -> Self {
        Self::marked(vec![true; program.nodes.len()])
    }

    fn marked(nodes: Vec<bool>) -> Self {
        let live = (0_u32..).zip(&nodes).filter(|(_, needed)| **needed);
        let order = live.map(|(at, _)| NodeId(at)).collect();
        Self { nodes, order, reads: OnceLock::new() }
    }

    /// The nodes that are needed, in the order of the arena.
    pub(crate) fn order(&self) -> &[NodeId] {
        &self.order
    }

    /// What the policy's own decisions and payments need.
    #[must_use]
    pub fn of_decisions(program: &Program) -> Self {
        let mut roots = Vec::new();
        for decision in program.decisions.iter().filter(|decision| decision.own) {
            roots.extend(program.definition(decision.entitlement).and_then(|found| found.root));
            for payment in &decision.payments {
                let payment = program.payments.get(index(payment.0));
                let definition = payment.and_then(|payment| program.definition(payment.definition));
                roots.extend(definition.and_then(|definition| definition.root));
            }
        }
        Self::of(program, &roots)
    }

    /// How many values one evaluation of a case makes in a month.
    #[must_use]
    pub fn work(&self, program: &Program, case: &Case) -> usize {
        let needed = self.order.iter().filter_map(|id| program.node(*id));
        needed.map(|node| case.of(node.subject).len()).fold(0, usize::saturating_add)
    }

    /// Whether a node is needed.
    #[must_use]
    pub fn contains(&self, node: NodeId) -> bool {
        self.nodes.get(index(node.0)).copied().unwrap_or(false)
    }
}

/// All that a node reads, in this month or an earlier one.
fn reads(program: &Program, kind: &NodeKind) -> Vec<NodeId> {
    let mut read = kind.operands();
    if let NodeKind::Shift(definition, _)
    | NodeKind::MonthsInARow(definition)
    | NodeKind::LastTime(definition)
    | NodeKind::SinceWhen { definition, .. } = kind
    {
        read.extend(program.definition(*definition).and_then(|found| found.root));
        // 上次 asks of each month whether the decision held.
        let gate = program.paid_by(*definition).map(|(decision, _)| decision.entitlement);
        read.extend(gate.and_then(|gate| program.definition(gate)?.root));
    }
    if let NodeKind::If { condition, then, .. } = kind {
        read.extend(due_then(program, *condition, *then).map(|(_, _, due)| due));
    }
    read
}

/// Of `if entitled then, what was paid then`: the payment, how many months before that was, and the
/// node of the formula of what is due.
pub(super) fn due_then(
    program: &Program,
    condition: NodeId,
    then: NodeId,
) -> Option<(DefinitionId, u32, NodeId)> {
    let kind = |id| program.node(id).map(|node| &node.kind);
    let (NodeKind::Shift(entitlement, months), NodeKind::Shift(paid, same)) =
        (kind(condition)?, kind(then)?)
    else {
        return None;
    };
    let payment = program.payments.iter().find(|payment| payment.definition == *paid)?;
    let decision = program.decisions.get(index(payment.decision.0))?;
    if decision.entitlement != *entitlement || months != same {
        return None;
    }
    let mut root = program.definition(*paid)?.root?;
    while let NodeKind::Use { root: inner, .. } = kind(root)? {
        root = *inner;
    }
    // What 关系 make of a payment is another thing than its formula.
    let NodeKind::Payment { due, .. } = kind(root)? else { return None };
    Some((*paid, *months, *due))
}
