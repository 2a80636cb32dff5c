//! From the arguments to a case that can be decided: policies, facts, month.

use std::str::FromStr;

use huize::diagnostic::{Bilingual, CompileError, Diagnostic, FactsError};
use huize::engine::{Case, Library, Policy, Question, envelope};
use huize::facts::{Node, read_json, read_yaml};
use huize::source::SourceMap;
use huize::value::{Date, OpError, YearMonth};

use super::args::CaseArguments;
use super::input::NamedText;
use super::{Exit, Failure, input, problem};

/// A case ready to be decided.
pub(super) struct Prepared {
    pub(super) policy: Policy,
    pub(super) case: Case,
    pub(super) question: Question,
    /// The facts as written.
    pub(super) facts: Node,
    by: By,
    sources: SourceMap,
}

impl Prepared {
    /// Takes the compiled policy of another case where it is the same, from the same library: two
    /// months of one policy are two questions about one program.
    pub(super) fn share(&mut self, other: &Self) {
        if self.by == other.by {
            self.policy = other.policy.clone();
        }
    }

    /// The arguments of the same case that say what was decided by and asked.
    pub(super) fn fill(&self, arguments: &mut CaseArguments) {
        match &self.by {
            By::Policy(name) => arguments.policy = Some(name.clone()),
            By::Place(name) => arguments.place = Some(name.clone()),
        }
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        arguments.period = Some(self.question.period.to_string());
        arguments.as_of = day(self.question.as_of);
        arguments.known_on = day(self.question.known_on);
    }

    /// A failure whose places are in the policies or the facts.
    pub(super) fn unusable(self, error: impl Into<Vec<Diagnostic>>) -> Failure {
        Failure { diagnostics: error.into(), sources: self.sources, exit: Exit::Unusable }
    }
}

/// Reads policies and facts and binds them to each other.
pub(super) fn prepare(arguments: &CaseArguments) -> Result<Prepared, Failure> {
    let text = input::read_facts(&arguments.facts).map_err(Failure::unusable)?;
    let library = input::library(&[], arguments.policies.as_deref()).map_err(Failure::unusable)?;
    bind(arguments, &text, &library, None)
}

/// Binds a text of facts to policies. What neither the arguments nor the facts say is as in an
/// `earlier` case; the day of assessment only where the month is the same too.
pub(super) fn bind(
    arguments: &CaseArguments,
    (name, text): &NamedText,
    library: &Library,
    earlier: Option<&Prepared>,
) -> Result<Prepared, Failure> {
    let prefix = if earlier.is_some() { "--to-" } else { "--" };
    let flags = Flags::read(arguments, prefix).map_err(Failure::unusable)?;
    let mut sources = library.sources().clone();
    let source = sources.add(name, text);
    let failure = |diagnostics, exit| Failure { diagnostics, sources: sources.clone(), exit };
    let unusable = |error: FactsError| failure(error.into(), Exit::Unusable);

    let is_yaml = arguments.yaml || input::is_yaml(&arguments.facts);
    let facts = if is_yaml { read_yaml(source, text) } else { read_json(source, text) };
    let facts = facts.map_err(unusable)?;
    let asked = ask(arguments, flags, &facts, library, earlier);
    let (by, question) = asked.map_err(|findings| failure(findings, Exit::Unusable))?;

    let policy = by.compile(library);
    let exit = if by.is_known(library) { Exit::Findings } else { Exit::Unusable };
    let policy = policy.map_err(|error| failure(error.into(), exit))?;
    let case = policy.bind(&facts).map_err(unusable)?;
    Ok(Prepared { policy, case, question, facts, by, sources })
}

/// What the case is decided by.
#[derive(Clone, Debug, PartialEq, Eq)]
enum By {
    /// One policy, by name or alias.
    Policy(String),
    /// All benefits of a place, by name, alias or code.
    Place(String),
}

impl By {
    fn compile(&self, library: &Library) -> Result<Policy, CompileError> {
        match self {
            Self::Policy(name) => library.compile(name),
            Self::Place(name) => library.compile_place(name),
        }
    }

    /// Whether there is such a thing, so that findings are about the policies.
    fn is_known(&self, library: &Library) -> bool {
        match self {
            Self::Policy(name) => library
                .policies()
                .iter()
                .any(|known| known.name == *name || known.alias.as_deref() == Some(name)),
            Self::Place(name) => library.place(name).is_some(),
        }
    }
}

/// What to decide by and the question: the arguments first, else the top of the facts.
fn ask(
    arguments: &CaseArguments,
    flags: Flags,
    facts: &Node,
    library: &Library,
    earlier: Option<&Prepared>,
) -> Result<(By, Question), Vec<Diagnostic>> {
    let top = envelope(facts)?;
    let asked = arguments.policy.clone().map(By::Policy);
    let asked = asked.or_else(|| arguments.place.clone().map(By::Place));
    let stated = top.policy.map(By::Policy).or(top.place.map(By::Place));
    let by = asked.or(stated).or_else(|| earlier.map(|earlier| earlier.by.clone()));
    let known = earlier.map(|earlier| earlier.question);
    let period = flags.period.or(top.period).or(known.map(|known| known.period));
    let (Some(by), Some(period)) = (&by, period) else {
        let mut findings = Vec::new();
        if by.is_none() {
            // The most local of the policies that stand highest in the list of what is based on.
            let policies = library.policies();
            let example = policies.first().map_or("", |policy| &policy.name);
            findings.push(problem::no_policy(example));
        }
        if period.is_none() {
            findings.push(problem::no_period());
        }
        return Err(findings);
    };
    let same_month = known.filter(|known| known.period == period);
    let question = Question {
        period,
        as_of: flags.as_of.or(top.as_of).or(same_month.and_then(|known| known.as_of)),
        known_on: flags.known_on.or(top.known_on).or(known.and_then(|known| known.known_on)),
        strict: arguments.strict,
    };
    Ok((by.clone(), question))
}

/// The day of an option.
pub(super) fn day(option: &str, text: Option<&str>) -> Result<Option<Date>, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let day = read(option, text, problem::bad_date, &mut findings);
    if findings.is_empty() { Ok(day) } else { Err(findings) }
}

/// The dates among the arguments.
pub(super) struct Flags {
    pub(super) period: Option<YearMonth>,
    pub(super) as_of: Option<Date>,
    pub(super) known_on: Option<Date>,
}

impl Flags {
    /// The options are called by a prefix: of a second case they have other names.
    fn read(arguments: &CaseArguments, prefix: &str) -> Result<Self, Vec<Diagnostic>> {
        let (period, as_of) = (arguments.period.as_deref(), arguments.as_of.as_deref());
        Self::of(prefix, period, as_of, arguments.known_on.as_deref())
    }

    /// The values of `--period`, `--as-of` and `--known-on`, `--` being the prefix.
    pub(super) fn of(
        prefix: &str,
        period: Option<&str>,
        as_of: Option<&str>,
        known_on: Option<&str>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut findings = Vec::new();
        let option = |name: &str| format!("{prefix}{name}");
        let flags = Self {
            period: read(&option("period"), period, problem::bad_month, &mut findings),
            as_of: read(&option("as-of"), as_of, problem::bad_date, &mut findings),
            known_on: read(&option("known-on"), known_on, problem::bad_date, &mut findings),
        };
        if findings.is_empty() { Ok(flags) } else { Err(findings) }
    }
}

fn read<T: FromStr<Err = OpError>>(
    option: &str,
    text: Option<&str>,
    bad: fn(&str, &str, &Bilingual) -> Diagnostic,
    findings: &mut Vec<Diagnostic>,
) -> Option<T> {
    let text = text?;
    match text.parse() {
        Ok(value) => Some(value),
        Err(error) => {
            findings.push(bad(option, text, &error.message()));
            None
        }
    }
}
