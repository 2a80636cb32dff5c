//! A reconciliation for people to read.

use super::{Difference, Reconciliation, Verdict};
use crate::diagnostic::Language;
use crate::explain::layout::wrap;
use crate::value::grouped;

/// The order in which verdicts are told.
pub(super) const ORDER: [Verdict; 8] = [
    Verdict::ToConfirm,
    Verdict::PayAll,
    Verdict::PayMore,
    Verdict::Stop,
    Verdict::TakeBack,
    Verdict::Undecided,
    Verdict::Failed,
    Verdict::Agrees,
];

/// How many rows a line names one by one.
const MOST_ROWS: usize = 12;

/// The report as text of at most `width` columns.
#[must_use]
pub fn text(found: &Reconciliation, language: Language, width: usize) -> String {
    let page = Page { language, width: width.max(20) };
    let mut out = page.title(found);
    out.push_str(&page.summary(found));
    for verdict in ORDER {
        let of: Vec<&Difference> =
            found.differences.iter().filter(|one| one.verdict == verdict).collect();
        if of.is_empty() {
            continue;
        }
        let (name, meaning) = (page.pair(verdict.words()), page.pair(verdict.meaning()));
        out.push_str(&match language {
            Language::Zh => format!("\n━━ {name}：{meaning} ━━\n"),
            Language::En => format!("\n━━ {name}: {meaning} ━━\n"),
        });
        for one in of {
            page.difference(one, &mut out);
        }
    }
    page.card(found, &mut out);
    page.rest(found, &mut out);
    out
}

struct Page {
    language: Language,
    width: usize,
}

impl Page {
    fn say<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    fn pair(&self, (zh, en): (&'static str, &'static str)) -> &'static str {
        self.say(zh, en)
    }

    fn money(&self, amount: &str) -> String {
        match self.language {
            Language::Zh => format!("{}元", grouped(amount)),
            Language::En => format!("{} CNY", grouped(amount)),
        }
    }

    fn title(&self, found: &Reconciliation) -> String {
        let Reconciliation { policy, first, last, households, people, rows, .. } = found;
        let months = match (self.language, first == last) {
            (Language::Zh, true) => first.zh(),
            (Language::Zh, false) => format!("{}至{}", first.zh(), last.zh()),
            (Language::En, true) => first.to_string(),
            (Language::En, false) => format!("{first} to {last}"),
        };
        match (self.language, found.against_list) {
            (Language::Zh, true) => {
                format!("对账  {policy}  {months}  名册{households}户{people}人，清单{rows}行\n")
            }
            (Language::Zh, false) => {
                format!("免申即享名单  {policy}  {months}  名册{households}户{people}人\n")
            }
            (Language::En, true) => format!(
                "Reconciliation  {policy}  {months}  {households} households, {people} people; \
                 {rows} rows\n"
            ),
            (Language::En, false) => format!(
                "Entitled without an application  {policy}  {months}  {households} households, \
                 {people} people\n"
            ),
        }
    }

    /// `应补 2项 240元　应停 1项 100元　一致 12项 1,440元`
    fn summary(&self, found: &Reconciliation) -> String {
        let mut parts = Vec::new();
        for verdict in ORDER {
            let Some(total) = found.totals.get(&verdict) else { continue };
            let name = self.pair(verdict.words());
            let count = total.count;
            let mut part = match self.language {
                Language::Zh => format!("{name} {count}项"),
                Language::En => format!("{name}: {count}"),
            };
            let sum = total.sum.to_decimal_text().unwrap_or_else(|| total.sum.to_string());
            let has_sum = !matches!(verdict, Verdict::Undecided | Verdict::Failed);
            if has_sum && total.open < count {
                let least = if total.open > 0 { self.say("至少", "at least ") } else { "" };
                part.push_str(&format!("{}{least}{}", self.say(" ", ", "), self.money(&sum)));
            }
            parts.push(part);
        }
        if parts.is_empty() {
            parts.push(self.say("没有可以列出的", "nothing to list").to_owned());
        }
        format!("{}\n", self.lines(&parts.join(self.say("；", "; ")), 0))
    }

    fn lines(&self, text: &str, indent: usize) -> String {
        let pad = " ".repeat(indent);
        let lines = wrap(text, self.width.saturating_sub(indent));
        lines.iter().map(|line| format!("{pad}{line}")).collect::<Vec<_>>().join("\n")
    }

    fn difference(&self, one: &Difference, out: &mut String) {
        let mut head = vec![one.household.clone()];
        head.extend(one.person.clone());
        head.push(match (self.language, &one.alias) {
            (Language::En, Some(alias)) => alias.clone(),
            _ => one.benefit.clone(),
        });
        head.extend(one.month.map(|month| match self.language {
            Language::Zh => month.zh(),
            Language::En => month.to_string(),
        }));
        let head = format!("{}{}{}", head.join("  "), self.say("：", ": "), self.amounts(one));
        out.push_str(&self.lines(&head, 2));
        out.push('\n');
        let mut told = one.reasons.clone();
        let between = self.say("、", ", ");
        // What nobody has said matters where something is to be paid on it.
        let is_to_pay = matches!(one.verdict, Verdict::PayAll | Verdict::ToConfirm);
        for (list, zh, en, is_asked) in [
            (&one.waits_for, "要等 ", "waits for ", true),
            (&one.assumed, "没有填、按缺省计：", "defaults applied: ", is_to_pay),
        ] {
            if !list.is_empty() && is_asked {
                told.push(format!("{}{}", self.say(zh, en), some(list, between, self.language)));
            }
        }
        if !one.rows.is_empty() {
            told.push(self.rows(&one.rows));
        }
        for reason in told {
            out.push_str(&self.lines(&reason, 6));
            out.push('\n');
        }
    }

    /// `应发120元，已发100元，差20元`
    fn amounts(&self, one: &Difference) -> String {
        let due = match (&one.due, &one.due_low, &one.due_high) {
            (Some(due), _, _) => self.money(due),
            (None, Some(low), Some(high)) => match self.language {
                Language::Zh => format!("{}至{}", self.money(low), self.money(high)),
                Language::En => format!("{} to {}", self.money(low), self.money(high)),
            },
            (None, Some(low), None) if low != "0" => {
                format!("{}{}", self.say("至少", "at least "), self.money(low))
            }
            _ => self.say("未定", "undetermined").to_owned(),
        };
        let comma = self.say("，", ", ");
        let mut parts = vec![format!("{}{due}", self.say("应发", "due "))];
        if one.verdict == Verdict::ToConfirm {
            return parts.concat();
        }
        parts.push(format!("{}{}", self.say("已发", "paid "), self.money(&one.paid)));
        if let Some(difference) = &one.difference {
            let least = if one.at_least { self.say("至少", "at least ") } else { "" };
            let word = match one.verdict {
                Verdict::PayAll | Verdict::PayMore => self.say("应补", "to be paid "),
                Verdict::Stop => self.say("应停、退回", "to be stopped and taken back "),
                _ => self.say("应退", "to be taken back "),
            };
            parts.push(format!("{word}{least}{}", self.money(difference)));
        }
        parts.join(comma)
    }

    fn card(&self, found: &Reconciliation, out: &mut String) {
        if found.card.is_empty() {
            return;
        }
        out.push_str(
            self.say("\n━━ 清单和账户（一卡通）━━\n", "\n━━ The list and its accounts ━━\n"),
        );
        for finding in &found.card {
            let mut line = format!("· {}", finding.message.get(self.language));
            if !finding.rows.is_empty() {
                let rows = self.rows(&finding.rows);
                line.push_str(&match self.language {
                    Language::Zh => format!("（{rows}）"),
                    Language::En => format!(" ({rows})"),
                });
            }
            out.push_str(&self.lines(&line, 2));
            out.push('\n');
        }
    }

    /// `清单第3、4行`
    fn rows(&self, places: &[String]) -> String {
        let line = |place: &String| place.rsplit(':').next().unwrap_or(place).to_owned();
        let lines: Vec<String> = places.iter().map(line).collect();
        let shown = lines.iter().take(MOST_ROWS).cloned().collect::<Vec<_>>();
        let rest = lines.len().saturating_sub(shown.len());
        match (self.language, rest) {
            (Language::Zh, 0) => format!("清单第{}行", shown.join("、")),
            (Language::Zh, _) => format!("清单第{}行等{}行", shown.join("、"), lines.len()),
            (Language::En, 0) => format!("list, line {}", shown.join(", ")),
            (Language::En, _) => format!("list, line {} and {rest} more", shown.join(", ")),
        }
    }

    /// What was not reconciled, so that nothing is lost without a word.
    fn rest(&self, found: &Reconciliation, out: &mut String) {
        let between = self.say("、", ", ");
        let mut said = Vec::new();
        if !found.outside.is_empty() {
            let rows = self.rows(&found.outside);
            said.push(match self.language {
                Language::Zh => format!("没有对账的行（别的月份或者待遇）：{rows}"),
                Language::En => format!("not reconciled (other months or benefits): {rows}"),
            });
        }
        let mut made_up: Vec<String> = Vec::new();
        for name in found.differences.iter().flat_map(|one| &one.unverified) {
            if !made_up.contains(name) {
                made_up.push(name.clone());
            }
        }
        for (list, zh, en) in [
            (&found.not_reconciled, "没有对账的待遇：", "benefits not reconciled: "),
            (&found.ignored_columns, "没有用到的栏：", "columns that nothing reads: "),
            (&made_up, "用到样例数值，不能据以发放：", "made-up values, not for payment: "),
        ] {
            if !list.is_empty() {
                let list = some(list, between, self.language);
                said.push(format!("{}{list}", self.say(zh, en)));
            }
        }
        if !said.is_empty() {
            out.push('\n');
        }
        for line in said {
            out.push_str(&self.lines(&line, 0));
            out.push('\n');
        }
    }
}

fn some(list: &[String], between: &str, language: Language) -> String {
    let shown: Vec<&str> = list.iter().take(MOST_ROWS).map(String::as_str).collect();
    let rest = list.len().saturating_sub(shown.len());
    let text = shown.join(between);
    match (rest, language) {
        (0, _) => text,
        (_, Language::Zh) => format!("{text} 等{}项", list.len()),
        (_, Language::En) => format!("{text} and {rest} more"),
    }
}
