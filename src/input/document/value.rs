//! One value to what is known of one field.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::binder::{Binder, Target};
use super::problem;
use crate::builtins::{self, Word};
use crate::diagnostic::{Bilingual, Diagnostic};
use crate::facts::{Entry, Node, NodeValue};
use crate::hir::{Constant, Name};
use crate::input::literal::{range_problem, resident_id_problem, takes};
use crate::input::{Fact, Scalar};
use crate::source::Span;
use crate::types::{EnumId, ObjectId, Type};
use crate::value::{Date, DocumentNumber, OpError, YearMonth};

const FROM: [&str; 4] = ["from", "自", "起", "since"];
const VALUE: [&str; 2] = ["value", "值"];
const DATED_LIKE: &str = "[{ \"from\": \"2023-03\", \"value\": … }, …]";

impl Binder<'_> {
    /// What a value says of a field; nothing where a finding says why not.
    pub(super) fn fact(&mut self, target: &Target<'_>, node: &Node) -> Option<Fact> {
        match &node.value {
            NodeValue::List(items) => {
                let mut dated = BTreeMap::new();
                for item in items {
                    let NodeValue::Map(entries) = &item.value else {
                        let wanted = single();
                        let finding = problem::wrong_shape(&target.path, node, &wanted, DATED_LIKE);
                        self.report(finding);
                        return None;
                    };
                    self.dated_entry(target, item, entries, &mut dated);
                }
                self.dated(target, node, dated)
            }
            NodeValue::Map(entries) => {
                let mut dated = BTreeMap::new();
                if entries.iter().any(|entry| FROM.contains(&entry.key.as_str())) {
                    self.dated_entry(target, node, entries, &mut dated);
                    return self.dated(target, node, dated);
                }
                for entry in entries {
                    let since = self.since(target, &entry.key, entry.key_span);
                    let fact = self.stated(target, &entry.value);
                    self.keep(target, since, fact, entry.key_span, &mut dated);
                }
                self.dated(target, node, dated)
            }
            _ => self.stated(target, node),
        }
    }

    pub(super) fn dated(
        &mut self,
        target: &Target<'_>,
        node: &Node,
        dated: BTreeMap<Date, (Fact, Span)>,
    ) -> Option<Fact> {
        let is_empty = matches!(&node.value, NodeValue::List(items) if items.is_empty())
            || matches!(&node.value, NodeValue::Map(entries) if entries.is_empty());
        if is_empty {
            self.report(problem::wrong_shape(&target.path, node, &single(), DATED_LIKE));
        }
        let facts: Vec<_> = dated.into_iter().map(|(since, (fact, _))| (since, fact)).collect();
        (!facts.is_empty()).then_some(Fact::Dated(facts))
    }

    /// `{"from": "2023-03", "value": "2250"}`
    fn dated_entry(
        &mut self,
        target: &Target<'_>,
        item: &Node,
        entries: &[Entry],
        dated: &mut BTreeMap<Date, (Fact, Span)>,
    ) {
        let of = |names: &[&str]| entries.iter().find(|entry| names.contains(&entry.key.as_str()));
        let unknown = entries.iter().find(|entry| {
            !FROM.contains(&entry.key.as_str()) && !VALUE.contains(&entry.key.as_str())
        });
        if let Some(unknown) = unknown {
            let names = [("自", "from"), ("值", "value")]
                .map(|(zh, en)| Name { text: zh.to_owned(), alias: Some(en.to_owned()) });
            let masked = Entry { key: "***".to_owned(), ..unknown.clone() };
            let unknown = if target.field.sensitive { &masked } else { unknown };
            let help = problem::did_you_mean(&unknown.key, &names);
            self.report(problem::unknown_field(unknown, &target.path, help));
        }
        let Some(value) = of(&VALUE) else {
            if unknown.is_none() {
                self.report(problem::wrong_shape(&target.path, item, &single(), DATED_LIKE));
            }
            return;
        };
        let Some(from) = of(&FROM) else {
            if unknown.is_none() {
                self.report(problem::fix(
                    problem::error(
                        "huize::input::undated_value",
                        format!("“{}”有几个数值时，每个都要写明从何时起", target.path.zh),
                        format!("each of several values of `{}` needs its date", target.path.en),
                    ),
                    item.span,
                    format!("写作 {DATED_LIKE}"),
                    format!("write {DATED_LIKE}"),
                ));
            }
            return;
        };
        let text = match &from.value.value {
            NodeValue::Text(text) => text.as_str(),
            _ => "",
        };
        let since = self.since(target, text, from.value.span);
        let fact = self.stated(target, &value.value);
        self.keep(target, since, fact, from.value.span, dated);
    }

    pub(super) fn keep(
        &mut self,
        target: &Target<'_>,
        since: Option<Date>,
        fact: Option<Fact>,
        span: Span,
        dated: &mut BTreeMap<Date, (Fact, Span)>,
    ) {
        let (Some(since), Some(fact)) = (since, fact) else { return };
        if let Some((_, first)) = dated.get(&since) {
            let name = Bilingual::new(
                format!("{} {since}", target.path.zh),
                format!("{} {since}", target.path.en),
            );
            let finding = problem::twice("huize::input::duplicate_date", &name, *first, span);
            self.report(finding.help(Bilingual::new(
                "同一天起只有一个数值：删去一个",
                "one value from one day on: remove one of them",
            )));
            return;
        }
        dated.insert(since, (fact, span));
    }

    /// The first day of a month, or a day.
    pub(super) fn since(&mut self, target: &Target<'_>, text: &str, span: Span) -> Option<Date> {
        let text = text.trim();
        let month = YearMonth::from_str(text);
        let day = match month {
            Ok(month) => Ok(month.first_day()),
            Err(OpError::NotAMonth) => Date::from_str(text),
            Err(other) => Err(other),
        };
        day.map_err(|error| {
            let error = if error == OpError::NotADate { OpError::NotAMonth } else { error };
            let finding = problem::invalid_date(&target.path, Some(error), false);
            self.report(problem::fix(
                finding,
                span,
                "随时间变化的值写作 { \"2023-03\": …, \"2023-07\": … }",
                "write values over time as { \"2023-03\": …, \"2023-07\": … }",
            ));
        })
        .ok()
    }

    /// A value that is no list and no map.
    fn stated(&mut self, target: &Target<'_>, node: &Node) -> Option<Fact> {
        match &node.value {
            NodeValue::Null => return Some(Fact::NotStated),
            NodeValue::Text(text) => match builtins::word(text.trim()) {
                Some(Word::Unknown) => return Some(Fact::Unknown),
                Some(Word::Refused) => return Some(Fact::Refused),
                Some(Word::None) if target.field.optional => return Some(Fact::Absent),
                Some(Word::None) if !self.is_value(&target.field.ty, text.trim()) => {
                    self.not_optional(target, node);
                    return None;
                }
                _ => {}
            },
            NodeValue::List(_) | NodeValue::Map(_) => {
                self.report(problem::wrong_shape(&target.path, node, &single(), DATED_LIKE));
                return None;
            }
            NodeValue::Bool(_) | NodeValue::Number(_) => {}
        }
        let scalar = self.scalar(target, &target.field.ty, node)?;
        if let Scalar::Constant(constant) = scalar
            && let Some(finding) = range_problem(target.field, &target.path, constant)
        {
            self.report(finding.at(node.span, Bilingual::default()));
            return None;
        }
        Some(Fact::Known(scalar))
    }

    fn is_value(&self, ty: &Type, word: &str) -> bool {
        match ty {
            Type::Enum(id) => self.enum_value(*id, word).is_some(),
            Type::Object(object) => self.case.find(*object, word).is_some(),
            _ => false,
        }
    }

    fn not_optional(&mut self, target: &Target<'_>, node: &Node) {
        let (zh, en) = match &target.field.ty {
            Type::Number(_) => (
                "没有就写 \"0\"，不知道就写 \"未知\"",
                "write \"0\", or \"unknown\" where nobody knows",
            ),
            Type::Bool => (
                "不是就写 \"否\"，不知道就写 \"未知\"",
                "write \"no\", or \"unknown\" where nobody knows",
            ),
            _ => {
                ("写明它，不知道就写 \"未知\"", "say what it is, or \"unknown\" where nobody knows")
            }
        };
        let path = &target.path;
        let finding = problem::error(
            "huize::input::not_optional",
            format!("“{}”不能是“无”", path.zh),
            format!("`{}` cannot be none", path.en),
        );
        self.report(problem::fix(finding, node.span, zh, en));
    }

    /// A value of a type.
    pub(super) fn scalar(&mut self, target: &Target<'_>, ty: &Type, node: &Node) -> Option<Scalar> {
        let constant = match (ty, &node.value) {
            (Type::Bool, NodeValue::Bool(truth)) => Constant::Bool(*truth),
            (Type::Bool, NodeValue::Text(text)) => match truth(text) {
                Some(truth) => Constant::Bool(truth),
                None => {
                    return self.wrong_value(
                        target,
                        ty,
                        node,
                        ("写 \"是\" 或 \"否\"", "write \"yes\" or \"no\""),
                    );
                }
            },
            (Type::Bool, _) => {
                return self.wrong_value(
                    target,
                    ty,
                    node,
                    ("写 \"是\" 或 \"否\"", "write \"yes\" or \"no\""),
                );
            }
            (Type::Number(number), _) => Constant::Number(self.number(target, number, node)?),
            (Type::Date, _) => Constant::Date(self.time(target, node, "1980-02-01")?),
            (Type::Month, _) => Constant::Month(self.time(target, node, "2023-06")?),
            (Type::Enum(id), NodeValue::Text(text)) => match self.enum_value(*id, text.trim()) {
                Some(at) => Constant::Enum(*id, at),
                None => return self.unknown_value(target, *id, node, text),
            },
            (Type::Object(object), NodeValue::Text(key) | NodeValue::Number(key)) => {
                return self.reference(target, *object, node, key.trim());
            }
            (Type::Text, NodeValue::Text(text)) => return self.text(target, node, text),
            (Type::Text | Type::Enum(_), _) => {
                return self.wrong_value(
                    target,
                    ty,
                    node,
                    ("文字要加引号", "put text into quotes"),
                );
            }
            _ => {
                return self.wrong_value(
                    target,
                    ty,
                    node,
                    ("不知道就写 \"未知\"", "write \"unknown\" where nobody knows"),
                );
            }
        };
        Some(Scalar::Constant(constant))
    }

    pub(super) fn wrong_value<T>(
        &mut self,
        target: &Target<'_>,
        ty: &Type,
        node: &Node,
        (zh, en): (&str, &str),
    ) -> Option<T> {
        let wanted = takes(self.program, ty);
        let found = problem::shown(node, target.field.sensitive);
        let path = &target.path;
        let finding = problem::error(
            "huize::input::wrong_value",
            format!("“{}”要{}，写的是 {}", path.zh, wanted.zh, found.zh),
            format!("`{}` takes {}, found {}", path.en, wanted.en, found.en),
        );
        self.report(problem::fix(finding, node.span, zh, en));
        None
    }

    fn time<T: FromStr<Err = OpError>>(
        &mut self,
        target: &Target<'_>,
        node: &Node,
        example: &str,
    ) -> Option<T> {
        let text = match &node.value {
            NodeValue::Text(text) => text.trim(),
            NodeValue::Number(text) => text.as_str(),
            _ => {
                let ty = target.field.ty.clone();
                let (zh, en) = (format!("写作 \"{example}\""), format!("write \"{example}\""));
                return self.wrong_value(target, &ty, node, (&zh, &en));
            }
        };
        let read = text.parse::<T>();
        read.map_err(|error| {
            let finding = problem::invalid_date(&target.path, Some(error), target.field.sensitive);
            let finding = if matches!(error, OpError::NotADate | OpError::NotAMonth) {
                problem::example(finding, node.span, example)
            } else {
                problem::fix(
                    finding,
                    node.span,
                    "查对证件上的日期；不知道就写 \"未知\"",
                    "look the date up, or write \"unknown\"",
                )
            };
            self.report(finding);
        })
        .ok()
    }

    fn enum_value(&self, id: EnumId, word: &str) -> Option<u16> {
        let values = &self.program.enumeration(id)?.values;
        let at = values.iter().position(|value| value.is(word))?;
        u16::try_from(at).ok()
    }

    fn unknown_value<T>(
        &mut self,
        target: &Target<'_>,
        id: EnumId,
        node: &Node,
        text: &str,
    ) -> Option<T> {
        let values = self.program.enumeration(id).map_or(&[][..], |found| &found.values);
        let close = problem::did_you_mean(text, values);
        // What is near to a sensitive value tells what the value is.
        let help = if target.field.sensitive { problem::did_you_mean("", values) } else { close };
        self.wrong_value(target, &Type::Enum(id), node, (&help.zh, &help.en))
    }

    fn reference(
        &mut self,
        target: &Target<'_>,
        object: ObjectId,
        node: &Node,
        key: &str,
    ) -> Option<Scalar> {
        if let Some(who) = self.case.find(object, key)
            && self.keys.contains_key(&(object, key.to_owned()))
        {
            return Some(Scalar::Instance(object, who));
        }
        let sensitive = target.field.sensitive;
        let found = problem::shown(node, sensitive);
        let names: Vec<Name> = self
            .keys
            .keys()
            .filter(|(of, _)| *of == object)
            .map(|(_, key)| Name { text: key.clone(), alias: None })
            .collect();
        let close = problem::did_you_mean(if sensitive { "" } else { key }, &names);
        let (zh, en) = if target.field.optional {
            (
                "（不在本案的写 \"无\" 或 \"未知\"）",
                " (write \"none\" or \"unknown\" for somebody else)",
            )
        } else {
            ("（不在本案的写 \"未知\"）", " (write \"unknown\" for somebody else)")
        };
        let path = &target.path;
        let finding: Diagnostic = problem::error(
            "huize::input::unknown_person",
            format!("“{}”：本案没有编号为 {} 的人", path.zh, found.zh),
            format!("`{}`: nobody in this case has the id {}", path.en, found.en),
        );
        self.report(problem::fix(
            finding,
            node.span,
            format!("{}{zh}", close.zh),
            format!("{}{en}", close.en),
        ));
        None
    }

    fn text(&mut self, target: &Target<'_>, node: &Node, text: &str) -> Option<Scalar> {
        if let Some(finding) = resident_id_problem(target.field, &target.path, text) {
            self.report(finding.at(node.span, Bilingual::default()));
            return None;
        }
        Some(Scalar::Constant(Constant::Text(DocumentNumber::of(text))))
    }
}

fn single() -> Bilingual {
    Bilingual::new("一个值，或随时间变化的几个值", "one value, or values over time")
}

/// 是 and 否, in the forms that people write.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "是" | "true" | "yes" => Some(true),
        "否" | "false" | "no" => Some(false),
        _ => None,
    }
}
