//! What is solved must be what is evaluated, at every point.

mod generated;
mod program;
