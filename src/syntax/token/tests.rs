use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::{TokenKind, tokens};
use crate::syntax::words;

const GRAMMAR: &str = include_str!("../../../grammar/huize.pest");

/// Every policy text below `folder`.
fn policies(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            policies(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "hz") {
            found.push(path);
        }
    }
}

fn lossless(text: &str) {
    let mut at = 0;
    for token in tokens(text) {
        assert_eq!(token.start, at, "{text:?}");
        assert!(token.end > token.start, "{text:?}: {token:?}");
        at = token.end;
    }
    assert_eq!(at, text.len(), "{text:?}");
}

/// The tokens but blanks, as `kind text`.
fn told(text: &str) -> Vec<String> {
    tokens(text)
        .iter()
        .filter(|token| !matches!(token.kind, TokenKind::Whitespace | TokenKind::Newline))
        .map(|token| format!("{:?} {}", token.kind, token.text(text)))
        .collect()
}

#[test]
fn every_policy_is_rebuilt_from_its_tokens() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    policies(&root.join("policies"), &mut found);
    policies(&root.join("snapshot-tests/cases"), &mut found);
    assert!(found.len() > 5);
    for path in found {
        let text = std::fs::read_to_string(&path).unwrap();
        lossless(&text);
        // Programs that show a diagnostic are wrong on purpose.
        if path.components().any(|part| part.as_os_str() == "diagnostics") {
            continue;
        }
        let unknown: Vec<_> = tokens(&text)
            .into_iter()
            .filter(|token| token.kind == TokenKind::Unknown)
            .map(|token| token.text(&text).to_owned())
            .collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", path.display());
    }
}

#[test]
fn names_are_cut_as_the_grammar_cuts_them() {
    assert_eq!(
        told("规则 甲（人）：是否 = 年龄达到70周岁且非在业或父亲的重病"),
        [
            "Keyword 规则",
            "Name 甲",
            "Punctuation （",
            "Name 人",
            "Punctuation ）",
            "Punctuation ：",
            "Name 是否",
            "Operator =",
            "Name 年龄",
            "CuttingWord 达到",
            "Number 70周岁",
            "CuttingWord 且",
            "Operator 非",
            "Name 在业",
            "CuttingWord 或",
            "Name 父亲",
            "CuttingWord 的",
            "Name 重病",
        ]
    );
    assert_eq!(told("5000元/人数（成员）")[..3], ["Number 5000元", "Operator /", "Name 人数"]);
    assert_eq!(told("非农业户口（人）")[0], "Name 非农业户口");
    assert_eq!(told("自2023年1月1日起至2025年止：城镇 1201元/人·月")[1], "Date 2023年1月1日");
    assert_eq!(told("元/月依据 《x》").last().unwrap(), "CitationText 《x》");
}

#[test]
fn comments_are_not_in_texts_citations_or_cells() {
    let text = "规则 甲 = “#1” 依据 《x》#二 注：三 # 真\n｜甲#｜注：乙｜ # 真\n注：真\n";
    let comments: Vec<_> = tokens(text)
        .into_iter()
        .filter(|token| token.kind == TokenKind::Comment)
        .map(|token| token.text(text))
        .collect();
    assert_eq!(comments, ["# 真", "# 真", "注：真"]);
}

/// The quoted words in the body of a grammar rule.
fn spelled(rule: &str) -> BTreeSet<&'static str> {
    let start = GRAMMAR.find(&format!("\n{rule} = ")).unwrap();
    let body = &GRAMMAR[start..];
    let body = &body[..body.find('}').unwrap()];
    body.split('"').skip(1).step_by(2).collect()
}

#[test]
fn the_grammar_has_the_same_words() {
    let set = |words: &[&'static str]| words.iter().copied().collect::<BTreeSet<_>>();
    assert_eq!(spelled("cutting_word"), set(words::CUTTING_WORDS));
    assert_eq!(spelled("reserved_han"), set(words::RESERVED_WORDS));
    assert_eq!(spelled("unit_follow"), set(words::UNIT_FOLLOWERS));
    let english: BTreeSet<_> =
        set(words::ENGLISH_OPERATORS).union(&set(words::ENGLISH_RESERVED)).copied().collect();
    assert_eq!(spelled("reserved_en"), english);
    let combinators: BTreeSet<_> =
        ["all_of", "any_of", "at_least_of"].iter().flat_map(|rule| spelled(rule)).collect();
    let combinators: BTreeSet<_> = combinators.into_iter().filter(|word| *word != "项").collect();
    assert_eq!(combinators, set(words::COMBINATORS));
    let keywords: BTreeSet<_> = GRAMMAR
        .lines()
        .filter(|line| line.starts_with("kw_"))
        .flat_map(|line| line.split('"').skip(1).step_by(2))
        .collect();
    for word in words::DECLARATIONS.iter().chain(words::CLAUSES.iter().map(|clause| &clause.word)) {
        assert!(keywords.contains(word.zh) && keywords.contains(word.en), "{word:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_rebuilt(text in "\\PC*") {
        lossless(&text);
    }

    #[test]
    fn any_mix_of_marks_is_rebuilt(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "规则", " ", "\n", "\r\n", "\r", "｜", "|", "#", "注：", "依据", "“", "”", "\"", "「", "」",
                "【", "a", "source", "2023", "年", "7月", "1", "日", "元/人·月", ".", "％", "且", "非",
                "的", "\u{3000}", "\u{FEFF}", "𠀀", "x", "[[", "]]", "非在业", "其中", "，",
            ]),
            0..24,
        )
    ) {
        lossless(&parts.concat());
    }
}
