//! Policies inside Markdown: only what stands in fences marked `huize` is policy text.

use std::ops::Range;

use super::error::SyntaxError;
use super::parser::Parsed;
use crate::source::{SourceId, Span};

/// The policy text of one fence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The line that opens the fence, without its end.
    pub fence: Range<usize>,
    /// The lines between the fences.
    pub content: Range<usize>,
    /// The blanks before the fence, which its lines have too.
    pub indent: Range<usize>,
    /// Whether a fence closes it.
    pub closed: bool,
}

/// The `huize` fences of `text`, in order.
///
/// A fence is three or more backticks or tildes; it ends at a line with at least as many of the same
/// and nothing else. A `huize` fence may be indented as deep as the list that it stands in, any other
/// by at most three blanks. A `huize` fence that another begins inside, or the end of the file, is
/// not closed.
///
/// # Examples
///
/// ```
/// let text = "1. 收入\n\n    ```huize\n    规则 甲 = 1元\n    ```\n";
/// let blocks = huize::syntax::literate::blocks(text);
/// assert_eq!(text.get(blocks[0].content.clone()), Some("    规则 甲 = 1元\n"));
/// assert!(blocks[0].closed);
/// ```
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<Fence<'_>> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let mark = Fence::of(line);
        let is_policy = open.as_ref().is_some_and(Fence::is_policy);
        match (&open, mark) {
            (Some(fence), Some(mark)) if mark.closes(fence) => {
                if let Some(block) = blocks.last_mut().filter(|_| is_policy) {
                    block.content.end = at;
                    block.closed = true;
                }
                open = None;
            }
            // No line of policy text is a fence: the one before was forgotten.
            (None, Some(mark)) | (Some(_), Some(mark)) if mark.opens(open.as_ref()) => {
                if let Some(block) = blocks.last_mut().filter(|_| is_policy) {
                    block.content.end = at;
                }
                if mark.is_policy() {
                    let fence = at..at + line.trim_end().len();
                    let (indent, content) = (at..at + mark.indent, start..text.len());
                    blocks.push(Block { fence, content, indent, closed: false });
                }
                open = Some(mark);
            }
            _ => {}
        }
    }
    blocks
}

/// Replaces everything but the contents of ```` ```huize ```` fences by blanks of the same length,
/// line ends kept, so that places in the result are places in `text`. See [`blocks`].
///
/// # Examples
///
/// ```
/// use huize::syntax::mask_markdown;
///
/// let text = "说明\n```huize\n规则 甲 = 1元\n```\n";
/// assert_eq!(mask_markdown(text).trim(), "规则 甲 = 1元");
/// assert_eq!(mask_markdown(text).len(), text.len());
/// ```
#[must_use]
pub fn mask_markdown(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    for block in blocks(text) {
        push_blanks(&mut masked, text, block.content.start);
        masked.push_str(text.get(block.content).unwrap_or(""));
    }
    push_blanks(&mut masked, text, text.len());
    masked
}

/// Says which blocks are not closed, and nothing else of what is wrong in them: prose was read as
/// policy.
pub(crate) fn tell_unclosed(source: SourceId, blocks: &[Block], parsed: &mut Parsed) {
    for block in blocks.iter().filter(|block| !block.closed) {
        parsed.errors.retain(|error| !block.content.contains(&error.span().range().start));
        let span = Span::new(source, block.fence.start, block.fence.end);
        parsed.errors.push(SyntaxError::UnclosedFence { span });
    }
    parsed.errors.sort_by_key(|error| error.span().start);
}

/// A line that opens or closes a fence.
struct Fence<'text> {
    mark: char,
    count: usize,
    indent: usize,
    info: &'text str,
}

impl<'text> Fence<'text> {
    fn of(line: &'text str) -> Option<Self> {
        let content = line.trim_start_matches([' ', '\t']);
        let indent = line.len() - content.len();
        let mark = content.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let info = content.trim_start_matches(mark);
        let count = content.len() - info.len();
        let fence = Self { mark, count, indent, info: info.trim() };
        (count >= 3 && (indent <= 3 || fence.is_policy() || fence.info.is_empty())).then_some(fence)
    }

    fn is_policy(&self) -> bool {
        self.info.split_whitespace().next() == Some("huize")
    }

    /// Whether it opens a fence where `open` is open.
    fn opens(&self, open: Option<&Self>) -> bool {
        match open {
            None => self.indent <= 3 || self.is_policy(),
            Some(open) => open.is_policy() && self.is_policy(),
        }
    }

    fn closes(&self, open: &Self) -> bool {
        let deep_enough = self.indent <= 3 || open.is_policy();
        self.info.is_empty() && self.mark == open.mark && self.count >= open.count && deep_enough
    }
}

/// Blanks for what of `text` is not in `masked` yet, up to `end`.
fn push_blanks(masked: &mut String, text: &str, end: usize) {
    let rest = text.get(masked.len()..end).unwrap_or("");
    masked.extend(rest.bytes().map(|byte| match byte {
        b'\n' => '\n',
        b'\r' => '\r',
        _ => ' ',
    }));
}

#[cfg(test)]
mod tests {
    use super::{blocks, mask_markdown};

    #[test]
    fn only_policy_fences_stay_and_lengths_are_kept() {
        let text = "# 低保\n\n~~~text\n规则 不是\n~~~\n```huize title\n规则 是\n~~~\n````\n文\n";
        let masked = mask_markdown(text);
        assert_eq!(masked.len(), text.len());
        assert_eq!(masked.find("规则 是"), text.find("规则 是"));
        assert_eq!(masked.split_whitespace().collect::<Vec<_>>(), ["规则", "是", "~~~"]);
    }

    #[test]
    fn an_open_fence_runs_to_the_end() {
        assert_eq!(mask_markdown("```huize\n表 甲"), "        \n表 甲");
        assert!(!blocks("```huize\n表 甲").first().is_some_and(|block| block.closed));
    }

    #[test]
    fn a_fence_inside_a_fence_says_that_the_first_was_not_closed() {
        let text = "```huize\n表 甲\n说明\n```huize\n表 乙\n```\n";
        let closed: Vec<bool> = blocks(text).iter().map(|block| block.closed).collect();
        assert_eq!(closed, [false, true]);
        let other = "```text\n```huize\n表 乙\n```\n";
        assert_eq!(blocks(other), [], "a sample in a fence of another language");
    }

    #[test]
    fn a_fence_stands_as_deep_as_its_list() {
        let text = "- 一\n\n      ```huize\n      规则 甲 = 1元\n      ```\n\n    ```text\n";
        assert_eq!(mask_markdown(text).trim(), "规则 甲 = 1元");
        let other = "```text\n    ```\n规则 不是\n```\n";
        assert_eq!(mask_markdown(other).trim(), "");
    }
}
