//! `huize test`: the cases written in policies.

use huize::engine::{CaseReport, PolicySummary};

use super::args::TestArguments;
use super::terminal::Terminal;
use super::{Exit, Failure, Output, input};

pub(super) fn run(arguments: &TestArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let library = input::library(&arguments.paths, arguments.policies.as_deref())
        .map_err(Failure::unusable)?;
    let unusable = |diagnostics| {
        let sources = library.sources().clone();
        Failure { diagnostics, sources, exit: Exit::Unusable }
    };
    let mut policies = library.policies();
    let only_files = arguments.paths.iter().all(|path| path.is_file());
    if !arguments.paths.is_empty() && only_files {
        let asked_for = input::names_of(&arguments.paths);
        policies.retain(|policy| asked_for.contains(&policy.file));
    }
    if let Some(name) = &arguments.policy {
        policies.retain(|policy| is_called(policy, name));
        if policies.is_empty() {
            // Compiling a policy that is not there says which ones are.
            return Err(unusable(library.compile(name).err().unwrap_or_default()));
        }
    }

    let mut stdout = String::new();
    let (mut passed, mut failed, mut broken) = (0_usize, 0_usize, false);
    for policy in policies {
        let compiled = match library.compile_with_cases(&policy.name) {
            Ok(compiled) => compiled,
            Err(findings) => {
                broken = true;
                stdout.push_str(&terminal.report_to_stdout(&findings, library.sources()));
                continue;
            }
        };
        for report in compiled.run_cases() {
            if report.passed {
                passed += 1;
            } else {
                failed += 1;
                stdout.push_str(&failing(&policy, &report, terminal));
                stdout.push_str(&terminal.report_to_stdout(&report.failures, library.sources()));
                stdout.push('\n');
            }
        }
    }
    stdout
        .push_str(&format!("通过 {passed}，未通过 {failed} / {passed} passed, {failed} failed\n"));
    let exit = if failed > 0 || broken { Exit::Findings } else { Exit::Clean };
    Ok(Output { exit, ..Output::clean(stdout) })
}

fn is_called(policy: &PolicySummary, name: &str) -> bool {
    policy.name == name || policy.alias.as_deref() == Some(name)
}

fn failing(policy: &PolicySummary, report: &CaseReport, terminal: &Terminal) -> String {
    let word = terminal.say("未通过", "failed");
    format!("{word} {} “{}” ({})\n", policy.name, report.title, report.place)
}
