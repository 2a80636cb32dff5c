//! Expressions as written.

use super::{Reference, Text};
use crate::source::Span;
use crate::value::{Date, Rational, YearMonth};

/// A value or a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// The whole of it.
    pub span: Span,
}

/// The forms of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// `1201元`, `30%`, `6个月`.
    Number(NumberLiteral),
    /// `2023年7月1日`.
    Date(Date),
    /// `2023年6月`.
    YearMonth(YearMonth),
    /// `2023年`.
    Year(i32),
    /// `8月31日`: a day of every year.
    FixedDay {
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
    },
    /// `6个月前`: only before 的, as in `6个月前的低保标准`.
    MonthsAgo(u32),
    /// 是, 否.
    Bool(bool),
    /// `“…”`.
    Text(String),
    /// A name standing alone; also 无, 未知, 拒答, which are names to the grammar.
    Name(Reference),
    /// `父亲的残疾等级`, `低保的低保金（应发）`.
    Access {
        /// What stands before 的.
        base: Box<Expr>,
        /// A name or a call.
        member: Box<Expr>,
        /// （应发） and its like.
        stage: Option<StageWord>,
    },
    /// `人数（成员，其中重病）`.
    Call(Call),
    /// `非 x`.
    Not(Box<Expr>),
    /// `－x`.
    Negate(Box<Expr>),
    /// Arithmetic; `低保标准的30%` is a product too.
    Binary {
        /// Which.
        operator: BinaryOperator,
        /// Where the operator stands.
        operator_span: Span,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// 且 / 或 over two or more operands, never mixed.
    Logic {
        /// True for 且, false for 或.
        all: bool,
        /// At least two.
        operands: Vec<Expr>,
    },
    /// `x低于y`.
    Compare {
        /// Which.
        operator: Comparison,
        /// Where the word stands.
        operator_span: Span,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
    },
    /// `x属于a、b` and `x属于80岁以上不满90岁`.
    Within {
        /// What is tested.
        value: Box<Expr>,
        /// Any of these.
        alternatives: Vec<Range>,
        /// 不属于.
        negated: bool,
    },
    /// 如果 … 则 … 否则 ….
    If {
        /// The condition.
        condition: Box<Expr>,
        /// The value where it holds.
        then: Box<Expr>,
        /// The value where it does not.
        otherwise: Box<Expr>,
    },
    /// `x若无则0元`.
    IfAbsent {
        /// What may be absent.
        value: Box<Expr>,
        /// What stands in for it.
        otherwise: Box<Expr>,
    },
    /// `近6个月内曾（C）` and its like.
    LookBack {
        /// Which window.
        kind: LookBackKind,
        /// How many months.
        months: u32,
        /// What is looked at in each.
        body: Box<Expr>,
    },
    /// `100元至低保标准的6倍`; only as an argument, the bounds of 裁量.
    Range(Box<Bounds>),
    /// In brackets; kept for the formatter.
    Group(Box<Expr>),
}

/// `callee（arguments，其中 filter）`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What is called.
    pub callee: Reference,
    /// The arguments in order.
    pub arguments: Vec<Expr>,
    /// 其中.
    pub filter: Option<Box<Expr>>,
    /// 按2月28日.
    pub reckoning: Option<Reckoning>,
}

/// `按2月28日`: the day that stands for 29 February in other years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reckoning {
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// The whole.
    pub span: Span,
}

/// A number as written, with its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberLiteral {
    /// The value before any scale: `1.2` of `1.2万元`, `30` of `30%`.
    pub value: Rational,
    /// How many digits stand after the point.
    pub decimals: u32,
    /// What follows the digits.
    pub suffix: NumberSuffix,
}

/// What follows the digits of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberSuffix {
    /// Nothing.
    None,
    /// `%`.
    Percent,
    /// `‰`.
    PerMille,
    /// 倍.
    Times,
    /// 元/人·月.
    Unit(UnitExpr),
}

/// A unit as written: one head and any denominators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitExpr {
    /// 元, 万元, 个月, 床位 …
    pub numerator: Reference,
    /// 人, 月 …
    pub denominators: Vec<Reference>,
    /// The whole.
    pub span: Span,
}

/// One alternative of 属于 or a table cell: a single value (no bounds) or an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// What it is.
    pub kind: RangeKind,
    /// The whole.
    pub span: Span,
}

/// The forms of a [`Range`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RangeKind {
    /// Just this value.
    Value(Box<Expr>),
    /// Between bounds; at least one is there.
    Interval {
        /// The lower end.
        low: Option<Bound>,
        /// The upper end.
        high: Option<Bound>,
    },
}

/// An end of an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The number.
    pub value: Box<Expr>,
    /// Whether the number itself is in.
    pub inclusive: bool,
}

/// + − × ÷.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BinaryOperator {
    /// ＋
    Add,
    /// －
    Subtract,
    /// ×, 的, `of`
    Multiply,
    /// ÷
    Divide,
}

/// The six comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Comparison {
    /// 低于, 不满
    Less,
    /// 不超过, 不高于
    LessOrEqual,
    /// 超过, 高于
    Greater,
    /// 不低于, 达到
    GreaterOrEqual,
    /// 等于
    Equal,
    /// 不等于
    NotEqual,
}

/// Which stage of a benefit is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StageWord {
    /// 资格
    Entitled,
    /// 应发
    Due,
    /// 实发
    Paid,
}

/// `100元至低保标准的6倍`, or one end of it: `不超过低保标准的6倍`. Both ends are included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The least.
    pub low: Option<Expr>,
    /// The greatest.
    pub high: Option<Expr>,
    /// The whole.
    pub span: Span,
}

/// Windows over earlier months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LookBackKind {
    /// 近n个月内曾: this month and the n−1 before it.
    EverWithin,
    /// 此前n个月内曾: the n months before this one.
    EverBefore,
    /// 连续n个月: this month and the n−1 before it, all of them.
    Consecutive,
    /// 前n个月合计: the sum over the n months before this one.
    SumBefore,
}

/// Either of the list forms that a condition can take, or one expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConditionBody {
    /// `条件 人均月收入低于低保标准`.
    Expr(Expr),
    /// `条件 同时符合：（一）…`.
    List(ConditionList),
}

/// Items of which all, any, or some number are to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionList {
    /// How many must hold.
    pub combinator: Combinator,
    /// In order.
    pub items: Vec<ConditionItem>,
    /// The whole.
    pub span: Span,
}

/// How many items must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combinator {
    /// 同时符合
    All,
    /// 符合下列情形之一
    Any,
    /// 至少符合两项
    AtLeast(u32),
}

/// （一）收入条件：人均月收入低于低保标准；依据 …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionItem {
    /// `（一）` as written.
    pub enumerator: Text,
    /// The text before the colon.
    pub label: Option<Text>,
    /// What is to hold.
    pub body: ConditionBody,
    /// The sources of this item.
    pub citations: Vec<super::Citation>,
    /// The whole.
    pub span: Span,
}
