//! The trace: the values that an evaluation left behind, read through the program. Nothing is
//! stored twice; everything that is said of a decision is found here when it is asked for.

mod mask;
mod note;
mod show;
mod term;

use crate::diagnostic::Language;
use crate::eval::{Evaluation, Value};
use crate::explain::view::{ErrorView, SourceView};
use crate::hir::{
    ApplicableDate, Constant, Decision, Definition, DefinitionText, ExceptionArm, LayerId, Name,
    NodeId, NodeKind, Program,
};
use crate::input::{Case, Fact, InstanceId, Scalar};
use crate::source::{SourceMap, Span};
use crate::types::ObjectId;
use crate::value::Date;

pub use mask::masked;
pub(crate) use mask::{MASK, secrets};
pub use note::NoteGroups;
pub(crate) use note::fault_word;
pub(crate) use show::{bare, unit_text};

/// A finished evaluation with all that is needed to read it.
#[derive(Clone, Copy, Debug)]
pub struct Trace<'a> {
    /// What was run.
    pub program: &'a Program,
    /// Its texts.
    pub sources: &'a SourceMap,
    /// On what.
    pub case: &'a Case,
    /// With what result.
    pub evaluation: &'a Evaluation,
    /// In which language names, values and notes are said.
    pub language: Language,
    /// By node: whether its value may tell a 敏感 fact; nothing where those are shown as they are.
    pub secrets: Option<&'a [bool]>,
}

impl<'a> Trace<'a> {
    /// The value of a node for an instance in the month asked.
    #[must_use]
    pub fn value(&self, node: NodeId, instance: InstanceId) -> Value {
        self.evaluation
            .value(node, instance)
            .cloned()
            .unwrap_or(Value::Absent(crate::eval::Marks::NONE))
    }

    /// Who is known to stand in a list of `owner` in the month asked.
    #[must_use]
    pub fn listed(&self, list: crate::hir::FieldId, owner: InstanceId) -> Vec<InstanceId> {
        let question = &self.evaluation.question;
        let day = question.period.last_day();
        self.case.listed(self.program, list, owner, day, question.strict).known()
    }

    /// The kind of a node.
    #[must_use]
    pub fn kind(&self, node: NodeId) -> Option<&'a NodeKind> {
        self.program.node(node).map(|node| &node.kind)
    }

    /// The day that picked rows and versions for what a layer wrote.
    #[must_use]
    pub fn applicable_day(&self, layer: LayerId) -> Date {
        let question = &self.evaluation.question;
        match self.program.applicable(layer) {
            ApplicableDate::PeriodFirst => question.period.first_day(),
            ApplicableDate::PeriodLast => question.period.last_day(),
            ApplicableDate::Assessment => question.assessment_day(),
            ApplicableDate::Fact(field) => match self.case.fact(field, InstanceId(0)) {
                Fact::Known(Scalar::Constant(Constant::Date(date))) => *date,
                _ => question.period.first_day(),
            },
        }
    }

    /// Whether an exception is in force on the day that picks what its layer wrote.
    #[must_use]
    pub fn is_in_force(&self, exception: &ExceptionArm) -> bool {
        let item = self.program.item(exception.item);
        let day = self.applicable_day(item.map(|item| item.layer).unwrap_or_default());
        exception.validity.holds(day, self.evaluation.question.known_on)
    }

    /// The decisions that are answered: the policy's own; of all benefits of a place, those that
    /// are in force.
    pub fn decided(&self) -> impl Iterator<Item = &'a Decision> + 'a {
        let trace = *self;
        let own = self.program.decisions.iter().filter(|decision| decision.own);
        own.filter(move |decision| !trace.is_left_out(decision))
    }

    /// The names of those that are left out.
    #[must_use]
    pub fn not_in_force(&self) -> Vec<String> {
        let own = self.program.decisions.iter().filter(|decision| decision.own);
        own.filter(|decision| self.is_left_out(decision))
            .map(|decision| self.program.called(decision))
            .collect()
    }

    /// A place has many benefits, and one that has ended or not begun is no error of its own.
    fn is_left_out(&self, decision: &Decision) -> bool {
        let definition = self.program.definition(decision.entitlement);
        let Some(versions) = definition.and_then(|found| found.versions) else { return false };
        self.program.place.is_some()
            && self.value(versions, InstanceId(0)).is_not_in_force(decision.entitlement)
    }

    /// The node that a node stands for: through versions to the one in force.
    #[must_use]
    pub fn current(&self, node: NodeId) -> NodeId {
        let Some(found) = self.program.node(node) else { return node };
        match &found.kind {
            NodeKind::Versions(versions) => {
                let day = self.applicable_day(found.layer);
                let known_on = self.evaluation.question.known_on;
                versions
                    .iter()
                    .find(|version| version.validity.holds(day, known_on))
                    .map_or(node, |version| self.current(version.root))
            }
            _ => node,
        }
    }

    /// The text of the version of a definition that is in force.
    #[must_use]
    pub fn text<'b>(&self, definition: &'b Definition) -> Option<&'b DefinitionText> {
        self.text_in_force(definition).or_else(|| definition.texts.first())
    }

    /// The same, nothing where no text is in force.
    #[must_use]
    pub fn text_in_force<'b>(&self, definition: &'b Definition) -> Option<&'b DefinitionText> {
        let day = self.applicable_day(definition.layer);
        let known_on = self.evaluation.question.known_on;
        let in_force = definition.texts.iter().filter(|text| text.validity.holds(day, known_on));
        in_force.max_by_key(|text| (text.layer, text.validity.from))
    }

    /// Where a piece of the policy comes from.
    #[must_use]
    pub fn source(&self, citations: &[String], layer: LayerId, span: Span) -> SourceView {
        SourceView {
            citations: citations.to_vec(),
            layer: self.program.layer(layer).map_or_else(String::new, |layer| layer.place.clone()),
            place: self.sources.place(span),
            span,
        }
    }

    /// A name: in English its ASCII twin, where it has one.
    #[must_use]
    pub fn name<'n>(&self, name: &'n Name) -> &'n str {
        match (self.language, &name.alias) {
            (Language::En, Some(alias)) => alias,
            _ => &name.text,
        }
    }

    /// The words of the trace's language.
    #[must_use]
    pub fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    /// A value in the trace's language.
    #[must_use]
    pub fn shown(&self, value: &Value, ty: &crate::types::Type) -> String {
        let shown = self.show(value, ty);
        match self.language {
            Language::Zh => shown.zh,
            Language::En => shown.en,
        }
    }

    /// `X：是` or `X: yes`.
    #[must_use]
    pub fn said(&self, what: &str, value: &str) -> String {
        format!("{what}{}{value}", self.say("：", ": "))
    }

    /// What an instance is called: the person's key, the object's name for the root.
    #[must_use]
    pub fn instance_name(&self, object: ObjectId, instance: InstanceId) -> String {
        let found = self.case.of(object).get(instance.0 as usize);
        found.map_or_else(String::new, |instance| instance.key.clone())
    }

    /// `甲.` before the name of something about a person; nothing for the root.
    #[must_use]
    pub fn prefix(&self, object: ObjectId, instance: InstanceId) -> String {
        if object == self.program.root {
            return String::new();
        }
        format!("{}.", self.instance_name(object, instance))
    }

    /// The whole of a formula as written, on one line.
    #[must_use]
    pub fn written(&self, span: Span) -> String {
        tidy(self.sources.slice(span))
    }

    /// An error in words.
    #[must_use]
    pub fn error(&self, fault: &crate::eval::Fault) -> ErrorView {
        let finding = self.fault_diagnostic(fault);
        ErrorView {
            code: finding.code.to_owned(),
            place: finding.span().map_or_else(String::new, |span| self.sources.place(span)),
            zh: finding.message.zh,
            en: finding.message.en,
        }
    }
}

/// What stands before the citation of a line.
const CITING: [&str; 3] = [" 依据 ", "\u{3000}依据 ", " source "];

/// One line without comments, citations or runs of blanks.
pub(crate) fn tidy(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let line = line.split(['#', '＃']).next().unwrap_or("").trim();
        let cited = line.char_indices().filter(|(_, found)| matches!(found, ' ' | '\u{3000}'));
        let cited = cited.map(|(at, _)| at).find(|at| {
            line.get(*at..).is_some_and(|rest| CITING.iter().any(|word| rest.starts_with(word)))
        });
        let line = cited.and_then(|at| line.get(..at)).unwrap_or(line).trim();
        let needs_blank = out.chars().last().is_some_and(|last| last.is_ascii())
            && line.chars().next().is_some_and(|first| first.is_ascii());
        if needs_blank {
            out.push(' ');
        }
        out.push_str(line);
    }
    out.trim_end_matches(['；', ';', '。']).to_owned()
}
