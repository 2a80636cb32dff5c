//! 帮助: the commands, one command, and what a name of the policy stands for.

use super::paper::Paper;
use super::problem;
use super::session::{Answer, Compiled, Line, Session};
use super::verb::{COMMANDS, Command, Group, words};
use crate::builtins::{self, Builtin};
use crate::diagnostic::{Language, catalogue};
use crate::explain::layout::Style;
use crate::hir::{
    Constant, DefinitionId, DefinitionKind, Field, Name, NodeId, NodeKind, Parameter, ParameterId,
    Program, Validity,
};
use crate::input::takes;
use crate::trace::bare;
use crate::types::{NumberStyle, Type};
use crate::value::{Date, Rational};

/// Longer lists of uses are cut.
const MOST_USES: usize = 12;

impl Session {
    /// 帮助
    pub(super) fn help(&mut self, line: &Line<'_>) -> Answer {
        let mut paper = self.paper();
        let wanted = line.rest();
        if wanted.is_empty() {
            self.overview(&mut paper);
            return Ok(paper.into());
        }
        let lower = wanted.to_ascii_lowercase();
        let verb = words().find(|(word, _)| *word == lower).map(|(_, verb)| verb);
        if let Some(command) = verb.and_then(super::verb::command) {
            self.about_command(&mut paper, command);
        }
        let law = self.state.law.clone();
        let law = self.compile(&law).and_then(Result::ok);
        if let Some(law) = &law {
            self.about_name(&mut paper, law, wanted);
        }
        if let Some(entry) = catalogue::find(wanted) {
            self.gap(&mut paper);
            self.about_code(&mut paper, entry);
        }
        if paper.is_empty() {
            let known = law.map_or_else(Vec::new, |law| all_names(law.program()));
            return Err(problem::no_such_name(line.rest_span(), wanted, &known));
        }
        Ok(paper.into())
    }

    fn overview(&self, paper: &mut Paper) {
        let language = self.options.language;
        let first = self.say(
            "直接写算式就算出来，例如 甲的月工资×12、人均月收入低于低保标准。命令不用空格也行，中英文都行：",
            "An expression is evaluated: 甲.monthly_wage × 12. Commands, in Chinese or English:",
        );
        let first = first.to_owned();
        paper.line(0, Style::Plain, &first);
        for group in Group::ALL {
            paper.blank();
            paper.line(0, Style::Strong, group.title(language));
            let rows: Vec<(Style, Vec<String>)> = COMMANDS
                .iter()
                .filter(|command| command.group == group)
                .map(|command| {
                    let other = match language {
                        Language::Zh => command.word(Language::En),
                        Language::En => command.word(Language::Zh),
                    };
                    let cells = vec![
                        command.word(language).to_owned(),
                        other.to_owned(),
                        command.does(language).to_owned(),
                    ];
                    (Style::Plain, cells)
                })
                .collect();
            paper.table(2, &rows);
        }
        paper.blank();
        let last = self.say(
            "帮助 设 说明一个命令；帮助 低保标准 说明一个名称。名称与命令同名时，算式前写 =",
            "`help set` tells about a command, `help standard` about a name. Where a name is also a command, write = before the expression",
        );
        let last = last.to_owned();
        paper.line(0, Style::Faint, &last);
    }

    fn about_command(&self, paper: &mut Paper, command: &Command) {
        let language = self.options.language;
        paper.line(0, Style::Strong, &command.usage(language));
        paper.line(2, Style::Plain, command.does(language));
        let spellings: Vec<&str> = command.zh.iter().chain(command.en).copied().collect();
        let lead = self.say("写法：", "words: ");
        let text = format!("{lead}{}", spellings.join(self.say("、", ", ")));
        paper.line(2, Style::Faint, &text);
        for example in command.examples(language) {
            paper.line(4, Style::Plain, example);
        }
    }

    /// Everything that a name stands for.
    fn about_name(&self, paper: &mut Paper, law: &Compiled, wanted: &str) {
        let program = law.program();
        let name = wanted.rsplit_once(['的', '.']).map_or(wanted, |(_, name)| name);
        for (at, parameter) in program.parameters.iter().enumerate() {
            if parameter.name.is(name) {
                self.gap(paper);
                let id = ParameterId(u32::try_from(at).unwrap_or(u32::MAX));
                self.about_parameter(paper, law, id, parameter);
            }
        }
        for at in 0..program.definitions.len() {
            let id = DefinitionId(u32::try_from(at).unwrap_or(u32::MAX));
            let Some(found) = program.definition(id) else { continue };
            if found.name.is(name) && !matches!(found.kind, DefinitionKind::Due(_)) {
                self.gap(paper);
                self.about_definition(paper, law, id);
            }
        }
        for field in program.fields.iter().filter(|field| field.name.is(name)) {
            self.gap(paper);
            self.about_field(paper, law, field);
        }
        for found in program.enums.iter().filter(|found| found.name.is(name)) {
            self.gap(paper);
            let values: Vec<&str> = found.values.iter().map(|value| self.name(value)).collect();
            let title = self.titled(&found.name);
            let title = match self.options.language {
                Language::Zh => format!("{title}（枚举）"),
                Language::En => format!("{title} (enumeration)"),
            };
            paper.line(0, Style::Strong, &title);
            paper.line(2, Style::Plain, &values.join(self.say("、", ", ")));
        }
        for found in
            program.enums.iter().filter(|found| found.values.iter().any(|value| value.is(name)))
        {
            self.gap(paper);
            let title = match self.options.language {
                Language::Zh => format!("{name}：{}的一种", found.name.text),
                Language::En => format!("{name}: a value of {}", self.name(&found.name)),
            };
            paper.line(0, Style::Strong, &title);
        }
        if let Some(builtin) = builtins::find(name) {
            self.gap(paper);
            self.about_builtin(paper, builtin);
        }
    }

    fn about_code(&self, paper: &mut Paper, entry: &catalogue::Entry) {
        let language = self.options.language;
        paper.line(0, Style::Strong, entry.code);
        paper.line(2, Style::Plain, entry.message.get(language));
        paper.line(2, Style::Plain, entry.explanation.get(language));
        if let Some(occasion) = entry.occasion {
            paper.line(4, Style::Plain, occasion.get(language));
        }
    }

    fn about_builtin(&self, paper: &mut Paper, builtin: &Builtin) {
        let language = self.options.language;
        for line in builtin.signature_lines(language) {
            paper.line(0, Style::Strong, &line);
        }
        paper.line(2, Style::Plain, builtin.doc.get(language));
        for example in builtin.examples {
            paper.line(4, Style::Plain, example.text.get(language));
        }
    }

    fn gap(&self, paper: &mut Paper) {
        if !paper.is_empty() {
            paper.blank();
        }
    }

    /// `低保标准【dibao_standard】`
    fn titled(&self, name: &Name) -> String {
        match &name.alias {
            Some(alias) => format!("{}【{alias}】", name.text),
            None => name.text.clone(),
        }
    }

    fn field(&self, paper: &mut Paper, zh: &str, en: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let lead = format!("{}{}", self.say(zh, en), self.say("：", ": "));
        paper.led(2, &lead, Style::Faint, Style::Plain, text);
    }

    fn about_parameter(
        &self,
        paper: &mut Paper,
        law: &Compiled,
        id: ParameterId,
        parameter: &Parameter,
    ) {
        let program = law.program();
        let takes = takes(program, &parameter.ty);
        let title = self.titled(&parameter.name);
        let title = match self.options.language {
            Language::Zh => format!("{title}（参数）"),
            Language::En => format!("{title} (parameter)"),
        };
        paper.line(0, Style::Strong, &title);
        let kind = self.say(&takes.zh, &takes.en).to_owned();
        self.field(paper, "类型", "type", &kind);
        self.field(paper, "依据", "source", &parameter.citations.join(self.say("；", "; ")));
        self.field(paper, "位置", "place", &law.policy.sources().place(parameter.span));
        let mut rows = Vec::new();
        let place = |layer| program.layer(layer).map_or("", |layer| layer.place.as_str());
        for (at, versions) in parameter.rows.iter().enumerate() {
            let keys = self.keys_of(program, parameter, at);
            for row in versions {
                let value = match row.value {
                    Some(constant) => self.constant(law, &parameter.ty, constant),
                    None => self.say("待查", "pending").to_owned(),
                };
                let sample = if row.sample { self.say("（样例）", " (made up)") } else { "" };
                let source = row.citations.join(self.say("；", "; "));
                let text = format!("〔{}〕{source}", place(row.layer));
                rows.push((
                    Style::Plain,
                    vec![
                        keys.clone(),
                        format!("{value}{sample}"),
                        self.validity(row.validity),
                        text,
                    ],
                ));
            }
        }
        if parameter.unfilled && rows.is_empty() {
            let text = self.say("由地方规定，尚无规定", "left to the locality, not set").to_owned();
            paper.line(2, Style::Doubtful, &text);
        }
        paper.table(2, &rows);
        let uses = uses(
            program,
            |kind| matches!(kind, NodeKind::Parameter { parameter, .. } if *parameter == id),
        );
        self.used_by(paper, program, &uses);
    }

    /// 城镇 of the rows of one key.
    fn keys_of(&self, program: &Program, parameter: &Parameter, mut place: usize) -> String {
        let mut names = Vec::new();
        for key in parameter.keys.iter().rev() {
            let Some(key) = program.enumeration(*key) else { continue };
            let width = key.values.len().max(1);
            names.extend(key.values.get(place % width).map(|value| self.name(value).to_owned()));
            place /= width;
        }
        names.reverse();
        names.join(self.say("，", ", "))
    }

    fn constant(&self, law: &Compiled, ty: &Type, constant: Constant) -> String {
        let case = crate::input::Case::new(law.program());
        self.scalar_text(law, &case, ty, crate::input::Scalar::Constant(constant))
    }

    fn validity(&self, validity: Validity) -> String {
        let zh = self.options.language == Language::Zh;
        let day = |day: Date| if zh { day.zh() } else { day.to_string() };
        let mut text = match (validity.from, validity.until, zh) {
            (Some(from), Some(until), true) => format!("自{}起至{}止", day(from), day(until)),
            (Some(from), None, true) => format!("自{}起", day(from)),
            (None, Some(until), true) => format!("至{}止", day(until)),
            (Some(from), Some(until), false) => format!("{} to {}", day(from), day(until)),
            (Some(from), None, false) => format!("from {}", day(from)),
            (None, Some(until), false) => format!("until {}", day(until)),
            (None, None, _) => String::new(),
        };
        if let Some(published) = validity.published {
            text.push_str(&if zh {
                format!("，{}发布", day(published))
            } else {
                format!(", published {}", day(published))
            });
        }
        text
    }

    fn about_definition(&self, paper: &mut Paper, law: &Compiled, id: DefinitionId) {
        let program = law.program();
        let Some(found) = program.definition(id) else { return };
        let kind = match found.kind {
            DefinitionKind::Rule => self.say("规则", "rule"),
            DefinitionKind::Set => self.say("集合", "set"),
            DefinitionKind::Entitlement(_) => self.say("决定", "decision"),
            DefinitionKind::Payment(_) | DefinitionKind::Due(_) => self.say("给付", "payment"),
        };
        let subject = program.object(found.subject).map_or("", |object| self.name(&object.name));
        let title = match self.options.language {
            Language::Zh => format!("{}（{subject}的{kind}）", self.titled(&found.name)),
            Language::En => format!("{} ({kind} about {subject})", self.titled(&found.name)),
        };
        paper.line(0, Style::Strong, &title);
        if !matches!(found.kind, DefinitionKind::Entitlement(_) | DefinitionKind::Set) {
            let takes = takes(program, &found.ty);
            let kind = self.say(&takes.zh, &takes.en).to_owned();
            self.field(paper, "类型", "type", &kind);
        }
        let sources = law.policy.sources();
        for text in &found.texts {
            let layer = program.layer(text.layer).map_or("", |layer| layer.place.as_str());
            let when = self.validity(text.validity);
            let head = format!("〔{layer}〕{when}");
            paper.line(2, Style::Faint, &head);
            let written = sources.slice(text.body);
            for line in written.lines() {
                paper.line(4, Style::Plain, line.trim_end());
            }
            self.field(paper, "依据", "source", &text.citations.join(self.say("；", "; ")));
            self.field(paper, "位置", "place", &sources.place(text.span));
        }
        let root = found.root;
        let is_use = |kind: &NodeKind| match kind {
            NodeKind::Use { definition, .. } => *definition == id,
            NodeKind::Shift(definition, _)
            | NodeKind::MonthsInARow(definition)
            | NodeKind::LastTime(definition) => *definition == id,
            NodeKind::Aggregate { body, filters, .. } => {
                body.iter().chain(filters).any(|node| Some(*node) == root)
            }
            NodeKind::Pick { keys, filters, .. } => {
                keys.iter().chain(filters).any(|node| Some(*node) == root)
            }
            _ => false,
        };
        let mut uses = uses(program, is_use);
        uses.retain(|user| *user != id);
        self.used_by(paper, program, &uses);
    }

    fn about_field(&self, paper: &mut Paper, law: &Compiled, field: &Field) {
        let program = law.program();
        let owner = program.object(field.object).map_or("", |object| self.name(&object.name));
        let title = match self.options.language {
            Language::Zh => format!("{}（{owner}的事实）", self.titled(&field.name)),
            Language::En => format!("{} (fact of {owner})", self.titled(&field.name)),
        };
        paper.line(0, Style::Strong, &title);
        let text = self.takes_text(law, field);
        self.field(paper, "填", "takes", &text);
        self.field(paper, "问", "question", field.question.as_deref().unwrap_or(""));
        self.field(paper, "位置", "place", &law.policy.sources().place(field.span));
        let ids = program.fields.iter().position(|other| std::ptr::eq(other, field));
        let id = ids.and_then(|at| u32::try_from(at).ok());
        let uses =
            uses(program, |kind| matches!(kind, NodeKind::Fact(found) if Some(found.0) == id));
        self.used_by(paper, program, &uses);
    }

    /// What a fact takes: kind, range, default.
    pub(super) fn takes_text(&self, law: &Compiled, field: &Field) -> String {
        let program = law.program();
        let takes = takes(program, &field.ty);
        let mut parts = vec![self.say(&takes.zh, &takes.en).to_owned()];
        if let Some((Constant::Number(low), Constant::Number(high))) = field.range {
            let ends = |number: Rational| {
                let percent = field.ty.as_number().is_some_and(|n| n.style == NumberStyle::Percent);
                let scaled = number.checked_mul(Rational::from_integer(100)).unwrap_or(number);
                if percent {
                    format!("{}%", bare(scaled, self.options.language))
                } else {
                    bare(number, self.options.language)
                }
            };
            parts.push(match self.options.language {
                Language::Zh => format!("{} 至 {}", ends(low), ends(high)),
                Language::En => format!("{} to {}", ends(low), ends(high)),
            });
        }
        if field.optional {
            parts.push(self.say("可无", "may be none").to_owned());
        }
        match field.default {
            Some(crate::hir::DefaultValue::Value(constant)) => {
                let text = self.constant(law, &field.ty, constant);
                parts.push(format!("{}{text}", self.say("缺省 ", "default ")));
            }
            Some(crate::hir::DefaultValue::Absent) => {
                parts.push(self.say("缺省 无", "default none").to_owned());
            }
            None => {}
        }
        if field.sensitive {
            parts.push(self.say("敏感", "sensitive").to_owned());
        }
        parts.join(self.say("，", ", "))
    }

    fn used_by(&self, paper: &mut Paper, program: &Program, uses: &[DefinitionId]) {
        let mut names: Vec<String> = Vec::new();
        for id in uses {
            let Some(found) = program.definition(*id) else { continue };
            let name = self.name(&found.name).to_owned();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let count = names.len();
        names.truncate(MOST_USES);
        let mut text = names.join(self.say("、", ", "));
        if count > MOST_USES {
            text.push_str(&match self.options.language {
                Language::Zh => format!("等{count}处"),
                Language::En => format!(" and {} more", count - MOST_USES),
            });
        }
        self.field(paper, "用处", "used by", &text);
    }
}

/// The definitions whose own text has such a node.
fn uses(program: &Program, is: impl Fn(&NodeKind) -> bool) -> Vec<DefinitionId> {
    let mut found = Vec::new();
    for at in 0..program.definitions.len() {
        let id = DefinitionId(u32::try_from(at).unwrap_or(u32::MAX));
        let Some(root) = program.definition(id).and_then(|definition| definition.root) else {
            continue;
        };
        let mut open = vec![root];
        let mut seen: Vec<NodeId> = Vec::new();
        while let Some(node) = open.pop() {
            if seen.contains(&node) {
                continue;
            }
            seen.push(node);
            let Some(kind) = program.node(node).map(|node| &node.kind) else { continue };
            if is(kind) {
                found.push(id);
                break;
            }
            // What another definition says is that one's own.
            let is_inner =
                program.definitions.iter().any(|other| other.root == Some(node)) && node != root;
            if !is_inner && !matches!(kind, NodeKind::Use { .. }) {
                open.extend(kind.operands());
            }
        }
    }
    found
}

pub(super) fn all_names(program: &Program) -> Vec<String> {
    let names = program.parameters.iter().map(|found| &found.name);
    let names = names.chain(program.definitions.iter().map(|found| &found.name));
    let names = names.chain(program.fields.iter().map(|found| &found.name));
    let names = names.chain(program.enums.iter().map(|found| &found.name));
    names.flat_map(|name| std::iter::once(name.text.clone()).chain(name.alias.clone())).collect()
}
