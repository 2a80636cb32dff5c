//! A sweep as comma-separated values, for a spreadsheet.

use super::sweep::{Reading, Sweep, SweepPoint};
use super::view::OutputKind;
use super::words::outcome;
use crate::diagnostic::Language;
use crate::hir::Constant;
use crate::input::Scalar;
use crate::value::Rational;

/// The points of a sweep, one a line, under a heading. It begins with a byte order mark, by which
/// spreadsheets know that the text is UTF-8.
#[must_use]
pub fn sweep(sweep: &Sweep, points: &[SweepPoint], language: Language) -> String {
    let mut heading = vec![with_unit(&sweep.fact.id, &sweep.fact.unit)];
    for output in &sweep.outputs {
        let id = match output.kind {
            OutputKind::Total => output.name.as_str(),
            OutputKind::Outcome | OutputKind::Payment => output.id.as_str(),
        };
        heading.push(with_unit(id, &output.unit));
    }
    let mut out = String::from('\u{feff}');
    line(&mut out, &heading);
    for point in points {
        let mut cells = vec![match point.value {
            Some(Scalar::Constant(Constant::Number(number))) => number.to_string(),
            Some(Scalar::Constant(Constant::Date(date))) => date.to_string(),
            other => sweep.value_text(other, language),
        }];
        cells.extend(point.outputs.iter().map(|reading| cell(reading, language)));
        line(&mut out, &cells);
    }
    out
}

fn with_unit(name: &str, unit: &str) -> String {
    if unit.is_empty() { name.to_owned() } else { format!("{name}（{unit}）") }
}

fn cell(reading: &Reading, language: Language) -> String {
    if let Some(found) = reading.outcome {
        return outcome(found, language).to_owned();
    }
    let number = |number: Rational| number.to_string();
    match (reading.amount(), reading.low, reading.high) {
        (Some(amount), _, _) => number(amount),
        (None, None, None) => String::new(),
        (None, low, high) => {
            let end = |end: Option<Rational>| end.map_or_else(String::new, number);
            format!("{}..{}", end(low), end(high))
        }
    }
}

fn line(out: &mut String, cells: &[String]) {
    let quoted: Vec<String> = cells
        .iter()
        .map(|cell| {
            if cell.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        })
        .collect();
    out.push_str(&quoted.join(","));
    out.push_str("\r\n");
}
