//! Ranges: of facts and parameters, of 属于 and the cells of tables, of what may be decided.

use std::cmp::Ordering;

use super::{Context, Lowerer};
use crate::hir::{Alternative, Constant, NodeId, NodeKind, error};
use crate::source::Span;
use crate::syntax::ast;
use crate::types::Type;

/// An end of a range, and whether it is in.
type End = Option<(NodeId, bool)>;

impl Lowerer<'_> {
    /// `0元至5000元`, both ends in; no upper end where the range is open above.
    pub(super) fn literal_range(
        &mut self,
        range: &ast::LiteralRange,
        ty: &Type,
    ) -> Option<(Constant, Option<Constant>)> {
        let low = self.literal_constant(&range.low, ty)?;
        let Some(high) = &range.high else { return Some((low, None)) };
        let high = self.literal_constant(high, ty)?;
        if ordered(low, high) == Some(Ordering::Greater) {
            self.report(error::empty_range(range.span, self.sources.slice(range.span), false));
            return None;
        }
        Some((low, Some(high)))
    }

    /// The alternatives of 属于 and of table cells.
    pub(super) fn alternatives(
        &mut self,
        cx: Context,
        ranges: &[ast::Range],
        value: NodeId,
    ) -> Vec<Alternative> {
        let ty = self.ty(value);
        let mut alternatives = Vec::new();
        for range in ranges {
            match &range.kind {
                ast::RangeKind::Value(expr) => {
                    let node = self.value_of_type(cx, expr, &ty);
                    alternatives.push(Alternative::Value(node));
                }
                ast::RangeKind::Interval { low, high } => {
                    let mut bound = |bound: &Option<ast::Bound>| {
                        bound.as_ref().map(|bound| {
                            (self.value_of_type(cx, &bound.value, &ty), bound.inclusive)
                        })
                    };
                    let (low, high) = (bound(low), bound(high));
                    self.holds_something([low, high], range.span);
                    alternatives.push(Alternative::Interval { low, high });
                }
            }
        }
        alternatives
    }

    /// Whether there is anything between two ends, as far as can be told; where there is not, that is
    /// reported.
    pub(super) fn holds_something(&mut self, [low, high]: [End; 2], span: Span) -> bool {
        let constant = |(node, _): (NodeId, bool)| match &self.program.node(node)?.kind {
            NodeKind::Constant(constant) => Some(*constant),
            _ => None,
        };
        let order = low.and_then(constant).zip(high.and_then(constant));
        let order = order.and_then(|(low, high)| ordered(low, high));
        let both_in = [low, high].iter().flatten().all(|(_, inclusive)| *inclusive);
        let is_empty = match order {
            Some(Ordering::Greater) => true,
            Some(Ordering::Equal) => !both_in,
            Some(Ordering::Less) | None => false,
        };
        if is_empty {
            let same = order == Some(Ordering::Equal);
            self.report(error::empty_range(span, self.sources.slice(span), same));
        }
        !is_empty
    }
}

fn ordered(low: Constant, high: Constant) -> Option<Ordering> {
    match (low, high) {
        (Constant::Number(low), Constant::Number(high)) => Some(low.cmp(&high)),
        (Constant::Date(low), Constant::Date(high)) => Some(low.cmp(&high)),
        (Constant::Month(low), Constant::Month(high)) => Some(low.cmp(&high)),
        _ => None,
    }
}
