//! The receipt of a decision: a file that stands alone and can be verified.
//!
//! A [`Receipt`] holds what was asked, the facts, the text of every policy file that was used, the
//! decisions and the reasons for them, and a SHA-256 hash over all of it. [`Receipt::verify`]
//! decides the case again, with the policies inside the receipt or with today's, and says what
//! comes out otherwise.
//!
//! # What the hash does and does not do
//!
//! A receipt has one form ([`Receipt::to_text`]): names in order, fixed indentation. What is read is
//! written again and has to be the same to the byte, so any change of a byte is found, blanks
//! included. The hash is no signature: whoever rewrites the whole receipt can hash it anew. To prove
//! who issued it, sign the file, or keep its hash where it cannot be changed.
//!
//! # Facts
//!
//! Sensitive facts (敏感) are masked unless [`Keep::facts`] says otherwise; the hash of the facts is of
//! the real ones all the same, so that the file of facts can be shown to be the one that was used. A
//! hash can be tested against guesses: a receipt with masked facts is to be kept like the facts.

mod canonical;
mod facts;
mod problem;
mod verify;

#[cfg(test)]
mod tests;

pub use verify::{Discrepancy, FileChange, FileState, Law, Verification};

use serde_json::{Value, json};

use self::canonical::Layout;
use self::facts::Object;
use crate::diagnostic::{Bilingual, Language, ReceiptError};
use crate::engine::{Case, Policy, Question, Wording};
use crate::facts::Node;
use crate::value::Date;

/// The largest receipt that is written or read, in bytes.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;

/// The version of the format that is written, and the latest that is read.
pub const VERSION: u32 = 1;

const FORMAT: &str = "huize-receipt";

/// How a receipt begins.
const BEGINNING: &str = "{\n  \"format\": \"huize-receipt\",\n";

/// How it ends.
const END: &str = "\"\n}\n";

/// A decision with everything that it rests on.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Receipt {
    /// The version of huize that issued it.
    pub engine: String,
    /// The day it was issued, where whoever issued it said so.
    pub issued: Option<Date>,
    /// What was decided by.
    pub by: By,
    /// What was asked.
    pub question: Question,
    /// The policy files used.
    pub policies: Vec<PolicyFile>,
    /// The hash of the facts.
    pub facts_sha256: String,
    /// The paths of the facts that are masked: `household.members.甲.姓名`.
    pub masked: Vec<String>,
    /// The facts, masked or not; nothing where only their hash is kept.
    document: Option<Value>,
    /// The decisions, as [`Policy::decide`] gives them.
    decision: Value,
    /// The reasons, as [`Policy::explain_as`] gives them; nothing where only the hash of the facts is
    /// kept, which reasons would repeat.
    explanation: Option<Value>,
}

/// What a case was decided by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// A policy, by its full name.
    Policy(String),
    /// All benefits of a place.
    Place(String),
}

/// A policy file that was used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyFile {
    /// `policies/national/dibao.hz`
    pub name: String,
    /// SHA-256 of its text in UTF-8, without a byte order mark.
    pub sha256: String,
    /// Its text, where it is kept.
    pub text: Option<String>,
}

/// What a receipt keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// The facts.
    pub facts: KeepFacts,
    /// The text of the policy files, not only their hashes.
    pub policies: bool,
    /// The day of issue.
    pub issued: Option<Date>,
}

impl Default for Keep {
    /// All but sensitive facts, and no day of issue.
    fn default() -> Self {
        Self { facts: KeepFacts::Masked, policies: true, issued: None }
    }
}

/// What a receipt keeps of the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepFacts {
    /// All of them.
    Clear,
    /// All, the sensitive ones masked.
    Masked,
    /// Their hash.
    Hash,
}

impl Receipt {
    /// Decides a case and makes a receipt of it.
    ///
    /// # Errors
    ///
    /// What [`Policy::bind`] and [`Policy::decide`] fail with; `huize::receipt::too_large`.
    ///
    /// # Examples
    ///
    /// ```
    /// use huize::engine::{Library, Question};
    /// use huize::facts::from_json_value;
    /// use huize::receipt::{Keep, Law, Receipt};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let policy = Library::builtin().compile("中山.最低生活保障")?;
    /// let facts = from_json_value(&serde_json::json!({ "household": {
    ///     "area": "urban", "assets_verified_ok": true,
    ///     "members": [{ "id": "甲", "birth_date": "1980-02-01", "monthly_wage": "201",
    ///                   "employed": true, "severe_illness": false }],
    /// }}))?;
    /// let question = Question::about("2023-06".parse()?);
    /// let text = Receipt::issue(&policy, &facts, &question, &Keep::default())?.to_text();
    ///
    /// // It holds the law it was decided by, and decides the same again.
    /// let receipt = Receipt::read(text.as_bytes())?;
    /// assert!(receipt.verify(Law::Kept, None)?.is_same());
    ///
    /// // 1201－201＝1000: whoever makes it more is found out.
    /// let altered = text.replace("\"amount\": \"1000\"", "\"amount\": \"9000\"");
    /// let error = Receipt::read(altered.as_bytes()).unwrap_err();
    /// assert_eq!(error.codes().collect::<Vec<_>>(), ["huize::receipt::altered"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn issue(
        policy: &Policy,
        facts: &Node,
        question: &Question,
        keep: &Keep,
    ) -> Result<Self, ReceiptError> {
        let case = policy.bind(facts)?;
        let document = facts::document(facts);
        let facts_sha256 = facts::hash(&document);
        let (document, masked) = match keep.facts {
            KeepFacts::Clear => (Some(document), Vec::new()),
            KeepFacts::Masked => {
                let (document, masked) = facts::masked(policy.program(), &document);
                (Some(document), masked)
            }
            KeepFacts::Hash => (None, Vec::new()),
        };
        let decision = policy.decide(&case, question)?;
        let explanation = match keep.facts {
            KeepFacts::Hash => None,
            KeepFacts::Clear => Some(reasons(policy, &case, question, true)?),
            KeepFacts::Masked => Some(reasons(policy, &case, question, false)?),
        };
        let name = policy.name().to_owned();
        let receipt = Self {
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            issued: keep.issued,
            by: if policy.program().place.is_some() { By::Place(name) } else { By::Policy(name) },
            question: *question,
            policies: policy
                .files()
                .map(|(name, text)| PolicyFile {
                    name: name.to_owned(),
                    sha256: canonical::sha256(text.as_bytes()),
                    text: keep.policies.then(|| text.to_owned()),
                })
                .collect(),
            facts_sha256,
            masked,
            document,
            decision: as_value(&decision),
            explanation,
        };
        if receipt.to_text().len() > MOST_BYTES {
            return Err(problem::too_large().into());
        }
        Ok(receipt)
    }

    /// The receipt as it is kept: JSON in its one form, the hash last.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut entries = self.entries();
        let body = canonical::entries(&entries);
        entries.push(("sha256", Layout::Lines, Value::from(canonical::sha256(body.as_bytes()))));
        format!("{}\n", canonical::entries(&entries))
    }

    /// The hash over all of it, which its last line says.
    #[must_use]
    pub fn sha256(&self) -> String {
        canonical::sha256(canonical::entries(&self.entries()).as_bytes())
    }

    fn entries(&self) -> Vec<(&'static str, Layout, Value)> {
        let day = |day: Option<Date>| day.map_or(Value::Null, |day| Value::from(day.to_string()));
        let (policy, place) = match &self.by {
            By::Policy(name) => (Value::from(name.as_str()), Value::Null),
            By::Place(name) => (Value::Null, Value::from(name.as_str())),
        };
        let question = json!({
            "policy": policy,
            "place": place,
            "period": self.question.period.to_string(),
            "as_of": day(self.question.as_of),
            "known_on": day(self.question.known_on),
            "strict": self.question.strict,
        });
        let policies: Vec<Value> = self
            .policies
            .iter()
            .map(|file| {
                // By lines, so that a person can read it and compare it.
                let lines = |text: &String| text.split('\n').collect::<Vec<_>>().into();
                json!({
                    "file": file.name,
                    "sha256": file.sha256,
                    "lines": file.text.as_ref().map_or(Value::Null, lines),
                })
            })
            .collect();
        let facts = json!({
            "sha256": self.facts_sha256,
            "masked": self.masked,
            "document": self.document.clone().unwrap_or(Value::Null),
        });
        let explanation = self.explanation.clone().unwrap_or(Value::Null);
        vec![
            ("format", Layout::Lines, Value::from(FORMAT)),
            ("version", Layout::Lines, Value::from(VERSION)),
            ("engine", Layout::Lines, Value::from(self.engine.as_str())),
            ("issued", Layout::Lines, day(self.issued)),
            ("question", Layout::Lines, question),
            ("decision", Layout::Lines, self.decision.clone()),
            ("facts", Layout::Lines, facts),
            ("policies", Layout::Lines, Value::Array(policies)),
            // Each reason stands in both languages, with its places: for programs.
            ("explanation", Layout::Line, explanation),
        ]
    }

    /// Reads a receipt and makes sure that it is as it was issued.
    ///
    /// # Errors
    ///
    /// `huize::receipt::altered` where any byte is another; `truncated`, `foreign`, `newer_format`,
    /// `too_large` where it cannot be told.
    pub fn read(bytes: &[u8]) -> Result<Self, ReceiptError> {
        if bytes.len() > MOST_BYTES {
            return Err(problem::too_large().into());
        }
        let is_ours = bytes.starts_with(BEGINNING.as_bytes());
        let parsed = serde_json::from_slice::<Value>(bytes);
        let value = match parsed {
            Ok(value) if value.get("format").and_then(Value::as_str) == Some(FORMAT) => value,
            Err(_) if is_ours && !bytes.ends_with(END.as_bytes()) => {
                return Err(problem::truncated().into());
            }
            Err(_) if is_ours => {
                return Err(problem::altered(Bilingual::new("不成 JSON", "it is no JSON")).into());
            }
            _ => return Err(problem::foreign().into()),
        };
        let version = value.get("version").and_then(Value::as_u64);
        if version.is_some_and(|version| version > u64::from(VERSION)) {
            return Err(problem::newer_format(&version.unwrap_or_default().to_string()).into());
        }
        let Some(receipt) = Self::from_value(&value) else {
            return Err(problem::altered(Bilingual::new(
                "有的部分不见了，或换了写法",
                "a part of it is missing, or of another kind",
            ))
            .into());
        };
        if receipt.to_text().as_bytes() != bytes {
            let stated = value.get("sha256").and_then(Value::as_str);
            let reason = if stated == Some(&receipt.sha256()) {
                Bilingual::new(
                    "内容没有变，排版变了",
                    "it says the same, but is laid out in another way",
                )
            } else {
                Bilingual::new("校验值对不上", "the hash does not fit")
            };
            return Err(problem::altered(reason).into());
        }
        let is_whole = receipt.policies.iter().all(|file| {
            file.text.as_ref().is_none_or(|text| canonical::sha256(text.as_bytes()) == file.sha256)
        });
        if !is_whole {
            return Err(problem::altered(Bilingual::new(
                "政策文本和它的校验值对不上",
                "the text of a policy does not fit its hash",
            ))
            .into());
        }
        Ok(receipt)
    }

    fn from_value(value: &Value) -> Option<Self> {
        let text = |object: &Value, name: &str| -> Option<String> {
            Some(object.get(name)?.as_str()?.to_owned())
        };
        let day = |object: &Value, name: &str| -> Option<Option<Date>> {
            match object.get(name)? {
                Value::Null => Some(None),
                day => Some(Some(day.as_str()?.parse().ok()?)),
            }
        };
        let question = value.get("question")?;
        let by = match (text(question, "policy"), text(question, "place")) {
            (Some(policy), None) => By::Policy(policy),
            (None, Some(place)) => By::Place(place),
            _ => return None,
        };
        let files = value.get("policies")?.as_array()?;
        let policies = files.iter().map(|file| {
            let text_of = |lines: &Vec<Value>| -> Option<String> {
                let lines = lines.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?;
                Some(lines.join("\n"))
            };
            Some(PolicyFile {
                name: text(file, "file")?,
                sha256: text(file, "sha256")?,
                text: match file.get("lines")? {
                    Value::Null => None,
                    lines => Some(text_of(lines.as_array()?)?),
                },
            })
        });
        let facts = value.get("facts")?;
        let masked = facts.get("masked")?.as_array()?.iter();
        let unless_null = |value: &Value| (!value.is_null()).then(|| value.clone());
        Some(Self {
            engine: text(value, "engine")?,
            issued: day(value, "issued")?,
            by,
            question: Question {
                period: text(question, "period")?.parse().ok()?,
                as_of: day(question, "as_of")?,
                known_on: day(question, "known_on")?,
                strict: question.get("strict")?.as_bool()?,
            },
            policies: policies.collect::<Option<Vec<_>>>()?,
            facts_sha256: text(facts, "sha256")?,
            masked: masked.map(|path| Some(path.as_str()?.to_owned())).collect::<Option<_>>()?,
            document: unless_null(facts.get("document")?),
            decision: value.get("decision")?.clone(),
            explanation: unless_null(value.get("explanation")?),
        })
    }

    /// The decisions in words, one for each line: `家庭 低保：符合，低保金 1353元/月`.
    #[must_use]
    pub fn decided(&self, language: Language) -> Vec<String> {
        verify::decided(&self.decision, language)
    }
}

/// The reasons for a decision as JSON.
fn reasons(
    policy: &Policy,
    case: &Case,
    question: &Question,
    clear: bool,
) -> Result<Value, ReceiptError> {
    let wording = Wording { language: Language::Zh, clear };
    Ok(as_value(&policy.explain_as(case, question, wording)?))
}

/// A view as JSON.
fn as_value<T: serde::Serialize>(view: &T) -> Value {
    // INVARIANT: views hold only texts, lists and named fields, which always serialise.
    serde_json::to_value(view).unwrap_or_else(|_| Value::Object(Object::new()))
}
