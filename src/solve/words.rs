//! The fixed words of sweeps and changes, in both languages.

use super::view::{CauseKind, CauseView};
use crate::diagnostic::Language;
use crate::engine::decision::Outcome;
use crate::explain::view::{SourceView, ValueView};

/// A value in a language.
pub(super) fn value(value: &ValueView, language: Language) -> &str {
    match language {
        Language::Zh => &value.zh,
        Language::En => &value.en,
    }
}

pub(super) fn outcome(outcome: Outcome, language: Language) -> &'static str {
    let (zh, en) = super::sweep::outcome_words(outcome);
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// `低保（一）收入条件：人均月收入低于低保标准（低保标准（城镇）1201元/人·月）`
pub(super) fn cause(cause: &CauseView, language: Language) -> String {
    let trail = match cause.trail.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first, .., last] => format!("{first} → {last}"),
    };
    let who = match (cause.who.is_empty(), language) {
        (true, _) => String::new(),
        (false, Language::Zh) => format!("{}的", cause.who),
        (false, Language::En) => format!("{}: ", cause.who),
    };
    let rows: Vec<String> = cause
        .parameters
        .iter()
        .map(|row| match language {
            Language::Zh => format!("{}{}", row.id, value(&row.value, language)),
            Language::En => format!("{} {}", row.id, value(&row.value, language)),
        })
        .collect();
    let rows = match (rows.is_empty(), language) {
        (true, _) => String::new(),
        (false, Language::Zh) => format!("，{}", rows.join("，")),
        (false, Language::En) => format!("; {}", rows.join(", ")),
    };
    let text = format!("{who}{}", cause.text);
    let kind = match (cause.kind, language) {
        (CauseKind::Branch | CauseKind::Law, _) => "",
        (CauseKind::Step, Language::Zh) => "（取整进位）",
        (CauseKind::Step, Language::En) => " (the next step of rounding)",
        (CauseKind::Product | CauseKind::TooLarge | CauseKind::Unfollowed, Language::Zh) => {
            "（逐点计算）"
        }
        (CauseKind::Product | CauseKind::TooLarge | CauseKind::Unfollowed, Language::En) => {
            " (point by point)"
        }
    };
    let mark = match language {
        Language::Zh => "：",
        Language::En => ": ",
    };
    if trail.is_empty() {
        format!("{text}{rows}{kind}")
    } else {
        format!("{trail}{mark}{text}{rows}{kind}")
    }
}

/// `〔国家〕《暂行办法》第九条`
pub(super) fn source(source: &SourceView, language: Language) -> String {
    if source.citations.is_empty() {
        return String::new();
    }
    match language {
        Language::Zh => format!("〔{}〕{}", source.layer, source.citations.join("；")),
        Language::En => format!("[{}] {}", source.layer, source.citations.join("; ")),
    }
}

/// Rates of change.
pub(super) mod slope {
    use crate::diagnostic::Language;
    use crate::value::{Rational, parse_decimal};

    /// The heading of the column.
    pub(crate) fn heading(unit: &str, language: Language) -> String {
        let unit = unit.split(['/', '·']).next().unwrap_or("");
        match language {
            Language::Zh => format!("每多1{unit}"),
            Language::En => "per 1 more".to_owned(),
        }
    }

    /// `少1元`; `不变`; of no straight line a word that says so.
    pub(crate) fn words(slope: Option<&str>, unit: &str, language: Language) -> String {
        let Some(slope) = slope else {
            return match language {
                Language::Zh => "不定".to_owned(),
                Language::En => "not fixed".to_owned(),
            };
        };
        let unit = unit.split(['/', '·']).next().unwrap_or("");
        let size = slope.trim_start_matches('-');
        let about = number(size);
        match (slope == "0", slope.starts_with('-'), language) {
            (true, _, Language::Zh) => "不变".to_owned(),
            (true, _, Language::En) => "the same".to_owned(),
            (_, true, Language::Zh) => format!("少{about}{unit}"),
            (_, false, Language::Zh) => format!("多{about}{unit}"),
            (_, true, Language::En) => format!("{about} less"),
            (_, false, Language::En) => format!("{about} more"),
        }
    }

    /// A decimal as it is; a fraction to four places.
    fn number(text: &str) -> String {
        let Some((over, under)) = text.split_once('/') else { return text.to_owned() };
        let exact = parse_decimal(over).ok().zip(parse_decimal(under).ok());
        let value = exact.and_then(|(a, b): (Rational, Rational)| a.checked_div(b).ok());
        value.map_or_else(|| text.to_owned(), |value| value.approximate(4))
    }
}
