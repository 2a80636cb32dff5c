//! Which of several values applies: items, exceptions, and one of several that is not known yet.

use super::{Pass, Solution};
use crate::hir::{Arm, ExceptionArm, NodeId};
use crate::input::InstanceId;
use crate::solve::form::Form;
use crate::solve::region::Reason;
use crate::solve::sym::{Bounds, Sym};
use crate::syntax::ast::{BinaryOperator, Combine, Comparison};
use crate::value::Rational;

impl Pass<'_> {
    /// 裁量: what was decided where it lies within its bounds, and those where it is not.
    pub(super) fn decided(
        &mut self,
        bounds: [Option<NodeId>; 2],
        given: Option<NodeId>,
        me: InstanceId,
    ) -> Solution {
        let [low, high] = bounds.map(|end| end.map(|end| self.get(end, me)));
        let given = given.map(|given| self.get(given, me));
        let ends = || [&low, &high].into_iter().flatten();
        if ends().chain(&given).any(Sym::is_error) || ends().any(|end| *end == Sym::Absent) {
            return Ok(Sym::Error);
        }
        let decided = given.filter(|given| !matches!(given, Sym::Absent | Sym::Unknown(_)));
        let mut is_within = decided.is_some();
        for pair in [(&low, &high), (&low, &decided), (&decided, &high)] {
            let (Some(a), Some(b)) = pair else { continue };
            match self.compare(Comparison::LessOrEqual, a, b)?.as_bool() {
                Some(false) => return Ok(Sym::Error),
                held => is_within &= held.is_some(),
            }
        }
        if let Some(decided) = decided.filter(|_| is_within) {
            return Ok(decided);
        }
        let low = low.and_then(|low| low.range().0);
        let high = high.and_then(|high| high.range().1);
        Ok(Sym::Unknown(Bounds { low, high, may_be_absent: false }))
    }

    /// One of these, it is not known which.
    pub(super) fn one_of(&mut self, candidates: &[Sym]) -> Solution {
        if candidates.iter().any(Sym::is_error) {
            return Ok(Sym::Error);
        }
        if candidates.iter().all(|value| *value == Sym::Absent) && !candidates.is_empty() {
            return Ok(Sym::Absent);
        }
        if let Some(first) = candidates.first()
            && self.all_equal(first, candidates)?
        {
            return Ok(first.clone());
        }
        let present: Vec<&Sym> = candidates.iter().filter(|value| **value != Sym::Absent).collect();
        let low = self.every_end(false, present.iter().map(|value| value.range().0))?;
        let high = self.every_end(true, present.iter().map(|value| value.range().1))?;
        let may_be_absent = candidates.iter().any(|value| match value {
            Sym::Absent => true,
            Sym::Unknown(bounds) => bounds.may_be_absent,
            Sym::Known(_) | Sym::Number(_) | Sym::Day(_) | Sym::Error => false,
        });
        Ok(Sym::Unknown(Bounds { low, high, may_be_absent }))
    }

    /// Whether all are known and the same, which stays so.
    fn all_equal(&mut self, first: &Sym, all: &[Sym]) -> Result<bool, Reason> {
        let mut equal = true;
        for value in all {
            equal &= match self.difference(first, value)? {
                Some(differ) => !differ,
                None => false,
            };
        }
        Ok(equal)
    }

    /// Whether two known values differ, which stays so; nothing where one is not known.
    fn difference(&mut self, a: &Sym, b: &Sym) -> Result<Option<bool>, Reason> {
        let gap = match (a, b) {
            (Sym::Number(a), Sym::Number(b)) => a.minus(b)?,
            (Sym::Day(a), Sym::Day(b)) => Form::day(a).minus(&Form::day(b))?,
            (Sym::Known(a), Sym::Known(b)) => return Ok(Some(a != b)),
            (Sym::Known(_) | Sym::Number(_) | Sym::Day(_), _)
            | (Sym::Absent | Sym::Unknown(_) | Sym::Error, _) => return Ok(None),
        };
        self.region.keep_sign(&gap, i64::from);
        Ok(Some(!gap.at(&self.region.grid, self.region.at)?.is_zero()))
    }

    /// Whether two values are known and differ.
    fn disagree(&mut self, a: &Sym, b: &Sym) -> Result<bool, Reason> {
        let known = |value: &Sym| matches!(value, Sym::Known(_) | Sym::Number(_) | Sym::Day(_));
        if (known(a) && *b == Sym::Absent) || (*a == Sym::Absent && known(b)) {
            return Ok(true);
        }
        let may_be_absent =
            |value: &Sym| matches!(value, Sym::Unknown(bounds) if bounds.may_be_absent);
        match (a, b) {
            _ if may_be_absent(a) || may_be_absent(b) => Ok(false),
            (Sym::Unknown(_), _) | (_, Sym::Unknown(_)) => {
                Ok(self.lies_above(a, b)? || self.lies_above(b, a)?)
            }
            _ => Ok(self.difference(a, b)?.unwrap_or(false)),
        }
    }

    /// Whether all that one value can be is more than all that another can be, which stays so.
    fn lies_above(&mut self, a: &Sym, b: &Sym) -> Result<bool, Reason> {
        let (Some(low), Some(high)) = (a.range().0, b.range().1) else { return Ok(false) };
        let gap = low.minus(&high)?;
        self.region.keep_sign(&gap, i64::from);
        Ok(gap.at(&self.region.grid, self.region.at)? > Rational::ZERO)
    }

    pub(super) fn choose(
        &mut self,
        combine: Combine,
        arms: &[Arm],
        otherwise: Option<NodeId>,
        me: InstanceId,
    ) -> Solution {
        let conditions: Vec<Option<Sym>> =
            arms.iter().map(|arm| arm.condition.map(|node| self.get(node, me))).collect();
        if conditions.iter().flatten().any(Sym::is_error) {
            return Ok(Sym::Error);
        }
        let holds = |condition: &Option<Sym>| condition.as_ref().map_or(Some(true), Sym::holds);
        let items: Vec<(Option<bool>, Sym)> = arms
            .iter()
            .zip(&conditions)
            .map(|(arm, condition)| (holds(condition), self.get(arm.value, me)))
            .collect();
        let otherwise = otherwise.map(|node| self.get(node, me));
        let of = |state: Option<bool>| {
            items.iter().filter(move |(holds, _)| *holds == state).map(|(_, value)| value.clone())
        };
        let (sure, open): (Vec<Sym>, Vec<Sym>) = (of(Some(true)).collect(), of(None).collect());
        match combine {
            Combine::Total => self.total(&sure, &open, otherwise),
            Combine::First => self.first(&items, otherwise),
            Combine::Unique | Combine::Highest | Combine::Lowest => {
                let certain =
                    if sure.is_empty() { otherwise } else { Some(self.certain(combine, &sure)?) };
                if open.is_empty() {
                    return Ok(certain.unwrap_or(Sym::Error));
                }
                // Where nothing is said for the rest, some item is known to hold.
                let candidates: Vec<Sym> = certain.into_iter().chain(open).collect();
                self.undecided(combine, &candidates, !sure.is_empty())
            }
        }
    }

    /// The combination of the items that surely hold.
    fn certain(&mut self, combine: Combine, sure: &[Sym]) -> Solution {
        match combine {
            Combine::Highest => self.extreme(true, sure),
            Combine::Lowest => self.extreme(false, sure),
            Combine::Unique | Combine::First | Combine::Total => self.agreed(sure),
        }
    }

    /// The value that all give: what is known of one is known of all. An error where one is or two
    /// differ.
    fn agreed(&mut self, values: &[Sym]) -> Solution {
        if values.iter().any(Sym::is_error) {
            return Ok(Sym::Error);
        }
        for (at, value) in values.iter().enumerate() {
            for other in values.iter().skip(at.saturating_add(1)) {
                if self.disagree(other, value)? {
                    return Ok(Sym::Error);
                }
            }
        }
        if let Some(known) = values.iter().find(|value| !matches!(value, Sym::Unknown(_))) {
            return Ok(known.clone());
        }
        if let [only] = values {
            return Ok(only.clone());
        }
        let low = self.any_end(true, values.iter().map(|value| value.range().0))?;
        let high = self.any_end(false, values.iter().map(|value| value.range().1))?;
        let may_be_absent = values
            .iter()
            .all(|value| matches!(value, Sym::Unknown(bounds) if bounds.may_be_absent));
        if may_be_absent {
            return Ok(Sym::Unknown(Bounds { low, high, may_be_absent }));
        }
        self.settle(low, high)
    }

    /// Some items may hold besides the sure ones, which stand first.
    fn undecided(&mut self, combine: Combine, candidates: &[Sym], some_sure: bool) -> Solution {
        let found = self.one_of(candidates)?;
        let Sym::Unknown(mut bounds) = found else { return Ok(found) };
        let Some(sure) = candidates.first().filter(|_| some_sure) else {
            return Ok(Sym::Unknown(bounds));
        };
        match combine {
            Combine::Highest => {
                let ends = [bounds.low.take(), sure.range().0];
                bounds.low = self.any_end(true, ends.into_iter())?;
            }
            Combine::Lowest => {
                let ends = [bounds.high.take(), sure.range().1];
                bounds.high = self.any_end(false, ends.into_iter())?;
            }
            Combine::Unique | Combine::First | Combine::Total => {}
        }
        let may_be_absent = bounds.may_be_absent;
        match self.settle(bounds.low, bounds.high)? {
            Sym::Unknown(settled) => Ok(Sym::Unknown(Bounds { may_be_absent, ..settled })),
            known => Ok(known),
        }
    }

    fn first(&mut self, items: &[(Option<bool>, Sym)], otherwise: Option<Sym>) -> Solution {
        let mut candidates = Vec::new();
        let mut decided = false;
        for (holds, value) in items {
            if *holds != Some(false) {
                candidates.push(value.clone());
            }
            if *holds == Some(true) {
                decided = true;
                break;
            }
        }
        if !decided {
            candidates.extend(otherwise);
        }
        match candidates.as_slice() {
            [] => Ok(Sym::Error),
            [only] if !decided => Ok(only.clone()),
            several => self.one_of(several),
        }
    }

    fn total(&mut self, sure: &[Sym], open: &[Sym], otherwise: Option<Sym>) -> Solution {
        let zero = Sym::number(Rational::ZERO);
        if let Some(otherwise) = otherwise.filter(|rest| sure.is_empty() && *rest != zero) {
            return self.total_or(open, otherwise);
        }
        let mut sum = zero.clone();
        for item in sure {
            sum = self.binary(BinaryOperator::Add, &sum, item)?;
        }
        for item in open {
            let part = self.one_of(&[zero.clone(), item.clone()])?;
            sum = self.binary(BinaryOperator::Add, &sum, &part)?;
        }
        Ok(sum)
    }

    /// The same where none surely holds: what is said for the rest, or at least one that is open.
    fn total_or(&mut self, open: &[Sym], otherwise: Sym) -> Solution {
        let mut candidates = vec![otherwise.clone()];
        for (at, first) in open.iter().enumerate() {
            let zero = Sym::number(Rational::ZERO);
            let mut sum = self.binary(BinaryOperator::Add, &zero, first)?;
            for (_, item) in open.iter().enumerate().filter(|(other, _)| *other != at) {
                let part = self.one_of(&[Sym::number(Rational::ZERO), item.clone()])?;
                sum = self.binary(BinaryOperator::Add, &sum, &part)?;
            }
            candidates.push(sum);
        }
        if open.is_empty() { Ok(otherwise) } else { self.one_of(&candidates) }
    }

    /// A base and its exceptions: what holds and is beaten by nothing that holds.
    pub(super) fn default(
        &mut self,
        base: NodeId,
        exceptions: &[ExceptionArm],
        in_force: &[bool],
        me: InstanceId,
    ) -> Solution {
        let mut states = Vec::new();
        for (arm, in_force) in exceptions.iter().zip(in_force.iter().copied()) {
            let condition = arm.condition.map(|node| self.get(node, me));
            if in_force && condition.as_ref().is_some_and(Sym::is_error) {
                return Ok(Sym::Error);
            }
            let holds = condition.as_ref().map_or(Some(true), Sym::holds);
            states.push(if in_force { holds } else { Some(false) });
        }
        let beaten = |at: usize| {
            states
                .iter()
                .zip(exceptions)
                .any(|(state, arm)| *state == Some(true) && arm.beats.contains(&at))
        };
        let standing = |wanted: Option<bool>| -> Vec<&ExceptionArm> {
            let all = exceptions.iter().zip(&states).enumerate();
            all.filter(|(at, (_, state))| **state == wanted && !beaten(*at))
                .map(|(_, (arm, _))| arm)
                .collect()
        };
        let (applies, open) = (standing(Some(true)), standing(None));
        let holding = states.iter().filter(|state| **state == Some(true)).count();
        let base = self.get(base, me);
        let values: Vec<Sym> = applies.iter().map(|arm| self.get(arm.value, me)).collect();
        let certain = match values.as_slice() {
            [] if holding > 1 => Sym::Error,
            [] => base.clone(),
            values => self.agreed(values)?,
        };
        if open.is_empty() {
            return Ok(certain);
        }
        let mut candidates = vec![certain];
        // An open exception may beat what now applies and so bring back the base.
        if !applies.is_empty() && open.iter().any(|arm| !arm.beats.is_empty()) {
            candidates.push(base);
        }
        candidates.extend(open.iter().map(|arm| self.get(arm.value, me)));
        self.one_of(&candidates)
    }
}
