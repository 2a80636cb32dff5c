//! An explanation as plain data: what every form of it (terminal, Markdown, JSON, notice) is drawn
//! from. Built from the trace; holds texts, never formatting.

use serde::Serialize;

use crate::value::{Date, YearMonth};

/// Why a case was decided as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The policy.
    pub policy: PolicyView,
    /// The month decided.
    #[serde(serialize_with = "crate::explain::view::display")]
    pub period: YearMonth,
    /// The day ages and durations are measured on.
    #[serde(serialize_with = "crate::explain::view::display")]
    pub as_of: Date,
    /// Law and facts as known on this day, where it was said.
    #[serde(serialize_with = "crate::explain::view::display_option")]
    pub known_on: Option<Date>,
    /// The household first, then each person, in the order of the facts.
    pub subjects: Vec<SubjectView>,
    /// Of all benefits of a place: decisions that are not in force in the month.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_in_force: Vec<String>,
}

/// The policy that was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyView {
    /// 中山.最低生活保障; the place, where all its benefits were decided.
    pub name: String,
    /// The place whose benefits were all decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Its title in full, where it has one.
    pub title: Option<String>,
    /// The layers it stands on, the highest (国家) first, itself last.
    pub layers: Vec<LayerView>,
}

impl PolicyView {
    /// Of all benefits of a place: the policy of each that holds there.
    #[must_use]
    pub fn policies(&self) -> Vec<&str> {
        let benefit = |layer: &LayerView| layer.policy.split_once('.').map(|(_, b)| b.to_owned());
        let mut policies: Vec<(Option<String>, &str)> = Vec::new();
        for layer in &self.layers {
            let found = benefit(layer);
            match policies.iter_mut().find(|(known, _)| *known == found) {
                // Layers of a benefit stand the highest first.
                Some(known) => known.1 = &layer.policy,
                None => policies.push((found, &layer.policy)),
            }
        }
        policies.into_iter().map(|(_, policy)| policy).collect()
    }
}

/// One layer of law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LayerView {
    /// 国家, 广东, 中山
    pub place: String,
    /// 国家.最低生活保障
    pub policy: String,
    /// The instruments it cites in its header.
    pub citations: Vec<String>,
}

/// All that was decided about one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SubjectView {
    /// 家庭 for the household, the person's key otherwise.
    pub id: String,
    /// The object: 家庭, 人.
    pub object: String,
    /// Its decisions, in the order of the policy.
    pub decisions: Vec<DecisionView>,
}

/// One decision and its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionView {
    /// Stable address: `低保`, `甲.低保`.
    pub id: String,
    /// 低保
    pub name: String,
    /// Its ASCII twin.
    pub alias: Option<String>,
    /// 符合, 不符合, 待定, 酌定, or an error.
    pub outcome: OutcomeView,
    /// Sources, place in the policy text, layer.
    pub source: SourceView,
    /// The conditions, numbered as in the policy.
    pub conditions: Vec<ConditionView>,
    /// What is paid (empty where not entitled).
    pub payments: Vec<PaymentView>,
    /// The rules that the conditions and payments used, each once, what is needed first last.
    pub definitions: Vec<DefinitionView>,
    /// The parameter rows used, each once.
    pub parameters: Vec<ParameterView>,
    /// The facts used, each once.
    pub facts: Vec<FactView>,
    /// Facts that could still change the result.
    pub missing: Vec<String>,
    /// Values of law that it waits for (待查, or left open by every layer).
    pub blocked: Vec<String>,
    /// Authorities whose decision it waits for.
    pub discretion: Vec<String>,
    /// Defaults that were applied: `甲.月工资 = 0元/月`.
    pub assumed: Vec<String>,
    /// Made-up values it rests on.
    pub unverified: Vec<String>,
    /// 复核: months between reviews.
    pub review_months: Option<u32>,
}

/// An outcome, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeView {
    /// 符合
    Entitled,
    /// 不符合
    NotEntitled,
    /// 待定
    Undecided,
    /// 酌定
    Discretionary,
    /// The decision failed.
    Failed(ErrorView),
}

/// An error of this case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorView {
    /// `huize::eval::no_row` …
    pub code: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// `file:line:column` of the rule.
    pub place: String,
}

/// Where a piece of the decision comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SourceView {
    /// 依据, in the order given; empty where the policy gives none.
    pub citations: Vec<String>,
    /// 国家, 广东, 中山
    pub layer: String,
    /// `policies/national/dibao.hz:41:3`
    pub place: String,
}

/// One condition with its numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConditionView {
    /// Stable address: `低保.收入条件`.
    pub id: String,
    /// `（一）`; empty for a lone condition.
    pub number: String,
    /// 收入条件; empty where it has none.
    pub label: String,
    /// How it came out.
    pub held: Held,
    /// As the policy writes it: `人均月收入低于低保标准`.
    pub text: String,
    /// With the numbers put in: `750元 低于 1201元`; the same as `text` where there are none.
    pub filled: String,
    /// By how much it held or failed: (中文, English), where both sides are numbers.
    pub margin: Option<Margin>,
    /// For a list: how its items combine, 同时符合 …, in Chinese and English; empty otherwise.
    pub combinator: Option<(String, String)>,
    /// Sources.
    pub source: SourceView,
    /// The items of a list, or the parts of 且/或, or the conditions of the rule it names.
    pub children: Vec<ConditionView>,
}

/// How a condition came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// Facts or law are missing.
    Unknown,
    /// Somebody has to decide.
    Discretion,
    /// It could not be computed.
    Error,
}

/// The distance between the two sides of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Margin {
    /// `低于标准 451元` in the words of the comparison: 低, 高出, 等于.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// A payment and how it came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PaymentView {
    /// Stable address: `低保.低保金`.
    pub id: String,
    /// 低保金
    pub name: String,
    /// Its ASCII twin.
    pub alias: Option<String>,
    /// `1353元/月`, or the bounds, or 待定 / the error in words.
    pub amount: ValueView,
    /// `=（低保标准－人均月收入）×人数（计入人口），向上取整到1元`
    pub text: String,
    /// `（1201－750）×3 = 1353`
    pub filled: String,
    /// Each rounding, floor and cap that the value went through.
    pub steps: Vec<StepView>,
    /// Items of a choice, with the one that was taken.
    pub items: Vec<ItemView>,
    /// Exceptions that were considered.
    pub exceptions: Vec<ItemView>,
    /// 起发 and 停发.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<TermView>,
    /// Sources.
    pub source: SourceView,
}

/// 起发 or 停发 of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermView {
    /// 停发 rather than 起发.
    pub stops: bool,
    /// As the policy writes it: `确认日的次月`.
    pub text: String,
    /// The first month that is paid, or that is not paid any more; nothing where the day is not
    /// known or there is none.
    #[serde(serialize_with = "crate::explain::view::display_option")]
    pub month: Option<YearMonth>,
    /// Whether it lets the month be paid.
    pub held: Held,
    /// Sources.
    pub source: SourceView,
}

/// A value in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ValueView {
    /// The bare value: `1353`, `true`, `1980-02-01`, `城镇`; empty where it is not known.
    pub value: String,
    /// 元/月; empty for values with no unit.
    pub unit: String,
    /// For people, in Chinese: `1353元/月`, `是`, `未知`.
    pub zh: String,
    /// For people, in English: `1353 CNY/month`, `yes`, `unknown`.
    pub en: String,
}

/// Rounding, floor or cap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// `向上取整到1元`
    pub text: String,
    /// Before it.
    pub before: ValueView,
    /// After it.
    pub after: ValueView,
}

/// One item of a choice, or one exception.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemView {
    /// Stable address.
    pub id: String,
    /// `（一）`; empty for an exception.
    pub number: String,
    /// Its label.
    pub label: String,
    /// Whether it applied.
    pub applied: Held,
    /// Its condition, as for conditions.
    pub condition: Option<ConditionView>,
    /// What it gives, where it applied.
    pub value: Option<ValueView>,
    /// The value with its numbers put in: `1201×30%`.
    pub filled: String,
    /// Sources.
    pub source: SourceView,
}

/// A rule and the value that it had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DefinitionView {
    /// Stable address: `人均月收入`, `甲.计入收入`.
    pub id: String,
    /// 人均月收入, 甲的计入收入
    pub name: String,
    /// What it came to.
    pub value: ValueView,
    /// `=（合计（计入人口，计入收入）＋其他月收入）÷人数（计入人口）`
    pub text: String,
    /// `（2250＋0＋0＋0）÷3 = 750`
    pub filled: String,
    /// Rounding, floor, cap.
    pub steps: Vec<StepView>,
    /// Items of a choice or a condition list.
    pub items: Vec<ItemView>,
    /// For a rule that is a condition: its parts.
    pub conditions: Vec<ConditionView>,
    /// Exceptions that were considered.
    pub exceptions: Vec<ItemView>,
    /// Sources.
    pub source: SourceView,
}

/// A parameter row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParameterView {
    /// Stable address: `低保标准（城镇）`.
    pub id: String,
    /// 低保标准
    pub name: String,
    /// 城镇
    pub keys: Vec<String>,
    /// 1201元/人·月
    pub value: ValueView,
    /// The first day the row is in force.
    pub from: Option<String>,
    /// The last day, where one is said.
    pub until: Option<String>,
    /// The day it was made known, where it is said.
    pub published: Option<String>,
    /// For how many days of the month it counts, where the month is put together by days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<i64>,
    /// Known, made up, being looked for, left open.
    pub status: ParameterStatus,
    /// Sources.
    pub source: SourceView,
}

/// How far a parameter value can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterStatus {
    /// From the cited source.
    Known,
    /// 样例: made up for teaching.
    Sample,
    /// 待查: exists, but the document is not at hand.
    Pending,
    /// 由地方规定: no layer has filled it.
    Unfilled,
}

/// A fact that was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactView {
    /// `甲.月工资`, `家庭.城乡`
    pub id: String,
    /// Its value.
    pub value: ValueView,
    /// Given, defaulted, unknown, refused, absent.
    pub status: FactStatus,
}

/// Where a fact's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FactStatus {
    /// Stated.
    Given,
    /// 缺省 was applied.
    Assumed,
    /// Not stated.
    Unknown,
    /// 拒答
    Refused,
    /// 无
    Absent,
}

/// Serialises a value by its text.
pub(crate) fn display<T: std::fmt::Display, S: serde::Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

/// The same for a value that may be missing.
pub(crate) fn display_option<T: std::fmt::Display, S: serde::Serializer>(
    value: &Option<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}
