//! What decisions need of a program, found once for all cases.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::eval::{Live, LookBack};
use crate::hir::{Decision, DefinitionId, NodeId, Program};
#[cfg(feature = "repl")]
use crate::hir::{FieldId, NodeKind};
use crate::input::Case;
use crate::types::ObjectId;

/// What the decisions of a policy need: all of them, and each.
#[derive(Clone, Debug)]
pub(crate) struct Needs {
    live: Live,
    /// By decision.
    each: Vec<(DefinitionId, OnceLock<Arc<Need>>)>,
}

/// What one decision needs, with its payments.
#[derive(Debug)]
pub(crate) struct Need {
    pub(super) decision: DefinitionId,
    pub(super) live: Live,
    pub(super) look_back: LookBack,
    /// How many of the nodes are about each kind of thing.
    about: BTreeMap<ObjectId, usize>,
    /// The facts among them.
    #[cfg(feature = "repl")]
    facts: Vec<FieldId>,
}

impl Needs {
    /// Of a policy's own decisions and payments.
    pub(crate) fn of(program: &Program) -> Self {
        let decisions = program.decisions.iter();
        let each = decisions.map(|decision| (decision.entitlement, OnceLock::new())).collect();
        Self { live: Live::of_decisions(program), each }
    }

    /// The nodes that the policy's own decisions need.
    pub(crate) fn live(&self) -> &Live {
        &self.live
    }

    pub(crate) fn of_one(&self, program: &Program, decision: &Decision) -> Arc<Need> {
        let known = self.each.iter().find(|(id, _)| *id == decision.entitlement);
        let find = || Arc::new(Need::of(program, decision));
        known.map_or_else(find, |(_, need)| Arc::clone(need.get_or_init(find)))
    }
}

impl Need {
    pub(super) fn of(program: &Program, decision: &Decision) -> Self {
        let paid = decision.payments.iter().filter_map(|id| program.payments.get(id.0 as usize));
        let needed = paid.map(|paid| paid.definition).chain([decision.entitlement]);
        let root = |id| program.definition(id).and_then(|found| found.root);
        let live = Live::of(program, &needed.filter_map(root).collect::<Vec<NodeId>>());
        let mut about = BTreeMap::new();
        for node in live.order().iter().filter_map(|id| program.node(*id)) {
            let count: &mut usize = about.entry(node.subject).or_default();
            *count = count.saturating_add(1);
        }
        Self {
            decision: decision.entitlement,
            look_back: LookBack::of(program, &live),
            about,
            #[cfg(feature = "repl")]
            facts: facts_of(program, &live),
            live,
        }
    }

    /// Whether it reads one of some facts.
    #[cfg(feature = "repl")]
    pub(crate) fn reads(&self, is_one: impl Fn(FieldId) -> bool) -> bool {
        self.facts.iter().copied().any(is_one)
    }

    /// How many values one evaluation of a case makes in a month.
    pub(super) fn work(&self, case: &Case) -> usize {
        let values = self.about.iter().map(|(of, count)| count.saturating_mul(case.of(*of).len()));
        values.fold(0, usize::saturating_add)
    }
}

/// The facts among some nodes.
#[cfg(feature = "repl")]
fn facts_of(program: &Program, live: &Live) -> Vec<FieldId> {
    let kinds = live.order().iter().filter_map(|id| program.node(*id)).map(|node| &node.kind);
    let facts = kinds.filter_map(|kind| match kind {
        NodeKind::Fact(field) => Some(*field),
        _ => None,
    });
    facts.collect()
}
