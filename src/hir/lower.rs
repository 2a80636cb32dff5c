//! AST to typed IR: collects the declarations of all layers, then lowers each definition when it
//! is first needed, so that operands always come before their users and circles are met on the way.

mod ask;
mod authority;
mod benefit_income;
mod calendar;
mod case;
mod changes;
mod collect;
mod conflict;
mod decision;
mod depth;
mod document;
mod expression;
mod head;
mod local;
mod look_back;
mod name;
mod operator;
mod parameter;
mod range;
mod relation;
mod rule;
mod scope;
mod set;
mod shadow;
mod spoken;
mod supplement;
mod table;
mod target;
mod term;
mod unknown;
mod usage;
mod version;
mod visible;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Bilingual, Diagnostic, Language};
use crate::hir::program::{
    ApplicableDate, DefinitionId, FieldId, Item, ItemId, Layer, LayerId, Program,
};
use crate::hir::{Constant, Node, NodeId, NodeKind, error};
use crate::source::{SourceId, SourceMap, Span};
use crate::syntax::ast;
use crate::types::{NumberStyle, ObjectId, Type};
use crate::value::{PlaceCode, Rational, Unit};

pub use ask::{Keys, Names, lower_expression};
pub(crate) use collect::{first_day, last_day};
use scope::{Module, ModuleId, Origin, Scope, State};
pub(crate) use target::measure_word;
pub(crate) use usage::DeclaredKind;
pub use usage::Usage;

/// One layer of text to be merged into a program.
#[derive(Clone, Debug)]
pub struct LayerText<'a> {
    /// 国家.最低生活保障
    pub policy: String,
    /// 国家
    pub place: String,
    /// 最低生活保障: layers of one benefit share their names.
    pub benefit: String,
    /// The benefits that its headers use: with what these use, all that its names may come from.
    pub uses: Vec<String>,
    /// Its files.
    pub files: Vec<&'a ast::File>,
    /// Whether it belongs to the policy being compiled (rather than to one it uses).
    pub own: bool,
    /// Whether it is a vocabulary, whose names everybody sees.
    pub vocabulary: bool,
    /// Names of declarations that could not be read: uses of them are not reported again.
    pub skipped: Vec<String>,
}

/// Lowers the layers, highest first, into one program; the findings are in no special order.
#[must_use]
pub fn lower(
    name: &str,
    layers: &[LayerText<'_>],
    sources: &SourceMap,
) -> (Program, Vec<Diagnostic>) {
    let mut lowerer = Lowerer::of_law(name, layers, sources);
    lowerer.cases(layers);
    lowerer.finished()
}

/// What checking a policy tells.
#[derive(Debug)]
pub struct Checked {
    /// The program.
    pub program: Program,
    /// The findings, in no special order.
    pub findings: Vec<Diagnostic>,
    /// Which names its law reads.
    pub usage: Usage,
}

/// As [`lower`], and looks for names that hide one another and for those that are read.
#[must_use]
pub fn check(name: &str, layers: &[LayerText<'_>], sources: &SourceMap) -> Checked {
    let mut lowerer = Lowerer::of_law(name, layers, sources);
    lowerer.report_shadowed();
    let usage = lowerer.usage();
    lowerer.cases(layers);
    let (program, findings) = lowerer.finished();
    Checked { program, findings, usage }
}

/// As [`lower`], but for cases.
#[must_use]
pub fn lower_law(
    name: &str,
    layers: &[LayerText<'_>],
    sources: &SourceMap,
) -> (Program, Vec<Diagnostic>) {
    Lowerer::of_law(name, layers, sources).finished()
}

/// The state of one lowering.
struct Lowerer<'a> {
    sources: &'a SourceMap,
    program: Program,
    findings: Vec<Diagnostic>,
    scope: Scope,
    modules: Vec<Module>,
    /// By field: the benefit or vocabulary that declared it.
    field_modules: Vec<ModuleId>,
    origins: Vec<Origin<'a>>,
    states: Vec<State>,
    levels: depth::Levels,
    tables: Vec<(LayerId, ModuleId, &'a ast::Table)>,
    /// Those whose lines have been checked: a table is lowered wherever it is read.
    checked_tables: BTreeSet<usize>,
    /// Those that something reads.
    used_tables: BTreeSet<usize>,
    parameters: Vec<parameter::Source<'a>>,
    in_progress: Vec<DefinitionId>,
    in_force: Vec<crate::hir::Validity>,
    /// 施行 and 发布 of files that say their own.
    in_force_by_file: BTreeMap<SourceId, crate::hir::Validity>,
    skipped: BTreeSet<String>,
    /// Units as written, with how many base units one of each is.
    units_read: BTreeMap<String, (Unit, Rational)>,
    /// How far down each layer stands; nothing for vocabularies.
    standings: Vec<Option<authority::Standing>>,
    /// Places by the twins of their names: 广东 by guangdong.
    place_twins: BTreeMap<String, String>,
    /// 区划 of the most local layer that says it.
    place_code: Option<PlaceCode>,
    relations: Vec<(LayerId, ModuleId, &'a ast::Relation)>,
    interactions: relation::Interactions<'a>,
    /// By 集合: the list that it is a part of, and whose.
    set_lists: BTreeMap<DefinitionId, (ObjectId, FieldId)>,
    /// The 其中 of each definition that has some.
    local_names: Vec<Vec<(ast::Binding, DefinitionId)>>,
    /// The instances that may be named by key, where they are known.
    keys: Option<Keys>,
    /// What the case that is being lowered calls by a name.
    called: Keys,
    /// 待遇收入, by who reads it and about whom.
    benefit_incomes: BTreeMap<(ModuleId, ObjectId), DefinitionId>,
}

/// Where an expression stands.
#[derive(Clone, Copy, Debug)]
struct Context {
    subject: ObjectId,
    module: ModuleId,
    layer: LayerId,
    /// In what a case expects: outcomes compare as values and people are known by key.
    in_case: bool,
    /// In a target, outside what is taken of each: the object that is counted where none is named.
    population: Option<ObjectId>,
    /// The 其中 of the definition that is being lowered, by their place.
    locals: Option<usize>,
    /// Whether an unknown name may be the key of a person.
    depth: u32,
}

impl Context {
    /// Where a layer's text about an object stands.
    fn of(subject: ObjectId, module: ModuleId, layer: LayerId) -> Self {
        Self { subject, module, layer, in_case: false, population: None, locals: None, depth: 0 }
    }
}

impl<'a> Lowerer<'a> {
    fn of_law(name: &str, layers: &[LayerText<'a>], sources: &'a SourceMap) -> Self {
        let mut lowerer = Self::new(name, sources);
        lowerer.collect(layers);
        lowerer.definitions();
        lowerer.constraints(layers);
        lowerer.targets(layers);
        lowerer.note_changes(layers);
        lowerer
    }

    /// The program with the names that questions are lowered by, and what was found.
    fn finished(mut self) -> (Program, Vec<Diagnostic>) {
        self.program.names = Arc::new(self.names());
        (self.program, self.findings)
    }

    fn new(name: &str, sources: &'a SourceMap) -> Self {
        Self {
            sources,
            program: Program {
                name: name.to_owned(),
                place: None,
                layers: Vec::new(),
                own_layers: 0,
                enums: Vec::new(),
                objects: Vec::new(),
                root: ObjectId(0),
                fields: Vec::new(),
                units: Vec::new(),
                parameters: Vec::new(),
                definitions: Vec::new(),
                decisions: Vec::new(),
                payments: Vec::new(),
                items: Vec::new(),
                interactions: Vec::new(),
                constraints: Vec::new(),
                targets: Vec::new(),
                measures: Vec::new(),
                figures: Vec::new(),
                nodes: Vec::new(),
                cases: Vec::new(),
                changes: Vec::new(),
                names: Arc::default(),
                in_force: BTreeMap::new(),
                mistake: None,
            },
            findings: Vec::new(),
            scope: Scope::default(),
            modules: Vec::new(),
            field_modules: Vec::new(),
            origins: Vec::new(),
            states: Vec::new(),
            levels: depth::Levels::default(),
            tables: Vec::new(),
            checked_tables: BTreeSet::new(),
            used_tables: BTreeSet::new(),
            parameters: Vec::new(),
            in_progress: Vec::new(),
            in_force: Vec::new(),
            in_force_by_file: BTreeMap::new(),
            skipped: BTreeSet::new(),
            units_read: BTreeMap::new(),
            standings: Vec::new(),
            place_twins: BTreeMap::new(),
            place_code: None,
            relations: Vec::new(),
            interactions: relation::Interactions::default(),
            set_lists: BTreeMap::new(),
            local_names: Vec::new(),
            keys: None,
            called: Keys::new(),
            benefit_incomes: BTreeMap::new(),
        }
    }

    fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Reports a name that nothing declares, unless its declaration could not be read.
    fn report_unknown(&mut self, name: &str, finding: Diagnostic) {
        if !self.skipped.contains(name) {
            self.findings.push(finding);
        }
    }

    fn push(&mut self, cx: Context, kind: NodeKind, ty: Type, span: Span) -> NodeId {
        self.push_optional(cx, kind, ty, false, span)
    }

    fn push_optional(
        &mut self,
        cx: Context,
        kind: NodeKind,
        ty: Type,
        optional: bool,
        span: Span,
    ) -> NodeId {
        let id = NodeId(u32::try_from(self.program.nodes.len()).unwrap_or(u32::MAX));
        let node = Node { kind, subject: cx.subject, ty, optional, span, layer: cx.layer };
        self.program.nodes.push(node);
        id
    }

    /// A node that stands for something already reported.
    fn poison(&mut self, cx: Context, span: Span) -> NodeId {
        self.push_optional(cx, NodeKind::Absent, Type::Error, true, span)
    }

    fn constant(&mut self, cx: Context, constant: Constant, ty: Type, span: Span) -> NodeId {
        self.push(cx, NodeKind::Constant(constant), ty, span)
    }

    fn ty(&self, node: NodeId) -> Type {
        self.program.node(node).map_or(Type::Error, |node| node.ty.clone())
    }

    fn span(&self, node: NodeId) -> Span {
        self.program.node(node).map_or(Span::default(), |node| node.span)
    }

    fn is_optional(&self, node: NodeId) -> bool {
        self.program.node(node).is_some_and(|node| node.optional && !node.ty.is_error())
    }

    fn item(
        &mut self,
        cx: Context,
        number: &str,
        label: Option<&ast::Text>,
        citations: &[ast::Citation],
        span: Span,
    ) -> ItemId {
        let id = ItemId(u32::try_from(self.program.items.len()).unwrap_or(u32::MAX));
        self.program.items.push(Item {
            number: number.to_owned(),
            label: label.map_or_else(String::new, |label| label.text.trim().to_owned()),
            citations: citation_texts(citations),
            layer: cx.layer,
            span,
            told: false,
        });
        id
    }

    /// A condition as a step that is told in these words: Chinese ones where the policy names its
    /// benefits in Chinese.
    fn told(
        &mut self,
        cx: Context,
        (zh, en): (String, String),
        node: NodeId,
        span: Span,
    ) -> NodeId {
        let is_chinese = !self.object_name(cx.subject).is_ascii();
        let label = ast::Text { text: if is_chinese { zh } else { en }, span };
        let item = self.item(cx, "", Some(&label), &[], span);
        if let Some(item) = self.program.items.get_mut(item.0 as usize) {
            item.told = true;
        }
        self.push(cx, NodeKind::Item(item, node), Type::Bool, span)
    }

    fn object_name(&self, object: ObjectId) -> String {
        self.program.object(object).map_or_else(String::new, |object| object.name.text.clone())
    }

    /// The object that instances of `object` are members of, and the list they are in.
    fn parent(&self, object: ObjectId) -> Option<(ObjectId, FieldId)> {
        self.program.object(object).and_then(|object| object.member_of)
    }

    /// What a rule about `object` can read: itself, what it is a member of, and so on up.
    fn reach(&self, object: ObjectId) -> Vec<ObjectId> {
        let up = std::iter::successors(Some(object), |object| {
            self.parent(*object).map(|(parent, _)| parent)
        });
        // INVARIANT: no more steps than objects, so a circle of lists ends too.
        up.take(self.program.objects.len()).collect()
    }

    /// A node of something further up, seen from the subject.
    fn lifted(&mut self, cx: Context, node: NodeId, span: Span) -> NodeId {
        let Some(owner) = self.program.node(node).map(|node| node.subject) else { return node };
        let reach = self.reach(cx.subject);
        let below = reach.iter().position(|object| *object == owner).unwrap_or(0);
        let mut node = node;
        for object in reach.into_iter().take(below).rev() {
            let here = Context { subject: object, ..cx };
            let ty = self.strike(self.ty(node), object);
            let optional = self.is_optional(node);
            node = self.push_optional(here, NodeKind::AtParent(node), ty, optional, span);
        }
        node
    }

    fn is_person(&self, object: ObjectId) -> bool {
        self.program.is_person(object)
    }

    /// A type in words.
    fn describe(&self, ty: &Type) -> Bilingual {
        match ty {
            Type::Error => Bilingual::new("有错误的内容", "something with an error"),
            Type::Bool => Bilingual::new("一个条件（是或否）", "a condition"),
            Type::Number(number) if number.unit.is_dimensionless() => match number.style {
                NumberStyle::Plain | NumberStyle::Capitals => {
                    Bilingual::new("一个没有单位的数", "a number without a unit")
                }
                NumberStyle::Percent => Bilingual::new("一个百分比", "a percentage"),
                NumberStyle::Times => Bilingual::new("一个倍数", "a multiple"),
            },
            Type::Number(number) => {
                let unit = self.unit_words(&number.unit);
                Bilingual::new(format!("以 {} 计的数", unit.zh), format!("a number of {}", unit.en))
            }
            Type::Date => Bilingual::new("一个日期", "a date"),
            Type::Month => Bilingual::new("一个月份", "a month"),
            Type::Text => Bilingual::new("一段文字", "a text"),
            Type::Enum(id) => {
                let name = self
                    .program
                    .enumeration(*id)
                    .map_or_else(String::new, |enumeration| enumeration.name.text.clone());
                Bilingual::new(format!("一种{name}"), format!("a value of {name}"))
            }
            Type::Object(id) => {
                let name = self.object_name(*id);
                Bilingual::new(format!("一个{name}"), format!("a {name}"))
            }
            Type::Outcome => Bilingual::new("一项决定的结果", "an outcome"),
        }
    }

    fn unit_words(&self, unit: &Unit) -> Bilingual {
        if unit.is_dimensionless() {
            return Bilingual::new("没有单位的数", "a plain number");
        }
        let zh = |at: u16| self.custom_unit(at, Language::Zh);
        let en = |at: u16| self.custom_unit(at, Language::En);
        Bilingual::new(unit.zh(zh), unit.en(en))
    }

    fn custom_unit(&self, at: u16, language: Language) -> String {
        let name = self.program.units.get(usize::from(at));
        match (name, language) {
            (Some(name), Language::En) => name.alias.clone().unwrap_or_else(|| name.text.clone()),
            (Some(name), Language::Zh) => name.text.clone(),
            (None, _) => String::new(),
        }
    }

    /// Reports unless `node` is of the wanted kind.
    fn expect(&mut self, node: NodeId, wanted: &Type) -> bool {
        let found = self.ty(node);
        if found.fits(wanted) {
            return true;
        }
        let (wanted, found) = (self.describe(wanted), self.describe(&found));
        let span = self.span(node);
        self.report(error::expected(span, &wanted, &found));
        false
    }
}

/// The texts of citations.
fn citation_texts(citations: &[ast::Citation]) -> Vec<String> {
    citations.iter().map(|citation| citation.text.clone()).collect()
}

/// A header as a layer.
fn layer_of(text: &LayerText<'_>) -> Layer {
    let headers = || text.files.iter().filter_map(|file| file.header.as_ref());
    Layer {
        place: text.place.clone(),
        policy: text.policy.clone(),
        title: headers().find_map(|header| header.title.as_ref()).map(|title| title.text.clone()),
        instruments: Vec::new(),
        sample: headers().any(|header| header.sample.is_some()),
        code: None,
        level: None,
        applicable: ApplicableDate::default(),
    }
}
