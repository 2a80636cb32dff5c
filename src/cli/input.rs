//! Reading: files of facts, files and folders of policies.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use huize::diagnostic::Diagnostic;
use huize::engine::Library;
use huize::source::text::{MOST_BYTES, decode, decode_table};

use super::problem;

/// Folders of policies follow places of administration; more levels than this are a mistake.
const MOST_FOLDERS: usize = 32;

/// A file that was read: the name that messages show, and its text.
pub(super) type NamedText = (String, String);

/// The facts at `path`, `-` being standard input.
pub(super) fn read_facts(path: &Path) -> Result<NamedText, Vec<Diagnostic>> {
    if path == Path::new("-") {
        let name = "stdin";
        return read_text(name, &mut io::stdin().lock()).map(|text| (name.to_owned(), text));
    }
    read_file(path)
}

/// A library of policies: those that `paths` name, on top of those in `folder` or the built-in
/// ones.
///
/// A folder among `paths` is a whole tree and stands alone. A file stands with the others, in place
/// of the one that declares the same policy.
pub(super) fn library(
    paths: &[PathBuf],
    folder: Option<&Path>,
) -> Result<Library, Vec<Diagnostic>> {
    let base = match folder {
        Some(folder) => Some(read_policies(&[folder.to_owned()])?),
        None => None,
    };
    if paths.is_empty() {
        return Ok(base.map_or_else(Library::builtin, Library::from_texts));
    }
    let mut files = read_policies(paths)?;
    let are_files = paths.iter().all(|path| path.is_file());
    let base = base.unwrap_or_else(|| if are_files { builtin_files() } else { Vec::new() });
    let kept = not_replaced(base, &files);
    files.extend(kept);
    files.sort();
    Ok(Library::from_texts(files))
}

/// The files that `paths` name, under the names that messages show.
pub(super) fn names_of(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| shown(path)).collect()
}

/// The policy files that `paths` are or hold: where each is, its name, its text.
pub(super) fn policy_files(
    paths: &[PathBuf],
) -> Result<Vec<(PathBuf, String, String)>, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let mut files = Vec::new();
    for path in paths {
        let mut found = Vec::new();
        match collect(path, 0, &is_policy, &mut found) {
            Ok(()) => {}
            Err(unreadable) => findings.extend(unreadable),
        }
        found.sort();
        for file in found {
            match read_file(&file) {
                Ok((_, text)) if !path.is_file() && is_markdown(&file) && !is_literate(&text) => {}
                Ok((name, text)) => files.push((file, name, text)),
                Err(unreadable) => findings.extend(unreadable),
            }
        }
    }
    if findings.is_empty() { Ok(files) } else { Err(findings) }
}

/// The policy files of a folder, each with its text.
#[cfg(feature = "repl")]
pub(super) fn policy_texts(folder: &Path) -> Result<Vec<NamedText>, Vec<Diagnostic>> {
    read_policies(&[folder.to_owned()])
}

/// Where the policy files of a folder are; none where it cannot be read.
#[cfg(feature = "repl")]
pub(super) fn policy_paths(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    drop(collect(folder, 0, &is_policy, &mut found));
    found
}

fn builtin_files() -> Vec<NamedText> {
    let library = Library::builtin();
    let files = library.sources().iter();
    files.map(|(_, file)| (file.name().to_owned(), file.text().to_owned())).collect()
}

fn not_replaced(base: Vec<NamedText>, files: &[NamedText]) -> Vec<NamedText> {
    let declared = |files: &[NamedText]| Library::from_texts(files.to_vec()).policies();
    let ours = declared(files);
    let replaced: Vec<String> = declared(&base)
        .into_iter()
        .filter(|theirs| ours.iter().any(|policy| policy.name == theirs.name))
        .map(|policy| policy.file)
        .collect();
    let same_file = |name: &str| {
        files.iter().any(|(file, _)| file == name || file.ends_with(&format!("/{name}")))
    };
    base.into_iter().filter(|(name, _)| !replaced.contains(name) && !same_file(name)).collect()
}

/// A table that another program saved; `-` is standard input.
pub(super) fn read_table(path: &Path) -> Result<NamedText, Vec<Diagnostic>> {
    let name = name_of(path);
    let unreadable = |error: io::Error| vec![problem::unreadable(&name, &error)];
    let reader: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).map_err(unreadable)?)
    };
    // One byte more than is allowed is enough to know that there is too much.
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    reader.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
    let text = decode_table(&name, &bytes)?;
    Ok((name, text))
}

/// The files of cases that `paths` are or hold, in the order of their names.
pub(super) fn case_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Vec<Diagnostic>> {
    let mut files = Vec::new();
    let is_case = |file: &Path| is_yaml(file) || is_lines(file) || has_extension(file, "json");
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let mut found = Vec::new();
        collect(path, 0, &is_case, &mut found)?;
        if found.is_empty() {
            return Err(vec![problem::no_cases(&shown(path))]);
        }
        found.sort();
        files.extend(found);
    }
    Ok(files)
}

/// Whether a file holds one document in each line.
pub(super) fn is_lines(path: &Path) -> bool {
    path == Path::new("-") || has_extension(path, "jsonl") || has_extension(path, "ndjson")
}

/// The lines of a file of documents, each with its number and without being held together.
pub(super) fn each_line(
    path: &Path,
    mut take: impl FnMut(usize, &str) -> Result<(), Vec<Diagnostic>>,
) -> Result<(), Vec<Diagnostic>> {
    let name = if path == Path::new("-") { "stdin".to_owned() } else { shown(path) };
    let unreadable = |error: io::Error| vec![problem::unreadable(&name, &error)];
    let reader: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).map_err(unreadable)?)
    };
    let mut reader = io::BufReader::new(reader);
    let mut bytes = Vec::new();
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    for number in 1.. {
        bytes.clear();
        // One byte more than is allowed is enough to know that there is too much.
        let read = io::BufRead::read_until(&mut (&mut reader).take(most), b'\n', &mut bytes);
        if read.map_err(unreadable)? == 0 {
            return Ok(());
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let text = decode(&format!("{name}:{number}"), &bytes)?;
        take(number, text.trim_end())?;
    }
    Ok(())
}

/// A path as messages show it.
pub(super) fn name_of(path: &Path) -> String {
    if path == Path::new("-") { "stdin".to_owned() } else { shown(path) }
}

/// Every policy file that `paths` are or hold, in the order of their names.
fn read_policies(paths: &[PathBuf]) -> Result<Vec<NamedText>, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let mut files = Vec::new();
    for path in paths {
        let mut found = Vec::new();
        let asked_for = path.is_file();
        let is_wanted = |file: &Path| is_policy(file) || has_extension(file, "jinja");
        if let Err(unreadable) = collect(path, 0, &is_wanted, &mut found) {
            findings.extend(unreadable);
            continue;
        }
        found.sort();
        let before = files.len();
        for file in found {
            match read_file(&file) {
                // A Markdown file that holds no policy stands in a tree to be read by people.
                Ok((_, text)) if !asked_for && is_markdown(&file) && !is_literate(&text) => {}
                Ok(file) => files.push(file),
                Err(unreadable) => findings.extend(unreadable),
            }
        }
        if files.len() == before && findings.is_empty() {
            findings.push(problem::no_policies(&shown(path)));
        }
    }
    files.sort();
    files.dedup();
    if findings.is_empty() { Ok(files) } else { Err(findings) }
}

fn collect(
    path: &Path,
    depth: usize,
    wanted: &dyn Fn(&Path) -> bool,
    files: &mut Vec<PathBuf>,
) -> Result<(), Vec<Diagnostic>> {
    let unreadable = |error: io::Error| vec![problem::unreadable(&shown(path), &error)];
    if !fs::metadata(path).map_err(unreadable)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    if depth > MOST_FOLDERS {
        return Err(vec![problem::too_deep(&shown(path))]);
    }
    for entry in fs::read_dir(path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let child = entry.path();
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        // A link to a folder could lead back here.
        let is_folder = entry.file_type().map_err(unreadable)?.is_dir();
        if is_folder && !is_hidden {
            collect(&child, depth + 1, wanted, files)?;
        } else if !is_hidden && wanted(&child) {
            files.push(child);
        }
    }
    Ok(())
}

/// Whether Markdown text has a fenced block of policy in it.
fn is_literate(text: &str) -> bool {
    text.lines().any(|line| {
        let fence = line.trim_start().trim_start_matches(['`', '~']);
        fence.len() + 3 <= line.trim_start().len()
            && fence.split_whitespace().next() == Some("huize")
    })
}

fn is_policy(path: &Path) -> bool {
    has_extension(path, "hz") || is_markdown(path)
}

pub(super) fn is_markdown(path: &Path) -> bool {
    has_extension(path, "md")
}

pub(super) fn is_yaml(path: &Path) -> bool {
    has_extension(path, "yaml") || has_extension(path, "yml")
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}

pub(super) fn read_file(path: &Path) -> Result<NamedText, Vec<Diagnostic>> {
    let name = shown(path);
    let text = File::open(path)
        .map_err(|error| vec![problem::unreadable(&name, &error)])
        .and_then(|mut file| read_text(&name, &mut file))?;
    Ok((name, text))
}

/// The bytes of a receipt, `-` being standard input; one more than is allowed, to know that there
/// are too many.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let most = u64::try_from(huize::receipt::MOST_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    read.map_err(|error| vec![problem::unreadable(&shown(path), &error)])?;
    Ok(bytes)
}

fn read_text(name: &str, from: &mut dyn Read) -> Result<String, Vec<Diagnostic>> {
    // One byte more than is allowed is enough to know that there is too much.
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    from.take(most)
        .read_to_end(&mut bytes)
        .map_err(|error| vec![problem::unreadable(name, &error)])?;
    Ok(decode(name, &bytes)?)
}

/// A path as messages show it, with `/` between folders.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{is_literate, shown};
    use std::path::Path;

    #[test]
    fn only_markdown_with_policy_blocks_is_policy() {
        assert!(is_literate("# 说明\n\n```huize\n政策 甲\n```\n"));
        assert!(is_literate("~~~~ huize\n政策 甲\n~~~~\n"));
        assert!(!is_literate("```json\n{}\n```\n"));
        assert!(!is_literate("huize 是一种语言\n"));
    }

    #[test]
    fn paths_are_shown_with_slashes() {
        assert_eq!(shown(Path::new("./policies/a.hz")), "policies/a.hz");
    }
}
