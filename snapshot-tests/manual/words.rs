//! Every word of the grammar and every builtin is named in a page that somebody wrote: what nobody
//! explains, nobody finds.

use std::collections::BTreeSet;

use huize::builtins::{self, Meaning};

use super::pages;

/// The text of the reference and the semantics that is written by hand.
fn written() -> String {
    let parts = ["reference/", "semantics/"];
    pages()
        .into_iter()
        .filter(|page| parts.iter().any(|part| page.path.starts_with(part)))
        .filter(|page| !page.path.contains("generated/") && page.path != "reference/grammar.md")
        .map(|page| page.text())
        .collect()
}

/// Whether a text names a word: an ASCII one not as a part of a longer one.
fn names(text: &str, word: &str) -> bool {
    let part = |letter: Option<char>| letter.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        // receives_ is the beginning of a name.
        !word.is_ascii() || !(part(before) || part(after) && !word.ends_with('_'))
    })
}

#[test]
fn every_word_is_in_a_page_that_somebody_wrote() {
    let grammar = std::fs::read_to_string(crate::root().join("grammar/huize.pest")).unwrap();
    let mut words = BTreeSet::new();
    for line in grammar.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for literal in line.split('"').skip(1).step_by(2) {
            let is_word = literal.chars().all(|c| c.is_ascii_alphabetic() || c == '_')
                || literal.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
            if is_word && !literal.is_empty() {
                words.insert(literal.to_owned());
            }
        }
    }
    assert!(words.len() > 250, "{} words of the grammar", words.len());
    for builtin in builtins::all() {
        if !matches!(builtin.meaning, Meaning::LookBack) {
            words.extend([builtin.name.zh, builtin.name.en].map(str::to_owned));
        }
    }
    let text = written();
    // （一） to （九）: numerals of lists are not words of their own.
    let missing: Vec<&String> = words
        .iter()
        .filter(|word| word.chars().count() > 1 || word.is_ascii())
        .filter(|word| !names(&text, word))
        .collect();
    assert!(missing.is_empty(), "no page says what these are: {missing:?}");
}
