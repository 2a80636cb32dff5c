//! What a line with 扫 asks for: the facts with their ranges and steps, and the files to write.

use std::ops::Range;

use super::Ground;
use crate::engine::Case;
use crate::hir::{Constant, Program};
use crate::input::Scalar;
use crate::repl::facts::Target;
use crate::repl::problem::{self, Trouble};
use crate::repl::read;
use crate::repl::session::{Compiled, Line, Session};
use crate::repl::verb::Verb;
use crate::repl::world::World;
use crate::solve::grid::Grid;
use crate::types::Type;
use crate::value::{Date, Rational, parse_decimal};

/// Words between the ends of a range.
const BETWEEN: [&str; 7] = [" to ", "至", "到", "～", "~", "—", ".."];

/// Words before a step.
const STEPS: [&str; 4] = ["步长", "每隔", "--step", " step "];

/// One fact to be varied.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    pub(super) target: Target,
    pub(super) from: Option<Scalar>,
    pub(super) to: Option<Scalar>,
    pub(super) step: Option<Rational>,
    /// Whether it has a place on an axis: a number or a day.
    pub(super) is_scale: bool,
    /// Whether it is a whole number.
    pub(super) is_whole: bool,
}

/// A file to write.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) text: String,
    pub(super) range: Range<usize>,
}

/// All that a line asks for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) axes: Vec<Axis>,
    pub(super) svg: Option<File>,
    pub(super) csv: Option<File>,
}

impl Session {
    /// Reads `甲的月工资 0至5000，乙的月工资 0至3000 步长 500 --svg FILE`.
    pub(super) fn wanted(&mut self, law: &Compiled, line: &Line<'_>) -> Result<Wanted, Trouble> {
        let mut rest = line.rest.clone();
        let (mut svg, mut csv) = (None, None);
        while let Some((kind, file)) = last_file(line, &mut rest)? {
            let place = if kind == "svg" { &mut svg } else { &mut csv };
            if place.replace(file).is_some() {
                return Err(problem::misused(line.rest_span(), Verb::Sweep));
            }
        }
        let mut axes = Vec::new();
        for part in read::parts(line.text, rest) {
            axes.push(self.axis(law, line, part)?);
        }
        if axes.is_empty() || axes.len() > 2 {
            return Err(problem::misused(line.rest_span(), Verb::Sweep));
        }
        Ok(Wanted { axes, svg, csv })
    }

    fn axis(
        &mut self,
        law: &Compiled,
        line: &Line<'_>,
        part: Range<usize>,
    ) -> Result<Axis, Trouble> {
        let teller = self.teller(law, line);
        let (part, step) = match cut_step(line, &part) {
            Some((before, step)) => (before, Some(step)),
            None => (part, None),
        };
        let mut first_trouble = None;
        let mut found = None;
        for end in name_ends(line, &part) {
            let name = read::trimmed(line.text, part.start..end);
            let target = crate::repl::ask::parse(line, name.clone())
                .and_then(|expression| teller.target(&expression));
            match target {
                Ok(target) => {
                    found = Some((target, read::trimmed(line.text, end..part.end)));
                    break;
                }
                // What is wrong with the shortest name is nearest to what was meant.
                Err(trouble) => first_trouble = Some(trouble),
            }
        }
        let Some((target, range)) = found else {
            return Err(
                first_trouble.unwrap_or_else(|| problem::misused(line.rest_span(), Verb::Sweep))
            );
        };
        let declared = law.program().field(target.field);
        let ty = declared.map_or(Type::Error, |field| field.ty.clone());
        let mut axis = Axis {
            target,
            from: None,
            to: None,
            step: None,
            is_scale: matches!(ty, Type::Number(_) | Type::Date),
            is_whole: match &ty {
                Type::Number(number) => number.integer,
                _ => true,
            },
        };
        if let Some(step) = step {
            axis.step = Some(step_of(line, &step)?);
        }
        if range.is_empty() {
            return Ok(axis);
        }
        if !axis.is_scale {
            return Err(problem::misused(line.span(&range), Verb::Sweep));
        }
        let (from, to) =
            ends(line, &range).ok_or_else(|| problem::misused(line.span(&range), Verb::Sweep))?;
        let end = |range: &Range<usize>| {
            let expression = crate::repl::ask::parse(line, range.clone())?;
            teller.scalar(target, &expression)
        };
        axis.from = Some(end(&from)?);
        axis.to = Some(end(&to)?);
        Ok(axis)
    }
}

impl Ground<'_> {
    /// Where no range is said: from the least value to a good way behind the last threshold, and
    /// behind what the fact is now.
    pub(super) fn bound(
        &self,
        axis: &mut Axis,
        line: &Line<'_>,
        world: &dyn World,
    ) -> Result<(), Trouble> {
        if !axis.is_scale || axis.from.is_some() {
            return Ok(());
        }
        let program = self.law.program();
        let Some(grid) = grid_of(program, self.case, axis.target) else { return Ok(()) };
        let sweep = self.sweep(axis, line, world)?;
        let low = grid.number(grid.low);
        let high = grid.number(grid.high);
        let is_day = matches!(grid.scalar(grid.low), Scalar::Constant(Constant::Date(_)));
        if is_day {
            return Ok(());
        }
        let least =
            if low < Rational::ZERO && high > Rational::ZERO { Rational::ZERO } else { low };
        let value = |text: &str| parse_decimal(text).ok();
        let thresholds = sweep.thresholds.iter().filter_map(|found| value(&found.after.value));
        let now = value(&sweep.fact.now.value);
        let last = thresholds.chain(now).max().unwrap_or(high);
        let wide = last.checked_mul(Rational::new(5, 4).unwrap_or(Rational::ONE)).unwrap_or(last);
        let top = super::super::chart::rounded_up(wide.max(Rational::from_integer(10)));
        axis.from = Some(Scalar::Constant(Constant::Number(least)));
        axis.to = Some(Scalar::Constant(Constant::Number(top.min(high))));
        Ok(())
    }
}

/// The values that a fact can take.
pub(super) fn grid_of(program: &Program, case: &Case, target: Target) -> Option<Grid> {
    Grid::of_fact(program, &case.facts, target.field, target.who)
}

/// A step of 1, 2 or 5 × 10ⁿ that cuts the range of an axis into at most so many.
pub(super) fn neat_step(axis: &Axis, parts: i64) -> Option<Rational> {
    let (from, to) = (super::place_of(axis.from?)?, super::place_of(axis.to?)?);
    let width = to.checked_sub(from).ok()?;
    let least = width.checked_div(Rational::from_integer(parts)).ok()?;
    let cent = Rational::new(1, 100).ok()?;
    let mut step = if axis.is_whole { Rational::ONE } else { cent };
    for _ in 0..60 {
        for factor in [1, 2, 5] {
            let next = step.checked_mul(Rational::from_integer(factor)).ok()?;
            if next >= least {
                return Some(next);
            }
        }
        step = step.checked_mul(Rational::from_integer(10)).ok()?;
    }
    None
}

/// Takes the last `--svg FILE` or `--csv FILE` off a line. A dash is what a Chinese keyboard gives.
fn last_file(
    line: &Line<'_>,
    rest: &mut Range<usize>,
) -> Result<Option<(&'static str, File)>, Trouble> {
    let text = line.slice(rest);
    let lower = text.to_ascii_lowercase();
    let options = ["svg", "csv"].into_iter().flat_map(|kind| {
        ["--", "——", "－－", "—", "–"].into_iter().map(move |dash| (kind, format!("{dash}{kind}")))
    });
    // Of `——svg` and `—svg`, which end alike, the one that begins first.
    let found = options
        .filter_map(|(kind, word)| {
            let at = lower.rfind(&word)?;
            Some((at + word.len(), at, kind))
        })
        .max_by_key(|(end, at, _)| (*end, std::cmp::Reverse(*at)));
    let Some((end, at, kind)) = found else { return Ok(None) };
    let start = rest.start;
    let after = text.get(end..).unwrap_or("");
    let path_start = rest.end - after.trim_start_matches(is_mark).len();
    let path = read::trimmed(line.text, path_start..rest.end);
    if path.is_empty() {
        return Err(problem::file_missing(line.span(&(start + at..start + end))));
    }
    if line.slice(&path).contains(read::is_blank) {
        return Err(problem::misused(line.span(&path), Verb::Sweep));
    }
    let file = File { text: line.slice(&path).to_owned(), range: path };
    *rest = read::trimmed(line.text, start..start + at);
    Ok(Some((kind, file)))
}

fn is_mark(letter: char) -> bool {
    read::is_blank(letter) || matches!(letter, '=' | '＝' | '：' | ':')
}

/// Where the name of a fact may end, the longest first.
fn name_ends(line: &Line<'_>, part: &Range<usize>) -> Vec<usize> {
    let text = line.slice(part);
    let mut ends: Vec<usize> = text
        .char_indices()
        .skip(1)
        .filter(|(_, letter)| {
            read::is_blank(*letter)
                || matches!(letter, '从' | '自' | '=' | '＝' | '：' | ':' | '-' | '－' | '−')
                || letter.is_numeric()
        })
        .map(|(at, _)| part.start + at)
        .collect();
    ends.push(part.end);
    ends.reverse();
    ends
}

/// The part before a step, and the step.
fn cut_step(line: &Line<'_>, part: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let text = line.slice(part);
    let (at, word) = STEPS.into_iter().find_map(|word| Some((text.find(word)?, word)))?;
    let before = read::trimmed(line.text, part.start..part.start + at);
    let step = read::trimmed(line.text, part.start + at + word.len()..part.end);
    (!before.is_empty()).then_some((before, step))
}

/// A step: a number, whatever unit stands behind it.
fn step_of(line: &Line<'_>, range: &Range<usize>) -> Result<Rational, Trouble> {
    let text = line.slice(range);
    let number = text.trim_end_matches(|letter: char| !letter.is_numeric());
    let number = number.trim_start_matches(is_mark);
    match parse_decimal(number) {
        Ok(step) if step > Rational::ZERO => Ok(step),
        _ => Err(problem::bad_step(line.span(range), text)),
    }
}

/// The ends of a range: `从0元到5000元`.
fn ends(line: &Line<'_>, range: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let text = line.slice(range);
    let start = range.start;
    let (at, word) = BETWEEN.into_iter().find_map(|word| Some((text.find(word)?, word)))?;
    let head = text.get(..at)?;
    let from = head.trim_start_matches(|letter: char| is_mark(letter) || "从自".contains(letter));
    let from = from.strip_prefix("from ").unwrap_or(from);
    let from = read::trimmed(line.text, start + at - from.len()..start + at);
    let to = read::trimmed(line.text, start + at + word.len()..range.end);
    (!from.is_empty() && !to.is_empty()).then_some((from, to))
}

/// A value of a fact from its place on the axis.
pub(super) fn scalar_at(axis: &Axis, place: Rational) -> Option<Scalar> {
    let constant = match axis.from? {
        Scalar::Constant(Constant::Date(_)) => {
            Constant::Date(Date::MIN.plus_days(place.floor().to_i64()?).ok()?)
        }
        _ => Constant::Number(place),
    };
    Some(Scalar::Constant(constant))
}
