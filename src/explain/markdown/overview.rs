//! All benefits of a place at a glance, before the reasons.

use super::{Document, inline};
use crate::explain::overview;
use crate::explain::view::Explanation;

impl Document {
    pub(super) fn overview(&mut self, explanation: &Explanation) {
        let language = self.language;
        self.chapter("一览", "At a glance");
        let rows = overview::rows(explanation, language);
        if rows.is_empty() {
            let text = self.say("没有符合的待遇", "Entitled to nothing");
            self.block(text);
        }
        let rows: Vec<Vec<String>> =
            rows.into_iter().map(|row| vec![row.subject, row.benefit, row.result]).collect();
        let header =
            [self.say("谁", "Who"), self.say("待遇", "Benefit"), self.say("结论", "Result")];
        self.table(&header, &rows);
        let totals: Vec<String> =
            overview::totals(explanation, language).iter().map(|line| inline(line)).collect();
        self.list(&totals);
        if !explanation.interactions.is_empty() {
            self.section("待遇之间", "What benefits do to one another");
            let told = explanation.interactions.iter();
            let told: Vec<String> = told
                .map(|one| {
                    let text = inline(&overview::interaction(one, language));
                    format!("{text} {}", inline(&self.source_text(&one.source)))
                })
                .collect();
            self.list(&told);
        }
        let refused = overview::refused_to_all(explanation, language);
        if !refused.is_empty() {
            let word = self.say("都不符合：", "Nobody is entitled to: ");
            let list = inline(&refused.join(self.say("、", ", ")));
            self.block(&format!("{word}{list}"));
        }
    }
}
