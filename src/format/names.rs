//! Which names a file gives twins to, so that a rewriting can swap them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::dialect::{Dialect, OTHER_NAMES};
use crate::builtins;
use crate::syntax::ast::{
    Binding, ConditionBody, DecisionTail, Declaration, Expr, ExprKind, File, Reference, Subject,
};
use crate::syntax::words::is_han;

/// Pairs of a Chinese and an ASCII name, each of which stands in no other pair.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    zh_of: BTreeMap<String, String>,
    en_of: BTreeMap<String, String>,
    /// Functions, which are swapped where they are called: a fact may be called 数量 too.
    functions: BTreeMap<String, String>,
    /// Whose members are this file's, as far as it can be seen: what it binds, whom its cases name.
    owners: BTreeSet<String>,
    /// The items of targets, which are called as they are written, by the names of the targets.
    items: BTreeMap<String, BTreeSet<String>>,
}

impl Names {
    /// The pairs of `file`, and those of the built-in names that it does not use for its own. A
    /// name that would get two twins, or a twin that is another's name, is left alone.
    pub(super) fn of(file: &File) -> Self {
        let bindings = bindings(file);
        let mut pairs = BTreeSet::new();
        let mut own = BTreeSet::new();
        for (_, binding) in bindings {
            own.insert(binding.text.as_str());
            let Some(alias) = &binding.alias else { continue };
            own.insert(alias.text.as_str());
            // A value called none would be read as 无 where it stands.
            if [&binding.text, &alias.text].iter().any(|name| builtins::word(name).is_some()) {
                continue;
            }
            match (is_chinese(&binding.text), is_chinese(&alias.text)) {
                (true, false) => pairs.insert((binding.text.as_str(), alias.text.as_str())),
                (false, true) => pairs.insert((alias.text.as_str(), binding.text.as_str())),
                (true, true) | (false, false) => continue,
            };
        }
        let is_free = |name: &str| !own.contains(name);
        let known = builtins::all().map(|builtin| (builtin.name.zh, builtin.name.en));
        let known = known.chain(OTHER_NAMES.iter().map(|pair| (pair.zh, pair.en)));
        let prefix = |zh: &str| builtins::prefixes().any(|prefix| prefix.zh == zh);
        // A form with a number inside has one spelling, and a prefix is no name of its own.
        let function = |name: &str| builtins::function(name).is_some();
        let named = known.filter(|(zh, en)| zh != en && !prefix(zh) && !function(zh));
        pairs.extend(named.filter(|(zh, en)| is_free(zh) && is_free(en)));
        let mut partners: BTreeMap<&str, usize> = BTreeMap::new();
        for (zh, en) in &pairs {
            *partners.entry(zh).or_default() += 1;
            *partners.entry(en).or_default() += 1;
        }
        let bare: BTreeSet<&str> = bare_names(file).into_iter().collect();
        let mut names =
            Self { owners: own.iter().map(|name| (*name).to_owned()).collect(), ..Self::default() };
        names.owners.extend(people(file).map(str::to_owned));
        names.items = items_of_targets(file);
        for builtin in builtins::all().filter(|builtin| function(builtin.name.zh)) {
            let (zh, en) = (builtin.name.zh, builtin.name.en);
            if zh != en && is_free(zh) && is_free(en) {
                names.functions.insert(zh.to_owned(), en.to_owned());
                names.functions.insert(en.to_owned(), zh.to_owned());
            }
        }
        for (zh, en) in pairs {
            let only = |name: &str| partners.get(name) == Some(&1);
            // What is bound elsewhere without a twin could not be told from it on the way back.
            if only(zh) && only(en) && !bare.contains(en) && !bare.contains(zh) {
                names.zh_of.insert(en.to_owned(), zh.to_owned());
                names.en_of.insert(zh.to_owned(), en.to_owned());
            }
        }
        names
    }

    /// Whether there is no pair, because no names are to be swapped.
    pub(super) fn is_empty(&self) -> bool {
        self.zh_of.is_empty()
    }

    /// What `name` is called in `dialect`, if it has a twin there.
    pub(super) fn twin(&self, name: &str, dialect: Dialect) -> Option<Cow<'_, str>> {
        let twins = match dialect {
            Dialect::Zh => &self.zh_of,
            Dialect::En => &self.en_of,
        };
        if let Some(twin) = twins.get(name) {
            return Some(Cow::Borrowed(twin));
        }
        // 享受低保 is receives_dibao where 低保 is dibao.
        let prefix = builtins::prefixes().find_map(|prefix| {
            let (from, to) = match dialect {
                Dialect::Zh => (prefix.en, prefix.zh),
                Dialect::En => (prefix.zh, prefix.en),
            };
            Some((name.strip_prefix(from)?, to))
        });
        let (rest, prefix) = prefix?;
        Some(Cow::Owned(format!("{prefix}{}", twins.get(rest)?)))
    }

    /// What is called as `name` is called in `dialect`, if it has a twin there.
    pub(super) fn called(&self, name: &str, dialect: Dialect) -> Option<Cow<'_, str>> {
        let is_here = name.contains(is_han) == (dialect == Dialect::Zh);
        match self.functions.get(name) {
            Some(twin) if !is_here => Some(Cow::Borrowed(twin)),
            Some(_) => None,
            None => self.twin(name, dialect),
        }
    }

    /// Whether what is read of `base` may be this file's: the payment of a benefit that another file
    /// declares has that file's twin, or none.
    pub(super) fn owns(&self, base: &Expr, member: &Reference) -> bool {
        let owner = match &base.kind {
            ExprKind::Name(name) => name,
            ExprKind::Access { member: base, .. } => return self.owns(base, member),
            _ => return true,
        };
        if self.items.get(&owner.text).is_some_and(|items| items.contains(&member.text)) {
            return false;
        }
        let word = |name: &str| builtins::word(name).is_some();
        let prefixed = || {
            let mut prefixes = builtins::prefixes();
            prefixes.any(|prefix| [prefix.zh, prefix.en].iter().any(|p| owner.text.starts_with(p)))
        };
        // 死亡日期的次月: the language's own words are everybody's.
        word(&member.text) || self.owners.contains(&owner.text) || word(&owner.text) || prefixed()
    }

    /// The Chinese one of a pair, or the name itself.
    pub(super) fn canonical<'name>(&'name self, name: &'name str) -> Cow<'name, str> {
        self.called(name, Dialect::Zh).unwrap_or(Cow::Borrowed(name))
    }
}

fn is_chinese(name: &str) -> bool {
    name.contains(is_han)
}

/// Names that are bound without a twin, where they are not just said again: another version of a rule
/// is the same rule, but a value of an enumeration that is called like it is not.
fn bare_names(file: &File) -> Vec<&str> {
    let has_twin = |binding: &Binding| {
        let is_twin = |alias: &Reference| is_chinese(&alias.text) != is_chinese(&binding.text);
        binding.alias.as_ref().is_some_and(is_twin)
    };
    let bindings = bindings(file);
    let twinned: BTreeSet<(&Kind<'_>, &str)> = bindings
        .iter()
        .filter(|(_, binding)| has_twin(binding))
        .map(|(kind, binding)| (kind, binding.text.as_str()))
        .collect();
    let bare = bindings.iter().filter(|(kind, binding)| {
        !has_twin(binding) && !twinned.contains(&(kind, binding.text.as_str()))
    });
    bare.map(|(_, binding)| binding.text.as_str()).collect()
}

/// Whom the cases name.
fn people(file: &File) -> impl Iterator<Item = &str> {
    let cases = file.declarations.iter().filter_map(|declaration| match declaration {
        Declaration::Case(case) => Some(case),
        _ => None,
    });
    cases.flat_map(|case| {
        let rows = case.tables.iter().flat_map(|table| &table.rows);
        let cells = rows.filter_map(|row| row.cells.first()).map(|cell| cell.text.text.as_str());
        let told = case.instances.iter().flat_map(|one| [Some(&one.object), one.name.as_ref()]);
        cells.chain(told.flatten().map(|name| name.text.as_str()))
    })
}

/// The labels of the items of targets, by the names of the targets.
fn items_of_targets(file: &File) -> BTreeMap<String, BTreeSet<String>> {
    fn labels(body: &ConditionBody, found: &mut BTreeSet<String>) {
        let ConditionBody::List(list) = body else { return };
        for item in &list.items {
            found.extend(item.label.as_ref().map(|label| label.text.trim().to_owned()));
            labels(&item.body, found);
        }
    }
    let mut items = BTreeMap::new();
    for declaration in &file.declarations {
        let Declaration::Target(target) = declaration else { continue };
        let mut found = BTreeSet::new();
        labels(&target.body, &mut found);
        let alias = target.name.alias.as_ref().map(|alias| alias.text.clone());
        for name in [Some(target.name.text.clone()), alias].into_iter().flatten() {
            items.insert(name, found.clone());
        }
    }
    items
}

/// What kind of thing a name is bound to, and within what: two of one kind and name are one thing.
type Kind<'file> = (u8, &'file str);

/// Every name that `file` introduces.
fn bindings(file: &File) -> Vec<(Kind<'_>, &Binding)> {
    fn about(subject: Option<&Subject>) -> &str {
        subject.map_or("", |subject| subject.object.text.as_str())
    }
    let mut found = Vec::new();
    for declaration in &file.declarations {
        match declaration {
            Declaration::Enumeration(node) => {
                found.push(((0, ""), &node.name));
                found.extend(node.values.iter().map(|value| ((1, node.name.text.as_str()), value)));
            }
            Declaration::Object(node) => {
                found.push(((2, ""), &node.name));
                let fields = node.fields.iter().map(|field| &field.name);
                found.extend(fields.map(|field| ((3, node.name.text.as_str()), field)));
            }
            Declaration::Units(node) => found.extend(node.names.iter().map(|name| ((4, ""), name))),
            Declaration::Parameter(node) => found.push(((5, ""), &node.name)),
            Declaration::Table(node) => found.push(((5, ""), &node.name)),
            Declaration::Rule(node) => {
                found.push(((6, about(node.tail.subject.as_ref())), &node.name));
            }
            Declaration::SupplementRule(_) | Declaration::Constraint(_) | Declaration::Case(_) => {}
            Declaration::Set(node) => found.push(((6, about(Some(&node.subject))), &node.name)),
            Declaration::Decision(node) => {
                found.push(((6, about(Some(&node.tail.subject))), &node.name));
                found.extend(payments(&node.name.text, &node.tail));
            }
            Declaration::SupplementDecision(node) => {
                let of = node.name.segments.last().map_or("", |name| name.text.as_str());
                found.extend(payments(of, &node.tail));
            }
            Declaration::Relation(node) => found.push(((7, ""), &node.name)),
            Declaration::Target(node) => found.push(((8, ""), &node.name)),
        }
    }
    found
}

fn payments<'file>(
    decision: &'file str,
    tail: &'file DecisionTail,
) -> impl Iterator<Item = (Kind<'file>, &'file Binding)> {
    tail.payments.iter().map(move |payment| ((9, decision), &payment.name))
}
