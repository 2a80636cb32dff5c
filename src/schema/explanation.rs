//! The document that `huize explain --format json` prints, as a schema: the same for every policy.
//!
//! It says every field, so that a field which is not said here is a defect; what a field means
//! stands beside it in both languages.

use serde_json::{Value, json};

use super::document::{
    Property, count, day, document, list, month, number, object, of, or_null, shared, subject,
    text, texts, truth, words,
};

/// The schema of an explanation, and under `$defs/Extract` of one part of it (`explain --at`).
#[must_use]
pub fn explanation() -> Value {
    let whole = object(
        "一个案件的决定及其理由 / the decisions on a case, with their reasons",
        &[
            ("policy", of("Policy"), "所用的政策 / the policy that was applied"),
            ("period", month(), "所属期 / the month decided"),
            ("as_of", day(), "评估日 / the day that ages are measured on"),
            ("known_on", or_null(day()), "知悉日 / with law and facts known on that day"),
            ("subjects", list("Subject"), "先家庭，后各人 / the household first, then each person"),
            ("definitions", list("Definition"), "用到的规则，各一次 / the rules used, each once"),
            ("parameters", list("Parameter"), "用到的参数行，各一次 / the rows used, each once"),
            ("facts", list("Fact"), "用到的事实，各一次 / the facts used, each once"),
        ],
        &[
            ("not_in_force", texts(), "当月没有施行的决定 / decisions that are not in force"),
            ("interactions", list("Interaction"), "待遇之间 / what benefits did to one another"),
            ("totals", list("Total"), "一地全部待遇的合计 / what all payments come to"),
        ],
    );
    let parts = [
        law(),
        together(),
        decision(),
        condition(),
        payment(),
        rule(),
        law_and_facts(),
        shared(),
        vec![("Held", words(&["yes", "no", "unknown", "discretion", "error"]))],
        vec![("Extract", extract())],
    ];
    document("explanation", whole, parts.into_iter().flatten())
}

/// The policy, and what the decisions are about.
fn law() -> Vec<(&'static str, Value)> {
    vec![
        (
            "Policy",
            object(
                "政策 / a policy",
                &[
                    ("name", text(), "名称；一地全部待遇时为地方 / its name, or the place"),
                    ("title", or_null(text()), "全称 / its title in full"),
                    ("layers", list("Layer"), "层级，国家在前 / its layers, the highest first"),
                ],
                &[(
                    "place",
                    text(),
                    "一次算出全部待遇的地方 / the place all of whose benefits were decided",
                )],
            ),
        ),
        (
            "Layer",
            object(
                "政策层级 / a layer of law",
                &[
                    ("place", text(), "国家、广东、中山 / whose law it is"),
                    ("policy", text(), "政策名称 / the policy"),
                    ("citations", texts(), "所依据的文件 / the instruments that it cites"),
                ],
                &[],
            ),
        ),
        subject(),
    ]
}

/// What benefits did to one another, and what they come to.
fn together() -> Vec<(&'static str, Value)> {
    vec![
        (
            "Interaction",
            object(
                "一项待遇对另一项做了什么 / what a relation between benefits did to one",
                &[
                    ("id", text(), "被作用的决定或给付 / the decision or payment it acted upon"),
                    ("subject", text(), "谁的 / whose"),
                    ("name", text(), "名称 / its name"),
                    ("alias", or_null(text()), "英文名 / its ASCII twin"),
                    ("relation", text(), "关系的名称 / the name of the relation"),
                    ("text", text(), "政策的原文 / as the policy writes it"),
                    (
                        "kind",
                        words(&["exclusive", "higher", "top_up"]),
                        "不重复享受、择高、补差 / what the relation does",
                    ),
                    ("by", texts(), "由哪些待遇引起 / the benefits that brought it about"),
                    ("before", of("Value"), "本来是多少 / what it would have been"),
                    ("after", of("Value"), "现在是多少 / what it is"),
                    ("source", of("Source"), "出处 / source"),
                ],
                &[],
            ),
        ),
        (
            "Total",
            object(
                "同一单位的合计 / payments of one unit, added up",
                &[
                    ("amount", of("Value"), "合计 / what they come to"),
                    ("counted", count(), "计入几项 / how many are in it"),
                    (
                        "waiting",
                        count(),
                        "还有几项未定 / how many are not certain yet, and not in it",
                    ),
                ],
                &[],
            ),
        ),
    ]
}

/// A decision.
fn decision() -> Vec<(&'static str, Value)> {
    vec![(
        "Decision",
        object(
            "一项决定 / one decision and its reasons",
            &[
                ("id", text(), "编号，不随政策文字移动 / its stable address"),
                ("name", text(), "名称 / its name"),
                ("alias", or_null(text()), "英文名 / its ASCII twin"),
                ("outcome", of("Outcome"), "结论 / how it came out"),
                ("source", of("Source"), "出处 / source"),
                ("combinator", combinator(), "条件怎样合起来 / how its conditions combine"),
                (
                    "conditions",
                    list("Condition"),
                    "各项条件 / its conditions, numbered as in the policy",
                ),
                ("payments", list("Payment"), "给付 / what is paid"),
                uses(),
                (
                    "missing",
                    texts(),
                    "还能改变结论的事实 / facts that could still change the result",
                ),
                ("blocked", texts(), "等待查明的规定 / values of law that it waits for"),
                (
                    "discretion",
                    texts(),
                    "等待哪个机关决定 / authorities whose decision it waits for",
                ),
                ("assumed", texts(), "用到的缺省 / defaults that were applied"),
                ("unverified", texts(), "用到的样例数值 / made-up values that it rests on"),
                ("review_months", or_null(count()), "几个月复核一次 / months between reviews"),
            ],
            &[],
        ),
    )]
}

/// A condition, and by how much it held or failed.
fn condition() -> Vec<(&'static str, Value)> {
    vec![
        (
            "Condition",
            object(
                "一项条件 / one condition with its numbers",
                &[
                    ("id", text(), "编号 / its stable address"),
                    ("number", text(), "（一） / as it is numbered; empty for a lone one"),
                    ("label", text(), "条件的名称 / its label"),
                    (
                        "role",
                        words(&["part", "exception", "member"]),
                        "条件、例外、某个成员的同一条件 / what it is to the one it belongs to",
                    ),
                    ("held", of("Held"), "是否成立 / how it came out"),
                    (
                        "decisive",
                        truth(),
                        "上一级的结果是否因它而定 / whether what it belongs to came out so because of it",
                    ),
                    ("text", text(), "政策的原文 / as the policy writes it"),
                    ("filled", text(), "代入数值 / with the numbers put in"),
                    ("sentence", text(), "情况如何、差多少 / what is the case, and by how much"),
                    ("margin", or_null(of("Margin")), "差多少 / by how much it held or failed"),
                    ("combinator", combinator(), "各部分怎样合起来 / how its parts combine"),
                    (
                        "names",
                        or_null(text()),
                        "它所说的规则或决定 / the rule or decision whose coming out it is",
                    ),
                    ("source", of("Source"), "出处 / source"),
                    ("children", list("Condition"), "各部分 / its parts"),
                    uses(),
                ],
                &[],
            ),
        ),
        (
            "Margin",
            object(
                "差多少 / by how much a condition held or failed",
                &[
                    ("zh", text(), "中文 / in Chinese"),
                    ("en", text(), "英文 / in English"),
                    (
                        "value",
                        number(),
                        "左边减右边；年龄为岁，日期为天 / the left side less the right one",
                    ),
                    ("unit", text(), "单位 / its unit"),
                    (
                        "on",
                        or_null(text()),
                        "哪一天起成立或不成立 / the day on which it comes to hold or to fail",
                    ),
                ],
                &[],
            ),
        ),
    ]
}

/// A payment, when it starts and stops, and how it is rounded.
fn payment() -> Vec<(&'static str, Value)> {
    vec![
        (
            "Payment",
            object(
                "一项给付 / a payment and how it came about",
                &[
                    ("id", text(), "编号 / its stable address"),
                    ("name", text(), "名称 / its name"),
                    ("alias", or_null(text()), "英文名 / its ASCII twin"),
                    (
                        "amount",
                        of("Value"),
                        "数额 / the amount, or the bounds of one that is not certain",
                    ),
                    ("text", text(), "公式 / the formula as the policy writes it"),
                    ("filled", text(), "代入数值 / with the numbers put in"),
                    ("steps", list("Step"), "取整、保底、封顶 / each rounding, floor and cap"),
                    (
                        "items",
                        list("Item"),
                        "各种情形，含取用的一种 / items of a choice, with the one taken",
                    ),
                    ("exceptions", list("Item"), "考虑过的例外 / exceptions that were considered"),
                    ("source", of("Source"), "出处 / source"),
                    uses(),
                ],
                &[("terms", list("Term"), "起发、停发 / when it starts and stops")],
            ),
        ),
        (
            "Term",
            object(
                "起发或停发 / when a payment starts or stops",
                &[
                    ("id", text(), "编号 / its stable address"),
                    ("stops", truth(), "停发（否则起发） / whether it stops rather than starts"),
                    ("text", text(), "政策的原文 / as the policy writes it"),
                    (
                        "month",
                        or_null(month()),
                        "从哪个月起 / the first month that is paid, or not paid any more",
                    ),
                    ("held", of("Held"), "当月是否可发 / whether it lets the month be paid"),
                    ("source", of("Source"), "出处 / source"),
                ],
                &[],
            ),
        ),
        (
            "Step",
            object(
                "取整、保底或封顶 / a rounding, floor or cap",
                &[
                    ("id", text(), "编号 / its stable address"),
                    ("text", text(), "政策的原文 / as the policy writes it"),
                    ("before", of("Value"), "之前 / before it"),
                    ("after", of("Value"), "之后 / after it"),
                    ("source", of("Source"), "出处 / source"),
                ],
                &[],
            ),
        ),
    ]
}

/// Items of a choice, and rules.
fn rule() -> Vec<(&'static str, Value)> {
    vec![
        (
            "Item",
            object(
                "一种情形，或一个例外 / an item of a choice, or an exception",
                &[
                    ("id", text(), "编号 / its stable address"),
                    ("number", text(), "（一） / as it is numbered; empty for an exception"),
                    ("label", text(), "名称 / its label"),
                    ("applied", of("Held"), "是否适用 / whether it applied"),
                    ("condition", or_null(of("Condition")), "适用的条件 / its condition"),
                    ("value", or_null(of("Value")), "给出多少 / what it gives, where it applied"),
                    ("filled", text(), "代入数值 / with the numbers put in"),
                    ("source", of("Source"), "出处 / source"),
                ],
                &[],
            ),
        ),
        (
            "Definition",
            object(
                "一条规则和它的值 / a rule and the value that it had",
                &[
                    ("id", text(), "编号 / its stable address"),
                    ("name", text(), "名称 / its name"),
                    ("alias", or_null(text()), "英文名 / its ASCII twin"),
                    (
                        "kind",
                        words(&["rule", "decision", "payment"]),
                        "规则、决定、给付 / what it is",
                    ),
                    ("value", of("Value"), "它的值 / what it came to"),
                    ("text", text(), "公式 / the formula as the policy writes it"),
                    ("filled", text(), "代入数值 / with the numbers put in"),
                    ("steps", list("Step"), "取整、保底、封顶 / rounding, floor, cap"),
                    ("items", list("Item"), "各种情形 / items of a choice"),
                    ("combinator", combinator(), "各部分怎样合起来 / how its parts combine"),
                    (
                        "conditions",
                        list("Condition"),
                        "各部分 / its parts, where it is a condition",
                    ),
                    ("exceptions", list("Item"), "考虑过的例外 / exceptions that were considered"),
                    ("source", of("Source"), "出处 / source"),
                    uses(),
                ],
                &[],
            ),
        ),
    ]
}

/// Parameter rows and facts.
fn law_and_facts() -> Vec<(&'static str, Value)> {
    vec![
        (
            "Parameter",
            object(
                "一行参数 / a parameter row",
                &[
                    ("id", text(), "编号；以前月份的加 @月份 / its stable address"),
                    ("name", text(), "名称 / as people read it"),
                    ("keys", texts(), "分类 / the classes it is of"),
                    ("value", of("Value"), "数值 / its value"),
                    ("from", or_null(text()), "从哪一天起施行 / the first day in force"),
                    ("until", or_null(text()), "施行到哪一天 / the last day in force"),
                    ("published", or_null(text()), "哪一天发布 / the day it was made known"),
                    (
                        "status",
                        words(&["known", "sample", "pending", "unfilled"]),
                        "有出处、样例、待查、未作规定 / how far it can be trusted",
                    ),
                    ("source", of("Source"), "出处 / source"),
                ],
                &[(
                    "days",
                    json!({ "type": "integer" }),
                    "按日折算的天数 / for how many days of the month it counts",
                )],
            ),
        ),
        (
            "Fact",
            object(
                "一项事实 / a fact",
                &[
                    ("id", text(), "编号 / its stable address"),
                    ("name", text(), "名称 / as people read it"),
                    ("value", of("Value"), "它的值 / its value"),
                    (
                        "status",
                        words(&["given", "assumed", "unknown", "refused", "absent"]),
                        "填报、缺省、未知、拒答、无 / where the value comes from",
                    ),
                    ("place", text(), "在哪里声明 / where it is declared"),
                ],
                &[],
            ),
        ),
    ]
}

/// What a node reads.
fn uses() -> Property<'static> {
    ("uses", texts(), "读了哪些规则、决定、参数行、事实（编号） / ids of what it reads")
}

/// One node with what it rests on.
fn extract() -> Value {
    let kinds = [
        ("decision", "Decision"),
        ("condition", "Condition"),
        ("payment", "Payment"),
        ("step", "Step"),
        ("item", "Item"),
        ("exception", "Item"),
        ("definition", "Definition"),
        ("parameter", "Parameter"),
        ("fact", "Fact"),
    ];
    let one = |(kind, name): &(&str, &str)| {
        object(
            "其中一个部分 / one part of an explanation",
            &[
                ("kind", json!({ "const": kind }), "是什么 / what it is"),
                ("node", of(name), "它本身 / the part"),
                ("definitions", list("Definition"), "它所依据的规则 / the rules it rests on"),
                ("parameters", list("Parameter"), "它所依据的参数行 / the rows it rests on"),
                ("facts", list("Fact"), "它所依据的事实 / the facts it rests on"),
            ],
            &[],
        )
    };
    json!({ "oneOf": kinds.iter().map(one).collect::<Vec<_>>() })
}

fn combinator() -> Value {
    let pair = json!({ "type": "array", "items": text(), "minItems": 2, "maxItems": 2 });
    or_null(pair)
}
