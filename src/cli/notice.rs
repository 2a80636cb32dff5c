//! `huize notice`: what is sent to the family, and the sheet that is put on file.

use huize::diagnostic::{Bilingual, Diagnostic};
use huize::engine::{Library, Wording};
use huize::explain::graph::Index;
use huize::explain::notice::{Notice, Office, decisions_about, json};
use huize::explain::paper::Paper;
use huize::explain::sheet;
use huize::explain::view::Explanation;
use huize::value::Date;

use super::args::{NoticeArguments, PageFormat};
use super::case::Prepared;
use super::terminal::Terminal;
use super::{Failure, Output, case, input, problem};

pub(super) fn run(arguments: &NoticeArguments, terminal: &Terminal) -> Result<Output, Failure> {
    let given = &arguments.case;
    let facts = input::read_facts(&given.facts).map_err(Failure::unusable)?;
    let library = input::library(&[], given.policies.as_deref()).map_err(Failure::unusable)?;
    let prepared = case::bind(given, &facts, &library, None)?;
    match write(arguments, &prepared, &library, terminal) {
        Ok((stdout, notes)) => {
            let stderr = terminal.report_to_stderr(&notes, library.sources());
            Ok(Output { stderr, ..Output::clean(stdout) })
        }
        Err(findings) => Err(prepared.unusable(findings)),
    }
}

/// The paper, and what is to be said of it.
fn write(
    arguments: &NoticeArguments,
    prepared: &Prepared,
    library: &Library,
    terminal: &Terminal,
) -> Result<(String, Vec<Diagnostic>), Vec<Diagnostic>> {
    let language = terminal.language;
    let policy = &prepared.policy;
    let wording = Wording { language, clear: arguments.clear };
    let explanation = policy.explain_as(&prepared.case, &prepared.question, wording)?;
    let ids = ids(arguments, &explanation, prepared);
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    if arguments.sheet {
        let ids = decisions_about(&explanation, &ids)?;
        let paper = sheet::sheet(&explanation, &ids, language);
        let data = || sheet::json(&explanation, &ids, &paper);
        return Ok((draw(&paper, "sheet", arguments.format, terminal, data), Vec::new()));
    }
    let notice = Notice::new(&explanation, &ids, office(arguments)?, language)?;
    let own = arguments.template.as_deref().map(input::read_file).transpose()?;
    let template = match &own {
        Some((name, text)) => Some((name.as_str(), text.as_str())),
        None => library.notice_template(policy, language),
    };
    let paper = notice.paper(template, language)?;
    let text = draw(&paper, "notice", arguments.format, terminal, || json(&notice));
    Ok((text, notice.incomplete.first().map(|_| incomplete(&notice)).into_iter().collect()))
}

fn draw(
    paper: &Paper,
    class: &str,
    format: PageFormat,
    terminal: &Terminal,
    data: impl FnOnce() -> String,
) -> String {
    match format {
        PageFormat::Text => paper.text(terminal.language, terminal.width),
        PageFormat::Markdown => paper.markdown(),
        PageFormat::Html => paper.html(class, terminal.language),
        PageFormat::Json => format!("{}\n", data()),
    }
}

/// The decisions asked for, by their ids even where they were named by their ASCII twins.
fn ids(arguments: &NoticeArguments, explanation: &Explanation, prepared: &Prepared) -> Vec<String> {
    let index = Index::new(explanation);
    let twins = prepared.policy.aliases();
    let id = |asked: &String| index.find(asked, &twins).unwrap_or(asked).to_owned();
    arguments.at.iter().map(id).collect()
}

fn office(arguments: &NoticeArguments) -> Result<Office, Vec<Diagnostic>> {
    let mut office = match &arguments.office {
        Some(path) => {
            let (name, text) = input::read_file(path)?;
            Office::from_json(&name, &text)?
        }
        None => Office::default(),
    };
    if let Some(to) = &arguments.to {
        office.recipient.clone_from(to);
    }
    if let Some(text) = &arguments.date {
        let date: Date = text.parse().map_err(|error: huize::value::OpError| {
            vec![problem::bad_date("--date", text, &error.message())]
        })?;
        office.date = date.zh();
    }
    Ok(office)
}

/// What has to be filled in before the notice goes out.
fn incomplete(notice: &Notice) -> Diagnostic {
    let (zh, en) = (notice.incomplete.join("；"), notice.incomplete.join("; "));
    Diagnostic::warning(
        "huize::cli::incomplete_notice",
        Bilingual::new(
            format!("送达前还要填写：{zh}"),
            format!("to be filled in before it is sent: {en}"),
        ),
    )
    .help(Bilingual::new(
        "用 --office 给出机关信息，用 --to、--date 给出收件人和日期",
        "give what the office says by `--office`, whom it is for and the day by `--to` and `--date`",
    ))
}
