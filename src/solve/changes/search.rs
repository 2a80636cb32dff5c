//! The search over single facts: which can matter, and the nearest values of each that are enough.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Aim, Applied, Change, Runner};
use crate::engine::assess::settled;
use crate::engine::decision::Outcome;
use crate::eval::{Evaluation, Live, Note, Question, Value};
use crate::hir::{
    self, ApplicableDate, Constant, DefaultValue, Field, FieldId, NodeId, NodeKind, PaymentId,
};
use crate::input::{Case, Fact, InstanceId, Scalar};
use crate::solve::form::Form;
use crate::solve::grid::{Grid, in_month, with_fact};
use crate::solve::outputs::Output;
use crate::solve::path::FactRef;
use crate::solve::sym::Sym;
use crate::solve::touched::touched;
use crate::solve::walk::{Budget, Ground, Piece, Walker};
use crate::trace::Trace;
use crate::types::Type;
use crate::value::Rational;

/// How much one walk over one fact may compute, in values of nodes.
pub(super) const MOST_IN_A_WALK: u64 = 1_000_000;

/// What splitting what is missing may take, in evaluations.
const SPLITTING: usize = 24;

/// What a case came to.
#[derive(Clone, Debug)]
pub(super) struct Decided {
    pub(super) outcome: Outcome,
    /// What is paid.
    pub(super) payments: Vec<(PaymentId, Value)>,
}

/// The search for one decision about one subject.
pub(super) struct Search<'a> {
    pub(super) trace: Trace<'a>,
    pub(super) asked: &'a hir::Decision,
    pub(super) outputs: Vec<Output>,
    pub(super) now: Decided,
    pub(super) aim: Aim,
    pub(super) runner: Runner<'a>,
    /// Whether there may be more than was found.
    pub(super) incomplete: Cell<bool>,
    live: Rc<Live>,
    touched: RefCell<BTreeMap<FieldId, Rc<Live>>>,
    /// Whether any values of all of them could be enough.
    pub(super) is_open: bool,
    /// The suggestible facts that the decision reads.
    pub(super) candidates: Vec<Candidate<'a>>,
    /// Those of them without which the others cannot be enough, whatever they are.
    pub(super) necessary: Vec<FactRef>,
}

/// A fact that may be suggested.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'a> {
    pub(super) fact: FactRef,
    pub(super) declared: &'a Field,
    /// Its values where they lie on a grid.
    pub(super) grid: Option<Grid>,
    /// Its values that lie on none: truths, classes, 无.
    pub(super) values: Vec<Fact>,
}

/// A stretch of values that are enough, from the nearest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) near: i64,
    pub(super) far: i64,
    pub(super) up: bool,
    /// Whether it may go on: the search ended within it.
    pub(super) cut: bool,
}

/// A value of one fact that is enough, decided again.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub(super) fact: FactRef,
    pub(super) value: Fact,
    pub(super) decided: Decided,
    /// The value one step nearer.
    pub(super) not_yet: Option<Fact>,
    /// The stretch it begins, on a grid.
    pub(super) stretch: Option<(Grid, Stretch)>,
    /// Whether the stretch ends, or was not followed to its end.
    pub(super) is_bounded: bool,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        trace: &Trace<'a>,
        asked: &'a hir::Decision,
        (outputs, raise): (Vec<Output>, bool),
        stop: &'a dyn Fn() -> bool,
    ) -> Self {
        let roots: Vec<_> = outputs.iter().map(|output| output.node).collect();
        let runner = Runner::new(trace, &roots, 0, stop);
        let live = Rc::new(runner.live.clone());
        let nothing = Decided { outcome: Outcome::NotEntitled, payments: Vec::new() };
        let mut search = Self {
            trace: *trace,
            asked,
            outputs,
            now: nothing,
            aim: Aim::Nothing,
            runner,
            incomplete: Cell::new(false),
            live,
            touched: RefCell::new(BTreeMap::new()),
            is_open: false,
            candidates: Vec::new(),
            necessary: Vec::new(),
        };
        search.now = search.read(trace.case, trace.evaluation);
        search.aim = match (search.now.outcome, raise) {
            (Outcome::Entitled, true) => Aim::Raise,
            (Outcome::Entitled, false) => Aim::Nothing,
            _ => Aim::Entitled,
        };
        search.candidates = search.suggestible();
        search
    }

    /// The facts that may be suggested and that the decision reads, by themselves or to pick law.
    fn suggestible(&self) -> Vec<Candidate<'a>> {
        let program = self.trace.program;
        let mut is_read = vec![false; program.fields.len()];
        for (at, node) in program.nodes.iter().enumerate() {
            let id = NodeId(u32::try_from(at).unwrap_or(u32::MAX));
            if let NodeKind::Fact(field) = node.kind
                && self.live.contains(id)
                && let Some(read) = is_read.get_mut(crate::solve::pass::index(field.0))
            {
                *read = true;
            }
        }
        let mut found = Vec::new();
        for (at, declared) in program.fields.iter().enumerate() {
            let field = FieldId(u32::try_from(at).unwrap_or(u32::MAX));
            let read = is_read.get(at) == Some(&true) || self.picks_law(field);
            if declared.not_suggested || declared.immutable || declared.many || !read {
                continue;
            }
            for who in 0..self.trace.case.of(declared.object).len() {
                let who = InstanceId(u32::try_from(who).unwrap_or(u32::MAX));
                found.extend(self.candidate(declared, FactRef { field, who }));
            }
        }
        found
    }

    fn candidate(&self, declared: &'a Field, fact: FactRef) -> Option<Candidate<'a>> {
        let known = |constant| Fact::Known(Scalar::Constant(constant));
        let mut grid = Grid::of_fact(self.trace.program, self.trace.case, fact.field, fact.who);
        if let (Some(grid), None, Type::Number(_)) = (&mut grid, declared.range, &declared.ty) {
            // An amount or a number is never less than nothing, unless it is declared to be or is.
            let now = self.point_now(fact, declared, grid).unwrap_or(0);
            grid.low = grid.low.max(now.min(0));
        }
        let mut values = match (&declared.ty, grid) {
            (_, Some(_)) => Vec::new(),
            (Type::Bool, None) => [true, false].map(|truth| known(Constant::Bool(truth))).to_vec(),
            (Type::Enum(id), None) => {
                let count = self.trace.program.enumeration(*id).map_or(0, |all| all.values.len());
                let count = u16::try_from(count).unwrap_or(u16::MAX);
                (0..count).map(|at| known(Constant::Enum(*id, at))).collect()
            }
            _ => return None,
        };
        if declared.optional {
            values.push(Fact::Absent);
        }
        Some(Candidate { fact, declared, grid, values })
    }

    /// Whether the fact is the day that picks rows and versions: what is unknown of it then says
    /// nothing of what it could bring about.
    fn picks_law(&self, field: FieldId) -> bool {
        let picks = |date: ApplicableDate| date == ApplicableDate::Fact(field);
        self.trace.program.layers.iter().any(|layer| picks(layer.applicable))
    }

    /// Looks whether it is worth searching, and which facts no change can do without.
    pub(super) fn look(&mut self) {
        let all: Vec<&Candidate<'_>> = self.candidates.iter().collect();
        self.is_open = self.aim != Aim::Nothing && self.is_possible(self.trace.case, &all);
        if !self.is_open {
            return;
        }
        let others = |without: FactRef| -> Vec<&Candidate<'_>> {
            self.candidates.iter().filter(|other| other.fact != without).collect()
        };
        let facts = self.candidates.iter().map(|candidate| candidate.fact);
        let necessary: Vec<FactRef> =
            facts.filter(|fact| !self.is_possible(self.trace.case, &others(*fact))).collect();
        self.necessary = necessary;
    }

    /// Whether these facts are all that no change can do without.
    pub(super) fn includes_necessary(&self, facts: &[FactRef]) -> bool {
        self.necessary.iter().all(|fact| facts.contains(fact))
    }

    /// The changes of single facts.
    pub(super) fn by_facts(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        for candidate in &self.candidates {
            if self.includes_necessary(&[candidate.fact])
                && self.is_possible(self.trace.case, &[candidate])
            {
                let hits = self.alone(self.trace.case, candidate);
                changes.extend(hits.iter().map(|hit| self.single(hit)));
            }
        }
        changes
    }

    /// Whether some values of these facts could be enough, all else as it is: with them unknown the
    /// decision is not certainly a refusal. What is found impossible is; not the other way round.
    pub(super) fn is_possible(&self, case: &Case, facts: &[&Candidate<'_>]) -> bool {
        if facts.iter().any(|candidate| self.picks_law(candidate.fact.field)) {
            return true;
        }
        let question = self.trace.evaluation.question;
        let mut case = case.clone();
        for Candidate { fact, .. } in facts {
            case = with_fact(&case, (fact.field, fact.who), question.period, Fact::Unknown);
        }
        let Some(evaluation) = self.run(&case, question) else { return false };
        let varied: Vec<FactRef> = facts.iter().map(|candidate| candidate.fact).collect();
        let trace = Trace { case: &case, evaluation: &evaluation, ..self.trace };
        let Some(first) = self.outputs.first() else { return false };
        if !may_become(&trace, (first.node, first.who), &varied) {
            return false;
        }
        let values = self.outputs.iter().map(|output| evaluation.value(output.node, output.who));
        let values = values.skip(1);
        let paid = self.outputs.iter().skip(1).zip(values).map(|(output, value)| {
            let most = value.filter(|value| value.as_fault().is_none()).map(Value::range);
            (output, most.and_then(|(_, high)| high))
        });
        self.aim != Aim::Raise || self.may_be_raised(paid)
    }

    /// Whether one payment can be more than now and each can be as much; nothing bounds what has
    /// no bound.
    fn may_be_raised<'o>(
        &self,
        most: impl Iterator<Item = (&'o Output, Option<Rational>)>,
    ) -> bool {
        let mut more = false;
        for (output, most) in most {
            let now = self.paid_now(output);
            match (most, now) {
                (Some(most), Some(now)) if most < now => return false,
                (Some(most), Some(now)) => more |= most > now,
                (None, Some(_)) => more = true,
                (_, None) => {}
            }
        }
        more
    }

    fn paid_now(&self, output: &Output) -> Option<Rational> {
        let paid = self.now.payments.iter().find(|(id, _)| self.is_of(*id, output));
        paid.and_then(|(_, value)| value.as_number())
    }

    /// Whether an output is that payment.
    pub(super) fn is_of(&self, payment: PaymentId, output: &Output) -> bool {
        let program = self.trace.program;
        let payment = program.payments.get(crate::solve::pass::index(payment.0));
        let root = payment.and_then(|payment| program.definition(payment.definition)?.root);
        output.is_payment && root == Some(output.node)
    }

    /// Evaluates the decision; nothing where the work is used up, which is remembered.
    pub(super) fn run(&self, case: &Case, question: Question) -> Option<Evaluation> {
        let evaluation = self.runner.run(case, question);
        if evaluation.is_none() {
            self.incomplete.set(true);
        }
        evaluation
    }

    /// Reads the decision off an evaluation of a case; what is missing is split.
    pub(super) fn read(&self, case: &Case, evaluation: &Evaluation) -> Decided {
        let trace = Trace { case, evaluation, ..self.trace };
        let who = self.outputs.first().map_or(InstanceId(0), |output| output.who);
        let found = settled(&trace, self.asked, who);
        Decided { outcome: found.outcome, payments: found.payments }
    }

    /// The case decided again.
    pub(super) fn decided(&self, case: &Case) -> Option<Decided> {
        let evaluation = self.run(case, self.trace.evaluation.question)?;
        let first = self.outputs.first()?;
        let is_open = |value: &Value| matches!(value, Value::Unknown(_));
        if evaluation.value(first.node, first.who).is_some_and(is_open)
            && !self.runner.spend(SPLITTING, case, evaluation.question)
        {
            self.incomplete.set(true);
            return None;
        }
        Some(self.read(case, &evaluation))
    }

    pub(super) fn with(&self, case: &Case, fact: FactRef, value: Fact) -> Case {
        with_fact(case, (fact.field, fact.who), self.trace.evaluation.question.period, value)
    }

    /// Where a fact that lies on a grid is now; nothing where that is not known.
    pub(super) fn point_now(&self, fact: FactRef, declared: &Field, grid: &Grid) -> Option<i64> {
        let question = self.trace.evaluation.question;
        let said = in_month(self.trace.case.fact(fact.field, fact.who), question.period);
        match (said, declared.default) {
            (Fact::Known(scalar), _) => grid.point(*scalar),
            (Fact::NotStated, Some(DefaultValue::Value(constant))) if !question.strict => {
                grid.point(Scalar::Constant(constant))
            }
            _ => None,
        }
    }

    /// The ways to go from what a fact is now: down and up; of a fact that is not known, from each
    /// end of its range.
    pub(super) fn ways(&self, candidate: &Candidate<'_>, grid: &Grid) -> [(i64, i64); 2] {
        match self.point_now(candidate.fact, candidate.declared, grid) {
            Some(now) => [(now, grid.low), (now, grid.high)],
            None => [(grid.high, grid.low), (grid.low, grid.high)],
        }
    }

    /// How far a fact moves, in its own units.
    pub(super) fn distance(&self, candidate: &Candidate<'_>, value: &Fact) -> Option<Rational> {
        let grid = candidate.grid.as_ref()?;
        let now = self.point_now(candidate.fact, candidate.declared, grid)?;
        let Fact::Known(scalar) = value else { return None };
        let moved = grid.point(*scalar)?.checked_sub(now)?;
        Rational::from_integer(moved.checked_abs()?).checked_mul(grid.grain).ok()
    }

    /// The values of one fact that are enough in a case: on a grid the nearest each way.
    pub(super) fn alone(&self, case: &Case, candidate: &Candidate<'_>) -> Vec<Hit> {
        let mut hits = Vec::new();
        if let Some(grid) = candidate.grid {
            let walk = self.runner.part(MOST_IN_A_WALK);
            let walker = self.walker(case, candidate.fact, grid, &walk);
            if walker.matters() {
                hits.extend(self.on_grid(case, candidate, &walker));
            }
            self.runner.budget.settle(&walk);
        }
        for value in &candidate.values {
            let changed = self.with(case, candidate.fact, value.clone());
            if changed.fact(candidate.fact.field, candidate.fact.who)
                == case.fact(candidate.fact.field, candidate.fact.who)
            {
                continue;
            }
            let Some(decided) = self.decided(&changed) else { continue };
            if self.is_enough(&decided) {
                let (fact, value) = (candidate.fact, value.clone());
                hits.push(Hit {
                    fact,
                    value,
                    decided,
                    not_yet: None,
                    stretch: None,
                    is_bounded: false,
                });
            }
        }
        hits
    }

    pub(super) fn walker<'w>(
        &'w self,
        case: &'w Case,
        fact: FactRef,
        grid: Grid,
        budget: &'w Budget<'w>,
    ) -> Walker<'w> {
        let program = self.trace.program;
        let ground = Ground { program, case, question: self.trace.evaluation.question };
        let places = self.outputs.iter().map(|output| (output.node, output.who)).collect();
        let mut known = self.touched.borrow_mut();
        let touched = known
            .entry(fact.field)
            .or_insert_with(|| Rc::new(touched(program, &self.live, grid.variable)));
        let shared = (Rc::clone(&self.live), self.runner.look_back, Rc::clone(touched));
        Walker::sharing(ground, grid, places, budget, shared)
    }

    /// The nearest stretch each way; of a fact that is not known, the first and the last there is.
    fn on_grid(&self, case: &Case, candidate: &Candidate<'_>, walker: &Walker<'_>) -> Vec<Hit> {
        let mut stretches: Vec<Stretch> = Vec::new();
        for way in self.ways(candidate, &walker.grid) {
            let (stretch, whole) = self.nearest(walker, way);
            if !whole {
                self.incomplete.set(true);
            }
            stretches.extend(
                stretch.filter(|found| !stretches.iter().any(|known| overlap(known, found))),
            );
        }
        let mut hits = Vec::new();
        for stretch in stretches {
            match self.checked(case, candidate.fact, &walker.grid, stretch) {
                Some(hit) => hits.push(hit),
                None => self.incomplete.set(true),
            }
        }
        hits
    }

    /// The first stretch on the way, and whether the way was walked as far as it had to be.
    fn nearest(&self, walker: &Walker<'_>, (from, to): (i64, i64)) -> (Option<Stretch>, bool) {
        let up = to >= from;
        let mut found: Option<Stretch> = None;
        let stop = walker.walk(from, to, |piece| {
            let piece = &piece;
            let (near, far) = if up { (piece.low, piece.high) } else { (piece.high, piece.low) };
            match &mut found {
                Some(stretch) if self.aim == Aim::Entitled && self.holds(walker, piece, near) => {
                    stretch.far = far;
                    true
                }
                Some(_) => false,
                None => {
                    let first = first(near, far, |at| self.holds(walker, piece, at));
                    found = first.map(|at| Stretch {
                        near: at,
                        far: if self.aim == Aim::Entitled { far } else { at },
                        up,
                        cut: false,
                    });
                    found.is_none() || self.aim == Aim::Entitled
                }
            }
        });
        let whole = stop.is_none() || found.is_some();
        (found.map(|stretch| Stretch { cut: stop.is_some(), ..stretch }), whole)
    }

    /// Whether a point of a piece is enough.
    fn holds(&self, walker: &Walker<'_>, piece: &Piece, at: i64) -> bool {
        let entitled = piece.values.first() == Some(&Sym::truth(true));
        if self.aim != Aim::Raise || !entitled {
            return entitled;
        }
        let paid = self.outputs.iter().zip(&piece.values).skip(1).map(|(output, sym)| {
            let Sym::Number(form) = sym else { return None };
            Some((output, form.at(&walker.grid, at).ok()?))
        });
        paid.collect::<Option<Vec<_>>>().is_some_and(|paid| self.is_raised(&paid))
    }

    /// Whether a point of a piece could be enough, whatever is unknown there.
    pub(super) fn may_hold(&self, walker: &Walker<'_>, piece: &Piece, at: i64) -> bool {
        let entitled = piece.values.first();
        if entitled.is_none_or(|sym| sym.holds() == Some(false)) {
            return false;
        }
        let read = |form: &Form| form.at(&walker.grid, at).ok();
        let paid = self.outputs.iter().zip(&piece.values).skip(1).map(|(output, sym)| {
            let (_, high) = sym.range();
            (output, high.as_ref().and_then(read))
        });
        self.aim != Aim::Raise || self.may_be_raised(paid)
    }

    /// Whether one payment is more than now and none is less.
    fn is_raised(&self, then: &[(&Output, Rational)]) -> bool {
        let mut more = false;
        for (output, amount) in then {
            let Some(now) = self.paid_now(output) else { return false };
            if *amount < now {
                return false;
            }
            more |= *amount > now;
        }
        more
    }

    pub(super) fn is_enough(&self, decided: &Decided) -> bool {
        if decided.outcome != Outcome::Entitled {
            return false;
        }
        match self.aim {
            Aim::Entitled => true,
            Aim::Nothing => false,
            Aim::Raise => {
                let paid = decided.payments.iter().map(|(id, value)| {
                    let output = self.outputs.iter().find(|output| self.is_of(*id, output))?;
                    Some((output, value.as_number()?))
                });
                paid.collect::<Option<Vec<_>>>().is_some_and(|paid| self.is_raised(&paid))
            }
        }
    }

    /// The stretch, where deciding again bears it out: both its ends are enough, their neighbours
    /// outside are not.
    fn checked(&self, case: &Case, fact: FactRef, grid: &Grid, stretch: Stretch) -> Option<Hit> {
        let value = |at: i64| Fact::Known(grid.scalar(at));
        let decided = |at: i64| self.decided(&self.with(case, fact, value(at)));
        let near = decided(stretch.near)?;
        let far_is_enough = stretch.far == stretch.near || self.is_enough(&decided(stretch.far)?);
        if !self.is_enough(&near) || !far_is_enough {
            return None;
        }
        let step = if stretch.up { 1 } else { -1 };
        let outside = |at: i64| (grid.low..=grid.high).contains(&at).then_some(at);
        let not_yet = outside(stretch.near.saturating_sub(step));
        let after = outside(stretch.far.saturating_add(step))
            .filter(|_| self.aim == Aim::Entitled && !stretch.cut);
        for at in [not_yet, after].into_iter().flatten() {
            if self.is_enough(&decided(at)?) {
                return None;
            }
        }
        Some(Hit {
            fact,
            value: value(stretch.near),
            decided: near,
            not_yet: not_yet.map(value),
            stretch: Some((*grid, stretch)),
            is_bounded: after.is_some() || stretch.cut,
        })
    }

    fn single(&self, hit: &Hit) -> Change {
        let (view, target) = self.part(hit);
        let text = self.arrow(&view, &target);
        let applied = Applied::Facts(vec![(hit.fact, hit.value.clone())]);
        self.change((vec![view], text), &hit.decided, applied)
    }
}

/// Whether a condition could hold for certain if these facts, which are unknown, were known: not
/// where a part of it waits for something else alone, such as a decision of the authority.
fn may_become(trace: &Trace<'_>, (node, who): (NodeId, InstanceId), varied: &[FactRef]) -> bool {
    let node = trace.current(node);
    match trace.kind(node) {
        Some(NodeKind::All(parts)) => {
            parts.iter().all(|part| may_become(trace, (*part, who), varied))
        }
        Some(NodeKind::Any(parts)) => {
            parts.iter().any(|part| may_become(trace, (*part, who), varied))
        }
        Some(NodeKind::Item(_, body)) => may_become(trace, (*body, who), varied),
        Some(NodeKind::Use { root, .. }) => may_become(trace, (*root, who), varied),
        _ => match trace.value(node, who) {
            Value::Unknown(unknown) => unknown.causes.iter().any(|cause| {
                let note = trace.evaluation.notes.get(cause);
                matches!(note, Some(Note::Missing(field, who))
                    if varied.contains(&FactRef { field: *field, who: *who }))
            }),
            value => value.holds() != Some(false),
        },
    }
}

/// The first of a line of points that holds, where the last does; what comes of halving is decided
/// again before it is said.
pub(super) fn first(near: i64, far: i64, holds: impl Fn(i64) -> bool) -> Option<i64> {
    if holds(near) {
        return Some(near);
    }
    if !holds(far) {
        return None;
    }
    let (mut not, mut enough) = (near, far);
    while not.abs_diff(enough) > 1 {
        let middle = i64::midpoint(not, enough);
        if holds(middle) { enough = middle } else { not = middle }
    }
    Some(enough)
}

fn overlap(a: &Stretch, b: &Stretch) -> bool {
    let ends = |s: &Stretch| (s.near.min(s.far), s.near.max(s.far));
    let ((low, high), (other_low, other_high)) = (ends(a), ends(b));
    low <= other_high && other_low <= high
}
