//! What can be wrong with a receipt.

use crate::diagnostic::{Bilingual, Diagnostic};

/// It is not what was issued.
pub(super) fn altered(reason: Bilingual) -> Diagnostic {
    Diagnostic::error(
        "huize::receipt::altered",
        Bilingual::new(
            format!("存档和出具时不一样：{}", reason.zh),
            format!("the receipt is not as it was issued: {}", reason.en),
        ),
    )
    .help(Bilingual::new(
        "不能据此核对；用出具时保存的那一份，改动多半来自编辑、转码或传输",
        "do not rely on it; use the copy that was kept when it was issued: editing, converting or \
         sending may have changed this one",
    ))
}

/// It ends before its end.
pub(super) fn truncated() -> Diagnostic {
    Diagnostic::error(
        "huize::receipt::truncated",
        Bilingual::new("存档不完整，后面一段没有了", "the receipt is cut off"),
    )
    .help(Bilingual::new(
        "重新取一份完整的；传输或写盘可能中断过",
        "get the whole of it: sending or writing it may have been interrupted",
    ))
}

/// It is something else.
pub(super) fn foreign() -> Diagnostic {
    Diagnostic::error(
        "huize::receipt::foreign",
        Bilingual::new("这不是惠则的决定存档", "this is not a receipt of huize"),
    )
    .help(Bilingual::new(
        "存档由 `huize receipt` 出具；核对是不是选错了文件",
        "receipts are issued by `huize receipt`; check that this is the right file",
    ))
}

/// It was issued by a later version.
pub(super) fn newer_format(version: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::receipt::newer_format",
        Bilingual::new(
            format!("存档的格式是第 {version} 版，这个惠则只认得第 {} 版", super::VERSION),
            format!(
                "the receipt is of format version {version}, and this huize knows version {}",
                super::VERSION
            ),
        ),
    )
    .help(Bilingual::new(
        "用出具它的或更新的惠则核对",
        "verify it with the huize that issued it, or a later one",
    ))
}

/// It is larger than any receipt.
pub(super) fn too_large() -> Diagnostic {
    let most = super::MOST_BYTES / (1024 * 1024);
    Diagnostic::error(
        "huize::receipt::too_large",
        Bilingual::new(
            format!("存档超过 {most} MiB"),
            format!("the receipt is larger than {most} MiB"),
        ),
    )
    .help(Bilingual::new(
        "出具时可以不带说明和事实（--facts-hash）、不带政策文本（--policy-hash）",
        "it can be issued without facts and explanation (--facts-hash) and without the text of the \
         policies (--policy-hash)",
    ))
}

/// Neither it nor the caller has the facts.
pub(super) fn facts_needed(masked: &[String]) -> Diagnostic {
    let (zh, en) = if masked.is_empty() {
        (
            "存档里只有事实的校验值，没有事实".to_owned(),
            "the receipt holds the hash of the facts, not the facts".to_owned(),
        )
    } else {
        let paths = masked.join("、");
        (
            format!("决定用到了存档里遮盖的事实：{paths}"),
            format!("the decision rests on facts that the receipt masks: {}", masked.join(", ")),
        )
    };
    Diagnostic::error("huize::receipt::facts_needed", Bilingual::new(zh, en)).help(Bilingual::new(
        "把原来的事实文件也给出：huize verify 存档 事实",
        "give the file of facts as well: huize verify RECEIPT FACTS",
    ))
}

/// Neither it nor the caller has the policies.
pub(super) fn policies_needed() -> Diagnostic {
    Diagnostic::error(
        "huize::receipt::policies_needed",
        Bilingual::new(
            "存档里只有政策文件的校验值，没有文本",
            "the receipt holds the hashes of the policy files, not their text",
        ),
    )
    .help(Bilingual::new(
        "指明用哪里的政策：--policies 文件夹，或 --current 用内置政策",
        "say which policies to use: --policies DIR, or --current for the built-in ones",
    ))
}
