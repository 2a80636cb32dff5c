//! The facts of one case, bound to a program: who there is, and what is known of each.

mod document;
mod list;
mod literal;
mod population;
mod written;

use std::collections::BTreeMap;

use crate::hir::{Constant, DefinitionId, FieldId, Program};
use crate::types::ObjectId;
use crate::value::{Date, Rational, YearMonth};

pub(crate) use document::bind_fact;
pub use document::{Envelope, bind, bind_entry, bind_within, envelope};
pub use list::Listed;
pub(crate) use literal::days_to_come;
#[cfg(feature = "repl")]
pub(crate) use literal::{range_problem, takes, unit_words};
pub use population::{
    Measured, Population, PopulationEntry, WrittenPopulation, bind_population, figure_named,
};
pub use written::bind_case;
#[cfg(feature = "repl")]
pub(crate) use written::{told, told_history};

/// The number of an instance among those of its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstanceId(pub u32);

/// A household, a person, …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Its key: the `id` it was given, or its number.
    pub key: String,
    /// What it is a member of; nothing for the root, and for people outside the household.
    pub parent: Option<InstanceId>,
}

/// What is known of one fact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Fact {
    /// Nothing was said: the default applies, if there is one.
    #[default]
    NotStated,
    /// 未知, said so.
    Unknown,
    /// Not known but for bounds: a part of what an unknown number may be.
    Within(Rational, Rational),
    /// 拒答
    Refused,
    /// 无
    Absent,
    /// A value.
    Known(Scalar),
    /// A value for each time from the day it began.
    Dated(Vec<(Date, Fact)>),
    /// The people (or other things) that a list names, which are elsewhere in the case.
    Listed(Vec<InstanceId>),
}

/// A known value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scalar {
    /// A value that a program can also hold.
    Constant(Constant),
    /// An instance of an object.
    Instance(ObjectId, InstanceId),
}

/// Decisions recorded for earlier months: (month, definition, instance) → value.
pub type History = BTreeMap<(YearMonth, DefinitionId, InstanceId), Scalar>;

/// A case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// Instances by object.
    pub instances: Vec<Vec<Instance>>,
    /// Facts by field, then by instance.
    pub facts: Vec<Vec<Fact>>,
    /// Decisions recorded for earlier months: (month, definition, instance) → value.
    pub history: History,
    /// What is known of a whole population, for the targets that are set over it.
    pub population: Population,
    /// What facts that are texts say: names, numbers of cards.
    pub texts: BTreeMap<(FieldId, InstanceId), String>,
}

impl Case {
    /// A case with one root object and nothing said of it.
    #[must_use]
    pub fn new(program: &Program) -> Self {
        let mut case = Self {
            instances: vec![Vec::new(); program.objects.len()],
            facts: vec![Vec::new(); program.fields.len()],
            history: BTreeMap::new(),
            population: Population::default(),
            texts: BTreeMap::new(),
        };
        let name =
            program.object(program.root).map_or_else(String::new, |root| root.name.text.clone());
        case.add(program, program.root, &name, None);
        case
    }

    /// Adds an instance of which nothing is said yet.
    pub fn add(
        &mut self,
        program: &Program,
        object: ObjectId,
        key: &str,
        parent: Option<InstanceId>,
    ) -> InstanceId {
        let fields = program.object(object).map(|object| object.fields.clone()).unwrap_or_default();
        for field in fields {
            if let Some(facts) = self.facts.get_mut(field.0 as usize) {
                facts.push(Fact::NotStated);
            }
        }
        let Some(instances) = self.instances.get_mut(usize::from(object.0)) else {
            return InstanceId(0);
        };
        instances.push(Instance { key: key.to_owned(), parent });
        InstanceId(u32::try_from(instances.len().saturating_sub(1)).unwrap_or(u32::MAX))
    }

    /// Takes away the root object, of which nothing is said: what is counted is something else.
    pub fn without_root(&mut self, program: &Program) {
        if let Some(instances) = self.instances.get_mut(usize::from(program.root.0)) {
            instances.clear();
        }
        let fields = program.object(program.root).map(|root| root.fields.as_slice());
        for field in fields.unwrap_or_default() {
            if let Some(facts) = self.facts.get_mut(field.0 as usize) {
                facts.clear();
            }
        }
    }

    /// Gives an instance another key.
    pub fn rename(&mut self, object: ObjectId, instance: InstanceId, key: &str) {
        let instances = self.instances.get_mut(usize::from(object.0));
        if let Some(found) = instances.and_then(|instances| instances.get_mut(instance.0 as usize))
        {
            key.clone_into(&mut found.key);
        }
    }

    /// The instances of an object.
    #[must_use]
    pub fn of(&self, object: ObjectId) -> &[Instance] {
        self.instances.get(usize::from(object.0)).map_or(&[], Vec::as_slice)
    }

    /// The instance of an object with that key.
    #[must_use]
    pub fn find(&self, object: ObjectId, key: &str) -> Option<InstanceId> {
        let at = self.of(object).iter().position(|instance| instance.key == key)?;
        Some(InstanceId(u32::try_from(at).unwrap_or(u32::MAX)))
    }

    /// What is said of a field of an instance.
    #[must_use]
    pub fn fact(&self, field: FieldId, instance: InstanceId) -> &Fact {
        static NOT_STATED: Fact = Fact::NotStated;
        self.facts
            .get(field.0 as usize)
            .and_then(|facts| facts.get(instance.0 as usize))
            .unwrap_or(&NOT_STATED)
    }

    /// Says something of a field of an instance.
    pub fn set(&mut self, field: FieldId, instance: InstanceId, fact: Fact) {
        if let Some(place) = self
            .facts
            .get_mut(field.0 as usize)
            .and_then(|facts| facts.get_mut(instance.0 as usize))
        {
            *place = fact;
        }
    }

    /// The text that a fact is, where it is one.
    #[must_use]
    pub fn text(&self, field: FieldId, instance: InstanceId) -> Option<&str> {
        self.texts.get(&(field, instance)).map(String::as_str)
    }

    /// The first month that a dated fact or a recorded decision speaks of.
    #[must_use]
    pub fn first_month(&self) -> Option<YearMonth> {
        let dated = self.facts.iter().flatten().filter_map(|fact| match fact {
            Fact::Dated(values) => values.first().map(|(since, _)| since.year_month()),
            _ => None,
        });
        dated.chain(self.history.keys().map(|(month, _, _)| *month)).min()
    }
}
