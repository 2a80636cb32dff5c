//! The same thing written more than once: by one layer for different times, or by a lower layer
//! where the higher one lets it.

use super::Lowerer;
use super::authority::{Act, Upper};
use crate::hir::error;
use crate::hir::program::LayerId;
use crate::syntax::ast;

/// One text of a rule or decision.
pub(super) struct Written<'a> {
    pub(super) layer: LayerId,
    pub(super) name: &'a ast::Binding,
    pub(super) modifiers: &'a ast::HeadModifiers,
}

impl Lowerer<'_> {
    /// Reports texts of one layer that are not told apart by their dates, and texts of a lower
    /// layer that the higher one neither left to it nor authorized. Texts come highest layer first.
    pub(super) fn check_versions(&mut self, texts: &[Written<'_>]) {
        for (at, text) in texts.iter().enumerate() {
            for first in texts.get(..at).unwrap_or_default() {
                let (span, name) = (text.name.span, &text.name.text);
                if first.layer == text.layer {
                    if first.modifiers.in_force.is_none() && text.modifiers.in_force.is_none() {
                        self.report(error::duplicate(span, name, first.name.span));
                    }
                } else {
                    let upper = Upper::of(first.name.span, first.modifiers);
                    if !self.permit(text.layer, Act::Set, (span, name), upper) {
                        break;
                    }
                }
            }
        }
    }
}
