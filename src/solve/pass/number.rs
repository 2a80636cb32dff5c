//! Arithmetic, comparison, rounding and picks over forms.

use super::{Pass, Solution};
use crate::input::Scalar;
use crate::solve::form::{Day, Form, Term};
use crate::solve::region::Reason;
use crate::solve::sym::{Bounds, Sym};
use crate::syntax::ast::{BinaryOperator, Comparison};
use crate::value::{Rational, Rounding};

/// An end of a range: `None` is open to infinity.
type End = Option<Form>;

/// Below, at and above zero are three different things.
fn three(sign: i32) -> i64 {
    i64::from(sign)
}

impl Pass<'_> {
    fn value_here(&self, form: &Form) -> Result<Rational, Reason> {
        Ok(form.at(&self.region.grid, self.region.at)?)
    }

    pub(super) fn binary(&mut self, operator: BinaryOperator, a: &Sym, b: &Sym) -> Solution {
        if a.is_error() || b.is_error() {
            return Ok(Sym::Error);
        }
        if matches!((a, b), (Sym::Absent, _) | (_, Sym::Absent)) {
            return Ok(Sym::Error);
        }
        if let (Sym::Number(a), Sym::Number(b)) = (a, b) {
            return self.known(operator, a, b);
        }
        if operator == BinaryOperator::Multiply {
            // Nothing times an unknown is nothing.
            for factor in [a, b] {
                let Sym::Number(form) = factor else { continue };
                self.region.keep_sign(form, |sign| i64::from(sign == 0));
                if self.value_here(form)?.is_zero() {
                    return Ok(Sym::number(Rational::ZERO));
                }
            }
        }
        let (low, high) = self.bounds(operator, a.range(), b.range())?;
        self.settle(low, high)
    }

    fn known(&mut self, operator: BinaryOperator, a: &Form, b: &Form) -> Solution {
        if operator == BinaryOperator::Divide && self.value_here(b)?.is_zero() {
            self.region.keep_sign(b, three);
            return Ok(Sym::Error);
        }
        Ok(Sym::Number(self.apply(operator, a, b)?))
    }

    /// The result of two known forms, of which a divisor is not zero here.
    fn apply(&mut self, operator: BinaryOperator, a: &Form, b: &Form) -> Result<Form, Reason> {
        match operator {
            BinaryOperator::Add => Ok(a.plus(b)?),
            BinaryOperator::Subtract => Ok(a.minus(b)?),
            BinaryOperator::Multiply => self.product(a, b),
            BinaryOperator::Divide => self.quotient(a, b),
        }
    }

    fn product(&mut self, a: &Form, b: &Form) -> Result<Form, Reason> {
        if a.is_constant() {
            return Ok(b.scaled(a.constant)?);
        }
        if b.is_constant() {
            return Ok(a.scaled(b.constant)?);
        }
        let (a, b) = (self.line(a)?, self.line(b)?);
        Ok(a.product(&b)?)
    }

    fn quotient(&mut self, a: &Form, b: &Form) -> Result<Form, Reason> {
        if b.is_constant() {
            return Ok(a.scaled(Rational::ONE.checked_div(b.constant)?)?);
        }
        self.region.keep_sign(b, three);
        let (a, b) = (self.line(a)?, self.line(b)?);
        if b.is_constant() {
            return Ok(a.scaled(Rational::ONE.checked_div(b.constant)?)?);
        }
        let term = Term::Ratio { over: (a.constant, a.slope), under: (b.constant, b.slope) };
        Ok(Form::term(term))
    }

    /// The form as a line, its steps pinned.
    fn line(&mut self, form: &Form) -> Result<Form, Reason> {
        if form.terms.iter().any(|(_, term)| matches!(term.as_ref(), Term::Ratio { .. })) {
            return Err(Reason::Product);
        }
        let flat = self.region.flat(form, Reason::Step)?;
        if flat.square.is_zero() { Ok(flat) } else { Err(Reason::Product) }
    }

    /// A number within bounds; known where they meet.
    pub(super) fn settle(&mut self, low: End, high: End) -> Solution {
        if let (Some(low), Some(high)) = (&low, &high) {
            let gap = high.minus(low)?;
            self.region.keep_sign(&gap, |sign| i64::from(sign == 0));
            if self.value_here(&gap)?.is_zero() {
                return Ok(Sym::Number(low.clone()));
            }
        }
        Ok(Sym::Unknown(Bounds { low, high, may_be_absent: false }))
    }

    /// Sound bounds of a result, as the evaluation has them.
    fn bounds(
        &mut self,
        operator: BinaryOperator,
        a: (End, End),
        b: (End, End),
    ) -> Result<(End, End), Reason> {
        match operator {
            BinaryOperator::Add => {
                Ok((self.ends(operator, &a.0, &b.0)?, self.ends(operator, &a.1, &b.1)?))
            }
            BinaryOperator::Subtract => {
                Ok((self.ends(operator, &a.0, &b.1)?, self.ends(operator, &a.1, &b.0)?))
            }
            BinaryOperator::Multiply | BinaryOperator::Divide => {
                if operator == BinaryOperator::Divide {
                    let positive = self.is_sign(&b.0, |sign| sign > 0)?;
                    let negative = self.is_sign(&b.1, |sign| sign < 0)?;
                    if !positive && !negative {
                        return Ok((None, None));
                    }
                } else if self.is_sign(&a.0, |sign| sign >= 0)?
                    & self.is_sign(&b.0, |sign| sign >= 0)?
                {
                    return Ok((
                        self.ends(operator, &a.0, &b.0)?,
                        self.ends(operator, &a.1, &b.1)?,
                    ));
                }
                self.corners(operator, &a, &b)
            }
        }
    }

    fn corners(
        &mut self,
        operator: BinaryOperator,
        a: &(End, End),
        b: &(End, End),
    ) -> Result<(End, End), Reason> {
        let mut corners = Vec::new();
        for (x, y) in [(&a.0, &b.0), (&a.0, &b.1), (&a.1, &b.0), (&a.1, &b.1)] {
            match self.ends(operator, x, y)? {
                Some(corner) => corners.push(corner),
                None => return Ok((None, None)),
            }
        }
        Ok((Some(self.pick(false, &corners)?), Some(self.pick(true, &corners)?)))
    }

    fn ends(&mut self, operator: BinaryOperator, x: &End, y: &End) -> Result<End, Reason> {
        match (x, y) {
            (Some(x), Some(y)) => self.apply(operator, x, y).map(Some),
            _ => Ok(None),
        }
    }

    /// Whether an end is there and has such a sign, which it then keeps.
    fn is_sign(&mut self, end: &End, test: impl Fn(i32) -> bool) -> Result<bool, Reason> {
        let Some(form) = end else { return Ok(false) };
        self.region.keep_sign(form, |sign| i64::from(test(sign)));
        Ok(test(self.value_here(form)?.signum()))
    }

    pub(super) fn negated(&mut self, a: &Sym) -> Solution {
        let flip = |form: &Form| form.scaled(Rational::ONE.negated());
        Ok(match a {
            Sym::Number(form) => Sym::Number(flip(form)?),
            Sym::Unknown(bounds) => {
                let low = bounds.high.as_ref().map(flip).transpose()?;
                let high = bounds.low.as_ref().map(flip).transpose()?;
                return self.settle(low, high);
            }
            Sym::Known(_) | Sym::Day(_) | Sym::Absent | Sym::Error => Sym::Error,
        })
    }

    pub(super) fn rounded(&mut self, mode: Rounding, grain: Rational, a: &Sym) -> Solution {
        let step = |form: &Form| -> Result<Form, Reason> {
            if form.is_constant() {
                return Ok(Form::constant(crate::value::round(form.constant, mode, grain)?));
            }
            Ok(Form::term(Term::Round(mode, grain, form.clone())))
        };
        Ok(match a {
            Sym::Number(form) => Sym::Number(step(form)?),
            Sym::Unknown(bounds) => {
                let low = bounds.low.as_ref().map(step).transpose()?;
                let high = bounds.high.as_ref().map(step).transpose()?;
                return self.settle(low, high);
            }
            Sym::Known(_) | Sym::Day(_) | Sym::Absent | Sym::Error => Sym::Error,
        })
    }

    /// What something is a share of: nothing is an error.
    pub(super) fn not_empty(&mut self, value: Sym) -> Solution {
        if let Sym::Number(form) = &value {
            self.region.keep_sign(form, |sign| i64::from(sign == 0));
            if self.value_here(form)?.is_zero() {
                return Ok(Sym::Error);
            }
        }
        Ok(value)
    }

    /// The greatest or least of several numbers or days.
    pub(super) fn extreme(&mut self, greatest: bool, operands: &[Sym]) -> Solution {
        if operands.iter().any(Sym::is_error) {
            return Ok(Sym::Error);
        }
        let days: Option<Vec<&Day>> = operands
            .iter()
            .map(|value| if let Sym::Day(day) = value { Some(day) } else { None })
            .collect();
        if let Some(days) = days.filter(|days| !days.is_empty()) {
            return self.extreme_day(greatest, &days);
        }
        if operands.contains(&Sym::Absent) {
            return Ok(Sym::Error);
        }
        let known: Option<Vec<Form>> = operands
            .iter()
            .map(|value| if let Sym::Number(form) = value { Some(form.clone()) } else { None })
            .collect();
        match known {
            Some(known) if known.is_empty() => Ok(Sym::Error),
            Some(known) => Ok(Sym::Number(self.pick(greatest, &known)?)),
            None => {
                let ranges: Vec<(End, End)> = operands.iter().map(Sym::range).collect();
                let lows = ranges.iter().map(|range| range.0.clone());
                let highs = ranges.iter().map(|range| range.1.clone());
                // Of the greatest any lower bound is one of the whole; an upper one needs all.
                let (low, high) = if greatest {
                    (self.any_end(true, lows)?, self.every_end(true, highs)?)
                } else {
                    (self.every_end(false, lows)?, self.any_end(false, highs)?)
                };
                self.settle(low, high)
            }
        }
    }

    pub(super) fn any_end(
        &mut self,
        greatest: bool,
        ends: impl Iterator<Item = End>,
    ) -> Result<End, Reason> {
        let ends: Vec<Form> = ends.flatten().collect();
        if ends.is_empty() { Ok(None) } else { self.pick(greatest, &ends).map(Some) }
    }

    pub(super) fn every_end(
        &mut self,
        greatest: bool,
        ends: impl Iterator<Item = End>,
    ) -> Result<End, Reason> {
        match ends.collect::<Option<Vec<Form>>>() {
            Some(ends) if !ends.is_empty() => self.pick(greatest, &ends).map(Some),
            _ => Ok(None),
        }
    }

    fn extreme_day(&mut self, greatest: bool, days: &[&Day]) -> Solution {
        let forms: Vec<Form> = days.iter().map(|day| Form::day(day)).collect();
        let picked = self.picked(greatest, &forms)?;
        Ok(days.get(picked).map_or(Sym::Error, |day| Sym::Day((*day).clone())))
    }

    /// The greatest or least of some forms, which stays it on the region.
    pub(super) fn pick(&mut self, greatest: bool, forms: &[Form]) -> Result<Form, Reason> {
        let picked = self.picked(greatest, forms)?;
        Ok(forms.get(picked).cloned().unwrap_or_default())
    }

    fn picked(&mut self, greatest: bool, forms: &[Form]) -> Result<usize, Reason> {
        let mut best: Option<(usize, Rational)> = None;
        for (at, form) in forms.iter().enumerate() {
            let value = self.value_here(form)?;
            let better =
                best.is_none_or(|(_, known)| if greatest { value > known } else { value < known });
            if better {
                best = Some((at, value));
            }
        }
        let picked = best.map_or(0, |(at, _)| at);
        let Some(winner) = forms.get(picked) else { return Ok(picked) };
        for (at, form) in forms.iter().enumerate() {
            if at != picked {
                let lead = if greatest { winner.minus(form)? } else { form.minus(winner)? };
                self.region.keep_sign(&lead, |sign| i64::from(sign >= 0));
            }
        }
        Ok(picked)
    }

    pub(super) fn compare(&mut self, operator: Comparison, a: &Sym, b: &Sym) -> Solution {
        if a.is_error() || b.is_error() {
            return Ok(Sym::Error);
        }
        if *a == Sym::Absent || *b == Sym::Absent {
            return Ok(Sym::truth(operator == Comparison::NotEqual));
        }
        let margin = match (a, b) {
            (Sym::Number(a), Sym::Number(b)) => Some(a.minus(b)?),
            (Sym::Day(a), Sym::Day(b)) => Some(Form::day(a).minus(&Form::day(b))?),
            _ => None,
        };
        if let Some(margin) = margin {
            self.region.keep_sign(&margin, |sign| class(operator, sign));
            return Ok(Sym::truth(holds(operator, self.value_here(&margin)?.signum())));
        }
        if let (Some(x), Some(y)) = (scalar(a), scalar(b)) {
            return Ok(Sym::truth(match operator {
                Comparison::Equal => x == y,
                Comparison::NotEqual => x != y,
                _ => months(x).zip(months(y)).is_some_and(|(x, y)| {
                    holds(operator, i32::from(x > y).saturating_sub(i32::from(x < y)))
                }),
            }));
        }
        let may_be_absent = [a, b]
            .iter()
            .any(|value| matches!(value, Sym::Unknown(bounds) if bounds.may_be_absent));
        Ok(match self.compare_ranges(operator, &a.range(), &b.range())? {
            Some(truth) if !may_be_absent || truth == (operator == Comparison::NotEqual) => {
                Sym::truth(truth)
            }
            _ => Sym::unknown(),
        })
    }

    fn compare_ranges(
        &mut self,
        operator: Comparison,
        a: &(End, End),
        b: &(End, End),
    ) -> Result<Option<bool>, Reason> {
        let mut signs = [None, None];
        // How the greatest of the one lies to the least of the other, both ways round.
        for (sign, (x, y)) in signs.iter_mut().zip([(&a.1, &b.0), (&a.0, &b.1)]) {
            if let (Some(x), Some(y)) = (x, y) {
                let margin = x.minus(y)?;
                self.region.keep_sign(&margin, three);
                *sign = Some(self.value_here(&margin)?.signum());
            }
        }
        let [high, low] = signs;
        let (below, not_above) = (high.is_some_and(|s| s < 0), high.is_some_and(|s| s <= 0));
        let (above, not_below) = (low.is_some_and(|s| s > 0), low.is_some_and(|s| s >= 0));
        let decide = |yes: bool, no: bool| match (yes, no) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        };
        Ok(match operator {
            Comparison::Less => decide(below, not_below),
            Comparison::LessOrEqual => decide(not_above, above),
            Comparison::Greater => decide(above, not_above),
            Comparison::GreaterOrEqual => decide(not_below, below),
            Comparison::Equal => decide(false, below || above),
            Comparison::NotEqual => decide(below || above, false),
        })
    }
}

/// Whether a comparison holds of two sides whose difference has such a sign.
fn holds(operator: Comparison, sign: i32) -> bool {
    match operator {
        Comparison::Equal => sign == 0,
        Comparison::NotEqual => sign != 0,
        Comparison::Less => sign < 0,
        Comparison::LessOrEqual => sign <= 0,
        Comparison::Greater => sign > 0,
        Comparison::GreaterOrEqual => sign >= 0,
    }
}

/// The signs that a comparison tells apart, in order.
fn class(operator: Comparison, sign: i32) -> i64 {
    match operator {
        Comparison::Equal | Comparison::NotEqual => i64::from(sign),
        Comparison::Less | Comparison::GreaterOrEqual => i64::from(sign >= 0),
        Comparison::LessOrEqual | Comparison::Greater => i64::from(sign > 0),
    }
}

fn scalar(value: &Sym) -> Option<Scalar> {
    if let Sym::Known(scalar) = value { Some(*scalar) } else { None }
}

/// Months are ordered; truths, classes and people are not.
fn months(scalar: Scalar) -> Option<crate::value::YearMonth> {
    match scalar {
        Scalar::Constant(crate::hir::Constant::Month(month)) => Some(month),
        _ => None,
    }
}
