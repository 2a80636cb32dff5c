//! What a decision would be if one fact were another.

use super::Question;
use super::policy::{Case, Policy};
use crate::diagnostic::{Bilingual, DecisionError, Diagnostic, Language};
use crate::facts::{Node, NodeValue};
use crate::input::{self, Fact};
use crate::solve::changes::{Applied, ChangeOptions, Changes};
use crate::solve::{FactRef, Sweep, SweepRange};
use crate::source::Span;
use crate::trace::Trace;

impl Policy {
    /// The fact of that name: `甲.月工资` or `甲的月工资`; a fact of the household by its name alone.
    /// Names may be Chinese or their ASCII twins.
    ///
    /// # Errors
    ///
    /// A name that no fact of the case has, with what can be written.
    pub fn fact(&self, case: &Case, name: &str) -> Result<FactRef, DecisionError> {
        crate::solve::path::find(self.program(), &case.facts, name)
    }

    /// What a text says of a fact, as in a facts document: `2400`, `是`, `无`, `未知`.
    ///
    /// # Errors
    ///
    /// A text that the fact does not take, with what it takes.
    pub fn read_fact(&self, case: &Case, fact: FactRef, text: &str) -> Result<Fact, DecisionError> {
        let node = Node { value: NodeValue::Text(text.to_owned()), span: Span::default() };
        let found = input::bind_fact(self.program(), &case.facts, (fact.field, fact.who), &node);
        found.map_err(|findings| findings.into_iter().map(unplaced).collect::<Vec<_>>().into())
    }

    /// Every outcome and payment of a case as an exact function of one fact over a range, with
    /// every threshold and what makes it, named in a language.
    ///
    /// # Examples
    ///
    /// ```
    /// use huize::diagnostic::Language;
    /// use huize::engine::{Library, Question};
    /// use huize::facts::read_json;
    /// use huize::solve::SweepRange;
    ///
    /// let library = Library::builtin();
    /// let mut sources = library.sources().clone();
    /// let text = include_str!("../../examples/zhongshan-family.json");
    /// let facts = read_json(sources.add("facts.json", text), text).expect("facts");
    /// let policy = library.compile("中山.最低生活保障").expect("a policy");
    /// let case = policy.bind(&facts).expect("a case");
    /// let question = Question::about("2023-06".parse().expect("a month"));
    ///
    /// let wage = policy.fact(&case, "甲.月工资").expect("a fact");
    /// let sweep =
    ///     policy.sweep(&case, &question, wage, SweepRange::default(), Language::Zh).expect("a sweep");
    /// // Three people at 1201 yuan each: up to 3602.99 the family is entitled.
    /// assert_eq!(sweep.pieces[0].to.zh, "3,602.99元/月");
    /// ```
    ///
    /// # Errors
    ///
    /// A fact that cannot be varied (a list, a person, a text), a range with nothing in it, and
    /// more work than [`super::Limits::work`] for one evaluation.
    pub fn sweep(
        &self,
        case: &Case,
        question: &Question,
        fact: FactRef,
        range: SweepRange,
        language: Language,
    ) -> Result<Sweep, DecisionError> {
        self.sweep_until(case, question, fact, range, language, &|| false)
    }

    /// The same, given up where `stop` says so: the sweep then ends where it was stopped.
    ///
    /// # Errors
    ///
    /// As for [`Policy::sweep`].
    pub fn sweep_until(
        &self,
        case: &Case,
        question: &Question,
        fact: FactRef,
        range: SweepRange,
        language: Language,
        stop: &dyn Fn() -> bool,
    ) -> Result<Sweep, DecisionError> {
        let evaluation = self.evaluate(case, *question)?;
        let trace = Trace { language, ..self.trace(case, &evaluation) };
        let name = || {
            let say = |language| Trace { language, ..trace }.fact_path(fact.field, fact.who);
            (say(Language::Zh), say(Language::En))
        };
        let sweep = crate::solve::sweep::sweep(&trace, (fact.field, fact.who), range, stop);
        match sweep {
            Some(sweep) if sweep.pieces.is_empty() => {
                let (zh, en) = name();
                Err(Diagnostic::error(
                    "huize::solve::empty_range",
                    Bilingual::new(
                        format!("“{zh}”的取值范围是空的"),
                        format!("the range of `{en}` has nothing in it"),
                    ),
                )
                .help(Bilingual::new(
                    "起点不大于终点，并落在这一事实的取值范围内",
                    "let the start be at most the end, and both lie in the range of the fact",
                ))
                .into())
            }
            Some(sweep) => Ok(sweep),
            None => {
                let (zh, en) = name();
                Err(Diagnostic::error(
                    "huize::solve::not_variable",
                    Bilingual::new(
                        format!("“{zh}”不是数、日期、是否或枚举，不能逐值变动"),
                        format!("`{en}` is no number, date, truth or class, and cannot be varied"),
                    ),
                )
                .help(Bilingual::new(
                    "选一个数额、日期、是否或有固定几种取值的事实",
                    "choose an amount, a date, a truth, or a fact with a fixed list of values",
                ))
                .into())
            }
        }
    }

    /// What would change the decisions of a case that are not 符合 (or, where asked, raise what the
    /// others pay): for each fact alone the nearest values that do, pairs of facts where none alone
    /// does, and the first later month. Each was decided again before it is given.
    ///
    /// # Errors
    ///
    /// A name that no decision has, and more work than [`super::Limits::work`] for the case as it is.
    pub fn changes(
        &self,
        case: &Case,
        question: &Question,
        options: &ChangeOptions,
        language: Language,
    ) -> Result<Changes, DecisionError> {
        self.changes_until(case, question, options, language, &|| false)
    }

    /// The same, given up where `stop` says so: what was not searched is then said.
    ///
    /// # Errors
    ///
    /// As for [`Policy::changes`].
    pub fn changes_until(
        &self,
        case: &Case,
        question: &Question,
        options: &ChangeOptions,
        language: Language,
        stop: &dyn Fn() -> bool,
    ) -> Result<Changes, DecisionError> {
        let evaluation = self.evaluate(case, *question)?;
        let mut trace = Trace { language, ..self.trace(case, &evaluation) };
        if options.clear {
            trace.secrets = None;
        }
        crate::solve::changes::changes(&trace, options, stop)
    }

    /// The case and the question with a change put in place.
    #[must_use]
    pub fn apply(&self, case: &Case, question: &Question, change: &Applied) -> (Case, Question) {
        let (facts, question) = change.to(&case.facts, *question);
        (Case { facts }, question)
    }
}

/// A finding about a text that stands in no file.
fn unplaced(finding: Diagnostic) -> Diagnostic {
    Diagnostic { labels: Vec::new(), ..finding }
}
