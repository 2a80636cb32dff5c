//! Ages, durations and calendar arithmetic over days that are varied.

use std::sync::Arc;

use super::{Pass, Solution, index};
use crate::hir::{
    ApplicableDate, CalendarOperation, ElapsedReading, NodeId, NodeKind, ParameterDay, ParameterId,
    ParameterRow, Validity,
};
use crate::input::InstanceId;
use crate::solve::form::{Day, Form, Term};
use crate::solve::grid::Variable;
use crate::solve::region::{Place, Reason};
use crate::solve::sym::Sym;
use crate::value::{Date, Dimension, LeapBirthday, Rational, Unit};

impl Pass<'_> {
    /// 周岁
    pub(super) fn age(
        &mut self,
        (id, me): (NodeId, InstanceId),
        birth: Sym,
        on: Sym,
        leap: LeapBirthday,
    ) -> Solution {
        let (Sym::Day(birth), Sym::Day(on)) = (birth, on) else {
            return Ok(self.plain(self.back, id, me));
        };
        if !birth.is_fixed() && !on.is_fixed() {
            return Err(Reason::Product);
        }
        Ok(Sym::Number(Form::term(Term::Age { birth, on, leap })))
    }

    /// 满
    pub(super) fn elapsed(
        &mut self,
        (id, me): (NodeId, InstanceId),
        (since, duration, on): (NodeId, NodeId, NodeId),
        reading: ElapsedReading,
    ) -> Solution {
        let unit = self.program.node(duration).and_then(|node| node.ty.unit().cloned());
        let (Sym::Day(since), Sym::Number(duration), Sym::Day(on)) =
            (self.get(since, me), self.get(duration, me), self.get(on, me))
        else {
            return Ok(self.plain(self.back, id, me));
        };
        let length = whole(self.region.pin(&duration, Reason::Step)?).ok_or(Reason::TooLarge)?;
        let mut end = match (unit == Some(Unit::of(Dimension::Month)), reading.rolling) {
            (true, false) => self.moved(Day::Months(Arc::new(since), length))?,
            (true, true) => self.moved(Day::Rolling(Arc::new(since), length))?,
            (false, _) => self.moved(Day::Days(Arc::new(since), i64::from(length)))?,
        };
        if reading.first_day_counted {
            end = self.moved(Day::Days(Arc::new(end), -1))?;
        }
        let margin = Form::day(&on).minus(&Form::day(&end))?;
        self.region.keep_sign(&margin, |sign| i64::from(sign >= 0));
        let margin = margin.at(&self.region.grid, self.region.at)?;
        Ok(Sym::truth(margin.signum() >= 0))
    }

    /// A day that was moved, on the points where there is such a day.
    fn moved(&mut self, moved: Day) -> Result<Day, Reason> {
        let fixed = moved.at(self.region.at)?;
        if moved.is_fixed() {
            return Ok(Day::Fixed(fixed));
        }
        self.region.keep(Reason::TooLarge, |point| moved.at(point).ok().map(|_| 0));
        Ok(moved)
    }

    /// A day and a duration, or two days; months are the same on the whole region.
    pub(super) fn calendar(
        &mut self,
        (id, me): (NodeId, InstanceId),
        operation: CalendarOperation,
        (a, b): (&Sym, &Sym),
    ) -> Solution {
        if let (CalendarOperation::DaysBetween, Sym::Day(late), Sym::Day(early)) = (operation, a, b)
        {
            return Ok(Sym::Number(Form::day(late).minus(&Form::day(early))?));
        }
        if let Sym::Number(length) = b {
            self.region.pin(length, Reason::Step)?;
        }
        let (Sym::Day(day), Sym::Number(length)) = (a, b) else {
            return Ok(self.plain(self.back, id, me));
        };
        let length = whole(length.at(&self.region.grid, self.region.at)?);
        let length = length.ok_or(Reason::TooLarge)?;
        let day = Arc::new(day.clone());
        let moved = match operation {
            CalendarOperation::AddMonths => Day::Months(day, length),
            CalendarOperation::AddMonthsRolling => Day::Rolling(day, length),
            CalendarOperation::SubtractMonths => Day::Months(day, length.saturating_neg()),
            CalendarOperation::AddDays => Day::Days(day, i64::from(length)),
            CalendarOperation::SubtractDays => Day::Days(day, i64::from(length.saturating_neg())),
            CalendarOperation::DaysBetween | CalendarOperation::MonthsBetween => {
                return Ok(self.plain(self.back, id, me));
            }
        };
        Ok(Sym::Day(self.moved(moved)?))
    }

    /// Stays where a day is of the same class, which rises with the day.
    pub(super) fn same(&mut self, value: &Sym, class: impl Fn(Date) -> i64) {
        if let Sym::Day(day) = value
            && !day.is_fixed()
        {
            self.region.keep(Reason::Step, |point| day.at(point).ok().map(&class));
        }
    }

    /// Stays where a day picks the same rows of a parameter.
    pub(super) fn same_rows(&mut self, parameter: ParameterId, day: &Sym) {
        let parameter = self.program.parameters.get(index(parameter.0));
        let rows = parameter.map_or(&[][..], |parameter| &parameter.rows);
        for row in rows.iter().flatten() {
            for first in row_bounds(row) {
                self.same(day, |day| i64::from(day >= first));
            }
        }
    }

    /// Where the day that is varied also picks the law, stays where the same law is picked.
    pub(super) fn hold_law(&mut self) {
        let Variable::Day(varied, InstanceId(0)) = self.region.grid.variable else { return };
        let program = self.program;
        let picks = ApplicableDate::Fact(varied);
        for (at, node) in program.nodes.iter().enumerate() {
            if program.applicable(node.layer) != picks {
                continue;
            }
            let id = NodeId(u32::try_from(at).unwrap_or(u32::MAX));
            self.region.enter(Place { node: id, who: InstanceId(0), back: 0 });
            match &node.kind {
                NodeKind::Parameter { parameter, at, .. } => {
                    let months = match at {
                        ParameterDay::MonthsBefore(months) => *months,
                        ParameterDay::Now | ParameterDay::On(_) => 0,
                    };
                    self.hold_rows(*parameter, months);
                }
                NodeKind::HighestEver { parameter, .. } => self.hold_rows(*parameter, 0),
                NodeKind::Versions(versions) => {
                    versions.iter().for_each(|version| self.hold(0, &bounds(&version.validity)));
                }
                NodeKind::Default { exceptions, .. } => {
                    exceptions.iter().for_each(|arm| self.hold(0, &bounds(&arm.validity)));
                }
                _ => {}
            }
        }
    }

    fn hold_rows(&mut self, parameter: ParameterId, months: u32) {
        let parameter = self.program.parameters.get(index(parameter.0));
        let rows = parameter.map_or(&[][..], |parameter| &parameter.rows);
        rows.iter().flatten().for_each(|row| self.hold(months, &row_bounds(row)));
    }

    /// Stays on one side of each of these days, so many months before the day.
    fn hold(&mut self, months: u32, bounds: &[Date]) {
        let months = i32::try_from(months).unwrap_or(0).saturating_neg();
        let grid = self.region.grid;
        for first in bounds {
            self.region.keep(Reason::Law, |point| {
                let day = grid.day(point).plus_months(months);
                Some(i64::from(day.is_ok_and(|day| day >= *first)))
            });
        }
    }
}

/// The days on which something begins or ceases to be in force.
fn bounds(validity: &Validity) -> Vec<Date> {
    let after = validity.until.and_then(|until| until.plus_days(1).ok());
    [validity.from, after].into_iter().flatten().collect()
}

/// The days on which a row begins or ceases to count; one that counts by days changes the whole of
/// the months in which it does.
fn row_bounds(row: &ParameterRow) -> Vec<Date> {
    let own = bounds(&row.validity);
    let mut all = own.clone();
    for month in own.iter().filter(|_| row.by_days).map(|day| day.year_month()) {
        all.push(month.first_day());
        all.extend(month.plus_months(1).map(|next| next.first_day()));
    }
    all
}

fn whole(number: Rational) -> Option<i32> {
    i32::try_from(number.to_i64()?).ok()
}
