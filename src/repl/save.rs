//! The session as a case to paste into a policy, or as a file of facts.

use super::household::{Being, Past, Said as Fact, Thing};
use super::problem::{self, Trouble};
use super::session::{Answer, Compiled, Line, Said, Session};
use super::state::{Chosen, Law};
use super::verb::Verb;
use super::world::World;
use crate::builtins;
use crate::diagnostic::Language;
use crate::engine::assess::assess;
use crate::engine::decision::Outcome;
use crate::engine::{Case, Question};
use crate::eval::{FaultKind, Value};
use crate::explain::layout::{columns, pad, visible};
use crate::facts::{Entry, Node, NodeValue};
use crate::hir::{Decision, Field, Name, Program};
use crate::input::InstanceId;
use crate::source::Span;
use crate::syntax::words::{CUTTING_WORDS, is_ascii_word, is_han};
use crate::trace::Trace;
use crate::types::{NumberStyle, Type};
use crate::value::{Date, Rational};

impl Session {
    /// 存为
    pub(super) fn save(&mut self, line: &Line<'_>, world: &mut dyn World) -> Answer {
        let text = line.rest();
        let after = |word: &str| {
            let head = text.get(..word.len())?;
            head.eq_ignore_ascii_case(word).then(|| text.get(word.len()..).unwrap_or("").trim())
        };
        if let Some(path) = after("json") {
            let json = self.json(line)?;
            return self.written(path, json, world);
        }
        let Some(rest) = after("案例").or_else(|| after("case")) else {
            return Err(problem::misused(line.rest_span(), Verb::Save));
        };
        let (title, path) = titled(rest);
        let case = self.case_text(line, title)?;
        self.written(path, case, world)
    }

    fn written(&self, path: &str, text: String, world: &mut dyn World) -> Answer {
        if path.is_empty() {
            return Ok(Said { text, ..Said::default() });
        }
        world.write(path, &text)?;
        Ok(self.told(format!("写到了 {path}"), format!("written to {path}")))
    }

    /// The household as a document of facts.
    fn json(&mut self, line: &Line<'_>) -> Result<String, Trouble> {
        let law = self.law(line)?;
        let text = |text: String| Node { span: Span::default(), value: NodeValue::Text(text) };
        let entry = |zh: &str, en: &str, value: String| Entry {
            key: self.say(zh, en).to_owned(),
            key_span: Span::default(),
            value: text(value),
        };
        let chosen = law.policy.name().to_owned();
        let mut entries = vec![match &self.state.law.chosen {
            Chosen::Place(_) => entry("地方", "place", chosen),
            _ => entry("政策", "policy", chosen),
        }];
        let time = self.state.time;
        entries.extend(time.period.map(|at| entry("所属期", "period", at.to_string())));
        entries.extend(time.as_of.map(|at| entry("评估日", "as_of", at.to_string())));
        entries.extend(time.known_on.map(|at| entry("知悉日", "known_on", at.to_string())));
        let document = self.state.household.document(law.program(), self.options.language);
        if let NodeValue::Map(facts) = document.value {
            entries.extend(facts);
        }
        let mut out = String::new();
        json(&Node { span: Span::default(), value: NodeValue::Map(entries) }, 0, &mut out);
        out.push('\n');
        Ok(out)
    }

    /// The household and what is decided about it as a case; of all benefits of a place a case for
    /// each policy that has something to decide.
    fn case_text(&mut self, line: &Line<'_>, title: &str) -> Result<String, Trouble> {
        let (law, _, question) = self.asked(line)?;
        // A case applies defaults: there is no way to write otherwise.
        let question = Question { strict: false, ..question };
        let Chosen::Place(place) = self.state.law.chosen.clone() else {
            return Ok(self.case_under(&law, title, question)?.0);
        };
        let policies = law.library.place(&place).map_or_else(Vec::new, |place| place.policies);
        let mut cases: Vec<(String, bool)> = Vec::new();
        for policy in policies {
            let chosen = Chosen::Policy(policy.clone());
            let alone = Law { chosen, ..self.state.law.clone() };
            let Some(law) = self.compile(&alone) else { continue };
            let (case, telling) = self.case_under(&*law?, title, question)?;
            let head = match self.options.language {
                Language::Zh => format!("# 贴进 {policy}"),
                Language::En => format!("# for {policy}"),
            };
            cases.push((format!("{head}\n{case}"), telling));
        }
        let any = cases.iter().any(|(_, telling)| *telling);
        let kept = cases.into_iter().filter(|(_, telling)| *telling || !any);
        Ok(kept.map(|(case, _)| case).collect::<Vec<_>>().join("\n"))
    }

    /// The case under one policy, and whether anything but refusals comes out.
    fn case_under(
        &self,
        law: &Compiled,
        title: &str,
        question: Question,
    ) -> Result<(String, bool), Trouble> {
        let case = self.state.household.bind(law.program());
        let mut writer = Writer { session: self, law, out: String::new() };
        writer.head(title, question);
        writer.facts(&case);
        let case = Case { facts: case };
        let evaluation = law.policy.evaluate(&case, question)?;
        let trace = Trace {
            program: law.program(),
            sources: law.policy.sources(),
            case: &case.facts,
            evaluation: &evaluation,
            language: Language::Zh,
            secrets: None,
        };
        let telling = writer.expectations(&trace);
        Ok((writer.out, telling))
    }
}

/// A title in quotes and what follows it.
fn titled(text: &str) -> (&str, &str) {
    for (open, close) in [('“', '”'), ('"', '"'), ('＂', '＂'), ('「', '」')] {
        if let Some(rest) = text.strip_prefix(open)
            && let Some((title, path)) = rest.split_once(close)
        {
            return (title, path.trim());
        }
    }
    ("", text)
}

/// JSON of two blanks an indent.
fn json(node: &Node, indent: usize, out: &mut String) {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    match &node.value {
        NodeValue::Null => out.push_str("null"),
        NodeValue::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        NodeValue::Number(number) => out.push_str(number),
        NodeValue::Text(text) => out.push_str(&quoted(text)),
        NodeValue::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at == 0 { "\n" } else { ",\n" });
                out.push_str(&"  ".repeat(indent + 1));
                json(item, indent + 1, out);
            }
            out.push_str(&format!("\n{}]", "  ".repeat(indent)));
        }
        NodeValue::Map(entries) => {
            out.push('{');
            for (at, entry) in entries.iter().enumerate() {
                out.push_str(if at == 0 { "\n" } else { ",\n" });
                out.push_str(&format!("{}{}: ", "  ".repeat(indent + 1), quoted(&entry.key)));
                json(&entry.value, indent + 1, out);
            }
            if !entries.is_empty() {
                out.push_str(&format!("\n{}", "  ".repeat(indent)));
            }
            out.push('}');
        }
    }
}

/// Writes a case.
struct Writer<'a> {
    session: &'a Session,
    law: &'a Compiled,
    out: String,
}

impl Writer<'_> {
    fn say<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        self.session.say(zh, en)
    }

    fn is_zh(&self) -> bool {
        self.session.options.language == Language::Zh
    }

    fn program(&self) -> &Program {
        self.law.program()
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(&format!("  {}\n", text.trim_end()));
    }

    /// A name as the grammar reads it.
    fn name(&self, name: &Name) -> String {
        quoted(self.session.name(name))
    }

    fn head(&mut self, title: &str, question: Question) {
        let reforms = &self.session.state.law.reforms;
        if !reforms.is_empty() {
            let names: Vec<&str> = reforms.iter().map(|reform| reform.name.as_str()).collect();
            let text = names.join(self.say("、", ", "));
            self.out.push_str(&match self.is_zh() {
                true => format!("# 按试改后的政策：{text}\n"),
                false => format!("# under reforms of {text}\n"),
            });
        }
        let title = if title.is_empty() { self.say("待补标题", "a title") } else { title };
        self.out.push_str(&format!("{} “{title}”\n", self.say("案例", "case")));
        let zh = self.is_zh();
        let day = |day: Date| if zh { day.zh() } else { day.to_string() };
        let month = question.period;
        let month = if zh { month.zh() } else { month.to_string() };
        self.line(&format!("{} {month}", self.say("所属期", "period")));
        if let Some(at) = question.as_of {
            self.line(&format!("{} {}", self.say("评估日", "assessed"), day(at)));
        }
        if let Some(at) = question.known_on {
            self.line(&format!("{} {}", self.say("知悉日", "known"), day(at)));
        }
    }

    fn facts(&mut self, case: &crate::input::Case) {
        let household = std::sync::Arc::clone(&self.session.state.household);
        let law = self.law;
        let program = law.program();
        let root = program.object(program.root).map(|root| root.name.clone()).unwrap_or_default();
        for being in household.beings.iter().filter(|being| being.of.is_none()) {
            let mut parts = Vec::new();
            for (name, field) in self.stated(being) {
                if let Some(said) = being.facts.get(name) {
                    parts.push(format!(
                        "{} {}",
                        self.name(&field.name),
                        self.fact(said, &field, false)
                    ));
                }
            }
            let object = program.objects.iter().find(|object| object.name.text == being.object);
            let object =
                object.map_or_else(|| being.object.clone(), |object| self.name(&object.name));
            let key = if being.object == root.text {
                String::new()
            } else {
                format!(" {}", quoted(&being.key))
            };
            let text = parts.join(self.say("，", ", "));
            if !text.is_empty() || being.object != root.text {
                let colon = self.say("：", ": ");
                self.line(&format!("{object}{key}{colon}{text}"));
            }
        }
        for object in &program.objects {
            let Some(field) = object.member_of.and_then(|(_, list)| program.field(list)) else {
                continue;
            };
            let Type::Object(element) = field.ty else { continue };
            let Some(element) = program.object(element) else { continue };
            let members: Vec<&Being> = household
                .beings
                .iter()
                .filter(|being| being.object == element.name.text && being.of.is_some())
                .collect();
            if !members.is_empty() && !case.instances.is_empty() {
                self.members(field, &members);
            }
        }
        let mut months: Vec<(crate::value::YearMonth, Vec<&Past>)> = Vec::new();
        for past in &household.past {
            match months.last_mut() {
                Some((month, list)) if *month == past.month => list.push(past),
                _ => months.push((past.month, vec![past])),
            }
        }
        for (month, list) in months {
            let month = if self.is_zh() { month.zh() } else { month.to_string() };
            let parts: Vec<String> = list.iter().filter_map(|past| self.past(past)).collect();
            let text = parts.join(self.say("，", ", "));
            let colon = self.say("：", ": ");
            self.line(&format!("{} {month}{colon}{text}", self.say("历史", "history")));
        }
    }

    /// The fields of a being that something is said of, in the order of the policy; names and
    /// identity numbers only where they are asked for in the clear: a case is read by many.
    fn stated<'f>(&self, being: &'f Being) -> Vec<(&'f String, Field)> {
        let program = self.program();
        let fields = program.fields.iter();
        let mut found = Vec::new();
        for field in fields {
            let owner = program.object(field.object);
            let masked = field.sensitive && !self.session.options.clear;
            if owner.is_some_and(|owner| owner.name.text == being.object)
                && !masked
                && let Some((name, _)) = being.facts.get_key_value(&field.name.text)
            {
                found.push((name, field.clone()));
            }
        }
        found
    }

    /// A table of members: a line for each, a column for each fact that somebody states.
    fn members(&mut self, list: &Field, members: &[&Being]) {
        let mut fields: Vec<Field> = Vec::new();
        for member in members {
            for (_, field) in self.stated(member) {
                if !fields.iter().any(|known| known.name == field.name) {
                    fields.push(field);
                }
            }
        }
        let program = self.program();
        fields
            .sort_by_key(|field| program.fields.iter().position(|other| other.name == field.name));
        let mut rows = vec![vec![self.session.name(&list.name).to_owned()]];
        for field in &fields {
            rows.iter_mut().for_each(|row| row.push(self.session.name(&field.name).to_owned()));
        }
        for member in members {
            let mut row = vec![member.key.clone()];
            row.extend(fields.iter().map(|field| {
                let said = member.facts.get(&field.name.text);
                said.map_or_else(String::new, |said| self.fact(said, field, true))
            }));
            rows.push(row);
        }
        let widths = super::paper::widths(rows.iter().map(Vec::as_slice));
        for row in rows {
            let cells: Vec<String> =
                row.iter().zip(&widths).map(|(cell, width)| pad(&visible(cell), *width)).collect();
            let text = format!("｜{}｜", cells.join("｜"));
            debug_assert!(columns(&text) > 0, "a row has bars");
            self.line(&text);
        }
    }

    /// What is said of a fact, as a case writes it.
    fn fact(&self, said: &Fact, field: &Field, in_cell: bool) -> String {
        match said {
            Fact::Unknown => self.say("未知", "unknown").to_owned(),
            Fact::Refused => self.say("拒答", "refused").to_owned(),
            Fact::Absent => self.say("无", "none").to_owned(),
            Fact::Known(thing) => self.thing(thing, &field.ty, in_cell),
            Fact::Dated(values) => {
                let values: Vec<String> = values
                    .iter()
                    .map(|(since, said)| {
                        let value = self.fact(said, field, in_cell);
                        match self.is_zh() {
                            true => format!("{value}（自{}起）", since.zh()),
                            false => format!("{value} (since {since})"),
                        }
                    })
                    .collect();
                values.join(self.say("，", ", "))
            }
        }
    }

    fn thing(&self, thing: &Thing, ty: &Type, in_cell: bool) -> String {
        match thing {
            Thing::Truth(true) => self.say("是", "true").to_owned(),
            Thing::Truth(false) => self.say("否", "false").to_owned(),
            Thing::Number(number) => self.number(*number, ty),
            Thing::Date(date) if self.is_zh() => date.zh(),
            Thing::Date(date) => date.to_string(),
            Thing::Month(month) if self.is_zh() => month.zh(),
            Thing::Month(month) => month.to_string(),
            Thing::Choice(name) => {
                let id = if let Type::Enum(id) = ty { Some(*id) } else { None };
                let values =
                    id.and_then(|id| self.program().enumeration(id)).map(|found| &found.values);
                let value =
                    values.and_then(|values| values.iter().find(|value| value.text == *name));
                quoted(value.map_or(name.as_str(), |value| self.session.name(value)))
            }
            Thing::Being(key) => quoted(key),
            Thing::Beings(keys) if keys.is_empty() => self.say("无", "none").to_owned(),
            Thing::Beings(keys) => {
                keys.iter().map(|key| quoted(key)).collect::<Vec<_>>().join("、")
            }
            Thing::Text(text) if in_cell => text.replace(['｜', '|', '\n'], " "),
            Thing::Text(text) => format!("“{}”", text.replace(['”', '\n'], " ")),
        }
    }

    fn number(&self, number: Rational, ty: &Type) -> String {
        amount(self.program(), number, ty, self.session.options.language)
    }

    fn past(&self, past: &Past) -> Option<String> {
        let program = self.program();
        let decision = program.decisions.iter().find(|found| found.name.text == past.decision)?;
        let who = past.who.as_deref().map(|who| format!("{}{}", quoted(who), self.say("的", ".")));
        let who = who.unwrap_or_default();
        let equals = self.say("＝", " = ");
        match &past.payment {
            None => {
                let held = past.value == Thing::Truth(true);
                let outcome = if held { "符合" } else { "不符合" };
                Some(format!("{who}{}{equals}{outcome}", self.name(&decision.name)))
            }
            Some(name) => {
                let mut payments =
                    decision.payments.iter().filter_map(|id| program.payments.get(id.0 as usize));
                let payment = payments.find(|payment| payment.name.text == *name)?;
                let ty = &program.definition(payment.definition)?.ty;
                let of = format!(
                    "{}{}{}",
                    self.name(&decision.name),
                    self.say("的", "."),
                    self.name(&payment.name)
                );
                Some(format!("{who}{of}{equals}{}", self.thing(&past.value, ty, false)))
            }
        }
    }

    /// What came out, as what is expected; whether it is more than refusals.
    fn expectations(&mut self, trace: &Trace<'_>) -> bool {
        let mut telling = false;
        let program = self.law.program();
        for decision in trace.decided() {
            for (at, instance) in trace.case.of(decision.subject).iter().enumerate() {
                let is_root = decision.subject == program.root;
                if !is_root && instance.parent.is_none() {
                    continue;
                }
                let who = InstanceId(u32::try_from(at).unwrap_or(u32::MAX));
                let of = self.say("的", ".");
                let prefix =
                    if is_root { String::new() } else { format!("{}{of}", quoted(&instance.key)) };
                telling |= self.expect(trace, decision, who, &prefix);
            }
        }
        telling
    }

    /// One decision; whether it is more than a refusal.
    fn expect(
        &mut self,
        trace: &Trace<'_>,
        decision: &Decision,
        who: InstanceId,
        prefix: &str,
    ) -> bool {
        // A case's outcome is read as a decision's is, with facts that are missing split.
        let assessment = assess(trace, decision, who);
        let name = self.name(&decision.name);
        let (expect, is) = (self.say("应当", "expect"), self.say("等于", "is"));
        let fails = |writer: &mut Self, what: &str, kind: &FaultKind| {
            let (word, error) = (crate::trace::fault_word(kind), writer.say("报错", "error"));
            let named = builtins::fault_named(word);
            let word = named.map_or(word, |named| writer.say(named.zh, named.en));
            writer.line(&format!("{expect} {prefix}{what} {error} {word}"));
        };
        let (zh, en) = match assessment.outcome {
            Outcome::Entitled => ("符合", "entitled"),
            Outcome::NotEntitled => ("不符合", "not_entitled"),
            Outcome::Undecided => ("待定", "undecided"),
            Outcome::Discretionary => ("酌定", "discretionary"),
            Outcome::Failed => {
                if let Some(fault) = assessment.value.as_fault() {
                    fails(self, &name, &fault.kind);
                }
                return true;
            }
        };
        let outcome = self.say(zh, en);
        self.line(&format!("{expect} {prefix}{name} {is} {outcome}"));
        if assessment.outcome == Outcome::NotEntitled {
            return false;
        }
        for (id, paid) in &assessment.payments {
            let payment = trace.program.payments.get(id.0 as usize);
            let definition =
                payment.and_then(|payment| trace.program.definition(payment.definition));
            let (Some(payment), Some(definition)) = (payment, definition) else { continue };
            let what = format!("{name}{}{}", self.say("的", "."), self.name(&payment.name));
            if let Some(fault) = paid.as_fault() {
                fails(self, &what, &fault.kind);
            }
            let amount = |end: Option<Rational>| {
                let written = end.filter(|amount| amount.to_decimal_text().is_some())?;
                Some(self.number(written, &definition.ty))
            };
            let (low, high) = paid.range();
            let text = match (paid, amount(low), amount(high)) {
                (Value::Unknown(_), Some(low), Some(high)) => {
                    let (comma, to) = (self.say("，", ", "), self.say("至", " to "));
                    format!("{is} {}{comma}{low}{to}{high}", self.say("待定", "undecided"))
                }
                (Value::Unknown(_), ..) => format!("{is} {}", self.say("待定", "undecided")),
                (_, Some(amount), _) => format!("= {amount}"),
                _ => continue,
            };
            self.line(&format!("{expect} {prefix}{what} {text}"));
        }
        true
    }
}

/// A number in the unit of its type, the denominator left to the type: `1201元`, `6个月`, `30%`.
pub(super) fn amount(program: &Program, number: Rational, ty: &Type, language: Language) -> String {
    let digits = |number: Rational| number.to_decimal_text().unwrap_or_else(|| number.to_string());
    let Some(declared) = ty.as_number() else { return digits(number) };
    match (declared.style, language) {
        (NumberStyle::Percent, _) => {
            let percent = number.checked_mul(Rational::from_integer(100)).unwrap_or(number);
            return format!("{}%", digits(percent));
        }
        (NumberStyle::Times, Language::Zh) => return format!("{}倍", digits(number)),
        (NumberStyle::Times, Language::En) => return format!("{}times", digits(number)),
        (NumberStyle::Plain | NumberStyle::Capitals, _) => {}
    }
    let custom = |at: u16| {
        let name = program.units.get(usize::from(at));
        name.map_or_else(String::new, |name| match (language, &name.alias) {
            (Language::En, Some(alias)) => alias.clone(),
            _ => name.text.clone(),
        })
    };
    let unit = declared.unit.display(language, custom);
    let unit = match unit.split(['/', '／']).next().unwrap_or("").trim() {
        // 6月 would be the month of June.
        "月" => "个月",
        unit => unit,
    };
    format!("{}{unit}", digits(number))
}

/// A name in `「」` where the grammar would not read it as one.
pub(super) fn quoted(name: &str) -> String {
    let han = name.chars().all(is_han) && !CUTTING_WORDS.iter().any(|word| name.contains(word));
    let ascii = name.chars().all(is_ascii_word) && !name.starts_with(|c: char| c.is_ascii_digit());
    if !name.is_empty() && (han || ascii) { name.to_owned() } else { format!("「{name}」") }
}
