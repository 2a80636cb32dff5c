//! 补充: when it holds, and whether the versions of the higher layer that it meets allow it.

use super::authority::{Act, Upper};
use super::{Context, Lowerer};
use crate::hir::program::LayerId;
use crate::hir::{NodeId, NodeKind, Validity, Version, error};
use crate::source::Span;
use crate::syntax::ast;
use crate::types::Type;

/// A version of what is supplemented: its layer, while it is in force, and what its head lets be done.
pub(super) type Above<'a> = (LayerId, Validity, Upper<'a>);

/// The same with what is done to it.
pub(super) type Met<'a> = (LayerId, Validity, Act, Upper<'a>);

/// Versions to which one thing is done.
pub(super) fn met<'a>(above: &[Above<'a>], act: Act) -> Vec<Met<'a>> {
    above.iter().map(|(layer, validity, upper)| (*layer, *validity, act, *upper)).collect()
}

/// What a supplement of a rule or a decision says of the exceptions that it adds.
pub(super) struct Supplementing<'a> {
    layer: LayerId,
    head: &'a ast::HeadModifiers,
    exceptions: &'a [ast::Exception],
    citations: &'a [ast::Citation],
    span: Span,
}

impl<'a> Supplementing<'a> {
    pub(super) fn rule((layer, node): &(LayerId, &'a ast::SupplementRule)) -> Self {
        let ast::RuleTail { modifiers: head, exceptions, citations, .. } = &node.tail;
        Self { layer: *layer, head, exceptions, citations, span: node.span }
    }

    pub(super) fn decision((layer, node): &(LayerId, &'a ast::SupplementDecision)) -> Self {
        let ast::DecisionTail { modifiers: head, exceptions, citations, .. } = &node.tail;
        Self { layer: *layer, head, exceptions, citations, span: node.span }
    }
}

/// An exception with the layer whose text says it.
pub(super) struct Excepted<'a> {
    pub(super) layer: LayerId,
    /// While what it stands in holds, where it says no time of its own.
    pub(super) holds: Validity,
    pub(super) exception: &'a ast::Exception,
    /// Its own sources, or those of the supplement that adds it.
    pub(super) citations: &'a [ast::Citation],
}

/// The exceptions that a text has of its own: these stand beside the source of the text.
pub(super) fn own_exceptions(layer: LayerId, exceptions: &[ast::Exception]) -> Vec<Excepted<'_>> {
    let holds = Validity::default();
    let found = exceptions.iter();
    found
        .map(|exception| Excepted { layer, holds, exception, citations: &exception.citations })
        .collect()
}

/// The sources of something that a supplement adds: what it cites at its head stands for whatever it
/// adds without a source of its own.
fn cited_by<'a>(own: &'a [ast::Citation], head: &'a [ast::Citation]) -> &'a [ast::Citation] {
    if own.is_empty() { head } else { own }
}

impl<'a> Lowerer<'a> {
    /// While a 补充 holds: its own 施行, or that of its document.
    pub(super) fn supplement_holds(
        &mut self,
        layer: LayerId,
        head: &ast::HeadModifiers,
        span: Span,
    ) -> Validity {
        self.validity(head.in_force.as_ref(), layer, span)
    }

    /// The exceptions that supplements add to a version that is in force so long, each with while it
    /// holds.
    pub(super) fn added_exceptions(
        &mut self,
        version: Validity,
        supplements: impl Iterator<Item = Supplementing<'a>>,
    ) -> Vec<Excepted<'a>> {
        let mut found = Vec::new();
        for Supplementing { layer, head, exceptions, citations, span } in supplements {
            let holds = within(version, self.supplement_holds(layer, head, span));
            found.extend(exceptions.iter().map(|exception| {
                let citations = cited_by(&exception.citations, citations);
                Excepted { layer, holds, exception, citations }
            }));
        }
        found
    }

    /// Whether the versions that the exceptions of a supplement meet let them be added.
    pub(super) fn permit_exceptions(
        &mut self,
        layer: LayerId,
        during: Validity,
        place: (Span, &str),
        exceptions: &[ast::Exception],
        above: &[Above<'_>],
    ) {
        for exception in exceptions {
            let during = exception.in_force.as_ref().map_or(during, |period| self.period(period));
            if !self.permit_over(layer, during, place, &met(above, Act::AddExceptions)) {
                break;
            }
        }
    }

    /// A condition with those that supplements add, each while its supplement holds.
    pub(super) fn with_added(
        &mut self,
        cx: Context,
        base: NodeId,
        version: Validity,
        supplements: &[(LayerId, &'a ast::SupplementDecision)],
        span: Span,
    ) -> NodeId {
        let mut root = base;
        let mut all = vec![base];
        for (layer, supplement) in supplements {
            let lower = Context { layer: *layer, ..cx };
            let tail = &supplement.tail;
            let holds = self.supplement_holds(*layer, &tail.modifiers, supplement.span);
            let holds = within(version, holds);
            let mut added = Vec::new();
            for clause in &tail.added_conditions {
                let inner = self.with_locals(lower, &clause.locals, version);
                let body = self.condition_body(inner, &clause.body);
                let cited = cited_by(&clause.citations, &tail.citations);
                let item = self.item(lower, "", None, cited, clause.span);
                added.push(self.push(lower, NodeKind::Item(item, body), Type::Bool, clause.span));
            }
            if added.is_empty() {
                continue;
            }
            all.extend(added);
            let wider = self.push(cx, NodeKind::All(all.clone()), Type::Bool, span);
            if holds == Validity::default() {
                root = wider;
                continue;
            }
            // Before and after, the conditions are those of the higher layer.
            let versions = vec![
                Version { validity: holds, root: wider },
                Version { validity: Validity::default(), root },
            ];
            root = self.push(lower, NodeKind::Versions(versions), Type::Bool, span);
            all = vec![root];
        }
        root
    }

    /// Whether the versions that something of a lower layer meets let it be done; reports the first
    /// that does not, and says so of no other.
    pub(super) fn permit_over(
        &mut self,
        layer: LayerId,
        during: Validity,
        place: (Span, &str),
        versions: &[Met<'_>],
    ) -> bool {
        // The highest layer that has it says what the others may do.
        let highest = versions.first().map(|(highest, ..)| *highest);
        let of_highest: Vec<&Met<'_>> =
            versions.iter().filter(|(of, ..)| Some(*of) == highest).collect();
        let mut met: Vec<&Met<'_>> = of_highest
            .iter()
            .copied()
            .filter(|(_, validity, ..)| !is_never(validity.and(&during)))
            .collect();
        if met.is_empty() {
            met.extend(of_highest.first());
        }
        let allows = |this: &Self, (_, _, act, upper): &Met<'_>| this.allows(layer, *act, *upper);
        let Some((_, _, act, upper)) = met.iter().copied().find(|one| !allows(self, one)) else {
            return true;
        };
        match met.iter().copied().find(|one| allows(self, one)) {
            Some((_, allowed, ..)) => {
                self.report(error::not_yet_authorized(place, &act.said(), upper.span, allowed));
            }
            None => {
                self.permit(layer, *act, place, *upper);
            }
        }
        false
    }
}

/// While something holds, seen from a version that is in force so long: always, where it holds all the
/// time that the version does.
pub(super) fn within(version: Validity, holds: Validity) -> Validity {
    if version.and(&holds) == version { Validity::default() } else { holds }
}

/// Whether it has no day.
pub(super) fn is_never(validity: Validity) -> bool {
    validity.from.zip(validity.until).is_some_and(|(from, until)| until < from)
}
