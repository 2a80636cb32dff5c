//! What an explanation shows, in which order, and what it folds. The same for every form; a form
//! only draws it.

use std::collections::BTreeSet;

use super::graph::{Index, Part, Reached};
use super::view::{
    ConditionView, DecisionView, DefinitionView, DefinitionViewKind, Explanation, FactStatus,
    FactView, Held, OutcomeView, ParameterView, SubjectView,
};
use super::words;

/// Longer lists are folded.
const MOST_SHOWN: usize = 12;

/// How much is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// So many levels of reasons: 0 the outcomes, 1 the conditions, 2 the rules that they name, …;
    /// all that matters where not said.
    pub depth: Option<u32>,
    /// Nothing is folded.
    pub full: bool,
}

/// An explanation laid out.
#[derive(Debug)]
pub(super) struct Outline<'a> {
    pub(super) sections: Vec<Section<'a>>,
    /// Decisions that do not apply, while another does: their reasons alone are told.
    pub(super) refused: Vec<(&'a SubjectView, &'a DecisionView)>,
    pub(super) parameters: Vec<&'a ParameterView>,
    pub(super) facts: Folded<'a, FactView>,
    /// Facts for which a default was applied; told among the notes.
    pub(super) defaults: usize,
    /// Defaults that were applied, `甲.服刑=否`.
    pub(super) assumed: Vec<String>,
    /// Made-up values that something rests on.
    pub(super) unverified: Vec<String>,
}

/// One decision.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub(super) subject: &'a SubjectView,
    pub(super) decision: &'a DecisionView,
    pub(super) reasons: Vec<Reason<'a>>,
    pub(super) rules: Rules<'a>,
}

/// The rules behind a decision, or behind a part of one.
#[derive(Debug, Default)]
pub(super) struct Rules<'a> {
    pub(super) shown: Folded<'a, DefinitionView>,
    /// Rules that were told further up.
    pub(super) above: Vec<&'a DefinitionView>,
}

/// The first of a list, and how many were left out.
#[derive(Debug)]
pub(super) struct Folded<'a, T> {
    pub(super) shown: Vec<&'a T>,
    pub(super) hidden: usize,
}

impl<T> Default for Folded<'_, T> {
    fn default() -> Self {
        Self { shown: Vec::new(), hidden: 0 }
    }
}

/// A condition, and what it is made of.
#[derive(Debug)]
pub(super) struct Reason<'a> {
    pub(super) condition: &'a ConditionView,
    /// The rule whose conditions stand below it.
    pub(super) rule: Option<&'a DefinitionView>,
    /// Whether that rule was told further up.
    pub(super) above: bool,
    pub(super) parts: Vec<Reason<'a>>,
    /// Parts that are left out because nothing came of them.
    pub(super) hidden: usize,
}

impl<'a> Outline<'a> {
    pub(super) fn new(explanation: &'a Explanation, index: &Index<'a>, detail: Detail) -> Self {
        let mut outliner = Outliner::new(index, detail);
        let mut refused = Vec::new();
        let mut told = Vec::new();
        for (at, subject) in explanation.subjects.iter().enumerate() {
            for decision in &subject.decisions {
                let is_refused = decision.outcome == OutcomeView::NotEntitled;
                let brief = at > 0 || any_not_refused(explanation);
                if !detail.full && is_refused && brief {
                    refused.push((subject, decision));
                } else {
                    told.push((subject, decision));
                }
            }
        }
        let mut sections = Vec::new();
        let (mut assumed, mut unverified) = (Vec::new(), Vec::new());
        for (subject, decision) in told {
            add(&mut assumed, &decision.assumed);
            add(&mut unverified, &decision.unverified);
            sections.push(outliner.section(subject, decision));
        }
        let uses = sections.iter().flat_map(|section| &section.decision.uses);
        let reached = index.reach(uses, true);
        let (facts, defaults) = outliner.facts(reached.facts);
        Self {
            sections,
            refused,
            parameters: outliner.parameters(reached.parameters),
            facts,
            defaults,
            assumed,
            unverified,
        }
    }
}

/// One node laid out, with what it rests on.
#[derive(Debug)]
pub(super) struct PartOutline<'a> {
    pub(super) part: Part<'a>,
    /// The node where it is a condition, or the conditions of a decision, rule, item.
    pub(super) reasons: Vec<Reason<'a>>,
    pub(super) rules: Rules<'a>,
    pub(super) parameters: Vec<&'a ParameterView>,
    pub(super) facts: Folded<'a, FactView>,
    pub(super) defaults: usize,
}

impl<'a> PartOutline<'a> {
    pub(super) fn new(part: Part<'a>, index: &Index<'a>, detail: Detail) -> Self {
        let mut outliner = Outliner::new(index, detail);
        let conditions: &'a [ConditionView] = match part {
            Part::Decision(decision) => &decision.conditions,
            Part::Condition(condition) => std::slice::from_ref(condition),
            Part::Definition(definition) => {
                outliner.told.insert(&definition.id);
                &definition.conditions
            }
            Part::Item(item) | Part::Exception(item) => item.condition.as_slice(),
            Part::Payment(_) | Part::Step(_) | Part::Parameter(_) | Part::Fact(_) => &[],
        };
        let levels = outliner.levels();
        let reasons = conditions.iter().map(|one| outliner.reason(one, true, levels)).collect();
        let reached = index.reach(part.uses(), matches!(part, Part::Decision(_)));
        let Reached { definitions, parameters, facts } = reached;
        let rules = outliner.rules(definitions);
        let (facts, defaults) = outliner.facts(facts);
        let parameters = outliner.parameters(parameters);
        Self { part, reasons, rules, parameters, facts, defaults }
    }
}

fn any_not_refused(explanation: &Explanation) -> bool {
    let mut decisions = explanation.subjects.iter().flat_map(|subject| &subject.decisions);
    decisions.any(|decision| decision.outcome != OutcomeView::NotEntitled)
}

fn add(list: &mut Vec<String>, more: &[String]) {
    for text in more {
        if !list.contains(text) {
            list.push(text.clone());
        }
    }
}

struct Outliner<'a, 'i> {
    index: &'i Index<'a>,
    detail: Detail,
    /// Rules that have been told.
    told: BTreeSet<&'a str>,
}

impl<'a, 'i> Outliner<'a, 'i> {
    fn new(index: &'i Index<'a>, detail: Detail) -> Self {
        Self { index, detail, told: BTreeSet::new() }
    }

    /// How many rules deep conditions are unfolded.
    fn levels(&self) -> u32 {
        match (self.detail.full, self.detail.depth) {
            (true, _) | (false, None) => u32::MAX,
            (false, Some(depth)) => depth.saturating_sub(1),
        }
    }

    fn shows_nothing_but_outcomes(&self) -> bool {
        !self.detail.full && self.detail.depth == Some(0)
    }

    fn section(&mut self, subject: &'a SubjectView, decision: &'a DecisionView) -> Section<'a> {
        if self.shows_nothing_but_outcomes() {
            return Section { subject, decision, reasons: Vec::new(), rules: Rules::default() };
        }
        let levels = self.levels();
        // Every item that the law lists is named, also those that changed nothing.
        let mut reasons: Vec<Reason<'a>> = decision
            .conditions
            .iter()
            .map(|condition| self.reason(condition, condition.decisive, levels))
            .collect();
        if decision.outcome != OutcomeView::Entitled {
            reasons.sort_by_key(|reason| words::urgency(reason.condition.held));
        }
        let reached = self.index.reach(&decision.uses, false);
        let rules = self.rules(reached.definitions);
        Section { subject, decision, reasons, rules }
    }

    fn reason(&mut self, condition: &'a ConditionView, matters: bool, levels: u32) -> Reason<'a> {
        let mut reason =
            Reason { condition, rule: None, above: false, parts: Vec::new(), hidden: 0 };
        if !matters && !self.detail.full {
            return reason;
        }
        self.add_parts(&mut reason, &condition.children, levels);
        if let Some(Part::Definition(rule)) =
            condition.names.as_deref().and_then(|id| self.index.get(id))
            && tells_more(rule)
        {
            if self.told.contains(rule.id.as_str()) {
                reason.above = true;
            } else if levels == 0 {
                reason.hidden += rule.conditions.len();
            } else {
                self.told.insert(&rule.id);
                reason.rule = Some(rule);
                self.add_parts(&mut reason, &rule.conditions, levels.saturating_sub(1));
            }
        }
        reason
    }

    fn add_parts(&mut self, reason: &mut Reason<'a>, parts: &'a [ConditionView], levels: u32) {
        for part in parts {
            if part.decisive || self.detail.full {
                let part = self.reason(part, true, levels);
                reason.parts.push(part);
            } else {
                reason.hidden += 1;
            }
        }
    }

    fn rules(&mut self, reached: Vec<(&'a DefinitionView, u32)>) -> Rules<'a> {
        let mut rules = Rules::default();
        let levels = self.levels();
        for (rule, distance) in reached {
            let is_shown = self.detail.full || !is_nothing(rule);
            if self.told.contains(rule.id.as_str()) {
                if is_shown && rule.conditions.is_empty() && distance == 1 {
                    rules.above.push(rule);
                }
            } else if !is_shown || distance > levels || self.is_full(&rules.shown) {
                rules.shown.hidden += 1;
            } else {
                self.told.insert(&rule.id);
                rules.shown.shown.push(rule);
            }
        }
        rules
    }

    fn is_full<T>(&self, list: &Folded<'a, T>) -> bool {
        !self.detail.full && list.shown.len() >= MOST_SHOWN
    }

    fn parameters(&self, reached: Vec<&'a ParameterView>) -> Vec<&'a ParameterView> {
        if self.shows_nothing_but_outcomes() { Vec::new() } else { reached }
    }

    /// The facts, and for how many others a default was applied.
    fn facts(&self, reached: Vec<&'a FactView>) -> (Folded<'a, FactView>, usize) {
        let mut facts = Folded::default();
        let mut defaults = 0;
        if self.shows_nothing_but_outcomes() {
            return (facts, defaults);
        }
        for fact in reached {
            if fact.status == FactStatus::Assumed && !self.detail.full {
                defaults += 1;
            } else if self.is_full(&facts) {
                facts.hidden += 1;
            } else {
                facts.shown.push(fact);
            }
        }
        (facts, defaults)
    }
}

/// A rule that came to zero carried nothing into the result, unless an exception made it so; a
/// condition that mattered is told among the conditions.
pub(super) fn is_nothing(rule: &DefinitionView) -> bool {
    let applied =
        |items: &[super::view::ItemView]| items.iter().any(|item| item.applied == Held::Yes);
    rule.kind == DefinitionViewKind::Decision
        || !rule.conditions.is_empty()
        || rule.value.value == "0" && !applied(&rule.exceptions)
}

/// Whether the conditions of a rule say more than that it holds.
fn tells_more(rule: &DefinitionView) -> bool {
    let is_rule = rule.kind != DefinitionViewKind::Payment;
    is_rule && !rule.conditions.is_empty()
}
