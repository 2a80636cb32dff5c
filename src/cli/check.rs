//! `huize check`: what is wrong in policy files.

use std::path::PathBuf;

use huize::diagnostic::{Diagnostic, Severity, to_json};
use huize::engine::Library;

use super::args::{CheckArguments, ReportFormat};
use super::terminal::Terminal;
use super::{Exit, Failure, Output, input};

pub(super) fn run(arguments: &CheckArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let library = input::library(&arguments.paths, arguments.policies.as_deref())
        .map_err(Failure::unusable)?;
    let mut findings = library.check();
    if !arguments.paths.is_empty() && arguments.paths.iter().all(|path| path.is_file()) {
        let asked_for = input::names_of(&arguments.paths);
        findings.retain(|finding| is_in(finding, &library, &asked_for));
    }
    let count = |severity| findings.iter().filter(|found| found.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let exit = if errors > 0 { Exit::Findings } else { Exit::Clean };
    match arguments.format {
        ReportFormat::Json => {
            let found: Vec<_> =
                findings.iter().map(|finding| to_json(finding, library.sources())).collect();
            // INVARIANT: findings hold only texts, numbers and lists, which always serialise.
            let text = serde_json::to_string_pretty(&found).unwrap_or_default();
            Ok(Output { exit, ..Output::clean(format!("{text}\n")) })
        }
        ReportFormat::Text => {
            let stderr = terminal.report_to_stderr(&findings, library.sources());
            let policies = policies_asked_for(&library, &arguments.paths);
            Ok(Output { stdout: summary(policies, errors, warnings, terminal), stderr, exit })
        }
    }
}

/// How many policies were asked for: those in the files that are named, else all.
fn policies_asked_for(library: &Library, paths: &[PathBuf]) -> usize {
    let policies = library.policies();
    if paths.is_empty() || !paths.iter().all(|path| path.is_file()) {
        return policies.len();
    }
    let names = input::names_of(paths);
    policies.iter().filter(|policy| names.contains(&policy.file)).count()
}

/// Whether the finding is about one of the files; one without a place is about all of them.
fn is_in(finding: &Diagnostic, library: &Library, files: &[String]) -> bool {
    let Some(span) = finding.span() else { return true };
    let file = library.sources().file(span.source);
    file.is_none_or(|file| files.iter().any(|name| name == file.name()))
}

fn summary(policies: usize, errors: usize, warnings: usize, terminal: &Terminal) -> String {
    let zh = format!("检查了 {policies} 个政策：{errors} 个错误，{warnings} 个警告\n");
    let en = format!("{policies} policies checked: {errors} errors, {warnings} warnings\n");
    terminal.say(&zh, &en).to_owned()
}
