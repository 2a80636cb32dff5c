//! Runs the instructions of a plan on the register file of one case.

use super::op::{ABSENT, NOTHING, Op, Register, Step, Take};
use crate::syntax::ast::Comparison;
use crate::value::Rounding;

/// Why a case cannot be decided by its plan. The interpreter decides it, and says what is wrong
/// where something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Leaves;

/// The register file: the root object's registers, then the columns of each list.
#[derive(Clone, Debug, Default)]
pub(super) struct Registers {
    values: Vec<i64>,
    /// Where each group begins, and how many instances it has; the first is the root object.
    groups: Vec<(usize, usize)>,
}

/// Where a register stands, and how far it is to the next instance's.
#[derive(Clone, Copy)]
struct Place {
    base: usize,
    step: usize,
}

impl Registers {
    /// Lays out the file: the root's registers as given, `columns[g]` columns of `counts[g]` each.
    pub(super) fn lay_out(&mut self, root: &[i64], columns: &[u32], counts: &[usize]) {
        self.values.clear();
        self.values.extend_from_slice(root);
        self.groups.clear();
        self.groups.push((0, 1));
        for (columns, count) in columns.iter().zip(counts) {
            let begin = self.values.len();
            let size = usize::try_from(*columns).unwrap_or(0).saturating_mul(*count);
            self.values.resize(begin.saturating_add(size), 0);
            self.groups.push((begin, *count));
        }
    }

    /// How many instances a group has.
    pub(super) fn count(&self, group: u8) -> usize {
        self.groups.get(usize::from(group)).map_or(0, |(_, count)| *count)
    }

    fn place(&self, register: Register) -> Place {
        let index = usize::try_from(register.index).unwrap_or(usize::MAX);
        if register.group == 0 {
            return Place { base: index, step: 0 };
        }
        let (begin, count) =
            self.groups.get(usize::from(register.group)).copied().unwrap_or((0, 0));
        Place { base: begin.saturating_add(index.saturating_mul(count)), step: 1 }
    }

    fn at(&self, place: Place, instance: usize) -> i64 {
        let at = place.base.wrapping_add(instance.wrapping_mul(place.step));
        self.values.get(at).copied().unwrap_or(ABSENT)
    }

    /// The value of a register for an instance.
    pub(super) fn get(&self, register: Register, instance: usize) -> i64 {
        self.at(self.place(register), instance)
    }

    /// Puts a value into a register of an instance.
    pub(super) fn set(&mut self, register: Register, instance: usize, value: i64) {
        let place = self.place(register);
        let at = place.base.wrapping_add(instance.wrapping_mul(place.step));
        if let Some(found) = self.values.get_mut(at) {
            *found = value;
        }
    }

    pub(super) fn copy_to(&self, into: &mut Vec<i64>) {
        into.clear();
        into.extend_from_slice(&self.values);
    }

    /// Runs all instructions.
    pub(super) fn run(&mut self, steps: &[Step], tables: &[Vec<i64>]) -> Result<(), Leaves> {
        steps.iter().try_for_each(|step| self.step(step, tables))
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each instruction")]
    fn step(&mut self, step: &Step, tables: &[Vec<i64>]) -> Result<(), Leaves> {
        let to = step.to;
        match step.op {
            Op::Linear { a, ka, b, kb } => {
                self.two(to, a, b, |a, b| scaled(a, ka)?.checked_add(scaled(b, kb)?))
            }
            Op::Multiply { a, b } => self.two(to, a, b, i64::checked_mul),
            Op::Guarded { a, positive } => {
                self.two(to, a, positive, |a, positive| (positive > 0).then_some(a))
            }
            Op::Present { a } => self.one(to, a, |a| (a != ABSENT).then_some(a)),
            Op::Compare { how, a, ka: 1, b, kb: 1, optional: false } => {
                self.two(to, a, b, |a, b| Some(truth(holds(how, a, b))))
            }
            Op::Compare { how, a, ka, b, kb, optional } => self.two(to, a, b, |a, b| {
                if optional && (a == ABSENT || b == ABSENT) {
                    return Some(truth(how == Comparison::NotEqual));
                }
                Some(truth(holds(how, scaled(a, ka)?, scaled(b, kb)?)))
            }),
            Op::CompareQuotient { how, a, ka, b, kb, divisor } => {
                self.three(to, a, b, divisor, |a, b, divisor| {
                    let right = scaled(b, kb)?.checked_mul(divisor)?;
                    Some(truth(holds(how, scaled(a, ka)?, right)))
                })
            }
            Op::Round { how, a, pre, step, post } => {
                self.one(to, a, |a| rounded(how, scaled(a, pre)?, step)?.checked_mul(post))
            }
            Op::RoundQuotient { how, a, pre, step, post, divisor } => {
                self.two(to, a, divisor, |a, divisor| {
                    rounded(how, scaled(a, pre)?, step.checked_mul(divisor)?)?.checked_mul(post)
                })
            }
            Op::Extreme { greatest: true, a, b } => self.two(to, a, b, |a, b| Some(a.max(b))),
            Op::Extreme { greatest: false, a, b } => self.two(to, a, b, |a, b| Some(a.min(b))),
            Op::IfAbsent { a, b } => {
                self.two(to, a, b, |a, b| Some(if a == ABSENT { b } else { a }))
            }
            Op::And { a, b } => self.two(to, a, b, |a, b| Some(truth(a == 1 && b == 1))),
            Op::Or { a, b } => self.two(to, a, b, |a, b| Some(truth(a == 1 || b == 1))),
            Op::Not { a } => self.one(to, a, |a| Some(truth(a != 1))),
            Op::InSet { a, set } => self.one(to, a, |a| {
                let bit = u32::try_from(a).ok().and_then(|at| set.checked_shr(at)).unwrap_or(0);
                Some(truth(bit & 1 == 1))
            }),
            Op::Select { condition, then, otherwise } => {
                self.three(to, condition, then, otherwise, |condition, then, otherwise| {
                    Some(if condition == 1 { then } else { otherwise })
                })
            }
            Op::Item { how, taken, condition, value } => {
                self.item(to, how, taken, condition, value)
            }
            Op::OrElse { a, b } => {
                self.two(to, a, b, |a, b| Some(if a == NOTHING { b } else { a }))
            }
            Op::Some { a } => self.one(to, a, |a| (a != NOTHING).then_some(a)),
            Op::AddIf { total, condition, value } => {
                self.three(to, total, condition, value, |total, condition, value| {
                    if condition == 1 { total.checked_add(value) } else { Some(total) }
                })
            }
            Op::Lookup { table, at } => {
                let table = usize::try_from(table).ok().and_then(|table| tables.get(table));
                let table = table.map_or(&[][..], Vec::as_slice);
                self.one(to, at, |at| {
                    let found = usize::try_from(at).ok().and_then(|at| table.get(at)).copied();
                    found.filter(|value| *value != NOTHING)
                })
            }
            Op::Sum { list, body, counts } => {
                self.fold(to, list, Some(body), counts, 0, |sum, value| sum.checked_add(value))
            }
            Op::Count { list, counts } => {
                self.fold(to, list, None, counts, 0, |count, _| count.checked_add(1))
            }
            Op::Exists { list, body, counts } => {
                self.fold(to, list, Some(body), counts, 0, |found, value| {
                    Some(truth(found == 1 || value == 1))
                })
            }
            Op::Each { list, body, counts } => {
                self.fold(to, list, Some(body), counts, 1, |all, value| {
                    Some(truth(all == 1 && value == 1))
                })
            }
            Op::Best { list, greatest, body, counts } => {
                self.fold(to, list, Some(body), counts, NOTHING, |best, value| {
                    Some(match (best, greatest) {
                        (NOTHING, _) => value,
                        (best, true) => best.max(value),
                        (best, false) => best.min(value),
                    })
                })
            }
            Op::Age { birth, on } => self.two(to, birth, on, |birth, on| Some(age(birth, on))),
            Op::MonthOf { a, offset, of_day } => self.one(to, a, |a| month_of(a, offset, of_day)),
            Op::Gather { who, of } => self.gather(to, who, of),
        }
    }

    fn store(&mut self, place: Place, instance: usize, value: Option<i64>) -> Result<(), Leaves> {
        let at = place.base.wrapping_add(instance.wrapping_mul(place.step));
        *self.values.get_mut(at).ok_or(Leaves)? = value.ok_or(Leaves)?;
        Ok(())
    }

    #[inline]
    fn one(
        &mut self,
        to: Register,
        a: Register,
        of: impl Fn(i64) -> Option<i64>,
    ) -> Result<(), Leaves> {
        let (target, a) = (self.place(to), self.place(a));
        for instance in 0..self.count(to.group) {
            self.store(target, instance, of(self.at(a, instance)))?;
        }
        Ok(())
    }

    #[inline]
    fn two(
        &mut self,
        to: Register,
        a: Register,
        b: Register,
        of: impl Fn(i64, i64) -> Option<i64>,
    ) -> Result<(), Leaves> {
        let (target, a, b) = (self.place(to), self.place(a), self.place(b));
        for instance in 0..self.count(to.group) {
            let value = of(self.at(a, instance), self.at(b, instance));
            self.store(target, instance, value)?;
        }
        Ok(())
    }

    #[inline]
    fn three(
        &mut self,
        to: Register,
        a: Register,
        b: Register,
        c: Register,
        of: impl Fn(i64, i64, i64) -> Option<i64>,
    ) -> Result<(), Leaves> {
        let (target, a, b, c) = (self.place(to), self.place(a), self.place(b), self.place(c));
        for instance in 0..self.count(to.group) {
            let value = of(self.at(a, instance), self.at(b, instance), self.at(c, instance));
            self.store(target, instance, value)?;
        }
        Ok(())
    }

    fn item(
        &mut self,
        to: Register,
        how: Take,
        taken: Option<Register>,
        condition: Option<Register>,
        value: Register,
    ) -> Result<(), Leaves> {
        let (target, value) = (self.place(to), self.place(value));
        let (taken, condition) = (
            taken.map(|taken| self.place(taken)),
            condition.map(|condition| self.place(condition)),
        );
        for instance in 0..self.count(to.group) {
            let before = taken.map_or(NOTHING, |taken| self.at(taken, instance));
            let applies = condition.is_none_or(|condition| self.at(condition, instance) == 1);
            let value = self.at(value, instance);
            let after = if !applies {
                Some(before)
            } else if before == NOTHING {
                Some(value)
            } else {
                match how {
                    Take::Agreeing => (before == value).then_some(before),
                    Take::Higher => Some(before.max(value)),
                    Take::Lower => Some(before.min(value)),
                    Take::IfFirst => Some(before),
                }
            };
            self.store(target, instance, after)?;
        }
        Ok(())
    }

    #[inline]
    fn fold(
        &mut self,
        to: Register,
        list: u8,
        body: Option<Register>,
        counts: Option<Register>,
        start: i64,
        add: impl Fn(i64, i64) -> Option<i64>,
    ) -> Result<(), Leaves> {
        let body = body.map(|body| self.place(body));
        let counts = counts.map(|counts| self.place(counts));
        let mut total = start;
        for instance in 0..self.count(list) {
            if counts.is_none_or(|counts| self.at(counts, instance) == 1) {
                let value = body.map_or(0, |body| self.at(body, instance));
                total = add(total, value).ok_or(Leaves)?;
            }
        }
        self.store(self.place(to), 0, Some(total))
    }

    fn gather(&mut self, to: Register, who: Register, of: Register) -> Result<(), Leaves> {
        let (target, who, of) = (self.place(to), self.place(who), self.place(of));
        for instance in 0..self.count(to.group) {
            let value = match usize::try_from(self.at(who, instance)) {
                Ok(other) => self.at(of, other),
                Err(_) => ABSENT,
            };
            self.store(target, instance, Some(value))?;
        }
        Ok(())
    }
}

#[inline]
fn scaled(value: i64, by: i64) -> Option<i64> {
    if by == 1 { Some(value) } else { value.checked_mul(by) }
}

fn truth(truth: bool) -> i64 {
    i64::from(truth)
}

#[inline]
fn holds(how: Comparison, a: i64, b: i64) -> bool {
    match how {
        Comparison::Equal => a == b,
        Comparison::NotEqual => a != b,
        Comparison::Less => a < b,
        Comparison::LessOrEqual => a <= b,
        Comparison::Greater => a > b,
        Comparison::GreaterOrEqual => a >= b,
    }
}

/// How many whole `step`s a value rounds to; `step` is positive.
#[inline]
fn rounded(how: Rounding, value: i64, step: i64) -> Option<i64> {
    let below = value.checked_div_euclid(step)?;
    let rest = value.checked_rem_euclid(step)?;
    if rest == 0 {
        return Some(below);
    }
    let missing = step.checked_sub(rest)?;
    let up = match how {
        Rounding::Up => true,
        Rounding::Down => false,
        // Half way goes away from zero.
        Rounding::HalfUp => rest > missing || (rest == missing && value > 0),
        Rounding::HalfEven => rest > missing || (rest == missing && below & 1 == 1),
    };
    if up { below.checked_add(1) } else { Some(below) }
}

/// Whole years between two days, each written as the number `20230630`. A birthday on 29 February
/// comes on 1 March in a common year; before the birth it is 0.
#[inline]
fn age(birth: i64, on: i64) -> i64 {
    if on < birth {
        return 0;
    }
    on.wrapping_sub(birth).wrapping_div(10_000)
}

/// The month of a day (`20230630`) or month (`202306`), so many months later; 无 of 无.
#[inline]
fn month_of(value: i64, offset: i8, of_day: bool) -> Option<i64> {
    if value == ABSENT {
        return Some(ABSENT);
    }
    let month = if of_day { value.wrapping_div(100) } else { value };
    let index = month.wrapping_div(100).wrapping_mul(12).wrapping_add(month.wrapping_rem(100));
    // Counted from the December before year 0, so that a month is the rest by twelve.
    let moved = index.wrapping_sub(1).wrapping_add(i64::from(offset));
    let (year, rest) = (moved.wrapping_div(12), moved.wrapping_rem(12));
    let known = (1850..=2200).contains(&year);
    known.then(|| year.wrapping_mul(100).wrapping_add(rest).wrapping_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Date, LeapBirthday, Rational, YearMonth, round};

    #[test]
    fn months_agree_with_the_calendar() {
        let number = |month: YearMonth| i64::from(month.year()) * 100 + i64::from(month.month());
        for day in ["2023-01-31", "2023-12-01", "1999-06-15", "2024-02-29", "2200-12-31"] {
            let day: Date = day.parse().unwrap();
            let month = day.year_month();
            let written = number(month) * 100 + i64::from(day.day());
            for offset in [-1, 0, 1] {
                let exact = month.plus_months(i32::from(offset)).ok().map(number);
                assert_eq!(month_of(written, offset, true), exact, "{day} {offset}");
                assert_eq!(month_of(number(month), offset, false), exact, "{day} {offset}");
            }
        }
        assert_eq!(month_of(ABSENT, 1, true), Some(ABSENT));
    }

    #[test]
    fn rounding_agrees_with_the_rationals() {
        for how in [Rounding::Up, Rounding::Down, Rounding::HalfUp, Rounding::HalfEven] {
            for step in 1..=6 {
                for value in -20..=20 {
                    let exact =
                        round(Rational::from_integer(value), how, Rational::from_integer(step));
                    let counted = rounded(how, value, step).map(|count| count * step);
                    assert_eq!(counted, exact.unwrap().to_i64(), "{how:?} {value} {step}");
                }
            }
        }
    }

    #[test]
    fn ages_agree_with_the_calendar() {
        let number = |date: Date| {
            i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
        };
        let born: Vec<Date> =
            ["2000-02-29", "2000-02-28", "2000-03-01", "1999-12-31", "2000-01-01"]
                .map(|date| date.parse().unwrap())
                .to_vec();
        for birth in born {
            let mut day = birth;
            for _ in 0..1500 {
                let exact = Date::age_in_years(birth, day, LeapBirthday::FirstOfMarch).unwrap();
                assert_eq!(age(number(birth), number(day)), i64::from(exact), "{birth} {day}");
                day = day.plus_days(1).unwrap();
            }
        }
    }
}
