//! What is suggested must flip the decision, and one step nearer must not.

use proptest::prelude::*;

use crate::diagnostic::Language;
use crate::engine::decision::{CaseDecision, Outcome};
use crate::engine::{Library, Policy, Question};
use crate::facts::from_json_value;
use crate::hir::Constant;
use crate::input::{Fact, Scalar};
use crate::solve::{Applied, Change, ChangeOptions};
use crate::value::Rational;

pub(super) fn outcome(decided: &CaseDecision, id: &str) -> Outcome {
    let household = decided.decisions.get(id).map(|found| found.outcome);
    let personal = || {
        decided.members.iter().find_map(|member| {
            let name = id.strip_prefix(&member.id)?.strip_prefix('.')?;
            member.decisions.get(name).map(|found| found.outcome)
        })
    };
    household.or_else(personal).unwrap_or_else(|| panic!("{id} is not decided"))
}

/// The name of the one fact that changes; nothing for time and pairs.
fn fact_of(change: &Change) -> &str {
    match change.facts.as_slice() {
        [only] => &only.fact,
        _ => "",
    }
}

/// What the one fact becomes.
fn only(change: &Change) -> &Fact {
    match &change.applied {
        Applied::Facts(facts) => &facts.first().expect("a fact").1,
        Applied::Month(_) => panic!("{change:?}"),
    }
}

fn family(wage: &str) -> serde_json::Value {
    serde_json::json!({ "家庭": {
    "城乡": "城镇", "财产核对合格": "是", "边缘财产核对合格": "是", "members": [
        { "id": "甲", "出生日期": "1980-02-01", "月工资": wage, "在业": "是", "重病": "否" },
        { "id": "乙", "出生日期": "1982-05-03", "月工资": "0", "在业": "否", "重病": "否" },
        { "id": "丙", "出生日期": "2012-09-09", "月工资": "0", "在业": "否", "重病": "否" },
    ]}})
}

fn zhongshan(facts: &serde_json::Value, options: &ChangeOptions) -> Vec<Change> {
    let policy = Library::builtin().compile("中山.最低生活保障").expect("a policy");
    let case = policy.bind(&from_json_value(facts).expect("no floats")).expect("facts");
    let question = Question::about("2023-06".parse().expect("a month"));
    let found = policy.changes(&case, &question, options, Language::Zh).expect("changes");
    found.decisions.into_iter().find(|found| found.id == "低保").expect("低保").changes
}

/// Three people at 1201 yuan each have to stay below 3 × 1201 = 3603 yuan a month.
#[test]
fn a_wage_has_to_fall_below_three_standards() {
    let changes = zhongshan(&family("3750"), &ChangeOptions::default());
    let wage: Vec<&Change> =
        changes.iter().filter(|change| fact_of(change) == "甲.月工资").collect();
    let [wage] = wage.as_slice() else { panic!("{changes:#?}") };
    assert!(wage.text.starts_with("甲.月工资 3,750元/月 → 低于3,603元/月"), "{}", wage.text);
    assert_eq!(wage.facts[0].to.value, "3602.99");
    assert_eq!(wage.facts[0].not_yet.as_ref().expect("a value").value, "3603");
}

/// At 3000 yuan the family gets 603; one fen less gets it one fen more, unless it is rounded.
#[test]
fn an_entitled_family_is_raised_by_earning_less() {
    let options = ChangeOptions { raise: true, ..ChangeOptions::default() };
    let changes = zhongshan(&family("3000"), &options);
    let wage = changes.iter().find(|change| fact_of(change) == "甲.月工资").expect("the wage");
    let paid = wage.payments.first().expect("a payment");
    let amount: Rational = paid.amount.parse().expect("a decimal");
    assert!(amount > Rational::from_integer(603), "{wage:#?}");
}

fn small(comparison: &str, standard: u32, other: &str) -> Policy {
    let text = format!(
        "政策 试.变化\n  依据 试验\n对象 家庭\n  收入：元，0元至4元\n  \
         存款：元，0元至4元，不作建议\n  人口：整数 0至9，不可改变\n  病：是否\n\
         决定 补助（家庭）    依据 试验\n  条件 收入{comparison}{}.{:02}元{other}\n  \
         给付 补助金：元/月 = 1元/月\n",
        standard / 100,
        standard % 100
    );
    let library = Library::from_texts(vec![("small.hz".to_owned(), text.clone())]);
    library.compile("试.变化").unwrap_or_else(|found| panic!("{text}\n{found:#?}"))
}

/// Born on 15 May 1966, sixty in May 2026: only time makes it so.
#[test]
fn what_cannot_be_changed_changes_by_time() {
    let text = "政策 试.变化\n  依据 试验\n对象 家庭\n  出生日期：日期，不可改变\n\
                决定 津贴（家庭）    依据 试验\n  条件 周岁（出生日期，评估日）不低于60岁\n";
    let library = Library::from_texts(vec![("time.hz".to_owned(), text.to_owned())]);
    let policy = library.compile("试.变化").unwrap_or_else(|found| panic!("{text}\n{found:#?}"));
    let facts = serde_json::json!({ "家庭": { "出生日期": "1966-05-15" } });
    let case = policy.bind(&from_json_value(&facts).expect("no floats")).expect("facts");
    let question = Question::about("2026-01".parse().expect("a month"));
    let found = policy.changes(&case, &question, &ChangeOptions::default(), Language::Zh);
    let decisions = found.expect("changes").decisions;
    let texts: Vec<&str> =
        decisions.iter().flat_map(|d| &d.changes).map(|change| change.text.as_str()).collect();
    assert_eq!(texts, ["2026年5月15日起，满60周岁（其他事实不变）"]);
    let change = &decisions[0].changes[0];
    assert_eq!(
        (change.month.as_deref(), change.day.as_deref()),
        (Some("2026-05"), Some("2026-05-15"))
    );
}

/// A limit that the law sets tells nothing of anybody; what is worked out from a sensitive wage
/// does, and so does the day on which somebody whose birth may not be told turns sixty.
#[test]
fn what_is_worked_out_from_sensitive_facts_is_masked() {
    let text = "政策 试.变化\n  依据 试验\n对象 人\n  工资：元，0元至1万元，敏感\n  \
                出生日期：日期，不可改变，敏感\n对象 家庭\n  成员：人，若干\n  \
                存款：元，0元至10万元，敏感\n\
                决定 补助（家庭）    依据 试验\n  条件 同时符合：\n  （一）存款不超过30000元；\n  \
                （二）合计（成员，工资）低于2400元。\n  \
                给付 补助金：元 = 2400元－合计（成员，工资），四舍五入到1元\n\
                决定 津贴（人）    依据 试验\n  条件 周岁（出生日期，评估日）不低于60岁\n";
    let library = Library::from_texts(vec![("secret.hz".to_owned(), text.to_owned())]);
    let policy = library.compile("试.变化").unwrap_or_else(|found| panic!("{text}\n{found:#?}"));
    let told = |savings: &str, clear: bool| {
        let facts = serde_json::json!({ "家庭": { "存款": savings, "成员": [
            { "id": "甲", "工资": "1357.91", "出生日期": "1966-05-15" },
            { "id": "乙", "工资": "246.80", "出生日期": "1986-07-08" },
        ] } });
        let case = policy.bind(&from_json_value(&facts).expect("no floats")).expect("facts");
        let question = Question::about("2026-01".parse().expect("a month"));
        let options = ChangeOptions { raise: true, clear, ..ChangeOptions::default() };
        let found = policy.changes(&case, &question, &options, Language::Zh).expect("changes");
        serde_json::to_string(&found).expect("texts")
    };
    let over = told("31234.56", false);
    assert!(over.contains("存款 *** → 不超过30,000元"), "{over}");
    assert!(over.contains("2026年5月起（其他事实不变）"), "{over}");
    for secret in ["31234", "31,234", "1357", "1,357", "246.8", "2026-05-15", "5月15日"] {
        assert!(!over.contains(secret), "{secret} in {over}");
    }
    // What would raise the amount lies beside what is earned now.
    let raised = told("0", false);
    assert!(raised.contains("甲.工资 *** → ***"), "{raised}");
    assert!(!raised.contains("135"), "{raised}");
    let clear = told("31234.56", true);
    for shown in ["31,234.56", "2026年5月15日起，甲满60周岁"] {
        assert!(clear.contains(shown), "{shown} not in {clear}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Against every amount there is, one by one.
    #[test]
    fn the_nearest_amounts_are_found(
        comparison in prop_oneof![
            Just("低于"), Just("不超过"), Just("高于"), Just("不低于"), Just("等于"), Just("不等于"),
        ],
        other in prop_oneof![Just(""), Just("且收入高于存款"), Just("或收入÷3低于存款"), Just("且人口高于3")],
        standard in 0_u32..=400,
        income in 0_u32..=400,
        savings in 0_u32..=400,
        people in 0_u8..=9,
    ) {
        let policy = small(comparison, standard, other);
        let money = |fen: u32| format!("{}.{:02}", fen / 100, fen % 100);
        let facts = serde_json::json!({ "家庭": {
            "收入": money(income), "存款": money(savings), "人口": people, "病": false,
        }});
        let case = policy.bind(&from_json_value(&facts).expect("no floats")).expect("facts");
        let question = Question::about("2026-04".parse().expect("a month"));
        let fact = policy.fact(&case, "收入").expect("a fact");
        let flips = |fen: u32| {
            let value = policy.read_fact(&case, fact, &money(fen)).expect("an amount");
            let (case, question) = policy.apply(&case, &question, &Applied::Facts(vec![(fact, value)]));
            outcome(&policy.decide(&case, &question).expect("small"), "补助") == Outcome::Entitled
        };
        let options = ChangeOptions::default();
        let found = policy.changes(&case, &question, &options, Language::Zh).expect("changes");
        if flips(income) {
            prop_assert!(found.decisions.is_empty());
            return Ok(());
        }
        let [decision] = found.decisions.as_slice() else { panic!("{found:#?}") };
        prop_assert!(!decision.incomplete);
        let below = (0..income).rev().find(|fen| flips(*fen));
        let above = (income..=400).find(|fen| flips(*fen));
        let expected: Vec<u32> = below.into_iter().chain(above).collect();
        let hundred = Rational::from_integer(100);
        let suggested: Vec<u32> = decision.changes.iter().map(|change| match only(change) {
            Fact::Known(Scalar::Constant(Constant::Number(yuan))) => {
                assert_eq!(change.facts[0].fact, "收入");
                let fen = yuan.checked_mul(hundred).expect("small").to_i64().expect("fen");
                u32::try_from(fen).expect("in range")
            }
            other => panic!("{other:?}"),
        }).collect();
        prop_assert_eq!(suggested, expected, "{:#?}", decision);
    }
}
