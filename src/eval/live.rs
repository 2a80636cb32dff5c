//! Which nodes a question needs.

use crate::hir::{NodeId, NodeKind, Program};
use crate::input::Case;

/// The nodes that some roots need, in this month or an earlier one.
#[derive(Clone, Debug)]
pub struct Live {
    nodes: Vec<bool>,
    /// The same, operands before their users.
    order: Vec<NodeId>,
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
            let Some(kind) = program.node(node).map(|node| &node.kind) else { continue };
            open.extend(kind.operands());
            if let NodeKind::Shift(definition, _)
            | NodeKind::MonthsInARow(definition)
            | NodeKind::LastTime(definition)
            | NodeKind::SinceWhen { definition, .. } = kind
            {
                let found = program.definition(*definition);
                open.extend(found.and_then(|found| found.root));
                // 上次 asks of each month whether the decision held.
                if let Some(crate::hir::DefinitionKind::Payment(payment)) = found.map(|f| f.kind) {
                    let gate = usize::try_from(payment.0)
                        .ok()
                        .and_then(|at| program.payments.get(at))
                        .and_then(|payment| {
                            program.decisions.get(usize::try_from(payment.decision.0).ok()?)
                        })
                        .and_then(|decision| program.definition(decision.entitlement)?.root);
                    open.extend(gate);
                }
            }
        }
        Self::marked(nodes)
    }

    /// Every node.
    #[must_use]
    pub fn all(program: &Program) -> Self {
        Self::marked(vec![true; program.nodes.len()])
    }

    fn marked(nodes: Vec<bool>) -> Self {
        let live = (0_u32..).zip(&nodes).filter(|(_, needed)| **needed);
        let order = live.map(|(at, _)| NodeId(at)).collect();
        Self { nodes, order }
    }

    /// The nodes that are needed, in the order of the arena.
    pub(super) fn order(&self) -> &[NodeId] {
        &self.order
    }

    /// What the policy's own decisions and payments need.
    #[must_use]
    pub fn of_decisions(program: &Program) -> Self {
        let index = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
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
        let needed = program.nodes.iter().zip(&self.nodes).filter(|(_, needed)| **needed);
        needed.map(|(node, _)| case.of(node.subject).len()).fold(0, usize::saturating_add)
    }

    /// Whether a node is needed.
    #[must_use]
    pub fn contains(&self, node: NodeId) -> bool {
        usize::try_from(node.0).ok().and_then(|at| self.nodes.get(at)).copied().unwrap_or(false)
    }
}
