//! The value of a node as a function of what is varied, on the region where everything takes the
//! branch it took.

use super::form::{Day, Form};
use super::grid::Grid;
use crate::eval::Value;
use crate::hir::Constant;
use crate::input::Scalar;
use crate::value::Rational;

/// A value of the lattice, its numbers and days as functions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sym {
    /// Known, and neither a number nor a day: the same on the whole region.
    Known(Scalar),
    /// A known number.
    Number(Form),
    /// A known day.
    Day(Day),
    /// 无
    Absent,
    /// Unknown within bounds.
    Unknown(Bounds),
    /// It cannot be computed.
    Error,
}

/// What an unknown number lies between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) low: Option<Form>,
    pub(crate) high: Option<Form>,
    pub(crate) may_be_absent: bool,
}

impl Sym {
    /// A value that does not depend on what is varied.
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Known(Scalar::Constant(Constant::Number(number)), _) => {
                Self::Number(Form::constant(*number))
            }
            Value::Known(Scalar::Constant(Constant::Date(date)), _) => Self::Day(Day::Fixed(*date)),
            Value::Known(scalar, _) => Self::Known(*scalar),
            Value::Absent(_) => Self::Absent,
            Value::Unknown(unknown) => Self::Unknown(Bounds {
                low: unknown.low.map(Form::constant),
                high: unknown.high.map(Form::constant),
                may_be_absent: unknown.may_be_absent,
            }),
            Value::Error(_) => Self::Error,
        }
    }

    pub(crate) fn truth(truth: bool) -> Self {
        Self::Known(Scalar::Constant(Constant::Bool(truth)))
    }

    pub(crate) fn number(number: Rational) -> Self {
        Self::Number(Form::constant(number))
    }

    /// Unknown, with nothing known of it.
    pub(crate) fn unknown() -> Self {
        Self::Unknown(Bounds::default())
    }

    pub(crate) fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Known(Scalar::Constant(Constant::Bool(truth))) => Some(*truth),
            _ => None,
        }
    }

    /// Whether a condition holds: 无 does not.
    pub(crate) fn holds(&self) -> Option<bool> {
        if *self == Self::Absent { Some(false) } else { self.as_bool() }
    }

    /// The least and greatest that a number can be.
    pub(crate) fn range(&self) -> (Option<Form>, Option<Form>) {
        match self {
            Self::Number(form) => (Some(form.clone()), Some(form.clone())),
            Self::Unknown(bounds) => (bounds.low.clone(), bounds.high.clone()),
            _ => (None, None),
        }
    }

    pub(crate) fn is_error(&self) -> bool {
        *self == Self::Error
    }

    pub(crate) fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }

    /// Whether it is what an evaluation gave at a point.
    pub(crate) fn agrees(&self, value: &Value, grid: &Grid, point: i64) -> bool {
        let same = |form: &Option<Form>, end: Option<Rational>| match (form, end) {
            (Some(form), Some(end)) => form.at(grid, point) == Ok(end),
            (None, None) => true,
            _ => false,
        };
        match (self, value) {
            (Self::Number(form), value) => {
                value.as_number().is_some_and(|number| form.at(grid, point) == Ok(number))
            }
            (Self::Day(day), value) => {
                value.as_date().is_some_and(|date| day.at(point) == Ok(date))
            }
            (Self::Known(scalar), value) => value.as_scalar() == Some(*scalar),
            (Self::Absent, Value::Absent(_)) | (Self::Error, Value::Error(_)) => true,
            (Self::Unknown(bounds), Value::Unknown(unknown)) => {
                same(&bounds.low, unknown.low)
                    && same(&bounds.high, unknown.high)
                    && bounds.may_be_absent == unknown.may_be_absent
            }
            _ => false,
        }
    }
}
