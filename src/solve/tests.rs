//! What is solved must be what is evaluated, at every point.

mod changes;
mod generated;
mod pairs;
mod program;
