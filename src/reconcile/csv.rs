//! A reconciliation as comma-separated values, for a spreadsheet: one difference a line, then what
//! is odd about the list.

use super::{Difference, Reconciliation};
use crate::diagnostic::Language;

/// Under a heading, behind a byte order mark, by which spreadsheets know that the text is UTF-8.
#[must_use]
pub fn csv(found: &Reconciliation, language: Language) -> String {
    let heading: [&str; 12] = match language {
        Language::Zh => [
            "结论",
            "家庭",
            "人",
            "待遇",
            "月份",
            "应发",
            "应发不低于",
            "应发不高于",
            "已发",
            "差额",
            "说明",
            "清单行",
        ],
        Language::En => [
            "verdict",
            "household",
            "person",
            "benefit",
            "month",
            "due",
            "due_low",
            "due_high",
            "paid",
            "difference",
            "remark",
            "rows",
        ],
    };
    let mut out = String::from('\u{feff}');
    line(&mut out, heading.map(str::to_owned));
    for one in &found.differences {
        line(&mut out, cells(one, language));
    }
    for finding in &found.card {
        let mut cells: [String; 12] = std::array::from_fn(|_| String::new());
        let [verdict, .., remark, rows] = &mut cells;
        *verdict = say(language, "核查清单", "check the list").to_owned();
        *remark = finding.message.get(language).to_owned();
        *rows = finding.rows.join(" ");
        line(&mut out, cells);
    }
    out
}

fn cells(one: &Difference, language: Language) -> [String; 12] {
    let words = one.verdict.words();
    let verdict = match language {
        Language::Zh => words.0,
        Language::En => words.1,
    };
    let mut remark = one.reasons.clone();
    if one.at_least {
        remark
            .push(say(language, "差额至少是这个数", "the difference is at least this").to_owned());
    }
    for (list, zh, en) in [
        (&one.waits_for, "要等 ", "waits for "),
        (&one.assumed, "按缺省计 ", "defaults applied: "),
        (&one.unverified, "样例数值 ", "made-up values: "),
    ] {
        if !list.is_empty() {
            let list = list.join(say(language, "、", ", "));
            remark.push(format!("{}{list}", say(language, zh, en)));
        }
    }
    [
        verdict.to_owned(),
        one.household.clone(),
        one.person.clone().unwrap_or_default(),
        one.benefit.clone(),
        one.month.map(|month| month.to_string()).unwrap_or_default(),
        one.due.clone().unwrap_or_default(),
        one.due_low.clone().filter(|_| one.due.is_none()).unwrap_or_default(),
        one.due_high.clone().filter(|_| one.due.is_none()).unwrap_or_default(),
        one.paid.clone(),
        one.difference.clone().unwrap_or_default(),
        remark.join(say(language, "；", "; ")),
        one.rows.join(" "),
    ]
}

fn say<'t>(language: Language, zh: &'t str, en: &'t str) -> &'t str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

fn line(out: &mut String, cells: [String; 12]) {
    let quoted = cells.map(|cell| quoted(&cell));
    out.push_str(&quoted.join(","));
    out.push_str("\r\n");
}

/// In quotes where commas, quotes or line ends stand in it; behind an apostrophe where a
/// spreadsheet would take it for a formula.
fn quoted(cell: &str) -> String {
    let is_number = cell
        .strip_prefix('-')
        .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
    let is_formula = cell.starts_with(['=', '+', '-', '@']) && !is_number;
    let cell = if is_formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell
}
