//! Many cases at once: what targets are set over, and what is known of it as a whole.

use std::collections::BTreeMap;

use super::{Case, Scalar, bind_case};
use crate::diagnostic::{Bilingual, Diagnostic, FactsError};
use crate::hir::{Constant, FigureId, MeasureId, Program};
use crate::source::SourceMap;
use crate::syntax::ast::{self, Expr, ExprKind};
use crate::types::Type;
use crate::value::{Date, Rational};

/// What is known of a population, for the targets that are set over it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Population {
    /// What has been counted up.
    pub measures: BTreeMap<MeasureId, Measured>,
    /// Figures as somebody reported them; they go before what is counted up.
    pub reported: BTreeMap<FigureId, Constant>,
    /// First and last day of the term that is asked about; the month where not said.
    pub term: Option<(Date, Date)>,
}

/// A figure over a population.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    /// At least and at most this: known where the two meet, open where one is missing.
    Number(Option<Rational>, Option<Rational>),
    /// A condition; nothing where cases that are not decided could still turn it.
    Truth(Option<bool>),
    /// A share, an average or an extreme of nothing.
    Empty,
    /// A sum too large to hold.
    Overflow,
}

/// The cases of a written population, and the figures reported of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenPopulation {
    /// One for each household, with its key.
    pub cases: Vec<Case>,
    /// Figures of targets.
    pub reported: BTreeMap<FigureId, Constant>,
}

/// One entry of a population in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PopulationEntry {
    /// What the case is called.
    pub id: Option<String>,
    /// The case; nothing where the entry only reports figures.
    pub case: Option<Case>,
    /// Figures of targets as they were reported.
    pub reported: BTreeMap<FigureId, Constant>,
}

/// Binds a written case that may hold several households: `家庭 甲：…`, each with the tables after
/// it, or a table of households, one in each line.
///
/// # Errors
///
/// Every fact or figure that does not fit.
pub fn bind_population(
    program: &Program,
    written: &ast::Case,
    sources: &SourceMap,
) -> Result<WrittenPopulation, FactsError> {
    let mut findings = Vec::new();
    let mut population = WrittenPopulation::default();
    for household in households(program, written) {
        match bind_case(program, &household, sources) {
            Ok(mut case) => {
                if !is_about_root(program, &household) {
                    case.without_root(program);
                }
                population.cases.push(case);
            }
            Err(found) => findings.extend(found),
        }
    }
    for entry in written.reported.iter().flat_map(|reported| &reported.entries) {
        match reported(program, entry, sources) {
            Ok((figure, constant)) => {
                population.reported.insert(figure, constant);
            }
            Err(finding) => findings.push(*finding),
        }
    }
    if findings.is_empty() { Ok(population) } else { Err(findings.into()) }
}

/// Whether a written case says anything of the root or of the members of its lists.
fn is_about_root(program: &Program, written: &ast::Case) -> bool {
    let is_root = |name: &str| program.object(program.root).is_some_and(|root| root.name.is(name));
    let is_list = |name: &str| {
        program
            .fields
            .iter()
            .any(|field| field.object == program.root && field.many && field.name.is(name.trim()))
    };
    written.instances.iter().any(|instance| is_root(&instance.object.text))
        || written
            .tables
            .iter()
            .filter_map(|table| table.columns.first())
            .any(|first| is_list(&first.text))
        || (written.instances.is_empty() && written.tables.is_empty())
}

/// A written case for each household in it, in the order of the text.
fn households(program: &Program, written: &ast::Case) -> Vec<ast::Case> {
    let root = program.object(program.root).map(|root| root.name.clone()).unwrap_or_default();
    let empty = ast::Case {
        instances: Vec::new(),
        tables: Vec::new(),
        history: Vec::new(),
        reported: Vec::new(),
        expectations: Vec::new(),
        ..written.clone()
    };
    enum Part<'a> {
        Instance(&'a ast::Instance),
        Table(&'a ast::CaseTable),
        History(&'a ast::History),
    }
    let mut parts: Vec<(u32, Part<'_>)> = Vec::new();
    parts.extend(written.instances.iter().map(|node| (node.span.start, Part::Instance(node))));
    parts.extend(written.tables.iter().map(|node| (node.span.start, Part::Table(node))));
    parts.extend(written.history.iter().map(|node| (node.span.start, Part::History(node))));
    parts.sort_by_key(|(start, _)| *start);
    let mut cases = vec![empty.clone()];
    for (_, part) in parts {
        if let Part::Table(table) = &part
            && table.columns.first().is_some_and(|first| root.is(first.text.trim()))
        {
            for instance in in_lines(table) {
                let mut case = empty.clone();
                case.instances.push(instance);
                cases.push(case);
            }
            continue;
        }
        if let Part::Instance(instance) = &part
            && root.is(&instance.object.text)
            && instance.name.is_some()
        {
            cases.push(empty.clone());
        }
        let Some(case) = cases.last_mut() else { continue };
        match part {
            Part::Instance(node) => case.instances.push(node.clone()),
            Part::Table(node) => case.tables.push(node.clone()),
            Part::History(node) => case.history.push(node.clone()),
        }
    }
    // What stood before the first household that has a name is a case of its own only if it says
    // something.
    let says_nothing = |case: &ast::Case| {
        case.instances.is_empty() && case.tables.is_empty() && case.history.is_empty()
    };
    if cases.len() > 1 && cases.first().is_some_and(says_nothing) {
        cases.remove(0);
    }
    cases
}

/// The lines of a table of households as instances.
fn in_lines(table: &ast::CaseTable) -> Vec<ast::Instance> {
    let object = table
        .columns
        .first()
        .map(|first| ast::Reference { text: first.text.trim().to_owned(), span: first.span });
    let Some(object) = object else { return Vec::new() };
    let reference =
        |text: &ast::Text| ast::Reference { text: text.text.trim().to_owned(), span: text.span };
    let facts = |row: &ast::CaseRow| {
        let cells = table.columns.iter().zip(&row.cells).skip(1);
        let stated = cells.filter(|(_, cell)| !cell.values.is_empty());
        stated
            .map(|(column, cell)| ast::Assignment {
                field: Some(reference(column)),
                values: cell.values.clone(),
                span: cell.text.span,
            })
            .collect()
    };
    table
        .rows
        .iter()
        .map(|row| ast::Instance {
            object: object.clone(),
            name: row.cells.first().map(|cell| reference(&cell.text)),
            facts: facts(row),
            span: row.span,
        })
        .collect()
}

/// A reported figure: 年报率＝91.28%, or 月人均补助水平的城镇＝1358元.
fn reported(
    program: &Program,
    (named, value): &(Expr, ast::FactValue),
    sources: &SourceMap,
) -> Result<(FigureId, Constant), Box<Diagnostic>> {
    let (target, item) = match &named.kind {
        ExprKind::Name(target) => (target, None),
        ExprKind::Access { base, member, .. } => match (&base.kind, &member.kind) {
            (ExprKind::Name(target), ExprKind::Name(item)) => (target, Some(item)),
            _ => return Err(no_figure(named, sources)),
        },
        _ => return Err(no_figure(named, sources)),
    };
    let figure = figure_named(program, &target.text, item.map(|item| item.text.as_str()));
    let Some(figure) = figure else { return Err(no_figure(named, sources)) };
    let ty = program
        .figure(figure)
        .and_then(|figure| program.node(figure.left))
        .map_or(Type::Error, |node| node.ty.clone());
    let nobody = Case::new(program);
    let found = super::written::scalar_of(program, &nobody, &ty, &value.value);
    let constant = match found {
        Ok(Scalar::Constant(constant)) => Some(constant),
        _ => None,
    };
    let Some(constant) = constant else {
        let shown = sources.slice(value.value.span).to_owned();
        let wanted = super::literal::takes(program, &ty);
        return Err(Box::new(
            Diagnostic::error(
                "huize::input::wrong_value",
                Bilingual::new(
                    format!("“{}”要{}，写的是 {shown}", target.text, wanted.zh),
                    format!("`{}` takes {}, found `{shown}`", target.text, wanted.en),
                ),
            )
            .at(value.value.span, Bilingual::default()),
        ));
    };
    Ok((figure, constant))
}

/// The figure of a target, by the label of its item where it has several.
#[must_use]
pub fn figure_named(program: &Program, target: &str, item: Option<&str>) -> Option<FigureId> {
    let target = program.target(target)?;
    match (target.figures.as_slice(), item) {
        ([only], None) => Some(*only),
        (figures, Some(item)) => figures.iter().copied().find(|figure| {
            let found = program.figure(*figure).and_then(|figure| figure.item);
            found.and_then(|found| program.item(found)).is_some_and(|found| found.label == item)
        }),
        (_, None) => None,
    }
}

fn no_figure(named: &Expr, sources: &SourceMap) -> Box<Diagnostic> {
    let shown = sources.slice(named.span);
    Box::new(
        Diagnostic::error(
            "huize::input::unknown_figure",
            Bilingual::new(
                format!("没有叫做“{shown}”的目标数值"),
                format!("there is no figure of a target `{shown}`"),
            ),
        )
        .at(named.span, Bilingual::default())
        .help(Bilingual::new(
            "写目标的名称；分项的目标写 目标的分项，如 月人均补助水平的城镇",
            "write the name of the target, with its item where it has several",
        )),
    )
}
