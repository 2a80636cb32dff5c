//! Reasons: why, why not, what is still to be asked, and between what bounds a result lies.

use std::ops::Range;

use super::answer::{Row, Summary, outcome_word, style_of};
use super::ask::{ask, parse, shown};
use super::paper::Paper;
use super::problem::{self, Trouble};
use super::read;
use super::session::{Answer, Compiled, Line, Session};
use crate::diagnostic::Language;
use crate::engine::Case;
use crate::engine::decision::Outcome;
use crate::explain::Detail;
use crate::explain::layout::Style;
use crate::explain::text::{TextOptions, hint, render, render_again, render_failed};
use crate::explain::view::{DecisionView, Explanation, OutcomeView};
use crate::hir::Program;
use crate::input::InstanceId;

/// A decision that a line speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// Whose; nothing where it was not said.
    pub(super) who: Option<String>,
    /// Its name as declared.
    pub(super) decision: String,
}

impl Target {
    pub(super) fn is(&self, row: &Row) -> bool {
        let is = row.decision == self.decision
            || row.decision.rsplit_once('.').is_some_and(|(_, name)| name == self.decision);
        is && self.who.as_ref().is_none_or(|who| *who == row.who)
    }

    /// `低保`, `甲.低保`
    pub(super) fn id(&self) -> String {
        match self.who.as_deref() {
            None | Some("") => self.decision.clone(),
            Some(who) => format!("{who}.{}", self.decision),
        }
    }
}

/// `甲的低保` or `甲.低保` as whose and what; nothing said of whom is the household first.
fn cut(text: &str) -> (Option<&str>, &str) {
    let cut = text.split_once('的').or_else(|| text.split_once('.'));
    match cut {
        Some((who, what)) => (Some(who.trim()), what.trim()),
        None => (None, text),
    }
}

/// A decision's name without what people say around it: 能领低保, 低保不符合. Nothing is left of
/// 不符合 alone, which asks of every decision.
fn bare(text: &str) -> &str {
    const BEFORE: [&str; 9] = ["才", "能", "可以", "没有", "不", "领到", "领", "得到", "享受"];
    const BEHIND: [&str; 6] = ["不符合", "才符合", "能符合", "符合", "不发", "发"];
    let mut text = text.trim();
    loop {
        let shorter = BEFORE
            .iter()
            .find_map(|word| text.strip_prefix(word))
            .or_else(|| BEHIND.iter().find_map(|word| text.strip_suffix(word)));
        match shorter {
            Some(shorter) => text = shorter.trim(),
            None => return text,
        }
    }
}

impl Session {
    /// The stretch of a line that names a decision, without what is said around it; as it was where
    /// what is left names none either.
    fn about(&self, program: &Program, line: &Line<'_>, range: Range<usize>) -> Range<usize> {
        let text = line.slice(&range);
        if text.is_empty() || self.target_named(program, text).is_some() {
            return range;
        }
        let bare = bare(text);
        if !bare.is_empty() && self.target_named(program, bare).is_none() {
            return range;
        }
        let start = range.start + text.find(bare).unwrap_or(0);
        start..start + bare.len()
    }

    /// The decisions that a part of a line names; an error where one names none.
    pub(super) fn targets(
        &self,
        law: &Compiled,
        line: &Line<'_>,
        range: Range<usize>,
    ) -> Result<Vec<Target>, Trouble> {
        let program = law.program();
        let range = self.about(program, line, range);
        let parts = read::parts(line.text, range);
        let target = |range: &Range<usize>| {
            let text = line.slice(range);
            self.target_named(program, text)
                .ok_or_else(|| problem::nothing_to_explain(line.span(range), text, &names(program)))
        };
        parts.iter().map(target).collect()
    }

    /// The decision that a text names: 低保, 甲的低保, 家庭的低保.
    pub(super) fn target_named(&self, program: &Program, text: &str) -> Option<Target> {
        let (who, name) = cut(text);
        let own = || program.decisions.iter().filter(|found| found.own);
        let decision = own().find(|found| found.name.is(name) || program.called(found) == name);
        let (who, name, decision) = match decision {
            Some(decision) => (who, name, decision),
            // 最低生活保障.低保: the name of a decision that several benefits have.
            None => (None, text, own().find(|found| program.called(found) == text)?),
        };
        let is_shared = own().any(|other| {
            other.name.is(name) && program.benefit_of(other) != program.benefit_of(decision)
        });
        let root = program.object(program.root)?;
        let who = match who {
            None => None,
            Some(who) if root.name.is(who) => Some(String::new()),
            Some(who) => {
                let being = self.state.household.beings.iter().find(|being| being.key == who)?;
                Some(being.key.clone())
            }
        };
        let called = program.called(decision);
        let benefit = is_shared && called != name;
        Some(Target { who, decision: if benefit { name.to_owned() } else { called } })
    }

    /// 为何
    pub(super) fn why(&mut self, line: &Line<'_>) -> Answer {
        let (law, case, question) = self.asked(line)?;
        let (range, full) = line.without(&["全部", "full"]);
        let range = self.about(law.program(), line, range);
        let language = self.options.language;
        let decided = self.decided(&law, case.clone(), question)?;
        let (options, mut paper) = (self.text_options(full), self.paper());
        if range.is_empty() {
            let mut told = self.explained(&decided);
            let text = render_again(&told.kept, language, options, &mut told.pages);
            paper.raw(&self.hinted(&text));
            self.remember(told);
            return Ok(paper.into());
        }
        let text = line.slice(&range);
        let Some(target) = self.target_named(law.program(), text) else {
            return self.why_value(&law, &Case { facts: case }, line, &range);
        };
        let told = self.explained(&decided);
        let text = render(&part(&told.kept.explanation, &target), language, options);
        paper.raw(&self.hinted(&text));
        self.remember(told);
        Ok(paper.into())
    }

    /// An explanation, with how the prompt shows what it left out.
    fn hinted(&self, text: &str) -> String {
        let here =
            self.say("未展开的各项：末尾加 全部", "`full` at the end shows what is not shown here");
        text.replace(hint(self.options.language), here)
    }

    /// The value of a rule or any expression, with how it came about.
    fn why_value(
        &mut self,
        law: &Compiled,
        case: &Case,
        line: &Line<'_>,
        range: &Range<usize>,
    ) -> Answer {
        let question = self.state.time.question();
        let question = question.ok_or_else(|| problem::no_period(line.rest_span()))?;
        let expression = parse(line, range.clone())?;
        let root = law.program().root;
        let facts = (&case.facts, question);
        let asked = ask(law, facts, &line.sources, root, &expression, None)?;
        let trace = asked.trace(&line.sources, self.options.language);
        let mut paper = self.paper();
        self.say_value(&mut paper, &trace, asked.root, InstanceId(0));
        Ok(paper.into())
    }

    /// 为何不
    pub(super) fn why_not(&mut self, line: &Line<'_>) -> Answer {
        let (law, case, question) = self.asked(line)?;
        let language = self.options.language;
        let decided = self.decided(&law, case, question)?;
        let targets = self.targets(&law, line, line.rest.clone())?;
        let told = self.explained(&decided);
        let explanation = &told.kept.explanation;
        let mut paper = self.paper();
        let mut named = false;
        for subject in &explanation.subjects {
            let is_root = subject.id == subject.object;
            for decision in &subject.decisions {
                let wanted = targets.is_empty() && is_root
                    || targets
                        .iter()
                        .any(|target| is_about(target, &subject.id, is_root, decision));
                if !wanted {
                    continue;
                }
                if targets.is_empty() && decision.outcome == OutcomeView::Entitled {
                    continue;
                }
                named = true;
                let name = decision_name(&subject.id, is_root, decision, language);
                self.say_failed(&mut paper, explanation, &name, decision);
            }
        }
        if !named {
            let text = self.say("家庭的各项决定都符合", "the household is entitled to everything");
            let text = text.to_owned();
            paper.line(0, Style::Plain, &text);
        }
        self.remember(told);
        Ok(paper.into())
    }

    fn say_failed(
        &self,
        paper: &mut Paper,
        explanation: &Explanation,
        name: &str,
        decision: &DecisionView,
    ) {
        let colon = self.say("：", ": ");
        let (word, style) = match &decision.outcome {
            OutcomeView::Entitled => (Outcome::Entitled, Style::Good),
            OutcomeView::NotEntitled => (Outcome::NotEntitled, Style::Bad),
            OutcomeView::Undecided => (Outcome::Undecided, Style::Doubtful),
            OutcomeView::Discretionary => (Outcome::Discretionary, Style::Doubtful),
            OutcomeView::Failed(_) => (Outcome::Failed, Style::Bad),
        };
        let word = outcome_word(word, self.options.language);
        paper.line(0, style, &format!("{name}{colon}{word}"));
        if let OutcomeView::Failed(error) = &decision.outcome {
            paper.line(2, Style::Bad, self.say(&error.zh, &error.en));
        }
        if decision.outcome == OutcomeView::Entitled {
            let text = self.say("条件都满足了", "every condition is met").to_owned();
            paper.line(2, Style::Plain, &text);
            return;
        }
        let options = self.text_options(false);
        paper.raw(&render_failed(explanation, decision, self.options.language, options));
    }

    fn text_options(&self, full: bool) -> TextOptions {
        let detail = Detail { depth: None, full };
        TextOptions { color: self.options.color, width: self.options.width, detail }
    }

    /// 还需
    pub(super) fn needs(&mut self, line: &Line<'_>) -> Answer {
        let (law, case, question) = self.asked(line)?;
        let targets = self.targets(&law, line, line.rest.clone())?;
        let language = self.options.language;
        let summary = Summary::of(&*self.decided(&law, case, question)?);
        let rows = summary
            .rows
            .iter()
            .filter(|row| targets.is_empty() || targets.iter().any(|target| target.is(row)));
        let mut paper = self.paper();
        let mut any = false;
        for row in rows.filter(|row| !row.notes.missing.is_empty()) {
            any = true;
            let colon = self.say("：", ": ");
            let outcome = outcome_word(row.outcome, language);
            let lead = match language {
                Language::Zh => format!("{}（{outcome}）{colon}", row.name(language)),
                Language::En => format!("{} ({outcome}){colon}", row.name(language)),
            };
            paper.line(0, style_of(row.outcome), lead.trim_end());
            let rows: Vec<(Style, Vec<String>)> = row
                .notes
                .missing
                .iter()
                .map(|path| (Style::Plain, vec![self.path(path), self.question_of(&law, path)]))
                .collect();
            paper.table(2, &rows);
        }
        if !any {
            let text = self.say("不用再问：结论不会变", "nothing: no answer would change a result");
            let text = text.to_owned();
            paper.line(0, Style::Plain, &text);
        }
        Ok(paper.into())
    }

    /// `甲.月工资` as the line would name it: `甲的月工资`.
    pub(super) fn path(&self, path: &str) -> String {
        match self.options.language {
            Language::Zh => path.replacen('.', "的", 1),
            Language::En => path.to_owned(),
        }
    }

    /// The drafter's question about a fact, and what it takes.
    fn question_of(&self, law: &Compiled, path: &str) -> String {
        let program = law.program();
        let bare = path.split(['（', '(']).next().unwrap_or(path).trim();
        let name = bare.split_once('.').map_or(bare, |(_, name)| name);
        let Some(field) = program.fields.iter().find(|field| field.name.is(name)) else {
            return String::new();
        };
        if let (Some(question), Language::Zh) = (&field.question, self.options.language) {
            return question.clone();
        }
        let takes = crate::input::takes(program, &field.ty);
        self.say(&takes.zh, &takes.en).to_owned()
    }

    /// 界限
    pub(super) fn bounds(&mut self, line: &Line<'_>) -> Answer {
        let (law, case, question) = self.asked(line)?;
        let language = self.options.language;
        let mut paper = self.paper();
        let parts = read::parts(line.text, line.rest.clone());
        let expression =
            parts.iter().any(|part| self.target_named(law.program(), line.slice(part)).is_none());
        if expression {
            let expression = parse(line, line.rest.clone())?;
            let root = law.program().root;
            let asked = ask(&law, (&case, question), &line.sources, root, &expression, None)?;
            let trace = asked.trace(&line.sources, language);
            paper.line(0, Style::Strong, &shown(&trace, &asked.value(), &asked.ty()));
            return Ok(paper.into());
        }
        let targets = self.targets(&law, line, line.rest.clone())?;
        let summary = Summary::of(&*self.decided(&law, case, question)?);
        let rows: Vec<(Style, Vec<String>)> = summary
            .rows
            .iter()
            .filter(|row| {
                let open = row.outcome != Outcome::NotEntitled;
                let asked = targets.iter().any(|target| target.is(row));
                targets.is_empty() && open || asked
            })
            .map(|row| {
                let payments: Vec<String> = row
                    .payments
                    .iter()
                    .map(|paid| format!("{} {}", paid.shown, paid.text))
                    .collect();
                let result = outcome_word(row.outcome, language).to_owned();
                let text = payments.join(self.say("，", ", "));
                (style_of(row.outcome), vec![row.name(language), result, text])
            })
            .collect();
        if rows.is_empty() {
            let text = self.say("各项都不符合，没有金额", "entitled to nothing").to_owned();
            paper.line(0, Style::Plain, &text);
        }
        paper.table(0, &rows);
        Ok(paper.into())
    }
}

/// What follows the command without 全部 at its end, and whether it was there.
/// Every name that can be explained.
fn names(program: &Program) -> Vec<String> {
    let names = program.decisions.iter().map(|found| &found.name);
    let names = names.chain(program.definitions.iter().map(|found| &found.name));
    names.flat_map(|name| std::iter::once(name.text.clone()).chain(name.alias.clone())).collect()
}

fn is_about(target: &Target, id: &str, is_root: bool, decision: &DecisionView) -> bool {
    let who = if is_root { "" } else { id };
    decision.name == target.decision && target.who.as_ref().is_none_or(|wanted| wanted == who)
}

fn decision_name(id: &str, is_root: bool, decision: &DecisionView, language: Language) -> String {
    let name = match (&decision.alias, language) {
        (Some(alias), Language::En) => alias,
        _ => &decision.name,
    };
    match (is_root, language) {
        (true, _) => name.clone(),
        (false, Language::Zh) => format!("{id}的{name}"),
        (false, Language::En) => format!("{id}.{name}"),
    }
}

/// The explanation of some decisions alone: the household's of that name where nobody was named
/// and it has one.
fn part(explanation: &Explanation, target: &Target) -> Explanation {
    let has_root = explanation.subjects.iter().any(|subject| {
        subject.id == subject.object
            && subject.decisions.iter().any(|decision| decision.name == target.decision)
    });
    let target = match &target.who {
        None if has_root => Target { who: Some(String::new()), ..target.clone() },
        _ => target.clone(),
    };
    let mut explanation = explanation.clone();
    for subject in &mut explanation.subjects {
        let is_root = subject.id == subject.object;
        let id = subject.id.clone();
        subject.decisions.retain(|decision| is_about(&target, &id, is_root, decision));
    }
    explanation.subjects.retain(|subject| !subject.decisions.is_empty());
    explanation.policy.layers.clear();
    explanation
}
