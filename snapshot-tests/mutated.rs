//! Every text of the tree cut off anywhere, and with words taken out, put in, doubled or moved: it is
//! read, checked and reported without a panic, whatever is left of it.
#![expect(clippy::indexing_slicing, reason = "places are drawn from what is there")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use huize::diagnostic::{Diagnostic, Language, Severity, render};
use huize::engine::Library;
use huize::format::{Dialect, FormatOptions, format};
use huize::source::{SourceId, SourceMap};
use huize::syntax::token::tokens;
use huize::syntax::{mask_markdown, parse};

use crate::program::{Program, programs};
use crate::{case_files, files_below, root, slashed};

/// What every text of the tree is, in Chinese as it is written and in English.
static TEXTS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let mut texts = Vec::new();
    for folder in ["policies", "examples", "benches", "docs", "snapshot-tests", "src"] {
        for path in files_below(&root().join(folder)) {
            let name = slashed(path.strip_prefix(root()).unwrap());
            let is_text = path.extension().is_some_and(|end| end == "hz" || end == "md");
            if is_text && !name.starts_with("docs/book/") {
                texts.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    for readme in ["README.md", "README.zh-CN.md"] {
        texts.push((readme.to_owned(), std::fs::read_to_string(root().join(readme)).unwrap()));
    }
    let options = FormatOptions { dialect: Some(Dialect::En), ..FormatOptions::default() };
    for at in 0..texts.len() {
        let (name, text) = &texts[at];
        if let Ok(english) = format(SourceId(0), text, &options) {
            texts.push((format!("{name} in English"), english));
        }
    }
    texts
});

/// Small programs, each of which is checked in a moment.
static SMALL: LazyLock<Vec<Program>> = LazyLock::new(|| {
    let cases: Vec<_> = ["eval", "check"].into_iter().flat_map(case_files).collect();
    cases.iter().flat_map(programs).collect()
});

/// Numbers without end, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let end = u64::try_from(end.max(1)).unwrap();
        usize::try_from((z ^ (z >> 31)) % end).unwrap()
    }
}

/// Pieces that mean something in one place and nothing in another.
const ODD: [&str; 36] = [
    "（",
    "）",
    "，",
    "：",
    "；",
    "。",
    "=",
    "＋",
    "－",
    "×",
    "÷",
    "的",
    "且",
    "非",
    "0",
    "30%",
    "99999999999999999999元",
    "1201元/月",
    "「",
    "」",
    "“",
    "”",
    "｜",
    "\n",
    "（一）",
    "1．",
    "2023年2月30日",
    "6个月",
    "#",
    "```",
    "```huize\n",
    "~~~\n",
    "\u{feff}",
    "\u{3000}",
    "\r\n",
    "【】",
];

/// A text with a few of its words taken out, put in, doubled or moved.
fn mutated(text: &str, dice: &mut Dice) -> String {
    let mut words: Vec<&str> = tokens(text).iter().map(|token| token.text(text)).collect();
    for _ in 0..=dice.below(4) {
        let (at, other) = (dice.below(words.len()), dice.below(words.len()));
        if words.is_empty() {
            words.push(ODD[dice.below(ODD.len())]);
            continue;
        }
        match dice.below(6) {
            0 => drop(words.remove(at)),
            1 => words.insert(at, ODD[dice.below(ODD.len())]),
            2 => words[at] = ODD[dice.below(ODD.len())],
            3 => words.swap(at, other),
            4 => words[at] = words[other],
            // A piece of the text once more, somewhere else.
            _ => {
                let end = (at + dice.below(20)).min(words.len());
                let piece = words[at..end].to_vec();
                words.splice(other..other, piece);
            }
        }
    }
    words.concat()
}

/// The text up to a character.
fn prefix(text: &str, mut at: usize) -> &str {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    &text[..at]
}

fn shown(findings: &[Diagnostic], sources: &SourceMap) {
    for finding in findings {
        for language in [Language::Zh, Language::En] {
            assert!(!render::plain(finding, sources, language).is_empty());
        }
    }
}

/// Reads a text both as a policy and as Markdown; every error can be shown, and points into it.
fn read(text: &str) {
    for text in [text, &mask_markdown(text)] {
        let mut sources = SourceMap::default();
        let source = sources.add("mutated.hz", text);
        for error in parse(source, text).errors {
            assert!(text.get(error.span().range()).is_some(), "{error:?}");
            let diagnostic = error.diagnostic();
            assert_ne!(diagnostic.code, "huize::internal");
            shown(&[diagnostic], &sources);
        }
    }
    assert_eq!(mask_markdown(text).len(), text.len(), "places in a literate file stay true");
}

/// Checks a program one of whose texts is another; every finding can be shown.
fn checked(files: Vec<(String, String)>) -> bool {
    let library = Library::from_texts(files);
    let findings = library.check();
    shown(&findings, library.sources());
    for summary in library.policies() {
        match library.compile_with_cases(&summary.name) {
            Ok(policy) => {
                for report in policy.run_cases() {
                    shown(&report.failures, policy.sources());
                }
            }
            Err(findings) => shown(&findings, library.sources()),
        }
    }
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// What came of texts, and those that did not come through unharmed.
#[derive(Default)]
struct Tried {
    prefixes: usize,
    mutations: usize,
    checked: usize,
    /// How many of the programs that were checked were still without an error.
    sound: usize,
    harmed: Vec<String>,
}

impl Tried {
    fn run<T>(&mut self, name: &str, text: &str, run: impl FnOnce() -> T) -> Option<T> {
        let came = catch_unwind(AssertUnwindSafe(run)).ok();
        if came.is_none() {
            let end: Vec<char> = text.chars().rev().take(600).collect();
            self.harmed.push(format!("{name}\n…{}", end.iter().rev().collect::<String>()));
        }
        came
    }

    fn unharmed(&self) {
        let some = self.harmed.iter().take(9).cloned().collect::<Vec<_>>().join("\n----\n");
        assert!(self.harmed.is_empty(), "{} harmed\n{some}", self.harmed.len());
    }
}

/// Every so many prefixes and so many mutations of each text are read.
fn read_all(step: usize, mutations: usize, seed: u64) -> Tried {
    let mut dice = Dice(seed);
    let mut tried = Tried::default();
    for (name, text) in &*TEXTS {
        let mut at = dice.below(step);
        while at < text.len() {
            let cut = prefix(text, at);
            // What a long text says before its last pages has been tried with shorter ones.
            let start = cut.len().saturating_sub(6000);
            let start = if start == 0 { 0 } else { prefix(cut, start).rfind('\n').unwrap_or(0) };
            tried.run(name, &cut[start..], || read(&cut[start..]));
            tried.prefixes += 1;
            at += step;
        }
        for _ in 0..mutations {
            let start = prefix(text, dice.below(text.len())).rfind('\n').map_or(0, |at| at + 1);
            let piece = prefix(&text[start..], (text.len() - start).min(3000));
            let other = mutated(piece, &mut dice);
            tried.run(name, &other, || read(&other));
            tried.mutations += 1;
        }
    }
    tried
}

/// So many mutations and prefixes of each small program are checked.
fn check_all(each: usize, one_in: usize, seed: u64) -> Tried {
    let mut dice = Dice(seed);
    let mut tried = Tried::default();
    for Program { name, files } in &*SMALL {
        if dice.below(one_in) > 0 {
            continue;
        }
        for round in 0..each {
            let mut files = files.clone();
            let at = dice.below(files.len());
            let text = &files[at].1;
            let other = match round % 4 {
                0 => prefix(text, dice.below(text.len())).to_owned(),
                _ => mutated(text, &mut dice),
            };
            files[at].1.clone_from(&other);
            let wrong = tried.run(name, &other, || checked(files));
            tried.checked += 1;
            tried.sound += usize::from(wrong == Some(false));
        }
    }
    tried
}

#[test]
fn cut_and_mutated_texts_are_read() {
    let tried = read_all(40_000, 1, 1);
    tried.unharmed();
    assert!(tried.prefixes > 50 && tried.mutations > 300, "{}", tried.mutations);
}

#[test]
fn cut_and_mutated_programs_are_checked() {
    let tried = check_all(1, 3, 2);
    tried.unharmed();
    assert!(tried.checked > 50 && tried.sound > 0, "{}", tried.checked);
}

/// Every prefix that ends at every 97th byte, and 40 mutations of each text; 20 of each program:
/// `cargo test --test snapshots mutated -- --ignored --nocapture`.
#[test]
#[ignore = "minutes"]
fn cut_and_mutated_texts_are_read_and_checked_at_length() {
    let Tried { checked, sound, harmed, .. } = check_all(20, 1, 4);
    println!("{} programs, {checked} checked, {sound} of them without an error", SMALL.len());
    let mut tried = read_all(97, 40, 3);
    let Tried { prefixes, mutations, .. } = tried;
    println!("{} texts, {prefixes} prefixes, {mutations} mutations", TEXTS.len());
    tried.harmed.extend(harmed);
    tried.unharmed();
}
