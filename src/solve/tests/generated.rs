//! Pieces against plain evaluation, at every point of small ranges.

use proptest::prelude::*;

use super::program::program;
use crate::diagnostic::Severity;
use crate::engine::{Library, Policy, Question};
use crate::facts::from_json_value;
use crate::hir::{FieldId, NodeId};
use crate::input::InstanceId;
use crate::solve::grid::Grid;
use crate::solve::region::Reason;
use crate::solve::walk::{Budget, Ground, Walker};
use crate::value::YearMonth;

/// The policy of a generated text; none where its exceptions are proved to conflict, which random
/// ones sometimes do. Anything else that is wrong with it is a defect of the generator.
fn compile(text: &str) -> Option<Policy> {
    let library = Library::from_texts(vec![("generated.hz".to_owned(), text.to_owned())]);
    match library.compile("试.变化") {
        Ok(policy) => Some(policy),
        Err(findings) => {
            let mut errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
            let proved = errors.all(|error| error.code == "huize::check::always_in_conflict");
            assert!(proved, "{text}\n{findings:#?}");
            None
        }
    }
}

fn money() -> impl Strategy<Value = serde_json::Value> {
    prop_oneof![
        5 => (0_u32..=400).prop_map(|fen| serde_json::json!(format!("{}.{:02}", fen / 100, fen % 100))),
        1 => Just(serde_json::json!("未知")),
    ]
}

fn truth() -> impl Strategy<Value = serde_json::Value> {
    prop_oneof![
        3 => any::<bool>().prop_map(|truth| serde_json::json!(truth)),
        1 => Just(serde_json::json!("未知")),
    ]
}

fn person() -> impl Strategy<Value = serde_json::Value> {
    let dated = (money(), money()).prop_map(|(before, now)| {
        serde_json::json!([{ "from": "2023-01", "value": before }, { "from": "2023-05", "value": now }])
    });
    let grade = prop_oneof![
        (1_u8..=4).prop_map(|grade| serde_json::json!(grade)),
        Just(serde_json::json!("无")),
        Just(serde_json::json!("未知")),
    ];
    let birth = prop_oneof![
        (1955_u32..1970).prop_map(|year| serde_json::json!(format!("{year}-06-15"))),
        Just(serde_json::json!("未知")),
    ];
    let wage = prop_oneof![2 => money(), 1 => dated];
    (wage, truth(), truth(), grade, birth).prop_map(|(wage, employed, old, grade, birth)| {
        serde_json::json!({ "工资": wage, "在业": employed, "老": old, "等级": grade, "出生日期": birth })
    })
}

fn family() -> impl Strategy<Value = serde_json::Value> {
    let people = prop::collection::vec(person(), 0..3);
    let size =
        prop_oneof![(0_u8..=9).prop_map(|n| serde_json::json!(n)), Just(serde_json::json!("未知"))];
    (people, money(), money(), money(), size, truth(), truth()).prop_map(
        |(mut people, income, spending, savings, size, disabled, ill)| {
            for (person, id) in people.iter_mut().zip(["甲", "乙", "丙"]) {
                person["id"] = serde_json::json!(id);
            }
            serde_json::json!({ "家庭": {
                "收入": income, "支出": spending, "存款": savings, "人口": size, "残": disabled,
                "病": ill, "成员": people,
            }})
        },
    )
}

/// The roots of all that the program decides.
fn outputs(policy: &Policy) -> Vec<(NodeId, InstanceId)> {
    let program = policy.program();
    let roots = program.definitions.iter().filter(|definition| definition.subject == program.root);
    roots.filter_map(|definition| Some((definition.root?, InstanceId(0)))).collect()
}

/// Walks a grid up and down and compares every point with the evaluation.
fn check(walker: &Walker<'_>, text: &str) -> Result<(), TestCaseError> {
    let grid = walker.grid;
    for (from, to) in [(grid.low, grid.high), (grid.high, grid.low)] {
        let mut pieces = Vec::new();
        let stop = walker.walk(from, to, |piece| {
            pieces.push(piece);
            true
        });
        prop_assert!(stop.is_none_or(|stop| stop.place.is_some()), "{stop:?}\n{text}");
        let mut next = from;
        for piece in &pieces {
            let followed = [true, false].into_iter().flat_map(|up| piece.causes(up));
            let lost = followed.filter(|cause| cause.reason == Reason::Unfollowed).count();
            prop_assert_eq!(lost, 0, "{:?}\n{}", piece.solved.region, text);
            prop_assert_eq!(if to > from { piece.low } else { piece.high }, next, "{}", text);
            next = if to > from { piece.high + 1 } else { piece.low - 1 };
            for point in piece.low..=piece.high {
                let plain = walker.evaluate_whole(point).expect("a large budget");
                for ((node, who), sym) in walker.outputs.iter().zip(&piece.values) {
                    let value = plain.value(*node, *who).expect("a live output");
                    prop_assert!(
                        sym.agrees(value, &grid, point),
                        "at {point} of {}..={}: {sym:?} is not {value:?} (node {node:?})\n{text}",
                        piece.low,
                        piece.high
                    );
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

    #[test]
    fn pieces_are_what_is_evaluated(text in program(), family in family(), which in 0_usize..8) {
        let policy = compile(&text);
        prop_assume!(policy.is_some());
        let policy = policy.expect("just looked");
        let case = policy.bind(&from_json_value(&family).expect("no floats")).expect("facts");
        let program = policy.program();
        let ground = Ground {
            program,
            case: &case.facts,
            question: Question::about(YearMonth::new(2023, 6).expect("a month")),
        };
        let budget = Budget::new(u64::MAX);
        let names = ["收入", "工资", "收入", "工资", "支出", "人口", "等级", "存款"];
        let field = program.fields.iter().position(|field| field.name.text == names[which]);
        let field = FieldId(u32::try_from(field.expect("a field")).expect("few"));
        prop_assume!(!ground.case.of(program.fields[field.0 as usize].object).is_empty());
        let grid = Grid::of_fact(program, ground.case, field, InstanceId(0)).expect("a number");
        let walker = Walker::new(ground, grid, outputs(&policy), &budget);
        check(&walker, &text)?;
    }
}
