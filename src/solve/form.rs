//! Exact functions of the one thing that is varied: a polynomial, and terms that step or bend
//! (rounding, a quotient, an age). They are kept as they are, so that a rounded amount is exact at
//! every point and its slope is known all the same.

use std::sync::Arc;

use super::grid::{Grid, Variable, day_of, number_of};
use crate::value::{Date, LeapBirthday, OpError, Rational, Rounding, round};

/// `constant + slope·x + square·x² + Σ factor·term`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) constant: Rational,
    pub(crate) slope: Rational,
    pub(crate) square: Rational,
    pub(crate) terms: Vec<(Rational, Arc<Term>)>,
}

/// A term that is no polynomial.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Term {
    /// A rounded form.
    Round(Rounding, Rational, Form),
    /// `(a + b·x) ÷ (c + d·x)`, where the divisor keeps its sign.
    Ratio { over: (Rational, Rational), under: (Rational, Rational) },
    /// The age of somebody on a day, in full years; 0 before the birth.
    Age { birth: Day, on: Day, leap: LeapBirthday },
    /// The number of a day.
    Number(Day),
}

/// A day as a function of the day that is varied; later where that is later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Day {
    /// It does not depend on it.
    Fixed(Date),
    /// It itself.
    Varied,
    /// So many months after; the last of the month where it has no such day.
    Months(Arc<Day>, i32),
    /// So many months after; the first of the next month where the month has no such day.
    Rolling(Arc<Day>, i32),
    /// So many days after.
    Days(Arc<Day>, i64),
}

/// Whether a form rises or falls with what is varied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// It is constant.
    Flat,
    /// It never falls.
    Up,
    /// It never rises.
    Down,
    /// Neither is known.
    Mixed,
}

impl Direction {
    fn of(sign: i32) -> Self {
        match sign {
            0 => Self::Flat,
            1.. => Self::Up,
            _ => Self::Down,
        }
    }

    fn times(self, sign: i32) -> Self {
        match (self, sign) {
            (_, 0) => Self::Flat,
            (Self::Up, ..0) => Self::Down,
            (Self::Down, ..0) => Self::Up,
            (other, _) => other,
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Flat, other) | (other, Self::Flat) => other,
            (a, b) if a == b => a,
            _ => Self::Mixed,
        }
    }
}

impl Day {
    /// The day at a point.
    pub(crate) fn at(&self, point: i64) -> Result<Date, OpError> {
        match self {
            Self::Fixed(date) => Ok(*date),
            Self::Varied => Ok(day_of(point)),
            Self::Months(day, months) => day.at(point)?.plus_months(*months),
            Self::Rolling(day, months) => day.at(point)?.plus_months_rolling(*months),
            Self::Days(day, days) => day.at(point)?.plus_days(*days),
        }
    }

    /// Whether it depends on what is varied.
    pub(crate) fn is_fixed(&self) -> bool {
        match self {
            Self::Fixed(_) => true,
            Self::Varied => false,
            Self::Months(day, _) | Self::Rolling(day, _) | Self::Days(day, _) => day.is_fixed(),
        }
    }

    /// By how many days it differs from the day that is varied, where that is always the same.
    fn offset(&self) -> Option<i64> {
        match self {
            Self::Varied => Some(0),
            Self::Days(day, days) => day.offset()?.checked_add(*days),
            Self::Fixed(_) | Self::Months(..) | Self::Rolling(..) => None,
        }
    }
}

impl Term {
    pub(crate) fn at(&self, grid: &Grid, point: i64) -> Result<Rational, OpError> {
        match self {
            Self::Round(mode, grain, form) => round(form.at(grid, point)?, *mode, *grain),
            Self::Ratio { over, under } => {
                let x = grid.number(point);
                let line =
                    |(start, slope): (Rational, Rational)| start.checked_add(slope.checked_mul(x)?);
                line(*over)?.checked_div(line(*under)?)
            }
            Self::Age { birth, on, leap } => {
                match Date::age_in_years(birth.at(point)?, on.at(point)?, *leap) {
                    Ok(years) => Ok(Rational::from_integer(i64::from(years))),
                    Err(OpError::BeforeBirth) => Ok(Rational::ZERO),
                    Err(error) => Err(error),
                }
            }
            Self::Number(day) => Ok(Rational::from_integer(number_of(day.at(point)?))),
        }
    }

    pub(crate) fn direction(&self, grid: &Grid, low: i64, high: i64) -> Direction {
        match self {
            // Of what only rises or only falls, the ends tell whether it stays.
            Self::Round(_, _, form) => match form.direction(grid, low, high) {
                Direction::Up | Direction::Down
                    if self.at(grid, low).is_ok_and(|at| self.at(grid, high) == Ok(at)) =>
                {
                    Direction::Flat
                }
                other => other,
            },
            _ if low == high => Direction::Flat,
            Self::Ratio { over: (a, b), under: (c, d) } => {
                // The derivative of (a + bx)/(c + dx) has the sign of bc − ad everywhere.
                let ends = b.checked_mul(*c).and_then(|bc| bc.checked_sub(a.checked_mul(*d)?));
                ends.map_or(Direction::Mixed, |sign| Direction::of(sign.signum()))
            }
            Self::Age { birth, on, .. } => match (birth.is_fixed(), on.is_fixed()) {
                (true, true) => Direction::Flat,
                (true, false) => Direction::Up,
                (false, true) => Direction::Down,
                (false, false) => Direction::Mixed,
            },
            Self::Number(day) if day.is_fixed() => Direction::Flat,
            Self::Number(_) => Direction::Up,
        }
    }
}

impl Form {
    /// Nothing.
    pub(crate) const ZERO: Self = Self {
        constant: Rational::ZERO,
        slope: Rational::ZERO,
        square: Rational::ZERO,
        terms: Vec::new(),
    };

    /// The same number everywhere.
    pub(crate) fn constant(number: Rational) -> Self {
        Self { constant: number, ..Self::default() }
    }

    /// What is varied itself.
    pub(crate) fn varied(variable: Variable) -> Self {
        match variable {
            Variable::Number(..) => Self { slope: Rational::ONE, ..Self::default() },
            Variable::Day(..) | Variable::Time => Self::day(&Day::Varied),
        }
    }

    /// A term alone.
    pub(crate) fn term(term: Term) -> Self {
        Self { terms: vec![(Rational::ONE, Arc::new(term))], ..Self::default() }
    }

    /// The number of a day.
    pub(crate) fn day(day: &Day) -> Self {
        match (day, day.offset()) {
            (Day::Fixed(date), _) => Self::constant(Rational::from_integer(number_of(*date))),
            // A day that only moves along is a straight line, which is solved at once.
            (_, Some(days)) => Self {
                constant: Rational::from_integer(days),
                slope: Rational::ONE,
                ..Self::default()
            },
            _ => Self::term(Term::Number(day.clone())),
        }
    }

    /// Whether it does not depend on what is varied.
    pub(crate) fn is_constant(&self) -> bool {
        self.slope.is_zero() && self.square.is_zero() && self.terms.is_empty()
    }

    /// Whether it is a polynomial.
    pub(crate) fn is_polynomial(&self) -> bool {
        self.terms.is_empty()
    }

    /// Its value at a point.
    pub(crate) fn at(&self, grid: &Grid, point: i64) -> Result<Rational, OpError> {
        let mut value = self.constant;
        if !self.slope.is_zero() || !self.square.is_zero() {
            let x = grid.number(point);
            let inner = self.slope.checked_add(self.square.checked_mul(x)?)?;
            value = value.checked_add(inner.checked_mul(x)?)?;
        }
        for (factor, term) in &self.terms {
            value = value.checked_add(factor.checked_mul(term.at(grid, point)?)?)?;
        }
        Ok(value)
    }

    /// Whether it rises or falls between two points.
    pub(crate) fn direction(&self, grid: &Grid, low: i64, high: i64) -> Direction {
        if low == high {
            return Direction::Flat;
        }
        let mut direction = if self.square.is_zero() {
            Direction::of(self.slope.signum())
        } else {
            // The derivative is a line: one sign at both ends is one sign between them.
            let slope_at = |point| {
                let twice = self.square.checked_add(self.square)?;
                self.slope.checked_add(twice.checked_mul(grid.number(point))?)
            };
            match (slope_at(low), slope_at(high)) {
                (Ok(a), Ok(b)) if a.signum() * b.signum() >= 0 => {
                    Direction::of(if a.is_zero() { b.signum() } else { a.signum() })
                }
                _ => Direction::Mixed,
            }
        };
        for (factor, term) in &self.terms {
            direction = direction.and(term.direction(grid, low, high).times(factor.signum()));
        }
        direction
    }

    /// The slope before rounding, where the form is a line but for rounding.
    pub(crate) fn marginal(&self) -> Option<Rational> {
        if !self.square.is_zero() {
            return None;
        }
        let mut slope = self.slope;
        for (factor, term) in &self.terms {
            let inner = match term.as_ref() {
                Term::Round(_, _, form) => form.marginal()?,
                Term::Ratio { .. } | Term::Age { .. } | Term::Number(_) => return None,
            };
            slope = slope.checked_add(factor.checked_mul(inner).ok()?).ok()?;
        }
        Some(slope)
    }

    pub(crate) fn plus(&self, other: &Self) -> Result<Self, OpError> {
        let mut terms = self.terms.clone();
        for (factor, term) in &other.terms {
            match terms.iter_mut().find(|(_, known)| known == term) {
                Some((known, _)) => *known = known.checked_add(*factor)?,
                None => terms.push((*factor, Arc::clone(term))),
            }
        }
        terms.retain(|(factor, _)| !factor.is_zero());
        Ok(Self {
            constant: self.constant.checked_add(other.constant)?,
            slope: self.slope.checked_add(other.slope)?,
            square: self.square.checked_add(other.square)?,
            terms,
        })
    }

    pub(crate) fn minus(&self, other: &Self) -> Result<Self, OpError> {
        self.plus(&other.scaled(Rational::ONE.negated())?)
    }

    pub(crate) fn scaled(&self, by: Rational) -> Result<Self, OpError> {
        if by.is_zero() {
            return Ok(Self::default());
        }
        let terms =
            self.terms.iter().map(|(factor, term)| Ok((factor.checked_mul(by)?, Arc::clone(term))));
        Ok(Self {
            constant: self.constant.checked_mul(by)?,
            slope: self.slope.checked_mul(by)?,
            square: self.square.checked_mul(by)?,
            terms: terms.collect::<Result<_, OpError>>()?,
        })
    }

    /// The product of two lines.
    pub(crate) fn product(&self, other: &Self) -> Result<Self, OpError> {
        let cross = self.constant.checked_mul(other.slope)?;
        Ok(Self {
            constant: self.constant.checked_mul(other.constant)?,
            slope: cross.checked_add(self.slope.checked_mul(other.constant)?)?,
            square: self.slope.checked_mul(other.slope)?,
            terms: Vec::new(),
        })
    }

    /// The form without its rounding, and how far rounding can move it at most.
    pub(crate) fn smooth(&self) -> Result<(Self, Rational), OpError> {
        let mut smooth = Self { terms: Vec::new(), ..self.clone() };
        let mut most = Rational::ZERO;
        for (factor, term) in &self.terms {
            let Term::Round(_, grain, form) = term.as_ref() else {
                let alone = Self { terms: vec![(*factor, Arc::clone(term))], ..Self::default() };
                smooth = smooth.plus(&alone)?;
                continue;
            };
            let (inner, error) = form.smooth()?;
            smooth = smooth.plus(&inner.scaled(*factor)?)?;
            most = most.checked_add(factor.abs().checked_mul(error.checked_add(*grain)?)?)?;
        }
        Ok((smooth, most))
    }

    /// Where a line crosses zero, as a value of what is varied.
    pub(crate) fn root(&self) -> Option<Rational> {
        if !self.is_polynomial() || !self.square.is_zero() {
            return None;
        }
        self.constant.negated().checked_div(self.slope).ok()
    }
}
