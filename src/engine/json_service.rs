//! Texts in, texts out: what a caller in another language needs.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use serde::Serialize;

use super::shelf::compile;
use super::{Case, Envelope, Library, Policy, Question, envelope};
use crate::diagnostic::{Bilingual, CompileError, Diagnostic, Findings, Language};
use crate::facts::read_json_within;
use crate::schema;
use crate::source::SourceMap;

/// Policies behind an interface of JSON texts: the facts documents that `huize decide` reads, the
/// results that it prints. Each policy is compiled when it is first asked for. Shared between
/// threads. Documents and cases are taken within the limits of the library
/// ([`Library::within`]).
///
/// Every error is the text of a JSON list of findings, each with `code`, `severity`, `message`
/// (`zh`, `en`), `help` and `places`.
///
/// # Examples
///
/// ```
/// use huize::engine::{JsonService, Library};
///
/// let service = JsonService::new(Library::builtin());
/// let facts = r#"{"policy": "zhongshan.dibao", "period": "2023-06",
///   "household": {"area": "urban", "assets_verified_ok": true, "members": [
///     {"id": "1", "birth_date": "1980-02-01", "monthly_wage": "750", "employed": true,
///      "severe_illness": false}]}}"#;
/// assert!(service.decide(facts).unwrap().contains("\"amount\":\"451\""));
/// assert!(service.decide("{}").unwrap_err().contains("huize::engine::no_policy"));
/// ```
#[derive(Debug)]
pub struct JsonService {
    library: Library,
    compiled: RwLock<BTreeMap<String, Policy>>,
}

impl JsonService {
    /// A service over these policies.
    #[must_use]
    pub fn new(library: Library) -> Self {
        Self { library, compiled: RwLock::new(BTreeMap::new()) }
    }

    /// The policies, as given.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Decides a document of facts that names its `policy` (or `place`) and `period`.
    ///
    /// # Errors
    ///
    /// The findings as JSON.
    pub fn decide(&self, document: &str) -> Result<String, String> {
        let bound = self.bind(document)?;
        let decided = bound.policy.decide(&bound.case, &bound.question);
        decided.map_err(|error| findings(error, bound.sources)).and_then(|found| text(&found))
    }

    /// Decides and explains it, with names and values said in a language.
    ///
    /// # Errors
    ///
    /// The findings as JSON.
    pub fn explain(&self, document: &str, language: Language) -> Result<String, String> {
        let bound = self.bind(document)?;
        let explained = bound.policy.explain_in(&bound.case, &bound.question, language);
        explained.map_err(|error| findings(error, bound.sources)).and_then(|found| text(&found))
    }

    /// What is wrong with the policies: a JSON list, empty where nothing is.
    #[must_use]
    pub fn check(&self) -> String {
        findings(self.library.check(), self.library.sources().clone())
    }

    /// The JSON Schema of the facts (`results` of the results) of a policy or place.
    ///
    /// # Errors
    ///
    /// The findings as JSON.
    pub fn schema(&self, name: &str, results: bool) -> Result<String, String> {
        let policy =
            self.policy(name).map_err(|error| findings(error, self.library.sources().clone()))?;
        let program = policy.program();
        text(&if results { schema::results(program) } else { schema::facts(program) })
    }

    fn policy(&self, name: &str) -> Result<Policy, CompileError> {
        // A policy is put in whole, so a poisoned lock still holds whole policies.
        let known = |map: &BTreeMap<String, Policy>| map.get(name).cloned();
        if let Some(policy) = known(&self.compiled.read().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(policy);
        }
        let policy = compile(&self.library, name)?;
        let mut compiled = self.compiled.write().unwrap_or_else(PoisonError::into_inner);
        compiled.insert(name.to_owned(), policy.clone());
        Ok(policy)
    }

    fn bind(&self, document: &str) -> Result<Bound, String> {
        let mut sources = self.library.sources().clone();
        let source = sources.add("facts.json", document);
        let read = read_json_within(source, document, self.library.limits());
        let bound = read.map_err(Findings::from).and_then(|facts| {
            let (name, question) = asked(&envelope(&facts)?)?;
            let policy = self.policy(&name)?;
            let case = policy.bind(&facts)?;
            Ok((policy, case, question))
        });
        match bound {
            Ok((policy, case, question)) => Ok(Bound { policy, case, question, sources }),
            Err(error) => Err(findings(error, sources)),
        }
    }
}

struct Bound {
    policy: Policy,
    case: Case,
    question: Question,
    sources: SourceMap,
}

/// What a document asks.
fn asked(envelope: &Envelope) -> Result<(String, Question), Findings> {
    let name = envelope.policy.as_ref().or(envelope.place.as_ref());
    let mut lacking = Vec::new();
    if name.is_none() {
        lacking.push(lacks(
            "huize::engine::no_policy",
            ("事实里没有说明用哪个政策", "the facts do not say which policy to apply"),
            "\"policy\": \"zhongshan.dibao\"",
        ));
    }
    if envelope.period.is_none() {
        lacking.push(lacks(
            "huize::engine::no_period",
            ("事实里没有说明所属期", "the facts do not say which month to decide"),
            "\"period\": \"2023-06\"",
        ));
    }
    match (name, envelope.period) {
        (Some(name), Some(period)) => {
            let (as_of, known_on) = (envelope.as_of, envelope.known_on);
            Ok((name.clone(), Question { as_of, known_on, ..Question::about(period) }))
        }
        _ => Err(lacking.into()),
    }
}

fn lacks(code: &'static str, (zh, en): (&str, &str), example: &str) -> Diagnostic {
    Diagnostic::error(code, Bilingual::new(zh, en)).help(Bilingual::new(
        format!("在顶层写，例如 {example}"),
        format!("say it at the top, for example {example}"),
    ))
}

fn findings(found: impl Into<Findings>, sources: SourceMap) -> String {
    let list = found.into().with_sources(sources).json();
    // INVARIANT: findings hold only texts, numbers and lists, which always serialise.
    serde_json::to_string(&list).unwrap_or_default()
}

/// INVARIANT: results hold only texts, numbers, lists and named fields, which always serialise.
fn text<T: Serialize>(value: &T) -> Result<String, String> {
    Ok(serde_json::to_string(value).unwrap_or_default())
}
