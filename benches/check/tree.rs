//! A policy tree of so many lines, as a country would have it: a vocabulary, a text of each benefit
//! for the nation, and under it what provinces and cities fill, add and bound, with their cases.

use std::fmt::Write as _;

/// The files of a tree: name and text.
pub(crate) struct Tree {
    pub(crate) files: Vec<(String, String)>,
    pub(crate) lines: usize,
}

const BENEFITS: usize = 12;
const PROVINCES: usize = 31;

/// Some hundred syllables to make names of.
const SYLLABLES: [&str; 20] = [
    "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子", "丑", "寅", "卯", "辰", "巳",
    "午", "未", "申", "酉",
];

fn name(prefix: &str, number: usize) -> String {
    let (tens, ones) = (number / SYLLABLES.len(), number % SYLLABLES.len());
    format!("{prefix}{}{}", SYLLABLES[tens % SYLLABLES.len()], SYLLABLES[ones])
}

/// A tree of at least so many lines, with so many cases in each local file.
pub(crate) fn tree(lines: usize, cases: usize) -> Tree {
    let mut tree = Tree { files: Vec::new(), lines: 0 };
    tree.add("vocabulary.hz", vocabulary());
    for benefit in 0..BENEFITS {
        tree.add(&format!("nation/{benefit}.hz"), nation(benefit));
    }
    for province in 0..PROVINCES {
        for benefit in 0..BENEFITS {
            let text = local(&name("省", province), "国家", (benefit, cases), province, true);
            tree.add(&format!("{province}/{benefit}.hz"), text);
        }
    }
    let mut city = 0;
    while tree.lines < lines {
        let province = city % PROVINCES;
        for benefit in 0..BENEFITS {
            let text =
                local(&name("市", city), &name("省", province), (benefit, cases), city, false);
            tree.add(&format!("{province}/{city}/{benefit}.hz"), text);
            if tree.lines >= lines {
                break;
            }
        }
        city += 1;
    }
    tree
}

impl Tree {
    fn add(&mut self, name: &str, text: String) {
        self.lines += text.lines().count();
        self.files.push((name.to_owned(), text));
    }
}

fn vocabulary() -> String {
    let mut text = String::from(
        "词汇 民政【civil】\n\n枚举 城乡：城镇、农村\n枚举 残疾类别：视力、听力、言语、肢体、智力、精神、多重\n\n\
         对象 人【person】\n  出生日期【birth_date】：日期    问 “出生日期是哪一天？”\n  父亲：人，可无    缺省 无\n",
    );
    for field in 0..40 {
        let _ = writeln!(
            text,
            "  {}：元/月，0元至100万元    问 “每月多少元？”    依据 某办法第{field}条",
            name("收入", field)
        );
        let _ = writeln!(text, "  {}：是否    缺省 否", name("情形", field));
    }
    text.push_str("\n对象 家庭【household】\n  成员：人，若干，至少1\n  城乡：城乡\n");
    for field in 0..20 {
        let _ = writeln!(text, "  {}：元，0元至1亿元    问 “合计多少元？”", name("财产", field));
    }
    text
}

/// The national text of a benefit: some hundred lines of rules, sets, items, exceptions, decisions.
fn nation(benefit: usize) -> String {
    let own = name("待遇", benefit);
    let mut text = format!(
        "# 国家规定，条文在前，规则在后。\n政策 国家.{own}\n  标题 “{own}办法”\n  依据 《{own}办法》（民发〔2021〕{benefit}号）\n  引用 民政\n  施行 自2021年7月1日起\n\n\
         参数 {own}标准（城乡）：元/人·月，由地方规定    依据 《{own}办法》第十条\n\n\
         集合 {own}人口（家庭）：成员，其中非{}且非{}    依据 《{own}办法》第七条\n\n",
        name("情形", benefit),
        name("情形", benefit + 1),
    );
    for rule in 0..24 {
        let this = format!("{own}{}", name("项", rule));
        let _ = write!(
            text,
            "# 第{rule}条　按照下列规定计算，不属于下列情形的，不予计算。\n\
             规则 {this}（人）：元/月，授权 市级以上 增加例外    依据 《{own}办法》第{rule}条\n\
             \u{20} = {}－{}，保底0元\n\
             \u{20} 例外（在校）{}的，0元；    依据 《{own}办法》第{rule}条第二款\n\n\
             规则 {this}情形（人）：是否    依据 《{own}办法》第{rule}条\n\
             \u{20} 符合下列情形之一：\n\
             \u{20} （一）年满六十周岁的：周岁（出生日期，评估日）达到60岁；\n\
             \u{20} （二）未满十八周岁的：周岁（出生日期，评估日）不满18岁且非{}；\n\
             \u{20} （三）其他：{}或{}。\n\n",
            name("收入", rule),
            name("收入", rule + 1),
            name("情形", rule),
            name("情形", rule + 2),
            name("情形", rule + 3),
            name("情形", rule + 4),
        );
    }
    let _ = write!(text, "规则 {own}收入（人）：元/月\n  = {own}{}", name("项", 0));
    for rule in 1..24 {
        let _ = write!(text, "＋{own}{}", name("项", rule));
    }
    let _ = write!(
        text,
        "\n\n规则 {own}人均（家庭）：元/人·月\n  = 合计（{own}人口，{own}收入）÷人数（{own}人口）\n\n\
         决定 {own}（家庭），授权 市级以上 增加条件    依据 《{own}办法》第四条\n\
         \u{20} 条件 同时符合：\n\
         \u{20} （一）收入条件：{own}人均低于{own}标准；    依据 《{own}办法》第四条\n\
         \u{20} （二）成员条件：存在（成员，{own}{}情形）。    依据 《{own}办法》第五条\n\
         \u{20} 给付 {own}金：元/月    依据 《{own}办法》第十二条\n\
         \u{20}   =（{own}标准－{own}人均）×人数（{own}人口），向上取整到1元\n\
         \u{20} 复核 每12个月\n",
        name("项", 3),
    );
    if benefit == 0 {
        text.push_str(&all_facts(&own));
    }
    text
}

/// Rules that read every fact of the vocabulary: one that nothing reads is told by the check.
fn all_facts(own: &str) -> String {
    let all = |prefix: &str, count: usize, between: &str| {
        let names: Vec<String> = (0..count).map(|number| name(prefix, number)).collect();
        names.join(between)
    };
    format!(
        "\n规则 {own}全部收入（人）：元/月\n  = {}\n\n规则 {own}有情形（人）：是否\n  = {}\n\n\
         规则 {own}随父（人）：是否\n  = 父亲的{own}有情形\n\n规则 {own}全部财产（家庭）：元\n  = {}\n",
        all("收入", 40, "＋"),
        all("情形", 40, "或"),
        all("财产", 20, "＋"),
    )
}

/// What a province or city makes of a benefit: a province says the least that its cities may set.
fn local(
    place: &str,
    base: &str,
    (benefit, cases): (usize, usize),
    number: usize,
    province: bool,
) -> String {
    let own = name("待遇", benefit);
    let amount = if province { 500 } else { 600 } + number % 90;
    let mut text =
        format!("政策 {place}.{own}\n  基于 {base}.{own}\n  标题 “{place}{own}标准”\n\n");
    if province {
        let _ = write!(
            text,
            "约束 城镇标准不低于省最低标准：{own}标准（城镇）不低于{own}最低标准（城镇）\n\n\
             参数 {own}最低标准（城乡）：元/人·月\n"
        );
    } else {
        let _ = writeln!(text, "参数 {own}标准");
    }
    for year in 2021..2026 {
        let amount = amount + (year - 2021) * 30;
        let _ = writeln!(
            text,
            "  自{year}年1月1日起：城镇 {amount}元，农村 {}元    依据 {place}〔{year}〕{number}号",
            amount - 100
        );
    }
    let _ = write!(
        text,
        "\n补充 规则 国家.{own}{}（人）    依据 {place}〔2022〕{number}号\n  例外（{place}公益岗位）{}且{}高于100元/月的，{}×50%；优先于（在校）\n\n\
         规则 {place}{own}加发（人）：元/月，就高\n\
         \u{20} （一）老年人：周岁（出生日期）达到70岁的，{own}标准的20%；\n\
         \u{20} （二）未成年人：周岁（出生日期）不满18岁的，{own}标准的20%；\n\
         \u{20} （三）情形：{}的，{own}标准的30%；\n\
         \u{20} 均不符合的，0元。\n\n",
        name("项", number % 24),
        name("情形", number % 40),
        name("收入", number % 40),
        name("收入", number % 40),
        name("情形", (number + 7) % 40),
    );
    // Most of a local file is its cases.
    for case in 0..cases {
        let wage = 100 * (case + number % 3);
        let _ = write!(
            text,
            "# 一人每月{wage}元，另一人没有收入；其余各项没有填。\n\
             案例 “两口之家，一人每月{wage}元，第{case}例：还缺事实，待定”\n  所属期 2023年6月\n  家庭：城镇\n\
             \u{20} ｜成员｜出生日期    ｜{}｜{}｜\n\
             \u{20} ｜甲  ｜1950年2月1日｜{wage}元｜0元｜\n\
             \u{20} ｜乙  ｜1982年5月3日｜0元  ｜0元｜\n\
             \u{20} 应当 {own} 等于 待定\n\n",
            name("收入", 0),
            name("收入", 1),
        );
    }
    text
}
