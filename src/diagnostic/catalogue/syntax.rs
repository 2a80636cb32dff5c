//! What cannot be read.

use super::{Entry, error, upon, words};

pub(super) const ENTRIES: &[Entry] = &[
    error(
        "huize::syntax::expected",
        words("这里应当是…，却是…", "expected …, found …"),
        words(
            "读到这里，语法要求另一种东西。前面写漏、写错一个字，常在后面才看出来：先看所指之处，再看它前面的一个词。同一声明里只报第一处，改好后再查。",
            "At this place the grammar asks for something else. A slip is often seen only a little later: look at the place, then at the word before it. Only the first one of each declaration is reported.",
        ),
    ),
    error(
        "huize::syntax::stray_text",
        words("第一个声明之前有读不懂的文字", "there is text before the first declaration"),
        words(
            "文件由声明组成，每个声明在行首以关键词（政策、规则、决定……）和一个空格开头。说明文字写在 # 后面，或把整份文件写成 Markdown（.md），政策放在 huize 代码块里。",
            "A file is made of declarations, each beginning at the start of a line with its keyword and a blank. Remarks stand after `#`; or make the file Markdown (.md), with the policy in its `huize` blocks.",
        ),
    ),
    error(
        "huize::syntax::missing_header",
        words(
            "文件没有以“政策”或“词汇”开头",
            "the file does not begin with `policy` or `vocabulary`",
        ),
        words(
            "每份文件先说自己是什么：政策 地方.名称，或 词汇 名称。同一政策可以分成几份文件，每份都写同样的抬头。",
            "Every file says first what it is: `policy place.name` or `vocabulary name`. A policy may be split into several files that begin alike.",
        ),
    ),
    error(
        "huize::syntax::late_header",
        words(
            "“政策”“词汇”只能写在文件开头，只写一次",
            "`policy` or `vocabulary` stands once, at the beginning of the file",
        ),
        words(
            "一份文件只属于一个政策。另一个政策另存为一个文件。",
            "A file belongs to one policy. Put the other one into a file of its own.",
        ),
    ),
    error(
        "huize::syntax::too_deep",
        words("括号和“如果”套得太深，最多64层", "brackets and `if` are nested more than 64 deep"),
        words(
            "没有人能读懂套了64层的式子。把里面的一部分写成一条有名称的规则，再引用它；解释也会因此读得懂。",
            "Nobody can read such an expression. Make a rule with a name of the inner part; explanations become readable too.",
        ),
    ),
    error(
        "huize::syntax::too_many_operators",
        words("一个式子最多有512个运算", "an expression has at most 512 operators"),
        words(
            "把式子分成几条规则；长的对照关系写成 表。",
            "Split the expression into rules; write a long correspondence as a `table`.",
        ),
    ),
    error(
        "huize::syntax::mixed_and_or",
        words(
            "“且”和“或”混在一起，可以有两种读法",
            "`and` and `or` are mixed and can be read in two ways",
        ),
        words(
            "“甲且乙或丙”可以是（甲且乙）或丙，也可以是甲且（乙或丙）；法律人自己也有争议。所以没有先后规定，要用括号或（一）（二）各项写明。",
            "“a and b or c” can be read in two ways, and lawyers dispute which. So neither binds closer: say it with brackets or items.",
        ),
    ),
    error(
        "huize::syntax::chained_comparison",
        words("比较不能连着写", "comparisons cannot be chained"),
        words(
            "一个比较只有两边。两头都有界的，写两个比较用“且”连接，或写 属于80岁以上不满90岁。",
            "A comparison has two sides. For a value between two bounds join two comparisons with `and`, or write a range: `in [80years_old, 90years_old)`.",
        ),
    ),
    error(
        "huize::syntax::thousands_separator",
        words("“…”是一个数还是两个数，看不出来", "`…` could be one number or two"),
        words(
            "逗号在惠则里分开两项，所以数字中间不写逗号：1,200 写作 1200，或 0.12万。确是两项的，逗号后面空一格。",
            "A comma separates two things, so numbers have none: write 1200. Where two numbers are meant, put a blank after the comma.",
        ),
    ),
    error(
        "huize::syntax::bare_month",
        words(
            "“…月”可以是…个月，也可以是某年的…月",
            "`…月` could be a duration or a month of a year",
        ),
        words(
            "时长写 6个月，月份写 2023年6月。",
            "A duration is `6个月` (`6months`), a month is `2023年6月` (`2023-06`).",
        ),
    ),
    error(
        "huize::syntax::invalid_date",
        words("…年…月没有…日", "month … of … has no day …"),
        words(
            "日历上没有这一天，或年份不在1850至2200之间。",
            "The calendar has no such day, or the year is not between 1850 and 2200.",
        ),
    ),
    error(
        "huize::syntax::number_too_long",
        words("数字太长", "the number is too long"),
        words(
            "一个数最多28位有效数字。这样长的数多半是两个数连在了一起，或少了小数点。",
            "A number has at most 28 digits. One so long is most likely two that run together, or lacks its point.",
        ),
    ),
    error(
        "huize::syntax::dash_as_minus",
        words("“…”不是减号", "`…` is not a minus sign"),
        words(
            "破折号（—）、连接号（–）和汉字“一”都不是减号。减号用全角 － 或半角 -；输入法切到数学符号，或直接按半角键。",
            "A dash (—, –) or the numeral 一 is not a minus sign. Write `-` or `－`.",
        ),
    ),
    upon(
        error(
            "huize::syntax::unclosed_fence",
            words("代码块没有合上", "this code block is not closed"),
            words(
                "文稿（.md）里的政策写在 ```huize 和 ``` 之间。少了结尾的 ```，后面的说明文字就会被当作政策读；所以先补上它，再看别的。",
                "The policy in a Markdown file stands between ```huize and ```. Without the closing fence the prose behind it would be read as policy; so mend this first.",
            ),
        ),
        words("huize check 文稿.md", "huize check policy.md"),
    ),
    error(
        "huize::syntax::glued_keyword",
        words("“…”和后面的名称连在一起了", "`…` and the name after it run together"),
        words(
            "行首的关键词后面要有一个空格（全角、半角都可以）；这是惠则里少数几处必须有空格的地方。",
            "The keyword at the start of a line is followed by a blank: one of the few places that need one.",
        ),
    ),
    error(
        "huize::syntax::cutting_word_in_name",
        words("名称里不能有“…”", "a name cannot contain `…`"),
        words(
            "中文不写空格，所以有一小批词（低于、达到、以上、且、或、的……）写在哪里都断开名称。名称里少不了它的，用「」括起来，或换一个说法：「达到法定年龄」，已达法定年龄。",
            "Chinese is written without blanks, so a short list of words ends a name wherever they stand. Quote a name that needs one with 「」, or find another name.",
        ),
    ),
    error(
        "huize::syntax::glued_if",
        words(
            "“则”或“否则”和前面的名称连在一起了",
            "a name runs into the `则` or `否则` behind it",
        ),
        words(
            "“则”也是名称里常见的字（规则、原则），所以它和前面的名称之间要有逗号或空格：如果在业，则1元，否则0元。多数规则用“……的，……”各项写更好读。",
            "则 is also a syllable of names (规则, 原则), so a comma or a blank stands between a name and it. Items of “when, then” mostly read better.",
        ),
    ),
    error(
        "huize::syntax::spoken_age",
        words("满…岁要写明看哪一项事实", "being … years old has to say by which fact"),
        words(
            "“年满80周岁”没有说是谁、按哪一项事实算。作条件的，写 周岁（出生日期）达到80岁，常用的先写成一条规则 年龄；作日子的（满80周岁的次月），写 推后（出生日期，80年，月末顺延）的次月：2月29日出生的，平年算3月1日，与 周岁 一致。",
            "年满80周岁 says neither of whom nor by which fact. As a condition write `age(birth_date) at least 80years_old`, mostly of a rule `age_now`; as a day write `later(birth_date, 80years, roll_over)`: whoever was born on 29 February gets there on 1 March in common years, as `age` has it.",
        ),
    ),
    error(
        "huize::syntax::case_equals",
        words("案例里写事实不用等号", "a fact of a case is written without a sign of equality"),
        words(
            "案例先写是谁的，再写事实和值，中间不用等号：家庭：月收入 50元/月，存款 0元。几个人的，写成一张表：｜成员｜月工资｜。月份写在 所属期 后面。",
            "A case says whose it is, then the fact and its value: `household: income 50CNY/month, savings 0CNY`. Of several people it is a table: `｜members｜wage｜`. The month stands behind `period`.",
        ),
    ),
    error(
        "huize::syntax::bare_outcome",
        words("决定和结果之间没有“等于”", "there is no `is` before the outcome"),
        words(
            "期望一个决定的结果，写 应当 低保 等于 符合；结果是 符合、不符合、待定、酌定 之一。期望一个条件成立的，只写条件：应当 收入合格。",
            "The outcome of a decision is expected as `expect dibao is entitled`: entitled, not_entitled, undecided or discretionary. That a condition holds is just the condition: `expect income_ok`.",
        ),
    ),
    error(
        "huize::syntax::missing_comma",
        words("“…”前面没有逗号", "there is no comma before `…`"),
        words(
            "取整、保底、封顶是公式之后一步一步做的，每一步前面写逗号：＝ 标准－收入，保底0元，四舍五入到1元。",
            "Rounding and limits are steps behind the formula, each after a comma: `= standard - income, floor 0CNY, round_half_up to 1CNY`.",
        ),
    ),
    error(
        "huize::syntax::other_form",
        words(
            "意思清楚，但这里不这样写",
            "what is meant is plain, but it is written in another way",
        ),
        words(
            "每一句只有一种写法，好让读的人不用猜。改法里是用这份政策自己的名称和数写出来的样子，照抄即可。",
            "Everything is written in one way, so that no reader has to guess. The help shows it with the policy's own names and numbers.",
        ),
    ),
    error(
        "huize::syntax::range_in_parameter",
        words("参数的值不能按数的范围分", "a parameter has no values by ranges of a number"),
        words(
            "参数的一行按枚举值写数：城镇 780元，农村 585元。按年龄、人数、收入分档的写成表，一行一档，｜80岁至89岁｜50元｜；不同时期的，各写一张表，施行 自…起。",
            "A row of a parameter gives a value for each value of an enum: `urban 780CNY, rural 585CNY`. What goes by age, number or income is a `table`, one row for each stretch; for another time, another table that is `in_force` then.",
        ),
    ),
    error(
        "huize::syntax::missing_else",
        words("“如果”没有“否则”", "this `if` has no `else`"),
        words(
            "式子在任何情形下都要有值，所以不能只写一半。没有的，写明 否则 0元。",
            "An expression has a value whatever happens, so the other half has to be said: `else 0CNY`.",
        ),
    ),
    error(
        "huize::syntax::unclosed_bracket",
        words("括号“…”没有合上", "the bracket `…` is not closed"),
        words(
            "从所指的括号起，到声明结束也没有合上。全角、半角括号可以混用。",
            "Nothing closes the bracket before the declaration ends. Half and full width may be mixed.",
        ),
    ),
    error(
        "huize::syntax::unopened_bracket",
        words("括号“…”前面没有对应的括号", "the bracket `…` closes nothing"),
        words(
            "多写了一个右括号，或前面漏写了左括号。",
            "There is one closing bracket too many, or one opening bracket too few before it.",
        ),
    ),
    error(
        "huize::syntax::unclosed_quote",
        words("引号 … 在这一行没有合上", "`…` is not closed on its line"),
        words(
            "引号里的文字不跨行。在这一行补上另一半；“ 与 ” 配对，半角的 \" 前后一样。",
            "A text in quotes ends on its line. “ is closed by ”, and \" by \".",
        ),
    ),
    error(
        "huize::syntax::when_equals",
        words("条件和数额之间不写“=”", "no `=` stands between a condition and a value"),
        words(
            "先条件、后数额，照法条的写法：……的，……。“=”只用在定义的开头；条件里的相等写“等于”。",
            "A condition and its value are written as the law does: `when … then …`. `=` heads a definition; equality in a condition is `is`.",
        ),
    ),
    error(
        "huize::syntax::colon_equals",
        words("定义只写“=”", "a definition is written with `=` alone"),
        words("别的语言里的 := 在惠则里就是 =。", "What other languages write `:=` is `=` here."),
    ),
    error(
        "huize::syntax::foreign_operator",
        words("不用“…”", "`…` is not used"),
        words(
            "程序语言的 && || ! 在惠则里写成词：且、或、非；口头说的大于、小于、乘、加写成高于、低于、×、＋。报告里给出对应的写法。",
            "The signs of programming languages (&&, ||, !) are words here: `and`, `or`, `not`; the spoken 大于, 小于, 乘, 加 are 高于, 低于, ×, ＋. The report gives the one that is meant.",
        ),
    ),
    error(
        "huize::syntax::misplaced_clause",
        words("“…”里没有“…”", "a `…` has no `…`"),
        words(
            "这个子句写在别的声明里：给付、条件写在决定里，缺省、问写在对象里，所属期、应当写在案例里。多半是上一个声明之后少写了一行关键词。",
            "The clause belongs to another kind of declaration. Most likely the line that begins that declaration is missing above it.",
        ),
    ),
    error(
        "huize::syntax::open_table_row",
        words("表格的这一行没有以“｜”结尾", "this table line does not end with `｜`"),
        words(
            "表格的每一行以 ｜ 开头，以 ｜ 结尾，格与格之间一个 ｜。从电子表格粘贴的，制表符要换成 ｜。",
            "Every line of a table begins and ends with `｜`, with one between cells.",
        ),
    ),
    error(
        "huize::syntax::uneven_row",
        words("第…行有…格，表头有…格", "row … has … cells, the heading has …"),
        words(
            "每一行的格数同表头一样多，空着的格子也占一格；空格子的意思是“没有填”，不是0，也不是“无”。",
            "Every row has as many cells as the heading. An empty cell still has its place; it means “not stated”, neither 0 nor none.",
        ),
    ),
    error(
        "huize::syntax::duplicate",
        words("…写了两次", "… is given twice"),
        words(
            "这一项在一个声明里只能写一次。删去一个；两个都要的（如依据），看参考手册里这个声明的写法。",
            "This stands once in a declaration. Remove one of the two.",
        ),
    ),
    error(
        "huize::syntax::empty_citation",
        words("“依据”后面没有文字", "nothing follows the `source`"),
        words(
            "“依据”一直写到行末。还没有找到文件的，写明“未见原文”之类，不要空着。",
            "A source runs to the end of its line. Where the document has not been found, say so in words rather than leaving it empty.",
        ),
    ),
];
