//! Every policy text in the tree, whoever it is for: the policies that come with huize, the cases of
//! the language, the town of the tests, the samples of the manual. What must hold of every text is
//! held here.

use std::sync::LazyLock;

use huize::diagnostic::render::plain;
use huize::diagnostic::{Language, Severity};
use huize::engine::Library;
use huize::format::{Dialect, FormatOptions, format};
use huize::source::SourceId;
use huize::syntax::ast::File;
use huize::syntax::token::{TokenKind, tokens};
use huize::syntax::{Parsed, SyntaxError, parse, pieces, words};

use crate::program::{programs, run};
use crate::{case_files, files_below, manual, root, slashed};

/// A text with the name that failures show, and what becomes of it.
struct Text {
    name: String,
    text: String,
    /// Its tree.
    tree: String,
    /// Laid out.
    once: String,
    /// Rewritten in English.
    english: String,
}

/// Read and rewritten once for all tests: most of their time is parsing.
static TEXTS: LazyLock<Vec<Text>> = LazyLock::new(|| {
    let rewrite = |(name, text): (String, String)| Text {
        tree: told(&text),
        once: laid_out(&text, None),
        english: laid_out(&text, Some(Dialect::En)),
        name,
        text,
    };
    texts().into_iter().map(rewrite).collect()
});

/// The texts that can be read, in Chinese and in English.
fn texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let mut add = |name: String, text: &str| {
        for (at, text) in one_header_each(text).into_iter().enumerate() {
            texts.push((format!("{name}#{at}"), text));
        }
    };
    for folder in ["policies", "examples", "snapshot-tests/town", "docs/samples"] {
        for path in policy_files(folder) {
            let name = slashed(path.strip_prefix(root()).unwrap());
            add(name, &std::fs::read_to_string(&path).unwrap());
        }
    }
    for kind in ["eval", "check"] {
        for case in case_files(kind) {
            for program in programs(&case) {
                for (path, text) in &program.files {
                    add(format!("{} {} {path}", case.path, program.name), text);
                }
            }
        }
    }
    for kind in ["diagnostics", "syntax"] {
        for case in case_files(kind) {
            add(case.path.clone(), &case.text);
        }
    }
    for (name, text) in manual::samples() {
        add(name, &text);
    }
    let all = texts.len();
    let mut unread = Vec::new();
    texts.retain(|(name, text)| {
        let parsed = read(text);
        let is_bad_on_purpose = text.contains("# error: [") || name.starts_with("diagnostics/");
        if !parsed.errors.is_empty() && !is_bad_on_purpose {
            unread.push(format!("{name}: {:?}", parsed.errors));
        }
        parsed.errors.is_empty()
    });
    assert!(unread.is_empty(), "{}", unread.join("\n"));
    assert!(texts.len() * 10 > all * 8, "{} of {all} texts can be read", texts.len());
    texts
}

fn policy_files(folder: &str) -> Vec<std::path::PathBuf> {
    let is_policy = |path: &std::path::PathBuf| path.extension().is_some_and(|end| end == "hz");
    files_below(&root().join(folder)).into_iter().filter(is_policy).collect()
}

/// A text that holds several files, cut at their headers.
fn one_header_each(text: &str) -> Vec<String> {
    let cut = pieces::cut(text);
    let headers = cut.pieces.iter().skip(1).filter(|piece| words::HEADERS.contains(&piece.word));
    let mut ends: Vec<usize> = headers.map(|piece| piece.range.start).collect();
    ends.push(text.len());
    let mut start = 0;
    let mut texts = Vec::new();
    for end in ends {
        texts.push(text[start..end].to_owned());
        start = end;
    }
    texts
}

/// A text as parsed; samples have no header.
fn read(text: &str) -> Parsed {
    let mut parsed = parse(SourceId(0), text);
    parsed.errors.retain(|error| !matches!(error, SyntaxError::MissingHeader { .. }));
    parsed
}

/// The tree of a text, or why it has none.
fn told(text: &str) -> String {
    let parsed = read(text);
    let Some(error) = parsed.errors.first() else { return shape(&parsed.file) };
    let around = text[..error.span().range().start].lines().last().unwrap_or("");
    let diagnostic = error.diagnostic();
    format!("{}: {around} ⟨{}⟩ in {text}", diagnostic.code, diagnostic.message.zh)
}

/// A tree without its places, `0:12..34`, and without the written text of the cells that are read as
/// values, `TableCell { text: Text { … }, content: Alternatives(…) }`.
fn shape(file: &File) -> String {
    let written = format!("{file:?}");
    let mut shape = String::with_capacity(written.len());
    let mut rest = written.as_str();
    while let Some(at) = rest.find("0:") {
        let (before, place) = rest.split_at(at);
        shape.push_str(before);
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let start = digits(&place[2..]);
        let end = place.get(2 + start..).and_then(|rest| rest.strip_prefix("..")).map_or(0, digits);
        let length = if start > 0 && end > 0 { 2 + start + 2 + end } else { 2 };
        if length == 2 {
            shape.push_str("0:");
        }
        rest = &place[length..];
    }
    shape.push_str(rest);
    let mut parts = shape.split("Cell { text: Text { ");
    let mut read = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let content = part.find("span:  }, ").map_or("", |at| &part[at + "span:  }, ".len()..]);
        let is_text =
            content.starts_with("content: Words") || content.starts_with("content: Citation");
        read.push_str("Cell { ");
        read.push_str(if is_text { part } else { content });
    }
    read
}

/// Where two trees part, with what comes before.
fn difference(left: &str, right: &str) -> Option<String> {
    if left == right {
        return None;
    }
    let at = left.bytes().zip(right.bytes()).take_while(|(left, right)| left == right).count();
    let around = |text: &str| {
        let start = (0..=at.saturating_sub(60)).rev().find(|at| text.is_char_boundary(*at));
        text[start.unwrap_or(0)..].chars().take(160).collect::<String>()
    };
    Some(format!("  {}\n  {}", around(left), around(right)))
}

fn is_english(text: &str) -> bool {
    pieces::cut(text).pieces.iter().any(|piece| piece.spelling.is_ascii())
}

/// A Chinese text without its blanks, but for the one behind a word that leads a line, and between
/// two words that nothing else tells apart: 重病 是 of facts and parameters, 在业 则 without a comma.
/// What a citation says is the author's, and ends only where a blank and `#` follow.
fn dense(text: &str) -> String {
    use TokenKind::{Clause, Comment, Keyword, Name, Newline, Reserved, Whitespace};
    let mut dense = String::new();
    // Words on this line so far, while they are such as lead a line: 补充 规则.
    let mut leading = true;
    let mut declaration = "";
    let mut last = None;
    let tokens = tokens(text);
    for (at, token) in tokens.iter().enumerate() {
        let word = token.text(text);
        match token.kind {
            Whitespace => {
                let next = tokens.get(at + 1);
                let next_is =
                    |kinds: &[TokenKind]| next.is_some_and(|next| kinds.contains(&next.kind));
                let next_word = next.map_or("", |next| next.text(text));
                let of_words =
                    matches!(declaration, "案例" | "参数") || matches!(next_word, "则" | "否则");
                let between_words = last == Some(Name) && of_words && next_is(&[Name, Reserved]);
                if leading && last.is_some() || between_words || next_is(&[Comment]) {
                    dense.push(' ');
                }
                continue;
            }
            Newline => (leading, last) = (true, None),
            kind => {
                if kind == Keyword {
                    declaration = word;
                }
                leading &= matches!(kind, Keyword | Clause) || last.is_none() && word == "其中";
                last = Some(kind);
            }
        }
        dense.push_str(word);
    }
    dense
}

#[test]
fn chinese_needs_no_blanks() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for Text { name, text, tree, .. } in TEXTS.iter().filter(|text| !is_english(&text.text)) {
        count += 1;
        let parts = difference(tree, &told(&dense(text)));
        wrong.extend(parts.map(|parts| format!("{name}\n{parts}")));
    }
    assert!(count > 300, "{count} texts");
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
}

fn laid_out(text: &str, dialect: Option<Dialect>) -> String {
    let options = FormatOptions { dialect, ..FormatOptions::default() };
    // What cannot be laid out is told by the tree of what stands instead of it.
    format(SourceId(0), text, &options).unwrap_or_else(|error| format!("{error:?} {dialect:?}"))
}

/// Layout says nothing, is laid out as it stands, and keeps every comment.
#[test]
fn laying_out_keeps_what_is_said() {
    let mut wrong = Vec::new();
    for Text { name, text, tree, once, .. } in &*TEXTS {
        if *once != laid_out(once, None) {
            wrong.push(format!("{name}: twice is not once"));
        }
        // One that is not all in one dialect is laid out in that of its beginning.
        let parts = difference(tree, &told(once)).filter(|_| !is_mixed(text));
        wrong.extend(parts.map(|parts| format!("{name}\n{parts}")));
        if comments(text) != comments(once) {
            wrong.push(format!("{name}: comments"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The comments of a text, in the order of the alphabet: one may move past a citation.
fn comments(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let comments = tokens.iter().filter(|token| token.kind == TokenKind::Comment);
    let mut found: Vec<_> = comments.map(|token| token.text(text).trim_end().to_owned()).collect();
    found.sort();
    found
}

fn is_mixed(text: &str) -> bool {
    let pieces = pieces::cut(text).pieces;
    let english = pieces.iter().filter(|piece| piece.spelling.is_ascii()).count();
    0 < english && english < pieces.len()
}

/// A text in English and back in Chinese: what a text says it says in both.
#[test]
fn both_dialects_say_the_same() {
    let mut wrong = Vec::new();
    for Text { name, text, tree, once, english } in &*TEXTS {
        if laid_out(english, None) != *english {
            wrong.push(format!("{name}: English is not laid out"));
        }
        // 岁 and 周岁 are one unit, which has one word in English; so are 天 and 日.
        let ages = |tree: &str| tree.replace("周岁", "岁").replace("text: \"天\"", "text: \"日\"");
        let before =
            if is_english(text) { told(&laid_out(once, Some(Dialect::Zh))) } else { tree.clone() };
        let again = laid_out(english, Some(Dialect::Zh));
        let back = told(&again);
        if name.starts_with("policies/") {
            let (one, two) = (one_word(once), one_word(&again));
            let other = std::iter::zip(one.lines(), two.lines()).find(|(one, two)| one != two);
            wrong.extend(other.map(|(one, two)| format!("{name}\n{one}\n{two}")));
        }
        let parts = difference(&ages(&before), &ages(&back));
        wrong.extend(parts.map(|parts| format!("{name}\n{parts}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A text with each of the words that are one word in English said in one way, and without blanks: a
/// table is drawn as wide as its words.
fn one_word(text: &str) -> String {
    const SAME: [(&str, &str); 12] = [
        ("不少于", "不低于"),
        ("未达到", "低于"),
        ("达到", "不低于"),
        ("不高于", "不超过"),
        ("高于", "超过"),
        ("少于", "低于"),
        ("不满", "低于"),
        ("以内", "以下"),
        ("或者", "或"),
        ("并且", "且"),
        ("周岁", "岁"),
        ("天", "日"),
    ];
    let said = SAME.iter().fold(text.to_owned(), |text, (word, same)| text.replace(word, same));
    said.replace(' ', "")
}

/// What does not come out in `files`, and how many cases do.
fn outcome(files: &[(String, String)]) -> (Vec<String>, usize) {
    let checked = run(files);
    let sources = checked.library.sources();
    let errors = checked.findings.iter().filter(|found| found.severity == Severity::Error);
    let errors = errors.map(|finding| plain(finding, sources, Language::Zh)).collect();
    (errors, checked.reports.len())
}

fn case_count(text: &str) -> usize {
    pieces::cut(text).pieces.iter().filter(|piece| piece.word.zh == "案例").count()
}

fn rewritten(files: &[(String, String)], dialect: Dialect) -> Vec<(String, String)> {
    let rewrite = |(name, text): &(String, String)| {
        let text = if name.ends_with(".hz") { laid_out(text, Some(dialect)) } else { text.clone() };
        (name.clone(), text)
    };
    files.iter().map(rewrite).collect()
}

/// Rewritten in English, and from there in Chinese again, the programs check and every case comes out
/// as it was expected before.
#[test]
fn both_dialects_decide_the_same() {
    let mut wrong = Vec::new();
    let mut compare = |name: &str, files: &[(String, String)]| {
        let cases = files.iter().map(|(_, text)| case_count(text)).sum::<usize>();
        let english = rewritten(files, Dialect::En);
        for files in [english.clone(), rewritten(&english, Dialect::Zh)] {
            let (errors, count) = outcome(&files);
            if !errors.is_empty() || count != cases {
                wrong.push(format!("{name}: {count} of {cases} cases\n{}", errors.join("\n")));
            }
        }
    };
    for case in case_files("eval") {
        for program in programs(&case) {
            compare(&program.name, &program.files);
        }
    }
    let town: Vec<(String, String)> = policy_files("snapshot-tests/town")
        .iter()
        .map(|path| (slashed(path), std::fs::read_to_string(path).unwrap()))
        .collect();
    compare("the town", &town);
    let builtin = Library::builtin();
    let files: Vec<(String, String)> = builtin
        .sources()
        .iter()
        .map(|(_, file)| (file.name().to_owned(), file.text().to_owned()))
        .collect();
    compare("the policies that come with huize", &files);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
