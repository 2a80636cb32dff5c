//! The manual in `docs/`: every sample of it is parsed, checked, formatted and run, every command
//! prints what the page says, what can be generated is, and every link leads somewhere.
//!
//! - ```` ```huize ```` in the tutorial writes on the files that it builds (`tutorial.rs`)
//! - ```` ```huize ```` elsewhere is a program, most after `docs/samples/household.hz` (`samples.rs`);
//!   its English twin ```` ```huize,en ```` follows it and is what the formatter makes of it
//! - ```` ```console ```` holds commands with what they print
//! - every word of the language is named by hand (`words.rs`)
//! - pages under `generated/` are written whole (`generated.rs`)
//!
//! `INSTA_UPDATE=always` writes twins, what commands print and generated pages. A line of a sample that
//! ends with `# error: [code]` or `# warning: [code]` has that finding; all else is clean, and the
//! cases in it come out.

mod generated;
mod links;
mod page;
mod samples;
#[cfg(feature = "cli")]
mod tutorial;
mod words;

use std::path::PathBuf;

use page::Page;

fn docs() -> PathBuf {
    crate::root().join("docs")
}

/// Whether differences are written down rather than failed on.
fn updating() -> bool {
    std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always")
}

/// Every page in the order of `SUMMARY.md`.
fn pages() -> Vec<Page> {
    let summary = std::fs::read_to_string(docs().join("src/SUMMARY.md")).unwrap();
    let mut pages = Vec::new();
    for part in summary.split("](").skip(1) {
        let (path, _) = part.split_once(')').unwrap();
        pages.push(Page::read(path));
    }
    pages
}

/// Every `huize` block of the manual, with the place that failures show.
pub(crate) fn samples() -> Vec<(String, String)> {
    let mut samples = Vec::new();
    for page in pages() {
        for block in page.blocks().filter(|block| block.language() == "huize") {
            samples.push((format!("docs/src/{}:{}", page.path, block.line), block.text.clone()));
        }
    }
    samples
}

/// Holds a page to what it should be, or writes it.
fn settle(page: &Page) -> Result<(), String> {
    let (now, path) = (page.text(), docs().join("src").join(&page.path));
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    if before == now {
        return Ok(());
    }
    if updating() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, now).unwrap();
        return Ok(());
    }
    let line = before.lines().zip(now.lines()).position(|(old, new)| old != new);
    let line = line.unwrap_or_else(|| before.lines().count().min(now.lines().count()));
    let shown = |text: &str| text.lines().nth(line).unwrap_or("(nothing)").to_owned();
    Err(format!(
        "docs/src/{}:{}: it says\n  {}\nand should say\n  {}\nINSTA_UPDATE=always writes it",
        page.path,
        line + 1,
        shown(&before),
        shown(&now)
    ))
}
