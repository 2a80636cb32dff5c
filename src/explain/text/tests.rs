use super::{TextOptions, render};
use crate::diagnostic::Language;
use crate::explain::fixture;
use crate::explain::layout::columns;
use crate::explain::view::{Explanation, FactStatus};

fn zh(explanation: &Explanation) -> String {
    render(explanation, Language::Zh, TextOptions::default())
}

fn en(explanation: &Explanation) -> String {
    render(explanation, Language::En, TextOptions::default())
}

#[test]
fn an_entitled_family() {
    insta::assert_snapshot!(zh(&fixture::entitled()), @"");
}

#[test]
fn an_entitled_family_in_english() {
    insta::assert_snapshot!(en(&fixture::entitled()), @"");
}

#[test]
fn a_refused_person_sees_what_failed_first() {
    insta::assert_snapshot!(zh(&fixture::refused()), @"");
}

#[test]
fn an_undecided_household_is_told_what_to_ask() {
    insta::assert_snapshot!(zh(&fixture::undecided()), @"");
}

#[test]
fn an_undecided_household_in_english() {
    insta::assert_snapshot!(en(&fixture::undecided()), @"");
}

#[test]
fn a_failed_decision_says_why() {
    insta::assert_snapshot!(zh(&fixture::failed()), @"");
}

#[test]
fn lines_keep_to_the_width() {
    let options = TextOptions { width: 48, ..TextOptions::default() };
    for explanation in [fixture::entitled(), fixture::refused(), fixture::undecided()] {
        for language in [Language::Zh, Language::En] {
            let text = render(&explanation, language, options);
            let widest = text.lines().max_by_key(|line| columns(line)).unwrap();
            assert!(columns(widest) <= 48, "{widest}");
        }
    }
}

#[test]
fn a_long_list_of_facts_is_folded_and_says_so() {
    let mut explanation = fixture::entitled();
    let decision = &mut explanation.subjects[0].decisions[0];
    decision.facts = (1..=20)
        .map(|at| fixture::fact(&format!("甲{at}.在业"), "是", "yes", FactStatus::Given))
        .collect();
    let folded = zh(&explanation);
    assert!(folded.contains("甲12.在业") && !folded.contains("甲13.在业"));
    assert!(folded.contains("另有 8 项，用 --full 显示"));
    let full =
        render(&explanation, Language::Zh, TextOptions { full: true, ..TextOptions::default() });
    assert!(full.contains("甲20.在业") && !full.contains("--full"));
    assert!(full.contains("policies/national/dibao.hz:41:3"));
}

#[test]
fn facts_cannot_steer_the_terminal() {
    let mut explanation = fixture::entitled();
    explanation.subjects[1].id = "甲\u{1b}[31m\n乙".to_owned();
    let text = zh(&explanation);
    assert!(!text.contains('\u{1b}') && text.contains("甲\u{fffd}[31m 乙"));
}
