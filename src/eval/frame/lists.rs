//! Over the members of a list.

use super::Pass;
use crate::eval::aggregate::{Candidate, Member, aggregate, pick};
use crate::eval::kernel;
use crate::eval::note::{Marks, Note};
use crate::eval::value::Value;
use crate::hir::{AggregateKind, FieldId, NodeId};
use crate::input::{Fact, InstanceId, Listed, Scalar};
use crate::types::Type;
use crate::value::Rational;

impl Pass<'_> {
    fn members(&self, who: &[InstanceId], body: Option<NodeId>, filters: &[NodeId]) -> Vec<Member> {
        let member = |who: &InstanceId| {
            let counts = kernel::all(false, &self.all(filters, *who));
            Member { counts, body: body.map(|body| self.get(body, *who)) }
        };
        who.iter().map(member).collect()
    }

    /// Who stands in a list, and what that rests on; the value of a list that is not known, with
    /// as many as it is declared to have.
    fn listed(&mut self, list: FieldId, me: InstanceId) -> Result<(Vec<InstanceId>, Marks), Value> {
        let day = self.period.last_day();
        match self.case.listed(self.program, list, me, day, self.question.strict) {
            Listed::These(who) => Ok((who, Marks::NONE)),
            Listed::NobodyByDefault => {
                Ok((Vec::new(), Marks::one(self.notes.id(Note::Assumed(list, me)))))
            }
            Listed::Open(fact) => {
                let note = match fact {
                    Fact::Refused => Note::Refused(list, me),
                    _ => Note::Missing(list, me),
                };
                Err(Value::unknown(Marks::one(self.notes.id(note))))
            }
        }
    }

    pub(super) fn aggregate(
        &mut self,
        id: NodeId,
        (kind, list): (AggregateKind, FieldId),
        (body, filters): (Option<NodeId>, &[NodeId]),
        me: InstanceId,
    ) -> Value {
        match self.listed(list, me) {
            Ok((who, marks)) => {
                aggregate(id, kind, &self.members(&who, body, filters)).marked(&marks)
            }
            Err(Value::Unknown(mut unknown)) if kind == AggregateKind::Count => {
                let count = self.program.field(list).map_or((None, None), |field| field.count);
                let of = |count: u32| Rational::from_integer(i64::from(count));
                let least = count.0.filter(|_| filters.is_empty());
                unknown.low = Some(of(least.unwrap_or(0)));
                unknown.high = count.1.map(of);
                Value::Unknown(unknown)
            }
            Err(unknown) => unknown,
        }
    }

    pub(super) fn picked(
        &mut self,
        id: NodeId,
        (list, last): (FieldId, bool),
        (keys, filters): (&[NodeId], &[NodeId]),
        me: InstanceId,
    ) -> Value {
        let (who, marks) = match self.listed(list, me) {
            Ok(listed) => listed,
            Err(unknown) => return unknown,
        };
        let Some(&Type::Object(object)) = self.program.field(list).map(|field| &field.ty) else {
            return Value::Absent(marks);
        };
        let candidate = |one: &InstanceId| Candidate {
            who: Scalar::Instance(object, *one),
            counts: kernel::all(false, &self.all(filters, *one)),
            keys: keys.iter().map(|key| self.get(*key, *one)).collect(),
        };
        let candidates: Vec<Candidate> = who.iter().map(candidate).collect();
        pick(id, last, &candidates).marked(&marks)
    }
}
