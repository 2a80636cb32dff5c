//! What each layer of a policy says: declared, filled, added, set anew.

use serde::Serialize;

use super::{LayerId, Validity};
use crate::source::Span;
use crate::types::ObjectId;

/// One thing that a layer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Who says it.
    pub layer: LayerId,
    /// What it does.
    pub kind: ChangeKind,
    /// To what kind of thing.
    pub thing: Thing,
    /// The thing: `计入收入`, `低保的低保金`.
    pub name: String,
    /// About whom it is; nothing for parameters and the like.
    pub subject: Option<ObjectId>,
    /// The layer above whose thing it is; nothing where it is the layer's own.
    pub upper: Option<LayerId>,
    /// The label of an exception or condition; empty where it has none.
    pub label: String,
    /// When it is in force, where that is said.
    pub validity: Validity,
    /// The pieces of text that say it: rows, an exception, a condition, a definition.
    pub texts: Vec<Span>,
    /// Sources.
    pub citations: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// What a layer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Says it first.
    Declares,
    /// Fills what a higher layer left to it (由地方规定).
    Fills,
    /// Leaves it to a layer further down, or says within what bounds.
    Narrows,
    /// Says it in place of a higher layer (另定).
    SetsAnew,
    /// Adds an exception.
    AddsException,
    /// Adds a condition.
    AddsCondition,
    /// Adds a payment to a decision.
    AddsPayment,
    /// Says from or until when payments are made.
    SetsTerm,
}

/// A kind of thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    /// 参数
    Parameter,
    /// 表
    Table,
    /// 规则
    Rule,
    /// 集合
    Set,
    /// 决定
    Decision,
    /// 给付
    Payment,
    /// 关系
    Relation,
    /// 目标
    Target,
}
