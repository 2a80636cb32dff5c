//! The search over pairs of facts.
//!
//! Of two facts the first is moved as little as any value of the other allows, and then the other
//! as little as that needs; both orders are tried. How little is found with the other fact unknown:
//! where the decision is a refusal whatever it is, no value of it helps. So one step less of the
//! first is never enough, and with it one step less of the second is not.

use super::search::{Candidate, Hit, Search, first};
use super::{Aim, Applied, Change};
use crate::hir::Constant;
use crate::input::{Case, Fact, Scalar};
use crate::value::Rational;

/// The stretches of the first fact that are looked into for each pair.
const MOST_STRETCHES: usize = 6;

/// The most pairs that are given for one decision.
const MOST_PAIRS: usize = 100;

/// The values of two facts that are enough together.
struct Pair {
    first: Hit,
    second: Hit,
}

impl Search<'_> {
    /// The pairs, where no single fact is enough; else those that change by less than each that is.
    pub(super) fn by_pairs(&self, singles: &[Change]) -> Vec<Change> {
        let mut found: Vec<Pair> = Vec::new();
        for (at, one) in self.candidates.iter().enumerate() {
            for other in self.candidates.iter().skip(at.saturating_add(1)) {
                if self.runner.budget.left() == 0 || found.len() >= MOST_PAIRS {
                    self.incomplete.set(true);
                    return self.told(&found);
                }
                if !self.is_worth(singles, one, other) {
                    continue;
                }
                for pair in self.of_two(singles, one, other) {
                    if !found.iter().any(|known| same(known, &pair)) {
                        found.push(pair);
                    }
                }
            }
        }
        self.told(&found)
    }

    /// Whether two facts may be changed together: where one alone is enough only amounts in the
    /// same unit can be less together.
    fn is_worth(&self, singles: &[Change], one: &Candidate<'_>, other: &Candidate<'_>) -> bool {
        let is_known = |candidate: &Candidate<'_>| {
            let grid = candidate.grid.as_ref();
            grid.and_then(|grid| self.point_now(candidate.fact, candidate.declared, grid)).is_some()
        };
        let may_be_less = || {
            one.declared.ty == other.declared.ty
                && is_known(one)
                && is_known(other)
                && !(is_alone(singles, one) && is_alone(singles, other))
                && self.least_alone(singles, one).is_some_and(|least| least > Rational::ZERO)
        };
        self.includes_necessary(&[one.fact, other.fact])
            && (singles.is_empty() || may_be_less())
            && self.is_possible(self.trace.case, &[one, other])
    }

    fn of_two(&self, singles: &[Change], one: &Candidate<'_>, other: &Candidate<'_>) -> Vec<Pair> {
        let most = self.least_alone(singles, one);
        let mut found = Vec::new();
        for (first, second) in [(one, other), (other, one)] {
            // What is enough alone leaves nothing for the first to do.
            if !is_alone(singles, second) {
                found.extend(self.ordered(first, second, most));
            }
        }
        if let Some(most) = most {
            let of = |hit: &Hit| if hit.fact == one.fact { one } else { other };
            let moved = |hit: &Hit| self.distance(of(hit), &hit.value);
            found.retain(|pair: &Pair| {
                let total = moved(&pair.first).zip(moved(&pair.second));
                total.and_then(|(a, b)| a.checked_add(b).ok()).is_some_and(|total| total < most)
            });
        }
        found
    }

    /// The least that a single amount in the same unit moves to be enough, where one is.
    fn least_alone(&self, singles: &[Change], like: &Candidate<'_>) -> Option<Rational> {
        let alike = self.candidates.iter().filter(|known| known.declared.ty == like.declared.ty);
        let moved = alike.flat_map(|candidate| {
            let values = singles.iter().filter_map(|change| changes(change, candidate));
            values.filter_map(|value| self.distance(candidate, value))
        });
        // Where none of its unit is enough, none of another is comparable.
        if singles.is_empty() { None } else { Some(moved.min().unwrap_or(Rational::ZERO)) }
    }

    /// The pairs that move the first fact as little as any value of the second allows.
    fn ordered(
        &self,
        one: &Candidate<'_>,
        other: &Candidate<'_>,
        most: Option<Rational>,
    ) -> Vec<Pair> {
        let case = self.trace.case;
        let mut found = Vec::new();
        if let Some(grid) = one.grid {
            for way in self.ways(one, &grid) {
                found.extend(self.least(one, other, way, most));
            }
        }
        for value in &one.values {
            let changed = self.with(case, one.fact, value.clone());
            if changed.fact(one.fact.field, one.fact.who) == case.fact(one.fact.field, one.fact.who)
                || !self.is_possible(&changed, &[other])
            {
                continue;
            }
            found.extend(self.completed(one, other, value));
        }
        found
    }

    /// The first value of a fact on the way with which some value of the other is enough.
    fn least(
        &self,
        one: &Candidate<'_>,
        other: &Candidate<'_>,
        way: (i64, i64),
        most: Option<Rational>,
    ) -> Vec<Pair> {
        let Some(grid) = one.grid else { return Vec::new() };
        let (from, to) = way;
        let up = to >= from;
        let open = self.with(self.trace.case, other.fact, Fact::Unknown);
        let walk = self.runner.part(super::search::MOST_IN_A_WALK);
        let walker = self.walker(&open, one.fact, grid, &walk);
        let mut stretches: Vec<(i64, i64)> = Vec::new();
        let stop = walker.walk(from, to, |piece| {
            let piece = &piece;
            let (near, far) = if up { (piece.low, piece.high) } else { (piece.high, piece.low) };
            let may = |at: i64| self.may_hold(&walker, piece, at);
            let is_less = |at: i64| match (most, self.distance(one, &Fact::Known(grid.scalar(at))))
            {
                (Some(most), Some(moved)) => moved < most,
                (Some(_), None) => false,
                (None, _) => true,
            };
            if !is_less(near) {
                return false;
            }
            if let Some(at) = first(near, far, may).filter(|at| is_less(*at)) {
                match stretches.last_mut() {
                    Some((_, end)) if end.abs_diff(at) == 1 => *end = far,
                    _ => stretches.push((at, far)),
                }
            }
            stretches.len() < MOST_STRETCHES
        });
        self.runner.budget.settle(&walk);
        if stop.is_some() || stretches.len() >= MOST_STRETCHES {
            self.incomplete.set(true);
        }
        let value = |at: i64| Fact::Known(grid.scalar(at));
        for (near, far) in stretches {
            let with = |at: i64| self.completed(one, other, &value(at));
            let exists = |at: i64| !with(at).is_empty();
            if let Some(at) = first(near, far, exists) {
                return with(at);
            }
        }
        Vec::new()
    }

    /// The pairs of a value of the first fact with the nearest of the second, where it needs both.
    fn completed(&self, one: &Candidate<'_>, other: &Candidate<'_>, value: &Fact) -> Vec<Pair> {
        let case = self.trace.case;
        let changed = self.with(case, one.fact, value.clone());
        let mut found = Vec::new();
        for second in self.alone(&changed, other) {
            let alone = self.with(case, other.fact, second.value.clone());
            let needs_first = self.decided(&alone).is_some_and(|decided| !self.is_enough(&decided));
            let needs_second =
                self.decided(&changed).is_some_and(|decided| !self.is_enough(&decided));
            if !needs_first || !needs_second {
                continue;
            }
            let firsts = self.alone(&alone, one);
            if let Some(first) = firsts.into_iter().find(|hit| hit.value == *value) {
                found.push(Pair { first, second });
            }
        }
        found
    }

    fn told(&self, pairs: &[Pair]) -> Vec<Change> {
        pairs.iter().map(|pair| self.both(pair)).collect()
    }

    fn both(&self, pair: &Pair) -> Change {
        let (first, first_target) = self.part(&pair.first);
        let (second, second_target) = self.part(&pair.second);
        // Each may go on while the other stays; that both may go on at once is said only where the
        // decision holds on the whole rectangle.
        let exact = self.value_words(&first);
        let first_target = if self.is_rectangle(pair) { first_target } else { exact };
        let (first_text, second_text) =
            (self.arrow(&first, &first_target), self.arrow(&second, &second_target));
        let text = self.say(
            format!("{first_text}，且{second_text}"),
            format!("{first_text}, and {second_text}"),
        );
        let applied = Applied::Facts(vec![
            (pair.first.fact, pair.first.value.clone()),
            (pair.second.fact, pair.second.value.clone()),
        ]);
        self.change((vec![first, second], text), &pair.second.decided, applied)
    }

    /// Whether every value of the one stretch goes with every value of the other.
    fn is_rectangle(&self, pair: &Pair) -> bool {
        if self.aim == Aim::Raise {
            return true;
        }
        let case = self.trace.case;
        let whole = |case: &Case, hit: &Hit| -> Option<Case> {
            let value = match &hit.stretch {
                None => hit.value.clone(),
                Some((_, stretch)) if stretch.near == stretch.far => hit.value.clone(),
                Some((grid, stretch)) => {
                    let number = |at: i64| match grid.scalar(at) {
                        Scalar::Constant(Constant::Number(number)) => Some(number),
                        _ => None,
                    };
                    let (low, high) =
                        (stretch.near.min(stretch.far), stretch.near.max(stretch.far));
                    Fact::Within(number(low)?, number(high)?)
                }
            };
            Some(self.with(case, hit.fact, value))
        };
        let both = whole(case, &pair.first).and_then(|case| whole(&case, &pair.second));
        let question = self.trace.evaluation.question;
        let (Some(both), Some(root)) = (both, self.outputs.first()) else { return false };
        self.runner.run(&both, question).is_some_and(|evaluation| {
            evaluation.value(root.node, root.who).and_then(|value| value.as_bool()) == Some(true)
        })
    }
}

/// Whether a fact alone is enough.
fn is_alone(singles: &[Change], candidate: &Candidate<'_>) -> bool {
    singles.iter().any(|change| changes(change, candidate).is_some())
}

/// What a change makes of a fact.
fn changes<'c>(change: &'c Change, candidate: &Candidate<'_>) -> Option<&'c Fact> {
    let Applied::Facts(facts) = &change.applied else { return None };
    facts.iter().find(|(fact, _)| *fact == candidate.fact).map(|(_, value)| value)
}

fn same(a: &Pair, b: &Pair) -> bool {
    let is = |x: &Hit, y: &Hit| x.fact == y.fact && x.value == y.value;
    (is(&a.first, &b.first) && is(&a.second, &b.second))
        || (is(&a.first, &b.second) && is(&a.second, &b.first))
}
