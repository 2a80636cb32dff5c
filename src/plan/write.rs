//! Results and traces as JSON text, written from the register file with every name and bracket made
//! ready beforehand.

use std::fmt::Write as _;

use super::compile::Compiled;
use super::figures::{Figures, PlannedDecision};
use super::lane::{Held, Lane};
use super::op::ABSENT;
use crate::diagnostic::Language;
use crate::engine::decision::Outcome;
use crate::engine::{Policy, Question};
use crate::hir::{NodeId, NodeKind, ParameterDay, Program};
use crate::types::ObjectId;

/// The texts between the numbers.
#[derive(Debug)]
pub(super) struct Writer {
    head: String,
    /// By decision: `"低保":{"outcome":"`, then by payment `"低保金":{"amount":`, `,"unit":"元/月"}`.
    decisions: Vec<Texts>,
    /// What the trace tells, in the order of the program.
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Texts {
    is_root: bool,
    open: String,
    payments: Vec<(String, String)>,
}

/// One line of the trace.
#[derive(Debug)]
struct Entry {
    /// 0 for the household, otherwise the list it is about.
    group: u8,
    /// The id without the person: `低保.收入条件`.
    id: String,
    held: Held,
    /// Both sides, where it is a comparison of numbers.
    sides: Option<(Held, Held)>,
    /// The words of the enumeration, where it is a class.
    words: Vec<String>,
}

impl Writer {
    pub(super) fn of(
        policy: &Policy,
        question: Question,
        compiled: &Compiled,
        decisions: &[PlannedDecision],
    ) -> Self {
        let program = policy.program();
        let mut head = format!("{{\"policy\":{}", quoted(policy.name()));
        let _ = write!(
            head,
            ",\"period\":\"{}\",\"as_of\":\"{}\",\"sample\":{}",
            question.period,
            question.assessment_day(),
            compiled.sampled
        );
        let decisions = decisions.iter().map(|decision| texts(program, decision));
        Self { head, decisions: decisions.collect(), entries: entries(program, compiled) }
    }

    /// Writes a result, with its trace where that is asked for.
    pub(super) fn write(&self, figures: &Figures<'_>, explained: bool, out: &mut String) {
        out.push_str(&self.head);
        out.push_str(if figures.rests_on_defaults() {
            ",\"assumed\":true,\"decisions\":{"
        } else {
            ",\"assumed\":false,\"decisions\":{"
        });
        self.decisions(figures, true, 0, out);
        out.push_str("},\"members\":[");
        for member in 0..figures.people() {
            out.push_str(if member == 0 { "{\"id\":" } else { ",{\"id\":" });
            push_quoted(figures.record.member(member).unwrap_or_default(), out);
            out.push_str(",\"decisions\":{");
            self.decisions(figures, false, member, out);
            out.push_str("}}");
        }
        out.push(']');
        if explained {
            self.trace(figures, out);
        }
        out.push('}');
    }

    fn decisions(&self, figures: &Figures<'_>, is_root: bool, member: usize, out: &mut String) {
        let mut first = true;
        for (texts, decision) in self.decisions.iter().zip(&figures.plan.decisions) {
            if texts.is_root != is_root {
                continue;
            }
            if !first {
                out.push(',');
            }
            first = false;
            out.push_str(&texts.open);
            let entitled = figures.outcome_of(decision, member) == Outcome::Entitled;
            out.push_str(if entitled {
                "符合\",\"payments\":{"
            } else {
                "不符合\",\"payments\":{"
            });
            if entitled {
                let mut comma = "";
                for ((open, close), payment) in texts.payments.iter().zip(&decision.payments) {
                    out.push_str(comma);
                    comma = ",";
                    out.push_str(open);
                    push_value(figures, payment.amount, &[], member, out);
                    out.push_str(close);
                }
            }
            out.push_str("}}");
        }
    }

    fn trace(&self, figures: &Figures<'_>, out: &mut String) {
        out.push_str(",\"trace\":[");
        let mut first = true;
        for entry in &self.entries {
            for member in 0..figures.registers.count(entry.group) {
                out.push_str(if first { "{\"id\":\"" } else { ",{\"id\":\"" });
                first = false;
                if entry.group != 0 {
                    let list = figures.record.lists.get(usize::from(entry.group).wrapping_sub(1));
                    let key = list.and_then(|list| list.keys.get(member));
                    push_escaped(key.map_or("", String::as_str), out);
                    out.push('.');
                }
                out.push_str(&entry.id);
                out.push_str("\",\"value\":");
                push_value(figures, entry.held, &entry.words, member, out);
                if let Some((left, right)) = entry.sides {
                    out.push_str(",\"left\":");
                    push_value(figures, left, &[], member, out);
                    out.push_str(",\"right\":");
                    push_value(figures, right, &[], member, out);
                }
                out.push('}');
            }
        }
        out.push(']');
    }
}

fn texts(program: &Program, decision: &PlannedDecision) -> Texts {
    let payments = decision.payments.iter().map(|payment| {
        let unit = program.definition(payment.definition).map_or_else(String::new, |definition| {
            crate::trace::unit_text(program, &definition.ty, Language::Zh)
        });
        let open = format!("{}:{{\"amount\":", quoted(&payment.name));
        (open, format!(",\"unit\":{}}}", quoted(&unit)))
    });
    Texts {
        is_root: decision.subject == program.root,
        open: format!("{}:{{\"outcome\":\"", quoted(&decision.name)),
        payments: payments.collect(),
    }
}

/// Every rule, condition item and parameter that the plan holds, in the order of the program.
fn entries(program: &Program, compiled: &Compiled) -> Vec<Entry> {
    let index = |node: NodeId| usize::try_from(node.0).unwrap_or(usize::MAX);
    let held = |node: NodeId| compiled.held.get(index(node)).copied().flatten();
    let mut entries = Vec::new();
    let mut told: Vec<(String, u8)> = Vec::new();
    for definition in &program.definitions {
        let Some(root) = definition.root else { continue };
        let Some(value) = held(root) else { continue };
        let name = definition.name.text.clone();
        tell(
            program,
            &held,
            name.clone(),
            root,
            value,
            definition.subject,
            &mut told,
            &mut entries,
        );
        items(program, &held, &name, root, definition.subject, &mut told, &mut entries);
    }
    for (at, node) in program.nodes.iter().enumerate() {
        let id = NodeId(u32::try_from(at).unwrap_or(u32::MAX));
        if let (NodeKind::Parameter { parameter, at, .. }, Some(value)) = (&node.kind, held(id)) {
            let found = usize::try_from(parameter.0).ok().and_then(|at| program.parameters.get(at));
            let Some(found) = found else { continue };
            let mut name = found.name.text.clone();
            if let ParameterDay::MonthsBefore(months) = at {
                let _ = write!(name, "（{months}个月前）");
            }
            tell(program, &held, name, id, value, node.subject, &mut told, &mut entries);
        }
    }
    entries
}

#[expect(clippy::too_many_arguments, reason = "what is told, of what, and where it goes")]
fn tell(
    program: &Program,
    held: &impl Fn(NodeId) -> Option<Held>,
    id: String,
    node: NodeId,
    value: Held,
    _subject: ObjectId,
    told: &mut Vec<(String, u8)>,
    entries: &mut Vec<Entry>,
) {
    let group = value.register.group;
    let key = (id, group);
    if told.contains(&key) {
        return;
    }
    let mut at = node;
    let sides = loop {
        match program.node(at).map(|node| &node.kind) {
            Some(NodeKind::Compare(_, a, b)) => {
                break held(*a).zip(held(*b)).filter(|(a, b)| is_number(*a) && is_number(*b));
            }
            Some(NodeKind::Item(_, body) | NodeKind::AtParent(body)) => at = *body,
            _ => break None,
        }
    };
    let words = match value.lane {
        Lane::Code(id) => program
            .enumeration(id)
            .map(|found| found.values.iter().map(|value| value.text.clone()).collect())
            .unwrap_or_default(),
        _ => Vec::new(),
    };
    let mut escaped = String::new();
    push_escaped(&key.0, &mut escaped);
    entries.push(Entry { group, id: escaped, held: value, sides, words });
    told.push(key);
}

fn is_number(held: Held) -> bool {
    matches!(held.lane, Lane::Number { .. } | Lane::Quotient { .. })
}

/// The items of a condition list, each under the labels above it.
fn items(
    program: &Program,
    held: &impl Fn(NodeId) -> Option<Held>,
    path: &str,
    root: NodeId,
    subject: ObjectId,
    told: &mut Vec<(String, u8)>,
    entries: &mut Vec<Entry>,
) {
    let Some(node) = program.node(root) else { return };
    match &node.kind {
        NodeKind::Item(item, body) => {
            let label = program
                .item(*item)
                .map_or("", |item| if item.label.is_empty() { &item.number } else { &item.label });
            let path = if label.is_empty() { path.to_owned() } else { format!("{path}.{label}") };
            if let Some(value) = held(*body) {
                tell(program, held, path.clone(), *body, value, subject, told, entries);
            }
            items(program, held, &path, *body, subject, told, entries);
        }
        NodeKind::All(nodes) | NodeKind::Any(nodes) | NodeKind::AtLeast(_, nodes) => {
            for node in nodes {
                items(program, held, path, *node, subject, told, entries);
            }
        }
        NodeKind::Versions(versions) => {
            for version in versions {
                items(program, held, path, version.root, subject, told, entries);
            }
        }
        NodeKind::Default { base, exceptions } => {
            items(program, held, path, *base, subject, told, entries);
            for exception in exceptions {
                let (Some(condition), Some(item)) =
                    (exception.condition, program.item(exception.item))
                else {
                    continue;
                };
                if let Some(value) = held(condition) {
                    let path = format!("{path}.{}", item.label);
                    tell(program, held, path, condition, value, subject, told, entries);
                }
            }
        }
        NodeKind::Choose { arms, .. } => {
            for arm in arms {
                let (Some(condition), Some(item)) = (arm.condition, program.item(arm.item)) else {
                    continue;
                };
                let label = if item.label.is_empty() { &item.number } else { &item.label };
                if let Some(value) = held(condition) {
                    let path = format!("{path}.{label}");
                    tell(program, held, path, condition, value, subject, told, entries);
                }
            }
        }
        _ => {}
    }
}

/// A value as JSON: truths as they are, numbers as decimal texts, classes by name, 无 as null.
fn push_value(
    figures: &Figures<'_>,
    held: Held,
    words: &[String],
    member: usize,
    out: &mut String,
) {
    let value = figures.registers.get(held.register, member);
    if held.optional && value == ABSENT {
        out.push_str("null");
        return;
    }
    match held.lane {
        Lane::Truth => out.push_str(if value == 1 { "true" } else { "false" }),
        Lane::Number { scale } if push_decimal(value, scale, out) => {}
        Lane::Number { .. } | Lane::Quotient { .. } => {
            let number = figures.number(held, member);
            out.push('"');
            match number.map(|number| number.to_decimal_text().ok_or(number)) {
                Some(Ok(text)) => out.push_str(&text),
                // A fraction that no decimal has is written as one.
                Some(Err(number)) => {
                    let _ = write!(out, "{number}");
                }
                None => {}
            }
            out.push('"');
        }
        Lane::Day => {
            let (year, rest) = (value / 10_000, value % 10_000);
            let _ = write!(out, "\"{year:04}-{:02}-{:02}\"", rest / 100, rest % 100);
        }
        Lane::Month => {
            let _ = write!(out, "\"{:04}-{:02}\"", value / 100, value % 100);
        }
        Lane::Code(_) => {
            let word = usize::try_from(value).ok().and_then(|at| words.get(at));
            push_quoted(word.map_or("", String::as_str), out);
        }
        Lane::Outcome => out.push_str(if value == 0 { "\"符合\"" } else { "\"不符合\"" }),
        Lane::Person(_) => {
            let key = usize::try_from(value).ok().and_then(|at| figures.record.member(at));
            push_quoted(key.unwrap_or_default(), out);
        }
    }
}

/// Parts of 1/scale as a decimal text, where the scale is a power of ten up to a hundred.
fn push_decimal(value: i64, scale: i64, out: &mut String) -> bool {
    let hundredths = match scale {
        1 => {
            let mut digits = itoa::Buffer::new();
            out.push('"');
            out.push_str(digits.format(value));
            out.push('"');
            return true;
        }
        10 => value.checked_mul(10),
        100 => Some(value),
        _ => None,
    };
    let Some(hundredths) = hundredths else { return false };
    let size = hundredths.unsigned_abs();
    let (whole, rest) = (size / 100, size % 100);
    let mut digits = itoa::Buffer::new();
    out.push('"');
    if hundredths < 0 {
        out.push('-');
    }
    out.push_str(digits.format(whole));
    if rest != 0 {
        out.push('.');
        let digit = |digit: u64| char::from_digit(u32::try_from(digit).unwrap_or(0), 10);
        out.extend(digit(rest / 10));
        if rest % 10 != 0 {
            out.extend(digit(rest % 10));
        }
    }
    out.push('"');
    true
}

fn quoted(text: &str) -> String {
    let mut out = String::new();
    push_quoted(text, &mut out);
    out
}

fn push_quoted(text: &str, out: &mut String) {
    out.push('"');
    push_escaped(text, out);
    out.push('"');
}

fn push_escaped(text: &str, out: &mut String) {
    for sign in text.chars() {
        match sign {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            sign if u32::from(sign) < 0x20 => {
                let _ = write!(out, "\\u{:04x}", u32::from(sign));
            }
            sign => out.push(sign),
        }
    }
}
