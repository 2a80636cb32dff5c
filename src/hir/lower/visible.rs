//! Which names may be used where: a benefit's own, a vocabulary's, those of the benefits it uses.

use super::scope::{Entity, Entry, ModuleId};
use super::{Context, Lowerer};
use crate::hir::program::FieldId;
use crate::source::Span;

impl Lowerer<'_> {
    /// Whether names of a module may be used here: its own, a vocabulary's, those of what it uses.
    pub(super) fn sees(&self, cx: Context, module: ModuleId) -> bool {
        let found = self.modules.get(module.0);
        module == cx.module
            || found.is_some_and(|found| found.vocabulary)
            || self.modules.get(cx.module.0).is_some_and(|here| here.sees.contains(&module))
    }

    /// The benefit in sight that keeps a name to itself, and where it declares it.
    pub(super) fn private_elsewhere(&self, cx: Context, name: &str) -> Option<(ModuleId, Span)> {
        let entries = self.scope.entries.get(name)?;
        let hidden = entries.iter().find(|entry| {
            entry.private && entry.module != cx.module && self.sees(cx, entry.module)
        })?;
        Some((hidden.module, self.declared_at(hidden.entity)?))
    }

    /// The names of rules, parameters and tables that may be used here.
    pub(super) fn names_seen(&self, cx: Context) -> Vec<String> {
        let seen = |entries: &[Entry]| {
            let open = |entry: &Entry| !entry.private || entry.module == cx.module;
            entries.iter().any(|entry| self.sees(cx, entry.module) && open(entry))
        };
        let found = self.scope.entries.iter().filter(|(_, entries)| seen(entries));
        found.map(|(name, _)| name.clone()).collect()
    }

    /// Whether a field was declared where this benefit sees it.
    pub(super) fn knows_field(&self, cx: Context, field: FieldId) -> bool {
        self.field_modules.get(field.0 as usize).is_none_or(|module| self.sees(cx, *module))
    }

    /// The visible entries of a name: own benefit, then vocabularies, then the rest.
    pub(super) fn visible(&self, cx: Context, name: &str, layer: Option<&str>) -> Vec<Entry> {
        let Some(entries) = self.scope.entries.get(name) else { return Vec::new() };
        let visible = |entry: &&Entry| {
            self.sees(cx, entry.module) && (!entry.private || entry.module == cx.module)
        };
        let declared_by = |entry: &&Entry| {
            layer.is_none_or(|place| {
                let layer = match entry.entity {
                    Entity::Parameter(id) => {
                        self.program.parameters.get(id.0 as usize).map(|found| found.layer)
                    }
                    Entity::Definition(id) => self.program.definition(id).map(|d| d.layer),
                    Entity::Table(at) => self.tables.get(at).map(|table| table.0),
                };
                layer
                    .and_then(|layer| self.program.layer(layer))
                    .is_some_and(|layer| layer.place == place)
            })
        };
        let found: Vec<Entry> =
            entries.iter().filter(visible).filter(declared_by).copied().collect();
        let own: Vec<Entry> =
            found.iter().filter(|entry| entry.module == cx.module).copied().collect();
        if !own.is_empty() {
            return own;
        }
        let is_vocabulary =
            |module: ModuleId| self.modules.get(module.0).is_some_and(|m| m.vocabulary);
        let shared: Vec<Entry> =
            found.iter().filter(|entry| is_vocabulary(entry.module)).copied().collect();
        if shared.is_empty() { found } else { shared }
    }
}
