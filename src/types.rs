//! The type language: what a value can be, with units for numbers.

use crate::value::{Dimension, Unit};

/// An enumeration of a [`crate::hir::Program`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnumId(pub u16);

/// An object of a [`crate::hir::Program`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId(pub u16);

/// What a value can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Poisoned by an error already reported; agrees with everything.
    Error,
    /// 是否
    Bool,
    /// A number with its unit.
    Number(NumberType),
    /// 日期
    Date,
    /// 月份
    Month,
    /// 文本: labels only; nothing is computed with it.
    Text,
    /// One of the values of an enumeration.
    Enum(EnumId),
    /// A thing of that kind.
    Object(ObjectId),
    /// 符合, 不符合, 待定, 酌定.
    Outcome,
}

/// A number's unit and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct NumberType {
    /// Its unit.
    pub unit: Unit,
    /// How people write it.
    pub style: NumberStyle,
    /// Whether it is known to be whole multiples of 0.01 (fen for money, anything else whole).
    pub whole_fen: bool,
    /// Whether it is known to be a whole number.
    pub integer: bool,
}

/// How a number without a unit is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum NumberStyle {
    /// `12.5`
    #[default]
    Plain,
    /// `12.5%`
    Percent,
    /// `1.5倍`
    Times,
    /// 壹仟贰佰元整: an amount as on a notice.
    Capitals,
}

impl NumberType {
    /// As declared, with what the formula tells besides: whether it is whole, and that it is shown
    /// in capitals.
    #[must_use]
    pub fn refined(self, formula: &Self) -> Self {
        let in_capitals = formula.style == NumberStyle::Capitals;
        Self {
            whole_fen: formula.whole_fen,
            integer: formula.integer,
            style: if in_capitals { formula.style } else { self.style },
            ..self
        }
    }
}

impl Type {
    /// A number of that unit.
    #[must_use]
    pub fn number(unit: Unit) -> Self {
        Self::Number(NumberType { unit, ..NumberType::default() })
    }

    /// Whether a message about it would only repeat an earlier one.
    #[must_use]
    pub fn is_error(&self) -> bool {
        matches!(self, Self::Error)
    }

    /// The number type, where it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&NumberType> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The unit, where it is a number.
    #[must_use]
    pub fn unit(&self) -> Option<&Unit> {
        self.as_number().map(|number| &number.unit)
    }

    /// Whether a value of this type may stand where `other` is asked for: same kind, same unit.
    #[must_use]
    pub fn fits(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Error, _) | (_, Self::Error) => true,
            (Self::Number(a), Self::Number(b)) => a.unit == b.unit,
            (a, b) => a == b,
        }
    }

    /// The same with one `/人` (or other dimension) struck off.
    #[must_use]
    pub fn strike(self, dimension: Dimension) -> Self {
        match self {
            Self::Number(number) => {
                Self::Number(NumberType { unit: number.unit.strike(dimension), ..number })
            }
            other => other,
        }
    }
}
