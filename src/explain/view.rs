//! An explanation as plain data: what every form of it (terminal, Markdown, HTML, JSON, notice) is
//! drawn from. Built from the trace; holds texts, never formatting.
//!
//! It is a graph. Decisions, conditions, payments, steps, items, rules, parameter rows and facts are
//! its nodes, each there once and each with an id that is unique in the explanation; `uses` are its
//! edges. An id is a path of names and labels: `低保.收入条件`, `甲.计入收入`, `低保标准（城镇）`. It is
//! the same in both languages and does not move when the policy's text does.

use serde::Serialize;

use crate::source::Span;
use crate::value::{Date, YearMonth};

/// Why a case was decided as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
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
    /// The rules that decisions used, each once, the nearest to a decision first.
    pub definitions: Vec<DefinitionView>,
    /// The parameter rows used, each once.
    pub parameters: Vec<ParameterView>,
    /// The facts used, each once.
    pub facts: Vec<FactView>,
    /// Of all benefits of a place: decisions that are not in force in the month.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_in_force: Vec<String>,
    /// What benefits took from one another, where something came of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub interactions: Vec<InteractionView>,
    /// Of all benefits of a place: what their payments come to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub totals: Vec<TotalView>,
}

/// What a relation between benefits did to one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InteractionView {
    /// Of what it acted upon: a decision or a payment.
    pub id: String,
    /// Whose it is.
    pub subject: String,
    /// 生活补贴, 护理补贴的补贴
    pub name: String,
    /// Its ASCII twin.
    pub alias: Option<String>,
    /// The name of the relation: 同类择高.
    pub relation: String,
    /// As the policy writes it: `择高：…，同额保留…`
    pub text: String,
    /// 不重复享受, 择高, 补差
    pub kind: InteractionViewKind,
    /// The benefits that brought it about: 孤儿, 其他护理性补贴的补贴.
    pub by: Vec<String>,
    /// What it would have been: 符合, an amount.
    pub before: ValueView,
    /// What it is.
    pub after: ValueView,
    /// Sources.
    pub source: SourceView,
}

/// What a relation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum InteractionViewKind {
    /// 不重复享受
    Exclusive,
    /// 择高
    Higher,
    /// 补差
    TopUp,
}

/// Payments of one unit, added up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TotalView {
    /// `3274.5元/月`
    pub amount: ValueView,
    /// How many payments are in it.
    pub counted: u32,
    /// How many of the unit are not certain yet, and not in it.
    pub waiting: u32,
}

/// The policy that was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
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
#[non_exhaustive]
pub struct LayerView {
    /// 国家, 广东, 中山
    pub place: String,
    /// 国家.最低生活保障
    pub policy: String,
    /// The instruments that it cites in its headers, of those that are in force.
    pub citations: Vec<String>,
}

/// All that was decided about one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
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
#[non_exhaustive]
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
    /// How its conditions combine, 同时符合 …, in Chinese and English; nothing for a lone one.
    pub combinator: Option<(String, String)>,
    /// The conditions, numbered as in the policy.
    pub conditions: Vec<ConditionView>,
    /// What is paid (empty where not entitled).
    pub payments: Vec<PaymentView>,
    /// Ids of what the conditions and payments read: rules, decisions, parameter rows, facts.
    pub uses: Vec<String>,
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
#[non_exhaustive]
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
#[non_exhaustive]
pub struct SourceView {
    /// 依据, in the order given; empty where the policy gives none.
    pub citations: Vec<String>,
    /// 国家, 广东, 中山
    pub layer: String,
    /// `policies/national/dibao.hz:41:3`
    pub place: String,
    /// The same as a range, for whoever has the policy's text at hand.
    #[serde(skip)]
    pub span: Span,
}

/// One condition with its numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ConditionView {
    /// Stable address: `低保.收入条件`.
    pub id: String,
    /// `（一）`; empty for a lone condition.
    pub number: String,
    /// 收入条件; empty where it has none.
    pub label: String,
    /// What it is to the condition that it belongs to.
    pub role: Role,
    /// How it came out.
    pub held: Held,
    /// Whether the condition that it belongs to came out as it did because of it: all that hold
    /// of 同时符合, the ones that hold of 符合之一, the ones that fail of a list that failed.
    pub decisive: bool,
    /// As the policy writes it: `人均月收入低于低保标准`.
    pub text: String,
    /// With the numbers put in: `750元/人·月 低于 1,201元/人·月`; the same as `text` where there are
    /// none.
    pub filled: String,
    /// What is the case, and by how much: `人均月收入 1,250元，比低保标准（1,201元）高出 49元`; empty
    /// for a list.
    pub sentence: String,
    /// By how much it held or failed, where that can be measured.
    pub margin: Option<Margin>,
    /// For a list: how its items combine, 同时符合 …, in Chinese and English; nothing otherwise.
    pub combinator: Option<(String, String)>,
    /// The rule or decision whose coming out this condition is: `重度残疾`, `低保`.
    pub names: Option<String>,
    /// Sources.
    pub source: SourceView,
    /// The items of a list, or the parts of 且/或, or the condition of each member.
    pub children: Vec<ConditionView>,
    /// Ids of what it reads itself; empty where its children do the reading.
    pub uses: Vec<String>,
}

/// What a condition is to the one that it belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// One of the things that are asked for.
    #[default]
    Part,
    /// An exception: where it holds, it decides instead.
    Exception,
    /// The same condition, of one member.
    Member,
}

/// How a condition came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// Facts or law are missing.
    #[default]
    Unknown,
    /// Somebody has to decide.
    Discretion,
    /// It could not be computed.
    Error,
}

/// By how much a condition held or failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Margin {
    /// `高出低保标准 49元/人·月`, `差2个月满18周岁`
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// The left side less the right one, as an exact decimal; a fraction where it does not end.
    /// Years for an age, days for dates and durations.
    pub value: String,
    /// Its unit: 元/人·月, 岁, 天; empty for a plain number.
    pub unit: String,
    /// The day on which a condition about time comes or came to hold, or to fail.
    pub on: Option<String>,
}

/// A payment and how it came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
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
    /// Ids of what it reads: rules, decisions, parameter rows, facts.
    pub uses: Vec<String>,
}

/// 起发 or 停发 of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TermView {
    /// Stable address: `低保.低保金.起发`.
    pub id: String,
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
#[non_exhaustive]
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
#[non_exhaustive]
pub struct StepView {
    /// Stable address: `低保.低保金.向上取整到1元`.
    pub id: String,
    /// `向上取整到1元`
    pub text: String,
    /// Before it.
    pub before: ValueView,
    /// After it.
    pub after: ValueView,
    /// Where it is written.
    pub source: SourceView,
}

/// One item of a choice, or one exception.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
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
#[non_exhaustive]
pub struct DefinitionView {
    /// Stable address: `人均月收入`, `甲.计入收入`.
    pub id: String,
    /// 人均月收入, 甲的计入收入
    pub name: String,
    /// The ASCII twin of the rule's name.
    pub alias: Option<String>,
    /// What it is: a rule, or a decision or payment of another policy.
    pub kind: DefinitionViewKind,
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
    /// For a rule that is a condition: how its parts combine.
    pub combinator: Option<(String, String)>,
    /// For a rule that is a condition: its parts.
    pub conditions: Vec<ConditionView>,
    /// Exceptions that were considered.
    pub exceptions: Vec<ItemView>,
    /// Sources.
    pub source: SourceView,
    /// Ids of what it reads: rules, decisions, parameter rows, facts.
    pub uses: Vec<String>,
}

/// What a used thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DefinitionViewKind {
    /// 规则
    Rule,
    /// 决定, of a policy that this one uses.
    Decision,
    /// 给付, of such a decision or of one that pays nothing.
    Payment,
}

/// A parameter row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ParameterView {
    /// Stable address: `低保标准（城镇）`; of an earlier month, `低保标准（城镇）@2022-06`.
    pub id: String,
    /// 低保标准（城镇）; in English with the ASCII twins.
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
#[non_exhaustive]
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
#[non_exhaustive]
pub struct FactView {
    /// Stable address: `甲.月工资`; of the household, `城乡`.
    pub id: String,
    /// The address as people read it: in English by the ASCII twins.
    pub name: String,
    /// Its value.
    pub value: ValueView,
    /// Given, defaulted, unknown, refused, absent.
    pub status: FactStatus,
    /// Where the vocabulary declares it.
    pub place: String,
}

/// Where a fact's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
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
