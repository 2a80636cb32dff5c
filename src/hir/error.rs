//! What the checker says, in the drafter's words. One function for each code.

mod dates;
mod names;
mod range;

pub(crate) use dates::*;
pub(crate) use names::*;
pub(crate) use range::*;

use crate::diagnostic::{Bilingual, Diagnostic, Words};
use crate::hir::Validity;
use crate::source::Span;
use crate::syntax::ast::Text;
use crate::value::{Date, PlaceCode};

fn words(zh: impl Into<String>, en: impl Into<String>) -> Bilingual {
    Bilingual::new(zh, en)
}

/// 应当 报错 and a word that names no error.
pub(crate) fn unknown_fault(span: Span, word: &str, close: Option<&str>) -> Diagnostic {
    let error = Diagnostic::error(
        "huize::resolve::unknown_name",
        words(format!("没有叫做“{word}”的错误"), format!("no error is called `{word}`")),
    )
    .at(span, words("报错 之后写错误的名称", "the name of an error stands here"));
    match close {
        Some(close) => {
            error.help(words(format!("是否指“{close}”？"), format!("did you mean `{close}`?")))
        }
        None => error.help(words(
            "写 无标准、冲突、无一符合、并列、未施行、除以零、分母为零、超出幅度、溢出、数据 之一",
            "write one of no_row, conflict, nothing_holds, tied, not_in_force, division_by_zero, \
             empty_population, out_of_bounds, overflow, data",
        )),
    }
}

/// A name that nothing declares: `人均收入低于低保标准` where the rule is 人均月收入.
pub(crate) fn unknown_name(span: Span, name: &str, close: Option<&str>) -> Diagnostic {
    let error = Diagnostic::error(
        "huize::resolve::unknown_name",
        words(format!("没有叫做“{name}”的事实、规则或参数"), format!("nothing is called `{name}`")),
    )
    .at(span, words("这个名称没有声明过", "this name is not declared"));
    match close {
        Some(close) => {
            error.help(words(format!("是否指“{close}”？"), format!("did you mean `{close}`?")))
        }
        None => error,
    }
}

/// A word before 的 in a case that is nobody there and nothing else; `keys` are those that are.
pub(crate) fn unknown_key(
    span: Span,
    name: &str,
    keys: &[&str],
    close: Option<&str>,
) -> Diagnostic {
    let error = Diagnostic {
        message: words(
            format!("没有叫做“{name}”的成员，也没有这样的事实、规则或参数"),
            format!("nobody and nothing is called `{name}`"),
        ),
        ..unknown_name(span, name, close)
    };
    if close.is_some() || keys.is_empty() {
        return error;
    }
    error.help(match keys {
        [only] => words(format!("写“{only}”"), format!("write `{only}`")),
        _ => words(
            format!("写 {} 之一", keys.join("、")),
            format!("write one of {}", keys.join(", ")),
        ),
    })
}

/// `低保标准乘人数`: a run that is known names with other words for operators between them.
pub(crate) fn unknown_run(span: Span, name: &str, split: &str) -> Diagnostic {
    unknown_name(span, name, None).help(words(format!("写作 {split}"), format!("write `{split}`")))
}

/// A function by another name than its own.
pub(crate) fn unknown_function(span: Span, name: &str, form: Words) -> Diagnostic {
    unknown_name(span, name, None)
        .help(words(format!("写作 {}", form.zh), format!("write `{}`", form.en)))
}

/// `月工资奖金`: two known names with nothing between them.
pub(crate) fn glued_names(span: Span, name: &str, first: &str, second: &str) -> Diagnostic {
    unknown_name(span, name, None).help(words(
        format!("“{first}”和“{second}”连在一起了：中间写上运算符，例如 {first}＋{second}"),
        format!("`{first}` and `{second}` run together: write an operator between them"),
    ))
}

/// `收入大于等于标准`.
pub(crate) fn spoken_comparison(span: Span, name: &str, written: &str) -> Diagnostic {
    let said = name.get(name.len().saturating_sub(12)..).unwrap_or(name);
    unknown_name(span, name, None)
        .help(words(format!("“{said}”写作 {written}"), format!("write `{written}` for `{said}`")))
}

/// The same name declared twice where one is allowed.
pub(crate) fn duplicate(span: Span, name: &str, first: Span) -> Diagnostic {
    Diagnostic::error(
        "huize::resolve::duplicate_name",
        words(format!("“{name}”声明了两次"), format!("`{name}` is declared twice")),
    )
    .at(span, words("这是第二次", "the second time"))
    .at(first, words("这是第一次", "the first time"))
    .help(words(
        "改一个名称；若是不同时期的版本，各写“施行 自…起”",
        "rename one; for versions of different times, give each its `in_force`",
    ))
}

/// Two candidates for one name.
pub(crate) fn ambiguous(span: Span, name: &str, places: &[String]) -> Diagnostic {
    Diagnostic::error(
        "huize::resolve::ambiguous_name",
        words(
            format!("“{name}”有不止一个：{}", places.join("、")),
            format!("`{name}` may be any of: {}", places.join(", ")),
        ),
    )
    .at(span, words("不清楚指哪一个", "which one is not clear"))
}

/// A name used about the wrong subject: 计入收入 (of a person) in a rule about a household.
pub(crate) fn wrong_subject(span: Span, name: &str, of: &str, here: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::resolve::wrong_subject",
        words(
            format!("“{name}”是每个{of}各有的，这里说的是{here}"),
            format!("`{name}` belongs to each {of}, but this is about the {here}"),
        ),
    )
    .at(span, words(format!("{of}的"), format!("of a {of}")))
    .help(words(
        format!("用 合计（成员，{name}）、存在（成员，{name}）等"),
        format!("use sum(members, {name}), exists(members, {name}) or the like"),
    ))
}

/// A value of the wrong kind.
pub(crate) fn expected(span: Span, wanted: &Bilingual, found: &Bilingual) -> Diagnostic {
    Diagnostic::error(
        "huize::types::unexpected_type",
        words(
            format!("这里要{}，写的是{}", wanted.zh, found.zh),
            format!("expected {}, found {}", wanted.en, found.en),
        ),
    )
    .at(span, words(format!("这是{}", found.zh), format!("this is {}", found.en)))
}

/// How many people, where the type says that it is one of them.
pub(crate) fn count_for_person(finding: Diagnostic) -> Diagnostic {
    finding.help(words(
        "类型写“人”，说的是哪一个人；有几个人，不写类型：规则 几人（家庭）= 人数（…）",
        "the type `person` says which one; how many is written without a type: `rule many(household) = \
         count(…)`",
    ))
}

/// Two units that do not go together.
pub(crate) fn unit_mismatch(
    (left, left_unit): (Span, &Bilingual),
    (right, right_unit): (Span, &Bilingual),
    help: Option<Bilingual>,
) -> Diagnostic {
    let error = Diagnostic::error(
        "huize::types::unit_mismatch",
        words(
            format!("单位不同，不能相加减或比较：{} 与 {}", left_unit.zh, right_unit.zh),
            format!("units differ: {} and {}", left_unit.en, right_unit.en),
        ),
    )
    .at(right, words(format!("这是 {}", right_unit.zh), format!("this is {}", right_unit.en)))
    .at(left, words(format!("这是 {}", left_unit.zh), format!("this is {}", left_unit.en)));
    match help {
        Some(help) => error.help(help),
        None => error,
    }
}

/// A definition whose unit is not the one it declares.
pub(crate) fn wrong_unit(
    span: Span,
    declared: &Bilingual,
    found: &Bilingual,
    help: Option<Bilingual>,
) -> Diagnostic {
    let error = Diagnostic::error(
        "huize::types::wrong_unit",
        words(
            format!("应当是 {}，算出来的是 {}", declared.zh, found.zh),
            format!("declared as {}, but the formula gives {}", declared.en, found.en),
        ),
    )
    .at(span, words(format!("这是 {}", found.zh), format!("this is {}", found.en)));
    match help {
        Some(help) => error.help(help),
        None => error,
    }
}

/// A payment that may have fractions of a fen and does not say how it is rounded.
pub(crate) fn unstated_rounding(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::check::unstated_rounding",
        words(
            format!("给付“{name}”可能出现不足一分的零头，却没有写明怎样取整"),
            format!(
                "payment `{name}` may come to fractions of a fen and does not say how it is rounded"
            ),
        ),
    )
    .at(span, words("这个数不一定是整分", "this is not always whole fen"))
    .help(words(
        "在末尾写 ，向上取整到1元（或 四舍五入到0.1元、到1分 等），照规定的写",
        "end it with `, round_up to 1CNY` (or as the regulation says)",
    ))
}

/// 不取整 where the amount is not provably whole fen.
pub(crate) fn not_whole_unrounded(span: Span) -> Diagnostic {
    Diagnostic::error(
        "huize::check::unstated_rounding",
        words(
            "写了“不取整”，这个数却可能有不足一分的零头",
            "it says `unrounded`, and may come to fractions of a fen",
        ),
    )
    .at(span, words("这个数不一定是整分", "this is not always whole fen"))
    .help(words(
        "写明怎样取整：，向上取整到1元（或 四舍五入到0.1元、到1分 等），照规定的写",
        "say how it is rounded: `, round_up to 1CNY` (or as the regulation says)",
    ))
}

/// Definitions that read one another, and their expressions, deeper than the limit.
pub(crate) fn too_deep(span: Span, most: u32) -> Diagnostic {
    Diagnostic::error(
        "huize::check::too_deep",
        words(
            format!("规则一条读一条，套得太深，最多{most}层"),
            format!("rules that read one another stand more than {most} deep"),
        ),
    )
    .at(span, words("到这里超过", "beyond it from here"))
    .help(words(
        "把成串的规则并成几条；一长串对照写成 表",
        "join the rules of the chain into a few; write a long correspondence as a `table`",
    ))
}

/// A circle of definitions, with its path.
pub(crate) fn circle(span: Span, path: &[String]) -> Diagnostic {
    let shown = path.join(" → ");
    Diagnostic::error(
        "huize::check::circle",
        words(
            format!("互相依赖，绕成了圈：{shown}"),
            format!("these depend on each other: {shown}"),
        ),
    )
    .at(span, words("圈在这里闭合", "the circle closes here"))
    .help(words(
        "去掉其中一处依赖；若一项待遇不计入收入，用 不计入收入 声明；若指以前的月份，写 上月的…",
        "remove one dependency; if an earlier month is meant, say so",
    ))
}

/// An exception or condition added by a lower layer without permission.
pub(crate) fn not_authorized(span: Span, name: &str, act: &Bilingual, upper: Span) -> Diagnostic {
    Diagnostic::error(
        "huize::layers::not_authorized",
        words(
            format!("上层的“{name}”没有授权下层{}", act.zh),
            format!("the higher layer's `{name}` does not allow a lower one to {}", act.en),
        ),
    )
    .at(span, words("下层写在这里", "the lower layer writes this"))
    .at(upper, words("上层写在这里", "the higher layer wrote this"))
    .help(words(
        format!("上层须写 ，授权 地方 {}", act.zh),
        "the higher layer has to authorize it".to_owned(),
    ))
}

/// The same where another version of the higher layer's thing does allow it.
pub(crate) fn not_yet_authorized(
    (span, name): (Span, &str),
    act: &Bilingual,
    upper: Span,
    allowed: &Validity,
) -> Diagnostic {
    let (from, until) = (allowed.from, allowed.until);
    let zh =
        [from.map(|day| format!("自{}起", day.zh())), until.map(|day| format!("至{}止", day.zh()))];
    let en = [from.map(|day| format!("from {day}")), until.map(|day| format!("until {day}"))];
    let joined = |ends: [Option<String>; 2], between: &str| {
        ends.into_iter().flatten().collect::<Vec<_>>().join(between)
    };
    Diagnostic::error(
        "huize::layers::not_authorized",
        words(
            format!("上层的“{name}”有一版没有授权下层{}，这里的补充那时也施行", act.zh),
            format!(
                "a version of the higher layer's `{name}` does not allow a lower one to {}, and this \
                 holds then too",
                act.en
            ),
        ),
    )
    .at(span, words("下层写在这里", "the lower layer writes this"))
    .at(upper, words("没有授权的一版写在这里", "the version that does not allow it"))
    .help(words(
        format!("写明只在授权的时候施行：，施行 {}", joined(zh, "")),
        format!("let it be in force only while it is allowed: `, in_force {}`", joined(en, " ")),
    ))
}

/// 授权 省级 used by a city.
pub(crate) fn wrong_level(
    span: Span,
    name: &str,
    (wanted, upper): (&str, Span),
    own: &Bilingual,
) -> Diagnostic {
    Diagnostic::error(
        "huize::layers::wrong_level",
        words(
            format!("上层的“{name}”只授权{wanted}，这一层是{}的", own.zh),
            format!("the higher layer's `{name}` allows only `{wanted}`, and this is {}", own.en),
        ),
    )
    .at(span, words("下层写在这里", "the lower layer writes this"))
    .at(upper, words("上层写在这里", "the higher layer wrote this"))
    .help(words(
        "核对文件授权给哪一级；层级由“区划”代码看出，没有写的按“基于”的次序",
        "check which level the instrument allows; the level is read off the place code, or off the order of layers",
    ))
}

/// 授权 乡级: not a level.
pub(crate) fn unknown_level(span: Span, level: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::layers::unknown_level",
        words(format!("没有“{level}”这一级"), format!("there is no level `{level}`")),
    )
    .at(span, Bilingual::default())
    .help(words(
        "写 地方、省级、市级、县级，后面可加 以上",
        "write local, province, city or county, and `and_up` where higher ones are meant too",
    ))
}

/// 区划 of no place.
pub(crate) fn unknown_place_code(span: Span, code: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::layers::unknown_place_code",
        words(
            format!("“{code}”不是行政区划代码"),
            format!("`{code}` is no code of administrative divisions"),
        ),
    )
    .at(span, Bilingual::default())
    .help(words(
        "写六位的行政区划代码（GB/T 2260）：前两位是省，中间两位是市，后两位是县，没有的写 00",
        "write the six digits of GB/T 2260: two for the province, two for the city, two for the county, 00 where there is none",
    ))
}

/// 区划 of a place that does not lie in the place above.
pub(crate) fn place_outside(span: Span, code: PlaceCode, upper: PlaceCode, at: Span) -> Diagnostic {
    Diagnostic::error(
        "huize::layers::place_outside",
        words(
            format!("区划 {code} 不在上层的 {upper} 之内"),
            format!("the place {code} does not lie in {upper} above it"),
        ),
    )
    .at(span, words("这一层", "this layer"))
    .at(at, words("上层", "the higher layer"))
    .help(words("检查代码，或检查“基于”的政策", "check the code, or the policy that it extends"))
}

/// A 补充 of something that no higher layer has.
pub(crate) fn nothing_to_supplement(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::layers::nothing_to_supplement",
        words(format!("上层没有“{name}”可供补充"), format!("no higher layer has `{name}`")),
    )
    .at(span, Bilingual::default())
}

/// A hole in a parameter's dates.
pub(crate) fn parameter_gap(span: Span, name: &str, from: Date, until: Date) -> Diagnostic {
    let (zh_from, zh_until) = (from.zh(), until.zh());
    Diagnostic::error(
        "huize::check::parameter_gap",
        words(
            format!("参数“{name}”从{zh_from}到{zh_until}没有数值"),
            format!("parameter `{name}` has no value from {from} to {until}"),
        ),
    )
    .at(span, words("下一段从这里才开始", "the next row begins only here"))
    .help(words(
        format!("补上这一段；若文件尚未找到，写 自{zh_from}起至{zh_until}止：待查"),
        format!("fill the gap; if the document is not at hand, write a row `from {from} until {until}: pending`"),
    ))
}

/// Two rows that claim the same days.
pub(crate) fn parameter_overlap(span: Span, name: &str, first: Span) -> Diagnostic {
    Diagnostic::error(
        "huize::check::parameter_overlap",
        words(
            format!("参数“{name}”有两行在同一天都有效，发布日又相同"),
            format!("two rows of parameter `{name}` are in force on the same day and were published on the same day"),
        ),
    )
    .at(span, words("这一行", "this row"))
    .at(first, words("与这一行", "and this one"))
    .help(words(
        "改日期；若后一份文件追溯修改前一份，写明 发布 日期",
        "change the dates; if a later notice changes an earlier one, give it its `published` day",
    ))
}

/// A row of a monthly amount that begins within a month.
pub(crate) fn mid_month_row(span: Span, name: &str, from: Date) -> Diagnostic {
    Diagnostic::warning(
        "huize::check::mid_month_row",
        words(
            format!("参数“{name}”按月计，这一行却从{}开始，没有写那个月按哪个数", from.zh()),
            format!("parameter `{name}` is monthly, but this row begins on {from} and does not say which value that month has"),
        ),
    )
    .at(span, words("不从月初开始", "not the first of a month"))
    .help(words(
        "照文件写明，行末加 ，自次月起（当月按旧数）、，自当月起（当月全按新数）或 ，按日折算",
        "end the row with `, from_next_month`, `, from_same_month` or `, by_days`, as the document says",
    ))
}

/// （二） behind （三）, or twice.
pub(crate) fn item_order(number: &Text, before: &Text, twice: bool) -> Diagnostic {
    let (this, last) = (&number.text, &before.text);
    let message = if twice {
        words(format!("“{this}”写了两次"), format!("`{this}` stands here twice"))
    } else {
        words(format!("“{this}”写在“{last}”之后"), format!("`{this}` stands behind `{last}`"))
    };
    Diagnostic::warning("huize::check::item_order", message)
        .at(number.span, Bilingual::default())
        .at(before.span, words("前一项", "the item before it"))
        .help(words(
            "序号照条文写，从小到大；条文里有而这里没有的，可以跳过",
            "number the items as the text does, upwards; a number that is not used here is left out",
        ))
}

/// 起发 次月: the month after what?
pub(crate) fn term_without_day(span: Span, word: &str, is_stop: bool) -> Diagnostic {
    let (clause, day, en) = term_words(is_stop);
    Diagnostic::error(
        "huize::check::unclear_term",
        words(format!("“{word}”没有写从哪一天起算"), format!("`{word}` does not say of which day")),
    )
    .at(span, words("哪一天的？", "of which day?"))
    .help(words(
        format!("写作 {clause} {day}的{word}；没有这一栏的，先在对象里加“{day}：日期，可无”"),
        format!("write `{en}.next_month`, of a date among the facts"),
    ))
}

/// 起发 确认日: that month, or the next?
pub(crate) fn term_is_a_day(span: Span, day: &str, is_stop: bool) -> Diagnostic {
    let (clause, _, _) = term_words(is_stop);
    Diagnostic::error(
        "huize::check::unclear_term",
        words(
            format!("没有写是“{day}”的当月还是次月"),
            format!("this does not say whether the month of `{day}` is meant or the next"),
        ),
    )
    .at(span, words("这是一天，不是一个月份", "this is a day, not a month"))
    .help(words(
        format!("写作 {clause} {day}的次月，或 {clause} {day}的当月"),
        format!("write `{day}.next_month` or `{day}.same_month`"),
    ))
}

fn term_words(is_stop: bool) -> (&'static str, &'static str, &'static str) {
    if is_stop {
        ("停发", "死亡日期", "stops died_on")
    } else {
        ("起发", "确认日", "starts confirmed_on")
    }
}

/// 起发 of a benefit that is paid once.
pub(crate) fn term_without_months(span: Span) -> Diagnostic {
    Diagnostic::error(
        "huize::check::unclear_term",
        words(
            "起发、停发管的是按月发的给付，这项决定没有",
            "only monthly payments start and stop, and this decision has none",
        ),
    )
    .at(span, Bilingual::default())
    .help(words(
        "删去这一句；若给付按月发，单位写 元/月",
        "remove it, or give the payment a monthly unit such as CNY/month",
    ))
}

/// A cell whose keys do not pick a value of each key enumeration.
pub(crate) fn wrong_keys(span: Span, name: &str, keys: &[String]) -> Diagnostic {
    let error = |message| {
        Diagnostic::error("huize::check::wrong_keys", message).at(span, Bilingual::default())
    };
    if keys.is_empty() {
        return error(words(
            format!("参数“{name}”不分类，这里的值写了分类"),
            format!("parameter `{name}` has no keys, and this value has one"),
        ))
        .help(words(
            format!("只写数值；要分类的，名称后写出枚举：参数 {name}（城乡）：元/月"),
            format!("write the value alone, or name the enum: `parameter {name}(area): CNY/month`"),
        ));
    }
    let keys = keys.join("、");
    error(words(
        format!("参数“{name}”按{keys}分列，这里的分类对不上"),
        format!("parameter `{name}` goes by {keys}; these keys do not fit"),
    ))
}

/// Items that leave something open, and nothing said for the rest.
pub(crate) fn needs_otherwise(span: Span, gaps: &[Bilingual]) -> Diagnostic {
    let error = Diagnostic::error(
        "huize::check::needs_otherwise",
        words("各项都不符合时给什么，没有写", "nothing is said for when no item holds"),
    );
    let help = words("末尾加 均不符合的，0元。", "end with `otherwise 0CNY`");
    if gaps.is_empty() {
        return error.at(span, words("这几项", "these items")).help(help);
    }
    let joined =
        |of: fn(&Bilingual) -> &str, by: &str| gaps.iter().map(of).collect::<Vec<_>>().join(by);
    let (zh, en) = (joined(|gap| &gap.zh, "；"), joined(|gap| &gap.en, "; "));
    error.at(span, words(format!("没有写到的：{zh}"), format!("not covered: {en}"))).help(words(
        "补上没有写到的，或末尾加 均不符合的，0元。",
        "add what is not covered, or end with `otherwise 0CNY`",
    ))
}

/// Two items or exceptions of equal rank that hold together and give different things: an error
/// where one of them never holds without the other, else a warning with an example.
pub(crate) fn conflicting(
    first: &(Bilingual, Span),
    second: &(Bilingual, Span),
    overlap: &super::cover::Overlap,
    ranks: bool,
) -> Diagnostic {
    let ((a, first), (b, second)) = (first, second);
    let example = &overlap.example;
    let finding = if overlap.always {
        Diagnostic::error(
            "huize::check::always_in_conflict",
            words(
                format!("“{}”和“{}”中有一项，凡符合就与另一项冲突", a.zh, b.zh),
                format!(
                    "of `{}` and `{}`, one never holds without contradicting the other",
                    a.en, b.en
                ),
            ),
        )
    } else {
        Diagnostic::warning(
            "huize::check::may_conflict",
            words(
                format!("“{}”和“{}”可以同时符合，给的却不一样", a.zh, b.zh),
                format!("`{}` and `{}` may both hold, and give different things", a.en, b.en),
            ),
        )
    };
    let help = if ranks {
        words(
            format!("写明哪一个优先：…；优先于（{}）", a.zh),
            format!("say which ranks above: `… over ({})`", a.en),
        )
    } else {
        words(
            "在规则或给付的头上写 就高、就低、累加 或 首个，或者让两项不能同时符合",
            "say `highest`, `lowest`, `total` or `first` in the head, or narrow one of the conditions",
        )
    };
    finding
        .at(
            *second,
            words(
                format!("同时符合的情形：{}", example.zh),
                format!("both hold with: {}", example.en),
            ),
        )
        .at(*first, words("另一项", "the other"))
        .help(help)
}

/// Use of a thing that may be 无 where a number is needed.
pub(crate) fn may_be_absent(span: Span) -> Diagnostic {
    Diagnostic::error(
        "huize::types::may_be_absent",
        words("这一项可能是“无”，不能直接计算", "this may be `none` and cannot be computed with"),
    )
    .at(span, words("可无", "optional"))
    .help(words("写作 …若无则 0元", "write `… or_if_none 0CNY`"))
}

/// A call with the wrong arguments.
pub(crate) fn wrong_arguments(span: Span, name: &str, form: &Bilingual) -> Diagnostic {
    Diagnostic::error(
        "huize::types::wrong_arguments",
        words(format!("“{name}”的写法不对"), format!("`{name}` is not called this way")),
    )
    .at(span, Bilingual::default())
    .help(words(format!("写作 {}", form.zh), format!("write `{}`", form.en)))
}

/// A parameter or table with the keys it goes by.
pub(crate) fn keyed_form(name: &str, keys: &[String]) -> Bilingual {
    words(format!("{name}（{}）", keys.join("，")), format!("{name}({})", keys.join(", ")))
}

/// A form that the grammar has but that may not stand here.
pub(crate) fn not_here(span: Span, what: Bilingual, help: Bilingual) -> Diagnostic {
    Diagnostic::error("huize::check::not_here", what).at(span, Bilingual::default()).help(help)
}

/// 合计（存款，…）: a fact where a list is wanted.
pub(crate) fn not_a_list(span: Span, name: &str, lists: &[String]) -> Diagnostic {
    not_here(
        span,
        words(format!("“{name}”不是名单"), format!("`{name}` is no list")),
        words(
            format!("第一项写名单（{}），数额写在它后面", lists.join("、")),
            format!("the list comes first ({}), the amount behind it", lists.join(", ")),
        ),
    )
}

/// A text where a value is wanted: nothing is computed or compared with one.
pub(crate) fn text_compared(span: Span) -> Diagnostic {
    not_here(
        span,
        words("文字不能参加计算或比较", "a text cannot be computed or compared with"),
        words("用 枚举 声明可选的值", "declare the possible values as an enum"),
    )
}

/// A parameter key that no fact in reach supplies.
pub(crate) fn key_not_supplied(span: Span, name: &str, key: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::resolve::key_not_supplied",
        words(
            format!("“{name}”要按{key}取值，这里没有{key}可用"),
            format!("`{name}` goes by {key}, and nothing here says which {key}"),
        ),
    )
    .at(span, Bilingual::default())
    .help(words(format!("写明：{name}（…）"), format!("say which: {name}(…)")))
}

/// A literal outside the range its declaration allows.
pub(crate) fn out_of_range(span: Span, name: &str, range: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::check::out_of_range",
        words(
            format!("“{name}”超出了写明的范围（{range}）"),
            format!("`{name}` lies outside its range ({range})"),
        ),
    )
    .at(span, words("超出范围", "outside the range"))
}

/// 不重复享受 between a benefit of each person and one of the household: nothing says whose counts.
pub(crate) fn exclusion_out_of_reach(span: Span, winner: &str, loser: &str) -> Diagnostic {
    Diagnostic::warning(
        "huize::check::exclusion_out_of_reach",
        words(
            format!("保留的是{winner}的待遇，这里不影响{loser}的待遇"),
            format!("what is kept belongs to a {winner}; it takes nothing from the {loser}"),
        ),
    )
    .at(span, Bilingual::default())
    .help(words(
        format!("若应当影响，在{loser}的条件里写明，如 非存在（成员，…）"),
        format!("if it should, say so in the condition of the {loser}: not exists(members, …)"),
    ))
}

/// 国家的标准, where a lower layer has values of its own for it.
pub(crate) fn set_anew(span: Span, name: &str, place: &str, below: &str) -> Diagnostic {
    Diagnostic::warning(
        "huize::check::set_anew",
        words(
            format!("“{name}”已由{below}另定，这里读到的是{below}的数，不是{place}的"),
            format!(
                "`{name}` is set anew by {below}: what is read here is not the value of {place}"
            ),
        ),
    )
    .at(span, Bilingual::default())
    .help(words(
        format!("两层的数都要用的，{place}的那一个另起名称，例如 {place}{name}"),
        format!("to use both, give that of {place} a name of its own"),
    ))
}

/// 授权 of an act that does not exist.
pub(crate) fn unknown_act(span: Span, act: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::layers::unknown_act",
        words(format!("没有“{act}”这种授权"), format!("there is no authorization to `{act}`")),
    )
    .at(span, Bilingual::default())
    .help(words(
        "写 另定、增加例外、增加条件 或 增加给付",
        "write set, add_exceptions, add_conditions or add_payments",
    ))
}

/// A zero default that helps the applicant (income, assets): easily forgotten on the form.
pub(crate) fn generous_default(span: Span, name: &str) -> Diagnostic {
    Diagnostic::warning(
        "huize::check::generous_default",
        words(
            format!("“{name}”不填时按零计，对申请人有利，容易漏问"),
            format!("leaving out `{name}` counts as zero, which favours the applicant and is easily forgotten"),
        ),
    )
    .at(span, Bilingual::default())
}

/// A fact or rule of one of many, where a target needs a figure over all: `目标 X：月工资超过100元`.
pub(crate) fn not_counted_up(span: Span, name: &str, object: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::check::not_counted_up",
        words(
            format!("“{name}”是每个{object}各有的，目标说的是全体"),
            format!("`{name}` belongs to one {object}, but a target is about all of them"),
        ),
    )
    .at(span, words("没有说怎样汇总", "how it is counted up is not said"))
    .help(words(
        format!("写 合计（{name}）、平均（{name}），条件写 比例（{name}）、户数（其中{name}）"),
        format!(
            "write sum({name}) or average({name}); for a condition share({name}) or \
             household_count(where {name})"
        ),
    ))
}
