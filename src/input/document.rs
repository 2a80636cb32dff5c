//! Facts from a document (JSON, YAML, serde values) to a [`Case`]: names, types, units, ranges and
//! identities are checked here, each finding with its place.

mod binder;
mod history;
mod identity;
mod list;
mod number;
mod population;
mod problem;
mod roster;
mod value;

#[cfg(test)]
mod tests;

use std::str::FromStr;

use super::{Case, Fact, InstanceId, PopulationEntry};
use crate::diagnostic::{Bilingual, Diagnostic, FactsError};
use crate::facts::{Entry, Node, NodeValue};
use crate::hir::{FieldId, Program};
use crate::limits::Limits;
use crate::value::{Date, OpError, YearMonth};

/// After so many findings in one document a reader learns nothing from the next.
const MOST_FINDINGS: usize = 50;

const POLICY: [&str; 2] = ["policy", "政策"];
const PLACE: [&str; 2] = ["place", "地方"];
const PERIOD: [&str; 2] = ["period", "所属期"];
const AS_OF: [&str; 2] = ["as_of", "评估日"];
const KNOWN_ON: [&str; 2] = ["known_on", "知悉日"];
const OTHERS: [&str; 2] = ["others", "其他人员"];
const HISTORY: [&str; 2] = ["history", "历史"];
const REPORTED: [&str; 2] = ["reported", "实绩"];
const ID: [&str; 2] = ["id", "编号"];

/// What the top of a facts document says beside the facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Envelope {
    /// `policy`, 政策
    pub policy: Option<String>,
    /// `place`, 地方: all benefits of it
    pub place: Option<String>,
    /// `period`, 所属期
    pub period: Option<YearMonth>,
    /// `as_of`, 评估日
    pub as_of: Option<Date>,
    /// `known_on`, 知悉日
    pub known_on: Option<Date>,
}

/// Reads the envelope of a document: what can be known before there is a program to bind to.
///
/// # Errors
///
/// A document that is no map, a date or month that is not one, a name given twice.
pub fn envelope(document: &Node) -> Result<Envelope, FactsError> {
    let NodeValue::Map(entries) = &document.value else {
        return Err(problem::document_not_a_map(document).into());
    };
    let mut findings = Vec::new();
    let policy = text(entries, POLICY, problem::policy_name, &mut findings);
    let place = text(entries, PLACE, problem::place_name, &mut findings);
    if let (Some(_), Some(_), Some(entry)) =
        (&policy, &place, entries.iter().find(|entry| PLACE.contains(&entry.key.as_str())))
    {
        findings.push(problem::policy_and_place(entry));
    }
    let envelope = Envelope {
        policy,
        place,
        period: time(entries, PERIOD, "2023-06", &mut findings),
        as_of: time(entries, AS_OF, "2023-06-30", &mut findings),
        known_on: time(entries, KNOWN_ON, "2023-06-30", &mut findings),
    };
    if findings.is_empty() { Ok(envelope) } else { Err(in_order(findings)) }
}

/// Binds a document to a program. The envelope is [`envelope`]'s and is not read again.
///
/// A field that nobody states is no error: it takes its default, or is unknown and the decision
/// says so.
///
/// # Errors
///
/// Every fact that does not fit, in the order of the document, up to the number that helps.
pub fn bind(program: &Program, document: &Node) -> Result<Case, FactsError> {
    bind_within(program, document, &Limits::DEFAULT)
}

/// As [`bind`], of a case of other size.
///
/// # Errors
///
/// As for [`bind`].
pub fn bind_within(
    program: &Program,
    document: &Node,
    limits: &Limits,
) -> Result<Case, FactsError> {
    binder::bind(program, document, limits.people).map_err(in_order)
}

/// Binds one entry of a population: a case like any other, a document of other things by the names
/// of their objects (`{ "养老机构": [ … ] }`), or figures as they were reported (`实绩`).
///
/// # Errors
///
/// As for [`bind`], and figures that no target has.
pub fn bind_entry(
    program: &Program,
    document: &Node,
    limits: &Limits,
) -> Result<PopulationEntry, FactsError> {
    binder::bind_entry(program, document, limits.people).map_err(in_order)
}

/// What a value says of one fact of a case.
///
/// # Errors
///
/// A value that the fact does not take.
pub(crate) fn bind_fact(
    program: &Program,
    case: &Case,
    (field, who): (FieldId, InstanceId),
    value: &Node,
) -> Result<Fact, FactsError> {
    binder::fact(program, case, (field, who), value).map_err(in_order)
}

fn in_order(mut findings: Vec<Diagnostic>) -> FactsError {
    findings.sort_by_key(Diagnostic::span);
    findings.truncate(MOST_FINDINGS);
    findings.into()
}

/// The entry under either name; both are a finding.
fn one_of<'n>(
    entries: &'n [Entry],
    names: [&str; 2],
    findings: &mut Vec<Diagnostic>,
) -> Option<&'n Entry> {
    let mut found = entries.iter().filter(|entry| names.contains(&entry.key.as_str()));
    let first = found.next()?;
    if let Some(second) = found.next() {
        findings.push(problem::duplicate_field(
            &Bilingual::same(first.key.as_str()),
            first,
            second,
        ));
    }
    Some(first)
}

/// A text that is not empty.
fn text(
    entries: &[Entry],
    names: [&str; 2],
    wrong: fn(&Entry) -> Diagnostic,
    findings: &mut Vec<Diagnostic>,
) -> Option<String> {
    let entry = one_of(entries, names, findings)?;
    match &entry.value.value {
        NodeValue::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        NodeValue::Null => None,
        _ => {
            findings.push(wrong(entry));
            None
        }
    }
}

fn time<T: FromStr<Err = OpError>>(
    entries: &[Entry],
    names: [&str; 2],
    example: &str,
    findings: &mut Vec<Diagnostic>,
) -> Option<T> {
    let entry = one_of(entries, names, findings)?;
    let read = match &entry.value.value {
        NodeValue::Null => return None,
        NodeValue::Text(text) => text.trim().parse(),
        _ => "".parse(),
    };
    read.map_err(|error| {
        let finding =
            problem::invalid_date(&Bilingual::same(entry.key.as_str()), Some(error), false);
        findings.push(problem::example(finding, entry.value.span, example));
    })
    .ok()
}
