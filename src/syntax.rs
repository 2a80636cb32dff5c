//! Text to AST: what the author wrote, with places, and nothing resolved.

pub mod ast;
pub mod error;
pub mod literate;
pub mod parser;
pub mod pieces;
pub mod token;
pub mod words;

pub use error::SyntaxError;
pub use literate::mask_markdown;
pub use parser::{Parsed, parse, parse_expression, parse_history, parse_tellings, parse_within};
