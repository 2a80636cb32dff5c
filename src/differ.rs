//! What changed: the difference between the decisions of two situations, by cause.
//!
//! A [`Situation`] is a policy, the facts of a case and a question. Two of them may differ in the
//! month, in the day on which things were known, in the text of the policy or in the facts; each
//! thing that differs is a *cause*. [`difference`] says of every amount by how much it changed and
//! how much of that each cause makes up.
//!
//! # How the parts are found
//!
//! Between the two situations lie mixed ones, in which some causes are as before and some as
//! after: last month's wage under this month's standard. Each is decided by the interpreter, so a
//! part is never estimated. The part of a cause is its Shapley value: what it adds when the causes
//! are changed one after the other, averaged over every order in which that can be done. This is
//! the one attribution for which all of these hold:
//!
//! - the parts add up to the difference, exactly;
//! - no order of the causes is preferred, and causes that do the same have the same part;
//! - a cause that changes nothing in any mixed situation has no part;
//! - seen backwards, every part changes its sign.
//!
//! Changing one cause at a time from either end does not add up where causes act on one another
//! (a higher standard for one more person); changing them in a fixed order adds up, but says
//! something else when the order is another.
//!
//! The parts are of the amount before its last rounding; what the rounding adds is a cause of its
//! own, 取整. In exact arithmetic a part may be a third of a fen: [`view::PartView::exact`] has it.
//! For showing, each part is cut to whole fen and the fen that are left over go to the parts that
//! lost most by the cut (largest remainder), so that what is shown adds up too.
//!
//! # Limits
//!
//! At most [`MOST_CAUSES`] causes are told apart for one decision, fewer where the case is very
//! large: beyond that the smaller ones are put together, the facts of a person with the facts of
//! that person. Where a mixed situation cannot be decided (a new rule under a standard of before it
//! existed), the causes that only make sense together are put together as well, rules with rules
//! first. Between two texts of a policy all differences of the rules are one cause; parameters and
//! facts are matched by name. Where an amount is not known on one side, no parts are made up: the
//! view says why, and gives the bounds that are known.

mod atom;
mod attribute;
mod compare;
mod game;
mod mix;
mod names;
mod pairing;
mod side;
mod slice;

pub mod json;
pub mod markdown;
pub mod paper;
pub mod text;
pub mod view;
mod words;

#[cfg(test)]
mod tests;

pub use compare::{Comparison, MOST_CAUSES};

use self::side::Side;
use self::view::Difference;
use crate::diagnostic::ComparisonError;
use crate::engine::{Case, Policy, Question};

/// A policy, the facts of a case bound to it, and a question.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// The facts, bound to that policy.
    pub case: &'a Case,
    /// The month, and as of when.
    pub question: Question,
}

/// The difference between two situations, by cause.
///
/// # Errors
///
/// - `huize::differ::nothing_in_common`: the policies decide nothing of the same name;
/// - `huize::differ::defaults_differ`: defaults are applied in one of the situations only;
/// - what [`Policy::decide`] fails with.
///
/// # Examples
///
/// ```
/// use huize::differ::{Situation, difference};
/// use huize::engine::{Library, Question};
/// use huize::facts::from_json_value;
///
/// # fn main() -> Result<(), huize::diagnostic::Findings> {
/// let policy = Library::builtin().compile("样例.最低生活保障")?;
/// let family = |wage: &str| from_json_value(&serde_json::json!({ "household": {
///     "area": "rural", "financial_assets": "0", "cars": 0, "houses": 1,
///     "members": [{ "id": "甲", "birth_date": "1980-02-01", "monthly_wage": wage,
///                   "employed": true, "severe_illness": false }],
/// }}));
/// let (before, after) = (policy.bind(&family("100")?)?, policy.bind(&family("250")?)?);
/// let month = |text: &str| Question::about(text.parse().unwrap());
///
/// let found = difference(
///     &Situation { policy: &policy, case: &before, question: month("2025-12") },
///     &Situation { policy: &policy, case: &after, question: month("2026-04") },
/// )?;
/// // 585－100＝485; 632－250＝382: the standard adds 47, the wage takes 150.
/// let payment = &found.subjects[0].decisions[0].payments[0];
/// assert_eq!(payment.change.as_deref(), Some("-103"));
/// let parts: Vec<&str> = payment.parts.iter().map(|part| part.shown.as_str()).collect();
/// assert_eq!(parts, ["-150", "47"]);
/// # Ok(())
/// # }
/// ```
pub fn difference(
    before: &Situation<'_>,
    after: &Situation<'_>,
) -> Result<Difference, ComparisonError> {
    let comparison = Comparison::new(before.policy, after.policy)?;
    comparison.difference((before.case, before.question), (after.case, after.question))
}
