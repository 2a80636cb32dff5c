//! Lines from a file or a pipe: plain output, and an exit code that says whether all were done.

use std::path::Path;

use huize::diagnostic::Diagnostic;
use huize::repl::{Session, Status};

use super::desk::Desk;
use super::show;
use crate::cli::input;
use crate::cli::terminal::Terminal;

/// The lines of a script; of standard input where no file is named.
pub(super) fn read(script: Option<&Path>) -> Result<String, Vec<Diagnostic>> {
    input::read_facts(script.unwrap_or_else(|| Path::new("-"))).map(|(_, text)| text)
}

/// Does all lines, and says whether some was not done. A line that fails does not keep the next
/// from being done: a report shows everything that is wrong with it.
pub(super) fn run(
    session: &mut Session,
    desk: &mut Desk,
    text: &str,
    echo: bool,
    terminal: &Terminal,
) -> bool {
    let mut failed = false;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let mut input = line.trim_end_matches('\r').to_owned();
        while let Some(next) = lines.next_if(|next| session.takes_next(&input, next)) {
            input = format!("{input}\n{}", next.trim_end_matches('\r'));
        }
        if echo && !input.trim().is_empty() {
            super::println(&format!("{}{input}", session.prompt()));
        }
        desk.go_on();
        let reply = session.line(&input, desk);
        show(&reply, terminal);
        match reply.status {
            Status::Done => {}
            Status::Failed => failed = true,
            Status::Quit => break,
        }
    }
    failed
}
