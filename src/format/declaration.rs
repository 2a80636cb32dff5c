//! Declarations but tables and cases.

use super::body::{Definition, stack};
use super::printer::{Line, Printer, width};
use super::table::name_in_cell;
use crate::source::Span;
use crate::syntax::ast::{
    Binding, Cell, CellValue, Citation, ConditionBody, ConditionClause, Constraint, Decision,
    DecisionTail, Declaration, Enumeration, Exception, Field, Header, HeaderKind, MidMonth, Object,
    Parameter, Payment, Relation, RelationClause, RelationKind, Row, Rule, RuleTail, Set, Subject,
    Target, TargetTerm, TermClause, Text, Units,
};
use crate::syntax::words::is_han;

/// Clauses of fields stand in a column no further right than this.
const FIELD_COLUMN: usize = 64;

impl Printer<'_> {
    pub(super) fn declaration(&mut self, declaration: &Declaration) {
        match declaration {
            Declaration::Enumeration(node) => self.enumeration(node),
            Declaration::Object(node) => self.object(node),
            Declaration::Units(node) => self.units(node),
            Declaration::Parameter(node) => self.parameter(node),
            Declaration::Rule(Rule { name, tail, span }) => {
                let head = format!("{} {}", self.speech.word("规则"), self.speech.binding(name));
                self.rule(head, *span, binding_end(name), tail);
            }
            Declaration::SupplementRule(node) => {
                let name = self.speech.qualified(&node.name);
                let (supplement, rule) = (self.speech.word("补充"), self.speech.word("规则"));
                let head = format!("{supplement} {rule} {name}");
                self.rule(head, node.span, node.name.span, &node.tail);
            }
            Declaration::Set(node) => self.set(node),
            Declaration::Decision(Decision { name, tail, span }) => {
                let head = format!("{} {}", self.speech.word("决定"), self.speech.binding(name));
                self.decision(head, *span, tail);
            }
            Declaration::SupplementDecision(node) => {
                let name = self.speech.qualified(&node.name);
                let (supplement, decision) = (self.speech.word("补充"), self.speech.word("决定"));
                self.decision(format!("{supplement} {decision} {name}"), node.span, &node.tail);
            }
            Declaration::Relation(node) => self.relation(node),
            Declaration::Constraint(node) => self.constraint(node),
            Declaration::Table(node) => self.table(node),
            Declaration::Target(node) => self.target(node),
            Declaration::Case(node) => self.case(node),
        }
    }

    pub(super) fn header(&mut self, header: &Header) {
        let Header {
            kind,
            name,
            alias,
            base,
            uses,
            title,
            authority,
            citations,
            in_force,
            published,
            applicable_date,
            place,
            sample,
            span,
        } = header;
        let keyword = self.speech.word(match kind {
            HeaderKind::Policy => "政策",
            HeaderKind::Vocabulary => "词汇",
        });
        let name_text = self.speech.qualified(name);
        let own = name.text();
        let swapped = alias.as_ref().filter(|alias| {
            let is_chinese = |text: &str| text.contains(is_han);
            self.speech.swaps_names()
                && alias.text.split('.').all(super::dialect::is_plain_name)
                && is_chinese(&alias.text) == self.speech.is_zh()
                && is_chinese(&own) != self.speech.is_zh()
        });
        let text = match (swapped, alias) {
            (Some(alias), _) => format!("{}{}", alias.text, self.speech.alias(&own)),
            (None, Some(alias)) => format!("{name_text}{}", self.speech.alias(&alias.text)),
            (None, None) => name_text,
        };
        let end = alias.as_ref().map_or(name.span, |alias| alias.span).range().end;
        let mut clauses: Vec<(Span, String)> = Vec::new();
        let word = |word: &'static str| self.speech.word(word);
        let clause = |keyword: &'static str, text: &str| format!("{} {text}", word(keyword));
        clauses.extend(
            base.iter().map(|base| (base.span, clause("基于", &self.speech.qualified(base)))),
        );
        let mut previous: Option<Span> = None;
        for used in uses {
            let name = self.speech.qualified(used);
            let is_more = previous.is_some_and(|before| {
                let between = self.speech.written(before.range().end, used.span.range().start);
                between.trim() == "、"
            });
            match clauses.last_mut() {
                Some((_, text)) if is_more => text.push_str(&format!("、{name}")),
                _ => clauses.push((used.span, clause("引用", &name))),
            }
            previous = Some(used.span);
        }
        let quoted =
            |keyword, text: &Text| (text.span, clause(keyword, &self.speech.quoted(&text.text)));
        clauses.extend(title.iter().map(|title| quoted("标题", title)));
        clauses.extend(authority.iter().map(|authority| quoted("制定机关", authority)));
        let citation = |citation: &Citation| (citation.span, self.speech.citation(citation));
        clauses.extend(citations.iter().map(citation));
        clauses.extend(in_force.iter().map(|period| (period.span, self.in_force(period))));
        let day = |(day, span)| (span, clause("发布", &self.speech.date(day)));
        clauses.extend(published.map(day));
        clauses.extend(
            applicable_date
                .iter()
                .map(|name| (name.span, clause("适用日", &self.speech.name(name)))),
        );
        clauses.extend(place.iter().map(|place| {
            let digits: String = place.text.chars().map(crate::value::half_width).collect();
            (place.span, clause("区划", &digits))
        }));
        clauses.extend(sample.map(|span| (span, word("样例").to_owned())));
        clauses.sort_by_key(|(span, _)| span.start);
        self.line(Line::new(0, format!("{keyword} {text}"), span.range().start, end));
        for (span, text) in clauses {
            self.line(Line::at(2, text, span));
        }
    }

    fn enumeration(&mut self, node: &Enumeration) {
        let Enumeration { name, values, citations, span } = node;
        let head = format!("{} {}", self.speech.word("枚举"), self.speech.binding(name));
        let values = values.iter().map(|value| self.speech.binding(value)).collect::<Vec<_>>();
        let head = format!("{head}{}", self.speech.last_colon());
        let head = head + self.speech.say("", " ");
        self.bindings(head, &values, self.speech.say("、", ", "), citations, *span);
    }

    fn units(&mut self, node: &Units) {
        let Units { names, citations, span } = node;
        let names = names.iter().map(|name| self.speech.binding(name)).collect::<Vec<_>>();
        let head = format!("{} ", self.speech.word("单位"));
        self.bindings(head, &names, "、", citations, *span);
    }

    /// Names in a row, broken where there is no room.
    fn bindings(
        &mut self,
        head: String,
        names: &[String],
        between: &str,
        citations: &[Citation],
        span: Span,
    ) {
        let first = citations.first().map_or(span.end, |citation| citation.span.start) as usize;
        let before = self.speech.written(0, first).trim_end().len();
        let start = span.range().start;
        let text = fill(&head, names, between, self.width, 2);
        self.cited(Line::new(0, text, start, before.max(start)), &refs(citations));
    }

    fn object(&mut self, node: &Object) {
        let Object { name, fields, citations, span } = node;
        let head = format!("{} {}", self.speech.word("对象"), self.speech.binding(name));
        let end = binding_end(name).range().end;
        self.cited(Line::new(0, head, span.range().start, end), &refs(citations));
        let heads: Vec<String> = fields.iter().map(|field| self.field_head(field)).collect();
        let has_clauses = |field: &Field| {
            field.default.is_some() || field.question.is_some() || !field.citations.is_empty()
        };
        let column = fields
            .iter()
            .zip(&heads)
            .filter(|(field, head)| has_clauses(field) && 2 + width(head) < FIELD_COLUMN)
            .map(|(_, head)| width(head) + 3)
            .max()
            .unwrap_or(0);
        for (field, head) in fields.iter().zip(heads) {
            self.field(field, head, column);
        }
    }

    fn field_head(&self, field: &Field) -> String {
        let Field {
            name,
            ty,
            optional,
            many,
            at_least,
            at_most,
            sensitive,
            immutable,
            not_suggested,
            not_after_assessment,
            range,
            default: _,
            question: _,
            citations: _,
            span: _,
        } = field;
        let speech = &self.speech;
        let mut parts = vec![speech.type_expression(ty)];
        parts.extend(range.iter().map(|range| speech.literal_range(range)));
        let mut flag = |is_set: bool, word: &'static str| {
            if is_set {
                parts.push(speech.word(word).to_owned());
            }
        };
        flag(*optional, "可无");
        flag(*many, "若干");
        let bound = |word: &str, number| format!("{word}{}", speech.expression(number));
        parts.extend(at_least.iter().map(|number| bound(speech.say("至少", "at least "), number)));
        parts.extend(at_most.iter().map(|number| bound(speech.say("至多", "at most "), number)));
        let mut flag = |is_set: bool, word: &'static str| {
            if is_set {
                parts.push(speech.word(word).to_owned());
            }
        };
        flag(*sensitive, "敏感");
        flag(*immutable, "不可改变");
        flag(*not_suggested, "不作建议");
        flag(not_after_assessment.is_some(), "不晚于评估日");
        format!("{}{}{}", speech.binding(name), speech.colon(), speech.commas(&parts))
    }

    fn field(&mut self, field: &Field, head: String, column: usize) {
        let Field { default, question, citations, span, .. } = field;
        let mut clauses: Vec<(Span, String)> = Vec::new();
        clauses.extend(default.iter().map(|value| {
            let text = self.speech.expression(value);
            (value.span, format!("{} {text}", self.speech.word("缺省")))
        }));
        clauses.extend(question.iter().map(|question| {
            let text = self.speech.quoted(&question.text);
            (question.span, format!("{} {text}", self.speech.word("问")))
        }));
        clauses.sort_by_key(|(span, _)| span.start);
        let mut text = head;
        let stop = citations.first().map_or(span.end, |citation| citation.span.start) as usize;
        let end = self.speech.written(0, stop).trim_end().len();
        let pad = |text: &mut String| {
            let blanks = column.saturating_sub(width(text)).max(3);
            text.extend(std::iter::repeat_n(' ', blanks));
        };
        for (at, (_, clause)) in clauses.iter().enumerate() {
            if at == 0 {
                pad(&mut text);
            } else {
                text.push_str("   ");
            }
            text.push_str(clause);
        }
        if clauses.is_empty() && !citations.is_empty() {
            let blanks = column.saturating_sub(width(&text) + 4);
            text.extend(std::iter::repeat_n(' ', blanks));
        }
        self.cited(Line::new(2, text, span.range().start, end), &refs(citations));
    }

    fn parameter(&mut self, node: &Parameter) {
        let Parameter {
            name,
            keys,
            ty,
            delegated,
            pending,
            sample,
            private,
            mid_month,
            range,
            authorizations,
            in_force,
            rows,
            citations,
            span,
        } = node;
        let speech = &self.speech;
        let mut text = format!("{} {}", speech.word("参数"), speech.binding(name));
        let mut end = binding_end(name).range().end;
        if let Some(last) = keys.last() {
            text.push_str(&speech.bracketed(&speech.names(keys, speech.say("，", ", "))));
            end = last.span.range().end;
        }
        if let Some(ty) = ty {
            text.push_str(&format!("{}{}", speech.colon(), speech.type_expression(ty)));
            end = ty.span.range().end;
        }
        let modifiers = crate::syntax::ast::HeadModifiers {
            combine: None,
            authorizations: authorizations.clone(),
            in_force: in_force.clone(),
            sample: *sample,
            private: *private,
            delegated: delegated.clone(),
            range: range.clone(),
        };
        let mut modifiers = self.modifiers(&modifiers);
        modifiers.extend(pending.map(|span| (span, speech.word("待查").to_owned())));
        modifiers.extend(mid_month.map(|(said, span)| (span, self.mid_month(said).to_owned())));
        modifiers.sort_by_key(|(span, _)| span.start);
        for (span, modifier) in modifiers {
            text = [&text, speech.comma(), &modifier].concat();
            end = end.max(span.range().end);
        }
        let mut head = Line::new(0, text, span.range().start, end);
        let mut rows = rows.iter().peekable();
        if citations.is_empty()
            && let Some(row) = rows.next_if(|row| row.period.is_none())
        {
            let values = self.row_text(row);
            head.text = format!("{} {}", head.text, self.speech.after_blank("=", &values));
            head.end = row_end(row);
            self.cited(head, &refs(&row.citations));
        } else {
            self.cited(head, &refs(citations));
        }
        for row in rows {
            let values = self.row_text(row);
            let text = match &row.period {
                Some(period) => {
                    format!("{}{}{values}", self.speech.period(period), self.speech.colon())
                }
                None => self.speech.after_blank("=", &values),
            };
            let line = Line::new(2, text, row.span.range().start, row_end(row));
            self.cited(line, &refs(&row.citations));
        }
    }

    fn row_text(&self, row: &Row) -> String {
        let Row { period: _, cells, published, sample, mid_month, citations: _, span: _ } = row;
        let mut parts: Vec<String> = cells.iter().map(|cell| self.cell(cell)).collect();
        let mut flags: Vec<(Span, String)> = Vec::new();
        flags.extend(published.map(|(day, span)| {
            (span, format!("{} {}", self.speech.word("发布"), self.speech.date(day)))
        }));
        flags.extend(sample.map(|span| (span, self.speech.word("样例").to_owned())));
        flags.extend(mid_month.map(|(said, span)| (span, self.mid_month(said).to_owned())));
        flags.sort_by_key(|(span, _)| span.start);
        parts.extend(flags.into_iter().map(|(_, flag)| flag));
        self.speech.commas(&parts)
    }

    fn mid_month(&self, said: MidMonth) -> &'static str {
        self.speech.word(match said {
            MidMonth::NextMonth => "自次月起",
            MidMonth::SameMonth => "自当月起",
            MidMonth::ByDays => "按日折算",
        })
    }

    fn cell(&self, cell: &Cell) -> String {
        let Cell { keys, value, span: _ } = cell;
        let mut parts: Vec<String> =
            keys.iter().map(|key| name_in_cell(self.speech.name(key))).collect();
        parts.push(match value {
            CellValue::Value(value) => name_in_cell(self.speech.expression(value)),
            CellValue::Pending(_) => self.speech.word("待查").to_owned(),
        });
        parts.join(" ")
    }

    /// `head（人）：type`, and the rest.
    fn rule(&mut self, head: String, span: Span, head_span: Span, tail: &RuleTail) {
        let RuleTail { subject, ty, modifiers, citations, body, locals, exceptions } = tail;
        let mut head = head;
        let mut end = head_span;
        if let Some(Subject { object }) = subject {
            head.push_str(&self.speech.bracketed(&self.speech.name(object)));
            end = object.span;
        }
        if let Some(ty) = ty {
            head.push_str(&format!("{}{}", self.speech.colon(), self.speech.type_expression(ty)));
            end = ty.span;
        }
        let span = Span { end: end.end, ..span };
        let body = body.as_ref();
        let whole = Definition { head, span, modifiers, citations, body, locals, exceptions };
        self.definition(0, &whole);
    }

    fn set(&mut self, node: &Set) {
        let Set { name, subject, private, base, filter, citations, span } = node;
        let speech = &self.speech;
        let subject = speech.bracketed(&speech.name(&subject.object));
        let mut parts = vec![speech.expression(base)];
        parts.extend(filter.iter().map(|filter| speech.filter(filter)));
        let mut heads = vec![format!("{} {}{subject}", speech.word("集合"), speech.binding(name))];
        heads.extend(private.then(|| speech.word("私有").to_owned()));
        let text = format!("{}{}{}", speech.commas(&heads), speech.colon(), speech.commas(&parts));
        let end = filter.as_ref().map_or(base.span, |filter| filter.span).range().end;
        self.cited(Line::new(0, text, span.range().start, end), &refs(citations));
    }

    fn constraint(&mut self, node: &Constraint) {
        let Constraint { label, condition, citations, span } = node;
        let label = label.as_ref().map(|label| self.label(&label.text)).unwrap_or_default();
        let text = format!("{} {label}", self.speech.word("约束"));
        let mut line = Line::new(0, text, span.range().start, condition.span.range().end);
        self.append(&mut line, condition, "");
        self.cited(line, &refs(citations));
    }

    fn target(&mut self, node: &Target) {
        let Target { name, subject, term, sample, body, citations, span } = node;
        let speech = &self.speech;
        let subject = subject.as_ref().map(|subject| speech.name(&subject.object));
        let subject = subject.map(|subject| speech.bracketed(&subject)).unwrap_or_default();
        let mut head = format!("{} {}{subject}", speech.word("目标"), speech.binding(name));
        let mut parts: Vec<(Span, String)> = Vec::new();
        parts.extend(term.iter().map(|(term, span)| (*span, self.term(term))));
        parts.extend(sample.iter().map(|span| (*span, speech.word("样例").to_owned())));
        parts.sort_by_key(|(span, _)| span.start);
        let mut head_end = binding_end(name).range().end;
        for (span, part) in parts {
            head_end = head_end.max(span.range().end);
            head.push_str(&format!("{}{part}", speech.comma()));
        }
        let body_span = match body {
            ConditionBody::Expr(condition) => condition.span,
            ConditionBody::List(list) => list.span,
        };
        // Sources of the whole stand on the head line, in place of the colon.
        let (before, after): (Vec<&Citation>, Vec<&Citation>) =
            citations.iter().partition(|citation| citation.span.start < body_span.start);
        let (start, end) = (span.range().start, body_span.range().end);
        let mut line = if before.is_empty() {
            Line::new(0, format!("{head}{}", speech.colon()), start, end)
        } else {
            self.cited(Line::new(0, head, start, head_end), &before);
            Line::new(2, String::new(), body_span.range().start, end)
        };
        match body {
            ConditionBody::Expr(condition) => {
                self.append(&mut line, condition, "");
                self.cited(line, &after);
            }
            ConditionBody::List(list) => {
                self.condition_list(line, 2, list, true);
                self.citations(4, &after);
            }
        }
    }

    fn term(&self, term: &TargetTerm) -> String {
        let speech = &self.speech;
        match term {
            TargetTerm::Every(1) => speech.say("每月", "every month").to_owned(),
            TargetTerm::Every(3) => speech.say("每季度", "every quarter").to_owned(),
            TargetTerm::Every(6) => speech.say("每半年", "every half_year").to_owned(),
            TargetTerm::Every(_) => speech.say("每年", "every year").to_owned(),
            TargetTerm::During(point) => speech.date_point(*point),
            TargetTerm::Period(period) => speech.period(period),
        }
    }

    fn relation(&mut self, node: &Relation) {
        let Relation { name, clauses, citations, span } = node;
        let text = format!("{} {}", self.speech.word("关系"), self.speech.binding(name));
        let end = binding_end(name).range().end;
        self.cited(Line::new(0, text, span.range().start, end), &refs(citations));
        let count = clauses.len();
        for (at, clause) in clauses.iter().enumerate() {
            self.relation_clause(clause, at + 1 == count);
        }
    }

    fn relation_clause(&mut self, clause: &RelationClause, last: bool) {
        let RelationClause {
            kind,
            members,
            keep,
            keep_on_tie,
            elected_by,
            top_up_to,
            offsets,
            income_for,
            in_force,
            citations,
            span,
        } = clause;
        let speech = &self.speech;
        let kind = speech.word(match kind {
            RelationKind::Exclusive => "不重复享受",
            RelationKind::HigherOf => "择高",
            RelationKind::TopUp => "补差",
            RelationKind::Combined => "叠加",
            RelationKind::NotIncome => "不计入收入",
        });
        let list = |members: &[crate::syntax::ast::Expr]| {
            members.iter().map(|member| speech.expression(member)).collect::<Vec<_>>().join("、")
        };
        let mut options: Vec<(u32, u32, String)> = Vec::new();
        let mut option = |zh, en, members: &[crate::syntax::ast::Expr]| {
            if let (Some(first), Some(last)) = (members.first(), members.last()) {
                let text = format!("{}{}", speech.say(zh, en), list(members));
                options.push((first.span.start, last.span.end, text));
            }
        };
        option("保留", "keep ", keep.as_slice());
        option("同额保留", "tie_keep ", keep_on_tie.as_slice());
        option("本人选择 ", "elected_by ", elected_by.as_slice());
        option("补至", "up_to ", top_up_to.as_slice());
        option("先抵", "offset ", offsets);
        option("对", "for ", income_for);
        options.extend(in_force.iter().map(|period| {
            let span = period.span;
            (span.start, span.end, self.in_force(period))
        }));
        options.sort();
        let end = members.last().map_or(span.end, |member| member.span.end);
        let end = options.iter().fold(end, |end, (_, own, _)| end.max(*own)) as usize;
        let parts: Vec<String> = std::iter::once(list(members))
            .chain(options.into_iter().map(|(_, _, text)| text))
            .collect();
        let mark = if last { speech.say("。", ".") } else { speech.say("；", ";") };
        let text = format!("{kind}{}{}{mark}", speech.colon(), speech.commas(&parts));
        self.cited(Line::new(2, text, span.range().start, end), &refs(citations));
    }

    fn decision(&mut self, head: String, span: Span, tail: &DecisionTail) {
        let DecisionTail {
            subject,
            modifiers,
            citations,
            conditions,
            added_conditions,
            payments,
            review,
            review_citations,
            starts,
            stops,
            exceptions,
        } = tail;
        let mut clauses: Vec<(Span, Clause<'_>)> = Vec::new();
        clauses.extend(conditions.iter().map(|node| (node.span, Clause::Condition("条件", node))));
        clauses.extend(
            added_conditions.iter().map(|node| (node.span, Clause::Condition("增加条件", node))),
        );
        clauses.extend(payments.iter().map(|node| (node.span, Clause::Payment(node))));
        clauses.extend(exceptions.iter().map(|node| (node.span, Clause::Exception(node))));
        let speech = &self.speech;
        clauses.extend(review.iter().map(|months| {
            let months_text = speech.expression(months);
            let text = format!("{} {}{months_text}", speech.word("复核"), speech.say("每", ""));
            (months.span, Clause::Words(text, review_citations))
        }));
        for (word, clause) in [("起发", starts), ("停发", stops)] {
            let Some(TermClause { months, citations, span }) = clause else { continue };
            let texts: Vec<String> = months.iter().map(|month| speech.expression(month)).collect();
            let text = format!("{} {}", speech.word(word), texts.join("、"));
            let end = months.last().map_or(span.end, |month| month.span.end);
            clauses.push((Span { end, ..*span }, Clause::Words(text, citations)));
        }
        clauses.sort_by_key(|(span, _)| span.start);
        let mut text = format!("{head}{}", speech.bracketed(&speech.name(&subject.object)));
        let mut end = subject.object.span.range().end;
        for (span, modifier) in self.modifiers(modifiers) {
            text = [&text, self.speech.comma(), &modifier].concat();
            end = end.max(span.range().end);
        }
        self.cited(Line::new(0, text, span.range().start, end), &refs(citations));
        let last_exception = exceptions.last().map(|exception| exception.span);
        for (span, clause) in clauses {
            match clause {
                Clause::Condition(word, node) => self.condition(word, node),
                Clause::Payment(node) => self.payment(node),
                Clause::Exception(node) => self.exception(2, node, Some(span) == last_exception),
                Clause::Words(text, citations) => {
                    self.cited(Line::at(2, text, span), &refs(citations));
                }
            }
        }
    }

    fn condition(&mut self, word: &'static str, node: &ConditionClause) {
        let ConditionClause { body, citations, locals, span } = node;
        let mut line = Line::at(2, format!("{} ", self.speech.word(word)), *span);
        let citations = refs(citations);
        match body {
            ConditionBody::Expr(condition) => {
                line.end = condition.span.range().end;
                self.append(&mut line, condition, "");
                self.cited(line, &citations);
            }
            ConditionBody::List(list) => {
                self.condition_list(line, 2, list, true);
                self.citations(4, &citations);
            }
        }
        for local in locals {
            self.local(4, local);
        }
    }

    fn payment(&mut self, node: &Payment) {
        let Payment { name, ty, modifiers, citations, body, locals, exceptions, span } = node;
        let speech = &self.speech;
        let name = format!("{} {}", speech.word("给付"), speech.binding(name));
        let head = format!("{name}{}{}", speech.colon(), speech.type_expression(ty));
        let span = Span { end: ty.span.end, ..*span };
        let body = Some(body);
        let whole = Definition { head, span, modifiers, citations, body, locals, exceptions };
        self.definition(2, &whole);
    }
}

/// A clause of a decision.
enum Clause<'tree> {
    Condition(&'static str, &'tree ConditionClause),
    Payment(&'tree Payment),
    Exception(&'tree Exception),
    Words(String, &'tree [Citation]),
}

fn refs(citations: &[Citation]) -> Vec<&Citation> {
    citations.iter().collect()
}

/// The name with its alias.
fn binding_end(binding: &Binding) -> Span {
    binding.alias.as_ref().map_or(binding.span, |alias| alias.span)
}

/// Where the values and marks of a row end in the source.
fn row_end(row: &Row) -> usize {
    let cells = row.cells.iter().map(|cell| cell.span.end);
    let flags = row.published.map(|(_, span)| span.end).into_iter();
    let flags = flags.chain(row.mid_month.map(|(_, span)| span.end));
    let ends = cells.chain(flags).chain(row.sample.map(|span| span.end));
    ends.max().unwrap_or(row.span.start) as usize
}

/// `head` and `items` with marks between, on as many lines as they need.
pub(super) fn fill(
    head: &str,
    items: &[String],
    between: &str,
    limit: usize,
    indent: usize,
) -> String {
    let mut lines: Vec<String> = vec![head.to_owned()];
    let count = items.len();
    for (at, item) in items.iter().enumerate() {
        let mark = if at + 1 < count { between } else { "" };
        let Some(line) = lines.last_mut() else { continue };
        let used = width(line) + if at == 0 { 0 } else { indent };
        if at > 0 && used + width(item) + width(mark.trim_end()) > limit {
            let kept = line.trim_end().len();
            line.truncate(kept);
            lines.push(format!("{item}{mark}"));
        } else {
            line.push_str(item);
            line.push_str(mark);
        }
    }
    stack(&lines, indent)
}
