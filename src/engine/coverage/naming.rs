//! What the parts of a policy are called where its cases are measured.

use crate::hir::{Definition, DefinitionKind, Program};
use crate::source::Span;
use crate::types::EnumId;

/// Names of parts of a program.
#[derive(Clone, Copy)]
pub(in crate::engine) struct Naming<'a>(pub(in crate::engine) &'a Program);

impl<'a> Naming<'a> {
    /// The values of the keys that a place among a parameter's rows is for.
    pub(in crate::engine) fn key_names(&self, keys: &[EnumId], mut place: usize) -> Vec<String> {
        let mut names = Vec::new();
        for key in keys.iter().rev() {
            let Some(key) = self.0.enumeration(*key) else { continue };
            let width = key.values.len().max(1);
            names.extend(key.values.get(place % width).map(|value| value.text.clone()));
            place /= width;
        }
        names.reverse();
        names
    }

    pub(in crate::engine) fn name_of(&self, definition: &Definition) -> String {
        let object = self.0.object(definition.subject);
        let subject = object.map_or("", |object| &object.name.text);
        match self.decision_of(definition) {
            Some(decision) => format!("{decision}的{}（{subject}）", definition.name.text),
            None => format!("{}（{subject}）", definition.name.text),
        }
    }

    /// The decision that a payment belongs to.
    fn decision_of(&self, definition: &Definition) -> Option<&'a str> {
        let (DefinitionKind::Due(payment) | DefinitionKind::Payment(payment)) = definition.kind
        else {
            return None;
        };
        let payment = self.0.payments.get(usize::try_from(payment.0).ok()?)?;
        let decision = self.0.decisions.get(usize::try_from(payment.decision.0).ok()?)?;
        Some(&decision.name.text)
    }

    /// A name behind that of the definition in whose text it stands.
    pub(in crate::engine) fn within(&self, span: Span, name: &str) -> String {
        let holds = |whole: Span| {
            whole.source == span.source && whole.start <= span.start && span.end <= whole.end
        };
        let owners = self.0.definitions.iter().flat_map(|definition| {
            definition.texts.iter().map(move |text| (definition, text.span))
        });
        let owner = owners
            .filter(|(_, whole)| holds(*whole))
            .min_by_key(|(_, whole)| whole.end.saturating_sub(whole.start));
        match owner {
            Some((owner, _)) => format!("{} {name}", self.name_of(owner)),
            None => name.to_owned(),
        }
    }
}
