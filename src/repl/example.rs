//! The household of a case that stands in the policy.

use std::sync::Arc;

use super::household::Household;
use super::problem::{self, Trouble};
use super::session::{Answer, Compiled, Line, Session};
use super::state::{Chosen, State, Time};
use crate::diagnostic::DecisionError;
use crate::engine::{Policy, households};
use crate::explain::layout::Style;
use crate::syntax::words::{is_ascii_word, is_han};

/// The title behind 案例, where a line names a case and not a file: `案例 “三口之家”`.
pub(super) fn of_case(rest: &str) -> Option<&str> {
    let title = ["案例", "case"].into_iter().find_map(|word| {
        let head = rest.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
        rest.strip_prefix(head)
    })?;
    // A file may be called 案例.json, or 案例甲.json.
    let is_word = title.starts_with(|next: char| is_han(next) || is_ascii_word(next));
    let is_path = title.starts_with(['.', '/', '\\']);
    (!is_word && !is_path).then(|| title.trim().trim_matches(['“', '”', '"']))
}

impl Session {
    /// 载入案例
    pub(super) fn load_case(&mut self, line: &Line<'_>, title: &str) -> Answer {
        let compiled = self.law(line)?;
        let policy = self.with_cases(&compiled)?;
        let cases = &policy.program().cases;
        if title.is_empty() {
            let mut paper = self.paper();
            for case in cases {
                paper.line(0, Style::Plain, &case.written.title.text);
            }
            if cases.is_empty() {
                let none = self.say("这项政策没有案例", "this policy has no cases").to_owned();
                paper.line(0, Style::Plain, &none);
            }
            return Ok(paper.into());
        }
        let titled = |wanted: &dyn Fn(&str) -> bool| {
            let mut found = cases.iter().filter(|case| wanted(&case.written.title.text));
            found.next().filter(|_| found.next().is_none())
        };
        // A part of the title will do, where it is of one case alone.
        let found =
            titled(&|known| known == title).or_else(|| titled(&|known| known.contains(title)));
        let Some(case) = found else {
            let known = cases.iter().map(|case| case.written.title.text.as_str());
            return Err(problem::unknown_case(line.rest_span(), title, known));
        };
        let (all, question) =
            households(&policy, case).map_err(|error| in_files(error, &policy))?;
        let [only] = all.as_slice() else {
            return Err(problem::several_households(line.rest_span(), all.len()));
        };
        let household = Household::of_case(policy.program(), &only.facts, None);
        let time = Time {
            period: Some(question.period),
            as_of: question.as_of,
            known_on: question.known_on,
            strict: self.state.time.strict,
        };
        let next = State { household: Arc::new(household), time, ..self.state.clone() };
        Ok(self.enter(next))
    }

    /// The policy that is asked, with its cases; all benefits of a place have none of their own.
    pub(super) fn with_cases(&self, compiled: &Compiled) -> Result<Policy, Trouble> {
        match &self.state.law.chosen {
            Chosen::Policy(name) => Ok(compiled.library.compile_with_cases(name)?),
            Chosen::Nothing | Chosen::Place(_) => Ok(compiled.policy.clone()),
        }
    }
}

fn in_files(error: DecisionError, policy: &Policy) -> Trouble {
    Trouble { findings: error.into(), sources: Some(policy.sources().clone()) }
}
