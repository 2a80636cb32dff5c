//! 身份证号: its check character, and the date of birth that it holds.

use std::collections::BTreeMap;

use super::binder::{Binder, Stated};
use super::problem;
use crate::diagnostic::Bilingual;
use crate::facts::{Entry, NodeValue};
use crate::hir::{Constant, Field, FieldId, Name};
use crate::input::literal::is_resident_id;
use crate::input::{Fact, Scalar};
use crate::types::Type;
use crate::value::{Date, ResidentId};

const BIRTH_DATE: [&str; 2] = ["出生日期", "birth_date"];

fn named(name: &Name, known: &[&str]) -> bool {
    known.iter().any(|known| name.is(known))
}

impl Binder<'_> {
    /// Whether the number of a person fits his date of birth. Neither is repeated.
    pub(super) fn identity(&mut self, stated: &Stated<'_>, seen: &BTreeMap<FieldId, &Entry>) {
        let program = self.program;
        let find = |wanted: &dyn Fn(&Field) -> bool| {
            seen.iter().find(|(id, _)| program.field(**id).is_some_and(wanted))
        };
        let Some((_, number)) = find(&is_resident_id) else { return };
        let Some((birth, entry)) =
            find(&|field| field.ty == Type::Date && named(&field.name, &BIRTH_DATE))
        else {
            return;
        };
        let NodeValue::Text(text) = &number.value.value else { return };
        let Ok(resident) = text.trim().parse::<ResidentId>() else { return };
        let Fact::Known(Scalar::Constant(Constant::Date(date))) =
            self.case.fact(*birth, stated.who)
        else {
            return;
        };
        if differs(*date, resident) {
            let whose = stated.called.clone().unwrap_or_default();
            self.report(
                problem::error(
                    "huize::input::id_birth_mismatch",
                    format!("“{}”的出生日期与身份证号第7至14位不一致", whose.zh),
                    format!("the birth date of `{}` is not that of characters 7 to 14 of the resident ID", whose.en),
                )
                .at(entry.value.span, Bilingual::new("出生日期", "birth date"))
                .at(number.value.span, Bilingual::new("身份证号", "resident ID"))
                .help(Bilingual::new(
                    "查对证件，改正其中一项；证件本身有误的，不填身份证号",
                    "look at the document and correct one; leave the ID out if it is itself wrong",
                )),
            );
        }
    }
}

fn differs(date: Date, resident: ResidentId) -> bool {
    resident.birth_date() != date
}
