//! A difference as Markdown, for a file note or a letter.

use super::view::{AmountDifference, CauseView, Difference, Words};
use super::words::{self, say};
use crate::diagnostic::Language;
use crate::explain::markdown::escape;

/// The difference in `language`.
#[must_use]
pub fn render(difference: &Difference, language: Language) -> String {
    let mut blocks = vec![format!(
        "# {}",
        escape(difference.after.title.as_ref().unwrap_or(&difference.after.policy))
    )];
    blocks.push(format!(
        "- {}{}\n- {}{}",
        say(language, "变化前：", "Before: "),
        escape(&words::situation(&difference.before, language)),
        say(language, "变化后：", "After: "),
        escape(&words::situation(&difference.after, language)),
    ));
    for subject in &difference.subjects {
        for decision in &subject.decisions {
            let name = words::name(&decision.name, decision.alias.as_deref(), language);
            let subject = words::subject(subject, language);
            blocks.push(format!("## {}", escape(&format!("{subject} · {name}"))));
            blocks.push(format!(
                "**{}{}**",
                say(language, "结论：", "Result: "),
                escape(&words::outcomes(decision, language))
            ));
            let mut lines: Vec<String> = words::open_points(decision, language);
            let decisive = words::decisive(decision, &difference.causes, language);
            if !decisive.is_empty() {
                let lead = say(language, "使结论改变的：", "What turned it: ");
                lines.push(format!("{lead}{decisive}"));
            }
            if !lines.is_empty() {
                blocks.push(list(&lines));
            }
            for amount in &decision.payments {
                blocks.extend(self::amount(
                    amount,
                    &difference.causes,
                    Some(&decision.rules),
                    language,
                ));
            }
            let untold = words::untold(decision, &difference.causes, language);
            if !untold.is_empty() {
                blocks.push(say(language, "有关的变化：", "What differs:").to_owned());
                blocks.push(list(&untold));
            }
        }
    }
    for total in &difference.totals {
        blocks.push(format!("## {}", say(language, "合计", "Total")));
        blocks.extend(amount(total, &difference.causes, None, language));
    }
    if difference.subjects.is_empty() {
        let text = say(
            language,
            "两种情形下都没有给付，结论也没有变化。",
            "Nothing is paid in either situation, and no result changed.",
        );
        blocks.push(text.to_owned());
    }
    let idle = words::idle(difference, language);
    if !idle.is_empty() {
        let heading = say(language, "没有影响的变化", "Changes that make no difference");
        blocks.push(format!("## {heading}"));
        blocks.push(list(&idle));
    }
    blocks.extend(words::method(difference, language).map(escape));
    format!("{}\n", blocks.join("\n\n"))
}

fn list(lines: &[String]) -> String {
    lines.iter().map(|line| format!("- {}", escape(line))).collect::<Vec<_>>().join("\n")
}

/// A sentence, and a table of the parts with their sum.
fn amount(
    amount: &AmountDifference,
    causes: &[CauseView],
    rules: Option<&[Words]>,
    language: Language,
) -> Vec<String> {
    let name = words::amount(amount, language);
    let colon = say(language, "：", ": ");
    let mut blocks =
        vec![format!("{}{colon}{}", escape(&name), escape(&words::change(amount, language)))];
    let unit = amount.unit.get(language);
    if let (Some(change), false) = (&amount.change, amount.parts.is_empty()) {
        let mut rows = vec![
            match language {
                Language::Zh => "| 变化 | 原因 | 依据 |",
                Language::En => "| Change | Cause | Source |",
            }
            .to_owned(),
            "| ---: | --- | --- |".to_owned(),
        ];
        for part in &amount.parts {
            let shown = words::signed(&part.shown, unit, language);
            // A total names the causes; the amounts before it have described them.
            let names = match rules {
                None => vec![words::part_short(part, causes, language)],
                Some(rules) => words::part_names(part, causes, rules, language),
            };
            let names: Vec<String> = names.iter().map(|name| escape(name)).collect();
            let sources: Vec<String> = part
                .causes
                .iter()
                .filter_map(|id| causes.iter().find(|cause| cause.id == *id))
                .map(|cause| escape(&words::source(cause, language)))
                .filter(|source| !source.is_empty())
                .collect();
            rows.push(format!(
                "| {} | {} | {} |",
                escape(&shown),
                names.join("<br>"),
                sources.join("<br>")
            ));
        }
        let sum = words::signed(change, unit, language);
        rows.push(format!("| **{}** | {} | |", escape(&sum), say(language, "合计", "sum")));
        blocks.push(rows.join("\n"));
    }
    if !amount.remark.is_empty() {
        blocks.push(escape(amount.remark.get(language)));
    }
    blocks
}
