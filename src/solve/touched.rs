//! Which nodes depend on what is varied.

use super::grid::Variable;
use crate::eval::Live;
use crate::hir::{NodeKind, Program, QuestionDate};

/// The live nodes that depend on what is varied, in this month or an earlier one.
pub(crate) fn touched(program: &Program, live: &Live, variable: Variable) -> Live {
    live.depending(program, |kind| match (kind, variable) {
        (NodeKind::Fact(field), Variable::Number(varied, _) | Variable::Day(varied, _)) => {
            *field == varied
        }
        (NodeKind::QuestionDate(date), Variable::Time) => *date == QuestionDate::Assessment,
        (NodeKind::FixedDay { of: None, .. }, Variable::Time) => true,
        _ => false,
    })
}
