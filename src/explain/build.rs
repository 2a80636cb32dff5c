//! Builds the explanation from the trace.

use super::view::Explanation;
use crate::trace::Trace;

/// The explanation of all decisions of a case.
pub(crate) fn explanation(trace: &Trace<'_>) -> Explanation {
    let _ = trace;
    Explanation {
        policy: super::view::PolicyView { name: String::new(), title: None, layers: Vec::new() },
        period: trace.evaluation.question.period,
        as_of: trace.evaluation.question.assessment_day(),
        known_on: None,
        subjects: Vec::new(),
    }
}
