use crate::diagnostic::Language;
use crate::diagnostic::render::plain;
use crate::engine::decision::{CaseDecision, Outcome};
use crate::engine::{Library, Question};
use crate::facts::read_json;

const NOUNS: &str = "词汇 名词
对象 人
  出生日期：日期
对象 家庭
  成员：人，若干
  收入：元/月
  死亡日：日期，可无   缺省 无
";

fn library(files: &[(&str, &str)]) -> Library {
    let mut all = vec![("nouns.hz".to_owned(), NOUNS.to_owned())];
    all.extend(files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    Library::from_texts(all)
}

fn decide(library: &Library, place: &str, period: &str, facts: &str) -> CaseDecision {
    let mut sources = library.sources().clone();
    let text = format!("{{\"家庭\": {{{facts}, \"成员\": [{{\"id\": \"甲\"}}]}}}}");
    let facts = read_json(sources.add("facts.json", &text), &text).unwrap();
    let policy = library
        .compile_place(place)
        .map_err(|found| {
            let texts = found.iter().map(|f| plain(f, library.sources(), Language::Zh));
            texts.collect::<Vec<_>>().join("\n")
        })
        .unwrap();
    let case = policy.bind(&facts).unwrap();
    policy.decide(&case, &Question::about(period.parse().unwrap())).unwrap()
}

fn amount<'a>(decided: &'a CaseDecision, decision: &str, payment: &str) -> Option<&'a str> {
    decided.decisions.get(decision)?.payments.get(payment)?.amount.as_deref()
}

fn codes(library: &Library) -> Vec<&'static str> {
    let found = library.check().into_iter().map(|finding| finding.code);
    found.filter(|code| *code != "huize::check::unused_name").collect()
}

/// What stands above a place is known from 基于 of any benefit, and from codes where there is none.
#[test]
fn places_and_what_stands_above_them() {
    let library = library(&[
        ("1.hz", "政策 国家.甲【nation.a】\n"),
        ("2.hz", "政策 国家.乙\n"),
        ("3.hz", "政策 广东.甲\n  基于 国家.甲\n  区划 440000\n"),
        ("4.hz", "政策 中山.甲\n  基于 国家.甲\n  区划 442000\n"),
        ("5.hz", "政策 韶关.丙【shaoguan.c】\n  区划 440200\n"),
        ("6.hz", "政策 浈江.丙\n  基于 韶关.丙\n"),
    ]);
    let places = library.places();
    let above = |name: &str| {
        let place = places.iter().find(|place| place.name == name).unwrap();
        (place.above.join("→"), place.policies.join("、"))
    };
    assert_eq!(above("国家"), (String::new(), "国家.甲、国家.乙".into()));
    assert_eq!(above("广东"), ("国家".into(), "广东.甲、国家.乙".into()));
    // Its own 甲 stands on the nation's, but its code lies in 广东.
    assert_eq!(above("中山"), ("广东→国家".into(), "中山.甲、国家.乙".into()));
    // Nothing of it stands on anything.
    assert_eq!(above("韶关"), ("广东→国家".into(), "广东.甲、国家.乙、韶关.丙".into()));
    assert_eq!(above("浈江"), ("韶关→广东→国家".into(), "广东.甲、国家.乙、浈江.丙".into()));
    for (asked, found) in
        [("shaoguan", "韶关"), ("440203", "韶关"), ("440305", "广东"), ("320400", "国家")]
    {
        assert_eq!(library.place(asked).map(|place| place.name).as_deref(), Some(found), "{asked}");
    }
    assert_eq!(library.place("深圳"), None);
}

/// A benefit paid by the day of death stands beside one paid by the month.
#[test]
fn each_benefit_keeps_its_own_day() {
    let library = library(&[
        (
            "month.hz",
            "政策 国家.低保
  引用 名词
参数 标准：元/月
  自2023年1月1日起：700元
  自2023年6月1日起：800元
决定 低保（家庭）
  条件 收入低于标准
  给付 钱：元/月 = 标准－收入
",
        ),
        (
            "death.hz",
            "政策 国家.丧葬
  引用 名词
  引用 国家.低保
  适用日 死亡日
参数 减免额：元
  自2023年1月1日起：1000元
  自2023年6月1日起：1500元
决定 减免（家庭）
  条件 低保
  给付 钱：元 = 减免额
",
        ),
    ]);
    let decided = decide(&library, "国家", "2023-06", r#""收入": "100", "死亡日": "2023-05-31""#);
    assert_eq!(amount(&decided, "低保", "钱"), Some("700"));
    assert_eq!(amount(&decided, "减免", "钱"), Some("1000"));
    let decided = decide(&library, "国家", "2023-05", r#""收入": "100", "死亡日": "2023-06-01""#);
    assert_eq!(amount(&decided, "低保", "钱"), Some("600"));
    assert_eq!(amount(&decided, "减免", "钱"), Some("1500"));
}

/// A relation that one benefit declares acts on the other, which does not use it.
#[test]
fn relations_hold_across_benefits() {
    let files = [
        (
            "a.hz",
            "政策 国家.低保
  引用 名词
决定 低保（家庭）
  条件 收入低于500元/月
  给付 钱：元/月 = 100元
",
        ),
        (
            "b.hz",
            "政策 国家.特困
  引用 名词
  引用 国家.低保
决定 特困（家庭）
  条件 收入低于200元/月
  给付 钱：元/月 = 300元
关系 两项
  不重复享受：特困、低保，保留特困。
",
        ),
    ];
    let library = library(&files);
    let decided = decide(&library, "国家", "2023-06", r#""收入": "100""#);
    assert_eq!(decided.decisions.get("低保").unwrap().outcome, Outcome::NotEntitled);
    assert_eq!(decided.decisions.get("特困").unwrap().outcome, Outcome::Entitled);
    let decided = decide(&library, "国家", "2023-06", r#""收入": "300""#);
    assert_eq!(decided.decisions.get("低保").unwrap().outcome, Outcome::Entitled);
    let keys: Vec<&str> = decided.decisions.keys().map(String::as_str).collect();
    assert_eq!(keys, ["低保", "特困"]);
}

/// What a policy's names mean does not change with what else there is in the place.
#[test]
fn names_are_those_of_the_benefits_used() {
    let helper = |amount: u32| format!("规则 基数（家庭）：元/月 = {amount}元\n");
    let base = format!("政策 国家.基数\n  引用 名词\n{}", helper(1));
    let other = format!("政策 国家.旁支\n  引用 名词\n{}", helper(2));
    let user = "政策 国家.补助
  引用 名词
  引用 国家.基数
决定 补助（家庭）
  条件 收入低于500元/月
  给付 钱：元/月 = 基数
";
    let unseen = "政策 国家.救助
  引用 名词
决定 救助（家庭）
  条件 收入低于500元/月
  给付 钱：元/月 = 基数
";
    let files = [("1.hz", base.as_str()), ("2.hz", other.as_str()), ("3.hz", user)];
    let decided = decide(&library(&files), "国家", "2023-06", r#""收入": "100""#);
    assert_eq!(amount(&decided, "补助", "钱"), Some("1"));
    assert_eq!(codes(&library(&files)), Vec::<&str>::new());
    let files = [("1.hz", base.as_str()), ("2.hz", unseen)];
    assert_eq!(codes(&library(&files)), ["huize::resolve::unknown_name"]);
}

/// Decisions of one name are told apart by their benefit.
#[test]
fn decisions_of_one_name_are_called_by_their_benefit() {
    let benefit = |name: &str, amount: u32| {
        format!(
            "政策 国家.{name}
  引用 名词
决定 补助（家庭）
  条件 收入低于500元/月
  给付 钱：元/月 = {amount}元
"
        )
    };
    let (housing, study) = (benefit("住房", 5), benefit("助学", 7));
    let library = library(&[("1.hz", &housing), ("2.hz", &study)]);
    let decided = decide(&library, "国家", "2023-06", r#""收入": "100""#);
    let keys: Vec<&str> = decided.decisions.keys().map(String::as_str).collect();
    assert_eq!(keys, ["住房.补助", "助学.补助"]);
    assert_eq!(amount(&decided, "助学.补助", "钱"), Some("7"));
}

/// A benefit that has ended, or not begun, is left out and named, and counts as not received.
#[test]
fn a_benefit_that_is_not_in_force_is_left_out() {
    let library = library(&[
        (
            "pilot.hz",
            "政策 国家.试点
  引用 名词
  施行 自2021年1月1日起至2021年12月31日止
决定 试点（家庭）
  条件 收入低于500元/月
  给付 钱：元/月 = 50元
",
        ),
        (
            "aid.hz",
            "政策 国家.救助
  引用 名词
  引用 国家.试点
决定 救助（家庭）
  条件 收入低于500元/月
  给付 钱：元/月 = 30元
决定 慰问（家庭）
  条件 试点
  给付 钱：元/月 = 1元
关系 两项
  不重复享受：试点、救助，保留试点。
",
        ),
    ]);
    let before = decide(&library, "国家", "2021-12", r#""收入": "100""#);
    assert!(before.not_in_force.is_empty());
    assert_eq!(before.decisions.get("救助").unwrap().outcome, Outcome::NotEntitled);
    let after = decide(&library, "国家", "2022-01", r#""收入": "100""#);
    assert_eq!(after.not_in_force, ["试点"]);
    assert!(!after.decisions.contains_key("试点"));
    let aid = after.decisions.get("救助").unwrap();
    assert_eq!(aid.outcome, Outcome::Entitled);
    assert_eq!(aid.assumed, ["试点（2022年1月没有施行，按没有享受）"]);
    assert_eq!(after.decisions.get("慰问").unwrap().outcome, Outcome::NotEntitled);
}

/// Policies that get on alone but not together: `check` says so.
#[test]
fn what_clashes_only_in_a_place_is_checked() {
    let with_field =
        |name: &str| format!("政策 国家.{name}\n  引用 名词\n对象 家庭\n  失能：是否\n");
    let (a, b) = (with_field("甲"), with_field("乙"));
    assert_eq!(codes(&library(&[("1.hz", &a), ("2.hz", &b)])), ["huize::resolve::duplicate_name"]);
    let excludes = |name: &str, other: &str| {
        format!(
            "政策 国家.{name}
  引用 名词
  引用 国家.{other}
决定 {name}（家庭）
  条件 收入低于500元/月
  给付 钱：元/月 = 50元
关系 {name}与{other}
  不重复享受：{name}、{other}，保留{name}。
"
        )
    };
    let (a, b) = (excludes("甲", "乙"), excludes("乙", "甲"));
    let found = codes(&library(&[("1.hz", &a), ("2.hz", &b)]));
    assert!(found.contains(&"huize::check::circle"), "{found:?}");
}

#[test]
fn the_most_local_template_of_a_notice_is_taken() {
    let national = "政策 国家.补助\n  引用 名词\n决定 补助（家庭）\n  条件 收入低于1000元/月\n";
    let local = "政策 甲市.补助\n  基于 国家.补助\n";
    let own = "# 国家的";
    let both = library(&[
        ("national/grant.hz", national),
        ("national/grant.notice.zh.jinja", own),
        ("jia/grant.hz", local),
        ("jia/grant.notice.zh.jinja", "# 甲市的"),
        ("jia/other.notice.zh.jinja", "# 别的"),
    ]);
    let template = |library: &Library, policy: &str, language| {
        let policy = library.compile(policy).unwrap();
        library.notice_template(&policy, language).map(|(_, text)| text.to_owned())
    };
    assert_eq!(template(&both, "甲市.补助", Language::Zh).as_deref(), Some("# 甲市的"));
    assert_eq!(template(&both, "国家.补助", Language::Zh).as_deref(), Some("# 国家的"));
    assert_eq!(template(&both, "甲市.补助", Language::En), None);
    // A layer without one takes that of the layer above.
    let files = [
        ("national/grant.hz", national),
        ("national/grant.notice.zh.jinja", own),
        ("jia/grant.hz", local),
    ];
    assert_eq!(template(&library(&files), "甲市.补助", Language::Zh).as_deref(), Some("# 国家的"));
}
