//! Arithmetic with units, and the built-in functions.

use super::set::Walk;
use super::{Context, Lowerer};
use crate::builtins::{self, Builtin, Function, Meaning};
use crate::diagnostic::Bilingual;
use crate::hir::{AggregateKind, Constant, NodeId, NodeKind, error};
use crate::source::Span;
use crate::syntax::ast::{self, BinaryOperator, Expr, ExprKind};
use crate::types::{NumberStyle, NumberType, ObjectId, Type};
use crate::value::{Dimension, Rational, Unit};

impl Lowerer<'_> {
    /// The type of a node that has to be a number that is there.
    pub(super) fn numeric(&mut self, node: NodeId) -> Type {
        let ty = self.ty(node);
        match &ty {
            Type::Error => {}
            Type::Number(_) => {
                if self.is_optional(node) {
                    let span = self.span(node);
                    self.report(error::may_be_absent(span));
                    return Type::Error;
                }
            }
            other => {
                let found = self.describe(other);
                let span = self.span(node);
                self.report(error::expected(span, &Bilingual::new("一个数", "a number"), &found));
                return Type::Error;
            }
        }
        ty
    }

    pub(super) fn binary(
        &mut self,
        cx: Context,
        operator: BinaryOperator,
        (left, right): (&Expr, &Expr),
        span: Span,
    ) -> NodeId {
        let a = self.expr(cx, left, None);
        let b = self.expr(cx, right, None);
        let (a, b) = self.shares(cx, operator, a, b);
        if matches!(self.ty(a), Type::Date | Type::Month) {
            return self.calendar(cx, operator, (a, left.span), (b, right.span), span);
        }
        let (left_ty, right_ty) = match (self.numeric(a), self.numeric(b)) {
            (Type::Number(left), Type::Number(right)) => (left, right),
            _ => {
                return self.poison(cx, span);
            }
        };
        let ty = match operator {
            BinaryOperator::Add | BinaryOperator::Subtract => {
                if left_ty.unit != right_ty.unit {
                    self.mismatch(
                        (left.span, &Type::Number(left_ty)),
                        (right.span, &Type::Number(right_ty)),
                    );
                    return self.poison(cx, span);
                }
                NumberType {
                    whole_fen: left_ty.whole_fen && right_ty.whole_fen,
                    integer: left_ty.integer && right_ty.integer,
                    style: if left_ty.style == right_ty.style {
                        left_ty.style
                    } else {
                        NumberStyle::Plain
                    },
                    unit: left_ty.unit,
                }
            }
            BinaryOperator::Multiply => NumberType {
                unit: left_ty.unit.times(&right_ty.unit).unwrap_or_default(),
                whole_fen: left_ty.whole_fen && right_ty.integer
                    || left_ty.integer && right_ty.whole_fen,
                integer: left_ty.integer && right_ty.integer,
                style: NumberStyle::Plain,
            },
            BinaryOperator::Divide => NumberType {
                unit: left_ty.unit.per(&right_ty.unit).unwrap_or_default(),
                ..NumberType::default()
            },
        };
        self.push(cx, NodeKind::Binary(operator, a, b), Type::Number(ty), span)
    }

    /// A call: a built-in, or a parameter or table with its keys.
    pub(super) fn call(
        &mut self,
        cx: Context,
        call: &ast::Call,
        expected: Option<&Type>,
        span: Span,
    ) -> NodeId {
        if let Some(node) = self.measure(cx, call, span) {
            return node;
        }
        let Some((builtin, function)) = builtins::function(&call.callee.text) else {
            return self.keyed(cx, call, span);
        };
        let reckoned = call.reckoning.is_some() && function != Function::Age;
        if reckoned || !builtin.accepts(call.arguments.len(), call.filter.is_some()) {
            return self.misused(cx, call, builtin, span);
        }
        match function {
            Function::Sum => self.aggregate(cx, AggregateKind::Sum, (call, builtin), span),
            Function::Count => self.aggregate(cx, AggregateKind::Count, (call, builtin), span),
            Function::Exists => self.aggregate(cx, AggregateKind::Exists, (call, builtin), span),
            Function::Each => self.aggregate(cx, AggregateKind::Each, (call, builtin), span),
            Function::Highest => self.aggregate(cx, AggregateKind::Highest, (call, builtin), span),
            Function::Lowest => self.aggregate(cx, AggregateKind::Lowest, (call, builtin), span),
            Function::Average => self.aggregate(cx, AggregateKind::Average, (call, builtin), span),
            Function::FirstOf => self.pick(cx, false, (call, builtin), span),
            Function::LastOf => self.pick(cx, true, (call, builtin), span),
            Function::Max => self.extreme(cx, true, call, expected, span),
            Function::Min => self.extreme(cx, false, call, expected, span),
            Function::Age => self.age(cx, (call, builtin), span),
            Function::Elapsed => self.elapsed(cx, (call, builtin), span),
            Function::Later => self.later(cx, (call, builtin), span),
            Function::HighestEver => self.highest_ever(cx, (call, builtin), span),
            Function::Monthly => self.per_period(cx, call, true, span),
            Function::Yearly => self.per_period(cx, call, false, span),
            Function::Discretion => self.discretion(cx, call, builtin, expected, span),
            Function::IdValid | Function::IdBirthDate | Function::IdSex | Function::InPlace => {
                self.document(cx, call, (builtin, function), span)
            }
            Function::Capitals => self.capitals(cx, call, span),
            Function::InTerm => self.in_term(cx, call, span),
            Function::HouseholdCount | Function::Occurrences | Function::NumberOf => {
                self.aggregate(cx, AggregateKind::Count, (call, builtin), span)
            }
            Function::Share => self.share(cx, call, builtin, span),
            Function::MonthsInARow | Function::LastTime | Function::SinceWhen => {
                self.fold(cx, call, (builtin, function), span)
            }
        }
    }

    /// Says how a builtin is written.
    pub(super) fn misused(
        &mut self,
        cx: Context,
        call: &ast::Call,
        builtin: &Builtin,
        span: Span,
    ) -> NodeId {
        let form = self.with_filter(call, builtin).unwrap_or_else(|| builtin.form());
        self.report(error::wrong_arguments(span, &call.callee.text, &form));
        self.poison(cx, span)
    }

    /// 人数（成员，在业）, with the 其中 that its last argument should have before it.
    fn with_filter(&self, call: &ast::Call, builtin: &Builtin) -> Option<Bilingual> {
        let (last, before) = call.arguments.split_last()?;
        if call.filter.is_some() || !builtin.accepts(before.len(), true) {
            return None;
        }
        let text = |argument: &Expr| self.sources.slice(argument.span);
        let said: Vec<&str> = before.iter().map(text).collect();
        let (name, last) = (&call.callee.text, text(last));
        Some(Bilingual::new(
            format!("{name}（{}，其中 {last}）", said.join("，")),
            format!("{name}({}, where {last})", said.join(", ")),
        ))
    }

    fn aggregate(
        &mut self,
        cx: Context,
        kind: AggregateKind,
        (call, builtin): (&ast::Call, &Builtin),
        span: Span,
    ) -> NodeId {
        let walk = match self.walk(cx, call, builtin, span) {
            Ok(walk) => walk,
            Err(node) => return node,
        };
        let Walk { outer, inner, list, filters } = walk;
        let (body, ty) = self.aggregate_body(inner, kind, call.arguments.get(1), inner.subject);
        let ty = counted_in(builtin, ty);
        let node = NodeKind::Aggregate { kind, list, body, filters };
        let node = self.push(outer, node, ty, span);
        self.lifted(cx, node, span)
    }

    /// 比例 over a list: how many of those that count hold, by how many count.
    fn share(&mut self, cx: Context, call: &ast::Call, builtin: &Builtin, span: Span) -> NodeId {
        let [_, body] = call.arguments.as_slice() else {
            return self.misused(cx, call, builtin, span);
        };
        let walk = match self.walk(cx, call, builtin, span) {
            Ok(walk) => walk,
            Err(node) => return node,
        };
        let Walk { outer, inner, list, mut filters } = walk;
        let ty = |style| {
            let count = NumberType { integer: true, whole_fen: true, ..NumberType::default() };
            Type::Number(match style {
                NumberStyle::Plain => count,
                style => NumberType { style, ..NumberType::default() },
            })
        };
        let count = |of: &mut Self, filters: Vec<NodeId>| {
            let kind = AggregateKind::Count;
            let node = NodeKind::Aggregate { kind, list, body: None, filters };
            of.push(outer, node, ty(NumberStyle::Plain), span)
        };
        let all = count(self, filters.clone());
        filters.push(self.condition(inner, body));
        let part = count(self, filters);
        let kind = NodeKind::Binary(BinaryOperator::Divide, part, all);
        let ty = ty(NumberStyle::Percent);
        let node = self.push(outer, kind, ty, span);
        self.lifted(cx, node, span)
    }

    fn aggregate_body(
        &mut self,
        inner: Context,
        kind: AggregateKind,
        body: Option<&Expr>,
        element: ObjectId,
    ) -> (Option<NodeId>, Type) {
        match (kind, body) {
            (AggregateKind::Exists | AggregateKind::Each, Some(body)) => {
                (Some(self.condition(inner, body)), Type::Bool)
            }
            (_, Some(body)) => {
                let node = self.expr(inner, body, None);
                let ty = self.numeric(node);
                let ty = match (kind, ty) {
                    (AggregateKind::Average, Type::Number(number)) => {
                        Type::Number(NumberType { whole_fen: false, integer: false, ..number })
                    }
                    (_, ty) => ty,
                };
                (Some(node), ty)
            }
            (_, None) => {
                let unit = if self.is_person(element) {
                    Unit::of(Dimension::Person)
                } else {
                    Unit::dimensionless()
                };
                let ty =
                    NumberType { unit, integer: true, whole_fen: true, ..NumberType::default() };
                (None, Type::Number(ty))
            }
        }
    }

    fn extreme(
        &mut self,
        cx: Context,
        greatest: bool,
        call: &ast::Call,
        expected: Option<&Type>,
        span: Span,
    ) -> NodeId {
        let Some(first) = call.arguments.first() else { return self.poison(cx, span) };
        let first = self.expr(cx, first, expected);
        let ty = self.ty(first);
        let mut operands = vec![first];
        for argument in call.arguments.iter().skip(1) {
            operands.push(self.value_of_type(cx, argument, &ty));
        }
        let ty = self.joined_type(ty, &operands);
        if !matches!(ty, Type::Number(_) | Type::Date | Type::Error) {
            self.numeric(first);
            return self.poison(cx, span);
        }
        self.push(cx, NodeKind::Extreme { greatest, operands }, ty, span)
    }

    /// 按月, 按年: the only conversions between yearly and monthly amounts.
    fn per_period(&mut self, cx: Context, call: &ast::Call, to_month: bool, span: Span) -> NodeId {
        let Some(inner) = call.arguments.first() else { return self.poison(cx, span) };
        let node = self.expr(cx, inner, None);
        let Type::Number(number) = self.numeric(node) else { return self.poison(cx, span) };
        let (from, to) = if to_month {
            (Dimension::Year, Dimension::Month)
        } else {
            (Dimension::Month, Dimension::Year)
        };
        if number.unit.exponent(from) != -1 {
            let found = self.describe(&Type::Number(number));
            let wanted = if to_month {
                Bilingual::new("每年的数", "a yearly amount")
            } else {
                Bilingual::new("每月的数", "a monthly amount")
            };
            self.report(error::expected(inner.span, &wanted, &found));
            return self.poison(cx, span);
        }
        let unit = number
            .unit
            .times(&Unit::of(from))
            .and_then(|unit| unit.per(&Unit::of(to)))
            .unwrap_or_default();
        let twelve = Constant::Number(Rational::from_integer(12));
        let twelve = self.constant(cx, twelve, Type::number(Unit::dimensionless()), span);
        let operator = if to_month { BinaryOperator::Divide } else { BinaryOperator::Multiply };
        let ty = Type::Number(NumberType {
            unit,
            whole_fen: number.whole_fen && !to_month,
            ..NumberType::default()
        });
        self.push(cx, NodeKind::Binary(operator, node, twelve), ty, span)
    }

    fn discretion(
        &mut self,
        cx: Context,
        call: &ast::Call,
        builtin: &Builtin,
        expected: Option<&Type>,
        span: Span,
    ) -> NodeId {
        let authority = match call.arguments.first().map(|first| (&first.kind, first.span)) {
            Some((ExprKind::Name(name), _)) => name.text.clone(),
            Some((ExprKind::Text(text), _)) => text.clone(),
            _ => return self.misused(cx, call, builtin, span),
        };
        let amount = expected.filter(|ty| matches!(ty, Type::Number(_)));
        let (range, fact) = match call.arguments.get(1..).unwrap_or_default() {
            [] => (None, None),
            [Expr { kind: ExprKind::Range(range), .. }] => (Some(range), None),
            [Expr { kind: ExprKind::Range(range), .. }, fact] => (Some(range), Some(fact)),
            [fact] => (None, Some(fact)),
            _ => return self.misused(cx, call, builtin, span),
        };
        let (low, high) = match (range, amount) {
            (None, _) => (None, None),
            (Some(range), Some(ty)) => match self.discretion_bounds(cx, range, ty) {
                Some(bounds) => bounds,
                None => return self.poison(cx, span),
            },
            (Some(_), None) => return self.misused(cx, call, builtin, span),
        };
        let ty = match amount {
            Some(Type::Number(number)) if range.is_some() || fact.is_some() => {
                Type::Number(NumberType { whole_fen: true, ..number.clone() })
            }
            _ => Type::Bool,
        };
        let given = match fact {
            Some(fact) => {
                let node = self.value_of_type(cx, fact, &ty);
                if self.ty(node).is_error() {
                    return self.poison(cx, span);
                }
                if !self.is_fact(node) {
                    self.report(error::discretion_is_a_fact(fact.span));
                    return self.poison(cx, span);
                }
                Some(node)
            }
            None => None,
        };
        self.push(cx, NodeKind::Discretion { authority, low, high, given }, ty, span)
    }

    /// The ends of what may be decided; nothing where there is an error in them.
    fn discretion_bounds(
        &mut self,
        cx: Context,
        bounds: &ast::Bounds,
        ty: &Type,
    ) -> Option<(Option<NodeId>, Option<NodeId>)> {
        let mut end = |end: &Expr| {
            let node = self.value_of_type(cx, end, ty);
            (!self.numeric(node).is_error()).then_some(node)
        };
        let low = bounds.low.as_ref().map(&mut end);
        let high = bounds.high.as_ref().map(&mut end);
        if low == Some(None) || high == Some(None) {
            return None;
        }
        let (low, high) = (low.flatten(), high.flatten());
        let ends = [low, high].map(|end| end.map(|end| (end, true)));
        self.holds_something(ends, bounds.span).then_some((low, high))
    }

    /// Whether a node is a fact as it was told, of the subject or of what it is a member of.
    pub(super) fn is_fact(&self, node: NodeId) -> bool {
        self.program.fact_of(node).is_some()
    }
}

/// The type of a count by the word for it: 人数 keeps that of what is counted.
fn counted_in(builtin: &Builtin, ty: Type) -> Type {
    let unit = match builtin.meaning {
        Meaning::Function(Function::HouseholdCount) => Unit::of(Dimension::Household),
        Meaning::Function(Function::Occurrences) => Unit::of(Dimension::Time),
        Meaning::Function(Function::NumberOf) => Unit::dimensionless(),
        _ => return ty,
    };
    match ty {
        Type::Number(number) => Type::Number(NumberType { unit, ..number }),
        other => other,
    }
}
