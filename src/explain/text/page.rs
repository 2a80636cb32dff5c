//! Lines on a page: indentation, wrapping, aligned fields and tables.

use super::TextOptions;
use crate::diagnostic::Language;
use crate::explain::layout::{self, PageOptions, Style, cells, pad, visible, wrap};
use crate::explain::outline::Detail;
use crate::explain::view::SourceView;
use crate::explain::words;

/// Text being laid out. Whatever is written is made [`visible`] first.
pub(super) struct Page {
    pub(super) language: Language,
    detail: Detail,
    page: layout::Page,
    /// Whether something was left out.
    is_folded: bool,
}

/// How the command shows what was left out.
pub(crate) fn hint(language: Language) -> &'static str {
    words::say(language, "未展开的各项用 --full 显示", "--full shows what is not shown here")
}

impl Page {
    pub(super) fn new(language: Language, options: TextOptions) -> Self {
        let TextOptions { color, width, detail } = options;
        let page = layout::Page::new(language, PageOptions { color, width });
        Self { language, detail, page, is_folded: false }
    }

    pub(super) fn finish(self) -> String {
        self.page.finish()
    }

    pub(super) fn blank(&mut self) {
        self.page.blank();
    }

    /// Whether everything is shown.
    pub(super) fn is_full(&self) -> bool {
        self.detail.full
    }

    /// How many levels of reasons are shown, where that was said.
    pub(super) fn depth(&self) -> Option<u32> {
        self.detail.depth
    }

    /// The lines, and whether something was left out of them.
    #[cfg(feature = "repl")]
    pub(super) fn drawn(self) -> (String, bool) {
        (self.page.finish(), self.is_folded)
    }

    /// Lines that were drawn on another page alike.
    #[cfg(feature = "repl")]
    pub(super) fn put(&mut self, text: &str, is_folded: bool) {
        self.page.put(text);
        self.is_folded |= is_folded;
    }

    /// Whether only outcomes are shown.
    pub(super) fn is_summary(&self) -> bool {
        !self.is_full() && self.detail.depth == Some(0)
    }

    /// The layer, the citations and, in full, the place in the policy files.
    pub(super) fn source(&mut self, indent: usize, source: &SourceView) {
        let mut text = words::source(source, self.language);
        if self.is_full() && !source.place.is_empty() {
            text.push_str(&format!(" {}", source.place));
        }
        let says_something = !source.citations.is_empty() || self.is_full();
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
            self.line(0, Style::Faint, hint(self.language));
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
        self.page.led_in(indent, lead, lead_style, style, text);
    }

    /// Rows in aligned columns; the last column wraps within itself.
    pub(super) fn table(&mut self, indent: usize, rows: &[Vec<String>]) {
        let (rows, widths) = cells(rows);
        for row in &rows {
            let mut before = " ".repeat(indent);
            let mut hang = indent;
            let last = row.len().saturating_sub(1);
            for ((cell, wide), width) in row.iter().take(last).zip(&widths) {
                let width = width.saturating_add(2);
                before.push_str(cell);
                before.extend(std::iter::repeat_n(' ', width.saturating_sub(*wide)));
                hang = hang.saturating_add(width);
            }
            let (cell, wide) = row.last().map_or(("", 0), |(cell, wide)| (cell.as_ref(), *wide));
            if !self.page.holds(hang.saturating_add(wide.min(16))) {
                // No room beside the other columns: below them.
                self.page.push(&before, "");
                hang = indent.saturating_add(4);
                before = " ".repeat(hang);
            }
            let lines = wrap(cell, self.page.room(hang));
            for (at, line) in lines.iter().enumerate() {
                let before = if at == 0 { before.clone() } else { " ".repeat(hang) };
                self.page.push(&before, line);
            }
        }
    }
}
