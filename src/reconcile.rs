//! Reconciling what is paid with what is due: 应补尽补, 应停尽停; 应保尽保, 应退则退.
//!
//! A population is decided for each month asked about and set against a list of payments. Each
//! benefit of each household or person comes out as agreeing, or as a difference with its reasons
//! and its exact sum; whoever is not decided yet is told apart, with what is missing. Besides, the
//! list is held against what is asked of payments to one card (一卡通). Without a list the outcome is
//! the list of those who are entitled by what is known of them already (免申即享).
//!
//! ```
//! use huize::diagnostic::Findings;
//! use huize::engine::Library;
//! use huize::facts::read_json;
//! use huize::reconcile::list::{Presumed, read_csv};
//! use huize::reconcile::{Asking, Verdict, reconcile};
//! use huize::source::SourceMap;
//!
//! # fn main() -> Result<(), Findings> {
//! let policy = Library::builtin().compile_place("样例")?;
//! let mut sources = SourceMap::default();
//! let case = r#"{"id": "张家", "household": {"members": [
//!     {"id": "甲", "求助": "否", "其他护理性补贴额": "150"}]}}"#;
//! let from = sources.add("population.jsonl:1", case);
//! let population = [("population.jsonl:1".to_owned(), read_json(from, case)?)];
//! let paid = "家庭,人,待遇,月份,金额\n张家,甲,其他护理性补贴,2026-04,150.50\n";
//! let from = sources.add("paid.csv", paid);
//! let file = sources.file(from).expect("it was added");
//! let list = read_csv(from, file, &Presumed::default())?;
//! let month = "2026-04".parse().expect("a month");
//! let found = reconcile(&policy, &Asking::month(month), Some(&list), &population)?;
//! let [only] = found.differences.as_slice() else { panic!("{found:?}") };
//! assert_eq!(only.verdict, Verdict::TakeBack);
//! assert_eq!(only.difference.as_deref(), Some("0.5"));
//! # Ok(())
//! # }
//! ```

mod card;
mod cells;
pub mod csv;
mod due;
pub mod list;
mod problem;
mod report;
mod roster;
pub mod text;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Language, ReconciliationError};
use crate::engine::{Case, Policy, Question};
use crate::facts::Node;
use crate::input;
use crate::value::{Date, Rational, YearMonth};

use due::{Benefit, Due, Reasons, benefits};
use list::{PaymentList, PaymentRow};
pub use report::{CardFinding, CardFindingKind, Difference, Reconciliation, Verdict, VerdictTotal};
use roster::{Recipient, Roster};

/// What is to be reconciled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The first month.
    pub first: YearMonth,
    /// The last month.
    pub last: YearMonth,
    /// Law and facts as known on this day.
    pub known_on: Option<Date>,
    /// Defaults are not applied.
    pub strict: bool,
    /// The benefits, by name; those that the list pays where none is named, all of them where there
    /// is no list.
    pub benefits: Vec<String>,
    /// The language of the reasons.
    pub language: Language,
    /// 敏感 facts and numbers of accounts as they are; masked where it is false.
    pub clear: bool,
}

impl Asking {
    /// One month and all that the list pays, with defaults applied, in Chinese.
    #[must_use]
    pub fn month(month: YearMonth) -> Self {
        Self {
            first: month,
            last: month,
            known_on: None,
            strict: false,
            benefits: Vec::new(),
            language: Language::Zh,
            clear: false,
        }
    }

    fn months(&self) -> Vec<YearMonth> {
        let months = std::iter::successors(Some(self.first), |month| month.plus_months(1).ok());
        months.take_while(|month| *month <= self.last).collect()
    }
}

/// Reconciles a population, each entry with the name that stands for it where it has no `id`, with
/// a list of payments.
///
/// # Errors
///
/// Facts that do not fit, two cases of one name, benefits that the policy has not, rows that nobody
/// can be meant by, and cases that take too much work.
pub fn reconcile(
    policy: &Policy,
    asking: &Asking,
    list: Option<&PaymentList>,
    population: &[(String, Node)],
) -> Result<Reconciliation, ReconciliationError> {
    let roster = Roster::of(policy, population)?;
    let all = benefits(policy.program());
    let asked = asked_for(asking, list, &all)?;
    let mut run = Run {
        policy,
        asking,
        roster: &roster,
        rows: Vec::new(),
        rows_of: BTreeMap::new(),
        benefits: asked,
        is_list: list.is_some(),
        differences: Vec::new(),
        agreeing: 0,
        agreed: Rational::ZERO,
    };
    let mut findings = run.assign(list, &all)?;
    for (at, (_, node)) in population.iter().enumerate() {
        run.household(at, node)?;
    }
    findings.extend(card::findings(policy, asking, &roster, list, &run.rows));
    Ok(run.finish(list, findings, &all))
}

/// The benefits that are reconciled.
fn asked_for(
    asking: &Asking,
    list: Option<&PaymentList>,
    all: &[Benefit],
) -> Result<Vec<Benefit>, ReconciliationError> {
    let mut wanted: BTreeSet<usize> = BTreeSet::new();
    let mut findings = Vec::new();
    for name in &asking.benefits {
        match due::named(all, name) {
            Ok(at) => drop(wanted.insert(at)),
            Err(why) => findings.push(problem::benefit(name, &why, None)),
        }
    }
    if asking.benefits.is_empty() {
        match list {
            None => wanted.extend(0..all.len()),
            Some(list) => {
                // What a row names wrongly is said where the rows are assigned.
                let named = list.rows.iter().filter_map(|row| due::named(all, &row.benefit).ok());
                wanted.extend(named);
            }
        }
    }
    if findings.is_empty() {
        Ok(wanted.into_iter().filter_map(|at| all.get(at).cloned()).collect())
    } else {
        Err(findings.into())
    }
}

/// A row of the list, and for whom it is.
#[derive(Clone, Debug)]
struct Assigned<'l> {
    row: &'l PaymentRow,
    benefit: String,
    recipient: Option<Recipient>,
    /// Whether it was set against something due.
    used: bool,
}

/// Whose benefit is compared: of the household where no member is named.
type Subject = Option<usize>;

struct Run<'a> {
    policy: &'a Policy,
    asking: &'a Asking,
    roster: &'a Roster,
    rows: Vec<Assigned<'a>>,
    /// The numbers of the rows for each household.
    rows_of: BTreeMap<usize, Vec<usize>>,
    benefits: Vec<Benefit>,
    is_list: bool,
    differences: Vec<Difference>,
    agreeing: usize,
    agreed: Rational,
}

impl<'a> Run<'a> {
    /// Finds out for whom each row is; returns what is odd about those for nobody.
    fn assign(
        &mut self,
        list: Option<&'a PaymentList>,
        all: &[Benefit],
    ) -> Result<Vec<CardFinding>, ReconciliationError> {
        let mut wrong = Vec::new();
        let mut odd = Vec::new();
        for row in list.into_iter().flat_map(|list| &list.rows) {
            let at = match due::named(all, &row.benefit) {
                Ok(at) => at,
                Err(why) => {
                    wrong.push(problem::benefit(&row.benefit, &why, Some(row.benefit_span)));
                    continue;
                }
            };
            let Some(benefit) = all.get(at) else { continue };
            let recipient = match self.roster.find(row) {
                Ok(recipient) => Some(recipient),
                Err(why) => {
                    odd.push(card::nobody(row, &benefit.name, &why, self.asking.clear));
                    None
                }
            };
            if let Some(Recipient { member: None, .. }) = recipient
                && !benefit.of_household
            {
                wrong.push(problem::person_needed(&benefit.name, row.span));
            }
            if let Some(recipient) = recipient {
                self.rows_of.entry(recipient.household).or_default().push(self.rows.len());
            }
            let benefit = benefit.name.clone();
            self.rows.push(Assigned { row, benefit, recipient, used: false });
        }
        if wrong.is_empty() { Ok(odd) } else { Err(problem::capped(wrong).into()) }
    }

    fn household(&mut self, at: usize, node: &Node) -> Result<(), ReconciliationError> {
        let Some(facts) =
            input::bind_entry(self.policy.program(), node, self.policy.limits())?.case
        else {
            return Ok(());
        };
        let case = Case::from(facts);
        for month in self.asking.months() {
            let is_last = month == self.asking.last;
            let question = Question {
                known_on: self.asking.known_on,
                strict: self.asking.strict,
                ..Question::about(month)
            };
            let decided = self.policy.decide_in(&case, &question, self.asking.language)?;
            let mut reasons =
                Reasons::new(self.policy, &case, question, self.asking, &decided.not_in_force);
            for benefit in self.benefits.clone() {
                if !benefit.monthly && !is_last {
                    continue;
                }
                let when = benefit.monthly.then_some(month);
                for subject in self.subjects(at, &benefit) {
                    let key = subject.and_then(|member| self.roster.member(at, member));
                    let due = due::due(&decided, &benefit, key);
                    let paid = self.paid(at, subject, &benefit, when, &due);
                    self.compare(at, subject, &benefit, when, &due, paid, &mut reasons)?;
                }
            }
        }
        Ok(())
    }

    /// The household, then its members: members first where a row for one of them may be meant for
    /// the household.
    fn subjects(&self, at: usize, benefit: &Benefit) -> Vec<Subject> {
        let members = self.roster.members(at);
        let mut subjects: Vec<Subject> = Vec::new();
        if benefit.of_person {
            subjects.extend((0..members).map(Some));
        }
        if benefit.of_household {
            subjects.push(None);
        }
        subjects
    }

    /// Takes the rows that pay a benefit: of a benefit of persons and of households both, a row for
    /// a person is that person's own where there is something due to him, else the household's.
    fn paid(
        &mut self,
        at: usize,
        subject: Subject,
        benefit: &Benefit,
        month: Option<YearMonth>,
        due: &Due,
    ) -> Vec<usize> {
        let (first, last) = (self.asking.first, self.asking.last);
        let mut taken = Vec::new();
        for number in self.rows_of.get(&at).into_iter().flatten().copied() {
            let Some(assigned) = self.rows.get_mut(number) else { continue };
            let Some(recipient) = assigned.recipient else { continue };
            let in_time = match month {
                Some(month) => assigned.row.month == month,
                None => (first..=last).contains(&assigned.row.month),
            };
            let own = recipient.member == subject;
            let for_subject = match (benefit.of_household, benefit.of_person) {
                (true, true) => match subject {
                    Some(_) => own && !due.is_nothing(),
                    None => true,
                },
                (true, false) => true,
                (false, _) => own,
            };
            let wanted =
                !assigned.used && assigned.benefit == benefit.name && in_time && for_subject;
            if wanted {
                assigned.used = true;
                taken.push(number);
            }
        }
        taken
    }

    #[expect(clippy::too_many_arguments, reason = "each is one side of the comparison")]
    fn compare(
        &mut self,
        at: usize,
        subject: Subject,
        benefit: &Benefit,
        month: Option<YearMonth>,
        due: &Due,
        rows: Vec<usize>,
        reasons: &mut Reasons<'_>,
    ) -> Result<(), ReconciliationError> {
        let mut paid = Rational::ZERO;
        let mut places = Vec::new();
        for row in rows.iter().filter_map(|row| self.rows.get(*row)) {
            // INVARIANT: an amount has at most twelve digits before the point, so sums fit.
            paid = paid.checked_add(row.row.amount).unwrap_or(paid);
            places.push(row.row.place.clone());
        }
        let (verdict, difference, at_least) = verdict(due, paid, self.is_list);
        if verdict == Verdict::Agrees {
            if !paid.is_zero() || !places.is_empty() {
                self.agreeing = self.agreeing.saturating_add(1);
                self.agreed = self.agreed.checked_add(paid).unwrap_or(self.agreed);
            }
            return Ok(());
        }
        let person = subject.and_then(|member| self.roster.member(at, member));
        let told = reasons.tell(benefit, person, due, verdict)?;
        let decimal =
            |number: Rational| number.to_decimal_text().unwrap_or_else(|| number.to_string());
        self.differences.push(Difference {
            verdict,
            household: self.roster.label(at).to_owned(),
            person: person.map(str::to_owned),
            benefit: benefit.name.clone(),
            alias: benefit.alias.clone(),
            month,
            due: due.exact().map(decimal),
            due_low: due.range().and_then(|(low, _)| low).map(decimal),
            due_high: due.range().and_then(|(_, high)| high).map(decimal),
            paid: decimal(paid),
            difference: difference.map(decimal),
            at_least,
            outcome: due.outcome,
            reasons: told,
            waits_for: due.waits_for(),
            assumed: due.assumed.clone(),
            unverified: due.unverified.clone(),
            error: due.error.clone(),
            rows: places,
        });
        Ok(())
    }

    fn finish(
        self,
        list: Option<&PaymentList>,
        card: Vec<CardFinding>,
        all: &[Benefit],
    ) -> Reconciliation {
        let names: Vec<String> = self.benefits.iter().map(|found| found.name.clone()).collect();
        let others = all.iter().map(|found| &found.name).filter(|name| !names.contains(name));
        let not_reconciled = others.cloned().collect();
        // A row that is for somebody, and was set against nothing: of a month that was not asked
        // about, or of a benefit that was not.
        let left = self.rows.iter().filter(|row| row.recipient.is_some() && !row.used);
        let outside: Vec<String> = left.map(|row| row.row.place.clone()).collect();
        let mut totals: BTreeMap<Verdict, VerdictTotal> = BTreeMap::new();
        for difference in &self.differences {
            totals.entry(difference.verdict).or_default().add(difference);
        }
        if self.is_list {
            totals.entry(Verdict::Agrees).or_default().agree(self.agreeing, self.agreed);
        }
        Reconciliation {
            policy: self.policy.name().to_owned(),
            first: self.asking.first,
            last: self.asking.last,
            known_on: self.asking.known_on,
            against_list: self.is_list,
            households: self.roster.len(),
            people: self.roster.people(),
            rows: list.map_or(0, |list| list.rows.len()),
            benefits: names,
            not_reconciled,
            totals,
            differences: self.differences,
            card,
            outside,
            ignored_columns: list.map(|list| list.ignored.clone()).unwrap_or_default(),
        }
    }
}

/// How what is due and what was paid compare, by how much, and whether it may be more.
fn verdict(due: &Due, paid: Rational, is_list: bool) -> (Verdict, Option<Rational>, bool) {
    let Some((low, high)) = due.range() else { return (Verdict::Failed, None, false) };
    let nothing_paid = paid.is_zero();
    if let Some(exact) = due.exact() {
        let difference = exact.checked_sub(paid).ok().map(Rational::abs);
        let verdict = match exact.cmp(&paid) {
            std::cmp::Ordering::Equal => return (Verdict::Agrees, None, false),
            std::cmp::Ordering::Greater if !is_list => Verdict::ToConfirm,
            std::cmp::Ordering::Greater if nothing_paid => Verdict::PayAll,
            std::cmp::Ordering::Greater => Verdict::PayMore,
            std::cmp::Ordering::Less if exact.is_zero() => Verdict::Stop,
            std::cmp::Ordering::Less => Verdict::TakeBack,
        };
        return (verdict, difference, false);
    }
    let distance = |end: Rational| end.checked_sub(paid).ok().map(Rational::abs);
    match (low, high) {
        (Some(low), _) if low > paid => {
            let verdict = match (is_list, nothing_paid) {
                (false, _) => Verdict::ToConfirm,
                (true, true) => Verdict::PayAll,
                (true, false) => Verdict::PayMore,
            };
            (verdict, distance(low), true)
        }
        (_, Some(high)) if high < paid => (Verdict::TakeBack, distance(high), true),
        // Entitled for certain, to an amount that nobody can say yet.
        _ if due.is_certain() && !is_list => (Verdict::ToConfirm, None, false),
        _ => (Verdict::Undecided, None, false),
    }
}
