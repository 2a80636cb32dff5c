//! What a text says as a number on a document.

use super::note::Marks;
use super::value::{Unknown, Value};
use crate::hir::{Constant, DocumentQuery};
use crate::input::Scalar;
use crate::value::{DocumentNumber, Sex};

/// The answer about a text. 无 is no valid number and lies in no place; a date or a sex that a text
/// does not hold is 无.
pub(super) fn asked(query: DocumentQuery, text: &Value) -> Value {
    match text {
        Value::Known(Scalar::Constant(Constant::Text(number)), marks) => {
            answer(query, *number, marks.clone())
        }
        Value::Known(_, marks) | Value::Absent(marks) => {
            answer(query, DocumentNumber::default(), marks.clone())
        }
        Value::Unknown(unknown) => {
            let may_be_absent = matches!(query, DocumentQuery::BirthDate | DocumentQuery::Sex(..));
            let (causes, marks) = (unknown.causes.clone(), unknown.marks.clone());
            Value::Unknown(Box::new(Unknown { causes, marks, may_be_absent, ..Unknown::default() }))
        }
        Value::Error(_) => text.clone(),
    }
}

fn answer(query: DocumentQuery, number: DocumentNumber, marks: Marks) -> Value {
    let held = |constant: Option<Constant>, marks: Marks| match constant {
        Some(constant) => Value::Known(Scalar::Constant(constant), marks),
        None => Value::Absent(marks),
    };
    match query {
        DocumentQuery::Valid => Value::truth(number.resident().is_some(), marks),
        DocumentQuery::Within(place) => {
            Value::truth(number.place().is_some_and(|code| place.contains(code)), marks)
        }
        DocumentQuery::BirthDate => {
            held(number.resident().map(|id| Constant::Date(id.birth_date())), marks)
        }
        DocumentQuery::Sex(sexes, [male, female]) => {
            let value = number.resident().map(|id| match id.sex() {
                Sex::Male => Constant::Enum(sexes, male),
                Sex::Female => Constant::Enum(sexes, female),
            });
            held(value, marks)
        }
    }
}
