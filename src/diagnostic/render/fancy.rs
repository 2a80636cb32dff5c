//! Diagnostics for a terminal, drawn by miette.
//!
//! miette decides the drawing, we decide what a line is: its own reader of sources counts columns
//! in bytes and starts in the middle of a line.

use std::borrow::Cow;
use std::fmt;

use anstyle::AnsiColor;
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use super::{help_word, on_one_line, plain, visible};
use crate::diagnostic::{Bilingual, Diagnostic, Label, Language, Severity};
use crate::source::{SourceFile, SourceId, SourceMap};

/// miette shows whole lines; one longer than this many bytes goes to [`plain`], which cuts it.
const LONGEST_LINE: usize = 1000;

/// The diagnostic with excerpts drawn in line graphics, in colours if `color`.
///
/// One drawing has one source, so labels in other files than the primary one follow in drawings
/// of their own.
#[must_use]
pub fn fancy(
    diagnostic: &Diagnostic,
    sources: &SourceMap,
    language: Language,
    color: bool,
) -> String {
    if diagnostic.labels.iter().any(|label| is_on_a_long_line(label, sources)) {
        return plain(diagnostic, sources, language);
    }
    let theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_wrap_lines(false)
        .with_context_lines(0);
    let mut out = String::new();
    for report in reports(diagnostic, sources, language) {
        if handler.render_report(&mut out, &report).is_err() {
            return plain(diagnostic, sources, language);
        }
    }
    if let Some(help) = &diagnostic.help {
        // miette's own word for it is always English.
        let style = if color { AnsiColor::Cyan.on_default() } else { anstyle::Style::new() };
        let (word, text) = (help_word(language), on_one_line(help.get(language)));
        out.push_str(&format!("  {style}{word}{style:#}{text}\n"));
    }
    out
}

fn is_on_a_long_line(label: &Label, sources: &SourceMap) -> bool {
    let Some(file) = sources.file(label.span.source) else { return false };
    let at = label.span.start as usize;
    let before = file.text().get(..at).and_then(|text| text.rsplit('\n').next());
    let after = file.text().get(at..).and_then(|text| text.split('\n').next());
    before.map_or(0, str::len) + after.map_or(0, str::len) > LONGEST_LINE
}

/// One report for the primary file, then one for each label elsewhere.
fn reports<'a>(
    diagnostic: &Diagnostic,
    sources: &'a SourceMap,
    language: Language,
) -> Vec<Report<'a>> {
    let primary = diagnostic.span().map(|span| span.source);
    let file = primary.and_then(|id: SourceId| sources.file(id));
    let mut main = Report {
        code: Some(diagnostic.code),
        severity: match diagnostic.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        },
        message: on_one_line(diagnostic.message.get(language)),
        labels: Vec::new(),
        source: file.map(Named::new),
    };
    let mut others = Vec::new();
    for (at, label) in diagnostic.labels.iter().enumerate() {
        let text = on_one_line(label.text.get(language));
        match sources.file(label.span.source) {
            Some(file) if Some(label.span.source) == primary => {
                main.labels.push(labeled(file, label, text, at == 0));
            }
            Some(file) => {
                let message =
                    if text.is_empty() { see_also().get(language).to_owned() } else { text };
                others.push(Report {
                    code: None,
                    severity: miette::Severity::Advice,
                    message,
                    labels: vec![labeled(file, label, String::new(), true)],
                    source: Some(Named::new(file)),
                });
            }
            None => {}
        }
    }
    others.insert(0, main);
    others
}

fn see_also() -> Bilingual {
    Bilingual::new("另见", "see also")
}

/// The part of the label on its first line; at the end of the file, behind the last line.
fn labeled(file: &SourceFile, label: &Label, text: String, primary: bool) -> LabeledSpan {
    let source = file.text();
    let last = source.trim_end_matches(['\n', '\r']).len();
    let start = (label.span.start as usize).min(last);
    let rest = source.get(start..).unwrap_or("");
    let line = rest.split('\n').next().unwrap_or("").trim_end_matches('\r').len();
    let length = (label.span.end as usize).saturating_sub(start).min(line);
    let text = Some(text).filter(|text| !text.is_empty());
    let span = SourceSpan::from((start, length));
    if primary {
        LabeledSpan::new_primary_with_span(text, span)
    } else {
        LabeledSpan::new_with_span(text, span)
    }
}

/// What miette needs to know to make one drawing.
struct Report<'a> {
    code: Option<&'static str>,
    severity: miette::Severity,
    message: String,
    labels: Vec<LabeledSpan>,
    source: Option<Named<'a>>,
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Report").field("message", &self.message).finish_non_exhaustive()
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.code.map(|code| -> Box<dyn fmt::Display + 'b> { Box::new(code) })
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| -> &dyn SourceCode { source })
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        if self.labels.is_empty() { None } else { Some(Box::new(self.labels.iter().cloned())) }
    }
}

/// A file's name and its text with nothing hidden in it.
struct Named<'a> {
    name: Cow<'a, str>,
    text: Cow<'a, str>,
}

impl<'a> Named<'a> {
    fn new(file: &'a SourceFile) -> Self {
        let mut text = visible(file.text());
        if !text.ends_with('\n') {
            // miette draws no mark behind the last character of a text unless a line end is there.
            text.to_mut().push('\n');
        }
        Self { name: visible(file.name()), text }
    }
}

impl SourceCode for Named<'_> {
    /// The whole lines that the span touches; the column is that of the span, in characters.
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        _context_lines_before: usize,
        _context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let text = self.text.as_ref();
        let last = span.offset() + span.len().saturating_sub(1);
        let before = text.get(..span.offset()).ok_or(MietteError::OutOfBounds)?;
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let after = text.as_bytes().get(last..).ok_or(MietteError::OutOfBounds)?;
        let length = after.iter().position(|byte| *byte == b'\n').map_or(after.len(), |at| at + 1);
        let data = text.get(start..last + length).ok_or(MietteError::OutOfBounds)?;
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone().into_owned(),
            data.as_bytes(),
            SourceSpan::from((start, data.len())),
            before.matches('\n').count(),
            text.get(start..span.offset()).map_or(0, |line| line.chars().count()),
            data.lines().count(),
        )))
    }
}
