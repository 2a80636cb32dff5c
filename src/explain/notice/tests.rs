use super::{Notice, NoticeKind, Office, Remedy};
use crate::diagnostic::Language;
use crate::explain::tests::fixture::{self, ALL, ENTITLED, FAILED, PENDING, REFUSED, UNDECIDED};
use crate::explain::view::OutcomeView;

/// Made up: the periods of a real office are its own to give.
fn office() -> Office {
    let remedy = |way: &str, to: &str, within: &str| Remedy {
        way: way.to_owned(),
        to: to.to_owned(),
        within: within.to_owned(),
        from: "收到本告知书之日".to_owned(),
        source: "《试行办法》第二十条".to_owned(),
    };
    Office {
        authority: "甲市民政局".to_owned(),
        recipient: "张＊＊".to_owned(),
        number: "甲民告〔2023〕12号".to_owned(),
        date: "2023年7月5日".to_owned(),
        contact: "甲市民政局社会救助科".to_owned(),
        remedies: vec![
            remedy("申请行政复议", "甲市人民政府", "若干日"),
            remedy("提起行政诉讼", "甲市人民法院", "若干个月"),
        ],
        ..Office::default()
    }
}

fn notice(facts: &str, ids: &[&str], office: Office, language: Language) -> Notice {
    let explanation = fixture::explain(facts, language);
    Notice::new(&explanation, ids, office, language).expect("there is something to give notice of")
}

fn text(notice: &Notice, language: Language) -> String {
    notice.paper(None, language).expect("the template is good").text(language, 80)
}

#[test]
fn an_entitled_family_is_told() {
    let notice = notice(ENTITLED, &["补助"], office(), Language::Zh);
    assert_eq!(notice.kind, NoticeKind::Entitled);
    assert_eq!(notice.incomplete, Vec::<String>::new());
    insta::assert_snapshot!(text(&notice, Language::Zh));
}

#[test]
fn all_that_is_paid_stands_in_one_notice() {
    let notice = notice(ENTITLED, &[], Office::default(), Language::En);
    let ids: Vec<&str> = notice.decisions.iter().map(|decision| decision.id.as_str()).collect();
    assert_eq!(ids, ["补助", "乙.加发待遇"]);
    // Who signs, to whom, when, and how to object are not for the engine to say.
    assert_eq!(notice.incomplete.len(), 4);
    insta::assert_snapshot!(text(&notice, Language::En));
}

#[test]
fn a_refused_family_is_told_by_how_much() {
    let notice = notice(REFUSED, &["补助"], office(), Language::Zh);
    assert_eq!(notice.kind, NoticeKind::NotEntitled);
    insta::assert_snapshot!(text(&notice, Language::Zh));
}

#[test]
fn what_is_missing_is_asked_for() {
    let undecided = notice(UNDECIDED, &["补助"], office(), Language::Zh);
    insta::assert_snapshot!(text(&undecided, Language::Zh));
    let pending = text(&notice(PENDING, &["补助"], office(), Language::Zh), Language::Zh);
    assert!(pending.contains("以下政策数值尚未查实"), "{pending}");
    // Nothing is decided yet, so there is nothing to object to.
    assert!(!pending.contains("行政复议"), "{pending}");
}

#[test]
fn no_notice_of_what_failed_or_is_not_there() {
    let explanation = fixture::explain(FAILED, Language::Zh);
    let codes = |ids: &[&str]| -> Vec<&'static str> {
        let found = Notice::new(&explanation, ids, Office::default(), Language::Zh);
        found.expect_err("no notice").iter().map(|finding| finding.code).collect()
    };
    assert_eq!(codes(&["补助"]), ["huize::notice::failed"]);
    assert_eq!(codes(&["低保"]), ["huize::notice::unknown_decision"]);
}

#[test]
fn a_template_of_ones_own() {
    let notice = notice(ENTITLED, &["补助"], office(), Language::Zh);
    // 3×1201－2250.10＝1352.90, up to the yuan; the wage of a child at school does not count.
    let own = "# 通知\n{% for d in decisions %}{% for p in d.payments %}\n{{ p.name }} {{ p.capitals }}\n{% endfor %}{% endfor %}\n";
    let paper = notice.paper(Some(("own.jinja", own)), Language::Zh).expect("it is a template");
    assert!(paper.text(Language::Zh, 60).contains("补助金 壹仟叁佰伍拾叁元整"), "{paper:#?}");
    for (bad, place) in [
        ("{{ payment }}", "own.jinja:1"),
        ("# 通知\n{% for %}", "own.jinja:2"),
        ("{% for a in 'x' * 0 %}{% endfor %}\n{{ office.phone }}", "own.jinja:"),
        ("{% include 'other' %}", "own.jinja"),
    ] {
        let found = notice.paper(Some(("own.jinja", bad)), Language::Zh).expect_err(bad);
        let messages: Vec<&str> = found.iter().map(|finding| finding.message.zh.as_str()).collect();
        assert!(messages.len() == 1 && messages.iter().all(|m| m.contains(place)), "{messages:?}");
    }
}

#[test]
fn a_template_cannot_run_for_ever() {
    let notice = notice(ENTITLED, &["补助"], office(), Language::Zh);
    let much =
        "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}";
    assert!(notice.paper(Some(("much.jinja", much)), Language::Zh).is_err());
}

#[test]
fn an_office_is_read_from_json() {
    let written = serde_json::to_string(&office()).expect("it is written");
    assert_eq!(Office::from_json("office.json", &written), Ok(office()));
    let codes = |text: &str| -> Vec<&'static str> {
        let found = Office::from_json("office.json", text).expect_err("it is wrong");
        found.iter().map(|finding| finding.code).collect()
    };
    assert_eq!(codes("{\"authorty\": \"甲市民政局\"}"), ["huize::notice::bad_office"]);
    assert_eq!(codes("[]"), ["huize::notice::bad_office"]);
}

#[test]
fn every_decision_that_came_out_can_be_told() {
    for facts in ALL {
        for language in [Language::Zh, Language::En] {
            let explanation = fixture::explain(facts, language);
            for decision in explanation.subjects.iter().flat_map(|subject| &subject.decisions) {
                let made = Notice::new(&explanation, &[&decision.id], Office::default(), language);
                match decision.outcome {
                    OutcomeView::Failed(_) => assert!(made.is_err()),
                    _ => drop(
                        made.expect("it can be told").paper(None, language).expect("it is filled"),
                    ),
                }
            }
        }
    }
}
