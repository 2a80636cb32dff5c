//! What is followed while something is varied: the outcomes and payments of decisions.

use super::pass::index;
use crate::hir::{Decision, NodeId};
use crate::input::InstanceId;
use crate::trace::Trace;
use crate::types::Type;

/// One outcome or one payment, about one subject.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    /// `低保`, `甲.低保`, `低保.低保金`
    pub(crate) id: String,
    /// 低保, 低保金
    pub(crate) name: String,
    pub(crate) alias: Option<String>,
    /// The subject's key; empty for the root.
    pub(crate) subject: String,
    /// Whether it is a payment.
    pub(crate) is_payment: bool,
    pub(crate) node: NodeId,
    pub(crate) who: InstanceId,
    pub(crate) ty: Type,
}

/// The outcome and the payments of a decision about a subject, the outcome first.
pub(crate) fn of_decision(trace: &Trace<'_>, decision: &Decision, who: InstanceId) -> Vec<Output> {
    let program = trace.program;
    let subject = if decision.subject == program.root {
        String::new()
    } else {
        trace.instance_name(decision.subject, who)
    };
    let called = program.called(decision);
    let id = format!("{}{called}", trace.prefix(decision.subject, who));
    let mut outputs = Vec::new();
    let Some(entitlement) = program.definition(decision.entitlement) else { return outputs };
    let Some(node) = entitlement.root else { return outputs };
    outputs.push(Output {
        id: id.clone(),
        name: called,
        alias: decision.name.alias.clone(),
        subject: subject.clone(),
        is_payment: false,
        node,
        who,
        ty: Type::Bool,
    });
    for payment in &decision.payments {
        let Some(payment) = program.payments.get(index(payment.0)) else { continue };
        let Some(definition) = program.definition(payment.definition) else { continue };
        let Some(node) = definition.root else { continue };
        outputs.push(Output {
            id: format!("{id}.{}", payment.name.text),
            name: payment.name.text.clone(),
            alias: payment.name.alias.clone(),
            subject: subject.clone(),
            is_payment: true,
            node,
            who,
            ty: definition.ty.clone(),
        });
    }
    outputs
}

/// Those of all decisions about everybody: the root first, then each person.
pub(crate) fn all(trace: &Trace<'_>) -> Vec<Output> {
    let program = trace.program;
    let mut outputs = Vec::new();
    for is_root in [true, false] {
        for decision in trace.decided() {
            if (decision.subject == program.root) != is_root {
                continue;
            }
            for (at, instance) in trace.case.of(decision.subject).iter().enumerate() {
                if is_root || instance.parent.is_some() {
                    let who = InstanceId(u32::try_from(at).unwrap_or(u32::MAX));
                    outputs.extend(of_decision(trace, decision, who));
                }
            }
        }
    }
    outputs
}
