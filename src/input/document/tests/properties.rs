use proptest::prelude::*;
use serde_json::Value;

use super::*;

/// Names and words that mean something here, which random text seldom hits.
fn words() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "household",
        "家庭",
        "members",
        "成员",
        "others",
        "history",
        "id",
        "编号",
        "甲",
        "乙",
        "2023-05",
        "2023-02-30",
        "低保",
        "低保金",
        "特困",
        "outcome",
        "payments",
        "from",
        "value",
        "月工资",
        "monthly_wage",
        "身份证号",
        "出生日期",
        "父亲",
        "在业",
        "城乡",
        "自付比例",
        "未知",
        "无",
        "符合",
        "11010519491231002X",
        "1949-12-31",
        "2250元",
        "2.25万元/年",
        "1,200",
        "-5",
        "30%",
        "person",
        "policy",
        "period",
    ]);
    prop_oneof![6 => known.prop_map(str::to_owned), 1 => any::<String>()]
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        words().prop_map(Value::String),
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::vec((words(), inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_value_binds_or_says_why(value in values(), inner in values()) {
        let program = program();
        let whole = serde_json::json!({ "household": inner, "history": value });
        for value in [whole["history"].clone(), whole] {
            let Ok(node) = from_json_value(&value) else { continue };
            let _ = envelope(&node);
            if let Err(findings) = bind(&program, &node) {
                prop_assert!(!findings.is_empty());
                for finding in findings {
                    prop_assert!(finding.code.starts_with("huize::input::"));
                    prop_assert!(finding.help.is_some(), "{}", finding.message.zh);
                    prop_assert!(finding.span().is_some());
                }
            }
        }
    }
}
