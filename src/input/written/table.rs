//! Tables of a written case: members, items of one of them, other things.

use super::Binder;
use crate::diagnostic::{Bilingual, Diagnostic};
use crate::hir::{Constant, Field, FieldId};
use crate::input::{Fact, InstanceId, Scalar};
use crate::source::Span;
use crate::syntax::ast;
use crate::types::{ObjectId, Type};

/// What a table's first column says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    /// The list; nothing for things that are listed by the name of their object.
    pub(super) list: Option<FieldId>,
    /// What stands in it.
    pub(super) element: ObjectId,
    /// Whose it is.
    pub(super) owner: Option<InstanceId>,
}

/// `甲的殡葬费用`: whose, and which list.
fn parts(column: &str) -> (Option<&str>, &str) {
    match column.split_once(['的', '.']) {
        Some((owner, list)) => (Some(owner.trim()), list.trim()),
        None => (None, column.trim()),
    }
}

impl Binder<'_> {
    fn lists(&self) -> impl Iterator<Item = (FieldId, ObjectId, &Field)> {
        self.program.fields.iter().enumerate().filter_map(|(at, field)| {
            let id = FieldId(u32::try_from(at).unwrap_or(u32::MAX));
            match field.ty {
                Type::Object(element) if self.program.owns(id) => Some((id, element, field)),
                _ => None,
            }
        })
    }

    /// Whether a table lists what belongs to one of those in another table.
    pub(super) fn is_of_somebody(&self, table: &ast::CaseTable) -> bool {
        let Some(first) = table.columns.first() else { return false };
        let (_, list) = parts(&first.text);
        self.lists().any(|(_, _, field)| field.name.is(list) && field.object != self.program.root)
    }

    /// What the first column of a table says; says why not where it says nothing.
    pub(super) fn head(&mut self, first: &ast::Text) -> Option<Head> {
        let (owner, name) = parts(&first.text);
        let found = self.lists().find(|(_, _, field)| field.name.is(name));
        if let Some((list, element, field)) = found {
            let (object, name) = (field.object, field.name.text.clone());
            let owner = match owner {
                _ if object == self.program.root => InstanceId(0),
                Some(key) => match self.case.find(object, key) {
                    Some(owner) => owner,
                    None => {
                        self.unknown(first.span, key, None);
                        return None;
                    }
                },
                None => match self.case.of(object) {
                    [_] => InstanceId(0),
                    owners => {
                        let key = owners.first().map_or("甲", |owner| owner.key.as_str());
                        let finding = whose(first.span, &name, key);
                        self.findings.push(finding);
                        return None;
                    }
                },
            };
            return Some(Head { list: Some(list), element, owner: Some(owner) });
        }
        let objects = &self.program.objects;
        let object = objects.iter().position(|object| object.name.is(name));
        let object = object.and_then(|at| u16::try_from(at).ok()).map(ObjectId);
        if let Some(element) = object.filter(|object| *object != self.program.root) {
            return Some(Head { list: None, element, owner: None });
        }
        let shown: Vec<&str> = self.lists().map(|(_, _, field)| field.name.text.as_str()).collect();
        let shown = shown.join("、");
        self.unknown(first.span, name, Some(&shown));
        None
    }

    /// The key of a row: qualified by its owner where several may have an item of that name.
    fn key(&self, head: Head, written: &str) -> String {
        let list = head.list.and_then(|list| self.program.field(list));
        match (list, head.owner) {
            (Some(list), Some(owner)) if list.object != self.program.root => {
                let owner = self.case.of(list.object).get(owner.0 as usize);
                owner.map_or_else(String::new, |owner| format!("{}.{written}", owner.key))
            }
            _ => written.to_owned(),
        }
    }

    /// Adds those that a table lists.
    pub(super) fn rows(&mut self, table: &ast::CaseTable) {
        let Some(head) = table.columns.first().and_then(|first| self.head(first)) else { return };
        for row in &table.rows {
            if let Some(cell) = row.cells.first() {
                let key = self.key(head, cell.text.text.trim());
                self.person(head.element, &key, head.owner, cell.text.span);
            }
        }
    }

    /// What a table states of those that it lists.
    pub(super) fn table(&mut self, table: &ast::CaseTable) {
        // That the first column says nothing has been reported with the roster.
        let before = self.findings.len();
        let Some(head) = table.columns.first().and_then(|first| self.head(first)) else {
            self.findings.truncate(before);
            return;
        };
        let mut fields = Vec::new();
        for column in table.columns.iter().skip(1) {
            let field = self.field(head.element, column.text.trim());
            if field.is_none() {
                self.unknown_field(head.element, column.text.trim(), column.span);
            }
            fields.push(field);
        }
        for row in &table.rows {
            let Some(cell) = row.cells.first() else { continue };
            let written = cell.text.text.trim();
            let Some(who) = self.case.find(head.element, &self.key(head, written)) else {
                continue;
            };
            self.by_key(head, &fields, who, written);
            for (field, cell) in fields.iter().zip(row.cells.iter().skip(1)) {
                if let Some(field) = field
                    && !cell.values.is_empty()
                {
                    self.assign(*field, who, &cell.values);
                }
            }
        }
    }

    /// ｜火化｜: an item that is called by a value of its one enumeration is of that kind, where no
    /// column says so.
    fn by_key(&mut self, head: Head, stated: &[Option<FieldId>], who: InstanceId, written: &str) {
        let program = self.program;
        let fields = program.object(head.element).map_or(&[][..], |object| &object.fields);
        let mut found = fields.iter().filter(|id| !stated.contains(&Some(**id))).filter_map(|id| {
            let Type::Enum(kind) = program.field(*id)?.ty else { return None };
            let values = &program.enumeration(kind)?.values;
            let at = values.iter().position(|value| value.is(written))?;
            Some((*id, Constant::Enum(kind, u16::try_from(at).ok()?)))
        });
        if let (Some((field, value)), None) = (found.next(), found.next()) {
            self.case.set(field, who, Fact::Known(Scalar::Constant(value)));
        }
    }
}

fn whose(span: Span, list: &str, key: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::input::whose_list",
        Bilingual::new(
            format!("没有说是谁的“{list}”"),
            format!("whose `{list}` it is is not said"),
        ),
    )
    .at(span, Bilingual::default())
    .help(Bilingual::new(format!("写作 {key}的{list}"), format!("write `{key}.{list}`")))
}
