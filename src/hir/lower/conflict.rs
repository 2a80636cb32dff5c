//! What a list of items or exceptions leaves open, and where two of them cannot both be right.

use super::Lowerer;
use super::version::together;
use crate::diagnostic::Bilingual;
use crate::hir::cover::Cover;
use crate::hir::program::FieldId;
use crate::hir::{Arm, Constant, ExceptionArm, ItemId, NodeId, NodeKind, error};
use crate::source::Span;
use crate::syntax::ast::{BinaryOperator, Combine};
use crate::value::Rational;

/// How many ways that are left open are named.
const MOST_GAPS: usize = 4;

/// An amount as a multiple of one thing, or a plain value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Amount {
    Plain(Constant),
    /// So many times a fact; it may be anything but in a case where the fact is nothing.
    OfFact(Rational, FieldId),
}

impl Lowerer<'_> {
    /// Reports what the items do not cover, where nothing is said for the rest.
    pub(super) fn check_rest(&mut self, arms: &[Arm], span: Span) {
        let conditions: Vec<Option<NodeId>> = arms.iter().map(|arm| arm.condition).collect();
        let broken = conditions.iter().flatten().any(|node| self.ty(*node).is_error());
        if broken || conditions.contains(&None) {
            return;
        }
        match Cover::of(&self.program, &conditions).gaps(MOST_GAPS) {
            Some(gaps) if gaps.is_empty() => {}
            gaps => self.report(error::needs_otherwise(span, &gaps.unwrap_or_default())),
        }
    }

    /// Reports two items of a 唯一 list that can hold together and do not give the same.
    pub(super) fn check_items(&mut self, combine: Combine, arms: &[Arm]) {
        if combine != Combine::Unique {
            return;
        }
        for (at, second) in arms.iter().enumerate() {
            for first in arms.iter().take(at) {
                let pair = [first, second].map(|arm| (arm.item, arm.condition, arm.value));
                self.check_pair(pair, &[], false);
            }
        }
    }

    /// Reports two exceptions, neither of which ranks above the other, that can hold together and
    /// do not give the same.
    pub(super) fn check_exceptions(&mut self, arms: &[ExceptionArm]) {
        for (at, second) in arms.iter().enumerate() {
            for (before, first) in arms.iter().take(at).enumerate() {
                let ranked = second.beats.contains(&before) || first.beats.contains(&at);
                if ranked || !together(&first.validity, &second.validity) {
                    continue;
                }
                // A third that beats one of the two where both hold settles it.
                let beating: Vec<Option<NodeId>> = arms
                    .iter()
                    .filter(|arm| arm.beats.contains(&before) || arm.beats.contains(&at))
                    .map(|arm| arm.condition)
                    .collect();
                let pair = [first, second].map(|arm| (arm.item, arm.condition, arm.value));
                self.check_pair(pair, &beating, true);
            }
        }
    }

    fn check_pair(
        &mut self,
        [first, second]: [(ItemId, Option<NodeId>, NodeId); 2],
        others: &[Option<NodeId>],
        ranks: bool,
    ) {
        let differ = match (self.amount(first.2), self.amount(second.2)) {
            (Some(first), Some(second)) => first != second,
            _ => return,
        };
        let broken = [first.1, second.1].into_iter().flatten().any(|n| self.ty(n).is_error());
        if !differ || broken {
            return;
        }
        let conditions: Vec<Option<NodeId>> =
            [first.1, second.1].into_iter().chain(others.iter().copied()).collect();
        let places: Vec<usize> = (2..conditions.len()).collect();
        let cover = Cover::of(&self.program, &conditions);
        // What they give must be free to differ wherever the conditions both hold.
        let decided = cover.facts();
        let is_tied = |node: NodeId| matches!(self.amount(node), Some(Amount::OfFact(_, field)) if decided.contains(&field));
        if is_tied(first.2) || is_tied(second.2) {
            return;
        }
        let Some(overlap) = cover.both((0, 1), &places) else { return };
        let named = |item: ItemId| {
            let found = self.program.item(item);
            found.map_or((Bilingual::default(), Span::default()), |found| {
                let name = match (found.label.as_str(), found.number.as_str()) {
                    ("", number) => number.to_owned(),
                    (label, _) => label.to_owned(),
                };
                (Bilingual::same(name), found.span)
            })
        };
        let (first, second) = (named(first.0), named(second.0));
        self.report(error::conflicting(&first, &second, &overlap, ranks));
    }

    /// What a value comes to, where that is plain to see.
    fn amount(&self, node: NodeId) -> Option<Amount> {
        match &self.program.node(node)?.kind {
            NodeKind::Constant(constant) => Some(Amount::Plain(*constant)),
            NodeKind::Fact(field) => {
                let is_number = self.ty(node).as_number().is_some();
                is_number.then_some(Amount::OfFact(Rational::ONE, *field))
            }
            NodeKind::Use { root, .. } | NodeKind::AtParent(root) => self.amount(*root),
            NodeKind::Binary(BinaryOperator::Multiply, a, b) => {
                match (self.amount(*a)?, self.amount(*b)?) {
                    (Amount::Plain(Constant::Number(times)), Amount::OfFact(of, field))
                    | (Amount::OfFact(of, field), Amount::Plain(Constant::Number(times))) => {
                        if times.is_zero() {
                            return Some(Amount::Plain(Constant::Number(Rational::ZERO)));
                        }
                        Some(Amount::OfFact(times.checked_mul(of).ok()?, field))
                    }
                    (Amount::Plain(Constant::Number(a)), Amount::Plain(Constant::Number(b))) => {
                        Some(Amount::Plain(Constant::Number(a.checked_mul(b).ok()?)))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }
}
