//! Which law: the policy, the place, the files it is read from; and the facts of a household that
//! bring a policy with them.

use std::sync::Arc;

use super::household::Household;
use super::paper::Paper;
use super::problem::{self, Trouble};
use super::session::{Answer, Line, Said, Session};
use super::state::{Chosen, Law, State, Time};
use super::verb::Verb;
use super::world::{Options, Reply, Status, World};
use crate::diagnostic::{Diagnostic, FactsError, Language};
use crate::engine::{Library, envelope};
use crate::explain::layout::Style;
use crate::facts::{read_json, read_yaml};
use crate::value::{Date, YearMonth};

/// How a session begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// A file of facts, as the world knows it.
    pub facts: Option<String>,
    /// The policy by name or alias, in place of what the facts name.
    pub policy: Option<String>,
    /// All benefits of a place, in place of what the facts name.
    pub place: Option<String>,
    /// The month, in place of the one that the facts name.
    pub period: Option<YearMonth>,
    /// The day of assessment.
    pub as_of: Option<Date>,
    /// Law as known on this day.
    pub known_on: Option<Date>,
    /// No defaults.
    pub strict: bool,
}

impl Session {
    /// Begins: reads the facts and chooses the policy and the month. What it does cannot be undone
    /// line by line; it is where undoing ends.
    pub fn start(&mut self, start: &Start, world: &mut dyn World) -> Reply {
        let failed = |session: &Self, trouble: Trouble| Reply {
            findings: trouble.findings,
            sources: trouble.sources.unwrap_or_else(|| session.library.sources().clone()),
            status: Status::Failed,
            ..Reply::default()
        };
        let begun = self.begin(start, world);
        self.steps = super::state::Steps::default();
        match begun {
            Ok(text) => Reply { text, sources: self.library.sources().clone(), ..Reply::default() },
            Err(trouble) => failed(self, trouble),
        }
    }

    fn begin(&mut self, start: &Start, world: &mut dyn World) -> Result<String, Trouble> {
        let chosen = start.policy.clone().map(Chosen::Policy);
        let chosen = chosen.or_else(|| start.place.clone().map(Chosen::Place));
        let keep_chosen = chosen.is_some();
        if let Some(chosen) = chosen {
            self.state = self.under(chosen)?;
        }
        let mut paper = self.paper();
        if let Some(path) = &start.facts {
            let text = world.read(path)?;
            self.state = self.loaded(path, &text, keep_chosen)?;
        }
        let time = &mut self.state.time;
        time.period = start.period.or(time.period);
        time.as_of = start.as_of.or(time.as_of);
        time.known_on = start.known_on.or(time.known_on);
        time.strict |= start.strict;
        if let Some(summary) = self.summary_of_now() {
            self.say_where(&mut paper);
            summary.say(&mut paper);
        } else if self.state.law.chosen != Chosen::Nothing {
            self.say_where(&mut paper);
        }
        Ok(paper.finish())
    }

    /// `中山.最低生活保障，2023年6月`
    fn say_where(&self, paper: &mut Paper) {
        let text = self.whereabouts();
        paper.line(0, Style::Strong, &text);
    }

    pub(super) fn whereabouts(&self) -> String {
        let time = self.state.time;
        let zh = self.options.language == Language::Zh;
        let day = |day: Date| if zh { day.zh() } else { day.to_string() };
        let month = |month: YearMonth| if zh { month.zh() } else { month.to_string() };
        let mut parts = vec![match &self.state.law.chosen {
            Chosen::Nothing => self.say("还没有选政策", "no policy yet").to_owned(),
            Chosen::Policy(name) => name.clone(),
            Chosen::Place(place) if zh => format!("{place}的全部待遇"),
            Chosen::Place(place) => format!("all benefits of {place}"),
        }];
        parts.extend(time.period.map(month));
        parts
            .extend(time.as_of.map(|at| format!("{}{}", self.say("评估日", "assessed "), day(at))));
        parts.extend(
            time.known_on.map(|at| format!("{}{}", self.say("知悉日", "known on "), day(at))),
        );
        if time.strict {
            parts.push(self.say("不用缺省", "no defaults").to_owned());
        }
        let count = self.state.law.reforms.len();
        if count > 0 {
            parts.push(if zh { format!("试改{count}项") } else { format!("{count} reforms") });
        }
        parts.join(self.say("，", ", "))
    }

    /// The state under another law: the facts stay.
    pub(super) fn under(&mut self, chosen: Chosen) -> Result<State, Trouble> {
        let law = Law { chosen: chosen.clone(), ..self.state.law.clone() };
        let compiled = match self.compile(&law) {
            Some(compiled) => compiled?,
            None => return Err(Vec::new().into()),
        };
        // By its full name, so that one policy is compiled once.
        let full = compiled.policy.name().to_owned();
        let chosen = match chosen {
            Chosen::Place(_) => Chosen::Place(full),
            _ => Chosen::Policy(full),
        };
        let law = Law { chosen, ..law };
        let mut state = State { law, ..self.state.clone() };
        if state.household.beings.is_empty() {
            state.household = Arc::new(Household::empty(compiled.program()));
        }
        Ok(state)
    }

    /// The state with the facts of a file.
    pub(super) fn loaded(
        &mut self,
        path: &str,
        text: &str,
        keep_chosen: bool,
    ) -> Result<State, Trouble> {
        let mut sources = self.library.sources().clone();
        let source = sources.add(path, text);
        let trouble =
            |error: FactsError| Trouble { findings: error.into(), sources: Some(sources.clone()) };
        let lower = path.to_ascii_lowercase();
        let is_yaml = lower.ends_with(".yaml") || lower.ends_with(".yml");
        let facts = if is_yaml { read_yaml(source, text) } else { read_json(source, text) };
        let facts = facts.map_err(trouble)?;
        let top = envelope(&facts).map_err(trouble)?;
        let mut state = self.state.clone();
        let chosen = top.policy.map(Chosen::Policy).or(top.place.map(Chosen::Place));
        if let Some(chosen) = chosen.filter(|_| !keep_chosen) {
            state = self.under(chosen)?;
        }
        let law = match self.compile(&state.law) {
            Some(law) => law?,
            None => return Err(problem::no_policy(crate::source::Span::default())),
        };
        let case = law.policy.bind(&facts).map_err(trouble)?;
        let household = Household::of_case(law.program(), &case.facts, Some(&facts));
        let time = Time {
            period: top.period.or(state.time.period),
            as_of: top.as_of,
            known_on: top.known_on,
            strict: state.time.strict,
        };
        Ok(State { household: Arc::new(household), time, ..state })
    }

    /// 载入, once the file has been read.
    pub(super) fn load_text(&mut self, path: &str, text: &str) -> Answer {
        let next = self.loaded(path, text, false)?;
        Ok(self.enter(next))
    }

    /// Goes on with another household, and says what it comes to.
    pub(super) fn enter(&mut self, next: State) -> Said {
        self.leave();
        self.state = next;
        let mut paper = self.paper();
        self.say_where(&mut paper);
        if let Some(summary) = self.summary_of_now() {
            summary.say(&mut paper);
        }
        paper.into()
    }

    /// 政策
    pub(super) fn policy(&mut self, line: &Line<'_>) -> Answer {
        let mut paper = self.paper();
        if line.rest.is_empty() {
            let current = self.state.law.chosen.name().to_owned();
            let rows: Vec<(Style, Vec<String>)> = self
                .library
                .policies()
                .into_iter()
                .map(|policy| {
                    let style = if policy.name == current { Style::Strong } else { Style::Plain };
                    let title = policy.title.unwrap_or_default();
                    (style, vec![policy.name, policy.alias.unwrap_or_default(), title])
                })
                .collect();
            paper.table(0, &rows);
            return Ok(paper.into());
        }
        let chosen = Chosen::Policy(line.rest().to_owned());
        let next = self.under(chosen).map_err(|trouble| placed(trouble, line))?;
        self.switch(next, paper)
    }

    /// 地: all benefits of a place; the places where nothing follows.
    pub(super) fn place(&mut self, line: &Line<'_>) -> Answer {
        let mut paper = self.paper();
        if line.rest.is_empty() {
            let current = self.state.law.chosen.place().to_owned();
            let rows: Vec<(Style, Vec<String>)> = self
                .library
                .places()
                .into_iter()
                .map(|place| {
                    let style = if place.name == current { Style::Strong } else { Style::Plain };
                    let code = place.code.map(|code| code.to_string()).unwrap_or_default();
                    let count = place.policies.len();
                    let count = match self.options.language {
                        Language::Zh => format!("{count}项政策"),
                        Language::En => format!("{count} policies"),
                    };
                    (style, vec![place.name, place.alias.unwrap_or_default(), code, count])
                })
                .collect();
            paper.table(0, &rows);
            return Ok(paper.into());
        }
        let chosen = Chosen::Place(line.rest().to_owned());
        let next = self.under(chosen).map_err(|trouble| placed(trouble, line))?;
        self.switch(next, paper)
    }

    /// Notes the state that is left; an empty session is nothing to come back to.
    fn leave(&mut self) {
        if self.state.law.chosen != Chosen::Nothing {
            self.steps.note(&self.state);
        }
    }

    fn switch(&mut self, next: State, mut paper: Paper) -> Answer {
        let old = std::mem::replace(&mut self.state, next.clone());
        self.say_where(&mut paper);
        self.state = old;
        // What one policy came to says nothing of another; places have the same benefits.
        let places = matches!(
            (&self.state.law.chosen, &next.law.chosen),
            (Chosen::Place(_), Chosen::Place(_))
        );
        if !places && self.state.law.chosen != next.law.chosen {
            self.leave();
            self.state = next;
            self.say_changes(None, &mut paper);
        } else {
            self.go(next, &mut paper)?;
        }
        Ok(paper.into())
    }

    /// 语言
    pub(super) fn language(&mut self, line: &Line<'_>) -> Answer {
        let language = match line.rest().to_ascii_lowercase().as_str() {
            "中文" | "汉语" | "zh" | "chinese" => Language::Zh,
            "英文" | "英语" | "en" | "english" => Language::En,
            _ => return Err(problem::misused(line.rest_span(), Verb::Language)),
        };
        self.options = Options { language, ..self.options };
        self.forget_summary();
        Ok(self.told("现在用中文回答".to_owned(), "answers are in English now".to_owned()))
    }

    /// 重载
    pub(super) fn reload_now(&mut self, line: &Line<'_>, world: &mut dyn World) -> Answer {
        let files = world.policies()?;
        self.reread(files, Some(line))
    }

    /// Takes over policy files that have changed, keeping the facts; for the frontend, when it sees
    /// that they have.
    pub fn reload(&mut self, policies: Option<Vec<(String, String)>>) -> Reply {
        match self.reread(policies, None) {
            Ok(said) => Reply { text: said.text, ..Reply::default() },
            Err(trouble) => Reply {
                findings: trouble.findings,
                sources: trouble.sources.unwrap_or_default(),
                status: Status::Failed,
                ..Reply::default()
            },
        }
    }

    /// The law as it was stays in force where the new text has errors.
    fn reread(&mut self, files: Option<Vec<(String, String)>>, line: Option<&Line<'_>>) -> Answer {
        let before = self.summary_of_now();
        let old_library = Arc::clone(&self.library);
        self.library = Arc::new(files.map_or_else(Library::builtin, Library::from_texts));
        self.forget_compiled();
        let law = self.state.law.clone();
        if let Some(Err(trouble)) = self.compile(&law) {
            self.library = old_library;
            self.forget_compiled();
            return Err(trouble);
        }
        let mut paper = self.paper();
        let text = match line {
            Some(_) => self.say("重新读了政策文件", "the policy files were read again"),
            None => self.say(
                "政策文件有改动，已经重新读入",
                "the policy files changed and were read again",
            ),
        };
        let text = text.to_owned();
        paper.line(0, Style::Plain, &text);
        self.say_changes(before.as_deref(), &mut paper);
        Ok(Said::from(paper))
    }
}

/// A finding without a place, at what was typed.
pub(super) fn placed(trouble: Trouble, line: &Line<'_>) -> Trouble {
    let in_place = trouble.findings.iter().all(|finding| finding.span().is_some());
    if in_place {
        return trouble;
    }
    let at = |finding: Diagnostic| {
        if finding.span().is_some() {
            finding
        } else {
            finding.at(line.rest_span(), crate::diagnostic::Bilingual::default())
        }
    };
    Trouble { findings: trouble.findings.into_iter().map(at).collect(), sources: None }
}
