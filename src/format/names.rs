//! Which names a file gives twins to, so that a rewriting can swap them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::dialect::{Dialect, OTHER_NAMES};
use crate::builtins;
use crate::syntax::ast::{Binding, DecisionTail, Declaration, File};
use crate::syntax::words::is_han;

/// Pairs of a Chinese and an ASCII name, each of which stands in no other pair.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    zh_of: BTreeMap<String, String>,
    en_of: BTreeMap<String, String>,
}

impl Names {
    /// The pairs of `file`, and those of the built-in names that it does not use for its own. A
    /// name that would get two twins, or a twin that is another's name, is left alone.
    pub(super) fn of(file: &File) -> Self {
        let bindings = bindings(file);
        let mut pairs = BTreeSet::new();
        let mut own = BTreeSet::new();
        for binding in bindings {
            own.insert(binding.text.as_str());
            let Some(alias) = &binding.alias else { continue };
            own.insert(alias.text.as_str());
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
        let named = known.filter(|(zh, en)| zh != en && !prefix(zh));
        pairs.extend(named.filter(|(zh, en)| is_free(zh) && is_free(en)));
        let mut partners: BTreeMap<&str, usize> = BTreeMap::new();
        for (zh, en) in &pairs {
            *partners.entry(zh).or_default() += 1;
            *partners.entry(en).or_default() += 1;
        }
        let bare: BTreeSet<&str> = bare_names(file).into_iter().collect();
        let mut names = Self::default();
        for (zh, en) in pairs {
            let only = |name: &str| partners.get(name) == Some(&1);
            // A name bound without an alias elsewhere is still the same name, but an ASCII one
            // bound on its own is another.
            if only(zh) && only(en) && !bare.contains(en) {
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

    /// The Chinese one of a pair, or the name itself.
    pub(super) fn canonical<'name>(&'name self, name: &'name str) -> Cow<'name, str> {
        self.twin(name, Dialect::Zh).unwrap_or(Cow::Borrowed(name))
    }
}

fn is_chinese(name: &str) -> bool {
    name.contains(is_han)
}

/// ASCII names that are bound without a Chinese twin.
fn bare_names(file: &File) -> Vec<&str> {
    let lacks_twin = |binding: &&Binding| {
        !is_chinese(&binding.text)
            && !binding.alias.as_ref().is_some_and(|alias| is_chinese(&alias.text))
    };
    bindings(file).into_iter().filter(lacks_twin).map(|binding| binding.text.as_str()).collect()
}

/// Every name that `file` introduces.
fn bindings(file: &File) -> Vec<&Binding> {
    let mut found = Vec::new();
    for declaration in &file.declarations {
        match declaration {
            Declaration::Enumeration(node) => {
                found.push(&node.name);
                found.extend(&node.values);
            }
            Declaration::Object(node) => {
                found.push(&node.name);
                found.extend(node.fields.iter().map(|field| &field.name));
            }
            Declaration::Units(node) => found.extend(&node.names),
            Declaration::Parameter(node) => found.push(&node.name),
            Declaration::Rule(node) => found.push(&node.name),
            Declaration::SupplementRule(_) | Declaration::Constraint(_) | Declaration::Case(_) => {}
            Declaration::Set(node) => found.push(&node.name),
            Declaration::Decision(node) => {
                found.push(&node.name);
                found.extend(payments(&node.tail));
            }
            Declaration::SupplementDecision(node) => found.extend(payments(&node.tail)),
            Declaration::Relation(node) => found.push(&node.name),
            Declaration::Table(node) => found.push(&node.name),
            Declaration::Target(node) => found.push(&node.name),
        }
    }
    found
}

fn payments(tail: &DecisionTail) -> impl Iterator<Item = &Binding> {
    tail.payments.iter().map(|payment| &payment.name)
}
