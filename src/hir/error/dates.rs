//! What the checker says of texts of one thing for different times.

use crate::diagnostic::{Bilingual, Diagnostic};
use crate::source::Span;
use crate::value::Date;

/// Two versions of one rule that claim the same days, and neither is the later one.
pub(crate) fn version_overlap(span: Span, name: &str, first: Span) -> Diagnostic {
    Diagnostic::error(
        "huize::check::version_overlap",
        Bilingual::new(
            format!("“{name}”有两个版本在同一天都施行，看不出用哪一个"),
            format!(
                "two versions of `{name}` are in force on one day, and nothing tells which holds"
            ),
        ),
    )
    .at(span, Bilingual::new("这一个版本", "this version"))
    .at(first, Bilingual::new("与这一个版本", "and this one"))
    .help(Bilingual::new(
        "改施行的日期；前一个写明“至…止”，后一个“自…起”在它之后",
        "change the dates: let the first end before the second begins",
    ))
}

/// Days between two versions that neither covers.
pub(crate) fn version_gap(span: Span, name: &str, from: Date, until: Date) -> Diagnostic {
    let (zh_from, zh_until) = (from.zh(), until.zh());
    Diagnostic::warning(
        "huize::check::version_gap",
        Bilingual::new(
            format!("“{name}”从{zh_from}到{zh_until}没有施行的版本"),
            format!("no version of `{name}` is in force from {from} to {until}"),
        ),
    )
    .at(span, Bilingual::new("下一个版本从这里才开始", "the next version begins only here"))
    .help(Bilingual::new(
        "核对文件的施行日期；确实有一段没有规定的，可以不管",
        "check the dates of the documents; where there truly was no rule, leave it",
    ))
}
