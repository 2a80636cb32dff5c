//! The household as a table.

use super::facts::Target;
use super::paper::{Paper, widths};
use super::problem;
use super::session::{Answer, Compiled, Line, Session};
use crate::diagnostic::Language;
use crate::eval::{Evaluation, Notes, Question, Value};
use crate::explain::layout::{Paint, Style, pad, visible};
use crate::hir::{Constant, DefaultValue, Field, FieldId, Program};
use crate::input::{Case, Fact, InstanceId, Scalar};
use crate::trace::Trace;
use crate::types::{ObjectId, Type};
use crate::value::YearMonth;

impl Session {
    /// 表: everybody, one person, or every field.
    pub(super) fn table(&mut self, line: &Line<'_>) -> Answer {
        let law = self.law(line)?;
        let case = self.state.household.bind(law.program());
        let all = matches!(line.rest(), "全部" | "all");
        let mut paper = self.paper();
        let key = line.rest();
        if key.is_empty() || all {
            self.whole_table(&mut paper, &law, &case, all);
            return Ok(paper.into());
        }
        let program = law.program();
        let found = objects(program).find_map(|object| Some((object, case.find(object, key)?)));
        let Some((object, who)) = found else {
            let keys: Vec<String> =
                self.state.household.beings.iter().skip(1).map(|being| being.key.clone()).collect();
            return Err(problem::nobody(line.rest_span(), key, &keys).into());
        };
        let title = program.object(object).map_or("", |found| self.name(&found.name));
        let title = match self.options.language {
            Language::Zh => format!("{key}（{title}）"),
            Language::En => format!("{key} ({title})"),
        };
        paper.line(0, Style::Strong, &title);
        let rows = self.list(&law, &case, object, who, true);
        paper.table(2, &rows);
        Ok(paper.into())
    }

    fn whole_table(&self, paper: &mut Paper, law: &Compiled, case: &Case, all: bool) {
        let program = law.program();
        let root = program.object(program.root).map(|root| &root.name);
        let name = root.map_or("", |name| self.name(name));
        paper.line(0, Style::Strong, name);
        let rows = self.list(law, case, program.root, InstanceId(0), all);
        if rows.is_empty() {
            let text = self.say("还没有填写", "nothing is stated yet").to_owned();
            paper.line(2, Style::Faint, &text);
        }
        paper.table(2, &rows);
        for object in objects(program).filter(|object| *object != program.root) {
            if !case.of(object).is_empty() {
                self.people(paper, law, case, object, all);
            }
        }
        for past in &self.state.household.past {
            let who = past.who.as_deref().map(|who| format!("{who}的")).unwrap_or_default();
            let what = past.payment.as_deref().unwrap_or(&past.decision);
            let value = match &past.value {
                super::household::Thing::Truth(true) => self.say("符合", "entitled").to_owned(),
                super::household::Thing::Truth(false) => {
                    self.say("不符合", "not entitled").to_owned()
                }
                super::household::Thing::Number(number) => {
                    crate::trace::bare(*number, self.options.language)
                }
                _ => String::new(),
            };
            let month = match self.options.language {
                Language::Zh => past.month.zh(),
                Language::En => past.month.to_string(),
            };
            paper.line(
                0,
                Style::Plain,
                &format!("{} {month}  {who}{what} {value}", self.say("历史", "history")),
            );
        }
    }

    /// One being, a line for each fact.
    fn list(
        &self,
        law: &Compiled,
        case: &Case,
        object: ObjectId,
        who: InstanceId,
        all: bool,
    ) -> Vec<(Style, Vec<String>)> {
        let program = law.program();
        let mut rows = Vec::new();
        for (id, field) in fields(program, object) {
            let stated = *case.fact(id, who) != Fact::NotStated;
            if !stated && !all {
                continue;
            }
            let text = self.cell(law, case, Target { field: id, who });
            let style = if stated { Style::Plain } else { Style::Faint };
            rows.push((style, vec![self.name(&field.name).to_owned(), text]));
        }
        rows
    }

    /// Everybody of an object, a line for each, a column for each fact that somebody states; as
    /// many tables side by side as the width asks for.
    fn people(&self, paper: &mut Paper, law: &Compiled, case: &Case, object: ObjectId, all: bool) {
        let program = law.program();
        let people = case.of(object);
        let instances = || (0..people.len()).map(|at| InstanceId(u32::try_from(at).unwrap_or(0)));
        let shown: Vec<(FieldId, &Field)> = fields(program, object)
            .filter(|(id, _)| all || instances().any(|who| *case.fact(*id, who) != Fact::NotStated))
            .collect();
        let title = program.object(object).map_or("", |found| self.name(&found.name));
        let mut head = vec![title.to_owned()];
        head.extend(shown.iter().map(|(_, field)| self.name(&field.name).to_owned()));
        let mut rows = vec![head];
        for (who, instance) in instances().zip(people) {
            let outside = instance.parent.is_none();
            let mark = if outside { self.say("（不在户内）", " (outside)") } else { "" };
            let mut row = vec![format!("{}{mark}", instance.key)];
            row.extend(
                shown.iter().map(|(id, _)| self.cell(law, case, Target { field: *id, who })),
            );
            rows.push(row);
        }
        paper.blank();
        let widths = widths(rows.iter().map(Vec::as_slice));
        let first = widths.first().copied().unwrap_or(0);
        let mut from = 1;
        loop {
            let mut to = from;
            let mut used = first;
            while let Some(width) = widths.get(to)
                && (to == from || used + width + 2 <= self.options.width)
            {
                used += width + 2;
                to += 1;
            }
            for (at, row) in rows.iter().enumerate() {
                let cells =
                    row.iter().enumerate().filter(|(at, _)| *at == 0 || (from..to).contains(at));
                let mut text = String::new();
                for (column, cell) in cells {
                    text.push_str(&pad(
                        &visible(cell),
                        widths.get(column).copied().unwrap_or(0) + 2,
                    ));
                }
                let style = if at == 0 { Style::Strong } else { Style::Plain };
                paper.raw(&Paint { color: self.options.color }.apply(style, text.trim_end()));
            }
            if to >= widths.len() {
                break;
            }
            paper.blank();
            from = to;
        }
    }

    /// A fact as a cell shows it: a default in brackets, a dash where nothing is said.
    fn cell(&self, law: &Compiled, case: &Case, target: Target) -> String {
        if *case.fact(target.field, target.who) != Fact::NotStated {
            return self.fact_text(law, case, target);
        }
        let default = law.program().field(target.field).and_then(|field| field.default);
        match default {
            Some(_) if !self.state.time.strict => {
                let text = self.fact_text(law, case, target);
                match self.options.language {
                    Language::Zh => format!("（{text}）"),
                    Language::En => format!("({text})"),
                }
            }
            _ => "—".to_owned(),
        }
    }

    /// What is said of a fact, in words; what its default is where nothing is said.
    pub(super) fn fact_text(&self, law: &Compiled, case: &Case, target: Target) -> String {
        let Some(field) = law.program().field(target.field) else { return String::new() };
        let fact = case.fact(target.field, target.who);
        if field.sensitive && !self.options.clear && matches!(fact, Fact::Known(_) | Fact::Dated(_))
        {
            return "***".to_owned();
        }
        self.text_of(law, case, field, fact, target)
    }

    fn text_of(
        &self,
        law: &Compiled,
        case: &Case,
        field: &Field,
        fact: &Fact,
        target: Target,
    ) -> String {
        let language = self.options.language;
        match fact {
            Fact::Unknown | Fact::Within(..) => self.say("未知", "unknown").to_owned(),
            Fact::Refused => self.say("拒答", "refused").to_owned(),
            Fact::Absent => self.say("无", "none").to_owned(),
            Fact::NotStated => match field.default {
                Some(DefaultValue::Value(constant)) => {
                    self.scalar_text(law, case, &field.ty, Scalar::Constant(constant))
                }
                Some(DefaultValue::Absent) => self.say("无", "none").to_owned(),
                None => self.say("没有填", "not stated").to_owned(),
            },
            Fact::Known(Scalar::Constant(Constant::Text(_))) => {
                let being = self.being_of(law.program(), case, field.object, target.who);
                match being.and_then(|being| being.facts.get(&field.name.text)) {
                    Some(super::household::Said::Known(super::household::Thing::Text(text))) => {
                        text.clone()
                    }
                    _ => "***".to_owned(),
                }
            }
            Fact::Known(scalar) => self.scalar_text(law, case, &field.ty, *scalar),
            Fact::Listed(who) if who.is_empty() => self.say("无", "none").to_owned(),
            Fact::Listed(who) => match super::household::beings(case, &field.ty, who) {
                Some(super::household::Thing::Beings(keys)) => keys.join(self.say("、", ", ")),
                _ => String::new(),
            },
            Fact::Dated(values) => {
                let values: Vec<String> = values
                    .iter()
                    .map(|(since, fact)| {
                        let value = self.text_of(law, case, field, fact, target);
                        match language {
                            Language::Zh => format!("{value}（自{}起）", since.zh()),
                            Language::En => format!("{value} (since {since})"),
                        }
                    })
                    .collect();
                values.join(self.say("，", ", "))
            }
        }
    }

    fn being_of(
        &self,
        program: &Program,
        case: &Case,
        object: ObjectId,
        who: InstanceId,
    ) -> Option<&super::household::Being> {
        let key = &case.of(object).get(who.0 as usize)?.key;
        self.state.household.being(&program.object(object)?.name.text, key)
    }

    /// A value of a fact in words.
    pub(super) fn scalar_text(
        &self,
        law: &Compiled,
        case: &Case,
        ty: &Type,
        scalar: Scalar,
    ) -> String {
        // Showing a value asks nothing of the month, but a trace has one.
        let month = self.state.time.period.or_else(|| YearMonth::new(2000, 1).ok());
        let Some(month) = month else { return String::new() };
        let (frames, notes) = (Vec::new(), Notes::default());
        let evaluation = Evaluation { question: Question::about(month), frames, notes };
        let trace = Trace {
            program: law.program(),
            sources: law.policy.sources(),
            case,
            evaluation: &evaluation,
            language: self.options.language,
            secrets: None,
        };
        trace.shown(&Value::Known(scalar, crate::eval::Marks::NONE), ty)
    }

    /// `甲的月工资`
    pub(super) fn fact_name(&self, law: &Compiled, case: &Case, target: Target) -> String {
        let program = law.program();
        let Some(field) = program.field(target.field) else { return String::new() };
        let name = self.name(&field.name);
        if field.object == program.root {
            return name.to_owned();
        }
        let key =
            case.of(field.object).get(target.who.0 as usize).map_or("", |found| found.key.as_str());
        match self.options.language {
            Language::Zh => format!("{key}的{name}"),
            Language::En => format!("{key}.{name}"),
        }
    }

    /// A name; in English its twin.
    pub(super) fn name<'n>(&self, name: &'n crate::hir::Name) -> &'n str {
        match (self.options.language, &name.alias) {
            (Language::En, Some(alias)) => alias,
            _ => &name.text,
        }
    }
}

pub(super) fn objects(program: &Program) -> impl Iterator<Item = ObjectId> {
    (0..program.objects.len()).filter_map(|at| Some(ObjectId(u16::try_from(at).ok()?)))
}

/// The fields of an object but the lists that hold its members.
fn fields(program: &Program, object: ObjectId) -> impl Iterator<Item = (FieldId, &Field)> {
    let ids = program.object(object).map_or(&[][..], |found| &found.fields);
    ids.iter()
        .filter_map(|id| Some((*id, program.field(*id)?)))
        .filter(|(id, _)| !program.owns(*id))
}
