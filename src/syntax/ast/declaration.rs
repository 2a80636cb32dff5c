//! Declarations as written.

use super::{
    Binding, Case, Citation, Combinator, ConditionBody, DatePoint, Expr, Parameter, Period,
    QualifiedName, Range, Reference, Text, UnitExpr,
};
use crate::source::Span;
use crate::value::{Date, Rounding};

/// What a file says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// 政策 or 词汇.
    pub kind: HeaderKind,
    /// 国家.最低生活保障.
    pub name: QualifiedName,
    /// Its ASCII twin.
    pub alias: Option<Reference>,
    /// 基于.
    pub base: Option<QualifiedName>,
    /// 引用.
    pub uses: Vec<QualifiedName>,
    /// 标题.
    pub title: Option<Text>,
    /// 制定机关.
    pub authority: Option<Text>,
    /// 依据.
    pub citations: Vec<Citation>,
    /// 施行.
    pub in_force: Option<Period>,
    /// 发布.
    pub published: Option<(Date, Span)>,
    /// 适用日.
    pub applicable_date: Option<Reference>,
    /// 区划, a GB/T 2260 code.
    pub place: Option<Text>,
    /// 样例: everything in the file is made up.
    pub sample: Option<Span>,
    /// The whole.
    pub span: Span,
}

/// Policy or vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderKind {
    /// 政策
    Policy,
    /// 词汇
    Vocabulary,
}

/// A declaration of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Declaration {
    /// 枚举
    Enumeration(Enumeration),
    /// 对象
    Object(Object),
    /// 单位
    Units(Units),
    /// 参数
    Parameter(Parameter),
    /// 规则
    Rule(Rule),
    /// 补充 规则
    SupplementRule(SupplementRule),
    /// 集合
    Set(Set),
    /// 决定
    Decision(Decision),
    /// 补充 决定
    SupplementDecision(SupplementDecision),
    /// 关系
    Relation(Relation),
    /// 约束
    Constraint(Constraint),
    /// 表
    Table(Table),
    /// 目标
    Target(Target),
    /// 案例
    Case(Case),
}

/// 枚举 城乡：城镇、农村
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enumeration {
    /// Its name.
    pub name: Binding,
    /// Its values in order.
    pub values: Vec<Binding>,
    /// Sources.
    pub citations: Vec<Citation>,
    /// The whole.
    pub span: Span,
}

/// 对象 人
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its name.
    pub name: Binding,
    /// Its fields in order.
    pub fields: Vec<Field>,
    /// Sources.
    pub citations: Vec<Citation>,
    /// The whole.
    pub span: Span,
}

/// 月工资【monthly_wage】：元/月，0元至100万元
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: Binding,
    /// Its type.
    pub ty: TypeExpr,
    /// 可无
    pub optional: bool,
    /// 若干
    pub many: bool,
    /// 至少n
    pub at_least: Option<Expr>,
    /// 至多n
    pub at_most: Option<Expr>,
    /// 敏感
    pub sensitive: bool,
    /// 不可改变
    pub immutable: bool,
    /// 不作建议
    pub not_suggested: bool,
    /// 不晚于评估日
    pub not_after_assessment: Option<Span>,
    /// The values it may take.
    pub range: Option<LiteralRange>,
    /// 缺省
    pub default: Option<Expr>,
    /// 问
    pub question: Option<Text>,
    /// Sources.
    pub citations: Vec<Citation>,
    /// The whole.
    pub span: Span,
}

/// `0元至100万元`; of a parameter, `不低于0元` as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiteralRange {
    /// The least.
    pub low: Expr,
    /// The greatest, where there is one.
    pub high: Option<Expr>,
    /// The whole.
    pub span: Span,
}

/// A type as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeExpr {
    /// Which.
    pub kind: TypeExprKind,
    /// The whole.
    pub span: Span,
}

/// The forms of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a file holds few, each built and read once")]
pub enum TypeExprKind {
    /// 是否
    Boolean,
    /// 日期
    Date,
    /// 月份
    Month,
    /// 整数, with its range.
    Integer(Option<LiteralRange>),
    /// 小数
    Decimal,
    /// 文本
    Text,
    /// 人数, 户数, 次数: a number of those.
    Count(Reference),
    /// `%`
    Percent,
    /// 倍
    Times,
    /// 元/人·月
    Unit(UnitExpr),
    /// An enumeration, an object, or a unit the policy declares.
    Named(Reference),
}

/// 单位 床位、公里
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Units {
    /// The units.
    pub names: Vec<Binding>,
    /// Sources.
    pub citations: Vec<Citation>,
    /// The whole.
    pub span: Span,
}

/// 授权 市级以上 增加例外
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// 省级, 市级, 县级, 地方 …
    pub level: Reference,
    /// 以上
    pub and_up: bool,
    /// 增加例外, 增加条件, 另定
    pub acts: Vec<Reference>,
    /// The whole.
    pub span: Span,
}

/// 由地方规定, 由市级以上规定
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// 地方, 省级, 市级, 县级
    pub level: Reference,
    /// 以上
    pub and_up: bool,
    /// The whole.
    pub span: Span,
}

/// （人）
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The object.
    pub object: Reference,
}

/// What stands in the head of a rule, a payment or a supplement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeadModifiers {
    /// 就高 …
    pub combine: Option<(Combine, Span)>,
    /// 授权
    pub authorizations: Vec<Authorization>,
    /// 施行
    pub in_force: Option<Period>,
    /// 样例
    pub sample: Option<Span>,
    /// 私有
    pub private: bool,
    /// 由地方规定
    pub delegated: Option<Delegation>,
    /// `100元至300元`
    pub range: Option<LiteralRange>,
}

/// How items of one body combine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Combine {
    /// 唯一
    Unique,
    /// 就高
    Highest,
    /// 就低
    Lowest,
    /// 累加
    Total,
    /// 首个
    First,
}

/// The part that 规则 and 补充 规则 share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleTail {
    /// What it is about; nothing for a rule about the whole case.
    pub subject: Option<Subject>,
    /// Its type.
    pub ty: Option<TypeExpr>,
    /// The rest of its head.
    pub modifiers: HeadModifiers,
    /// Sources.
    pub citations: Vec<Citation>,
    /// Its definition.
    pub body: Option<Body>,
    /// 其中
    pub locals: Vec<Local>,
    /// Its exceptions.
    pub exceptions: Vec<Exception>,
}

/// 规则 年龄（人）：岁 = 周岁（出生日期，评估日）
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub name: Binding,
    /// Everything after the name.
    pub tail: RuleTail,
    /// The whole.
    pub span: Span,
}

/// 补充 规则 国家.计入收入（人）
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplementRule {
    /// The rule of a higher layer.
    pub name: QualifiedName,
    /// What is added.
    pub tail: RuleTail,
    /// The whole.
    pub span: Span,
}

/// A definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Its form.
    pub kind: BodyKind,
    /// The whole.
    pub span: Span,
}

/// 其中 差额 = 标准－收入: a name of one definition alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Local {
    /// Its name.
    pub name: Binding,
    /// Its type.
    pub ty: Option<TypeExpr>,
    /// How its items combine.
    pub modifiers: HeadModifiers,
    /// Sources.
    pub citations: Vec<Citation>,
    /// Its definition.
    pub body: Body,
    /// The whole.
    pub span: Span,
}

/// The forms of a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// `= formula，steps`
    Formula(Formula),
    /// 同时符合：…
    Conditions(super::ConditionList),
    /// （一）…的，…
    Choices(ChoiceList),
}

/// A value and what is done to it, in the written order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// The value.
    pub value: Expr,
    /// The steps.
    pub steps: Vec<Step>,
}

/// 保底, 封顶, 取整.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub kind: StepKind,
    /// The whole.
    pub span: Span,
}

/// The forms of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// 保底0元
    Floor(Expr),
    /// 封顶500元
    Cap(Expr),
    /// 向上取整到1元
    Round {
        /// Which way.
        mode: Rounding,
        /// To multiples of what.
        grain: Expr,
    },
    /// 不取整
    NoRounding,
}

/// Items with values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceList {
    /// In order.
    pub items: Vec<ChoiceItem>,
    /// 均不符合的
    pub otherwise: Option<Formula>,
    /// 各项…
    pub each: Vec<EachStep>,
    /// The whole.
    pub span: Span,
}

/// 各项四舍五入到1元；    依据 …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EachStep {
    /// What is done to the value of every item.
    pub step: Step,
    /// Sources.
    pub citations: Vec<Citation>,
    /// The whole.
    pub span: Span,
}

/// （一）老年人：年龄达到70周岁的，低保标准的20%；
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceItem {
    /// `（一）` as written.
    pub enumerator: Text,
    /// The text before the colon.
    pub label: Option<Text>,
    /// When it applies; always where not said.
    pub condition: Option<Expr>,
    /// What it gives.
    pub value: Formula,
    /// Sources.
    pub citations: Vec<Citation>,
    /// The whole.
    pub span: Span,
}

/// 例外（在校学生）在校学生的，0元；优先于（…）
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Its label.
    pub label: Option<Text>,
    /// The exception that it is an exception to; the base where not said.
    pub target: Option<Text>,
    /// When it applies.
    pub condition: Option<Expr>,
    /// What it gives instead.
    pub value: Formula,
    /// 优先于
    pub beats: Vec<Text>,
    /// 施行
    pub in_force: Option<Period>,
    /// Sources.
    pub citations: Vec<Citation>,
    /// The whole.
    pub span: Span,
}

/// 集合 计入人口（家庭）：成员，其中非服刑
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// Its name.
    pub name: Binding,
    /// Whose.
    pub subject: Subject,
    /// 私有
    pub private: bool,
    /// Out of whom.
    pub base: Expr,
    /// 其中
    pub filter: Option<Expr>,
    /// Sources.
    pub citations: Vec<Citation>,
    /// The whole.
    pub span: Span,
}

/// The part that 决定 and 补充 决定 share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionTail {
    /// Whom it is about.
    pub subject: Subject,
    /// The rest of its head.
    pub modifiers: HeadModifiers,
    /// Sources of the decision as such.
    pub citations: Vec<Citation>,
    /// 条件; more than one is an error of the checker.
    pub conditions: Vec<ConditionClause>,
    /// 增加条件
    pub added_conditions: Vec<ConditionClause>,
    /// 给付
    pub payments: Vec<Payment>,
    /// 复核 每12个月
    pub review: Option<Expr>,
    /// Sources of 复核.
    pub review_citations: Vec<Citation>,
    /// 起发
    pub starts: Option<TermClause>,
    /// 停发
    pub stops: Option<TermClause>,
    /// Exceptions to the conditions.
    pub exceptions: Vec<Exception>,
}

/// 起发 确认日的次月; 停发 死亡日期的次月、终止日的次月
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermClause {
    /// The first month that is paid (one), or that is not paid any more (the earliest of them).
    pub months: Vec<Expr>,
    /// Sources.
    pub citations: Vec<Citation>,
    /// The whole.
    pub span: Span,
}

/// 条件 …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionClause {
    /// What is to hold.
    pub body: ConditionBody,
    /// Sources.
    pub citations: Vec<Citation>,
    /// 其中
    pub locals: Vec<Local>,
    /// The whole.
    pub span: Span,
}

/// 决定 低保（家庭）
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its name.
    pub name: Binding,
    /// Everything after the name.
    pub tail: DecisionTail,
    /// The whole.
    pub span: Span,
}

/// 补充 决定 国家.低保（家庭）
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplementDecision {
    /// The decision of a higher layer.
    pub name: QualifiedName,
    /// What is added.
    pub tail: DecisionTail,
    /// The whole.
    pub span: Span,
}

/// 给付 低保金：元/月 = …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Its name.
    pub name: Binding,
    /// Its type.
    pub ty: TypeExpr,
    /// 就高 …
    pub modifiers: HeadModifiers,
    /// Sources.
    pub citations: Vec<Citation>,
    /// Its definition.
    pub body: Body,
    /// 其中
    pub locals: Vec<Local>,
    /// Its exceptions.
    pub exceptions: Vec<Exception>,
    /// The whole.
    pub span: Span,
}

/// 关系 两项补贴
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Its name.
    pub name: Binding,
    /// Its clauses in order.
    pub clauses: Vec<RelationClause>,
    /// Sources.
    pub citations: Vec<Citation>,
    /// The whole.
    pub span: Span,
}

/// 不重复享受：特困供养、生活补贴，保留特困供养；
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationClause {
    /// Which.
    pub kind: RelationKind,
    /// The benefits or payments.
    pub members: Vec<Expr>,
    /// 保留
    pub keep: Option<Expr>,
    /// 同额保留
    pub keep_on_tie: Option<Expr>,
    /// 本人选择
    pub elected_by: Option<Expr>,
    /// 补至
    pub top_up_to: Option<Expr>,
    /// 先抵
    pub offsets: Vec<Expr>,
    /// 对: the benefits for which they are no income.
    pub income_for: Vec<Expr>,
    /// 施行
    pub in_force: Option<Period>,
    /// Sources.
    pub citations: Vec<Citation>,
    /// The whole.
    pub span: Span,
}

/// The forms of a relation clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RelationKind {
    /// 不重复享受
    Exclusive,
    /// 择高
    HigherOf,
    /// 补差
    TopUp,
    /// 叠加
    Combined,
    /// 不计入收入
    NotIncome,
}

/// 约束 高于省最低标准：…
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// The text before the colon.
    pub label: Option<Text>,
    /// What must hold.
    pub condition: Expr,
    /// Sources.
    pub citations: Vec<Citation>,
    /// The whole.
    pub span: Span,
}

/// 目标 月探访率（人），每月：…
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its name.
    pub name: Binding,
    /// Over what.
    pub subject: Option<Subject>,
    /// For which time it is answered; the month asked where not said.
    pub term: Option<(TargetTerm, Span)>,
    /// 样例
    pub sample: Option<Span>,
    /// What must hold over the population.
    pub body: ConditionBody,
    /// Sources.
    pub citations: Vec<Citation>,
    /// The whole.
    pub span: Span,
}

/// The time that a target is answered for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetTerm {
    /// 每月, 每季度, 每半年, 每年: each so many months of the calendar year anew.
    Every(u8),
    /// 2024年, 2024年6月
    During(DatePoint),
    /// 自…起至…止
    Period(Period),
}

/// 表 高龄津贴标准（年龄）：元/人·月
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: Binding,
    /// Its key columns.
    pub keys: Vec<Reference>,
    /// The type of its values.
    pub ty: TypeExpr,
    /// 由地方规定
    pub delegated: Option<Delegation>,
    /// 待查 for all of it.
    pub pending: Option<Span>,
    /// 样例
    pub sample: Option<Span>,
    /// 施行
    pub in_force: Option<Period>,
    /// 私有
    pub private: bool,
    /// The bounds that any value must keep.
    pub range: Option<LiteralRange>,
    /// 授权
    pub authorizations: Vec<Authorization>,
    /// The words of the first line.
    pub columns: Vec<Text>,
    /// The lines under it.
    pub rows: Vec<TableRow>,
    /// Sources.
    pub citations: Vec<Citation>,
    /// The whole.
    pub span: Span,
}

/// One line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Its cells in column order.
    pub cells: Vec<TableCell>,
    /// The whole.
    pub span: Span,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableCell {
    /// The text as written, trimmed.
    pub text: Text,
    /// What it means.
    pub content: TableCellContent,
}

/// What a cell means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableCellContent {
    /// Nothing.
    Empty,
    /// 其他: anything that no other row holds.
    Other,
    /// 待查
    Pending,
    /// One or more values or ranges (a single value is a range of itself).
    Alternatives(Vec<Range>),
    /// In a 依据 column.
    Citation(Citation),
    /// Text of a column that is none of the above, or that could not be read as a value.
    Words,
}

impl Declaration {
    /// The whole of it.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Enumeration(node) => node.span,
            Self::Object(node) => node.span,
            Self::Units(node) => node.span,
            Self::Parameter(node) => node.span,
            Self::Rule(node) => node.span,
            Self::SupplementRule(node) => node.span,
            Self::Set(node) => node.span,
            Self::Decision(node) => node.span,
            Self::SupplementDecision(node) => node.span,
            Self::Relation(node) => node.span,
            Self::Constraint(node) => node.span,
            Self::Table(node) => node.span,
            Self::Target(node) => node.span,
            Self::Case(node) => node.span,
        }
    }
}

impl Combinator {
    /// Whether a list of `count` items can be met at all.
    #[must_use]
    pub fn possible(self, count: usize) -> bool {
        match self {
            Self::All | Self::Any => count > 0,
            Self::AtLeast(least) => least as usize <= count && least > 0,
        }
    }
}
