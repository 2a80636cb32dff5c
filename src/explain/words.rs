//! The fixed words of explanations, in both languages, and texts that every form shares.

use super::view::{
    ConditionView, DefinitionView, Explanation, FactStatus, FactView, Held, LayerView, OutcomeView,
    ParameterStatus, ParameterView, Role, SourceView, StepView, SubjectView, TermView, ValueView,
};
use crate::diagnostic::Language;
use crate::value::Date;

/// The wording of `language`.
pub(super) fn say<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

pub(super) fn value(value: &ValueView, language: Language) -> &str {
    say(language, &value.zh, &value.en)
}

pub(super) fn outcome(outcome: &OutcomeView, language: Language) -> &'static str {
    match outcome {
        OutcomeView::Entitled => say(language, "符合", "entitled"),
        OutcomeView::NotEntitled => say(language, "不符合", "not entitled"),
        OutcomeView::Undecided => say(language, "待定", "undecided"),
        OutcomeView::Discretionary => say(language, "酌定", "at discretion"),
        OutcomeView::Failed(_) => say(language, "出错", "could not be computed"),
    }
}

/// What stands over the refusals of a place.
pub(super) fn refused_title(count: usize, language: Language) -> String {
    match language {
        Language::Zh => format!("不符合的各项和理由（{count}项）"),
        Language::En => format!("Not entitled, and why ({count})"),
    }
}

/// What is said of a policy of which nothing was decided; nothing where something was, or where it
/// is said already that nothing was in force.
pub(super) fn nothing_decided(
    explanation: &Explanation,
    language: Language,
) -> Option<&'static str> {
    let is_told = !explanation.not_in_force.is_empty() || explanation.policy.place.is_some();
    let is_empty = explanation.subjects.iter().all(|subject| subject.decisions.is_empty());
    (is_empty && !is_told).then(|| {
        say(
            language,
            "这项政策没有作出决定；有目标的，用 huize targets 回答。",
            "This policy decides nothing; `huize targets` answers its targets.",
        )
    })
}

/// How a decision came out that a condition names.
pub(super) fn decided(held: Held, language: Language) -> &'static str {
    match held {
        Held::Yes => say(language, "符合", "entitled"),
        Held::No => say(language, "不符合", "not entitled"),
        Held::Unknown => say(language, "待定", "undecided"),
        Held::Discretion => say(language, "酌定", "at discretion"),
        Held::Error => say(language, "无法计算", "could not be computed"),
    }
}

/// How a rule came out that a condition names.
pub(super) fn truth(held: Held, language: Language) -> &'static str {
    match held {
        Held::Yes => say(language, "是", "yes"),
        Held::No => say(language, "否", "no"),
        Held::Unknown => say(language, "未知", "unknown"),
        Held::Discretion | Held::Error => self::held(held, language),
    }
}

pub(super) fn mark(held: Held) -> &'static str {
    match held {
        Held::Yes => "✓",
        Held::No => "✗",
        Held::Unknown => "?",
        Held::Discretion => "○",
        Held::Error => "!",
    }
}

/// The mark of a choice or an exception: one that does not apply is no failure.
pub(super) fn choice_mark(applied: Held) -> &'static str {
    if applied == Held::No { "·" } else { mark(applied) }
}

pub(super) fn held(held: Held, language: Language) -> &'static str {
    match held {
        Held::Yes => say(language, "满足", "met"),
        Held::No => say(language, "不满足", "not met"),
        Held::Unknown => say(language, "尚不能确定", "not yet known"),
        Held::Discretion => say(language, "由有关部门酌定", "for an authority to decide"),
        Held::Error => say(language, "无法计算", "could not be computed"),
    }
}

pub(super) fn applied(held: Held, language: Language) -> &'static str {
    match held {
        Held::Yes => say(language, "适用", "applies"),
        Held::No => say(language, "不适用", "does not apply"),
        Held::Unknown | Held::Discretion | Held::Error => self::held(held, language),
    }
}

/// `家庭 · 低保`, `甲（人）· 低保`.
pub(super) fn subject(subject: &SubjectView, language: Language) -> String {
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

/// `《社会救助暂行办法》第九条；…`
fn citations(source: &SourceView, language: Language) -> String {
    source.citations.join(say(language, "；", "; "))
}

/// The layer and the citations: `〔国家〕《社会救助暂行办法》第九条`.
pub(super) fn source(source: &SourceView, language: Language) -> String {
    let citations = citations(source, language);
    match (source.layer.is_empty(), language) {
        (true, _) => citations,
        (false, Language::Zh) => format!("〔{}〕{citations}", source.layer),
        (false, Language::En) => format!("[{}] {citations}", source.layer).trim_end().to_owned(),
    }
}

/// `确认日的次月，自2023年7月起发，本月尚未起发`.
pub(super) fn term(term: &TermView, language: Language) -> String {
    let month = term.month.map(|month| match language {
        Language::Zh => month.zh(),
        Language::En => month.to_string(),
    });
    let (zh, en) = match (month, term.stops, term.held) {
        (Some(month), false, Held::No) => {
            (format!("自{month}起发，本月还没有起发"), format!("from {month}; not this month yet"))
        }
        (Some(month), false, _) => (format!("自{month}起发"), format!("from {month}")),
        (Some(month), true, Held::No) => {
            (format!("自{month}起停发，本月已经停发"), format!("stopped from {month}"))
        }
        (Some(month), true, _) => (format!("自{month}起停发"), format!("will stop from {month}")),
        (None, false, Held::Yes) => {
            ("没有这个日期，按已起发计".to_owned(), "no such day; taken as started".to_owned())
        }
        (None, true, Held::Yes) => {
            ("没有这个日期，按未停发计".to_owned(), "no such day; taken as going on".to_owned())
        }
        (None, ..) => ("日期未知".to_owned(), "the day is not known".to_owned()),
    };
    format!("{}{}{}", term.text, say(language, "，", ": "), say(language, &zh, &en))
}

/// What a term is called.
pub(super) fn term_name(term: &TermView, language: Language) -> &'static str {
    if term.stops { say(language, "停发", "stops") } else { say(language, "起发", "starts") }
}

/// What layers cite in their headers, each once: `〔国家〕《社会救助暂行办法》`.
pub(super) fn instruments(layers: &[LayerView], language: Language) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for layer in layers {
        for citation in &layer.citations {
            let text = match language {
                Language::Zh => format!("〔{}〕{citation}", layer.place),
                Language::En => format!("[{}] {citation}", layer.place),
            };
            // Several benefits of a place may stand on one instrument.
            if !said.contains(&text) {
                said.push(text);
            }
        }
    }
    said
}

/// `自2023年1月1日起至2023年12月31日止，2023年2月1日发布`.
pub(super) fn validity(parameter: &ParameterView, language: Language) -> String {
    let date = |text: &String| match (language, text.parse::<Date>()) {
        (Language::Zh, Ok(date)) => date.zh(),
        _ => text.clone(),
    };
    let from = parameter.from.as_ref().map(date);
    let until = parameter.until.as_ref().map(date);
    let published = parameter.published.as_ref().map(date);
    match language {
        Language::Zh => {
            let mut words = match (from, until) {
                (Some(from), Some(until)) => format!("自{from}起至{until}止"),
                (Some(from), None) => format!("自{from}起"),
                (None, Some(until)) => format!("至{until}止"),
                (None, None) => "未限定日期".to_owned(),
            };
            if let Some(day) = published {
                words.push_str(&format!("，{day}发布"));
            }
            if let Some(days) = parameter.days {
                words.push_str(&format!("，按日折算，本月计{days}天"));
            }
            words
        }
        Language::En => {
            let mut words = match (from, until) {
                (Some(from), Some(until)) => format!("in force from {from} to {until}"),
                (Some(from), None) => format!("in force from {from}"),
                (None, Some(until)) => format!("in force until {until}"),
                (None, None) => "no dates given".to_owned(),
            };
            if let Some(day) = published {
                words.push_str(&format!(", published {day}"));
            }
            if let Some(days) = parameter.days {
                words.push_str(&format!(", by days: {days} of this month"));
            }
            words
        }
    }
}

pub(super) fn parameter_status(parameter: &ParameterView, language: Language) -> &'static str {
    match parameter.status {
        ParameterStatus::Known if parameter.source.citations.is_empty() => {
            say(language, "未注明出处", "no source named")
        }
        ParameterStatus::Known => say(language, "有出处", "from a named source"),
        ParameterStatus::Sample => {
            say(language, "样例：教学用数值，不是现行标准", "sample: made up for teaching, not law")
        }
        ParameterStatus::Pending => {
            say(language, "待查：文件尚未查到", "pending: the document is still to be found")
        }
        ParameterStatus::Unfilled => {
            say(language, "由地方规定，尚无规定", "left to the locality, which has not set it")
        }
    }
}

/// What the value of a fact does not say by itself; empty for one that was simply given.
pub(super) fn fact_remark(fact: &FactView, language: Language) -> &'static str {
    let remark = fact_status(fact.status, language);
    if remark == value(&fact.value, language) { "" } else { remark }
}

fn fact_status(status: FactStatus, language: Language) -> &'static str {
    match status {
        FactStatus::Given => "",
        FactStatus::Assumed => say(language, "未提供，按缺省计", "not given, default applied"),
        FactStatus::Unknown => say(language, "未提供", "not given"),
        FactStatus::Refused => say(language, "拒答", "refused"),
        FactStatus::Absent => say(language, "无", "none"),
    }
}

/// `（一）收入条件`, `例外（在校学生）`, or the text of a condition that has no label.
pub(super) fn condition_name(condition: &ConditionView, language: Language) -> String {
    let name = if condition.label.is_empty() { &condition.text } else { &condition.label };
    if condition.role == Role::Exception {
        return exception_name(name, language);
    }
    if condition.label.is_empty() && is_list(&condition.children) {
        return condition.number.clone();
    }
    format!("{}{name}", condition.number)
}

pub(super) fn exception_name(label: &str, language: Language) -> String {
    match (label.is_empty(), language) {
        (true, Language::Zh) => "例外".to_owned(),
        (true, Language::En) => "exception".to_owned(),
        (false, Language::Zh) => format!("例外（{label}）"),
        (false, Language::En) => format!("exception ({label})"),
    }
}

/// Whether conditions are the items of a list, which say all that the text of the list says.
pub(super) fn is_list(conditions: &[ConditionView]) -> bool {
    conditions.iter().any(|condition| !condition.number.is_empty())
}

/// Whether what stands below a rule says all that its text does: the items of a list, or a lone
/// condition.
pub(super) fn says_the_formula(rule: &DefinitionView) -> bool {
    let is_lone = matches!(rule.conditions.as_slice(), [only] if only.text == formula(&rule.text));
    is_lone || is_list(&rule.conditions) || rule.items.iter().any(|item| !item.number.is_empty())
}

/// What a step is: 取整 or 限额.
pub(super) fn step_kind(step: &StepView) -> (&'static str, &'static str) {
    let is_bound = ["保底", "封顶", "floor", "cap"].iter().any(|word| step.text.contains(word));
    if is_bound { ("限额", "bound") } else { ("取整", "rounding") }
}

/// `向上取整到1元：1,352.4元/月 → 1,353元/月`
pub(super) fn step(step: &StepView, language: Language) -> String {
    let before = value(&step.before, language);
    let after = value(&step.after, language);
    let change = if before == after {
        format!("{before}{}", say(language, "，不变", ", unchanged"))
    } else {
        format!("{before} → {after}")
    };
    format!("{}{}{change}", step.text, say(language, "：", ": "))
}

/// One condition on one line: `（一）收入条件：不满足，人均月收入 1,250元，比低保标准（1,201元）高出
/// 49元`.
pub(super) fn condition_line(condition: &ConditionView, language: Language) -> String {
    let name = condition_name(condition, language);
    let state = match condition.role {
        Role::Exception => applied(condition.held, language),
        Role::Part | Role::Member => held(condition.held, language),
    };
    let combinator = combinator(condition.combinator.as_ref(), language);
    let sentence = &condition.sentence;
    let colon = say(language, "：", ": ");
    let is_named = !condition.label.is_empty() || !condition.number.is_empty();
    if name.is_empty() {
        return format!("{state}{combinator}");
    }
    if !is_named && !sentence.is_empty() {
        // 在业：是 says it; 在业：满足（在业：是） says it twice.
        return format!("{sentence}{combinator}");
    }
    // 重度残疾：不满足（重度残疾：否） says it twice too.
    let is_repeated = condition.margin.is_none() && sentence.starts_with(&format!("{name}{colon}"));
    let is_repeated = is_repeated || sentence.starts_with(&format!("{}{colon}", condition.label));
    if sentence.is_empty() || is_repeated && !condition.label.is_empty() {
        return format!("{name}{colon}{state}{combinator}");
    }
    let sentence = match (condition.margin.is_some(), language) {
        (true, Language::Zh) => format!("，{sentence}"),
        (true, Language::En) => format!(", {sentence}"),
        (false, Language::Zh) => format!("（{sentence}）"),
        (false, Language::En) => format!(" ({sentence})"),
    };
    format!("{name}{colon}{state}{sentence}{combinator}")
}

/// `（同时符合）`, or nothing.
pub(super) fn combinator(combinator: Option<&(String, String)>, language: Language) -> String {
    match (combinator, language) {
        (None, _) => String::new(),
        (Some((zh, _)), Language::Zh) => format!("（{zh}）"),
        (Some((_, en)), Language::En) => format!(" ({en})"),
    }
}

/// The text of a formula without its leading equals sign.
pub(super) fn formula(text: &str) -> &str {
    text.trim_start_matches(['=', '＝', ' '])
}

/// Where a condition stands among the reasons for an outcome: what failed comes first.
pub(super) fn urgency(held: Held) -> u8 {
    match held {
        Held::Error => 0,
        Held::No => 1,
        Held::Unknown => 2,
        Held::Discretion => 3,
        Held::Yes => 4,
    }
}

/// `甲.服刑=否`, `乙.服刑=否` as `服刑=否（甲、乙）`: one line for each field.
pub(super) fn by_field(paths: &[String], language: Language) -> Vec<String> {
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    for path in paths {
        let (who, what) = match path.split_once('.') {
            // The stop may belong to a decimal in the value.
            Some((who, what)) if !who.contains('=') => (Some(who), what),
            _ => (None, path.as_str()),
        };
        match fields.iter_mut().find(|(known, _)| *known == what) {
            Some((_, people)) => people.extend(who),
            None => fields.push((what, who.into_iter().collect())),
        }
    }
    fields
        .into_iter()
        .map(|(what, people)| match (people.is_empty(), language) {
            (true, _) => what.to_owned(),
            (false, Language::Zh) => format!("{what}（{}）", people.join("、")),
            (false, Language::En) => format!("{what} ({})", people.join(", ")),
        })
        .collect()
}

/// `低保（甲、乙）`; of the household alone just the name.
pub(crate) fn about(name: &str, people: &[String], language: Language) -> String {
    if people.iter().all(String::is_empty) {
        return name.to_owned();
    }
    let household = if language == Language::Zh { "家庭" } else { "household" };
    let people: Vec<&str> =
        people.iter().map(|who| if who.is_empty() { household } else { who.as_str() }).collect();
    match language {
        Language::Zh => format!("{name}（{}）", people.join("、")),
        Language::En => format!("{name} ({})", people.join(", ")),
    }
}
