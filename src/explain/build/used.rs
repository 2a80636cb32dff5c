//! What a decision used: rules, parameter rows and facts, each once.

use std::collections::BTreeSet;

use super::{condition, formula, source_of};
use crate::diagnostic::Language;
use crate::eval::{Marks, Value, parts_of_month, row_in_force};
use crate::explain::view::{
    DefinitionView, FactStatus, FactView, ParameterStatus, ParameterView, ValueView,
};
use crate::hir::{
    Constant, DefinitionId, DefinitionKind, FieldId, NodeId, NodeKind, ParameterDay, ParameterId,
};
use crate::input::{Fact, InstanceId, Scalar};
use crate::trace::Trace;
use crate::types::{ObjectId, Type};

/// What was used, in the order it was first met.
#[derive(Debug, Default)]
pub(super) struct Used {
    seen: BTreeSet<(NodeId, InstanceId)>,
    definitions: Vec<(DefinitionId, InstanceId)>,
    parameters: Vec<(ParameterId, NodeId, InstanceId)>,
    facts: Vec<(FieldId, InstanceId)>,
}

impl Used {
    /// Follows a node down to what its value came from: branches that were not taken are left out.
    pub(super) fn follow(&mut self, trace: &Trace<'_>, root: NodeId, who: InstanceId) {
        let mut open = vec![(root, who)];
        while let Some((node, who)) = open.pop() {
            let node = trace.current(node);
            if !self.seen.insert((node, who)) {
                continue;
            }
            let Some(found) = trace.program.node(node) else { continue };
            let mut next: Vec<(NodeId, InstanceId)> = Vec::new();
            match &found.kind {
                NodeKind::Fact(field) => {
                    if !self.facts.contains(&(*field, who)) {
                        self.facts.push((*field, who));
                    }
                }
                NodeKind::Parameter { parameter, keys, .. }
                | NodeKind::HighestEver { parameter, keys } => {
                    self.parameters.push((*parameter, node, who));
                    next.extend(keys.iter().map(|key| (*key, who)));
                }
                NodeKind::Use { definition, root } => {
                    let shown = trace
                        .program
                        .definition(*definition)
                        .is_some_and(|found| matches!(found.kind, DefinitionKind::Rule));
                    if shown && !self.definitions.contains(&(*definition, who)) {
                        self.definitions.push((*definition, who));
                    }
                    next.push((*root, who));
                }
                NodeKind::AtParent(target) => {
                    next.extend(self.parent(trace, found.subject, who).map(|up| (*target, up)));
                }
                NodeKind::AtReference { reference, target } => {
                    next.push((*reference, who));
                    if let Some(Scalar::Instance(_, other)) =
                        trace.value(*reference, who).as_scalar()
                    {
                        next.push((*target, other));
                    }
                }
                NodeKind::Aggregate { list, body, filters, .. } => {
                    // Whom a list names is a fact; who is in the household goes without saying.
                    if !trace.program.owns(*list) && !self.facts.contains(&(*list, who)) {
                        self.facts.push((*list, who));
                    }
                    next.extend(self.members(trace, *list, *body, filters, who));
                }
                other => next.extend(taken(trace, other, who).into_iter().map(|node| (node, who))),
            }
            next.reverse();
            open.extend(next);
        }
    }

    fn parent(&self, trace: &Trace<'_>, object: ObjectId, who: InstanceId) -> Option<InstanceId> {
        trace.case.of(object).get(who.0 as usize)?.parent
    }

    fn members(
        &self,
        trace: &Trace<'_>,
        list: FieldId,
        body: Option<NodeId>,
        filters: &[NodeId],
        me: InstanceId,
    ) -> Vec<(NodeId, InstanceId)> {
        let mut next = Vec::new();
        for who in trace.listed(list, me) {
            next.extend(filters.iter().map(|filter| (*filter, who)));
            let out =
                filters.iter().any(|filter| trace.value(*filter, who).as_bool() == Some(false));
            if let (Some(body), false) = (body, out) {
                next.push((body, who));
            }
        }
        next
    }

    /// The rules used.
    pub(super) fn definitions(&self, trace: &Trace<'_>) -> Vec<DefinitionView> {
        self.definitions.iter().filter_map(|(id, who)| definition(trace, *id, *who)).collect()
    }

    /// The parameter rows used.
    pub(super) fn parameters(&self, trace: &Trace<'_>) -> Vec<ParameterView> {
        let mut views: Vec<ParameterView> = Vec::new();
        for (id, node, who) in &self.parameters {
            for view in parameter(trace, *id, *node, *who).unwrap_or_default() {
                if !views.iter().any(|known| known.id == view.id && known.from == view.from) {
                    views.push(view);
                }
            }
        }
        views
    }

    /// The facts used.
    pub(super) fn facts(&self, trace: &Trace<'_>) -> Vec<FactView> {
        self.facts.iter().filter_map(|(field, who)| fact(trace, *field, *who)).collect()
    }
}

/// The operands that the value came from.
fn taken(trace: &Trace<'_>, kind: &NodeKind, who: InstanceId) -> Vec<NodeId> {
    let holds = |condition: Option<NodeId>| {
        condition.is_none_or(|node| trace.value(node, who).as_bool() != Some(false))
    };
    match kind {
        NodeKind::Choose { arms, otherwise, .. } => {
            let mut nodes: Vec<NodeId> = arms.iter().filter_map(|arm| arm.condition).collect();
            let some = arms.iter().any(|arm| {
                arm.condition.is_none_or(|node| trace.value(node, who).as_bool() == Some(true))
            });
            nodes.extend(arms.iter().filter(|arm| holds(arm.condition)).map(|arm| arm.value));
            if !some {
                nodes.extend(*otherwise);
            }
            nodes
        }
        NodeKind::If { condition, then, otherwise } => {
            let mut nodes = vec![*condition];
            match trace.value(*condition, who).as_bool() {
                Some(true) => nodes.push(*then),
                Some(false) => nodes.push(*otherwise),
                None => nodes.extend([*then, *otherwise]),
            }
            nodes
        }
        NodeKind::Default { base, exceptions } => {
            let mut nodes: Vec<NodeId> =
                exceptions.iter().filter_map(|arm| arm.condition).collect();
            let applied: Vec<NodeId> =
                exceptions.iter().filter(|arm| holds(arm.condition)).map(|arm| arm.value).collect();
            if applied.is_empty() {
                nodes.push(*base);
            }
            nodes.extend(applied);
            nodes
        }
        NodeKind::Payment { due, .. } => vec![*due],
        other => other.operands(),
    }
}

fn definition(trace: &Trace<'_>, id: DefinitionId, who: InstanceId) -> Option<DefinitionView> {
    let found = trace.program.definition(id)?;
    let root = found.root?;
    let prefix = trace.prefix(found.subject, who);
    let address = format!("{prefix}{}", trace.name(&found.name));
    let worked = formula::worked(trace, root, who, &address);
    let conditions = if found.ty == Type::Bool && worked.items.is_empty() {
        let view = condition::view(trace, root, who, &address, 0);
        if view.children.is_empty() { vec![view] } else { view.children }
    } else {
        Vec::new()
    };
    let said = both_names(trace, &found.name);
    let name = if prefix.is_empty() {
        said
    } else {
        let of = trace.say("的", ".");
        format!("{}{of}{said}", trace.instance_name(found.subject, who))
    };
    Some(DefinitionView {
        id: address,
        name,
        value: trace.show(&trace.value(root, who), &found.ty),
        text: trace.text(found).map_or_else(String::new, |text| trace.written(text.body)),
        filled: if conditions.is_empty() { worked.filled } else { String::new() },
        steps: worked.steps,
        items: worked.items,
        conditions,
        exceptions: worked.exceptions,
        source: source_of(trace, found),
    })
}

/// A name; in English its twin with the name that formulas use behind it.
fn both_names(trace: &Trace<'_>, name: &crate::hir::Name) -> String {
    match (trace.language, &name.alias) {
        (Language::En, Some(alias)) => format!("{alias} ({})", name.text),
        _ => name.text.clone(),
    }
}

/// The rows that gave a parameter its value.
fn parameter(
    trace: &Trace<'_>,
    id: ParameterId,
    node: NodeId,
    who: InstanceId,
) -> Option<Vec<ParameterView>> {
    let declared = trace.program.parameters.get(id.0 as usize)?;
    let read = trace.program.node(node)?;
    let (keys, at) = match &read.kind {
        NodeKind::Parameter { keys, at, .. } => (keys, Some(*at)),
        NodeKind::HighestEver { keys, .. } => (keys, None),
        _ => return None,
    };
    let mut place = 0_usize;
    for (key, node) in declared.keys.iter().zip(keys) {
        let width = trace.program.enumeration(*key)?.values.len();
        match trace.value(*node, who).as_scalar() {
            Some(Scalar::Constant(Constant::Enum(_, at))) => {
                place = place * width + usize::from(at)
            }
            _ => return None,
        }
    }
    let today = trace.applicable_day(read.layer);
    let known_on = trace.evaluation.question.known_on;
    let rows = match at {
        Some(at) => {
            let day = match at {
                ParameterDay::Now => today,
                ParameterDay::MonthsBefore(months) => {
                    today.plus_months(i32::try_from(months).unwrap_or(0).saturating_neg()).ok()?
                }
                ParameterDay::On(day) => match trace.value(day, who).as_scalar()? {
                    Scalar::Constant(Constant::Date(day)) => day,
                    Scalar::Constant(Constant::Month(month)) => month.first_day(),
                    _ => return None,
                },
            };
            match parts_of_month(declared, place, day, known_on) {
                Some(parts) => parts.iter().map(|(_, row, days)| (*row, Some(*days))).collect(),
                None => {
                    vec![(row_in_force(declared, place, day, known_on).map(|(at, _)| at), None)]
                }
            }
        }
        None => {
            let given = trace.value(node, who).as_scalar();
            let rows = declared.rows.get(place)?;
            let found = rows.iter().position(|row| {
                row.value.map(Scalar::Constant) == given
                    && row.validity.from.is_none_or(|from| from <= today)
            });
            vec![(found, None)]
        }
    };
    Some(
        rows.into_iter()
            .filter_map(|(row, days)| row_view(trace, id, (place, row), days))
            .collect(),
    )
}

/// A row of a parameter, and for how many days of the month it counts where it is not for all.
fn row_view(
    trace: &Trace<'_>,
    id: ParameterId,
    (place, row): (usize, Option<usize>),
    days: Option<i64>,
) -> Option<ParameterView> {
    let declared = trace.program.parameters.get(id.0 as usize)?;
    let names = trace.key_names(id, place);
    let address = if names.is_empty() {
        trace.name(&declared.name).to_owned()
    } else if trace.language == Language::En {
        format!("{} ({})", trace.name(&declared.name), names.join(", "))
    } else {
        format!("{}（{}）", declared.name.text, names.join("，"))
    };
    let shown = |constant: Option<Constant>| match constant {
        Some(constant) => {
            trace.show(&Value::Known(Scalar::Constant(constant), Marks::NONE), &declared.ty)
        }
        None => ValueView {
            value: String::new(),
            unit: String::new(),
            zh: "待查".to_owned(),
            en: "pending".to_owned(),
        },
    };
    let text = |date: Option<crate::value::Date>| date.map(|date| date.to_string());
    let Some(row) = row.and_then(|row| declared.rows.get(place)?.get(row)) else {
        return declared.unfilled.then(|| ParameterView {
            id: address,
            name: declared.name.text.clone(),
            keys: names,
            value: ValueView {
                zh: "由地方规定，尚无规定".to_owned(),
                en: "left to the locality, not set".to_owned(),
                ..shown(None)
            },
            from: None,
            until: None,
            published: None,
            days,
            status: ParameterStatus::Unfilled,
            source: trace.source(&declared.citations, declared.layer, declared.span),
        });
    };
    Some(ParameterView {
        id: address,
        name: both_names(trace, &declared.name),
        keys: names,
        value: shown(row.value),
        from: text(row.validity.from),
        until: text(row.validity.until),
        published: text(row.validity.published),
        days,
        status: match (row.value, row.sample) {
            (None, _) => ParameterStatus::Pending,
            (Some(_), true) => ParameterStatus::Sample,
            (Some(_), false) => ParameterStatus::Known,
        },
        source: trace.source(&row.citations, row.layer, row.span),
    })
}

fn fact(trace: &Trace<'_>, field: FieldId, who: InstanceId) -> Option<FactView> {
    let declared = trace.program.field(field)?;
    let id = trace.fact_path(field, who);
    let plain = |zh: &str, en: &str| ValueView {
        value: String::new(),
        unit: String::new(),
        zh: zh.to_owned(),
        en: en.to_owned(),
    };
    let show = |fact: &Fact| match fact {
        Fact::Known(_) if declared.sensitive => plain("***", "***"),
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
    Some(FactView { id, value, status })
}
