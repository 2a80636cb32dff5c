//! The facts of a case: as a text, then as what the policy asks for.

use super::{Entry, error, upon, warning, words};

pub(super) const ENTRIES: &[Entry] = &[
    error(
        "huize::facts::invalid_json",
        words("（说明 JSON 哪里写错了）", "(it says what is wrong in the JSON)"),
        words(
            "事实文件不是合格的 JSON：少了逗号、引号、括号，或用了全角的标点。所指之处是读不下去的地方，错多半在它前面。",
            "The file is not valid JSON: a comma, quote or bracket is missing, or full-width punctuation was used. The place shown is where reading stopped.",
        ),
    ),
    error(
        "huize::facts::invalid_yaml",
        words("（说明 YAML 哪里写错了）", "(it says what is wrong in the YAML)"),
        words(
            "事实文件不是合格的 YAML：缩进不齐，冒号后面没有空格，或用了全角冒号。",
            "The file is not valid YAML: the indentation is uneven, no blank follows a colon, or the colon is a full-width one.",
        ),
    ),
    error(
        "huize::facts::unsupported_yaml",
        words("事实文件里不能用 YAML 的…", "facts cannot use … of YAML"),
        words(
            "锚点、别名、标签、多个文档，会让同一份文件在不同的程序里读出不同的意思，所以不收。",
            "Anchors, aliases, tags and several documents make one file mean different things to different readers, and are refused.",
        ),
    ),
    error(
        "huize::facts::duplicate_key",
        words("同一对象里 `…` 写了两次", "`…` is written twice in the same map"),
        words(
            "JSON 允许同一个名称写两次，各个程序取的却不一样。删去一个。",
            "JSON lets a name stand twice and readers differ on which counts. Remove one.",
        ),
    ),
    error(
        "huize::facts::float_number",
        words(
            "小数 `…` 没有加引号，别的程序读写时可能已改变它的值",
            "the decimal `…` has no quotes, so another program may have changed its value",
        ),
        words(
            "JSON 的小数在多数程序里是二进制浮点数，1200.10 可能已不是1200.10。带小数的金额写成文本：\"1200.10\"；整数可以不加引号。",
            "In most programs a decimal of JSON is a binary float, and 1200.10 may no longer be 1200.10. Give amounts with a fraction as text: \"1200.10\". Whole numbers need no quotes.",
        ),
    ),
    upon(
        error(
            "huize::facts::too_deep",
            words(
                "列表和对象嵌套超过 … 层",
                "lists and maps stand more than … deep inside one another",
            ),
            words(
                "事实只有三四层：案件、家庭、成员、一项事实。括号多半没有配对。",
                "Facts are a few levels deep: the case, the household, its members, a fact. Most likely a bracket is not closed.",
            ),
        ),
        words("一个括号套了100层的文件", "a file of a hundred brackets, one in another"),
    ),
    upon(
        error(
            "huize::facts::too_large",
            words("事实文件超过 … MiB", "the file of facts is larger than … MiB"),
            words(
                "一份文件只写一个案件。成批的案件用成批的命令来算。",
                "A file holds one case. Many cases are decided by the batch command.",
            ),
        ),
        words("一个 9 MiB 的文件", "a file of 9 MiB"),
    ),
    upon(
        error(
            "huize::facts::too_many_values",
            words("事实超过 … 个值", "the facts hold more than … values"),
            words(
                "一个案件的事实没有这么多。多半是把成批的案件写进了一份文件；成批的案件一行一个，逐个来算。",
                "The facts of one case are not that many. Most likely many cases were put into one file; write them one in a line, and decide them one by one.",
            ),
        ),
        words("一份列了几十万个值的文件", "a file that lists hundreds of thousands of values"),
    ),
    upon(
        error(
            "huize::facts::empty_file",
            words("事实文件是空的", "the file of facts is empty"),
            words(
                "文件里没有事实。从 examples/ 里的样子写起。",
                "There are no facts in it. Begin from one of the examples.",
            ),
        ),
        words("一个空文件", "an empty file"),
    ),
    upon(
        error(
            "huize::facts::not_serialisable",
            words("这个值不能写成事实：…", "this value cannot be written as facts: …"),
            words(
                "程序交来的值要能写成 JSON：结构，或键是文字的映射。",
                "A value that a program hands over has to be writable as JSON: a struct, or a map whose keys are texts.",
            ),
        ),
        words("一个键不是文字的映射", "a map whose keys are no texts"),
    ),
    error(
        "huize::input::not_a_map",
        words("“…”应是一个对象，写的是…", "`…` is a map, found …"),
        words(
            "案件、家庭、每个成员都是 { … }。",
            "A case, a household and every member is a map: { … }.",
        ),
    ),
    error(
        "huize::input::wrong_shape",
        words("“…”应是…，写的是…", "`…` is …, found …"),
        words(
            "一个值写成了列表，或一份名单写成了一个值。随时间变化的值写作 [{ \"from\": \"2023-03\", \"value\": \"2250\" }]。",
            "One value was given as a list, or a list as one value. Values over time are [{ \"from\": \"2023-03\", \"value\": \"2250\" }].",
        ),
    ),
    error(
        "huize::input::policy_and_place",
        words("既写了政策，又写了地方", "both a policy and a place are named"),
        words(
            "写政策的，只决定那一项；写地方的，决定当地全部待遇。两个都写，看不出要哪一样。",
            "A policy asks for that one, a place for all benefits of the place. Both at once say nothing.",
        ),
    ),
    error(
        "huize::input::missing_section",
        words("没有写“…”的事实", "the facts of `…` are missing"),
        words(
            "案件里没有“家庭”（household）这一部分。确实一项也不知道的，写空的 { }。",
            "The case has no part for the household. Where nothing at all is known, write an empty { }.",
        ),
    ),
    error(
        "huize::input::unknown_field",
        words("“…”没有叫做“…”的事实", "`…` has no fact `…`"),
        words(
            "名称写错了，或写在了别的对象里。报告里说出最近的名称，或它属于谁，或有哪些。多余的事实不会被悄悄忽略：写错的名称等于没有填。",
            "The name is wrong or stands in the wrong object. The report names the closest one, its owner, or all there are. Nothing is ignored silently, for a misspelt fact would count as not stated.",
        ),
    ),
    error(
        "huize::input::duplicate_field",
        words("“…”出现了两次", "`…` appears twice"),
        words(
            "同一项事实既写了中文名、又写了别名，或写了两次。只留一个。",
            "A fact was given twice, perhaps by its name and by its alias. Keep one.",
        ),
    ),
    error(
        "huize::input::wrong_value",
        words("“…”要…，写的是…", "`…` takes …, found …"),
        words(
            "值的种类不对：是否类写“是”“否”，枚举写它的一个值，日期写 1980-02-01，金额写数。不知道的写“未知”，问过不答的写“拒答”。",
            "The value is of the wrong kind: yes or no, one of an enum's values, a date, a number. Write \"unknown\" where nobody knows, and \"refused\" where it was asked and not answered.",
        ),
    ),
    error(
        "huize::input::wrong_unit",
        words("“…”要…，写的单位是“…”", "`…` takes …, found the unit `…`"),
        words(
            "写的单位同声明的不同，如每月的栏填了每年的数。不写单位的，按声明的单位；万元、角、分可以写，会换成元。",
            "The unit is not the declared one, such as a yearly amount in a monthly field. Without a unit the declared one is meant; 万元, 角 and 分 are converted.",
        ),
    ),
    error(
        "huize::input::thousands_separator",
        words("“…”的数字中间不写逗号", "`…` is written without commas between its digits"),
        words(
            "1,200 写作 1200：逗号在有的地方是小数点。",
            "Write 1200 for 1,200: a comma is a decimal point in some places.",
        ),
    ),
    error(
        "huize::input::fraction_of_fen",
        words("“…”不能有不足一分的零头：…", "`…` cannot have fractions of a fen: …"),
        words(
            "金额照票据写到分。算出来的人均、月均不要当作事实填：填原来的数，由规则来算。",
            "Amounts are stated in whole fen. Do not state an average: state what it was computed from, and let the rules compute it.",
        ),
    ),
    error(
        "huize::input::not_whole",
        words("“…”应为整数：…", "`…` is a whole number: …"),
        words(
            "声明为整数的（残疾等级、套数）不能有小数。",
            "What is declared an integer has no decimals.",
        ),
    ),
    error(
        "huize::input::out_of_range",
        words("“…”应在 … 至 … 之间，写的是 …", "`…` lies between … and …, found …"),
        words(
            "多半是多写、少写了一位，或元、万元弄错。范围写在对象的声明里，结果的上下限也由它而来。",
            "Most likely a digit too many or the wrong unit of money. The range is in the object's declaration, and bounds of results come from it.",
        ),
    ),
    error(
        "huize::input::after_assessment",
        words(
            "“…”不应晚于评估日 …，写的是 …",
            "`…` cannot be after the day of assessment, …; found …",
        ),
        words(
            "声明里写了“不晚于评估日”的日期（如出生日期）只能是已经到了的日子；评估日没有写的，是所属期的末日。多半是年份写错，或问错了月份。",
            "A day declared `not_after_assessment`, such as a birth, has come by the day of assessment, which is the last of the month asked about where nothing else is said. Most likely the year is wrong, or the month that is asked about.",
        ),
    ),
    error(
        "huize::input::not_optional",
        words("“…”不能是“无”", "`…` cannot be none"),
        words(
            "只有声明“可无”的才有“无”。没有收入的写0，不是的写“否”，不知道的写“未知”：三样意思不同。",
            "Only what is declared optional can be none. Write 0 for no income, no for a condition that does not hold, unknown for what nobody knows: three different things.",
        ),
    ),
    error(
        "huize::input::invalid_date",
        words("“…”：…", "`…`: …"),
        words(
            "没有这一天，或写法不对。日期写作 1980-02-01 或 1980年2月1日，月份写作 2023-06。",
            "There is no such day, or it is not written like one: 1980-02-01, and 2023-06 for a month.",
        ),
    ),
    error(
        "huize::input::undated_value",
        words(
            "“…”有几个数值时，每个都要写明从何时起",
            "each of several values of `…` needs its date",
        ),
        words(
            "一项事实先后有几个值的，每个都写 from。不写日期的值，一直有效，只能有一个。",
            "Where a fact has had several values, each says since when. A value without a date always holds, and there is only one such.",
        ),
    ),
    error(
        "huize::input::duplicate_date",
        words("“…”出现了两次", "`…` appears twice"),
        words("同一天起有两个值，看不出用哪一个。", "Two values begin on the same day."),
    ),
    error(
        "huize::input::missing_id",
        words("“…”的第…个没有编号", "number … of `…` has no id"),
        words(
            "每个成员要有自己的编号（甲、乙，或 A、B），关系和结果都用它来指人。不要用姓名、身份证号：编号会出现在结果里。",
            "Every member has an id of his own, by which relations and results name him. No name and no resident ID: it is shown in results.",
        ),
    ),
    error(
        "huize::input::duplicate_member",
        words("“…”出现了两次", "`…` appears twice"),
        words(
            "两个人用了同一个编号，或同一个人写了两次。每个人只算一次。",
            "Two people have the same id, or one was listed twice. Each person counts once.",
        ),
    ),
    error(
        "huize::input::too_few",
        words("“…”至少…个，写了…个", "`…` has at least …, found …"),
        words("名单的人数少于声明的下限。", "The list has fewer than its declaration asks for."),
    ),
    upon(
        error(
            "huize::input::too_many",
            words("“…”至多…个，写了…个", "`…` has at most …, found …"),
            words("名单的人数多于声明的上限。", "The list has more than its declaration allows."),
        ),
        words("声明“至多4”的名单写了5个", "five in a list that was declared `at most 4`"),
    ),
    upon(
        error(
            "huize::input::too_many_members",
            words("一个案件至多…人", "a case has at most … people"),
            words(
                "一个案件是一户人家。整批的案件用成批的命令来算。",
                "A case is one household. Many cases are decided by the batch command.",
            ),
        ),
        words("一个1001人的家庭", "a household of 1001 people"),
    ),
    error(
        "huize::input::unknown_person",
        words("“…”：本案没有编号为 … 的人", "`…`: nobody in this case has the id …"),
        words(
            "关系（父亲、母亲）写的是编号。不在家庭里的人，写在“其他人员”里；不知道是谁的，写“未知”。",
            "A relation names an id. People outside the household are listed under `others`; write \"unknown\" where nobody knows who it is.",
        ),
    ),
    error(
        "huize::input::resident_id",
        words("“…”：（身份证号哪里不对）", "`…`: (what is wrong with the resident ID)"),
        words(
            "位数、日期或校验码不对，多半是抄错了一位。报告里不重复号码。",
            "Its length, its date or its check character is wrong, most likely by one slip. The number is not repeated in the report.",
        ),
    ),
    error(
        "huize::input::id_birth_mismatch",
        words(
            "“…”的出生日期与身份证号第7至14位不一致",
            "the birth date of `…` is not that of characters 7 to 14 of the resident ID",
        ),
        words(
            "两项必有一项抄错。证件本身有误、正在更正的，不填身份证号，以认定的出生日期为准。",
            "One of the two is wrong. Where the document itself is, leave the ID out and state the date that was established.",
        ),
    ),
    error(
        "huize::input::unknown_history",
        words("没有叫做“…”的决定、给付或人", "there is no decision, payment or person `…`"),
        words(
            "历史记录以前月份的决定和给付，名称要与政策里的一致。",
            "History records decisions and payments of earlier months, by the names that the policy gives them.",
        ),
    ),
    warning(
        "huize::input::not_stated",
        words("没有填“…”，结论要等它", "`…` is not stated, and the result waits for it"),
        words(
            "这项事实没有缺省值，又会改变结论，却没有填。也可能是名称写错，填到了别处。问过的照实填；确实不知道的写“未知”，就不再提醒。",
            "The fact has no default and could change the result, and was left out, perhaps because it was misspelt. State it, or write \"unknown\", and the reminder goes away.",
        ),
    ),
    error(
        "huize::input::unknown_figure",
        words("没有叫做“…”的目标数值", "there is no figure of a target `…`"),
        words(
            "“实绩”写的是目标的名称和上报的数。分项的目标写明哪一项：月人均补助水平的城镇；在 JSON 里写 月人均补助水平.城镇。",
            "`reported` names a target and the figure that was reported. A target of several items is named with the item: `aid.urban`.",
        ),
    ),
    error(
        "huize::input::whose_list",
        words("没有说是谁的“…”", "whose `…` it is is not said"),
        words(
            "案例里一份属于某个人的名单（如费用），表头要写明是谁的：｜甲的费用｜金额｜。只有一个人的不必写。",
            "A list that belongs to one of several people (charges, say) names its owner in the head of its table: `| p.charges | price |`. Where there is only one, it need not.",
        ),
    ),
];
