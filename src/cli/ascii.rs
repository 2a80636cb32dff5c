//! Decisions with every name written as its ASCII alias.

use std::collections::BTreeMap;

use huize::engine::decision::{Bounds, CaseDecision, Decision, Outcome};
use huize::explain::view::{ErrorView, Held};
use indexmap::IndexMap;
use serde::Serialize;

use super::decide::unit_in_english;

/// The aliases of a policy. A name that has none stays as it is.
#[derive(Debug)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// From Chinese names to aliases.
    pub(super) fn new(aliases: BTreeMap<String, String>) -> Self {
        Self(aliases)
    }

    /// The alias of one name.
    pub(super) fn of(&self, name: &str) -> String {
        self.0.get(name).map_or_else(|| name.to_owned(), Clone::clone)
    }

    /// `甲.monthly_wage` for 甲.月工资, `standard(urban)` for 低保标准（城镇）; what follows ` = `
    /// is a value and stays.
    pub(super) fn in_text(&self, text: &str) -> String {
        if let Some(alias) = self.0.get(text) {
            return alias.clone();
        }
        if let Some((path, value)) = text.split_once(" = ") {
            return format!("{} = {value}", self.in_text(path));
        }
        if let Some((name, keys)) = text.split_once('（').or_else(|| text.split_once('('))
            && let Some(keys) = keys.strip_suffix('）').or_else(|| keys.strip_suffix(')'))
        {
            let keys: Vec<_> = keys.split(['，', '、', ',']).map(|key| self.of(key)).collect();
            return format!("{}({})", self.in_text(name), keys.join(", "));
        }
        let parts: Vec<_> = text.split('.').map(|part| self.of(part)).collect();
        parts.join(".")
    }
}

/// The word for an outcome.
pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Entitled => "entitled",
        Outcome::NotEntitled => "not_entitled",
        Outcome::Undecided => "undecided",
        Outcome::Discretionary => "discretionary",
        Outcome::Failed => "failed",
    }
}

/// The same in JSON, which has no word for a failure: it is undecided, with `error` beside it.
fn json_outcome(decided: Outcome) -> &'static str {
    match decided {
        Outcome::Failed => outcome(Outcome::Undecided),
        other => outcome(other),
    }
}

/// The decision in the shape that it has under its own names.
pub(super) fn case<'a>(decision: &'a CaseDecision, names: &Names) -> Case<'a> {
    Case {
        policy: names.of(&decision.policy),
        period: decision.period.to_string(),
        as_of: decision.as_of.to_string(),
        known_on: decision.known_on.map(|day| day.to_string()),
        decisions: decisions(&decision.decisions, names),
        members: decision
            .members
            .iter()
            .map(|member| Member { id: &member.id, decisions: decisions(&member.decisions, names) })
            .collect(),
    }
}

fn decisions<'a>(
    decisions: &'a IndexMap<String, Decision>,
    names: &Names,
) -> IndexMap<String, One<'a>> {
    decisions.iter().map(|(name, decision)| (names.of(name), one(decision, names))).collect()
}

fn one<'a>(decision: &'a Decision, names: &Names) -> One<'a> {
    let list = |list: &[String]| list.iter().map(|text| names.in_text(text)).collect();
    let payments = decision.payments.iter().map(|(name, payment)| {
        let payment = Payment {
            amount: payment.amount.as_deref(),
            unit: unit_in_english(&payment.unit),
            bounds: payment.bounds.as_ref(),
            error: payment.error.as_ref(),
        };
        (names.of(name), payment)
    });
    let conditions = decision.conditions.iter().map(|condition| Condition {
        label: names.in_text(&condition.label),
        held: condition.held,
        state: condition.state,
        citation: &condition.citation,
    });
    One {
        outcome: json_outcome(decision.outcome),
        error: decision.error.as_ref(),
        payments: payments.collect(),
        conditions: conditions.collect(),
        missing: list(&decision.missing),
        blocked: list(&decision.blocked),
        discretion: list(&decision.discretion),
        assumed: list(&decision.assumed),
        unverified: list(&decision.unverified),
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Case<'a> {
    policy: String,
    period: String,
    as_of: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_on: Option<String>,
    decisions: IndexMap<String, One<'a>>,
    members: Vec<Member<'a>>,
}

#[derive(Debug, Serialize)]
struct Member<'a> {
    id: &'a str,
    decisions: IndexMap<String, One<'a>>,
}

#[derive(Debug, Serialize)]
struct One<'a> {
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a ErrorView>,
    payments: IndexMap<String, Payment<'a>>,
    conditions: Vec<Condition<'a>>,
    missing: Vec<String>,
    blocked: Vec<String>,
    discretion: Vec<String>,
    assumed: Vec<String>,
    unverified: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Payment<'a> {
    amount: Option<&'a str>,
    unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    bounds: Option<&'a Bounds>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a ErrorView>,
}

#[derive(Debug, Serialize)]
struct Condition<'a> {
    label: String,
    held: Option<bool>,
    state: Held,
    citation: &'a str,
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn names_inside_texts_become_aliases() {
        let aliases = [("月工资", "monthly_wage"), ("低保标准", "standard"), ("城镇", "urban")];
        let names = Names::new(
            aliases.into_iter().map(|(name, alias)| (name.to_owned(), alias.to_owned())).collect(),
        );
        assert_eq!(names.in_text("甲.月工资"), "甲.monthly_wage");
        assert_eq!(names.in_text("甲.月工资 = 0元/月"), "甲.monthly_wage = 0元/月");
        assert_eq!(names.in_text("低保标准（城镇） = 1201元"), "standard(urban) = 1201元");
        assert_eq!(names.in_text("县级民政部门"), "县级民政部门");
    }
}
