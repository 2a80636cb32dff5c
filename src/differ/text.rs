//! A difference as lines for a caseworker: how each amount changed, and what makes it up.

use super::view::{
    AmountDifference, CauseView, DecisionDifference, Difference, SubjectDifference, Words,
};
use super::words::{self, say};
use crate::diagnostic::Language;
pub use crate::explain::layout::PageOptions as TextOptions;
use crate::explain::layout::{Page, Style, columns};

/// The difference in `language`.
#[must_use]
pub fn render(difference: &Difference, language: Language, options: TextOptions) -> String {
    let mut page = Page::new(language, options);
    page.head(difference);
    for subject in &difference.subjects {
        for decision in &subject.decisions {
            page.decision(subject, decision, &difference.causes);
        }
    }
    for total in &difference.totals {
        page.blank();
        page.line(0, Style::Strong, &format!("━━ {} ━━", say(language, "合计", "Total")));
        page.amount(total, &difference.causes, None);
    }
    page.end(difference);
    page.finish()
}

/// One cause on a line: `低保标准（城镇）：780元/人·月 → 832元/人·月`.
#[must_use]
pub fn cause_line(cause: &CauseView, language: Language) -> String {
    words::cause(cause, &[], language)
}

/// The parts of a difference.
impl Page {
    fn head(&mut self, difference: &Difference) {
        let language = self.language;
        let title = difference.after.title.as_ref().unwrap_or(&difference.after.policy);
        self.line(0, Style::Strong, title);
        for (view, zh, en) in [
            (&difference.before, "变化前：", "before: "),
            (&difference.after, "变化后：", "after:  "),
        ] {
            let lead = self.say(zh, en).to_owned();
            self.led(0, &lead, Style::Plain, &words::situation(view, language));
        }
    }

    fn decision(
        &mut self,
        subject: &SubjectDifference,
        decision: &DecisionDifference,
        causes: &[CauseView],
    ) {
        let language = self.language;
        let name = words::name(&decision.name, decision.alias.as_deref(), language);
        self.blank();
        let subject = words::subject(subject, language);
        self.line(0, Style::Strong, &format!("━━ {subject} · {name} ━━"));
        let lead = self.say("结论：", "result: ").to_owned();
        self.led(0, &lead, Style::Plain, &words::outcomes(decision, language));
        for line in words::open_points(decision, language) {
            self.line(2, Style::Doubtful, &line);
        }
        let decisive = words::decisive(decision, causes, language);
        if !decisive.is_empty() {
            let lead = self.say("使结论改变的：", "what turned it: ").to_owned();
            self.led(2, &lead, Style::Plain, &decisive);
        }
        for amount in &decision.payments {
            self.amount(amount, causes, Some(&decision.rules));
        }
        for (at, cause) in words::untold(decision, causes, language).iter().enumerate() {
            let lead = self.say("有关的变化：", "what differs: ").to_owned();
            let blank = " ".repeat(columns(&lead));
            self.led(2, if at == 0 { &lead } else { &blank }, Style::Plain, cause);
        }
    }

    /// An amount with its parts, described where it is not a total.
    fn amount(&mut self, amount: &AmountDifference, causes: &[CauseView], rules: Option<&[Words]>) {
        let language = self.language;
        let name = words::amount(amount, language);
        let lead = format!("{name}{}", self.say("：", ": "));
        let style = match amount.change.as_deref() {
            Some(change) if change.starts_with('-') => Style::Bad,
            Some("0") => Style::Plain,
            Some(_) => Style::Good,
            None => Style::Doubtful,
        };
        self.led(0, &lead, style, &words::change(amount, language));
        let unit = amount.unit.get(language);
        let shown: Vec<String> =
            amount.parts.iter().map(|part| words::signed(&part.shown, unit, language)).collect();
        let width = shown.iter().map(|text| columns(text)).max().unwrap_or(0);
        for (part, shown) in amount.parts.iter().zip(&shown) {
            let lead = format!("{}{shown}  ", " ".repeat(width - columns(shown)));
            let Some(rules) = rules else {
                self.led(2, &lead, Style::Plain, &words::part_short(part, causes, language));
                continue;
            };
            let names = words::part_names(part, causes, rules, language);
            for (at, name) in names.iter().enumerate() {
                let blank = " ".repeat(columns(&lead));
                self.led(2, if at == 0 { &lead } else { &blank }, Style::Plain, name);
                let cause = part.causes.get(at).and_then(|id| causes.iter().find(|c| c.id == *id));
                let source = cause.map_or_else(String::new, |c| words::source(c, language));
                if !source.is_empty() {
                    let field = self.say("依据 ", "source ").to_owned();
                    self.led(2 + columns(&lead), &field, Style::Faint, &source);
                }
            }
        }
        let remark = amount.remark.get(language).to_owned();
        if !remark.is_empty() {
            self.line(2, Style::Faint, &remark);
        }
    }

    fn end(&mut self, difference: &Difference) {
        let language = self.language;
        if difference.subjects.is_empty() {
            self.blank();
            let text = self.say(
                "两种情形下都没有给付，结论也没有变化。",
                "Nothing is paid in either situation, and no result changed.",
            );
            let text = text.to_owned();
            self.line(0, Style::Plain, &text);
        }
        let idle = words::idle(difference, language);
        if !idle.is_empty() {
            self.blank();
            let heading =
                self.say("没有影响的变化：", "Changes that make no difference:").to_owned();
            self.line(0, Style::Plain, &heading);
            for cause in idle {
                self.line(2, Style::Faint, &cause);
            }
        }
        if let Some(method) = words::method(difference, language) {
            self.blank();
            self.line(0, Style::Faint, method);
        }
    }
}
