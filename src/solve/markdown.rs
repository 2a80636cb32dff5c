//! Sweeps and changes as Markdown, for a file note or a report.

use super::sweep::Sweep;
use super::text::{headline, table, thresholds_said};
use super::words::value;
use crate::diagnostic::Language;
use crate::explain::markdown::escape;

/// A sweep in `language`.
#[must_use]
pub fn sweep(sweep: &Sweep, language: Language) -> String {
    let say = |zh: &'static str, en: &'static str| match language {
        Language::Zh => zh,
        Language::En => en,
    };
    let mut out = format!("# {}\n\n", escape(&headline(sweep, language)));
    out.push_str(&escape(&super::text::dates(&sweep.asked, language)));
    out.push_str("\n\n");
    rows(&mut out, &table(sweep, language));
    let thresholds = thresholds_said(sweep, language);
    if !thresholds.is_empty() {
        out.push_str(&format!("\n## {}\n\n", say("转折", "Thresholds")));
        for threshold in thresholds {
            out.push_str(&format!("- **{}**\n", escape(&threshold.title)));
            for (cause, source) in threshold.causes {
                out.push_str(&format!("  - {}\n", escape(&cause)));
                if !source.is_empty() {
                    out.push_str(&format!("    {}\n", escape(&source)));
                }
            }
            for change in threshold.changes {
                out.push_str(&format!("  - {}\n", escape(&change)));
            }
        }
    }
    if let Some(stop) = &sweep.stopped {
        let at = value(&stop.at, language);
        let text = match language {
            Language::Zh => format!("到{at}为止：{}", stop.zh),
            Language::En => format!("up to {at}: {}", stop.en),
        };
        out.push_str(&format!("\n> {}\n", escape(&text)));
    }
    out
}

fn rows(out: &mut String, rows: &[Vec<String>]) {
    for (number, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|cell| escape(cell).replace('|', "\\|")).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
        if number == 0 {
            out.push_str(&format!("|{}\n", " --- |".repeat(row.len())));
        }
    }
}
