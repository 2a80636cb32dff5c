//! Which names anything reads: for telling a drafter of those that nothing does.

use std::collections::{BTreeMap, BTreeSet};

use super::Lowerer;
use super::parameter::is_pending;
use super::scope::{Entity, Origin};
use crate::diagnostic::{Bilingual, Diagnostic};
use crate::hir::program::{ApplicableDate, DefinitionId, FieldId, ParameterId};
use crate::hir::{DefinitionKind, NodeKind, error};
use crate::source::Span;
use crate::types::Type;

/// What the law of one program declares, and what of it is read. Names are known by their places,
/// so that those of several programs over the same files add up.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    declared: BTreeMap<Span, Declared>,
    used: BTreeSet<Span>,
}

/// A name that somebody ought to read.
#[derive(Clone, Debug)]
struct Declared {
    kind: DeclaredKind,
    name: String,
}

/// What kinds of names are reported where nothing reads them. Rules, sets and decisions that are
/// not private may be read by whoever uses the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeclaredKind {
    /// A private rule.
    Rule,
    /// A private set.
    Set,
    /// A parameter.
    Parameter,
    /// A table.
    Table,
    /// A fact.
    Fact,
    /// 其中
    Local,
}

impl DeclaredKind {
    /// The noun.
    pub(crate) fn noun(self) -> Bilingual {
        match self {
            Self::Rule => Bilingual::new("私有的规则", "private rule"),
            Self::Set => Bilingual::new("私有的集合", "private set"),
            Self::Parameter => Bilingual::new("参数", "parameter"),
            Self::Table => Bilingual::new("表", "table"),
            Self::Fact => Bilingual::new("事实", "fact"),
            Self::Local => Bilingual::new("“其中”的名称", "name behind `where`"),
        }
    }
}

impl Usage {
    /// Adds what another program declares and reads.
    pub fn add(&mut self, other: Self) {
        self.declared.extend(other.declared);
        self.used.extend(other.used);
    }

    /// Takes all for read: what a text with errors would read cannot be known.
    pub fn all_used(&mut self) {
        self.used.extend(self.declared.keys().copied());
    }

    /// A warning for each name that nothing reads.
    #[must_use]
    pub fn unused(&self) -> Vec<Diagnostic> {
        let unread = self.declared.iter().filter(|(span, _)| !self.used.contains(span));
        unread.map(|(span, found)| error::unused_name(*span, &found.name, found.kind)).collect()
    }
}

impl Lowerer<'_> {
    /// What the law declares and reads, as far as it has been lowered.
    pub(super) fn usage(&self) -> Usage {
        let mut usage = Usage::default();
        let mut declare = |span: Span, kind: DeclaredKind, name: &str| {
            usage.declared.insert(span, Declared { kind, name: name.to_owned() });
        };
        for field in &self.program.fields {
            // Lists, relations and texts say who somebody is: they may stand for that alone.
            if !field.many && !matches!(field.ty, Type::Text | Type::Object(_)) {
                declare(field.span, DeclaredKind::Fact, &field.name.text);
            }
        }
        for (_, node) in self.parameters.iter().filter_map(|texts| texts.first()) {
            // What nobody has found a value for stands there so that it is not forgotten.
            if is_pending(node) && node.rows.is_empty() {
                continue;
            }
            declare(node.name.span, DeclaredKind::Parameter, &node.name.text);
        }
        for (_, _, table) in &self.tables {
            declare(table.name.span, DeclaredKind::Table, &table.name.text);
        }
        for (at, origin) in self.origins.iter().enumerate() {
            let id = DefinitionId(u32::try_from(at).unwrap_or(u32::MAX));
            let Some(found) = self.program.definition(id) else { continue };
            let kind = match (origin, found.kind) {
                (Origin::Local { .. }, _) => DeclaredKind::Local,
                (_, DefinitionKind::Rule) if self.is_private(id) => DeclaredKind::Rule,
                (_, DefinitionKind::Set) if self.is_private(id) => DeclaredKind::Set,
                _ => continue,
            };
            declare(found.span, kind, &found.name.text);
        }
        usage.used = self.used();
        usage
    }

    fn is_private(&self, id: DefinitionId) -> bool {
        let Some(name) = self.program.definition(id).map(|found| &found.name.text) else {
            return false;
        };
        let entries = self.scope.entries.get(name).map_or(&[][..], Vec::as_slice);
        entries.iter().any(|entry| entry.private && entry.entity == Entity::Definition(id))
    }

    fn used(&self) -> BTreeSet<Span> {
        let mut fields: BTreeSet<FieldId> = BTreeSet::new();
        let mut definitions: BTreeSet<DefinitionId> = BTreeSet::new();
        let mut parameters: BTreeSet<ParameterId> = BTreeSet::new();
        for node in &self.program.nodes {
            match &node.kind {
                NodeKind::Fact(field) => {
                    fields.insert(*field);
                }
                NodeKind::Parameter { parameter, .. } | NodeKind::HighestEver { parameter, .. } => {
                    parameters.insert(*parameter);
                }
                NodeKind::Use { definition, .. }
                | NodeKind::Shift(definition, _)
                | NodeKind::MonthsInARow(definition)
                | NodeKind::LastTime(definition)
                | NodeKind::SinceWhen { definition, .. } => {
                    definitions.insert(*definition);
                }
                _ => {}
            }
        }
        for layer in &self.program.layers {
            if let ApplicableDate::Fact(field) = layer.applicable {
                fields.insert(field);
            }
        }
        let fields = fields.iter().filter_map(|id| self.program.field(*id)).map(|f| f.span);
        let definitions =
            definitions.iter().filter_map(|id| self.program.definition(*id)).map(|d| d.span);
        let parameters = parameters
            .iter()
            .filter_map(|id| self.parameters.get(id.0 as usize))
            .flat_map(|texts| texts.iter().map(|(_, node)| node.name.span));
        let tables = self.used_tables.iter().filter_map(|at| self.tables.get(*at));
        let tables = tables.map(|(_, _, table)| table.name.span);
        fields.chain(definitions).chain(parameters).chain(tables).collect()
    }
}
