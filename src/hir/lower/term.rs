//! 起发 and 停发: from which month on, and up to which, a monthly payment is paid.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::scope::Origin;
use super::supplement::{is_never, within};
use super::version::together;
use super::{Context, Lowerer};
use crate::builtins::{self, Word};
use crate::hir::program::{DefinitionId, LayerId};
use crate::hir::{NodeId, NodeKind, QuestionDate, Term, Validity, Version, error};
use crate::source::Span;
use crate::syntax::ast::{self, Comparison, Expr, ExprKind, TermClause};
use crate::types::Type;
use crate::value::{Dimension, Rational};

/// A clause, the layer that wrote it, and what the supplement that it stands in cites at its head.
#[derive(Clone, Copy, Debug)]
struct Clause<'a> {
    layer: LayerId,
    written: &'a TermClause,
    head: &'a [ast::Citation],
}

/// The clauses that hold for a payment while no one before this does.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Timing<'a> {
    during: Validity,
    starts: Option<Clause<'a>>,
    stops: Option<Clause<'a>>,
}

impl Timing<'_> {
    /// The layers that wrote its clauses.
    pub(super) fn layers(&self) -> impl Iterator<Item = LayerId> + use<> {
        [self.starts, self.stops]
            .map(|clause| clause.map(|clause| clause.layer))
            .into_iter()
            .flatten()
    }
}

/// A payment in one of its versions: while it is in force, and its clauses.
pub(super) type TimedVersion<'a> = (LayerId, Validity, Vec<Timing<'a>>);

impl<'a> Lowerer<'a> {
    /// The clauses of the version of a decision that a payment stands in, and those that supplements
    /// have written, each while its supplement holds. The first in force is meant; the last always is.
    pub(super) fn timing(
        &mut self,
        entitlement: DefinitionId,
        payment: Span,
        version: Validity,
    ) -> Vec<Timing<'a>> {
        let Some(Origin::Entitlement { versions, supplements, .. }) =
            self.origin(entitlement.0 as usize)
        else {
            return vec![Timing::default()];
        };
        let holds = |whole: Span| {
            whole.source == payment.source && (whole.start..=whole.end).contains(&payment.start)
        };
        let mut added = Vec::new();
        for (layer, node) in &supplements {
            let tail = &node.tail;
            let while_held = self.supplement_holds(*layer, &tail.modifiers, node.span);
            added.push((*layer, while_held, tail));
        }
        let mut found = Vec::new();
        if let Some((layer, node)) = versions.iter().find(|(_, node)| holds(node.span)) {
            let own = (*layer, Validity::default(), &node.tail);
            found = timings(own, &added);
        } else {
            // A payment that a lower layer adds goes by the version of the decision in force.
            let mut dated = Vec::new();
            for (layer, node) in &versions {
                let head = &node.tail.modifiers;
                let validity = self.validity(head.in_force.as_ref(), *layer, node.span);
                dated.push((*layer, validity, &node.tail));
            }
            dated.sort_by_key(|(layer, validity, _)| rank(*layer, validity));
            for own in dated {
                found.extend(timings(own, &added));
            }
        }
        in_turn(found, version)
    }

    /// A payment's formula within its term.
    pub(super) fn timed(
        &mut self,
        cx: Context,
        timings: &[Timing<'a>],
        value: NodeId,
        span: Span,
    ) -> NodeId {
        let ty = self.ty(value);
        let is_monthly = ty.unit().is_some_and(|unit| unit.exponent(Dimension::Month) == -1);
        let mut known = BTreeMap::new();
        let mut versions = Vec::new();
        for timing in timings {
            let terms = self.terms(cx, timing, &mut known);
            let root = if terms.is_empty() || !is_monthly {
                value
            } else {
                self.push(cx, NodeKind::Timed { value, terms }, ty.clone(), span)
            };
            versions.push(Version { validity: timing.during, root });
        }
        self.in_force(cx, versions, value, &ty, span)
    }

    /// What the first of several that is in force says; the same thing where all say it.
    fn in_force(
        &mut self,
        cx: Context,
        versions: Vec<Version>,
        otherwise: NodeId,
        ty: &Type,
        span: Span,
    ) -> NodeId {
        let Some(first) = versions.first().map(|version| version.root) else { return otherwise };
        if versions.iter().all(|version| version.root == first) {
            return first;
        }
        self.push(cx, NodeKind::Versions(versions), ty.clone(), span)
    }

    /// Reports clauses of a decision none of whose payments is monthly.
    pub(super) fn check_term(&mut self, tail: &ast::DecisionTail, monthly: bool) {
        for clause in [&tail.starts, &tail.stops].into_iter().flatten() {
            if !monthly {
                self.report(error::term_without_months(clause.span));
            }
        }
    }

    /// Reports two supplements of one layer that both write a clause for the same days.
    pub(super) fn check_terms_apart(
        &mut self,
        supplements: &[(LayerId, &'a ast::SupplementDecision)],
    ) {
        type Of = fn(&ast::DecisionTail) -> Option<&TermClause>;
        let clauses: [(Of, &str); 2] =
            [(|tail| tail.starts.as_ref(), "起发"), (|tail| tail.stops.as_ref(), "停发")];
        for (clause, name) in clauses {
            let mut written: Vec<(LayerId, Validity, Span)> = Vec::new();
            for (layer, node) in supplements {
                let Some(span) = clause(&node.tail).map(|clause| clause.span) else { continue };
                let during = self.supplement_holds(*layer, &node.tail.modifiers, node.span);
                // The later of two that are both in force is the one that holds.
                let clash = written.iter().find(|(other, validity, _)| {
                    other == layer
                        && together(validity, &during)
                        && rank(*other, validity) == rank(*layer, &during)
                });
                if let Some((_, _, first)) = clash {
                    self.report(error::version_overlap(span, name, *first));
                }
                written.push((*layer, during, span));
            }
        }
    }

    /// The terms of clauses; those of a clause that several versions share are made once.
    fn terms(
        &mut self,
        cx: Context,
        timing: &Timing<'a>,
        known: &mut BTreeMap<Span, Vec<Term>>,
    ) -> Vec<Term> {
        let mut terms = Vec::new();
        for (clause, is_stop) in [(timing.starts, false), (timing.stops, true)] {
            let Some(clause) = clause else { continue };
            if let Some(made) = known.get(&clause.written.span) {
                terms.extend(made.iter().copied());
                continue;
            }
            let here = Context { layer: clause.layer, ..cx };
            let months = clause.written.months.iter();
            let months = months.filter(|month| !(is_stop && stops_after_conditions(month)));
            let made: Vec<Term> =
                months.filter_map(|month| self.term(here, clause, month, is_stop)).collect();
            terms.extend(made.iter().copied());
            known.insert(clause.written.span, made);
        }
        terms
    }

    fn term(
        &mut self,
        cx: Context,
        clause: Clause<'_>,
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
        let own = clause.written.citations.as_slice();
        let cited = if own.is_empty() { clause.head } else { own };
        let item = self.item(cx, "", Some(&label), cited, clause.written.span);
        Some(Term { month, allows, item, is_stop })
    }

    /// What is paid in the month in which the conditions cease to hold, where 停发 says that
    /// payment stops only the month after: what was paid the month before. Nothing where no version
    /// of the payment says so.
    pub(super) fn continued(
        &mut self,
        cx: Context,
        mut payments: Vec<TimedVersion<'a>>,
        of: (DefinitionId, DefinitionId),
        ty: &Type,
    ) -> Option<NodeId> {
        payments.sort_by_key(|(layer, validity, _)| rank(*layer, validity));
        let mut stops: Vec<Timing<'a>> = Vec::new();
        for (_, validity, timings) in payments {
            stops.extend(timings.into_iter().map(|timing| Timing {
                during: validity.and(&timing.during),
                starts: None,
                stops: timing.stops.filter(|clause| continues(clause.written).is_some()),
            }));
        }
        let span = stops.iter().find_map(|timing| timing.stops)?.written.span;
        let zero = crate::hir::Constant::Number(Rational::ZERO);
        let zero = self.constant(cx, zero, ty.clone(), span);
        let mut known: BTreeMap<Option<Span>, NodeId> = BTreeMap::from([(None, zero)]);
        let mut versions = Vec::new();
        for timing in stops {
            let at = timing.stops.map(|clause| clause.written.span);
            let root = match known.get(&at) {
                Some(made) => *made,
                None => self.month_more(cx, &timing, of, (zero, ty)),
            };
            known.insert(at, root);
            versions.push(Version { validity: timing.during, root });
        }
        // While no version is in force nobody is entitled, and nobody was.
        if versions.iter().any(|version| Some(version.root) != versions.first().map(|v| v.root)) {
            versions.push(Version { validity: Validity::default(), root: zero });
        }
        Some(self.in_force(cx, versions, zero, ty, span))
    }

    /// What was paid the month before to whom was entitled then, within the other months of 停发.
    fn month_more(
        &mut self,
        cx: Context,
        timing: &Timing<'a>,
        (entitlement, paid): (DefinitionId, DefinitionId),
        (otherwise, ty): (NodeId, &Type),
    ) -> NodeId {
        let Some((layer, written)) =
            timing.stops.and_then(|clause| Some((clause.layer, continues(clause.written)?)))
        else {
            return otherwise;
        };
        let here = Context { layer, ..cx };
        let span = written.span;
        let condition = self.push(here, NodeKind::Shift(entitlement, 1), Type::Bool, span);
        let then = self.push(here, NodeKind::Shift(paid, 1), ty.clone(), span);
        let kind = NodeKind::If { condition, then, otherwise };
        let value = self.push(here, kind, ty.clone(), span);
        self.timed(here, std::slice::from_ref(timing), value, span)
    }

    /// A value within the terms of a payment, version by version.
    pub(super) fn within_terms(&mut self, cx: Context, payment: NodeId, value: NodeId) -> NodeId {
        let Some(node) = self.program.node(payment) else { return value };
        let (layer, span, ty) = (node.layer, self.span(value), self.ty(value));
        match node.kind.clone() {
            NodeKind::Payment { due, .. } => self.within_terms(cx, due, value),
            NodeKind::Timed { terms, .. } => {
                self.push(cx, NodeKind::Timed { value, terms }, ty, span)
            }
            NodeKind::Versions(versions) => {
                if let [only] = versions.as_slice() {
                    return self.within_terms(cx, only.root, value);
                }
                let mut built: Vec<Version> = Vec::new();
                for Version { validity, root } in versions {
                    let root = self.within_terms(cx, root, value);
                    built.push(Version { validity, root });
                }
                // Where no version is in force the decision does not hold.
                built.push(Version { validity: Validity::default(), root: value });
                self.in_force(Context { layer, ..cx }, built, value, &ty, span)
            }
            _ => value,
        }
    }
}

/// Which of several that are in force holds: the deepest, then the latest.
fn rank(
    layer: LayerId,
    validity: &Validity,
) -> (Reverse<LayerId>, Reverse<Option<crate::value::Date>>) {
    (Reverse(layer), Reverse(validity.published.or(validity.from)))
}

/// A text that may have clauses, its layer, and while it holds.
type Tail<'a> = (LayerId, Validity, &'a ast::DecisionTail);

/// The clauses of one version of a decision and of its supplements, the one that holds first.
fn timings<'a>((own_layer, validity, own): Tail<'a>, added: &[Tail<'a>]) -> Vec<Timing<'a>> {
    type Of = fn(&ast::DecisionTail) -> Option<&TermClause>;
    let said = |of: Of| {
        let all =
            std::iter::once((own_layer, Validity::default(), own)).chain(added.iter().copied());
        let clause = |(layer, holds, tail): Tail<'a>| {
            let head = if layer == own_layer { &[][..] } else { tail.citations.as_slice() };
            Some((holds, Some(Clause { layer, written: of(tail)?, head })))
        };
        let mut found: Vec<(Validity, Option<Clause<'a>>)> = all.filter_map(clause).collect();
        found.sort_by_key(|(holds, clause)| clause.map(|clause| rank(clause.layer, holds)));
        found.into_iter().chain([(Validity::default(), None)]).collect::<Vec<_>>()
    };
    let (starts, stops) = (said(|tail| tail.starts.as_ref()), said(|tail| tail.stops.as_ref()));
    let mut found = Vec::new();
    for (one, starts) in starts {
        for (other, stops) in &stops {
            let during = validity.and(&one).and(other);
            found.push(Timing { during, starts, stops: *stops });
        }
    }
    found
}

/// Those that can hold in a version that is in force so long, up to the one that does always.
fn in_turn(found: Vec<Timing<'_>>, version: Validity) -> Vec<Timing<'_>> {
    let mut kept = Vec::new();
    for timing in found {
        if is_never(version.and(&timing.during)) {
            continue;
        }
        let during = within(version, timing.during);
        kept.push(Timing { during, ..timing });
        if during == Validity::default() {
            return kept;
        }
    }
    kept.push(Timing::default());
    kept
}

/// 不符合条件的次月 among the months of a clause.
fn continues(clause: &TermClause) -> Option<&Expr> {
    clause.months.iter().find(|month| stops_after_conditions(month))
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
