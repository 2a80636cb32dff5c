//! Any change of a byte is found, and what is not changed comes out the same.

use std::sync::OnceLock;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Keep, KeepFacts, Law, Receipt, VERSION};
use crate::engine::{Library, Policy, Question};
use crate::facts::{Node, from_json_value};
use crate::value::Date;

const TEXT: &str = "政策 镇.补贴【town.aid】
  依据 《镇补贴办法》
对象 人【person】
  姓名【name】：文本，可无，敏感    缺省 无
  身份证号【id_number】：文本，可无，敏感    缺省 无
  存款【savings】：元，0元至100万元，敏感    缺省 0元
  月工资【wage】：元/月，0元至10万元
对象 家庭【household】
  成员【members】：人，若干，至少1
  地址【address】：文本，可无，敏感    缺省 无
参数 标准【standard】：元/人·月 = 500元
决定 补贴【aid】（家庭）    依据 《镇补贴办法》第二条
  条件 合计（成员，月工资）低于标准×人数（成员）
  给付 补贴金【amount】：元/月 = 标准×人数（成员）－合计（成员，月工资），向上取整到1元
决定 备用金【reserve】（家庭）
  条件 合计（成员，存款）不超过1000元
";

fn library(text: &str) -> Library {
    Library::from_texts(vec![("town.hz".to_owned(), text.to_owned())])
}

fn policy() -> &'static Policy {
    static MADE: OnceLock<Policy> = OnceLock::new();
    MADE.get_or_init(|| library(TEXT).compile("镇.补贴").expect("it compiles"))
}

fn facts() -> Value {
    json!({
        "policy": "镇.补贴",
        "period": "2026-04",
        "household": {
            "address": "某路1号",
            "members": [
                { "id": "甲", "姓名": "张三", "wage": "800.50", "存款": "900" },
                { "id": "乙", "id_number": "11010519491231002X", "wage": 0 },
            ],
        },
    })
}

fn node(facts: &Value) -> Node {
    from_json_value(facts).expect("no floats")
}

fn april() -> Question {
    Question::about("2026-04".parse().expect("a month"))
}

fn issue(keep: &Keep) -> Receipt {
    Receipt::issue(policy(), &node(&facts()), &april(), keep).expect("issued")
}

fn read(text: &str) -> Receipt {
    Receipt::read(text.as_bytes()).expect("a receipt")
}

fn code(bytes: &[u8]) -> &'static str {
    Receipt::read(bytes).map_or_else(|error| error[0].code, |_| "read")
}

#[test]
fn what_was_written_is_read_and_comes_out_the_same() {
    let day: Date = "2026-05-03".parse().unwrap();
    for facts in [KeepFacts::Clear, KeepFacts::Masked] {
        let receipt = issue(&Keep { facts, issued: Some(day), ..Keep::default() });
        let again = read(&receipt.to_text());
        assert_eq!(again, receipt);
        assert_eq!(again.issued, Some(day));
        // 500×2－800.50＝199.50, up to 200.
        assert!(receipt.to_text().contains("\"amount\": \"200\""));
        let given = node(&self::facts());
        assert!(again.verify(Law::Kept, Some(&given)).unwrap().is_same());
    }
    let clear = issue(&Keep { facts: KeepFacts::Clear, ..Keep::default() });
    assert!(clear.verify(Law::Kept, None).unwrap().is_same());
    assert!(clear.verify(Law::Given(&library(TEXT)), None).unwrap().is_same());
}

#[test]
fn sensitive_facts_are_masked_and_their_hash_is_of_the_real_ones() {
    let receipt = issue(&Keep::default());
    let text = receipt.to_text();
    for secret in ["张三", "11010519491231002X", "\"900\"", "某路1号"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    assert_eq!(
        receipt.masked,
        [
            "household.address",
            "household.members.甲.姓名",
            "household.members.甲.存款",
            "household.members.乙.id_number",
        ]
    );
    let clear = issue(&Keep { facts: KeepFacts::Clear, ..Keep::default() });
    assert!(clear.to_text().contains("11010519491231002X"));
    assert_eq!(receipt.facts_sha256, clear.facts_sha256);
    // The savings decide about 备用金: without them it cannot be decided again.
    let refused = receipt.verify(Law::Kept, None).unwrap_err();
    assert_eq!(refused[0].code, "huize::receipt::facts_needed");
    assert!(receipt.verify(Law::Kept, Some(&node(&facts()))).unwrap().is_same());
}

#[test]
fn masked_facts_that_nothing_rests_on_are_not_needed() {
    let mut facts = facts();
    facts["household"]["members"][0].as_object_mut().unwrap().remove("存款");
    let receipt =
        Receipt::issue(policy(), &node(&facts), &april(), &Keep::default()).expect("issued");
    let found = receipt.verify(Law::Kept, None).unwrap();
    assert!(found.is_same() && found.without_masked, "{found:?}");
}

#[test]
fn a_receipt_may_keep_hashes_only() {
    let receipt = issue(&Keep { facts: KeepFacts::Hash, policies: false, issued: None });
    let text = receipt.to_text();
    assert!(!text.contains("800.50") && !text.contains("参数 标准"), "{text}");
    let receipt = read(&text);
    let refused = receipt.verify(Law::Kept, Some(&node(&facts()))).unwrap_err();
    assert_eq!(refused[0].code, "huize::receipt::policies_needed");
    let law = library(TEXT);
    let refused = receipt.verify(Law::Given(&law), None).unwrap_err();
    assert_eq!(refused[0].code, "huize::receipt::facts_needed");
    let found = receipt.verify(Law::Given(&law), Some(&node(&facts()))).unwrap();
    assert!(found.is_same() && found.files.is_empty(), "{found:?}");
}

#[test]
fn other_facts_are_told_by_path() {
    let receipt = issue(&Keep { facts: KeepFacts::Clear, ..Keep::default() });
    let mut other = facts();
    other["household"]["members"][0]["wage"] = "801.50".into();
    other["household"]["members"][1]["id_number"] = "110105194912310038".into();
    other["period"] = "2026-05".into();
    let found = receipt.verify(Law::Kept, Some(&node(&other))).unwrap();
    assert!(!found.is_same());
    let told: Vec<(&str, Option<&str>, Option<&str>)> = found
        .facts
        .iter()
        .map(|one| (one.path.as_str(), one.kept.as_deref(), one.now.as_deref()))
        .collect();
    // The month is the question's; the number is sensitive, and only the wage is told.
    assert_eq!(told, [("household.members.甲.wage", Some("800.50"), Some("801.50"))]);
}

#[test]
fn other_law_is_told_by_file_and_path() {
    let receipt = issue(&Keep { facts: KeepFacts::Clear, ..Keep::default() });
    let raised = library(&TEXT.replace("500元", "520元"));
    let found = receipt.verify(Law::Given(&raised), None).unwrap();
    assert!(!found.is_same());
    assert_eq!(found.files.len(), 1);
    assert_eq!(found.files[0].state, super::FileState::Changed);
    // 520×2－800.50＝239.50, up to 240.
    let told = &found.decision[0];
    assert_eq!(told.path, "decisions.补贴.payments.补贴金.amount");
    assert_eq!((told.kept.as_deref(), told.now.as_deref()), (Some("200"), Some("240")));

    // A remark changes the file, and nothing else.
    let remarked = library(&format!("# 说明\n{TEXT}"));
    let found = receipt.verify(Law::Given(&remarked), None).unwrap();
    assert!(found.is_same() && found.files.len() == 1, "{found:?}");

    // The same text in a folder is the same law.
    let files = vec![("copy/town.hz".to_owned(), TEXT.to_owned())];
    let found = receipt.verify(Law::Given(&Library::from_texts(files)), None).unwrap();
    assert!(found.is_same() && found.files.is_empty(), "{found:?}");
}

#[test]
fn what_is_no_receipt_is_told_apart() {
    let text = issue(&Keep::default()).to_text();
    assert_eq!(code(b""), "huize::receipt::foreign");
    assert_eq!(code(b"{\"policy\": 1}"), "huize::receipt::foreign");
    assert_eq!(code(&text.as_bytes()[..text.len() / 2]), "huize::receipt::truncated");
    assert_eq!(code(text.trim_end().as_bytes()), "huize::receipt::altered");
    let newer =
        text.replace(&format!("\"version\": {VERSION}"), &format!("\"version\": {}", VERSION + 1));
    assert_eq!(code(newer.as_bytes()), "huize::receipt::newer_format");
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(code(value.to_string().as_bytes()), "huize::receipt::altered");
    let too_large = vec![b' '; super::MOST_BYTES + 1];
    assert_eq!(code(&too_large), "huize::receipt::too_large");
    // Hashed anew with another text than its file's hash says.
    let mut forged = issue(&Keep::default());
    forged.policies[0].text = Some(TEXT.replace("500元", "900元"));
    assert_eq!(code(forged.to_text().as_bytes()), "huize::receipt::altered");
}

/// Every byte in turn, with one of its bits turned.
#[test]
fn every_byte_counts() {
    let text = issue(&Keep { facts: KeepFacts::Clear, ..Keep::default() }).to_text();
    for at in 0..text.len() {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] ^= 1 << (at % 8);
        assert_ne!(code(&bytes), "read", "byte {at}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_change_of_any_byte_is_found(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        static TEXT: OnceLock<String> = OnceLock::new();
        let text = TEXT.get_or_init(|| issue(&Keep::default()).to_text());
        let mut bytes = text.as_bytes().to_vec();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        prop_assert_ne!(code(&bytes), "read");
    }

    #[test]
    fn a_byte_more_or_less_is_found(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        static TEXT: OnceLock<String> = OnceLock::new();
        let text = TEXT.get_or_init(|| issue(&Keep::default()).to_text());
        let at = at.index(text.len());
        let mut more = text.as_bytes().to_vec();
        more.insert(at, byte);
        prop_assert_ne!(code(&more), "read");
        let mut less = text.as_bytes().to_vec();
        less.remove(at);
        prop_assert_ne!(code(&less), "read");
    }
}
