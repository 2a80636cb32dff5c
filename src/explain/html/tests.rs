use std::collections::BTreeSet;

use super::{render, render_part};
use crate::diagnostic::Language;
use crate::explain::Detail;
use crate::explain::graph::Index;
use crate::explain::tests::fixture::{self, ALL, ENTITLED, REFUSED};

fn page(facts: &str, language: Language) -> String {
    let policy = fixture::policy();
    let explanation = fixture::explain(facts, language);
    render(&explanation, Some(policy.sources()), language, Detail::default())
}

/// What stands between `before` and the next quotation mark, everywhere.
fn attributes<'a>(page: &'a str, before: &str) -> Vec<&'a str> {
    page.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn an_entitled_family_on_a_page() {
    insta::assert_snapshot!(page(ENTITLED, Language::Zh));
}

#[test]
fn a_refused_family_on_a_page_in_english() {
    insta::assert_snapshot!(page(REFUSED, Language::En));
}

#[test]
fn every_node_is_on_the_page_and_every_link_has_an_end() {
    for facts in ALL {
        for language in [Language::Zh, Language::En] {
            let page = page(facts, language);
            let ids: BTreeSet<&str> = attributes(&page, " id=\"").into_iter().collect();
            assert_eq!(ids.len(), attributes(&page, " id=\"").len(), "an id stands twice");
            for link in attributes(&page, "href=\"") {
                let id = link.strip_prefix('#').expect("a link leads nowhere but to this page");
                assert!(ids.contains(id), "{link} leads nowhere");
            }
            let explanation = fixture::explain(facts, language);
            let index = Index::new(&explanation);
            // Steps stand on the line of what they are steps of.
            let steps =
                |id: &&&str| !matches!(index.get(id), Some(crate::explain::graph::Part::Step(_)));
            for id in index.ids().iter().filter(steps) {
                assert!(ids.contains(super::anchor(id).as_str()), "{id} is not on the page");
            }
        }
    }
}

#[test]
fn a_part_has_a_page_of_its_own() {
    let policy = fixture::policy();
    let explanation = fixture::explain(REFUSED, Language::Zh);
    let index = Index::new(&explanation);
    for id in index.ids() {
        let part = index.get(id).expect("it is there");
        let page = render_part(
            &explanation,
            part,
            Some(policy.sources()),
            Language::Zh,
            Detail::default(),
        );
        assert!(page.contains(&format!("<h2>{}</h2>", super::escape(id))), "{id}");
    }
}

#[test]
fn what_facts_say_is_no_markup() {
    let facts = ENTITLED.replace("\"乙\"", "\"乙<script>\\\"&\"");
    let page = page(&facts, Language::Zh);
    assert!(!page.contains("<script"), "{page}");
    assert!(page.contains("乙&lt;script&gt;"));
}

/// Of all benefits of a place the page begins with who gets what; what is refused stands folded at
/// its end, and is there to be jumped to.
#[test]
fn all_benefits_of_a_place_begin_at_a_glance() {
    let library = crate::engine::Library::builtin();
    let policy = library.compile_place("样例").expect("a place");
    let facts = serde_json::json!({ "家庭": { "城乡": "农村", "金融资产": "0", "members": [
        { "id": "甲", "出生日期": "1980-02-01", "月工资": "100", "在业": "是", "重病": "否" },
    ] } });
    let facts = crate::facts::from_json_value(&facts).expect("no floats");
    let case = policy.bind(&facts).unwrap_or_else(|findings| panic!("{findings:?}"));
    let question = crate::engine::Question::about("2026-04".parse().expect("a month"));
    let explanation = policy.explain(&case, &question).expect("explained");
    let page = render(&explanation, Some(policy.sources()), Language::Zh, Detail::default());
    let ids: BTreeSet<&str> = attributes(&page, " id=\"").into_iter().collect();
    for link in attributes(&page, "href=\"") {
        assert!(ids.contains(link.strip_prefix('#').expect("on this page")), "{link}");
    }
    let glance = page.find("<h2>一览</h2>").expect("a glance");
    let granted = page.find("<h2 id=\"低保\">").expect("the section of what is paid");
    let folded = page.find("<details class=\"decision refusals\">").expect("a fold");
    assert!(glance < granted && granted < folded);
    let (before, after) = page.split_at(folded);
    let refused = "<span class=\"bad\">不符合</span></h2>";
    assert!(!before.contains(refused) && after.contains(refused));
}
