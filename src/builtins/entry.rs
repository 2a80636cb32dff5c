//! What an entry of the registry says.

use crate::diagnostic::{Bilingual, Language, Words};

/// Something that the language knows without being told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Builtin {
    /// Which it is.
    pub meaning: Meaning,
    /// Its chapter in the manual.
    pub family: Family,
    /// Its names.
    pub name: Words,
    /// Other spellings of it, in no special order.
    pub also: &'static [&'static str],
    /// How it is written and what it gives; several where a condition and an amount are written
    /// differently.
    pub signatures: &'static [Signature],
    /// What it means, in one paragraph.
    pub doc: Words,
    /// Examples that are true of the family of [`super::EXAMPLE_POLICY`].
    pub examples: &'static [Example],
}

/// What kind of builtin, and which one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// `周岁（…）`
    Function(Function),
    /// 评估日, 上月: a word of its own.
    Word(Word),
    /// 所在, 享受: the beginning of a name.
    Prefix(Word),
    /// `近6个月内曾（…）`: a form of the grammar with a number inside.
    LookBack,
}

/// A chapter of the manual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Over the members of a household.
    People,
    /// Numbers.
    Numbers,
    /// Days and durations.
    Days,
    /// Earlier months.
    LookBack,
    /// Law that leaves something open.
    Law,
    /// Outcomes and the like.
    Outcomes,
    /// Documents and places.
    Documents,
    /// Figures over many cases.
    Targets,
}

impl Family {
    /// All of them, in the order of the manual.
    pub const ALL: [Self; 8] = [
        Self::People,
        Self::Numbers,
        Self::Days,
        Self::LookBack,
        Self::Law,
        Self::Outcomes,
        Self::Documents,
        Self::Targets,
    ];

    /// The heading of the chapter.
    #[must_use]
    pub const fn title(self) -> Words {
        match self {
            Self::People => words("对各成员合起来算", "Over members"),
            Self::Numbers => words("数额", "Numbers"),
            Self::Days => words("日期和期间", "Days and durations"),
            Self::LookBack => words("以前的月份", "Earlier months"),
            Self::Law => words("留有余地的规定", "Law that is open"),
            Self::Outcomes => words("决定的结果和所在的家庭", "Outcomes and households"),
            Self::Documents => words("证件和地区", "Documents and places"),
            Self::Targets => words("计数和目标", "Counts and targets"),
        }
    }
}

/// The functions. Lowering matches on this exhaustively.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Function {
    /// 合计
    Sum,
    /// 人数
    Count,
    /// 存在
    Exists,
    /// 每个
    Each,
    /// 最高
    Highest,
    /// 最低
    Lowest,
    /// 平均
    Average,
    /// 首个
    FirstOf,
    /// 末个
    LastOf,
    /// 最大
    Max,
    /// 最小
    Min,
    /// 按月
    Monthly,
    /// 按年
    Yearly,
    /// 周岁
    Age,
    /// 满
    Elapsed,
    /// 推后
    Later,
    /// 历来最高
    HighestEver,
    /// 连续月数
    MonthsInARow,
    /// 上次
    LastTime,
    /// 自何时起
    SinceWhen,
    /// 裁量
    Discretion,
    /// 证号有效
    IdValid,
    /// 证载出生日期
    IdBirthDate,
    /// 证载性别
    IdSex,
    /// 区划内
    InPlace,
    /// 大写
    Capitals,
    /// 户数
    HouseholdCount,
    /// 次数
    Occurrences,
    /// 数量
    NumberOf,
    /// 比例
    Share,
    /// 期内
    InTerm,
}

/// The words and prefixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// 评估日
    Assessment,
    /// 所属期首日
    PeriodFirst,
    /// 所属期末日
    PeriodLast,
    /// 所属期
    Period,
    /// 无
    None,
    /// 未知
    Unknown,
    /// 拒答
    Refused,
    /// 上月
    LastMonth,
    /// 去年
    LastYear,
    /// 当月
    SameMonth,
    /// 次月
    NextMonth,
    /// 首日
    FirstDay,
    /// 末日
    LastDay,
    /// 当日计入
    FirstDayCounted,
    /// 月末顺延
    RollOver,
    /// 所在
    Within,
    /// 享受
    Receives,
    /// 符合
    Entitled,
    /// 不符合
    NotEntitled,
    /// 待定
    Undecided,
    /// 酌定
    Discretionary,
    /// 期初日
    TermFirst,
    /// 期末日
    TermLast,
    /// 完成
    Met,
    /// 未完成
    NotMet,
    /// 数值
    Value,
    /// 待遇收入
    BenefitIncome,
}

/// One way to write a builtin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// In brackets behind the name; nothing for a word.
    pub arguments: Option<Arguments>,
    /// What it gives.
    pub gives: Words,
}

/// The arguments of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arguments {
    /// In order.
    pub parameters: &'static [Parameter],
    /// Whether `其中 …` may follow.
    pub filter: bool,
}

/// One argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// What it is, in a word.
    pub name: Words,
    /// How often it is written.
    pub occurs: Occurs,
}

/// How often an argument is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occurs {
    /// Once.
    Once,
    /// Once or not at all.
    Optionally,
    /// Once or more.
    Repeatedly,
}

/// An expression and what it is equal to in the example family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// A condition that holds: `合计（成员，月工资） = 3000元/月`.
    pub text: Words,
}

impl Builtin {
    /// All spellings: the Chinese name first, then the English.
    pub fn spellings(&self) -> impl Iterator<Item = &'static str> {
        [self.name.zh, self.name.en].into_iter().chain(self.also.iter().copied())
    }

    /// Whether it is called that.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.spellings().any(|spelling| spelling == name)
    }

    /// Whether a call with so many arguments, with or without 其中, is written as one of its
    /// signatures.
    #[must_use]
    pub fn accepts(&self, arguments: usize, filter: bool) -> bool {
        self.signatures.iter().filter_map(|signature| signature.arguments).any(|form| {
            let of = |occurs: Occurs| form.parameters.iter().filter(|p| p.occurs == occurs).count();
            let (once, optional, repeated) =
                (of(Occurs::Once), of(Occurs::Optionally), of(Occurs::Repeatedly));
            let least = once.saturating_add(repeated);
            let most = if repeated > 0 { usize::MAX } else { least.saturating_add(optional) };
            (least..=most).contains(&arguments) && (form.filter || !filter)
        })
    }

    /// How it is written, without what it gives: `周岁（出生日期，[日期]）`; several joined by 或.
    #[must_use]
    pub fn form(&self) -> Bilingual {
        let joined = |language, or: &str| {
            let forms = self.signatures.iter().map(|signature| self.written(signature, language));
            forms.collect::<Vec<_>>().join(or)
        };
        Bilingual::new(joined(Language::Zh, " 或 "), joined(Language::En, " or "))
    }

    /// One line for each signature: `周岁（出生日期，[日期]）：岁`.
    #[must_use]
    pub fn signature_lines(&self, language: Language) -> Vec<String> {
        let colon = match language {
            Language::Zh => "：",
            Language::En => ": ",
        };
        self.signatures
            .iter()
            .map(|signature| {
                let form = self.written(signature, language);
                format!("{form}{colon}{}", signature.gives.get(language))
            })
            .collect()
    }

    fn written(&self, signature: &Signature, language: Language) -> String {
        let name = self.name.get(language);
        let Some(arguments) = signature.arguments else { return name.to_owned() };
        let (open, comma, close, filter) = match language {
            Language::Zh => ("（", "，", "）", "[其中 条件]"),
            Language::En => ("(", ", ", ")", "[where condition]"),
        };
        let mut parts: Vec<String> = Vec::new();
        for parameter in arguments.parameters {
            let word = parameter.name.get(language);
            parts.push(match parameter.occurs {
                Occurs::Once => word.to_owned(),
                Occurs::Optionally => format!("[{word}]"),
                Occurs::Repeatedly => format!("{word}{comma}…"),
            });
        }
        parts.extend(arguments.filter.then(|| filter.to_owned()));
        format!("{name}{open}{}{close}", parts.join(comma))
    }
}

/// An entry with one signature, for the tables of the families.
pub(super) const fn once(zh: &'static str, en: &'static str) -> Parameter {
    Parameter { name: words(zh, en), occurs: Occurs::Once }
}

pub(super) const fn optionally(zh: &'static str, en: &'static str) -> Parameter {
    Parameter { name: words(zh, en), occurs: Occurs::Optionally }
}

pub(super) const fn repeatedly(zh: &'static str, en: &'static str) -> Parameter {
    Parameter { name: words(zh, en), occurs: Occurs::Repeatedly }
}

pub(super) const fn call(parameters: &'static [Parameter], gives: Words) -> Signature {
    Signature { arguments: Some(Arguments { parameters, filter: false }), gives }
}

pub(super) const fn over(parameters: &'static [Parameter], gives: Words) -> Signature {
    Signature { arguments: Some(Arguments { parameters, filter: true }), gives }
}

pub(super) const fn alone(gives: Words) -> Signature {
    Signature { arguments: None, gives }
}

pub(super) const fn words(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}

pub(super) const fn example(zh: &'static str, en: &'static str) -> Example {
    Example { text: words(zh, en) }
}
