//! Facts: stating them, taking them back, people who come and go.

use std::ops::Range;
use std::sync::Arc;

use super::ask::{ask, bilingual};
use super::change::{self, Change};
use super::household::{Being, Household, Past, Said as Fact, Thing, person, thing};
use super::problem::{self, Trouble};
use super::read;
use super::session::{Answer, Compiled, Line, Session};
use super::state::State;
use super::verb::Verb;
use super::world::World;
use crate::diagnostic::{Bilingual, Diagnostic, Language};
use crate::engine::Question;
use crate::explain::layout::Style;
use crate::hir::{Constant, DefaultValue, Field, FieldId, Program};
use crate::input::{self, Case, InstanceId, Scalar};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, FactValue, Telling};
use crate::syntax::words::{CUTTING_WORDS, RESERVED_WORDS};
use crate::syntax::{SyntaxError, parse_history, parse_tellings};
use crate::types::{ObjectId, Type};
use crate::value::{Dimension, Rational, half_width};

/// A fact that a line speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) field: FieldId,
    pub(super) who: InstanceId,
}

/// What facts are told to: the law that names them and the household as it is told so far.
pub(super) struct Teller<'a> {
    pub(super) law: &'a Compiled,
    pub(super) case: Case,
    pub(super) household: Household,
    pub(super) question: Option<Question>,
    pub(super) line: &'a Line<'a>,
}

impl Teller<'_> {
    fn program(&self) -> &Program {
        self.law.program()
    }

    /// The fact that an expression names: 城乡, 甲的月工资, 甲的父亲的月工资.
    pub(super) fn target(&self, about: &Expr) -> Result<Target, Trouble> {
        let program = self.program();
        match &about.kind {
            ExprKind::Group(inner) => self.target(inner),
            ExprKind::Name(name) => {
                if let Some(field) = field_named(program, program.root, &name.text) {
                    return Ok(Target { field, who: InstanceId(0) });
                }
                Err(self.no_target(name.span, &name.text, program.root))
            }
            ExprKind::Access { base, member, .. } => {
                let (object, who) = self.being(base)?;
                let ExprKind::Name(name) = &member.kind else {
                    return Err(problem::misused(member.span, Verb::Set));
                };
                match field_named(program, object, &name.text) {
                    Some(field) => Ok(Target { field, who }),
                    None => Err(self.no_target(name.span, &name.text, object)),
                }
            }
            _ => Err(problem::misused(about.span, Verb::Set)),
        }
    }

    /// Somebody: by key, or as the father of somebody.
    fn being(&self, base: &Expr) -> Result<(ObjectId, InstanceId), Trouble> {
        let program = self.program();
        match &base.kind {
            ExprKind::Group(inner) => self.being(inner),
            ExprKind::Name(name) => {
                let root = program.object(program.root);
                if root.is_some_and(|root| root.name.is(&name.text)) {
                    return Ok((program.root, InstanceId(0)));
                }
                let found = objects(program)
                    .find_map(|object| Some((object, self.case.find(object, &name.text)?)));
                found.ok_or_else(|| self.nobody(name.span, &name.text).into())
            }
            ExprKind::Access { .. } => {
                let target = self.target(base)?;
                match self.case.fact(target.field, target.who) {
                    input::Fact::Known(Scalar::Instance(object, who)) => Ok((*object, *who)),
                    _ => Err(problem::misused(base.span, Verb::Set)),
                }
            }
            _ => Err(problem::misused(base.span, Verb::Set)),
        }
    }

    fn nobody(&self, span: Span, key: &str) -> Diagnostic {
        let keys: Vec<String> =
            self.household.beings.iter().skip(1).map(|being| being.key.clone()).collect();
        problem::nobody(span, key, &keys)
    }

    /// Why a name is no fact of an object.
    fn no_target(&self, span: Span, name: &str, object: ObjectId) -> Trouble {
        let program = self.program();
        let elsewhere =
            program.fields.iter().any(|field| field.object != object && field.name.is(name));
        if object == program.root && elsewhere {
            let key = self.household.beings.iter().find(|being| being.of.is_some());
            let key = key.map_or("甲", |being| being.key.as_str());
            return problem::whose_fact(span, name, key).into();
        }
        let is_law = program.parameters.iter().any(|found| found.name.is(name));
        let is_rule = program.definitions.iter().any(|found| found.name.is(name));
        if is_law || is_rule {
            return problem::not_a_fact(span, name, is_law).into();
        }
        let of = program.object(object).map(|found| found.name.clone()).unwrap_or_default();
        let fields = program.object(object).map_or(&[][..], |found| &found.fields);
        let mut known = Vec::new();
        for field in fields.iter().filter_map(|id| program.field(*id)) {
            known.push(field.name.text.clone());
            known.extend(field.name.alias.clone());
        }
        problem::unknown_fact(span, name, &of, &known).into()
    }

    /// The fact that a value alone names: 城镇.
    fn by_value(&self, value: &Expr) -> Option<Target> {
        let ExprKind::Name(word) = &value.kind else { return None };
        let program = self.program();
        let fields = &program.object(program.root)?.fields;
        let mut found = fields.iter().filter(|id| {
            let ty = program.field(**id).map(|field| &field.ty);
            let Some(Type::Enum(id)) = ty else { return false };
            program
                .enumeration(*id)
                .is_some_and(|found| found.values.iter().any(|value| value.is(&word.text)))
        });
        let field = *found.next()?;
        found.next().is_none().then_some(Target { field, who: InstanceId(0) })
    }

    /// What values say of a fact: literals, or formulas of the policy's language.
    fn said(&self, target: Target, values: &[FactValue]) -> Result<Fact, Trouble> {
        let program = self.program();
        let literal = |value: &FactValue| is_literal(&value.value);
        let sources = &self.line.sources;
        let written = input::told(program, &self.case, target.field, values, sources);
        let fact = match (written, values) {
            (Ok(fact), _) => {
                let ty = program.field(target.field).map_or(Type::Error, |field| field.ty.clone());
                return Ok(self.keep(&fact, &ty, values));
            }
            (Err(findings), [only]) if !literal(only) => {
                match self.computed(target, &only.value) {
                    // The name is neither a value of the fact nor anything else.
                    Err(other)
                        if other
                            .findings
                            .iter()
                            .all(|f| f.code == "huize::resolve::unknown_name") =>
                    {
                        return Err(findings.into());
                    }
                    other => other?,
                }
            }
            (Err(findings), _) => return Err(findings.into()),
        };
        Ok(fact)
    }

    /// A bound fact by names, its text kept.
    fn keep(&self, fact: &input::Fact, ty: &Type, values: &[FactValue]) -> Fact {
        let text = values.first().and_then(|value| match &value.value.kind {
            ExprKind::Text(text) => Some(text.clone()),
            ExprKind::Name(name) => Some(name.text.clone()),
            _ => None,
        });
        match fact {
            input::Fact::Refused => Fact::Refused,
            input::Fact::Absent => Fact::Absent,
            input::Fact::Known(scalar) => thing(self.program(), &self.case, *scalar, text.as_ref())
                .map_or(Fact::Unknown, Fact::Known),
            input::Fact::Listed(who) => {
                super::household::beings(&self.case, ty, who).map_or(Fact::Unknown, Fact::Known)
            }
            input::Fact::Dated(values) => Fact::Dated(
                values.iter().map(|(since, fact)| (*since, self.keep(fact, ty, &[]))).collect(),
            ),
            input::Fact::NotStated | input::Fact::Unknown | input::Fact::Within(..) => {
                Fact::Unknown
            }
        }
    }

    /// The value of a formula on the household as it is, as a fact.
    fn computed(&self, target: Target, value: &Expr) -> Result<Fact, Trouble> {
        let scalar = self.scalar(target, value)?;
        let fact = thing(self.program(), &self.case, scalar, None).map(Fact::Known);
        fact.ok_or_else(|| Vec::new().into())
    }

    /// The value of a formula that a fact could have.
    pub(super) fn scalar(&self, target: Target, value: &Expr) -> Result<Scalar, Trouble> {
        let program = self.program();
        let Some(field) = program.field(target.field) else { return Err(Vec::new().into()) };
        let Some(question) = self.question else { return Err(problem::no_period(value.span)) };
        let (facts, sources) = ((&self.case, question), &self.line.sources);
        let asked = ask(self.law, facts, sources, program.root, value, Some(&field.ty))?;
        let found = asked.value();
        let Some(scalar) = found.as_scalar() else {
            let trace = asked.trace(sources, Language::Zh);
            return Err(problem::no_value(value.span, &bilingual(&trace, &found, &field.ty)).into());
        };
        if let Scalar::Constant(Constant::Number(number)) = scalar {
            self.fits(field, number, value.span)?;
        } else if let Scalar::Constant(constant) = scalar {
            let shown = Bilingual::same(field.name.text.as_str());
            if let Some(finding) = input::range_problem(field, &shown, constant) {
                return Err(finding.at(value.span, Bilingual::default()).into());
            }
        }
        Ok(scalar)
    }

    /// States one fact.
    pub(super) fn tell(&mut self, target: Target, said: Option<Fact>) {
        let program = self.law.policy.program();
        let Some(field) = program.field(target.field) else { return };
        let instance = self.case.of(field.object).get(target.who.0 as usize);
        let Some(key) = instance.map(|instance| instance.key.clone()) else { return };
        let object = program.object(field.object).map_or("", |object| object.name.text.as_str());
        self.household.say(object, &key, &field.name.text, said);
        self.case = self.household.bind(program);
    }

    /// The facts of a list such as `出生日期 2015年3月1日，在业 否`, of one being or of any.
    fn tell_all(
        &mut self,
        tellings: &[Telling],
        of: Option<(ObjectId, InstanceId)>,
    ) -> Result<Vec<Target>, Trouble> {
        let mut told: Vec<Target> = Vec::new();
        // `赡养人 乙、丙`: names that go on with a list.
        let mut list: Option<(Target, Vec<FactValue>)> = None;
        for telling in tellings {
            let word = telling.values.first().map(|value| &value.value);
            if telling.about.is_none()
                && word.is_none_or(|word| self.by_value(word).is_none())
                && let Some((target, values)) = &mut list
            {
                values.extend(telling.values.iter().cloned());
                let said = self.said(*target, values)?;
                self.tell(*target, Some(said));
                continue;
            }
            let target = match (&telling.about, of) {
                (Some(about), Some((object, who))) => match &about.kind {
                    ExprKind::Name(name) => match field_named(self.program(), object, &name.text) {
                        Some(field) => Target { field, who },
                        None => return Err(self.no_target(name.span, &name.text, object)),
                    },
                    _ => self.target(about)?,
                },
                (Some(about), None) => self.target(about)?,
                (None, _) => {
                    let value = telling.values.first().map(|value| &value.value);
                    let named = value.and_then(|value| self.by_value(value));
                    match (named, value) {
                        (Some(target), _) => target,
                        // `设 甲的月工资`: the value is missing.
                        (None, Some(value)) => {
                            let target = self.target(value)?;
                            return Err(self.no_value_given(value.span, target));
                        }
                        (None, None) => return Err(problem::misused(telling.span, Verb::Set)),
                    }
                }
            };
            if told.contains(&target) {
                let name = self.program().field(target.field).map_or("", |field| &field.name.text);
                return Err(problem::told_twice(telling.span, name));
            }
            let said = self.said(target, &telling.values)?;
            self.tell(target, Some(said));
            let is_list = self.program().field(target.field).is_some_and(|field| field.many);
            list = is_list.then(|| (target, telling.values.clone()));
            told.push(target);
        }
        Ok(told)
    }

    /// `甲的月工资 提高10%`
    fn change(&mut self, (about, change, by): &ChangedPart) -> Result<Target, Trouble> {
        let about = super::ask::parse(self.line, about.clone())?;
        let target = self.target(&about)?;
        let program = self.program();
        let Some(field) = program.field(target.field) else { return Err(Vec::new().into()) };
        let span = self.line.span(by);
        let old = match self.case.fact(target.field, target.who) {
            input::Fact::Known(Scalar::Constant(Constant::Number(number))) => Some(*number),
            input::Fact::NotStated => match field.default {
                Some(DefaultValue::Value(Constant::Number(number))) => Some(number),
                _ => None,
            },
            _ => None,
        };
        let old = old.ok_or_else(|| problem::no_old_fact(about.span, &field.name.text))?;
        let by = super::ask::parse(self.line, by.clone())?;
        let has_unit = field.ty.unit().is_some_and(|unit| !unit.is_dimensionless());
        let new = match change::share(&by) {
            Some(share) if has_unit => change.by_share(old, share, span)?,
            _ => {
                let value = FactValue { value: by, since: None };
                match self.said(target, std::slice::from_ref(&value))? {
                    Fact::Known(Thing::Number(by)) => change.by(old, by, span)?,
                    _ => return Err(problem::misused(span, Verb::Set)),
                }
            }
        };
        self.fits(field, new, span)?;
        self.tell(target, Some(Fact::Known(Thing::Number(new))));
        Ok(target)
    }

    /// Whether a number that was computed may be the value of a field.
    fn fits(&self, field: &Field, number: Rational, span: Span) -> Result<(), Trouble> {
        let is_money = field.ty.unit().is_some_and(|unit| unit.exponent(Dimension::Yuan) != 0);
        if number.to_decimal_text().is_none() || is_money && !is_fen(number) {
            return Err(problem::endless(span, &number.approximate(2)).into());
        }
        let shown = Bilingual::same(field.name.text.as_str());
        match input::range_problem(field, &shown, Constant::Number(number)) {
            Some(finding) => Err(finding.at(span, Bilingual::default()).into()),
            None => Ok(()),
        }
    }

    fn no_value_given(&self, span: Span, target: Target) -> Trouble {
        let program = self.program();
        let Some(field) = program.field(target.field) else {
            return problem::misused(span, Verb::Set);
        };
        problem::value_missing(span, &field.name.text, &input::takes(program, &field.ty)).into()
    }

    /// A fact in words: `甲的月工资：2400元/月`.
    fn shown(&self, session: &Session, target: Target, case: &Case) -> String {
        session.fact_text(self.law, case, target)
    }
}

/// A fact, how it changes, and by what: places in the line.
type ChangedPart = (Range<usize>, Change, Range<usize>);

/// `甲的月工资 提高10%` taken apart.
fn changed_part(line: &Line<'_>, part: &Range<usize>) -> Option<ChangedPart> {
    let text = line.slice(part);
    let (at, end, change) = change::find(text)?;
    let by = read::trimmed(line.text, part.start + end..part.end);
    let is_number = line.slice(&by).starts_with(|c: char| half_width(c).is_ascii_digit());
    let has_equals = text.get(..at).is_some_and(|head| head.contains(['=', '＝']));
    let about = read::trimmed(line.text, part.start..part.start + at);
    (is_number && !has_equals).then_some((about, change, by))
}

fn is_fen(number: Rational) -> bool {
    number.checked_mul(Rational::from_integer(100)).is_ok_and(|fen| fen.is_integer())
}

/// Whether a value says by itself what it is.
fn is_literal(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Group(inner) | ExprKind::Negate(inner) => is_literal(inner),
        ExprKind::Number(_)
        | ExprKind::Date(_)
        | ExprKind::YearMonth(_)
        | ExprKind::Year(_)
        | ExprKind::Bool(_)
        | ExprKind::Text(_) => true,
        _ => false,
    }
}

pub(super) fn field_named(program: &Program, object: ObjectId, name: &str) -> Option<FieldId> {
    let fields = &program.object(object)?.fields;
    let mut found = fields.iter().copied();
    found.find(|id| {
        program.field(*id).is_some_and(|field| field.name.is(name)) && !program.owns(*id)
    })
}

fn objects(program: &Program) -> impl Iterator<Item = ObjectId> {
    let root = program.root;
    (0..program.objects.len())
        .filter_map(|at| Some(ObjectId(u16::try_from(at).ok()?)))
        .filter(move |object| *object != root)
}

impl Session {
    /// The teller of a line's facts.
    pub(super) fn teller<'a>(&mut self, law: &'a Compiled, line: &'a Line<'a>) -> Teller<'a> {
        let household = (*self.state.household).clone();
        Teller {
            law,
            case: household.bind(law.program()),
            household,
            question: self.state.time.question(),
            line,
        }
    }

    /// Takes over what was told, says it, and says what it changes.
    fn tell(
        &mut self,
        household: Household,
        law: &Compiled,
        line: &Line<'_>,
        said: &[String],
    ) -> Answer {
        let known = self.state.household.check(law.program());
        let mut found = household.check(law.program());
        found.retain(|finding| !known.iter().any(|old| old.message == finding.message));
        if !found.is_empty() {
            let at = |finding: Diagnostic| {
                let labels = Vec::new();
                Diagnostic { labels, ..finding }.at(line.rest_span(), Bilingual::default())
            };
            return Err(found.into_iter().map(at).collect::<Vec<_>>().into());
        }
        let mut paper = self.paper();
        for text in said {
            paper.line(0, Style::Plain, text);
        }
        let next = State { household: Arc::new(household), ..self.state.clone() };
        self.go(next, &mut paper)?;
        Ok(paper.into())
    }

    /// 设
    pub(super) fn set(&mut self, line: &Line<'_>) -> Answer {
        if line.rest.is_empty() {
            return Err(problem::misused(line.rest_span(), Verb::Set));
        }
        let law = self.law(line)?;
        let parts = read::parts(line.text, line.rest.clone());
        let changes = parts.iter().any(|part| changed_part(line, part).is_some());
        let mut teller = self.teller(&law, line);
        let old = teller.case.clone();
        let told = if changes {
            let mut told = Vec::new();
            for part in &parts {
                match changed_part(line, part) {
                    Some(change) => told.push(teller.change(&change)?),
                    None => {
                        let tellings = parse_tellings(line.source, line.text, part.clone());
                        told.extend(teller.tell_all(&tellings.map_err(found)?, None)?);
                    }
                }
            }
            told
        } else {
            let tellings = parse_tellings(line.source, line.text, line.rest.clone());
            teller.tell_all(&tellings.map_err(found)?, None)?
        };
        let mut said = Vec::new();
        for target in told {
            let (before, after) =
                (teller.shown(self, target, &old), teller.shown(self, target, &teller.case));
            said.push(self.becoming(&law, target, &old, &teller.case, &before, &after));
        }
        let household = teller.household;
        self.tell(household, &law, line, &said)
    }

    /// `甲的月工资：2250元/月 → 2400元/月`
    fn becoming(
        &self,
        law: &Compiled,
        target: Target,
        old: &Case,
        new: &Case,
        before: &str,
        after: &str,
    ) -> String {
        let name = self.fact_name(law, new, target);
        let colon = self.say("：", ": ");
        let was = old.fact(target.field, target.who);
        if *was == input::Fact::NotStated || before == after {
            format!("{name}{colon}{after}")
        } else {
            format!("{name}{colon}{before} → {after}")
        }
    }

    /// 未知, 拒答, 无, 清除
    pub(super) fn mark(&mut self, verb: Verb, line: &Line<'_>) -> Answer {
        let parts = read::parts(line.text, line.rest.clone());
        if parts.is_empty() {
            return Err(problem::misused(line.rest_span(), verb));
        }
        let law = self.law(line)?;
        let mut teller = self.teller(&law, line);
        let old = teller.case.clone();
        let mut said = Vec::new();
        for part in parts {
            let expression = super::ask::parse(line, part.clone())?;
            let target = teller.target(&expression)?;
            let field = law.program().field(target.field);
            let fact = match verb {
                Verb::Unknown => Some(Fact::Unknown),
                Verb::Refused => Some(Fact::Refused),
                Verb::Absent => {
                    if field.is_some_and(|field| !field.optional) {
                        let name = field.map_or("", |field| field.name.text.as_str());
                        return Err(problem::never_absent(line.span(&part), name).into());
                    }
                    Some(Fact::Absent)
                }
                _ => None,
            };
            teller.tell(target, fact);
            let (before, after) =
                (teller.shown(self, target, &old), teller.shown(self, target, &teller.case));
            said.push(self.becoming(&law, target, &old, &teller.case, &before, &after));
        }
        let household = teller.household;
        self.tell(household, &law, line, &said)
    }

    /// 加
    pub(super) fn add(&mut self, line: &Line<'_>) -> Answer {
        let law = self.law(line)?;
        let program = law.program();
        let misused = || problem::misused(line.rest_span(), Verb::Add);
        let text = line.rest();
        let mark = text.find(['：', ':']).unwrap_or(text.len());
        let head = read::trimmed(line.text, line.rest.start..line.rest.start + mark);
        let after = text.get(mark..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let facts = read::trimmed(line.text, line.rest.start + mark + after..line.rest.end);
        let (kind, key) = self.head(program, line, &head).ok_or_else(misused)?;
        let key_text = line.slice(&key).trim_matches(['「', '」']).to_owned();
        if key_text.is_empty() {
            return Err(misused());
        }
        let (object, is_member) = match kind {
            Kind::Member(object) => (object, true),
            Kind::Outsider(object) => (object, false),
        };
        self.usable_key(program, line.span(&key), &key_text)?;
        let mut teller = self.teller(&law, line);
        let declared = program.object(object).ok_or_else(misused)?;
        let of = declared.member_of.filter(|_| is_member).and_then(|(owner, _)| {
            let owner = program.object(owner)?;
            // What belongs to a person is the last person's, who was just spoken of.
            let being =
                teller.household.beings.iter().rev().find(|b| b.object == owner.name.text)?;
            Some((owner.name.text.clone(), being.key.clone()))
        });
        let being = Being {
            object: declared.name.text.clone(),
            key: key_text.clone(),
            of,
            ..Being::default()
        };
        teller.household.add(being);
        teller.case = teller.household.bind(program);
        let mut told = Vec::new();
        if !facts.is_empty() {
            let tellings = parse_tellings(line.source, line.text, facts).map_err(found)?;
            let who = teller.case.find(object, &key_text).ok_or_else(misused)?;
            told = teller.tell_all(&tellings, Some((object, who)))?;
        }
        let list = declared.member_of.and_then(|(_, list)| program.field(list));
        let list = list.map_or("", |list| self.name(&list.name));
        let mut said =
            vec![self.joined(&teller.household, (&declared.name.text, list), &key_text, is_member)];
        said.extend(told.iter().map(|target| {
            let name = self.fact_name(&law, &teller.case, *target);
            format!("  {name}{}{}", self.say("：", ": "), teller.shown(self, *target, &teller.case))
        }));
        let household = teller.household;
        self.tell(household, &law, line, &said)
    }

    fn joined(
        &self,
        household: &Household,
        (object, list): (&str, &str),
        key: &str,
        is_member: bool,
    ) -> String {
        let members = household.beings.iter();
        let count = members.filter(|being| being.object == object && being.of.is_some()).count();
        let unit = if object == "人" { "人" } else { "项" };
        match (self.options.language, is_member) {
            (Language::Zh, true) => format!("加了{key}，{list}现有{count}{unit}"),
            (Language::Zh, false) => format!("加了{key}（不在户内）"),
            (Language::En, true) => format!("{key} joined; {list}: {count}"),
            (Language::En, false) => format!("{key} added (outside the household)"),
        }
    }

    /// What is added, and the place of its key: `丁`, `成员 丁`, `其他人员 戊`, `人 戊`.
    fn head(
        &self,
        program: &Program,
        line: &Line<'_>,
        head: &Range<usize>,
    ) -> Option<(Kind, Range<usize>)> {
        let text = line.slice(head);
        let member = person(program)?;
        let Some(blank) = text.find(read::is_blank) else {
            return Some((Kind::Member(member), head.clone()));
        };
        let word = text.get(..blank)?;
        let key = read::trimmed(line.text, head.start + blank..head.end);
        if ["其他人员", "外人", "others", "other"].contains(&word) {
            return Some((Kind::Outsider(member), key));
        }
        let lists = program.objects.iter().filter_map(|object| object.member_of);
        let list =
            lists.filter_map(|(_, list)| program.field(list)).find(|field| field.name.is(word));
        if let Some(Field { ty: Type::Object(element), .. }) = list {
            return Some((Kind::Member(*element), key));
        }
        let object = objects(program)
            .find(|object| program.object(*object).is_some_and(|found| found.name.is(word)))?;
        let in_a_list = program.object(object)?.member_of.is_some() && object != member;
        Some((if in_a_list { Kind::Member(object) } else { Kind::Outsider(object) }, key))
    }

    /// Whether expressions could tell a key from everything else.
    fn usable_key(&self, program: &Program, span: Span, key: &str) -> Result<(), Trouble> {
        if self.state.household.beings.iter().any(|being| being.key == key) {
            return Err(problem::taken(span, key).into());
        }
        let is_name = program.definitions.iter().any(|found| found.name.is(key))
            || program.parameters.iter().any(|found| found.name.is(key))
            || program.fields.iter().any(|found| found.name.is(key))
            || program.objects.iter().any(|found| found.name.is(key));
        let reason = if is_name || RESERVED_WORDS.contains(&key) {
            Some(("政策里已经用了这个名称", "the policy uses that name"))
        } else if CUTTING_WORDS.iter().any(|word| key.contains(word)) {
            Some(("里面有“的”“或”“且”一类的字", "it contains a word that ends names"))
        } else if key
            .chars()
            .any(|c| c.is_control() || "，,、：:（）()“”\"=＝#＃".contains(c) || read::is_blank(c))
        {
            Some(("里面有标点或空格", "it contains marks or blanks"))
        } else {
            None
        };
        reason.map_or(Ok(()), |reason| Err(problem::unusable_key(span, key, reason).into()))
    }

    /// 减
    pub(super) fn remove(&mut self, line: &Line<'_>) -> Answer {
        let parts = read::parts(line.text, line.rest.clone());
        if parts.is_empty() {
            return Err(problem::misused(line.rest_span(), Verb::Remove));
        }
        let law = self.law(line)?;
        let mut household = (*self.state.household).clone();
        let mut said = Vec::new();
        for part in parts {
            let key = line.slice(&part).trim_matches(['「', '」']).to_owned();
            let at = household.beings.iter().skip(1).position(|being| being.key == key);
            let Some(at) = at else {
                let keys: Vec<String> =
                    household.beings.iter().skip(1).map(|being| being.key.clone()).collect();
                return Err(problem::nobody(line.span(&part), &key, &keys).into());
            };
            let gone = household.beings.remove(at + 1);
            said.push(match self.options.language {
                Language::Zh => format!("去掉了{key}"),
                Language::En => format!("{key} removed"),
            });
            said.extend(self.left_behind(&mut household, &gone));
        }
        self.tell(household, &law, line, &said)
    }

    /// Takes away what belonged to somebody who is gone, and what was said of others through him.
    fn left_behind(&self, household: &mut Household, gone: &Being) -> Vec<String> {
        let mut said = Vec::new();
        let owner = Some((gone.object.clone(), gone.key.clone()));
        household.beings.retain(|being| being.of != owner);
        household.past.retain(|past| past.who.as_ref() != Some(&gone.key));
        for being in &mut household.beings {
            let points_at = |said: &Fact| match said {
                Fact::Known(Thing::Being(key)) => *key == gone.key,
                Fact::Known(Thing::Beings(keys)) => keys.contains(&gone.key),
                _ => false,
            };
            let fields: Vec<String> = being
                .facts
                .iter()
                .filter(|(_, said)| points_at(said))
                .map(|(name, _)| name.clone())
                .collect();
            for field in fields {
                being.facts.remove(&field);
                said.push(match self.options.language {
                    Language::Zh => format!("{}的{field}原来是{}，改为没有填", being.key, gone.key),
                    Language::En => {
                        format!("{}.{field} was {}, and is not stated now", being.key, gone.key)
                    }
                });
            }
        }
        said
    }

    /// 历史
    pub(super) fn past(&mut self, line: &Line<'_>) -> Answer {
        if line.rest.is_empty() {
            return Err(problem::misused(line.rest_span(), Verb::Past));
        }
        let law = self.law(line)?;
        let history = parse_history(line.source, line.text, line.rest.clone()).map_err(found)?;
        let mut household = (*self.state.household).clone();
        let case = household.bind(law.program());
        let recorded = input::told_history(law.program(), &case, &history, &line.sources)?;
        let told =
            Household::of_case(law.program(), &Case { history: recorded, ..case }, None).past;
        let same = |a: &Past, b: &Past| {
            (a.month, &a.who, &a.decision, &a.payment) == (b.month, &b.who, &b.decision, &b.payment)
        };
        household.past.retain(|old| !told.iter().any(|new| same(old, new)));
        household.past.extend(told);
        household.past.sort_by_key(|past| past.month);
        let month = match self.options.language {
            Language::Zh => format!("记下了{}的决定", history.month.zh()),
            Language::En => format!("recorded for {}", history.month),
        };
        self.tell(household, &law, line, &[month])
    }

    /// 新户
    pub(super) fn new_household(&mut self, line: &Line<'_>) -> Answer {
        let law = self.law(line)?;
        let mut paper = self.paper();
        let text =
            self.say("空白家庭，先 加 成员", "an empty household; `add` its members").to_owned();
        paper.line(0, Style::Plain, &text);
        let household = Arc::new(Household::empty(law.program()));
        let next = State { household, ..self.state.clone() };
        self.steps.note(&self.state);
        self.state = next;
        Ok(paper.into())
    }

    /// 载入
    pub(super) fn load(&mut self, line: &Line<'_>, world: &mut dyn World) -> Answer {
        if let Some(title) = super::example::of_case(line.rest()) {
            return self.load_case(line, title);
        }
        let path = line.rest().trim_matches(['“', '”', '"']);
        if path.is_empty() {
            return Err(problem::misused(line.rest_span(), Verb::Load));
        }
        let text = world.read(path).map_err(|found| super::law::placed(found.into(), line))?;
        self.load_text(path, &text)
    }
}

/// What is added: somebody in a list, or outside.
enum Kind {
    Member(ObjectId),
    Outsider(ObjectId),
}

pub(super) fn found(errors: Vec<SyntaxError>) -> Trouble {
    errors.iter().map(SyntaxError::diagnostic).collect::<Vec<_>>().into()
}
