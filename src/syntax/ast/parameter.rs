//! Parameters and their rows as written.

use super::{
    Authorization, Binding, Citation, Delegation, Expr, LiteralRange, Reference, TypeExpr,
};
use crate::source::Span;
use crate::value::{Date, YearMonth};

/// 参数 低保标准（城乡）：元/人·月
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: Binding,
    /// The types of its keys.
    pub keys: Vec<Reference>,
    /// Its type; a layer that only fills may leave it out.
    pub ty: Option<TypeExpr>,
    /// 由地方规定
    pub delegated: Option<Delegation>,
    /// 待查 for all of it.
    pub pending: Option<Span>,
    /// 样例 for all of it.
    pub sample: Option<Span>,
    /// 私有
    pub private: bool,
    /// What its rows mean for a month within which they begin.
    pub mid_month: Option<(MidMonth, Span)>,
    /// The bounds that any value must keep.
    pub range: Option<LiteralRange>,
    /// 授权
    pub authorizations: Vec<Authorization>,
    /// 施行: when the parameter as such is in force.
    pub in_force: Option<Period>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Sources of the parameter as such.
    pub citations: Vec<Citation>,
    /// The whole.
    pub span: Span,
}

/// 自2023年1月1日起：城镇 1201元，农村 1201元
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// When it is in force; as long as its policy where not said.
    pub period: Option<Period>,
    /// Its values.
    pub cells: Vec<Cell>,
    /// 发布
    pub published: Option<(Date, Span)>,
    /// 样例
    pub sample: Option<Span>,
    /// What it means for the month within which it begins, where it is not as for all rows.
    pub mid_month: Option<(MidMonth, Span)>,
    /// Sources.
    pub citations: Vec<Citation>,
    /// The whole.
    pub span: Span,
}

/// What a parameter row that begins within a month means for that month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MidMonth {
    /// 自次月起: the old value holds for the month.
    NextMonth,
    /// 自当月起: the new value holds for the whole month.
    SameMonth,
    /// 按日折算: each value holds for its days.
    ByDays,
}

/// `城镇 1201元`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The keys, in any order.
    pub keys: Vec<Reference>,
    /// The value.
    pub value: CellValue,
    /// The whole.
    pub span: Span,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellValue {
    /// A literal, or the name of an enum value.
    Value(Expr),
    /// 待查
    Pending(Span),
}

/// `自…起至…止`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Option<(DatePoint, Span)>,
    /// Last day.
    pub until: Option<(DatePoint, Span)>,
    /// The whole.
    pub span: Span,
}

/// A day, or the month or year that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatePoint {
    /// A day.
    Date(Date),
    /// A month: its first day after 自, its last after 至.
    Month(YearMonth),
    /// A year: likewise.
    Year(i32),
}
