//! Definitions: formulas, lists of conditions, lists of values, exceptions.

use super::printer::{Line, Printer, width};
use crate::source::Span;
use crate::syntax::ast::{
    Authorization, Body, BodyKind, ChoiceItem, ChoiceList, Citation, Combinator, Combine,
    ConditionBody, ConditionItem, ConditionList, EachStep, Exception, Expr, Formula, HeadModifiers,
    Local, Step,
};
use crate::syntax::words::COMBINATORS;

/// A rule or a payment: its head as far as it is put together, and the rest.
pub(super) struct Definition<'tree> {
    /// Name, subject and type.
    pub(super) head: String,
    /// From its keyword to the end of `head` in the source.
    pub(super) span: Span,
    pub(super) modifiers: &'tree HeadModifiers,
    pub(super) citations: &'tree [Citation],
    pub(super) body: Option<&'tree Body>,
    pub(super) locals: &'tree [Local],
    pub(super) exceptions: &'tree [Exception],
}

impl Printer<'_> {
    /// Prints a definition. A formula stands behind its head where there is room and no citation
    /// comes between.
    pub(super) fn definition(&mut self, indent: usize, definition: &Definition<'_>) {
        let Definition { head, span, modifiers, citations, body, locals, exceptions } = definition;
        let body_start = body.map_or(u32::MAX, |body| body.span.start);
        let mut head = Line::at(indent, head.clone(), *span);
        let mut tail = String::new();
        let mut tail_end = body.map_or(0, |body| body.span.range().end);
        for (span, text) in self.modifiers(modifiers) {
            if span.start < body_start {
                head.text = [&head.text, self.speech.comma(), &text].concat();
                head.end = head.end.max(span.range().end);
            } else {
                tail = [&tail, self.speech.comma(), &text].concat();
                tail_end = tail_end.max(span.range().end);
            }
        }
        let (above, below): (Vec<&Citation>, Vec<&Citation>) =
            citations.iter().partition(|citation| citation.span.start < body_start);
        match body.map(|body| (&body.kind, body.span)) {
            None => self.cited(head, &above),
            Some((BodyKind::Formula(formula), span)) => {
                let steps = [self.steps(&formula.steps), tail].concat();
                let value = self.speech.expression(&formula.value);
                let text = self.speech.after_blank("=", &format!("{value}{steps}"));
                if above.is_empty() && indent + width(&head.text) + 1 + width(&text) <= self.width {
                    head.text = format!("{} {text}", head.text);
                    head.end = tail_end;
                    self.cited(head, &below);
                } else {
                    self.cited(head, &above);
                    let mut line = Line::at(indent + 2, text, span);
                    line.end = tail_end;
                    if line.indent + width(&line.text) > self.width {
                        let pieces = self.speech.pieces(&formula.value);
                        let text = stack(&pieces, line.indent + 2);
                        line.text = self.speech.after_blank("=", &format!("{text}{steps}"));
                    }
                    self.cited(line, &below);
                }
            }
            Some((BodyKind::Conditions(list), _)) => {
                self.cited(head, &above);
                let line = Line::at(indent + 2, String::new(), list.span);
                self.condition_list(line, indent + 2, list, true);
                self.citations(indent + 4, &below);
            }
            Some((BodyKind::Choices(list), _)) => {
                self.cited(head, &above);
                self.choice_list(indent + 2, list);
                self.citations(indent + 4, &below);
            }
        }
        for local in *locals {
            self.local(indent + 2, local);
        }
        self.exceptions(indent + 2, exceptions);
    }

    /// 其中 甲 = …
    pub(super) fn local(&mut self, indent: usize, node: &Local) {
        let Local { name, ty, modifiers, citations, body, span } = node;
        let mut head = format!("{} {}", self.speech.word("其中"), self.speech.binding(name));
        let mut end = name.alias.as_ref().map_or(name.span.end, |_| name.span.end);
        if let Some(ty) = ty {
            head.push_str(&format!("{}{}", self.speech.colon(), self.speech.type_expression(ty)));
            end = ty.span.end;
        }
        let span = Span { end, ..*span };
        let (body, locals, exceptions) = (Some(body), &[][..], &[][..]);
        let whole = Definition { head, span, modifiers, citations, body, locals, exceptions };
        self.definition(indent, &whole);
    }

    /// What follows the type in a head, in the order of the text.
    pub(super) fn modifiers(&self, modifiers: &HeadModifiers) -> Vec<(Span, String)> {
        let HeadModifiers { combine, authorizations, in_force, sample, private, delegated, range } =
            modifiers;
        let mut found: Vec<(Span, String)> = Vec::new();
        found.extend(combine.map(|(combine, span)| (span, self.combine(combine).to_owned())));
        found.extend(authorizations.iter().map(|node| (node.span, self.authorization(node))));
        found.extend(in_force.iter().map(|period| (period.span, self.in_force(period))));
        found.extend(sample.map(|span| (span, self.speech.word("样例").to_owned())));
        found.extend(delegated.iter().map(|by| (by.span, self.delegated(by))));
        found.extend(range.iter().map(|range| (range.span, self.speech.literal_range(range))));
        found.sort_by_key(|(span, _)| span.start);
        if *private {
            found.insert(0, (Span::default(), self.speech.word("私有").to_owned()));
        }
        found
    }

    fn combine(&self, combine: Combine) -> &'static str {
        self.speech.word(match combine {
            Combine::Unique => "唯一",
            Combine::Highest => "就高",
            Combine::Lowest => "就低",
            Combine::Total => "累加",
            Combine::First => "首个",
        })
    }

    pub(super) fn authorization(&self, node: &Authorization) -> String {
        let Authorization { level, and_up, acts, span: _ } = node;
        let level = self.speech.name(level);
        let and_up = if *and_up { self.speech.say("以上", " and_up") } else { "" };
        let acts = self.speech.names(acts, "、");
        format!("{} {level}{and_up} {acts}", self.speech.word("授权"))
    }

    pub(super) fn in_force(&self, period: &crate::syntax::ast::Period) -> String {
        format!("{} {}", self.speech.word("施行"), self.speech.period(period))
    }

    /// 由地方规定.
    pub(super) fn delegated(&self, by: &crate::syntax::ast::Delegation) -> String {
        let crate::syntax::ast::Delegation { level, and_up, span: _ } = by;
        if matches!(level.text.as_str(), "地方" | "local") && !and_up {
            return self.speech.say("由地方规定", "local").to_owned();
        }
        let level = self.speech.name(level);
        let and_up = if *and_up { self.speech.say("以上", " and_up") } else { "" };
        if self.speech.is_zh() {
            format!("由{level}{and_up}规定")
        } else {
            format!("left_to {level}{and_up}")
        }
    }

    fn steps(&self, steps: &[Step]) -> String {
        let comma = self.speech.comma();
        steps.iter().map(|step| format!("{comma}{}", self.speech.step(step))).collect()
    }

    /// `；`, or `。` after the last.
    fn mark(&self, last: bool) -> &'static str {
        if last { self.speech.say("。", ".") } else { self.speech.say("；", ";") }
    }

    /// A list of conditions whose first line begins with what `line` holds; its items stand at
    /// `indent`.
    pub(super) fn condition_list(
        &mut self,
        line: Line,
        indent: usize,
        list: &ConditionList,
        last: bool,
    ) {
        let ConditionList { combinator, items, span } = list;
        let mut line = line;
        let word = self.combinator(*combinator, *span);
        line.text = format!("{}{word}{}", line.text, self.speech.last_colon());
        let start = span.range().start;
        let first = items.first().map_or(start, |item| item.span.range().start);
        line.end = start + self.speech.written(start, first).find(['：', ':']).unwrap_or(0);
        self.line(line);
        let count = items.len();
        for (at, item) in items.iter().enumerate() {
            self.condition_item(indent, item, last && at + 1 == count);
        }
    }

    fn combinator(&self, combinator: Combinator, span: Span) -> String {
        let range = span.range();
        let written = self.speech.written(range.start, range.end);
        let own = COMBINATORS.iter().find(|word| written.starts_with(**word));
        match combinator {
            Combinator::AtLeast(count) if self.speech.is_zh() => {
                format!("至少符合{}项", chinese_count(count))
            }
            Combinator::AtLeast(count) => format!("at least {count} of"),
            Combinator::All | Combinator::Any => match own {
                Some(own) if self.speech.is_zh() => (*own).to_owned(),
                Some(_) | None if combinator == Combinator::All => {
                    self.speech.word("同时符合").to_owned()
                }
                Some(_) | None => self.speech.word("符合下列情形之一").to_owned(),
            },
        }
    }

    fn condition_item(&mut self, indent: usize, item: &ConditionItem, last: bool) {
        let ConditionItem { enumerator, label, body, citations, span } = item;
        let number = self.speech.enumerator(enumerator);
        let label = label.as_ref().map(|label| self.label(&label.text)).unwrap_or_default();
        let mut line = Line::at(indent, format!("{number}{label}"), *span);
        let citations: Vec<&Citation> = citations.iter().collect();
        match body {
            ConditionBody::List(list) => {
                self.condition_list(line, indent + 2, list, last);
                self.citations(indent + 4, &citations);
            }
            ConditionBody::Expr(condition) => {
                line.end = condition.span.range().end;
                let mark = self.mark(last);
                self.append(&mut line, condition, mark);
                self.cited(line, &citations);
            }
        }
    }

    /// Adds an expression to a line, broken where there is no room for it.
    pub(super) fn append(&self, line: &mut Line, expression: &Expr, mark: &str) {
        let text = self.speech.expression(expression);
        if line.indent + width(&line.text) + width(&text) + width(mark) <= self.width {
            line.text = format!("{}{text}{mark}", line.text);
        } else {
            let pieces = self.speech.pieces(expression);
            line.text = format!("{}{}{mark}", line.text, stack(&pieces, line.indent + 4));
        }
    }

    /// Free text with a colon behind it.
    pub(super) fn label(&self, text: &str) -> String {
        format!("{text}{}", self.speech.colon())
    }

    fn choice_list(&mut self, indent: usize, list: &ChoiceList) {
        let ChoiceList { items, otherwise, each, span: _ } = list;
        let otherwise_start = otherwise.as_ref().map(|formula| formula.value.span.start);
        let mut below: Vec<&Citation> = Vec::new();
        let count = items.len();
        for (at, item) in items.iter().enumerate() {
            let ChoiceItem { enumerator, label, condition, value, citations, span } = item;
            let last = at + 1 == count && otherwise.is_none() && each.is_empty();
            let is_above = |citation: &&Citation| {
                otherwise_start.is_none_or(|start| citation.span.start < start)
            };
            let (above, rest): (Vec<&Citation>, Vec<&Citation>) =
                citations.iter().partition(is_above);
            below.extend(rest);
            let number = self.speech.enumerator(enumerator);
            let label = label.as_ref().map(|label| self.label(&label.text)).unwrap_or_default();
            let mut line = Line::at(indent, format!("{number}{label}"), *span);
            line.end = formula_end(value);
            let mark = self.mark(last);
            self.append_choice(&mut line, condition.as_ref(), value, mark);
            self.cited(line, &above);
        }
        if let Some(formula) = otherwise {
            let before = self.speech.say("均不符合的，", "otherwise ");
            let start = formula.value.span.range().start;
            let mut line = Line::new(indent, before.to_owned(), start, formula_end(formula));
            let mark = self.mark(each.is_empty());
            self.append_choice(&mut line, None, formula, mark);
            self.cited(line, &below);
        }
        for (at, EachStep { step, citations, span: _ }) in each.iter().enumerate() {
            let before = self.speech.say("各项", "each ");
            // The parser takes no English stop here.
            let mark = self.speech.say(self.mark(at + 1 == each.len()), "");
            let text = format!("{before}{}{mark}", self.speech.step(step));
            self.cited(Line::at(indent, text, step.span), &citations.iter().collect::<Vec<_>>());
        }
    }

    /// `condition的，value，steps`.
    fn append_choice(
        &self,
        line: &mut Line,
        condition: Option<&Expr>,
        value: &Formula,
        mark: &str,
    ) {
        let steps = self.steps(&value.steps);
        let condition = condition.map(|condition| {
            let condition = self.speech.expression(condition);
            if self.speech.is_zh() {
                format!("{condition}的，")
            } else {
                format!("when {condition} then ")
            }
        });
        let condition = condition.unwrap_or_default();
        let text = self.speech.expression(&value.value);
        let full = [&condition, &text, &steps].iter().map(|part| width(part)).sum::<usize>();
        if line.indent + width(&line.text) + full + width(mark) <= self.width {
            line.text = format!("{}{condition}{text}{steps}{mark}", line.text);
            return;
        }
        let indent = line.indent + 4;
        let pieces = if indent + width(&text) + width(&steps) <= self.width {
            vec![text]
        } else {
            self.speech.pieces(&value.value)
        };
        let pieces: Vec<String> = if condition.is_empty() {
            pieces
        } else {
            std::iter::once(condition.trim_end().to_owned()).chain(pieces).collect()
        };
        line.text = format!("{}{}{steps}{mark}", line.text, stack(&pieces, indent));
    }

    pub(super) fn exceptions(&mut self, indent: usize, exceptions: &[Exception]) {
        let count = exceptions.len();
        for (at, exception) in exceptions.iter().enumerate() {
            self.exception(indent, exception, at + 1 == count);
        }
    }

    pub(super) fn exception(&mut self, indent: usize, exception: &Exception, last: bool) {
        let Exception { label, target, condition, value, beats, in_force, citations, span } =
            exception;
        let word = self.speech.word("例外");
        let label = label.as_ref().map(|label| self.speech.bracketed(label.text.trim()));
        let target = target.as_ref().map(|target| self.speech.bracketed(target.text.trim()));
        let mut text = String::new();
        let mut parts: Vec<String> = Vec::new();
        match target {
            Some(target) if self.speech.is_zh() => text = format!("对{target}的"),
            Some(target) => parts.push(format!("exception_to {target}")),
            None => {}
        }
        text.push_str(word);
        match label {
            Some(label) if self.speech.is_zh() => text.push_str(&label),
            Some(label) => text.push_str(&format!(" {label} ")),
            None => text.push(' '),
        }
        let mut line = Line::at(indent, text, *span);
        line.end = formula_end(value);
        self.append_choice(&mut line, condition.as_ref(), value, "");
        if !beats.is_empty() {
            let labels: Vec<String> =
                beats.iter().map(|label| self.speech.bracketed(label.text.trim())).collect();
            parts.push(format!("{}{}", self.speech.say("优先于", "over "), labels.join("、")));
        }
        parts.extend(in_force.iter().map(|period| self.in_force(period)));
        for part in parts {
            line.text = format!("{}{}{part}", line.text, self.speech.say("；", "; "));
        }
        line.text.push_str(self.mark(last));
        let ends = beats.iter().map(|label| label.span).chain(target_end(exception));
        line.end = ends.fold(line.end, |end, span| end.max(span.range().end));
        self.cited(line, &citations.iter().collect::<Vec<_>>());
    }
}

/// The places of what may follow the value of an exception.
fn target_end(exception: &Exception) -> impl Iterator<Item = Span> {
    let period = exception.in_force.as_ref().map(|period| period.span);
    exception.target.as_ref().map(|target| target.span).into_iter().chain(period)
}

/// Where a formula ends in the source.
fn formula_end(formula: &Formula) -> usize {
    let value = formula.value.span.range().end;
    formula.steps.iter().map(|step| step.span.range().end).fold(value, usize::max)
}

/// Pieces on lines of their own, all but the first at `indent`.
pub(super) fn stack(pieces: &[String], indent: usize) -> String {
    pieces.join(&format!("\n{}", " ".repeat(indent)))
}

/// 两, 三, 十二.
fn chinese_count(count: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |digit: u32| DIGITS.get(digit as usize).copied().unwrap_or("");
    match count {
        2 => "两".to_owned(),
        1..=9 => digit(count).to_owned(),
        10..=19 => format!("十{}", digit(count % 10)),
        20..=99 => format!("{}十{}", digit(count / 10), digit(count % 10)),
        _ => count.to_string(),
    }
}
