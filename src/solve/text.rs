//! Sweeps and changes as lines for a caseworker.

use indexmap::IndexMap;

use super::changes::{Aim, Change, Changes, DecisionChanges};
use super::page::{aligned, mark};
use super::sweep::{Sweep, SweepPoint};
use super::view::{AskedView, CellView, OutputKind, OutputView, PieceView, ShiftKind, ShiftView};
use super::words::{self, outcome, slope, value};
use crate::diagnostic::Language;
use crate::engine::decision::Outcome;
pub use crate::explain::layout::PageOptions as TextOptions;
use crate::explain::layout::{Page, Style};
use crate::explain::view::ValueView;
use crate::explain::words::about;

/// A sweep in `language`: a table of its pieces, then each threshold with what makes it.
#[must_use]
pub fn sweep(sweep: &Sweep, language: Language, options: TextOptions) -> String {
    let mut page = Page::new(language, options);
    page.line(0, Style::Strong, &sweep.asked.policy);
    page.line(0, Style::Plain, &dates(&sweep.asked, language));
    page.line(0, Style::Plain, &headline(sweep, language));
    if !varying(sweep).is_empty() {
        page.blank();
        aligned(&mut page, 0, &table(sweep, language));
    }
    same(&mut page, sweep);
    let thresholds = thresholds_said(sweep, language);
    if !thresholds.is_empty() {
        page.heading(page.say("转折", "Thresholds"));
    }
    for (at, threshold) in thresholds.into_iter().enumerate() {
        page.line(0, Style::Strong, &format!("{} {}", mark(at), threshold.title));
        for (cause, source) in threshold.causes {
            page.line(2, Style::Plain, &cause);
            if !source.is_empty() {
                page.line(4, Style::Faint, &source);
            }
        }
        for change in threshold.changes {
            page.led(4, "· ", Style::Plain, &change);
        }
    }
    if let Some(stop) = &sweep.stopped {
        page.blank();
        let at = value(&stop.at, language);
        let text = match language {
            Language::Zh => format!("到{at}为止：{}", stop.zh),
            Language::En => format!("up to {at}: {}", stop.en),
        };
        page.line(0, Style::Doubtful, &text);
    }
    page.finish()
}

/// What would change each decision, in `language`.
#[must_use]
pub fn changes(changes: &Changes, language: Language, options: TextOptions) -> String {
    let mut page = Page::new(language, options);
    page.line(0, Style::Strong, &changes.asked.policy);
    page.line(0, Style::Plain, &dates(&changes.asked, language));
    lists(&mut page, changes, language);
    page.finish()
}

/// The same without the policy and the dates, where they are known.
#[must_use]
pub fn change_lists(changes: &Changes, language: Language, options: TextOptions) -> String {
    let mut page = Page::new(language, options);
    lists(&mut page, changes, language);
    page.finish()
}

fn lists(page: &mut Page, changes: &Changes, language: Language) {
    for told in told(changes, language) {
        page.heading(&told.title);
        for line in told.lines {
            match line {
                Line::Item(text) => page.led(2, "· ", Style::Plain, &text),
                Line::Said(text) => page.line(2, Style::Plain, &text),
                Line::Doubt(text) => page.line(2, Style::Doubtful, &text),
            }
        }
    }
}

/// What is said of one decision, or of all that nothing can be done about.
pub(super) struct Told {
    pub(super) title: String,
    pub(super) lines: Vec<Line>,
}

/// A line below it.
pub(super) enum Line {
    /// A change, or a decision.
    Item(String),
    /// What is said of those before or after it.
    Said(String),
    /// What may be wrong with the list.
    Doubt(String),
}

/// What would change each decision, in the order in which it is told in every form.
pub(super) fn told(changes: &Changes, language: Language) -> Vec<Told> {
    let say = |zh: &str, en: &str| said(language, zh, en);
    if changes.decisions.is_empty() {
        let title = say("各项决定都已符合", "every decision is entitled as it is");
        return vec![Told { title, lines: Vec::new() }];
    }
    let hopeless = |decision: &&DecisionChanges| {
        let none = decision.changes.is_empty() && decision.pairs.is_empty();
        decision.aim != Aim::Nothing && none && !decision.incomplete
    };
    let mut all: Vec<Told> = changes
        .decisions
        .iter()
        .filter(|decision| !hopeless(decision))
        .map(|decision| changes_of(decision, language))
        .collect();
    let hopeless: Vec<&DecisionChanges> = changes.decisions.iter().filter(hopeless).collect();
    if !hopeless.is_empty() {
        let title = say(
            "只改变一项或者两项事实，下列各项都不会因此改变",
            "No change of one fact or two is enough",
        );
        let item = |(name, who): (String, Vec<String>)| {
            Line::Item(match (who.is_empty(), language) {
                (true, _) => name,
                (false, Language::Zh) => format!("{name}：{}", who.join("、")),
                (false, Language::En) => format!("{name}: {}", who.join(", ")),
            })
        };
        let lines = by_name(&hopeless, language).into_iter().map(item).collect();
        all.push(Told { title, lines });
    }
    all
}

fn said(language: Language, zh: &str, en: &str) -> String {
    match language {
        Language::Zh => zh.to_owned(),
        Language::En => en.to_owned(),
    }
}

/// What nothing can be done about: each benefit once, with whom it is about.
fn by_name(decisions: &[&DecisionChanges], language: Language) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for decision in decisions {
        let (who, name) = decision.called.rsplit_once('.').unwrap_or(("", &decision.called));
        let name = match decision.outcome {
            Outcome::NotEntitled => name.to_owned(),
            other => now_is(name, other, language),
        };
        let (own, who) = (who.is_empty(), who.to_owned());
        match found.iter_mut().find(|(known, all)| *known == name && all.is_empty() == own) {
            Some((_, all)) if !own => all.push(who),
            Some(_) => {}
            None if own => found.push((name, Vec::new())),
            None => found.push((name, vec![who])),
        }
    }
    found
}

/// `低保（现为不符合）`
fn now_is(called: &str, now: Outcome, language: Language) -> String {
    let now = outcome(now, language);
    match language {
        Language::Zh => format!("{called}（现为{now}）"),
        Language::En => format!("{called} (now {now})"),
    }
}

/// The most pairs that are shown of one decision; the data has all.
const MOST_SHOWN: usize = 12;

/// The most changes that are shown of those that would end another entitlement.
const MOST_COSTLY: usize = 4;

fn changes_of(decision: &DecisionChanges, language: Language) -> Told {
    let (singles, pairs) = (!decision.changes.is_empty(), !decision.pairs.is_empty());
    let (zh, en) = match (decision.aim, singles, pairs) {
        (Aim::Nothing, ..) => ("不需要变化", "nothing needs to change"),
        (Aim::Entitled, true, _) => ("以下任一变化使它符合", "any one of these makes it entitled"),
        (Aim::Raise, true, _) => ("以下任一变化使金额提高", "any one of these raises what is paid"),
        (Aim::Entitled, false, true) => (
            "只改变一项不够；以下任一组两项变化使它符合",
            "no single change is enough; any of these pairs makes it entitled",
        ),
        (Aim::Raise, false, true) => (
            "只改变一项不够；以下任一组两项变化使金额提高",
            "no single change is enough; any of these pairs raises what is paid",
        ),
        (_, false, false) => ("没有找到这样的变化", "none was found"),
    };
    let now = now_is(&decision.called, decision.outcome, language);
    let title = match language {
        Language::Zh => format!("{now}：{zh}"),
        Language::En => format!("{now}: {en}"),
    };
    let mut lines = Vec::new();
    let (costly, free): (Vec<&Change>, Vec<&Change>) =
        decision.changes.iter().partition(|change| !change.loses.is_empty());
    let item = |change: &&Change| Line::Item(change.text.clone());
    lines.extend(free.iter().map(item));
    lines.extend(costly.iter().take(MOST_COSTLY).map(item));
    let more = costly.len().saturating_sub(MOST_COSTLY);
    if more > 0 {
        lines.push(Line::Said(match language {
            Language::Zh => format!("另有{more}种变化，也会使现有的待遇不再符合"),
            Language::En => format!("and {more} more that would end what is received now"),
        }));
    }
    if singles && pairs {
        let together = ("两项同时变，各自变得更少的：", "two together change by less:");
        lines.push(Line::Said(said(language, together.0, together.1)));
    }
    let shown = decision.pairs.iter().take(MOST_SHOWN);
    lines.extend(shown.map(|change| Line::Item(change.text.clone())));
    let more = decision.pairs.len().saturating_sub(MOST_SHOWN);
    if more > 0 {
        lines.push(Line::Said(match language {
            Language::Zh => format!("另有{more}组"),
            Language::En => format!("and {more} more pairs"),
        }));
    }
    if decision.incomplete {
        let open = ("没有找遍，可能还有别的变化", "not all was searched: there may be others");
        lines.push(Line::Doubt(said(language, open.0, open.1)));
    }
    Told { title, lines }
}

/// Points of a sweep as a table: those outputs that vary.
#[must_use]
pub fn points(
    sweep: &Sweep,
    points: &[SweepPoint],
    language: Language,
    options: TextOptions,
) -> String {
    let mut page = Page::new(language, options);
    let shown = varying(sweep);
    let mut rows = vec![heading(sweep, &shown, language)];
    for point in points {
        let mut row = vec![sweep.value_text(point.value, language)];
        for at in &shown {
            let Some(reading) = point.outputs.get(*at) else { continue };
            row.push(match (reading.outcome, reading.amount(), language) {
                (Some(found), _, _) => outcome(found, language).to_owned(),
                (None, Some(amount), _) => amount.to_string(),
                (None, None, Language::Zh) => "待定".to_owned(),
                (None, None, Language::En) => "undecided".to_owned(),
            });
        }
        rows.push(row);
    }
    aligned(&mut page, 0, &rows);
    page.finish()
}

/// The month and the day.
pub(super) fn dates(asked: &AskedView, language: Language) -> String {
    match language {
        Language::Zh => {
            let known = asked.known_on.map(|day| format!("　知悉日 {}", day.zh()));
            let (period, as_of) = (asked.period.zh(), asked.as_of.zh());
            format!("所属期 {period}　评估日 {as_of}{}", known.unwrap_or_default())
        }
        Language::En => {
            let known = asked.known_on.map(|day| format!(", as known on {day}"));
            let (period, as_of) = (asked.period, asked.as_of);
            format!("for {period}, assessed as of {as_of}{}", known.unwrap_or_default())
        }
    }
}

/// `甲.月工资从0元/月到6000元/月，现为3750元/月`
pub(super) fn headline(sweep: &Sweep, language: Language) -> String {
    let fact = &sweep.fact;
    let now = value(&fact.now, language);
    let (Some(first), Some(last)) = (sweep.pieces.first(), sweep.pieces.last()) else {
        return fact.id.clone();
    };
    let (from, to) = (value(&first.from, language), value(&last.to, language));
    match language {
        Language::Zh => format!("{}从{from}到{to}，现为{now}", fact.id),
        Language::En => format!("{} from {from} to {to}, now {now}", fact.id),
    }
}

/// The outputs that are not the same everywhere; a total where it is more than one payment.
fn varying(sweep: &Sweep) -> Vec<usize> {
    let mut shown = all_varying(sweep);
    let kind = |at: &usize| sweep.outputs.get(*at).map(|output| output.kind);
    let payments = shown.iter().filter(|at| kind(at) == Some(OutputKind::Payment)).count();
    shown.retain(|at| payments > 1 || kind(at) != Some(OutputKind::Total));
    shown
}

fn all_varying(sweep: &Sweep) -> Vec<usize> {
    let flat = |cell: &CellView| {
        cell.at_from == cell.at_to && cell.slope.as_deref().is_none_or(|slope| slope == "0")
    };
    (0..sweep.outputs.len())
        .filter(|at| {
            let mut cells = sweep.pieces.iter().filter_map(|piece| piece.outputs.get(*at));
            let Some(first) = cells.next() else { return false };
            !flat(first) || cells.any(|cell| cell != first)
        })
        .collect()
}

fn heading(sweep: &Sweep, shown: &[usize], language: Language) -> Vec<String> {
    let mut heading = vec![with_unit(sweep.fact.id.clone(), &sweep.fact.unit, language)];
    let outputs = shown.iter().filter_map(|at| sweep.outputs.get(*at));
    heading
        .extend(outputs.map(|output| with_unit(title(output, language), &output.unit, language)));
    heading
}

/// The pieces as rows under a heading.
pub(super) fn table(sweep: &Sweep, language: Language) -> Vec<Vec<String>> {
    let shown = varying(sweep);
    let mut heading = heading(sweep, &shown, language);
    let of_kind = |kind: OutputKind| {
        let mut shown = shown.iter().copied();
        shown.find(|at| sweep.outputs.get(*at).is_some_and(|output| output.kind == kind))
    };
    // The rate of the total, or of the only payment.
    let rated = of_kind(OutputKind::Total).or_else(|| of_kind(OutputKind::Payment));
    let moves = |at: &usize| {
        let slopes = sweep.pieces.iter().filter_map(|piece| piece.outputs.get(*at)?.slope.as_ref());
        !sweep.fact.grain.is_empty() && slopes.into_iter().any(|slope| slope != "0")
    };
    let rated = rated.filter(moves);
    if rated.is_some() {
        heading.push(slope::heading(&sweep.fact.unit, language));
    }
    let mut rows = vec![heading];
    for piece in &sweep.pieces {
        let mut row = vec![range(piece, language)];
        row.extend(shown.iter().filter_map(|at| cell(sweep, piece, *at, language)));
        if let Some(at) = rated {
            let unit = sweep.outputs.get(at).map_or("", |output| &output.unit);
            let slope = piece.outputs.get(at).and_then(|cell| cell.slope.as_deref());
            row.push(slope::words(slope, unit, language));
        }
        rows.push(row);
    }
    rows
}

fn with_unit(name: String, unit: &str, language: Language) -> String {
    match language {
        _ if unit.is_empty() => name,
        Language::Zh => format!("{name}（{unit}）"),
        Language::En => format!("{name} ({unit})"),
    }
}

/// A value under a heading that has its unit.
fn bare(view: &ValueView, language: Language) -> &str {
    let is_plain = !view.unit.is_empty() && !view.value.is_empty() && !view.value.contains('/');
    if is_plain { &view.value } else { value(view, language) }
}

fn title(output: &OutputView, language: Language) -> String {
    let name = match (language, &output.alias) {
        (Language::En, Some(alias)) => alias,
        _ => &output.name,
    };
    if output.subject.is_empty() { name.clone() } else { format!("{}.{name}", output.subject) }
}

fn range(piece: &PieceView, language: Language) -> String {
    let (from, to) = (bare(&piece.from, language), bare(&piece.to, language));
    match language {
        _ if from == to => from.to_owned(),
        Language::Zh => format!("{from}至{to}"),
        Language::En => format!("{from} to {to}"),
    }
}

fn cell(sweep: &Sweep, piece: &PieceView, at: usize, language: Language) -> Option<String> {
    let (output, cell) = (sweep.outputs.get(at)?, piece.outputs.get(at)?);
    if let Some(found) = cell.outcome {
        return Some(outcome(found, language).to_owned());
    }
    // A payment stands behind the outcome of its decision.
    if output.kind == OutputKind::Payment && !is_paid(piece, at) {
        return Some("—".to_owned());
    }
    let (from, to) = (cell.at_from.as_ref()?, cell.at_to.as_ref()?);
    let (from, to) = (short(from, output, language), short(to, output, language));
    Some(if from == to { from } else { format!("{from} → {to}") })
}

/// A value under a heading that has its unit; bounds without it too.
fn short(view: &ValueView, output: &OutputView, language: Language) -> String {
    let unit = match language {
        Language::Zh => output.unit.clone(),
        Language::En => format!(" {}", output.unit),
    };
    bare(view, language).replace(&unit, "")
}

fn is_paid(piece: &PieceView, at: usize) -> bool {
    let mut outcomes = piece.outputs.iter().take(at).rev().filter_map(|cell| cell.outcome);
    outcomes.next() != Some(Outcome::NotEntitled)
}

/// What is the same over the whole range, in one line.
fn same(page: &mut Page, sweep: &Sweep) {
    let language = page.language;
    let shown = varying(sweep);
    let Some(piece) = sweep.pieces.first() else { return };
    // Each value once, behind what has it; each name once, with whom it is about.
    let mut values: IndexMap<String, IndexMap<String, Vec<String>>> = IndexMap::new();
    for at in (0..sweep.outputs.len()).filter(|at| !shown.contains(at)) {
        let Some(output) = sweep.outputs.get(at) else { continue };
        let is_shown = output.kind == OutputKind::Outcome || is_paid(piece, at);
        let Some(text) = cell(sweep, piece, at, language).filter(|_| is_shown) else { continue };
        // Bounds stand in brackets, and have no unit behind them.
        let is_number = text.ends_with(|c: char| c.is_ascii_digit());
        let unit = if is_number { output.unit.as_str() } else { "" };
        let name = title(&OutputView { subject: String::new(), ..output.clone() }, language);
        let names = values.entry(format!("{text}{unit}")).or_default();
        names.entry(name).or_default().push(output.subject.clone());
    }
    let rest: Vec<String> = values
        .iter()
        .map(|(value, names)| {
            let names: Vec<String> =
                names.iter().map(|(name, people)| about(name, people, language)).collect();
            format!("{} {value}", names.join(page.say("、", ", ")))
        })
        .collect();
    if !rest.is_empty() {
        page.blank();
        let word = if shown.is_empty() {
            page.say("结果都不随它变化：", "nothing depends on it: ")
        } else {
            page.say("不随它变化：", "the same throughout: ")
        };
        let word = word.to_owned();
        page.led(0, &word, Style::Plain, &rest.join(page.say("；", "; ")));
    }
}

/// A threshold in words.
pub(super) struct Said {
    pub(super) title: String,
    /// What makes it, each with its sources.
    pub(super) causes: Vec<(String, String)>,
    pub(super) changes: Vec<String>,
}

/// The thresholds in words.
pub(super) fn thresholds_said(sweep: &Sweep, language: Language) -> Vec<Said> {
    let say = |zh: &'static str, en: &'static str| match language {
        Language::Zh => zh,
        Language::En => en,
    };
    let mut all = Vec::new();
    for threshold in &sweep.thresholds {
        let (before, after) =
            (value(&threshold.before, language), value(&threshold.after, language));
        let is_cliff = threshold.changes.iter().any(|change| change.kind == ShiftKind::Cliff);
        let mark = if is_cliff { say("　断崖", "  cliff") } else { "" };
        let causes = threshold
            .causes
            .iter()
            .map(|cause| (words::cause(cause, language), words::source(&cause.source, language)));
        all.push(Said {
            title: format!("{before} ｜ {after}{mark}"),
            causes: causes.collect(),
            changes: threshold.changes.iter().filter_map(|c| shift(sweep, c, language)).collect(),
        });
    }
    all
}

/// What happens to an output at a threshold.
fn shift(sweep: &Sweep, change: &ShiftView, language: Language) -> Option<String> {
    let at = sweep.outputs.iter().position(|output| output.id == change.output)?;
    let output = sweep.outputs.get(at).filter(|_| varying(sweep).contains(&at))?;
    let name = title(output, language);
    let (before, after, colon) = match language {
        Language::Zh => (&change.before, &change.after, "："),
        Language::En => (&change.before_en, &change.after_en, ": "),
    };
    let text = match language {
        _ if before != after => format!("{name}{colon}{before} → {after}"),
        Language::Zh => format!("{name}：{before}，从这里起按另一速度变化"),
        Language::En => format!("{name}: {before}, from here on at another rate"),
    };
    let Some(jump) = &change.jump else { return Some(text) };
    let jump = value(jump, language);
    Some(match language {
        Language::Zh => format!("{text}（跳变{jump}）"),
        Language::En => format!("{text} (a jump of {jump})"),
    })
}
