//! What a caller gets back: typed, serialisable, in the order of the policy.

use indexmap::IndexMap;
use serde::Serialize;

use crate::diagnostic::Words;
use crate::explain::view::{ErrorView, Held, display, display_option};
use crate::value::{Date, YearMonth};

/// Everything decided about one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CaseDecision {
    /// The policy, by its full name; the place, where all its benefits were decided.
    pub policy: String,
    /// The place whose benefits were all decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The month decided, `2023-06`.
    #[serde(serialize_with = "display")]
    pub period: YearMonth,
    /// The day of assessment, `2023-06-30`.
    #[serde(serialize_with = "display")]
    pub as_of: Date,
    /// Law and facts as known on this day.
    #[serde(serialize_with = "display_option", skip_serializing_if = "Option::is_none")]
    pub known_on: Option<Date>,
    /// Decisions about the household (or whatever the case is about), by name.
    pub decisions: IndexMap<String, Decision>,
    /// Decisions about each person, in the order of the facts.
    pub members: Vec<MemberDecisions>,
    /// Of all benefits of a place: decisions that are not in force in the month, and so are left
    /// out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_in_force: Vec<String>,
}

/// Decisions about one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MemberDecisions {
    /// The person's key.
    pub id: String,
    /// By name.
    pub decisions: IndexMap<String, Decision>,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Decision {
    /// 符合, 不符合, 待定, 酌定; a decision that failed is 待定 in JSON, with `error` beside it.
    pub outcome: Outcome,
    /// The error, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorView>,
    /// What is paid, by name; empty where not entitled.
    pub payments: IndexMap<String, Payment>,
    /// The conditions in order.
    pub conditions: Vec<Condition>,
    /// Facts that could still change the result.
    pub missing: Vec<String>,
    /// Values of law that it waits for.
    pub blocked: Vec<String>,
    /// Authorities that it waits for.
    pub discretion: Vec<String>,
    /// Defaults that were applied.
    pub assumed: Vec<String>,
    /// Made-up values that it rests on.
    pub unverified: Vec<String>,
}

/// How a decision came out. There are no others: whoever matches must say what becomes of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Outcome {
    /// Entitled.
    #[serde(rename = "符合")]
    Entitled,
    /// Not entitled.
    #[serde(rename = "不符合")]
    NotEntitled,
    /// Facts or law are missing.
    #[serde(rename = "待定")]
    Undecided,
    /// Only somebody's discretion is missing.
    #[serde(rename = "酌定")]
    Discretionary,
    /// It could not be computed.
    #[serde(rename = "待定")]
    Failed,
}

impl Outcome {
    /// The word for it.
    #[must_use]
    pub const fn words(self) -> Words {
        let (zh, en) = match self {
            Self::Entitled => ("符合", "entitled"),
            Self::NotEntitled => ("不符合", "not entitled"),
            Self::Undecided => ("待定", "undecided"),
            Self::Discretionary => ("酌定", "at discretion"),
            Self::Failed => ("出错", "could not be computed"),
        };
        Words { zh, en }
    }
}

/// A payment: an exact amount, or bounds, or neither.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Payment {
    /// The amount as a decimal string, where it is certain.
    pub amount: Option<String>,
    /// 元/月
    pub unit: String,
    /// 起发: the first month that is paid, `2023-07`, where the rule says it and the facts tell.
    #[serde(serialize_with = "display_option", skip_serializing_if = "Option::is_none")]
    pub starts: Option<YearMonth>,
    /// 停发: the first month that is not paid any more.
    #[serde(serialize_with = "display_option", skip_serializing_if = "Option::is_none")]
    pub stops: Option<YearMonth>,
    /// Sound bounds, where it is not certain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bounds: Option<Bounds>,
    /// The error, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorView>,
}

/// Bounds of an amount; an open end is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Bounds {
    /// Not less than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<String>,
    /// Not more than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<String>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Condition {
    /// Its label, or its number where it has none.
    pub label: String,
    /// Whether it holds; null where that is not known.
    pub held: Option<bool>,
    /// How it came out in full.
    pub state: Held,
    /// Its source in law.
    pub citation: String,
}
