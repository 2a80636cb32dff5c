//! What is solved must be what is evaluated, at every point.

mod changes;
mod corpus;
mod generated;
pub(crate) mod household;
mod pairs;
mod places;
mod program;
