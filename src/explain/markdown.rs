//! An explanation as Markdown, for a file note or a letter.

mod escape;
mod overview;

#[cfg(test)]
mod tests;

use self::escape::{cell, inline};
use super::graph::{Index, Part};
use super::outline::{Detail, Outline, PartOutline, Reason, Rules};
use super::reasons::reasons;
use super::view::{
    ConditionView, DecisionView, DefinitionView, Explanation, FactView, ItemView, OutcomeView,
    ParameterView, PaymentView, Role, SourceView, StepView, SubjectView,
};
use super::words;
use super::words::say;
use crate::diagnostic::Language;

/// The explanation in `language`.
#[must_use]
pub fn render(explanation: &Explanation, language: Language, detail: Detail) -> String {
    let index = Index::new(explanation);
    let outline = Outline::new(explanation, &index, detail);
    let mut document = Document { language, detail, out: String::new() };
    document.head(explanation);
    if explanation.policy.place.is_some() {
        document.overview(explanation);
    }
    if let Some(text) = words::nothing_decided(explanation, language) {
        document.out.push_str(&format!("\n{text}\n"));
    }
    for section in &outline.sections {
        document.title(section.subject, section.decision);
        document.result(section.decision);
        document.payments(section.decision);
        document.conditions(section.decision.combinator.as_ref(), &section.reasons);
        document.rules(&section.rules);
    }
    if detail.depth != Some(0) || detail.full {
        document.refused(&outline.refused, &index);
        document.notes(&outline.assumed, &outline.unverified);
        document.parameters(&outline.parameters);
        document.facts(&outline.facts.shown, outline.facts.hidden, outline.defaults);
        document.instruments(explanation);
    }
    document.out
}

/// One node of the explanation and what it rests on.
#[must_use]
pub fn render_part(
    explanation: &Explanation,
    part: Part<'_>,
    language: Language,
    detail: Detail,
) -> String {
    let index = Index::new(explanation);
    let outline = PartOutline::new(part, &index, detail);
    let mut document = Document { language, detail, out: String::new() };
    document.head(explanation);
    document.part(&outline);
    document.rules(&outline.rules);
    document.parameters(&outline.parameters);
    document.facts(&outline.facts.shown, outline.facts.hidden, outline.defaults);
    document.out
}

/// `text` on one line, with everything that Markdown would read as markup escaped.
#[must_use]
pub fn escape(text: &str) -> String {
    inline(text)
}

/// A table in Markdown, without an end of line behind it.
pub(super) fn table(header: &[String], rows: &[Vec<String>]) -> String {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines = vec![row(header.iter().map(|text| cell(text)).collect())];
    lines.push(row(header.iter().map(|_| "---".to_owned()).collect()));
    lines.extend(rows.iter().map(|cells| row(cells.iter().map(|text| cell(text)).collect())));
    lines.join("\n")
}

struct Document {
    language: Language,
    detail: Detail,
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

    /// A heading of what belongs to all decisions.
    fn chapter(&mut self, zh: &str, en: &str) {
        let heading = format!("## {}", self.say(zh, en));
        self.block(&heading);
    }

    fn table(&mut self, header: &[&str], rows: &[Vec<String>]) {
        if rows.is_empty() {
            return;
        }
        let header: Vec<String> = header.iter().map(|text| (*text).to_owned()).collect();
        self.block(&table(&header, rows));
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

    fn title(&mut self, subject: &SubjectView, decision: &DecisionView) {
        let name = words::name(&decision.name, decision.alias.as_deref(), self.language);
        let title = format!("{} · {name}", words::subject(subject, self.language));
        self.block(&format!("## {}", inline(&title)));
    }

    fn result(&mut self, decision: &DecisionView) {
        let language = self.language;
        let outcome = words::outcome(&decision.outcome, language);
        self.block(&format!("**{}{outcome}**", self.say("结论：", "Result: ")));
        if let OutcomeView::Failed(error) = &decision.outcome {
            let text = inline(self.say(&error.zh, &error.en));
            self.list(&[format!("{text} ({}, {})", inline(&error.code), inline(&error.place))]);
        }
        let mut lines = Vec::new();
        for (list, zh, en) in [
            (&decision.missing, "还需了解：", "Still to be asked: "),
            (&decision.blocked, "政策数值待查：", "Values of law still to be found: "),
            (&decision.discretion, "须由有权机关决定：", "Waits for the decision of: "),
        ] {
            if !list.is_empty() {
                let items = list.join(self.say("、", ", "));
                lines.push(format!("{}{}", self.say(zh, en), inline(&items)));
            }
        }
        if !decision.unverified.is_empty() {
            let text =
                self.say("用到样例数值，不能据以发放", "Rests on made-up values; not for payment");
            lines.push(text.to_owned());
        }
        self.list(&lines);
    }

    fn payments(&mut self, decision: &DecisionView) {
        for payment in &decision.payments {
            self.payment(payment);
        }
    }

    fn payment(&mut self, payment: &PaymentView) {
        let language = self.language;
        let name = words::name(&payment.name, payment.alias.as_deref(), language);
        let amount = words::value(&payment.amount, language);
        self.block(&format!("**{}{}{}**", inline(&name), self.say("：", ": "), inline(amount)));
        if self.detail.depth == Some(0) && !self.detail.full {
            return;
        }
        let mut lines = self.formula(&payment.text, &payment.filled);
        lines.extend(self.steps(&payment.steps));
        lines.extend(self.items(&payment.items, &payment.exceptions));
        for term in &payment.terms {
            let text = words::term(term, language);
            let name = words::term_name(term, language);
            let source = words::source(&term.source, language);
            let text =
                format!("{name}{}{text}{}{source}", self.say("：", ": "), self.say("。", ". "));
            lines.push(inline(&text));
        }
        lines.extend(self.source(&payment.source));
        self.list(&lines);
    }

    fn steps(&self, steps: &[StepView]) -> Vec<String> {
        steps.iter().map(|step| inline(&words::step(step, self.language))).collect()
    }

    /// The source on a line of its own, where there is one to name.
    fn source(&self, source: &SourceView) -> Option<String> {
        let text = self.source_text(source);
        let line = format!("{}{}", self.say("依据：", "Source: "), inline(&text));
        (!source.citations.is_empty() || self.detail.full).then_some(line)
    }

    fn source_text(&self, source: &SourceView) -> String {
        let text = words::source(source, self.language);
        if self.detail.full { format!("{text} {}", source.place) } else { text }
    }

    fn conditions(&mut self, combinator: Option<&(String, String)>, reasons: &[Reason<'_>]) {
        if reasons.is_empty() {
            return;
        }
        let combinator = words::combinator(combinator, self.language);
        let heading = format!("### {}{combinator}", self.say("条件", "Conditions"));
        self.block(&heading);
        self.reasons(reasons);
    }

    fn reasons(&mut self, reasons: &[Reason<'_>]) {
        let mut rows = Vec::new();
        for reason in reasons {
            self.rows(&mut rows, 0, reason);
        }
        let header = match self.language {
            Language::Zh => ["条件", "结果", "说明", "依据"],
            Language::En => ["Condition", "Result", "What is the case", "Source"],
        };
        self.table(&header, &rows);
    }

    /// A condition and its parts, each a row; parts are set in by ideographic spaces.
    fn rows(&self, rows: &mut Vec<Vec<String>>, depth: usize, reason: &Reason<'_>) {
        let language = self.language;
        let condition = reason.condition;
        let indent = "　".repeat(depth);
        let combinator =
            reason.rule.and_then(|rule| rule.combinator.as_ref()).or(condition.combinator.as_ref());
        let mut name = words::condition_name(condition, language);
        let is_list = words::is_list(&condition.children);
        if !condition.label.is_empty() && !condition.text.is_empty() && !is_list {
            name = format!("{name}{}{}", self.say("：", ": "), condition.text);
        }
        let state = match condition.role {
            Role::Exception => format!(
                "{} {}",
                words::choice_mark(condition.held),
                words::applied(condition.held, language)
            ),
            Role::Part | Role::Member => {
                format!("{} {}", words::mark(condition.held), words::held(condition.held, language))
            }
        };
        let above = if reason.above {
            self.say("（理由见上）", " (for the reasons see above)")
        } else {
            ""
        };
        rows.push(vec![
            format!("{indent}{name}{}", words::combinator(combinator, language)),
            state,
            format!("{}{above}", condition.sentence),
            self.source_text(&condition.source),
        ]);
        for part in &reason.parts {
            self.rows(rows, depth + 1, part);
        }
        if reason.hidden > 0 {
            let indent = "　".repeat(depth + 1);
            let text = match language {
                Language::Zh => format!("{indent}另有 {} 项不影响这一结果", reason.hidden),
                Language::En => format!("{indent}{} more that did not matter", reason.hidden),
            };
            rows.push(vec![text, String::new(), String::new(), String::new()]);
        }
    }

    fn refused(&mut self, refused: &[(&SubjectView, &DecisionView)], index: &Index<'_>) {
        for (subject, decision) in refused {
            self.title(subject, decision);
            let outcome = words::outcome(&decision.outcome, self.language);
            self.block(&format!("**{}{outcome}**", self.say("结论：", "Result: ")));
            let lines: Vec<String> = reasons(&decision.conditions, index, self.language)
                .iter()
                .map(|text| inline(text))
                .collect();
            self.list(&lines);
        }
    }

    fn formula(&self, text: &str, filled: &str) -> Vec<String> {
        let (text, filled) = (words::formula(text), words::formula(filled));
        let mut lines = Vec::new();
        if !text.is_empty() {
            lines.push(format!("{}{}", self.say("公式：", "Formula: "), inline(text)));
        }
        if !filled.is_empty() && filled != text && filled != "？" {
            lines.push(format!("{}{}", self.say("代入：", "Numbers: "), inline(filled)));
        }
        lines
    }

    fn items(&self, items: &[ItemView], exceptions: &[ItemView]) -> Vec<String> {
        let named = |item: &ItemView| format!("{}{}", item.number, item.label);
        let own = items.iter().map(|item| self.item(item, &named(item)));
        own.chain(
            exceptions
                .iter()
                .map(|item| self.item(item, &words::exception_name(&item.label, self.language))),
        )
        .collect()
    }

    fn item(&self, item: &ItemView, name: &str) -> String {
        let language = self.language;
        let mut text =
            format!("{name}{}{}", self.say("：", ": "), words::applied(item.applied, language));
        let why = item.condition.as_ref().map(|condition| {
            if condition.children.is_empty() {
                condition.sentence.clone()
            } else {
                let parts = condition.children.iter().filter(|part| part.decisive);
                let lines: Vec<String> =
                    parts.map(|part| words::condition_line(part, language)).collect();
                lines.join(self.say("；", "; "))
            }
        });
        if let Some(why) = why.filter(|why| !why.is_empty()) {
            text.push_str(&match language {
                Language::Zh => format!("（{why}）"),
                Language::En => format!(" ({why})"),
            });
        }
        if let Some(value) = &item.value {
            text.push_str(&format!(" → {}", words::value(value, language)));
        }
        inline(&text)
    }

    fn notes(&mut self, assumed: &[String], unverified: &[String]) {
        let mut lines = Vec::new();
        for (list, zh, en) in [
            (
                assumed,
                "未提供，按缺省计，请核实：",
                "Not given, a default applied; please verify: ",
            ),
            (
                unverified,
                "样例数值，须换成现行标准后再用：",
                "Made-up values, to be replaced by those in force: ",
            ),
        ] {
            if !list.is_empty() {
                let items = words::by_field(list, self.language).join(self.say("；", "; "));
                lines.push(format!("{}{}", self.say(zh, en), inline(&items)));
            }
        }
        if !lines.is_empty() {
            self.chapter("注意", "Please note");
            self.list(&lines);
        }
    }

    fn rules(&mut self, rules: &Rules<'_>) {
        if rules.shown.shown.is_empty() && rules.above.is_empty() {
            return;
        }
        self.section("计算过程", "Calculation");
        for rule in &rules.shown.shown {
            self.rule(rule);
        }
        if !rules.above.is_empty() {
            let names: Vec<String> = rules
                .above
                .iter()
                .map(|rule| format!("{} = {}", rule.name, words::value(&rule.value, self.language)))
                .collect();
            let list = inline(&names.join(self.say("、", ", ")));
            self.block(&format!("{}{list}", self.say("上文已经算出：", "Worked out above: ")));
        }
        self.folded(rules.shown.hidden);
    }

    fn folded(&mut self, hidden: usize) {
        if hidden > 0 {
            self.block(&match self.language {
                Language::Zh => format!("另有 {hidden} 项未展开。"),
                Language::En => format!("{hidden} more are not shown."),
            });
        }
    }

    fn rule(&mut self, rule: &DefinitionView) {
        let language = self.language;
        let value = words::value(&rule.value, language);
        self.block(&format!("**{} = {}**", inline(&rule.name), inline(value)));
        let mut lines = Vec::new();
        if !words::says_the_formula(rule) {
            lines.extend(self.formula(&rule.text, &rule.filled));
        }
        let told = |condition: &ConditionView| {
            let mark = words::mark(condition.held);
            inline(&format!("{mark} {}", words::condition_line(condition, language)))
        };
        lines.extend(rule.conditions.iter().map(told));
        lines.extend(self.items(&rule.items, &rule.exceptions));
        lines.extend(self.steps(&rule.steps));
        lines.extend(self.source(&rule.source));
        self.list(&lines);
    }

    fn parameters(&mut self, parameters: &[&ParameterView]) {
        if parameters.is_empty() {
            return;
        }
        let language = self.language;
        self.chapter("所用参数", "Parameters used");
        let header = match language {
            Language::Zh => ["参数", "数值", "施行", "状态", "依据"],
            Language::En => ["Parameter", "Value", "Dates", "Status", "Source"],
        };
        let rows: Vec<_> = parameters
            .iter()
            .map(|parameter| {
                vec![
                    parameter.name.clone(),
                    words::value(&parameter.value, language).to_owned(),
                    words::validity(parameter, language),
                    words::parameter_status(parameter, language).to_owned(),
                    self.source_text(&parameter.source),
                ]
            })
            .collect();
        self.table(&header, &rows);
    }

    fn facts(&mut self, facts: &[&FactView], hidden: usize, defaults: usize) {
        if facts.is_empty() && defaults == 0 {
            return;
        }
        let language = self.language;
        self.chapter("所用事实", "Facts used");
        let header = match language {
            Language::Zh => ["事实", "值", "说明"],
            Language::En => ["Fact", "Value", "Remark"],
        };
        let rows: Vec<_> = facts
            .iter()
            .map(|fact| {
                let status = words::fact_remark(fact, language).to_owned();
                vec![fact.name.clone(), words::value(&fact.value, language).to_owned(), status]
            })
            .collect();
        self.table(&header, &rows);
        self.folded(hidden);
        if defaults > 0 {
            self.block(&match language {
                Language::Zh => format!("未提供、按缺省计的有 {defaults} 项。"),
                Language::En => format!("Not given, a default applied: {defaults}."),
            });
        }
    }

    /// What the layers cite, so that short titles can be looked up.
    fn instruments(&mut self, explanation: &Explanation) {
        let layers = &explanation.policy.layers;
        if layers.iter().all(|layer| layer.citations.is_empty()) {
            return;
        }
        self.chapter("所引文件", "Instruments cited");
        let lines: Vec<String> =
            words::instruments(layers, self.language).iter().map(|text| inline(text)).collect();
        self.list(&lines);
    }

    fn part(&mut self, outline: &PartOutline<'_>) {
        let language = self.language;
        let id = outline.part.id();
        self.block(&format!("## {}", inline(id)));
        match outline.part {
            Part::Decision(view) => {
                self.result(view);
                self.payments(view);
                self.conditions(view.combinator.as_ref(), &outline.reasons);
            }
            Part::Condition(_) => self.reasons(&outline.reasons),
            Part::Payment(view) => self.payment(view),
            Part::Step(view) => {
                let mut lines = self.steps(std::slice::from_ref(view));
                lines.extend(self.source(&view.source));
                self.list(&lines);
            }
            Part::Item(view) => {
                let lines = self.items(std::slice::from_ref(view), &[]);
                self.list(&lines);
                self.reasons(&outline.reasons);
            }
            Part::Exception(view) => {
                let lines = self.items(&[], std::slice::from_ref(view));
                self.list(&lines);
                self.reasons(&outline.reasons);
            }
            Part::Definition(view) => self.rule(view),
            Part::Parameter(view) => self.parameters(&[view]),
            Part::Fact(view) => {
                let value = words::value(&view.value, language);
                let text = format!("{}{}{value}", view.name, self.say("：", ": "));
                self.list(&[inline(&text)]);
            }
        }
    }
}
