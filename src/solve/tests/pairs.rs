//! Pairs of changes against every pair there is, on small domains.

use proptest::prelude::*;

use super::changes::outcome;
use crate::diagnostic::Language;
use crate::engine::decision::Outcome;
use crate::engine::{Case, Library, Policy, Question};
use crate::facts::from_json_value;
use crate::hir::Constant;
use crate::input::{Fact, Scalar};
use crate::solve::{Applied, Change, ChangeOptions, DecisionChanges, FactRef};
use crate::value::Rational;

const NUMBERS: [&str; 3] = ["甲数", "乙数", "丙数"];
const MOST: i64 = 6;

fn text(condition: &str) -> String {
    format!(
        "政策 试.成对\n  依据 试验\n对象 家庭\n  甲数：整数 0至6\n  乙数：整数 0至6\n  \
         丙数：整数 0至6，不作建议\n  病：是否\n  残：是否\n\
         决定 补助（家庭）    依据 试验\n  条件 {condition}\n"
    )
}

fn compile(condition: &str) -> Policy {
    let library = Library::from_texts(vec![("pairs.hz".to_owned(), text(condition))]);
    library.compile("试.成对").unwrap_or_else(|found| panic!("{condition}\n{found:#?}"))
}

fn facts(policy: &Policy, numbers: [i64; 3], truths: [bool; 2]) -> Case {
    let facts = serde_json::json!({ "家庭": {
        "甲数": numbers[0], "乙数": numbers[1], "丙数": numbers[2], "病": truths[0], "残": truths[1],
    }});
    policy.bind(&from_json_value(&facts).expect("no floats")).expect("facts")
}

fn asked() -> Question {
    Question::about("2026-04".parse().expect("a month"))
}

fn found(policy: &Policy, case: &Case) -> Option<DecisionChanges> {
    let found = policy.changes(case, &asked(), &ChangeOptions::default(), Language::Zh);
    found.expect("changes").decisions.into_iter().next()
}

fn number(value: i64) -> Fact {
    Fact::Known(Scalar::Constant(Constant::Number(Rational::from_integer(value))))
}

fn truth(value: bool) -> Fact {
    Fact::Known(Scalar::Constant(Constant::Bool(value)))
}

/// All values that a fact can have, those of one direction in order of their distance.
fn lines(name: &str, numbers: [i64; 3], truths: [bool; 2]) -> Vec<Vec<Fact>> {
    match NUMBERS.iter().position(|known| *known == name) {
        Some(at) => vec![
            (0..numbers[at]).rev().map(number).collect(),
            (numbers[at] + 1..=MOST).map(number).collect(),
        ],
        None => vec![vec![truth(!truths[usize::from(name == "残")])]],
    }
}

fn two(change: &Change) -> [(FactRef, Fact); 2] {
    match &change.applied {
        Applied::Facts(facts) => facts.clone().try_into().expect("two facts"),
        Applied::Month(_) => panic!("{change:?}"),
    }
}

fn term() -> impl Strategy<Value = String> {
    let name = || prop::sample::select(vec!["甲数", "乙数", "丙数"]);
    prop_oneof![
        2 => name().prop_map(str::to_owned),
        3 => (name(), name()).prop_map(|(a, b)| format!("（{a}＋{b}）")),
        1 => (name(), name()).prop_map(|(a, b)| format!("（{a}－{b}）")),
        1 => (name(), name()).prop_map(|(a, b)| format!("（{a}×2＋{b}）")),
        1 => (name(), name()).prop_map(|(a, b)| format!("最大（{a}，{b}）")),
        1 => (name(), name()).prop_map(|(a, b)| format!("（如果 病 则 {a} 否则 {b}）")),
    ]
}

fn condition() -> impl Strategy<Value = String> {
    let compare = prop::sample::select(vec!["低于", "不超过", "高于", "不低于", "等于", "不等于"]);
    let leaf = prop_oneof![
        6 => (term(), compare, 0_u8..=12).prop_map(|(a, op, b)| format!("（{a}{op}{b}）")),
        1 => Just("病".to_owned()),
        1 => Just("残".to_owned()),
    ];
    leaf.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            3 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("（{a}且{b}）")),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("（{a}或{b}）")),
            1 => inner.prop_map(|a| format!("（非{a}）")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 2, ..ProptestConfig::default() })]

    /// Against every value of every two facts: a pair is enough, neither of its changes is, and
    /// neither can be a step less; where no fact alone is enough, the least that each fact has to
    /// move for any value of another is found, and nothing is found where no pair is enough.
    #[test]
    fn the_smallest_pairs_are_found(
        condition in condition(),
        numbers in [0..=MOST, 0..=MOST, 0..=MOST],
        truths in any::<[bool; 2]>(),
    ) {
        let policy = compile(&condition);
        let case = facts(&policy, numbers, truths);
        let is_enough = |changes: &[(FactRef, Fact)]| {
            let (case, question) =
                policy.apply(&case, &asked(), &Applied::Facts(changes.to_vec()));
            outcome(&policy.decide(&case, &question).expect("small"), "补助") == Outcome::Entitled
        };
        prop_assume!(!is_enough(&[]));
        let decision = found(&policy, &case).expect("a refusal");
        let names = ["甲数", "乙数", "病", "残"];
        let of = |name: &str| policy.fact(&case, name).expect("a fact");
        for change in &decision.pairs {
            let [one, other] = two(change);
            prop_assert!(is_enough(&[one.clone(), other.clone()]), "{condition}\n{change:#?}");
            for (moved, stays) in [(&one, &other), (&other, &one)] {
                prop_assert!(!is_enough(std::slice::from_ref(moved)), "{condition}\n{change:#?}");
                let name = names.into_iter().find(|name| of(name) == moved.0).expect("known");
                let nearer = lines(name, numbers, truths).into_iter().find(|l| l.contains(&moved.1));
                let nearer = nearer.expect("in range");
                for value in nearer.into_iter().take_while(|value| *value != moved.1) {
                    let less = [(moved.0, value), stays.clone()];
                    prop_assert!(!is_enough(&less), "{condition}\n{change:#?}");
                }
            }
        }
        let alone = |name: &str| {
            lines(name, numbers, truths).concat().into_iter().any(|v| is_enough(&[(of(name), v)]))
        };
        if names.into_iter().any(alone) || decision.incomplete {
            return Ok(());
        }
        let mut any = false;
        for one in names {
            for line in lines(one, numbers, truths) {
                for other in names.into_iter().filter(|other| *other != one) {
                    let completes = |value: &Fact| {
                        let others = lines(other, numbers, truths).concat();
                        let with = |v: Fact| [(of(one), value.clone()), (of(other), v)];
                        others.into_iter().any(|v| is_enough(&with(v)))
                    };
                    let Some(least) = line.iter().find(|value| completes(value)) else { continue };
                    any = true;
                    let is_found = decision.pairs.iter().map(two).any(|pair| {
                        pair.contains(&(of(one), least.clone())) && pair.iter().any(|p| p.0 == of(other))
                    });
                    prop_assert!(is_found, "{condition}: {one} {least:?} {other}\n{decision:#?}");
                }
            }
        }
        prop_assert_eq!(any, !decision.pairs.is_empty(), "{}", condition);
    }
}

/// Neither wage alone can fall far enough; together they have to stay below 3 × 1201 = 3603.
#[test]
fn two_wages_fall_together() {
    let policy = Library::builtin().compile("中山.最低生活保障").expect("a policy");
    let member = |id: &str, wage: &str| {
        serde_json::json!({
            "id": id, "出生日期": "1980-02-01", "月工资": wage, "在业": "是", "重病": "否",
        })
    };
    let facts = serde_json::json!({ "家庭": {
        "城乡": "城镇", "财产核对合格": "是", "边缘财产核对合格": "是",
        "members": [member("甲", "5000"), member("乙", "4000"), member("丙", "0")],
    }});
    let case = policy.bind(&from_json_value(&facts).expect("no floats")).expect("facts");
    let question = Question::about("2023-06".parse().expect("a month"));
    let options =
        ChangeOptions { decisions: vec!["低保".to_owned()], ..ChangeOptions::default() };
    let found = policy.changes(&case, &question, &options, Language::Zh).expect("changes");
    let decision = found.decisions.iter().find(|found| found.id == "低保").expect("低保");
    assert!(decision.changes.is_empty() && !decision.incomplete, "{decision:#?}");
    let texts: Vec<&str> = decision.pairs.iter().map(|change| change.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "甲.月工资 5,000元/月 → 低于3,603元/月，且乙.月工资 4,000元/月 → 0元/月：低保金1元/月",
            "乙.月工资 4,000元/月 → 低于3,603元/月，且甲.月工资 5,000元/月 → 0元/月：低保金1元/月",
        ]
    );
}

/// Half of 甲's wage counts, all of 乙's. 2800 has to become 2400: 甲 alone would have to earn 800
/// less; with 乙's 300 gone 200 less are enough, 500 together.
#[test]
fn a_pair_that_changes_by_less_is_found_beside_the_single_one() {
    let text = "政策 试.成对\n  依据 试验\n对象 家庭\n  甲工资：元/月，0元至10000元\n  \
                乙工资：元/月，0元至10000元\n决定 补助（家庭）    依据 试验\n  \
                条件 （甲工资×50%＋乙工资）不超过2400元/月\n";
    let library = Library::from_texts(vec![("less.hz".to_owned(), text.to_owned())]);
    let policy = library.compile("试.成对").unwrap_or_else(|found| panic!("{found:#?}"));
    let facts = serde_json::json!({ "家庭": { "甲工资": "5000", "乙工资": "300" } });
    let case = policy.bind(&from_json_value(&facts).expect("no floats")).expect("facts");
    let decision = found(&policy, &case).expect("a refusal");
    let texts = |changes: &[Change]| -> Vec<String> {
        changes.iter().map(|change| change.text.clone()).collect()
    };
    assert_eq!(texts(&decision.changes), ["甲工资 5,000元/月 → 不超过4,200元/月"]);
    assert_eq!(
        texts(&decision.pairs),
        ["甲工资 5,000元/月 → 不超过4,800元/月，且乙工资 300元/月 → 0元/月"]
    );
}
