use std::fmt::Write as _;
use std::path::{Path, PathBuf};


use super::{Dialect, FormatError, FormatOptions, Names, format, kept_words, read};
use crate::source::SourceId;
use crate::syntax::ast::File;
use crate::syntax::{pieces, words};

const MESSY: &str = include_str!("tests/messy.hz");

fn options(dialect: Option<Dialect>) -> FormatOptions {
    FormatOptions { dialect, ..FormatOptions::default() }
}

fn formatted(text: &str, dialect: Option<Dialect>) -> String {
    match format(SourceId(0), text, &options(dialect)) {
        Ok(formatted) => formatted,
        Err(FormatError::Unsound { span }) => {
            let names = Names::default();
            let written = super::written_dialect(text);
            let file = read(SourceId(0), text).unwrap();
            let printer = super::Printer::new(text, dialect.unwrap_or(written), &names, 100);
            let printed = printer.print(&file).unwrap();
            let place = text.get(span.range()).unwrap_or("");
            panic!(
                "unsound: {place}\n----\n{:#?}\n{printed}",
                super::parse(SourceId(0), &printed).errors
            )
        }
        Err(error) => panic!("{error:?}"),
    }
}

fn file(text: &str) -> File {
    read(SourceId(0), text).unwrap()
}

/// The tree without its places, every detail of it.
fn shape(file: &File) -> String {
    let text = format!("{file:#?}");
    let is_place = |line: &str| {
        let place = line.trim().trim_end_matches(',');
        let place = place
            .strip_prefix("0:")
            .unwrap_or_else(|| place.rsplit_once(": 0:").map_or("", |(_, place)| place));
        place.contains("..") && place.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    let mut shape = String::new();
    for line in text.lines().filter(|line| !is_place(line)) {
        writeln!(shape, "{}", line.trim_end()).unwrap();
    }
    shape
}

fn policies(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            policies(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "hz") {
            found.push(path);
        }
    }
    found.sort();
}

/// Every policy and syntax sample; a sample that holds several files is cut at their headers.
fn corpus() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    policies(&root.join("policies"), &mut paths);
    policies(&root.join("snapshot-tests/cases/syntax"), &mut paths);
    let mut corpus = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let is_header = |piece: &&pieces::Piece| words::HEADERS.contains(&piece.word);
        let cut = pieces::cut(&text);
        let mut starts: Vec<usize> =
            cut.pieces.iter().filter(is_header).map(|piece| piece.range.start).collect();
        starts.retain(|start| *start > cut.pieces[0].range.start);
        starts.insert(0, 0);
        starts.push(text.len());
        for (at, ends) in starts.windows(2).enumerate() {
            let part = text[ends[0]..ends[1]].to_owned();
            corpus.push((format!("{} {at}", path.display()), part));
        }
    }
    corpus.push(("messy".to_owned(), MESSY.to_owned()));
    corpus
}

#[test]
fn the_tree_and_the_comments_are_kept_and_twice_is_once() {
    for (name, text) in corpus() {
        let once = formatted(&text, None);
        assert_eq!(formatted(&once, None), once, "{name}");
        assert_eq!(kept_words(&text), kept_words(&once), "{name}");
    }
}

#[test]
fn scratch() {
    let out = std::env::var("HZ_OUT").unwrap_or_default();
    if out.is_empty() { return; }
    for (at, (name, text)) in corpus().into_iter().enumerate() {
        for (suffix, dialect) in [("same", None), ("en", Some(Dialect::En)), ("zh", Some(Dialect::Zh))] {
            let printed = match format(SourceId(0), &text, &options(dialect)) {
                Ok(t) => t, Err(e) => format!("{e:?}"),
            };
            std::fs::write(format!("{out}/{at:02}-{suffix}.hz"), printed).unwrap();
        }
        std::fs::write(format!("{out}/{at:02}-orig.hz"), &text).unwrap();
        println!("{at} {name}");
    }
}
