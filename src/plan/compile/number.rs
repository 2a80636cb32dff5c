//! Numbers: fixed scales, and quotients that keep their divisor until it is multiplied away.

use super::super::lane::{Held, Lane, MOST_SCALE, common_scale, gcd, parts};
use super::super::op::{Op, Register};
use super::{Compiler, KIND, MIXED, Planned, Refused, TOO_FINE};
use crate::hir::NodeId;
use crate::syntax::ast::{BinaryOperator, Comparison};
use crate::value::{Rational, Rounding};

impl Compiler<'_> {
    pub(super) fn binary(
        &mut self,
        id: NodeId,
        operator: BinaryOperator,
        a: NodeId,
        b: NodeId,
    ) -> Planned {
        let (a, b) = (self.present(id, a)?, self.present(id, b)?);
        match operator {
            BinaryOperator::Add => self.add(id, a, b, 1),
            BinaryOperator::Subtract => self.add(id, a, b, -1),
            BinaryOperator::Multiply => self.multiply(id, a, b),
            BinaryOperator::Divide => self.divide(id, a, b),
        }
    }

    pub(super) fn negate(&mut self, id: NodeId, a: NodeId) -> Planned {
        let a = self.present(id, a)?;
        Ok(self.scaled(a, -1))
    }

    /// So many times as much.
    fn scaled(&mut self, a: Held, by: i64) -> Held {
        if by == 1 {
            return a;
        }
        let op = Op::Linear { a: a.register, ka: by, b: a.register, kb: 0 };
        self.emit(op, a.lane)
    }

    /// Two numbers as whole parts of one scale, over one divisor: the multipliers that bring them
    /// there, and the lane. A number beside a quotient is multiplied by the divisor first.
    fn aligned(&mut self, id: NodeId, a: Held, b: Held) -> Result<(Side, Side, Lane), Refused> {
        let refused = |reason| Refused { node: id, reason };
        let (sa, sb) = (scale_of(a).ok_or(refused(KIND))?, scale_of(b).ok_or(refused(KIND))?);
        let scale = common_scale(sa, sb).ok_or(refused(TOO_FINE))?;
        let (ka, kb) = (scale.checked_div(sa).unwrap_or(1), scale.checked_div(sb).unwrap_or(1));
        let (da, db) = (divisor_of(a), divisor_of(b));
        let over = |compiler: &mut Self, held: Held, divisor: Register| {
            compiler.emit(Op::Multiply { a: held.register, b: divisor }, held.lane).register
        };
        let (a, b, divisor) = match (da, db) {
            (None, None) => (a.register, b.register, None),
            (Some(divisor), None) => (a.register, over(self, b, divisor), Some(divisor)),
            (None, Some(divisor)) => (over(self, a, divisor), b.register, Some(divisor)),
            (Some(one), Some(other)) if one == other => (a.register, b.register, Some(one)),
            (Some(_), Some(_)) => return Err(refused(MIXED)),
        };
        let lane = match divisor {
            Some(divisor) => Lane::Quotient { scale, divisor },
            None => Lane::Number { scale },
        };
        Ok((Side { register: a, by: ka }, Side { register: b, by: kb }, lane))
    }

    fn add(&mut self, id: NodeId, a: Held, b: Held, sign: i64) -> Planned {
        let (a, b, lane) = self.aligned(id, a, b)?;
        let kb = b.by.saturating_mul(sign);
        Ok(self.emit(Op::Linear { a: a.register, ka: a.by, b: b.register, kb }, lane))
    }

    /// `a × num ÷ den` for a number that is the same in every case.
    fn times_constant(&mut self, id: NodeId, a: Held, num: i64, den: i64) -> Planned {
        let refused = Refused { node: id, reason: TOO_FINE };
        let scale = scale_of(a).ok_or(Refused { node: id, reason: KIND })?;
        let scale = scale.checked_mul(den).ok_or(refused)?;
        let common = gcd(num, scale);
        let (num, scale) =
            (num.checked_div(common).ok_or(refused)?, scale.checked_div(common).ok_or(refused)?);
        if scale > MOST_SCALE {
            return Err(refused);
        }
        let lane = match a.lane {
            Lane::Quotient { divisor, .. } => Lane::Quotient { scale, divisor },
            _ => Lane::Number { scale },
        };
        let scaled = self.scaled(a, num);
        Ok(Held { lane, constant: None, ..scaled })
    }

    fn multiply(&mut self, id: NodeId, a: Held, b: Held) -> Planned {
        let refused = |reason| Refused { node: id, reason };
        for (one, other) in [(a, b), (b, a)] {
            if let (Some(value), Lane::Number { scale }) = (one.constant, one.lane) {
                return self.times_constant(id, other, value, scale);
            }
        }
        for (quotient, other) in [(a, b), (b, a)] {
            // (x ÷ n) × n is x, exactly.
            if let Lane::Quotient { scale, divisor } = quotient.lane
                && other.register == divisor
                && other.lane == (Lane::Number { scale: 1 })
            {
                return Ok(Held { lane: Lane::Number { scale }, ..quotient });
            }
        }
        let (sa, sb) = (scale_of(a).ok_or(refused(KIND))?, scale_of(b).ok_or(refused(KIND))?);
        let scale = sa.checked_mul(sb).filter(|scale| *scale <= MOST_SCALE);
        let scale = scale.ok_or(refused(TOO_FINE))?;
        let lane = match (divisor_of(a), divisor_of(b)) {
            (None, None) => Lane::Number { scale },
            (Some(divisor), None) | (None, Some(divisor)) => Lane::Quotient { scale, divisor },
            (Some(_), Some(_)) => return Err(refused(MIXED)),
        };
        Ok(self.emit(Op::Multiply { a: a.register, b: b.register }, lane))
    }

    pub(super) fn divide(&mut self, id: NodeId, a: Held, b: Held) -> Planned {
        let refused = |reason| Refused { node: id, reason };
        let (Lane::Number { scale: sb }, Some(sa)) = (b.lane, scale_of(a)) else {
            return Err(refused(MIXED));
        };
        if let Some(value) = b.constant.filter(|value| *value != 0) {
            let sign = if value < 0 { -1 } else { 1 };
            let (num, den) =
                (sb.saturating_mul(sign), value.checked_abs().ok_or(refused(TOO_FINE))?);
            return self.times_constant(id, a, num, den);
        }
        // (a ÷ sa) ÷ (b ÷ sb) = (a × sb) ÷ (sa × b)
        let common = gcd(sa, sb);
        let (by, scale) =
            (sb.checked_div(common).unwrap_or(1), sa.checked_div(common).unwrap_or(1));
        let divisor = match divisor_of(a) {
            None => b.register,
            Some(first) => {
                let op = Op::Multiply { a: first, b: b.register };
                self.emit(op, Lane::Number { scale: 1 }).register
            }
        };
        let scaled = self.scaled(a, by);
        let op = Op::Guarded { a: scaled.register, positive: b.register };
        Ok(self.emit(op, Lane::Quotient { scale, divisor }))
    }

    pub(super) fn compare(&mut self, id: NodeId, how: Comparison, a: NodeId, b: NodeId) -> Planned {
        let (a, b) = (self.node(a)?, self.node(b)?);
        self.compare_held(id, how, a, b)
    }

    pub(super) fn compare_held(
        &mut self,
        id: NodeId,
        how: Comparison,
        a: Held,
        b: Held,
    ) -> Planned {
        let refused = |reason| Refused { node: id, reason };
        let optional = a.optional || b.optional;
        let (Some(sa), Some(sb)) = (scale_of(a), scale_of(b)) else {
            if std::mem::discriminant(&a.lane) != std::mem::discriminant(&b.lane) {
                return Err(refused(KIND));
            }
            let op = Op::Compare { how, a: a.register, ka: 1, b: b.register, kb: 1, optional };
            return Ok(self.emit(op, Lane::Truth));
        };
        let scale = common_scale(sa, sb).ok_or(refused(TOO_FINE))?;
        let (ka, kb) = (scale.checked_div(sa).unwrap_or(1), scale.checked_div(sb).unwrap_or(1));
        let op = match (divisor_of(a), divisor_of(b)) {
            (None, None) => Op::Compare { how, a: a.register, ka, b: b.register, kb, optional },
            (Some(one), Some(other)) if one == other => {
                Op::Compare { how, a: a.register, ka, b: b.register, kb, optional }
            }
            _ if optional => return Err(refused(MIXED)),
            (Some(divisor), None) => {
                Op::CompareQuotient { how, a: a.register, ka, b: b.register, kb, divisor }
            }
            (None, Some(divisor)) => Op::CompareQuotient {
                how: mirrored(how),
                a: b.register,
                ka: kb,
                b: a.register,
                kb: ka,
                divisor,
            },
            (Some(one), Some(other)) => {
                let op = Op::Multiply { a: a.register, b: other };
                let left = self.emit(op, Lane::Number { scale: 1 }).register;
                Op::CompareQuotient { how, a: left, ka, b: b.register, kb, divisor: one }
            }
        };
        Ok(self.emit(op, Lane::Truth))
    }

    pub(super) fn round(
        &mut self,
        id: NodeId,
        how: Rounding,
        grain: Rational,
        a: NodeId,
    ) -> Planned {
        let refused = |reason| Refused { node: id, reason };
        let a = self.present(id, a)?;
        let scale = scale_of(a).ok_or(refused(KIND))?;
        let fine = i64::try_from(grain.denom()).ok().ok_or(refused(TOO_FINE))?;
        let common = common_scale(scale, fine).ok_or(refused(TOO_FINE))?;
        let pre = common.checked_div(scale).unwrap_or(1);
        let step = parts(grain, common).filter(|step| *step > 0).ok_or(refused(TOO_FINE))?;
        let post = i64::try_from(grain.numer()).ok().ok_or(refused(TOO_FINE))?;
        let lane = Lane::Number { scale: fine };
        let op = match divisor_of(a) {
            None => Op::Round { how, a: a.register, pre, step, post },
            Some(divisor) => Op::RoundQuotient { how, a: a.register, pre, step, post, divisor },
        };
        Ok(self.emit(op, lane))
    }

    pub(super) fn extreme(&mut self, id: NodeId, greatest: bool, operands: &[NodeId]) -> Planned {
        let mut best: Option<Held> = None;
        for operand in operands {
            let next = self.present(id, *operand)?;
            best = Some(match best {
                None => next,
                Some(best) => {
                    let (a, b) = self.one_lane(id, best, next)?;
                    let op = Op::Extreme { greatest, a: a.register, b: b.register };
                    self.emit(op, a.lane)
                }
            });
        }
        best.ok_or(Refused { node: id, reason: KIND })
    }

    /// Two values in the same lane.
    pub(super) fn one_lane(
        &mut self,
        id: NodeId,
        a: Held,
        b: Held,
    ) -> Result<(Held, Held), Refused> {
        let (Some(_), Some(_)) = (scale_of(a), scale_of(b)) else {
            let same = std::mem::discriminant(&a.lane) == std::mem::discriminant(&b.lane);
            return if same { Ok((a, b)) } else { Err(Refused { node: id, reason: KIND }) };
        };
        if a.lane == b.lane {
            return Ok((a, b));
        }
        if a.optional || b.optional {
            return Err(Refused { node: id, reason: MIXED });
        }
        let (left, right, lane) = self.aligned(id, a, b)?;
        let mut side = |side: Side| {
            let held = Held::plain(side.register, lane);
            self.scaled(held, side.by)
        };
        Ok((side(left), side(right)))
    }
}

/// A register and the whole number that it is multiplied by.
#[derive(Clone, Copy)]
struct Side {
    register: Register,
    by: i64,
}

fn scale_of(held: Held) -> Option<i64> {
    match held.lane {
        Lane::Number { scale } | Lane::Quotient { scale, .. } => Some(scale),
        _ => None,
    }
}

fn divisor_of(held: Held) -> Option<Register> {
    match held.lane {
        Lane::Quotient { divisor, .. } => Some(divisor),
        _ => None,
    }
}

fn mirrored(how: Comparison) -> Comparison {
    match how {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same @ (Comparison::Equal | Comparison::NotEqual) => same,
    }
}
