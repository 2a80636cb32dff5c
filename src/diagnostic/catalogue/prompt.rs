//! The prompt.

use super::{Entry, error, upon, words};

pub(super) const ENTRIES: &[Entry] = &[
    upon(
        error(
            "huize::repl::unknown_command",
            words("没有“…”这个命令", "there is no command `…`"),
            words(
                "冒号后面要是一个命令。`帮助` 列出全部；不写冒号的一行，不是命令就当作算式。",
                "After a colon a command is expected. `help` lists them all; a line without a colon that is no command is an expression.",
            ),
        ),
        words("：胡说", ": nonsense"),
    ),
    upon(
        error(
            "huize::repl::usage",
            words("“…”要写成：…", "`…` is written: …"),
            words(
                "命令后面的内容看不懂，或没有写。报告给出写法和一个例子；`帮助 命令` 说得更详细。",
                "What follows the command is missing or makes no sense. The report shows how it is written; `help COMMAND` says more.",
            ),
        ),
        words("设", "set"),
    ),
    upon(
        error(
            "huize::repl::no_policy",
            words("还没有选政策", "no policy has been chosen"),
            words(
                "还不知道按哪个政策或哪个地方算。写 政策 或 地，或载入一份写明政策的事实。",
                "It is not known yet by which policy or place to decide. Write `policy` or `place`, or load facts that name one.",
            ),
        ),
        words("决定", "decide"),
    ),
    upon(
        error(
            "huize::repl::no_period",
            words("还没有说明所属期", "no month has been chosen"),
            words(
                "标准和规则按月份取用，没有月份就无从算起。写 月 2023-06。",
                "Standards and rules are those of a month; without one nothing can be computed. Write `month 2023-06`.",
            ),
        ),
        words("决定", "decide"),
    ),
    upon(
        error(
            "huize::repl::nobody_yet",
            words("“…”还没有人", "`…` has nobody in it yet"),
            words(
                "没有成员，就没有人均收入，也没有可以决定的事。",
                "Without members there is nothing to decide about.",
            ),
        ),
        words("决定", "decide"),
    ),
    upon(
        error(
            "huize::repl::nobody",
            words("没有编号为“…”的人", "nobody has the key `…`"),
            words(
                "这一户里没有这个编号。`表` 列出现有的人；新的成员先用 加。",
                "Nobody in this household has the key. `table` lists everybody; a new member is added with `add` first.",
            ),
        ),
        words("设 丙的月工资 = 1元", "set C.monthly_wage = 1"),
    ),
    upon(
        error(
            "huize::repl::taken",
            words("“…”已经有了", "`…` is there already"),
            words("一个编号只能是一个人。", "A key stands for one person only."),
        ),
        words("加 甲", "add 甲"),
    ),
    upon(
        error(
            "huize::repl::unusable_key",
            words("“…”不能作编号：…", "`…` cannot be a key: …"),
            words(
                "编号要能写进算式：不能与政策里的名称相同，不能有“的”“或”“且”一类的字，不能有标点和空格。",
                "A key stands in expressions: it may not be a name of the policy, nor hold words that end names, marks or blanks.",
            ),
        ),
        words("加 低保", "add dibao"),
    ),
    upon(
        error(
            "huize::repl::unknown_fact",
            words("…没有叫做“…”的事实", "`…` has no fact `…`"),
            words(
                "这个对象没有这一项。`表 全部` 列出全部可以填的事实。",
                "The object has no such field. `table all` lists everything that can be stated.",
            ),
        ),
        words("设 甲的月工姿 = 1元", "set 甲.wage = 1"),
    ),
    upon(
        error(
            "huize::repl::whose_fact",
            words("“…”是各人的事实，没有说是谁的", "`…` is a fact of each person: whose?"),
            words(
                "这一项是每个人各有的，要说明是谁的：甲的月工资。",
                "Each person has one of these: say whose, as in 甲.monthly_wage.",
            ),
        ),
        words("设 月工资 = 1元", "set monthly_wage = 1"),
    ),
    upon(
        error(
            "huize::repl::not_a_fact",
            words("“…”不是事实，是政策里规定的", "`…` is no fact: the policy gives it"),
            words(
                "规则算出来的结果、参数的数值，不能当作事实填写。改它依据的事实，或用 改 试改政策。",
                "What a rule computes or a parameter gives cannot be stated as a fact. Change the facts that it rests on, or reform the policy.",
            ),
        ),
        words("设 人均月收入 = 1元", "set per_capita_income = 1"),
    ),
    upon(
        error(
            "huize::repl::no_value",
            words(
                "这里要一个确定的值，算出来是：…",
                "a certain value is needed here, and it came out as: …",
            ),
            words(
                "事实和标准要写成一个确定的值；算式用到未知的事实或待查的数值，就没有确定的值。",
                "Facts and standards are certain values; a formula that rests on unknown facts or pending law has none.",
            ),
        ),
        words("设 乙的月工资 = 甲的月工资", "set 乙.monthly_wage = 甲.monthly_wage"),
    ),
    upon(
        error(
            "huize::repl::endless",
            words(
                "算出来的数除不尽，不能作为事实：约…",
                "the result does not end and cannot be a fact: about …",
            ),
            words(
                "金额最多写到分。除不尽的，自己取一个定数。",
                "Amounts are whole fen. Where a division does not end, take a number.",
            ),
        ),
        words("设 甲的月工资 = 1000元/月÷3", "set 甲.monthly_wage = 1000CNY/month ÷ 3"),
    ),
    upon(
        error(
            "huize::repl::value_missing",
            words("没有写“…”的值", "the value of `…` is missing"),
            words(
                "设 后面要有值。只看现在的值，直接写名称，不写 设。",
                "`set` needs a value. To see the present one, write the name alone.",
            ),
        ),
        words("设 甲的月工资", "set 甲.monthly_wage"),
    ),
    upon(
        error(
            "huize::repl::never_absent",
            words("“…”不能是“无”", "`…` cannot be none"),
            words(
                "只有声明了“可无”的才能是“无”。没有收入是0，不是“无”。",
                "Only what is declared optional can be none. No income is 0.",
            ),
        ),
        words("无 甲的月工资", "none 甲.monthly_wage"),
    ),
    upon(
        error(
            "huize::repl::told_twice",
            words("“…”在这一行写了两次", "`…` is given twice in this line"),
            words(
                "一个事实在一行里只能有一个值。两个名称是同一项的，也算一项。",
                "A fact has one value in a line, by whichever of its names it is called.",
            ),
        ),
        words(
            "设 甲的月工资 = 2400元，甲的月工资 = 2500元",
            "set 甲.monthly_wage = 2400CNY, 甲.monthly_wage = 2500CNY",
        ),
    ),
    upon(
        error(
            "huize::repl::no_old_fact",
            words(
                "“…”现在不是一个定数，无从增减",
                "`…` is no certain number to go up or down from",
            ),
            words(
                "提高、减少要有一个现在的数。没有填、未知或分时间的，直接给一个数。",
                "Going up or down needs a present number. Where it is not stated, unknown or dated, give one.",
            ),
        ),
        words("设 甲的月工资 提高10%", "set 甲.monthly_wage up 10%"),
    ),
    upon(
        error(
            "huize::repl::no_steps",
            words("没有可以撤销的步骤", "there is nothing to take back"),
            words(
                "已经退到开头，或没有撤销过什么可以重做。",
                "The beginning has been reached, or nothing was taken back that could be done again.",
            ),
        ),
        words("撤销", "undo"),
    ),
    upon(
        error(
            "huize::repl::unknown_case",
            words("没有题为“…”的案例", "no case is called `…`"),
            words(
                "载入案例 读入政策文件里写的一个案例。题目可以只写一部分，只要只有一个案例含有它。`载入案例` 列出全部。",
                "`load case` takes the household of a case that is written in the policy. A part of its title will do where one case alone has it. `load case` without a title lists them.",
            ),
        ),
        words("载入没有的案例", "loading a case that is not there"),
    ),
    upon(
        error(
            "huize::repl::several_households",
            words(
                "这个案例有…户，一次只能看一户",
                "this case holds … households: one is looked at here",
            ),
            words(
                "写目标的案例可以有几户，问答里一次只看一户。",
                "A case about targets may hold several households; the prompt looks at one at a time.",
            ),
        ),
        words("载入有几户的案例", "loading a case of several households"),
    ),
    upon(
        error(
            "huize::repl::unknown_state",
            words("没有记为“…”的状态", "no state was kept as `…`"),
            words(
                "这个名称没有用 记为 起过。`方案` 列出起过的。",
                "Nothing was kept under this name. `kept` lists the names.",
            ),
        ),
        words("回到 没有的", "back nowhere"),
    ),
    upon(
        error(
            "huize::repl::unknown_situation",
            words("不知道“…”指什么情形", "`…` names no situation"),
            words(
                "差异 比较两种情形。情形可以是 记为 起过的名称、年月、地方、政策、事实文件、现在、上一步（改动之前）、原政策（不算试改）；只写一个，就与现在比。",
                "`diff` compares two situations: a name given with `keep`, a month, a place, a policy, a file of facts, `now`, `last` (before the last step) or `original` (without the reforms). One alone is compared with now.",
            ),
        ),
        words("差异 没有的", "diff nowhere"),
    ),
    upon(
        error(
            "huize::repl::bad_step",
            words("“…”不是步长", "`…` is no step"),
            words("步长是大于 0 的数。", "A step is a number above 0."),
        ),
        words("扫 甲的月工资 0至100 步长 零", "sweep 甲.monthly_wage 0 to 100 step zero"),
    ),
    upon(
        error(
            "huize::repl::file_missing",
            words("后面没有写文件名", "the name of the file is missing"),
            words(
                "--svg 和 --csv 后面要写文件名。",
                "`--svg` and `--csv` are followed by the name of a file.",
            ),
        ),
        words("扫 甲的月工资 --svg", "sweep 甲.monthly_wage --svg"),
    ),
    upon(
        error(
            "huize::repl::nothing_to_draw",
            words(
                "没有随它变化的金额，画不出图",
                "no amount varies with it, so there is nothing to draw",
            ),
            words(
                "图画的是金额。这个事实无论取什么值，都没有金额；不要 --svg 仍可看表。",
                "A picture shows amounts, and there is none at any value of the fact. Without `--svg` the table is still shown.",
            ),
        ),
        words("扫 城乡 --svg 图.svg", "sweep area --svg area.svg"),
    ),
    upon(
        error(
            "huize::repl::bad_time",
            words("`…` 不能用：…", "`…` cannot be used: …"),
            words(
                "月份写 2024-01 或 2024年1月，日期写 2024-01-31 或 2024年1月31日。",
                "A month is written 2024-01, a day 2024-01-31.",
            ),
        ),
        words("月 2023-13", "month 2023-13"),
    ),
    upon(
        error(
            "huize::repl::bad_count",
            words("“…”不是次数", "`…` is no count"),
            words(
                "几步、几个月，写 1 到 1200 的整数。",
                "Steps and months are whole numbers from 1 to 1200.",
            ),
        ),
        words("下月 很多", "next many"),
    ),
    upon(
        error(
            "huize::repl::unmet",
            words("不成立：结果是 …", "does not hold: it came out as …"),
            words(
                "应当 后面的条件没有成立。在脚本里，这一行算没有完成，退出码是 1。",
                "The condition after `expect` does not hold. In a script the line counts as failed, and the exit code is 1.",
            ),
        ),
        words("应当 低保的低保金 = 1元", "expect dibao.dibao_payment = 1"),
    ),
    upon(
        error(
            "huize::repl::nothing_to_explain",
            words("没有叫做“…”的决定、条件或规则", "no decision, condition or rule is called `…`"),
            words(
                "要说的决定不在这项政策里。`决定` 列出各项决定。",
                "The policy has no such decision. `decide` lists the decisions.",
            ),
        ),
        words("为何不 没有的", "whynot nothing"),
    ),
    upon(
        error(
            "huize::repl::no_such_name",
            words("没有叫做“…”的命令或名称", "there is no command or name `…`"),
            words(
                "帮助 后面写一个命令，或政策里的一个名称。",
                "`help` is followed by a command, or by a name of the policy.",
            ),
        ),
        words("帮助 胡说八道", "help nonsense"),
    ),
    upon(
        error(
            "huize::repl::no_reform",
            words("没有试改过政策", "nothing has been reformed"),
            words(
                "还原、比较 要先有试改。`改动` 列出试改过的。",
                "Restoring and comparing need a reform. `reforms` lists them.",
            ),
        ),
        words("比较", "compare"),
    ),
    upon(
        error(
            "huize::repl::nothing_to_reform",
            words("没有叫做“…”的参数或规则", "no parameter or rule is called `…`"),
            words(
                "试改的名称不在政策里。要新加一条，写全：改 规则 名称（家庭）：元/月 = …",
                "The policy has nothing of this name. A new declaration is written in full: `reform rule name(household): CNY/month = …`",
            ),
        ),
        words("改 没有的标准 = 1元", "reform nothing = 1"),
    ),
    upon(
        error(
            "huize::repl::whole_declaration",
            words(
                "“…”不是一条算式，不能只改等号后面",
                "`…` is no formula of which the part after = could be changed",
            ),
            words(
                "决定和集合由几句组成，要改就写出整条。",
                "Decisions and sets have several clauses: write the whole declaration.",
            ),
        ),
        words("改 低保 = 是", "reform dibao = true"),
    ),
    upon(
        error(
            "huize::repl::wrong_key",
            words("“…”没有“…”这一档", "`…` has no row for `…`"),
            words(
                "括号里写参数的分档，例如 低保标准（城镇）。",
                "In brackets stands a key of the parameter, as in standard(urban).",
            ),
        ),
        words("改 低保标准（郊区）= 1元", "reform standard(suburb) = 1"),
    ),
    upon(
        error(
            "huize::repl::no_old_value",
            words(
                "“…”这个月没有数值，无从提高或降低",
                "`…` has no value in this month to go up or down from",
            ),
            words(
                "这个月的数值待查或没有规定。直接给一个数。",
                "The value of the month is pending or not set. Give one.",
            ),
        ),
        words("改 低保标准 提高10%", "reform standard up 10%"),
    ),
    upon(
        error(
            "huize::repl::stopped",
            words("已停止，没有改动任何东西", "stopped; nothing was changed"),
            words(
                "按了 Ctrl-C，正在算的停了下来。事实、月份和试改都和原来一样。",
                "Ctrl-C stopped what was being computed. Facts, month and reforms are as they were.",
            ),
        ),
        words("逐月 2000-01至2049-12", "months 2000-01 to 2049-12"),
    ),
];
