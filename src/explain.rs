//! Why, and why not: from the trace to words.
//!
//! [`view`] holds the reasons as plain data, [`graph`] finds a node in it; [`text`], [`markdown`]
//! and [`json`] draw it. None of them computes anything: what they show was decided before.

pub(crate) mod build;
pub mod graph;
pub mod html;
pub mod json;
pub mod layout;
pub mod markdown;
#[cfg(feature = "notice")]
pub mod notice;
mod outline;
mod overview;
pub mod paper;
mod reasons;
pub mod sheet;
pub mod text;
pub mod view;
pub(crate) mod words;

pub use outline::Detail;
pub(crate) use reasons::reasons;

#[cfg(test)]
mod tests;
