//! Lists that name people (or other things) who are elsewhere in the case: 赡养人 of a person.

use std::collections::BTreeMap;

use super::binder::{Binder, Target};
use super::problem;
use crate::builtins::{self, Word};
use crate::diagnostic::Bilingual;
use crate::facts::{Node, NodeValue};
use crate::input::{Fact, InstanceId, Scalar};
use crate::source::Span;
use crate::value::Date;

const LIKE: &str = "[\"丁\", \"戊\"]";

impl Binder<'_> {
    /// What a value says of such a list: the ids of those in it, or such lists by date.
    pub(super) fn named(&mut self, target: &Target<'_>, node: &Node) -> Option<Fact> {
        let NodeValue::Map(entries) = &node.value else { return self.named_now(target, node) };
        let mut dated: BTreeMap<Date, (Fact, Span)> = BTreeMap::new();
        for entry in entries {
            let since = self.since(target, &entry.key, entry.key_span);
            let fact = self.named_now(target, &entry.value);
            self.keep(target, since, fact, entry.key_span, &mut dated);
        }
        self.dated(target, node, dated)
    }

    fn named_now(&mut self, target: &Target<'_>, node: &Node) -> Option<Fact> {
        let items = match &node.value {
            NodeValue::Null => return Some(Fact::NotStated),
            NodeValue::List(items) => items.as_slice(),
            NodeValue::Text(text) => match builtins::word(text.trim()) {
                Some(Word::Unknown) => return Some(Fact::Unknown),
                Some(Word::Refused) => return Some(Fact::Refused),
                Some(Word::None) => return Some(Fact::Listed(Vec::new())),
                _ => std::slice::from_ref(node),
            },
            NodeValue::Number(_) => std::slice::from_ref(node),
            NodeValue::Map(_) | NodeValue::Bool(_) => {
                let wanted = Bilingual::new(
                    "一份名单：各人的编号，没有写 \"无\"",
                    "a list of ids, or \"none\"",
                );
                self.report(problem::wrong_shape(&target.path, node, &wanted, LIKE));
                return None;
            }
        };
        let mut found: Vec<(InstanceId, Span)> = Vec::new();
        let mut failed = false;
        for item in items {
            let Some(Scalar::Instance(_, who)) = self.scalar(target, &target.field.ty, item) else {
                failed = true;
                continue;
            };
            if let Some((_, first)) = found.iter().find(|(known, _)| *known == who) {
                let finding = problem::twice(
                    "huize::input::duplicate_member",
                    &target.path,
                    *first,
                    item.span,
                );
                self.report(
                    finding.help(Bilingual::new("同一人只写一次", "write each person once")),
                );
                failed = true;
                continue;
            }
            found.push((who, item.span));
        }
        (!failed).then(|| Fact::Listed(found.into_iter().map(|(who, _)| who).collect()))
    }
}
