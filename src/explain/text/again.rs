//! The lines of an explanation from those of one before it: a decision of which nothing is told
//! otherwise keeps its lines.

use std::collections::BTreeMap;

use super::page::Page;
use super::{Block, TextOptions, write};
use crate::diagnostic::Language;
use crate::explain::build::again::Kept;
use crate::explain::graph::Index;
use crate::explain::outline::{Outline, Reason, Section};

/// Lines that were drawn.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    /// The edition and the form that they are of.
    drawn_for: Option<(u32, Language, TextOptions)>,
    /// By the id of the decision; what all of them used, by names that no decision can have.
    drawn: BTreeMap<String, Drawn>,
}

#[derive(Debug)]
struct Drawn {
    tells: Tells,
    text: String,
    is_folded: bool,
}

/// The same as [`super::render`], with the lines of what is told as it was before.
pub(crate) fn render_again(
    kept: &Kept,
    language: Language,
    options: TextOptions,
    pages: &mut Pages,
) -> String {
    let drawn_for = Some((kept.edition, language, options));
    if pages.drawn_for != drawn_for {
        *pages = Pages { drawn_for, drawn: BTreeMap::new() };
    }
    let explanation = &kept.explanation;
    let index = Index::of_read(explanation);
    let outline = Outline::new(explanation, &index, options.detail);
    let mut page = Page::new(language, options);
    write(&mut page, explanation, (&index, &outline), |page, block| {
        let (name, tells) = match block {
            Block::Decision(section) => {
                (section.decision.id.as_str(), Tells::of_section(section, kept))
            }
            Block::Parameters(outline) => ("\nparameters", Tells::of_parameters(outline, kept)),
            Block::Facts(outline) => ("\nfacts", Tells::of_facts(outline, kept)),
            // The law is that of the edition.
            Block::Instruments(_) => ("\ninstruments", Tells(Vec::new())),
        };
        let drawn = match pages.drawn.get(name) {
            Some(drawn) if drawn.tells == tells => drawn,
            _ => {
                let mut own = Page::new(language, options);
                block.write(&mut own);
                let (text, is_folded) = own.drawn();
                pages.drawn.insert(name.to_owned(), Drawn { tells, text, is_folded });
                let Some(drawn) = pages.drawn.get(name) else { return };
                drawn
            }
        };
        page.put(&drawn.text, drawn.is_folded);
    });
    page.finish()
}

/// All that some lines tell: the ids of it in order, each with how often it was told anew. Lines
/// that tell the same are the same: an id ends with a byte that no text has, and so do the lists.
#[derive(Debug, PartialEq, Eq)]
struct Tells(Vec<u8>);

/// Behind an id that is told as it was at first.
const TOLD: u8 = 0xff;
/// Behind an id that was told anew, and before the number of times.
const TOLD_ANEW: u8 = 0xfe;
/// Behind a list.
const END: u8 = 0xfd;
/// Before a number.
const NUMBER: u8 = 0xfc;

impl Tells {
    fn of_section(section: &Section<'_>, kept: &Kept) -> Self {
        let mut tells = Self(Vec::new());
        tells.one(&section.decision.id, kept);
        tells.reasons(&section.reasons, kept);
        tells.rest(section.rules.shown.shown.iter().map(|rule| rule.id.as_str()), kept);
        tells.rest(section.rules.above.iter().map(|rule| rule.id.as_str()), kept);
        tells.count(section.rules.shown.hidden);
        tells
    }

    fn of_parameters(outline: &Outline<'_>, kept: &Kept) -> Self {
        let mut tells = Self(Vec::new());
        tells.rest(outline.parameters.iter().map(|parameter| parameter.id.as_str()), kept);
        tells.count(outline.facts.shown.len());
        tells
    }

    fn of_facts(outline: &Outline<'_>, kept: &Kept) -> Self {
        let mut tells = Self(Vec::new());
        tells.rest(outline.facts.shown.iter().map(|fact| fact.id.as_str()), kept);
        tells.rest(outline.assumed.iter().map(String::as_str), kept);
        tells.rest(outline.unverified.iter().map(String::as_str), kept);
        tells.count(outline.facts.hidden);
        tells.count(outline.defaults);
        tells
    }

    /// Conditions are parts of the decision, or of the rule that stands above them.
    fn reasons(&mut self, reasons: &[Reason<'_>], kept: &Kept) {
        self.count(reasons.len());
        for reason in reasons {
            self.one(&reason.condition.id, kept);
            self.rest(reason.rule.iter().map(|rule| rule.id.as_str()), kept);
            self.count(usize::from(reason.above));
            self.count(reason.hidden);
            self.reasons(&reason.parts, kept);
        }
    }

    fn rest<'i>(&mut self, ids: impl Iterator<Item = &'i str>, kept: &Kept) {
        for id in ids {
            self.one(id, kept);
        }
        self.0.push(END);
    }

    fn one(&mut self, id: &str, kept: &Kept) {
        self.0.extend_from_slice(id.as_bytes());
        match kept.told_anew.get(id) {
            None => self.0.push(TOLD),
            Some(times) => {
                self.0.push(TOLD_ANEW);
                self.0.extend_from_slice(&times.to_le_bytes());
            }
        }
    }

    fn count(&mut self, count: usize) {
        self.0.push(NUMBER);
        self.0.extend_from_slice(&count.to_le_bytes());
    }
}
