//! Facts built by a program, value by value.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{Entry, Node, NodeValue, from_json_value};
use crate::diagnostic::{Bilingual, Diagnostic, FactsError};
use crate::source::Span;
use crate::value::{Date, YearMonth};

/// A set of named facts: a document, a household, a person.
///
/// Names may be Chinese or their ASCII twins; whether they and their values fit is checked by
/// [`crate::engine::Policy::bind`]. A name that is set again has its last value.
///
/// # Examples
///
/// ```
/// use huize::engine::{Library, Question};
/// use huize::facts::Facts;
/// use rust_decimal::Decimal;
///
/// let person = |id: &str, birth: &str| {
///     Facts::new()
///         .set("id", id)
///         .set("birth_date", birth)
///         .set("monthly_wage", 0)
///         .set("employed", false)
/// };
/// let household = Facts::new()
///     .set("area", "城镇")
///     .set("assets_verified_ok", true)
///     .set("financial_assets", Decimal::new(2_000_050, 2))
///     .list(
///         "members",
///         vec![
///             person("甲", "1980-02-01").set("monthly_wage", 2250),
///             person("乙", "1982-05-03").unknown("severe_illness"),
///             person("丙", "2012-09-09"),
///         ],
///     );
/// let facts = Facts::new().part("household", household).build();
///
/// let policy = Library::builtin().compile("zhongshan.dibao").unwrap();
/// let case = policy.bind(&facts).unwrap();
/// let decided = policy.decide(&case, &Question::about("2023-06".parse().unwrap())).unwrap();
/// // 1201×3－2250
/// assert_eq!(decided.decisions["低保"].payments["低保金"].amount.as_deref(), Some("1353"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    entries: Vec<Entry>,
}

/// A value that a fact may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactValue(NodeValue);

impl Facts {
    /// No facts yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A fact: a truth, a whole number, a [`Decimal`], a date, a month, or a text (the value of an
    /// enumeration, the key of a person, an amount with its unit).
    #[must_use]
    pub fn set(self, name: &str, value: impl Into<FactValue>) -> Self {
        self.put(name, value.into().0)
    }

    /// A fact that nobody knows.
    #[must_use]
    pub fn unknown(self, name: &str) -> Self {
        self.set(name, "未知")
    }

    /// A fact that somebody was asked for and did not give.
    #[must_use]
    pub fn refused(self, name: &str) -> Self {
        self.set(name, "拒答")
    }

    /// Something that there is none of.
    #[must_use]
    pub fn absent(self, name: &str) -> Self {
        self.set(name, "无")
    }

    /// A fact that changed over time: its value from each day on.
    #[must_use]
    pub fn over_time<V: Into<FactValue>>(self, name: &str, values: Vec<(Date, V)>) -> Self {
        let entries = values.into_iter().map(|(since, value)| Entry {
            key: since.to_string(),
            key_span: Span::default(),
            value: node(value.into().0),
        });
        let value = NodeValue::Map(entries.collect());
        self.put(name, value)
    }

    /// Facts of their own under a name: the household of a document.
    #[must_use]
    pub fn part(self, name: &str, facts: Self) -> Self {
        self.put(name, NodeValue::Map(facts.entries))
    }

    /// All facts of a map, such as [`from_serialize`] makes of a struct, beside those set so far. What
    /// is no map has no facts and adds none.
    #[must_use]
    pub fn and(self, facts: Node) -> Self {
        let NodeValue::Map(entries) = facts.value else { return self };
        entries.into_iter().fold(self, |all, entry| all.put(&entry.key, entry.value.value))
    }

    /// A list: the members of a household.
    #[must_use]
    pub fn list(self, name: &str, items: Vec<Self>) -> Self {
        let items = items.into_iter().map(|item| node(NodeValue::Map(item.entries)));
        let value = NodeValue::List(items.collect());
        self.put(name, value)
    }

    /// The tree, to be bound to a policy.
    #[must_use]
    pub fn build(self) -> Node {
        node(NodeValue::Map(self.entries))
    }

    fn put(mut self, name: &str, value: NodeValue) -> Self {
        match self.entries.iter_mut().find(|entry| entry.key == name) {
            Some(entry) => entry.value = node(value),
            None => self.entries.push(Entry {
                key: name.to_owned(),
                key_span: Span::default(),
                value: node(value),
            }),
        }
        self
    }
}

fn node(value: NodeValue) -> Node {
    Node { span: Span::default(), value }
}

/// The tree of any value that serde can write: a struct whose fields are named as the policy's
/// facts are, or by their ASCII twins.
///
/// # Errors
///
/// `huize::facts::float_number` for a field of type `f32` or `f64` (amounts are [`Decimal`]s,
/// texts or whole numbers), `huize::facts::too_deep`, and `huize::facts::not_serialisable` where
/// the value itself refuses (a map whose keys are no texts).
///
/// # Examples
///
/// ```
/// use huize::facts::from_serialize;
///
/// #[derive(serde::Serialize)]
/// struct Person { id: &'static str, monthly_wage: &'static str }
/// #[derive(serde::Serialize)]
/// struct Household { members: Vec<Person> }
/// #[derive(serde::Serialize)]
/// struct Facts { household: Household }
///
/// let members = vec![Person { id: "甲", monthly_wage: "1200.50" }];
/// assert!(from_serialize(&Facts { household: Household { members } }).is_ok());
///
/// let refused = from_serialize(&serde_json::json!({ "household": { "wage": 1200.50 } }));
/// assert_eq!(refused.unwrap_err()[0].code, "huize::facts::float_number");
/// ```
pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Node, FactsError> {
    match serde_json::to_value(value) {
        Ok(value) => from_json_value(&value),
        Err(error) => Err(Diagnostic::error(
            "huize::facts::not_serialisable",
            Bilingual::new(
                format!("这个值不能写成事实：{error}"),
                format!("this value cannot be written as facts: {error}"),
            ),
        )
        .help(Bilingual::new(
            "用字段名为文字的结构或映射",
            "use a struct, or a map whose keys are texts",
        ))
        .into()),
    }
}

macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        impl From<$number> for FactValue {
            fn from(value: $number) -> Self {
                Self(NodeValue::Number(value.to_string()))
            }
        }
    )*};
}

whole_numbers!(u8, u16, u32, u64, i8, i16, i32, i64);

impl From<bool> for FactValue {
    fn from(value: bool) -> Self {
        Self(NodeValue::Bool(value))
    }
}

impl From<Decimal> for FactValue {
    fn from(value: Decimal) -> Self {
        Self(NodeValue::Text(value.to_string()))
    }
}

impl From<Date> for FactValue {
    fn from(value: Date) -> Self {
        Self(NodeValue::Text(value.to_string()))
    }
}

impl From<YearMonth> for FactValue {
    fn from(value: YearMonth) -> Self {
        Self(NodeValue::Text(value.to_string()))
    }
}

impl From<&str> for FactValue {
    fn from(value: &str) -> Self {
        Self(NodeValue::Text(value.to_owned()))
    }
}

impl From<String> for FactValue {
    fn from(value: String) -> Self {
        Self(NodeValue::Text(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_of_a_name_stands() {
        let facts = Facts::new().set("a", 1).set("b", true).set("a", 2).build();
        let NodeValue::Map(entries) = &facts.value else { panic!("no map") };
        assert_eq!(entries.len(), 2);
        assert_eq!(facts.get("a").unwrap().value, NodeValue::Number("2".to_owned()));
    }
}
