//! Over the members of a household.

use super::entry::{
    Builtin, Example, Family, Function, Meaning, Parameter, Signature, example, once, over,
    repeatedly, words,
};
use crate::diagnostic::Words;

const LIST: Parameter = once("成员", "members");

const fn aggregate(
    function: Function,
    name: Words,
    signatures: &'static [Signature],
    doc: Words,
    examples: &'static [Example],
) -> Builtin {
    Builtin {
        meaning: Meaning::Function(function),
        family: Family::People,
        name,
        also: &[],
        signatures,
        doc,
        examples,
    }
}

pub(super) const ENTRIES: &[Builtin] = &[
    aggregate(
        Function::Sum,
        words("合计", "sum"),
        &[over(&[LIST, once("数额", "amount")], words("同数额", "as the amount"))],
        words(
            "把每个成员的数额加起来；一个成员也没有，是0。成员可以写名单，也可以写集合。每个人只算一次，两个人的数额相同也都算。",
            "Adds up the amount of every member; 0 where there is none. The members are a list or a set. Each person counts once, and two equal amounts both count.",
        ),
        &[
            example(
                "合计（成员，月工资） = 1500元/月",
                "sum(members, monthly_wage) = 1500CNY/month",
            ),
            example(
                "合计（成员，月工资，其中非在业） = 0元/月",
                "sum(members, monthly_wage, where not employed) = 0CNY/month",
            ),
        ],
    ),
    aggregate(
        Function::Count,
        words("人数", "count"),
        &[over(&[LIST], words("人", "person"))],
        words(
            "有几个成员；写“其中”的，只数符合条件的。",
            "How many members there are; with `where`, only those for whom it holds.",
        ),
        &[
            example("人数（成员） = 3人", "count(members) = 3persons"),
            example(
                "人数（成员，其中年龄不满18周岁） = 1人",
                "count(members, where age_now below 18years_old) = 1persons",
            ),
        ],
    ),
    aggregate(
        Function::Exists,
        words("存在", "exists"),
        &[over(&[LIST, once("条件", "condition")], words("是否", "bool"))],
        words(
            "至少有一个成员符合条件；一个成员也没有，是“否”。",
            "Whether the condition holds for at least one member; not, where there is none.",
        ),
        &[example("存在（成员，残疾等级不超过2）", "exists(members, disability_grade at most 2)")],
    ),
    aggregate(
        Function::Each,
        words("每个", "each"),
        &[over(&[LIST, once("条件", "condition")], words("是否", "bool"))],
        words(
            "每个成员都符合条件；一个成员也没有，是“是”。",
            "Whether the condition holds for every member; it does where there is none.",
        ),
        &[example("非每个（成员，在业）", "not each(members, employed)")],
    ),
    aggregate(
        Function::Highest,
        words("最高", "highest_of"),
        &[over(&[LIST, once("数额", "amount")], words("同数额", "as the amount"))],
        words(
            "各成员中最大的数额；一个成员也没有，是错误。几个数之间取大的，用“最大”。",
            "The greatest amount of any member; an error where there is none. Between several values write `max`.",
        ),
        &[example("最高（成员，年龄） = 73岁", "highest_of(members, age_now) = 73years_old")],
    ),
    aggregate(
        Function::Lowest,
        words("最低", "lowest_of"),
        &[over(&[LIST, once("数额", "amount")], words("同数额", "as the amount"))],
        words(
            "各成员中最小的数额；一个成员也没有，是错误。几个数之间取小的，用“最小”。",
            "The least amount of any member; an error where there is none. Between several values write `min`.",
        ),
        &[example("最低（成员，年龄） = 10岁", "lowest_of(members, age_now) = 10years_old")],
    ),
    aggregate(
        Function::Average,
        words("平均", "average"),
        &[over(&[LIST, once("数额", "amount")], words("同数额", "as the amount"))],
        words(
            "各成员数额的平均数，不取整；一个成员也没有，是除以零的错误。",
            "The mean of the members' amounts, not rounded; division by zero where there is none.",
        ),
        &[example(
            "平均（成员，月工资） = 500元/月",
            "average(members, monthly_wage) = 500CNY/month",
        )],
    ),
    aggregate(
        Function::FirstOf,
        words("首个", "first_of"),
        &[over(&[LIST, repeatedly("依据", "key")], words("同成员，可无", "as a member, or none"))],
        words(
            "按依据从小到大（日期从早到晚，枚举照声明的先后）排在最前的一个；后一项依据在前面的都相等时才看，仍有并列的是错误。一个也没有，是“无”。后面接 的，读他的事实。",
            "The one that comes first by the key: the least number, the earliest day, the enum value declared first. A further key is looked at where those before it are equal; a tie that is left is an error. None where there is nobody. Behind it `.` reads a fact of the one picked.",
        ),
        &[
            example(
                "首个（成员，出生日期）的月工资 = 0元/月",
                "first_of(members, birth_date).monthly_wage = 0CNY/month",
            ),
            example(
                "首个（成员，出生日期，其中在业）的年龄 = 43岁",
                "first_of(members, birth_date, where employed).age_now = 43years_old",
            ),
        ],
    ),
    aggregate(
        Function::LastOf,
        words("末个", "last_of"),
        &[over(&[LIST, repeatedly("依据", "key")], words("同成员，可无", "as a member, or none"))],
        words(
            "同“首个”，取排在最后的一个：数最大的、日期最晚的。",
            "As `first_of`, but the one that comes last: the greatest number, the latest day.",
        ),
        &[example(
            "末个（成员，月工资，出生日期）的在业",
            "last_of(members, monthly_wage, birth_date).employed",
        )],
    ),
];
