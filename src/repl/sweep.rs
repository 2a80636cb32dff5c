//! 扫: what comes out for every value of a fact, exactly; of two facts as a heat table.

mod draw;
mod heat;
mod wanted;

use self::wanted::{Axis, Wanted};
use super::facts::Target;
use super::paper::Paper;
use super::problem::{self, Trouble};
use super::session::{Answer, Compiled, Line, Session};
use super::verb::Verb;
use super::world::World;
use crate::diagnostic::Language;
use crate::engine::{Case, Question};
use crate::explain::layout::Style;
use crate::hir::Constant;
use crate::input::Scalar;
use crate::solve::view::{OutputKind, PieceView};
use crate::solve::{FactRef, Sweep, SweepRange, csv, text};
use crate::value::{Date, Rational, parse_decimal};

/// In how many steps a range is written to a file where no step is said.
const FILE_STEPS: i64 = 100;

/// A sweep that is to be made: the law, the case, the question.
struct Ground<'a> {
    law: &'a Compiled,
    case: &'a Case,
    question: Question,
    language: Language,
}

impl Ground<'_> {
    fn sweep(&self, axis: &Axis, line: &Line<'_>, world: &dyn World) -> Result<Sweep, Trouble> {
        let stop = || world.cancelled();
        let Axis { target: Target { field, who }, from, to, .. } = *axis;
        let (fact, range) = (FactRef { field, who }, SweepRange { from, to });
        let policy = &self.law.policy;
        let found =
            policy.sweep_until(self.case, &self.question, fact, range, self.language, &stop);
        if world.cancelled() {
            return Err(problem::stopped(line.rest_span()));
        }
        found.map_err(|findings| super::law::placed(findings.into(), line))
    }
}

impl Session {
    /// 扫
    pub(super) fn sweep(&mut self, line: &Line<'_>, world: &mut dyn World) -> Answer {
        if line.rest.is_empty() {
            return Err(problem::misused(line.rest_span(), Verb::Sweep));
        }
        let (law, facts, question) = self.asked(line)?;
        let mut wanted = self.wanted(&law, line)?;
        let case = Case { facts };
        let ground = Ground { law: &law, case: &case, question, language: self.options.language };
        for axis in &mut wanted.axes {
            ground.bound(axis, line, world)?;
        }
        match wanted.axes.as_slice() {
            [one] => self.sweep_one(&ground, one, &wanted, line, world),
            [x, y] => self.sweep_two(&ground, [x, y], &wanted, line, world),
            _ => Err(problem::misused(line.rest_span(), Verb::Sweep)),
        }
    }

    fn sweep_one(
        &self,
        ground: &Ground<'_>,
        axis: &Axis,
        wanted: &Wanted,
        line: &Line<'_>,
        world: &mut dyn World,
    ) -> Answer {
        let language = self.options.language;
        let sweep = ground.sweep(axis, line, world)?;
        let mut paper = self.paper();
        let chart = draw::chart(&sweep, self.options.width, language);
        if let Some(chart) = &chart {
            paper.raw(&chart.text(self.options.width, self.options.color));
            paper.blank();
        }
        let options = text::TextOptions { color: self.options.color, width: self.options.width };
        paper.raw(&text::sweep(&sweep, language, options));
        self.say_rates(&sweep, &mut paper);
        if let Some(step) = axis.step {
            paper.blank();
            paper.raw(&text::points(&sweep, &sweep.steps(Some(step)), language, options));
        }
        if let Some(path) = &wanted.svg {
            let chart = chart.ok_or_else(|| problem::nothing_to_draw(line.span(&path.range)))?;
            self.write(&path.text, &chart.svg(), &mut paper, world)?;
        }
        if let Some(path) = &wanted.csv {
            let step = axis.step.or_else(|| wanted::neat_step(axis, FILE_STEPS));
            let table = csv::sweep(&sweep, &sweep.steps(step), language);
            self.write(&path.text, &table, &mut paper, world)?;
        }
        Ok(paper.into())
    }

    fn sweep_two(
        &self,
        ground: &Ground<'_>,
        axes: [&Axis; 2],
        wanted: &Wanted,
        line: &Line<'_>,
        world: &mut dyn World,
    ) -> Answer {
        let heat = heat::Heat::of(ground, axes, line, world)?;
        let mut paper = self.paper();
        heat.text(&mut paper);
        if let Some(path) = &wanted.svg {
            self.write(&path.text, &heat.svg(), &mut paper, world)?;
        }
        if let Some(path) = &wanted.csv {
            self.write(&path.text, &heat.csv(), &mut paper, world)?;
        }
        Ok(paper.into())
    }

    fn write(
        &self,
        path: &str,
        text: &str,
        paper: &mut Paper,
        world: &mut dyn World,
    ) -> Result<(), Trouble> {
        world.write(path, text)?;
        let said = match self.options.language {
            Language::Zh => format!("写到了 {path}"),
            Language::En => format!("written to {path}"),
        };
        paper.line(0, Style::Plain, &said);
        Ok(())
    }

    /// How much of one yuan more is lost, piece by piece, where what is varied is money of the same
    /// time as what is paid.
    fn say_rates(&self, sweep: &Sweep, paper: &mut Paper) {
        let is_rated = |kind| {
            let mut outputs = sweep.outputs.iter();
            outputs.position(|output| output.kind == kind && output.unit == sweep.fact.unit)
        };
        let rated = is_rated(OutputKind::Total).or_else(|| is_rated(OutputKind::Payment));
        let Some(at) = rated.filter(|_| !sweep.fact.unit.is_empty()) else { return };
        let mut rates: Vec<(String, String, String)> = Vec::new();
        for piece in &sweep.pieces {
            let Some(slope) = piece.outputs.get(at).and_then(|cell| cell.slope.as_deref()) else {
                continue;
            };
            let Some(rate) = lost(slope) else { continue };
            let (from, to) = ends(piece, self.options.language);
            match rates.last_mut() {
                Some((_, end, known)) if *known == rate => *end = to,
                _ => rates.push((from, to, rate)),
            }
        }
        if rates.iter().all(|(_, _, rate)| rate == "0%") {
            return;
        }
        let list: Vec<String> = rates
            .into_iter()
            .map(|(from, to, rate)| match self.options.language {
                Language::Zh => format!("{from}至{to} {rate}"),
                Language::En => format!("{from} to {to}: {rate}"),
            })
            .collect();
        paper.blank();
        let lead = self.say("有效边际税率：", "effective marginal rate: ").to_owned();
        paper.led(0, &lead, Style::Plain, Style::Plain, &list.join(self.say("；", "; ")));
    }
}

/// How much of one more is lost, as a percentage to two places.
fn lost(slope: &str) -> Option<String> {
    let (over, under) = slope.split_once('/').unwrap_or((slope, "1"));
    let slope = parse_decimal(over).ok()?.checked_div(parse_decimal(under).ok()?).ok()?;
    let share = slope.negated().checked_mul(Rational::from_integer(100)).ok()?;
    let text = share.to_decimal_text().filter(|text| text.len() < 8);
    Some(format!("{}%", text.unwrap_or_else(|| share.approximate(2))))
}

fn ends(piece: &PieceView, language: Language) -> (String, String) {
    match language {
        Language::Zh => (piece.from.zh.clone(), piece.to.zh.clone()),
        Language::En => (piece.from.en.clone(), piece.to.en.clone()),
    }
}

/// A number or a day on an axis; nothing for what has no place on one.
fn place_of(scalar: Scalar) -> Option<Rational> {
    match scalar {
        Scalar::Constant(Constant::Number(number)) => Some(number),
        Scalar::Constant(Constant::Date(date)) => {
            Some(Rational::from_integer(Date::days_between(Date::MIN, date)))
        }
        _ => None,
    }
}
