//! The points around one point at which everything takes the same branch, narrowed as the pass
//! meets comparisons, picks and roundings, with what makes its ends.

use super::form::{Direction, Form, Term};
use super::grid::Grid;
use crate::hir::NodeId;
use crate::input::InstanceId;
use crate::value::{OpError, Rational};

/// A value in the evaluation: a node for an instance, so many months back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) node: NodeId,
    pub(crate) who: InstanceId,
    pub(crate) back: u32,
}

/// Why a region ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// Something is compared or picked, and comes out otherwise beyond.
    Branch,
    /// A rounded number, an age or a count of days takes its next value.
    Step,
    /// What is varied enters as a product or a quotient that is not solved.
    Product,
    /// Other law is in force beyond.
    Law,
    /// The numbers become too large.
    TooLarge,
    /// The analysis did not follow the evaluation.
    Unfollowed,
}

/// What makes an end of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cause {
    pub(crate) place: Place,
    pub(crate) reason: Reason,
    /// The exact value of what is varied at which the two sides are equal, where it is solved.
    pub(crate) root: Option<Rational>,
}

/// Points around `at`, both ends among them.
#[derive(Clone, Debug)]
pub(crate) struct Region {
    pub(crate) grid: Grid,
    pub(crate) at: i64,
    pub(crate) low: i64,
    pub(crate) high: i64,
    pub(crate) low_causes: Vec<Cause>,
    pub(crate) high_causes: Vec<Cause>,
    place: Place,
    root: Option<Rational>,
}

impl Region {
    pub(crate) fn new(grid: Grid, at: i64) -> Self {
        Self {
            grid,
            at,
            low: grid.low.min(at),
            high: grid.high.max(at),
            low_causes: Vec::new(),
            high_causes: Vec::new(),
            place: Place { node: NodeId(0), who: InstanceId(0), back: 0 },
            root: None,
        }
    }

    /// What narrows from now on does so because of this value.
    pub(crate) fn enter(&mut self, place: Place) {
        self.place = place;
    }

    /// Keeps the points around `at` that have its class. The classes must be in order: rising or
    /// falling with the points.
    pub(crate) fn keep(&mut self, reason: Reason, class: impl Fn(i64) -> Option<i64>) {
        let here = class(self.at);
        let cause = Cause { place: self.place, reason, root: self.root };
        let same = |point: i64| class(point) == here;
        let end = last(self.at, self.high, &same);
        let beyond = end.saturating_add(1);
        let ends = end < self.high || beyond <= self.grid.high && !same(beyond);
        note(&mut self.high_causes, ends, end < self.high, cause);
        self.high = end;
        let end = last(self.at, self.low, &same);
        let beyond = end.saturating_sub(1);
        let ends = end > self.low || beyond >= self.grid.low && !same(beyond);
        note(&mut self.low_causes, ends, end > self.low, cause);
        self.low = end;
    }

    /// Keeps the points at which a form has a sign of the same class as at `at`.
    pub(crate) fn keep_sign(&mut self, form: &Form, class: impl Fn(i32) -> i64) {
        if form.is_constant() || self.keep_away_from_zero(form) {
            return;
        }
        let form = self.monotone(form);
        let grid = self.grid;
        self.root = form.root();
        self.keep(Reason::Branch, |point| {
            form.at(&grid, point).ok().map(|value| class(value.signum()))
        });
        self.root = None;
    }

    /// Of a form that goes both ways only because it is rounded: where it is further from zero than
    /// rounding can move it, keeps the points at which it stays so.
    fn keep_away_from_zero(&mut self, form: &Form) -> bool {
        if form.direction(&self.grid, self.low, self.high) != Direction::Mixed {
            return false;
        }
        let Ok((smooth, most)) = form.smooth() else { return false };
        if smooth.direction(&self.grid, self.low, self.high) == Direction::Mixed {
            return false;
        }
        let grid = self.grid;
        let Ok(here) = smooth.at(&grid, self.at) else { return false };
        if here.abs() <= most {
            return false;
        }
        self.keep(Reason::Branch, |point| {
            let there = smooth.at(&grid, point).ok()?;
            Some(i64::from(there.abs() > most && there.signum() == here.signum()))
        });
        true
    }

    /// Keeps the points at which a form has the value it has at `at`, and gives that value.
    pub(crate) fn pin(&mut self, form: &Form, reason: Reason) -> Result<Rational, OpError> {
        let grid = self.grid;
        let value = form.at(&grid, self.at)?;
        if form.is_constant() {
            return Ok(value);
        }
        let form = self.monotone(form);
        self.keep(reason, |point| {
            form.at(&grid, point).ok().map(|other| ordering(other.cmp(&value)))
        });
        Ok(value)
    }

    /// Keeps `at` alone.
    pub(crate) fn stop(&mut self, reason: Reason) {
        let at = self.at;
        self.keep(reason, |point| Some(ordering(point.cmp(&at))));
    }

    /// The form with its steps replaced by the values they have here: a polynomial where nothing
    /// but steps makes it more than one.
    pub(crate) fn flat(&mut self, form: &Form, reason: Reason) -> Result<Form, OpError> {
        let mut flat = Form { terms: Vec::new(), ..form.clone() };
        for (factor, term) in &form.terms {
            let value = self.pin_term(term, reason)?;
            flat.constant = flat.constant.checked_add(factor.checked_mul(value)?)?;
        }
        Ok(flat)
    }

    /// Keeps the points at which a term has the value it has at `at`.
    fn pin_term(&mut self, term: &Term, reason: Reason) -> Result<Rational, OpError> {
        let grid = self.grid;
        let value = term.at(&grid, self.at)?;
        self.straighten(term);
        if term.direction(&grid, self.low, self.high) == Direction::Mixed {
            self.stop(Reason::Product);
        }
        self.keep(reason, |point| {
            term.at(&grid, point).ok().map(|other| ordering(other.cmp(&value)))
        });
        Ok(value)
    }

    /// Rounding a form that goes both ways goes both ways: keeps what is rounded to one.
    fn straighten(&mut self, term: &Term) {
        if let Term::Round(_, _, inner) = term {
            let _ = self.monotone(inner);
        }
    }

    /// The form on a part of the region where it only rises or only falls.
    fn monotone(&mut self, form: &Form) -> Form {
        for (_, term) in &form.terms {
            if form.direction(&self.grid, self.low, self.high) == Direction::Mixed {
                self.straighten(term);
            }
        }
        if form.direction(&self.grid, self.low, self.high) != Direction::Mixed {
            return form.clone();
        }
        let Ok(flat) = self.flat(form, Reason::Step) else {
            self.stop(Reason::TooLarge);
            return form.clone();
        };
        self.one_side_of_vertex(&flat);
        flat
    }

    /// A parabola falls on one side of its vertex and rises on the other.
    fn one_side_of_vertex(&mut self, form: &Form) {
        if form.direction(&self.grid, self.low, self.high) != Direction::Mixed {
            return;
        }
        let vertex = form
            .square
            .checked_add(form.square)
            .and_then(|twice| form.slope.negated().checked_div(twice));
        let Ok(vertex) = vertex else { return self.stop(Reason::Product) };
        let grid = self.grid;
        self.keep(Reason::Branch, |point| Some(ordering(grid.number(point).cmp(&vertex)).max(0)));
    }
}

fn ordering(ordering: std::cmp::Ordering) -> i64 {
    match ordering {
        std::cmp::Ordering::Less => -1,
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => 1,
    }
}

/// The point furthest from `from` towards `to` up to which all are the same.
fn last(from: i64, to: i64, same: &impl Fn(i64) -> bool) -> i64 {
    if same(to) {
        return to;
    }
    let (mut inside, mut outside) = (from, to);
    while inside.abs_diff(outside) > 1 {
        let middle = inside.midpoint(outside);
        if same(middle) { inside = middle } else { outside = middle }
    }
    inside
}

fn note(causes: &mut Vec<Cause>, ends: bool, sooner: bool, cause: Cause) {
    if sooner {
        causes.clear();
    }
    if ends && !causes.contains(&cause) {
        causes.push(cause);
    }
}
