//! `huize policies`: what there is to decide by.

use huize::explain::layout::{columns, pad};

use super::args::PoliciesArguments;
use super::terminal::Terminal;
use super::{Failure, Output, input};

pub(super) fn run(arguments: &PoliciesArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let library = input::library(&[], arguments.policies.as_deref()).map_err(Failure::unusable)?;
    let policies = library.policies();
    let mut rows = vec![[
        terminal.say("名称", "name").to_owned(),
        terminal.say("别名", "alias").to_owned(),
        terminal.say("标题", "title").to_owned(),
        terminal.say("文件", "file").to_owned(),
    ]];
    rows.extend(policies.into_iter().map(|policy| {
        [
            policy.name,
            policy.alias.unwrap_or_default(),
            policy.title.unwrap_or_default(),
            policy.file,
        ]
    }));
    let mut widths = [0; 4];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = columns(cell).max(*width);
        }
    }
    let lines = rows.iter().map(|row| {
        let cells: Vec<_> = row.iter().zip(widths).map(|(cell, width)| pad(cell, width)).collect();
        format!("{}\n", cells.join("  ").trim_end())
    });
    Ok(Output::clean(lines.collect()))
}
