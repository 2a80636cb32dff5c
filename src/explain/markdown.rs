//! An explanation as Markdown, for a file note or a letter.

mod escape;

#[cfg(test)]
mod tests;

use self::escape::{cell, inline};
use super::view::{
    ConditionView, DecisionView, DefinitionView, Explanation, ItemView, OutcomeView,
};
use super::words;
use super::words::say;
use crate::diagnostic::Language;

/// The explanation in `language`, nothing folded.
#[must_use]
pub fn render(explanation: &Explanation, language: Language) -> String {
    let mut document = Document { language, out: String::new() };
    document.head(explanation);
    for subject in &explanation.subjects {
        for decision in &subject.decisions {
            let name = words::name(&decision.name, decision.alias.as_deref(), language);
            let title = format!("{} · {name}", words::subject(subject, language));
            document.block(&format!("## {}", inline(&title)));
            document.decision(decision);
        }
    }
    document.out
}

/// `text` on one line, with everything that Markdown would read as markup escaped.
#[must_use]
pub fn escape(text: &str) -> String {
    inline(text)
}

struct Document {
    language: Language,
    out: String,
}

impl Document {
    /// The wording of the document's language.
    fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        say(self.language, zh, en)
    }

    /// A paragraph, heading or table, with an empty line before it.
    fn block(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn section(&mut self, zh: &str, en: &str) {
        let heading = format!("### {}", self.say(zh, en));
        self.block(&heading);
    }

    fn table(&mut self, header: &[&str], rows: &[Vec<String>]) {
        if rows.is_empty() {
            return;
        }
        let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        let mut lines = vec![row(header.iter().map(|text| cell(text)).collect())];
        lines.push(row(header.iter().map(|_| "---".to_owned()).collect()));
        lines.extend(rows.iter().map(|cells| row(cells.iter().map(|text| cell(text)).collect())));
        self.block(&lines.join("\n"));
    }

    fn list(&mut self, items: &[String]) {
        if !items.is_empty() {
            let lines: Vec<_> = items.iter().map(|item| format!("- {item}")).collect();
            self.block(&lines.join("\n"));
        }
    }

    fn head(&mut self, explanation: &Explanation) {
        let policy = &explanation.policy;
        let title = policy.title.as_ref().unwrap_or(&policy.name);
        let title = match (&policy.place, self.language) {
            (None, _) => title.clone(),
            (Some(place), Language::Zh) => format!("{place}：全部待遇"),
            (Some(place), Language::En) => format!("{place}: all benefits"),
        };
        self.block(&format!("# {}", inline(&title)));
        let places: Vec<_> = policy.layers.iter().map(|layer| inline(&layer.place)).collect();
        let (zh, en, layers) = match &policy.place {
            None => ("政策层级", "Layers of law", places.join(" → ")),
            Some(_) => {
                let policies: Vec<_> = policy.policies().into_iter().map(inline).collect();
                ("所用政策", "Policies", policies.join(self.say("、", ", ")))
            }
        };
        let mut facts = match self.language {
            Language::Zh => vec![
                format!("政策：{}", inline(&policy.name)),
                format!("所属期：{}", explanation.period.zh()),
                format!("评估日：{}", explanation.as_of.zh()),
                format!("{zh}：{layers}"),
            ],
            Language::En => vec![
                format!("Policy: {}", inline(&policy.name)),
                format!("Month decided: {}", explanation.period),
                format!("Assessed as of: {}", explanation.as_of),
                format!("{en}: {layers}"),
            ],
        };
        if let Some(day) = explanation.known_on {
            facts.push(match self.language {
                Language::Zh => format!("知悉日：{}", day.zh()),
                Language::En => format!("As known on: {day}"),
            });
        }
        if !explanation.not_in_force.is_empty() {
            let list: Vec<_> = explanation.not_in_force.iter().map(|name| inline(name)).collect();
            let word = self.say("当月没有施行：", "Not in force in the month: ");
            facts.push(format!("{word}{}", list.join(self.say("、", ", "))));
        }
        self.list(&facts);
    }

    fn decision(&mut self, decision: &DecisionView) {
        let language = self.language;
        let outcome = words::outcome(&decision.outcome, language);
        self.block(&format!("**{}{outcome}**", self.say("结论：", "Result: ")));
        if let OutcomeView::Failed(error) = &decision.outcome {
            let text = inline(self.say(&error.zh, &error.en));
            self.list(&[format!("{text} ({}, {})", inline(&error.code), inline(&error.place))]);
        }
        self.payments(decision);
        self.notes(decision);
        if !decision.conditions.is_empty() {
            let (combinator, conditions) = words::top_conditions(&decision.conditions);
            match combinator {
                Some((zh, en)) => {
                    self.section(&format!("条件（{zh}）"), &format!("Conditions ({en})"));
                }
                None => self.section("条件", "Conditions"),
            }
            let mut rows = Vec::new();
            for condition in conditions {
                condition_rows(&mut rows, 0, condition, language);
            }
            let header = match language {
                Language::Zh => ["条件", "结果", "代入", "差额", "依据"],
                Language::En => ["Condition", "Result", "Numbers", "Margin", "Source"],
            };
            self.table(&header, &rows);
        }
        self.definitions(decision);
        self.parameters(decision);
        self.facts(decision);
    }

    fn payments(&mut self, decision: &DecisionView) {
        let language = self.language;
        for payment in &decision.payments {
            let name = words::name(&payment.name, payment.alias.as_deref(), language);
            let amount = words::value(&payment.amount, language);
            self.block(&format!("**{}{}{}**", inline(&name), self.say("：", ": "), inline(amount)));
            let mut lines = self.formula(&payment.text, &payment.filled);
            for step in &payment.steps {
                let before = words::value(&step.before, language);
                let after = words::value(&step.after, language);
                let text = format!("{}{}{before} → {after}", step.text, self.say("：", ": "));
                lines.push(inline(&text));
            }
            lines.extend(self.items(&payment.items));
            lines.extend(self.items(&payment.exceptions));
            for term in &payment.terms {
                let text = words::term(term, language);
                let name = words::term_name(term, language);
                let source = words::source(&term.source, language);
                let text =
                    format!("{name}{}{text}{}{source}", self.say("：", ": "), self.say("。", ". "));
                lines.push(inline(&text));
            }
            let source = words::source(&payment.source, language);
            lines.push(format!("{}{}", self.say("依据：", "Source: "), inline(&source)));
            self.list(&lines);
        }
    }

    fn formula(&self, text: &str, filled: &str) -> Vec<String> {
        let (text, filled) = (words::formula(text), words::formula(filled));
        let mut lines = Vec::new();
        if !text.is_empty() {
            lines.push(format!("{}{}", self.say("公式：", "Formula: "), inline(text)));
        }
        if !filled.is_empty() && filled != text {
            lines.push(format!("{}{}", self.say("代入：", "Numbers: "), inline(filled)));
        }
        lines
    }

    fn items(&self, items: &[ItemView]) -> Vec<String> {
        items
            .iter()
            .map(|item| {
                let mut text = format!(
                    "{}{}{}{}",
                    item.number,
                    item.label,
                    self.say("：", ": "),
                    words::applied(item.applied, self.language)
                );
                if let Some(condition) = &item.condition {
                    text.push_str(&match self.language {
                        Language::Zh => format!("（{}）", condition.filled),
                        Language::En => format!(" ({})", condition.filled),
                    });
                }
                if let Some(value) = &item.value {
                    text.push_str(&format!(" → {}", words::value(value, self.language)));
                }
                inline(&text)
            })
            .collect()
    }

    fn notes(&mut self, decision: &DecisionView) {
        let mut lines = Vec::new();
        for (list, zh, en) in [
            (&decision.missing, "还需了解：", "Still to be asked: "),
            (&decision.blocked, "政策数值待查：", "Values of law still to be found: "),
            (&decision.discretion, "须由有权机关决定：", "Waits for the decision of: "),
            (&decision.assumed, "未提供，按缺省计，请核实：", "Default applied, please verify: "),
            (
                &decision.unverified,
                "用到样例数值，不能据以发放：",
                "Rests on made-up values, not for payment: ",
            ),
        ] {
            if !list.is_empty() {
                let items = words::by_field(list, self.language).join(self.say("；", "; "));
                lines.push(format!("{}{}", self.say(zh, en), inline(&items)));
            }
        }
        if !lines.is_empty() {
            self.section("注意", "Please note");
            self.list(&lines);
        }
    }

    fn definitions(&mut self, decision: &DecisionView) {
        if decision.definitions.is_empty() {
            return;
        }
        self.section("计算过程", "Calculation");
        for definition in &decision.definitions {
            self.definition(definition);
        }
    }

    fn definition(&mut self, definition: &DefinitionView) {
        let language = self.language;
        let value = words::value(&definition.value, language);
        self.block(&format!("**{} = {}**", inline(&definition.name), inline(value)));
        let mut lines = self.formula(&definition.text, &definition.filled);
        for condition in &definition.conditions {
            let mut rows = Vec::new();
            condition_rows(&mut rows, 0, condition, language);
            lines.extend(rows.iter().map(|row| {
                let told: Vec<&str> =
                    row.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
                inline(&told.join(self.say("；", "; ")))
            }));
        }
        lines.extend(self.items(&definition.items));
        lines.extend(self.items(&definition.exceptions));
        for step in &definition.steps {
            let after = words::value(&step.after, language);
            lines.push(inline(&format!("{} → {after}", step.text)));
        }
        let source = words::source(&definition.source, language);
        lines.push(format!("{}{}", self.say("依据：", "Source: "), inline(&source)));
        self.list(&lines);
    }

    fn parameters(&mut self, decision: &DecisionView) {
        if decision.parameters.is_empty() {
            return;
        }
        let language = self.language;
        self.section("所用参数", "Parameters used");
        let header = match language {
            Language::Zh => ["参数", "数值", "施行", "状态", "依据"],
            Language::En => ["Parameter", "Value", "Dates", "Status", "Source"],
        };
        let rows: Vec<_> = decision
            .parameters
            .iter()
            .map(|parameter| {
                vec![
                    parameter.id.clone(),
                    words::value(&parameter.value, language).to_owned(),
                    words::validity(parameter, language),
                    words::parameter_status(parameter, language).to_owned(),
                    words::source(&parameter.source, language),
                ]
            })
            .collect();
        self.table(&header, &rows);
    }

    fn facts(&mut self, decision: &DecisionView) {
        if decision.facts.is_empty() {
            return;
        }
        let language = self.language;
        self.section("所用事实", "Facts used");
        let header = match language {
            Language::Zh => ["事实", "值", "说明"],
            Language::En => ["Fact", "Value", "Remark"],
        };
        let rows: Vec<_> = decision
            .facts
            .iter()
            .map(|fact| {
                let status = words::fact_remark(fact, language).to_owned();
                vec![fact.id.clone(), words::value(&fact.value, language).to_owned(), status]
            })
            .collect();
        self.table(&header, &rows);
    }
}

/// A condition and its parts, each a row; parts are set in by ideographic spaces.
fn condition_rows(
    rows: &mut Vec<Vec<String>>,
    depth: usize,
    condition: &ConditionView,
    language: Language,
) {
    let mut name = format!("{}{}", "　".repeat(depth), words::condition_name(condition));
    if !condition.label.is_empty() && !condition.text.is_empty() {
        name.push_str(&format!("{}{}", say(language, "：", ": "), condition.text));
    }
    if let Some((zh, en)) = &condition.combinator {
        name.push_str(&match language {
            Language::Zh => format!("（{zh}）"),
            Language::En => format!(" ({en})"),
        });
    }
    let filled = if condition.filled == condition.text { "" } else { &condition.filled };
    let margin = condition.margin.as_ref();
    rows.push(vec![
        name,
        format!("{} {}", words::mark(condition.held), words::held(condition.held, language)),
        filled.to_owned(),
        margin.map_or_else(String::new, |margin| say(language, &margin.zh, &margin.en).to_owned()),
        words::source(&condition.source, language),
    ]);
    for child in &condition.children {
        condition_rows(rows, depth + 1, child, language);
    }
}
