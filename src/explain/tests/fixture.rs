//! A small policy with something of everything that explanations tell, for the tests of the forms.

use crate::diagnostic::Language;
use crate::engine::{Library, Policy, Question, Wording, envelope};
use crate::explain::view::Explanation;
use crate::facts::read_json;

const POLICY: &str = "\
政策 试.补助【try.grant】
  标题 “试行补助”
  依据 《试行办法》（试发〔2023〕1号）

枚举 城乡【area】：城镇【urban】、农村【rural】
枚举 类别【kind】：视力【visual】、智力【intellectual】、精神【mental】

对象 人【person】
  姓名【name】：文本，可无，敏感    缺省 无
  出生日期【birth_date】：日期
  月工资【wage】：元/月，0元至100万元
  在业【employed】：是否
  等级【grade】：整数 1至4，可无    缺省 无
  类别【kind】：类别，可无    缺省 无
  失联日期【lost_since】：日期，可无    缺省 无
  学生【student】：是否    缺省 否
对象 家庭【household】
  成员【members】：人，若干，至少1
  城乡【area】：城乡
  存款【savings】：元，0元至1亿元，敏感
  核对合格【checked】：是否

参数 标准【standard】（城乡）：元/人·月    依据 《试行办法》第三条
  自2023年1月1日起至2023年12月31日止：城镇 1201元，农村 900元，发布 2023年2月1日    依据 试公告〔2023〕2号
  自2024年1月1日起：待查

规则 年龄【age】（人）：岁 = 周岁（出生日期，评估日）
规则 重残【severe】（人）：是否    依据 《试行办法》第五条
  符合下列情形之一：
  （一）一、二级：等级不超过2；
  （二）三级智力、精神：等级等于3且类别属于智力、精神。
规则 计入【counted】（人）：元/月 = 月工资    依据 《试行办法》第六条
  例外（学生）学生且年龄不满18周岁的，0元    依据 《试行办法》第七条
规则 人均【per_head】（家庭）：元/人·月 = 合计（成员，计入）÷人数（成员）    依据 《试行办法》第六条
规则 存款合格【savings_ok】（家庭）：是否 = 存款不超过50000元    依据 《试行办法》第八条
规则 加发【extra】（人）：元/月，就高    依据 《试行办法》第九条
  （一）老年：年龄达到70周岁的，100元；
  （二）重残：重残的，200元；
  均不符合的，0元。

决定 补助【grant】（家庭）    依据 《试行办法》第二条
  条件 同时符合：
  （一）收入：人均低于标准；    依据 《试行办法》第三条
  （二）财产：同时符合：
    1．存款：存款合格；
    2．核对：核对合格。
  给付 补助金【grant_amount】：元/月 =（标准－人均）×人数（成员），向上取整到1元，封顶2000元    依据 《试行办法》第四条
  复核 每12个月
决定 加发待遇【addition】（人）    依据 《试行办法》第九条
  条件 符合下列情形之一：
  （一）成年重残：重残且年龄达到18周岁；
  （二）失联：满（失联日期，6个月）；
  （三）就业不久：在业且近3个月内曾（非在业）。
  给付 加发金【addition_amount】：元/月 = 加发，四舍五入到1元
";

pub(in crate::explain) fn policy() -> Policy {
    let files = vec![("policies/try/grant.hz".to_owned(), POLICY.to_owned())];
    Library::from_texts(files).compile("试.补助").expect("the policy compiles")
}

/// The explanation of a case under the small policy.
pub(in crate::explain) fn explain(facts: &str, language: Language) -> Explanation {
    explain_as(facts, Wording { language, clear: false })
}

pub(in crate::explain) fn explain_as(facts: &str, wording: Wording) -> Explanation {
    let policy = policy();
    let mut sources = policy.sources().clone();
    let facts = read_json(sources.add("facts.json", facts), facts).expect("the facts are JSON");
    let asked = envelope(&facts).expect("the facts say what is asked");
    let case = policy.bind(&facts).expect("the facts fit");
    let question = Question::about(asked.period.expect("the facts name a month"));
    policy.explain_as(&case, &question, wording).expect("it can be explained")
}

/// Three people, one wage, one disabled, one child at school with a wage of his own.
pub(in crate::explain) const ENTITLED: &str = r#"{ "period": "2023-06", "household": {
    "城乡": "城镇", "存款": "20000", "核对合格": true, "members": [
    { "id": "甲", "姓名": "张三丰", "出生日期": "1980-02-01", "月工资": "2250.10", "在业": true },
    { "id": "乙", "出生日期": "1982-05-03", "月工资": "0", "在业": false, "等级": 2, "类别": "视力" },
    { "id": "丙", "出生日期": "2006-09-09", "月工资": "300", "在业": true, "学生": true }
] } }"#;

/// Over the standard, with savings over the limit.
pub(in crate::explain) const REFUSED: &str = r#"{ "period": "2023-06", "household": {
    "城乡": "农村", "存款": "80000", "核对合格": true, "members": [
    { "id": "甲", "出生日期": "1980-02-01", "月工资": "1250", "在业": true, "失联日期": "2023-01-05" },
    { "id": "乙", "出生日期": "2005-08-30", "月工资": "900", "在业": true, "等级": 3, "类别": "视力" }
] } }"#;

/// With a wage, a check and a date not known.
pub(in crate::explain) const UNDECIDED: &str = r#"{ "period": "2023-06", "household": {
    "城乡": "城镇", "存款": "20000", "核对合格": "未知", "members": [
    { "id": "甲", "出生日期": "1980-02-01", "月工资": "未知", "在业": true },
    { "id": "乙", "出生日期": "1982-05-03", "月工资": "拒答", "在业": false, "失联日期": "未知" }
] } }"#;

/// A month of which the standard is not at hand.
pub(in crate::explain) const PENDING: &str = r#"{ "period": "2024-01", "household": {
    "城乡": "城镇", "存款": "20000", "核对合格": true, "members": [
    { "id": "甲", "出生日期": "1980-02-01", "月工资": "500", "在业": true }
] } }"#;

/// A month that no row covers.
pub(in crate::explain) const FAILED: &str = r#"{ "period": "2022-06", "household": {
    "城乡": "城镇", "存款": "20000", "核对合格": true, "members": [
    { "id": "甲", "出生日期": "1980-02-01", "月工资": "500", "在业": true }
] } }"#;

pub(in crate::explain) const ALL: [&str; 5] = [ENTITLED, REFUSED, UNDECIDED, PENDING, FAILED];
