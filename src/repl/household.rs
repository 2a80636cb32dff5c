//! The household as the session keeps it: people and facts by name, so that it outlives a change
//! of policy, of place, or of the policy text.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::diagnostic::{Diagnostic, Language};
use crate::facts::{Entry, Node, NodeValue};
use crate::hir::{Constant, DefinitionId, DefinitionKind, FieldId, Name, Program};
use crate::input::{self, Case, Fact, InstanceId, Scalar};
use crate::source::Span;
use crate::types::{EnumId, ObjectId, Type};
use crate::value::{Date, DocumentNumber, Rational, YearMonth};

/// Everybody and everything of one case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Household {
    /// The root first, then the others in the order they came.
    pub(crate) beings: Vec<Being>,
    /// What was decided in earlier months.
    pub(crate) past: Vec<Past>,
}

/// A household, a person, …
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Being {
    /// 家庭, 人
    pub(crate) object: String,
    /// 甲; the object's name for the root.
    pub(crate) key: String,
    /// The object and key of what it is a member of; nothing for the root and for outsiders.
    pub(crate) of: Option<(String, String)>,
    /// What is said of it, by the names of fields.
    pub(crate) facts: BTreeMap<String, Said>,
}

/// What is said of a fact. Nothing said is no entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// 未知
    Unknown,
    /// 拒答
    Refused,
    /// 无
    Absent,
    /// A value.
    Known(Thing),
    /// A value for each time from the day it began.
    Dated(Vec<(Date, Said)>),
}

/// A value that needs no program to be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Thing {
    /// 是, 否; of a past decision: 符合, 不符合
    Truth(bool),
    /// In the base unit of its dimension.
    Number(Rational),
    /// A day.
    Date(Date),
    /// A month.
    Month(YearMonth),
    /// A value of an enumeration, by name.
    Choice(String),
    /// Somebody, by key.
    Being(String),
    /// Those that a list names, by their keys.
    Beings(Vec<String>),
    /// A text.
    Text(String),
}

/// What was decided in an earlier month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Past {
    pub(crate) month: YearMonth,
    /// The key of the person; nothing for the household.
    pub(crate) who: Option<String>,
    pub(crate) decision: String,
    /// The payment; nothing for the decision itself.
    pub(crate) payment: Option<String>,
    pub(crate) value: Thing,
}

impl Household {
    /// The one object that a case is about, and nothing said of it.
    pub(crate) fn empty(program: &Program) -> Self {
        Self::of_case(program, &Case::new(program), None)
    }

    /// The facts of a case that a program has bound; texts, which a case does not hold, from the
    /// document that it was read from.
    pub(crate) fn of_case(program: &Program, case: &Case, document: Option<&Node>) -> Self {
        let mut texts = BTreeMap::new();
        if let Some(document) = document {
            texts_of(program, document, &mut texts);
        }
        let mut household = Self::default();
        for (at, object) in objects(program) {
            for (number, instance) in case.of(at).iter().enumerate() {
                let who = InstanceId(u32::try_from(number).unwrap_or(u32::MAX));
                let of = instance.parent.and_then(|parent| {
                    let (owner, _) = object.member_of?;
                    let parent = case.of(owner).get(parent.0 as usize)?;
                    Some((object_name(program, owner), parent.key.clone()))
                });
                let mut being = Being {
                    object: object.name.text.clone(),
                    key: instance.key.clone(),
                    of,
                    facts: BTreeMap::new(),
                };
                for id in &object.fields {
                    let Some(field) = program.field(*id) else { continue };
                    let text = texts.get(&(at, instance.key.clone(), *id));
                    let fact = (case.fact(*id, who), &field.ty);
                    if let Some(said) = said(program, case, fact, text) {
                        being.facts.insert(field.name.text.clone(), said);
                    }
                }
                household.beings.push(being);
            }
        }
        household.beings.sort_by_key(|being| {
            being.of.is_some() || being.object != object_name(program, program.root)
        });
        household.past = past(program, case);
        household
    }

    /// The being of an object with that key.
    pub(crate) fn being(&self, object: &str, key: &str) -> Option<&Being> {
        self.beings.iter().find(|being| being.object == object && being.key == key)
    }

    /// Adds somebody: members before those outside.
    pub(crate) fn add(&mut self, being: Being) {
        let outsider = |other: &Being| other.object == being.object && other.of.is_none();
        let at = self.beings.iter().position(outsider).filter(|_| being.of.is_some());
        self.beings.insert(at.unwrap_or(self.beings.len()), being);
    }

    /// Says something of a fact, or takes it back.
    pub(crate) fn say(&mut self, object: &str, key: &str, field: &str, said: Option<Said>) {
        let found = self.beings.iter_mut().find(|being| being.object == object && being.key == key);
        let Some(being) = found else { return };
        match said {
            Some(said) => being.facts.insert(field.to_owned(), said),
            None => being.facts.remove(field),
        };
    }

    /// Binds it to a program. What the program has no name or no use for is left out.
    pub(crate) fn bind(&self, program: &Program) -> Case {
        let mut case = Case::new(program);
        let root = object_name(program, program.root);
        let find = |name: &str| objects(program).find(|(_, object)| object.name.text == name);
        for being in self.beings.iter().filter(|being| being.object != root) {
            let Some((object, declared)) = find(&being.object) else { continue };
            let parent = being.of.as_ref().and_then(|(_, key)| {
                let (owner, _) = declared.member_of?;
                if owner == program.root { Some(InstanceId(0)) } else { case.find(owner, key) }
            });
            case.add(program, object, &being.key, parent);
        }
        for being in &self.beings {
            let Some((object, declared)) = find(&being.object) else { continue };
            let who = if object == program.root {
                Some(InstanceId(0))
            } else {
                case.find(object, &being.key)
            };
            let Some(who) = who else { continue };
            for id in &declared.fields {
                let Some(field) = program.field(*id) else { continue };
                let said = being.facts.get(&field.name.text);
                if let Some(fact) = said.and_then(|said| fact(program, &case, &field.ty, said)) {
                    case.set(*id, who, fact);
                }
            }
        }
        for past in &self.past {
            record(program, &mut case, past);
        }
        case
    }

    /// The list of the household that has fewer in it than the policy asks for (成员，至少1).
    pub(crate) fn lacks<'p>(&self, program: &'p Program) -> Option<&'p Name> {
        let root = program.object(program.root)?;
        let own = root.fields.iter().filter(|id| program.owns(**id));
        let fields = own.filter_map(|id| program.field(*id));
        let mut lists = fields.filter_map(|field| match field.ty {
            Type::Object(element) => Some((field, program.object(element)?)),
            _ => None,
        });
        let count = |object: &str| {
            let members = self.beings.iter();
            members.filter(|being| being.object == object && being.of.is_some()).count()
        };
        lists
            .find(|(field, element)| {
                let least = field.count.0.and_then(|least| usize::try_from(least).ok());
                least.is_some_and(|least| count(&element.name.text) < least)
            })
            .map(|(field, _)| &field.name)
    }

    /// What the binder of documents finds: values out of their range, a resident ID with another
    /// birth date. That nobody has joined yet is no finding.
    pub(crate) fn check(&self, program: &Program) -> Vec<Diagnostic> {
        let found = input::bind(program, &self.document(program, Language::Zh)).err();
        let found = found.into_iter().flatten();
        found.filter(|finding| finding.code != "huize::input::too_few").collect()
    }

    /// It as a document of facts, names in a language.
    pub(crate) fn document(&self, program: &Program, language: Language) -> Node {
        let writer = Writer { household: self, program, language };
        writer.document()
    }
}

fn objects(program: &Program) -> impl Iterator<Item = (ObjectId, &crate::hir::Object)> {
    program
        .objects
        .iter()
        .enumerate()
        .filter_map(|(at, object)| Some((ObjectId(u16::try_from(at).ok()?), object)))
}

fn object_name(program: &Program, object: ObjectId) -> String {
    program.object(object).map_or_else(String::new, |object| object.name.text.clone())
}

/// What a fact of a case says.
fn said(
    program: &Program,
    case: &Case,
    (fact, ty): (&Fact, &Type),
    text: Option<&String>,
) -> Option<Said> {
    Some(match fact {
        Fact::NotStated => return None,
        Fact::Unknown | Fact::Within(..) => Said::Unknown,
        Fact::Refused => Said::Refused,
        Fact::Absent => Said::Absent,
        Fact::Known(scalar) => Said::Known(thing(program, case, *scalar, text)?),
        Fact::Listed(who) => Said::Known(beings(case, ty, who)?),
        Fact::Dated(values) => Said::Dated(
            values
                .iter()
                .filter_map(|(since, fact)| Some((*since, said(program, case, (fact, ty), None)?)))
                .collect(),
        ),
    })
}

/// Those that a list names, by their keys.
pub(crate) fn beings(case: &Case, ty: &Type, who: &[InstanceId]) -> Option<Thing> {
    let Type::Object(object) = ty else { return None };
    let key = |who: &InstanceId| Some(case.of(*object).get(who.0 as usize)?.key.clone());
    Some(Thing::Beings(who.iter().map(key).collect::<Option<_>>()?))
}

/// A scalar by names.
pub(crate) fn thing(
    program: &Program,
    case: &Case,
    scalar: Scalar,
    text: Option<&String>,
) -> Option<Thing> {
    Some(match scalar {
        Scalar::Constant(Constant::Bool(truth)) => Thing::Truth(truth),
        Scalar::Constant(Constant::Number(number)) => Thing::Number(number),
        Scalar::Constant(Constant::Date(date)) => Thing::Date(date),
        Scalar::Constant(Constant::Month(month)) => Thing::Month(month),
        Scalar::Constant(Constant::Enum(id, at)) => Thing::Choice(choice(program, id, at)?),
        Scalar::Constant(Constant::Outcome(_)) => return None,
        Scalar::Constant(Constant::Text(_)) => Thing::Text(text.cloned().unwrap_or_default()),
        Scalar::Instance(object, who) => {
            Thing::Being(case.of(object).get(who.0 as usize)?.key.clone())
        }
    })
}

fn choice(program: &Program, id: EnumId, at: u16) -> Option<String> {
    Some(program.enumeration(id)?.values.get(usize::from(at))?.text.clone())
}

/// What is said of a fact, as a case holds it; nothing where the program has no such value.
fn fact(program: &Program, case: &Case, ty: &Type, said: &Said) -> Option<Fact> {
    Some(match said {
        Said::Unknown => Fact::Unknown,
        Said::Refused => Fact::Refused,
        Said::Absent => Fact::Absent,
        Said::Known(Thing::Beings(keys)) => {
            let Type::Object(object) = ty else { return None };
            let find = |key: &String| case.find(*object, key);
            Fact::Listed(keys.iter().map(find).collect::<Option<_>>()?)
        }
        Said::Known(thing) => Fact::Known(scalar(program, case, ty, thing)?),
        Said::Dated(values) => Fact::Dated(
            values
                .iter()
                .map(|(since, said)| Some((*since, fact(program, case, ty, said)?)))
                .collect::<Option<_>>()?,
        ),
    })
}

fn scalar(program: &Program, case: &Case, ty: &Type, thing: &Thing) -> Option<Scalar> {
    Some(Scalar::Constant(match (thing, ty) {
        (Thing::Truth(truth), Type::Bool) => Constant::Bool(*truth),
        (Thing::Number(number), Type::Number(_)) => Constant::Number(*number),
        (Thing::Date(date), Type::Date) => Constant::Date(*date),
        (Thing::Month(month), Type::Month) => Constant::Month(*month),
        (Thing::Choice(name), Type::Enum(id)) => {
            let values = &program.enumeration(*id)?.values;
            let at = values.iter().position(|value| value.text == *name)?;
            Constant::Enum(*id, u16::try_from(at).ok()?)
        }
        (Thing::Being(key), Type::Object(object)) => {
            return Some(Scalar::Instance(*object, case.find(*object, key)?));
        }
        (Thing::Text(text), Type::Text) => Constant::Text(DocumentNumber::of(text)),
        _ => return None,
    }))
}

/// Puts a decision of an earlier month into a case.
fn record(program: &Program, case: &mut Case, past: &Past) {
    let found = program.decisions.iter().find_map(|decision| {
        if decision.name.text != past.decision {
            return None;
        }
        let who = match &past.who {
            Some(key) => case.find(decision.subject, key)?,
            None if decision.subject == program.root => InstanceId(0),
            None => return None,
        };
        let definition = match &past.payment {
            None => decision.entitlement,
            Some(name) => {
                let payments = decision.payments.iter();
                let mut payments = payments.filter_map(|id| program.payments.get(id.0 as usize));
                payments.find(|payment| payment.name.text == *name)?.definition
            }
        };
        Some((definition, who))
    });
    let Some((definition, who)) = found else { return };
    let Some(ty) = program.definition(definition).map(|found| found.ty.clone()) else { return };
    let ty = if past.payment.is_none() { Type::Bool } else { ty };
    if let Some(value) = scalar(program, case, &ty, &past.value) {
        case.history.insert((past.month, definition, who), value);
    }
}

type Texts = BTreeMap<(ObjectId, String, FieldId), String>;

/// The texts in a document that has been bound without findings.
fn texts_of(program: &Program, document: &Node, texts: &mut Texts) {
    let NodeValue::Map(entries) = &document.value else { return };
    let Some(root) = program.object(program.root) else { return };
    for entry in entries {
        if root.name.is(&entry.key) {
            texts_of_one(program, program.root, &root.name.text, &entry.value, texts);
        } else if ["others", "其他人员"].contains(&entry.key.as_str()) {
            match &entry.value.value {
                NodeValue::List(items) => texts_of_list(program, person(program), items, texts),
                NodeValue::Map(lists) => {
                    for list in lists {
                        let object = objects(program).find(|(_, found)| found.name.is(&list.key));
                        if let (Some((object, _)), NodeValue::List(items)) =
                            (object, &list.value.value)
                        {
                            texts_of_list(program, Some(object), items, texts);
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

fn texts_of_list(program: &Program, object: Option<ObjectId>, items: &[Node], texts: &mut Texts) {
    let Some(object) = object else { return };
    for item in items {
        let key = item.get("id").or_else(|| item.get("编号")).map(|key| &key.value);
        let key = match key {
            Some(NodeValue::Text(text) | NodeValue::Number(text)) => text.trim().to_owned(),
            _ => continue,
        };
        texts_of_one(program, object, &key, item, texts);
    }
}

fn texts_of_one(program: &Program, object: ObjectId, key: &str, node: &Node, texts: &mut Texts) {
    let NodeValue::Map(entries) = &node.value else { return };
    let fields = program.object(object).map_or(&[][..], |object| &object.fields);
    for id in fields {
        let Some(field) = program.field(*id) else { continue };
        let Some(entry) = entries.iter().find(|entry| field.name.is(entry.key.trim())) else {
            continue;
        };
        match (&entry.value.value, &field.ty) {
            (NodeValue::Text(text) | NodeValue::Number(text), Type::Text) => {
                texts.insert((object, key.to_owned(), *id), text.clone());
            }
            (NodeValue::List(items), Type::Object(element)) if program.owns(*id) => {
                texts_of_list(program, Some(*element), items, texts);
            }
            _ => {}
        }
    }
}

/// The object of the members of the household.
pub(crate) fn person(program: &Program) -> Option<ObjectId> {
    objects(program)
        .find(|(_, object)| object.member_of.is_some_and(|(owner, _)| owner == program.root))
        .map(|(id, _)| id)
}

fn past(program: &Program, case: &Case) -> Vec<Past> {
    let mut found = Vec::new();
    for ((month, definition, who), scalar) in &case.history {
        let Some((decision, payment, subject)) = recorded(program, *definition) else { continue };
        let instance = case.of(subject).get(who.0 as usize);
        let who = (subject != program.root).then(|| instance.map(|instance| instance.key.clone()));
        let Some(value) = thing(program, case, *scalar, None) else { continue };
        found.push(Past { month: *month, who: who.flatten(), decision, payment, value });
    }
    found
}

/// The decision, payment and subject of a definition that history may record.
fn recorded(program: &Program, id: DefinitionId) -> Option<(String, Option<String>, ObjectId)> {
    let definition = program.definition(id)?;
    match definition.kind {
        DefinitionKind::Entitlement(decision) => {
            let decision = program.decisions.get(decision.0 as usize)?;
            Some((decision.name.text.clone(), None, decision.subject))
        }
        DefinitionKind::Payment(_) => {
            let (decision, payment) = program.paid_by(id)?;
            Some((decision.name.text.clone(), Some(payment.name.text.clone()), decision.subject))
        }
        DefinitionKind::Rule | DefinitionKind::Set | DefinitionKind::Due(_) => None,
    }
}

/// Writes a household as a document.
struct Writer<'a> {
    household: &'a Household,
    program: &'a Program,
    language: Language,
}

impl Writer<'_> {
    fn name<'n>(&self, name: &'n Name) -> &'n str {
        match (self.language, &name.alias) {
            (Language::En, Some(alias)) => alias,
            _ => &name.text,
        }
    }

    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    fn document(&self) -> Node {
        let program = self.program;
        let mut entries = Vec::new();
        if let Some(root) = program.object(program.root) {
            let being = self.household.beings.iter().find(|being| being.object == root.name.text);
            let value = being
                .map_or_else(|| map(Vec::new()), |being| self.being(program.root, being, false));
            entries.push(entry(self.name(&root.name), value));
        }
        let mut others = Vec::new();
        for (id, object) in objects(program).filter(|(id, _)| *id != program.root) {
            let list: Vec<Node> = self
                .household
                .beings
                .iter()
                .filter(|being| being.object == object.name.text && being.of.is_none())
                .map(|being| self.being(id, being, true))
                .collect();
            if !list.is_empty() {
                others.push(entry(self.name(&object.name), node(NodeValue::List(list))));
            }
        }
        if !others.is_empty() {
            entries.push(entry(self.say("其他人员", "others"), map(others)));
        }
        let history = self.history();
        if !history.is_empty() {
            entries.push(entry(self.say("历史", "history"), map(history)));
        }
        map(entries)
    }

    fn being(&self, object: ObjectId, being: &Being, with_key: bool) -> Node {
        let program = self.program;
        let mut entries = Vec::new();
        if with_key {
            entries.push(entry(self.say("编号", "id"), text(&being.key)));
        }
        let fields = program.object(object).map_or(&[][..], |object| &object.fields);
        let mut fields: Vec<_> =
            fields.iter().filter_map(|id| Some((*id, program.field(*id)?))).collect();
        // The members last, as people write them.
        fields.sort_by_key(|(id, _)| program.owns(*id));
        for (id, field) in fields {
            if let (Type::Object(element), true) = (&field.ty, program.owns(id)) {
                let name = object_name(program, *element);
                let list: Vec<Node> =
                    self.household
                        .beings
                        .iter()
                        .filter(|member| {
                            member.object == name
                                && member.of.as_ref().is_some_and(|(of, key)| {
                                    *of == being.object && *key == being.key
                                })
                        })
                        .map(|member| self.being(*element, member, true))
                        .collect();
                // A household that nobody has joined yet is no mistake of the person typing.
                if !list.is_empty() {
                    entries.push(entry(self.name(&field.name), node(NodeValue::List(list))));
                }
                continue;
            }
            if let Some(said) = being.facts.get(&field.name.text) {
                entries.push(entry(self.name(&field.name), self.said(said, &field.ty)));
            }
        }
        map(entries)
    }

    fn said(&self, said: &Said, ty: &Type) -> Node {
        match said {
            Said::Unknown => text(self.say("未知", "unknown")),
            Said::Refused => text(self.say("拒答", "refused")),
            Said::Absent => text(self.say("无", "none")),
            Said::Known(thing) => self.thing(thing, ty),
            Said::Dated(values) => {
                let values = values
                    .iter()
                    .map(|(since, said)| entry(&since.to_string(), self.said(said, ty)));
                map(values.collect())
            }
        }
    }

    fn thing(&self, thing: &Thing, ty: &Type) -> Node {
        match thing {
            Thing::Truth(truth) => node(NodeValue::Bool(*truth)),
            Thing::Number(number) => {
                text(&number.to_decimal_text().unwrap_or_else(|| number.to_string()))
            }
            Thing::Date(date) => text(&date.to_string()),
            Thing::Month(month) => text(&month.to_string()),
            Thing::Choice(name) => {
                let id = if let Type::Enum(id) = ty { Some(*id) } else { None };
                let values =
                    id.and_then(|id| self.program.enumeration(id)).map(|found| &found.values);
                let value =
                    values.and_then(|values| values.iter().find(|value| value.text == *name));
                text(value.map_or(name.as_str(), |value| self.name(value)))
            }
            Thing::Being(key) => text(key),
            Thing::Beings(keys) if keys.is_empty() => text(self.say("无", "none")),
            Thing::Beings(keys) => {
                node(NodeValue::List(keys.iter().map(|key| text(key)).collect()))
            }
            Thing::Text(words) => text(words),
        }
    }

    fn history(&self) -> Vec<Entry> {
        type Decisions = IndexMap<String, Vec<Entry>>;
        let mut months: BTreeMap<YearMonth, IndexMap<Option<&String>, Decisions>> = BTreeMap::new();
        for past in &self.household.past {
            let mut decisions = self.program.decisions.iter();
            let Some(decision) = decisions.find(|found| found.name.text == past.decision) else {
                continue;
            };
            let part = match &past.payment {
                None => {
                    let held = past.value == Thing::Truth(true);
                    let outcome = if held { "符合" } else { "不符合" };
                    entry(self.say("结果", "outcome"), text(outcome))
                }
                Some(payment) => {
                    let payments = decision.payments.iter();
                    let mut found =
                        payments.filter_map(|id| self.program.payments.get(id.0 as usize));
                    let name = found.find(|found| found.name.text == *payment);
                    let name = name.map_or(payment.as_str(), |found| self.name(&found.name));
                    entry(name, self.thing(&past.value, &Type::Error))
                }
            };
            let people = months.entry(past.month).or_default();
            let decisions = people.entry(past.who.as_ref()).or_default();
            decisions.entry(self.name(&decision.name).to_owned()).or_default().push(part);
        }
        let decisions_of = |decisions: Decisions| -> Vec<Entry> {
            decisions.into_iter().map(|(name, parts)| entry(&name, map(parts))).collect()
        };
        let month = |people: IndexMap<Option<&String>, Decisions>| {
            let lines = people.into_iter().flat_map(|(who, decisions)| match who {
                Some(who) => vec![entry(who, map(decisions_of(decisions)))],
                None => decisions_of(decisions),
            });
            map(lines.collect())
        };
        months.into_iter().map(|(at, people)| entry(&at.to_string(), month(people))).collect()
    }
}

fn node(value: NodeValue) -> Node {
    Node { span: Span::default(), value }
}

fn map(entries: Vec<Entry>) -> Node {
    node(NodeValue::Map(entries))
}

fn text(text: &str) -> Node {
    node(NodeValue::Text(text.to_owned()))
}

fn entry(key: &str, value: Node) -> Entry {
    Entry { key: key.to_owned(), key_span: Span::default(), value }
}
