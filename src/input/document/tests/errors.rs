//! Every code, with its place and its fix.

use super::*;

#[test]
fn parts_and_fields_that_are_not_there() {
    insta::assert_snapshot!(refused(r#"{"houshold": {}, "城乡": "城镇", "zzzzzz": 1}"#), @r#"
    facts.json:1:1: 错误[huize::input::missing_section] 没有写“家庭”的事实
      把事实写在 "household": { … } 里
    facts.json:1:2: 错误[huize::input::unknown_field] 案件没有叫做“houshold”的部分
      是否指“household”？
    facts.json:1:18: 错误[huize::input::unknown_field] 案件没有叫做“城乡”的部分
      这是家庭的事实，写到 "household" 里
    facts.json:1:30: 错误[huize::input::unknown_field] 案件没有叫做“zzzzzz”的部分
      可以写：家庭、政策、地方、所属期、评估日、知悉日、其他人员、历史
    "#);
    insta::assert_snapshot!(refused(
        r#"{"household": {"members": [{"id": "甲", "月工姿": 1, "annual_income": 1, "zzzzzz": 1}], "qqqqq": 1, "id": "x"}}"#
    ), @r#"
    facts.json:1:40: 错误[huize::input::unknown_field] “人”没有叫做“月工姿”的事实
      是否指“月工资”？
    facts.json:1:50: 错误[huize::input::unknown_field] “人”没有叫做“annual_income”的事实
      这是家庭的事实，写到家庭里
    facts.json:1:70: 错误[huize::input::unknown_field] “人”没有叫做“zzzzzz”的事实
      可以写：编号、姓名、身份证号、出生日期、父亲、月工资、隐秘收入、隐秘城乡、自付比例、残疾等级、在业
    facts.json:1:85: 错误[huize::input::unknown_field] “家庭”没有叫做“qqqqq”的事实
      可以写：成员、城乡、其他年收入、入保月
    facts.json:1:97: 错误[huize::input::unknown_field] “家庭”没有叫做“id”的事实
      可以写：成员、城乡、其他年收入、入保月
    "#);
    insta::assert_snapshot!(refused_en(&one(r#""montly_wage": 1, "qqqqqqq": 2"#)), @r#"
    facts.json:1:40: error[huize::input::unknown_field] `person` has no fact `montly_wage`
      did you mean `monthly_wage`?
    facts.json:1:58: error[huize::input::unknown_field] `person` has no fact `qqqqqqq`
      there are: id, name, id_number, birth_date, father, monthly_wage, hidden_income, hidden_area, share, grade, employed
    "#);
    insta::assert_snapshot!(refused(&one(r#""月工资": 1, "monthly_wage": 2"#)), @r#"
    facts.json:1:50: 错误[huize::input::duplicate_field] “月工资”出现了两次
      两个名称是同一项，只留一个
      facts.json:1:40 第一次
    "#);
}

#[test]
fn shapes() {
    insta::assert_snapshot!(refused("[1]"), @r#"
    facts.json:1:1: 错误[huize::input::not_a_map] 一个案件应是一个对象，写的是一个列表
      写作 { "policy": …, "period": "2023-06", "household": { … } }
    "#);
    insta::assert_snapshot!(refused(r#"{"household": 3}"#), @r#"
    facts.json:1:15: 错误[huize::input::not_a_map] “household”应是一个对象，写的是一个值
      写作 "household": { … }
    "#);
    insta::assert_snapshot!(refused(r#"{"household": {"members": {"甲": {}}}, "others": 3, "history": []}"#), @r#"
    facts.json:1:27: 错误[huize::input::wrong_shape] “members”应是一个列表，写的是一个对象
      写作 [{ "id": "甲", … }, …]
    facts.json:1:49: 错误[huize::input::wrong_shape] “others”应是一个列表，写的是一个值
      写作 [{ "id": "甲", … }, …]
    facts.json:1:63: 错误[huize::input::not_a_map] “history”应是一个对象，写的是一个列表
      写作 { "2023-05": { "低保": "符合" } }
    "#);
    insta::assert_snapshot!(refused(r#"{"household": {"members": [3, {"id": "甲", "月工资": [], "在业": {}, "出生日期": ["1980-01-01"]}]}}"#), @r#"
    facts.json:1:28: 错误[huize::input::not_a_map] “成员[1]”应是一个对象，写的是一个值
      写作 { "id": "甲", … }
    facts.json:1:50: 错误[huize::input::wrong_shape] “甲.月工资”应是一个值，或随时间变化的几个值，写的是一个列表
      写作 [{ "from": "2023-03", "value": … }, …]
    facts.json:1:60: 错误[huize::input::wrong_shape] “甲.在业”应是一个值，或随时间变化的几个值，写的是一个对象
      写作 [{ "from": "2023-03", "value": … }, …]
    facts.json:1:72: 错误[huize::input::wrong_shape] “甲.出生日期”应是一个值，或随时间变化的几个值，写的是一个列表
      写作 [{ "from": "2023-03", "value": … }, …]
    "#);
    insta::assert_snapshot!(refused(r#"{"household": {"members": [{"id": "甲"}]}, "others": {"persn": []}}"#), @r#"
    facts.json:1:54: 错误[huize::input::unknown_field] “其他人员”没有叫做“persn”的事实
      是否指“person”？
    "#);
}

#[test]
fn people() {
    insta::assert_snapshot!(refused(
        r#"{"household": {"members": [{"id": "甲"}, {"月工资": -5}, {"id": " "}, {"id": true}, {"id": "甲"}]}, "others": [{"id": "甲"}]}"#
    ), @r#"
    facts.json:1:41: 错误[huize::input::missing_id] “成员”的第2个没有编号
      写 "id": "甲"：文字，不空，各人不同，不要用姓名或身份证号
    facts.json:1:49: 错误[huize::input::out_of_range] “成员[2].月工资”应在 0 至 1000000 之间，写的是 -5
      检查数值和正负号
    facts.json:1:61: 错误[huize::input::missing_id] “成员”的第3个没有编号
      写 "id": "甲"：文字，不空，各人不同，不要用姓名或身份证号
    facts.json:1:74: 错误[huize::input::missing_id] “成员”的第4个没有编号
      写 "id": "甲"：文字，不空，各人不同，不要用姓名或身份证号
    facts.json:1:88: 错误[huize::input::duplicate_member] “甲”出现了两次
      同一人只写一次；不同的人用不同的编号
      facts.json:1:35 第一次
    facts.json:1:114: 错误[huize::input::duplicate_member] “甲”出现了两次
      同一人只写一次；不同的人用不同的编号
      facts.json:1:35 第一次
    "#);
    insta::assert_snapshot!(refused(r#"{"household": {"members": []}}"#), @r#"
    facts.json:1:16: 错误[huize::input::too_few] “成员”至少1个，写了0个
      逐个写出："members": [{ "id": "甲", … }, …]
    "#);
    insta::assert_snapshot!(refused_en(r#"{"household": {"area": "urban"}}"#), @r#"
    facts.json:1:2: error[huize::input::too_few] `members` has at least 1, found 0
      list each: "members": [{ "id": "甲", … }, …]
    "#);
    insta::assert_snapshot!(refused(&one(r#""父亲": "丁""#)), @r#"
    facts.json:1:46: 错误[huize::input::unknown_person] “甲.父亲”：本案没有编号为 "丁" 的人
      可以写：甲（不在本案的写 "无" 或 "未知"）
    "#);
    insta::assert_snapshot!(refused(
        r#"{"household": {"members": [{"id": "father"}, {"id": "son", "father": "fathr"}]}}"#
    ), @r#"
    facts.json:1:70: 错误[huize::input::unknown_person] “son.父亲”：本案没有编号为 "fathr" 的人
      是否指“father”？（不在本案的写 "无" 或 "未知"）
    "#);
    let many: Vec<String> = (0..1002).map(|at| format!(r#"{{"id": "{at}"}}"#)).collect();
    insta::assert_snapshot!(
        refused(&format!(r#"{{"household": {{"members": [{}]}}}}"#, many.join(","))), @r#"
    facts.json:1:13918: 错误[huize::input::too_many_members] 一个案件至多1000人
      每个家庭写成一个案件
    "#);
}

#[test]
fn counts() {
    let mut program = program();
    let (_, members) = field(&program, "家庭", "成员");
    program.fields[members.0 as usize].count = (None, Some(1));
    let (sources, node) = read(r#"{"household": {"members": [{"id": "甲"}, {"id": "乙"}]}}"#);
    let findings = bind(&program, &node).unwrap_err();
    insta::assert_snapshot!(lines(&findings, &sources, Language::Zh), @r#"
    facts.json:1:16: 错误[huize::input::too_many] “成员”至多1个，写了2个
      删去多余的，或分成几个案件
    "#);
}

#[test]
fn numbers() {
    insta::assert_snapshot!(refused(&one(r#""月工资": "-5""#)), @r#"
    facts.json:1:47: 错误[huize::input::out_of_range] “甲.月工资”应在 0 至 1000000 之间，写的是 -5
      检查数值和正负号
    "#);
    insta::assert_snapshot!(refused(&one(r#""月工资": "1200.005""#)), @r#"
    facts.json:1:47: 错误[huize::input::fraction_of_fen] “甲.月工资”不能有不足一分的零头：1200.005
      照票据写到分，最多两位小数
    "#);
    insta::assert_snapshot!(refused(&one(r#""残疾等级": "1.5""#)), @r#"
    facts.json:1:48: 错误[huize::input::not_whole] “甲.残疾等级”应为整数：1.5
      写整数，不要小数
    "#);
    insta::assert_snapshot!(refused(&one(r#""月工资": "2.25万元/年""#)), @r#"
    facts.json:1:47: 错误[huize::input::wrong_unit] “甲.月工资”要以 元/月 计的数，写的单位是“万元/年”
      写每月的数（全年的数÷12）；或把按 元/年 的数改填到：家庭.其他年收入
    "#);
    insta::assert_snapshot!(refused_en(&one(r#""月工资": "2.25万元/年""#)), @r#"
    facts.json:1:47: error[huize::input::wrong_unit] `甲.monthly_wage` takes a number of CNY/month, found the unit `万元/年`
      write the monthly amount (a year's ÷ 12); or put the amount by CNY/year into household.annual_income
    "#);
    insta::assert_snapshot!(refused(&one(r#""月工资": "2250元/人""#)), @r#"
    facts.json:1:47: 错误[huize::input::wrong_unit] “甲.月工资”要以 元/月 计的数，写的单位是“元/人”
      写按 元/月 计的数，单位可以不写
    "#);
    insta::assert_snapshot!(refused(&one(r#""月工资": "2万""#)), @r#"
    facts.json:1:47: 错误[huize::input::wrong_unit] “甲.月工资”要以 元/月 计的数，写的单位是“万”
      写作 "2万元"
    "#);
    insta::assert_snapshot!(refused(&one(r#""残疾等级": "2级""#)), @r#"
    facts.json:1:48: 错误[huize::input::wrong_unit] “甲.残疾等级”要不带单位的数，写的单位是“级”
      只写数："2"
    "#);
    insta::assert_snapshot!(refused(&one(r#""月工资": "2,250元""#)), @r#"
    facts.json:1:47: 错误[huize::input::thousands_separator] “甲.月工资”的数字中间不写逗号
      写作 "2250元"
    "#);
    insta::assert_snapshot!(refused(&one(r#""月工资": "12,5""#)), @r#"
    facts.json:1:47: 错误[huize::input::thousands_separator] “甲.月工资”的数字中间不写逗号
      删去逗号；小数点写“.”
    "#);
    insta::assert_snapshot!(refused(&one(r#""月工资": "两千""#)), @r#"
    facts.json:1:47: 错误[huize::input::wrong_value] “甲.月工资”要以 元/月 计的数，写的是 "两千"
      用阿拉伯数字写，例如 "1200.50"；不知道就写 "未知"
    "#);
    insta::assert_snapshot!(refused(&one(r#""月工资": true"#)), @r#"
    facts.json:1:47: 错误[huize::input::wrong_value] “甲.月工资”要以 元/月 计的数，写的是 true
      写一个数，例如 "1200.50"
    "#);
    insta::assert_snapshot!(refused(&one(r#""月工资": "无""#)), @r#"
    facts.json:1:47: 错误[huize::input::not_optional] “甲.月工资”不能是“无”
      没有就写 "0"，不知道就写 "未知"
    "#);
    insta::assert_snapshot!(refused(&one(r#""自付比例": 30"#)), @r#"
    facts.json:1:48: 错误[huize::input::wrong_value] “甲.自付比例”要一个数，写的是 30
      写明百分号："30%"，不写 30 或 0.3
    "#);
    insta::assert_snapshot!(refused(&one(r#""月工资": "99999999999999999999999999999""#)), @r#"
    facts.json:1:47: 错误[huize::input::wrong_value] “甲.月工资”要以 元/月 计的数，写的是 "99999999999999999999999999999"
      一个数最多28位数字
    "#);
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
    insta::assert_snapshot!(refused(&one(r#""出生日期": "1980-02-30""#)), @r#"
    facts.json:1:48: 错误[huize::input::invalid_date] “甲.出生日期”：1980年2月没有30日
      查对证件上的日期；不知道就写 "未知"
    "#);
    insta::assert_snapshot!(refused(&one(r#""出生日期": "1980年13月1日""#)), @r#"
    facts.json:1:48: 错误[huize::input::invalid_date] “甲.出生日期”：没有13月
      查对证件上的日期；不知道就写 "未知"
    "#);
    insta::assert_snapshot!(refused_en(&one(r#""出生日期": 19800201"#)), @r#"
    facts.json:1:48: error[huize::input::invalid_date] `甲.birth_date`: a date is written like 2023-06-30 or 2023年6月30日
      write "1980-02-01"
    "#);
    insta::assert_snapshot!(refused(&one(r#""在业": "有""#)), @r#"
    facts.json:1:46: 错误[huize::input::wrong_value] “甲.在业”要是或否，写的是 "有"
      写 "是" 或 "否"
    "#);
    insta::assert_snapshot!(refused(&one(r#""在业": "无", "姓名": 3"#)), @r#"
    facts.json:1:46: 错误[huize::input::not_optional] “甲.在业”不能是“无”
      不是就写 "否"，不知道就写 "未知"
    facts.json:1:57: 错误[huize::input::wrong_value] “甲.姓名”要文字，写的是 ***
      文字要加引号
    "#);
    insta::assert_snapshot!(refused(
        r#"{"household": {"members": [{"id": "甲"}], "城乡": "城市", "入保月": "2023"}}"#
    ), @r#"
    facts.json:1:48: 错误[huize::input::wrong_value] “城乡”要其中之一：城镇、农村，写的是 "城市"
      是否指“城镇”？
    facts.json:1:61: 错误[huize::input::invalid_date] “入保月”：年月写作 2023-06 或 2023年6月
      写作 "2023-06"
    "#);
    insta::assert_snapshot!(refused(
        r#"{"household": {"members": [{"id": "甲"}], "area": "城镇户"}}"#
    ), @r#"
    facts.json:1:50: 错误[huize::input::wrong_value] “城乡”要其中之一：城镇、农村，写的是 "城镇户"
      是否指“城镇”？
    "#);
}

#[test]
fn values_over_time() {
    insta::assert_snapshot!(refused(&one(
        r#""月工资": {"2023-03": 1, "2023-03-01": 2, "2023-13": 3, "三月": 4}"#
    )), @r#"
    facts.json:1:62: 错误[huize::input::duplicate_date] “甲.月工资 2023-03-01”出现了两次
      同一天起只有一个数值：删去一个
      facts.json:1:48 第一次
    facts.json:1:79: 错误[huize::input::invalid_date] “甲.月工资”：没有13月
      随时间变化的值写作 { "2023-03": …, "2023-07": … }
    facts.json:1:93: 错误[huize::input::invalid_date] “甲.月工资”：年月写作 2023-06 或 2023年6月
      随时间变化的值写作 { "2023-03": …, "2023-07": … }
    "#);
    insta::assert_snapshot!(refused(&one(
        r#""月工资": [{"value": 1}, {"from": "2023-03"}, {"from": "2023-04", "valu": 2}]"#
    )), @r#"
    facts.json:1:48: 错误[huize::input::undated_value] “甲.月工资”有几个数值时，每个都要写明从何时起
      写作 [{ "from": "2023-03", "value": … }, …]
    facts.json:1:62: 错误[huize::input::wrong_shape] “甲.月工资”应是一个值，或随时间变化的几个值，写的是一个对象
      写作 [{ "from": "2023-03", "value": … }, …]
    facts.json:1:103: 错误[huize::input::unknown_field] “甲.月工资”没有叫做“valu”的事实
      是否指“value”？
    "#);
}

#[test]
fn history() {
    let text = |lines: &str| {
        format!(r#"{{"household": {{"members": [{{"id": "甲"}}]}}, "history": {lines}}}"#)
    };
    insta::assert_snapshot!(refused(&text(r#"{"2023-13": {}, "2023-05": 3}"#)), @r#"
    facts.json:1:55: 错误[huize::input::invalid_date] “history”：没有13月
      写作 "2023-05"
    facts.json:1:81: 错误[huize::input::not_a_map] “2023-05”应是一个对象，写的是一个值
      写作 "2023-05": { "低保": "符合", "甲": { "低保": "不符合" } }
    "#);
    insta::assert_snapshot!(refused(&text(
        r#"{"2023-05": {"低堡": "符合", "乙": {}, "甲": {"低保": true}, "低保": {"outcme": 1, "payments": {"钱": 1}}}}"#
    )), @r#"
    facts.json:1:67: 错误[huize::input::unknown_history] 没有叫做“低堡”的决定、给付或人
      是否指“低保”？
    facts.json:1:79: 错误[huize::input::unknown_history] 没有叫做“乙”的决定、给付或人
      可以写：低保、低保金、甲
    facts.json:1:94: 错误[huize::input::unknown_history] 没有叫做“低保”的决定、给付或人
      可以写：特困
    facts.json:1:114: 错误[huize::input::unknown_history] “低保”没有叫做“outcme”的给付
      是否指“outcome”？
    facts.json:1:140: 错误[huize::input::unknown_history] “低保”没有叫做“钱”的给付
      可以写：结果、给付、低保金
    "#);
    insta::assert_snapshot!(refused(&text(
        r#"{"2023-05": {"低保": "待定", "低保金": "300元/年", "甲": 3}, "2023年5月": {"低保": true}}"#
    )), @r#"
    facts.json:1:73: 错误[huize::input::wrong_value] 历史里“低保”要“符合”或“不符合”，写的是 "待定"
      写 "符合" 或 "不符合"，或 { "outcome": "符合", "payments": { "低保金": "1353" } }；没有决定的月份不写
    facts.json:1:86: 错误[huize::input::wrong_unit] “2023-05 低保金”要以 元/月 计的数，写的单位是“元/年”
      写每月的数（全年的数÷12）
    facts.json:1:101: 错误[huize::input::not_a_map] “甲”应是一个对象，写的是一个值
      写作 { "低保": "符合" }
    "#);
    insta::assert_snapshot!(refused(&text(
        r#"{"2023-05": {"低保": true}, "2023年5月": {"低保": true}}"#
    )), @r#"
    facts.json:1:92: 错误[huize::input::duplicate_field] “2023-05 低保”出现了两次
      一个月的一项只留一个
      facts.json:1:67 第一次
    "#);
}

#[test]
fn resident_ids() {
    insta::assert_snapshot!(refused(&one(r#""身份证号": "110105194912310021""#)), @r#"
    facts.json:1:48: 错误[huize::input::resident_id] “甲.身份证号”：居民身份证号码的校验码（第18位）与前17位不符
      照身份证重抄；没有或不便提供的写 "拒答" 或不填
    "#);
    insta::assert_snapshot!(refused(&one(
        r#""出生日期": "1949-12-30", "id_number": "11010519491231002X""#
    )), @r#"
    facts.json:1:48: 错误[huize::input::id_birth_mismatch] “甲”的出生日期与身份证号第7至14位不一致
      查对证件，改正其中一项；证件本身有误的，不填身份证号
      facts.json:1:75 身份证号
    "#);
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
        "\"1 98765号\"",
        "\"1账号九八\"",
        "{\"from\": \"2023-01\", \"98765\": 1}",
        "[98765]",
        "{\"98765\": 1}",
    ] {
        let text = one(&format!(r#""隐秘收入": {value}"#));
        for shown in [refused(&text), refused_en(&text)] {
            let found = ["98765", "98,765", "九八"].iter().any(|value| shown.contains(value));
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
