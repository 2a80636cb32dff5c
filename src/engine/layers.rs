//! The layers of a policy side by side: what each says, fills, adds and sets anew, and whether the
//! constraints of the higher ones are kept.

use serde::Serialize;

use super::constraints::{State, states};
use crate::diagnostic::Bilingual;
use crate::hir::{self, LayerId, Program};
pub use crate::hir::{ChangeKind, Thing};
use crate::source::{SourceMap, Span};
use crate::trace::tidy;
use crate::value::{PlaceLevel, YearMonth};

/// The layers of one policy, the highest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LayersReport {
    /// The policy, by its full name.
    pub policy: String,
    /// Its layers.
    pub layers: Vec<LayerReport>,
    /// The constraints of all of them.
    pub constraints: Vec<ConstraintReport>,
}

/// One layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LayerReport {
    /// 中山
    pub place: String,
    /// 中山.最低生活保障
    pub policy: String,
    /// Its title in full.
    pub title: Option<String>,
    /// The code of its place, where it says one.
    pub code: Option<String>,
    /// 国家, 省级, 市级, 县级: in Chinese, where it is known.
    pub level: Option<String>,
    /// The instruments of its header.
    pub citations: Vec<String>,
    /// What it says, in the order of its text.
    pub changes: Vec<ChangeReport>,
}

/// One thing that a layer says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ChangeReport {
    /// What it does.
    pub kind: ChangeKind,
    /// To what: 参数, 规则, 决定, …
    pub thing: Thing,
    /// The name of the thing: `计入收入`, `低保的低保金`.
    pub name: String,
    /// About whom it is: 人, 家庭.
    pub subject: Option<String>,
    /// The place whose thing it is, where it is not the layer's own.
    pub upper: Option<String>,
    /// The label of an exception; 起发, 停发.
    pub label: String,
    /// First day that it is in force, where one is said.
    pub from: Option<String>,
    /// Last day.
    pub until: Option<String>,
    /// As written: rows, a condition, a formula, an exception.
    pub texts: Vec<String>,
    /// Sources.
    pub citations: Vec<String>,
    /// `file:line:column`.
    pub at: String,
}

/// A constraint and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ConstraintReport {
    /// Its label.
    pub label: String,
    /// The place that demands it.
    pub place: String,
    /// Whether it is kept.
    pub state: ConstraintState,
    /// From which month it is broken or not checked.
    pub since: Option<String>,
    /// The two sides, or what it waits for: in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// Sources.
    pub citations: Vec<String>,
    /// `file:line:column`.
    pub at: String,
}

/// What became of a constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConstraintState {
    /// It holds in every month from which something changes.
    Kept,
    /// It does not hold.
    Broken,
    /// A value that it needs is still to be found.
    Unverified,
    /// It waits for a layer that is still to come.
    Open,
}

/// The report of a lowered program.
pub(super) fn report(program: &Program, sources: &SourceMap) -> LayersReport {
    let first = program.layers.len().saturating_sub(program.own_layers);
    let layers = program.layers.iter().enumerate().skip(first);
    LayersReport {
        policy: program.name.clone(),
        layers: layers
            .map(|(at, layer)| {
                let id = LayerId(u16::try_from(at).unwrap_or(u16::MAX));
                LayerReport {
                    place: layer.place.clone(),
                    policy: layer.policy.clone(),
                    title: layer.title.clone(),
                    code: layer.code.map(|code| code.to_string()),
                    level: layer.level.map(|level| level_name(level).to_owned()),
                    citations: layer.citations(),
                    changes: program
                        .changes
                        .iter()
                        .filter(|change| change.layer == id)
                        .map(|change| change_report(program, sources, change))
                        .collect(),
                }
            })
            .collect(),
        constraints: program
            .constraints
            .iter()
            .zip(states(program, sources))
            .filter(|(constraint, _)| usize::from(constraint.layer.0) >= first)
            .map(|(constraint, state)| constraint_report(program, sources, constraint, state))
            .collect(),
    }
}

fn change_report(program: &Program, sources: &SourceMap, change: &hir::Change) -> ChangeReport {
    let place = |layer: LayerId| program.layer(layer).map(|layer| layer.place.clone());
    let object = change.subject.and_then(|object| program.object(object));
    ChangeReport {
        kind: change.kind,
        thing: change.thing,
        name: change.name.clone(),
        subject: object.map(|object| object.name.text.clone()),
        upper: change.upper.and_then(place),
        label: change.label.clone(),
        from: change.validity.from.map(|day| day.to_string()),
        until: change.validity.until.map(|day| day.to_string()),
        texts: change.texts.iter().map(|span: &Span| tidy(sources.slice(*span))).collect(),
        citations: change.citations.clone(),
        at: sources.place(change.span),
    }
}

fn constraint_report(
    program: &Program,
    sources: &SourceMap,
    constraint: &hir::Constraint,
    state: State,
) -> ConstraintReport {
    let (state, since, said): (_, Option<YearMonth>, Bilingual) = match state {
        State::Kept => (ConstraintState::Kept, None, Bilingual::default()),
        State::Broken(month, sides) => {
            let trim = |text: &str| text.trim_start_matches(['：', ':', ' ']).to_owned();
            let sides = Bilingual::new(trim(&sides.zh), trim(&sides.en));
            (ConstraintState::Broken, Some(month), sides)
        }
        State::Unverified(month, waits) => (ConstraintState::Unverified, Some(month), waits),
        State::Open => (ConstraintState::Open, None, Bilingual::default()),
    };
    ConstraintReport {
        label: constraint.label.clone(),
        place: program
            .layer(constraint.layer)
            .map_or_else(String::new, |layer| layer.place.clone()),
        state,
        since: since.map(|month| month.to_string()),
        zh: said.zh,
        en: said.en,
        citations: constraint.citations.clone(),
        at: sources.place(constraint.span),
    }
}

/// 省级 and its like.
fn level_name(level: PlaceLevel) -> &'static str {
    match level {
        PlaceLevel::National => "国家",
        PlaceLevel::Province => "省级",
        PlaceLevel::Prefecture => "市级",
        PlaceLevel::County => "县级",
    }
}
