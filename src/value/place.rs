//! Codes of administrative divisions (行政区划代码) of six digits, GB/T 2260-2007.

use std::fmt;
use std::str::FromStr;

use super::{OpError, half_width};

/// Prefecture-level cities that govern towns directly: 嘉峪关, 东莞, 中山, 儋州.
const WITHOUT_COUNTIES: [u32; 4] = [620_200, 441_900, 442_000, 460_400];

/// The first two digits of all codes.
const PROVINCES: [u32; 34] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65, 71, 81, 82,
];

/// A place of the country: the country itself, a province, a prefecture or a county.
///
/// # Examples
///
/// ```
/// use huize::value::{OpError, PlaceCode, PlaceLevel};
///
/// let zhongshan: PlaceCode = "442000".parse()?;
/// assert_eq!(zhongshan.level(), PlaceLevel::Prefecture);
/// assert_eq!(zhongshan.parent(), Some("440000".parse()?));
/// assert!(zhongshan.is_without_counties());
/// assert_eq!("4420".parse::<PlaceCode>(), Err(OpError::NotAPlaceCode));
/// # Ok::<(), OpError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceCode {
    // INVARIANT: at most 999_999, and no level is given below one that is 00.
    code: u32,
}

/// How far down a place stands; a higher layer is less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PlaceLevel {
    /// 国家: 000000.
    National,
    /// 省级: provinces, autonomous regions, municipalities.
    Province,
    /// 地级: prefecture-level cities, prefectures, leagues.
    Prefecture,
    /// 县级: districts, counties, county-level cities, banners.
    County,
}

impl PlaceCode {
    /// The country, 000000.
    pub const NATIONAL: Self = Self { code: 0 };

    /// The level that the code itself says.
    #[must_use]
    pub const fn level(self) -> PlaceLevel {
        match (self.code / 10_000, self.code / 100 % 100, self.code % 100) {
            (0, ..) => PlaceLevel::National,
            (_, 0, _) => PlaceLevel::Province,
            (_, _, 0) => PlaceLevel::Prefecture,
            _ => PlaceLevel::County,
        }
    }

    /// The place one level up; `None` for the country.
    ///
    /// A district of a municipality (110105) and a county that its province governs directly
    /// (429004) stand under the province: `1101` and `4290` group codes and govern nothing.
    #[must_use]
    pub const fn parent(self) -> Option<Self> {
        match self.level() {
            PlaceLevel::National => None,
            PlaceLevel::Province => Some(Self::NATIONAL),
            PlaceLevel::Prefecture => Some(self.province()),
            PlaceLevel::County if self.is_under_grouping_code() => Some(self.province()),
            PlaceLevel::County => Some(self.rounded_to(100)),
        }
    }

    /// Whether `other` is this place or lies in it, however far down.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        match self.level() {
            PlaceLevel::National => true,
            PlaceLevel::Province => other.code / 10_000 == self.code / 10_000,
            PlaceLevel::Prefecture => other.code / 100 == self.code / 100,
            PlaceLevel::County => other.code == self.code,
        }
    }

    /// Whether it is a prefecture-level city that has no counties, such as 东莞 441900 and 中山
    /// 442000, so that its residents' places have the city's own code.
    #[must_use]
    pub fn is_without_counties(self) -> bool {
        WITHOUT_COUNTIES.contains(&self.code)
    }

    /// Whether its first two digits are those of a province, an autonomous region, a municipality
    /// or a special administrative region; the country itself is in none and counts as known.
    #[must_use]
    pub fn is_in_a_province(self) -> bool {
        self.code == 0 || PROVINCES.contains(&(self.code / 10_000))
    }

    const fn province(self) -> Self {
        self.rounded_to(10_000)
    }

    #[expect(clippy::arithmetic_side_effects, reason = "a remainder is at most the number")]
    const fn rounded_to(self, size: u32) -> Self {
        Self { code: self.code - self.code % size }
    }

    const fn is_under_grouping_code(self) -> bool {
        let municipality = matches!(self.code / 10_000, 11 | 12 | 31 | 50);
        let directly_governed = self.code / 100 % 100 == 90;
        municipality || directly_governed
    }
}

/// Reads six digits in half or full width.
impl FromStr for PlaceCode {
    type Err = OpError;

    fn from_str(text: &str) -> Result<Self, OpError> {
        let digits: String = text.chars().map(half_width).collect();
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(OpError::NotAPlaceCode);
        }
        let code: u32 = digits.parse().map_err(|_| OpError::NotAPlaceCode)?;
        match (code / 10_000, code / 100 % 100, code % 100) {
            (0, 0, 0) => Ok(Self::NATIONAL),
            (0, ..) | (_, 0, 1..) => Err(OpError::PlaceCodeWithoutParent),
            _ => Ok(Self { code }),
        }
    }
}

/// The six digits.
impl fmt::Display for PlaceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.code)
    }
}

impl fmt::Debug for PlaceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests;
