use super::{TextOptions, render};
use crate::diagnostic::Language;
use crate::explain::layout::columns;
use crate::explain::outline::Detail;
use crate::explain::tests::fixture::{self, ALL, ENTITLED, FAILED, REFUSED, UNDECIDED};

fn zh(facts: &str, detail: Detail) -> String {
    let options = TextOptions { detail, ..TextOptions::default() };
    render(&fixture::explain(facts, Language::Zh), Language::Zh, options)
}

#[test]
fn an_entitled_family() {
    insta::assert_snapshot!(zh(ENTITLED, Detail::default()));
}

#[test]
fn an_entitled_family_in_english() {
    let explanation = fixture::explain(ENTITLED, Language::En);
    insta::assert_snapshot!(render(&explanation, Language::En, TextOptions::default()));
}

#[test]
fn everything_of_a_refused_family() {
    insta::assert_snapshot!(zh(REFUSED, Detail { depth: None, full: true }));
}

#[test]
fn an_undecided_household_is_told_what_to_ask() {
    insta::assert_snapshot!(zh(UNDECIDED, Detail::default()));
}

#[test]
fn a_failed_decision_says_why() {
    insta::assert_snapshot!(zh(FAILED, Detail::default()));
}

#[test]
fn lines_keep_to_the_width() {
    for facts in ALL {
        for language in [Language::Zh, Language::En] {
            let explanation = fixture::explain(facts, language);
            for full in [false, true] {
                let detail = Detail { depth: None, full };
                let options = TextOptions { width: 60, detail, ..TextOptions::default() };
                let text = render(&explanation, language, options);
                let widest = text.lines().max_by_key(|line| columns(line)).unwrap();
                assert!(columns(widest) <= 60, "{widest}");
            }
        }
    }
}

#[test]
fn each_level_shows_more_and_says_what_it_leaves_out() {
    for facts in ALL {
        let mut shorter = 0;
        for depth in 0..4 {
            let text = zh(facts, Detail { depth: Some(depth), full: false });
            let lines = text.lines().count();
            assert!(lines >= shorter, "depth {depth} shows less:\n{text}");
            shorter = lines;
            assert_eq!(text.contains("未展开的各项用 --full 显示"), text.contains("项未展开"));
        }
        let full = zh(facts, Detail { depth: None, full: true });
        assert!(full.lines().count() >= shorter);
        assert!(!full.contains("未展开") && !full.contains("--full"));
    }
}

#[test]
fn facts_cannot_steer_the_terminal() {
    let mut explanation = fixture::explain(ENTITLED, Language::Zh);
    explanation.subjects[1].id = "甲\u{1b}[31m\n乙".to_owned();
    let text = render(&explanation, Language::Zh, TextOptions::default());
    assert!(!text.contains('\u{1b}') && text.contains("甲\u{fffd}[31m 乙"));
}
