//! Cases: what they expect, lowered about the root object.

use std::sync::Arc;

use super::{Context, LayerText, Lowerer};
use crate::hir::program::{Case, CaseExpectation, LayerId};
use crate::syntax::ast::{self, ExpectationKind};

impl Lowerer<'_> {
    /// The cases of the policy's own last layer.
    pub(super) fn cases(&mut self, layers: &[LayerText<'_>]) {
        let Some((at, text)) = layers.iter().enumerate().rev().find(|(_, text)| text.own) else {
            return;
        };
        let layer = LayerId(u16::try_from(at).unwrap_or(u16::MAX));
        let Some(module) = self.modules.iter().position(|module| module.layers.contains(&layer))
        else {
            return;
        };
        let module = super::scope::ModuleId(module);
        let cx = Context { in_case: true, ..Context::of(self.program.root, module, layer) };
        for file in &text.files {
            for declaration in &file.declarations {
                let ast::Declaration::Case(node) = declaration else { continue };
                let expectations =
                    node.expectations.iter().map(|written| self.expectation(cx, written)).collect();
                self.program.cases.push(Case { written: Arc::new(node.clone()), expectations });
            }
        }
    }

    fn expectation(&mut self, cx: Context, written: &ast::Expectation) -> CaseExpectation {
        let span = written.span;
        match &written.kind {
            ExpectationKind::Holds(expression) => {
                let root = self.condition(cx, expression);
                CaseExpectation::Holds { root, of_targets: self.is_of_targets(root), span }
            }
            ExpectationKind::Fails(word) => {
                CaseExpectation::Fails { word: word.text.clone(), span }
            }
            ExpectationKind::Needs(paths) => {
                let paths = paths
                    .iter()
                    .map(|path| self.named_path(self.sources.slice(path.span)))
                    .collect();
                CaseExpectation::Needs { paths, span }
            }
        }
    }

    /// `乙的月工资` or `乙.monthly_wage` as reports say it: facts by the names that they are declared
    /// with.
    fn named_path(&self, written: &str) -> String {
        let parts = written.split(['的', '.']).map(|part| {
            let part = part.trim().trim_matches(['「', '」']);
            let of_field = self.scope.fields.get(part).and_then(|found| found.first());
            let field = of_field.and_then(|(_, field)| self.program.field(*field));
            field.map_or(part, |field| field.name.text.as_str()).to_owned()
        });
        parts.collect::<Vec<_>>().join(".")
    }
}
