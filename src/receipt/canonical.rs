//! One way to write a JSON value down: names in order, a line for each entry with two blanks for
//! each level, or all of it in one line. The same value gives the same bytes, whoever writes it.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// How a value is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// A line for each entry, to be read.
    Lines,
    /// One line without blanks, for what only programs read.
    Line,
}

/// A value as text, without an end of line after it.
pub(super) fn text(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, &mut out);
    out
}

/// Named values in the order given.
pub(super) fn entries(entries: &[(&str, Layout, Value)]) -> String {
    let mut out = String::from("{");
    for (at, (name, layout, value)) in entries.iter().enumerate() {
        named(name, 1, at == 0, &mut out);
        match layout {
            Layout::Lines => write(value, 1, &mut out),
            Layout::Line => write_line(value, &mut out),
        }
    }
    out.push_str("\n}");
    out
}

/// SHA-256 in lower-case hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn write(value: &Value, level: usize, out: &mut String) {
    match value {
        Value::Array(items) if items.is_empty() => out.push_str("[]"),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                line(level + 1, at == 0, out);
                write(item, level + 1, out);
            }
            out.push('\n');
            indent(level, out);
            out.push(']');
        }
        Value::Object(object) if object.is_empty() => out.push_str("{}"),
        Value::Object(object) => {
            // In order even where a map keeps the order that it was built in.
            let sorted: BTreeMap<&String, &Value> = object.iter().collect();
            out.push('{');
            for (at, (name, value)) in sorted.into_iter().enumerate() {
                named(name, level + 1, at == 0, out);
                write(value, level + 1, out);
            }
            out.push('\n');
            indent(level, out);
            out.push('}');
        }
        // Texts, whole numbers and words have one form each.
        other => out.push_str(&other.to_string()),
    }
}

fn write_line(value: &Value, out: &mut String) {
    let comma = |at: usize, out: &mut String| {
        if at > 0 {
            out.push(',');
        }
    };
    match value {
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                comma(at, out);
                write_line(item, out);
            }
            out.push(']');
        }
        Value::Object(object) => {
            let sorted: BTreeMap<&String, &Value> = object.iter().collect();
            out.push('{');
            for (at, (name, value)) in sorted.into_iter().enumerate() {
                comma(at, out);
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push(':');
                write_line(value, out);
            }
            out.push('}');
        }
        other => out.push_str(&other.to_string()),
    }
}

fn named(name: &str, level: usize, is_first: bool, out: &mut String) {
    line(level, is_first, out);
    out.push_str(&Value::from(name).to_string());
    out.push_str(": ");
}

fn line(level: usize, is_first: bool, out: &mut String) {
    if !is_first {
        out.push(',');
    }
    out.push('\n');
    indent(level, out);
}

fn indent(level: usize, out: &mut String) {
    out.extend(std::iter::repeat_n("  ", level));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Layout, entries, sha256, text};

    #[test]
    fn a_value_has_one_form() {
        let value = json!({ "乙": [1, "a\n\"b\""], "甲": {}, "丙": [], "a": null });
        let expected = "{\n  \"a\": null,\n  \"丙\": [],\n  \"乙\": [\n    1,\n    \"a\\n\\\"b\\\"\"\n  ],\n  \"甲\": {}\n}";
        assert_eq!(text(&value), expected);
        let in_line = entries(&[("a", Layout::Line, value.clone())]);
        let expected_line = r#"{"a":null,"丙":[],"乙":[1,"a\n\"b\""],"甲":{}}"#;
        assert_eq!(in_line, format!("{{\n  \"a\": {expected_line}\n}}"));
        let again = serde_json::from_str(&text(&value)).unwrap();
        assert_eq!(text(&again), expected);
    }

    // From FIPS 180-4.
    #[test]
    fn hashes_are_those_of_the_standard() {
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
