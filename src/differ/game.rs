//! Shapley values over a table of all coalitions, and parts cut to the fen.

#![deny(clippy::arithmetic_side_effects, clippy::float_arithmetic, clippy::as_conversions)]

use crate::value::{OpError, Rational};

/// The Shapley value of each of `count` players; `worth` has one number for each coalition, the
/// bits of its index saying who is in it.
///
/// # Errors
///
/// [`OpError::Overflow`].
pub(super) fn shapley(count: usize, worth: &[Rational]) -> Result<Vec<Rational>, OpError> {
    let mut parts = Vec::with_capacity(count);
    for player in 0..count {
        // What the player adds to coalitions of each size, then averaged: within a size first, as
        // each order that has so many before the player is as likely as another.
        let mut by_size = vec![Rational::ZERO; count];
        for (coalition, without) in worth.iter().enumerate() {
            let with = coalition | bit(player);
            if with == coalition {
                continue;
            }
            let size = usize::try_from(coalition.count_ones()).unwrap_or(0);
            let (Some(with), Some(sum)) = (worth.get(with), by_size.get_mut(size)) else {
                continue;
            };
            *sum = sum.checked_add(with.checked_sub(*without)?)?;
        }
        let mut part = Rational::ZERO;
        let mut ways = Rational::ONE;
        for (size, sum) in by_size.into_iter().enumerate() {
            part = part.checked_add(sum.checked_div(ways)?)?;
            // C(n−1, k+1) from C(n−1, k).
            let left = integer(count.saturating_sub(1).saturating_sub(size));
            ways = ways.checked_mul(left)?.checked_div(integer(size.saturating_add(1)))?;
        }
        parts.push(part.checked_div(integer(count))?);
    }
    Ok(parts)
}

/// Whether a player changes nothing whomever it joins.
pub(super) fn is_dummy<T: PartialEq>(player: usize, worth: &[T]) -> bool {
    worth
        .iter()
        .enumerate()
        .all(|(at, without)| worth.get(at | bit(player)).is_none_or(|with| with == without))
}

/// The table of fewer players, each of which stands for a coalition of the old ones.
pub(super) fn merged<T: Clone>(groups: &[usize], worth: &[T]) -> Vec<T> {
    let count = bit(groups.len());
    (0..count)
        .filter_map(|coalition| {
            let members = groups
                .iter()
                .enumerate()
                .filter(|(at, _)| coalition & bit(*at) != 0)
                .fold(0, |all, (_, group)| all | group);
            worth.get(members).cloned()
        })
        .collect()
}

/// The coalitions with that outcome that have no smaller one inside them, the smallest first.
pub(super) fn minimal<T: PartialEq>(worth: &[T], wanted: &T) -> Vec<usize> {
    let mut found: Vec<usize> =
        (0..worth.len()).filter(|coalition| worth.get(*coalition) == Some(wanted)).collect();
    found.sort_by_key(|coalition| (coalition.count_ones(), *coalition));
    let mut minimal: Vec<usize> = Vec::new();
    for coalition in found {
        if !minimal.iter().any(|inner| inner & coalition == *inner) {
            minimal.push(coalition);
        }
    }
    minimal
}

/// The parts as multiples of `grain` that add up to the same, each less than a grain from what it
/// is exactly: cut towards zero, what is left over to those that lost most, on a tie to the first.
/// The sum has to be a multiple of the grain.
///
/// # Errors
///
/// [`OpError::Overflow`].
pub(super) fn cut(parts: &[Rational], grain: Rational) -> Result<Vec<Rational>, OpError> {
    let mut whole = Vec::with_capacity(parts.len());
    let mut lost = Vec::with_capacity(parts.len());
    let mut left = Rational::ZERO;
    for (at, part) in parts.iter().enumerate() {
        let count = part.checked_div(grain)?;
        let cut = if count.signum() < 0 { count.ceil() } else { count.floor() };
        let rest = count.checked_sub(cut)?;
        left = left.checked_add(rest)?;
        whole.push(cut);
        lost.push((rest, at));
    }
    let step = Rational::from_integer(i64::from(left.signum()));
    let mut missing = left.abs();
    lost.sort_by(|(a, at), (b, bt)| {
        let by_loss = if left.signum() < 0 { a.cmp(b) } else { b.cmp(a) };
        by_loss.then(at.cmp(bt))
    });
    for (_, at) in lost {
        if missing.signum() <= 0 {
            break;
        }
        if let Some(part) = whole.get_mut(at) {
            *part = part.checked_add(step)?;
            missing = missing.checked_sub(Rational::ONE)?;
        }
    }
    whole.into_iter().map(|count| count.checked_mul(grain)).collect()
}

fn bit(player: usize) -> usize {
    u32::try_from(player).ok().and_then(|player| 1_usize.checked_shl(player)).unwrap_or(0)
}

fn integer(number: usize) -> Rational {
    Rational::from_integer(i64::try_from(number).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{cut, is_dummy, merged, minimal, shapley};
    use crate::value::Rational;

    fn whole(number: i64) -> Rational {
        Rational::from_integer(number)
    }

    fn sum(parts: &[Rational]) -> Rational {
        parts.iter().fold(Rational::ZERO, |sum, part| sum.checked_add(*part).unwrap())
    }

    #[test]
    fn two_causes_share_what_they_do_together() {
        // A standard raised by 47 for each person, and a second person: 585, 632, 1170, 1264.
        let worth = [585, 632, 1170, 1264].map(whole);
        // (47 + 94)÷2 and (585 + 632)÷2.
        let parts = shapley(2, &worth).unwrap();
        assert_eq!(parts, [Rational::new(141, 2).unwrap(), Rational::new(1217, 2).unwrap()]);
        assert_eq!(sum(&parts), whole(1264 - 585));
    }

    #[test]
    fn fen_that_are_left_over_go_to_what_lost_most() {
        let thirds = [Rational::new(100, 3).unwrap(); 3];
        let fen = Rational::new(1, 100).unwrap();
        let shown: Vec<String> =
            cut(&thirds, fen).unwrap().iter().map(|part| part.to_string()).collect();
        assert_eq!(shown, ["33.34", "33.33", "33.33"]);
        let signs = [Rational::new(-1, 2).unwrap(), Rational::new(3, 2).unwrap()];
        assert_eq!(cut(&signs, Rational::ONE).unwrap(), [whole(0), whole(1)]);
    }

    #[test]
    fn the_smallest_sets_that_turn_an_outcome() {
        // Players 0 and 1 together, or 2 alone.
        let worth: Vec<bool> = (0..8).map(|set| set & 3 == 3 || set & 4 != 0).collect();
        assert_eq!(minimal(&worth, &true), [0b100, 0b011]);
        assert!(!is_dummy(0, &worth));
        assert_eq!(merged(&[0b011, 0b100], &worth), [false, true, true, true]);
    }

    proptest! {
        #[test]
        fn parts_add_up_and_change_sign_backwards(
            worth in prop::collection::vec((-1000_i64..1000, 1_i64..13), 16),
        ) {
            let worth: Vec<Rational> = worth
                .iter()
                .map(|(a, b)| Rational::new(i128::from(*a), i128::from(*b)).unwrap())
                .collect();
            let parts = shapley(4, &worth).unwrap();
            prop_assert_eq!(sum(&parts), worth[15].checked_sub(worth[0]).unwrap());
            let reversed: Vec<Rational> = worth.iter().rev().copied().collect();
            let back = shapley(4, &reversed).unwrap();
            for (part, back) in parts.iter().zip(&back) {
                prop_assert_eq!(part.checked_neg().unwrap(), *back);
            }
        }

        #[test]
        fn cut_parts_add_up_and_are_near(
            parts in prop::collection::vec((-10_000_i64..10_000, 1_i64..9), 1..8),
        ) {
            let mut parts: Vec<Rational> = parts
                .iter()
                .map(|(a, b)| Rational::new(i128::from(*a), i128::from(*b)).unwrap())
                .collect();
            // The last makes the sum whole.
            let rest = sum(&parts);
            parts.push(rest.floor().checked_sub(rest).unwrap());
            let shown = cut(&parts, Rational::ONE).unwrap();
            prop_assert_eq!(sum(&shown), sum(&parts));
            for (shown, part) in shown.iter().zip(&parts) {
                prop_assert!(shown.is_integer());
                prop_assert!(shown.checked_sub(*part).unwrap().abs() < Rational::ONE);
            }
            let negated: Vec<Rational> = parts.iter().map(|p| p.checked_neg().unwrap()).collect();
            for (shown, back) in shown.iter().zip(cut(&negated, Rational::ONE).unwrap()) {
                prop_assert_eq!(shown.checked_neg().unwrap(), back);
            }
        }
    }
}
