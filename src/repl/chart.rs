//! A chart of amounts over one fact: in the terminal, and as SVG for a report. Payments stand on
//! one another, so that the upper edge is the total.
//!
//! Everything is placed by exact arithmetic on whole steps (rows, hundredths of a pixel): the same
//! figures give the same bytes.

#[cfg(test)]
mod tests;

use crate::diagnostic::Language;
use crate::explain::layout::{Paint, Style, columns};
use crate::value::Rational;

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Chart {
    pub(super) title: String,
    /// `甲的月工资（元/月）`
    pub(super) x_name: String,
    /// 元/月
    pub(super) y_unit: String,
    pub(super) low: Rational,
    pub(super) high: Rational,
    /// From below upwards.
    pub(super) layers: Vec<Layer>,
    /// Values of the fact at which something changes, with their numbers in the list.
    pub(super) marks: Vec<(Rational, String)>,
    /// What the fact is now.
    pub(super) now: Option<Rational>,
    pub(super) language: Language,
}

/// One payment.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    pub(super) name: String,
    /// By columns spread evenly over the range; nothing where the amount is not known.
    pub(super) columns: Vec<Option<Rational>>,
    /// Where its pieces begin and end.
    pub(super) corners: Vec<(Rational, Option<Rational>)>,
}

/// Rows of a chart in the terminal.
const ROWS: usize = 12;

/// What fills the parts of a bar, from below upwards, where there are several.
const FILLS: [char; 6] = ['█', '▒', '▓', '░', '#', '+'];

/// Parts of a row, from empty to full.
const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Colours of the parts, told apart by people who see red and green alike.
const COLORS: [&str; 6] = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00"];

/// How many steps of `steps` a value is on from `low` to `high`; within them.
fn scaled(value: Rational, low: Rational, high: Rational, steps: i64) -> i64 {
    let part = || {
        let whole = high.checked_sub(low).ok()?;
        if whole.is_zero() {
            return Some(0);
        }
        let part = value.checked_sub(low).ok()?.checked_div(whole).ok()?;
        part.checked_mul(Rational::from_integer(steps)).ok()?.floor().to_i64()
    };
    part().unwrap_or(0).clamp(0, steps)
}

/// The least number of the form 1, 2, 5 × 10ⁿ times a whole one that is not below a value: where an
/// axis ends.
pub(super) fn rounded_up(value: Rational) -> Rational {
    let mut step = Rational::from_integer(1);
    let ten = Rational::from_integer(10);
    while let Ok(next) = step.checked_mul(ten)
        && next < value
    {
        step = next;
    }
    for factor in [1, 2, 3, 4, 5, 6, 8, 10] {
        let end = step.checked_mul(Rational::from_integer(factor));
        if let Ok(end) = end
            && end >= value
        {
            return end;
        }
    }
    value
}

fn number(value: Rational) -> String {
    value.to_decimal_text().unwrap_or_else(|| value.approximate(2))
}

impl Chart {
    /// Whether there is anything to draw.
    pub(super) fn is_empty(&self) -> bool {
        self.top() <= Rational::ZERO || self.low >= self.high
    }

    /// The greatest total.
    fn top(&self) -> Rational {
        let count = self.layers.iter().map(|layer| layer.columns.len()).max().unwrap_or(0);
        let columns = (0..count).map(|at| self.sum(at, self.layers.len()));
        let corners = self.corners().into_iter().filter_map(|(_, values)| values.last().copied());
        columns.chain(corners.map(Some)).flatten().max().unwrap_or(Rational::ZERO)
    }

    /// The lowest layers of a column together; nothing where one of them is not known.
    fn sum(&self, column: usize, layers: usize) -> Option<Rational> {
        let mut total = Rational::ZERO;
        for layer in self.layers.iter().take(layers) {
            total = total.checked_add((*layer.columns.get(column)?)?).ok()?;
        }
        Some(total)
    }

    /// Lines of text: bars, the axis, marks under it, what is what.
    pub(super) fn text(&self, width: usize, color: bool) -> String {
        let paint = Paint { color };
        let top = rounded_up(self.top());
        let labels = [number(top), self.half(top), "0".to_owned()];
        let margin = labels.iter().map(|label| columns(label)).max().unwrap_or(0);
        let count = self.layers.iter().map(|layer| layer.columns.len()).max().unwrap_or(0);
        let count = count.min(width.saturating_sub(margin + 3)).max(1);
        let mut out = format!("{}\n", paint.apply(Style::Faint, &self.y_unit));
        for row in 0..ROWS {
            let label = match row {
                0 => labels.first(),
                _ if row == ROWS / 2 => labels.get(1),
                _ => None,
            };
            let label = label.map_or("", String::as_str);
            let tick = if label.is_empty() { '│' } else { '┤' };
            let mut bars = String::new();
            for column in 0..count {
                bars.push(self.cell(column, ROWS - row, top));
            }
            let lead = format!("{}{label} {tick}", " ".repeat(margin - columns(label)));
            out.push_str(&format!("{}{}\n", lead, paint.apply(Style::Good, bars.trim_end())));
        }
        out.push_str(&format!("{:>margin$} └{}\n", 0, "─".repeat(count)));
        out.push_str(&self.under(margin + 2, count));
        if self.layers.len() > 1 {
            let names: Vec<String> = self
                .layers
                .iter()
                .zip(FILLS.iter().cycle())
                .map(|(layer, fill)| format!("{fill} {}", layer.name))
                .collect();
            out.push_str(&format!("{}{}\n", " ".repeat(margin + 2), names.join("  ")));
        }
        out
    }

    fn half(&self, top: Rational) -> String {
        top.checked_div(Rational::from_integer(2)).map_or_else(|_| String::new(), number)
    }

    /// What stands in a column at a height, counted in rows from below.
    fn cell(&self, column: usize, height: usize, top: Rational) -> char {
        let eighths = i64::try_from(ROWS * 8).unwrap_or(0);
        let floor = i64::try_from(height.saturating_sub(1) * 8).unwrap_or(0);
        let total = self.sum(column, self.layers.len());
        let Some(total) = total else { return if height == 1 { '?' } else { ' ' } };
        let reach = scaled(total, Rational::ZERO, top, eighths);
        if reach <= floor {
            // A little is not nothing.
            let some = height == 1 && total > Rational::ZERO;
            return if some { '▁' } else { ' ' };
        }
        if self.layers.len() == 1 {
            let part = usize::try_from(reach - floor).unwrap_or(8).min(8);
            return EIGHTHS.get(part).copied().unwrap_or('█');
        }
        // The layer that holds the middle of the row.
        let middle = floor + 4;
        let layer = (1..=self.layers.len()).find(|layers| {
            let below = self.sum(column, *layers).unwrap_or(Rational::ZERO);
            scaled(below, Rational::ZERO, top, eighths) > middle
        });
        match layer {
            Some(layer) => FILLS.get((layer - 1) % FILLS.len()).copied().unwrap_or('█'),
            // Less than half of the row.
            None => EIGHTHS
                .get(usize::try_from(reach - floor).unwrap_or(1).min(4))
                .copied()
                .unwrap_or(' '),
        }
    }

    /// Under the axis: marks with their numbers, then the ends and the middle of the range.
    fn under(&self, margin: usize, count: usize) -> String {
        let last = i64::try_from(count.saturating_sub(1)).unwrap_or(0);
        let place = |value: Rational| {
            usize::try_from(scaled(value, self.low, self.high, last)).unwrap_or(0)
        };
        let mut ticks: Vec<char> = vec![' '; count];
        let mut names = Labels::new(count);
        for (value, name) in &self.marks {
            if let Some(tick) = ticks.get_mut(place(*value)) {
                *tick = '▲';
            }
            names.put(place(*value), name);
        }
        let mut lines = Vec::new();
        if !self.marks.is_empty() {
            lines.push(ticks.into_iter().collect::<String>());
            lines.push(names.text);
        }
        let mut ends = Labels::new(count);
        ends.put(0, &number(self.low));
        let high = number(self.high);
        ends.put(count.saturating_sub(columns(&high)), &high);
        if let Some(now) = self.now.filter(|now| (self.low..=self.high).contains(now)) {
            let word = match self.language {
                Language::Zh => format!("{}（现在）", number(now)),
                Language::En => format!("{} (now)", number(now)),
            };
            ends.put(place(now), &word);
        }
        lines.push(ends.text);
        lines.push(self.x_name.clone());
        lines.iter().map(|line| format!("{}{}\n", " ".repeat(margin), line.trim_end())).collect()
    }

    /// The corners of the layers on one another: at each value of the fact the upper edges.
    fn corners(&self) -> Vec<(Rational, Vec<Rational>)> {
        let Some(first) = self.layers.first() else { return Vec::new() };
        let mut found = Vec::new();
        for (at, (x, _)) in first.corners.iter().enumerate() {
            let mut total = Rational::ZERO;
            let mut edges = Vec::new();
            for layer in &self.layers {
                let value = layer.corners.get(at).and_then(|(_, value)| *value);
                let Some(sum) = value.and_then(|value| total.checked_add(value).ok()) else {
                    break;
                };
                total = sum;
                edges.push(total);
            }
            if edges.len() == self.layers.len() {
                found.push((*x, edges));
            }
        }
        found
    }
}

/// Words on one line that do not run into one another.
struct Labels {
    text: String,
    width: usize,
}

impl Labels {
    fn new(width: usize) -> Self {
        Self { text: " ".repeat(width), width }
    }

    /// Puts a word where it begins, if there is room.
    fn put(&mut self, at: usize, word: &str) {
        let length = columns(word);
        let at = at.min(self.width.saturating_sub(length));
        let chars: Vec<char> = self.text.chars().collect();
        // Columns are characters as long as everything written is one column wide.
        let mut column = 0;
        let mut start = None;
        let mut end = None;
        for (index, character) in chars.iter().enumerate() {
            if column >= at && start.is_none() {
                start = Some(index);
            }
            if column >= at + length && end.is_none() {
                end = Some(index);
            }
            column += columns(&character.to_string());
        }
        let (Some(start), end) = (start, end.unwrap_or(chars.len())) else { return };
        let from = start.saturating_sub(1);
        let free = chars.iter().take(end + 1).skip(from).all(|character| *character == ' ');
        if free {
            self.text = chars
                .iter()
                .take(start)
                .chain(word.chars().collect::<Vec<_>>().iter())
                .chain(chars.iter().skip(end))
                .collect();
        }
    }
}

/// The size of the picture, and of the part that the axes enclose, in pixels.
const WIDTH: i64 = 760;
const HEIGHT: i64 = 420;
const LEFT: i64 = 72;
const RIGHT: i64 = 24;
const TOP: i64 = 56;
const BOTTOM: i64 = 96;

/// Hundredths of a pixel as a decimal.
fn pixels(hundredths: i64) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    if part == 0 { whole.to_string() } else { format!("{whole}.{part:02}") }
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

impl Chart {
    /// A picture that stands alone: axes, layers, marks with their numbers, what is what.
    pub(super) fn svg(&self) -> String {
        let top = rounded_up(self.top());
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
             font-family=\"'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif\" \
             font-size=\"13\" role=\"img\">\n<title>{}</title>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
             <text x=\"{LEFT}\" y=\"24\" font-size=\"16\">{}</text>\n",
            escaped(&self.title),
            escaped(&self.title)
        );
        self.grid(top, &mut out);
        self.areas(top, &mut out);
        self.svg_marks(&mut out);
        self.legend(&mut out);
        out.push_str("</svg>\n");
        out
    }

    fn x(&self, value: Rational) -> i64 {
        LEFT * 100 + scaled(value, self.low, self.high, (WIDTH - LEFT - RIGHT) * 100)
    }

    fn y(&self, value: Rational, top: Rational) -> i64 {
        (HEIGHT - BOTTOM) * 100 - scaled(value, Rational::ZERO, top, (HEIGHT - TOP - BOTTOM) * 100)
    }

    fn grid(&self, top: Rational, out: &mut String) {
        let part = |whole: Rational, parts: i64| {
            let fraction = Rational::from_integer(parts).checked_div(Rational::from_integer(4));
            fraction.and_then(|fraction| whole.checked_mul(fraction)).unwrap_or(Rational::ZERO)
        };
        let (left, right) = (LEFT * 100, (WIDTH - RIGHT) * 100);
        for parts in 0..=4 {
            let value = part(top, parts);
            let y = pixels(self.y(value, top));
            let stroke = if parts == 0 { "#333333" } else { "#dddddd" };
            out.push_str(&format!(
                "<line x1=\"{}\" y1=\"{y}\" x2=\"{}\" y2=\"{y}\" stroke=\"{stroke}\"/>\n",
                pixels(left),
                pixels(right)
            ));
            out.push_str(&format!(
                "<text x=\"{}\" y=\"{}\" text-anchor=\"end\" fill=\"#333333\">{}</text>\n",
                LEFT - 8,
                pixels(self.y(value, top) + 450),
                number(value)
            ));
            let width = self.high.checked_sub(self.low).unwrap_or(Rational::ZERO);
            let at = self.low.checked_add(part(width, parts)).unwrap_or(self.high);
            out.push_str(&format!(
                "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" fill=\"#333333\">{}</text>\n",
                pixels(self.x(at)),
                HEIGHT - BOTTOM + 36,
                number(at)
            ));
        }
        out.push_str(&format!(
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\" fill=\"#666666\">{}</text>\n\
             <text x=\"{}\" y=\"{}\" text-anchor=\"end\" fill=\"#666666\">{}</text>\n",
            LEFT - 8,
            TOP - 12,
            escaped(&self.y_unit),
            WIDTH - RIGHT,
            HEIGHT - BOTTOM + 56,
            escaped(&self.x_name)
        ));
    }

    /// Each layer from its lower edge to its upper one; the uppermost edge drawn stronger.
    fn areas(&self, top: Rational, out: &mut String) {
        let corners = self.corners();
        for at in (0..self.layers.len()).rev() {
            let edge = |layer: Option<usize>, edges: &[Rational]| {
                layer.map_or(Rational::ZERO, |layer| {
                    edges.get(layer).copied().unwrap_or(Rational::ZERO)
                })
            };
            let point = |x: Rational, value: Rational| {
                format!("{},{}", pixels(self.x(x)), pixels(self.y(value, top)))
            };
            let upper: Vec<String> =
                corners.iter().map(|(x, edges)| point(*x, edge(Some(at), edges))).collect();
            let lower =
                corners.iter().rev().map(|(x, edges)| point(*x, edge(at.checked_sub(1), edges)));
            let all: Vec<String> = upper.iter().cloned().chain(lower).collect();
            let color = COLORS.get(at % COLORS.len()).copied().unwrap_or("#0072b2");
            out.push_str(&format!(
                "<polygon points=\"{}\" fill=\"{color}\" fill-opacity=\"0.35\"/>\n\
                 <polyline points=\"{}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"/>\n",
                all.join(" "),
                upper.join(" ")
            ));
        }
    }

    fn svg_marks(&self, out: &mut String) {
        let (above, below) = (TOP, HEIGHT - BOTTOM);
        for (value, name) in &self.marks {
            let x = pixels(self.x(*value));
            out.push_str(&format!(
                "<line x1=\"{x}\" y1=\"{above}\" x2=\"{x}\" y2=\"{below}\" stroke=\"#999999\" \
                 stroke-dasharray=\"4 3\"/>\n<text x=\"{x}\" y=\"{}\" text-anchor=\"middle\" \
                 fill=\"#333333\">{}</text>\n",
                below + 16,
                escaped(name)
            ));
        }
        if let Some(now) = self.now.filter(|now| (self.low..=self.high).contains(now)) {
            let x = pixels(self.x(now));
            let word = match self.language {
                Language::Zh => "现在",
                Language::En => "now",
            };
            out.push_str(&format!(
                "<line x1=\"{x}\" y1=\"{above}\" x2=\"{x}\" y2=\"{below}\" stroke=\"#d55e00\"/>\n\
                 <text x=\"{x}\" y=\"{}\" text-anchor=\"middle\" fill=\"#d55e00\">{word}</text>\n",
                above - 6
            ));
        }
    }

    fn legend(&self, out: &mut String) {
        let mut x = LEFT;
        for (layer, color) in self.layers.iter().zip(COLORS.iter().cycle()) {
            let y = HEIGHT - 18;
            out.push_str(&format!(
                "<rect x=\"{x}\" y=\"{}\" width=\"12\" height=\"12\" fill=\"{color}\" \
                 fill-opacity=\"0.6\"/>\n<text x=\"{}\" y=\"{y}\">{}</text>\n",
                y - 11,
                x + 18,
                escaped(&layer.name)
            ));
            x += 44 + 7 * i64::try_from(columns(&layer.name)).unwrap_or(0);
        }
    }
}
