//! The public surface that is promised, held against the listing in `promised.txt`: any change is
//! seen, told apart into what breaks callers and what does not, and stands only when it is accepted.
//!
//! `huize-api RUSTDOC.json PROMISED.txt [--accept]`; `run` beside it makes the JSON.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use public_api::Builder;

/// The modules whose items keep their meaning within a version; the others are open to be looked at
/// and change with the language.
const PROMISED: [&str; 9] =
    ["diagnostic", "engine", "explain", "facts", "plan", "receipt", "schema", "source", "value"];

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let accept = arguments.iter().any(|argument| argument == "--accept");
    let [json, file, ..] = arguments.as_slice() else { return Err("two files".into()) };
    // Another toolchain writes another format; then there is nothing to compare.
    if !fs::read_to_string(json)?.contains("\"format_version\":57") {
        println!(
            "the public surface: 0 passed, 0 failed, 1 skipped (rustdoc of this toolchain writes another format)"
        );
        return Ok(ExitCode::SUCCESS);
    }
    let now = listing(Path::new(json))?;
    let version = version(&fs::read_to_string("Cargo.toml")?)?;
    let held = fs::read_to_string(file).unwrap_or_default();
    let (head, was) = held.split_once('\n').unwrap_or_default();
    let was: BTreeSet<&str> = was.lines().collect();
    let is: BTreeSet<&str> = now.iter().map(String::as_str).collect();
    let gone: Vec<&str> = was.difference(&is).copied().collect();
    let new: Vec<&str> = is.difference(&was).copied().collect();
    // A release is promised once its version stands without this word.
    let open = head.is_empty() || head.ends_with("(not released)");
    let same_line = head.split(' ').nth(1).is_none_or(|was| compatible(was, &version));

    let (breaking, adding) = sorted(&gone, &new, &was);
    if gone.is_empty() && new.is_empty() {
        println!("the public surface: {} items, 1 passed, 0 failed", is.len());
        return Ok(ExitCode::SUCCESS);
    }
    show("breaks callers", &breaking);
    show("adds", &adding);
    if !accept {
        println!(
            "\nthe public surface has changed; where it is meant: snapshot-tests/api/run --accept"
        );
        return Ok(ExitCode::FAILURE);
    }
    if !breaking.is_empty() && !open && same_line {
        println!(
            "\n{version} was released with another surface: raise the version in Cargo.toml first"
        );
        return Ok(ExitCode::FAILURE);
    }
    let state = if open { " (not released)" } else { "" };
    let mut text = format!("huize {version}{state}\n");
    for line in &now {
        writeln!(text, "{line}")?;
    }
    fs::write(file, text)?;
    println!("\naccepted: {file}");
    Ok(ExitCode::SUCCESS)
}

/// Each public item of the promised modules on a line. What every type has, and the methods of
/// derived traits, say nothing that the line of the `impl` does not.
fn listing(json: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let api = Builder::from_rustdoc_json(json)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()?;
    let mut lines: Vec<String> = api
        .items()
        .map(ToString::to_string)
        .filter(|line| {
            let own = line.split("huize::").skip(1).map(|rest| {
                rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("")
            });
            // An `impl` names its trait and its type: the promise is the type's.
            let module = if line.starts_with("impl") { own.last() } else { own.take(1).next() };
            module.is_some_and(|module| PROMISED.contains(&module))
        })
        .filter(|line| !line.contains("StructuralPartialEq") && !of_a_derived_trait(line))
        .collect();
    lines.sort();
    lines.dedup();
    Ok(lines)
}

fn of_a_derived_trait(line: &str) -> bool {
    [
        "::clone(&self)",
        "::fmt(&self",
        "::eq(&self",
        "::cmp(&self",
        "::partial_cmp(&self",
        "::hash<",
        "::serialize<",
        "::deserialize<",
        "::default() ->",
    ]
    .iter()
    .any(|method| line.starts_with("pub fn") && line.contains(method))
}

/// What of a change breaks callers: what is gone or says something else, and a new variant or field
/// where every one of them may be named.
fn sorted<'a>(
    gone: &[&'a str],
    new: &[&'a str],
    was: &BTreeSet<&str>,
) -> (Vec<String>, Vec<&'a str>) {
    let mut breaking: Vec<String> = gone.iter().map(|line| format!("- {line}")).collect();
    let mut adding = Vec::new();
    for line in new {
        let exhaustive =
            parent(line).is_some_and(|parent| was.iter().any(|was| names(was, parent)));
        if exhaustive { breaking.push(format!("+ {line}")) } else { adding.push(*line) }
    }
    (breaking, adding)
}

/// The type that a variant or field is of: `pub huize::engine::Question::strict: bool`.
fn parent(line: &str) -> Option<&str> {
    let path = line.strip_prefix("pub ").filter(|path| path.starts_with("huize::"))?;
    let ends = [": ", "(", " = ", " {"].iter().filter_map(|end| path.find(end));
    let path = path.get(..ends.min().unwrap_or(path.len()))?;
    path.rsplit_once("::").map(|(parent, _)| parent)
}

/// Whether a line declares that type, and without `#[non_exhaustive]` before it.
fn names(line: &str, ty: &str) -> bool {
    let kinds = ["pub enum ", "pub struct "].iter();
    let mut declared = kinds.filter_map(|kind| line.strip_prefix(kind));
    declared.any(|name| name.split('<').next() == Some(ty))
}

/// `version = "0.1.0"` of the first table.
fn version(manifest: &str) -> Result<String, Box<dyn Error>> {
    let line = manifest.lines().find_map(|line| line.strip_prefix("version = \""));
    Ok(line.and_then(|rest| rest.split('"').next()).ok_or("no version")?.to_owned())
}

/// Whether callers of one version may be given the other: the first number that is not 0 is the same.
fn compatible(was: &str, is: &str) -> bool {
    let upto = |version: &str| {
        let mut line = Vec::new();
        for number in version.split('.') {
            line.push(number.to_owned());
            if number != "0" {
                break;
            }
        }
        line
    };
    upto(was) == upto(is)
}

fn show(title: &str, lines: &[impl AsRef<str>]) {
    if !lines.is_empty() {
        println!("{title}:");
    }
    for line in lines {
        println!("  {}", line.as_ref());
    }
}
