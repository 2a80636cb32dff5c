//! Units of measure: products of dimensions with whole exponents, such as 元/人·月.
//!
//! A unit says nothing of size: 角, 元 and 万元 are one dimension, and the factor between them is a
//! scale beside the unit. Text forms are in [`text`].

mod text;

use super::{OpError, Rational};

pub use text::{parse_unit_text, parse_unit_text_with};

/// Something that is counted or measured. The order is the order in which a unit is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Dimension {
    /// 元, and 分, 角, 万元, 亿元.
    Yuan,
    /// 人.
    Person,
    /// 户.
    Household,
    /// 次.
    Time,
    /// A dimension that a policy declares.
    Custom(u16),
    /// 岁, 周岁.
    Age,
    /// 年.
    Year,
    /// 月, 个月.
    Month,
    /// 日, 天.
    Day,
}

/// A product of dimensions, each to a power; equal units compare equal however they were built.
///
/// # Examples
///
/// ```
/// use huize::value::{Dimension, OpError, Unit};
///
/// let per_head = Unit::of(Dimension::Yuan)
///     .per(&Unit::of(Dimension::Person))?
///     .per(&Unit::of(Dimension::Month))?;
/// let family = per_head.times(&Unit::of(Dimension::Person))?;
/// assert_eq!(family.zh(|_| String::new()), "元/月");
/// assert_eq!(per_head.strike(Dimension::Person), family);
/// # Ok::<(), OpError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Unit {
    // INVARIANT: sorted by dimension, no dimension twice, no exponent 0 or i8::MIN.
    factors: Vec<(Dimension, i8)>,
}

impl Unit {
    /// The unit of a plain number.
    #[must_use]
    pub const fn dimensionless() -> Self {
        Self { factors: Vec::new() }
    }

    /// One dimension to the first power.
    #[must_use]
    pub fn of(dimension: Dimension) -> Self {
        Self { factors: vec![(dimension, 1)] }
    }

    /// Whether it is the unit of a plain number.
    #[must_use]
    pub fn is_dimensionless(&self) -> bool {
        self.factors.is_empty()
    }

    /// The power of one dimension; 0 where the unit does not have it.
    #[must_use]
    pub fn exponent(&self, dimension: Dimension) -> i8 {
        match self.factors.binary_search_by_key(&dimension, |factor| factor.0) {
            Ok(at) => self.factors.get(at).map_or(0, |factor| factor.1),
            Err(_) => 0,
        }
    }

    /// Every dimension it has with its power, which is never 0, in writing order.
    pub fn factors(&self) -> impl Iterator<Item = (Dimension, i8)> + '_ {
        self.factors.iter().copied()
    }

    /// The unit of a product.
    ///
    /// # Errors
    ///
    /// [`OpError::Overflow`] for a power beyond ±127.
    pub fn times(&self, other: &Self) -> Result<Self, OpError> {
        let mut product = self.clone();
        for (dimension, exponent) in other.factors() {
            product.raise(dimension, exponent)?;
        }
        Ok(product)
    }

    /// The unit of a quotient.
    ///
    /// # Errors
    ///
    /// [`OpError::Overflow`] for a power beyond ±127.
    pub fn per(&self, other: &Self) -> Result<Self, OpError> {
        self.times(&other.inverse())
    }

    /// The unit of 1 over a quantity.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let invert =
            |(dimension, exponent): (Dimension, i8)| (dimension, exponent.saturating_neg());
        Self { factors: self.factors().map(invert).collect() }
    }

    /// The unit without one `/dimension`; unchanged where it has none. In a rule about a person
    /// /人 is struck off: 元/人·月 is that person's 元/月.
    #[must_use]
    pub fn strike(&self, dimension: Dimension) -> Self {
        let mut rest = self.clone();
        if rest.exponent(dimension) < 0 {
            // A negative power plus one cannot overflow.
            let _ = rest.raise(dimension, 1);
        }
        rest
    }

    fn raise(&mut self, dimension: Dimension, by: i8) -> Result<(), OpError> {
        match self.factors.binary_search_by_key(&dimension, |factor| factor.0) {
            Err(at) => self.factors.insert(at, (dimension, by)),
            Ok(at) => {
                let sum = self.exponent(dimension).checked_add(by).filter(|sum| *sum != i8::MIN);
                match sum.ok_or(OpError::Overflow)? {
                    0 => {
                        self.factors.remove(at);
                    }
                    sum => {
                        if let Some(factor) = self.factors.get_mut(at) {
                            factor.1 = sum;
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// How many yuan a word for money stands for: 分, 角, 元, 万元, 亿元, and `fen`, `jiao`, `yuan`,
/// `CNY`; `None` for any other word.
#[must_use]
pub fn money_scale(word: &str) -> Option<Rational> {
    let (num, den) = match word {
        "分" | "fen" => (1, 100),
        "角" | "jiao" => (1, 10),
        "元" | "yuan" | "CNY" => (1, 1),
        "万元" => (10_000, 1),
        "亿元" => (100_000_000, 1),
        _ => return None,
    };
    Rational::new(num, den).ok()
}

#[cfg(test)]
mod tests;
