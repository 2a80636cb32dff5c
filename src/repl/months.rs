//! 逐月: month by month, what changes when, and why.

use super::paper::Paper;
use super::problem::{self, Trouble};
use super::read;
use super::session::{Answer, Line, Said, Session};
use super::state::{State, Time};
use super::time::month_of;
use super::verb::Verb;
use super::world::World;
use crate::diagnostic::Language;
use crate::differ::Comparison;
use crate::differ::text::cause_line;
use crate::engine::Case;
use crate::explain::layout::{Style, columns};
use crate::value::YearMonth;

/// The most months that 逐月 walks through.
const MOST_MONTHS: i32 = 600;

impl Session {
    /// 逐月: the months in which something changes.
    pub(super) fn months(&mut self, line: &Line<'_>, world: &mut dyn World) -> Answer {
        let (first, last) = self.month_range(line)?;
        let count = last.months_since(first);
        if !(0..MOST_MONTHS).contains(&count) {
            return Err(problem::misused(line.rest_span(), Verb::Months));
        }
        let law = self.law(line)?;
        if let Some(list) = self.state.household.lacks(law.program()) {
            return Err(problem::nobody_yet(line.rest_span(), list));
        }
        let mut paper = self.paper();
        let mut before = None;
        let mut quiet = 0;
        for at in 0..=count {
            if world.cancelled() {
                return Err(problem::stopped(line.rest_span()));
            }
            let Ok(period) = first.plus_months(at) else { break };
            let Some(summary) = self.summary_of(&self.in_month(period)) else { break };
            let summary = summary?;
            if before.as_ref().is_some_and(|before| summary.is_like(before, &paper)) {
                quiet += 1;
            } else {
                self.say_month(&mut paper, period);
                summary.say_changes(before.as_ref(), &mut paper);
                if before.is_some() {
                    self.say_causes(&mut paper, (line, period), &|| world.cancelled())?;
                }
            }
            before = Some(summary);
        }
        if quiet > 0 {
            let text = match self.options.language {
                Language::Zh => format!("其余{quiet}个月与前一个月相同"),
                Language::En => format!("the other {quiet} months are like the month before"),
            };
            paper.line(0, Style::Faint, &text);
        }
        Ok(Said::from(paper))
    }

    /// The present state in another month, everything measured at its end.
    fn in_month(&self, period: YearMonth) -> State {
        let time = Time { period: Some(period), as_of: None, ..self.state.time };
        State { time, ..self.state.clone() }
    }

    /// What is otherwise than in the month before, and has a say in what is decided.
    fn say_causes(
        &mut self,
        paper: &mut Paper,
        (line, period): (&Line<'_>, YearMonth),
        stop: &dyn Fn() -> bool,
    ) -> Result<(), Trouble> {
        let Ok(month_before) = period.plus_months(-1) else { return Ok(()) };
        let (old, new) = (self.in_month(month_before), self.in_month(period));
        let Some(law) = self.compile(&new.law) else { return Ok(()) };
        let law = law?;
        let case = Case { facts: self.state.household.bind(law.program()) };
        let (Some(old), Some(new)) = (old.time.question(), new.time.question()) else {
            return Ok(());
        };
        let comparison = Comparison::new(&law.policy, &law.policy)?;
        let found = comparison.difference_until((&case, old), (&case, new), stop)?;
        let found = found.ok_or_else(|| problem::stopped(line.rest_span()))?;
        let decisions = found.subjects.iter().flat_map(|subject| &subject.decisions);
        let told: Vec<&String> = decisions.flat_map(|decision| &decision.causes).collect();
        let causes = found.causes.iter().filter(|cause| cause.matters || told.contains(&&cause.id));
        let lead = self.say("原因：", "because: ").to_owned();
        for (at, cause) in causes.enumerate() {
            let lead = if at == 0 { lead.clone() } else { " ".repeat(columns(&lead)) };
            let text = cause_line(cause, self.options.language);
            paper.led(4, &lead, Style::Faint, Style::Faint, &text);
        }
        Ok(())
    }

    fn say_month(&self, paper: &mut Paper, month: YearMonth) {
        let text = match self.options.language {
            Language::Zh => month.zh(),
            Language::En => month.to_string(),
        };
        paper.line(0, Style::Strong, &text);
    }

    /// `2023-01至2023-12`, `2023-01 to 2023-12`
    fn month_range(&self, line: &Line<'_>) -> Result<(YearMonth, YearMonth), Trouble> {
        let text = line.rest();
        let misused = || problem::misused(line.rest_span(), Verb::Months);
        let (at, word) = ["至", "到", " to ", "～", "~", " "]
            .into_iter()
            .find_map(|word| Some((text.find(word)?, word)))
            .ok_or_else(misused)?;
        let start = line.rest.start;
        let first = read::trimmed(line.text, start..start + at);
        let last = read::trimmed(line.text, start + at + word.len()..line.rest.end);
        Ok((month_of(line, first)?, month_of(line, last)?))
    }
}
