use super::list::{PaymentList, Presumed, read_csv, read_json_row};
use super::{Asking, CardFindingKind, Reconciliation, Verdict, reconcile, text};
use crate::diagnostic::{Diagnostic, Language, ReconciliationError};
use crate::engine::{Library, Policy};
use crate::facts::{Node, read_json};
use crate::source::SourceMap;
use crate::value::{Rational, YearMonth};

/// 津贴 is 100元 for everybody of a household with an income below 500元, and 补助 the household's.
const POLICY: &str = "政策 甲市.津贴【jia.aid】
  依据 甲市办法
  适用日 所属期首日
对象 人【person】
  身份证号【id_number】：文本，可无，敏感    缺省 无
  死亡日期【died_on】：日期，可无    缺省 无
  在学【student】：是否
对象 家庭【household】
  成员【members】：人，若干
  户主【head】：人，可无    缺省 无
  收入【income】：元/月，0元至100万元
决定 津贴【aid】（人）    依据 第一条
  条件 收入低于500元/月
  给付 津贴金【aid_amount】：元/月 = 如果 在学，则 150元/月，否则 100元/月
决定 补助【grant】（家庭），施行 自2026年2月1日起    依据 第二条
  条件 收入低于500元/月
  给付 补助金【grant_amount】：元/月 = 500元/月－收入，四舍五入到1分
决定 一次补助【once】（家庭）    依据 第三条
  条件 收入低于500元/月
  给付 一次金【once_amount】：元 = 1000元
";

fn policy() -> Policy {
    let library = Library::from_texts(vec![("a.hz".to_owned(), POLICY.to_owned())]);
    library.compile("甲市.津贴").unwrap()
}

fn month(text: &str) -> YearMonth {
    text.parse().unwrap()
}

/// The list, and what is wrong with it, by code.
fn list(text: &str) -> Result<PaymentList, ReconciliationError> {
    let mut sources = SourceMap::default();
    let source = sources.add("paid.csv", text);
    read_csv(source, sources.file(source).unwrap(), &Presumed::default())
}

fn codes(findings: &[Diagnostic]) -> Vec<&'static str> {
    findings.iter().map(|found| found.code).collect()
}

fn population(lines: &[&str]) -> Vec<(String, Node)> {
    let mut sources = SourceMap::default();
    let mut read = |(at, line): (usize, &&str)| {
        let source = sources.add("p", line);
        (format!("p:{at}"), read_json(source, line).unwrap())
    };
    lines.iter().enumerate().map(&mut read).collect()
}

const ONE: &str = r#"{"id": "张家", "household": {"户主": "甲", "收入": "300", "members": [
  {"id": "甲", "身份证号": "11010519491231002X", "在学": "否"}, {"id": "乙", "在学": "是"}]}}"#;
const TWO: &str = r#"{"id": "李家", "household": {"收入": "500", "members": [
  {"id": "丙", "在学": "否", "死亡日期": "2026-03-31"}, {"id": "乙", "在学": "未知"}]}}"#;

fn run(asking: &Asking, rows: &str) -> Reconciliation {
    let rows = list(&format!("家庭,人,身份证号,待遇,月份,金额,账户,持卡人\n{rows}")).unwrap();
    reconcile(&policy(), asking, Some(&rows), &population(&[ONE, TWO])).unwrap()
}

/// `应补 张家 甲 津贴 100`
fn told(found: &Reconciliation) -> Vec<String> {
    let told = found.differences.iter().map(|one| {
        let parts = [
            one.verdict.words().0,
            &one.household,
            one.person.as_deref().unwrap_or("全家"),
            &one.benefit,
            one.difference.as_deref().unwrap_or("?"),
        ];
        parts.join(" ")
    });
    told.collect()
}

#[test]
fn what_is_due_is_set_against_what_was_paid() {
    let asking = Asking::month(month("2026-04"));
    // 张家: 津贴 100 and 150; 补助 500－300＝200; 李家: 500 is not below 500.
    let rows = "张家,甲,,津贴,2026-04,100,,\n张家,乙,,津贴,2026-04,120,,\n\
                张家,,,补助,2026-04,250,,\n李家,丙,,津贴,2026-04,100,,\n";
    let found = run(&asking, rows);
    assert_eq!(
        told(&found),
        ["补差 张家 乙 津贴 30", "应退 张家 全家 补助 50", "应停 李家 丙 津贴 100"]
    );
    assert_eq!(found.totals[&Verdict::Agrees].count, 1);
    assert_eq!(found.benefits, ["津贴", "补助"]);
    assert_eq!(found.not_reconciled, ["一次补助"]);
    assert_eq!(found.differences[2].reasons, ["收入 500元，条文要求低于500元"]);
}

/// What is due less what was paid is what the differences come to.
#[test]
fn the_sums_close() {
    let asking = Asking::month(month("2026-04"));
    let rows = "张家,甲,,津贴,2026-04,77.77,,\n张家,,,补助,2026-04,0.01,,\n李家,丙,,津贴,2026-04,5,,\n\
                张家,,,津贴金,2026-04,1,,\n";
    let wrong = list(&format!("家庭,人,身份证号,待遇,月份,金额,账户,持卡人\n{rows}")).unwrap();
    let findings = reconcile(&policy(), &asking, Some(&wrong), &population(&[ONE, TWO]));
    assert_eq!(codes(&findings.unwrap_err()), ["huize::reconcile::person_needed"]);
    let rows = rows.replace("张家,,,津贴金", "张家,乙,,津贴金");
    let found = run(&asking, &rows);
    let sum = |verdicts: &[Verdict]| {
        let totals = verdicts.iter().filter_map(|verdict| found.totals.get(verdict));
        totals.fold(Rational::ZERO, |sum, total| sum.checked_add(total.sum).unwrap())
    };
    let more = sum(&[Verdict::PayAll, Verdict::PayMore]);
    let less = sum(&[Verdict::Stop, Verdict::TakeBack]);
    // 100＋150＋200 less 77.77＋0.01＋5＋1
    assert_eq!(more.checked_sub(less).unwrap(), "366.22".parse().unwrap());
}

#[test]
fn rows_find_their_people_by_id_number_and_lose_nobody() {
    let asking = Asking { last: month("2026-04"), ..Asking::month(month("2026-03")) };
    let rows = ",,11010519491231002x,津贴,2026-03,100,,\n,,11010519491231002X,津贴,2026-04,100,,\n\
                ,乙,,津贴,2026-03,150,,\n王家,丁,,津贴,2026-03,1,,\n,,110105194912310021,津贴,2026-03,1,,\n\
                张家,甲,,津贴,2026-05,100,,\n";
    let found = run(&asking, rows);
    let kinds: Vec<CardFindingKind> = found.card.iter().map(|one| one.kind).collect();
    assert_eq!(
        kinds,
        [
            CardFindingKind::AmbiguousRecipient,
            CardFindingKind::UnknownRecipient,
            CardFindingKind::UnknownRecipient,
            CardFindingKind::NoAccount,
            CardFindingKind::InvalidIdNumber,
        ]
    );
    assert_eq!(found.outside, ["paid.csv:7"]);
    assert!(found.card[2].message.zh.contains("…0021"), "{}", found.card[2].message.zh);
    // 甲 was paid in both months; 乙 of 张家 in neither, as nobody knows which 乙 was meant.
    assert_eq!(told(&found), ["应补 张家 乙 津贴 150", "应补 张家 乙 津贴 150"]);
}

#[test]
fn months_before_a_benefit_was_in_force_owe_nothing() {
    let asking = Asking { last: month("2026-02"), ..Asking::month(month("2026-01")) };
    let found = run(&asking, "张家,,,补助,2026-01,200,,\n张家,,,补助,2026-02,200,,\n");
    // One policy for itself: the month is an error of the decision, not nothing.
    assert_eq!(found.differences[0].verdict, Verdict::Failed);
    assert_eq!(found.totals[&Verdict::Agrees].count, 1);
}

#[test]
fn what_is_paid_once_is_reconciled_once() {
    let asking = Asking { last: month("2026-04"), ..Asking::month(month("2026-02")) };
    let rows = "张家,,,一次补助,2026-02,400,,\n张家,,,一次补助,2026-03,600,,\n\
                李家,,,一次补助,2026-04,1,,\n";
    let found = run(&asking, rows);
    assert_eq!(told(&found), ["应停 李家 全家 一次补助 1"]);
    assert_eq!(found.totals[&Verdict::Agrees].sum, "1000".parse().unwrap());
}

#[test]
fn amounts_that_are_not_known_have_their_bounds() {
    let one = ONE.replace(r#""在学": "是""#, r#""在学": "未知""#);
    let population = population(&[&one]);
    for (paid, verdict, difference) in [
        ("0", Verdict::PayAll, Some("100")),
        ("60", Verdict::PayMore, Some("40")),
        ("120", Verdict::Undecided, None),
        ("150.5", Verdict::TakeBack, Some("0.5")),
    ] {
        let rows = list(&format!(
            "家庭,人,待遇,月份,金额\n张家,乙,津贴,2026-04,{paid}\n张家,甲,津贴,2026-04,100"
        ));
        let asking = Asking::month(month("2026-04"));
        let found = reconcile(&policy(), &asking, Some(&rows.unwrap()), &population).unwrap();
        let [one] = found.differences.as_slice() else { panic!("{:?}", told(&found)) };
        assert_eq!((one.verdict, one.difference.as_deref()), (verdict, difference), "{paid}");
        assert_eq!(one.at_least, difference.is_some());
        assert_eq!(one.waits_for, ["乙.在学"]);
    }
}

#[test]
fn one_card_for_each() {
    let asking = Asking::month(month("2026-04"));
    let rows = "张家,甲,,津贴,2026-04,50,6217001,甲\n张家,甲,,津贴,2026-04,50,6217002,甲\n\
                张家,乙,,津贴,2026-04,150,6217001,甲\n张家,,,补助,2026-04,200,6217001,乙\n\
                李家,丙,,津贴,2026-04,1,6217001,11010519491231002X\n李家,,,补助,2026-04,1,,丙\n";
    let found = run(&asking, rows);
    let kinds: Vec<CardFindingKind> = found.card.iter().map(|one| one.kind).collect();
    assert_eq!(
        kinds,
        [
            CardFindingKind::PaidTwice,
            CardFindingKind::SharedAccount,
            CardFindingKind::SeveralAccounts,
            CardFindingKind::NoAccount,
            // 补助 of 张家 to 乙, who is not its head; 丙's to somebody of another household. 李家 has
            // said no head: any member will do.
            CardFindingKind::ForeignHolder,
            CardFindingKind::ForeignHolder,
            CardFindingKind::PaidAfterDeath,
        ]
    );
    assert!(found.card[5].message.zh.contains("“…002X”"), "{}", found.card[5].message.zh);
    let twice =
        [ONE, &TWO.replace(r#""id": "丙""#, r#""id": "丙", "身份证号": "11010519491231002X""#)];
    let found = reconcile(&policy(), &asking, None, &population(&twice)).unwrap();
    assert_eq!(found.card[0].kind, CardFindingKind::InTwoHouseholds);
}

#[test]
fn without_a_list_those_entitled_are_to_be_confirmed() {
    let asking = Asking::month(month("2026-04"));
    let found = reconcile(&policy(), &asking, None, &population(&[ONE, TWO])).unwrap();
    assert_eq!(
        told(&found),
        [
            "待确认 张家 甲 津贴 100",
            "待确认 张家 乙 津贴 150",
            "待确认 张家 全家 补助 200",
            "待确认 张家 全家 一次补助 1000"
        ]
    );
    let shown = text::text(&found, Language::Zh, 80);
    assert!(shown.contains("待确认 4项 1,450元"), "{shown}");
}

#[test]
fn wrong_lists_say_where() {
    let of = |text: &str| codes(&list(text).unwrap_err());
    assert_eq!(of(""), ["huize::reconcile::no_heading"]);
    assert_eq!(
        of("姓名,金额\n甲,1"),
        [
            "huize::reconcile::no_column",
            "huize::reconcile::no_column",
            "huize::reconcile::no_column"
        ]
    );
    assert_eq!(of("家庭,待遇,月份,金额,household\n"), ["huize::reconcile::column_twice"]);
    let head = "家庭,人,待遇,月份,金额\n";
    assert_eq!(of(&format!("{head}张家,甲,津贴,2026-04,1,200")), ["huize::reconcile::more_cells"]);
    assert_eq!(
        of(&format!("{head},,津贴,2026-04,1\n张家,甲,,2026-04,1")),
        ["huize::reconcile::empty_cell", "huize::reconcile::empty_cell"]
    );
    assert_eq!(
        of(&format!("{head}张家,甲,津贴,4月,1\n张家,甲,津贴,2026-04,一百")),
        ["huize::reconcile::bad_month", "huize::reconcile::bad_amount"]
    );
    assert_eq!(of(&format!("{head}张家,\"甲,津贴")), ["huize::reconcile::unclosed_quote"]);
    let presumed = Presumed { benefit: Some("津贴".to_owned()), month: Some(month("2026-04")) };
    let mut sources = SourceMap::default();
    let mut json = |text: &str| {
        let source = sources.add("paid.jsonl:1", text);
        let mut list = PaymentList::default();
        let read = read_json_row(&mut list, source, "paid.jsonl:1", text, &presumed);
        read.map(|()| list).map_err(|found| codes(&found))
    };
    assert_eq!(json("[1]").unwrap_err(), ["huize::reconcile::not_a_row"]);
    assert_eq!(
        json(r#"{"家庭": ["张家"], "金额": 1}"#).unwrap_err(),
        ["huize::reconcile::not_a_cell", "huize::reconcile::empty_cell"]
    );
    let list =
        json(r#"{"家庭": "张家", "人": "甲", "金额": 100, "备注": "x", "账户": null}"#).unwrap();
    assert_eq!((list.rows[0].benefit.as_str(), list.ignored), ("津贴", vec!["备注".to_owned()]));
    assert_eq!(list.rows[0].month, month("2026-04"));
}

#[test]
fn a_payment_that_several_benefits_call_so() {
    let policy = POLICY.replace("给付 补助金【grant_amount】", "给付 津贴金【aid_amount】");
    let library = Library::from_texts(vec![("a.hz".to_owned(), policy)]);
    let policy = library.compile("甲市.津贴").unwrap();
    let rows = list("家庭,人,待遇,月份,金额\n张家,甲,津贴金,2026-04,1").unwrap();
    let asking = Asking::month(month("2026-04"));
    let found = reconcile(&policy, &asking, Some(&rows), &population(&[ONE]));
    assert_eq!(codes(&found.unwrap_err()), ["huize::reconcile::ambiguous_benefit"]);
}

#[test]
fn benefits_that_are_not_there() {
    let benefit = |name: &str| {
        let asking = Asking { benefits: vec![name.to_owned()], ..Asking::month(month("2026-04")) };
        let found = reconcile(&policy(), &asking, None, &population(&[ONE]));
        found.map(|found| found.benefits).map_err(|found| codes(&found))
    };
    assert_eq!(benefit("津帖").unwrap_err(), ["huize::reconcile::unknown_benefit"]);
    for name in ["津贴", "aid", "津贴金", "津贴的津贴金", "aid.aid_amount"] {
        assert_eq!(benefit(name).unwrap(), ["津贴"], "{name}");
    }
    let asking = Asking::month(month("2026-04"));
    let twice = reconcile(&policy(), &asking, None, &population(&[ONE, ONE]));
    assert_eq!(codes(&twice.unwrap_err()), ["huize::reconcile::case_twice"]);
}
