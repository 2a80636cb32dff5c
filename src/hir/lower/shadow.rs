//! Names that hide others: a fact before a rule, one's own before the vocabulary's, a word of the
//! language before all.

use std::collections::BTreeSet;

use super::scope::{Entity, Entry, ModuleId};
use super::{Context, Lowerer};
use crate::builtins::{self, Meaning};
use crate::diagnostic::Bilingual;
use crate::hir::DefinitionKind;
use crate::hir::error;
use crate::hir::program::{FieldId, LayerId};
use crate::source::Span;
use crate::types::ObjectId;

impl Lowerer<'_> {
    /// Reports every name that cannot be read by itself where it is declared, or that keeps another
    /// one from being read.
    pub(super) fn report_shadowed(&mut self) {
        let mut said: BTreeSet<(Span, Span)> = BTreeSet::new();
        for (word, entries) in self.scope.entries.clone() {
            for entry in &entries {
                let Some(own) = self.declared_at(entry.entity) else { continue };
                if self.hidden_by_language(&word, Some(entry.entity)) {
                    self.report_once(&mut said, (own, None), &word, &self.noun(entry.entity));
                }
                if let Some((fact, object)) = self.fact_before(*entry, &word) {
                    let what = self.noun(entry.entity);
                    if said.insert((own, fact)) {
                        self.report(error::hidden_by_fact(own, &word, &what, fact, &object));
                    }
                }
                for other in &entries {
                    self.report_hiding(&mut said, &word, (*entry, own), *other);
                }
            }
        }
        for (word, fields) in self.scope.fields.clone() {
            for (object, field) in &fields {
                let Some(own) = self.program.field(*field).map(|found| found.span) else {
                    continue;
                };
                if self.hidden_by_language(&word, None) {
                    let fact = Bilingual::new("事实", "fact");
                    self.report_once(&mut said, (own, None), &word, &fact);
                }
                self.report_nearer_fact(&mut said, &word, (*object, *field), &fields);
            }
        }
    }

    fn report_once(
        &mut self,
        said: &mut BTreeSet<(Span, Span)>,
        (own, other): (Span, Option<Span>),
        word: &str,
        what: &Bilingual,
    ) {
        if said.insert((own, other.unwrap_or(own))) {
            self.report(error::hidden_by_language(own, word, what));
        }
    }

    /// A benefit's own name before one of the vocabulary, or of a benefit that it uses.
    fn report_hiding(
        &mut self,
        said: &mut BTreeSet<(Span, Span)>,
        word: &str,
        (entry, own): (Entry, Span),
        other: Entry,
    ) {
        let Some(hidden) = self.declared_at(other.entity) else { return };
        let here = Context::of(self.program.root, entry.module, LayerId::default());
        let is_seen = !other.private && self.sees(here, other.module);
        if entry.module == other.module || !is_seen || !said.insert((own, hidden)) {
            return;
        }
        let whose = self.module_name(other.module);
        let what = self.noun(other.entity);
        self.report(error::hides(own, word, (&what, hidden), &whose));
    }

    /// A fact of a member before one of the same name of what it is a member of.
    fn report_nearer_fact(
        &mut self,
        said: &mut BTreeSet<(Span, Span)>,
        word: &str,
        (object, field): (ObjectId, FieldId),
        fields: &[(ObjectId, FieldId)],
    ) {
        let above: Vec<ObjectId> = self.reach(object).into_iter().skip(1).collect();
        for (owner, other) in fields.iter().filter(|(owner, _)| above.contains(owner)) {
            let spans = [field, *other].map(|id| self.program.field(id).map(|found| found.span));
            let [Some(own), Some(hidden)] = spans else { continue };
            let seen_together = [field, *other].map(|id| self.field_modules.get(id.0 as usize));
            let [Some(nearer), Some(farther)] = seen_together else { continue };
            let cx = Context::of(object, *nearer, LayerId::default());
            if self.sees(cx, *farther) && said.insert((own, hidden)) {
                let (near, far) = (self.object_name(object), self.object_name(*owner));
                self.report(error::hides_farther_fact(own, word, hidden, (&near, &far)));
            }
        }
    }

    /// Whether what the language itself means by a word is what its use means.
    fn hidden_by_language(&self, word: &str, entity: Option<Entity>) -> bool {
        match builtins::find(word).map(|builtin| builtin.meaning) {
            Some(Meaning::Word(_)) => true,
            // Only what is called can be taken for a function.
            Some(Meaning::Function(_)) => match entity {
                Some(Entity::Table(_)) => true,
                Some(Entity::Parameter(id)) => self
                    .program
                    .parameters
                    .get(id.0 as usize)
                    .is_some_and(|parameter| !parameter.keys.is_empty()),
                Some(Entity::Definition(_)) | None => false,
            },
            Some(Meaning::Prefix(_) | Meaning::LookBack) | None => false,
        }
    }

    /// The fact that a bare name means where the entity was meant.
    fn fact_before(&self, entry: Entry, word: &str) -> Option<(Span, String)> {
        let objects: Vec<ObjectId> = match entry.entity {
            Entity::Definition(id) => self.reach(self.program.definition(id)?.subject),
            Entity::Parameter(_) | Entity::Table(_) => (0..self.program.objects.len())
                .filter_map(|at| u16::try_from(at).ok())
                .map(ObjectId)
                .collect(),
        };
        objects.into_iter().find_map(|object| {
            let field = self.field_named(object, word)?;
            let cx = Context::of(object, entry.module, LayerId::default());
            let found = self.program.field(field).filter(|_| self.knows_field(cx, field))?;
            Some((found.span, self.object_name(object)))
        })
    }

    /// Where an entity is declared first.
    pub(super) fn declared_at(&self, entity: Entity) -> Option<Span> {
        match entity {
            Entity::Definition(id) => self.program.definition(id).map(|found| found.span),
            Entity::Parameter(id) => {
                let (_, first) = self.parameters.get(id.0 as usize)?.first()?;
                Some(first.name.span)
            }
            Entity::Table(at) => self.tables.get(at).map(|(_, _, table)| table.name.span),
        }
    }

    fn noun(&self, entity: Entity) -> Bilingual {
        match entity {
            Entity::Definition(id) => match self.program.definition(id).map(|found| found.kind) {
                Some(DefinitionKind::Entitlement(_)) => Bilingual::new("决定", "decision"),
                Some(DefinitionKind::Set) => Bilingual::new("集合", "set"),
                _ => Bilingual::new("规则", "rule"),
            },
            Entity::Parameter(_) => Bilingual::new("参数", "parameter"),
            Entity::Table(_) => Bilingual::new("表", "table"),
        }
    }

    /// What a benefit or vocabulary is called.
    pub(super) fn module_name(&self, module: ModuleId) -> String {
        self.modules.get(module.0).map_or_else(String::new, |found| found.benefit.clone())
    }
}
