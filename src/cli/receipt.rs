//! `huize receipt`: a decision and all that it rests on, in one file.

use std::path::Path;

use huize::receipt::{Keep, KeepFacts, Receipt};

use super::args::ReceiptArguments;
use super::terminal::Terminal;
use super::{Failure, Output, case, input, problem, write};

pub(super) fn run(arguments: &ReceiptArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let issued = case::day("--issued", arguments.issued.as_deref()).map_err(Failure::unusable)?;
    let prepared = case::prepare(&arguments.case)?;
    let keep = Keep {
        facts: match (arguments.facts_hash, arguments.clear) {
            (true, _) => KeepFacts::Hash,
            (false, true) => KeepFacts::Clear,
            (false, false) => KeepFacts::Masked,
        },
        policies: !arguments.policy_hash,
        issued,
    };
    let issued = Receipt::issue(&prepared.policy, &prepared.facts, &prepared.question, &keep);
    let receipt = match issued {
        Ok(receipt) => receipt,
        Err(findings) => return Err(prepared.unusable(findings)),
    };
    let text = receipt.to_text();
    let Some(path) = &arguments.output else { return Ok(Output::clean(text)) };
    if !arguments.force && is_other(path, &text) {
        let name = path.to_string_lossy();
        return Err(Failure::unusable(vec![problem::already_there(&name)]));
    }
    write::replace(path, &text).map_err(Failure::unusable)?;
    Ok(Output::clean(said(&receipt, path, terminal)))
}

/// Whether something else is there already: a receipt is kept, not overwritten by mistake.
fn is_other(path: &Path, text: &str) -> bool {
    path.exists() && input::read_bytes(path).map_or(true, |there| there != text.as_bytes())
}

fn said(receipt: &Receipt, path: &Path, terminal: &Terminal) -> String {
    let mut lines = vec![format!("{}{}", terminal.say("已存为 ", "kept as "), path.display())];
    for decided in receipt.decided(terminal.language) {
        lines.push(format!("  {decided}"));
    }
    if !receipt.masked.is_empty() {
        let masked = receipt.masked.join(terminal.say("、", ", "));
        lines.push(format!("  {}{masked}", terminal.say("遮盖了：", "masked: ")));
    }
    lines.push(format!("  {}{}", terminal.say("校验值 ", "hash "), receipt.sha256()));
    format!("{}\n", lines.join("\n"))
}
