//! The value lattice.

use super::note::Marks;
use crate::hir::{Constant, DefinitionId, ItemId, NodeId, ParameterId};
use crate::input::Scalar;
use crate::value::{Date, OpError, Rational};

/// A value of a node for one instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Known, resting on these defaults and samples.
    Known(Scalar, Marks),
    /// 无
    Absent(Marks),
    /// Not known.
    Unknown(Box<Unknown>),
    /// It cannot be computed.
    Error(Box<Fault>),
}

/// Why a value is not known, and what is known of it all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unknown {
    /// What it waits for.
    pub causes: Marks,
    /// What it rests on besides.
    pub marks: Marks,
    /// Not less than this.
    pub low: Option<Rational>,
    /// Not more than this.
    pub high: Option<Rational>,
    /// Whether it may turn out to be 无.
    pub may_be_absent: bool,
}

/// A computation that has no result, with the node where it failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub node: NodeId,
    /// Why.
    pub kind: FaultKind,
}

/// The ways to fail. Exhaustive on purpose: a caller meets a new one at compile time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// 无标准: no row of the parameter covers the day.
    NoRow(ParameterId, Date),
    /// 冲突: two items or exceptions hold and disagree.
    Conflict(ItemId, ItemId),
    /// No item holds and nothing is said for that.
    NothingHolds,
    /// No version is in force on the day.
    NotInForce(DefinitionId, Date),
    /// Arithmetic: overflow, division by zero, a date that does not exist.
    Arithmetic(OpError),
    /// 无 where a number is needed.
    AbsentOperand,
    /// 分母为零: a share of nothing.
    EmptyPopulation,
    /// 超出幅度: what somebody decided does not lie within the bounds of the law.
    OutOfBounds,
    /// 首个 of several that the order does not tell apart.
    Tied,
    /// Read through somebody who is not a member of a household.
    NoHousehold,
}

impl Value {
    /// Known, resting on nothing.
    #[must_use]
    pub fn plain(constant: Constant) -> Self {
        Self::Known(Scalar::Constant(constant), Marks::NONE)
    }

    /// A known number.
    #[must_use]
    pub fn number(number: Rational, marks: Marks) -> Self {
        Self::Known(Scalar::Constant(Constant::Number(number)), marks)
    }

    /// A known truth.
    #[must_use]
    pub fn truth(truth: bool, marks: Marks) -> Self {
        Self::Known(Scalar::Constant(Constant::Bool(truth)), marks)
    }

    /// Failed at `node`.
    #[must_use]
    pub fn fault(node: NodeId, kind: FaultKind) -> Self {
        Self::Error(Box::new(Fault { node, kind }))
    }

    /// Unknown for one reason, with nothing known of it.
    #[must_use]
    pub fn unknown(causes: Marks) -> Self {
        Self::Unknown(Box::new(Unknown { causes, ..Unknown::default() }))
    }

    /// The number, where it is one.
    #[must_use]
    pub fn as_number(&self) -> Option<Rational> {
        match self {
            Self::Known(Scalar::Constant(Constant::Number(number)), _) => Some(*number),
            _ => None,
        }
    }

    /// The truth, where it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Known(Scalar::Constant(Constant::Bool(truth)), _) => Some(*truth),
            _ => None,
        }
    }

    /// Whether a condition holds: 无 (the 重病 of a father there is none of) does not.
    #[must_use]
    pub fn holds(&self) -> Option<bool> {
        match self {
            Self::Absent(_) => Some(false),
            other => other.as_bool(),
        }
    }

    /// The day, where it is one.
    #[must_use]
    pub fn as_date(&self) -> Option<Date> {
        match self {
            Self::Known(Scalar::Constant(Constant::Date(date)), _) => Some(*date),
            _ => None,
        }
    }

    /// The scalar, where it is known.
    #[must_use]
    pub fn as_scalar(&self) -> Option<Scalar> {
        match self {
            Self::Known(scalar, _) => Some(*scalar),
            _ => None,
        }
    }

    /// What it rests on: defaults and samples.
    #[must_use]
    pub fn marks(&self) -> Marks {
        match self {
            Self::Known(_, marks) | Self::Absent(marks) => marks.clone(),
            Self::Unknown(unknown) => unknown.marks.clone(),
            Self::Error(_) => Marks::NONE,
        }
    }

    /// What it waits for.
    #[must_use]
    pub fn causes(&self) -> Marks {
        match self {
            Self::Unknown(unknown) => unknown.causes.clone(),
            _ => Marks::NONE,
        }
    }

    /// The error, where it is one.
    #[must_use]
    pub fn as_fault(&self) -> Option<&Fault> {
        match self {
            Self::Error(fault) => Some(fault),
            _ => None,
        }
    }

    /// Whether it is the error that no version of this definition is in force.
    #[must_use]
    pub fn is_not_in_force(&self, definition: DefinitionId) -> bool {
        let is_it = |fault: &Fault| matches!(&fault.kind, FaultKind::NotInForce(found, _) if *found == definition);
        self.as_fault().is_some_and(is_it)
    }

    /// The least and greatest that a number can be.
    #[must_use]
    pub fn range(&self) -> (Option<Rational>, Option<Rational>) {
        match self {
            Self::Unknown(unknown) => (unknown.low, unknown.high),
            other => (other.as_number(), other.as_number()),
        }
    }

    /// The same resting on more.
    #[must_use]
    pub fn marked(self, more: &Marks) -> Self {
        let mut value = self;
        match &mut value {
            Self::Known(_, marks) | Self::Absent(marks) => marks.add(more),
            Self::Unknown(unknown) => unknown.marks.add(more),
            Self::Error(_) => {}
        }
        value
    }
}

/// The error of the smallest node among values, so that order never shows.
pub(super) fn first_fault<'a>(values: impl IntoIterator<Item = &'a Value>) -> Option<Value> {
    values
        .into_iter()
        .filter_map(Value::as_fault)
        .min_by_key(|fault| fault.node)
        .map(|fault| Value::Error(Box::new(fault.clone())))
}

/// What several values together wait for and rest on.
pub(super) fn gather<'a>(values: impl IntoIterator<Item = &'a Value>) -> (Marks, Marks) {
    let (mut causes, mut marks) = (Marks::NONE, Marks::NONE);
    for value in values {
        match value {
            Value::Known(_, more) | Value::Absent(more) => marks.add(more),
            Value::Unknown(unknown) => {
                causes.add(&unknown.causes);
                marks.add(&unknown.marks);
            }
            Value::Error(_) => {}
        }
    }
    (causes, marks)
}

/// One of these, it is not known which: known where they all agree, bounded by them otherwise.
/// `causes` is why it is not known which.
pub(super) fn one_of(candidates: &[Value], causes: &Marks, marks: &Marks) -> Value {
    if let Some(fault) = first_fault(candidates) {
        return fault;
    }
    let (more_causes, more_marks) = gather(candidates);
    let marks = marks.and(&more_marks);
    let first = candidates.first();
    if let Some(Value::Known(first, _)) = first
        && candidates.iter().all(|value| value.as_scalar() == Some(*first))
    {
        return Value::Known(*first, marks);
    }
    if first.is_some() && candidates.iter().all(|value| matches!(value, Value::Absent(_))) {
        return Value::Absent(marks);
    }
    let present = || candidates.iter().filter(|value| !matches!(value, Value::Absent(_)));
    // An open end is the least of all.
    let low = present().map(|value| value.range().0).min().flatten();
    let high = if present().any(|value| value.range().1.is_none()) {
        None
    } else {
        present().filter_map(|value| value.range().1).max()
    };
    let may_be_absent = candidates.iter().any(|value| match value {
        Value::Absent(_) => true,
        Value::Unknown(unknown) => unknown.may_be_absent,
        Value::Known(..) | Value::Error(_) => false,
    });
    Value::Unknown(Box::new(Unknown {
        causes: causes.and(&more_causes),
        marks,
        low,
        high,
        may_be_absent,
    }))
}
