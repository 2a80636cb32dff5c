//! `huize layers`: what each layer of a policy says, fills, adds and sets anew.

use huize::engine::layers::{
    ChangeKind, ChangeReport, ConstraintReport, ConstraintState, LayerReport, LayersReport, Thing,
};
use huize::explain::layout::{Paint, Style, wrap};
use huize::explain::markdown::escape;
use huize::value::{Date, YearMonth};

use super::args::{Format, LayersArguments};
use super::terminal::Terminal;
use super::{Exit, Failure, Output, input};

pub(super) fn run(arguments: &LayersArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let library = input::library(&[], arguments.policies.as_deref()).map_err(Failure::unusable)?;
    let place = library.place(&arguments.policy).map(|place| place.policies);
    let names = place.unwrap_or_else(|| vec![arguments.policy.clone()]);
    let mut reports = Vec::new();
    for name in &names {
        match library.layers_report(name) {
            Ok(report) => reports.push(report),
            Err(error) => {
                let sources = library.sources().clone();
                return Err(Failure { diagnostics: error.into(), sources, exit: Exit::Unusable });
            }
        }
    }
    let draw = Draw { terminal, full: arguments.full };
    let stdout = match arguments.format {
        Format::Text => {
            reports.iter().map(|report| draw.text(report)).collect::<Vec<_>>().join("\n")
        }
        Format::Markdown => {
            reports.iter().map(|report| draw.markdown(report)).collect::<Vec<_>>().join("\n")
        }
        Format::Json => match reports.as_slice() {
            [only] => json(only),
            all => json(&all),
        },
    };
    let broken = |report: &LayersReport| {
        report.constraints.iter().any(|found| found.state == ConstraintState::Broken)
    };
    let exit = if reports.iter().any(broken) { Exit::Findings } else { Exit::Clean };
    Ok(Output { exit, ..Output::clean(stdout) })
}

fn json(value: &impl serde::Serialize) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    format!("{text}\n")
}

struct Draw<'a> {
    terminal: &'a Terminal,
    full: bool,
}

impl Draw<'_> {
    fn say<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        self.terminal.say(zh, en)
    }

    fn is_zh(&self) -> bool {
        self.say("zh", "en") == "zh"
    }

    // ------------------------------------------------------------ words

    fn title(&self, report: &LayersReport) -> String {
        let places: Vec<&str> = report.layers.iter().map(|layer| layer.place.as_str()).collect();
        let chain = places.join(" → ");
        if self.is_zh() {
            format!("{}：{}层，{chain}", report.policy, report.layers.len())
        } else {
            format!("{}: {} layers, {chain}", report.policy, report.layers.len())
        }
    }

    fn layer(&self, layer: &LayerReport) -> String {
        let mut words = vec![layer.policy.clone()];
        words.extend(layer.title.clone());
        let level = layer.level.as_deref().map(|level| self.level(level));
        let code = layer.code.as_deref();
        words.extend(match (level, code) {
            (Some(level), Some(code)) => Some(format!("{level} {code}")),
            (Some(level), None) if level != layer.place => Some(level.to_owned()),
            _ => None,
        });
        words.join("　")
    }

    fn level<'w>(&self, level: &'w str) -> &'w str {
        match level {
            "国家" => self.say("国家", "country"),
            "省级" => self.say("省级", "province"),
            "市级" => self.say("市级", "city"),
            "县级" => self.say("县级", "county"),
            other => other,
        }
    }

    fn thing(&self, thing: Thing) -> &'static str {
        let (zh, en) = match thing {
            Thing::Parameter => ("参数", "parameter"),
            Thing::Table => ("表", "table"),
            Thing::Rule => ("规则", "rule"),
            Thing::Set => ("集合", "set"),
            Thing::Decision => ("决定", "decision"),
            Thing::Payment => ("给付", "payment"),
            Thing::Relation => ("关系", "relation"),
            Thing::Target => ("目标", "target"),
        };
        self.terminal.say(zh, en)
    }

    /// `填写 参数 低保标准（国家留给地方）`.
    fn change(&self, change: &ChangeReport) -> String {
        let upper = change.upper.as_deref().unwrap_or_default();
        let (zh, en, zh_of, en_of) = match change.kind {
            ChangeKind::Declares => ("新设", "adds", "", ""),
            ChangeKind::Fills => ("填写", "fills", "留给下层", "left it open"),
            ChangeKind::Narrows => ("仍留给下层", "leaves open", "留给下层", "left it open"),
            ChangeKind::SetsAnew => ("另定", "sets anew", "原有规定", "has one"),
            ChangeKind::AddsException => ("增加例外", "adds an exception to", "规定", "has it"),
            ChangeKind::AddsCondition => ("增加条件", "adds a condition to", "规定", "has it"),
            ChangeKind::AddsPayment => ("增加给付", "adds a payment", "的决定", "has the decision"),
            ChangeKind::SetsTerm => ("写明发放起止", "says when payments run", "规定", "has it"),
        };
        let thing = self.thing(change.thing);
        let subject = change.subject.as_ref().map(|subject| {
            if self.is_zh() { format!("（{subject}）") } else { format!(" ({subject})") }
        });
        let name = format!("{}{}", change.name, subject.unwrap_or_default());
        let label = match (change.label.as_str(), self.is_zh()) {
            ("", _) => String::new(),
            (label, true) => format!("：{label}"),
            (label, false) => format!(": {label}"),
        };
        let of = match (upper, self.is_zh()) {
            ("", _) => String::new(),
            (upper, true) => format!("〔{upper}{zh_of}〕"),
            (upper, false) => format!(" [{upper} {en_of}]"),
        };
        format!("{} {thing} {name}{label}{of}", self.say(zh, en))
    }

    fn validity(&self, change: &ChangeReport) -> Option<String> {
        let day = |text: &String| match text.parse::<Date>() {
            Ok(date) if self.is_zh() => date.zh(),
            _ => text.clone(),
        };
        let (from, until) = (change.from.as_ref().map(day), change.until.as_ref().map(day));
        Some(match (from, until, self.is_zh()) {
            (Some(from), Some(until), true) => format!("自{from}起至{until}止"),
            (Some(from), None, true) => format!("自{from}起"),
            (None, Some(until), true) => format!("至{until}止"),
            (Some(from), Some(until), false) => format!("from {from} until {until}"),
            (Some(from), None, false) => format!("from {from}"),
            (None, Some(until), false) => format!("until {until}"),
            (None, None, _) => return None,
        })
    }

    /// The lines under a change.
    fn details(&self, change: &ChangeReport) -> Vec<(&'static str, String)> {
        let mut lines = Vec::new();
        for text in &change.texts {
            lines.push((self.terminal.say("条文", "text"), text.clone()));
        }
        lines.extend(
            self.validity(change).map(|text| (self.terminal.say("施行", "in force"), text)),
        );
        if !change.citations.is_empty() {
            let citations = change.citations.join(self.say("；", "; "));
            lines.push((self.terminal.say("依据", "source"), citations));
        }
        lines.push((self.terminal.say("位置", "place"), change.at.clone()));
        lines
    }

    /// `参数 5 项、规则 12 项`: what a layer declares, counted.
    fn counted(&self, changes: &[&ChangeReport]) -> String {
        let mut things: Vec<Thing> = changes.iter().map(|change| change.thing).collect();
        things.sort_unstable();
        things.dedup();
        let parts: Vec<String> = things
            .into_iter()
            .map(|thing| {
                let count = changes.iter().filter(|change| change.thing == thing).count();
                let word = self.thing(thing);
                if self.is_zh() { format!("{word}{count}项") } else { format!("{word} ×{count}") }
            })
            .collect();
        parts.join(self.say("、", ", "))
    }

    fn state(&self, constraint: &ConstraintReport) -> (Style, &'static str, String) {
        let since = constraint.since.as_ref().map_or_else(String::new, |since| {
            match since.parse::<YearMonth>() {
                Ok(month) if self.is_zh() => format!("自{}起", month.zh()),
                _ => format!("from {since} "),
            }
        });
        let said = self.say(&constraint.zh, &constraint.en);
        match constraint.state {
            ConstraintState::Kept => (Style::Good, "✓", self.say("成立", "kept").to_owned()),
            ConstraintState::Broken => {
                let text = self.say("不成立", "broken");
                let comma = if said.is_empty() { "" } else { self.say("，", ": ") };
                (Style::Bad, "✗", format!("{since}{text}{comma}{said}"))
            }
            ConstraintState::Unverified => {
                let text = self.say("未能核对，要等：", "not checked, waits for: ");
                (Style::Doubtful, "?", format!("{since}{text}{said}"))
            }
            ConstraintState::Open => {
                let text =
                    self.say("等下层填写后再核对", "to be checked when a lower layer fills it");
                (Style::Faint, "·", text.to_owned())
            }
        }
    }

    /// What is shown one by one, and what is only counted: the top layer is the law that the others
    /// are about, and is counted unless all is asked for.
    fn split<'r>(
        &self,
        at: usize,
        layer: &'r LayerReport,
    ) -> (Vec<&'r ChangeReport>, Vec<&'r ChangeReport>) {
        let shown =
            |change: &&ChangeReport| self.full || at > 0 || change.kind != ChangeKind::Declares;
        layer.changes.iter().partition(shown)
    }

    // ------------------------------------------------------------- text

    fn text(&self, report: &LayersReport) -> String {
        let paint = Paint { color: self.terminal.colors_stdout() };
        let mut out = format!("{}\n", paint.apply(Style::Strong, &self.title(report)));
        for (at, layer) in report.layers.iter().enumerate() {
            let (shown, counted) = self.split(at, layer);
            out.push_str(&format!("\n{}\n", paint.apply(Style::Strong, &self.layer(layer))));
            for citation in &layer.citations {
                self.line(&mut out, paint, 2, self.say("依据", "source"), citation);
            }
            for change in &shown {
                out.push_str(&format!("  {}\n", self.change(change)));
                for (word, text) in self.details(change) {
                    self.line(&mut out, paint, 4, word, &text);
                }
            }
            if !counted.is_empty() {
                let counts = self.counted(&counted);
                let text = if self.is_zh() {
                    format!("自有：{counts}（用 --full 逐项列出）")
                } else {
                    format!("its own: {counts} (--full lists them)")
                };
                out.push_str(&format!("  {}\n", paint.apply(Style::Faint, &text)));
            }
            if layer.changes.is_empty() {
                let text = self.say("没有自己的规定", "says nothing of its own");
                out.push_str(&format!("  {}\n", paint.apply(Style::Faint, text)));
            }
        }
        if !report.constraints.is_empty() {
            out.push_str(&format!(
                "\n{}\n",
                paint.apply(Style::Strong, self.say("约束", "Constraints"))
            ));
        }
        for constraint in &report.constraints {
            let (style, mark, state) = self.state(constraint);
            let head = format!("{mark} 〔{}〕{}", constraint.place, constraint.label);
            out.push_str(&format!("  {}\n", paint.apply(style, &head)));
            self.line(&mut out, paint, 4, self.say("结果", "state"), &state);
            let source = constraint.citations.join(self.say("；", "; "));
            self.line(&mut out, paint, 4, self.say("依据", "source"), &source);
            self.line(&mut out, paint, 4, self.say("位置", "place"), &constraint.at);
        }
        out
    }

    fn line(&self, out: &mut String, paint: Paint, indent: usize, word: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let width = if self.is_zh() { 4 } else { 8 };
        let label = huize::explain::layout::pad(word, width);
        let blanks = " ".repeat(indent);
        let hang = indent + width + 2;
        let mut lines = wrap(text, self.terminal.width.saturating_sub(hang)).into_iter();
        let first = lines.next().unwrap_or_default();
        out.push_str(&format!("{blanks}{}  {first}\n", paint.apply(Style::Faint, &label)));
        for rest in lines {
            out.push_str(&format!("{}{rest}\n", " ".repeat(hang)));
        }
    }

    // --------------------------------------------------------- markdown

    fn markdown(&self, report: &LayersReport) -> String {
        let mut out = format!("# {}\n", escape(&self.title(report)));
        for (at, layer) in report.layers.iter().enumerate() {
            let (shown, counted) = self.split(at, layer);
            out.push_str(&format!("\n## {}\n\n", escape(&self.layer(layer))));
            if !layer.citations.is_empty() {
                let citations = layer.citations.join(self.say("；", "; "));
                let word = self.say("依据：", "Source: ");
                out.push_str(&format!("{word}{}\n\n", escape(&citations)));
            }
            for change in &shown {
                out.push_str(&format!("- **{}**\n", escape(&self.change(change))));
                for (word, text) in self.details(change) {
                    let colon = self.say("：", ": ");
                    out.push_str(&format!("  - {word}{colon}{}\n", escape(&text)));
                }
            }
            if !counted.is_empty() {
                let word = self.say("自有：", "its own: ");
                out.push_str(&format!("- {word}{}\n", escape(&self.counted(&counted))));
            }
        }
        if !report.constraints.is_empty() {
            out.push_str(&format!("\n## {}\n\n", self.say("约束", "Constraints")));
            out.push_str(self.say(
                "| 约束 | 层级 | 结果 | 依据 |\n| --- | --- | --- | --- |\n",
                "| Constraint | Layer | State | Source |\n| --- | --- | --- | --- |\n",
            ));
        }
        for constraint in &report.constraints {
            let (_, mark, state) = self.state(constraint);
            let source = constraint.citations.join(self.say("；", "; "));
            out.push_str(&format!(
                "| {} | {} | {mark} {} | {} |\n",
                escape(&constraint.label),
                escape(&constraint.place),
                escape(&state),
                escape(&source)
            ));
        }
        out
    }
}
