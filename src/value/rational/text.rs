//! Rationals as text: exact decimals, fractions, approximations for people, and reading decimals.

use std::fmt;
use std::str::FromStr;

use super::Rational;
use crate::value::{OpError, half_width};

/// The most digits a number may be written with, and the most after the point.
const MOST_DIGITS: u32 = 28;

impl Rational {
    /// The exact decimal, with no trailing zeros; `None` if the decimal never ends.
    #[must_use]
    pub fn to_decimal_text(self) -> Option<String> {
        self.decimal_places().map(|places| self.decimal_text(places))
    }

    /// A decimal of exactly `places` places (at most 38), rounded half away from zero, for showing
    /// a number that has no short exact form: 1894/3 with 2 places is `631.33`.
    #[must_use]
    pub fn approximate(self, places: u32) -> String {
        self.decimal_text(places.min(38))
    }

    /// How many places the exact decimal has; `None` if it never ends, which is when the
    /// denominator has a prime factor other than 2 and 5.
    pub(super) fn decimal_places(self) -> Option<u32> {
        let twos = self.denom().trailing_zeros();
        let mut rest = self.denom().checked_shr(twos)?;
        let mut fives = 0_u32;
        while rest % 5 == 0 {
            rest /= 5;
            fives = fives.checked_add(1)?;
        }
        (rest == 1).then(|| twos.max(fives))
    }

    fn decimal_text(self, places: u32) -> String {
        let den = self.denom().unsigned_abs();
        let whole = self.abs().floor().numer().unsigned_abs();
        let mut rest = self.numer().unsigned_abs().checked_rem(den).unwrap_or(0);
        let mut digits = whole.to_string().into_bytes();
        let whole_digits = digits.len();
        for _ in 0..places {
            let (digit, next) = next_digit(rest, den);
            digits.push(digit);
            rest = next;
        }
        let decimals = digits.len().saturating_sub(whole_digits);
        if rest >= den.saturating_sub(rest) {
            increment(&mut digits);
        }
        let point = digits.len().saturating_sub(decimals);
        let negative = self.signum() < 0 && digits.iter().any(|digit| *digit != b'0');
        let mut text = String::from(if negative { "-" } else { "" });
        for (at, digit) in digits.into_iter().enumerate() {
            if at == point {
                text.push('.');
            }
            text.push(char::from(digit));
        }
        text
    }
}

/// The next digit of the long division of `rest` by `den`, as ASCII, and what then remains.
#[expect(
    clippy::arithmetic_side_effects,
    reason = "rest < den <= 2^127, so their sum fits, and at most ten additions give a digit <= 9"
)]
fn next_digit(rest: u128, den: u128) -> (u8, u128) {
    let (mut digit, mut remaining) = (b'0', 0);
    for _ in 0..10 {
        remaining += rest;
        if remaining >= den {
            remaining -= den;
            digit += 1;
        }
    }
    (digit, remaining)
}

/// Adds one to a decimal number of ASCII digits.
fn increment(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit != b'9' {
            *digit = digit.saturating_add(1);
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}

/// The exact decimal where there is one (`2250.5`), else the fraction (`1894/3`).
impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_integer() {
            return write!(f, "{}", self.numer());
        }
        match self.to_decimal_text() {
            Some(text) => f.write_str(&text),
            None => write!(f, "{}/{}", self.numer(), self.denom()),
        }
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Rational {
    type Err = OpError;

    fn from_str(text: &str) -> Result<Self, OpError> {
        parse_decimal(text)
    }
}

/// Reads a decimal: digits, perhaps with a point between them and a minus sign before them, each
/// in half or full width. No blanks, exponent, plus sign or separators.
///
/// # Errors
///
/// [`OpError::NotANumber`], [`OpError::ThousandsSeparator`], and [`OpError::TooManyDigits`] beyond
/// 28 digits, leading zeros not counted.
///
/// # Examples
///
/// ```
/// use huize::value::{OpError, parse_decimal};
///
/// assert_eq!(parse_decimal("１２０１．５０")?.to_string(), "1201.5");
/// assert_eq!(parse_decimal("1,200"), Err(OpError::ThousandsSeparator));
/// # Ok::<(), OpError>(())
/// ```
pub fn parse_decimal(text: &str) -> Result<Rational, OpError> {
    let mut characters = text.chars().map(half_width).peekable();
    let negative = characters.next_if_eq(&'-').is_some();
    let mut mantissa = 0_i128;
    let mut significant = 0_u32;
    let mut places = None;
    let mut after_digit = false;
    for character in characters {
        match character.to_digit(10) {
            Some(digit) => {
                mantissa = mantissa.saturating_mul(10).saturating_add(i128::from(digit));
                significant = significant.saturating_add(u32::from(mantissa != 0));
                places = places.map(|places: u32| places.saturating_add(1));
                if significant.max(places.unwrap_or(0)) > MOST_DIGITS {
                    return Err(OpError::TooManyDigits);
                }
                after_digit = true;
            }
            None if character == '.' && after_digit && places.is_none() => {
                places = Some(0);
                after_digit = false;
            }
            None if character == ',' && after_digit => return Err(OpError::ThousandsSeparator),
            None => return Err(OpError::NotANumber),
        }
    }
    if !after_digit {
        return Err(OpError::NotANumber);
    }
    let signed = if negative { mantissa.saturating_neg() } else { mantissa };
    let den = 10_i128.checked_pow(places.unwrap_or(0)).ok_or(OpError::TooManyDigits)?;
    Rational::new(signed, den)
}
