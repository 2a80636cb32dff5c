//! The façade: a library of policy files, compiled once, deciding many cases.

pub(crate) mod assess;
mod boundaries;
mod cases;
mod constraints;
mod coverage;
pub(crate) mod decide;
#[cfg(feature = "repl")]
pub(crate) mod decided;
pub mod decision;
mod json_service;
pub mod layers;
mod library;
mod policy;
mod shelf;
pub mod targets;
mod what_if;

#[cfg(test)]
mod tests;

pub use crate::eval::Question;
pub use crate::input::{Envelope, envelope};
pub use crate::limits::Limits;
pub use boundaries::{Boundaries, BoundaryKind, MissingSide, UntriedBoundary};
pub use cases::CaseReport;
#[cfg(test)]
pub(crate) use cases::bound;
#[cfg(feature = "repl")]
pub(crate) use cases::households;
pub use coverage::{Coverage, Tally, ThingKind, Untried, Way};
pub use json_service::JsonService;
pub use library::{IndexEntry, Library, PlaceSummary, PolicySummary, Values};
pub use policy::{Case, Policy, Wording};
pub use shelf::{Edition, Shelf};
pub use targets::{Asked, TargetRun};
