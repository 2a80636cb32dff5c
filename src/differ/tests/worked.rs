//! Differences worked out by hand.

use serde_json::{Value, json};

use crate::diagnostic::Language;
use crate::differ::view::{AmountDifference, Difference};
use crate::differ::{Comparison, Situation, difference, paper, text};
use crate::engine::{Library, Policy, Question};
use crate::facts::from_json_value;
use crate::value::YearMonth;

const OBJECTS: &str = "枚举 城乡：城镇【urban】、农村【rural】
对象 人【person】
  姓名【name】：文本，可无，敏感    缺省 无
  存款【savings】：元，0元至100万元，敏感    缺省 0元
  出生日期【birth】：日期
  工资【wage】：元/月，0元至10万元    缺省 0元/月
  残疾【disabled】：是否    缺省 否
对象 家庭【household】
  成员【members】：人，若干，至少1
  城乡【area】：城乡
";

fn policy(text: &str) -> Policy {
    named("试.补贴", text)
}

fn named(name: &str, text: &str) -> Policy {
    let text = format!("政策 {name}\n  依据 试验\n{OBJECTS}{text}");
    let library = Library::from_texts(vec![("try.hz".to_owned(), text)]);
    library.compile(name).unwrap_or_else(|findings| panic!("{findings:?}"))
}

fn month(text: &str) -> Question {
    Question::about(text.parse::<YearMonth>().expect("a month"))
}

/// The difference between two questions about two households.
fn told(policies: [&Policy; 2], facts: [&Value; 2], questions: [Question; 2]) -> Difference {
    let [before, after] = [0, 1].map(|side| {
        let facts = from_json_value(&json!({ "household": facts[side] })).expect("no floats");
        policies[side].bind(&facts).unwrap_or_else(|findings| panic!("{findings:?}"))
    });
    let situation = |side: usize| Situation {
        policy: policies[side],
        case: [&before, &after][side],
        question: questions[side],
    };
    difference(&situation(0), &situation(1)).expect("compared")
}

fn amount<'d>(found: &'d Difference, id: &str) -> &'d AmountDifference {
    let decisions = found.subjects.iter().flat_map(|subject| &subject.decisions);
    let mut amounts = decisions.flat_map(|decision| &decision.payments).chain(&found.totals);
    amounts.find(|amount| amount.id == id).unwrap_or_else(|| panic!("no {id} in {found:?}"))
}

/// The parts of an amount as `-100 甲.工资`, the causes of one part joined by `+`.
fn parts(found: &Difference, id: &str) -> Vec<String> {
    let name = |causes: &[String]| match causes {
        [] => "取整".to_owned(),
        causes => causes.join("+"),
    };
    let parts = amount(found, id).parts.iter();
    parts.map(|part| format!("{} {}", part.shown, name(&part.causes))).collect()
}

fn shown(found: &Difference) -> String {
    text::render(found, Language::Zh, text::TextOptions { color: false, width: 200 })
}

const AID: &str = "参数 标准（城乡）：元/人·月
  自2025年1月1日起：城镇 600元，农村 500元
  自2026年4月1日起：城镇 640元，农村 520元
决定 补贴（家庭）
  条件 合计（成员，工资）÷人数（成员）低于标准
  给付 金：元/月 =（标准－合计（成员，工资）÷人数（成员））×人数（成员），向上取整到10元
";

fn three(wage: &str) -> Value {
    json!({ "area": "rural", "members": [
        { "id": "甲", "birth": "1980-02-01", "wage": wage },
        { "id": "乙", "birth": "1982-05-03" },
        { "id": "丙", "birth": "2012-09-09" },
    ]})
}

// 500×3－1005＝495, up to 500; 520×3－1100＝460. The standard adds 60, the wage takes 95, and the
// 5 that rounding gave before are gone.
#[test]
fn a_raised_standard_and_a_raised_wage() {
    let policy = policy(AID);
    let found = told(
        [&policy, &policy],
        [&three("1005"), &three("1100")],
        [month("2026-03"), month("2026-04")],
    );
    assert_eq!(amount(&found, "补贴.金").change.as_deref(), Some("-40"));
    assert_eq!(parts(&found, "补贴.金"), ["-95 甲.工资", "60 标准（农村）", "-5 取整"]);
    let shown = shown(&found);
    assert!(
        shown.contains("标准（农村）：500元/人·月 → 520元/人·月（自2026年4月1日起）"),
        "{shown}"
    );
    assert!(shown.contains("金：500元/月 → 460元/月，减少40元/月"), "{shown}");
}

// 500×3－1000＝500; 500×2－1000＝0, but a family of two with 1000 is not below 500: no entitlement.
#[test]
fn a_member_who_left_takes_the_entitlement_along() {
    let policy = policy(AID);
    let mut two = three("1000");
    two["members"].as_array_mut().unwrap().pop();
    let june = month("2025-06");
    let found = told([&policy, &policy], [&three("1000"), &two], [june, june]);
    assert_eq!(parts(&found, "补贴.金"), ["-500 丙"]);
    assert_eq!(found.subjects[0].decisions[0].decisive, [["丙".to_owned()]]);
    assert!(shown(&found).contains("−500元/月  丙：在户内 → 不在户内"), "{}", shown(&found));
}

// Both together are needed: a third person and the higher standard. Without the third person
// 1100÷2＝550 is not below 500 nor 520; with him 1100÷3 is below 500 already: 1500－1100＝400 and
// 1560－1100＝460. 丙: (400＋460)÷2＝430; the standard: (0＋60)÷2＝30.
#[test]
fn what_two_causes_do_together_is_shared() {
    let policy = policy(AID);
    let mut two = three("1100");
    two["members"].as_array_mut().unwrap().pop();
    let found =
        told([&policy, &policy], [&two, &three("1100")], [month("2026-03"), month("2026-04")]);
    assert_eq!(parts(&found, "补贴.金"), ["430 丙", "30 标准（农村）"]);
}

// The notice of 9 April 2026 is in force from 1 January: what was not known in March is owed.
#[test]
fn a_backdated_notice_is_arrears() {
    let policy = policy(
        "参数 标准：元/人·月
  自2025年1月1日起：500元
  自2026年1月1日起：532元，发布 2026年4月9日    依据 民发〔2026〕1号
决定 补贴（家庭）
  条件 存在（成员，工资不低于0元/月）
  给付 金：元/月 = 标准×人数（成员），向上取整到1元
",
    );
    let february =
        |day: &str| Question { known_on: Some(day.parse().unwrap()), ..month("2026-02") };
    let found = told(
        [&policy, &policy],
        [&three("0"), &three("0")],
        [february("2026-03-31"), february("2026-04-30")],
    );
    assert_eq!(parts(&found, "补贴.金"), ["96 标准"]);
    let shown = shown(&found);
    assert!(
        shown.contains("标准：500元/人·月 → 532元/人·月（自2026年1月1日起，2026年4月9日发布）"),
        "{shown}"
    );
    assert!(shown.contains("依据 〔试〕民发〔2026〕1号"), "{shown}");
    assert!(
        shown.contains("知悉日 2026年3月31日") && shown.contains("知悉日 2026年4月30日"),
        "{shown}"
    );
}

// Three facts, of which all are needed for 100元: a third each, and the fen that is left over goes
// to the first by name.
#[test]
fn thirds_are_shown_to_the_fen() {
    let policy = policy(
        "决定 奖（家庭）
  条件 每个（成员，残疾）
  给付 奖金：元/月 = 100元/月
",
    );
    let people = |disabled: bool| {
        let person = |id| json!({ "id": id, "birth": "1980-02-01", "disabled": disabled });
        let members: Vec<Value> = ["甲", "乙", "丙"].into_iter().map(person).collect();
        json!({ "area": "rural", "members": members })
    };
    let june = month("2025-06");
    let found = told([&policy, &policy], [&people(false), &people(true)], [june, june]);
    let third = "100/3";
    assert!(amount(&found, "奖.奖金").parts.iter().all(|part| part.exact == third));
    assert_eq!(parts(&found, "奖.奖金"), ["33.34 丙.残疾", "33.33 乙.残疾", "33.33 甲.残疾"]);
    let decision = &found.subjects[0].decisions[0];
    assert_eq!(decision.decisive.len(), 1, "only together");
    assert!(shown(&found).contains("（合在一起才够）"), "{}", shown(&found));
}

// 2025: half of the wage counts; 2026: all of it, and nothing of a disabled person's.
#[test]
fn a_new_version_and_a_new_exception_are_causes_of_their_own() {
    let policy = policy(
        "规则 计入（人）：元/月，施行 自2025年1月1日起至2025年12月31日止 = 工资×50%
规则 计入（人）：元/月，施行 自2026年1月1日起 = 工资    依据 试办〔2025〕9号
规则 扣减（人）：元/月 = 0元/月
  例外（残疾）残疾的，100元，施行 自2026年1月1日起
决定 补贴（家庭）
  条件 存在（成员，工资不低于0元/月）
  给付 金：元/月 = 1000元/月－合计（成员，计入）＋合计（成员，扣减），向上取整到1元
",
    );
    let family = json!({ "area": "rural", "members": [
        { "id": "甲", "birth": "1980-02-01", "wage": "400", "disabled": true },
    ]});
    let found = told([&policy, &policy], [&family, &family], [month("2025-12"), month("2026-01")]);
    assert_eq!(parts(&found, "补贴.金"), ["-200 规则.计入", "100 规则.扣减"]);
    let shown = shown(&found);
    assert!(
        shown.contains("“计入”的规定：自2025年1月1日起至2025年12月31日止 → 自2026年1月1日起"),
        "{shown}"
    );
    assert!(shown.contains("依据 〔试〕试办〔2025〕9号"), "{shown}");
    assert!(shown.contains("“扣减”的规定：例外（残疾）开始施行"), "{shown}");
}

// 甲 is 59 on the last of January and 60 on the last of February.
#[test]
fn time_passing_is_told_by_the_age() {
    let policy = policy(
        "规则 年龄（人）：岁 = 周岁（出生日期，评估日）
决定 补贴（家庭）
  条件 存在（成员，年龄达到60岁）
  给付 金：元/月 = 人数（成员，其中年龄达到60岁）×80元/人·月
",
    );
    let family = json!({ "area": "rural", "members": [{ "id": "甲", "birth": "1966-02-15" }] });
    let found = told([&policy, &policy], [&family, &family], [month("2026-01"), month("2026-02")]);
    assert_eq!(parts(&found, "补贴.金"), ["80 时间"]);
    let told = "时间推移：甲的年龄 59岁→60岁（评估日 2026年1月31日 → 2026年2月28日）";
    assert!(shown(&found).contains(told), "{}", shown(&found));
}

// Two texts: 500 and 450 for each, and a new rule that pays a half.
#[test]
fn two_texts_differ_in_their_rules_as_a_whole_and_in_each_parameter() {
    let text = |standard: u32, share: &str| {
        format!(
            "参数 标准：元/人·月 = {standard}元
规则 份额（家庭）：% = {share}
决定 补贴（家庭）
  条件 存在（成员，工资不低于0元/月）
  给付 金：元/月 = 标准×人数（成员）×份额，向上取整到1元
"
        )
    };
    let (first, second) =
        (named("甲县.补贴", &text(500, "100%")), named("乙县.补贴", &text(450, "50%")));
    let june = month("2025-06");
    let found = told([&first, &second], [&three("0"), &three("0")], [june, june]);
    // 1500 → 675. The standard: (－150－75)÷2＝－112.5; the rule: (－750－675)÷2＝－712.5.
    assert_eq!(parts(&found, "补贴.金"), ["-712.5 规则", "-112.5 标准"]);
    let shown = shown(&found);
    assert!(shown.contains("政策的规定：甲县.补贴 → 乙县.补贴（不同的有：份额）"), "{shown}");
}

// The new text asks for a parameter that the old one does not have a value for: neither makes sense
// without the other.
#[test]
fn what_cannot_be_computed_apart_is_put_together() {
    let text = |row: &str, amount: &str| {
        format!(
            "参数 新标准：元/人·月{row}
决定 补贴（家庭）
  条件 存在（成员，工资不低于0元/月）
  给付 金：元/月 = {amount}×人数（成员）－合计（成员，工资），保底0元，向上取整到1元
"
        )
    };
    let first = policy(&text("\n  自2020年1月1日起：待查\n", "500元/人·月"));
    let second = policy(&text(" = 520元", "新标准"));
    let june = month("2025-06");
    let found = told([&first, &second], [&three("100"), &three("150")], [june, june]);
    assert_eq!(parts(&found, "补贴.金"), ["60 规则", "-50 甲.工资"]);
    let told = "政策的规定（不同的有：补贴的金、新标准 待查→520元/人·月）";
    assert!(shown(&found).contains(told), "{}", shown(&found));
}

#[test]
fn what_is_not_known_is_not_broken_down() {
    let policy = policy(AID);
    let june = month("2025-06");
    let mut unknown = three("1000");
    unknown["members"][0]["wage"] = "未知".into();
    let found = told([&policy, &policy], [&three("1000"), &unknown], [june, june]);
    let amount = amount(&found, "补贴.金");
    assert!(amount.parts.is_empty() && amount.change.is_none());
    // Between 0 and 1500, from 500.
    let bounds = amount.bounds.as_ref().unwrap();
    assert_eq!((bounds.low.as_deref(), bounds.high.as_deref()), (Some("-500"), Some("1000")));
    assert!(shown(&found).contains("有关的变化：甲的工资：1,000元/月 → 未知"), "{}", shown(&found));
}

#[test]
fn sensitive_facts_are_named_but_not_shown() {
    let policy = policy(
        "决定 补贴（家庭）
  条件 合计（成员，存款）不超过1000元
  给付 金：元/月 = 10元/月
",
    );
    let family = |savings: &str| {
        json!({ "area": "rural", "members": [
            { "id": "甲", "name": "张三", "birth": "1980-02-01", "savings": savings },
        ]})
    };
    let june = month("2025-06");
    let found = told([&policy, &policy], [&family("900"), &family("1234")], [june, june]);
    let all = format!("{}{}", shown(&found), crate::differ::json::render(&found));
    assert!(all.contains("甲的存款：***"), "{all}");
    assert!(!all.contains("1234") && !all.contains("900") && !all.contains("张三"), "{all}");
}

// Fourteen facts differ; ten parts at most, and what is put together is of one person.
#[test]
fn many_causes_are_put_together_by_person() {
    let policy = policy(
        "决定 补贴（家庭）
  条件 存在（成员，工资不低于0元/月）
  给付 金：元/月 = 合计（成员，工资）＋人数（成员，其中残疾）×7元/人·月，向上取整到1元
",
    );
    let family = |changed: bool| {
        json!({ "area": "rural", "members": (0..7).map(|at| json!({
            "id": format!("成员{at}"),
            "birth": "1980-02-01",
            "wage": if changed { format!("{}", 100 + 10 * at) } else { "50".to_owned() },
            "disabled": changed,
        })).collect::<Vec<_>>() })
    };
    let june = month("2025-06");
    let found = told([&policy, &policy], [&family(false), &family(true)], [june, june]);
    let amount = amount(&found, "补贴.金");
    // 7 × 7 + (50 + 60 + … + 110).
    assert_eq!(amount.change.as_deref(), Some("609"));
    assert!(amount.parts.len() <= super::super::MOST_CAUSES);
    let named: usize = amount.parts.iter().map(|part| part.causes.len()).sum();
    assert_eq!(named, 14);
    for part in amount.parts.iter().filter(|part| part.causes.len() > 1) {
        let people: Vec<_> = part.causes.iter().map(|id| id.split('.').next()).collect();
        assert!(people.iter().all(|person| *person == people[0]), "{part:?}");
    }
    assert!(!amount.remark.is_empty());
}

#[test]
fn policies_with_nothing_in_common_are_refused() {
    let first = named("试.补贴", "决定 甲（家庭）\n  条件 城乡等于城镇\n");
    let second = named("试.津贴", "决定 乙（家庭）\n  条件 城乡等于城镇\n");
    let refused = Comparison::new(&first, &second).unwrap_err();
    assert_eq!(refused[0].code, "huize::differ::nothing_in_common");
}

#[test]
fn both_sides_apply_defaults_or_neither_does() {
    let policy = policy(AID);
    let facts = from_json_value(&json!({ "household": three("100") })).unwrap();
    let case = policy.bind(&facts).unwrap();
    let situation = |strict: bool| Situation {
        policy: &policy,
        case: &case,
        question: Question { strict, ..month("2025-06") },
    };
    let refused = difference(&situation(false), &situation(true)).unwrap_err();
    assert_eq!(refused[0].code, "huize::differ::defaults_differ");
}

// The payment of 2026 rests on a rule that began with it: neither can be had without the other.
#[test]
fn rules_that_began_together_are_one_part() {
    let policy = policy(
        "规则 旧基数（家庭）：元/月，施行 自2025年1月1日起至2025年12月31日止 = 300元/月
规则 新基数（家庭）：元/月，施行 自2026年1月1日起 = 400元/月
决定 补贴（家庭）
  条件 存在（成员，工资不低于0元/月）
  给付 金：元/月 = 基数－合计（成员，工资），向上取整到1元
规则 基数（家庭）：元/月，施行 自2025年1月1日起至2025年12月31日止 = 旧基数
规则 基数（家庭）：元/月，施行 自2026年1月1日起 = 新基数
",
    );
    let found = told(
        [&policy, &policy],
        [&three("100"), &three("130")],
        [month("2025-12"), month("2026-01")],
    );
    assert_eq!(parts(&found, "补贴.金"), ["100 规则.旧基数+规则.新基数+规则.基数", "-30 甲.工资"]);
    assert!(!amount(&found, "补贴.金").remark.is_empty());
}

// The same difference on a page: its parts in a table with their sum, nothing of it markup.
#[test]
fn a_difference_is_printed_as_a_page() {
    let policy = policy(AID);
    let found = told(
        [&policy, &policy],
        [&three("1005"), &three("1100")],
        [month("2026-03"), month("2026-04")],
    );
    let page = paper::paper(&found, Language::Zh).html("report", Language::Zh);
    for cell in
        ["−95元/月", "甲的工资：1,005元/月 → 1,100元/月", "+60元/月", "−5元/月", "取整", "−40元/月"]
    {
        assert!(page.contains(&format!(">{cell}</td>")), "{cell} is not in {page}");
    }
    let english = paper::paper(&found, Language::En).text(Language::En, 80);
    assert!(
        english.contains("What changed:")
            && english.contains("-95 CNY") | english.contains("−95 CNY")
    );
}

// What both situations wait for, and an amount that is open in both, are told once.
#[test]
fn what_is_open_in_both_situations_is_told_once() {
    let policy = policy(AID);
    let mut open = three("1005");
    open["members"][0]["wage"] = json!("未知");
    let found = told([&policy, &policy], [&open, &open], [month("2026-03"), month("2026-04")]);
    let shown = shown(&found);
    assert!(shown.contains("前后都还要等：甲.工资"), "{shown}");
    assert!(shown.contains("前后的金额都还不能确定，所以不分项"), "{shown}");
}

// 敏感 facts are shown where the caller asks for it, and nowhere else.
#[test]
fn sensitive_facts_are_shown_only_in_the_clear() {
    let policy = policy(
        "决定 补贴（人）\n  条件 存款不超过30000元\n  给付 金：元/月 = 100元/月，四舍五入到1元\n",
    );
    let facts = ["20001", "40002"].map(|savings| {
        let people = json!([{ "id": "甲", "birth": "1980-02-01", "存款": savings }]);
        let facts = json!({ "household": { "area": "rural", "members": people } });
        policy.bind(&from_json_value(&facts).expect("no floats")).expect("facts")
    });
    let june = month("2025-06");
    let told = |clear: bool| {
        let comparison = Comparison::new(&policy, &policy).expect("the same").clear(clear);
        let found = comparison.difference((&facts[0], june), (&facts[1], june));
        shown(&found.expect("compared"))
    };
    assert!(told(false).contains("甲的存款：***") && !told(false).contains("20,001"));
    assert!(told(true).contains("甲的存款：20,001元 → 40,002元"), "{}", told(true));
}
