//! 集合, and the lists that they and the aggregates are over.

use super::scope::{Entity, ModuleId, Origin};
use super::{Context, Lowerer};
use crate::builtins::Builtin;
use crate::diagnostic::{Bilingual, closest_name};
use crate::hir::program::{DefinitionId, DefinitionKind, FieldId, LayerId};
use crate::hir::{Constant, NodeId, NodeKind, Validity, error};
use crate::source::Span;
use crate::syntax::ast::{self, ExprKind};
use crate::types::{ObjectId, Type};

/// What a call such as 合计（成员，…，其中…） goes over.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    /// Where the list is looked for: about the one whose it is.
    pub(super) outer: Context,
    /// Where each of the list stands.
    pub(super) inner: Context,
    /// The list field.
    pub(super) list: FieldId,
    /// What each has to meet to count.
    pub(super) filters: Vec<NodeId>,
}

/// A list as an aggregate is over it.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    /// Whose it is.
    pub(super) owner: ObjectId,
    /// The list field.
    pub(super) field: FieldId,
    /// What stands in it.
    pub(super) element: ObjectId,
    /// Which of those count, where a 集合 is named.
    pub(super) filter: Option<NodeId>,
}

impl<'a> Lowerer<'a> {
    /// Gives every 集合 its name, once it is known what list it is a part of: one that is part of
    /// another waits for that one.
    pub(super) fn collect_sets(&mut self, sets: Vec<(LayerId, ModuleId, &'a ast::Set)>) {
        let mut open = sets;
        loop {
            let before = open.len();
            let mut waiting = Vec::new();
            for (layer, module, node) in open {
                match self.base_list(module, node) {
                    Some(list) => self.collect_set(layer, module, node, list),
                    None => waiting.push((layer, module, node)),
                }
            }
            if waiting.is_empty() || waiting.len() == before {
                for (_, _, node) in waiting {
                    self.no_such_list(node);
                }
                return;
            }
            open = waiting;
        }
    }

    fn collect_set(
        &mut self,
        layer: LayerId,
        module: ModuleId,
        node: &'a ast::Set,
        (owner, list): (ObjectId, FieldId),
    ) {
        let Some(&Type::Object(element)) = self.program.field(list).map(|field| &field.ty) else {
            return;
        };
        if let Some(first) = self.definition_named(module, &node.name.text, element) {
            self.report_duplicate(&node.name, first);
            return;
        }
        let origin = Origin::Set { module, versions: vec![(layer, node)] };
        let kind = DefinitionKind::Set;
        let id =
            self.define(layer, &node.name, node.private, kind, element, Some(Type::Bool), origin);
        self.set_lists.insert(id, (owner, list));
    }

    /// The list that a 集合 is a part of: one of its subject's, or that of the 集合 it names.
    fn base_list(&self, module: ModuleId, node: &ast::Set) -> Option<(ObjectId, FieldId)> {
        let &owner = self.scope.objects.get(&node.subject.object.text)?;
        let ExprKind::Name(base) = &node.base.kind else { return None };
        if let Some(list) = self.list_field(owner, &base.text) {
            return Some((owner, list));
        }
        let cx = Context::of(owner, module, LayerId::default());
        let set = self.set_named(cx, &base.text)?;
        self.set_lists.get(&set).copied().filter(|(of, _)| *of == owner)
    }

    fn list_field(&self, owner: ObjectId, name: &str) -> Option<FieldId> {
        let field = self.field_named(owner, name)?;
        let is_list = |field: &crate::hir::Field| field.many && matches!(field.ty, Type::Object(_));
        self.program.field(field).is_some_and(is_list).then_some(field)
    }

    fn no_such_list(&mut self, node: &ast::Set) {
        let subject = &node.subject.object;
        if !self.scope.objects.contains_key(&subject.text) {
            self.report(error::unknown_object(subject.span, &subject.text, None));
            return;
        }
        let text = self.sources.slice(node.base.span).to_owned();
        let lists = self.list_names();
        let close = closest_name(&text, lists.iter().map(String::as_str))
            .map_or_else(|| lists.join("、"), str::to_owned);
        self.report_unknown(&text, error::unknown_name(node.base.span, &text, Some(&close)));
    }

    fn list_names(&self) -> Vec<String> {
        let fields = self.program.fields.iter().filter(|field| field.many);
        let sets =
            self.program.definitions.iter().filter(|found| found.kind == DefinitionKind::Set);
        let names = fields.map(|field| &field.name).chain(sets.map(|set| &set.name));
        names.map(|name| name.text.clone()).collect()
    }

    /// The list of that name: of the subject, of the household that it is a member of, or a 集合.
    pub(super) fn list_named(&mut self, cx: Context, name: &ast::Reference) -> Option<List> {
        let owners = self.reach(cx.subject);
        for owner in &owners {
            if let Some(field) = self.list_field(*owner, &name.text)
                && let Some(&Type::Object(element)) = self.program.field(field).map(|f| &f.ty)
            {
                return Some(List { owner: *owner, field, element, filter: None });
            }
        }
        if let Some(definition) = self.set_named(cx, &name.text) {
            let (owner, field) = self.set_lists.get(&definition).copied()?;
            let element = self.program.definition(definition)?.subject;
            if !owners.contains(&owner) {
                let (of, here) = (self.object_name(owner), self.object_name(cx.subject));
                self.report(error::wrong_subject(name.span, &name.text, &of, &here));
                return None;
            }
            let inner = Context { subject: element, ..cx };
            let filter = Some(self.use_definition(inner, definition, name.span));
            return Some(List { owner, field, element, filter });
        }
        if let Some((module, declared)) = self.private_elsewhere(cx, &name.text) {
            let whose = self.module_name(module);
            self.report(error::private_name(name.span, &name.text, &whose, declared));
            return None;
        }
        let lists = self.list_names();
        let field = owners.iter().find_map(|owner| self.field_named(*owner, &name.text));
        match field.and_then(|field| self.program.field(field)) {
            // The object that it is a list of could not be read, which has been said.
            Some(field) if field.many && !self.skipped.is_empty() => {}
            Some(_) => self.report(error::not_a_list(name.span, &name.text, &lists)),
            None if self.scope.entries.contains_key(&name.text) => {
                self.report(error::not_a_list(name.span, &name.text, &lists));
            }
            None => {
                let close = closest_name(&name.text, lists.iter().map(String::as_str))
                    .map_or_else(|| lists.join("、"), str::to_owned);
                let finding = error::unknown_name(name.span, &name.text, Some(&close));
                self.report_unknown(&name.text, finding);
            }
        }
        None
    }

    /// A 集合 as a condition on each that stands in its list.
    pub(super) fn set(
        &mut self,
        cx: Context,
        id: DefinitionId,
        versions: &[(LayerId, &'a ast::Set)],
    ) -> NodeId {
        let Some((layer, node)) = versions.first() else { return self.poison(cx, Span::default()) };
        let here = Context { layer: *layer, ..cx };
        self.mark_sample(id, false, *layer);
        self.text(id, Validity::default(), node.span, &node.citations, *layer, node.span);
        let owner = self.set_lists.get(&id).map(|(owner, _)| *owner);
        let mut filters = Vec::new();
        if let (ExprKind::Name(base), Some(owner)) = (&node.base.kind, owner)
            && self.list_field(owner, &base.text).is_none()
            && let Some(base_set) = self.set_named(cx, &base.text)
        {
            filters.push(self.use_definition(here, base_set, base.span));
        }
        if let Some(filter) = &node.filter {
            filters.push(self.condition(here, filter));
        }
        match filters.as_slice() {
            [] => self.constant(here, Constant::Bool(true), Type::Bool, node.span),
            [only] => *only,
            _ => self.push(here, NodeKind::All(filters), Type::Bool, node.span),
        }
    }

    /// The list that a call's first argument names, with the call's filter; the node that stands for
    /// the call where there is none.
    pub(super) fn walk(
        &mut self,
        cx: Context,
        call: &ast::Call,
        builtin: &Builtin,
        span: Span,
    ) -> Result<Walk, NodeId> {
        let Some(ExprKind::Name(list)) = call.arguments.first().map(|first| &first.kind) else {
            return Err(self.misused(cx, call, builtin, span));
        };
        // The list belongs to the subject, or to the household that the subject is a member of.
        let Some(List { owner, field, element, filter: set }) = self.list_named(cx, list) else {
            return Err(self.poison(cx, span));
        };
        let inner = Context { subject: element, ..cx };
        let mut filters: Vec<NodeId> = set.into_iter().collect();
        if let Some(filter) = &call.filter {
            filters.push(self.condition(inner, filter));
        }
        Ok(Walk { outer: Context { subject: owner, ..cx }, inner, list: field, filters })
    }

    /// 首个, 末个: the one of a list that comes first or last by what follows it.
    pub(super) fn pick(
        &mut self,
        cx: Context,
        last: bool,
        (call, builtin): (&ast::Call, &Builtin),
        span: Span,
    ) -> NodeId {
        let walk = match self.walk(cx, call, builtin, span) {
            Ok(walk) => walk,
            Err(node) => return node,
        };
        let Walk { outer, inner, list, filters } = walk;
        let mut keys = Vec::new();
        for key in call.arguments.iter().skip(1) {
            let node = self.expr(inner, key, None);
            match self.ty(node) {
                Type::Error => return self.poison(cx, span),
                Type::Number(_) | Type::Date | Type::Month | Type::Enum(_) => {}
                other => {
                    let found = self.describe(&other);
                    let wanted = Bilingual::new(
                        "能排先后的数、日期或枚举",
                        "a number, a day or an enum value to order by",
                    );
                    self.report(error::expected(key.span, &wanted, &found));
                    return self.poison(cx, span);
                }
            }
            if self.is_optional(node) {
                self.report(error::may_be_absent(key.span));
                return self.poison(cx, span);
            }
            keys.push(node);
        }
        let kind = NodeKind::Pick { list, keys, last, filters };
        let node = self.push_optional(outer, kind, Type::Object(inner.subject), true, span);
        self.lifted(cx, node, span)
    }

    /// In a case: 甲的遗体火化的核定减免额, what an item of somebody's list comes to.
    pub(super) fn item_of_person(
        &mut self,
        cx: Context,
        base: &ast::Expr,
        member: &ast::Expr,
        expected: Option<&Type>,
        span: Span,
    ) -> Option<NodeId> {
        let ExprKind::Access { base: owner, member: item, .. } = &base.kind else { return None };
        let (ExprKind::Name(owner), ExprKind::Name(item)) = (&owner.kind, &item.kind) else {
            return None;
        };
        let is_field = self.program.fields.iter().any(|field| field.name.is(&item.text));
        if !cx.in_case || is_field || self.scope.entries.contains_key(&item.text) {
            return None;
        }
        let ExprKind::Name(wanted) = &member.kind else { return None };
        let objects = (0..self.program.objects.len()).filter_map(|at| u16::try_from(at).ok());
        let items = objects.map(ObjectId).filter(|object| {
            self.parent(*object).is_some_and(|(owner, _)| owner != self.program.root)
        });
        let items: Vec<ObjectId> = items.collect();
        let subject = items.into_iter().find(|object| {
            self.field_named(*object, &wanted.text).is_some()
                || self.scope.entries.get(&wanted.text).is_some_and(|entries| {
                    entries.iter().any(|entry| self.is_about(entry.entity, *object))
                })
        })?;
        let inner = Context { subject, ..cx };
        let target = self.name(inner, wanted, expected);
        let ty = self.ty(target);
        let key = format!("{}.{}", owner.text, item.text);
        Some(self.push(cx, NodeKind::AtInstance(key, target), ty, span))
    }

    fn is_about(&self, entity: Entity, object: ObjectId) -> bool {
        match entity {
            Entity::Definition(id) => {
                self.program.definition(id).is_some_and(|found| found.subject == object)
            }
            Entity::Parameter(_) | Entity::Table(_) => false,
        }
    }
}
