//! Lines on a page: indentation, wrapping, aligned fields and tables.

use super::TextOptions;
use crate::diagnostic::Language;
use crate::explain::layout::{Paint, Style, columns, pad, visible, wrap};

/// Text being laid out. Whatever is written is made [`visible`] first.
pub(super) struct Page {
    pub(super) language: Language,
    pub(super) options: TextOptions,
    paint: Paint,
    out: String,
}

impl Page {
    pub(super) fn new(language: Language, options: TextOptions) -> Self {
        Self { language, options, paint: Paint { color: options.color }, out: String::new() }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    pub(super) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// A heading with an empty line before it.
    pub(super) fn heading(&mut self, text: &str) {
        self.blank();
        self.line(0, Style::Strong, text);
    }

    /// A line, its continuations indented alike.
    pub(super) fn line(&mut self, indent: usize, style: Style, text: &str) {
        self.led(indent, "", Style::Plain, style, text);
    }

    /// A line that begins with a mark, its continuations aligned after the mark.
    pub(super) fn marked(
        &mut self,
        indent: usize,
        mark: &str,
        mark_style: Style,
        style: Style,
        text: &str,
    ) {
        self.led(indent, &format!("{mark} "), mark_style, style, text);
    }

    /// A named line: 代入, 依据.
    pub(super) fn field(&mut self, indent: usize, name: &str, style: Style, text: &str) {
        let width = match self.language {
            Language::Zh => 6,
            Language::En => 9,
        };
        self.led(indent, &pad(&visible(name), width), Style::Faint, style, text);
    }

    fn led(&mut self, indent: usize, lead: &str, lead_style: Style, style: Style, text: &str) {
        let text = visible(text);
        let hang = indent + columns(lead);
        // On a very narrow page a line still holds a few characters.
        let width = self.options.width.saturating_sub(hang).max(16);
        for (at, line) in wrap(&text, width).iter().enumerate() {
            let before = if at == 0 {
                format!("{:indent$}{}", "", self.paint.apply(lead_style, lead))
            } else {
                " ".repeat(hang)
            };
            self.push_line(&before, &self.paint.apply(style, line));
        }
    }

    /// Rows in aligned columns; the last column wraps within itself.
    pub(super) fn table(&mut self, indent: usize, rows: &[Vec<String>]) {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| visible(cell)).collect()).collect();
        let count = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..count)
            .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|c| columns(c)).max())
            .map(|width| width.unwrap_or(0))
            .collect();
        for row in &rows {
            let mut before = " ".repeat(indent);
            let last = row.len().saturating_sub(1);
            for (cell, width) in row.iter().take(last).zip(&widths) {
                before.push_str(&pad(cell, width + 2));
            }
            let cell = row.last().map_or("", String::as_str);
            let hang = columns(&before);
            let lines = wrap(cell, self.options.width.saturating_sub(hang).max(16));
            for (at, line) in lines.iter().enumerate() {
                let before = if at == 0 { before.clone() } else { " ".repeat(hang) };
                self.push_line(&before, line);
            }
        }
    }

    fn push_line(&mut self, before: &str, line: &str) {
        self.out.push_str(format!("{before}{line}").trim_end());
        self.out.push('\n');
    }
}
