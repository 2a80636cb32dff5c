//! 历史: what was decided for earlier months.

use std::collections::BTreeMap;

use super::binder::{Binder, Target};
use super::value::truth;
use super::{one_of, problem};
use crate::builtins::{self, Word};
use crate::diagnostic::Bilingual;
use crate::facts::{Entry, Node, NodeValue};
use crate::hir::{Constant, Decision, DefinitionId, Field, Name};
use crate::input::{InstanceId, Scalar};
use crate::source::Span;
use crate::types::{ObjectId, Type};
use crate::value::YearMonth;

const OUTCOME: [&str; 2] = ["outcome", "结果"];
const PAYMENTS: [&str; 2] = ["payments", "给付"];
const LIKE: &str = "{ \"2023-05\": { \"低保\": \"符合\" } }";
const MONTH_LIKE: &str = "\"2023-05\": { \"低保\": \"符合\", \"甲\": { \"低保\": \"不符合\" } }";
const DECISION_LIKE: &str = "{ \"outcome\": \"符合\", \"payments\": { \"低保金\": \"1353\" } }";

/// Whose history of which month.
#[derive(Clone, Copy)]
struct When {
    month: YearMonth,
    subject: ObjectId,
    who: InstanceId,
}

type Recorded = BTreeMap<(YearMonth, DefinitionId, InstanceId), Span>;

impl Binder<'_> {
    /// Months, then decisions, payments and people.
    pub(super) fn history(&mut self, history: &Entry) {
        let months = match &history.value.value {
            NodeValue::Null => return,
            NodeValue::Map(months) => months,
            _ => {
                self.report(problem::not_a_map(
                    &Bilingual::same(history.key.as_str()),
                    &history.value,
                    LIKE,
                ));
                return;
            }
        };
        let mut recorded = Recorded::new();
        for entry in months {
            let month = match entry.key.trim().parse::<YearMonth>() {
                Ok(month) => month,
                Err(error) => {
                    let finding = problem::invalid_date(
                        &Bilingual::same(history.key.as_str()),
                        Some(error),
                        false,
                    );
                    self.report(problem::example(finding, entry.key_span, "2023-05"));
                    continue;
                }
            };
            let NodeValue::Map(lines) = &entry.value.value else {
                self.report(problem::not_a_map(
                    &Bilingual::same(entry.key.as_str()),
                    &entry.value,
                    MONTH_LIKE,
                ));
                continue;
            };
            let when = When { month, subject: self.program.root, who: InstanceId(0) };
            for line in lines {
                if !self.line(when, line, &mut recorded)
                    && !self.of_person(when, line, &mut recorded)
                {
                    self.unknown(when, line, true);
                }
            }
        }
    }

    /// A decision or a payment; whether it is one.
    fn line(&mut self, when: When, line: &Entry, recorded: &mut Recorded) -> bool {
        let program = self.program;
        let mut decisions =
            program.decisions.iter().filter(|decision| decision.subject == when.subject);
        let key = line.key.trim();
        let called = |found: &&Decision| {
            let name = program.called(found);
            name == key || (name == found.name.text && found.name.is(key))
        };
        if let Some(decision) = decisions.clone().find(called) {
            self.decision(when, decision, line, recorded);
            return true;
        }
        let payment = decisions.find_map(|decision| self.payment(decision, &line.key));
        if let Some(definition) = payment {
            self.amount(when, definition, line, recorded);
        }
        payment.is_some()
    }

    fn payment(&self, decision: &Decision, name: &str) -> Option<DefinitionId> {
        decision.payments.iter().find_map(|id| {
            let payment = self.program.payments.get(usize::try_from(id.0).ok()?)?;
            payment.name.is(name.trim()).then_some(payment.definition)
        })
    }

    /// A person with his decisions; whether it is one.
    fn of_person(&mut self, when: When, line: &Entry, recorded: &mut Recorded) -> bool {
        let key = line.key.trim();
        let person = self.keys.keys().find(|(_, known)| known == key).map(|(object, _)| *object);
        let Some((subject, who)) =
            person.and_then(|object| Some((object, self.case.find(object, key)?)))
        else {
            return false;
        };
        let NodeValue::Map(lines) = &line.value.value else {
            self.report(problem::not_a_map(
                &Bilingual::same(key),
                &line.value,
                "{ \"低保\": \"符合\" }",
            ));
            return true;
        };
        let when = When { subject, who, ..when };
        for line in lines {
            if !self.line(when, line, recorded) {
                self.unknown(when, line, false);
            }
        }
        true
    }

    fn decision(&mut self, when: When, decision: &Decision, line: &Entry, recorded: &mut Recorded) {
        let NodeValue::Map(parts) = &line.value.value else {
            self.outcome(when, decision, line, recorded);
            return;
        };
        if let Some(outcome) = one_of(parts, OUTCOME, &mut self.findings) {
            self.outcome(when, decision, outcome, recorded);
        }
        for part in parts.iter().filter(|part| !OUTCOME.contains(&part.key.as_str())) {
            if let Some(definition) = self.payment(decision, &part.key) {
                self.amount(when, definition, part, recorded);
            } else if PAYMENTS.contains(&part.key.as_str()) {
                self.payments(when, decision, part, recorded);
            } else {
                self.unknown_part(decision, part);
            }
        }
    }

    fn payments(&mut self, when: When, decision: &Decision, part: &Entry, recorded: &mut Recorded) {
        match &part.value.value {
            NodeValue::Null => {}
            NodeValue::Map(payments) => {
                for payment in payments {
                    match self.payment(decision, &payment.key) {
                        Some(definition) => self.amount(when, definition, payment, recorded),
                        None => self.unknown_part(decision, payment),
                    }
                }
            }
            _ => self.report(problem::not_a_map(
                &Bilingual::same(part.key.as_str()),
                &part.value,
                "{ \"低保金\": \"1353\" }",
            )),
        }
    }

    fn outcome(&mut self, when: When, decision: &Decision, line: &Entry, recorded: &mut Recorded) {
        let outcome = match &line.value.value {
            NodeValue::Null => return,
            NodeValue::Bool(truth) => Some(*truth),
            NodeValue::Text(text) => match builtins::word(text.trim()) {
                Some(Word::Entitled) => Some(true),
                Some(Word::NotEntitled) => Some(false),
                _ => truth(text),
            },
            _ => None,
        };
        let Some(outcome) = outcome else {
            self.wrong_outcome(decision, &line.value);
            return;
        };
        let scalar = Scalar::Constant(Constant::Bool(outcome));
        self.record(when, decision.entitlement, scalar, line, recorded);
    }

    fn wrong_outcome(&mut self, decision: &Decision, node: &Node) {
        let found = problem::shown(node, false);
        let name = &decision.name.text;
        let finding = problem::error(
            "huize::input::wrong_value",
            format!("历史里“{name}”要“符合”或“不符合”，写的是 {}", found.zh),
            format!("`{name}` of the history is entitled or not_entitled, found {}", found.en),
        );
        self.report(problem::fix(
            finding,
            node.span,
            format!("写 \"符合\" 或 \"不符合\"，或 {DECISION_LIKE}；没有决定的月份不写"),
            format!("write \"entitled\" or \"not_entitled\", or {DECISION_LIKE}; leave out months without a decision"),
        ));
    }

    fn amount(
        &mut self,
        when: When,
        definition: DefinitionId,
        line: &Entry,
        recorded: &mut Recorded,
    ) {
        let Some(found) = self.program.definition(definition) else { return };
        let (name, ty) = (found.name.clone(), found.ty.clone());
        if matches!(line.value.value, NodeValue::Null) {
            return;
        }
        let field = stand_in(when.subject, name, ty.clone());
        let path = problem::path(None, &field.name);
        let path = Bilingual::new(
            format!("{} {}", when.month, path.zh),
            format!("{} {}", when.month, path.en),
        );
        let target = Target { field: &field, path };
        if let Some(scalar) = self.scalar(&target, &ty, &line.value) {
            self.record(when, definition, scalar, line, recorded);
        }
    }

    fn record(
        &mut self,
        when: When,
        definition: DefinitionId,
        scalar: Scalar,
        line: &Entry,
        recorded: &mut Recorded,
    ) {
        let key = (when.month, definition, when.who);
        if let Some(first) = recorded.insert(key, line.key_span) {
            let name = Bilingual::same(format!("{} {}", when.month, line.key));
            let finding =
                problem::twice("huize::input::duplicate_field", &name, first, line.key_span);
            self.report(
                finding.help(Bilingual::new(
                    "一个月的一项只留一个",
                    "keep one of them for each month",
                )),
            );
            return;
        }
        self.case.history.insert(key, scalar);
    }

    fn unknown_part(&mut self, decision: &Decision, part: &Entry) {
        let mut names = vec![name_of(OUTCOME), name_of(PAYMENTS)];
        names.extend(self.payment_names(decision));
        let help = problem::did_you_mean(&part.key, &names);
        let key = problem::shortened(&part.key);
        let decision = &decision.name.text;
        let finding = problem::error(
            "huize::input::unknown_history",
            format!("“{decision}”没有叫做“{key}”的给付"),
            format!("`{decision}` has no payment `{key}`"),
        );
        self.report(finding.at(part.key_span, Bilingual::default()).help(help));
    }

    fn payment_names(&self, decision: &Decision) -> Vec<Name> {
        let payments = decision.payments.iter();
        payments
            .filter_map(|id| self.program.payments.get(usize::try_from(id.0).ok()?))
            .map(|payment| payment.name.clone())
            .collect()
    }

    fn unknown(&mut self, when: When, line: &Entry, people: bool) {
        let mut names = Vec::new();
        for decision in &self.program.decisions {
            if decision.subject == when.subject {
                names.push(decision.name.clone());
                names.extend(self.payment_names(decision));
            }
        }
        if people {
            let keys = self.keys.keys().map(|(_, key)| Name { text: key.clone(), alias: None });
            names.extend(keys);
        }
        let help = problem::did_you_mean(&line.key, &names);
        let key = problem::shortened(&line.key);
        let finding = problem::error(
            "huize::input::unknown_history",
            format!("没有叫做“{key}”的决定、给付或人"),
            format!("there is no decision, payment or person `{key}`"),
        );
        self.report(finding.at(line.key_span, Bilingual::default()).help(help));
    }
}

fn name_of([alias, text]: [&str; 2]) -> Name {
    Name { text: text.to_owned(), alias: Some(alias.to_owned()) }
}

/// A payment as a field that takes its amount.
fn stand_in(object: ObjectId, name: Name, ty: Type) -> Field {
    Field {
        object,
        name,
        ty,
        optional: false,
        many: false,
        count: (None, None),
        sensitive: false,
        immutable: false,
        not_suggested: false,
        not_after_assessment: false,
        range: None,
        default: None,
        question: None,
        span: Span::default(),
    }
}
