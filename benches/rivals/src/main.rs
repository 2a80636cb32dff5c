//! W1 by other rule engines, beside Huize, on the same households in the same process.
//!
//! `cargo run --release --manifest-path benches/rivals/Cargo.toml` checks that every engine gives
//! the specification's results, then prints the median of one decision and its ratio to Huize's.
//! Each engine's facts are in its own form before the clock starts. The rules in Rego and JDM are
//! in integers of fen, as the specification words them for engines without exact fractions.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a benchmark prints what it measured, and stops where its own input is wrong"
)]

#[path = "../../w1/data.rs"]
#[allow(dead_code, reason = "the other measurements use more of it")]
mod data;
#[path = "../../w1/figures.rs"]
mod figures;
#[path = "../../w1/measure.rs"]
mod measure;

use std::hint::black_box;
use std::sync::Arc;

use figures::{Handles, W1};
use huize::engine::{Library, Question};
use huize::plan::{Plan, Workspace};
use measure::time;
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use serde_json::{Value, json};
use zen_engine::model::DecisionContent;
use zen_engine::{DecisionEngine, EvaluationOptions, Variable};

const COUNT: usize = 10_000;
const COLUMNS: [&str; 9] =
    ["code", "base", "category", "single", "living", "nursing", "elder", "orphan", "total"];

fn main() {
    let households = data::households(COUNT as u64, data::SEED);
    let facts: Vec<Value> = households.iter().map(facts).collect();
    let ours = huize(&households);
    rego(&households, &facts, ours);
    zen(&households, &facts, ours);
}

/// A household in fen, which is what the rules in Rego and JDM count in.
fn facts(household: &data::Household) -> Value {
    let members: Vec<Value> = household
        .members
        .iter()
        .map(|person| {
            json!({
                "age": person.age, "wage": person.wage, "employed": person.employed,
                "disability_grade": person.grade, "disability_kind": person.kind,
                "severe_illness": person.severe, "orphan": person.orphan, "student": person.student,
            })
        })
        .collect();
    json!({
        "id": household.id, "city": household.city,
        "area": if household.rural { "rural" } else { "urban" },
        "other_income": household.other_income, "financial_assets": household.assets,
        "cars": household.cars, "houses": household.houses, "members": members,
    })
}

fn row(result: &Value) -> data::Row {
    COLUMNS.map(|column| {
        let number = &result[column];
        // JDM counts in floating point; a result of W1 is a whole number of fen.
        number.as_i64().unwrap_or_else(|| number.as_f64().unwrap() as i64)
    })
}

fn huize(households: &[data::Household]) -> f64 {
    let texts: Vec<String> = households.iter().map(data::json).collect();
    let library = Library::from_texts(vec![("w1.hz".to_owned(), W1.to_owned())]);
    let policy = library.compile("bench.w1").unwrap();
    let plan = Plan::new(&policy, Question::about("2026-01".parse().unwrap())).unwrap();
    let handles = Handles::of(&plan);
    let mut spaces: Vec<Workspace> = texts
        .iter()
        .map(|text| {
            let mut space = Workspace::default();
            assert!(plan.read(text, space.record()));
            space
        })
        .collect();
    for (space, household) in spaces.iter_mut().zip(households) {
        let figures = plan.run(space).unwrap();
        assert_eq!(handles.row(&figures), data::expected(household));
    }
    let ours = time("huize, no trace", 0.0, COUNT, |at| {
        black_box(handles.row(&plan.run(&mut spaces[at]).unwrap()));
    });
    let mut trace = Vec::new();
    time("huize, full trace kept", ours, COUNT, |at| {
        let figures = plan.run(&mut spaces[at]).unwrap();
        black_box(handles.row(&figures));
        figures.keep_trace(&mut trace);
    });
    ours
}

fn rego(households: &[data::Household], facts: &[Value], ours: f64) {
    let parameters: Vec<Value> = (0..5)
        .map(|city| {
            let [urban, rural] = data::STANDARD[city];
            let [orphan_urban, orphan_rural] = data::ORPHAN[city];
            json!({
                "standard": { "urban": urban, "rural": rural },
                "orphan": { "urban": orphan_urban, "rural": orphan_rural },
                "living": data::LIVING[city], "nursing": data::NURSING[city],
                "elder": data::ELDER[city],
            })
        })
        .collect();
    let parameters = json!({ "params": parameters }).to_string();
    let parameters = regorus::Value::from_json_str(&parameters).unwrap();
    let mut engine = regorus::Engine::new();
    engine.add_policy("w1.rego".to_owned(), include_str!("../w1.rego").to_owned()).unwrap();
    engine.add_data(parameters.clone()).unwrap();
    let policy = engine.compile_with_entrypoint(&"data.w1.result".into()).unwrap();
    let program = Compiler::compile_from_policy(&policy, &["data.w1.result"]).unwrap();
    let mut machine = RegoVM::new();
    machine.load_program(program);
    machine.set_data(parameters).unwrap();
    let inputs: Vec<regorus::Value> = facts
        .iter()
        .map(|facts| regorus::Value::from_json_str(&facts.to_string()).unwrap())
        .collect();
    let mut decide = |input: &regorus::Value| {
        machine.set_input(input.clone());
        machine.execute().unwrap()
    };
    for (input, household) in inputs.iter().zip(households) {
        let result = serde_json::from_str(&decide(input).to_json_str().unwrap()).unwrap();
        assert_eq!(row(&result), data::expected(household));
    }
    time("regorus, register machine", ours, COUNT, |at| {
        black_box(decide(&inputs[at]));
    });
}

fn zen(households: &[data::Household], facts: &[Value], ours: f64) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let content: DecisionContent = serde_json::from_str(include_str!("../w1.jdm.json")).unwrap();
    let mut decision = DecisionEngine::default().create_decision(Arc::new(content)).unwrap();
    decision.compile();
    let decide = |facts: Variable, trace: bool| {
        let options = EvaluationOptions { trace, max_depth: 5, ..Default::default() };
        runtime.block_on(decision.evaluate_with_opts(facts, options)).unwrap()
    };
    for (facts, household) in facts.iter().zip(households) {
        let result = decide(facts.clone().into(), false).result.to_value();
        assert_eq!(row(&result), data::expected(household));
    }
    // An evaluation keeps what it adds to its facts: each call has its own copy, made in the call.
    for (name, trace) in [("zen-engine", false), ("zen-engine, trace kept", true)] {
        time(name, ours, COUNT, |at| {
            black_box(decide(facts[at].clone().into(), trace));
        });
    }
}
