use std::fmt::Write as _;

use super::{Envelope, bind, envelope};
use crate::diagnostic::render::one_line;
use crate::diagnostic::{Diagnostic, Language};
use crate::facts::{Node, from_json_value, read_json};
use crate::hir::lower::{LayerText, lower};
use crate::hir::{Constant, FieldId, Program};
use crate::input::{Case, Fact, InstanceId, Scalar};
use crate::source::SourceMap;
use crate::types::ObjectId;
use crate::value::{Rational, parse_decimal};

mod errors;
mod properties;
mod values;

const POLICY: &str = "政策 国家.低保
枚举 城乡【area】：城镇【urban】、农村【rural】
对象 人【person】
  姓名【name】：文本，可无，敏感
  身份证号【id_number】：文本，可无，敏感
  出生日期【birth_date】：日期
  父亲【father】：人，可无
  月工资【monthly_wage】：元/月，0元至100万元
  隐秘收入【hidden_income】：元/月，0元至100万元，敏感
  隐秘城乡【hidden_area】：城乡，敏感
  自付比例【share】：%
  残疾等级【grade】：整数 1至4，可无
  在业【employed】：是否
对象 家庭【household】
  成员【members】：人，若干，至少1
  城乡【area】：城乡
  其他年收入【annual_income】：元/年，0元至1000万元
  入保月【since】：月份
决定 低保【dibao】（家庭）
  条件 同时符合：
  （一）城镇：城乡等于城镇。
  给付 低保金【amount】：元/月 = 300元
决定 特困【tekun】（人）
  条件 同时符合：
  （一）在业：在业。
";

fn program() -> Program {
    let mut sources = SourceMap::default();
    let id = sources.add("policy.hz", POLICY);
    let parsed = crate::syntax::parse(id, POLICY);
    assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
    let layer = LayerText {
        policy: "国家.低保".into(),
        place: "国家".into(),
        benefit: "低保".into(),
        uses: Vec::new(),
        files: vec![&parsed.file],
        own: true,
        vocabulary: false,
        skipped: Vec::new(),
    };
    let (program, findings) = lower("国家.低保", &[layer], &sources);
    assert!(findings.is_empty(), "{}", lines(&findings, &sources, Language::Zh));
    program
}

fn read(text: &str) -> (SourceMap, Node) {
    let mut sources = SourceMap::default();
    let id = sources.add("facts.json", text);
    let node = read_json(id, text).expect("facts that can be read");
    (sources, node)
}

fn bound(text: &str) -> Case {
    bind(&program(), &read(text).1).expect("facts that fit")
}

/// Each finding on one line with its fix below, in Chinese; in English, that there is one.
fn refused(text: &str) -> String {
    let (sources, node) = read(text);
    let findings = bind(&program(), &node).expect_err("facts that do not fit");
    lines(&findings, &sources, Language::Zh)
}

fn refused_en(text: &str) -> String {
    let (sources, node) = read(text);
    let findings = bind(&program(), &node).expect_err("facts that do not fit");
    lines(&findings, &sources, Language::En)
}

fn lines(findings: &[Diagnostic], sources: &SourceMap, language: Language) -> String {
    let mut out = String::new();
    for finding in findings {
        let _ = writeln!(out, "{}", one_line(finding, sources, language));
        let help = finding.help.as_ref().map_or("(no fix)", |help| help.get(language));
        let _ = writeln!(out, "  {help}");
        for label in finding.labels.iter().skip(1) {
            let place = sources.place(label.span);
            let _ = writeln!(out, "  {place} {}", label.text.get(language));
        }
    }
    out
}

/// A case of one member with that text among its facts.
fn one(facts: &str) -> String {
    format!(r#"{{"household": {{"members": [{{"id": "甲", {facts}}}]}}}}"#)
}

fn field(program: &Program, object: &str, name: &str) -> (ObjectId, FieldId) {
    let at = program.objects.iter().position(|found| found.name.is(object)).unwrap();
    let mut fields = program.objects[at].fields.iter();
    let id = fields.find(|id| program.field(**id).unwrap().name.is(name)).unwrap();
    (ObjectId(u16::try_from(at).unwrap()), *id)
}

/// What is known of a field of the first person (or of the household).
fn fact(case: &Case, object: &str, name: &str) -> Fact {
    let (_, id) = field(&program(), object, name);
    case.fact(id, InstanceId(0)).clone()
}

fn number(text: &str) -> Fact {
    Fact::Known(Scalar::Constant(Constant::Number(parse_decimal(text).unwrap())))
}

fn yes(truth: bool) -> Fact {
    Fact::Known(Scalar::Constant(Constant::Bool(truth)))
}

#[test]
fn envelopes_in_both_languages() {
    let expected = Envelope {
        policy: Some("国家.低保".into()),
        place: None,
        period: Some("2023-06".parse().unwrap()),
        as_of: Some("2023-06-30".parse().unwrap()),
        known_on: Some("2024-01-01".parse().unwrap()),
    };
    let (_, english) = read(
        r#"{"policy": "国家.低保", "period": "2023-06", "as_of": "2023-06-30", "known_on": "2024-01-01"}"#,
    );
    assert_eq!(envelope(&english).unwrap(), expected);
    let (_, chinese) = read(
        r#"{"政策": "国家.低保", "所属期": "2023年6月", "评估日": "2023年6月30日", "知悉日": "2024/1/1"}"#,
    );
    assert_eq!(envelope(&chinese).unwrap(), expected);
    assert_eq!(envelope(&read("{}").1).unwrap(), Envelope::default());
}

#[test]
fn envelopes_that_are_wrong() {
    let (sources, node) = read(
        r#"{"policy": 3, "period": "2023-06-30", "as_of": "2023-02-30", "评估日": "2023-01-01", "known_on": 5}"#,
    );
    let findings = envelope(&node).unwrap_err();
    insta::assert_snapshot!(lines(&findings, &sources, Language::Zh), @r#"
    facts.json:1:12: 错误[huize::input::wrong_value] “policy”要政策的名称，写的是 3
      写作 "中山.最低生活保障"
    facts.json:1:25: 错误[huize::input::invalid_date] “period”：年月写作 2023-06 或 2023年6月
      写作 "2023-06"
    facts.json:1:48: 错误[huize::input::invalid_date] “as_of”：2023年2月没有30日
      写作 "2023-06-30"
    facts.json:1:62: 错误[huize::input::duplicate_field] “as_of”出现了两次
      两个名称是同一项，只留一个
      facts.json:1:39 第一次
    facts.json:1:95: 错误[huize::input::invalid_date] “known_on”：日期写作 2023-06-30 或 2023年6月30日
      写作 "2023-06-30"
    "#);
    let (sources, node) = read("[]");
    let findings = envelope(&node).unwrap_err();
    insta::assert_snapshot!(lines(&findings, &sources, Language::En), @r#"
    facts.json:1:1: error[huize::input::not_a_map] a case is a map, found a list
      write { "policy": …, "period": "2023-06", "household": { … } }
    "#);
}

#[test]
fn unit_rationals_are_exact() {
    let case = bound(&one(r#""monthly_wage": "2250.5""#));
    let Fact::Known(Scalar::Constant(Constant::Number(value))) = fact(&case, "人", "月工资")
    else {
        panic!("a number");
    };
    assert_eq!(value, Rational::new(4501, 2).unwrap());
}
