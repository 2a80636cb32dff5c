//! One decision about one subject, read off the trace; where facts are missing, sharpened by
//! splitting them until the outcome is certain or the budget is spent.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::decision::Outcome;
use crate::eval::{
    Changed, Evaluation, Live, LookBack, Marks, Mixture, Note, Notes, Places, Unknown, Value,
    evaluate, evaluate_again,
};
use crate::hir::{
    self, ApplicableDate, Constant, DefinitionId, FieldId, NodeId, NodeKind, PaymentId,
};
use crate::input::{Case, Fact, InstanceId, Scalar};
use crate::trace::{NoteGroups, Trace};
use crate::types::Type;
use crate::value::{Date, Dimension, Rational, YearMonth};

/// The most evaluations that sharpening one decision may take. A threshold within a million yuan
/// is found to the fen in 27 halvings.
const MOST_EVALUATIONS: u32 = 72;

/// Cases of more values than this are not split: their bounds are sound, and wider.
const MOST_SPLIT_WORK: usize = 100_000;

/// What became of a decision.
#[derive(Clone, Debug)]
pub(crate) struct Assessment {
    /// The value of its condition.
    pub(crate) value: Value,
    /// What that means.
    pub(crate) outcome: Outcome,
    /// What is paid; nothing where it is certain that nothing is.
    pub(crate) payments: Vec<(PaymentId, Value)>,
    /// What it rests on and waits for.
    pub(crate) notes: Arc<NoteGroups>,
    /// The same as marks of the evaluation.
    pub(crate) rests_on: Marks,
}

/// What became of a decision, before what it rests on is put in words.
pub(crate) struct Settled {
    value: Value,
    pub(crate) outcome: Outcome,
    pub(crate) payments: Vec<(PaymentId, Value)>,
    rests_on: Marks,
    /// Missing facts of which the order is known.
    order: Vec<String>,
}

/// What became of decisions about people, by what each decides.
pub(crate) type Assessments = BTreeMap<(DefinitionId, InstanceId), Arc<Assessment>>;

/// Reads a decision off the trace.
pub(crate) fn assess(trace: &Trace<'_>, decision: &hir::Decision, who: InstanceId) -> Assessment {
    assess_like(trace, decision, who, None)
}

/// The same, with the words of an assessment `before` it, of which the marks mean what they mean
/// here, where it rests on the same.
pub(crate) fn assess_like(
    trace: &Trace<'_>,
    decision: &hir::Decision,
    who: InstanceId,
    before: Option<&Assessment>,
) -> Assessment {
    let Settled { value, outcome, payments, rests_on, order } = read(trace, decision, who, true);
    let is_same = |before: &&Assessment| {
        let paid = payments.iter().map(|(id, _)| id);
        // Of one missing fact there is no order.
        before.notes.missing.len() < 2
            && before.rests_on == rests_on
            && paid.eq(before.payments.iter().map(|(id, _)| id))
    };
    let notes = before.filter(is_same).map(|before| Arc::clone(&before.notes));
    let notes = notes.unwrap_or_else(|| {
        let mut notes = trace.notes(&rests_on);
        notes
            .missing
            .sort_by_key(|path| order.iter().position(|first| first == path).unwrap_or(usize::MAX));
        for made_up in made_up(trace, decision, &payments) {
            if !notes.unverified.contains(&made_up) {
                notes.unverified.push(made_up);
            }
        }
        Arc::new(notes)
    });
    Assessment { value, outcome, payments, notes, rests_on }
}

/// The same without the words, and the order of what is missing: these take longer than the rest.
pub(crate) fn settled(trace: &Trace<'_>, decision: &hir::Decision, who: InstanceId) -> Settled {
    read(trace, decision, who, false)
}

fn read(trace: &Trace<'_>, decision: &hir::Decision, who: InstanceId, in_order: bool) -> Settled {
    let program = trace.program;
    let root = program.definition(decision.entitlement).and_then(|found| found.root);
    let value = root.map_or(Value::Absent(Marks::NONE), |root| trace.value(root, who));
    let mut outcome = outcome_of(trace, &value);
    let mut payments: Vec<(PaymentId, NodeId, Value)> = Vec::new();
    for id in &decision.payments {
        let payment = program.payments.get(id.0 as usize);
        let root = payment
            .and_then(|payment| program.definition(payment.definition))
            .and_then(|definition| definition.root);
        payments.extend(root.map(|root| (*id, root, trace.value(root, who))));
    }
    let mut causes = value.causes();
    let mut marks = value.marks();
    let mut order = Vec::new();
    let splitting = || {
        // What waits for law alone has no facts to be split.
        let root = root.filter(|_| {
            outcome == Outcome::Undecided && waits_for_facts(&trace.evaluation.notes, &causes)
        })?;
        let roots: Vec<NodeId> = payments.iter().map(|(_, root, _)| *root).collect();
        let search = Search::new(trace, root, roots, who);
        (search.work() <= MOST_SPLIT_WORK).then_some(search)
    };
    if let Some(mut search) = splitting() {
        search.run();
        if in_order {
            order = search.order(&causes);
        }
        if search.finished && search.outcomes == [true, false] {
            outcome = Outcome::Entitled;
        } else if search.finished && search.outcomes == [false, true] {
            outcome = Outcome::NotEntitled;
        }
        for ((_, _, value), range) in payments.iter_mut().zip(search.ranges) {
            let (Value::Unknown(unknown), Some((low, high))) = (&mut *value, range) else {
                continue;
            };
            unknown.low = unknown.low.max(low);
            unknown.high = [unknown.high, high].into_iter().flatten().min();
            if let (Some(low), Some(high)) = (unknown.low, unknown.high)
                && low == high
            {
                *value = Value::number(low, unknown.marks.clone());
            }
        }
        if outcome != Outcome::Undecided {
            // Whatever the facts turn out to be, the outcome is this one: it waits for none.
            causes = Marks::NONE;
        }
    }
    if outcome == Outcome::Failed {
        payments.clear();
    } else if outcome == Outcome::NotEntitled {
        // What 停发 lets be paid although the conditions do not hold any more.
        payments.retain(|(_, root, _)| trace.is_continued(*root, who));
    }
    for (_, _, value) in &payments {
        causes = causes.and(&value.causes());
        marks = marks.and(&value.marks());
    }
    if matches!(outcome, Outcome::Entitled | Outcome::NotEntitled) && payments.is_empty() {
        // A certain result waits for nothing.
        causes = Marks::NONE;
    }
    let rests_on = causes.and(&marks);
    let payments = payments.into_iter().map(|(id, _, value)| (id, value)).collect();
    Settled { value, outcome, payments, rests_on, order }
}

/// The decision itself, or those of its payments, that a made-up text writes of: whoever reads the
/// result must see it also where no parameter stands between the text and the figure.
fn made_up(
    trace: &Trace<'_>,
    decision: &hir::Decision,
    payments: &[(PaymentId, Value)],
) -> Vec<String> {
    let program = trace.program;
    let is_made_up = |id: &DefinitionId| program.definition(*id).is_some_and(|it| it.sample);
    if is_made_up(&decision.entitlement) {
        // What is paid by it need not be told again.
        return vec![trace.made_up(decision.entitlement)];
    }
    let paid = payments.iter().filter_map(|(id, _)| program.payments.get(id.0 as usize));
    paid.map(|it| it.definition).filter(is_made_up).map(|id| trace.made_up(id)).collect()
}

/// Whether some of what a value waits for is a fact.
fn waits_for_facts(notes: &Notes, causes: &Marks) -> bool {
    causes
        .iter()
        .any(|cause| matches!(notes.get(cause), Some(Note::Missing(..) | Note::Refused(..))))
}

/// The outcome that a value of a decision's condition means.
pub(crate) fn outcome_of(trace: &Trace<'_>, value: &Value) -> Outcome {
    match value {
        Value::Error(_) => Outcome::Failed,
        Value::Unknown(unknown) => {
            let discretion = unknown.causes.iter().all(|cause| {
                matches!(trace.evaluation.notes.get(cause), Some(Note::Discretion(..)))
            });
            if discretion { Outcome::Discretionary } else { Outcome::Undecided }
        }
        _ if value.as_bool() == Some(true) => Outcome::Entitled,
        _ => Outcome::NotEntitled,
    }
}

type Range = (Option<Rational>, Option<Rational>);

/// What is taken for unknown facts while that is tried.
type Taken = BTreeMap<(FieldId, InstanceId), Fact>;

/// Splits unknown facts: truths and classes into their values, numbers in half.
struct Search<'a> {
    trace: &'a Trace<'a>,
    /// The case decided, with what is taken for some of its facts while that is tried.
    case: Case,
    live: Live,
    /// Of those, the ones that depend on some facts, by the facts: only these can come out otherwise
    /// where those are split. Nothing where one of them picks the law.
    cones: BTreeMap<BTreeSet<FieldId>, Option<(Live, Arc<Places>)>>,
    look_back: LookBack,
    root: NodeId,
    payments: Vec<NodeId>,
    who: InstanceId,
    left: u32,
    /// Whether every leaf was certain or could not be split further.
    finished: bool,
    /// Whether some leaf was entitled, and whether some was not.
    outcomes: [bool; 2],
    ranges: Vec<Option<Range>>,
}

impl<'a> Search<'a> {
    fn new(trace: &'a Trace<'a>, root: NodeId, payments: Vec<NodeId>, who: InstanceId) -> Self {
        let mut roots = payments.clone();
        roots.push(root);
        let live = Live::of(trace.program, &roots);
        Self {
            trace,
            case: trace.case.clone(),
            cones: BTreeMap::new(),
            look_back: LookBack::of(trace.program, &live),
            live,
            root,
            ranges: vec![None; payments.len()],
            payments,
            who,
            left: MOST_EVALUATIONS,
            finished: true,
            outcomes: [false; 2],
        }
    }

    /// The values that one evaluation makes.
    fn work(&self) -> usize {
        let trace = self.trace;
        let months = self.look_back.frames(trace.case, trace.evaluation.question.period);
        self.live.work(trace.program, trace.case).saturating_mul(months as usize)
    }

    fn run(&mut self) {
        let whole = self.trace.evaluation;
        let mut open = vec![Taken::default()];
        while let Some(taken) = open.pop() {
            let evaluated = (!taken.is_empty()).then(|| self.evaluate(&taken));
            let evaluation = evaluated.as_ref().unwrap_or(whole);
            let condition = evaluation.value(self.root, self.who).cloned();
            let condition = condition.unwrap_or(Value::Absent(Marks::NONE));
            if let Value::Unknown(unknown) = &condition
                && let Some((at, values)) = self.split(&taken, evaluation, unknown)
            {
                open.extend(values.into_iter().map(|fact| {
                    let mut taken = taken.clone();
                    taken.insert(at, fact);
                    taken
                }));
                continue;
            }
            self.leaf(evaluation, &condition);
            // It may come out either way, and nothing is paid whose bounds more leaves would tell.
            if self.outcomes == [true; 2] && self.payments.is_empty() {
                break;
            }
        }
    }

    /// The case decided, with something taken for some of its facts.
    fn evaluate(&mut self, taken: &Taken) -> Evaluation {
        self.left = self.left.saturating_sub(1);
        let (program, before) = (self.trace.program, self.trace.evaluation);
        for ((field, who), fact) in taken {
            let fact = self.for_this_month(*field, *who, fact.clone());
            self.case.set(*field, *who, fact);
        }
        let (live, case) = (&self.live, &self.case);
        let split: BTreeSet<FieldId> = taken.keys().map(|(field, _)| *field).collect();
        let cone = self.cones.entry(split).or_insert_with_key(|split| {
            let nodes = depending(program, live, split)?;
            let places = Arc::new(Places::of(program, &nodes, case));
            Some((nodes, places))
        });
        let found = match cone {
            Some((nodes, places)) => {
                let nodes = (live, Changed { nodes, places });
                let none = Mixture::default();
                evaluate_again(program, nodes, self.look_back, case, before, &none)
            }
            None => evaluate(program, live, self.look_back, case, before.question),
        };
        for (field, who) in taken.keys() {
            self.case.set(*field, *who, self.trace.case.fact(*field, *who).clone());
        }
        found
    }

    fn leaf(&mut self, evaluation: &Evaluation, condition: &Value) {
        match condition.as_bool() {
            Some(true) => self.outcomes[0] = true,
            Some(false) => self.outcomes[1] = true,
            None => {
                self.outcomes = [true; 2];
                self.finished &= matches!(condition, Value::Unknown(_)) && self.left > 0;
            }
        }
        for (range, root) in self.ranges.iter_mut().zip(&self.payments) {
            let found = evaluation.value(*root, self.who).map_or((None, None), Value::range);
            *range = Some(match *range {
                None => found,
                Some((low, high)) => (
                    low.zip(found.0).map(|(a, b)| a.min(b)),
                    high.zip(found.1).map(|(a, b)| a.max(b)),
                ),
            });
        }
    }

    /// One of the unknown facts, and the parts of what it may be, where one can be split and the
    /// budget allows.
    fn split(
        &self,
        taken: &Taken,
        evaluation: &Evaluation,
        unknown: &Unknown,
    ) -> Option<((FieldId, InstanceId), Vec<Fact>)> {
        let facts = unknown.causes.iter().filter_map(|cause| match evaluation.notes.get(cause) {
            Some(Note::Missing(field, who)) => Some((*field, *who)),
            // Where a rule asks whether it was refused, a value in its place would say it was not.
            Some(Note::Refused(field, who)) if !self.trace.program.asks_refusal(*field) => {
                Some((*field, *who))
            }
            _ => None,
        });
        let mut best: Option<(Rational, (FieldId, InstanceId), Vec<Fact>)> = None;
        for at in facts {
            let Some((width, values)) = self.halves(taken, at) else { continue };
            if best.as_ref().is_none_or(|(known, ..)| width > *known) {
                best = Some((width, at, values));
            }
        }
        let (_, at, values) = best?;
        (u32::try_from(values.len()).ok()? <= self.left).then_some((at, values))
    }

    /// Something taken for a fact, as the case says it. Where earlier months are looked at it is
    /// taken of this month alone: a fact that is told later may have been another before.
    fn for_this_month(&self, field: FieldId, who: InstanceId, fact: Fact) -> Fact {
        let period = self.trace.evaluation.question.period;
        match self.trace.case.fact(field, who) {
            Fact::Dated(values) => {
                let mut values = values.clone();
                if let Some(now) = now(&mut values, period) {
                    *now = fact;
                }
                Fact::Dated(values)
            }
            _ if self.look_back.months == 0 && !self.look_back.recursive => fact,
            _ => Fact::Dated(vec![(period.first_day(), fact)]),
        }
    }

    /// The parts of what a fact may be, with how urgent splitting it is: truths and classes first,
    /// then the widest number.
    fn halves(
        &self,
        taken: &Taken,
        (field, who): (FieldId, InstanceId),
    ) -> Option<(Rational, Vec<Fact>)> {
        let declared = self.trace.program.field(field)?;
        let urgent = Rational::from_integer(i64::MAX);
        let known = |constant| Fact::Known(Scalar::Constant(constant));
        let said = self.trace.case.fact(field, who);
        let mut fact = taken.get(&(field, who)).unwrap_or(said);
        if let Fact::Dated(values) = fact {
            let last = self.trace.evaluation.question.period.last_day();
            // What it was before is not this month's, and cannot be split.
            fact = &values.iter().rev().find(|(since, _)| *since <= last)?.1;
            if !matches!(fact, Fact::Unknown | Fact::Refused | Fact::Within(..)) {
                return None;
            }
        }
        let within = match fact {
            Fact::Within(low, high) => Some((*low, *high)),
            _ => None,
        };
        match (&declared.ty, within) {
            (_, None) if declared.optional => {
                let present = match &declared.ty {
                    Type::Number(_) => {
                        let (low, high) = number_range(declared)?;
                        vec![Fact::Within(low, high)]
                    }
                    _ => domain(self.trace.program, &declared.ty)?.into_iter().map(known).collect(),
                };
                let mut values = vec![Fact::Absent];
                values.extend(present);
                Some((urgent, values))
            }
            (Type::Number(number), _) => {
                let (low, high) = match within {
                    Some(range) => range,
                    None => number_range(declared)?,
                };
                let is_money = number.unit.exponent(Dimension::Yuan) != 0;
                let parts = if is_money { 100 } else { 1 };
                if !is_money && !number.integer {
                    return None;
                }
                let scale = Rational::from_integer(parts);
                let from = low.checked_mul(scale).ok()?.ceil().to_i64()?;
                let to = high.checked_mul(scale).ok()?.floor().to_i64()?;
                if from >= to {
                    return None;
                }
                let middle = from.checked_add(to.checked_sub(from)?.checked_div(2)?)?;
                let point = |at: i64| Rational::from_integer(at).checked_div(scale).ok();
                let half = |a: i64, b: i64| {
                    Some(if a == b {
                        known(Constant::Number(point(a)?))
                    } else {
                        Fact::Within(point(a)?, point(b)?)
                    })
                };
                let width = Rational::from_integer(to.checked_sub(from)?);
                Some((width, vec![half(from, middle)?, half(middle.checked_add(1)?, to)?]))
            }
            (ty, _) => {
                let values = domain(self.trace.program, ty)?;
                Some((urgent, values.into_iter().map(known).collect()))
            }
        }
    }

    /// The facts that decide by themselves for most of their values first.
    fn order(&mut self, causes: &Marks) -> Vec<String> {
        let trace = self.trace;
        let mut facts: Vec<(FieldId, InstanceId)> = causes
            .iter()
            .filter_map(|cause| match trace.evaluation.notes.get(cause) {
                Some(Note::Missing(field, who)) => Some((*field, *who)),
                _ => None,
            })
            .collect();
        if facts.len() < 2 {
            return Vec::new();
        }
        facts.sort_unstable();
        facts.truncate(24);
        let mut scored: Vec<(usize, usize, String)> = Vec::new();
        for (field, who) in facts {
            let values = self.samples(field);
            let count = values.len().max(1);
            let mut decided = 0_usize;
            for value in values {
                let evaluation = self.evaluate(&Taken::from([((field, who), value)]));
                let certain =
                    evaluation.value(self.root, self.who).is_some_and(|v| v.as_bool().is_some());
                decided = decided.saturating_add(usize::from(certain));
            }
            scored.push((decided, count, trace.fact_path(field, who)));
        }
        scored.sort_by(|a, b| (b.0 * a.1).cmp(&(a.0 * b.1)));
        scored.into_iter().map(|(_, _, path)| path).collect()
    }

    fn samples(&self, field: FieldId) -> Vec<Fact> {
        let Some(declared) = self.trace.program.field(field) else { return Vec::new() };
        let known = |constant| Fact::Known(Scalar::Constant(constant));
        match number_range(declared) {
            Some((low, high)) => {
                vec![known(Constant::Number(low)), known(Constant::Number(high))]
            }
            None => domain(self.trace.program, &declared.ty)
                .unwrap_or_default()
                .into_iter()
                .map(known)
                .collect(),
        }
    }
}

/// The live nodes that depend on some facts; nothing where one of these picks the law.
fn depending(program: &hir::Program, live: &Live, facts: &BTreeSet<FieldId>) -> Option<Live> {
    let picks_law = program.layers.iter().any(
        |layer| matches!(layer.applicable, ApplicableDate::Fact(field) if facts.contains(&field)),
    );
    let depends = |kind: &NodeKind| matches!(kind, NodeKind::Fact(field) if facts.contains(field));
    (!picks_law).then(|| live.depending(program, depends))
}

/// What a dated fact is in a month.
fn now(values: &mut [(Date, Fact)], month: YearMonth) -> Option<&mut Fact> {
    values.iter_mut().rev().find(|(since, _)| *since <= month.last_day()).map(|(_, fact)| fact)
}

fn number_range(declared: &hir::Field) -> Option<(Rational, Rational)> {
    match declared.range? {
        (Constant::Number(low), Constant::Number(high)) => Some((low, high)),
        _ => None,
    }
}

/// The values of a type that has few.
fn domain(program: &hir::Program, ty: &Type) -> Option<Vec<Constant>> {
    match ty {
        Type::Bool => Some(vec![Constant::Bool(true), Constant::Bool(false)]),
        Type::Enum(id) => {
            let count = u16::try_from(program.enumeration(*id)?.values.len()).ok()?;
            Some((0..count).map(|at| Constant::Enum(*id, at)).collect())
        }
        _ => None,
    }
}
