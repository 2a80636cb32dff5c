//! Dates as text, in the forms that programs and that documents use.

use std::fmt;
use std::str::FromStr;

use super::{Date, YearMonth};
use crate::value::{OpError, half_width};

impl Date {
    /// As a document writes it: `2023年6月30日`.
    #[must_use]
    pub fn zh(self) -> String {
        format!("{}年{}月{}日", self.year(), self.month(), self.day())
    }
}

impl YearMonth {
    /// As a document writes it: `2023年6月`.
    #[must_use]
    pub fn zh(self) -> String {
        format!("{}年{}月", self.year(), self.month())
    }
}

/// Reads `2023-06-30`, `2023/6/30` and `2023年6月30日`, digits and marks in half or full width; the
/// year always has four digits.
impl FromStr for Date {
    type Err = OpError;

    fn from_str(text: &str) -> Result<Self, OpError> {
        let text: String = text.chars().map(half_width).collect();
        let (year, month, day) = [("-", "-", ""), ("/", "/", ""), ("年", "月", "日")]
            .into_iter()
            .find_map(|(after_year, after_month, after_day)| {
                let (year, rest) = text.split_once(after_year)?;
                let (month, day) = rest.strip_suffix(after_day)?.split_once(after_month)?;
                Some((number(year, 4, 4)?, number(month, 1, 2)?, number(day, 1, 2)?))
            })
            .ok_or(OpError::NotADate)?;
        Self::new(i32::try_from(year).map_err(|_| OpError::NotADate)?, month, day)
    }
}

/// Reads `2023-06`, `2023/6` and `2023年6月`, as dates are read.
impl FromStr for YearMonth {
    type Err = OpError;

    fn from_str(text: &str) -> Result<Self, OpError> {
        let text: String = text.chars().map(half_width).collect();
        let (year, month) = [("-", ""), ("/", ""), ("年", "月")]
            .into_iter()
            .find_map(|(after_year, after_month)| {
                let (year, month) = text.strip_suffix(after_month)?.split_once(after_year)?;
                Some((number(year, 4, 4)?, number(month, 1, 2)?))
            })
            .ok_or(OpError::NotAMonth)?;
        Self::new(i32::try_from(year).map_err(|_| OpError::NotAMonth)?, month)
    }
}

/// A whole number of `fewest` to `most` ASCII digits and nothing else.
fn number(digits: &str, fewest: usize, most: usize) -> Option<u32> {
    let fits = (fewest..=most).contains(&digits.len());
    (fits && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

/// `2023-06-30`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// `2023-06`.
impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl fmt::Debug for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
