//! The words of each [`SyntaxError`]: the fact, what the place is, and what to do.

use super::SyntaxError;
use crate::diagnostic::Bilingual;

impl SyntaxError {
    /// The fact.
    #[expect(clippy::too_many_lines, reason = "one arm per error keeps its words in one place")]
    pub(super) fn message(&self) -> Bilingual {
        match self {
            Self::Expected { expected, found, .. } => {
                let found = found.words();
                let zh: Vec<&str> = expected.iter().map(|noun| noun.zh.as_str()).collect();
                let en: Vec<&str> = expected.iter().map(|noun| noun.en.as_str()).collect();
                if zh.is_empty() {
                    Bilingual::new(
                        format!("{}不能写在这里", found.zh),
                        format!("{} cannot stand here", found.en),
                    )
                } else {
                    Bilingual::new(
                        format!("这里应当是{}，却是{}", zh.join("、"), found.zh),
                        format!("expected {}, found {}", en.join(" or "), found.en),
                    )
                }
            }
            Self::StrayText { .. } => Bilingual::new(
                "第一个声明之前有读不懂的文字",
                "there is text before the first declaration",
            ),
            Self::MissingHeader { .. } => Bilingual::new(
                "文件没有以“政策”或“词汇”开头",
                "the file does not begin with `policy` or `vocabulary`",
            ),
            Self::LateHeader { .. } => Bilingual::new(
                "“政策”“词汇”只能写在文件开头，只写一次",
                "`policy` or `vocabulary` stands once, at the beginning of the file",
            ),
            Self::TooDeep { most, .. } => Bilingual::new(
                format!("括号和“如果”套得太深，最多{most}层"),
                format!("brackets and `if` are nested more than {most} deep"),
            ),
            Self::TooManyOperators { most, .. } => Bilingual::new(
                format!("一个式子最多有{most}个运算"),
                format!("an expression has at most {most} operators"),
            ),
            Self::MixedAndOr { .. } => Bilingual::new(
                "“且”和“或”混在一起，可以有两种读法",
                "`and` and `or` are mixed and can be read in two ways",
            ),
            Self::ChainedComparison { .. } => {
                Bilingual::new("比较不能连着写", "comparisons cannot be chained")
            }
            Self::ThousandsSeparator { text, .. } => Bilingual::new(
                format!("“{text}”是一个数还是两个数，看不出来"),
                format!("`{text}` could be one number or two"),
            ),
            Self::BareMonth { digits, .. } => Bilingual::new(
                format!("“{digits}月”可以是{digits}个月，也可以是某年的{digits}月"),
                format!("`{digits}月` could be a duration or a month of a year"),
            ),
            Self::InvalidDate { cause, .. } => cause.message(),
            Self::NumberTooLong { .. } => Bilingual::new("数字太长", "the number is too long"),
            Self::DashAsMinus { dash, .. } => {
                Bilingual::new(format!("“{dash}”不是减号"), format!("`{dash}` is not a minus sign"))
            }
            Self::GluedKeyword { keyword, .. } => Bilingual::new(
                format!("“{keyword}”和后面的名称连在一起了"),
                format!("`{keyword}` and the name after it run together"),
            ),
            Self::CuttingWordInName { word, .. } => Bilingual::new(
                format!("名称里不能有“{word}”"),
                format!("a name cannot contain `{word}`"),
            ),
            Self::GluedIf { .. } => Bilingual::new(
                "“则”或“否则”和前面的名称连在一起了",
                "a name runs into the `则` or `否则` behind it",
            ),
            Self::SpokenAge { years, .. } => Bilingual::new(
                format!("满{years}岁要写明看哪一项事实"),
                format!("being {years} years old has to say by which fact"),
            ),
            Self::CaseEquals { .. } => Bilingual::new(
                "案例里写事实不用等号",
                "a fact of a case is written without a sign of equality",
            ),
            Self::BareOutcome { .. } => {
                Bilingual::new("决定和结果之间没有“等于”", "there is no `is` before the outcome")
            }
            Self::MissingComma { step, .. } => Bilingual::new(
                format!("“{step}”前面没有逗号"),
                format!("there is no comma before `{step}`"),
            ),
            Self::OtherForm { wrong, .. } => wrong.clone(),
            Self::RangeInParameter { .. } => Bilingual::new(
                "参数的值不能按数的范围分",
                "a parameter has no values by ranges of a number",
            ),
            Self::UnclosedFence { .. } => {
                Bilingual::new("代码块没有合上", "this code block is not closed")
            }
            Self::MissingElse { .. } => {
                Bilingual::new("“如果”没有“否则”", "this `if` has no `else`")
            }
            Self::UnclosedBracket { bracket, .. } => Bilingual::new(
                format!("括号“{bracket}”没有合上"),
                format!("the bracket `{bracket}` is not closed"),
            ),
            Self::UnopenedBracket { bracket, .. } => Bilingual::new(
                format!("括号“{bracket}”前面没有对应的括号"),
                format!("the bracket `{bracket}` closes nothing"),
            ),
            Self::UnclosedQuote { quote, .. } => Bilingual::new(
                format!("引号 {quote} 在这一行没有合上"),
                format!("`{quote}` is not closed on its line"),
            ),
            Self::WhenEquals { .. } => Bilingual::new(
                "条件和数额之间不写“=”",
                "no `=` stands between a condition and a value",
            ),
            Self::ColonEquals { .. } => {
                Bilingual::new("定义只写“=”", "a definition is written with `=` alone")
            }
            Self::ForeignOperator { sign, .. } => {
                Bilingual::new(format!("不用“{sign}”"), format!("`{sign}` is not used"))
            }
            Self::MisplacedClause { clause, within, belongs, .. }
                if belongs.contains(&within.zh) =>
            {
                Bilingual::new(
                    format!("“{clause}”写在这个位置读不通"),
                    format!("`{clause}` cannot stand at this place"),
                )
            }
            Self::MisplacedClause { clause, within, .. } => Bilingual::new(
                format!("“{}”里没有“{clause}”", within.zh),
                format!("a `{}` has no `{clause}`", within.en),
            ),
            Self::OpenTableRow { .. } => Bilingual::new(
                "表格的这一行没有以“｜”结尾",
                "this table line does not end with `｜`",
            ),
            Self::UnevenRow { row, found, expected, .. } => Bilingual::new(
                format!("第{row}行有{found}格，表头有{expected}格"),
                format!("row {row} has {found} cells, the heading has {expected}"),
            ),
            Self::Duplicate { what, .. } => Bilingual::new(
                format!("{}写了两次", what.zh),
                format!("{} is given twice", what.en),
            ),
            Self::EmptyCitation { .. } => {
                Bilingual::new("“依据”后面没有文字", "nothing follows the `source`")
            }
            Self::Internal { .. } => Bilingual::new(
                "惠则自己出了错：这个声明读了却没有读成",
                "an error of huize itself: this declaration was read but not understood",
            ),
        }
    }

    /// What the piece of text is.
    pub(super) fn label(&self) -> Bilingual {
        match self {
            Self::UnclosedBracket { .. } => Bilingual::new("从这里开始", "opened here"),
            Self::UnclosedQuote { .. } => {
                Bilingual::new("从这里到行末", "from here to the line end")
            }
            Self::MissingHeader { .. } => Bilingual::new("文件从这里开始", "the file begins here"),
            Self::CuttingWordInName { .. } => Bilingual::new("名称", "the name"),
            Self::Duplicate { .. } => Bilingual::new("又写了一次", "given again"),
            Self::MissingElse { .. } => Bilingual::new("到这里没有“否则”", "no `else` up to here"),
            _ => Bilingual::default(),
        }
    }

    /// What to do.
    #[expect(clippy::too_many_lines, reason = "one arm per error keeps its words in one place")]
    pub(super) fn help(&self) -> Option<Bilingual> {
        let help = match self {
            Self::StrayText { .. } => Bilingual::new(
                "说明文字写在 # 后面；声明以 政策、规则、决定 等词加一个空格开头",
                "write remarks after #; a declaration begins with a word such as `rule` and a blank",
            ),
            Self::MissingHeader { .. } => Bilingual::new(
                "第一行写：政策 地方.名称，例如 政策 国家.最低生活保障",
                "begin with a line such as `policy national.dibao`",
            ),
            Self::LateHeader { .. } => {
                Bilingual::new("另存为一个文件", "move it to a file of its own")
            }
            Self::TooDeep { .. } => {
                Bilingual::new("把里面的部分写成一个规则", "make a rule of the inner part")
            }
            Self::TooManyOperators { .. } => {
                Bilingual::new("把它分成几个规则", "split it into several rules")
            }
            Self::MixedAndOr { .. } => {
                Bilingual::new("加括号，或者分成（一）（二）各项", "use items or brackets")
            }
            Self::ChainedComparison { .. } => Bilingual::new(
                "用“且”连接两个比较，或者写 属于…以上不满…",
                "join two comparisons with `and`",
            ),
            Self::ThousandsSeparator { text, .. } => {
                let one: String = text.chars().filter(|letter| !is_comma(*letter)).collect();
                let two: Vec<&str> = text.split(is_comma).collect();
                Bilingual::new(
                    format!("一个数写作 {one}；两个数写作 {}", two.join("， ")),
                    format!("one number: `{one}`; two: `{}`", two.join(", ")),
                )
            }
            Self::BareMonth { digits, .. } => Bilingual::new(
                format!("写作 {digits}个月，或 2023年{digits}月"),
                format!("write `{digits}个月` (`{digits}months`) or `2023年{digits}月`"),
            ),
            Self::DashAsMinus { .. } => {
                Bilingual::new("减号写作 －", "write the minus sign as `-`")
            }
            Self::GluedKeyword { keyword, .. } => Bilingual::new(
                format!("{keyword} 后面空一格"),
                format!("put a blank after `{keyword}`"),
            ),
            Self::CuttingWordInName { name, .. } => {
                Bilingual::new(format!("写作 「{name}」"), format!("write `「{name}」`"))
            }
            Self::GluedIf { suggestion, .. } => {
                Bilingual::new(format!("写作 {suggestion}"), format!("write `{suggestion}`"))
            }
            Self::SpokenAge { years, is_day: true, .. } => Bilingual::new(
                format!(
                    "满{years}岁的那一天，写作 推后（出生日期，{years}年，月末顺延），例如它的次月"
                ),
                format!(
                    "the day is `later(birth_date, {years}years, roll_over)`, for example its next month"
                ),
            ),
            Self::SpokenAge { years, .. } => Bilingual::new(
                format!("写作 周岁（出生日期）达到{years}岁；不满的写 不满{years}岁"),
                format!("write `age(birth_date) at least {years}years_old`"),
            ),
            Self::CaseEquals { written, .. } => {
                Bilingual::new(format!("写作 {}", written.zh), format!("write `{}`", written.en))
            }
            Self::BareOutcome { written, .. } => {
                Bilingual::new(format!("写作 应当 {written}"), format!("write `应当 {written}`"))
            }
            Self::MissingComma { step, .. } => {
                Bilingual::new(format!("写作 …，{step}…"), format!("write `…，{step}…`"))
            }
            Self::OtherForm { write, .. } => write.clone(),
            Self::RangeInParameter { .. } => Bilingual::new(
                "按年龄、数额分档的，写成表：表 津贴标准（年龄）：元/月，下面一行一档 ｜80岁至89岁｜50元｜",
                "what goes by age or amount is a `table`: one row for each stretch, `｜80years_old to \
                 89years_old｜50CNY｜`",
            ),
            Self::UnclosedFence { .. } => Bilingual::new(
                "在代码块的末尾另起一行写 ```",
                "end the block with a line of its own: ```",
            ),
            Self::MissingElse { .. } => Bilingual::new(
                "写明 否则 是什么：如果 …，则 …，否则 …",
                "say what it is otherwise: `if … then … else …`",
            ),
            Self::UnclosedBracket { bracket, .. } => {
                let close = closing(*bracket);
                Bilingual::new(format!("补上“{close}”"), format!("add `{close}`"))
            }
            Self::UnclosedQuote { quote, .. } => {
                let close = closing(*quote);
                Bilingual::new(
                    format!("在这一行补上 {close}"),
                    format!("add `{close}` on this line"),
                )
            }
            Self::WhenEquals { .. } => Bilingual::new(
                "写作 ……的，……，例如 重度残疾的，低保标准的30%",
                "write `when … then …`",
            ),
            Self::ColonEquals { .. } => Bilingual::new("写作 =", "write `=`"),
            Self::ForeignOperator { word, .. } => {
                Bilingual::new(format!("写作 {}", word.zh), format!("write `{}`", word.en))
            }
            Self::MisplacedClause { clause: "施行" | "in_force", within, .. }
                if within.zh == "集合" =>
            {
                Bilingual::new(
                    "集合没有自己的施行期间：把谁算在内写成规则，规则的头上写施行，集合写 其中那条规则",
                    "a set has no time of its own: say who counts in a rule that is `in_force` then, and \
                     write the set `where` that rule",
                )
            }
            Self::MisplacedClause { belongs, .. } => Bilingual::new(
                format!("它写在这些声明里：{}", belongs.join("、")),
                format!("it stands in: {}", belongs.join(", ")),
            ),
            Self::OpenTableRow { .. } => Bilingual::new("在行末补上 ｜", "end the line with `｜`"),
            Self::UnevenRow { .. } => {
                Bilingual::new("空着的格子也要写 ｜", "an empty cell needs its `｜` too")
            }
            Self::Internal { .. } => Bilingual::new(
                "请把这段文字报告给惠则的维护者",
                "please report this text to the maintainers of huize",
            ),
            _ => return None,
        };
        Some(help)
    }
}

fn is_comma(letter: char) -> bool {
    matches!(letter, ',' | '，')
}

/// The bracket or quote that closes `opening`.
fn closing(opening: char) -> char {
    match opening {
        '（' => '）',
        '(' => ')',
        '「' => '」',
        '【' => '】',
        '“' => '”',
        '[' => ']',
        '［' => '］',
        other => other,
    }
}
