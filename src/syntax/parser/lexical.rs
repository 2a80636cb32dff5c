//! Names, texts, citations, dates, numbers and types.

use super::{Builder, Pair, Rule};
use crate::source::Span;
use crate::syntax::ast::{
    Binding, Citation, DatePoint, Expr, ExprKind, LiteralRange, NumberLiteral, NumberSuffix,
    Period, QualifiedName, Reference, Text, TypeExpr, TypeExprKind, UnitExpr,
};
use crate::syntax::error::SyntaxError;
use crate::syntax::words::MONTH_NAMES;
use crate::value::{Date, OpError, YearMonth, half_width, parse_decimal};

impl Builder {
    /// Where `pair` stands, without the blanks and comments that the grammar lets it end with.
    pub(super) fn span(&self, pair: &Pair<'_>) -> Span {
        let span = pair.as_span();
        let (start, end) = (span.start(), span.end());
        let content = span.as_str().trim_end();
        let end = if end <= self.comments_from && !content.ends_with('\u{FEFF}') {
            start + content.len()
        } else {
            content_end(pair).max(start)
        };
        Span::new(self.source, self.offset + start, self.offset + end)
    }

    pub(super) fn reference(&self, pair: &Pair<'_>) -> Reference {
        Reference { text: unquoted(pair.as_str()), span: self.span(pair) }
    }

    /// The place and the text of a label, an enumerator and the like.
    pub(super) fn words(&self, pair: &Pair<'_>) -> Text {
        let text = pair.as_str().trim_end().to_owned();
        let start = self.offset + pair.as_span().start();
        Text { span: Span::new(self.source, start, start + text.len()), text }
    }

    pub(super) fn string(&self, pair: &Pair<'_>) -> Text {
        let text = pair.clone().into_inner().next().map_or("", |inner| inner.as_str());
        Text { text: text.to_owned(), span: self.span(pair) }
    }

    pub(super) fn binding(&self, pair: Pair<'_>) -> Option<Binding> {
        let mut inner = pair.into_inner();
        let name = self.reference(&inner.next()?);
        let alias = inner.next().and_then(|alias| self.alias(alias));
        Some(Binding { text: name.text, alias, span: name.span })
    }

    pub(super) fn alias(&self, pair: Pair<'_>) -> Option<Reference> {
        let name = pair.into_inner().next()?;
        let words = self.words(&name);
        Some(Reference { text: words.text.trim_start().to_owned(), span: words.span })
    }

    pub(super) fn qualified_name(&self, pair: Pair<'_>) -> QualifiedName {
        let span = self.span(&pair);
        QualifiedName {
            segments: pair.into_inner().map(|name| self.reference(&name)).collect(),
            span,
        }
    }

    pub(super) fn citation(&mut self, pair: Pair<'_>) -> Citation {
        let span = self.span(&pair);
        let mut citation = Citation { text: String::new(), short: None, span };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::citation_text => inner.as_str().trim().clone_into(&mut citation.text),
                Rule::short_title => {
                    let short = inner.into_inner().next();
                    citation.short = short.map(|short| short.as_str().trim().to_owned());
                    // 《某办法》，简称《办法》: the comma belongs to neither.
                    let full = citation.text.trim_end_matches(['，', ',']).len();
                    citation.text.truncate(full);
                }
                _ => {}
            }
        }
        if citation.text.is_empty() {
            self.errors.push(SyntaxError::EmptyCitation { span });
        }
        citation
    }

    pub(super) fn period(&mut self, pair: Pair<'_>) -> Option<Period> {
        let mut period = Period { from: None, until: None, span: self.span(&pair) };
        for end in pair.into_inner() {
            let token = end.as_rule();
            let mut point = None;
            for inner in end.into_inner() {
                if matches!(inner.as_rule(), Rule::date | Rule::year_month | Rule::year) {
                    point = Some((self.date_point(&inner)?, self.span(&inner)));
                }
            }
            match token {
                Rule::from => period.from = point,
                Rule::until => period.until = point,
                _ => {}
            }
        }
        Some(period)
    }

    pub(super) fn date_point(&mut self, pair: &Pair<'_>) -> Option<DatePoint> {
        match pair.as_rule() {
            Rule::date => self.date(pair).map(DatePoint::Date),
            Rule::year_month => self.year_month(pair).map(DatePoint::Month),
            Rule::year => self.year(pair).map(DatePoint::Year),
            _ => None,
        }
    }

    pub(super) fn date(&mut self, pair: &Pair<'_>) -> Option<Date> {
        let [year, month, day] = digit_runs(pair.as_str());
        self.dated(pair, Date::new(i32::try_from(year).ok()?, month, day))
    }

    pub(super) fn year_month(&mut self, pair: &Pair<'_>) -> Option<YearMonth> {
        let [year, month, _] = digit_runs(pair.as_str());
        self.dated(pair, YearMonth::new(i32::try_from(year).ok()?, month))
    }

    fn year(&mut self, pair: &Pair<'_>) -> Option<i32> {
        let [year, ..] = digit_runs(pair.as_str());
        let first = YearMonth::new(i32::try_from(year).ok()?, 1);
        self.dated(pair, first.map(YearMonth::year))
    }

    /// The month and the day of `8月31日` or `August 31`.
    pub(super) fn fixed_day(&mut self, pair: &Pair<'_>) -> Option<(u8, u8)> {
        let text = pair.as_str();
        let named = MONTH_NAMES.iter().position(|name| text.starts_with(name));
        let [month, day] = match (named, digit_runs(text)) {
            (Some(at), [day, ..]) => [u32::try_from(at).ok()?.checked_add(1)?, day],
            (None, [month, day, _]) => [month, day],
        };
        // A leap year, so that 29 February is a day.
        self.dated(pair, Date::new(2000, month, day))?;
        Some((u8::try_from(month).ok()?, u8::try_from(day).ok()?))
    }

    fn dated<T>(&mut self, pair: &Pair<'_>, result: Result<T, OpError>) -> Option<T> {
        let span = self.span(pair);
        result.map_err(|cause| self.errors.push(SyntaxError::InvalidDate { span, cause })).ok()
    }

    /// A literal, a string or a name; `None` for any other pair.
    pub(super) fn atom(&mut self, pair: &Pair<'_>) -> Option<Expr> {
        let kind = match pair.as_rule() {
            Rule::thousands => {
                let text = pair.as_str().to_owned();
                let span = self.span(pair);
                self.errors.push(SyntaxError::ThousandsSeparator { span, text });
                return None;
            }
            Rule::number_literal => return self.number(pair),
            Rule::date => ExprKind::Date(self.date(pair)?),
            Rule::year_month => ExprKind::YearMonth(self.year_month(pair)?),
            Rule::fixed_day => {
                let (month, day) = self.fixed_day(pair)?;
                ExprKind::FixedDay { month, day }
            }
            Rule::months_ago => ExprKind::MonthsAgo(self.month_count(pair)?),
            Rule::year => ExprKind::Year(self.year(pair)?),
            Rule::truth => ExprKind::Bool(matches!(pair.as_str(), "是" | "true")),
            Rule::string => ExprKind::Text(self.string(pair).text),
            Rule::asked_word if matches!(pair.as_str(), "是" | "否") => {
                ExprKind::Bool(pair.as_str() == "是")
            }
            Rule::name | Rule::failing_name | Rule::cell_key | Rule::asked_word => {
                ExprKind::Name(self.reference(pair))
            }
            _ => return None,
        };
        Some(Expr { kind, span: self.span(pair) })
    }

    /// `1201元`, `－5%`.
    pub(super) fn number(&mut self, pair: &Pair<'_>) -> Option<Expr> {
        let span = self.span(pair);
        let mut text: String =
            pair.as_str().chars().map(half_width).take_while(|sign| *sign == '-').collect();
        let mut suffix = NumberSuffix::None;
        for inner in pair.clone().into_inner() {
            match inner.as_rule() {
                Rule::number if inner.as_str().is_ascii() => text.push_str(inner.as_str()),
                Rule::number => text.extend(inner.as_str().chars().map(half_width)),
                Rule::scale => suffix = scale(inner.as_str()),
                Rule::unit_suffix => suffix = NumberSuffix::Unit(self.unit(inner)?),
                _ => {}
            }
        }
        let decimals = text.split_once('.').map_or(0, |(_, places)| places.len());
        let Ok(value) = parse_decimal(&text) else {
            self.errors.push(SyntaxError::NumberTooLong { span });
            return None;
        };
        if let NumberSuffix::Unit(unit) = &suffix
            && unit.numerator.text == "月"
        {
            let digits = text.trim_start_matches('-').to_owned();
            self.errors.push(SyntaxError::BareMonth { span, digits });
        }
        let decimals = u32::try_from(decimals).ok()?;
        Some(Expr { kind: ExprKind::Number(NumberLiteral { value, decimals, suffix }), span })
    }

    /// `unit_suffix` or `unit`.
    fn unit(&self, pair: Pair<'_>) -> Option<UnitExpr> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner();
        let numerator = self.reference(&inner.next()?);
        let denominators = inner
            .flat_map(Pair::into_inner)
            .filter(|atom| atom.as_rule() == Rule::unit_atom)
            .map(|atom| self.reference(&atom))
            .collect();
        Some(UnitExpr { numerator, denominators, span })
    }

    pub(super) fn type_expression(&mut self, pair: Pair<'_>) -> Option<TypeExpr> {
        let inner = pair.into_inner().next()?;
        let span = self.span(&inner);
        let kind = match inner.as_rule() {
            Rule::type_boolean => TypeExprKind::Boolean,
            Rule::type_date => TypeExprKind::Date,
            Rule::type_month => TypeExprKind::Month,
            Rule::type_decimal => TypeExprKind::Decimal,
            Rule::type_text => TypeExprKind::Text,
            Rule::type_count => TypeExprKind::Count(self.reference(&inner)),
            Rule::named_type => TypeExprKind::Named(self.reference(&inner.into_inner().next()?)),
            Rule::type_integer => {
                let range = inner.into_inner().find(|part| part.as_rule() == Rule::literal_range);
                TypeExprKind::Integer(match range {
                    Some(range) => Some(self.literal_range(range)?),
                    None => None,
                })
            }
            Rule::unit => match inner.clone().into_inner().next()? {
                scale if scale.as_rule() == Rule::scale => {
                    if matches!(scale.as_str(), "倍" | "times") {
                        TypeExprKind::Times
                    } else {
                        TypeExprKind::Percent
                    }
                }
                _ => TypeExprKind::Unit(self.unit(inner)?),
            },
            _ => return None,
        };
        Some(TypeExpr { kind, span })
    }

    pub(super) fn literal_range(&mut self, pair: Pair<'_>) -> Option<LiteralRange> {
        let span = self.span(&pair);
        let ends: Vec<Pair<'_>> =
            pair.into_inner().filter(|part| part.as_rule() != Rule::en_to).collect();
        let [low, high] = ends.as_slice() else { return None };
        Some(LiteralRange { low: self.atom(low)?, high: Some(self.atom(high)?), span })
    }

    /// `不低于0元`
    pub(super) fn no_less(&mut self, pair: Pair<'_>) -> Option<LiteralRange> {
        let span = self.span(&pair);
        let low = pair.into_inner().next_back()?;
        Some(LiteralRange { low: self.atom(&low)?, high: None, span })
    }
}

/// Where in `text` the first comment may begin; a text or a citation may hold the same sign.
pub(super) fn first_comment(text: &str) -> usize {
    // Each letter by itself is looked for many bytes at a time.
    let is_note = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with("注："));
    let note = text.match_indices('注').map(|(at, _)| at).find(is_note);
    [text.find('#'), text.find('＃'), note].into_iter().flatten().min().unwrap_or(text.len())
}

/// The end of the last thing in `pair` that is neither blank nor comment.
fn content_end(pair: &Pair<'_>) -> usize {
    let start = pair.as_span().start();
    let text = pair.as_str();
    let Some(last) = pair.clone().into_inner().next_back() else {
        return start + text.trim_end().len();
    };
    let from = content_end(&last);
    let mut end = from;
    let mut in_comment = false;
    let rest = text.get(from.saturating_sub(start)..).unwrap_or("");
    for (at, letter) in rest.char_indices() {
        let begins_note = || rest.get(at..).is_some_and(|after| after.starts_with("注："));
        if letter == '\n' {
            in_comment = false;
        } else if in_comment || matches!(letter, '#' | '＃') || letter == '注' && begins_note() {
            in_comment = true;
        } else if !letter.is_whitespace() && letter != '\u{FEFF}' {
            end = from + at + letter.len_utf8();
        }
    }
    end
}

/// A name without `「」`.
fn unquoted(text: &str) -> String {
    let inner = text.strip_prefix('「').and_then(|rest| rest.strip_suffix('」'));
    inner.unwrap_or(text).trim_end().to_owned()
}

fn scale(text: &str) -> NumberSuffix {
    match text {
        "‰" => NumberSuffix::PerMille,
        "倍" | "times" => NumberSuffix::Times,
        _ => NumberSuffix::Percent,
    }
}

/// The first three numbers in a date.
fn digit_runs(text: &str) -> [u32; 3] {
    let narrow: String = text.chars().map(half_width).collect();
    let mut runs = narrow
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .map(|run| run.parse().unwrap_or(u32::MAX));
    [runs.next().unwrap_or(0), runs.next().unwrap_or(0), runs.next().unwrap_or(0)]
}
