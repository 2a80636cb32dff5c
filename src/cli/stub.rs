//! Stand-in.
use huize::diagnostic::{Bilingual, Diagnostic};
pub(crate) use huize::engine::decision;
use huize::engine::decision::CaseDecision;
use huize::explain::view::Explanation;
use huize::source::SourceMap;
use huize::value::{Date, YearMonth};
use std::collections::BTreeMap;
pub(crate) struct Library(SourceMap);
pub(crate) struct PolicySummary {
    pub(crate) name: String,
    pub(crate) alias: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) file: String,
}
impl Library {
    pub(crate) fn builtin() -> Self {
        Self(SourceMap::default())
    }
    pub(crate) fn from_texts(files: Vec<(String, String)>) -> Self {
        let mut m = SourceMap::default();
        for (n, t) in files {
            m.add(&n, &t);
        }
        Self(m)
    }
    pub(crate) fn sources(&self) -> &SourceMap {
        &self.0
    }
    pub(crate) fn policies(&self) -> Vec<PolicySummary> {
        self.0
            .iter()
            .map(|(_, f)| PolicySummary {
                name: f.text().lines().next().unwrap_or("").to_owned(),
                alias: None,
                title: None,
                file: f.name().to_owned(),
            })
            .collect()
    }
    pub(crate) fn check(&self) -> Vec<Diagnostic> {
        Vec::new()
    }
    pub(crate) fn compile(&self, name: &str) -> Result<Policy, Vec<Diagnostic>> {
        Err(vec![Diagnostic::error(
            "huize::engine::unknown_policy",
            Bilingual::new(format!("没有政策 `{name}`"), format!("there is no policy `{name}`")),
        )])
    }
}
#[derive(Clone)]
pub(crate) struct Policy;
pub(crate) struct Case;
pub(crate) struct CaseReport {
    pub(crate) title: String,
    pub(crate) place: String,
    pub(crate) passed: bool,
    pub(crate) failures: Vec<Diagnostic>,
}
impl Policy {
    pub(crate) fn aliases(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
    pub(crate) fn bind(&self, _: &huize::facts::Node) -> Result<Case, Vec<Diagnostic>> {
        Err(vec![])
    }
    pub(crate) fn decide(&self, _: &Case, _: &Question) -> Result<CaseDecision, Vec<Diagnostic>> {
        Err(vec![])
    }
    pub(crate) fn explain(&self, _: &Case, _: &Question) -> Result<Explanation, Vec<Diagnostic>> {
        Err(vec![])
    }
    pub(crate) fn run_cases(&self) -> Vec<CaseReport> {
        vec![]
    }
}
pub(crate) struct Question {
    pub(crate) period: YearMonth,
    pub(crate) as_of: Option<Date>,
    pub(crate) known_on: Option<Date>,
    pub(crate) strict: bool,
}
pub(crate) struct Envelope {
    pub(crate) policy: Option<String>,
    pub(crate) period: Option<YearMonth>,
    pub(crate) as_of: Option<Date>,
    pub(crate) known_on: Option<Date>,
}
pub(crate) fn envelope(f: &huize::facts::Node) -> Result<Envelope, Vec<Diagnostic>> {
    let text = |k| {
        f.get(k).and_then(|n| match &n.value {
            huize::facts::NodeValue::Text(t) => Some(t.clone()),
            _ => None,
        })
    };
    Ok(Envelope {
        policy: text("policy"),
        period: text("period").and_then(|t| t.parse().ok()),
        as_of: None,
        known_on: None,
    })
}
