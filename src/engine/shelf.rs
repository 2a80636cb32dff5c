//! Policies that are replaced while they serve.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::{Library, Policy};
use crate::diagnostic::{CompileError, Diagnostic, Severity};

/// The policies that a service has compiled, all of one edition of the law's texts.
///
/// A decision takes an [`Edition`] and keeps it: an edition that is replaced meanwhile goes on
/// serving those who hold it, and is dropped when the last one lets go. An edition with errors
/// never replaces a good one.
///
/// # Examples
///
/// ```
/// use huize::engine::{Library, Shelf};
///
/// let text = |standard: u32| {
///     let law = format!(
///         "政策 试.补助\n对象 人\n  在业：是否\n对象 家庭\n  成员：人，若干\n\
///          参数 标准：元/月 = {standard}元\n决定 补助（家庭）\n  条件 人数（成员）不少于0人\n  给付 补助金：元/月 = 标准\n"
///     );
///     Library::from_texts(vec![("t.hz".to_owned(), law)])
/// };
/// let shelf = Shelf::new(text(100), &["试.补助"]).unwrap();
/// let held = shelf.edition();
/// shelf.replace(text(120)).unwrap();
/// assert_eq!(held.number(), 1);
/// assert!(held.policy("试.补助").is_some());
/// assert_eq!(shelf.edition().number(), 2);
/// assert!(shelf.replace(Library::from_texts(Vec::new())).is_err());
/// assert_eq!(shelf.edition().number(), 2);
/// ```
#[derive(Debug)]
pub struct Shelf {
    names: Vec<String>,
    current: RwLock<Arc<Edition>>,
}

/// Policies compiled together.
#[derive(Debug)]
pub struct Edition {
    number: u64,
    policies: BTreeMap<String, Policy>,
    /// Other names of policies to the one that each was asked for by.
    twins: BTreeMap<String, String>,
    warnings: Vec<Diagnostic>,
}

impl Edition {
    /// 1 for the first, one more for each that replaced another.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// A policy, by its full name or its alias.
    #[must_use]
    pub fn policy(&self, name: &str) -> Option<&Policy> {
        self.policies.get(name).or_else(|| self.policies.get(self.twins.get(name)?))
    }

    /// The policies, by the names that they were asked for by.
    pub fn policies(&self) -> impl Iterator<Item = (&str, &Policy)> {
        self.policies.iter().map(|(name, policy)| (name.as_str(), policy))
    }

    /// What the checker noticed that does not keep the policies from running.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }
}

impl Shelf {
    /// Compiles these policies (or places), by name or alias.
    ///
    /// # Errors
    ///
    /// Everything that keeps any of them from running.
    pub fn new(library: Library, names: &[&str]) -> Result<Self, CompileError> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let edition = edition(&library, &names, 1)?;
        Ok(Self { names, current: RwLock::new(Arc::new(edition)) })
    }

    /// The edition in force now; hold it for the length of a decision, or of a batch that must be
    /// decided by one law.
    #[must_use]
    pub fn edition(&self) -> Arc<Edition> {
        // Nothing that can fail runs under the lock, so a poisoned one holds a whole edition.
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Compiles the same policies from other texts, and puts them in force at once for whoever asks
    /// from now on.
    ///
    /// # Errors
    ///
    /// Everything that keeps any of them from running; the edition in force stays.
    pub fn replace(&self, library: Library) -> Result<Arc<Edition>, CompileError> {
        // Compiled outside the lock: decisions go on meanwhile.
        let mut edition = edition(&library, &self.names, 0)?;
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        edition.number = current.number.saturating_add(1);
        *current = Arc::new(edition);
        Ok(Arc::clone(&current))
    }
}

fn edition(library: &Library, names: &[String], number: u64) -> Result<Edition, CompileError> {
    let mut policies: BTreeMap<String, Policy> = BTreeMap::new();
    let mut findings = Vec::new();
    for name in names {
        match compile(library, name) {
            Ok(policy) => {
                findings.extend(policy.warnings().iter().cloned());
                policies.insert(name.clone(), policy);
            }
            Err(problems) => findings.extend(problems),
        }
    }
    findings.dedup();
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(CompileError::from(findings).with_sources(library.sources().clone()));
    }
    let mut twins = BTreeMap::new();
    for (asked, policy) in &policies {
        twins.insert(policy.name().to_owned(), asked.clone());
    }
    let of_policies = library.policies().into_iter().map(|known| (known.name, known.alias));
    let of_places = library.places().into_iter().map(|known| (known.name, known.alias));
    for (name, alias) in of_policies.chain(of_places) {
        if let (Some(alias), Some(asked)) = (alias, twins.get(&name)) {
            twins.insert(alias, asked.clone());
        }
    }
    Ok(Edition { number, policies, twins, warnings: findings })
}

/// A policy by its name or alias, otherwise all benefits of a place.
pub(super) fn compile(library: &Library, name: &str) -> Result<Policy, CompileError> {
    let is_policy = library
        .policies()
        .iter()
        .any(|policy| policy.name == name || policy.alias.as_deref() == Some(name));
    if !is_policy && library.place(name).is_some() {
        return library.compile_place(name);
    }
    library.compile(name)
}
