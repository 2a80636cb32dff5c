//! Huize 惠则: benefit standards and eligibility rules that run.

pub mod diagnostic;
pub mod engine;
pub mod explain;
pub mod facts;
pub mod source;
pub mod syntax;
pub mod value;
