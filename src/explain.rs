//! Why, and why not: from the trace to words.

pub mod view;
