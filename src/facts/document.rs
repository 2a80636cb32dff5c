//! The tree of facts, and the checks that hold for every notation.

use std::collections::BTreeMap;

use crate::diagnostic::{Bilingual, Diagnostic, FactsError};
use crate::limits::{Limits, size};
use crate::source::{SourceId, Span};

/// The largest text of facts that is read, in bytes.
pub const MOST_BYTES: usize = Limits::DEFAULT.facts_bytes;

/// How many lists and maps may stand inside one another.
pub const MOST_LEVELS: usize = Limits::DEFAULT.nesting;

/// How many values the facts of a case may hold, lists and maps counted: a thousand people of two
/// hundred facts each. A value takes some two hundred bytes while it is read, its text as few as two.
pub const MOST_VALUES: usize = 200_000;

/// After so many findings in one text a reader learns nothing from the next.
pub(super) const MOST_FINDINGS: usize = 50;

/// One value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Where; empty for values that came from a program rather than from text.
    pub span: Span,
    /// What.
    pub value: NodeValue,
}

/// A value as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeValue {
    /// `null`; in YAML also `~` and nothing at all.
    Null,
    /// `true` or `false`; 是 and 否 are [`NodeValue::Text`].
    Bool(bool),
    /// A number without quotes, its text as written.
    Number(String),
    /// Text, its quotes and escapes taken away.
    Text(String),
    /// Several values in order.
    List(Vec<Node>),
    /// Named values in the order written; no name occurs twice.
    Map(Vec<Entry>),
}

/// One named value of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name, its quotes taken away.
    pub key: String,
    /// Where the name stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// One error for each number written with a fraction or an exponent, in source order, up to
    /// the number that a reader can use.
    ///
    /// Other programs read such a number as binary floating point and may have changed it before
    /// we see it, so only text is trusted to hold a decimal. Both readers call this already.
    #[must_use]
    pub fn refuse_floats(&self) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let mut rest = vec![self];
        while let Some(node) = rest.pop() {
            if findings.len() >= MOST_FINDINGS {
                break;
            }
            match &node.value {
                NodeValue::Number(text) if is_float(text) => {
                    findings.push(float_number(text).at(
                        node.span,
                        Bilingual::new("没有加引号的小数", "a decimal without quotes"),
                    ));
                }
                NodeValue::List(items) => rest.extend(items.iter().rev()),
                NodeValue::Map(entries) => {
                    rest.extend(entries.iter().rev().map(|entry| &entry.value));
                }
                NodeValue::Null
                | NodeValue::Bool(_)
                | NodeValue::Number(_)
                | NodeValue::Text(_) => {}
            }
        }
        findings
    }

    /// The value of that name, where this is a map that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        let NodeValue::Map(entries) = &self.value else { return None };
        entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }
}

/// The tree of a value that a program built, with empty spans.
///
/// # Errors
///
/// `huize::facts::too_many_values`; `huize::facts::float_number` for each number with a fraction or an
/// exponent, and `huize::facts::too_deep`. There is no text to point at, so the message says the path.
pub fn from_json_value(value: &serde_json::Value) -> Result<Node, FactsError> {
    if count(value, MOST_VALUES) > MOST_VALUES {
        return Err(too_many_values(None).into());
    }
    let mut findings = Vec::new();
    let node = convert(value, &mut Vec::new(), &mut findings);
    if findings.is_empty() { Ok(node) } else { Err(capped(findings).into()) }
}

/// How many values there are, counted until there are more than `most`; no recursion, because
/// nobody has looked at the depth yet.
fn count(value: &serde_json::Value, most: usize) -> usize {
    use serde_json::Value;
    let mut rest = vec![value];
    let mut counted = 0_usize;
    while let Some(value) = rest.pop() {
        counted = counted.saturating_add(1);
        let inside = match value {
            Value::Array(items) => items.len(),
            Value::Object(object) => object.len(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
        };
        if counted.saturating_add(rest.len()).saturating_add(inside) > most {
            return most.saturating_add(1);
        }
        match value {
            Value::Array(items) => rest.extend(items),
            Value::Object(object) => rest.extend(object.values()),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    counted
}

fn convert(
    value: &serde_json::Value,
    path: &mut Vec<String>,
    findings: &mut Vec<Diagnostic>,
) -> Node {
    use serde_json::Value;
    if path.len() >= MOST_LEVELS && (value.is_array() || value.is_object()) {
        findings.push(too_deep(None, MOST_LEVELS));
        return Node { span: Span::default(), value: NodeValue::Null };
    }
    let value = match value {
        Value::Null => NodeValue::Null,
        Value::Bool(value) => NodeValue::Bool(*value),
        Value::Number(number) => {
            let text = number.to_string();
            if is_float(&text) && findings.len() < MOST_FINDINGS {
                findings.push(float_in_value(&text, &path.concat()));
            }
            NodeValue::Number(text)
        }
        Value::String(text) => NodeValue::Text(text.clone()),
        Value::Array(items) => {
            let mut list = Vec::with_capacity(items.len());
            for (at, item) in items.iter().enumerate() {
                path.push(format!("[{at}]"));
                list.push(convert(item, path, findings));
                path.pop();
            }
            NodeValue::List(list)
        }
        Value::Object(object) => {
            let mut entries = Vec::with_capacity(object.len());
            for (key, item) in object {
                path.push(if path.is_empty() { key.clone() } else { format!(".{key}") });
                let value = convert(item, path, findings);
                entries.push(Entry { key: key.clone(), key_span: Span::default(), value });
                path.pop();
            }
            NodeValue::Map(entries)
        }
    };
    Node { span: Span::default(), value }
}

/// Whether a number's text has a fraction or an exponent.
pub(super) fn is_float(text: &str) -> bool {
    text.contains(['.', 'e', 'E'])
}

fn float_number(text: &str) -> Diagnostic {
    let help = if text.contains(['e', 'E']) {
        Bilingual::new(
            format!("把 `{text}` 的数位写全，不用 e；有小数的加引号，例如 `\"1200.50\"`"),
            format!(
                "write out all digits of `{text}` without e, in quotes if it has a fraction, \
                 for example `\"1200.50\"`"
            ),
        )
    } else {
        Bilingual::new(
            format!("照原样加引号：`\"{text}\"`"),
            format!("quote the text as written: `\"{text}\"`"),
        )
    };
    Diagnostic::error(
        "huize::facts::float_number",
        Bilingual::new(
            format!("小数 `{text}` 没有加引号，别的程序读写时可能已改变它的值"),
            format!(
                "the decimal `{text}` has no quotes, so a program that handled it may have \
                 changed its value"
            ),
        ),
    )
    .help(help)
}

fn float_in_value(text: &str, path: &str) -> Diagnostic {
    let path = if path.is_empty() { "." } else { path };
    Diagnostic::error(
        "huize::facts::float_number",
        Bilingual::new(
            format!("`{path}` 是浮点数 {text}，其值可能已不准确"),
            format!("`{path}` is the floating-point number {text}, which may no longer be exact"),
        ),
    )
    .help(Bilingual::new(
        "以文本传入，例如 `\"1200.50\"`",
        "pass it as text, for example `\"1200.50\"`",
    ))
}

pub(super) fn too_deep(place: Option<Span>, most: usize) -> Diagnostic {
    let finding = Diagnostic::error(
        "huize::facts::too_deep",
        Bilingual::new(
            format!("列表和对象嵌套超过 {most} 层"),
            format!("lists and maps stand more than {most} deep inside one another"),
        ),
    )
    .help(Bilingual::new(
        "事实最多到“家庭、成员、一项事实”三四层：检查括号是否配对",
        "facts are a household, its members, their facts: check that the brackets match",
    ));
    match place {
        Some(span) => finding.at(
            span,
            Bilingual::new(
                format!("这是第 {} 层", most.saturating_add(1)),
                format!("this is level {}", most.saturating_add(1)),
            ),
        ),
        None => finding,
    }
}

pub(super) fn duplicate_key(key: &str, again: Span, first: Span) -> Diagnostic {
    Diagnostic::error(
        "huize::facts::duplicate_key",
        Bilingual::new(
            format!("同一对象里 `{key}` 写了两次"),
            format!("`{key}` is written twice in the same map"),
        ),
    )
    .at(again, Bilingual::new("第二次", "the second time"))
    .at(first, Bilingual::new("第一次", "the first time"))
}

/// One finding for each name that an earlier entry of the same map has.
pub(super) fn duplicate_keys(entries: &[Entry]) -> Vec<Diagnostic> {
    let mut seen = BTreeMap::new();
    let mut findings = Vec::new();
    for entry in entries {
        if findings.len() >= MOST_FINDINGS {
            break;
        }
        if let Some(first) = seen.get(entry.key.as_str()) {
            findings.push(duplicate_key(&entry.key, entry.key_span, *first));
        } else {
            seen.insert(entry.key.as_str(), entry.key_span);
        }
    }
    findings
}

/// Refuses a text that is too large or has nothing in it, before a parser sees it.
pub(super) fn check_size(source: SourceId, text: &str, limits: &Limits) -> Result<(), FactsError> {
    if text.len() > limits.facts_bytes {
        let most = size(limits.facts_bytes);
        let finding = Diagnostic::error(
            "huize::facts::too_large",
            Bilingual::new(
                format!("事实文件超过 {}", most.zh),
                format!("the file of facts is larger than {}", most.en),
            ),
        )
        .help(Bilingual::new(
            "一份文件只写一个案件：核对是不是选错了文件",
            "a file holds one case: check that this is the right one",
        ));
        return Err(finding.at(Span::new(source, 0, 0), Bilingual::default()).into());
    }
    if text.trim().is_empty() {
        return Err(empty_file(source).into());
    }
    Ok(())
}

/// More values than [`MOST_VALUES`]; the place is that of the first too many.
pub(super) fn too_many_values(place: Option<Span>) -> Diagnostic {
    let finding = Diagnostic::error(
        "huize::facts::too_many_values",
        Bilingual::new(
            format!("事实超过 {MOST_VALUES} 个值"),
            format!("the facts hold more than {MOST_VALUES} values"),
        ),
    )
    .help(Bilingual::new(
        "一份文件只写一个案件：成批的案件一行一个，逐个来算",
        "a file holds one case: write many cases one in a line, and decide them one by one",
    ));
    match place {
        Some(place) => finding.at(place, Bilingual::new("到这里太多", "too many up to here")),
        None => finding,
    }
}

pub(super) fn empty_file(source: SourceId) -> Diagnostic {
    Diagnostic::error(
        "huize::facts::empty_file",
        Bilingual::new("事实文件是空的", "the file of facts is empty"),
    )
    .at(
        Span::new(source, 0, 0),
        Bilingual::new("这里应有一个案件的事实", "the facts of a case belong here"),
    )
    .help(Bilingual::new(
        "从 { \"household\": { \"members\": [ … ] } } 写起，可照 examples/ 里的样子",
        "start with { \"household\": { \"members\": [ … ] } }, as in examples/",
    ))
}

/// The findings in source order, as many as help.
pub(super) fn capped(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.sort_by_key(Diagnostic::span);
    findings.truncate(MOST_FINDINGS);
    findings
}
