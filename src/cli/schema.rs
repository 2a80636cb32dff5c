//! `huize schema`: what a policy takes and gives, as JSON Schema or OpenAPI components, and what
//! the commands print as JSON.

use huize::diagnostic::CompileError;
use huize::engine::{Library, Policy};
use huize::schema;
use huize::value::YearMonth;

use super::args::{SchemaArguments, SchemaDocument, SchemaPart};
use super::terminal::Terminal;
use super::{Exit, Failure, Output, input, problem};

pub(super) fn run(arguments: &SchemaArguments, _terminal: &Terminal) -> Result<Output, Failure> {
    if let Some(document) = arguments.document {
        return Ok(printed(&match document {
            SchemaDocument::Explanation => schema::explanation(),
            SchemaDocument::Difference => schema::difference(),
            SchemaDocument::Changes => schema::changes(),
            SchemaDocument::Notice => schema::notice(),
            SchemaDocument::Sheet => schema::sheet(),
        }));
    }
    let library = input::library(&[], arguments.policies.as_deref()).map_err(Failure::unusable)?;
    let policy = compile(&library, arguments).map_err(|error| Failure {
        diagnostics: error.into(),
        sources: library.sources().clone(),
        exit: Exit::Unusable,
    })?;
    let program = policy.program();
    let document = match arguments.part {
        SchemaPart::Facts => schema::facts(program),
        SchemaPart::Results => schema::results(program),
        SchemaPart::Openapi => schema::openapi(program),
        SchemaPart::Example => schema::example(program, period(arguments)?),
    };
    Ok(printed(&document))
}

fn printed(document: &serde_json::Value) -> Output {
    // INVARIANT: a tree of texts, numbers and lists always serialises.
    let text = serde_json::to_string_pretty(document).unwrap_or_default();
    Output::clean(format!("{text}\n"))
}

fn compile(library: &Library, arguments: &SchemaArguments) -> Result<Policy, CompileError> {
    match &arguments.place {
        Some(place) => library.compile_place(place),
        None => library.compile(arguments.policy.as_deref().unwrap_or_default()),
    }
}

/// The month of the example; January 2023 where none is asked for, as good as any.
fn period(arguments: &SchemaArguments) -> Result<YearMonth, Failure> {
    let text = arguments.period.as_deref().unwrap_or("2023-01");
    text.parse::<YearMonth>().map_err(|error| {
        Failure::unusable(vec![problem::bad_month("--period", text, &error.message())])
    })
}
