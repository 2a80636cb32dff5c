//! Lines and aligned tables for a terminal.

use crate::diagnostic::Language;
use crate::explain::layout::{Paint, Style, columns, pad, visible, wrap};

/// How to lay out the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextOptions {
    /// Terminal colours.
    pub color: bool,
    /// Columns of a line.
    pub width: usize,
}

impl Default for TextOptions {
    fn default() -> Self {
        Self { color: false, width: 100 }
    }
}

/// How the thresholds of a sweep are numbered: ①, ②, … (21)
#[must_use]
pub fn mark(at: usize) -> String {
    const MARKS: [char; 20] = [
        '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '⑩', '⑪', '⑫', '⑬', '⑭', '⑮', '⑯', '⑰', '⑱',
        '⑲', '⑳',
    ];
    MARKS.get(at).map_or_else(|| format!("({})", at.saturating_add(1)), char::to_string)
}

/// Text being laid out; whatever is written is made [`visible`] first.
pub(super) struct Page {
    pub(super) language: Language,
    width: usize,
    paint: Paint,
    out: String,
}

impl Page {
    pub(super) fn new(language: Language, options: TextOptions) -> Self {
        let paint = Paint { color: options.color };
        Self { language, width: options.width, paint, out: String::new() }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// The wording of the page's language.
    pub(super) fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    pub(super) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// A heading with an empty line before it.
    pub(super) fn heading(&mut self, text: &str) {
        self.blank();
        self.line(0, Style::Strong, text);
    }

    pub(super) fn line(&mut self, indent: usize, style: Style, text: &str) {
        self.led(indent, "", style, text);
    }

    /// A line behind a lead, its continuations aligned with its text.
    pub(super) fn led(&mut self, indent: usize, lead: &str, style: Style, text: &str) {
        let lead = visible(lead);
        let hang = indent + columns(&lead);
        let width = self.width.saturating_sub(hang).max(16);
        for (at, line) in wrap(&visible(text), width).iter().enumerate() {
            let before = if at == 0 { format!("{:indent$}{lead}", "") } else { " ".repeat(hang) };
            let line = format!("{before}{}", self.paint.apply(style, line));
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }

    /// Rows in aligned columns, the first of them a heading; a table that is wider than the page
    /// is left as it is, since a broken row cannot be read.
    pub(super) fn table(&mut self, indent: usize, rows: &[Vec<String>]) {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| visible(cell)).collect()).collect();
        let count = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..count)
            .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|c| columns(c)).max())
            .map(|width| width.unwrap_or(0))
            .collect();
        for (number, row) in rows.iter().enumerate() {
            let cells: Vec<String> =
                row.iter().zip(&widths).map(|(cell, width)| pad(cell, width + 2)).collect();
            let style = if number == 0 { Style::Faint } else { Style::Plain };
            let text = cells.concat();
            let text = self.paint.apply(style, text.trim_end());
            self.out.push_str(&format!("{:indent$}{text}\n", ""));
        }
    }
}
