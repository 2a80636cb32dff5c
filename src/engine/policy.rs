//! A compiled policy: immutable, cheap to clone, safe to share between threads.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::assess::Needs;
use super::boundaries::Alteration;
use super::decision::CaseDecision;
use crate::diagnostic::{Bilingual, DecisionError, Diagnostic, FactsError, Language};
use crate::eval::{Evaluation, Live, LookBack, Question, evaluate};
use crate::explain::view::Explanation;
use crate::facts;
use crate::hir::{FieldId, Program};
use crate::input::{self, Fact, InstanceId};
use crate::limits::Limits;
use crate::source::{SourceId, SourceMap};
use crate::trace::Trace;

/// A compiled policy.
#[derive(Clone, Debug)]
pub struct Policy {
    inner: Arc<Inner>,
}

#[derive(Clone, Debug)]
struct Inner {
    program: Program,
    look_back: LookBack,
    needs: Needs,
    sources: SourceMap,
    /// Those of the sources that it was compiled from, in the order of its layers.
    files: Vec<SourceId>,
    warnings: Vec<Diagnostic>,
    /// By node: whether its value may tell a 敏感 fact.
    secrets: Vec<bool>,
    limits: Limits,
}

/// In which words a decision is explained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// The language.
    pub language: Language,
    /// 敏感 facts as they are; masked where it is false.
    pub clear: bool,
}

/// The facts of a case, bound to the policy that checked them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub(crate) facts: input::Case,
}

impl From<input::Case> for Case {
    /// Facts that were bound by [`crate::input`], to the program of the policy that they are for.
    fn from(facts: input::Case) -> Self {
        Self { facts }
    }
}

/// A policy to make mistakes in.
#[derive(Debug)]
pub(super) struct Altered(Policy);

impl Altered {
    /// What comes of the policy with a mistake in it.
    pub(super) fn with<T>(
        &mut self,
        alteration: &Alteration,
        run: impl FnOnce(&Policy) -> T,
    ) -> Option<T> {
        // INVARIANT: the copy is nobody else's.
        let undo = alteration.apply(&mut Arc::get_mut(&mut self.0.inner)?.program);
        let result = run(&self.0);
        undo.restore(&mut Arc::get_mut(&mut self.0.inner)?.program);
        Some(result)
    }
}

impl Policy {
    pub(super) fn new(
        program: Program,
        (sources, files): (SourceMap, Vec<SourceId>),
        warnings: Vec<Diagnostic>,
        limits: Limits,
    ) -> Self {
        let look_back = LookBack::of(&program, &Live::all(&program));
        let needs = Needs::of(&program);
        let secrets = crate::trace::secrets(&program);
        let inner = Inner { program, look_back, needs, sources, files, warnings, secrets, limits };
        Self { inner: Arc::new(inner) }
    }

    /// Its full name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.inner.program.name
    }

    /// What the checker noticed that does not keep it from running.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.inner.warnings
    }

    /// How large a case it takes.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.inner.limits
    }

    /// The typed IR.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.inner.program
    }

    /// The files it was compiled from.
    #[must_use]
    pub fn sources(&self) -> &SourceMap {
        &self.inner.sources
    }

    /// The files that it rests on, vocabularies and the highest layer first: name and text. The
    /// same files alone compile to the same policy.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = self.inner.files.iter().filter_map(|id| self.inner.sources.file(*id));
        files.map(|file| (file.name(), file.text()))
    }

    /// Binds the facts of a case.
    ///
    /// # Errors
    ///
    /// Every fact that does not fit, each with its place and what to do.
    pub fn bind(&self, facts: &facts::Node) -> Result<Case, FactsError> {
        input::bind_within(&self.inner.program, facts, self.limits()).map(|facts| Case { facts })
    }

    /// Decides a case.
    ///
    /// # Errors
    ///
    /// A case of a size that would take more work than [`Limits::work`]. What goes wrong with one
    /// decision stands in that decision.
    pub fn decide(&self, case: &Case, question: &Question) -> Result<CaseDecision, DecisionError> {
        self.decide_in(case, question, Language::Zh)
    }

    /// Decides a case, with facts and law values named in a language: in English by their ASCII
    /// twins. The names of decisions and payments stay those of the policy.
    ///
    /// # Errors
    ///
    /// As for [`Policy::decide`].
    pub fn decide_in(
        &self,
        case: &Case,
        question: &Question,
        language: Language,
    ) -> Result<CaseDecision, DecisionError> {
        let evaluation = self.evaluate(case, *question)?;
        let trace = Trace { language, ..self.trace(case, &evaluation) };
        Ok(super::decide::decisions(&trace, self.needs()))
    }

    /// Decides a case and explains the decisions.
    ///
    /// # Errors
    ///
    /// As for [`Policy::decide`].
    pub fn explain(&self, case: &Case, question: &Question) -> Result<Explanation, DecisionError> {
        self.explain_in(case, question, Language::Zh)
    }

    /// Decides a case and explains the decisions in a language. What the policy says stays as it
    /// is written; names are said by their ASCII twins in English.
    ///
    /// # Errors
    ///
    /// As for [`Policy::decide`].
    pub fn explain_in(
        &self,
        case: &Case,
        question: &Question,
        language: Language,
    ) -> Result<Explanation, DecisionError> {
        self.explain_as(case, question, Wording { language, clear: false })
    }

    /// Decides a case and explains the decisions, 敏感 facts in the clear where that is asked for.
    ///
    /// # Errors
    ///
    /// As for [`Policy::decide`].
    pub fn explain_as(
        &self,
        case: &Case,
        question: &Question,
        wording: Wording,
    ) -> Result<Explanation, DecisionError> {
        let evaluation = self.evaluate(case, *question)?;
        let Wording { language, clear } = wording;
        let mut trace = Trace { language, ..self.trace(case, &evaluation) };
        if clear {
            trace.secrets = None;
        }
        Ok(crate::explain::build::explanation(&trace, None))
    }

    /// The values of a case that its decisions need: the trace itself.
    ///
    /// # Errors
    ///
    /// More work than [`Limits::work`].
    pub fn evaluate(&self, case: &Case, question: Question) -> Result<Evaluation, DecisionError> {
        self.evaluate_live(self.inner.needs.live(), case, question)
    }

    /// The values of some nodes, which may be those that only a case expects.
    pub(super) fn evaluate_for(
        &self,
        live: &Live,
        case: &Case,
        question: Question,
    ) -> Result<Evaluation, DecisionError> {
        self.evaluate_live(live, case, question)
    }

    fn evaluate_live(
        &self,
        live: &Live,
        case: &Case,
        question: Question,
    ) -> Result<Evaluation, DecisionError> {
        let inner = &self.inner;
        self.within_limits(live, inner.look_back, &case.facts, question)?;
        Ok(evaluate(&inner.program, live, inner.look_back, &case.facts, question))
    }

    /// An error where evaluating a case would take too much work, or where it says of a day to come
    /// what can only have been.
    pub(super) fn within_limits(
        &self,
        live: &Live,
        look_back: LookBack,
        case: &input::Case,
        question: Question,
    ) -> Result<(), DecisionError> {
        let months = look_back.frames(case, question.period) as usize;
        let work = live.work(&self.inner.program, case).saturating_mul(months);
        let to_come = input::days_to_come(&self.inner.program, case, question.assessment_day());
        if !to_come.is_empty() {
            return Err(to_come.into());
        }
        let most = self.limits().work;
        if work > most {
            return Err(Diagnostic::error(
                "huize::engine::too_much_work",
                Bilingual::new(
                    format!("这个案件要算 {work} 个值，超过限度 {most}"),
                    format!("this case takes {work} values, more than the limit of {most}"),
                ),
            )
            .help(Bilingual::new(
                "减少家庭成员，或缩短历史和带日期的事实",
                "give fewer members, or a shorter history of facts",
            ))
            .into());
        }
        Ok(())
    }

    /// Whether it is the very same compilation.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.inner, &other.inner)
    }

    /// The nodes that its decisions need.
    #[cfg(feature = "repl")]
    pub(super) fn live(&self) -> &Live {
        self.inner.needs.live()
    }

    /// The same, and what each of them needs.
    pub(crate) fn needs(&self) -> &Needs {
        &self.inner.needs
    }

    #[cfg(feature = "repl")]
    pub(super) fn look_back(&self) -> LookBack {
        self.inner.look_back
    }

    /// The values of facts that are within the limits.
    #[cfg(feature = "repl")]
    pub(super) fn evaluate_facts(&self, case: &input::Case, question: Question) -> Evaluation {
        let inner = &self.inner;
        evaluate(&inner.program, inner.needs.live(), inner.look_back, case, question)
    }

    pub(crate) fn trace<'a>(&'a self, case: &'a Case, evaluation: &'a Evaluation) -> Trace<'a> {
        self.trace_of(&case.facts, evaluation)
    }

    pub(crate) fn trace_of<'a>(
        &'a self,
        case: &'a input::Case,
        evaluation: &'a Evaluation,
    ) -> Trace<'a> {
        Trace {
            program: &self.inner.program,
            sources: &self.inner.sources,
            case,
            evaluation,
            language: Language::Zh,
            secrets: Some(&self.inner.secrets),
        }
    }

    /// What a decision still waits for that the facts do not mention at all (rather than call
    /// 未知): a reminder for whoever filled them in, one warning for each.
    #[must_use]
    pub fn unstated(&self, case: &Case, decision: &CaseDecision) -> Vec<Diagnostic> {
        let program = &self.inner.program;
        let missing = decision
            .decisions
            .values()
            .chain(decision.members.iter().flat_map(|member| member.decisions.values()))
            .flat_map(|decision| &decision.missing);
        let mut waited: Vec<&String> = missing.collect();
        waited.sort();
        waited.dedup();
        let mut findings = Vec::new();
        for (at, declared) in program.fields.iter().enumerate() {
            let field = FieldId(u32::try_from(at).unwrap_or(u32::MAX));
            for (who, instance) in case.facts.of(declared.object).iter().enumerate() {
                let id = InstanceId(u32::try_from(who).unwrap_or(u32::MAX));
                let path = |name: &str| {
                    if declared.object == program.root {
                        name.to_owned()
                    } else {
                        format!("{}.{name}", instance.key)
                    }
                };
                let twin = path(declared.name.alias.as_deref().unwrap_or_default());
                let path = path(&declared.name.text);
                let is_waited = waited.contains(&&path) || waited.contains(&&twin);
                if *case.facts.fact(field, id) != Fact::NotStated || !is_waited {
                    continue;
                }
                let alias = declared.name.alias.as_deref().unwrap_or(&declared.name.text);
                findings.push(
                    Diagnostic::warning(
                        "huize::input::not_stated",
                        Bilingual::new(
                            format!("没有填“{path}”，结论要等它"),
                            format!("`{path}` is not stated, and the result waits for it"),
                        ),
                    )
                    .help(Bilingual::new(
                        format!("填上 \"{alias}\"；确实不知道的写 \"未知\""),
                        format!("state \"{alias}\"; write \"unknown\" where it is not known"),
                    )),
                );
            }
        }
        findings
    }

    /// Runs the cases written beside the policy, where it was compiled with them.
    #[must_use]
    pub fn run_cases(&self) -> Vec<super::CaseReport> {
        super::cases::run(self)
    }

    /// Runs the cases and takes down what of the policy they tried.
    #[must_use]
    pub fn run_cases_covering(&self, coverage: &mut super::Coverage) -> Vec<super::CaseReport> {
        super::cases::run_covering(self, coverage)
    }

    /// Runs the cases, takes down what of the policy they tried, and which of its boundaries they
    /// would notice to be wrong: every case is run again for each boundary that it stands at, with
    /// that boundary read the other way round.
    #[must_use]
    pub fn run_cases_trying(
        &self,
        coverage: &mut super::Coverage,
        boundaries: &mut super::Boundaries,
    ) -> Vec<super::CaseReport> {
        super::cases::run_trying(self, coverage, boundaries)
    }

    /// A copy of its own, to make mistakes in.
    pub(super) fn to_alter(&self) -> Altered {
        Altered(Self { inner: Arc::new(Inner::clone(&self.inner)) })
    }

    /// The cases written beside the policy, explained: title and explanation, where it was compiled
    /// with them. One whose facts do not fit is left out; [`Policy::run_cases`] says why.
    #[must_use]
    pub fn explain_cases(&self, language: Language) -> Vec<(String, Explanation)> {
        super::cases::explanations(self, language)
    }

    /// Names to their ASCII twins: of the policy's decisions, payments, facts, values and units.
    #[must_use]
    pub fn aliases(&self) -> BTreeMap<String, String> {
        let program = &self.inner.program;
        let names = program
            .enums
            .iter()
            .flat_map(|found| std::iter::once(&found.name).chain(&found.values))
            .chain(program.objects.iter().map(|found| &found.name))
            .chain(program.fields.iter().map(|found| &found.name))
            .chain(program.units.iter())
            .chain(program.parameters.iter().map(|found| &found.name))
            .chain(program.definitions.iter().map(|found| &found.name));
        names.filter_map(|name| Some((name.text.clone(), name.alias.clone()?))).collect()
    }
}
