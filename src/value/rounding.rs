//! Rounding to a multiple of a stated unit, in a stated direction.

use super::rational::floor_quotient;
use super::{OpError, Rational};

/// Which multiple of the unit a number between two of them becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Rounding {
    /// 向上取整: the one not below, so -1.5 becomes -1.
    Up,
    /// 向下取整: the one not above, so -1.5 becomes -2.
    Down,
    /// 四舍五入: the nearer one; half way, the one further from zero.
    HalfUp,
    /// 四舍六入五成双: the nearer one; half way, the even one.
    HalfEven,
}

/// The multiple of `grain` that `value` rounds to.
///
/// # Errors
///
/// [`OpError::GrainNotPositive`], [`OpError::Overflow`].
///
/// # Examples
///
/// ```
/// use huize::value::{OpError, Rational, Rounding, parse_decimal, round};
///
/// let jiao = parse_decimal("0.1")?;
/// assert_eq!(round(Rational::new(1894, 3)?, Rounding::Up, jiao)?, parse_decimal("631.4")?);
/// assert_eq!(
///     round(Rational::ONE, Rounding::Up, Rational::ZERO),
///     Err(OpError::GrainNotPositive)
/// );
/// # Ok::<(), OpError>(())
/// ```
pub fn round(value: Rational, mode: Rounding, grain: Rational) -> Result<Rational, OpError> {
    if grain.signum() <= 0 {
        return Err(OpError::GrainNotPositive);
    }
    let count = value.checked_div(grain)?;
    if count.is_integer() {
        return Ok(value);
    }
    let whole = match mode {
        Rounding::Up => count.ceil(),
        Rounding::Down => count.floor(),
        Rounding::HalfUp if count.signum() < 0 => nearest(count.negated(), |_| true).negated(),
        Rounding::HalfUp => nearest(count, |_| true),
        Rounding::HalfEven => nearest(count, |below| below & 1 == 1),
    };
    whole.checked_mul(grain)
}

/// The nearer whole number; half way, the upper one if `up_at_half` of the lower one says so.
fn nearest(count: Rational, up_at_half: impl Fn(i128) -> bool) -> Rational {
    let below = floor_quotient(count.numer(), count.denom());
    let rest = count.numer().rem_euclid(count.denom());
    let missing = count.denom().saturating_sub(rest);
    if rest > missing || (rest == missing && up_at_half(below)) {
        count.ceil()
    } else {
        count.floor()
    }
}

#[cfg(test)]
mod tests;
