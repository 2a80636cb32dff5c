//! Which nodes depend on what is varied.

use super::grid::Variable;
use crate::eval::Live;
use crate::hir::{DefinitionKind, NodeId, NodeKind, Program, QuestionDate};

/// The live nodes that depend on what is varied, in this month or an earlier one.
#[derive(Clone, Debug)]
pub(crate) struct Touched {
    nodes: Vec<bool>,
    any: bool,
}

impl Touched {
    pub(crate) fn of(program: &Program, live: &Live, variable: Variable) -> Self {
        let mut touched = Self { nodes: vec![false; program.nodes.len()], any: false };
        // Look-back may refer forward, so one pass in order is not always enough.
        loop {
            let mut grew = false;
            for (at, node) in program.nodes.iter().enumerate() {
                let id = NodeId(u32::try_from(at).unwrap_or(u32::MAX));
                if touched.contains(id) || !live.contains(id) {
                    continue;
                }
                let starts = match (&node.kind, variable) {
                    (
                        NodeKind::Fact(field),
                        Variable::Number(varied, _) | Variable::Day(varied, _),
                    ) => *field == varied,
                    (NodeKind::QuestionDate(date), Variable::Time) => {
                        *date == QuestionDate::Assessment
                    }
                    (NodeKind::FixedDay { of: None, .. }, Variable::Time) => true,
                    _ => false,
                };
                if starts || sources(program, &node.kind).into_iter().any(|id| touched.contains(id))
                {
                    if let Some(place) = touched.nodes.get_mut(at) {
                        *place = true;
                    }
                    (touched.any, grew) = (true, true);
                }
            }
            if !grew {
                return touched;
            }
        }
    }

    pub(crate) fn contains(&self, node: NodeId) -> bool {
        self.nodes.get(super::pass::index(node.0)).copied().unwrap_or(false)
    }

    /// Whether anything depends on it.
    pub(crate) fn any(&self) -> bool {
        self.any
    }
}

/// All that a node reads, in this month or an earlier one.
fn sources(program: &Program, kind: &NodeKind) -> Vec<NodeId> {
    let mut sources = kind.operands();
    if let NodeKind::Shift(definition, _)
    | NodeKind::MonthsInARow(definition)
    | NodeKind::LastTime(definition)
    | NodeKind::SinceWhen { definition, .. } = kind
    {
        let found = program.definition(*definition);
        sources.extend(found.and_then(|found| found.root));
        if let Some(DefinitionKind::Payment(payment)) = found.map(|found| found.kind) {
            let payment = program.payments.get(super::pass::index(payment.0));
            let decision = payment
                .and_then(|payment| program.decisions.get(super::pass::index(payment.decision.0)));
            let gate = decision.and_then(|decision| program.definition(decision.entitlement));
            sources.extend(gate.and_then(|gate| gate.root));
        }
    }
    sources
}
