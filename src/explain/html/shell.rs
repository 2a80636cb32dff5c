//! The page around a document: one file with its style, no scripts, nothing loaded from elsewhere.

use crate::diagnostic::Language;

const STYLE: &str = include_str!("page.css");

/// A whole page. `body` is markup, `title` is text.
pub(in crate::explain) fn page(title: &str, class: &str, body: &str, language: Language) -> String {
    let lang = match language {
        Language::Zh => "zh-CN",
        Language::En => "en",
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body class=\"{class}\">\n\
         <main>\n{body}</main>\n</body>\n</html>\n",
        escape(title)
    )
}

/// Text as it may stand in markup and in quoted attributes, with every character that could
/// reorder the line made visible.
pub(in crate::explain) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in crate::explain::layout::visible(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// The id of a node as an attribute: an id holds no blanks.
pub(in crate::explain) fn anchor(id: &str) -> String {
    escape(&id.split_whitespace().collect::<Vec<_>>().join("_"))
}

/// The same as the target of a link.
pub(in crate::explain) fn target(id: &str) -> String {
    format!("#{}", anchor(&id.replace('%', "%25")))
}
