//! The documents that `huize notice --format json` and `huize notice --sheet --format json` print,
//! as schemas: the same for every policy. The texts are in the language that was asked for.

use serde_json::{Value, json};

use super::document::{
    count, day, document, list, month, object, of, or_null, text, texts, truth, words,
};

/// The schema of a notice: what a template of it may use.
#[must_use]
pub fn notice() -> Value {
    let whole = object(
        "告知书的内容 / everything that a notice says",
        &[
            ("title", text(), "政策的全称 / the title of the policy"),
            ("policy", text(), "政策名称 / its name"),
            ("period", text(), "所属期 / the month decided, in words"),
            ("as_of", text(), "评估日 / the day of assessment, in words"),
            ("kind", kind(), "总的结论 / what is decided of all"),
            ("decisions", list("Decision"), "各项决定 / the decisions that it is about"),
            ("citations", texts(), "依据的条文 / the articles that it stands on"),
            ("instruments", texts(), "简称所指的文件 / what short titles stand for"),
            ("assumed", texts(), "用到的缺省 / defaults that were applied"),
            ("unverified", texts(), "样例数值，不得发出 / made-up values: it must not be sent"),
            ("office", of("Office"), "机关的部分 / what the office says"),
            ("incomplete", texts(), "还要填写的 / what is still to be filled in"),
        ],
        &[],
    );
    let parts = [decision(), office()];
    document("notice", whole, parts.into_iter().flatten())
}

/// The schema of an internal calculation sheet.
#[must_use]
pub fn sheet() -> Value {
    let kinds = ["title", "heading", "paragraph", "flush", "middle", "right", "item", "warning"];
    let whole = object(
        "计算表 / a calculation sheet",
        &[
            ("policy", text(), "政策名称 / the policy"),
            ("period", month(), "所属期 / the month decided"),
            ("as_of", day(), "评估日 / the day that ages are measured on"),
            ("known_on", or_null(day()), "知悉日 / with law and facts known on that day"),
            ("decisions", texts(), "关于哪些决定（编号） / ids of the decisions it is about"),
            ("sheet", list("Block"), "从上到下 / from top to bottom"),
        ],
        &[],
    );
    let line = object(
        "一行或一段 / a line or a paragraph",
        &[("kind", words(&kinds), "哪一种 / what it is"), ("text", text(), "文字 / its text")],
        &[],
    );
    let table = object(
        "一张表 / a table",
        &[
            ("kind", words(&["table"]), "表 / a table"),
            ("head", texts(), "表头 / its head"),
            ("rows", json!({ "type": "array", "items": texts() }), "各行 / its rows"),
        ],
        &[],
    );
    document("sheet", whole, [("Block", json!({ "oneOf": [line, table] }))])
}

fn kind() -> Value {
    words(&["entitled", "not_entitled", "undecided", "discretionary"])
}

/// What was decided, as the family reads it.
fn decision() -> Vec<(&'static str, Value)> {
    vec![
        (
            "Decision",
            object(
                "一项决定 / a decision as the family reads it",
                &[
                    ("number", text(), "（一） / its number where there are several"),
                    ("id", text(), "编号 / its stable address"),
                    ("subject", text(), "家庭，或者人的名称 / the household, or the person's key"),
                    ("is_person", truth(), "是否关于个人 / whether it is about a person"),
                    ("name", text(), "名称 / its name"),
                    ("kind", kind(), "结论 / how it came out"),
                    ("outcome", text(), "结论，文字 / the same in words"),
                    ("payments", list("Payment"), "给付 / what is paid"),
                    ("reasons", list("Reason"), "理由，每条一句 / each reason a sentence"),
                    ("missing", texts(), "还要问的 / what is still to be asked"),
                    ("blocked", texts(), "等待查明的规定 / values of law that are to be found"),
                    ("discretion", texts(), "等待哪个机关 / authorities that it waits for"),
                    ("citations", texts(), "依据的条文 / the articles that it stands on"),
                    ("review_months", or_null(count()), "几个月复核一次 / months between reviews"),
                ],
                &[],
            ),
        ),
        (
            "Reason",
            object(
                "一条理由 / a reason",
                &[
                    ("text", text(), "一句话 / a sentence"),
                    ("source", text(), "条文；与决定相同时为空 / its citations, joined"),
                ],
                &[],
            ),
        ),
        (
            "Payment",
            object(
                "一项给付 / a payment as the family reads it",
                &[
                    ("name", text(), "名称 / its name"),
                    ("amount", text(), "数额，或界限 / the amount, or its bounds"),
                    ("value", text(), "数字；不确定时为空 / the bare number, where it is known"),
                    ("capitals", text(), "大写 / in capitals, where it is an amount of money"),
                    ("formula", text(), "公式 / the formula in the words of the policy"),
                    ("filled", text(), "代入数值 / with the numbers put in"),
                    ("steps", texts(), "取整、保底、封顶 / rounding, floor, cap"),
                    ("terms", texts(), "起发、停发 / from when, until when"),
                ],
                &[],
            ),
        ),
    ]
}

/// What the office says.
fn office() -> Vec<(&'static str, Value)> {
    vec![
        (
            "Office",
            object(
                "机关的部分 / the office's part",
                &[
                    ("authority", text(), "作出决定的机关 / who decides and signs"),
                    ("recipient", text(), "送给谁 / to whom the notice goes"),
                    ("number", text(), "文号 / its number"),
                    ("date", text(), "日期 / the day of the notice"),
                    ("contact", text(), "联系方式 / where to ask"),
                    ("remedies", list("Remedy"), "救济途径 / how to object"),
                    (
                        "more",
                        json!({ "type": "object", "additionalProperties": text() }),
                        "模板另要的 / whatever else a template asks for",
                    ),
                ],
                &[],
            ),
        ),
        (
            "Remedy",
            object(
                "一条救济途径 / a way to object",
                &[
                    ("way", text(), "怎样提出 / how"),
                    ("to", text(), "向谁提出 / with whom"),
                    ("within", text(), "期限 / within what time"),
                    ("from", text(), "从何时起算 / counted from"),
                    ("source", text(), "依据 / the law that says so"),
                ],
                &[],
            ),
        ),
    ]
}
