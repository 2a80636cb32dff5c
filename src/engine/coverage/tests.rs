use super::{Coverage, Way};
use crate::engine::Library;

const NOUNS: &str = "政策 试.补助
对象 人
  年龄：整数 0至150
  学生：是否   缺省 否
对象 家庭
  成员：人，若干
  收入：元/月
  农村：是否   缺省 否
";

/// What cases leave untried, one line each: name and ways (+ held, - failed, = used).
fn untried(law: &str, cases: &str) -> Vec<String> {
    let text = format!("{NOUNS}{law}{cases}");
    let library = Library::from_texts(vec![("policy.hz".to_owned(), text)]);
    let policy = library.compile_with_cases("试.补助").unwrap();
    let mut coverage = Coverage::default();
    for report in policy.run_cases_covering(&mut coverage) {
        assert!(report.passed, "{report:?}");
    }
    let total = coverage.total(|_| true);
    let untried = coverage.untried(|_| true);
    let missing: usize = untried.iter().map(|thing| thing.ways.len()).sum();
    assert_eq!(total.all - total.tried, missing);
    untried
        .into_iter()
        .map(|thing| {
            let sign = |way: &Way| match way {
                Way::Held => '+',
                Way::Failed => '-',
                Way::Used => '=',
            };
            format!("{} {}", thing.name, thing.ways.iter().map(sign).collect::<String>())
        })
        .collect()
}

fn case(facts: &str, wanted: &str) -> String {
    format!("案例 “{facts}，{wanted}”\n  所属期 2023年6月\n  家庭：{facts}\n  应当 {wanted}\n")
}

const TWO_ITEMS: &str = "决定 补助（家庭）
  条件 同时符合：
  （一）收入：收入低于500元/月；
  （二）农村：农村。
  给付 钱：元/月 = 100元
";

#[test]
fn conditions_have_two_ways() {
    let poor = case("收入 400元，农村 是", "补助的钱 = 100元");
    assert_eq!(
        untried(TWO_ITEMS, &poor),
        ["补助（家庭） -", "补助（家庭） （一）收入 -", "补助（家庭） （二）农村 -"]
    );
    let rich = case("收入 500元，农村 是", "补助 等于 不符合");
    assert_eq!(untried(TWO_ITEMS, &format!("{poor}{rich}")), ["补助（家庭） （二）农村 -"]);
    let town = case("收入 400元，农村 否", "补助 等于 不符合");
    assert_eq!(untried(TWO_ITEMS, &format!("{poor}{rich}{town}")), [""; 0]);
    // An amount that nobody is entitled to has not been computed.
    assert_eq!(
        untried(TWO_ITEMS, &rich),
        [
            "补助（家庭） +",
            "补助（家庭） （一）收入 +",
            "补助（家庭） （二）农村 -",
            "补助的钱（家庭） ="
        ]
    );
}

/// A case tries what it expects something of, not all that is computed beside it.
#[test]
fn only_what_is_expected_is_tried() {
    let law = format!("{TWO_ITEMS}决定 慰问（家庭）\n  条件 农村\n  给付 钱：元/月 = 1元\n");
    let found = untried(&law, &case("收入 400元，农村 是", "补助的钱 = 100元"));
    assert!(found.contains(&"慰问（家庭） +-".to_owned()), "{found:?}");
    // An error may come from anywhere.
    let law = format!(
        "{law}参数 标准：元/月\n  自2024年1月1日起：1元\n决定 新（家庭）\n  条件 收入低于标准\n  给付 钱：元/月 = 1元\n"
    );
    let found = untried(&law, &case("收入 400元，农村 是", "报错 无标准"));
    assert!(found.contains(&"慰问（家庭） -".to_owned()), "{found:?}");
}

#[test]
fn versions_count_while_they_are_in_force() {
    let law = "规则 计入（家庭）：元/月，施行 自2022年1月1日起 = 收入
规则 计入（家庭）：元/月，施行 自2020年1月1日起至2021年12月31日止
  （一）农村的：农村的，0元；
  均不符合的，收入。
";
    let found = untried(law, &case("收入 400元", "计入 = 400元/月"));
    assert_eq!(
        found,
        ["计入（家庭） =", "计入（家庭） （一）农村的 +-", "计入（家庭） 均不符合 ="]
    );
}

#[test]
fn exceptions_apply_or_do_not() {
    let law = "规则 计入（家庭）：元/月 = 收入
  例外（农村）农村的，0元
  例外（少）收入低于100元/月的，1元；优先于（农村）
";
    let base = case("收入 400元", "计入 = 400元/月");
    assert_eq!(untried(law, &base), ["计入（家庭） 农村 +", "计入（家庭） 少 +"]);
    // The exception that is beaten has not applied.
    let beaten = case("收入 50元，农村 是", "计入 = 1元/月");
    assert_eq!(untried(law, &format!("{base}{beaten}")), ["计入（家庭） 农村 +"]);
    let rural = case("收入 400元，农村 是", "计入 = 0元/月");
    assert_eq!(untried(law, &format!("{base}{beaten}{rural}")), [""; 0]);
}

#[test]
fn rows_of_tables_and_parameters_are_read() {
    let law = "枚举 城乡：城镇、农村
对象 家庭
  城乡：城乡
参数 标准（城乡）：元/月
  自2022年1月1日起：城镇 7元，农村 5元
  自2023年1月1日起：城镇 8元，农村 6元
表 津贴（收入）：元/月
  ｜收入｜金额｜
  ｜不满100元｜2元｜
  ｜100元以上不满200元｜1元｜
  ｜其他｜0元｜
规则 发放（家庭）：元/月 = 津贴（收入）＋标准
规则 上年（家庭）：元/月 = 去年的标准
";
    let here = case("收入 150元，城乡 农村", "发放 = 7元/月");
    assert_eq!(
        untried(law, &here),
        [
            "标准（城镇，自2022年1月1日起） =",
            "标准（农村，自2022年1月1日起） =",
            "标准（城镇，自2023年1月1日起） =",
            "第1行不满100元 +",
            "第2行100元以上不满200元 -",
            "均不符合 =",
            "上年（家庭） ="
        ]
    );
    let last_year = case("收入 1元，城乡 城镇", "上年 = 7元/月");
    let found = untried(law, &format!("{here}{last_year}"));
    assert!(!found.iter().any(|name| name.contains("城镇，自2022年")), "{found:?}");
}

#[test]
fn relations_act_or_do_not() {
    let law = "决定 甲（家庭）
  条件 收入低于500元/月
  给付 钱：元/月 = 10元
决定 乙（家庭）
  条件 农村
  给付 钱：元/月 = 20元
关系 两项
  不重复享受：甲、乙，保留乙。
";
    let both = case("收入 400元，农村 是", "甲 等于 不符合");
    let found = untried(law, &both);
    assert!(found.contains(&"两项：乙（家庭）排除甲（家庭） -".to_owned()), "{found:?}");
    let one = case("收入 400元", "甲 等于 符合");
    let found = untried(law, &one);
    assert!(found.contains(&"两项：乙（家庭）排除甲（家庭） +".to_owned()), "{found:?}");
}

/// Nobody can give a decision that is another's to make: that it was left to him is all.
#[test]
fn discretion_is_left_or_not_reached() {
    let law = "决定 补助（家庭）
  条件 同时符合：
  （一）收入：收入低于500元/月；
  （二）准予：裁量（县级民政部门）。
  给付 钱：元/月 = 100元
";
    let left = case("收入 400元", "补助 等于 酌定");
    let refused = case("收入 500元", "补助 等于 不符合");
    assert_eq!(untried(law, &format!("{left}{refused}")), ["补助的钱（家庭） ="]);
}

/// A month of which the result is recorded has not been decided by the rules.
#[test]
fn recorded_months_try_nothing() {
    let law = "决定 低保（家庭）
  条件 收入低于500元/月
  给付 钱：元/月 = 10元
决定 渐退（家庭）
  条件 上月的低保
  给付 钱：元/月 = 5元
";
    let recorded = "案例 “上月有记录”
  所属期 2023年6月
  家庭：收入 600元
  历史 2023年5月：低保＝符合
  应当 渐退的钱 = 5元
";
    let found = untried(law, recorded);
    assert!(found.contains(&"低保（家庭） +-".to_owned()), "{found:?}");
    let computed = case("收入 400元", "渐退的钱 = 5元");
    let found = untried(law, &computed);
    assert!(found.contains(&"低保（家庭） -".to_owned()), "{found:?}");
}
