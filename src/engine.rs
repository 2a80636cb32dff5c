//! The façade: compile once, decide many times.

pub mod decision;
