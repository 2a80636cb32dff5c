//! Counts of things other than people, shares, and the words of targets.

use super::entry::{
    Builtin, Example, Family, Function, Meaning, Parameter, Signature, Word, alone, call, example,
    once, optionally, over, words,
};
use crate::diagnostic::Words;

const LIST: Parameter = optionally("对象或名单", "object or list");
const DATE: Words = words("日期", "date");
const OUTCOME: Words = words("目标的结果", "outcome of a target");

const fn entry(
    meaning: Meaning,
    name: Words,
    signatures: &'static [Signature],
    doc: Words,
    examples: &'static [Example],
) -> Builtin {
    Builtin { meaning, family: Family::Targets, name, also: &[], signatures, doc, examples }
}

pub(super) const ENTRIES: &[Builtin] = &[
    entry(
        Meaning::Function(Function::HouseholdCount),
        words("户数", "household_count"),
        &[over(&[LIST], words("户", "household"))],
        words(
            "目标里：全部家庭有几户；写“其中”的，只数符合条件的。",
            "In a target, how many households there are; with `where`, only those for which it holds.",
        ),
        &[example("低保户的数值 = 1户", "dibao_homes.value = 1households")],
    ),
    entry(
        Meaning::Function(Function::Occurrences),
        words("次数", "occurrences"),
        &[over(&[LIST], words("次", "time"))],
        words(
            "有几次：每个对象（一次探访、一次演练）算一次。规则里写名单，目标里不写的就是目标所说的对象。",
            "How many times: each thing (a visit, a drill) is one. A rule names the list; a target that does not is about its own object.",
        ),
        &[example("次数（成员，其中在业） = 1次", "occurrences(members, where employed) = 1time")],
    ),
    entry(
        Meaning::Function(Function::NumberOf),
        words("数量", "number_of"),
        &[over(&[LIST], words("数", "number"))],
        words(
            "有几个：不带单位，可以与写作 3个、3家、3张 的数相比。规则里写名单，目标里不写的就是目标所说的对象。",
            "How many there are, without a unit; 3个, 3家, 3张 are such numbers too. A rule names the list; a target that does not is about its own object.",
        ),
        &[example("数量（成员，其中非在业） = 2", "number_of(members, where not employed) = 2")],
    ),
    entry(
        Meaning::Function(Function::Share),
        words("比例", "share"),
        &[over(&[LIST, once("条件", "condition")], words("百分比", "percentage"))],
        words(
            "统计范围（“其中”的那些，不写的是全部）里符合条件的占几成。范围里一个也没有，是“分母为零”的错误，不是0也不是100%。有的对象还不知道，界限按最多和最少算。",
            "The part of those counted (the ones of `where`, or all) for which the condition holds. Of nothing it is an error, neither 0 nor 100%. Where some are not known, its bounds are the least and the most that it can come to.",
        ),
        &[
            example(
                "比例（成员，在业，其中年龄达到18周岁） = 50%",
                "share(members, employed, where age_now at least 18years_old) = 50%",
            ),
            example("就业率的数值 = 1÷3", "employment.value = 1 ÷ 3"),
        ],
    ),
    entry(
        Meaning::Function(Function::InTerm),
        words("期内", "in_term"),
        &[call(&[once("日期", "day")], words("是否", "bool"))],
        words(
            "日期是否在期内，首日和末日都算：目标里是它的期间，规则里是所属期那个月。",
            "Whether a day lies in the term, its first and last day included: that of the target, or the month decided where it stands in a rule.",
        ),
        &[
            example("期内（2023年6月30日）", "in_term(2023-06-30)"),
            example("非期内（2023年7月1日）", "not in_term(2023-07-01)"),
        ],
    ),
    entry(
        Meaning::Word(Word::TermFirst),
        words("期初日", "term_first"),
        &[alone(DATE)],
        words(
            "期间的第一日：目标里是它的期间，规则里是所属期那个月。",
            "The first day of the term: that of the target, or the month decided where it stands in a rule.",
        ),
        &[example("期初日 = 2023年6月1日", "term_first = 2023-06-01")],
    ),
    entry(
        Meaning::Word(Word::TermLast),
        words("期末日", "term_last"),
        &[alone(DATE)],
        words(
            "期间的最后一日；期间还没有过完的，是所问月份的最后一日。",
            "The last day of the term; of the month asked about where the term is still running.",
        ),
        &[example("期末日 = 2023年6月30日", "term_last = 2023-06-30")],
    ),
    entry(
        Meaning::Word(Word::Met),
        words("完成", "met"),
        &[alone(OUTCOME)],
        words("目标达到了；只在案例里写。", "The target is met; in cases only."),
        &[example("低保户 等于 完成", "dibao_homes is met")],
    ),
    entry(
        Meaning::Word(Word::NotMet),
        words("未完成", "not_met"),
        &[alone(OUTCOME)],
        words(
            "目标没有达到；还说不准的写“待定”。只在案例里写。",
            "The target is not met; `undecided` where that is not certain. In cases only.",
        ),
        &[example("就业率 等于 未完成", "employment is not_met")],
    ),
    entry(
        Meaning::Word(Word::Value),
        words("数值", "value"),
        &[alone(words("同目标", "as the target"))],
        words(
            "写在“的”后面：目标算出来的数。分项的目标写那一项的名称，如 补助水平的城镇。只在案例里写。",
            "After a target's name: the figure that came out. The label of an item where the target has several. In cases only.",
        ),
        &[example("就业率的数值不满34%", "employment.value below 34%")],
    ),
];
