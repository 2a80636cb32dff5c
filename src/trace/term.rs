//! 起发 and 停发 of a payment, as they came out.

use super::Trace;
use crate::eval::Value;
use crate::hir::{NodeId, NodeKind, Term};
use crate::input::{InstanceId, Scalar};
use crate::value::YearMonth;

impl Trace<'_> {
    /// The terms of a payment in force.
    #[must_use]
    pub fn terms(&self, payment: NodeId) -> Vec<Term> {
        let mut at = payment;
        loop {
            at = match self.kind(self.current(at)) {
                Some(NodeKind::Payment { due, .. }) => *due,
                Some(NodeKind::Use { root, .. }) => *root,
                Some(NodeKind::Timed { terms, .. }) => return terms.clone(),
                Some(NodeKind::Choose { arms, .. }) => match arms.as_slice() {
                    // 择高 and 补差 stand round what is due.
                    [only] => only.value,
                    _ => return Vec::new(),
                },
                _ => return Vec::new(),
            };
        }
    }

    /// The month that a term names, where it is known.
    #[must_use]
    pub fn term_month(&self, term: &Term, who: InstanceId) -> Option<YearMonth> {
        match self.value(term.month, who) {
            Value::Known(Scalar::Constant(crate::hir::Constant::Month(month)), _) => Some(month),
            _ => None,
        }
    }

    /// Whether a payment is still paid although the conditions do not hold any more.
    #[must_use]
    pub fn is_continued(&self, payment: NodeId, who: InstanceId) -> bool {
        match self.kind(self.current(payment)) {
            Some(NodeKind::Payment { entitled, continued: Some(_), .. }) => {
                self.value(*entitled, who).holds() == Some(false)
                    && self.value(payment, who).as_number().is_none_or(|paid| !paid.is_zero())
            }
            _ => false,
        }
    }
}
