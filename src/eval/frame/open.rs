//! Law picked by a day that the facts do not tell.

use super::Pass;
use crate::eval::clock::Clock;
use crate::eval::kernel;
use crate::eval::note::{Marks, Note};
use crate::eval::value::{Value, one_of};
use crate::hir::{ExceptionArm, FieldId, LayerId, NodeId, Version};
use crate::input::{Fact, InstanceId};

impl Pass<'_> {
    /// Why it is not known which day picks what a layer wrote; nothing where it is.
    pub(in crate::eval) fn open_day(&mut self, clock: &Clock, layer: LayerId) -> Option<Marks> {
        clock.open(layer).map(|field| self.not_known(field))
    }

    /// The same for the day that picks the versions and exceptions of a node.
    pub(super) fn open_day_of(&mut self, id: NodeId, layer: LayerId) -> Option<Marks> {
        self.clock_of(id).open(layer).map(|field| self.not_known(field))
    }

    fn not_known(&mut self, field: FieldId) -> Marks {
        let note = match self.case.fact(field, InstanceId(0)) {
            Fact::Refused => Note::Refused(field, InstanceId(0)),
            _ => Note::Missing(field, InstanceId(0)),
        };
        Marks::one(self.notes.id(note))
    }

    /// The condition of an exception that is in force on some days only, where the day is open.
    pub(super) fn maybe(
        &self,
        open: Option<&Value>,
        arm: &ExceptionArm,
        me: InstanceId,
    ) -> Option<Value> {
        let is_always = arm.validity.from.is_none() && arm.validity.until.is_none();
        let open = open.filter(|_| !is_always)?;
        let condition = arm.condition.map(|condition| self.at(condition, me));
        Some(kernel::all(false, &condition.into_iter().chain([open]).collect::<Vec<_>>()))
    }

    /// Any of the versions, where the day is open. A benefit of which none is in force is not
    /// received.
    pub(super) fn some_version(
        &self,
        id: NodeId,
        versions: &[Version],
        open: &Marks,
        me: InstanceId,
    ) -> Value {
        let mut values: Vec<Value> =
            versions.iter().map(|version| self.get(version.root, me)).collect();
        let is_always =
            |version: &Version| version.validity.from.is_none() && version.validity.until.is_none();
        if self.is_decision(self.versions_of(id)) && !versions.iter().any(is_always) {
            values.push(Value::truth(false, Marks::NONE));
        }
        one_of(&values, open, &Marks::NONE)
    }
}
