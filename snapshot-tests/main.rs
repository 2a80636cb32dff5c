//! Snapshot tests: one check for each kind of case under `cases/`. `README.md` tells how to add one.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that cannot read its own cases fails"
)]

mod builtins;
mod check;
#[cfg(feature = "cli")]
mod cli;
mod corpus;
mod defects;
mod diagnostics;
mod eval;
mod everywhere;
mod explain;
mod inventory;
mod manual;
mod mutated;
mod program;
#[cfg(feature = "repl")]
mod repl;
#[cfg(all(unix, feature = "cli", feature = "repl"))]
mod terminal;
mod tidy;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// A file of cases: its path below `cases/`, and its text.
struct CaseFile {
    path: String,
    text: String,
}

impl CaseFile {
    /// Its name without folder and ending.
    fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.split_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// The top of the repository.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn cases() -> PathBuf {
    root().join("snapshot-tests/cases")
}

/// The cases of a kind, in the order of their names.
fn case_files(kind: &str) -> Vec<CaseFile> {
    let mut files: Vec<CaseFile> = files_below(&cases().join(kind))
        .into_iter()
        .map(|path| CaseFile {
            text: std::fs::read_to_string(&path).unwrap(),
            path: slashed(path.strip_prefix(cases()).unwrap()),
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!files.is_empty(), "cases/{kind}/ has no cases");
    files
}

/// Every file below a folder.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Holds a result still in the snapshot that has the name of its case, after the source.
fn assert_result(case: &CaseFile, source: &str, result: &str) {
    let (folder, _) = case.path.rsplit_once('/').unwrap_or(("", ""));
    let text = format!("SOURCE\n{}\n\nRESULT\n{}", source.trim_end(), result.trim_end());
    insta::with_settings!({
        snapshot_path => root().join("snapshot-tests/snapshots").join(folder),
        prepend_module_to_snapshot => false,
        omit_expression => true,
        description => case.path.clone(),
    }, {
        insta::assert_snapshot!(case.stem(), text);
    });
}

/// Runs a check over all cases of a kind, and fails with the names of those that failed.
fn each(files: &[CaseFile], check: impl Fn(&CaseFile)) {
    let failed: Vec<&str> = files
        .iter()
        .filter(|file| catch_unwind(AssertUnwindSafe(|| check(file))).is_err())
        .map(|file| file.path.as_str())
        .collect();
    assert!(failed.is_empty(), "failed: {}", failed.join(", "));
}

/// The kinds of case that have a snapshot each.
const SNAPSHOT_KINDS: [&str; 2] = ["diagnostics", "explain"];

#[test]
fn every_snapshot_has_its_case() {
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        // They are being written at this moment.
        return;
    }
    let snapshots = root().join("snapshot-tests/snapshots");
    let found: BTreeSet<String> = files_below(&snapshots)
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "snap"))
        .map(|path| slashed(path.strip_prefix(&snapshots).unwrap()))
        .collect();
    let wanted: BTreeSet<String> = SNAPSHOT_KINDS
        .iter()
        .flat_map(|kind| case_files(kind))
        .map(|case| format!("{}/{}.snap", case.path.rsplit_once('/').unwrap().0, case.stem()))
        .collect();
    let orphans: Vec<&String> = found.difference(&wanted).collect();
    let missing: Vec<&String> = wanted.difference(&found).collect();
    assert!(orphans.is_empty(), "snapshots of no case: {orphans:?}");
    assert!(missing.is_empty(), "cases without their snapshot: {missing:?}");
}
