//! Targets: figures that a plan sets over a population.

use super::{ItemId, LayerId, Name, NodeId, Program};
use crate::source::Span;
use crate::syntax::ast::{Comparison, TargetTerm};
use crate::types::{ObjectId, Type};

/// A measure over a population.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeasureId(pub u32);
/// A comparison of a target: what is measured against what is demanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureId(pub u32);

/// What is counted up over all instances of an object in all cases.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// How.
    pub kind: MeasureKind,
    /// Over what: every member of a household, every household, every other thing.
    pub element: ObjectId,
    /// Which of them count: all of these hold.
    pub filters: Vec<NodeId>,
    /// What is taken of each; nothing for a count.
    pub body: Option<NodeId>,
    /// The type of the result.
    pub ty: Type,
    /// Where it is written.
    pub span: Span,
}

/// The ways to count up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MeasureKind {
    /// 人数, 户数, 次数, 数量
    Count,
    /// 合计
    Sum,
    /// 平均
    Average,
    /// 最高
    Highest,
    /// 最低
    Lowest,
    /// 比例: of those that count, the part of which the body holds.
    Share,
    /// 存在
    Exists,
    /// 每个
    Each,
}

/// A comparison of a target.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The item of the target that it stands in.
    pub item: Option<ItemId>,
    /// Which comparison.
    pub operator: Comparison,
    /// The comparison itself.
    pub comparison: NodeId,
    /// What is measured: a [`super::NodeKind::Reported`].
    pub left: NodeId,
    /// The same without what was reported.
    pub computed: NodeId,
    /// What is demanded.
    pub right: NodeId,
}

/// 目标
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Its name.
    pub name: Name,
    /// For which time it is answered.
    pub term: Option<TargetTerm>,
    /// What must hold, about the root object.
    pub root: NodeId,
    /// Its comparisons in the order of the text.
    pub figures: Vec<FigureId>,
    /// The measures that it reads.
    pub measures: Vec<MeasureId>,
    /// Sources.
    pub citations: Vec<String>,
    /// Whether it is made up.
    pub sample: bool,
    /// The layer that sets it.
    pub layer: LayerId,
    /// Where its name stands.
    pub span: Span,
}

impl Program {
    /// The measure with that id.
    #[must_use]
    pub fn measure(&self, id: MeasureId) -> Option<&Measure> {
        self.measures.get(id.0 as usize)
    }

    /// The figure with that id.
    #[must_use]
    pub fn figure(&self, id: FigureId) -> Option<&Figure> {
        self.figures.get(id.0 as usize)
    }

    /// The target of that name or ASCII twin.
    #[must_use]
    pub fn target(&self, name: &str) -> Option<&Target> {
        self.targets.iter().find(|target| target.name.is(name))
    }
}
