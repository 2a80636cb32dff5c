//! Rules, parameter rows and facts: what the decisions rest on.

use std::collections::BTreeSet;

use super::Writer;
use super::shell::escape;
use crate::diagnostic::Language;
use crate::explain::outline::Rules;
use crate::explain::view::{DefinitionView, FactView, ParameterView};
use crate::explain::words;

impl Writer<'_> {
    /// The rules behind a decision; those that `open` does not show are folded.
    pub(super) fn rules(&mut self, all: &Rules<'_>, open: Option<&Rules<'_>>) {
        if all.shown.shown.is_empty() && all.above.is_empty() {
            return;
        }
        let shown: BTreeSet<&str> = open
            .map(|open| open.shown.shown.iter().map(|rule| rule.id.as_str()).collect())
            .unwrap_or_default();
        let (first, rest): (Vec<&DefinitionView>, Vec<&DefinitionView>) =
            all.shown.shown.iter().copied().partition(|rule| shown.contains(rule.id.as_str()));
        let heading = self.say("计算过程", "Calculation").to_owned();
        self.push(&format!("<h3>{heading}</h3>"));
        first.into_iter().for_each(|rule| self.rule(rule));
        self.above(&all.above);
        if !rest.is_empty() {
            let text = self.more(rest.len());
            self.fold("", &text);
            rest.into_iter().for_each(|rule| self.rule(rule));
            self.push("</details>");
        }
    }

    fn above(&mut self, rules: &[&DefinitionView]) {
        if rules.is_empty() {
            return;
        }
        let language = self.language;
        let links: Vec<String> = rules
            .iter()
            .map(|rule| {
                let text = format!("{} = {}", rule.name, words::value(&rule.value, language));
                format!("<a href=\"{}\">{}</a>", super::shell::target(&rule.id), escape(&text))
            })
            .collect();
        let list = links.join(self.say("、", ", "));
        let word = self.say("上文已经算出：", "Worked out above: ").to_owned();
        self.push(&format!("<p>{word}{list}</p>"));
    }

    fn more(&self, count: usize) -> String {
        match self.language {
            Language::Zh => format!("另有 {count} 项"),
            Language::En => format!("{count} more"),
        }
    }

    pub(super) fn parameters(&mut self, parameters: &[&ParameterView]) {
        if parameters.is_empty() {
            return;
        }
        let language = self.language;
        let heading = self.say("所用参数", "Parameters used").to_owned();
        self.push(&format!("<h2>{heading}</h2>"));
        let header = match language {
            Language::Zh => ["参数", "数值", "施行", "状态", "依据"],
            Language::En => ["Parameter", "Value", "Dates", "Status", "Source"],
        };
        let rows: Vec<Vec<String>> = parameters
            .iter()
            .map(|parameter| {
                let id = self.id(&parameter.id);
                let jump = self.jump(&parameter.source.place);
                vec![
                    format!("<span{id}>{}</span>", escape(&parameter.name)),
                    escape(words::value(&parameter.value, language)),
                    escape(&words::validity(parameter, language)),
                    escape(words::parameter_status(parameter, language)),
                    format!("{}{jump}", escape(&words::source(&parameter.source, language))),
                ]
            })
            .collect();
        self.table(&header, &rows);
    }

    /// The facts; those that `open` does not show are folded.
    pub(super) fn facts(&mut self, all: &[&FactView], open: &[&FactView]) {
        if all.is_empty() {
            return;
        }
        let shown: BTreeSet<&str> = open.iter().map(|fact| fact.id.as_str()).collect();
        let (first, rest): (Vec<&FactView>, Vec<&FactView>) =
            all.iter().copied().partition(|fact| shown.contains(fact.id.as_str()));
        let heading = self.say("所用事实", "Facts used").to_owned();
        self.push(&format!("<h2>{heading}</h2>"));
        self.fact_table(&first);
        if !rest.is_empty() {
            let text = self.more(rest.len());
            self.fold("facts", &text);
            self.fact_table(&rest);
            self.push("</details>");
        }
    }

    fn fact_table(&mut self, facts: &[&FactView]) {
        if facts.is_empty() {
            return;
        }
        let language = self.language;
        let header = match language {
            Language::Zh => ["事实", "值", "说明"],
            Language::En => ["Fact", "Value", "Remark"],
        };
        let rows: Vec<Vec<String>> = facts
            .iter()
            .map(|fact| {
                let id = self.id(&fact.id);
                let jump = self.jump(&fact.place);
                vec![
                    format!("<span{id}>{}</span>{jump}", escape(&fact.name)),
                    escape(words::value(&fact.value, language)),
                    words::fact_remark(fact, language).to_owned(),
                ]
            })
            .collect();
        self.table(&header, &rows);
    }
}
