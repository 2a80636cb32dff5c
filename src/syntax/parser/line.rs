//! One line that stands in no file: an expression asked about, or facts told.

use std::ops::Range;

use pest::Parser as _;

use super::failure::{self, Context, Stop};
use super::grammar::HuizeParser;
use super::{Builder, Pair, Pairs, Rule, depth};
use crate::limits::Limits;
use crate::source::{SourceId, Span};
use crate::syntax::ast::{Expr, ExprKind, FactValue, History, Telling};
use crate::syntax::error::SyntaxError;
use crate::syntax::pieces::Piece;
use crate::syntax::words::{DECLARATIONS, Word};

/// Reads the part of `text` in `range`, the text of `source`, as one value or condition.
///
/// # Errors
///
/// What is wrong with it, with places in `text`.
///
/// # Examples
///
/// ```
/// use huize::source::SourceId;
/// use huize::syntax::parse_expression;
///
/// let text = "问 甲的月工资×12";
/// assert!(parse_expression(SourceId(0), text, "问 ".len()..text.len()).is_ok());
/// assert!(parse_expression(SourceId(0), "甲的月工资×", 0.."甲的月工资×".len()).is_err());
/// ```
pub fn parse_expression(
    source: SourceId,
    text: &str,
    range: Range<usize>,
) -> Result<Expr, Vec<SyntaxError>> {
    let parse = |content| HuizeParser::parse(Rule::line_expression, content);
    read(source, text, range, parse, |builder, mut pairs| builder.expression(pairs.next()?))
}

/// Reads the part of `text` in `range` as facts: `甲的月工资 = 2400元，乙的重病 未知，城镇`.
///
/// # Errors
///
/// As for [`parse_expression`].
pub fn parse_tellings(
    source: SourceId,
    text: &str,
    range: Range<usize>,
) -> Result<Vec<Telling>, Vec<SyntaxError>> {
    let parse = |content| HuizeParser::parse(Rule::line_facts, content);
    read(source, text, range, parse, |builder, pairs| {
        let mut told: Vec<Telling> = Vec::new();
        let mut whose: Option<Expr> = None;
        for pair in pairs {
            let telling = match pair.as_rule() {
                Rule::line_whose => {
                    whose = Some(builder.expression(pair.into_inner().next()?)?);
                    continue;
                }
                Rule::line_fact => builder.telling(pair, whose.as_ref())?,
                _ => continue,
            };
            match told.last_mut() {
                // A further dated value of the fact before.
                Some(last)
                    if telling.about.is_none()
                        && telling.values.iter().all(|value| value.since.is_some())
                        && last.values.iter().all(|value| value.since.is_some()) =>
                {
                    last.span = last.span.to(telling.span);
                    last.values.extend(telling.values);
                }
                _ => told.push(telling),
            }
        }
        Some(told)
    })
}

/// Reads the part of `text` in `range` as what was decided in an earlier month:
/// `2023年5月：低保＝符合，低保金＝313元`.
///
/// # Errors
///
/// As for [`parse_expression`].
pub fn parse_history(
    source: SourceId,
    text: &str,
    range: Range<usize>,
) -> Result<History, Vec<SyntaxError>> {
    let parse = |content| HuizeParser::parse(Rule::line_history, content);
    read(source, text, range, parse, |builder, mut pairs| builder.history(pairs.next()?))
}

fn read<'text, T>(
    source: SourceId,
    text: &'text str,
    range: Range<usize>,
    parse: impl FnOnce(&'text str) -> Result<Pairs<'text>, pest::error::Error<Rule>>,
    build: impl FnOnce(&mut Builder, Pairs<'_>) -> Option<T>,
) -> Result<T, Vec<SyntaxError>> {
    let offset = range.start;
    let content = text.get(range.clone()).unwrap_or("");
    let whole = Span::new(source, offset, offset + content.trim_end().len());
    if let Some((at, length)) = depth::too_deep(content, Limits::DEFAULT.nesting) {
        let span = Span::new(source, offset + at, offset + at + length);
        return Err(vec![SyntaxError::TooDeep { span, most: Limits::DEFAULT.nesting }]);
    }
    let pairs = parse(content).map_err(|error| {
        // A line is read like what a case expects.
        let word = DECLARATIONS.iter().find(|word| word.zh == "案例").copied();
        let word = word.unwrap_or(Word { zh: "案例", en: "case" });
        let piece = Piece { range, spelling: word.zh, word };
        let context = Context { source, offset, content, piece: &piece, last: true };
        vec![failure::error(&context, content, &Stop::new(&error))]
    })?;
    let mut builder = Builder::new(source, offset, Limits::DEFAULT, content);
    let inner = pairs.into_iter().next().map(Pair::into_inner);
    let built = inner.and_then(|pairs| build(&mut builder, pairs));
    match built {
        Some(built) if builder.errors.is_empty() => Ok(built),
        _ if builder.errors.is_empty() => Err(vec![SyntaxError::Internal { span: whole }]),
        _ => Err(builder.errors),
    }
}

impl Builder {
    /// A fact, of `whose` where the line says that at its head.
    fn telling(&mut self, pair: Pair<'_>, whose: Option<&Expr>) -> Option<Telling> {
        let span = self.span(&pair);
        let mut about = None;
        let mut value = None;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::operand => {
                    let fact = self.expression(part)?;
                    about = Some(match whose {
                        Some(whose) => {
                            let (base, span) = (Box::new(whose.clone()), fact.span);
                            let member = Box::new(fact);
                            Expr { kind: ExprKind::Access { base, member, stage: None }, span }
                        }
                        None => fact,
                    });
                }
                Rule::fact_value => value = Some(self.fact_value(part)?),
                Rule::expression => {
                    value = Some(FactValue { value: self.expression(part)?, since: None });
                }
                _ => {}
            }
        }
        Some(Telling { about, values: vec![value?], span })
    }
}
