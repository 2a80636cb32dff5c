//! 起发 and 停发: from which month on, and up to which, a monthly payment is paid.

use super::scope::Origin;
use super::{Context, Lowerer};
use crate::builtins::{self, Word};
use crate::hir::program::{DefinitionId, LayerId};
use crate::hir::{NodeId, NodeKind, QuestionDate, Term, error};
use crate::source::Span;
use crate::syntax::ast::{self, Comparison, Expr, ExprKind, TermClause};
use crate::types::Type;
use crate::value::{Dimension, Rational};

/// The clauses that hold for a payment, each with the layer that wrote it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Timing<'a> {
    starts: Option<(LayerId, &'a TermClause)>,
    stops: Option<(LayerId, &'a TermClause)>,
}

impl<'a> Lowerer<'a> {
    /// The clauses of the version of a decision that a payment stands in; those of a lower layer
    /// where it has written some.
    pub(super) fn timing(&self, entitlement: DefinitionId, payment: Span) -> Timing<'a> {
        let mut timing = Timing::default();
        let Some(Origin::Entitlement { versions, supplements, .. }) =
            self.origin(entitlement.0 as usize)
        else {
            return timing;
        };
        let holds = |whole: Span| {
            whole.source == payment.source && (whole.start..=whole.end).contains(&payment.start)
        };
        // A payment that a lower layer adds goes by the decision's first version.
        let version = versions.iter().find(|(_, node)| holds(node.span)).or(versions.first());
        let tails = version
            .map(|(layer, node)| (*layer, &node.tail))
            .into_iter()
            .chain(supplements.iter().map(|(layer, node)| (*layer, &node.tail)));
        for (layer, tail) in tails {
            timing.starts = tail.starts.as_ref().map(|clause| (layer, clause)).or(timing.starts);
            timing.stops = tail.stops.as_ref().map(|clause| (layer, clause)).or(timing.stops);
        }
        timing
    }

    /// A payment's formula within its term.
    pub(super) fn timed(
        &mut self,
        cx: Context,
        timing: Timing<'a>,
        value: NodeId,
        span: Span,
    ) -> NodeId {
        let terms = self.terms(cx, timing);
        if terms.is_empty() {
            return value;
        }
        let ty = self.ty(value);
        let monthly = ty.unit().is_some_and(|unit| unit.exponent(Dimension::Month) == -1);
        if !monthly {
            return value;
        }
        self.push(cx, NodeKind::Timed { value, terms }, ty, span)
    }

    /// Reports clauses of a decision none of whose payments is monthly.
    pub(super) fn check_term(&mut self, tail: &ast::DecisionTail, monthly: bool) {
        for clause in [&tail.starts, &tail.stops].into_iter().flatten() {
            if !monthly {
                self.report(error::term_without_months(clause.span));
            }
        }
    }

    fn terms(&mut self, cx: Context, timing: Timing<'a>) -> Vec<Term> {
        let mut terms = Vec::new();
        for (clause, is_stop) in [(timing.starts, false), (timing.stops, true)] {
            let Some((layer, clause)) = clause else { continue };
            let here = Context { layer, ..cx };
            for month in &clause.months {
                if is_stop && stops_after_conditions(month) {
                    continue;
                }
                terms.extend(self.term(here, clause, month, is_stop));
            }
        }
        terms
    }

    fn term(
        &mut self,
        cx: Context,
        clause: &TermClause,
        written: &Expr,
        is_stop: bool,
    ) -> Option<Term> {
        let span = written.span;
        if is_month_word(written) {
            let word = self.sources.slice(span).to_owned();
            self.report(error::term_without_day(span, &word, is_stop));
            return None;
        }
        let month = self.expr(cx, written, Some(&Type::Month));
        match self.ty(month) {
            Type::Month => {}
            Type::Error => return None,
            Type::Date => {
                let day = self.sources.slice(span).to_owned();
                self.report(error::term_is_a_day(span, &day, is_stop));
                return None;
            }
            _ => {
                self.expect(month, &Type::Month);
                return None;
            }
        }
        let period = NodeKind::QuestionDate(QuestionDate::Period);
        let period = self.push(cx, period, Type::Month, span);
        // Without its day a clause says nothing: the month is decided as if it were not there.
        let (otherwise, comparison) = if is_stop {
            let next = NodeKind::MonthOf { day: period, offset: 1 };
            (self.push(cx, next, Type::Month, span), Comparison::Less)
        } else {
            (period, Comparison::GreaterOrEqual)
        };
        let limit = if self.is_optional(month) {
            self.push(cx, NodeKind::IfAbsent(month, otherwise), Type::Month, span)
        } else {
            month
        };
        let compare = NodeKind::Compare(comparison, period, limit);
        let allows = self.push(cx, compare, Type::Bool, span);
        let label = if is_stop { "停发" } else { "起发" };
        let label = ast::Text { text: label.to_owned(), span };
        let item = self.item(cx, "", Some(&label), &clause.citations, clause.span);
        Some(Term { month, allows, item, is_stop })
    }

    /// What is paid in the month in which the conditions cease to hold, where 停发 says that
    /// payment stops only the month after: what was paid the month before.
    pub(super) fn continued(
        &mut self,
        cx: Context,
        timing: Timing<'a>,
        (entitlement, paid): (DefinitionId, DefinitionId),
        ty: &Type,
    ) -> Option<NodeId> {
        let (layer, clause) = timing.stops?;
        let written = clause.months.iter().find(|month| stops_after_conditions(month))?;
        let here = Context { layer, ..cx };
        let span = written.span;
        let condition = self.push(here, NodeKind::Shift(entitlement, 1), Type::Bool, span);
        let then = self.push(here, NodeKind::Shift(paid, 1), ty.clone(), span);
        let zero = crate::hir::Constant::Number(Rational::ZERO);
        let otherwise = self.constant(here, zero, ty.clone(), span);
        let kind = NodeKind::If { condition, then, otherwise };
        let value = self.push(here, kind, ty.clone(), span);
        let stops = Timing { starts: None, ..timing };
        Some(self.timed(here, stops, value, span))
    }

    /// The terms that a payment's formula stands within, where it is one for all versions.
    pub(super) fn terms_of(&self, due: DefinitionId) -> Vec<Term> {
        let root = self.program.definition(due).and_then(|found| found.root);
        let mut at = root;
        while let Some(node) = at.and_then(|at| self.program.node(at)) {
            at = match &node.kind {
                NodeKind::Payment { due, .. } => Some(*due),
                NodeKind::Versions(versions) => match versions.as_slice() {
                    [only] => Some(only.root),
                    _ => None,
                },
                NodeKind::Timed { terms, .. } => return terms.clone(),
                _ => None,
            };
        }
        Vec::new()
    }
}

/// 次月 or 当月 alone, which say nothing of the day that they go by.
fn is_month_word(expression: &Expr) -> bool {
    matches!(&expression.kind, ExprKind::Name(name) if matches!(
        builtins::word(&name.text),
        Some(Word::NextMonth | Word::SameMonth)
    ))
}

/// 不符合条件的次月
fn stops_after_conditions(expression: &Expr) -> bool {
    let ExprKind::Access { base, member, .. } = &expression.kind else { return false };
    let ExprKind::Name(word) = &base.kind else { return false };
    let is_next = matches!(&member.kind, ExprKind::Name(name)
        if builtins::word(&name.text) == Some(Word::NextMonth));
    is_next && matches!(word.text.as_str(), "不符合条件" | "no_longer_entitled")
}
