//! Expressions, read against the policy and evaluated on the household.

use super::problem::{self, Trouble};
use super::session::{Answer, Compiled, Line, Session};
use crate::diagnostic::{Bilingual, Diagnostic, Language};
use crate::engine::Question;
use crate::eval::{Evaluation, Live, LookBack, Value, evaluate};
use crate::explain::layout::Style;
use crate::hir::lower::{Keys, lower_expression};
use crate::hir::{NodeId, NodeKind, Program};
use crate::input::{Case, InstanceId};
use crate::source::SourceMap;
use crate::syntax::ast::{Comparison, Expr, ExprKind};
use crate::syntax::{SyntaxError, parse_expression, parse_tellings};
use crate::trace::Trace;
use crate::types::{ObjectId, Type};

/// An expression with its values.
pub(super) struct Asked {
    pub(super) program: Program,
    pub(super) root: NodeId,
    pub(super) subject: ObjectId,
    pub(super) case: Case,
    pub(super) evaluation: Evaluation,
}

impl Asked {
    pub(super) fn trace<'a>(&'a self, sources: &'a SourceMap, language: Language) -> Trace<'a> {
        Trace {
            program: &self.program,
            sources,
            case: &self.case,
            evaluation: &self.evaluation,
            language,
            secrets: None,
        }
    }

    /// Its type.
    pub(super) fn ty(&self) -> Type {
        self.program.node(self.root).map_or(Type::Error, |node| node.ty.clone())
    }

    /// The value about the case itself.
    pub(super) fn value(&self) -> Value {
        let value = self.evaluation.value(self.root, InstanceId(0));
        value.cloned().unwrap_or(Value::Absent(crate::eval::Marks::NONE))
    }
}

/// The people of a case by key.
pub(super) fn keys(program: &Program, case: &Case) -> Keys {
    let mut keys = Keys::new();
    for at in 0..program.objects.len() {
        let object = ObjectId(u16::try_from(at).unwrap_or(u16::MAX));
        if object != program.root {
            keys.extend(case.of(object).iter().map(|instance| (instance.key.clone(), object)));
        }
    }
    keys
}

/// Evaluates an expression about each instance of `subject`.
pub(super) fn ask(
    law: &Compiled,
    (case, question): (&Case, Question),
    sources: &SourceMap,
    subject: ObjectId,
    expression: &Expr,
    wanted: Option<&Type>,
) -> Result<Asked, Vec<Diagnostic>> {
    let keys = keys(law.program(), case);
    let program = law.program().clone();
    let (program, root) = lower_expression(program, sources, &keys, subject, expression, wanted);
    let root = root?;
    let live = Live::of(&program, &[root]);
    let look_back = LookBack::of(&program, &live);
    let evaluation = evaluate(&program, &live, look_back, case, question);
    Ok(Asked { program, root, subject, case: case.clone(), evaluation })
}

/// Reads the expression in `range` of a line.
pub(super) fn parse(line: &Line<'_>, range: std::ops::Range<usize>) -> Result<Expr, Trouble> {
    parse_expression(line.source, line.text, range)
        .map_err(|errors| errors.iter().map(SyntaxError::diagnostic).collect::<Vec<_>>().into())
}

impl Session {
    /// A line that is no command.
    pub(super) fn expression(&mut self, line: &Line<'_>) -> Answer {
        self.value_of_line(line).map_err(|trouble| may_be_a_command(line, trouble))
    }

    fn value_of_line(&mut self, line: &Line<'_>) -> Answer {
        let law = self.law(line)?;
        let text = line.rest();
        if self.state.household.beings.iter().any(|being| being.key == text) {
            return self.table(line);
        }
        let expression = parse(line, line.rest.clone())?;
        let (law, case, question) = match self.asked(line) {
            Ok(asked) => asked,
            Err(trouble) => {
                // A name that nothing has is the nearer mistake.
                let case = self.state.household.bind(law.program());
                let keys = keys(law.program(), &case);
                let root = law.program().root;
                let (_, found) = lower_expression(
                    law.program().clone(),
                    &line.sources,
                    &keys,
                    root,
                    &expression,
                    None,
                );
                found?;
                return Err(trouble);
            }
        };
        let root = law.program().root;
        let of_root = ask(&law, (&case, question), &line.sources, root, &expression, None);
        let asked = match of_root {
            Ok(asked) => asked,
            Err(findings) => {
                // 月工资 means nothing of a household, and something of each member.
                let of_members = ["huize::resolve::unknown_name", "huize::resolve::wrong_subject"];
                let maybe = findings.iter().all(|found| of_members.contains(&found.code));
                let each = maybe.then(|| self.of_each(&law, (&case, question), line, &expression));
                each.flatten().ok_or(Trouble::from(findings))?
            }
        };
        let mut paper = self.paper();
        let trace = asked.trace(&line.sources, self.options.language);
        if asked.subject == root {
            self.say_value(&mut paper, &trace, asked.root, InstanceId(0));
            if let Some(advice) = self.meant_to_set(&law, &expression) {
                paper.line(2, Style::Faint, &advice);
            }
        } else {
            let ty = asked.ty();
            let mut rows = Vec::new();
            for (at, instance) in case.of(asked.subject).iter().enumerate() {
                let who = InstanceId(u32::try_from(at).unwrap_or(u32::MAX));
                let value = trace.value(asked.root, who);
                rows.push((Style::Plain, vec![instance.key.clone(), shown(&trace, &value, &ty)]));
            }
            paper.table(0, &rows);
        }
        Ok(paper.into())
    }

    /// The expression about each member, where it makes sense of members.
    fn of_each(
        &self,
        law: &Compiled,
        facts: (&Case, Question),
        line: &Line<'_>,
        expression: &Expr,
    ) -> Option<Asked> {
        let program = law.program();
        let mut subjects = (0..program.objects.len())
            .filter_map(|at| Some(ObjectId(u16::try_from(at).ok()?)))
            .filter(|subject| *subject != program.root && !facts.0.of(*subject).is_empty());
        subjects.find_map(|subject| ask(law, facts, &line.sources, subject, expression, None).ok())
    }

    /// A value, how it came about, and what it waits for.
    pub(super) fn say_value(
        &self,
        paper: &mut super::paper::Paper,
        trace: &Trace<'_>,
        root: NodeId,
        who: InstanceId,
    ) {
        let value = trace.value(root, who);
        let ty = trace.program.node(root).map_or(Type::Error, |node| node.ty.clone());
        paper.line(0, Style::Strong, &shown(trace, &value, &ty));
        let filled = crate::explain::build::filled(trace, root, who);
        let formula = filled.rsplit_once(" = ").map_or(filled.as_str(), |(formula, _)| formula);
        let is_list = formula.contains(['（', '(']) && formula.contains(['；', '：']);
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '.');
        let is_plain = formula.is_empty() || is_list || digits(formula);
        if !is_plain && !same(formula, &shown(trace, &value, &ty)) {
            paper.line(2, Style::Plain, &format!("= {formula}"));
        }
        let notes = trace.notes(&value.causes().and(&value.marks()));
        let join = |list: &[String]| list.join(paper.say("、", ", "));
        let mut lines = Vec::new();
        let mut note = |list: &[String], zh: &str, en: &str| {
            if !list.is_empty() {
                lines.push(format!("{}{}", paper.say(zh, en), join(list)));
            }
        };
        note(&notes.missing, "还需：", "needs: ");
        note(&notes.blocked, "待查：", "pending: ");
        note(&notes.discretion, "由有权机关决定：", "up to: ");
        note(&notes.unverified, "用到样例数值：", "rests on made-up values: ");
        for text in lines {
            paper.line(2, Style::Doubtful, &text);
        }
    }

    /// `甲的月工资 = 2400元` asks; whoever wrote it may have meant to tell.
    fn meant_to_set(&self, law: &Compiled, expression: &Expr) -> Option<String> {
        let ExprKind::Compare { operator: Comparison::Equal, left, right, .. } = &expression.kind
        else {
            return None;
        };
        let literal = matches!(
            right.kind,
            ExprKind::Number(_) | ExprKind::Bool(_) | ExprKind::Date(_) | ExprKind::YearMonth(_)
        );
        let name = match &left.kind {
            ExprKind::Name(name) => name,
            ExprKind::Access { member, .. } => match &member.kind {
                ExprKind::Name(name) => name,
                _ => return None,
            },
            _ => return None,
        };
        let is_fact = law.program().fields.iter().any(|field| field.name.is(&name.text));
        (literal && is_fact).then(|| {
            self.say(
                "这是在问。要填写或改写事实，前面加 设",
                "this was a question; to state it, write `set` before it",
            )
            .to_owned()
        })
    }

    /// 应当: fails where the condition does not hold.
    pub(super) fn expect(&mut self, line: &Line<'_>) -> Answer {
        if line.rest.is_empty() {
            return Err(problem::misused(line.rest_span(), super::verb::Verb::Expect));
        }
        let (law, case, question) = self.asked(line)?;
        let expression = parse(line, line.rest.clone())?;
        let root = law.program().root;
        let facts = (&case, question);
        let asked = ask(&law, facts, &line.sources, root, &expression, Some(&Type::Bool))?;
        let value = asked.value();
        if value.as_bool() == Some(true) {
            return Ok(super::session::Said::default());
        }
        let trace = asked.trace(&line.sources, self.options.language);
        let both = match trace.kind(asked.root) {
            Some(NodeKind::Compare(_, left, _)) => {
                let ty = trace.program.node(*left).map_or(Type::Error, |node| node.ty.clone());
                let value = trace.value(*left, InstanceId(0));
                bilingual(&trace, &value, &ty)
            }
            _ => bilingual(&trace, &value, &Type::Bool),
        };
        let notes = trace.notes(&value.causes());
        let waits: Vec<String> =
            notes.missing.into_iter().chain(notes.blocked).chain(notes.discretion).collect();
        Err(problem::unmet(line.rest_span(), &both, &waits))
    }
}

/// What is wrong with a line that begins with no name that anything has: whoever wrote it may have
/// meant a command.
fn may_be_a_command(line: &Line<'_>, mut trouble: Trouble) -> Trouble {
    let text = line.rest();
    let word = super::read::first_run(text);
    // `= 撤销` asks for a name, and no command is meant.
    let before = line.text.get(..line.rest.start).unwrap_or("");
    let is_first = before.chars().all(super::read::is_blank);
    let alone = text
        .get(word.len()..)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(super::read::is_blank));
    let codes = ["huize::resolve::unknown_name", "huize::syntax::expected"];
    if let [finding] = trouble.findings.as_mut_slice()
        && is_first
        && codes.contains(&finding.code)
        && finding.help.is_none()
    {
        let told = parse_tellings(line.source, line.text, line.rest.clone()).unwrap_or_default();
        // `存案例 甲` has the form of a fact as well, and is a command misspelt.
        let is_fact = |about: &Expr| {
            matches!(about.kind, ExprKind::Access { .. }) || text.contains(['：', ':'])
        };
        if told.iter().filter_map(|told| told.about.as_ref()).any(is_fact) {
            finding.help = Some(problem::meant_to_set(text));
        } else if alone && !word.is_empty() {
            finding.help = Some(problem::meant_command(word));
        }
    }
    trouble
}

/// Whether two texts differ in nothing but blanks.
fn same(a: &str, b: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    bare(a) == bare(b)
}

/// A value in the words of the session; an error says what failed.
pub(super) fn shown(trace: &Trace<'_>, value: &Value, ty: &Type) -> String {
    match value.as_fault() {
        Some(fault) => {
            let error = trace.error(fault);
            match trace.language {
                Language::Zh => error.zh,
                Language::En => error.en,
            }
        }
        None => trace.shown(value, ty),
    }
}

/// The same in both languages.
pub(super) fn bilingual(trace: &Trace<'_>, value: &Value, ty: &Type) -> Bilingual {
    let in_language = |language| shown(&Trace { language, ..*trace }, value, ty);
    Bilingual::new(in_language(Language::Zh), in_language(Language::En))
}
