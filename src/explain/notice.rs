//! The notice 告知书 to the family: what was decided, the amount in capitals, why, by which
//! articles, and how and until when to object.
//!
//! It is written by a template (minijinja) from [`Notice`], which is all that a template sees. A
//! policy may bring its own: the file `dibao.notice.zh.jinja` beside `dibao.hz`, looked for from the
//! most local layer up. What a template writes is read as [`Paper`], so that one text serves print,
//! screen and file. What is the office's to say (who signs, who hears an objection, until when) is
//! taken from [`Office`]; the engine knows no such rule, and what is not said is left to be filled
//! in and named in [`Notice::incomplete`].

mod articles;
mod office;
mod template;

#[cfg(test)]
mod tests;

use serde::Serialize;

pub use self::office::{Office, Remedy};
use super::graph::{Index, Part};
use super::paper::Paper;
use super::reasons::reasons;
use super::view::{
    ConditionView, DecisionView, Explanation, Held, OutcomeView, PaymentView, SourceView,
    SubjectView,
};
use super::words;
use super::words::say;
use crate::diagnostic::{Bilingual, Diagnostic, Language, NoticeError};
use crate::value::{capitals, parse_decimal};

/// Everything that a notice says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Notice {
    /// 中山市最低生活保障: the title of the policy, or its name.
    pub title: String,
    /// 中山.最低生活保障
    pub policy: String,
    /// The month decided, in words.
    pub period: String,
    /// The day of assessment, in words.
    pub as_of: String,
    /// What is decided of all: `entitled` where one is, else the outcome of the first.
    pub kind: NoticeKind,
    /// The decisions that it is about.
    pub decisions: Vec<NoticeDecision>,
    /// The articles that the decisions stand on, each once, those of one instrument together.
    pub citations: Vec<String>,
    /// The instruments that short titles stand for.
    pub instruments: Vec<String>,
    /// Facts for which a default was applied, to be checked by the family.
    pub assumed: Vec<String>,
    /// Made-up values that a decision rests on: the notice must not be sent.
    pub unverified: Vec<String>,
    /// What the office says.
    pub office: Office,
    /// What is still to be filled in before it may be sent.
    pub incomplete: Vec<String>,
}

/// What a notice is about as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// 符合
    Entitled,
    /// 不符合
    NotEntitled,
    /// 待定: facts or law are missing.
    Undecided,
    /// 酌定: somebody has to decide.
    Discretionary,
}

/// A decision as the family reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NoticeDecision {
    /// （一）, （二） where there are several; empty where there is one.
    pub number: String,
    /// Stable address: `低保`, `甲.低保`.
    pub id: String,
    /// 家庭, or the person's key.
    pub subject: String,
    /// Whether it is about a person.
    pub is_person: bool,
    /// 低保; in English with the ASCII twin.
    pub name: String,
    /// How it came out.
    pub kind: NoticeKind,
    /// 符合, 不符合, 待定, 酌定.
    pub outcome: String,
    /// What is paid.
    pub payments: Vec<NoticePayment>,
    /// Why: each reason a sentence.
    pub reasons: Vec<NoticeReason>,
    /// What is still to be asked.
    pub missing: Vec<String>,
    /// Values of law that are still to be found.
    pub blocked: Vec<String>,
    /// Authorities whose decision it waits for.
    pub discretion: Vec<String>,
    /// The articles that it stands on, those of one instrument together.
    pub citations: Vec<String>,
    /// Months between reviews.
    pub review_months: Option<u32>,
}

/// A reason, and the articles for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NoticeReason {
    /// `收入条件：人均月收入 1,250元，比低保标准（1,201元）高出 49元`
    pub text: String,
    /// Its citations, joined; empty where they are those of the decision.
    pub source: String,
}

/// A payment as the family reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NoticePayment {
    /// 低保金
    pub name: String,
    /// `1,353元/月`, or its bounds.
    pub amount: String,
    /// The bare number; empty where it is not known.
    pub value: String,
    /// 壹仟叁佰伍拾叁元整; empty where it is no known amount of money.
    pub capitals: String,
    /// `补差额`, in the words of the policy.
    pub formula: String,
    /// `（1,201－750）×3 = 1,353`; empty where it has no formula.
    pub filled: String,
    /// Each rounding, floor or cap that changed it.
    pub steps: Vec<String>,
    /// From when, until when.
    pub terms: Vec<String>,
}

impl Notice {
    /// The notice about the decisions with these ids. Where none is named: all that are entitled,
    /// or the first decision where none is.
    ///
    /// # Errors
    ///
    /// An id that names no decision (`huize::notice::unknown_decision`); a decision that could not
    /// be computed (`huize::notice::failed`); a policy that decides nothing
    /// (`huize::notice::nothing_decided`).
    pub fn new(
        explanation: &Explanation,
        ids: &[&str],
        office: Office,
        language: Language,
    ) -> Result<Self, NoticeError> {
        let chosen = choose(explanation, ids)?;
        let index = Index::of_read(explanation);
        let mut decisions = Vec::new();
        let (mut assumed, mut unverified) = (Vec::new(), Vec::new());
        for (subject, decision) in chosen {
            if let OutcomeView::Failed(error) = &decision.outcome {
                return Err(failed(decision, &error.zh, &error.en).into());
            }
            add(&mut assumed, &decision.assumed);
            add(&mut unverified, &decision.unverified);
            let mut told = told(subject, decision, &index, language);
            if told.citations.is_empty() && explanation.policy.place.is_none() {
                // Where no rule names an article, it stands on the instruments that the policy names.
                let layers = explanation.policy.layers.iter();
                layers.for_each(|layer| add(&mut told.citations, &layer.citations));
            }
            decisions.push(told);
        }
        number(&mut decisions, language);
        let mut citations = Vec::new();
        for decision in &mut decisions {
            add(&mut citations, &decision.citations);
            decision.citations = articles::by_instrument(&decision.citations);
        }
        let citations = articles::by_instrument(&citations);
        let policy = &explanation.policy;
        let kinds: Vec<NoticeKind> = decisions.iter().map(|decision| decision.kind).collect();
        let kind = match kinds.first() {
            _ if kinds.contains(&NoticeKind::Entitled) => NoticeKind::Entitled,
            Some(first) => *first,
            None => NoticeKind::Undecided,
        };
        let mut notice = Self {
            title: policy.title.clone().unwrap_or_else(|| policy.name.clone()),
            policy: policy.name.clone(),
            period: match language {
                Language::Zh => explanation.period.zh(),
                Language::En => explanation.period.to_string(),
            },
            as_of: match language {
                Language::Zh => explanation.as_of.zh(),
                Language::En => explanation.as_of.to_string(),
            },
            kind,
            decisions,
            instruments: instruments(explanation, &citations),
            citations,
            assumed: words::by_field(&assumed, language),
            unverified,
            office,
            incomplete: Vec::new(),
        };
        notice.incomplete = notice.open_points(language);
        Ok(notice)
    }

    /// The notice as a paper, by a template or by the one that comes with Huize.
    ///
    /// # Errors
    ///
    /// `huize::notice::bad_template`: a template that cannot be read or names what is not there.
    pub fn paper(
        &self,
        template: Option<(&str, &str)>,
        language: Language,
    ) -> Result<Paper, NoticeError> {
        template::fill(self, template, language).map(|text| Paper::parse(&text))
    }

    /// What the office has not said, in words for whoever sends the notice.
    fn open_points(&self, language: Language) -> Vec<String> {
        let mut points = Vec::new();
        let mut ask = |is_open: bool, zh: &str, en: &str| {
            if is_open {
                points.push(say(language, zh, en).to_owned());
            }
        };
        let office = &self.office;
        ask(office.authority.is_empty(), "作出决定的机关", "the authority that decides");
        ask(office.recipient.is_empty(), "收件人", "the recipient");
        ask(office.date.is_empty(), "日期", "the date");
        ask(
            office.remedies.is_empty(),
            "不服决定时向谁提出、期限多长（按《行政复议法》《行政诉讼法》填写）",
            "whom to turn to with an objection and until when (by the laws on reconsideration and \
             on administrative suits)",
        );
        ask(
            self.decisions.iter().any(|decision| decision.citations.is_empty()),
            "依据（政策没有写依据的文件）",
            "the source (the policy names no instrument)",
        );
        ask(
            !self.unverified.is_empty(),
            "现行标准（目前用的是样例数值）",
            "the values in force (made-up values are used)",
        );
        points
    }
}

/// The JSON of a notice: every field of [`Notice`], indented.
#[must_use]
pub fn json(notice: &Notice) -> String {
    // INVARIANT: texts, numbers, lists and named fields always serialise.
    serde_json::to_string_pretty(notice).unwrap_or_default()
}

/// The ids of the decisions that a notice or a sheet is about.
///
/// # Errors
///
/// As for [`Notice::new`].
pub fn decisions_about<'a>(
    explanation: &'a Explanation,
    ids: &[&str],
) -> Result<Vec<&'a str>, NoticeError> {
    let chosen = choose(explanation, ids)?;
    Ok(chosen.into_iter().map(|(_, decision)| decision.id.as_str()).collect())
}

fn number(decisions: &mut [NoticeDecision], language: Language) {
    if decisions.len() < 2 {
        return;
    }
    for (at, decision) in decisions.iter_mut().enumerate() {
        let count = at.saturating_add(1);
        decision.number = match language {
            Language::Zh => format!("（{}）", articles::numeral(count)),
            Language::En => format!("({count}) "),
        };
    }
}

/// What the short titles among the citations stand for: `《最低生活保障审核确认办法》（…），简称
/// 《确认办法》` where 《确认办法》 is cited.
fn instruments(explanation: &Explanation, citations: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for instrument in explanation.policy.layers.iter().flat_map(|layer| &layer.citations) {
        let Some((_, short)) = instrument.rsplit_once("简称") else { continue };
        let is_cited = citations.iter().any(|citation| citation.contains(short));
        if is_cited && !found.contains(instrument) {
            found.push(instrument.clone());
        }
    }
    found
}

type Chosen<'a> = Vec<(&'a SubjectView, &'a DecisionView)>;

fn choose<'a>(explanation: &'a Explanation, ids: &[&str]) -> Result<Chosen<'a>, NoticeError> {
    let all: Chosen<'a> = explanation
        .subjects
        .iter()
        .flat_map(|subject| subject.decisions.iter().map(move |decision| (subject, decision)))
        .collect();
    if all.is_empty() {
        return Err(nothing_decided(&explanation.policy.name).into());
    }
    if ids.is_empty() {
        let entitled: Chosen<'a> = all
            .iter()
            .copied()
            .filter(|(_, decision)| decision.outcome == OutcomeView::Entitled)
            .collect();
        return Ok(if entitled.is_empty() { all.into_iter().take(1).collect() } else { entitled });
    }
    let mut chosen = Vec::new();
    for id in ids {
        match all.iter().find(|(_, decision)| decision.id == *id) {
            Some(found) => chosen.push(*found),
            None => return Err(unknown(id, &all).into()),
        }
    }
    Ok(chosen)
}

fn nothing_decided(policy: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::notice::nothing_decided",
        Bilingual::new(
            format!("“{policy}”没有作出决定，没有可以告知的事项"),
            format!("`{policy}` decides nothing, so there is nothing to give notice of"),
        ),
    )
}

fn unknown(id: &str, all: &Chosen<'_>) -> Diagnostic {
    let ids: Vec<&str> = all.iter().map(|(_, decision)| decision.id.as_str()).collect();
    Diagnostic::error(
        "huize::notice::unknown_decision",
        Bilingual::new(format!("没有叫“{id}”的决定"), format!("no decision is called `{id}`")),
    )
    .help(Bilingual::new(
        format!("可以是：{}", ids.join("、")),
        format!("one of: {}", ids.join(", ")),
    ))
}

fn failed(decision: &DecisionView, zh: &str, en: &str) -> Diagnostic {
    let id = &decision.id;
    Diagnostic::error(
        "huize::notice::failed",
        Bilingual::new(
            format!("“{id}”没有算出结果，不能出告知书：{zh}"),
            format!("`{id}` could not be computed, so there is nothing to give notice of: {en}"),
        ),
    )
}

fn add(list: &mut Vec<String>, more: &[String]) {
    for text in more {
        if !list.contains(text) {
            list.push(text.clone());
        }
    }
}

fn told(
    subject: &SubjectView,
    decision: &DecisionView,
    index: &Index<'_>,
    language: Language,
) -> NoticeDecision {
    let kind = match decision.outcome {
        OutcomeView::Entitled => NoticeKind::Entitled,
        OutcomeView::NotEntitled => NoticeKind::NotEntitled,
        OutcomeView::Discretionary => NoticeKind::Discretionary,
        OutcomeView::Undecided | OutcomeView::Failed(_) => NoticeKind::Undecided,
    };
    let mut citations = decision.source.citations.clone();
    let mut cite = |source: &SourceView| add(&mut citations, &source.citations);
    let mut told_reasons = Vec::new();
    for condition in carried(decision) {
        cite(&condition.source);
        if let Some(rule) = named(condition, index) {
            cite(rule);
        }
        let own = &condition.source.citations;
        let source =
            if *own == decision.source.citations { String::new() } else { articles::line(own) };
        for text in reasons(std::slice::from_ref(condition), index, language) {
            let text = without_number(&text, &condition.number);
            told_reasons.push(NoticeReason { text, source: source.clone() });
        }
    }
    let payments: Vec<NoticePayment> = decision
        .payments
        .iter()
        // One of which no version is in force yet, or any more, is not part of what is decided.
        .filter(|payment| !payment.text.is_empty())
        .map(|payment| {
            cite(&payment.source);
            paid(payment, language)
        })
        .collect();
    NoticeDecision {
        number: String::new(),
        id: decision.id.clone(),
        subject: subject.id.clone(),
        is_person: subject.object == "人",
        name: words::name(&decision.name, decision.alias.as_deref(), language),
        kind,
        outcome: words::outcome(&decision.outcome, language).to_owned(),
        payments,
        reasons: told_reasons,
        missing: decision.missing.clone(),
        blocked: decision.blocked.clone(),
        discretion: decision.discretion.clone(),
        citations,
        review_months: decision.review_months,
    }
}

/// The conditions that carried the outcome; of an open one, those that are open.
fn carried(decision: &DecisionView) -> impl Iterator<Item = &ConditionView> {
    let is_open = matches!(decision.outcome, OutcomeView::Undecided | OutcomeView::Discretionary);
    decision.conditions.iter().filter(move |condition| match is_open {
        true => matches!(condition.held, Held::Unknown | Held::Discretion),
        false => condition.decisive,
    })
}

/// The source of the rule that a condition names.
fn named<'a>(condition: &ConditionView, index: &Index<'a>) -> Option<&'a SourceView> {
    match index.get(condition.names.as_deref()?) {
        Some(Part::Definition(rule)) => Some(&rule.source),
        _ => None,
    }
}

/// `收入条件：…` for `（一）收入条件：…`: a notice counts its own reasons.
fn without_number(text: &str, number: &str) -> String {
    text.strip_prefix(number).unwrap_or(text).trim_start().to_owned()
}

fn paid(payment: &PaymentView, language: Language) -> NoticePayment {
    let is_money = payment.amount.unit.starts_with('元');
    let in_capitals = parse_decimal(&payment.amount.value)
        .ok()
        .filter(|_| is_money)
        .and_then(|amount| capitals(amount).ok());
    let steps = payment.steps.iter().filter(|step| step.before != step.after);
    NoticePayment {
        name: words::name(&payment.name, payment.alias.as_deref(), language),
        amount: words::value(&payment.amount, language).to_owned(),
        value: payment.amount.value.clone(),
        capitals: in_capitals.unwrap_or_default(),
        formula: words::formula(&payment.text).to_owned(),
        filled: match words::formula(&payment.filled) {
            "？" => String::new(),
            filled => filled.to_owned(),
        },
        steps: steps.map(|step| words::step(step, language)).collect(),
        terms: payment
            .terms
            .iter()
            // 没有这个日期 is for the file, not for the family.
            .filter(|term| term.month.is_some())
            .map(|term| words::term(term, language))
            .collect(),
    }
}
