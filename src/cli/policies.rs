//! `huize policies`: what there is to decide by, and for which places.

use huize::engine::{IndexEntry, Library, PlaceSummary, PolicySummary};
use huize::explain::layout::{columns, pad};
use huize::explain::markdown::escape;

use super::args::PoliciesArguments;
use super::terminal::Terminal;
use super::{Exit, Failure, Output, input};

pub(super) fn run(arguments: &PoliciesArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let library = input::library(&[], arguments.policies.as_deref()).map_err(Failure::unusable)?;
    if arguments.index {
        return Ok(Output::clean(index(&library.index(), terminal)));
    }
    let Some(wanted) = &arguments.place else {
        let places = library.places();
        let mut out = policies(&library.policies(), terminal);
        if !places.is_empty() {
            out.push('\n');
            out.push_str(&table(&places_with_heading(&places, terminal)));
        }
        return Ok(Output::clean(out));
    };
    let Some(place) = library.place(wanted) else {
        // Compiling a place that is not there says which ones are.
        let diagnostics = library.compile_place(wanted).err().map_or_else(Vec::new, Vec::from);
        let sources = library.sources().clone();
        return Err(Failure { diagnostics, sources, exit: Exit::Unusable });
    };
    Ok(Output::clean(of_place(&library, &place, terminal)))
}

/// The place, then the policy of each benefit that holds there.
fn of_place(library: &Library, place: &PlaceSummary, terminal: &Terminal) -> String {
    let mut out = table(&places_with_heading(std::slice::from_ref(place), terminal));
    out.push('\n');
    let known = library.policies();
    let policy = |name: &String| known.iter().find(|policy| policy.name == *name).cloned();
    let holding: Vec<PolicySummary> = place.policies.iter().filter_map(policy).collect();
    out.push_str(&policies(&holding, terminal));
    out
}

fn policies(policies: &[PolicySummary], terminal: &Terminal) -> String {
    let mut rows = vec![vec![
        terminal.say("名称", "name").to_owned(),
        terminal.say("别名", "alias").to_owned(),
        terminal.say("标题", "title").to_owned(),
        terminal.say("文件", "file").to_owned(),
    ]];
    rows.extend(policies.iter().map(|policy| {
        vec![
            policy.name.clone(),
            policy.alias.clone().unwrap_or_default(),
            policy.title.clone().unwrap_or_default(),
            policy.file.clone(),
        ]
    }));
    table(&rows)
}

fn places_with_heading(places: &[PlaceSummary], terminal: &Terminal) -> Vec<Vec<String>> {
    let mut rows = vec![vec![
        terminal.say("地方", "place").to_owned(),
        terminal.say("别名", "alias").to_owned(),
        terminal.say("区划", "code").to_owned(),
        terminal.say("上级", "above it").to_owned(),
        terminal.say("待遇（其中有本地政策的）", "benefits (of which its own policy)").to_owned(),
    ]];
    rows.extend(places.iter().map(|place| {
        let prefix = format!("{}.", place.name);
        let own = place.policies.iter().filter(|policy| policy.starts_with(&prefix)).count();
        vec![
            place.name.clone(),
            place.alias.clone().unwrap_or_default(),
            place.code.map_or_else(String::new, |code| code.to_string()),
            place.above.join(" → "),
            terminal
                .say(
                    &format!("{}项（{own}项）", place.policies.len()),
                    &format!("{} ({own})", place.policies.len()),
                )
                .to_owned(),
        ]
    }));
    rows
}

/// Rows in aligned columns.
fn table(rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = columns(cell).max(*width);
        }
    }
    let lines = rows.iter().map(|row| {
        let cells: Vec<_> =
            row.iter().zip(&widths).map(|(cell, width)| pad(cell, *width)).collect();
        format!("{}\n", cells.join("  ").trim_end())
    });
    lines.collect()
}

/// A table in Markdown. The folder that all files share is left out of their names, so that the
/// links work from a file in it.
fn index(entries: &[IndexEntry], terminal: &Terminal) -> String {
    let folder = entries.first().and_then(|entry| entry.file.split_once('/')).map(|(f, _)| f);
    let folder = folder.map(|folder| format!("{folder}/")).unwrap_or_default();
    let is_shared = entries.iter().all(|entry| entry.file.starts_with(&folder));
    let mut out = terminal
        .say(
            "| 政策 | 制定机关 | 依据 | 施行 | 已知 | 待查 | 由地方 | 样例 |\n",
            "| policy | issued by | sources | in force | known | pending | local | made up |\n",
        )
        .to_owned();
    out.push_str("|---|---|---|---|--:|--:|--:|--:|\n");
    for entry in entries {
        let file = if is_shared { entry.file.strip_prefix(&folder) } else { None };
        let link = format!("[{}]({})", escape(&entry.name), file.unwrap_or(&entry.file));
        let sources: Vec<String> = entry.citations.iter().map(|text| escape(text)).collect();
        let values = &entry.values;
        let cells = [
            link,
            entry.authority.as_deref().map_or_else(String::new, escape),
            sources.join(terminal.say("；", "; ")),
            in_force(entry, terminal),
            values.known.to_string(),
            values.pending.to_string(),
            values.delegated.to_string(),
            values.sample.to_string(),
        ];
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out
}

fn in_force(entry: &IndexEntry, terminal: &Terminal) -> String {
    let (zh, en) = match entry.in_force {
        (Some(from), Some(until)) => {
            (format!("{}至{}", from.zh(), until.zh()), format!("{from} to {until}"))
        }
        (Some(from), None) => (format!("{}起", from.zh()), format!("from {from}")),
        (None, Some(until)) => (format!("至{}", until.zh()), format!("to {until}")),
        (None, None) => (String::new(), String::new()),
    };
    terminal.say(&zh, &en).to_owned()
}
