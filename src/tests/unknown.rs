//! Facts taken away and put back: what was said without them must be true with them, whatever they
//! turn out to be.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::assess::{Asked, assess, assess_all, assess_anew};
use crate::engine::decision::{CaseDecision, Decision, Outcome, Payment};
use crate::engine::{Policy, Question};
use crate::eval::{Evaluation, Value};
use crate::hir::{Constant, Field, FieldId, Node, NodeId, NodeKind, Program};
use crate::input::{Case, Fact, InstanceId, Scalar};
use crate::solve::tests::household::Rng;
use crate::types::{ObjectId, Type};
use crate::value::{Date, Dimension, Rational};

/// One fact of one instance.
pub(super) type Place = (FieldId, InstanceId);

/// Every fact that a case has a place for, but for the lists that hold their members themselves.
pub(super) fn places(program: &Program, case: &Case) -> Vec<Place> {
    let mut places = Vec::new();
    for (at, declared) in (0_u32..).zip(&program.fields) {
        let field = FieldId(at);
        if program.owns(field) {
            continue;
        }
        let count = u32::try_from(case.of(declared.object).len()).expect("few");
        places.extend((0..count).map(|who| (field, InstanceId(who))));
    }
    places
}

/// Whether a fact is open: nothing stands in its stead.
fn is_open(program: &Program, case: &Case, question: &Question, (field, who): Place) -> bool {
    let default = program.field(field).and_then(|declared| declared.default);
    match case.fact(field, who) {
        Fact::Unknown | Fact::Refused => true,
        Fact::NotStated => question.strict || default.is_none(),
        Fact::Dated(values) => {
            values.iter().any(|(_, fact)| matches!(fact, Fact::Unknown | Fact::Refused))
        }
        Fact::Within(..) | Fact::Absent | Fact::Known(_) | Fact::Listed(_) => false,
    }
}

/// The facts of a case that are open.
pub(super) fn open(program: &Program, case: &Case, question: &Question) -> Vec<Place> {
    let all = places(program, case).into_iter();
    all.filter(|place| is_open(program, case, question, *place)).collect()
}

/// The case with some of its facts not known, or refused.
pub(super) fn hidden(program: &Program, case: &Case, rng: &mut Rng) -> Case {
    let mut hidden = case.clone();
    let places = places(program, case);
    // Few of them, as in an interview, or many.
    let one_in = [2, 4, 8, 16][usize::try_from(rng.below(4)).expect("few")];
    for (field, who) in places {
        if rng.below(one_in) > 0 || *case.fact(field, who) == Fact::NotStated {
            continue;
        }
        let open = if rng.below(4) == 0 { Fact::Refused } else { Fact::Unknown };
        let fact = match case.fact(field, who) {
            // One of the times at which it was something else.
            Fact::Dated(values) if rng.below(2) == 0 => {
                let mut values = values.clone();
                let at = usize::try_from(rng.below(values.len() as u64)).expect("few");
                values[at].1 = open;
                Fact::Dated(values)
            }
            _ => open,
        };
        hidden.set(field, who, fact);
    }
    hidden
}

/// Values to choose from that a program's own comparisons may turn on.
pub(super) struct Values<'a> {
    program: &'a Program,
    /// The numbers that stand in the program.
    numbers: Vec<Rational>,
    assessment: Date,
}

impl<'a> Values<'a> {
    pub(super) fn of(program: &'a Program, question: &Question) -> Self {
        let mut numbers = BTreeSet::new();
        for node in &program.nodes {
            if let NodeKind::Constant(Constant::Number(number)) = node.kind {
                numbers.insert(number);
            }
        }
        for row in program.parameters.iter().flat_map(|found| found.rows.iter().flatten()) {
            if let Some(Constant::Number(number)) = row.value {
                numbers.insert(number);
            }
        }
        let numbers = numbers.into_iter().collect();
        Self { program, numbers, assessment: question.assessment_day() }
    }

    /// A value that a fact may have.
    fn one(&self, case: &Case, field: FieldId, rng: &mut Rng) -> Option<Fact> {
        let declared = self.program.field(field)?;
        if declared.optional && rng.below(3) == 0 {
            return Some(Fact::Absent);
        }
        let known = |constant| Some(Fact::Known(Scalar::Constant(constant)));
        match &declared.ty {
            Type::Object(object) => Some(self.people(case, declared, *object, rng)),
            Type::Bool => known(Constant::Bool(rng.below(2) == 0)),
            Type::Enum(id) => {
                let count = self.program.enumeration(*id)?.values.len();
                let at = rng.below(u64::try_from(count).ok()?);
                known(Constant::Enum(*id, u16::try_from(at).ok()?))
            }
            Type::Date => known(Constant::Date(self.day(declared, rng))),
            Type::Month => known(Constant::Month(self.day(declared, rng).year_month())),
            Type::Number(number) => {
                let is_money = number.unit.exponent(Dimension::Yuan) != 0;
                let parts = if number.integer {
                    1
                } else if is_money {
                    100
                } else {
                    1000
                };
                known(Constant::Number(self.number(declared, parts, rng)))
            }
            Type::Text | Type::Outcome | Type::Error => None,
        }
    }

    fn people(&self, case: &Case, declared: &Field, object: ObjectId, rng: &mut Rng) -> Fact {
        let all: Vec<InstanceId> =
            (0..u32::try_from(case.of(object).len()).expect("few")).map(InstanceId).collect();
        if declared.many {
            let least = usize::try_from(declared.count.0.unwrap_or(0)).expect("few");
            let most = usize::try_from(declared.count.1.unwrap_or(99)).expect("few");
            let mut some: Vec<InstanceId> =
                all.iter().copied().filter(|_| rng.below(2) == 0).take(most).collect();
            for one in all {
                if some.len() < least && !some.contains(&one) {
                    some.push(one);
                }
            }
            return Fact::Listed(some);
        }
        let at = usize::try_from(rng.below(all.len().max(1) as u64)).expect("few");
        match all.get(at) {
            Some(one) => Fact::Known(Scalar::Instance(object, *one)),
            None => Fact::Unknown,
        }
    }

    /// A day within the range of a fact, near what ages and terms turn on.
    fn day(&self, declared: &Field, rng: &mut Rng) -> Date {
        let (mut low, mut high) = match declared.range {
            Some((Constant::Date(low), Constant::Date(high))) => (low, high),
            _ => (
                Date::MIN.plus_years(60).expect("a year"),
                Date::MAX.plus_years(-100).expect("a year"),
            ),
        };
        if declared.not_after_assessment {
            high = high.min(self.assessment);
            low = low.min(high);
        }
        let offset = i32::try_from(rng.below(1300)).expect("few") - 100;
        let near = self.assessment.plus_months(-offset).unwrap_or(self.assessment);
        let near = near.plus_days(i64::try_from(rng.below(3)).expect("few") - 1).unwrap_or(near);
        let soon = self.assessment.plus_days(40 - i64::try_from(rng.below(400)).expect("few"));
        let day = if rng.below(3) == 0 { soon.unwrap_or(near) } else { near };
        day.clamp(low, high)
    }

    /// A number within the range of a fact: an end of it, one of the program's own and what lies
    /// just beside it, or any.
    fn number(&self, declared: &Field, parts: i64, rng: &mut Rng) -> Rational {
        let whole = Rational::from_integer;
        let (low, high) = match declared.range {
            Some((Constant::Number(low), Constant::Number(high))) => (low, high),
            _ => (Rational::ZERO, whole(1_000_000)),
        };
        let scale = |number: Rational| number.checked_mul(whole(parts)).expect("small");
        let from = scale(low).ceil().to_i64().expect("small");
        let to = scale(high).floor().to_i64().expect("small");
        let wanted = match rng.below(6) {
            0 => from,
            1 => to,
            2 | 3 if !self.numbers.is_empty() => {
                let at = usize::try_from(rng.below(self.numbers.len() as u64)).expect("few");
                let near = scale(self.numbers[at]).floor().to_i64().unwrap_or(from);
                near.saturating_add(i64::try_from(rng.below(3)).expect("few") - 1)
            }
            4 => from.saturating_add(i64::try_from(rng.below(300_000)).expect("few")),
            _ => {
                let width = u64::try_from(to.saturating_sub(from)).expect("a range");
                from.saturating_add(
                    i64::try_from(rng.below(width.saturating_add(1).max(1))).expect("small"),
                )
            }
        };
        whole(wanted.clamp(from, to)).checked_div(whole(parts)).expect("not nothing")
    }

    /// What a fact may have been at one time and be since.
    fn changing(&self, case: &Case, field: FieldId, rng: &mut Rng) -> Option<Fact> {
        let (before, now) = (self.one(case, field, rng)?, self.one(case, field, rng)?);
        let month = |back: i32| self.assessment.year_month().plus_months(-back).expect("a month");
        let since = i32::try_from(rng.below(3)).expect("few");
        Some(Fact::Dated(vec![
            (month(since + 2).first_day(), before),
            (month(since).first_day(), now),
        ]))
    }

    /// The case with these facts known to be something; of those that had been known, sometimes
    /// what they were.
    pub(super) fn filled(&self, case: &Case, places: &[Place], was: &Case, rng: &mut Rng) -> Case {
        let mut filled = case.clone();
        for (field, who) in places.iter().copied() {
            let before = was.fact(field, who);
            let fact = match case.fact(field, who) {
                Fact::Dated(values) => Some(Fact::Dated(
                    values
                        .iter()
                        .map(|(since, fact)| match fact {
                            Fact::Unknown | Fact::Refused => {
                                let one = self.one(case, field, rng);
                                (*since, one.unwrap_or_else(|| fact.clone()))
                            }
                            other => (*since, other.clone()),
                        })
                        .collect(),
                )),
                _ if rng.below(4) == 0 && !matches!(before, Fact::NotStated) => {
                    Some(before.clone())
                }
                _ if rng.below(4) == 0 => self.changing(case, field, rng),
                _ => self.one(case, field, rng),
            };
            // A text is one that somebody has.
            let is_text = self.program.field(field).is_some_and(|it| it.ty == Type::Text);
            let fact = fact.or_else(|| {
                let object = self.program.field(field)?.object;
                let others = u64::try_from(was.of(object).len()).ok()?;
                let other = u32::try_from(rng.below(others.max(1))).ok()?;
                is_text.then(|| was.fact(field, InstanceId(other)).clone())
            });
            if let Some(fact) = fact {
                filled.set(field, who, fact);
            }
        }
        filled
    }
}

/// Whether a value keeps what was said of it before.
fn keeps(before: &Value, after: &Value) -> bool {
    match (before, after) {
        // What cannot be computed is no value: nothing is promised of it.
        (Value::Error(_), _) | (_, Value::Error(_)) => true,
        (Value::Known(before, _), Value::Known(after, _)) => before == after,
        (Value::Absent(_), Value::Absent(_)) => true,
        (Value::Known(..) | Value::Absent(_), _) => false,
        (Value::Unknown(unknown), Value::Absent(_)) => unknown.may_be_absent,
        (Value::Unknown(unknown), Value::Known(..)) => after.as_number().is_none_or(|number| {
            unknown.low.is_none_or(|low| low <= number)
                && unknown.high.is_none_or(|high| number <= high)
        }),
        // What is known of it grows.
        (Value::Unknown(before), Value::Unknown(after)) => {
            before.low.is_none_or(|low| after.low.is_some_and(|end| low <= end))
                && before.high.is_none_or(|high| after.high.is_some_and(|end| end <= high))
                && (before.may_be_absent || !after.may_be_absent)
        }
    }
}

/// The first node in the order of the program whose value is not what was said of it before.
pub(super) fn broken(
    policy: &Policy,
    case: &Case,
    before: &Evaluation,
    after: &Evaluation,
) -> Option<String> {
    let program = policy.program();
    for (back, (old, new)) in before.frames.iter().zip(&after.frames).enumerate() {
        for (at, node) in (0_u32..).zip(&program.nodes) {
            for (who, instance) in (0_u32..).zip(case.of(node.subject)) {
                let (id, who) = (NodeId(at), InstanceId(who));
                let (Some(old), Some(new)) = (old.get(id, who), new.get(id, who)) else { continue };
                if !keeps(old, new) {
                    let place = policy.sources().place(node.span);
                    let kind = &node.kind;
                    let key = &instance.key;
                    return Some(format!(
                        "{place} {id:?} of {key}, {back} months back: {old:?} became {new:?}\n{kind:?}"
                    ));
                }
            }
        }
    }
    None
}

fn number(text: &str) -> Rational {
    text.parse().unwrap_or_else(|_| crate::value::parse_decimal(text).expect("a decimal"))
}

/// Whether an amount lies within what was said of it before.
fn agrees(said: &Payment, after: Option<&Payment>) -> bool {
    let (low, high) = match after {
        None => (Some(Rational::ZERO), Some(Rational::ZERO)),
        Some(after) => match (&after.amount, &after.bounds) {
            (Some(amount), _) if !amount.contains('/') => {
                (Some(number(amount)), Some(number(amount)))
            }
            (None, Some(bounds)) => {
                (bounds.low.as_deref().map(number), bounds.high.as_deref().map(number))
            }
            _ => return true,
        },
    };
    match (&said.amount, &said.bounds) {
        (Some(amount), _) if amount.contains('/') => true,
        (Some(amount), _) => (low, high) == (Some(number(amount)), Some(number(amount))),
        // A part of the facts may be tried less far than all of them were.
        (None, Some(bounds)) => {
            bounds.low.as_deref().is_none_or(|end| high.is_none_or(|high| number(end) <= high))
                && bounds.high.as_deref().is_none_or(|end| low.is_none_or(|low| low <= number(end)))
                && after.is_none_or(|after| after.amount.is_none())
                || low == high
                    && bounds
                        .low
                        .as_deref()
                        .is_none_or(|end| low.is_some_and(|low| number(end) <= low))
                    && bounds
                        .high
                        .as_deref()
                        .is_none_or(|end| low.is_some_and(|low| low <= number(end)))
        }
        (None, None) => true,
    }
}

/// What a decision said that is not true of the one that came of it.
fn broken_promise(name: &str, before: &Decision, after: &Decision) -> Option<String> {
    if after.outcome == Outcome::Failed {
        return None;
    }
    let certain = matches!(before.outcome, Outcome::Entitled | Outcome::NotEntitled);
    if certain && before.outcome != after.outcome {
        return Some(format!("{name}: {:?} became {:?}", before.outcome, after.outcome));
    }
    before.payments.iter().find_map(|(payment, said)| {
        let now = after.payments.get(payment);
        (!agrees(said, now)).then(|| format!("{name} {payment}: {said:?} became {now:?}"))
    })
}

/// The decisions of a case, each with the name that tells it apart.
pub(super) fn named(decided: &CaseDecision) -> Vec<(String, &Decision)> {
    let own = decided.decisions.iter().map(|(name, one)| (name.clone(), one));
    let members = decided.members.iter().flat_map(|member| {
        member.decisions.iter().map(|(name, one)| (format!("{}.{name}", member.id), one))
    });
    own.chain(members).collect()
}

/// What was decided that did not stay true.
pub(super) fn broken_decision(before: &CaseDecision, after: &CaseDecision) -> Option<String> {
    let (before, after) = (named(before), named(after));
    assert_eq!(before.len(), after.len());
    before
        .iter()
        .zip(&after)
        .find_map(|((name, before), (_, after))| broken_promise(name, before, after))
}

/// What is said of a decision: the outcome, each amount or its bounds, what it waits for.
pub(super) type Told = (Outcome, BTreeMap<String, String>, BTreeSet<String>);

pub(super) fn told(decided: &CaseDecision) -> BTreeMap<String, Told> {
    let each = |(name, decision): (String, &Decision)| {
        let payments = decision.payments.iter().map(|(name, paid)| {
            let is_error = paid.error.is_some();
            (name.clone(), format!("{:?} {:?} {is_error}", paid.amount, paid.bounds))
        });
        let waits = decision.missing.iter().chain(&decision.blocked).chain(&decision.discretion);
        (name, (decision.outcome, payments.collect(), waits.cloned().collect()))
    };
    named(decided).into_iter().map(each).collect()
}

/// A decision that comes to something else where each part of what its facts may be is evaluated by
/// itself.
pub(super) fn otherwise(
    policy: &Policy,
    case: &crate::engine::Case,
    evaluation: &Evaluation,
) -> Option<String> {
    let trace = policy.trace(case, evaluation);
    let asked = trace.decided().flat_map(|decision| {
        let count = u32::try_from(case.facts.of(decision.subject).len()).expect("few");
        (0..count).map(move |who| Asked { decision, who: InstanceId(who), like: None })
    });
    let asked: Vec<Asked<'_>> = asked.collect();
    let together = assess_all(&trace, policy.needs(), None, &asked);
    asked.iter().zip(&together).find_map(|(asked, together)| {
        let Asked { decision, who, .. } = *asked;
        let (alone, anew) = (assess(&trace, decision, who), assess_anew(&trace, decision, who));
        let [together, alone, anew] = [together, &alone, &anew].map(|it| format!("{it:?}"));
        let is_same = together == anew && alone == anew;
        let told = || {
            let name = &decision.name.text;
            format!("{name} of {who:?}:\ntogether {together}\nalone {alone}\nanew {anew}")
        };
        (!is_same).then(told)
    })
}

/// Facts that a decision does not wait for are put in their places: it must come out the same, and
/// pay the same. How many decisions were open, and what did not stay.
pub(super) fn unasked(
    policy: &Policy,
    (less, was): (&crate::engine::Case, &crate::engine::Case),
    question: Question,
    values: &Values<'_>,
    rng: &mut Rng,
) -> (usize, Option<String>) {
    let Ok(before) = policy.decide(less, &question) else { return (0, None) };
    let Ok(evaluation) = policy.evaluate(less, question) else { return (0, None) };
    let trace = policy.trace(less, &evaluation);
    let program = policy.program();
    let open = open(program, &less.facts, &question);
    // Who waits for an authority waits for the fact that tells what it decided.
    let given = |node: &Node| match &node.kind {
        NodeKind::Discretion { given, .. } => program.fact_of((*given)?),
        _ => None,
    };
    let opinions: BTreeSet<FieldId> = program.nodes.iter().filter_map(given).collect();
    let mut count = 0;
    for (name, decision) in named(&before) {
        if decision.outcome == Outcome::Failed {
            continue;
        }
        let is_asked = |(field, who): &Place| {
            if opinions.contains(field) && !decision.discretion.is_empty() {
                return true;
            }
            let path = trace.fact_path(*field, *who);
            decision.missing.iter().any(|asked| {
                let rest = asked.strip_prefix(&path);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('（'))
            })
        };
        let others: Vec<Place> = open.iter().copied().filter(|place| !is_asked(place)).collect();
        count += usize::from(decision.outcome == Outcome::Undecided);
        let facts = values.filled(&less.facts, &others, &was.facts, rng);
        let Ok(after) = policy.decide(&crate::engine::Case { facts }, &question) else { continue };
        let (then, now) = (&told(&before)[&name], &told(&after)[&name]);
        // Of what cannot be computed nothing is promised.
        let pays = |(payment, said): (&String, &String)| {
            // Bounds are sharpened by trying facts, as far as the trials go.
            let is_open = said.starts_with("None");
            now.1.get(payment).is_none_or(|paid| is_open || paid == said || paid.ends_with("true"))
        };
        let stays = then.0 == now.0 && then.1.len() == now.1.len() && then.1.iter().all(pays);
        if now.0 != Outcome::Failed && !stays {
            return (count, Some(format!("{name}: {then:?} became {now:?}, by {others:?}")));
        }
    }
    (count, None)
}
