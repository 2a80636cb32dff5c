//! The samples of the reference and of the semantics, each a program of its own.

use huize::diagnostic::Language;
use huize::diagnostic::render::plain;
use huize::format::{Dialect, FormatOptions, format};
use huize::source::SourceMap;

use super::page::{Block, Page, Part};
use super::{docs, pages, settle};
use crate::check::{found, wanted};
use crate::program::run;

/// The folders of pages whose samples stand alone.
const FOLDERS: [&str; 2] = ["reference", "semantics"];

#[test]
fn samples_are_true_in_both_dialects() {
    let mut wrong = Vec::new();
    for mut page in pages().into_iter().filter(|page| FOLDERS.contains(&page.folder())) {
        if page.path.contains("generated") {
            continue;
        }
        page.parts = twins(&page, &mut wrong);
        wrong.extend(settle(&page).err());
        for block in page.blocks() {
            match block.language() {
                "huize" => wrong.extend(tried(&page, block)),
                "text" | "sh" | "json" | "rust" => {}
                other => wrong.push(format!("{}:{}: what is `{other}`?", page.path, block.line)),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn the_introduction_shows_the_household() {
    let page = pages().into_iter().find(|page| page.path == "introduction.md").unwrap();
    let shown: Vec<String> = page.blocks().map(|block| block.text.clone()).collect();
    assert_eq!(shown, [household()], "docs/src/introduction.md and docs/samples/household.hz");
}

/// The page with the English of each sample behind it.
fn twins(page: &Page, wrong: &mut Vec<String>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for part in &page.parts {
        match part {
            Part::Prose(prose) => {
                // The empty line between a sample and its twin is written with the twin.
                let after_twin = matches!(parts.last(), Some(Part::Block(b)) if b.is("en"));
                if !(after_twin && prose.trim().is_empty()) {
                    parts.push(Part::Prose(prose.clone()));
                }
            }
            Part::Block(block) if block.is("en") => {}
            Part::Block(block) => {
                let copy = |text| Block { info: block.info.clone(), line: block.line, text };
                if block.language() != "huize" {
                    parts.push(Part::Block(copy(block.text.clone())));
                    continue;
                }
                let own = dressed(&block.text, Dialect::Zh);
                let english = dressed(&block.text, Dialect::En);
                let (Ok(own), Ok(english)) = (own, english) else {
                    // What cannot be read has no other dialect; it must say so itself.
                    if !block.text.contains("[huize::syntax::") {
                        wrong.push(format!("{}:{}: not readable", page.path, block.line));
                    }
                    parts.push(Part::Block(copy(block.text.clone())));
                    continue;
                };
                parts.push(Part::Block(copy(own)));
                parts.push(Part::Prose("\n".to_owned()));
                parts.push(Part::Block(Block {
                    info: "huize,en".to_owned(),
                    line: block.line,
                    text: english,
                }));
            }
        }
    }
    parts
}

/// The text that stands before a sample that has no header of its own.
fn household() -> String {
    std::fs::read_to_string(docs().join("samples/household.hz")).unwrap()
}

fn has_header(text: &str) -> bool {
    text.lines().any(begins_file)
}

fn begins_file(line: &str) -> bool {
    ["政策 ", "词汇 ", "policy ", "vocabulary "].iter().any(|word| line.starts_with(word))
}

fn laid_out(text: &str, dialect: Dialect) -> Result<String, String> {
    let mut sources = SourceMap::default();
    let source = sources.add("sample.hz", text);
    let options = FormatOptions { dialect: Some(dialect), ..FormatOptions::default() };
    format(source, text, &options).map_err(|error| error.to_string())
}

/// A sample as the formatter lays it out, in a dialect.
fn dressed(sample: &str, dialect: Dialect) -> Result<String, String> {
    if has_header(sample) {
        let files = files(sample, false);
        let mut dressed = Vec::new();
        let mut known = String::new();
        for (_, text) in &files {
            // The names of a lower text are those of the texts above it, aliases among them.
            let (header, rest) = text.split_once("\n\n").unwrap_or((text, ""));
            let before = laid_out(&known, dialect)?;
            known = format!("{known}\n{rest}");
            let whole = laid_out(&known, dialect)?;
            let rest =
                whole.strip_prefix(&before).ok_or("the texts above are laid out otherwise")?;
            let header = laid_out(header, dialect)?;
            dressed.push(format!("{header}\n{}", rest.trim_start_matches('\n')));
        }
        return Ok(dressed.join("\n"));
    }
    let before = laid_out(&household(), dialect)?;
    let whole = laid_out(&format!("{}\n{sample}", household()), dialect)?;
    let rest = whole.strip_prefix(before.as_str()).ok_or("the household is laid out otherwise")?;
    Ok(rest.trim_start_matches('\n').to_owned())
}

/// The files of a sample: each header begins one, the comments above it with it.
fn files(sample: &str, english: bool) -> Vec<(String, String)> {
    if !has_header(sample) {
        let dialect = if english { Dialect::En } else { Dialect::Zh };
        let before = laid_out(&household(), dialect).unwrap();
        return vec![("sample.hz".to_owned(), format!("{before}\n{sample}"))];
    }
    let mut files: Vec<String> = vec![String::new()];
    let mut comments = String::new();
    for line in sample.lines() {
        if line.starts_with('#') || line.is_empty() {
            comments.push_str(line);
            comments.push('\n');
            continue;
        }
        let mut above = std::mem::take(&mut comments);
        if begins_file(line) && files.last().is_some_and(|file| !file.is_empty()) {
            files.push(String::new());
            above = above.trim_start_matches('\n').to_owned();
        }
        let file = files.last_mut().unwrap();
        file.push_str(&above);
        file.push_str(line);
        file.push('\n');
    }
    files
        .into_iter()
        .enumerate()
        .map(|(at, text)| (format!("sample-{}.hz", at + 1), text))
        .collect()
}

/// What is wrong with a sample.
fn tried(page: &Page, block: &Block) -> Option<String> {
    let files = files(&block.text, block.is("en"));
    let checked = run(&files);
    let sources = checked.library.sources();
    let (found, wanted) = (found(&checked.findings, sources), wanted(&files));
    let place = format!("docs/src/{}:{}", page.path, block.line);
    if found != wanted {
        let shown: Vec<String> =
            checked.findings.iter().map(|f| plain(f, sources, Language::Zh)).collect();
        return Some(format!("{place}: expected {wanted:?}\n{}\n{}", shown.join("\n"), block.text));
    }
    let errs = wanted.values().flatten().any(|code| code.starts_with("error"));
    if checked.reports.is_empty() && !errs {
        return Some(format!(
            "{place}: a sample says what comes of it: a 案例, or `# error: [code]`"
        ));
    }
    None
}
