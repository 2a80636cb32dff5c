//! Citizen identification numbers (居民身份证号码) of 18 characters, GB 11643-1999.
//!
//! The number is sensitive: nothing here prints it, neither in errors nor in `Debug`.

use std::fmt;
use std::str::FromStr;

use super::{Date, OpError, PlaceCode, half_width};

/// The weights of the first 17 digits in ISO 7064 MOD 11-2: 2^(18 - position) modulo 11.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check character for each remainder of the weighted sum.
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// A resident ID whose date of birth exists and whose check character fits.
///
/// # Examples
///
/// ```
/// use huize::value::{OpError, ResidentId, Sex};
///
/// // The specimen number of the standard.
/// let id: ResidentId = "11010519491231002X".parse()?;
/// assert_eq!(id.birth_date().to_string(), "1949-12-31");
/// assert_eq!(id.sex(), Sex::Female);
/// assert_eq!("110105194912310021".parse::<ResidentId>(), Err(OpError::ResidentIdCheckDigit));
/// # Ok::<(), OpError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResidentId {
    // Without the check character, which the other 17 determine.
    digits: u64,
    birth_date: Date,
}

/// Male or female, as the 17th digit says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// 男: an odd digit.
    Male,
    /// 女: an even digit.
    Female,
}

impl ResidentId {
    /// The date of birth, characters 7 to 14.
    #[must_use]
    pub const fn birth_date(self) -> Date {
        self.birth_date
    }

    /// The sex, from character 17.
    #[must_use]
    pub const fn sex(self) -> Sex {
        if self.digits % 2 == 1 { Sex::Male } else { Sex::Female }
    }

    /// The place where the number was first given, characters 1 to 6: not where the person lives
    /// now. `None` for digits that are no place code.
    #[must_use]
    pub fn place(self) -> Option<PlaceCode> {
        format!("{:06}", self.digits / 100_000_000_000).parse().ok()
    }

    /// The whole number in half width with a capital X. Sensitive: show it only when asked to.
    #[must_use]
    pub fn reveal(self) -> String {
        let digits = format!("{:017}", self.digits);
        let check = check_character(digits.chars().filter_map(|digit| digit.to_digit(10)));
        format!("{digits}{check}")
    }
}

/// Reads 18 characters in half or full width; the last may be `x` or `X`.
impl FromStr for ResidentId {
    type Err = OpError;

    fn from_str(text: &str) -> Result<Self, OpError> {
        let found = text.chars().count();
        if found != 18 {
            return Err(OpError::ResidentIdLength { found });
        }
        let mut digits = [0_u32; 17];
        let mut last = None;
        for (at, character) in text.chars().map(half_width).enumerate() {
            let bad = OpError::ResidentIdCharacter { position: at.saturating_add(1) };
            match digits.get_mut(at) {
                Some(place) => *place = character.to_digit(10).ok_or(bad)?,
                None if matches!(character, '0'..='9' | 'X' | 'x') => {
                    last = Some(character.to_ascii_uppercase());
                }
                None => return Err(bad),
            }
        }
        let read = |from: usize, to: usize| {
            let piece = digits.get(from..to).unwrap_or(&[]);
            piece.iter().fold(0_u32, |value, digit| value.saturating_mul(10).saturating_add(*digit))
        };
        let birth_date = i32::try_from(read(6, 10))
            .ok()
            .and_then(|year| Date::new(year, read(10, 12), read(12, 14)).ok())
            .ok_or(OpError::ResidentIdBirthDate)?;
        if last != Some(check_character(digits.into_iter())) {
            return Err(OpError::ResidentIdCheckDigit);
        }
        let digits = digits
            .into_iter()
            .fold(0_u64, |value, digit| value.saturating_mul(10).saturating_add(u64::from(digit)));
        Ok(Self { digits, birth_date })
    }
}

fn check_character(digits: impl Iterator<Item = u32>) -> char {
    let sum = digits
        .zip(WEIGHTS)
        .fold(0_u32, |sum, (digit, weight)| sum.saturating_add(digit.saturating_mul(weight)));
    usize::try_from(sum % 11).ok().and_then(|rest| CHECKS.get(rest)).copied().unwrap_or('?')
}

/// Shows no digit.
impl fmt::Debug for ResidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResidentId(******)")
    }
}

#[cfg(test)]
mod tests;
