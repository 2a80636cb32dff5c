use super::render;
use crate::diagnostic::Language;
use crate::explain::outline::Detail;
use crate::explain::tests::fixture::{self, ENTITLED, FAILED, UNDECIDED};

#[test]
fn an_entitled_family() {
    let explanation = fixture::explain(ENTITLED, Language::Zh);
    insta::assert_snapshot!(render(&explanation, Language::Zh, Detail::default()));
}

#[test]
fn an_undecided_household_in_english() {
    let explanation = fixture::explain(UNDECIDED, Language::En);
    insta::assert_snapshot!(render(&explanation, Language::En, Detail::default()));
}

#[test]
fn a_failed_decision_says_why() {
    let explanation = fixture::explain(FAILED, Language::Zh);
    insta::assert_snapshot!(render(&explanation, Language::Zh, Detail::default()));
}
