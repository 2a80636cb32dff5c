use super::{MOST_BYTES, MOST_VALUES, Node, NodeValue, from_json_value, read_json};
use crate::diagnostic::{Diagnostic, FactsError};
use crate::source::{SourceFile, SourceId};

mod properties;
#[cfg(feature = "yaml")]
mod yaml;

type Reader = fn(SourceId, &str) -> Result<Node, FactsError>;

fn findings(read: Reader, text: &str) -> Vec<Diagnostic> {
    read(SourceId(0), text).expect_err("the text should be refused").into()
}

/// `code line:column`, one for each finding.
fn codes(read: Reader, text: &str) -> Vec<String> {
    let file = SourceFile::new("facts", text);
    findings(read, text)
        .iter()
        .map(|finding| {
            let (line, column) = file.line_column(finding.span().expect("a place").start);
            format!("{} {line}:{column}", finding.code.trim_start_matches("huize::facts::"))
        })
        .collect()
}

/// The tree with the text of each span, to compare at a glance.
fn outline(node: &Node, text: &str) -> String {
    let written = &text[node.span.range()];
    match &node.value {
        NodeValue::List(items) => {
            let items: Vec<_> = items.iter().map(|item| outline(item, text)).collect();
            format!("[{}]", items.join(" "))
        }
        NodeValue::Map(entries) => {
            let entries: Vec<_> = entries
                .iter()
                .map(|entry| {
                    let key = &text[entry.key_span.range()];
                    format!("{key}=>{}", outline(&entry.value, text))
                })
                .collect();
            format!("{{{}}}", entries.join(" "))
        }
        NodeValue::Null => format!("null<{written}>"),
        NodeValue::Bool(value) => format!("{value}<{written}>"),
        NodeValue::Number(value) => format!("num {value}<{written}>"),
        NodeValue::Text(value) => format!("text {value}<{written}>"),
    }
}

#[test]
fn json_values_keep_their_places() {
    let text = r#"{"甲": {"月工资": 2250, "在业": true}, "乙": ["\u7532", null, "1200.50"]}"#;
    let node = read_json(SourceId(0), text).unwrap();
    assert_eq!(&text[node.span.range()], text);
    assert_eq!(
        outline(&node, text),
        "{\"甲\"=>{\"月工资\"=>num 2250<2250> \"在业\"=>true<true>} \
         \"乙\"=>[text 甲<\"\\u7532\"> null<null> text 1200.50<\"1200.50\">]}"
    );
}

#[test]
fn every_float_and_every_repeated_key_is_reported_in_one_run() {
    let text = "{\n \"a\": 1.5,\n \"b\": [1e3, 2],\n \"a\": -0.0\n}";
    assert_eq!(
        codes(read_json, text),
        ["float_number 2:7", "float_number 3:8", "duplicate_key 4:2", "float_number 4:7"]
    );
    let all = findings(read_json, text);
    assert_eq!(all[0].help.as_ref().unwrap().en, "quote the text as written: `\"1.5\"`");
    assert_eq!(all[2].labels.len(), 2);
}

#[test]
fn wrong_json_is_said_where_it_stands() {
    for (text, place) in [
        ("{\"a\" 1}", "1:6"),
        ("{\"a\": }", "1:7"),
        ("{a: 1}", "1:2"),
        ("{\"a\": 1 \"b\": 2}", "1:8"),
        ("{\"a\": 1,}", "1:8"),
        ("[1,]", "1:3"),
        ("[1 2]", "1:3"),
        ("{\"a\": 是}", "1:7"),
        ("{\"a\": True}", "1:7"),
        ("{\"a\": 'b'}", "1:7"),
        ("{\"a\": 1} // b：c", "1:10"),
        ("{} {}", "1:4"),
        ("{\"a\": [1", "1:9"),
        ("{\"a\": 0x10}", "1:7"),
        ("[+1]", "1:2"),
        ("[\"\\x\"]", "1:3"),
        ("[\"甲\n\"]", "1:2"),
        ("[\"a\tb\"]", "1:4"),
        ("[1,\u{3000}2]", "1:4"),
        ("[\"a", "1:2"),
    ] {
        assert_eq!(codes(read_json, text), [format!("invalid_json {place}")], "{text}");
    }
}

#[test]
fn an_unclosed_brace_names_both_ends() {
    let all = findings(read_json, "{\"a\": {\n  \"b\": 1\n\n");
    assert_eq!(all[0].labels.len(), 2);
    assert_eq!(all[0].labels[1].span.range(), 6..7);
    assert_eq!(all[0].message.zh, "`{` 没有合上：应为 `}`，文件已结束");
}

#[test]
fn what_was_expected_and_found_is_said_in_both_languages() {
    let message = |text| findings(read_json, text).remove(0).message;
    assert_eq!(message("{\"a\" 1}").zh, "此处应为 `:`，却是 `1`");
    assert_eq!(message("{\"a\": 是}").en, "expected a value, found `是`");
    let help = |text| findings(read_json, text).remove(0).help.unwrap();
    assert_eq!(help("{\"a\": 是}").zh, "加双引号：`\"是\"`");
    assert_eq!(help("{\"a\": True}").en, "write `true`");
    assert_eq!(help("{\"a\": 2023-06-01}").zh, "加双引号：`\"2023-06-01\"`");
    assert_eq!(help("{\"a\": [12元, 2]}").en, "put it in double quotes: `\"12元\"`");
}

#[test]
fn full_width_punctuation_is_reported_line_by_line() {
    let text = "{\n“甲”：1，\n\"乙：丙\"：2\n}";
    assert_eq!(codes(read_json, text), ["invalid_json 2:1", "invalid_json 3:6"]);
    assert_eq!(findings(read_json, text)[1].help.as_ref().unwrap().en, "replace it with `:`");
}

#[test]
fn depth_is_measured_before_the_parser_runs() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(read_json(SourceId(0), &nested(64)).is_ok());
    assert_eq!(codes(read_json, &nested(65)), ["too_deep 1:65"]);
    assert_eq!(codes(read_json, &"[".repeat(1_000_000)), ["too_deep 1:65"]);
    assert_eq!(codes(read_json, &"{\"a\":".repeat(1_000_000)), ["too_deep 1:321"]);
    assert!(read_json(SourceId(0), &format!("[{:?}]", "[".repeat(100))).is_ok());
}

#[test]
fn blank_and_huge_texts_are_refused() {
    assert_eq!(codes(read_json, " \n"), ["empty_file 1:1"]);
    assert_eq!(codes(read_json, &" ".repeat(MOST_BYTES + 1)), ["too_large 1:1"]);
}

#[test]
fn a_value_from_a_program_names_the_path_of_a_float() {
    let value = serde_json::json!({"甲": {"工资": [1, 2.5]}, "乙": true});
    let all = from_json_value(&value).unwrap_err();
    assert_eq!(all.len(), 1);
    assert!(all[0].message.zh.contains("`甲.工资[1]`"), "{:?}", all[0].message);
    let node = from_json_value(&serde_json::json!({"甲": [1, "2.5", null]})).unwrap();
    let NodeValue::List(items) = &node.get("甲").unwrap().value else { panic!("a list") };
    assert_eq!(items[1].value, NodeValue::Text("2.5".into()));
}

#[test]
fn a_value_from_a_program_has_the_same_depth_limit() {
    let nested =
        |levels| (1..levels).fold(serde_json::json!([]), |inner, _| serde_json::json!([inner]));
    assert!(from_json_value(&nested(64)).is_ok());
    assert_eq!(from_json_value(&nested(65)).unwrap_err()[0].code, "huize::facts::too_deep");
}

#[test]
fn a_text_full_of_mistakes_gives_a_readable_number_of_findings() {
    assert_eq!(findings(read_json, &format!("[{}1]", "1.5,".repeat(100_000))).len(), 50);
    assert_eq!(
        findings(read_json, &format!("{{{}\"a\":1}}", "\"a\":1,".repeat(100_000))).len(),
        50
    );
    let value = serde_json::Value::from(vec![1.5; 1000]);
    assert_eq!(from_json_value(&value).unwrap_err().len(), 50);
}

#[test]
fn what_serde_cannot_write_is_said() {
    let odd: std::collections::BTreeMap<(u8, u8), u8> = [((1, 2), 3)].into();
    let refused = super::from_serialize(&odd).unwrap_err();
    assert_eq!(refused[0].code, "huize::facts::not_serialisable");
}

#[test]
fn more_values_than_a_case_has_are_refused() {
    let list = |count: usize| format!("[{}0]", "1,".repeat(count - 1));
    // The list is a value too.
    assert!(read_json(SourceId(0), &list(MOST_VALUES - 1)).is_ok());
    // Behind the last comma that belongs to what may be there.
    let place = 2 * MOST_VALUES - 1;
    assert_eq!(codes(read_json, &list(MOST_VALUES)), [format!("too_many_values 1:{place}")]);
    let value = serde_json::Value::from(vec![1; MOST_VALUES]);
    let found = from_json_value(&value).expect_err("too many");
    assert_eq!(found[0].code, "huize::facts::too_many_values");
    assert!(from_json_value(&serde_json::Value::from(vec![1; MOST_VALUES - 1])).is_ok());
}
