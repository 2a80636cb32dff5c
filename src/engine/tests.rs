//! What must hold of every decision: it is the same each time, and what it says under missing
//! facts stays true whatever they turn out to be.

use std::sync::OnceLock;

use proptest::prelude::*;

use super::decision::{Decision, Outcome, Payment};
use super::{Library, Policy, Question};
use crate::diagnostic::{Diagnostic, Findings, Language};
use crate::eval::{Live, LookBack};
use crate::facts::{Node, from_json_value};
use crate::value::{Rational, YearMonth};

fn compile() -> Policy {
    match Library::builtin().compile("中山.最低生活保障") {
        Ok(policy) => policy,
        Err(findings) => panic!("{findings:?}"),
    }
}

/// Two compilations of the same policy, made once.
fn policies() -> &'static (Policy, Policy) {
    static POLICIES: OnceLock<(Policy, Policy)> = OnceLock::new();
    POLICIES.get_or_init(|| (compile(), compile()))
}

fn june() -> Question {
    Question::about(YearMonth::new(2023, 6).expect("a month"))
}

/// A person's facts, each with whether it is hidden from the first run.
#[derive(Clone, Debug)]
struct Person {
    wage: (u32, bool),
    ill: (bool, bool),
    grade: (u8, bool),
    jailed: (bool, bool),
    year: u16,
}

fn person() -> impl Strategy<Value = Person> {
    // Wages lie around the standard of 1201, so that outcomes of both kinds turn up.
    let wage = prop_oneof![Just(0_u32), 0_u32..900_000, 359_000_u32..361_000];
    (
        (wage, prop::bool::weighted(0.3)),
        (any::<bool>(), prop::bool::weighted(0.2)),
        (0_u8..5, prop::bool::weighted(0.2)),
        (prop::bool::weighted(0.1), prop::bool::weighted(0.1)),
        1930_u16..2023,
    )
        .prop_map(|(wage, ill, grade, jailed, year)| Person { wage, ill, grade, jailed, year })
}

fn facts(people: &[Person], assets: (bool, bool), hide: bool) -> Node {
    let unknown = || serde_json::json!("未知");
    let members: Vec<serde_json::Value> = people
        .iter()
        .enumerate()
        .map(|(at, person)| {
            let wage = format!("{}.{:02}", person.wage.0 / 100, person.wage.0 % 100);
            let grade = match person.grade.0 {
                0 => serde_json::json!("无"),
                grade => serde_json::json!(grade),
            };
            let show = |hidden: bool, value: serde_json::Value| {
                if hide && hidden { unknown() } else { value }
            };
            serde_json::json!({
                "id": format!("成员{at}"),
                "birth_date": format!("{}-05-03", person.year),
                "monthly_wage": show(person.wage.1, serde_json::json!(wage)),
                "employed": person.wage.0 > 0,
                "severe_illness": show(person.ill.1, serde_json::json!(person.ill.0)),
                "disability_grade": show(person.grade.1, grade),
                "disability_kind": if person.grade.0 == 0 { "无" } else { "智力" },
                "imprisoned": show(person.jailed.1, serde_json::json!(person.jailed.0)),
            })
        })
        .collect();
    let verified = if hide && assets.1 { unknown() } else { serde_json::json!(assets.0) };
    let document = serde_json::json!({
        "household": {
            "area": "城镇",
            "assets_verified_ok": verified,
            "edge_assets_verified_ok": true,
            "members": members,
        }
    });
    from_json_value(&document).expect("facts without floats")
}

fn number(text: &str) -> Rational {
    text.parse().expect("a decimal")
}

/// Whether a certain payment agrees with what was said of it before.
fn agrees(before: &Payment, after: Option<&Payment>) -> bool {
    let amount = after.and_then(|after| after.amount.as_deref()).map_or(Rational::ZERO, number);
    match (&before.amount, &before.bounds) {
        (Some(said), _) => number(said) == amount,
        (None, Some(bounds)) => {
            bounds.low.as_deref().is_none_or(|low| number(low) <= amount)
                && bounds.high.as_deref().is_none_or(|high| amount <= number(high))
        }
        (None, None) => true,
    }
}

fn check(name: &str, before: &Decision, after: &Decision) -> Result<(), TestCaseError> {
    match before.outcome {
        Outcome::Entitled | Outcome::NotEntitled => {
            prop_assert_eq!(before.outcome, after.outcome, "{}", name);
        }
        Outcome::Undecided => {
            prop_assert!(!before.missing.is_empty() || !before.blocked.is_empty(), "{}", name);
        }
        Outcome::Discretionary | Outcome::Failed => {}
    }
    for (payment, said) in &before.payments {
        prop_assert!(
            agrees(said, after.payments.get(payment)),
            "{name} {payment}: {said:?} against {after:?}"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_under_missing_facts_stays_true(
        people in prop::collection::vec(person(), 1..4),
        assets in (prop::bool::weighted(0.8), prop::bool::weighted(0.2)),
    ) {
        let policy = &policies().0;
        let decide = |hide: bool| {
            let case = policy.bind(&facts(&people, assets, hide)).expect("facts that bind");
            policy.decide(&case, &june()).expect("a decision")
        };
        let (before, after) = (decide(true), decide(false));
        for (name, decision) in &before.decisions {
            check(name, decision, &after.decisions[name])?;
        }
        for (member, later) in before.members.iter().zip(&after.members) {
            for (name, decision) in &member.decisions {
                check(name, decision, &later.decisions[name])?;
            }
        }
    }

    #[test]
    fn the_same_question_has_the_same_bytes(
        people in prop::collection::vec(person(), 1..4),
        assets in (any::<bool>(), any::<bool>()),
    ) {
        let (first, second) = policies();
        let answer = |policy: &Policy| {
            let case = policy.bind(&facts(&people, assets, true)).expect("facts that bind");
            let decision = policy.decide(&case, &june()).expect("a decision");
            let explanation = policy.explain_in(&case, &june(), Language::En).expect("reasons");
            (serde_json::to_string(&decision).expect("JSON"), crate::explain::json::render(&explanation))
        };
        prop_assert_eq!(answer(first), answer(second));
    }
}

#[test]
fn the_amount_follows_the_law_to_the_yuan() {
    // （1201 − income ÷ 3）× 3 rounded up to 1 yuan, worked out in fen without division.
    let policy = &policies().0;
    for fen in [0_i64, 1, 99, 100, 101, 225_000, 360_199, 360_200, 360_201, 360_299, 360_300] {
        let wage = format!("{}.{:02}", fen / 100, fen % 100);
        let document = serde_json::json!({
            "household": {
                "area": "农村", "assets_verified_ok": true, "edge_assets_verified_ok": false,
                "members": [
                    {"id": "甲", "birth_date": "1980-02-01", "monthly_wage": wage, "employed": true, "severe_illness": false},
                    {"id": "乙", "birth_date": "1982-05-03", "monthly_wage": "0", "employed": false, "severe_illness": false},
                    {"id": "丙", "birth_date": "2012-09-09", "monthly_wage": "0", "employed": false, "severe_illness": false}
                ]
            }
        });
        let facts = from_json_value(&document).expect("facts");
        let case = policy.bind(&facts).expect("facts that bind");
        let decision = policy.decide(&case, &june()).expect("a decision");
        let dibao = &decision.decisions["低保"];
        let short = 3 * 120_100 - fen;
        if short > 0 {
            let yuan = (short + 99) / 100;
            assert_eq!(dibao.outcome, Outcome::Entitled, "{fen}");
            assert_eq!(dibao.payments["低保金"].amount, Some(yuan.to_string()), "{fen}");
        } else {
            assert_eq!(dibao.outcome, Outcome::NotEntitled, "{fen}");
            assert!(dibao.payments.is_empty());
        }
    }
}

#[test]
fn a_case_of_unreasonable_size_is_refused() {
    let policy = &policies().0;
    let members: Vec<serde_json::Value> = (0..999)
        .map(|at| {
            serde_json::json!({
                "id": format!("{at}"), "birth_date": "1980-02-01", "employed": true,
                "severe_illness": false,
                "monthly_wage": [{"from": "2013-06", "value": "0"}, {"from": "2020-01", "value": "1"}],
            })
        })
        .collect();
    let document = serde_json::json!({
        "household": {"area": "城镇", "assets_verified_ok": true, "members": members}
    });
    let case = policy.bind(&from_json_value(&document).expect("facts")).expect("facts that bind");
    let findings = policy.decide(&case, &june()).expect_err("too much work");
    assert_eq!(findings[0].code, "huize::engine::too_much_work");
}

#[test]
fn splitting_finds_what_the_lattice_alone_cannot() {
    let text = "政策 国家.试\n\
        对象 家庭\n  甲：是否\n  乙：是否\n  收入：元/月，0元至1万元\n\
        参数 标准：元/月 = 80元\n\
        决定 补（家庭）\n  条件 （甲且乙）或（非甲且乙）\n  给付 钱：元/月 = 标准\n\
        决定 低（家庭）\n  条件 收入低于标准\n  给付 钱：元/月 = 标准－收入\n";
    let library = Library::from_texts(vec![("试.hz".to_owned(), text.to_owned())]);
    let policy = library.compile("国家.试").expect("a sound policy");
    let facts = from_json_value(&serde_json::json!({"家庭": {"乙": true}})).expect("facts");
    let case = policy.bind(&facts).expect("facts that bind");
    let decision = policy.decide(&case, &june()).expect("a decision");
    // 甲 is unknown, and does not matter.
    let either = &decision.decisions["补"];
    assert_eq!(either.outcome, Outcome::Entitled);
    assert_eq!(either.payments["钱"].amount.as_deref(), Some("80"));
    assert!(either.missing.is_empty(), "{either:?}");
    // Below the standard 80 − 0 at most; at the standard and above, nothing.
    let less = &decision.decisions["低"];
    assert_eq!(less.outcome, Outcome::Undecided);
    let bounds = less.payments["钱"].bounds.as_ref().expect("bounds");
    assert_eq!((bounds.low.as_deref(), bounds.high.as_deref()), (Some("0"), Some("80")));
}

/// A fact that is told later may have been another in the months before.
#[test]
fn splitting_takes_a_fact_of_this_month_alone() {
    let text = "政策 国家.试\n\
        对象 家庭\n  收入：元/月，0元至100元\n  残：是否\n\
        决定 没有增加（家庭）\n  条件 收入不高于上月的收入\n\
        决定 现在（家庭）\n  条件 （残且近2个月内曾（收入不高于100元/月））或（非残）\n";
    let library = Library::from_texts(vec![("试.hz".to_owned(), text.to_owned())]);
    let policy = library.compile("国家.试").expect("a sound policy");
    let outcomes = |facts: serde_json::Value| {
        let facts = from_json_value(&serde_json::json!({ "家庭": facts })).expect("facts");
        let case = policy.bind(&facts).expect("facts that bind");
        let decision = policy.decide(&case, &june()).expect("a decision");
        (decision.decisions["没有增加"].outcome, decision.decisions["现在"].outcome)
    };
    let dated = |before: &str, now: &str| {
        serde_json::json!({ "收入": [
            { "from": "2023-05", "value": before }, { "from": "2023-06", "value": now },
        ]})
    };
    let open = (Outcome::Undecided, Outcome::Entitled);
    assert_eq!(outcomes(serde_json::json!({})), open);
    assert_eq!(outcomes(dated("1", "未知")), open);
    assert_eq!(outcomes(dated("未知", "2")), open);
    assert_eq!(outcomes(dated("1", "2")).0, Outcome::NotEntitled);
    assert_eq!(outcomes(dated("2", "1")).0, Outcome::Entitled);
}

/// Law that is picked by a day among the facts is any of the law while the day is not known.
#[test]
fn an_unknown_day_picks_no_law() {
    let text = "政策 国家.试\n  适用日 申请日\n\
        对象 家庭\n  申请日：日期\n  残：是否\n\
        参数 标准：元/月\n  自2020年1月1日起：80元\n  自2023年1月1日起：90元\n\
        参数 一样：元/月\n  自2020年1月1日起：80元\n  自2023年1月1日起：80元\n\
        规则 率（家庭）：元/月，施行 自2020年1月1日起至2022年12月31日止 = 1元/月\n\
        规则 率（家庭）：元/月，施行 自2023年1月1日起 = 3元/月\n\
        规则 额（家庭）：元/月 = 10元/月\n  例外（新）残的，20元/月，施行 自2023年1月1日起；\n\
        决定 补（家庭）\n  条件 残\n  给付 钱：元/月 = 标准\n  给付 同：元/月 = 一样\n\
          \u{20} 给付 率金：元/月 = 率\n  给付 额金：元/月 = 额\n\
        决定 新（家庭），施行 自2023年1月1日起\n  条件 残\n\
        决定 靠新（家庭）\n  条件 新\n";
    let library = Library::from_texts(vec![("试.hz".to_owned(), text.to_owned())]);
    let policy = library.compile("国家.试").unwrap_or_else(|findings| panic!("{findings:#?}"));
    let decide = |facts: serde_json::Value| {
        let facts = from_json_value(&serde_json::json!({ "家庭": facts })).expect("facts");
        let case = policy.bind(&facts).expect("facts that bind");
        policy.decide(&case, &june()).expect("a decision").decisions
    };
    let open = decide(serde_json::json!({ "残": true }));
    let bounds = |name: &str| {
        let paid = &open["补"].payments[name];
        let ends = paid.bounds.as_ref().map(|bounds| (bounds.low.clone(), bounds.high.clone()));
        (paid.amount.clone(), ends)
    };
    let between =
        |low: &str, high: &str| (None, Some((Some(low.to_owned()), Some(high.to_owned()))));
    assert_eq!(bounds("钱"), between("80", "90"));
    assert_eq!(bounds("同"), (Some("80".to_owned()), None));
    assert_eq!(bounds("率金"), between("1", "3"));
    assert_eq!(bounds("额金"), between("10", "20"));
    assert_eq!(open["补"].missing, ["申请日"]);
    assert_eq!(open["靠新"].outcome, Outcome::Undecided);
    let told = decide(serde_json::json!({ "残": true, "申请日": "2022-05-01" }));
    assert_eq!(told["补"].payments["钱"].amount.as_deref(), Some("80"));
    assert_eq!(told["补"].payments["额金"].amount.as_deref(), Some("10"));
    assert_eq!(told["靠新"].outcome, Outcome::NotEntitled);
}

#[test]
fn a_service_of_texts_says_what_a_document_lacks() {
    let service = super::JsonService::new(Library::builtin());
    let refused = service.decide("{}").unwrap_err();
    assert!(refused.contains("huize::engine::no_policy"), "{refused}");
    assert!(refused.contains("huize::engine::no_period"), "{refused}");
    let broken = service.explain("{", Language::En).unwrap_err();
    assert!(broken.starts_with("[{\"code\":\"huize::facts::"), "{broken}");
    // Pending law is a warning, and nothing worse stands in the built-in policies.
    assert!(!service.check().contains("\"severity\":\"error\""));
    assert!(service.schema("zhongshan.dibao", false).unwrap().contains("monthly_wage"));
    assert!(service.schema("nowhere", true).unwrap_err().contains("unknown_policy"));
}

/// A library of one policy, within limits.
fn small(limits: super::Limits) -> Library {
    let text = "政策 试.补助\n对象 人\n  月工资：元/月\n对象 家庭\n  成员：人，若干\n\
                规则 收入（家庭）：元/月 = 合计（成员，((月工资)＋1元/月－1元/月)）\n\
                决定 补助（家庭）\n  条件 收入低于100元/月\n  给付 补助金：元/月 = 100元/月\n";
    Library::from_texts_within(vec![("试.hz".to_owned(), text.to_owned())], limits)
}

fn codes(findings: &[Diagnostic]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn every_limit_is_an_error_of_its_own() {
    let limits = super::Limits::default();
    let bytes = small(limits).sources().iter().map(|(_, file)| file.text().len()).sum::<usize>();
    assert!(small(limits.source_bytes(bytes).nesting(3).operators(2)).check().is_empty());
    for (limits, code) in [
        (limits.source_bytes(bytes - 1), "huize::source::too_large"),
        (limits.nesting(2), "huize::syntax::too_deep"),
        (limits.operators(1), "huize::syntax::too_many_operators"),
    ] {
        assert_eq!(codes(&small(limits).check()), [code]);
        assert_eq!(codes(&small(limits).compile("试.补助").unwrap_err())[0], code);
    }
    let facts = r#"{"家庭": {"成员": [{"id": "甲", "月工资": "1"}, {"id": "乙", "月工资": "2"}]}}"#;
    let decide = |limits: super::Limits| -> Result<(), Vec<&'static str>> {
        let policy = small(limits).compile("试.补助").expect("a policy");
        let node = crate::facts::read_json_within(crate::source::SourceId(0), facts, &limits);
        let case = policy.bind(&node.map_err(|found| codes(&found))?).map_err(|f| codes(&f))?;
        policy.decide(&case, &june()).map(|_| ()).map_err(|found| codes(&found))
    };
    assert_eq!(decide(limits.people(2).facts_bytes(facts.len())), Ok(()));
    assert_eq!(decide(limits.people(1)), Err(vec!["huize::input::too_many_members"]));
    assert_eq!(decide(limits.facts_bytes(facts.len() - 1)), Err(vec!["huize::facts::too_large"]));
    assert_eq!(decide(limits.work(1)), Err(vec!["huize::engine::too_much_work"]));
    let deep = crate::facts::read_json_within(
        crate::source::SourceId(0),
        facts,
        &super::Limits::default().nesting(3),
    );
    assert_eq!(codes(&deep.unwrap_err()), ["huize::facts::too_deep"]);
}

#[test]
fn a_limit_that_guards_the_stack_is_not_raised() {
    let limits = super::Limits::default().nesting(10_000).operators(1_000_000);
    assert_eq!(limits, super::Limits::DEFAULT);
    assert_eq!(super::Limits::default().work(9_000_000).work, 9_000_000);
}

#[test]
fn a_file_that_was_too_large_is_not_forgotten() {
    let library = small(super::Limits::default().source_bytes(10)).within(super::Limits::DEFAULT);
    assert_eq!(codes(&library.check()), ["huize::source::too_large"]);
}

#[test]
fn a_service_keeps_the_limits_of_its_library() {
    let limits = super::Limits::default().people(1);
    let service = super::JsonService::new(Library::builtin().within(limits));
    let facts = r#"{"policy": "zhongshan.dibao", "period": "2023-06", "household": {"area": "urban",
      "members": [{"id": "1"}, {"id": "2"}]}}"#;
    assert!(service.decide(facts).unwrap_err().contains("huize::input::too_many_members"));
}

/// A birth after the day of assessment is an error, with its place where the facts say what they
/// ask, and by whatever way the case comes.
#[test]
fn a_birth_to_come_is_an_error() {
    let code = "huize::input::after_assessment";
    let policy = &policies().0;
    let facts = |envelope: &str, born: &str| {
        format!(
            r#"{{{envelope}"household": {{"area": "urban", "assets_verified_ok": true, "members": [
                 {{"id": "1", "birth_date": "{born}", "monthly_wage": "0", "employed": false,
                   "severe_illness": false}}]}}}}"#
        )
    };
    let bind = |text: &str| {
        let node = crate::facts::read_json(crate::source::SourceId(0), text).expect("facts");
        policy.bind(&node)
    };
    for envelope in [r#""period": "2023-06", "#, r#""as_of": "2023-06-30", "#] {
        let findings = bind(&facts(envelope, "2023-07-01")).expect_err("a birth to come");
        assert_eq!(codes(&findings), [code]);
        assert!(findings[0].span().is_some());
        assert!(bind(&facts(envelope, "2023-06-30")).is_ok());
    }
    let bare = bind(&facts("", "2023-07-01")).expect("what is asked is not known yet");
    assert_eq!(codes(&policy.decide(&bare, &june()).expect_err("a birth to come")), [code]);
    let july = Question::about(YearMonth::new(2023, 7).expect("a month"));
    assert!(policy.decide(&bare, &july).is_ok());
}

/// Which of several items stands first says nothing, be it one that is not known yet.
#[test]
fn an_item_that_is_not_known_hides_no_conflict() {
    let items = ["收入", "2元/月", "3元/月"];
    for order in [[0, 1, 2], [1, 0, 2], [1, 2, 0], [2, 1, 0]] {
        let [a, b, c] = order.map(|at| items[at]);
        let text = format!(
            "政策 国家.试\n对象 家庭\n  收入：元/月，0元至100元\n  残：是否\n\
             规则 三项（家庭）：元/月\n  （一）残的，{a}；\n  （二）残的，{b}；\n  （三）非（非残）的，{c}；\n  均不符合的，0元。\n\
             规则 两项（家庭）：元/月\n  （一）残的，收入；\n  （二）非（非残）的，3元/月；\n  均不符合的，0元。\n\
             决定 补（家庭）\n  条件 残\n  给付 钱：元/月 = 三项\n  给付 三元：元/月 = 两项\n"
        );
        let library = Library::from_texts(vec![("试.hz".to_owned(), text)]);
        let Ok(policy) = library.compile("国家.试") else { continue };
        let facts = from_json_value(&serde_json::json!({"家庭": {"残": true}})).expect("facts");
        let case = policy.bind(&facts).expect("facts that bind");
        let decision = policy.decide(&case, &june()).expect("a decision");
        let payments = &decision.decisions["补"].payments;
        assert!(payments["钱"].error.is_some(), "{order:?} {payments:?}");
        assert_eq!(payments["三元"].amount.as_deref(), Some("3"), "{order:?}");
    }
}

/// Decisions that look back at each other reach as far whichever is written first.
#[test]
fn how_far_a_circle_reaches_does_not_depend_on_the_order() {
    let head = "政策 试.圈\n对象 人\n  工资：元/月\n对象 家庭\n  成员：人，若干\n  残：是否\n";
    let parts = [
        "决定 甲（家庭）\n  条件 残或上月的乙\n",
        "决定 乙（家庭）\n  条件 残或3个月前的甲\n",
        "决定 丙（家庭）\n  条件 4个月前的甲\n",
    ];
    // The circle reaches 3 months back, its longest step; 丙 looks from 4 months before.
    for order in [[0, 1, 2], [1, 0, 2], [2, 0, 1], [2, 1, 0]] {
        let text: String = order.iter().map(|at| parts[*at]).collect();
        let library = Library::from_texts(vec![("0.hz".to_owned(), format!("{head}{text}"))]);
        let policy = library.compile("试.圈").expect("it compiles");
        let found = LookBack::of(policy.program(), &Live::all(policy.program()));
        assert_eq!(found, LookBack { months: 7, recursive: true }, "{text}");
    }
}

/// A policy of rules that read one another in a chain, in the order of the law or the other way.
fn chain(policy: &str, rules: usize, body: impl Fn(&str) -> String, backwards: bool) -> String {
    let rule = |at: usize| {
        let next = if at + 1 == rules { "残".to_owned() } else { format!("r{}", at + 1) };
        format!("规则 r{at}（家庭）：是否 = {}\n", body(&next))
    };
    let mut rules: Vec<String> = (0..rules).map(rule).collect();
    if backwards {
        rules.reverse();
    }
    let rules = rules.concat();
    format!("政策 {policy}\n对象 家庭\n  残：是否\n{rules}决定 补（家庭）\n  条件 r0\n")
}

/// On a thread with a stack as small as those that servers start theirs with.
fn on_a_small_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024);
        thread.spawn_scoped(scope, work).expect("a thread").join().expect("no panic")
    })
}

const TOO_DEEP: &str = "huize::check::too_deep";

/// Refused where there are too many, on whichever thread that is found.
#[test]
fn a_long_chain_of_rules_is_refused_and_stops_nothing() {
    let same = |next: &str| next.to_owned();
    let texts =
        ["试.甲", "试.乙"].map(|policy| (format!("{policy}.hz"), chain(policy, 3000, same, false)));
    let library = Library::from_texts(texts.to_vec());
    let checked = || library.check().iter().filter(|found| found.code == TOO_DEEP).count();
    assert_eq!(on_a_small_stack(checked), 2);
}

/// The order of the text decides neither whether a chain is too long nor, on a small stack, anything
/// else: a program is refused, or compiled, decided and explained.
#[test]
fn how_deep_rules_stand_does_not_depend_on_their_order() {
    let nested = |next: &str| {
        let (open, close) = ("（如果 残 则 非（".repeat(10), "） 否则 残）".repeat(10));
        format!("{open}{next}{close}")
    };
    let plain = |next: &str| next.to_owned();
    let bodies: [&dyn Fn(&str) -> String; 2] = [&plain, &nested];
    for (body, lengths) in std::iter::zip(bodies, [[399, 401], [8, 30]]) {
        for (rules, refused) in std::iter::zip(lengths, [false, true]) {
            for backwards in [false, true] {
                let texts = vec![("试.hz".to_owned(), chain("试.甲", rules, body, backwards))];
                let found = on_a_small_stack(|| {
                    let library = Library::from_texts(texts);
                    let policy = library.compile("试.甲").map_err(Findings::from)?;
                    let facts = serde_json::json!({"家庭": {"残": true}});
                    let case =
                        policy.bind(&from_json_value(&facts).expect("facts")).expect("a case");
                    let explained = policy.explain(&case, &june()).map_err(Findings::from)?;
                    Ok(serde_json::to_string(&explained).expect("JSON").len())
                });
                let expected = if refused { Some(Some(TOO_DEEP)) } else { None };
                let found = found.map_err(|error: Findings| error.codes().next());
                assert_eq!(found.err(), expected, "{rules} {backwards}");
            }
        }
    }
}
