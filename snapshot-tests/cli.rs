//! `cases/cli/*.transcript`: what the built command prints, and its exit code.
//!
//! A transcript is a list of `$ huize …` lines, each followed by what it printed and `[exit n]`.
//! Lines that begin with `%` make the files that the commands read, in a folder of their own:
//!
//! - `% file NAME` up to `% end`: a text; `% file NAME as gb18030` in that encoding
//! - `% folder NAME N`: N empty folders of that name, one in another
//! - `% large NAME N TEXT`: the text, N times, each on a line of its own
//! - `% deep NAME N OPEN CLOSE TEXT`: the text, then N of `OPEN`, then N of `CLOSE`; `\\n` in the
//!   text ends a line
//!
//! `$ huize … < NAME` reads standard input from a file. Lines that begin with `#` are remarks.
//! `INSTA_UPDATE=always` writes what was printed into the transcript.

use std::fmt::Write as _;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{CaseFile, case_files, cases, each, root};

#[test]
fn commands_print_what_the_transcripts_say() {
    each(&case_files("cli"), |case| {
        let found = replay(case);
        if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
            std::fs::write(cases().join(&case.path), found).unwrap();
            return;
        }
        let differing = case.text.lines().zip(found.lines()).position(|(old, new)| old != new);
        assert!(case.text == found, "{}: line {}\n{found}", case.path, differing.unwrap_or(0) + 1);
    });
}

/// The transcript with what the commands print now.
fn replay(case: &CaseFile) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(case.path.replace('/', "-"));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    let mut out = String::new();
    let mut lines = case.text.lines();
    let mut printed = false;
    while let Some(line) = lines.next() {
        if let Some(command) = line.strip_prefix("$ ") {
            printed = true;
            let _ = writeln!(out, "{line}\n{}", run(command, &folder));
            continue;
        }
        if line.starts_with('%') || line.starts_with('#') {
            printed = false;
        }
        if printed {
            continue;
        }
        let _ = writeln!(out, "{line}");
        if let Some(rest) = line.strip_prefix("% file ") {
            let mut text = String::new();
            for line in lines.by_ref() {
                let _ = writeln!(out, "{line}");
                if line == "% end" {
                    break;
                }
                let _ = writeln!(text, "{line}");
            }
            file(&folder, rest, &text);
        } else if let Some(rest) = line.strip_prefix("% ") {
            made(&folder, rest);
        }
    }
    out
}

fn file(folder: &Path, name: &str, text: &str) {
    if let Some((below, _)) = name.rsplit_once('/') {
        std::fs::create_dir_all(folder.join(below)).unwrap();
    }
    match name.split_once(" as ") {
        Some((name, "gb18030")) => {
            let (bytes, _, _) = encoding_rs::GB18030.encode(text);
            std::fs::write(folder.join(name), bytes).unwrap();
        }
        Some((_, encoding)) => panic!("no encoding {encoding}"),
        None => std::fs::write(folder.join(name), text).unwrap(),
    }
}

fn made(folder: &Path, line: &str) {
    let words: Vec<&str> = line.splitn(4, ' ').collect();
    if let ["folder", name, depth] = words.as_slice() {
        let names = std::iter::repeat_n(*name, depth.parse().unwrap());
        std::fs::create_dir_all(folder.join(names.collect::<PathBuf>())).unwrap();
        return;
    }
    let [kind, name, count, text] = words.as_slice() else { panic!("`% {line}` says too little") };
    let count: usize = count.parse().unwrap();
    let text = match (*kind, text.split_once(' ')) {
        ("large", _) => format!("{text}\n").repeat(count),
        ("deep", Some((open, rest))) => {
            let (close, before) = rest.split_once(' ').unwrap_or((rest, ""));
            let before = before.replace("\\n", "\n");
            format!("{before}{}{}\n", open.repeat(count), close.repeat(count))
        }
        _ => panic!("`% {line}` is not understood"),
    };
    std::fs::write(folder.join(name), text).unwrap();
}

/// Output, errors and exit code of one command.
fn run(command: &str, folder: &Path) -> String {
    let (command, input) = match command.split_once(" < ") {
        Some((command, input)) => (command, Some(input)),
        None => (command, None),
    };
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("huize"), "{command}");
    let input =
        input.map_or_else(Stdio::null, |name| File::open(folder.join(name)).unwrap().into());
    let arguments = words.map(|word| word.replace("REPOSITORY", &root().to_string_lossy()));
    let output = Command::new(env!("CARGO_BIN_EXE_huize"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("LC_ALL", "zh_CN.UTF-8")
        .stdin(input)
        .output()
        .unwrap();
    let mut shown = String::new();
    for (stream, text) in [("", &output.stdout), ("[stderr]\n", &output.stderr)] {
        let text = String::from_utf8(text.clone()).unwrap();
        if !text.is_empty() {
            let _ = writeln!(shown, "{stream}{}", text.trim_end());
        }
    }
    let shown = shown.replace(&*root().to_string_lossy(), "REPOSITORY");
    let code = output.status.code().map_or_else(|| "none".to_owned(), |code| code.to_string());
    // Nothing that is printed may look like a line of the transcript itself.
    let shown: String = shown
        .lines()
        .map(|line| {
            if line.starts_with(['$', '%', '#']) {
                format!(" {line}\n")
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    format!("{shown}[exit {code}]\n")
}
