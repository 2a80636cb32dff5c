//! The plan against the interpreter, and W1 against its own arithmetic.

#[path = "../../benches/w1/data.rs"]
mod data;

use super::{DecisionHandle, Figures, PaymentHandle, Plan, Workspace};
use crate::engine::decision::Outcome;
use crate::engine::{Library, Policy, Question};
use crate::facts::read_json;

const W1: &str = include_str!("../../benches/w1/w1.hz");

fn policy() -> Policy {
    let library = Library::from_texts(vec![("w1.hz".to_owned(), W1.to_owned())]);
    library.compile("测速.救助").unwrap()
}

fn question() -> Question {
    Question::about("2026-01".parse().unwrap())
}

struct Handles {
    dibao: DecisionHandle,
    edge: DecisionHandle,
    amounts: Vec<PaymentHandle>,
}

impl Handles {
    fn of(plan: &Plan) -> Self {
        let amounts = [
            ("低保", "低保金"),
            ("低保", "分类施保"),
            ("低保边缘", "单人救助"),
            ("生活补贴", "生活补贴金"),
            ("护理补贴", "护理补贴金"),
            ("高龄津贴", "高龄津贴金"),
            ("孤儿津贴", "孤儿津贴金"),
            ("合计给付", "合计金额"),
        ];
        Self {
            dibao: plan.decision("dibao").unwrap(),
            edge: plan.decision("低保边缘").unwrap(),
            amounts: amounts.map(|(a, b)| plan.payment(a, b).unwrap()).to_vec(),
        }
    }

    fn row(&self, figures: &Figures<'_>) -> data::Row {
        let mut row = [0; 9];
        row[0] = match (figures.outcome(self.dibao, 0), figures.outcome(self.edge, 0)) {
            (Some(Outcome::Entitled), _) => 1,
            (_, Some(Outcome::Entitled)) => 2,
            _ => 0,
        };
        for (place, amount) in row.iter_mut().skip(1).zip(&self.amounts) {
            *place = figures.fen(*amount, 0).unwrap();
        }
        row
    }
}

fn check(households: &[data::Household]) -> u64 {
    let plan = Plan::new(&policy(), question()).unwrap();
    let handles = Handles::of(&plan);
    let mut workspace = Workspace::default();
    let mut sum = 0_u64;
    for household in households {
        let text = data::json(household);
        assert!(plan.read(&text, workspace.record()), "{text}");
        let figures = plan.run(&mut workspace).unwrap();
        let row = handles.row(&figures);
        assert_eq!(row, data::expected(household), "{text}");
        sum = sum.wrapping_add(data::checksum(household.id, &row));
    }
    sum
}

#[test]
fn w1_comes_out_as_its_rules_say() {
    let households = data::households(1000, data::SEED);
    let expected = households
        .iter()
        .map(|it| data::checksum(it.id, &data::expected(it)))
        .fold(0, u64::wrapping_add);
    assert_eq!(check(&households), expected);
}

#[test]
fn w1_is_exact_at_every_threshold() {
    let mut households = data::households(2000, data::SEED);
    data::to_boundaries(&mut households, data::SEED);
    check(&households);
}

#[test]
fn the_interpreter_says_the_same() {
    let policy = policy();
    let plan = Plan::new(&policy, question()).unwrap();
    let mut households = data::households(60, data::SEED);
    data::to_boundaries(&mut households[30..], data::SEED);
    let mut workspace = Workspace::default();
    for household in &households {
        let text = data::json(household);
        let mut sources = policy.sources().clone();
        let facts = read_json(sources.add("facts.json", &text), &text).unwrap();
        let case = policy.bind(&facts).unwrap();
        let decided = policy.decide(&case, &question()).unwrap();

        let (mut read, mut taken) = (super::Record::default(), super::Record::default());
        assert!(plan.read(&text, &mut read) && plan.take(&case, &mut taken));
        assert_eq!(read, taken, "both ways to a record");
        *workspace.record() = taken;
        let figures = plan.run(&mut workspace).unwrap();
        for (name, decision) in &decided.decisions {
            let handle = plan.decision(name).unwrap();
            assert_eq!(figures.outcome(handle, 0), Some(decision.outcome), "{name} of {text}");
            for (payment, value) in &decision.payments {
                let amount = figures.amount(plan.payment(name, payment).unwrap(), 0).unwrap();
                assert_eq!(amount.to_decimal_text(), value.amount, "{name} {payment} of {text}");
            }
        }
    }
}

/// What the plan of a small policy is refused for.
fn refusal(law: &str) -> (&'static str, String) {
    let text = format!(
        "政策 试.预案\n对象 人\n  月工资：元/月，0元至100万元\n对象 家庭\n  成员：人，若干，至少1\n{law}"
    );
    let library = Library::from_texts(vec![("t.hz".to_owned(), text)]);
    let policy = library.compile("试.预案").unwrap();
    let refused = Plan::new(&policy, question()).unwrap_err();
    assert!(refused.to_string().starts_with("t.hz:"), "{refused}");
    (refused[0].code, refused[0].message.zh.clone())
}

#[test]
fn what_cannot_be_planned_says_why() {
    let looks_back = "规则 收入（家庭）：元/月 = 合计（成员，月工资）\n\
                      决定 甲（家庭）\n  条件 上月的收入低于100元/月\n";
    assert_eq!(
        refusal(looks_back),
        (
            "huize::plan::not_planned",
            "不能预先排好：要回看以前的月份，或要用预案没有的运算".to_owned()
        )
    );
    let open = "参数 标准：元/月，待查\n决定 甲（家庭）\n  条件 合计（成员，月工资）低于标准\n";
    assert_eq!(refusal(open).1, "不能预先排好：规定还没有数值");
}

#[test]
fn a_decision_that_is_not_there_is_said() {
    let policy = policy();
    let refused = Plan::of_decisions(&policy, question(), &["低保", "高保"]).unwrap_err();
    assert_eq!(refused[0].code, "huize::plan::no_such_decision");
    let part = Plan::of_decisions(&policy, question(), &["低保"]).unwrap();
    assert!(part.size().0 < Plan::new(&policy, question()).unwrap().size().0);
}

#[test]
fn what_is_not_plain_is_the_interpreters() {
    let plan = Plan::new(&policy(), question()).unwrap();
    let (mut workspace, mut out) = (Workspace::default(), String::new());
    let facts = data::json(&data::households(1, data::SEED)[0]);
    assert!(plan.read(&facts, workspace.record()));
    // A fact that is not known: no plan, but an answer that says what is missing.
    let unknown = facts.replacen("\"city\":\"c", "\"其他月收入\":\"1\",\"x\":\"c", 1);
    assert!(!plan.read(&unknown, workspace.record()));
    let errors = plan.answer(&unknown, false, &mut workspace, &mut out).unwrap_err();
    assert!(errors.codes().any(|code| code == "huize::input::unknown_field"));
    assert!(errors.to_string().starts_with("facts.json:1:"), "{errors}");
    let without = facts.replacen("\"employed\":", "\"employed\":null,\"student\":true,\"y\":", 1);
    assert!(!plan.read(&without, workspace.record()));
    let missing = facts.replace("\"houses\":", "\"houses\":\"未知\",\"cars\":0,\"z\":");
    assert!(!plan.read(&missing, workspace.record()));
    for broken in
        ["", "{", "[]", "{\"household\":{}}", "{\"household\":null}", "null", "\u{feff}{}"]
    {
        assert!(!plan.read(broken, workspace.record()), "{broken}");
    }
}

/// What a plan takes by itself is held against the same limits as what the interpreter takes.
#[test]
fn limits_and_days_to_come_are_for_the_interpreter_to_refuse() {
    let law = "政策 试.年龄\n对象 人\n  出生：日期，不晚于评估日\n对象 家庭\n  成员：人，若干\n\
               决定 补助（家庭）\n  条件 存在（成员，周岁（出生）达到60周岁）\n\
                 给付 钱：元 = 100元\n";
    let limits = crate::engine::Limits::default().people(2).facts_bytes(200);
    let files = vec![("t.hz".to_owned(), law.to_owned())];
    let library = Library::from_texts_within(files, limits);
    let policy = library.compile("试.年龄").unwrap();
    let plan = Plan::new(&policy, question()).unwrap();
    let mut workspace = Workspace::default();
    let mut answer = |born: &[&str], blanks: usize| {
        let member = |(at, born): (usize, &&str)| format!(r#"{{"id": "{at}", "出生": "{born}"}}"#);
        let members: Vec<String> = born.iter().enumerate().map(member).collect();
        let members = members.join(", ");
        let facts = format!(r#"{{"家庭": {{"成员": [{members}]}}}}{}"#, " ".repeat(blanks));
        let planned = plan.read(&facts, workspace.record());
        let mut text = String::new();
        let answered = plan.answer(&facts, false, &mut workspace, &mut text);
        (planned, answered.map(|()| text).map_err(|findings| findings[0].code))
    };
    let (planned, answered) = answer(&["1950-01-01", "2026-01-31"], 0);
    assert!(planned, "{answered:?}");
    assert!(
        answered.as_ref().is_ok_and(|text| text.contains("\"amount\":\"100\"")),
        "{answered:?}"
    );
    let to_come = answer(&["1950-01-01", "2026-02-01"], 0);
    assert_eq!(to_come, (false, Err("huize::input::after_assessment")));
    let many = answer(&["1950-01-01", "1950-01-01", "1950-01-01"], 0);
    assert_eq!(many, (false, Err("huize::input::too_many_members")));
    assert_eq!(answer(&["1950-01-01"], 200), (false, Err("huize::facts::too_large")));
}

/// Figures that stand in the rules of a 样例 text are made up as much as those in its parameters.
#[test]
fn a_plan_of_a_made_up_text_says_so() {
    let plan = |header: &str| {
        let text = format!(
            "政策 试.补贴\n{header}对象 人\n  工资：元/月，0元至5元\n对象 家庭\n  成员：人，若干\n  \
             收入：元/月，0元至5元\n决定 补贴（家庭）\n  条件 收入低于3元/月\n  给付 金额：元/月 = 2元/月\n"
        );
        let library = Library::from_texts(vec![("0.hz".to_owned(), text)]);
        Plan::new(&library.compile("试.补贴").unwrap(), question()).unwrap().rests_on_samples()
    };
    assert!(plan("  样例\n"));
    assert!(!plan(""));
}
