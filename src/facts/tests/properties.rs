use proptest::prelude::*;
use serde_json::Value;

use crate::facts::{Node, NodeValue, from_json_value, read_json};
use crate::source::SourceId;

const CASE: &str = "{\"甲\": {\"月工资\": -2250, \"存款\": \"12.5\"},\n \"乙\": [\"\\u7532\\n\", null, true, {}, []]}";

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn without_places(mut node: Node) -> Node {
    node.span = Default::default();
    node.value = match node.value {
        NodeValue::List(items) => NodeValue::List(items.into_iter().map(without_places).collect()),
        NodeValue::Map(mut entries) => {
            for entry in &mut entries {
                entry.key_span = Default::default();
                entry.value = without_places(entry.value.clone());
            }
            // serde_json's own map is sorted unless another crate asks it to keep the order.
            entries.sort_by(|left, right| left.key.cmp(&right.key));
            NodeValue::Map(entries)
        }
        other => other,
    };
    node
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<String>().prop_map(Value::String),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// Strings of the signs that the notations are made of, which random text seldom hits.
fn almost_notation() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "'",
        "\\",
        "\n",
        "\r\n",
        " ",
        "  ",
        "\t",
        "-",
        "- ",
        "? ",
        ": ",
        "#",
        " #",
        "&a",
        "*a",
        "!t",
        "---",
        "...",
        "|",
        ">",
        "%",
        "@",
        "`",
        "~",
        "甲",
        "：",
        "a",
        "true",
        "null",
        "1",
        "0",
        "1.5",
        "e",
        "\u{feff}",
        "\u{85}",
        "\u{2028}",
        "\0",
        "\\u12",
        "/",
        "//",
        "/*",
        "<<",
        "!!",
        "%YAML 1.2\n",
        "\u{3000}",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn json_never_panics(text in any::<String>(), signs in almost_notation()) {
        let _ = read_json(SourceId(0), &text);
        let _ = read_json(SourceId(0), &signs);
    }

    #[test]
    fn json_accepts_only_what_serde_json_accepts(text in almost_notation()) {
        if let Ok(node) = read_json(SourceId(0), &text) {
            let value: Value = serde_json::from_str(&text).expect("strict JSON");
            match from_json_value(&value) {
                Ok(other) => prop_assert_eq!(without_places(node), without_places(other)),
                // serde_json makes a float of it, we keep the text.
                Err(_) => prop_assert!(text.contains("-0")),
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn json_agrees_with_serde_json(value in values(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        let node = read_json(SourceId(0), &text.unwrap()).unwrap();
        prop_assert_eq!(without_places(node), without_places(from_json_value(&value).unwrap()));
    }
}

#[test]
fn json_refuses_every_proper_prefix() {
    for (at, _) in CASE.char_indices() {
        assert!(read_json(SourceId(0), &CASE[..at]).is_err(), "{}", &CASE[..at]);
    }
    assert!(read_json(SourceId(0), CASE).is_ok());
}

#[cfg(feature = "yaml")]
mod yaml {
    use proptest::prelude::*;

    use super::{CASE, almost_notation, cases};
    use crate::facts::{Node, NodeValue, read_yaml};
    use crate::source::SourceId;

    fn places_are_in(node: &Node, text: &str) -> bool {
        let inside = text.get(node.span.range()).is_some();
        inside
            && match &node.value {
                NodeValue::List(items) => items.iter().all(|item| places_are_in(item, text)),
                NodeValue::Map(entries) => entries.iter().all(|entry| {
                    text.get(entry.key_span.range()).is_some() && places_are_in(&entry.value, text)
                }),
                NodeValue::Number(number) => text.get(node.span.range()) == Some(number),
                NodeValue::Text(value) if !value.contains([' ', '\n']) => {
                    let written = &text[node.span.range()];
                    written.starts_with(['"', '\'', '|', '>']) || written == value
                }
                _ => true,
            }
    }

    proptest! {
        #![proptest_config(cases(4000))]

        #[test]
        fn yaml_never_panics(text in any::<String>(), signs in almost_notation()) {
            for text in [text, signs] {
                if let Ok(node) = read_yaml(SourceId(0), &text) {
                    prop_assert!(places_are_in(&node, &text), "{node:?}");
                }
            }
        }
    }

    #[test]
    fn no_prefix_of_a_case_panics() {
        for case in [CASE, "甲:\n  - a: \"b\"\n    c: {d: [1, 2]}\n  - |\n    e\n"] {
            for (at, _) in case.char_indices() {
                let _ = read_yaml(SourceId(0), &case[..at]);
            }
            assert!(read_yaml(SourceId(0), case).is_ok());
        }
    }
}
