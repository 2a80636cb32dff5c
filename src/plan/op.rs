//! The instructions of a plan: each computes one register of one instance, or of every instance of
//! a list. All work on `i64`; whatever does not fit makes the case leave the plan.

use crate::syntax::ast::Comparison;
use crate::value::Rounding;

/// Stands in a register for 无.
pub(super) const ABSENT: i64 = i64::MIN;

/// Stands in a register for "no item holds" while a choice is being made, and in a parameter's
/// table for a value that is not there.
pub(super) const NOTHING: i64 = i64::MIN + 1;

/// A register: one of the root object, or a column with one register for each member of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Register {
    /// 0 for the root object, otherwise the number of the list.
    pub(super) group: u8,
    /// Its number in that group.
    pub(super) index: u32,
}

/// How a choice takes one more item that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Take {
    /// 唯一: it must agree with what was taken.
    Agreeing,
    /// 就高
    Higher,
    /// 就低
    Lower,
    /// 首个: only where nothing was taken.
    IfFirst,
}

/// What is computed; `k…` are whole multipliers that bring operands to one scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Op {
    /// `a × ka + b × kb`
    Linear { a: Register, ka: i64, b: Register, kb: i64 },
    /// `a × b`
    Multiply { a: Register, b: Register },
    /// `a`, where `positive` is above 0; the case leaves the plan where it is not.
    Guarded { a: Register, positive: Register },
    /// `a`, where it is not 无; the case leaves the plan where it is.
    Present { a: Register },
    /// `a × ka ? b × kb`; a comparison with 无 fails, but for 不等于.
    Compare { how: Comparison, a: Register, ka: i64, b: Register, kb: i64, optional: bool },
    /// `a × ka ? b × kb × divisor`: a quotient against a number.
    CompareQuotient {
        how: Comparison,
        a: Register,
        ka: i64,
        b: Register,
        kb: i64,
        divisor: Register,
    },
    /// Rounds `a × pre` to a whole number of `step`, and counts them in units of `post`.
    Round { how: Rounding, a: Register, pre: i64, step: i64, post: i64 },
    /// The same of `a × pre ÷ divisor`.
    RoundQuotient { how: Rounding, a: Register, pre: i64, step: i64, post: i64, divisor: Register },
    /// The greater, or the lesser, of two.
    Extreme { greatest: bool, a: Register, b: Register },
    /// `a`, or `b` where `a` is 无.
    IfAbsent { a: Register, b: Register },
    /// Whether both hold.
    And { a: Register, b: Register },
    /// Whether one holds.
    Or { a: Register, b: Register },
    /// Whether it does not hold.
    Not { a: Register },
    /// Whether the code is one of these.
    InSet { a: Register, set: u64 },
    /// One of two values.
    Select { condition: Register, then: Register, otherwise: Register },
    /// One more item of a choice; `taken` is nothing for the first.
    Item { how: Take, taken: Option<Register>, condition: Option<Register>, value: Register },
    /// `a`, or `b` where no item holds.
    OrElse { a: Register, b: Register },
    /// `a`; the case leaves the plan where no item holds.
    Some { a: Register },
    /// `total`, with `value` added where the condition holds.
    AddIf { total: Register, condition: Register, value: Register },
    /// The value of a table; the case leaves the plan where there is none.
    Lookup { table: u32, at: Register },
    /// The sum over a list of those that count.
    Sum { list: u8, body: Register, counts: Option<Register> },
    /// How many of a list count.
    Count { list: u8, counts: Option<Register> },
    /// Whether one that counts holds.
    Exists { list: u8, body: Register, counts: Option<Register> },
    /// Whether all that count hold.
    Each { list: u8, body: Register, counts: Option<Register> },
    /// The greatest or least of those that count.
    Best { list: u8, greatest: bool, body: Register, counts: Option<Register> },
    /// 周岁
    Age { birth: Register, on: Register },
    /// 当月, 次月: the month of a day, or of a month, so many months later; 无 of 无.
    MonthOf { a: Register, offset: i8, of_day: bool },
    /// The register of another person; 无 where there is no such person.
    Gather { who: Register, of: Register },
}

impl Op {
    /// The registers that it reads.
    pub(super) fn reads(&self) -> [Option<Register>; 3] {
        match *self {
            Self::Linear { a, b, .. }
            | Self::Multiply { a, b }
            | Self::Guarded { a, positive: b }
            | Self::Compare { a, b, .. }
            | Self::RoundQuotient { a, divisor: b, .. }
            | Self::Extreme { a, b, .. }
            | Self::IfAbsent { a, b }
            | Self::And { a, b }
            | Self::Or { a, b }
            | Self::OrElse { a, b }
            | Self::Age { birth: a, on: b }
            | Self::Gather { who: a, of: b } => [Some(a), Some(b), None],
            Self::CompareQuotient { a, b, divisor: c, .. }
            | Self::Select { condition: a, then: b, otherwise: c }
            | Self::AddIf { total: a, condition: b, value: c } => [Some(a), Some(b), Some(c)],
            Self::Present { a }
            | Self::Round { a, .. }
            | Self::Not { a }
            | Self::InSet { a, .. }
            | Self::Some { a }
            | Self::MonthOf { a, .. }
            | Self::Lookup { at: a, .. } => [Some(a), None, None],
            Self::Item { taken, condition, value, .. } => [taken, condition, Some(value)],
            Self::Sum { body, counts, .. }
            | Self::Exists { body, counts, .. }
            | Self::Each { body, counts, .. }
            | Self::Best { body, counts, .. } => [Some(body), counts, None],
            Self::Count { counts, .. } => [counts, None, None],
        }
    }

    /// The same with every register renamed.
    pub(super) fn renamed(mut self, name: impl Fn(Register) -> Register) -> Self {
        let rename = |register: &mut Register| *register = name(*register);
        let rename_some = |register: &mut Option<Register>| *register = register.map(&name);
        match &mut self {
            Self::Linear { a, b, .. }
            | Self::Multiply { a, b }
            | Self::Guarded { a, positive: b }
            | Self::Compare { a, b, .. }
            | Self::RoundQuotient { a, divisor: b, .. }
            | Self::Extreme { a, b, .. }
            | Self::IfAbsent { a, b }
            | Self::And { a, b }
            | Self::Or { a, b }
            | Self::OrElse { a, b }
            | Self::Age { birth: a, on: b }
            | Self::Gather { who: a, of: b } => {
                rename(a);
                rename(b);
            }
            Self::CompareQuotient { a, b, divisor: c, .. }
            | Self::Select { condition: a, then: b, otherwise: c }
            | Self::AddIf { total: a, condition: b, value: c } => {
                rename(a);
                rename(b);
                rename(c);
            }
            Self::Present { a }
            | Self::Round { a, .. }
            | Self::Not { a }
            | Self::InSet { a, .. }
            | Self::Some { a }
            | Self::MonthOf { a, .. }
            | Self::Lookup { at: a, .. } => rename(a),
            Self::Item { taken, condition, value, .. } => {
                rename_some(taken);
                rename_some(condition);
                rename(value);
            }
            Self::Sum { body, counts, .. }
            | Self::Exists { body, counts, .. }
            | Self::Each { body, counts, .. }
            | Self::Best { body, counts, .. } => {
                rename(body);
                rename_some(counts);
            }
            Self::Count { counts, .. } => rename_some(counts),
        }
        self
    }
}

/// An instruction: where the result goes, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) to: Register,
    pub(super) op: Op,
}
