//! `huize fmt`: policy files in the house layout.
//!
//! Every file is formatted before any is written, and each is replaced in one step, so that an
//! error or an interruption leaves no file half-written.

use std::path::PathBuf;

use huize::diagnostic::Diagnostic;
use huize::format::{FormatOptions, format, format_markdown};
use huize::source::SourceMap;

use super::args::{DialectName, FmtArguments};
use super::terminal::Terminal;
use super::{Exit, Failure, Output, input, write};

pub(super) fn run(arguments: &FmtArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let files = input::policy_files(&arguments.paths).map_err(Failure::unusable)?;
    let options = FormatOptions {
        dialect: arguments.dialect.map(DialectName::dialect),
        ..FormatOptions::default()
    };
    let mut sources = SourceMap::default();
    let mut findings: Vec<Diagnostic> = Vec::new();
    let mut changed: Vec<(PathBuf, String)> = Vec::new();
    for (path, name, text) in files {
        let source = sources.add(&name, &text);
        let laid_out = if input::is_markdown(&path) { format_markdown } else { format };
        match laid_out(source, &text, &options) {
            Ok(formatted) if formatted == text && !arguments.stdout => {}
            Ok(formatted) => changed.push((path, formatted)),
            Err(error) => findings.extend(error.diagnostics()),
        }
    }
    if !findings.is_empty() {
        return Err(Failure { diagnostics: findings, sources, exit: Exit::Findings });
    }
    if arguments.stdout {
        return Ok(Output::clean(changed.into_iter().map(|(_, text)| text).collect()));
    }
    let list: String = changed.iter().map(|(path, _)| format!("{}\n", path.display())).collect();
    if arguments.check {
        let zh = format!("{list}{} 个文件需要排版\n", changed.len());
        let en = format!("{list}{} files to be formatted\n", changed.len());
        let exit = if changed.is_empty() { Exit::Clean } else { Exit::Findings };
        return Ok(Output { exit, ..Output::clean(terminal.say(&zh, &en).to_owned()) });
    }
    for (path, text) in &changed {
        write::replace(path, text).map_err(Failure::unusable)?;
    }
    let zh = format!("{list}{} 个文件已排版\n", changed.len());
    let en = format!("{list}{} files formatted\n", changed.len());
    Ok(Output::clean(terminal.say(&zh, &en).to_owned()))
}
