//! All benefits of a place at a glance, before the reasons.

use super::page::Page;
use crate::explain::layout::Style;
use crate::explain::overview;
use crate::explain::view::Explanation;
use crate::explain::words::{self, say};

pub(super) fn write(page: &mut Page, explanation: &Explanation) {
    let language = page.language;
    page.heading(say(language, "━━ 一览 ━━", "━━ At a glance ━━"));
    let rows = overview::rows(explanation, language);
    if rows.is_empty() {
        page.line(2, Style::Plain, say(language, "没有符合的待遇", "entitled to nothing"));
    }
    let rows: Vec<Vec<String>> =
        rows.into_iter().map(|row| vec![row.subject, row.benefit, row.result]).collect();
    page.table(2, &rows);
    for line in overview::totals(explanation, language) {
        page.line(2, Style::Strong, &line);
    }
    let decisions = || explanation.subjects.iter().flat_map(|subject| &subject.decisions);
    if decisions().any(|decision| !decision.unverified.is_empty()) {
        let text =
            say(language, "用到样例数值，不能据以发放", "rests on made-up values: not for payment");
        page.line(2, Style::Plain, text);
    }
    if !explanation.interactions.is_empty() {
        page.heading(say(language, "待遇之间", "What benefits do to one another"));
        for one in &explanation.interactions {
            page.marked(2, "·", Style::Plain, Style::Plain, &overview::interaction(one, language));
            if !page.is_summary() {
                page.line(4, Style::Faint, &words::source(&one.source, language));
            }
        }
    }
    let refused = overview::refused_to_all(explanation, language);
    if !refused.is_empty() {
        let word = say(language, "都不符合：", "nobody is entitled to: ");
        page.blank();
        page.line(0, Style::Plain, &format!("{word}{}", refused.join(say(language, "、", ", "))));
    }
}
