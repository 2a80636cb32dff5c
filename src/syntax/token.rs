//! Lossless tokens: every byte of a file is in exactly one, blanks and comments too. What is a
//! policy is for the grammar to say; tokens serve the placing of comments, colours and the REPL.
//! INVARIANT: the texts of the tokens, joined, are the source.

mod han;
mod number;
#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong place must fail the test")]
mod tests;

use logos::Logos;

use super::words::{self, is_ascii_word, is_line_blank};

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Token {
    /// Its text in the source that it was cut from.
    #[must_use]
    pub fn text<'text>(&self, source: &'text str) -> &'text str {
        source.get(self.start..self.end).unwrap_or("")
    }
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenKind {
    /// 规则, `rule`: begins a declaration.
    Keyword,
    /// 条件, `condition`, 依据, 同时符合: begins a clause or says how a list is meant.
    Clause,
    /// 如果, `then`, 其中, 向上取整: a word of an expression that is not an operator.
    Reserved,
    /// 低于, 且, 的: ends a Chinese name wherever it stands.
    CuttingWord,
    /// ＋, `and`, `≥`, 非.
    Operator,
    /// 计入收入, `wage`.
    Name,
    /// `「达到法定年龄」`.
    QuotedName,
    /// `【wage】`, `[[wage]]`.
    Alias,
    /// `1201元/人·月`, `30%`.
    Number,
    /// `2023年7月1日`, `2023-07`, `8月31日`.
    Date,
    /// `“…”`.
    String,
    /// What follows 依据.
    CitationText,
    /// The text of one cell of a table that is more than one token.
    CellText,
    /// Brackets, commas, colons, stops.
    Punctuation,
    /// ｜ between the cells of a table.
    Bar,
    /// `# …`, `注：…`, without the line end.
    Comment,
    /// Blanks within a line.
    Whitespace,
    /// One line end.
    Newline,
    /// Anything else.
    Unknown,
}

/// What logos tells apart; the callbacks of words look further.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
#[logos(extras = Memory)]
enum Raw {
    #[regex("[ \t\r\u{3000}\u{A0}\u{FEFF}]", |_| TokenKind::Whitespace)]
    #[token("\n", |_| TokenKind::Newline)]
    #[token("\r\n", |_| TokenKind::Newline)]
    #[regex("[#＃]", comment)]
    #[regex("[一-鿿㐀-䶿〇𠀀-𯨟]", han::word)]
    #[regex("[A-Za-z_][A-Za-z0-9_]*", ascii_word)]
    #[regex("[0-9０-９]", number::number)]
    #[regex("“[^”\n]*”", |_| TokenKind::String)]
    #[regex("\"[^\"\n]*\"", |_| TokenKind::String)]
    #[regex("＂[^＂\n]*＂", |_| TokenKind::String)]
    #[regex("「[^」\n]+」", |_| TokenKind::QuotedName)]
    #[regex("【[^】\n]+】", |_| TokenKind::Alias)]
    #[regex(r"\[\[[^\]\n]+\]\]", |_| TokenKind::Alias)]
    #[regex("[（()）,，、:：;；。.．\\[\\]［］]", |_| TokenKind::Punctuation)]
    #[regex("[+＋\\-－−×*＊÷/／=＝<>＜＞≤≥≠!！·・%％‰]", |_| TokenKind::Operator)]
    #[regex("==|[<>!]=|[＜＞！]＝", |_| TokenKind::Operator)]
    #[regex("[|｜]", |_| TokenKind::Bar)]
    Token(TokenKind),
}

/// What the lexer remembers of the tokens before.
#[derive(Clone, Copy, Debug, Default)]
struct Memory {
    /// The last token that is neither blank nor comment.
    last: Option<TokenKind>,
    /// The last character of that token.
    last_character: Option<char>,
    /// Nothing but blanks stands before on this line.
    in_line: bool,
    /// Within one cell of a table, where neither comments nor citations begin.
    in_cell: bool,
    /// A keyword that another may follow: 补充.
    after_supplement: bool,
}

/// The tokens of `text`, in order.
///
/// # Examples
///
/// ```
/// use huize::syntax::token::{TokenKind, tokens};
///
/// let text = "规则 甲（人）：是否 = 年龄达到70岁 # 注";
/// let tokens = tokens(text);
/// assert_eq!(tokens.iter().map(|token| token.text(text)).collect::<String>(), text);
/// let ends = tokens.last().map(|token| token.kind);
/// assert_eq!(ends, Some(TokenKind::Comment));
/// ```
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut memory = Memory::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches(is_line_blank);
        if content.starts_with(['｜', '|']) {
            table_line(line, start, &mut tokens, &mut memory);
        } else {
            lex(line, start, &mut tokens, &mut memory);
        }
        start += line.len();
    }
    tokens
}

/// Cuts `text`, which stands at `offset`, into tokens.
fn lex(text: &str, offset: usize, tokens: &mut Vec<Token>, memory: &mut Memory) {
    let mut lexer = Raw::lexer_with_extras(text, *memory);
    while let Some(found) = lexer.next() {
        let kind = found.map_or(TokenKind::Unknown, |Raw::Token(kind)| kind);
        let mut push = |kind: TokenKind, start: usize, end: usize| {
            let (start, end) = (offset + start, offset + end);
            match tokens.last_mut() {
                Some(last)
                    if last.kind == kind
                        && matches!(kind, TokenKind::Whitespace | TokenKind::Unknown)
                        && last.end == start =>
                {
                    last.end = end;
                }
                _ => tokens.push(Token { kind, start, end }),
            }
        };
        let range = lexer.span();
        let word = lexer.slice();
        let is_source = kind == TokenKind::Clause && matches!(word, "依据" | "source");
        lexer.extras.note(kind, word);
        push(kind, range.start, range.end);
        if is_source && !lexer.extras.in_cell {
            let rest = lexer.remainder();
            let (before, length) = citation(rest);
            if before > 0 {
                push(TokenKind::Whitespace, range.end, range.end + before);
            }
            if length > 0 {
                push(TokenKind::CitationText, range.end + before, range.end + before + length);
                lexer.extras.last = Some(TokenKind::CitationText);
            }
            lexer.bump(before + length);
        }
    }
    *memory = lexer.extras;
}

/// A line of a table: the text between two bars is one cell, and only after the last bar may a
/// comment stand.
fn table_line(line: &str, offset: usize, tokens: &mut Vec<Token>, memory: &mut Memory) {
    let bars: Vec<(usize, &str)> = line.match_indices(['｜', '|']).collect();
    let mut from = 0;
    for (at, bar) in bars {
        memory.in_cell = true;
        let before = line.get(from..at).unwrap_or("");
        let mut cell = Vec::new();
        lex(before, offset + from, &mut cell, memory);
        if cell.iter().any(|token| token.kind == TokenKind::Unknown) {
            cell_text(before, offset + from, tokens);
        } else {
            tokens.append(&mut cell);
        }
        tokens.push(Token {
            kind: TokenKind::Bar,
            start: offset + at,
            end: offset + at + bar.len(),
        });
        memory.note(TokenKind::Bar, bar);
        from = at + bar.len();
    }
    memory.in_cell = false;
    lex(line.get(from..).unwrap_or(""), offset + from, tokens, memory);
}

/// A cell of free text.
fn cell_text(text: &str, offset: usize, tokens: &mut Vec<Token>) {
    let content = text.trim();
    let indent = text.len() - text.trim_start().len();
    let ends = [indent, indent + content.len(), text.len()];
    let kinds = [TokenKind::Whitespace, TokenKind::CellText, TokenKind::Whitespace];
    let mut from = 0;
    for (end, kind) in ends.into_iter().zip(kinds) {
        if end > from {
            tokens.push(Token { kind, start: offset + from, end: offset + end });
        }
        from = end;
    }
}

impl Memory {
    fn note(&mut self, kind: TokenKind, text: &str) {
        match kind {
            TokenKind::Newline => {
                self.in_line = false;
                self.after_supplement = false;
            }
            TokenKind::Whitespace | TokenKind::Comment => {}
            _ => {
                self.last = Some(kind);
                self.last_character = text.chars().next_back();
                self.in_line = true;
                self.after_supplement = matches!(text, "补充" | "supplement");
            }
        }
    }

    /// Whether an operand may begin after what came before, so that 非 is "not".
    fn at_operand(&self) -> bool {
        match self.last {
            Some(TokenKind::Punctuation) => !matches!(self.last_character, Some('】' | '.')),
            Some(
                TokenKind::CuttingWord
                | TokenKind::Operator
                | TokenKind::Reserved
                | TokenKind::Clause
                | TokenKind::Bar,
            ) => true,
            _ => false,
        }
    }

    /// Whether a comma or a stop came before, after which words of steps and filters may stand.
    fn after_comma(&self) -> bool {
        matches!(self.last_character, Some('，' | ',' | '；' | ';' | '：' | ':' | '。'))
    }
}

/// Bytes before the text of a citation, and of the text itself.
fn citation(rest: &str) -> (usize, usize) {
    let line = rest.split(['\n', '\r']).next().unwrap_or("");
    let content = line.trim_start_matches(is_line_blank);
    let before = line.len() - content.len();
    let mut end = content.len();
    let mut blank = before > 0;
    for (at, letter) in content.char_indices() {
        if blank && matches!(letter, '#' | '＃') {
            end = at;
            break;
        }
        blank = is_line_blank(letter);
    }
    let text = content.get(..end).unwrap_or("").trim_end_matches(is_line_blank);
    (before, text.len())
}

/// The rest of the line.
fn comment(lexer: &mut logos::Lexer<'_, Raw>) -> TokenKind {
    if lexer.extras.in_cell {
        return TokenKind::Unknown;
    }
    let line = lexer.remainder().split('\n').next().unwrap_or("");
    lexer.bump(line.strip_suffix('\r').unwrap_or(line).len());
    TokenKind::Comment
}

fn ascii_word(lexer: &mut logos::Lexer<'_, Raw>) -> TokenKind {
    let word = lexer.slice();
    let memory = lexer.extras;
    let blank_follows = lexer.remainder().starts_with(is_line_blank);
    if declares(word, &memory) && blank_follows {
        return TokenKind::Keyword;
    }
    if word == "source" || (clause_word(word) && (!memory.in_line || memory.after_comma())) {
        return TokenKind::Clause;
    }
    if words::ENGLISH_OPERATORS.contains(&word) {
        TokenKind::Operator
    } else if words::ENGLISH_RESERVED.contains(&word) {
        TokenKind::Reserved
    } else {
        TokenKind::Name
    }
}

/// Whether `word` begins a declaration where the line begins, or after 补充.
fn declares(word: &str, memory: &Memory) -> bool {
    let is_declaration =
        words::DECLARATIONS.iter().any(|entry| entry.zh == word || entry.en == word);
    is_declaration && !memory.in_cell && (!memory.in_line || memory.after_supplement)
}

fn clause_word(word: &str) -> bool {
    words::CLAUSES.iter().any(|clause| clause.word.zh == word || clause.word.en == word)
}

/// Whether a word ends before `rest`.
fn ends_word(rest: &str) -> bool {
    !rest.starts_with(|next: char| words::is_han(next) || is_ascii_word(next))
        || words::CUTTING_WORDS.iter().any(|word| rest.starts_with(word))
}
