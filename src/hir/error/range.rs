//! Ranges that hold nothing.

use super::words;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// `90岁至80岁`, `90岁以上不满90岁`: `same` where both ends are the same.
pub(crate) fn empty_range(span: Span, written: &str, same: bool) -> Diagnostic {
    let error = Diagnostic::error(
        "huize::check::empty_range",
        words(format!("“{written}”里什么也没有"), format!("`{written}` holds nothing")),
    );
    if same {
        let label = words(
            "两头相同，又有一头不算在内",
            "both ends are the same, and one of them is left out",
        );
        return error.at(span, label).help(words(
            "只要这一个数的，就写这一个数，如 90岁",
            "to have just that one in, write it alone: `90years_old`",
        ));
    }
    error.at(span, words("下限高于上限", "the lower end is above the upper one")).help(words(
        "从低到高写，如 80岁至90岁",
        "write the lower one first, as in `80years_old to 90years_old`",
    ))
}
