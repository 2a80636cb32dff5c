//! What people say where this language has another form: quantities, quantifiers, emptiness.

use super::Lowerer;
use crate::diagnostic::Words;
use crate::hir::Field;
use crate::types::Type;

/// Functions by other names, with the form that is meant.
const FUNCTIONS: &[(&[&str], Words)] = &[
    (
        &["全部", "所有", "全都", "全体", "都", "每一个", "各个"],
        Words { zh: "每个（成员，条件）", en: "each(members, condition)" },
    ),
    (
        &["任一", "任意", "任何", "有人", "某个", "有一个", "至少一个"],
        Words { zh: "存在（成员，条件）", en: "exists(members, condition)" },
    ),
    (
        &["求和", "总和", "总计", "加总", "累加", "SUM", "total"],
        Words { zh: "合计（成员，数额）", en: "sum(members, amount)" },
    ),
    (&["个数", "计数", "总数", "COUNT"], Words { zh: "人数（成员）", en: "count(members)" }),
    (
        &["均值", "平均值", "AVERAGE"],
        Words { zh: "平均（成员，数额）", en: "average(members, amount)" },
    ),
    (&["最大值", "较大", "较高", "取大", "MAX"], Words { zh: "最大（…，…）", en: "max(…, …)" }),
    (&["最小值", "较小", "较低", "取小", "MIN"], Words { zh: "最小（…，…）", en: "min(…, …)" }),
    (
        &["四舍五入", "取整", "round", "ROUND"],
        Words { zh: "…，四舍五入到1元", en: "…, round_half_up to 1CNY" },
    ),
    (&["向上取整", "ceil"], Words { zh: "…，向上取整到1元", en: "…, round_up to 1CNY" }),
    (&["向下取整", "floor"], Words { zh: "…，向下取整到1元", en: "…, round_down to 1CNY" }),
    (&["如果", "IF"], Words { zh: "如果 条件，则 …，否则 …", en: "if condition then … else …" }),
];

/// What is said of a decision, and the outcome that is meant.
const OUTCOMES: &[(&str, &str)] = &[
    ("通过", "符合"),
    ("批准", "符合"),
    ("准予", "符合"),
    ("享受", "符合"),
    ("合格", "符合"),
    ("不通过", "不符合"),
    ("不批准", "不符合"),
    ("不予", "不符合"),
    ("不享受", "不符合"),
    ("不合格", "不符合"),
    ("拒绝", "不符合"),
    ("不确定", "待定"),
    ("未定", "待定"),
];

/// A value that is not there.
const NOTHING: [&str; 7] = ["空", "空值", "为空", "没有值", "null", "NULL", "nil"];

/// The form that a function of another name is meant for.
pub(super) fn function(name: &str) -> Option<Words> {
    FUNCTIONS.iter().find(|(said, _)| said.contains(&name)).map(|(_, form)| *form)
}

impl Lowerer<'_> {
    /// What a name that nothing has may have been said for, as it is written.
    pub(super) fn spoken(&self, run: &str, names: &[String]) -> Option<String> {
        let outcome = OUTCOMES.iter().find(|(said, _)| *said == run);
        None.or_else(|| outcome.map(|(_, outcome)| (*outcome).to_owned()))
            .or_else(|| NOTHING.contains(&run).then(|| "无".to_owned()))
            .or_else(|| run.starts_with("百分之").then(|| "30% 这样的百分数".to_owned()))
            .or_else(|| emptiness(run, names))
            .or_else(|| self.payment_alone(run))
            .or_else(|| self.quantifier(run, ""))
    }

    /// A payment without its decision before it, as it is written with it.
    fn payment_alone(&self, name: &str) -> Option<String> {
        let mut payments = self.program.payments.iter().filter(|payment| payment.name.is(name));
        let (payment, None) = (payments.next()?, payments.next()) else { return None };
        let decision = self.program.decisions.get(payment.decision.0 as usize)?;
        Some(format!("{}的{}", decision.name.text, payment.name.text))
    }

    /// 成员人数 and 月工资合计.
    pub(super) fn total(&self, run: &str) -> Option<String> {
        let field = |name: &str| {
            let mut fields = self.program.fields.iter();
            fields.find(|field| !name.is_empty() && field.name.text == name)
        };
        let before = |suffixes: &[&str]| -> Option<&str> {
            suffixes.iter().find_map(|suffix| run.strip_suffix(suffix))
        };
        if let Some(list) = before(&["人数", "个数", "数量"]).and_then(field) {
            return list.many.then(|| format!("人数（{}）", list.name.text));
        }
        let summed = before(&["合计", "之和", "总和", "总额"])?;
        let summed = field(summed.rsplit('的').next()?)?;
        let list = self.lists().find(|list| list.ty == Type::Object(summed.object))?;
        Some(format!("合计（{}，{}）", list.name.text, summed.name.text))
    }

    /// 所有成员在业 and 成员中有人在业; `behind` is what follows the run.
    pub(super) fn quantifier(&self, run: &str, behind: &str) -> Option<String> {
        const ALL: [&str; 6] = ["所有", "全部", "全体", "每个", "每名", "每一名"];
        const ANY: [&str; 7] = ["任一", "任意", "任何", "有一名", "有一个", "至少一名", "有"];
        const AMONG: [&str; 6] = ["中有人", "中有", "里有人", "里有", "之一", "有人"];
        const ALL_BEHIND: [&str; 3] = ["全部", "都", "均"];
        let after = |run: &str, words: &[&str]| -> Option<String> {
            words.iter().find_map(|word| run.strip_prefix(word)).map(str::to_owned)
        };
        self.lists().find_map(|list| {
            let list = list.name.text.as_str();
            let then = |rest: &str| rest.strip_prefix(list).map(str::to_owned);
            let all = after(run, &ALL)
                .and_then(|rest| then(&rest))
                .map(|rest| after(&rest, &ALL_BEHIND).unwrap_or(rest))
                .or_else(|| then(run).and_then(|rest| after(&rest, &ALL_BEHIND)));
            let any = || {
                let before = after(run, &ANY).and_then(|rest| then(&rest));
                before.or_else(|| then(run).and_then(|rest| after(&rest, &AMONG)))
            };
            let (word, condition) = match all {
                Some(condition) => ("每个", condition),
                None => ("存在", any()?),
            };
            let condition = condition + behind;
            let condition = if condition.is_empty() { "条件" } else { &condition };
            Some(format!("{word}（{list}，{condition}）"))
        })
    }

    fn lists(&self) -> impl Iterator<Item = &Field> {
        self.program.fields.iter().filter(|field| field.many && matches!(field.ty, Type::Object(_)))
    }
}

/// 残疾等级不为空
fn emptiness(run: &str, names: &[String]) -> Option<String> {
    const THERE: [&str; 5] = ["不为空", "不是空", "非空", "有值", "已填"];
    const NOT_THERE: [&str; 5] = ["为空", "是空", "没有值", "未填", "没填"];
    let of = |words: &[&str], sign: &str| {
        let known = words.iter().find_map(|word| run.strip_suffix(word))?;
        names.iter().any(|name| name == known).then(|| format!("{known}{sign}无"))
    };
    of(&THERE, "不等于").or_else(|| of(&NOT_THERE, "等于"))
}
