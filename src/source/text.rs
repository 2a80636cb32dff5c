//! From the bytes of a file to its text: UTF-8 only, and when it is not, what it is instead.

use crate::diagnostic::{Bilingual, Diagnostic, SourceError};
use crate::limits::{Limits, size};

/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = Limits::DEFAULT.source_bytes;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The text of a file, without a byte order mark; line ends stay as they are.
///
/// # Errors
///
/// `too_large`, `utf16`, `binary`, `empty` or `not_utf8` under `huize::source::`. They name the
/// file in the message.
pub fn decode(name: &str, bytes: &[u8]) -> Result<String, SourceError> {
    if bytes.len() > MOST_BYTES {
        return Err(too_large(name, MOST_BYTES).into());
    }
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(utf16(name).into());
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(binary(name, line_of(bytes, at)).into());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => Err(empty(name).into()),
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(not_utf8(name, bytes, error.valid_up_to()).into()),
    }
}

/// The text of a table that another program saved: UTF-8, or GB18030 (GBK), which is what a
/// spreadsheet writes on a Chinese Windows.
///
/// # Errors
///
/// As for [`decode`], but for text in GB18030.
pub fn decode_table(name: &str, bytes: &[u8]) -> Result<String, SourceError> {
    let is_plain = bytes.len() <= MOST_BYTES && !bytes.contains(&0);
    if is_plain
        && std::str::from_utf8(bytes).is_err()
        && let Some(text) =
            encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes)
    {
        return Ok(text.into_owned());
    }
    decode(name, bytes)
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// A policy file of more bytes than are read.
pub(crate) fn too_large(name: &str, most: usize) -> Diagnostic {
    let most = size(most);
    Diagnostic::error(
        "huize::source::too_large",
        Bilingual::new(
            format!("文件 `{name}` 超过 {}", most.zh),
            format!("the file `{name}` is larger than {}", most.en),
        ),
    )
    .help(Bilingual::new(
        "核对是不是选错了文件；政策按待遇分成几份文件",
        "check that this is the right file; a policy is split into a file for each benefit",
    ))
}

fn utf16(name: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::source::utf16",
        Bilingual::new(
            format!("文件 `{name}` 是 UTF-16 编码，应为 UTF-8"),
            format!("the file `{name}` is in UTF-16, expected UTF-8"),
        ),
    )
    .help(save_as_utf8(name, "UTF-16"))
}

fn binary(name: &str, line: usize) -> Diagnostic {
    Diagnostic::error(
        "huize::source::binary",
        Bilingual::new(
            format!("文件 `{name}` 不是文本：第 {line} 行有值为 0 的字节"),
            format!("the file `{name}` is not text: there is a zero byte at line {line}"),
        ),
    )
}

fn empty(name: &str) -> Diagnostic {
    Diagnostic::error(
        "huize::source::empty",
        Bilingual::new(format!("文件 `{name}` 是空的"), format!("the file `{name}` is empty")),
    )
    .help(Bilingual::new(
        "政策从“政策 国家.名称”写起，事实从 { \"household\": … } 写起",
        "a policy starts with `policy nation.name`, facts with { \"household\": … }",
    ))
}

fn not_utf8(name: &str, bytes: &[u8], at: usize) -> Diagnostic {
    let line = line_of(bytes, at);
    let is_gb18030 =
        encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes).is_some();
    let (guess_zh, guess_en) = if is_gb18030 {
        ("，看来是 GB18030（GBK）编码", ", it looks like GB18030 (GBK)")
    } else {
        ("", "")
    };
    let finding = Diagnostic::error(
        "huize::source::not_utf8",
        Bilingual::new(
            format!("文件 `{name}` 不是 UTF-8 编码（第 {line} 行起）{guess_zh}"),
            format!("the file `{name}` is not in UTF-8 (from line {line} on){guess_en}"),
        ),
    );
    if is_gb18030 {
        finding.help(save_as_utf8(name, "GB18030"))
    } else {
        finding.help(Bilingual::new("用编辑器另存为 UTF-8", "save it as UTF-8 in your editor"))
    }
}

fn save_as_utf8(name: &str, encoding: &str) -> Bilingual {
    // A name that a shell would take apart is not put into a command to paste.
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-');
    let file = if !name.starts_with('-') && name.chars().all(plain) { name } else { "FILE" };
    Bilingual::new(
        format!("用编辑器另存为 UTF-8，或运行 `iconv -f {encoding} -t UTF-8 {file}`"),
        format!("save it as UTF-8 in your editor, or run `iconv -f {encoding} -t UTF-8 {file}`"),
    )
}

#[cfg(test)]
mod tests {
    use super::{MOST_BYTES, decode, decode_table};
    use crate::diagnostic::{Diagnostic, Language, SourceError};

    fn only(read: Result<String, SourceError>) -> Diagnostic {
        let error = read.unwrap_err();
        assert_eq!(error.len(), 1, "{error}");
        error.into_iter().next().unwrap()
    }

    fn refusal(bytes: &[u8]) -> (&'static str, String) {
        let finding = only(decode("甲.hz", bytes));
        (finding.code, finding.message.get(Language::En).to_owned())
    }

    #[test]
    fn text_loses_only_its_byte_order_mark() {
        assert_eq!(decode("a", "\u{feff}政策\r\n甲".as_bytes()).unwrap(), "政策\r\n甲");
        assert_eq!(decode("a", "政策".as_bytes()).unwrap(), "政策");
    }

    #[test]
    fn tables_may_be_in_gb18030() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("家庭,金额\n张家,120\n");
        assert_eq!(decode_table("a", &bytes).unwrap(), "家庭,金额\n张家,120\n");
        assert_eq!(decode_table("a", "家庭".as_bytes()).unwrap(), "家庭");
        let finding = only(decode_table("a", b"\xff\xfe\x00"));
        assert_eq!(finding.code, "huize::source::utf16");
    }

    #[test]
    fn gb18030_is_recognised_and_its_line_said() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("rule a\n规则 乙\n");
        let finding = only(decode("甲.hz", &bytes));
        assert_eq!(finding.code, "huize::source::not_utf8");
        assert!(finding.message.zh.contains("第 2 行") && finding.message.zh.contains("GB18030"));
        assert!(finding.help.unwrap().en.contains("iconv -f GB18030 -t UTF-8 甲.hz"));
    }

    #[test]
    fn other_encodings_and_binary_files_are_told_apart() {
        assert_eq!(refusal(b"\xFF\xFEa\0").0, "huize::source::utf16");
        assert_eq!(refusal(b"\xFE\xFF\0a").0, "huize::source::utf16");
        assert_eq!(refusal(b"a\nb\0").0, "huize::source::binary");
        let (code, message) = refusal(b"a\n\n\xFF");
        assert_eq!(code, "huize::source::not_utf8");
        assert!(message.contains("line 3") && !message.contains("GB18030"));
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        for blank in ["", "\u{feff}", " \r\n\u{3000}\t"] {
            assert_eq!(refusal(blank.as_bytes()).0, "huize::source::empty");
        }
        assert_eq!(refusal(&vec![b'a'; MOST_BYTES + 1]).0, "huize::source::too_large");
        assert!(decode("a", &vec![b'a'; MOST_BYTES]).is_ok());
    }

    #[test]
    fn a_name_that_a_shell_would_split_stays_out_of_the_command() {
        let finding = only(decode("a; b.hz", b"\xFF\xFEa\0"));
        assert!(finding.help.unwrap().zh.ends_with("UTF-8 FILE`"));
    }
}
