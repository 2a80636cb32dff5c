//! Rules, parameter rows and facts, each told by itself.

use super::Builder;
use crate::diagnostic::Language;
use crate::eval::{Marks, Value, parts_of_month, row_in_force};
use crate::explain::view::{
    DefinitionView, DefinitionViewKind, FactStatus, FactView, ParameterStatus, ParameterView,
    ValueView,
};
use crate::hir::{
    Constant, DefinitionId, DefinitionKind, FieldId, Name, NodeId, NodeKind, ParameterDay,
    ParameterId,
};
use crate::input::{Fact, InstanceId, Scalar};
use crate::trace::Trace;
use crate::types::Type;
use crate::value::Date;

impl Builder<'_, '_> {
    /// A rule and the value that it had; nothing for one that was never lowered.
    pub(super) fn definition(
        &mut self,
        id: DefinitionId,
        who: InstanceId,
        address: String,
    ) -> Option<DefinitionView> {
        let trace = self.trace;
        let found = trace.program.definition(id)?;
        let root = found.root?;
        let worked = match found.kind {
            DefinitionKind::Payment(_) | DefinitionKind::Due(_) => {
                self.worked_payment(found, (root, root), who, &address)
            }
            _ => self.worked(root, who, &address),
        };
        let listed = if found.ty == Type::Bool && worked.items.is_empty() {
            self.listed(root, who, &address)
        } else {
            super::condition::Listed::default()
        };
        Some(DefinitionView {
            name: self.definition_name(id, who),
            alias: found.name.alias.clone(),
            kind: match found.kind {
                DefinitionKind::Entitlement(_) => DefinitionViewKind::Decision,
                DefinitionKind::Payment(_) | DefinitionKind::Due(_) => DefinitionViewKind::Payment,
                DefinitionKind::Rule | DefinitionKind::Set => DefinitionViewKind::Rule,
            },
            value: trace.show_of(root, who, &found.ty),
            text: self.formula_text(id),
            filled: if listed.items.is_empty() { worked.filled } else { String::new() },
            steps: worked.steps,
            items: worked.items,
            combinator: listed.combinator,
            conditions: listed.items,
            // The conditions of a rule name its exceptions among them.
            exceptions: if found.ty == Type::Bool { Vec::new() } else { worked.exceptions },
            source: self.source_of(found),
            uses: self.refers(root, who),
            id: address,
        })
    }

    /// 甲的计入收入; in English the twin, with the name that formulas use behind it.
    fn definition_name(&self, id: DefinitionId, who: InstanceId) -> String {
        let trace = self.trace;
        let Some(found) = trace.program.definition(id) else { return String::new() };
        let mut said = both_names(trace, &found.name);
        if let DefinitionKind::Payment(payment) = found.kind {
            let payment = trace.program.payments.get(payment.0 as usize);
            let decision =
                payment.and_then(|found| trace.program.decisions.get(found.decision.0 as usize));
            if let (Some(payment), Some(decision)) = (payment, decision) {
                let of = trace.say("的", ".");
                said = format!("{}{of}{}", trace.name(&decision.name), trace.name(&payment.name));
            }
        }
        if found.subject == trace.program.root {
            return said;
        }
        let of = trace.say("的", ".");
        format!("{}{of}{said}", trace.instance_name(found.subject, who))
    }

    /// The body as written; nothing where a rule is only declared.
    fn formula_text(&self, id: DefinitionId) -> String {
        let trace = self.trace;
        let Some(text) = trace.program.definition(id).and_then(|found| trace.text(found)) else {
            return String::new();
        };
        if text.body == text.span { String::new() } else { trace.written(text.body) }
    }
}

/// A name; in English its twin with the name that formulas use behind it.
pub(super) fn both_names(trace: &Trace<'_>, name: &Name) -> String {
    match (trace.language, &name.alias) {
        (Language::En, Some(alias)) => format!("{alias} ({})", name.text),
        _ => name.text.clone(),
    }
}

/// A row that a parameter gave its value from.
pub(super) struct ReadRow {
    pub(super) parameter: ParameterId,
    /// The key.
    pub(super) place: usize,
    /// The row of that key; nothing where there is none.
    pub(super) row: Option<usize>,
    /// For how many days of the month it counts, where it is not for all.
    days: Option<i64>,
    /// `低保标准（城镇）`, `低保标准（城镇）@2022-06`
    pub(super) address: String,
}

/// Which key of its parameter a node reads; nothing where the key is not known.
fn row_place(
    trace: &Trace<'_>,
    (parameter, keys): (ParameterId, &[NodeId]),
    who: InstanceId,
) -> Option<usize> {
    let declared = trace.program.parameters.get(parameter.0 as usize)?;
    let mut place = 0_usize;
    for (key, node) in declared.keys.iter().zip(keys) {
        let width = trace.program.enumeration(*key)?.values.len();
        match trace.value(*node, who).as_scalar() {
            Some(Scalar::Constant(Constant::Enum(_, at))) => {
                place = place.saturating_mul(width).saturating_add(usize::from(at));
            }
            _ => return None,
        }
    }
    Some(place)
}

/// The rows that the value of a parameter came from; nothing where the key or the day is not known.
pub(super) fn rows(trace: &Trace<'_>, node: NodeId, who: InstanceId) -> Option<Vec<ReadRow>> {
    let read = trace.program.node(node)?;
    let (parameter, keys, at) = match &read.kind {
        NodeKind::Parameter { parameter, keys, at } => (*parameter, keys, Some(*at)),
        NodeKind::HighestEver { parameter, keys } => (*parameter, keys, None),
        _ => return None,
    };
    let declared = trace.program.parameters.get(parameter.0 as usize)?;
    let place = row_place(trace, (parameter, keys), who)?;
    let chinese = Trace { language: Language::Zh, ..*trace };
    let name = with_keys(&declared.name.text, &chinese.key_names(parameter, place), Language::Zh);
    let today = trace.applicable_day(read.layer);
    let known_on = trace.evaluation.question.known_on;
    let one = |row, days, address| ReadRow { parameter, place, row, days, address };
    let Some(at) = at else {
        let given = trace.value(node, who).as_scalar();
        let found = declared.rows.get(place)?.iter().position(|row| {
            row.value.map(Scalar::Constant) == given
                && row.validity.from.is_none_or(|from| from <= today)
        });
        return Some(vec![one(found, None, format!("{name}@历年最高"))]);
    };
    let (day, suffix) = match at {
        ParameterDay::Now => (today, String::new()),
        ParameterDay::MonthsBefore(months) => {
            let back = i32::try_from(months).unwrap_or(0).saturating_neg();
            let day = today.plus_months(back).ok()?;
            (day, format!("@{}", day.year_month()))
        }
        ParameterDay::On(day) => match trace.value(day, who).as_scalar()? {
            Scalar::Constant(Constant::Date(day)) => (day, format!("@{day}")),
            Scalar::Constant(Constant::Month(month)) => (month.first_day(), format!("@{month}")),
            _ => return None,
        },
    };
    let Some(parts) = parts_of_month(declared, place, day, known_on) else {
        let row = row_in_force(declared, place, day, known_on).map(|(at, _)| at);
        return Some(vec![one(row, None, format!("{name}{suffix}"))]);
    };
    let part = |(_, row, days): &(_, Option<usize>, i64)| {
        let from = row
            .and_then(|row| declared.rows.get(place)?.get(row)?.validity.from)
            .map_or_else(|| suffix.clone(), |from| format!("@{from}"));
        one(*row, Some(*days), format!("{name}{from}"))
    };
    Some(parts.iter().map(part).collect())
}

pub(super) fn with_keys(name: &str, keys: &[String], language: Language) -> String {
    match (keys.is_empty(), language) {
        (true, _) => name.to_owned(),
        (false, Language::Zh) => format!("{name}（{}）", keys.join("，")),
        (false, Language::En) => format!("{name} ({})", keys.join(", ")),
    }
}

/// A parameter row that was read, as yet without an id; nothing where there is none (which is an
/// error of the decision, told there).
pub(super) fn row(trace: &Trace<'_>, read: &ReadRow) -> Option<ParameterView> {
    let declared = trace.program.parameters.get(read.parameter.0 as usize)?;
    let keys = trace.key_names(read.parameter, read.place);
    let name = with_keys(trace.name(&declared.name), &keys, trace.language);
    let pending = |zh: &str, en: &str| ValueView {
        value: String::new(),
        unit: String::new(),
        zh: zh.to_owned(),
        en: en.to_owned(),
    };
    let text = |date: Option<Date>| date.map(|date| date.to_string());
    let found = read.row.and_then(|row| declared.rows.get(read.place)?.get(row));
    let Some(row) = found else {
        return declared.unfilled.then(|| ParameterView {
            id: String::new(),
            name,
            keys,
            value: pending("由地方规定，尚无规定", "left to the locality, not set"),
            from: None,
            until: None,
            published: None,
            days: read.days,
            status: ParameterStatus::Unfilled,
            source: trace.source(&declared.citations, declared.layer, declared.span),
        });
    };
    Some(ParameterView {
        id: String::new(),
        name,
        keys,
        value: match row.value {
            Some(constant) => {
                trace.show(&Value::Known(Scalar::Constant(constant), Marks::NONE), &declared.ty)
            }
            None => pending("待查", "pending"),
        },
        from: text(row.validity.from),
        until: text(row.validity.until),
        published: text(row.validity.published),
        days: read.days,
        status: match (row.value, row.sample) {
            (None, _) => ParameterStatus::Pending,
            (Some(_), true) => ParameterStatus::Sample,
            (Some(_), false) => ParameterStatus::Known,
        },
        source: trace.source(&row.citations, row.layer, row.span),
    })
}

/// The rows that a node that reads a parameter read, each by its address.
pub(crate) fn parameter_rows(
    trace: &Trace<'_>,
    node: NodeId,
    who: InstanceId,
) -> Vec<ParameterView> {
    let read = rows(trace, node, who).unwrap_or_default();
    let views = read
        .iter()
        .filter_map(|read| Some(ParameterView { id: read.address.clone(), ..row(trace, read)? }));
    views.collect()
}

/// A fact of somebody, as it was stated.
pub(super) fn fact(
    trace: &Trace<'_>,
    field: FieldId,
    who: InstanceId,
    address: String,
) -> Option<FactView> {
    let declared = trace.program.field(field)?;
    let plain = |zh: &str, en: &str| ValueView {
        value: String::new(),
        unit: String::new(),
        zh: zh.to_owned(),
        en: en.to_owned(),
    };
    let show = |fact: &Fact| match fact {
        Fact::Known(_) if declared.sensitive && trace.secrets.is_some() => {
            let masked = trace.masked_text(field, who);
            plain(&masked, &masked)
        }
        Fact::Known(Scalar::Constant(Constant::Text(_))) => {
            let text = trace.case.text(field, who).unwrap_or_default();
            ValueView { value: text.to_owned(), ..plain(text, text) }
        }
        Fact::Known(scalar) => trace.show(&Value::Known(*scalar, Marks::NONE), &declared.ty),
        Fact::Absent => plain("无", "none"),
        Fact::Refused => plain("拒答", "refused"),
        Fact::Listed(who) => {
            let object = match declared.ty {
                Type::Object(object) => object,
                _ => trace.program.root,
            };
            let names: Vec<String> =
                who.iter().map(|who| trace.instance_name(object, *who)).collect();
            match names.as_slice() {
                [] => plain("无", "none"),
                _ => plain(&names.join("、"), &names.join(", ")),
            }
        }
        Fact::Unknown | Fact::Within(..) | Fact::NotStated | Fact::Dated(_) => {
            plain("未知", "unknown")
        }
    };
    let stated = match trace.case.fact(field, who) {
        Fact::Dated(values) => {
            let last = trace.evaluation.question.period.last_day();
            values.iter().rev().find(|(since, _)| *since <= last).map_or(&Fact::Unknown, |(_, f)| f)
        }
        other => other,
    };
    let (value, status) = match stated {
        Fact::NotStated if declared.default.is_some() && !trace.evaluation.question.strict => {
            let text = trace.default_text(field);
            (plain(&text, &text), FactStatus::Assumed)
        }
        Fact::NotStated | Fact::Unknown | Fact::Within(..) | Fact::Dated(_) => {
            (show(stated), FactStatus::Unknown)
        }
        Fact::Refused => (show(stated), FactStatus::Refused),
        Fact::Absent => (show(stated), FactStatus::Absent),
        Fact::Known(_) | Fact::Listed(_) => (show(stated), FactStatus::Given),
    };
    Some(FactView {
        id: address,
        name: trace.fact_path(field, who),
        value,
        status,
        place: trace.sources.place(declared.span),
    })
}
