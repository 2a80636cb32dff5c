//! Lines on a page: indentation, wrapping, aligned fields and tables.

use super::TextOptions;
use crate::diagnostic::Language;
use crate::explain::layout::{Paint, Style, columns, pad, visible, wrap};
use crate::explain::view::SourceView;
use crate::explain::words;

/// Text being laid out. Whatever is written is made [`visible`] first.
pub(super) struct Page {
    pub(super) language: Language,
    pub(super) options: TextOptions,
    paint: Paint,
    out: String,
    /// Whether something was left out.
    is_folded: bool,
}

impl Page {
    pub(super) fn new(language: Language, options: TextOptions) -> Self {
        Self {
            language,
            options,
            paint: Paint { color: options.color },
            out: String::new(),
            is_folded: false,
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    pub(super) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// Whether only outcomes are shown.
    pub(super) fn is_summary(&self) -> bool {
        !self.options.detail.full && self.options.detail.depth == Some(0)
    }

    /// The layer, the citations and, in full, the place in the policy files.
    pub(super) fn source(&mut self, indent: usize, source: &SourceView) {
        let mut text = words::source(source, self.language);
        if self.options.detail.full && !source.place.is_empty() {
            text.push_str(&format!(" {}", source.place));
        }
        let says_something = !source.citations.is_empty() || self.options.detail.full;
        if says_something && !self.is_summary() {
            let name = words::say(self.language, "依据", "source");
            self.field(indent, name, Style::Faint, &text);
        }
    }

    /// Says how many parts are left out.
    pub(super) fn folded(&mut self, indent: usize, hidden: usize) {
        if hidden > 0 {
            let text = match self.language {
                Language::Zh => format!("另有 {hidden} 项未展开"),
                Language::En => format!("{hidden} more, not shown"),
            };
            self.fold(indent, &text);
        }
    }

    /// Says what is left out.
    pub(super) fn fold(&mut self, indent: usize, text: &str) {
        self.is_folded = true;
        self.line(indent, Style::Faint, text);
    }

    /// How to see what was left out, where something was.
    pub(super) fn hint(&mut self) {
        if self.is_folded {
            self.blank();
            let text = words::say(
                self.language,
                "未展开的各项用 --full 显示",
                "--full shows what is not shown here",
            );
            self.line(0, Style::Faint, text);
        }
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
            let mut hang = columns(&before);
            if self.options.width < hang + columns(cell).min(16) {
                // No room beside the other columns: below them.
                self.push_line(&before, "");
                hang = indent + 4;
                before = " ".repeat(hang);
            }
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
