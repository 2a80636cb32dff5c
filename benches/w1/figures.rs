//! W1 in Huize: the policy's text, and its results read out of a plan.

use huize::engine::decision::Outcome;
use huize::plan::{DecisionHandle, Figures, PaymentHandle, Plan};

use super::data::Row;

/// The rules as the specification says them.
pub(super) const W1: &str = include_str!("w1.hz");

/// Where the nine results of W1 stand in a plan.
pub(super) struct Handles {
    dibao: DecisionHandle,
    edge: DecisionHandle,
    amounts: [PaymentHandle; 8],
}

impl Handles {
    pub(super) fn of(plan: &Plan) -> Self {
        let amount = |decision, payment| plan.payment(decision, payment).unwrap();
        Self {
            dibao: plan.decision("dibao").unwrap(),
            edge: plan.decision("edge").unwrap(),
            amounts: [
                amount("dibao", "base"),
                amount("dibao", "category"),
                amount("edge", "single"),
                amount("living", "living_payment"),
                amount("nursing", "nursing_payment"),
                amount("elder", "elder_payment"),
                amount("orphan_allowance", "orphan_payment"),
                amount("all_benefits", "total_payment"),
            ],
        }
    }

    pub(super) fn row(&self, figures: &Figures<'_>) -> Row {
        let is = |decision| figures.outcome(decision, 0) == Some(Outcome::Entitled);
        let mut row = [0; 9];
        row[0] = if is(self.dibao) { 1 } else { i64::from(is(self.edge)) * 2 };
        for (place, amount) in row.iter_mut().skip(1).zip(&self.amounts) {
            *place = figures.fen(*amount, 0).unwrap();
        }
        row
    }
}
