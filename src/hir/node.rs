//! Nodes of the typed IR.

use super::{
    DecisionId, DefinitionId, FieldId, FigureId, ItemId, LayerId, MeasureId, ParameterId, PaymentId,
};
use crate::source::Span;
use crate::syntax::ast::{BinaryOperator, Combine, Comparison, LookBackKind};
use crate::types::{EnumId, ObjectId, Type};
use crate::value::{Date, DocumentNumber, LeapBirthday, PlaceCode, Rational, Rounding, YearMonth};

/// A node of a [`super::Program`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A node: what it computes, about whom, of what type, and where it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it computes.
    pub kind: NodeKind,
    /// The object it is computed for each instance of.
    pub subject: ObjectId,
    /// Its type.
    pub ty: Type,
    /// Whether it may be 无.
    pub optional: bool,
    /// Where it is written.
    pub span: Span,
    /// The layer that wrote it.
    pub layer: LayerId,
}

/// A value that the program itself holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Constant {
    /// 是, 否
    Bool(bool),
    /// A number in the base unit of its dimension (元, not 万元).
    Number(Rational),
    /// A day.
    Date(Date),
    /// A month.
    Month(YearMonth),
    /// A value of an enumeration.
    Enum(EnumId, u16),
    /// A text, as a number on a document.
    Text(DocumentNumber),
    /// An outcome, for comparison with a decision.
    Outcome(OutcomeConstant),
}

/// The four outcomes as values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutcomeConstant {
    /// 符合
    Entitled,
    /// 不符合
    NotEntitled,
    /// 待定
    Undecided,
    /// 酌定
    Discretionary,
    /// 完成, of a target.
    Met,
    /// 未完成, of a target.
    NotMet,
}

/// A day that the question brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuestionDate {
    /// 评估日
    Assessment,
    /// 所属期首日
    PeriodFirst,
    /// 所属期末日
    PeriodLast,
    /// 所属期 as a month.
    Period,
    /// 期初日: the first day of the term that a target is answered for; of the month elsewhere.
    TermFirst,
    /// 期末日: its last day.
    TermLast,
}

/// What a node computes.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// A literal.
    Constant(Constant),
    /// 无
    Absent,
    /// 评估日 and its like.
    QuestionDate(QuestionDate),
    /// A fact of the subject.
    Fact(FieldId),
    /// A parameter, by its keys in order.
    Parameter {
        /// Which.
        parameter: ParameterId,
        /// The keys.
        keys: Vec<NodeId>,
        /// Read as of which day.
        at: ParameterDay,
    },
    /// 历来最高: the greatest value that a parameter has had up to the day.
    HighestEver {
        /// Which.
        parameter: ParameterId,
        /// The keys.
        keys: Vec<NodeId>,
    },
    /// A named thing of the same subject, used in an expression.
    Use {
        /// Which.
        definition: DefinitionId,
        /// Its root.
        root: NodeId,
    },
    /// Something of the household, seen from one of its members.
    AtParent(NodeId),
    /// Something of another person: `父亲的残疾等级`.
    AtReference {
        /// Who.
        reference: NodeId,
        /// What, on that object.
        target: NodeId,
    },
    /// ＋ － × ÷
    Binary(BinaryOperator, NodeId, NodeId),
    /// －x
    Negate(NodeId),
    /// Dates: day plus a duration in months or days, or the days between two days.
    Calendar(CalendarOperation, NodeId, NodeId),
    /// `x低于y`
    Compare(Comparison, NodeId, NodeId),
    /// `x属于…`
    Within {
        /// What is tested.
        value: NodeId,
        /// Any of these.
        alternatives: Vec<Alternative>,
        /// 不属于
        negated: bool,
    },
    /// All hold.
    All(Vec<NodeId>),
    /// Any holds.
    Any(Vec<NodeId>),
    /// At least so many hold.
    AtLeast(u32, Vec<NodeId>),
    /// 非x
    Not(NodeId),
    /// A labelled item of a condition list.
    Item(ItemId, NodeId),
    /// 如果 … 则 … 否则 …
    If {
        /// The condition.
        condition: NodeId,
        /// The value where it holds.
        then: NodeId,
        /// The value where it does not.
        otherwise: NodeId,
    },
    /// x若无则y
    IfAbsent(NodeId, NodeId),
    /// x等于无
    IsAbsent(NodeId),
    /// `月工资等于拒答`: whether a fact was asked for and not given.
    IsRefused(NodeId),
    /// Items with values, and tables.
    Choose {
        /// How they combine.
        combine: Combine,
        /// The items.
        arms: Vec<Arm>,
        /// 均不符合的
        otherwise: Option<NodeId>,
    },
    /// A base and its exceptions.
    Default {
        /// What holds where no exception does.
        base: NodeId,
        /// The exceptions.
        exceptions: Vec<ExceptionArm>,
    },
    /// The same thing in force at different times; the last published of those in force is it.
    Versions(Vec<Version>),
    /// 取整
    Round(Rounding, Rational, NodeId),
    /// 保底: not less than.
    Floor(NodeId, NodeId),
    /// 封顶: not more than.
    Cap(NodeId, NodeId),
    /// 最大 / 最小 of several values.
    Extreme {
        /// True for 最大.
        greatest: bool,
        /// The values.
        operands: Vec<NodeId>,
    },
    /// Over the members of a list.
    Aggregate {
        /// What is done.
        kind: AggregateKind,
        /// The list field of the subject.
        list: FieldId,
        /// What is taken of each; nothing for a count.
        body: Option<NodeId>,
        /// Which members count: all of these hold.
        filters: Vec<NodeId>,
    },
    /// 首个, 末个: the one of a list that comes first or last by an order.
    Pick {
        /// The list field of the subject.
        list: FieldId,
        /// What they are ordered by; each one after the first decides where those before are equal.
        keys: Vec<NodeId>,
        /// The greatest rather than the least.
        last: bool,
        /// Which members count: all of these hold.
        filters: Vec<NodeId>,
    },
    /// Something of the person with that key: only in what a case expects.
    AtInstance(String, NodeId),
    /// A definition so many months before.
    Shift(DefinitionId, u32),
    /// A value of the same subject so many months before.
    Earlier(u32, NodeId),
    /// A window over earlier months.
    Window {
        /// Which.
        kind: LookBackKind,
        /// How many months.
        months: u32,
        /// What is looked at.
        body: NodeId,
    },
    /// 连续月数: for how many months in a row, up to the month before, it has held.
    MonthsInARow(DefinitionId),
    /// 上次: its value in the last earlier month in which its decision held.
    LastTime(DefinitionId),
    /// 自何时起: the first month of those in a row, up to this one, in which it has held.
    SinceWhen {
        /// What.
        definition: DefinitionId,
        /// Whether it holds in this month.
        now: NodeId,
    },
    /// 周岁（birth，on）
    Age(NodeId, NodeId, LeapBirthday),
    /// 满（day，6个月） as of the assessment day, or of a third argument.
    Elapsed {
        /// Since when.
        since: NodeId,
        /// How long: a duration in months or years.
        duration: NodeId,
        /// On which day.
        on: NodeId,
        /// How its end is found.
        reading: ElapsedReading,
    },
    /// `8月31日`, `申请日的当年8月31日`: that day of the year of a day.
    FixedDay {
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
        /// The day (or month) whose year counts; the assessment day where not said.
        of: Option<NodeId>,
    },
    /// 确认日的次月: the month of a day (or a month), or one beside it.
    MonthOf {
        /// The day or month.
        day: NodeId,
        /// So many months later, or earlier.
        offset: i8,
    },
    /// 首日, 末日 of a month.
    DayOf {
        /// The month.
        month: NodeId,
        /// The last day rather than the first.
        last: bool,
    },
    /// 大写（x）: the same amount, shown in capitals.
    Capitals(NodeId),
    /// What a text says as a number on a document.
    Document(DocumentQuery, NodeId),
    /// 裁量
    Discretion {
        /// Who decides.
        authority: String,
        /// What may be decided at the least.
        low: Option<NodeId>,
        /// What may be decided at the most.
        high: Option<NodeId>,
        /// The fact that says what was decided, once it is.
        given: Option<NodeId>,
    },
    /// 待查: a value of law that is not at hand; the text says which.
    Pending(String),
    /// 由地方规定 that no layer has filled.
    Unfilled(DefinitionId),
    /// Whether a decision's subject is entitled, as an outcome.
    OutcomeOf(DecisionId, NodeId),
    /// A figure over a whole population, counted up beside the case; only in targets.
    Measure(MeasureId),
    /// A figure of a target: as reported where somebody reported it, as computed otherwise.
    Reported(FigureId, NodeId),
    /// What something is a share of, which must not be empty.
    NotEmpty(NodeId),
    /// Whether a target is met, as an outcome; only in what a case expects.
    TargetOutcome(NodeId),
    /// A payment: its formula where the decision holds, nothing otherwise.
    Payment {
        /// Which.
        payment: PaymentId,
        /// Whether the subject is entitled.
        entitled: NodeId,
        /// The formula.
        due: NodeId,
        /// What is paid where the subject is not: 停发 不符合条件的次月.
        continued: Option<NodeId>,
    },
    /// A payment within its 起发 and 停发: the value where all of them allow it, nothing otherwise.
    Timed {
        /// What is paid within the term.
        value: NodeId,
        /// The clauses.
        terms: Vec<Term>,
    },
}

/// The day that a parameter is read as of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterDay {
    /// The day that picks rows.
    Now,
    /// So many months before it (12 for 去年).
    MonthsBefore(u32),
    /// 申请日的低保标准: a day, or the first of a month.
    On(NodeId),
}

/// How the end of a period that began on a day is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ElapsedReading {
    /// 当日计入: the first day is one of the period, which so ends a day sooner.
    pub first_day_counted: bool,
    /// 月末顺延: where the last month has no such day, the period ends on the first of the next.
    pub rolling: bool,
}

/// 起发 or 停发.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// The first month that is paid, or that is not paid any more; may be 无, which allows all.
    pub month: NodeId,
    /// Whether it lets the month be paid.
    pub allows: NodeId,
    /// Its sources.
    pub item: ItemId,
    /// 停发
    pub is_stop: bool,
}

/// What is asked of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentQuery {
    /// Whether it is a citizen identification number.
    Valid,
    /// The date of birth in it.
    BirthDate,
    /// The sex in it: 男 and 女 as values of an enumeration.
    Sex(EnumId, [u16; 2]),
    /// Whether it is the code of a place within this one.
    Within(PlaceCode),
}

/// Calendar arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CalendarOperation {
    /// Day or month + months (or years, counted as 12).
    AddMonths,
    /// 推后（day，n，月末顺延）: the first of the next month where the month has no such day.
    AddMonthsRolling,
    /// Day or month − months.
    SubtractMonths,
    /// Day + days.
    AddDays,
    /// Day − days.
    SubtractDays,
    /// Day − day, in days.
    DaysBetween,
    /// Month − month, in months.
    MonthsBetween,
}

/// One alternative of 属于.
#[derive(Clone, Debug, PartialEq)]
pub enum Alternative {
    /// Equal to this.
    Value(NodeId),
    /// Between these; the flag says whether the end itself is in.
    Interval {
        /// The lower end.
        low: Option<(NodeId, bool)>,
        /// The upper end.
        high: Option<(NodeId, bool)>,
    },
}

/// An item of a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Arm {
    /// Its number, label, sources.
    pub item: ItemId,
    /// When it applies; always where not said.
    pub condition: Option<NodeId>,
    /// What it gives.
    pub value: NodeId,
}

/// An exception.
#[derive(Clone, Debug, PartialEq)]
pub struct ExceptionArm {
    /// Its label, sources, layer.
    pub item: ItemId,
    /// When it applies; always where not said.
    pub condition: Option<NodeId>,
    /// What it gives instead.
    pub value: NodeId,
    /// The exceptions (by position) that it beats: those it is an exception to, or ranks above.
    pub beats: Vec<usize>,
    /// When it is in force.
    pub validity: Validity,
}

/// One version of a thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// When it is in force.
    pub validity: Validity,
    /// What it is then.
    pub root: NodeId,
}

/// From when, until when, and since when known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// First day; always where not said.
    pub from: Option<Date>,
    /// Last day; for ever where not said.
    pub until: Option<Date>,
    /// The day it was made known; its first day where not said.
    pub published: Option<Date>,
}

impl Validity {
    /// Whether it is in force on `day` and known on `known_on`.
    #[must_use]
    pub fn holds(&self, day: Date, known_on: Option<Date>) -> bool {
        self.from.is_none_or(|from| from <= day)
            && self.until.is_none_or(|until| day <= until)
            && self.known(known_on)
    }

    /// While both are in force, and known.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let said = self.published.is_some() || other.published.is_some();
        let known = [self, other].map(|validity| validity.published.or(validity.from));
        Self {
            from: self.from.max(other.from),
            until: [self.until, other.until].into_iter().flatten().min(),
            published: known.into_iter().max().flatten().filter(|_| said),
        }
    }

    /// Whether it had been made known on that day.
    #[must_use]
    pub fn known(&self, known_on: Option<Date>) -> bool {
        match (self.published.or(self.from), known_on) {
            (Some(published), Some(known_on)) => published <= known_on,
            _ => true,
        }
    }
}

/// What is done over members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AggregateKind {
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
}

impl NodeKind {
    /// The operands in the same month, in order.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one arm for each shape of node")]
    pub fn operands(&self) -> Vec<NodeId> {
        match self {
            Self::Constant(_)
            | Self::Absent
            | Self::QuestionDate(_)
            | Self::Fact(_)
            | Self::Shift(..)
            | Self::MonthsInARow(_)
            | Self::LastTime(_)
            | Self::Pending(_)
            | Self::Measure(_)
            | Self::Unfilled(_) => Vec::new(),
            Self::Parameter { keys, at, .. } => {
                let mut operands = keys.clone();
                if let ParameterDay::On(day) = at {
                    operands.push(*day);
                }
                operands
            }
            Self::HighestEver { keys, .. } => keys.clone(),
            Self::FixedDay { of, .. } => of.iter().copied().collect(),
            Self::Discretion { low, high, given, .. } => {
                [low, high, given].into_iter().flatten().copied().collect()
            }
            Self::Timed { value, terms } => {
                let terms = terms.iter().flat_map(|term| [term.month, term.allows]);
                std::iter::once(*value).chain(terms).collect()
            }
            Self::Use { root, .. } => vec![*root],
            Self::AtParent(target)
            | Self::Negate(target)
            | Self::Capitals(target)
            | Self::IsAbsent(target)
            | Self::IsRefused(target)
            | Self::Document(_, target)
            | Self::Not(target)
            | Self::Item(_, target)
            | Self::Round(_, _, target)
            | Self::AtInstance(_, target)
            | Self::Earlier(_, target)
            | Self::Reported(_, target)
            | Self::NotEmpty(target)
            | Self::TargetOutcome(target)
            | Self::SinceWhen { now: target, .. }
            | Self::MonthOf { day: target, .. }
            | Self::DayOf { month: target, .. }
            | Self::OutcomeOf(_, target) => vec![*target],
            Self::Window { body, .. } => vec![*body],
            Self::AtReference { reference: a, target: b }
            | Self::Binary(_, a, b)
            | Self::Calendar(_, a, b)
            | Self::Compare(_, a, b)
            | Self::IfAbsent(a, b)
            | Self::Floor(a, b)
            | Self::Cap(a, b)
            | Self::Age(a, b, _) => vec![*a, *b],
            Self::Payment { entitled, due, continued, .. } => {
                [Some(*entitled), Some(*due), *continued].into_iter().flatten().collect()
            }
            Self::Elapsed { since: a, duration: b, on: c, .. }
            | Self::If { condition: a, then: b, otherwise: c } => vec![*a, *b, *c],
            Self::Within { value, alternatives, .. } => {
                let mut operands = vec![*value];
                for alternative in alternatives {
                    match alternative {
                        Alternative::Value(node) => operands.push(*node),
                        Alternative::Interval { low, high } => {
                            operands.extend(low.iter().chain(high).map(|(node, _)| *node));
                        }
                    }
                }
                operands
            }
            Self::All(nodes)
            | Self::Any(nodes)
            | Self::AtLeast(_, nodes)
            | Self::Extreme { operands: nodes, .. } => nodes.clone(),
            Self::Choose { arms, otherwise, .. } => {
                let mut operands = Vec::new();
                for arm in arms {
                    operands.extend(arm.condition);
                    operands.push(arm.value);
                }
                operands.extend(*otherwise);
                operands
            }
            Self::Default { base, exceptions } => {
                let mut operands = vec![*base];
                for exception in exceptions {
                    operands.extend(exception.condition);
                    operands.push(exception.value);
                }
                operands
            }
            Self::Versions(versions) => versions.iter().map(|version| version.root).collect(),
            Self::Aggregate { body, filters, .. } => body.iter().chain(filters).copied().collect(),
            Self::Pick { keys, filters, .. } => filters.iter().chain(keys).copied().collect(),
        }
    }
}
