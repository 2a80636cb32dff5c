//! What 关系 take off or fill up, kept so that it can be told.

use super::{DefinitionId, ItemId, NodeId};

/// One effect that a clause of 关系 may have on one benefit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interaction {
    /// What the clause says.
    pub kind: InteractionKind,
    /// What it acts upon: an entitlement, or a payment.
    pub on: DefinitionId,
    /// Its value before.
    pub before: NodeId,
    /// Its value after; of an exclusion, whether the other benefit leaves it alone.
    pub after: NodeId,
    /// The benefits that bring it about: the one that is kept, the payments that are compared.
    pub by: Vec<DefinitionId>,
    /// The clause.
    pub item: ItemId,
}

/// Kinds of effects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InteractionKind {
    /// 不重复享受
    Exclusive,
    /// 择高
    Higher,
    /// 补差
    TopUp,
}
