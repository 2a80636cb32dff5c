//! A value that is said by how it changes: 提高10%, 减少 50元, 提高到 1300元.

use super::problem::{self, Trouble};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, NumberSuffix};
use crate::value::Rational;

/// How a value is to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// = x, 提高到 x
    To,
    /// 提高 x
    Up,
    /// 降低 x
    Down,
}

/// The words of a change, longest first among those that share a beginning. English words have
/// blanks around them.
const WORDS: [(&str, Change); 13] = [
    ("提高到", Change::To),
    ("降低到", Change::To),
    ("改为", Change::To),
    ("提高", Change::Up),
    ("增加", Change::Up),
    ("上调", Change::Up),
    ("降低", Change::Down),
    ("减少", Change::Down),
    ("下调", Change::Down),
    (" up to ", Change::To),
    (" down to ", Change::To),
    (" up ", Change::Up),
    (" down ", Change::Down),
];

/// The first word of a change in a text that something stands before: where it begins and ends.
pub(super) fn find(text: &str) -> Option<(usize, usize, Change)> {
    WORDS
        .iter()
        .filter_map(|(word, change)| {
            let at = text.find(word).filter(|at| *at > 0)?;
            Some((at, at + word.len(), *change))
        })
        // Of words that begin at one place the longest.
        .min_by_key(|(at, end, _)| (*at, std::cmp::Reverse(*end)))
}

/// The share that an expression is, where it is written as one: 10%.
pub(super) fn share(expression: &Expr) -> Option<Rational> {
    match &expression.kind {
        ExprKind::Number(literal) if literal.suffix == NumberSuffix::Percent => {
            literal.value.checked_div(Rational::from_integer(100)).ok()
        }
        _ => None,
    }
}

impl Change {
    /// The old value changed by a share of itself.
    pub(super) fn by_share(
        self,
        old: Rational,
        share: Rational,
        span: Span,
    ) -> Result<Rational, Trouble> {
        let one = Rational::from_integer(1);
        let factor = match self {
            Self::To => return Ok(share),
            Self::Up => one.checked_add(share),
            Self::Down => one.checked_sub(share),
        };
        let new = factor.and_then(|factor| old.checked_mul(factor));
        new.map_err(|error| problem::arithmetic(span, &error.message()))
    }

    /// The old value changed by an amount.
    pub(super) fn by(
        self,
        old: Rational,
        amount: Rational,
        span: Span,
    ) -> Result<Rational, Trouble> {
        let new = match self {
            Self::To => return Ok(amount),
            Self::Up => old.checked_add(amount),
            Self::Down => old.checked_sub(amount),
        };
        new.map_err(|error| problem::arithmetic(span, &error.message()))
    }
}
