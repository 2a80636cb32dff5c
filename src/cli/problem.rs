//! The errors of the command line itself, each with what to do.

use std::collections::BTreeMap;
use std::io;

use huize::diagnostic::{Bilingual, Diagnostic, closest_name};

/// The most parts of an explanation that a message lists.
const MOST_IDS: usize = 12;

/// A file or folder that is not there or may not be read.
pub(super) fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    let (zh, en) = match error.kind() {
        io::ErrorKind::NotFound => ("没有这个文件", "there is no such file"),
        io::ErrorKind::PermissionDenied => ("没有读取权限", "reading it is not permitted"),
        io::ErrorKind::IsADirectory => ("这是文件夹，不是文件", "it is a folder, not a file"),
        _ => ("读取出错", "reading it failed"),
    };
    Diagnostic::error(
        "huize::cli::unreadable",
        Bilingual::new(format!("无法读取 `{name}`：{zh}"), format!("cannot read `{name}`: {en}")),
    )
    .help(Bilingual::new("核对路径", "check the path"))
}

/// A value on the command line that its fact does not take.
pub(super) fn bad_step(text: &str) -> Diagnostic {
    bad_value(
        "huize::cli::bad_step",
        "--step",
        text,
        &Bilingual::new("间隔要大于0", "a step is more than 0"),
        "100",
    )
}

/// A folder with no policy in it.
pub(super) fn no_policies(name: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::cli::no_policies",
        Bilingual::new(
            format!("`{name}` 里没有政策文件（*.hz）"),
            format!("there are no policy files (*.hz) in `{name}`"),
        ),
    )
    .help(Bilingual::new(
        "指明放政策的文件夹，例如 `--policies policies`",
        "name the folder that holds policies, for example `--policies policies`",
    ))
}

/// A folder with no case in it.
pub(super) fn no_cases(name: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::cli::no_cases",
        Bilingual::new(
            format!("`{name}` 里没有案件文件（*.jsonl、*.json、*.yaml）"),
            format!("there are no files of cases (*.jsonl, *.json, *.yaml) in `{name}`"),
        ),
    )
    .help(Bilingual::new(
        "指明放案件的文件或文件夹",
        "name the file or folder that holds the cases",
    ))
}

/// Folders inside folders without end.
pub(super) fn too_deep(name: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::cli::too_deep",
        Bilingual::new(
            format!("文件夹 `{name}` 嵌套太深"),
            format!("the folder `{name}` is nested too deeply"),
        ),
    )
}

/// A day on the command line that is none.
pub(super) fn bad_date(option: &str, text: &str, reason: &Bilingual) -> Diagnostic {
    bad_value("huize::cli::bad_date", option, text, reason, "2023-06-30")
}

/// A time on the command line that is neither a month, a year nor months from one to another.
pub(super) fn bad_period(option: &str, text: &str) -> Diagnostic {
    let reason = Bilingual::new(
        "写一个月、一年，或从一个月到另一个月",
        "it is a month, a year, or months from one to another",
    );
    bad_value(
        "huize::cli::bad_period",
        option,
        text,
        &reason,
        "2024-06 或 2024 或 2024-01..2024-06",
    )
}

/// A policy that sets no targets.
pub(super) fn no_targets(policy: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::cli::no_targets",
        Bilingual::new(
            format!("政策“{policy}”没有写目标"),
            format!("the policy `{policy}` sets no targets"),
        ),
    )
    .help(Bilingual::new(
        "用 --policy 指明写有 目标 的政策",
        "name a policy with targets by `--policy`",
    ))
}

/// A month on the command line that is none.
pub(super) fn bad_month(option: &str, text: &str, reason: &Bilingual) -> Diagnostic {
    bad_value("huize::cli::bad_month", option, text, reason, "2023-06")
}

fn bad_value(
    code: &'static str,
    option: &str,
    text: &str,
    reason: &Bilingual,
    example: &str,
) -> Diagnostic {
    Diagnostic::error(
        code,
        Bilingual::new(
            format!("`{option}` 的值 `{text}` 不能用：{}", reason.zh),
            format!("the value `{text}` of `{option}` cannot be used: {}", reason.en),
        ),
    )
    .help(Bilingual::new(
        format!("例如 `{option} {example}`"),
        format!("for example `{option} {example}`"),
    ))
}

/// Neither the arguments nor the facts say which policy.
pub(super) fn no_policy(example: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::cli::no_policy",
        Bilingual::new("没有说明用哪个政策", "nothing says which policy to apply"),
    )
    .help(Bilingual::new(
        format!(
            "加 `--policy {example}`（当地全部待遇用 `--place 中山`），或在事实文件顶层写 `\"policy\": \"{example}\"`；`huize policies` 列出全部政策和地方"
        ),
        format!(
            "add `--policy {example}` (`--place 中山` for all benefits of a place), or write \
             `\"policy\": \"{example}\"` at the top of the facts; `huize policies` lists them all"
        ),
    ))
}

/// Neither the arguments nor the facts say which month.
pub(super) fn no_period() -> Diagnostic {
    Diagnostic::error(
        "huize::cli::no_period",
        Bilingual::new("没有说明所属期", "nothing says which month to decide"),
    )
    .help(Bilingual::new(
        "加 `--period 2023-06`，或在事实文件顶层写 `\"period\": \"2023-06\"`",
        "add `--period 2023-06`, or write `\"period\": \"2023-06\"` at the top of the facts",
    ))
}

/// A file that cannot be written.
pub(super) fn unwritable(name: &str, error: &io::Error) -> Diagnostic {
    let (zh, en) = match error.kind() {
        io::ErrorKind::NotFound => ("没有这个文件夹", "there is no such folder"),
        io::ErrorKind::PermissionDenied => ("没有写入权限", "writing it is not permitted"),
        io::ErrorKind::IsADirectory => ("这是文件夹，不是文件", "it is a folder, not a file"),
        _ => ("写入出错", "writing it failed"),
    };
    Diagnostic::error(
        "huize::cli::unwritable",
        Bilingual::new(format!("无法写入 `{name}`：{zh}"), format!("cannot write `{name}`: {en}")),
    )
    .help(check_permission())
}

/// A file that would be lost.
pub(super) fn already_there(name: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::cli::already_there",
        Bilingual::new(
            format!("`{name}` 已经有了，内容不同"),
            format!("`{name}` is there already and says something else"),
        ),
    )
    .help(Bilingual::new(
        "换一个文件名；确实要覆盖的，加 `--force`",
        "choose another name, or add `--force` to replace it",
    ))
}

/// A comparison of a situation with itself.
pub(super) fn nothing_to_compare() -> Diagnostic {
    Diagnostic::error(
        "huize::cli::nothing_to_compare",
        Bilingual::new("没有说明和什么比较", "nothing says what to compare with"),
    )
    .help(Bilingual::new(
        "写上变化后的事实文件，或加 `--to-period 2026-04`、`--to-known-on 2026-04-30`、`--to-policy 政策`、`--to-policies 文件夹`",
        "name the facts after the change, or add `--to-period 2026-04`, `--to-known-on 2026-04-30`, \
         `--to-policy NAME`, `--to-policies DIR`",
    ))
}

/// An id that no part of the explanation has.
pub(super) fn unknown_part(
    asked: &str,
    ids: &[&str],
    twins: &BTreeMap<String, String>,
) -> Diagnostic {
    let finding = Diagnostic::error(
        "huize::cli::unknown_part",
        Bilingual::new(
            format!("说明里没有“{asked}”这一项"),
            format!("no part of the explanation is called `{asked}`"),
        ),
    );
    // A slip may be in a name as well as in its ASCII twin.
    let in_twins = |id: &str| {
        let words = id.split('.').map(|word| twins.get(word).map_or(word, String::as_str));
        words.collect::<Vec<_>>().join(".")
    };
    let twinned: Vec<String> = ids.iter().map(|id| in_twins(id)).collect();
    let close = closest_name(asked, ids.iter().copied())
        .or_else(|| closest_name(asked, twinned.iter().map(String::as_str)));
    if let Some(close) = close {
        return finding.help(Bilingual::new(
            format!("是不是“{close}”？"),
            format!("did you mean `{close}`?"),
        ));
    }
    let below = |id: &&&str| id.starts_with(asked) || id.contains(&format!(".{asked}"));
    let mut some: Vec<&str> = ids.iter().filter(below).copied().collect();
    if some.is_empty() {
        some = ids.iter().filter(|id| !id.contains('.')).copied().collect();
    }
    let hidden = some.len().saturating_sub(MOST_IDS);
    some.truncate(MOST_IDS);
    let english: Vec<String> = some.iter().map(|id| in_twins(id)).collect();
    let (zh, en) = (some.join("、"), english.join(", "));
    finding.help(if hidden > 0 {
        Bilingual::new(
            format!("例如：{zh}，另有 {hidden} 项；`--format json` 里每一项都有 id"),
            format!("for example {en}, and {hidden} more; `--format json` has the id of each part"),
        )
    } else {
        Bilingual::new(
            format!("例如：{zh}；`--format json` 里每一项都有 id"),
            format!("for example {en}; `--format json` has the id of each part"),
        )
    })
}

/// Arguments that make no command.
pub(super) fn usage(message: Bilingual, help: Bilingual) -> Diagnostic {
    Diagnostic::error("huize::cli::usage", message).help(help)
}

/// What to do about a file that cannot be written.
fn check_permission() -> Bilingual {
    Bilingual::new(
        "核对文件和文件夹的写入权限",
        "check that the file and its folder may be written",
    )
}

/// An end of a range that is no value.
pub(super) fn not_a_value(text: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::cli::not_a_value",
        Bilingual::new(
            format!("`{text}` 不是一个确定的值，不能作起点或终点"),
            format!("`{text}` is no value that a range can begin or end at"),
        ),
    )
    .help(Bilingual::new("写一个值，例如 `--from 0`", "write a value, for example `--from 0`"))
}
