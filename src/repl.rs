//! The prompt where an analyst thinks: a [`Session`] takes one line after the other and gives a
//! [`Reply`] to each.
//!
//! A session is pure: no clock, no files, no printing. What it needs of the world it asks the
//! [`World`] that the frontend supplies, so that a transcript of lines and replies tests all of it.
//!
//! Facts are kept by name, apart from the policy that reads them (`household`): a change of
//! policy, of place or of the policy's text keeps them. Every line that changes something leaves
//! the whole `state` before it behind, so that any number of lines can be taken back.

mod answer;
mod ask;
mod change;
mod chart;
mod contrast;
mod example;
mod explain;
mod facts;
mod help;
mod household;
mod how;
mod law;
mod months;
mod paper;
mod problem;
mod read;
mod reform;
mod save;
mod session;
mod state;
mod sweep;
mod table;
mod time;
mod typing;
mod verb;
mod world;

#[cfg(test)]
mod tests;

pub use law::Start;
pub use session::Session;
pub use typing::{Candidate, Completion, Piece, PieceStyle};
pub use world::{Options, Reply, Status, World};
