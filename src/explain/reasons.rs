//! Why a condition came out as it did, in one line: the sentences of the parts that carried it.

use super::graph::{Index, Part};
use super::view::{ConditionView, DefinitionView, DefinitionViewKind, Role};
use super::words::{self, say};
use crate::diagnostic::Language;

/// How many rules deep the reasons of one line go.
const MOST_LEVELS: u32 = 6;

/// The sentences that one line holds.
const MOST_SENTENCES: usize = 8;

/// One line for each condition: its label, and what carried it. A lone condition that names a rule
/// is told by the conditions of that rule. Equal lines stand once.
///
/// `（一）收入条件：人均月收入 2,000元，比低保标准（1,201元）高出 799元`,
/// `（一）边缘家庭重度残疾人：所在家庭的低保边缘：不符合；重度残疾：否（残疾等级：无）`.
pub(crate) fn reasons(
    conditions: &[ConditionView],
    index: &Index<'_>,
    language: Language,
) -> Vec<String> {
    let teller = Teller { index, language };
    let mut lines: Vec<String> = Vec::new();
    let mut told = conditions;
    let mut levels = MOST_LEVELS;
    while let [only] = told
        && levels > 0
        && only.label.is_empty()
        && let Some(rule) = teller.rule(only)
    {
        told = &rule.conditions;
        levels -= 1;
    }
    for condition in told.iter().filter(|condition| condition.decisive) {
        let line = teller.line(condition, levels);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

struct Teller<'i, 'a> {
    index: &'i Index<'a>,
    language: Language,
}

impl<'a> Teller<'_, 'a> {
    /// The rule that a condition names, where its conditions say more.
    fn rule(&self, condition: &ConditionView) -> Option<&'a DefinitionView> {
        match self.index.get(condition.names.as_deref()?) {
            Some(Part::Definition(rule))
                if rule.kind == DefinitionViewKind::Rule && !rule.conditions.is_empty() =>
            {
                Some(rule)
            }
            _ => None,
        }
    }

    fn line(&self, condition: &ConditionView, levels: u32) -> String {
        let mut sentences = Vec::new();
        match self.rule(condition).filter(|_| condition.children.is_empty()) {
            // The label says what the rule is about.
            Some(rule) if !condition.label.is_empty() => {
                self.sentences(&rule.conditions, levels.saturating_sub(1), &mut sentences);
            }
            _ => self.sentence(condition, levels, &mut sentences),
        }
        let text = self.joined(sentences);
        if condition.label.is_empty() && condition.number.is_empty() {
            return text;
        }
        let colon = say(self.language, "：", ": ");
        if !condition.label.is_empty() && text.starts_with(&format!("{}{colon}", condition.label)) {
            // A label that is what its sentence is about says it once.
            return format!("{}{text}", condition.number);
        }
        let name = words::condition_name(condition, self.language);
        format!("{name}{colon}{text}")
    }

    fn joined(&self, mut sentences: Vec<String>) -> String {
        let hidden = sentences.len().saturating_sub(MOST_SENTENCES);
        sentences.truncate(MOST_SENTENCES);
        let mut text = sentences.join(say(self.language, "；", "; "));
        if hidden > 0 {
            text.push_str(&match self.language {
                Language::Zh => format!("；另有{hidden}项"),
                Language::En => format!("; {hidden} more"),
            });
        }
        text
    }

    /// The sentences of the parts that mattered, each once.
    fn sentences(&self, conditions: &[ConditionView], levels: u32, told: &mut Vec<String>) {
        for condition in conditions.iter().filter(|condition| condition.decisive) {
            self.part(condition, levels, told);
        }
    }

    /// A part of several: of a member it says whose, and an age says what it is about by its label
    /// alone, 老年人：46周岁，差13年8个月满60周岁.
    fn part(&self, condition: &ConditionView, levels: u32, told: &mut Vec<String>) {
        let margin = condition.margin.as_ref().filter(|_| condition.children.is_empty());
        let is_age = margin.is_some_and(|margin| margin.on.is_some() && margin.unit == "岁");
        let is_lone_member = condition.role == Role::Member && condition.children.is_empty();
        if condition.label.is_empty() || !(is_age || is_lone_member) {
            return self.sentence(condition, levels, told);
        }
        let mut inner = Vec::new();
        self.sentence(condition, levels, &mut inner);
        self.labelled(condition, inner, told);
    }

    /// `甲：在业：否`
    fn labelled(&self, condition: &ConditionView, inner: Vec<String>, told: &mut Vec<String>) {
        let text = self.joined(inner);
        add(told, format!("{}{}{text}", condition.label, say(self.language, "：", ": ")));
    }

    fn sentence(&self, condition: &ConditionView, levels: u32, told: &mut Vec<String>) {
        if !condition.children.is_empty() {
            let mut inner = Vec::new();
            self.sentences(&condition.children, levels, &mut inner);
            if condition.role == Role::Member {
                self.labelled(condition, inner, told);
            } else {
                inner.into_iter().for_each(|text| add(told, text));
            }
            return;
        }
        let mut text = match (condition.sentence.is_empty(), condition.text.is_empty()) {
            (false, _) => condition.sentence.clone(),
            (true, false) => condition.text.clone(),
            (true, true) => words::held(condition.held, self.language).to_owned(),
        };
        if levels > 0
            && let Some(rule) = self.rule(condition)
        {
            let mut inner = Vec::new();
            self.leaves(&rule.conditions, levels.saturating_sub(1), &mut inner);
            inner.retain(|sentence| *sentence != text);
            if !inner.is_empty() {
                let inside = self.joined(inner);
                text = match self.language {
                    Language::Zh => format!("{text}（{inside}）"),
                    Language::En => format!("{text} ({inside})"),
                };
            }
        }
        add(told, text);
    }

    /// What a rule came down to: the facts and comparisons at the end of it.
    fn leaves(&self, conditions: &[ConditionView], levels: u32, told: &mut Vec<String>) {
        for condition in conditions.iter().filter(|condition| condition.decisive) {
            if condition.role == Role::Member && !condition.children.is_empty() {
                let mut inner = Vec::new();
                self.leaves(&condition.children, levels, &mut inner);
                self.labelled(condition, inner, told);
            } else if !condition.children.is_empty() {
                self.leaves(&condition.children, levels, told);
            } else if let (Some(rule), true) = (self.rule(condition), levels > 0) {
                self.leaves(&rule.conditions, levels.saturating_sub(1), told);
            } else {
                self.part(condition, 0, told);
            }
        }
    }
}

fn add(told: &mut Vec<String>, text: String) {
    if !told.contains(&text) {
        told.push(text);
    }
}
