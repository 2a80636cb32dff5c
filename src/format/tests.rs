use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::{Dialect, FormatError, FormatOptions, Names, format, kept_words, read};
use crate::source::SourceId;
use crate::syntax::ast::File;
use crate::syntax::token::{TokenKind, tokens};
use crate::syntax::{pieces, words};
use proptest::prelude::*;

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
            let printed = printer.print(&file);
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

/// Sample policies and syntax samples; one that holds several files is cut at their headers. The whole
/// tree is held in `snapshot-tests/everywhere.rs`.
fn corpus() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    policies(&root.join("policies/samples"), &mut paths);
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
        if name != "messy" {
            let (before, after) = (shape(&file(&text)), shape(&file(&once)));
            for (left, right) in before.lines().zip(after.lines()) {
                assert_eq!(left, right, "{name}");
            }
            assert_eq!(before.len(), after.len(), "{name}");
        }
    }
}

#[test]
fn there_and_back_says_the_same() {
    for (name, text) in corpus() {
        let en = formatted(&text, Some(Dialect::En));
        assert_eq!(formatted(&en, Some(Dialect::En)), en, "{name}");
        assert_eq!(formatted(&en, None), en, "{name}");
        let zh = formatted(&en, Some(Dialect::Zh));
        let before = file(&text);
        let names = Names::of(&before);
        let difference = super::first_difference(&before, &file(&zh), &names);
        assert_eq!(difference, None, "{name}");
    }
}

#[test]
fn where_all_names_have_twins_the_tree_comes_back() {
    for text in [MESSY, include_str!("../../policies/vocabulary.hz")] {
        let zh = formatted(text, None);
        let en = formatted(&zh, Some(Dialect::En));
        let back = formatted(&en, Some(Dialect::Zh));
        assert_eq!(shape(&file(&back)), shape(&file(&zh)));
        // Words of one meaning, 不满 and 低于, may have changed.
        assert_eq!(formatted(&back, Some(Dialect::En)), en);
    }
}

#[test]
fn messy_text_in_both_dialects() {
    insta::assert_snapshot!("messy_zh", formatted(MESSY, None));
    insta::assert_snapshot!("messy_en", formatted(MESSY, Some(Dialect::En)));
}

#[test]
fn a_text_with_mistakes_is_not_formatted() {
    let error = format(SourceId(0), "政策 甲.乙\n规则 丙（人）：岁 =\n", &options(None));
    let Err(FormatError::Syntax(errors)) = error else { panic!("{error:?}") };
    assert_eq!(errors.len(), 1);
}

#[test]
fn names_with_two_twins_are_left_alone() {
    let text = "政策 甲.乙\n枚举 子【x】：丑【y】、寅\n枚举 卯【x】：丑【z】、辰【a】\n";
    let en = formatted(text, Some(Dialect::En));
    assert_eq!(en, "policy 甲.乙\n\nenum 子[[x]]: 丑[[y]], 寅\nenum 卯[[x]]: 丑[[z]], a[[辰]]\n");
}

#[test]
fn a_twin_that_is_a_word_of_cells_is_quoted() {
    let text = "枚举 子【x】：丑【other】、寅【pending】
        表 卯【y】（子）：元
          ｜子｜金额｜
          ｜丑｜1元｜
          ｜丑、寅｜2元｜
          ｜寅｜待查｜
          ｜其他｜3元｜
        参数 辰（子）：元
          自2023年起：丑 1元，寅 待查";
    let en = formatted(text, Some(Dialect::En));
    insta::assert_snapshot!(en, @r"
    enum x[[子]]: other[[丑]], pending[[寅]]

    table y[[卯]](x): CNY
      | x              | 金额    |
      | 「other」      | 1CNY    |
      | other、pending | 2CNY    |
      | 「pending」    | pending |
      | other          | 3CNY    |

    parameter 辰(x): CNY
      from 2023年: 「other」 1CNY, 「pending」 pending
    ");
    let back = formatted(&en, Some(Dialect::Zh));
    assert_eq!(shape(&file(&back)), shape(&file(&formatted(text, None))));
}

#[test]
fn long_formulas_are_broken_before_operators() {
    let text = "规则 甲（人）：元/月 = 工资性收入＋月经营净收入＋月财产净收入＋月转移净收入＋计入基础养老金－核定刚性支出";
    let narrow = FormatOptions { dialect: None, width: 40 };
    let broken = format(SourceId(0), text, &narrow).unwrap();
    insta::assert_snapshot!(broken, @r"
    规则 甲（人）：元/月
      = 工资性收入
        ＋月经营净收入
        ＋月财产净收入
        ＋月转移净收入
        ＋计入基础养老金
        －核定刚性支出
    ");
    assert_eq!(format(SourceId(0), &broken, &narrow).unwrap(), broken);
}

#[test]
fn every_phrase_is_in_the_grammar() {
    let grammar = include_str!("../../grammar/huize.pest");
    for pair in super::dialect::PHRASES {
        // 其他 is what a cell says, and the checker of tables knows it.
        if pair.zh == "其他" {
            continue;
        }
        for word in std::iter::once(pair.zh).chain(pair.en.split(' ')) {
            assert!(grammar.contains(&format!("\"{word}\"")), "{word}");
        }
    }
}

/// `text` with other blanks, more blank lines, and breaks after commas.
fn with_other_blanks(text: &str, choices: &[u8]) -> String {
    let mut choices = choices.iter().copied().cycle();
    let mut choose = |count: usize| usize::from(choices.next().unwrap_or(0)) % count;
    let mut mutated = String::new();
    let mut in_table = false;
    let mut line_starts = true;
    for (at, token) in tokens(text).into_iter().enumerate() {
        let word = token.text(text);
        match token.kind {
            TokenKind::Newline => {
                let is_blank_line = line_starts && at > 0;
                mutated.push_str(["\n", "\r\n"][choose(2)]);
                if is_blank_line {
                    mutated.push_str(["", "\n", " \n\n"][choose(3)]);
                }
                mutated.push_str(["", " ", "\t", "\u{3000}", "      "][choose(5)]);
                (in_table, line_starts) = (false, true);
                continue;
            }
            TokenKind::Whitespace => {
                if !line_starts {
                    mutated.push_str([" ", "   ", "\t", "\u{3000}", " \u{A0}"][choose(5)]);
                }
                continue;
            }
            TokenKind::Bar => in_table |= line_starts,
            _ => {}
        }
        line_starts = false;
        mutated.push_str(word);
        // No free text holds a comma but citations and texts, which are one token.
        if matches!(word, "，" | ",") && !in_table {
            mutated.push_str(["", "", " ", "\n  ", "\n\t\u{3000}"][choose(5)]);
        }
    }
    mutated
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn blanks_do_not_matter(which in 0_usize..64, choices in proptest::collection::vec(any::<u8>(), 40..200)) {
        let corpus = corpus();
        let (name, text) = &corpus[which % corpus.len()];
        let mutated = with_other_blanks(text, &choices);
        prop_assert_eq!(formatted(&mutated, None), formatted(text, None), "{}\n{}", name, mutated);
    }

    /// Texts with a token left out or doubled: where they can be read, they can be laid out.
    #[test]
    fn whatever_can_be_read_can_be_laid_out(which in 0_usize..64, at in 0_usize..4000, twice: bool) {
        let corpus = corpus();
        let (_, text) = &corpus[which % corpus.len()];
        let tokens = tokens(text);
        let token = tokens[at % tokens.len()];
        let word = if twice { token.text(text).repeat(2) } else { String::new() };
        let changed = [&text[..token.start], &word, &text[token.end..]].concat();
        if read(SourceId(0), &changed).is_ok() {
            for dialect in [None, Some(Dialect::Zh), Some(Dialect::En)] {
                let once = format(SourceId(0), &changed, &options(dialect));
                prop_assert!(once.is_ok(), "{:?} {:?} {:?}", dialect, once, token.text(text));
                let once = once.unwrap_or_default();
                prop_assert_eq!(&format(SourceId(0), &once, &options(dialect)), &Ok(once.clone()));
            }
        }
    }
}
