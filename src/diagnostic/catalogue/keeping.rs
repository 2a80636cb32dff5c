//! Receipts: keeping decisions and verifying them.

use super::{Entry, error, upon, words};

pub(super) const ENTRIES: &[Entry] = &[
    upon(
        error(
            "huize::cli::already_there",
            words("`…` 已经有了，内容不同", "`…` is there already and says something else"),
            words(
                "存档是凭据，不会不声不响地盖掉。内容完全一样的，当作已经存好。",
                "A receipt is evidence and is not replaced silently. Where the file says the same to the byte, it counts as kept.",
            ),
        ),
        words("huize receipt 事实.json -o 已有.json", "huize receipt facts.json -o kept.json"),
    ),
    upon(
        error(
            "huize::receipt::altered",
            words("存档和出具时不一样：…", "the receipt is not as it was issued: …"),
            words(
                "存档只有一种写法，最后一行是其余各行的 SHA-256。改一个字节，哪怕是一个空格、换行或编码，都对不上。校验值不是签名：整份重写的人能把它一起重算，要防这个，另存校验值或给文件签名。",
                "A receipt has one form, and its last line is the SHA-256 of the rest. One byte changed, even a blank, an end of line or the encoding, does not fit. The hash is no signature: whoever rewrites the whole can hash it anew; to guard against that, keep the hash elsewhere or sign the file.",
            ),
        ),
        words("huize verify 改过的存档.json", "huize verify edited.json"),
    ),
    upon(
        error(
            "huize::receipt::truncated",
            words("存档不完整，后面一段没有了", "the receipt is cut off"),
            words(
                "开头是决定存档，结尾不在。惠则写存档是先写好再换上去，半份多半是传输、复制时断的。",
                "It begins as a receipt and its end is not there. Huize writes a receipt whole before it takes its name, so that half of one comes from sending or copying.",
            ),
        ),
        words("huize verify 半份.json", "huize verify half.json"),
    ),
    upon(
        error(
            "huize::receipt::foreign",
            words("这不是惠则的决定存档", "this is not a receipt of huize"),
            words(
                "文件不是 JSON，或没有 `\"format\": \"huize-receipt\"`。`huize decide --format json` 的输出是决定，不是存档。",
                "The file is no JSON, or lacks `\"format\": \"huize-receipt\"`. What `huize decide --format json` prints is a decision, not a receipt.",
            ),
        ),
        words("huize verify 事实.json", "huize verify facts.json"),
    ),
    upon(
        error(
            "huize::receipt::newer_format",
            words(
                "存档的格式是第 … 版，这个惠则只认得第 … 版",
                "the receipt is of format version …, and this huize knows version …",
            ),
            words(
                "存档由更新的惠则出具。格式的版本只增不减，新的惠则认得旧的存档。",
                "It was issued by a later huize. Versions of the format only go up, and a later huize reads earlier receipts.",
            ),
        ),
        words("huize verify 新版存档.json", "huize verify newer.json"),
    ),
    upon(
        error(
            "huize::receipt::too_large",
            words("存档超过 … MiB", "the receipt is larger than … MiB"),
            words(
                "上限是为了不让一个文件占满内存。户很大、说明很长的，可以只存校验值。",
                "The limit keeps one file from filling the memory. Of a very large household the hashes alone can be kept.",
            ),
        ),
        words("huize verify 很大的文件", "huize verify huge-file"),
    ),
    upon(
        error(
            "huize::receipt::facts_needed",
            words(
                "存档里只有事实的校验值，没有事实",
                "the receipt holds the hash of the facts, not the facts",
            ),
            words(
                "重算要有事实。存档只存了校验值，或遮盖了决定用到的敏感事实。给出原来的事实文件，惠则先按校验值核对是不是那一份，再重算。",
                "Deciding again takes the facts. The receipt keeps their hash alone, or masks sensitive facts that the decision rests on. Given the file of facts, huize makes sure by the hash that it is the one, then decides.",
            ),
        ),
        words("huize verify 只有校验值的存档.json", "huize verify hash-only.json"),
    ),
    upon(
        error(
            "huize::receipt::policies_needed",
            words(
                "存档里只有政策文件的校验值，没有文本",
                "the receipt holds the hashes of the policy files, not their text",
            ),
            words(
                "出具时用了 `--policy-hash`。指明政策所在，惠则按校验值说出哪个文件改过。",
                "It was issued with `--policy-hash`. Say where the policies are, and huize tells by the hashes which file has changed.",
            ),
        ),
        words("huize verify 不带政策的存档.json", "huize verify without-policies.json"),
    ),
];
