//! Figures over a population: each case is evaluated by itself and added to a tally, so that any
//! number of cases takes no more room than those that are not decided.

use std::collections::BTreeMap;

use super::note::{Marks, Note, Notes};
use super::value::{FaultKind, Unknown, Value};
use crate::hir::{Constant, MeasureId, MeasureKind, NodeId, OutcomeConstant};
use crate::input::{Measured, Population};
use crate::value::{OpError, Rational};

#[cfg(test)]
mod tests;

/// An end of a range: `None` is open.
type End = Option<Rational>;

/// One thing that a measure may count.
#[derive(Clone, Debug)]
pub struct Element {
    /// Whether it counts.
    pub counts: Value,
    /// What is taken of it; nothing for a count.
    pub body: Option<Value>,
}

impl Element {
    /// Something that counts where all of `filters` hold.
    #[must_use]
    pub fn new(filters: impl Iterator<Item = Value>, body: Option<Value>) -> Self {
        let filters: Vec<Value> = filters.collect();
        let filters: Vec<&Value> = filters.iter().collect();
        Self { counts: super::kernel::all(false, &filters), body }
    }
}

/// What has been counted up so far.
#[derive(Clone, Debug)]
pub struct Tally {
    kind: MeasureKind,
    /// How many surely count.
    sure: u64,
    /// How many may count or not.
    open: u64,
    /// Sum of what is taken of those that surely count.
    sum: (End, End),
    /// The greatest and least that those that surely count can be.
    highest: Option<(End, End)>,
    lowest: Option<(End, End)>,
    /// What those that may count can be, each range with how often it came.
    maybe: BTreeMap<(End, End), u64>,
    /// For conditions: of those that surely count, how many surely hold and how many may hold.
    held: (u64, u64),
    /// Of those that may count, how many may hold, and how many may fail to.
    maybe_held: (u64, u64),
    overflow: bool,
}

impl Tally {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(kind: MeasureKind) -> Self {
        Self {
            kind,
            sure: 0,
            open: 0,
            sum: (Some(Rational::ZERO), Some(Rational::ZERO)),
            highest: None,
            lowest: None,
            maybe: BTreeMap::new(),
            held: (0, 0),
            maybe_held: (0, 0),
            overflow: false,
        }
    }

    /// Counts one more thing; an error in it leaves open what it would have been.
    /// Returns whether it was decided.
    pub fn add(&mut self, element: &Element) -> bool {
        let counts = element.counts.holds();
        if counts == Some(false) {
            return true;
        }
        let is_condition =
            matches!(self.kind, MeasureKind::Share | MeasureKind::Exists | MeasureKind::Each);
        let decided = match &element.body {
            None => true,
            Some(body) if is_condition => {
                let holds = body.holds();
                let (may, may_not) = (holds != Some(false), holds != Some(true));
                if counts == Some(true) {
                    self.held.0 = self.held.0.saturating_add(u64::from(!may_not));
                    self.held.1 = self.held.1.saturating_add(u64::from(may));
                } else {
                    self.maybe_held.0 = self.maybe_held.0.saturating_add(u64::from(may));
                    self.maybe_held.1 = self.maybe_held.1.saturating_add(u64::from(may_not));
                }
                holds.is_some()
            }
            Some(body) => {
                let range = match body {
                    Value::Error(_) => (None, None),
                    body => body.range(),
                };
                self.number(counts == Some(true), range);
                range.0.is_some() && range.0 == range.1
            }
        };
        if counts == Some(true) {
            self.sure = self.sure.saturating_add(1);
        } else {
            self.open = self.open.saturating_add(1);
        }
        decided && counts == Some(true)
    }

    fn number(&mut self, sure: bool, range: (End, End)) {
        if !sure {
            let times = self.maybe.entry(range).or_default();
            *times = times.saturating_add(1);
            return;
        }
        self.sum = (self.plus(self.sum.0, range.0), self.plus(self.sum.1, range.1));
        let both = |a: End, b: End, pick: fn(Rational, Rational) -> Rational| {
            a.zip(b).map(|(a, b)| pick(a, b))
        };
        // The greatest is at least the greatest lower end that is known.
        let greatest = self
            .highest
            .map_or(range, |known| (known.0.max(range.0), both(known.1, range.1, Rational::max)));
        let least = self.lowest.map_or(range, |known| {
            let high = [known.1, range.1].into_iter().flatten().min();
            (both(known.0, range.0, Rational::min), high)
        });
        (self.highest, self.lowest) = (Some(greatest), Some(least));
    }

    fn plus(&mut self, a: End, b: End) -> End {
        let (a, b) = a.zip(b)?;
        let sum = a.checked_add(b);
        self.overflow |= sum.is_err();
        sum.ok()
    }

    /// How many count: at least, at most.
    #[must_use]
    pub fn count(&self) -> (u64, u64) {
        (self.sure, self.sure.saturating_add(self.open))
    }

    /// The two parts of a share or an average: at least and at most of each.
    #[must_use]
    pub fn parts(&self) -> Option<((End, End), (u64, u64))> {
        let upper = match self.kind {
            MeasureKind::Share => {
                let most = self.held.1.saturating_add(self.maybe_held.0);
                (whole(self.held.0), whole(most))
            }
            MeasureKind::Average => self.total(),
            _ => return None,
        };
        Some((upper, self.count()))
    }

    /// What came out.
    #[must_use]
    pub fn result(&self) -> Measured {
        if self.overflow {
            return Measured::Overflow;
        }
        let (least, most) = self.count();
        let of_some = matches!(
            self.kind,
            MeasureKind::Share | MeasureKind::Average | MeasureKind::Highest | MeasureKind::Lowest
        );
        if of_some && most == 0 {
            return Measured::Empty;
        }
        if of_some && least == 0 {
            // It may yet turn out that there is none, and then there is no figure at all.
            return number((None, None));
        }
        match self.kind {
            MeasureKind::Count => number((whole(least), whole(most))),
            MeasureKind::Sum => number(self.total()),
            MeasureKind::Share => number(self.share()),
            MeasureKind::Average => number(self.average()),
            MeasureKind::Highest => number(self.greatest()),
            MeasureKind::Lowest => number(self.least()),
            MeasureKind::Exists => {
                let may = self.held.1.saturating_add(self.maybe_held.0) > 0;
                Measured::Truth(decided(self.held.0 > 0, may))
            }
            MeasureKind::Each => {
                let may_fail = self.held.0 < self.sure || self.maybe_held.1 > 0;
                let fails = self.held.1 < self.sure;
                Measured::Truth(decided(!may_fail, !fails))
            }
        }
    }

    /// The sum with those that may count or not.
    fn total(&self) -> (End, End) {
        let mut total = self.sum;
        for ((low, high), times) in &self.maybe {
            let times = Rational::from_integer(i64::try_from(*times).unwrap_or(i64::MAX));
            let part = |end: End, pick: fn(Rational, Rational) -> Rational| {
                pick(end?, Rational::ZERO).checked_mul(times).ok()
            };
            let add = |a: End, b: End| a.zip(b).and_then(|(a, b)| a.checked_add(b).ok());
            total =
                (add(total.0, part(*low, Rational::min)), add(total.1, part(*high, Rational::max)));
        }
        total
    }

    /// Exact bounds of a share: whoever may count is counted where that moves it furthest.
    fn share(&self) -> (End, End) {
        let low = ratio(self.held.0, self.sure.saturating_add(self.maybe_held.1));
        let high = ratio(
            self.held.1.saturating_add(self.maybe_held.0),
            self.sure.saturating_add(self.maybe_held.0),
        );
        (low, high)
    }

    /// Exact bounds of an average: the most favourable of those that may count are taken, one range
    /// after the other, as long as each moves it further.
    fn average(&self) -> (End, End) {
        (self.average_end(false), self.average_end(true))
    }

    fn average_end(&self, upper: bool) -> End {
        let end = |range: &(End, End)| if upper { range.1 } else { range.0 };
        let mut sum = if upper { self.sum.1? } else { self.sum.0? };
        let mut count = self.sure;
        let mut maybe: Vec<(End, u64)> =
            self.maybe.iter().map(|(range, times)| (end(range), *times)).collect();
        if maybe.iter().any(|(end, _)| end.is_none()) {
            return None;
        }
        maybe.sort_unstable();
        if upper {
            maybe.reverse();
        }
        for (value, times) in maybe {
            let value = value?;
            let now = ratio_of(sum, count)?;
            if now == value || (value > now) != upper {
                break;
            }
            let factor = Rational::from_integer(i64::try_from(times).ok()?);
            sum = sum.checked_add(value.checked_mul(factor).ok()?).ok()?;
            count = count.saturating_add(times);
        }
        ratio_of(sum, count)
    }

    fn greatest(&self) -> (End, End) {
        let Some((low, high)) = self.highest else { return (None, None) };
        let most = self.maybe.keys().map(|range| range.1).chain([high]);
        (low, most.collect::<Option<Vec<_>>>().and_then(|ends| ends.into_iter().max()))
    }

    fn least(&self) -> (End, End) {
        let Some((low, high)) = self.lowest else { return (None, None) };
        let least = self.maybe.keys().map(|range| range.0).chain([low]);
        (least.collect::<Option<Vec<_>>>().and_then(|ends| ends.into_iter().min()), high)
    }
}

fn whole(number: u64) -> End {
    i64::try_from(number).ok().map(Rational::from_integer)
}

fn ratio(part: u64, of: u64) -> End {
    ratio_of(whole(part)?, of)
}

fn ratio_of(sum: Rational, count: u64) -> End {
    if count == 0 {
        return None;
    }
    sum.checked_div(whole(count)?).ok()
}

fn number((low, high): (End, End)) -> Measured {
    Measured::Number(low, high)
}

fn decided(surely: bool, may: bool) -> Option<bool> {
    match (surely, may) {
        (true, _) => Some(true),
        (false, false) => Some(false),
        (false, true) => None,
    }
}

/// What is known of a measure, as a value.
pub(super) fn measured(
    node: NodeId,
    measure: MeasureId,
    population: &Population,
    notes: &mut Notes,
) -> Value {
    let unknown = |notes: &mut Notes, low, high| {
        let causes = Marks::one(notes.id(Note::Measure(measure)));
        Value::Unknown(Box::new(Unknown { causes, low, high, ..Unknown::default() }))
    };
    match population.measures.get(&measure) {
        Some(Measured::Number(Some(low), Some(high))) if low == high => {
            Value::number(*low, Marks::NONE)
        }
        Some(Measured::Number(low, high)) => unknown(notes, *low, *high),
        Some(Measured::Truth(Some(truth))) => Value::truth(*truth, Marks::NONE),
        Some(Measured::Empty) => Value::fault(node, FaultKind::EmptyPopulation),
        Some(Measured::Overflow) => Value::fault(node, FaultKind::Arithmetic(OpError::Overflow)),
        Some(Measured::Truth(None)) | None => unknown(notes, None, None),
    }
}

/// What a share is taken of: nothing is none.
pub(super) fn not_empty(node: NodeId, value: &Value) -> Value {
    match value.as_number() {
        Some(number) if number.is_zero() => Value::fault(node, FaultKind::EmptyPopulation),
        _ => value.clone(),
    }
}

/// Whether a target is met.
pub(super) fn outcome(value: &Value) -> Value {
    let outcome = match (value, value.holds()) {
        (Value::Error(_), _) => return value.clone(),
        (_, Some(true)) => OutcomeConstant::Met,
        (_, Some(false)) => OutcomeConstant::NotMet,
        (_, None) => OutcomeConstant::Undecided,
    };
    Value::plain(Constant::Outcome(outcome))
}
