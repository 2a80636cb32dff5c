#![doc = include_str!("../README.md")]

pub mod builtins;
pub mod diagnostic;
pub mod engine;
pub mod eval;
pub mod explain;
pub mod facts;
pub mod format;
pub mod hir;
pub mod input;
pub mod plan;
pub mod source;
pub mod syntax;
pub mod trace;
pub mod types;
pub mod value;
