//! The tree as written. One node per construct of `grammar/huize.pest`; names are text with a
//! place, numbers are exact, nothing is resolved or typed.

pub mod case;
pub mod declaration;
pub mod expression;
pub mod parameter;

pub use case::*;
pub use declaration::*;
pub use expression::*;
pub use parameter::*;

use crate::source::{SourceId, Span};

/// A file: its header, if the piece that holds it could be read, and its declarations in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// Which file.
    pub source: SourceId,
    /// 政策 or 词汇.
    pub header: Option<Header>,
    /// Everything after it.
    pub declarations: Vec<Declaration>,
}

/// A name that a declaration introduces, with its ASCII twin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The name without `「」`.
    pub text: String,
    /// The text in `【】`.
    pub alias: Option<Reference>,
    /// Where the name stands.
    pub span: Span,
}

/// A use of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The name without `「」`.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// 国家.最低生活保障: a place and a benefit, or a vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QualifiedName {
    /// The parts in order; never empty.
    pub segments: Vec<Reference>,
    /// The whole.
    pub span: Span,
}

impl QualifiedName {
    /// The parts joined with `.`.
    #[must_use]
    pub fn text(&self) -> String {
        let parts: Vec<&str> = self.segments.iter().map(|segment| segment.text.as_str()).collect();
        parts.join(".")
    }
}

/// 依据: the source in law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The free text.
    pub text: String,
    /// 简称 《…》, a short title that later citations may use.
    pub short: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// A quoted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Without the quotes.
    pub text: String,
    /// With them.
    pub span: Span,
}
