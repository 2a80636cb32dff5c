//! Sweeps and changes as plain data: what every form of them is drawn from. Holds texts and
//! numbers, never formatting.

use serde::Serialize;

use crate::engine::decision::Outcome;
use crate::explain::view::{SourceView, ValueView, display, display_option};
use crate::value::{Date, YearMonth};

/// What was asked, and of which policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskedView {
    /// 中山.最低生活保障
    pub policy: String,
    /// The month decided.
    #[serde(serialize_with = "display")]
    pub period: YearMonth,
    /// The day ages and durations are measured on.
    #[serde(serialize_with = "display")]
    pub as_of: Date,
    /// Law and facts as known on this day, where it was said.
    #[serde(serialize_with = "display_option", skip_serializing_if = "Option::is_none")]
    pub known_on: Option<Date>,
}

/// An outcome or a payment that is followed; a total of payments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutputView {
    /// Stable address: `低保`, `甲.低保`, `低保.低保金`; `合计（元/月）` for a total.
    pub id: String,
    /// 低保, 低保金
    pub name: String,
    /// Its ASCII twin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// The key of the person it is about; empty for the household.
    pub subject: String,
    /// What it is.
    pub kind: OutputKind,
    /// 元/月; empty for an outcome.
    pub unit: String,
}

/// What an output is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OutputKind {
    /// Whether a subject is entitled.
    Outcome,
    /// What is paid.
    Payment,
    /// All payments of one unit together.
    Total,
}

/// What one output is on one piece.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellView {
    /// The outcome, where the output is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The amount at the beginning of the piece, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_from: Option<ValueView>,
    /// The amount at its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_to: Option<ValueView>,
    /// By how much it changes with one unit more, before rounding: a decimal or a fraction, in the
    /// output's unit; nothing where it is no straight line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slope: Option<String>,
}

/// A stretch of values of the fact on which every output is one function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PieceView {
    /// Its first value.
    pub from: ValueView,
    /// Its last value.
    pub to: ValueView,
    /// In the order of the sweep's outputs.
    pub outputs: Vec<CellView>,
}

/// Where one piece ends and the next begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThresholdView {
    /// The last value before it.
    pub before: ValueView,
    /// The first value after it.
    pub after: ValueView,
    /// The exact value at which both sides of what makes it are equal, where it is solved; it may
    /// lie between the two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<ValueView>,
    /// What makes it.
    pub causes: Vec<CauseView>,
    /// What changes there.
    pub changes: Vec<ShiftView>,
}

/// The condition, rule or parameter that makes a threshold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CauseView {
    /// From the decision or rule down to what makes it: `低保（二）财产条件`, `财产符合规定（一）金融资产`.
    pub trail: Vec<String>,
    /// The person it is about; empty for the household.
    pub who: String,
    /// As the policy writes it: `人均月收入低于低保标准`.
    pub text: String,
    /// Why it does.
    pub kind: CauseKind,
    /// The parameter rows that it compares with.
    pub parameters: Vec<ParameterUse>,
    /// Sources, layer, place in the policy text.
    pub source: SourceView,
}

/// Why something makes a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CauseKind {
    /// A comparison, a floor, a cap or a choice comes out otherwise.
    Branch,
    /// A rounded number or an age takes its next value.
    Step,
    /// The fact enters as a product or a quotient that is not solved: point by point.
    Product,
    /// Other law is in force.
    Law,
    /// The numbers become too large.
    TooLarge,
    /// The analysis did not follow the evaluation: point by point.
    Unfollowed,
}

/// A parameter row that is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParameterUse {
    /// `低保标准（城镇）`
    pub id: String,
    /// 1201元/人·月
    pub value: ValueView,
    /// Sources, layer, place.
    pub source: SourceView,
}

/// What happens to one output at a threshold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShiftView {
    /// Which: its id.
    pub output: String,
    /// How.
    pub kind: ShiftKind,
    /// Just before.
    pub before: String,
    /// Just after.
    pub after: String,
    /// In English: just before and just after.
    pub before_en: String,
    /// In English.
    pub after_en: String,
    /// Of a cliff: how far the amount jumps beyond what its slope explains.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jump: Option<ValueView>,
}

/// How an output changes at a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ShiftKind {
    /// The outcome is another.
    Outcome,
    /// The amount jumps (断崖).
    Cliff,
    /// The amount goes on from where it was, at another rate (拐点).
    Kink,
    /// Between an amount and none that is known.
    Knowledge,
}

/// Why an analysis did not reach the end of the range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StopView {
    /// The last value that was reached.
    pub at: ValueView,
    /// Why, in Chinese.
    pub zh: String,
    /// Why, in English.
    pub en: String,
}
