//! `huize repl`: the session at a terminal, or fed from a script.
//!
//! Unlike the other commands it prints as it goes: each line is answered before the next is read.

mod desk;
mod editor;
mod script;

use std::io::{self, IsTerminal as _};

use huize::repl::{Options, Reply, Session, Start, Status};

use self::desk::Desk;
use super::args::ReplArguments;
use super::terminal::{self, Terminal};
use super::{Exit, Failure, Output, case, input};

pub(super) fn run(arguments: &ReplArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let start = start(arguments).map_err(Failure::unusable)?;
    let policies = match &arguments.policies {
        Some(folder) => Some(input::policy_texts(folder).map_err(Failure::unusable)?),
        None => None,
    };
    let interactive = arguments.script.is_none() && io::stdin().is_terminal();
    let options = Options {
        language: terminal.language,
        width: terminal.width,
        color: terminal.colors_stdout(),
        clear: arguments.clear,
    };
    let mut desk = Desk::new(arguments.policies.clone());
    let mut session = Session::new(options, policies);
    if interactive {
        println(terminal.say(
            "惠则　直接写算式，或写命令；帮助 列出命令，退出 或 Ctrl-D 结束",
            "Huize: type an expression or a command; `help` lists them, `quit` or Ctrl-D ends",
        ));
    }
    let reply = session.start(&start, &mut desk);
    if reply.status == Status::Failed {
        return Err(Failure {
            diagnostics: reply.findings,
            sources: reply.sources,
            exit: Exit::Unusable,
        });
    }
    show(&reply, terminal);
    let failed = if interactive {
        editor::converse(session, desk, arguments.private, terminal)?
    } else {
        let lines = script::read(arguments.script.as_deref()).map_err(Failure::unusable)?;
        script::run(&mut session, &mut desk, &lines, arguments.echo, terminal)
    };
    let exit = if failed { Exit::Findings } else { Exit::Clean };
    Ok(Output { exit, ..Output::clean(String::new()) })
}

/// What the arguments ask to begin with.
fn start(arguments: &ReplArguments) -> Result<Start, Vec<huize::diagnostic::Diagnostic>> {
    let flags = case::Flags::of(
        "--",
        arguments.period.as_deref(),
        arguments.as_of.as_deref(),
        arguments.known_on.as_deref(),
    )?;
    Ok(Start {
        facts: arguments.facts.as_ref().map(|path| path.to_string_lossy().into_owned()),
        policy: arguments.policy.clone(),
        place: arguments.place.clone(),
        period: flags.period,
        as_of: flags.as_of,
        known_on: flags.known_on,
        strict: arguments.strict,
    })
}

/// Prints a reply: what was answered to standard output, what was wrong to standard error.
fn show(reply: &Reply, terminal: &Terminal) {
    let stdout = reply.text.clone();
    terminal::print(&Output { stdout, stderr: String::new(), exit: Exit::Clean });
    if !reply.findings.is_empty() {
        let stderr = terminal.report_to_stderr(&reply.findings, &reply.sources);
        terminal::print(&Output { stdout: String::new(), stderr, exit: Exit::Clean });
    }
}

fn println(text: &str) {
    terminal::print(&Output::clean(format!("{text}\n")));
}
