//! Two policies made ready for comparison, and the difference of two cases under them.

use std::collections::BTreeMap;

use super::atom::{Atom, Common, Roster, Standing, atoms};
use super::attribute::{Parts, Table};
use super::game;
use super::mix::{Mixer, zero};
use super::names::Names;
use super::pairing::{DecisionPair, Pairing};
use super::side::Side;
use super::slice::Slice;
use super::view::{
    AmountDifference, CauseView, ChangeBounds, DecisionDifference, Difference, MOST_DECISIVE,
    PartView, SideOutcome, SituationView, SubjectDifference, TOTAL, Words,
};
use crate::diagnostic::{Bilingual, ComparisonError, Diagnostic, Language};
use crate::engine::assess::{Assessment, assess};
use crate::engine::decision::Outcome;
use crate::engine::{Case, Policy, Question};
use crate::eval::{Clock, Value};
use crate::explain::view::OutcomeView;
use crate::hir::{self, PaymentId};
use crate::trace::Trace;
use crate::types::Type;
use crate::value::Rational;

/// The most causes that are told apart for one decision: 1024 mixed situations.
pub const MOST_CAUSES: usize = 10;

/// Two policies made ready: what is matched by name, and what each decision rests on. Comparing
/// many cases under one pair of policies makes it once.
#[derive(Debug)]
pub struct Comparison {
    policies: [Policy; 2],
    pairing: Pairing,
    /// What each decision rests on, as the pairs are ordered.
    slices: Vec<[Option<Slice>; 2]>,
    /// Whether 敏感 facts are shown.
    clear: bool,
}

impl Comparison {
    /// Makes two policies ready, or one (cheap to clone) for two months or households.
    ///
    /// # Errors
    ///
    /// `huize::differ::nothing_in_common`: they decide nothing of the same name.
    pub fn new(before: &Policy, after: &Policy) -> Result<Self, ComparisonError> {
        let programs = [before.program(), after.program()];
        let same = before.is_same(after);
        let pairing = Pairing::new(programs, same);
        if !pairing.decisions.iter().any(|pair| pair.ids.iter().all(Option::is_some)) {
            return Err(nothing_in_common(before.name(), after.name()).into());
        }
        let slices = pairing
            .decisions
            .iter()
            .map(|pair| {
                let [x, y] = pair.ids;
                let first = x.and_then(|id| Slice::of(programs[0], id));
                // One program has one slice.
                let second = if same { None } else { y.and_then(|id| Slice::of(programs[1], id)) };
                [first, second]
            })
            .collect();
        Ok(Self { policies: [before.clone(), after.clone()], pairing, slices, clear: false })
    }

    /// The same, with 敏感 facts shown in the clear where `clear` says so.
    #[must_use]
    pub fn clear(self, clear: bool) -> Self {
        Self { clear, ..self }
    }

    /// The difference between two situations under these policies, before first.
    ///
    /// # Errors
    ///
    /// As for [`super::difference`].
    pub fn difference(
        &self,
        before: (&Case, Question),
        after: (&Case, Question),
    ) -> Result<Difference, ComparisonError> {
        self.compare(before, after, &|| false)
    }

    /// The same, given up where `stop` says so and goes on saying so: nothing is told then, as half
    /// of a difference does not add up.
    ///
    /// # Errors
    ///
    /// As for [`super::difference`].
    pub fn difference_until(
        &self,
        before: (&Case, Question),
        after: (&Case, Question),
        stop: &dyn Fn() -> bool,
    ) -> Result<Option<Difference>, ComparisonError> {
        let found = self.compare(before, after, stop)?;
        Ok((!stop()).then_some(found))
    }

    /// The difference; some of it only, where `stop` says so.
    fn compare(
        &self,
        before: (&Case, Question),
        after: (&Case, Question),
        stop: &dyn Fn() -> bool,
    ) -> Result<Difference, ComparisonError> {
        if before.1.strict != after.1.strict {
            return Err(defaults_differ().into());
        }
        let given = [before, after];
        let mut evaluations = Vec::with_capacity(2);
        for (policy, (case, question)) in self.policies.iter().zip(given) {
            evaluations.push(policy.evaluate(case, question)?);
        }
        let [Some(first), Some(second)] = [evaluations.first(), evaluations.get(1)] else {
            return Err(Vec::new().into());
        };
        let evaluations = [first, second];
        let standing = |side: Side| {
            let (case, question) = side.of(&given);
            let (program, case) = (side.of_ref(&self.policies).program(), &case.facts);
            let other = side.other().of_ref(&self.policies).program();
            let clock = Clock::of(program, case, &question);
            let clock_there =
                if self.pairing.same { clock.clone() } else { clock.seen_from(program, other) };
            Standing { program, case, question, clock, clock_there }
        };
        let sides = Side::BOTH.map(standing);
        let roster = Roster::new(&self.pairing, &sides);
        let common = Common { pairing: &self.pairing, roster: &roster, sides: &sides };
        let traces = Side::BOTH.map(|side| {
            let policy = side.of_ref(&self.policies);
            let trace = policy.trace(side.of(&given).0, side.of(&evaluations));
            let secrets = trace.secrets.filter(|_| !self.clear);
            Trace { secrets, ..trace }
        });
        Ok(Work { comparison: self, common, traces, stop }.run())
    }

    fn slices(&self, decision: usize) -> [Option<&Slice>; 2] {
        match self.slices.get(decision) {
            Some([first, second]) if !self.pairing.same => [first.as_ref(), second.as_ref()],
            Some([first, _]) => [first.as_ref(), first.as_ref()],
            None => [None, None],
        }
    }
}

fn nothing_in_common(before: &str, after: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::differ::nothing_in_common",
        Bilingual::new(
            format!("“{before}”和“{after}”没有同名的决定，无从比较"),
            format!("`{before}` and `{after}` have no decision of the same name to compare"),
        ),
    )
    .help(Bilingual::new(
        "比较同一项待遇：同一政策的两个月份或两个文本，或不同地方的同一项待遇",
        "compare one benefit: two months or two texts of a policy, or one benefit of two places",
    ))
}

fn defaults_differ() -> Diagnostic {
    Diagnostic::error(
        "huize::differ::defaults_differ",
        Bilingual::new(
            "一边按缺省值、一边不按缺省值，无从比较",
            "one situation applies defaults and the other does not, so they cannot be compared",
        ),
    )
    .help(Bilingual::new("两边的 strict 要相同", "give both questions the same `strict`"))
}

/// One comparison under way.
struct Work<'a> {
    comparison: &'a Comparison,
    common: Common<'a>,
    traces: [Trace<'a>; 2],
    stop: &'a dyn Fn() -> bool,
}

/// What the decisions told so far leave for the end.
#[derive(Default)]
struct Told {
    /// Every atom met, with whether it has a say in what is told.
    causes: BTreeMap<Atom, (CauseView, bool)>,
    /// Every amount: its unit, and its change where that is known.
    amounts: Vec<(String, Type, Option<Known>)>,
}

impl Told {
    /// Keeps what was met of the causes: a fact that was changed is told even where it does nothing.
    fn remember(
        &mut self,
        atoms: &[Atom],
        views: Vec<CauseView>,
        active: &[usize],
        mixer: &Mixer<'_>,
    ) {
        for (at, (atom, view)) in atoms.iter().zip(views).enumerate() {
            let matters = active.contains(&at);
            // A row that no key led to, and the calendar going on, are no news by themselves.
            let is_news = matches!(atom, Atom::Fact(..) | Atom::Member(_) | Atom::History(..));
            if !(matters || is_news) || mixer.is_tied(at) {
                continue;
            }
            let known = self.causes.entry(atom.clone()).or_insert((view, false));
            known.1 |= matters;
        }
    }
}

/// A change of one amount that is known on both sides, for the totals.
struct Known {
    before: Rational,
    after: Rational,
    /// Each part by its causes, exactly and as shown; none for the rounding.
    parts: Vec<(Vec<String>, Rational, Rational)>,
}

impl Work<'_> {
    fn run(&self) -> Difference {
        let mut subjects: Vec<SubjectDifference> = Vec::new();
        let mut told = Told::default();
        'told: for who in self.subjects() {
            let Some(person) = self.common.roster.people.get(who) else { continue };
            let mut decisions = Vec::new();
            for (at, pair) in self.comparison.pairing.decisions.iter().enumerate() {
                if self.subject_of(pair) == Some(person.object) {
                    decisions.extend(self.decision(at, pair, who, &mut told));
                }
                if (self.stop)() {
                    break 'told;
                }
            }
            if !decisions.is_empty() {
                let object = self.object_name(person.object);
                subjects.push(SubjectDifference { id: person.key.clone(), object, decisions });
            }
        }
        let totals = self.totals(told.amounts);
        let views = Side::BOTH.map(|side| self.situation(side));
        let [before, after] = views;
        let causes = told.causes.into_values().map(|(view, matters)| CauseView { matters, ..view });
        Difference { before, after, causes: causes.collect(), subjects, totals }
    }

    fn situation(&self, side: Side) -> SituationView {
        let policy = side.of_ref(&self.comparison.policies);
        let question = side.of_ref(self.common.sides).question;
        let program = policy.program();
        let own = program.layers.len().saturating_sub(program.own_layers);
        // All benefits of a place have no title in common.
        let layers = program.layers.iter().skip(own).filter(|_| program.place.is_none());
        SituationView {
            policy: program.name.clone(),
            title: layers.rev().find_map(|layer| layer.title.clone()),
            period: question.period,
            as_of: question.assessment_day(),
            known_on: question.known_on,
        }
    }

    /// The root first, then everybody of a household on either side.
    fn subjects(&self) -> Vec<usize> {
        let sides = self.common.sides;
        let root = self.common.pairing.object_pair(Side::Before, sides[0].program.root);
        let people = self.common.roster.people.iter().enumerate();
        let (mut first, rest): (Vec<usize>, Vec<usize>) = people
            .filter(|(_, person)| {
                Some(person.object) == root || person.parents.iter().any(Option::is_some)
            })
            .map(|(at, _)| at)
            .partition(|at| {
                self.common.roster.people.get(*at).is_some_and(|p| Some(p.object) == root)
            });
        first.extend(rest);
        first
    }

    fn subject_of(&self, pair: &DecisionPair) -> Option<usize> {
        let side = pair.named();
        let decision = self.hir_decision(side, pair)?;
        self.common.pairing.object_pair(side, decision.subject)
    }

    fn hir_decision(&self, side: Side, pair: &DecisionPair) -> Option<&hir::Decision> {
        let id = side.of(&pair.ids)?;
        side.of_ref(self.common.sides).program.decisions.get(id.0 as usize)
    }

    fn object_name(&self, object: usize) -> String {
        let pairing = self.common.pairing;
        let name = Side::BOTH.into_iter().find_map(|side| {
            let id = side.of(pairing.objects.get(object)?)?;
            Some(side.of_ref(self.common.sides).program.object(id)?.name.text.clone())
        });
        name.unwrap_or_default()
    }

    /// One decision about somebody on one side, or why there is none.
    fn assessed(
        &self,
        side: Side,
        pair: &DecisionPair,
        slice: Option<&Slice>,
        who: usize,
    ) -> Result<Assessment, Words> {
        let trace = side.of_ref(&self.traces);
        let (Some(decision), Some(slice)) = (self.hir_decision(side, pair), slice) else {
            return Err(Words::new("没有这项决定", "no such decision"));
        };
        let person = self.common.roster.people.get(who);
        let Some(instance) = person.and_then(|person| side.of(&person.ids)) else {
            return Err(Words::new("没有此人", "nobody of that name"));
        };
        if slice.is_not_in_force(trace.evaluation, instance) {
            return Err(Words::new("当时没有施行", "not in force then"));
        }
        Ok(assess(trace, decision, instance))
    }

    fn decision(
        &self,
        at: usize,
        pair: &DecisionPair,
        who: usize,
        told: &mut Told,
    ) -> Option<DecisionDifference> {
        let slices = self.comparison.slices(at);
        let found = Side::BOTH.map(|side| self.assessed(side, pair, side.of(&slices), who));
        let outcomes = found.each_ref().map(|found| found.as_ref().ok().map(|f| f.outcome));
        let gives = |found: &Found| found.as_ref().is_ok_and(|found| !found.payments.is_empty());
        let is_same = outcomes[0] == outcomes[1]
            || outcomes
                .iter()
                .all(|outcome| outcome.is_none_or(|outcome| outcome == Outcome::NotEntitled));
        if is_same && !found.iter().any(gives) {
            return None;
        }
        let atoms = atoms(&self.common, slices);
        let mixer = Mixer::new(&self.common, &atoms, slices, (pair, who));
        let names = Names::new(&self.common, &self.traces, slices);
        let views: Vec<CauseView> = atoms.iter().map(|atom| names.cause(atom, &mixer)).collect();
        let table = Table::of(&mixer, &views, self.stop);
        let rules = names.rules(&mixer);

        let named = pair.named();
        let decision = self.hir_decision(named, pair)?.clone();
        let trace = *named.of_ref(&self.traces);
        let instance = named.of(&self.common.roster.people.get(who)?.ids);
        let prefix = match instance {
            Some(instance) => trace.prefix(decision.subject, instance),
            None => format!("{}.", self.common.roster.people.get(who)?.key),
        };
        let called = trace.program.called(&decision);
        let id = format!("{prefix}{called}");
        let mut payments = Vec::new();
        if found.iter().any(gives) {
            for (place, payment) in pair.payments.iter().enumerate() {
                let one = Paid { found: &found, payment, place, id: &id };
                payments.extend(self.payment(one, &mixer, &table, &views, &mut told.amounts));
            }
        }
        let addresses: Vec<String> = views.iter().map(|view| view.id.clone()).collect();
        let ids = |set: Vec<usize>| -> Vec<String> {
            set.iter().filter_map(|at| addresses.get(*at)).cloned().collect()
        };
        let mut decisive: Vec<Vec<String>> = table.decisive().into_iter().map(ids).collect();
        decisive.sort_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
        decisive.truncate(MOST_DECISIVE);
        let active = table.active();
        let causes = ids(active.clone());
        told.remember(&atoms, views, &active, &mixer);
        let [before, after] = Side::BOTH.map(|side| self.side_outcome(side, &found));
        Some(DecisionDifference {
            id,
            name: called,
            alias: decision.name.alias,
            before,
            after,
            decisive,
            causes,
            rules,
            payments,
        })
    }

    fn side_outcome(&self, side: Side, found: &[Found; 2]) -> SideOutcome {
        let trace = side.of_ref(&self.traces);
        let assessment = match side.of_ref(found) {
            Ok(assessment) => assessment,
            Err(remark) => {
                return SideOutcome {
                    outcome: None,
                    remark: remark.clone(),
                    waits_for: Vec::new(),
                };
            }
        };
        let outcome = match assessment.outcome {
            Outcome::Entitled => OutcomeView::Entitled,
            Outcome::NotEntitled => OutcomeView::NotEntitled,
            Outcome::Undecided => OutcomeView::Undecided,
            Outcome::Discretionary => OutcomeView::Discretionary,
            Outcome::Failed => assessment
                .value
                .as_fault()
                .map_or(OutcomeView::Undecided, |fault| OutcomeView::Failed(trace.error(fault))),
        };
        let waits_for = waits_for(trace, assessment);
        SideOutcome { outcome: Some(outcome), remark: Words::default(), waits_for }
    }

    fn payment(
        &self,
        paid: Paid<'_>,
        mixer: &Mixer<'_>,
        table: &Table,
        causes: &[CauseView],
        amounts: &mut Vec<(String, Type, Option<Known>)>,
    ) -> Option<AmountDifference> {
        let side = if paid.payment[1].is_some() { Side::After } else { Side::Before };
        let (trace, program) = (side.of_ref(&self.traces), side.of_ref(self.common.sides).program);
        let payment = program.payments.get(side.of(paid.payment)?.0 as usize)?;
        let ty = program.definition(payment.definition)?.ty.clone();
        let values = Side::BOTH.map(|side| paid.value(side));
        let shown = values.each_ref().map(|value| trace.show(value, &ty));
        let [before, after] = shown;
        let mut view = AmountDifference {
            id: format!("{}.{}", paid.id, payment.name.text),
            name: payment.name.text.clone(),
            alias: payment.name.alias.clone(),
            unit: unit_words(trace, &ty),
            before,
            after,
            change: None,
            bounds: None,
            parts: Vec::new(),
            remark: Words::default(),
        };
        let unit = trace.unit_text(&ty, Language::Zh);
        let known = values.each_ref().map(Value::as_number);
        let [Some(from), Some(to)] = known else {
            view.bounds = bounds(&values);
            view.remark = self.unknown(&values, &paid);
            amounts.push((unit, ty, None));
            return Some(view);
        };
        let Ok(change) = to.checked_sub(from) else {
            amounts.push((unit, ty, None));
            return Some(view);
        };
        let found = table.parts(mixer, paid.place, change);
        let parts = named_parts(&found, causes, change);
        view.change = Some(change.to_string());
        view.parts = part_views(&parts);
        view.remark = remark(&found, table);
        amounts.push((unit, ty, Some(Known { before: from, after: to, parts })));
        Some(view)
    }

    /// Why there are no parts.
    fn unknown(&self, values: &[Value; 2], paid: &Paid<'_>) -> Words {
        let mut zh = Vec::new();
        let mut en = Vec::new();
        let mut open = 0_u8;
        for (side, value) in Side::BOTH.into_iter().zip(values) {
            let (when_zh, when_en) = match side {
                Side::Before => ("变化前", "before"),
                Side::After => ("变化后", "after"),
            };
            let fault = value.as_fault().or_else(|| {
                side.of_ref(paid.found).as_ref().ok().and_then(|found| found.value.as_fault())
            });
            if let Some(fault) = fault {
                let error = side.of_ref(&self.traces).error(fault);
                zh.push(format!("{when_zh}的金额算不出来（{}）", error.zh));
                en.push(format!("the amount {when_en} cannot be computed ({})", error.en));
            } else if value.as_number().is_none() {
                open = open.saturating_add(1);
                zh.push(format!("{when_zh}的金额还不能确定"));
                en.push(format!("the amount {when_en} is not certain yet"));
            }
        }
        if open == 2 {
            return Words::new(
                "前后的金额都还不能确定，所以不分项",
                "neither amount is certain yet, so it is not broken down",
            );
        }
        Words::new(
            format!("{}，所以不分项", zh.join("，")),
            format!("{}, so it is not broken down", en.join(", ")),
        )
    }

    /// All payments of a unit together, where there are several and all are known.
    fn totals(&self, amounts: Vec<(String, Type, Option<Known>)>) -> Vec<AmountDifference> {
        let mut units: Vec<String> = Vec::new();
        for (unit, ..) in &amounts {
            if !units.contains(unit) {
                units.push(unit.clone());
            }
        }
        units.iter().filter_map(|unit| self.total(unit, &amounts)).collect()
    }

    fn total(
        &self,
        unit: &str,
        amounts: &[(String, Type, Option<Known>)],
    ) -> Option<AmountDifference> {
        let of_unit: Vec<_> = amounts.iter().filter(|(of, ..)| of == unit).collect();
        let (_, ty, _) = of_unit.first().filter(|_| of_unit.len() > 1)?;
        let mut before = Rational::ZERO;
        let mut after = Rational::ZERO;
        let mut parts: Vec<(Vec<String>, Rational, Rational)> = Vec::new();
        for (_, _, known) in &of_unit {
            let known = known.as_ref()?;
            before = before.checked_add(known.before).ok()?;
            after = after.checked_add(known.after).ok()?;
            for (causes, exact, shown) in &known.parts {
                match parts.iter_mut().find(|(same, ..)| same == causes) {
                    Some((_, sum, seen)) => {
                        *sum = sum.checked_add(*exact).ok()?;
                        *seen = seen.checked_add(*shown).ok()?;
                    }
                    None => parts.push((causes.clone(), *exact, *shown)),
                }
            }
        }
        let trace = &self.traces[1];
        let shown = |number| trace.show(&Value::number(number, crate::eval::Marks::NONE), ty);
        sort_parts(&mut parts);
        Some(AmountDifference {
            id: TOTAL.to_owned(),
            name: TOTAL.to_owned(),
            alias: Some("total".to_owned()),
            unit: unit_words(trace, ty),
            before: shown(before),
            after: shown(after),
            change: Some(after.checked_sub(before).ok()?.to_string()),
            bounds: None,
            parts: part_views(&parts),
            remark: Words::default(),
        })
    }
}

/// What an assessment waits for, the most decisive facts first.
fn waits_for(trace: &Trace<'_>, assessment: &Assessment) -> Vec<Words> {
    let notes = &assessment.notes;
    if notes.missing.is_empty() && notes.blocked.is_empty() && notes.discretion.is_empty() {
        return Vec::new();
    }
    let said = |language: Language| {
        let notes = Trace { language, ..*trace }.notes(&assessment.rests_on);
        notes.missing.into_iter().chain(notes.blocked).chain(notes.discretion)
    };
    // Both languages say the same notes in the same order.
    let mut waited: Vec<Words> =
        said(Language::Zh).zip(said(Language::En)).map(|(zh, en)| Words { zh, en }).collect();
    let rank = |words: &Words| notes.missing.iter().position(|first| *first == words.zh);
    waited.sort_by_key(|words| rank(words).unwrap_or(usize::MAX));
    waited
}

fn unit_words(trace: &Trace<'_>, ty: &Type) -> Words {
    Words::new(trace.unit_text(ty, Language::Zh), trace.unit_text(ty, Language::En))
}

/// A decision about somebody, or why there is none.
type Found = Result<Assessment, Words>;

/// One payment of a decision as found on both sides.
struct Paid<'a> {
    found: &'a [Found; 2],
    payment: &'a [Option<PaymentId>; 2],
    /// Its place in the pair.
    place: usize,
    /// The address of its decision.
    id: &'a str,
}

impl Paid<'_> {
    /// The final amount: nothing is 0.
    fn value(&self, side: Side) -> Value {
        let (Ok(found), Some(id)) = (side.of_ref(self.found), side.of(self.payment)) else {
            return zero();
        };
        match found.outcome {
            Outcome::Failed => found.value.clone(),
            _ => found
                .payments
                .iter()
                .find(|(payment, _)| *payment == id)
                .map_or_else(zero, |(_, value)| value.clone()),
        }
    }
}

/// The bounds of a change whose ends have bounds.
fn bounds([before, after]: &[Value; 2]) -> Option<ChangeBounds> {
    if before.as_fault().is_some() || after.as_fault().is_some() {
        return None;
    }
    let ((before_low, before_high), (after_low, after_high)) = (before.range(), after.range());
    let less = |a: Option<Rational>, b: Option<Rational>| a?.checked_sub(b?).ok();
    let low = less(after_low, before_high).map(|low| low.to_string());
    let high = less(after_high, before_low).map(|high| high.to_string());
    (low.is_some() || high.is_some()).then_some(ChangeBounds { low, high })
}

/// The parts by the names of their causes, with what is shown of each: to the fen, and still
/// adding up.
fn named_parts(
    found: &Parts,
    causes: &[CauseView],
    change: Rational,
) -> Vec<(Vec<String>, Rational, Rational)> {
    let mut named: Vec<(Vec<String>, Rational)> = found
        .parts
        .iter()
        .map(|(atoms, part)| {
            let ids = atoms.iter().filter_map(|at| causes.get(*at)).map(|cause| cause.id.clone());
            (ids.collect(), *part)
        })
        .collect();
    // On a tie the fen goes by name, whichever side comes first.
    named.sort_by(|(a, _), (b, _)| a.cmp(b));
    named.push((Vec::new(), found.rounding));
    let exact: Vec<Rational> = named.iter().map(|(_, part)| *part).collect();
    let fen = Rational::new(1, 100).unwrap_or(Rational::ONE);
    let is_fen = change.checked_div(fen).is_ok_and(Rational::is_integer);
    // An amount finer than a fen is shown exactly.
    let cut = if is_fen { game::cut(&exact, fen).ok() } else { None };
    let shown = cut.unwrap_or_else(|| exact.clone());
    let mut parts: Vec<(Vec<String>, Rational, Rational)> = named
        .into_iter()
        .zip(shown)
        .map(|((causes, exact), shown)| (causes, exact, shown))
        .filter(|(causes, exact, shown)| !causes.is_empty() || !exact.is_zero() || !shown.is_zero())
        .collect();
    sort_parts(&mut parts);
    parts
}

/// The largest first, 取整 last.
fn sort_parts(parts: &mut [(Vec<String>, Rational, Rational)]) {
    parts.sort_by(|(a, x, _), (b, y, _)| {
        a.is_empty().cmp(&b.is_empty()).then(y.abs().cmp(&x.abs())).then(a.cmp(b))
    });
}

fn part_views(parts: &[(Vec<String>, Rational, Rational)]) -> Vec<PartView> {
    parts
        .iter()
        .map(|(causes, exact, shown)| PartView {
            causes: causes.clone(),
            exact: exact.to_string(),
            shown: shown.to_string(),
        })
        .collect()
}

fn remark(found: &Parts, table: &Table) -> Words {
    let mut zh = Vec::new();
    let mut en = Vec::new();
    if found.is_merged {
        zh.push("有些原因离开彼此就无法计算，合并列出");
        en.push("some causes cannot be computed without each other and are put together");
    }
    if table.is_folded {
        zh.push("原因较多，影响小的合并列出");
        en.push("there are many causes; those that do least are put together");
    }
    Words::new(zh.join("；"), en.join("; "))
}
