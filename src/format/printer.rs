//! The lines of the result: blank lines between them, and the comments that belong to each.

use unicode_width::UnicodeWidthStr as _;

use super::comments::{Comment, Comments};
use super::dialect::{Dialect, Speech};
use super::names::Names;
use crate::source::Span;
use crate::syntax::ast::{Citation, Declaration, File};

/// What stands between a line's text and a citation or comment behind it.
pub(super) const BEFORE_CITATION: &str = "    ";

/// Puts lines together.
#[derive(Debug)]
pub(super) struct Printer<'file> {
    pub(super) speech: Speech<'file>,
    pub(super) width: usize,
    comments: Comments<'file>,
    out: String,
    /// The end in the source of what was printed last.
    done: usize,
    /// Lines printed, comments not counted.
    lines: usize,
}

/// A part of a line with the bytes of the source that it covers.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) indent: usize,
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Line {
    pub(super) fn new(indent: usize, text: String, start: usize, end: usize) -> Self {
        Self { indent, text, start, end }
    }

    pub(super) fn at(indent: usize, text: String, span: Span) -> Self {
        let range = span.range();
        Self::new(indent, text, range.start, range.end)
    }
}

/// The columns that `text` takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

impl<'file> Printer<'file> {
    pub(super) fn new(
        text: &'file str,
        dialect: Dialect,
        names: &'file Names,
        width: usize,
    ) -> Self {
        Self {
            speech: Speech::new(text, dialect, names),
            width,
            comments: Comments::of(text),
            out: String::new(),
            done: 0,
            lines: 0,
        }
    }

    /// The whole file.
    pub(super) fn print(mut self, file: &File) -> String {
        if let Some(header) = &file.header {
            self.header(header);
        }
        let mut before: Option<&Declaration> = None;
        let mut before_was_short = false;
        for declaration in &file.declarations {
            let start = self.out.len();
            let lines = self.lines;
            let wants_gap = start > 0 && !self.has_gap_before(declaration.span().range().start);
            self.declaration(declaration);
            let is_short = self.lines == lines + 1;
            let alike = before.is_some_and(|before| {
                std::mem::discriminant(before) == std::mem::discriminant(declaration)
            });
            if wants_gap && !(alike && is_short && before_was_short) {
                self.out.insert(start, '\n');
            }
            before = Some(declaration);
            before_was_short = is_short;
        }
        for comment in self.comments.before(usize::MAX) {
            self.own_line(&comment, 0);
        }
        self.out
    }

    /// Prints a line with the comments before it, in it and behind it.
    pub(super) fn line(&mut self, line: Line) {
        for comment in self.comments.before(line.start) {
            self.own_line(&comment, line.indent);
        }
        let mut inside = self.comments.before(line.end);
        let mut behind = self.comments.behind(&self.speech, line.end);
        if behind.is_none()
            && let [only] = inside.as_slice()
            && !only.own_line
        {
            behind = inside.pop();
        }
        // Behind a citation 注： would be part of it.
        if let Some(comment) = behind
            && comment.text.starts_with('注')
            && (line.text.contains("依据") || line.text.contains("source"))
        {
            inside.push(comment);
            behind = None;
        }
        let gap = self.gap_before(line.start);
        for (at, comment) in inside.iter().enumerate() {
            if at == 0 && gap {
                self.out.push('\n');
            }
            self.push(line.indent, comment.text);
        }
        if gap && inside.is_empty() {
            self.out.push('\n');
        }
        let text = match behind {
            Some(comment) => format!("{}{BEFORE_CITATION}{}", line.text, comment.text),
            None => line.text,
        };
        self.push(line.indent, &text);
        self.lines += 1;
        self.done = self.done.max(line.end);
    }

    /// Prints a line with the citations of what it says: the first behind it where it was written
    /// there or there is room, the others below.
    pub(super) fn cited(&mut self, line: Line, citations: &[&Citation]) {
        let mut line = line;
        let mut rest = citations;
        if let Some((first, others)) = citations.split_first() {
            let text = self.speech.citation(first);
            let range = first.span.range();
            let full = line.indent + width(&line.text) + BEFORE_CITATION.len() + width(&text);
            let was_behind = !self.speech.written(line.end, range.start).contains('\n');
            if (full <= self.width || was_behind) && !line.text.contains('\n') {
                line.text = format!("{}{BEFORE_CITATION}{text}", line.text);
                line.end = line.end.max(range.end);
                rest = others;
            }
        }
        let indent = line.indent + 2;
        self.line(line);
        self.citations(indent, rest);
    }

    /// Citations on lines of their own.
    pub(super) fn citations(&mut self, indent: usize, citations: &[&Citation]) {
        for citation in citations {
            let text = self.speech.citation(citation);
            self.line(Line::at(indent, text, citation.span));
        }
    }

    fn own_line(&mut self, comment: &Comment<'_>, indent: usize) {
        if self.gap_before(comment.start) {
            self.out.push('\n');
        }
        self.push(indent, comment.text);
        self.done = self.done.max(comment.start);
    }

    fn push(&mut self, indent: usize, text: &str) {
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Whether what stands at `start` was set off by a blank line from what was printed before it.
    fn gap_before(&self, start: usize) -> bool {
        if self.out.is_empty() {
            return false;
        }
        let before = self.speech.written(0, start);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let before = self.speech.written(0, line_start).trim_end();
        let gap = self.speech.written(before.len(), line_start);
        line_start > self.done && gap.matches('\n').count() > 1
    }

    /// Whether a blank line stands anywhere between what was printed last and `start`.
    fn has_gap_before(&self, start: usize) -> bool {
        let between = self.speech.written(self.done, start);
        let mut lines = between.split('\n');
        // The rest of the last line, and the beginning of this one.
        lines.next();
        lines.next_back();
        lines.any(|line| line.trim().is_empty())
    }
}
