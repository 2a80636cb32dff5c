//! The top of a document, and the facts of each instance that its roster found.

use std::collections::BTreeMap;

use super::{
    AS_OF, HISTORY, ID, KNOWN_ON, MOST_FINDINGS, OTHERS, PERIOD, PLACE, POLICY, REPORTED, one_of,
    problem,
};
use crate::diagnostic::{Bilingual, Diagnostic};
use crate::facts::{Entry, Node, NodeValue};
use crate::hir::{Field, FieldId, Name, Program};
use crate::input::{Case, Fact, InstanceId, PopulationEntry, Scalar, literal};
use crate::limits::Limits;
use crate::source::Span;
use crate::types::{ObjectId, Type};
use crate::value::{Date, YearMonth};

/// Binds a document; the findings are in no special order.
pub(super) fn bind(
    program: &Program,
    document: &Node,
    most_people: usize,
) -> Result<Case, Vec<Diagnostic>> {
    let NodeValue::Map(entries) = &document.value else {
        return Err(vec![problem::document_not_a_map(document)]);
    };
    let mut binder = Binder { most_people, ..Binder::new(program, false) };
    binder.top(document, entries);
    if binder.findings.is_empty() { Ok(binder.case) } else { Err(binder.findings) }
}

/// Binds an entry of a population.
pub(super) fn bind_entry(
    program: &Program,
    document: &Node,
    most_people: usize,
) -> Result<PopulationEntry, Vec<Diagnostic>> {
    let NodeValue::Map(entries) = &document.value else {
        return Err(vec![problem::document_not_a_map(document)]);
    };
    let mut binder = Binder { most_people, ..Binder::new(program, true) };
    binder.top(document, entries);
    let reported = match one_of(entries, REPORTED, &mut binder.findings) {
        Some(reported) => binder.reported(reported),
        None => BTreeMap::new(),
    };
    if !binder.findings.is_empty() {
        return Err(binder.findings);
    }
    let says_something = entries.iter().any(|entry| binder.is_object(&entry.key));
    let id = entries.iter().find(|entry| ID.contains(&entry.key.as_str()));
    let id = id.and_then(|entry| match &entry.value.value {
        NodeValue::Text(text) | NodeValue::Number(text) => Some(text.trim().to_owned()),
        _ => None,
    });
    Ok(PopulationEntry { id, case: says_something.then_some(binder.case), reported })
}

/// Binds one value to a field of an instance.
pub(super) fn fact(
    program: &Program,
    case: &Case,
    (field, who): (FieldId, InstanceId),
    value: &Node,
) -> Result<Fact, Vec<Diagnostic>> {
    let Some(declared) = program.field(field) else { return Err(Vec::new()) };
    let mut binder = Binder { case: case.clone(), ..Binder::new(program, false) };
    let person = case.of(declared.object).get(who.0 as usize);
    let called = person.filter(|_| declared.object != program.root);
    let called = called.map(|person| Bilingual::same(person.key.as_str()));
    let path = problem::path(called.as_ref(), &declared.name);
    let found = binder.fact(&Target { field: declared, path }, value);
    found.ok_or(binder.findings)
}

/// The state of one binding.
pub(super) struct Binder<'p> {
    pub(super) program: &'p Program,
    pub(super) case: Case,
    pub(super) findings: Vec<Diagnostic>,
    /// Where each key was given first.
    pub(super) keys: BTreeMap<(ObjectId, String), Span>,
    /// How many instances there are beside the root.
    pub(super) people: usize,
    /// How many there may be.
    pub(super) most_people: usize,
    /// The day of assessment, where the document says what it asks.
    pub(super) assessed: Option<Date>,
    /// Whether it is an entry of a population, which may be about things other than the root.
    pub(super) of_population: bool,
}

/// One instance and the map that states its facts.
pub(super) struct Stated<'n> {
    pub(super) object: ObjectId,
    pub(super) who: InstanceId,
    /// What messages call it; nothing for the root.
    pub(super) called: Option<Bilingual>,
    pub(super) entries: &'n [Entry],
}

/// A field of an instance, and what messages call it.
pub(super) struct Target<'p> {
    pub(super) field: &'p Field,
    /// `甲.月工资`
    pub(super) path: Bilingual,
}

impl<'p> Binder<'p> {
    fn new(program: &'p Program, of_population: bool) -> Self {
        Self {
            program,
            case: Case::new(program),
            findings: Vec::new(),
            keys: BTreeMap::new(),
            people: 0,
            most_people: Limits::DEFAULT.people,
            assessed: None,
            of_population,
        }
    }

    fn top(&mut self, document: &Node, entries: &[Entry]) {
        // What is wrong with the envelope is said where it is read.
        self.assessed = super::envelope(document)
            .ok()
            .and_then(|asked| asked.as_of.or_else(|| asked.period.map(YearMonth::last_day)));
        let root = self.program.root;
        let named = self.object_name(root);
        self.unknown_at_top(entries, &named);
        let mut everybody = Vec::new();
        let mut sections = entries.iter().filter(|entry| named.is(&entry.key));
        match sections.next() {
            Some(section) => {
                if let Some(second) = sections.next() {
                    self.report(problem::duplicate_field(
                        &Bilingual::same(section.key.as_str()),
                        section,
                        second,
                    ));
                }
                if let NodeValue::Map(facts) = &section.value.value {
                    let stated =
                        Stated { object: root, who: InstanceId(0), called: None, entries: facts };
                    self.members(&stated, section.key_span, &mut everybody);
                    everybody.push(stated);
                } else {
                    let like = format!("\"{}\": {{ … }}", section.key);
                    self.report(problem::not_a_map(
                        &Bilingual::same(section.key.as_str()),
                        &section.value,
                        &like,
                    ));
                }
            }
            None if self.of_population => self.case.without_root(self.program),
            None => self.missing_section(document, &named),
        }
        if self.of_population {
            self.things(entries, &mut everybody);
        }
        if let Some(others) = one_of(entries, OTHERS, &mut self.findings) {
            self.others(others, &mut everybody);
        }
        for stated in &everybody {
            self.facts(stated);
        }
        if let Some(history) = one_of(entries, HISTORY, &mut self.findings) {
            self.history(history);
        }
    }

    pub(super) fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    pub(super) fn object_name(&self, object: ObjectId) -> Name {
        self.program.object(object).map(|object| object.name.clone()).unwrap_or_default()
    }

    fn missing_section(&mut self, document: &Node, named: &Name) {
        let alias = named.alias.as_deref().unwrap_or(&named.text);
        self.report(problem::fix(
            problem::error(
                "huize::input::missing_section",
                format!("没有写“{}”的事实", named.text),
                format!("the facts of `{alias}` are missing"),
            ),
            document.span,
            format!("把事实写在 \"{alias}\": {{ … }} 里"),
            format!("put the facts into \"{alias}\": {{ … }}"),
        ));
    }

    fn unknown_at_top(&mut self, entries: &[Entry], root: &Name) {
        let mut names = vec![root.clone()];
        names.extend([POLICY, PLACE, PERIOD, AS_OF, KNOWN_ON, OTHERS, HISTORY].map(twin));
        if self.of_population {
            names.extend([twin(REPORTED), twin(ID)]);
            names.extend(self.program.objects.iter().map(|object| object.name.clone()));
        }
        let unknown = entries.iter().filter(|entry| !names.iter().any(|name| name.is(&entry.key)));
        for entry in unknown.take(MOST_FINDINGS) {
            let alias = root.alias.as_deref().unwrap_or(&root.text);
            let help = if self.field_named(self.program.root, &entry.key).is_some() {
                Bilingual::new(
                    format!("这是{}的事实，写到 \"{alias}\" 里", root.text),
                    format!("it is a fact of `{alias}`: put it there"),
                )
            } else {
                problem::did_you_mean(&entry.key, &names)
            };
            let key = problem::shortened(&entry.key);
            let finding = problem::error(
                "huize::input::unknown_field",
                format!("案件没有叫做“{key}”的部分"),
                format!("a case has no part `{key}`"),
            );
            self.report(finding.at(entry.key_span, Bilingual::default()).help(help));
        }
    }

    pub(super) fn field_named(&self, object: ObjectId, name: &str) -> Option<(FieldId, &'p Field)> {
        let program = self.program;
        let fields = &program.object(object)?.fields;
        fields
            .iter()
            .filter_map(|id| program.field(*id).map(|field| (*id, field)))
            .find(|(_, field)| field.name.is(name.trim()))
    }

    /// The facts of one instance, lists of instances left out: the roster has those.
    fn facts(&mut self, stated: &Stated<'_>) {
        let is_root = stated.called.is_none();
        let mut seen: BTreeMap<FieldId, &Entry> = BTreeMap::new();
        for entry in stated.entries {
            // Nobody reads more, and each looks for names like it.
            if self.findings.len() >= MOST_FINDINGS {
                break;
            }
            let Some((id, field)) = self.field_named(stated.object, &entry.key) else {
                if is_root || !ID.contains(&entry.key.as_str()) {
                    self.unknown_field(stated.object, entry);
                }
                continue;
            };
            if let Some(first) = seen.insert(id, entry) {
                self.report(problem::duplicate_field(
                    &problem::path(None, &field.name),
                    first,
                    entry,
                ));
                continue;
            }
            if self.program.owns(id) {
                continue;
            }
            let path = problem::path(stated.called.as_ref(), &field.name);
            if field.many && matches!(field.ty, Type::Object(_)) {
                if let Some(fact) = self.named(&Target { field, path }, &entry.value) {
                    if let Fact::Listed(who) = &fact {
                        self.count(field, stated.called.as_ref(), who.len(), entry.key_span);
                    }
                    self.case.set(id, stated.who, fact);
                }
                continue;
            }
            if let Some(fact) = self.fact(&Target { field, path }, &entry.value) {
                if let (Fact::Known(Scalar::Constant(constant)), Some(assessed)) =
                    (&fact, self.assessed)
                {
                    let path = problem::path(stated.called.as_ref(), &field.name);
                    let found = literal::future_problem(field, &path, *constant, assessed);
                    if let Some(found) = found {
                        self.report(found.at(entry.value.span, Bilingual::default()));
                        continue;
                    }
                }
                if let (Type::Text, NodeValue::Text(text)) = (&field.ty, &entry.value.value)
                    && matches!(fact, Fact::Known(_))
                {
                    self.case.texts.insert((id, stated.who), text.trim().to_owned());
                }
                self.case.set(id, stated.who, fact);
            }
        }
        self.identity(stated, &seen);
    }

    /// Did you mean; or whose fact it is; or what there is.
    fn unknown_field(&mut self, object: ObjectId, entry: &Entry) {
        let program = self.program;
        let owner = program.objects.iter().find(|owner| {
            owner.fields.iter().any(|id| {
                program
                    .field(*id)
                    .is_some_and(|field| field.object != object && field.name.is(entry.key.trim()))
            })
        });
        let help = match owner {
            Some(owner) => {
                let alias = owner.name.alias.as_deref().unwrap_or(&owner.name.text);
                Bilingual::new(
                    format!("这是{}的事实，写到{}里", owner.name.text, owner.name.text),
                    format!("it is a fact of `{alias}`: put it there"),
                )
            }
            None => {
                let fields = program.object(object).map_or(&[][..], |object| &object.fields);
                let mut names: Vec<Name> = fields
                    .iter()
                    .filter_map(|id| program.field(*id))
                    .map(|field| field.name.clone())
                    .collect();
                if object != program.root {
                    names.insert(0, twin(ID));
                }
                problem::did_you_mean(&entry.key, &names)
            }
        };
        let whose = problem::path(None, &self.object_name(object));
        self.report(problem::unknown_field(entry, &whose, help));
    }
}

/// A key of the envelope as a name: Chinese, and its ASCII twin.
fn twin([alias, text]: [&str; 2]) -> Name {
    Name { text: text.to_owned(), alias: Some(alias.to_owned()) }
}
