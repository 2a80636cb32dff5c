//! Steps back and forth, through lines that were typed and through months.

use std::str::FromStr;

use super::problem::{self, Trouble};
use super::session::{Answer, Line, Session};
use super::state::{State, Time};
use super::verb::Verb;
use crate::diagnostic::Language;
use crate::explain::layout::Style;
use crate::value::{Date, OpError, YearMonth, half_width};

/// The most steps that one line moves.
const MOST_STEPS: usize = 1200;

impl Session {
    /// 撤销, 重做
    pub(super) fn step(&mut self, verb: Verb, line: &Line<'_>) -> Answer {
        let count = match line.rest() {
            "" => 1,
            "全部" | "all" => usize::MAX,
            _ => count(line)?,
        };
        let before = self.summary_of_now();
        let forward = verb == Verb::Redo;
        let done = if forward {
            self.steps.forward(&mut self.state, count)
        } else {
            self.steps.back(&mut self.state, count)
        };
        if done == 0 {
            return Err(problem::no_steps(line.rest_span(), forward));
        }
        let (behind, ahead) = self.steps.counts();
        let text = match (self.options.language, forward) {
            (Language::Zh, false) => format!("撤销了{done}步，还可撤销{behind}步"),
            (Language::Zh, true) => format!("重做了{done}步，还可重做{ahead}步"),
            (Language::En, false) => format!("{done} taken back, {behind} left"),
            (Language::En, true) => format!("{done} done again, {ahead} left"),
        };
        let mut paper = self.paper();
        paper.line(0, Style::Plain, &text);
        self.say_changes(before.as_deref(), &mut paper);
        Ok(paper.into())
    }

    /// 记为
    pub(super) fn keep(&mut self, line: &Line<'_>) -> Answer {
        let name = line.rest().to_owned();
        if name.is_empty() {
            return Err(problem::misused(line.rest_span(), Verb::Keep));
        }
        self.kept.insert(name.clone(), self.state.clone());
        Ok(self.told(format!("记为“{name}”"), format!("kept as `{name}`")))
    }

    /// 回到
    pub(super) fn back(&mut self, line: &Line<'_>) -> Answer {
        let name = line.rest();
        if name.is_empty() {
            return Err(problem::misused(line.rest_span(), Verb::Back));
        }
        let Some(state) = self.kept.get(name).cloned() else {
            let known: Vec<String> = self.kept.keys().cloned().collect();
            return Err(problem::unknown_state(line.rest_span(), name, &known));
        };
        let text = match self.options.language {
            Language::Zh => format!("回到“{name}”"),
            Language::En => format!("back to `{name}`"),
        };
        let mut paper = self.paper();
        paper.line(0, Style::Plain, &text);
        self.go(state, &mut paper)?;
        Ok(paper.into())
    }

    /// 方案
    pub(super) fn list_kept(&mut self, _: &Line<'_>) -> Answer {
        let mut paper = self.paper();
        if self.kept.is_empty() {
            let text = self.say("还没有，用 记为 名称", "none yet: `keep NAME`").to_owned();
            paper.line(0, Style::Faint, &text);
        }
        let rows: Vec<(Style, Vec<String>)> = self
            .kept
            .iter()
            .map(|(name, state)| {
                let style = if *state == self.state { Style::Strong } else { Style::Plain };
                let month = state.time.period.map(|month| month.to_string()).unwrap_or_default();
                (style, vec![name.clone(), state.law.chosen.name().to_owned(), month])
            })
            .collect();
        paper.table(0, &rows);
        Ok(paper.into())
    }

    /// 月
    pub(super) fn month(&mut self, line: &Line<'_>) -> Answer {
        if line.rest.is_empty() {
            let text = self.whereabouts();
            return Ok(self.told(text.clone(), text));
        }
        let period = month_of(line, line.rest.clone())?;
        self.at(Time { period: Some(period), ..self.state.time })
    }

    /// 下月, 上月
    pub(super) fn move_month(&mut self, verb: Verb, line: &Line<'_>) -> Answer {
        let steps = if line.rest.is_empty() { 1 } else { count(line)? };
        let Some(period) = self.state.time.period else {
            return Err(problem::no_period(line.rest_span()));
        };
        let steps = i32::try_from(steps).unwrap_or(i32::MAX);
        let steps = if verb == Verb::Next { steps } else { steps.saturating_neg() };
        let moved = period.plus_months(steps).map_err(|error| {
            problem::bad_time(line.rest_span(), line.rest(), &error.message(), "3")
        })?;
        self.at(Time { period: Some(moved), ..self.state.time })
    }

    /// 评估日, 知悉日
    pub(super) fn day(&mut self, verb: Verb, line: &Line<'_>) -> Answer {
        let text = line.rest();
        if text.is_empty() {
            let text = self.whereabouts();
            return Ok(self.told(text.clone(), text));
        }
        let none = ["缺省", "不限", "default", "any", "none"];
        let day = if none.contains(&text) {
            None
        } else {
            let date = Date::from_str(text).map_err(|error| {
                problem::bad_time(line.rest_span(), text, &error.message(), "2023-06-30")
            })?;
            Some(date)
        };
        let time = self.state.time;
        self.at(if verb == Verb::Assessed {
            Time { as_of: day, ..time }
        } else {
            Time { known_on: day, ..time }
        })
    }

    /// 严格
    pub(super) fn strict(&mut self, line: &Line<'_>) -> Answer {
        let strict = match line.rest().to_ascii_lowercase().as_str() {
            "开" | "on" | "是" => true,
            "关" | "off" | "否" => false,
            _ => return Err(problem::misused(line.rest_span(), Verb::Strict)),
        };
        self.at(Time { strict, ..self.state.time })
    }

    fn at(&mut self, time: Time) -> Answer {
        let next = State { time, ..self.state.clone() };
        let mut paper = self.paper();
        let old = std::mem::replace(&mut self.state, next.clone());
        let text = self.whereabouts();
        self.state = old;
        paper.line(0, Style::Plain, &text);
        self.go(next, &mut paper)?;
        Ok(paper.into())
    }
}

/// The month that a part of a line is.
pub(super) fn month_of(
    line: &Line<'_>,
    range: std::ops::Range<usize>,
) -> Result<YearMonth, Trouble> {
    let text = line.slice(&range);
    let parsed: Result<YearMonth, OpError> = text.parse();
    parsed.map_err(|error| problem::bad_time(line.span(&range), text, &error.message(), "2024-01"))
}

/// The whole number that follows a command.
fn count(line: &Line<'_>) -> Result<usize, Trouble> {
    let text: String = line.rest().chars().map(half_width).collect();
    let number = text.trim_end_matches(['步', '个', '月', '次']);
    match number.parse::<usize>() {
        Ok(count) if (1..=MOST_STEPS).contains(&count) => Ok(count),
        _ => Err(problem::bad_count(line.rest_span(), line.rest())),
    }
}
