//! The same thing written more than once: by one layer for different times, or by a lower layer
//! where the higher one lets it.

use super::Lowerer;
use crate::diagnostic::Bilingual;
use crate::hir::error;
use crate::hir::program::LayerId;
use crate::syntax::ast;

/// One text of a rule or decision.
pub(super) struct Written<'a> {
    pub(super) layer: LayerId,
    pub(super) name: &'a ast::Binding,
    pub(super) modifiers: &'a ast::HeadModifiers,
}

/// Whether a head lets lower layers do what either of these words says.
pub(super) fn authorizes(modifiers: &ast::HeadModifiers, words: [&str; 2]) -> bool {
    modifiers
        .authorizations
        .iter()
        .flat_map(|authorization| &authorization.acts)
        .any(|act| words.contains(&act.text.as_str()))
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
                } else if first.modifiers.delegated.is_none()
                    && !authorizes(first.modifiers, ["另定", "set"])
                {
                    let act = Bilingual::new("另定", "set it anew");
                    self.report(error::not_authorized(span, name, &act, first.name.span));
                    break;
                }
            }
        }
    }
}
