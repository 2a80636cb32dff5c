//! The same thing written more than once: by one layer for different times, or by a lower layer
//! where the higher one lets it.

use super::Lowerer;
use super::authority::{Act, Upper};
use crate::hir::program::LayerId;
use crate::hir::{Validity, error};
use crate::source::Span;
use crate::syntax::ast;

/// One text of a rule or decision.
pub(super) struct Written<'a> {
    pub(super) layer: LayerId,
    pub(super) name: &'a ast::Binding,
    pub(super) modifiers: &'a ast::HeadModifiers,
    /// The whole text.
    pub(super) span: Span,
}

/// One text and when it is in force.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dated<'a> {
    pub(super) layer: LayerId,
    pub(super) name: &'a ast::Binding,
    pub(super) validity: Validity,
}

impl Lowerer<'_> {
    /// Reports texts of one layer that are not told apart by their dates, days between them that
    /// none covers, and texts of a lower layer that the higher one neither left to it nor
    /// authorized. Texts come highest layer first.
    pub(super) fn check_versions(&mut self, texts: &[Written<'_>]) {
        'texts: for (at, text) in texts.iter().enumerate() {
            for first in texts.get(..at).unwrap_or_default() {
                if first.layer != text.layer {
                    let upper = Upper::of(first.name.span, first.modifiers);
                    let place = (text.name.span, text.name.text.as_str());
                    if !self.permit(text.layer, Act::Set, place, upper) {
                        continue 'texts;
                    }
                }
            }
        }
        let mut dated = Vec::new();
        for text in texts {
            let period = text.modifiers.in_force.as_ref();
            let validity = self.validity(period, text.layer, text.span);
            dated.push(Dated { layer: text.layer, name: text.name, validity });
        }
        self.check_dates(&dated);
    }

    /// Reports two texts of one layer of which nothing tells the one that holds on a day that both
    /// claim, and days between texts that none covers.
    pub(super) fn check_dates(&mut self, texts: &[Dated<'_>]) {
        let mut clash = false;
        for (at, text) in texts.iter().enumerate() {
            let earlier = texts.get(..at).unwrap_or_default().iter();
            let same_layer = earlier.filter(|first| first.layer == text.layer);
            // The later of two that are both in force is the one that holds.
            let known = |one: &Dated<'_>| one.validity.published.or(one.validity.from);
            let Some(first) = same_layer
                .filter(|first| together(&first.validity, &text.validity))
                .find(|first| known(first) == known(text))
            else {
                continue;
            };
            clash = true;
            let (span, name, there) = (text.name.span, &text.name.text, first.name.span);
            if first.validity == text.validity {
                self.report(error::duplicate(span, name, there));
            } else {
                self.report(error::version_overlap(span, name, there));
            }
        }
        if !clash {
            self.check_gap(texts);
        }
    }

    fn check_gap(&mut self, texts: &[Dated<'_>]) {
        let mut sorted: Vec<&Dated<'_>> = texts.iter().collect();
        sorted.sort_by_key(|text| text.validity.from);
        let mut covered = sorted.first().map(|text| text.validity.until);
        for text in sorted.into_iter().skip(1) {
            let (Some(Some(until)), Some(from)) = (covered, text.validity.from) else {
                if text.validity.until.is_none() {
                    covered = Some(None);
                }
                continue;
            };
            let missing = until.plus_days(1).ok().filter(|first| *first < from);
            if let (Some(first), Ok(last)) = (missing, from.plus_days(-1)) {
                let (span, name) = (text.name.span, &text.name.text);
                self.report(error::version_gap(span, name, first, last));
            }
            covered = Some(text.validity.until.map(|end| end.max(until)));
        }
    }
}

/// Whether two may be in force on one day.
pub(super) fn together(a: &Validity, b: &Validity) -> bool {
    let before = |end: &Validity, start: &Validity| match (end.until, start.from) {
        (Some(until), Some(from)) => until < from,
        _ => false,
    };
    !before(a, b) && !before(b, a)
}
