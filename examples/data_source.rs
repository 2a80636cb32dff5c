//! Facts from somewhere of your own: here three registers, each of which knows a part, one of which
//! is out of reach. What no register knows stays unknown: it is never taken for "no" or for 0, and
//! the decision says what is still to be asked.
//!
//! ```sh
//! cargo run --example data_source
//! ```
#![expect(clippy::print_stdout, reason = "it shows what came out")]

use std::collections::BTreeMap;
use std::error::Error;

use huize::diagnostic::DecisionError;
use huize::engine::decision::CaseDecision;
use huize::engine::{Library, Policy, Question};
use huize::facts::{Facts, from_serialize};
use huize::value::{Date, YearMonth};
use rust_decimal::Decimal;
use serde::Serialize;

/// What any register answers: a value, that there is no record, or that it cannot be asked.
enum Answer<T> {
    Known(T),
    NoRecord,
    OutOfReach,
}

/// Who is who. In a real service: a database, a directory, a message from another office.
trait Population {
    fn household(&self, number: &str) -> Option<Vec<Person>>;
}

trait Wages {
    /// Of one month, to the fen.
    fn wage(&self, person: &str, month: YearMonth) -> Answer<Decimal>;
}

trait Property {
    fn assets(&self, household: &str) -> Answer<Assets>;
}

#[derive(Clone)]
struct Person {
    key: &'static str,
    birth: Date,
    employed: bool,
}

/// A type of the caller's own: its fields are named as the facts of the policy are, or renamed to
/// their aliases. Amounts are texts or whole numbers; a binary float is refused.
#[derive(Clone, Serialize)]
struct Assets {
    financial_assets: String,
    cars: u8,
    houses: u8,
    #[serde(rename = "assets_verified_ok")]
    verified: bool,
}

/// Gathers the facts of one household and decides it.
fn decide(
    policy: &Policy,
    number: &str,
    month: YearMonth,
    (population, wages, property): (&dyn Population, &dyn Wages, &dyn Property),
) -> Result<Option<CaseDecision>, DecisionError> {
    let Some(people) = population.household(number) else { return Ok(None) };
    let members = people
        .iter()
        .map(|person| {
            let facts = Facts::new()
                .set("id", person.key)
                .set("birth_date", person.birth)
                .set("employed", person.employed);
            match wages.wage(person.key, month) {
                Answer::Known(wage) => facts.set("monthly_wage", wage),
                // The register is complete: whoever is not in it has no wage.
                Answer::NoRecord => facts.set("monthly_wage", 0),
                // Nobody could be asked. That is not 0.
                Answer::OutOfReach => facts.unknown("monthly_wage"),
            }
        })
        .collect();
    let household = Facts::new().set("area", "城镇").list("members", members);
    // Facts of any type that serde writes can be put beside those built by hand.
    let household = match property.assets(number) {
        Answer::Known(assets) => household.and(from_serialize(&assets)?),
        Answer::NoRecord | Answer::OutOfReach => household.unknown("assets_verified_ok"),
    };
    let case = policy.bind(&Facts::new().part("household", household).build())?;
    policy.decide(&case, &Question::about(month)).map(Some)
}

fn main() -> Result<(), Box<dyn Error>> {
    let month: YearMonth = "2023-06".parse()?;
    let policy = Library::builtin().compile("zhongshan.dibao")?;
    let registers = Registers::filled()?;
    let away = Away;
    for (title, wages) in [("工资登记可查", &registers as &dyn Wages), ("工资登记不可查", &away)]
    {
        let decided = decide(&policy, "H1", month, (&registers, wages, &registers))?;
        let Some(decision) = decided else { continue };
        println!("{title}");
        for (name, decided) in &decision.decisions {
            println!("  {name}：{}", decided.outcome.words().zh);
            for (payment, paid) in &decided.payments {
                println!("    {payment}：{} {}", paid.amount.as_deref().unwrap_or("?"), paid.unit);
            }
            if !decided.missing.is_empty() {
                println!("    还要问：{}", decided.missing.join("、"));
            }
        }
    }
    Ok(())
}

/// Registers in memory, in place of a database.
struct Registers {
    people: BTreeMap<&'static str, Vec<Person>>,
    wages: BTreeMap<&'static str, Decimal>,
    assets: BTreeMap<&'static str, Assets>,
}

impl Registers {
    fn filled() -> Result<Self, Box<dyn Error>> {
        let person = |key, (year, month, day), employed| -> Result<Person, Box<dyn Error>> {
            Ok(Person { key, birth: Date::new(year, month, day)?, employed })
        };
        let people = vec![
            person("甲", (1980, 2, 1), true)?,
            person("乙", (1982, 5, 3), false)?,
            person("丙", (2012, 9, 9), false)?,
        ];
        let assets =
            Assets { financial_assets: "20000.00".to_owned(), cars: 0, houses: 1, verified: true };
        Ok(Self {
            people: BTreeMap::from([("H1", people)]),
            wages: BTreeMap::from([("甲", Decimal::new(225_000, 2))]),
            assets: BTreeMap::from([("H1", assets)]),
        })
    }
}

impl Population for Registers {
    fn household(&self, number: &str) -> Option<Vec<Person>> {
        self.people.get(number).cloned()
    }
}

impl Wages for Registers {
    fn wage(&self, person: &str, _: YearMonth) -> Answer<Decimal> {
        self.wages.get(person).map_or(Answer::NoRecord, |wage| Answer::Known(*wage))
    }
}

impl Property for Registers {
    fn assets(&self, household: &str) -> Answer<Assets> {
        self.assets.get(household).map_or(Answer::NoRecord, |found| Answer::Known(found.clone()))
    }
}

/// A register that does not answer.
struct Away;

impl Wages for Away {
    fn wage(&self, _: &str, _: YearMonth) -> Answer<Decimal> {
        Answer::OutOfReach
    }
}
