//! Text to AST. Parsing never fails: every declaration that can be read is in the file, and every
//! one that cannot is an error.

mod case;
mod decision;
mod declaration;
mod depth;
mod expression;
mod failure;
mod forms;
mod lexical;
mod line;
mod nouns;
mod recovery;
mod rule;
mod slips;
mod table;
#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong place must fail the test")]
mod tests;

pub use line::{parse_expression, parse_history, parse_tellings};

use pest::Parser as _;

use super::ast;
use super::error::SyntaxError;
use super::pieces::{self, Piece};
use super::words;
use crate::limits::Limits;
use crate::source::{SourceId, Span};

/// What was read of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// Everything that could be read.
    pub file: ast::File,
    /// What could not, in the order of the text.
    pub errors: Vec<SyntaxError>,
    /// The names of the declarations that are missing from the file because of an error, as far as
    /// they could be read, so that nobody complains that they are unknown.
    pub skipped: Vec<ast::Reference>,
}

/// Reads `text`, the text of the file `source`.
///
/// # Examples
///
/// ```
/// use huize::source::SourceId;
/// use huize::syntax::parse;
///
/// let parsed = parse(SourceId(0), "政策 国家.低保\n规则 年龄（人）：岁 = 周岁（出生日期，评估日）\n");
/// assert!(parsed.errors.is_empty());
/// assert_eq!(parsed.file.declarations.len(), 1);
///
/// let parsed = parse(SourceId(0), "政策 国家.低保\n规则年龄（人）：岁 = 1岁\n");
/// assert_eq!(parsed.errors[0].code(), "huize::syntax::glued_keyword");
/// ```
#[must_use]
pub fn parse(source: SourceId, text: &str) -> Parsed {
    parse_within(source, text, &Limits::DEFAULT)
}

/// As [`parse`], within other limits of nesting and operators.
#[must_use]
pub fn parse_within(source: SourceId, text: &str, limits: &Limits) -> Parsed {
    let mut parsed =
        Parsed { file: ast::File { source, ..ast::File::default() }, ..Parsed::default() };
    let cut = pieces::cut(text);
    stray_text(source, text, cut.before.clone(), &mut parsed);
    for (at, piece) in cut.pieces.iter().enumerate() {
        let is_header = words::HEADERS.contains(&piece.word);
        if is_header && at > 0 {
            let content = text.get(piece.range.clone()).unwrap_or("");
            let indent = content.len() - content.trim_start_matches(pieces::is_indentation).len();
            let start = piece.range.start + indent;
            let span = Span::new(source, start, start + piece.spelling.len());
            parsed.errors.push(SyntaxError::LateHeader { span });
            continue;
        }
        if !is_header && at == 0 {
            let span = Span::new(source, piece.range.start, piece.range.start);
            parsed.errors.push(SyntaxError::MissingHeader { span });
        }
        parse_piece((source, limits), text, piece, &mut parsed);
    }
    if cut.pieces.is_empty() && parsed.errors.is_empty() {
        parsed.errors.push(SyntaxError::MissingHeader { span: Span::new(source, 0, 0) });
    }
    parsed.errors.sort_by_key(|error| error.span().start);
    parsed
}

/// The parser that pest makes of the grammar.
mod grammar {
    #[derive(pest_derive::Parser, Debug)]
    #[grammar = "../grammar/huize.pest"]
    pub(super) struct HuizeParser;
}

use grammar::{HuizeParser, Rule};

type Pair<'text> = pest::iterators::Pair<'text, Rule>;
type Pairs<'text> = pest::iterators::Pairs<'text, Rule>;

/// Makes nodes out of pairs. A method that gives `None` has noted an error, or met a pair that the
/// grammar does not allow there.
struct Builder {
    source: SourceId,
    limits: Limits,
    /// Where the text that pest was given begins in the file.
    offset: usize,
    /// Where in that text the first comment may begin.
    comments_from: usize,
    errors: Vec<SyntaxError>,
    /// Operators seen in the outermost expression that is being built.
    operators: u32,
    /// How many expressions are being built, one in another.
    depth: usize,
}

impl Builder {
    /// For `text`, which begins at `offset` in the file.
    fn new(source: SourceId, offset: usize, limits: Limits, text: &str) -> Self {
        let comments_from = lexical::first_comment(text);
        Self { source, limits, offset, comments_from, errors: Vec::new(), operators: 0, depth: 0 }
    }
}

fn stray_text(source: SourceId, text: &str, before: std::ops::Range<usize>, parsed: &mut Parsed) {
    let before = text.get(before).unwrap_or("");
    for (start, line) in pieces::lines(before) {
        if pieces::is_blank_or_comment(line) {
            continue;
        }
        let glued = slips::glued_keyword(line).map(|(at, keyword)| {
            let span = Span::new(source, start + at, start + at + keyword.len());
            SyntaxError::GluedKeyword { span, keyword }
        });
        let stray = || {
            let content = line.trim_start_matches(pieces::is_indentation);
            let start = start + line.len() - content.len();
            SyntaxError::StrayText {
                span: Span::new(source, start, start + content.trim_end().len()),
            }
        };
        parsed.errors.push(glued.unwrap_or_else(stray));
        return;
    }
}

fn parse_piece(
    (source, limits): (SourceId, &Limits),
    text: &str,
    piece: &Piece,
    parsed: &mut Parsed,
) {
    let content = text.get(piece.range.clone()).unwrap_or("");
    let offset = piece.range.start;
    let whole = Span::new(source, offset, offset + content.trim_end().len());
    let before = parsed.errors.len();
    let mut built = false;
    if let Some((at, length)) = depth::too_deep(content, limits.nesting) {
        let span = Span::new(source, offset + at, offset + at + length);
        parsed.errors.push(SyntaxError::TooDeep { span, most: limits.nesting });
    } else {
        match HuizeParser::parse(Rule::piece, content) {
            Ok(pairs) => {
                let mut builder = Builder::new(source, offset, *limits, content);
                built = builder.piece(pairs, &mut parsed.file).is_some();
                parsed.errors.append(&mut builder.errors);
            }
            Err(error) => {
                let last = piece.range.end == text.len();
                let context = failure::Context { source, offset, content, piece, last };
                parsed.errors.extend(recovery::explain(&context, &error));
            }
        }
    }
    if built {
        return;
    }
    if parsed.errors.len() == before {
        parsed.errors.push(SyntaxError::Internal { span: whole });
    }
    parsed.skipped.extend(recovery::declared_names(source, offset, content, piece));
}
