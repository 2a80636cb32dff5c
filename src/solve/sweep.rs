//! A sweep: every outcome and payment of a case as an exact function of one fact, over a range.

use serde::Serialize;

use super::grid::{Grid, Variable, in_month, with_fact};
use super::naming;
use super::outputs::{Output, all};
use super::pass::Solved;
use super::region::{Place, Reason};
use super::sym::{Bounds, Sym};
use super::view::{
    AskedView, CellView, OutputKind, OutputView, PieceView, ShiftKind, ShiftView, StopView,
    ThresholdView,
};
use super::walk::{Budget, Ground, Piece, Stop, Walker};
use crate::engine::assess::outcome_of;
use crate::engine::decision::Outcome;
use crate::eval::{Evaluation, Value};
use crate::explain::view::ValueView;
use crate::hir::{Constant, FieldId, NodeId};
use crate::input::{Fact, InstanceId, Scalar};
use crate::trace::Trace;
use crate::types::Type;
use crate::value::Rational;

/// How much one sweep may compute, in values of nodes.
const MOST_VALUES: u64 = 400_000_000;

/// The most values that are listed.
const MOST_ROWS: usize = 100_000;

/// The outcomes and payments of a case as functions of one fact.
///
/// Exact at every value of the fact, not only at those that were evaluated: a piece is a stretch
/// on which every condition, choice and pick comes out the same.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Sweep {
    /// What was asked.
    #[serde(flatten)]
    pub asked: AskedView,
    /// What is varied.
    pub fact: SweptView,
    /// What is followed, in the order of the policy: the household first, then each person; totals
    /// last.
    pub outputs: Vec<OutputView>,
    /// The pieces in order; together they cover the range, unless `stopped` says otherwise.
    pub pieces: Vec<PieceView>,
    /// Where one piece ends and the next begins, and what makes it.
    pub thresholds: Vec<ThresholdView>,
    /// Why it did not reach the end of the range, where it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StopView>,
    /// The values that are points of pieces, in words, for those that are classes.
    #[serde(skip)]
    names: Vec<(Scalar, ValueView)>,
    #[serde(skip)]
    grid: Option<Grid>,
    #[serde(skip)]
    curves: Vec<Curve>,
}

/// The fact that is varied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SweptView {
    /// `甲.月工资`
    pub id: String,
    /// 元/月
    pub unit: String,
    /// What it is now.
    pub now: ValueView,
    /// The distance of two values, as a decimal; empty for a truth or a class.
    pub grain: String,
}

/// One value of the fact with what comes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SweepPoint {
    /// The value of the fact; nothing for 无.
    pub value: Option<Scalar>,
    /// In the order of [`Sweep::outputs`].
    pub outputs: Vec<Reading>,
}

/// What one output is at one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The outcome, where the output is one.
    pub outcome: Option<Outcome>,
    /// The amount is at least this, where that is known.
    pub low: Option<Rational>,
    /// The amount is at most this, where that is known.
    pub high: Option<Rational>,
}

impl Reading {
    /// The amount, where it is certain.
    #[must_use]
    pub fn amount(&self) -> Option<Rational> {
        self.low.filter(|low| self.high == Some(*low))
    }
}

/// One output on a piece, with the outcome that its value means, where it is one.
type Cell = (Sym, Option<Outcome>);

/// A piece as functions.
#[derive(Clone, Debug)]
struct Curve {
    low: i64,
    high: i64,
    values: Vec<Cell>,
    /// The fact where it is no point of a grid.
    single: Option<Fact>,
}

impl Sweep {
    /// What comes out at a number, where it is one that the fact can be and lies in the range.
    #[must_use]
    pub fn at(&self, value: Rational) -> Option<SweepPoint> {
        let point = self.grid?.point(Scalar::Constant(Constant::Number(value)))?;
        self.point(point)
    }

    /// What comes out at a number or a day, where the range has it.
    #[must_use]
    pub fn at_value(&self, value: Scalar) -> Option<SweepPoint> {
        let point = self.grid?.point(value)?;
        self.point(point)
    }

    /// What comes out at so many values spread evenly over the range, both ends among them; fewer
    /// where the range has fewer. Of a truth or a class, all its values.
    #[must_use]
    pub fn points(&self, count: usize) -> Vec<SweepPoint> {
        if self.grid.is_none() {
            return self.curves.iter().map(single_point).collect();
        }
        let on_grid = || self.curves.iter().filter(|curve| curve.single.is_none());
        let (Some(first), Some(last)) = (on_grid().next(), on_grid().next_back()) else {
            return Vec::new();
        };
        let (low, high) = (i128::from(first.low), i128::from(last.high));
        let steps = i128::try_from(count.saturating_sub(1)).unwrap_or(0).min(high - low);
        let mut points = Vec::new();
        for step in 0..=steps {
            let at = if steps == 0 { low } else { low + (high - low) * step / steps };
            points.extend(i64::try_from(at).ok().and_then(|at| self.point(at)));
        }
        points
    }

    /// A value of the fact in words.
    pub(super) fn value_text(
        &self,
        value: Option<Scalar>,
        language: crate::diagnostic::Language,
    ) -> String {
        let say = |zh: &str, en: &str| match language {
            crate::diagnostic::Language::Zh => zh.to_owned(),
            crate::diagnostic::Language::En => en.to_owned(),
        };
        let Some(value) = value else { return say("无", "none") };
        if let Some((_, view)) = self.names.iter().find(|(known, _)| *known == value) {
            return say(&view.zh, &view.en);
        }
        match value {
            Scalar::Constant(Constant::Number(number)) => number.to_string(),
            Scalar::Constant(Constant::Date(date)) => say(&date.zh(), &date.to_string()),
            _ => String::new(),
        }
    }

    /// What comes out at each step from the beginning of the range on, and at the ends of every
    /// piece; of a truth or a class, at all its values.
    #[must_use]
    pub fn steps(&self, step: Option<Rational>) -> Vec<SweepPoint> {
        let Some(grid) = self.grid else { return self.points(0) };
        let mut at: Vec<i64> = Vec::new();
        for curve in self.curves.iter().filter(|curve| curve.single.is_none()) {
            at.extend([curve.low, curve.high]);
        }
        let width = step.and_then(|step| step.checked_div(grid.grain).ok()?.floor().to_i64());
        if let (Some(width), Some(first), Some(last)) =
            (width.filter(|width| *width > 0), at.first().copied(), at.last().copied())
        {
            let mut next = first;
            while next <= last && at.len() < MOST_ROWS {
                at.push(next);
                next = next.saturating_add(width);
            }
        }
        at.sort_unstable();
        at.dedup();
        let singles = self.curves.iter().filter(|curve| curve.single.is_some()).map(single_point);
        singles.chain(at.into_iter().filter_map(|at| self.point(at))).collect()
    }

    fn point(&self, point: i64) -> Option<SweepPoint> {
        let grid = self.grid?;
        let at = self.curves.partition_point(|curve| curve.single.is_some() || curve.high < point);
        let curve = self.curves.get(at).filter(|curve| curve.low <= point)?;
        Some(SweepPoint { value: Some(grid.scalar(point)), outputs: readings(curve, &grid, point) })
    }
}

fn readings(curve: &Curve, grid: &Grid, point: i64) -> Vec<Reading> {
    let read = |form: &super::form::Form| form.at(grid, point).ok();
    let values = curve.values.iter();
    values
        .map(|(sym, outcome)| match sym {
            Sym::Number(form) => {
                let amount = read(form);
                Reading { outcome: *outcome, low: amount, high: amount }
            }
            Sym::Unknown(bounds) => Reading {
                outcome: *outcome,
                low: bounds.low.as_ref().and_then(read),
                high: bounds.high.as_ref().and_then(read),
            },
            Sym::Known(_) | Sym::Day(_) | Sym::Absent | Sym::Error => {
                Reading { outcome: *outcome, low: None, high: None }
            }
        })
        .collect()
}

fn single_point(curve: &Curve) -> SweepPoint {
    let value = match curve.single {
        Some(Fact::Known(scalar)) => Some(scalar),
        _ => None,
    };
    SweepPoint { value, outputs: readings(curve, &NOWHERE, 0) }
}

/// A grid for values that do not vary.
const NOWHERE: Grid = Grid { variable: Variable::Time, grain: Rational::ONE, low: 0, high: 0 };

/// The part of its range that a fact is varied over; the whole of it where not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SweepRange {
    /// The first value.
    pub from: Option<Scalar>,
    /// The last value.
    pub to: Option<Scalar>,
}

/// Sweeps a fact; nothing where it is one that cannot be varied: a list, a person, a text.
pub(crate) fn sweep(
    trace: &Trace<'_>,
    (field, who): (FieldId, InstanceId),
    range: SweepRange,
    stop: &dyn Fn() -> bool,
) -> Option<Sweep> {
    let declared = trace.program.field(field)?;
    let question = trace.evaluation.question;
    let ground = Ground { program: trace.program, case: trace.case, question };
    let budget = Budget::new(MOST_VALUES).until(stop);
    let outputs = all(trace);
    let totals = totals(&outputs);
    let mut builder = Builder {
        trace,
        field,
        who,
        ground,
        outputs,
        totals,
        pieces: Vec::new(),
        sweep: empty(trace, (field, who)),
    };
    builder.sweep.outputs = builder.output_views();
    let grid = Grid::of_fact(trace.program, trace.case, field, who);
    if declared.optional && range == SweepRange::default() {
        builder.single(&Fact::Absent, &budget);
    }
    match (&declared.ty, grid) {
        (_, Some(mut grid)) => {
            let end = |scalar: Option<Scalar>| scalar.and_then(|scalar| grid.point(scalar));
            let (from, to) = (end(range.from), end(range.to));
            grid.low = from.unwrap_or(grid.low).max(grid.low);
            grid.high = to.unwrap_or(grid.high).min(grid.high);
            if grid.low <= grid.high {
                builder.walk(grid, &budget);
            }
        }
        (Type::Bool, None) => {
            for truth in [false, true] {
                let fact = Fact::Known(Scalar::Constant(Constant::Bool(truth)));
                builder.single(&fact, &budget);
            }
        }
        (Type::Enum(id), None) => {
            let values = trace.program.enumeration(*id).map_or(0, |found| found.values.len());
            for at in 0..u16::try_from(values).unwrap_or(u16::MAX) {
                let fact = Fact::Known(Scalar::Constant(Constant::Enum(*id, at)));
                builder.single(&fact, &budget);
            }
        }
        _ => return None,
    }
    Some(builder.finish(grid))
}

fn empty(trace: &Trace<'_>, (field, who): (FieldId, InstanceId)) -> Sweep {
    let program = trace.program;
    let question = &trace.evaluation.question;
    let grid = Grid::of_fact(program, trace.case, field, who);
    let ty = program.field(field).map_or(Type::Error, |declared| declared.ty.clone());
    Sweep {
        asked: asked(trace),
        fact: SweptView {
            id: trace.fact_path(field, who),
            unit: trace.unit_text(&ty, trace.language),
            now: fact_view(trace, field, in_month(trace.case.fact(field, who), question.period)),
            grain: grid.map_or_else(String::new, |grid| grid.grain.to_string()),
        },
        outputs: Vec::new(),
        pieces: Vec::new(),
        thresholds: Vec::new(),
        stopped: None,
        names: Vec::new(),
        grid,
        curves: Vec::new(),
    }
}

/// What a sweep and a list of changes say first.
pub(crate) fn asked(trace: &Trace<'_>) -> AskedView {
    let question = &trace.evaluation.question;
    AskedView {
        policy: trace.program.name.clone(),
        period: question.period,
        as_of: question.assessment_day(),
        known_on: question.known_on,
    }
}

/// What is said of a fact, in words; a default as what it means.
pub(crate) fn fact_view(trace: &Trace<'_>, field: FieldId, fact: &Fact) -> ValueView {
    let plain = |zh: &str, en: &str| ValueView {
        value: String::new(),
        unit: String::new(),
        zh: zh.to_owned(),
        en: en.to_owned(),
    };
    let Some(declared) = trace.program.field(field) else { return plain("", "") };
    match fact {
        Fact::Known(_) if declared.sensitive && trace.secrets.is_some() => plain("***", "***"),
        Fact::Known(scalar) => {
            trace.show(&Value::Known(*scalar, crate::eval::Marks::NONE), &declared.ty)
        }
        Fact::Listed(_) if declared.sensitive && trace.secrets.is_some() => plain("***", "***"),
        Fact::Listed(people) if !people.is_empty() => {
            let object = match declared.ty {
                Type::Object(object) => object,
                _ => trace.program.root,
            };
            let names: Vec<String> =
                people.iter().map(|who| trace.instance_name(object, *who)).collect();
            plain(&names.join("、"), &names.join(", "))
        }
        Fact::Absent | Fact::Listed(_) => plain("无", "none"),
        Fact::Refused => plain("拒答", "refused"),
        Fact::NotStated if !trace.evaluation.question.strict && declared.default.is_some() => {
            match declared.default {
                Some(crate::hir::DefaultValue::Value(constant)) => {
                    let value = Value::plain(constant);
                    trace.show(&value, &declared.ty)
                }
                _ => plain("无", "none"),
            }
        }
        Fact::NotStated | Fact::Unknown | Fact::Within(..) | Fact::Dated(_) => {
            plain("未知", "unknown")
        }
    }
}

/// Builds a sweep piece by piece.
struct Builder<'a> {
    trace: &'a Trace<'a>,
    field: FieldId,
    who: InstanceId,
    ground: Ground<'a>,
    outputs: Vec<Output>,
    /// The units of which there is more than one payment, with the positions of those.
    totals: Vec<(Type, Vec<usize>)>,
    /// The pieces joined so far, with the last evaluation of each.
    pieces: Vec<Joined>,
    sweep: Sweep,
}

/// Neighbouring pieces that are one.
struct Joined {
    curve: Curve,
    /// The solution at its upper end.
    solved: Option<Solved>,
}

impl Builder<'_> {
    fn output_views(&self) -> Vec<OutputView> {
        let mut views: Vec<OutputView> = self
            .outputs
            .iter()
            .map(|output| OutputView {
                id: output.id.clone(),
                name: output.name.clone(),
                alias: output.alias.clone(),
                subject: output.subject.clone(),
                kind: if output.is_payment { OutputKind::Payment } else { OutputKind::Outcome },
                unit: self.unit(&output.ty),
            })
            .collect();
        for (ty, _) in &self.totals {
            let unit = self.unit(ty);
            let name = self.trace.say("合计", "total").to_owned();
            views.push(OutputView {
                id: format!("{name}（{unit}）"),
                name,
                alias: None,
                subject: String::new(),
                kind: OutputKind::Total,
                unit,
            });
        }
        views
    }

    fn unit(&self, ty: &Type) -> String {
        match ty {
            Type::Bool => String::new(),
            ty => self.trace.unit_text(ty, self.trace.language),
        }
    }

    /// The type of each output, totals among them.
    fn types(&self) -> Vec<Type> {
        let own = self.outputs.iter().map(|output| output.ty.clone());
        own.chain(self.totals.iter().map(|(ty, _)| ty.clone())).collect()
    }

    /// The values of all outputs with their outcomes.
    fn values(&self, syms: Vec<Sym>, evaluation: &Evaluation) -> Vec<Cell> {
        let trace = Trace { evaluation, ..*self.trace };
        let totals: Vec<Sym> =
            self.totals.iter().map(|(_, members)| total(&syms, members)).collect();
        let mut values: Vec<Cell> = self
            .outputs
            .iter()
            .zip(syms)
            .map(|(output, sym)| {
                let outcome = (!output.is_payment)
                    .then(|| outcome_of(&trace, &trace.value(output.node, output.who)));
                (sym, outcome)
            })
            .collect();
        values.extend(totals.into_iter().map(|sym| (sym, None)));
        values
    }

    fn places(&self) -> Vec<(NodeId, InstanceId)> {
        self.outputs.iter().map(|output| (output.node, output.who)).collect()
    }

    /// One value that lies on no grid.
    fn single(&mut self, fact: &Fact, budget: &Budget<'_>) {
        let question = self.ground.question;
        let case =
            with_fact(self.ground.case, (self.field, self.who), question.period, fact.clone());
        let ground = Ground { case: &case, ..self.ground };
        // Nothing is varied: the grid is one day of a variable that is not read.
        let day = question.assessment_day();
        let walker = Walker::new(ground, Grid::of_time(day, day), self.places(), budget);
        let Some(evaluation) = walker.evaluate(super::grid::number_of(day)) else { return };
        let syms = self
            .outputs
            .iter()
            .map(|output| evaluation.value(output.node, output.who).map_or(Sym::Absent, Sym::of));
        let values = self.values(syms.collect(), &evaluation);
        let curve = Curve { low: 0, high: 0, values, single: Some(fact.clone()) };
        self.pieces.push(Joined { curve, solved: None });
    }

    fn walk(&mut self, grid: Grid, budget: &Budget<'_>) {
        let walker = Walker::new(self.ground, grid, self.places(), budget);
        let stop = walker.walk(grid.low, grid.high, |piece| {
            self.join(grid, piece);
            true
        });
        self.sweep.stopped = stop.map(|stop| self.stopped(&grid, stop));
        self.sweep.grid = Some(grid);
    }

    /// Adds a piece, to the one before it where all outputs go on as they were.
    fn join(&mut self, grid: Grid, piece: Piece) {
        let Piece { low, high, values, solved } = piece;
        let values = self.values(values, &solved.evaluation);
        let previous = self.pieces.last_mut().filter(|last| last.solved.is_some());
        if let Some(last) = previous
            && last.curve.values == values
        {
            last.curve.high = high;
            last.solved = Some(solved);
            return;
        }
        let before = self.pieces.last().and_then(|last| Some((&last.curve, last.solved.as_ref()?)));
        if let Some(before) = before {
            let threshold = self.threshold(&grid, before, (&values, low, &solved));
            self.sweep.thresholds.push(threshold);
        }
        // What it came to is asked only of the piece that the next one is held against.
        if let Some(last) = self.pieces.last_mut() {
            last.solved = None;
        }
        let curve = Curve { low, high, values, single: None };
        self.pieces.push(Joined { curve, solved: Some(solved) });
    }

    fn threshold(
        &self,
        grid: &Grid,
        (last, before): (&Curve, &Solved),
        (values, low, after): (&[Cell], i64, &Solved),
    ) -> ThresholdView {
        let mut causes = before.region.high_causes.clone();
        for cause in after.region.low_causes.iter().filter(|_| after.region.low == low) {
            if !causes.contains(cause) {
                causes.push(*cause);
            }
        }
        let changed: Vec<Place> = self
            .outputs
            .iter()
            .zip(last.values.iter().zip(values))
            .filter(|(_, (a, b))| a != b)
            .map(|(output, _)| Place { node: output.node, who: output.who, back: 0 })
            .collect();
        let trace = Trace { evaluation: &after.evaluation, ..*self.trace };
        let root = causes.iter().filter_map(|cause| cause.root).next();
        let types = self.types();
        let changes = self
            .sweep
            .outputs
            .iter()
            .zip(&types)
            .zip(last.values.iter().zip(values))
            .filter(|(_, (a, b))| a != b)
            .map(|((output, ty), (a, b))| {
                self.shift(grid, (last.high, low), (&output.id, ty), (a, b))
            })
            .collect();
        ThresholdView {
            before: self.value(grid, last.high),
            after: self.value(grid, low),
            exact: root.map(|root| self.exact(grid, root)),
            causes: naming::causes(&trace, (before, after), &changed, &causes),
            changes,
        }
    }

    /// What happens to one output between two neighbouring points.
    fn shift(
        &self,
        grid: &Grid,
        (below, above): (i64, i64),
        (output, ty): (&str, &Type),
        (a, b): (&Cell, &Cell),
    ) -> ShiftView {
        let read = |sym: &Sym, point| match sym {
            Sym::Number(form) => form.at(grid, point).ok(),
            _ => None,
        };
        let (before, after) = (self.words(grid, a, ty, below), self.words(grid, b, ty, above));
        // Where the old function would have gone is where a kink goes on from.
        let expected = read(&a.0, above).zip(read(&b.0, above));
        let gap = expected.and_then(|(old, new)| new.checked_sub(old).ok());
        let kind = match (a.1.is_some(), gap) {
            (true, _) => ShiftKind::Outcome,
            (false, Some(gap)) if gap.is_zero() => ShiftKind::Kink,
            (false, Some(_)) => ShiftKind::Cliff,
            (false, None) => ShiftKind::Knowledge,
        };
        let jump = gap.filter(|_| kind == ShiftKind::Cliff);
        ShiftView {
            output: output.to_owned(),
            kind,
            before: before.0,
            after: after.0,
            before_en: before.1,
            after_en: after.1,
            jump: jump
                .map(|jump| self.trace.show(&Value::number(jump, crate::eval::Marks::NONE), ty)),
        }
    }

    /// An output at a point in words, in both languages.
    fn words(&self, grid: &Grid, (sym, outcome): &Cell, ty: &Type, point: i64) -> (String, String) {
        if let Some(outcome) = outcome {
            let (zh, en) = outcome_words(*outcome);
            return (zh.to_owned(), en.to_owned());
        }
        let view = self.trace.show(&concrete(sym, grid, point), ty);
        (view.zh, view.en)
    }

    fn value(&self, grid: &Grid, point: i64) -> ValueView {
        fact_view(self.trace, self.field, &Fact::Known(grid.scalar(point)))
    }

    fn exact(&self, grid: &Grid, root: Rational) -> ValueView {
        let scalar = match grid.variable {
            Variable::Number(..) => Scalar::Constant(Constant::Number(root)),
            Variable::Day(..) | Variable::Time => {
                grid.scalar(root.ceil().to_i64().unwrap_or(grid.low))
            }
        };
        fact_view(self.trace, self.field, &Fact::Known(scalar))
    }

    fn stopped(&self, grid: &Grid, stop: Stop) -> StopView {
        let place = stop.place.and_then(|place| self.trace.program.node(place.node));
        let text = place.map_or_else(String::new, |node| self.trace.written(node.span));
        let (zh, en) = stop_words(stop.reason, &text);
        StopView { at: self.value(grid, stop.at), zh, en }
    }

    fn finish(mut self, grid: Option<Grid>) -> Sweep {
        let types = self.types();
        let grid = self.sweep.grid.or(grid).unwrap_or(NOWHERE);
        for joined in std::mem::take(&mut self.pieces) {
            let curve = joined.curve;
            let (from, to) = match &curve.single {
                Some(fact) => {
                    let value = fact_view(self.trace, self.field, fact);
                    if let Fact::Known(scalar) = fact {
                        self.sweep.names.push((*scalar, value.clone()));
                    }
                    (value.clone(), value)
                }
                None => (self.value(&grid, curve.low), self.value(&grid, curve.high)),
            };
            let cells = curve.values.iter().zip(&types);
            let outputs = cells
                .map(|((sym, outcome), ty)| {
                    self.cell(&grid, (sym, *outcome), ty, (curve.low, curve.high))
                })
                .collect();
            self.sweep.pieces.push(PieceView { from, to, outputs });
            self.sweep.curves.push(curve);
        }
        self.sweep
    }

    fn cell(
        &self,
        grid: &Grid,
        (sym, outcome): (&Sym, Option<Outcome>),
        ty: &Type,
        (low, high): (i64, i64),
    ) -> CellView {
        if outcome.is_some() {
            return CellView { outcome, at_from: None, at_to: None, slope: None };
        }
        let show = |point| Some(self.trace.show(&concrete(sym, grid, point), ty));
        let slope = match sym {
            Sym::Number(form) => form.marginal().map(|slope| slope.to_string()),
            _ => None,
        };
        CellView { outcome, at_from: show(low), at_to: show(high), slope }
    }
}

/// The units of which there is more than one payment, with their positions.
fn totals(outputs: &[Output]) -> Vec<(Type, Vec<usize>)> {
    let mut totals: Vec<(Type, Vec<usize>)> = Vec::new();
    for (at, output) in outputs.iter().enumerate().filter(|(_, output)| output.is_payment) {
        match totals.iter_mut().find(|(ty, _)| ty.unit() == output.ty.unit()) {
            Some((_, members)) => members.push(at),
            None => totals.push((output.ty.clone(), vec![at])),
        }
    }
    totals.retain(|(_, members)| members.len() > 1);
    totals
}

/// The sum of some outputs, as bounds where one is not known.
fn total(syms: &[Sym], members: &[usize]) -> Sym {
    let add = |ends: Vec<Option<super::form::Form>>| {
        let mut sum = super::form::Form::default();
        for end in ends {
            sum = sum.plus(&end?).ok()?;
        }
        Some(sum)
    };
    let of = || members.iter().filter_map(|at| syms.get(*at));
    let low = add(of().map(|sym| sym.range().0).collect());
    let high = add(of().map(|sym| sym.range().1).collect());
    match (low, high) {
        (Some(low), Some(_)) if of().all(|sym| matches!(sym, Sym::Number(_))) => Sym::Number(low),
        (low, high) => Sym::Unknown(Bounds { low, high, may_be_absent: false }),
    }
}

/// A value as it is at a point.
fn concrete(sym: &Sym, grid: &Grid, point: i64) -> Value {
    let read = |form: &super::form::Form| form.at(grid, point).ok();
    let marks = crate::eval::Marks::NONE;
    match sym {
        Sym::Number(form) => match read(form) {
            Some(number) => Value::number(number, marks),
            None => Value::unknown(marks),
        },
        Sym::Unknown(bounds) => Value::Unknown(Box::new(crate::eval::Unknown {
            low: bounds.low.as_ref().and_then(read),
            high: bounds.high.as_ref().and_then(read),
            ..crate::eval::Unknown::default()
        })),
        Sym::Known(scalar) => Value::Known(*scalar, marks),
        Sym::Day(day) => match day.at(point) {
            Ok(date) => Value::plain(Constant::Date(date)),
            Err(_) => Value::unknown(marks),
        },
        Sym::Absent => Value::Absent(marks),
        Sym::Error => Value::fault(NodeId(0), crate::eval::FaultKind::AbsentOperand),
    }
}

/// An outcome in both languages.
pub(crate) fn outcome_words(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Entitled => ("符合", "entitled"),
        Outcome::NotEntitled => ("不符合", "not entitled"),
        Outcome::Undecided => ("待定", "undecided"),
        Outcome::Discretionary => ("酌定", "at discretion"),
        Outcome::Failed => ("无法计算", "cannot be computed"),
    }
}

/// Why a walk stopped, in both languages.
pub(crate) fn stop_words(reason: Option<Reason>, text: &str) -> (String, String) {
    match reason {
        Some(Reason::Product) => (
            format!("这个事实在“{text}”里自乘或作除数，分析到此为止"),
            format!(
                "the fact enters `{text}` as a product or a divisor, and the analysis ends here"
            ),
        ),
        Some(Reason::TooLarge) => (
            format!("“{text}”里的数过大，分析到此为止"),
            format!("the numbers in `{text}` become too large, and the analysis ends here"),
        ),
        Some(Reason::Unfollowed) => (
            format!("“{text}”的变化没有能够分析，分析到此为止"),
            format!("how `{text}` changes could not be followed, and the analysis ends here"),
        ),
        Some(Reason::Branch | Reason::Step | Reason::Law) => (
            "转折太多，分析到此为止".to_owned(),
            "there are too many thresholds, and the analysis ends here".to_owned(),
        ),
        None => (
            "计算量已到限度，分析到此为止".to_owned(),
            "the limit of computation is reached, and the analysis ends here".to_owned(),
        ),
    }
}
