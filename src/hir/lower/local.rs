//! 其中: names of one definition alone, for the steps of a long formula.

use super::scope::{Entity, Origin, State};
use super::{Context, Lowerer};
use crate::hir::program::{Definition, DefinitionId, DefinitionKind, Name};
use crate::hir::{NodeId, Validity, error};
use crate::source::Span;
use crate::syntax::ast::{self, BodyKind};
use crate::types::Type;

impl Lowerer<'_> {
    /// The context in which the 其中 of a definition have their names; each may use those before
    /// it.
    pub(super) fn with_locals(
        &mut self,
        cx: Context,
        locals: &[ast::Local],
        validity: Validity,
    ) -> Context {
        if locals.is_empty() {
            return cx;
        }
        let at = self.local_names.len();
        self.local_names.push(Vec::new());
        let inner = Context { locals: Some(at), ..cx };
        for local in locals {
            if let Some(first) = self.taken_name(inner, &local.name.text) {
                self.report(error::duplicate(local.name.span, &local.name.text, first));
            }
            let id = self.local(inner, local, validity);
            if let Some(names) = self.local_names.get_mut(at) {
                names.push((local.name.clone(), id));
            }
        }
        inner
    }

    fn local(&mut self, cx: Context, local: &ast::Local, validity: Validity) -> DefinitionId {
        let wanted = match (&local.ty, &local.body.kind) {
            (Some(written), _) => self.subject_type(written, cx.subject),
            (None, BodyKind::Conditions(_)) => Type::Bool,
            (None, _) => Type::Error,
        };
        let around = self.levels.begin(cx.depth);
        let root = self.body(cx, &local.body, &wanted, local.modifiers.combine);
        let ty = if wanted.is_error() { self.ty(root) } else { wanted };
        let id = DefinitionId(u32::try_from(self.program.definitions.len()).unwrap_or(u32::MAX));
        self.origins.push(Origin::Local { module: cx.module });
        self.states.push(State::Done(root));
        self.levels.end(id, cx.depth, around);
        self.program.definitions.push(Definition {
            name: Name {
                text: local.name.text.clone(),
                alias: local.name.alias.as_ref().map(|alias| alias.text.clone()),
            },
            kind: DefinitionKind::Rule,
            subject: cx.subject,
            ty,
            root: Some(root),
            versions: None,
            sample: self.program.layer(cx.layer).is_some_and(|layer| layer.sample),
            texts: Vec::new(),
            span: local.name.span,
            layer: cx.layer,
        });
        self.text(id, validity, local.body.span, &local.citations, cx.layer, local.span);
        id
    }

    /// The 其中 of that name that can be seen here.
    pub(super) fn local_named(&self, cx: Context, name: &str) -> Option<DefinitionId> {
        let names = self.local_names.get(cx.locals?)?;
        let is_it = |binding: &ast::Binding| {
            binding.text == name || binding.alias.as_ref().is_some_and(|alias| alias.text == name)
        };
        names.iter().find(|(binding, _)| is_it(binding)).map(|(_, id)| *id)
    }

    pub(super) fn local_use(&mut self, cx: Context, name: &ast::Reference) -> Option<NodeId> {
        let id = self.local_named(cx, &name.text)?;
        let subject = self.program.definition(id)?.subject;
        if !self.reach(cx.subject).contains(&subject) {
            let (of, here) = (self.object_name(subject), self.object_name(cx.subject));
            self.report(error::wrong_subject(name.span, &name.text, &of, &here));
            return Some(self.poison(cx, name.span));
        }
        Some(self.use_from(cx, id, name.span))
    }

    /// Where something else that has the name already is declared.
    fn taken_name(&self, cx: Context, name: &str) -> Option<Span> {
        if let Some(id) = self.local_named(cx, name) {
            return self.program.definition(id).map(|found| found.span);
        }
        let field = self.reach(cx.subject).into_iter().find_map(|of| self.field_named(of, name));
        if let Some(field) = field.filter(|field| self.knows_field(cx, *field)) {
            return self.program.field(field).map(|found| found.span);
        }
        self.visible(cx, name, None).first().and_then(|entry| match entry.entity {
            Entity::Definition(id) => self.program.definition(id).map(|found| found.span),
            Entity::Parameter(id) => {
                self.program.parameters.get(id.0 as usize).map(|found| found.span)
            }
            Entity::Table(at) => self.tables.get(at).map(|(_, _, table)| table.span),
        })
    }
}
