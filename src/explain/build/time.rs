//! Conditions about time: ages, durations, dates, earlier months.

use super::compare::{exact, known_date, name_of};
use crate::diagnostic::Language;
use crate::engine::decide::held_of;
use crate::eval::Value;
use crate::explain::view::{ConditionView, Held, Margin};
use crate::explain::words;
use crate::hir::{DefinitionId, DefinitionKind, NodeId, NodeKind};
use crate::input::InstanceId;
use crate::syntax::ast::{Comparison, LookBackKind};
use crate::trace::Trace;
use crate::types::Type;
use crate::value::{Date, LeapBirthday, Rational, YearMonth};

/// Tells a comparison of an age with a number of years, and whether it is one: `17周岁，差2个月3天
/// 满18周岁`. Only 达到 and 不满 are about a birthday; 超过 is about the number of years.
pub(super) fn age(
    trace: &Trace<'_>,
    (left, operator): (NodeId, Comparison),
    (years, wanted): (Rational, Rational),
    who: InstanceId,
    shown: &mut ConditionView,
) -> bool {
    let asks = match operator {
        Comparison::GreaterOrEqual => true,
        Comparison::Less => false,
        _ => return false,
    };
    let Some((birth, on, leap)) = birth_and_day(trace, left, who) else { return false };
    let Some(target) = wanted.to_i64().and_then(|years| i32::try_from(years).ok()) else {
        return false;
    };
    if wanted != Rational::from_integer(i64::from(target)) {
        return false;
    }
    let Ok(birthday) = birth.birthday(target, leap) else { return false };
    let (Some(now), Ok(gap)) = (years.to_i64(), years.checked_sub(wanted)) else { return false };
    let reached = birthday <= on;
    let margin = if reached {
        Margin {
            zh: format!("已满{target}周岁"),
            en: format!("has turned {target}"),
            value: exact(gap),
            unit: "岁".to_owned(),
            on: Some(birthday.to_string()),
        }
    } else {
        Margin {
            zh: format!("差{}满{target}周岁", span(on, birthday, Language::Zh)),
            en: format!("{} short of {target}", span(on, birthday, Language::En)),
            value: exact(gap),
            unit: "岁".to_owned(),
            on: Some(birthday.to_string()),
        }
    };
    shown.sentence = match (trace.language, reached, asks) {
        (Language::Zh, true, true) => format!("{now}周岁，已满{target}周岁"),
        (Language::Zh, true, false) => {
            format!("{now}周岁，已满{target}周岁（{}满）", birthday.zh())
        }
        (Language::Zh, false, true) => {
            format!("{now}周岁，{}（{}满）", margin.zh, birthday.zh())
        }
        (Language::Zh, false, false) => {
            format!("{now}周岁，不满{target}周岁（{}满）", birthday.zh())
        }
        (Language::En, true, true) => format!("aged {now}, {}", margin.en),
        (Language::En, true, false) => format!("aged {now}, {} (on {birthday})", margin.en),
        (Language::En, false, true) => {
            format!("aged {now}, {} (turns {target} on {birthday})", margin.en)
        }
        (Language::En, false, false) => {
            format!("aged {now}, under {target} (turns {target} on {birthday})")
        }
    };
    shown.margin = Some(margin);
    true
}

/// The birth and the day that an age was taken from, where the node is nothing but an age.
fn birth_and_day(
    trace: &Trace<'_>,
    node: NodeId,
    who: InstanceId,
) -> Option<(Date, Date, LeapBirthday)> {
    let mut at = trace.current(node);
    loop {
        at = match trace.kind(at)? {
            NodeKind::Use { root, .. } => trace.current(*root),
            NodeKind::Age(birth, on, leap) => {
                let birth = known_date(trace, *birth, who)?;
                let on = known_date(trace, *on, who)?;
                return (birth <= on).then_some((birth, on, *leap));
            }
            _ => return None,
        };
    }
}

/// `2个月3天`, `1年4个月`: the two largest parts of the time between two days, days left out beside
/// years.
pub(super) fn span(from: Date, to: Date, language: Language) -> String {
    let months = Date::whole_months_between(from, to);
    let days = from.plus_months(months).map_or(0, |from| Date::days_between(from, to));
    let (years, months) = (months / 12, months % 12);
    let part = |count: i64, zh: &str, en: &str| match language {
        Language::Zh => format!("{count}{zh}"),
        Language::En if count == 1 => format!("1 {en}"),
        Language::En => format!("{count} {en}s"),
    };
    let mut parts = Vec::new();
    if years > 0 {
        parts.push(part(i64::from(years), "年", "year"));
    }
    if months > 0 {
        parts.push(part(i64::from(months), "个月", "month"));
    }
    if years == 0 && (days > 0 || months == 0) {
        parts.push(part(days, "天", "day"));
    }
    parts.join(words::say(language, "", " and "))
}

/// The days between two dates that were compared.
pub(super) fn days_apart(a: Date, b: Date, against: &str) -> Option<Margin> {
    let days = Date::days_between(b, a);
    let count = days.checked_abs()?;
    let s = if count == 1 { "" } else { "s" };
    let (zh, en) = match days {
        0 => (format!("就是{against}"), format!("the same day as {against}")),
        ..0 => (format!("比{against}早{count}天"), format!("{count} day{s} before {against}")),
        _ => (format!("比{against}晚{count}天"), format!("{count} day{s} after {against}")),
    };
    Some(Margin { zh, en, value: days.to_string(), unit: "天".to_owned(), on: None })
}

/// 满（since，duration）: whether so long has passed.
pub(super) fn elapsed(trace: &Trace<'_>, node: NodeId, who: InstanceId, shown: &mut ConditionView) {
    let Some(NodeKind::Elapsed { since, duration, on, reading }) = trace.kind(node) else {
        return;
    };
    let name = name_of(trace, *since);
    let name = if name.is_empty() { shown.text.clone() } else { name };
    let ty = trace.program.node(*duration).map_or(Type::Error, |node| node.ty.clone());
    let length = trace.shown(&trace.value(*duration, who), &ty);
    let start = trace.value(*since, who);
    let known = (
        known_date(trace, *since, who),
        known_date(trace, *on, who),
        trace.value(*duration, who).as_number().and_then(Rational::to_i64),
    );
    let (Some(from), Some(today), Some(count)) = known else {
        let said = if trace.is_masked(*since, who) {
            crate::trace::MASK.to_owned()
        } else {
            let ty = trace.program.node(*since).map_or(Type::Error, |node| node.ty.clone());
            trace.shown(&start, &ty)
        };
        shown.sentence = if matches!(start, Value::Absent(_)) || shown.held == Held::Unknown {
            trace.said(&name, &said)
        } else {
            trace.said(&shown.text, words::truth(shown.held, trace.language))
        };
        shown.filled.clone_from(&shown.sentence);
        return;
    };
    let by_months = ty
        .unit()
        .is_some_and(|unit| *unit == crate::value::Unit::of(crate::value::Dimension::Month));
    let end = match i32::try_from(count) {
        Ok(months) if by_months && reading.rolling => from.plus_months_rolling(months),
        Ok(months) if by_months => from.plus_months(months),
        _ => from.plus_days(count),
    };
    let end =
        end.and_then(|end| if reading.first_day_counted { end.plus_days(-1) } else { Ok(end) });
    let Ok(end) = end else { return };
    let margin = if end <= today {
        Margin {
            zh: format!("已满{length}"),
            en: format!("{length} have passed"),
            value: Date::days_between(end, today).to_string(),
            unit: "天".to_owned(),
            on: Some(end.to_string()),
        }
    } else {
        Margin {
            zh: format!("差{}满{length}", span(today, end, Language::Zh)),
            en: format!("{} short of {length}", span(today, end, Language::En)),
            value: Date::days_between(end, today).to_string(),
            unit: "天".to_owned(),
            on: Some(end.to_string()),
        }
    };
    shown.sentence = match trace.language {
        Language::Zh => format!("{name} {}，{}（{}满）", from.zh(), margin.zh, end.zh()),
        Language::En => format!("{name} {from}, {} (on {end})", margin.en),
    };
    shown.filled.clone_from(&shown.sentence);
    shown.margin = Some(margin);
}

/// 近6个月内曾, 连续3个月: in which of the months it was so.
pub(super) fn window(trace: &Trace<'_>, node: NodeId, who: InstanceId, shown: &mut ConditionView) {
    let Some(NodeKind::Window { kind, months, body }) = trace.kind(node) else { return };
    let whole = trace.said(&shown.text, words::truth(shown.held, trace.language));
    let range = match kind {
        LookBackKind::EverWithin | LookBackKind::Consecutive => 0..=months.saturating_sub(1),
        LookBackKind::EverBefore | LookBackKind::SumBefore => 1..=*months,
    };
    // The months that settle it: the one in which it was so, those in which it was not.
    let wanted = match (kind, shown.held) {
        (LookBackKind::Consecutive, Held::No) => Held::No,
        (LookBackKind::Consecutive, Held::Yes) => Held::Yes,
        (_, Held::Yes) => Held::Yes,
        (_, Held::No) => Held::No,
        (_, held) => held,
    };
    let settling: Vec<YearMonth> = range
        .rev()
        .filter(|back| held_before(trace, *body, who, *back) == Some(wanted))
        .filter_map(|back| month_before(trace, back))
        .collect();
    shown.filled.clone_from(&whole);
    shown.sentence = if settling.is_empty() {
        whole
    } else {
        let months = month_list(&settling, trace.language);
        let truth = words::truth(wanted, trace.language);
        match trace.language {
            Language::Zh => format!("{whole}（{months}：{truth}）"),
            Language::En => format!("{whole} ({months}: {truth})"),
        }
    };
}

fn held_before(trace: &Trace<'_>, node: NodeId, who: InstanceId, back: u32) -> Option<Held> {
    let frame = trace.evaluation.frames.get(usize::try_from(back).ok()?)?;
    frame.get(node, who).map(|value| held_of(trace, value))
}

fn month_before(trace: &Trace<'_>, back: u32) -> Option<YearMonth> {
    let back = i32::try_from(back).ok()?;
    trace.evaluation.question.period.plus_months(back.checked_neg()?).ok()
}

/// Months in order, runs of them by their ends: `2023年1月至4月、6月`.
fn month_list(months: &[YearMonth], language: Language) -> String {
    let mut runs: Vec<(YearMonth, YearMonth)> = Vec::new();
    for month in months {
        match runs.last_mut() {
            Some((_, last)) if month.months_since(*last) == 1 => *last = *month,
            _ => runs.push((*month, *month)),
        }
    }
    let mut year = None;
    let mut said = |month: YearMonth| match language {
        Language::En => month.to_string(),
        Language::Zh if year == Some(month.year()) => format!("{}月", month.month()),
        Language::Zh => {
            year = Some(month.year());
            month.zh()
        }
    };
    let mut parts = Vec::new();
    for (first, last) in runs {
        let start = said(first);
        parts.push(if first == last {
            start
        } else {
            format!("{start}{}{}", words::say(language, "至", " to "), said(last))
        });
    }
    parts.join(words::say(language, "、", ", "))
}

/// 上月的X: what it was, and where that is known from.
pub(super) fn shifted(
    trace: &Trace<'_>,
    definition: DefinitionId,
    months: u32,
    who: InstanceId,
    shown: &mut ConditionView,
) {
    let is_decision = trace
        .program
        .definition(definition)
        .is_some_and(|found| matches!(found.kind, DefinitionKind::Entitlement(_)));
    let value = if is_decision {
        words::decided(shown.held, trace.language)
    } else {
        words::truth(shown.held, trace.language)
    };
    let said = trace.said(&shown.text, value);
    let Some(month) = month_before(trace, months) else {
        shown.sentence = said;
        return;
    };
    let recorded = trace.case.history.contains_key(&(month, definition, who));
    shown.sentence = match (trace.language, recorded, shown.held) {
        (Language::Zh, true, _) => format!("{said}（{}，据登记）", month.zh()),
        (Language::En, true, _) => format!("{said} ({month}, as recorded)"),
        (Language::Zh, false, Held::Yes | Held::No) => {
            format!("{said}（{}，没有登记，按当月情况推算）", month.zh())
        }
        (Language::En, false, Held::Yes | Held::No) => {
            format!("{said} ({month}, not recorded: worked out from the facts)")
        }
        (Language::Zh, false, _) => format!("{said}（{}，没有登记）", month.zh()),
        (Language::En, false, _) => format!("{said} ({month}, not recorded)"),
    };
    shown.filled.clone_from(&shown.sentence);
}
