//! 差异: what differs between two situations, and what makes up each difference. A situation is a
//! state that was named, a month, a place, a file, the law before the reforms, or what is now.

use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use super::paper::Paper;
use super::problem::{self, Trouble};
use super::read;
use super::session::{Answer, Compiled, Line, Session};
use super::state::{Chosen, Law, State, Time};
use super::verb::Verb;
use super::world::World;
use crate::diagnostic::Language;
use crate::differ::Comparison;
use crate::differ::text::{TextOptions, cause_line, render};
use crate::differ::view::{AmountDifference, DecisionDifference, Difference};
use crate::engine::{Case, Question};
use crate::explain::layout::Style;
use crate::value::{Date, YearMonth};

/// Words between two situations, longest first.
const BETWEEN: [&str; 14] =
    [" and ", " vs ", " to ", "和", "与", "跟", "至", "到", "、", "，", ",", "～", "~", " "];

/// The days that a situation may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    Assessed,
    Known,
}

/// Words that name such a day, longest first.
const DAYS: [(&str, Day); 6] = [
    ("known on ", Day::Known),
    ("known ", Day::Known),
    ("assessed ", Day::Assessed),
    ("知悉日", Day::Known),
    ("评估日", Day::Assessed),
    ("知悉", Day::Known),
];

/// A situation as it was named, and the state that it is.
struct Named {
    name: String,
    state: State,
}

impl Session {
    /// 差异
    pub(super) fn contrast(&mut self, line: &Line<'_>, world: &mut dyn World) -> Answer {
        if line.rest.is_empty() {
            return Err(problem::misused(line.rest_span(), Verb::Contrast));
        }
        let [before, after] = self.two(line, world)?;
        let (law, first, then) = self.decidable(&before.state, line)?;
        let (other, second, later) = self.decidable(&after.state, line)?;
        let stop = || world.cancelled();
        let found = Comparison::new(&law.policy, &other.policy).and_then(|comparison| {
            comparison.difference_until((&first, then), (&second, later), &stop)
        });
        let found = found.map_err(|findings| super::law::placed(findings.into(), line))?;
        let mut found = found.ok_or_else(|| problem::stopped(line.rest_span()))?;
        let still = self.take_still(&mut found);
        let mut paper = self.paper();
        paper.line(0, Style::Strong, &format!("{} → {}", before.name, after.name));
        let options = TextOptions { color: self.options.color, width: self.options.width };
        if found.subjects.is_empty() && !still.is_empty() {
            self.say_idle(&found, &mut paper);
        } else {
            paper.raw(&render(&found, self.options.language, options));
        }
        if !still.is_empty() {
            paper.blank();
            let lead = self.say("没有变化：", "unchanged: ").to_owned();
            let list = still.join(self.say("、", ", "));
            paper.led(0, &lead, Style::Faint, Style::Faint, &list);
        }
        Ok(paper.into())
    }

    /// Takes out the decisions of which nothing differs, and says which they are: of all benefits
    /// of a place most wait for the same as before.
    fn take_still(&self, found: &mut Difference) -> Vec<String> {
        let mut names = Vec::new();
        for subject in &mut found.subjects {
            let is_root = subject.id == subject.object;
            let who = subject.id.clone();
            subject.decisions.retain(|decision| {
                let is_still = is_still(decision);
                if is_still {
                    let alias = decision.alias.as_deref().filter(|_| !self.in_chinese());
                    let name = alias.unwrap_or(&decision.name);
                    names.push(match (is_root, self.in_chinese()) {
                        (true, _) => name.to_owned(),
                        (false, true) => format!("{who}的{name}"),
                        (false, false) => format!("{who}.{name}"),
                    });
                }
                !is_still
            });
        }
        found.subjects.retain(|subject| !subject.decisions.is_empty());
        if found.subjects.is_empty() {
            found.totals.clear();
        }
        names
    }

    fn in_chinese(&self) -> bool {
        self.options.language == Language::Zh
    }

    /// What differs where no decision does.
    fn say_idle(&self, found: &Difference, paper: &mut Paper) {
        let text = self.say("各项决定没有变化", "no decision changes").to_owned();
        paper.line(0, Style::Plain, &text);
        for cause in &found.causes {
            let lead = self.say("没有影响：", "no effect: ").to_owned();
            paper.led(
                2,
                &lead,
                Style::Faint,
                Style::Faint,
                &cause_line(cause, self.options.language),
            );
        }
    }

    /// The two situations that a line names; of one, that and what is now.
    fn two(&mut self, line: &Line<'_>, world: &mut dyn World) -> Result<[Named; 2], Trouble> {
        let whole = line.rest.clone();
        if let Some(found) = self.situation(line, &whole, None, world)? {
            let name = self.say("现在", "now").to_owned();
            return Ok([found, Named { name, state: self.state.clone() }]);
        }
        // Where a name has one of the words in it, another cut makes sense of both parts.
        let mut stranger: Option<Range<usize>> = None;
        for (first, second) in cuts(line) {
            let Some(before) = self.situation(line, &first, None, world)? else {
                stranger.get_or_insert(first);
                continue;
            };
            let day = day_word(line.slice(&first)).map(|(_, day)| day);
            match self.situation(line, &second, day, world)? {
                Some(after) => return Ok([before, after]),
                None => stranger = Some(second),
            }
        }
        let stranger = stranger.unwrap_or(whole);
        let known: Vec<String> = self.kept.keys().cloned().collect();
        let name = line.slice(&stranger);
        Err(problem::unknown_situation(line.span(&stranger), name, &known))
    }

    /// What a part of the line names; nothing where it names no situation.
    fn situation(
        &mut self,
        line: &Line<'_>,
        range: &Range<usize>,
        day: Option<Day>,
        world: &mut dyn World,
    ) -> Result<Option<Named>, Trouble> {
        let text = line.slice(range);
        let named = |state| Ok(Some(Named { name: text.to_owned(), state }));
        if let Some(state) = self.kept.get(text) {
            return named(state.clone());
        }
        let time = self.state.time;
        match text.to_ascii_lowercase().as_str() {
            "现在" | "目前" | "now" => return named(self.state.clone()),
            "上一步" | "刚才" | "before" | "last" => {
                let last = self.steps.last().cloned();
                return last.map_or_else(|| Err(problem::no_steps(line.span(range), false)), named);
            }
            "原政策" | "未改" | "original" | "unreformed" => {
                let law = Law { reforms: Arc::default(), ..self.state.law.clone() };
                return named(State { law, ..self.state.clone() });
            }
            _ => {}
        }
        if let Ok(month) = YearMonth::from_str(text) {
            let time = Time { period: Some(month), as_of: None, ..time };
            return named(State { time, ..self.state.clone() });
        }
        let (rest, day) = day_word(text).map_or((text, day), |(rest, day)| (rest, Some(day)));
        if let Some(day) = day
            && let Ok(date) = Date::from_str(rest)
        {
            let time = match day {
                Day::Assessed => Time { as_of: Some(date), ..time },
                Day::Known => Time { known_on: Some(date), ..time },
            };
            return named(State { time, ..self.state.clone() });
        }
        let lower = text.to_ascii_lowercase();
        if [".json", ".yaml", ".yml"].iter().any(|ending| lower.ends_with(ending))
            && !text.contains(read::is_blank)
        {
            let read =
                world.read(text).map_err(|findings| super::law::placed(findings.into(), line))?;
            return named(self.loaded(text, &read, false)?);
        }
        match self.law_named(text) {
            Some(chosen) => {
                let found = self.under(chosen);
                named(found.map_err(|trouble| super::law::placed(trouble, line))?)
            }
            None => Ok(None),
        }
    }

    /// The law that a word names: a policy; of a place the benefit that is asked now, or all.
    fn law_named(&self, text: &str) -> Option<Chosen> {
        let policies = self.library.policies();
        let is = |name: &str| {
            policies.iter().find(|policy| {
                policy.name == name || policy.alias.as_ref().is_some_and(|alias| alias == name)
            })
        };
        if let Some(policy) = is(text) {
            return Some(Chosen::Policy(policy.name.clone()));
        }
        let place = self.library.place(text)?.name;
        let benefit = match &self.state.law.chosen {
            Chosen::Policy(name) => name.split_once('.').map(|(_, benefit)| benefit),
            Chosen::Nothing | Chosen::Place(_) => None,
        };
        let same = benefit.and_then(|benefit| is(&format!("{place}.{benefit}")));
        Some(same.map_or(Chosen::Place(place), |policy| Chosen::Policy(policy.name.clone())))
    }

    /// What deciding a state needs.
    fn decidable(
        &mut self,
        state: &State,
        line: &Line<'_>,
    ) -> Result<(Arc<Compiled>, Case, Question), Trouble> {
        let law = self.compile(&state.law);
        let law = law.ok_or_else(|| problem::no_policy(line.rest_span()))??;
        let question = state.time.question();
        let question = question.ok_or_else(|| problem::no_period(line.rest_span()))?;
        if let Some(list) = state.household.lacks(law.program()) {
            return Err(problem::nobody_yet(line.rest_span(), list));
        }
        let facts = state.household.bind(law.program());
        Ok((law, Case { facts }, question))
    }
}

/// Whether nothing differs, neither the outcome, nor an amount, nor what it waits for.
fn is_still(decision: &DecisionDifference) -> bool {
    let same = |amount: &AmountDifference| amount.before == amount.after && amount.parts.is_empty();
    decision.before == decision.after && decision.payments.iter().all(same)
}

/// 知悉日 2026-03-31: what follows the word, and which day it is.
fn day_word(text: &str) -> Option<(&str, Day)> {
    DAYS.into_iter().find_map(|(word, day)| {
        let head = text.get(..word.len())?;
        let rest = text.get(word.len()..)?;
        head.eq_ignore_ascii_case(word).then(|| (rest.trim_start_matches(read::is_blank), day))
    })
}

/// Every way to cut what follows the command into two.
fn cuts(line: &Line<'_>) -> Vec<(Range<usize>, Range<usize>)> {
    let text = line.rest();
    let mut found = Vec::new();
    for word in BETWEEN {
        for (at, _) in text.match_indices(word) {
            let (start, end) = (line.rest.start, line.rest.end);
            let first = read::trimmed(line.text, start..start + at);
            let second = read::trimmed(line.text, start + at + word.len()..end);
            if !first.is_empty() && !second.is_empty() {
                found.push((first, second));
            }
        }
    }
    found
}
