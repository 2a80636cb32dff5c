//! A decision sharpened by splitting unknown facts until its outcome is certain or the budget is
//! spent.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::needs::Need;
use crate::engine::decision::Outcome;
use crate::eval::{
    Changed, Evaluation, Links, Live, LookBack, Marks, Mixture, Note, Notes, PlaceSet, Places,
    Tried, Value, evaluate, evaluate_again,
};
use crate::hir::{self, ApplicableDate, Constant, FieldId, NodeId, NodeKind};
use crate::input::{Fact, InstanceId, Scalar};
use crate::trace::Trace;
use crate::types::Type;
use crate::value::{Date, Dimension, Rational, YearMonth};

/// The most evaluations that sharpening one decision may take. A threshold within a million yuan
/// is found to the fen in 27 halvings.
const MOST_EVALUATIONS: u32 = 72;

/// The most evaluations that looking at the ends of facts may take.
const MOST_AT_ENDS: u32 = 12;

/// Of so many missing facts the order is found.
const MOST_IN_ORDER: usize = 24;

/// The least and the most that a number may be.
pub(super) type Range = (Option<Rational>, Option<Rational>);

/// What is taken for unknown facts while that is tried.
type Taken = BTreeMap<(FieldId, InstanceId), Fact>;

/// The values that a decision is read off.
#[derive(Clone, Copy)]
enum Values<'v> {
    Whole(&'v Evaluation),
    Tried(&'v Tried<'v>),
}

impl<'v> Values<'v> {
    fn value(self, node: NodeId, who: InstanceId) -> Option<&'v Value> {
        match self {
            Self::Whole(evaluation) => evaluation.value(node, who),
            Self::Tried(tried) => tried.value(node, who),
        }
    }

    fn notes(self) -> &'v Notes {
        match self {
            Self::Whole(evaluation) => &evaluation.notes,
            Self::Tried(tried) => tried.notes(),
        }
    }
}

/// A fact, and the parts of what it may be.
type Parts = ((FieldId, InstanceId), Vec<Fact>);

/// Splits unknown facts: truths and classes into their values, numbers in half.
pub(super) struct Search<'a> {
    trace: &'a Trace<'a>,
    need: Arc<Need>,
    /// How far it looks back.
    look_back: LookBack,
    /// The months that one evaluation makes.
    months: usize,
    /// The values that one evaluation makes.
    pub(super) work: usize,
    /// Where the values stand that it needs, among those that are tried; nothing where it needs
    /// values that are not tried.
    needed: Option<Arc<PlaceSet>>,
    /// Of the nodes that it needs, those that depend on some facts, by the facts: only these can come out otherwise
    /// where those are split. Nothing where one of them picks the law.
    cones: BTreeMap<BTreeSet<FieldId>, Option<(Live, Arc<Places>)>>,
    root: NodeId,
    payments: Vec<NodeId>,
    /// What is known of each payment before anything is split; nothing where it waits for nothing.
    bounds: Vec<Option<Range>>,
    who: InstanceId,
    left: u32,
    /// Whether numbers are not cut in half but taken at their ends.
    at_ends: bool,
    /// Whether every leaf was certain or could not be split further.
    finished: bool,
    /// Whether some leaf was entitled, and whether some was not.
    outcomes: [bool; 2],
    /// What is paid at the least and at the most, by payment.
    pub(super) ranges: Vec<Option<Range>>,
    /// The missing facts that it waits for; none where their order is not asked.
    missing: Vec<(FieldId, InstanceId)>,
    /// The same, the ones that decide by themselves for most of their values first.
    pub(super) order: Vec<String>,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        trace: &'a Trace<'a>,
        need: Arc<Need>,
        (root, payments): (NodeId, Vec<NodeId>),
        who: InstanceId,
        causes: &Marks,
    ) -> Self {
        let Trace { case, evaluation, .. } = *trace;
        let own = need.look_back;
        let own_months = own.frames(case, evaluation.question.period) as usize;
        let known_months = evaluation.frames.len();
        // What looks back at itself as far as the evaluation did, so that a part of a fact comes to
        // no less than all of it.
        let (look_back, months) = if own.recursive && own_months <= known_months {
            let months = u32::try_from(known_months).unwrap_or(u32::MAX).saturating_sub(1);
            (LookBack { months, recursive: false }, known_months)
        } else {
            (own, own_months)
        };
        Self {
            trace,
            look_back,
            months,
            work: need.work(case).saturating_mul(own_months),
            need,
            needed: None,
            cones: BTreeMap::new(),
            root,
            ranges: vec![None; payments.len()],
            bounds: payments.iter().map(|root| bounds(evaluation.value(*root, who))).collect(),
            payments,
            who,
            left: MOST_EVALUATIONS,
            at_ends: false,
            finished: true,
            outcomes: [false; 2],
            missing: missing(trace, causes),
            order: Vec::new(),
        }
    }

    /// Whether the evaluation went back as far as is needed.
    fn can_be_tried(&self) -> bool {
        self.months <= self.trace.evaluation.frames.len()
    }

    /// The outcome, where it is certain.
    pub(super) fn outcome(&self) -> Option<Outcome> {
        match self.outcomes {
            [true, false] if self.finished => Some(Outcome::Entitled),
            [false, true] if self.finished => Some(Outcome::NotEntitled),
            _ => None,
        }
    }

    /// Whether it may come out either way, and no other leaf would tell more of what is paid than is
    /// known without any.
    fn is_done(&self) -> bool {
        let is_reached = |(range, bounds): (&Option<Range>, &Option<Range>)| {
            let (Some((low, high)), Some((least, most))) = (range, bounds) else {
                return bounds.is_none();
            };
            low <= least && (high.is_none() || most.is_some() && high >= most)
        };
        self.outcomes == [true; 2] && self.ranges.iter().zip(&self.bounds).all(is_reached)
    }

    /// Whether it begins to look at the ends of facts alone.
    fn look_at_ends(&mut self) {
        (self.at_ends, self.left) = (true, MOST_AT_ENDS);
    }

    /// Forgets what it saw at the ends, where that does not settle it.
    fn look_at_all(&mut self) {
        (self.at_ends, self.left) = (false, MOST_EVALUATIONS);
        if !self.is_done() {
            self.outcomes = [false; 2];
            self.ranges.fill(None);
        }
    }

    /// Takes in what a part comes to; the parts that it is split into in turn.
    fn step(&mut self, taken: &Taken, values: Values<'_>) -> Option<Parts> {
        let condition = values.value(self.root, self.who);
        if let Some(Value::Unknown(unknown)) = condition
            && let Some(parts) = self.split(taken, values.notes(), &unknown.causes)
        {
            return Some(parts);
        }
        self.leaf(values, condition);
        None
    }

    /// All evaluated with something taken for some facts.
    fn evaluate(&mut self, taken: &Taken) -> Evaluation {
        let (program, before) = (self.trace.program, self.trace.evaluation);
        let look_back = self.look_back;
        let mut case = self.trace.case.clone();
        for ((field, who), fact) in taken {
            let alone = look_back.months == 0 && !look_back.recursive;
            case.set(*field, *who, for_this_month(self.trace, (*field, *who), fact, alone));
        }
        let live = &self.need.live;
        let split: BTreeSet<FieldId> = taken.keys().map(|(field, _)| *field).collect();
        let cone = self.cones.entry(split).or_insert_with_key(|split| {
            let nodes = depending(program, live, split)?;
            let places = Arc::new(Places::of(program, &nodes, &case));
            Some((nodes, places))
        });
        match cone {
            Some((nodes, places)) => {
                let nodes = (live, Changed { nodes, places });
                let none = Mixture::default();
                evaluate_again(program, nodes, look_back, &case, before, &none)
            }
            None => evaluate(program, live, look_back, &case, before.question),
        }
    }

    fn leaf(&mut self, values: Values<'_>, condition: Option<&Value>) {
        if self.at_ends {
            self.end(values, condition);
            return;
        }
        match condition.and_then(Value::as_bool) {
            Some(true) => self.outcomes[0] = true,
            Some(false) => self.outcomes[1] = true,
            None => {
                self.outcomes = [true; 2];
                self.finished &= matches!(condition, Some(Value::Unknown(_))) && self.left > 0;
            }
        }
        for (range, root) in self.ranges.iter_mut().zip(&self.payments) {
            let found = values.value(*root, self.who).map_or((None, None), Value::range);
            *range = Some(match *range {
                None => found,
                Some((low, high)) => (
                    low.zip(found.0).map(|(a, b)| a.min(b)),
                    high.zip(found.1).map(|(a, b)| a.max(b)),
                ),
            });
        }
    }

    /// Takes in what is certain at an end: that any parts would come to as well, wherever they were
    /// cut.
    fn end(&mut self, values: Values<'_>, condition: Option<&Value>) {
        match condition.and_then(Value::as_bool) {
            Some(true) => self.outcomes[0] = true,
            Some(false) => self.outcomes[1] = true,
            None => return,
        }
        for (range, root) in self.ranges.iter_mut().zip(&self.payments) {
            let paid = values.value(*root, self.who).and_then(Value::as_number);
            let Some(paid) = paid else { continue };
            let (low, high) = range.unwrap_or((Some(paid), Some(paid)));
            *range = Some((low.map(|low| low.min(paid)), high.map(|high| high.max(paid))));
        }
    }

    /// One of the unknown facts, and the parts of what it may be, where one can be split and the
    /// budget allows.
    fn split(&self, taken: &Taken, notes: &Notes, causes: &Marks) -> Option<Parts> {
        let facts = causes.iter().filter_map(|cause| match notes.get(cause) {
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
            // Of those that are as wide, not the one that was met first: what is found within the
            // budget would depend on the order that items are written in.
            let is_better = |known: &(Rational, (FieldId, InstanceId), Vec<Fact>)| {
                width > known.0 || width == known.0 && self.is_named_before(at, known.1)
            };
            if best.as_ref().is_none_or(is_better) {
                best = Some((width, at, values));
            }
        }
        let (_, at, values) = best?;
        (u32::try_from(values.len()).ok()? <= self.left).then_some((at, values))
    }

    /// Whether a fact comes before another by its name, then by whose it is.
    fn is_named_before(
        &self,
        (field, who): (FieldId, InstanceId),
        (other, whose): (FieldId, InstanceId),
    ) -> bool {
        let name = |field| self.trace.program.field(field).map(|found| &found.name.text);
        if field == other { who < whose } else { (name(field), field) < (name(other), other) }
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
                let parts = if self.at_ends {
                    vec![half(from, from)?, half(to, to)?]
                } else {
                    vec![half(from, middle)?, half(middle.checked_add(1)?, to)?]
                };
                Some((width, parts))
            }
            (ty, _) => {
                let values = domain(self.trace.program, ty)?;
                Some((urgent, values.into_iter().map(known).collect()))
            }
        }
    }
}

/// The bounds of a payment that is not known.
fn bounds(value: Option<&Value>) -> Option<Range> {
    value.filter(|value| matches!(value, Value::Unknown(_))).map(Value::range)
}

/// The missing facts that a condition waits for, of which there is an order.
fn missing(trace: &Trace<'_>, causes: &Marks) -> Vec<(FieldId, InstanceId)> {
    let notes = causes.iter().filter_map(|cause| trace.evaluation.notes.get(cause));
    let missing = notes.filter_map(|note| match note {
        Note::Missing(field, who) => Some((*field, *who)),
        _ => None,
    });
    let mut facts: Vec<(FieldId, InstanceId)> = missing.collect();
    if facts.len() < 2 {
        return Vec::new();
    }
    facts.sort_unstable();
    facts.truncate(MOST_IN_ORDER);
    facts
}

/// Searches side by side: what is taken for facts is evaluated once for all that try it.
pub(super) struct Searches<'a> {
    trace: &'a Trace<'a>,
    tried: Option<Tried<'a>>,
    /// What is taken there.
    taken: Taken,
    /// Whether the ends of facts are looked at before they are cut in parts: where these show both
    /// outcomes, and all that may be paid, no part would tell more.
    at_ends: bool,
}

impl<'a> Searches<'a> {
    /// For some searches; `links` are of what all of them need, where that is known.
    pub(super) fn new(
        trace: &'a Trace<'a>,
        links: Option<Arc<Links>>,
        searches: &mut [&mut Search<'a>],
    ) -> Self {
        let Trace { program, case, evaluation, .. } = *trace;
        let mut able = searches.iter_mut().filter(|search| search.can_be_tried()).peekable();
        let tried = able.peek().map(|first| {
            let links =
                links.unwrap_or_else(|| Arc::new(Links::of(program, &first.need.live, case)));
            Tried::new(program, links, case, evaluation)
        });
        if let Some(tried) = &tried {
            able.for_each(|search| {
                search.needed = Some(tried.needed(search.need.decision, &search.need.live));
            });
        }
        Self { trace, tried, taken: Taken::default(), at_ends: true }
    }

    /// The same with nothing evaluated for several, and everything cut in parts.
    #[cfg(test)]
    pub(super) fn anew(trace: &'a Trace<'a>) -> Self {
        Self { trace, tried: None, taken: Taken::default(), at_ends: false }
    }

    /// Searches, and finds the order of what is missing where that is asked.
    pub(super) fn all(&mut self, searches: &mut [&mut Search<'a>], in_order: bool) {
        if self.at_ends {
            searches.iter_mut().for_each(|search| search.look_at_ends());
            self.run(searches);
            searches.iter_mut().for_each(|search| search.look_at_all());
        }
        self.run(searches);
        if in_order {
            self.order(searches);
        }
    }

    /// Splits until all outcomes are certain or the budgets are spent.
    fn run(&mut self, searches: &mut [&mut Search<'a>]) {
        let mut open: Vec<(Taken, Vec<usize>)> =
            vec![(Taken::default(), (0..searches.len()).collect())];
        while let Some((taken, by)) = open.pop() {
            // Those that split the same fact go on side by side.
            let mut on: Vec<(Parts, Vec<usize>)> = Vec::new();
            for at in by {
                let Some(search) = searches.get_mut(at).filter(|search| !search.is_done()) else {
                    continue;
                };
                let parts = self.look(search, &taken, |search, values| search.step(&taken, values));
                let Some(parts) = parts else { continue };
                match on.iter_mut().find(|(others, _)| *others == parts) {
                    Some((_, by)) => by.push(at),
                    None => on.push((parts, vec![at])),
                }
            }
            for ((fact, values), by) in on {
                open.extend(values.into_iter().map(|value| {
                    let mut taken = taken.clone();
                    taken.insert(fact, value);
                    (taken, by.clone())
                }));
            }
        }
    }

    /// Finds which of the missing facts decide by themselves for most of their values.
    fn order(&mut self, searches: &mut [&mut Search<'a>]) {
        let trace = self.trace;
        let facts = searches.iter().flat_map(|search| search.missing.iter().copied());
        let facts: BTreeSet<(FieldId, InstanceId)> = facts.collect();
        let mut scored: Vec<Vec<(usize, usize, String)>> = vec![Vec::new(); searches.len()];
        for fact in facts {
            let values = samples(trace.program, fact.0);
            let count = values.len().max(1);
            let of_it = searches.iter_mut().zip(&mut scored);
            let mut of_it: Vec<_> =
                of_it.filter(|(search, _)| search.missing.contains(&fact)).collect();
            let path = trace.fact_path(fact.0, fact.1);
            of_it.iter_mut().for_each(|(_, scored)| scored.push((0, count, path.clone())));
            for value in values {
                let taken = Taken::from([(fact, value)]);
                for (search, scored) in &mut of_it {
                    let is_certain = self.look(search, &taken, |search, values| {
                        let condition = values.value(search.root, search.who);
                        condition.is_some_and(|value| value.as_bool().is_some())
                    });
                    if let Some((decided, ..)) = scored.last_mut() {
                        *decided = decided.saturating_add(usize::from(is_certain));
                    }
                }
            }
        }
        for (search, mut scored) in searches.iter_mut().zip(scored) {
            scored.sort_by(|a, b| (b.0 * a.1).cmp(&(a.0 * b.1)));
            search.order = scored.into_iter().map(|(_, _, path)| path).collect();
        }
    }

    /// Shows a search what comes of what is taken.
    fn look<T>(
        &mut self,
        search: &mut Search<'a>,
        taken: &Taken,
        read: impl FnOnce(&mut Search<'a>, Values<'_>) -> T,
    ) -> T {
        if taken.is_empty() {
            return read(search, Values::Whole(self.trace.evaluation));
        }
        search.left = search.left.saturating_sub(1);
        let is_tried = |tried: &&mut Tried<'a>| taken.keys().all(|(field, _)| tried.takes(*field));
        if let Some(needed) = &search.needed
            && let Some(tried) = self.tried.as_mut().filter(is_tried)
        {
            if self.taken != *taken {
                take(self.trace, tried, &self.taken, taken);
                self.taken.clone_from(taken);
            }
            tried.evaluate(needed, search.months);
            return read(search, Values::Tried(tried));
        }
        let evaluation = search.evaluate(taken);
        read(search, Values::Whole(&evaluation))
    }
}

/// Takes something else for facts than before.
fn take(trace: &Trace<'_>, tried: &mut Tried<'_>, before: &Taken, after: &Taken) {
    let alone = trace.evaluation.frames.len() <= 1;
    for (field, who) in before.keys().filter(|at| !after.contains_key(*at)) {
        tried.set(*field, *who, trace.case.fact(*field, *who).clone());
    }
    for ((field, who), fact) in after {
        tried.set(*field, *who, for_this_month(trace, (*field, *who), fact, alone));
    }
}

/// Something taken for a fact, as the case says it; `alone` where no earlier months are looked at.
/// Otherwise it is taken of this month alone: a fact that is told later may have been another before.
fn for_this_month(
    trace: &Trace<'_>,
    (field, who): (FieldId, InstanceId),
    fact: &Fact,
    alone: bool,
) -> Fact {
    let period = trace.evaluation.question.period;
    match trace.case.fact(field, who) {
        Fact::Dated(values) => {
            let mut values = values.clone();
            if let Some(now) = now(&mut values, period) {
                now.clone_from(fact);
            }
            Fact::Dated(values)
        }
        _ if alone => fact.clone(),
        _ => Fact::Dated(vec![(period.first_day(), fact.clone())]),
    }
}

/// Some of what a fact may be: a number's ends, each of a few values.
fn samples(program: &hir::Program, field: FieldId) -> Vec<Fact> {
    let Some(declared) = program.field(field) else { return Vec::new() };
    let known = |constant| Fact::Known(Scalar::Constant(constant));
    match number_range(declared) {
        Some((low, high)) => {
            vec![known(Constant::Number(low)), known(Constant::Number(high))]
        }
        None => domain(program, &declared.ty).unwrap_or_default().into_iter().map(known).collect(),
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
