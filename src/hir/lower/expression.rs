//! Expressions: each form to its node.

use super::depth::with_room;
use super::{Context, Lowerer};
use crate::builtins::{self, Word};
use crate::diagnostic::Bilingual;
use crate::hir::{Constant, NodeId, NodeKind, OutcomeConstant, error};
use crate::source::Span;
use crate::syntax::ast::{self, Comparison, Expr, ExprKind};
use crate::types::{NumberType, Type};
use crate::value::{Dimension, Unit};

impl Lowerer<'_> {
    /// Lowers a condition.
    pub(super) fn condition(&mut self, cx: Context, expression: &Expr) -> NodeId {
        let node = self.expr(cx, expression, Some(&Type::Bool));
        if self.expect(node, &Type::Bool) { node } else { self.poison(cx, expression.span) }
    }

    /// Lowers a value that must be of that type; a bare literal takes its unit.
    pub(super) fn value_of_type(&mut self, cx: Context, expression: &Expr, ty: &Type) -> NodeId {
        let node = self.expr(cx, expression, Some(ty));
        self.fit(cx, node, ty, expression.span)
    }

    /// Reports where a node is not of the wanted type, and passes it on where it is.
    pub(super) fn fit(&mut self, cx: Context, node: NodeId, ty: &Type, span: Span) -> NodeId {
        let found = self.ty(node);
        if found.fits(ty) {
            return node;
        }
        if let (Some(found), Some(wanted)) = (found.unit(), ty.unit()) {
            let (wanted, found) =
                (self.unit_words(&wanted.clone()), self.unit_words(&found.clone()));
            let help = self.conversion_help(&found, &wanted);
            self.report(error::wrong_unit(span, &wanted, &found, help));
        } else {
            // 规则 几人（家庭）：人 says that it is somebody, where how many was meant.
            let is_count = matches!(ty, Type::Object(object) if self.program.is_person(*object))
                && found.unit() == Some(&Unit::of(Dimension::Person));
            let (wanted, found) = (self.describe(ty), self.describe(&found));
            let finding = error::expected(span, &wanted, &found);
            self.report(if is_count { error::count_for_person(finding) } else { finding });
        }
        self.poison(cx, span)
    }

    /// Lowers any expression. `expected` only helps literals and enum values find their type.
    pub(super) fn expr(
        &mut self,
        cx: Context,
        expression: &Expr,
        expected: Option<&Type>,
    ) -> NodeId {
        let cx = Context { depth: cx.depth + 1, ..cx };
        if !self.levels.reach(cx.depth) {
            return self.too_deep(cx, expression.span);
        }
        with_room(cx.depth, || self.expr_of_form(cx, expression, expected))
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each form of expression")]
    fn expr_of_form(&mut self, cx: Context, expression: &Expr, expected: Option<&Type>) -> NodeId {
        let span = expression.span;
        match &expression.kind {
            ExprKind::Number(literal) => self.number_literal(cx, literal, expected, span),
            ExprKind::Date(date) => self.constant(cx, Constant::Date(*date), Type::Date, span),
            ExprKind::YearMonth(month) => {
                self.constant(cx, Constant::Month(*month), Type::Month, span)
            }
            ExprKind::Year(_) => {
                self.report(error::not_here(
                    span,
                    Bilingual::new("单独的年份不能计算", "a year alone is no value"),
                    Bilingual::new(
                        "写出日期，或写 3年 表示时长",
                        "write a date, or `3year` for a duration",
                    ),
                ));
                self.poison(cx, span)
            }
            ExprKind::FixedDay { month, day } => {
                let kind = NodeKind::FixedDay { month: *month, day: *day, of: None };
                self.push(cx, kind, Type::Date, span)
            }
            ExprKind::MonthsAgo(_) => {
                self.report(error::not_here(
                    span,
                    Bilingual::new("“几个月前”后面要写“的”", "nothing says of what"),
                    Bilingual::new(
                        "写 6个月前的低保标准；若指那一天，写 评估日－6个月",
                        "write `6months ago.standard`; for a day, `assessment_date - 6months`",
                    ),
                ));
                self.poison(cx, span)
            }
            ExprKind::Bool(truth) => self.constant(cx, Constant::Bool(*truth), Type::Bool, span),
            ExprKind::Text(_) => {
                self.report(error::text_compared(span));
                self.poison(cx, span)
            }
            ExprKind::Name(name) => self.name(cx, name, expected),
            ExprKind::Access { base, member, stage } => {
                self.access(cx, base, member, *stage, expected, span)
            }
            ExprKind::Call(call) => self.call(cx, call, expected, span),
            ExprKind::Not(inner) => {
                let inner = self.condition(cx, inner);
                self.push(cx, NodeKind::Not(inner), Type::Bool, span)
            }
            ExprKind::Negate(inner) => {
                let inner = self.expr(cx, inner, expected);
                let ty = self.numeric(inner);
                self.push(cx, NodeKind::Negate(inner), ty, span)
            }
            ExprKind::Binary { operator, left, right, .. } => {
                self.binary(cx, *operator, (left, right), span)
            }
            ExprKind::Logic { all, operands } => {
                let operands: Vec<NodeId> =
                    operands.iter().map(|operand| self.condition(cx, operand)).collect();
                let kind = if *all { NodeKind::All(operands) } else { NodeKind::Any(operands) };
                self.push(cx, kind, Type::Bool, span)
            }
            ExprKind::Compare { operator, left, right, .. } => {
                self.compare(cx, *operator, (left, right), span)
            }
            ExprKind::Within { value, alternatives, negated } => {
                let value = self.expr(cx, value, None);
                let alternatives = self.alternatives(cx, alternatives, value);
                let kind = NodeKind::Within { value, alternatives, negated: *negated };
                self.push(cx, kind, Type::Bool, span)
            }
            ExprKind::If { condition, then, otherwise } => {
                let condition = self.condition(cx, condition);
                let then_node = self.expr(cx, then, expected);
                let ty = self.ty(then_node);
                let otherwise = self.value_of_type(cx, otherwise, expected.unwrap_or(&ty));
                let ty = if ty.is_error() { self.ty(otherwise) } else { ty };
                let ty = self.joined_type(ty, &[then_node, otherwise]);
                let optional = self.is_optional(then_node) || self.is_optional(otherwise);
                let kind = NodeKind::If { condition, then: then_node, otherwise };
                self.push_optional(cx, kind, ty, optional, span)
            }
            ExprKind::IfAbsent { value, otherwise } => {
                let value = self.expr(cx, value, expected);
                let ty = self.ty(value);
                let otherwise = self.value_of_type(cx, otherwise, &ty);
                let optional = self.is_optional(otherwise);
                let ty = self.joined_type(ty, &[value, otherwise]);
                self.push_optional(cx, NodeKind::IfAbsent(value, otherwise), ty, optional, span)
            }
            ExprKind::LookBack { kind, months, body } => {
                self.window(cx, *kind, *months, body, span)
            }
            ExprKind::Group(inner) => self.expr(cx, inner, expected),
            ExprKind::Range(_) => {
                self.report(error::not_here(
                    span,
                    Bilingual::new(
                        "范围只能写在裁量的幅度里",
                        "a range stands only within a discretion",
                    ),
                    Bilingual::new(
                        "比较写 属于 80岁以上不满90岁",
                        "to compare, write `in [80, 90)`",
                    ),
                ));
                self.poison(cx, span)
            }
        }
    }

    fn number_literal(
        &mut self,
        cx: Context,
        literal: &ast::NumberLiteral,
        expected: Option<&Type>,
        span: Span,
    ) -> NodeId {
        let Some((value, mut ty)) = self.number(literal) else { return self.poison(cx, span) };
        if let Some(Type::Number(wanted)) = expected
            && wanted.unit != ty.unit
            && Self::takes_unit(&ty, literal, &wanted.unit)
        {
            ty.unit = wanted.unit.clone();
        }
        self.constant(cx, Constant::Number(value), Type::Number(ty), span)
    }

    /// The type with what is known of all the nodes that may become the value.
    pub(super) fn joined_type(&self, ty: Type, nodes: &[NodeId]) -> Type {
        let Type::Number(number) = ty else { return ty };
        let known = |of: fn(&NumberType) -> bool| {
            nodes.iter().all(|node| match self.ty(*node) {
                Type::Number(number) => of(&number),
                _ => true,
            })
        };
        let whole_fen = known(|number| number.whole_fen);
        let integer = known(|number| number.integer);
        Type::Number(NumberType { whole_fen, integer, ..number })
    }

    /// The same for a choice or a default that has not been pushed yet.
    pub(super) fn whole_type(&self, kind: &NodeKind, ty: Type) -> Type {
        let nodes: Vec<NodeId> = match kind {
            NodeKind::Choose { arms, otherwise, .. } => {
                arms.iter().map(|arm| arm.value).chain(*otherwise).collect()
            }
            NodeKind::Default { base, exceptions } => {
                std::iter::once(*base).chain(exceptions.iter().map(|arm| arm.value)).collect()
            }
            NodeKind::Versions(versions) => versions.iter().map(|version| version.root).collect(),
            _ => return ty,
        };
        self.joined_type(ty, &nodes)
    }

    /// `死亡日期等于无`, `死亡日期不等于无`.
    fn compared_with_none(
        &mut self,
        cx: Context,
        operator: Comparison,
        value: NodeId,
        span: Span,
    ) -> NodeId {
        if self.ty(value).is_error() {
            return self.poison(cx, span);
        }
        if !matches!(operator, Comparison::Equal | Comparison::NotEqual) {
            self.report(error::not_here(
                span,
                Bilingual::new("“无”不能比大小", "`none` is neither more nor less"),
                Bilingual::new("写作 等于无 或 不等于无", "write `is none` or `is not none`"),
            ));
            return self.poison(cx, span);
        }
        if !self.is_optional(value) {
            self.report(error::not_here(
                span,
                Bilingual::new("这个值总是有的，不会是“无”", "this is never `none`"),
                Bilingual::new(
                    "去掉这个比较；事实可以没有的，声明时写 可无",
                    "leave the comparison out; declare a fact `optional` that somebody may not have",
                ),
            ));
            return self.poison(cx, span);
        }
        let is_absent = self.push(cx, NodeKind::IsAbsent(value), Type::Bool, span);
        if operator == Comparison::Equal {
            return is_absent;
        }
        self.push(cx, NodeKind::Not(is_absent), Type::Bool, span)
    }

    /// `月工资等于拒答`, `月工资不等于拒答`.
    fn compared_with_refused(
        &mut self,
        cx: Context,
        operator: Comparison,
        value: NodeId,
        span: Span,
    ) -> NodeId {
        if self.ty(value).is_error() {
            return self.poison(cx, span);
        }
        let is_equality = matches!(operator, Comparison::Equal | Comparison::NotEqual);
        if !is_equality || !self.is_fact(value) {
            self.report(error::refused_is_a_fact(span));
            return self.poison(cx, span);
        }
        let is_refused = self.push(cx, NodeKind::IsRefused(value), Type::Bool, span);
        if operator == Comparison::Equal {
            return is_refused;
        }
        self.push(cx, NodeKind::Not(is_refused), Type::Bool, span)
    }

    /// A comparison. Outcomes (`低保等于符合`) and 无 are told apart here.
    fn compare(
        &mut self,
        cx: Context,
        operator: Comparison,
        (left, right): (&Expr, &Expr),
        span: Span,
    ) -> NodeId {
        if cx.population.is_some() {
            return self.figure(cx, operator, (left, right), span);
        }
        if let Some(node) = self.target_outcome(cx, operator, left, right, span) {
            return node;
        }
        if let ExprKind::Name(word) = &right.kind
            && let Some(outcome) = outcome_word(&word.text)
            && !self.scope.values.contains_key(&word.text)
        {
            return self.compare_outcome(cx, operator, left, outcome, word.span, span);
        }
        let mut left_node = self.expr(cx, left, None);
        let left_ty = self.ty(left_node);
        if let ExprKind::Name(word) = &right.kind
            && builtins::word(&word.text) == Some(Word::None)
            && (!self.is_value(&left_ty, &word.text) || self.is_optional(left_node))
        {
            return self.compared_with_none(cx, operator, left_node, span);
        }
        if let ExprKind::Name(word) = &right.kind
            && builtins::word(&word.text) == Some(Word::Refused)
            && !self.is_value(&left_ty, &word.text)
        {
            return self.compared_with_refused(cx, operator, left_node, span);
        }
        let right_node = match self.capitals_literal(cx, right, &left_ty) {
            Some(literal) => literal,
            None => self.expr(cx, right, Some(&left_ty)),
        };
        let right_ty = self.ty(right_node);
        if !left_ty.fits(&right_ty) && matches!(left.kind, ExprKind::Number(_)) {
            left_node = self.expr(cx, left, Some(&right_ty));
        }
        let left_ty = self.ty(left_node);
        if left_ty.fits(&right_ty) && left_ty == Type::Text {
            self.report(error::text_compared(span));
            return self.poison(cx, span);
        }
        if left_ty.fits(&right_ty) {
            let ordered = !matches!(operator, Comparison::Equal | Comparison::NotEqual);
            if ordered && matches!(left_ty, Type::Bool | Type::Enum(_) | Type::Object(_)) {
                let found = self.describe(&left_ty);
                let wanted = Bilingual::new("可比大小的数或日期", "numbers or dates");
                self.report(error::expected(left.span, &wanted, &found));
                return self.poison(cx, span);
            }
            return self.push(
                cx,
                NodeKind::Compare(operator, left_node, right_node),
                Type::Bool,
                span,
            );
        }
        self.mismatch((left.span, &left_ty), (right.span, &right_ty));
        self.poison(cx, span)
    }

    /// Whether `word` is a value of the enumeration that `ty` is.
    fn is_value(&self, ty: &Type, word: &str) -> bool {
        let Type::Enum(id) = ty else { return false };
        self.scope.values.get(word).is_some_and(|found| found.iter().any(|(owner, _)| owner == id))
    }

    /// Two operands that do not go together.
    pub(super) fn mismatch(&mut self, left: (Span, &Type), right: (Span, &Type)) {
        if left.1.is_error() || right.1.is_error() {
            return;
        }
        if let (Some(left_unit), Some(right_unit)) = (left.1.unit(), right.1.unit()) {
            let (a, b) =
                (self.unit_words(&left_unit.clone()), self.unit_words(&right_unit.clone()));
            let help = self.conversion_help(&a, &b);
            self.report(error::unit_mismatch((left.0, &a), (right.0, &b), help));
        } else {
            let (wanted, found) = (self.describe(left.1), self.describe(right.1));
            self.report(error::expected(right.0, &wanted, &found));
        }
    }

    fn compare_outcome(
        &mut self,
        cx: Context,
        operator: Comparison,
        left: &Expr,
        outcome: OutcomeConstant,
        word: Span,
        span: Span,
    ) -> NodeId {
        let left_node = self.expr(cx, left, Some(&Type::Bool));
        let decision = self.decision_behind(left_node);
        let Some(decision) = decision else {
            let (wanted, found) =
                (Bilingual::new("一项决定", "a decision"), self.describe(&self.ty(left_node)));
            if !self.ty(left_node).is_error() {
                self.report(error::expected(left.span, &wanted, &found));
            }
            return self.poison(cx, span);
        };
        let negated = operator == Comparison::NotEqual;
        if !cx.in_case {
            let holds = match outcome {
                OutcomeConstant::Entitled => !negated,
                OutcomeConstant::NotEntitled => negated,
                OutcomeConstant::Undecided
                | OutcomeConstant::Discretionary
                | OutcomeConstant::Met
                | OutcomeConstant::NotMet => {
                    self.report(error::not_here(
                        word,
                        Bilingual::new(
                            "规则里不能以“待定”“酌定”为条件：它们只说明还缺什么",
                            "a rule cannot depend on being undecided",
                        ),
                        Bilingual::new(
                            "写 等于 符合 或 等于 不符合",
                            "compare with 符合 or 不符合",
                        ),
                    ));
                    return self.poison(cx, span);
                }
            };
            return if holds {
                left_node
            } else {
                self.push(cx, NodeKind::Not(left_node), Type::Bool, span)
            };
        }
        let found =
            self.push(cx, NodeKind::OutcomeOf(decision, left_node), Type::Outcome, left.span);
        let wanted = self.constant(cx, Constant::Outcome(outcome), Type::Outcome, word);
        self.push(cx, NodeKind::Compare(operator, found, wanted), Type::Bool, span)
    }

    /// The decision whose outcome a node is, through uses and accesses.
    pub(super) fn decision_behind(&self, node: NodeId) -> Option<crate::hir::DecisionId> {
        match &self.program.node(node)?.kind {
            NodeKind::Use { definition, .. } | NodeKind::Shift(definition, _) => {
                match self.program.definition(*definition)?.kind {
                    crate::hir::DefinitionKind::Entitlement(decision) => Some(decision),
                    _ => None,
                }
            }
            NodeKind::AtParent(target)
            | NodeKind::AtInstance(_, target)
            | NodeKind::AtReference { target, .. } => self.decision_behind(*target),
            _ => None,
        }
    }
}

/// 符合 and its like.
pub(super) fn outcome_word(word: &str) -> Option<OutcomeConstant> {
    match builtins::word(word)? {
        Word::Entitled => Some(OutcomeConstant::Entitled),
        Word::NotEntitled => Some(OutcomeConstant::NotEntitled),
        Word::Undecided => Some(OutcomeConstant::Undecided),
        Word::Discretionary => Some(OutcomeConstant::Discretionary),
        _ => None,
    }
}
