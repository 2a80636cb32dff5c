//! All benefits of a place at a glance, before the reasons.

use super::Writer;
use super::shell::{escape, target};
use crate::explain::overview;
use crate::explain::view::Explanation;
use crate::explain::words;

impl Writer<'_> {
    pub(super) fn overview(&mut self, explanation: &Explanation) {
        let language = self.language;
        let heading = self.say("一览", "At a glance").to_owned();
        self.push(&format!("<h2>{heading}</h2>"));
        let rows: Vec<Vec<String>> = overview::rows(explanation, language)
            .into_iter()
            .map(|row| {
                let (to, benefit) = (target(&row.id), escape(&row.benefit));
                let benefit = format!("<a href=\"{to}\">{benefit}</a>");
                vec![escape(&row.subject), benefit, escape(&row.result)]
            })
            .collect();
        if rows.is_empty() {
            let text = self.say("没有符合的待遇", "Entitled to nothing").to_owned();
            self.push(&format!("<p>{text}</p>"));
        } else {
            let header =
                [self.say("谁", "Who"), self.say("待遇", "Benefit"), self.say("结论", "Result")];
            self.table_of("summary", &header, &rows);
        }
        for line in overview::totals(explanation, language) {
            self.push(&format!("<p class=\"amount\">{}</p>", escape(&line)));
        }
        if !explanation.interactions.is_empty() {
            let heading = self.say("待遇之间", "What benefits do to one another").to_owned();
            self.push(&format!("<h3>{heading}</h3>\n<ul>"));
            for one in &explanation.interactions {
                let text = escape(&overview::interaction(one, language));
                let source = escape(&words::source(&one.source, language));
                let jump = self.jump(&one.source.place);
                self.push(&format!("<li>{text}<div class=\"source\">{source}{jump}</div></li>"));
            }
            self.push("</ul>");
        }
        let refused = overview::refused_to_all(explanation, language);
        if !refused.is_empty() {
            let word = self.say("都不符合：", "Nobody is entitled to: ").to_owned();
            let list = escape(&refused.join(self.say("、", ", ")));
            self.push(&format!("<p>{word}{list}</p>"));
        }
    }
}
