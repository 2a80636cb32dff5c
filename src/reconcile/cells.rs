//! Comma-separated values (RFC 4180) with the place of every cell, which the crates for it do not
//! give: a wrong cell is shown where it stands.

use crate::source::{SourceId, Span};

/// One cell, its quotes taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) span: Span,
}

/// The records of a table that have something in them; where a quote begins that is not closed.
pub(super) fn records(source: SourceId, text: &str) -> Result<Vec<Vec<Cell>>, Span> {
    let mut reader = Reader { source, text, at: 0 };
    let mut records = Vec::new();
    while reader.at < text.len() {
        let record = reader.record()?;
        if record.iter().any(|cell| !cell.text.is_empty()) {
            records.push(record);
        }
    }
    Ok(records)
}

struct Reader<'t> {
    source: SourceId,
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn record(&mut self) -> Result<Vec<Cell>, Span> {
        let mut cells = Vec::new();
        loop {
            cells.push(self.cell()?);
            let rest = self.rest();
            if rest.starts_with(',') {
                self.at = self.at.saturating_add(1);
                continue;
            }
            let end = if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
            self.at = self.at.saturating_add(end);
            return Ok(cells);
        }
    }

    fn cell(&mut self) -> Result<Cell, Span> {
        let start = self.at;
        if self.rest().starts_with('"') {
            let text = self.quoted(start)?;
            return Ok(Cell { text: text.trim().to_owned(), span: self.span(start) });
        }
        let length = self.rest().find([',', '\n', '\r']).unwrap_or(self.rest().len());
        let text = self.rest().get(..length).unwrap_or("").trim().to_owned();
        self.at = self.at.saturating_add(length);
        Ok(Cell { text, span: self.span(start) })
    }

    /// A cell in quotes: a doubled quote is one, and whatever else stands in it stands for itself.
    fn quoted(&mut self, start: usize) -> Result<String, Span> {
        self.at = self.at.saturating_add(1);
        let mut text = String::new();
        loop {
            let Some(length) = self.rest().find('"') else {
                self.at = self.text.len();
                let line = self.text.get(start..).and_then(|rest| rest.lines().next());
                let end = start.saturating_add(line.unwrap_or("").len());
                return Err(Span::new(self.source, start, end));
            };
            text.push_str(self.rest().get(..length).unwrap_or(""));
            self.at = self.at.saturating_add(length).saturating_add(1);
            if self.rest().starts_with('"') {
                text.push('"');
                self.at = self.at.saturating_add(1);
                continue;
            }
            // Between the closing quote and the comma there is nothing that counts.
            let tail = self.rest().find([',', '\n', '\r']).unwrap_or(self.rest().len());
            self.at = self.at.saturating_add(tail);
            return Ok(text);
        }
    }

    fn span(&self, start: usize) -> Span {
        Span::new(self.source, start, self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::records;
    use crate::source::SourceId;

    #[test]
    fn quotes_line_ends_and_empty_lines() {
        let text = "甲,\"1,200\",\"说\"\"好\"\"\"\r\n\r\n 乙 ,,\n,,\n\"两\n行\",x";
        let records = records(SourceId(0), text).unwrap();
        let texts: Vec<Vec<&str>> = records
            .iter()
            .map(|record| record.iter().map(|cell| cell.text.as_str()).collect())
            .collect();
        assert_eq!(
            texts,
            [vec!["甲", "1,200", "说\"好\""], vec!["乙", "", ""], vec!["两\n行", "x"]]
        );
        let amount = &records[0][1];
        assert_eq!(text.get(amount.span.range()), Some("\"1,200\""));
    }

    #[test]
    fn a_quote_is_closed() {
        let text = "a,\"b\nc";
        let from = records(SourceId(0), text).unwrap_err();
        assert_eq!(text.get(from.range()), Some("\"b"));
    }
}
