//! Rules, their bodies, items and exceptions.

use super::{Builder, Pair, Rule};
use crate::diagnostic::Bilingual;
use crate::source::Span;
use crate::syntax::ast::{
    Authorization, Body, BodyKind, ChoiceItem, ChoiceList, Citation, Combinator, Combine,
    ConditionBody, ConditionItem, ConditionList, Delegation, EachStep, Exception, Expr, Formula,
    HeadModifiers, Local, Reference, RuleTail, Step, StepKind, Subject, Text,
};
use crate::syntax::error::SyntaxError;
use crate::syntax::words::small_number;
use crate::value::Rounding;

impl Builder {
    /// Everything after the name of a rule.
    pub(super) fn rule_tail<'text>(
        &mut self,
        parts: impl Iterator<Item = Pair<'text>>,
    ) -> Option<RuleTail> {
        let mut tail = RuleTail {
            subject: None,
            ty: None,
            modifiers: HeadModifiers::default(),
            citations: Vec::new(),
            body: None,
            locals: Vec::new(),
            exceptions: Vec::new(),
        };
        for part in parts {
            match part.as_rule() {
                Rule::subject => tail.subject = Some(self.subject(part)?),
                Rule::type_expression => tail.ty = Some(self.type_expression(part)?),
                Rule::citation => tail.citations.push(self.citation(part)),
                Rule::body => tail.body = Some(self.body(part)?),
                Rule::local => tail.locals.push(self.local(part)?),
                Rule::exception => tail.exceptions.push(self.exception(part)?),
                _ => self.modifier(&mut tail.modifiers, part)?,
            }
        }
        Some(tail)
    }

    /// 其中 甲 = …
    pub(super) fn local(&mut self, pair: Pair<'_>) -> Option<Local> {
        let span = self.span(&pair);
        let (mut name, mut ty, mut body) = (None, None, None);
        let mut modifiers = HeadModifiers::default();
        let mut citations = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::binding => name = Some(self.binding(part)?),
                Rule::type_expression => ty = Some(self.type_expression(part)?),
                Rule::citation => citations.push(self.citation(part)),
                Rule::body => body = Some(self.body(part)?),
                _ => self.modifier(&mut modifiers, part)?,
            }
        }
        Some(Local { name: name?, ty, modifiers, citations, body: body?, span })
    }

    pub(super) fn subject(&mut self, pair: Pair<'_>) -> Option<Subject> {
        Some(Subject { object: self.reference(&pair.into_inner().next()?) })
    }

    /// Puts one modifier of a head in its place; other pairs are keywords.
    pub(super) fn modifier(&mut self, head: &mut HeadModifiers, pair: Pair<'_>) -> Option<()> {
        let span = self.span(&pair);
        match pair.as_rule() {
            Rule::combine => {
                let combine = (combine_word(pair.as_str())?, span);
                self.once(&mut head.combine, combine, span, "各项的合并方式", "how items combine");
            }
            Rule::authorization => head.authorizations.push(self.authorization(pair)?),
            Rule::in_force_inline => {
                let period = self.period(pair.into_inner().next_back()?)?;
                self.once(&mut head.in_force, period, span, "施行期间", "`in_force`");
            }
            Rule::sample => self.once(&mut head.sample, span, span, "样例", "`sample`"),
            Rule::private => head.private = true,
            Rule::delegated => {
                let by = self.delegated(pair);
                self.once(&mut head.delegated, by, span, "由…规定", "`local`");
            }
            Rule::literal_range => {
                let range = self.literal_range(pair)?;
                self.once(&mut head.range, range, span, "范围", "the range");
            }
            _ => {}
        }
        Some(())
    }

    /// Fills `slot`, or notes that it was filled before.
    pub(super) fn once<T>(
        &mut self,
        slot: &mut Option<T>,
        value: T,
        span: Span,
        zh: &str,
        en: &str,
    ) {
        if slot.is_some() {
            let what = Bilingual::new(zh, en);
            self.errors.push(SyntaxError::Duplicate { span, first: None, what });
        } else {
            *slot = Some(value);
        }
    }

    pub(super) fn authorization(&mut self, pair: Pair<'_>) -> Option<Authorization> {
        let span = self.span(&pair);
        let mut level = None;
        let mut and_up = false;
        let mut acts = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_and_up => and_up = true,
                Rule::name | Rule::level_word if level.is_none() => {
                    level = Some(self.reference(&part));
                }
                Rule::name => acts.push(self.reference(&part)),
                _ => {}
            }
        }
        Some(Authorization { level: level?, and_up, acts, span })
    }

    /// `由地方规定`, `由市级以上规定`, `local`, `left_to city and_up`.
    pub(super) fn delegated(&mut self, pair: Pair<'_>) -> Delegation {
        let span = self.span(&pair);
        let mut level: Option<Reference> = None;
        let mut and_up = false;
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_and_up => and_up = true,
                Rule::name if level.is_none() => level = Some(self.reference(&part)),
                _ => {}
            }
        }
        let mut level = level.unwrap_or_else(|| Reference { text: "local".to_owned(), span });
        if let Some(word) = level.text.strip_suffix("规定").filter(|word| !word.is_empty()) {
            level.span = Span { end: level.span.end.saturating_sub(6), ..level.span };
            level.text = word.to_owned();
        }
        Delegation { level, and_up, span }
    }

    pub(super) fn body(&mut self, pair: Pair<'_>) -> Option<Body> {
        let inner = pair.clone().into_inner().next()?;
        let span = self.span(&pair);
        let kind = match inner.as_rule() {
            Rule::formula => {
                let mut parts = inner.into_inner();
                let value = self.expression(parts.next()?)?;
                let steps = parts.map(|step| self.step(step)).collect::<Option<_>>()?;
                BodyKind::Formula(Formula { value, steps })
            }
            Rule::condition_list => BodyKind::Conditions(self.condition_list(inner)?),
            Rule::choice_list => BodyKind::Choices(self.choice_list(inner)?),
            _ => return None,
        };
        Some(Body { kind, span })
    }

    /// A `step`, or the floor, cap or rounding in it.
    fn step(&mut self, pair: Pair<'_>) -> Option<Step> {
        let pair = if pair.as_rule() == Rule::step { pair.into_inner().next()? } else { pair };
        let span = self.span(&pair);
        let token = pair.as_rule();
        let kind = match token {
            Rule::floor | Rule::cap => {
                let sum = pair.into_inner().find(|part| part.as_rule() == Rule::sum)?;
                let value = self.expression(sum)?;
                if token == Rule::floor { StepKind::Floor(value) } else { StepKind::Cap(value) }
            }
            Rule::round => {
                let mut parts = pair.into_inner();
                let mode = round_mode(parts.next()?.as_str().trim_end())?;
                let grain = self.atom(&parts.next_back()?)?;
                StepKind::Round { mode, grain }
            }
            Rule::no_rounding => StepKind::NoRounding,
            _ => return None,
        };
        Some(Step { kind, span })
    }

    /// A list of conditions at any of the three levels.
    pub(super) fn condition_list(&mut self, pair: Pair<'_>) -> Option<ConditionList> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let combinator = self.combinator(parts.next()?)?;
        let items = parts.map(|item| self.condition_item(item)).collect::<Option<_>>()?;
        Some(ConditionList { combinator, items, span })
    }

    fn combinator(&mut self, pair: Pair<'_>) -> Option<Combinator> {
        let inner = pair.into_inner().next()?;
        match inner.as_rule() {
            Rule::all_of => Some(Combinator::All),
            Rule::any_of => Some(Combinator::Any),
            _ => {
                let span = self.span(&inner);
                let is_count =
                    |part: &Pair<'_>| matches!(part.as_rule(), Rule::count | Rule::number_literal);
                let count = inner.into_inner().find(is_count)?;
                let Some(least) = small_number(count.as_str()) else {
                    self.errors.push(SyntaxError::NumberTooLong { span });
                    return None;
                };
                Some(Combinator::AtLeast(least))
            }
        }
    }

    fn condition_item(&mut self, pair: Pair<'_>) -> Option<ConditionItem> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let enumerator = self.words(&parts.next()?);
        let mut label = None;
        let mut body = None;
        let mut citations = Vec::new();
        for part in parts {
            match part.as_rule() {
                Rule::label => label = Some(self.words(&part)),
                Rule::citation => citations.push(self.citation(part)),
                Rule::expression => body = Some(ConditionBody::Expr(self.expression(part)?)),
                Rule::nested_list_one | Rule::nested_list_two => {
                    body = Some(ConditionBody::List(self.condition_list(part)?));
                }
                _ => {}
            }
        }
        Some(ConditionItem { enumerator, label, body: body?, citations, span })
    }

    fn choice_list(&mut self, pair: Pair<'_>) -> Option<ChoiceList> {
        let span = self.span(&pair);
        let mut list = ChoiceList { items: Vec::new(), otherwise: None, each: Vec::new(), span };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::choice_one | Rule::choice_two => {
                    let item = self.choice_item(part)?;
                    list.items.push(item);
                }
                Rule::otherwise => {
                    let span = self.span(&part);
                    let (value, citations) = self.otherwise(part)?;
                    if let Some(item) = list.items.last_mut() {
                        item.citations.extend(citations);
                    }
                    self.once(&mut list.otherwise, value, span, "均不符合的", "`otherwise`");
                }
                Rule::each_step => list.each.push(self.each_step(part)?),
                _ => {}
            }
        }
        Some(list)
    }

    fn each_step(&mut self, pair: Pair<'_>) -> Option<EachStep> {
        let span = self.span(&pair);
        let mut found = None;
        let mut citations = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::citation => citations.push(self.citation(part)),
                Rule::en_each | Rule::en_stop => {}
                _ => found = Some(self.step(part)?),
            }
        }
        Some(EachStep { step: found?, citations, span })
    }

    fn otherwise(&mut self, pair: Pair<'_>) -> Option<(Formula, Vec<Citation>)> {
        let mut value = None;
        let mut steps = Vec::new();
        let mut citations = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::expression => value = Some(self.expression(part)?),
                Rule::step => steps.push(self.step(part)?),
                Rule::citation => citations.push(self.citation(part)),
                _ => {}
            }
        }
        Some((Formula { value: value?, steps }, citations))
    }

    fn choice_item(&mut self, pair: Pair<'_>) -> Option<ChoiceItem> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let enumerator = self.words(&parts.next()?);
        let mut label = None;
        let mut choice = None;
        let mut steps = Vec::new();
        let mut citations = Vec::new();
        for part in parts {
            match part.as_rule() {
                Rule::label => label = Some(self.words(&part)),
                Rule::choice => choice = Some(self.choice(part)?),
                Rule::step => steps.push(self.step(part)?),
                Rule::citation => citations.push(self.citation(part)),
                _ => {}
            }
        }
        let (condition, value) = choice?;
        let value = Formula { value, steps };
        Some(ChoiceItem { enumerator, label, condition, value, citations, span })
    }

    /// The condition, if there is one, and the value.
    fn choice(&mut self, pair: Pair<'_>) -> Option<(Option<Expr>, Expr)> {
        let mut parts = pair.into_inner().filter(|part| part.as_rule() == Rule::expression);
        let first = self.expression(parts.next()?)?;
        match parts.next() {
            Some(value) => Some((Some(first), self.expression(value)?)),
            None => Some((None, first)),
        }
    }

    pub(super) fn exception(&mut self, pair: Pair<'_>) -> Option<Exception> {
        let span = self.span(&pair);
        let mut label = None;
        let mut target = None;
        let mut choice = None;
        let mut steps = Vec::new();
        let mut beats = Vec::new();
        let mut in_force = None;
        let mut citations = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::exception_label => label = Some(self.exception_label(part)?),
                Rule::exception_target | Rule::exception_to => {
                    let span = self.span(&part);
                    let name = self.exception_label(part.into_inner().next_back()?)?;
                    self.once(&mut target, name, span, "所针对的例外", "`exception_to`");
                }
                Rule::choice => choice = Some(self.choice(part)?),
                Rule::step => steps.push(self.step(part)?),
                Rule::citation => citations.push(self.citation(part)),
                Rule::beats => {
                    for label in part.into_inner() {
                        if label.as_rule() == Rule::exception_label {
                            beats.push(self.exception_label(label)?);
                        }
                    }
                }
                Rule::in_force_inline => {
                    let span = self.span(&part);
                    let period = self.period(part.into_inner().next_back()?)?;
                    self.once(&mut in_force, period, span, "施行期间", "`in_force`");
                }
                _ => {}
            }
        }
        let (condition, value) = choice?;
        let value = Formula { value, steps };
        Some(Exception { label, target, condition, value, beats, in_force, citations, span })
    }

    fn exception_label(&mut self, pair: Pair<'_>) -> Option<Text> {
        Some(self.words(&pair.into_inner().next()?))
    }
}

fn combine_word(text: &str) -> Option<Combine> {
    Some(match text {
        "唯一" | "unique" => Combine::Unique,
        "就高" | "highest" => Combine::Highest,
        "就低" | "lowest" => Combine::Lowest,
        "累加" | "total" => Combine::Total,
        "首个" | "first" => Combine::First,
        _ => return None,
    })
}

fn round_mode(text: &str) -> Option<Rounding> {
    Some(match text {
        "向上取整" | "round_up" => Rounding::Up,
        "向下取整" | "round_down" => Rounding::Down,
        "四舍五入" | "round_half_up" => Rounding::HalfUp,
        "四舍六入五成双" | "round_half_even" => Rounding::HalfEven,
        _ => return None,
    })
}
