//! A policy prepared for one month: the fast path of a service that decides many cases.
//!
//! A [`Plan`] is the typed IR with everything that a case cannot change worked out: versions and
//! parameter rows are picked, what is the same for every person is computed once, names are
//! resolved, and every number has a fixed scale, so that exact arithmetic is arithmetic on machine
//! words, checked. The register file that a decision leaves behind is its trace.
//!
//! The interpreter is the definition of meaning. A case that the plan cannot decide exactly
//! (a fact is unknown, something fails, a number does not fit) is decided by the interpreter, and
//! the caller sees no difference but time.

mod compile;
mod figures;
mod lane;
mod op;
mod read;
mod record;
mod run;
mod write;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::diagnostic::{Bilingual, CompileError, DecisionError, Diagnostic};
use crate::engine::{Case, Policy, Question};
use crate::hir::{DecisionId, FieldId, NodeId, Program};
use crate::types::{ObjectId, Type};

use compile::{Compiled, compile};
pub use figures::{DecisionHandle, Figures, PaymentHandle};
pub use record::Record;
use run::Registers;

/// A policy prepared for one question; immutable, cheap to clone, shared between threads.
///
/// # Examples
///
/// ```
/// use huize::engine::{Library, Question};
/// use huize::plan::{Plan, Workspace};
///
/// let text = "
/// 政策 试.补助
/// 对象 人
///   月工资：元/月，0元至100万元
/// 对象 家庭
///   成员：人，若干，至少1
/// 参数 标准：元/人·月 = 632元
/// 规则 人均（家庭）：元/人·月 = 合计（成员，月工资）÷人数（成员）
/// 决定 补助（家庭）
///   条件 人均低于标准
///   给付 补助金：元/月 =（标准－人均）×人数（成员），向上取整到1元
/// ";
/// let library = Library::from_texts(vec![("t.hz".to_owned(), text.to_owned())]);
/// let policy = library.compile("试.补助").unwrap();
/// let plan = Plan::new(&policy, Question::about("2026-05".parse().unwrap())).unwrap();
/// let amount = plan.payment("补助", "补助金").unwrap();
///
/// let mut workspace = Workspace::default();
/// let facts = r#"{"家庭":{"成员":[{"id":"甲","月工资":1894},{"id":"乙","月工资":0},{"id":"丙","月工资":0}]}}"#;
/// assert!(plan.read(facts, workspace.record()));
/// let figures = plan.run(&mut workspace).unwrap();
/// // 632×3－1894, exactly: not a fen more.
/// assert_eq!(figures.fen(amount, 0), Some(200));
/// ```
#[derive(Clone, Debug)]
pub struct Plan {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    policy: Policy,
    question: Question,
    lists: Vec<(FieldId, ObjectId)>,
    compiled: Compiled,
    decisions: Vec<figures::PlannedDecision>,
    reader: read::Reader,
    writer: write::Writer,
}

/// What one thread needs to decide cases one after another: the facts, and the register file.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    record: Record,
    registers: Registers,
    counts: Vec<usize>,
}

impl Workspace {
    /// The facts of the case to decide next.
    #[must_use]
    pub fn record(&mut self) -> &mut Record {
        &mut self.record
    }
}

impl Plan {
    /// Prepares a policy's own decisions for a month.
    ///
    /// # Errors
    ///
    /// `huize::plan::not_planned` with the place of what a plan cannot hold: looking back at other
    /// months, calendar arithmetic, quotients of several divisors, law that has no value yet.
    /// [`Policy::decide`] decides such a policy.
    pub fn new(policy: &Policy, question: Question) -> Result<Self, CompileError> {
        let program = policy.program();
        let own: Vec<DecisionId> = (0_u32..)
            .zip(&program.decisions)
            .filter(|(_, decision)| decision.own)
            .map(|(at, _)| DecisionId(at))
            .collect();
        Self::of(policy, question, &own)
    }

    /// Prepares some of a policy's decisions, by name or alias.
    ///
    /// # Errors
    ///
    /// As for [`Plan::new`], and `huize::plan::no_such_decision`.
    pub fn of_decisions(
        policy: &Policy,
        question: Question,
        names: &[&str],
    ) -> Result<Self, CompileError> {
        let mut picked = Vec::new();
        for name in names {
            let found: Vec<DecisionId> = (0_u32..)
                .zip(&policy.program().decisions)
                .filter(|(_, decision)| decision.own && decision.name.is(name))
                .map(|(at, _)| DecisionId(at))
                .collect();
            if found.is_empty() {
                return Err(Diagnostic::error(
                    "huize::plan::no_such_decision",
                    Bilingual::new(
                        format!("“{}”里没有叫做“{name}”的决定", policy.name()),
                        format!("`{}` has no decision `{name}`", policy.name()),
                    ),
                )
                .into());
            }
            picked.extend(found);
        }
        Self::of(policy, question, &picked)
    }

    fn of(
        policy: &Policy,
        question: Question,
        picked: &[DecisionId],
    ) -> Result<Self, CompileError> {
        let program = policy.program();
        let lists = lists_of(program);
        let roots = figures::roots(program, picked);
        let all: Vec<NodeId> = roots.iter().flat_map(|root| root.nodes()).collect();
        let mut compiled = compile(program, question, &lists, &all)
            .map_err(|refused| not_planned(policy, refused))?;
        let is_made_up = |id| program.definition(id).is_some_and(|found| found.sample);
        compiled.sampled |= roots.iter().flat_map(|root| root.definitions(program)).any(is_made_up);
        let decisions = figures::planned(program, &compiled, &roots);
        let reader = read::Reader::of(program, question, &lists, &compiled.slots);
        let writer = write::Writer::of(policy, question, &compiled, &decisions);
        let policy = policy.clone();
        Ok(Self {
            inner: Arc::new(Inner { policy, question, lists, compiled, decisions, reader, writer }),
        })
    }

    /// What it was prepared from.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.inner.policy
    }

    /// What it was prepared for.
    #[must_use]
    pub fn question(&self) -> Question {
        self.inner.question
    }

    /// How many instructions one decision takes, and how many registers: of the household, and of
    /// each member.
    #[must_use]
    pub fn size(&self) -> (usize, usize, usize) {
        let compiled = &self.inner.compiled;
        let columns = compiled.columns.iter().map(|columns| usize::try_from(*columns).unwrap_or(0));
        (compiled.steps.len(), compiled.root.len(), columns.sum())
    }

    /// Whether every result rests on made-up values (样例).
    #[must_use]
    pub fn rests_on_samples(&self) -> bool {
        self.inner.compiled.sampled
    }

    /// Reads the facts of a case from JSON text, `{"household": {…}}`. False where the text is not plain facts of known names and types: then bind it
    /// with [`Policy::bind`], which says what is wrong, or reads what a plan has no room for.
    #[must_use]
    pub fn read(&self, text: &str, into: &mut Record) -> bool {
        let limits = self.inner.policy.limits();
        text.len() <= limits.facts_bytes && self.inner.reader.read(text, into) && {
            let people: usize = into.lists.iter().map(|list| list.count).sum();
            people <= limits.people
        }
    }

    /// Takes the facts of a bound case. False where a fact that the plan reads is not known.
    #[must_use]
    pub fn take(&self, case: &Case, into: &mut Record) -> bool {
        let inner = &self.inner;
        let program = inner.policy.program();
        let slots = &inner.compiled.slots;
        record::record(program, inner.question, &inner.lists, slots, &case.facts, into).is_ok()
    }

    /// Decides the case in the workspace. Nothing where the plan cannot: the interpreter has to.
    #[must_use]
    pub fn run<'a>(&'a self, workspace: &'a mut Workspace) -> Option<Figures<'a>> {
        let inner = &*self.inner;
        let Workspace { record, registers, counts } = workspace;
        let compiled = &inner.compiled;
        counts.clear();
        counts.extend(record.lists.iter().map(|list| list.count));
        registers.lay_out(&compiled.root, &compiled.columns, counts);
        let mut root = record.root.iter();
        for slot in &compiled.slots {
            let group = slot.register.group;
            if group == 0 {
                registers.set(slot.register, 0, *root.next()?);
            }
        }
        for (at, list) in record.lists.iter().enumerate() {
            let group = u8::try_from(at.checked_add(1)?).ok()?;
            let slots = || compiled.slots.iter().filter(|slot| slot.register.group == group);
            let mut values = list.values.iter();
            for member in 0..list.count {
                for slot in slots() {
                    registers.set(slot.register, member, *values.next()?);
                }
            }
        }
        registers.run(&compiled.steps, &compiled.tables).ok()?;
        Some(Figures { plan: inner, registers, record })
    }

    /// Decides facts given as JSON text and writes the result as JSON text, whatever the facts are:
    /// by the plan where it can, by the interpreter where it must. The interpreter's result says
    /// more ([`crate::engine::decision::CaseDecision`]), in the same shape.
    ///
    /// # Errors
    ///
    /// What is wrong with the facts, each with its place in `facts.json`.
    pub fn answer(
        &self,
        text: &str,
        explained: bool,
        workspace: &mut Workspace,
        into: &mut String,
    ) -> Result<(), DecisionError> {
        let inner = &self.inner;
        let planned = self.read(text, &mut workspace.record) && {
            match self.run(workspace) {
                Some(figures) => {
                    inner.writer.write(&figures, explained, into);
                    true
                }
                None => false,
            }
        };
        if planned {
            return Ok(());
        }
        let mut sources = inner.policy.sources().clone();
        let source = sources.add("facts.json", text);
        let bound = crate::facts::read_json_within(source, text, inner.policy.limits())
            .and_then(|facts| inner.policy.bind(&facts));
        let case = bound.map_err(|error| error.with_sources(sources))?;
        if self.take(&case, &mut workspace.record)
            && let Some(figures) = self.run(workspace)
        {
            inner.writer.write(&figures, explained, into);
            return Ok(());
        }
        let decision = inner.policy.decide(&case, &inner.question)?;
        match serde_json::to_string(&decision) {
            Ok(text) => into.push_str(&text),
            Err(error) => {
                return Err(Diagnostic::error(
                    "huize::internal",
                    Bilingual::new(
                        format!("惠则自己出了错：结果写不成JSON（{error}）"),
                        format!("an error of huize itself: a result is no JSON ({error})"),
                    ),
                )
                .into());
            }
        }
        Ok(())
    }

    /// The decision of that name.
    #[must_use]
    pub fn decision(&self, name: &str) -> Option<DecisionHandle> {
        figures::decision(&self.inner, name)
    }

    /// The payment of that decision.
    #[must_use]
    pub fn payment(&self, decision: &str, payment: &str) -> Option<PaymentHandle> {
        figures::payment(&self.inner, decision, payment)
    }
}

/// What cannot be planned, and what to do.
fn not_planned(policy: &Policy, refused: compile::Refused) -> CompileError {
    let span = policy.program().node(refused.node).map(|node| node.span).unwrap_or_default();
    let (zh, en) = refused.reason;
    let finding = Diagnostic::error(
        "huize::plan::not_planned",
        Bilingual::new(format!("不能预先排好：{zh}"), format!("this cannot be planned: {en}")),
    )
    .at(span, Bilingual::default())
    .help(Bilingual::new(
        "用 Policy::decide 逐件决定，或只给其余的决定排预案",
        "decide it with Policy::decide, or plan the other decisions only",
    ));
    CompileError::from(finding).with_sources(policy.sources().clone())
}

/// The lists of the root object that hold their members, with what they are lists of.
fn lists_of(program: &Program) -> Vec<(FieldId, ObjectId)> {
    let fields = program.object(program.root).map_or(&[][..], |root| &root.fields);
    fields
        .iter()
        .filter_map(|id| {
            let declared = program.field(*id)?;
            match declared.ty {
                Type::Object(element) if program.owns(*id) => Some((*id, element)),
                _ => None,
            }
        })
        .collect()
}
