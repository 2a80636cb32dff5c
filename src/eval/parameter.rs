//! Parameters: which row is in force, and what it gives for a month within which rows change.

use super::clock::{Clock, row_in_force, row_number};
use super::frame::{Pass, index};
use super::kernel::binary;
use super::note::{Marks, Note};
use super::value::{FaultKind, Unknown, Value, first_fault, gather, one_of};
use crate::hir::{Constant, LayerId, NodeId, Parameter, ParameterDay, ParameterId, ParameterRow};
use crate::input::{InstanceId, Scalar};
use crate::syntax::ast::BinaryOperator;
use crate::value::{Date, OpError, Rational};

/// The rows of one key of a parameter, and the clock that picks among them.
#[derive(Clone, Copy)]
struct Column<'a> {
    id: ParameterId,
    parameter: &'a Parameter,
    place: usize,
    clock: &'a Clock,
    /// The layer that reads it, whose 适用日 counts.
    layer: LayerId,
}

impl<'a> Pass<'a> {
    /// The value of a parameter under its keys.
    pub(super) fn parameter(
        &mut self,
        (node, layer): (NodeId, LayerId),
        id: ParameterId,
        keys: &[NodeId],
        at: ParameterDay,
        me: InstanceId,
    ) -> Value {
        let on = match at {
            ParameterDay::Now | ParameterDay::MonthsBefore(_) => None,
            ParameterDay::On(day) => Some(self.get(day, me)),
        };
        let (causes, marks) = on.as_ref().map_or((Marks::NONE, Marks::NONE), |on| gather([on]));
        self.by_key((id, layer), keys, me, |pass, column| match (&on, at) {
            (Some(Value::Unknown(unknown)), _) => {
                pass.some_row(column, unknown.may_be_absent, (&causes, &marks))
            }
            (None, _) if column.clock.open(column.layer).is_some() => {
                let open = pass.open_day(column.clock, column.layer).unwrap_or(Marks::NONE);
                pass.some_row(column, false, (&open, &marks))
            }
            (Some(Value::Known(Scalar::Constant(Constant::Date(day)), _)), _) => {
                pass.row(node, column, *day)
            }
            (Some(Value::Known(Scalar::Constant(Constant::Month(month)), _)), _) => {
                pass.row(node, column, month.first_day())
            }
            (Some(other), _) => other.clone(),
            (None, ParameterDay::MonthsBefore(months)) => {
                let offset = i32::try_from(months).unwrap_or(0).saturating_neg();
                match column.clock.day(column.layer, pass.back).plus_months(offset) {
                    Ok(day) => pass.row(node, column, day),
                    Err(_) => Value::fault(node, FaultKind::Arithmetic(OpError::DateOutOfRange)),
                }
            }
            (None, ParameterDay::Now | ParameterDay::On(_)) => {
                pass.row(node, column, column.clock.day(column.layer, pass.back))
            }
        })
    }

    /// On an unknown day each of the rows may be in force.
    fn some_row(
        &mut self,
        column: Column<'a>,
        may_be_absent: bool,
        (causes, marks): (&Marks, &Marks),
    ) -> Value {
        let rows = column.parameter.rows.get(column.place).map_or(0, Vec::len);
        let mut values: Vec<Value> = (0..rows).map(|at| self.given(column, at)).collect();
        values.extend(may_be_absent.then_some(Value::Absent(Marks::NONE)));
        one_of(&values, causes, marks)
    }

    /// The greatest value that a parameter has had from its first row to the day that picks rows.
    pub(super) fn highest_ever(
        &mut self,
        (node, layer): (NodeId, LayerId),
        id: ParameterId,
        keys: &[NodeId],
        me: InstanceId,
    ) -> Value {
        self.by_key((id, layer), keys, me, |pass, column| {
            if let Some(open) = pass.open_day(column.clock, column.layer) {
                return pass.some_row(column, false, (&open, &Marks::NONE));
            }
            let today = column.clock.day(column.layer, pass.back);
            let rows = column.parameter.rows.get(column.place).map_or(&[][..], Vec::as_slice);
            let starts = rows.iter().filter_map(|row| row.validity.from);
            let days: Vec<Date> =
                starts.filter(|from| *from < today).chain(std::iter::once(today)).collect();
            let each: Vec<Value> =
                days.into_iter().map(|day| pass.row(node, column, day)).collect();
            super::kernel::extreme(node, true, &each.iter().collect::<Vec<_>>())
        })
    }

    /// What a parameter gives under the keys it may be read with: an unknown key leaves every
    /// value it may have.
    fn by_key(
        &mut self,
        (id, layer): (ParameterId, LayerId),
        keys: &[NodeId],
        me: InstanceId,
        mut read: impl FnMut(&mut Self, Column<'a>) -> Value,
    ) -> Value {
        let program = self.program;
        let Some(parameter) = program.parameters.get(index(id.0)) else {
            return Value::Absent(Marks::NONE);
        };
        if parameter.unfilled && self.mixture.rows.is_empty() {
            return self.open_parameter(parameter, Note::UnfilledParameter(id));
        }
        let keys: Vec<Value> = keys.iter().map(|key| self.get(*key, me)).collect();
        if let Some(fault) = first_fault(&keys) {
            return fault;
        }
        let (causes, marks) = gather(&keys);
        let mut values = Vec::new();
        for place in self.places(parameter, &keys) {
            let mixture = self.mixture;
            let elsewhere = mixture.rows.get(&(id, place));
            let column = Column {
                id,
                parameter: elsewhere
                    .and_then(|rows| rows.parameter.as_deref())
                    .unwrap_or(parameter),
                place: elsewhere.map_or(place, |rows| rows.place),
                clock: elsewhere.map_or(self.clock, |rows| &rows.clock),
                layer,
            };
            values.push(if column.parameter.unfilled {
                self.open_parameter(column.parameter, Note::UnfilledParameter(id))
            } else {
                read(self, column)
            });
        }
        match values.as_slice() {
            [only] if causes.is_empty() => only.clone().marked(&marks),
            _ => one_of(&values, &causes, &marks),
        }
    }

    /// The combinations of keys that may be meant: an unknown key leaves every value it may have.
    fn places(&self, parameter: &Parameter, keys: &[Value]) -> Vec<usize> {
        let mut places = vec![0_usize];
        for (key, value) in parameter.keys.iter().zip(keys) {
            let width = self.program.enumeration(*key).map_or(1, |key| key.values.len());
            let picks: Vec<usize> = match value.as_scalar() {
                Some(Scalar::Constant(Constant::Enum(_, at))) => vec![usize::from(at)],
                _ => (0..width).collect(),
            };
            places = places
                .iter()
                .flat_map(|place| {
                    picks.iter().map(move |pick| place.saturating_mul(width).saturating_add(*pick))
                })
                .collect();
        }
        places
    }

    fn row(&mut self, node: NodeId, column: Column<'a>, day: Date) -> Value {
        let Column { id, parameter, place, clock, .. } = column;
        if let Some(parts) = parts_of_month(parameter, place, day, clock.known_on()) {
            return self.by_days(node, column, &parts);
        }
        match row_in_force(parameter, place, day, clock.known_on()) {
            Some((at, _)) => self.given(column, at),
            None => Value::fault(node, FaultKind::NoRow(id, day)),
        }
    }

    /// 按日折算: each row's value for its days of the month.
    fn by_days(
        &mut self,
        node: NodeId,
        column: Column<'a>,
        parts: &[(Date, Option<usize>, i64)],
    ) -> Value {
        let number = |days: i64| Value::number(Rational::from_integer(days), Marks::NONE);
        let whole = parts.iter().map(|(_, _, days)| *days).fold(0_i64, i64::saturating_add);
        let mut sum = Value::number(Rational::ZERO, Marks::NONE);
        for (first, row, days) in parts {
            let value = match row {
                Some(at) => self.given(column, *at),
                None => return Value::fault(node, FaultKind::NoRow(column.id, *first)),
            };
            let part = binary(node, BinaryOperator::Multiply, &value, &number(*days));
            sum = binary(node, BinaryOperator::Add, &sum, &part);
        }
        binary(node, BinaryOperator::Divide, &sum, &number(whole))
    }

    /// The value that a row gives.
    fn given(&mut self, column: Column<'a>, at: usize) -> Value {
        let Column { id, parameter, place, .. } = column;
        let Some(row) = parameter.rows.get(place).and_then(|rows| rows.get(at)) else {
            return Value::Absent(Marks::NONE);
        };
        let number = row_number(place, at);
        match row.value {
            None => self.open_parameter(parameter, Note::Pending(id, number)),
            Some(constant) if row.sample => {
                let marks = Marks::one(self.notes.id(Note::SampleParameter(id, number)));
                Value::Known(Scalar::Constant(constant), marks)
            }
            Some(constant) => Value::plain(constant),
        }
    }

    /// A value of law that is not there: known only within its declared bounds.
    fn open_parameter(&mut self, parameter: &Parameter, note: Note) -> Value {
        let causes = Marks::one(self.notes.id(note));
        let (low, high) = match parameter.range {
            Some((Constant::Number(low), Some(Constant::Number(high)))) => (Some(low), Some(high)),
            Some((Constant::Number(low), None)) => (Some(low), None),
            _ => (None, None),
        };
        Value::Unknown(Box::new(Unknown { causes, low, high, ..Unknown::default() }))
    }
}

/// The rows of the month of `day`, each with the first of its days and how many they are, where a
/// row that counts by days begins within it.
pub(crate) fn parts_of_month(
    parameter: &Parameter,
    place: usize,
    day: Date,
    known_on: Option<Date>,
) -> Option<Vec<(Date, Option<usize>, i64)>> {
    let month = day.year_month();
    let within = |row: &ParameterRow| {
        row.by_days
            && row.validity.known(known_on)
            && row.validity.from.is_some_and(|from| from.year_month() == month && from.day() > 1)
    };
    if !parameter.rows.get(place)?.iter().any(within) {
        return None;
    }
    let mut parts: Vec<(Date, Option<usize>, i64)> = Vec::new();
    let mut day = month.first_day();
    while day.year_month() == month {
        let row = row_in_force(parameter, place, day, known_on).map(|(at, _)| at);
        match parts.last_mut() {
            Some((_, last, days)) if *last == row => *days = days.saturating_add(1),
            _ => parts.push((day, row, 1)),
        }
        day = day.plus_days(1).ok()?;
    }
    Some(parts)
}
