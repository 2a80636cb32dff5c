//! What can be wrong with a line beyond its expressions: one function for each code.

use super::verb::{Command, Verb, words};
use crate::diagnostic::{Bilingual, Diagnostic, Findings, Language, closest_name};
use crate::hir::Name;
use crate::source::{SourceMap, Span};

/// A line that could not be done.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    pub(super) findings: Vec<Diagnostic>,
    /// The texts that the findings point into, where they are not those of the policy and the line.
    pub(super) sources: Option<SourceMap>,
}

/// The errors of every phase, and plain findings.
impl<E: Into<Findings>> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self { findings: error.into().into(), sources: None }
    }
}

impl From<Diagnostic> for Trouble {
    fn from(finding: Diagnostic) -> Self {
        Self::from(vec![finding])
    }
}

fn error(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code, Bilingual::new(zh, en))
}

fn plain() -> Bilingual {
    Bilingual::default()
}

/// `：胡说`
pub(super) fn unknown_command(span: Span, word: &str) -> Diagnostic {
    let found = error(
        "huize::repl::unknown_command",
        format!("没有“{word}”这个命令"),
        format!("there is no command `{word}`"),
    )
    .at(span, plain());
    found.help(meant_command(word))
}

/// A line that states a fact without saying that it does.
pub(super) fn meant_to_set(text: &str) -> Bilingual {
    Bilingual::new(
        format!("填写或改写事实，前面加 设：设 {text}"),
        format!("to state a fact, write `set` before it: `set {text}`"),
    )
}

/// Which command a word may have been meant for.
pub(super) fn meant_command(word: &str) -> Bilingual {
    let begun = || words().map(|(known, _)| known).find(|known| known.starts_with(word));
    match closest_name(word, words().map(|(word, _)| word)).or_else(begun) {
        Some(close) => Bilingual::new(
            format!("是否指命令“{close}”？`帮助` 列出全部命令"),
            format!("did you mean the command `{close}`? `help` lists them all"),
        ),
        None => Bilingual::new("`帮助` 列出全部命令", "`help` lists all commands"),
    }
}

/// A command whose words do not make sense.
pub(super) fn usage(span: Span, command: &Command) -> Diagnostic {
    let example = |language| command.examples(language).first().copied().unwrap_or_default();
    error(
        "huize::repl::usage",
        format!("“{}”要写成：{}", command.word(Language::Zh), command.usage(Language::Zh)),
        format!("`{}` is written: {}", command.word(Language::En), command.usage(Language::En)),
    )
    .at(span, plain())
    .help(Bilingual::new(
        format!("例如 {}", example(Language::Zh)),
        format!("for example `{}`", example(Language::En)),
    ))
}

/// The same by the verb.
pub(super) fn misused(span: Span, verb: Verb) -> Trouble {
    super::verb::command(verb)
        .map_or_else(|| Trouble::from(Vec::new()), |command| Trouble::from(usage(span, command)))
}

/// A question before a policy was chosen.
pub(super) fn no_policy(span: Span) -> Trouble {
    error(
        "huize::repl::no_policy",
        "还没有选政策",
        "no policy has been chosen",
    )
    .at(span, plain())
    .help(Bilingual::new(
        "写 政策 中山.最低生活保障，或 载入 一户的事实；`政策` 列出全部",
        "write `policy zhongshan.dibao`, or `load` the facts of a household; `policy` lists them",
    ))
    .into()
}

/// A question before a month was chosen.
pub(super) fn no_period(span: Span) -> Trouble {
    error("huize::repl::no_period", "还没有说明所属期", "no month has been chosen")
        .at(span, plain())
        .help(Bilingual::new("写 月 2023-06", "write `month 2023-06`"))
        .into()
}

/// A question about a household that nobody is in.
pub(super) fn nobody_yet(span: Span, list: &Name) -> Trouble {
    let (zh, en) = (&list.text, list.alias.as_deref().unwrap_or(&list.text));
    error(
        "huize::repl::nobody_yet",
        format!("“{zh}”还没有人"),
        format!("`{en}` has nobody in it yet"),
    )
    .at(span, plain())
    .help(Bilingual::new(
        "逐个添加，例如 加 甲：出生日期 1980年2月1日，月工资 2250元",
        "add each, for example `add A: birth_date 1980-02-01, monthly_wage 2250`",
    ))
    .into()
}

/// A key that nobody has.
pub(super) fn nobody(span: Span, key: &str, known: &[String]) -> Diagnostic {
    let found = error(
        "huize::repl::nobody",
        format!("没有编号为“{key}”的人"),
        format!("nobody has the key `{key}`"),
    )
    .at(span, plain());
    let list = known.join("、");
    match closest_name(key, known.iter().map(String::as_str)) {
        Some(close) => found
            .help(Bilingual::new(format!("是否指“{close}”？"), format!("did you mean `{close}`?"))),
        None if known.is_empty() => {
            found.help(Bilingual::new(format!("先写 加 {key}"), format!("first write `add {key}`")))
        }
        None => found.help(Bilingual::new(
            format!("现有：{list}；新的成员先写 加 {key}"),
            format!("there are: {}; first write `add {key}`", known.join(", ")),
        )),
    }
}

/// A key that somebody has already.
pub(super) fn taken(span: Span, key: &str) -> Diagnostic {
    error("huize::repl::taken", format!("“{key}”已经有了"), format!("`{key}` is there already"))
        .at(span, plain())
        .help(Bilingual::new(
            "换一个编号；改他的事实用 设",
            "take another key; `set` changes facts",
        ))
}

/// A key that could not be told from a name of the policy.
pub(super) fn unusable_key(span: Span, key: &str, reason: (&str, &str)) -> Diagnostic {
    error(
        "huize::repl::unusable_key",
        format!("“{key}”不能作编号：{}", reason.0),
        format!("`{key}` cannot be a key: {}", reason.1),
    )
    .at(span, plain())
    .help(Bilingual::new("用 甲、乙、丙 这样的编号，或姓名", "use keys such as 甲, A or a name"))
}

/// Something to be set that is no fact of the object.
pub(super) fn unknown_fact(span: Span, name: &str, of: &Name, known: &[String]) -> Diagnostic {
    let found = error(
        "huize::repl::unknown_fact",
        format!("{}没有叫做“{name}”的事实", of.text),
        format!("`{}` has no fact `{name}`", of.alias.as_deref().unwrap_or(&of.text)),
    )
    .at(span, plain());
    match closest_name(name, known.iter().map(String::as_str)) {
        Some(close) => found
            .help(Bilingual::new(format!("是否指“{close}”？"), format!("did you mean `{close}`?"))),
        None => found.help(Bilingual::new("`表 全部` 列出全部事实", "`table all` lists them all")),
    }
}

/// Something to be set that belongs to each person.
pub(super) fn whose_fact(span: Span, name: &str, key: &str) -> Diagnostic {
    error(
        "huize::repl::whose_fact",
        format!("“{name}”是各人的事实，没有说是谁的"),
        format!("`{name}` is a fact of each person: whose?"),
    )
    .at(span, plain())
    .help(Bilingual::new(format!("写 {key}的{name}"), format!("write `{key}.{name}`")))
}

/// A rule, a parameter or a decision where a fact is wanted.
pub(super) fn not_a_fact(span: Span, name: &str, is_law: bool) -> Diagnostic {
    let found = error(
        "huize::repl::not_a_fact",
        format!("“{name}”不是事实，是政策里规定的"),
        format!("`{name}` is no fact: the policy gives it"),
    )
    .at(span, plain());
    if is_law {
        found.help(Bilingual::new(
            format!("想看政策改了会怎样，写 改 {name} = …"),
            format!("to see what a change of policy does, write `reform {name} = …`"),
        ))
    } else {
        found.help(Bilingual::new(
            "改它所依据的事实；`为何` 说明用到哪些",
            "change the facts that it rests on; `why` says which",
        ))
    }
}

/// A value that would rest on what is not known.
pub(super) fn no_value(span: Span, shown: &Bilingual) -> Diagnostic {
    error(
        "huize::repl::no_value",
        format!("这里要一个确定的值，算出来是：{}", shown.zh),
        format!("a certain value is needed here, and it came out as: {}", shown.en),
    )
    .at(span, plain())
    .help(Bilingual::new("不知道就写 未知", "write `unknown` where it is not known"))
}

/// A number that facts cannot hold.
pub(super) fn endless(span: Span, near: &str) -> Diagnostic {
    error(
        "huize::repl::endless",
        format!("算出来的数除不尽，不能作为事实：约{near}"),
        format!("the result does not end and cannot be a fact: about {near}"),
    )
    .at(span, plain())
    .help(Bilingual::new(
        format!("写一个定数，例如 {near}"),
        format!("write a number such as {near}"),
    ))
}

/// Nothing to take back, or to do again.
pub(super) fn no_steps(span: Span, ahead: bool) -> Trouble {
    let found = if ahead {
        error("huize::repl::no_steps", "没有可以重做的步骤", "there is nothing to do again")
    } else {
        error("huize::repl::no_steps", "没有可以撤销的步骤", "there is nothing to take back")
    };
    found.at(span, plain()).into()
}

/// A state that was never named so.
pub(super) fn unknown_state(span: Span, name: &str, known: &[String]) -> Trouble {
    let found = error(
        "huize::repl::unknown_state",
        format!("没有记为“{name}”的状态"),
        format!("no state was kept as `{name}`"),
    )
    .at(span, plain());
    if known.is_empty() {
        return found
            .help(Bilingual::new(format!("先写 记为 {name}"), format!("first write `keep {name}`")))
            .into();
    }
    found
        .help(Bilingual::new(
            format!("现有：{}", known.join("、")),
            format!("there are: {}", known.join(", ")),
        ))
        .into()
}

/// So many titles that a word fits are named.
const MOST_TITLES: usize = 3;

/// A title that no case of the policy has, or several.
pub(super) fn unknown_case<'a>(
    span: Span,
    title: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Trouble {
    let found = error(
        "huize::repl::unknown_case",
        format!("没有题为“{title}”的案例"),
        format!("no case is called `{title}`"),
    )
    .at(span, plain());
    let several: Vec<&str> = known.clone().filter(|known| known.contains(title)).collect();
    if !several.is_empty() {
        let some = || several.iter().take(MOST_TITLES).copied().collect::<Vec<_>>();
        let count = several.len();
        return found
            .help(Bilingual::new(
                format!("有{count}个含有它，写长一些：{}", some().join("｜")),
                format!("{count} have it in their titles, say more: {}", some().join(" | ")),
            ))
            .into();
    }
    let help = match closest_name(title, known) {
        Some(close) => Bilingual::new(
            format!("是否指“{close}”？`载入案例` 列出全部"),
            format!("did you mean `{close}`? `load case` lists them all"),
        ),
        None => Bilingual::new(
            "`载入案例` 列出这项政策的案例",
            "`load case` lists the cases of this policy",
        ),
    };
    found.help(help).into()
}

/// A case that cannot be loaded as one household.
pub(super) fn several_households(span: Span, count: usize) -> Trouble {
    error(
        "huize::repl::several_households",
        format!("这个案例有{count}户，一次只能看一户"),
        format!("this case holds {count} households: one is looked at here"),
    )
    .at(span, plain())
    .help(Bilingual::new("载入只写一户的案例", "load a case of one household"))
    .into()
}

/// A word that names no situation to compare.
pub(super) fn unknown_situation(span: Span, name: &str, known: &[String]) -> Trouble {
    let found = error(
        "huize::repl::unknown_situation",
        format!("不知道“{name}”指什么情形"),
        format!("`{name}` names no situation"),
    )
    .at(span, plain());
    let close = closest_name(name, known.iter().map(String::as_str));
    if let Some(close) = close {
        return found
            .help(Bilingual::new(format!("是否指“{close}”？"), format!("did you mean `{close}`?")))
            .into();
    }
    let kept = |join: &str, zh: &str| {
        if known.is_empty() { zh.to_owned() } else { known.join(join) }
    };
    found
        .help(Bilingual::new(
            format!(
                "可以是 记为 起过的名称（{}）、年月、地方、政策、事实文件、现在、上一步、原政策",
                kept("、", "现在没有")
            ),
            format!(
                "a name given with `keep` ({}), a month, a place, a policy, a file of facts, `now`, \
                 `last` or `original`",
                kept(", ", "none yet")
            ),
        ))
        .into()
}

/// A step that is no number above zero.
pub(super) fn bad_step(span: Span, text: &str) -> Trouble {
    error("huize::repl::bad_step", format!("“{text}”不是步长"), format!("`{text}` is no step"))
        .at(span, plain())
        .help(Bilingual::new("写大于 0 的数，例如 步长 100", "write a number above 0: `step 100`"))
        .into()
}

/// `--svg` with no file after it.
pub(super) fn file_missing(span: Span) -> Trouble {
    error("huize::repl::file_missing", "后面没有写文件名", "the name of the file is missing")
        .at(span, plain())
        .help(Bilingual::new("例如 --svg 工资.svg", "for example `--svg wage.svg`"))
        .into()
}

/// A sweep in which nothing varies that could be drawn.
pub(super) fn nothing_to_draw(span: Span) -> Trouble {
    error(
        "huize::repl::nothing_to_draw",
        "没有随它变化的金额，画不出图",
        "no amount varies with it, so there is nothing to draw",
    )
    .at(span, plain())
    .into()
}

/// A date or month that is none.
pub(super) fn bad_time(span: Span, text: &str, reason: &Bilingual, example: &str) -> Trouble {
    error(
        "huize::repl::bad_time",
        format!("`{text}` 不能用：{}", reason.zh),
        format!("`{text}` cannot be used: {}", reason.en),
    )
    .at(span, plain())
    .help(Bilingual::new(format!("例如 {example}"), format!("for example {example}")))
    .into()
}

/// A number of steps or months that is none.
pub(super) fn bad_count(span: Span, text: &str) -> Trouble {
    error("huize::repl::bad_count", format!("“{text}”不是次数"), format!("`{text}` is no count"))
        .at(span, plain())
        .help(Bilingual::new("写 1 到 1200 的整数", "write a whole number from 1 to 1200"))
        .into()
}

/// What a script expected and did not find.
pub(super) fn unmet(span: Span, shown: &Bilingual, waits: &[String]) -> Trouble {
    let found = error(
        "huize::repl::unmet",
        format!("不成立：结果是 {}", shown.zh),
        format!("does not hold: it came out as {}", shown.en),
    )
    .at(span, Bilingual::new("应当如此", "this was expected"));
    if waits.is_empty() {
        return found.into();
    }
    found
        .help(Bilingual::new(
            format!("还缺：{}", waits.join("、")),
            format!("still missing: {}", waits.join(", ")),
        ))
        .into()
}

/// A name that no decision, condition or rule has.
pub(super) fn nothing_to_explain(span: Span, name: &str, known: &[String]) -> Trouble {
    let found = error(
        "huize::repl::nothing_to_explain",
        format!("没有叫做“{name}”的决定、条件或规则"),
        format!("no decision, condition or rule is called `{name}`"),
    )
    .at(span, plain());
    match closest_name(name, known.iter().map(String::as_str)) {
        Some(close) => found
            .help(Bilingual::new(format!("是否指“{close}”？"), format!("did you mean `{close}`?"))),
        None => found.help(Bilingual::new("`决定` 列出各项决定", "`decide` lists the decisions")),
    }
    .into()
}

/// What was being computed was stopped.
pub(super) fn stopped(span: Span) -> Trouble {
    error("huize::repl::stopped", "已停止，没有改动任何东西", "stopped; nothing was changed")
        .at(span, plain())
        .into()
}

/// `设 甲的月工资` with nothing after it.
pub(super) fn value_missing(span: Span, name: &str, takes: &Bilingual) -> Diagnostic {
    error(
        "huize::repl::value_missing",
        format!("没有写“{name}”的值"),
        format!("the value of `{name}` is missing"),
    )
    .at(span, plain())
    .help(Bilingual::new(
        format!("后面写 = 和{}；要看现在的值，不写 设", takes.zh),
        format!("write = and {}; to see its value, leave `set` out", takes.en),
    ))
}

/// 无 for a fact that everybody has.
pub(super) fn never_absent(span: Span, name: &str) -> Diagnostic {
    error(
        "huize::repl::never_absent",
        format!("“{name}”不能是“无”"),
        format!("`{name}` cannot be none"),
    )
    .at(span, plain())
    .help(Bilingual::new("不知道写 未知，没有钱写 0元，不是写 否", "write `unknown`, 0 or `false`"))
}

/// One fact with two values in one line.
pub(super) fn told_twice(span: Span, name: &str) -> Trouble {
    error(
        "huize::repl::told_twice",
        format!("“{name}”在这一行写了两次"),
        format!("`{name}` is given twice in this line"),
    )
    .at(span, plain())
    .help(Bilingual::new("只留一个值", "keep one of the values"))
    .into()
}

/// A name that nothing has.
pub(super) fn no_such_name(span: Span, name: &str, known: &[String]) -> Trouble {
    let found = error(
        "huize::repl::no_such_name",
        format!("没有叫做“{name}”的命令或名称"),
        format!("there is no command or name `{name}`"),
    )
    .at(span, plain());
    let commands = words().map(|(word, _)| word);
    match closest_name(name, known.iter().map(String::as_str).chain(commands)) {
        Some(close) => found
            .help(Bilingual::new(format!("是否指“{close}”？"), format!("did you mean `{close}`?"))),
        None => found.help(Bilingual::new("`帮助` 列出全部命令", "`help` lists the commands")),
    }
    .into()
}

/// Reforms that are not there.
pub(super) fn no_reform(span: Span, name: Option<&str>, known: &[String]) -> Trouble {
    let Some(name) = name else {
        return error("huize::repl::no_reform", "没有试改过政策", "nothing has been reformed")
            .at(span, plain())
            .help(Bilingual::new(
                "先写 改 低保标准 = 1300元 这样的一行",
                "first write a line such as `reform standard = 1300`",
            ))
            .into();
    };
    error(
        "huize::repl::no_reform",
        format!("没有试改过“{name}”"),
        format!("`{name}` has not been reformed"),
    )
    .at(span, plain())
    .help(Bilingual::new(
        format!("试改过：{}", known.join("、")),
        format!("reformed: {}", known.join(", ")),
    ))
    .into()
}

/// A name to be reformed that is neither a parameter nor a rule.
pub(super) fn nothing_to_reform(span: Span, name: &str, known: &[String]) -> Trouble {
    let found = error(
        "huize::repl::nothing_to_reform",
        format!("没有叫做“{name}”的参数或规则"),
        format!("no parameter or rule is called `{name}`"),
    )
    .at(span, plain());
    match closest_name(name, known.iter().map(String::as_str)) {
        Some(close) => found
            .help(Bilingual::new(format!("是否指“{close}”？"), format!("did you mean `{close}`?"))),
        None => found.help(Bilingual::new(
            "新的声明写全：改 规则 名称（家庭）：元/月 = …",
            "write a new declaration in full: `reform rule name(household): CNY/month = …`",
        )),
    }
    .into()
}

/// A decision or a set, which has no body that a formula could replace.
pub(super) fn whole_declaration(span: Span, name: &str) -> Trouble {
    error(
        "huize::repl::whole_declaration",
        format!("“{name}”不是一条算式，不能只改等号后面"),
        format!("`{name}` is no formula of which the part after = could be changed"),
    )
    .at(span, plain())
    .help(Bilingual::new(
        format!("写全：改 决定 {name}（家庭） …；`帮助 {name}` 显示现在的条文"),
        format!("write it in full; `help {name}` shows it as it is"),
    ))
    .into()
}

/// A key that a parameter does not have.
pub(super) fn wrong_key(span: Span, word: &str, name: &str, values: &[String]) -> Trouble {
    error(
        "huize::repl::wrong_key",
        format!("“{name}”没有“{word}”这一档"),
        format!("`{name}` has no row for `{word}`"),
    )
    .at(span, plain())
    .help(if values.is_empty() {
        Bilingual::new("它不分档，不用括号", "it has one value: leave the brackets out")
    } else {
        Bilingual::new(
            format!("有：{}", values.join("、")),
            format!("there are: {}", values.join(", ")),
        )
    })
    .into()
}

/// A change of a value that there is none of.
pub(super) fn no_old_value(span: Span, name: &str) -> Trouble {
    error(
        "huize::repl::no_old_value",
        format!("“{name}”这个月没有数值，无从提高或降低"),
        format!("`{name}` has no value in this month to go up or down from"),
    )
    .at(span, plain())
    .help(Bilingual::new(
        format!("直接给数：改 {name} = …"),
        format!("give it one: `reform {name} = …`"),
    ))
    .into()
}

/// A number that cannot be computed.
pub(super) fn arithmetic(span: Span, reason: &Bilingual) -> Trouble {
    error("huize::eval::overflow", reason.zh.clone(), reason.en.clone()).at(span, plain()).into()
}

/// A change of a fact that has no number to change.
pub(super) fn no_old_fact(span: Span, name: &str) -> Trouble {
    error(
        "huize::repl::no_old_fact",
        format!("“{name}”现在不是一个定数，无从增减"),
        format!("`{name}` is no certain number to go up or down from"),
    )
    .at(span, plain())
    .help(Bilingual::new("直接给数：设 … = …", "give it one: `set … = …`"))
    .into()
}
