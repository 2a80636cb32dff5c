//! `policies/inventory.md`: each row of the inventory of what five bureaux administer, and where it
//! is written. The rows and their figures are listed here from the plans themselves, not from the map.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::corpus::declares;
use crate::root;

/// The rows, with the figures that the plans state in them.
const ROWS: [(&str, &[&str]); 91] = [
    // A: assistance that looks at income.
    ("A1", &["1201", "20%"]),
    ("A2", &["1358", "1272"]),
    ("A3", &["1345", "1270", "1370", "1300"]),
    ("A4", &["3362", "6287", "1124", "9631", "2836"]),
    ("A5", &[]),
    ("A6", &[]),
    ("A7", &["81%"]),
    ("A8", &[]),
    ("A9", &[]),
    ("A10", &[]),
    ("A11", &[]),
    ("A12", &[]),
    ("A13", &[]),
    ("A14", &[]),
    ("A15", &[]),
    ("A16", &[]),
    ("A17", &[]),
    ("A18", &[]),
    ("A19", &["288", "5.8", "4.1"]),
    ("A20", &[]),
    ("A21", &[]),
    ("A22", &["1304", "28", "7"]),
    // B: monitoring, warnings, lists compared.
    ("B1", &["3.6", "1875"]),
    ("B2", &[]),
    ("B3", &["100%"]),
    ("B4", &[]),
    ("B5", &[]),
    ("B6", &[]),
    ("B7", &[]),
    ("B8", &[]),
    ("B9", &[]),
    ("B10", &[]),
    ("B11", &[]),
    // C: children.
    ("C1", &[]),
    ("C2", &[]),
    ("C3", &[]),
    ("C4", &[]),
    ("C5", &[]),
    ("C6", &["100%"]),
    ("C7", &[]),
    ("C8", &[]),
    ("C9", &["1", "3"]),
    // D: disability.
    ("D1", &[]),
    ("D2", &[]),
    ("D3", &[]),
    ("D4", &[]),
    ("D5", &[]),
    ("D6", &[]),
    ("D7", &[]),
    // E: the elderly.
    ("E1", &[]),
    ("E2", &[]),
    ("E3", &["4000"]),
    ("E4", &["800"]),
    ("E5", &["200"]),
    ("E6", &[]),
    ("E7", &["77", "185"]),
    ("E8", &["6", "3", "2", "300", "101"]),
    ("E9", &["100%"]),
    ("E10", &["1121", "31779", "1303", "10506"]),
    ("E11", &["92%"]),
    ("E12", &["80%"]),
    ("E13", &["3755", "76.2%", "55%"]),
    ("E14", &[]),
    ("E15", &["7000"]),
    ("E16", &[]),
    ("E17", &["34"]),
    ("E18", &[]),
    // F: funerals.
    ("F1", &[]),
    ("F2", &["11675", "565.99"]),
    ("F3", &["13", "1", "17.42"]),
    ("F4", &[]),
    ("F5", &["50%"]),
    ("F6", &[]),
    ("F7", &[]),
    // G: housing, study, illness, charity.
    ("G1", &["92"]),
    ("G2", &["4578", "701.4"]),
    ("G3", &["2948", "668.9"]),
    ("G4", &[]),
    ("G5", &[]),
    ("G6", &[]),
    // H: what the plans set themselves, in the order of the table.
    ("H1", &["2", "4"]),
    ("H2", &["10"]),
    ("H3", &["3"]),
    ("H4", &["90%", "91.28%"]),
    ("H5", &["1"]),
    ("H6", &["49"]),
    ("H7", &[]),
    ("H8", &["5"]),
    ("H9", &["2"]),
    ("H10", &["1", "3"]),
    ("H11", &["9.93", "16.41%", "18.55%"]),
];

/// What has no condition and no amount is not written, and says so.
const OUT_OF_SCOPE: &str = "范围以外";

/// A row of the map.
struct Row {
    figures: String,
    kind: String,
    /// Files below `policies/`, with the names and the titles of cases in each.
    places: Vec<(String, Vec<String>)>,
    remark: String,
}

#[test]
fn every_row_of_the_inventory_is_written_somewhere() {
    let mut map = map();
    let mut wrong = String::new();
    for (id, figures) in ROWS {
        let Some(row) = map.remove(id) else {
            let _ = writeln!(wrong, "{id}: not in the map");
            continue;
        };
        if let Err(why) = holds(&row, figures) {
            let _ = writeln!(wrong, "{id}: {why}");
        }
    }
    for id in map.keys() {
        let _ = writeln!(wrong, "{id}: no such row in the plans");
    }
    assert!(wrong.is_empty(), "policies/inventory.md:\n{wrong}");
}

fn holds(row: &Row, figures: &[&str]) -> Result<(), String> {
    if row.kind == OUT_OF_SCOPE {
        return match (row.places.is_empty() && figures.is_empty(), row.remark.is_empty()) {
            (true, false) => Ok(()),
            (false, _) => Err("out of scope, with a policy or a figure".to_owned()),
            (true, true) => Err("out of scope, without a reason".to_owned()),
        };
    }
    if row.places.is_empty() || row.kind.is_empty() {
        return Err("written nowhere".to_owned());
    }
    let mut law = String::new();
    for (file, names) in &row.places {
        let path = root().join("policies").join(file);
        let text = std::fs::read_to_string(path).map_err(|_| format!("no {file}"))?;
        if names.is_empty() {
            return Err(format!("nothing named in {file}"));
        }
        for name in names {
            let there = match name.strip_prefix('“') {
                Some(_) => text.lines().any(|line| line == format!("案例 {name}")),
                None => declares(&text, name),
            };
            if !there {
                return Err(format!("{file} does not say {name}"));
            }
        }
        law.extend(text.lines().map(|line| line.split(['#', '＃']).next().unwrap_or("")));
    }
    for figure in figures {
        if !states(&row.figures, figure) {
            return Err(format!("the map leaves out {figure}"));
        }
        if !states(&law, figure) {
            return Err(format!("{figure} is in none of its policies"));
        }
    }
    Ok(())
}

/// Whether a text states that number, not as a part of a longer one.
fn states(text: &str, figure: &str) -> bool {
    text.match_indices(figure).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let mut after = text[at + figure.len()..].chars();
        let (next, then) = (after.next(), after.next());
        let longer = next.is_some_and(|c| c.is_ascii_digit() || c == '%')
            || (next == Some('.') && then.is_some_and(|c| c.is_ascii_digit()));
        !longer && before.is_none_or(|c| !c.is_ascii_digit() && c != '.')
    })
}

/// The rows of `policies/inventory.md`, by their number; a number that stands twice fails.
fn map() -> BTreeMap<String, Row> {
    let text = std::fs::read_to_string(root().join("policies/inventory.md")).unwrap();
    let mut map = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [id, _, figures, kind, places, remark] = cells.as_slice() else { panic!("{line}") };
        if *id == "行" {
            continue;
        }
        let row = Row {
            figures: (*figures).to_owned(),
            kind: (*kind).to_owned(),
            places: places.split("<br>").filter_map(place).collect(),
            remark: (*remark).to_owned(),
        };
        assert!(map.insert((*id).to_owned(), row).is_none(), "{id} stands twice");
    }
    map
}

/// ``[file](file) `name` `name` “title of a case”``.
fn place(text: &str) -> Option<(String, Vec<String>)> {
    let (file, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (link, mut rest) = rest.split_once(')')?;
    assert_eq!(file, link, "{text}");
    let mut names = Vec::new();
    while let Some(open) = rest.find(['`', '“']) {
        let title = rest[open..].starts_with('“');
        let body = &rest[open + if title { '“'.len_utf8() } else { 1 }..];
        let close = body.find(if title { "” " } else { "`" });
        let close = close.or_else(|| body.ends_with('”').then(|| body.len() - '”'.len_utf8()));
        let close = close.unwrap_or_else(|| panic!("{text}"));
        names.push(if title {
            format!("“{}”", &body[..close])
        } else {
            body[..close].to_owned()
        });
        rest = &body[close + if title { '”'.len_utf8() } else { 1 }..];
    }
    Some((file.to_owned(), names))
}
