//! An explanation as a graph: its nodes by their ids, and what is reached from one.

use std::collections::{BTreeMap, VecDeque};

use foldhash::fast::RandomState;
use indexmap::IndexMap;
use serde::Serialize;

use super::view::{
    ConditionView, DecisionView, DefinitionView, Explanation, FactView, ItemView, ParameterView,
    PaymentView, StepView,
};

/// A node of an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", content = "node", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Part<'a> {
    /// A decision with its conditions and payments.
    Decision(&'a DecisionView),
    /// A condition with its parts.
    Condition(&'a ConditionView),
    /// A payment.
    Payment(&'a PaymentView),
    /// A rounding, floor or cap.
    Step(&'a StepView),
    /// An item of a choice.
    Item(&'a ItemView),
    /// An exception.
    Exception(&'a ItemView),
    /// A rule and its value.
    Definition(&'a DefinitionView),
    /// A parameter row.
    Parameter(&'a ParameterView),
    /// A fact.
    Fact(&'a FactView),
}

/// The nodes of an explanation by their ids.
#[derive(Debug)]
pub struct Index<'a> {
    parts: IndexMap<&'a str, Part<'a>, RandomState>,
    order: Vec<&'a str>,
}

/// What is reached from some node, each once, the nearest first.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Reached<'a> {
    /// Rules, with how many steps away each is; at least 1.
    pub definitions: Vec<(&'a DefinitionView, u32)>,
    /// Parameter rows.
    pub parameters: Vec<&'a ParameterView>,
    /// Facts.
    pub facts: Vec<&'a FactView>,
}

impl<'a> Index<'a> {
    /// The index of an explanation.
    #[must_use]
    pub fn new(explanation: &'a Explanation) -> Self {
        Self::of(explanation, true)
    }

    /// The nodes that others read or name: all but conditions, steps and items, of which there are
    /// many more.
    pub(super) fn of_read(explanation: &'a Explanation) -> Self {
        Self::of(explanation, false)
    }

    fn of(explanation: &'a Explanation, with_parts: bool) -> Self {
        let mut index = Self { parts: IndexMap::default(), order: Vec::new() };
        for decision in explanation.subjects.iter().flat_map(|subject| &subject.decisions) {
            index.add(&decision.id, Part::Decision(decision));
            if with_parts {
                index.conditions(&decision.conditions);
            }
            for payment in &decision.payments {
                index.add(&payment.id, Part::Payment(payment));
                if with_parts {
                    index.steps(&payment.steps);
                    index.items(&payment.items, Part::Item);
                    index.items(&payment.exceptions, Part::Exception);
                }
            }
        }
        for definition in &explanation.definitions {
            index.add(&definition.id, Part::Definition(definition));
            if with_parts {
                index.steps(&definition.steps);
                index.conditions(&definition.conditions);
                index.items(&definition.items, Part::Item);
                index.items(&definition.exceptions, Part::Exception);
            }
        }
        for parameter in &explanation.parameters {
            index.add(&parameter.id, Part::Parameter(parameter));
        }
        for fact in &explanation.facts {
            index.add(&fact.id, Part::Fact(fact));
        }
        index
    }

    fn add(&mut self, id: &'a str, part: Part<'a>) {
        self.order.push(id);
        self.parts.insert(id, part);
    }

    fn conditions(&mut self, conditions: &'a [ConditionView]) {
        for condition in conditions {
            self.add(&condition.id, Part::Condition(condition));
            self.conditions(&condition.children);
        }
    }

    fn steps(&mut self, steps: &'a [StepView]) {
        for step in steps {
            self.add(&step.id, Part::Step(step));
        }
    }

    fn items(&mut self, items: &'a [ItemView], part: fn(&'a ItemView) -> Part<'a>) {
        for item in items {
            self.add(&item.id, part(item));
            self.conditions(item.condition.as_slice());
        }
    }

    /// The node with that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Part<'a>> {
        self.parts.get(id).copied()
    }

    /// Every id, in the order of the explanation.
    #[must_use]
    pub fn ids(&self) -> &[&'a str] {
        &self.order
    }

    /// The id that somebody means: as it is, or with names as their ASCII twins, brackets and
    /// separators in half width, blanks left out.
    #[must_use]
    pub fn find(&self, asked: &str, twins: &BTreeMap<String, String>) -> Option<&'a str> {
        if let Some((id, _)) = self.parts.get_key_value(asked) {
            return Some(id);
        }
        let wanted = words_of(asked);
        self.order.iter().copied().find(|id| {
            let words = words_of(id);
            words.len() == wanted.len()
                && words.iter().zip(&wanted).all(|(word, wanted)| {
                    word == wanted || twins.get(word).is_some_and(|twin| twin == wanted)
                })
        })
    }

    /// What is reached from these ids. Through another decision of the same policy only where
    /// `through_decisions` says so: its reasons are its own.
    #[must_use]
    pub fn reach<'u>(
        &self,
        uses: impl IntoIterator<Item = &'u String>,
        through_decisions: bool,
    ) -> Reached<'a>
    where
        'a: 'u,
    {
        let mut reached = Reached::default();
        let mut seen = vec![false; self.parts.len()];
        let mut open: VecDeque<(&'u str, u32)> =
            uses.into_iter().map(|id| (id.as_str(), 1)).collect();
        while let Some((id, distance)) = open.pop_front() {
            let Some((at, _, part)) = self.parts.get_full(id) else { continue };
            match seen.get_mut(at) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            let next: &'a [String] = match part {
                Part::Definition(definition) => {
                    reached.definitions.push((definition, distance));
                    &definition.uses
                }
                Part::Decision(decision) if through_decisions => &decision.uses,
                Part::Payment(payment) if through_decisions => &payment.uses,
                Part::Parameter(parameter) => {
                    reached.parameters.push(parameter);
                    &[]
                }
                Part::Fact(fact) => {
                    reached.facts.push(fact);
                    &[]
                }
                _ => &[],
            };
            open.extend(next.iter().map(|id| (id.as_str(), distance.saturating_add(1))));
        }
        reached
    }
}

impl<'a> Part<'a> {
    /// The id of the node.
    #[must_use]
    pub fn id(&self) -> &'a str {
        match self {
            Self::Decision(view) => &view.id,
            Self::Condition(view) => &view.id,
            Self::Payment(view) => &view.id,
            Self::Step(view) => &view.id,
            Self::Item(view) | Self::Exception(view) => &view.id,
            Self::Definition(view) => &view.id,
            Self::Parameter(view) => &view.id,
            Self::Fact(view) => &view.id,
        }
    }

    /// What the node reads.
    #[must_use]
    pub fn uses(&self) -> Vec<&'a String> {
        fn of_condition(condition: &ConditionView) -> Vec<&String> {
            let own = condition.uses.iter();
            own.chain(condition.children.iter().flat_map(of_condition)).collect()
        }
        match self {
            Self::Decision(decision) => decision.uses.iter().collect(),
            Self::Condition(condition) => of_condition(condition),
            Self::Payment(payment) => payment.uses.iter().collect(),
            Self::Item(item) | Self::Exception(item) => {
                item.condition.iter().flat_map(of_condition).collect()
            }
            Self::Definition(definition) => definition.uses.iter().collect(),
            Self::Step(_) | Self::Parameter(_) | Self::Fact(_) => Vec::new(),
        }
    }
}

/// The words of an id, whatever marks stand between them.
fn words_of(id: &str) -> Vec<String> {
    id.split(['.', '．', '。', '（', '）', '(', ')', '，', ',', '@'])
        .map(|word| word.split_whitespace().collect::<String>())
        .filter(|word| !word.is_empty())
        .collect()
}
