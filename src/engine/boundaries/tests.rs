use super::{Boundaries, MissingSide, Tried};
use crate::engine::{Coverage, Library};
use crate::hir::Side;

const NOUNS: &str = "政策 试.补助
对象 人
  年龄：整数 0至150
  失踪日：日期
对象 家庭
  成员：人，若干
  收入：元/月
  农村：是否   缺省 否
";

/// What cases leave untried, one line each: the name and the sides (below <, at =, above >), in
/// brackets where a case stands there that would not notice.
fn untried(law: &str, cases: &str) -> Vec<String> {
    of_text(&format!("{NOUNS}{law}{cases}"))
}

fn of_text(text: &str) -> Vec<String> {
    let boundaries = measured(text);
    let total = boundaries.total(|_| true);
    let untried = boundaries.untried(|_| true);
    let missing: usize = untried.iter().map(|boundary| boundary.missing.len()).sum();
    assert_eq!(total.all - total.tried, missing);
    let mut lines = Vec::new();
    for (key, boundary) in &boundaries.boundaries {
        let sign = |(side, tried): (&Side, &Tried)| {
            let sign = match side {
                Side::Below => "<",
                Side::At => "=",
                Side::Above => ">",
            };
            match tried {
                Tried::Never => sign.to_owned(),
                Tried::Unnoticed => format!("({sign})"),
                Tried::Noticed => String::new(),
            }
        };
        let signs: String = boundary.sides.iter().map(sign).collect();
        let is_listed = untried.iter().any(|one| one.span == key.span && one.kind == key.kind);
        assert!(is_listed || signs.is_empty(), "{boundary:?}");
        if !signs.is_empty() {
            lines.push(format!("{} {signs}", boundary.name.zh));
        }
    }
    lines
}

fn measured(text: &str) -> Boundaries {
    let library = Library::from_texts(vec![("policy.hz".to_owned(), text.to_owned())]);
    let policy = library.compile_with_cases("试.补助").unwrap();
    let (mut coverage, mut boundaries) = (Coverage::default(), Boundaries::default());
    let reports = policy.run_cases_trying(&mut coverage, &mut boundaries);
    assert_eq!(reports, policy.run_cases(), "a mistake has not been taken away again");
    for report in reports {
        assert!(report.passed, "{report:?}");
    }
    boundaries
}

fn case(month: &str, facts: &str, wanted: &str) -> String {
    format!("案例 “{month}{facts}，{wanted}”\n  所属期 {month}\n  家庭：{facts}\n  应当 {wanted}\n")
}

fn june(facts: &str, wanted: &str) -> String {
    case("2023年6月", facts, wanted)
}

/// A household of one, of whom one thing is known on 30 June.
fn member(fact: &str, value: &str, wanted: &str) -> String {
    format!(
        "案例 “{value}，{wanted}”\n  所属期 2023年6月\n  家庭：收入 0元\n  ｜成员｜{fact}｜\n  ｜甲｜{value}｜\n  应当 {wanted}\n"
    )
}

#[test]
fn a_limit_is_tried_just_below_at_and_just_above_it() {
    let law = "决定 补助（家庭）\n  条件 收入低于500元/月\n";
    let far = june("收入 400元", "补助 等于 符合") + &june("收入 700元", "补助 等于 不符合");
    assert_eq!(untried(law, &far), ["补助（家庭） 收入低于500元/月 <=>"]);
    let below = june("收入 499.99元", "补助 等于 符合");
    assert_eq!(untried(law, &below), ["补助（家庭） 收入低于500元/月 =>"]);
    let at = june("收入 500元", "补助 等于 不符合");
    assert_eq!(untried(law, &(below.clone() + &at)), ["补助（家庭） 收入低于500元/月 >"]);
    let above = june("收入 501元", "补助 等于 不符合");
    assert_eq!(untried(law, &(below + &at + &above)), [""; 0]);
}

/// A case that stands at a limit tries it only where its result tells.
#[test]
fn a_case_that_would_not_notice_has_not_tried_it() {
    let law = "决定 补助（家庭）\n  条件 至少符合一项：\n  （一）收入：收入低于500元/月；\n  （二）农村：农村。\n";
    let name = "补助（家庭） 收入低于500元/月";
    let masked = june("收入 500元，农村 是", "补助 等于 符合");
    assert_eq!(untried(law, &masked), [format!("{name} <(=)>")]);
    let told = june("收入 500元", "补助 等于 不符合");
    assert_eq!(untried(law, &(masked + &told)), [format!("{name} <>")]);
}

#[test]
fn whole_numbers_and_what_cannot_be() {
    // Nobody is younger than 0, and there is no household of fewer than no members.
    let law = "规则 有人（家庭）：是否 = 人数（成员）高于0\n规则 婴儿（人）：是否 = 年龄不超过0\n";
    let one = member("年龄", "1", "有人") + &member("年龄", "1", "非甲的婴儿");
    assert_eq!(
        untried(law, &one),
        ["有人（家庭） 人数（成员）高于0 =", "婴儿（人） 年龄不超过0 ="]
    );
}

#[test]
fn ends_of_intervals_are_limits() {
    let law = "表 津贴（收入）：元/月
  ｜收入｜金额｜
  ｜不满100元｜2元｜
  ｜100元以上不满200元｜1元｜
  ｜其他｜0元｜
规则 发放（家庭）：元/月 = 津贴（收入）
";
    let cases = june("收入 99元", "发放 = 2元/月") + &june("收入 100元", "发放 = 1元/月");
    assert_eq!(
        untried(law, &cases),
        [
            "不满100元（100元） >",
            "100元以上不满200元（100元） >",
            "100元以上不满200元（200元） <=>"
        ]
    );
}

#[test]
fn periods_end_on_a_day() {
    let law = "规则 长期失踪（人）：是否 = 满（失踪日，6个月）\n";
    let on = |day, wanted| member("失踪日", day, wanted);
    let far = on("2022年6月1日", "甲的长期失踪");
    assert_eq!(untried(law, &far), ["长期失踪（人） 满（失踪日，6个月） <=>"]);
    let near = on("2022年12月30日", "甲的长期失踪")
        + &on("2022年12月31日", "甲的长期失踪")
        + &on("2023年1月1日", "非甲的长期失踪");
    // Six months from 31 December end on 30 June as well, the last day of that month.
    assert_eq!(untried(law, &near), ["长期失踪（人） 满（失踪日，6个月） >"]);
}

#[test]
fn a_parameter_changes_from_one_month_to_the_next() {
    let law = "参数 标准：元/月
  自2022年1月1日起：7元
  自2023年1月1日起：8元
  自2024年1月1日起：8元
决定 补助（家庭）
  条件 农村
  给付 钱：元/月 = 标准
";
    let year = case("2023年6月", "农村 是", "补助的钱 = 8元");
    // The same value again is no change.
    assert_eq!(untried(law, &year), ["标准 自2022年1月1日起 <=", "标准 自2023年1月1日起 <="]);
    let change = case("2022年12月", "农村 是", "补助的钱 = 7元")
        + &case("2023年1月", "农村 是", "补助的钱 = 8元");
    assert_eq!(untried(law, &change), ["标准 自2022年1月1日起 <="]);
    let first = case("2021年12月", "农村 是", "报错 无标准")
        + &case("2022年1月", "农村 是", "补助的钱 = 7元");
    assert_eq!(untried(law, &(change + &first)), [""; 0]);
}

/// One that closes before the next begins changes once; one that nothing follows ends.
#[test]
fn rows_that_close() {
    let law = "参数 标准：元/月
  自2022年1月1日至2022年12月31日：7元
  自2023年1月1日至2023年12月31日：8元
决定 补助（家庭）
  条件 农村
  给付 钱：元/月 = 标准
";
    let change = case("2022年12月", "农村 是", "补助的钱 = 7元")
        + &case("2023年1月", "农村 是", "补助的钱 = 8元");
    let found = untried(law, &change);
    assert_eq!(found, ["标准 自2022年1月1日起 <=", "标准 至2023年12月31日止 <="]);
    let end = case("2023年12月", "农村 是", "补助的钱 = 8元")
        + &case("2024年1月", "农村 是", "报错 无标准");
    assert_eq!(untried(law, &(change + &end)), ["标准 自2022年1月1日起 <="]);
}

/// 适用日 评估日: the day before and the day itself, not months.
#[test]
fn law_that_is_read_on_a_day_changes_on_a_day() {
    let law = |cases: &str| {
        let nouns = NOUNS.replacen('\n', "\n  适用日 评估日\n", 1);
        format!(
            "{nouns}规则 发放（家庭）：元/月，施行 自2023年6月10日起 = 收入\n\
             规则 发放（家庭）：元/月，施行 自2023年1月1日至2023年6月9日 = 1元/月\n{cases}"
        )
    };
    let on = |day: &str, wanted: &str| {
        format!(
            "案例 “{day}”\n  所属期 2023年6月\n  评估日 {day}\n  家庭：收入 5元\n  应当 {wanted}\n"
        )
    };
    let far = on("2023年6月1日", "发放 = 1元/月") + &on("2023年6月30日", "发放 = 5元/月");
    // That a rule has no value yet cannot be expected of it: only what is decided comes to an error.
    let first = "发放（家庭） 自2023年1月1日起 =";
    assert_eq!(of_text(&law(&far)), ["发放（家庭） 自2023年6月10日起 <=", first]);
    let near = on("2023年6月9日", "发放 = 1元/月") + &on("2023年6月10日", "发放 = 5元/月");
    assert_eq!(of_text(&law(&near)), [first]);
}

#[test]
fn a_policy_begins_with_all_that_is_in_it() {
    let law = "政策 试.补助
  施行 自2022年3月1日至2023年12月31日
对象 家庭
  收入：元/月
参数 标准：元/月
  自2022年3月1日起：10元
决定 补助（家庭）
  条件 收入低于标准
  例外（停办）收入低于5元/月的，否；施行 自2023年7月1日起
  给付 钱：元/月 = 标准
";
    let limits = ["补助（家庭） 收入低于标准 <=>", "补助（家庭） 收入低于5元/月 <=>"];
    // A parameter of the first day of its policy is not read before.
    let found = of_text(law);
    assert_eq!(
        found,
        [
            "政策 自2022年3月1日起 <=",
            "政策 至2023年12月31日止 <=",
            "标准 自2022年3月1日起 =",
            limits[0],
            "补助（家庭） 停办 自2023年7月1日起 <=",
            limits[1],
        ]
    );
    let dates = case("2022年2月", "收入 3元", "报错 未施行")
        + &case("2022年3月", "收入 3元", "补助的钱 = 10元")
        + &case("2023年6月", "收入 3元", "补助的钱 = 10元")
        + &case("2023年7月", "收入 3元", "补助 等于 不符合")
        + &case("2023年12月", "收入 7元", "补助的钱 = 10元")
        + &case("2024年1月", "收入 7元", "报错 未施行");
    assert_eq!(of_text(&format!("{law}{dates}")), limits);
}

/// A rule that two decisions read matters from the day on which the first of them begins.
#[test]
fn nothing_is_asked_of_days_on_which_nothing_is_decided() {
    let law = "参数 标准：元/月
  自2020年1月1日起：7元
  自2021年1月1日起：8元
  自2022年1月1日起：9元
决定 补助（家庭），施行 自2022年1月1日起
  条件 农村
  给付 钱：元/月 = 标准
";
    let decision = "补助（家庭） 自2022年1月1日起 <=";
    assert_eq!(untried(law, ""), ["标准 自2022年1月1日起 =", decision]);
    let last_year = law.replace("= 标准", "= 去年的标准");
    let rows = ["2020", "2021", "2022"].map(|year| format!("标准 自{year}年1月1日起 <="));
    assert_eq!(untried(&last_year, ""), [&rows[0], &rows[1], &rows[2], decision]);
}

/// A parameter as of a day among the facts changes from one day to the next.
#[test]
fn rows_picked_by_a_fact_change_on_a_day() {
    let law = "对象 家庭
  申请日：日期
参数 标准：元/月
  自2022年1月1日起：7元
  自2023年1月1日起：8元
决定 补助（家庭）
  条件 农村
  给付 钱：元/月 = 申请日的标准
";
    let on = |day: &str, wanted: &str| june(&format!("农村 是，申请日 {day}"), wanted);
    let far = on("2022年12月30日", "补助的钱 = 7元") + &on("2023年1月2日", "补助的钱 = 8元");
    let first = "标准 自2022年1月1日起 <=";
    assert_eq!(untried(law, &far), [first, "标准 自2023年1月1日起 <="]);
    let near = on("2022年12月31日", "补助的钱 = 7元") + &on("2023年1月1日", "补助的钱 = 8元");
    assert_eq!(untried(law, &near), [first]);
}

/// Rules that only a target reads are tried by what it comes to over a population.
#[test]
fn targets_try_boundaries_too() {
    let law = "规则 困难（家庭）：是否 = 收入低于500元/月\n目标 少困难（家庭），2023年    依据 例\n  比例（困难）不超过50%\n";
    let two = "案例 “一半”\n  所属期 2023年\n  家庭 一：收入 499元\n  家庭 二：收入 501元\n  应当 少困难 等于 完成\n";
    let found = untried(law, two);
    assert_eq!(found, ["困难（家庭） 收入低于500元/月 (<)=", "比例（困难）不超过50% <>"]);
}

/// An error that a case expects may be that of a target.
#[test]
fn an_error_of_a_target_tries_boundaries() {
    let law = "参数 标准：元/月
  自2023年1月1日起：500元
目标 提高，2023年    依据 例
  标准－去年的标准高于0元/月
";
    let first = case("2024年1月", "收入 9元", "提高 等于 未完成");
    let dates = |cases: &str| {
        let all = untried(law, cases);
        all.into_iter().filter(|line| line.starts_with("标准 自")).collect::<Vec<_>>()
    };
    assert_eq!(dates(&first), ["标准 自2023年1月1日起 <"]);
    let before = case("2023年12月", "收入 9元", "报错 无标准");
    assert!(dates(&(before + &first)).is_empty());
}

/// What a case expects is no boundary of the policy.
#[test]
fn expectations_have_no_boundaries() {
    let law = "规则 上月收入（家庭）：元/月 = 收入\n";
    let boundaries = measured(&format!("{NOUNS}{law}{}", june("收入 5元", "上月收入低于9元/月")));
    assert_eq!(boundaries.total(|_| true).all, 0);
}

#[test]
fn sides_are_told_in_the_words_of_their_scale() {
    let words = |text: &str| {
        let found = measured(text).untried(|_| true);
        let all = found.into_iter().flat_map(|boundary| boundary.missing);
        all.map(|missing: MissingSide| missing.side.zh).collect::<Vec<_>>().join("、")
    };
    let limit = format!("{NOUNS}规则 低（家庭）：是否 = 收入低于500元/月\n");
    assert_eq!(words(&limit), "刚好低于、正好等于、刚好高于");
    let row = format!(
        "{NOUNS}参数 标准：元/月\n  自2022年1月1日至2022年12月31日：7元\n决定 发（家庭）\n  条件 农村\n  给付 钱：元/月 = 标准\n"
    );
    assert_eq!(words(&row), "前一月、当月、最后一月、次月");
    let day = row.replacen('\n', "\n  适用日 评估日\n", 1);
    assert_eq!(words(&day), "前一日、当日、最后一日、次日");
}
