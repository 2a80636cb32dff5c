//! Days, durations and earlier months.

use super::entry::{
    Builtin, Example, Family, Function, Meaning, Signature, Word, alone, call, example, once,
    optionally, words,
};
use crate::diagnostic::Words;

const BOOL: Words = words("是否", "bool");
const DATE: Words = words("日期", "date");

const fn day(
    meaning: Meaning,
    name: Words,
    signatures: &'static [Signature],
    doc: Words,
    examples: &'static [Example],
) -> Builtin {
    Builtin { meaning, family: Family::Days, name, also: &[], signatures, doc, examples }
}

const fn earlier(
    meaning: Meaning,
    name: Words,
    signatures: &'static [Signature],
    doc: Words,
    examples: &'static [Example],
) -> Builtin {
    Builtin { meaning, family: Family::LookBack, name, also: &[], signatures, doc, examples }
}

pub(super) const ENTRIES: &[Builtin] = &[
    day(
        Meaning::Function(Function::Age),
        words("周岁", "age"),
        &[call(
            &[once("出生日期", "birth date"), optionally("日期", "day")],
            words("岁", "years_old"),
        )],
        words(
            "到那一天满几周岁，生日当天算满；不写日期的，看评估日。2月29日出生的，平年3月1日满岁。那一天还没有出生的，是0岁。日期可以写“8月31日”，指评估日那一年的8月31日。",
            "Full years of age on a day, counted from the birthday itself; on the assessment date where no day is given. Somebody born on 29 February has the birthday on 1 March of common years. Before the birth it is 0. `8月31日` means that day of the assessment date's year.",
        ),
        &[
            example(
                "周岁（1950年6月30日，2023年6月30日） = 73岁",
                "age(1950-06-30, 2023-06-30) = 73years_old",
            ),
            example("周岁（1950年7月1日） = 72岁", "age(1950-07-01) = 72years_old"),
            example(
                "周岁（2004年2月29日，2022年2月28日） = 17岁",
                "age(2004-02-29, 2022-02-28) = 17years_old",
            ),
        ],
    ),
    day(
        Meaning::Function(Function::Elapsed),
        words("满", "elapsed"),
        &[call(
            &[
                once("起算日期", "day"),
                once("时长", "duration"),
                optionally("日期", "on which day"),
            ],
            BOOL,
        )],
        words(
            "从起算日期到那一天是否已满这么长时间；不写日期的，看评估日。月数按日历推算，到期的月份没有那一天的，月末那天算满。起算日期是“无”的，不满。",
            "Whether so long has passed from one day to another, by default the assessment date. Months go by the calendar: the last day of a shorter month completes them. Not, where there is no starting day.",
        ),
        &[
            example("满（失联日期，6个月）", "elapsed(missing_since, 6months)"),
            example(
                "非满（2023年1月31日，1个月，2023年2月27日）",
                "not elapsed(2023-01-31, 1months, 2023-02-27)",
            ),
            example(
                "满（2023年1月31日，1个月，2023年2月28日）",
                "elapsed(2023-01-31, 1months, 2023-02-28)",
            ),
        ],
    ),
    day(
        Meaning::Word(Word::Assessment),
        words("评估日", "assessment_date"),
        &[alone(DATE)],
        words(
            "计算年龄和期间的那一天；没有另外指定的，是所属期的最后一天。",
            "The day that ages and durations are measured on; the last of the month decided unless another is asked for.",
        ),
        &[example("评估日 = 2023年6月30日", "assessment_date = 2023-06-30")],
    ),
    day(
        Meaning::Word(Word::PeriodFirst),
        words("所属期首日", "period_first"),
        &[alone(DATE)],
        words("所属期的第一天。", "The first day of the month decided."),
        &[example("所属期首日 = 2023年6月1日", "period_first = 2023-06-01")],
    ),
    day(
        Meaning::Word(Word::PeriodLast),
        words("所属期末日", "period_last"),
        &[alone(DATE)],
        words("所属期的最后一天。", "The last day of the month decided."),
        &[example("所属期末日 = 2023年6月30日", "period_last = 2023-06-30")],
    ),
    day(
        Meaning::Word(Word::Period),
        words("所属期", "period"),
        &[alone(words("月份", "year_month"))],
        words("待遇所属的月份，即要决定的那个月。", "The month that is decided."),
        &[example("所属期 = 2023年6月", "period = 2023-06")],
    ),
    Builtin {
        also: &["上年", "去年同月"],
        ..earlier(
            Meaning::Word(Word::LastYear),
            words("去年", "last_year"),
            &[alone(words("后面接“的”和名称", "before a name"))],
            words(
                "12个月以前的：去年的低保标准，是那时施行的那一行；去年的规则或决定，按那个月的情况和规定。",
                "As of 12 months before: of a parameter, the row in force then; of a rule or decision, with the facts and the law of that month.",
            ),
            &[example("去年的低保标准 = 900元/人·月", "last_year.standard = 900CNY/person/month")],
        )
    },
    earlier(
        Meaning::Word(Word::LastMonth),
        words("上月", "last_month"),
        &[alone(words("后面接“的”和名称", "before a name"))],
        words(
            "前一个月的：有历史记录的，用记录；没有记录的，按那个月的情况和规定重算。那个月的情况不知道，就是不知道，不当作“否”或0。",
            "As of the month before: what was recorded for it, or else computed with the facts and the law of that month. What is not known of that month is unknown, neither no nor 0.",
        ),
        &[
            example("上月的低保", "last_month.dibao"),
            example("上月的有收入", "last_month.has_income"),
        ],
    ),
    earlier(
        Meaning::LookBack,
        words("近n个月内曾", "近n个月内曾"),
        &[call(&[once("条件", "condition")], BOOL)],
        words(
            "本月和以前共n个月里，有一个月符合条件。n是1至120的整数。",
            "Whether the condition held in one of n months, this one and the n − 1 before it; n is a whole number from 1 to 120.",
        ),
        &[
            example("近4个月内曾（非有收入）", "近4个月内曾(not has_income)"),
            example("非近3个月内曾（非有收入）", "not 近3个月内曾(not has_income)"),
        ],
    ),
    earlier(
        Meaning::LookBack,
        words("此前n个月内曾", "此前n个月内曾"),
        &[call(&[once("条件", "condition")], BOOL)],
        words(
            "不含本月，以前的n个月里有一个月符合条件。",
            "Whether the condition held in one of the n months before this one.",
        ),
        &[example("此前3个月内曾（非有收入）", "此前3个月内曾(not has_income)")],
    ),
    earlier(
        Meaning::LookBack,
        words("连续n个月", "连续n个月"),
        &[call(&[once("条件", "condition")], BOOL)],
        words(
            "本月和以前共n个月，每个月都符合条件。",
            "Whether the condition held in every one of n months, this one and the n − 1 before it.",
        ),
        &[
            example("连续3个月（有收入）", "连续3个月(has_income)"),
            example("非连续4个月（有收入）", "not 连续4个月(has_income)"),
        ],
    ),
    earlier(
        Meaning::LookBack,
        words("前n个月合计", "前n个月合计"),
        &[call(&[once("每月的数额", "amount per month")], words("数额", "amount"))],
        words(
            "不含本月，以前n个月的数额加起来；每月的数额（元/月）合计成数额（元）。",
            "The sum over the n months before this one; amounts per month add up to an amount.",
        ),
        &[example(
            "前3个月合计（合计（成员，月工资）） = 3300元",
            "前3个月合计(sum(members, monthly_wage)) = 3300CNY",
        )],
    ),
    earlier(
        Meaning::Function(Function::MonthsInARow),
        words("连续月数", "months_in_a_row"),
        &[call(&[once("决定或规则", "decision or rule")], words("月", "month"))],
        words(
            "到上月为止，已经连续多少个月符合；上月不符合的，是0个月。最多数到120个月。",
            "For how many months in a row, up to the month before, it has held; 0 where it did not hold then. At most 120.",
        ),
        &[example("连续月数（低保） = 2个月", "months_in_a_row(dibao) = 2months")],
    ),
    earlier(
        Meaning::Function(Function::LastTime),
        words("上次", "last_time"),
        &[call(&[once("决定的给付", "payment of a decision")], words("同给付", "as the payment"))],
        words(
            "以前最近一个符合的月份发了多少。",
            "What was paid in the last earlier month in which the decision held.",
        ),
        &[example("上次（低保的低保金） = 313元/月", "last_time(dibao.amount) = 313CNY/month")],
    ),
];
