//! Policies inside Markdown: only what stands in fences marked `huize` is policy text.

/// Replaces everything but the contents of ```` ```huize ```` fences by blanks of the same length,
/// line ends kept, so that places in the result are places in `text`.
///
/// A fence is three or more backticks or tildes, indented by at most three blanks; it ends at a
/// line with at least as many of the same and nothing else, or at the end of the file.
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
    let mut fence: Option<Fence> = None;
    for line in text.split_inclusive('\n') {
        let mark = fence_mark(line);
        match (&fence, mark) {
            (None, Some((mark, count, info))) => {
                let policy = info.split_whitespace().next() == Some("huize");
                fence = Some(Fence { mark, count, policy });
                push_blanks(&mut masked, line);
            }
            (Some(open), Some((mark, count, ""))) if mark == open.mark && count >= open.count => {
                fence = None;
                push_blanks(&mut masked, line);
            }
            (Some(Fence { policy: true, .. }), _) => masked.push_str(line),
            (None | Some(_), _) => push_blanks(&mut masked, line),
        }
    }
    masked
}

/// The fence that is open.
struct Fence {
    mark: char,
    count: usize,
    policy: bool,
}

/// The character, the length and the words of a fence line.
fn fence_mark(line: &str) -> Option<(char, usize, &str)> {
    let content = line.trim_start_matches(' ');
    if line.len() - content.len() > 3 {
        return None;
    }
    let mark = content.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let info = content.trim_start_matches(mark);
    let count = content.len() - info.len();
    (count >= 3).then(|| (mark, count, info.trim()))
}

fn push_blanks(masked: &mut String, line: &str) {
    masked.extend(line.bytes().map(|byte| match byte {
        b'\n' => '\n',
        b'\r' => '\r',
        _ => ' ',
    }));
}

#[cfg(test)]
mod tests {
    use super::mask_markdown;

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
    }
}
