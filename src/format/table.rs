//! Tables, drawn with their bars below one another.

use super::dialect::Dialect;
use super::printer::{Line, Printer, width};
use crate::source::Span;
use crate::syntax::ast::{HeadModifiers, Table, TableCell, TableCellContent, Text};

/// A cell wider than this does not widen its column.
const WIDEST_COLUMN: usize = 36;

/// What is no name where it is all that a cell says; a value may have such a twin.
const CELL_WORDS: [&str; 4] = ["其他", "other", "待查", "pending"];

impl Printer<'_> {
    pub(super) fn table(&mut self, node: &Table) {
        let Table {
            name,
            keys,
            ty,
            delegated,
            pending,
            sample,
            in_force,
            private,
            range,
            authorizations,
            columns,
            rows,
            citations,
            span,
        } = node;
        let speech = &self.speech;
        let keys = speech.bracketed(&speech.names(keys, speech.say("，", ", ")));
        let ty_text = speech.type_expression(ty);
        let head = format!("{} {}{keys}", speech.word("表"), speech.binding(name));
        let mut text = format!("{head}{}{ty_text}", speech.colon());
        let mut end = ty.span.range().end;
        let modifiers = HeadModifiers {
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
        modifiers.sort_by_key(|(span, _)| span.start);
        for (span, modifier) in modifiers {
            text = [&text, speech.comma(), &modifier].concat();
            end = end.max(span.range().end);
        }
        let citations: Vec<_> = citations.iter().collect();
        let mut lines = Vec::new();
        // A table that a lower layer fills has no lines.
        if !columns.is_empty() {
            lines.push((columns_span(columns, *span), self.columns(columns)));
        }
        lines.extend(rows.iter().map(|row| {
            let cells = row.cells.iter().map(|cell| self.table_cell(cell)).collect();
            (row.span, cells)
        }));
        self.cited(Line::new(0, text, span.range().start, end), &citations);
        self.rows(&lines);
    }

    /// The words of the first line.
    pub(super) fn columns(&self, columns: &[Text]) -> Vec<String> {
        let word = |column: &Text| match column.text.as_str() {
            "依据" | "source" => self.speech.word("依据").to_owned(),
            text => match whose(text) {
                Some((owner, list)) => {
                    let of = self.speech.say("的", ".");
                    format!("{owner}{of}{}", self.speech.name_text(list))
                }
                None => self.speech.name_text(text).into_owned(),
            },
        };
        columns.iter().map(word).collect()
    }

    fn table_cell(&self, cell: &TableCell) -> String {
        let TableCell { text, content } = cell;
        match content {
            TableCellContent::Empty | TableCellContent::Words | TableCellContent::Citation(_) => {
                text.text.clone()
            }
            TableCellContent::Other => self.speech.word("其他").to_owned(),
            TableCellContent::Pending => self.speech.word("待查").to_owned(),
            TableCellContent::Alternatives(alternatives) => {
                name_in_cell(self.speech.alternatives(alternatives))
            }
        }
    }

    /// Lines of cells between bars.
    pub(super) fn rows(&mut self, rows: &[(Span, Vec<String>)]) {
        let count = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let mut widths = vec![0; count];
        for (_, cells) in rows {
            for (widest, cell) in widths.iter_mut().zip(cells) {
                let own = width(cell);
                if own <= WIDEST_COLUMN {
                    *widest = own.max(*widest);
                }
            }
        }
        let bar = match self.speech.dialect {
            Dialect::Zh => "｜",
            Dialect::En => "|",
        };
        let side = self.speech.say("", " ");
        for (span, cells) in rows {
            let mut text = bar.to_owned();
            for (cell, widest) in cells.iter().zip(&widths) {
                let blanks = " ".repeat(widest.saturating_sub(width(cell)));
                text.push_str(&format!("{side}{cell}{blanks}{side}{bar}"));
            }
            self.line(Line::at(2, text, *span));
        }
    }
}

/// A value, in quotes where a cell that is just this would say something else.
pub(super) fn name_in_cell(text: String) -> String {
    if CELL_WORDS.contains(&text.as_str()) { format!("「{text}」") } else { text }
}

/// `甲的殡葬费用` over the items of one person: whose, and which list.
pub(super) fn whose(column: &str) -> Option<(&str, &str)> {
    let (owner, list) = column.split_once(['的', '.'])?;
    Some((owner.trim(), list.trim()))
}

/// Where the first line of a table stands.
pub(super) fn columns_span(columns: &[Text], table: Span) -> Span {
    match (columns.first(), columns.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => table,
    }
}
