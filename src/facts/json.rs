//! JSON facts, strict as RFC 8259: no comments, no trailing commas, one value.
//!
//! A pass over the characters comes before the parser. It measures the depth, so that no text can
//! exhaust the stack, and finds what the parser is lenient about or says poorly: full-width
//! punctuation (what a Chinese input method types), exotic white space, raw control characters.

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::{Range, Ranged as _};
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, ParseOptions, ParseStringErrorKind, parse_to_ast};

use super::document::{
    Entry, MOST_FINDINGS, MOST_VALUES, Node, NodeValue, capped, check_size, duplicate_keys,
    empty_file, too_deep, too_many_values,
};
use crate::diagnostic::{Bilingual, Diagnostic, FactsError};
use crate::limits::Limits;
use crate::source::{SourceId, Span};

/// Reads one JSON value.
///
/// # Errors
///
/// All findings of the first step that has any: `too_large`, `empty_file`; then `too_deep`,
/// `too_many_values` or `invalid_json`; then every `duplicate_key` and `float_number`.
pub fn read_json(source: SourceId, text: &str) -> Result<Node, FactsError> {
    read_json_within(source, text, &Limits::DEFAULT)
}

/// As [`read_json`], within other limits of size and nesting.
///
/// # Errors
///
/// As for [`read_json`].
pub fn read_json_within(source: SourceId, text: &str, limits: &Limits) -> Result<Node, FactsError> {
    check_size(source, text, limits)?;
    let findings = check_characters(source, text, limits.nesting);
    if !findings.is_empty() {
        return Err(findings.into());
    }
    let parsed = parse_to_ast(text, &CollectOptions::default(), &strict())
        .map_err(|error| vec![explain(source, text, &error)])?;
    let Some(value) = parsed.value else { return Err(empty_file(source).into()) };

    let mut findings = Vec::new();
    let node = convert(source, value, &mut findings);
    findings.extend(node.refuse_floats());
    if findings.is_empty() { Ok(node) } else { Err(capped(findings).into()) }
}

fn strict() -> ParseOptions {
    ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

fn convert(source: SourceId, value: Value<'_>, findings: &mut Vec<Diagnostic>) -> Node {
    let range = value.range();
    let value = match value {
        Value::NullKeyword(_) => NodeValue::Null,
        Value::BooleanLit(literal) => NodeValue::Bool(literal.value),
        Value::NumberLit(literal) => NodeValue::Number(literal.value.to_owned()),
        Value::StringLit(literal) => NodeValue::Text(literal.value.into_owned()),
        Value::Array(array) => NodeValue::List(
            array.elements.into_iter().map(|item| convert(source, item, findings)).collect(),
        ),
        Value::Object(object) => {
            let mut entries = Vec::with_capacity(object.properties.len());
            for property in object.properties {
                let key_range = property.name.range();
                let key = match property.name {
                    ObjectPropName::String(literal) => literal.value.into_owned(),
                    ObjectPropName::Word(literal) => literal.value.to_owned(),
                };
                let key_span = span(source, key_range);
                entries.push(Entry {
                    key,
                    key_span,
                    value: convert(source, property.value, findings),
                });
            }
            if findings.len() < MOST_FINDINGS {
                findings.extend(duplicate_keys(&entries));
            }
            NodeValue::Map(entries)
        }
    };
    Node { span: span(source, range), value }
}

fn span(source: SourceId, range: Range) -> Span {
    Span::new(source, range.start, range.end)
}

/// What can be said from the characters alone, at most one finding a line.
fn check_characters(source: SourceId, text: &str, most_levels: usize) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = Vec::new();
    let mut levels = 0_usize;
    // Each value but the first stands behind one of `,` `[` `{`; an empty list counts once more.
    let mut values = 1_usize;
    let mut opening_quote = None;
    let mut escaped = false;
    let mut line_has_finding = false;
    for (at, character) in text.char_indices() {
        let here = Span::new(source, at, at + character.len_utf8());
        let mut finding = None;
        if let Some(quote) = opening_quote {
            match character {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => opening_quote = None,
                '\n' | '\r' => {
                    // Text never goes on over a line end, so the next line starts afresh.
                    opening_quote = None;
                    finding = Some(unclosed_text(Span::new(source, quote, at)));
                }
                '\0'..='\u{1f}' => finding = Some(raw_control(character, here)),
                _ => {}
            }
        } else {
            if matches!(character, ',' | '[' | '{') {
                values += 1;
                if values > MOST_VALUES {
                    return vec![too_many_values(Some(here))];
                }
            }
            match character {
                '"' => opening_quote = Some(at),
                '[' | '{' => {
                    levels += 1;
                    if levels > most_levels {
                        return vec![too_deep(Some(here), most_levels)];
                    }
                }
                ']' | '}' => levels = levels.saturating_sub(1),
                // A comment begins here or the text is wrong: the parser stops at it.
                '/' => break,
                _ => finding = foreign_character(character, here),
            }
        }
        if character == '\n' {
            escaped = false;
        }
        if let Some(finding) = finding
            && !line_has_finding
        {
            findings.push(finding);
            line_has_finding = true;
            if findings.len() == MOST_FINDINGS {
                break;
            }
        }
        if character == '\n' {
            line_has_finding = false;
        }
    }
    findings
}

fn foreign_character(character: char, here: Span) -> Option<Diagnostic> {
    if let Some(right) = half_width(character) {
        return Some(
            invalid(
                format!("JSON 的标点要用半角：应为 `{right}`，却是 `{character}`"),
                format!("JSON punctuation is half-width: expected `{right}`, found `{character}`"),
            )
            .at(here, Bilingual::new("这是全角标点", "this is full-width punctuation"))
            .help(Bilingual::new(format!("改为 `{right}`"), format!("replace it with `{right}`"))),
        );
    }
    let exotic = character.is_whitespace() && !matches!(character, ' ' | '\t' | '\n' | '\r');
    exotic.then(|| {
        let code = u32::from(character);
        invalid(
            format!("空白要用普通空格，却是 U+{code:04X}"),
            format!("white space must be plain spaces, found U+{code:04X}"),
        )
        .at(here, Bilingual::new("例如全角空格", "a full-width space, for example"))
        .help(Bilingual::new("换成普通空格", "replace it with a plain space"))
    })
}

fn half_width(character: char) -> Option<char> {
    Some(match character {
        '：' => ':',
        '，' | '、' => ',',
        '“' | '”' | '「' | '」' | '＂' => '"',
        '｛' => '{',
        '｝' => '}',
        '［' | '【' => '[',
        '］' | '】' => ']',
        '－' => '-',
        '０'..='９' => char::from_u32(u32::from(character) - 0xFEE0)?,
        _ => return None,
    })
}

fn unclosed_text(here: Span) -> Diagnostic {
    invalid("文本到行末还没有合上引号", "text is not closed by the end of the line")
        .at(here, Bilingual::new("由这个引号打开", "opened by this quote"))
        .help(Bilingual::new(
            "在文本末尾加 `\"`；文本里要换行的，写 `\\n`",
            "add `\"` where the text ends; for a line break inside text write `\\n`",
        ))
}

fn raw_control(character: char, here: Span) -> Diagnostic {
    let code = u32::from(character);
    let right = if character == '\t' { "\\t".to_owned() } else { format!("\\u{code:04x}") };
    invalid(
        format!("文本里不能直接有控制字符 U+{code:04X}"),
        format!("text must not hold the control character U+{code:04X} as it is"),
    )
    .at(here, Bilingual::new("这个字符", "this character"))
    .help(Bilingual::new(format!("写成 `{right}`"), format!("write it as `{right}`")))
}

fn invalid(zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
    Diagnostic::error("huize::facts::invalid_json", Bilingual::new(zh, en))
}

/// Turns the parser's error into the words of someone who fills in facts.
fn explain(source: SourceId, text: &str, error: &ParseError) -> Diagnostic {
    use ParseErrorKind as Kind;
    let place = span(source, error.range());
    let found = text.get(place.range()).unwrap_or("").trim();
    match error.kind() {
        Kind::UnterminatedObject => unclosed(source, text, place, '{', '}'),
        Kind::UnterminatedArray => unclosed(source, text, place, '[', ']'),
        Kind::NestingDepthExceeded => too_deep(Some(place), Limits::DEFAULT.nesting),
        Kind::ExpectedColonAfterObjectKey => expected("`:`", "`:`", found, place),
        Kind::ExpectedObjectValue => expected("`:` 之后的值", "a value after `:`", found, place),
        Kind::ExpectedStringObjectProperty => {
            expected("双引号里的名称", "a name in double quotes", found, place).help(quoted(found))
        }
        Kind::UnexpectedTokenInObject => {
            expected("双引号里的名称或 `}`", "a name in double quotes or `}`", found, place)
        }
        Kind::UnexpectedCloseBrace
        | Kind::UnexpectedCloseBracket
        | Kind::UnexpectedColon
        | Kind::UnexpectedComma => expected("一个值", "a value", found, place),
        Kind::UnexpectedWord | Kind::UnexpectedToken => {
            unknown_word(text, glued(source, text, place).unwrap_or(place))
        }
        Kind::ExpectedComma => match glued(source, text, place) {
            Some(word) => unknown_word(text, word),
            None => invalid("两项之间缺 `,`", "`,` is missing between two items")
                .at(place, Bilingual::new("这里应为 `,`", "expected `,` here")),
        },
        Kind::TrailingCommasNotAllowed => {
            invalid("最后一项之后不能有 `,`", "no `,` may follow the last item")
                .at(place, Bilingual::new("多余的 `,`", "this `,` is too many"))
                .help(Bilingual::new("删去这个 `,`", "delete this `,`"))
        }
        Kind::CommentsNotAllowed | Kind::UnterminatedCommentBlock => {
            invalid("JSON 里不能写注释", "JSON has no comments")
                .at(place, Bilingual::new("这是注释", "this is a comment"))
                .help(Bilingual::new("删去注释，或改用 YAML", "delete it, or use YAML"))
        }
        Kind::SingleQuotedStringsNotAllowed => invalid(
            "文本要用双引号：应为 `\"`，却是 `'`",
            "text is written in double quotes: expected `\"`, found `'`",
        )
        .at(place, Bilingual::new("这是单引号", "this is a single quote")),
        Kind::MultipleRootJsonValues => expected("文件结束", "the end of the file", found, place),
        Kind::String(kind) => explain_text(kind, place),
        Kind::BareDecimalPointNumbersNotAllowed
        | Kind::ExpectedDigit
        | Kind::ExpectedDigitFollowingNegativeSign
        | Kind::ExpectedPlusMinusOrDigitInNumberLiteral
        | Kind::HexadecimalNumbersNotAllowed
        | Kind::NonFiniteNumbersNotAllowed
        | Kind::UnaryPlusNumbersNotAllowed => number_form(place),
    }
}

fn unknown_word(text: &str, place: Span) -> Diagnostic {
    let found = text.get(place.range()).unwrap_or("").trim();
    let finding = expected("一个值", "a value", found, place);
    if let Some(right) = python_word(found) {
        return finding.help(Bilingual::new(format!("写成 `{right}`"), format!("write `{right}`")));
    }
    if found.starts_with(char::is_alphanumeric) { finding.help(quoted(found)) } else { finding }
}

/// The whole of `2023-06-01`, `007` or `12元`, of which the parser took the first digits for a
/// number: nothing separates them from the rest, so no comma was meant.
fn glued(source: SourceId, text: &str, place: Span) -> Option<Span> {
    let part_of_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '+');
    let at = place.start as usize;
    let (before, after) = (text.get(..at)?, text.get(at..)?);
    let start = before.trim_end_matches(part_of_word).len();
    let end = text.len() - after.trim_start_matches(part_of_word).len();
    (start < at && at < end).then(|| Span::new(source, start, end))
}

fn number_form(place: Span) -> Diagnostic {
    invalid(
        "数字只能是整数，例如 `2250` 或 `-3`",
        "a number must be a whole number such as `2250` or `-3`",
    )
    .at(place, Bilingual::new("这里不是数字的写法", "a number is not written like this"))
    .help(Bilingual::new(
        "有小数的加引号，例如 `\"1200.50\"`",
        "quote a decimal, for example `\"1200.50\"`",
    ))
}

fn explain_text(kind: &ParseStringErrorKind, place: Span) -> Diagnostic {
    use ParseStringErrorKind as Kind;
    match kind {
        Kind::UnterminatedStringLiteral => unclosed_text(place),
        Kind::InvalidEscape
        | Kind::InvalidEscapeInDoubleQuoteString
        | Kind::InvalidEscapeInSingleQuoteString
        | Kind::ExpectedFourHexDigits
        | Kind::ExpectedTwoHexDigits
        | Kind::InvalidUnicodeEscapeSequence(_) => invalid(
            "`\\` 之后应为 `\"` `\\` `/` `b` `f` `n` `r` `t`，或 `u` 加四位十六进制数",
            "expected `\"` `\\` `/` `b` `f` `n` `r` `t` or `u` with four hexadecimal digits \
             after `\\`",
        )
        .at(place, Bilingual::new("不认识的写法", "unknown escape"))
        .help(Bilingual::new("要写 `\\` 本身的，写 `\\\\`", "for `\\` itself write `\\\\`")),
    }
}

fn expected(zh: &str, en: &str, found: &str, place: Span) -> Diagnostic {
    let found = shortened(found);
    let (found_zh, found_en) = if found.is_empty() {
        ("文件已结束".to_owned(), "the end of the file".to_owned())
    } else {
        (format!("却是 `{found}`"), format!("`{found}`"))
    };
    invalid(
        format!("此处应为{}，{found_zh}", spaced(zh)),
        format!("expected {en}, found {found_en}"),
    )
    .at(place, Bilingual::new(format!("应为{}", spaced(zh)), format!("expected {en}")))
}

/// Chinese text with a space before a leading code mark, as elsewhere in our messages.
fn spaced(zh: &str) -> String {
    if zh.starts_with('`') { format!(" {zh}") } else { zh.to_owned() }
}

fn shortened(found: &str) -> String {
    const MOST: usize = 20;
    let first_line = found.lines().next().unwrap_or("");
    let mut short: String = first_line.chars().take(MOST).collect();
    if short.len() < first_line.len() {
        short.push('…');
    }
    short
}

fn quoted(found: &str) -> Bilingual {
    let found = shortened(found);
    Bilingual::new(
        format!("加双引号：`\"{found}\"`"),
        format!("put it in double quotes: `\"{found}\"`"),
    )
}

/// The JSON spelling of words that other languages write with a capital.
fn python_word(found: &str) -> Option<&'static str> {
    match found {
        "True" | "TRUE" => Some("true"),
        "False" | "FALSE" => Some("false"),
        "None" | "Null" | "NULL" | "nil" | "undefined" => Some("null"),
        _ => None,
    }
}

/// A bracket that nothing closes: the end of the text is what is wrong, the bracket says why.
fn unclosed(source: SourceId, text: &str, place: Span, open: char, close: char) -> Diagnostic {
    let end = text.trim_end().len();
    let opening = Span::new(source, place.start as usize, place.start as usize + open.len_utf8());
    invalid(
        format!("`{open}` 没有合上：应为 `{close}`，文件已结束"),
        format!("`{open}` is not closed: expected `{close}`, found the end of the file"),
    )
    .at(
        Span::new(source, end, end),
        Bilingual::new(format!("这里还缺 `{close}`"), format!("`{close}` is missing here")),
    )
    .at(opening, Bilingual::new("由这里打开", "opened here"))
}
