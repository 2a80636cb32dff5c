//! A difference as a paper: a page that prints on A4, for the file or for the family.

use super::view::{AmountDifference, CauseView, DecisionDifference, Difference, Words};
use super::words::{self, say};
use crate::diagnostic::Language;
use crate::explain::paper::{Block, Paper};

/// The difference in `language`.
#[must_use]
pub fn paper(difference: &Difference, language: Language) -> Paper {
    let mut writer = Writer { language, causes: &difference.causes, blocks: Vec::new() };
    writer.head(difference);
    for subject in &difference.subjects {
        for decision in &subject.decisions {
            let name = words::name(&decision.name, decision.alias.as_deref(), language);
            let subject = words::subject(subject, language);
            writer.blocks.push(Block::Heading(format!("{subject} · {name}")));
            writer.decision(decision);
        }
    }
    for total in &difference.totals {
        writer.blocks.push(Block::Heading(say(language, "合计", "Total").to_owned()));
        writer.amount(total, None);
    }
    writer.end(difference);
    Paper { blocks: writer.blocks }
}

struct Writer<'a> {
    language: Language,
    causes: &'a [CauseView],
    blocks: Vec<Block>,
}

impl Writer<'_> {
    fn say(&self, zh: &str, en: &str) -> String {
        say(self.language, zh, en).to_owned()
    }

    fn head(&mut self, difference: &Difference) {
        let language = self.language;
        let name = difference.after.title.as_ref().unwrap_or(&difference.after.policy);
        self.blocks.push(Block::Title(match language {
            Language::Zh => format!("{name}：变化说明"),
            Language::En => format!("What changed: {name}"),
        }));
        for (view, zh, en) in [
            (&difference.before, "变化前：", "Before: "),
            (&difference.after, "变化后：", "After: "),
        ] {
            let lead = self.say(zh, en);
            let text = words::situation(view, language);
            self.blocks.push(Block::Flush(format!("{lead}{text}")));
        }
    }

    fn decision(&mut self, decision: &DecisionDifference) {
        let language = self.language;
        let lead = self.say("结论：", "Result: ");
        let text = words::outcomes(decision, language);
        self.blocks.push(Block::Flush(format!("{lead}{text}")));
        self.blocks.extend(words::open_points(decision, language).into_iter().map(Block::Item));
        let decisive = words::decisive(decision, self.causes, language);
        if !decisive.is_empty() {
            let lead = self.say("使结论改变的：", "What turned it: ");
            self.blocks.push(Block::Item(format!("{lead}{decisive}")));
        }
        for amount in &decision.payments {
            self.amount(amount, Some(&decision.rules));
        }
        let untold = words::untold(decision, self.causes, language);
        if !untold.is_empty() {
            self.blocks.push(Block::Flush(self.say("有关的变化：", "What differs:")));
            self.blocks.extend(untold.into_iter().map(Block::Item));
        }
    }

    /// A sentence, and a table of the parts with their sum; a total names the causes, which the
    /// amounts before it have described.
    fn amount(&mut self, amount: &AmountDifference, rules: Option<&[Words]>) {
        let language = self.language;
        let colon = self.say("：", ": ");
        let (name, change) = (words::amount(amount, language), words::change(amount, language));
        self.blocks.push(Block::Flush(format!("{name}{colon}{change}")));
        let unit = amount.unit.get(language);
        if let (Some(change), false) = (&amount.change, amount.parts.is_empty()) {
            let head = match language {
                Language::Zh => ["变化", "原因", "依据"],
                Language::En => ["Change", "Cause", "Source"],
            };
            let join = say(language, "；", "; ");
            let mut rows = Vec::new();
            for part in &amount.parts {
                let names = match rules {
                    None => words::part_short(part, self.causes, language),
                    Some(rules) => words::part_names(part, self.causes, rules, language).join(join),
                };
                let of = |id: &String| self.causes.iter().find(|cause| cause.id == *id);
                let sources: Vec<String> = part
                    .causes
                    .iter()
                    .filter_map(of)
                    .map(|cause| words::source(cause, language))
                    .filter(|source| !source.is_empty())
                    .collect();
                let shown = words::signed(&part.shown, unit, language);
                rows.push(vec![shown, names, sources.join(join)]);
            }
            let sum = words::signed(change, unit, language);
            rows.push(vec![sum, self.say("合计", "sum"), String::new()]);
            let mut head = head.map(str::to_owned).to_vec();
            let has_sources = rows.iter().any(|row| row.last().is_some_and(|it| !it.is_empty()));
            if !has_sources || rules.is_none() {
                head.truncate(2);
                rows.iter_mut().for_each(|row| row.truncate(2));
            }
            self.blocks.push(Block::Table(head, rows));
        }
        if !amount.remark.is_empty() {
            self.blocks.push(Block::Flush(amount.remark.get(language).to_owned()));
        }
    }

    fn end(&mut self, difference: &Difference) {
        if difference.subjects.is_empty() {
            self.blocks.push(Block::Flush(self.say(
                "两种情形下都没有给付，结论也没有变化。",
                "Nothing is paid in either situation, and no result changed.",
            )));
        }
        let idle = words::idle(difference, self.language);
        if !idle.is_empty() {
            let heading = self.say("没有影响的变化", "Changes that make no difference");
            self.blocks.push(Block::Heading(heading));
            self.blocks.extend(idle.into_iter().map(Block::Item));
        }
        if let Some(method) = words::method(difference, self.language) {
            self.blocks.push(Block::Flush(method.to_owned()));
        }
    }
}
