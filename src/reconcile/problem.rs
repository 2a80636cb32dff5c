//! Findings about lists of payments and about what is asked of them.

use super::due::NotNamed;
use crate::diagnostic::{Bilingual, Diagnostic};
use crate::source::{SourceId, Span};

/// After so many wrong cells a reader learns nothing from the next.
pub(super) const MOST: usize = 20;

/// How many names a message lists.
const MOST_NAMES: usize = 12;

pub(super) fn capped(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.truncate(MOST);
    findings
}

fn at(finding: Diagnostic, span: Span, zh: &str, en: &str) -> Diagnostic {
    finding.at(span, Bilingual::new(zh, en))
}

pub(super) fn no_heading(source: SourceId) -> Diagnostic {
    let finding = Diagnostic::error(
        "huize::reconcile::no_heading",
        Bilingual::new("清单是空的，没有表头", "the list is empty, without a heading"),
    )
    .help(Bilingual::new(
        "第一行写表头：`家庭,人,待遇,月份,金额,账户,持卡人`",
        "begin with a heading: `household,person,benefit,month,amount,account,holder`",
    ));
    at(finding, Span::new(source, 0, 0), "这里", "here")
}

pub(super) fn no_column((zh, en): (&str, &str), span: Span) -> Diagnostic {
    let finding = Diagnostic::error(
        "huize::reconcile::no_column",
        Bilingual::new(
            format!("清单的表头没有“{zh}”"),
            format!("the heading of the list has no column `{en}`"),
        ),
    )
    .help(Bilingual::new(
        "表头里要有 待遇、月份、金额，和 家庭、人、身份证号 当中的一项；待遇、月份只有一种的，可以用 --benefit、--period 代替",
        "a heading has benefit, month, amount, and one of household, person, id_number; `--benefit` \
         and `--period` stand for a benefit or month that is the same in all rows",
    ));
    at(finding, span, "表头", "the heading")
}

pub(super) fn column_twice((zh, en): (&str, &str), span: Span) -> Diagnostic {
    let finding = Diagnostic::error(
        "huize::reconcile::column_twice",
        Bilingual::new(format!("“{zh}”写了两次"), format!("`{en}` is there twice")),
    );
    at(finding, span, "又是这一栏", "the same column again")
}

pub(super) fn more_cells(columns: usize, span: Span) -> Diagnostic {
    let finding = Diagnostic::error(
        "huize::reconcile::more_cells",
        Bilingual::new(
            format!("这一行比表头的{columns}栏多"),
            format!("the row has more cells than the {columns} columns of the heading"),
        ),
    )
    .help(Bilingual::new(
        "数字里的逗号要放在引号里：`\"1,200\"`",
        "a comma inside a number has to stand in quotes: `\"1,200\"`",
    ));
    at(finding, span, "多出来的", "beyond the last column")
}

pub(super) fn empty_cell((zh, en): (&str, &str), span: Span) -> Diagnostic {
    let finding = Diagnostic::error(
        "huize::reconcile::empty_cell",
        Bilingual::new(format!("这一行没有填“{zh}”"), format!("the row does not say `{en}`")),
    );
    at(finding, span, "这一行", "the row")
}

pub(super) fn bad_month(text: &str, span: Span) -> Diagnostic {
    let finding = Diagnostic::error(
        "huize::reconcile::bad_month",
        Bilingual::new(format!("“{text}”不是月份"), format!("`{text}` is no month")),
    )
    .help(Bilingual::new("写作 2026-04 或 2026年4月", "write it as 2026-04"));
    at(finding, span, "不是月份", "no month")
}

pub(super) fn bad_amount(text: &str, span: Span) -> Diagnostic {
    let finding = Diagnostic::error(
        "huize::reconcile::bad_amount",
        Bilingual::new(format!("“{text}”不是金额"), format!("`{text}` is no amount of money")),
    )
    .help(Bilingual::new(
        "金额以元为单位，至多两位小数，例如 120.5；追回的写负数",
        "an amount is in yuan with at most two decimals, for example 120.5; less than nothing \
         where it was taken back",
    ));
    at(finding, span, "不是金额", "no amount")
}

pub(super) fn unclosed(span: Span) -> Diagnostic {
    let finding = Diagnostic::error(
        "huize::reconcile::unclosed_quote",
        Bilingual::new("引号没有闭合", "a quote is not closed"),
    )
    .help(Bilingual::new(
        "在这一格的末尾补上引号；格里本来有引号的，写两个",
        "close it at the end of the cell; a quote inside a cell is written twice",
    ));
    at(finding, span, "从这里开始", "it begins here")
}

pub(super) fn not_a_row(span: Span) -> Diagnostic {
    let finding = Diagnostic::error(
        "huize::reconcile::not_a_row",
        Bilingual::new("这一行不是一笔发放", "the line is no payment"),
    )
    .help(Bilingual::new(
        "每行写一笔：`{\"家庭\": \"张家\", \"待遇\": \"低保\", \"月份\": \"2026-04\", \"金额\": \"120\"}`",
        "write one payment a line: `{\"household\": \"…\", \"benefit\": \"…\", \"month\": \"2026-04\", \
         \"amount\": \"120\"}`",
    ));
    at(finding, span, "应当是一组名称和值", "expected names and values")
}

pub(super) fn not_a_cell((zh, en): (&str, &str), span: Span) -> Diagnostic {
    let finding = Diagnostic::error(
        "huize::reconcile::not_a_cell",
        Bilingual::new(
            format!("“{zh}”应当是文字或者数"),
            format!("`{en}` has to be a text or a number"),
        ),
    );
    at(finding, span, "不是文字，也不是数", "neither a text nor a number")
}

pub(super) fn benefit(name: &str, why: &NotNamed, span: Option<Span>) -> Diagnostic {
    let finding = match why {
        NotNamed::Unknown(close, all) => {
            let finding = Diagnostic::error(
                "huize::reconcile::unknown_benefit",
                Bilingual::new(
                    format!("没有“{name}”这项发钱的待遇"),
                    format!("there is no benefit `{name}` that pays something"),
                ),
            );
            match close {
                Some(close) => finding.help(Bilingual::new(
                    format!("是不是“{close}”？"),
                    format!("did you mean `{close}`?"),
                )),
                None => finding.help(listed("可以写", "these are", all)),
            }
        }
        NotNamed::Several(among) => Diagnostic::error(
            "huize::reconcile::ambiguous_benefit",
            Bilingual::new(
                format!("“{name}”可以是几项待遇"),
                format!("`{name}` may be any of several benefits"),
            ),
        )
        .help(listed("写明是哪一项", "say which", among)),
    };
    match span {
        Some(span) => at(finding, span, "这项待遇", "this benefit"),
        None => finding,
    }
}

fn listed(zh: &str, en: &str, names: &[String]) -> Bilingual {
    let shown: Vec<&str> = names.iter().take(MOST_NAMES).map(String::as_str).collect();
    Bilingual::new(format!("{zh}：{}", shown.join("、")), format!("{en}: {}", shown.join(", ")))
}

pub(super) fn person_needed(benefit: &str, span: Span) -> Diagnostic {
    let finding = Diagnostic::error(
        "huize::reconcile::person_needed",
        Bilingual::new(
            format!("“{benefit}”是发给个人的，这一行没有写给谁"),
            format!("`{benefit}` is paid to persons, and the row does not say to whom"),
        ),
    )
    .help(Bilingual::new("填上 人 或者 身份证号", "fill in the person or the ID number"));
    at(finding, span, "这一行", "the row")
}

pub(super) fn case_twice(label: &str, span: Span) -> Diagnostic {
    let finding = Diagnostic::error(
        "huize::reconcile::case_twice",
        Bilingual::new(
            format!("名册里有两户都叫“{label}”"),
            format!("two cases of the population are called `{label}`"),
        ),
    )
    .help(Bilingual::new("各户的 id 不能相同", "give each case an `id` of its own"));
    at(finding, span, "又是这个名称", "the same name again")
}
