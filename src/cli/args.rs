//! The arguments of every command. Help is one line each, in Chinese and English.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use huize::diagnostic::Language;
use huize::format::Dialect;

const TEMPLATE: &str = "{about}\n\n用法 / Usage: {usage}\n\n{all-args}{after-help}";

const ARGUMENTS: &str = "参数 / Arguments";

const EXIT_CODES: &str = "退出码 / Exit codes:
  0  已作出决定，或没有问题 / decided, or clean
  1  有发现：案例未通过、政策有错 / findings: a failing case, an error in a policy
  2  输入无法使用 / unusable input";

#[derive(Debug, Parser)]
#[command(
    name = "huize",
    version,
    about = "惠则：可以执行、可以说明理由的待遇政策 / Huize: benefit rules that run and explain themselves",
    help_template = TEMPLATE,
    after_help = EXIT_CODES,
    subcommand_help_heading = "命令 / Commands",
    next_help_heading = "选项 / Options",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    /// 输出语言，缺省随系统 / language of the output; the locale's by default
    #[arg(long, global = true, value_name = "zh|en")]
    lang: Option<LanguageName>,
    /// 显示用法 / show how it is used
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// 显示版本 / show the version
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 说明一个案件的决定和理由 / explain the decisions of a case
    #[command(help_template = TEMPLATE)]
    Explain(ExplainArguments),
    /// 出具告知书或计算表 / the notice to the family, or the calculation sheet
    #[command(help_template = TEMPLATE)]
    Notice(NoticeArguments),
    /// 对一个案件作出决定 / decide a case
    #[command(help_template = TEMPLATE)]
    Decide(DecideArguments),
    /// 用一批案件回答政策里的目标 / answer the targets of a policy over many cases
    #[command(help_template = TEMPLATE)]
    Targets(TargetsArguments),
    /// 对账：应发的和已发的逐人比对；没有清单时列出免申即享名单 / reconcile what is due with what was paid
    #[command(help_template = TEMPLATE)]
    Reconcile(ReconcileArguments),
    /// 说明两种情形下的决定差在哪里 / say what changed between two situations
    #[command(help_template = TEMPLATE)]
    Diff(DiffArguments),
    /// 一个事实在一段范围内变动，结果怎样变 / how the results vary with one fact
    #[command(help_template = TEMPLATE)]
    Sweep(SweepArguments),
    /// 把决定连同依据存成一个文件 / keep a decision and all it rests on in one file
    #[command(help_template = TEMPLATE)]
    Receipt(ReceiptArguments),
    /// 核对决定存档：是否原样，重算是否一致 / verify a receipt: unaltered, and the same again
    #[command(help_template = TEMPLATE)]
    Verify(VerifyArguments),
    /// 怎样才会改变结论 / what would change the decisions
    #[command(help_template = TEMPLATE)]
    Change(ChangeArguments),
    /// 检查政策文件 / check policy files
    #[command(help_template = TEMPLATE)]
    Check(CheckArguments),
    /// 运行政策里的案例 / run the cases written in policies
    #[command(help_template = TEMPLATE)]
    Test(TestArguments),
    /// 给政策文件排版 / format policy files
    #[command(help_template = TEMPLATE)]
    Fmt(FmtArguments),
    /// 列出政策 / list the policies
    #[command(help_template = TEMPLATE)]
    Policies(PoliciesArguments),
    /// 列出各层规定了什么 / what each layer of a policy fills, adds and sets anew
    #[command(help_template = TEMPLATE)]
    Layers(LayersArguments),
    /// 查一个词语或诊断代码的意思 / what a word or a code of a diagnostic means
    #[command(help_template = TEMPLATE)]
    About(AboutArguments),
    /// 问答：改事实、改政策，看会怎样 / ask what if, at a prompt or from a script
    #[cfg(feature = "repl")]
    #[command(help_template = TEMPLATE)]
    Repl(ReplArguments),
    /// 输出事实和结果的 JSON Schema / print the JSON Schema of facts and results
    #[command(help_template = TEMPLATE)]
    Schema(SchemaArguments),
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项 / Options")]
pub(super) struct SchemaArguments {
    /// 政策名称或别名 / policy by name or alias
    #[arg(value_name = "POLICY", help_heading = ARGUMENTS, required_unless_present_any = ["place", "document"])]
    pub(super) policy: Option<String>,
    /// 一个地方的全部待遇 / all benefits of a place
    #[arg(long, value_name = "PLACE", conflicts_with = "policy")]
    pub(super) place: Option<String>,
    /// 哪一部分 / which part
    #[arg(long, value_name = "PART", default_value = "facts")]
    pub(super) part: SchemaPart,
    /// 命令以 `--format json` 所输出的，各政策一样 / what a command prints with `--format json`, of any policy
    #[arg(long, value_name = "DOCUMENT", conflicts_with_all = ["policy", "place", "part"])]
    pub(super) document: Option<SchemaDocument>,
    /// 示例的所属期 / the month of the example
    #[arg(long, value_name = "MONTH")]
    pub(super) period: Option<String>,
    /// 政策文件夹，缺省用内置政策 / folder of policies; the built-in ones by default
    #[arg(long, value_name = "DIR")]
    pub(super) policies: Option<PathBuf>,
}

/// Which part of a policy's contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaPart {
    /// 事实的 JSON Schema / the JSON Schema of the facts
    Facts,
    /// 结果的 JSON Schema / the JSON Schema of the results
    Results,
    /// OpenAPI 的 components / components of an OpenAPI document
    Openapi,
    /// 可以通过检查的示例事实 / facts that pass
    Example,
}

/// What a command prints as JSON, the same for every policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaDocument {
    /// explain，和 explain --at 的一部分 / explain, and a part of it with --at
    Explanation,
    /// diff
    Difference,
    /// change
    Changes,
    /// notice
    Notice,
    /// notice --sheet
    Sheet,
}

/// Which case, under which policy, as of when.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项 / Options")]
pub(super) struct CaseArguments {
    /// 事实文件（JSON 或 YAML），- 为标准输入 / file of facts (JSON or YAML), - for standard input
    #[arg(value_name = "FACTS", help_heading = ARGUMENTS)]
    pub(super) facts: PathBuf,
    /// 标准输入是 YAML / standard input is YAML
    #[arg(long)]
    pub(super) yaml: bool,
    /// 政策名称或别名 / policy by name or alias
    #[arg(long, value_name = "NAME")]
    pub(super) policy: Option<String>,
    /// 地方：当地全部待遇一次算出 / all benefits of a place at once, by name, alias or code
    #[arg(long, value_name = "PLACE", conflicts_with = "policy")]
    pub(super) place: Option<String>,
    /// 所属期，如 2023-06 / the month to decide, for example 2023-06
    #[arg(long, value_name = "MONTH")]
    pub(super) period: Option<String>,
    /// 评估日，缺省为该月最后一日 / day of assessment; the last of the month by default
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<String>,
    /// 知悉日：按当日已知的政策和事实 / with the law and facts known on that day
    #[arg(long, value_name = "DATE")]
    pub(super) known_on: Option<String>,
    /// 政策文件夹，缺省用内置政策 / folder of policies; the built-in ones by default
    #[arg(long, value_name = "DIR")]
    pub(super) policies: Option<PathBuf>,
    /// 不用缺省值，没有填的按未知 / apply no defaults: what is not stated is unknown
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    #[command(flatten)]
    pub(super) case: CaseArguments,
    /// 输出格式 / format of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: PageFormat,
    /// 全部显示，不折叠 / show everything, fold nothing
    #[arg(long, conflicts_with = "depth")]
    pub(super) full: bool,
    /// 理由展开几层：0 只看结论，1 看条件，2 看条件引用的规则…… / levels of reasons: 0 the outcomes, 1 the conditions, 2 the rules they name, …
    #[arg(long, value_name = "N")]
    pub(super) depth: Option<u32>,
    /// 只看其中一项，如 低保.收入条件 / only one part, for example dibao.收入条件
    #[arg(long, value_name = "ID")]
    pub(super) at: Option<String>,
    /// 敏感信息不遮盖 / show sensitive facts in the clear
    #[arg(long)]
    pub(super) clear: bool,
}

#[derive(Debug, Args)]
pub(super) struct NoticeArguments {
    #[command(flatten)]
    pub(super) case: CaseArguments,
    /// 关于哪些决定，如 低保、甲.低保；缺省为符合的各项 / about which decisions; all that are entitled by default
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) at: Vec<String>,
    /// 出计算表，存档用 / the calculation sheet, for the file
    #[arg(long, conflicts_with_all = ["office", "template", "to", "date"])]
    pub(super) sheet: bool,
    /// 机关信息（JSON）：机关名称、文号、救济途径和期限 / what the office says (JSON): who signs, how to object
    #[arg(long, value_name = "FILE")]
    pub(super) office: Option<PathBuf>,
    /// 模板文件，缺省用政策自带的 / the template; that of the policy by default
    #[arg(long, value_name = "FILE")]
    pub(super) template: Option<PathBuf>,
    /// 收件人 / to whom
    #[arg(long, value_name = "NAME")]
    pub(super) to: Option<String>,
    /// 落款日期 / the day of the notice
    #[arg(long, value_name = "DATE")]
    pub(super) date: Option<String>,
    /// 输出格式 / format of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: PageFormat,
    /// 敏感信息不遮盖 / show sensitive facts in the clear
    #[arg(long)]
    pub(super) clear: bool,
}

#[derive(Debug, Args)]
pub(super) struct DecideArguments {
    #[command(flatten)]
    pub(super) case: CaseArguments,
    /// 输出格式 / format of the output
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    pub(super) format: Format,
    /// 名称用 ASCII 别名 / write names as their ASCII aliases
    #[arg(long)]
    pub(super) ascii: bool,
}

/// The situation before the change, and what is different after it: whatever is not said is as it
/// was.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项 / Options")]
pub(super) struct DiffArguments {
    #[command(flatten)]
    pub(super) case: CaseArguments,
    /// 变化后的事实，缺省同变化前 / the facts after the change; the same by default
    #[arg(value_name = "TO_FACTS", help_heading = ARGUMENTS)]
    pub(super) to_facts: Option<PathBuf>,
    /// 变化后的所属期 / the month after the change
    #[arg(long, value_name = "MONTH")]
    pub(super) to_period: Option<String>,
    /// 变化后的评估日 / the day of assessment after the change
    #[arg(long, value_name = "DATE")]
    pub(super) to_as_of: Option<String>,
    /// 变化后的知悉日 / the day on which things were known after the change
    #[arg(long, value_name = "DATE")]
    pub(super) to_known_on: Option<String>,
    /// 变化后的政策 / the policy after the change
    #[arg(long, value_name = "NAME")]
    pub(super) to_policy: Option<String>,
    /// 变化后的地方 / the place after the change
    #[arg(long, value_name = "PLACE", conflicts_with = "to_policy")]
    pub(super) to_place: Option<String>,
    /// 变化后的政策文件夹 / the folder of policies after the change
    #[arg(long, value_name = "DIR")]
    pub(super) to_policies: Option<PathBuf>,
    /// 输出格式 / format of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: PageFormat,
    /// 敏感信息不遮盖 / show sensitive facts in the clear
    #[arg(long)]
    pub(super) clear: bool,
}

#[derive(Debug, Args)]
pub(super) struct SweepArguments {
    #[command(flatten)]
    pub(super) case: CaseArguments,
    /// 变动哪个事实，如 甲.月工资 / the fact to vary, for example 甲.月工资
    #[arg(long, value_name = "FACT")]
    pub(super) fact: String,
    /// 从哪个值起，缺省为取值范围的起点 / the first value; the start of its range by default
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    pub(super) from: Option<String>,
    /// 到哪个值止，缺省为取值范围的终点 / the last value; the end of its range by default
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    pub(super) to: Option<String>,
    /// 另按此间隔逐个列出（转折不受影响）/ also list values at this distance
    #[arg(long, value_name = "VALUE")]
    pub(super) step: Option<String>,
    /// 各点写成 CSV 文件 / write the values to a CSV file
    #[arg(long, value_name = "FILE")]
    pub(super) csv: Option<PathBuf>,
    /// 输出格式 / format of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct ChangeArguments {
    #[command(flatten)]
    pub(super) case: CaseArguments,
    /// 只看哪个决定，如 低保、甲.低保，可写多次；缺省为各项没有符合的 / the decision, for example 甲.低保, repeatable; all that are not entitled by default
    #[arg(long, value_name = "NAME")]
    pub(super) decision: Vec<String>,
    /// 已经符合的，也找出怎样使金额提高 / also what would raise the payments of those that are entitled
    #[arg(long)]
    pub(super) raise: bool,
    /// 输出格式 / format of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: PageFormat,
    /// 敏感信息不遮盖 / show sensitive facts in the clear
    #[arg(long)]
    pub(super) clear: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项 / Options")]
pub(super) struct TargetsArguments {
    /// 案件文件或文件夹：.jsonl 每行一案，.json、.yaml 一案或一组；- 为标准输入（jsonl） / cases: .jsonl with one in each line, .json or .yaml with one or a list, a folder of these; - for standard input (jsonl)
    #[arg(value_name = "POPULATION", help_heading = ARGUMENTS, required = true)]
    pub(super) population: Vec<PathBuf>,
    /// 政策名称或别名，缺省用案件写明的 / policy by name or alias; the one that the cases name by default
    #[arg(long, value_name = "NAME")]
    pub(super) policy: Option<String>,
    /// 所属期，如 2024-06、2024（全年）、2024-01..2024-06 / the time asked about: a month, a year, or months
    #[arg(long, value_name = "PERIOD")]
    pub(super) period: Option<String>,
    /// 知悉日：按当日已知的政策和事实 / with the law and facts known on that day
    #[arg(long, value_name = "DATE")]
    pub(super) known_on: Option<String>,
    /// 政策文件夹，缺省用内置政策 / folder of policies; the built-in ones by default
    #[arg(long, value_name = "DIR")]
    pub(super) policies: Option<PathBuf>,
    /// 不用缺省值，没有填的按未知 / apply no defaults: what is not stated is unknown
    #[arg(long)]
    pub(super) strict: bool,
    /// 输出格式 / format of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项 / Options")]
pub(super) struct ReconcileArguments {
    /// 名册：.jsonl 每行一户，.json、.yaml 一户或一组，文件夹 / the population: .jsonl with one case in each line, .json or .yaml with one or a list, a folder of these
    #[arg(value_name = "POPULATION", help_heading = ARGUMENTS, required = true)]
    pub(super) population: Vec<PathBuf>,
    /// 发放清单：.csv（有表头）或 .jsonl；没有清单的，列出免申即享名单 / list of payments, .csv with a heading or .jsonl; without it, those entitled without an application are listed
    #[arg(long, value_name = "FILE")]
    pub(super) paid: Option<PathBuf>,
    /// 政策名称或别名 / policy by name or alias
    #[arg(long, value_name = "NAME")]
    pub(super) policy: Option<String>,
    /// 一个地方的全部待遇 / all benefits of a place
    #[arg(long, value_name = "PLACE", conflicts_with = "policy")]
    pub(super) place: Option<String>,
    /// 所属期，如 2026-04、2026（全年）、2026-01..2026-04 / the months: a month, a year, or months
    #[arg(long, value_name = "PERIOD")]
    pub(super) period: Option<String>,
    /// 只对这项待遇，可以写几次；缺省是清单里有的 / only this benefit, may be given several times; those in the list by default
    #[arg(long = "benefit", value_name = "BENEFIT")]
    pub(super) benefits: Vec<String>,
    /// 知悉日：按当日已知的政策和事实 / with the law and facts known on that day
    #[arg(long, value_name = "DATE")]
    pub(super) known_on: Option<String>,
    /// 政策文件夹，缺省用内置政策 / folder of policies; the built-in ones by default
    #[arg(long, value_name = "DIR")]
    pub(super) policies: Option<PathBuf>,
    /// 不用缺省值，没有填的按未知 / apply no defaults: what is not stated is unknown
    #[arg(long)]
    pub(super) strict: bool,
    /// 不遮盖账号、身份证号和敏感事实 / show accounts, ID numbers and sensitive facts in the clear
    #[arg(long)]
    pub(super) clear: bool,
    /// 输出格式 / format of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: ReconcileFormat,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项 / Options")]
pub(super) struct ReceiptArguments {
    #[command(flatten)]
    pub(super) case: CaseArguments,
    /// 写到这个文件，缺省写到标准输出 / file to write; standard output by default
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// 已有这个文件也覆盖 / replace the file if it is there
    #[arg(long, requires = "output")]
    pub(super) force: bool,
    /// 出具日期 / day of issue
    #[arg(long, value_name = "DATE")]
    pub(super) issued: Option<String>,
    /// 不遮盖敏感事实 / keep sensitive facts in the clear
    #[arg(long, conflicts_with = "facts_hash")]
    pub(super) clear: bool,
    /// 只存事实的校验值，不存事实和说明 / keep the hash of the facts, not facts and reasons
    #[arg(long)]
    pub(super) facts_hash: bool,
    /// 只存政策文件的校验值，不存文本 / keep the hashes of the policies, not their text
    #[arg(long)]
    pub(super) policy_hash: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项 / Options")]
pub(super) struct VerifyArguments {
    /// 决定存档，- 为标准输入 / the receipt, - for standard input
    #[arg(value_name = "RECEIPT", help_heading = ARGUMENTS)]
    pub(super) receipt: PathBuf,
    /// 原来的事实，存档里没有或遮盖了时要给 / the facts, where the receipt lacks or masks them
    #[arg(value_name = "FACTS", help_heading = ARGUMENTS)]
    pub(super) facts: Option<PathBuf>,
    /// 标准输入是 YAML / standard input is YAML
    #[arg(long)]
    pub(super) yaml: bool,
    /// 也按内置政策重算 / decide by the built-in policies too
    #[arg(long, conflicts_with = "policies")]
    pub(super) current: bool,
    /// 也按这个文件夹里的政策重算 / decide by the policies of a folder too
    #[arg(long, value_name = "DIR")]
    pub(super) policies: Option<PathBuf>,
    /// 输出格式 / format of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: ReportFormat,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项 / Options")]
pub(super) struct CheckArguments {
    /// 文件或文件夹，缺省为全部政策 / files or folders; every policy by default
    #[arg(value_name = "PATH", help_heading = ARGUMENTS)]
    pub(super) paths: Vec<PathBuf>,
    /// 政策文件夹，缺省用内置政策 / folder of policies; the built-in ones by default
    #[arg(long, value_name = "DIR")]
    pub(super) policies: Option<PathBuf>,
    /// 输出格式 / format of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: ReportFormat,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项 / Options")]
pub(super) struct TestArguments {
    /// 文件或文件夹，缺省为全部政策 / files or folders; every policy by default
    #[arg(value_name = "PATH", help_heading = ARGUMENTS)]
    pub(super) paths: Vec<PathBuf>,
    /// 政策文件夹，缺省用内置政策 / folder of policies; the built-in ones by default
    #[arg(long, value_name = "DIR")]
    pub(super) policies: Option<PathBuf>,
    /// 只运行这个政策的案例 / only the cases of this policy
    #[arg(long, value_name = "NAME")]
    pub(super) policy: Option<String>,
    /// 列出没有案例试到的 / list what no case has tried
    #[arg(long)]
    pub(super) uncovered: bool,
    /// 列出写错了案例也看不出的界限 / list boundaries that no case would notice to be wrong
    #[arg(long)]
    pub(super) boundaries: bool,
    /// 输出格式 / format of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: ReportFormat,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项 / Options")]
pub(super) struct FmtArguments {
    /// 文件或文件夹 / files or folders
    #[arg(value_name = "PATH", help_heading = ARGUMENTS, required = true)]
    pub(super) paths: Vec<PathBuf>,
    /// 只检查，不改写；有需要排版的，退出码为 1 / only check; exit code 1 if there is any to format
    #[arg(long)]
    pub(super) check: bool,
    /// 写到标准输出，不改写文件 / write to standard output, not to the files
    #[arg(long, conflicts_with = "check")]
    pub(super) stdout: bool,
    /// 改写成中文或英文 / rewrite in Chinese or English
    #[arg(long, value_name = "zh|en")]
    pub(super) dialect: Option<DialectName>,
}

/// Which keywords a policy is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DialectName {
    Zh,
    En,
}

impl DialectName {
    pub(super) fn dialect(self) -> Dialect {
        match self {
            Self::Zh => Dialect::Zh,
            Self::En => Dialect::En,
        }
    }
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项 / Options")]
pub(super) struct PoliciesArguments {
    /// 只列一个地方适用的政策 / only the policies that hold in a place
    #[arg(long, value_name = "PLACE")]
    pub(super) place: Option<String>,
    /// 目录：依据、施行日期和数值的状态，Markdown / an index with sources and dates, in Markdown
    #[arg(long, conflicts_with = "place")]
    pub(super) index: bool,
    /// 政策文件夹，缺省用内置政策 / folder of policies; the built-in ones by default
    #[arg(long, value_name = "DIR")]
    pub(super) policies: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项 / Options")]
pub(super) struct LayersArguments {
    /// 政策或地方，名称、别名或区划代码 / a policy or a place, by name, alias or code
    #[arg(value_name = "POLICY", help_heading = ARGUMENTS)]
    pub(super) policy: String,
    /// 政策文件夹，缺省用内置政策 / folder of policies; the built-in ones by default
    #[arg(long, value_name = "DIR")]
    pub(super) policies: Option<PathBuf>,
    /// 输出格式 / format of the output
    #[arg(long, value_enum, default_value = "text", hide_default_value = true)]
    pub(super) format: Format,
    /// 最上一层也逐项列出 / list the top layer too
    #[arg(long)]
    pub(super) full: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项 / Options")]
pub(super) struct AboutArguments {
    /// 词语或代码，如 周岁、mixed_and_or；不写的，列出全部 / a word or code; all of them by default
    #[arg(value_name = "WORD", help_heading = ARGUMENTS)]
    pub(super) word: Option<String>,
}

#[cfg(feature = "repl")]
#[derive(Debug, Args)]
#[command(next_help_heading = "选项 / Options")]
pub(super) struct ReplArguments {
    /// 事实文件（JSON 或 YAML） / file of facts (JSON or YAML)
    #[arg(value_name = "FACTS", help_heading = ARGUMENTS)]
    pub(super) facts: Option<PathBuf>,
    /// 政策名称或别名 / policy by name or alias
    #[arg(long, value_name = "NAME")]
    pub(super) policy: Option<String>,
    /// 地方：当地全部待遇一次算出 / all benefits of a place at once, by name, alias or code
    #[arg(long, value_name = "PLACE", conflicts_with = "policy")]
    pub(super) place: Option<String>,
    /// 所属期，如 2023-06 / the month to decide, for example 2023-06
    #[arg(long, value_name = "MONTH")]
    pub(super) period: Option<String>,
    /// 评估日，缺省为该月最后一日 / day of assessment; the last of the month by default
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<String>,
    /// 知悉日：按当日已知的政策和事实 / with the law and facts known on that day
    #[arg(long, value_name = "DATE")]
    pub(super) known_on: Option<String>,
    /// 政策文件夹，改动后自动重读 / folder of policies, read again when one changes
    #[arg(long, value_name = "DIR")]
    pub(super) policies: Option<PathBuf>,
    /// 不用缺省值，没有填的按未知 / apply no defaults: what is not stated is unknown
    #[arg(long)]
    pub(super) strict: bool,
    /// 逐行执行文件里的命令 / do the lines of a file
    #[arg(long, value_name = "FILE")]
    pub(super) script: Option<PathBuf>,
    /// 输出里带上每行命令 / print each line before its answer
    #[arg(long)]
    pub(super) echo: bool,
    /// 不留历史记录 / keep no history of what is typed
    #[arg(long)]
    pub(super) private: bool,
    /// 不遮盖敏感事实 / show sensitive facts in the clear
    #[arg(long)]
    pub(super) clear: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
    Markdown,
}

/// What people read, a spreadsheet, or another program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReconcileFormat {
    Text,
    Csv,
    Json,
}

/// What can be printed or put before a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PageFormat {
    Text,
    Json,
    Markdown,
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LanguageName {
    Zh,
    En,
}

/// The language that `--lang` asks for, read before the arguments are parsed so that a message
/// about them is in that language too.
pub(super) fn language_asked_for(arguments: &[std::ffi::OsString]) -> Option<Language> {
    let mut words = arguments.iter().filter_map(|word| word.to_str());
    let mut asked = None;
    while let Some(word) = words.next() {
        let value = match word {
            "--" => break,
            "--lang" => words.next(),
            word => word.strip_prefix("--lang="),
        };
        let name = value.and_then(|value| LanguageName::from_str(value, false).ok());
        asked = match name {
            Some(LanguageName::Zh) => Some(Language::Zh),
            Some(LanguageName::En) => Some(Language::En),
            None => asked,
        };
    }
    asked
}
