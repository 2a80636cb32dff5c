//! The document that `huize diff --format json` prints, as a schema: the same for every policy.

use serde_json::Value;

use super::document::{
    day, document, list, month, number, object, of, or_null, shared, subject, text, texts, truth,
    words,
};

/// The schema of a difference between two situations.
#[must_use]
pub fn difference() -> Value {
    let whole = object(
        "两种情形之间的变化，按原因分解 / what changed between two situations, by cause",
        &[
            ("before", of("Situation"), "变化前 / the situation that is compared with"),
            ("after", of("Situation"), "变化后 / the situation that is asked about"),
            ("causes", list("Cause"), "不同之处，各一次 / everything that differs, each once"),
            ("subjects", list("Subject"), "先家庭，后各人 / the household first, then each person"),
            ("totals", list("Amount"), "同一单位的合计 / payments of one unit, added up"),
        ],
        &[],
    );
    let parts = [situation(), decided(), amount(), shared()];
    document("difference", whole, parts.into_iter().flatten())
}

/// What is compared, and in what it differs.
fn situation() -> Vec<(&'static str, Value)> {
    vec![
        (
            "Situation",
            object(
                "两种情形之一 / one of the two situations",
                &[
                    ("policy", text(), "政策名称 / the policy"),
                    ("title", or_null(text()), "全称 / its title in full"),
                    ("period", month(), "所属期 / the month decided"),
                    ("as_of", day(), "评估日 / the day that ages are measured on"),
                    ("known_on", or_null(day()), "知悉日 / with law and facts known on that day"),
                ],
                &[],
            ),
        ),
        (
            "Cause",
            object(
                "一处不同 / one thing that differs",
                &[
                    ("id", text(), "编号 / its stable address"),
                    (
                        "kind",
                        words(&["text", "rule", "parameter", "time", "member", "fact", "history"]),
                        "条文、规则版本、参数、时间、成员、事实、以前的决定 / what kind of thing",
                    ),
                    ("name", of("Words"), "名称 / its name"),
                    ("before", of("Words"), "原来是什么 / what it was"),
                    ("after", of("Words"), "现在是什么 / what it is"),
                    ("remark", of("Words"), "数值没有说到的 / what the values do not say"),
                    ("source", of("Source"), "变化后的出处 / where it comes from after the change"),
                    ("matters", truth(), "是否影响结果 / whether it has a part in what is told"),
                ],
                &[],
            ),
        ),
    ]
}

/// What was decided in both.
fn decided() -> Vec<(&'static str, Value)> {
    vec![
        subject(),
        (
            "Decision",
            object(
                "一项决定的前后 / one decision in both situations",
                &[
                    ("id", text(), "编号 / its stable address"),
                    ("name", text(), "名称 / its name"),
                    ("alias", or_null(text()), "英文名 / its ASCII twin"),
                    ("before", of("Side"), "变化前 / how it came out before"),
                    ("after", of("Side"), "变化后 / how it comes out after"),
                    (
                        "decisive",
                        serde_json::json!({ "type": "array", "items": texts() }),
                        "足以改变结论的最少原因（编号） / the smallest sets of causes that turn the outcome",
                    ),
                    ("causes", texts(), "影响它的原因（编号） / ids of what has a say in it"),
                    ("rules", list("Words"), "写法不同的规则 / the rules that read otherwise"),
                    ("payments", list("Amount"), "给付 / its payments"),
                ],
                &[],
            ),
        ),
        (
            "Side",
            object(
                "一种情形下的结论 / the outcome in one situation",
                &[
                    (
                        "outcome",
                        or_null(of("Outcome")),
                        "结论；没有这项决定时为空 / how it came out",
                    ),
                    ("remark", of("Words"), "为什么没有 / why there is none"),
                    ("waits_for", list("Words"), "等待什么 / what it waits for"),
                ],
                &[],
            ),
        ),
    ]
}

/// Amounts, and what makes up their change.
fn amount() -> Vec<(&'static str, Value)> {
    vec![
        (
            "Amount",
            object(
                "一笔数额的前后 / an amount in both situations",
                &[
                    ("id", text(), "编号 / its stable address"),
                    ("name", text(), "名称 / its name"),
                    ("alias", or_null(text()), "英文名 / its ASCII twin"),
                    ("unit", of("Words"), "单位 / its unit"),
                    ("before", of("Value"), "变化前 / the amount before"),
                    ("after", of("Value"), "变化后 / the amount after"),
                    ("change", or_null(number()), "变化了多少 / by how much it changed"),
                    ("bounds", or_null(of("Bounds")), "变化的界限 / between what it changed"),
                    ("parts", list("Part"), "各部分，合计等于变化 / the parts; they add up to it"),
                    ("remark", of("Words"), "为什么没有分解 / why there are no parts"),
                ],
                &[],
            ),
        ),
        (
            "Bounds",
            object(
                "变化的界限 / bounds of a change",
                &[],
                &[
                    ("low", number(), "不少于 / not less than this"),
                    ("high", number(), "不多于 / not more than this"),
                ],
            ),
        ),
        (
            "Part",
            object(
                "一个原因所占的部分 / what one cause, or several together, make up",
                &[
                    (
                        "causes",
                        texts(),
                        "原因（编号）；取整没有 / the causes by id; none for rounding",
                    ),
                    ("exact", number(), "精确值 / the part exactly"),
                    ("shown", number(), "到分 / the part to the fen"),
                ],
                &[],
            ),
        ),
    ]
}
