use std::fmt::Write as _;

use super::parse;
use crate::source::SourceId;
use crate::syntax::ast::{Declaration, ExprKind, File};
use crate::syntax::error::SyntaxError;
use crate::syntax::pieces;

const SAMPLES: [(&str, &str); 4] = [
    ("lang", include_str!("../../../snapshot-tests/cases/syntax/lang.hz")),
    ("dec", include_str!("../../../snapshot-tests/cases/syntax/dec.hz")),
    ("misc", include_str!("../../../snapshot-tests/cases/syntax/misc.hz")),
    ("en", include_str!("../../../snapshot-tests/cases/syntax/en.hz")),
];
const WITHOUT_BLANKS: [(&str, &str); 3] = [
    ("lang", include_str!("../../../snapshot-tests/cases/syntax/lang-ns.hz")),
    ("dec", include_str!("../../../snapshot-tests/cases/syntax/dec-ns.hz")),
    ("misc", include_str!("../../../snapshot-tests/cases/syntax/misc-ns.hz")),
];

/// The samples are several files' texts in one; what that breaks is the place of headers only.
fn is_about_header(error: &SyntaxError) -> bool {
    matches!(error, SyntaxError::LateHeader { .. } | SyntaxError::MissingHeader { .. })
}

fn errors(text: &str) -> Vec<SyntaxError> {
    let mut errors = parse(SourceId(0), text).errors;
    errors.retain(|error| !is_about_header(error));
    errors
}

fn file(text: &str) -> File {
    let parsed = parse(SourceId(0), text);
    let errors: Vec<_> = parsed.errors.iter().filter(|error| !is_about_header(error)).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    parsed.file
}

/// The tree without its places.
fn shape(file: &File) -> String {
    let text = format!("{file:#?}");
    let is_place = |line: &str| {
        let place = line.trim().trim_end_matches(',');
        let place = place
            .strip_prefix("0:")
            .unwrap_or_else(|| place.rsplit_once(": 0:").map_or("", |(_, place)| place));
        place.contains("..") && place.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    let mut shape = String::new();
    for line in text.lines().filter(|line| !is_place(line)) {
        writeln!(shape, "{}", line.trim_end()).unwrap();
    }
    shape
}

#[test]
fn samples_parse() {
    for (name, text) in SAMPLES {
        let parsed = parse(SourceId(0), text);
        let errors: Vec<_> = parsed
            .errors
            .iter()
            .filter(|error| !is_about_header(error))
            .map(|error| (error, &text[error.span().start as usize..]))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
        assert!(parsed.skipped.is_empty());
    }
}

#[test]
fn blanks_do_not_matter() {
    for (name, text) in WITHOUT_BLANKS {
        let (_, with_blanks) = SAMPLES.into_iter().find(|(other, _)| *other == name).unwrap();
        let (plain, dense) = (shape(&file(with_blanks)), shape(&file(text)));
        for (left, right) in plain.lines().zip(dense.lines()) {
            assert_eq!(left, right, "{name}");
        }
        assert_eq!(plain.len(), dense.len(), "{name}");
    }
}
