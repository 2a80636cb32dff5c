//! What a decision or a case meets when it is run.

use super::{Entry, error, upon, words};

pub(super) const ENTRIES: &[Entry] = &[
    error(
        "huize::eval::no_row",
        words("无标准：参数“…”没有…的数值", "no standard: parameter `…` has no value for …"),
        words(
            "要用的那一天，参数一行也没有，也没有写待查。这是错误，不是0元。补上那一段；没有找到文件的，写 待查。在案例里写 应当 报错 无标准。",
            "No row of the parameter covers the day, and none says pending. That is an error, never 0. Add the row, or write `pending`. A case expects it with `expect error 无标准`.",
        ),
    ),
    error(
        "huize::eval::conflict",
        words("冲突：“…”与“…”同时适用而结果不同", "conflict: `…` and `…` both apply and differ"),
        words(
            "两项或两个例外在这个案件里都适用，给的却不同，文件没有说谁优先。这是政策的问题，不是案件的：在应当优先的一项写 优先于（…），或写 就高、就低、累加。结果相同的不算冲突。",
            "Two items or exceptions apply to this case and give different values, and nothing ranks them. It is the policy that has to say: `over (…)`, or `highest`, `lowest`, `total`. Two that agree are no conflict.",
        ),
    ),
    error(
        "huize::eval::nothing_holds",
        words("各项都不符合，也没有写此时给什么", "no item holds and nothing is said for that"),
        words(
            "检查时证明了各项覆盖所有情形才可以不写“均不符合的”；成员一个也没有时取最高、最低，也是这个错误。",
            "No item applied. It is also what the highest of no members is.",
        ),
    ),
    error(
        "huize::eval::tied",
        words(
            "有几个并列，看不出取哪一个",
            "several come first together, and nothing tells which is meant",
        ),
        words(
            "首个、末个按写出的各项排序，取最前或最后的一个；排下来仍有并列的，就不能替您挑。再写一项排序的依据，或者用 存在、最高 等不必挑人的写法。",
            "`first_of` and `last_of` take the one that comes first or last by the keys; where several come out equal, none is chosen for you. Add another key, or use `exists`, `highest_of` and the like, which need nobody chosen.",
        ),
    ),
    error(
        "huize::eval::not_in_force",
        words("“…”在…没有施行的规定", "no version of `…` is in force on …"),
        words(
            "所属期那一天，这条规则或决定的各个版本都没有施行。改所属期，或补上当时的规定。",
            "No version of the rule or decision is in force on the day. Ask for another month, or add the law of that time.",
        ),
    ),
    error(
        "huize::eval::division_by_zero",
        words("除数为零", "the divisor is zero"),
        words(
            "除数在这个案件里是0：没有计入人口，或一个填了0的整数。写明这种情形怎么办，如在条件里先要求 人数（计入人口）不低于1人。",
            "The divisor is 0 in this case: nobody counts, or a 0 was stated. Say what is meant then, for instance by a condition before it.",
        ),
    ),
    error(
        "huize::eval::overflow",
        words("数值太大，无法精确计算", "the number is too large to compute with exactly"),
        words(
            "惠则的计算是精确的分数，分子、分母各127位二进制。真实的金额到不了这么大：核对事实里是不是多写了几位，或公式里连乘了几次金额。",
            "Arithmetic is on exact fractions of 127 bits above and below the line. No real amount is that large: look for a slip in the facts, or for amounts multiplied several times.",
        ),
    ),
    error(
        "huize::eval::arithmetic",
        words("（说明哪里算不下去）", "(it says what cannot be computed)"),
        words(
            "日期推算到了没有的日子或1850至2200年以外，如平年的2月29日。",
            "Calendar arithmetic led to a day that does not exist or outside the years 1850 to 2200, such as 29 February of a common year.",
        ),
    ),
    error(
        "huize::eval::out_of_bounds",
        words(
            "…的决定超出了规定的幅度：应在 … 至 … 之间",
            "the decision of … is outside the bounds of the law: … to …",
        ),
        words(
            "规则写明由机关在一定幅度内裁量，事实里写的决定不在幅度之内。数额不会悄悄改到幅度里：核对决定，或核对规则里的幅度。",
            "The rule leaves an amount to somebody's discretion within bounds, and the decision told in the facts lies outside. It is not moved to the bound: check the decision, or the bounds in the rule.",
        ),
    ),
    error(
        "huize::eval::absent",
        words("这里要一个数，得到的是“无”", "a number is needed here, and there is none"),
        words(
            "算到的是“无”。写明没有的怎么算：…若无则 0元。",
            "What came out is none. Say what it counts as: `… or_if_none 0CNY`.",
        ),
    ),
    error(
        "huize::eval::no_household",
        words(
            "这里要读家庭的情况，而此人不在家庭成员之中，或没有这个人",
            "this reads the household of somebody who is not a member, or does not exist",
        ),
        words(
            "家庭成员以外的人（在狱的父亲、已去世的母亲）在案件里有自己的事实，但没有“所在家庭”。规则通过父亲、母亲读到了他家里的情况：改成只读他本人的事实，或把他列为成员。",
            "People outside the household have facts of their own and no household to read. The rule reached one through a relation: read only that person's facts, or list him as a member.",
        ),
    ),
    upon(
        error(
            "huize::engine::too_much_work",
            words(
                "这个案件要算 … 个值，超过限度 …",
                "this case takes … values, more than the limit of …",
            ),
            words(
                "成员太多，或要回看的月份太多。一个案件只写一户；历史和带日期的事实只写需要的。",
                "There are too many members or months to look back on. A case is one household; give only the history that is needed.",
            ),
        ),
        words("一个有几万人的案件", "a case with tens of thousands of members"),
    ),
    error(
        "huize::engine::unknown_policy",
        words("没有叫做“…”的政策", "there is no policy `…`"),
        words(
            "用 `huize policies` 列出全部政策。抬头的“基于”“引用”、事实里的 policy、命令的 `--policy` 都写政策的全名（地方.名称）或别名。",
            "`huize policies` lists all of them. `extends`, `uses`, the facts and `--policy` name a policy in full (place.name) or by its alias.",
        ),
    ),
    upon(
        error(
            "huize::engine::unknown_place",
            words("没有“…”这个地方的政策", "there are no policies for the place `…`"),
            words(
                "按地方决定的，写政策名称里的地方（中山）或它的别名。没有自己政策的地方，写它上面的一级。",
                "To decide all benefits of a place, name the place as in the names of its policies, or by its alias. Where it has none of its own, name the place above.",
            ),
        ),
        words("huize decide 事实.json --place 中山市", "huize decide facts.json --place zhongsan"),
    ),
    upon(
        error(
            "huize::engine::no_policy",
            words("事实里没有说明用哪个政策", "the facts do not say which policy to apply"),
            words(
                "别的程序交来的事实要自己说明用哪个政策（policy）或哪个地方（place）。",
                "Facts that another program hands over name their policy (`policy`) or place (`place`) themselves.",
            ),
        ),
        words("没有 policy 的事实交给 JsonService", "facts without `policy` given to JsonService"),
    ),
    upon(
        error(
            "huize::engine::no_period",
            words("事实里没有说明所属期", "the facts do not say which month to decide"),
            words(
                "惠则不看时钟：决定哪个月，由事实的 period 说。",
                "Huize reads no clock: `period` of the facts says which month to decide.",
            ),
        ),
        words("没有 period 的事实交给 JsonService", "facts without `period` given to JsonService"),
    ),
    upon(
        error(
            "huize::plan::not_planned",
            words("不能预先排好：…", "this cannot be planned: …"),
            words(
                "为成批决定预先排好的方案只装得下常见的构造；装不下的（回看以前月份、日期推算等）在报告里写明，改用逐件决定，结果相同。",
                "A plan for many decisions holds the common constructs only; the report names what it does not, such as looking back or calendar arithmetic. Deciding case by case gives the same answers.",
            ),
        ),
        words("库函数 Plan::new", "Plan::new of the library"),
    ),
    upon(
        error(
            "huize::plan::no_such_decision",
            words("“…”里没有叫做“…”的决定", "`…` has no decision `…`"),
            words(
                "要排方案的决定，名称或别名写错了，或属于引用的另一政策。",
                "The decision to plan is not one of the policy's own, by name or alias.",
            ),
        ),
        words("库函数 Plan::of_decisions", "Plan::of_decisions of the library"),
    ),
    error(
        "huize::case::unmet",
        words("结果是…", "came out as …"),
        words(
            "案例的一个“应当”没有达到。报告里写出实际结果和起决定作用的一步；先按条文手算一遍，再决定是规则错了还是案例错了。",
            "A case did not come out as it expects. The report says what did. Work it out by hand from the text of the law, then decide which of the two is wrong.",
        ),
    ),
    error(
        "huize::case::no_period",
        words("案例没有写所属期", "the case has no period"),
        words(
            "标准逐年不同，所以每个案例都写明月份：所属期 2023年6月。",
            "Standards change, so that every case names its month: `period 2023-06`.",
        ),
    ),
    error(
        "huize::case::nothing_expected",
        words("案例没有写应当怎样", "the case expects nothing"),
        words(
            "没有“应当”的案例什么也不试。写 应当 低保 等于 符合，或 应当 低保的低保金 = 1353元。",
            "A case without an expectation tries nothing. Write `expect dibao is entitled`, or an amount.",
        ),
    ),
    error(
        "huize::case::several_households",
        words(
            "这个案例有几户，没有说是哪一户的结果",
            "this case holds several households: it does not say which one has this",
        ),
        words(
            "一个案例里写了几户（家庭 张家：…），目标说的是全体；要说其中一户的结果，写出户名或成员名：应当 张家的低保 等于 符合。",
            "Several households in one case are a population for targets, which are about all of them. What one household has is expected by its name or that of a member: `expect zhang.dibao is entitled`.",
        ),
    ),
    error(
        "huize::eval::empty_population",
        words(
            "分母为零：没有统计对象，无从计算",
            "there is nothing to take a share of: the denominator is zero",
        ),
        words(
            "比例、平均或“超过…的50%”的统计范围里一个对象也没有。这既不是0也不是100%：目标这一期无从回答。先核对统计范围和送来的案件。",
            "What a share, an average or `above 50% of …` is taken of turned out to be empty. That is neither 0 nor 100%: the target has no answer for this term. Check what is counted, and the cases given.",
        ),
    ),
];
