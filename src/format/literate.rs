//! Markdown files: the policy in their `huize` blocks is laid out, their prose is kept byte for byte.

use super::{FormatError, FormatOptions, first_difference, kept_words, read, written_dialect};
use super::{Names, Printer};
use crate::source::{SourceId, Span};
use crate::syntax::ast::File;
use crate::syntax::literate::{self, Block};
use crate::syntax::{Parsed, SyntaxError, mask_markdown, parse, pieces};

/// Lays out the `huize` blocks of `text`, the Markdown text of the file `source`.
///
/// A declaration that goes on in the next block stays as it stands, since what stands between is not
/// moved, and so does a block without a declaration.
///
/// # Errors
///
/// [`FormatError::Syntax`] where a block cannot be read or is not closed.
///
/// # Examples
///
/// ```
/// use huize::format::{FormatOptions, format_markdown};
/// use huize::source::SourceId;
///
/// let text = "# 收入\n\n```huize\n规则 乙(人):元/月=低保标准的３０%\n```\n\n说明  文字\n";
/// let formatted = format_markdown(SourceId(0), text, &FormatOptions::default())?;
/// assert_eq!(
///     formatted,
///     "# 收入\n\n```huize\n规则 乙（人）：元/月 = 低保标准的30%\n```\n\n说明  文字\n"
/// );
/// # Ok::<(), huize::format::FormatError>(())
/// ```
pub fn format_markdown(
    source: SourceId,
    text: &str,
    options: &FormatOptions,
) -> Result<String, FormatError> {
    let masked = mask_markdown(text);
    let file = read_blocks(source, text, &masked)?;
    let dialect = options.dialect.unwrap_or_else(|| written_dialect(&masked));
    let names = if options.dialect.is_some() { Names::of(&file) } else { Names::default() };
    let blocks = literate::blocks(text);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, block) in blocks.iter().enumerate() {
        let goes_on = |block: &Block| begins_within(&masked, block);
        if goes_on(block) || blocks.get(at + 1).is_some_and(goes_on) {
            continue;
        }
        let content = text.get(block.content.clone()).unwrap_or("");
        let Ok(alone) = read(source, content) else { continue };
        let printer = Printer::new(content, dialect, &names, options.width);
        let printed = printer.print(&alone);
        out.push_str(text.get(done..block.content.start).unwrap_or(""));
        let indent = text.get(block.indent.clone()).unwrap_or("");
        let end = if content.contains("\r\n") { "\r\n" } else { "\n" };
        for line in printed.lines() {
            out.push_str(if line.is_empty() { "" } else { indent });
            out.push_str(line);
            out.push_str(end);
        }
        done = block.content.end;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    let unsound = |span| Err(FormatError::Unsound { span });
    let masked_again = mask_markdown(&out);
    let Ok(again) = read_blocks(source, &out, &masked_again) else {
        return unsound(Span::new(source, 0, 0));
    };
    if let Some(span) = first_difference(&file, &again, &names) {
        return unsound(span);
    }
    if kept_words(&masked) != kept_words(&masked_again) {
        return unsound(Span::new(source, 0, 0));
    }
    Ok(out)
}

fn read_blocks(source: SourceId, text: &str, masked: &str) -> Result<File, FormatError> {
    let mut parsed: Parsed = parse(source, masked);
    literate::tell_unclosed(source, &literate::blocks(text), &mut parsed);
    parsed.errors.retain(|error| !matches!(error, SyntaxError::MissingHeader { .. }));
    if parsed.errors.is_empty() { Ok(parsed.file) } else { Err(FormatError::Syntax(parsed.errors)) }
}

/// Whether a block does not begin with a declaration.
fn begins_within(masked: &str, block: &Block) -> bool {
    let content = masked.get(block.content.clone()).unwrap_or("");
    let cut = pieces::cut(content);
    let before = content.get(cut.before).unwrap_or("");
    pieces::lines(before).any(|(_, line)| !pieces::is_blank_or_comment(line))
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a wrong place must fail the test")]
mod tests {
    use proptest::prelude::*;

    use super::format_markdown;
    use crate::format::{Dialect, FormatError, FormatOptions};
    use crate::source::SourceId;
    use crate::syntax::literate::blocks;

    const TEXT: &str = include_str!("tests/literate.md");

    fn formatted(text: &str, dialect: Option<Dialect>) -> String {
        let options = FormatOptions { dialect, ..FormatOptions::default() };
        format_markdown(SourceId(0), text, &options).unwrap()
    }

    /// What stands outside the blocks.
    fn prose(text: &str) -> String {
        let mut prose = String::new();
        let mut done = 0;
        for block in blocks(text) {
            prose.push_str(&text[done..block.content.start]);
            done = block.content.end;
        }
        prose + &text[done..]
    }

    #[test]
    fn blocks_are_laid_out_and_prose_is_kept() {
        insta::assert_snapshot!("literate", formatted(TEXT, None));
        for text in [TEXT.to_owned(), TEXT.replace('\n', "\r\n"), format!("\u{FEFF}{TEXT}")] {
            for dialect in [None, Some(Dialect::En), Some(Dialect::Zh)] {
                let once = formatted(&text, dialect);
                assert_eq!(prose(&once), prose(&text));
                assert_eq!(formatted(&once, dialect), once);
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_left_alone() {
        let told = |text: &str| match format_markdown(SourceId(0), text, &FormatOptions::default())
        {
            Err(FormatError::Syntax(errors)) => {
                errors.iter().map(|error| (error.code(), error.span().range())).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        };
        let text = "文\n```huize\n规则 甲 =\n```\n文\n~~~huize\n规则 乙 = 1元 2元\n~~~\n";
        let at = text.find("2元").unwrap();
        let codes: Vec<&str> = told(text).iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, ["huize::syntax::expected"; 2]);
        assert_eq!(told(text)[1].1.start, at);
        let open = "```huize\n规则 甲 = 1元\n说明\n\n```huize\n规则 乙 = 1元\n```\n";
        assert_eq!(told(open), [("huize::syntax::unclosed_fence", 0..8)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

        /// Lines left out, doubled and changed places: where such a text can be laid out, its prose
        /// stays and twice is once.
        #[test]
        fn prose_is_kept_of_any_mix(
            picks in prop::collection::vec(any::<prop::sample::Index>(), 1..40),
        ) {
            let lines: Vec<&str> = TEXT.split_inclusive('\n').collect();
            let text: String = picks.iter().map(|pick| *pick.get(&lines)).collect();
            if let Ok(once) = format_markdown(SourceId(0), &text, &FormatOptions::default()) {
                prop_assert_eq!(prose(&once), prose(&text));
                let twice = format_markdown(SourceId(0), &once, &FormatOptions::default());
                prop_assert_eq!(twice, Ok(once));
            }
        }
    }
}
