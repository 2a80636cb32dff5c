//! `huize decide`: the decisions of a case, for a program or as one line each.

use huize::diagnostic::Language;
use huize::engine::decision::{CaseDecision, Decision, Outcome, Payment};
use huize::explain::layout::{columns, pad, visible};
use huize::value::parse_unit_text;
use indexmap::IndexMap;

use super::args::{DecideArguments, Format};
use super::ascii::{self, Names};
use super::terminal::Terminal;
use super::{Exit, Failure, Output, case};

pub(super) fn run(arguments: &DecideArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let prepared = case::prepare(&arguments.case)?;
    // JSON is for programs: the same whatever the locale.
    let language = match (arguments.ascii, arguments.format) {
        (true, _) => Language::En,
        (false, Format::Json) => Language::Zh,
        (false, Format::Text | Format::Markdown) => terminal.language,
    };
    let policy = &prepared.policy;
    let decision = match policy.decide_in(&prepared.case, &prepared.question, language) {
        Ok(decision) => decision,
        Err(findings) => return Err(prepared.unusable(findings)),
    };
    let names = arguments.ascii.then(|| Names::new(prepared.policy.aliases()));
    let stdout = match arguments.format {
        Format::Json => json(&decision, names.as_ref()),
        Format::Text => lines(&rows(&decision, names.as_ref(), terminal.language)),
        Format::Markdown => {
            markdown(&rows(&decision, names.as_ref(), terminal.language), terminal.language)
        }
    };
    let mut all = decision
        .decisions
        .values()
        .chain(decision.members.iter().flat_map(|member| member.decisions.values()));
    let failed = all.any(|decision| decision.outcome == Outcome::Failed);
    let exit = if failed { Exit::Findings } else { Exit::Clean };
    // A reminder beside the answer: it does not change the exit code.
    let unstated = prepared.policy.unstated(&prepared.case, &decision);
    let stderr = terminal.report_to_stderr(&unstated, prepared.policy.sources());
    Ok(Output { stdout, stderr, exit })
}

fn json(decision: &CaseDecision, names: Option<&Names>) -> String {
    let text = match names {
        Some(names) => serde_json::to_string_pretty(&ascii::case(decision, names)),
        None => serde_json::to_string_pretty(decision),
    };
    // INVARIANT: decisions hold only texts, lists and named fields, which always serialise.
    format!("{}\n", text.unwrap_or_default())
}

/// Whom, which decision, how it came out, what is paid or what is missing.
fn rows(case: &CaseDecision, names: Option<&Names>, language: Language) -> Vec<[String; 4]> {
    let household = match (names, language) {
        (None, Language::Zh) => "家庭",
        (Some(_), _) | (None, Language::En) => "household",
    };
    let mut rows = Vec::new();
    let mut add = |subject: &str, decisions: &IndexMap<String, Decision>| {
        for (name, decision) in decisions {
            let outcome = match names {
                Some(_) => ascii::outcome(decision.outcome),
                None => outcome(decision.outcome, language),
            };
            rows.push([
                subject.to_owned(),
                named(name, names),
                outcome.to_owned(),
                remark(decision, names, language),
            ]);
        }
    };
    add(household, &case.decisions);
    for member in &case.members {
        add(&member.id, &member.decisions);
    }
    rows
}

fn named(name: &str, names: Option<&Names>) -> String {
    names.map_or_else(|| name.to_owned(), |names| names.of(name))
}

fn outcome(outcome: Outcome, language: Language) -> &'static str {
    match (outcome, language) {
        (Outcome::Entitled, Language::Zh) => "符合",
        (Outcome::NotEntitled, Language::Zh) => "不符合",
        (Outcome::Undecided, Language::Zh) => "待定",
        (Outcome::Discretionary, Language::Zh) => "酌定",
        (Outcome::Failed, Language::Zh) => "出错",
        (Outcome::Entitled, Language::En) => "entitled",
        (Outcome::NotEntitled, Language::En) => "not entitled",
        (Outcome::Undecided, Language::En) => "undecided",
        (Outcome::Discretionary, Language::En) => "at discretion",
        (Outcome::Failed, Language::En) => "could not be computed",
    }
}

fn remark(decision: &Decision, names: Option<&Names>, language: Language) -> String {
    let say = |zh: &'static str, en: &'static str| match language {
        Language::Zh => zh,
        Language::En => en,
    };
    let separator = say("，", ", ");
    let mut parts = Vec::new();
    if let Some(error) = &decision.error {
        parts.push(match language {
            Language::Zh => error.zh.clone(),
            Language::En => error.en.clone(),
        });
    }
    for (name, payment) in &decision.payments {
        parts.push(format!("{} {}", named(name, names), amount(payment, language)));
    }
    let listed = |list: &[String]| {
        let items: Vec<_> = list
            .iter()
            .map(|item| names.map_or_else(|| item.clone(), |names| names.in_text(item)))
            .collect();
        items.join(say("、", ", "))
    };
    for (list, zh, en) in [
        (&decision.missing, "还需了解：", "still to be asked: "),
        (&decision.blocked, "政策数值待查：", "values of law still to be found: "),
        (&decision.discretion, "须由有权机关决定：", "waits for the decision of: "),
        (&decision.unverified, "样例数值：", "made-up values: "),
    ] {
        if !list.is_empty() {
            parts.push(format!("{}{}", say(zh, en), listed(list)));
        }
    }
    parts.join(separator)
}

/// `1353元/月`, `0元/月 to 3603元/月`, or a question mark.
fn amount(payment: &Payment, language: Language) -> String {
    let with_unit = |number: &str| match language {
        Language::Zh => format!("{number}{}", payment.unit),
        Language::En => format!("{number} {}", unit_in_english(&payment.unit)),
    };
    if let Some(amount) = &payment.amount {
        return with_unit(amount);
    }
    let bounds = payment.bounds.as_ref();
    let low = bounds.and_then(|bounds| bounds.low.as_deref());
    let high = bounds.and_then(|bounds| bounds.high.as_deref());
    match (low, high, language) {
        (Some(low), Some(high), Language::Zh) => format!("{low}至{}", with_unit(high)),
        (Some(low), Some(high), Language::En) => format!("{low} to {}", with_unit(high)),
        (Some(low), None, Language::Zh) => format!("不低于{}", with_unit(low)),
        (Some(low), None, Language::En) => format!("at least {}", with_unit(low)),
        (None, Some(high), Language::Zh) => format!("不超过{}", with_unit(high)),
        (None, Some(high), Language::En) => format!("at most {}", with_unit(high)),
        (None, None, _) => "?".to_owned(),
    }
}

/// `CNY/month` for 元/月; a unit that a policy declares stays as it is.
pub(super) fn unit_in_english(unit: &str) -> String {
    parse_unit_text(unit).map_or_else(|| unit.to_owned(), |(unit, _)| unit.en(|_| String::new()))
}

fn lines(rows: &[[String; 4]]) -> String {
    let mut widths = [0; 4];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = columns(&visible(cell)).max(*width);
        }
    }
    let mut out = String::new();
    for row in rows {
        let cells: Vec<_> =
            row.iter().zip(widths).map(|(cell, width)| pad(&visible(cell), width)).collect();
        out.push_str(cells.join("  ").trim_end());
        out.push('\n');
    }
    out
}

fn markdown(rows: &[[String; 4]], language: Language) -> String {
    let mut out = match language {
        Language::Zh => "| 对象 | 决定 | 结论 | 说明 |\n| --- | --- | --- | --- |\n",
        Language::En => "| Subject | Decision | Result | Remark |\n| --- | --- | --- | --- |\n",
    }
    .to_owned();
    for row in rows {
        let cells: Vec<_> = row.iter().map(|cell| huize::explain::markdown::escape(cell)).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out
}
