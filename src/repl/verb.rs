//! The commands: their words in both languages, how each is used, and what it does. One table, read
//! by the reader of lines, the help, completion and hints.

use crate::diagnostic::Language;

/// What a command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verb {
    Set,
    Unknown,
    Refused,
    Absent,
    Clear,
    Add,
    Remove,
    Past,
    Table,
    New,
    Load,
    Save,
    Undo,
    Redo,
    Keep,
    Back,
    Kept,
    Month,
    Next,
    Previous,
    Assessed,
    KnownOn,
    Place,
    Policy,
    Strict,
    Months,
    Decide,
    Why,
    WhyNot,
    How,
    Needs,
    Bounds,
    Sweep,
    Expect,
    Reform,
    Restore,
    Reforms,
    Compare,
    Contrast,
    Help,
    Reload,
    Language,
    Quit,
}

/// The chapters of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Facts,
    States,
    Time,
    Questions,
    Reforms,
    Session,
}

impl Group {
    /// In the order of the help.
    pub(super) const ALL: [Self; 6] =
        [Self::Facts, Self::States, Self::Time, Self::Questions, Self::Reforms, Self::Session];

    pub(super) fn title(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::Facts => ("事实", "Facts"),
            Self::States => ("撤销与比对", "Undo and compare"),
            Self::Time => ("时间和地方", "Time and place"),
            Self::Questions => ("提问", "Questions"),
            Self::Reforms => ("试改政策（只在本次会话）", "Reforms (this session only)"),
            Self::Session => ("其他", "Other"),
        };
        match language {
            Language::Zh => zh,
            Language::En => en,
        }
    }
}

/// One command.
#[derive(Debug)]
pub(super) struct Command {
    pub(super) verb: Verb,
    pub(super) group: Group,
    /// Its words: the first is the one that the help shows.
    pub(super) zh: &'static [&'static str],
    pub(super) en: &'static [&'static str],
    /// What follows the word: (中文, English); empty where nothing does.
    pub(super) takes: (&'static str, &'static str),
    /// What it does.
    pub(super) does: (&'static str, &'static str),
    /// Lines that could be typed.
    pub(super) examples: (&'static [&'static str], &'static [&'static str]),
}

impl Command {
    /// The word of a language.
    pub(super) fn word(&self, language: Language) -> &'static str {
        let words = match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        };
        words.first().copied().unwrap_or_default()
    }

    pub(super) fn takes(&self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.takes.0,
            Language::En => self.takes.1,
        }
    }

    pub(super) fn does(&self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.does.0,
            Language::En => self.does.1,
        }
    }

    pub(super) fn examples(&self, language: Language) -> &'static [&'static str] {
        match language {
            Language::Zh => self.examples.0,
            Language::En => self.examples.1,
        }
    }

    /// `设 甲的月工资 = 2400元`
    pub(super) fn usage(&self, language: Language) -> String {
        format!("{} {}", self.word(language), self.takes(language)).trim_end().to_owned()
    }
}

/// The command of a verb.
pub(super) fn command(verb: Verb) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.verb == verb)
}

/// Every word of every command, with its verb; Chinese words longest first.
pub(super) fn words() -> impl Iterator<Item = (&'static str, Verb)> {
    COMMANDS
        .iter()
        .flat_map(|command| command.zh.iter().chain(command.en).map(|word| (*word, command.verb)))
}

/// All commands, in the order of the help.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        verb: Verb::Set,
        group: Group::Facts,
        zh: &["设", "设置", "设为"],
        en: &["set"],
        takes: ("事实 = 值，…", "FACT = VALUE, …"),
        does: (
            "填写或改写事实；值可以是算式，也可以分时间",
            "states facts; a value may be a formula, or change with time",
        ),
        examples: (
            &[
                "设 甲的月工资 = 2400元",
                "设 甲的月工资 = 甲的月工资＋300元/月，乙的在业 = 是",
                "设 甲：月工资 2400元，在业 是",
                "设 甲的月工资 = 2250元（自2023年1月起），2600元（自2023年9月起）",
                "设 甲的月工资 提高10%",
                "设 农村",
            ],
            &[
                "set 甲.monthly_wage = 2400",
                "set 甲.monthly_wage = 2400CNY, 乙.employed = true",
                "set 甲: monthly_wage 2400, employed true",
            ],
        ),
    },
    Command {
        verb: Verb::Unknown,
        group: Group::Facts,
        zh: &["未知"],
        en: &["unknown"],
        takes: ("事实、…", "FACT, …"),
        does: ("还不知道：结论会说要不要问", "says that facts are not known yet"),
        examples: (&["未知 乙的重病"], &["unknown 乙.severe_illness"]),
    },
    Command {
        verb: Verb::Refused,
        group: Group::Facts,
        zh: &["拒答"],
        en: &["refused"],
        takes: ("事实、…", "FACT, …"),
        does: ("问过，对方不答", "says that an answer was refused"),
        examples: (&["拒答 甲的月工资"], &["refused 甲.monthly_wage"]),
    },
    Command {
        verb: Verb::Absent,
        group: Group::Facts,
        zh: &["无"],
        en: &["none"],
        takes: ("事实、…", "FACT, …"),
        does: ("没有这一项（没有残疾证、父亲已不在）", "says that there is none"),
        examples: (&["无 甲的残疾等级"], &["none 甲.disability_grade"]),
    },
    Command {
        verb: Verb::Clear,
        group: Group::Facts,
        zh: &["清除"],
        en: &["clear"],
        takes: ("事实、…", "FACT, …"),
        does: ("当作没有填过：有缺省的按缺省", "takes facts back as if never stated"),
        examples: (&["清除 乙的重病"], &["clear 乙.severe_illness"]),
    },
    Command {
        verb: Verb::Add,
        group: Group::Facts,
        zh: &["加", "添加", "增加"],
        en: &["add"],
        takes: ("编号[：事实 值，…]", "KEY[: FACT VALUE, …]"),
        does: (
            "加一名成员；不在户内的人写 加 其他人员 丁",
            "adds a member; `add other 丁` for a person outside the household",
        ),
        examples: (
            &["加 丁：出生日期 2015年3月1日，月工资 0元，在业 否，重病 否", "加 其他人员 戊"],
            &["add 丁: birth_date 2015-03-01, monthly_wage 0", "add other 戊"],
        ),
    },
    Command {
        verb: Verb::Remove,
        group: Group::Facts,
        zh: &["减", "删除"],
        en: &["remove"],
        takes: ("编号、…", "KEY, …"),
        does: ("去掉成员", "removes members"),
        examples: (&["减 丁"], &["remove 丁"]),
    },
    Command {
        verb: Verb::Past,
        group: Group::Facts,
        zh: &["历史"],
        en: &["history"],
        takes: ("年月：决定＝符合，给付＝金额", "MONTH: DECISION = yes, PAYMENT = AMOUNT"),
        does: ("记下以前月份的决定", "records what was decided in an earlier month"),
        examples: (
            &["历史 2023年5月：低保＝符合，低保金＝313元"],
            &["history 2023-05: dibao = yes, dibao_payment = 313"],
        ),
    },
    Command {
        verb: Verb::Table,
        group: Group::Facts,
        zh: &["表"],
        en: &["table"],
        takes: ("[编号|全部]", "[KEY|all]"),
        does: ("看家庭的事实", "shows the facts of the household"),
        examples: (&["表", "表 甲", "表 全部"], &["table", "table all"]),
    },
    Command {
        verb: Verb::New,
        group: Group::Facts,
        zh: &["新户"],
        en: &["new"],
        takes: ("", ""),
        does: ("从空白家庭开始", "starts with an empty household"),
        examples: (&["新户"], &["new"]),
    },
    Command {
        verb: Verb::Load,
        group: Group::Facts,
        zh: &["载入"],
        en: &["load"],
        takes: ("文件 | 案例 [“标题”]", "FILE | case [“TITLE”]"),
        does: (
            "读入一户的事实：文件（JSON 或 YAML），或政策里的案例；不写标题则列出",
            "reads the facts of a household: a file (JSON or YAML), or a case of the policy; lists them \
             where no title follows",
        ),
        examples: (
            &["载入 examples/zhongshan-family.json", "载入案例", "载入案例 “三口之家”"],
            &["load examples/zhongshan-family.json", "load case", "load case “three people”"],
        ),
    },
    Command {
        verb: Verb::Save,
        group: Group::Facts,
        zh: &["存为"],
        en: &["save"],
        takes: ("案例 [“标题”] [文件] | JSON [文件]", "case [“TITLE”] [FILE] | json [FILE]"),
        does: (
            "写成可以贴进政策文件的案例，或事实文件",
            "writes a case to paste into a policy, or a file of facts",
        ),
        examples: (
            &["存为案例 “工资提高到2400元”", "存为 JSON family.json"],
            &["save case “wage of 2400”", "save json family.json"],
        ),
    },
    Command {
        verb: Verb::Undo,
        group: Group::States,
        zh: &["撤销"],
        en: &["undo"],
        takes: ("[步数|全部]", "[STEPS|all]"),
        does: ("退回前一步，或前几步", "takes back the last steps"),
        examples: (&["撤销", "撤销 3"], &["undo", "undo 3"]),
    },
    Command {
        verb: Verb::Redo,
        group: Group::States,
        zh: &["重做"],
        en: &["redo"],
        takes: ("[步数|全部]", "[STEPS|all]"),
        does: ("再做撤销了的步骤", "does again what was taken back"),
        examples: (&["重做"], &["redo"]),
    },
    Command {
        verb: Verb::Keep,
        group: Group::States,
        zh: &["记为"],
        en: &["keep"],
        takes: ("名称", "NAME"),
        does: ("给现在的状态起个名称", "gives the present state a name"),
        examples: (&["记为 甲方案"], &["keep plan_a"]),
    },
    Command {
        verb: Verb::Back,
        group: Group::States,
        zh: &["回到"],
        en: &["back"],
        takes: ("名称", "NAME"),
        does: ("回到起过名称的状态", "goes back to a named state"),
        examples: (&["回到 甲方案"], &["back plan_a"]),
    },
    Command {
        verb: Verb::Kept,
        group: Group::States,
        zh: &["方案"],
        en: &["kept"],
        takes: ("", ""),
        does: ("列出起过名称的状态", "lists the named states"),
        examples: (&["方案"], &["kept"]),
    },
    Command {
        verb: Verb::Contrast,
        group: Group::States,
        zh: &["差异"],
        en: &["diff"],
        takes: ("情形 [情形]", "SITUATION [SITUATION]"),
        does: (
            "两种情形差在哪里，各项原因各占多少；情形是起过的名称、年月、地方、文件、上一步、原政策",
            "what differs between two situations and by what cause; a situation is a kept name, a \
             month, a place, a file, `last` or `original`",
        ),
        examples: (
            &[
                "差异 甲方案 乙方案",
                "差异 甲方案",
                "差异 2023-12 2024-01",
                "差异 中山 广州",
                "差异 原政策",
                "差异 知悉日 2026-03-31 2026-04-30",
                "差异 一户.json 另一户.json",
            ],
            &["diff plan_a plan_b", "diff plan_a", "diff 2023-12 to 2024-01", "diff original"],
        ),
    },
    Command {
        verb: Verb::Month,
        group: Group::Time,
        zh: &["月", "月份", "所属期"],
        en: &["month", "period"],
        takes: ("2024-01", "2024-01"),
        does: ("换所属期", "sets the month to decide"),
        examples: (&["月 2024-01", "月 2024年1月"], &["month 2024-01"]),
    },
    Command {
        verb: Verb::Next,
        group: Group::Time,
        zh: &["下月"],
        en: &["next"],
        takes: ("[几个月]", "[MONTHS]"),
        does: ("到下一个月", "goes to the next month"),
        examples: (&["下月", "下月 3"], &["next", "next 3"]),
    },
    Command {
        verb: Verb::Previous,
        group: Group::Time,
        zh: &["上月"],
        en: &["previous"],
        takes: ("[几个月]", "[MONTHS]"),
        does: ("到上一个月", "goes to the month before"),
        examples: (&["上月"], &["previous"]),
    },
    Command {
        verb: Verb::Assessed,
        group: Group::Time,
        zh: &["评估日"],
        en: &["assessed"],
        takes: ("日期|缺省", "DATE|default"),
        does: (
            "年龄、期间算到哪一天；缺省是当月最后一日",
            "the day that ages are measured on; by default the last of the month",
        ),
        examples: (&["评估日 2023-06-15", "评估日 缺省"], &["assessed 2023-06-15"]),
    },
    Command {
        verb: Verb::KnownOn,
        group: Group::Time,
        zh: &["知悉日"],
        en: &["known"],
        takes: ("日期|不限", "DATE|any"),
        does: ("只用那一天已经知道的政策", "with the law as known on that day"),
        examples: (&["知悉日 2026-03-31", "知悉日 不限"], &["known 2026-03-31", "known any"]),
    },
    Command {
        verb: Verb::Place,
        group: Group::Time,
        zh: &["地", "地方"],
        en: &["place"],
        takes: ("[地名、代码]", "[PLACE or CODE]"),
        does: (
            "换到一个地方，当地全部待遇一次算出；不写地名则列出",
            "decides all benefits of a place; lists the places without one",
        ),
        examples: (&["地 中山", "地 442000"], &["place zhongshan", "place 442000"]),
    },
    Command {
        verb: Verb::Policy,
        group: Group::Time,
        zh: &["政策"],
        en: &["policy"],
        takes: ("[名称]", "[NAME]"),
        does: ("换成一项政策；不写名称则列出", "changes to one policy; lists them without a name"),
        examples: (&["政策 中山.最低生活保障"], &["policy zhongshan.dibao"]),
    },
    Command {
        verb: Verb::Strict,
        group: Group::Time,
        zh: &["严格"],
        en: &["strict"],
        takes: ("开|关", "on|off"),
        does: ("开：没有填的不按缺省，按未知", "on: what is not stated is unknown"),
        examples: (&["严格 开"], &["strict on"]),
    },
    Command {
        verb: Verb::Months,
        group: Group::Time,
        zh: &["逐月"],
        en: &["months"],
        takes: ("2023-01至2023-12", "2023-01 to 2023-12"),
        does: ("逐月看什么时候变、变在哪里", "steps month by month and says what changes when"),
        examples: (&["逐月 2023-01至2023-12"], &["months 2023-01 to 2023-12"]),
    },
    Command {
        verb: Verb::Decide,
        group: Group::Questions,
        zh: &["决定"],
        en: &["decide"],
        takes: ("[决定]", "[DECISION]"),
        does: ("现在的结论和金额", "the results and amounts as things stand"),
        examples: (&["决定", "决定 低保"], &["decide", "decide dibao"]),
    },
    Command {
        verb: Verb::Why,
        group: Group::Questions,
        zh: &["为何", "为什么"],
        en: &["why"],
        takes: ("[决定、条件、规则] [全部]", "[DECISION, CONDITION or RULE] [full]"),
        does: ("说明理由：条件、数字、依据", "the reasons: conditions, numbers, sources"),
        examples: (
            &["为何 低保", "为何 甲的低保", "为何 人均月收入", "为何 低保 全部"],
            &["why dibao", "why dibao full"],
        ),
    },
    Command {
        verb: Verb::WhyNot,
        group: Group::Questions,
        zh: &["为何不", "为什么不"],
        en: &["whynot"],
        takes: ("[决定]", "[DECISION]"),
        does: ("哪些条件没有满足，差多少", "which conditions failed, and by how much"),
        examples: (&["为何不 低保边缘"], &["whynot edge"]),
    },
    Command {
        verb: Verb::How,
        group: Group::Questions,
        zh: &["怎样才", "怎样才能", "怎么才"],
        en: &["how"],
        takes: ("[决定] [更多]", "[DECISION] [more]"),
        does: (
            "最少变哪一项、哪两项事实才符合，或者（更多）才多发",
            "the least change of one fact or two that makes it entitled, or (more) pays more",
        ),
        examples: (&["怎样才 低保", "怎样才 低保 更多"], &["how dibao", "how dibao more"]),
    },
    Command {
        verb: Verb::Needs,
        group: Group::Questions,
        zh: &["还需"],
        en: &["needs"],
        takes: ("[决定]", "[DECISION]"),
        does: ("还要问哪些事实，最关键的在前", "which facts to ask next, the most decisive first"),
        examples: (&["还需"], &["needs"]),
    },
    Command {
        verb: Verb::Bounds,
        group: Group::Questions,
        zh: &["界限"],
        en: &["bounds"],
        takes: ("[决定或算式]", "[DECISION or EXPRESSION]"),
        does: ("事实未知时结果最少、最多是多少", "the least and most with facts unknown"),
        examples: (&["界限", "界限 人均月收入"], &["bounds"]),
    },
    Command {
        verb: Verb::Sweep,
        group: Group::Questions,
        zh: &["扫", "扫描"],
        en: &["sweep"],
        takes: (
            "事实 [起点至终点] [步长 数]，[又一事实 …] [--svg 文件] [--csv 文件]",
            "FACT [FROM to TO] [step N], [FACT …] [--svg FILE] [--csv FILE]",
        ),
        does: (
            "一个事实取各种值时金额怎么变：图、表，每个转折点和断崖由哪条规定造成；两个事实出对照表",
            "amounts over all values of a fact: chart, table, and what makes each threshold and cliff; \
             of two facts a table of both",
        ),
        examples: (
            &[
                "扫 甲的月工资",
                "扫 甲的月工资 0元至5000元 --svg 工资.svg --csv 工资.csv",
                "扫 甲的月工资 0至5000 步长 500",
                "扫 甲的月工资 0至4000，乙的月工资 0至4000",
                "扫 城乡",
            ],
            &[
                "sweep 甲.monthly_wage",
                "sweep 甲.monthly_wage 0 to 5000 --svg wage.svg",
                "sweep 甲.monthly_wage 0 to 4000, 乙.monthly_wage 0 to 4000",
            ],
        ),
    },
    Command {
        verb: Verb::Expect,
        group: Group::Questions,
        zh: &["应当"],
        en: &["expect"],
        takes: ("条件", "CONDITION"),
        does: ("不成立就算出错：用在脚本里", "fails where it does not hold: for scripts"),
        examples: (&["应当 低保的低保金 = 1353元"], &["expect dibao.dibao_payment = 1353"]),
    },
    Command {
        verb: Verb::Reform,
        group: Group::Reforms,
        zh: &["改", "试改"],
        en: &["reform"],
        takes: (
            "参数 = 值 | 参数 提高10% | 一条完整的 参数、规则、决定…",
            "PARAMETER = VALUE | PARAMETER up 10% | a whole parameter, rule, decision …",
        ),
        does: (
            "试改参数或规则，看这一户怎么变",
            "redefines a parameter or rule and shows what it does to this household",
        ),
        examples: (
            &[
                "改 低保标准 = 1300元",
                "改 低保标准（城镇）提高10%",
                "改 规则 家庭月收入（家庭）：元/月 = 合计（计入人口，计入收入）",
            ],
            &["reform standard = 1300", "reform standard up 10%"],
        ),
    },
    Command {
        verb: Verb::Restore,
        group: Group::Reforms,
        zh: &["还原"],
        en: &["restore"],
        takes: ("[名称]", "[NAME]"),
        does: ("去掉试改，或其中一项", "takes the reforms back, or one of them"),
        examples: (&["还原", "还原 低保标准"], &["restore"]),
    },
    Command {
        verb: Verb::Reforms,
        group: Group::Reforms,
        zh: &["改动"],
        en: &["reforms"],
        takes: ("", ""),
        does: ("列出试改过的", "lists the reforms"),
        examples: (&["改动"], &["reforms"]),
    },
    Command {
        verb: Verb::Compare,
        group: Group::Reforms,
        zh: &["比较"],
        en: &["compare"],
        takes: ("", ""),
        does: ("试改前后，这一户差多少", "this household before and after the reforms"),
        examples: (&["比较"], &["compare"]),
    },
    Command {
        verb: Verb::Help,
        group: Group::Session,
        zh: &["帮助"],
        en: &["help"],
        takes: ("[命令或名称]", "[COMMAND or NAME]"),
        does: (
            "命令的用法；名称的定义、依据、日期和用处",
            "how a command is used; what a name is, its source, dates and uses",
        ),
        examples: (&["帮助 设", "帮助 低保标准"], &["help set", "help standard"]),
    },
    Command {
        verb: Verb::Reload,
        group: Group::Session,
        zh: &["重载"],
        en: &["reload"],
        takes: ("", ""),
        does: ("重新读政策文件，事实不变", "reads the policy files again, keeping the facts"),
        examples: (&["重载"], &["reload"]),
    },
    Command {
        verb: Verb::Language,
        group: Group::Session,
        zh: &["语言"],
        en: &["language"],
        takes: ("中文|英文", "zh|en"),
        does: ("换回答用的语言", "changes the language of the answers"),
        examples: (&["语言 英文"], &["language zh"]),
    },
    Command {
        verb: Verb::Quit,
        group: Group::Session,
        zh: &["退出"],
        en: &["quit", "exit"],
        takes: ("", ""),
        does: ("结束", "ends the session"),
        examples: (&["退出"], &["quit"]),
    },
];
