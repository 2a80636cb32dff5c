//! `huize diff`: what changed between two situations, by cause.

use huize::differ::view::Difference;
use huize::differ::{Comparison, json, markdown, paper, text};
use huize::explain::view::OutcomeView;

use super::args::{CaseArguments, DiffArguments, PageFormat};
use super::case::Prepared;
use super::terminal::Terminal;
use super::{Exit, Failure, Output, case, input, problem};

pub(super) fn run(arguments: &DiffArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let (before, after) = situations(arguments)?;
    let found = Comparison::new(&before.policy, &after.policy).and_then(|comparison| {
        let (first, second) = ((&before.case, before.question), (&after.case, after.question));
        comparison.clear(arguments.clear).difference(first, second)
    });
    let found = match found {
        Ok(found) => found,
        Err(findings) => return Err(after.unusable(findings)),
    };
    let language = terminal.language;
    let stdout = match arguments.format {
        PageFormat::Text => {
            let (color, width) = (terminal.colors_stdout(), terminal.width);
            text::render(&found, language, text::TextOptions { color, width })
        }
        PageFormat::Html => paper::paper(&found, language).html("report", language),
        PageFormat::Markdown => markdown::render(&found, language),
        PageFormat::Json => format!("{}\n", json::render(&found)),
    };
    let exit = if any_failed(&found) { Exit::Findings } else { Exit::Clean };
    Ok(Output { exit, ..Output::clean(stdout) })
}

/// The situation before and the one after: what the arguments do not change stays.
fn situations(arguments: &DiffArguments) -> Result<(Prepared, Prepared), Failure> {
    let is_other = arguments.to_facts.is_some()
        || arguments.to_policies.is_some()
        || [&arguments.to_period, &arguments.to_as_of, &arguments.to_known_on]
            .into_iter()
            .chain([&arguments.to_policy, &arguments.to_place])
            .any(Option::is_some);
    if !is_other {
        return Err(Failure::unusable(vec![problem::nothing_to_compare()]));
    }
    let given = &arguments.case;
    let facts = input::read_facts(&given.facts).map_err(Failure::unusable)?;
    let library = input::library(&[], given.policies.as_deref()).map_err(Failure::unusable)?;
    let before = case::bind(given, &facts, &library, None)?;

    let mut later = CaseArguments {
        facts: arguments.to_facts.clone().unwrap_or_else(|| given.facts.clone()),
        yaml: given.yaml,
        policy: None,
        place: None,
        period: None,
        as_of: None,
        known_on: None,
        policies: arguments.to_policies.clone().or_else(|| given.policies.clone()),
        strict: given.strict,
    };
    let other_facts = match &arguments.to_facts {
        Some(path) => Some(input::read_facts(path).map_err(Failure::unusable)?),
        None => {
            // The top of the same facts has been weighed against the arguments already.
            before.fill(&mut later);
            if arguments.to_period.is_some() {
                later.as_of = None;
            }
            None
        }
    };
    if arguments.to_policy.is_some() || arguments.to_place.is_some() {
        (later.policy, later.place) = (arguments.to_policy.clone(), arguments.to_place.clone());
    }
    for (option, changed) in [
        (&mut later.period, &arguments.to_period),
        (&mut later.as_of, &arguments.to_as_of),
        (&mut later.known_on, &arguments.to_known_on),
    ] {
        if changed.is_some() {
            option.clone_from(changed);
        }
    }
    let other_library = match &arguments.to_policies {
        Some(folder) => Some(input::library(&[], Some(folder)).map_err(Failure::unusable)?),
        None => None,
    };
    let facts = other_facts.as_ref().unwrap_or(&facts);
    let library = other_library.as_ref().unwrap_or(&library);
    let mut after = case::bind(&later, facts, library, Some(&before))?;
    if other_library.is_none() {
        after.share(&before);
    }
    Ok((before, after))
}

/// Whether a decision failed on either side.
fn any_failed(found: &Difference) -> bool {
    let mut decisions = found.subjects.iter().flat_map(|subject| &subject.decisions);
    decisions.any(|decision| {
        [&decision.before, &decision.after]
            .into_iter()
            .any(|side| matches!(side.outcome, Some(OutcomeView::Failed(_))))
    })
}
