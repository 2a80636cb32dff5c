//! A paper in lines: the title in the middle, paragraphs indented, tables in columns that share
//! the width.

use super::Block;
use crate::diagnostic::Language;
use crate::explain::layout::{columns, pad, visible, wrap};

/// No column gets narrower.
const LEAST: usize = 6;

/// Between two columns.
const GAP: usize = 2;

pub(super) fn draw(blocks: &[Block], language: Language, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut before: Option<&Block> = None;
    for block in blocks {
        let is_list = matches!(block, Block::Item(_) | Block::Paragraph(_));
        let same = before
            .is_some_and(|before| std::mem::discriminant(before) == std::mem::discriminant(block));
        let is_close = same && (is_list || matches!(block, Block::Right(_)));
        if before.is_some() && !is_close {
            lines.push(String::new());
        }
        before = Some(block);
        match block {
            Block::Title(text) | Block::Middle(text) => {
                for line in wrap(&visible(text), width) {
                    let left = width.saturating_sub(columns(&line)) / 2;
                    lines.push(format!("{}{line}", " ".repeat(left)));
                }
            }
            Block::Right(text) => {
                for line in wrap(&visible(text), width) {
                    let left = width.saturating_sub(columns(&line));
                    lines.push(format!("{}{line}", " ".repeat(left)));
                }
            }
            Block::Heading(text) | Block::Flush(text) => lines.extend(wrap(&visible(text), width)),
            Block::Warning(text) => led(&mut lines, "! ", "  ", text, width),
            Block::Item(text) => led(&mut lines, "  - ", "    ", text, width),
            Block::Paragraph(text) => {
                let first = if language == Language::Zh { "    " } else { "" };
                led(&mut lines, first, "", text, width);
            }
            Block::Table(head, rows) => table(&mut lines, head, rows, width),
        }
    }
    let mut out = String::new();
    for line in lines {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// A paragraph whose first line begins with `first`, the others with `rest`.
fn led(lines: &mut Vec<String>, first: &str, rest: &str, text: &str, width: usize) {
    let room = width.saturating_sub(columns(rest)).max(LEAST);
    // The first indent takes part in breaking the line, so that later lines are full.
    let marker = "\u{3000}".repeat(columns(first) / 2);
    let whole = if rest.is_empty() { format!("{marker}{}", visible(text)) } else { visible(text) };
    let room = if rest.is_empty() { width.max(LEAST) } else { room };
    for (at, line) in wrap(&whole, room).into_iter().enumerate() {
        match (at, rest.is_empty()) {
            (_, true) => lines.push(line),
            (0, false) => lines.push(format!("{first}{line}")),
            (_, false) => lines.push(format!("{rest}{line}")),
        }
    }
}

fn table(lines: &mut Vec<String>, head: &[String], rows: &[Vec<String>], width: usize) {
    let widths = widths(head, rows, width);
    let mut write = |cells: &[String]| {
        let wrapped: Vec<Vec<String>> = widths
            .iter()
            .enumerate()
            .map(|(at, width)| {
                cells.get(at).map(|cell| wrap(&visible(cell), *width)).unwrap_or_default()
            })
            .collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for row in 0..height {
            let mut line = String::new();
            for (cell, width) in wrapped.iter().zip(&widths) {
                let text = cell.get(row).map_or("", String::as_str);
                line.push_str(&pad(text, width + GAP));
            }
            lines.push(line);
        }
    };
    write(head);
    let rules: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    write(&rules);
    rows.iter().for_each(|row| write(row));
}

/// As wide as the cells are; the widest give way until the table fits.
fn widths(head: &[String], rows: &[Vec<String>], width: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = (0..head.len())
        .map(|at| {
            let cells = rows.iter().filter_map(|row| row.get(at)).chain(head.get(at));
            cells.map(|cell| columns(&visible(cell))).max().unwrap_or(LEAST).max(2)
        })
        .collect();
    let gaps = GAP.saturating_mul(head.len().saturating_sub(1));
    while widths.iter().sum::<usize>().saturating_add(gaps) > width {
        let Some(widest) = widths.iter_mut().max() else { break };
        if *widest <= LEAST {
            break;
        }
        *widest = widest.saturating_sub(1);
    }
    widths
}
