//! The session: what it holds, and one line after the other.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;

use super::answer::Summary;
use super::household::Household;
use super::paper::Paper;
use super::problem::{self, Trouble};
use super::read::{self, Input};
use super::state::{Chosen, Law, State, Steps};
use super::verb::Verb;
use super::world::{Options, Reply, Status, World};
use crate::diagnostic::{Diagnostic, Language};
use crate::engine::decided::Decided;
use crate::engine::{Library, Policy, Question};
use crate::explain::build::again::Kept;
use crate::explain::layout::Style;
use crate::explain::text::Pages;
use crate::hir::Program;
use crate::input::Case;
use crate::source::{SourceId, SourceMap, Span};

/// How many compiled laws are kept, so that going back and forth costs nothing.
const MOST_COMPILED: usize = 8;

/// One conversation about one household.
///
/// # Examples
///
/// ```
/// use huize::diagnostic::Diagnostic;
/// use huize::repl::{Options, Session, Status, World};
///
/// /// A world without files.
/// struct Nothing;
///
/// impl World for Nothing {
///     fn read(&mut self, _: &str) -> Result<String, Vec<Diagnostic>> {
///         Err(Vec::new())
///     }
///     fn write(&mut self, _: &str, _: &str) -> Result<(), Vec<Diagnostic>> {
///         Err(Vec::new())
///     }
///     fn policies(&mut self) -> Result<Option<Vec<(String, String)>>, Vec<Diagnostic>> {
///         Ok(None)
///     }
/// }
///
/// let mut session = Session::new(Options::default(), None);
/// session.line("政策 中山.最低生活保障", &mut Nothing);
/// session.line("月 2023-06", &mut Nothing);
/// session.line("加 甲", &mut Nothing);
/// let reply = session.line("低保标准（城镇）×3人", &mut Nothing);
/// assert_eq!(reply.status, Status::Done);
/// assert!(reply.text.starts_with("3,603元/月"));
/// ```
#[derive(Debug)]
pub struct Session {
    pub(super) options: Options,
    pub(super) library: Arc<Library>,
    pub(super) state: State,
    pub(super) steps: Steps,
    pub(super) kept: IndexMap<String, State>,
    compiled: Vec<(Law, Arc<Compiled>)>,
    /// What the state before came to, so that a change is told from it.
    summary: Option<(State, Arc<Summary>)>,
    /// What was decided last: the next case mostly differs from it in a fact or two.
    decided: Option<Arc<Decided>>,
    /// What was explained last.
    told: Option<Told>,
    lines: usize,
}

/// A case explained, with the lines that were shown of it.
#[derive(Debug)]
pub(super) struct Told {
    of: Arc<Decided>,
    pub(super) kept: Kept,
    pub(super) pages: Pages,
}

/// A law that runs.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) policy: Policy,
    /// The texts with the reforms in them.
    pub(super) library: Arc<Library>,
    /// Everything that it gives a name.
    names: BTreeSet<String>,
}

impl Compiled {
    pub(super) fn program(&self) -> &Program {
        self.policy.program()
    }
}

/// The line being done.
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    /// The texts that findings may point into, the line among them.
    pub(super) sources: SourceMap,
    pub(super) source: SourceId,
    /// The command's word.
    pub(super) word: Range<usize>,
    /// What follows it.
    pub(super) rest: Range<usize>,
}

impl Line<'_> {
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.source, range.start, range.end)
    }

    /// The place of what follows the command, or of the command where nothing does.
    pub(super) fn rest_span(&self) -> Span {
        if self.rest.is_empty() { self.span(&self.word) } else { self.span(&self.rest) }
    }

    pub(super) fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or("")
    }

    /// What follows the command.
    pub(super) fn rest(&self) -> &str {
        self.slice(&self.rest)
    }

    /// The same without one of these words at its end, and whether one stood there.
    pub(super) fn without(&self, words: &[&str]) -> (Range<usize>, bool) {
        for word in words {
            if let Some(text) = self.rest().strip_suffix(word)
                && (text.is_empty() || text.ends_with(read::is_blank))
            {
                let end = self.rest.start + text.len();
                return (read::trimmed(self.text, self.rest.start..end), true);
            }
        }
        (self.rest.clone(), false)
    }
}

/// What a command says when it has done what it was asked.
pub(super) type Answer = Result<Said, Trouble>;

/// A text, and findings that keep nothing from being done.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) warnings: Vec<Diagnostic>,
    pub(super) sources: Option<SourceMap>,
    pub(super) quits: bool,
}

impl From<Paper> for Said {
    fn from(paper: Paper) -> Self {
        Self { text: paper.finish(), ..Self::default() }
    }
}

impl Session {
    /// A session with these policy files, or with those that come with Huize.
    #[must_use]
    pub fn new(options: Options, policies: Option<Vec<(String, String)>>) -> Self {
        let library = policies.map_or_else(Library::builtin, Library::from_texts);
        Self {
            options,
            library: Arc::new(library),
            state: State::default(),
            steps: Steps::default(),
            kept: IndexMap::new(),
            compiled: Vec::new(),
            summary: None,
            decided: None,
            told: None,
            lines: 0,
        }
    }

    /// How replies are written.
    #[must_use]
    pub fn options(&self) -> Options {
        self.options
    }

    /// Changes how replies are written, for a terminal that was resized.
    pub fn set_options(&mut self, options: Options) {
        self.options = options;
    }

    /// What stands before the place where the next line is typed: `中山 2023-06 › `. A star says
    /// that reforms are in force.
    #[must_use]
    pub fn prompt(&self) -> String {
        let law = &self.state.law;
        let place = law.chosen.place();
        let star = if law.reforms.is_empty() { "" } else { "*" };
        let month = self.state.time.period.map(|month| month.to_string());
        let parts = [Some(format!("{place}{star}")).filter(|text| !text.is_empty()), month];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { "huize › ".to_owned() } else { format!("{} › ", parts.join(" ")) }
    }

    /// Does one line. A line that fails changes nothing.
    pub fn line(&mut self, text: &str, world: &mut dyn World) -> Reply {
        // An input of several lines is named by its first, and the next one goes on after its last.
        let first = self.lines.saturating_add(1);
        self.lines = self.lines.saturating_add(text.lines().count().max(1));
        let name = match self.options.language {
            Language::Zh => format!("第{first}行"),
            Language::En => format!("line {first}"),
        };
        let known = self.known_names();
        let input = read::read(text, &|name| known.contains(name));
        let mut sources = self.sources();
        let source = sources.add(&name, text);
        let none = 0..0;
        let (verb, word, rest) = match input {
            Input::Nothing => return Reply::default(),
            Input::Expression(range) => (None, none, range),
            Input::Command { verb, word, rest } => (Some(verb), word, rest),
            Input::NoCommand(range) => {
                let span = Span::new(source, range.start, range.end);
                let word = text.get(range).unwrap_or("");
                let finding = problem::unknown_command(span, word);
                return Reply {
                    findings: vec![finding],
                    sources,
                    status: Status::Failed,
                    ..Reply::default()
                };
            }
        };
        let line = Line { text, sources, source, word, rest };
        let before = self.state.clone();
        let answer = match verb {
            Some(verb) => self.command(verb, &line, world),
            None => self.expression(&line),
        };
        match answer {
            Ok(said) => Reply {
                text: said.text,
                findings: said.warnings,
                sources: said.sources.unwrap_or(line.sources),
                status: if said.quits { Status::Quit } else { Status::Done },
            },
            Err(trouble) => {
                self.state = before;
                Reply {
                    text: String::new(),
                    findings: trouble.findings,
                    sources: trouble.sources.unwrap_or(line.sources),
                    status: Status::Failed,
                }
            }
        }
    }

    fn command(&mut self, verb: Verb, line: &Line<'_>, world: &mut dyn World) -> Answer {
        match verb {
            Verb::Set => self.set(line),
            Verb::Unknown | Verb::Refused | Verb::Absent | Verb::Clear => self.mark(verb, line),
            Verb::Add => self.add(line),
            Verb::Remove => self.remove(line),
            Verb::Past => self.past(line),
            Verb::Table => self.table(line),
            Verb::New => self.new_household(line),
            Verb::Load => self.load(line, world),
            Verb::Save => self.save(line, world),
            Verb::Undo | Verb::Redo => self.step(verb, line),
            Verb::Keep => self.keep(line),
            Verb::Back => self.back(line),
            Verb::Kept => self.list_kept(line),
            Verb::Month => self.month(line),
            Verb::Next | Verb::Previous => self.move_month(verb, line),
            Verb::Assessed | Verb::KnownOn => self.day(verb, line),
            Verb::Place => self.place(line),
            Verb::Policy => self.policy(line),
            Verb::Strict => self.strict(line),
            Verb::Contrast => self.contrast(line, world),
            Verb::Months => self.months(line, world),
            Verb::Decide => self.decide(line),
            Verb::Why => self.why(line),
            Verb::WhyNot => self.why_not(line),
            Verb::How => self.how(line, world),
            Verb::Needs => self.needs(line),
            Verb::Bounds => self.bounds(line),
            Verb::Sweep => self.sweep(line, world),
            Verb::Expect => self.expect(line),
            Verb::Reform => self.reform(line),
            Verb::Restore => self.restore(line),
            Verb::Reforms => self.list_reforms(line),
            Verb::Compare => self.compare(line),
            Verb::Help => self.help(line),
            Verb::Reload => self.reload_now(line, world),
            Verb::Language => self.language(line),
            Verb::Quit => Ok(Said { quits: true, ..Said::default() }),
        }
    }

    /// The law in force, where it has been compiled.
    pub(super) fn current(&self) -> Option<Arc<Compiled>> {
        let found = self.compiled.iter().find(|(law, _)| *law == self.state.law);
        found.map(|(_, compiled)| Arc::clone(compiled))
    }

    /// What has a meaning here: names of the policy, and keys of people.
    pub(super) fn known_names(&self) -> Known {
        Known { law: self.current(), household: Arc::clone(&self.state.household) }
    }

    pub(super) fn paper(&self) -> Paper {
        Paper::new(self.options)
    }

    pub(super) fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.options.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    /// A wording of one message.
    pub(super) fn told(&self, zh: String, en: String) -> Said {
        let mut paper = self.paper();
        let text = match self.options.language {
            Language::Zh => zh,
            Language::En => en,
        };
        paper.line(0, Style::Plain, &text);
        paper.into()
    }

    /// The texts of the law in force, or of all files before one is chosen.
    fn sources(&mut self) -> SourceMap {
        let law = self.state.law.clone();
        match self.compile(&law) {
            Some(Ok(compiled)) => compiled.policy.sources().clone(),
            _ => self.library.sources().clone(),
        }
    }

    /// The law in force.
    pub(super) fn law(&mut self, line: &Line<'_>) -> Result<Arc<Compiled>, Trouble> {
        let law = self.state.law.clone();
        self.compile(&law).ok_or_else(|| problem::no_policy(line.rest_span()))?
    }

    /// Compiles a law, or takes it from those kept; nothing where no policy is chosen.
    pub(super) fn compile(&mut self, law: &Law) -> Option<Result<Arc<Compiled>, Trouble>> {
        if law.chosen == Chosen::Nothing {
            return None;
        }
        if let Some((_, found)) = self.compiled.iter().find(|(known, _)| known == law) {
            return Some(Ok(Arc::clone(found)));
        }
        let compiled = self.compile_afresh(law).map(Arc::new);
        if let Ok(compiled) = &compiled {
            self.compiled.truncate(MOST_COMPILED.saturating_sub(1));
            self.compiled.insert(0, (law.clone(), Arc::clone(compiled)));
        }
        Some(compiled)
    }

    fn compile_afresh(&self, law: &Law) -> Result<Compiled, Trouble> {
        let library = if law.reforms.is_empty() {
            Arc::clone(&self.library)
        } else {
            Arc::new(self.reformed(&law.reforms)?)
        };
        let policy = match &law.chosen {
            Chosen::Place(place) => library.compile_place(place),
            chosen => library.compile(chosen.name()),
        };
        match policy {
            Ok(policy) => {
                let names = names(policy.program());
                Ok(Compiled { policy, library, names })
            }
            Err(error) => {
                Err(Trouble { findings: error.into(), sources: Some(library.sources().clone()) })
            }
        }
    }

    /// Forgets what was compiled: the policy texts are others now.
    pub(super) fn forget_compiled(&mut self) {
        self.compiled.clear();
        self.summary = None;
    }

    /// The law, the household bound to it, and the question: what every question needs.
    pub(super) fn asked(
        &mut self,
        line: &Line<'_>,
    ) -> Result<(Arc<Compiled>, Case, Question), Trouble> {
        let law = self.law(line)?;
        let question = self.state.time.question();
        let question = question.ok_or_else(|| problem::no_period(line.rest_span()))?;
        let household = Arc::clone(&self.state.household);
        if let Some(list) = household.lacks(law.program()) {
            return Err(problem::nobody_yet(line.rest_span(), list));
        }
        let case = household.bind(law.program());
        Ok((law, case, question))
    }

    /// Forgets what the state came to: it is said in other words now.
    pub(super) fn forget_summary(&mut self) {
        self.summary = None;
    }

    /// Goes to another state, and says what that changes in the decisions.
    pub(super) fn go(&mut self, next: State, paper: &mut Paper) -> Result<(), Trouble> {
        if next == self.state {
            paper.line(0, Style::Faint, self.say("没有变化", "no change"));
            return Ok(());
        }
        let before = self.summary_of_now();
        self.steps.note(&self.state);
        self.state = next;
        self.say_changes(before.as_deref(), paper);
        Ok(())
    }

    /// Says how the decisions differ from what they were.
    pub(super) fn say_changes(&mut self, before: Option<&Summary>, paper: &mut Paper) {
        let after = self.summary_of_now();
        if let Some(after) = after {
            after.say_changes(before, paper);
        } else if let Some(law) = self.current()
            && self.state.household.lacks(law.program()).is_some()
        {
            let text = self
                .say("还没有成员，用 加 编号 逐个添加", "nobody is in it yet: `add KEY` for each");
            paper.line(2, Style::Faint, text);
        } else if let Some(Err(trouble)) = self.summary_of(&self.state.clone()) {
            // The facts are taken, and may fit another month: it is said now, not at the next question.
            for finding in &trouble.findings {
                let lead = self.say("现在决定不了：", "nothing can be decided now: ");
                let text = finding.message.get(self.options.language);
                paper.led(2, lead, Style::Bad, Style::Plain, text);
            }
        }
    }

    /// What the present state comes to; nothing where there is no policy or month yet.
    pub(super) fn summary_of_now(&mut self) -> Option<Arc<Summary>> {
        if let Some((state, summary)) = &self.summary
            && *state == self.state
        {
            return Some(Arc::clone(summary));
        }
        let state = self.state.clone();
        let summary = Arc::new(self.summary_of(&state)?.ok()?);
        self.summary = Some((state, Arc::clone(&summary)));
        Some(summary)
    }

    /// What facts come to under a law.
    pub(super) fn decided(
        &mut self,
        law: &Compiled,
        case: Case,
        question: Question,
    ) -> Result<Arc<Decided>, Vec<Diagnostic>> {
        let language = self.options.language;
        let last = self.decided.as_ref();
        if let Some(known) =
            last.filter(|last| last.answers(&law.policy, &case, question, language))
        {
            return Ok(Arc::clone(known));
        }
        let decided = Arc::new(Decided::of(&law.policy, case, question, language, last)?);
        self.decided = Some(Arc::clone(&decided));
        Ok(decided)
    }

    /// The same explained, to be given back to [`Self::remember`]. Of what was explained last, that is
    /// kept which still holds.
    pub(super) fn explained(&mut self, decided: &Arc<Decided>) -> Told {
        let clear = self.options.clear;
        match self.told.take() {
            Some(told) if Arc::ptr_eq(&told.of, decided) => told,
            Some(Told { of, kept, pages }) => {
                let kept = decided.explained(clear, Some((&of, kept)));
                Told { of: Arc::clone(decided), kept, pages }
            }
            None => {
                let kept = decided.explained(clear, None);
                Told { of: Arc::clone(decided), kept, pages: Pages::default() }
            }
        }
    }

    /// Forgets what was decided and explained, so that it is done anew.
    #[cfg(test)]
    pub(super) fn forget(&mut self) {
        self.decided = None;
        self.told = None;
        self.summary = None;
    }

    /// Keeps an explanation for the next one.
    pub(super) fn remember(&mut self, told: Told) {
        self.told = Some(told);
    }

    /// What a state comes to.
    pub(super) fn summary_of(&mut self, state: &State) -> Option<Result<Summary, Trouble>> {
        let question = state.time.question()?;
        let law = match self.compile(&state.law)? {
            Ok(law) => law,
            Err(trouble) => return Some(Err(trouble)),
        };
        if state.household.lacks(law.program()).is_some() {
            return None;
        }
        let case = state.household.bind(law.program());
        let decided = self.decided(&law, case, question).map_err(Trouble::from);
        Some(decided.map(|decided| Summary::of(&decided)))
    }
}

/// What has a meaning at a point of the session.
pub(super) struct Known {
    law: Option<Arc<Compiled>>,
    household: Arc<Household>,
}

impl Known {
    pub(super) fn contains(&self, name: &str) -> bool {
        self.law.as_ref().is_some_and(|law| law.names.contains(name))
            || self.household.beings.iter().any(|being| being.key == name)
    }
}

/// Everything that a program gives a name, with twins.
fn names(program: &Program) -> BTreeSet<String> {
    let found = super::help::all_names(program).into_iter();
    let values = program.enums.iter().flat_map(|found| &found.values);
    let others = values.chain(program.objects.iter().map(|object| &object.name));
    let others =
        others.flat_map(|name| std::iter::once(name.text.clone()).chain(name.alias.clone()));
    let layers = program.layers.iter().map(|layer| layer.place.clone());
    let benefits = program.layers.iter().filter_map(|layer| layer.policy.split_once('.'));
    let benefits = benefits.map(|(_, benefit)| benefit.to_owned());
    let builtins = crate::builtins::all().flat_map(|found| found.spellings().map(str::to_owned));
    found.chain(others).chain(layers).chain(benefits).chain(builtins).collect()
}
