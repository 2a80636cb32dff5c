//! Cases written beside a policy (案例) to a [`Case`].

mod list;
mod table;

use std::collections::BTreeMap;

#[cfg(feature = "repl")]
use super::History;
use super::literal::{amount, range_problem, resident_id_problem, takes};
use super::{Case, Fact, InstanceId, Scalar};
use crate::builtins::{self, Word};
use crate::diagnostic::{Bilingual, Diagnostic, FactsError, closest_name};
use crate::hir::{Constant, DefinitionId, DefinitionKind, FieldId, Program};
use crate::source::{SourceMap, Span};
use crate::syntax::ast::{self, Expr, ExprKind, NumberSuffix};
use crate::types::{ObjectId, Type};
use crate::value::{Date, DocumentNumber, Rational};

/// Binds a written case to its program.
///
/// # Errors
///
/// Every fact that does not fit, in the order of the text.
pub fn bind_case(
    program: &Program,
    written: &ast::Case,
    sources: &SourceMap,
) -> Result<Case, FactsError> {
    let mut binder = Binder {
        program,
        sources,
        case: Case::new(program),
        findings: Vec::new(),
        spans: BTreeMap::new(),
    };
    binder.roster(written);
    binder.count(written);
    for instance in &written.instances {
        binder.instance(instance);
    }
    for table in &written.tables {
        binder.table(table);
    }
    for history in &written.history {
        binder.history(history);
    }
    if binder.findings.is_empty() { Ok(binder.case) } else { Err(binder.findings.into()) }
}

/// What values told of a field say, beside a case whose people they may name.
///
/// # Errors
///
/// A value that the field does not take, with its place.
#[cfg(feature = "repl")]
pub(crate) fn told(
    program: &Program,
    case: &Case,
    field: FieldId,
    values: &[ast::FactValue],
    sources: &SourceMap,
) -> Result<Fact, FactsError> {
    let case = case.clone();
    let mut binder =
        Binder { program, sources, case, findings: Vec::new(), spans: BTreeMap::new() };
    binder.stated(field, values).ok_or_else(|| binder.findings.into())
}

/// What a line of history says, beside a case whose people it may name.
///
/// # Errors
///
/// A decision or payment that nothing has, a value that it does not take.
#[cfg(feature = "repl")]
pub(crate) fn told_history(
    program: &Program,
    case: &Case,
    history: &ast::History,
    sources: &SourceMap,
) -> Result<History, FactsError> {
    let case = Case { history: BTreeMap::new(), ..case.clone() };
    let mut binder =
        Binder { program, sources, case, findings: Vec::new(), spans: BTreeMap::new() };
    binder.history(history);
    if binder.findings.is_empty() { Ok(binder.case.history) } else { Err(binder.findings.into()) }
}

fn unknown_field(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::input::unknown_field",
        Bilingual::new(format!("没有叫做“{name}”的事实"), format!("there is no fact `{name}`")),
    )
    .at(span, Bilingual::default())
}

struct Binder<'a> {
    program: &'a Program,
    sources: &'a SourceMap,
    case: Case,
    findings: Vec<Diagnostic>,
    spans: BTreeMap<(ObjectId, String), Span>,
}

impl Binder<'_> {
    /// Everybody first, so that facts may name people who come later: those of the household, those
    /// outside it, then what belongs to one of them.
    fn roster(&mut self, written: &ast::Case) {
        let (of_somebody, others): (Vec<_>, Vec<_>) =
            written.tables.iter().partition(|table| self.is_of_somebody(table));
        for table in others {
            self.rows(table);
        }
        for instance in &written.instances {
            // What there is no object of is said where its facts are read.
            let Some(object) = self.object_named(&instance.object.text) else { continue };
            if object == self.program.root {
                if let Some(name) = &instance.name {
                    self.case.rename(object, InstanceId(0), &name.text);
                }
                continue;
            }
            if let Some(name) = &instance.name
                && self.case.find(object, &name.text).is_none()
            {
                self.person(object, &name.text, None, name.span);
            }
        }
        for table in of_somebody {
            self.rows(table);
        }
    }

    fn person(&mut self, object: ObjectId, key: &str, parent: Option<InstanceId>, span: Span) {
        if let Some(first) = self.spans.insert((object, key.to_owned()), span) {
            self.findings.push(
                Diagnostic::error(
                    "huize::input::duplicate_member",
                    Bilingual::new(format!("“{key}”出现了两次"), format!("`{key}` appears twice")),
                )
                .at(span, Bilingual::new("第二次", "the second time"))
                .at(first, Bilingual::new("第一次", "the first time")),
            );
            return;
        }
        self.case.add(self.program, object, key, parent);
    }

    fn object_named(&self, name: &str) -> Option<ObjectId> {
        let found = self.program.objects.iter().position(|object| object.name.is(name));
        found.map(|at| ObjectId(u16::try_from(at).unwrap_or(u16::MAX)))
    }

    /// The object at the head of a line of facts, `家庭：…`.
    fn object(&mut self, name: &ast::Reference) -> Option<ObjectId> {
        let found = self.object_named(&name.text);
        if found.is_none() {
            let program = self.program;
            let names = program.objects.iter().map(|object| object.name.text.as_str());
            let close = closest_name(&name.text, names);
            let root = program.object(program.root).map_or("", |root| root.name.text.as_str());
            let list =
                program.fields.iter().find(|field| field.object == program.root && field.many);
            let list = list.map_or("成员", |list| list.name.text.as_str());
            let finding = unknown_field(name.span, &name.text);
            self.findings.push(finding.help(match close {
                Some(close) => {
                    Bilingual::new(format!("是否指“{close}”？"), format!("did you mean `{close}`?"))
                }
                None => Bilingual::new(
                    format!("{root}的事实写作 {root}：…；{list}写成表，｜{list}｜…｜，一人一行"),
                    format!(
                        "facts of the `{root}` are written `{root}: …`; `{list}` are a table, \
                         `| {list} | … |`, a line for each"
                    ),
                ),
            }));
        }
        found
    }

    fn unknown(&mut self, span: Span, name: &str, close: Option<&str>) {
        let error = unknown_field(span, name);
        self.findings.push(match close {
            Some(close) => error.help(Bilingual::new(
                format!("是否指“{close}”？"),
                format!("did you mean `{close}`?"),
            )),
            None => error,
        });
    }

    fn field(&self, object: ObjectId, name: &str) -> Option<FieldId> {
        let fields = &self.program.object(object)?.fields;
        fields.iter().copied().find(|id| self.program.field(*id).is_some_and(|f| f.name.is(name)))
    }

    fn unknown_field(&mut self, object: ObjectId, name: &str, span: Span) {
        let fields =
            self.program.object(object).map(|object| object.fields.clone()).unwrap_or_default();
        let names: Vec<&str> = fields
            .iter()
            .filter_map(|id| self.program.field(*id))
            .map(|field| field.name.text.as_str())
            .collect();
        let close = closest_name(name, names.into_iter()).map(str::to_owned);
        self.unknown(span, name, close.as_deref());
    }

    fn instance(&mut self, written: &ast::Instance) {
        let Some(object) = self.object(&written.object) else { return };
        let who = match &written.name {
            Some(name) if object != self.program.root => self.case.find(object, &name.text),
            _ => Some(InstanceId(0)),
        };
        let Some(who) = who else { return };
        for assignment in &written.facts {
            let field = match &assignment.field {
                Some(name) => {
                    let field = self.field(object, &name.text);
                    if field.is_none() {
                        self.unknown_field(object, &name.text, name.span);
                    }
                    field
                }
                None => self.field_by_value(object, assignment),
            };
            let Some(field) = field else { continue };
            self.assign(field, who, &assignment.values);
        }
    }

    /// `家庭：城镇`: the one field whose enumeration has that value.
    fn field_by_value(
        &mut self,
        object: ObjectId,
        assignment: &ast::Assignment,
    ) -> Option<FieldId> {
        let word = assignment.values.first().and_then(|value| match &value.value.kind {
            ExprKind::Name(name) => Some(name.text.clone()),
            _ => None,
        });
        let fields =
            self.program.object(object).map(|object| object.fields.clone()).unwrap_or_default();
        let found: Vec<FieldId> = fields
            .into_iter()
            .filter(|id| match self.program.field(*id).map(|field| &field.ty) {
                Some(Type::Enum(id)) => self.program.enumeration(*id).is_some_and(|enumeration| {
                    word.as_ref()
                        .is_some_and(|word| enumeration.values.iter().any(|value| value.is(word)))
                }),
                _ => false,
            })
            .collect();
        if let [only] = found.as_slice() {
            return Some(*only);
        }
        let shown = self.sources.slice(assignment.span).to_owned();
        self.unknown_field(object, &shown, assignment.span);
        None
    }

    fn assign(&mut self, field: FieldId, who: InstanceId, values: &[ast::FactValue]) {
        if let Some(fact) = self.stated(field, values) {
            if let ([only], Fact::Known(_)) = (values, &fact)
                && let ExprKind::Text(text) = &only.value.kind
            {
                self.case.texts.insert((field, who), text.clone());
            }
            self.case.set(field, who, fact);
        }
    }

    /// What a value, or several by date, say of a field.
    fn stated(&mut self, field: FieldId, values: &[ast::FactValue]) -> Option<Fact> {
        let is_list = self
            .program
            .field(field)
            .is_some_and(|declared| declared.many && matches!(declared.ty, Type::Object(_)));
        if is_list {
            return self.listed(field, values);
        }
        let mut dated: Vec<(Date, Fact)> = Vec::new();
        for value in values {
            let fact = self.fact(field, &value.value)?;
            match value.since.and_then(crate::hir::lower_first_day) {
                Some(since) => dated.push((since, fact)),
                None if values.len() == 1 => return Some(fact),
                None => {
                    self.undated(value.value.span);
                    return None;
                }
            }
        }
        dated.sort_by_key(|(since, _)| *since);
        Some(Fact::Dated(dated))
    }

    fn undated(&mut self, span: Span) {
        self.findings.push(
            Diagnostic::error(
                "huize::input::undated_value",
                Bilingual::new(
                    "有几个数值时，每个都要写明从何时起",
                    "each of several values needs its date",
                ),
            )
            .at(span, Bilingual::default())
            .help(Bilingual::new(
                "写作 2250元（自2023年3月起）",
                "write `2250CNY (since 2023-03)`",
            )),
        );
    }

    fn fact(&mut self, field: FieldId, value: &Expr) -> Option<Fact> {
        let declared = self.program.field(field)?;
        if let ExprKind::Name(name) = &value.kind {
            match builtins::word(&name.text) {
                Some(Word::Unknown) => return Some(Fact::Unknown),
                Some(Word::Refused) => return Some(Fact::Refused),
                Some(Word::None) if declared.optional => return Some(Fact::Absent),
                _ => {}
            }
        }
        if let ExprKind::Text(text) = &value.kind {
            let shown = Bilingual::same(declared.name.text.as_str());
            if let Some(problem) = resident_id_problem(declared, &shown, text) {
                self.findings.push(problem.at(value.span, Bilingual::default()));
                return None;
            }
        }
        let scalar = scalar_of(self.program, &self.case, &declared.ty, value);
        match scalar {
            Ok(Scalar::Constant(constant)) => {
                if let Some(problem) =
                    range_problem(declared, &Bilingual::same(declared.name.text.as_str()), constant)
                {
                    self.findings.push(problem.at(value.span, Bilingual::default()));
                    return None;
                }
                Some(Fact::Known(Scalar::Constant(constant)))
            }
            Ok(scalar) => Some(Fact::Known(scalar)),
            Err(wanted) => {
                let name = declared.name.text.clone();
                let shown = self.sources.slice(value.span).to_owned();
                let finding = Diagnostic::error(
                    "huize::input::wrong_value",
                    Bilingual::new(
                        format!("“{name}”要{}，写的是 {shown}", wanted.zh),
                        format!("`{name}` takes {}, found `{shown}`", wanted.en),
                    ),
                )
                .at(value.span, Bilingual::default());
                let is_spelt = matches!(declared.ty, Type::Number(_))
                    && shown.starts_with(|letter| "一二两三四五六七八九十百千".contains(letter));
                self.findings.push(if is_spelt {
                    finding.help(Bilingual::new("用阿拉伯数字写，如 100元", "write it in digits"))
                } else {
                    finding
                });
                None
            }
        }
    }

    fn history(&mut self, history: &ast::History) {
        let mut decision: Option<DefinitionId> = None;
        for (target, value) in &history.entries {
            let Some((definition, who)) = self.recorded(target, decision) else {
                let shown = self.sources.slice(target.span).to_owned();
                self.unknown(target.span, &shown, None);
                continue;
            };
            let kind = self.program.definition(definition).map(|d| (d.kind, d.ty.clone()));
            let scalar = match kind {
                Some((DefinitionKind::Entitlement(_), _)) => {
                    decision = Some(definition);
                    match &value.value.kind {
                        ExprKind::Name(name) => match builtins::word(&name.text) {
                            Some(Word::Entitled) => Some(Constant::Bool(true)),
                            Some(Word::NotEntitled) => Some(Constant::Bool(false)),
                            _ => None,
                        },
                        ExprKind::Bool(truth) => Some(Constant::Bool(*truth)),
                        _ => None,
                    }
                    .map(Scalar::Constant)
                }
                Some((_, ty)) => scalar_of(self.program, &self.case, &ty, &value.value).ok(),
                None => None,
            };
            match scalar {
                Some(scalar) => {
                    self.case.history.insert((history.month, definition, who), scalar);
                }
                None => {
                    let shown = self.sources.slice(value.value.span).to_owned();
                    self.findings.push(
                        Diagnostic::error(
                            "huize::input::wrong_value",
                            Bilingual::new(
                                format!("以前的决定写“符合”“不符合”，给付写金额，写的是 {shown}"),
                                format!(
                                    "an earlier decision is yes or no, a payment an amount, found `{shown}`"
                                ),
                            ),
                        )
                        .at(value.value.span, Bilingual::default()),
                    );
                }
            }
        }
    }

    /// What a line of history speaks of: 低保, 低保金 (of the decision before), 甲的低保.
    fn recorded(
        &self,
        target: &Expr,
        decision: Option<DefinitionId>,
    ) -> Option<(DefinitionId, InstanceId)> {
        match &target.kind {
            ExprKind::Name(name) => {
                let payment = decision.and_then(|decision| self.payment(decision, &name.text));
                let named = || self.decision(&name.text, self.program.root);
                payment.or_else(named).map(|id| (id, InstanceId(0)))
            }
            ExprKind::Access { base, member, .. } => {
                let (ExprKind::Name(base), ExprKind::Name(member)) = (&base.kind, &member.kind)
                else {
                    return None;
                };
                if let Some(found) = self.decision(&base.text, self.program.root) {
                    return self.payment(found, &member.text).map(|id| (id, InstanceId(0)));
                }
                for at in 0..self.program.objects.len() {
                    let id = ObjectId(u16::try_from(at).unwrap_or(u16::MAX));
                    if let Some(who) = self.case.find(id, &base.text) {
                        return self.decision(&member.text, id).map(|id| (id, who));
                    }
                }
                None
            }
            _ => None,
        }
    }

    fn decision(&self, name: &str, subject: ObjectId) -> Option<DefinitionId> {
        self.program
            .decisions
            .iter()
            .find(|decision| decision.subject == subject && decision.name.is(name))
            .map(|decision| decision.entitlement)
    }

    fn payment(&self, decision: DefinitionId, name: &str) -> Option<DefinitionId> {
        let decision = self.program.decisions.iter().find(|found| found.entitlement == decision)?;
        decision.payments.iter().find_map(|id| {
            let payment = self.program.payments.get(id.0 as usize)?;
            payment.name.is(name).then_some(payment.definition)
        })
    }
}

/// A literal as a value of a type; what the type takes where it is none.
pub(super) fn scalar_of(
    program: &Program,
    case: &Case,
    ty: &Type,
    value: &Expr,
) -> Result<Scalar, Bilingual> {
    let wanted = || takes(program, ty);
    let constant = match (&value.kind, ty) {
        (ExprKind::Group(inner), _) => return scalar_of(program, case, ty, inner),
        (ExprKind::Negate(inner), _) => match scalar_of(program, case, ty, inner)? {
            Scalar::Constant(Constant::Number(number)) => Constant::Number(number.negated()),
            _ => return Err(wanted()),
        },
        (ExprKind::Bool(truth), Type::Bool) => Constant::Bool(*truth),
        (ExprKind::Date(date), Type::Date) => Constant::Date(*date),
        (ExprKind::YearMonth(month), Type::Month) => Constant::Month(*month),
        (ExprKind::Number(literal), Type::Number(number)) => {
            let value = match &literal.suffix {
                NumberSuffix::None | NumberSuffix::Times => Some(literal.value),
                NumberSuffix::Percent => {
                    literal.value.checked_div(Rational::from_integer(100)).ok()
                }
                NumberSuffix::PerMille => {
                    literal.value.checked_div(Rational::from_integer(1000)).ok()
                }
                NumberSuffix::Unit(unit) => {
                    let mut text = unit.numerator.text.clone();
                    for denominator in &unit.denominators {
                        text.push('/');
                        text.push_str(&denominator.text);
                    }
                    amount(program, literal.value, &text, number)
                }
            };
            Constant::Number(value.ok_or_else(wanted)?)
        }
        (ExprKind::Name(name), Type::Enum(id)) => {
            let enumeration = program.enumeration(*id).ok_or_else(wanted)?;
            let at = enumeration.values.iter().position(|value| value.is(&name.text));
            Constant::Enum(*id, at.and_then(|at| u16::try_from(at).ok()).ok_or_else(wanted)?)
        }
        (ExprKind::Name(name), Type::Object(object)) => {
            let who = case.find(*object, &name.text).ok_or_else(wanted)?;
            return Ok(Scalar::Instance(*object, who));
        }
        (ExprKind::Text(text), Type::Text) => Constant::Text(DocumentNumber::of(text)),
        (ExprKind::Name(name), Type::Text) => Constant::Text(DocumentNumber::of(&name.text)),
        _ => return Err(wanted()),
    };
    Ok(Scalar::Constant(constant))
}
