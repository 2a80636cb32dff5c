//! Where on its way something went wrong.

use super::Diagnostic;

/// The phase in which something was found, for a caller who answers each in another way: a fault of
/// the policies is for those who publish them, one of the facts for those who sent them.
///
/// Each has codes of its own; [`catalogue`](super::catalogue) lists them.
///
/// # Examples
///
/// ```
/// use huize::diagnostic::Phase;
/// use huize::engine::Library;
///
/// let findings = Library::builtin().compile("zhongshan.dibbao").unwrap_err();
/// assert_eq!(findings.first().and_then(|finding| finding.phase()), Some(Phase::Request));
/// assert_eq!(Phase::of("huize::input::unknown_field"), Some(Phase::Facts));
/// assert_eq!(Phase::of("service::not_served"), None);
/// assert!(Phase::Check.is_of_policies() && !Phase::Facts.is_of_policies());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Files of policies: their size, their encoding, Markdown around them.
    Source,
    /// The text of a policy: `huize::syntax::…`.
    Syntax,
    /// What a policy says: names, types and units, dates and layers of law.
    Check,
    /// What was asked of the policies: one that there is none of, a place, a plan.
    Request,
    /// Facts, as a document and as what the policy asks for.
    Facts,
    /// The computation: more work than its limits allow.
    Evaluation,
    /// Cases of a policy that do not come out as expected.
    Cases,
    /// Papers: notices and calculation sheets.
    Papers,
    /// Receipts of decisions and their verification.
    Receipts,
    /// A comparison of two decisions.
    Comparison,
    /// What would change a decision, and sweeps.
    WhatIf,
    /// Lists of payment held against decisions.
    Reconciliation,
    /// The prompt.
    Prompt,
    /// The command line.
    Command,
    /// A defect of this crate itself.
    Internal,
}

impl Phase {
    /// The phase of a code, `huize::<phase>::<name>`; nothing for a code that is not of this crate.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        let code = code.strip_prefix("huize::")?;
        Some(match code.split_once("::").map_or(code, |(phase, _)| phase) {
            "source" => Self::Source,
            "syntax" => Self::Syntax,
            "resolve" | "types" | "check" | "layers" => Self::Check,
            "engine" | "plan" => Self::Request,
            "facts" | "input" => Self::Facts,
            "eval" => Self::Evaluation,
            "case" => Self::Cases,
            "notice" => Self::Papers,
            "receipt" => Self::Receipts,
            "differ" => Self::Comparison,
            "solve" => Self::WhatIf,
            "reconcile" => Self::Reconciliation,
            "repl" => Self::Prompt,
            "cli" => Self::Command,
            "internal" => Self::Internal,
            _ => return None,
        })
    }

    /// Whether the policies themselves are at fault: no other request or facts would help.
    #[must_use]
    pub fn is_of_policies(self) -> bool {
        matches!(self, Self::Source | Self::Syntax | Self::Check | Self::Cases)
    }
}

impl Diagnostic {
    /// The phase that found it; nothing where its code is not of this crate.
    #[must_use]
    pub fn phase(&self) -> Option<Phase> {
        Phase::of(self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::Phase;
    use crate::diagnostic::catalogue;

    #[test]
    fn every_code_has_a_phase() {
        for entry in catalogue::all() {
            assert!(Phase::of(entry.code).is_some(), "{}", entry.code);
        }
    }
}
