//! The pages that are read off the grammar, the registry of builtins and the catalogue of codes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use huize::builtins::{self, Builtin, EXAMPLE_POLICY, Family, Meaning};
use huize::diagnostic::catalogue::{self, Entry};
use huize::diagnostic::{Language, Severity};
use huize::format::{Dialect, FormatOptions, format, phrases};
use huize::source::SourceMap;
use huize::syntax::words::{CLAUSES, CUTTING_WORDS, DECLARATIONS, RESERVED_WORDS, UNIT_WORDS};

use super::page::{Page, Part};
use super::{docs, settle};

#[test]
fn generated_pages_are_current() {
    let pages = [
        ("keywords.md", keywords()),
        ("builtins.md", functions()),
        ("diagnostics.md", diagnostics()),
    ];
    let mut wrong = Vec::new();
    for (name, text) in pages {
        let path = format!("reference/generated/{name}");
        assert!(docs().join("src/reference/generated").is_dir(), "the folder is there");
        wrong.extend(settle(&Page { path, parts: vec![Part::Prose(text)] }).err());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn grammar() -> String {
    std::fs::read_to_string(crate::root().join("grammar/huize.pest")).unwrap()
}

/// What the grammar says of each rule: its body and the `///` lines above it.
fn rules() -> BTreeMap<String, (String, String)> {
    let mut rules = BTreeMap::new();
    let mut said: Vec<String> = Vec::new();
    let mut last: Option<String> = None;
    for line in grammar().lines() {
        if let Some(doc) = line.strip_prefix("///") {
            said.push(doc.trim().to_owned());
            continue;
        }
        match line.split_once(" = ") {
            Some((name, body)) if !line.starts_with([' ', '/']) => {
                let doc = std::mem::take(&mut said).join(" ");
                rules.insert(name.to_owned(), (body.to_owned(), doc));
                last = Some(name.to_owned());
            }
            _ => {
                if let Some((body, _)) = last.as_ref().and_then(|name| rules.get_mut(name)) {
                    body.push_str(line);
                }
            }
        }
    }
    rules
}

/// What the grammar says of the rule that begins with a keyword.
fn about(keyword: &str, rules: &BTreeMap<String, (String, String)>) -> String {
    let spelled = format!("(\"{keyword}\" | ");
    let bare = format!("\"{keyword}\" | ");
    let token = rules
        .iter()
        .find(|(name, (body, _))| {
            name.starts_with("kw_") && (body.contains(&spelled) || body.contains(&bare))
        })
        .map(|(name, _)| name.clone());
    let Some(token) = token else { return String::new() };
    let first = format!("{{ {token} ");
    let alone = format!("{{ {token} }}");
    let mut said: Vec<&str> = Vec::new();
    for (body, doc) in rules.values() {
        let begins = body.contains(&first) || body.contains(&alone);
        if begins && !doc.is_empty() && !said.contains(&doc.as_str()) {
            said.push(doc);
        }
    }
    // 对（…）的例外: the keyword does not come first.
    if said.is_empty() {
        let anywhere = rules
            .values()
            .find(|(body, doc)| !doc.is_empty() && body.split(' ').any(|word| word == token));
        said.extend(anywhere.map(|(_, doc)| doc.as_str()));
    }
    said.join(" ")
}

fn keywords() -> String {
    let rules = rules();
    let mut out = String::from(
        "# Keywords\n\nEvery keyword is written in Chinese or in English; one file may use both. `huize fmt \
         --dialect en|zh` rewrites a file into either.\n\n## Declarations\n\nAt the start of a line, \
         with a blank behind it.\n\n| Chinese | English | what it declares |\n| --- | --- | --- |\n",
    );
    for word in DECLARATIONS {
        let said = match word.zh {
            "政策" => "What a policy file says of itself.".to_owned(),
            "词汇" => "The same of a file of shared names without rules of its own.".to_owned(),
            _ => about(word.zh, &rules),
        };
        let _ = writeln!(out, "| `{}` | `{}` | {said} |", word.zh, word.en);
    }
    out.push_str(
        "\n## Clauses\n\n| Chinese | English | stands in | what it says |\n| --- | --- | --- | --- |\n",
    );
    for clause in CLAUSES {
        let within: Vec<String> = clause.within.iter().map(|word| format!("`{word}`")).collect();
        let said = about(clause.word.zh, &rules);
        let (zh, en) = (clause.word.zh, clause.word.en);
        let _ = writeln!(out, "| `{zh}` | `{en}` | {} | {said} |", within.join(" "));
    }
    out.push_str(
        "\n## Other words\n\nModifiers, types, outcomes and word operators. `≥` `>=` `≤` `<=` `<` `>` `=` `≠` \
         `!=` are other spellings of the comparisons.\n\n| Chinese | English |\n| --- | --- |\n",
    );
    for word in phrases() {
        let _ = writeln!(out, "| `{}` | `{}` |", word.zh, word.en);
    }
    let list =
        |words: &[&str]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" ");
    let _ = write!(
        out,
        "\n## Words that end a name\n\nThese may not stand inside a Chinese name, wherever they occur; \
         `「…」` quotes a name that contains one.\n\n{}\n\nThese are never a whole name:\n\n{}\n\n\
         ## Built-in units\n\n{}\n",
        list(CUTTING_WORDS),
        list(RESERVED_WORDS),
        list(UNIT_WORDS)
    );
    out
}

fn english(text: &str) -> String {
    let mut sources = SourceMap::default();
    let source = sources.add("example.hz", text);
    let options = FormatOptions { dialect: Some(Dialect::En), ..FormatOptions::default() };
    format(source, text, &options).unwrap()
}

fn functions() -> String {
    let mut out = String::from(
        "# Built-ins\n\nFunctions, words and prefixes that the language knows without being told. Every example is \
         a condition that holds in [the family below](#the-family-of-the-examples). What is in \
         brackets `[…]` may be left out. `huize about WORD` prints an entry.\n",
    );
    for family in Family::ALL {
        let title = family.title();
        let _ = write!(out, "\n## {}\n\n{}\n", title.en, title.zh);
        for builtin in builtins::all().filter(|builtin| builtin.family == family) {
            entry(&mut out, builtin);
        }
    }
    let _ = write!(
        out,
        "\n## The family of the examples\n\n```huize\n{EXAMPLE_POLICY}```\n\n```huize,en\n{}```\n",
        english(EXAMPLE_POLICY)
    );
    out
}

fn entry(out: &mut String, builtin: &Builtin) {
    let (zh, en) = (builtin.name.zh, builtin.name.en);
    let kind = match builtin.meaning {
        Meaning::Function(_) => "function",
        Meaning::Word(_) => "word",
        Meaning::Prefix(_) => "beginning of a name",
        Meaning::LookBack => "form with a number inside",
    };
    let heading = if zh == en { format!("`{zh}`") } else { format!("`{zh}` `{en}`") };
    let _ = write!(out, "\n### {heading}\n\n*{kind}*");
    if !builtin.also.is_empty() {
        let also: Vec<String> = builtin.also.iter().map(|word| format!("`{word}`")).collect();
        let _ = write!(out, ", also {}", also.join(" "));
    }
    out.push_str("\n\n");
    for language in [Language::Zh, Language::En] {
        for line in builtin.signature_lines(language) {
            let _ = writeln!(out, "- `{line}`");
        }
    }
    let _ = write!(out, "\n{}\n\n{}\n\n", builtin.doc.en, builtin.doc.zh);
    out.push_str("| Chinese | English |\n| --- | --- |\n");
    for example in builtin.examples {
        let cell = |text: &str| text.replace('|', "\\|");
        let _ = writeln!(out, "| `{}` | `{}` |", cell(example.text.zh), cell(example.text.en));
    }
}

fn diagnostics() -> String {
    let mut out = String::from(
        "# Diagnostics\n\nEvery error and warning has a permanent code `huize::<phase>::<name>`. `huize about CODE` \
         prints an entry, in Chinese with `--lang zh`.\n",
    );
    let mut phase = "";
    for entry in catalogue::all() {
        if entry.phase() != phase {
            phase = entry.phase();
            let _ = write!(out, "\n## {phase}\n");
        }
        code(&mut out, entry);
    }
    out
}

fn code(out: &mut String, entry: &Entry) {
    let severity = match entry.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
    };
    let _ = write!(
        out,
        "\n### `{}`\n\n*{severity}*: {}<br>\n{}\n\n{}\n\n{}\n",
        entry.code,
        escaped(entry.message.en),
        escaped(entry.message.zh),
        escaped(entry.explanation.en),
        escaped(entry.explanation.zh)
    );
    if let Some(example) = entry.example() {
        let _ = write!(
            out,
            "\n```text\n{}\n```\n\n```text\n{}\n```\n",
            example.source.trim_end(),
            example.said(Language::En, false)
        );
    } else if let Some(occasion) = entry.occasion {
        let _ = write!(out, "\nFor example: {}\n", escaped(occasion.en));
    }
}

/// Outside a code span, what Markdown would read as a tag.
fn escaped(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(at, part)| {
        if at % 2 == 0 { part.replace('<', "&lt;").replace('*', "\\*") } else { part.to_owned() }
    });
    parts.collect::<Vec<_>>().join("`")
}
