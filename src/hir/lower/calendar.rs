//! Days, months and durations.

use super::{Context, Lowerer};
use crate::builtins::{self, Builtin, Word};
use crate::diagnostic::Bilingual;
use crate::hir::{
    CalendarOperation, Constant, ElapsedReading, NodeId, NodeKind, ParameterDay, QuestionDate,
    error,
};
use crate::source::Span;
use crate::syntax::ast::{self, BinaryOperator, Expr, ExprKind};
use crate::types::{NumberType, Type};
use crate::value::{Dimension, LeapBirthday, Rational, Unit};

impl Lowerer<'_> {
    /// A day or a month and a duration, or two of them.
    pub(super) fn calendar(
        &mut self,
        cx: Context,
        operator: BinaryOperator,
        (a, left): (NodeId, Span),
        (b, right): (NodeId, Span),
        span: Span,
    ) -> NodeId {
        let right_ty = self.ty(b);
        let months = right_ty.unit() == Some(&Unit::of(Dimension::Month));
        let years = right_ty.unit() == Some(&Unit::of(Dimension::Year));
        let days = right_ty.unit() == Some(&Unit::of(Dimension::Day));
        let left_ty = self.ty(a);
        let of_months = left_ty == Type::Month;
        let operation = match operator {
            BinaryOperator::Subtract if of_months && right_ty == Type::Month => {
                CalendarOperation::MonthsBetween
            }
            BinaryOperator::Add if months || years => CalendarOperation::AddMonths,
            BinaryOperator::Subtract if months || years => CalendarOperation::SubtractMonths,
            BinaryOperator::Add if days && !of_months => CalendarOperation::AddDays,
            BinaryOperator::Subtract if days && !of_months => CalendarOperation::SubtractDays,
            BinaryOperator::Subtract if !of_months && right_ty == Type::Date => {
                CalendarOperation::DaysBetween
            }
            _ => {
                self.mismatch((left, &left_ty), (right, &right_ty));
                return self.poison(cx, span);
            }
        };
        let b = if years { self.scaled(cx, b, 12, Unit::of(Dimension::Month)) } else { b };
        let ty = match operation {
            CalendarOperation::DaysBetween => whole(Dimension::Day),
            CalendarOperation::MonthsBetween => whole(Dimension::Month),
            CalendarOperation::AddMonths
            | CalendarOperation::AddMonthsRolling
            | CalendarOperation::SubtractMonths
            | CalendarOperation::AddDays
            | CalendarOperation::SubtractDays => left_ty,
        };
        let optional = self.is_optional(a) || self.is_optional(b);
        self.push_optional(cx, NodeKind::Calendar(operation, a, b), ty, optional, span)
    }

    /// `node × factor` with another unit.
    fn scaled(&mut self, cx: Context, node: NodeId, factor: i64, unit: Unit) -> NodeId {
        let span = self.span(node);
        let number = Constant::Number(Rational::from_integer(factor));
        let factor = self.constant(cx, number, Type::number(Unit::dimensionless()), span);
        let integer = self.ty(node).as_number().is_some_and(|number| number.integer);
        let ty =
            Type::Number(NumberType { unit, integer, whole_fen: integer, ..NumberType::default() });
        self.push(cx, NodeKind::Binary(BinaryOperator::Multiply, node, factor), ty, span)
    }

    fn assessment_day(&mut self, cx: Context, span: Span) -> NodeId {
        self.push(cx, NodeKind::QuestionDate(QuestionDate::Assessment), Type::Date, span)
    }

    /// 周岁（出生日期，评估日，按2月28日）
    pub(super) fn age(
        &mut self,
        cx: Context,
        (call, builtin): (&ast::Call, &Builtin),
        span: Span,
    ) -> NodeId {
        let Some(birth) = call.arguments.first() else { return self.poison(cx, span) };
        let leap = match call.reckoning.map(|said| (said.month, said.day)) {
            None | Some((3, 1)) => LeapBirthday::FirstOfMarch,
            Some((2, 28)) => LeapBirthday::LastOfFebruary,
            Some(_) => return self.misused(cx, call, builtin, span),
        };
        let birth = self.value_of_type(cx, birth, &Type::Date);
        let on = match call.arguments.get(1) {
            Some(on) => self.value_of_type(cx, on, &Type::Date),
            None => self.assessment_day(cx, span),
        };
        self.push(cx, NodeKind::Age(birth, on, leap), whole(Dimension::Age), span)
    }

    /// 满（失联日期，6个月，评估日，当日计入）
    pub(super) fn elapsed(
        &mut self,
        cx: Context,
        (call, builtin): (&ast::Call, &Builtin),
        span: Span,
    ) -> NodeId {
        let mut reading = ElapsedReading::default();
        let mut arguments: Vec<&Expr> = Vec::new();
        for argument in &call.arguments {
            match word_of(argument) {
                Some(Word::FirstDayCounted) => reading.first_day_counted = true,
                Some(Word::RollOver) => reading.rolling = true,
                _ => arguments.push(argument),
            }
        }
        let (since, duration, on) = match arguments.as_slice() {
            [since, duration] => (*since, *duration, None),
            [since, duration, on] => (*since, *duration, Some(*on)),
            _ => return self.misused(cx, call, builtin, span),
        };
        let since = self.value_of_type(cx, since, &Type::Date);
        let Some(duration) = self.duration(cx, duration) else { return self.poison(cx, span) };
        let on = match on {
            Some(on) => self.value_of_type(cx, on, &Type::Date),
            None => self.assessment_day(cx, span),
        };
        self.push(cx, NodeKind::Elapsed { since, duration, on, reading }, Type::Bool, span)
    }

    /// A duration in months (years are twelve of them) or days.
    fn duration(&mut self, cx: Context, written: &Expr) -> Option<NodeId> {
        let length = self.expr(cx, written, None);
        let ty = self.ty(length);
        if ty.unit() == Some(&Unit::of(Dimension::Year)) {
            return Some(self.scaled(cx, length, 12, Unit::of(Dimension::Month)));
        }
        let fits = |dimension| ty.fits(&Type::number(Unit::of(dimension)));
        if fits(Dimension::Month) || fits(Dimension::Day) {
            return Some(length);
        }
        let found = self.describe(&ty);
        let wanted = Bilingual::new("一段时长，如 6个月", "a duration such as 6months");
        self.report(error::expected(written.span, &wanted, &found));
        None
    }

    /// 推后（日期，6个月，月末顺延）
    pub(super) fn later(
        &mut self,
        cx: Context,
        (call, builtin): (&ast::Call, &Builtin),
        span: Span,
    ) -> NodeId {
        let (day, duration, rolling) = match call.arguments.as_slice() {
            [day, duration] => (day, duration, false),
            [day, duration, word] if word_of(word) == Some(Word::RollOver) => (day, duration, true),
            _ => return self.misused(cx, call, builtin, span),
        };
        let day = self.value_of_type(cx, day, &Type::Date);
        let Some(duration) = self.duration(cx, duration) else { return self.poison(cx, span) };
        let in_days = self.ty(duration).unit() == Some(&Unit::of(Dimension::Day));
        let operation = match (in_days, rolling) {
            (true, _) => CalendarOperation::AddDays,
            (false, true) => CalendarOperation::AddMonthsRolling,
            (false, false) => CalendarOperation::AddMonths,
        };
        let optional = self.is_optional(day);
        let kind = NodeKind::Calendar(operation, day, duration);
        self.push_optional(cx, kind, Type::Date, optional, span)
    }

    /// What stands after a day or a month and 的: 当月, 次月, 首日, 末日, 当年8月31日, or a
    /// parameter, read as of then.
    pub(super) fn of_day(
        &mut self,
        cx: Context,
        base: NodeId,
        member: &Expr,
        expected: Option<&Type>,
        span: Span,
    ) -> NodeId {
        let of_month = self.ty(base) == Type::Month;
        let optional = self.is_optional(base);
        let offset = match word_of(member) {
            Some(Word::SameMonth) => Some(0),
            Some(Word::NextMonth) => Some(1),
            Some(Word::LastMonth) => Some(-1),
            _ => None,
        };
        if let Some(offset) = offset {
            let kind = NodeKind::MonthOf { day: base, offset };
            return self.push_optional(cx, kind, Type::Month, optional, span);
        }
        if let (Some(word @ (Word::FirstDay | Word::LastDay)), true) = (word_of(member), of_month) {
            let kind = NodeKind::DayOf { month: base, last: word == Word::LastDay };
            return self.push_optional(cx, kind, Type::Date, optional, span);
        }
        if let ExprKind::FixedDay { month, day } = member.kind {
            let kind = NodeKind::FixedDay { month, day, of: Some(base) };
            return self.push_optional(cx, kind, Type::Date, optional, span);
        }
        let node = self.member(cx, member, expected);
        let index = node.0 as usize;
        match self.program.nodes.get_mut(index).map(|node| &mut node.kind) {
            Some(NodeKind::Parameter { at, .. }) => {
                *at = ParameterDay::On(base);
                if let Some(node) = self.program.nodes.get_mut(index) {
                    node.optional |= optional;
                    node.span = span;
                }
                node
            }
            _ => {
                if !self.ty(node).is_error() {
                    self.report(error::not_here(
                        member.span,
                        Bilingual::new(
                            "这里要一个参数：只有参数能按另一天取值",
                            "only a parameter can be read as of another day",
                        ),
                        Bilingual::new(
                            "写 申请日的低保标准，或 申请日的当月、次月、当年8月31日；规则和决定写 上月的…、6个月前的…",
                            "write `applied_on.standard`, or `applied_on.same_month`; for rules and decisions `last_month.…`",
                        ),
                    ));
                }
                self.poison(cx, span)
            }
        }
    }

    /// 历来最高（低保标准）
    pub(super) fn highest_ever(
        &mut self,
        cx: Context,
        (call, builtin): (&ast::Call, &Builtin),
        span: Span,
    ) -> NodeId {
        let Some(argument) = call.arguments.first() else { return self.poison(cx, span) };
        let node = self.expr(cx, argument, None);
        let ty = self.numeric(node);
        match self.program.node(node).map(|node| node.kind.clone()) {
            Some(NodeKind::Parameter { parameter, keys, at: ParameterDay::Now }) => {
                self.push(cx, NodeKind::HighestEver { parameter, keys }, ty, span)
            }
            _ if ty.is_error() => self.poison(cx, span),
            _ => self.misused(cx, call, builtin, span),
        }
    }
}

/// The builtin that a name alone is.
fn word_of(expression: &Expr) -> Option<Word> {
    match &expression.kind {
        ExprKind::Name(name) => builtins::word(&name.text),
        _ => None,
    }
}

/// A whole number of these.
pub(super) fn whole(dimension: Dimension) -> Type {
    Type::Number(NumberType {
        unit: Unit::of(dimension),
        integer: true,
        whole_fen: true,
        ..NumberType::default()
    })
}
