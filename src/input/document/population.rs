//! What only an entry of a population may hold: things other than the root, reported figures.

use std::collections::BTreeMap;

use super::binder::{Binder, Stated, Target};
use super::problem;
use crate::diagnostic::Bilingual;
use crate::facts::{Entry, NodeValue};
use crate::hir::{Constant, Field, FigureId, Name};
use crate::input::{Scalar, figure_named};
use crate::source::Span;
use crate::types::ObjectId;

impl Binder<'_> {
    /// Whether a key of the document names an object.
    pub(super) fn is_object(&self, key: &str) -> bool {
        self.program.objects.iter().any(|object| object.name.is(key.trim()))
    }

    /// Things by the name of their object: one, or a list of them.
    pub(super) fn things<'n>(&mut self, entries: &'n [Entry], everybody: &mut Vec<Stated<'n>>) {
        let program = self.program;
        for entry in entries {
            let found = program.objects.iter().position(|object| object.name.is(entry.key.trim()));
            let Some(object) = found.and_then(|at| u16::try_from(at).ok()).map(ObjectId) else {
                continue;
            };
            if object == program.root {
                continue;
            }
            let items = match &entry.value.value {
                NodeValue::Null => continue,
                NodeValue::List(items) => items.as_slice(),
                NodeValue::Map(_) => std::slice::from_ref(&entry.value),
                _ => {
                    self.not_a_list(entry);
                    continue;
                }
            };
            self.list(items, object, None, &Bilingual::same(entry.key.as_str()), everybody);
        }
    }

    /// 实绩: figures of targets as they were reported, an item after a dot.
    pub(super) fn reported(&mut self, reported: &Entry) -> BTreeMap<FigureId, Constant> {
        let mut found = BTreeMap::new();
        let NodeValue::Map(entries) = &reported.value.value else {
            let like = "\"实绩\": { \"年报率\": \"91.28%\" }";
            self.report(problem::not_a_map(
                &Bilingual::same(reported.key.as_str()),
                &reported.value,
                like,
            ));
            return found;
        };
        for entry in entries {
            let key = entry.key.trim();
            let (target, item) = match key.split_once(['.', '的']) {
                Some((target, item)) => (target, Some(item)),
                None => (key, None),
            };
            let Some(figure) = figure_named(self.program, target, item) else {
                let names: Vec<Name> =
                    self.program.targets.iter().map(|target| target.name.clone()).collect();
                let shown = problem::shortened(key);
                let finding = problem::error(
                    "huize::input::unknown_figure",
                    format!("没有叫做“{shown}”的目标数值"),
                    format!("there is no figure of a target `{shown}`"),
                );
                let help = problem::did_you_mean(target, &names);
                self.report(finding.at(entry.key_span, Bilingual::default()).help(help));
                continue;
            };
            if let Some(constant) = self.figure(figure, entry) {
                found.insert(figure, constant);
            }
        }
        found
    }

    fn figure(&mut self, figure: FigureId, entry: &Entry) -> Option<Constant> {
        let left = self.program.figure(figure)?.left;
        let ty = self.program.node(left)?.ty.clone();
        let field = Field {
            object: self.program.root,
            name: Name { text: entry.key.clone(), alias: None },
            ty: ty.clone(),
            optional: false,
            many: false,
            count: (None, None),
            sensitive: false,
            immutable: false,
            not_suggested: false,
            not_after_assessment: false,
            range: None,
            default: None,
            question: None,
            span: Span::default(),
        };
        let path = Bilingual::same(entry.key.as_str());
        match self.scalar(&Target { field: &field, path }, &ty, &entry.value)? {
            Scalar::Constant(constant) => Some(constant),
            _ => None,
        }
    }
}
