//! `huize test --boundaries`: which boundaries of the policies their cases would notice to be wrong.

use std::collections::BTreeSet;

use huize::diagnostic::Language;
use huize::engine::{Boundaries, BoundaryKind, Library, Tally, UntriedBoundary};
use huize::source::SourceId;
use serde::Serialize;

use super::terminal::Terminal;
use super::test::{JsonTally, lines_by_file, percent, tally_line};

/// The boundaries of the files that were asked about.
pub(super) struct Found<'a> {
    pub(super) boundaries: &'a Boundaries,
    pub(super) files: &'a BTreeSet<SourceId>,
}

impl Found<'_> {
    fn tally(&self, kind: BoundaryKind) -> Tally {
        self.boundaries.tally(kind, |source| self.files.contains(&source))
    }

    fn total(&self) -> Tally {
        self.boundaries.total(|source| self.files.contains(&source))
    }

    fn untried(&self) -> Vec<UntriedBoundary> {
        self.boundaries.untried(|source| self.files.contains(&source))
    }

    /// Under each file, its boundaries that are not tried on every side.
    pub(super) fn lines(&self, library: &Library, terminal: &Terminal) -> String {
        let untried = self.untried();
        let lines = untried.iter().map(|boundary| {
            let name = terminal.say(&boundary.name.zh, &boundary.name.en);
            (boundary.span, boundary.kind.words(), name, missing(boundary, terminal))
        });
        lines_by_file(lines, library, terminal)
    }

    /// `界限 61.2%：比较 98/120，…`
    pub(super) fn summary(&self, terminal: &Terminal) -> String {
        let total = self.total();
        if total.all == 0 {
            return terminal.say("界限：没有\n", "boundaries: none\n").to_owned();
        }
        let kinds = BoundaryKind::ALL.iter().map(|kind| (kind.words(), self.tally(*kind)));
        format!("{}\n", tally_line(("界限", "boundaries"), total, kinds, terminal))
    }

    pub(super) fn json(&self, library: &Library) -> JsonBoundaries {
        let untried = self.untried().into_iter().map(|boundary| JsonUntried {
            kind: boundary.kind.code(),
            name: boundary.name.en,
            place: library.sources().place(boundary.span),
            missing: boundary
                .missing
                .into_iter()
                .map(|missing| JsonSide { side: missing.side.en, stood_at: missing.stood_at })
                .collect(),
        });
        JsonBoundaries {
            percent: percent(self.total()),
            total: JsonTally::new("all", self.total()),
            kinds: BoundaryKind::ALL
                .iter()
                .map(|kind| JsonTally::new(kind.code(), self.tally(*kind)))
                .collect(),
            untried: untried.collect(),
        }
    }
}

/// The sides at which no case stands, then those whose cases would not notice.
fn missing(boundary: &UntriedBoundary, terminal: &Terminal) -> String {
    let sides = |stood_at: bool| {
        let sides = boundary.missing.iter().filter(|missing| missing.stood_at == stood_at);
        let sides: Vec<&str> =
            sides.map(|missing| terminal.say(&missing.side.zh, &missing.side.en)).collect();
        (!sides.is_empty()).then(|| sides.join(terminal.say("、", ", ")))
    };
    let never = sides(false).map(|sides| match terminal.language {
        Language::Zh => format!("没有{sides}的案例"),
        Language::En => format!("no case {sides}"),
    });
    let unnoticed = sides(true).map(|sides| match terminal.language {
        Language::Zh => format!("{sides}的案例看不出界限写错"),
        Language::En => format!("the case {sides} would not notice a mistake"),
    });
    let parts: Vec<String> = never.into_iter().chain(unnoticed).collect();
    parts.join(terminal.say("；", "; "))
}

#[derive(Serialize)]
pub(super) struct JsonBoundaries {
    percent: String,
    total: JsonTally,
    kinds: Vec<JsonTally>,
    untried: Vec<JsonUntried>,
}

#[derive(Serialize)]
struct JsonUntried {
    kind: &'static str,
    name: String,
    place: String,
    missing: Vec<JsonSide>,
}

#[derive(Serialize)]
struct JsonSide {
    side: String,
    stood_at: bool,
}
