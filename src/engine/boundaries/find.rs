//! The boundaries of a program: limits of comparisons here, dates of change beside it.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, changes};
use super::reach::{Reach, depends_on_facts};
use super::{Boundaries, BoundaryKind, Key, Scale};
use crate::diagnostic::Bilingual;
use crate::engine::coverage::Naming;
use crate::eval::{Live, limit};
use crate::hir::{Node, NodeId, NodeKind, ParameterId, Program, Side};
use crate::source::{SourceMap, Span};
use crate::trace::tidy;
use crate::types::Type;

/// Where the boundaries of a program lie in its arena.
#[derive(Debug, Default)]
pub(in crate::engine) struct Found {
    /// By node and end.
    pub(super) limits: BTreeMap<(NodeId, usize), Key>,
    /// The nodes of each limit.
    pub(super) nodes: BTreeMap<Key, Vec<NodeId>>,
    /// Dates of change.
    pub(super) changes: BTreeMap<Key, Change>,
    /// Those that a choice between versions or exceptions has.
    pub(super) by_node: BTreeMap<NodeId, BTreeSet<Key>>,
    /// Those of the rows of one key of a parameter.
    pub(super) by_column: BTreeMap<(ParameterId, usize), BTreeSet<Key>>,
}

impl Found {
    pub(in crate::engine) fn of(
        program: &Program,
        sources: &SourceMap,
        boundaries: &mut Boundaries,
    ) -> Self {
        let roots = program.definitions.iter().filter_map(|definition| definition.root);
        let targets = program.targets.iter().map(|target| target.root);
        let measures = program.measures.iter();
        let counted =
            measures.flat_map(|measure| measure.filters.iter().copied().chain(measure.body));
        // What only a case expects is no boundary of the policy.
        let live = Live::of(program, &roots.chain(targets).chain(counted).collect::<Vec<_>>());
        let mut finder = Finder {
            program,
            sources,
            boundaries,
            depends: depends_on_facts(program),
            reach: Reach::of(program),
            items: program.items.iter().map(|item| item.span).collect(),
            terms: terms(program),
            found: Self::default(),
        };
        for id in live.order() {
            if let Some(node) = program.node(*id) {
                finder.limits(*id, node);
            }
        }
        let Finder { mut found, boundaries, .. } = finder;
        changes(program, &live, &mut found, boundaries);
        found
    }
}

/// The comparisons that 起发 and 停发 make.
fn terms(program: &Program) -> BTreeSet<NodeId> {
    let timed = program.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Timed { terms, .. } => Some(terms),
        _ => None,
    });
    timed.flatten().map(|term| term.allows).collect()
}

struct Finder<'a> {
    program: &'a Program,
    sources: &'a SourceMap,
    boundaries: &'a mut Boundaries,
    depends: Vec<bool>,
    reach: Reach,
    /// Where items stand: a comparison that has the place of a whole item was made for it.
    items: BTreeSet<Span>,
    terms: BTreeSet<NodeId>,
    found: Found,
}

impl Finder<'_> {
    fn limits(&mut self, id: NodeId, node: &Node) {
        match &node.kind {
            NodeKind::Compare(operator, one, other) if limit::has_limit(*operator) => {
                let kind = if self.terms.contains(&id) {
                    BoundaryKind::Term
                } else {
                    BoundaryKind::Comparison
                };
                if !self.items.contains(&node.span) {
                    self.limit((id, 0), kind, node.span, (*one, *other));
                }
            }
            NodeKind::Within { value, alternatives, .. } => {
                for (end, bound) in limit::ends(alternatives) {
                    // 期内 is an interval of its own making.
                    if self.program.node(bound).is_none_or(|bound| bound.span == node.span) {
                        continue;
                    }
                    self.limit((id, end), BoundaryKind::Interval, node.span, (*value, bound));
                }
            }
            NodeKind::Elapsed { on, .. } => {
                self.limit((id, 0), BoundaryKind::Period, node.span, (*on, *on));
            }
            _ => {}
        }
    }

    fn limit(
        &mut self,
        (id, end): (NodeId, usize),
        kind: BoundaryKind,
        span: Span,
        (one, other): (NodeId, NodeId),
    ) {
        let depends = |node: NodeId| self.depends.get(node.0 as usize).copied().unwrap_or(true);
        if kind != BoundaryKind::Period && !depends(one) && !depends(other) {
            return;
        }
        let scale = match self.program.node(one).map(|node| &node.ty) {
            Some(Type::Number(_)) => Scale::Number,
            Some(Type::Month) => Scale::Month,
            Some(Type::Date) => Scale::Day,
            _ => return,
        };
        let all = [Side::Below, Side::At, Side::Above];
        let mut sides = all.to_vec();
        if scale == Scale::Number {
            sides.retain(|side| self.reach.is_possible(one, other, *side));
        }
        let key = Key { span, kind, end };
        let mut text = tidy(self.sources.slice(span));
        if kind == BoundaryKind::Interval {
            let bound = self.program.node(other).map(|node| self.sources.slice(node.span));
            text = format!("{text}（{}）", bound.unwrap_or_default().trim());
        }
        let name = Naming(self.program).within(span, &text);
        let name = Bilingual::new(name.clone(), name);
        self.boundaries.declare(key.clone(), name, scale, &sides);
        self.found.nodes.entry(key.clone()).or_default().push(id);
        self.found.limits.insert((id, end), key);
    }
}
