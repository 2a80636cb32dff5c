//! What a compiled policy holds beside its nodes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Constant, Node, NodeId, NodeKind, Validity};
use crate::diagnostic::Words;
use crate::source::{SourceId, Span};
use crate::syntax::ast;
use crate::types::{EnumId, ObjectId, Type};
use crate::value::{PlaceCode, PlaceLevel};

/// A field of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(pub u32);
/// A parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParameterId(pub u32);
/// A rule, a set, a decision's condition, or a payment: anything with a name and a root node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DefinitionId(pub u32);
/// A decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecisionId(pub u32);
/// A payment of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaymentId(pub u32);
/// A numbered item or an exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u32);
/// A layer of law: 国家, 省, 市, 区县, or a vocabulary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LayerId(pub u16);

/// A compiled policy: immutable, free of source text.
#[derive(Clone, Debug)]
pub struct Program {
    /// 中山.最低生活保障; the place, where it is all benefits of one.
    pub name: String,
    /// The place whose benefits all are in it; nothing for one policy with what it stands on.
    pub place: Option<String>,
    /// The layers, vocabularies first, then from the highest down; index is [`LayerId`].
    pub layers: Vec<Layer>,
    /// How many of `layers` belong to the policy itself (the last ones).
    pub own_layers: usize,
    /// Enumerations.
    pub enums: Vec<Enumeration>,
    /// Objects.
    pub objects: Vec<Object>,
    /// The object a case is about (家庭).
    pub root: ObjectId,
    /// Fields of all objects.
    pub fields: Vec<Field>,
    /// Units that policies declare, by their number.
    pub units: Vec<Name>,
    /// Parameters.
    pub parameters: Vec<Parameter>,
    /// Named things.
    pub definitions: Vec<Definition>,
    /// Decisions, in the order of the text, highest layer first.
    pub decisions: Vec<Decision>,
    /// Payments.
    pub payments: Vec<Payment>,
    /// Items and exceptions.
    pub items: Vec<Item>,
    /// 约束
    pub constraints: Vec<Constraint>,
    /// What relations between benefits take off or fill up.
    pub interactions: Vec<super::Interaction>,
    /// All nodes, operands before users.
    pub nodes: Vec<Node>,
    /// 目标, in the order of the text, highest layer first.
    pub targets: Vec<super::Target>,
    /// What targets count up.
    pub measures: Vec<super::Measure>,
    /// The comparisons of targets.
    pub figures: Vec<super::Figure>,
    /// The cases written beside the policy.
    pub cases: Vec<Case>,
    /// What each layer says.
    pub changes: Vec<super::Change>,
    /// What its names stand for, for expressions that are asked later.
    pub names: Arc<super::lower::Names>,
    /// 施行 of the files whose headers say it: where, and when.
    pub in_force: BTreeMap<SourceId, (Span, Validity)>,
    /// A boundary that is read wrongly, to see whether cases notice; nothing where a case is decided.
    pub mistake: Option<super::Mistake>,
}

/// A name and its ASCII twin.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Name {
    /// As declared.
    pub text: String,
    /// In `【】`.
    pub alias: Option<String>,
}

impl Name {
    /// Whether `text` is the name or its twin.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        self.text == text || self.alias.as_deref() == Some(text)
    }
}

/// A layer of law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// 国家, 广东, 中山; the name of a vocabulary.
    pub place: String,
    /// 国家.最低生活保障
    pub policy: String,
    /// The title in full.
    pub title: Option<String>,
    /// The instruments of its headers.
    pub instruments: Vec<Instrument>,
    /// Whether all of it is made up.
    pub sample: bool,
    /// Which of a case's days picks its rows and versions: one for all layers of a benefit.
    pub applicable: ApplicableDate,
    /// 区划: the code of its place.
    pub code: Option<PlaceCode>,
    /// How far down it stands, where that is known.
    pub level: Option<PlaceLevel>,
}

impl Layer {
    /// Its instruments, of whatever time.
    #[must_use]
    pub fn citations(&self) -> Vec<String> {
        self.instruments.iter().map(|instrument| instrument.text.clone()).collect()
    }
}

/// An instrument that a header cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrument {
    /// Its title, with the short one behind it: 《最低生活保障审核确认办法》，简称《确认办法》.
    pub text: String,
    /// When what stands under that header is in force.
    pub validity: Validity,
}

/// An enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enumeration {
    /// Its name.
    pub name: Name,
    /// Its values.
    pub values: Vec<Name>,
}

/// An object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its name.
    pub name: Name,
    /// Its fields.
    pub fields: Vec<FieldId>,
    /// The list it is a member of, on which object.
    pub member_of: Option<(ObjectId, FieldId)>,
}

/// A field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Whose.
    pub object: ObjectId,
    /// Its name.
    pub name: Name,
    /// Its type; of one element for a list.
    pub ty: Type,
    /// 可无
    pub optional: bool,
    /// 若干
    pub many: bool,
    /// The fewest and the most elements of a list.
    pub count: (Option<u32>, Option<u32>),
    /// 敏感
    pub sensitive: bool,
    /// 不可改变
    pub immutable: bool,
    /// 不作建议
    pub not_suggested: bool,
    /// 不晚于评估日: a later day is an error of the facts.
    pub not_after_assessment: bool,
    /// The least and greatest value.
    pub range: Option<(Constant, Constant)>,
    /// 缺省
    pub default: Option<DefaultValue>,
    /// 问
    pub question: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// What leaving a fact out means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultValue {
    /// This value.
    Value(Constant),
    /// 无
    Absent,
}

/// A parameter with its rows resolved by key.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// The enumerations of its keys.
    pub keys: Vec<EnumId>,
    /// Its type.
    pub ty: Type,
    /// The bounds that any value must keep, the greatest where there is one; what is known of it
    /// while it is open.
    pub range: Option<(Constant, Option<Constant>)>,
    /// Whether some layer left it to a lower one and none has filled it.
    pub unfilled: bool,
    /// The layer that declared it.
    pub layer: LayerId,
    /// Rows by key: index is the mixed-radix number of the key values.
    pub rows: Vec<Vec<ParameterRow>>,
    /// Sources of the parameter as such.
    pub citations: Vec<String>,
    /// Where it is declared.
    pub span: Span,
}

/// A value of a parameter for one key, while it is in force.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterRow {
    /// When it is in force.
    pub validity: Validity,
    /// Whether its end is said (an open row ends where the next begins).
    pub closed: bool,
    /// The value; nothing for 待查.
    pub value: Option<Constant>,
    /// 样例
    pub sample: bool,
    /// 按日折算: in the month within which it begins it counts for its days.
    pub by_days: bool,
    /// The layer that gave it.
    pub layer: LayerId,
    /// Sources.
    pub citations: Vec<String>,
    /// Where it is written.
    pub span: Span,
}

/// What a named thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DefinitionKind {
    /// 规则
    Rule,
    /// 集合, as a condition on a member.
    Set,
    /// A decision's condition.
    Entitlement(DecisionId),
    /// A payment as paid: 实发.
    Payment(PaymentId),
    /// A payment before relations with other benefits: 应发.
    Due(PaymentId),
}

/// A named thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// Its name.
    pub name: Name,
    /// What it is.
    pub kind: DefinitionKind,
    /// About whom.
    pub subject: ObjectId,
    /// Its type.
    pub ty: Type,
    /// Its root; nothing until it is lowered.
    pub root: Option<NodeId>,
    /// The node that picks the version in force, where it is not in force always.
    pub versions: Option<NodeId>,
    /// Made up, by its own head or its policy's.
    pub sample: bool,
    /// Its texts, one for each version.
    pub texts: Vec<DefinitionText>,
    /// Where its name is declared first.
    pub span: Span,
    /// The layer that declared it first.
    pub layer: LayerId,
}

/// What one version of a named thing says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinitionText {
    /// When it is in force.
    pub validity: Validity,
    /// Its body, for showing.
    pub body: Span,
    /// Sources.
    pub citations: Vec<String>,
    /// The layer.
    pub layer: LayerId,
    /// Where it stands.
    pub span: Span,
}

/// A decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Its name.
    pub name: Name,
    /// About whom.
    pub subject: ObjectId,
    /// Its condition.
    pub entitlement: DefinitionId,
    /// Its payments.
    pub payments: Vec<PaymentId>,
    /// 复核: months.
    pub review_months: Option<u32>,
    /// Whether it belongs to the policy itself or to one it uses.
    pub own: bool,
}

/// A payment.
#[derive(Clone, Debug, PartialEq)]
pub struct Payment {
    /// Its name.
    pub name: Name,
    /// Whose.
    pub decision: DecisionId,
    /// 实发: what is paid after 关系.
    pub definition: DefinitionId,
    /// 应发: its formula where the decision holds; its root is a [`super::NodeKind::Payment`].
    pub due: DefinitionId,
}

/// A numbered item or an exception, with its sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// `（一）`; empty for an exception.
    pub number: String,
    /// Its label.
    pub label: String,
    /// Sources.
    pub citations: Vec<String>,
    /// The layer that wrote it.
    pub layer: LayerId,
    /// The whole of it.
    pub span: Span,
    /// Whether it only tells a step of what a relation does, rather than something that is written.
    pub told: bool,
}

/// 约束
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// Its label.
    pub label: String,
    /// What must hold.
    pub root: NodeId,
    /// Sources.
    pub citations: Vec<String>,
    /// The layer.
    pub layer: LayerId,
    /// Where it stands.
    pub span: Span,
}

/// Which day picks rows and versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ApplicableDate {
    /// 所属期首日
    #[default]
    PeriodFirst,
    /// 所属期末日
    PeriodLast,
    /// 评估日
    Assessment,
    /// A date among the facts of the root object (申请日, 死亡日).
    Fact(FieldId),
}

/// A case of the policy text, as written; bound when it is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// As written.
    pub written: Arc<ast::Case>,
    /// The expressions it expects, lowered where they are conditions.
    pub expectations: Vec<CaseExpectation>,
}

/// What a case expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseExpectation {
    /// This condition about the root object (or a named person) holds.
    Holds {
        /// The condition, about the root object.
        root: NodeId,
        /// Whether it speaks of targets alone, and so of all households together.
        of_targets: bool,
        /// Where.
        span: Span,
    },
    /// This value of the root object (or a named person) is not known.
    Open {
        /// The value.
        root: NodeId,
        /// Between what it lies, where that is said.
        bounds: Option<(NodeId, NodeId)>,
        /// Whether it is a figure of a target, and so of all households together.
        of_targets: bool,
        /// Where.
        span: Span,
    },
    /// Deciding fails in this way.
    Fails {
        /// What fails; anything that is decided where nothing is said.
        of: Option<NodeId>,
        /// Whether that is a figure of a target, or nothing is said.
        of_targets: bool,
        /// 无标准, 冲突 …
        word: Words,
        /// Where.
        span: Span,
    },
    /// Just these facts could still change the result.
    Needs {
        /// `乙.重病`
        paths: Vec<String>,
        /// Where.
        span: Span,
    },
}

impl Program {
    /// The node with that id.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    /// The definition with that id.
    #[must_use]
    pub fn definition(&self, id: DefinitionId) -> Option<&Definition> {
        self.definitions.get(id.0 as usize)
    }

    /// The decision and the payment whose amount a definition is; nothing for any other.
    #[must_use]
    pub fn paid_by(&self, id: DefinitionId) -> Option<(&Decision, &Payment)> {
        let DefinitionKind::Payment(payment) = self.definition(id)?.kind else { return None };
        let payment = self.payments.get(payment.0 as usize)?;
        Some((self.decisions.get(payment.decision.0 as usize)?, payment))
    }

    /// The field with that id.
    #[must_use]
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.get(id.0 as usize)
    }

    /// Whether something asks if that fact was refused (`月工资等于拒答`).
    #[must_use]
    pub fn asks_refusal(&self, field: FieldId) -> bool {
        self.nodes.iter().any(|node| match node.kind {
            NodeKind::IsRefused(fact) => self.fact_of(fact) == Some(field),
            _ => false,
        })
    }

    /// The fact that a node is: of the subject, of what it is a member of, of somebody in a case.
    #[must_use]
    pub fn fact_of(&self, node: NodeId) -> Option<FieldId> {
        match &self.node(node)?.kind {
            NodeKind::Fact(field) => Some(*field),
            NodeKind::AtParent(inner) | NodeKind::AtInstance(_, inner) => self.fact_of(*inner),
            _ => None,
        }
    }

    /// Whether a list holds its members itself, rather than naming some that are elsewhere in the
    /// case: 成员 of a household does, 赡养人 of a person does not.
    #[must_use]
    pub fn owns(&self, list: FieldId) -> bool {
        let Some(field) = self.field(list) else { return false };
        let Type::Object(element) = field.ty else { return false };
        field.many
            && self
                .object(element)
                .is_some_and(|object| object.member_of == Some((field.object, list)))
    }

    /// Whether an object is people, of whom an amount per person is each one's: the one called 人,
    /// or else what the first list of the root holds.
    #[must_use]
    pub fn is_person(&self, object: ObjectId) -> bool {
        let called = |object: &Object| object.name.is("人") || object.name.is("person");
        if let Some(named) = self.objects.iter().position(called) {
            return usize::from(object.0) == named;
        }
        let Some((owner, list)) = self.object(object).and_then(|found| found.member_of) else {
            return false;
        };
        let lists = self.object(owner).map_or(&[][..], |owner| &owner.fields);
        owner == self.root && lists.iter().find(|id| self.owns(**id)) == Some(&list)
    }

    /// The object with that id.
    #[must_use]
    pub fn object(&self, id: ObjectId) -> Option<&Object> {
        self.objects.get(usize::from(id.0))
    }

    /// The layer with that id.
    #[must_use]
    pub fn layer(&self, id: LayerId) -> Option<&Layer> {
        self.layers.get(usize::from(id.0))
    }

    /// Which of a case's days picks the rows and versions of what a layer wrote.
    #[must_use]
    pub fn applicable(&self, layer: LayerId) -> ApplicableDate {
        self.layer(layer).map_or_else(ApplicableDate::default, |layer| layer.applicable)
    }

    /// What a decision is called among the results: its name, behind that of its benefit where
    /// another benefit has a decision of that name.
    #[must_use]
    pub fn called(&self, decision: &Decision) -> String {
        let benefit = self.benefit_of(decision);
        let name = &decision.name.text;
        let others = self.decisions.iter().filter(|other| other.own && other.name.text == *name);
        let is_shared = others.clone().any(|other| self.benefit_of(other) != benefit);
        if is_shared { format!("{benefit}.{name}") } else { name.clone() }
    }

    /// 最低生活保障: the benefit whose policy declares a decision.
    #[must_use]
    pub fn benefit_of(&self, decision: &Decision) -> &str {
        let layer = self.definition(decision.entitlement).map(|found| found.layer);
        let policy = layer.and_then(|layer| self.layer(layer)).map_or("", |layer| &layer.policy);
        policy.split_once('.').map_or(policy, |(_, benefit)| benefit)
    }

    /// The enumeration with that id.
    #[must_use]
    pub fn enumeration(&self, id: EnumId) -> Option<&Enumeration> {
        self.enums.get(usize::from(id.0))
    }

    /// The item with that id.
    #[must_use]
    pub fn item(&self, id: ItemId) -> Option<&Item> {
        self.items.get(id.0 as usize)
    }
}
