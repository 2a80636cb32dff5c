//! What the grammar's rules are called when people are told that one was expected.

use super::Rule;
use crate::diagnostic::Bilingual;

/// How many kinds of thing a message names at most.
const MOST_NOUNS: usize = 4;

/// A kind of thing that may be expected, the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Noun {
    Declared,
    Subject,
    Colon,
    Name,
    Type,
    Text,
    Date,
    Number,
    Literal,
    Value,
    Then,
    Else,
    Item,
    Label,
    TableRow,
    Combinator,
    RelationKind,
    Round,
    Definition,
    Fact,
    Expectation,
    Clause,
    Modifier,
    Operator,
    Citation,
    Step,
}

impl Noun {
    /// Whether "a value or condition" says it already.
    fn is_kind_of_value(self) -> bool {
        matches!(
            self,
            Self::Name | Self::Text | Self::Date | Self::Number | Self::Literal | Self::Colon
        )
    }

    fn words(self) -> Bilingual {
        let (zh, en) = match self {
            Self::Declared => ("“规则”或“决定”", "`rule` or `decision`"),
            Self::Name => ("一个名称", "a name"),
            Self::Subject => ("（人）这样的对象", "what it is about, such as (person)"),
            Self::Colon => ("“：”", "`:`"),
            Self::Type => ("类型或单位（如 是否、元/月）", "a type or unit"),
            Self::Text => ("引号中的文字", "a text in quotes"),
            Self::Date => ("日期（如 2023年7月1日）", "a date"),
            Self::Number => ("一个数", "a number"),
            Self::Literal => ("一个数、日期或“待查”", "a number, a date or `pending`"),
            Self::Value => ("一个值或条件", "a value or condition"),
            Self::Then => ("“则”", "`then`"),
            Self::Else => ("“否则”", "`else`"),
            Self::Item => ("（一）或1．这样的一项", "an item such as （一） or 1."),
            Self::Label => ("例外的名称（……）", "the label of an exception"),
            Self::TableRow => ("以｜开头和结尾的一行表格", "a table line between bars"),
            Self::Combinator => ("“同时符合：”或“符合下列情形之一：”", "`all of:` or `any of:`"),
            Self::RelationKind => (
                "“不重复享受”“择高”“补差”“叠加”之一",
                "`exclusive`, `higher_of`, `top_up` or `combined`",
            ),
            Self::Round => ("取整方式", "a way of rounding"),
            Self::Definition => ("“=”和定义", "`=` and a definition"),
            Self::Fact => ("一项情况（如 家庭：城镇）", "a fact"),
            Self::Expectation => ("“应当”", "`expect`"),
            Self::Clause => ("这个声明的下一句", "the next clause of this declaration"),
            Self::Modifier => ("逗号后的说明", "a modifier"),
            Self::Citation => ("“依据”", "`source`"),
            Self::Step => ("取整、保底或封顶", "rounding, a floor or a cap"),
            Self::Operator => ("运算符", "an operator"),
        };
        Bilingual::new(zh, en)
    }
}

/// The words for [`Noun::Value`].
pub(super) fn value() -> Bilingual {
    Noun::Value.words()
}

/// Whether a value was expected among other things.
pub(super) fn wants_value(rules: &[Rule]) -> bool {
    rules.iter().filter_map(|token| noun(*token)).any(|noun| noun == Noun::Value)
}

/// What `rules` are called: each kind once, at most four, the most telling first.
pub(super) fn expected(rules: &[Rule]) -> Vec<Bilingual> {
    let mut nouns: Vec<Noun> = rules.iter().filter_map(|token| noun(*token)).collect();
    nouns.sort_unstable();
    nouns.dedup();
    if nouns.contains(&Noun::Value) {
        nouns.retain(|noun| !noun.is_kind_of_value());
    }
    if nouns.contains(&Noun::Subject) {
        nouns.retain(|noun| *noun != Noun::Colon);
    }
    nouns.into_iter().take(MOST_NOUNS).map(Noun::words).collect()
}

fn noun(token: Rule) -> Option<Noun> {
    Some(match token {
        Rule::supplement_rule | Rule::supplement_decision | Rule::kw_rule | Rule::kw_decision => {
            Noun::Declared
        }
        Rule::binding
        | Rule::bound_name
        | Rule::name
        | Rule::qualified_name
        | Rule::named_type
        | Rule::based_name
        | Rule::based_word
        | Rule::level_word
        | Rule::type_word
        | Rule::cell_key
        | Rule::instance_name => Noun::Name,
        Rule::subject => Noun::Subject,
        // The grammar does not name the colon; it is what must follow a name where an alias may.
        Rule::alias => Noun::Colon,
        Rule::type_expression | Rule::unit | Rule::type_boolean => Noun::Type,
        Rule::string => Noun::Text,
        Rule::date
        | Rule::year_month
        | Rule::year
        | Rule::calendar_start
        | Rule::period
        | Rule::from
        | Rule::until => Noun::Date,
        Rule::number_literal | Rule::count => Noun::Number,
        Rule::cell | Rule::pending => Noun::Literal,
        Rule::expression
        | Rule::sum
        | Rule::operand
        | Rule::group
        | Rule::call
        | Rule::callee
        | Rule::if_expression
        | Rule::look_back
        | Rule::range
        | Rule::argument
        | Rule::choice
        | Rule::formula
        | Rule::asked_word
        | Rule::fact_value => Noun::Value,
        Rule::kw_then => Noun::Then,
        Rule::kw_else => Noun::Else,
        Rule::enumerator_one
        | Rule::enumerator_two
        | Rule::enumerator_three
        | Rule::item_one
        | Rule::item_two
        | Rule::item_three
        | Rule::choice_one
        | Rule::choice_two => Noun::Item,
        Rule::exception_label | Rule::exception_name => Noun::Label,
        Rule::table_row | Rule::table_cell => Noun::TableRow,
        Rule::combinator => Noun::Combinator,
        Rule::relation_kind | Rule::relation_clause => Noun::RelationKind,
        Rule::round_mode => Noun::Round,
        Rule::body => Noun::Definition,
        Rule::instance | Rule::assignment | Rule::case_table => Noun::Fact,
        Rule::expectation => Noun::Expectation,
        Rule::condition
        | Rule::payment
        | Rule::review
        | Rule::field
        | Rule::title
        | Rule::authority
        | Rule::base => Noun::Clause,
        Rule::combine | Rule::authorization | Rule::optional | Rule::many | Rule::keep => {
            Noun::Modifier
        }
        Rule::citation => Noun::Citation,
        Rule::floor | Rule::cap | Rule::round | Rule::step => Noun::Step,
        _ if begins_operator(token) => Noun::Operator,
        _ => return None,
    })
}

fn begins_operator(token: Rule) -> bool {
    matches!(
        token,
        Rule::operator_start
            | Rule::or
            | Rule::and
            | Rule::add
            | Rule::subtract
            | Rule::multiply
            | Rule::divide
            | Rule::equal
            | Rule::not_below
            | Rule::below
    )
}
