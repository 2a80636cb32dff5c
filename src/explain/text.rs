//! An explanation as lines for a caseworker to read from top to bottom: the result and what it
//! waits for, the conditions with their numbers, then how the numbers came about.

#[cfg(feature = "repl")]
mod again;
mod decision;
mod details;
mod overview;
mod page;
mod part;
mod refused;

#[cfg(test)]
mod tests;

#[cfg(feature = "repl")]
pub(crate) use self::again::{Pages, render_again};
use self::page::Page;
#[cfg(feature = "repl")]
pub(crate) use self::page::hint;
use super::graph::{Index, Part};
use super::layout::Style;
use super::outline::{Detail, Outline, PartOutline, Section};
use super::view::{DecisionView, Explanation, Held};
use super::words::{outcome, say, subject};
use crate::diagnostic::Language;

/// How to lay out the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextOptions {
    /// Terminal colours.
    pub color: bool,
    /// Columns of a line.
    pub width: usize,
    /// How much is shown. In full each source is shown with its place in the policy files.
    pub detail: Detail,
}

impl Default for TextOptions {
    fn default() -> Self {
        Self { color: false, width: 100, detail: Detail::default() }
    }
}

/// The explanation in `language`.
///
/// A decision that does not apply, while another does, is shown at the end by its reasons alone
/// unless all is asked for; a fold always says what it left out.
#[must_use]
pub fn render(explanation: &Explanation, language: Language, options: TextOptions) -> String {
    let index = Index::of_read(explanation);
    let outline = Outline::new(explanation, &index, options.detail);
    let mut page = Page::new(language, options);
    write(&mut page, explanation, (&index, &outline), |page, block| block.write(page));
    page.finish()
}

/// The parts of which most of an explanation's lines are made.
#[derive(Clone, Copy)]
enum Block<'o, 'a> {
    Decision(&'o Section<'a>),
    /// The parameter rows of all decisions.
    Parameters(&'o Outline<'a>),
    /// The facts of all decisions, and what to keep in mind.
    Facts(&'o Outline<'a>),
    /// What the law cites.
    Instruments(&'a Explanation),
}

impl Block<'_, '_> {
    fn write(self, page: &mut Page) {
        match self {
            Self::Decision(section) => decision::write(page, section),
            Self::Parameters(outline) => details::parameters_used(page, outline),
            Self::Facts(outline) => details::facts_used(page, outline),
            Self::Instruments(explanation) => instruments(page, explanation),
        }
    }
}

/// The whole explanation, with its blocks written by `block`.
fn write<'a>(
    page: &mut Page,
    explanation: &'a Explanation,
    (index, outline): (&Index<'a>, &Outline<'a>),
    mut block: impl FnMut(&mut Page, Block<'_, 'a>),
) {
    head(page, explanation);
    if explanation.policy.place.is_some() {
        overview::write(page, explanation);
    } else {
        summary(page, explanation);
    }
    not_in_force(page, explanation);
    if let Some(text) = super::words::nothing_decided(explanation, page.language) {
        page.blank();
        page.line(0, Style::Plain, text);
    }
    // At a glance of a place the outcomes have been told already.
    let is_told = explanation.policy.place.is_some() && page.is_summary();
    if !is_told {
        for section in &outline.sections {
            block(page, Block::Decision(section));
        }
    }
    refused::write(page, &outline.refused, index);
    block(page, Block::Parameters(outline));
    block(page, Block::Facts(outline));
    if page.depth() != Some(0) {
        block(page, Block::Instruments(explanation));
    }
    page.hint();
}

/// One node of the explanation and what it rests on.
#[must_use]
pub fn render_part(
    explanation: &Explanation,
    part: Part<'_>,
    language: Language,
    options: TextOptions,
) -> String {
    let index = Index::of_read(explanation);
    let outline = PartOutline::new(part, &index, options.detail);
    let mut page = Page::new(language, options);
    head(&mut page, explanation);
    part::write(&mut page, &outline);
    page.hint();
    page.finish()
}

/// The conditions of a decision that did not hold, each with what it failed by.
#[must_use]
pub fn render_failed(
    explanation: &Explanation,
    decision: &DecisionView,
    language: Language,
    options: TextOptions,
) -> String {
    let index = Index::of_read(explanation);
    let outline = PartOutline::new(Part::Decision(decision), &index, options.detail);
    let mut page = Page::new(language, options);
    for reason in outline.reasons.iter().filter(|reason| reason.condition.held != Held::Yes) {
        decision::write_reason(&mut page, 2, reason, None);
    }
    page.finish()
}

fn head(page: &mut Page, explanation: &Explanation) {
    let language = page.language;
    let policy = &explanation.policy;
    let title = match (&policy.title, language) {
        _ if policy.place.is_some() => match language {
            Language::Zh => format!("{}：全部待遇", policy.name),
            Language::En => format!("{}: all benefits", policy.name),
        },
        (Some(title), Language::Zh) => format!("{}（{title}）", policy.name),
        (Some(title), Language::En) => format!("{} ({title})", policy.name),
        (None, _) => policy.name.clone(),
    };
    page.line(0, Style::Strong, &title);
    let dates = match language {
        Language::Zh => {
            let known = explanation.known_on.map(|day| format!("　知悉日 {}", day.zh()));
            format!(
                "所属期 {}　评估日 {}{}",
                explanation.period.zh(),
                explanation.as_of.zh(),
                known.unwrap_or_default()
            )
        }
        Language::En => {
            let known = explanation.known_on.map(|day| format!(", as known on {day}"));
            format!(
                "decided for {}, assessed as of {}{}",
                explanation.period,
                explanation.as_of,
                known.unwrap_or_default()
            )
        }
    };
    page.line(0, Style::Plain, &dates);
    if policy.place.is_some() {
        let word = say(language, "所用政策 ", "policies: ");
        let list = policy.policies().join(say(language, "、", ", "));
        page.line(0, Style::Plain, &format!("{word}{list}"));
        return;
    }
    let places: Vec<_> = policy.layers.iter().map(|layer| layer.place.as_str()).collect();
    if !places.is_empty() {
        let word = say(language, "政策层级 ", "layers of law: ");
        page.line(0, Style::Plain, &format!("{word}{}", places.join(" → ")));
    }
}

/// What the layers cite, so that short titles can be looked up.
fn instruments(page: &mut Page, explanation: &Explanation) {
    let language = page.language;
    let layers = &explanation.policy.layers;
    if layers.iter().all(|layer| layer.citations.is_empty()) {
        return;
    }
    page.blank();
    page.heading(say(language, "所引文件", "Instruments cited"));
    for text in super::words::instruments(layers, language) {
        page.line(2, Style::Faint, &text);
    }
}

/// What was not asked because it is not in force.
fn not_in_force(page: &mut Page, explanation: &Explanation) {
    if explanation.not_in_force.is_empty() {
        return;
    }
    let language = page.language;
    let list = explanation.not_in_force.join(say(language, "、", ", "));
    page.blank();
    let word = say(language, "当月没有施行：", "not in force in the month: ");
    page.line(0, Style::Plain, &format!("{word}{list}"));
}

/// One line per decision, where there are several.
fn summary(page: &mut Page, explanation: &Explanation) {
    let language = page.language;
    let decisions = explanation.subjects.iter().map(|subject| subject.decisions.len());
    if decisions.sum::<usize>() < 2 {
        return;
    }
    page.blank();
    let mut rows = Vec::new();
    for about in &explanation.subjects {
        for decision in &about.decisions {
            let amounts: Vec<_> = decision
                .payments
                .iter()
                .map(|payment| {
                    format!("{} {}", payment.name, super::words::value(&payment.amount, language))
                })
                .collect();
            rows.push(vec![
                subject(about, language),
                super::words::name(&decision.name, decision.alias.as_deref(), language),
                outcome(&decision.outcome, language).to_owned(),
                amounts.join(say(language, "，", ", ")),
            ]);
        }
    }
    page.table(0, &rows);
}
