//! Finding declarations in policy files, and putting others in their place.

use std::ops::Range;

use crate::engine::Library;
use crate::repl::read;
use crate::repl::state::Reform;
use crate::source::{SourceFile, Span};
use crate::syntax::words::{declaration_at, is_ascii_word, is_han};
use crate::syntax::{mask_markdown, pieces};

/// What a declaration says of itself in its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Declared {
    /// In Chinese.
    pub(super) keyword: String,
    pub(super) name: String,
    /// 家庭 of 低保（家庭）.
    pub(super) subject: Option<String>,
    /// Whether it has a type of its own, so that it is no mere filling of another.
    typed: bool,
}

impl Declared {
    /// Reads the head of a declaration.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = text.trim_start_matches(pieces::is_indentation);
        let (spelling, word) = declaration_at(text)?;
        let mut rest = text.get(spelling.len()..)?.trim_start_matches(read::is_blank);
        let mut keyword = word.zh.to_owned();
        if word.zh == "补充"
            && let Some((inner, second)) = declaration_at(rest)
        {
            keyword = format!("补充 {}", second.zh);
            rest = rest.get(inner.len()..)?.trim_start_matches(read::is_blank);
        }
        let end = name_end(rest);
        let name = rest.get(..end)?.trim_matches(['「', '」']).to_owned();
        if name.is_empty() {
            return None;
        }
        let after = rest.get(end..)?.trim_start_matches(read::is_blank);
        let after = match after.strip_prefix('【') {
            Some(alias) => alias.split_once('】').map_or("", |(_, after)| after),
            None => after,
        };
        let (subject, after) = match after.strip_prefix(['（', '(']) {
            Some(inner) => {
                let (subject, after) = inner.split_once(['）', ')'])?;
                (Some(subject.trim().to_owned()), after)
            }
            None => (None, after),
        };
        let after = after.trim_start_matches(read::is_blank);
        Some(Self { keyword, name, subject, typed: after.starts_with(['：', ':']) })
    }

    fn is(&self, other: &Self) -> bool {
        let same_subject = match (&self.subject, &other.subject) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        self.keyword == other.keyword && self.name == other.name && same_subject
    }
}

/// The end of a name: letters, `「…」`, and the dots of a qualified name.
fn name_end(text: &str) -> usize {
    if text.starts_with('「') {
        return text.find('」').map_or(text.len(), |at| at + '」'.len_utf8());
    }
    text.find(|letter: char| {
        !(is_han(letter) || is_ascii_word(letter) || "·.．。".contains(letter))
    })
    .unwrap_or(text.len())
}

/// Policy files that may be changed.
pub(super) struct Files {
    /// Name and text, in the order of the library.
    pub(super) texts: Vec<(String, String)>,
}

impl Files {
    pub(super) fn of(library: &Library) -> Self {
        let texts = library
            .sources()
            .iter()
            .map(|(_, file)| (file.name().to_owned(), file.text().to_owned()))
            .collect();
        Self { texts }
    }

    /// Which of the declarations of its kind and name in a file a new one takes the place of: the
    /// last that has a type of its own just as the new one has, else the last.
    pub(super) fn find(&self, file: &str, new: &Declared) -> Option<usize> {
        let (_, text) = self.texts.iter().find(|(name, _)| name == file)?;
        let same: Vec<Declared> = declarations(file, text)
            .into_iter()
            .map(|(declared, _)| declared)
            .filter(|declared| declared.is(new))
            .collect();
        let like = same.iter().rposition(|declared| declared.typed == new.typed);
        like.or_else(|| same.len().checked_sub(1))
    }

    /// Puts the text of a reform in its place, or at the end of its file.
    pub(super) fn put(&mut self, reform: &Reform) {
        let range = self.range(reform);
        let Some((name, text)) = self.texts.iter_mut().find(|(name, _)| *name == reform.file)
        else {
            return;
        };
        match range {
            Some(range) => {
                let end = text
                    .get(range.clone())
                    .map_or(range.end, |old| range.start + old.trim_end().len());
                text.replace_range(range.start..end, &reform.text);
            }
            None if is_literate(name) => {
                text.push_str(&format!("\n```huize\n{}\n```\n", reform.text))
            }
            None => text.push_str(&format!("\n{}\n", reform.text)),
        }
    }

    /// The declaration that a reform takes the place of, as it is written.
    pub(super) fn text(&self, reform: &Reform) -> Option<String> {
        let range = self.range(reform)?;
        let (_, text) = self.texts.iter().find(|(name, _)| *name == reform.file)?;
        Some(law_alone(text.get(range)?))
    }

    /// `file:line` of the declaration that a reform takes the place of; the file alone for a new one.
    pub(super) fn place(&self, reform: &Reform) -> String {
        let (Some(range), Some((name, text))) =
            (self.range(reform), self.texts.iter().find(|(name, _)| *name == reform.file))
        else {
            return reform.file.clone();
        };
        let (line, _) =
            SourceFile::new(name, text).line_column(u32::try_from(range.start).unwrap_or(0));
        format!("{name}:{line}")
    }

    fn range(&self, reform: &Reform) -> Option<Range<usize>> {
        let (name, text) = self.texts.iter().find(|(name, _)| *name == reform.file)?;
        let wanted = Declared {
            keyword: reform.keyword.clone(),
            name: reform.name.clone(),
            subject: reform.subject.clone(),
            typed: false,
        };
        let mut same =
            declarations(name, text).into_iter().filter(|(declared, _)| declared.is(&wanted));
        same.nth(reform.index).map(|(_, range)| range)
    }

    /// The declaration in which a place of a file lies: which it is among those of its name, and
    /// where it begins.
    pub(super) fn around(&self, file: &str, span: Span) -> Option<(Declared, usize, Range<usize>)> {
        let (name, text) = self.texts.iter().find(|(name, _)| name == file)?;
        let all = declarations(name, text);
        let at = span.range().start;
        let (declared, range) = all.iter().find(|(_, range)| range.contains(&at))?;
        let before = all.iter().take_while(|(_, other)| other.start < range.start);
        let index = before.filter(|(other, _)| other.is(declared)).count();
        Some((declared.clone(), index, range.clone()))
    }
}

fn is_literate(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|end| end == "md")
}

/// The declarations of a file with what they declare and where: comments that stand between them
/// belong to none.
fn declarations(name: &str, text: &str) -> Vec<(Declared, Range<usize>)> {
    let code = if is_literate(name) { mask_markdown(text) } else { text.to_owned() };
    let mut found = Vec::new();
    for piece in pieces::cut(&code).pieces {
        let Some(content) = code.get(piece.range.clone()) else { continue };
        let Some(declared) = Declared::of(content) else { continue };
        let length = law_length(content);
        found.push((declared, piece.range.start..piece.range.start + length));
    }
    found
}

/// How much of a piece is the declaration: what follows its last line of law is for the next.
fn law_length(content: &str) -> usize {
    let mut length = 0;
    for (start, line) in pieces::lines(content) {
        if !pieces::is_blank_or_comment(line) {
            length = start + line.trim_end().len();
        }
    }
    length
}

/// A declaration without the remarks in it.
fn law_alone(text: &str) -> String {
    let lines = text.lines().filter(|line| !pieces::is_blank_or_comment(line));
    lines.collect::<Vec<_>>().join("\n")
}
