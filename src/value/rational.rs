//! Exact rational numbers: the only numbers the engine computes with.
//!
//! Whole numbers and equal denominators take short paths, because nearly every amount in a policy
//! is one or the other. Text forms are in [`text`].

mod text;

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::OpError;

pub use text::parse_decimal;

/// An exact rational number, always in lowest terms.
///
/// # Examples
///
/// ```
/// use huize::value::{OpError, Rational};
///
/// let per_head = Rational::new(1894, 3)?;
/// let gap = Rational::from_integer(632).checked_sub(per_head)?;
/// assert_eq!(gap.checked_mul(Rational::from_integer(3))?, Rational::from_integer(2));
/// assert_eq!(Rational::new(1, 0), Err(OpError::DivisionByZero));
/// # Ok::<(), OpError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rational {
    // INVARIANT: den > 0, gcd(|num|, den) = 1 (so zero is 0/1), and num > i128::MIN, which makes
    // negation total.
    num: i128,
    den: i128,
}

impl Rational {
    /// 0.
    pub const ZERO: Self = Self { num: 0, den: 1 };
    /// 1.
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// The fraction `num / den` in lowest terms.
    ///
    /// # Errors
    ///
    /// [`OpError::DivisionByZero`] if `den` is 0, [`OpError::Overflow`] if the lowest terms do not
    /// fit 127 bits and a sign.
    pub fn new(num: i128, den: i128) -> Result<Self, OpError> {
        if den == 0 {
            return Err(OpError::DivisionByZero);
        }
        let common = gcd(num.unsigned_abs(), den.unsigned_abs());
        let magnitude = quotient(num.unsigned_abs(), common)?;
        let den_out = quotient(den.unsigned_abs(), common)?;
        let num_out = if (num < 0) == (den < 0) { magnitude } else { magnitude.wrapping_neg() };
        Ok(Self { num: num_out, den: den_out })
    }

    /// A whole number.
    #[must_use]
    #[expect(clippy::as_conversions, reason = "a widening; `i128::from` is not const")]
    pub const fn from_integer(value: i64) -> Self {
        Self { num: value as i128, den: 1 }
    }

    /// The exact value of a decimal.
    #[must_use]
    pub fn from_decimal(value: Decimal) -> Self {
        // A decimal has at most 96 bits and 28 places, so both terms fit and neither is zero.
        let den = 10_i128.checked_pow(value.scale()).unwrap_or(1);
        Self::new(value.mantissa(), den).unwrap_or(Self::ZERO)
    }

    /// The decimal with the same value and the fewest places; `None` if no decimal has it exactly.
    #[must_use]
    pub fn to_decimal(self) -> Option<Decimal> {
        let places = self.decimal_places().filter(|places| *places <= 28)?;
        let factor = 10_i128.checked_pow(places)?.checked_div(self.den)?;
        Decimal::try_from_i128_with_scale(self.num.checked_mul(factor)?, places).ok()
    }

    /// The numerator in lowest terms; carries the sign.
    #[must_use]
    pub const fn numer(self) -> i128 {
        self.num
    }

    /// The denominator in lowest terms; always positive.
    #[must_use]
    pub const fn denom(self) -> i128 {
        self.den
    }

    /// Whether it is a whole number.
    #[must_use]
    pub const fn is_integer(self) -> bool {
        self.den == 1
    }

    /// Whether it is 0.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.num == 0
    }

    /// -1, 0 or 1.
    #[must_use]
    pub const fn signum(self) -> i32 {
        match self.num {
            0 => 0,
            1.. => 1,
            _ => -1,
        }
    }

    /// The distance from 0.
    #[must_use]
    pub fn abs(self) -> Self {
        if self.num < 0 { self.negated() } else { self }
    }

    /// The largest whole number that is not above it.
    #[must_use]
    pub fn floor(self) -> Self {
        Self { num: floor_quotient(self.num, self.den), den: 1 }
    }

    /// The smallest whole number that is not below it.
    #[must_use]
    pub fn ceil(self) -> Self {
        self.negated().floor().negated()
    }

    /// The same value as an `i64`; `None` if it is not whole or does not fit.
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        if self.den == 1 { i64::try_from(self.num).ok() } else { None }
    }

    /// `self + other`.
    ///
    /// # Errors
    ///
    /// [`OpError::Overflow`].
    #[inline]
    pub fn checked_add(self, other: Self) -> Result<Self, OpError> {
        if self.den == other.den {
            let num = sum(self.num, other.num)?;
            return if self.den == 1 { Ok(Self { num, den: 1 }) } else { reduce(num, self.den) };
        }
        // With one whole operand the sum is in lowest terms already: gcd(a·d + c, d) = gcd(c, d).
        if other.den == 1 {
            return Ok(Self { num: sum(self.num, product(other.num, self.den)?)?, den: self.den });
        }
        if self.den == 1 {
            return Ok(Self {
                num: sum(product(self.num, other.den)?, other.num)?,
                den: other.den,
            });
        }
        self.add_unlike(other)
    }

    /// `self - other`.
    ///
    /// # Errors
    ///
    /// [`OpError::Overflow`].
    #[inline]
    pub fn checked_sub(self, other: Self) -> Result<Self, OpError> {
        self.checked_add(other.negated())
    }

    /// `self × other`.
    ///
    /// # Errors
    ///
    /// [`OpError::Overflow`].
    #[inline]
    pub fn checked_mul(self, other: Self) -> Result<Self, OpError> {
        if self.den == 1 && other.den == 1 {
            return Ok(Self { num: product(self.num, other.num)?, den: 1 });
        }
        self.mul_fractions(other)
    }

    /// `self ÷ other`.
    ///
    /// # Errors
    ///
    /// [`OpError::DivisionByZero`] if `other` is 0, [`OpError::Overflow`].
    #[inline]
    pub fn checked_div(self, other: Self) -> Result<Self, OpError> {
        match other.num {
            0 => Err(OpError::DivisionByZero),
            1 if other.den == 1 => Ok(self),
            1.. => self.mul_fractions(Self { num: other.den, den: other.num }),
            _ => self.mul_fractions(Self {
                num: other.den.wrapping_neg(),
                den: other.num.wrapping_neg(),
            }),
        }
    }

    /// The value on the other side of 0, which always exists.
    #[must_use]
    #[inline]
    pub const fn negated(self) -> Self {
        // `num` is never `i128::MIN`, so nothing wraps.
        Self { num: self.num.wrapping_neg(), den: self.den }
    }

    /// [`Rational::negated`] in the form of the other operations.
    ///
    /// # Errors
    ///
    /// None.
    #[inline]
    pub fn checked_neg(self) -> Result<Self, OpError> {
        Ok(self.negated())
    }

    /// Knuth, The Art of Computer Programming, 4.5.1: the gcd of the denominators first keeps the
    /// intermediate products small.
    fn add_unlike(self, other: Self) -> Result<Self, OpError> {
        let common = common_divisor(self.den, other.den);
        let left_den = divided(self.den, common);
        let right_den = divided(other.den, common);
        let num = sum(product(self.num, right_den)?, product(other.num, left_den)?)?;
        if num == 0 {
            return Ok(Self::ZERO);
        }
        let rest = if common == 1 { 1 } else { common_divisor(num, common) };
        Ok(Self { num: divided(num, rest), den: product(left_den, divided(other.den, rest))? })
    }

    /// Reduces crosswise before it multiplies, so it overflows only if the result does.
    fn mul_fractions(self, other: Self) -> Result<Self, OpError> {
        if self.num == 0 || other.num == 0 {
            return Ok(Self::ZERO);
        }
        let left = common_divisor(self.num, other.den);
        let right = common_divisor(other.num, self.den);
        Ok(Self {
            num: product(divided(self.num, left), divided(other.num, right))?,
            den: product(divided(self.den, right), divided(other.den, left))?,
        })
    }
}

impl Default for Rational {
    fn default() -> Self {
        Self::ZERO
    }
}

impl PartialOrd for Rational {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rational {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        if self.den == other.den {
            return self.num.cmp(&other.num);
        }
        match (product(self.num, other.den), product(other.num, self.den)) {
            (Ok(left), Ok(right)) => left.cmp(&right),
            _ => compare_wide(*self, *other),
        }
    }
}

/// Compares the continued fractions of both sides: exact where cross-multiplication would overflow.
fn compare_wide(left: Rational, right: Rational) -> Ordering {
    let (mut left, mut right) = ((left.num, left.den), (right.num, right.den));
    loop {
        let left_whole = floor_quotient(left.0, left.1);
        let right_whole = floor_quotient(right.0, right.1);
        let left_rest = left.0.rem_euclid(left.1);
        let right_rest = right.0.rem_euclid(right.1);
        match left_whole.cmp(&right_whole) {
            Ordering::Equal if left_rest == 0 || right_rest == 0 => {
                return left_rest.cmp(&right_rest);
            }
            // r/d < r'/d' exactly when d'/r' < d/r, and both rests are positive here.
            Ordering::Equal => {
                (left, right) = ((right.1, right_rest), (left.1, left_rest));
            }
            unequal => return unequal,
        }
    }
}

fn reduce(num: i128, den: i128) -> Result<Rational, OpError> {
    let common = common_divisor(num, den);
    Ok(Rational { num: divided(num, common), den: divided(den, common) })
}

fn quotient(value: u128, divisor: u128) -> Result<i128, OpError> {
    let quotient = if divisor == 1 { Some(value) } else { value.checked_div(divisor) };
    quotient.and_then(|value| i128::try_from(value).ok()).ok_or(OpError::Overflow)
}

#[inline]
fn sum(left: i128, right: i128) -> Result<i128, OpError> {
    left.checked_add(right).filter(|sum| *sum != i128::MIN).ok_or(OpError::Overflow)
}

#[inline]
fn product(left: i128, right: i128) -> Result<i128, OpError> {
    if let (Ok(left), Ok(right)) = (i64::try_from(left), i64::try_from(right)) {
        // Two 64-bit factors cannot overflow 128 bits.
        return Ok(i128::from(left).wrapping_mul(i128::from(right)));
    }
    left.checked_mul(right).filter(|product| *product != i128::MIN).ok_or(OpError::Overflow)
}

/// `value / divisor` where the divisor is known to divide it.
#[inline]
#[expect(clippy::arithmetic_side_effects, reason = "divisors are gcds with a denominator: > 0")]
fn divided(value: i128, divisor: i128) -> i128 {
    if divisor == 1 {
        return value;
    }
    match (i64::try_from(value), i64::try_from(divisor)) {
        (Ok(value), Ok(divisor)) => i128::from(value / divisor),
        _ => value / divisor,
    }
}

/// The greatest whole number not above `num / den`, for `den > 0`.
#[inline]
pub(super) fn floor_quotient(num: i128, den: i128) -> i128 {
    if den == 1 {
        return num;
    }
    match (i64::try_from(num), i64::try_from(den)) {
        (Ok(num), Ok(den)) => i128::from(num.div_euclid(den)),
        _ => num.div_euclid(den),
    }
}

/// The gcd of a number and a positive denominator.
#[inline]
fn common_divisor(num: i128, den: i128) -> i128 {
    if den == 1 {
        return 1;
    }
    // A divisor of `den` fits where `den` does.
    i128::try_from(gcd(num.unsigned_abs(), den.unsigned_abs())).unwrap_or(1)
}

/// The greatest common divisor; `gcd(0, n) = n`.
#[expect(clippy::arithmetic_side_effects, reason = "the remainder is by a number that is not 0")]
fn gcd(mut left: u128, mut right: u128) -> u128 {
    loop {
        if let (Ok(left), Ok(right)) = (u64::try_from(left), u64::try_from(right)) {
            return u128::from(gcd_short(left, right));
        }
        if right == 0 {
            return left;
        }
        (left, right) = (right, left % right);
    }
}

/// One step of Euclid, since policies mostly meet a large number and a small one, then Stein's
/// binary algorithm, which needs no division.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "`right` is not 0, and no shift reaches 64 bits"
)]
fn gcd_short(left: u64, right: u64) -> u64 {
    if right == 0 {
        return left;
    }
    let (mut a, mut b) = (left % right, right);
    if a == 0 {
        return b;
    }
    let twos = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    // Without branches inside, since which of the two is larger cannot be predicted.
    while b != 0 {
        b >>= b.trailing_zeros();
        (a, b) = (a.min(b), a.abs_diff(b));
    }
    a << twos
}

#[cfg(test)]
mod tests;
