//! Why, and why not: from the trace to words.
//!
//! [`view`] holds the reasons as plain data; [`text`], [`markdown`] and [`json`] draw it. None of
//! them computes anything: what they show was decided before.

pub(crate) mod build;
pub mod json;
pub mod layout;
pub mod markdown;
pub mod text;
pub mod view;
mod words;

#[cfg(test)]
mod fixture;
