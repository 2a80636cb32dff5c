//! Comparing two situations.

use super::{Entry, error, upon, words};

pub(super) const ENTRIES: &[Entry] = &[
    upon(
        error(
            "huize::cli::nothing_to_compare",
            words("没有说明和什么比较", "nothing says what to compare with"),
            words(
                "`huize diff` 说的是两种情形的差别，只给了一种。变化后的情形只写不同的地方：另一份事实，或 --to-period、--to-known-on、--to-policy、--to-policies 之一，其余照变化前。",
                "`huize diff` tells two situations apart and was given one. Of the second, say what is different: other facts, or one of --to-period, --to-known-on, --to-policy, --to-policies; the rest is as before.",
            ),
        ),
        words("huize diff 事实.json", "huize diff facts.json"),
    ),
    upon(
        error(
            "huize::differ::nothing_in_common",
            words(
                "“…”和“…”没有同名的决定，无从比较",
                "`…` and `…` have no decision of the same name to compare",
            ),
            words(
                "差别按同名的决定来说。两种待遇各算各的，没有可以比的金额；同一项待遇的两个月份、两个文本、两个地方可以比。",
                "A difference is of decisions of one name. Two benefits have no amount in common; two months, two texts or two places of one benefit do.",
            ),
        ),
        words(
            "huize diff 低保.json --to-policy 样例.高龄津贴",
            "huize diff dibao.json --to-policy sample.elderly",
        ),
    ),
    upon(
        error(
            "huize::differ::defaults_differ",
            words(
                "一边按缺省值、一边不按缺省值，无从比较",
                "one situation applies defaults and the other does not, so they cannot be compared",
            ),
            words(
                "嵌入惠则的程序给了两个 strict 不同的问题。同一项没有填的事实，一边按缺省计，一边按未知计，差别不在事实里，也不在政策里。",
                "A program gave two questions with different `strict`. A fact that is not stated would be its default on one side and unknown on the other: a difference in neither the facts nor the law.",
            ),
        ),
        words("嵌入接口", "the library interface"),
    ),
];
