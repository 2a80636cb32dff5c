//! One expression read against a finished program: what a prompt asks.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::scope::{Entity, Module, ModuleId, Scope, State};
use super::{Context, Lowerer};
use crate::diagnostic::{Bilingual, Diagnostic, closest_name};
use crate::hir::program::{DefinitionId, DefinitionKind, LayerId, Program};
use crate::hir::{NodeId, error};
use crate::source::SourceMap;
use crate::syntax::ast::{self, Expr};
use crate::types::{ObjectId, Type};

/// What every name of a program stands for, kept so that expressions can be read against it after
/// it is finished. Opaque: [`lower_expression`] reads it.
#[derive(Clone, Debug, Default)]
pub struct Names {
    scope: Scope,
    modules: Vec<Module>,
    field_modules: Vec<ModuleId>,
    tables: Vec<(LayerId, ModuleId, ast::Table)>,
    benefit_incomes: BTreeMap<(ModuleId, ObjectId), DefinitionId>,
}

/// The instances that an expression may name by their keys, with what each is.
pub type Keys = IndexMap<String, ObjectId>;

/// Lowers `expression` about each instance of `subject`, adding its nodes (and those of the tables
/// it reads) to the end of the program. `keys` are the people it may name: `甲的月工资`.
///
/// The program comes back without the additions where there are findings.
///
/// # Errors
///
/// Names that stand for nothing, types and units that do not go together.
pub fn lower_expression(
    program: Program,
    sources: &SourceMap,
    keys: &Keys,
    subject: ObjectId,
    expression: &Expr,
    wanted: Option<&Type>,
) -> (Program, Result<NodeId, Vec<Diagnostic>>) {
    let names = program.names.clone();
    let (nodes, items) = (program.nodes.len(), program.items.len());
    let mut lowerer = Lowerer::resume(program, &names, sources);
    lowerer.keys = Some(keys.clone());
    let layer = u16::try_from(lowerer.program.layers.len()).unwrap_or(0).saturating_sub(1);
    let here = Context::of(subject, lowerer.asking_module(), LayerId(layer));
    let cx = Context { in_case: true, ..here };
    let root = match wanted {
        Some(ty) => lowerer.value_of_type(cx, expression, ty),
        None => lowerer.expr(cx, expression, None),
    };
    let Lowerer { mut program, findings, .. } = lowerer;
    if findings.is_empty() {
        return (program, Ok(root));
    }
    program.nodes.truncate(nodes);
    program.items.truncate(items);
    (program, Err(findings))
}

impl<'a> Lowerer<'a> {
    /// What names stand for, once everything is lowered; none are left.
    pub(super) fn names(&mut self) -> Names {
        Names {
            scope: std::mem::take(&mut self.scope),
            modules: std::mem::take(&mut self.modules),
            field_modules: std::mem::take(&mut self.field_modules),
            benefit_incomes: std::mem::take(&mut self.benefit_incomes),
            tables: self
                .tables
                .iter()
                .map(|(layer, module, table)| (*layer, *module, (*table).clone()))
                .collect(),
        }
    }

    /// A lowering that goes on where one ended.
    fn resume(program: Program, names: &'a Names, sources: &'a SourceMap) -> Self {
        let mut lowerer = Self::new(&program.name, sources);
        lowerer.scope = names.scope.clone();
        lowerer.modules = names.modules.clone();
        lowerer.benefit_incomes = names.benefit_incomes.clone();
        lowerer.field_modules.clone_from(&names.field_modules);
        lowerer.tables =
            names.tables.iter().map(|(layer, module, table)| (*layer, *module, table)).collect();
        let state = |root: Option<NodeId>| root.map_or(State::Pending, State::Done);
        lowerer.states = program.definitions.iter().map(|found| state(found.root)).collect();
        lowerer.program = program;
        lowerer
    }

    /// Where a question stands: in the benefit of the policy itself, whose names come first, and in
    /// sight of all others; of all benefits of a place, in none of them.
    fn asking_module(&mut self) -> ModuleId {
        let all = || (0..self.modules.len()).map(ModuleId).collect();
        let last = LayerId(u16::try_from(self.program.layers.len()).unwrap_or(0).saturating_sub(1));
        let own = self.modules.iter().position(|module| module.layers.contains(&last));
        if let (Some(own), None) = (own, &self.program.place) {
            let sees = all();
            if let Some(module) = self.modules.get_mut(own) {
                module.sees = sees;
            }
            return ModuleId(own);
        }
        let sees = all();
        let nowhere = Module {
            benefit: String::new(),
            twin: None,
            layers: Vec::new(),
            vocabulary: false,
            sees,
        };
        self.modules.push(nowhere);
        ModuleId(self.modules.len().saturating_sub(1))
    }

    /// Whether a word before 的 is the object of the case itself: `家庭的人均月收入`.
    pub(super) fn is_root_word(&self, cx: Context, word: &str) -> bool {
        self.keys.is_some()
            && cx.subject == self.program.root
            && self.scope.objects.get(word) == Some(&self.program.root)
    }

    /// Whether the case calls somebody or something by that word.
    pub(super) fn is_called(&self, cx: Context, word: &ast::Reference) -> bool {
        let is_key = self.keys.as_ref().is_some_and(|keys| keys.contains_key(&word.text));
        cx.in_case && (is_key || self.called.contains_key(&word.text))
    }

    /// What else a word before 的 may stand for: one that the case calls somebody by is then neither.
    pub(super) fn also_means(&self, cx: Context, word: &str) -> Option<Bilingual> {
        if self.reach(cx.subject).iter().any(|above| self.field_named(*above, word).is_some()) {
            return Some(Bilingual::new("一项事实", "a fact"));
        }
        if self.program.target(word).is_some() {
            return Some(Bilingual::new("一项目标", "a target"));
        }
        let entry = self.visible(cx, word, None).first().map(|entry| entry.entity);
        if let Some(entity) = entry {
            let definition = match entity {
                Entity::Definition(id) => self.program.definition(id).map(|found| found.kind),
                Entity::Parameter(_) | Entity::Table(_) => None,
            };
            return Some(match definition {
                Some(DefinitionKind::Entitlement(_)) => Bilingual::new("一项决定", "a decision"),
                Some(_) => Bilingual::new("一条规则", "a rule"),
                None => Bilingual::new("一项参数", "a parameter"),
            });
        }
        let place = self.place_twins.get(word).map_or(word, String::as_str);
        if let Some(layer) = self.program.layers.iter().find(|layer| layer.place == place) {
            let of = &layer.policy;
            return Some(Bilingual::new(
                format!("政策“{of}”的地方"),
                format!("the place of `{of}`"),
            ));
        }
        let benefit = self.modules.iter().position(|module| module.is(word));
        let benefit = benefit.filter(|at| self.sees(cx, ModuleId(*at)))?;
        let layers = self.modules.get(benefit).map(|module| module.layers.as_slice());
        let layer = layers.and_then(|layers| self.program.layer(*layers.first()?));
        let of = layer.map_or(word, |layer| &layer.policy);
        Some(Bilingual::new(format!("政策“{of}”"), format!("the policy `{of}`")))
    }

    /// The object of the instance with that key; reports one that nobody has.
    pub(super) fn object_called(&mut self, word: &ast::Reference) -> Option<ObjectId> {
        let keys = self.keys.as_ref().unwrap_or(&self.called);
        if let Some(object) = keys.get(&word.text) {
            return Some(*object);
        }
        let known = keys.keys().chain(self.scope.entries.keys()).map(String::as_str);
        let close = closest_name(&word.text, known).map(str::to_owned);
        let there: Vec<&str> = keys.keys().map(String::as_str).collect();
        let finding = error::unknown_key(word.span, &word.text, &there, close.as_deref());
        self.report(finding);
        None
    }
}
