//! Cases: what they expect, lowered about the root object.

use std::sync::Arc;

use super::ask::Keys;
use super::expression::outcome_word;
use super::{Context, LayerText, Lowerer};
use crate::builtins;
use crate::diagnostic::{Bilingual, Words, closest_name};
use crate::hir::program::{Case, CaseExpectation, LayerId};
use crate::hir::{NodeId, OutcomeConstant, error};
use crate::source::Span;
use crate::syntax::ast::{self, Comparison, ExpectationKind, Expr, ExprKind};
use crate::types::{ObjectId, Type};
use crate::value::YearMonth;

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
                self.called = self.called_in(node);
                let expectations =
                    node.expectations.iter().map(|written| self.expectation(cx, written)).collect();
                self.program.cases.push(Case { written: Arc::new(node.clone()), expectations });
            }
        }
    }

    /// Whom and what a case calls by a name: members first, then what stands outside households, then
    /// households.
    fn called_in(&self, written: &ast::Case) -> Keys {
        let object = |name: &str| self.scope.objects.get(name.trim()).copied();
        let listed = |name: &str| {
            let fields = self.scope.fields.get(name.trim())?;
            fields.iter().find_map(|(_, field)| match self.program.field(*field)?.ty {
                Type::Object(element) => Some(element),
                _ => None,
            })
        };
        let mut found: Vec<(u8, ObjectId, &str)> = Vec::new();
        let rank = |object: ObjectId| if object == self.program.root { 2 } else { 1 };
        for instance in &written.instances {
            let named = object(&instance.object.text).zip(instance.name.as_ref());
            found.extend(named.map(|(of, name)| (rank(of), of, name.text.as_str())));
        }
        for table in &written.tables {
            let Some(first) = table.columns.first() else { continue };
            let of = match (listed(&first.text), object(&first.text)) {
                (Some(element), _) => (0, element),
                (None, Some(object)) => (rank(object), object),
                (None, None) => continue,
            };
            let cells = table.rows.iter().filter_map(|row| row.cells.first());
            found.extend(cells.map(|cell| (of.0, of.1, cell.text.text.trim())));
        }
        found.sort_by_key(|(rank, ..)| *rank);
        let mut called = Keys::new();
        for (_, object, name) in found {
            called.entry(name.to_owned()).or_insert(object);
        }
        called
    }

    fn expectation(&mut self, cx: Context, written: &ast::Expectation) -> CaseExpectation {
        let span = written.span;
        match &written.kind {
            ExpectationKind::Holds(expression) => self.holds_or_open(cx, expression, None, span),
            ExpectationKind::Between(both) => {
                let (expression, bounds) = &**both;
                self.holds_or_open(cx, expression, Some(bounds), span)
            }
            ExpectationKind::Fails { of, error: word } => {
                let of = of.as_ref().map(|of| match self.target_said(of) {
                    Some(root) => (root, true),
                    None => {
                        let root = self.expr(cx, of, None);
                        (root, self.is_of_targets(root))
                    }
                });
                let named = builtins::fault_named(&word.text);
                if named.is_none() {
                    let known = builtins::FAULTS.iter().flat_map(|fault| [fault.zh, fault.en]);
                    let close = closest_name(&word.text, known);
                    self.report(error::unknown_fault(word.span, &word.text, close));
                }
                CaseExpectation::Fails {
                    of: of.map(|(root, _)| root),
                    of_targets: of.is_none_or(|(_, of_targets)| of_targets),
                    word: named.unwrap_or(Words { zh: "", en: "" }),
                    span,
                }
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

    /// A condition, or `低保的低保金 等于 待定` with its bounds: that a value is not known.
    fn holds_or_open(
        &mut self,
        cx: Context,
        expression: &Expr,
        bounds: Option<&ast::LiteralRange>,
        span: Span,
    ) -> CaseExpectation {
        if let ExprKind::Compare { operator: Comparison::Equal, left, right, .. } = &expression.kind
            && let ExprKind::Name(word) = &right.kind
            && outcome_word(&word.text) == Some(OutcomeConstant::Undecided)
            && !self.scope.values.contains_key(&word.text)
            && self.target_said(left).is_none()
        {
            let left_node = self.expr(cx, left, Some(&Type::Bool));
            if self.decision_behind(left_node).is_none() {
                let of_targets = self.is_of_targets(left_node);
                let ty = self.ty(left_node);
                let bounds = bounds.and_then(|bounds| {
                    let low = self.value_of_type(cx, &bounds.low, &ty);
                    let high = self.value_of_type(cx, bounds.high.as_ref()?, &ty);
                    let ends = [Some((low, true)), Some((high, true))];
                    self.holds_something(ends, bounds.span).then_some((low, high))
                });
                return CaseExpectation::Open { root: left_node, bounds, of_targets, span };
            }
        }
        if let Some(bounds) = bounds {
            self.report(error::not_here(
                bounds.span,
                Bilingual::new(
                    "上下限只写在“数额 等于 待定”之后",
                    "bounds stand behind `amount is undecided` alone",
                ),
                Bilingual::new(
                    "写 应当 低保的低保金 等于 待定，0元至1353元",
                    "write `expect dibao.amount is undecided, 0CNY to 1353CNY`",
                ),
            ));
        }
        let root = self.condition(cx, expression);
        CaseExpectation::Holds { root, of_targets: self.is_of_targets(root), span }
    }

    /// The root of a target that is called by its name alone.
    fn target_said(&self, expression: &Expr) -> Option<NodeId> {
        let ExprKind::Name(name) = &expression.kind else { return None };
        self.program.target(&name.text).map(|target| target.root)
    }

    /// `乙的月工资` or `乙.monthly_wage` as reports say it: facts by the names that they are declared
    /// with, and what is said of them in brackets, 拒答 or a month, in Chinese.
    fn named_path(&self, written: &str) -> String {
        let bracket = |letter: char| matches!(letter, '（' | '(');
        let (path, remark) = written.split_once(bracket).unwrap_or((written, ""));
        let remark = remark.trim_end_matches(['）', ')', ' ']).trim();
        let remark = match (remark, remark.parse::<YearMonth>()) {
            ("", _) => String::new(),
            ("refused", _) => "（拒答）".to_owned(),
            (_, Ok(month)) => format!("（{}）", month.zh()),
            (other, Err(_)) => format!("（{other}）"),
        };
        let parts = path.split(['的', '.']).map(|part| {
            let part = part.trim().trim_matches(['「', '」']);
            let of_field = self.scope.fields.get(part).and_then(|found| found.first());
            let field = of_field.and_then(|(_, field)| self.program.field(*field));
            field.map_or(part, |field| field.name.text.as_str()).to_owned()
        });
        format!("{}{remark}", parts.collect::<Vec<_>>().join("."))
    }
}
