//! How many earlier months a program has to look at.

use super::live::Live;
use crate::hir::{NodeId, NodeKind, Program};
use crate::input::Case;
use crate::syntax::ast::LookBackKind;
use crate::value::YearMonth;

/// The most months that look-back ever goes back.
pub(crate) const MOST_MONTHS: u32 = 120;

/// What a program needs of earlier months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LookBack {
    /// So many months before the one asked, by windows and shifts.
    pub months: u32,
    /// Whether something looks back at itself, and so as far as there are facts.
    pub recursive: bool,
}

impl LookBack {
    /// How many months are evaluated for a case, the one asked among them.
    #[must_use]
    pub fn frames(&self, case: &Case, period: YearMonth) -> u32 {
        if !self.recursive {
            return self.months.saturating_add(1);
        }
        let known = case.first_month().map_or(0, |first| period.months_since(first));
        let known = u32::try_from(known).unwrap_or(0);
        self.months.max(known).clamp(1, MOST_MONTHS).saturating_add(1)
    }

    /// Of the live nodes of a program.
    #[must_use]
    pub fn of(program: &Program, live: &Live) -> Self {
        if !program.nodes.iter().any(|node| looks_back(&node.kind)) {
            return Self::default();
        }
        let mut search = Search {
            program,
            known: vec![None; program.nodes.len()],
            met: vec![None; program.nodes.len()],
            open: Vec::new(),
            next: 0,
            recursive: false,
        };
        // Operands lie before their users, so going up the arena keeps the recursion shallow.
        let nodes =
            (0..program.nodes.len()).map(|at| NodeId(u32::try_from(at).unwrap_or(u32::MAX)));
        let mut months = 0;
        for node in nodes.filter(|node| live.contains(*node)) {
            if search.met(node).is_none() {
                search.visit(node);
            }
            months = months.max(search.known(node).unwrap_or(0));
        }
        Self { months: months.min(MOST_MONTHS), recursive: search.recursive }
    }
}

/// Whether a node reads another month than its own.
fn looks_back(kind: &NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::Shift(..)
            | NodeKind::MonthsInARow(_)
            | NodeKind::LastTime(_)
            | NodeKind::SinceWhen { .. }
            | NodeKind::Earlier(..)
            | NodeKind::Window { .. }
    )
}

/// Finds what looks back at itself (Tarjan), so that how far a program reaches does not depend on the
/// order of its texts.
struct Search<'a> {
    program: &'a Program,
    /// By node: how far it reaches, once that is known.
    known: Vec<Option<u32>>,
    /// By node: when it was met.
    met: Vec<Option<u32>>,
    /// Those that were met and whose circle is not closed yet.
    open: Vec<NodeId>,
    next: u32,
    recursive: bool,
}

impl Search<'_> {
    fn known(&self, node: NodeId) -> Option<u32> {
        self.known.get(usize::try_from(node.0).ok()?).copied().flatten()
    }

    fn met(&self, node: NodeId) -> Option<u32> {
        self.met.get(usize::try_from(node.0).ok()?).copied().flatten()
    }

    /// The first met of those that a node leads to and that lead to it.
    fn visit(&mut self, node: NodeId) -> u32 {
        let number = self.next;
        self.next = self.next.saturating_add(1);
        if let Some(met) = usize::try_from(node.0).ok().and_then(|at| self.met.get_mut(at)) {
            *met = Some(number);
        }
        self.open.push(node);
        let mut first = number;
        for (_, to) in self.reads(node).1 {
            first = match self.met(to) {
                None => first.min(self.visit(to)),
                Some(met) if self.known(to).is_none() => first.min(met),
                Some(_) => first,
            };
        }
        if first == number {
            let from = self.open.iter().rposition(|open| *open == node).unwrap_or(0);
            let circle = self.open.split_off(from);
            self.close(&circle);
        }
        first
    }

    /// How far nodes reach that lead to each other: once round, and as far as what they read besides.
    fn close(&mut self, circle: &[NodeId]) {
        let (mut round, mut besides) = (0_u32, 0_u32);
        for node in circle {
            let (own, reads) = self.reads(*node);
            besides = besides.max(own);
            for (months, to) in reads {
                match self.known(to) {
                    Some(known) => besides = besides.max(months.saturating_add(known)),
                    None => {
                        self.recursive = true;
                        round = round.max(months);
                    }
                }
            }
        }
        let months = round.saturating_add(besides).min(MOST_MONTHS);
        for node in circle {
            if let Some(known) = usize::try_from(node.0).ok().and_then(|at| self.known.get_mut(at))
            {
                *known = Some(months);
            }
        }
    }

    /// How far a node looks back where there is nothing to read, and what it reads, so many months
    /// before.
    fn reads(&mut self, node: NodeId) -> (u32, Vec<(u32, NodeId)>) {
        let program = self.program;
        let Some(kind) = program.node(node).map(|node| &node.kind) else { return (0, Vec::new()) };
        let root = |definition| program.definition(definition).and_then(|found| found.root);
        let mut reads: Vec<(u32, NodeId)> =
            kind.operands().into_iter().map(|operand| (0, operand)).collect();
        let mut own = 0;
        match kind {
            NodeKind::Shift(definition, months) => match root(*definition) {
                Some(root) => reads.push((*months, root)),
                None => own = *months,
            },
            NodeKind::MonthsInARow(definition)
            | NodeKind::LastTime(definition)
            | NodeKind::SinceWhen { definition, .. } => {
                self.recursive = true;
                match root(*definition) {
                    Some(root) => reads.push((1, root)),
                    None => own = 1,
                }
            }
            NodeKind::Earlier(months, body) => reads.push((*months, *body)),
            NodeKind::Window { kind, months, body } => {
                let back = match kind {
                    LookBackKind::EverWithin | LookBackKind::Consecutive => {
                        months.saturating_sub(1)
                    }
                    LookBackKind::EverBefore | LookBackKind::SumBefore => *months,
                };
                reads.push((back, *body));
            }
            _ => {}
        }
        (own, reads)
    }
}
