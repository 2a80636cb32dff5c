//! Types, literals, parameters with their rows, and tables.

use std::collections::BTreeMap;

use super::Lowerer;
use super::authority::{Act, Upper};
use super::collect::name_of;
use super::scope::{Entity, ModuleId, Origin, State};
use crate::builtins::{self, Word};
use crate::diagnostic::Bilingual;
use crate::hir::program::{
    ApplicableDate, DefaultValue, LayerId, Parameter, ParameterId, ParameterRow,
};
use crate::hir::{Constant, Validity, error};
use crate::source::Span;
use crate::syntax::ast;
use crate::types::{EnumId, NumberStyle, NumberType, ObjectId, Type};
use crate::value::{Date, Dimension, Rational, Unit, YearMonth, parse_unit_text_with};

/// The texts of a parameter, highest layer first.
pub(super) type Source<'a> = Vec<(LayerId, &'a ast::Parameter)>;

impl<'a> Lowerer<'a> {
    /// A written type. `field` says that a bare 人 is the object, not the unit.
    pub(super) fn type_of(&mut self, ty: &ast::TypeExpr, field: bool) -> Type {
        match &ty.kind {
            ast::TypeExprKind::Boolean => Type::Bool,
            ast::TypeExprKind::Date => Type::Date,
            ast::TypeExprKind::Month => Type::Month,
            ast::TypeExprKind::Text => Type::Text,
            ast::TypeExprKind::Integer(_) => {
                Type::Number(NumberType { integer: true, whole_fen: true, ..NumberType::default() })
            }
            ast::TypeExprKind::Decimal => Type::number(Unit::dimensionless()),
            ast::TypeExprKind::Percent => {
                Type::Number(NumberType { style: NumberStyle::Percent, ..NumberType::default() })
            }
            ast::TypeExprKind::Times => {
                Type::Number(NumberType { style: NumberStyle::Times, ..NumberType::default() })
            }
            ast::TypeExprKind::Count(word) => {
                let dimension = match word.text.as_str() {
                    "户数" | "households" => Dimension::Household,
                    "次数" | "times" => Dimension::Time,
                    _ => Dimension::Person,
                };
                Type::Number(NumberType {
                    unit: Unit::of(dimension),
                    integer: true,
                    whole_fen: true,
                    ..NumberType::default()
                })
            }
            ast::TypeExprKind::Unit(unit) => {
                let bare = unit.denominators.is_empty();
                if bare
                    && (field || unit.numerator.text == "人" || unit.numerator.text == "person")
                    && let Some(&object) = self.scope.objects.get(&unit.numerator.text)
                {
                    return Type::Object(object);
                }
                self.unit_of(unit).map_or(Type::Error, |(unit, _)| Type::number(unit))
            }
            ast::TypeExprKind::Named(name) => self.named_type(name),
        }
    }

    fn named_type(&mut self, name: &ast::Reference) -> Type {
        if let Some(&id) = self.scope.enums.get(&name.text) {
            return Type::Enum(id);
        }
        if let Some(&id) = self.scope.objects.get(&name.text) {
            return Type::Object(id);
        }
        if let Some(&unit) = self.scope.units.get(&name.text) {
            return Type::number(Unit::of(Dimension::Custom(unit)));
        }
        if let Some((unit, _)) = self.parse_unit(&name.text) {
            return Type::number(unit);
        }
        let names = self.scope.enums.keys().chain(self.scope.objects.keys());
        let close = crate::diagnostic::closest_name(&name.text, names.map(String::as_str))
            .map(str::to_owned);
        self.report_unknown(
            &name.text,
            error::unknown_type(name.span, &name.text, close.as_deref()),
        );
        Type::Error
    }

    /// The declared type of something about `subject`: `/人` is struck off for a person.
    pub(super) fn subject_type(&mut self, ty: &ast::TypeExpr, subject: ObjectId) -> Type {
        let ty = self.type_of(ty, false);
        self.strike(ty, subject)
    }

    /// Strikes `/人` from a value read about a person, `/户` about a household.
    pub(super) fn strike(&self, ty: Type, subject: ObjectId) -> Type {
        if self.is_person(subject) {
            ty.strike(Dimension::Person)
        } else if subject == self.program.root {
            ty.strike(Dimension::Household)
        } else {
            ty
        }
    }

    fn parse_unit(&self, text: &str) -> Option<(Unit, Rational)> {
        parse_unit_text_with(text, |word| self.scope.units.get(word).copied())
            .or_else(|| Some((super::target::measure_word(text)?, Rational::ONE)))
    }

    /// A written unit and how many of the base unit one of it is.
    pub(super) fn unit_of(&mut self, unit: &ast::UnitExpr) -> Option<(Unit, Rational)> {
        let mut text = unit.numerator.text.clone();
        for denominator in &unit.denominators {
            text.push('/');
            text.push_str(&denominator.text);
        }
        // The same few units are written thousands of times.
        if let Some(known) = self.units_read.get(&text) {
            return Some(known.clone());
        }
        let parsed = self.parse_unit(&text);
        if let Some(parsed) = &parsed {
            self.units_read.insert(text, parsed.clone());
        } else {
            let unknown = std::iter::once(&unit.numerator)
                .chain(&unit.denominators)
                .find(|word| self.parse_unit(&word.text).is_none())
                .unwrap_or(&unit.numerator);
            let (name, span) = (unknown.text.clone(), unknown.span);
            if self.scope.entries.contains_key(&name) {
                self.report(error::not_here(
                    unit.span,
                    Bilingual::new(
                        format!("“{name}”不是单位，紧跟在“／”后面会被读作单位"),
                        format!("`{name}` is not a unit, but stands where one is read"),
                    ),
                    Bilingual::new(
                        format!("若是相除，写作 ÷ {name}"),
                        format!("to divide, write `÷ {name}`"),
                    ),
                ));
            } else {
                let close = crate::diagnostic::closest_name(
                    &name,
                    self.scope.units.keys().map(String::as_str),
                )
                .map(str::to_owned);
                self.report(error::unknown_type(span, &name, close.as_deref()));
            }
        }
        parsed
    }

    /// A number literal as a constant of the base unit, with its type.
    pub(super) fn number(
        &mut self,
        literal: &ast::NumberLiteral,
    ) -> Option<(Rational, NumberType)> {
        let integer = literal.value.is_integer();
        let whole = literal.decimals <= 2;
        let plain = NumberType { integer, whole_fen: whole, ..NumberType::default() };
        match &literal.suffix {
            ast::NumberSuffix::None => Some((literal.value, plain)),
            ast::NumberSuffix::Times => {
                Some((literal.value, NumberType { style: NumberStyle::Times, ..plain }))
            }
            ast::NumberSuffix::Percent | ast::NumberSuffix::PerMille => {
                let parts = if literal.suffix == ast::NumberSuffix::Percent { 100 } else { 1000 };
                let value = literal.value.checked_div(Rational::from_integer(parts)).ok()?;
                let ty = NumberType {
                    style: NumberStyle::Percent,
                    integer: value.is_integer(),
                    ..NumberType::default()
                };
                Some((value, ty))
            }
            ast::NumberSuffix::Unit(unit) => {
                let (unit, scale) = self.unit_of(unit)?;
                let value = literal.value.checked_mul(scale).ok()?;
                let hundredths = value.checked_mul(Rational::from_integer(100)).ok()?;
                let ty = NumberType {
                    unit,
                    style: NumberStyle::Plain,
                    whole_fen: hundredths.is_integer(),
                    integer: value.is_integer(),
                };
                Some((value, ty))
            }
        }
    }

    /// Whether a literal with unit `found` may take the declared unit: nothing written, or the
    /// numerator alone (`2250元` for 元/月).
    pub(super) fn takes_unit(
        found: &NumberType,
        literal: &ast::NumberLiteral,
        wanted: &Unit,
    ) -> bool {
        match &literal.suffix {
            ast::NumberSuffix::None => true,
            ast::NumberSuffix::Unit(unit) if unit.denominators.is_empty() => {
                let numerators: Vec<_> = wanted.factors().filter(|(_, power)| *power > 0).collect();
                let written: Vec<_> = found.unit.factors().collect();
                numerators == written
            }
            _ => false,
        }
    }

    /// A literal that *is* the value of a declared type: bare 元 takes the declared unit.
    pub(super) fn literal_constant(&mut self, value: &ast::Expr, ty: &Type) -> Option<Constant> {
        match (&value.kind, ty) {
            (ast::ExprKind::Group(inner), _) => self.literal_constant(inner, ty),
            (ast::ExprKind::Negate(inner), _) => match self.literal_constant(inner, ty)? {
                Constant::Number(number) => Some(Constant::Number(number.negated())),
                other => Some(other),
            },
            (ast::ExprKind::Number(literal), Type::Number(wanted)) => {
                let (number, found) = self.number(literal)?;
                if found.unit == wanted.unit || Self::takes_unit(&found, literal, &wanted.unit) {
                    return Some(Constant::Number(number));
                }
                let (wanted, found) =
                    (self.unit_words(&wanted.unit.clone()), self.unit_words(&found.unit));
                let help = self.conversion_help(&found, &wanted);
                self.report(error::wrong_unit(value.span, &wanted, &found, help));
                None
            }
            (ast::ExprKind::Bool(truth), Type::Bool) => Some(Constant::Bool(*truth)),
            (ast::ExprKind::Date(date), Type::Date) => Some(Constant::Date(*date)),
            (ast::ExprKind::YearMonth(month), Type::Month) => Some(Constant::Month(*month)),
            (ast::ExprKind::Name(name), Type::Enum(id)) => self.enum_value(name, *id),
            (_, Type::Error) => None,
            _ => {
                let wanted = self.describe(ty);
                let found = Bilingual::new(
                    format!("“{}”", self.sources.slice(value.span)),
                    format!("`{}`", self.sources.slice(value.span)),
                );
                self.report(error::expected(value.span, &wanted, &found));
                None
            }
        }
    }

    /// A value of that enumeration by name.
    pub(super) fn enum_value(&mut self, name: &ast::Reference, id: EnumId) -> Option<Constant> {
        let enumeration = self.program.enumeration(id)?;
        let found = enumeration.values.iter().position(|value| value.is(&name.text));
        match found {
            Some(at) => Some(Constant::Enum(id, u16::try_from(at).unwrap_or(u16::MAX))),
            None => {
                let names = enumeration.values.iter().map(|value| value.text.as_str());
                let close = crate::diagnostic::closest_name(&name.text, names.clone());
                let list: Vec<&str> = names.collect();
                let shown = close.map_or_else(|| list.join("、"), str::to_owned);
                self.report(error::unknown_name(name.span, &name.text, Some(&shown)));
                None
            }
        }
    }

    pub(super) fn default_value(&mut self, value: &ast::Expr, ty: &Type) -> Option<DefaultValue> {
        match &value.kind {
            ast::ExprKind::Name(name) if builtins::word(&name.text) == Some(Word::None) => {
                Some(DefaultValue::Absent)
            }
            _ => self.literal_constant(value, ty).map(DefaultValue::Value),
        }
    }

    /// What to do about two units that differ by a month against a year, or by people.
    pub(super) fn conversion_help(&self, left: &Bilingual, right: &Bilingual) -> Option<Bilingual> {
        let yearly = |unit: &Bilingual| unit.zh.contains('年') && unit.zh.contains('/');
        let monthly = |unit: &Bilingual| unit.zh.contains('月') && unit.zh.contains('/');
        let per_person =
            |unit: &Bilingual| unit.zh.split('/').nth(1).is_some_and(|rest| rest.contains('人'));
        if yearly(left) && monthly(right) || monthly(left) && yearly(right) {
            return Some(Bilingual::new(
                "按月（…）把每年的数折成每月的，按年（…）反之",
                "`monthly(…)` turns a yearly amount into a monthly one, `yearly(…)` the reverse",
            ));
        }
        if per_person(left) != per_person(right) {
            return Some(Bilingual::new(
                "一个是每人的，一个是一户的：乘以 人数（成员），或除以它",
                "one is per person and one for the household: multiply or divide by count(members)",
            ));
        }
        None
    }

    pub(super) fn collect_parameter(
        &mut self,
        layer: LayerId,
        module: ModuleId,
        node: &'a ast::Parameter,
    ) {
        let existing = self.scope.entries.get(&node.name.text).and_then(|entries| {
            entries.iter().find_map(|entry| match entry.entity {
                Entity::Parameter(id) if entry.module == module => Some(id),
                _ => None,
            })
        });
        if let Some(id) = existing {
            let first =
                self.parameters.get(id.0 as usize).and_then(|source| source.last().copied());
            if let Some((first_layer, first)) = first
                && first_layer == layer
            {
                self.report(error::duplicate(node.name.span, &node.name.text, first.name.span));
                return;
            }
            // A made-up layer stands in for what is still to be found.
            let is_sample = self.program.layer(layer).is_some_and(|layer| layer.sample);
            if let Some((_, first)) = first
                && !(is_sample && is_pending(first))
            {
                let upper = Upper {
                    span: first.name.span,
                    authorizations: &first.authorizations,
                    delegated: first.delegated.as_ref(),
                };
                self.permit(layer, Act::Set, (node.name.span, &node.name.text), upper);
            }
            if let Some(source) = self.parameters.get_mut(id.0 as usize) {
                source.push((layer, node));
            }
            return;
        }
        let id = ParameterId(u32::try_from(self.parameters.len()).unwrap_or(u32::MAX));
        self.parameters.push(vec![(layer, node)]);
        self.declare(module, &node.name, node.private, Entity::Parameter(id));
    }

    /// Builds every parameter, once all its layers are known.
    pub(super) fn parameters(&mut self) {
        for at in 0..self.parameters.len() {
            let source = self.parameters.get(at).cloned().unwrap_or_default();
            let parameter = self.parameter(&source);
            self.program.parameters.push(parameter);
        }
    }

    fn parameter(&mut self, source: &Source<'a>) -> Parameter {
        let mut ty = Type::Error;
        let mut keys = Vec::new();
        for (_, node) in source {
            if let Some(written) = &node.ty {
                ty = self.type_of(written, false);
            }
            if !node.keys.is_empty() {
                keys = self.key_enums(node);
            }
        }
        let Some(&(layer, first)) = source.first() else {
            return Parameter {
                name: crate::hir::Name::default(),
                keys,
                ty,
                range: None,
                unfilled: true,
                layer: LayerId::default(),
                rows: Vec::new(),
                citations: Vec::new(),
                span: Span::default(),
            };
        };
        if source.iter().all(|(_, node)| node.ty.is_none()) {
            self.report(error::not_here(
                first.name.span,
                Bilingual::new(
                    format!("参数“{}”没有写单位", first.name.text),
                    format!("parameter `{}` has no type", first.name.text),
                ),
                Bilingual::new("写作 参数 名称：元/月", "write `parameter name: CNY/month`"),
            ));
        }
        let filled =
            source.iter().rev().find(|(_, node)| !node.rows.is_empty() || node.pending.is_some());
        let mut rows = vec![Vec::new(); self.combinations(&keys)];
        if let Some(&(layer, node)) = filled {
            self.fill_rows(&mut rows, &keys, &ty, (layer, node), first);
        }
        let whole_fen = rows.iter().flatten().all(|row| match row.value {
            Some(Constant::Number(value)) => {
                value.checked_mul(Rational::from_integer(100)).is_ok_and(Rational::is_integer)
            }
            _ => true,
        });
        if let Type::Number(number) = &mut ty {
            let by_days = rows.iter().flatten().any(|row| row.by_days);
            number.whole_fen = whole_fen && !by_days && !number.unit.is_dimensionless();
        }
        let range = source.iter().rev().find_map(|(_, node)| node.range.as_ref());
        let range = range.and_then(|range| self.literal_range(range, &ty));
        let parameter = Parameter {
            name: name_of(&first.name),
            keys,
            ty,
            range,
            unfilled: filled.is_none(),
            layer,
            rows,
            citations: source
                .iter()
                .flat_map(|(_, node)| self.sources_of(&node.citations))
                .collect(),
            span: first.name.span,
        };
        self.check_rows(&parameter);
        parameter
    }

    fn key_enums(&mut self, node: &ast::Parameter) -> Vec<EnumId> {
        let mut keys = Vec::new();
        for key in &node.keys {
            match self.scope.enums.get(&key.text) {
                Some(&id) => keys.push(id),
                None => {
                    let close = crate::diagnostic::closest_name(
                        &key.text,
                        self.scope.enums.keys().map(String::as_str),
                    )
                    .map(str::to_owned);
                    let finding = error::unknown_type(key.span, &key.text, close.as_deref());
                    self.report_unknown(&key.text, finding);
                }
            }
        }
        keys
    }

    fn combinations(&self, keys: &[EnumId]) -> usize {
        keys.iter()
            .map(|key| self.program.enumeration(*key).map_or(1, |key| key.values.len().max(1)))
            .product()
    }

    fn fill_rows(
        &mut self,
        rows: &mut [Vec<ParameterRow>],
        keys: &[EnumId],
        ty: &Type,
        (layer, node): (LayerId, &'a ast::Parameter),
        first: &ast::Parameter,
    ) {
        let sample_layer = self.program.layer(layer).is_some_and(|layer| layer.sample);
        let range = node.range.as_ref().or(first.range.as_ref());
        let range = range.and_then(|range| {
            let (low, high) = self.literal_range(range, ty)?;
            Some((low, high, self.sources.slice(range.span).to_owned()))
        });
        if let (Some(span), true) = (node.pending, node.rows.is_empty()) {
            for row in rows.iter_mut() {
                row.push(ParameterRow {
                    validity: Validity::default(),
                    closed: false,
                    value: None,
                    sample: false,
                    by_days: false,
                    layer,
                    citations: self.sources_of(&node.citations),
                    span,
                });
            }
        }
        let mut mid_month = MidMonths::new();
        for row in &node.rows {
            let mut validity =
                row.period.as_ref().map_or_else(Validity::default, |p| self.period(p));
            validity.published = row.published.map(|(date, _)| date);
            if row.period.is_none()
                && let Some(period) = &node.in_force
            {
                validity = Validity { published: validity.published, ..self.period(period) };
            }
            let said = row.mid_month.or(node.mid_month).map(|(said, _)| said);
            if let (Some(from), Some(said)) = (validity.from, said) {
                mid_month.insert(from, said);
            }
            if said.is_none() {
                self.check_mid_month(layer, &node.name.text, ty, validity, row);
            }
            for cell in &row.cells {
                let Some(places) = self.cell_places(keys, cell, &node.name.text) else { continue };
                let (value, span) = match &cell.value {
                    ast::CellValue::Pending(_) => (None, cell.span),
                    ast::CellValue::Value(value) => match self.literal_constant(value, ty) {
                        Some(constant) => (Some(constant), cell.span),
                        None => continue,
                    },
                };
                if let (Some(value), Some((low, high, shown))) = (value, &range)
                    && !within(value, *low, *high)
                {
                    self.report(error::out_of_range(cell.span, &node.name.text, shown));
                }
                let citations =
                    if row.citations.is_empty() { &node.citations } else { &row.citations };
                for place in places {
                    let Some(slot) = rows.get_mut(place) else { continue };
                    slot.push(ParameterRow {
                        validity,
                        closed: validity.until.is_some(),
                        value,
                        sample: row.sample.is_some() || node.sample.is_some() || sample_layer,
                        by_days: said == Some(ast::MidMonth::ByDays),
                        layer,
                        citations: citations.iter().map(|citation| citation.text.clone()).collect(),
                        span,
                    });
                }
            }
        }
        for row in rows.iter_mut().flatten() {
            move_within_month(&mut row.validity, &mid_month);
        }
    }

    /// Which key combinations a cell is for.
    fn cell_places(&mut self, keys: &[EnumId], cell: &ast::Cell, name: &str) -> Option<Vec<usize>> {
        let mut places = vec![0_usize];
        let mut used = 0;
        for key in keys {
            let values = &self.program.enumeration(*key)?.values;
            let picked = cell
                .keys
                .iter()
                .find_map(|written| values.iter().position(|value| value.is(&written.text)));
            used += usize::from(picked.is_some());
            let picks = picked.map_or_else(|| (0..values.len()).collect(), |at| vec![at]);
            let width = values.len();
            places = places
                .iter()
                .flat_map(|place| picks.iter().map(move |pick| place * width + pick))
                .collect();
        }
        if used == cell.keys.len() {
            return Some(places);
        }
        let shown: Vec<String> = keys
            .iter()
            .filter_map(|key| self.program.enumeration(*key))
            .map(|key| {
                let values: Vec<&str> =
                    key.values.iter().map(|value| value.text.as_str()).collect();
                format!("{}（{}）", key.name.text, values.join("、"))
            })
            .collect();
        self.report(error::wrong_keys(cell.span, name, &shown));
        None
    }

    /// A monthly amount that changes within a month says what it is for that month.
    fn check_mid_month(
        &mut self,
        layer: LayerId,
        name: &str,
        ty: &Type,
        validity: Validity,
        row: &ast::Row,
    ) {
        let monthly = ty.unit().is_some_and(|unit| unit.exponent(Dimension::Month) == -1);
        // Another 适用日 than the usual one was chosen to say it.
        let usual = self.program.applicable(layer) == ApplicableDate::PeriodFirst;
        let Some(from) = validity.from.filter(|from| monthly && usual && from.day() > 1) else {
            return;
        };
        if let Some(period) = &row.period {
            self.report(error::mid_month_row(period.span, name, from));
        }
    }

    /// Gaps and overlaps in the dates of each key.
    fn check_rows(&mut self, parameter: &Parameter) {
        let mut said: Vec<Span> = Vec::new();
        for rows in &parameter.rows {
            let mut rows: Vec<&ParameterRow> = rows.iter().collect();
            rows.sort_by_key(|row| {
                (row.validity.from, row.validity.published.or(row.validity.from))
            });
            for pair in rows.windows(2) {
                let [first, second] = pair else { continue };
                if said.contains(&second.span) {
                    continue;
                }
                let Some(next) = second.validity.from else { continue };
                match first.validity.until {
                    Some(until) if until < next => {
                        let Ok(hole) = until.plus_days(1) else { continue };
                        let Ok(last) = next.plus_days(-1) else { continue };
                        if hole <= last && !covered(&rows, hole) {
                            said.push(second.span);
                            self.report(error::parameter_gap(
                                second.span,
                                &parameter.name.text,
                                hole,
                                last,
                            ));
                        }
                    }
                    Some(_) | None => {
                        let same_start = first.validity.from == second.validity.from;
                        let overlap =
                            same_start || first.validity.until.is_some_and(|until| until >= next);
                        let published =
                            |row: &ParameterRow| row.validity.published.or(row.validity.from);
                        if overlap && published(first) == published(second) {
                            said.push(second.span);
                            self.report(error::parameter_overlap(
                                second.span,
                                &parameter.name.text,
                                first.span,
                            ));
                        }
                    }
                }
            }
        }
    }

    /// Whether some definition of a module is still waiting to be lowered.
    pub(super) fn pending(&self) -> Option<usize> {
        self.states.iter().position(|state| *state == State::Pending)
    }

    /// The module of a definition.
    pub(super) fn origin(&self, at: usize) -> Option<Origin<'a>> {
        self.origins.get(at).cloned()
    }
}

/// What rows say of the month within which they begin, by the day they begin on.
type MidMonths = BTreeMap<Date, ast::MidMonth>;

/// Moves the ends of a row's validity to the month's end where the row that begins there says so.
fn move_within_month(validity: &mut Validity, mid_month: &MidMonths) {
    let moved = |day: Date| match mid_month.get(&day) {
        Some(ast::MidMonth::NextMonth) if day.day() > 1 => {
            day.year_month().plus_months(1).map_or(day, YearMonth::first_day)
        }
        Some(ast::MidMonth::SameMonth) => day.year_month().first_day(),
        Some(ast::MidMonth::NextMonth | ast::MidMonth::ByDays) | None => day,
    };
    if let Some(from) = validity.from {
        let start = moved(from);
        if start != from {
            // A row is made known on the day that it names, whatever month it counts from.
            validity.published.get_or_insert(from);
        }
        validity.from = Some(start);
    }
    if let Some(next) = validity.until.and_then(|until| until.plus_days(1).ok()) {
        validity.until = moved(next).plus_days(-1).ok();
    }
}

/// Whether some value of a parameter is still to be found.
/// Whether some value of it is 待查.
pub(super) fn is_pending(parameter: &ast::Parameter) -> bool {
    let cells = || parameter.rows.iter().flat_map(|row| &row.cells);
    let is_open = |cell: &ast::Cell| matches!(cell.value, ast::CellValue::Pending(_));
    parameter.pending.is_some() || cells().any(is_open)
}

fn within(value: Constant, low: Constant, high: Option<Constant>) -> bool {
    let at_most = |one: Constant, other: Constant| match (one, other) {
        (Constant::Number(one), Constant::Number(other)) => one <= other,
        (Constant::Date(one), Constant::Date(other)) => one <= other,
        _ => true,
    };
    at_most(low, value) && high.is_none_or(|high| at_most(value, high))
}

fn covered(rows: &[&ParameterRow], day: Date) -> bool {
    rows.iter().any(|row| row.closed && row.validity.holds(day, None))
}
