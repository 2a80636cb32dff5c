//! Time alone: the first later month in which what is stated is enough, and the day of it.

use super::search::Search;
use super::{Aim, DecisionChanges, MOST_MONTHS, MOST_VALUES_ASIDE, Runner};
use crate::engine::Question;
use crate::hir::NodeKind;
use crate::input::InstanceId;
use crate::trace::Trace;
use crate::value::Date;

/// The first later month for each search in which what is stated is enough; where facts are
/// missing, a month in which they would not matter may be passed over.
pub(super) fn by_time(
    trace: &Trace<'_>,
    searches: &[Search<'_>],
    found: &mut [DecisionChanges],
    stop: &dyn Fn() -> bool,
) {
    let question = trace.evaluation.question;
    let mut open: Vec<bool> = searches.iter().map(|search| search.aim != Aim::Nothing).collect();
    let roots = searches.iter().zip(&open).filter(|(_, open)| **open);
    let roots: Vec<_> =
        roots.flat_map(|(search, _)| search.outputs.iter().map(|output| output.node)).collect();
    let runner = Runner::new(trace, &roots, MOST_VALUES_ASIDE, stop);
    for months in 1..=MOST_MONTHS {
        if !open.contains(&true) {
            return;
        }
        let Ok(month) = question.period.plus_months(months) else { return };
        let then = Question { period: month, as_of: None, ..question };
        let Some(evaluation) = runner.run(trace.case, then) else {
            let still = searches.iter().zip(&open).filter(|(_, open)| **open);
            still.for_each(|(search, _)| search.incomplete.set(true));
            return;
        };
        for ((search, found), open) in searches.iter().zip(found.iter_mut()).zip(&mut open) {
            let value = search.outputs.first().and_then(|o| evaluation.value(o.node, o.who));
            if !*open || value.is_none_or(|value| value.as_bool() != Some(true)) {
                continue;
            }
            let decided = search.read(trace.case, &evaluation);
            if search.is_enough(&decided) {
                let day = first_day(search, &runner, then);
                found.changes.push(search.later(month, day, &decided));
                *open = false;
            }
        }
    }
}

/// The first day of the month as of which it is enough; the month itself is decided as of its last.
fn first_day(search: &Search<'_>, runner: &Runner<'_>, then: Question) -> Option<Date> {
    let mut day = then.period.first_day();
    while day < then.period.last_day() {
        let question = Question { as_of: Some(day), ..then };
        let evaluation = runner.run(search.trace.case, question)?;
        let decided = search.read(search.trace.case, &evaluation);
        if search.is_enough(&decided) {
            return Some(day);
        }
        day = day.plus_days(1).ok()?;
    }
    Some(day)
}

/// Who has a birthday that an age is taken from on a day, and how old they turn: nobody where a birth
/// may not be told.
pub(super) fn birthdays(trace: &Trace<'_>, day: Date) -> Option<Vec<(String, i32)>> {
    let mut found = Vec::new();
    for node in &trace.program.nodes {
        let NodeKind::Age(birth, _, leap) = &node.kind else { continue };
        for at in 0..trace.case.of(node.subject).len() {
            let who = InstanceId(u32::try_from(at).unwrap_or(u32::MAX));
            let Some(born) = trace.value(*birth, who).as_date() else { continue };
            let age = day.year().saturating_sub(born.year());
            if age < 1 || born.birthday(age, *leap) != Ok(day) {
                continue;
            }
            if trace.is_masked(*birth, who) {
                return None;
            }
            let is_root = node.subject == trace.program.root;
            let name = if is_root { String::new() } else { trace.instance_name(node.subject, who) };
            if !found.contains(&(name.clone(), age)) {
                found.push((name, age));
            }
        }
    }
    Some(found)
}
