//! A boundary that is read wrongly: how it is seen whether the cases of a policy would notice.

use super::NodeId;

/// Where a value lies beside a limit, or a day beside a date of change, no further off than one
/// step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Just below it; the day before.
    Below,
    /// Just at it; the day itself.
    At,
    /// Just above it; the day after.
    Above,
}

/// Comparisons that come out the other way round where a value lies on one side of its limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Which: one text may stand for several nodes.
    pub nodes: Vec<NodeId>,
    /// Which limit of the node: 0 of a comparison; of the interval at position n of 属于, 2n is the
    /// lower end and 2n+1 the upper.
    pub end: usize,
    /// On which side.
    pub side: Side,
}
