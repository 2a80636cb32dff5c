//! Households and months under the policies that come with Huize.

use std::sync::OnceLock;

use proptest::prelude::*;

use crate::differ::{Comparison, Situation};
use crate::engine::{Case, Library, Policy, Question};
use crate::facts::from_json_value;
use crate::value::YearMonth;

const NAMES: [&str; 2] = ["样例.最低生活保障", "中山.最低生活保障"];

/// The policies, compiled once.
pub(super) fn policies() -> &'static [Policy] {
    static MADE: OnceLock<Vec<Policy>> = OnceLock::new();
    MADE.get_or_init(|| {
        let library = Library::builtin();
        NAMES.map(|name| library.compile(name).expect("it compiles")).to_vec()
    })
}

/// Two of them made ready, once.
pub(super) fn comparison(before: usize, after: usize) -> &'static Comparison {
    static MADE: [OnceLock<Comparison>; 4] = [const { OnceLock::new() }; 4];
    let (first, second) = (&policies()[before], &policies()[after]);
    MADE[before * 2 + after].get_or_init(|| Comparison::new(first, second).expect("one benefit"))
}

#[derive(Clone, Debug)]
struct Person {
    wage: u32,
    employed: bool,
    year: i32,
    grade: u8,
    ill: bool,
    jailed: bool,
    student: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Family {
    people: Vec<Person>,
    urban: bool,
    other: u32,
    assets: u32,
    approved: bool,
}

/// A family under one of the policies in some month.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    pub(super) policy: usize,
    family: Family,
    month: (i32, u32),
}

impl Drawn {
    pub(super) fn case(&self) -> Case {
        let facts = from_json_value(&self.family.json()).expect("no floats");
        policies()[self.policy].bind(&facts).unwrap_or_else(|findings| panic!("{findings:?}"))
    }

    pub(super) fn question(&self) -> Question {
        Question::about(YearMonth::new(self.month.0, self.month.1).expect("a month"))
    }

    pub(super) fn situation<'a>(&self, case: &'a Case) -> Situation<'a> {
        Situation { policy: &policies()[self.policy], case, question: self.question() }
    }
}

impl Family {
    fn json(&self) -> serde_json::Value {
        let yuan = |fen: u32| format!("{}.{:02}", fen / 100, fen % 100);
        let members: Vec<serde_json::Value> = self
            .people
            .iter()
            .enumerate()
            .map(|(at, person)| {
                let mut facts = serde_json::json!({
                    "id": format!("成员{at}"),
                    "birth_date": format!("{}-05-03", person.year),
                    "monthly_wage": yuan(person.wage),
                    "employed": person.employed,
                    "student": person.student,
                    "severe_illness": person.ill,
                    "imprisoned": person.jailed,
                });
                if person.grade > 0 {
                    facts["disability_grade"] = person.grade.into();
                    facts["disability_kind"] = "intellectual".into();
                }
                facts
            })
            .collect();
        serde_json::json!({ "household": {
            "area": if self.urban { "urban" } else { "rural" },
            "other_income": yuan(self.other),
            "financial_assets": yuan(self.assets),
            "cars": 0,
            "houses": 1,
            "assets_verified_ok": self.approved,
            "edge_assets_verified_ok": self.approved,
            "members": members,
        }})
    }
}

fn person() -> impl Strategy<Value = Person> {
    let wage = prop_oneof![Just(0_u32), 0_u32..300_000];
    let rarely = || prop::bool::weighted(0.1);
    (wage, any::<bool>(), 1945_i32..2020, 0_u8..5, rarely(), rarely(), rarely()).prop_map(
        |(wage, employed, year, grade, ill, jailed, student)| Person {
            wage,
            employed,
            year,
            grade,
            ill,
            jailed,
            student,
        },
    )
}

fn family() -> impl Strategy<Value = Family> {
    let other = prop_oneof![Just(0_u32), 0_u32..150_000];
    let assets = prop_oneof![Just(0_u32), 0_u32..9_000_000];
    let people = prop::collection::vec(person(), 1..4);
    (people, any::<bool>(), other, assets, prop::bool::weighted(0.9)).prop_map(
        |(people, urban, other, assets, approved)| Family {
            people,
            urban,
            other,
            assets,
            approved,
        },
    )
}

/// Two situations that differ in a month, a policy, a few facts, or who is there.
pub(super) fn pair() -> impl Strategy<Value = (Drawn, Drawn)> {
    let month = || (2020_i32..2027, 1_u32..13);
    let rarely = || prop::bool::weighted(0.2);
    let changes = prop::collection::vec(rarely(), 8);
    ((0_usize..4, family(), family()), (month(), month(), rarely()), changes).prop_map(
        |((policies, first, second), (a, b, is_same), changes)| {
            let (before, after) = (policies / 2, policies % 2);
            let mut then = first.clone();
            let is = |at: usize| changes[at];
            let (person, twin) = (&mut then.people[0], &second.people[0]);
            if is(0) {
                (person.wage, person.employed) = (twin.wage, twin.employed);
            }
            if is(1) {
                person.grade = twin.grade;
            }
            if is(2) {
                (person.ill, person.jailed) = (twin.ill, twin.jailed);
            }
            if is(3) {
                then.urban = second.urban;
            }
            if is(4) {
                then.other = second.other;
            }
            if is(5) {
                (then.assets, then.approved) = (second.assets, second.approved);
            }
            if is(6) && then.people.len() > 1 {
                then.people.pop();
            }
            if is(7) {
                then.people.push(twin.clone());
            }
            // 中山 knows its standard of 2023 only.
            let month = |policy: usize, (year, month): (i32, u32)| {
                if policy == 1 { (2023, month) } else { (year, month) }
            };
            let before = Drawn { policy: before, family: first, month: month(before, a) };
            let b = if is_same { a } else { b };
            let after = Drawn { policy: after, family: then, month: month(after, b) };
            (before, after)
        },
    )
}
