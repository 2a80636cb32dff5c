//! Small programs made at random, over facts that are varied.

use proptest::prelude::*;

/// The facts that every such program has.
pub(super) const HEAD: &str = "\
政策 试.变化
  依据 试验
枚举 类别：一类、二类
对象 人
  出生日期：日期，可无                缺省 无
  工资：元，0元至4元
  等级：整数 1至4，可无               缺省 无
  在业：是否
  老：是否
对象 家庭
  成员：人，若干
  收入：元，0元至4元
  支出：元，0元至4元
  存款：元，0元至4元
  人口：整数 0至9
  残：是否
  病：是否
";

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        (0_u32..5).prop_map(|yuan| format!("{yuan}元")),
        (0_u32..400).prop_map(|fen| format!("{}.{:02}元", fen / 100, fen % 100)),
    ]
}

fn share() -> impl Strategy<Value = String> {
    prop_oneof![Just("50%"), Just("30%"), Just("0%"), Just("120%"), Just("2"), Just("0.7")]
        .prop_map(str::to_owned)
}

fn comparison() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        4 => Just("低于"),
        2 => Just("不超过"),
        2 => Just("高于"),
        2 => Just("不低于"),
        1 => Just("等于"),
        1 => Just("不等于"),
    ]
}

/// A step after a formula.
fn step() -> impl Strategy<Value = String> {
    let grain = || prop_oneof![Just("1元"), Just("0.1元"), Just("0.5元")];
    prop_oneof![
        3 => Just(String::new()),
        1 => Just("，保底0元".to_owned()),
        1 => number().prop_map(|n| format!("，保底{n}")),
        1 => number().prop_map(|n| format!("，封顶{n}")),
        1 => grain().prop_map(|g| format!("，向上取整到{g}")),
        1 => grain().prop_map(|g| format!("，向下取整到{g}")),
        1 => grain().prop_map(|g| format!("，四舍五入到{g}")),
        1 => grain().prop_map(|g| format!("，四舍六入五成双到{g}")),
    ]
}

/// An expression of yuan from others: `(numbers, conditions)`.
fn formula(
    numbers: BoxedStrategy<String>,
    conditions: BoxedStrategy<String>,
) -> BoxedStrategy<String> {
    let n = move || numbers.clone();
    let c = move || conditions.clone();
    prop_oneof![
        3 => n(),
        3 => (n(), n()).prop_map(|(a, b)| format!("（{a}＋{b}）")),
        3 => (n(), n()).prop_map(|(a, b)| format!("（{a}－{b}）")),
        2 => (n(), share()).prop_map(|(a, b)| format!("（{a}×{b}）")),
        2 => (n(), 2_u8..8).prop_map(|(a, b)| format!("（{a}÷{b}）")),
        1 => n().prop_map(|a| format!("（－{a}）")),
        2 => (n(), n()).prop_map(|(a, b)| format!("最大（{a}，{b}）")),
        2 => (n(), n()).prop_map(|(a, b)| format!("最小（{a}，{b}）")),
        3 => (c(), n(), n()).prop_map(|(c, a, b)| format!("（如果 {c} 则 {a} 否则 {b}）")),
        1 => (n(), n(), n()).prop_map(|(a, b, k)| format!("（{a}×（{b}÷1元）－{k}）")),
        1 => (n(), n()).prop_map(|(a, b)| format!("（1元×（{a}÷（{b}＋0.03元）））")),
    ]
    .boxed()
}

fn condition(
    numbers: BoxedStrategy<String>,
    conditions: BoxedStrategy<String>,
) -> BoxedStrategy<String> {
    let n = move || numbers.clone();
    let c = move || conditions.clone();
    prop_oneof![
        2 => c(),
        5 => (n(), comparison(), n()).prop_map(|(a, op, b)| format!("（{a}{op}{b}）")),
        1 => (n(), 0..150_u32, 150..300_u32).prop_map(|(a, low, high)| {
            let [low, high] = [low, high].map(|fen| format!("{}.{:02}元", fen / 100, fen % 100));
            format!("（{a}属于{low}以上不满{high}、3元以上）")
        }),
        1 => c().prop_map(|a| format!("（非{a}）")),
        1 => (c(), c()).prop_map(|(a, b)| format!("（{a}且{b}）")),
        1 => (c(), c()).prop_map(|(a, b)| format!("（{a}或{b}）")),
    ]
    .boxed()
}

/// A rule of yuan about an object: its body after the head.
fn body(
    numbers: BoxedStrategy<String>,
    conditions: BoxedStrategy<String>,
) -> BoxedStrategy<String> {
    let n = formula(numbers.clone(), conditions.clone());
    let c = condition(numbers, conditions);
    let combine =
        prop_oneof![Just("，就高"), Just("，就低"), Just("，累加"), Just("，首个"), Just("，唯一")];
    prop_oneof![
        4 => (n.clone(), step(), step()).prop_map(|(n, a, b)| format!("\n  = {n}{a}{b}\n")),
        2 => (combine, c.clone(), n.clone(), step(), c.clone(), n.clone(), n.clone())
            .prop_map(|(how, c1, n1, s, c2, n2, other)| {
                format!("{how}\n  （一）{c1}的，{n1}{s}；\n  （二）{c2}的，{n2}；\n  均不符合的，{other}。\n")
            }),
        2 => (n.clone(), step(), c.clone(), n.clone(), c, n, any::<bool>())
            .prop_map(|(base, s, c1, n1, c2, n2, ranked)| {
                let rank = if ranked { "；优先于（第一）" } else { "" };
                format!("\n  = {base}{s}\n  例外（第一）{c1}的，{n1}；\n  例外（第二）{c2}的，{n2}{rank}；\n")
            }),
    ]
    .boxed()
}

fn names(names: &[&str]) -> BoxedStrategy<String> {
    prop::sample::select(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).boxed()
}

/// The text of a program: rules about a person, rules about the household over them, a look back,
/// and a decision with a payment.
pub(super) fn program() -> BoxedStrategy<String> {
    let person = {
        let n = prop_oneof![3 => names(&["工资", "收入"]), 1 => number()].boxed();
        let c = names(&["在业", "老", "（等级不超过2）", "（周岁（出生日期，评估日）达到60岁）"]);
        body(n, c)
    };
    let first = {
        let n = prop_oneof![
            3 => names(&["收入", "收入", "支出", "存款"]),
            2 => number(),
            3 => names(&[
                "合计（成员，个人额）",
                "合计（成员，个人额，其中在业）",
                "合计（成员，工资，其中工资高于1元）",
                "最高（成员，个人额）",
                "平均（成员，个人额）",
                "最低（成员，工资）",
            ]),
            1 => names(&["（1元/人×人数（成员，其中工资高于0.5元））", "（0.3元×人口）"]),
        ]
        .boxed();
        let c = names(&[
            "残",
            "病",
            "存在（成员，老且工资低于2元）",
            "每个（成员，个人额高于0元）",
            "（人口达到3）",
        ]);
        body(n, c)
    };
    let second = {
        let n = prop_oneof![
            4 => names(&["甲额", "甲额", "收入", "支出"]),
            1 => number(),
            2 => names(&["（上月的甲额）", "前2个月合计（甲额）", "（上月的收入）"]),
        ]
        .boxed();
        let c = names(&[
            "残",
            "病",
            "近3个月内曾（甲额高于1元）",
            "连续2个月（收入低于2元）",
            "（甲额低于1.5元）",
        ]);
        body(n, c)
    };
    let gate = {
        let n = names(&["甲额", "乙额", "收入", "1.2元", "0元"]);
        let c = names(&["残", "（乙额高于0元）", "（收入低于3元）"]);
        condition(n, c)
    };
    (person, first, second, gate)
        .prop_map(|(person, first, second, gate)| {
            format!(
                "{HEAD}规则 个人额（人）：元{person}规则 甲额（家庭）：元{first}\
                 规则 乙额（家庭）：元{second}决定 补助（家庭）\n  条件 {gate}\n  \
                 给付 补助金：元 = 乙额，保底0元，向上取整到0.1元\n"
            )
        })
        .boxed()
}
