//! `cases/repl/*.transcript`: lines typed at the prompt, and what the session replies.
//!
//! A line typed begins with `> `; further lines of the same input with `. `. What follows is the
//! reply, with its findings; `[failed]` says that the line was not done, `[quit]` that the session
//! is over. Lines that begin with `%` set the scene:
//!
//! - `% lang en`, `% width 60`, `% clear`: how replies are written, before the first line typed
//! - `% policy NAME` up to `% end`: the policy files are these, in place of those of `town/`
//! - `% file NAME` up to `% end`: a file that can be loaded, beside those of `town/`
//! - `% change NAME` up to `% end`: a policy file is another now, and the session sees it
//! - `% stop N`: the next line is stopped where it asks for the N-th time whether to go on
//! - `% wrote NAME`: what the session wrote into a file, until the next line typed
//! - `% typed TEXT`: what completion and hint say with the cursor at the end of the text
//!
//! The policies and the family are those of `snapshot-tests/town/`, made up for this, so that work on
//! the real ones shifts no reply. Lines that begin with `#` are remarks. `INSTA_UPDATE=always` writes the replies into the file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use huize::diagnostic::{Bilingual, Diagnostic, Language, render};
use huize::repl::{Options, Reply, Session, Start, Status, World};

use crate::{CaseFile, case_files, cases, each, files_below, root};

#[test]
fn replies_are_what_the_transcripts_say() {
    each(&case_files("repl"), |case| {
        let found = replay(case);
        if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
            std::fs::write(cases().join(&case.path), found).unwrap();
            return;
        }
        let differing = case.text.lines().zip(found.lines()).position(|(old, new)| old != new);
        assert!(case.text == found, "{}: line {}\n{found}", case.path, differing.unwrap_or(0) + 1);
    });
}

/// The session that each README shows is what comes of its lines.
#[test]
fn the_session_of_the_readme_is_what_is_replied() {
    for (name, language) in [("README.md", Language::En), ("README.zh-CN.md", Language::Zh)] {
        let path = root().join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        let (before, rest) = text.split_once("```text\n$ huize repl ").unwrap();
        let (shown, after) = rest.split_once("```\n").unwrap();
        let (arguments, lines) = shown.split_once('\n').unwrap();
        let facts = arguments.split(' ').next().unwrap().to_owned();
        let options = Options { language, width: 90, ..Options::default() };
        let mut session = Session::new(options, None);
        let mut desk = Desk::default();
        let start = Start { facts: Some(facts), ..Start::default() };
        let mut found = format!("{arguments}\n{}", session.start(&start, &mut desk).text);
        let mut typed = 0;
        for line in lines.lines() {
            let Some((_, line)) = line.split_once(" › ") else { continue };
            typed += 1;
            let _ = writeln!(found, "{}{line}", session.prompt());
            let reply = session.line(line, &mut desk);
            assert_eq!(reply.status, Status::Done, "{name}: {line}: {:?}", reply.findings);
            found.push_str(&reply.text);
        }
        assert_eq!(typed, 10, "{name}");
        if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
            let text = format!("{before}```text\n$ huize repl {found}```\n{after}");
            std::fs::write(&path, text).unwrap();
        } else {
            assert_eq!(shown, found, "{name}");
        }
    }
}

/// Files in memory, over those of the repository.
#[derive(Default)]
pub(crate) struct Desk {
    files: BTreeMap<String, String>,
    policies: Option<Vec<(String, String)>>,
    /// How often it may be asked whether to stop before it says so.
    patience: std::cell::Cell<Option<usize>>,
}

impl Desk {
    fn texts(&self) -> Vec<(String, String)> {
        self.policies.clone().unwrap_or_else(town_policies)
    }
}

impl World for Desk {
    fn read(&mut self, path: &str) -> Result<String, Vec<Diagnostic>> {
        let here = self.files.get(path).cloned();
        let file = |folder: PathBuf| std::fs::read_to_string(folder.join(path)).ok();
        here.or_else(|| file(town())).or_else(|| file(root())).ok_or_else(|| {
            let message =
                Bilingual::new(format!("无法读取 `{path}`"), format!("cannot read `{path}`"));
            vec![Diagnostic::error("huize::cli::unreadable", message)]
        })
    }

    fn write(&mut self, path: &str, text: &str) -> Result<(), Vec<Diagnostic>> {
        self.files.insert(path.to_owned(), text.to_owned());
        Ok(())
    }

    fn policies(&mut self) -> Result<Option<Vec<(String, String)>>, Vec<Diagnostic>> {
        Ok(Some(self.texts()))
    }

    fn cancelled(&self) -> bool {
        let left = self.patience.get();
        self.patience.set(left.map(|left| left.saturating_sub(1)));
        left == Some(0)
    }
}

fn town() -> PathBuf {
    root().join("snapshot-tests/town")
}

/// The policies of the town.
fn town_policies() -> Vec<(String, String)> {
    let policies =
        files_below(&town()).into_iter().filter(|path| path.extension().unwrap() == "hz");
    policies
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// The transcript with what the session replies now.
fn replay(case: &CaseFile) -> String {
    let mut options = Options::default();
    let mut desk = Desk::default();
    let mut session: Option<Session> = None;
    let mut out = String::new();
    let mut lines = case.text.lines().peekable();
    let mut replying = false;
    while let Some(line) = lines.next() {
        if let Some(first) = line.strip_prefix("> ").or_else(|| (line == ">").then_some("")) {
            replying = true;
            let _ = writeln!(out, "{line}");
            let mut text = first.to_owned();
            while let Some(more) = lines.next_if(|line| line.starts_with(". ") || *line == ".") {
                let _ = writeln!(out, "{more}");
                text = format!("{text}\n{}", more.get(2..).unwrap_or(""));
            }
            let session = session.get_or_insert_with(|| Session::new(options, Some(desk.texts())));
            let reply = session.line(&text, &mut desk);
            show(&reply, session.options().language, &mut out);
            desk.patience.set(None);
            continue;
        }
        if !line.starts_with('%') && !line.starts_with('#') {
            if !replying {
                let _ = writeln!(out, "{line}");
            }
            continue;
        }
        replying = false;
        let _ = writeln!(out, "{line}");
        let Some(words) = line.strip_prefix("% ") else { continue };
        let (word, rest) = words.split_once(' ').unwrap_or((words, ""));
        match word {
            "lang" => options.language = if rest == "en" { Language::En } else { Language::Zh },
            "width" => options.width = rest.parse().unwrap(),
            "clear" => options.clear = true,
            "stop" => desk.patience.set(Some(rest.parse().unwrap())),
            "policy" | "file" | "change" => {
                let mut text = String::new();
                for line in lines.by_ref() {
                    let _ = writeln!(out, "{line}");
                    if line == "% end" {
                        break;
                    }
                    let _ = writeln!(text, "{line}");
                }
                if word == "file" {
                    desk.files.insert(rest.to_owned(), text);
                    continue;
                }
                let texts = desk.texts();
                let policies = desk
                    .policies
                    .get_or_insert_with(|| if word == "change" { texts } else { Vec::new() });
                policies.retain(|(name, _)| name != rest);
                policies.push((rest.to_owned(), text));
                if word == "change" {
                    replying = true;
                    let session = session.as_mut().unwrap();
                    let reply = session.reload(Some(desk.texts()));
                    show(&reply, session.options().language, &mut out);
                }
            }
            "wrote" => {
                replying = true;
                let text = desk.files.get(rest).map_or("(nothing)\n", String::as_str);
                let _ = writeln!(out, "{}", marked(text));
            }
            "typed" => {
                replying = true;
                let session =
                    session.get_or_insert_with(|| Session::new(options, Some(desk.texts())));
                typed(session, rest, &mut out);
            }
            _ => panic!("`{line}` is not understood"),
        }
    }
    out
}

/// What the reply says, an empty line after it.
fn show(reply: &Reply, language: Language, out: &mut String) {
    let mut text = reply.text.clone();
    for finding in &reply.findings {
        let _ = writeln!(text, "{}", render::plain(finding, &reply.sources, language).trim_end());
    }
    match reply.status {
        Status::Done => {}
        Status::Failed => text.push_str("[failed]\n"),
        Status::Quit => text.push_str("[quit]\n"),
    }
    let _ = writeln!(out, "{}", marked(&text));
}

/// Nothing that is replied may look like a line of the transcript itself.
fn marked(text: &str) -> String {
    text.lines()
        .map(|line| {
            if line.starts_with(['>', '%', '#', '.']) {
                format!(" {line}\n")
            } else {
                format!("{line}\n")
            }
        })
        .collect()
}

/// Completion and hint at the end of a text.
fn typed(session: &Session, text: &str, out: &mut String) {
    let completion = session.complete(text, text.len());
    let word = &text[completion.start..];
    if completion.path {
        let _ = writeln!(out, "a file: {word}");
    }
    for candidate in completion.candidates.iter().take(8) {
        let _ = writeln!(out, "  {}", candidate.shown);
    }
    let more = completion.candidates.len().saturating_sub(8);
    if more > 0 {
        let _ = writeln!(out, "  and {more} more");
    }
    if let Some(hint) = session.hint(text) {
        let _ = writeln!(out, "hint: {text}{hint}");
    }
    let _ = writeln!(out);
}
