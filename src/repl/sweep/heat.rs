//! Two facts varied together: a table of amounts, shaded.

use super::wanted::{Axis, grid_of, neat_step, scalar_at};
use super::{Ground, draw, place_of};
use crate::diagnostic::Language;
use crate::engine::Case;
use crate::explain::layout::{Style, columns, pad};
use crate::input::{Fact, Scalar};
use crate::repl::chart::escaped;
use crate::repl::paper::Paper;
use crate::repl::problem::{self, Trouble};
use crate::repl::session::Line;
use crate::repl::world::World;
use crate::solve::grid::with_fact;
use crate::solve::view::OutputKind;
use crate::solve::{Reading, Sweep, SweepPoint};
use crate::value::Rational;

/// How many columns and rows there are where no step is said.
const COLUMNS: i64 = 10;

/// The most columns, and the most rows, of a table that is read.
const MOST: usize = 60;

/// Shades of a cell, from nothing to the most.
const SHADES: [char; 5] = [' ', '░', '▒', '▓', '█'];

/// A table of what comes out.
pub(super) struct Heat {
    language: Language,
    /// 低保金（元/月）
    what: String,
    across: Scale,
    down: Scale,
    /// Row by row.
    cells: Vec<Vec<Cell>>,
}

/// One of the two facts.
struct Scale {
    /// 甲的月工资（元/月）
    name: String,
    labels: Vec<String>,
}

/// What one cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cell {
    Amount(Rational),
    /// An outcome, or that nothing is certain.
    Word(String),
}

impl Heat {
    /// Sweeps the first fact once for each value of the second.
    pub(super) fn of(
        ground: &Ground<'_>,
        [x, y]: [&Axis; 2],
        line: &Line<'_>,
        world: &dyn World,
    ) -> Result<Self, Trouble> {
        let language = ground.language;
        let rows = values(ground, y, line, world)?;
        let (field, who) = (y.target.field, y.target.who);
        let period = ground.question.period;
        let mut sweeps: Vec<Sweep> = Vec::new();
        for (value, _) in &rows {
            let fact = value.map_or(Fact::Absent, Fact::Known);
            let facts = with_fact(&ground.case.facts, (field, who), period, fact);
            let case = Case { facts };
            let here = Ground { case: &case, ..*ground };
            sweeps.push(here.sweep(x, line, world)?);
        }
        let Some(first) = sweeps.first() else {
            return Err(problem::nothing_to_draw(line.rest_span()));
        };
        let at = shown(&sweeps).ok_or_else(|| problem::nothing_to_draw(line.rest_span()))?;
        let across = columns_of(first, x, language);
        let cells = sweeps
            .iter()
            .map(|sweep| {
                let points = across.iter().map(|(value, _)| point(sweep, *value));
                points.map(|point| cell(point.and_then(|p| p.outputs.get(at).copied()), language))
            })
            .map(Iterator::collect)
            .collect();
        let labels = |values: &[(Option<Scalar>, String)]| {
            values.iter().map(|(_, label)| label.clone()).collect::<Vec<String>>()
        };
        let down = ground.sweep(y, line, world)?;
        let unit = first.outputs.get(at).map_or("", |output| output.unit.as_str());
        Ok(Self {
            language,
            what: with_unit(&draw::title(first, at, language), unit, language),
            across: Scale { name: fact_name(first, language), labels: labels(&across) },
            down: Scale { name: fact_name(&down, language), labels: labels(&rows) },
            cells,
        })
    }

    /// The greatest amount.
    fn most(&self) -> Rational {
        let amounts = self.cells.iter().flatten().filter_map(|cell| match cell {
            Cell::Amount(amount) => Some(*amount),
            Cell::Word(_) => None,
        });
        amounts.max().unwrap_or(Rational::ZERO)
    }

    /// How dark a cell is, of `steps`.
    fn shade(&self, cell: &Cell, most: Rational, steps: i64) -> Option<i64> {
        let Cell::Amount(amount) = cell else { return None };
        if *amount <= Rational::ZERO || most <= Rational::ZERO {
            return Some(0);
        }
        let part =
            amount.checked_mul(Rational::from_integer(steps)).ok()?.checked_div(most).ok()?;
        Some(part.ceil().to_i64()?.clamp(1, steps))
    }

    /// The table as lines: the first fact across, the second down.
    pub(super) fn text(&self, paper: &mut Paper) {
        let say = |zh: &'static str, en: &'static str| match self.language {
            Language::Zh => zh,
            Language::En => en,
        };
        paper.line(0, Style::Strong, &self.what);
        paper.line(0, Style::Plain, &format!("{}{}", say("横：", "across: "), self.across.name));
        paper.line(0, Style::Plain, &format!("{}{}", say("竖：", "down: "), self.down.name));
        paper.blank();
        let most = self.most();
        let shades = i64::try_from(SHADES.len()).unwrap_or(5) - 1;
        let texts: Vec<Vec<String>> = self
            .cells
            .iter()
            .map(|row| {
                row.iter()
                    .map(|cell| {
                        let shade = self.shade(cell, most, shades).unwrap_or(0);
                        let shade = usize::try_from(shade).unwrap_or(0);
                        let shade = SHADES.get(shade).copied().unwrap_or(' ');
                        format!("{}{shade}", cell_text(cell))
                    })
                    .collect()
            })
            .collect();
        let lead = self.down.labels.iter().map(|label| columns(label)).max().unwrap_or(0);
        let width = texts.iter().flatten().chain(&self.across.labels).map(|text| columns(text));
        let width = width.max().unwrap_or(0) + 1;
        // As many columns side by side as the page is wide.
        let fit = (paper.options.width.saturating_sub(lead + 1) / width).max(1);
        let count = self.across.labels.len();
        for from in (0..count).step_by(fit) {
            if from > 0 {
                paper.blank();
            }
            let right = |text: &str| format!("{}{text}", " ".repeat(width - columns(text)));
            let head = self.across.labels.iter().skip(from).take(fit);
            // The shade stands behind the number.
            let head: String = head.map(|label| right(&format!("{label} "))).collect();
            paper.line(0, Style::Faint, &format!("{}{head}", pad("", lead)));
            for (label, row) in self.down.labels.iter().zip(&texts) {
                let row: String = row.iter().skip(from).take(fit).map(|text| right(text)).collect();
                let label = format!("{}{label}", " ".repeat(lead - columns(label)));
                paper.raw(format!("{label}{row}").trim_end());
            }
        }
    }

    /// The cells one a line, for a spreadsheet.
    pub(super) fn csv(&self) -> String {
        let quoted = |text: &str| {
            if text.contains([',', '"']) {
                format!("\"{}\"", text.replace('"', "\"\""))
            } else {
                text.to_owned()
            }
        };
        let names = [&self.across.name, &self.down.name, &self.what].map(|name| quoted(name));
        let mut out = format!("\u{feff}{}\r\n", names.join(","));
        for (down, row) in self.down.labels.iter().zip(&self.cells) {
            for (across, cell) in self.across.labels.iter().zip(row) {
                let cells = [across.as_str(), down.as_str(), &cell_text(cell)].map(quoted);
                out.push_str(&format!("{}\r\n", cells.join(",")));
            }
        }
        out
    }

    /// A picture that stands alone.
    pub(super) fn svg(&self) -> String {
        let (wide, high, left, top) = (64_i64, 28_i64, 96_i64, 84_i64);
        let count = |length: usize| i64::try_from(length).unwrap_or(0);
        let (across, down) = (count(self.across.labels.len()), count(self.down.labels.len()));
        let (width, height) = (left + across * wide + 16, top + down * high + 16);
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
             font-family=\"'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif\" \
             font-size=\"12\" role=\"img\">\n<title>{0}</title>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
             <text x=\"8\" y=\"20\" font-size=\"15\">{0}</text>\n\
             <text x=\"{1}\" y=\"44\" text-anchor=\"end\">{2}</text>\n\
             <text x=\"8\" y=\"64\">{3}</text>\n",
            escaped(&self.what),
            width - 16,
            escaped(&self.across.name),
            escaped(&self.down.name)
        );
        for (at, label) in self.across.labels.iter().enumerate() {
            out.push_str(&format!(
                "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
                left + count(at) * wide + wide / 2,
                top - 6,
                escaped(label)
            ));
        }
        let most = self.most();
        for (row, (label, cells)) in self.down.labels.iter().zip(&self.cells).enumerate() {
            let y = top + count(row) * high;
            out.push_str(&format!(
                "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n",
                left - 6,
                y + 18,
                escaped(label)
            ));
            for (column, cell) in cells.iter().enumerate() {
                let x = left + count(column) * wide;
                let shade = self.shade(cell, most, 100);
                let (fill, opacity) = match shade {
                    Some(part) => ("#0072b2", format!("{}.{:02}", part / 100, part % 100)),
                    None => ("#e69f00", "0.30".to_owned()),
                };
                let ink = if shade.is_some_and(|part| part > 60) { "#ffffff" } else { "#222222" };
                out.push_str(&format!(
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" fill=\"{fill}\" \
                     fill-opacity=\"{opacity}\" stroke=\"#dddddd\"/>\n<text x=\"{}\" y=\"{}\" \
                     text-anchor=\"middle\" fill=\"{ink}\">{}</text>\n",
                    x + wide / 2,
                    y + 18,
                    escaped(&cell_text(cell))
                ));
            }
        }
        out.push_str("</svg>\n");
        out
    }
}

fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Amount(amount) => amount.to_decimal_text().unwrap_or_else(|| amount.approximate(2)),
        Cell::Word(word) => word.clone(),
    }
}

fn cell(reading: Option<Reading>, language: Language) -> Cell {
    let word =
        |zh: &str, en: &str| Cell::Word(if language == Language::Zh { zh } else { en }.to_owned());
    match reading {
        Some(Reading { outcome: Some(outcome), .. }) => {
            Cell::Word(crate::repl::answer::outcome_word(outcome, language).to_owned())
        }
        Some(reading) => reading.amount().map_or_else(|| word("未定", "?"), Cell::Amount),
        None => word("—", "—"),
    }
}

/// What the table shows: the total where there is one, the payment that varies, or an outcome.
fn shown(sweeps: &[Sweep]) -> Option<usize> {
    let outputs = &sweeps.first()?.outputs;
    let varies = |at: &usize| {
        let mut cells = sweeps
            .iter()
            .flat_map(|sweep| &sweep.pieces)
            .filter_map(|piece| piece.outputs.get(*at));
        let Some(first) = cells.next() else { return false };
        first.at_from != first.at_to || cells.any(|cell| cell != first)
    };
    let of = |kind: OutputKind| {
        let mut found = (0..outputs.len())
            .filter(|at| outputs.get(*at).is_some_and(|output| output.kind == kind))
            .filter(varies);
        (found.next(), found.next())
    };
    match of(OutputKind::Payment) {
        (Some(one), None) => Some(one),
        (Some(one), Some(_)) => of(OutputKind::Total).0.or(Some(one)),
        (None, _) => of(OutputKind::Outcome).0,
    }
}

/// The values down the side.
fn values(
    ground: &Ground<'_>,
    axis: &Axis,
    line: &Line<'_>,
    world: &dyn World,
) -> Result<Vec<(Option<Scalar>, String)>, Trouble> {
    let sweep = ground.sweep(axis, line, world)?;
    if grid_of(ground.law.program(), ground.case, axis.target).is_none() {
        let points = sweep.points(0);
        let labelled = points.iter().zip(&sweep.pieces);
        return Ok(labelled
            .map(|(point, piece)| label(point.value, piece, ground.language))
            .collect());
    }
    Ok(scale(axis))
}

/// The values across the top.
fn columns_of(sweep: &Sweep, axis: &Axis, language: Language) -> Vec<(Option<Scalar>, String)> {
    if axis.is_scale {
        return scale(axis);
    }
    let points = sweep.points(0);
    points.iter().zip(&sweep.pieces).map(|(p, piece)| label(p.value, piece, language)).collect()
}

fn label(
    value: Option<Scalar>,
    piece: &crate::solve::view::PieceView,
    language: Language,
) -> (Option<Scalar>, String) {
    let text = if language == Language::Zh { &piece.from.zh } else { &piece.from.en };
    (value, text.clone())
}

/// Evenly spaced values of a number or a day, both ends among them.
fn scale(axis: &Axis) -> Vec<(Option<Scalar>, String)> {
    let ends = axis.from.and_then(place_of).zip(axis.to.and_then(place_of));
    let step = axis.step.or_else(|| neat_step(axis, COLUMNS));
    let (Some((from, to)), Some(step)) = (ends, step) else { return Vec::new() };
    let mut found = Vec::new();
    let mut at = from;
    while at <= to && found.len() < MOST {
        let Some(scalar) = scalar_at(axis, at) else { break };
        let text = match scalar {
            Scalar::Constant(crate::hir::Constant::Date(date)) => date.to_string(),
            _ => at.to_decimal_text().unwrap_or_else(|| at.approximate(2)),
        };
        found.push((Some(scalar), text));
        let Ok(next) = at.checked_add(step) else { break };
        at = next;
    }
    found
}

/// What comes out at a value.
fn point(sweep: &Sweep, value: Option<Scalar>) -> Option<SweepPoint> {
    match value.and_then(place_of) {
        Some(_) => sweep.at_value(value?),
        None => sweep.points(0).into_iter().find(|point| point.value == value),
    }
}

fn fact_name(sweep: &Sweep, language: Language) -> String {
    let of = if language == Language::Zh { "的" } else { "." };
    with_unit(&sweep.fact.id.replacen('.', of, 1), &sweep.fact.unit, language)
}

fn with_unit(name: &str, unit: &str, language: Language) -> String {
    match language {
        _ if unit.is_empty() => name.to_owned(),
        Language::Zh => format!("{name}（{unit}）"),
        Language::En => format!("{name} ({unit})"),
    }
}
