//! Cases.

use super::declaration::fill;
use super::printer::{Line, Printer};
use super::table::columns_span;
use crate::builtins;
use crate::source::Span;
use crate::syntax::ast::{
    Assignment, Case, CaseCell, CaseTable, Expectation, ExpectationKind, Expr, ExprKind, FactValue,
    History, Instance, Reported,
};

/// A clause of a case.
enum Clause<'tree> {
    Words(String),
    Instance(&'tree Instance),
    Table(&'tree CaseTable),
    History(&'tree History),
    Reported(&'tree Reported),
    Expectation(&'tree Expectation),
}

impl Printer<'_> {
    pub(super) fn case(&mut self, node: &Case) {
        let Case {
            title,
            policy,
            period,
            assessed,
            known,
            instances,
            tables,
            history,
            reported,
            expectations,
            span,
        } = node;
        let speech = &self.speech;
        let mut clauses: Vec<(Span, Clause<'_>)> = Vec::new();
        let words =
            |word: &'static str, text: &str| Clause::Words(format!("{} {text}", speech.word(word)));
        clauses
            .extend(policy.iter().map(|name| (name.span, words("引用", &speech.qualified(name)))));
        let point = |(point, span)| (span, words("所属期", &speech.date_point(point)));
        clauses.extend(period.map(point));
        clauses.extend(assessed.map(|(day, span)| (span, words("评估日", &speech.date(day)))));
        clauses.extend(known.map(|(day, span)| (span, words("知悉日", &speech.date(day)))));
        clauses.extend(instances.iter().map(|node| (node.span, Clause::Instance(node))));
        clauses.extend(tables.iter().map(|node| (node.span, Clause::Table(node))));
        clauses.extend(history.iter().map(|node| (node.span, Clause::History(node))));
        clauses.extend(reported.iter().map(|node| (node.span, Clause::Reported(node))));
        clauses.extend(expectations.iter().map(|node| (node.span, Clause::Expectation(node))));
        clauses.sort_by_key(|(span, _)| span.start);
        let text = format!("{} {}", speech.word("案例"), speech.quoted(&title.text));
        self.line(Line::new(0, text, span.range().start, title.span.range().end));
        for (span, clause) in clauses {
            match clause {
                Clause::Words(text) => self.line(Line::at(2, text, span)),
                Clause::Instance(node) => self.instance(node),
                Clause::Table(node) => self.case_table(node),
                Clause::History(node) => self.history(node),
                Clause::Reported(node) => self.reported(node),
                Clause::Expectation(node) => {
                    let text = self.expectation(node);
                    self.line(Line::at(2, text, span));
                }
            }
        }
    }

    fn instance(&mut self, node: &Instance) {
        let Instance { object, name, facts, span } = node;
        let mut head = self.speech.name(object);
        if let Some(name) = name {
            head = format!("{head} {}", self.speech.name(name));
        }
        let colon = if facts.is_empty() { self.speech.last_colon() } else { self.speech.colon() };
        head.push_str(colon);
        let facts: Vec<String> = facts.iter().map(|fact| self.assignment(fact)).collect();
        let text = fill(&head, &facts, self.speech.comma(), self.width, 4);
        self.line(Line::at(2, text, *span));
    }

    fn assignment(&self, node: &Assignment) -> String {
        let Assignment { field, values, span: _ } = node;
        let values = self.fact_values(values);
        match field {
            Some(field) => format!("{} {values}", self.speech.name(field)),
            None => values,
        }
    }

    fn fact_value(&self, node: &FactValue) -> String {
        let FactValue { value, since } = node;
        let mut text = self.speech.expression(value);
        if let Some(since) = since {
            let date = self.speech.date_point(*since);
            if self.speech.is_zh() {
                text.push_str(&format!("（自{date}起）"));
            } else {
                text.push_str(&format!(" (since {date})"));
            }
        }
        text
    }

    fn case_table(&mut self, node: &CaseTable) {
        let CaseTable { columns, rows, span } = node;
        let mut lines = vec![(columns_span(columns, *span), self.columns(columns))];
        lines
            .extend(rows.iter().map(|row| {
                (row.span, row.cells.iter().map(|cell| self.case_cell(cell)).collect())
            }));
        self.rows(&lines);
    }

    fn case_cell(&self, cell: &CaseCell) -> String {
        let CaseCell { text, values } = cell;
        // A text without quotes is whatever could not be read as a value.
        if let [FactValue { value: Expr { kind: ExprKind::Text(words), .. }, since: None }] =
            values.as_slice()
            && *words == text.text
        {
            return text.text.clone();
        }
        self.fact_values(values)
    }

    /// Values that hold one after the other, or the names in a list.
    fn fact_values(&self, values: &[FactValue]) -> String {
        let is_list = values.iter().any(|value| value.since.is_none());
        let values: Vec<String> = values.iter().map(|value| self.fact_value(value)).collect();
        if is_list { values.join("、") } else { self.speech.commas(&values) }
    }

    fn history(&mut self, node: &History) {
        let History { month, entries, span } = node;
        let speech = &self.speech;
        let head = format!("{} {}", speech.word("历史"), speech.year_month(*month));
        let head = format!("{head}{}", speech.colon());
        let text = fill(&head, &self.entries(entries), speech.comma(), self.width, 4);
        self.line(Line::at(2, text, *span));
    }

    fn reported(&mut self, node: &Reported) {
        let Reported { entries, span } = node;
        let head = format!("{} ", self.speech.word("实绩"));
        let text = fill(&head, &self.entries(entries), self.speech.comma(), self.width, 4);
        self.line(Line::at(2, text, *span));
    }

    fn entries(&self, entries: &[(Expr, FactValue)]) -> Vec<String> {
        let equals = self.speech.say("＝", " = ");
        let entry = |(result, value): &(Expr, FactValue)| {
            format!("{}{equals}{}", self.speech.expression(result), self.fact_value(value))
        };
        entries.iter().map(entry).collect()
    }

    fn expectation(&self, node: &Expectation) -> String {
        let Expectation { kind, span: _ } = node;
        let speech = &self.speech;
        let text = match kind {
            ExpectationKind::Holds(condition) => self.expected(condition),
            ExpectationKind::Between(both) => {
                let (condition, bounds) = &**both;
                let (condition, comma) = (self.expected(condition), speech.comma());
                format!("{condition}{comma}{}", speech.literal_range(bounds))
            }
            ExpectationKind::Fails { of, error } => {
                let of = of.as_ref().map(|of| format!("{} ", speech.expression(of)));
                let word = speech.say("报错", "error");
                let error = match builtins::fault_named(&error.text) {
                    Some(named) => speech.say(named.zh, named.en).to_owned(),
                    None => speech.name(error),
                };
                format!("{}{word} {error}", of.unwrap_or_default())
            }
            ExpectationKind::Needs(facts) => {
                let facts: Vec<String> = facts.iter().map(|fact| speech.expression(fact)).collect();
                let comma = speech.say("、", ", ");
                format!("{} {}", speech.say("还需", "needs"), facts.join(comma))
            }
        };
        format!("{} {text}", speech.word("应当"))
    }

    /// A comparison with blanks round its word, so that the result stands out.
    fn expected(&self, condition: &Expr) -> String {
        let ExprKind::Compare { operator, operator_span, left, right } = &condition.kind else {
            return self.speech.expression(condition);
        };
        let word = match self.speech.comparison(*operator, *operator_span, right) {
            "＝" => "=",
            word => word,
        };
        let (left, right) = (self.speech.expression(left), self.speech.expression(right));
        format!("{left} {word} {right}")
    }
}
