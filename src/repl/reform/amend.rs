//! The short forms: `低保标准 = 1300元`, `低保标准（城镇）提高10%`, `人均月收入 = 家庭月收入÷3人`.

use std::ops::Range;

use super::text::Files;
use super::{definition_named, layers};
use crate::diagnostic::Language;
use crate::engine::Question;
use crate::eval::row_in_force;
use crate::hir::{Constant, DefinitionKind, LayerId, Parameter, ParameterRow, Program};
use crate::input::{Case, Scalar};
use crate::repl::ask::{ask, bilingual, parse};
use crate::repl::change::{self, Change, share};
use crate::repl::problem::{self, Trouble};
use crate::repl::read;
use crate::repl::save::amount;
use crate::repl::session::{Compiled, Line, Session};
use crate::repl::state::Reform;
use crate::repl::verb::Verb;
use crate::syntax::words::declaration_at;
use crate::value::Date;

/// `NAME（KEYS） CHANGE VALUE` taken apart.
struct Amendment {
    name: Range<usize>,
    keys: Vec<Range<usize>>,
    change: Change,
    value: Range<usize>,
}

impl Session {
    /// The reform that a short form means.
    pub(super) fn amended(&mut self, law: &Compiled, line: &Line<'_>) -> Result<Reform, Trouble> {
        let amendment =
            cut(line).ok_or_else(|| problem::misused(line.rest_span(), Verb::Reform))?;
        let name = line.slice(&amendment.name).trim_matches(['「', '」']);
        let program = law.program();
        if let Some(parameter) = program.parameters.iter().find(|found| found.name.is(name)) {
            return self.parameter(law, line, parameter, &amendment);
        }
        if let Some(id) = definition_named(program, name)
            && amendment.change == Change::To
        {
            return self.rule(law, line, id, &amendment);
        }
        let mut known: Vec<String> = Vec::new();
        for found in &program.parameters {
            known.push(found.name.text.clone());
        }
        known.extend(program.definitions.iter().map(|found| found.name.text.clone()));
        Err(problem::nothing_to_reform(line.span(&amendment.name), name, &known))
    }

    /// A rule with another body.
    fn rule(
        &self,
        law: &Compiled,
        line: &Line<'_>,
        id: crate::hir::DefinitionId,
        amendment: &Amendment,
    ) -> Result<Reform, Trouble> {
        let misused = || problem::misused(line.rest_span(), Verb::Reform);
        let program = law.program();
        let found = program.definition(id).ok_or_else(misused)?;
        let name = found.name.text.clone();
        if found.kind != DefinitionKind::Rule {
            return Err(problem::whole_declaration(line.span(&amendment.name), &name));
        }
        // Read once here, so that what is wrong with the formula is shown in the line.
        parse(line, amendment.value.clone())?;
        let question = self.state.time.question();
        let day = question.map(|question| question.period.first_day());
        let text = found
            .texts
            .iter()
            .filter(|text| day.is_none_or(|day| text.validity.holds(day, None)))
            .max_by_key(|text| (text.layer, text.validity.from))
            .or_else(|| found.texts.last())
            .ok_or_else(misused)?;
        let files = Files::of(&law.library);
        let file = law.policy.sources().file(text.span.source).ok_or_else(misused)?;
        let (declared, index, piece) = files.around(file.name(), text.span).ok_or_else(misused)?;
        let body = text.body.range();
        let source = file.text();
        let head = source.get(piece.start..body.start).ok_or_else(misused)?;
        let tail = source.get(body.end..piece.end).unwrap_or("");
        let formula = line.slice(&amendment.value);
        let head = head.trim_end().trim_end_matches(['=', '＝']).trim_end();
        // On a line of its own: a source runs to the end of its line.
        let text = format!("{head}\n  = {formula}{}", tail.trim_end());
        Ok(Reform {
            keyword: declared.keyword,
            name,
            subject: declared.subject,
            file: file.name().to_owned(),
            index,
            text,
        })
    }

    /// A parameter with another value on the days of the month that is being decided.
    fn parameter(
        &mut self,
        law: &Compiled,
        line: &Line<'_>,
        parameter: &Parameter,
        amendment: &Amendment,
    ) -> Result<Reform, Trouble> {
        let question = self.state.time.question();
        let question = question.ok_or_else(|| problem::no_period(line.rest_span()))?;
        let case = self.state.household.bind(law.program());
        let places = self.places_of(law.program(), line, parameter, &amendment.keys)?;
        let day = applicable_day(law, &case, question, parameter.layer);
        let mut values: Vec<(usize, Constant)> = Vec::new();
        for place in places {
            let row = row_in_force(parameter, place, day, question.known_on);
            let old = row.and_then(|(_, row)| row.value);
            let new = self.changed(law, (&case, question), line, parameter, old, amendment)?;
            values.push((place, new));
        }
        self.put_values(law, line, parameter, &values, day, question)
    }

    /// The rows of a parameter that the keys in brackets pick; all where there are none.
    fn places_of(
        &self,
        program: &Program,
        line: &Line<'_>,
        parameter: &Parameter,
        keys: &[Range<usize>],
    ) -> Result<Vec<usize>, Trouble> {
        let mut places = vec![0_usize];
        let mut used = vec![false; keys.len()];
        for key in &parameter.keys {
            let Some(key) = program.enumeration(*key) else { continue };
            let mut picks = Vec::new();
            for (range, used) in keys.iter().zip(&mut used) {
                let word = line.slice(range);
                if let Some(at) = key.values.iter().position(|value| value.is(word)) {
                    picks.push(at);
                    *used = true;
                }
            }
            if picks.is_empty() {
                picks = (0..key.values.len()).collect();
            }
            let width = key.values.len();
            places = places
                .iter()
                .flat_map(|place| picks.iter().map(move |pick| place * width + pick))
                .collect();
        }
        if let Some(at) = used.iter().position(|used| !used)
            && let Some(range) = keys.get(at)
        {
            let values: Vec<String> = parameter
                .keys
                .iter()
                .filter_map(|key| program.enumeration(*key))
                .flat_map(|key| key.values.iter().map(|value| value.text.clone()))
                .collect();
            return Err(problem::wrong_key(
                line.span(range),
                line.slice(range),
                &parameter.name.text,
                &values,
            ));
        }
        Ok(places)
    }

    /// The new value of one row.
    fn changed(
        &self,
        law: &Compiled,
        facts: (&Case, Question),
        line: &Line<'_>,
        parameter: &Parameter,
        old: Option<Constant>,
        amendment: &Amendment,
    ) -> Result<Constant, Trouble> {
        let span = line.span(&amendment.value);
        let expression = parse(line, amendment.value.clone())?;
        let root = law.program().root;
        let old = match old {
            Some(Constant::Number(number)) => Some(number),
            _ => None,
        };
        let no_old = || problem::no_old_value(span, &parameter.name.text);
        let has_unit = parameter.ty.unit().is_some_and(|unit| !unit.is_dimensionless());
        if let (Some(share), true) = (share(&expression), has_unit)
            && amendment.change != Change::To
        {
            let new = amendment.change.by_share(old.ok_or_else(no_old)?, share, span)?;
            return self.fits(span, Constant::Number(new));
        }
        let sources = &line.sources;
        let asked = ask(law, facts, sources, root, &expression, Some(&parameter.ty))?;
        let found = asked.value();
        let Some(Scalar::Constant(value)) = found.as_scalar() else {
            let trace = asked.trace(sources, Language::Zh);
            return Err(problem::no_value(span, &bilingual(&trace, &found, &parameter.ty)).into());
        };
        match (amendment.change, value) {
            (Change::To, value) => self.fits(span, value),
            (change, Constant::Number(by)) => {
                let new = change.by(old.ok_or_else(no_old)?, by, span)?;
                self.fits(span, Constant::Number(new))
            }
            _ => Err(no_old()),
        }
    }

    /// A value that can be written down exactly.
    fn fits(&self, span: crate::source::Span, value: Constant) -> Result<Constant, Trouble> {
        match value {
            Constant::Number(number) if number.to_decimal_text().is_none() => {
                Err(problem::endless(span, &number.approximate(2)).into())
            }
            other => Ok(other),
        }
    }

    /// The declaration of a parameter with these values in the rows in force on a day.
    fn put_values(
        &self,
        law: &Compiled,
        line: &Line<'_>,
        parameter: &Parameter,
        values: &[(usize, Constant)],
        day: Date,
        question: Question,
    ) -> Result<Reform, Trouble> {
        let misused = || problem::misused(line.rest_span(), Verb::Reform);
        let program = law.program();
        let files = Files::of(&law.library);
        let sources = law.policy.sources();
        let text_of =
            |place: usize, value: Option<Constant>| self.row_cell(program, parameter, place, value);
        let row_of = |place: usize| {
            row_in_force(parameter, place, day, question.known_on).map(|(_, row)| row)
        };
        let any_row = values.iter().find_map(|(place, _)| row_of(*place));
        let any_row = any_row.or_else(|| parameter.rows.iter().flatten().next_back());
        let Some(row) = any_row else {
            // Left to the locality, and nobody has filled it: the session does.
            let file = layers(program, &law.library).into_iter().next().ok_or_else(misused)?;
            let cells: Vec<String> = (0..parameter.rows.len())
                .map(|place| text_of(place, value_at(values, place)))
                .collect();
            let text = format!("参数 {}\n  {}，样例", parameter.name.text, dated(day, &cells));
            let name = parameter.name.text.clone();
            return Ok(Reform {
                keyword: "参数".to_owned(),
                name,
                subject: None,
                file,
                index: 0,
                text,
            });
        };
        let file = sources.file(row.span.source).ok_or_else(misused)?;
        let (declared, index, piece) = files.around(file.name(), row.span).ok_or_else(misused)?;
        let mut text = file.text().get(piece.clone()).ok_or_else(misused)?.to_owned();
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        let mut missing: Vec<String> = Vec::new();
        for (place, value) in values {
            let Some(row) = row_of(*place) else {
                missing.push(text_of(*place, Some(*value)));
                continue;
            };
            let edit = self.row_text(program, parameter, row, values, file.text());
            edits.extend(edit.filter(|(range, _)| !edits.iter().any(|(known, _)| known == range)));
        }
        edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
        for (range, new) in edits {
            let within =
                range.start.checked_sub(piece.start).zip(range.end.checked_sub(piece.start));
            if let Some((from, to)) = within
                && text.get(from..to).is_some()
            {
                text.replace_range(from..to, &new);
            }
        }
        if !missing.is_empty() {
            text.push_str(&format!("\n  {}，样例", dated(day, &missing)));
        }
        Ok(Reform {
            keyword: declared.keyword,
            name: declared.name,
            subject: declared.subject,
            file: file.name().to_owned(),
            index,
            text,
        })
    }

    /// The lines of a row of a parameter with some of its cells changed, and what they take the
    /// place of. What is changed is 样例: no document says it.
    fn row_text(
        &self,
        program: &Program,
        parameter: &Parameter,
        row: &ParameterRow,
        values: &[(usize, Constant)],
        source: &str,
    ) -> Option<(Range<usize>, String)> {
        let of_row = |other: &&ParameterRow| {
            other.validity == row.validity && other.span.source == row.span.source
        };
        let cells: Vec<(usize, &ParameterRow)> = parameter
            .rows
            .iter()
            .enumerate()
            .filter_map(|(place, rows)| Some((place, rows.iter().find(of_row)?)))
            .collect();
        let first = cells.iter().map(|(_, cell)| cell.span.range().start).min()?;
        let last = cells.iter().map(|(_, cell)| cell.span.range().end).max()?;
        let start = source.get(..first)?.rfind('\n').map_or(0, |at| at + 1);
        let end = source.get(last..)?.find('\n').map_or(source.len(), |at| last + at);
        let (head, tail) = (source.get(start..first)?, source.get(last..end)?);
        let citation = ["依据", "source"].iter().filter_map(|word| tail.find(word)).min();
        let flags = tail.get(..citation.unwrap_or(tail.len()))?;
        let flags = flags.trim().trim_end_matches(['；', ';', '。']);
        let made_up = if flags.contains("样例") { "" } else { "，样例" };
        let of = |changed: bool| -> Vec<(usize, Option<Constant>)> {
            let chosen =
                cells.iter().filter(|(place, _)| value_at(values, *place).is_some() == changed);
            chosen.map(|(place, cell)| (*place, value_at(values, *place).or(cell.value))).collect()
        };
        let (old, new) = (of(false), of(true));
        let text = |cells: &[(usize, Option<Constant>)]| -> String {
            let first = cells.first().and_then(|(_, value)| *value);
            let same = cells.iter().all(|(_, value)| *value == first);
            if same && cells.len() == parameter.rows.len() {
                return self.value_text(program, parameter, first);
            }
            let cells = cells
                .iter()
                .map(|(place, value)| self.row_cell(program, parameter, *place, *value));
            cells.collect::<Vec<_>>().join("，")
        };
        let dated = !head.contains(['=', '＝']);
        let lines = match (old.is_empty(), dated) {
            (true, _) => format!("{head}{}{flags}{made_up}", text(&new)),
            (false, true) => {
                format!("{head}{}{tail}\n{head}{}{flags}{made_up}", text(&old), text(&new))
            }
            (false, false) => {
                format!("{head}{}，{}{flags}{made_up}", text(&old), text(&new))
            }
        };
        Some((start..end, lines.trim_end().to_owned()))
    }

    /// `城镇 1300元`
    fn row_cell(
        &self,
        program: &Program,
        parameter: &Parameter,
        mut place: usize,
        value: Option<Constant>,
    ) -> String {
        let mut keys = Vec::new();
        for key in parameter.keys.iter().rev() {
            let Some(key) = program.enumeration(*key) else { continue };
            let width = key.values.len().max(1);
            keys.extend(key.values.get(place % width).map(|value| value.text.clone()));
            place /= width;
        }
        keys.reverse();
        keys.push(self.value_text(program, parameter, value));
        keys.join(" ")
    }

    fn value_text(
        &self,
        program: &Program,
        parameter: &Parameter,
        value: Option<Constant>,
    ) -> String {
        match value {
            None => "待查".to_owned(),
            Some(Constant::Number(number)) => amount(program, number, &parameter.ty, Language::Zh),
            Some(Constant::Bool(truth)) => if truth { "是" } else { "否" }.to_owned(),
            Some(Constant::Date(date)) => date.zh(),
            Some(Constant::Month(month)) => month.zh(),
            Some(Constant::Enum(id, at)) => {
                let value =
                    program.enumeration(id).and_then(|found| found.values.get(usize::from(at)));
                value.map_or_else(String::new, |value| value.text.clone())
            }
            Some(Constant::Outcome(_) | Constant::Text(_)) => String::new(),
        }
    }
}

fn value_at(values: &[(usize, Constant)], place: usize) -> Option<Constant> {
    values.iter().find(|(at, _)| *at == place).map(|(_, value)| *value)
}

fn dated(day: Date, cells: &[String]) -> String {
    format!("自{}起：{}", day.zh(), cells.join("，"))
}

/// The day that picks rows.
fn applicable_day(law: &Compiled, case: &Case, question: Question, layer: LayerId) -> Date {
    let (frames, notes) = (Vec::new(), crate::eval::Notes::default());
    let evaluation = crate::eval::Evaluation { question, frames, notes };
    let trace = crate::trace::Trace {
        program: law.program(),
        sources: law.policy.sources(),
        case,
        evaluation: &evaluation,
        language: Language::Zh,
        secrets: None,
    };
    trace.applicable_day(layer)
}

/// Takes a short form apart.
fn cut(line: &Line<'_>) -> Option<Amendment> {
    let mut start = line.rest.start;
    // 改 参数 低保标准 = …
    if let Some((spelling, _)) = declaration_at(line.rest()) {
        start += spelling.len();
    }
    let body = read::trimmed(line.text, start..line.rest.end);
    let text = line.slice(&body);
    let equals = text.find(['=', '＝']);
    let (at, end, change) = match (change::find(text), equals) {
        (Some((at, end, change)), equals) if equals.is_none_or(|equals| at < equals) => {
            (at, end, change)
        }
        (_, Some(at)) => (at, at + text.get(at..)?.chars().next()?.len_utf8(), Change::To),
        _ => return None,
    };
    let head = read::trimmed(line.text, body.start..body.start + at);
    let value = read::trimmed(line.text, body.start + end..body.end);
    let text = line.slice(&head);
    let open = text.find(['（', '(']).filter(|_| text.ends_with(['）', ')']));
    let (name, keys) = match open {
        Some(open) => {
            let mark = text.get(open..)?.chars().next()?.len_utf8();
            let close = text.char_indices().next_back()?.0;
            let keys = read::parts(line.text, head.start + open + mark..head.start + close);
            (read::trimmed(line.text, head.start..head.start + open), keys)
        }
        None => (head, Vec::new()),
    };
    (!value.is_empty() && !name.is_empty()).then_some(Amendment { name, keys, change, value })
}
