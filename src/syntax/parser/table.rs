//! Tables of values.

use pest::Parser as _;

use super::grammar::HuizeParser;
use super::{Builder, Pair, Rule};
use crate::diagnostic::Bilingual;
use crate::source::Span;
use crate::syntax::ast::{
    Citation, Range, Table, TableCell, TableCellContent, TableRow, Text, TypeExpr, TypeExprKind,
};
use crate::syntax::error::SyntaxError;

impl Builder {
    pub(super) fn table(&mut self, pair: Pair<'_>) -> Option<Table> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let name = parts.find(|part| part.as_rule() == Rule::binding)?;
        let mut table = new_table(self.binding(name)?, span);
        let mut ty = None;
        let mut rows = Vec::new();
        for part in parts {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::keys => table.keys = self.references(part),
                Rule::type_expression => ty = Some(self.type_expression(part)?),
                Rule::delegated => {
                    let by = self.delegated(part);
                    self.once(&mut table.delegated, by, span, "由…规定", "`local`");
                }
                Rule::pending => self.once(&mut table.pending, span, span, "待查", "`pending`"),
                Rule::sample => self.once(&mut table.sample, span, span, "样例", "`sample`"),
                Rule::private => table.private = true,
                Rule::literal_range => {
                    let range = self.literal_range(part)?;
                    self.once(&mut table.range, range, span, "范围", "the range");
                }
                Rule::authorization => table.authorizations.push(self.authorization(part)?),
                Rule::in_force_inline => {
                    let period = self.period(part.into_inner().next_back()?)?;
                    self.once(&mut table.in_force, period, span, "施行期间", "`in_force`");
                }
                Rule::citation => table.citations.push(self.citation(part)),
                Rule::table_row => rows.push((span, self.cells(part))),
                _ => {}
            }
        }
        let mut rows = self.even_rows(rows)?.into_iter();
        table.columns = rows.next().map(|(_, cells)| cells).unwrap_or_default();
        for (span, cells) in rows {
            let cells = table.columns.iter().zip(cells);
            let cells = cells.map(|(column, text)| self.table_cell(column, text)).collect();
            table.rows.push(TableRow { cells, span });
        }
        table.ty = ty?;
        Some(table)
    }

    /// The texts of one line, trimmed.
    pub(super) fn cells(&self, row: Pair<'_>) -> Vec<Text> {
        let cells = row.into_inner().filter(|cell| cell.as_rule() == Rule::table_cell);
        cells.flat_map(Pair::into_inner).map(|cell| self.trimmed(&cell)).collect()
    }

    fn trimmed(&self, pair: &Pair<'_>) -> Text {
        let text = pair.as_str();
        let indent = text.len() - text.trim_start().len();
        let start = self.offset + pair.as_span().start() + indent;
        let text = text.trim().to_owned();
        Text { span: Span::new(self.source, start, start + text.len()), text }
    }

    /// The lines, each with as many cells as the first; `None` after noting those that have not.
    pub(super) fn even_rows(
        &mut self,
        rows: Vec<(Span, Vec<Text>)>,
    ) -> Option<Vec<(Span, Vec<Text>)>> {
        let expected = rows.first().map_or(0, |(_, cells)| cells.len());
        let before = self.errors.len();
        for (row, (span, cells)) in rows.iter().enumerate() {
            let (span, found) = (*span, cells.len());
            // | --- | --- | of a table in Markdown
            let is_line = |cell: &Text| {
                cell.text.contains("--") && cell.text.chars().all(|letter| "-:".contains(letter))
            };
            if row == 1 && cells.iter().all(is_line) {
                self.errors.push(SyntaxError::OtherForm {
                    span,
                    wrong: Bilingual::new(
                        "表格不写分隔行",
                        "no line of dashes stands below the heading",
                    ),
                    write: Bilingual::new("删去这一行", "leave this line out"),
                });
                continue;
            }
            if found != expected {
                self.errors.push(SyntaxError::UnevenRow { span, row, found, expected });
            }
        }
        (self.errors.len() == before).then_some(rows)
    }

    fn table_cell(&mut self, column: &Text, text: Text) -> TableCell {
        let content = match text.text.as_str() {
            "" => TableCellContent::Empty,
            _ if matches!(column.text.as_str(), "依据" | "source") => {
                let citation = Citation { text: text.text.clone(), short: None, span: text.span };
                TableCellContent::Citation(citation)
            }
            "其他" | "other" => TableCellContent::Other,
            "待查" | "pending" => TableCellContent::Pending,
            _ => match self.alternatives(&text) {
                Some(alternatives) => TableCellContent::Alternatives(alternatives),
                None => TableCellContent::Words,
            },
        };
        TableCell { text, content }
    }

    /// The values or ranges that a cell's text spells.
    fn alternatives(&mut self, text: &Text) -> Option<Vec<Range>> {
        if super::depth::too_deep(&text.text, self.limits.nesting).is_some() {
            return None;
        }
        let pair = HuizeParser::parse(Rule::cell_alternatives, &text.text).ok()?.next()?;
        let start = text.span.range().start;
        let mut cell = Self::new(self.source, start, self.limits, &text.text);
        let ranges = pair.into_inner().filter(|part| part.as_rule() == Rule::range);
        let ranges = ranges.map(|range| cell.range(range)).collect();
        self.errors.append(&mut cell.errors);
        ranges
    }
}

fn new_table(name: crate::syntax::ast::Binding, span: Span) -> Table {
    Table {
        name,
        keys: Vec::new(),
        ty: TypeExpr { kind: TypeExprKind::Decimal, span },
        delegated: None,
        pending: None,
        sample: None,
        in_force: None,
        private: false,
        range: None,
        authorizations: Vec::new(),
        columns: Vec::new(),
        rows: Vec::new(),
        citations: Vec::new(),
        span,
    }
}
