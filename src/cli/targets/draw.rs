//! The answers to targets, as text and as Markdown.

use huize::diagnostic::{Bilingual, Language};
use huize::engine::targets::report::{
    FigureAnswer, TargetAnswer, TargetReport, TargetStatus, UndecidedCase, term_words,
};
use huize::explain::layout::wrap;
use huize::explain::markdown::escape;
use huize::explain::view::ValueView;

use super::Terminal;

/// How many things that are not decided are shown one by one.
const MOST_SHOWN: usize = 10;

struct Words {
    language: Language,
}

pub(super) fn text(report: &TargetReport, terminal: &Terminal) -> String {
    let words = Words { language: terminal.language };
    let mut out = format!("{}\n", words.title(report));
    for answer in &report.answers {
        let (mark, status) = words.status(answer.status);
        let term = term_words(answer);
        out.push_str(&format!("\n{mark} {}  {}  {status}\n", words.name(answer), words.of(&term)));
        for line in words.lines(answer) {
            let mut wrapped = wrap(&line, terminal.width.saturating_sub(6)).into_iter();
            out.push_str(&format!("    {}\n", wrapped.next().unwrap_or_default()));
            for rest in wrapped {
                out.push_str(&format!("      {rest}\n"));
            }
        }
    }
    if let Some(outside) = words.outside(report) {
        out.push_str(&format!("\n{outside}\n"));
    }
    out
}

pub(super) fn markdown(report: &TargetReport, language: Language) -> String {
    let words = Words { language };
    let mut out = format!("# {}\n\n", escape(&words.title(report)));
    out.push_str(words.say(
        "| 目标 | 期间 | 结论 | 说明 |\n| --- | --- | --- | --- |\n",
        "| Target | Term | Result | Remark |\n| --- | --- | --- | --- |\n",
    ));
    for answer in &report.answers {
        let (_, status) = words.status(answer.status);
        let term = term_words(answer);
        let remark: Vec<String> = words.lines(answer).iter().map(|line| escape(line)).collect();
        out.push_str(&format!(
            "| {} | {} | {status} | {} |\n",
            escape(words.name(answer)),
            escape(words.of(&term)),
            remark.join("<br>")
        ));
    }
    if let Some(outside) = words.outside(report) {
        out.push_str(&format!("\n{}\n", escape(&outside)));
    }
    out
}

impl Words {
    fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    fn of<'a>(&self, both: &'a Bilingual) -> &'a str {
        self.say(&both.zh, &both.en)
    }

    fn value<'a>(&self, value: &'a ValueView) -> &'a str {
        self.say(&value.zh, &value.en)
    }

    fn name<'a>(&self, answer: &'a TargetAnswer) -> &'a str {
        match (self.language, &answer.alias) {
            (Language::En, Some(alias)) => alias,
            _ => &answer.target,
        }
    }

    fn title(&self, report: &TargetReport) -> String {
        let TargetReport { policy, first, last, cases, .. } = report;
        let months = match (self.language, first == last) {
            (Language::Zh, true) => first.zh(),
            (Language::Zh, false) => format!("{}至{}", first.zh(), last.zh()),
            (Language::En, true) => first.to_string(),
            (Language::En, false) => format!("{first} to {last}"),
        };
        match self.language {
            Language::Zh => format!("{policy}  {months}  共{cases}件"),
            Language::En => format!("{policy}  {months}  {cases} entries"),
        }
    }

    fn status(&self, status: TargetStatus) -> (&'static str, &'static str) {
        let (mark, zh, en) = match status {
            TargetStatus::Met => ("✓", "完成", "met"),
            TargetStatus::NotMet => ("✗", "未完成", "not met"),
            TargetStatus::Undecided => ("?", "待定", "undecided"),
            TargetStatus::Failed => ("!", "未能计算", "could not be computed"),
        };
        match self.language {
            Language::Zh => (mark, zh),
            Language::En => (mark, en),
        }
    }

    fn lines(&self, answer: &TargetAnswer) -> Vec<String> {
        let mut lines: Vec<String> =
            answer.figures.iter().map(|figure| self.figure(figure)).collect();
        if let (true, Some(error)) = (answer.figures.is_empty(), &answer.error) {
            lines.push(self.say(&error.zh, &error.en).to_owned());
        }
        lines.extend(self.undecided(answer));
        let between = self.say("、", ", ");
        for (list, zh, en) in [
            (&answer.blocked, "政策数值待查：", "values of law still to be found: "),
            (&answer.unverified, "样例数值：", "made-up values: "),
        ] {
            if !list.is_empty() {
                lines.push(format!("{}{}", self.say(zh, en), list.join(between)));
            }
        }
        if answer.assumed_count > 0 {
            lines.push(match self.language {
                Language::Zh => format!("其中{}个未填的按缺省值计", answer.assumed_count),
                Language::En => {
                    format!("defaults were applied for {} of those counted", answer.assumed_count)
                }
            });
        }
        if !answer.citations.is_empty() {
            let list = answer.citations.join(self.say("；", "; "));
            lines.push(format!("{}{list}", self.say("依据 ", "source: ")));
        }
        lines
    }

    /// `比例（本月探访，其中建档）：2人÷3人＝2/3（约66.67%），要求不低于100%，差约33.33个百分点，还差1人`
    fn figure(&self, figure: &FigureAnswer) -> String {
        let colon = self.say("：", ": ");
        let comma = self.say("，", ", ");
        let label = if figure.label.is_empty() { &figure.text } else { &figure.label };
        let mut said = format!("{label}{colon}");
        if let Some(error) = &figure.error {
            said.push_str(self.say(&error.zh, &error.en));
            if let Some(zero) = &figure.denominator {
                said.push_str(comma);
                said.push_str(self.say("分母 ", "below the line: "));
                said.push_str(self.value(zero));
            }
            return said;
        }
        if let (Some(upper), Some(lower)) = (&figure.numerator, &figure.denominator) {
            let (upper, lower) = (self.value(upper), self.value(lower));
            said.push_str(&match self.language {
                Language::Zh if upper.contains('至') || lower.contains('至') => {
                    format!("（{upper}）÷（{lower}）＝")
                }
                Language::Zh => format!("{upper}÷{lower}＝"),
                Language::En => format!("{upper} ÷ {lower} = "),
            });
        }
        match &figure.exact {
            Some(exact) => said.push_str(&match self.language {
                Language::Zh => format!("{exact}（{}）", figure.value.zh),
                Language::En => format!("{exact} ({})", figure.value.en),
            }),
            None => said.push_str(self.value(&figure.value)),
        }
        if figure.reported {
            said.push_str(self.say("（上报数）", " (as reported)"));
        }
        let demanded = self.value(&figure.demanded);
        said.push_str(&match self.language {
            Language::Zh => format!("，要求{}{demanded}", figure.operator.zh),
            Language::En => format!(", to be {} {demanded}", figure.operator.en),
        });
        if let Some(difference) = &figure.difference {
            said.push_str(&self.difference(difference));
        }
        if let Some(more) = &figure.short_of {
            said.push_str(&match self.language {
                Language::Zh => format!("，还差{}", more.zh),
                Language::En => format!(", {} short", more.en),
            });
        }
        said
    }

    fn difference(&self, difference: &ValueView) -> String {
        let bare = |text: &str| text.replacen(['-', '－'], "", 1);
        let is_zero = difference.value == "0";
        let is_below = difference.value.starts_with('-');
        match (self.language, is_zero, is_below) {
            (Language::Zh, true, _) => "，正好相等".to_owned(),
            (Language::En, true, _) => ", exactly as much".to_owned(),
            (Language::Zh, _, true) => format!("，低{}", bare(&difference.zh)),
            (Language::Zh, _, false) => format!("，高{}", difference.zh),
            (Language::En, _, true) => format!(", {} below", bare(&difference.en)),
            (Language::En, _, false) => format!(", {} above", difference.en),
        }
    }

    fn undecided(&self, answer: &TargetAnswer) -> Vec<String> {
        let count = answer.undecided_count;
        if count == 0 {
            return Vec::new();
        }
        let mut lines = vec![match self.language {
            Language::Zh => format!("有{count}个对象未定："),
            Language::En => format!("{count} of those counted are not decided:"),
        }];
        lines.extend(answer.undecided.iter().take(MOST_SHOWN).map(|found| self.waiting(found)));
        let shown = u64::try_from(MOST_SHOWN).unwrap_or(u64::MAX);
        if count > shown {
            let rest = count.saturating_sub(shown);
            lines.push(match self.language {
                Language::Zh => format!("  …… 另有{rest}个"),
                Language::En => format!("  … and {rest} more"),
            });
        }
        lines
    }

    fn waiting(&self, found: &UndecidedCase) -> String {
        let who = match &found.who {
            Some(who) => format!("  {} {who}", found.case),
            None => format!("  {}", found.case),
        };
        let colon = self.say("：", ": ");
        if let Some(error) = &found.error {
            return format!("{who}{colon}{}", self.say(&error.zh, &error.en));
        }
        let list = found.waits_for.join(self.say("、", ", "));
        format!("{who}{colon}{}{list}", self.say("要等 ", "waits for "))
    }

    fn outside(&self, report: &TargetReport) -> Option<String> {
        if report.outside.is_empty() {
            return None;
        }
        let list = report.outside.join(self.say("、", ", "));
        Some(format!("{}{list}", self.say("不在所问期间的目标：", "targets of another time: ")))
    }
}
