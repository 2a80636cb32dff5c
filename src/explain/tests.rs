//! What each condition says of itself, and that every node can be addressed.

pub(super) mod fixture;

use std::collections::BTreeSet;

use self::fixture::{ALL, ENTITLED, REFUSED, UNDECIDED};
use super::graph::{Index, Part};
use super::view::{Explanation, Held};
use crate::diagnostic::Language;
use crate::engine::{Library, Question, Wording};
use crate::facts::from_json_value;
use crate::value::YearMonth;

/// The sentence of a condition, and how it came out.
fn said(explanation: &Explanation, id: &str) -> (Held, String) {
    let index = Index::new(explanation);
    match index.get(id) {
        Some(Part::Condition(condition)) => (condition.held, condition.sentence.clone()),
        other => panic!("{id} is {other:?} among {:#?}", index.ids()),
    }
}

#[track_caller]
fn assert_said(explanation: &Explanation, id: &str, held: Held, sentence: &str) {
    assert_eq!(said(explanation, id), (held, sentence.to_owned()), "{id}");
}

#[test]
fn a_condition_says_by_how_much() {
    // (1250 + 900) ÷ 2 = 1075, which is 175 above 900; 80000 is 30000 above 50000.
    let refused = fixture::explain(REFUSED, Language::Zh);
    assert_said(&refused, "补助.收入", Held::No, "人均 1,075元，比标准（900元）高出 175元");
    assert_said(&refused, "乙.重残.一、二级", Held::No, "等级 3，超过2");
    assert_said(&refused, "乙.重残.三级智力、精神.等级等于3", Held::Yes, "等级 3");
    let kind = "乙.重残.三级智力、精神.类别属于智力、精神";
    assert_said(&refused, kind, Held::No, "类别 视力，不属于智力、精神");
    // Born on 30 August 2005: 18 on 30 August 2023, two months after 30 June.
    let age = "乙.加发待遇.成年重残.年龄达到18周岁";
    assert_said(&refused, age, Held::No, "17周岁，差2个月满18周岁（2023年8月30日满）");
    // Lost since 5 January: six months on 5 July, five days after 30 June.
    let lost = "甲.加发待遇.失联";
    assert_said(&refused, lost, Held::No, "失联日期 2023年1月5日，差5天满6个月（2023年7月5日满）");
    let window = "甲.加发待遇.就业不久.近3个月内曾（非在业）";
    assert_said(&refused, window, Held::No, "近3个月内曾（非在业）：否（2023年4月至6月：否）");
}

#[test]
fn a_condition_says_by_how_much_in_english() {
    let refused = fixture::explain(REFUSED, Language::En);
    let income = "per_head 1,075 CNY, 175 CNY above standard (900 CNY)";
    assert_said(&refused, "补助.收入", Held::No, income);
    let age = "aged 17, 2 months short of 18 (turns 18 on 2023-08-30)";
    assert_said(&refused, "乙.加发待遇.成年重残.年龄达到18周岁", Held::No, age);
    let lost = "lost_since 2023-01-05, 5 days short of 6 months (on 2023-07-05)";
    assert_said(&refused, "甲.加发待遇.失联", Held::No, lost);
}

#[test]
fn a_standard_just_met_is_told_from_the_word_of_the_rule() {
    let facts = REFUSED.replace("1250", "900");
    let explanation = fixture::explain(&facts, Language::Zh);
    assert_said(&explanation, "补助.收入", Held::No, "人均 900元，恰好等于标准，条文要求低于");
}

#[test]
fn an_unknown_side_is_told_with_its_bounds() {
    let undecided = fixture::explain(UNDECIDED, Language::Zh);
    let income = "人均 未定（0元/人·月至1,000,000元/人·月），标准 1,201元";
    assert_said(&undecided, "补助.收入", Held::Unknown, income);
    assert_said(&undecided, "补助.财产.核对", Held::Unknown, "核对合格：未知");
    assert_said(&undecided, "乙.加发待遇.失联", Held::Unknown, "失联日期：未知");
}

#[test]
fn what_carried_a_list_is_marked() {
    let refused = fixture::explain(REFUSED, Language::Zh);
    let index = Index::new(&refused);
    let decisive = |id: &str| match index.get(id) {
        Some(Part::Condition(condition)) => condition.decisive,
        other => panic!("{id} is {other:?}"),
    };
    // Both failed, so both carry the refusal; of the second only the savings do.
    assert!(decisive("补助.收入") && decisive("补助.财产"));
    assert!(decisive("补助.财产.存款") && !decisive("补助.财产.核对"));
    let entitled = fixture::explain(ENTITLED, Language::Zh);
    let index = Index::new(&entitled);
    let held = |id: &str| match index.get(id) {
        Some(Part::Condition(condition)) => (condition.held, condition.decisive),
        other => panic!("{id} is {other:?}"),
    };
    assert_eq!(held("乙.加发待遇.成年重残"), (Held::Yes, true));
    assert_eq!(held("乙.加发待遇.失联"), (Held::No, false));
}

#[test]
fn an_exception_that_did_not_apply_says_which_part_failed() {
    let entitled = fixture::explain(ENTITLED, Language::Zh);
    let index = Index::new(&entitled);
    let Some(Part::Exception(own)) = index.get("丙.计入.学生") else { panic!("no exception") };
    assert_eq!(own.applied, Held::Yes);
    let Some(Part::Exception(other)) = index.get("甲.计入.学生") else {
        panic!("no exception")
    };
    assert_eq!(other.applied, Held::No);
    let condition = other.condition.as_ref().expect("it has a condition");
    let failed: Vec<&str> = condition
        .children
        .iter()
        .filter(|part| part.decisive)
        .map(|part| part.sentence.as_str())
        .collect();
    assert_eq!(failed, ["学生：否", "43周岁，已满18周岁（1998年2月1日满）"]);
}

#[test]
fn every_node_has_an_id_of_its_own_and_every_edge_an_end() {
    for facts in ALL {
        let mut all = Vec::new();
        for language in [Language::Zh, Language::En] {
            let explanation = fixture::explain(facts, language);
            assert_addressable(&explanation);
            let index = Index::new(&explanation);
            all.push(index.ids().iter().map(|id| (*id).to_owned()).collect::<Vec<_>>());
        }
        assert_eq!(all.first(), all.last(), "ids are the same in both languages");
    }
}

fn assert_addressable(explanation: &Explanation) {
    let index = Index::new(explanation);
    let ids: BTreeSet<&str> = index.ids().iter().copied().collect();
    assert_eq!(ids.len(), index.ids().len(), "an id is there twice");
    for id in index.ids() {
        let part = index.get(id).expect("an id leads to its node");
        assert_eq!(part.id(), *id);
        for used in part.uses() {
            assert!(ids.contains(used.as_str()), "{id} uses {used}, which is not there");
        }
    }
}

#[test]
fn an_id_is_found_by_its_twins_too() {
    let explanation = fixture::explain(ENTITLED, Language::Zh);
    let twins = fixture::policy().aliases();
    let index = Index::new(&explanation);
    let find = |asked: &str| index.find(asked, &twins);
    assert_eq!(find("补助.收入"), Some("补助.收入"));
    assert_eq!(find("grant.收入"), Some("补助.收入"));
    assert_eq!(find("standard(urban)"), Some("标准（城镇）"));
    assert_eq!(find("甲.counted"), Some("甲.计入"));
    assert_eq!(find("甲．计入"), Some("甲.计入"));
    assert_eq!(find("甲.nothing"), None);
}

#[test]
fn sensitive_facts_are_masked_unless_they_are_asked_for() {
    let savings = ["20,000", "80,000", "20000", "80000", "30,000", "30000"];
    for facts in ALL {
        for language in [Language::Zh, Language::En] {
            let explanation = fixture::explain(facts, language);
            let json = super::json::render(&explanation);
            for secret in savings {
                assert!(!json.contains(secret), "{secret} in {json}");
            }
            assert!(!json.contains("张三丰"));
        }
    }
    let refused = fixture::explain(REFUSED, Language::Zh);
    // Whether it holds is shown, by how much is not.
    assert_said(&refused, "存款合格.存款不超过50000元", Held::No, "存款 ***，超过50,000元");
    let Some(Part::Fact(fact)) = Index::new(&refused).get("存款") else { panic!("no fact") };
    assert_eq!((fact.value.value.as_str(), fact.value.zh.as_str()), ("", "***"));

    let wording = Wording { language: Language::Zh, clear: true };
    let clear = fixture::explain_as(REFUSED, wording);
    let savings = "存款 80,000元，比50,000元高出 30,000元";
    assert_said(&clear, "存款合格.存款不超过50000元", Held::No, savings);
}

/// Everything that huize says of a case: each form, both languages, whole and by parts.
fn every_form(facts: &str, clear: bool) -> Vec<(String, String)> {
    use super::Detail;
    use super::notice::{Notice, Office};
    let policy = fixture::policy();
    let mut all = Vec::new();
    for language in [Language::Zh, Language::En] {
        let mut add = |form: &str, text: String| all.push((format!("{form} {language:?}"), text));
        let explanation = fixture::explain_as(facts, Wording { language, clear });
        let sources = Some(policy.sources());
        for full in [false, true] {
            let detail = Detail { depth: None, full };
            let options = super::text::TextOptions { detail, ..Default::default() };
            add("text", super::text::render(&explanation, language, options));
            add("Markdown", super::markdown::render(&explanation, language, detail));
            add("page", super::html::render(&explanation, sources, language, detail));
            let index = Index::new(&explanation);
            for part in index.ids().iter().filter_map(|id| index.get(id)) {
                add("part", super::text::render_part(&explanation, part, language, options));
                add("part of JSON", super::json::render_part(&explanation, part));
            }
        }
        add("JSON", super::json::render(&explanation));
        for decision in explanation.subjects.iter().flat_map(|subject| &subject.decisions) {
            let sheet = super::sheet::sheet(&explanation, &[&decision.id], language);
            add("sheet", sheet.text(language, 100));
            add("sheet as a page", sheet.html("sheet", language));
            let Ok(notice) =
                Notice::new(&explanation, &[&decision.id], Office::default(), language)
            else {
                continue;
            };
            let paper = notice.paper(None, language).expect("the template is good");
            add("notice", paper.text(language, 80));
            add("notice in Markdown", paper.markdown());
            add("notice as a page", paper.html("notice", language));
            add("notice as JSON", super::notice::json(&notice));
        }
    }
    all
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    /// A sensitive fact stands in no form, nor does what is worked out from it alone.
    #[test]
    fn no_form_tells_a_sensitive_fact(
        savings in 1_000_003_u32..99_000_000,
        wage in 0_u32..3000,
        name in "[㐀-㐟]{2,4}",
    ) {
        // Not a round number, so that it is not met by chance.
        let savings = savings - savings % 10 + 7;
        let facts = REFUSED
            .replace("80000", &savings.to_string())
            .replace("\"1250\"", &format!("\"{wage}\""))
            .replace("\"id\": \"甲\",", &format!("\"id\": \"甲\", \"姓名\": \"{name}\","));
        let plain = savings.to_string();
        let apart = crate::value::grouped(&plain);
        let over = crate::value::grouped(&(i64::from(savings) - 50_000).to_string());
        for (form, text) in every_form(&facts, false) {
            for secret in [&plain, &apart, &over, &name] {
                proptest::prop_assert!(!text.contains(secret.as_str()), "{secret} in {form}:\n{text}");
            }
        }
        let in_the_clear = every_form(&facts, true);
        proptest::prop_assert!(in_the_clear.iter().any(|(_, text)| text.contains(&apart)));
    }
}

/// What a layer cites is cited once the layer is in force.
#[test]
fn instruments_are_cited_of_layers_in_force() {
    let national = "政策 国家.补助\n  依据 《国家办法》，简称《办法》\n  施行 自2020年1月1日起\n\
        对象 家庭\n  收入：元/月\n决定 补助（家庭）\n  条件 收入低于100元/月\n  \
        给付 钱：元/月 = 10元/月    依据 《办法》第一条\n";
    let city = "政策 中山.补助\n  基于 国家.补助\n  依据 《中山细则》\n  施行 自2024年1月1日起\n\
        规则 低（家庭）：是否 = 收入低于50元/月    依据 《中山细则》第一条\n";
    let files = [("n.hz", national), ("c.hz", city)].map(|(at, text)| (at.into(), text.into()));
    let policy = Library::from_texts(files.into()).compile("中山.补助").expect("it compiles");
    let facts =
        from_json_value(&serde_json::json!({ "家庭": { "收入": "10" } })).expect("they are read");
    let case = policy.bind(&facts).expect("the facts fit");
    let cited = |year| {
        let month = YearMonth::new(year, 6).expect("a month");
        let explained = policy.explain(&case, &Question::about(month)).expect("it is decided");
        explained.policy.layers.into_iter().map(|layer| layer.citations).collect::<Vec<_>>()
    };
    let national = vec!["《国家办法》，简称《办法》".to_owned()];
    assert_eq!(cited(2023), [national.clone(), Vec::new()]);
    assert_eq!(cited(2024), [national, vec!["《中山细则》".to_owned()]]);
}
