//! An explanation as a page for a browser: one file that needs nothing else, reads on a phone and
//! prints on A4. Nothing is left out of it: what matters less is folded, and every node has its id
//! as an anchor, with a link to the line of the policy that it comes from.

mod origin;
mod overview;
pub(in crate::explain) mod shell;
mod tree;
mod used;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use self::origin::Origins;
use self::shell::{anchor, escape, page, target};
use self::tree::Line;
use super::graph::{Index, Part};
use super::outline::{Detail, Outline, PartOutline, Section};
use super::reasons::reasons;
use super::view::{DecisionView, Explanation, OutcomeView, SourceView, SubjectView};
use super::words;
use super::words::say;
use crate::diagnostic::Language;
use crate::source::SourceMap;

/// The whole explanation. With the policy's text in `sources`, the lines that it points at stand at
/// the end of the page. `detail` is what is open at first.
#[must_use]
pub fn render(
    explanation: &Explanation,
    sources: Option<&SourceMap>,
    language: Language,
    detail: Detail,
) -> String {
    let index = Index::new(explanation);
    let all = Detail { depth: None, full: true };
    let (brief, full) =
        (Outline::new(explanation, &index, detail), Outline::new(explanation, &index, all));
    let mut writer = Writer::new(explanation, sources, language);
    writer.is_open = detail.full;
    writer.head(explanation);
    match words::nothing_decided(explanation, language) {
        Some(text) => writer.push(&format!("<p>{text}</p>")),
        None if explanation.policy.place.is_some() => writer.overview(explanation),
        None => writer.summary(explanation),
    }
    writer.notes(&brief.assumed, &brief.unverified);
    let refused: BTreeSet<&str> =
        brief.refused.iter().map(|(_, decision)| decision.id.as_str()).collect();
    let is_refused = |section: &&Section<'_>| refused.contains(section.decision.id.as_str());
    // Of all benefits of a place most are refused to most: those stand together, folded.
    let is_place = explanation.policy.place.is_some();
    let (last, first): (Vec<&Section<'_>>, Vec<&Section<'_>>) =
        full.sections.iter().partition(|section| is_place && is_refused(section));
    for section in first {
        let shown = brief.sections.iter().find(|one| one.decision.id == section.decision.id);
        writer.section(section, shown, is_refused(&section), &index);
    }
    if !last.is_empty() {
        writer.fold("decision refusals", &words::refused_title(last.len(), language));
        last.into_iter().for_each(|section| writer.section(section, None, true, &index));
        writer.push("</details>");
    }
    writer.parameters(&full.parameters);
    writer.facts(&full.facts.shown, &brief.facts.shown);
    writer.instruments(explanation);
    writer.policy_text();
    let title = title_of(explanation, language);
    let class = if detail.full { "explanation whole" } else { "explanation" };
    page(&title, class, &writer.out, language)
}

/// One node and what it rests on.
#[must_use]
pub fn render_part(
    explanation: &Explanation,
    part: Part<'_>,
    sources: Option<&SourceMap>,
    language: Language,
    detail: Detail,
) -> String {
    let index = Index::new(explanation);
    let all = Detail { depth: None, full: true };
    let full = PartOutline::new(part, &index, all);
    let brief = PartOutline::new(part, &index, detail);
    let mut writer = Writer::new(explanation, sources, language);
    writer.is_whole = false;
    writer.is_open = detail.full;
    writer.head(explanation);
    writer.out.push_str(&format!("<h2>{}</h2>\n", escape(part.id())));
    match part {
        Part::Decision(view) => {
            writer.outcome(view);
            view.payments.iter().for_each(|payment| writer.payment(payment));
            writer.tree(&full.reasons);
        }
        Part::Condition(_) => writer.tree(&full.reasons),
        Part::Payment(view) => writer.payment(view),
        Part::Step(view) => {
            let line = Line::new(words::step_kind(view), words::step(view, language), &view.id);
            writer.lines(&[line], &view.source);
        }
        Part::Item(view) => {
            writer.items(std::slice::from_ref(view), &[]);
            writer.tree(&full.reasons);
        }
        Part::Exception(view) => {
            writer.items(&[], std::slice::from_ref(view));
            writer.tree(&full.reasons);
        }
        Part::Definition(view) => writer.rule(view),
        // A row or a fact is told by the tables below.
        Part::Parameter(_) | Part::Fact(_) => {}
    }
    writer.rules(&full.rules, Some(&brief.rules));
    match part {
        Part::Parameter(view) => writer.parameters(&[view]),
        Part::Fact(view) => writer.facts(&[view], &[view]),
        _ => {
            writer.parameters(&full.parameters);
            writer.facts(&full.facts.shown, &brief.facts.shown);
        }
    }
    writer.policy_text();
    page(part.id(), "explanation", &writer.out, language)
}

struct Writer<'s> {
    language: Language,
    origins: Option<Origins<'s>>,
    /// Whether every node has its place on the page.
    is_whole: bool,
    /// Whether folds stand open.
    is_open: bool,
    /// Anchors given so far: an id stands once on a page.
    anchored: BTreeSet<String>,
    out: String,
}

fn title_of(explanation: &Explanation, language: Language) -> String {
    let policy = &explanation.policy;
    match (&policy.place, language) {
        (Some(place), Language::Zh) => format!("{place}：全部待遇"),
        (Some(place), Language::En) => format!("{place}: all benefits"),
        (None, _) => policy.title.clone().unwrap_or_else(|| policy.name.clone()),
    }
}

/// The class of an outcome.
fn tone(outcome: &OutcomeView) -> &'static str {
    match outcome {
        OutcomeView::Entitled => "good",
        OutcomeView::NotEntitled | OutcomeView::Failed(_) => "bad",
        OutcomeView::Undecided | OutcomeView::Discretionary => "doubt",
    }
}

impl<'s> Writer<'s> {
    fn new(explanation: &Explanation, sources: Option<&'s SourceMap>, language: Language) -> Self {
        let origins = sources.map(|sources| Origins::of(explanation, sources));
        Self {
            language,
            origins,
            is_whole: true,
            is_open: false,
            anchored: BTreeSet::new(),
            out: String::new(),
        }
    }

    /// Opens a fold with its line.
    fn fold(&mut self, class: &str, summary: &str) {
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let open = if self.is_open { " open" } else { "" };
        self.push(&format!("<details{class}{open}><summary>{summary}</summary>"));
    }

    fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        say(self.language, zh, en)
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// ` id="…"` the first time that a node is drawn.
    fn id(&mut self, id: &str) -> String {
        let anchor = anchor(id);
        if !id.is_empty() && self.anchored.insert(anchor.clone()) {
            format!(" id=\"{anchor}\"")
        } else {
            String::new()
        }
    }

    /// A link to the line of the policy, where the page has it.
    fn jump(&self, place: &str) -> String {
        let link = self.origins.as_ref().and_then(|origins| origins.link(place));
        link.map_or_else(String::new, |link| {
            let word = self.say("原文", "text");
            format!(" <a class=\"jump\" href=\"{link}\" title=\"{}\">{word}</a>", escape(place))
        })
    }

    /// Layer, citations and the link, as one line.
    fn source_line(&mut self, source: &SourceView) {
        let jump = self.jump(&source.place);
        if !source.citations.is_empty() {
            let text = escape(&words::source(source, self.language));
            let word = self.say("依据：", "Source: ").to_owned();
            self.push(&format!("<div class=\"source\">{word}{text}{jump}</div>"));
        } else if !jump.is_empty() {
            self.push(&format!("<div class=\"source\">{}</div>", jump.trim_start()));
        }
    }

    fn head(&mut self, explanation: &Explanation) {
        let language = self.language;
        let policy = &explanation.policy;
        self.push(&format!("<h1>{}</h1>", escape(&title_of(explanation, language))));
        let day = |day: crate::value::Date| match language {
            Language::Zh => day.zh(),
            Language::En => day.to_string(),
        };
        let period = match language {
            Language::Zh => explanation.period.zh(),
            Language::En => explanation.period.to_string(),
        };
        let mut rows = vec![
            (self.say("政策", "Policy"), policy.name.clone()),
            (self.say("所属期", "Month decided"), period),
            (self.say("评估日", "Assessed as of"), day(explanation.as_of)),
        ];
        if let Some(known) = explanation.known_on {
            rows.push((self.say("知悉日", "As known on"), day(known)));
        }
        let layers: Vec<&str> = match &policy.place {
            None => policy.layers.iter().map(|layer| layer.place.as_str()).collect(),
            Some(_) => policy.policies(),
        };
        rows.push(match &policy.place {
            None => (self.say("政策层级", "Layers of law"), layers.join(" → ")),
            Some(_) => (self.say("所用政策", "Policies"), layers.join(self.say("、", ", "))),
        });
        if !explanation.not_in_force.is_empty() {
            let list = explanation.not_in_force.join(self.say("、", ", "));
            rows.push((self.say("当月没有施行", "Not in force in the month"), list));
        }
        let rows: Vec<String> = rows
            .iter()
            .map(|(name, text)| format!("<dt>{name}</dt><dd>{}</dd>", escape(text)))
            .collect();
        self.push(&format!("<dl class=\"about\">\n{}\n</dl>", rows.join("\n")));
    }

    /// Every decision on a line, leading to its section.
    fn summary(&mut self, explanation: &Explanation) {
        let language = self.language;
        let header = [
            self.say("对象", "Subject"),
            self.say("决定", "Decision"),
            self.say("结论", "Result"),
            self.say("给付", "Paid"),
        ];
        let mut rows = Vec::new();
        for subject in &explanation.subjects {
            for decision in &subject.decisions {
                let name = words::name(&decision.name, decision.alias.as_deref(), language);
                let paid: Vec<&str> = decision
                    .payments
                    .iter()
                    .map(|payment| words::value(&payment.amount, language))
                    .collect();
                rows.push(vec![
                    escape(&words::subject(subject, language)),
                    format!("<a href=\"{}\">{}</a>", target(&decision.id), escape(&name)),
                    format!(
                        "<span class=\"{}\">{}</span>",
                        tone(&decision.outcome),
                        words::outcome(&decision.outcome, language)
                    ),
                    escape(&paid.join(self.say("、", ", "))),
                ]);
            }
        }
        self.table_of("summary", &header, &rows);
    }

    /// A table of cells that are markup already.
    fn table(&mut self, header: &[&str], rows: &[Vec<String>]) {
        self.table_of("used", header, rows);
    }

    fn table_of(&mut self, class: &str, header: &[&str], rows: &[Vec<String>]) {
        let head: Vec<String> = header.iter().map(|text| format!("<th>{text}</th>")).collect();
        self.push(&format!(
            "<table class=\"{class}\">\n<thead><tr>{}</tr></thead>\n<tbody>",
            head.concat()
        ));
        for row in rows {
            let cells: Vec<String> = row
                .iter()
                .zip(header)
                .map(|(cell, label)| format!("<td data-label=\"{label}\">{cell}</td>"))
                .collect();
            self.push(&format!("<tr>{}</tr>", cells.concat()));
        }
        self.push("</tbody>\n</table>");
    }

    fn notes(&mut self, assumed: &[String], unverified: &[String]) {
        for (list, zh, en) in [
            (
                unverified,
                "用到样例数值，不能据以发放：",
                "Rests on made-up values; not for payment: ",
            ),
            (
                assumed,
                "未提供，按缺省计，请核实：",
                "Not given, a default applied; please verify: ",
            ),
        ] {
            if !list.is_empty() {
                let items = words::by_field(list, self.language).join(self.say("；", "; "));
                let word = self.say(zh, en).to_owned();
                self.push(&format!("<div class=\"note\">{word}{}</div>", escape(&items)));
            }
        }
    }

    /// A decision; `shown` is what of it is open.
    fn section(
        &mut self,
        section: &Section<'_>,
        shown: Option<&Section<'_>>,
        is_folded: bool,
        index: &Index<'_>,
    ) {
        let Section { subject, decision, reasons: tree, rules } = section;
        if is_folded {
            self.folded_head(subject, decision, index);
        } else {
            let id = self.id(&decision.id);
            let title = self.title(subject, decision);
            self.push(&format!("<h2{id}>{}</h2>", escape(&title)));
        }
        self.outcome(decision);
        for payment in &decision.payments {
            self.payment(payment);
        }
        if !tree.is_empty() {
            let combinator = words::combinator(decision.combinator.as_ref(), self.language);
            let word = self.say("条件", "Conditions").to_owned();
            self.push(&format!("<h3>{word}{}</h3>", escape(&combinator)));
            self.tree(tree);
        }
        self.rules(rules, shown.map(|shown| &shown.rules));
        if let Some(months) = decision.review_months {
            let text = match self.language {
                Language::Zh => format!("复核：每 {months} 个月一次"),
                Language::En => format!("Review: every {months} months"),
            };
            self.push(&format!("<p>{text}</p>"));
        }
        if is_folded {
            self.push("</details>");
        }
    }

    fn title(&self, subject: &SubjectView, decision: &DecisionView) -> String {
        let name = words::name(&decision.name, decision.alias.as_deref(), self.language);
        format!("{} · {name}", words::subject(subject, self.language))
    }

    /// A refusal that is not what was asked about first: its reasons in short, the rest folded.
    fn folded_head(&mut self, subject: &SubjectView, decision: &DecisionView, index: &Index<'_>) {
        let language = self.language;
        let id = self.id(&decision.id);
        let title = self.title(subject, decision);
        let outcome = words::outcome(&decision.outcome, language);
        let lines: Vec<String> = reasons(&decision.conditions, index, language)
            .iter()
            .map(|line| format!("<div>{}</div>", escape(line)))
            .collect();
        self.push(&format!(
            "<h2{id}>{} <span class=\"bad\">{outcome}</span></h2>\n<div class=\"lines\">{}</div>",
            escape(&title),
            lines.concat(),
        ));
        self.fold("refused", self.say("各项条件和依据", "Its conditions and sources"));
    }

    fn outcome(&mut self, decision: &DecisionView) {
        let language = self.language;
        let outcome = words::outcome(&decision.outcome, language);
        let word = self.say("结论：", "Result: ").to_owned();
        let tone = tone(&decision.outcome);
        self.push(&format!("<p class=\"outcome {tone}\">{word}{outcome}</p>"));
        if let OutcomeView::Failed(error) = &decision.outcome {
            let text = self.say(&error.zh, &error.en).to_owned();
            let (code, place) = (escape(&error.code), escape(&error.place));
            self.push(&format!(
                "<p class=\"bad\">{} <span class=\"faint\">{code} {place}</span></p>",
                escape(&text)
            ));
        }
        for (list, zh, en) in [
            (&decision.missing, "还需了解（最关键的在前）：", "Still to be asked: "),
            (&decision.blocked, "政策数值待查：", "Values of law still to be found: "),
            (&decision.discretion, "须由有权机关决定：", "Waits for the decision of: "),
        ] {
            if !list.is_empty() {
                let items = list.join(self.say("、", ", "));
                let word = self.say(zh, en).to_owned();
                self.push(&format!("<p class=\"doubt\">{word}{}</p>", escape(&items)));
            }
        }
        self.source_line(&decision.source);
    }

    fn instruments(&mut self, explanation: &Explanation) {
        let lines = words::instruments(&explanation.policy.layers, self.language);
        if lines.is_empty() {
            return;
        }
        let heading = self.say("所引文件", "Instruments cited").to_owned();
        let lines: Vec<String> =
            lines.iter().map(|line| format!("<li>{}</li>", escape(line))).collect();
        self.push(&format!("<h2>{heading}</h2>\n<ul>\n{}\n</ul>", lines.join("\n")));
    }

    fn policy_text(&mut self) {
        let Some(origins) = self.origins.take().filter(|origins| !origins.is_empty()) else {
            return;
        };
        let heading =
            self.say("政策原文（上文引到的各行）", "The policy's own text, the lines referred to");
        self.push(&format!("<section class=\"origins\">\n<h2>{heading}</h2>"));
        origins.write(&mut self.out);
        self.push("</section>");
        self.origins = Some(origins);
    }
}
