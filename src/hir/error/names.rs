//! What the checker says of names that nothing reads, that hide others, or that are not to be read
//! from elsewhere.

use super::words;
use crate::diagnostic::{Bilingual, Diagnostic};
use crate::hir::lower::DeclaredKind;
use crate::source::Span;

/// A fact, parameter, table, local or private definition that nothing reads.
pub(crate) fn unused_name(span: Span, name: &str, kind: DeclaredKind) -> Diagnostic {
    let noun = kind.noun();
    let finding = Diagnostic::warning(
        "huize::check::unused_name",
        Bilingual::new(
            format!("{}“{name}”没有任何地方用到", noun.zh),
            format!("nothing reads the {} `{name}`", noun.en),
        ),
    )
    .at(span, Bilingual::new("声明在这里", "it is declared here"));
    match kind {
        DeclaredKind::Rule | DeclaredKind::Set => finding.help(Bilingual::new(
            "删去它；若是给别的政策用的，去掉“私有”",
            "remove it; if other policies are to use it, do not make it private",
        )),
        DeclaredKind::Parameter
        | DeclaredKind::Table
        | DeclaredKind::Fact
        | DeclaredKind::Local => finding,
    }
}

/// A rule or parameter that has the name of a fact: the bare name is the fact.
pub(crate) fn hidden_by_fact(
    span: Span,
    name: &str,
    what: &Bilingual,
    fact: Span,
    object: &str,
) -> Diagnostic {
    shadowed(
        Bilingual::new(
            format!("{}“{name}”与{object}的一项事实同名，写“{name}”时指的是那项事实", what.zh),
            format!(
                "the {} `{name}` has the name of a fact of the {object}, and the name alone means the fact",
                what.en
            ),
        ),
    )
    .at(span, Bilingual::new("读不到这一个", "this one is not read"))
    .at(fact, Bilingual::new("读到的是这一个", "this one is"))
    .help(rename())
}

/// A name that the language itself means something by.
pub(crate) fn hidden_by_language(span: Span, name: &str, what: &Bilingual) -> Diagnostic {
    shadowed(Bilingual::new(
        format!("“{name}”是语言自己的词，叫这个名称的{}读不到", what.zh),
        format!("`{name}` is a word of the language, so the {} of that name is not read", what.en),
    ))
    .at(span, Bilingual::new("换一个名称", "give it another name"))
}

/// A name of one's own before one of the vocabulary or of a benefit that is used.
pub(crate) fn hides(
    span: Span,
    name: &str,
    (what, hidden): (&Bilingual, Span),
    whose: &str,
) -> Diagnostic {
    shadowed(Bilingual::new(
        format!("“{name}”遮住了“{whose}”里同名的{}", what.zh),
        format!("`{name}` hides the {} of that name in `{whose}`", what.en),
    ))
    .at(span, Bilingual::new("这里写“名称”时指的是这一个", "the name alone means this one"))
    .at(hidden, Bilingual::new("被遮住的", "the one that is hidden"))
    .help(Bilingual::new(
        format!("改一个名称；要用被遮住的那一个，写 {whose}的{name}"),
        format!("rename it; to read the hidden one, write `{whose}.{name}`"),
    ))
}

/// A fact of a member before one of the same name of the household.
pub(crate) fn hides_farther_fact(
    span: Span,
    name: &str,
    hidden: Span,
    (near, far): (&str, &str),
) -> Diagnostic {
    shadowed(Bilingual::new(
        format!("{near}的“{name}”遮住了{far}的“{name}”"),
        format!("`{name}` of a {near} hides `{name}` of the {far}"),
    ))
    .at(
        span,
        Bilingual::new(
            format!("关于{near}的规则里，“{name}”指的是这一个"),
            format!("in a rule about a {near} the name means this one"),
        ),
    )
    .at(hidden, Bilingual::new("被遮住的", "the one that is hidden"))
    .help(Bilingual::new(
        format!("改一个名称；要用{far}的那一个，写 所在{far}的{name}"),
        format!("rename one; to read the other, write `own_{far}.{name}`"),
    ))
}

fn shadowed(message: Bilingual) -> Diagnostic {
    Diagnostic::warning("huize::check::shadowed_name", message)
}

fn rename() -> Bilingual {
    Bilingual::new("改一个名称", "rename one of them")
}

/// 不晚于评估日 of what is no day.
pub(crate) fn not_a_day(span: Span) -> Diagnostic {
    super::not_here(
        span,
        Bilingual::new(
            "只有日期和月份能写“不晚于评估日”",
            "only a date or month can be `not_after_assessment`",
        ),
        Bilingual::new(
            "删去它，或把类型改为 日期、月份",
            "remove it, or make the type `date` or `year_month`",
        ),
    )
}

/// `年龄等于拒答`: only what is asked can be refused.
pub(crate) fn refused_is_a_fact(span: Span) -> Diagnostic {
    super::not_here(
        span,
        Bilingual::new(
            "拒答的只能是一项事实：问了，不肯答",
            "only a fact can be refused: it was asked for, and not given",
        ),
        Bilingual::new(
            "写那项事实的名称，如 月工资等于拒答；别人的事实，先在关于他的规则里写",
            "name the fact, as in `wage is refused`; for somebody else's, in a rule about that person",
        ),
    )
}

/// 裁量（机关，基数×2）: what somebody decided is told, not computed.
pub(crate) fn discretion_is_a_fact(span: Span) -> Diagnostic {
    super::not_here(
        span,
        Bilingual::new(
            "裁量的决定要由一项事实写明，这里是算出来的",
            "a decision at discretion is told by a fact, and this is computed",
        ),
        Bilingual::new(
            "在对象里加一项事实，如 核定金额：元，可无　缺省 无，写它的名称",
            "declare a fact for it, such as `granted: CNY, optional  default none`, and name it here",
        ),
    )
}

/// A name that another policy keeps to itself.
pub(crate) fn private_name(span: Span, name: &str, whose: &str, declared: Span) -> Diagnostic {
    Diagnostic::error(
        "huize::resolve::private_name",
        Bilingual::new(
            format!("“{name}”是“{whose}”私有的名称，这里不能用"),
            format!("`{name}` is private to `{whose}` and cannot be used here"),
        ),
    )
    .at(span, Bilingual::new("用在这里", "it is used here"))
    .at(declared, Bilingual::new("声明在这里，写明私有", "it is declared private here"))
    .help(Bilingual::new(
        "要共用的，去掉那里的“私有”；否则在本政策里另写一条",
        "to share it, drop `private` there; otherwise write a rule of this policy's own",
    ))
}

/// A person of a case with the name of something of the policy: `低保的低保金`.
pub(crate) fn ambiguous_key(span: Span, name: &str, other: &Bilingual) -> Diagnostic {
    Diagnostic::error(
        "huize::resolve::ambiguous_name",
        Bilingual::new(
            format!("“{name}”是案例里的名字，也是{}", other.zh),
            format!("`{name}` is a name of the case, and {}", other.en),
        ),
    )
    .at(span, Bilingual::new("不清楚指哪一个", "which one is not clear"))
    .help(Bilingual::new(
        format!("给案例里的那一个换一个名字，如 {name}1"),
        "give the one of the case another name",
    ))
}

/// One payment in two 择高.
pub(crate) fn unordered_relations(span: Span, name: &str, first: Span) -> Diagnostic {
    Diagnostic::error(
        "huize::check::unordered_relations",
        Bilingual::new(
            format!("“{name}”在两项“择高”里，没有写先比哪一项"),
            format!("`{name}` stands in two `higher_of`, and which one goes first is not said"),
        ),
    )
    .at(span, Bilingual::new("第二项", "the second"))
    .at(first, Bilingual::new("第一项", "the first"))
    .help(Bilingual::new(
        "写成一项：择高：各项待遇都列上，同额保留…",
        "make it one `higher_of` that lists all of them",
    ))
}

/// 对 or 施行 in a relation that is not 不计入收入.
pub(crate) fn only_of_income(span: Span) -> Diagnostic {
    super::not_here(
        span,
        Bilingual::new(
            "“对…”“施行”只用在“不计入收入”里",
            "`for` and `in_force` stand in `not_income` alone",
        ),
        Bilingual::new("删去它", "remove it"),
    )
}

/// 待遇收入 where no benefit that is used pays by the month.
pub(crate) fn no_benefit_income(span: Span, subject: &str) -> Diagnostic {
    super::not_here(
        span,
        Bilingual::new(
            format!("没有按月发给{subject}的待遇，待遇收入无从算起"),
            format!("no benefit in sight pays a {subject} by the month"),
        ),
        Bilingual::new(
            "在抬头用“引用”写明用到哪些政策；发给各成员的，写 合计（成员，待遇收入）",
            "say in the header which policies it `uses`; for the members, write sum(members, benefit_income)",
        ),
    )
}

/// 待遇收入 asked of a policy whose rules do not read it.
pub(crate) fn benefit_income_unread(span: Span) -> Diagnostic {
    super::not_here(
        span,
        Bilingual::new(
            "这项政策的规则没有用到待遇收入",
            "no rule of this policy reads `benefit_income`",
        ),
        Bilingual::new(
            "写明要问的待遇，如 低保的低保金",
            "ask for the benefits by name: `dibao.amount`",
        ),
    )
}

/// 待遇收入 in what decides a benefit that is itself income.
pub(crate) fn income_circle(span: Span, path: &[String], name: &str) -> Diagnostic {
    super::circle(span, path).help(Bilingual::new(
        format!("“{name}”算收入，又要靠收入才能定：在关系里写 不计入收入：{name}"),
        format!("`{name}` is income and rests on it: say in a relation `not_income: {name}`"),
    ))
}

/// What other tools call types, and what they are called here.
const SPOKEN_TYPES: [(&str, &str); 20] = [
    ("布尔", "是否"),
    ("布尔值", "是否"),
    ("真假", "是否"),
    ("字符串", "文本"),
    ("字符", "文本"),
    ("文字", "文本"),
    ("整型", "整数"),
    ("数字", "整数"),
    ("年月日", "日期"),
    ("时间", "日期"),
    ("若干人", "人，若干"),
    ("多人", "人，若干"),
    ("金额", "元"),
    ("钱", "元"),
    ("块", "元"),
    ("块钱", "元"),
    ("boolean", "bool"),
    ("string", "text"),
    ("int", "integer"),
    ("yuan", "CNY"),
];

/// `决定 低保（家庭）` where no object is called 家庭.
pub(crate) fn unknown_object(span: Span, name: &str, close: Option<&str>) -> Diagnostic {
    let error = Diagnostic::error(
        "huize::resolve::unknown_type",
        words(format!("没有叫做“{name}”的对象"), format!("there is no object `{name}`")),
    )
    .at(span, Bilingual::default());
    error.help(match close {
        Some(close) => words(format!("是否指“{close}”？"), format!("did you mean `{close}`?")),
        None => words(
            format!("先写一行 对象 {name}，下面每行一项事实，例如 月收入：元/月"),
            format!(
                "declare `object {name}`, with a fact on each line below it: `income: CNY/month`"
            ),
        ),
    })
}

/// A type that is neither an enumeration, an object nor a unit.
pub(crate) fn unknown_type(span: Span, name: &str, close: Option<&str>) -> Diagnostic {
    let error = Diagnostic::error(
        "huize::resolve::unknown_type",
        words(
            format!("没有叫做“{name}”的类型或单位"),
            format!("there is no type or unit `{name}`"),
        ),
    )
    .at(span, Bilingual::default());
    if let Some((_, meant)) = SPOKEN_TYPES.iter().find(|(said, _)| *said == name) {
        return error.help(words(format!("写作 {meant}"), format!("write `{meant}`")));
    }
    if ["百", "千", "万", "十万", "百万", "亿"].contains(&name) {
        return error.help(words(
            format!("金额写单位，如 2万元、1亿元；不是金额的写全，如 20000，不写 2{name}"),
            "write an amount with its unit, 20000CNY, and any other number in full: 20000",
        ));
    }
    match close {
        Some(close) => error.help(words(format!("是否指“{close}”？"), format!("did you mean `{close}`?"))),
        None => error.help(words(
            "用 是否、日期、整数、文本、元/月 等单位，或声明过的枚举、对象、单位",
            "use bool, date, integer, text, a unit such as CNY/month, or a declared enum, object or unit",
        )),
    }
}
