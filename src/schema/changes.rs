//! The document that `huize change --format json` prints, as a schema: the same for every policy.

use serde_json::Value;

use super::document::{
    day, document, list, month, number, object, of, shared, text, texts, truth, words,
};

/// The schema of what would change the decisions on a case.
#[must_use]
pub fn changes() -> Value {
    let whole = object(
        "怎样才能改变结论或者增加数额 / what would change the decisions, or raise what is paid",
        &[
            ("policy", text(), "所用的政策 / the policy that was applied"),
            ("period", month(), "所属期 / the month decided"),
            ("as_of", day(), "评估日 / the day that ages are measured on"),
            ("decisions", list("Decision"), "各项决定，先家庭 / the household's first"),
        ],
        &[("known_on", day(), "知悉日 / with law and facts known on that day")],
    );
    let parts = [decision(), change(), shared()];
    document("changes", whole, parts.into_iter().flatten())
}

/// What was asked of.
fn decision() -> Vec<(&'static str, Value)> {
    vec![(
        "Decision",
        object(
            "怎样才能改变一项决定 / what would change one decision",
            &[
                ("id", text(), "编号 / its stable address"),
                ("called", text(), "所问语言里的名称 / the same in the language asked for"),
                (
                    "outcome",
                    words(&["符合", "不符合", "待定", "酌定"]),
                    "现在的结论 / what it is now",
                ),
                (
                    "aim",
                    words(&["entitled", "raise", "nothing"]),
                    "求符合、求增加、已经符合 / what the changes bring about",
                ),
                ("changes", list("Change"), "改一项事实即可 / changes of one fact; time last"),
                ("incomplete", truth(), "可能还有没有找到的 / whether there may be more"),
            ],
            &[("pairs", list("Change"), "要改两项事实 / changes of two facts")],
        ),
    )]
}

/// One change.
fn change() -> Vec<(&'static str, Value)> {
    vec![
        (
            "Change",
            object(
                "一种改变，重新算过 / one change, decided again before it is given",
                &[
                    ("payments", list("Payment"), "那时发多少 / what is paid then"),
                    ("text", text(), "整句 / all of it in words"),
                ],
                &[
                    ("facts", list("FactChange"), "改哪些事实 / the facts that change"),
                    ("month", month(), "到哪个月 / the later month"),
                    ("day", day(), "从当月哪一天起 / the first day of that month"),
                    ("loses", texts(), "会失去哪些 / the decisions that would not be entitled"),
                ],
            ),
        ),
        (
            "FactChange",
            object(
                "一项事实怎样改 / how one fact changes",
                &[
                    ("fact", text(), "哪项事实 / the fact"),
                    ("now", of("Value"), "现在 / what it is now"),
                    ("to", of("Value"), "改到多少即可 / the nearest value that is enough"),
                ],
                &[
                    ("not_yet", of("Value"), "差一步还不够的值 / the value one step nearer"),
                    ("until", of("Value"), "到多少为止 / the last value that is enough"),
                ],
            ),
        ),
        (
            "Payment",
            object(
                "那时的给付 / a payment under a change",
                &[
                    ("name", text(), "名称 / its name"),
                    ("amount", number(), "数额 / the amount"),
                    ("unit", text(), "单位 / its unit"),
                ],
                &[],
            ),
        ),
    ]
}
