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
