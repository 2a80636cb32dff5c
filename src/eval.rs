//! The interpreter: the definition of what a program means. Evaluates every node for every
//! instance, month by month from the earliest that look-back needs; the values it leaves behind
//! are the trace.
//!
//! Every value is known, 无, unknown with its causes and bounds, or an error; an error is a value
//! like the others, so the order of evaluation never shows.

#![deny(clippy::arithmetic_side_effects, clippy::float_arithmetic, clippy::as_conversions)]

mod aggregate;
mod choice;
mod clock;
mod document;
mod frame;
mod kernel;
pub(crate) mod limit;
mod live;
mod look_back;
mod note;
mod parameter;
mod population;
mod time;
mod value;

pub use clock::{Clock, Mixture, Rows};
pub(crate) use clock::{row_in_force, row_of};
#[cfg(feature = "repl")]
pub(crate) use frame::evaluate_changed;
pub(crate) use frame::{Changed, Links, PlaceSet, Places, Table, Tried, evaluate_again};
pub use frame::{Evaluation, Frame, Question, before_rounding, evaluate, evaluate_mixed};
pub use live::Live;
pub use look_back::LookBack;
pub(crate) use look_back::MOST_MONTHS;
pub use note::{Marks, Note, NoteId, Notes};
pub(crate) use parameter::parts_of_month;
pub use population::{Element, Tally};
pub use value::{Fault, FaultKind, Unknown, Value};

#[cfg(test)]
mod tests;
