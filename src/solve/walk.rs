//! From one region to the next, over the whole range of what is varied.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;
use std::sync::Arc;

use super::grid::{Grid, Variable, with_fact};
use super::pass::{Solved, solve};
use super::region::{Cause, Place, Reason};
use super::sym::Sym;
use super::touched::touched;
use crate::eval::{
    Changed, Clock, Evaluation, Live, LookBack, Mixture, Places, Question, evaluate_again,
    evaluate_mixed,
};
use crate::hir::{ApplicableDate, NodeId, Program};
use crate::input::{Case, Fact, InstanceId};

/// The most pieces of one walk.
const MOST_PIECES: usize = 4_096;

/// So many points in a row that cannot be joined into pieces, and the walk stops.
const MOST_STUCK: usize = 128;

/// How much may still be computed, in values of nodes.
pub(crate) struct Budget<'a> {
    left: Cell<u64>,
    given: u64,
    stop: Option<&'a dyn Fn() -> bool>,
}

impl std::fmt::Debug for Budget<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Budget").field("left", &self.left).finish_non_exhaustive()
    }
}

impl<'a> Budget<'a> {
    pub(crate) fn new(values: u64) -> Self {
        Self { left: Cell::new(values), given: values, stop: None }
    }

    /// The same, until somebody asks to stop.
    pub(crate) fn until(self, stop: &'a dyn Fn() -> bool) -> Self {
        Self { stop: Some(stop), ..self }
    }

    /// How much is left.
    pub(crate) fn left(&self) -> u64 {
        self.left.get()
    }

    /// Takes what a part of it has spent.
    pub(crate) fn settle(&self, part: &Budget<'_>) {
        let spent = part.given.saturating_sub(part.left());
        self.left.set(self.left.get().saturating_sub(spent));
    }

    /// Leaves so much.
    pub(crate) fn set(&self, values: u64) {
        self.left.set(values);
    }

    /// Takes so much, where there is so much left.
    pub(crate) fn spend(&self, values: usize) -> bool {
        let left = self.left.get();
        let values = u64::try_from(values).unwrap_or(u64::MAX);
        self.left.set(left.saturating_sub(values));
        values <= left && !self.stop.is_some_and(|stop| stop())
    }
}

/// A case under a policy, and what is asked of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ground<'a> {
    pub(crate) program: &'a Program,
    pub(crate) case: &'a Case,
    pub(crate) question: Question,
}

impl Ground<'_> {
    /// The days that pick the law: held as they are where time passes.
    fn clock(&self, grid: &Grid, case: &Case) -> Clock {
        let case = if grid.variable == Variable::Time { self.case } else { case };
        Clock::of(self.program, case, &self.question)
    }

    /// The case and the question with the variable at a point.
    pub(crate) fn at(&self, grid: &Grid, point: i64) -> (Case, Question) {
        match grid.variable {
            Variable::Number(field, who) | Variable::Day(field, who) => {
                let fact = Fact::Known(grid.scalar(point));
                let case = with_fact(self.case, (field, who), self.question.period, fact);
                (case, self.question)
            }
            Variable::Time => {
                let question = Question { as_of: Some(grid.day(point)), ..self.question };
                (self.case.clone(), question)
            }
        }
    }
}

/// What is walked: outputs of a case as functions of one variable.
#[derive(Debug)]
pub(crate) struct Walker<'a> {
    pub(crate) ground: Ground<'a>,
    pub(crate) grid: Grid,
    pub(crate) outputs: Vec<(NodeId, InstanceId)>,
    live: Rc<Live>,
    look_back: LookBack,
    touched: Rc<Live>,
    /// The first evaluation: the others differ from it where `touched` says.
    first: OnceCell<(Evaluation, Arc<Places>)>,
    budget: &'a Budget<'a>,
}

/// A stretch of points on which each output is one function.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(crate) low: i64,
    pub(crate) high: i64,
    pub(crate) values: Vec<Sym>,
    pub(crate) solved: Solved,
}

impl Piece {
    /// What makes its end on one side.
    pub(crate) fn causes(&self, up: bool) -> &[Cause] {
        if up { &self.solved.region.high_causes } else { &self.solved.region.low_causes }
    }
}

/// Why a walk ended before the end of the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stop {
    /// The last point that was reached.
    pub(crate) at: i64,
    /// Why; nothing where it was only too much to compute.
    pub(crate) reason: Option<Reason>,
    /// Where in the program.
    pub(crate) place: Option<Place>,
}

impl<'a> Walker<'a> {
    pub(crate) fn new(
        ground: Ground<'a>,
        grid: Grid,
        outputs: Vec<(NodeId, InstanceId)>,
        budget: &'a Budget<'a>,
    ) -> Self {
        let roots: Vec<NodeId> = outputs.iter().map(|(node, _)| *node).collect();
        let live = Live::of(ground.program, &roots);
        let look_back = LookBack::of(ground.program, &live);
        let touched = touched(ground.program, &live, grid.variable);
        let shared = (Rc::new(live), look_back, Rc::new(touched));
        Self::sharing(ground, grid, outputs, budget, shared)
    }

    /// The same where what the outputs need, and what of it depends on the variable, is known.
    pub(crate) fn sharing(
        ground: Ground<'a>,
        grid: Grid,
        outputs: Vec<(NodeId, InstanceId)>,
        budget: &'a Budget<'a>,
        (live, look_back, touched): (Rc<Live>, LookBack, Rc<Live>),
    ) -> Self {
        let first = OnceCell::new();
        Self { ground, grid, outputs, live, look_back, touched, first, budget }
    }

    /// Whether any output can depend on the variable.
    pub(crate) fn matters(&self) -> bool {
        !self.touched.is_empty() || self.picks_law()
    }

    /// Whether the variable is a day that picks the law.
    fn picks_law(&self) -> bool {
        self.ground.program.layers.iter().any(|layer| match layer.applicable {
            ApplicableDate::Fact(field) => self.grid.variable.is(field, InstanceId(0)),
            _ => false,
        })
    }

    /// Evaluates at a point; nothing where it would be too much.
    pub(crate) fn evaluate(&self, point: i64) -> Option<Evaluation> {
        // Where time passes, the question differs, and where law is picked, all of it does.
        let is_whole = self.grid.variable == Variable::Time || self.picks_law();
        let (program, look_back) = (self.ground.program, self.look_back);
        let Some((before, places)) = self.first.get().filter(|_| !is_whole) else {
            let found = self.evaluate_whole(point)?;
            if !is_whole {
                let places = Places::of(program, &self.touched, self.ground.case);
                let _ = self.first.set((found.clone(), Arc::new(places)));
            }
            return Some(found);
        };
        let (case, _) = self.ground.at(&self.grid, point);
        self.spend(&self.touched, &case)?;
        let live = (&*self.live, Changed { nodes: &self.touched, places });
        let mixture = self.mixture(&case);
        Some(evaluate_again(program, live, look_back, &case, before, &mixture))
    }

    /// The same with nothing taken from another evaluation.
    pub(crate) fn evaluate_whole(&self, point: i64) -> Option<Evaluation> {
        let (case, question) = self.ground.at(&self.grid, point);
        self.spend(&self.live, &case)?;
        let (program, live, look_back) = (self.ground.program, &self.live, self.look_back);
        let mixture = self.mixture(&case);
        Some(evaluate_mixed(program, live, look_back, &case, question, &mixture))
    }

    /// Takes what evaluating some nodes for a case costs; nothing where there is not so much left.
    fn spend(&self, nodes: &Live, case: &Case) -> Option<()> {
        let months = self.look_back.frames(case, self.ground.question.period);
        let months = usize::try_from(months).unwrap_or(usize::MAX);
        let work = nodes.work(self.ground.program, case);
        self.budget.spend(work.saturating_mul(months)).then_some(())
    }

    fn mixture(&self, case: &Case) -> Mixture {
        Mixture { clock: Some(self.ground.clock(&self.grid, case)), ..Mixture::default() }
    }

    /// The piece around a point, checked at the end it is walked to.
    pub(crate) fn piece(&self, point: i64, up: bool) -> Option<Piece> {
        let evaluation = self.evaluate(point)?;
        let (case, _) = self.ground.at(&self.grid, point);
        let clock = self.ground.clock(&self.grid, &case);
        let program = self.ground.program;
        let mut solved =
            solve(program, &self.touched, &case, evaluation, (self.grid, point), clock);
        let end = if up { solved.region.high } else { solved.region.low };
        let values = self.values(&solved);
        if end != point && self.matters() {
            let other = self.evaluate(end)?;
            let agrees = self.outputs.iter().zip(&values).all(|((node, who), sym)| {
                other.value(*node, *who).is_some_and(|value| sym.agrees(value, &self.grid, end))
            });
            if !agrees {
                solved.region.stop(Reason::Unfollowed);
            }
        }
        let (low, high) = (solved.region.low, solved.region.high);
        Some(Piece { low, high, values, solved })
    }

    fn values(&self, solved: &Solved) -> Vec<Sym> {
        let place = |(node, who): &(NodeId, InstanceId)| Place { node: *node, who: *who, back: 0 };
        self.outputs.iter().map(|output| solved.sym(place(output))).collect()
    }

    /// Visits the pieces from a point up to another (or down), until `visit` has seen enough.
    /// Gives why it stopped before, if it did.
    pub(crate) fn walk(
        &self,
        from: i64,
        to: i64,
        mut visit: impl FnMut(Piece) -> bool,
    ) -> Option<Stop> {
        let up = to >= from;
        let mut at = from;
        let mut stuck = 0_usize;
        for _ in 0..MOST_PIECES {
            let Some(mut piece) = self.piece(at, up) else {
                return Some(Stop { at, reason: None, place: None });
            };
            // Only this side of the point is new.
            (piece.low, piece.high) =
                if up { (at, piece.high.min(to)) } else { (piece.low.max(to), at) };
            let unsolved = piece.causes(up).iter().find(|cause| {
                matches!(cause.reason, Reason::Product | Reason::TooLarge | Reason::Unfollowed)
            });
            let unsolved = unsolved.copied();
            stuck = if unsolved.is_some() { stuck.saturating_add(1) } else { 0 };
            let last = if up { piece.high } else { piece.low };
            if !visit(piece) || last == to {
                return None;
            }
            if let Some(cause) = unsolved.filter(|_| stuck >= MOST_STUCK) {
                let (reason, place) = (Some(cause.reason), Some(cause.place));
                return Some(Stop { at: last, reason, place });
            }
            at = if up { last.saturating_add(1) } else { last.saturating_sub(1) };
        }
        Some(Stop { at, reason: Some(Reason::Step), place: None })
    }
}
