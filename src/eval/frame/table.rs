//! What one month came to: a value for each node and each instance of the node's subject, in one
//! piece of memory.

use std::ops::Range;
use std::sync::Arc;

use super::{Evaluation, index};
use crate::eval::live::Live;
use crate::eval::value::Value;
use crate::hir::{NodeId, Program};
use crate::input::{Case, InstanceId};

/// Where the values of each node stand: one place for each instance of its subject, the nodes in
/// the order of the arena. A node that is not asked for has none.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// By node, the place of its first value; one more behind the last.
    starts: Vec<u32>,
}

impl Places {
    /// The places of the live nodes of a program for the people of a case.
    pub(crate) fn of(program: &Program, live: &Live, case: &Case) -> Self {
        let mut starts = Vec::with_capacity(program.nodes.len().saturating_add(1));
        let mut next = 0_u32;
        for (at, node) in (0_u32..).zip(&program.nodes) {
            starts.push(next);
            if live.contains(NodeId(at)) {
                let count = u32::try_from(case.of(node.subject).len()).unwrap_or(u32::MAX);
                next = next.saturating_add(count);
            }
        }
        starts.push(next);
        Self { starts }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.last().copied().map_or(0, index)
    }

    /// Those of a node; empty where it has none.
    pub(super) fn range(&self, node: NodeId) -> Range<usize> {
        let at = index(node.0);
        let start = self.starts.get(at).copied().map_or(0, index);
        let end = self.starts.get(at.saturating_add(1)).copied().map_or(start, index);
        start..end
    }

    /// That of a node for an instance.
    pub(super) fn place(&self, node: NodeId, instance: InstanceId) -> Option<usize> {
        let Range { start, end } = self.range(node);
        start.checked_add(index(instance.0)).filter(|at| *at < end)
    }
}

/// One thing in each place.
#[derive(Clone, Debug)]
pub(crate) struct Table<T> {
    places: Arc<Places>,
    values: Vec<T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { places: Arc::default(), values: Vec::new() }
    }
}

impl<T> Table<T> {
    /// An empty table, to be filled place by place.
    pub(crate) fn new(places: &Arc<Places>) -> Self {
        Self { places: Arc::clone(places), values: Vec::with_capacity(places.len()) }
    }

    /// Fills the next place.
    pub(crate) fn push(&mut self, value: T) {
        self.values.push(value);
    }

    /// What stands there; nothing where there is no such place, or it is not filled yet.
    pub(crate) fn get(&self, node: NodeId, instance: InstanceId) -> Option<&T> {
        self.values.get(self.places.place(node, instance)?)
    }

    fn get_mut(&mut self, node: NodeId, instance: InstanceId) -> Option<&mut T> {
        let at = self.places.place(node, instance)?;
        self.values.get_mut(at)
    }

    fn has(&self, node: NodeId) -> bool {
        !self.places.range(node).is_empty()
    }
}

/// Values in a few places.
#[derive(Clone, Debug)]
struct Few {
    places: Arc<Places>,
    /// By place, where its value stands among the values, from 1 on; 0 where it has none.
    at: Vec<u32>,
    values: Vec<Value>,
}

impl Few {
    fn in_place(&self, place: usize) -> Option<&Value> {
        self.values.get(index(*self.at.get(place)?).checked_sub(1)?)
    }

    fn get(&self, node: NodeId, instance: InstanceId) -> Option<&Value> {
        self.in_place(self.places.place(node, instance)?)
    }

    fn put(&mut self, place: usize, value: Value) {
        let Some(at) = self.at.get_mut(place) else { return };
        match index(*at).checked_sub(1).and_then(|at| self.values.get_mut(at)) {
            Some(known) => *known = value,
            None => {
                self.values.push(value);
                *at = u32::try_from(self.values.len()).unwrap_or(0);
            }
        }
    }
}

/// All values of one month.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    own: Own,
    /// The month as it was before a change, for the values that do not depend on it.
    rest: Option<Arc<Frame>>,
}

#[derive(Clone, Debug)]
enum Own {
    /// A value for everything that has a place.
    Each(Table<Value>),
    /// Those values that are others than before.
    Few(Few),
}

impl Default for Own {
    fn default() -> Self {
        Self::Each(Table::default())
    }
}

impl Frame {
    pub(super) fn new(places: &Arc<Places>, rest: Option<Arc<Self>>) -> Self {
        Self { own: Own::Each(Table::new(places)), rest }
    }

    /// The values of a month before, each of which may be put another for.
    pub(super) fn over(places: &Arc<Places>, before: Arc<Self>) -> Self {
        let at = vec![0; places.len()];
        let own = Own::Few(Few { places: Arc::clone(places), at, values: Vec::new() });
        Self { own, rest: Some(before) }
    }

    /// Fills the next place.
    pub(super) fn push(&mut self, value: Value) {
        if let Own::Each(table) = &mut self.own {
            table.push(value);
        }
    }

    /// Puts another value in a place than there was before.
    pub(super) fn put(&mut self, place: usize, value: Value) {
        if let Own::Few(few) = &mut self.own {
            few.put(place, value);
        }
    }

    /// The value of a node for an instance.
    #[must_use]
    pub fn get(&self, node: NodeId, instance: InstanceId) -> Option<&Value> {
        let own = match &self.own {
            Own::Few(few) => few.get(node, instance),
            Own::Each(table) if self.rest.is_none() || table.has(node) => {
                return table.get(node, instance);
            }
            Own::Each(_) => None,
        };
        own.or_else(|| self.rest.as_ref()?.get(node, instance))
    }

    /// The same with nothing read from elsewhere.
    #[cfg(feature = "repl")]
    fn whole(&self, places: &Arc<Places>, program: &Program, live: &Live, case: &Case) -> Self {
        let mut whole = Self::new(places, None);
        for id in live.order() {
            let Some(node) = program.node(*id) else { continue };
            for who in 0..case.of(node.subject).len() {
                let who = InstanceId(u32::try_from(who).unwrap_or(u32::MAX));
                let value = self.get(*id, who).cloned();
                whole.push(value.unwrap_or(Value::Absent(crate::eval::Marks::NONE)));
            }
        }
        whole
    }

    /// Puts a value in place of another, and gives that back.
    pub(super) fn replace(
        &mut self,
        node: NodeId,
        instance: InstanceId,
        value: Value,
    ) -> Option<Value> {
        match &mut self.own {
            Own::Each(table) => Some(std::mem::replace(table.get_mut(node, instance)?, value)),
            Own::Few(few) => {
                let place = few.places.place(node, instance)?;
                let rest = || self.rest.as_ref()?.get(node, instance).cloned();
                let before = few.in_place(place).cloned().or_else(rest);
                few.put(place, value);
                before
            }
        }
    }
}

impl Evaluation {
    /// The same, with nothing read from an evaluation before it; `live` and `case` are its own.
    #[cfg(feature = "repl")]
    pub(crate) fn whole(self, program: &Program, live: &Live, case: &Case) -> Self {
        let places = Arc::new(Places::of(program, live, case));
        let frames = self.frames.iter().map(|frame| match frame.rest {
            Some(_) => Arc::new(frame.whole(&places, program, live, case)),
            None => Arc::clone(frame),
        });
        Self { frames: frames.collect(), ..self }
    }
}
