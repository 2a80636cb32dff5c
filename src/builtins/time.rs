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
            "到那一天满几周岁，生日当天算满；不写日期的，看评估日。2月29日出生的，平年3月1日满岁；文件另有规定的，加写“按2月28日”。那一天还没有出生的，是0岁。日期可以写“8月31日”，指评估日那一年的8月31日；“申请日的当年8月31日”是申请那一年的。",
            "Full years of age on a day, counted from the birthday itself; on the assessment date where no day is given. Somebody born on 29 February has the birthday on 1 March of common years, or with `by February 28` on that day. Before the birth it is 0. `August 31` means that day of the assessment date's year, `applied_on.same_year August 31` that of the year of application.",
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
            example(
                "周岁（2004年2月29日，2022年2月28日，按2月28日） = 18岁",
                "age(2004-02-29, 2022-02-28, by February 28) = 18years_old",
            ),
            example(
                "周岁（2016年9月1日，8月31日） = 6岁",
                "age(2016-09-01, August 31) = 6years_old",
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
                optionally("当日计入", "first_day_counted"),
                optionally("月末顺延", "roll_over"),
            ],
            BOOL,
        )],
        words(
            "从起算日期到那一天是否已满这么长时间；不写日期的，看评估日。起算的当日不计入，到期月的对应日是最后一日，没有对应日的，是月末日（《民法典》第二百零一条、第二百零二条）。文件另有规定的，加写“当日计入”（早一天满），或“月末顺延”（没有对应日的，下月1日满）。起算日期是“无”的，不满。",
            "Whether so long has passed from one day to another, by default the assessment date. The first day is not counted, and the last is the same day of the last month, or its last day where it has no such day. With `first_day_counted` it ends a day sooner, with `roll_over` a month without such a day ends on the first of the next. Not, where there is no starting day.",
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
            example(
                "满（2023年1月15日，1个月，2023年2月14日，当日计入）",
                "elapsed(2023-01-15, 1months, 2023-02-14, first_day_counted)",
            ),
            example(
                "非满（2023年1月31日，1个月，2023年2月28日，月末顺延）",
                "not elapsed(2023-01-31, 1months, 2023-02-28, roll_over)",
            ),
        ],
    ),
    day(
        Meaning::Function(Function::Later),
        words("推后", "later"),
        &[call(
            &[once("日期", "day"), once("时长", "duration"), optionally("月末顺延", "roll_over")],
            DATE,
        )],
        words(
            "日期往后推这么长时间，和“日期＋时长”一样：那个月没有对应日的，是月末日。文件另有规定的，加写“月末顺延”，是下月1日。",
            "The day so much later, as with `+`: the last of the month where it has no such day, or with `roll_over` the first of the next.",
        ),
        &[
            example(
                "推后（2023年1月31日，1个月） = 2023年2月28日",
                "later(2023-01-31, 1months) = 2023-02-28",
            ),
            example(
                "推后（2023年1月31日，1个月，月末顺延） = 2023年3月1日",
                "later(2023-01-31, 1months, roll_over) = 2023-03-01",
            ),
            example("2023年1月31日＋1个月 = 2023年2月28日", "2023-01-31 + 1months = 2023-02-28"),
        ],
    ),
    day(
        Meaning::Word(Word::SameMonth),
        words("当月", "same_month"),
        &[alone(words("日期后面的月份", "year_month, after a day"))],
        words(
            "那一天所在的月份：失联日期的当月。",
            "The month of a day: `missing_since.same_month`.",
        ),
        &[example("失联日期的当月 = 2022年12月", "missing_since.same_month = 2022-12")],
    ),
    day(
        Meaning::Word(Word::NextMonth),
        words("次月", "next_month"),
        &[alone(words("日期或月份后面的月份", "year_month, after a day or month"))],
        words(
            "那一天所在月份的下一个月：失联日期的次月。起发、停发多用它。",
            "The month after that of a day: `missing_since.next_month`; `starts` and `stops` are mostly said so.",
        ),
        &[
            example("失联日期的次月 = 2023年1月", "missing_since.next_month = 2023-01"),
            example("所属期的次月－所属期 = 1个月", "period.next_month - period = 1months"),
        ],
    ),
    day(
        Meaning::Word(Word::FirstDay),
        words("首日", "first_day"),
        &[alone(words("月份后面的日期", "date, after a month"))],
        words("那个月的第一天。", "The first day of a month."),
        &[example("所属期的首日 = 2023年6月1日", "period.first_day = 2023-06-01")],
    ),
    day(
        Meaning::Word(Word::LastDay),
        words("末日", "last_day"),
        &[alone(words("月份后面的日期", "date, after a month"))],
        words("那个月的最后一天。", "The last day of a month."),
        &[example(
            "失联日期的次月的末日 = 2023年1月31日",
            "missing_since.next_month.last_day = 2023-01-31",
        )],
    ),
    day(
        Meaning::Word(Word::FirstDayCounted),
        words("当日计入", "first_day_counted"),
        &[alone(words("写在“满（…）”里", "within `elapsed(…)`"))],
        words(
            "起算的那一天也算一天，所以早一天满。",
            "The first day is one of the period, which so ends a day sooner.",
        ),
        &[example(
            "满（失联日期，6个月，2023年6月29日，当日计入）",
            "elapsed(missing_since, 6months, 2023-06-29, first_day_counted)",
        )],
    ),
    day(
        Meaning::Word(Word::RollOver),
        words("月末顺延", "roll_over"),
        &[alone(words("写在“满（…）”“推后（…）”里", "within `elapsed(…)` and `later(…)`"))],
        words(
            "到期的月份没有对应日的，不提前到月末，顺延到下月1日。",
            "Where the last month has no such day, the first of the next month instead of its last day.",
        ),
        &[example(
            "推后（2023年8月31日，6个月，月末顺延） = 2024年3月1日",
            "later(2023-08-31, 6months, roll_over) = 2024-03-01",
        )],
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
        Meaning::Function(Function::HighestEver),
        words("历来最高", "highest_ever"),
        &[call(&[once("参数", "parameter")], words("同参数", "as the parameter"))],
        words(
            "参数从有记载以来到所属期为止的最高数：只升不降的标准写 最大（甲，历来最高（乙））。",
            "The greatest value that a parameter has had up to the month decided, for standards that may never fall.",
        ),
        &[example(
            "历来最高（低保标准） = 1000元/人·月",
            "highest_ever(standard) = 1000CNY/person/month",
        )],
    ),
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
        words("近n个月内曾", "ever in last n months"),
        &[call(&[once("条件", "condition")], BOOL)],
        words(
            "本月和以前共n个月里，有一个月符合条件。n是1至120的整数。",
            "Whether the condition held in one of n months, this one and the n − 1 before it; n is a whole number from 1 to 120.",
        ),
        &[
            example("近4个月内曾（非有收入）", "ever in last 4months (not has_income)"),
            example("非近3个月内曾（非有收入）", "not ever in last 3months (not has_income)"),
        ],
    ),
    earlier(
        Meaning::LookBack,
        words("此前n个月内曾", "ever in previous n months"),
        &[call(&[once("条件", "condition")], BOOL)],
        words(
            "不含本月，以前的n个月里有一个月符合条件。",
            "Whether the condition held in one of the n months before this one.",
        ),
        &[example("此前3个月内曾（非有收入）", "ever in previous 3months (not has_income)")],
    ),
    earlier(
        Meaning::LookBack,
        words("连续n个月", "always in last n months"),
        &[call(&[once("条件", "condition")], BOOL)],
        words(
            "本月和以前共n个月，每个月都符合条件。",
            "Whether the condition held in every one of n months, this one and the n − 1 before it.",
        ),
        &[
            example("连续3个月（有收入）", "always in last 3months (has_income)"),
            example("非连续4个月（有收入）", "not always in last 4months (has_income)"),
        ],
    ),
    earlier(
        Meaning::LookBack,
        words("前n个月合计", "sum over previous n months"),
        &[call(&[once("每月的数额", "amount per month")], words("数额", "amount"))],
        words(
            "不含本月，以前n个月的数额加起来；每月的数额（元/月）合计成数额（元）。",
            "The sum over the n months before this one; amounts per month add up to an amount.",
        ),
        &[example(
            "前3个月合计（合计（成员，月工资）） = 3300元",
            "sum over previous 3months (sum(members, monthly_wage)) = 3300CNY",
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
    earlier(
        Meaning::Function(Function::SinceWhen),
        words("自何时起", "since_when"),
        &[call(
            &[once("决定或规则", "decision or rule")],
            words("月份，可无", "year_month, optional"),
        )],
        words(
            "到本月为止连续符合的第一个月；本月不符合的，是“无”。以前的月份不清楚的，就是不清楚。",
            "The first of the months in a row, up to this one, in which it has held; none where it does not hold now.",
        ),
        &[
            example("自何时起（低保） = 2023年4月", "since_when(dibao) = 2023-04"),
            example(
                "所属期－自何时起（低保）若无则所属期 = 2个月",
                "period - since_when(dibao) or_if_none period = 2months",
            ),
        ],
    ),
];
