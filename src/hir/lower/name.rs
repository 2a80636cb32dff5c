//! Names: facts of the subject, then of what it is a member of, then rules, parameters and tables
//! of the own benefit, the vocabulary, and the policies used.

use super::scope::{Entity, Entry, Module, ModuleId, State};
use super::{Context, Lowerer};
use crate::builtins::{self, Word};
use crate::diagnostic::{Bilingual, closest_name};
use crate::hir::program::{DefinitionId, DefinitionKind, FieldId, LayerId, ParameterId};
use crate::hir::{NodeId, NodeKind, ParameterDay, QuestionDate, error};
use crate::source::Span;
use crate::syntax::ast::{self, BinaryOperator, Expr, ExprKind};
use crate::types::{EnumId, NumberStyle, ObjectId, Type};

impl Lowerer<'_> {
    /// The field of an object by name or alias.
    pub(super) fn field_named(&self, object: ObjectId, name: &str) -> Option<FieldId> {
        let named = self.scope.fields.get(name)?;
        named.iter().find(|(owner, _)| *owner == object).map(|(_, field)| *field)
    }

    /// A name standing alone.
    pub(super) fn name(
        &mut self,
        cx: Context,
        name: &ast::Reference,
        expected: Option<&Type>,
    ) -> NodeId {
        if let Some(node) = self.word(cx, name, expected) {
            return node;
        }
        if let Some(node) = self.local_use(cx, name) {
            return node;
        }
        if let Some(Type::Enum(id)) = expected
            && self
                .scope
                .values
                .get(&name.text)
                .is_some_and(|found| found.iter().any(|(e, _)| e == id))
        {
            return self.enum_node(cx, name, *id);
        }
        if let Some(node) = self.fact(cx, name) {
            return node;
        }
        if let Some(node) = self.entity(cx, name, None) {
            return node;
        }
        if let Some(node) = self.received(cx, name) {
            return node;
        }
        if let Some(found) = self.scope.values.get(&name.text) {
            if let [(id, _)] = found.as_slice() {
                let id = *id;
                return self.enum_node(cx, name, id);
            }
            let places: Vec<String> = found
                .iter()
                .filter_map(|(id, _)| self.program.enumeration(*id))
                .map(|enumeration| enumeration.name.text.clone())
                .collect();
            self.report(error::ambiguous(name.span, &name.text, &places));
            return self.poison(cx, name.span);
        }
        self.unknown(cx, name);
        self.poison(cx, name.span)
    }

    fn enum_node(&mut self, cx: Context, name: &ast::Reference, id: EnumId) -> NodeId {
        match self.enum_value(name, id) {
            Some(constant) => self.constant(cx, constant, Type::Enum(id), name.span),
            None => self.poison(cx, name.span),
        }
    }

    /// Words that are names to the grammar: 无, 评估日 ….
    fn word(
        &mut self,
        cx: Context,
        name: &ast::Reference,
        expected: Option<&Type>,
    ) -> Option<NodeId> {
        let date = match builtins::word(&name.text)? {
            Word::Assessment => QuestionDate::Assessment,
            Word::PeriodFirst => QuestionDate::PeriodFirst,
            Word::PeriodLast => QuestionDate::PeriodLast,
            Word::Period => QuestionDate::Period,
            Word::TermFirst => QuestionDate::TermFirst,
            Word::TermLast => QuestionDate::TermLast,
            Word::BenefitIncome => return Some(self.benefit_income(cx, name.span)),
            Word::None => {
                let ty = expected.cloned().unwrap_or(Type::Error);
                return Some(self.push_optional(cx, NodeKind::Absent, ty, true, name.span));
            }
            // The others stand in facts, before 的, or beside a decision.
            _ => return None,
        };
        let ty = if date == QuestionDate::Period { Type::Month } else { Type::Date };
        Some(self.push(cx, NodeKind::QuestionDate(date), ty, name.span))
    }

    /// A fact of the subject or of what it is a member of.
    fn fact(&mut self, cx: Context, name: &ast::Reference) -> Option<NodeId> {
        if let Some(field) = self.field_named(cx.subject, &name.text) {
            if let Some(population) = cx.population {
                return Some(self.not_counted_up(cx, population, &name.text, name.span));
            }
            return Some(self.fact_node(cx, field, name.span));
        }
        let above = self.reach(cx.subject);
        let mut above = above.into_iter().skip(1);
        let (owner, field) =
            above.find_map(|owner| Some((owner, self.field_named(owner, &name.text)?)))?;
        let outer = Context { subject: owner, ..cx };
        let node = self.fact_node(outer, field, name.span);
        Some(self.lifted(cx, node, name.span))
    }

    fn fact_node(&mut self, cx: Context, field: FieldId, span: Span) -> NodeId {
        let Some((ty, optional, many)) =
            self.program.field(field).map(|field| (field.ty.clone(), field.optional, field.many))
        else {
            return self.poison(cx, span);
        };
        if many {
            self.report(error::not_here(
                span,
                Bilingual::new("这是一份名单，不能直接当作一个值", "this is a list, not one value"),
                Bilingual::new(
                    "用 人数（…）、合计（…）、存在（…）",
                    "use count(…), sum(…), exists(…)",
                ),
            ));
            return self.poison(cx, span);
        }
        self.push_optional(cx, NodeKind::Fact(field), ty, optional, span)
    }

    /// A rule, parameter or table by name, with its keys supplied by type.
    fn entity(
        &mut self,
        cx: Context,
        name: &ast::Reference,
        layer: Option<&str>,
    ) -> Option<NodeId> {
        let entries = self.visible(cx, &name.text, layer);
        if entries.is_empty() {
            return None;
        }
        let reach = self.reach(cx.subject);
        // Of several the nearest is meant: one's own before the household's.
        let mut found: Vec<(usize, Entity)> = Vec::new();
        let mut elsewhere = None;
        for entry in &entries {
            let distance = match entry.entity {
                Entity::Definition(id) => {
                    let subject = self.program.definition(id).map(|definition| definition.subject);
                    let distance = reach.iter().position(|object| Some(*object) == subject);
                    elsewhere = if distance.is_none() { subject } else { elsewhere };
                    distance
                }
                Entity::Parameter(_) | Entity::Table(_) => Some(0),
            };
            found.extend(distance.map(|distance| (distance, entry.entity)));
        }
        let nearest = found.iter().map(|(distance, _)| *distance).min();
        let chosen: Vec<Entity> = found
            .into_iter()
            .filter(|(distance, _)| Some(*distance) == nearest)
            .map(|(_, entity)| entity)
            .collect();
        match chosen.as_slice() {
            [] => {
                let of = elsewhere.map_or_else(String::new, |object| self.object_name(object));
                let here = self.object_name(cx.subject);
                self.report(error::wrong_subject(name.span, &name.text, &of, &here));
                Some(self.poison(cx, name.span))
            }
            [Entity::Definition(id)] => Some(self.use_from(cx, *id, name.span)),
            [Entity::Parameter(id)] => Some(self.parameter_use(cx, *id, &[], name.span)),
            [Entity::Table(at)] => Some(self.table_use(cx, *at, &[], name.span)),
            _ => {
                let places: Vec<String> = entries
                    .iter()
                    .filter_map(|entry| self.modules.get(entry.module.0))
                    .map(|module| format!("{}的{}", module.benefit, name.text))
                    .collect();
                self.report(error::ambiguous(name.span, &name.text, &places));
                Some(self.poison(cx, name.span))
            }
        }
    }

    /// Warns where 国家的标准 reads what a lower layer has put in the place of the country's values.
    fn check_set_anew(&mut self, cx: Context, member: &Expr, place: &str, span: Span) {
        let name = match &member.kind {
            ExprKind::Name(name) => name,
            ExprKind::Call(call) => &call.callee,
            _ => return,
        };
        let entries = self.visible(cx, &name.text, Some(place));
        let [Entry { entity: Entity::Parameter(id), .. }] = entries.as_slice() else { return };
        let Some(source) = self.parameters.get(id.0 as usize) else { return };
        let place_of = |layer: LayerId| {
            self.program.layer(layer).map_or("", |layer| layer.place.as_str()).to_owned()
        };
        let filled: Vec<String> = source
            .iter()
            .filter(|(_, node)| !node.rows.is_empty())
            .map(|(layer, _)| place_of(*layer))
            .collect();
        if let Some(last) = filled.last().filter(|last| *last != place)
            && filled.iter().any(|one| one == place)
        {
            self.report(error::set_anew(span, &name.text, place, last));
        }
    }

    /// A definition of the subject or of what it is a member of.
    pub(super) fn use_from(&mut self, cx: Context, id: DefinitionId, span: Span) -> NodeId {
        let Some(subject) = self.program.definition(id).map(|definition| definition.subject) else {
            return self.poison(cx, span);
        };
        if let Some(population) = cx.population {
            return self.use_over_population(cx, population, id, span);
        }
        if subject == cx.subject {
            return self.use_definition(cx, id, span);
        }
        let outer = Context { subject, ..cx };
        let node = self.use_definition(outer, id, span);
        self.lifted(cx, node, span)
    }

    /// A definition of the same subject, lowered first if it is not yet.
    pub(super) fn use_definition(&mut self, cx: Context, id: DefinitionId, span: Span) -> NodeId {
        match self.states.get(id.0 as usize).copied() {
            Some(State::Pending) => self.definition(id, cx.depth),
            Some(State::InProgress) => {
                let path = self.path_of(id);
                self.report(error::circle(span, &path));
                return self.poison(cx, span);
            }
            Some(State::Done(_)) => {
                if !self.levels.reach_with(cx.depth, id) {
                    return self.too_deep(cx, span);
                }
            }
            None => return self.poison(cx, span),
        }
        let Some(State::Done(root)) = self.states.get(id.0 as usize).copied() else {
            return self.poison(cx, span);
        };
        let ty =
            self.program.definition(id).map_or(Type::Error, |definition| definition.ty.clone());
        let ty = match (ty, self.ty(root)) {
            (_, Type::Error) => Type::Error,
            (Type::Error, found) => found,
            (declared, found) => match (declared, found) {
                (Type::Number(declared), Type::Number(found)) => {
                    Type::Number(declared.refined(&found))
                }
                (declared, _) => declared,
            },
        };
        let optional = self.is_optional(root);
        self.push_optional(cx, NodeKind::Use { definition: id, root }, ty, optional, span)
    }

    /// What is being lowered, from a definition on and back to it.
    pub(super) fn path_of(&self, id: DefinitionId) -> Vec<String> {
        let start = self.in_progress.iter().position(|open| *open == id).unwrap_or(0);
        let open = self.in_progress.iter().skip(start);
        let definitions = open.chain(std::iter::once(&id));
        let mut path: Vec<String> = definitions
            .filter_map(|id| self.program.definition(*id))
            .map(|definition| {
                let subject = self.object_name(definition.subject);
                format!("{}（{subject}）", definition.name.text)
            })
            .collect();
        path.dedup();
        path
    }

    /// A parameter with these keys, the rest supplied by type.
    pub(super) fn parameter_use(
        &mut self,
        cx: Context,
        id: ParameterId,
        given: &[Expr],
        span: Span,
    ) -> NodeId {
        let Some((keys, ty, name)) = self.program.parameters.get(id.0 as usize).map(|parameter| {
            (parameter.keys.clone(), parameter.ty.clone(), parameter.name.text.clone())
        }) else {
            return self.poison(cx, span);
        };
        if !given.is_empty() && given.len() != keys.len() {
            let shown: Vec<String> = keys
                .iter()
                .filter_map(|key| self.program.enumeration(*key))
                .map(|key| key.name.text.clone())
                .collect();
            let form = error::keyed_form(&name, &shown);
            self.report(error::wrong_arguments(span, &name, &form));
            return self.poison(cx, span);
        }
        let mut nodes = Vec::new();
        for (at, key) in keys.iter().enumerate() {
            let node = match given.get(at) {
                Some(given) => self.value_of_type(cx, given, &Type::Enum(*key)),
                None => match self.key_by_type(cx, *key, span) {
                    Some(node) => node,
                    None => {
                        let key = self
                            .program
                            .enumeration(*key)
                            .map_or_else(String::new, |key| key.name.text.clone());
                        self.report(error::key_not_supplied(span, &name, &key));
                        return self.poison(cx, span);
                    }
                },
            };
            nodes.push(node);
        }
        let ty = self.strike(ty, cx.subject);
        let kind = NodeKind::Parameter { parameter: id, keys: nodes, at: ParameterDay::Now };
        self.push(cx, kind, ty, span)
    }

    /// The one fact in reach that has the type of a key.
    fn key_by_type(&mut self, cx: Context, key: EnumId, span: Span) -> Option<NodeId> {
        for owner in self.reach(cx.subject) {
            let fields: Vec<(FieldId, String)> = self
                .program
                .object(owner)?
                .fields
                .iter()
                .filter_map(|id| Some((*id, self.program.field(*id)?)))
                .filter(|(_, field)| field.ty == Type::Enum(key) && !field.many)
                .filter(|(id, _)| self.knows_field(cx, *id))
                .map(|(id, field)| (id, field.name.text.clone()))
                .collect();
            if let [(_, name)] = fields.as_slice() {
                let reference = ast::Reference { text: name.clone(), span };
                return self.fact(cx, &reference);
            }
            if fields.len() > 1 {
                return None;
            }
        }
        None
    }

    fn table_use(&mut self, cx: Context, at: usize, given: &[Expr], span: Span) -> NodeId {
        let Some(&(_, _, table)) = self.tables.get(at) else { return self.poison(cx, span) };
        if !given.is_empty() && given.len() != table.keys.len() {
            let keys: Vec<String> = table.keys.iter().map(|key| key.text.clone()).collect();
            let form = error::keyed_form(&table.name.text, &keys);
            self.report(error::wrong_arguments(span, &table.name.text, &form));
            return self.poison(cx, span);
        }
        let mut keys = Vec::new();
        for (at, key) in table.keys.iter().enumerate() {
            let node = match given.get(at) {
                Some(given) => self.expr(cx, given, None),
                // It stands where the table names it, and is told by that name.
                None => match self.scope.enums.get(&key.text).copied() {
                    Some(id) => match self.key_by_type(cx, id, key.span) {
                        Some(node) => node,
                        None => self.name(cx, key, None),
                    },
                    None => self.name(cx, key, None),
                },
            };
            keys.push(node);
        }
        self.table_versions(cx, at, &keys, span)
    }

    /// A call that is no built-in: a parameter or a table with its keys.
    pub(super) fn keyed(&mut self, cx: Context, call: &ast::Call, span: Span) -> NodeId {
        self.keyed_of(cx, call, None, span)
    }

    fn keyed_of(
        &mut self,
        cx: Context,
        call: &ast::Call,
        layer: Option<&str>,
        span: Span,
    ) -> NodeId {
        let entries = self.visible(cx, &call.callee.text, layer);
        for entry in &entries {
            match entry.entity {
                Entity::Parameter(id) => return self.parameter_use(cx, id, &call.arguments, span),
                Entity::Table(at) => return self.table_use(cx, at, &call.arguments, span),
                Entity::Definition(id) => {
                    // 低保（家庭）: the subject said again.
                    if let [Expr { kind: ExprKind::Name(subject), .. }] = call.arguments.as_slice()
                        && let Some(&object) = self.scope.objects.get(&subject.text)
                        && self.program.definition(id).is_some_and(|d| d.subject == object)
                    {
                        return self.use_from(cx, id, span);
                    }
                }
            }
        }
        if entries.is_empty() {
            self.unknown_callee(cx, &call.callee);
        } else {
            self.report(error::wrong_arguments(
                span,
                &call.callee.text,
                &Bilingual::same(call.callee.text.as_str()),
            ));
        }
        self.poison(cx, span)
    }

    /// A的B.
    pub(super) fn access(
        &mut self,
        cx: Context,
        base: &Expr,
        member: &Expr,
        stage: Option<ast::StageWord>,
        expected: Option<&Type>,
        span: Span,
    ) -> NodeId {
        // 甲的低保的低保金 is 甲的（低保的低保金）: a payment is read with its decision.
        if let ExprKind::Access { base: outer, member: decision, .. } = &base.kind
            && let ExprKind::Name(name) = &decision.kind
            && self.is_decision(cx, &name.text)
        {
            let inner = ExprKind::Access {
                base: decision.clone(),
                member: Box::new(member.clone()),
                stage,
            };
            let inner = Expr { kind: inner, span: decision.span.to(member.span) };
            return self.access(cx, outer, &inner, None, expected, span);
        }
        if let ExprKind::MonthsAgo(months) = base.kind {
            return self.months_ago(cx, months, member, span);
        }
        if let ExprKind::Name(word) = &base.kind
            && let Some(node) = self.access_word(cx, word, member, stage, expected, span)
        {
            return node;
        }
        if let Some(node) = self.item_of_person(cx, base, member, expected, span) {
            return node;
        }
        let base_node = self.expr(cx, base, None);
        match self.ty(base_node) {
            Type::Error => self.poison(cx, span),
            Type::Date | Type::Month => self.of_day(cx, base_node, member, expected, span),
            Type::Object(object) => {
                let inner = Context { subject: object, ..cx };
                let target = self.member(inner, member, expected);
                let ty = self.ty(target);
                let kind = NodeKind::AtReference { reference: base_node, target };
                self.push_optional(cx, kind, ty, true, span)
            }
            Type::Number(_) => {
                let right = self.member(cx, member, None);
                let right_ty = self.numeric(right);
                let ratio = right_ty.as_number().is_some_and(|number| {
                    number.unit.is_dimensionless() && number.style != NumberStyle::Plain
                });
                if !ratio {
                    if !right_ty.is_error() {
                        let found = self.describe(&right_ty);
                        let wanted = Bilingual::new("一个百分比或倍数", "a percentage or multiple");
                        self.report(error::expected(member.span, &wanted, &found));
                    }
                    return self.poison(cx, span);
                }
                let unit = self.ty(base_node).unit().cloned().unwrap_or_default();
                let kind = NodeKind::Binary(BinaryOperator::Multiply, base_node, right);
                self.push(cx, kind, Type::number(unit), span)
            }
            other => {
                let found = self.describe(&other);
                let wanted =
                    Bilingual::new("一个人、一项决定或一个数", "a person, a decision or a number");
                self.report(error::expected(base.span, &wanted, &found));
                self.poison(cx, span)
            }
        }
    }

    fn is_decision(&self, cx: Context, name: &str) -> bool {
        self.visible(cx, name, None).iter().any(|entry| match entry.entity {
            Entity::Definition(id) => self
                .program
                .definition(id)
                .is_some_and(|found| matches!(found.kind, DefinitionKind::Entitlement(_))),
            Entity::Parameter(_) | Entity::Table(_) => false,
        })
    }

    /// What stands after 的: a name or a call.
    pub(super) fn member(&mut self, cx: Context, member: &Expr, expected: Option<&Type>) -> NodeId {
        match &member.kind {
            ExprKind::Name(name) => self.name(cx, name, expected),
            ExprKind::Call(call) => self.call(cx, call, expected, member.span),
            _ => self.expr(cx, member, expected),
        }
    }

    /// The words that may stand before 的 without being values: a decision, a layer, a benefit,
    /// 上月, 去年, 所在家庭, and in a case the key of a person.
    fn access_word(
        &mut self,
        cx: Context,
        word: &ast::Reference,
        member: &Expr,
        stage: Option<ast::StageWord>,
        expected: Option<&Type>,
        span: Span,
    ) -> Option<NodeId> {
        if self.is_called(cx, word) {
            return Some(match self.also_means(cx, &word.text) {
                Some(other) => {
                    self.report(error::ambiguous_key(word.span, &word.text, &other));
                    self.poison(cx, span)
                }
                None => self.at_instance(cx, word, member, expected, span),
            });
        }
        if self.field_named(cx.subject, &word.text).is_some()
            || self.local_named(cx, &word.text).is_some()
        {
            return None;
        }
        let months = match builtins::word(&word.text) {
            Some(Word::LastMonth) => Some(1),
            Some(Word::LastYear) => Some(12),
            // These are days and months as they stand.
            Some(
                Word::Assessment | Word::PeriodFirst | Word::PeriodLast | Word::Period | Word::None,
            ) => return None,
            _ => None,
        };
        if let Some(months) = months {
            return Some(self.earlier(cx, member, months, span));
        }
        let enclosing = builtins::after_prefix(&word.text, Word::Within);
        if let Some(&owner) = enclosing.and_then(|enclosing| self.scope.objects.get(enclosing))
            && self.reach(cx.subject).iter().skip(1).any(|above| *above == owner)
        {
            let outer = Context { subject: owner, ..cx };
            let node = self.member(outer, member, expected);
            return Some(self.lifted(cx, node, span));
        }
        if let Some(node) = self.target_figure(cx, word, member, span) {
            return Some(node);
        }
        if let Some(node) = self.payment_of(cx, word, member, stage, span) {
            return Some(node);
        }
        let place = self.place_twins.get(&word.text).unwrap_or(&word.text).clone();
        let is_place = self.program.layers.iter().any(|layer| layer.place == place);
        if is_place {
            self.check_set_anew(cx, member, &place, span);
            return Some(match &member.kind {
                ExprKind::Name(name) => match self.entity(cx, name, Some(&place)) {
                    Some(node) => node,
                    None => {
                        self.unknown(cx, name);
                        self.poison(cx, span)
                    }
                },
                ExprKind::Call(call) => self.keyed_of(cx, call, Some(&place), member.span),
                _ => self.member(cx, member, expected),
            });
        }
        let benefit = |module: &Module| module.is(&word.text);
        if let Some(module) = self.modules.iter().position(benefit)
            && self.sees(cx, ModuleId(module))
        {
            let there = Context { module: ModuleId(module), ..cx };
            return Some(self.member(there, member, expected));
        }
        if self.is_root_word(cx, &word.text) {
            return Some(self.member(cx, member, expected));
        }
        let known = self.scope.entries.contains_key(&word.text)
            || self
                .reach(cx.subject)
                .iter()
                .any(|above| self.field_named(*above, &word.text).is_some());
        if cx.in_case && !known {
            return Some(self.at_instance(cx, word, member, expected, span));
        }
        None
    }

    fn at_instance(
        &mut self,
        cx: Context,
        word: &ast::Reference,
        member: &Expr,
        expected: Option<&Type>,
        span: Span,
    ) -> NodeId {
        let Some(subject) = self.object_called(word) else { return self.poison(cx, span) };
        let inner = Context { subject, ..cx };
        let target = self.member(inner, member, expected);
        let (ty, optional) = (self.ty(target), self.is_optional(target));
        let kind = NodeKind::AtInstance(word.text.clone(), target);
        self.push_optional(cx, kind, ty, optional, span)
    }

    /// 低保的低保金.
    fn payment_of(
        &mut self,
        cx: Context,
        decision: &ast::Reference,
        member: &Expr,
        stage: Option<ast::StageWord>,
        span: Span,
    ) -> Option<NodeId> {
        let ExprKind::Name(payment) = &member.kind else { return None };
        let reach = self.reach(cx.subject);
        let entries = self.visible(cx, &decision.text, None);
        let mut decisions: Vec<(ObjectId, crate::hir::DecisionId)> = entries
            .iter()
            .filter_map(|entry| match entry.entity {
                Entity::Definition(id) => match self.program.definition(id)?.kind {
                    DefinitionKind::Entitlement(decision) => {
                        Some((self.program.definition(id)?.subject, decision))
                    }
                    _ => None,
                },
                _ => None,
            })
            .collect();
        let distance = |subject: ObjectId| reach.iter().position(|object| *object == subject);
        decisions.sort_by_key(|(subject, _)| distance(*subject).unwrap_or(usize::MAX));
        for (subject, decision) in &decisions {
            if distance(*subject).is_none() {
                continue;
            }
            let found = self.payment_id(*decision, &payment.text);
            if let Some(found) = found.and_then(|id| self.program.payments.get(id.0 as usize)) {
                let due = stage == Some(ast::StageWord::Due);
                let definition = if due { found.due } else { found.definition };
                return Some(self.use_from(cx, definition, span));
            }
        }
        if decisions.is_empty() {
            return None;
        }
        let names: Vec<String> = decisions
            .iter()
            .filter_map(|(_, decision)| self.program.decisions.get(decision.0 as usize))
            .flat_map(|decision| decision.payments.iter())
            .filter_map(|payment| self.program.payments.get(payment.0 as usize))
            .map(|payment| payment.name.text.clone())
            .collect();
        let close = closest_name(&payment.text, names.iter().map(String::as_str));
        let shown = close.map_or_else(|| names.join("、"), str::to_owned);
        self.report(error::unknown_name(payment.span, &payment.text, Some(&shown)));
        Some(self.poison(cx, span))
    }

    /// 享受低保: one's own decision of that name, or the household's.
    fn received(&mut self, cx: Context, name: &ast::Reference) -> Option<NodeId> {
        let decision = builtins::after_prefix(&name.text, Word::Receives)?;
        let entries = self.visible(cx, decision, None);
        let reach = self.reach(cx.subject);
        let found: Vec<DefinitionId> = entries
            .iter()
            .filter_map(|entry| match entry.entity {
                Entity::Definition(id) => {
                    let definition = self.program.definition(id)?;
                    let reachable = reach.contains(&definition.subject);
                    let is_decision = matches!(definition.kind, DefinitionKind::Entitlement(_));
                    (reachable && is_decision).then_some(id)
                }
                _ => None,
            })
            .collect();
        let nodes: Vec<NodeId> =
            found.into_iter().map(|id| self.use_from(cx, id, name.span)).collect();
        match nodes.as_slice() {
            [] => None,
            [node] => Some(*node),
            _ => Some(self.push(cx, NodeKind::Any(nodes), Type::Bool, name.span)),
        }
    }

    /// A 集合 by name.
    pub(super) fn set_named(&self, cx: Context, name: &str) -> Option<DefinitionId> {
        self.visible(cx, name, None).iter().find_map(|entry| match entry.entity {
            Entity::Definition(id) => {
                (self.program.definition(id)?.kind == DefinitionKind::Set).then_some(id)
            }
            _ => None,
        })
    }
}
