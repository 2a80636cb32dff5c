//! Decisions that do not apply, by their reasons: the same reasons are said once for all.

use super::page::Page;
use crate::explain::graph::Index;
use crate::explain::layout::Style;
use crate::explain::reasons::reasons;
use crate::explain::view::{DecisionView, SubjectView};
use crate::explain::words;
use crate::explain::words::say;

pub(super) fn write(page: &mut Page, refused: &[(&SubjectView, &DecisionView)], index: &Index<'_>) {
    if refused.is_empty() || page.is_summary() {
        return;
    }
    let language = page.language;
    page.blank();
    page.heading(say(language, "━━ 其他决定：不符合 ━━", "━━ Other decisions: not entitled ━━"));
    let mut groups: Vec<Group> = Vec::new();
    for (about, decision) in refused {
        let name = words::name(&decision.name, decision.alias.as_deref(), language);
        let told = Told {
            subject: words::subject(about, language),
            id: about.id.clone(),
            reasons: reasons(&decision.conditions, index, language),
        };
        match groups.iter_mut().find(|group| group.name == name && group.fits(&told)) {
            Some(group) => group.told.push(told),
            None => groups.push(Group { name, told: vec![told] }),
        }
    }
    for group in &groups {
        let subjects: Vec<&str> = group.told.iter().map(|told| told.subject.as_str()).collect();
        let subjects = subjects.join(say(language, "、", ", "));
        page.marked(2, "✗", Style::Bad, Style::Plain, &format!("{subjects} · {}", group.name));
        for line in group.lines(say(language, "：", ": ")) {
            page.line(6, Style::Plain, &line);
        }
    }
    let text = say(
        language,
        "各项的条文和依据未展开，也可以用 --at 只看其中一项",
        "the rules and sources of each are not shown; --at shows one of them",
    );
    page.fold(2, text);
}

/// The same decision about several people.
struct Group {
    name: String,
    told: Vec<Told>,
}

struct Told {
    subject: String,
    id: String,
    reasons: Vec<String>,
}

impl Group {
    /// Whether somebody's reasons can stand beside these: as many, and one of them the same.
    fn fits(&self, told: &Told) -> bool {
        self.told.first().is_some_and(|first| {
            let mut pairs = first.reasons.iter().zip(&told.reasons);
            first.reasons.len() == told.reasons.len() && pairs.any(|(a, b)| a == b)
        })
    }

    /// A reason that all share once, others with whose they are.
    fn lines(&self, colon: &str) -> Vec<String> {
        let Some(first) = self.told.first() else { return Vec::new() };
        let mut lines = Vec::new();
        for (at, reason) in first.reasons.iter().enumerate() {
            let all = || self.told.iter().filter_map(|told| Some((told, told.reasons.get(at)?)));
            if all().all(|(_, other)| other == reason) {
                lines.push(reason.clone());
            } else {
                lines.extend(all().map(|(told, other)| format!("{}{colon}{other}", told.id)));
            }
        }
        lines
    }
}
