//! What may be written for each type, and what it means.

use super::*;
use crate::value::{Date, DocumentNumber};

fn person(facts: &str, name: &str) -> Fact {
    fact(&bound(&one(facts)), "人", name)
}

fn date(text: &str) -> Fact {
    Fact::Known(Scalar::Constant(Constant::Date(text.parse().unwrap())))
}

#[test]
fn numbers() {
    for text in [
        "2250",
        "\"2250\"",
        "\"2250元\"",
        "\"2250元/月\"",
        "\"2250 元/月\"",
        "\"２２５０\"",
        "\"0.225万元／月\"",
        "\" 2250.00 \"",
    ] {
        assert_eq!(person(&format!("\"月工资\": {text}"), "月工资"), number("2250"), "{text}");
    }
    assert_eq!(person(r#""monthly_wage": "2250.50""#, "月工资"), number("2250.5"));
    assert_eq!(person(r#""share": "30%""#, "自付比例"), number("0.3"));
    assert_eq!(person(r#""share": "0""#, "自付比例"), number("0"));
    assert_eq!(person(r#""grade": 2"#, "残疾等级"), number("2"));
    let case = bound(r#"{"household": {"members": [{"id": 1}], "annual_income": "2.25万元/年"}}"#);
    assert_eq!(fact(&case, "家庭", "其他年收入"), number("22500"));
    assert_eq!(case.of(ObjectId(0))[0].key, "1");
}

#[test]
fn truths_dates_and_words() {
    for text in ["true", "\"是\"", "\"yes\"", "\"TRUE\""] {
        assert_eq!(person(&format!("\"在业\": {text}"), "在业"), yes(true), "{text}");
    }
    for text in ["false", "\"否\"", "\"no\"", "\"false\""] {
        assert_eq!(person(&format!("\"employed\": {text}"), "在业"), yes(false), "{text}");
    }
    for text in ["1980-02-01", "1980年2月1日", "1980/2/1"] {
        assert_eq!(person(&format!("\"出生日期\": \"{text}\""), "出生日期"), date("1980-02-01"));
    }
    assert_eq!(
        person(r#""姓名": "张三""#, "姓名"),
        Fact::Known(Scalar::Constant(Constant::Text(DocumentNumber::default())))
    );
    let case =
        bound(r#"{"家庭": {"成员": [{"编号": "甲"}], "城乡": "rural", "入保月": "2023-05"}}"#);
    assert_eq!(
        fact(&case, "家庭", "入保月"),
        Fact::Known(Scalar::Constant(Constant::Month("2023-05".parse().unwrap())))
    );
    assert!(matches!(
        fact(&case, "家庭", "城乡"),
        Fact::Known(Scalar::Constant(Constant::Enum(_, 1)))
    ));
}

#[test]
fn unknown_refused_none_and_not_stated_differ() {
    assert_eq!(person(r#""月工资": "未知""#, "月工资"), Fact::Unknown);
    assert_eq!(person(r#""月工资": "unknown""#, "月工资"), Fact::Unknown);
    assert_eq!(person(r#""月工资": "拒答""#, "月工资"), Fact::Refused);
    assert_eq!(person(r#""残疾等级": "无""#, "残疾等级"), Fact::Absent);
    assert_eq!(person(r#""残疾等级": "none""#, "残疾等级"), Fact::Absent);
    assert_eq!(person(r#""月工资": null"#, "月工资"), Fact::NotStated);
    assert_eq!(person(r#""在业": true"#, "月工资"), Fact::NotStated);
}

#[test]
fn values_over_time_are_sorted() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let expected =
        Fact::Dated(vec![(day("2023-03-01"), number("2250")), (day("2023-07-15"), Fact::Unknown)]);
    for text in [
        r#"{"2023-07-15": "未知", "2023-03": "2250"}"#,
        r#"[{"from": "2023年7月15日", "value": "未知"}, {"自": "2023-03", "值": "2250元"}]"#,
    ] {
        assert_eq!(person(&format!("\"月工资\": {text}"), "月工资"), expected, "{text}");
    }
    assert_eq!(
        person(r#""月工资": {"起": "2023-03", "值": 0}"#, "月工资"),
        Fact::Dated(vec![(day("2023-03-01"), number("0"))])
    );
}

#[test]
fn people_keep_their_order_and_may_name_later_ones() {
    let case = bound(
        r#"{"household": {"members": [
            {"id": "丙", "father": "丁"}, {"id": "甲", "father": "丙"}, {"id": "乙", "father": "无"}]},
          "others": [{"id": "丁", "monthly_wage": 1}]}"#,
    );
    let program = program();
    let (person, father) = field(&program, "人", "父亲");
    let keys: Vec<_> = case.of(person).iter().map(|person| person.key.as_str()).collect();
    assert_eq!(keys, ["丙", "甲", "乙", "丁"]);
    let parents: Vec<_> = case.of(person).iter().map(|person| person.parent).collect();
    assert_eq!(parents, [Some(InstanceId(0)), Some(InstanceId(0)), Some(InstanceId(0)), None]);
    let known = |at| Fact::Known(Scalar::Instance(person, InstanceId(at)));
    assert_eq!(*case.fact(father, InstanceId(0)), known(3));
    assert_eq!(*case.fact(father, InstanceId(1)), known(0));
    assert_eq!(*case.fact(father, InstanceId(2)), Fact::Absent);

    let by_name = bound(
        r#"{"household": {"members": [{"id": "甲"}]}, "其他人员": {"person": [{"id": "丁"}]}}"#,
    );
    assert_eq!(by_name.of(person)[1].parent, None);
}

#[test]
fn history_of_the_household_and_of_people() {
    let program = program();
    let definition = |name: &str| {
        let is_due = |kind| matches!(kind, crate::hir::DefinitionKind::Due(_));
        let at = program
            .definitions
            .iter()
            .position(|found| found.name.is(name) && !is_due(found.kind))
            .unwrap();
        crate::hir::DefinitionId(u32::try_from(at).unwrap())
    };
    let truth = |truth| Scalar::Constant(Constant::Bool(truth));
    let paid = Scalar::Constant(Constant::Number(parse_decimal("313").unwrap()));
    for lines in [
        r#"{"低保": "符合", "低保金": "313元", "甲": {"特困": "不符合"}}"#,
        r#"{"dibao": true, "amount": 313, "甲": {"tekun": false}}"#,
        r#"{"低保": {"outcome": "entitled", "payments": {"低保金": "313"}}, "甲": {"特困": {"结果": "not_entitled"}}}"#,
        r#"{"低保": {"结果": "符合", "低保金": "313元/月"}, "甲": {"特困": "否"}}"#,
    ] {
        let case = bound(&format!(
            r#"{{"household": {{"members": [{{"id": "甲"}}]}}, "history": {{"2023-05": {lines}}}}}"#
        ));
        let month = "2023-05".parse().unwrap();
        let root = InstanceId(0);
        let recorded = |name| case.history.get(&(month, definition(name), root)).copied();
        assert_eq!(recorded("低保"), Some(truth(true)), "{lines}");
        assert_eq!(recorded("低保金"), Some(paid), "{lines}");
        assert_eq!(recorded("特困"), Some(truth(false)), "{lines}");
        assert_eq!(case.history.len(), 3);
    }
}

/// The facts that the repository shows to newcomers, against the vocabulary that they use.
#[test]
fn the_examples_fit_the_vocabulary() {
    let text = include_str!("../../../../policies/vocabulary.hz");
    let mut sources = SourceMap::default();
    let id = sources.add("vocabulary.hz", text);
    let parsed = crate::syntax::parse(id, text);
    let layer = LayerText {
        policy: "民政".into(),
        place: "民政".into(),
        benefit: "民政".into(),
        uses: Vec::new(),
        files: vec![&parsed.file],
        own: false,
        vocabulary: true,
        skipped: Vec::new(),
    };
    let (program, _) = lower("民政", &[layer], &sources);
    for text in [
        include_str!("../../../../examples/zhongshan-family.json"),
        include_str!("../../../../examples/zhongshan-single-person.json"),
        include_str!("../../../../examples/zhongshan-over-income.json"),
        include_str!("../../../../examples/zhongshan-unknown-wage.json"),
        include_str!("../../../../examples/zhongshan-edge-disabled-member.json"),
    ] {
        let (sources, node) = read(text);
        assert!(envelope(&node).is_ok());
        if let Err(findings) = bind(&program, &node) {
            panic!("{}", lines(&findings, &sources, Language::Zh));
        }
    }
}
