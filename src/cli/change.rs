//! `huize change`: what would change the decisions.

use huize::solve::{ChangeOptions, paper, text};

use super::args::{ChangeArguments, PageFormat};
use super::terminal::Terminal;
use super::{Failure, Output, case};

pub(super) fn run(arguments: &ChangeArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let prepared = case::prepare(&arguments.case)?;
    let language = terminal.language;
    let options = ChangeOptions {
        decisions: arguments.decision.clone(),
        raise: arguments.raise,
        work: None,
        clear: arguments.clear,
    };
    let found = prepared.policy.changes(&prepared.case, &prepared.question, &options, language);
    let changes = match found {
        Ok(changes) => changes,
        Err(findings) => return Err(prepared.unusable(findings)),
    };
    Ok(Output::clean(match arguments.format {
        PageFormat::Text => {
            let options =
                text::TextOptions { color: terminal.colors_stdout(), width: terminal.width };
            text::changes(&changes, language, options)
        }
        // The data holds only texts and lists, which always serialise.
        PageFormat::Markdown => paper::changes(&changes, language).markdown(),
        PageFormat::Html => paper::changes(&changes, language).html("report", language),
        PageFormat::Json => {
            format!("{}\n", serde_json::to_string_pretty(&changes).unwrap_or_default())
        }
    }))
}
