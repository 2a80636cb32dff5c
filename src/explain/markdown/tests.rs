use super::render;
use crate::diagnostic::Language;
use crate::explain::fixture;

#[test]
fn an_entitled_family() {
    insta::assert_snapshot!(render(&fixture::entitled(), Language::Zh), @"
    # 中山市最低生活保障

    - 政策：中山.最低生活保障
    - 所属期：2023年6月
    - 评估日：2023年6月30日
    - 政策层级：国家 → 广东 → 中山

    ## 家庭 · 低保

    **结论：符合**

    **低保金：1353元/月**

    - 公式：（低保标准－人均月收入）×人数（计入人口），向上取整到1元
    - 代入：（1201－750）×3 = 1353
    - 向上取整到1元：1353元/月 → 1353元/月
    - 依据：〔国家〕《社会救助暂行办法》第十二条

    ### 注意

    - 未提供，按缺省计，请核实：其他月收入 = 0元/月（家庭）

    ### 条件

    | 条件 | 结果 | 代入 | 差额 | 依据 |
    | --- | --- | --- | --- | --- |
    | （一）收入条件：人均月收入低于低保标准 | ✓ 满足 | 750元 低于 1201元 | 低 451元 | 〔国家〕《社会救助暂行办法》第九条 |
    | （二）财产条件：财产符合规定 | ✓ 满足 |  |  | 〔国家〕《社会救助暂行办法》第九条 |
    | 　金融资产不超过财产限额 | ✓ 满足 | 20000元 不超过 100000元 | 低 80000元 | 〔中山〕 |

    ### 计算过程

    **人均月收入 = 750元/人·月**

    - 公式：（合计（计入人口，计入收入）＋其他月收入）÷人数（计入人口）
    - 代入：（2250＋0＋0＋0）÷3 = 750
    - 依据：〔国家〕《确认办法》第十三条

    **甲的计入收入 = 2250元/月**

    - 公式：月工资－就业成本扣减
    - 代入：2250－0 = 2250
    - 在校学生：不适用（在校学生为否）
    - 依据：〔国家〕《确认办法》第十三条

    ### 所用参数

    | 参数 | 数值 | 施行 | 状态 | 依据 |
    | --- | --- | --- | --- | --- |
    | 低保标准（城镇） | 1201元/人·月 | 自2023年1月1日起 | 有出处 | 〔中山〕中山市2023年民政工作总结 |

    ### 所用事实

    | 事实 | 值 | 说明 |
    | --- | --- | --- |
    | 家庭.城乡 | 城镇 |  |
    | 甲.月工资 | 2250元/月 |  |
    | 家庭.其他月收入 | 0元/月 | 未提供，按缺省计 |

    ## 甲（人） · 低保

    **结论：不符合**

    ### 条件

    | 条件 | 结果 | 代入 | 差额 | 依据 |
    | --- | --- | --- | --- | --- |
    | （一）边缘家庭成员：所在家庭的低保边缘 | ✓ 满足 | 是 |  | 〔国家〕《确认办法》第八条 |
    | （二）本人情形（符合下列情形之一） | ✗ 不满足 |  |  | 〔国家〕《确认办法》第八条 |
    | 　1．重残：残疾等级不超过2 | ✗ 不满足 | 3 不超过 2 | 高出 1 | 〔国家〕《确认办法》第八条 |
    | 　2．重病：重病 | ✗ 不满足 | 否 |  | 〔国家〕《确认办法》第八条 |

    ### 所用事实

    | 事实 | 值 | 说明 |
    | --- | --- | --- |
    | 甲.重病 | 否 |  |
    ");
}

#[test]
fn an_undecided_household_in_english() {
    insta::assert_snapshot!(render(&fixture::undecided(), Language::En), @r"
    # 中山市最低生活保障

    - Policy: 中山.最低生活保障
    - Month decided: 2023-06
    - Assessed as of: 2023-06-30
    - Layers of law: 国家 → 广东 → 中山

    ## household (家庭) · 低保 (dibao)

    **Result: undecided**

    **低保金 (amount): 0 to 3603 CNY/month**

    - Formula: （低保标准－人均月收入）×人数（计入人口），向上取整到1元
    - Source: \[国家\] 《社会救助暂行办法》第十二条

    ### Please note

    - Still to be asked: 月工资 (甲, 乙)
    - Values of law still to be found: 渐退期限
    - Waits for the decision of: 县级民政部门
    - Default applied, please verify: 其他月收入 = 0元/月 (家庭)
    - Rests on made-up values, not for payment: 财产限额（城镇） = 100000元

    ### Conditions

    | Condition | Result | Numbers | Margin | Source |
    | --- | --- | --- | --- | --- |
    | （一）收入条件: 人均月收入低于低保标准 | ? not yet known | 未知 低于 1201元 |  | \[国家\] 《社会救助暂行办法》第九条 |

    ### Parameters used

    | Parameter | Value | Dates | Status | Source |
    | --- | --- | --- | --- | --- |
    | 低保标准（城镇） | 1201 CNY/person/month | in force from 2023-01-01 | from a named source | \[中山\] 中山市2023年民政工作总结 |
    | 财产限额（城镇） | 100000 CNY | in force from 2023-01-01 to 2023-12-31, published 2023-02-01 | sample: made up for teaching, not law | \[中山\] |

    ### Facts used

    | Fact | Value | Remark |
    | --- | --- | --- |
    | 甲.月工资 | unknown | not given |
    | 乙.月工资 | refused |  |
    | 丙.残疾等级 | none |  |
    ");
}

#[test]
fn a_failed_decision_says_why() {
    insta::assert_snapshot!(render(&fixture::failed(), Language::Zh), @r"
    # 中山市最低生活保障

    - 政策：中山.最低生活保障
    - 所属期：2023年6月
    - 评估日：2023年6月30日
    - 政策层级：国家 → 广东 → 中山

    ## 家庭 · 低保

    **结论：出错**

    - 参数 \`低保标准（农村）\` 在 2026年2月 没有数值 (huize::eval::no\_row, policies/sample/county.hz:12:3)

    ### 注意

    - 未提供，按缺省计，请核实：其他月收入 = 0元/月（家庭）
    ");
}
