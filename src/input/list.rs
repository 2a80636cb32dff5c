//! Who stands in a list: the members that belong to its owner, or those that it names.

use super::{Case, Fact, InstanceId};
use crate::hir::{DefaultValue, FieldId, Program};
use crate::types::Type;
use crate::value::Date;

/// What is known of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// Just these.
    These(Vec<InstanceId>),
    /// Nobody, because nothing was said and the default says so.
    NobodyByDefault,
    /// Not known; the fact that says so, or does not say.
    Open(Fact),
}

impl Listed {
    /// Those that are known to stand in it.
    #[must_use]
    pub fn known(self) -> Vec<InstanceId> {
        match self {
            Self::These(who) => who,
            Self::NobodyByDefault | Self::Open(_) => Vec::new(),
        }
    }
}

impl Case {
    /// Who stands in a list of `owner` on a day.
    #[must_use]
    pub fn listed(
        &self,
        program: &Program,
        list: FieldId,
        owner: InstanceId,
        day: Date,
        strict: bool,
    ) -> Listed {
        let Some(declared) = program.field(list) else { return Listed::These(Vec::new()) };
        let Type::Object(element) = declared.ty else { return Listed::These(Vec::new()) };
        if program.owns(list) {
            let members = self.of(element).iter().enumerate();
            let inside = members.filter(|(_, instance)| instance.parent == Some(owner));
            let number = |at: usize| InstanceId(u32::try_from(at).unwrap_or(u32::MAX));
            return Listed::These(inside.map(|(at, _)| number(at)).collect());
        }
        let fact = match self.fact(list, owner) {
            Fact::Dated(values) => {
                let current = values.iter().rev().find(|(since, _)| *since <= day);
                current.map_or(&Fact::Unknown, |(_, fact)| fact)
            }
            other => other,
        };
        match fact {
            Fact::Listed(who) => Listed::These(who.clone()),
            Fact::Absent => Listed::These(Vec::new()),
            Fact::NotStated if !strict && declared.default == Some(DefaultValue::Absent) => {
                Listed::NobodyByDefault
            }
            other => Listed::Open(other.clone()),
        }
    }
}
