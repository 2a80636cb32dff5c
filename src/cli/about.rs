//! `huize about`: what a code or a word of the language means.

use std::fmt::Write as _;

use huize::builtins::{self, Builtin, Family};
use huize::diagnostic::catalogue::{self, Entry};
use huize::diagnostic::{Bilingual, Language, closest_name};
use huize::explain::layout::{columns, pad, wrap};

use super::args::AboutArguments;
use super::problem;
use super::terminal::Terminal;
use super::{Failure, Output};

pub(super) fn run(arguments: &AboutArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let Some(word) = &arguments.word else { return Ok(Output::clean(everything(terminal))) };
    let word = word.trim();
    let found: Vec<String> = match (builtins::find(word), catalogue::find(word)) {
        (None, None) => catalogue::ending(word).map(|entry| code(entry, terminal)).collect(),
        (builtin, entry) => {
            let builtin = builtin.map(|found| function(found, terminal));
            builtin.into_iter().chain(entry.map(|entry| code(entry, terminal))).collect()
        }
    };
    if found.is_empty() {
        return Err(Failure::unusable(vec![unknown(word)]));
    }
    Ok(Output::clean(found.join("\n")))
}

fn unknown(word: &str) -> huize::diagnostic::Diagnostic {
    let names = builtins::all().flat_map(Builtin::spellings);
    let close = closest_name(word, names).or_else(|| catalogue::closest(word));
    let help = match close {
        Some(close) => {
            Bilingual::new(format!("是否指“{close}”？"), format!("did you mean `{close}`?"))
        }
        None => Bilingual::new(
            "运行 `huize about`，看全部词语和代码",
            "`huize about` lists all words and codes",
        ),
    };
    problem::usage(
        Bilingual::new(
            format!("没有叫做“{word}”的词语或代码"),
            format!("there is no word or code `{word}`"),
        ),
        help,
    )
}

/// One line for each.
fn everything(terminal: &Terminal) -> String {
    let language = terminal.language;
    let mut out = String::new();
    for family in Family::ALL {
        let _ = writeln!(out, "{}", family.title().get(language));
        let lines: Vec<(String, &str)> = builtins::all()
            .filter(|builtin| builtin.family == family)
            .flat_map(|builtin| {
                let doc = builtin.doc.get(language);
                builtin.signature_lines(language).into_iter().map(move |line| (line, doc))
            })
            .collect();
        list(&mut out, &lines, terminal);
        out.push('\n');
    }
    let _ = writeln!(out, "{}", terminal.say("诊断代码", "Codes of diagnostics"));
    let short = |entry: &Entry| entry.code.trim_start_matches("huize::").to_owned();
    let lines: Vec<(String, &str)> =
        catalogue::all().map(|entry| (short(entry), entry.message.get(language))).collect();
    list(&mut out, &lines, terminal);
    let _ = writeln!(
        out,
        "\n{}",
        terminal.say(
            "huize about 词语：看一个的说明和例子",
            "huize about WORD: one of them, with examples"
        )
    );
    out
}

/// Two columns, the second cut to the width of the terminal.
fn list(out: &mut String, lines: &[(String, &str)], terminal: &Terminal) {
    let widest = lines.iter().map(|(first, _)| columns(first)).max().unwrap_or(0).min(44);
    for (first, second) in lines {
        let room = terminal.width.saturating_sub(widest + 4).max(20);
        let mut wrapped = wrap(second, room).into_iter();
        let second = wrapped.next().unwrap_or_default();
        let more = if wrapped.next().is_some() { "…" } else { "" };
        let _ = writeln!(out, "  {}  {second}{more}", pad(first, widest));
    }
}

fn paragraph(out: &mut String, text: &str, terminal: &Terminal) {
    for line in wrap(text, terminal.width.saturating_sub(2)) {
        let _ = writeln!(out, "  {line}");
    }
}

fn indented(out: &mut String, text: &str) {
    for line in text.lines() {
        let _ = writeln!(out, "{}", format!("    {line}").trim_end());
    }
}

fn function(builtin: &Builtin, terminal: &Terminal) -> String {
    let language = terminal.language;
    let mut out = String::new();
    for line in builtin.signature_lines(language) {
        let _ = writeln!(out, "{line}");
    }
    let other = match language {
        Language::Zh => builtin.name.en,
        Language::En => builtin.name.zh,
    };
    if other != builtin.name.get(language) {
        let _ = writeln!(out, "  {} {other}", terminal.say("英文写法", "in Chinese:"));
    }
    if !builtin.also.is_empty() {
        let _ = writeln!(out, "  {} {}", terminal.say("也写作", "also:"), builtin.also.join("、"));
    }
    out.push('\n');
    paragraph(&mut out, builtin.doc.get(language), terminal);
    let _ = writeln!(out, "\n  {}", terminal.say("例", "Examples"));
    for example in builtin.examples {
        indented(&mut out, example.text.get(language));
    }
    out
}

fn code(entry: &Entry, terminal: &Terminal) -> String {
    let language = terminal.language;
    let mut out = String::new();
    let severity = entry.severity.name();
    let _ = writeln!(out, "{} [{}]", entry.code, severity.get(language));
    let _ = writeln!(out, "{}\n", entry.message.get(language));
    paragraph(&mut out, entry.explanation.get(language), terminal);
    if let Some(example) = entry.example() {
        let _ = writeln!(out, "\n  {}", terminal.say("例", "Example"));
        indented(&mut out, example.source);
        let _ = writeln!(out, "\n  {}", terminal.say("报告", "What is said"));
        indented(&mut out, &example.said(language, false));
    } else if let Some(occasion) = entry.occasion {
        let _ =
            writeln!(out, "\n  {} {}", terminal.say("例如", "For example"), occasion.get(language));
    }
    out
}
