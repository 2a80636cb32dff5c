//! The lines of a reply.

use super::world::Options;
use crate::diagnostic::Language;
use crate::explain::layout::{Paint, Style, columns, pad, visible, wrap};

/// A reply being written. Whatever stands on it is made [`visible`] first.
#[derive(Debug)]
pub(super) struct Paper {
    pub(super) options: Options,
    out: String,
}

impl Paper {
    pub(super) fn new(options: Options) -> Self {
        Self { options, out: String::new() }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    pub(super) fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// The words of the language of the session.
    pub(super) fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.options.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    pub(super) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// A line, its continuations indented alike.
    pub(super) fn line(&mut self, indent: usize, style: Style, text: &str) {
        self.led(indent, "", Style::Plain, style, text);
    }

    /// A line that begins with a word of its own style, its continuations aligned after it.
    pub(super) fn led(
        &mut self,
        indent: usize,
        lead: &str,
        lead_style: Style,
        style: Style,
        text: &str,
    ) {
        let paint = Paint { color: self.options.color };
        let lead = visible(lead);
        let text = visible(text);
        let hang = indent + columns(&lead);
        let width = self.options.width.saturating_sub(hang).max(16);
        for (at, line) in wrap(&text, width).iter().enumerate() {
            let before = if at == 0 {
                format!("{:indent$}{}", "", paint.apply(lead_style, &lead))
            } else {
                " ".repeat(hang)
            };
            self.push(&format!("{before}{}", paint.apply(style, line)));
        }
    }

    /// Rows in aligned columns, two blanks between them; the last column wraps within itself. The
    /// style is of the whole row.
    pub(super) fn table(&mut self, indent: usize, rows: &[(Style, Vec<String>)]) {
        let widths = widths(rows.iter().map(|(_, row)| row.as_slice()));
        for (style, row) in rows {
            let mut lead = String::new();
            let last = row.len().saturating_sub(1);
            for (cell, width) in row.iter().take(last).zip(&widths) {
                lead.push_str(&pad(&visible(cell), width + 2));
            }
            let text = row.last().map_or("", String::as_str);
            if text.is_empty() {
                self.line(indent, *style, lead.trim_end());
            } else {
                self.led(indent, &lead, *style, *style, text);
            }
        }
    }

    /// Text that is laid out already.
    pub(super) fn raw(&mut self, text: &str) {
        self.out.push_str(text);
        if !text.is_empty() && !text.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn push(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }
}

/// The widest cell of each column.
pub(super) fn widths<'r>(rows: impl Iterator<Item = &'r [String]>) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            let width = columns(&visible(cell));
            match widths.get_mut(at) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    widths
}
