//! What a plan decided, read from the register file: outcomes and exact amounts.

use super::Inner;
use super::compile::{Compiled, rational};
use super::lane::{Held, Lane};
use super::op::ABSENT;
use super::record::Record;
use super::run::Registers;
use crate::engine::decision::Outcome;
use crate::hir::{DecisionId, DefinitionId, NodeId, Program};
use crate::types::ObjectId;
use crate::value::Rational;

/// A decision of a plan, found by name once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecisionHandle(usize);

/// A payment of a plan, found by name once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentHandle {
    decision: usize,
    payment: usize,
}

/// What one case came to. Borrowed from the workspace that decided it.
#[derive(Clone, Copy, Debug)]
pub struct Figures<'a> {
    pub(super) plan: &'a Inner,
    pub(super) registers: &'a Registers,
    pub(super) record: &'a Record,
}

/// Where the results of a decision are.
#[derive(Debug)]
pub(super) struct PlannedDecision {
    pub(super) name: String,
    pub(super) alias: Option<String>,
    pub(super) subject: ObjectId,
    pub(super) entitled: Held,
    pub(super) payments: Vec<PlannedPayment>,
}

/// Where an amount is.
#[derive(Debug)]
pub(super) struct PlannedPayment {
    pub(super) name: String,
    pub(super) alias: Option<String>,
    pub(super) definition: DefinitionId,
    pub(super) amount: Held,
}

/// The nodes of a decision.
pub(super) struct Roots {
    decision: DecisionId,
    entitled: NodeId,
    payments: Vec<(String, Option<String>, DefinitionId, NodeId)>,
}

impl Roots {
    pub(super) fn nodes(&self) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::once(self.entitled).chain(self.payments.iter().map(|(.., node)| *node))
    }

    /// The decision and its payments.
    pub(super) fn definitions(&self, program: &Program) -> impl Iterator<Item = DefinitionId> {
        let decision = program.decisions.get(index(self.decision.0));
        let payments = self.payments.iter().map(|(_, _, definition, _)| *definition);
        decision.map(|decision| decision.entitlement).into_iter().chain(payments)
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

pub(super) fn roots(program: &Program, picked: &[DecisionId]) -> Vec<Roots> {
    let root_of = |definition| program.definition(definition).and_then(|found| found.root);
    picked
        .iter()
        .filter_map(|id| {
            let decision = program.decisions.get(index(id.0))?;
            let payments = decision.payments.iter().filter_map(|payment| {
                let payment = program.payments.get(index(payment.0))?;
                let name = &payment.name;
                let root = root_of(payment.definition)?;
                Some((name.text.clone(), name.alias.clone(), payment.definition, root))
            });
            let entitled = root_of(decision.entitlement)?;
            Some(Roots { decision: *id, entitled, payments: payments.collect() })
        })
        .collect()
}

pub(super) fn planned(
    program: &Program,
    compiled: &Compiled,
    roots: &[Roots],
) -> Vec<PlannedDecision> {
    let held = |node: NodeId| compiled.held.get(index(node.0)).copied().flatten();
    roots
        .iter()
        .filter_map(|root| {
            let decision = program.decisions.get(index(root.decision.0))?;
            let payments = root.payments.iter().filter_map(|(name, alias, definition, node)| {
                Some(PlannedPayment {
                    name: name.clone(),
                    alias: alias.clone(),
                    definition: *definition,
                    amount: held(*node)?,
                })
            });
            Some(PlannedDecision {
                name: decision.name.text.clone(),
                alias: decision.name.alias.clone(),
                subject: decision.subject,
                entitled: held(root.entitled)?,
                payments: payments.collect(),
            })
        })
        .collect()
}

fn is(name: &str, alias: Option<&str>, wanted: &str) -> bool {
    name == wanted || alias == Some(wanted)
}

pub(super) fn decision(plan: &Inner, name: &str) -> Option<DecisionHandle> {
    let found = plan.decisions.iter().position(|it| is(&it.name, it.alias.as_deref(), name))?;
    Some(DecisionHandle(found))
}

pub(super) fn payment(plan: &Inner, decision_name: &str, name: &str) -> Option<PaymentHandle> {
    let DecisionHandle(decision) = decision(plan, decision_name)?;
    let payments = &plan.decisions.get(decision)?.payments;
    let payment = payments.iter().position(|it| is(&it.name, it.alias.as_deref(), name))?;
    Some(PaymentHandle { decision, payment })
}

impl Figures<'_> {
    /// The outcome for the household (`member` 0), or for a member of a decision about people.
    /// A plan decides only what is certain: it is [`Outcome::Entitled`] or
    /// [`Outcome::NotEntitled`].
    #[must_use]
    pub fn outcome(&self, decision: DecisionHandle, member: usize) -> Option<Outcome> {
        let found = self.plan.decisions.get(decision.0)?;
        Some(self.outcome_of(found, member))
    }

    pub(super) fn outcome_of(&self, decision: &PlannedDecision, member: usize) -> Outcome {
        if self.registers.get(decision.entitled.register, member) == 1 {
            Outcome::Entitled
        } else {
            Outcome::NotEntitled
        }
    }

    /// The exact amount of a payment, in the unit that the policy declares, money in yuan; 0 where
    /// its decision does not hold.
    #[must_use]
    pub fn amount(&self, payment: PaymentHandle, member: usize) -> Option<Rational> {
        self.number(self.held(payment)?, member)
    }

    /// The amount in whole fen; nothing where it is not whole fen.
    #[must_use]
    pub fn fen(&self, payment: PaymentHandle, member: usize) -> Option<i64> {
        let held = self.held(payment)?;
        let value = self.registers.get(held.register, member);
        match held.lane {
            Lane::Number { scale: 1 } => value.checked_mul(100),
            Lane::Number { scale: 100 } => Some(value),
            _ => {
                let fen = self.number(held, member)?.checked_mul(Rational::from_integer(100));
                fen.ok()?.to_i64()
            }
        }
    }

    fn held(&self, payment: PaymentHandle) -> Option<Held> {
        let decision = self.plan.decisions.get(payment.decision)?;
        Some(decision.payments.get(payment.payment)?.amount)
    }

    pub(super) fn number(&self, held: Held, member: usize) -> Option<Rational> {
        let value = self.registers.get(held.register, member);
        let divisor = match held.lane {
            Lane::Quotient { divisor, .. } => self.registers.get(divisor, member),
            _ => 1,
        };
        (value != ABSENT).then(|| rational(held.lane, value, divisor)).flatten()
    }

    /// The value of any node that the plan computes, for the household or a member: nothing where
    /// the plan did not need it, where it is no number, or where it is 无. The register file is the
    /// trace: nothing else is kept.
    #[must_use]
    pub fn value(&self, node: NodeId, member: usize) -> Option<Rational> {
        let held = self.plan.compiled.held.get(index(node.0)).copied().flatten()?;
        self.number(held, member)
    }

    /// Whether a condition that the plan computes holds; nothing where the plan did not need it.
    #[must_use]
    pub fn holds(&self, node: NodeId, member: usize) -> Option<bool> {
        let held = self.plan.compiled.held.get(index(node.0)).copied().flatten()?;
        (held.lane == Lane::Truth).then(|| self.registers.get(held.register, member) == 1)
    }

    /// Copies the register file, which is the whole trace, to outlive the workspace.
    pub fn keep_trace(&self, into: &mut Vec<i64>) {
        self.registers.copy_to(into);
    }

    /// Whether the result may rest on a default that stands for a fact that was not stated;
    /// [`crate::engine::Policy::decide`] says on which.
    #[must_use]
    pub fn rests_on_defaults(&self) -> bool {
        self.record.assumed
    }

    /// Whether the result may rest on made-up values (样例).
    #[must_use]
    pub fn rests_on_samples(&self) -> bool {
        self.plan.compiled.sampled
    }

    /// The people of the household, in the order of the facts.
    #[must_use]
    pub fn people(&self) -> usize {
        self.record.members()
    }

    /// Writes the outcomes and amounts as JSON text, in the shape of `huize decide` without its
    /// conditions: `{"policy", "period", "as_of", "sample", "assumed", "decisions": {name:
    /// {"outcome", "payments": {name: {"amount", "unit"}}}}, "members": [{"id", "decisions"}]}`.
    pub fn write_json(&self, into: &mut String) {
        self.plan.writer.write(self, false, into);
    }

    /// The same with `"trace"`: the value of every rule, condition item and parameter that the
    /// decisions used, under its stable id (`低保.收入条件`, `甲.计入收入`), with both sides of each
    /// comparison.
    pub fn write_explained_json(&self, into: &mut String) {
        self.plan.writer.write(self, true, into);
    }
}
