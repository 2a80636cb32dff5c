//! Links between pages, and the list of pages.

use std::collections::BTreeSet;

use super::page::{Page, Part};
use super::{docs, pages};
use crate::{files_below, slashed};

#[test]
fn every_page_is_listed_once() {
    let listed: Vec<String> = pages().into_iter().map(|page| page.path).collect();
    let once: BTreeSet<&String> = listed.iter().collect();
    assert_eq!(once.len(), listed.len(), "a page is listed twice in docs/src/SUMMARY.md");
    let folder = docs().join("src");
    for path in files_below(&folder) {
        let name = slashed(path.strip_prefix(&folder).unwrap());
        let page = name.ends_with(".md") && name != "SUMMARY.md";
        assert!(!page || once.contains(&name), "docs/src/SUMMARY.md does not list {name}");
    }
}

#[test]
fn links_lead_somewhere() {
    let pages = pages();
    let mut wrong = Vec::new();
    for page in &pages {
        if page.text().is_empty() {
            wrong.push(format!("docs/src/{} is empty or missing", page.path));
        }
        for link in links(page) {
            if link.contains("://") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = if path.is_empty() { page.path.clone() } else { joined(&page.path, path) };
            let found = pages.iter().find(|other| other.path == target);
            match found {
                None => wrong.push(format!("docs/src/{}: no page {link}", page.path)),
                Some(other) if !anchor.is_empty() && !anchors(other).contains(anchor) => {
                    wrong.push(format!("docs/src/{}: no heading {link}", page.path));
                }
                Some(_) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `../semantics/time.md` seen from `reference/rules.md`.
fn joined(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            other => parts.push(other),
        }
    }
    parts.join("/")
}

fn prose(page: &Page) -> String {
    let parts = page.parts.iter().filter_map(|part| match part {
        Part::Prose(prose) => Some(prose.as_str()),
        Part::Block(_) => None,
    });
    parts.collect()
}

fn links(page: &Page) -> Vec<String> {
    let text = prose(page);
    let inside = text.split("](").skip(1).filter_map(|part| part.split_once(')'));
    inside.map(|(link, _)| link.to_owned()).collect()
}

/// The anchors of the headings, as mdBook makes them.
fn anchors(page: &Page) -> BTreeSet<String> {
    let text = prose(page);
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|line| {
            let title = line.trim_start_matches('#').trim();
            title
                .chars()
                .filter_map(|c| match c {
                    ' ' => Some('-'),
                    c if c.is_alphanumeric() || c == '_' || c == '-' => {
                        Some(c.to_ascii_lowercase())
                    }
                    _ => None,
                })
                .collect()
        })
        .collect()
}
