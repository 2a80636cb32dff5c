//! The fixed words of differences, and sentences that every form shares.

use super::names::listed;
use super::view::{
    AmountDifference, CauseKind, CauseView, DecisionDifference, Difference, PartView, SideOutcome,
    SituationView, SubjectDifference, TOTAL, Words,
};
use crate::diagnostic::Language;
use crate::explain::view::{OutcomeView, ValueView};
use crate::value::grouped;

/// The wording of `language`.
pub(super) fn say<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// `2026年4月（评估日 2026年4月30日）`
pub(super) fn situation(view: &SituationView, language: Language) -> String {
    match language {
        Language::Zh => {
            let known = view.known_on.map(|day| format!("，知悉日 {}", day.zh()));
            format!(
                "{}，{}（评估日 {}{}）",
                view.policy,
                view.period.zh(),
                view.as_of.zh(),
                known.unwrap_or_default()
            )
        }
        Language::En => {
            let known = view.known_on.map(|day| format!(", as known on {day}"));
            format!(
                "{}, {} (assessed as of {}{})",
                view.policy,
                view.period,
                view.as_of,
                known.unwrap_or_default()
            )
        }
    }
}

pub(super) fn subject(subject: &SubjectDifference, language: Language) -> String {
    if subject.id == subject.object {
        return match (language, subject.object.as_str()) {
            (Language::En, "家庭") => "household (家庭)".to_owned(),
            _ => subject.id.clone(),
        };
    }
    match (language, subject.object.as_str()) {
        (Language::Zh, object) => format!("{}（{object}）", subject.id),
        (Language::En, "人") => format!("{} (person)", subject.id),
        (Language::En, object) => format!("{} ({object})", subject.id),
    }
}

/// A name, in English with its ASCII twin.
pub(super) fn name(name: &str, alias: Option<&str>, language: Language) -> String {
    match (language, alias) {
        (Language::En, Some(alias)) => format!("{name} ({alias})"),
        _ => name.to_owned(),
    }
}

/// What an amount is called.
pub(super) fn amount(amount: &AmountDifference, language: Language) -> String {
    match (amount.id == TOTAL, language) {
        (true, Language::En) => "total".to_owned(),
        _ => name(&amount.name, amount.alias.as_deref(), language),
    }
}

/// How a decision came out on one side.
fn outcome(side: &SideOutcome, language: Language) -> String {
    let said = match &side.outcome {
        None => side.remark.get(language),
        Some(OutcomeView::Entitled) => say(language, "符合", "entitled"),
        Some(OutcomeView::NotEntitled) => say(language, "不符合", "not entitled"),
        Some(OutcomeView::Undecided) => say(language, "待定", "undecided"),
        Some(OutcomeView::Discretionary) => say(language, "酌定", "at discretion"),
        Some(OutcomeView::Failed(_)) => say(language, "出错", "could not be computed"),
    };
    said.to_owned()
}

/// `符合 → 不符合`, or `符合，没有变化`.
pub(super) fn outcomes(decision: &DecisionDifference, language: Language) -> String {
    let (before, after) = (outcome(&decision.before, language), outcome(&decision.after, language));
    if before == after {
        format!("{before}{}", say(language, "，没有变化", ", unchanged"))
    } else {
        format!("{before} → {after}")
    }
}

/// What the two sides wait for, and why one could not be computed: a line for each.
pub(super) fn open_points(decision: &DecisionDifference, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    let waits = |items: &[Words], when: &str| {
        let items: Vec<&str> = items.iter().map(|item| item.get(language)).collect();
        match language {
            Language::Zh => format!("{when}还要等：{}", items.join("、")),
            Language::En => format!("{when}, it waits for: {}", items.join(", ")),
        }
    };
    let (before, after) = (&decision.before.waits_for, &decision.after.waits_for);
    let is_same = before == after && !before.is_empty();
    for (side, zh, en) in
        [(&decision.before, "变化前", "before"), (&decision.after, "变化后", "after")]
    {
        let when = say(language, zh, en);
        if let Some(OutcomeView::Failed(error)) = &side.outcome {
            let (text, place) = (say(language, &error.zh, &error.en), &error.place);
            lines.push(match language {
                Language::Zh => format!("{when}：{text}（{}，{place}）", error.code),
                Language::En => format!("{when}: {text} ({}, {place})", error.code),
            });
        }
        if !side.waits_for.is_empty() && !is_same {
            lines.push(waits(&side.waits_for, when));
        }
    }
    if is_same {
        lines.push(waits(after, say(language, "前后都", "before and after")));
    }
    lines
}

/// Which causes turned the outcome: `甲的月工资（这一项就够）`.
pub(super) fn decisive(
    decision: &DecisionDifference,
    causes: &[CauseView],
    language: Language,
) -> String {
    let named = |id: &String| {
        let cause = causes.iter().find(|cause| cause.id == *id);
        cause.map_or(id.as_str(), |cause| cause.name.get(language)).to_owned()
    };
    let sets: Vec<String> = decision
        .decisive
        .iter()
        .map(|set| {
            let names: Vec<String> = set.iter().map(named).collect();
            match (set.len(), language) {
                (1, Language::Zh) => format!("{}（单这一项就够）", names.concat()),
                (1, Language::En) => format!("{} (enough by itself)", names.concat()),
                (_, Language::Zh) => format!("{}（合在一起才够）", names.join("、")),
                (_, Language::En) => format!("{} (only together)", names.join(" and ")),
            }
        })
        .collect();
    sets.join(say(language, "；或者 ", "; or "))
}

/// What differs and has a say, where no parts and no turning point tell it.
pub(super) fn untold(
    decision: &DecisionDifference,
    causes: &[CauseView],
    language: Language,
) -> Vec<String> {
    let is_told = decision.payments.iter().all(|amount| amount.change.is_some())
        && (decision.before.outcome == decision.after.outcome
            || !decision.decisive.is_empty()
            || !decision.payments.is_empty());
    if is_told {
        return Vec::new();
    }
    decision
        .causes
        .iter()
        .filter_map(|id| causes.iter().find(|cause| cause.id == *id))
        .map(|found| cause(found, &decision.rules, language))
        .collect()
}

/// `353元/月 → 396元/月，增加43元/月`
pub(super) fn change(amount: &AmountDifference, language: Language) -> String {
    let side = |value: &ValueView| say(language, &value.zh, &value.en).to_owned();
    let (before, after) = (side(&amount.before), side(&amount.after));
    let Some(change) = &amount.change else {
        let bounds = amount.bounds.as_ref().map(|bounds| {
            let end = |end: &Option<String>| {
                end.as_ref().map(|end| signed(end, amount.unit.get(language), language))
            };
            match (end(&bounds.low), end(&bounds.high), language) {
                (Some(low), Some(high), Language::Zh) => format!("，变化在{low}至{high}之间"),
                (Some(low), Some(high), Language::En) => format!(", changed by {low} to {high}"),
                (Some(low), None, Language::Zh) => format!("，变化不低于{low}"),
                (Some(low), None, Language::En) => format!(", changed by at least {low}"),
                (None, Some(high), Language::Zh) => format!("，变化不超过{high}"),
                (None, Some(high), Language::En) => format!(", changed by at most {high}"),
                (None, None, _) => String::new(),
            }
        });
        if before == after {
            // Bounds that are the same say nothing of how far the amounts are apart.
            return match language {
                Language::Zh => format!("前后都是{after}"),
                Language::En => format!("{after} before and after"),
            };
        }
        return format!("{before} → {after}{}", bounds.unwrap_or_default());
    };
    let unit = amount.unit.get(language);
    let size = grouped(change.trim_start_matches('-'));
    let size =
        if language == Language::Zh { format!("{size}{unit}") } else { format!("{size} {unit}") };
    match (change.as_str(), language) {
        ("0", Language::Zh) => format!("{after}，没有变化"),
        ("0", Language::En) => format!("{after}, unchanged"),
        (text, Language::Zh) if text.starts_with('-') => {
            format!("{before} → {after}，减少{size}")
        }
        (text, Language::En) if text.starts_with('-') => {
            format!("{before} → {after}, {} less", size.trim_end())
        }
        (_, Language::Zh) => format!("{before} → {after}，增加{size}"),
        (_, Language::En) => format!("{before} → {after}, {} more", size.trim_end()),
    }
}

/// `+60元/月`, `−100元/月`, `0`
pub(super) fn signed(number: &str, unit: &str, language: Language) -> String {
    let digits = match number.strip_prefix('-') {
        Some(digits) => format!("−{}", grouped(digits)),
        None if number == "0" => number.to_owned(),
        None => format!("+{}", grouped(number)),
    };
    match (unit.is_empty(), language) {
        (true, _) => digits,
        (false, Language::Zh) => format!("{digits}{unit}"),
        (false, Language::En) => format!("{digits} {unit}"),
    }
}

/// What a part is of: its causes by name, or 取整.
pub(super) fn part_names(
    part: &PartView,
    causes: &[CauseView],
    rules: &[Words],
    language: Language,
) -> Vec<String> {
    if part.causes.is_empty() {
        return vec![say(language, "取整", "rounding").to_owned()];
    }
    part.causes
        .iter()
        .map(|id| {
            let cause = causes.iter().find(|cause| cause.id == *id);
            cause.map_or_else(|| id.clone(), |cause| self::cause(cause, rules, language))
        })
        .collect()
}

/// The same by the bare names, on one line.
pub(super) fn part_short(part: &PartView, causes: &[CauseView], language: Language) -> String {
    if part.causes.is_empty() {
        return say(language, "取整", "rounding").to_owned();
    }
    let names = part.causes.iter().map(|id| {
        let cause = causes.iter().find(|cause| cause.id == *id);
        cause.map_or_else(|| id.clone(), |cause| cause.name.get(language).to_owned())
    });
    names.collect::<Vec<_>>().join(say(language, "、", ", "))
}

/// `甲的月工资：2250元/月 → 2350元/月`; `rules` are those that differ between two texts.
pub(super) fn cause(cause: &CauseView, rules: &[Words], language: Language) -> String {
    let mut text = cause.name.get(language).to_owned();
    let (before, after) = (cause.before.get(language), cause.after.get(language));
    let colon = say(language, "：", ": ");
    if cause.kind == CauseKind::Time {
        // The ages say more than the days.
        let days = format!("{}{before} → {after}", say(language, "评估日 ", "assessed on "));
        let remark = cause.remark.get(language);
        return match (remark.is_empty(), language) {
            (true, _) => format!("{text}{colon}{days}"),
            (false, Language::Zh) => format!("{text}{colon}{remark}（{days}）"),
            (false, Language::En) => format!("{text}{colon}{remark} ({days})"),
        };
    }
    if !before.is_empty() || !after.is_empty() {
        let nothing = say(language, "没有规定", "none");
        let end = |text: &str| if text.is_empty() { nothing.to_owned() } else { text.to_owned() };
        if before == after {
            text.push_str(&format!("{colon}{after}"));
        } else {
            text.push_str(&format!("{colon}{} → {}", end(before), end(after)));
        }
    }
    let differing = match cause.kind {
        CauseKind::Text => differing(rules, language),
        _ => String::new(),
    };
    let remark = if differing.is_empty() { cause.remark.get(language) } else { &differing };
    if !remark.is_empty() {
        text.push_str(&match (cause.kind, language) {
            (CauseKind::Rule, _) if before == after => format!("{colon}{remark}"),
            (_, Language::Zh) => format!("（{remark}）"),
            (_, Language::En) => format!(" ({remark})"),
        });
    }
    text
}

fn differing(rules: &[Words], language: Language) -> String {
    let names: Vec<String> = rules.iter().map(|rule| rule.get(language).to_owned()).collect();
    if names.is_empty() {
        return String::new();
    }
    let lead = say(language, "不同的有：", "these differ: ");
    format!("{lead}{}", listed(&names, say(language, "、", ", "), language))
}

/// `〔样例〕教学用数`; empty where there is no source.
pub(super) fn source(cause: &CauseView, language: Language) -> String {
    let citations = cause.source.citations.join(say(language, "；", "; "));
    match (cause.source.layer.is_empty(), language) {
        (true, _) => citations,
        (false, Language::Zh) => format!("〔{}〕{citations}", cause.source.layer),
        (false, Language::En) => format!("[{}] {citations}", cause.source.layer).trim_end().into(),
    }
}

/// Causes that do nothing, for the last lines.
pub(super) fn idle(difference: &Difference, language: Language) -> Vec<String> {
    difference
        .causes
        .iter()
        .filter(|found| !found.matters)
        .map(|found| cause(found, &[], language))
        .collect()
}

/// How the parts were found, where there are several.
pub(super) fn method(difference: &Difference, language: Language) -> Option<&'static str> {
    let mut amounts = difference
        .subjects
        .iter()
        .flat_map(|subject| &subject.decisions)
        .flat_map(|decision| &decision.payments);
    amounts.any(|amount| amount.parts.len() > 1).then(|| {
        say(
            language,
            "各项是逐项改变、按所有先后次序重算后取的平均，与列出的次序无关；取整单列；各项相加恰好等于变化额。",
            "Each part is what its cause adds, averaged over every order of changing them one by \
             one, so no order is preferred; rounding is listed by itself; the parts add up exactly.",
        )
    })
}
