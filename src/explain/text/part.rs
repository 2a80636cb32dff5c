//! One node of an explanation, and what it rests on.

use super::page::Page;
use super::{decision, details};
use crate::explain::graph::Part;
use crate::explain::layout::Style;
use crate::explain::outline::PartOutline;
use crate::explain::words;
use crate::explain::words::say;

pub(super) fn write(page: &mut Page, outline: &PartOutline<'_>) {
    let language = page.language;
    page.blank();
    page.heading(&format!("━━ {} ━━", outline.part.id()));
    match outline.part {
        Part::Decision(view) => {
            decision::result(page, view);
            for payment in &view.payments {
                decision::write_payment(page, payment);
            }
            decision::conditions(page, view, &outline.reasons);
        }
        Part::Condition(_) => {
            for reason in &outline.reasons {
                decision::write_reason(page, 0, reason, None);
            }
        }
        Part::Payment(view) => decision::write_payment(page, view),
        Part::Step(view) => {
            page.line(0, Style::Plain, &words::step(view, language));
            page.source(2, &view.source);
        }
        Part::Item(view) | Part::Exception(view) => {
            let name = match outline.part {
                Part::Exception(_) => words::exception_name(&view.label, language),
                _ => format!("{}{}", view.number, view.label),
            };
            details::write_item(page, 0, view, &name, &Default::default());
            for reason in &outline.reasons {
                decision::write_reason(page, 2, reason, None);
            }
        }
        Part::Definition(view) => details::write_rule(page, view),
        Part::Parameter(view) => details::parameters(page, &[view]),
        Part::Fact(view) => {
            let value = words::value(&view.value, language);
            let remark = words::fact_remark(view, language);
            let colon = say(language, "：", ": ");
            page.line(0, Style::Plain, format!("{}{colon}{value} {remark}", view.name).trim_end());
            page.field(2, say(language, "声明", "declared"), Style::Faint, &view.place);
        }
    }
    details::rules(page, &outline.rules);
    details::parameters(page, &outline.parameters);
    details::facts(page, &outline.facts, outline.defaults);
}
