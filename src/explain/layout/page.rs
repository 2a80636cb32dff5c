//! Text being laid out line by line: wrapped, with leads that hang, and aligned columns.

use std::borrow::Cow;

use super::{Paint, Style, columns, seen, wrap};
use crate::diagnostic::Language;

/// How to lay out the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageOptions {
    /// Terminal colours.
    pub color: bool,
    /// Columns of a line.
    pub width: usize,
}

impl Default for PageOptions {
    fn default() -> Self {
        Self { color: false, width: 100 }
    }
}

/// Lines on a page. Whatever is written is made [`visible`](super::visible) first.
pub(crate) struct Page {
    pub(crate) language: Language,
    width: usize,
    paint: Paint,
    out: String,
}

impl Page {
    pub(crate) fn new(language: Language, options: PageOptions) -> Self {
        let paint = Paint { color: options.color };
        Self { language, width: options.width, paint, out: String::new() }
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// The wording of the page's language.
    pub(crate) fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    pub(crate) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// Lines that were laid out on another page alike.
    #[cfg(feature = "repl")]
    pub(crate) fn put(&mut self, lines: &str) {
        self.out.push_str(lines);
    }

    /// A heading with an empty line before it.
    pub(crate) fn heading(&mut self, text: &str) {
        self.blank();
        self.line(0, Style::Strong, text);
    }

    /// A line, its continuations indented alike.
    pub(crate) fn line(&mut self, indent: usize, style: Style, text: &str) {
        self.led(indent, "", style, text);
    }

    /// A line behind a lead, its continuations aligned with its text.
    pub(crate) fn led(&mut self, indent: usize, lead: &str, style: Style, text: &str) {
        self.led_in(indent, lead, Style::Plain, style, text);
    }

    /// The same with a lead that has a style of its own.
    pub(crate) fn led_in(
        &mut self,
        indent: usize,
        lead: &str,
        lead_style: Style,
        style: Style,
        text: &str,
    ) {
        let lead = seen(lead);
        let hang = indent.saturating_add(columns(&lead));
        for (at, line) in wrap(&seen(text), self.room(hang)).iter().enumerate() {
            let before = if at == 0 {
                format!("{:indent$}{}", "", self.paint.apply(lead_style, &lead))
            } else {
                " ".repeat(hang)
            };
            self.push(&before, &self.paint.apply(style, line));
        }
    }

    /// Columns that are left behind so many; on a very narrow page a line still holds a few
    /// characters.
    pub(crate) fn room(&self, before: usize) -> usize {
        self.width.saturating_sub(before).max(16)
    }

    /// Whether a text of so many columns has a place behind others.
    pub(crate) fn holds(&self, columns: usize) -> bool {
        columns <= self.width
    }

    /// A text in a style.
    pub(crate) fn styled(&self, style: Style, text: &str) -> String {
        self.paint.apply(style, text)
    }

    /// A line as it is, but for the blanks at its end.
    pub(crate) fn push(&mut self, before: &str, line: &str) {
        let start = self.out.len();
        self.out.push_str(before);
        self.out.push_str(line);
        let end = self.out.get(start..).map_or(0, |line| line.trim_end().len());
        self.out.truncate(start.saturating_add(end));
        self.out.push('\n');
    }
}

/// A cell of a table made visible, and the columns that it takes.
type Cell<'t> = (Cow<'t, str>, usize);

/// The cells of a table, and how wide each column is.
pub(crate) fn cells(rows: &[Vec<String>]) -> (Vec<Vec<Cell<'_>>>, Vec<usize>) {
    let cell = |text| {
        let text = seen(text);
        let wide = columns(&text);
        (text, wide)
    };
    let rows: Vec<Vec<Cell<'_>>> =
        rows.iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect();
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |at| rows.iter().filter_map(|row| row.get(at)).map(|(_, wide)| *wide).max();
    let widths = (0..count).map(|at| widest(at).unwrap_or(0)).collect();
    (rows, widths)
}
