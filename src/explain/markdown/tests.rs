use super::render;
use crate::diagnostic::Language;
use crate::explain::fixture;

#[test]
fn an_entitled_family() {
    insta::assert_snapshot!(render(&fixture::entitled(), Language::Zh), @"");
}

#[test]
fn an_undecided_household_in_english() {
    insta::assert_snapshot!(render(&fixture::undecided(), Language::En), @"");
}

#[test]
fn a_failed_decision_says_why() {
    insta::assert_snapshot!(render(&fixture::failed(), Language::Zh), @"");
}
