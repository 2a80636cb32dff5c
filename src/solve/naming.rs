//! What makes a threshold, in the policy's own words: from the values that change there back to the
//! comparison, pick or rounding that changes them.

use std::collections::BTreeMap;

use super::pass::{Solved, index};
use super::region::{Cause, Place, Reason};
use super::view::{CauseKind, CauseView, ParameterUse};
use crate::eval::Clock;
use crate::explain::build::parameter_rows;
use crate::hir::{ItemId, NodeKind, Program};
use crate::input::{Case, InstanceId, Scalar};
use crate::trace::Trace;

/// The most parameter rows named beside one comparison.
const MOST_PARAMETERS: usize = 3;

/// The causes that lie on the way to outputs that change, each in words. Where the way is not
/// found all are named: too many rather than none.
pub(crate) fn causes(
    trace: &Trace<'_>,
    (before, after): (&Solved, &Solved),
    changed: &[Place],
    causes: &[Cause],
) -> Vec<CauseView> {
    let clock = Clock::of(trace.program, trace.case, &trace.evaluation.question);
    let mut search = Search { trace, clock, before, after, came_from: BTreeMap::new() };
    search.run(changed);
    let mut found: Vec<(&Cause, Vec<Place>)> = causes
        .iter()
        .filter(|cause| search.came_from.contains_key(&cause.place))
        .map(|cause| (cause, search.way(cause.place)))
        .collect();
    if found.is_empty() {
        found = causes.iter().map(|cause| (cause, vec![cause.place])).collect();
    }
    let mut views: Vec<CauseView> = Vec::new();
    for (cause, way) in found {
        let view = view(trace, cause, &way);
        if !views.contains(&view) {
            views.push(view);
        }
    }
    views
}

/// From outputs to what they read, as far as it changes.
struct Search<'a> {
    trace: &'a Trace<'a>,
    clock: Clock,
    before: &'a Solved,
    after: &'a Solved,
    came_from: BTreeMap<Place, Option<Place>>,
}

impl Search<'_> {
    fn run(&mut self, outputs: &[Place]) {
        let mut open: std::collections::VecDeque<Place> = outputs.iter().copied().collect();
        self.came_from.extend(outputs.iter().map(|output| (*output, None)));
        while let Some(place) = open.pop_front() {
            for read in reads(self.trace.program, self.trace.case, &self.clock, self.before, place)
            {
                if !self.came_from.contains_key(&read) && self.changes(read) {
                    self.came_from.insert(read, Some(place));
                    open.push_back(read);
                }
            }
        }
    }

    fn changes(&self, place: Place) -> bool {
        self.before.sym(place) != self.after.sym(place)
    }

    /// From an output down to a place.
    fn way(&self, place: Place) -> Vec<Place> {
        let mut way = vec![place];
        let mut at = place;
        while let Some(Some(above)) = self.came_from.get(&at) {
            way.push(*above);
            at = *above;
        }
        way.reverse();
        way
    }
}

/// The places that a place reads.
fn reads(
    program: &Program,
    case: &Case,
    clock: &Clock,
    solved: &Solved,
    place: Place,
) -> Vec<Place> {
    let Some(node) = program.node(place.node) else { return Vec::new() };
    let at = |node, who| Place { node, who, ..place };
    let back =
        |node, months: u32| Place { node, who: place.who, back: place.back.saturating_add(months) };
    let members = |list| -> Vec<InstanceId> {
        let question = solved.evaluation.question;
        let offset = i32::try_from(place.back).unwrap_or(0).saturating_neg();
        let month = question.period.plus_months(offset).unwrap_or(question.period);
        case.listed(program, list, place.who, month.last_day(), question.strict).known()
    };
    match &node.kind {
        NodeKind::AtParent(target) => {
            let parent = case.of(node.subject).get(index(place.who.0)).and_then(|own| own.parent);
            parent.map(|parent| at(*target, parent)).into_iter().collect()
        }
        NodeKind::AtInstance(key, target) => {
            let subject = program.node(*target).map(|node| node.subject);
            let who = subject.and_then(|subject| case.find(subject, key));
            who.map(|who| at(*target, who)).into_iter().collect()
        }
        NodeKind::AtReference { reference, target } => {
            let mut places = vec![at(*reference, place.who)];
            let who = solved.value(at(*reference, place.who)).and_then(|value| value.as_scalar());
            if let Some(Scalar::Instance(_, who)) = who {
                places.push(at(*target, who));
            }
            places
        }
        NodeKind::Aggregate { list, body, filters, .. } => {
            let nodes: Vec<_> = filters.iter().chain(body).copied().collect();
            let members = members(*list);
            members.iter().flat_map(|who| nodes.iter().map(|node| at(*node, *who))).collect()
        }
        NodeKind::Versions(versions) => versions
            .iter()
            .find(|version| clock.admits(node.layer, &version.validity, place.back))
            .map(|version| at(version.root, place.who))
            .into_iter()
            .collect(),
        NodeKind::Shift(definition, months) => {
            let root = program.definition(*definition).and_then(|found| found.root);
            root.map(|root| back(root, *months)).into_iter().collect()
        }
        NodeKind::Earlier(months, body) => vec![back(*body, *months)],
        NodeKind::Window { months, body, .. } => {
            (0..=*months).map(|months| back(*body, months)).collect()
        }
        NodeKind::MonthsInARow(definition)
        | NodeKind::LastTime(definition)
        | NodeKind::SinceWhen { definition, .. } => {
            let root = program.definition(*definition).and_then(|found| found.root);
            let months = u32::try_from(solved.evaluation.frames.len()).unwrap_or(0);
            root.map(|root| (1..months).map(|months| back(root, months)).collect())
                .unwrap_or_default()
        }
        kind => kind.operands().into_iter().map(|node| at(node, place.who)).collect(),
    }
}

fn view(trace: &Trace<'_>, cause: &Cause, way: &[Place]) -> CauseView {
    let program = trace.program;
    let node = program.node(cause.place.node);
    let span = node.map(|node| node.span).unwrap_or_default();
    let layer = node.map(|node| node.layer).unwrap_or_default();
    let subject = node.map(|node| node.subject).unwrap_or(program.root);
    let (trail, citations) = trail(trace, way);
    let who = if subject == program.root {
        String::new()
    } else {
        trace.instance_name(subject, cause.place.who)
    };
    CauseView {
        trail,
        who,
        text: trace.written(span),
        kind: match cause.reason {
            Reason::Branch => CauseKind::Branch,
            Reason::Step => CauseKind::Step,
            Reason::Product => CauseKind::Product,
            Reason::Law => CauseKind::Law,
            Reason::TooLarge => CauseKind::TooLarge,
            Reason::Unfollowed => CauseKind::Unfollowed,
        },
        parameters: parameters(trace, cause.place),
        source: trace.source(&citations, layer, span),
    }
}

/// The names on the way down, the outermost first, and the nearest citations.
fn trail(trace: &Trace<'_>, way: &[Place]) -> (Vec<String>, Vec<String>) {
    let program = trace.program;
    let mut trail: Vec<(String, String)> = Vec::new();
    let mut citations = Vec::new();
    let first = way.first().map(|place| place.node);
    let owner = program
        .definitions
        .iter()
        .find(|definition| definition.root.is_some() && definition.root == first);
    let definition = |trail: &mut Vec<(String, String)>, found: &crate::hir::Definition| {
        trail.push((trace.name(&found.name).to_owned(), String::new()));
        trace.text(found).map(|text| text.citations.clone()).unwrap_or_default()
    };
    if let Some(owner) = owner {
        citations = definition(&mut trail, owner);
    }
    for (at, place) in way.iter().enumerate() {
        let next = way.get(at.saturating_add(1)).map(|place| place.node);
        let item = match program.node(place.node).map(|node| &node.kind) {
            Some(NodeKind::Use { definition: used, .. }) => {
                if let Some(found) = program.definition(*used) {
                    let sources = definition(&mut trail, found);
                    if !sources.is_empty() {
                        citations = sources;
                    }
                }
                None
            }
            Some(NodeKind::Item(item, _)) => Some(*item),
            Some(NodeKind::Choose { arms, .. }) => arms
                .iter()
                .find(|arm| next.is_some() && (arm.condition == next || Some(arm.value) == next))
                .map(|arm| arm.item),
            Some(NodeKind::Default { exceptions, .. }) => exceptions
                .iter()
                .find(|arm| next.is_some() && (arm.condition == next || Some(arm.value) == next))
                .map(|arm| arm.item),
            _ => None,
        };
        if let Some((label, sources)) = item.and_then(|item| labelled(program, item)) {
            match trail.last_mut() {
                Some((_, items)) => items.push_str(&label),
                None => trail.push((String::new(), label)),
            }
            if !sources.is_empty() {
                citations = sources;
            }
        }
    }
    trail.dedup();
    (trail.into_iter().map(|(name, items)| name + &items).collect(), citations)
}

/// `（一）收入条件`; an exception in brackets.
fn labelled(program: &Program, item: ItemId) -> Option<(String, Vec<String>)> {
    let item = program.item(item)?;
    let label = if item.number.is_empty() {
        format!("（{}）", item.label)
    } else {
        format!("{}{}", item.number, item.label)
    };
    Some((label, item.citations.clone()))
}

/// The parameter rows that a comparison reads on the way to numbers that do not change.
fn parameters(trace: &Trace<'_>, place: Place) -> Vec<ParameterUse> {
    let mut uses: Vec<ParameterUse> = Vec::new();
    let mut open = vec![(place.node, place.who)];
    let mut seen = std::collections::BTreeSet::new();
    while let Some((node, who)) = open.pop() {
        if !seen.insert((node, who)) || uses.len() >= MOST_PARAMETERS {
            continue;
        }
        let Some(found) = trace.program.node(node) else { continue };
        match &found.kind {
            NodeKind::Parameter { .. } | NodeKind::HighestEver { .. } => {
                for row in parameter_rows(trace, node, who) {
                    let row = ParameterUse { id: row.id, value: row.value, source: row.source };
                    if !uses.contains(&row) {
                        uses.push(row);
                    }
                }
            }
            NodeKind::AtParent(target) => {
                let own = trace.case.of(found.subject).get(index(who.0));
                open.extend(own.and_then(|own| own.parent).map(|parent| (*target, parent)));
            }
            // What a rule reads is named by the rule.
            NodeKind::Use { .. }
            | NodeKind::Aggregate { .. }
            | NodeKind::AtReference { .. }
            | NodeKind::AtInstance(..) => {}
            kind => open.extend(kind.operands().into_iter().rev().map(|node| (node, who))),
        }
    }
    uses
}
