//! `huize sweep`: how the results vary with one fact.

use huize::diagnostic::{Diagnostic, Language};
use huize::engine::{Case, Policy};
use huize::hir::Constant;
use huize::input::{Fact, Scalar};
use huize::solve::{FactRef, Sweep, SweepRange, csv, markdown, text};
use huize::value::Rational;

use super::args::{Format, SweepArguments};
use super::terminal::Terminal;
use super::{Failure, Output, case, problem};

pub(super) fn run(arguments: &SweepArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let prepared = case::prepare(&arguments.case)?;
    let (policy, facts) = (&prepared.policy, &prepared.case);
    let language = terminal.language;
    let found = asked(arguments, policy, facts).and_then(|(fact, range, step)| {
        let sweep = policy.sweep(facts, &prepared.question, fact, range, language)?;
        Ok((sweep, step))
    });
    let (sweep, step) = match found {
        Ok(found) => found,
        Err(findings) => return Err(prepared.unusable(findings)),
    };
    if let Some(path) = &arguments.csv {
        let text = csv::sweep(&sweep, &sweep.steps(step), language);
        if let Err(error) = std::fs::write(path, text) {
            let finding = problem::unwritable(&path.display().to_string(), &error);
            return Err(Failure::unusable(vec![finding]));
        }
    }
    Ok(Output::clean(shown(arguments, &sweep, step, terminal)))
}

fn shown(
    arguments: &SweepArguments,
    sweep: &Sweep,
    step: Option<Rational>,
    terminal: &Terminal,
) -> String {
    let language: Language = terminal.language;
    match arguments.format {
        Format::Text => {
            let color = terminal.colors_stdout();
            let options = text::TextOptions { color, width: terminal.width };
            let mut out = text::sweep(sweep, language, options);
            if step.is_some() {
                out.push('\n');
                out.push_str(&text::points(sweep, &sweep.steps(step), language, options));
            }
            out
        }
        Format::Markdown => markdown::sweep(sweep, language),
        // The data holds only texts, numbers and lists, which always serialise.
        Format::Json => format!("{}\n", serde_json::to_string_pretty(sweep).unwrap_or_default()),
    }
}

type Asked = (FactRef, SweepRange, Option<Rational>);

/// The fact, the range and the step that the arguments name.
fn asked(
    arguments: &SweepArguments,
    policy: &Policy,
    case: &Case,
) -> Result<Asked, Vec<Diagnostic>> {
    let fact = policy.fact(case, &arguments.fact)?;
    let end = |text: &Option<String>| -> Result<Option<Scalar>, Vec<Diagnostic>> {
        let Some(text) = text else { return Ok(None) };
        match policy.read_fact(case, fact, text)? {
            Fact::Known(scalar) => Ok(Some(scalar)),
            _ => Err(vec![problem::not_a_value(text)]),
        }
    };
    let range = SweepRange { from: end(&arguments.from)?, to: end(&arguments.to)? };
    let step = match &arguments.step {
        None => None,
        Some(text) => match policy.read_fact(case, fact, text) {
            Ok(Fact::Known(Scalar::Constant(Constant::Number(step)))) if step > Rational::ZERO => {
                Some(step)
            }
            _ => match text.trim().parse::<Rational>() {
                Ok(step) if step > Rational::ZERO => Some(step),
                _ => return Err(vec![problem::bad_step(text)]),
            },
        },
    };
    Ok((fact, range, step))
}
