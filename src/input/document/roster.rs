//! Who there is: everybody first, so that facts may name people who come later.

use super::binder::{Binder, Stated};
use super::{ID, problem};
use crate::diagnostic::Bilingual;
use crate::facts::{Entry, Node, NodeValue};
use crate::hir::Field;
use crate::input::InstanceId;
use crate::source::Span;
use crate::types::{ObjectId, Type};

const LIKE: &str = "[{ \"id\": \"甲\", … }, …]";

impl Binder<'_> {
    /// The lists of an instance, and what stands in them.
    pub(super) fn members<'n>(
        &mut self,
        of: &Stated<'n>,
        place: Span,
        everybody: &mut Vec<Stated<'n>>,
    ) {
        let program = self.program;
        let fields = program.object(of.object).map_or(&[][..], |object| &object.fields);
        let own = fields.iter().filter(|id| program.owns(**id));
        for field in own.filter_map(|id| program.field(*id)) {
            let Type::Object(element) = field.ty else { continue };
            let entry = of.entries.iter().find(|entry| field.name.is(entry.key.trim()));
            let items = match entry.map(|entry| &entry.value.value) {
                Some(NodeValue::List(items)) => items.as_slice(),
                None | Some(NodeValue::Null) => &[],
                Some(_) => {
                    if let Some(entry) = entry {
                        self.not_a_list(entry);
                    }
                    continue;
                }
            };
            let place = entry.map_or(place, |entry| entry.key_span);
            self.count(field, of.called.as_ref(), items.len(), place);
            self.list(items, element, Some(of.who), &problem::path(None, &field.name), everybody);
        }
    }

    pub(super) fn not_a_list(&mut self, entry: &Entry) {
        let wanted = Bilingual::new("一个列表", "a list");
        self.report(problem::wrong_shape(
            &Bilingual::same(entry.key.as_str()),
            &entry.value,
            &wanted,
            LIKE,
        ));
    }

    pub(super) fn count(
        &mut self,
        field: &Field,
        whose: Option<&Bilingual>,
        found: usize,
        place: Span,
    ) {
        let path = problem::path(whose, &field.name);
        let bound = |bound: u32| usize::try_from(bound).unwrap_or(usize::MAX);
        if let Some(least) = field.count.0.filter(|least| found < bound(*least)) {
            let alias = field.name.alias.as_deref().unwrap_or(&field.name.text);
            self.report(problem::fix(
                problem::error(
                    "huize::input::too_few",
                    format!("“{}”至少{least}个，写了{found}个", path.zh),
                    format!("`{}` has at least {least}, found {found}", path.en),
                ),
                place,
                format!("逐个写出：\"{alias}\": {LIKE}"),
                format!("list each: \"{alias}\": {LIKE}"),
            ));
        }
        if let Some(most) = field.count.1.filter(|most| found > bound(*most)) {
            self.report(problem::fix(
                problem::error(
                    "huize::input::too_many",
                    format!("“{}”至多{most}个，写了{found}个", path.zh),
                    format!("`{}` has at most {most}, found {found}", path.en),
                ),
                place,
                "删去多余的，或分成几个案件",
                "remove some, or make several cases",
            ));
        }
    }

    /// 其他人员: a list of people, or lists by the name of their object.
    pub(super) fn others<'n>(&mut self, others: &'n Entry, everybody: &mut Vec<Stated<'n>>) {
        match &others.value.value {
            NodeValue::Null => {}
            NodeValue::List(items) => match self.person() {
                Some(person) => {
                    self.list(items, person, None, &Bilingual::same(others.key.as_str()), everybody)
                }
                None => self.not_a_list(others),
            },
            NodeValue::Map(entries) => {
                for entry in entries {
                    self.others_of(entry, everybody);
                }
            }
            _ => self.not_a_list(others),
        }
    }

    fn others_of<'n>(&mut self, entry: &'n Entry, everybody: &mut Vec<Stated<'n>>) {
        let program = self.program;
        let may = |object: ObjectId| object != program.root;
        let objects = || {
            program.objects.iter().enumerate().filter_map(|(at, object)| {
                let id = ObjectId(u16::try_from(at).ok()?);
                may(id).then_some((id, object))
            })
        };
        let found = objects().find(|(_, object)| object.name.is(entry.key.trim()));
        let Some((object, _)) = found else {
            let names: Vec<_> = objects().map(|(_, object)| object.name.clone()).collect();
            let help = problem::did_you_mean(&entry.key, &names);
            self.report(problem::unknown_field(entry, &Bilingual::new("其他人员", "others"), help));
            return;
        };
        match &entry.value.value {
            NodeValue::Null => {}
            NodeValue::List(items) => {
                self.list(items, object, None, &Bilingual::same(entry.key.as_str()), everybody)
            }
            _ => self.not_a_list(entry),
        }
    }

    /// What the first list of the root object holds: its people.
    fn person(&self) -> Option<ObjectId> {
        let program = self.program;
        let fields = &program.object(program.root)?.fields;
        let own = fields.iter().filter(|id| program.owns(**id));
        own.filter_map(|id| program.field(*id)).find_map(|field| match field.ty {
            Type::Object(element) => Some(element),
            _ => None,
        })
    }

    pub(super) fn list<'n>(
        &mut self,
        items: &'n [Node],
        object: ObjectId,
        parent: Option<InstanceId>,
        list: &Bilingual,
        everybody: &mut Vec<Stated<'n>>,
    ) {
        for (at, item) in items.iter().enumerate() {
            if self.people >= self.most_people {
                self.too_many_members(item);
                return;
            }
            self.people = self.people.saturating_add(1);
            let number = at.saturating_add(1);
            let NodeValue::Map(entries) = &item.value else {
                let name = nth(list, number);
                self.report(problem::not_a_map(&name, item, "{ \"id\": \"甲\", … }"));
                continue;
            };
            let key = self.key(entries, item, (object, parent), list, number);
            let called = key.map_or_else(|| nth(list, number), Bilingual::same);
            let who = self.case.add(self.program, object, &called.zh, parent);
            let stated = Stated { object, who, called: Some(called), entries };
            self.members(&stated, item.span, everybody);
            everybody.push(stated);
        }
    }

    fn too_many_members(&mut self, item: &Node) {
        let code = "huize::input::too_many_members";
        if self.findings.iter().any(|finding| finding.code == code) {
            return;
        }
        let most = self.most_people;
        self.report(problem::fix(
            problem::error(
                code,
                format!("一个案件至多{most}人"),
                format!("a case has at most {most} people"),
            ),
            item.span,
            "每个家庭写成一个案件",
            "write one case for each household",
        ));
    }

    /// What an item is by its one enumeration: 火化 of a list of charges.
    fn kind_of_item(&self, entries: &[Entry], object: ObjectId) -> Option<String> {
        let program = self.program;
        let fields = program.object(object)?.fields.iter();
        let mut kinds = fields.filter_map(|id| program.field(*id)).filter_map(|field| {
            let Type::Enum(kind) = field.ty else { return None };
            let entry = entries.iter().find(|entry| field.name.is(entry.key.trim()))?;
            let NodeValue::Text(text) = &entry.value.value else { return None };
            let values = &program.enumeration(kind)?.values;
            values.iter().find(|value| value.is(text.trim())).map(|value| value.text.clone())
        });
        kinds.next().filter(|_| kinds.next().is_none())
    }

    /// A key with that of its owner before it, where several may have an item of that name.
    fn qualified(&self, object: ObjectId, parent: Option<InstanceId>, key: &str) -> String {
        let owner = self.program.object(object).and_then(|found| found.member_of);
        let Some(((owner, _), parent)) = owner.zip(parent) else { return key.to_owned() };
        match self.case.of(owner).get(parent.0 as usize) {
            Some(found) if owner != self.program.root => format!("{}.{key}", found.key),
            _ => key.to_owned(),
        }
    }

    /// The key of a member: given, not empty, not given before.
    fn key(
        &mut self,
        entries: &[Entry],
        item: &Node,
        (object, parent): (ObjectId, Option<InstanceId>),
        list: &Bilingual,
        number: usize,
    ) -> Option<String> {
        let entry = super::one_of(entries, ID, &mut self.findings);
        let key = match entry.map(|entry| &entry.value.value) {
            Some(NodeValue::Text(text)) => text.trim(),
            Some(NodeValue::Number(text)) if !text.contains(['.', 'e', 'E']) => text.as_str(),
            _ => "",
        };
        if key.is_empty() && entry.is_none() && !self.program.is_person(object) {
            // Items of a bill need no name; somebody who is counted does.
            let kind = self.kind_of_item(entries, object);
            let named = kind.map(|kind| self.qualified(object, parent, &kind));
            let named = named.filter(|key| !self.keys.contains_key(&(object, key.clone())));
            let key = named.unwrap_or_else(|| format!("{}[{number}]", list.zh));
            self.keys.insert((object, key.clone()), item.span);
            return Some(key);
        }
        if key.is_empty() {
            let span = entry.map_or(item.span, |entry| entry.value.span);
            self.report(problem::fix(
                problem::error(
                    "huize::input::missing_id",
                    format!("“{}”的第{number}个没有编号", list.zh),
                    format!("number {number} of `{}` has no id", list.en),
                ),
                span,
                "写 \"id\": \"甲\"：文字，不空，各人不同，不要用姓名或身份证号",
                "write \"id\": \"A\": a text, not empty, different for each, no name or resident ID",
            ));
            return None;
        }
        let span = entry.map_or(item.span, |entry| entry.value.span);
        let key = &self.qualified(object, parent, key);
        if let Some(first) = self.keys.get(&(object, key.to_owned())) {
            let key = Bilingual::same(problem::shortened(key));
            let finding = problem::twice("huize::input::duplicate_member", &key, *first, span);
            self.report(finding.help(Bilingual::new(
                "同一人只写一次；不同的人用不同的编号",
                "write each person once, and give different people different ids",
            )));
            return None;
        }
        self.keys.insert((object, key.to_owned()), span);
        Some(key.to_owned())
    }
}

fn nth(list: &Bilingual, number: usize) -> Bilingual {
    Bilingual::new(format!("{}[{number}]", list.zh), format!("{}[{number}]", list.en))
}
