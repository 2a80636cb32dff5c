use super::{codes, findings, outline};
use crate::facts::{NodeValue, read_json, read_yaml};
use crate::source::SourceId;

const CASE: &str = "\
# 三口之家
所属期: 2023-06
家庭:
  城乡: 城镇
  成员:
    - 姓名: 甲
      出生日期: 1980-02-01
      月工资: 2250
      在业: 是
      重病: false
      父亲: ~
    - {姓名: '乙', 工号: 007, 存款: \"1200.50\"}
  备注:
";

#[test]
fn a_case_keeps_its_places_and_its_words() {
    let node = read_yaml(SourceId(0), CASE).unwrap();
    assert_eq!(
        outline(&node, CASE),
        "{所属期=>text 2023-06<2023-06> 家庭=>{城乡=>text 城镇<城镇> 成员=>[\
         {姓名=>text 甲<甲> 出生日期=>text 1980-02-01<1980-02-01> 月工资=>num 2250<2250> \
         在业=>text 是<是> 重病=>false<false> 父亲=>null<~>} \
         {姓名=>text 乙<'乙'> 工号=>text 007<007> 存款=>text 1200.50<\"1200.50\">}] 备注=>null<>}}"
    );
    let family = node.get("家庭").unwrap();
    assert!(CASE[family.span.range()].starts_with("城乡: 城镇"));
    let NodeValue::List(members) = &family.get("成员").unwrap().value else { panic!("a list") };
    assert_eq!(&CASE[members[1].span.range()], "{姓名: '乙', 工号: 007, 存款: \"1200.50\"}");
}

#[test]
fn windows_line_ends_do_not_move_places() {
    let text = CASE.replace('\n', "\r\n");
    let node = read_yaml(SourceId(0), &text).unwrap();
    assert_eq!(outline(&node, &text), outline(&read_yaml(SourceId(0), CASE).unwrap(), CASE));
}

#[test]
fn json_text_reads_the_same_as_yaml() {
    let text = r#"{"甲": {"月工资": 2250, "在业": true}, "乙": ["a", null, "1.5"]}"#;
    assert_eq!(read_json(SourceId(0), text), read_yaml(SourceId(0), text));
}

#[test]
fn unquoted_decimals_are_refused_with_the_fix() {
    let text = "a: 1200.50\nb: 1e3\nc: .5\nd: 1.2.3\ne: 0x1F\nf: \"1.5\"\ng: -7\nh: e\ni: .";
    assert_eq!(
        codes(read_yaml, text),
        ["float_number 1:4", "float_number 2:4", "float_number 3:4"]
    );
    let help = findings(read_yaml, text).remove(0).help.unwrap();
    assert_eq!(help.zh, "照原样加引号：`\"1200.50\"`");
}

#[test]
fn what_facts_do_not_need_of_yaml_is_refused_all_at_once() {
    let text = "a: &x 1\nb: *x\nc: !!str 2\n---\nd: 1\n";
    let all = codes(read_yaml, text);
    assert_eq!(all.len(), 4, "{all:?}");
    assert!(all.iter().all(|code| code.starts_with("unsupported_yaml")), "{all:?}");
    assert_eq!(codes(read_yaml, "? [a]\n: 1"), ["unsupported_yaml 1:3"]);
    assert_eq!(codes(read_yaml, ": 1"), ["invalid_yaml 1:1"]);
}

#[test]
fn repeated_keys_show_both_places() {
    assert_eq!(codes(read_yaml, "a: 1\nb: 2\n\"a\": 3\n"), ["duplicate_key 3:1"]);
    assert_eq!(findings(read_yaml, "a: 1\na: 3\n")[0].labels.len(), 2);
}

#[test]
fn a_full_width_colon_is_recognised_in_its_disguises() {
    for text in ["姓名：甲", "姓名：甲\n月工资：1\n", "姓名：甲\n月工资: 1\n"] {
        assert_eq!(codes(read_yaml, text), ["invalid_yaml 1:3"], "{text}");
    }
    assert_eq!(codes(read_yaml, "家:\n  姓名：甲\n  月：1\n"), ["invalid_yaml 2:5"]);
    assert!(read_yaml(SourceId(0), "备注: 通知：如下\n").is_ok());
}

#[test]
fn a_colon_without_a_space_is_no_entry() {
    assert_eq!(codes(read_yaml, "甲:1\n乙:2\n"), ["invalid_yaml 1:2"]);
    assert_eq!(codes(read_yaml, "家:\n  甲:1\n  乙:2\n"), ["invalid_yaml 2:4"]);
    assert!(read_yaml(SourceId(0), "时间: 10:30\n").is_ok());
}

#[test]
fn wrong_yaml_is_said_where_it_stands() {
    for (text, place, words) in [
        ("a:\n\t- 1", "2:1", "制表符"),
        ("a: 1\n  b: 2", "2:4", "`: `"),
        ("a: [1, 2", "1:9", "]"),
        ("a: \"甲", "1:4", "引号"),
        ("a: 1\nb\nc: 2", "3:1", "`: `"),
        ("a: ]", "1:4", "括号"),
        ("a: @b", "1:4", "符号"),
        ("a: \"\\q\"", "1:4", "`\\`"),
    ] {
        let all = findings(read_yaml, text);
        assert!(all[0].message.zh.contains(words), "{text:?}: {:?}", all[0].message);
        assert_eq!(codes(read_yaml, text), [format!("invalid_yaml {place}")], "{text:?}");
    }
}

#[test]
fn depth_is_limited_in_both_styles() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(read_yaml(SourceId(0), &nested(64)).is_ok());
    assert_eq!(codes(read_yaml, &nested(65)), ["too_deep 1:65"]);
    assert_eq!(findings(read_yaml, &"[".repeat(1_000_000)).len(), 1);
    assert_eq!(codes(read_yaml, &"- ".repeat(1_000_000)), ["too_deep 1:129"]);
    assert_eq!(findings(read_yaml, &"{a: ".repeat(1_000_000)).len(), 1);
}

#[test]
fn a_file_of_comments_is_empty() {
    assert_eq!(codes(read_yaml, "# 甲\n"), ["empty_file 1:1"]);
    assert_eq!(codes(read_yaml, "\n \n"), ["empty_file 1:1"]);
}
