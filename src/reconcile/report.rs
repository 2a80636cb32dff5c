//! What a reconciliation comes to, as data.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::Bilingual;
use crate::engine::decision::Outcome;
use crate::explain::view::{ErrorView, display, display_option};
use crate::value::{Date, Rational, YearMonth};

/// How what is due and what was paid compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Verdict {
    /// 待确认: there is no list; entitled by what is known already.
    #[serde(rename = "待确认")]
    ToConfirm,
    /// 应补: entitled, and nothing was paid.
    #[serde(rename = "应补")]
    PayAll,
    /// 补差: entitled to more than was paid.
    #[serde(rename = "补差")]
    PayMore,
    /// 应停: paid, and nothing is due; what was paid is to be taken back.
    #[serde(rename = "应停")]
    Stop,
    /// 应退: paid more than is due.
    #[serde(rename = "应退")]
    TakeBack,
    /// 待定: facts, law or somebody's discretion are missing.
    #[serde(rename = "待定")]
    Undecided,
    /// 未能计算
    #[serde(rename = "未能计算")]
    Failed,
    /// 一致
    #[serde(rename = "一致")]
    Agrees,
}

impl Verdict {
    /// Its words, in Chinese and English.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::ToConfirm => ("待确认", "to be confirmed"),
            Self::PayAll => ("应补", "to be paid"),
            Self::PayMore => ("补差", "to be topped up"),
            Self::Stop => ("应停", "to be stopped"),
            Self::TakeBack => ("应退", "to be taken back"),
            Self::Undecided => ("待定", "undecided"),
            Self::Failed => ("未能计算", "could not be computed"),
            Self::Agrees => ("一致", "agrees"),
        }
    }

    /// What it means, in Chinese and English.
    #[must_use]
    pub const fn meaning(self) -> (&'static str, &'static str) {
        match self {
            Self::ToConfirm => {
                ("按已有数据符合条件，请本人确认", "entitled by what is known; to be confirmed")
            }
            Self::PayAll => ("符合条件，没有发放", "entitled, and nothing was paid"),
            Self::PayMore => ("符合条件，发少了", "entitled, and paid too little"),
            Self::Stop => ("不应发放，发了", "nothing is due, and something was paid"),
            Self::TakeBack => ("发多了", "paid too much"),
            Self::Undecided => ("还不能下结论", "cannot be told yet"),
            Self::Failed => ("算不出来", "went wrong"),
            Self::Agrees => ("应发和已发相等", "what is due was paid"),
        }
    }
}

/// All entries of one verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VerdictTotal {
    /// How many.
    pub count: usize,
    /// What their differences come to; of those that agree, what was paid.
    #[serde(serialize_with = "display")]
    pub sum: Rational,
    /// How many of them have a difference that is not known, or not in full.
    pub open: usize,
}

impl VerdictTotal {
    pub(super) fn add(&mut self, difference: &Difference) {
        self.count = self.count.saturating_add(1);
        let amount = difference.difference.as_deref().and_then(|text| text.parse().ok());
        if amount.is_none() || difference.at_least {
            self.open = self.open.saturating_add(1);
        }
        // INVARIANT: each amount fits a decimal; a sum that does not is shown by its entries.
        self.sum = self.sum.checked_add(amount.unwrap_or(Rational::ZERO)).unwrap_or(self.sum);
    }

    pub(super) fn agree(&mut self, count: usize, sum: Rational) {
        self.count = count;
        self.sum = sum;
    }
}

/// One benefit of one household or person in one month, not paid as it is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// How the two compare.
    pub verdict: Verdict,
    /// The case.
    pub household: String,
    /// The member; nothing for a benefit of the household.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The benefit, by the name of its decision.
    pub benefit: String,
    /// Its ASCII twin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// The month; nothing for a benefit that is paid once.
    #[serde(serialize_with = "display_option", skip_serializing_if = "Option::is_none")]
    pub month: Option<YearMonth>,
    /// How it was decided; nothing where the benefit is not in force.
    pub outcome: Option<Outcome>,
    /// What is due, in yuan, where it is certain.
    pub due: Option<String>,
    /// It is not less than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_low: Option<String>,
    /// It is not more than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_high: Option<String>,
    /// What was paid.
    pub paid: String,
    /// By how much the two differ, where that is known.
    pub difference: Option<String>,
    /// Whether it may be more than that.
    pub at_least: bool,
    /// Why: the conditions that carried the outcome, the formula, what other benefits did.
    pub reasons: Vec<String>,
    /// Facts, values of law and authorities that it waits for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waits_for: Vec<String>,
    /// Defaults that were applied.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assumed: Vec<String>,
    /// Made-up values that it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unverified: Vec<String>,
    /// Why it could not be computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorView>,
    /// The rows of the list, `file:line`.
    pub rows: Vec<String>,
}

/// Something odd about rows of the list, or about who receives them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CardFinding {
    /// What kind of thing.
    pub kind: CardFindingKind,
    /// In words.
    pub message: Bilingual,
    /// The rows, `file:line`; none for what is found in the population.
    pub rows: Vec<String>,
}

/// Kinds of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CardFindingKind {
    /// Paid to somebody whom the population has not.
    UnknownRecipient,
    /// Paid to somebody who may be any of several.
    AmbiguousRecipient,
    /// One benefit of one month paid to the same in more than one row.
    PaidTwice,
    /// One account for several households.
    SharedAccount,
    /// Several accounts for one household or person in one month.
    SeveralAccounts,
    /// An account of somebody who is neither the person nor the head of the household.
    ForeignHolder,
    /// No account, though the list has a column of them.
    NoAccount,
    /// Paid for a month after the death.
    PaidAfterDeath,
    /// A resident ID number with a wrong check digit.
    InvalidIdNumber,
    /// One ID number in two households.
    InTwoHouseholds,
}

/// What a reconciliation comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Reconciliation {
    /// The policy, or the place.
    pub policy: String,
    /// The first month.
    #[serde(serialize_with = "display")]
    pub first: YearMonth,
    /// The last month.
    #[serde(serialize_with = "display")]
    pub last: YearMonth,
    /// Law and facts as known on this day.
    #[serde(serialize_with = "display_option", skip_serializing_if = "Option::is_none")]
    pub known_on: Option<Date>,
    /// Whether there was a list of payments.
    pub against_list: bool,
    /// How many cases.
    pub households: usize,
    /// How many members they have.
    pub people: usize,
    /// How many rows the list has.
    pub rows: usize,
    /// The benefits that were reconciled.
    pub benefits: Vec<String>,
    /// Those that pay something and were not.
    pub not_reconciled: Vec<String>,
    /// By verdict.
    pub totals: BTreeMap<Verdict, VerdictTotal>,
    /// What does not agree, in the order of the population.
    pub differences: Vec<Difference>,
    /// What is odd about the rows and the accounts.
    pub card: Vec<CardFinding>,
    /// Rows of months or benefits that were not asked about, `file:line`.
    pub outside: Vec<String>,
    /// Columns of the list that nothing reads.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ignored_columns: Vec<String>,
}
