//! Reforms: a declaration of the policy put in the place of another, for this session. The text of
//! the policy is changed and compiled again, so that a reform means exactly what it would mean in
//! the file.

mod amend;
mod text;

use std::sync::Arc;

use self::text::{Declared, Files};
use super::change;
use super::paper::Paper;
use super::problem::{self, Trouble};
use super::session::{Answer, Compiled, Line, Session};
use super::state::{Law, Reform, State};
use super::verb::Verb;
use crate::diagnostic::{Diagnostic, Language};
use crate::engine::Library;
use crate::explain::layout::Style;
use crate::hir::{DefinitionId, Program};
use crate::syntax::words::declaration_at;

impl Session {
    /// 改
    pub(super) fn reform(&mut self, line: &Line<'_>) -> Answer {
        if line.rest.is_empty() {
            return Err(problem::misused(line.rest_span(), Verb::Reform));
        }
        let law = self.law(line)?;
        let reform = if is_declaration(line.rest()) {
            self.declared(&law, line)?
        } else {
            self.amended(&law, line)?
        };
        let mut reforms = (*self.state.law.reforms).clone();
        match reforms.iter_mut().find(|known| known.is_about(&reform)) {
            Some(known) => known.text.clone_from(&reform.text),
            None => reforms.push(reform.clone()),
        }
        let next = Law { reforms: Arc::new(reforms), ..self.state.law.clone() };
        let compiled = match self.compile(&next) {
            Some(compiled) => compiled.map_err(|trouble| without_known(&law, trouble))?,
            None => return Err(problem::no_policy(line.rest_span())),
        };
        let mut paper = self.paper();
        say_text(&mut paper, 0, &reform.text);
        let warnings = new_warnings(&law, &compiled);
        let state = State { law: next, ..self.state.clone() };
        self.go(state, &mut paper)?;
        let mut said = super::session::Said::from(paper);
        if !warnings.is_empty() {
            said.sources = Some(compiled.library.sources().clone());
            said.warnings = warnings;
        }
        Ok(said)
    }

    /// A whole declaration, in the place of the one of its name in the lowest layer that has one.
    fn declared(&self, law: &Compiled, line: &Line<'_>) -> Result<Reform, Trouble> {
        let text = line.rest().trim_end().to_owned();
        let misused = || problem::misused(line.rest_span(), Verb::Reform);
        let new = Declared::of(&text).ok_or_else(misused)?;
        let files = Files::of(&law.library);
        let found = layers(law.program(), &law.library).into_iter().find_map(|file| {
            let index = files.find(&file, &new)?;
            Some((file, index))
        });
        let (file, index) = match found {
            Some(found) => found,
            None => (self.own_file(law).ok_or_else(misused)?, 0),
        };
        Ok(Reform { keyword: new.keyword, name: new.name, subject: new.subject, file, index, text })
    }

    /// The file of the policy itself, where new declarations go.
    fn own_file(&self, law: &Compiled) -> Option<String> {
        layers(law.program(), &law.library).into_iter().next()
    }

    /// The policy texts with the reforms in them.
    pub(super) fn reformed(&self, reforms: &[Reform]) -> Result<Library, Trouble> {
        let mut files = Files::of(&self.library);
        for reform in reforms {
            files.put(reform);
        }
        Ok(Library::from_texts(files.texts))
    }

    /// 还原
    pub(super) fn restore(&mut self, line: &Line<'_>) -> Answer {
        let name = line.rest();
        let reforms = &self.state.law.reforms;
        if reforms.is_empty() {
            return Err(problem::no_reform(line.rest_span(), None, &[]));
        }
        let kept: Vec<Reform> = if name.is_empty() {
            Vec::new()
        } else {
            reforms.iter().filter(|reform| reform.name != name).cloned().collect()
        };
        if kept.len() == reforms.len() {
            let names: Vec<String> = reforms.iter().map(|reform| reform.name.clone()).collect();
            return Err(problem::no_reform(line.rest_span(), Some(name), &names));
        }
        let count = reforms.len() - kept.len();
        let text = match self.options.language {
            Language::Zh => format!("还原了{count}项"),
            Language::En => format!("{count} taken back"),
        };
        let law = Law { reforms: Arc::new(kept), ..self.state.law.clone() };
        let mut paper = self.paper();
        paper.line(0, Style::Plain, &text);
        self.go(State { law, ..self.state.clone() }, &mut paper)?;
        Ok(paper.into())
    }

    /// 改动
    pub(super) fn list_reforms(&mut self, _: &Line<'_>) -> Answer {
        let mut paper = self.paper();
        let reforms = Arc::clone(&self.state.law.reforms);
        if reforms.is_empty() {
            let text = self.say("没有试改过", "nothing is reformed").to_owned();
            paper.line(0, Style::Faint, &text);
        }
        let files = Files::of(&self.library);
        for reform in reforms.iter() {
            let place = files.place(reform);
            let head = match self.options.language {
                Language::Zh => format!("{} {}（{place}）", reform.keyword, reform.name),
                Language::En => format!("{} {} ({place})", reform.keyword, reform.name),
            };
            paper.line(0, Style::Strong, &head);
            match files.text(reform) {
                Some(old) => {
                    let (was, is) =
                        (self.say("原：", "was: ").to_owned(), self.say("现：", "is: ").to_owned());
                    paper.line(2, Style::Faint, was.trim_end());
                    say_text(&mut paper, 4, &old);
                    paper.line(2, Style::Faint, is.trim_end());
                    say_text(&mut paper, 4, &reform.text);
                }
                None => say_text(&mut paper, 4, &reform.text),
            }
        }
        Ok(paper.into())
    }

    /// 比较: the household under the law as it is and as reformed.
    pub(super) fn compare(&mut self, line: &Line<'_>) -> Answer {
        if self.state.law.reforms.is_empty() {
            return Err(problem::no_reform(line.rest_span(), None, &[]));
        }
        self.asked(line)?;
        let law = Law { reforms: Arc::default(), ..self.state.law.clone() };
        let before = State { law, ..self.state.clone() };
        let old = self.summary_of(&before);
        let old = old.ok_or_else(|| problem::no_period(line.rest_span()))??;
        let mut paper = self.paper();
        let names: Vec<&str> =
            self.state.law.reforms.iter().map(|reform| reform.name.as_str()).collect();
        let head =
            format!("{}{}", self.say("试改：", "reforms: "), names.join(self.say("、", ", ")));
        paper.line(0, Style::Strong, &head);
        self.say_changes(Some(&old), &mut paper);
        Ok(paper.into())
    }
}

/// Whether a text begins like a declaration in full: 参数, 规则 … with more than a value after it.
fn is_declaration(text: &str) -> bool {
    let Some((spelling, word)) = declaration_at(text) else { return false };
    if word.zh != "参数" {
        return true;
    }
    let rest = text.get(spelling.len()..).unwrap_or("");
    // 参数 低保标准 = 1300元 is a value for a parameter that is there.
    rest.contains(['：', ':', '\n'])
}

/// Whether a declaration that was begun says nothing of its content yet.
pub(super) fn lacks_body(text: &str) -> bool {
    declaration_at(text).is_some() && !text.contains(['=', '＝']) && change::find(text).is_none()
}

/// Text of the policy, its lines as they are; a long one goes on below where it begins.
fn say_text(paper: &mut Paper, indent: usize, text: &str) {
    for line in text.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        let (blanks, rest) = line.split_at(line.len().saturating_sub(line.trim_start().len()));
        paper.led(indent, blanks, Style::Plain, Style::Plain, rest);
    }
}

/// What the checker notices now and did not before.
fn new_warnings(before: &Compiled, after: &Compiled) -> Vec<Diagnostic> {
    let known = before.policy.warnings();
    let is_new = |finding: &&Diagnostic| !known.iter().any(|old| old.message == finding.message);
    after.policy.warnings().iter().filter(is_new).cloned().collect()
}

/// What is wrong with a reform, without what the checker noticed before it.
fn without_known(before: &Compiled, mut trouble: Trouble) -> Trouble {
    let known = before.policy.warnings();
    trouble.findings.retain(|found| !known.iter().any(|old| old.message == found.message));
    trouble
}

/// The files of a program's layers, the lowest layer first.
fn layers(program: &Program, library: &Library) -> Vec<String> {
    let mut files = Vec::new();
    for layer in program.layers.iter().rev() {
        files.extend(library.files_named(&layer.policy));
    }
    files
}

/// The definition of a name; of several, the household's.
fn definition_named(program: &Program, name: &str) -> Option<DefinitionId> {
    let mut found = program.definitions.iter().enumerate().filter(|(_, found)| found.name.is(name));
    let first = found.clone().find(|(_, found)| found.subject == program.root);
    let (at, _) = first.or_else(|| found.next())?;
    Some(DefinitionId(u32::try_from(at).ok()?))
}
