//! `policies/defects.md`: mistakes met elsewhere, each with the case that catches it. Every mistake
//! of the table is planted in the rules, as `cases/defects.txt` says, and that case has to fail.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use huize::diagnostic::Language;
use huize::diagnostic::render::plain;
use huize::engine::Library;

use crate::{cases, root};

/// A line of the table.
struct Defect {
    number: String,
    /// Of the case, below `policies/`.
    file: String,
    title: String,
}

/// Lines of one file that give way to others.
#[derive(Default)]
struct Planting {
    file: String,
    old: String,
    new: String,
}

#[test]
fn every_defect_has_a_case_that_catches_it() {
    let table = table();
    let mut plantings = plantings();
    let texts = policies();
    let mut passing = BTreeMap::new();
    let mut wrong = String::new();
    for defect in &table {
        let Some(planted) = plantings.remove(&defect.number) else {
            let _ = writeln!(wrong, "{}: not planted in cases/defects.txt", defect.number);
            continue;
        };
        let passed = passing
            .entry(defect.file.clone())
            .or_insert_with(|| passing_in(texts.clone(), &defect.file));
        let caught = passed.clone().and_then(|titles| {
            match titles.iter().filter(|title| **title == defect.title).count() {
                1 => caught(defect, &planted, &texts),
                many => Err(format!("{many} cases of that title pass without the defect")),
            }
        });
        if let Err(why) = caught {
            let _ = writeln!(wrong, "{} {}: {why}", defect.number, defect.title);
        }
    }
    for number in plantings.keys() {
        let _ = writeln!(wrong, "{number}: planted, but not in policies/defects.md");
    }
    assert!(table.len() > 40, "{} defects read", table.len());
    assert!(wrong.is_empty(), "{wrong}");
}

/// Whether the case fails under the defect.
fn caught(defect: &Defect, planted: &[Planting], texts: &[(String, String)]) -> Result<(), String> {
    let mut texts = texts.to_vec();
    for planting in planted {
        let text = text_of(&mut texts, &planting.file)?;
        if text.matches(&planting.old).count() != 1 {
            return Err(format!("{} does not say once:\n{}", planting.file, planting.old));
        }
        *text = text.replace(&planting.old, &planting.new);
    }
    let text = text_of(&mut texts, &defect.file)?;
    *text = with_one_case(text, &defect.title);
    if passing_in(texts, &defect.file)?.is_empty() {
        return Ok(());
    }
    Err("the case passes under the defect".to_owned())
}

fn text_of<'t>(texts: &'t mut [(String, String)], file: &str) -> Result<&'t mut String, String> {
    let found = texts.iter_mut().find(|(name, _)| name == file);
    found.map(|(_, text)| text).ok_or_else(|| format!("no file {file}"))
}

/// A policy's text without its other cases, which stand behind everything else.
fn with_one_case(text: &str, title: &str) -> String {
    let mut parts = text.split("\n案例 “");
    let rules = parts.next().unwrap_or_default();
    let case = parts.find(|case| case.starts_with(&format!("{title}”\n"))).unwrap_or_default();
    format!("{rules}\n案例 “{case}")
}

/// The titles of the cases of the policy in that file that pass.
fn passing_in(texts: Vec<(String, String)>, file: &str) -> Result<Vec<String>, String> {
    let library = Library::from_texts(texts);
    let policies = library.policies();
    let policy = policies.iter().find(|policy| policy.file == file);
    let policy = policy.ok_or_else(|| format!("no policy in {file}"))?;
    let compiled = library.compile_with_cases(&policy.name).map_err(|findings| {
        let shown = findings.iter().map(|found| plain(found, library.sources(), Language::Zh));
        shown.collect::<Vec<_>>().join("\n")
    })?;
    let reports = compiled.run_cases().into_iter();
    Ok(reports.filter(|report| report.passed).map(|report| report.title).collect())
}

/// `| 甲一 | what | [samples/dibao.hz](samples/dibao.hz) “title” |`
fn table() -> Vec<Defect> {
    let text = std::fs::read_to_string(root().join("policies/defects.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| 号 "));
    let read = |row: &str| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [number, _, case] = cells.as_slice() else { panic!("{row}") };
        let (link, title) = case.split_once(" “").unwrap_or_else(|| panic!("{row}"));
        let file = link.trim_start_matches('[').split(']').next().unwrap_or_default();
        assert_eq!(link, format!("[{file}]({file})"), "{row}");
        let title = title.strip_suffix('”').unwrap_or_else(|| panic!("{row}"));
        Defect { number: (*number).to_owned(), file: file.to_owned(), title: title.to_owned() }
    };
    rows.map(read).collect()
}

/// What `cases/defects.txt` plants, by the numbers of the table.
fn plantings() -> BTreeMap<String, Vec<Planting>> {
    let text = std::fs::read_to_string(cases().join("defects.txt")).unwrap();
    let mut all: BTreeMap<String, Vec<Planting>> = BTreeMap::new();
    let mut number = String::new();
    let named = |line: &str, mark: &str| {
        let name = line.strip_prefix(mark)?.strip_suffix(mark)?;
        Some(name.trim().to_owned())
    };
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        if let Some(name) = named(line, "---") {
            assert!(all.insert(name.clone(), Vec::new()).is_none(), "{name} twice");
            number = name;
            continue;
        }
        let of_number = all.get_mut(&number).unwrap_or_else(|| panic!("before a number: {line}"));
        if let Some(file) = named(line, "===") {
            of_number.push(Planting { file, ..Planting::default() });
            continue;
        }
        let planting = of_number.last_mut().unwrap_or_else(|| panic!("before a file: {line}"));
        let (into, line) = match (line.strip_prefix('-'), line.strip_prefix('+')) {
            (Some(line), _) => (&mut planting.old, line),
            (None, Some(line)) => (&mut planting.new, line),
            (None, None) => panic!("neither - nor +: {line}"),
        };
        if !into.is_empty() {
            into.push('\n');
        }
        into.push_str(line);
    }
    all
}

/// Every file of `policies/`, named from there.
fn policies() -> Vec<(String, String)> {
    let library = Library::builtin();
    library
        .sources()
        .iter()
        .map(|(_, file)| {
            let name = file.name().trim_start_matches("policies/");
            (name.to_owned(), file.text().to_owned())
        })
        .collect()
}
