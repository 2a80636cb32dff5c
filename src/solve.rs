//! What a decision is as a function of one fact, and what would change it: solved, not sampled.
//!
//! [`Sweep`] is every outcome and payment over a range of one fact, as pieces with exact ends.
//! `walk` goes from one region to the next; `pass` finds the region around one evaluation.

pub(crate) mod changes;
pub mod csv;
pub(crate) mod form;
pub(crate) mod grid;
pub mod markdown;
mod naming;
pub(crate) mod outputs;
mod page;
pub mod paper;
pub(crate) mod pass;
pub(crate) mod path;
pub(crate) mod region;
pub(crate) mod sweep;
pub(crate) mod sym;
pub mod text;
pub(crate) mod touched;
pub mod view;
pub(crate) mod walk;
mod words;

pub use changes::{
    Aim, Applied, Change, ChangeOptions, Changes, DecisionChanges, FactChange, ThenPaid,
};
pub use page::mark;
pub use path::FactRef;
pub use sweep::{Reading, Sweep, SweepPoint, SweepRange, SweptView};

#[cfg(test)]
pub(crate) mod tests;
