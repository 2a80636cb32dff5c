//! One decision about one subject, read off the trace; where facts are missing, sharpened by
//! splitting them until the outcome is certain or the budget is spent.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::decision::Outcome;
use crate::eval::{Links, Marks, Note, Notes, Value};
use crate::hir::{self, DefinitionId, NodeId, PaymentId};
use crate::input::InstanceId;
use crate::trace::{NoteGroups, Trace};

mod needs;
mod search;

use needs::Need;
pub(crate) use needs::Needs;
use search::{Search, Searches};

/// Cases of more values than this are not split: their bounds are sound, and wider.
const MOST_SPLIT_WORK: usize = 100_000;

/// What became of a decision.
#[derive(Clone, Debug)]
pub(crate) struct Assessment {
    /// The value of its condition.
    pub(crate) value: Value,
    /// What that means.
    pub(crate) outcome: Outcome,
    /// What is paid; nothing where it is certain that nothing is.
    pub(crate) payments: Vec<(PaymentId, Value)>,
    /// What it rests on and waits for.
    pub(crate) notes: Arc<NoteGroups>,
    /// The same as marks of the evaluation.
    pub(crate) rests_on: Marks,
}

/// What became of a decision, before what it rests on is put in words.
pub(crate) struct Settled {
    value: Value,
    pub(crate) outcome: Outcome,
    pub(crate) payments: Vec<(PaymentId, Value)>,
    rests_on: Marks,
    /// Missing facts of which the order is known.
    order: Vec<String>,
}

/// What became of decisions about people, by what each decides.
pub(crate) type Assessments = BTreeMap<(DefinitionId, InstanceId), Arc<Assessment>>;

/// A decision about somebody that is to be read off a trace.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) decision: &'a hir::Decision,
    pub(crate) who: InstanceId,
    /// What became of it in a case like this one, of which the marks mean what they mean here: its
    /// words are taken over where it rests on the same.
    pub(crate) like: Option<&'a Assessment>,
}

/// Reads a decision off the trace.
pub(crate) fn assess(trace: &Trace<'_>, decision: &hir::Decision, who: InstanceId) -> Assessment {
    let mut read = Read::of(trace, None, decision, who);
    sharpen(trace, None, true, std::slice::from_mut(&mut read));
    worded(trace, &Asked { decision, who, like: None }, read.settled(trace))
}

/// Reads decisions off the trace, of a policy of which `needs` is what its decisions need: what several
/// wait for is split once. `links` are of all that they need, where these are known.
pub(crate) fn assess_all(
    trace: &Trace<'_>,
    needs: &Needs,
    links: Option<&Arc<Links>>,
    asked: &[Asked<'_>],
) -> Vec<Assessment> {
    let reads = asked.iter().map(|asked| Read::of(trace, Some(needs), asked.decision, asked.who));
    let mut reads: Vec<Read<'_>> = reads.collect();
    let find = || match links {
        Some(known) => Arc::clone(known),
        None => Arc::new(Links::of(trace.program, needs.live(), trace.case)),
    };
    sharpen(trace, Some(&find), true, &mut reads);
    let settled = reads.into_iter().map(|read| read.settled(trace));
    asked.iter().zip(settled).map(|(asked, settled)| worded(trace, asked, settled)).collect()
}

/// What becomes of a decision without the words, and the order of what is missing: these take longer
/// than the rest.
pub(crate) fn settled(trace: &Trace<'_>, decision: &hir::Decision, who: InstanceId) -> Settled {
    let mut read = Read::of(trace, None, decision, who);
    sharpen(trace, None, false, std::slice::from_mut(&mut read));
    read.settled(trace)
}

/// Reads a decision off the trace with every part of a fact evaluated by itself: what the others
/// must come to.
#[cfg(test)]
pub(crate) fn assess_anew(
    trace: &Trace<'_>,
    decision: &hir::Decision,
    who: InstanceId,
) -> Assessment {
    let mut read = Read::of(trace, None, decision, who);
    Searches::anew(trace).all(&mut read.search.iter_mut().collect::<Vec<_>>(), true);
    worded(trace, &Asked { decision, who, like: None }, read.settled(trace))
}

fn worded(trace: &Trace<'_>, asked: &Asked<'_>, settled: Settled) -> Assessment {
    let Settled { value, outcome, payments, rests_on, order } = settled;
    let is_same = |before: &&Assessment| {
        let paid = payments.iter().map(|(id, _)| id);
        // Of one missing fact there is no order.
        before.notes.missing.len() < 2
            && before.rests_on == rests_on
            && paid.eq(before.payments.iter().map(|(id, _)| id))
    };
    let notes = asked.like.filter(is_same).map(|before| Arc::clone(&before.notes));
    let notes = notes.unwrap_or_else(|| {
        let mut notes = trace.notes(&rests_on);
        notes
            .missing
            .sort_by_key(|path| order.iter().position(|first| first == path).unwrap_or(usize::MAX));
        for made_up in made_up(trace, asked.decision, &payments) {
            if !notes.unverified.contains(&made_up) {
                notes.unverified.push(made_up);
            }
        }
        Arc::new(notes)
    });
    Assessment { value, outcome, payments, notes, rests_on }
}

/// A decision as its values say, and what splitting unknown facts may add to that.
struct Read<'a> {
    who: InstanceId,
    value: Value,
    outcome: Outcome,
    payments: Vec<(PaymentId, NodeId, Value)>,
    search: Option<Search<'a>>,
}

impl<'a> Read<'a> {
    fn of(
        trace: &'a Trace<'a>,
        needs: Option<&Needs>,
        decision: &hir::Decision,
        who: InstanceId,
    ) -> Self {
        let program = trace.program;
        let root = program.definition(decision.entitlement).and_then(|found| found.root);
        let value = root.map_or(Value::Absent(Marks::NONE), |root| trace.value(root, who));
        let outcome = outcome_of(trace, &value);
        let mut payments: Vec<(PaymentId, NodeId, Value)> = Vec::new();
        for id in &decision.payments {
            let payment = program.payments.get(id.0 as usize);
            let root = payment
                .and_then(|payment| program.definition(payment.definition))
                .and_then(|definition| definition.root);
            payments.extend(root.map(|root| (*id, root, trace.value(root, who))));
        }
        let causes = value.causes();
        let search = root
            // What waits for law alone has no facts to be split.
            .filter(|_| {
                outcome == Outcome::Undecided && waits_for_facts(&trace.evaluation.notes, &causes)
            })
            .map(|root| {
                let paid = payments.iter().map(|(_, root, _)| *root).collect();
                let need = match needs {
                    Some(needs) => needs.of_one(program, decision),
                    None => Arc::new(Need::of(program, decision)),
                };
                Search::new(trace, need, (root, paid), who, &causes)
            })
            .filter(|search| search.work <= MOST_SPLIT_WORK);
        Self { who, value, outcome, payments, search }
    }

    fn settled(self, trace: &Trace<'_>) -> Settled {
        let Self { who, value, mut outcome, mut payments, search } = self;
        let (mut causes, mut marks) = (value.causes(), value.marks());
        let mut order = Vec::new();
        if let Some(search) = search {
            outcome = search.outcome().unwrap_or(outcome);
            order = search.order;
            for ((_, _, value), range) in payments.iter_mut().zip(search.ranges) {
                let (Value::Unknown(unknown), Some((low, high))) = (&mut *value, range) else {
                    continue;
                };
                unknown.low = unknown.low.max(low);
                unknown.high = [unknown.high, high].into_iter().flatten().min();
                if let (Some(low), Some(high)) = (unknown.low, unknown.high)
                    && low == high
                {
                    *value = Value::number(low, unknown.marks.clone());
                }
            }
            if outcome != Outcome::Undecided {
                // Whatever the facts turn out to be, the outcome is this one: it waits for none.
                causes = Marks::NONE;
            }
        }
        if outcome == Outcome::Failed {
            payments.clear();
        } else if outcome == Outcome::NotEntitled {
            // What 停发 lets be paid although the conditions do not hold any more.
            payments.retain(|(_, root, _)| trace.is_continued(*root, who));
        }
        for (_, _, value) in &payments {
            causes = causes.and(&value.causes());
            marks = marks.and(&value.marks());
        }
        if matches!(outcome, Outcome::Entitled | Outcome::NotEntitled) && payments.is_empty() {
            // A certain result waits for nothing.
            causes = Marks::NONE;
        }
        let rests_on = causes.and(&marks);
        let payments = payments.into_iter().map(|(id, _, value)| (id, value)).collect();
        Settled { value, outcome, payments, rests_on, order }
    }
}

/// Splits the unknown facts that decisions wait for; `links` finds those of what all of them need,
/// where there are several.
fn sharpen<'a>(
    trace: &'a Trace<'a>,
    links: Option<&dyn Fn() -> Arc<Links>>,
    in_order: bool,
    reads: &mut [Read<'a>],
) {
    let searches = reads.iter_mut().filter_map(|read| read.search.as_mut());
    let mut searches: Vec<&mut Search<'a>> = searches.collect();
    if !searches.is_empty() {
        Searches::new(trace, links.map(|find| find()), &mut searches).all(&mut searches, in_order);
    }
}

/// The decision itself, or those of its payments, that a made-up text writes of: whoever reads the
/// result must see it also where no parameter stands between the text and the figure.
fn made_up(
    trace: &Trace<'_>,
    decision: &hir::Decision,
    payments: &[(PaymentId, Value)],
) -> Vec<String> {
    let program = trace.program;
    let is_made_up = |id: &DefinitionId| program.definition(*id).is_some_and(|it| it.sample);
    if is_made_up(&decision.entitlement) {
        // What is paid by it need not be told again.
        return vec![trace.made_up(decision.entitlement)];
    }
    let paid = payments.iter().filter_map(|(id, _)| program.payments.get(id.0 as usize));
    paid.map(|it| it.definition).filter(is_made_up).map(|id| trace.made_up(id)).collect()
}

/// Whether some of what a value waits for is a fact.
fn waits_for_facts(notes: &Notes, causes: &Marks) -> bool {
    causes
        .iter()
        .any(|cause| matches!(notes.get(cause), Some(Note::Missing(..) | Note::Refused(..))))
}

/// The outcome that a value of a decision's condition means.
pub(crate) fn outcome_of(trace: &Trace<'_>, value: &Value) -> Outcome {
    match value {
        Value::Error(_) => Outcome::Failed,
        Value::Unknown(unknown) => {
            let discretion = unknown.causes.iter().all(|cause| {
                matches!(trace.evaluation.notes.get(cause), Some(Note::Discretion(..)))
            });
            if discretion { Outcome::Discretionary } else { Outcome::Undecided }
        }
        _ if value.as_bool() == Some(true) => Outcome::Entitled,
        _ => Outcome::NotEntitled,
    }
}
