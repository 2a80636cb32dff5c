//! A value as it was before its last rounding.

use std::sync::Arc;

use super::Pass;
use crate::eval::clock::{Clock, Mixture};
use crate::eval::frame::Evaluation;
use crate::eval::live::Live;
use crate::eval::note::Marks;
use crate::eval::value::Value;
use crate::hir::{NodeId, Program};
use crate::input::{Case, InstanceId};

/// What the last node of `path` comes to if the roundings on it give what they are given: the
/// nodes, operands first, that only pass a value on to it. The evaluation stays as it was.
#[must_use]
pub fn before_rounding(
    program: &Program,
    live: &Live,
    case: &Case,
    mixture: &Mixture,
    evaluation: &mut Evaluation,
    (path, who): (&[NodeId], InstanceId),
) -> Value {
    let question = evaluation.question;
    let clock = mixture.clock.clone().unwrap_or_else(|| Clock::of(program, case, &question));
    let Some(frame) = evaluation.frames.first_mut() else { return Value::Absent(Marks::NONE) };
    let mut pass = Pass {
        program,
        live,
        case,
        question,
        period: question.period,
        assessment: question.assessment_day(),
        back: 0,
        clock: &clock,
        mixture,
        without_rounding: true,
        // Nothing on a path looks back by itself.
        earlier: &[],
        notes: &mut evaluation.notes,
        frame: std::mem::take(Arc::make_mut(frame)),
    };
    let mut rounded: Vec<(NodeId, Value)> = Vec::new();
    let mut found = Value::Absent(Marks::NONE);
    for id in path {
        let Some(node) = program.node(*id) else { continue };
        let value = pass.node(*id, node, who);
        if let Some(before) = pass.frame.replace(*id, who, value.clone()) {
            rounded.push((*id, before));
        }
        found = value;
    }
    for (id, value) in rounded {
        let _ = pass.frame.replace(id, who, value);
    }
    *Arc::make_mut(frame) = pass.frame;
    found
}
