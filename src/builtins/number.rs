//! Numbers.

use super::entry::{
    Builtin, Example, Family, Function, Meaning, Signature, call, example, once, repeatedly, words,
};
use crate::diagnostic::Words;

const fn number(
    function: Function,
    name: Words,
    signatures: &'static [Signature],
    doc: Words,
    examples: &'static [Example],
) -> Builtin {
    Builtin {
        meaning: Meaning::Function(function),
        family: Family::Numbers,
        name,
        also: &[],
        signatures,
        doc,
        examples,
    }
}

pub(super) const ENTRIES: &[Builtin] = &[
    number(
        Function::Max,
        words("最大", "max"),
        &[call(&[repeatedly("数额或日期", "amount or date")], words("同第一项", "as the first"))],
        words(
            "几个数额中最大的，或几个日期中最晚的；单位要相同。",
            "The greatest of several amounts, or the latest of several days; their units are the same.",
        ),
        &[
            example("最大（3元，5元，4元） = 5元", "max(3CNY, 5CNY, 4CNY) = 5CNY"),
            example(
                "最大（2023年1月1日，评估日） = 2023年6月30日",
                "max(2023-01-01, assessment_date) = 2023-06-30",
            ),
        ],
    ),
    number(
        Function::Min,
        words("最小", "min"),
        &[call(&[repeatedly("数额或日期", "amount or date")], words("同第一项", "as the first"))],
        words(
            "几个数额中最小的，或几个日期中最早的；单位要相同。",
            "The least of several amounts, or the earliest of several days; their units are the same.",
        ),
        &[example("最小（3元，5元，4元） = 3元", "min(3CNY, 5CNY, 4CNY) = 3CNY")],
    ),
    number(
        Function::Monthly,
        words("按月", "monthly"),
        &[call(&[once("每年的数额", "amount per year")], words("每月的数额", "amount per month"))],
        words(
            "把每年的数额除以12，换成每月的，不取整。年与月之间只有“按月”“按年”两种换算，都要写出来。",
            "An amount per year divided by 12, not rounded. `monthly` and `yearly` are the only conversions between years and months; neither is ever silent.",
        ),
        &[example("按月（年租金） = 1000元/月", "monthly(yearly_rent) = 1000CNY/month")],
    ),
    number(
        Function::Yearly,
        words("按年", "yearly"),
        &[call(&[once("每月的数额", "amount per month")], words("每年的数额", "amount per year"))],
        words("把每月的数额乘以12，换成每年的。", "An amount per month times 12."),
        &[example("按年（100元/月） = 1200元/年", "yearly(100CNY/month) = 1200CNY/year")],
    ),
];
