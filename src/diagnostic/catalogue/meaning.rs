//! Names, types, units, and what the checker proves.

use super::{Entry, error, upon, warning, words};

pub(super) const ENTRIES: &[Entry] = &[
    error(
        "huize::resolve::unknown_name",
        words("没有叫做“…”的事实、规则或参数", "nothing is called `…`"),
        words(
            "名称先在规则所说的对象里找，再在它所在的家庭里找，再在本政策、词汇和引用的政策里找，都没有。字写错的，报告里说出最近的名称；几个词连成一片的，说出能断开的写法；别的政策的名称，要先在抬头“引用”它。",
            "A name is looked for in the object that the rule is about, then in the household it belongs to, then in the policy, the vocabularies and the policies it uses. The report names the closest one, or the split that would work; to use another policy's names, say `uses` in the header.",
        ),
    ),
    error(
        "huize::resolve::duplicate_name",
        words("“…”声明了两次", "`…` is declared twice"),
        words(
            "同一政策里一个名称只能声明一次。前后两个文件先后施行的，是同一规则的两个版本，各写“施行 自…起”“至…止”，日期不能重叠。",
            "A name is declared once in a policy. Where one text followed another, they are versions of one rule: give each its `in_force` with dates that do not overlap.",
        ),
    ),
    error(
        "huize::resolve::private_name",
        words("“…”是“…”私有的名称，这里不能用", "`…` is private to `…` and cannot be used here"),
        words(
            "头上写“私有”的规则、集合、参数、表和决定只在本待遇的各层里能用，别的政策引用了也看不见。要共用的，在声明它的政策里去掉“私有”。",
            "A rule, set, parameter, table or decision that its head makes `private` is read by the layers of its own benefit alone, and not by policies that use it. To share it, drop `private` where it is declared.",
        ),
    ),
    error(
        "huize::resolve::ambiguous_name",
        words("“…”有不止一个：…", "`…` may be any of: …"),
        words(
            "两个枚举有同名的值，或引用的两个政策有同名的规则，这里看不出是哪一个。写“最低生活保障的低保标准”指明哪个政策，或写成同一个事实的比较，让类型来定。",
            "Two enums have a value of that name, or two policies in reach a rule, and nothing here tells which. Say whose it is (`policy.name`), or compare it with a fact, whose type decides.",
        ),
    ),
    error(
        "huize::resolve::unknown_type",
        words("没有叫做“…”的类型或单位", "there is no type or unit `…`"),
        words(
            "冒号后面写类型：是否、日期、月份、整数、小数、文本，一个单位（元/月、岁、人、床位），或一个枚举、对象的名称。自己的单位先声明：单位 床位。",
            "After the colon stands a type: bool, date, year_month, integer, decimal, text, a unit, or the name of an enum or object. A unit of your own is declared first: `unit bed`.",
        ),
    ),
    error(
        "huize::resolve::wrong_subject",
        words("“…”是每个…各有的，这里说的是…", "`…` belongs to each …, but this is about the …"),
        words(
            "在关于家庭的规则里直接写了每个人才有的事实：是谁的？用合计、人数、存在、每个把各成员合起来，或把规则改成关于人的。",
            "A rule about the household names a fact that each person has. Whose? Put the members together with `sum`, `count`, `exists` or `each`, or make the rule one about a person.",
        ),
    ),
    error(
        "huize::resolve::key_not_supplied",
        words("“…”要按…取值，这里没有…可用", "`…` goes by …, and nothing here says which …"),
        words(
            "参数按枚举分列（城镇、农村），不写的时候由类型相同的那一个事实来定。这里没有这样的事实，或有不止一个：写明 低保标准（城镇）。",
            "A parameter goes by an enum, and where its key is left out the one fact of that type supplies it. Here there is none or more than one: write `standard(urban)`.",
        ),
    ),
    error(
        "huize::types::unexpected_type",
        words("这里要…，写的是…", "expected …, found …"),
        words(
            "要条件的地方写了数，要数的地方写了日期，等等。收入不是条件，收入低于标准才是。",
            "A number stands where a condition is wanted, a date where a number is, and so on. An income is no condition; that it is below the standard is one.",
        ),
    ),
    error(
        "huize::types::unit_mismatch",
        words("单位不同，不能相加减或比较：… 与 …", "units differ: … and …"),
        words(
            "每年的收入不能同每月的标准相比，每人的数额不能同一户的数额相比。年、月之间用 按月（…）、按年（…）换算；人均与一户之间乘以或除以人数。惠则从不替人换算。",
            "A yearly income is not compared with a monthly standard, nor an amount per person with one per household. Convert with `monthly(…)` and `yearly(…)`, or multiply and divide by the number of people; nothing is converted silently.",
        ),
    ),
    error(
        "huize::types::wrong_unit",
        words("应当是 …，算出来的是 …", "declared as …, but the formula gives …"),
        words(
            "冒号后面写明的单位，与公式算出来的不同。公式错了，或写明的单位错了；法条写“每月”的，是 元/月。",
            "The unit after the colon is not the one that the formula comes to. One of the two is wrong.",
        ),
    ),
    error(
        "huize::types::may_be_absent",
        words("这一项可能是“无”，不能直接计算", "this may be `none` and cannot be computed with"),
        words(
            "声明“可无”的事实，有的人没有。“无”不是0：先写明没有的怎么算，如 津贴若无则0元。",
            "Somebody may have none of what is declared `optional`, and none is not 0. Say what it counts as: `allowance or_if_none 0CNY`.",
        ),
    ),
    error(
        "huize::types::wrong_arguments",
        words("“…”的写法不对", "`…` is not called this way"),
        words(
            "内置函数、参数或表后面括号里的项数或种类不对。报告里给出写法，方括号里的可以不写；`其中` 只用在合计、人数等对成员的计算里。",
            "The arguments of a function, parameter or table are too many, too few or of the wrong kind. The report gives the form; what is in square brackets may be left out.",
        ),
    ),
    warning(
        "huize::check::unused_name",
        words("…“…”没有任何地方用到", "nothing reads the … `…`"),
        words(
            "检查的全部政策里，没有一条规则、决定、关系、约束或目标读到它：事实、参数、表、“其中”的名称，以及写明私有的规则和集合。多半是写规则时漏了，或改规则后留下的。文字（姓名、证号）、名单和人与人的关系不在此列；不是私有的规则和集合可以留给别的政策用，也不在此列。",
            "No rule, decision, relation, constraint or target of the policies that were checked reads it: a fact, a parameter, a table, a name behind `where`, or a private rule or set. Something was forgotten, or left over. Texts, lists and relations of people are not counted, nor rules and sets that other policies may use.",
        ),
    ),
    warning(
        "huize::check::shadowed_name",
        words("“…”遮住了“…”里同名的…", "`…` hides the … of that name in `…`"),
        words(
            "两样东西同名，只写名称时总是指其中一个：语言自己的词先于一切，事实先于规则和参数，成员的事实先于家庭的，本政策的先于词汇和引用的政策的。另一个不会被误用，却也容易被误读：改一个名称，或写明是谁的。",
            "Two things have one name, and the name alone always means the same one of them: a word of the language before all, a fact before a rule or parameter, a member's fact before the household's, one's own before the vocabulary's and those of policies that are used. Rename one, or say whose is meant.",
        ),
    ),
    error(
        "huize::check::not_here",
        words("（说明什么不能写在这里）", "(it says what cannot stand here)"),
        words(
            "语法读得通，意思却不成立：名单不能当作一个值，文字不能比较，规则不能以“待定”为条件，回看不能超过120个月，等等。报告里说明原因和改法。",
            "It can be read but makes no sense: a list is no value, texts are not compared, a rule cannot depend on being undecided, a look-back covers at most 120 months. The report says which and what to write.",
        ),
    ),
    warning(
        "huize::check::item_order",
        words("“…”写在“…”之后", "`…` stands behind `…`"),
        words(
            "一列各项的序号要从小到大，各写一次：多半是抄重了，或挪动之后没有改。理由和告知书照序号说，写错了的与条文对不上。条文里有、这里没有写的，序号可以跳过。",
            "The items of a list are numbered upwards, each number once: most likely an item was copied, or moved. Reasons and notices name the numbers, and a wrong one does not match the legal text. Numbers that are not used here may be left out.",
        ),
    ),
    error(
        "huize::check::empty_range",
        words("“…”里什么也没有", "`…` holds nothing"),
        words(
            "范围从低到高写：80岁至90岁。写反了的（90岁至80岁），或两头相同又有一头不算在内的（90岁以上不满90岁），没有任何数落在里面，那一行或那一项永远不起作用。",
            "A range goes from the lower end to the upper one. Back to front (`90years_old to 80years_old`), or with both ends the same and one of them left out, nothing lies in it, and its row or item never applies.",
        ),
    ),
    upon(
        error(
            "huize::check::too_deep",
            words(
                "规则一条读一条，套得太深，最多400层",
                "rules that read one another stand more than 400 deep",
            ),
            words(
                "式子套式子、规则读规则，一层算一层。没有法规写得这么深：多半是生成的文件。把成串的规则并成几条，一长串对照写成 表。与规则写的先后无关。",
                "An expression in another is a level, and so is a rule that another reads. No law is written so deep: most likely the file was generated. Join the rules of the chain into a few, or write a `table`. The order that rules are written in does not matter.",
            ),
        ),
        words("401条规则，一条读一条", "401 rules, each of which reads the next"),
    ),
    error(
        "huize::check::circle",
        words("互相依赖，绕成了圈：…", "these depend on each other: …"),
        words(
            "甲要先算乙，乙又要先算甲，永远算不完。报告里写出整个圈。常见的一种：一项待遇的收入里算进了另一项待遇，那一项又要看这一项——用关系里的“不计入收入”断开；指以前月份的，写 上月的…。",
            "One needs the other first, and the other needs the one. The report shows the whole circle. Where a benefit counts as income for another, break it with `not_income`; where an earlier month is meant, say `last_month.…`.",
        ),
    ),
    error(
        "huize::check::needs_otherwise",
        words("各项都不符合时给什么，没有写", "nothing is said for when no item holds"),
        words(
            "各项合起来没有覆盖所有情形，报告里举出没有写到的：补上它们，或末尾写“均不符合的，……”。枚举的每个值、数的每一段都写到了的，不用写末尾一句；累加也不用写：一项也没有是0。",
            "The items do not cover every case; the report names what is left out. Add it, or end the list with `otherwise …`. Where every value of an enum and every stretch of a number is covered, nothing more is needed; nor with `total`: nothing adds up to 0.",
        ),
    ),
    error(
        "huize::check::always_in_conflict",
        words(
            "“…”和“…”中有一项，凡符合就与另一项冲突",
            "of `…` and `…`, one never holds without contradicting the other",
        ),
        words(
            "两项同级、给的不同，其中一项的情形全在另一项里面：只要用到它就报冲突，等于没有写。例外写“优先于（…）”排出先后；条目写 就高、就低、累加 或 首个，或改条件。",
            "Two of equal rank give different things, and all cases of one are cases of the other: whenever it holds there is a conflict. Rank exceptions with `over (…)`; for items say `highest`, `lowest`, `total` or `first`, or change a condition.",
        ),
    ),
    warning(
        "huize::check::may_conflict",
        words(
            "“…”和“…”可以同时符合，给的却不一样",
            "`…` and `…` may both hold, and give different things",
        ),
        words(
            "条件取决于互不相干的事实，所以有人会两项都符合，那时报冲突。报告里举出一种情形。文件里有先后的，例外写“优先于（…）”，条目写 就高、就低、累加 或 首个；事实上不会同时发生的，可以不管。",
            "The conditions turn on facts that have nothing to do with each other, so that somebody may meet both, and then there is a conflict. The report gives an example. Rank exceptions with `over (…)`; for items say `highest`, `lowest`, `total` or `first`. Where the two never come together in life, let it stand.",
        ),
    ),
    error(
        "huize::check::unstated_rounding",
        words(
            "给付“…”可能出现不足一分的零头，却没有写明怎样取整",
            "payment `…` may come to fractions of a fen and does not say how it is rounded",
        ),
        words(
            "钱发不出不足一分的零头，而向上、向下、四舍五入结果不同，文件没有写的不能替它定。照文件写：向上取整到1元、四舍五入到0.1元……；文件没有规定的，照当地做法写，并标为 样例 或记下来。",
            "Nobody can pay fractions of a fen, and the ways of rounding differ. Write what the regulation says; where it says nothing, write the local practice and note that it is one.",
        ),
    ),
    error(
        "huize::check::out_of_range",
        words("“…”超出了写明的范围（…）", "`…` lies outside its range (…)"),
        words(
            "数值超出了声明写明的范围。声明里的范围来自上层的规定（如30%至40%）或常理（残疾等级1至4）：核对数值，或核对范围。",
            "A value lies outside the range of its declaration, which comes from a higher layer or from what the thing is. Check the one or the other.",
        ),
    ),
    warning(
        "huize::check::generous_default",
        words(
            "“…”不填时按零计，对申请人有利，容易漏问",
            "leaving out `…` counts as zero, which favours the applicant and is easily forgotten",
        ),
        words(
            "收入、资产一类的事实，缺省为0等于没问也当作没有。确实是表上惯例的，写上“问”，让询问的人看得见；否则不要写缺省。",
            "A default of zero for income or assets means that nobody has to ask. Where it is the custom of the form, add an `ask`; otherwise give no default.",
        ),
    ),
    error(
        "huize::check::not_counted_up",
        words(
            "“…”是每个…各有的，目标说的是全体",
            "`…` belongs to one …, but a target is about all of them",
        ),
        words(
            "目标比较的是全体的一个数，直接写一户或一人的事实、规则，不知道怎样汇总。写 合计、平均、最高、最低，条件写 比例、户数、人数。",
            "A target compares one figure over everybody. A fact or rule of one household or person has to be counted up: sum, average, highest_of or lowest_of for a number, share or a count for a condition.",
        ),
    ),
];
