//! `huize explain`: the decisions of a case and the reasons for them.

use huize::explain::text::TextOptions;
use huize::explain::view::{Explanation, OutcomeView};
use huize::explain::{json, markdown, text};

use super::args::{ExplainArguments, Format};
use super::terminal::Terminal;
use super::{Exit, Failure, Output, case};

pub(super) fn run(arguments: &ExplainArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let prepared = case::prepare(&arguments.case)?;
    let language = terminal.language;
    let policy = &prepared.policy;
    let explanation = match policy.explain_in(&prepared.case, &prepared.question, language) {
        Ok(explanation) => explanation,
        Err(findings) => return Err(prepared.unusable(findings)),
    };
    let stdout = match arguments.format {
        Format::Text => {
            let color = terminal.colors_stdout();
            let options = TextOptions { color, width: terminal.width, full: arguments.full };
            text::render(&explanation, language, options)
        }
        Format::Markdown => markdown::render(&explanation, language),
        Format::Json => format!("{}\n", json::render(&explanation)),
    };
    let exit = if any_failed(&explanation) { Exit::Findings } else { Exit::Clean };
    Ok(Output { exit, ..Output::clean(stdout) })
}

fn any_failed(explanation: &Explanation) -> bool {
    let mut decisions = explanation.subjects.iter().flat_map(|subject| &subject.decisions);
    decisions.any(|decision| matches!(decision.outcome, OutcomeView::Failed(_)))
}
