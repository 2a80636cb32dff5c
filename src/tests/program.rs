//! Programs made at random: of every construct something, small enough to be read where one fails.
//! A program is drawn from a tape of bytes, so that a shorter tape of smaller bytes is a simpler
//! program, and is kept in parts, so that it can be written in another order.

use std::fmt::Write as _;

use crate::solve::tests::household::Rng;

/// Choices, 0 where it has ended.
pub(super) struct Tape<'a> {
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> Tape<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes: bytes.iter() }
    }

    /// Less than a number that is not 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.bytes.next().map_or(0, |byte| usize::from(*byte) % end)
    }

    pub(super) fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == many - 1
    }

    fn pick<'b>(&mut self, from: &[&'b str]) -> &'b str {
        from[self.below(from.len())]
    }
}

/// An item: its label, its condition, its value.
struct Item(&'static str, String, String);

/// What a rule says.
enum Body {
    Formula(String),
    /// The word, the items, what stands for the rest.
    Items(&'static str, Vec<Item>, Option<String>),
    /// A base; exceptions, each with what stands behind it.
    Exceptions(String, Vec<(Item, String)>),
    /// The words of the list, and its items; the last may be a list itself.
    Conditions(&'static str, Vec<String>, Option<(&'static str, Vec<String>)>),
}

/// A declaration in parts.
struct Declaration {
    head: String,
    body: Option<Body>,
    /// Lines behind the body.
    tail: String,
}

/// A program in parts: the declarations of each of its files.
pub(super) struct Draft {
    files: Vec<(String, Vec<Declaration>)>,
    /// The policy that is decided.
    pub(super) policy: &'static str,
}

const OBJECTS: &str = "\
枚举 类别【kind】：一类【kind_one】、二类、三类【kind_three】
对象 收费【charge】
  项目【what】：类别
  单价【price】：元/月，0元至5元
  次数：整数 0至3
对象 人【person】
  出生【born】：日期，不晚于评估日
  工资【wage】：元/月，0元至5元
  等级【grade】：整数 1至4，可无
  在业【employed】：是否
  病【ill】：是否    缺省 否
  类：类别
  父亲【father】：人，可无
  失业日：日期，可无    缺省 无
  户籍【registered_in】：文本，可无    缺省 无
  收费单【charges】：收费，若干
对象 家庭【household】
  成员【members】：人，若干
  收入【income】：元/月，0元至5元
  支出：元/月，0元至100万元
  残【disabled】：是否
  户类【area】：类别
  车【cars】：整数 0至3
  申请日：日期
  意见【opinion】：是否，可无，不作建议    缺省 无
  核定【granted】：元/月，0元至5元，可无，不作建议    缺省 无
";

fn yuan(tape: &mut Tape<'_>) -> String {
    match tape.below(3) {
        0 => format!("{}元/月", tape.below(6)),
        1 => format!("{}.{}元/月", tape.below(5), tape.below(10)),
        _ => format!("{}.{:02}元/月", tape.below(5), tape.below(100)),
    }
}

/// What may be named of an object: amounts and conditions.
#[derive(Clone)]
struct Scope {
    amounts: Vec<&'static str>,
    conditions: Vec<&'static str>,
}

fn amount(scope: &Scope, tape: &mut Tape<'_>, depth: usize) -> String {
    if depth == 0 || tape.below(3) == 0 {
        return if tape.one_in(4) { yuan(tape) } else { tape.pick(&scope.amounts).to_owned() };
    }
    let next = |tape: &mut Tape<'_>| amount(scope, tape, depth - 1);
    match tape.below(10) {
        0 => format!("（{}＋{}）", next(tape), next(tape)),
        1 => format!("（{}－{}）", next(tape), next(tape)),
        2 => {
            let share = tape.pick(&["50%", "30%", "0%", "120%", "2", "0.7"]);
            format!("（{}×{share}）", next(tape))
        }
        3 => format!("（{}÷{}）", next(tape), 2 + tape.below(5)),
        4 => format!("最大（{}，{}）", next(tape), next(tape)),
        5 => format!("最小（{}，{}）", next(tape), next(tape)),
        6 => format!("（－{}）", next(tape)),
        7 => format!("（{}×（{}÷1元/月））", next(tape), next(tape)),
        8 => format!("（1元/月×（{}÷（{}＋0.03元/月）））", next(tape), tape.pick(&scope.amounts)),
        _ => {
            let (then, otherwise) = (next(tape), next(tape));
            format!("（如果 {} 则 {then} 否则 {otherwise}）", condition(scope, tape, depth - 1))
        }
    }
}

fn condition(scope: &Scope, tape: &mut Tape<'_>, depth: usize) -> String {
    let compared = |tape: &mut Tape<'_>| {
        let words = ["低于", "不超过", "高于", "不低于", "等于", "不等于"];
        let (a, b) = (amount(scope, tape, depth), amount(scope, tape, 0));
        format!("（{a}{}{b}）", tape.pick(&words))
    };
    if depth == 0 {
        return if tape.below(2) == 0 {
            tape.pick(&scope.conditions).to_owned()
        } else {
            compared(tape)
        };
    }
    let next = |tape: &mut Tape<'_>| condition(scope, tape, depth - 1);
    match tape.below(7) {
        0 | 1 => next(tape),
        2 => compared(tape),
        3 => {
            let (low, high) = (tape.below(3), 3 + tape.below(3));
            let negated = tape.pick(&["属于", "不属于"]);
            format!(
                "（{}{negated}{low}元/月以上不满{high}元/月、4元/月以上）",
                amount(scope, tape, 1)
            )
        }
        4 => format!("（非{}）", next(tape)),
        5 => format!("（{}且{}）", next(tape), next(tape)),
        _ => format!("（{}或{}）", next(tape), next(tape)),
    }
}

fn steps(tape: &mut Tape<'_>) -> String {
    let grain = |tape: &mut Tape<'_>| tape.pick(&["1元", "0.1元", "1分", "0.5元"]).to_owned();
    match tape.below(8) {
        0..=2 => String::new(),
        3 => "，保底0元".to_owned(),
        4 => format!("，封顶{}元", 1 + tape.below(4)),
        5 => format!("，向上取整到{}", grain(tape)),
        6 => format!("，四舍五入到{}，保底0.5元", grain(tape)),
        _ => format!("，四舍六入五成双到{}", grain(tape)),
    }
}

const LABELS: [&str; 4] = ["甲项", "乙项", "丙项", "丁项"];

fn item(scope: &Scope, tape: &mut Tape<'_>, at: usize) -> Item {
    Item(LABELS[at], condition(scope, tape, 1), amount(scope, tape, 1))
}

/// What a rule of yuan says.
fn body(scope: &Scope, tape: &mut Tape<'_>) -> Body {
    let count = 2 + tape.below(2);
    match tape.below(4) {
        0 | 1 => Body::Formula(format!("{}{}", amount(scope, tape, 2), steps(tape))),
        2 => {
            let how = tape.pick(&["就高", "就低", "累加", "首个", "唯一"]);
            let how =
                ["就高", "就低", "累加", "首个", "唯一"].into_iter().find(|word| *word == how);
            let how = how.expect("one of them");
            let items = (0..count).map(|at| item(scope, tape, at)).collect();
            let otherwise = (how != "累加" || tape.one_in(2)).then(|| amount(scope, tape, 1));
            Body::Items(how, items, otherwise)
        }
        _ => {
            let base = format!("{}{}", amount(scope, tape, 1), steps(tape));
            let ranks = |tape: &mut Tape<'_>, at: usize| match (at, tape.below(3)) {
                (0, _) | (_, 0) => String::new(),
                (at, _) => format!("优先于（{}）", LABELS[tape.below(at)]),
            };
            let exceptions =
                (0..count).map(|at| (item(scope, tape, at), ranks(tape, at))).collect();
            Body::Exceptions(base, exceptions)
        }
    }
}

/// What a condition of a decision, or a rule that is one, says.
fn conditions(scope: &Scope, tape: &mut Tape<'_>) -> Body {
    let words = |tape: &mut Tape<'_>| match tape.below(3) {
        0 => "同时符合",
        1 => "符合下列情形之一",
        _ => "至少符合两项",
    };
    if tape.below(3) == 0 {
        return Body::Formula(condition(scope, tape, 2));
    }
    let how = words(tape);
    let count = 2 + tape.below(2);
    let items = (0..count).map(|_| condition(scope, tape, 1)).collect();
    let inner = tape.one_in(3).then(|| {
        (words(tape), (0..2 + tape.below(2)).map(|_| condition(scope, tape, 1)).collect())
    });
    Body::Conditions(how, items, inner)
}

fn rule(head: impl Into<String>, body: Body) -> Declaration {
    Declaration { head: head.into(), body: Some(body), tail: String::new() }
}

fn plain(text: impl Into<String>) -> Declaration {
    Declaration { head: text.into(), body: None, tail: String::new() }
}

/// The rows of a parameter: sometimes one that is 待查.
fn parameter(tape: &mut Tape<'_>, keyed: bool) -> String {
    let row = |tape: &mut Tape<'_>, is_open: bool| {
        if !keyed {
            return if is_open { "待查".to_owned() } else { yuan(tape) };
        }
        let kinds = ["一类", "二类", "三类"];
        let each = kinds.map(|kind| {
            let value = if is_open && tape.one_in(2) { "待查".to_owned() } else { yuan(tape) };
            format!("{kind} {value}")
        });
        each.join("，")
    };
    let mut rows = String::new();
    for day in ["1900年1月1日", "2023年4月1日", "2023年6月1日"] {
        let is_open = tape.one_in(6);
        let _ = writeln!(rows, "  自{day}起：{}", row(tape, is_open));
    }
    rows
}

/// What is paid of each charge, with caps on the price and on the number of each and on all of them.
fn of_charges(tape: &mut Tape<'_>) -> Vec<Declaration> {
    let capped = ["最小（单价，标准）×次数", "最小（单价×次数，标准×2）", "单价×最小（次数，2）"];
    let each = format!("{}{}", tape.pick(&capped), steps(tape));
    let all = [
        "合计（收费单，核销）",
        "合计（收费单，核销，其中项目等于类）",
        "合计（收费单，最小（核销，1.5元/月））",
    ];
    let all = format!("{}，封顶{}元", tape.pick(&all), 1 + tape.below(4));
    vec![
        rule("规则 核销【refund】（收费）：元/月", Body::Formula(each)),
        rule("规则 核销合计【refunds】（人）：元/月", Body::Formula(all)),
    ]
}

/// The rules about a person; in a policy of a place also whether he is of that place.
fn of_people(tape: &mut Tape<'_>, is_of_place: bool) -> Vec<Declaration> {
    let charges = if tape.one_in(3) { of_charges(tape) } else { Vec::new() };
    let mut scope = Scope {
        amounts: vec!["工资", "工资", "收入", "标准", "底数", "津贴", "（父亲的工资若无则1元/月）"],
        conditions: vec![
            "在业",
            "病",
            "残",
            "（等级不超过2）",
            "（周岁（出生，评估日）达到60岁）",
            "（类属于一类、三类）",
            "（类等于户类）",
            "（父亲的病）",
            "（父亲的工资低于2元/月）",
            "（满（失业日，6个月））",
            "（非父亲的在业）",
        ],
    };
    let mut found = charges;
    if !found.is_empty() {
        scope.amounts.extend(["核销合计", "核销合计"]);
        scope.conditions.extend(["存在（收费单，核销高于1元/月）", "每个（收费单，项目等于一类）"]);
    }
    scope.conditions.push("区划内（户籍，“440000”）");
    if is_of_place {
        scope.conditions.push("（非区划内（户籍））");
    }
    found.push(rule("规则 困难【needy】（人）：是否", conditions(&scope, tape)));
    found.push(rule("规则 个额【each】（人）：元/月", body(&scope, tape)));
    if tape.one_in(3) {
        let mut scope = scope.clone();
        scope.amounts.push("个额");
        scope.conditions.push("困难");
        let whole = format!("{}＋局部{}", amount(&scope, tape, 1), steps(tape));
        let mut local = rule("规则 另额（人）：元/月", Body::Formula(whole));
        local.tail = format!("  其中 局部 = {}\n", amount(&scope, tape, 1));
        found.push(local);
    } else {
        found.push(rule("规则 另额（人）：元/月", Body::Formula("个额".to_owned())));
    }
    found
}

/// The rules about the household, over those about people.
fn of_households(tape: &mut Tape<'_>, looks_back: bool) -> Vec<Declaration> {
    let mut scope = Scope {
        amounts: vec![
            "收入",
            "支出",
            "标准",
            "底数",
            "合计（成员，个额）",
            "合计（计入，个额）",
            "合计（成员，另额，其中在业）",
            "最高（成员，个额）",
            "最低（成员，工资）",
            "平均（成员，另额）",
            "（1元/月·人×人数（成员，其中困难））",
            "（0.3元/月×车）",
        ],
        conditions: vec![
            "残",
            "存在（成员，困难）",
            "存在（计入，病且工资低于2元/月）",
            "每个（成员，个额高于0元/月）",
            "（车达到2）",
            "（户类等于二类）",
            "（人数（计入）低于2人）",
        ],
    };
    let first = rule("规则 甲额【first_sum】（家庭）：元/月", body(&scope, tape));
    scope.amounts.push("甲额");
    if looks_back {
        scope.amounts.extend(["（上月的甲额）", "（前2个月合计（甲额）÷2个月）", "（上月的收入）"]);
        scope.conditions.extend([
            "近3个月内曾（甲额高于1元/月）",
            "连续2个月（收入低于2元/月）",
            "（上月的收入不低于收入）",
        ]);
    }
    let mut found = vec![first];
    if tape.one_in(3) {
        found.push(rule(
            "规则 乙额（家庭）：元/月，施行 自1900年1月1日起至2023年5月31日止",
            body(&scope, tape),
        ));
        found.push(rule("规则 乙额（家庭）：元/月，施行 自2023年6月1日起", body(&scope, tape)));
    } else {
        found.push(rule("规则 乙额（家庭）：元/月", body(&scope, tape)));
    }
    scope.amounts.push("乙额");
    let set = condition(
        &Scope { amounts: vec!["工资", "个额"], conditions: vec!["在业", "病", "困难"] },
        tape,
        1,
    );
    found.push(plain(format!("集合 计入（家庭）：成员，其中{set}\n")));

    found.extend(decisions(tape, &scope, looks_back));
    found
}

/// From which month on a decision is paid, and up to which; sometimes neither.
fn terms(tape: &mut Tape<'_>) -> String {
    let months = ["申请日的当月", "申请日的次月", "（申请日＋2个月）的次月"];
    let mut found = String::new();
    if tape.one_in(3) {
        let _ = writeln!(found, "  起发 {}", tape.pick(&months));
    }
    if tape.one_in(3) {
        let ends = [
            "（申请日＋1个月）的次月",
            "不符合条件的次月",
            "（申请日＋4个月）的当月、不符合条件的次月",
        ];
        let _ = writeln!(found, "  停发 {}", tape.pick(&ends));
    }
    found
}

/// What a place adds to a decision, and when it does: of two the one that is later in force says from
/// which month on is paid.
fn supplement(tape: &mut Tape<'_>, scope: &Scope, is_second: bool) -> String {
    let days = match is_second {
        false => ["", "，施行 自2023年6月1日起"],
        true => ["，施行 自2023年4月1日起至2023年5月31日止", "，施行 自2023年7月1日起"],
    };
    let mut found = format!("补充 决定 国家.补助（家庭）{}    依据 试验\n", tape.pick(&days));
    if tape.below(2) == 0 {
        let _ = writeln!(found, "  增加条件 {}", condition(scope, tape, 1));
    }
    found + &terms(tape)
}

/// The decisions about the household and about people, and how two of them stand to each other.
fn decisions(tape: &mut Tape<'_>, scope: &Scope, looks_back: bool) -> Vec<Declaration> {
    let mut found = Vec::new();
    let round = |tape: &mut Tape<'_>| {
        tape.pick(&["向上取整到0.1元", "四舍五入到1分", "向下取整到1元"]).to_owned()
    };
    let mut help = rule("决定 补助【help】（家庭）\n  条件", conditions(scope, tape));
    help.tail = format!("  给付 补助金【money】：元/月 = 乙额，保底0元，{}\n", round(tape));
    help.tail.push_str(&terms(tape));
    if tape.one_in(4) {
        // Somebody decides whether, and how much.
        if let Some(Body::Conditions(_, items, _)) = &mut help.body {
            items.push("裁量（镇政府，意见）".to_owned());
        }
        let bounds = tape.pick(&["1元/月至3元/月", "不超过2元/月", "（收入）至4元/月"]);
        let _ = writeln!(help.tail, "  给付 酌情金：元/月 = 裁量（县政府，{bounds}，核定）");
    }
    if tape.one_in(2) {
        let _ =
            writeln!(help.tail, "  给付 增发：元/月 = {}，{}", amount(scope, tape, 1), round(tape));
    }
    found.push(help);
    let over_time = [
        "（上月的收入不低于收入）",
        "连续2个月（收入低于2元/月）",
        "近3个月内曾（残）",
        "（上月的补助）",
        "连续3个月（补助）",
        "（非近2个月内曾（补助））",
        "（连续月数（补助）低于2个月）",
    ];
    let asked = match looks_back && tape.below(2) == 0 {
        true => Body::Formula(tape.pick(&over_time).to_owned()),
        false => conditions(scope, tape),
    };
    let mut other = rule("决定 另补（家庭）\n  条件", asked);
    other.tail =
        format!("  给付 另补金：元/月 = {}，保底0元，{}\n", amount(scope, tape, 1), round(tape));
    found.push(other);

    let person = Scope {
        amounts: vec!["工资", "个额", "另额", "标准"],
        conditions: vec![
            "困难",
            "病",
            "（所在家庭的补助）",
            "（非所在家庭的补助）",
            "（父亲的困难）",
            "（补助 等于 不符合）",
        ],
    };
    let mut own = rule("决定 个补【own_help】（人）\n  条件", conditions(&person, tape));
    own.tail =
        format!("  给付 个补金：元/月 = {}，保底0元，{}\n", amount(&person, tape, 1), round(tape));
    found.push(own);
    match tape.below(7) {
        0 | 1 => {}
        4 => found.push(plain(format!(
            "关系 二者    依据 试验\n  补差：另补的另补金，补至{}，先抵补助的补助金\n",
            tape.pick(&["3元/月", "标准", "（收入＋1元/月）"]),
        ))),
        5 => found.push(plain(
            "关系 二者    依据 试验\n  不重复享受：补助、个补，保留补助\n",
        )),
        6 => found.push(plain(
            "关系 二者    依据 试验\n  不重复享受：补助、另补，保留另补\n  补差：另补的另补金，补至2元/月，先抵补助的补助金\n",
        )),
        2 => found.push(plain("关系 二者    依据 试验\n  不重复享受：补助、另补，保留补助\n")),
        _ => found.push(plain(
            "关系 二者    依据 试验\n  择高：补助的补助金、另补的另补金，同额保留补助的补助金\n",
        )),
    }
    found
}

impl Draft {
    /// The program on a tape.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut tape = Tape::new(bytes);
        let tape = &mut tape;
        let looks_back = tape.one_in(3);
        let is_layered = tape.one_in(3);
        let by_fact = tape.one_in(6);
        let applicable = if by_fact { "  适用日 申请日\n" } else { "" };
        let mut above = vec![
            plain(format!(
                "参数 标准【standard】（类别）：元/月，0元至5元\n{}",
                parameter(tape, true)
            )),
            plain(format!(
                "表 津贴（工资）：元/月\n  ｜工资｜金额｜\n  ｜1元/月以上不满3元/月｜{}｜\n  ｜3元/月以上｜{}｜\n  ｜其他｜{}｜\n",
                yuan(tape),
                yuan(tape),
                yuan(tape)
            )),
        ];
        let rows = parameter(tape, false);
        above.extend(of_people(tape, is_layered));
        above.extend(of_households(tape, looks_back));
        let mut files = Vec::new();
        if is_layered {
            above.push(plain("参数 底数：元/月，0元至5元，由地方规定\n"));
            for rule in &mut above {
                if rule.head.starts_with("规则 甲额") || rule.head.starts_with("规则 个额")
                {
                    rule.head.push_str("，授权 市级以上 增加例外");
                }
                if let Some(rest) = rule.head.strip_prefix("决定 补助【help】（家庭）") {
                    rule.head =
                        format!("决定 补助【help】（家庭），授权 市级以上 增加条件、另定{rest}");
                }
            }
            let person =
                Scope { amounts: vec!["工资", "收入"], conditions: vec!["在业", "病"] };
            let household = Scope {
                amounts: vec!["收入", "支出"],
                conditions: vec!["残", "（车达到2）"],
            };
            let exception = |scope: &Scope, tape: &mut Tape<'_>| {
                let text = format!(
                    "  例外（地方）{}的，{}",
                    condition(scope, tape, 1),
                    amount(scope, tape, 1)
                );
                text
            };
            let mut below = vec![
                plain(format!("参数 底数\n{rows}")),
                plain(format!(
                    "补充 规则 国家.个额（人）    依据 试验\n{}；\n",
                    exception(&person, tape)
                )),
                plain(format!(
                    "补充 规则 国家.甲额（家庭）    依据 试验\n{}；\n",
                    exception(&household, tape)
                )),
            ];
            for number in 0..tape.below(3) {
                let added = supplement(tape, &household, number > 0);
                // Nothing at all would be no supplement.
                if added.lines().count() > 1 {
                    below.push(plain(added));
                }
            }
            files.push((format!("政策 国家.试\n  依据 试验\n{applicable}{OBJECTS}"), above));
            let header =
                format!("政策 某市.试\n  基于 国家.试\n  依据 试验\n  区划 442000\n{applicable}");
            files.push((header, below));
        } else {
            above.push(plain(format!("参数 底数：元/月，0元至5元\n{rows}")));
            files.push((format!("政策 国家.试\n  依据 试验\n{applicable}{OBJECTS}"), above));
        }
        let policy = if is_layered { "某市.试" } else { "国家.试" };
        Self { files, policy }
    }

    /// As it was drawn.
    pub(super) fn texts(&self) -> Vec<(String, String)> {
        self.written(None)
    }

    /// In another order, of all whose order says nothing: declarations behind the header and the
    /// objects, items unless the first of them counts, exceptions, conditions, files.
    pub(super) fn shuffled(&self, rng: &mut Rng) -> Vec<(String, String)> {
        self.written(Some(rng))
    }

    fn written(&self, mut rng: Option<&mut Rng>) -> Vec<(String, String)> {
        let mut texts = Vec::new();
        for (at, (header, declarations)) in self.files.iter().enumerate() {
            let mut parts: Vec<String> =
                declarations.iter().map(|one| one.written(rng.as_deref_mut())).collect();
            shuffle(&mut parts, rng.as_deref_mut());
            texts.push((format!("{at}.hz"), format!("{header}{}", parts.concat())));
        }
        shuffle(&mut texts, rng);
        texts
    }
}

pub(super) fn shuffle<T>(parts: &mut [T], rng: Option<&mut Rng>) {
    let Some(rng) = rng else { return };
    for at in (1..parts.len()).rev() {
        parts.swap(at, usize::try_from(rng.below(at as u64 + 1)).expect("small"));
    }
}

const NUMBERS: [&str; 6] = ["（一）", "（二）", "（三）", "（四）", "（五）", "（六）"];

impl Declaration {
    fn written(&self, mut rng: Option<&mut Rng>) -> String {
        let mut text = self.head.clone();
        let Some(body) = &self.body else { return text };
        let is_condition = text.ends_with("条件");
        match body {
            Body::Formula(formula) => {
                let sign = if is_condition { "" } else { "=" };
                let _ = writeln!(text, "\n  {sign} {formula}");
                if is_condition {
                    text = text.replace("条件\n  ", "条件");
                }
            }
            Body::Items(how, items, otherwise) => {
                let _ = writeln!(text, "，{how}");
                let mut items: Vec<&Item> = items.iter().collect();
                if *how != "首个" {
                    shuffle(&mut items, rng.as_deref_mut());
                }
                let last = items.len() - 1;
                for (at, Item(label, condition, value)) in items.into_iter().enumerate() {
                    let end = if at == last && otherwise.is_none() { "。" } else { "；" };
                    let _ = writeln!(text, "  {}{label}：{condition}的，{value}{end}", NUMBERS[at]);
                }
                if let Some(otherwise) = otherwise {
                    let _ = writeln!(text, "  均不符合的，{otherwise}。");
                }
            }
            Body::Exceptions(base, exceptions) => {
                let _ = writeln!(text, "\n  = {base}");
                let mut exceptions: Vec<_> = exceptions.iter().collect();
                shuffle(&mut exceptions, rng.as_deref_mut());
                for (Item(label, condition, value), rank) in exceptions {
                    let rank = if rank.is_empty() { String::new() } else { format!("；{rank}") };
                    let _ = writeln!(text, "  例外（{label}）{condition}的，{value}{rank}；");
                }
            }
            Body::Conditions(how, items, inner) => {
                let _ = writeln!(text, "{}{how}：", if is_condition { " " } else { "\n  " });
                let mut lines: Vec<String> =
                    items.iter().map(|item| format!("条：{item}")).collect();
                if let Some((how, items)) = inner {
                    let mut inside: Vec<&String> = items.iter().collect();
                    shuffle(&mut inside, rng.as_deref_mut());
                    let each = inside.iter().enumerate();
                    let each: Vec<String> =
                        each.map(|(at, item)| format!("    {}．款：{item}", at + 1)).collect();
                    lines.push(format!("项：{how}：\n{}", each.join("；\n")));
                }
                shuffle(&mut lines, rng);
                let last = lines.len() - 1;
                for (at, line) in lines.into_iter().enumerate() {
                    let _ = writeln!(
                        text,
                        "  {}{line}{}",
                        NUMBERS[at],
                        if at == last { "。" } else { "；" }
                    );
                }
            }
        }
        text + &self.tail
    }
}
