//! What can be wrong with a text before anything in it is looked up. One variant per code; the
//! words of each stand in Chinese and English side by side.

mod message;

use thiserror::Error;

use super::words::Word;
use crate::diagnostic::{Bilingual, Diagnostic};
use crate::source::Span;
use crate::value::OpError;

/// A mistake in the text of one declaration.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", self.message().en)]
#[non_exhaustive]
pub enum SyntaxError {
    /// `规则 年龄（人）：岁 =` and nothing after it.
    Expected {
        /// What stands there instead, or an empty place after the last text.
        span: Span,
        /// What could stand there.
        expected: Vec<Bilingual>,
        /// What does stand there.
        found: Found,
    },
    /// Text before the first declaration.
    StrayText {
        /// The line.
        span: Span,
    },
    /// A file that does not begin with 政策 or 词汇.
    MissingHeader {
        /// Where the header should be.
        span: Span,
    },
    /// A 政策 or 词汇 after the first declaration.
    LateHeader {
        /// The keyword.
        span: Span,
    },
    /// Brackets and 如果 deeper than [`crate::limits::Limits::nesting`].
    TooDeep {
        /// The one too many.
        span: Span,
        /// The limit.
        most: usize,
    },
    /// An expression of more operators than [`crate::limits::Limits::operators`].
    TooManyOperators {
        /// The expression.
        span: Span,
        /// The limit.
        most: u32,
    },
    /// `甲且乙或丙`.
    MixedAndOr {
        /// The whole.
        span: Span,
    },
    /// A code block of a Markdown file without its closing fence.
    UnclosedFence {
        /// The opening fence.
        span: Span,
    },
    /// `甲低于乙低于丙`.
    ChainedComparison {
        /// The whole.
        span: Span,
    },
    /// `1,200元`.
    ThousandsSeparator {
        /// The number.
        span: Span,
        /// As written.
        text: String,
    },
    /// `6月` where a number is meant.
    BareMonth {
        /// The number.
        span: Span,
        /// Its digits.
        digits: String,
    },
    /// `2023年2月30日`.
    InvalidDate {
        /// The date.
        span: Span,
        /// What is wrong with it.
        cause: OpError,
    },
    /// More digits than the arithmetic holds.
    NumberTooLong {
        /// The number.
        span: Span,
    },
    /// `工资—扣减`: a dash that is not a minus.
    DashAsMinus {
        /// The dash.
        span: Span,
        /// As written.
        dash: char,
    },
    /// `规则年龄（人）`.
    GluedKeyword {
        /// The keyword.
        span: Span,
        /// Which.
        keyword: &'static str,
    },
    /// `规则 达到法定年龄（人）`.
    CuttingWordInName {
        /// The whole name as it was meant.
        span: Span,
        /// The name.
        name: String,
        /// The word in it.
        word: &'static str,
    },
    /// `如果在业则1元否则0元`.
    GluedIf {
        /// From 如果 to the end.
        span: Span,
        /// With the blanks put in.
        suggestion: String,
    },
    /// `年满80周岁`, which says neither of whom nor by which fact.
    SpokenAge {
        /// 年满 with the age.
        span: Span,
        /// The age in years.
        years: String,
        /// Whether a month follows: `满80周岁的次月` is meant as a day, not as a condition.
        is_day: bool,
    },
    /// `月收入 = 50元/月` in a case.
    CaseEquals {
        /// The line.
        span: Span,
        /// What it says, as a case says it.
        written: Bilingual,
    },
    /// `= 标准－收入 四舍五入到1元`, without a comma.
    MissingComma {
        /// The step.
        span: Span,
        /// Its first word.
        step: &'static str,
    },
    /// `应当 低保 符合`, without 等于.
    BareOutcome {
        /// The line.
        span: Span,
        /// What is meant.
        written: String,
    },
    /// What is plain to a reader and not how this language says it: `给付 津贴：50元/月`.
    OtherForm {
        /// What is written so.
        span: Span,
        /// What is wrong with it.
        wrong: Bilingual,
        /// How it is written.
        write: Bilingual,
    },
    /// A row of a parameter that goes by ranges of numbers: `80-89岁 50元`.
    RangeInParameter {
        /// The values of the row.
        span: Span,
    },
    /// `如果 在业 则 1元`.
    MissingElse {
        /// Where 否则 should stand.
        span: Span,
    },
    /// A bracket that is never closed.
    UnclosedBracket {
        /// The bracket.
        span: Span,
        /// As written.
        bracket: char,
    },
    /// A closing bracket without its opening.
    UnopenedBracket {
        /// The bracket.
        span: Span,
        /// As written.
        bracket: char,
    },
    /// `“三口之家` without `”`.
    UnclosedQuote {
        /// From the quote to the end of the line.
        span: Span,
        /// The quote.
        quote: char,
    },
    /// `当 重度残疾 = 低保标准的30%`.
    WhenEquals {
        /// From 当 on.
        span: Span,
    },
    /// `给付 低保金：元/月 := …`.
    ColonEquals {
        /// The two signs.
        span: Span,
    },
    /// `在业 && 重病`: a sign of programming languages.
    ForeignOperator {
        /// The sign.
        span: Span,
        /// As written.
        sign: &'static str,
        /// The words for it.
        word: Word,
    },
    /// 给付 in a 规则.
    MisplacedClause {
        /// The keyword of the clause.
        span: Span,
        /// As written.
        clause: &'static str,
        /// The declaration that it stands in.
        within: Word,
        /// The declarations that have such a clause.
        belongs: &'static [&'static str],
    },
    /// A table line that does not end with `｜`.
    OpenTableRow {
        /// The line.
        span: Span,
    },
    /// Lines of one table with different numbers of cells.
    UnevenRow {
        /// The line.
        span: Span,
        /// Its number, the heading being 0.
        row: usize,
        /// Its cells.
        found: usize,
        /// The cells of the heading.
        expected: usize,
    },
    /// Something that may be said once only.
    Duplicate {
        /// The second.
        span: Span,
        /// The first, where it is known.
        first: Option<Span>,
        /// What it is.
        what: Bilingual,
    },
    /// 依据 with nothing after it.
    EmptyCitation {
        /// The word.
        span: Span,
    },
    /// A mistake of this program.
    Internal {
        /// The declaration.
        span: Span,
    },
}

/// What stands where something else was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A word or sign.
    Word(String),
    /// Nothing more on the line.
    LineEnd,
    /// Nothing more in the file.
    FileEnd,
}

impl SyntaxError {
    /// The primary place.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Expected { span, .. }
            | Self::StrayText { span }
            | Self::MissingHeader { span }
            | Self::LateHeader { span }
            | Self::TooDeep { span, .. }
            | Self::TooManyOperators { span, .. }
            | Self::MixedAndOr { span }
            | Self::ChainedComparison { span }
            | Self::ThousandsSeparator { span, .. }
            | Self::BareMonth { span, .. }
            | Self::InvalidDate { span, .. }
            | Self::NumberTooLong { span }
            | Self::DashAsMinus { span, .. }
            | Self::GluedKeyword { span, .. }
            | Self::CuttingWordInName { span, .. }
            | Self::GluedIf { span, .. }
            | Self::SpokenAge { span, .. }
            | Self::CaseEquals { span, .. }
            | Self::BareOutcome { span, .. }
            | Self::MissingComma { span, .. }
            | Self::OtherForm { span, .. }
            | Self::RangeInParameter { span }
            | Self::MissingElse { span }
            | Self::UnclosedBracket { span, .. }
            | Self::UnopenedBracket { span, .. }
            | Self::UnclosedQuote { span, .. }
            | Self::WhenEquals { span }
            | Self::ColonEquals { span }
            | Self::UnclosedFence { span }
            | Self::ForeignOperator { span, .. }
            | Self::MisplacedClause { span, .. }
            | Self::OpenTableRow { span }
            | Self::UnevenRow { span, .. }
            | Self::Duplicate { span, .. }
            | Self::EmptyCitation { span }
            | Self::Internal { span } => *span,
        }
    }

    /// The permanent code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Expected { .. } => "huize::syntax::expected",
            Self::StrayText { .. } => "huize::syntax::stray_text",
            Self::MissingHeader { .. } => "huize::syntax::missing_header",
            Self::LateHeader { .. } => "huize::syntax::late_header",
            Self::TooDeep { .. } => "huize::syntax::too_deep",
            Self::TooManyOperators { .. } => "huize::syntax::too_many_operators",
            Self::MixedAndOr { .. } => "huize::syntax::mixed_and_or",
            Self::ChainedComparison { .. } => "huize::syntax::chained_comparison",
            Self::ThousandsSeparator { .. } => "huize::syntax::thousands_separator",
            Self::BareMonth { .. } => "huize::syntax::bare_month",
            Self::InvalidDate { .. } => "huize::syntax::invalid_date",
            Self::NumberTooLong { .. } => "huize::syntax::number_too_long",
            Self::DashAsMinus { .. } => "huize::syntax::dash_as_minus",
            Self::GluedKeyword { .. } => "huize::syntax::glued_keyword",
            Self::CuttingWordInName { .. } => "huize::syntax::cutting_word_in_name",
            Self::GluedIf { .. } => "huize::syntax::glued_if",
            Self::SpokenAge { .. } => "huize::syntax::spoken_age",
            Self::CaseEquals { .. } => "huize::syntax::case_equals",
            Self::BareOutcome { .. } => "huize::syntax::bare_outcome",
            Self::OtherForm { .. } => "huize::syntax::other_form",
            Self::RangeInParameter { .. } => "huize::syntax::range_in_parameter",
            Self::MissingComma { .. } => "huize::syntax::missing_comma",
            Self::MissingElse { .. } => "huize::syntax::missing_else",
            Self::UnclosedBracket { .. } => "huize::syntax::unclosed_bracket",
            Self::UnopenedBracket { .. } => "huize::syntax::unopened_bracket",
            Self::UnclosedQuote { .. } => "huize::syntax::unclosed_quote",
            Self::WhenEquals { .. } => "huize::syntax::when_equals",
            Self::ColonEquals { .. } => "huize::syntax::colon_equals",
            Self::UnclosedFence { .. } => "huize::syntax::unclosed_fence",
            Self::ForeignOperator { .. } => "huize::syntax::foreign_operator",
            Self::MisplacedClause { .. } => "huize::syntax::misplaced_clause",
            Self::OpenTableRow { .. } => "huize::syntax::open_table_row",
            Self::UnevenRow { .. } => "huize::syntax::uneven_row",
            Self::Duplicate { .. } => "huize::syntax::duplicate",
            Self::EmptyCitation { .. } => "huize::syntax::empty_citation",
            Self::Internal { .. } => "huize::internal",
        }
    }

    /// The error as it is shown to people.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let mut diagnostic =
            Diagnostic::error(self.code(), self.message()).at(self.span(), self.label());
        if let Self::Duplicate { first: Some(first), .. } = self {
            diagnostic = diagnostic.at(*first, Bilingual::new("先写的在这里", "the first is here"));
        }
        match self.help() {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

impl Found {
    /// In words.
    #[must_use]
    pub fn words(&self) -> Bilingual {
        match self {
            Self::Word(text) => Bilingual::new(format!("“{text}”"), format!("`{text}`")),
            Self::LineEnd => Bilingual::new("行末", "the end of the line"),
            Self::FileEnd => Bilingual::new("文末", "the end of the text"),
        }
    }
}
