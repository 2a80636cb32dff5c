//! A difference as plain data: what the text, the Markdown and the JSON are drawn from.

use serde::Serialize;

use crate::diagnostic::Language;
use crate::explain::view::{OutcomeView, SourceView, ValueView, display, display_option};
use crate::value::{Date, YearMonth};

/// What changed between two situations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The situation that is compared with.
    pub before: SituationView,
    /// The situation that is asked about.
    pub after: SituationView,
    /// Everything that differs and that a decision looks at, each once; parts name them by `id`.
    pub causes: Vec<CauseView>,
    /// The household first, then each person of either situation.
    pub subjects: Vec<SubjectDifference>,
    /// All payments together, one for each unit; only where there are several payments of it.
    pub totals: Vec<AmountDifference>,
}

/// One of the two situations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SituationView {
    /// 中山.最低生活保障
    pub policy: String,
    /// Its title in full, where it has one.
    pub title: Option<String>,
    /// The month decided.
    #[serde(serialize_with = "display")]
    pub period: YearMonth,
    /// The day ages and durations are measured on.
    #[serde(serialize_with = "display")]
    pub as_of: Date,
    /// Law as known on this day, where it was said.
    #[serde(serialize_with = "display_option")]
    pub known_on: Option<Date>,
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Words {
    /// The two wordings.
    #[must_use]
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The wording of a language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty()
    }
}

/// What kind of thing differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CauseKind {
    /// The text of the policy: all rules that differ between two texts.
    Text,
    /// The version of a rule, or the exceptions to it, that are in force.
    Rule,
    /// The row of a parameter that is in force.
    Parameter,
    /// Ages and durations, measured on another day.
    Time,
    /// Somebody joined or left.
    Member,
    /// A fact.
    Fact,
    /// What was decided for earlier months.
    History,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CauseView {
    /// Stable address: `甲.月工资`, `低保标准（城镇）`, `规则.工资性收入`, `时间`.
    pub id: String,
    /// What kind of thing.
    pub kind: CauseKind,
    /// 甲的月工资
    pub name: Words,
    /// 2250元/月; empty where there is nothing to say.
    pub before: Words,
    /// 2350元/月
    pub after: Words,
    /// What the values do not say: since when, made up or not, which ages.
    pub remark: Words,
    /// Where the value or the rule after the change comes from; empty for facts.
    pub source: SourceView,
    /// Whether it has a part in any amount or outcome that is told here.
    pub matters: bool,
}

/// All that was decided about one subject, in both situations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SubjectDifference {
    /// 家庭 for the household, the person's key otherwise.
    pub id: String,
    /// The object: 家庭, 人.
    pub object: String,
    /// Its decisions, in the order of the policy.
    pub decisions: Vec<DecisionDifference>,
}

/// One decision in both situations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionDifference {
    /// Stable address: `低保`, `甲.低保`.
    pub id: String,
    /// 低保
    pub name: String,
    /// Its ASCII twin.
    pub alias: Option<String>,
    /// How it came out before.
    pub before: SideOutcome,
    /// How it comes out after.
    pub after: SideOutcome,
    /// Where the outcome changed: the smallest sets of causes that turn the one outcome into the
    /// other by themselves, by `id`, up to [`MOST_DECISIVE`].
    pub decisive: Vec<Vec<String>>,
    /// What differs and has a say in it, by `id`.
    pub causes: Vec<String>,
    /// Between two texts: the rules that it rests on and that read otherwise.
    pub rules: Vec<Words>,
    /// Its payments; none where it gives nothing in both situations.
    pub payments: Vec<AmountDifference>,
}

/// The most sets of causes that are named for one changed outcome.
pub const MOST_DECISIVE: usize = 3;

/// The outcome in one situation, and why it is not certain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SideOutcome {
    /// Nothing where there is no such decision; `remark` says why.
    pub outcome: Option<OutcomeView>,
    /// The policy has no such decision, it was not in force, the person is not there.
    pub remark: Words,
    /// Facts and values of law that it waits for.
    pub waits_for: Vec<Words>,
}

/// The address of a total.
pub const TOTAL: &str = "合计";

/// An amount in both situations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AmountDifference {
    /// Stable address: `低保.低保金`; `合计` for a total.
    pub id: String,
    /// 低保金
    pub name: String,
    /// Its ASCII twin.
    pub alias: Option<String>,
    /// 元/月, CNY/month
    pub unit: Words,
    /// The amount before: 0 where there was no entitlement.
    pub before: ValueView,
    /// The amount after.
    pub after: ValueView,
    /// By how much it changed, a decimal; nothing where a side is not known.
    pub change: Option<String>,
    /// Between what it changed, where a side is not known but has bounds.
    pub bounds: Option<ChangeBounds>,
    /// The parts, the largest first, 取整 last; they add up to `change`.
    pub parts: Vec<PartView>,
    /// Why there are no parts, or why causes are put together; empty where nothing is to be said.
    pub remark: Words,
}

/// Bounds of a change, decimals; an end that is open is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeBounds {
    /// Not less than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<String>,
    /// Not more than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<String>,
}

/// What one cause, or several together, make up of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartView {
    /// The causes by `id`; none for 取整.
    pub causes: Vec<String>,
    /// The part exactly: `-100`, `141/2`.
    pub exact: String,
    /// The part to the fen; the shown parts add up too.
    pub shown: String,
}
