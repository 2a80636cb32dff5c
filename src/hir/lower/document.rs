//! Documents, places and amounts in capitals.

use super::{Context, Lowerer};
use crate::builtins::{Builtin, Function};
use crate::diagnostic::Bilingual;
use crate::hir::{Constant, DocumentQuery, NodeId, NodeKind, error};
use crate::source::Span;
use crate::syntax::ast::{self, Expr, ExprKind};
use crate::types::{EnumId, NumberStyle, NumberType, Type};
use crate::value::{Dimension, DocumentNumber, PlaceCode, parse_capitals};

impl Lowerer<'_> {
    /// 证号有效, 证载出生日期, 证载性别, 区划内.
    pub(super) fn document(
        &mut self,
        cx: Context,
        call: &ast::Call,
        (builtin, function): (&Builtin, Function),
        span: Span,
    ) -> NodeId {
        let Some(text) = call.arguments.first() else { return self.poison(cx, span) };
        let query = match function {
            Function::IdBirthDate => Some((DocumentQuery::BirthDate, Type::Date)),
            Function::IdSex => self
                .sexes(span)
                .map(|(sexes, values)| (DocumentQuery::Sex(sexes, values), Type::Enum(sexes))),
            Function::InPlace => self
                .place_asked(call.arguments.get(1), builtin, span)
                .map(|place| (DocumentQuery::Within(place), Type::Bool)),
            _ => Some((DocumentQuery::Valid, Type::Bool)),
        };
        let Some((query, ty)) = query else { return self.poison(cx, span) };
        let optional = ty != Type::Bool;
        let text = self.document_text(cx, text);
        self.push_optional(cx, NodeKind::Document(query, text), ty, optional, span)
    }

    /// A fact of type 文本, or a text in quotes.
    fn document_text(&mut self, cx: Context, text: &Expr) -> NodeId {
        if let ExprKind::Text(written) = &text.kind {
            let number = Constant::Text(DocumentNumber::of(written));
            return self.constant(cx, number, Type::Text, text.span);
        }
        self.value_of_type(cx, text, &Type::Text)
    }

    /// The enumeration whose values are 男 and 女, and their places in it.
    fn sexes(&mut self, span: Span) -> Option<(EnumId, [u16; 2])> {
        let of = |word: &str| self.scope.values.get(word).cloned().unwrap_or_default();
        let (men, women) = (of("男"), of("女"));
        let both: Vec<(EnumId, [u16; 2])> = men
            .iter()
            .filter_map(|(id, male)| {
                let (_, female) = women.iter().find(|(other, _)| other == id)?;
                Some((*id, [*male, *female]))
            })
            .collect();
        match both.as_slice() {
            [found] => Some(*found),
            [] => {
                self.report(error::not_here(
                    span,
                    Bilingual::new(
                        "没有含“男”“女”两个值的枚举，性别没有办法表示",
                        "no enum in reach has the values 男 and 女 to say a sex with",
                    ),
                    Bilingual::new(
                        "声明 枚举 性别：男、女",
                        "declare `enum sex: 男[[male]], 女[[female]]`",
                    ),
                ));
                None
            }
            _ => {
                let names: Vec<String> = both
                    .iter()
                    .filter_map(|(id, _)| self.program.enumeration(*id))
                    .map(|found| found.name.text.clone())
                    .collect();
                self.report(error::ambiguous(span, "男、女", &names));
                None
            }
        }
    }

    /// The place that 区划内 asks about: as written, or that of the policy.
    fn place_asked(
        &mut self,
        written: Option<&Expr>,
        builtin: &Builtin,
        span: Span,
    ) -> Option<PlaceCode> {
        let Some(written) = written else {
            if self.place_code.is_none() {
                self.report(error::not_here(
                    span,
                    Bilingual::new(
                        "政策没有写明“区划”，不知道问的是哪里",
                        "the policy's header names no place to ask about",
                    ),
                    Bilingual::new(
                        "在抬头写 区划 442000，或在这里写 区划内（…，“442000”）",
                        "write `place 442000` in the header, or give the code as second argument",
                    ),
                ));
            }
            return self.place_code;
        };
        let code = match &written.kind {
            ExprKind::Text(code) => DocumentNumber::of(code).place(),
            _ => None,
        };
        if code.is_none() {
            self.report(error::wrong_arguments(written.span, builtin.name.zh, &builtin.form()));
        }
        code
    }

    /// 大写（金额）.
    pub(super) fn capitals(&mut self, cx: Context, call: &ast::Call, span: Span) -> NodeId {
        let Some(amount) = call.arguments.first() else { return self.poison(cx, span) };
        let node = self.expr(cx, amount, None);
        let Type::Number(number) = self.numeric(node) else { return self.poison(cx, span) };
        if number.unit.exponent(Dimension::Yuan) != 1 || !number.whole_fen {
            let found = self.describe(&Type::Number(number));
            let wanted = Bilingual::new("确定是整分的金额", "an amount of provably whole fen");
            let finding = error::expected(amount.span, &wanted, &found);
            self.report(finding.help(Bilingual::new(
                "先写成一条取整到1分（或1元）的规则，再求大写",
                "round it to whole fen in a rule of its own first",
            )));
            return self.poison(cx, span);
        }
        let ty = Type::Number(NumberType { style: NumberStyle::Capitals, ..number });
        self.push(cx, NodeKind::Capitals(node), ty, span)
    }

    /// A text in quotes beside an amount in capitals, as that amount.
    pub(super) fn capitals_literal(
        &mut self,
        cx: Context,
        text: &Expr,
        beside: &Type,
    ) -> Option<NodeId> {
        let (ExprKind::Text(written), Type::Number(number)) = (&text.kind, beside) else {
            return None;
        };
        if number.style != NumberStyle::Capitals {
            return None;
        }
        let Ok(amount) = parse_capitals(written) else {
            let wanted = Bilingual::new("大写的金额，如 “壹仟贰佰元整”", "an amount in capitals");
            self.report(error::expected(text.span, &wanted, &self.describe(&Type::Text)));
            return Some(self.poison(cx, text.span));
        };
        Some(self.constant(cx, Constant::Number(amount), beside.clone(), text.span))
    }
}
