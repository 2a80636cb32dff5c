//! The times that a target is answered for.

use crate::hir::{lower_first_day, lower_last_day};
use crate::syntax::ast::TargetTerm;
use crate::value::{Date, YearMonth};

/// A time that a target is answered for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// The month that cases are evaluated in: the last one asked about.
    pub(crate) month: YearMonth,
    /// 期初日
    pub(crate) first: Date,
    /// 期末日: the end of that month, or of the term where it ends within it.
    pub(crate) last: Date,
    /// The last day of the whole term; later than `last` where it is still running.
    pub(crate) end: Date,
}

/// The terms of a target that the months from `first` to `last` touch.
pub(super) fn terms(term: Option<&TargetTerm>, first: YearMonth, last: YearMonth) -> Vec<Term> {
    match term {
        None => vec![Term {
            month: last,
            first: first.first_day(),
            last: last.last_day(),
            end: last.last_day(),
        }],
        Some(TargetTerm::Every(months)) => every(i32::from(*months), first, last),
        Some(TargetTerm::During(point)) => {
            within(lower_first_day(*point), lower_last_day(*point), first, last)
        }
        Some(TargetTerm::Period(period)) => {
            let from = period.from.and_then(|(point, _)| lower_first_day(point));
            let until = period.until.and_then(|(point, _)| lower_last_day(point));
            within(from, until, first, last)
        }
    }
}

/// Each so many months of the calendar year.
fn every(months: i32, first: YearMonth, last: YearMonth) -> Vec<Term> {
    let mut terms = Vec::new();
    let offset = i32::try_from(first.month()).unwrap_or(1).saturating_sub(1) % months.max(1);
    let mut start = first.plus_months(-offset);
    while let Ok(from) = start {
        if from > last {
            break;
        }
        let Ok(to) = from.plus_months(months.saturating_sub(1)) else { break };
        let month = to.min(last);
        terms.push(Term {
            month,
            first: from.first_day(),
            last: month.last_day(),
            end: to.last_day(),
        });
        start = from.plus_months(months.max(1));
    }
    terms
}

/// One term, as far as the months asked about reach into it.
fn within(from: Option<Date>, until: Option<Date>, first: YearMonth, last: YearMonth) -> Vec<Term> {
    let starts = from.unwrap_or_else(|| first.first_day());
    let end = until.unwrap_or_else(|| last.last_day());
    if starts > last.last_day() || end < first.first_day() {
        return Vec::new();
    }
    let month = end.year_month().min(last);
    vec![Term { month, first: starts, last: month.last_day().min(end), end }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::ast::DatePoint;

    fn month(year: i32, month: u32) -> YearMonth {
        YearMonth::new(year, month).unwrap()
    }

    fn said(term: Option<&TargetTerm>, first: YearMonth, last: YearMonth) -> Vec<String> {
        terms(term, first, last)
            .iter()
            .map(|term| format!("{} {}..{} ({})", term.month, term.first, term.last, term.end))
            .collect()
    }

    #[test]
    fn every_half_year_of_a_year_is_two_terms() {
        let found = said(Some(&TargetTerm::Every(6)), month(2024, 1), month(2024, 12));
        assert_eq!(
            found,
            [
                "2024-06 2024-01-01..2024-06-30 (2024-06-30)",
                "2024-12 2024-07-01..2024-12-31 (2024-12-31)"
            ]
        );
    }

    #[test]
    fn a_month_within_a_term_answers_as_far_as_it_goes() {
        let found = said(Some(&TargetTerm::Every(3)), month(2024, 5), month(2024, 5));
        assert_eq!(found, ["2024-05 2024-04-01..2024-05-31 (2024-06-30)"]);
        let year = TargetTerm::During(DatePoint::Year(2024));
        let found = said(Some(&year), month(2024, 5), month(2024, 5));
        assert_eq!(found, ["2024-05 2024-01-01..2024-05-31 (2024-12-31)"]);
        assert!(said(Some(&year), month(2025, 1), month(2025, 1)).is_empty());
    }

    #[test]
    fn a_target_without_a_term_is_answered_for_what_is_asked() {
        let found = said(None, month(2024, 1), month(2024, 12));
        assert_eq!(found, ["2024-12 2024-01-01..2024-12-31 (2024-12-31)"]);
    }
}
