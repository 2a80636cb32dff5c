//! Explanations made by hand, for the tests of the renderers.

use super::view::*;

pub(super) fn explanation(subjects: Vec<SubjectView>) -> Explanation {
    let layer = |place: &str, citation: &str| LayerView {
        place: place.to_owned(),
        policy: format!("{place}.最低生活保障"),
        citations: vec![citation.to_owned()],
    };
    Explanation {
        policy: PolicyView {
            name: "中山.最低生活保障".to_owned(),
            place: None,
            title: Some("中山市最低生活保障".to_owned()),
            layers: vec![
                layer("国家", "《社会救助暂行办法》（国务院令第649号）"),
                layer("广东", "《广东省最低生活保障办法》"),
                layer("中山", "中山市2023年民政工作总结"),
            ],
        },
        period: "2023-06".parse().unwrap(),
        as_of: "2023-06-30".parse().unwrap(),
        known_on: None,
        subjects,
        not_in_force: Vec::new(),
    }
}

/// The family of the README: three people, one wage.
pub(super) fn entitled() -> Explanation {
    explanation(vec![household(vec![entitled_dibao()]), person("甲", vec![refused_person()])])
}

/// A person who fails a nested condition, and nothing else was decided.
pub(super) fn refused() -> Explanation {
    explanation(vec![person("甲", vec![refused_person()])])
}

/// A household with facts, law and an authority's decision missing.
pub(super) fn undecided() -> Explanation {
    let mut decision = entitled_dibao();
    decision.outcome = OutcomeView::Undecided;
    decision.conditions.truncate(1);
    decision.conditions[0].held = Held::Unknown;
    decision.conditions[0].margin = None;
    decision.conditions[0].filled = "未知 低于 1201元".to_owned();
    decision.payments[0].amount = value("", "元/月", "0元至3603元/月", "0 to 3603 CNY/month");
    decision.payments[0].filled = String::new();
    decision.payments[0].steps.clear();
    decision.definitions.clear();
    decision.facts = vec![
        fact("甲.月工资", "未知", "unknown", FactStatus::Unknown),
        fact("乙.月工资", "拒答", "refused", FactStatus::Refused),
        fact("丙.残疾等级", "无", "none", FactStatus::Absent),
    ];
    decision.missing = vec!["甲.月工资".to_owned(), "乙.月工资".to_owned()];
    decision.blocked = vec!["渐退期限".to_owned()];
    decision.discretion = vec!["县级民政部门".to_owned()];
    decision.assumed = vec!["家庭.其他月收入 = 0元/月".to_owned()];
    decision.unverified = vec!["财产限额（城镇） = 100000元".to_owned()];
    decision.parameters.push(ParameterView {
        id: "财产限额（城镇）".to_owned(),
        name: "财产限额".to_owned(),
        keys: vec!["城镇".to_owned()],
        value: value("100000", "元", "100000元", "100000 CNY"),
        from: Some("2023-01-01".to_owned()),
        until: Some("2023-12-31".to_owned()),
        published: Some("2023-02-01".to_owned()),
        days: None,
        status: ParameterStatus::Sample,
        source: source("中山", &[]),
    });
    explanation(vec![household(vec![decision])])
}

/// A month that no row of the standard covers.
pub(super) fn failed() -> Explanation {
    let mut decision = entitled_dibao();
    decision.outcome = OutcomeView::Failed(ErrorView {
        code: "huize::eval::no_row".to_owned(),
        zh: "参数 `低保标准（农村）` 在 2026年2月 没有数值".to_owned(),
        en: "the parameter `低保标准（农村）` has no value for 2026-02".to_owned(),
        place: "policies/sample/county.hz:12:3".to_owned(),
    });
    decision.conditions.clear();
    decision.payments.clear();
    decision.definitions.clear();
    decision.parameters.clear();
    decision.facts.clear();
    explanation(vec![household(vec![decision])])
}

pub(super) fn household(decisions: Vec<DecisionView>) -> SubjectView {
    SubjectView { id: "家庭".to_owned(), object: "家庭".to_owned(), decisions }
}

fn person(id: &str, decisions: Vec<DecisionView>) -> SubjectView {
    SubjectView { id: id.to_owned(), object: "人".to_owned(), decisions }
}

fn source(layer: &str, citations: &[&str]) -> SourceView {
    SourceView {
        citations: citations.iter().map(|citation| (*citation).to_owned()).collect(),
        layer: layer.to_owned(),
        place: "policies/national/dibao.hz:41:3".to_owned(),
    }
}

fn value(value: &str, unit: &str, zh: &str, en: &str) -> ValueView {
    ValueView {
        value: value.to_owned(),
        unit: unit.to_owned(),
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}

pub(super) fn fact(id: &str, zh: &str, en: &str, status: FactStatus) -> FactView {
    FactView { id: id.to_owned(), value: value(zh, "", zh, en), status }
}

fn condition(number: &str, label: &str, held: Held, text: &str, filled: &str) -> ConditionView {
    ConditionView {
        id: format!("低保.{label}"),
        number: number.to_owned(),
        label: label.to_owned(),
        held,
        text: text.to_owned(),
        filled: filled.to_owned(),
        margin: None,
        combinator: None,
        source: source("国家", &["《社会救助暂行办法》第九条"]),
        children: Vec::new(),
    }
}

fn decision(outcome: OutcomeView) -> DecisionView {
    DecisionView {
        id: "低保".to_owned(),
        name: "低保".to_owned(),
        alias: Some("dibao".to_owned()),
        outcome,
        source: source("国家", &["《社会救助暂行办法》第九条"]),
        conditions: Vec::new(),
        payments: Vec::new(),
        definitions: Vec::new(),
        parameters: Vec::new(),
        facts: Vec::new(),
        missing: Vec::new(),
        blocked: Vec::new(),
        discretion: Vec::new(),
        assumed: Vec::new(),
        unverified: Vec::new(),
        review_months: None,
    }
}

fn entitled_dibao() -> DecisionView {
    let mut income =
        condition("（一）", "收入条件", Held::Yes, "人均月收入低于低保标准", "750元 低于 1201元");
    income.margin = Some(Margin { zh: "低 451元".to_owned(), en: "451 CNY below".to_owned() });
    let mut property = condition("（二）", "财产条件", Held::Yes, "财产符合规定", "财产符合规定");
    property.children.push(ConditionView {
        margin: Some(Margin { zh: "低 80000元".to_owned(), en: "80000 CNY below".to_owned() }),
        source: source("中山", &[]),
        ..condition("", "", Held::Yes, "金融资产不超过财产限额", "20000元 不超过 100000元")
    });
    DecisionView {
        conditions: vec![income, property],
        payments: vec![dibao_payment()],
        definitions: vec![per_capita_income(), counted_income()],
        parameters: vec![ParameterView {
            id: "低保标准（城镇）".to_owned(),
            name: "低保标准".to_owned(),
            keys: vec!["城镇".to_owned()],
            value: value("1201", "元/人·月", "1201元/人·月", "1201 CNY/person/month"),
            from: Some("2023-01-01".to_owned()),
            until: None,
            published: None,
            days: None,
            status: ParameterStatus::Known,
            source: source("中山", &["中山市2023年民政工作总结"]),
        }],
        facts: vec![
            fact("家庭.城乡", "城镇", "城镇", FactStatus::Given),
            fact("甲.月工资", "2250元/月", "2250 CNY/month", FactStatus::Given),
            fact("家庭.其他月收入", "0元/月", "0 CNY/month", FactStatus::Assumed),
        ],
        assumed: vec!["家庭.其他月收入 = 0元/月".to_owned()],
        review_months: Some(12),
        ..decision(OutcomeView::Entitled)
    }
}

fn dibao_payment() -> PaymentView {
    let amount = value("1353", "元/月", "1353元/月", "1353 CNY/month");
    PaymentView {
        id: "低保.低保金".to_owned(),
        name: "低保金".to_owned(),
        alias: Some("amount".to_owned()),
        amount: amount.clone(),
        text: "=（低保标准－人均月收入）×人数（计入人口），向上取整到1元".to_owned(),
        filled: "（1201－750）×3 = 1353".to_owned(),
        steps: vec![StepView {
            text: "向上取整到1元".to_owned(),
            before: amount.clone(),
            after: amount,
        }],
        items: Vec::new(),
        exceptions: Vec::new(),
        terms: Vec::new(),
        source: source("国家", &["《社会救助暂行办法》第十二条"]),
    }
}

fn per_capita_income() -> DefinitionView {
    DefinitionView {
        id: "人均月收入".to_owned(),
        name: "人均月收入".to_owned(),
        value: value("750", "元/人·月", "750元/人·月", "750 CNY/person/month"),
        text: "=（合计（计入人口，计入收入）＋其他月收入）÷人数（计入人口）".to_owned(),
        filled: "（2250＋0＋0＋0）÷3 = 750".to_owned(),
        steps: Vec::new(),
        items: Vec::new(),
        conditions: Vec::new(),
        exceptions: Vec::new(),
        source: source("国家", &["《确认办法》第十三条"]),
    }
}

fn counted_income() -> DefinitionView {
    let student = condition("", "", Held::No, "在校学生", "在校学生为否");
    DefinitionView {
        id: "甲.计入收入".to_owned(),
        name: "甲的计入收入".to_owned(),
        value: value("2250", "元/月", "2250元/月", "2250 CNY/month"),
        text: "=月工资－就业成本扣减".to_owned(),
        filled: "2250－0 = 2250".to_owned(),
        exceptions: vec![ItemView {
            id: "计入收入.在校学生".to_owned(),
            number: String::new(),
            label: "在校学生".to_owned(),
            applied: Held::No,
            condition: Some(student),
            value: None,
            filled: String::new(),
            source: source("国家", &["《确认办法》第十三条"]),
        }],
        ..per_capita_income()
    }
}

fn refused_person() -> DecisionView {
    let mut edge = condition("（一）", "边缘家庭成员", Held::Yes, "所在家庭的低保边缘", "是");
    edge.source = source("国家", &["《确认办法》第八条"]);
    let mut own = condition("（二）", "本人情形", Held::No, "", "");
    own.combinator = Some(("符合下列情形之一".to_owned(), "any one of".to_owned()));
    own.source = source("国家", &["《确认办法》第八条"]);
    let mut severe = condition("1．", "重残", Held::No, "残疾等级不超过2", "3 不超过 2");
    severe.margin = Some(Margin { zh: "高出 1".to_owned(), en: "1 above".to_owned() });
    severe.source = source("国家", &["《确认办法》第八条"]);
    let mut ill = condition("2．", "重病", Held::No, "重病", "否");
    ill.source = source("国家", &["《确认办法》第八条"]);
    own.children = vec![severe, ill];
    DecisionView {
        source: source("国家", &["《确认办法》第八条"]),
        conditions: vec![edge, own],
        facts: vec![fact("甲.重病", "否", "no", FactStatus::Given)],
        ..decision(OutcomeView::NotEntitled)
    }
}
