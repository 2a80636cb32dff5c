//! Deciding the case of a receipt again, and telling by path what comes out otherwise.

use std::collections::BTreeSet;

use serde_json::Value;

use super::facts::{self, join, key_of};
use super::{By, Receipt, as_value, canonical, problem};
use crate::diagnostic::{Language, ReceiptError};
use crate::engine::{Library, Policy};
use crate::facts::{Node, from_json_value};
use crate::value::grouped;

/// By which law a receipt is decided again.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Law<'a> {
    /// The policies inside the receipt.
    Kept,
    /// These.
    Given(&'a Library),
}

/// What became of deciding again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verification {
    /// Where the facts that were given are not those of the receipt.
    pub facts: Vec<Discrepancy>,
    /// Policy files that are not those of the receipt, where other law was given.
    pub files: Vec<FileChange>,
    /// Where the decisions come out otherwise; nothing where other facts than the receipt's were
    /// given and it does not hold enough of its own to decide again.
    pub decision: Vec<Discrepancy>,
    /// Where the reasons do, under the law of the receipt.
    pub explanation: Vec<Discrepancy>,
    /// The version of huize that decided now, where it is not the one that issued the receipt: its
    /// reasons may be worded otherwise.
    pub other_engine: Option<String>,
    /// Whether facts were masked: the reasons were not compared then.
    pub without_masked: bool,
}

impl Verification {
    /// Whether the same facts give the same decisions, and the same huize the same reasons.
    #[must_use]
    pub fn is_same(&self) -> bool {
        let same_reasons = self.explanation.is_empty() || self.other_engine.is_some();
        self.facts.is_empty() && self.decision.is_empty() && same_reasons
    }
}

/// A value that is another.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Discrepancy {
    /// `decisions.低保.payments.低保金.amount`
    pub path: String,
    /// In the receipt; nothing where it has none.
    pub kept: Option<String>,
    /// Now.
    pub now: Option<String>,
}

/// A policy file that is not as in the receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileChange {
    /// Its name.
    pub name: String,
    /// How it is not.
    pub state: FileState,
}

/// How a policy file is not as in a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileState {
    /// Its text is another.
    Changed,
    /// It is not used any more.
    Gone,
    /// It was not used.
    New,
}

impl Receipt {
    /// Decides the case again. Where `facts` are given they have to be those of the receipt, and are
    /// needed where the receipt does not hold what the decision rests on.
    ///
    /// # Errors
    ///
    /// `huize::receipt::facts_needed`, `huize::receipt::policies_needed`; and what compiling the
    /// policies, binding and deciding fail with.
    pub fn verify(&self, law: Law<'_>, facts: Option<&Node>) -> Result<Verification, ReceiptError> {
        let kept = match law {
            Law::Kept => Some(self.library().ok_or_else(|| vec![problem::policies_needed()])?),
            Law::Given(_) => None,
        };
        let library = match (law, &kept) {
            (Law::Given(library), _) => library,
            (Law::Kept, Some(library)) => library,
            (Law::Kept, None) => return Err(problem::policies_needed().into()),
        };
        let policy = match &self.by {
            By::Policy(name) => library.compile(name)?,
            By::Place(name) => library.compile_place(name)?,
        };
        let mut found = Verification {
            files: match law {
                Law::Kept => Vec::new(),
                Law::Given(_) => self.changed_files(&policy),
            },
            ..Verification::default()
        };
        let now = env!("CARGO_PKG_VERSION");
        found.other_engine = (now != self.engine).then(|| now.to_owned());
        if let Some(facts) = facts {
            found.facts = self.other_facts(&policy, facts);
        }
        let own = self.document.as_ref();
        let is_partly_masked = !self.masked.is_empty();
        // Facts that were given are used where they are the real ones.
        let given = facts.filter(|_| found.facts.is_empty());
        let unknown = own.map(|document| facts::unmasked(document, &self.masked));
        let stand_in = unknown.as_ref().map(from_json_value).transpose()?;
        let Some(used) = given.or(stand_in.as_ref()) else {
            // Other facts than the receipt's tell nothing of its decisions.
            if !found.facts.is_empty() {
                return Ok(found);
            }
            return Err(problem::facts_needed(&[]).into());
        };
        found.without_masked = given.is_none() && is_partly_masked;
        let case = policy.bind(used)?;
        let decision = as_value(&policy.decide(&case, &self.question)?);
        found.decision = compare(&self.decision, &decision);
        if found.without_masked && !found.decision.is_empty() {
            if !found.facts.is_empty() {
                found.decision.clear();
                found.without_masked = false;
                return Ok(found);
            }
            return Err(problem::facts_needed(&self.masked).into());
        }
        if let (Some(explanation), Law::Kept, false) =
            (&self.explanation, law, found.without_masked)
        {
            let clear = self.masked.is_empty();
            let now = super::reasons(&policy, &case, &self.question, clear)?;
            found.explanation = compare(explanation, &now);
        }
        Ok(found)
    }

    /// The policies inside it; nothing where only their hashes are kept.
    #[must_use]
    pub fn library(&self) -> Option<Library> {
        let files = self.policies.iter().map(|file| Some((file.name.clone(), file.text.clone()?)));
        files.collect::<Option<Vec<_>>>().map(Library::from_texts)
    }

    fn changed_files(&self, policy: &Policy) -> Vec<FileChange> {
        let now: Vec<(&str, String)> =
            policy.files().map(|(name, text)| (name, canonical::sha256(text.as_bytes()))).collect();
        // The same text under another name is the same law.
        let is_now = |sha256: &str| now.iter().any(|(_, hash)| hash == sha256);
        let was = |sha256: &str| self.policies.iter().any(|file| file.sha256 == sha256);
        let gone = || self.policies.iter().filter(|file| !is_now(&file.sha256));
        let mut new: Vec<&str> =
            now.iter().filter(|(_, hash)| !was(hash)).map(|(name, _)| *name).collect();
        let mut changed: BTreeSet<&str> = BTreeSet::new();
        // A folder of another name may hold the same files, where no name fits better.
        for is_same in [ends_alike as fn(&str, &str) -> bool, alike_below_the_root] {
            for file in gone() {
                let at = new.iter().position(|name| is_same(name, &file.name));
                if let Some(at) = at.filter(|_| !changed.contains(file.name.as_str())) {
                    new.remove(at);
                    changed.insert(&file.name);
                }
            }
        }
        let kept = gone().map(|file| {
            let is_there = changed.contains(file.name.as_str());
            let state = if is_there { FileState::Changed } else { FileState::Gone };
            FileChange { name: file.name.clone(), state }
        });
        let mut changes: Vec<FileChange> = kept.collect();
        let new = new.into_iter().map(str::to_owned);
        changes.extend(new.map(|name| FileChange { name, state: FileState::New }));
        changes
    }

    /// Where given facts are not those of the receipt: by path where it has them, sensitive ones
    /// masked on both sides.
    fn other_facts(&self, policy: &Policy, given: &Node) -> Vec<Discrepancy> {
        let document = facts::document(given);
        let hash = facts::hash(&document);
        if hash == self.facts_sha256 {
            return Vec::new();
        }
        let (now, _) = facts::masked(policy.program(), &document);
        let own = self.document.as_ref();
        let kept = own.map(|own| facts::masked(policy.program(), own).0);
        let mut found = kept.map_or_else(Vec::new, |kept| compare(&kept, &now));
        if found.is_empty() {
            found.push(Discrepancy {
                path: "facts.sha256".to_owned(),
                kept: Some(self.facts_sha256.clone()),
                now: Some(hash),
            });
        }
        found
    }
}

/// Whether two file names are of one file: the one may be seen from another folder.
fn ends_alike(a: &str, b: &str) -> bool {
    a == b || a.ends_with(&format!("/{b}")) || b.ends_with(&format!("/{a}"))
}

/// Whether two file names are the same but for the folder that all policies stand in.
fn alike_below_the_root(a: &str, b: &str) -> bool {
    a.split_once('/').zip(b.split_once('/')).is_some_and(|((_, a), (_, b))| a == b)
}

/// Every value that is another, by path.
fn compare(kept: &Value, now: &Value) -> Vec<Discrepancy> {
    let mut found = Vec::new();
    visit(Some(kept), Some(now), "", &mut found);
    found
}

fn visit(kept: Option<&Value>, now: Option<&Value>, path: &str, found: &mut Vec<Discrepancy>) {
    if kept == now {
        return;
    }
    match (kept, now) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for name in names {
                visit(a.get(name), b.get(name), &join(path, name), found);
            }
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) => {
            let (mut a_keys, mut b_keys) = (keys(a), keys(b));
            if !is_unique(&a_keys) || !is_unique(&b_keys) {
                let numbers =
                    |items: &[Value]| (1..=items.len()).map(|at| at.to_string()).collect();
                (a_keys, b_keys) = (numbers(a), numbers(b));
            }
            let item = |items: &'_ [Value], keys: &[String], key: &String| {
                keys.iter().position(|known| known == key).and_then(|at| items.get(at)).cloned()
            };
            let only_there = b_keys.iter().filter(|key| !a_keys.contains(key));
            for key in a_keys.iter().chain(only_there) {
                let (x, y) = (item(a, &a_keys, key), item(b, &b_keys, key));
                visit(x.as_ref(), y.as_ref(), &join(path, key), found);
            }
        }
        _ => found.push(Discrepancy {
            path: path.to_owned(),
            kept: kept.map(shown),
            now: now.map(shown),
        }),
    }
}

fn keys(items: &[Value]) -> Vec<String> {
    items.iter().enumerate().map(|(at, item)| key_of(item, at)).collect()
}

fn is_unique(keys: &[String]) -> bool {
    keys.iter().collect::<BTreeSet<_>>().len() == keys.len()
}

/// A value on one line; of something large only what kind it is.
fn shown(value: &Value) -> String {
    match value {
        Value::Object(object) if !object.is_empty() => "{…}".to_owned(),
        Value::Array(items) if !items.is_empty() => "[…]".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The decisions in words.
pub(super) fn decided(decision: &Value, language: Language) -> Vec<String> {
    let say = |zh: &'static str, en: &'static str| match language {
        Language::Zh => zh,
        Language::En => en,
    };
    let mut lines = Vec::new();
    let mut add = |subject: &str, decisions: Option<&Value>| {
        let Some(Value::Object(decisions)) = decisions else { return };
        for (name, one) in decisions {
            let outcome = one.get("outcome").and_then(Value::as_str).unwrap_or_default();
            let outcome = match (language, outcome) {
                (Language::En, "符合") => "entitled",
                (Language::En, "不符合") => "not entitled",
                (Language::En, "待定") => "undecided",
                (Language::En, "酌定") => "at discretion",
                (_, other) => other,
            };
            let mut line = format!("{subject} {name}{}{outcome}", say("：", ": "));
            if let Some(Value::Object(payments)) = one.get("payments") {
                for (payment, paid) in payments {
                    let amount = paid.get("amount").and_then(Value::as_str);
                    let amount = amount.map_or_else(|| "?".to_owned(), grouped);
                    let unit = paid.get("unit").and_then(Value::as_str).unwrap_or_default();
                    line.push_str(&format!("{}{payment} {amount}{unit}", say("，", ", ")));
                }
            }
            lines.push(line);
        }
    };
    add(say("家庭", "household"), decision.get("decisions"));
    if let Some(Value::Array(members)) = decision.get("members") {
        for member in members {
            let id = member.get("id").and_then(Value::as_str).unwrap_or_default();
            add(id, member.get("decisions"));
        }
    }
    lines
}
