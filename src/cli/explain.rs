//! `huize explain`: the decisions of a case and the reasons for them.

use huize::engine::Wording;
use huize::explain::graph::Index;
use huize::explain::text::TextOptions;
use huize::explain::view::{Explanation, OutcomeView};
use huize::explain::{Detail, html, json, markdown, text};

use super::args::{ExplainArguments, PageFormat};
use super::terminal::Terminal;
use super::{Exit, Failure, Output, case, problem};

pub(super) fn run(arguments: &ExplainArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let prepared = case::prepare(&arguments.case)?;
    let language = terminal.language;
    let policy = &prepared.policy;
    let wording = Wording { language, clear: arguments.clear };
    let explanation = match policy.explain_as(&prepared.case, &prepared.question, wording) {
        Ok(explanation) => explanation,
        Err(findings) => return Err(prepared.unusable(findings)),
    };
    let exit = if any_failed(&explanation) { Exit::Findings } else { Exit::Clean };
    let detail = Detail { depth: arguments.depth, full: arguments.full };
    let options = TextOptions { color: terminal.colors_stdout(), width: terminal.width, detail };
    let Some(asked) = &arguments.at else {
        let stdout = match arguments.format {
            PageFormat::Text => text::render(&explanation, language, options),
            PageFormat::Markdown => markdown::render(&explanation, language, detail),
            PageFormat::Html => {
                html::render(&explanation, Some(policy.sources()), language, detail)
            }
            PageFormat::Json => format!("{}\n", json::render(&explanation)),
        };
        return Ok(Output { exit, ..Output::clean(stdout) });
    };
    let index = Index::new(&explanation);
    let twins = policy.aliases();
    let part = match index.find(asked, &twins).and_then(|id| index.get(id)) {
        Some(part) => part,
        None => {
            let finding = problem::unknown_part(asked, index.ids(), &twins);
            return Err(prepared.unusable(vec![finding]));
        }
    };
    let stdout = match arguments.format {
        PageFormat::Text => text::render_part(&explanation, part, language, options),
        PageFormat::Markdown => markdown::render_part(&explanation, part, language, detail),
        PageFormat::Html => {
            html::render_part(&explanation, part, Some(policy.sources()), language, detail)
        }
        PageFormat::Json => format!("{}\n", json::render_part(&explanation, part)),
    };
    Ok(Output { exit, ..Output::clean(stdout) })
}

fn any_failed(explanation: &Explanation) -> bool {
    let mut decisions = explanation.subjects.iter().flat_map(|subject| &subject.decisions);
    decisions.any(|decision| matches!(decision.outcome, OutcomeView::Failed(_)))
}
