//! A paper for the file or for the family: a title, paragraphs, lists and tables, written once and
//! drawn as text, Markdown or a page that prints on A4.
//!
//! A template writes it as plain lines: `# ` the title, `## ` a heading, `- ` an item, `> ` a line
//! at the right margin, `~ ` a line in the middle, `@ ` a paragraph that is not indented, `! ` a
//! warning, `| a | b |` a row of a table, the first being its head; any other line is a paragraph.

mod lines;

#[cfg(test)]
mod tests;

use serde_json::{Value, json};

use super::html::shell::{escape, page};
use super::markdown;
use crate::diagnostic::Language;

/// A piece of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Block {
    /// The title.
    Title(String),
    /// A heading within it.
    Heading(String),
    /// A paragraph, its first line indented as the language does.
    Paragraph(String),
    /// A line that is not indented: whom it is addressed to.
    Flush(String),
    /// A line in the middle: a number, a month.
    Middle(String),
    /// A line at the right margin: who signs, and when.
    Right(String),
    /// An item of a list.
    Item(String),
    /// What keeps the paper from being used as it is.
    Warning(String),
    /// A table: its head and its rows.
    Table(Vec<String>, Vec<Vec<String>>),
}

/// A paper of blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// From top to bottom.
    pub blocks: Vec<Block>,
}

impl Paper {
    /// The paper that these lines write.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut blocks: Vec<Block> = Vec::new();
        let mut is_open = false;
        for line in text.lines().map(str::trim) {
            if let Some(cells) = line.strip_prefix('|') {
                let cells = cells.strip_suffix('|').unwrap_or(cells);
                let cells: Vec<String> =
                    cells.split('|').map(|cell| cell.trim().to_owned()).collect();
                match blocks.last_mut() {
                    Some(Block::Table(_, rows)) if is_open => rows.push(cells),
                    _ => blocks.push(Block::Table(cells, Vec::new())),
                }
                is_open = true;
                continue;
            }
            is_open = false;
            if !line.is_empty() {
                blocks.push(block(line));
            }
        }
        Self { blocks }
    }

    /// As lines of at most `width` columns.
    #[must_use]
    pub fn text(&self, language: Language, width: usize) -> String {
        lines::draw(&self.blocks, language, width)
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        let mut was_item = false;
        for block in &self.blocks {
            let is_item = matches!(block, Block::Item(_));
            let is_next_item = was_item && is_item;
            if !(out.is_empty() || is_next_item) {
                out.push('\n');
            }
            was_item = is_item;
            let line = match block {
                Block::Title(text) => format!("# {}", markdown::escape(text)),
                Block::Heading(text) => format!("## {}", markdown::escape(text)),
                Block::Paragraph(text)
                | Block::Flush(text)
                | Block::Middle(text)
                | Block::Right(text) => markdown::escape(text),
                Block::Item(text) => format!("- {}", markdown::escape(text)),
                Block::Warning(text) => format!("> **{}**", markdown::escape(text)),
                Block::Table(head, rows) => markdown::table(head, rows),
            };
            out.push_str(&line);
            out.push('\n');
        }
        out
    }

    /// As data: each block with its `kind` and its `text`, a table with its `head` and its `rows`.
    #[must_use]
    pub fn data(&self) -> Value {
        let one = |block: &Block| {
            let (kind, text) = match block {
                Block::Title(text) => ("title", text),
                Block::Heading(text) => ("heading", text),
                Block::Paragraph(text) => ("paragraph", text),
                Block::Flush(text) => ("flush", text),
                Block::Middle(text) => ("middle", text),
                Block::Right(text) => ("right", text),
                Block::Item(text) => ("item", text),
                Block::Warning(text) => ("warning", text),
                Block::Table(head, rows) => {
                    return json!({ "kind": "table", "head": head, "rows": rows });
                }
            };
            json!({ "kind": kind, "text": text })
        };
        self.blocks.iter().map(one).collect()
    }

    /// As a page that needs nothing else; `class` is `notice` or `sheet`.
    #[must_use]
    pub fn html(&self, class: &str, language: Language) -> String {
        let mut out = String::new();
        let mut was_item = false;
        for block in &self.blocks {
            let is_item = matches!(block, Block::Item(_));
            if is_item != was_item {
                out.push_str(if is_item { "<ul>\n" } else { "</ul>\n" });
            }
            was_item = is_item;
            out.push_str(&markup(block));
            out.push('\n');
        }
        if was_item {
            out.push_str("</ul>\n");
        }
        let title = self.blocks.iter().find_map(|block| match block {
            Block::Title(text) => Some(text.as_str()),
            _ => None,
        });
        page(title.unwrap_or_default(), &format!("paper {class}"), &out, language)
    }
}

/// A block of a text.
type Make = fn(String) -> Block;

fn block(line: &str) -> Block {
    let marks: [(&str, Make); 7] = [
        ("## ", Block::Heading),
        ("# ", Block::Title),
        ("- ", Block::Item),
        ("> ", Block::Right),
        ("~ ", Block::Middle),
        ("@ ", Block::Flush),
        ("! ", Block::Warning),
    ];
    for (mark, make) in marks {
        if let Some(text) = line.strip_prefix(mark) {
            return make(text.trim().to_owned());
        }
    }
    Block::Paragraph(line.to_owned())
}

fn markup(block: &Block) -> String {
    match block {
        Block::Title(text) => format!("<h1>{}</h1>", escape(text)),
        Block::Heading(text) => format!("<h2>{}</h2>", escape(text)),
        Block::Paragraph(text) => format!("<p class=\"indent\">{}</p>", escape(text)),
        Block::Flush(text) => format!("<p>{}</p>", escape(text)),
        Block::Middle(text) => format!("<p class=\"center\">{}</p>", escape(text)),
        Block::Right(text) => format!("<p class=\"right\">{}</p>", escape(text)),
        Block::Item(text) => format!("<li>{}</li>", escape(text)),
        Block::Warning(text) => format!("<div class=\"note\">{}</div>", escape(text)),
        Block::Table(head, rows) => {
            let labels: Vec<String> = head.iter().map(|cell| escape(cell)).collect();
            let heads: Vec<String> =
                labels.iter().map(|label| format!("<th>{label}</th>")).collect();
            let mut out = format!("<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n", heads.concat());
            for row in rows {
                let cells: Vec<String> = row
                    .iter()
                    .enumerate()
                    .map(|(at, cell)| match labels.get(at) {
                        Some(label) => {
                            format!("<td data-label=\"{label}\">{}</td>", escape(cell))
                        }
                        None => format!("<td>{}</td>", escape(cell)),
                    })
                    .collect();
                out.push_str(&format!("<tr>{}</tr>\n", cells.concat()));
            }
            out.push_str("</tbody>\n</table>");
            out
        }
    }
}
