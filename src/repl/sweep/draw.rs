//! A sweep as a chart.

use super::place_of;
use crate::diagnostic::Language;
use crate::hir::Constant;
use crate::input::Scalar;
use crate::repl::chart::{Chart, Layer};
use crate::solve::view::OutputKind;
use crate::solve::{Sweep, SweepPoint};
use crate::value::{Rational, parse_decimal};

/// More marks than this under an axis cannot be told apart.
const MOST_MARKS: usize = 20;

/// The payments of the most frequent unit over a number; nothing where there is nothing to draw.
pub(super) fn chart(sweep: &Sweep, width: usize, language: Language) -> Option<Chart> {
    let corners = sweep.steps(None);
    let is_number =
        |point: &SweepPoint| matches!(point.value, Some(Scalar::Constant(Constant::Number(_))));
    let corners: Vec<SweepPoint> = corners.into_iter().filter(is_number).collect();
    let place = |point: &SweepPoint| point.value.and_then(place_of);
    let (low, high) = (place(corners.first()?)?, place(corners.last()?)?);
    let (unit, drawn) = payments(sweep, &corners)?;
    let points: Vec<SweepPoint> =
        sweep.points(width.saturating_sub(14).max(20)).into_iter().filter(is_number).collect();
    let amount = |point: &SweepPoint, at: usize| point.outputs.get(at)?.amount();
    let layers = drawn.iter().map(|at| Layer {
        name: title(sweep, *at, language),
        columns: points.iter().map(|point| amount(point, *at)).collect(),
        corners: corners
            .iter()
            .filter_map(|point| Some((place(point)?, amount(point, *at))))
            .collect(),
    });
    let layers: Vec<Layer> = layers.collect();
    let marks = sweep.thresholds.iter().take(MOST_MARKS).enumerate();
    let marks = marks.filter_map(|(at, threshold)| {
        Some((parse_decimal(&threshold.after.value).ok()?, crate::solve::mark(at)))
    });
    let is_flat = |layer: &Layer| {
        let mut amounts = layer.corners.iter().map(|(_, amount)| amount);
        let first = amounts.next();
        amounts.all(|amount| Some(amount) == first)
    };
    if layers.iter().all(is_flat) {
        return None;
    }
    let names: Vec<String> = layers.iter().map(|layer| layer.name.clone()).collect();
    let fact = sweep.fact.id.replacen('.', if language == Language::Zh { "的" } else { "." }, 1);
    let chart = Chart {
        title: match language {
            Language::Zh => format!("{}随{fact}的变化", names.join("、")),
            Language::En => format!("{} by {fact}", names.join(", ")),
        },
        x_name: match language {
            _ if sweep.fact.unit.is_empty() => fact,
            Language::Zh => format!("{fact}（{}）", sweep.fact.unit),
            Language::En => format!("{fact} ({})", sweep.fact.unit),
        },
        y_unit: unit,
        low,
        high,
        layers,
        marks: marks.collect(),
        now: parse_decimal(&sweep.fact.now.value).ok(),
        language,
    };
    (!chart.is_empty()).then_some(chart)
}

/// The unit that most payments have, and those that are not zero everywhere.
fn payments(sweep: &Sweep, corners: &[SweepPoint]) -> Option<(String, Vec<usize>)> {
    let is_some = |at: usize| {
        let mut amounts = corners.iter().map(|point| point.outputs.get(at).copied());
        amounts.any(|reading| {
            reading.is_some_and(|reading| {
                reading.amount().is_some_and(|amount| amount != Rational::ZERO)
            })
        })
    };
    let mut units: Vec<(String, Vec<usize>)> = Vec::new();
    for (at, output) in sweep.outputs.iter().enumerate() {
        if output.kind != OutputKind::Payment || !is_some(at) {
            continue;
        }
        match units.iter_mut().find(|(unit, _)| *unit == output.unit) {
            Some((_, members)) => members.push(at),
            None => units.push((output.unit.clone(), vec![at])),
        }
    }
    // Of several with as many payments the first.
    units.into_iter().rev().max_by_key(|(_, members)| members.len())
}

/// 低保金, 甲的补贴
pub(super) fn title(sweep: &Sweep, at: usize, language: Language) -> String {
    let Some(output) = sweep.outputs.get(at) else { return String::new() };
    let name = match (language, &output.alias) {
        (Language::En, Some(alias)) => alias,
        _ => &output.name,
    };
    match language {
        _ if output.subject.is_empty() => name.clone(),
        Language::Zh => format!("{}的{name}", output.subject),
        Language::En => format!("{}.{name}", output.subject),
    }
}
