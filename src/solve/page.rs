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

/// Rows in aligned columns, the first of them a heading. A table that is wider than the page is
/// turned, and where that is no narrower cut into several that each begin with the first column.
pub(super) fn aligned(page: &mut Page, indent: usize, rows: &[Vec<String>]) {
    let wide = |rows: &[Vec<String>]| {
        let columns: Vec<usize> =
            cells(rows).1.iter().map(|width| width.saturating_add(GAP)).collect();
        (columns.iter().sum::<usize>().saturating_add(indent).saturating_sub(GAP), columns)
    };
    if page.holds(wide(rows).0) {
        return laid(page, indent, rows);
    }
    let turned = turned(rows);
    if page.holds(wide(&turned).0) {
        return laid(page, indent, &turned);
    }
    // The way round that has fewer columns, so that there are fewer parts.
    let rows = if wide(&turned).1.len() < wide(rows).1.len() { turned } else { rows.to_vec() };
    for (number, part) in parts(page, indent, &wide(&rows).1).into_iter().enumerate() {
        if number > 0 {
            page.blank();
        }
        let cut = rows.iter().map(|row| {
            let cells = std::iter::once(0).chain(part.clone());
            cells.filter_map(|at| row.get(at).cloned()).collect()
        });
        laid(page, indent, &cut.collect::<Vec<Vec<String>>>());
    }
}

/// Blanks between columns.
const GAP: usize = 2;

/// Which columns behind the first stand side by side: as many as the page holds, one at least.
fn parts(page: &Page, indent: usize, columns: &[usize]) -> Vec<std::ops::Range<usize>> {
    let first = columns.first().copied().unwrap_or(0).saturating_add(indent);
    let mut parts = Vec::new();
    let (mut start, mut taken) = (1, first);
    for (at, column) in columns.iter().enumerate().skip(1) {
        if at > start && !page.holds(taken.saturating_add(*column).saturating_sub(GAP)) {
            parts.push(start..at);
            (start, taken) = (at, first);
        }
        taken = taken.saturating_add(*column);
    }
    parts.push(start..columns.len());
    parts
}

/// Columns as rows.
fn turned(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cell = |row: &Vec<String>, at: usize| row.get(at).cloned().unwrap_or_default();
    (0..count).map(|at| rows.iter().map(|row| cell(row, at)).collect()).collect()
}

fn laid(page: &mut Page, indent: usize, rows: &[Vec<String>]) {
    let (rows, widths) = cells(rows);
    for (number, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|((cell, _), width)| pad(cell, width.saturating_add(GAP)))
            .collect();
        let style = if number == 0 { Style::Faint } else { Style::Plain };
        let text = page.styled(style, cells.concat().trim_end());
        page.push(&" ".repeat(indent), &text);
    }
}
