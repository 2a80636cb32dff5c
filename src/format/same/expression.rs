//! Expressions that say the same.

use super::Same;
use crate::format::names::Names;
use crate::syntax::ast::{BinaryOperator, Expr, ExprKind, NumberSuffix, RangeKind};

impl Same for RangeKind {
    fn same(&self, other: &Self, names: &Names) -> bool {
        match (self, other) {
            (Self::Value(one), Self::Value(two)) => one.same(two, names),
            (Self::Interval { low, high }, Self::Interval { low: other_low, high: other_high }) => {
                low.same(other_low, names) && high.same(other_high, names)
            }
            _ => false,
        }
    }
}

impl Same for NumberSuffix {
    fn same(&self, other: &Self, names: &Names) -> bool {
        match (self, other) {
            (Self::None, Self::None)
            | (Self::Percent, Self::Percent)
            | (Self::PerMille, Self::PerMille)
            | (Self::Times, Self::Times) => true,
            (Self::Unit(one), Self::Unit(two)) => one.same(two, names),
            _ => false,
        }
    }
}

impl Same for Expr {
    fn same(&self, other: &Self, names: &Names) -> bool {
        match (&self.kind, &other.kind) {
            (ExprKind::Group(inner), _) => inner.as_ref().same(other, names),
            (_, ExprKind::Group(inner)) => self.same(inner, names),
            (one, two) => one.same(two, names),
        }
    }
}

impl Same for ExprKind {
    fn same(&self, other: &Self, names: &Names) -> bool {
        match (self, other) {
            (Self::Number(one), Self::Number(two)) => one.same(two, names),
            (Self::Date(one), Self::Date(two)) => one == two,
            (Self::YearMonth(one), Self::YearMonth(two)) => one == two,
            (Self::Year(one), Self::Year(two)) => one == two,
            (
                Self::FixedDay { month, day },
                Self::FixedDay { month: other_month, day: other_day },
            ) => month == other_month && day == other_day,
            (Self::MonthsAgo(one), Self::MonthsAgo(two)) => one == two,
            (Self::Bool(one), Self::Bool(two)) => one == two,
            (Self::Text(one), Self::Text(two)) => one == two,
            (Self::Name(one), Self::Name(two)) => one.same(two, names),
            (
                Self::Access { base, member, stage },
                Self::Access { base: other_base, member: other_member, stage: other_stage },
            ) => {
                base.same(other_base, names)
                    && member.same(other_member, names)
                    && stage == other_stage
            }
            (Self::Call(one), Self::Call(two)) => one.same(two, names),
            (Self::Not(one), Self::Not(two)) | (Self::Negate(one), Self::Negate(two)) => {
                one.same(two, names)
            }
            (
                Self::Binary { operator, operator_span: _, left, right },
                Self::Binary {
                    operator: other_operator,
                    operator_span: _,
                    left: other_left,
                    right: other_right,
                },
            ) => {
                let crossed = || {
                    *operator == BinaryOperator::Multiply && is_number(left)
                        || is_number(right)
                            && left.same(other_right, names)
                            && right.same(other_left, names)
                };
                operator == other_operator
                    && (left.same(other_left, names) && right.same(other_right, names) || crossed())
            }
            (
                Self::Logic { all, operands },
                Self::Logic { all: other_all, operands: other_operands },
            ) => all == other_all && operands.same(other_operands, names),
            (
                Self::Compare { operator, operator_span: _, left, right },
                Self::Compare {
                    operator: other_operator,
                    operator_span: _,
                    left: other_left,
                    right: other_right,
                },
            ) => {
                operator == other_operator
                    && left.same(other_left, names)
                    && right.same(other_right, names)
            }
            _ => same_rest(self, other, names),
        }
    }
}

/// The forms of an expression that the others leave over.
fn same_rest(one: &ExprKind, two: &ExprKind, names: &Names) -> bool {
    match (one, two) {
        (
            ExprKind::Within { value, alternatives, negated },
            ExprKind::Within {
                value: other_value,
                alternatives: other_alternatives,
                negated: other_negated,
            },
        ) => {
            value.same(other_value, names)
                && alternatives.same(other_alternatives, names)
                && negated == other_negated
        }
        (
            ExprKind::If { condition, then, otherwise },
            ExprKind::If {
                condition: other_condition,
                then: other_then,
                otherwise: other_otherwise,
            },
        ) => {
            condition.same(other_condition, names)
                && then.same(other_then, names)
                && otherwise.same(other_otherwise, names)
        }
        (
            ExprKind::IfAbsent { value, otherwise },
            ExprKind::IfAbsent { value: other_value, otherwise: other_otherwise },
        ) => value.same(other_value, names) && otherwise.same(other_otherwise, names),
        (
            ExprKind::LookBack { kind, months, body },
            ExprKind::LookBack { kind: other_kind, months: other_months, body: other_body },
        ) => kind == other_kind && months == other_months && body.same(other_body, names),
        (ExprKind::Range(one), ExprKind::Range(two)) => one.same(two, names),
        _ => false,
    }
}

fn is_number(expression: &Expr) -> bool {
    matches!(expression.kind, ExprKind::Number(_))
}
