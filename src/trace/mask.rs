//! 敏感: which values may not be shown, and what is shown instead.
//!
//! A sensitive fact is masked wherever it would stand, and so is a number or date that is worked
//! out from it within the rules about the same person or household: with 2,400－150 = 2,250 and two
//! of the three numbers shown, the third is no secret. What is shown all the same: whether a
//! condition holds, an age, a figure over two or more members, and what is paid.

use super::Trace;
use crate::hir::{FieldId, NodeId, NodeKind, Program};
use crate::input::InstanceId;
use crate::types::Type;

/// What stands for a number, a day or a word that may not be shown.
pub(crate) const MASK: &str = "***";

/// A text of the same kind as the one masked: `张＊＊`, `440***********1234`.
///
/// Of a name its first character is left; of a number or account of at least eight characters its
/// first three and last four; of anything else nothing.
#[must_use]
pub fn masked(text: &str) -> String {
    let characters: Vec<char> = text.trim().chars().collect();
    let is_han = |c: &char| ('\u{3400}'..='\u{9fff}').contains(c) || *c == '·';
    let is_code = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | ' ');
    match characters.as_slice() {
        [first, rest @ ..] if !rest.is_empty() && characters.iter().all(is_han) => {
            std::iter::once(*first).chain(rest.iter().map(|_| '＊')).collect()
        }
        all if all.len() >= 8 && all.iter().all(is_code) => all
            .iter()
            .enumerate()
            .map(|(at, c)| if at < 3 || at.saturating_add(4) >= all.len() { *c } else { '*' })
            .collect(),
        _ => MASK.to_owned(),
    }
}

/// By node: whether its value may tell a sensitive fact, whoever there is.
pub(crate) fn secrets(program: &Program) -> Vec<bool> {
    let mut secrets: Vec<bool> = Vec::with_capacity(program.nodes.len());
    for node in &program.nodes {
        let tells = |id: NodeId| secrets.get(id.0 as usize).copied().unwrap_or(true);
        let is_secret = match &node.kind {
            NodeKind::Fact(field) => program.field(*field).is_some_and(|field| field.sensitive),
            NodeKind::Age(..) => false,
            kind if matches!(node.ty, Type::Bool | Type::Outcome) => {
                passed_on(kind).is_some_and(tells)
            }
            NodeKind::Aggregate { body, .. } => body.is_some_and(tells),
            // Who comes first says nothing of what anybody's key is.
            NodeKind::Pick { .. } => false,
            kind => kind.operands().into_iter().any(tells),
        };
        secrets.push(is_secret);
    }
    secrets
}

/// The condition whose truth another one only passes on.
fn passed_on(kind: &NodeKind) -> Option<NodeId> {
    match kind {
        NodeKind::Use { root, .. } => Some(*root),
        NodeKind::Not(inner)
        | NodeKind::Item(_, inner)
        | NodeKind::AtParent(inner)
        | NodeKind::AtReference { target: inner, .. } => Some(*inner),
        _ => None,
    }
}

impl Trace<'_> {
    /// Whether the value of a node for an instance may not be shown.
    #[must_use]
    pub(crate) fn is_masked(&self, node: NodeId, who: InstanceId) -> bool {
        self.may_tell(node) && self.tells(node, who)
    }

    /// A sensitive text fact as it may be shown.
    #[must_use]
    pub(crate) fn masked_text(&self, field: FieldId, who: InstanceId) -> String {
        self.case.text(field, who).map_or_else(|| MASK.to_owned(), masked)
    }

    /// Whether the value of a node tells a sensitive fact of anybody there may be.
    pub(crate) fn may_tell(&self, node: NodeId) -> bool {
        self.secrets.is_some_and(|secrets| secrets.get(node.0 as usize).copied().unwrap_or(true))
    }

    /// Whether a value tells a sensitive fact, with the people there are.
    fn tells(&self, node: NodeId, who: InstanceId) -> bool {
        let node = self.current(node);
        let Some(found) = self.program.node(node).filter(|_| self.may_tell(node)) else {
            return false;
        };
        match &found.kind {
            NodeKind::Fact(_) => true,
            NodeKind::AtParent(_) | NodeKind::AtReference { .. } => self.tells_elsewhere(node, who),
            kind if matches!(found.ty, Type::Bool | Type::Outcome) => {
                passed_on(kind).is_some_and(|inner| self.tells(inner, who))
            }
            NodeKind::Aggregate { list, body, filters, .. } => {
                let Some(body) = body else { return false };
                let members: Vec<InstanceId> = self
                    .listed(*list, who)
                    .into_iter()
                    .filter(|one| {
                        filters.iter().all(|node| self.value(*node, *one).as_bool() != Some(false))
                    })
                    .collect();
                matches!(members.as_slice(), [only] if self.tells(*body, *only))
            }
            NodeKind::Pick { .. } => false,
            kind => kind.operands().into_iter().any(|operand| self.tells(operand, who)),
        }
    }

    fn tells_elsewhere(&self, node: NodeId, who: InstanceId) -> bool {
        let Some(found) = self.program.node(self.current(node)) else { return false };
        match &found.kind {
            NodeKind::AtParent(target) => self
                .case
                .of(found.subject)
                .get(who.0 as usize)
                .and_then(|instance| instance.parent)
                .is_some_and(|up| self.tells(*target, up)),
            NodeKind::AtReference { reference, target } => {
                match self.value(*reference, who).as_scalar() {
                    Some(crate::input::Scalar::Instance(_, other)) => self.tells(*target, other),
                    _ => false,
                }
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_mask_keeps_the_kind_of_the_text() {
        assert_eq!(masked("张三"), "张＊");
        assert_eq!(masked("欧阳娜娜"), "欧＊＊＊");
        assert_eq!(masked("440402198002010012"), "440***********0012");
        assert_eq!(masked("6222 0211 0011 1234"), "622************1234");
        assert_eq!(masked("张"), "***");
        assert_eq!(masked("1234567"), "***");
        assert_eq!(masked("Zhang San, 中山"), "***");
        assert_eq!(masked(""), "***");
    }
}
