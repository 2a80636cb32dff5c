//! Conditions as a tree, and payments and rules with their steps.

use super::Writer;
use super::shell::{escape, target};
use crate::diagnostic::Language;
use crate::explain::outline::Reason;
use crate::explain::view::{
    ConditionView, DefinitionView, Held, ItemView, PaymentView, Role, SourceView, StepView,
};
use crate::explain::words;

/// A formula, its numbers, a step.
pub(super) struct Line {
    name: (&'static str, &'static str),
    text: String,
    /// The node that it is; empty for a part of one.
    id: String,
}

impl Line {
    pub(super) fn new(name: (&'static str, &'static str), text: String, id: &str) -> Self {
        Self { name, text, id: id.to_owned() }
    }
}

/// The class of a condition.
fn tone(held: Held, role: Role) -> &'static str {
    match (held, role) {
        (Held::Yes, _) => "good",
        (Held::No, Role::Exception) => "faint",
        (Held::No | Held::Error, _) => "bad",
        (Held::Unknown | Held::Discretion, _) => "doubt",
    }
}

impl Writer<'_> {
    /// Conditions of a decision: each is named, also those that changed nothing.
    pub(super) fn tree(&mut self, reasons: &[Reason<'_>]) {
        let mut sorted: Vec<&Reason<'_>> = reasons.iter().collect();
        sorted.sort_by_key(|reason| !reason.condition.decisive);
        self.push("<ul class=\"tree\">");
        sorted.into_iter().for_each(|reason| self.reason(reason));
        self.push("</ul>");
    }

    fn reason(&mut self, reason: &Reason<'_>) {
        let condition = reason.condition;
        self.open(condition, reason);
        let (carried, other): (Vec<_>, Vec<_>) =
            reason.parts.iter().partition(|part| part.condition.decisive);
        if !carried.is_empty() {
            self.push("<ul class=\"tree\">");
            carried.into_iter().for_each(|part| self.reason(part));
            self.push("</ul>");
        }
        if !other.is_empty() {
            let text = match self.language {
                Language::Zh => format!("另有 {} 项不影响这一结果", other.len()),
                Language::En => format!("{} more that did not matter", other.len()),
            };
            self.fold("", &text);
            self.push("<ul class=\"tree\">");
            other.into_iter().for_each(|part| self.reason(part));
            self.push("</ul>\n</details>");
        }
        self.push("</li>");
    }

    /// The condition itself, without what it is made of; leaves its list item open.
    fn open(&mut self, condition: &ConditionView, reason: &Reason<'_>) {
        let language = self.language;
        let id = self.id(&condition.id);
        let mark = match condition.role {
            Role::Exception => words::choice_mark(condition.held),
            Role::Part | Role::Member => words::mark(condition.held),
        };
        let mut text = escape(&words::condition_line(condition, language));
        if let Some(rule) = reason.rule {
            text.push_str(&escape(&words::combinator(rule.combinator.as_ref(), language)));
        }
        if let Some(names) = condition.names.as_deref() {
            // Decisions and rules all have their place on the page.
            if reason.rule.is_none() && !names.is_empty() && self.is_whole {
                let word = self.say("理由", "why");
                text.push_str(&format!(" <a class=\"jump\" href=\"{}\">{word}</a>", target(names)));
            }
        }
        let rule_id = reason.rule.map(|rule| self.id(&rule.id)).unwrap_or_default();
        let tone = tone(condition.held, condition.role);
        self.push(&format!(
            "<li{id}><span class=\"mark {tone}\">{mark}</span><div class=\"what\"{rule_id}>{text}"
        ));
        let is_said = condition.sentence.starts_with(&condition.text);
        let is_list = words::is_list(&condition.children);
        if !condition.label.is_empty() && !is_said && !is_list && !condition.text.is_empty() {
            let word = self.say("条文：", "Rule: ").to_owned();
            let text = escape(&condition.text);
            self.push(&format!("<div class=\"rule-text\">{word}{text}</div>"));
        }
        if condition.role != Role::Member {
            self.source_line(&condition.source);
        }
        self.push("</div>");
    }

    /// A formula, steps and the like, each with its name, and the source.
    pub(super) fn lines(&mut self, lines: &[Line], source: &SourceView) {
        self.push("<div class=\"lines\">");
        for Line { name: (zh, en), text, id } in lines {
            let word = self.say(zh, en).to_owned();
            let id = self.id(id);
            self.push(&format!("<div{id}><b>{word}</b>{}</div>", escape(text)));
        }
        self.source_line(source);
        self.push("</div>");
    }

    fn formula(text: &str, filled: &str) -> Vec<Line> {
        let (text, filled) = (words::formula(text), words::formula(filled));
        let mut lines = Vec::new();
        if !text.is_empty() {
            lines.push(Line::new(("公式", "formula"), text.to_owned(), ""));
        }
        if !filled.is_empty() && filled != text && filled != "？" {
            lines.push(Line::new(("代入", "numbers"), filled.to_owned(), ""));
        }
        lines
    }

    fn steps(&self, steps: &[StepView]) -> Vec<Line> {
        let line = |step: &StepView| {
            Line::new(words::step_kind(step), words::step(step, self.language), &step.id)
        };
        steps.iter().map(line).collect()
    }

    pub(super) fn payment(&mut self, payment: &PaymentView) {
        let language = self.language;
        let id = self.id(&payment.id);
        let name = words::name(&payment.name, payment.alias.as_deref(), language);
        let amount = words::value(&payment.amount, language);
        let colon = self.say("：", ": ").to_owned();
        let (name, amount) = (escape(&name), escape(amount));
        self.push(&format!("<div class=\"amount\"{id}>{name}{colon}{amount}</div>"));
        let mut lines = Self::formula(&payment.text, &payment.filled);
        lines.extend(self.steps(&payment.steps));
        for term in &payment.terms {
            let name = if term.stops { ("停发", "stops") } else { ("起发", "starts") };
            lines.push(Line::new(name, words::term(term, language), &term.id));
        }
        self.lines(&lines, &payment.source);
        self.items(&payment.items, &payment.exceptions);
    }

    /// A rule, its formula and what it is made of.
    pub(super) fn rule(&mut self, rule: &DefinitionView) {
        let language = self.language;
        let id = self.id(&rule.id);
        let value = words::value(&rule.value, language);
        self.push(&format!(
            "<div class=\"block\"><div class=\"name\"{id}>{} = {}</div>",
            escape(&rule.name),
            escape(value)
        ));
        let mut lines = Vec::new();
        if !words::says_the_formula(rule) {
            lines.extend(Self::formula(&rule.text, &rule.filled));
        }
        lines.extend(self.steps(&rule.steps));
        self.lines(&lines, &rule.source);
        if !rule.conditions.is_empty() {
            let reasons: Vec<Reason<'_>> = rule.conditions.iter().map(plain).collect();
            self.tree(&reasons);
        }
        self.items(&rule.items, &rule.exceptions);
        self.push("</div>");
    }

    /// Items of a choice and exceptions, each with the part that decided it.
    pub(super) fn items(&mut self, items: &[ItemView], exceptions: &[ItemView]) {
        if items.is_empty() && exceptions.is_empty() {
            return;
        }
        self.push("<ul class=\"tree\">");
        for item in items {
            self.item(item, &format!("{}{}", item.number, item.label), Role::Part);
        }
        for item in exceptions {
            let name = words::exception_name(&item.label, self.language);
            self.item(item, &name, Role::Exception);
        }
        self.push("</ul>");
    }

    fn item(&mut self, item: &ItemView, name: &str, role: Role) {
        let language = self.language;
        let id = self.id(&item.id);
        let tone = if item.applied == Held::No { "faint" } else { tone(item.applied, role) };
        let mut text =
            format!("{name}{}{}", self.say("：", ": "), words::applied(item.applied, language));
        let lone = item.condition.as_ref().filter(|condition| condition.children.is_empty());
        if let Some(condition) = lone {
            let why =
                if condition.sentence.is_empty() { &condition.text } else { &condition.sentence };
            text.push_str(&match language {
                Language::Zh => format!("（{why}）"),
                Language::En => format!(" ({why})"),
            });
        }
        if let Some(value) = &item.value {
            text.push_str(&format!(" → {}", words::value(value, language)));
        }
        let mark = words::choice_mark(item.applied);
        // A condition of one sentence is told on the line of what it is the condition of.
        let of =
            item.condition.as_ref().map(|condition| self.id(&condition.id)).unwrap_or_default();
        self.push(&format!(
            "<li{id}><span class=\"mark {tone}\">{mark}</span><div class=\"what\"><span{of}>{}</span>",
            escape(&text)
        ));
        let lines = Self::formula("", &item.filled);
        let is_value = item.value.as_ref().is_some_and(|value| value.value == item.filled);
        if !lines.is_empty() && !is_value {
            self.lines(&lines, &item.source);
        } else {
            self.source_line(&item.source);
        }
        self.push("</div>");
        if let Some(condition) = item.condition.as_ref().filter(|_| lone.is_none()) {
            let reasons: Vec<Reason<'_>> = condition.children.iter().map(plain).collect();
            self.tree(&reasons);
        }
        self.push("</li>");
    }
}

/// A condition with its parts and without what lies behind them.
fn plain(condition: &ConditionView) -> Reason<'_> {
    let parts = condition.children.iter().map(plain).collect();
    Reason { condition, rule: None, above: false, parts, hidden: 0 }
}
