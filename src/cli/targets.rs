//! `huize targets`: the targets of a policy, answered over many cases.

mod draw;

use huize::diagnostic::Diagnostic;
use huize::engine::targets::report::{TargetReport, TargetStatus};
use huize::engine::{Asked, Library, Policy, TargetRun, envelope};
use huize::value::YearMonth;

use super::args::{Format, TargetsArguments};
use super::population::{MOST_FINDINGS, Population};
use super::terminal::Terminal;
use super::{Exit, Failure, Output, input, problem};

pub(super) fn run(arguments: &TargetsArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let asked = arguments.period.as_deref().map(period).transpose().map_err(Failure::unusable)?;
    let known_on = arguments.known_on.as_deref().map(|text| {
        text.parse().map_err(|error: huize::value::OpError| {
            Failure::unusable(vec![problem::bad_date("--known-on", text, &error.message())])
        })
    });
    let known_on = known_on.transpose()?;
    let library = input::library(&[], arguments.policies.as_deref()).map_err(Failure::unusable)?;
    let files = input::case_files(&arguments.population).map_err(Failure::unusable)?;
    let reading = Reading { library: &library, read: Population::read(&library, &files) };
    let (policy, months) = reading.ask(arguments, asked)?;
    let asked = Asked { known_on, strict: arguments.strict, ..Asked::between(months.0, months.1) };
    let report = reading.answer(&policy, asked)?;
    let failed = report.answers.iter().any(|answer| answer.status == TargetStatus::Failed);
    let stdout = match arguments.format {
        // INVARIANT: reports hold only texts, lists and named fields, which always serialise.
        Format::Json => {
            format!("{}\n", serde_json::to_string_pretty(&report).unwrap_or_default())
        }
        Format::Text => draw::text(&report, terminal),
        Format::Markdown => draw::markdown(&report, terminal.language),
    };
    let exit = if failed { Exit::Findings } else { Exit::Clean };
    Ok(Output { exit, ..Output::clean(stdout) })
}

/// `2024-06`, `2024`, `2024-01..2024-06`.
pub(super) fn period(text: &str) -> Result<(YearMonth, YearMonth), Vec<Diagnostic>> {
    let bad = || vec![problem::bad_period("--period", text)];
    let trimmed = text.trim();
    let year = trimmed.strip_suffix('年').unwrap_or(trimmed);
    if let (4, Ok(year)) = (year.len(), year.parse::<i32>()) {
        let months =
            YearMonth::new(year, 1).and_then(|first| Ok((first, YearMonth::new(year, 12)?)));
        return months.map_err(|_| bad());
    }
    let (first, last) = trimmed.split_once("..").unwrap_or((trimmed, trimmed));
    let month = |text: &str| text.trim().parse::<YearMonth>().map_err(|_| bad());
    let (first, last) = (month(first)?, month(last)?);
    if last < first { Err(bad()) } else { Ok((first, last)) }
}

/// What was read, before it is known by which policy it is read.
struct Reading<'l> {
    library: &'l Library,
    read: Population,
}

impl Reading<'_> {
    fn failure(&self, error: impl Into<Vec<Diagnostic>>, exit: Exit) -> Failure {
        Failure { diagnostics: error.into(), sources: self.read.sources.clone(), exit }
    }

    /// Which policy and time: the arguments first, else the first entry that says so.
    fn ask(
        &self,
        arguments: &TargetsArguments,
        asked: Option<(YearMonth, YearMonth)>,
    ) -> Result<(Policy, (YearMonth, YearMonth)), Failure> {
        if !self.read.findings.is_empty() {
            return Err(self.failure(self.read.findings.clone(), Exit::Unusable));
        }
        let tops = || self.read.entries.iter().filter_map(|(_, node)| envelope(node).ok());
        let policy = arguments.policy.clone().or_else(|| tops().find_map(|top| top.policy));
        let months =
            asked.or_else(|| tops().find_map(|top| top.period).map(|month| (month, month)));
        let (Some(policy), Some(months)) = (&policy, months) else {
            let mut findings = Vec::new();
            if policy.is_none() {
                let policies = self.library.policies();
                let example =
                    policies.last().map_or("中山.最低生活保障", |policy| &policy.name);
                findings.push(problem::no_policy(example));
            }
            if months.is_none() {
                findings.push(problem::no_period());
            }
            return Err(self.failure(findings, Exit::Unusable));
        };
        let compiled = match self.library.compile(policy) {
            Ok(compiled) => compiled,
            Err(findings) => {
                let known = self.library.policies().into_iter().any(|known| {
                    known.name == *policy || known.alias.as_deref() == Some(policy.as_str())
                });
                let exit = if known { Exit::Findings } else { Exit::Unusable };
                return Err(self.failure(findings, exit));
            }
        };
        if compiled.program().targets.is_empty() {
            let finding = problem::no_targets(compiled.name());
            return Err(self.failure(vec![finding], Exit::Unusable));
        }
        Ok((compiled, months))
    }

    fn answer(&self, policy: &Policy, asked: Asked) -> Result<TargetReport, Failure> {
        let mut run: TargetRun<'_> = policy.targets(asked);
        let mut findings = Vec::new();
        for (name, node) in &self.read.entries {
            if let Err(found) = run.add_facts(name, node) {
                findings.extend(found);
                if findings.len() >= MOST_FINDINGS {
                    break;
                }
            }
        }
        if findings.is_empty() {
            Ok(run.finish())
        } else {
            Err(self.failure(findings, Exit::Unusable))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::period;

    #[test]
    fn a_period_is_a_month_a_year_or_months() {
        let months = |text| period(text).map(|(first, last)| format!("{first} {last}")).ok();
        assert_eq!(months("2024-06").as_deref(), Some("2024-06 2024-06"));
        assert_eq!(months("2024").as_deref(), Some("2024-01 2024-12"));
        assert_eq!(months("2024年").as_deref(), Some("2024-01 2024-12"));
        assert_eq!(months("2024-01..2024-06").as_deref(), Some("2024-01 2024-06"));
        assert_eq!(months("2024-06..2024-01"), None);
        assert_eq!(months("24"), None);
    }
}
