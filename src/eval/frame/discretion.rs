//! What was told of a decision, or not told of a fact: 裁量 and 拒答.

use super::Pass;
use crate::eval::kernel;
use crate::eval::note::{Marks, Note};
use crate::eval::value::{FaultKind, Unknown, Value, first_fault, gather};
use crate::hir::NodeId;
use crate::input::InstanceId;
use crate::syntax::ast::Comparison;

impl Pass<'_> {
    /// 裁量: what was decided, checked against the bounds; unknown until it is.
    pub(super) fn decided(
        &mut self,
        id: NodeId,
        bounds: [Option<NodeId>; 2],
        given: Option<NodeId>,
        me: InstanceId,
    ) -> Value {
        let [low, high] = bounds.map(|end| end.map(|end| self.get(end, me)));
        let given = given.map(|given| self.get(given, me));
        let ends = || [&low, &high].into_iter().flatten();
        if let Some(fault) = first_fault(ends().chain(&given)) {
            return fault;
        }
        if ends().any(|end| matches!(end, Value::Absent(_))) {
            return Value::fault(id, FaultKind::AbsentOperand);
        }
        let decided = given.as_ref().filter(|given| matches!(given, Value::Known(..)));
        let (least, most) = (low.as_ref(), high.as_ref());
        let holds = [(least, most), (least, decided), (decided, most)].map(|pair| match pair {
            (Some(a), Some(b)) => kernel::compare(Comparison::LessOrEqual, a, b).as_bool(),
            _ => Some(true),
        });
        if holds.contains(&Some(false)) {
            return Value::fault(id, FaultKind::OutOfBounds);
        }
        let (mut causes, marks) = gather(ends());
        match decided {
            Some(decided) if holds == [Some(true); 3] => return decided.clone().marked(&marks),
            // A bound is not known, and it may be within or not.
            Some(_) => {}
            None => causes = causes.and(&Marks::one(self.notes.id(Note::Discretion(id, me)))),
        }
        let low = low.and_then(|low| low.range().0);
        let high = high.and_then(|high| high.range().1);
        Value::Unknown(Box::new(Unknown { causes, marks, low, high, may_be_absent: false }))
    }

    /// Whether a fact was asked for and not given: what nobody has asked for was not.
    pub(super) fn is_refused(&self, fact: NodeId, me: InstanceId) -> Value {
        let value = self.get(fact, me);
        if matches!(value, Value::Error(_)) {
            return value;
        }
        let refused = |cause| matches!(self.notes.get(cause), Some(Note::Refused(..)));
        Value::truth(value.causes().iter().any(refused), value.marks())
    }
}
