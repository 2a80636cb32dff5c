//! Huize 惠则: standards and eligibility rules of social benefits, written in the words of the
//! regulation, decided exactly, and explained line by line.
//!
//! A [`Library`](engine::Library) of policy texts is compiled, once, into a
//! [`Policy`](engine::Policy): immutable, cheap to clone, shared between threads. Facts come as JSON,
//! as any value that serde writes, or built by hand; they are bound to the policy, which checks them,
//! and decided for a month. The library does no input or output, has no clock and no state of its
//! own, and does not panic on bad input.
//!
//! # A policy compiled, a case decided, its trace read
//!
//! ```
//! use huize::diagnostic::Language;
//! use huize::engine::decision::Outcome;
//! use huize::engine::{Library, Question};
//! use huize::explain::view::Held;
//! use huize::facts::read_json;
//! use huize::source::SourceMap;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let law = "
//! 政策 试点.补助
//!   依据 《试点办法》
//! 对象 人
//!   月工资：元/月，0元至100万元
//! 对象 家庭
//!   成员：人，若干，至少1
//! 参数 标准：元/人·月
//!   自2026年1月1日起：632元，样例
//! 规则 人均收入（家庭）：元/人·月 = 合计（成员，月工资）÷人数（成员）
//! 决定 补助（家庭）    依据 《试点办法》第三条
//!   条件 人均收入低于标准
//!   给付 补助金：元/月 =（标准－人均收入）×人数（成员），向上取整到1元
//! ";
//! // What is wrong with the law is a `CompileError`, before there is any case.
//! let library = Library::from_texts(vec![("law.hz".to_owned(), law.to_owned())]);
//! let policy = library.compile("试点.补助")?;
//!
//! // What is wrong with the facts is a `FactsError`, each finding with its place in the text.
//! let text = r#"{"家庭": {"成员": [{"id": "甲", "月工资": "1894"}, {"id": "乙", "月工资": 0},
//!                                  {"id": "丙", "月工资": 0}]}}"#;
//! let mut sources = SourceMap::default();
//! let facts = read_json(sources.add("facts.json", text), text)?;
//! let case = policy.bind(&facts).map_err(|error| error.with_sources(sources))?;
//!
//! // The month is the caller's to say; what is wrong with one decision stands in that decision.
//! let question = Question::about("2026-05".parse()?);
//! let decided = policy.decide(&case, &question)?;
//! let benefit = &decided.decisions["补助"];
//! assert_eq!(benefit.outcome, Outcome::Entitled);
//! // (632－1894÷3)×3 is 2 exactly.
//! assert_eq!(benefit.payments["补助金"].amount.as_deref(), Some("2"));
//! assert_eq!(benefit.unverified, ["标准（自2026年1月1日起，样例）"]);
//!
//! // Why: the trace as data; `huize::explain` also writes it as text, Markdown, HTML and JSON.
//! let explained = policy.explain_in(&case, &question, Language::Zh)?;
//! let reasons = &explained.subjects[0].decisions[0];
//! let condition = &reasons.conditions[0];
//! assert_eq!(condition.held, Held::Yes);
//! assert_eq!(condition.text, "人均收入低于标准");
//! assert_eq!(condition.margin.as_ref().map(|margin| margin.unit.as_str()), Some("元/人·月"));
//! assert_eq!(reasons.source.citations, ["《试点办法》第三条"]);
//! # Ok(())
//! # }
//! ```
//!
//! # Where to look
//!
//! | for | see |
//! | --- | --- |
//! | policies, cases, decisions; replacing policies while they serve | [`engine`], [`engine::Shelf`] |
//! | facts from JSON, YAML, serde values, or built | [`facts`] |
//! | millions of decisions of one month | [`plan`] |
//! | reasons, notices, calculation sheets | [`explain`] |
//! | what changed, what would change it | [`differ`], [`solve`] |
//! | a decision kept and verified | [`receipt`] |
//! | JSON Schema and OpenAPI of a policy | [`schema`] |
//! | findings, their codes and texts; the error of each phase | [`diagnostic`] |
//!
//! # What is promised
//!
//! [`diagnostic`], [`engine`], [`explain`], [`facts`], [`plan`], [`receipt`], [`schema`], [`source`]
//! and [`value`] keep to semantic versioning, and so do the codes of findings; the gate compares them
//! with a listing. The other modules are the compiler and the prompt, open to be looked at, and
//! change with the language. What may grow is `#[non_exhaustive]`; an enumeration that is not, such
//! as [`engine::decision::Outcome`], is closed.
//!
//! # Features
//!
//! `cli` (the command), `repl` (the prompt) and `notice` (notices from templates) are on by default,
//! `yaml` adds facts in YAML; with `default-features = false` there is the library alone.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub mod builtins;
pub mod diagnostic;
pub mod differ;
pub mod engine;
pub mod eval;
pub mod explain;
pub mod facts;
pub mod format;
pub mod hir;
pub mod input;
pub mod limits;
pub mod plan;
pub mod receipt;
pub mod reconcile;
#[cfg(feature = "repl")]
pub mod repl;
pub mod schema;
pub mod solve;
pub mod source;
pub mod syntax;
pub mod trace;
pub mod types;
pub mod value;

#[cfg(test)]
mod tests;
