//! The tutorial builds up policy files: each sample puts its declarations into the file it names
//! (`huize,file=dibao.hz`; the one before it otherwise), in the place of those of the same name where
//! there are such. After every sample the folder is clean, unless the sample says what is found in
//! it: then it is tried and not kept. `json,file=…` is a file of facts; `console` runs commands there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use huize::diagnostic::Language;
use huize::diagnostic::render::plain;
use huize::format::{FormatOptions, format};
use huize::source::SourceMap;
use huize::syntax::words::declaration_at;

use super::page::{Block, Part};
use super::{pages, settle};
use crate::check::{found, wanted};
use crate::program::run;
use crate::root;

type Files = BTreeMap<String, String>;

#[test]
fn the_tutorial_does_what_it_says() {
    let mut wrong = Vec::new();
    let mut files = Files::new();
    let mut current = String::new();
    for mut page in pages().into_iter().filter(|page| page.folder() == "tutorial") {
        let path = page.path.clone();
        for part in &mut page.parts {
            let Part::Block(block) = part else { continue };
            let place = format!("docs/src/{path}:{}", block.line);
            match block.language() {
                "console" => block.text = transcript(&block.text, &files),
                "huize" => {
                    if let Some(file) = block.named("file") {
                        file.clone_into(&mut current);
                    }
                    match written(&mut files, &current, block) {
                        Ok(laid_out) => block.text = laid_out,
                        Err(error) => wrong.push(format!("{place}: {error}")),
                    }
                }
                "json" => {
                    let file = block.named("file").unwrap_or("facts.json");
                    files.insert(file.to_owned(), block.text.clone());
                }
                "text" => {}
                other => wrong.push(format!("{place}: what is `{other}`?")),
            }
        }
        wrong.extend(settle(&page).err());
    }
    assert!(!files.is_empty(), "the tutorial writes no file");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Puts a sample into its file, and tries the folder. Gives the sample as the formatter lays it out.
fn written(files: &mut Files, name: &str, block: &Block) -> Result<String, String> {
    let mut tried = files.clone();
    let file = tried.entry(name.to_owned()).or_default();
    *file = merged(file, &block.text);
    let mut sources = SourceMap::default();
    let source = sources.add(name, file);
    let laid_out = format(source, file, &FormatOptions::default());
    let mut policies: Vec<(String, String)> =
        tried.clone().into_iter().filter(|(name, _)| name.ends_with(".hz")).collect();
    let wanted = wanted(&policies);
    if policies.iter().any(|(_, text)| text.contains("基于 国家.")) {
        policies.extend(national());
    }
    let checked = run(&policies);
    let sources = checked.library.sources();
    let mut found = found(&checked.findings, sources);
    found.retain(|line, _| !line.starts_with("policies/"));
    if found != wanted {
        let shown: Vec<String> =
            checked.findings.iter().map(|f| plain(f, sources, Language::Zh)).collect();
        return Err(format!("expected {wanted:?}\n{}", shown.join("\n")));
    }
    if !wanted.is_empty() {
        return Ok(block.text.clone());
    }
    let laid_out = laid_out.map_err(|error| error.to_string())?;
    let mine: Vec<String> = declarations(&block.text).into_iter().map(|(head, _)| head).collect();
    let own = declarations(&laid_out).into_iter().filter(|(head, _)| mine.contains(head));
    let own: Vec<String> = own.map(|(_, text)| text).collect();
    tried.insert(name.to_owned(), laid_out);
    *files = tried;
    Ok(own.join("\n"))
}

/// The national texts, which come with huize.
fn national() -> Vec<(String, String)> {
    ["policies/vocabulary.hz", "policies/national/dibao.hz"]
        .map(|path| (path.to_owned(), std::fs::read_to_string(root().join(path)).unwrap()))
        .into()
}

/// A declaration with the comments above it: what it is of, and its text.
fn declarations(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut comments = String::new();
    for line in text.lines() {
        let begins = declaration_at(line);
        if line.starts_with('#') || line.is_empty() {
            comments.push_str(line);
            comments.push('\n');
            continue;
        }
        let comments = std::mem::take(&mut comments);
        match (begins, found.last_mut()) {
            (None, Some((_, text))) => text.push_str(&format!("{comments}{line}\n")),
            _ => {
                let head = line.split(['（', '【', '：', '=', '，']).next().unwrap_or(line);
                let head = head.split("    ").next().unwrap_or(head).trim().to_owned();
                let head = if line.starts_with("案例") { line.to_owned() } else { head };
                found.push((head, format!("{}{line}\n", comments.trim_start_matches('\n'))));
            }
        }
    }
    found
}

/// A file with the declarations of a sample: where it has one of the same head, in its place.
fn merged(file: &str, sample: &str) -> String {
    let mut all = declarations(file);
    for (head, text) in declarations(sample) {
        match all.iter_mut().find(|(known, _)| *known == head) {
            Some((_, old)) => *old = text,
            None => all.push((head, text)),
        }
    }
    all.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n")
}

/// A block of commands with what they print now.
fn transcript(text: &str, files: &Files) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("manual");
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let mut out = String::new();
    for command in text.lines().filter(|line| line.starts_with("$ ")) {
        out.push_str(&format!("{command}\n{}", printed(&command[2..], &folder)));
    }
    out
}

fn printed(command: &str, folder: &Path) -> String {
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("huize"), "{command}");
    let output = Command::new(env!("CARGO_BIN_EXE_huize"))
        .args(words)
        .current_dir(folder)
        .env_clear()
        .env("LC_ALL", "zh_CN.UTF-8")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    [output.stdout, output.stderr]
        .map(|stream| String::from_utf8(stream).unwrap())
        .iter()
        .filter(|stream| !stream.trim().is_empty())
        .map(|stream| format!("{}\n", stream.trim_end()))
        .collect()
}
