//! The typed IR: one program per policy, with its layers merged, names resolved and units checked.
//!
//! Nodes lie in one flat arena, each after everything that it needs in the same month, so that one
//! pass in order evaluates them all. Look-back refers to definitions by id and is read in the
//! frames of earlier months. INVARIANT: a node's operands have smaller ids than the node.

mod change;
pub(crate) mod cover;
mod error;
mod interaction;
pub mod lower;
mod mistake;
pub mod node;
pub mod program;
mod target;

pub use change::*;
pub use interaction::*;
pub(crate) use lower::{first_day as lower_first_day, last_day as lower_last_day, measure_word};
pub use mistake::*;
pub use node::*;
pub use program::*;
pub use target::*;
