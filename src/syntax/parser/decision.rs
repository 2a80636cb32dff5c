//! Decisions: conditions, payments and their dates.

use super::{Builder, Pair, Pairs, Rule};
use crate::source::Span;
use crate::syntax::ast::{
    Citation, ConditionBody, ConditionClause, Decision, DecisionTail, HeadModifiers, Payment,
    QualifiedName, SupplementDecision, TermClause,
};

impl Builder {
    pub(super) fn decision(&mut self, pair: Pair<'_>) -> Option<Decision> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let name = parts.find(|part| part.as_rule() == Rule::binding)?;
        let name = self.binding(name)?;
        Some(Decision { name, tail: self.decision_tail(parts)?, span })
    }

    pub(super) fn supplement_decision(
        &mut self,
        name: QualifiedName,
        parts: Pairs<'_>,
        span: Span,
    ) -> Option<SupplementDecision> {
        Some(SupplementDecision { name, tail: self.decision_tail(parts)?, span })
    }

    fn decision_tail(&mut self, mut parts: Pairs<'_>) -> Option<DecisionTail> {
        let subject = self.subject(parts.find(|part| part.as_rule() == Rule::subject)?)?;
        let mut tail = DecisionTail {
            subject,
            modifiers: HeadModifiers::default(),
            citations: Vec::new(),
            conditions: Vec::new(),
            added_conditions: Vec::new(),
            payments: Vec::new(),
            review: None,
            review_citations: Vec::new(),
            starts: None,
            stops: None,
            exceptions: Vec::new(),
        };
        for part in parts {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::citation => tail.citations.push(self.citation(part)),
                Rule::condition => tail.conditions.push(self.condition(part)?),
                Rule::added_condition => tail.added_conditions.push(self.condition(part)?),
                Rule::payment => tail.payments.push(self.payment(part)?),
                Rule::exception => tail.exceptions.push(self.exception(part)?),
                Rule::review => {
                    let citations = &mut tail.review_citations;
                    let number = self.clause_part(part, Rule::number_literal, citations)?;
                    let months = self.number(&number)?;
                    self.once(&mut tail.review, months, span, "复核", "`review`");
                }
                Rule::starts => {
                    let clause = self.term_clause(part)?;
                    self.once(&mut tail.starts, clause, span, "起发", "`starts`");
                }
                Rule::stops => {
                    let clause = self.term_clause(part)?;
                    self.once(&mut tail.stops, clause, span, "停发", "`stops`");
                }
                _ => self.modifier(&mut tail.modifiers, part)?,
            }
        }
        Some(tail)
    }

    /// The part of a small clause that counts; its citations are added to `citations`.
    fn clause_part<'text>(
        &mut self,
        pair: Pair<'text>,
        token: Rule,
        citations: &mut Vec<Citation>,
    ) -> Option<Pair<'text>> {
        let mut found = None;
        for part in pair.into_inner() {
            if part.as_rule() == token {
                found = Some(part);
            } else if part.as_rule() == Rule::citation {
                citations.push(self.citation(part));
            }
        }
        found
    }

    fn term_clause(&mut self, pair: Pair<'_>) -> Option<TermClause> {
        let mut clause =
            TermClause { months: Vec::new(), citations: Vec::new(), span: self.span(&pair) };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::sum => clause.months.push(self.expression(part)?),
                Rule::citation => clause.citations.push(self.citation(part)),
                _ => {}
            }
        }
        Some(clause)
    }

    fn condition(&mut self, pair: Pair<'_>) -> Option<ConditionClause> {
        let span = self.span(&pair);
        let mut body = None;
        let mut citations = Vec::new();
        let mut locals = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::local => locals.push(self.local(part)?),
                Rule::condition_list => {
                    body = Some(ConditionBody::List(self.condition_list(part)?));
                }
                Rule::expression => body = Some(ConditionBody::Expr(self.expression(part)?)),
                Rule::citation => citations.push(self.citation(part)),
                _ => {}
            }
        }
        Some(ConditionClause { body: body?, citations, locals, span })
    }

    fn payment(&mut self, pair: Pair<'_>) -> Option<Payment> {
        let span = self.span(&pair);
        let mut name = None;
        let mut ty = None;
        let mut modifiers = HeadModifiers::default();
        let mut citations = Vec::new();
        let mut body = None;
        let mut locals = Vec::new();
        let mut exceptions = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::binding => name = Some(self.binding(part)?),
                Rule::type_expression => ty = Some(self.type_expression(part)?),
                Rule::citation => citations.push(self.citation(part)),
                Rule::body => body = Some(self.body(part)?),
                Rule::local => locals.push(self.local(part)?),
                Rule::exception => exceptions.push(self.exception(part)?),
                _ => self.modifier(&mut modifiers, part)?,
            }
        }
        let (name, ty, body) = (name?, ty?, body?);
        Some(Payment { name, ty, modifiers, citations, body, locals, exceptions, span })
    }
}
