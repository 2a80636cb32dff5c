//! `huize verify`: whether a receipt is as it was issued, and whether it comes out the same again.

use huize::diagnostic::{Diagnostic, Language, Phase, ReceiptError};
use huize::engine::Library;
use huize::facts::{Node, read_json, read_yaml};
use huize::receipt::{By, Discrepancy, FileState, Law, Receipt, Verification};
use huize::source::SourceMap;
use serde_json::{Value, json};

use super::args::{ReportFormat, VerifyArguments};
use super::terminal::Terminal;
use super::{Exit, Failure, Output, input};

/// So many discrepancies are listed before the rest is counted.
const MOST_LISTED: usize = 20;

/// A decision made again.
struct Again {
    /// By which law, in both languages.
    by: (&'static str, &'static str),
    /// The same as a name in JSON.
    key: &'static str,
    found: Verification,
}

pub(super) fn run(arguments: &VerifyArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let name = arguments.receipt.to_string_lossy();
    let bytes = input::read_bytes(&arguments.receipt).map_err(Failure::unusable)?;
    let receipt = Receipt::read(&bytes).map_err(unreadable)?;
    let mut sources = SourceMap::default();
    let facts = match &arguments.facts {
        Some(path) => Some(read_facts(path, arguments.yaml, &mut sources)?),
        None => None,
    };
    let facts = facts.as_ref();

    let given = given(arguments)?;
    let mut again = Vec::new();
    let has_texts = receipt.policies.iter().all(|file| file.text.is_some());
    if has_texts || given.is_none() {
        let found = receipt.verify(Law::Kept, facts);
        let found = found.map_err(|error| failure(&receipt, None, &sources, error))?;
        let by = ("按存档内的政策重算", "by the policies inside it");
        again.push(Again { by, key: "kept", found });
    }
    if let Some(library) = &given {
        let found = receipt.verify(Law::Given(library), facts);
        let found = found.map_err(|error| failure(&receipt, Some(library), &sources, error))?;
        let by = match arguments.policies {
            Some(_) => ("按文件夹里的政策重算", "by the policies of the folder"),
            None => ("按内置政策重算", "by the built-in policies"),
        };
        again.push(Again { by, key: "given", found });
    }

    let is_same = again.iter().all(|again| again.found.is_same());
    let stdout = match arguments.format {
        ReportFormat::Text => text(&name, &receipt, &again, terminal),
        ReportFormat::Json => format!("{:#}\n", report(&receipt, &again, is_same)),
    };
    let exit = if is_same { Exit::Clean } else { Exit::Findings };
    Ok(Output { exit, ..Output::clean(stdout) })
}

/// A receipt that was altered is a finding; one that cannot be read is no receipt.
fn unreadable(error: ReceiptError) -> Failure {
    let is_altered = error.codes().any(|code| code == "huize::receipt::altered");
    let exit = if is_altered { Exit::Findings } else { Exit::Unusable };
    Failure { exit, ..Failure::unusable(error) }
}

/// Findings of deciding again. Law that does not decide the case any more is a finding as well.
fn failure(
    receipt: &Receipt,
    library: Option<&Library>,
    facts: &SourceMap,
    error: ReceiptError,
) -> Failure {
    let is_lacking = error.codes().next().is_some_and(|code| {
        ["huize::receipt::facts_needed", "huize::receipt::policies_needed"].contains(&code)
    });
    let exit = if is_lacking { Exit::Unusable } else { Exit::Findings };
    // Facts that do not fit stand in their own file, or inside the receipt, which shows no place.
    let is_of_facts = error.first().and_then(Diagnostic::phase) == Some(Phase::Facts);
    let sources = if is_of_facts {
        facts.clone()
    } else {
        let kept = receipt.library();
        let sources = library.or(kept.as_ref()).map(|library| library.sources().clone());
        sources.unwrap_or_default()
    };
    Failure { diagnostics: error.into(), sources, exit }
}

fn read_facts(
    path: &std::path::Path,
    yaml: bool,
    sources: &mut SourceMap,
) -> Result<Node, Failure> {
    let (name, text) = input::read_facts(path).map_err(Failure::unusable)?;
    let source = sources.add(&name, &text);
    let is_yaml = yaml || input::is_yaml(path);
    let facts = if is_yaml { read_yaml(source, &text) } else { read_json(source, &text) };
    facts.map_err(|error| Failure {
        diagnostics: error.into(),
        sources: sources.clone(),
        exit: Exit::Unusable,
    })
}

fn given(arguments: &VerifyArguments) -> Result<Option<Library>, Failure> {
    if arguments.current {
        return Ok(Some(Library::builtin()));
    }
    let Some(folder) = &arguments.policies else { return Ok(None) };
    input::library(&[], Some(folder)).map(Some).map_err(Failure::unusable)
}

fn text(name: &str, receipt: &Receipt, again: &[Again], terminal: &Terminal) -> String {
    let language = terminal.language;
    let issued = receipt.issued.map_or_else(String::new, |day| match language {
        Language::Zh => format!("，{}出具", day.zh()),
        Language::En => format!(", issued on {day}"),
    });
    let mut lines = vec![match language {
        Language::Zh => format!("存档完好：{name}（惠则 {}{issued}）", receipt.engine),
        Language::En => format!("unaltered: {name} (huize {}{issued})", receipt.engine),
    }];
    let (By::Policy(by) | By::Place(by)) = &receipt.by;
    lines.push(match language {
        Language::Zh => format!("  {by}，{}", receipt.question.period.zh()),
        Language::En => format!("  {by}, {}", receipt.question.period),
    });
    lines.extend(receipt.decided(language).into_iter().map(|line| format!("  {line}")));
    for Again { by, found, .. } in again {
        let by = terminal.say(by.0, by.1);
        let verdict = match found.is_same() {
            true => terminal.say("一致", "the same"),
            false => terminal.say("不一致", "not the same"),
        };
        lines.push(format!("{by}{}{verdict}", terminal.say("：", ": ")));
        lines.extend(details(found, terminal).into_iter().map(|line| format!("  {line}")));
    }
    format!("{}\n", lines.join("\n"))
}

fn details(found: &Verification, terminal: &Terminal) -> Vec<String> {
    let mut lines = Vec::new();
    let list = |what: (&str, &str), discrepancies: &[Discrepancy], lines: &mut Vec<String>| {
        if discrepancies.is_empty() {
            return;
        }
        lines.push(terminal.say(what.0, what.1).to_owned());
        for one in discrepancies.iter().take(MOST_LISTED) {
            let nothing = terminal.say("（没有）", "(nothing)");
            let (kept, now) =
                (one.kept.as_deref().unwrap_or(nothing), one.now.as_deref().unwrap_or(nothing));
            lines.push(match terminal.language {
                Language::Zh => format!("  {}：存档 {kept}，现在 {now}", one.path),
                Language::En => format!("  {}: kept {kept}, now {now}", one.path),
            });
        }
        if let Some(more @ 1..) = discrepancies.len().checked_sub(MOST_LISTED) {
            lines.push(match terminal.language {
                Language::Zh => format!("  还有{more}处"),
                Language::En => format!("  and {more} more"),
            });
        }
    };
    list(
        ("给出的事实不是存档的事实：", "the facts given are not those of the receipt:"),
        &found.facts,
        &mut lines,
    );
    for file in &found.files {
        let (zh, en) = match file.state {
            FileState::Changed => ("有改动", "changed"),
            FileState::Gone => ("不再用到", "no longer used"),
            FileState::New => ("新用到", "newly used"),
        };
        lines.push(match terminal.language {
            Language::Zh => format!("政策文件{zh}：{}", file.name),
            Language::En => format!("policy file {en}: {}", file.name),
        });
    }
    list(("决定不同：", "the decisions differ:"), &found.decision, &mut lines);
    list(("说明不同：", "the reasons differ:"), &found.explanation, &mut lines);
    if let Some(engine) = &found.other_engine {
        lines.push(match terminal.language {
            Language::Zh => format!("现在的惠则是 {engine}，说明的写法可能不同"),
            Language::En => {
                format!("this is huize {engine}, whose reasons may be worded otherwise")
            }
        });
    }
    if found.without_masked {
        lines.push(
            terminal
                .say(
                    "遮盖的事实没有参加重算，决定不取决于它们；说明没有比较",
                    "masked facts had no part in it, and the decisions do not rest on them; the \
                     reasons were not compared",
                )
                .to_owned(),
        );
    }
    lines
}

fn report(receipt: &Receipt, again: &[Again], is_same: bool) -> Value {
    let list = |discrepancies: &[Discrepancy]| -> Vec<Value> {
        let each = discrepancies.iter();
        each.map(|one| json!({ "path": one.path, "kept": one.kept, "now": one.now })).collect()
    };
    let mut report = json!({
        "unaltered": true,
        "same": is_same,
        "sha256": receipt.sha256(),
        "engine": receipt.engine,
    });
    for Again { key, found, .. } in again {
        let files: Vec<Value> = found
            .files
            .iter()
            .map(|file| {
                let state = match file.state {
                    FileState::Changed => "changed",
                    FileState::Gone => "gone",
                    FileState::New => "new",
                };
                json!({ "file": file.name, "state": state })
            })
            .collect();
        let again = json!({
            "same": found.is_same(),
            "facts": list(&found.facts),
            "files": files,
            "decision": list(&found.decision),
            "explanation": list(&found.explanation),
            "other_engine": found.other_engine,
            "without_masked": found.without_masked,
        });
        if let Value::Object(report) = &mut report {
            report.insert((*key).to_owned(), again);
        }
    }
    report
}
