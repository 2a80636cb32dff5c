//! The kernels on values of every kind, each result worked out by hand.

mod aggregate;
mod choice;
mod kernel;
mod time;
mod value;

use super::{FaultKind, Marks, NoteId, Unknown, Value};
use crate::hir::{Constant, NodeId};
use crate::input::Scalar;
use crate::value::{Date, Rational};

/// Where the operation under test stands; operands that failed, failed at smaller nodes.
const HERE: NodeId = NodeId(90);

fn number(number: i64) -> Rational {
    Rational::from_integer(number)
}

fn known(value: i64) -> Value {
    Value::number(number(value), Marks::NONE)
}

fn on(day: &str) -> Value {
    let day: Date = day.parse().expect("a day");
    Value::plain(Constant::Date(day))
}

fn truth(truth: bool) -> Value {
    Value::truth(truth, Marks::NONE)
}

fn absent() -> Value {
    Value::Absent(Marks::NONE)
}

fn note(number: u32) -> Marks {
    Marks::one(NoteId(number))
}

/// Waits for note `cause`.
fn open(cause: u32) -> Value {
    Value::unknown(note(cause))
}

/// The same, a number within these ends.
fn between(cause: u32, low: impl Into<Option<i64>>, high: impl Into<Option<i64>>) -> Value {
    Value::Unknown(Box::new(Unknown {
        causes: note(cause),
        low: low.into().map(number),
        high: high.into().map(number),
        ..Unknown::default()
    }))
}

/// The same, if it is not 无.
fn or_absent(value: Value) -> Value {
    match value {
        Value::Unknown(unknown) => {
            Value::Unknown(Box::new(Unknown { may_be_absent: true, ..*unknown }))
        }
        other => other,
    }
}

/// Failed at that node.
fn failed(node: u32) -> Value {
    Value::fault(NodeId(node), FaultKind::NothingHolds)
}

/// A value in a line: `3 on 1+2` rests on two notes, `?4 [0, ) or 无` waits for a third.
fn told(value: &Value) -> String {
    let notes = |marks: &Marks| marks.iter().map(|id| id.0.to_string()).collect::<Vec<_>>();
    let marks = notes(&value.marks()).join("+");
    let rests = if marks.is_empty() { String::new() } else { format!(" on {marks}") };
    match value {
        Value::Known(Scalar::Constant(constant), _) => match constant {
            Constant::Number(number) => format!("{number}{rests}"),
            Constant::Bool(truth) => format!("{}{rests}", if *truth { "是" } else { "否" }),
            Constant::Date(date) => format!("{date}{rests}"),
            Constant::Month(month) => format!("{month}{rests}"),
            other => format!("{other:?}{rests}"),
        },
        Value::Known(Scalar::Instance(_, who), _) => format!("#{}{rests}", who.0),
        Value::Absent(_) => format!("无{rests}"),
        Value::Unknown(unknown) => {
            let end = |end: Option<Rational>| end.map_or_else(String::new, |end| end.to_string());
            let range = match (unknown.low, unknown.high) {
                (None, None) => String::new(),
                (low, high) => format!(" [{}, {}]", end(low), end(high)),
            };
            let absent = if unknown.may_be_absent { " or 无" } else { "" };
            format!("?{}{range}{absent}{rests}", notes(&unknown.causes).join("+"))
        }
        Value::Error(fault) => format!("{:?} at {}", fault.kind, fault.node.0),
    }
}
