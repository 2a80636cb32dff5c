//! Facts that are asked for: sweeps and changes.

use super::{Entry, error, upon, words};

pub(super) const ENTRIES: &[Entry] = &[
    upon(
        error(
            "huize::solve::unknown_fact",
            words("没有“…”这个事实", "there is no fact `…`"),
            words(
                "一个人的事实写作 甲.月工资，家庭的事实只写名称。报告列出同名的各人，或最相近的名称。",
                "A fact of a person is written 甲.月工资, one of the household by its name alone. The report lists whose facts have that name, or the name that is most like it.",
            ),
        ),
        words("huize sweep facts.json --fact 月工资", "huize sweep facts.json --fact monthly_wage"),
    ),
    upon(
        error(
            "huize::solve::not_variable",
            words(
                "“…”不是数、日期、是否或枚举，不能逐值变动",
                "`…` is no number, date, truth or class, and cannot be varied",
            ),
            words(
                "人、名单和文字没有可以逐个取的值。换一个数额、日期、是否或有固定几种取值的事实。",
                "People, lists and texts have no values to go through. Choose an amount, a date, a truth, or a fact with a fixed list of values.",
            ),
        ),
        words("huize sweep facts.json --fact 甲.姓名", "huize sweep facts.json --fact 甲.name"),
    ),
    upon(
        error(
            "huize::solve::empty_range",
            words("“…”的取值范围是空的", "the range of `…` has nothing in it"),
            words(
                "起点比终点大，或两者之间没有这一事实可以取的值。",
                "The start is after the end, or there is no value of the fact between them.",
            ),
        ),
        words("--from 3000 --to 20", "--from 3000 --to 20"),
    ),
    upon(
        error(
            "huize::solve::unknown_decision",
            words("没有“…”这个决定", "there is no decision `…`"),
            words(
                "家庭的决定写名称，一个人的决定写作 甲.低保，只写名称就是每个人的。报告列出可以写的。",
                "A decision about the household goes by its name, one about a person by 甲.dibao; the name alone means everybody's. The report lists them.",
            ),
        ),
        words(
            "huize change facts.json --decision 低保证",
            "huize change facts.json --decision dibap",
        ),
    ),
    upon(
        error(
            "huize::cli::not_a_value",
            words(
                "`…` 不是一个确定的值，不能作起点或终点",
                "`…` is no value that a range can begin or end at",
            ),
            words(
                "范围的起点和终点要是确定的数或日期，不能是 未知、无。",
                "A range begins and ends at a number or a date, not at `unknown` or `none`.",
            ),
        ),
        words("--from 未知", "--from unknown"),
    ),
    upon(
        error(
            "huize::cli::bad_step",
            words(
                "`--step` 的值 `…` 不能用：间隔要大于0",
                "the value `…` of `--step` cannot be used: a step is more than 0",
            ),
            words(
                "`--step` 是另外列出的各点之间的距离，不影响转折：转折总是准确求出。",
                "`--step` is the distance of the values that are listed besides; thresholds do not depend on it, they are always exact.",
            ),
        ),
        words("--step 0", "--step 0"),
    ),
];
