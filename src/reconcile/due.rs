//! What is due: a benefit of a decided case as a range of money, and the reasons for it.

use crate::diagnostic::{Diagnostic, Language};
use crate::engine::decision::{CaseDecision, Outcome};
use crate::engine::{Case, Policy, Question, Wording};
use crate::explain::graph::Index;
use crate::explain::view::{DecisionView, ErrorView, Explanation, InteractionViewKind};
use crate::hir::Program;
use crate::reconcile::{Asking, Verdict};
use crate::value::{Dimension, Rational};

/// A decision that pays something, about households, persons or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Benefit {
    /// As results call it.
    pub(super) name: String,
    pub(super) alias: Option<String>,
    /// Everything it may be called in a list.
    names: Vec<String>,
    /// What its payments may be called.
    payments: Vec<String>,
    pub(super) of_household: bool,
    pub(super) of_person: bool,
    /// Paid every month; once otherwise.
    pub(super) monthly: bool,
}

/// The benefits of a program that pay something, in its order.
pub(super) fn benefits(program: &Program) -> Vec<Benefit> {
    let mut found: Vec<Benefit> = Vec::new();
    for decision in &program.decisions {
        if !decision.own || decision.payments.is_empty() {
            continue;
        }
        let name = program.called(decision);
        let at = found.iter().position(|benefit| benefit.name == name).unwrap_or_else(|| {
            found.push(Benefit {
                name: name.clone(),
                alias: decision.name.alias.clone(),
                names: [Some(name.clone()), Some(decision.name.text.clone())]
                    .into_iter()
                    .chain([decision.name.alias.clone()])
                    .flatten()
                    .collect(),
                payments: Vec::new(),
                of_household: false,
                of_person: false,
                monthly: false,
            });
            found.len().saturating_sub(1)
        });
        let Some(benefit) = found.get_mut(at) else { continue };
        if decision.subject == program.root {
            benefit.of_household = true;
        } else {
            benefit.of_person = true;
        }
        for id in &decision.payments {
            let Some(payment) = program.payments.get(id.0 as usize) else { continue };
            let unit = program.definition(payment.definition).and_then(|found| found.ty.unit());
            benefit.monthly |= unit.is_some_and(|unit| {
                unit.exponent(Dimension::Month) != 0 || unit.exponent(Dimension::Year) != 0
            });
            let own = &payment.name;
            benefit.payments.push(own.text.clone());
            benefit.payments.extend(own.alias.clone());
            benefit.names.push(format!("{}的{}", decision.name.text, own.text));
            let aliases = decision.name.alias.as_ref().zip(own.alias.as_ref());
            benefit.names.extend(aliases.map(|(of, own)| format!("{of}.{own}")));
        }
    }
    found
}

/// Why a name is no benefit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotNamed {
    /// None is called so; one that is called much like it, or all of them.
    Unknown(Option<String>, Vec<String>),
    /// Several pay something of that name.
    Several(Vec<String>),
}

/// The benefit of that name, or that pays something of it.
pub(super) fn named(all: &[Benefit], name: &str) -> Result<usize, NotNamed> {
    let name = name.trim();
    if let Some(at) = all.iter().position(|found| found.names.iter().any(|known| known == name)) {
        return Ok(at);
    }
    let paying: Vec<usize> = all
        .iter()
        .enumerate()
        .filter(|(_, found)| found.payments.iter().any(|known| known == name))
        .map(|(at, _)| at)
        .collect();
    let list = |at: &[usize]| {
        at.iter().filter_map(|at| all.get(*at)).map(|found| found.name.clone()).collect()
    };
    match paying.as_slice() {
        [only] => Ok(*only),
        [] => {
            let names = all.iter().flat_map(|found| found.names.iter().map(String::as_str));
            let close = crate::diagnostic::closest_name(name, names).map(str::to_owned);
            Err(NotNamed::Unknown(close, all.iter().map(|found| found.name.clone()).collect()))
        }
        several => Err(NotNamed::Several(list(several))),
    }
}

/// What is due of one benefit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Due {
    /// Nothing where the benefit is not in force.
    pub(super) outcome: Option<Outcome>,
    low: Option<Rational>,
    high: Option<Rational>,
    missing: Vec<String>,
    blocked: Vec<String>,
    discretion: Vec<String>,
    pub(super) assumed: Vec<String>,
    pub(super) unverified: Vec<String>,
    pub(super) error: Option<ErrorView>,
}

impl Due {
    /// At least and at most this; nothing where it could not be computed.
    pub(super) fn range(&self) -> Option<(Option<Rational>, Option<Rational>)> {
        self.error.is_none().then_some((self.low, self.high))
    }

    /// What is due, where that is certain.
    pub(super) fn exact(&self) -> Option<Rational> {
        let (low, high) = self.range()?;
        low.filter(|low| Some(*low) == high)
    }

    /// Whether it is certain that nothing is.
    pub(super) fn is_nothing(&self) -> bool {
        self.exact().is_some_and(Rational::is_zero)
    }

    /// Whether the entitlement is certain, whatever the amount.
    pub(super) fn is_certain(&self) -> bool {
        self.outcome == Some(Outcome::Entitled)
    }

    pub(super) fn waits_for(&self) -> Vec<String> {
        [&self.missing, &self.blocked, &self.discretion].into_iter().flatten().cloned().collect()
    }
}

/// What a decided case says of a benefit of its household, or of one of its members.
pub(super) fn due(decided: &CaseDecision, benefit: &Benefit, person: Option<&str>) -> Due {
    let decisions = match person {
        None => Some(&decided.decisions),
        Some(key) => {
            decided.members.iter().find(|member| member.id == key).map(|found| &found.decisions)
        }
    };
    let nothing = Due { low: Some(Rational::ZERO), high: Some(Rational::ZERO), ..Due::default() };
    let Some(decision) = decisions.and_then(|found| found.get(&benefit.name)) else {
        return nothing;
    };
    let mut due = Due {
        outcome: Some(decision.outcome),
        missing: decision.missing.clone(),
        blocked: decision.blocked.clone(),
        discretion: decision.discretion.clone(),
        assumed: decision.assumed.clone(),
        unverified: decision.unverified.clone(),
        error: decision.error.clone(),
        ..nothing
    };
    let number = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
    for payment in decision.payments.values() {
        if due.error.is_none() {
            due.error.clone_from(&payment.error);
        }
        let (low, high) = match (&payment.amount, &payment.bounds) {
            (Some(_), _) => (number(&payment.amount), number(&payment.amount)),
            (None, Some(bounds)) => (number(&bounds.low), number(&bounds.high)),
            (None, None) => (None, None),
        };
        let sum = |of: Option<Rational>, add: Option<Rational>| of?.checked_add(add?).ok();
        due.low = sum(due.low, low);
        due.high = sum(due.high, high);
    }
    if matches!(decision.outcome, Outcome::Undecided | Outcome::Discretionary) {
        // Whoever is not entitled after all gets nothing.
        due.low = Some(due.low.map_or(Rational::ZERO, |low| low.min(Rational::ZERO)));
    } else if due.low.is_none() {
        // A payment is no debt.
        due.low = Some(Rational::ZERO);
    }
    due
}

/// Explains a case once, where something of it has to be explained.
pub(super) struct Reasons<'a> {
    policy: &'a Policy,
    case: &'a Case,
    question: Question,
    asking: &'a Asking,
    not_in_force: &'a [String],
    explained: Option<Explanation>,
}

impl<'a> Reasons<'a> {
    pub(super) fn new(
        policy: &'a Policy,
        case: &'a Case,
        question: Question,
        asking: &'a Asking,
        not_in_force: &'a [String],
    ) -> Self {
        Self { policy, case, question, asking, not_in_force, explained: None }
    }

    /// Why a benefit is due as it is: what other benefits did to it, the conditions that carried
    /// the outcome, or the formula with its numbers.
    pub(super) fn tell(
        &mut self,
        benefit: &Benefit,
        person: Option<&str>,
        due: &Due,
        verdict: Verdict,
    ) -> Result<Vec<String>, Vec<Diagnostic>> {
        let language = self.asking.language;
        if let Some(error) = &due.error {
            return Ok(vec![say(language, &error.zh, &error.en).to_owned()]);
        }
        if due.outcome.is_none() {
            let known = self.not_in_force.contains(&benefit.name);
            return Ok(vec![not_in_force(known, language)]);
        }
        if self.explained.is_none() {
            let wording = Wording { language, clear: self.asking.clear };
            self.explained = Some(self.policy.explain_as(self.case, &self.question, wording)?);
        }
        let Some(explained) = &self.explained else { return Ok(Vec::new()) };
        let subject = match person {
            // The household is the first.
            None => explained.subjects.first(),
            Some(key) => explained.subjects.iter().skip(1).find(|subject| subject.id == key),
        };
        let decision = subject
            .and_then(|subject| subject.decisions.iter().find(|found| found.name == benefit.name));
        let Some(decision) = decision else { return Ok(Vec::new()) };
        Ok(reasons(explained, decision, due, verdict, language))
    }
}

fn reasons(
    explained: &Explanation,
    decision: &DecisionView,
    due: &Due,
    verdict: Verdict,
    language: Language,
) -> Vec<String> {
    let ids: Vec<&str> = std::iter::once(&decision.id)
        .chain(decision.payments.iter().map(|payment| &payment.id))
        .map(String::as_str)
        .collect();
    let mut told = Vec::new();
    for found in explained.interactions.iter().filter(|found| ids.contains(&found.id.as_str())) {
        let by = found.by.join(say(language, "、", ", "));
        let (before, after) = match language {
            Language::Zh => (&found.before.zh, &found.after.zh),
            Language::En => (&found.before.en, &found.after.en),
        };
        told.push(match (found.kind, language) {
            (InteractionViewKind::Exclusive, Language::Zh) => {
                format!("本来{before}，已有{by}，不重复享受（{}）", found.relation)
            }
            (InteractionViewKind::Exclusive, Language::En) => {
                format!("{before} but for {by}, which it is not paid beside ({})", found.relation)
            }
            (_, Language::Zh) => format!("{before} → {after}，有{by}（{}）", found.relation),
            (_, Language::En) => format!("{before} → {after}, with {by} ({})", found.relation),
        });
    }
    let is_paid = due.outcome == Some(Outcome::Entitled) && !due.is_nothing();
    let is_told = matches!(verdict, Verdict::PayAll | Verdict::ToConfirm);
    if (!is_paid && told.is_empty()) || (is_paid && is_told) {
        let index = Index::new(explained);
        told.extend(crate::explain::reasons(&decision.conditions, &index, language));
    }
    if is_paid && verdict != Verdict::Undecided {
        for payment in &decision.payments {
            let amount = match language {
                Language::Zh => &payment.amount.zh,
                Language::En => &payment.amount.en,
            };
            let name = match (language, &payment.alias) {
                (Language::En, Some(alias)) => alias,
                _ => &payment.name,
            };
            told.push(if payment.filled.is_empty() || payment.filled == *amount {
                format!("{name} {amount}")
            } else {
                format!("{name} {amount} = {}", payment.filled)
            });
        }
    }
    told
}

fn not_in_force(known: bool, language: Language) -> String {
    match (known, language) {
        (true, Language::Zh) => "这个月没有施行这项待遇".to_owned(),
        (true, Language::En) => "the benefit is not in force in the month".to_owned(),
        (false, Language::Zh) => "对这一户（人）没有这项待遇的决定".to_owned(),
        (false, Language::En) => "no decision about this benefit is made for them".to_owned(),
    }
}

fn say<'t>(language: Language, zh: &'t str, en: &'t str) -> &'t str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}
