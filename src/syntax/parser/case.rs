//! Cases: dates, facts, tables of members, history and what is expected.

use pest::Parser as _;

use super::grammar::HuizeParser;
use super::{Builder, Pair, Rule};
use crate::source::Span;
use crate::syntax::ast::{
    Assignment, Case, CaseCell, CaseRow, CaseTable, DatePoint, Expectation, ExpectationKind, Expr,
    ExprKind, FactValue, History, Instance, Reported, Text,
};
use crate::value::Date;

impl Builder {
    pub(super) fn case(&mut self, pair: Pair<'_>) -> Option<Case> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let title = parts.find(|part| part.as_rule() == Rule::string)?;
        let mut case = Case {
            title: self.string(&title),
            policy: None,
            period: None,
            assessed: None,
            known: None,
            instances: Vec::new(),
            tables: Vec::new(),
            history: Vec::new(),
            reported: Vec::new(),
            expectations: Vec::new(),
            span,
        };
        for part in parts {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::case_policy => {
                    let name = self.qualified_name(part.into_inner().next_back()?);
                    self.once(&mut case.policy, name, span, "引用", "`uses`");
                }
                Rule::case_period => {
                    let point = self.dated_point(part)?;
                    self.once(&mut case.period, point, span, "所属期", "`period`");
                }
                Rule::case_assessed => {
                    let day = self.dated_day(part)?;
                    self.once(&mut case.assessed, day, span, "评估日", "`assessed`");
                }
                Rule::case_known => {
                    let day = self.dated_day(part)?;
                    self.once(&mut case.known, day, span, "知悉日", "`known`");
                }
                Rule::instance => case.instances.push(self.instance(part)?),
                Rule::case_table => self.case_tables(part, &mut case.tables)?,
                Rule::history => case.history.push(self.history(part)?),
                Rule::reported => case.reported.push(self.reported(part)?),
                Rule::expectation => case.expectations.push(self.expectation(part)?),
                _ => {}
            }
        }
        Some(case)
    }

    fn dated_point(&mut self, pair: Pair<'_>) -> Option<(DatePoint, Span)> {
        let date = pair.into_inner().next_back()?;
        Some((self.date_point(&date)?, self.span(&date)))
    }

    fn dated_day(&mut self, pair: Pair<'_>) -> Option<(Date, Span)> {
        let date = pair.into_inner().next_back()?;
        Some((self.date(&date)?, self.span(&date)))
    }

    fn instance(&mut self, pair: Pair<'_>) -> Option<Instance> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let object = self.reference(&parts.next()?);
        let mut instance = Instance { object, name: None, facts: Vec::new(), span };
        for part in parts {
            match part.as_rule() {
                Rule::instance_name => {
                    instance.name = Some(self.reference(&part.into_inner().next()?));
                }
                Rule::assignment => self.assignment(part, &mut instance.facts)?,
                _ => {}
            }
        }
        Some(instance)
    }

    /// Adds an assignment, or a further dated value of the last one.
    fn assignment(&mut self, pair: Pair<'_>, facts: &mut Vec<Assignment>) -> Option<()> {
        let span = self.span(&pair);
        let mut field = None;
        let mut values = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::assigned_name => field = Some(self.reference(&part.into_inner().next()?)),
                Rule::fact_value => values.push(self.fact_value(part)?),
                _ => {}
            }
        }
        let is_dated =
            |assignment: &Assignment| assignment.values.iter().all(|value| value.since.is_some());
        match facts.last_mut() {
            Some(last)
                if field.is_none()
                    && values.iter().all(|value| value.since.is_some())
                    && is_dated(last) =>
            {
                last.span = last.span.to(span);
                last.values.append(&mut values);
            }
            _ => facts.push(Assignment { field, values, span }),
        }
        Some(())
    }

    pub(super) fn fact_value(&mut self, pair: Pair<'_>) -> Option<FactValue> {
        let mut parts = pair.into_inner();
        let value = self.atom(&parts.next()?)?;
        let since = match parts.next().and_then(|since| since.into_inner().next_back()) {
            Some(date) => Some(self.date_point(&date)?),
            None => None,
        };
        Some(FactValue { value, since })
    }

    /// The tables of a run of lines between bars: an empty line begins another.
    fn case_tables(&mut self, pair: Pair<'_>, tables: &mut Vec<CaseTable>) -> Option<()> {
        let rows = pair.into_inner().filter(|part| part.as_rule() == Rule::table_row);
        let mut runs: Vec<Vec<(Span, Vec<Text>)>> = Vec::new();
        let mut begins = true;
        for row in rows {
            let text = row.as_str();
            let blank = text.get(text.trim_end().len()..).unwrap_or("");
            let ends = blank.matches('\n').count() > 1;
            let row = (self.span(&row), self.cells(row));
            match runs.last_mut() {
                Some(run) if !begins => run.push(row),
                _ => runs.push(vec![row]),
            }
            begins = ends;
        }
        for run in runs {
            let span = run.first()?.0.to(run.last()?.0);
            let mut rows = self.even_rows(run)?.into_iter();
            let (_, columns) = rows.next()?;
            let rows = rows.map(|(span, cells)| CaseRow {
                cells: cells.into_iter().map(|text| self.case_cell(text)).collect(),
                span,
            });
            tables.push(CaseTable { columns, rows: rows.collect(), span });
        }
        Some(())
    }

    fn case_cell(&mut self, text: Text) -> CaseCell {
        if text.text.is_empty() {
            return CaseCell { text, values: Vec::new() };
        }
        let before = self.errors.len();
        let values = match self.cell_facts(&text) {
            Some(values) => values,
            // A literal that is wrong (30 February) has been noted; it is not a text.
            None if self.errors.len() > before => Vec::new(),
            None => {
                let value = Expr { kind: ExprKind::Text(text.text.clone()), span: text.span };
                vec![FactValue { value, since: None }]
            }
        };
        CaseCell { text, values }
    }

    fn cell_facts(&mut self, text: &Text) -> Option<Vec<FactValue>> {
        let pair = HuizeParser::parse(Rule::cell_facts, &text.text).ok()?.next()?;
        let start = text.span.range().start;
        let mut cell = Self::new(self.source, start, self.limits, &text.text);
        let values = pair.into_inner().filter(|part| part.as_rule() == Rule::fact_value);
        let values = values.map(|value| cell.fact_value(value)).collect();
        self.errors.append(&mut cell.errors);
        values
    }

    pub(super) fn history(&mut self, pair: Pair<'_>) -> Option<History> {
        let span = self.span(&pair);
        let mut month = None;
        let mut entries = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::year_month => month = Some(self.year_month(&part)?),
                Rule::history_entry => entries.push(self.history_entry(part)?),
                _ => {}
            }
        }
        Some(History { month: month?, entries, span })
    }

    fn history_entry(&mut self, pair: Pair<'_>) -> Option<(Expr, FactValue)> {
        let mut parts = pair.into_inner();
        let result = self.expression(parts.next()?)?;
        // Between the two a sign may stand.
        let value = parts.find(|part| part.as_rule() == Rule::fact_value)?;
        Some((result, self.fact_value(value)?))
    }

    fn reported(&mut self, pair: Pair<'_>) -> Option<Reported> {
        let span = self.span(&pair);
        let entries = pair.into_inner().filter(|part| part.as_rule() == Rule::history_entry);
        let entries = entries.map(|entry| self.history_entry(entry)).collect::<Option<_>>()?;
        Some(Reported { entries, span })
    }

    fn expectation(&mut self, pair: Pair<'_>) -> Option<Expectation> {
        let span = self.span(&pair);
        let mut parts = pair
            .into_inner()
            .filter(|part| !matches!(part.as_rule(), Rule::kw_expect | Rule::en_stop));
        let inner = parts.next()?;
        let kind = match inner.as_rule() {
            Rule::expected_error => {
                let mut inner = inner.into_inner();
                let error = self.reference(&inner.next_back()?);
                let of = inner.find(|part| part.as_rule() == Rule::failing);
                let of = of.map(|of| self.expression(of).ok_or(())).transpose().ok()?;
                ExpectationKind::Fails { of, error }
            }
            Rule::expected_missing => ExpectationKind::Needs(self.operands(inner)?),
            _ => {
                let condition = self.expression(inner)?;
                let bounds = parts.next().and_then(|bounds| bounds.into_inner().next_back());
                match bounds {
                    Some(bounds) => {
                        ExpectationKind::Between(Box::new((condition, self.literal_range(bounds)?)))
                    }
                    None => ExpectationKind::Holds(condition),
                }
            }
        };
        Some(Expectation { kind, span })
    }
}
