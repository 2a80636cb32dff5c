//! What holds of the tree as a whole: layering, sizes, the grammar, and what its documents name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::{files_below, root, slashed};

/// What each module of `src/` may import, the lowest first. Each stage knows only the stages before
/// it.
const MAY_IMPORT: [(&str, &[&str]); 23] = [
    ("limits", &["diagnostic"]),
    ("source", &["diagnostic", "limits"]),
    ("diagnostic", &["source"]),
    ("value", &["diagnostic"]),
    ("syntax", &["source", "diagnostic", "value", "limits"]),
    ("builtins", &["diagnostic"]),
    ("types", &["value"]),
    ("hir", &["source", "diagnostic", "syntax", "value", "builtins", "types"]),
    ("facts", &["source", "diagnostic", "value", "limits"]),
    (
        "input",
        &["source", "diagnostic", "syntax", "value", "builtins", "types", "hir", "facts", "limits"],
    ),
    ("eval", &["syntax", "value", "types", "hir", "input"]),
    ("trace", &["source", "diagnostic", "value", "types", "hir", "input", "eval"]),
    (
        "explain",
        &["source", "diagnostic", "syntax", "value", "types", "hir", "input", "eval", "trace"],
    ),
    (
        "solve",
        &["diagnostic", "syntax", "value", "types", "hir", "input", "eval", "trace", "explain"],
    ),
    (
        "engine",
        &[
            "source",
            "diagnostic",
            "syntax",
            "value",
            "types",
            "hir",
            "facts",
            "input",
            "eval",
            "trace",
            "explain",
            "schema",
            "solve",
            "limits",
        ],
    ),
    (
        "differ",
        &["diagnostic", "types", "hir", "input", "eval", "trace", "explain", "engine", "value"],
    ),
    ("receipt", &["diagnostic", "types", "hir", "facts", "engine", "value"]),
    (
        "reconcile",
        &["source", "diagnostic", "types", "hir", "facts", "input", "explain", "engine", "value"],
    ),
    (
        "plan",
        &[
            "source",
            "diagnostic",
            "syntax",
            "value",
            "types",
            "hir",
            "facts",
            "input",
            "eval",
            "trace",
            "engine",
        ],
    ),
    ("schema", &["diagnostic", "value", "types", "hir", "trace"]),
    ("format", &["source", "diagnostic", "syntax", "value", "builtins"]),
    (
        "repl",
        &[
            "source",
            "diagnostic",
            "syntax",
            "value",
            "builtins",
            "types",
            "hir",
            "facts",
            "input",
            "eval",
            "trace",
            "explain",
            "engine",
            "differ",
            "solve",
        ],
    ),
    (
        "cli",
        &[
            "source",
            "diagnostic",
            "value",
            "builtins",
            "hir",
            "facts",
            "input",
            "engine",
            "explain",
            "differ",
            "solve",
            "format",
            "receipt",
            "reconcile",
            "repl",
            "schema",
        ],
    ),
];

/// Imports against the order, each with the reason that it stands.
const AGAINST_THE_ORDER: [(&str, &str, &str); 3] = [
    ("trace", "explain", "the plain data of a view: errors and sources in words"),
    ("explain", "engine", "the outcome of a decision is told in one place"),
    ("solve", "engine", "the outcome of a decision is told in one place"),
];

/// The most lines of a source file, tests left out.
const MOST_LINES: usize = 800;

/// Files that are longer, each with the reason.
const LONGER: [(&str, &str); 0] = [];

/// The Rust files of `src/` without their tests: path and text.
fn sources() -> Vec<(String, String)> {
    let mut sources = Vec::new();
    for path in files_below(&root().join("src")) {
        let name = slashed(path.strip_prefix(root()).unwrap());
        if !name.ends_with(".rs") || name.contains("/tests/") || name.ends_with("/tests.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("").to_owned();
        sources.push((name, text));
    }
    sources
}

/// Files that git would keep.
fn kept_files() -> Vec<PathBuf> {
    let own = ["target", ".git"];
    let mut files = Vec::new();
    for entry in std::fs::read_dir(root()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if own.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    // What the fuzzing engine and mdBook leave behind is no part of the tree.
    let left = ["fuzz/target", "fuzz/corpus", "fuzz/artifacts", "fuzz/coverage", "docs/book"]
        .map(|name| root().join(name));
    files.retain(|path| !left.iter().any(|folder| path.starts_with(folder)));
    files
}

/// The modules that a text names after `crate::` or `huize::`.
fn imports(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for start in ["crate::", "huize::"] {
            for (at, _) in line.match_indices(start) {
                let rest = &line[at + start.len()..];
                // A code of a diagnostic is text, not an import.
                if line[..at].ends_with('"') {
                    continue;
                }
                let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '_'));
                found.insert(rest[..end.unwrap_or(rest.len())].to_owned());
            }
        }
    }
    found
}

#[test]
fn imports_point_down() {
    let modules: BTreeMap<&str, &[&str]> = MAY_IMPORT.into_iter().collect();
    let mut wrong = Vec::new();
    let mut used: BTreeSet<(String, String)> = BTreeSet::new();
    for (path, text) in sources() {
        let name = path.trim_start_matches("src/");
        let module = name.split(['/', '.']).next().unwrap_or(name);
        if matches!(module, "main" | "lib") {
            continue;
        }
        let Some(allowed) = modules.get(module) else {
            wrong.push(format!("{path}: `{module}` has no place in MAY_IMPORT"));
            continue;
        };
        for import in imports(&text) {
            let known = modules.contains_key(import.as_str()) && import != module;
            if !known || allowed.contains(&import.as_str()) {
                continue;
            }
            used.insert((module.to_owned(), import.clone()));
            if !AGAINST_THE_ORDER.iter().any(|(from, to, _)| *from == module && *to == import) {
                wrong.push(format!("{path}: `{module}` may not import `{import}`"));
            }
        }
    }
    for (from, to, _) in AGAINST_THE_ORDER {
        if !used.contains(&(from.to_owned(), to.to_owned())) {
            wrong.push(format!("`{from}` no longer imports `{to}`: take it off AGAINST_THE_ORDER"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_short_enough_to_read() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let lines = text.lines().count();
        let excused = LONGER.iter().any(|(longer, _)| *longer == path);
        if lines > MOST_LINES && !excused {
            wrong.push(format!("{path}: {lines} lines"));
        } else if lines <= MOST_LINES && excused {
            wrong.push(format!("{path}: {lines} lines, take it off LONGER"));
        }
    }
    assert!(wrong.is_empty(), "more than {MOST_LINES} lines:\n{}", wrong.join("\n"));
}

/// The rules of the grammar: name and body.
fn grammar() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(root().join("grammar/huize.pest")).unwrap();
    let mut rules: Vec<(String, String)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with("//")) {
        let name = line.split_once(" = ").map(|(name, _)| name);
        let name = name.filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
        match (name, rules.last_mut()) {
            (Some(name), _) => {
                let (_, body) = line.split_once(" = ").unwrap_or_default();
                rules.push((name.to_owned(), body.to_owned()));
            }
            (None, Some((_, body))) => body.push_str(line),
            (None, None) => {}
        }
    }
    rules
}

/// The rule names in a body, with texts between quotes left out.
fn references(body: &str) -> BTreeSet<String> {
    let outside: String =
        body.replace("\\\"", "").split('"').step_by(2).collect::<Vec<_>>().join(" ");
    outside
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_rule_of_the_grammar_is_reached() {
    let rules: BTreeMap<String, String> = grammar().into_iter().collect();
    let code: String = sources().into_iter().map(|(_, text)| text).collect();
    // Where the parser begins: the rules that it names in a call of `parse`.
    let mut open: Vec<String> = ["WHITESPACE", "COMMENT"].map(str::to_owned).to_vec();
    open.extend(code.split("parse(Rule::").skip(1).filter_map(|rest| {
        rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().map(str::to_owned)
    }));
    assert!(open.len() > 2, "no rule is parsed");
    let mut reached: BTreeSet<String> = BTreeSet::new();
    while let Some(name) = open.pop() {
        let Some(body) = rules.get(&name) else { continue };
        if reached.insert(name) {
            open.extend(references(body));
        }
    }
    let lost: Vec<&String> = rules.keys().filter(|name| !reached.contains(*name)).collect();
    assert!(lost.is_empty(), "rules that nothing reaches: {lost:?}");
}

#[test]
fn documents_name_files_that_exist() {
    let tops = [
        "src/",
        "grammar/",
        "policies/",
        "examples/",
        "snapshot-tests/",
        ".ci/",
        "benches/",
        "docs/",
        "fuzz/",
    ];
    let mut wrong = Vec::new();
    let mut documents: Vec<String> = [
        "README.md",
        "README.zh-CN.md",
        "CONTRIBUTING.md",
        "ARCHITECTURE.md",
        "policies/README.md",
        "snapshot-tests/README.md",
    ]
    .map(str::to_owned)
    .into();
    // The reports that the catalogue of codes shows name files that are made up.
    let pages = files_below(&root().join("docs/src"));
    let pages = pages.iter().map(|path| slashed(path.strip_prefix(root()).unwrap()));
    documents.extend(pages.filter(|name| name.ends_with(".md") && !name.contains("/generated/")));
    for document in documents {
        let text = std::fs::read_to_string(root().join(&document)).unwrap();
        for word in
            text.split(|c: char| c.is_whitespace() || "`()（）“”，。、；：,;\"*".contains(c))
        {
            let word = word.trim_end_matches(['.', ':']);
            let pattern = ["…", "*", "<", "{"].iter().any(|sign| word.contains(sign));
            let named = tops.iter().any(|top| word.starts_with(top));
            if named && !pattern && !root().join(word).exists() {
                wrong.push(format!("{document}: {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "no such files:\n{}", wrong.join("\n"));
}

#[test]
fn no_file_speaks_of_the_machine_it_was_written_on() {
    // Put together here, so that this file does not hold them itself.
    let foreign =
        [["/wo", "rk/"], ["/ho", "me/"], ["/ro", "ot/"], ["/tm", "p/"], ["index.cra", "tes.io"]]
            .map(|halves| halves.concat());
    let mut wrong = Vec::new();
    for path in kept_files() {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for (at, line) in text.lines().enumerate() {
            if foreign.iter().any(|text| line.contains(text.as_str())) {
                wrong.push(format!("{}:{}: {line}", path.display(), at + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn both_readmes_have_the_same_parts() {
    let parts = |name: &str| {
        let text = std::fs::read_to_string(root().join(name)).unwrap();
        let mut in_code = false;
        let mut levels = Vec::new();
        let mut blocks = 0;
        for line in text.lines() {
            if line.starts_with("```") {
                in_code = !in_code;
                blocks += usize::from(in_code);
            } else if !in_code && line.starts_with('#') {
                levels.push(line.chars().take_while(|c| *c == '#').count());
            }
        }
        (levels, blocks)
    };
    assert_eq!(parts("README.md"), parts("README.zh-CN.md"), "levels of headings, code blocks");
}
