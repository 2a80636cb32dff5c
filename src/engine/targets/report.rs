//! What a run over a population answers: typed and serialisable.

use serde::Serialize;

use super::term::Term;
use super::{Group, TargetRun, exact, population_case, question};
use crate::diagnostic::{Bilingual, Language};
use crate::eval::{Evaluation, Live, LookBack, Value, evaluate};
use crate::explain::view::{ErrorView, ValueView, display};
use crate::hir::{Figure, FigureId, MeasureKind, NodeId, NodeKind, Program, Target};
use crate::input::{InstanceId, Population};
use crate::syntax::ast::{BinaryOperator, Comparison};
use crate::trace::Trace;
use crate::types::{NumberStyle, NumberType, Type};
use crate::value::{Date, Dimension, Rational, Unit, YearMonth};

/// The answers of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TargetReport {
    /// The policy, by its full name.
    pub policy: String,
    /// The first month asked about.
    #[serde(serialize_with = "display")]
    pub first: YearMonth,
    /// The last one.
    #[serde(serialize_with = "display")]
    pub last: YearMonth,
    /// How many cases were counted.
    pub cases: u64,
    /// One for each target and term, in the order of the policy.
    pub answers: Vec<TargetAnswer>,
    /// Targets of another time than the one asked about.
    pub outside: Vec<String>,
}

/// The answer to one target for one term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TargetAnswer {
    /// Its name.
    pub target: String,
    /// Its ASCII twin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// 期初日
    #[serde(serialize_with = "display")]
    pub first: Date,
    /// 期末日, or the last day asked about.
    #[serde(serialize_with = "display")]
    pub last: Date,
    /// Whether the term goes on after that day.
    pub running: bool,
    /// How it came out.
    pub status: TargetStatus,
    /// Its comparisons.
    pub figures: Vec<FigureAnswer>,
    /// How many things counted are not decided.
    pub undecided_count: u64,
    /// The first of them.
    pub undecided: Vec<UndecidedCase>,
    /// Values of law that the target itself waits for.
    pub blocked: Vec<String>,
    /// Made-up values that it rests on.
    pub unverified: Vec<String>,
    /// For how many things counted a default was applied.
    pub assumed_count: u64,
    /// Sources.
    pub citations: Vec<String>,
    /// Why it has no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorView>,
}

/// Whether a target is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum TargetStatus {
    /// It is.
    #[serde(rename = "完成")]
    Met,
    /// It is not.
    #[serde(rename = "未完成")]
    NotMet,
    /// Cases that are not decided, or values of law that are missing, could turn it.
    #[serde(rename = "待定")]
    Undecided,
    /// There is nothing to take a share of, or the computation failed.
    #[serde(rename = "未能计算")]
    Failed,
}

/// One comparison of a target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FigureAnswer {
    /// The label of its item; empty for the only one.
    pub label: String,
    /// What is measured, as written.
    pub text: String,
    /// What came out.
    pub value: ValueView,
    /// The same as a fraction, where it is none that ends: `2/3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact: Option<String>,
    /// What stands above the line of a share or an average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numerator: Option<ValueView>,
    /// What stands below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<ValueView>,
    /// The word of the comparison: 达到, 不低于, 超过 …
    pub operator: Bilingual,
    /// What is demanded.
    pub demanded: ValueView,
    /// How far the figure is above what is demanded, or below it (negative).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<ValueView>,
    /// How many more of those counted would have to hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_of: Option<ValueView>,
    /// Whether this comparison holds; nothing where that is not decided.
    pub met: Option<bool>,
    /// Whether somebody reported the figure, rather than its being counted up here.
    pub reported: bool,
    /// Why it has no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorView>,
}

/// Something counted that is not decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct UndecidedCase {
    /// The case, as it was named when it was added.
    pub case: String,
    /// Who of it; nothing for the household itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// Facts and values of law that it waits for.
    pub waits_for: Vec<String>,
    /// Why it could not be computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorView>,
}

/// Answers every target of a run.
pub(super) fn report(run: &TargetRun<'_>) -> TargetReport {
    let program = run.policy.program();
    let mut answers = Vec::new();
    let mut outside = Vec::new();
    for (at, target) in program.targets.iter().enumerate() {
        let slots = run.slots.iter().filter(|(slot, _)| *slot == at);
        let groups: Vec<&Group> = slots.filter_map(|(_, group)| run.groups.get(*group)).collect();
        if groups.is_empty() {
            outside.push(target.name.text.clone());
        }
        answers.extend(groups.into_iter().map(|group| answer(run, target, group)));
    }
    TargetReport {
        policy: program.name.clone(),
        first: run.asked.first,
        last: run.asked.last,
        cases: run.cases,
        answers,
        outside,
    }
}

fn answer(run: &TargetRun<'_>, target: &Target, group: &Group) -> TargetAnswer {
    let program = run.policy.program();
    let mut population = Population { reported: run.reported.clone(), ..Population::default() };
    for id in &target.measures {
        population.measures.extend(group.tallies.get(id).map(|tally| (*id, tally.result())));
    }
    population.term = Some((group.term.first, group.term.last));
    let case = population_case(program, population);
    let evaluation = evaluate_target(program, target, &case, run, group.term);
    let trace = Trace {
        program,
        sources: run.policy.sources(),
        case: &case,
        evaluation: &evaluation,
        language: Language::Zh,
        secrets: None,
    };
    let answering = Answering { trace, group };
    let value = trace.value(target.root, InstanceId(0));
    // A reported figure needs no counting.
    let counted = |id: &&crate::hir::MeasureId| {
        target.figures.iter().any(|figure| answering.reads(*figure, **id))
            || target.figures.is_empty()
    };
    let measures: Vec<_> = target.measures.iter().filter(counted).collect();
    let open: Vec<_> = measures
        .iter()
        .filter(|id| case.population.measures.get(id).is_some_and(|found| !exact(*found)))
        .filter_map(|id| group.undecided.get(id))
        .collect();
    let mut undecided: Vec<UndecidedCase> = Vec::new();
    for found in open.iter().flat_map(|found| &found.listed) {
        if !undecided.contains(found) {
            undecided.push(found.clone());
        }
    }
    undecided.truncate(super::MOST_LISTED);
    let notes = trace.notes(&value.causes().and(&value.marks()));
    let mut unverified = notes.unverified;
    for found in measures.iter().filter_map(|id| group.unverified.get(id)).flatten() {
        if !unverified.contains(found) {
            unverified.push(found.clone());
        }
    }
    if target.sample {
        unverified.push(format!("{}（样例）", target.name.text));
    }
    TargetAnswer {
        target: target.name.text.clone(),
        alias: target.name.alias.clone(),
        first: group.term.first,
        last: group.term.last,
        running: group.term.last < group.term.end,
        status: match (&value, value.holds()) {
            (Value::Error(_), _) => TargetStatus::Failed,
            (_, Some(true)) => TargetStatus::Met,
            (_, Some(false)) => TargetStatus::NotMet,
            (_, None) => TargetStatus::Undecided,
        },
        figures: target.figures.iter().filter_map(|id| answering.figure(*id)).collect(),
        undecided_count: open.iter().map(|found| found.count).max().unwrap_or(0),
        undecided,
        blocked: notes.blocked,
        unverified,
        assumed_count: measures
            .iter()
            .filter_map(|id| group.assumed.get(id))
            .copied()
            .max()
            .unwrap_or(0),
        citations: target.citations.clone(),
        error: value.as_fault().map(|fault| trace.error(fault)),
    }
}

fn evaluate_target(
    program: &Program,
    target: &Target,
    case: &crate::input::Case,
    run: &TargetRun<'_>,
    term: Term,
) -> Evaluation {
    let live = Live::of(program, &[target.root]);
    let look_back = LookBack::of(program, &live);
    evaluate(program, &live, look_back, case, question(run.asked, term))
}

struct Answering<'a> {
    trace: Trace<'a>,
    group: &'a Group,
}

impl Answering<'_> {
    /// Whether a figure that nobody reported reads a measure.
    fn reads(&self, figure: FigureId, measure: crate::hir::MeasureId) -> bool {
        let Some(found) = self.trace.program.figure(figure) else { return false };
        let mut open = vec![found.right];
        if !self.trace.case.population.reported.contains_key(&figure) {
            open.push(found.computed);
        }
        while let Some(node) = open.pop() {
            let Some(kind) = self.trace.kind(node) else { continue };
            if *kind == NodeKind::Measure(measure) {
                return true;
            }
            open.extend(kind.operands());
        }
        false
    }

    fn figure(&self, id: FigureId) -> Option<FigureAnswer> {
        let trace = &self.trace;
        let figure = trace.program.figure(id)?;
        let reported = trace.case.population.reported.contains_key(&id);
        let (left, right) = (self.value(figure.left), self.value(figure.right));
        let ty = trace.program.node(figure.left)?.ty.clone();
        let parts = if reported { None } else { self.parts(figure) };
        let difference = match (left.as_number(), right.as_number()) {
            (Some(left), Some(right)) => {
                left.checked_sub(right).ok().map(|difference| self.points(difference, &ty))
            }
            _ => None,
        };
        let held = self.value(figure.comparison).holds();
        let short_of = match (held, &parts, right.as_number()) {
            (Some(false), Some(parts), Some(right)) => {
                parts.short_of(trace, figure.operator, right)
            }
            _ => None,
        };
        let item = figure.item.and_then(|item| trace.program.item(item));
        let span = trace.program.node(figure.computed)?.span;
        let fraction = left.as_number().filter(|number| number.to_decimal_text().is_none());
        Some(FigureAnswer {
            label: item.map_or_else(String::new, |item| item.label.clone()),
            text: trace.written(span),
            value: self.shown(&left, &ty),
            exact: fraction.map(|number| number.to_string()),
            numerator: parts.as_ref().map(|parts| self.part(&parts.upper, &parts.upper_ty)),
            denominator: parts.as_ref().map(|parts| self.part(&parts.lower, &parts.lower_ty)),
            operator: operator_words(figure.operator),
            demanded: self.shown(&right, &ty),
            difference,
            short_of,
            met: held,
            reported,
            error: left.as_fault().or_else(|| right.as_fault()).map(|fault| trace.error(fault)),
        })
    }

    fn value(&self, node: NodeId) -> Value {
        self.trace.value(node, InstanceId(0))
    }

    fn shown(&self, value: &Value, ty: &Type) -> ValueView {
        self.trace.show(value, ty)
    }

    /// A part of a share: `2人`, `2人至3人`.
    fn part(&self, value: &Value, ty: &Type) -> ValueView {
        let mut shown = self.trace.show(value, ty);
        if let (Value::Unknown(_), (Some(low), Some(high))) = (value, value.range()) {
            let end = |end, language| self.trace.number(end, ty, language);
            shown.zh = format!("{}至{}", end(low, Language::Zh), end(high, Language::Zh));
            shown.en = format!("{} to {}", end(low, Language::En), end(high, Language::En));
        }
        shown
    }

    /// A difference: of percentages in percentage points.
    fn points(&self, difference: Rational, ty: &Type) -> ValueView {
        let value = Value::number(difference, crate::eval::Marks::NONE);
        let mut shown = self.trace.show(&value, ty);
        if ty.as_number().is_some_and(|number| number.style == NumberStyle::Percent) {
            shown.zh = format!("{}个百分点", shown.zh.trim_end_matches('%'));
            shown.en = format!("{} percentage points", shown.en.trim_end_matches('%'));
        }
        shown
    }

    /// What stands above and below the line of a share, an average or a division.
    fn parts(&self, figure: &Figure) -> Option<Parts> {
        let program = self.trace.program;
        let node = program.node(figure.computed)?;
        match &node.kind {
            NodeKind::Measure(id) => {
                let measure = program.measure(*id)?;
                let tally = self.group.tallies.get(id)?;
                let ((low, high), (least, most)) = tally.parts()?;
                let counted = count_type(program, measure.element);
                let upper_ty = match measure.kind {
                    MeasureKind::Share => counted.clone(),
                    _ => measure.body.and_then(|body| program.node(body)).map(|n| n.ty.clone())?,
                };
                let of = |number: u64| i64::try_from(number).ok().map(Rational::from_integer);
                Some(Parts {
                    upper: between(low, high),
                    lower: between(of(least), of(most)),
                    upper_ty,
                    lower_ty: counted,
                    is_count: measure.kind == MeasureKind::Share,
                })
            }
            NodeKind::Binary(BinaryOperator::Divide, upper, lower) => Some(Parts {
                upper: self.value(*upper),
                // A divisor that is nothing is an error as a divisor, and 0 as a figure.
                lower: match self.trace.kind(*lower) {
                    Some(NodeKind::NotEmpty(inner)) => self.value(*inner),
                    _ => self.value(*lower),
                },
                upper_ty: program.node(*upper)?.ty.clone(),
                lower_ty: program.node(*lower)?.ty.clone(),
                is_count: self.is_count(*upper),
            }),
            _ => None,
        }
    }

    fn is_count(&self, node: NodeId) -> bool {
        let Some(NodeKind::Measure(id)) = self.trace.kind(node) else { return false };
        self.trace.program.measure(*id).is_some_and(|measure| measure.kind == MeasureKind::Count)
    }
}

/// The two parts of a share or an average.
struct Parts {
    upper: Value,
    lower: Value,
    upper_ty: Type,
    lower_ty: Type,
    is_count: bool,
}

impl Parts {
    /// How many more would have to hold, the number below the line staying as it is.
    fn short_of(
        &self,
        trace: &Trace<'_>,
        operator: Comparison,
        demanded: Rational,
    ) -> Option<ValueView> {
        let (upper, lower) = (self.upper.as_number()?, self.lower.as_number()?);
        if !self.is_count {
            return None;
        }
        let wanted = demanded.checked_mul(lower).ok()?;
        let wanted = match operator {
            Comparison::GreaterOrEqual => wanted.ceil(),
            Comparison::Greater => wanted.floor().checked_add(Rational::ONE).ok()?,
            _ => return None,
        };
        let more = wanted.checked_sub(upper).ok()?;
        let value = Value::number(more, crate::eval::Marks::NONE);
        (more > Rational::ZERO).then(|| trace.show(&value, &self.upper_ty))
    }
}

/// The type of a count of an object: people in 人, households in 户, anything else without a unit.
fn count_type(program: &Program, element: crate::types::ObjectId) -> Type {
    let is_person = program.is_person(element);
    let unit = match (element == program.root, is_person) {
        (true, _) => Unit::of(Dimension::Household),
        (_, true) => Unit::of(Dimension::Person),
        _ => Unit::dimensionless(),
    };
    Type::Number(NumberType { unit, integer: true, whole_fen: true, ..NumberType::default() })
}

fn between(low: Option<Rational>, high: Option<Rational>) -> Value {
    match (low, high) {
        (Some(low), Some(high)) if low == high => Value::number(low, crate::eval::Marks::NONE),
        _ => Value::Unknown(Box::new(crate::eval::Unknown {
            low,
            high,
            ..crate::eval::Unknown::default()
        })),
    }
}

fn operator_words(operator: Comparison) -> Bilingual {
    let (zh, en) = match operator {
        Comparison::Less => ("低于", "below"),
        Comparison::LessOrEqual => ("不超过", "at most"),
        Comparison::Greater => ("超过", "above"),
        Comparison::GreaterOrEqual => ("不低于", "at least"),
        Comparison::Equal => ("等于", "equal to"),
        Comparison::NotEqual => ("不等于", "different from"),
    };
    Bilingual::new(zh, en)
}

/// How a term is said: 2024年6月, 2024年, 2024年1月1日至6月30日.
#[must_use]
pub fn term_words(answer: &TargetAnswer) -> Bilingual {
    let (first, last) = (answer.first, answer.last);
    let (from, to) = (first.year_month(), last.year_month());
    let is_whole = first == from.first_day() && last == to.last_day();
    let months = to.months_since(from);
    let (zh, en) = if is_whole && months == 0 {
        (from.zh(), from.to_string())
    } else if is_whole && months == 11 && from.month() == 1 {
        (format!("{}年", from.year()), from.year().to_string())
    } else if is_whole {
        (format!("{}至{}", from.zh(), to.zh()), format!("{from} to {to}"))
    } else {
        (format!("{}至{}", first.zh(), last.zh()), format!("{first} to {last}"))
    };
    if answer.running {
        return Bilingual::new(format!("{zh}（期未满）"), format!("{en} (still running)"));
    }
    Bilingual::new(zh, en)
}
