use super::{TextOptions, render};
use crate::diagnostic::Language;
use crate::explain::fixture;
use crate::explain::layout::columns;
use crate::explain::view::{Explanation, FactStatus};

fn zh(explanation: &Explanation) -> String {
    render(explanation, Language::Zh, TextOptions::default())
}

fn en(explanation: &Explanation) -> String {
    render(explanation, Language::En, TextOptions::default())
}

#[test]
fn an_entitled_family() {
    insta::assert_snapshot!(zh(&fixture::entitled()), @"
    中山.最低生活保障（中山市最低生活保障）
    所属期 2023年6月　评估日 2023年6月30日
    政策层级 国家 → 广东 → 中山

    家庭      低保  符合    低保金 1353元/月
    甲（人）  低保  不符合


    ━━ 家庭 · 低保 ━━
    结论：符合
      依据  〔国家〕《社会救助暂行办法》第九条
      低保金：1353元/月
        公式  （低保标准－人均月收入）×人数（计入人口），向上取整到1元
        代入  （1201－750）×3 = 1353
        取整  向上取整到1元：1353元/月，不变
        依据  〔国家〕《社会救助暂行办法》第十二条

    条件
      ✓ （一）收入条件：满足，低 451元
          条文  人均月收入低于低保标准
          代入  750元 低于 1201元
          依据  〔国家〕《社会救助暂行办法》第九条
      ✓ （二）财产条件：满足
          条文  财产符合规定
          依据  〔国家〕《社会救助暂行办法》第九条
          ✓ 金融资产不超过财产限额：满足，低 80000元
              代入  20000元 不超过 100000元
              依据  〔中山〕

    注意
      ! 未提供，按缺省计，请核实：其他月收入 = 0元/月（家庭）

    计算过程
      人均月收入 = 750元/人·月
        公式  （合计（计入人口，计入收入）＋其他月收入）÷人数（计入人口）
        代入  （2250＋0＋0＋0）÷3 = 750
        依据  〔国家〕《确认办法》第十三条
      甲的计入收入 = 2250元/月
        公式  月工资－就业成本扣减
        代入  2250－0 = 2250
        · 例外（在校学生）：不适用（在校学生为否）
        依据  〔国家〕《确认办法》第十三条

    所用参数
      低保标准（城镇） = 1201元/人·月
        施行  自2023年1月1日起
        状态  有出处
        依据  〔中山〕中山市2023年民政工作总结

    所用事实
      家庭.城乡  城镇
      甲.月工资  2250元/月
      按缺省计的 1 项见“注意”

    复核：每 12 个月一次


    ━━ 其他决定：不符合 ━━
      ✗ 甲（人） · 低保
          （二）本人情形：重残：3 不超过 2，高出 1；重病：否
      每项的条文、代入和依据用 --full 显示


    所引文件
      〔国家〕《社会救助暂行办法》（国务院令第649号）
      〔广东〕《广东省最低生活保障办法》
      〔中山〕中山市2023年民政工作总结
    ");
}

#[test]
fn an_entitled_family_in_english() {
    insta::assert_snapshot!(en(&fixture::entitled()), @"
    中山.最低生活保障 (中山市最低生活保障)
    decided for 2023-06, assessed as of 2023-06-30
    layers of law: 国家 → 广东 → 中山

    household (家庭)  低保 (dibao)  entitled      低保金 1353 CNY/month
    甲 (person)       低保 (dibao)  not entitled


    ━━ household (家庭) · 低保 (dibao) ━━
    Result: entitled
      source   [国家] 《社会救助暂行办法》第九条
      低保金 (amount): 1353 CNY/month
        formula  （低保标准－人均月收入）×人数（计入人口），向上取整到1元
        numbers  （1201－750）×3 = 1353
        adjust   向上取整到1元: 1353 CNY/month, unchanged
        source   [国家] 《社会救助暂行办法》第十二条

    Conditions
      ✓ （一）收入条件: met, 451 CNY below
          rule     人均月收入低于低保标准
          numbers  750元 低于 1201元
          source   [国家] 《社会救助暂行办法》第九条
      ✓ （二）财产条件: met
          rule     财产符合规定
          source   [国家] 《社会救助暂行办法》第九条
          ✓ 金融资产不超过财产限额: met, 80000 CNY below
              numbers  20000元 不超过 100000元
              source   [中山]

    Please note
      ! not given, so the default was applied; please verify: 其他月收入 = 0元/月 (家庭)

    Calculation
      人均月收入 = 750 CNY/person/month
        formula  （合计（计入人口，计入收入）＋其他月收入）÷人数（计入人口）
        numbers  （2250＋0＋0＋0）÷3 = 750
        source   [国家] 《确认办法》第十三条
      甲的计入收入 = 2250 CNY/month
        formula  月工资－就业成本扣减
        numbers  2250－0 = 2250
        · exception (在校学生): does not apply (在校学生为否)
        source   [国家] 《确认办法》第十三条

    Parameters used
      低保标准（城镇） = 1201 CNY/person/month
        dates    in force from 2023-01-01
        status   from a named source
        source   [中山] 中山市2023年民政工作总结

    Facts used
      家庭.城乡  城镇
      甲.月工资  2250 CNY/month
      defaults applied: 1, listed in the notes above

    Review: every 12 months


    ━━ Other decisions: not entitled ━━
      ✗ 甲 (person) · 低保 (dibao)
          （二）本人情形: 重残: 3 不超过 2, 1 above; 重病: 否
      --full shows the rules, numbers and sources of each


    Instruments cited
      [国家] 《社会救助暂行办法》（国务院令第649号）
      [广东] 《广东省最低生活保障办法》
      [中山] 中山市2023年民政工作总结
    ");
}

#[test]
fn a_refused_person_sees_what_failed_first() {
    insta::assert_snapshot!(zh(&fixture::refused()), @"
    中山.最低生活保障（中山市最低生活保障）
    所属期 2023年6月　评估日 2023年6月30日
    政策层级 国家 → 广东 → 中山


    ━━ 甲（人） · 低保 ━━
    结论：不符合
      依据  〔国家〕《确认办法》第八条

    条件
      ✗ （二）本人情形：不满足（符合下列情形之一）
          依据  〔国家〕《确认办法》第八条
          ✗ 1．重残：不满足，高出 1
              条文  残疾等级不超过2
              代入  3 不超过 2
          ✗ 2．重病：不满足
              条文  重病
              代入  否
      ✓ （一）边缘家庭成员：满足
          条文  所在家庭的低保边缘
          代入  是
          依据  〔国家〕《确认办法》第八条

    所用事实
      甲.重病  否


    所引文件
      〔国家〕《社会救助暂行办法》（国务院令第649号）
      〔广东〕《广东省最低生活保障办法》
      〔中山〕中山市2023年民政工作总结
    ");
}

#[test]
fn an_undecided_household_is_told_what_to_ask() {
    insta::assert_snapshot!(zh(&fixture::undecided()), @"
    中山.最低生活保障（中山市最低生活保障）
    所属期 2023年6月　评估日 2023年6月30日
    政策层级 国家 → 广东 → 中山


    ━━ 家庭 · 低保 ━━
    结论：待定（用到样例数值，不能据以发放）
      依据  〔国家〕《社会救助暂行办法》第九条
      低保金：0元至3603元/月
        公式  （低保标准－人均月收入）×人数（计入人口），向上取整到1元
        依据  〔国家〕《社会救助暂行办法》第十二条
      → 还需了解（最关键的在前）：甲.月工资、乙.月工资
      → 政策数值待查，查到并填入后才能确定：渐退期限
      → 须由有权机关决定：县级民政部门

    条件
      ? （一）收入条件：尚不能确定
          条文  人均月收入低于低保标准
          代入  未知 低于 1201元
          依据  〔国家〕《社会救助暂行办法》第九条

    注意
      ! 未提供，按缺省计，请核实：其他月收入 = 0元/月（家庭）
      ! 样例数值，须换成现行标准后再用：财产限额（城镇） = 100000元

    所用参数
      低保标准（城镇） = 1201元/人·月
        施行  自2023年1月1日起
        状态  有出处
        依据  〔中山〕中山市2023年民政工作总结
      财产限额（城镇） = 100000元
        施行  自2023年1月1日起至2023年12月31日止，2023年2月1日发布
        状态  样例：教学用数值，不是现行标准
        依据  〔中山〕

    所用事实
      甲.月工资    未知  未提供
      乙.月工资    拒答
      丙.残疾等级  无

    复核：每 12 个月一次


    所引文件
      〔国家〕《社会救助暂行办法》（国务院令第649号）
      〔广东〕《广东省最低生活保障办法》
      〔中山〕中山市2023年民政工作总结
    ");
}

#[test]
fn an_undecided_household_in_english() {
    insta::assert_snapshot!(en(&fixture::undecided()), @"
    中山.最低生活保障 (中山市最低生活保障)
    decided for 2023-06, assessed as of 2023-06-30
    layers of law: 国家 → 广东 → 中山


    ━━ household (家庭) · 低保 (dibao) ━━
    Result: undecided (rests on made-up values; not for payment)
      source   [国家] 《社会救助暂行办法》第九条
      低保金 (amount): 0 to 3603 CNY/month
        formula  （低保标准－人均月收入）×人数（计入人口），向上取整到1元
        source   [国家] 《社会救助暂行办法》第十二条
      → still to be asked, the most decisive first: 甲.月工资, 乙.月工资
      → waits for values of law that are still to be found and filled in: 渐退期限
      → waits for the decision of: 县级民政部门

    Conditions
      ? （一）收入条件: not yet known
          rule     人均月收入低于低保标准
          numbers  未知 低于 1201元
          source   [国家] 《社会救助暂行办法》第九条

    Please note
      ! not given, so the default was applied; please verify: 其他月收入 = 0元/月 (家庭)
      ! a made-up value, to be replaced by the one in force: 财产限额（城镇） = 100000元

    Parameters used
      低保标准（城镇） = 1201 CNY/person/month
        dates    in force from 2023-01-01
        status   from a named source
        source   [中山] 中山市2023年民政工作总结
      财产限额（城镇） = 100000 CNY
        dates    in force from 2023-01-01 to 2023-12-31, published 2023-02-01
        status   sample: made up for teaching, not law
        source   [中山]

    Facts used
      甲.月工资    unknown  not given
      乙.月工资    refused
      丙.残疾等级  none

    Review: every 12 months


    Instruments cited
      [国家] 《社会救助暂行办法》（国务院令第649号）
      [广东] 《广东省最低生活保障办法》
      [中山] 中山市2023年民政工作总结
    ");
}

#[test]
fn a_failed_decision_says_why() {
    insta::assert_snapshot!(zh(&fixture::failed()), @"
    中山.最低生活保障（中山市最低生活保障）
    所属期 2023年6月　评估日 2023年6月30日
    政策层级 国家 → 广东 → 中山


    ━━ 家庭 · 低保 ━━
    结论：出错
      依据  〔国家〕《社会救助暂行办法》第九条
      原因  参数 `低保标准（农村）` 在 2026年2月 没有数值
      位置  policies/sample/county.hz:12:3
      代码  huize::eval::no_row

    注意
      ! 未提供，按缺省计，请核实：其他月收入 = 0元/月（家庭）

    复核：每 12 个月一次


    所引文件
      〔国家〕《社会救助暂行办法》（国务院令第649号）
      〔广东〕《广东省最低生活保障办法》
      〔中山〕中山市2023年民政工作总结
    ");
}

#[test]
fn lines_keep_to_the_width() {
    let options = TextOptions { width: 60, ..TextOptions::default() };
    for explanation in [fixture::entitled(), fixture::refused(), fixture::undecided()] {
        for language in [Language::Zh, Language::En] {
            let text = render(&explanation, language, options);
            let widest = text.lines().max_by_key(|line| columns(line)).unwrap();
            assert!(columns(widest) <= 60, "{widest}");
        }
    }
}

#[test]
fn a_long_list_of_facts_is_folded_and_says_so() {
    let mut explanation = fixture::entitled();
    let decision = &mut explanation.subjects[0].decisions[0];
    decision.facts = (1..=20)
        .map(|at| fixture::fact(&format!("甲{at}.在业"), "是", "yes", FactStatus::Given))
        .collect();
    let folded = zh(&explanation);
    assert!(folded.contains("甲12.在业") && !folded.contains("甲13.在业"));
    assert!(folded.contains("另有 8 项，用 --full 显示"));
    let full =
        render(&explanation, Language::Zh, TextOptions { full: true, ..TextOptions::default() });
    assert!(full.contains("甲20.在业") && !full.contains("--full"));
    assert!(full.contains("policies/national/dibao.hz:41:3"));
}

#[test]
fn facts_cannot_steer_the_terminal() {
    let mut explanation = fixture::entitled();
    explanation.subjects[1].id = "甲\u{1b}[31m\n乙".to_owned();
    let text = zh(&explanation);
    assert!(!text.contains('\u{1b}') && text.contains("甲\u{fffd}[31m 乙"));
}
