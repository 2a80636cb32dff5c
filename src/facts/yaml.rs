//! YAML facts: the plain part of YAML 1.2 that says the same as JSON.
//!
//! The parser yields events one by one and keeps its own stack, and so does the builder here, so
//! depth is measured while reading. What has no place in facts (anchors, aliases, tags, several
//! documents) is refused rather than guessed at. An unquoted word is text unless it is `null`,
//! `~`, `true`, `false` or a number; a date, 是 and 否 stay text, and so does a whole number with
//! leading zeros, which is a code.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Tag};

use super::document::{
    Entry, MOST_FINDINGS, MOST_VALUES, Node, NodeValue, capped, check_size, duplicate_keys,
    empty_file, too_deep, too_many_values,
};
use crate::diagnostic::{Bilingual, Diagnostic, FactsError};
use crate::limits::Limits;
use crate::source::{SourceId, Span};

/// Reads one YAML document.
///
/// # Errors
///
/// `too_large`, `empty_file`; then every `unsupported_yaml`, `invalid_yaml`, `too_deep`, `too_many_values`,
/// `duplicate_key` and `float_number` up to the first place where the text is not YAML.
pub fn read_yaml(source: SourceId, text: &str) -> Result<Node, FactsError> {
    read_yaml_within(source, text, &Limits::DEFAULT)
}

/// As [`read_yaml`], within other limits of size and nesting.
///
/// # Errors
///
/// As for [`read_yaml`].
pub fn read_yaml_within(source: SourceId, text: &str, limits: &Limits) -> Result<Node, FactsError> {
    check_size(source, text, limits)?;
    // Every value begins a line or stands behind one of these; the parser holds a line at a time, and
    // takes a hundred times as much memory.
    let marks = text.bytes().filter(|byte| matches!(byte, b'\n' | b',' | b'[' | b'{')).count();
    if marks > MOST_VALUES * 2 {
        return Err(too_many_values(Some(Span::new(source, 0, 0))).into());
    }
    let mut builder = Builder::new(source, text, limits.nesting);
    let mut parser = Parser::new_from_str(text);
    while let Some(next) = parser.next_event() {
        match next {
            Ok((event, place)) => builder.event(event, place),
            Err(error) => {
                builder.scan_error(&error);
                break;
            }
        }
        if builder.stopped || builder.findings.len() >= MOST_FINDINGS {
            break;
        }
    }
    builder.finish()
}

/// A list or map that has begun and not ended.
struct Open {
    span: Span,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, key: Option<(String, Span)> },
}

struct Builder<'a> {
    source: SourceId,
    text: &'a str,
    /// The byte offset of each character, since the parser counts characters.
    offsets: Vec<u32>,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    most_levels: usize,
    values: usize,
    stopped: bool,
    findings: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn new(source: SourceId, text: &'a str, most_levels: usize) -> Self {
        let offsets =
            text.char_indices().map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX)).collect();
        Self {
            source,
            text,
            offsets,
            open: Vec::new(),
            root: None,
            documents: 0,
            most_levels,
            values: 0,
            stopped: false,
            findings: Vec::new(),
        }
    }

    fn offset(&self, characters: usize) -> usize {
        self.offsets.get(characters).map_or(self.text.len(), |at| *at as usize)
    }

    fn span(&self, place: saphyr_parser::Span) -> Span {
        Span::new(self.source, self.offset(place.start.index()), self.offset(place.end.index()))
    }

    fn event(&mut self, event: Event<'_>, place: saphyr_parser::Span) {
        let span = self.span(place);
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.findings.push(
                        unsupported(
                            "`---` 之后的第二个文档",
                            "a second document after `---`",
                            span,
                        )
                        .help(Bilingual::new("一个文件只写一个案件", "write one case in one file")),
                    );
                    self.stopped = true;
                }
            }
            Event::Scalar(value, style, anchor, tag) => {
                self.refuse_marks(anchor, tag.as_ref(), span);
                self.scalar(&value, style, span);
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_marks(anchor, tag.as_ref(), span);
                self.begin(span, OpenKind::List(Vec::new()));
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_marks(anchor, tag.as_ref(), span);
                self.begin(span, OpenKind::Map { entries: Vec::new(), key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(_) => {
                self.findings.push(
                    unsupported("引用（`*`）", "an alias (`*`)", span)
                        .help(Bilingual::new("把被引用的内容写全", "write out what it refers to")),
                );
                self.add_scalar(String::new(), Node { span, value: NodeValue::Null });
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }

    fn refuse_marks(&mut self, anchor: usize, tag: Option<&Cow<'_, Tag>>, span: Span) {
        if anchor > 0 {
            self.findings.push(
                unsupported("锚点（`&`）", "an anchor (`&`)", span)
                    .help(Bilingual::new("删去 `&` 和它的名称", "delete the `&` and its name")),
            );
        }
        if tag.is_some() {
            self.findings.push(unsupported("类型标记（`!`）", "a tag (`!`)", span).help(
                Bilingual::new(
                    "删去 `!` 标记；要写成文本的加双引号",
                    "delete the `!` tag; put text in double quotes",
                ),
            ));
        }
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, span: Span) {
        let plain = style == ScalarStyle::Plain;
        if plain {
            self.check_colon(span);
        }
        let node = Node { span, value: if plain { plain_value(value) } else { text_of(value) } };
        self.add_scalar(value.to_owned(), node);
    }

    /// `姓名：甲` and `姓名:甲` are no entries but one long piece of text, and the next line goes on
    /// with it; nobody means that.
    fn check_colon(&mut self, span: Span) {
        let written = self.text.get(span.range()).unwrap_or("");
        let alone = self.open.is_empty();
        if !(alone || written.contains('\n')) {
            return;
        }
        if let Some((at, colon)) = written.char_indices().find(|(_, c)| matches!(c, '：' | ':')) {
            let start = span.start as usize + at;
            let place = Span::new(self.source, start, start + colon.len_utf8());
            let finding = if colon == '：' { full_width_colon(place) } else { tight_colon(place) };
            self.findings.push(finding);
        }
    }

    fn begin(&mut self, span: Span, kind: OpenKind) {
        if self.open.len() >= self.most_levels {
            self.findings.push(too_deep(Some(span), self.most_levels));
            self.stopped = true;
            return;
        }
        if matches!(self.open.last(), Some(Open { kind: OpenKind::Map { key: None, .. }, .. })) {
            self.findings.push(unsupported(
                "复合名称（列表或对象作名称）",
                "a list or map in place of a name",
                span,
            ));
            self.stopped = true;
            return;
        }
        self.open.push(Open { span, kind });
    }

    fn end(&mut self, last: Span) {
        let Some(Open { span, kind }) = self.open.pop() else { return };
        // A block ends where its last item does; its end event lies beyond the line break.
        let (value, end) = match kind {
            OpenKind::List(items) => {
                let end = items.last().map(|item| item.span);
                (NodeValue::List(items), end)
            }
            OpenKind::Map { entries, .. } => {
                self.findings.extend(duplicate_keys(&entries));
                let end = entries.last().map(|entry| entry.key_span.to(entry.value.span));
                (NodeValue::Map(entries), end)
            }
        };
        let closed_by_bracket = last.end > last.start;
        let end = if closed_by_bracket { last } else { end.unwrap_or(last) };
        self.add(Node { span: span.to(end), value });
    }

    /// A scalar is a name where a map waits for one.
    fn add_scalar(&mut self, written: String, node: Node) {
        if let Some(Open { kind: OpenKind::Map { key: key @ None, .. }, .. }) = self.open.last_mut()
        {
            if written.is_empty() && node.span.start == node.span.end {
                self.findings.push(invalid_at(
                    node.span,
                    ("`:` 之前应为名称", "expected a name before `:`"),
                    ("这里缺名称", "the name is missing here"),
                ));
            }
            *key = Some((written, node.span));
            return;
        }
        self.add(node);
    }

    fn add(&mut self, node: Node) {
        self.values += 1;
        if self.values > MOST_VALUES && !self.stopped {
            self.findings.push(too_many_values(Some(node.span)));
            self.stopped = true;
        }
        match self.open.last_mut().map(|open| &mut open.kind) {
            Some(OpenKind::List(items)) => items.push(node),
            Some(OpenKind::Map { entries, key }) => {
                if let Some((key, key_span)) = key.take() {
                    entries.push(Entry { key, key_span, value: node });
                }
            }
            None => self.root = Some(node),
        }
    }

    fn scan_error(&mut self, error: &ScanError) {
        let mut at = self.offset(error.marker().index());
        if self.text.get(..at).is_some_and(|before| before.ends_with('\t')) {
            at -= 1;
        }
        let next = self.text.get(at..).and_then(|rest| rest.chars().next());
        let width = next.filter(|c| !matches!(c, '\n' | '\r')).map_or(0, char::len_utf8);
        let span = Span::new(self.source, at, at + width);
        let (wording, label) = explain(error.info());
        let finding = match self.full_width_colon_near(at) {
            Some(colon) => full_width_colon(colon),
            None => invalid_at(span, wording, label),
        };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// A full-width colon on the line of the error or the one above, where the words before it
    /// look like a name: the usual cause when a map stops making sense.
    fn full_width_colon_near(&self, at: usize) -> Option<Span> {
        let before = self.text.get(..at)?;
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let above = self.text.get(..line.saturating_sub(1))?.rfind('\n').map_or(0, |end| end + 1);
        let end = self.text.get(at..)?.find('\n').map_or(self.text.len(), |length| at + length);
        let mut start = above;
        for written in self.text.get(above..end)?.split_inclusive('\n') {
            let content = written.split('#').next().unwrap_or("");
            if let Some(colon) = content.find('：')
                && !content.contains(['"', '\'', ':'])
            {
                let colon = start + colon;
                return Some(Span::new(self.source, colon, colon + '：'.len_utf8()));
            }
            start += written.len();
        }
        None
    }

    fn finish(mut self) -> Result<Node, FactsError> {
        let Some(root) = self.root else {
            if self.findings.is_empty() {
                self.findings.push(empty_file(self.source));
            }
            return Err(capped(self.findings).into());
        };
        self.findings.extend(root.refuse_floats());
        if self.findings.is_empty() { Ok(root) } else { Err(capped(self.findings).into()) }
    }
}

fn text_of(value: &str) -> NodeValue {
    NodeValue::Text(value.to_owned())
}

fn plain_value(value: &str) -> NodeValue {
    match value {
        "" | "~" | "null" | "Null" | "NULL" => NodeValue::Null,
        "true" | "True" | "TRUE" => NodeValue::Bool(true),
        "false" | "False" | "FALSE" => NodeValue::Bool(false),
        _ if is_whole_number(value) || is_decimal(value) => NodeValue::Number(value.to_owned()),
        _ => text_of(value),
    }
}

/// A whole number as JSON writes it: no plus sign, no leading zero.
fn is_whole_number(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    !digits.is_empty() && !leading_zero && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// What YAML's core schema reads as binary floating point: `-1.5`, `.5`, `1e3`.
fn is_decimal(value: &str) -> bool {
    let unsigned = value.strip_prefix(['-', '+']).unwrap_or(value);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let has_digit = !(whole.is_empty() && fraction.unwrap_or("").is_empty());
    let good_exponent = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !digits.is_empty() && all_digits(digits)
    });
    has_digit
        && (fraction.is_some() || exponent.is_some())
        && all_digits(whole)
        && all_digits(fraction.unwrap_or(""))
        && good_exponent
}

fn unsupported(zh: &str, en: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        "huize::facts::unsupported_yaml",
        Bilingual::new(format!("事实文件里不能用 YAML 的{zh}"), format!("facts cannot use {en}")),
    )
    .at(span, Bilingual::new("在这里", "here"))
}

type Wording = (&'static str, &'static str);

fn invalid_at(span: Span, (zh, en): Wording, (label_zh, label_en): Wording) -> Diagnostic {
    Diagnostic::error("huize::facts::invalid_yaml", Bilingual::new(zh, en))
        .at(span, Bilingual::new(label_zh, label_en))
}

fn full_width_colon(colon: Span) -> Diagnostic {
    invalid_at(
        colon,
        (
            "名称之后要用半角冒号和空格：应为 `: `，却是 `：`",
            "a name is followed by a half-width colon and a space: expected `: `, found `：`",
        ),
        ("这是全角冒号", "this is a full-width colon"),
    )
    .help(Bilingual::new(
        "改为 `: `；是文本的，整段加双引号",
        "replace it with `: `; if this is text, put all of it in double quotes",
    ))
}

fn tight_colon(colon: Span) -> Diagnostic {
    invalid_at(
        colon,
        ("名称的冒号之后要有空格：应为 `: `", "a space follows the colon of a name: expected `: `"),
        ("这个冒号之后没有空格", "no space follows this colon"),
    )
    .help(Bilingual::new(
        "改为 `: `；是文本的，整段加双引号",
        "replace it with `: `; if this is text, put all of it in double quotes",
    ))
}

/// The parser's message in the words of someone who fills in facts, and what stands there.
fn explain(info: &str) -> (Wording, Wording) {
    let known = [
        ("tab", TAB),
        ("indentation", INDENTATION),
        ("expected key", INDENTATION),
        ("expected '-' indicator", INDENTATION),
        ("expected <document start>", INDENTATION),
        ("mapping values are not allowed", UNEXPECTED_COLON),
        ("illegal placement of ':'", UNEXPECTED_COLON),
        ("simple key", MISSING_COLON),
        ("sequence entries are not allowed", UNEXPECTED_DASH),
        ("'-'", UNEXPECTED_DASH),
        ("\"-\"", UNEXPECTED_DASH),
        ("flow mapping", UNCLOSED_MAP),
        ("flow sequence", UNCLOSED_LIST),
        ("unexpected end of stream", UNCLOSED_TEXT),
        ("misplaced bracket", UNEXPECTED_BRACKET),
        ("unknown anchor", UNKNOWN_ALIAS),
        ("escape", ESCAPE),
        ("hexadecimal", ESCAPE),
        ("unexpected character", RESERVED),
        ("recursion limit", TOO_MANY_BRACKETS),
        ("byte order mark", UNPRINTABLE),
        ("unprintable", UNPRINTABLE),
    ];
    known
        .iter()
        .find(|(part, _)| info.contains(part))
        .map_or(OTHER, |(_, explanation)| *explanation)
}

const TAB: (Wording, Wording) = (
    ("缩进要用空格，却是制表符（Tab）", "indentation is written in spaces, found a tab"),
    ("这一行的缩进", "the indentation of this line"),
);
const INDENTATION: (Wording, Wording) = (
    (
        "缩进不齐：同一层的各行要左对齐",
        "indentation does not match: lines of one level begin in the same column",
    ),
    ("从这里起不属于任何一层", "from here on it belongs to no level"),
);
const UNEXPECTED_COLON: (Wording, Wording) = (
    (
        "此处不能再有 `: `：缩进不齐，或文本里有 `: ` 而没加引号",
        "no `: ` may stand here: the indentation does not match, or text with `: ` lacks quotes",
    ),
    ("多出的冒号", "this colon is too many"),
);
const MISSING_COLON: (Wording, Wording) = (
    ("名称之后应为 `: `（半角冒号加空格）", "expected `: ` (a colon and a space) after the name"),
    ("到这里还没有 `: `", "no `: ` up to here"),
);
const UNEXPECTED_DASH: (Wording, Wording) = (
    (
        "`-` 要放在行首作列表的一项，后面加空格",
        "`-` begins a line as an item of a list, with a space after it",
    ),
    ("这里不能是 `-`", "no `-` may stand here"),
);
const UNCLOSED_MAP: (Wording, Wording) = (
    ("花括号里应为 `,` 或 `}`", "expected `,` or `}` inside braces"),
    ("应为 `,` 或 `}`", "expected `,` or `}`"),
);
const UNCLOSED_LIST: (Wording, Wording) = (
    ("方括号里应为 `,` 或 `]`", "expected `,` or `]` inside brackets"),
    ("应为 `,` 或 `]`", "expected `,` or `]`"),
);
const UNCLOSED_TEXT: (Wording, Wording) = (
    (
        "文本没有合上引号，文件已结束",
        "text is not closed: expected a quote, found the end of the file",
    ),
    ("由这个引号打开", "opened by this quote"),
);
const UNEXPECTED_BRACKET: (Wording, Wording) = (
    ("括号不成对", "a bracket closes what is not open"),
    ("没有与它成对的括号", "nothing opens it"),
);
const UNKNOWN_ALIAS: (Wording, Wording) = (
    (
        "应为值，却是 `*`：事实文件里不能用引用；是文本的加双引号",
        "expected a value, found `*`: facts cannot use aliases; put text in double quotes",
    ),
    ("应为值", "expected a value"),
);
const ESCAPE: (Wording, Wording) = (
    ("双引号里 `\\` 之后的写法不认识", "what follows `\\` inside double quotes is unknown"),
    ("在这段文本里", "in this text"),
);
const RESERVED: (Wording, Wording) = (
    ("文本不能以这个符号开头，除非加双引号", "text that begins with this sign needs double quotes"),
    ("这个符号", "this sign"),
);
const TOO_MANY_BRACKETS: (Wording, Wording) = (
    ("括号嵌套太深", "brackets stand too deep inside one another"),
    ("到这里太深", "too deep here"),
);
const UNPRINTABLE: (Wording, Wording) = (
    ("文件里有看不见的控制字符", "there is an invisible control character"),
    ("这个字符", "this character"),
);
const OTHER: (Wording, Wording) = (
    (
        "这里不是 YAML 的写法：应为 `名称: 值`、`- 一项` 或加引号的文本",
        "this is not YAML: expected `name: value`, `- item` or quoted text",
    ),
    ("读到这里为止", "read up to here"),
);
