//! What each phase fails with: a type for each, so that a signature says whose mistake it may be.

use std::error::Error;
use std::fmt;
use std::ops::Deref;

use super::{Diagnostic, Findings, Language, Phase};
use crate::source::SourceMap;

/// An error type for each phase, over the same list of findings. Behind `after` stand the phases
/// that come before it and may be all that failed: their errors become this one by `?`.
macro_rules! phase_errors {
    ($(
        $(#[$doc:meta])+
        $name:ident: $($phase:ident)|+ $(, after $($earlier:ident)|+)?;
    )+) => { $(
        $(#[$doc])+
        ///
        /// A list, because one mistake seldom comes alone: it is looked through as a slice of
        /// [`Diagnostic`]s, each with its code, and printed a line for each. It becomes
        /// [`Findings`] or a plain list by `?`.
        #[derive(Clone)]
        pub struct $name(Findings);

        impl $name {
            /// The phases that its findings are of, as far as their codes are of this crate.
            pub const PHASES: &'static [Phase] = &[$(Phase::$phase),+];

            /// As one error for whatever failed.
            #[must_use]
            pub fn findings(&self) -> &Findings {
                &self.0
            }

            /// The permanent codes, in the order found.
            pub fn codes(&self) -> impl Iterator<Item = &'static str> {
                self.0.codes()
            }

            /// With the texts that the findings point into, which give them their places.
            #[must_use]
            pub fn with_sources(self, sources: SourceMap) -> Self {
                Self(self.0.with_sources(sources))
            }

            /// The same, said in a language; English otherwise.
            #[must_use]
            pub fn said_in(self, language: Language) -> Self {
                Self(self.0.said_in(language))
            }
        }

        impl Deref for $name {
            type Target = [Diagnostic];

            fn deref(&self) -> &[Diagnostic] {
                self.0.list()
            }
        }

        /// The same findings, whatever texts are at hand to show them in.
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.list() == other.0.list()
            }
        }

        impl Eq for $name {}

        impl IntoIterator for $name {
            type Item = Diagnostic;
            type IntoIter = std::vec::IntoIter<Diagnostic>;

            fn into_iter(self) -> Self::IntoIter {
                Vec::from(self).into_iter()
            }
        }

        impl From<Vec<Diagnostic>> for $name {
            fn from(list: Vec<Diagnostic>) -> Self {
                Self(checked(Self::PHASES, list.into()))
            }
        }

        impl From<Diagnostic> for $name {
            fn from(finding: Diagnostic) -> Self {
                vec![finding].into()
            }
        }

        impl From<$name> for Findings {
            fn from(error: $name) -> Self {
                error.0
            }
        }

        impl From<$name> for Vec<Diagnostic> {
            fn from(error: $name) -> Self {
                error.0.into()
            }
        }

        $($(
            impl From<$earlier> for $name {
                fn from(error: $earlier) -> Self {
                    Self(checked(Self::PHASES, error.0))
                }
            }
        )+)?

        /// A line for each finding.
        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, out)
            }
        }

        /// As [`Display`](fmt::Display), for a `main` or an `expect` that prints it.
        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, out)
            }
        }

        impl Error for $name {}
    )+ };
}

phase_errors! {
    /// What keeps bytes from being read as a text: their size or their encoding. It names the file,
    /// and points nowhere, since there is no text yet to point into.
    SourceError: Source;

    /// What keeps policies from running: their texts, what they say, or that there is none of the
    /// name asked for. No facts would help, and none were looked at.
    ///
    /// # Examples
    ///
    /// ```
    /// use huize::engine::Library;
    ///
    /// let text = "政策 试点.补助\n  依据 《办法》\n参数 标准：元/月\n  自2026年1月1日起：8OO元\n";
    /// let library = Library::from_texts(vec![("law.hz".to_owned(), text.to_owned())]);
    /// let error = library.compile("试点.补助").unwrap_err();
    /// assert_eq!(error.codes().collect::<Vec<_>>(), ["huize::syntax::expected"]);
    /// // It knows the texts that it points into.
    /// assert!(error.to_string().starts_with("law.hz:4:"));
    /// ```
    CompileError: Source | Syntax | Check | Request | Cases | Internal, after SourceError;

    /// What is wrong with facts: as a document, or as what a policy asks for.
    ///
    /// # Examples
    ///
    /// ```
    /// use huize::facts::read_json;
    /// use huize::source::SourceMap;
    ///
    /// let mut sources = SourceMap::default();
    /// let text = "{\"人均\": 1.5}";
    /// let error = read_json(sources.add("facts.json", text), "{\"人均\": }").unwrap_err();
    /// assert_eq!(error.codes().collect::<Vec<_>>(), ["huize::facts::invalid_json"]);
    /// assert!(error.with_sources(sources).to_string().starts_with("facts.json:1:"));
    /// ```
    FactsError: Source | Facts | Internal, after SourceError;

    /// What keeps a case from being decided or a question about it from being answered: facts that
    /// do not go with it, more work than is allowed, or that nothing of the name asked for is there.
    DecisionError: Request | Source | Facts | Evaluation | WhatIf | Internal, after FactsError;

    /// What keeps a notice from being written.
    NoticeError: Source | Facts | Papers | Internal, after FactsError;

    /// What keeps a receipt from being issued, read or verified: the receipt itself, or what keeps
    /// its case from being decided by the law it is given.
    ReceiptError:
        Receipts | Source | Syntax | Check | Request | Cases | Facts | Evaluation | WhatIf | Internal,
        after SourceError | CompileError | FactsError | DecisionError;

    /// What keeps two decisions from being compared.
    ComparisonError: Comparison | Request | Source | Facts | Evaluation | WhatIf | Internal,
        after FactsError | DecisionError;

    /// What keeps a list of payments from being read or held against what is due.
    ReconciliationError:
        Reconciliation | Source | Request | Facts | Evaluation | WhatIf | Papers | Internal,
        after SourceError | FactsError | DecisionError;
}

/// Findings of these phases, as every test of this crate and every fuzzed input sees to.
fn checked(phases: &[Phase], findings: Findings) -> Findings {
    if cfg!(any(test, fuzzing)) {
        let foreign = findings
            .list()
            .iter()
            .find(|finding| finding.phase().is_some_and(|phase| !phases.contains(&phase)));
        assert!(foreign.is_none(), "{foreign:?} is of none of {phases:?}");
    }
    findings
}
