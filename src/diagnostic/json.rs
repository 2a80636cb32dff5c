//! Diagnostics as JSON, for tools: both languages, places as line and column.

use serde::Serialize;

use super::{Bilingual, Diagnostic, Severity};
use crate::source::SourceMap;

/// One diagnostic as it is serialised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct JsonDiagnostic {
    /// The permanent code.
    pub code: String,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// The fact.
    pub message: JsonText,
    /// What to do about it, `null` when we are not sure.
    pub help: Option<JsonText>,
    /// The places, the primary first; a place in an unknown file is left out.
    pub places: Vec<JsonPlace>,
}

/// One text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JsonText {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// One place: lines and columns from 1, columns in characters, the end one past the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct JsonPlace {
    /// The name of the file.
    pub file: String,
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column of the end.
    pub end_column: usize,
    /// What stands there; empty texts for a bare place.
    pub label: JsonText,
}

impl From<&Bilingual> for JsonText {
    fn from(text: &Bilingual) -> Self {
        Self { zh: text.zh.clone(), en: text.en.clone() }
    }
}

/// The serialisable form.
#[must_use]
pub fn to_json(diagnostic: &Diagnostic, sources: &SourceMap) -> JsonDiagnostic {
    let places = diagnostic.labels.iter().filter_map(|label| {
        let file = sources.file(label.span.source)?;
        let (line, column) = file.line_column(label.span.start);
        let (end_line, end_column) = file.line_column(label.span.end);
        let file = file.name().to_owned();
        Some(JsonPlace { file, line, column, end_line, end_column, label: (&label.text).into() })
    });
    JsonDiagnostic {
        code: diagnostic.code.to_owned(),
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: (&diagnostic.message).into(),
        help: diagnostic.help.as_ref().map(JsonText::from),
        places: places.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::to_json;
    use crate::diagnostic::{Bilingual, Diagnostic};
    use crate::source::{SourceMap, Span};

    #[test]
    fn places_are_lines_and_columns_in_characters() {
        let mut sources = SourceMap::default();
        let file = sources.add("a.hz", "政策 甲\n规则 乙\n");
        let finding = Diagnostic::error("huize::types::x", Bilingual::new("错", "wrong"))
            .at(Span::new(file, 7, 18), Bilingual::same("甲"))
            .help(Bilingual::new("改", "fix"));
        let json = to_json(&finding, &sources);
        assert_eq!(
            serde_json::to_value(&json).unwrap(),
            serde_json::json!({
                "code": "huize::types::x",
                "severity": "error",
                "message": {"zh": "错", "en": "wrong"},
                "help": {"zh": "改", "en": "fix"},
                "places": [{
                    "file": "a.hz", "line": 1, "column": 4, "end_line": 2, "end_column": 4,
                    "label": {"zh": "甲", "en": "甲"},
                }],
            })
        );
    }
}
