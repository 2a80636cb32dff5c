//! Cases as written.

use super::{DatePoint, Expr, LiteralRange, QualifiedName, Reference, Text};
use crate::source::Span;
use crate::value::{Date, YearMonth};

/// 案例 “三口之家，一人就业”
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its title.
    pub title: Text,
    /// 引用: the policy it is decided under, where not the file's own.
    pub policy: Option<QualifiedName>,
    /// 所属期
    pub period: Option<(DatePoint, Span)>,
    /// 评估日
    pub assessed: Option<(Date, Span)>,
    /// 知悉日
    pub known: Option<(Date, Span)>,
    /// 家庭：…, 人 丁：…
    pub instances: Vec<Instance>,
    /// Tables of instances.
    pub tables: Vec<CaseTable>,
    /// 历史
    pub history: Vec<History>,
    /// 实绩
    pub reported: Vec<Reported>,
    /// 应当
    pub expectations: Vec<Expectation>,
    /// The whole.
    pub span: Span,
}

/// 家庭：城镇，金融资产 20000元
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// The object.
    pub object: Reference,
    /// Its key, where it has one.
    pub name: Option<Reference>,
    /// What is said of it.
    pub facts: Vec<Assignment>,
    /// The whole.
    pub span: Span,
}

/// `金融资产 20000元`; an enum value alone names its field by its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The field.
    pub field: Option<Reference>,
    /// Its value, or its values by date.
    pub values: Vec<FactValue>,
    /// The whole.
    pub span: Span,
}

/// A value as stated in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactValue {
    /// A literal, a text, or a name (an enum value, a person, 无, 未知, 拒答).
    pub value: Expr,
    /// （自2023年3月起）
    pub since: Option<DatePoint>,
}

/// A fact told outside any file: `甲的月工资 = 2400元`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// Which fact, of whom; left out where an enum value alone names it.
    pub about: Option<Expr>,
    /// Its value, or its values by date; any expression.
    pub values: Vec<FactValue>,
    /// The whole.
    pub span: Span,
}

/// A table of instances: the first column names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseTable {
    /// The words of the first line.
    pub columns: Vec<Text>,
    /// The lines under it: for every cell the values in it (empty: not stated).
    pub rows: Vec<CaseRow>,
    /// The whole.
    pub span: Span,
}

/// One line of a case table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// In column order.
    pub cells: Vec<CaseCell>,
    /// The whole.
    pub span: Span,
}

/// A cell of a case table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseCell {
    /// The text as written, trimmed.
    pub text: Text,
    /// The values in it; empty for "not stated".
    pub values: Vec<FactValue>,
}

/// 历史 2023年5月：低保＝符合，低保金＝313元
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The month.
    pub month: YearMonth,
    /// What was decided in it.
    pub entries: Vec<(Expr, FactValue)>,
    /// The whole.
    pub span: Span,
}

/// 实绩 年报率＝91.28%
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The figures of targets, with what was reported of each.
    pub entries: Vec<(Expr, FactValue)>,
    /// The whole.
    pub span: Span,
}

/// 应当 …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// What.
    pub kind: ExpectationKind,
    /// The whole.
    pub span: Span,
}

/// The forms of an expectation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectationKind {
    /// A condition over the results.
    Holds(Expr),
    /// 低保的低保金 等于 待定，0元至1353元: a condition that says a value is not known, with the bounds
    /// between which it lies.
    Between(Box<(Expr, LiteralRange)>),
    /// 报错 无标准: deciding fails in this way.
    Fails {
        /// What fails; anything that is decided where nothing is said.
        of: Option<Expr>,
        /// How.
        error: Reference,
    },
    /// 还需 乙的重病: just these facts could still change the result.
    Needs(Vec<Expr>),
}
