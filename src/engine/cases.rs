//! Runs the cases written beside a policy.

use std::collections::BTreeSet;

use super::assess::assess;
use super::boundaries::{Boundaries, Found, Sightings};
use super::coverage::{Coverage, Taking, walk, walk_measures};
use super::decision::Outcome;
use super::policy::{Case, Policy};
use super::targets::Asked;
use crate::diagnostic::{Bilingual, DecisionError, Diagnostic, Language, Words};
use crate::eval::{Evaluation, Live, Question, Value};
use crate::explain::view::Explanation;
use crate::hir::{
    self, CaseExpectation, Constant, DefinitionId, NodeId, NodeKind, OutcomeConstant, PaymentId,
};
use crate::input::{InstanceId, Scalar, bind_population};
use crate::source::Span;
use crate::syntax::ast::{self, Comparison, DatePoint};
use crate::trace::{Trace, fault_word};
use crate::types::ObjectId;
use crate::value::YearMonth;

/// What became of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CaseReport {
    /// Its title.
    pub title: String,
    /// `file:line:column`.
    pub place: String,
    /// Whether everything expected of it came out.
    pub passed: bool,
    /// What did not.
    pub failures: Vec<Diagnostic>,
}

pub(super) fn run(policy: &Policy) -> Vec<CaseReport> {
    let all = Live::all(policy.program());
    policy.program().cases.iter().map(|case| one(policy, case, &all, &mut |_| {})).collect()
}

/// Runs them, and takes down what they tried.
pub(super) fn run_covering(policy: &Policy, coverage: &mut Coverage) -> Vec<CaseReport> {
    let things = coverage.add(policy.program());
    let cases = policy.program().cases.iter();
    cases
        .map(|case| {
            let taking = Taking { things: &things, coverage: &mut *coverage, sightings: None };
            covering(policy, case, taking)
        })
        .collect()
}

/// Runs them, takes down what they tried, and which of the boundaries they stand at they would
/// notice to be wrong.
pub(super) fn run_trying(
    policy: &Policy,
    coverage: &mut Coverage,
    boundaries: &mut Boundaries,
) -> Vec<CaseReport> {
    let things = coverage.add(policy.program());
    let found = Found::of(policy.program(), policy.sources(), boundaries);
    let mut altered = policy.to_alter();
    let mut reports = Vec::new();
    for case in &policy.program().cases {
        let mut sightings = Sightings::new(&found);
        let taking =
            Taking { things: &things, coverage: &mut *coverage, sightings: Some(&mut sightings) };
        let report = covering(policy, case, taking);
        // One that fails as it is notices nothing.
        if report.passed {
            let live = expected(policy.program(), case);
            for sighting in &sightings.seen {
                if !boundaries.is_open(sighting) {
                    continue;
                }
                let Some(alteration) = found.alteration(sighting) else { continue };
                let again =
                    altered.with(&alteration, |policy| one(policy, case, &live, &mut |_| {}));
                boundaries.mark(sighting, again.is_some_and(|report| !report.passed));
            }
        }
        reports.push(report);
    }
    reports
}

fn covering(policy: &Policy, case: &hir::Case, taking: Taking<'_, '_>) -> CaseReport {
    let Taking { things, coverage, mut sightings } = taking;
    let mut measures = BTreeSet::new();
    let all = Live::all(policy.program());
    let report = one(policy, case, &all, &mut |trace| {
        let sightings = sightings.as_deref_mut();
        measures.extend(walk(trace, Taking { things, coverage, sightings }, &case.expectations));
    });
    if !measures.is_empty() {
        drop(watch_population(policy, case, &mut |trace| {
            let sightings = sightings.as_deref_mut();
            walk_measures(trace, Taking { things, coverage, sightings }, &measures);
        }));
    }
    report
}

/// Shows the evaluation of each household of a case, for each term of each target.
fn watch_population(
    policy: &Policy,
    case: &hir::Case,
    watch: &mut dyn FnMut(&Trace<'_>),
) -> Result<(), DecisionError> {
    let Some((first, last)) = months(&case.written) else { return Ok(()) };
    let known_on = case.written.known.map(|(date, _)| date);
    let mut run = policy.targets(Asked { known_on, ..Asked::between(first, last) });
    for facts in bind_population(policy.program(), &case.written, policy.sources())?.cases {
        run.add_watched("", Case { facts }, watch)?;
    }
    Ok(())
}

/// What must be evaluated to see whether what a case expects comes out.
fn expected(program: &hir::Program, case: &hir::Case) -> Live {
    let mut roots: Vec<NodeId> = Vec::new();
    for wanted in &case.expectations {
        match wanted {
            CaseExpectation::Holds { root, .. } | CaseExpectation::Fails { of: Some(root), .. } => {
                roots.push(*root)
            }
            CaseExpectation::Open { root, bounds, .. } => {
                roots.push(*root);
                roots.extend(bounds.iter().flat_map(|(low, high)| [*low, *high]));
                // A payment's bounds are those that deciding it comes to.
                roots.extend(decided_roots(program).into_iter().map(|(_, root)| root));
            }
            CaseExpectation::Fails { of: None, .. } | CaseExpectation::Needs { .. } => {
                roots.extend(program.targets.iter().map(|target| target.root));
                roots.extend(decided_roots(program).into_iter().map(|(_, root)| root));
            }
        }
    }
    Live::of(program, &roots)
}

/// Runs one case, with no more of it evaluated than `live`.
fn one(
    policy: &Policy,
    case: &hir::Case,
    live: &Live,
    look: &mut dyn FnMut(&Trace<'_>),
) -> CaseReport {
    let written = &case.written;
    let failures = match prepare(policy, case, live) {
        Ok(Prepared { case: bound, evaluation, several }) => {
            let trace = policy.trace(&bound, &evaluation);
            look(&trace);
            let mut failures = Vec::new();
            for wanted in &case.expectations {
                failures.extend(match several.is_empty() || is_of_targets(wanted) {
                    true => unmet(&trace, wanted),
                    false => {
                        unmet_by_one(policy, (live, evaluation.question), &several, wanted, look)
                    }
                });
            }
            if case.expectations.is_empty() {
                failures.push(
                    Diagnostic::error(
                        "huize::case::nothing_expected",
                        Bilingual::new("案例没有写应当怎样", "the case expects nothing"),
                    )
                    .at(written.span, Bilingual::default())
                    .help(Bilingual::new("写 应当 低保 等于 符合", "write `expect dibao is yes`")),
                );
            }
            failures
        }
        Err(failures) => failures.into(),
    };
    CaseReport {
        title: written.title.text.clone(),
        place: policy.sources().place(written.title.span),
        passed: failures.is_empty(),
        failures,
    }
}

/// A case that was evaluated.
struct Prepared {
    case: Case,
    evaluation: Evaluation,
    /// Where it holds several households, each of them.
    several: Vec<Case>,
}

/// The months of a case: one, or all of a year.
fn months(written: &ast::Case) -> Option<(YearMonth, YearMonth)> {
    match written.period {
        Some((DatePoint::Year(year), _)) => {
            YearMonth::new(year, 1).ok().zip(YearMonth::new(year, 12).ok())
        }
        Some((DatePoint::Month(month), _)) => Some((month, month)),
        Some((DatePoint::Date(date), _)) => Some((date.year_month(), date.year_month())),
        None => written.assessed.map(|(date, _)| (date.year_month(), date.year_month())),
    }
}

/// Every case of the policy, explained; nothing for one that cannot be bound or asks no month.
pub(super) fn explanations(policy: &Policy, language: Language) -> Vec<(String, Explanation)> {
    let all = Live::all(policy.program());
    let cases = policy.program().cases.iter();
    cases
        .filter_map(|case| {
            let Prepared { case: bound, evaluation, several } = prepare(policy, case, &all).ok()?;
            if !several.is_empty() {
                return None;
            }
            let trace = Trace { language, ..policy.trace(&bound, &evaluation) };
            Some((
                case.written.title.text.clone(),
                crate::explain::build::explanation(&trace, None),
            ))
        })
        .collect()
}

/// What a case of the policy tells and asks: its households, and the question.
///
/// # Errors
///
/// What is wrong with the case.
#[cfg(feature = "repl")]
pub(crate) fn households(
    policy: &Policy,
    case: &hir::Case,
) -> Result<(Vec<Case>, Question), DecisionError> {
    let Prepared { case, evaluation, several } =
        prepare(policy, case, &Live::all(policy.program()))?;
    let all = if several.is_empty() { vec![case] } else { several };
    Ok((all, evaluation.question))
}

/// Every case of one household, with what it asks.
#[cfg(test)]
pub(crate) fn bound(policy: &Policy) -> Vec<(String, Case, Question)> {
    let all = Live::all(policy.program());
    let prepared = policy.program().cases.iter().filter_map(|case| {
        let Prepared { case: bound, evaluation, several } = prepare(policy, case, &all).ok()?;
        let title = case.written.title.text.clone();
        several.is_empty().then_some((title, bound, evaluation.question))
    });
    prepared.collect()
}

/// The facts of a case, evaluated.
fn prepare(policy: &Policy, case: &hir::Case, live: &Live) -> Result<Prepared, DecisionError> {
    let written = &case.written;
    let Some((first, period)) = months(written) else {
        return Err(Diagnostic::error(
            "huize::case::no_period",
            Bilingual::new("案例没有写所属期", "the case has no period"),
        )
        .at(written.title.span, Bilingual::default())
        .help(Bilingual::new("写 所属期 2023年6月", "write `period 2023-06`"))
        .into());
    };
    let question = Question {
        period,
        as_of: written.assessed.map(|(date, _)| date),
        known_on: written.known.map(|(date, _)| date),
        strict: false,
    };
    let program = policy.program();
    let facts = bind_population(program, written, policy.sources())?;
    let mut several = match facts.cases.len() {
        0 | 1 => Vec::new(),
        _ => facts.cases.clone(),
    };
    let mut one = match facts.cases.as_slice() {
        [only] => only.clone(),
        _ => crate::input::Case::new(program),
    };
    // What is asked about is asked of the root, also where things that belong to none are counted.
    for case in several.iter_mut().chain([&mut one]) {
        if case.of(program.root).is_empty() {
            case.add(program, program.root, "", None);
        }
    }
    if !program.targets.is_empty() {
        let asked = Asked { known_on: question.known_on, ..Asked::between(first, period) };
        let mut run = policy.targets(asked);
        run.report_all(facts.reported);
        for facts in facts.cases {
            run.add("", Case { facts })?;
        }
        let population = run.population();
        for case in several.iter_mut().chain([&mut one]) {
            case.population = population.clone();
        }
    }
    let several = several.into_iter().map(|facts| Case { facts }).collect();
    let case = Case { facts: one };
    // What has no place in the facts stands at the case.
    let evaluation = policy.evaluate_for(live, &case, question).map_err(|findings| {
        let bare = |finding: &Diagnostic| finding.labels.is_empty();
        let at = |finding: Diagnostic| match bare(&finding) {
            true => finding.at(written.title.span, Bilingual::default()),
            false => finding,
        };
        findings.into_iter().map(at).collect::<Vec<_>>()
    })?;
    Ok(Prepared { case, evaluation, several })
}

/// Whether an expectation is about all households together.
fn is_of_targets(wanted: &CaseExpectation) -> bool {
    match wanted {
        CaseExpectation::Holds { of_targets, .. }
        | CaseExpectation::Open { of_targets, .. }
        | CaseExpectation::Fails { of_targets, .. } => *of_targets,
        CaseExpectation::Needs { .. } => false,
    }
}

/// Where a case holds several households: an expectation about the one that it names, or that it
/// names none.
fn unmet_by_one(
    policy: &Policy,
    (live, question): (&Live, Question),
    several: &[Case],
    wanted: &CaseExpectation,
    look: &mut dyn FnMut(&Trace<'_>),
) -> Option<Diagnostic> {
    let (root, span) = match wanted {
        CaseExpectation::Holds { root, span, .. } | CaseExpectation::Open { root, span, .. } => {
            (Some(*root), *span)
        }
        CaseExpectation::Fails { of, span, .. } => (*of, *span),
        CaseExpectation::Needs { span, .. } => (None, *span),
    };
    let named = root.map(|root| named_by(policy.program(), root)).unwrap_or_default();
    let holds_all = |case: &&Case| {
        !named.is_empty()
            && named.iter().all(|(object, key)| case.facts.find(*object, key).is_some())
    };
    let Some(case) = several.iter().find(holds_all) else { return Some(names_none(span)) };
    let evaluation = match policy.evaluate_for(live, case, question) {
        Ok(evaluation) => evaluation,
        Err(findings) => return findings.into_iter().next(),
    };
    let trace = policy.trace(case, &evaluation);
    look(&trace);
    unmet(&trace, wanted)
}

/// The people, households and things that an expectation calls by their names.
fn named_by(program: &hir::Program, root: NodeId) -> Vec<(ObjectId, String)> {
    let (mut open, mut seen, mut named) = (vec![root], BTreeSet::new(), Vec::new());
    while let Some(id) = open.pop() {
        let Some(node) = program.node(id).filter(|_| seen.insert(id)) else { continue };
        if let NodeKind::AtInstance(key, target) = &node.kind {
            named.extend(program.node(*target).map(|target| (target.subject, key.clone())));
        }
        open.extend(node.kind.operands());
    }
    named
}

/// What a case of several households cannot expect: something of one of them that it does not name.
fn names_none(span: Span) -> Diagnostic {
    Diagnostic::error(
        "huize::case::several_households",
        Bilingual::new(
            "这个案例有几户，没有说是哪一户的结果",
            "this case holds several households: it does not say which one has this",
        ),
    )
    .at(span, Bilingual::default())
    .help(Bilingual::new(
        "写出户名，如 应当 张家的低保 等于 符合；或另写一个案例",
        "name the household: `expect zhang.dibao is entitled`; or write another case",
    ))
}

fn unmet(trace: &Trace<'_>, wanted: &CaseExpectation) -> Option<Diagnostic> {
    match wanted {
        CaseExpectation::Holds { root, span, .. } => {
            let value = trace.value(*root, InstanceId(0));
            if let Some((comes_out, wanted)) = sharpened(trace, *root) {
                let shown = || {
                    let value = Value::plain(Constant::Outcome(comes_out));
                    trace.show(&value, &crate::types::Type::Outcome)
                };
                return (comes_out != wanted).then(|| came_out((&shown().zh, &shown().en), *span));
            }
            if value.as_bool() == Some(true) || holds_as_decided(trace, *root) {
                return None;
            }
            Some(wrong(trace, *root, &value, *span))
        }
        CaseExpectation::Open { root, bounds, span, .. } => not_open(trace, *root, *bounds, *span),
        CaseExpectation::Fails { of, word, span, .. } => unfailed(trace, *of, *word, *span),
        CaseExpectation::Needs { paths, span } => {
            let causes = decided_values(trace)
                .fold(crate::eval::Marks::NONE, |causes, value| causes.and(&value.causes()));
            let mut missing = trace.notes(&causes).missing;
            let mut wanted = paths.clone();
            missing.sort();
            wanted.sort();
            // A refused fact may be named without saying that it is refused.
            let is_it = |(wanted, missing): (&String, &String)| {
                wanted == missing || missing.strip_suffix("（拒答）") == Some(wanted)
            };
            let all = wanted.len() == missing.len() && wanted.iter().zip(&missing).all(is_it);
            (!all).then(|| {
                Diagnostic::error(
                    "huize::case::unmet",
                    Bilingual::new(
                        format!(
                            "还需的事实不对：应当是 {}，结果是 {}",
                            wanted.join("、"),
                            missing.join("、")
                        ),
                        format!(
                            "expected to need {}, found {}",
                            wanted.join(", "),
                            missing.join(", ")
                        ),
                    ),
                )
                .at(*span, Bilingual::default())
            })
        }
    }
}

/// Where `低保的低保金 等于 待定` is expected: what came out, if it is known, or has other bounds.
fn not_open(
    trace: &Trace<'_>,
    root: NodeId,
    bounds: Option<(NodeId, NodeId)>,
    span: Span,
) -> Option<Diagnostic> {
    let value = as_decided(trace, root).unwrap_or_else(|| trace.value(root, InstanceId(0)));
    let as_said = |(low, high): (NodeId, NodeId)| {
        let of = |node| trace.value(node, InstanceId(0)).as_number();
        value.range() == (of(low), of(high))
    };
    if matches!(value, Value::Unknown(_)) && bounds.is_none_or(as_said) {
        return None;
    }
    Some(came_out_as(trace, root, &value, span))
}

/// Where `报错` is expected: what came out, if that error is not among it.
fn unfailed(trace: &Trace<'_>, of: Option<NodeId>, word: Words, span: Span) -> Option<Diagnostic> {
    let mut found = Bilingual::new("没有出错", "nothing failed");
    let faults: Vec<_> = match of {
        Some(root) => {
            // Where it is read, a benefit that is not in force is one that nobody receives.
            let read = used(trace, root);
            let own = read.and_then(|(definition, who)| {
                let root = trace.program.definition(definition)?.root?;
                Some(trace.value(root, who))
            });
            let value = own.unwrap_or_else(|| trace.value(root, InstanceId(0)));
            let ty = trace.program.node(root).map(|node| node.ty.clone());
            let shown = trace.show(&value, &ty.unwrap_or(crate::types::Type::Error));
            found = Bilingual::new(shown.zh, shown.en);
            value.as_fault().cloned().into_iter().collect()
        }
        None => {
            let targets = trace.program.targets.iter();
            let targets = targets.map(|target| trace.value(target.root, InstanceId(0)));
            let values = targets.chain(decided_values(trace));
            values.filter_map(|value| value.as_fault().cloned()).collect()
        }
    };
    if faults.iter().any(|fault| fault_word(&fault.kind) == word.zh) {
        return None;
    }
    if let Some(fault) = faults.first() {
        found = trace.fault_diagnostic(fault).message;
    }
    Some(
        Diagnostic::error(
            "huize::case::unmet",
            Bilingual::new(
                format!("应当报错“{}”，结果：{}", word.zh, found.zh),
                format!("expected the error `{}`, found: {}", word.en, found.en),
            ),
        )
        .at(span, Bilingual::default()),
    )
}

/// Whether a payment is within what it is compared with as deciding the case comes to it.
fn holds_as_decided(trace: &Trace<'_>, root: NodeId) -> bool {
    let Some(NodeKind::Compare(comparison, left, right)) = trace.kind(root) else { return false };
    let (Some(paid), Some(wanted)) =
        (as_decided(trace, *left), trace.value(*right, InstanceId(0)).as_number())
    else {
        return false;
    };
    let (low, high) = paid.range();
    let (above, below) =
        (low.is_some_and(|low| low > wanted), high.is_some_and(|high| high < wanted));
    let (least, most) = (low == Some(wanted), high == Some(wanted));
    match comparison {
        Comparison::Equal => least && most,
        Comparison::NotEqual => above || below,
        Comparison::Less => below,
        Comparison::LessOrEqual => below || most,
        Comparison::Greater => above,
        Comparison::GreaterOrEqual => above || least,
    }
}

/// A payment as deciding the case comes to it, which tries what the facts that are missing may be.
fn as_decided(trace: &Trace<'_>, root: NodeId) -> Option<Value> {
    let (definition, who) = used(trace, root)?;
    let payments = trace.program.payments.iter();
    let at = payments.clone().position(|payment| payment.definition == definition)?;
    let id = PaymentId(u32::try_from(at).ok()?);
    let decision =
        trace.program.decisions.iter().find(|decision| decision.payments.contains(&id))?;
    let payments = assess(trace, decision, who).payments;
    payments.into_iter().find_map(|(payment, value)| (payment == id).then_some(value))
}

/// The definition that a node reads, and of whom.
fn used(trace: &Trace<'_>, node: NodeId) -> Option<(DefinitionId, InstanceId)> {
    match trace.kind(node)? {
        NodeKind::Use { definition, .. } => Some((*definition, InstanceId(0))),
        NodeKind::AtInstance(key, target) => {
            let who = trace.case.find(trace.program.node(*target)?.subject, key)?;
            Some((used(trace, *target)?.0, who))
        }
        _ => None,
    }
}

/// Where `决定 等于 待定` and its like is expected, and what facts are missing leaves it open: the
/// outcome that deciding the case comes to, which tries what they may be, and the one expected.
fn sharpened(trace: &Trace<'_>, root: NodeId) -> Option<(OutcomeConstant, OutcomeConstant)> {
    let Some(NodeKind::Compare(Comparison::Equal, found, wanted)) = trace.kind(root) else {
        return None;
    };
    let (Some(NodeKind::OutcomeOf(decision, behind)), Some(NodeKind::Constant(wanted))) =
        (trace.kind(*found), trace.kind(*wanted))
    else {
        return None;
    };
    let open = trace.value(*found, InstanceId(0)).as_scalar();
    if open != Some(Scalar::Constant(Constant::Outcome(OutcomeConstant::Undecided))) {
        return None;
    }
    let (_, who) = used(trace, *behind)?;
    let Constant::Outcome(wanted) = wanted else { return None };
    let decision = trace.program.decisions.get(usize::try_from(decision.0).ok()?)?;
    let comes_out = match assess(trace, decision, who).outcome {
        Outcome::Entitled => OutcomeConstant::Entitled,
        Outcome::NotEntitled => OutcomeConstant::NotEntitled,
        Outcome::Discretionary => OutcomeConstant::Discretionary,
        Outcome::Undecided | Outcome::Failed => OutcomeConstant::Undecided,
    };
    Some((comes_out, *wanted))
}

/// The roots of the policy's own decisions and payments, with the object of each.
fn decided_roots(program: &hir::Program) -> Vec<(ObjectId, NodeId)> {
    let own = program.decisions.iter().filter(|decision| decision.own);
    let found = own.flat_map(|decision| {
        let payments = decision.payments.iter().filter_map(|payment| {
            let payment = program.payments.get(payment.0 as usize)?;
            Some(payment.definition)
        });
        let definitions = std::iter::once(decision.entitlement).chain(payments);
        definitions.filter_map(|id| Some((decision.subject, program.definition(id)?.root?)))
    });
    found.collect()
}

/// The values of the policy's own decisions and payments, of everybody.
fn decided_values<'a>(trace: &'a Trace<'_>) -> impl Iterator<Item = Value> + 'a {
    decided_roots(trace.program).into_iter().flat_map(move |(subject, root)| {
        let count = trace.case.of(subject).len();
        (0..count)
            .map(move |at| trace.value(root, InstanceId(u32::try_from(at).unwrap_or(u32::MAX))))
    })
}

/// What came out instead.
fn wrong(trace: &Trace<'_>, root: NodeId, value: &Value, span: Span) -> Diagnostic {
    match trace.kind(root) {
        Some(NodeKind::Compare(_, left, _)) => {
            came_out_as(trace, *left, &trace.value(*left, InstanceId(0)), span)
        }
        _ => came_out_as(trace, root, value, span),
    }
}

/// That this value of a node came out, and what it waits for.
fn came_out_as(trace: &Trace<'_>, node: NodeId, value: &Value, span: Span) -> Diagnostic {
    let ty = trace.program.node(node).map(|node| node.ty.clone());
    let found = trace.show(value, &ty.unwrap_or(crate::types::Type::Error));
    let waits = trace.notes(&value.causes());
    let mut finding = came_out((&found.zh, &found.en), span);
    let waiting: Vec<String> =
        waits.missing.into_iter().chain(waits.blocked).chain(waits.discretion).collect();
    if !waiting.is_empty() {
        let list = waiting.join("、");
        finding =
            finding.help(Bilingual::new(format!("还缺：{list}"), format!("still missing: {list}")));
    }
    finding
}

fn came_out((zh, en): (&str, &str), span: Span) -> Diagnostic {
    let message = Bilingual::new(format!("结果是 {zh}"), format!("came out as {en}"));
    Diagnostic::error("huize::case::unmet", message)
        .at(span, Bilingual::new("应当如此", "this was expected"))
}
