//! Text to AST: what the author wrote, with places, and nothing resolved.

pub mod ast;
