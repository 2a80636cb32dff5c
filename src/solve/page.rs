//! What only sweeps and changes have on a page: numbered thresholds, and tables.

use crate::explain::layout::{Page, Style, cells, pad};

/// How the thresholds of a sweep are numbered: ①, ②, … (21)
#[must_use]
pub fn mark(at: usize) -> String {
    const MARKS: [char; 20] = [
        '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '⑩', '⑪', '⑫', '⑬', '⑭', '⑮', '⑯', '⑰', '⑱',
        '⑲', '⑳',
    ];
    MARKS.get(at).map_or_else(|| format!("({})", at.saturating_add(1)), char::to_string)
}

/// Rows in aligned columns, the first of them a heading; a table that is wider than the page
/// is left as it is, since a broken row cannot be read.
pub(super) fn aligned(page: &mut Page, indent: usize, rows: &[Vec<String>]) {
    let (rows, widths) = cells(rows);
    for (number, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| pad(cell, width.saturating_add(2)))
            .collect();
        let style = if number == 0 { Style::Faint } else { Style::Plain };
        let text = page.styled(style, cells.concat().trim_end());
        page.push(&" ".repeat(indent), &text);
    }
}
