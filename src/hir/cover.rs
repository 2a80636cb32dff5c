//! What conditions leave open and where they meet: all the ways in which the things that they ask
//! of can stand to one another are tried, so that a gap or an overlap is shown by an example.
//!
//! A thing that is asked of is a fact, a computed number or a comparison of two; a number counts
//! as the regions that the conditions cut it into. What conditions are made of is read through
//! the rules that they use. A gap that is not found here is none; one that is found may still be
//! shut by what the things have to do with one another.

use std::collections::{BTreeMap, BTreeSet};

use super::{Alternative, Constant, FieldId, NodeId, NodeKind, OutcomeConstant, Program};
use crate::diagnostic::Bilingual;
use crate::syntax::ast::Comparison;
use crate::types::Type;
use crate::value::Rational;

/// How many combinations are tried before the question is left open.
const MOST_COMBINATIONS: usize = 20_000;
/// How deep conditions are read.
const MOST_LEVELS: u32 = 60;

/// Conditions with the things they turn on.
#[derive(Debug)]
pub(crate) struct Cover<'a> {
    program: &'a Program,
    things: Vec<Thing>,
    known: BTreeMap<String, usize>,
    formulas: Vec<Formula>,
}

/// Something that conditions ask of.
#[derive(Debug)]
struct Thing {
    /// The node, for words; the two sides of a comparison.
    node: NodeId,
    other: Option<NodeId>,
    /// The constants it is compared with.
    cuts: Vec<Constant>,
    /// The facts it is made of; nothing where it is not made of one fact alone.
    free: Option<FieldId>,
    /// The regions, once all cuts are known.
    cells: Vec<Cell>,
}

/// One way in which a thing can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    Truth(bool),
    Value(Constant),
    /// Between two of the constants; open at an end where there is none.
    Between(Option<Constant>, Option<Constant>),
    /// Below, at or above the other side.
    Beside(std::cmp::Ordering),
    None,
}

/// A condition over things.
#[derive(Clone, Debug)]
enum Formula {
    Always(bool),
    All(Vec<Formula>),
    Any(Vec<Formula>),
    AtLeast(u32, Vec<Formula>),
    Not(Box<Formula>),
    /// A truth.
    Holds(usize),
    /// A thing against a constant.
    Against(usize, Comparison, Constant),
    /// A thing against another.
    Beside(usize, Comparison),
}

impl<'a> Cover<'a> {
    /// Reads the conditions; one that is not said always holds.
    pub(crate) fn of(program: &'a Program, conditions: &[Option<NodeId>]) -> Self {
        let mut cover =
            Self { program, things: Vec::new(), known: BTreeMap::new(), formulas: Vec::new() };
        for condition in conditions {
            let formula = match condition {
                Some(condition) => cover.formula(*condition, 0),
                None => Formula::Always(true),
            };
            cover.formulas.push(formula);
        }
        for at in 0..cover.things.len() {
            let cells = cover.cells(at);
            if let Some(thing) = cover.things.get_mut(at) {
                thing.cells = cells;
            }
        }
        cover
    }

    /// Ways to stand in which none of the conditions holds, at most `most` of them; nothing where
    /// there are too many to try.
    pub(crate) fn gaps(&self, most: usize) -> Option<Vec<Bilingual>> {
        let mut open: BTreeSet<Vec<usize>> = BTreeSet::new();
        self.each(|standing| {
            if !self.formulas.iter().any(|formula| self.holds(formula, standing)) {
                open.insert(standing.to_vec());
            }
        })?;
        let mut said: Vec<Bilingual> = Vec::new();
        let mut left = open.clone();
        while let (Some(gap), true) = (left.first().cloned(), said.len() < most) {
            // What a thing is does not matter where the gap stays open whatever it is.
            let mut whole: BTreeSet<Vec<usize>> = std::iter::once(gap.clone()).collect();
            let mut matters = Vec::new();
            for at in 0..self.things.len() {
                let wider = self.varied(&whole, at);
                if wider.is_subset(&open) {
                    whole = wider;
                } else {
                    matters.push(at);
                }
            }
            left = left.difference(&whole).cloned().collect();
            said.push(self.words(&gap, &matters));
        }
        Some(said)
    }

    /// The same ways to stand with every value of one thing.
    fn varied(&self, standings: &BTreeSet<Vec<usize>>, at: usize) -> BTreeSet<Vec<usize>> {
        let count = self.things.get(at).map_or(0, |thing| thing.cells.len());
        let mut wider = BTreeSet::new();
        for standing in standings {
            for cell in 0..count {
                let mut other = standing.clone();
                if let Some(slot) = other.get_mut(at) {
                    *slot = cell;
                }
                wider.insert(other);
            }
        }
        wider
    }

    /// A way to stand in which two of the conditions hold and none of `others` does; nothing where
    /// there is none, or where the things are not free to stand so.
    pub(crate) fn both(&self, (a, b): (usize, usize), others: &[usize]) -> Option<Overlap> {
        let (a, b) = (self.formulas.get(a)?, self.formulas.get(b)?);
        if !self.is_free() {
            return None;
        }
        let mut witness = None;
        let (mut a_alone, mut b_alone) = (false, false);
        self.each(|standing| {
            let beaten = others
                .iter()
                .filter_map(|other| self.formulas.get(*other))
                .any(|other| self.holds(other, standing));
            match (self.holds(a, standing), self.holds(b, standing), beaten) {
                (true, true, false) => {
                    witness.get_or_insert_with(|| standing.to_vec());
                }
                (true, _, _) => a_alone = true,
                (_, true, _) => b_alone = true,
                _ => {}
            }
        })?;
        let witness = witness?;
        let all: Vec<usize> = (0..self.things.len()).collect();
        Some(Overlap { example: self.words(&witness, &all), always: !a_alone || !b_alone })
    }

    /// Whether every thing is made of a fact of its own, so that all combinations do occur.
    fn is_free(&self) -> bool {
        let mut seen = Vec::new();
        self.things.iter().all(|thing| match thing.free {
            Some(field) if !seen.contains(&field) => {
                seen.push(field);
                true
            }
            _ => false,
        })
    }

    /// The facts that the conditions turn on.
    pub(crate) fn facts(&self) -> Vec<FieldId> {
        self.things.iter().filter_map(|thing| thing.free).collect()
    }

    /// Calls with every combination; nothing where there are too many.
    fn each(&self, mut tell: impl FnMut(&[usize])) -> Option<()> {
        let sizes: Vec<usize> = self.things.iter().map(|thing| thing.cells.len()).collect();
        let total = sizes.iter().try_fold(1_usize, |total, size| total.checked_mul(*size))?;
        if total > MOST_COMBINATIONS {
            return None;
        }
        let mut standing = vec![0; sizes.len()];
        for _ in 0..total {
            tell(&standing);
            for (at, size) in standing.iter_mut().zip(&sizes) {
                *at = at.saturating_add(1);
                if *at < *size {
                    break;
                }
                *at = 0;
            }
        }
        Some(())
    }

    fn cell(&self, thing: usize, standing: &[usize]) -> Cell {
        let at = standing.get(thing).copied().unwrap_or_default();
        self.things.get(thing).and_then(|thing| thing.cells.get(at)).copied().unwrap_or(Cell::None)
    }

    fn holds(&self, formula: &Formula, standing: &[usize]) -> bool {
        match formula {
            Formula::Always(truth) => *truth,
            Formula::All(parts) => parts.iter().all(|part| self.holds(part, standing)),
            Formula::Any(parts) => parts.iter().any(|part| self.holds(part, standing)),
            Formula::AtLeast(least, parts) => {
                let count = parts.iter().filter(|part| self.holds(part, standing)).count();
                u32::try_from(count).is_ok_and(|count| count >= *least)
            }
            Formula::Not(inner) => !self.holds(inner, standing),
            Formula::Holds(thing) => self.cell(*thing, standing) == Cell::Truth(true),
            Formula::Against(thing, operator, constant) => {
                against(self.cell(*thing, standing), *operator, constant)
            }
            Formula::Beside(thing, operator) => match self.cell(*thing, standing) {
                Cell::Beside(order) => ordered(order, *operator),
                _ => *operator == Comparison::NotEqual,
            },
        }
    }

    fn formula(&mut self, id: NodeId, level: u32) -> Formula {
        let program = self.program;
        let Some(node) = program.node(id) else { return Formula::Always(false) };
        if level > MOST_LEVELS {
            return self.truth(id);
        }
        let next = level.saturating_add(1);
        match &node.kind {
            NodeKind::Constant(Constant::Bool(truth)) => Formula::Always(*truth),
            NodeKind::Item(_, inner) | NodeKind::Use { root: inner, .. } => {
                self.formula(*inner, next)
            }
            NodeKind::All(parts) => {
                Formula::All(parts.iter().map(|part| self.formula(*part, next)).collect())
            }
            NodeKind::Any(parts) => {
                Formula::Any(parts.iter().map(|part| self.formula(*part, next)).collect())
            }
            NodeKind::AtLeast(least, parts) => {
                let parts = parts.iter().map(|part| self.formula(*part, next)).collect();
                Formula::AtLeast(*least, parts)
            }
            NodeKind::Not(inner) => Formula::Not(Box::new(self.formula(*inner, next))),
            NodeKind::Compare(operator, a, b) => self.compare(*operator, *a, *b),
            NodeKind::Within { value, alternatives, negated } => {
                let any = self.within(*value, alternatives);
                if *negated { Formula::Not(Box::new(any)) } else { any }
            }
            _ => self.truth(id),
        }
    }

    fn compare(&mut self, operator: Comparison, a: NodeId, b: NodeId) -> Formula {
        match (self.constant(a), self.constant(b)) {
            (None, Some(constant)) => {
                let thing = self.thing(a, None, Some(constant));
                Formula::Against(thing, operator, constant)
            }
            (Some(constant), None) => {
                let thing = self.thing(b, None, Some(constant));
                Formula::Against(thing, mirrored(operator), constant)
            }
            (Some(a), Some(b)) => Formula::Always(ordered(a.cmp(&b), operator)),
            (None, None) => {
                // Written the other way round before, it is said as it was there.
                if self.known.contains_key(&self.key(b, Some(a))) {
                    Formula::Beside(self.thing(b, Some(a), None), mirrored(operator))
                } else {
                    Formula::Beside(self.thing(a, Some(b), None), operator)
                }
            }
        }
    }

    fn within(&mut self, value: NodeId, alternatives: &[Alternative]) -> Formula {
        let mut parts = Vec::new();
        for alternative in alternatives {
            match alternative {
                Alternative::Value(node) => {
                    parts.push(self.compare(Comparison::Equal, value, *node));
                }
                Alternative::Interval { low, high } => {
                    let mut ends = Vec::new();
                    if let Some((node, inclusive)) = low {
                        let operator = if *inclusive {
                            Comparison::GreaterOrEqual
                        } else {
                            Comparison::Greater
                        };
                        ends.push(self.compare(operator, value, *node));
                    }
                    if let Some((node, inclusive)) = high {
                        let operator =
                            if *inclusive { Comparison::LessOrEqual } else { Comparison::Less };
                        ends.push(self.compare(operator, value, *node));
                    }
                    parts.push(Formula::All(ends));
                }
            }
        }
        Formula::Any(parts)
    }

    fn truth(&mut self, id: NodeId) -> Formula {
        Formula::Holds(self.thing(id, None, None))
    }

    fn thing(&mut self, node: NodeId, other: Option<NodeId>, cut: Option<Constant>) -> usize {
        let key = self.key(node, other);
        let at = match self.known.get(&key) {
            Some(at) => *at,
            None => {
                let at = self.things.len();
                let free = if other.is_some() { None } else { self.free(node, 0) };
                self.things.push(Thing { node, other, cuts: Vec::new(), free, cells: Vec::new() });
                self.known.insert(key, at);
                at
            }
        };
        if let (Some(cut), Some(thing)) = (cut, self.things.get_mut(at))
            && !thing.cuts.contains(&cut)
        {
            thing.cuts.push(cut);
            thing.cuts.sort_unstable();
        }
        at
    }

    /// What a thing is known by.
    fn key(&self, node: NodeId, other: Option<NodeId>) -> String {
        match other {
            Some(other) => format!("{}?{}", self.canonical(node), self.canonical(other)),
            None => self.canonical(node),
        }
    }

    /// The node behind names and members of households.
    fn bare(&self, id: NodeId) -> NodeId {
        let mut at = id;
        // INVARIANT: operands have smaller ids, so this ends.
        while let Some(NodeKind::Use { root: inner, .. } | NodeKind::Item(_, inner)) =
            self.program.node(at).map(|node| &node.kind)
        {
            at = *inner;
        }
        at
    }

    fn constant(&self, id: NodeId) -> Option<Constant> {
        match self.program.node(self.bare(id)).map(|node| &node.kind)? {
            NodeKind::Constant(constant) => Some(*constant),
            _ => None,
        }
    }

    /// The same text for nodes that always have the same value.
    fn canonical(&self, id: NodeId) -> String {
        let id = self.bare(id);
        let Some(node) = self.program.node(id) else { return format!("n{}", id.0) };
        let of = |id: &NodeId| self.canonical(*id);
        match &node.kind {
            NodeKind::Fact(field) => format!("f{}", field.0),
            NodeKind::Constant(constant) => format!("{constant:?}"),
            NodeKind::QuestionDate(date) => format!("{date:?}"),
            NodeKind::AtParent(target) => format!("up({})", of(target)),
            NodeKind::AtReference { reference, target } => {
                format!("at({},{})", of(reference), of(target))
            }
            NodeKind::Age(birth, on, leap) => format!("age({},{},{leap:?})", of(birth), of(on)),
            NodeKind::Binary(operator, a, b) => format!("{operator:?}({},{})", of(a), of(b)),
            NodeKind::Parameter { parameter, keys, at } => {
                let keys: Vec<String> = keys.iter().map(of).collect();
                format!("p{}({}){at:?}", parameter.0, keys.join(","))
            }
            _ => format!("n{}", id.0),
        }
    }

    /// The one fact that a thing is made of, all of whose values the thing takes on.
    fn free(&self, id: NodeId, level: u32) -> Option<FieldId> {
        if level > MOST_LEVELS {
            return None;
        }
        let next = level.saturating_add(1);
        match &self.program.node(self.bare(id))?.kind {
            NodeKind::Fact(field) => Some(*field),
            NodeKind::AtParent(target) | NodeKind::Age(target, ..) => self.free(*target, next),
            _ => None,
        }
    }

    fn cells(&self, at: usize) -> Vec<Cell> {
        let Some(thing) = self.things.get(at) else { return Vec::new() };
        let Some(node) = self.program.node(thing.node) else { return Vec::new() };
        let none = self.lacking(thing).next().map(|_| Cell::None);
        let mut cells = match (&thing.other, &node.ty) {
            (Some(_), Type::Number(_) | Type::Date | Type::Month) => {
                use std::cmp::Ordering::{Equal, Greater, Less};
                vec![Cell::Beside(Less), Cell::Beside(Equal), Cell::Beside(Greater)]
            }
            (Some(_), _) => {
                use std::cmp::Ordering::{Equal, Less};
                vec![Cell::Beside(Equal), Cell::Beside(Less)]
            }
            (None, Type::Bool) => vec![Cell::Truth(true), Cell::Truth(false)],
            (None, Type::Enum(id)) => {
                let count = self.program.enumeration(*id).map_or(0, |found| found.values.len());
                let count = u16::try_from(count).unwrap_or(u16::MAX);
                (0..count).map(|at| Cell::Value(Constant::Enum(*id, at))).collect()
            }
            (None, _) => self.regions(thing),
        };
        cells.extend(none);
        cells
    }

    /// What of a thing may be 无: the node, or either side of a comparison.
    fn lacking<'t>(&'t self, thing: &'t Thing) -> impl Iterator<Item = NodeId> + 't {
        let may_lack = |id: &NodeId| self.program.node(*id).is_some_and(|node| node.optional);
        [Some(thing.node), thing.other].into_iter().flatten().filter(may_lack)
    }

    /// The regions that the constants cut a number or a day into, within what it can be.
    fn regions(&self, thing: &Thing) -> Vec<Cell> {
        let field = match self.program.node(self.bare(thing.node)).map(|node| &node.kind) {
            Some(NodeKind::Fact(field)) => self.program.field(*field),
            Some(NodeKind::AtParent(target)) => {
                match self.program.node(self.bare(*target)).map(|node| &node.kind) {
                    Some(NodeKind::Fact(field)) => self.program.field(*field),
                    _ => None,
                }
            }
            _ => None,
        };
        let range = field.and_then(|field| field.range);
        let whole = match self.program.node(thing.node).map(|node| &node.ty) {
            Some(Type::Number(number)) => number.integer,
            _ => false,
        };
        let mut cuts = thing.cuts.clone();
        if let Some((low, high)) = range {
            cuts.extend([low, high]);
            cuts.sort_unstable();
            cuts.dedup();
            cuts.retain(|cut| (low..=high).contains(cut));
        }
        let mut cells = Vec::new();
        let mut before = None;
        for cut in &cuts {
            cells.push(Cell::Between(before, Some(*cut)));
            cells.push(Cell::Value(*cut));
            before = Some(*cut);
        }
        cells.push(Cell::Between(before, None));
        cells.retain(|cell| match (cell, range) {
            (Cell::Between(None, _) | Cell::Between(_, None), Some(_)) => false,
            (Cell::Between(Some(low), Some(high)), _) if whole => !adjacent(low, high),
            _ => true,
        });
        cells
    }

    fn words(&self, standing: &[usize], matters: &[usize]) -> Bilingual {
        if matters.is_empty() {
            return Bilingual::new("任何情形", "anything");
        }
        let mut zh = Vec::new();
        let mut en = Vec::new();
        for (at, thing) in matters.iter().filter_map(|at| Some((*at, self.things.get(*at)?))) {
            let said = self.stands(thing, self.cell(at, standing));
            zh.push(said.zh);
            en.push(said.en);
        }
        Bilingual::new(zh.join("、"), en.join(", "))
    }

    fn stands(&self, thing: &Thing, cell: Cell) -> Bilingual {
        let name = self.name(thing.node);
        let shown = |constant: &Constant| self.shown(thing.node, constant);
        match cell {
            Cell::Truth(truth) => Bilingual::new(
                format!("{}{}", if truth { "" } else { "非" }, name.zh),
                format!("{}{}", if truth { "" } else { "not " }, name.en),
            ),
            Cell::Value(constant) => {
                let value = shown(&constant);
                Bilingual::new(
                    format!("{}为{}", name.zh, value.zh),
                    format!("{} is {}", name.en, value.en),
                )
            }
            Cell::Between(low, high) => {
                let ends = match (low.as_ref().map(shown), high.as_ref().map(shown)) {
                    (Some(low), Some(high)) => Bilingual::new(
                        format!("超过{}不满{}", low.zh, high.zh),
                        format!("above {} and below {}", low.en, high.en),
                    ),
                    (Some(low), None) => {
                        Bilingual::new(format!("超过{}", low.zh), format!("above {}", low.en))
                    }
                    (None, Some(high)) => {
                        Bilingual::new(format!("不满{}", high.zh), format!("below {}", high.en))
                    }
                    (None, None) => Bilingual::new("是任何数", "any number"),
                };
                Bilingual::new(
                    format!("{}{}", name.zh, ends.zh),
                    format!("{} {}", name.en, ends.en),
                )
            }
            Cell::Beside(order) => {
                let other = thing.other.map_or_else(Bilingual::default, |other| self.name(other));
                let number = matches!(
                    self.program.node(thing.node).map(|node| &node.ty),
                    Some(Type::Number(_) | Type::Date | Type::Month)
                );
                let (zh, en) = match order {
                    std::cmp::Ordering::Equal => ("等于", "is"),
                    _ if !number => ("不等于", "is not"),
                    std::cmp::Ordering::Less => ("低于", "below"),
                    std::cmp::Ordering::Greater => ("高于", "above"),
                };
                Bilingual::new(
                    format!("{}{zh}{}", name.zh, other.zh),
                    format!("{} {en} {}", name.en, other.en),
                )
            }
            Cell::None => {
                let (zh, en): (Vec<String>, Vec<String>) = self
                    .lacking(thing)
                    .map(|id| self.name(id))
                    .map(|name| (name.zh, name.en))
                    .unzip();
                Bilingual::new(
                    format!("{}为无", zh.join("或")),
                    format!("{} is none", en.join(" or ")),
                )
            }
        }
    }

    fn name(&self, id: NodeId) -> Bilingual {
        let both = |name: &super::Name| {
            let alias = name.alias.clone().unwrap_or_else(|| name.text.clone());
            Bilingual::new(name.text.clone(), alias)
        };
        match self.program.node(id).map(|node| &node.kind) {
            Some(NodeKind::Fact(field)) => {
                self.program.field(*field).map(|field| both(&field.name))
            }
            Some(NodeKind::Use { definition, .. }) => {
                self.program.definition(*definition).map(|found| both(&found.name))
            }
            Some(NodeKind::Parameter { parameter, .. }) => usize::try_from(parameter.0)
                .ok()
                .and_then(|at| self.program.parameters.get(at))
                .map(|found| both(&found.name)),
            Some(NodeKind::AtParent(target) | NodeKind::Item(_, target)) => {
                Some(self.name(*target))
            }
            Some(NodeKind::AtReference { reference, target }) => {
                let (whose, what) = (self.name(*reference), self.name(*target));
                Some(Bilingual::new(
                    format!("{}的{}", whose.zh, what.zh),
                    format!("{}.{}", whose.en, what.en),
                ))
            }
            _ => None,
        }
        .unwrap_or_else(|| Bilingual::new("这一条件", "this condition"))
    }

    fn shown(&self, node: NodeId, constant: &Constant) -> Bilingual {
        let plain = |text: String| Bilingual::new(text.clone(), text);
        match constant {
            Constant::Number(number) => {
                let ty = self.program.node(node).map(|node| &node.ty);
                let percent = matches!(
                    ty,
                    Some(Type::Number(number)) if number.style == crate::types::NumberStyle::Percent
                );
                if percent && let Ok(number) = number.checked_mul(Rational::from_integer(100)) {
                    return plain(format!("{number}%"));
                }
                let unit = ty.and_then(Type::unit).cloned().unwrap_or_default();
                let named = |at: u16| {
                    let name = self.program.units.get(usize::from(at));
                    name.map(|name| name.text.clone()).unwrap_or_default()
                };
                Bilingual::new(
                    format!("{number}{}", unit.zh(named)),
                    format!("{number}{}", unit.en(named)),
                )
            }
            Constant::Enum(id, at) => {
                let found = self.program.enumeration(*id);
                let value = found.and_then(|found| found.values.get(usize::from(*at)));
                value.map_or_else(Bilingual::default, |value| {
                    let alias = value.alias.clone().unwrap_or_else(|| value.text.clone());
                    Bilingual::new(value.text.clone(), alias)
                })
            }
            Constant::Date(date) => plain(date.to_string()),
            Constant::Month(month) => plain(month.to_string()),
            Constant::Bool(truth) => {
                if *truth {
                    Bilingual::new("是", "true")
                } else {
                    Bilingual::new("否", "false")
                }
            }
            Constant::Outcome(outcome) => match outcome {
                OutcomeConstant::Entitled => Bilingual::new("符合", "entitled"),
                _ => Bilingual::new("不符合", "not entitled"),
            },
            Constant::Text(_) => Bilingual::default(),
        }
    }
}

/// Where two conditions meet.
#[derive(Clone, Debug)]
pub(crate) struct Overlap {
    /// How things stand there.
    pub(crate) example: Bilingual,
    /// Whether one of the two never holds but there.
    pub(crate) always: bool,
}

/// No whole number lies between.
fn adjacent(low: &Constant, high: &Constant) -> bool {
    match (low, high) {
        (Constant::Number(low), Constant::Number(high)) => {
            low.floor().checked_add(Rational::ONE).is_ok_and(|next| next >= *high)
        }
        _ => false,
    }
}

fn mirrored(operator: Comparison) -> Comparison {
    match operator {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        Comparison::Equal | Comparison::NotEqual => operator,
    }
}

fn ordered(order: std::cmp::Ordering, operator: Comparison) -> bool {
    match operator {
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
    }
}

/// Whether a region compares so with one of the constants that bound the regions.
fn against(cell: Cell, operator: Comparison, constant: &Constant) -> bool {
    match cell {
        Cell::Truth(truth) => ordered(Constant::Bool(truth).cmp(constant), operator),
        Cell::Value(value) => ordered(value.cmp(constant), operator),
        // INVARIANT: every constant is a cut or outside the range, so a region lies on one side.
        Cell::Between(low, _) => {
            let order = if low.is_some_and(|low| low >= *constant) {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Less
            };
            ordered(order, operator)
        }
        Cell::Beside(_) | Cell::None => operator == Comparison::NotEqual,
    }
}
