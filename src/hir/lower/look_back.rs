//! Earlier months: shifts, windows and folds, which refer to definitions without lowering them.

use super::calendar::whole;
use super::scope::{Entity, State};
use super::{Context, Lowerer};
use crate::builtins::{Builtin, Function};
use crate::diagnostic::Bilingual;
use crate::hir::program::{DefinitionId, DefinitionKind};
use crate::hir::{NodeId, NodeKind, ParameterDay, error};
use crate::source::Span;
use crate::syntax::ast::{self, Expr, ExprKind};
use crate::types::{NumberType, ObjectId, Type};
use crate::value::{Dimension, Unit};

impl Lowerer<'_> {
    /// 上月的X, 去年的X, 6个月前的X.
    pub(super) fn earlier(
        &mut self,
        cx: Context,
        member: &Expr,
        months: u32,
        span: Span,
    ) -> NodeId {
        if let Some((definition, parent)) = self.definition_reference(cx, member) {
            let ty = self.type_before_lowering(definition, cx.depth);
            return self.back(cx, parent, NodeKind::Shift(definition, months), (ty, false), span);
        }
        let node = self.member(cx, member, None);
        let (ty, optional) = (self.ty(node), self.is_optional(node));
        if let Some(NodeKind::Parameter { at, .. }) =
            self.program.nodes.get_mut(node.0 as usize).map(|node| &mut node.kind)
        {
            *at = ParameterDay::MonthsBefore(months);
            return node;
        }
        self.push_optional(cx, NodeKind::Earlier(months, node), ty, optional, span)
    }

    /// 6个月前的X.
    pub(super) fn months_ago(
        &mut self,
        cx: Context,
        months: u32,
        member: &Expr,
        span: Span,
    ) -> NodeId {
        if self.is_window(months, span) {
            self.earlier(cx, member, months, span)
        } else {
            self.poison(cx, span)
        }
    }

    /// Whether look-back reaches so far; reports where it does not.
    fn is_window(&mut self, months: u32, span: Span) -> bool {
        let reaches = (1..=120).contains(&months);
        if !reaches {
            self.report(error::not_here(
                span,
                Bilingual::new("回看的月数应在1至120之间", "a look-back covers 1 to 120 months"),
                Bilingual::new("改写月数", "change the number"),
            ));
        }
        reaches
    }

    /// The definition that an expression names, and the object it belongs to where that is not
    /// the subject: for look-back, which refers to definitions without lowering them first.
    pub(super) fn definition_reference(
        &mut self,
        cx: Context,
        expression: &Expr,
    ) -> Option<(DefinitionId, Option<ObjectId>)> {
        let reach = self.reach(cx.subject);
        let distance = |subject: ObjectId| reach.iter().position(|object| *object == subject);
        let id = match &expression.kind {
            ExprKind::Name(name) => {
                let entries = self.visible(cx, &name.text, None);
                let mut found: Vec<(ObjectId, DefinitionId)> = entries
                    .iter()
                    .filter_map(|entry| match entry.entity {
                        Entity::Definition(id) => Some((self.program.definition(id)?.subject, id)),
                        _ => None,
                    })
                    .filter(|(subject, _)| distance(*subject).is_some())
                    .collect();
                found.sort_by_key(|(subject, _)| distance(*subject));
                found.first()?.1
            }
            ExprKind::Access { base, member, .. } => {
                let (ExprKind::Name(decision), ExprKind::Name(payment)) =
                    (&base.kind, &member.kind)
                else {
                    return None;
                };
                let reference = Expr { kind: ExprKind::Name(decision.clone()), span: base.span };
                let (decision, _) = self.definition_reference(cx, &reference)?;
                let DefinitionKind::Entitlement(decision) = self.program.definition(decision)?.kind
                else {
                    return None;
                };
                self.payment_named(decision, &payment.text)?
            }
            ExprKind::Group(inner) => return self.definition_reference(cx, inner),
            _ => return None,
        };
        let subject = self.program.definition(id)?.subject;
        Some((id, (subject != cx.subject).then_some(subject)))
    }

    /// 近6个月内曾（C） and its like.
    pub(super) fn window(
        &mut self,
        cx: Context,
        kind: ast::LookBackKind,
        months: u32,
        body: &Expr,
        span: Span,
    ) -> NodeId {
        if !self.is_window(months, span) {
            return self.poison(cx, span);
        }
        let (body, ty) = if kind == ast::LookBackKind::SumBefore {
            let body = self.expr(cx, body, None);
            let ty = self.numeric(body);
            let per_month = ty.unit().is_some_and(|unit| unit.exponent(Dimension::Month) == -1);
            let ty = match ty {
                Type::Number(number) if per_month => Type::Number(NumberType {
                    unit: number.unit.times(&Unit::of(Dimension::Month)).unwrap_or_default(),
                    ..number
                }),
                other => other,
            };
            (body, ty)
        } else {
            (self.condition(cx, body), Type::Bool)
        };
        self.push(cx, NodeKind::Window { kind, months, body }, ty, span)
    }

    /// 连续月数（X）, 上次（X）, 自何时起（X）.
    pub(super) fn fold(
        &mut self,
        cx: Context,
        call: &ast::Call,
        (builtin, function): (&Builtin, Function),
        span: Span,
    ) -> NodeId {
        let target = call.arguments.first();
        let Some((definition, parent)) =
            target.and_then(|target| self.definition_reference(cx, target))
        else {
            return self.misused(cx, call, builtin, span);
        };
        let (kind, ty, optional) = match function {
            Function::MonthsInARow => {
                (NodeKind::MonthsInARow(definition), whole(Dimension::Month), false)
            }
            Function::SinceWhen => {
                let inner = Context { subject: parent.unwrap_or(cx.subject), ..cx };
                let now = self.use_definition(inner, definition, span);
                if !self.expect(now, &Type::Bool) {
                    return self.poison(cx, span);
                }
                (NodeKind::SinceWhen { definition, now }, Type::Month, true)
            }
            _ => {
                let ty = self.type_before_lowering(definition, cx.depth);
                (NodeKind::LastTime(definition), ty, false)
            }
        };
        self.back(cx, parent, kind, (ty, optional), span)
    }

    /// A look-back at a definition of the subject, or of what it is a member of.
    fn back(
        &mut self,
        cx: Context,
        parent: Option<ObjectId>,
        kind: NodeKind,
        (ty, optional): (Type, bool),
        span: Span,
    ) -> NodeId {
        match parent {
            Some(parent) => {
                let outer = Context { subject: parent, ..cx };
                let node = self.push_optional(outer, kind, ty, optional, span);
                self.lifted(cx, node, span)
            }
            None => self.push_optional(cx, kind, ty, optional, span),
        }
    }

    /// The type of a definition that may not be lowered yet. One that does not declare its type is
    /// lowered for it, unless that is going on.
    fn type_before_lowering(&mut self, id: DefinitionId, depth: u32) -> Type {
        let declared = |lowerer: &Self| {
            lowerer.program.definition(id).map_or(Type::Error, |found| found.ty.clone())
        };
        let ty = declared(self);
        if ty.is_error() && self.states.get(id.0 as usize) == Some(&State::Pending) {
            self.definition(id, depth);
            return declared(self);
        }
        ty
    }
}
