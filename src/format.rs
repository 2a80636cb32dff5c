//! A policy file laid out in the one house layout, in Chinese or in English.
//!
//! The tree is printed and the comments are put back by their places; the result is parsed again
//! and compared with the tree before it is returned. INVARIANT: formatting a formatted text gives
//! the same text.

mod body;
mod case;
mod comments;
mod declaration;
mod dialect;
mod expression;
mod literate;
mod names;
mod printer;
mod same;
mod table;
#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong place must fail the test")]
mod tests;

use thiserror::Error;

use crate::diagnostic::{Bilingual, Diagnostic};
use crate::source::{SourceId, Span};
use crate::syntax::ast::File;
use crate::syntax::token::{TokenKind, tokens};
use crate::syntax::{SyntaxError, parse, pieces};

pub use dialect::{Dialect, phrases};
pub use literate::format_markdown;

use names::Names;
use printer::Printer;
use same::Same as _;

/// How a text is to be laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatOptions {
    /// The dialect to rewrite keywords, operators, punctuation and aliased names into; `None` keeps
    /// the one of the file's first declaration, and all names.
    pub dialect: Option<Dialect>,
    /// Lines are broken, where they can be, to be no wider than this; a Chinese character is two
    /// wide.
    pub width: usize,
}

impl Default for FormatOptions {
    fn default() -> Self {
        Self { dialect: None, width: 100 }
    }
}

/// Why a text was not formatted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", self.summary().en)]
#[non_exhaustive]
pub enum FormatError {
    /// `规则年龄（人）`: the text cannot be read.
    Syntax(Vec<SyntaxError>),
    /// A mistake of this program: the result would not mean what the text means.
    Unsound {
        /// The first declaration that would differ.
        span: Span,
    },
}

impl FormatError {
    /// The errors as they are shown to people; at least one.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        match self {
            Self::Syntax(errors) => errors.iter().map(SyntaxError::diagnostic).collect(),
            Self::Unsound { span } => {
                let help = Bilingual::new(
                    "文件没有改动；请把这段文字报告给惠则的维护者",
                    "the file is unchanged; please report this text to the maintainers of Huize",
                );
                let diagnostic = Diagnostic::error("huize::internal", self.summary());
                vec![diagnostic.at(*span, Bilingual::default()).help(help)]
            }
        }
    }

    fn summary(&self) -> Bilingual {
        match self {
            Self::Syntax(errors) => Bilingual::new(
                format!("文件有{}处语法错误，没有排版", errors.len()),
                format!("the file has {} syntax errors and was not formatted", errors.len()),
            ),
            Self::Unsound { .. } => Bilingual::new(
                "排版会改变意思，这是本程序的错误",
                "formatting would change the meaning, which is a mistake of this program",
            ),
        }
    }
}

/// Lays out `text`, the text of the file `source`.
///
/// A text without a header, such as a sample in a document, is formatted too.
///
/// # Errors
///
/// [`FormatError::Syntax`] where the text cannot be read.
///
/// # Examples
///
/// ```
/// use huize::format::{Dialect, FormatOptions, format};
/// use huize::source::SourceId;
///
/// let text = "政策 国家.甲\n规则 乙(人):元/月=低保标准的３０%,保底0元";
/// let zh = format(SourceId(0), text, &FormatOptions::default())?;
/// assert_eq!(zh, "政策 国家.甲\n\n规则 乙（人）：元/月 = 低保标准的30%，保底0元\n");
///
/// let options = FormatOptions { dialect: Some(Dialect::En), ..FormatOptions::default() };
/// let en = format(SourceId(0), text, &options)?;
/// assert_eq!(en, "policy 国家.甲\n\nrule 乙(person): CNY/month = 30% of 低保标准, floor 0CNY\n");
///
/// assert!(format(SourceId(0), "规则乙", &FormatOptions::default()).is_err());
/// # Ok::<(), huize::format::FormatError>(())
/// ```
pub fn format(
    source: SourceId,
    text: &str,
    options: &FormatOptions,
) -> Result<String, FormatError> {
    let file = read(source, text)?;
    let dialect = options.dialect.unwrap_or_else(|| written_dialect(text));
    let names = Names::of(&file);
    let kept = Names::default();
    let used = if options.dialect.is_some() { &names } else { &kept };
    let printed = Printer::new(text, dialect, used, options.width).print(&file);
    let unsound = |span| Err(FormatError::Unsound { span });
    let Ok(again) = read(source, &printed) else {
        return unsound(Span::new(source, 0, 0));
    };
    if let Some(span) = first_difference(&file, &again, used) {
        return unsound(span);
    }
    if kept_words(text) != kept_words(&printed) {
        return unsound(Span::new(source, 0, 0));
    }
    Ok(printed)
}

fn read(source: SourceId, text: &str) -> Result<File, FormatError> {
    let mut parsed = parse(source, text);
    parsed.errors.retain(|error| !matches!(error, SyntaxError::MissingHeader { .. }));
    if parsed.errors.is_empty() { Ok(parsed.file) } else { Err(FormatError::Syntax(parsed.errors)) }
}

/// The dialect of the first declaration's keyword.
fn written_dialect(text: &str) -> Dialect {
    match pieces::cut(text).pieces.first() {
        Some(piece) if piece.spelling.is_ascii() => Dialect::En,
        Some(_) | None => Dialect::Zh,
    }
}

/// Where the first declaration of `before` stands that is not the same in `after`.
fn first_difference(before: &File, after: &File, names: &Names) -> Option<Span> {
    if !before.header.same(&after.header, names) {
        let header = before.header.as_ref().map(|header| header.span);
        return Some(header.unwrap_or_default());
    }
    let mut rest = after.declarations.iter();
    for declaration in &before.declarations {
        if !rest.next().is_some_and(|other| declaration.same(other, names)) {
            return Some(declaration.span());
        }
    }
    rest.next().map(|_| Span::new(before.source, 0, 0))
}

/// Comments and citations, which must all survive, without their blanks and the comma before 简称;
/// sorted, because a comment may move past a citation.
fn kept_words(text: &str) -> Vec<String> {
    let is_kept = |kind: TokenKind| matches!(kind, TokenKind::Comment | TokenKind::CitationText);
    let words = tokens(text).into_iter().filter(|token| is_kept(token.kind)).map(|token| {
        let words = token.text(text).trim_start_matches([':', '：']);
        let words: String = words.chars().filter(|letter| !letter.is_whitespace()).collect();
        words.replace("，简称", "简称").replace(",简称", "简称")
    });
    let mut words: Vec<String> = words.collect();
    words.sort_unstable();
    words
}
