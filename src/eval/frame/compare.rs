//! Comparisons with limits.

use super::Pass;
use crate::eval::value::Value;
use crate::eval::{kernel, limit, time};
use crate::hir::{Alternative, ElapsedReading, NodeId};
use crate::input::InstanceId;
use crate::syntax::ast::Comparison;

impl Pass<'_> {
    pub(super) fn compared(
        &self,
        at: (NodeId, usize),
        operator: Comparison,
        (one, other): (NodeId, NodeId),
        me: InstanceId,
    ) -> Value {
        let found = kernel::compare(operator, self.at(one, me), self.at(other, me));
        self.as_read(at, found, me)
    }

    /// 属于
    pub(super) fn within(
        &self,
        (id, value): (NodeId, NodeId),
        alternatives: &[Alternative],
        negated: bool,
        me: InstanceId,
    ) -> Value {
        if let Value::Absent(marks) = self.at(value, me) {
            return Value::truth(negated, marks.clone());
        }
        let tests: Vec<Value> = alternatives
            .iter()
            .enumerate()
            .map(|(at, alternative)| match alternative {
                Alternative::Value(node) => {
                    kernel::compare(Comparison::Equal, self.at(value, me), self.at(*node, me))
                }
                Alternative::Interval { low, high } => {
                    let number = at.saturating_mul(2);
                    let low = low.map(|(node, inclusive)| {
                        let operator = if inclusive {
                            Comparison::GreaterOrEqual
                        } else {
                            Comparison::Greater
                        };
                        self.compared((id, number), operator, (value, node), me)
                    });
                    let high = high.map(|(node, inclusive)| {
                        let operator =
                            if inclusive { Comparison::LessOrEqual } else { Comparison::Less };
                        let number = number.saturating_add(1);
                        self.compared((id, number), operator, (value, node), me)
                    });
                    let ends: Vec<&Value> = low.iter().chain(&high).collect();
                    kernel::all(false, &ends)
                }
            })
            .collect();
        let found = kernel::all(true, &tests.iter().collect::<Vec<_>>());
        if negated { kernel::not(&found) } else { found }
    }

    /// 满
    pub(super) fn elapsed(
        &self,
        id: NodeId,
        (since, duration, on): (NodeId, NodeId, NodeId),
        reading: ElapsedReading,
        me: InstanceId,
    ) -> Value {
        let months = limit::is_months(self.program, duration);
        let (since, length, on) = (self.at(since, me), self.at(duration, me), self.at(on, me));
        let found = time::elapsed(id, since, length, on, (months, reading));
        self.as_read((id, 0), found, me)
    }

    fn as_read(&self, at: (NodeId, usize), found: Value, me: InstanceId) -> Value {
        limit::read(self.program, at, found, |node| Some(self.at(node, me)))
    }
}
