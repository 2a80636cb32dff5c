//! Law that is open, outcomes, and the household that somebody is a member of.

use super::entry::{
    Builtin, Example, Family, Function, Meaning, Signature, Word, Words, alone, call, example, once,
};

const BOOL: Words = Words::new("是否", "bool");
const OUTCOME: Words = Words::new("决定的结果", "outcome");

const fn word(
    meaning: Meaning,
    name: Words,
    also: &'static [&'static str],
    signatures: &'static [Signature],
    doc: Words,
    examples: &'static [Example],
) -> Builtin {
    Builtin { meaning, family: Family::Outcomes, name, also, signatures, doc, examples }
}

pub(super) const ENTRIES: &[Builtin] = &[
    Builtin {
        meaning: Meaning::Function(Function::Discretion),
        family: Family::Law,
        name: Words::new("裁量", "discretion"),
        also: &[],
        signatures: &[
            call(&[once("决定的机关", "authority")], BOOL),
            call(
                &[once("决定的机关", "authority"), once("数额至数额", "amount to amount")],
                Words::new("数额", "amount"),
            ),
        ],
        doc: Words::new(
            "由机关决定的事（可以、酌情）：一个条件，或一定幅度内的数额。没有决定以前不清楚；结果只差裁量的，是“酌定”。",
            "What an authority decides (may): a condition, or an amount within bounds. Until it is given it is unknown; an outcome that waits for nothing else is discretionary.",
        ),
        examples: &[example("慰问 等于 酌定", "visit is discretionary")],
    },
    word(
        Meaning::Word(Word::None),
        Words::new("无", "none"),
        &[],
        &[alone(Words::new("声明“可无”的，都可以是它", "whatever is declared optional"))],
        Words::new(
            "没有这一项，与“未知”、0、“否”都不同。与“无”比较，除“不等于”“不属于”外都是“否”；要参加计算，先写“若无则”。",
            "There is no such thing: neither unknown, nor 0, nor no. A comparison with it does not hold, but for `is not` and `not in`; before it is computed with, say `or_if_none`.",
        ),
        &[
            example("甲的残疾等级若无则9 = 9", "甲.disability_grade or_if_none 9 = 9"),
            example("非甲的残疾等级不超过2", "not 甲.disability_grade at most 2"),
        ],
    ),
    word(
        Meaning::Word(Word::Unknown),
        Words::new("未知", "unknown"),
        &[],
        &[alone(Words::new("事实的值", "the value of a fact"))],
        Words::new(
            "还没有问到；写在事实里。结果若取决于它，是“待定”，并列为还需的事实。写了“未知”的，不用缺省值。",
            "Not found out yet; written for a fact. An outcome that depends on it is undecided and names it. It beats the default.",
        ),
        &[example("低保 等于 符合", "dibao is entitled")],
    ),
    word(
        Meaning::Word(Word::Refused),
        Words::new("拒答", "refused"),
        &[],
        &[alone(Words::new("事实的值", "the value of a fact"))],
        Words::new(
            "问过，当事人不答；写在事实里。同“未知”一样不能当作“否”或0。",
            "Asked, and not answered; written for a fact. Like unknown it is neither no nor 0.",
        ),
        &[example("慰问 等于 酌定", "visit is discretionary")],
    ),
    word(
        Meaning::Word(Word::Entitled),
        Words::new("符合", "entitled"),
        &["yes"],
        &[alone(OUTCOME)],
        Words::new("条件成立。", "The conditions hold."),
        &[example("低保 等于 符合", "dibao is entitled")],
    ),
    word(
        Meaning::Word(Word::NotEntitled),
        Words::new("不符合", "not_entitled"),
        &[],
        &[alone(OUTCOME)],
        Words::new("条件不成立。", "The conditions do not hold."),
        &[example("低保 不等于 不符合", "dibao is not not_entitled")],
    ),
    word(
        Meaning::Word(Word::Undecided),
        Words::new("待定", "undecided"),
        &[],
        &[alone(OUTCOME)],
        Words::new(
            "还缺事实或规定，下不了结论；只能在案例的“应当”里写。",
            "Facts or law are missing; written only in what a case expects.",
        ),
        &[example("低保 不等于 待定", "dibao is not undecided")],
    ),
    word(
        Meaning::Word(Word::Discretionary),
        Words::new("酌定", "discretionary"),
        &[],
        &[alone(OUTCOME)],
        Words::new(
            "只差有权机关的裁量；只能在案例的“应当”里写。",
            "Only somebody's discretion is missing; written only in what a case expects.",
        ),
        &[example("慰问 等于 酌定", "visit is discretionary")],
    ),
    word(
        Meaning::Prefix(Word::Receives),
        Words::new("享受", "receives_"),
        &[],
        &[alone(BOOL)],
        Words::new(
            "后面接决定的名称：本人符合，或本人所在的家庭符合。",
            "Before the name of a decision: it holds for the person or for the person's household.",
        ),
        &[example("甲的享受低保", "甲.receives_dibao")],
    ),
    word(
        Meaning::Prefix(Word::Within),
        Words::new("所在", "own_"),
        &[],
        &[alone(Words::new("后面接“的”和名称", "before a name"))],
        Words::new(
            "后面接对象的名称，在一个人的规则里指这个人所在的家庭：所在家庭的低保。",
            "Before the name of an object, in a rule about a person: the household that the person is a member of.",
        ),
        &[example("存在（成员，所在家庭的低保）", "exists(members, own_household.dibao)")],
    ),
];
