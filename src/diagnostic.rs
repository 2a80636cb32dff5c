//! What goes wrong, said to people: one plain [`Diagnostic`] for each thing found, in Chinese and
//! English side by side, and for each phase an error type that holds all it found.
//!
//! | phase | fails with |
//! | --- | --- |
//! | bytes to text | [`SourceError`] |
//! | texts to a policy | [`CompileError`] |
//! | facts to a case | [`FactsError`] |
//! | a case to a decision, reasons, what would change it | [`DecisionError`] |
//! | two decisions to their difference | [`ComparisonError`] |
//! | a decision to a notice | [`NoticeError`] |
//! | a decision to a receipt, and back | [`ReceiptError`] |
//! | payments against what is due | [`ReconciliationError`] |
//!
//! Every code belongs to one [`Phase`]; each type lists those it may hold (`PHASES`). What a service
//! answers 500 to and what 422 is told apart by the type; [`Findings`] is for whoever does not care.

pub mod catalogue;
mod error;
mod findings;
pub mod json;
mod phase;
pub mod render;
pub mod suggest;

pub use error::{
    ComparisonError, CompileError, DecisionError, FactsError, NoticeError, ReceiptError,
    ReconciliationError, SourceError,
};
pub use findings::Findings;
pub use json::{JsonDiagnostic, to_json};
pub use phase::Phase;
pub use suggest::{closest_name, shortened};

use crate::source::Span;

/// A fixed text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// The wording in `language`.
    #[must_use]
    pub const fn get(&self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
    }

    /// As a message.
    #[must_use]
    pub fn bilingual(&self) -> Bilingual {
        Bilingual::new(self.zh, self.en)
    }
}

/// One message in both languages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default, serde::Serialize)]
pub struct Bilingual {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// The two wordings.
    #[must_use]
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The same text in both (a name, a number).
    #[must_use]
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { zh: text.clone(), en: text }
    }

    /// The wording in `language`.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// The two languages that messages are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// The language of a locale name such as `zh_CN.UTF-8` or `en_US`.
    ///
    /// `None` for one that says neither: empty, `C`, `POSIX`, another language.
    #[must_use]
    pub fn from_locale(locale: &str) -> Option<Self> {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or("");
        match language.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing may be decided with it.
    Error,
    /// It runs, but a reader should look.
    Warning,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> Bilingual {
        match self {
            Self::Error => Bilingual::new("错误", "error"),
            Self::Warning => Bilingual::new("警告", "warning"),
        }
    }
}

/// A place and what that piece of text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What stands there; empty for a bare underline.
    pub text: Bilingual,
}

/// One finding: a permanent code, the fact, the places, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// `huize::<phase>::<snake_name>`; never changes once published.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// The fact, one sentence without a final stop.
    pub message: Bilingual,
    /// The primary place first.
    pub labels: Vec<Label>,
    /// What to do about it, when we are sure.
    pub help: Option<Bilingual>,
}

impl Diagnostic {
    /// An error with no place yet.
    #[must_use]
    pub fn error(code: &'static str, message: Bilingual) -> Self {
        Self { code, severity: Severity::Error, message, labels: Vec::new(), help: None }
    }

    /// A warning with no place yet.
    #[must_use]
    pub fn warning(code: &'static str, message: Bilingual) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Adds a place; the first one added is the primary.
    #[must_use]
    pub fn at(mut self, span: Span, text: Bilingual) -> Self {
        self.labels.push(Label { span, text });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: Bilingual) -> Self {
        self.help = Some(help);
        self
    }

    /// The primary place.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn locales_name_a_language_or_none() {
        for (locale, language) in [
            ("zh_CN.UTF-8", Some(Language::Zh)),
            ("zh-Hans-CN", Some(Language::Zh)),
            ("ZH", Some(Language::Zh)),
            ("en_US", Some(Language::En)),
            ("en", Some(Language::En)),
            ("C.UTF-8", None),
            ("POSIX", None),
            ("zha_CN", None),
            ("", None),
        ] {
            assert_eq!(Language::from_locale(locale), language, "{locale}");
        }
    }
}
