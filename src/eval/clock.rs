//! Which days pick rows and versions; and law read as of other days than the question's, for
//! telling apart what each change of a situation does.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::frame::Question;
use crate::hir::{
    ApplicableDate, Constant, DefaultValue, Field, FieldId, Layer, LayerId, NodeId, Parameter,
    ParameterId, ParameterRow, Program, Validity,
};
use crate::input::{Case, Fact, InstanceId, Scalar};
use crate::value::{Date, YearMonth};

/// The days that pick rows and versions: one for the month asked, one for each month before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    period: YearMonth,
    assessment: Date,
    known_on: Option<Date>,
    /// By layer: benefits that stand in one program keep their own 适用日.
    picks: Arc<[Picks]>,
}

/// Which day of a month it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Picks {
    First,
    Last,
    Assessment,
    Fixed(Date),
    /// A day that the facts do not tell.
    Open(FieldId),
}

impl Clock {
    /// The clock of a question about a case: 适用日 as each benefit says.
    #[must_use]
    pub fn of(program: &Program, case: &Case, question: &Question) -> Self {
        let picks = program.layers.iter().map(|layer| match layer.applicable {
            ApplicableDate::PeriodFirst => Picks::First,
            ApplicableDate::PeriodLast => Picks::Last,
            ApplicableDate::Assessment => Picks::Assessment,
            ApplicableDate::Fact(field) => {
                picked_by(program, case, question, field).unwrap_or(Picks::Open(field))
            }
        });
        Self {
            period: question.period,
            assessment: question.assessment_day(),
            known_on: question.known_on,
            picks: picks.collect(),
        }
    }

    /// The day for the month so many months before the one asked, for what a layer wrote.
    #[must_use]
    pub fn day(&self, layer: LayerId, back: u32) -> Date {
        let offset = i32::try_from(back).unwrap_or(0).saturating_neg();
        let period = self.period.plus_months(offset).unwrap_or(self.period);
        match self.picks.get(usize::from(layer.0)).copied().unwrap_or(Picks::First) {
            Picks::Fixed(date) => date,
            // Whoever shows something of a day that is not known shows this one.
            Picks::First | Picks::Open(_) => period.first_day(),
            Picks::Assessment if back == 0 => self.assessment,
            Picks::Last | Picks::Assessment => period.last_day(),
        }
    }

    /// The fact that picks what a layer wrote, where it is not known.
    #[must_use]
    pub(crate) fn open(&self, layer: LayerId) -> Option<FieldId> {
        match self.picks.get(usize::from(layer.0)) {
            Some(Picks::Open(field)) => Some(*field),
            _ => None,
        }
    }

    /// The same days for the layers of another program, matched by benefit: `own` is the program
    /// that this clock is of.
    #[must_use]
    pub fn seen_from(&self, own: &Program, other: &Program) -> Self {
        let benefit = |layer: &Layer| layer.policy.split_once('.').map(|(_, of)| of.to_owned());
        let picks = other.layers.iter().map(|layer| {
            let same = own.layers.iter().position(|known| known.policy == layer.policy);
            let same = same
                .or_else(|| own.layers.iter().position(|known| benefit(known) == benefit(layer)));
            let last = own.layers.len().checked_sub(1);
            let at = same.or(last).and_then(|at| self.picks.get(at));
            let named = |field: &FieldId| own.field(*field).map(|field| &field.name.text);
            match at {
                Some(Picks::Open(field)) => {
                    let of_root = |found: &Field| {
                        found.object == other.root && Some(&found.name.text) == named(field)
                    };
                    let field = other.fields.iter().position(of_root);
                    let field = field.and_then(|at| u32::try_from(at).ok());
                    field.map_or(Picks::First, |at| Picks::Open(FieldId(at)))
                }
                at => at.copied().unwrap_or(Picks::First),
            }
        });
        Self { picks: picks.collect(), ..self.clone() }
    }

    /// 知悉日
    #[must_use]
    pub fn known_on(&self) -> Option<Date> {
        self.known_on
    }

    /// Whether what a layer wrote is in force in the month so many months before the one asked.
    #[must_use]
    pub fn admits(&self, layer: LayerId, validity: &Validity, back: u32) -> bool {
        validity.holds(self.day(layer, back), self.known_on)
    }
}

/// What a fact picks; nothing where it is not known.
fn picked_by(program: &Program, case: &Case, question: &Question, field: FieldId) -> Option<Picks> {
    let default = program.field(field).and_then(|declared| declared.default);
    let mut fact = case.fact(field, InstanceId(0));
    if let Fact::Dated(values) = fact {
        let last = question.period.last_day();
        fact = &values.iter().rev().find(|(since, _)| *since <= last)?.1;
    }
    match (fact, default) {
        (Fact::Known(Scalar::Constant(Constant::Date(date))), _) => Some(Picks::Fixed(*date)),
        (Fact::Absent, _) => Some(Picks::First),
        (Fact::NotStated, Some(DefaultValue::Value(Constant::Date(date)))) if !question.strict => {
            Some(Picks::Fixed(date))
        }
        (Fact::NotStated, Some(DefaultValue::Absent)) if !question.strict => Some(Picks::First),
        _ => None,
    }
}

/// Law that is read as of other days, or from another text, than the question's.
#[derive(Clone, Debug, Default)]
pub struct Mixture {
    /// For versions, exceptions and rows that are not listed; the question's own where not said.
    pub clock: Option<Clock>,
    /// For these choices between versions and exceptions.
    pub nodes: BTreeMap<NodeId, Clock>,
    /// For the rows of these keys of parameters.
    pub rows: BTreeMap<(ParameterId, usize), Rows>,
}

/// Where the rows of one key of a parameter are read instead.
#[derive(Clone, Debug)]
pub struct Rows {
    /// The parameter as another text has it; the same one where not said.
    pub parameter: Option<Arc<Parameter>>,
    /// Its key there.
    pub place: usize,
    /// As of when.
    pub clock: Clock,
}

/// The row of a key that is in force on a day, as known on a day: an open row ends where the next
/// begins, and of two that claim the day the later published wins.
#[must_use]
pub(crate) fn row_in_force(
    parameter: &Parameter,
    place: usize,
    day: Date,
    known_on: Option<Date>,
) -> Option<(usize, &ParameterRow)> {
    let rows = parameter.rows.get(place)?;
    let visible = || rows.iter().enumerate().filter(|(_, row)| row.validity.known(known_on));
    let superseded = |row: &ParameterRow| {
        !row.closed
            && visible().any(|(_, other)| {
                other.validity.from > row.validity.from
                    && other.validity.from.is_some_and(|from| from <= day)
            })
    };
    visible()
        .filter(|(_, row)| row.validity.holds(day, known_on) && !superseded(row))
        .max_by_key(|(_, row)| (row.validity.published.or(row.validity.from), row.validity.from))
}

/// One number for a key and a row.
#[must_use]
pub(super) fn row_number(place: usize, at: usize) -> u32 {
    u32::try_from(place.saturating_mul(1024).saturating_add(at)).unwrap_or(u32::MAX)
}

/// The key and row of such a number.
#[must_use]
pub(crate) fn row_of(parameter: &Parameter, number: u32) -> Option<(usize, &ParameterRow)> {
    let place = usize::try_from(number.checked_div(1024)?).ok()?;
    let at = usize::try_from(number.checked_rem(1024)?).ok()?;
    Some((place, parameter.rows.get(place)?.get(at)?))
}
