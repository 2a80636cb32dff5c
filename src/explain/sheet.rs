//! The calculation sheet 计算表: how each amount was worked out, step by step in the order in which
//! somebody would check it by hand, for the file.

use std::collections::BTreeSet;

use super::graph::{Index, Part};
use super::outline::is_nothing;
use super::paper::{Block, Paper};
use super::view::{
    DecisionView, DefinitionView, Explanation, FactStatus, FactView, OutcomeView, ParameterView,
    PaymentView, SourceView, SubjectView,
};
use super::words;
use super::words::say;
use crate::diagnostic::Language;

/// The sheet of the decisions with these ids, in that order.
#[must_use]
pub fn sheet(explanation: &Explanation, ids: &[&str], language: Language) -> Paper {
    let index = Index::new(explanation);
    let mut sheet = Sheet { language, index: &index, blocks: Vec::new() };
    sheet.head(explanation);
    let mut used: Vec<&String> = Vec::new();
    for subject in &explanation.subjects {
        for decision in &subject.decisions {
            if ids.contains(&decision.id.as_str()) {
                sheet.decision(subject, decision);
                used.extend(&decision.uses);
            }
        }
    }
    let reached = index.reach(used, true);
    sheet.parameters(&reached.parameters);
    sheet.facts(&reached.facts);
    sheet.foot();
    Paper { blocks: sheet.blocks }
}

/// The sheet as JSON: what was asked, the decisions by their ids, and the blocks of the paper.
#[must_use]
pub fn json(explanation: &Explanation, ids: &[&str], paper: &Paper) -> String {
    let document = serde_json::json!({
        "policy": explanation.policy.name,
        "period": explanation.period.to_string(),
        "as_of": explanation.as_of.to_string(),
        "known_on": explanation.known_on.map(|day| day.to_string()),
        "decisions": ids,
        "sheet": paper.data(),
    });
    // INVARIANT: a tree of texts and lists always serialises.
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

struct Sheet<'i, 'a> {
    language: Language,
    index: &'i Index<'a>,
    blocks: Vec<Block>,
}

impl<'a> Sheet<'_, 'a> {
    fn say<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        say(self.language, zh, en)
    }

    fn head(&mut self, explanation: &Explanation) {
        let policy = &explanation.policy;
        let name = policy.title.as_ref().unwrap_or(&policy.name);
        self.blocks.push(Block::Title(match self.language {
            Language::Zh => format!("{name}计算表"),
            Language::En => format!("Calculation sheet: {name}"),
        }));
        let mut about = match self.language {
            Language::Zh => format!(
                "政策：{}　所属期：{}　评估日：{}",
                policy.name,
                explanation.period.zh(),
                explanation.as_of.zh()
            ),
            Language::En => format!(
                "Policy: {}. Month decided: {}. Assessed as of: {}.",
                policy.name, explanation.period, explanation.as_of
            ),
        };
        if let Some(day) = explanation.known_on {
            about.push_str(&match self.language {
                Language::Zh => format!("　知悉日：{}", day.zh()),
                Language::En => format!(" As known on: {day}."),
            });
        }
        self.blocks.push(Block::Middle(about));
    }

    fn decision(&mut self, subject: &SubjectView, decision: &'a DecisionView) {
        let language = self.language;
        let name = words::name(&decision.name, decision.alias.as_deref(), language);
        let outcome = words::outcome(&decision.outcome, language);
        let colon = self.say("：", ": ");
        let heading = format!("{} · {name}{colon}{outcome}", words::subject(subject, language));
        self.blocks.push(Block::Heading(heading));
        if let OutcomeView::Failed(error) = &decision.outcome {
            self.blocks.push(Block::Warning(self.say(&error.zh, &error.en).to_owned()));
        }
        for (list, zh, en) in [
            (&decision.unverified, "用到样例数值，不能据以发放：", "Rests on made-up values: "),
            (&decision.missing, "还需了解：", "Still to be asked: "),
            (&decision.blocked, "政策数值待查：", "Values of law still to be found: "),
            (&decision.discretion, "须由有权机关决定：", "Waits for the decision of: "),
        ] {
            if !list.is_empty() {
                let text = list.join(self.say("、", ", "));
                self.blocks.push(Block::Warning(format!("{}{text}", self.say(zh, en))));
            }
        }
        let (rules, hidden) = self.rules(decision);
        let mut rows: Vec<Vec<String>> = Vec::new();
        for rule in rules {
            let text = words::formula(&rule.text).to_owned();
            let value = words::value(&rule.value, language);
            self.row(&mut rows, &rule.name, [&text, &rule.filled, value], &rule.source);
        }
        for condition in &decision.conditions {
            let name = words::condition_name(condition, language);
            let held = words::held(condition.held, language);
            let cells = [condition.text.as_str(), &condition.sentence, held];
            self.row(&mut rows, &name, cells, &condition.source);
        }
        for payment in &decision.payments {
            self.payment(&mut rows, payment);
        }
        let head = match language {
            Language::Zh => ["序号", "项目", "算法", "代入", "结果", "依据"],
            Language::En => ["No.", "Item", "Formula", "Numbers", "Result", "Source"],
        };
        self.table(&head, rows);
        if hidden > 0 {
            self.blocks.push(Block::Flush(match language {
                Language::Zh => format!("另有 {hidden} 项的值为0或只是条件，没有列出。"),
                Language::En => {
                    format!("{hidden} more are 0 or are conditions and are not listed.")
                }
            }));
        }
    }

    fn payment(&self, rows: &mut Vec<Vec<String>>, payment: &PaymentView) {
        let language = self.language;
        let name = words::name(&payment.name, payment.alias.as_deref(), language);
        let text = words::formula(&payment.text).to_owned();
        // Roundings come between the formula and what is paid, each on a line.
        let first = payment.steps.first().map_or(&payment.amount, |step| &step.before);
        let value = words::value(first, language);
        self.row(rows, &name, [&text, &payment.filled, value], &payment.source);
        for item in payment.items.iter().chain(&payment.exceptions) {
            let name = format!("{}{}", item.number, item.label);
            let held = words::applied(item.applied, language);
            let text = item.condition.as_ref().map_or("", |condition| &condition.sentence);
            self.row(rows, &name, [text, &item.filled, held], &item.source);
        }
        for step in &payment.steps {
            let (zh, en) = words::step_kind(step);
            let (before, after) =
                (words::value(&step.before, language), words::value(&step.after, language));
            self.row(rows, self.say(zh, en), [&step.text, before, after], &step.source);
        }
        for term in &payment.terms {
            let name = words::term_name(term, language);
            let text = words::term(term, language);
            self.row(rows, name, ["", &text, ""], &term.source);
        }
    }

    fn row(
        &self,
        rows: &mut Vec<Vec<String>>,
        name: &str,
        [text, filled, value]: [&str; 3],
        source: &SourceView,
    ) {
        let filled = words::formula(filled);
        let filled = if filled == "？" || filled == text { "" } else { filled };
        rows.push(vec![
            rows.len().saturating_add(1).to_string(),
            name.to_owned(),
            text.to_owned(),
            filled.to_owned(),
            value.to_owned(),
            match source.citations.as_slice() {
                [] => String::new(),
                _ => words::source(source, self.language),
            },
        ]);
    }

    fn table(&mut self, head: &[&str], rows: Vec<Vec<String>>) {
        if !rows.is_empty() {
            let head = head.iter().map(|text| (*text).to_owned()).collect();
            self.blocks.push(Block::Table(head, rows));
        }
    }

    /// The rules that a decision reads, each after those that it reads itself, and how many others
    /// there are.
    fn rules(&self, decision: &'a DecisionView) -> (Vec<&'a DefinitionView>, usize) {
        let mut ordered = Vec::new();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        // A rule is entered once before what it reads and once after.
        let mut open: Vec<(&'a str, bool)> =
            decision.uses.iter().rev().map(|id| (id.as_str(), false)).collect();
        while let Some((id, is_done)) = open.pop() {
            let Some(Part::Definition(rule)) = self.index.get(id) else { continue };
            if is_done {
                ordered.push(rule);
            } else if seen.insert(&rule.id) {
                open.push((&rule.id, true));
                open.extend(rule.uses.iter().rev().map(|id| (id.as_str(), false)));
            }
        }
        let all = ordered.len();
        ordered.retain(|rule| !is_nothing(rule));
        let hidden = all.saturating_sub(ordered.len());
        (ordered, hidden)
    }

    fn parameters(&mut self, parameters: &[&ParameterView]) {
        if parameters.is_empty() {
            return;
        }
        let language = self.language;
        self.blocks.push(Block::Heading(self.say("所用参数", "Parameters used").to_owned()));
        let head = match language {
            Language::Zh => ["参数", "数值", "施行", "状态", "依据"],
            Language::En => ["Parameter", "Value", "Dates", "Status", "Source"],
        };
        let rows = parameters
            .iter()
            .map(|parameter| {
                vec![
                    parameter.name.clone(),
                    words::value(&parameter.value, language).to_owned(),
                    words::validity(parameter, language),
                    words::parameter_status(parameter, language).to_owned(),
                    words::source(&parameter.source, language),
                ]
            })
            .collect();
        self.table(&head, rows);
    }

    fn facts(&mut self, facts: &[&FactView]) {
        let language = self.language;
        let (assumed, given): (Vec<&FactView>, Vec<&FactView>) =
            facts.iter().partition(|fact| fact.status == FactStatus::Assumed);
        if !given.is_empty() {
            self.blocks.push(Block::Heading(self.say("所用事实", "Facts used").to_owned()));
            let head = match language {
                Language::Zh => ["事实", "值", "说明"],
                Language::En => ["Fact", "Value", "Remark"],
            };
            let row = |fact: &&FactView| {
                let value = words::value(&fact.value, language).to_owned();
                vec![fact.name.clone(), value, words::fact_remark(fact, language).to_owned()]
            };
            let rows = given.iter().map(row).collect();
            self.table(&head, rows);
        }
        if !assumed.is_empty() {
            let list: Vec<String> = assumed
                .iter()
                .map(|fact| format!("{}={}", fact.name, words::value(&fact.value, language)))
                .collect();
            let list = words::by_field(&list, language).join(self.say("；", "; "));
            let word = self.say("未提供，按缺省计，请核实：", "Not given, a default applied: ");
            self.blocks.push(Block::Flush(format!("{word}{list}")));
        }
    }

    fn foot(&mut self) {
        let text = self.say(
            "经办人：＿＿＿＿＿＿　　复核人：＿＿＿＿＿＿　　日期：＿＿＿＿＿＿",
            "Worked out by: ____________  Checked by: ____________  Date: ____________",
        );
        self.blocks.push(Block::Right(text.to_owned()));
    }
}
