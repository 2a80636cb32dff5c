//! A page of Markdown as prose and fenced blocks.

/// A page.
pub(super) struct Page {
    /// Below `docs/src/`.
    pub(super) path: String,
    pub(super) parts: Vec<Part>,
}

/// A stretch of a page.
pub(super) enum Part {
    /// Prose, as it stands.
    Prose(String),
    /// A fenced block.
    Block(Block),
}

/// A fenced block: what stands behind the fence, the line it begins on, its text.
pub(super) struct Block {
    pub(super) info: String,
    pub(super) line: usize,
    pub(super) text: String,
}

impl Page {
    pub(super) fn read(path: &str) -> Self {
        let file = super::docs().join("src").join(path);
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        Self { path: path.to_owned(), parts: parts(&text) }
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Prose(prose) => text.push_str(prose),
                Part::Block(block) => {
                    text.push_str(&format!("```{}\n{}```\n", block.info, block.text));
                }
            }
        }
        text
    }

    /// The folder it is in.
    pub(super) fn folder(&self) -> &str {
        self.path.split_once('/').map_or("", |(folder, _)| folder)
    }

    pub(super) fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.parts.iter().filter_map(|part| match part {
            Part::Block(block) => Some(block),
            Part::Prose(_) => None,
        })
    }
}

impl Block {
    /// `huize` of `huize,file=dibao.hz`.
    pub(super) fn language(&self) -> &str {
        self.info.split(',').next().unwrap_or("")
    }

    /// Whether a word stands behind the language.
    pub(super) fn is(&self, word: &str) -> bool {
        self.info.split(',').skip(1).any(|part| part == word)
    }

    /// `dibao.hz` of `huize,file=dibao.hz`.
    pub(super) fn named(&self, name: &str) -> Option<&str> {
        let mut parts = self.info.split(',').skip(1);
        parts.find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
    }
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut prose = String::new();
    let mut lines = text.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else {
            prose.push_str(line);
            prose.push('\n');
            continue;
        };
        if !prose.is_empty() {
            parts.push(Part::Prose(std::mem::take(&mut prose)));
        }
        let mut block = Block { info: info.to_owned(), line: at + 1, text: String::new() };
        for (_, line) in lines.by_ref() {
            if line == "```" {
                break;
            }
            block.text.push_str(line);
            block.text.push('\n');
        }
        parts.push(Part::Block(block));
    }
    if !prose.is_empty() {
        parts.push(Part::Prose(prose));
    }
    parts
}
