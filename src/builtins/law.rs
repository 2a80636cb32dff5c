//! Law that is open, outcomes, and the household that somebody is a member of.

use super::entry::{
    Builtin, Example, Family, Function, Meaning, Signature, Word, alone, call, example, once,
    optionally, words,
};
use crate::diagnostic::Words;

const BOOL: Words = words("是否", "bool");
const OUTCOME: Words = words("决定的结果", "outcome");

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
        name: words("裁量", "discretion"),
        also: &[],
        signatures: &[
            call(
                &[
                    once("决定的机关", "authority"),
                    optionally("写着决定的事实", "fact that says it"),
                ],
                BOOL,
            ),
            call(
                &[
                    once("决定的机关", "authority"),
                    once("数额至数额", "amount to amount"),
                    optionally("写着决定的事实", "fact that says it"),
                ],
                words("数额", "amount"),
            ),
        ],
        doc: words(
            "由机关决定的事（可以、酌情）：一个条件，或一定幅度内的数额。没有决定以前不清楚；结果只差裁量的，是“酌定”。决定作出以后写在末尾那项事实里，照它算；超出幅度的是错误。",
            "What an authority decides (may): a condition, or an amount within bounds. Until it is given it is unknown; an outcome that waits for nothing else is discretionary. Once it is made, the fact named last says it and is what counts; outside the bounds it is an error.",
        ),
        examples: &[
            example(
                "非（裁量（县级民政部门）且人均月收入高于低保标准）",
                "not (discretion(县级民政部门) and per_capita above standard)",
            ),
            example("慰问 等于 酌定", "visit is discretionary"),
        ],
    },
    word(
        Meaning::Word(Word::None),
        words("无", "none"),
        &[],
        &[alone(words("声明“可无”的，都可以是它", "whatever is declared optional"))],
        words(
            "没有这一项，与“未知”、0、“否”都不同。有没有，写“等于无”“不等于无”。没有的与别的值比较，除“不等于”“不属于”外都是“否”；要参加计算，先写“若无则”。",
            "There is no such thing: neither unknown, nor 0, nor no. `is none` and `is not none` ask for it. Compared with a value it does not hold, but for `is not` and `not in`; before it is computed with, say `or_if_none`.",
        ),
        &[
            example("甲的残疾等级若无则9 = 9", "甲.disability_grade or_if_none 9 = 9"),
            example("甲的残疾等级等于无", "甲.disability_grade is none"),
            example("非甲的残疾等级不超过2", "not 甲.disability_grade at most 2"),
        ],
    ),
    word(
        Meaning::Word(Word::Unknown),
        words("未知", "unknown"),
        &[],
        &[alone(words("事实的值", "the value of a fact"))],
        words(
            "还没有问到；写在事实里。结果若取决于它，是“待定”，并列为还需的事实。写了“未知”的，不用缺省值。",
            "Not found out yet; written for a fact. An outcome that depends on it is undecided and names it. It beats the default.",
        ),
        // 赡养费 未知
        &[example("赡养费不低于0元/月", "support at least 0CNY/month")],
    ),
    word(
        Meaning::Word(Word::Refused),
        words("拒答", "refused"),
        &[],
        &[alone(words("事实的值", "the value of a fact"))],
        words(
            "问过，当事人不答；写在事实里。同“未知”一样不能当作“否”或0。条文给不配合定了后果的，规则里写“某事实等于拒答”；没有写，就只是不知道。",
            "Asked, and not answered; written for a fact. Like unknown it is neither no nor 0. Where the law says what follows from not cooperating, a rule asks `fact is refused`; otherwise it is simply not known.",
        ),
        // 抚养费 拒答
        &[
            example("抚养费不低于0元/月", "child_support at least 0CNY/month"),
            example("甲的抚养费等于拒答", "甲.child_support is refused"),
        ],
    ),
    word(
        Meaning::Word(Word::Entitled),
        words("符合", "entitled"),
        &["yes"],
        &[alone(OUTCOME)],
        words("条件成立。", "The conditions hold."),
        &[example("低保 等于 符合", "dibao is entitled")],
    ),
    word(
        Meaning::Word(Word::NotEntitled),
        words("不符合", "not_entitled"),
        &[],
        &[alone(OUTCOME)],
        words("条件不成立。", "The conditions do not hold."),
        &[example("低保 不等于 不符合", "dibao is not not_entitled")],
    ),
    word(
        Meaning::Word(Word::Undecided),
        words("待定", "undecided"),
        &[],
        &[alone(OUTCOME)],
        words(
            "还缺事实或规定，下不了结论；只能在案例的“应当”里写。",
            "Facts or law are missing; written only in what a case expects.",
        ),
        &[example("低保 不等于 待定", "dibao is not undecided")],
    ),
    word(
        Meaning::Word(Word::Discretionary),
        words("酌定", "discretionary"),
        &[],
        &[alone(OUTCOME)],
        words(
            "只差有权机关的裁量；只能在案例的“应当”里写。",
            "Only somebody's discretion is missing; written only in what a case expects.",
        ),
        &[example("慰问 等于 酌定", "visit is discretionary")],
    ),
    word(
        Meaning::Prefix(Word::Receives),
        words("享受", "receives_"),
        &[],
        &[alone(BOOL)],
        words(
            "后面接决定的名称：本人符合，或本人所在的家庭符合。",
            "Before the name of a decision: it holds for the person or for the person's household.",
        ),
        &[example("甲的享受低保", "甲.receives_dibao")],
    ),
    word(
        Meaning::Word(Word::BenefitIncome),
        words("待遇收入", "benefit_income"),
        &[],
        &[alone(words("元/月", "CNY/month"))],
        words(
            "规则所说的人（或家庭）按月领取的各项待遇的实发数之和：看得见的政策里按月发给它的都算，关系里写明“不计入收入”的不算。要依靠本待遇才能算出的，先写明它不计入收入，否则绕成圈。",
            "What the person or household that the rule is about is paid by the month, all benefits in sight together, but for those that a relation says are not income. One that rests on the benefit itself has to be said not to be income, or else there is a circle.",
        ),
        &[
            example("乙的待遇收入 = 100元/月", "乙.benefit_income = 100CNY/month"),
            example("甲的待遇收入 = 0元/月", "甲.benefit_income = 0CNY/month"),
        ],
    ),
    word(
        Meaning::Prefix(Word::Within),
        words("所在", "own_"),
        &[],
        &[alone(words("后面接“的”和名称", "before a name"))],
        words(
            "后面接对象的名称，在一个人的规则里指这个人所在的家庭：所在家庭的低保。",
            "Before the name of an object, in a rule about a person: the household that the person is a member of.",
        ),
        &[example("存在（成员，所在家庭的低保）", "exists(members, own_household.dibao)")],
    ),
];
