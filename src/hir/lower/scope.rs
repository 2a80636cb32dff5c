//! Names and what they stand for.

use std::collections::{BTreeMap, BTreeSet};

use crate::hir::program::{DefinitionId, FieldId, LayerId, ParameterId, PaymentId};
use crate::hir::{NodeId, Validity};
use crate::syntax::ast;
use crate::types::{EnumId, ObjectId};

/// The layers of one benefit, or one vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ModuleId(pub(super) usize);

/// A benefit or a vocabulary.
#[derive(Clone, Debug)]
pub(super) struct Module {
    /// 最低生活保障
    pub(super) benefit: String,
    /// Its twin, from the alias of a header: dibao of `zhongshan.dibao`.
    pub(super) twin: Option<String>,
    /// Its layers, highest first.
    pub(super) layers: Vec<LayerId>,
    /// Whether it is a vocabulary.
    pub(super) vocabulary: bool,
    /// The other benefits whose names it may use: those it uses, and those that they use.
    pub(super) sees: BTreeSet<ModuleId>,
}

impl Module {
    /// Whether it is called that.
    pub(super) fn is(&self, name: &str) -> bool {
        self.benefit == name || self.twin.as_deref() == Some(name)
    }
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entity {
    Parameter(ParameterId),
    Table(usize),
    Definition(DefinitionId),
}

/// A named entity and where it is visible.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) module: ModuleId,
    pub(super) private: bool,
    pub(super) entity: Entity,
}

/// All names of a program but fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// Names and aliases of parameters, tables and definitions.
    pub(super) entries: BTreeMap<String, Vec<Entry>>,
    /// Names and aliases of enumerations.
    pub(super) enums: BTreeMap<String, EnumId>,
    /// Names and aliases of enum values.
    pub(super) values: BTreeMap<String, Vec<(EnumId, u16)>>,
    /// Names and aliases of objects.
    pub(super) objects: BTreeMap<String, ObjectId>,
    /// Names and aliases of declared units.
    pub(super) units: BTreeMap<String, u16>,
    /// Names and aliases of fields, each object's apart.
    pub(super) fields: BTreeMap<String, Vec<(ObjectId, FieldId)>>,
}

/// How far a definition has been lowered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Pending,
    InProgress,
    Done(NodeId),
}

/// The texts that define a thing, with the layer of each.
#[derive(Clone, Debug)]
pub(super) enum Origin<'a> {
    Rule {
        module: ModuleId,
        versions: Vec<(LayerId, &'a ast::Rule)>,
        supplements: Vec<(LayerId, &'a ast::SupplementRule)>,
    },
    Set {
        module: ModuleId,
        versions: Vec<(LayerId, &'a ast::Set)>,
    },
    Entitlement {
        module: ModuleId,
        versions: Vec<(LayerId, &'a ast::Decision)>,
        supplements: Vec<(LayerId, &'a ast::SupplementDecision)>,
    },
    Paid {
        module: ModuleId,
        payment: PaymentId,
    },
    /// 其中: lowered with the definition that it belongs to.
    Local {
        module: ModuleId,
    },
    /// 待遇收入: what other benefits pay, as far as it is income.
    BenefitIncome {
        module: ModuleId,
    },
    Payment {
        module: ModuleId,
        entitlement: DefinitionId,
        versions: Vec<(LayerId, Validity, &'a ast::Payment)>,
    },
}

impl Origin<'_> {
    /// The benefit it belongs to.
    pub(super) fn module(&self) -> ModuleId {
        match self {
            Self::Rule { module, .. }
            | Self::Set { module, .. }
            | Self::Entitlement { module, .. }
            | Self::Paid { module, .. }
            | Self::Local { module }
            | Self::BenefitIncome { module }
            | Self::Payment { module, .. } => *module,
        }
    }
}
