//! The command line: arguments in, text and an exit code out.
//!
//! Each command computes all of its output before anything is printed, so a reader never gets half
//! of an answer. Exit codes: 0 decided or clean, 1 findings, 2 unusable input.

mod about;
mod args;
mod ascii;
mod boundaries;
mod case;
mod change;
mod check;
mod decide;
mod diff;
mod explain;
mod fmt;
mod input;
mod layers;
mod notice;
mod policies;
mod population;
mod problem;
mod receipt;
mod reconcile;
#[cfg(feature = "repl")]
mod repl;
mod schema;
mod sweep;
mod targets;
mod terminal;
mod test;
mod usage;
mod verify;
mod write;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;
use huize::diagnostic::Diagnostic;
use huize::source::SourceMap;

use self::args::{Arguments, Command};
use self::terminal::Terminal;

/// Runs the command that the process was started with.
pub(crate) fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let terminal = Terminal::of_process(&arguments);
    let outcome = match Arguments::try_parse_from(&arguments) {
        Ok(arguments) => dispatch(&arguments, &terminal),
        Err(error) => usage::outcome(&error),
    };
    let output = outcome.unwrap_or_else(|failure| failure.into_output(&terminal));
    terminal::print(&output);
    ExitCode::from(match output.exit {
        Exit::Clean => 0,
        Exit::Findings => 1,
        Exit::Unusable => 2,
    })
}

fn dispatch(arguments: &Arguments, terminal: &Terminal) -> Result<Output, Failure> {
    match &arguments.command {
        Command::Explain(arguments) => explain::run(arguments, terminal),
        Command::Notice(arguments) => notice::run(arguments, terminal),
        Command::Decide(arguments) => decide::run(arguments, terminal),
        Command::Targets(arguments) => targets::run(arguments, terminal),
        Command::Reconcile(arguments) => reconcile::run(arguments, terminal),
        Command::Diff(arguments) => diff::run(arguments, terminal),
        Command::Change(arguments) => change::run(arguments, terminal),
        Command::Sweep(arguments) => sweep::run(arguments, terminal),
        Command::Receipt(arguments) => receipt::run(arguments, terminal),
        Command::Verify(arguments) => verify::run(arguments, terminal),
        Command::Check(arguments) => check::run(arguments, terminal),
        Command::Test(arguments) => test::run(arguments, terminal),
        Command::Fmt(arguments) => fmt::run(arguments, terminal),
        Command::Policies(arguments) => policies::run(arguments, terminal),
        Command::Layers(arguments) => layers::run(arguments, terminal),
        Command::About(arguments) => about::run(arguments, terminal),
        #[cfg(feature = "repl")]
        Command::Repl(arguments) => repl::run(arguments, terminal),
        Command::Schema(arguments) => schema::run(arguments, terminal),
    }
}

/// What a command has to say.
#[derive(Debug)]
struct Output {
    stdout: String,
    stderr: String,
    exit: Exit,
}

impl Output {
    /// An answer and nothing else.
    fn clean(stdout: String) -> Self {
        Self { stdout, stderr: String::new(), exit: Exit::Clean }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Decided or clean.
    Clean,
    /// A failing case, an error in a policy, a decision that could not be computed.
    Findings,
    /// Arguments, files or facts that cannot be used.
    Unusable,
}

/// Why a command has no answer.
#[derive(Debug)]
struct Failure {
    diagnostics: Vec<Diagnostic>,
    sources: SourceMap,
    exit: Exit,
}

impl Failure {
    /// Input that cannot be used, found before there was any source text.
    fn unusable(error: impl Into<Vec<Diagnostic>>) -> Self {
        Self { diagnostics: error.into(), sources: SourceMap::default(), exit: Exit::Unusable }
    }

    fn into_output(self, terminal: &Terminal) -> Output {
        let stderr = terminal.report_to_stderr(&self.diagnostics, &self.sources);
        Output { stdout: String::new(), stderr, exit: self.exit }
    }
}
