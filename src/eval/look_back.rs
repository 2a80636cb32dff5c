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
        let mut search = Search {
            program,
            known: vec![None; program.nodes.len()],
            open: vec![false; program.nodes.len()],
            recursive: false,
        };
        // Operands lie before their users, so going up the arena keeps the recursion shallow.
        let months = (0..program.nodes.len())
            .map(|at| NodeId(u32::try_from(at).unwrap_or(u32::MAX)))
            .filter(|node| live.contains(*node))
            .map(|node| search.months(node))
            .max()
            .unwrap_or(0);
        Self { months: months.min(MOST_MONTHS), recursive: search.recursive }
    }
}

struct Search<'a> {
    program: &'a Program,
    known: Vec<Option<u32>>,
    open: Vec<bool>,
    recursive: bool,
}

impl Search<'_> {
    fn months(&mut self, node: NodeId) -> u32 {
        let Ok(at) = usize::try_from(node.0) else { return 0 };
        if let Some(Some(months)) = self.known.get(at) {
            return *months;
        }
        if self.open.get(at).copied().unwrap_or(false) {
            self.recursive = true;
            return 0;
        }
        if let Some(open) = self.open.get_mut(at) {
            *open = true;
        }
        let program = self.program;
        let Some(kind) = program.node(node).map(|node| &node.kind) else { return 0 };
        let root = |definition| program.definition(definition).and_then(|found| found.root);
        let own = match kind {
            NodeKind::Shift(definition, months) => {
                months.saturating_add(root(*definition).map_or(0, |root| self.months(root)))
            }
            NodeKind::MonthsInARow(definition)
            | NodeKind::LastTime(definition)
            | NodeKind::SinceWhen { definition, .. } => {
                self.recursive = true;
                root(*definition).map_or(1, |root| self.months(root).saturating_add(1))
            }
            NodeKind::Earlier(months, body) => months.saturating_add(self.months(*body)),
            NodeKind::Window { kind, months, body } => {
                let back = match kind {
                    LookBackKind::EverWithin | LookBackKind::Consecutive => {
                        months.saturating_sub(1)
                    }
                    LookBackKind::EverBefore | LookBackKind::SumBefore => *months,
                };
                back.saturating_add(self.months(*body))
            }
            _ => 0,
        };
        let operands = kind.operands().into_iter().map(|operand| self.months(operand)).max();
        let months = own.max(operands.unwrap_or(0)).min(MOST_MONTHS);
        if let Some(known) = self.known.get_mut(at) {
            *known = Some(months);
        }
        if let Some(open) = self.open.get_mut(at) {
            *open = false;
        }
        months
    }
}
