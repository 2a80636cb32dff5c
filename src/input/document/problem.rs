//! What can be wrong with a document of facts, in both languages. Values of sensitive fields never
//! appear; names of fields and keys of people do.

use crate::diagnostic::{Bilingual, Diagnostic, closest_name};
use crate::facts::{Entry, Node, NodeValue};
use crate::hir::Name;
use crate::source::Span;
use crate::value::OpError;

/// How many names a message lists.
const MOST_NAMES: usize = 12;

/// How many characters of a value a message repeats.
const MOST_CHARACTERS: usize = 40;

pub(super) fn error(code: &'static str, zh: String, en: String) -> Diagnostic {
    Diagnostic::error(code, Bilingual::new(zh, en))
}

/// Places a finding and says what to do.
pub(super) fn fix(
    finding: Diagnostic,
    span: Span,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> Diagnostic {
    finding.at(span, Bilingual::default()).help(Bilingual::new(zh, en))
}

/// Places a finding and shows how the value is written.
pub(super) fn example(finding: Diagnostic, span: Span, example: &str) -> Diagnostic {
    fix(finding, span, format!("写作 \"{example}\""), format!("write \"{example}\""))
}

/// What kind of value it is, which tells nothing of a sensitive one.
pub(super) fn kind(node: &Node) -> Bilingual {
    match &node.value {
        NodeValue::List(_) => Bilingual::new("一个列表", "a list"),
        NodeValue::Map(_) => Bilingual::new("一个对象", "a map"),
        _ => Bilingual::new("一个值", "a single value"),
    }
}

/// A fact as messages call it: `甲.月工资`, `甲.monthly_wage`.
pub(super) fn path(whose: Option<&Bilingual>, name: &Name) -> Bilingual {
    let alias = name.alias.as_deref().unwrap_or(&name.text);
    match whose {
        Some(whose) => {
            Bilingual::new(format!("{}.{}", whose.zh, name.text), format!("{}.{alias}", whose.en))
        }
        None => Bilingual::new(name.text.as_str(), alias),
    }
}

/// A value as a message shows it.
pub(super) fn shown(node: &Node, sensitive: bool) -> Bilingual {
    let text = match &node.value {
        NodeValue::List(_) | NodeValue::Map(_) => return kind(node),
        _ if sensitive => return Bilingual::same("***"),
        NodeValue::Null => "null".to_owned(),
        NodeValue::Bool(truth) => truth.to_string(),
        NodeValue::Number(text) => text.clone(),
        NodeValue::Text(text) => format!("\"{text}\""),
    };
    Bilingual::same(shortened(&text))
}

pub(super) fn shortened(text: &str) -> String {
    if text.chars().count() <= MOST_CHARACTERS {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(MOST_CHARACTERS).collect();
    short.push('…');
    short
}

/// Some names: the first dozen, each language with its own.
pub(super) fn list<'a>(names: impl Iterator<Item = &'a Name>) -> Bilingual {
    let names: Vec<&Name> = names.collect();
    let some = || names.iter().take(MOST_NAMES);
    let zh: Vec<&str> = some().map(|name| name.text.as_str()).collect();
    let en: Vec<&str> =
        some().map(|name| name.alias.as_deref().unwrap_or(name.text.as_str())).collect();
    let (zh, en) = (zh.join("、"), en.join(", "));
    if names.len() > MOST_NAMES {
        return Bilingual::new(format!("{zh} 等{}个", names.len()), format!("{en}, …"));
    }
    Bilingual::new(zh, en)
}

/// "Did you mean", or a list of what there is.
pub(super) fn did_you_mean(wanted: &str, names: &[Name]) -> Bilingual {
    let both = names
        .iter()
        .flat_map(|name| std::iter::once(name.text.as_str()).chain(name.alias.as_deref()));
    if let Some(close) = closest_name(wanted.trim(), both) {
        return Bilingual::new(format!("是否指“{close}”？"), format!("did you mean `{close}`?"));
    }
    if names.is_empty() {
        return Bilingual::new(
            "这里没有可以填的事实，删去这一项",
            "nothing can be stated here: take it out",
        );
    }
    let all = list(names.iter());
    Bilingual::new(format!("可以写：{}", all.zh), format!("there are: {}", all.en))
}

pub(super) fn unknown_field(entry: &Entry, whose: &Bilingual, help: Bilingual) -> Diagnostic {
    let key = shortened(&entry.key);
    error(
        "huize::input::unknown_field",
        format!("“{}”没有叫做“{key}”的事实", whose.zh),
        format!("`{}` has no fact `{key}`", whose.en),
    )
    .at(entry.key_span, Bilingual::default())
    .help(help)
}

pub(super) fn duplicate_field(name: &Bilingual, first: &Entry, second: &Entry) -> Diagnostic {
    twice("huize::input::duplicate_field", name, first.key_span, second.key_span).help(
        Bilingual::new("两个名称是同一项，只留一个", "both names are one fact: keep one of them"),
    )
}

/// Something given twice, with both places.
pub(super) fn twice(code: &'static str, name: &Bilingual, first: Span, second: Span) -> Diagnostic {
    error(code, format!("“{}”出现了两次", name.zh), format!("`{}` appears twice", name.en))
        .at(second, Bilingual::new("第二次", "the second time"))
        .at(first, Bilingual::new("第一次", "the first time"))
}

pub(super) fn document_not_a_map(document: &Node) -> Diagnostic {
    let found = kind(document);
    fix(
        error(
            "huize::input::not_a_map",
            format!("一个案件应是一个对象，写的是{}", found.zh),
            format!("a case is a map, found {}", found.en),
        ),
        document.span,
        "写作 { \"policy\": …, \"period\": \"2023-06\", \"household\": { … } }",
        "write { \"policy\": …, \"period\": \"2023-06\", \"household\": { … } }",
    )
}

pub(super) fn policy_name(entry: &Entry) -> Diagnostic {
    let found = shown(&entry.value, false);
    fix(
        error(
            "huize::input::wrong_value",
            format!("“{}”要政策的名称，写的是 {}", entry.key, found.zh),
            format!("`{}` takes the name of a policy, found {}", entry.key, found.en),
        ),
        entry.value.span,
        "写作 \"中山.最低生活保障\"",
        "write \"中山.最低生活保障\"",
    )
}

pub(super) fn place_name(entry: &Entry) -> Diagnostic {
    let found = shown(&entry.value, false);
    fix(
        error(
            "huize::input::wrong_value",
            format!("“{}”要地方的名称，写的是 {}", entry.key, found.zh),
            format!("`{}` takes the name of a place, found {}", entry.key, found.en),
        ),
        entry.value.span,
        "写作 \"中山\"",
        "write \"中山\"",
    )
}

/// One policy, and all policies of a place.
pub(super) fn policy_and_place(place: &Entry) -> Diagnostic {
    fix(
        error(
            "huize::input::policy_and_place",
            "既写了政策，又写了地方".to_owned(),
            "both a policy and a place are named".to_owned(),
        ),
        place.key_span,
        "只算一项政策的，留“政策”；要算当地全部待遇的，留“地方”",
        "keep `policy` to decide one policy, `place` to decide all benefits of a place",
    )
}

/// A map wanted where there is none.
pub(super) fn not_a_map(name: &Bilingual, node: &Node, like: &str) -> Diagnostic {
    let found = kind(node);
    fix(
        error(
            "huize::input::not_a_map",
            format!("“{}”应是一个对象，写的是{}", name.zh, found.zh),
            format!("`{}` is a map, found {}", name.en, found.en),
        ),
        node.span,
        format!("写作 {like}"),
        format!("write {like}"),
    )
}

/// A list wanted where there is none, or a single value where there is a list or map.
pub(super) fn wrong_shape(
    name: &Bilingual,
    node: &Node,
    wanted: &Bilingual,
    like: &str,
) -> Diagnostic {
    let found = kind(node);
    fix(
        error(
            "huize::input::wrong_shape",
            format!("“{}”应是{}，写的是{}", name.zh, wanted.zh, found.zh),
            format!("`{}` is {}, found {}", name.en, wanted.en, found.en),
        ),
        node.span,
        format!("写作 {like}"),
        format!("write {like}"),
    )
}

/// A date or month that does not exist or is not one; which part, unless that is sensitive.
pub(super) fn invalid_date(
    name: &Bilingual,
    cause: Option<OpError>,
    sensitive: bool,
) -> Diagnostic {
    let cause =
        cause.filter(|cause| !sensitive || matches!(cause, OpError::NotADate | OpError::NotAMonth));
    let cause = cause
        .map_or_else(|| Bilingual::new("没有这一天", "there is no such day"), OpError::message);
    error(
        "huize::input::invalid_date",
        format!("“{}”：{}", name.zh, cause.zh),
        format!("`{}`: {}", name.en, cause.en),
    )
}
