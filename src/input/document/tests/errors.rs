//! Every code, with its place and its fix.

use super::*;

#[test]
fn parts_and_fields_that_are_not_there() {
    insta::assert_snapshot!(refused(r#"{"houshold": {}, "城乡": "城镇", "zzzzzz": 1}"#), @"");
    insta::assert_snapshot!(refused(
        r#"{"household": {"members": [{"id": "甲", "月工姿": 1, "annual_income": 1, "zzzzzz": 1}], "qqqqq": 1, "id": "x"}}"#
    ), @"");
    insta::assert_snapshot!(refused_en(&one(r#""montly_wage": 1, "qqqqqqq": 2"#)), @"");
    insta::assert_snapshot!(refused(&one(r#""月工资": 1, "monthly_wage": 2"#)), @"");
}

#[test]
fn shapes() {
    insta::assert_snapshot!(refused("[1]"), @"");
    insta::assert_snapshot!(refused(r#"{"household": 3}"#), @"");
    insta::assert_snapshot!(refused(r#"{"household": {"members": {"甲": {}}}, "others": 3, "history": []}"#), @"");
    insta::assert_snapshot!(refused(r#"{"household": {"members": [3, {"id": "甲", "月工资": [], "在业": {}, "出生日期": ["1980-01-01"]}]}}"#), @"");
    insta::assert_snapshot!(refused(r#"{"household": {"members": [{"id": "甲"}]}, "others": {"persn": []}}"#), @"");
}

#[test]
fn people() {
    insta::assert_snapshot!(refused(
        r#"{"household": {"members": [{"id": "甲"}, {"月工资": -5}, {"id": " "}, {"id": true}, {"id": "甲"}]}, "others": [{"id": "甲"}]}"#
    ), @"");
    insta::assert_snapshot!(refused(r#"{"household": {"members": []}}"#), @"");
    insta::assert_snapshot!(refused_en(r#"{"household": {"area": "urban"}}"#), @"");
    insta::assert_snapshot!(refused(&one(r#""父亲": "丁""#)), @"");
    insta::assert_snapshot!(refused(
        r#"{"household": {"members": [{"id": "father"}, {"id": "son", "father": "fathr"}]}}"#
    ), @"");
    let many: Vec<String> = (0..1002).map(|at| format!(r#"{{"id": "{at}"}}"#)).collect();
    insta::assert_snapshot!(
        refused(&format!(r#"{{"household": {{"members": [{}]}}}}"#, many.join(","))), @"");
}

#[test]
fn counts() {
    let mut program = program();
    let (_, members) = field(&program, "家庭", "成员");
    program.fields[members.0 as usize].count = (None, Some(1));
    let (sources, node) = read(r#"{"household": {"members": [{"id": "甲"}, {"id": "乙"}]}}"#);
    let findings = bind(&program, &node).unwrap_err();
    insta::assert_snapshot!(lines(&findings, &sources, Language::Zh), @"");
}

#[test]
fn numbers() {
    insta::assert_snapshot!(refused(&one(r#""月工资": "-5""#)), @"");
    insta::assert_snapshot!(refused(&one(r#""月工资": "1200.005""#)), @"");
    insta::assert_snapshot!(refused(&one(r#""残疾等级": "1.5""#)), @"");
    insta::assert_snapshot!(refused(&one(r#""月工资": "2.25万元/年""#)), @"");
    insta::assert_snapshot!(refused_en(&one(r#""月工资": "2.25万元/年""#)), @"");
    insta::assert_snapshot!(refused(&one(r#""月工资": "2250元/人""#)), @"");
    insta::assert_snapshot!(refused(&one(r#""月工资": "2万""#)), @"");
    insta::assert_snapshot!(refused(&one(r#""残疾等级": "2级""#)), @"");
    insta::assert_snapshot!(refused(&one(r#""月工资": "2,250元""#)), @"");
    insta::assert_snapshot!(refused(&one(r#""月工资": "12,5""#)), @"");
    insta::assert_snapshot!(refused(&one(r#""月工资": "两千""#)), @"");
    insta::assert_snapshot!(refused(&one(r#""月工资": true"#)), @"");
    insta::assert_snapshot!(refused(&one(r#""月工资": "无""#)), @"");
    insta::assert_snapshot!(refused(&one(r#""自付比例": 30"#)), @"");
    insta::assert_snapshot!(refused(&one(r#""月工资": "99999999999999999999999999999""#)), @"");
}

#[test]
fn a_float_that_got_through_is_refused() {
    let (_, mut node) = read(&one(r#""月工资": 12"#));
    replace(&mut node, "12", "12.5");
    let findings = bind(&program(), &node).unwrap_err();
    assert_eq!(findings[0].code, "huize::input::wrong_value");
}

fn replace(node: &mut Node, from: &str, to: &str) {
    use crate::facts::NodeValue;
    match &mut node.value {
        NodeValue::Number(text) if text == from => *text = to.to_owned(),
        NodeValue::List(items) => items.iter_mut().for_each(|item| replace(item, from, to)),
        NodeValue::Map(entries) => {
            entries.iter_mut().for_each(|entry| replace(&mut entry.value, from, to));
        }
        _ => {}
    }
}

#[test]
fn dates_and_words() {
    insta::assert_snapshot!(refused(&one(r#""出生日期": "1980-02-30""#)), @"");
    insta::assert_snapshot!(refused(&one(r#""出生日期": "1980年13月1日""#)), @"");
    insta::assert_snapshot!(refused_en(&one(r#""出生日期": 19800201"#)), @"");
    insta::assert_snapshot!(refused(&one(r#""在业": "有""#)), @"");
    insta::assert_snapshot!(refused(&one(r#""在业": "无", "姓名": 3"#)), @"");
    insta::assert_snapshot!(refused(
        r#"{"household": {"members": [{"id": "甲"}], "城乡": "城市", "入保月": "2023"}}"#
    ), @"");
    insta::assert_snapshot!(refused(
        r#"{"household": {"members": [{"id": "甲"}], "area": "城镇户"}}"#
    ), @"");
}

#[test]
fn values_over_time() {
    insta::assert_snapshot!(refused(&one(
        r#""月工资": {"2023-03": 1, "2023-03-01": 2, "2023-13": 3, "三月": 4}"#
    )), @"");
    insta::assert_snapshot!(refused(&one(
        r#""月工资": [{"value": 1}, {"from": "2023-03"}, {"from": "2023-04", "valu": 2}]"#
    )), @"");
}

#[test]
fn history() {
    let text = |lines: &str| {
        format!(r#"{{"household": {{"members": [{{"id": "甲"}}]}}, "history": {lines}}}"#)
    };
    insta::assert_snapshot!(refused(&text(r#"{"2023-13": {}, "2023-05": 3}"#)), @"");
    insta::assert_snapshot!(refused(&text(
        r#"{"2023-05": {"低堡": "符合", "乙": {}, "甲": {"低保": true}, "低保": {"outcme": 1, "payments": {"钱": 1}}}}"#
    )), @"");
    insta::assert_snapshot!(refused(&text(
        r#"{"2023-05": {"低保": "待定", "低保金": "300元/年", "甲": 3}, "2023年5月": {"低保": true}}"#
    )), @"");
    insta::assert_snapshot!(refused(&text(
        r#"{"2023-05": {"低保": true}, "2023年5月": {"低保": true}}"#
    )), @"");
}

#[test]
fn resident_ids() {
    insta::assert_snapshot!(refused(&one(r#""身份证号": "110105194912310021""#)), @"");
    insta::assert_snapshot!(refused(&one(
        r#""出生日期": "1949-12-30", "id_number": "11010519491231002X""#
    )), @"");
    bound(&one(r#""出生日期": "1949-12-31", "id_number": "11010519491231002X""#));
    bound(&one(r#""出生日期": "1949-12-31", "id_number": "拒答""#));
}

#[test]
fn sensitive_values_are_never_repeated() {
    for value in [
        "\"-98765\"",
        "98765432109",
        "\"98765.005\"",
        "\"98,765\"",
        "\"98765元/年\"",
        "\"98765x\"",
        "\"9876598765987659876598765987659\"",
        "[98765]",
        "{\"98765\": 1}",
    ] {
        let text = one(&format!(r#""隐秘收入": {value}"#));
        for shown in [refused(&text), refused_en(&text)] {
            let found = shown.contains("98765") || shown.contains("98,765");
            // A key is a name, not a value: it is the one that is shown nowhere either.
            assert!(!found, "{value}: {shown}");
        }
    }
    let hidden = refused(&one(r#""隐秘城乡": "城镇户", "姓名": 98765, "身份证号": 98765"#));
    assert!(!hidden.contains("城镇户") && !hidden.contains("98765"), "{hidden}");
    assert!(!hidden.contains("是否指"), "{hidden}");
}

#[test]
fn findings_are_in_the_order_of_the_document_and_capped() {
    let wrong: Vec<String> = (0..80).map(|at| format!(r#""zzzzzzzz{at}": 1"#)).collect();
    let (_, node) = read(&one(&wrong.join(",")));
    let findings = bind(&program(), &node).unwrap_err();
    assert_eq!(findings.len(), 50);
    assert!(findings.is_sorted_by_key(Diagnostic::span));
}
