//! Diagnostics for a terminal, drawn by miette.

use std::borrow::Cow;
use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use super::{on_one_line, plain, visible};
use crate::diagnostic::{Diagnostic, Label, Language, Severity};
use crate::source::{SourceFile, SourceMap};

/// miette shows whole lines; one longer than this many bytes goes to [`plain`], which cuts it.
const LONGEST_LINE: usize = 1000;

/// The diagnostic with excerpts drawn in line graphics, in colours if `color`.
///
/// Places in other files than the primary one follow as reports of their own, since one drawing
/// has one source.
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
    let mut handler =
        GraphicalReportHandler::new_themed(theme).with_links(false).with_context_lines(0);
    // miette's own `help:` is always English.
    if let (Some(help), Language::Zh) = (&diagnostic.help, language) {
        handler = handler.with_footer(format!("改法：{}", on_one_line(&help.zh)));
    }
    let mut out = String::new();
    match handler.render_report(&mut out, &Report::new(diagnostic, sources, language)) {
        Ok(()) => out,
        // A span that fits no source makes miette give up.
        Err(fmt::Error) => plain(diagnostic, sources, language),
    }
}

fn is_on_a_long_line(label: &Label, sources: &SourceMap) -> bool {
    let Some(file) = sources.file(label.span.source) else { return false };
    let at = label.span.start as usize;
    let before = file.text().get(..at).and_then(|text| text.rsplit('\n').next());
    let after = file.text().get(at..).and_then(|text| text.split('\n').next());
    before.map_or(0, str::len) + after.map_or(0, str::len) > LONGEST_LINE
}

/// What miette needs to know of one diagnostic, or of its labels in one further file.
struct Report<'a> {
    code: Option<&'static str>,
    severity: miette::Severity,
    message: String,
    help: Option<String>,
    labels: Vec<LabeledSpan>,
    source: Option<Named<'a>>,
    related: Vec<Report<'a>>,
}

impl<'a> Report<'a> {
    fn new(diagnostic: &Diagnostic, sources: &'a SourceMap, language: Language) -> Self {
        let primary = diagnostic.span().map(|span| span.source);
        let file = primary.and_then(|id| sources.file(id));
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            diagnostic.labels.iter().partition(|label| Some(label.span.source) == primary);
        let labels = here.iter().enumerate().map(|(at, label)| labeled(label, language, at == 0));
        let related = elsewhere.iter().filter_map(|label| {
            let file = sources.file(label.span.source)?;
            Some(Report {
                code: None,
                severity: miette::Severity::Advice,
                message: on_one_line(label.text.get(language)),
                help: None,
                labels: vec![labeled(label, language, true)],
                source: Some(Named::new(file)),
                related: Vec::new(),
            })
        });
        Self {
            code: Some(diagnostic.code),
            severity: match diagnostic.severity {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
            },
            message: on_one_line(diagnostic.message.get(language)),
            help: match language {
                Language::Zh => None,
                Language::En => diagnostic.help.as_ref().map(|help| on_one_line(&help.en)),
            },
            labels: if file.is_some() { labels.collect() } else { Vec::new() },
            source: file.map(Named::new),
            related: related.collect(),
        }
    }
}

fn labeled(label: &Label, language: Language, primary: bool) -> LabeledSpan {
    let text = Some(on_one_line(label.text.get(language))).filter(|text| !text.is_empty());
    let range = label.span.range();
    let span = SourceSpan::from((range.start, range.len()));
    if primary {
        LabeledSpan::new_primary_with_span(text, span)
    } else {
        LabeledSpan::new_with_span(text, span)
    }
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

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        self.help.as_ref().map(|help| -> Box<dyn fmt::Display + 'b> { Box::new(help) })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| -> &dyn SourceCode { source })
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        if self.labels.is_empty() { None } else { Some(Box::new(self.labels.iter().cloned())) }
    }

    fn related<'b>(&'b self) -> Option<Box<dyn Iterator<Item = &'b dyn miette::Diagnostic> + 'b>> {
        if self.related.is_empty() {
            return None;
        }
        Some(Box::new(self.related.iter().map(|report| -> &dyn miette::Diagnostic { report })))
    }
}

/// A file's name and its text with nothing hidden in it.
struct Named<'a> {
    name: Cow<'a, str>,
    text: Cow<'a, str>,
}

impl<'a> Named<'a> {
    fn new(file: &'a SourceFile) -> Self {
        Self { name: visible(file.name()), text: visible(file.text()) }
    }
}

impl SourceCode for Named<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        context_lines_before: usize,
        context_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let inner =
            self.text.as_ref().read_span(span, context_lines_before, context_lines_after)?;
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone().into_owned(),
            inner.data(),
            *inner.span(),
            inner.line(),
            inner.column(),
            inner.line_count(),
        )))
    }
}
