//! 关系: how benefits act on one another, in three stages. 不重复享受 takes away the entitlement of
//! those that are not kept; 择高 and 补差 turn what is due into what is paid.

use super::scope::{Entity, ModuleId};
use super::{Context, Lowerer};
use crate::diagnostic::Bilingual;
use crate::hir::program::{DecisionId, DefinitionId, DefinitionKind, LayerId, PaymentId};
use crate::hir::{
    Arm, Constant, Interaction, InteractionKind, ItemId, NodeId, NodeKind, Validity, error,
};
use crate::source::Span;
use crate::syntax::ast::{self, BinaryOperator, Combine, Comparison, Expr, ExprKind, RelationKind};
use crate::types::{EnumId, NumberType, Type};
use crate::value::Rational;

/// The relations of all layers, resolved to decisions and payments.
#[derive(Clone, Debug, Default)]
pub(super) struct Interactions<'a> {
    exclusions: Vec<Exclusion>,
    higher: Vec<Higher<'a>>,
    top_ups: Vec<TopUp<'a>>,
    pub(super) not_income: Vec<NotIncome>,
}

/// Payments that are no income.
#[derive(Clone, Debug)]
pub(super) struct NotIncome {
    pub(super) payments: Vec<PaymentId>,
    /// The benefits for which they are none; all where nothing is said.
    pub(super) of: Vec<ModuleId>,
    pub(super) validity: Validity,
    pub(super) item: ItemId,
    pub(super) layer: LayerId,
    pub(super) span: Span,
}

/// Whoever has the winner does not have the loser.
#[derive(Clone, Debug)]
struct Exclusion {
    loser: DefinitionId,
    winner: DefinitionId,
    item: ItemId,
    place: (LayerId, ModuleId, Span),
}

/// Only the highest of these is paid.
#[derive(Clone, Debug)]
struct Higher<'a> {
    /// The one that is kept on a tie first.
    payments: Vec<PaymentId>,
    /// Where each is named.
    spans: Vec<Span>,
    /// What names the one that was chosen; whatever is highest where nothing is chosen.
    elected_by: Option<&'a Expr>,
    item: ItemId,
    place: (LayerId, ModuleId, Span),
}

/// Paid only up to an amount, after others.
#[derive(Clone, Debug)]
struct TopUp<'a> {
    payment: PaymentId,
    to: &'a Expr,
    offsets: &'a [Expr],
    item: ItemId,
    place: (LayerId, ModuleId, Span),
}

impl<'a> Lowerer<'a> {
    /// Finds what each clause is about, before anything is lowered.
    pub(super) fn resolve_relations(&mut self) {
        for (layer, module, relation) in self.relations.clone() {
            for clause in &relation.clauses {
                self.relation_clause(layer, module, relation, clause);
            }
        }
        self.check_order_of_relations();
    }

    /// One payment in two 择高: whether it gives way in the one to what gives way in the other, is
    /// not said.
    fn check_order_of_relations(&mut self) {
        let groups = self.interactions.higher.clone();
        for (at, second) in groups.iter().enumerate() {
            for first in groups.iter().take(at) {
                let shared =
                    second.payments.iter().find(|payment| first.payments.contains(payment));
                let Some(shared) = shared else { continue };
                let name = self.payment_name(*shared);
                let (_, _, here) = second.place;
                let (_, _, there) = first.place;
                self.report(error::unordered_relations(here, &name, there));
            }
        }
    }

    /// 对 and 施行 stand in 不计入收入 alone.
    fn only_of_income(&mut self, clause: &ast::RelationClause) {
        let period = clause.in_force.as_ref().map(|period| period.span);
        let span = clause.income_for.first().map(|first| first.span).or(period);
        if let Some(span) = span {
            self.report(error::only_of_income(span));
        }
    }

    /// 不计入收入：高龄津贴、护理补贴的补贴，对低保，施行 自2021年7月1日起
    fn not_income(&mut self, cx: Context, clause: &ast::RelationClause, item: ItemId) {
        let mut payments = Vec::new();
        for member in &clause.members {
            for id in self.decisions_of(cx, member) {
                let Some(DefinitionKind::Entitlement(decision)) =
                    self.program.definition(id).map(|found| found.kind)
                else {
                    continue;
                };
                match &member.kind {
                    ExprKind::Access { member, .. } => {
                        if let ExprKind::Name(payment) = &member.kind {
                            payments.extend(self.payment_id(decision, &payment.text));
                        }
                    }
                    _ => {
                        let known = self.program.decisions.get(decision.0 as usize);
                        payments.extend(known.map(|d| d.payments.clone()).unwrap_or_default());
                    }
                }
            }
        }
        let mut of = Vec::new();
        for benefit in &clause.income_for {
            for id in self.decisions_of(cx, benefit) {
                of.extend(self.origins.get(id.0 as usize).map(super::scope::Origin::module));
            }
        }
        if !clause.income_for.is_empty() && of.is_empty() {
            return;
        }
        let validity = clause.in_force.as_ref().map_or_else(Validity::default, |p| self.period(p));
        let (layer, span) = (cx.layer, clause.span);
        let not_income = NotIncome { payments, of, validity, item, layer, span };
        self.interactions.not_income.push(not_income);
    }

    fn relation_clause(
        &mut self,
        layer: LayerId,
        module: ModuleId,
        relation: &'a ast::Relation,
        clause: &'a ast::RelationClause,
    ) {
        let place = (layer, module, clause.span);
        let cx = Context::of(self.program.root, module, layer);
        let citations: Vec<ast::Citation> =
            relation.citations.iter().chain(&clause.citations).cloned().collect();
        let label = ast::Text { text: relation.name.text.clone(), span: relation.name.span };
        if clause.kind != RelationKind::NotIncome {
            self.only_of_income(clause);
        }
        match clause.kind {
            RelationKind::Exclusive => {
                let Some(keep) = &clause.keep else {
                    self.relation_needs(clause.span, "保留 …", "keep …");
                    return;
                };
                let winners = self.decisions_of(cx, keep);
                let item = self.item(cx, "", Some(&label), &citations, clause.span);
                for member in &clause.members {
                    for loser in self.decisions_of(cx, member) {
                        if winners.contains(&loser) {
                            continue;
                        }
                        for winner in &winners {
                            self.interactions.exclusions.push(Exclusion {
                                loser,
                                winner: *winner,
                                item,
                                place,
                            });
                        }
                    }
                }
            }
            RelationKind::HigherOf => {
                let Some(keep) = &clause.keep_on_tie else {
                    self.relation_needs(clause.span, "同额保留 …", "tie_keep …");
                    return;
                };
                let Some(kept) = self.payment_meant(cx, keep) else { return };
                let (mut payments, mut spans) = (vec![kept], vec![keep.span]);
                for member in &clause.members {
                    let Some(payment) = self.payment_meant(cx, member) else { return };
                    if !payments.contains(&payment) {
                        payments.push(payment);
                        spans.push(member.span);
                    }
                }
                let item = self.item(cx, "", Some(&label), &citations, clause.span);
                let elected_by = clause.elected_by.as_ref();
                self.interactions.higher.push(Higher { payments, spans, elected_by, item, place });
            }
            RelationKind::TopUp => {
                let Some(to) = &clause.top_up_to else {
                    self.relation_needs(clause.span, "补至 …", "up_to …");
                    return;
                };
                let item = self.item(cx, "", Some(&label), &citations, clause.span);
                self.top_ups(cx, clause, to, (item, place));
            }
            RelationKind::NotIncome => {
                let item = self.item(cx, "", Some(&label), &citations, clause.span);
                self.not_income(cx, clause, item);
            }
            // 叠加 says that nothing is taken off: it only has to name things that exist.
            RelationKind::Combined => {
                for member in &clause.members {
                    self.decisions_of(cx, member);
                }
            }
        }
    }

    fn top_ups(
        &mut self,
        cx: Context,
        clause: &'a ast::RelationClause,
        to: &'a Expr,
        (item, place): (ItemId, (LayerId, ModuleId, Span)),
    ) {
        for member in &clause.members {
            let Some(payment) = self.payment_meant(cx, member) else { continue };
            if self.interactions.top_ups.iter().any(|top_up| top_up.payment == payment) {
                self.topped_up_twice(member);
                continue;
            }
            let offsets = &clause.offsets;
            self.interactions.top_ups.push(TopUp { payment, to, offsets, item, place });
        }
    }

    /// Two amounts to which one payment is to be filled up: nothing says which is meant.
    fn topped_up_twice(&mut self, member: &Expr) {
        let name = self.sources.slice(member.span).to_owned();
        self.report(error::not_here(
            member.span,
            Bilingual::new(
                format!("“{name}”在另一项关系里已经补差，实发不能由两处定"),
                format!("`{name}` is topped up by another relation already"),
            ),
            Bilingual::new(
                "合并成一项补差，把要抵的都写在 先抵 后面",
                "make it one `top_up` with everything to offset behind `offset`",
            ),
        ));
    }

    fn relation_needs(&mut self, span: Span, zh: &str, en: &str) {
        self.report(error::not_here(
            span,
            Bilingual::new(
                format!("这一项关系要写明 {zh}"),
                format!("this relation has to say `{en}`"),
            ),
            Bilingual::new(format!("在后面加 ，{zh}"), format!("add `, {en}`")),
        ));
    }

    /// The entitlements of all decisions of a name (of the household, and of a person).
    fn decisions_of(&mut self, cx: Context, named: &Expr) -> Vec<DefinitionId> {
        let name = match &named.kind {
            ExprKind::Name(name) => name,
            ExprKind::Access { base, .. } => match &base.kind {
                ExprKind::Name(name) => name,
                _ => return self.no_benefit(named),
            },
            _ => return self.no_benefit(named),
        };
        let found: Vec<DefinitionId> = self
            .visible(cx, &name.text, None)
            .iter()
            .filter_map(|entry| match entry.entity {
                Entity::Definition(id) => {
                    let kind = self.program.definition(id)?.kind;
                    matches!(kind, DefinitionKind::Entitlement(_)).then_some(id)
                }
                Entity::Parameter(_) | Entity::Table(_) => None,
            })
            .collect();
        if found.is_empty() { self.no_benefit(named) } else { found }
    }

    fn no_benefit(&mut self, named: &Expr) -> Vec<DefinitionId> {
        let names: Vec<String> =
            self.program.decisions.iter().map(|decision| decision.name.text.clone()).collect();
        let text = self.sources.slice(named.span).to_owned();
        let close = crate::diagnostic::closest_name(&text, names.iter().map(String::as_str))
            .map(str::to_owned);
        self.report(error::unknown_name(named.span, &text, close.as_deref()));
        Vec::new()
    }

    /// `X的P`, or `X` where it has one payment.
    fn payment_meant(&mut self, cx: Context, named: &Expr) -> Option<PaymentId> {
        let decisions: Vec<DecisionId> = self
            .decisions_of(cx, named)
            .into_iter()
            .filter_map(|id| match self.program.definition(id)?.kind {
                DefinitionKind::Entitlement(decision) => Some(decision),
                _ => None,
            })
            .collect();
        let mut found = Vec::new();
        for decision in &decisions {
            match &named.kind {
                ExprKind::Access { member, .. } => {
                    if let ExprKind::Name(payment) = &member.kind {
                        found.extend(self.payment_id(*decision, &payment.text));
                    }
                }
                _ => {
                    let known = self.program.decisions.get(decision.0 as usize);
                    found.extend(known.map(|d| d.payments.clone()).unwrap_or_default());
                }
            }
        }
        if let [only] = found.as_slice() {
            return Some(*only);
        }
        if !decisions.is_empty() {
            self.report(error::not_here(
                named.span,
                Bilingual::new("要指明是哪一项给付", "which payment is meant is not clear"),
                Bilingual::new("写作 低保的低保金", "write `decision.payment`"),
            ));
        }
        None
    }

    /// An entitlement that somebody does not have who has what excludes it.
    pub(super) fn excluded(&mut self, cx: Context, id: DefinitionId, root: NodeId) -> NodeId {
        let exclusions: Vec<Exclusion> = self
            .interactions
            .exclusions
            .iter()
            .filter(|exclusion| exclusion.loser == id)
            .cloned()
            .collect();
        if exclusions.is_empty() {
            return root;
        }
        let mut nodes = vec![root];
        for exclusion in exclusions {
            let (layer, module, span) = exclusion.place;
            self.mark_sample(id, false, layer);
            let here = Context { layer, module, ..cx };
            let reach = self.program.definition(exclusion.winner).map(|winner| winner.subject);
            // Somebody else's benefit excludes nothing of this subject.
            if !reach.is_some_and(|reach| self.reach(cx.subject).contains(&reach)) {
                let of = |object| self.object_name(object);
                let (theirs, ours) = (reach.map(of).unwrap_or_default(), of(cx.subject));
                self.report(error::exclusion_out_of_reach(span, &theirs, &ours));
                continue;
            }
            let winner = self.use_from(here, exclusion.winner, span);
            let not = self.push(here, NodeKind::Not(winner), Type::Bool, span);
            nodes.push(self.push(here, NodeKind::Item(exclusion.item, not), Type::Bool, span));
            self.program.interactions.push(Interaction {
                kind: InteractionKind::Exclusive,
                on: id,
                before: root,
                after: not,
                by: vec![exclusion.winner],
                item: exclusion.item,
            });
        }
        let span = self.span(root);
        self.push(cx, NodeKind::All(nodes), Type::Bool, span)
    }

    /// 实发: what is due after 择高, and what 补差 leaves of that.
    pub(super) fn paid(&mut self, cx: Context, id: DefinitionId, payment: PaymentId) -> NodeId {
        let Some(found) = self.program.payments.get(payment.0 as usize).cloned() else {
            return self.poison(cx, Span::default());
        };
        let span = self.program.definition(id).map_or(Span::default(), |found| found.span);
        let due = self.use_definition(cx, found.due, span);
        let texts = self.program.definition(found.due).map(|due| (due.texts.clone(), due.sample));
        if let (Some((texts, sample)), Some(paid)) =
            (texts, self.program.definitions.get_mut(id.0 as usize))
        {
            paid.texts = texts;
            paid.sample = sample;
        }
        let mut node = match self.program.node(due).map(|node| &node.kind) {
            Some(NodeKind::Use { root, .. }) => *root,
            _ => return due,
        };
        let groups: Vec<Higher<'a>> = self
            .interactions
            .higher
            .iter()
            .filter(|group| group.payments.contains(&payment))
            .cloned()
            .collect();
        let mut kept = Vec::new();
        for group in groups {
            self.mark_sample(id, false, group.place.0);
            let before = node;
            let (value, condition) = self.highest(cx, payment, &group, before);
            node = value;
            kept.push(condition);
            let others = group.payments.iter().filter(|other| **other != payment);
            let by = others
                .filter_map(|other| self.program.payments.get(other.0 as usize))
                .map(|other| other.definition)
                .collect();
            self.program.interactions.push(Interaction {
                kind: InteractionKind::Higher,
                on: id,
                before,
                after: node,
                by,
                item: group.item,
            });
        }
        let top_ups: Vec<TopUp<'a>> = self
            .interactions
            .top_ups
            .iter()
            .filter(|top_up| top_up.payment == payment)
            .cloned()
            .collect();
        for top_up in top_ups {
            self.mark_sample(id, false, top_up.place.0);
            let before = node;
            node = self.topped_up(cx, &found, &top_up, (before, &kept));
            self.program.interactions.push(Interaction {
                kind: InteractionKind::TopUp,
                on: id,
                before,
                after: node,
                by: Vec::new(),
                item: top_up.item,
            });
        }
        node
    }

    fn highest(
        &mut self,
        cx: Context,
        payment: PaymentId,
        group: &Higher<'a>,
        node: NodeId,
    ) -> (NodeId, NodeId) {
        let (layer, module, span) = group.place;
        let here = Context { layer, module, ..cx };
        let rank = |wanted: PaymentId| group.payments.iter().position(|p| *p == wanted);
        let named = |wanted: PaymentId| rank(wanted).and_then(|at| group.spans.get(at).copied());
        let own = self.program.payments.get(payment.0 as usize).map(|found| found.due);
        let mut conditions = Vec::new();
        for other in &group.payments {
            let Some(found) = self.program.payments.get(other.0 as usize).cloned() else {
                continue;
            };
            let (Some(own), true) = (own, *other != payment) else { continue };
            let due = self.use_from(here, own, named(payment).unwrap_or(span));
            let other_due = self.use_from(here, found.due, named(*other).unwrap_or(span));
            // On a tie the one named first keeps its amount, so that just one is paid.
            let operator = if rank(payment) < rank(*other) {
                Comparison::GreaterOrEqual
            } else {
                Comparison::Greater
            };
            let kind = NodeKind::Compare(operator, due, other_due);
            let compared = self.push(here, kind, Type::Bool, span);
            let name = self.decision_name(&found);
            let words = (format!("与{name}相比"), format!("beside {name}"));
            conditions.push(self.told(here, words, compared, span));
        }
        let highest = self.push(here, NodeKind::All(conditions), Type::Bool, span);
        let condition = match group.elected_by {
            Some(choice) => self.elected(here, payment, group, choice, highest),
            None => highest,
        };
        let ty = self.ty(node);
        let zero = self.zero(here, &ty, span);
        let arm = Arm { item: group.item, condition: Some(condition), value: node };
        let kind =
            NodeKind::Choose { combine: Combine::First, arms: vec![arm], otherwise: Some(zero) };
        (self.push(here, kind, ty, span), condition)
    }

    /// 本人选择: whether this is the one that was chosen, or the highest where nothing is chosen
    /// that is due.
    fn elected(
        &mut self,
        cx: Context,
        payment: PaymentId,
        group: &Higher<'a>,
        choice: &'a Expr,
        highest: NodeId,
    ) -> NodeId {
        let span = choice.span;
        let chosen = self.expr(cx, choice, None);
        let ty = self.ty(chosen);
        let Type::Enum(id) = ty else {
            if !ty.is_error() {
                let found = self.describe(&ty);
                let wanted = Bilingual::new(
                    "一个枚举的事实，它的值就是各项待遇的名称",
                    "a fact of an enum whose values are the names of the benefits",
                );
                self.report(error::expected(span, &wanted, &found));
            }
            return highest;
        };
        let mut mine = None;
        let mut any = Vec::new();
        for other in &group.payments {
            let Some(found) = self.program.payments.get(other.0 as usize).cloned() else {
                continue;
            };
            let Some(value) = self.choice_of(id, &found) else {
                let name = self.decision_name(&found);
                self.report(error::not_here(
                    span,
                    Bilingual::new(
                        format!("可以选择的值里没有“{name}”"),
                        format!("`{name}` is not among the values that can be chosen"),
                    ),
                    Bilingual::new(
                        "枚举的值要与各项待遇同名",
                        "give the enum one value for each benefit, of the same name",
                    ),
                ));
                return highest;
            };
            let value = self.constant(cx, value, Type::Enum(id), span);
            let kind = NodeKind::Compare(Comparison::Equal, chosen, value);
            let is_chosen = self.push(cx, kind, Type::Bool, span);
            let due = self.use_from(cx, found.due, span);
            let due_ty = self.ty(due);
            let zero = self.zero(cx, &due_ty, span);
            let kind = NodeKind::Compare(Comparison::Greater, due, zero);
            let is_due = self.push(cx, kind, Type::Bool, span);
            let name = self.decision_name(&found);
            let words = (format!("选的是{name}"), format!("{name} was chosen"));
            let is_chosen = self.told(cx, words, is_chosen, span);
            let words = (format!("{name}有应发数"), format!("something is due of {name}"));
            let is_due = self.told(cx, words, is_due, span);
            let both = self.push(cx, NodeKind::All(vec![is_chosen, is_due]), Type::Bool, span);
            if *other == payment {
                let words = (format!("本人选择领取{name}"), format!("{name} by choice"));
                mine = Some(self.told(cx, words, both, span));
            }
            any.push(both);
        }
        let any = self.push(cx, NodeKind::Any(any), Type::Bool, span);
        let none = self.push(cx, NodeKind::Not(any), Type::Bool, span);
        let words = (
            "没有选择，或选的一项没有应发数".to_owned(),
            "nothing that is due was chosen".to_owned(),
        );
        let none = self.told(cx, words, none, span);
        let words = ("数额最高".to_owned(), "the highest".to_owned());
        let highest = self.told(cx, words, highest, span);
        let left = self.push(cx, NodeKind::All(vec![none, highest]), Type::Bool, span);
        let words =
            ("没有选定的，发数额高的".to_owned(), "the highest where none was chosen".to_owned());
        let left = self.told(cx, words, left, span);
        let ways = mine.into_iter().chain([left]).collect();
        self.push(cx, NodeKind::Any(ways), Type::Bool, span)
    }

    fn decision_name(&self, payment: &crate::hir::program::Payment) -> String {
        let decision = self.program.decisions.get(payment.decision.0 as usize);
        decision.map_or_else(String::new, |decision| decision.name.text.clone())
    }

    /// The value of an enumeration that is called as a payment's decision.
    fn choice_of(&self, id: EnumId, payment: &crate::hir::program::Payment) -> Option<Constant> {
        let decision = self.program.decisions.get(payment.decision.0 as usize)?;
        let values = &self.program.enumeration(id)?.values;
        let at = values.iter().position(|value| value.text == decision.name.text)?;
        Some(Constant::Enum(id, u16::try_from(at).ok()?))
    }

    fn topped_up(
        &mut self,
        cx: Context,
        payment: &crate::hir::program::Payment,
        top_up: &TopUp<'a>,
        (node, kept): (NodeId, &[NodeId]),
    ) -> NodeId {
        let (layer, module, span) = top_up.place;
        let here = Context { layer, module, ..cx };
        let ty = self.ty(node);
        let mut rest = self.value_of_type(here, top_up.to, &ty);
        for offset in top_up.offsets {
            let offset = self.value_of_type(here, offset, &ty);
            let joined = self.joined_type(ty.clone(), &[rest, offset]);
            let kind = NodeKind::Binary(BinaryOperator::Subtract, rest, offset);
            rest = self.push(here, kind, joined, span);
        }
        let rest_ty = self.ty(rest);
        if rest_ty.as_number().is_some_and(|number| !number.whole_fen) {
            self.report(error::unstated_rounding(span, &payment.name.text));
        }
        let zero = self.zero(here, &ty, span);
        let least = self.push(here, NodeKind::Floor(rest, zero), rest_ty, span);
        let entitled = self
            .program
            .decisions
            .get(payment.decision.0 as usize)
            .map(|decision| decision.entitlement);
        let Some(entitled) = entitled else { return node };
        let entitled = self.use_definition(here, entitled, span);
        // What 择高 has given to another benefit is not filled up.
        let condition = if kept.is_empty() {
            entitled
        } else {
            let all = std::iter::once(entitled).chain(kept.iter().copied()).collect();
            self.push(here, NodeKind::All(all), Type::Bool, span)
        };
        let due = self.program.definition(payment.due).and_then(|due| due.root);
        let least = due.map_or(least, |due| self.within_terms(here, due, least));
        let arm = Arm { item: top_up.item, condition: Some(condition), value: least };
        let kind =
            NodeKind::Choose { combine: Combine::First, arms: vec![arm], otherwise: Some(zero) };
        self.push(here, kind, ty, span)
    }

    pub(super) fn zero(&mut self, cx: Context, ty: &Type, span: Span) -> NodeId {
        let ty = match ty {
            Type::Number(number) => {
                Type::Number(NumberType { whole_fen: true, integer: true, ..number.clone() })
            }
            other => other.clone(),
        };
        self.constant(cx, Constant::Number(Rational::ZERO), ty, span)
    }
}
