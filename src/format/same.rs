//! Whether two trees say the same, wherever it stands and in whichever dialect. Every field of
//! every node is named here, so that a new one cannot be forgotten.
//!
//! Besides places, these do not count: which of a pair of twin names is used, in which language a
//! unit is named, brackets, the order of `30% of x` and `x的30%`, the width of enumerators, and the
//! text of a cell whose meaning is compared.

mod expression;

use super::dialect::canonical_unit;
use super::names::Names;
use crate::builtins;
use crate::source::{SourceId, Span};
use crate::syntax::ast::*;
use crate::value::{Date, Rational, Rounding, YearMonth, half_width};

/// Equality but for places and spelling.
pub(super) trait Same {
    /// Whether `self` says what `other` says.
    fn same(&self, other: &Self, names: &Names) -> bool;
}

impl<T: Same> Same for Option<T> {
    fn same(&self, other: &Self, names: &Names) -> bool {
        match (self, other) {
            (Some(one), Some(two)) => one.same(two, names),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }
}

impl<T: Same> Same for Vec<T> {
    fn same(&self, other: &Self, names: &Names) -> bool {
        self.len() == other.len() && self.iter().zip(other).all(|(one, two)| one.same(two, names))
    }
}

impl<T: Same> Same for Box<T> {
    fn same(&self, other: &Self, names: &Names) -> bool {
        (**self).same(other, names)
    }
}

impl<First: Same, Second: Same> Same for (First, Second) {
    fn same(&self, other: &Self, names: &Names) -> bool {
        self.0.same(&other.0, names) && self.1.same(&other.1, names)
    }
}

impl Same for Span {
    fn same(&self, _: &Self, _: &Names) -> bool {
        true
    }
}

macro_rules! same_if_equal {
    ($($name:ty),* $(,)?) => {
        $(impl Same for $name {
            fn same(&self, other: &Self, _: &Names) -> bool {
                self == other
            }
        })*
    };
}

same_if_equal!(
    bool,
    i32,
    u8,
    u32,
    Rational,
    Date,
    YearMonth,
    DatePoint,
    Rounding,
    HeaderKind,
    RelationKind,
    Combine,
    MidMonth,
    Combinator,
    StageWord,
    LookBackKind,
    BinaryOperator,
    Comparison,
    SourceId,
);

macro_rules! same_if_fields_are {
    ($($name:ident { $($field:ident),* $(,)? })*) => {
        $(impl Same for $name {
            fn same(&self, other: &Self, names: &Names) -> bool {
                let Self { $($field),* } = self;
                $($field.same(&other.$field, names))&&*
            }
        })*
    };
}

same_if_fields_are! {
    Enumeration { name, values, citations, span }
    Object { name, fields, citations, span }
    Field {
        name, ty, optional, many, at_least, at_most, sensitive, immutable, not_suggested,
        not_after_assessment, range,
        default, question, citations, span,
    }
    LiteralRange { low, high, span }
    Bounds { low, high, span }
    TypeExpr { kind, span }
    Parameter {
        name, keys, ty, delegated, pending, sample, private, mid_month, range, authorizations,
        in_force, rows, citations, span,
    }
    Row { period, cells, published, sample, mid_month, citations, span }
    Cell { keys, value, span }
    Period { from, until, span }
    Authorization { level, and_up, acts, span }
    Delegation { level, and_up, span }
    Subject { object }
    HeadModifiers { combine, authorizations, in_force, sample, private, delegated, range }
    RuleTail { subject, ty, modifiers, citations, body, locals, exceptions }
    Local { name, ty, modifiers, citations, body, span }
    Rule { name, tail, span }
    SupplementRule { name, tail, span }
    Body { kind, span }
    Formula { value, steps }
    Step { kind, span }
    ChoiceList { items, otherwise, each, span }
    EachStep { step, citations, span }
    Reckoning { month, day, span }
    ConditionList { combinator, items, span }
    Set { name, subject, private, base, filter, citations, span }
    DecisionTail {
        subject, modifiers, citations, conditions, added_conditions, payments, review,
        review_citations, starts, stops, exceptions,
    }
    TermClause { months, citations, span }
    ConditionClause { body, citations, locals, span }
    Decision { name, tail, span }
    SupplementDecision { name, tail, span }
    Payment { name, ty, modifiers, citations, body, locals, exceptions, span }
    Relation { name, clauses, citations, span }
    RelationClause {
        kind, members, keep, keep_on_tie, elected_by, top_up_to, offsets, income_for, in_force, citations, span,
    }
    Constraint { label, condition, citations, span }
    Target { name, subject, term, sample, body, citations, span }
    TableRow { cells, span }
    Case {
        title, policy, period, assessed, known, instances, tables, history, reported, expectations,
        span,
    }
    Instance { object, name, facts, span }
    Assignment { field, values, span }
    FactValue { value, since }
    CaseRow { cells, span }
    History { month, entries, span }
    Reported { entries, span }
    Expectation { kind, span }
    Citation { text, short, span }
    Text { text, span }
    Bound { value, inclusive }
    Range { kind, span }
    Call { callee, arguments, filter, reckoning }
    NumberLiteral { value, decimals, suffix }
}

impl Same for String {
    fn same(&self, other: &Self, _: &Names) -> bool {
        self == other
    }
}

impl Same for Units {
    fn same(&self, other: &Self, names: &Names) -> bool {
        let Self { names: own, citations, span: _ } = self;
        own.same(&other.names, names) && citations.same(&other.citations, names)
    }
}

impl Same for Reference {
    fn same(&self, other: &Self, names: &Names) -> bool {
        let Self { text, span: _ } = self;
        same_names(text, &other.text, names)
    }
}

fn same_names(one: &str, two: &str, names: &Names) -> bool {
    // The level that `local` names, where a file has given the word another meaning.
    let said = |name| if name == "local" { "地方" } else { name };
    names.canonical(said(one)) == names.canonical(said(two))
}

impl Same for Binding {
    fn same(&self, other: &Self, names: &Names) -> bool {
        let Self { text, alias, span: _ } = self;
        same_names(text, &other.text, names) && alias.same(&other.alias, names)
    }
}

impl Same for QualifiedName {
    fn same(&self, other: &Self, _: &Names) -> bool {
        self.text() == other.text()
    }
}

impl Same for Header {
    fn same(&self, other: &Self, names: &Names) -> bool {
        let Self {
            kind,
            name,
            alias,
            base,
            uses,
            title,
            authority,
            citations,
            in_force,
            published,
            applicable_date,
            place,
            sample,
            span: _,
        } = self;
        let both = |header: &Self| {
            let alias = header.alias.as_ref().map(|alias| alias.text.clone());
            let mut both = [Some(header.name.text()), alias];
            both.sort();
            both
        };
        let digits = |place: &Option<Text>| {
            place.as_ref().map(|place| place.text.chars().map(half_width).collect::<String>())
        };
        // The name and its alias may change places.
        let _ = (name, alias);
        both(self) == both(other)
            && kind.same(&other.kind, names)
            && base.same(&other.base, names)
            && uses.same(&other.uses, names)
            && title.same(&other.title, names)
            && authority.same(&other.authority, names)
            && citations.same(&other.citations, names)
            && in_force.same(&other.in_force, names)
            && published.same(&other.published, names)
            && applicable_date.same(&other.applicable_date, names)
            && digits(place) == digits(&other.place)
            && sample.same(&other.sample, names)
    }
}

impl Same for Declaration {
    fn same(&self, other: &Self, names: &Names) -> bool {
        match (self, other) {
            (Self::Enumeration(one), Self::Enumeration(two)) => one.same(two, names),
            (Self::Object(one), Self::Object(two)) => one.same(two, names),
            (Self::Units(one), Self::Units(two)) => one.same(two, names),
            (Self::Parameter(one), Self::Parameter(two)) => one.same(two, names),
            (Self::Rule(one), Self::Rule(two)) => one.same(two, names),
            (Self::SupplementRule(one), Self::SupplementRule(two)) => one.same(two, names),
            (Self::Set(one), Self::Set(two)) => one.same(two, names),
            (Self::Decision(one), Self::Decision(two)) => one.same(two, names),
            (Self::SupplementDecision(one), Self::SupplementDecision(two)) => one.same(two, names),
            (Self::Relation(one), Self::Relation(two)) => one.same(two, names),
            (Self::Constraint(one), Self::Constraint(two)) => one.same(two, names),
            (Self::Table(one), Self::Table(two)) => one.same(two, names),
            (Self::Target(one), Self::Target(two)) => one.same(two, names),
            (Self::Case(one), Self::Case(two)) => one.same(two, names),
            _ => false,
        }
    }
}

impl Same for TargetTerm {
    fn same(&self, other: &Self, names: &Names) -> bool {
        match (self, other) {
            (Self::Every(one), Self::Every(two)) => one == two,
            (Self::During(one), Self::During(two)) => one == two,
            (Self::Period(one), Self::Period(two)) => one.same(two, names),
            _ => false,
        }
    }
}

impl Same for TypeExprKind {
    fn same(&self, other: &Self, names: &Names) -> bool {
        match (self, other) {
            (Self::Boolean, Self::Boolean)
            | (Self::Date, Self::Date)
            | (Self::Month, Self::Month)
            | (Self::Decimal, Self::Decimal)
            | (Self::Text, Self::Text)
            | (Self::Percent, Self::Percent)
            | (Self::Times, Self::Times) => true,
            (Self::Integer(one), Self::Integer(two)) => one.same(two, names),
            (Self::Count(one), Self::Count(two)) => count_word(&one.text) == count_word(&two.text),
            (Self::Unit(one), Self::Unit(two)) => one.same(two, names),
            (Self::Named(one), Self::Named(two)) => one.same(two, names),
            // 人 is a unit and an object; its twin may be only the one.
            (Self::Unit(unit), Self::Named(name)) | (Self::Named(name), Self::Unit(unit)) => {
                unit.denominators.is_empty() && unit.numerator.same(name, names)
            }
            _ => false,
        }
    }
}

fn count_word(word: &str) -> &str {
    match word {
        "persons" => "人数",
        "households" => "户数",
        "times" => "次数",
        word => word,
    }
}

impl Same for UnitExpr {
    fn same(&self, other: &Self, names: &Names) -> bool {
        let Self { numerator, denominators, span: _ } = self;
        let atom = |one: &Reference, two: &Reference| {
            canonical_unit(&one.text) == canonical_unit(&two.text) || one.same(two, names)
        };
        atom(numerator, &other.numerator)
            && denominators.len() == other.denominators.len()
            && denominators.iter().zip(&other.denominators).all(|(one, two)| atom(one, two))
    }
}

impl Same for CellValue {
    fn same(&self, other: &Self, names: &Names) -> bool {
        match (self, other) {
            (Self::Value(one), Self::Value(two)) => one.same(two, names),
            (Self::Pending(_), Self::Pending(_)) => true,
            _ => false,
        }
    }
}

impl Same for BodyKind {
    fn same(&self, other: &Self, names: &Names) -> bool {
        match (self, other) {
            (Self::Formula(one), Self::Formula(two)) => one.same(two, names),
            (Self::Conditions(one), Self::Conditions(two)) => one.same(two, names),
            (Self::Choices(one), Self::Choices(two)) => one.same(two, names),
            _ => false,
        }
    }
}

impl Same for StepKind {
    fn same(&self, other: &Self, names: &Names) -> bool {
        match (self, other) {
            (Self::Floor(one), Self::Floor(two)) | (Self::Cap(one), Self::Cap(two)) => {
                one.same(two, names)
            }
            (Self::Round { mode, grain }, Self::Round { mode: mode_two, grain: two }) => {
                mode == mode_two && grain.same(two, names)
            }
            (Self::NoRounding, Self::NoRounding) => true,
            _ => false,
        }
    }
}

/// `（一）` and `(一)`, `1．` and `1.`.
fn same_enumerators(one: &Text, two: &Text) -> bool {
    let narrow = |text: &Text| {
        let letters = text.text.chars().map(half_width);
        letters.map(|letter| if letter == '、' { '.' } else { letter }).collect::<String>()
    };
    narrow(one) == narrow(two)
}

/// The words of an exception's label, without the blanks round them.
fn same_labels(one: &[Text], two: &[Text]) -> bool {
    one.iter().map(|label| label.text.trim()).eq(two.iter().map(|label| label.text.trim()))
}

impl Same for ChoiceItem {
    fn same(&self, other: &Self, names: &Names) -> bool {
        let Self { enumerator, label, condition, value, citations, span: _ } = self;
        same_enumerators(enumerator, &other.enumerator)
            && label.same(&other.label, names)
            && condition.same(&other.condition, names)
            && value.same(&other.value, names)
            && citations.same(&other.citations, names)
    }
}

impl Same for ConditionItem {
    fn same(&self, other: &Self, names: &Names) -> bool {
        let Self { enumerator, label, body, citations, span: _ } = self;
        same_enumerators(enumerator, &other.enumerator)
            && label.same(&other.label, names)
            && body.same(&other.body, names)
            && citations.same(&other.citations, names)
    }
}

impl Same for Exception {
    fn same(&self, other: &Self, names: &Names) -> bool {
        let Self { label, target, condition, value, beats, in_force, citations, span: _ } = self;
        same_labels(label.as_slice(), other.label.as_slice())
            && same_labels(target.as_slice(), other.target.as_slice())
            && same_labels(beats, &other.beats)
            && condition.same(&other.condition, names)
            && value.same(&other.value, names)
            && in_force.same(&other.in_force, names)
            && citations.same(&other.citations, names)
    }
}

impl Same for ConditionBody {
    fn same(&self, other: &Self, names: &Names) -> bool {
        match (self, other) {
            (Self::Expr(one), Self::Expr(two)) => one.same(two, names),
            (Self::List(one), Self::List(two)) => one.same(two, names),
            _ => false,
        }
    }
}

/// The words of a table's first line.
fn same_columns(one: &[Text], two: &[Text], names: &Names) -> bool {
    let word = |column: &Text| match column.text.as_str() {
        "source" => "依据".to_owned(),
        text => match super::table::whose(text) {
            Some((owner, list)) => format!("{owner}的{}", names.canonical(list)),
            None => names.canonical(text).into_owned(),
        },
    };
    one.iter().map(word).eq(two.iter().map(word))
}

impl Same for Table {
    fn same(&self, other: &Self, names: &Names) -> bool {
        let Self {
            name,
            keys,
            ty,
            delegated,
            pending,
            sample,
            in_force,
            private,
            range,
            authorizations,
            columns,
            rows,
            citations,
            span: _,
        } = self;
        same_columns(columns, &other.columns, names)
            && name.same(&other.name, names)
            && keys.same(&other.keys, names)
            && ty.same(&other.ty, names)
            && delegated.same(&other.delegated, names)
            && pending.same(&other.pending, names)
            && sample.same(&other.sample, names)
            && in_force.same(&other.in_force, names)
            && private.same(&other.private, names)
            && range.same(&other.range, names)
            && authorizations.same(&other.authorizations, names)
            && rows.same(&other.rows, names)
            && citations.same(&other.citations, names)
    }
}

impl Same for TableCell {
    fn same(&self, other: &Self, names: &Names) -> bool {
        let Self { text, content } = self;
        match (content, &other.content) {
            (TableCellContent::Empty, TableCellContent::Empty)
            | (TableCellContent::Other, TableCellContent::Other)
            | (TableCellContent::Pending, TableCellContent::Pending) => true,
            (TableCellContent::Alternatives(one), TableCellContent::Alternatives(two)) => {
                one.same(two, names)
            }
            (TableCellContent::Citation(one), TableCellContent::Citation(two)) => {
                one.same(two, names)
            }
            (TableCellContent::Words, TableCellContent::Words) => text.same(&other.text, names),
            _ => false,
        }
    }
}

impl Same for CaseTable {
    fn same(&self, other: &Self, names: &Names) -> bool {
        let Self { columns, rows, span: _ } = self;
        same_columns(columns, &other.columns, names) && rows.same(&other.rows, names)
    }
}

impl Same for CaseCell {
    fn same(&self, other: &Self, names: &Names) -> bool {
        let Self { text: _, values } = self;
        values.same(&other.values, names)
    }
}

impl Same for ExpectationKind {
    fn same(&self, other: &Self, names: &Names) -> bool {
        match (self, other) {
            (Self::Holds(one), Self::Holds(two)) => one.same(two, names),
            (Self::Between(one), Self::Between(two)) => {
                one.0.same(&two.0, names) && one.1.same(&two.1, names)
            }
            (Self::Fails { of, error }, Self::Fails { of: other_of, error: other_error }) => {
                let named = |error: &Reference| builtins::fault_named(&error.text);
                of.same(other_of, names)
                    && match (named(error), named(other_error)) {
                        (None, None) => error.same(other_error, names),
                        (one, two) => one == two,
                    }
            }
            (Self::Needs(one), Self::Needs(two)) => one.same(two, names),
            _ => false,
        }
    }
}
