//! Coverage: what of the policies their cases have tried. Every rule, decision, condition, item,
//! exception, table row, branch and parameter row is a thing; where it can come out two ways (held
//! or failed, applied or not), each way counts. What a case has tried is read off its trace: all
//! that the values it expects were made from, in force on the day, and nothing else.

mod naming;
mod things;
mod walk;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::hir::Program;
use crate::source::{SourceId, Span};

pub(super) use naming::Naming;
pub(super) use things::Things;
pub(super) use walk::{Taking, walk, walk_measures};

/// What the cases of some policies have tried.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    things: BTreeMap<Key, Thing>,
}

/// A thing is the same in every program that has it: what it is, and where it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    span: Span,
    kind: ThingKind,
    /// Tells apart what one clause of a relation does to several benefits.
    of: String,
}

#[derive(Clone, Debug)]
struct Thing {
    name: String,
    /// The ways it can come out, and whether it has.
    ways: BTreeMap<Way, bool>,
}

/// What can be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ThingKind {
    /// 规则, 集合: a version of it.
    Rule,
    /// 决定: a version of it.
    Decision,
    /// 给付: a version of it.
    Payment,
    /// An item of a list of conditions, or a condition that a layer adds.
    Condition,
    /// An item with a value: `……的，……`.
    Item,
    /// 均不符合
    Otherwise,
    /// 例外
    Exception,
    /// 如果
    Branch,
    /// A row of a table.
    TableRow,
    /// A value of a parameter for one key and one time.
    ParameterRow,
    /// A clause of a relation, for one benefit.
    Relation,
    /// 起发, 停发
    Term,
    /// 目标
    Target,
}

impl ThingKind {
    /// All kinds, in the order in which they are reported.
    pub const ALL: [Self; 13] = [
        Self::Rule,
        Self::Decision,
        Self::Payment,
        Self::Condition,
        Self::Item,
        Self::Otherwise,
        Self::Exception,
        Self::Branch,
        Self::TableRow,
        Self::ParameterRow,
        Self::Relation,
        Self::Term,
        Self::Target,
    ];

    /// Its name for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Decision => "decision",
            Self::Payment => "payment",
            Self::Condition => "condition",
            Self::Item => "item",
            Self::Otherwise => "otherwise",
            Self::Exception => "exception",
            Self::Branch => "branch",
            Self::TableRow => "table_row",
            Self::ParameterRow => "parameter_row",
            Self::Relation => "relation",
            Self::Term => "term",
            Self::Target => "target",
        }
    }

    /// Its name in Chinese and English.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Rule => ("规则", "rules"),
            Self::Decision => ("决定", "decisions"),
            Self::Payment => ("给付", "payments"),
            Self::Condition => ("条件", "conditions"),
            Self::Item => ("分项", "items"),
            Self::Otherwise => ("均不符合", "otherwise"),
            Self::Exception => ("例外", "exceptions"),
            Self::Branch => ("如果", "branches"),
            Self::TableRow => ("表行", "table rows"),
            Self::ParameterRow => ("参数行", "parameter rows"),
            Self::Relation => ("关系", "relations"),
            Self::Term => ("起停发", "terms"),
            Self::Target => ("目标", "targets"),
        }
    }
}

/// A way in which a thing comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Way {
    /// It held, applied, or was left to somebody's discretion.
    Held,
    /// It did not.
    Failed,
    /// It was computed, read or taken: the only way there is.
    Used,
}

impl Way {
    /// What a case would have to show, in Chinese and English.
    #[must_use]
    pub fn wanted(self, kind: ThingKind) -> (&'static str, &'static str) {
        match (kind, self) {
            (ThingKind::Decision, Self::Held) => ("没有符合的案例", "no case in which it is met"),
            (ThingKind::Decision, Self::Failed) => {
                ("没有不符合的案例", "no case in which it is not met")
            }
            (ThingKind::Rule | ThingKind::Condition, Self::Held) => {
                ("没有成立的案例", "no case in which it holds")
            }
            (ThingKind::Rule | ThingKind::Condition, Self::Failed) => {
                ("没有不成立的案例", "no case in which it fails")
            }
            (ThingKind::Relation, Self::Held) => ("没有起作用的案例", "no case in which it acts"),
            (ThingKind::Relation, Self::Failed) => {
                ("没有不起作用的案例", "no case in which it does not act")
            }
            (ThingKind::Term, Self::Held) => ("没有在期内的案例", "no case within it"),
            (ThingKind::Term, Self::Failed) => ("没有在期外的案例", "no case outside it"),
            (ThingKind::Target, Self::Held) => ("没有完成的案例", "no case that meets it"),
            (ThingKind::Target, Self::Failed) => ("没有未完成的案例", "no case that misses it"),
            (_, Self::Held) => ("没有适用的案例", "no case in which it applies"),
            (_, Self::Failed) => ("没有不适用的案例", "no case in which it does not apply"),
            (ThingKind::ParameterRow, Self::Used) => ("没有用到的案例", "no case that reads it"),
            (_, Self::Used) => ("没有算到的案例", "no case that computes it"),
        }
    }
}

/// How many of the ways have been tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tally {
    /// Tried.
    pub tried: usize,
    /// Of so many.
    pub all: usize,
}

impl Tally {
    /// In tenths of a percent, rounded down: 1000 says that all have been tried.
    #[must_use]
    pub fn per_mille(self) -> usize {
        self.tried.saturating_mul(1000).checked_div(self.all).unwrap_or(1000)
    }
}

/// A thing of which a way has not been tried.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Untried {
    /// What it is.
    pub kind: ThingKind,
    /// What it is called, behind what it belongs to.
    pub name: String,
    /// Where it is written.
    pub span: Span,
    /// The ways that have not been tried.
    pub ways: Vec<Way>,
}

impl Coverage {
    /// The ways tried of one kind of thing that is written in the files that `of` accepts.
    #[must_use]
    pub fn tally(&self, kind: ThingKind, of: impl Fn(SourceId) -> bool) -> Tally {
        let mut tally = Tally::default();
        for (key, thing) in &self.things {
            if key.kind == kind && of(key.span.source) {
                tally.all = tally.all.saturating_add(thing.ways.len());
                let tried = thing.ways.values().filter(|tried| **tried).count();
                tally.tried = tally.tried.saturating_add(tried);
            }
        }
        tally
    }

    /// The ways tried of all kinds together.
    #[must_use]
    pub fn total(&self, of: impl Fn(SourceId) -> bool) -> Tally {
        ThingKind::ALL.iter().map(|kind| self.tally(*kind, &of)).fold(
            Tally::default(),
            |sum, tally| Tally {
                tried: sum.tried.saturating_add(tally.tried),
                all: sum.all.saturating_add(tally.all),
            },
        )
    }

    /// What has not been tried in full, in the order of the texts.
    #[must_use]
    pub fn untried(&self, of: impl Fn(SourceId) -> bool) -> Vec<Untried> {
        let mut untried = Vec::new();
        for (key, thing) in self.things.iter().filter(|(key, _)| of(key.span.source)) {
            let ways: Vec<Way> =
                thing.ways.iter().filter(|(_, tried)| !**tried).map(|(way, _)| *way).collect();
            if !ways.is_empty() {
                let name = thing.name.clone();
                untried.push(Untried { kind: key.kind, name, span: key.span, ways });
            }
        }
        untried
    }

    /// Takes up the things of a program.
    pub(super) fn add(&mut self, program: &Program) -> Things {
        Things::of(program, self)
    }

    fn declare(&mut self, key: Key, name: String, ways: &[Way]) {
        let new = || Thing { name, ways: BTreeMap::new() };
        let thing = self.things.entry(key).or_insert_with(new);
        for way in ways {
            thing.ways.entry(*way).or_insert(false);
        }
    }

    fn mark(&mut self, key: &Key, way: Way) {
        if let Some(tried) = self.things.get_mut(key).and_then(|thing| thing.ways.get_mut(&way)) {
            *tried = true;
        }
    }
}
