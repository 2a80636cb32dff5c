//! Who is in the population, found by case and key or by ID number.

use std::collections::BTreeMap;

use super::list::PaymentRow;
use super::problem;
use crate::diagnostic::Diagnostic;
use crate::engine::Policy;
use crate::facts::Node;
use crate::hir::{Constant, FieldId, Program};
use crate::input::{self, Case, Fact, InstanceId, Scalar};
use crate::value::Date;

/// Whose a payment is: a household, or a member of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Recipient {
    pub(super) household: usize,
    pub(super) member: Option<usize>,
}

/// Why a row is for nobody in particular.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Nobody {
    Unknown,
    /// The households that have such a member.
    Several(Vec<String>),
}

#[derive(Clone, Debug, Default)]
pub(super) struct Member {
    pub(super) key: String,
    pub(super) id_number: Option<String>,
    pub(super) died_on: Option<Date>,
}

#[derive(Clone, Debug, Default)]
struct Household {
    /// Empty for an entry that is about no household.
    label: String,
    members: Vec<Member>,
    head: Option<usize>,
}

/// Everybody.
#[derive(Clone, Debug, Default)]
pub(super) struct Roster {
    households: Vec<Household>,
    by_label: BTreeMap<String, usize>,
    by_key: BTreeMap<String, Vec<Recipient>>,
    by_id_number: BTreeMap<String, Vec<Recipient>>,
}

/// Facts of the shared vocabulary that say who somebody is, where the policy reads it.
struct Fields {
    id_number: Option<FieldId>,
    died_on: Option<FieldId>,
    head: Option<FieldId>,
}

impl Roster {
    pub(super) fn of(
        policy: &Policy,
        population: &[(String, Node)],
    ) -> Result<Self, Vec<Diagnostic>> {
        let program = policy.program();
        let fields = Fields {
            id_number: field(program, "id_number"),
            died_on: field(program, "died_on"),
            head: field(program, "head"),
        };
        let mut roster = Self::default();
        let mut findings = Vec::new();
        for (label, node) in population {
            match input::bind_entry(program, node, policy.limits()) {
                Ok(entry) => {
                    let label = entry.id.unwrap_or_else(|| label.clone());
                    let household = entry.case.map_or_else(Household::default, |case| {
                        household(program, &fields, &case, label)
                    });
                    if let Some(twice) = roster.add(household) {
                        findings.push(problem::case_twice(&twice, node.span));
                    }
                }
                Err(found) => findings.extend(found),
            }
            if findings.len() >= problem::MOST {
                break;
            }
        }
        if findings.is_empty() { Ok(roster) } else { Err(problem::capped(findings)) }
    }

    /// Adds a household; its label where there is one of that label already.
    fn add(&mut self, household: Household) -> Option<String> {
        let at = self.households.len();
        for (number, member) in household.members.iter().enumerate() {
            let recipient = Recipient { household: at, member: Some(number) };
            self.by_key.entry(member.key.clone()).or_default().push(recipient);
            if let Some(id) = &member.id_number {
                self.by_id_number.entry(id.clone()).or_default().push(recipient);
            }
        }
        let label = household.label.clone();
        self.households.push(household);
        let twice = !label.is_empty() && self.by_label.insert(label.clone(), at).is_some();
        twice.then_some(label)
    }

    /// For whom a row is.
    pub(super) fn find(&self, row: &PaymentRow) -> Result<Recipient, Nobody> {
        let household = match &row.household {
            Some(label) => Some(*self.by_label.get(label).ok_or(Nobody::Unknown)?),
            None => None,
        };
        let among = match (&row.id_number, &row.person) {
            (Some(id), _) => self.by_id_number.get(id),
            (None, Some(key)) => self.by_key.get(key),
            (None, None) => {
                let household = household.ok_or(Nobody::Unknown)?;
                return Ok(Recipient { household, member: None });
            }
        };
        let found: Vec<Recipient> = among
            .into_iter()
            .flatten()
            .filter(|found| household.is_none_or(|household| found.household == household))
            .copied()
            .collect();
        match found.as_slice() {
            [] => Err(Nobody::Unknown),
            [only] => Ok(*only),
            several => Err(Nobody::Several(
                several.iter().map(|found| self.label(found.household).to_owned()).collect(),
            )),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.by_label.len()
    }

    pub(super) fn people(&self) -> usize {
        self.households.iter().map(|household| household.members.len()).sum()
    }

    pub(super) fn label(&self, household: usize) -> &str {
        self.households.get(household).map_or("", |household| &household.label)
    }

    pub(super) fn members(&self, household: usize) -> usize {
        self.households.get(household).map_or(0, |household| household.members.len())
    }

    pub(super) fn member(&self, household: usize, member: usize) -> Option<&str> {
        self.person(household, member).map(|member| member.key.as_str())
    }

    pub(super) fn person(&self, household: usize, member: usize) -> Option<&Member> {
        self.households.get(household)?.members.get(member)
    }

    pub(super) fn head(&self, household: usize) -> Option<&Member> {
        let household = self.households.get(household)?;
        household.members.get(household.head?)
    }

    /// ID numbers that more than one household has, with those households.
    pub(super) fn in_two_households(&self) -> Vec<(Vec<Recipient>, &str)> {
        let found = self.by_id_number.iter().filter(|(_, found)| {
            found.iter().any(|one| Some(one.household) != found.first().map(|f| f.household))
        });
        found.map(|(id, found)| (found.clone(), id.as_str())).collect()
    }

    /// How somebody is called: `张家 甲`.
    pub(super) fn called(&self, recipient: Recipient) -> String {
        let label = self.label(recipient.household);
        match recipient.member.and_then(|member| self.member(recipient.household, member)) {
            Some(key) => format!("{label} {key}"),
            None => label.to_owned(),
        }
    }
}

fn field(program: &Program, alias: &str) -> Option<FieldId> {
    let at = program.fields.iter().position(|field| {
        field.name.alias.as_deref() == Some(alias)
            && (field.object == program.root
                || program.object(field.object).is_some_and(|object| object.member_of.is_some()))
    })?;
    u32::try_from(at).ok().map(FieldId)
}

fn household(program: &Program, fields: &Fields, case: &Case, label: String) -> Household {
    let mut found = Household { label, ..Household::default() };
    let people = program
        .objects
        .iter()
        .position(|object| object.member_of.is_some_and(|(owner, _)| owner == program.root));
    let Some(person) = people.and_then(|at| u16::try_from(at).ok()).map(crate::types::ObjectId)
    else {
        return found;
    };
    let head = fields.head.and_then(|field| match case.fact(field, InstanceId(0)) {
        Fact::Known(Scalar::Instance(_, who)) => Some(*who),
        _ => None,
    });
    for (at, instance) in case.of(person).iter().enumerate() {
        if instance.parent.is_none() {
            continue;
        }
        let who = InstanceId(u32::try_from(at).unwrap_or(u32::MAX));
        let id_number = fields.id_number.and_then(|field| case.text(field, who));
        let died_on = fields.died_on.and_then(|field| match case.fact(field, who) {
            Fact::Known(Scalar::Constant(Constant::Date(day))) => Some(*day),
            _ => None,
        });
        if head == Some(who) {
            found.head = Some(found.members.len());
        }
        let id_number = id_number.map(|text| text.trim().to_ascii_uppercase());
        found.members.push(Member { key: instance.key.clone(), id_number, died_on });
    }
    found
}
