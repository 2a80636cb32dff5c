//! The notice to a family, from the facts of its case: as text to look at, and as a page to print.
//!
//! ```sh
//! cargo run --example notice -- examples/zhongshan-family.json notice.html
//! ```
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it shows what it wrote")]

use std::error::Error;

use huize::diagnostic::{Findings, Language};
use huize::engine::{Library, Question, Wording};
use huize::explain::notice::{Notice, Office, Remedy};
use huize::explain::paper::Paper;
use huize::facts::read_json;
use huize::source::SourceId;
use huize::value::YearMonth;

const LANGUAGE: Language = Language::Zh;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "examples/zhongshan-family.json".to_owned());
    let page = arguments.next();
    let month: YearMonth = "2023-06".parse()?;

    let library = Library::builtin();
    let text = std::fs::read_to_string(&path)?;
    let mut sources = library.sources().clone();
    let source = sources.add(&path, &text);
    // What is refused is shown with its place, in the file of facts or in the policy.
    let written = notice(&library, (source, &text), month);
    let (notice, paper) =
        written.map_err(|findings| findings.with_sources(sources).said_in(LANGUAGE))?;

    println!("{}", paper.text(LANGUAGE, 80));
    for open in &notice.incomplete {
        eprintln!("发出前须补：{open}");
    }
    if let Some(page) = page {
        std::fs::write(&page, paper.html("notice", LANGUAGE))?;
        eprintln!("已写入 {page}");
    }
    Ok(())
}

fn notice(
    library: &Library,
    (source, text): (SourceId, &str),
    month: YearMonth,
) -> Result<(Notice, Paper), Findings> {
    // The law, the facts, the decision and the paper: whichever fails, what it found is passed on.
    let policy = library.compile("zhongshan.dibao")?;
    let case = policy.bind(&read_json(source, text)?)?;
    // What is 敏感 in the facts is masked in a paper that leaves the office.
    let wording = Wording { language: LANGUAGE, clear: false };
    let explanation = policy.explain_as(&case, &Question::about(month), wording)?;
    // No ids: all that the family is entitled to, in one notice.
    let notice = Notice::new(&explanation, &[], office(), LANGUAGE)?;
    let template = library.notice_template(&policy, LANGUAGE);
    let paper = notice.paper(template, LANGUAGE)?;
    Ok((notice, paper))
}

/// What is the office's to say, and not the engine's to know: who signs, to whom, and how and until
/// when to object. What is left out stays a blank, and [`Notice::incomplete`] names it.
fn office() -> Office {
    Office {
        authority: "某市民政局".to_owned(),
        recipient: "甲".to_owned(),
        contact: "某市民政局社会救助科".to_owned(),
        remedies: vec![Remedy {
            way: "申请行政复议".to_owned(),
            to: "某市人民政府".to_owned(),
            within: "若干日".to_owned(),
            from: "收到本告知书之日".to_owned(),
            source: "样例".to_owned(),
        }],
        ..Office::default()
    }
}
