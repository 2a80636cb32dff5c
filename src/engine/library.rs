//! A set of policy files: finds the layers of a policy and compiles them.

mod index;
mod layers;
mod places;
mod templates;
mod threads;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

pub use index::{IndexEntry, Values};
pub use places::PlaceSummary;
use threads::on_all_cores;

use super::constraints;
use super::policy::Policy;
use crate::diagnostic::{Bilingual, CompileError, Diagnostic, Severity, closest_name, shortened};
use crate::hir::Program;
use crate::hir::lower::{Checked, LayerText, Usage, check, lower, lower_law};
use crate::limits::Limits;
use crate::source::text::too_large;
use crate::source::{SourceId, SourceMap, Span};
use crate::syntax::literate::{self, Block};
use crate::syntax::{Parsed, SyntaxError, ast, mask_markdown, parse_within, pieces};

/// The policies that are compiled into the library.
const BUILTIN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/builtin_policies.rs"));

/// The most names that a message lists.
const MOST_LISTED: usize = 16;

/// A set of policy files. Only the head of each file is read until a policy that needs the rest is
/// compiled.
#[derive(Debug)]
pub struct Library {
    sources: SourceMap,
    files: Vec<LibraryFile>,
    /// The files of each policy and vocabulary, by its full name.
    names: BTreeMap<String, Vec<usize>>,
    limits: Limits,
    /// What is said of the files that are too large to be read.
    refused: Vec<Diagnostic>,
}

#[derive(Debug)]
struct LibraryFile {
    id: SourceId,
    /// What is parsed: the text, or the code blocks of a literate file with the rest blanked out.
    code: String,
    limits: Limits,
    /// The code blocks of a literate file.
    blocks: Vec<Block>,
    header: Option<ast::Header>,
    /// Everything.
    parsed: OnceLock<Parsed>,
    /// The law alone: cases are most of a file, and deciding does not need them.
    law: OnceLock<Parsed>,
}

/// How much of the files is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    Law,
    WithCases,
}

/// A policy as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicySummary {
    /// 中山.最低生活保障
    pub name: String,
    /// `zhongshan.dibao`
    pub alias: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The file that declares it first.
    pub file: String,
}

impl Library {
    /// The policies that come with Huize.
    #[must_use]
    pub fn builtin() -> Self {
        let files =
            BUILTIN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        Self::from_texts(files)
    }

    /// The policies in these files: the name that messages show, and the text. A name that ends in
    /// `.md` is a literate file, whose `huize` blocks are the policy; one that ends in `.jinja` is a
    /// template of a notice.
    #[must_use]
    pub fn from_texts(files: Vec<(String, String)>) -> Self {
        Self::from_texts_within(files, Limits::DEFAULT)
    }

    /// The same policies, read and decided within other limits. A file that was too large to be read
    /// stays unread: to raise the limit of files, use [`Library::from_texts_within`].
    ///
    /// # Examples
    ///
    /// ```
    /// use huize::engine::{Library, Limits};
    ///
    /// let text = "政策 试.补助\n参数 标准：元/月 = ((((1元))))\n";
    /// let library = Library::from_texts(vec![("试.hz".to_owned(), text.to_owned())]);
    /// let library = library.within(Limits::default().nesting(3));
    /// assert_eq!(library.check()[0].code, "huize::syntax::too_deep");
    /// ```
    #[must_use]
    pub fn within(self, limits: Limits) -> Self {
        let files = self.sources.iter();
        let files = files.map(|(_, file)| (file.name().to_owned(), file.text().to_owned()));
        let mut library = Self::from_texts_within(files.collect(), limits);
        library.refused.extend(self.refused);
        library
    }

    /// As [`Library::from_texts`], within other limits.
    #[must_use]
    pub fn from_texts_within(files: Vec<(String, String)>, limits: Limits) -> Self {
        let mut library = Self {
            sources: SourceMap::default(),
            files: Vec::new(),
            names: BTreeMap::new(),
            limits,
            refused: Vec::new(),
        };
        for (name, text) in files {
            if text.len() > limits.source_bytes {
                library.refused.push(too_large(&name, limits.source_bytes));
                continue;
            }
            let id = library.sources.add(&name, &text);
            if templates::is_template(&name) {
                continue;
            }
            let literate = std::path::Path::new(&name).extension().is_some_and(|end| end == "md");
            let blocks = if literate { literate::blocks(&text) } else { Vec::new() };
            let code = if literate { mask_markdown(&text) } else { text };
            let header = header_of(id, &code, &limits);
            if let Some(header) = &header {
                let at = library.files.len();
                library.names.entry(header.name.text()).or_default().push(at);
            }
            let (parsed, law) = (OnceLock::new(), OnceLock::new());
            library.files.push(LibraryFile { id, code, blocks, limits, header, parsed, law });
        }
        library
    }

    /// How much of anything is taken.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The files, for showing findings.
    #[must_use]
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// All policies, in the order of their files.
    #[must_use]
    pub fn policies(&self) -> Vec<PolicySummary> {
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        let mut list: Vec<PolicySummary> = Vec::new();
        for (file, header) in self.headers() {
            if header.kind != ast::HeaderKind::Policy {
                continue;
            }
            let name = header.name.text();
            if found.contains_key(&name) {
                continue;
            }
            found.insert(name.clone(), list.len());
            list.push(PolicySummary {
                name,
                alias: header.alias.as_ref().map(|alias| alias.text.trim().to_owned()),
                title: header.title.as_ref().map(|title| title.text.clone()),
                file: self.sources.file(file.id).map_or("", |file| file.name()).to_owned(),
            });
        }
        list
    }

    /// The files of a policy, by its full name.
    #[must_use]
    pub fn sources_of(&self, policy: &str) -> Vec<SourceId> {
        self.files_of(policy).into_iter().map(|(file, _)| file.id).collect()
    }

    /// Checks every file and every policy.
    #[must_use]
    pub fn check(&self) -> Vec<Diagnostic> {
        self.parse(&self.files.iter().collect::<Vec<_>>(), Reading::WithCases);
        let errors = self.files.iter().flat_map(|file| &file.parsed().errors);
        let mut findings = self.refused.clone();
        findings.extend(errors.map(SyntaxError::diagnostic));
        let of_policies = on_all_cores(&self.policies(), |policy| {
            match self.layers(&policy.name, Reading::WithCases) {
                Ok(layers) => {
                    let Checked { program, mut findings, mut usage } =
                        check(&policy.name, &layers, &self.sources);
                    findings.extend(constraints::check(&program, &self.sources));
                    let broken = self.syntax_findings(&layers, Reading::WithCases);
                    if broken.iter().chain(&findings).any(|one| one.severity == Severity::Error) {
                        usage.all_used();
                    }
                    (findings, usage)
                }
                Err(problems) => (problems, Usage::default()),
            }
        });
        let mut usage = Usage::default();
        for (found, of_policy) in of_policies {
            findings.extend(found);
            usage.add(of_policy);
        }
        findings.extend(usage.unused());
        // What is wrong with a policy alone has been said.
        let said: BTreeSet<_> = findings.iter().map(|said| (said.code, said.span())).collect();
        let of_places = self.check_places().into_iter();
        let more = of_places.filter(|finding| !said.contains(&(finding.code, finding.span())));
        let more: Vec<Diagnostic> = more.collect();
        findings.extend(more);
        sorted(findings)
    }

    /// Parses files on as many threads as the machine has, the largest first.
    fn parse(&self, files: &[&LibraryFile], reading: Reading) {
        let mut files: Vec<&LibraryFile> =
            files.iter().copied().filter(|file| !file.is_read(reading)).collect();
        files.sort_by_key(|file| std::cmp::Reverse(file.code.len()));
        let read = |file: &&LibraryFile| {
            file.read(reading);
        };
        match files.as_slice() {
            // A check has read them all before it comes to the policies.
            [] => {}
            // Reading goes no deeper than brackets may: one file takes no thread.
            [file] => read(file),
            files => drop(on_all_cores(files, read)),
        }
    }

    /// Compiles a policy by its name or ASCII alias, for deciding: its cases are not read.
    ///
    /// # Errors
    ///
    /// The findings that keep it from running: it or a layer is unknown, or a file has errors.
    pub fn compile(&self, name: &str) -> Result<Policy, CompileError> {
        self.compile_reading(name, Reading::Law).map_err(|findings| self.failed(findings))
    }

    /// Compiles a policy with the cases written beside it, for [`Policy::run_cases`].
    ///
    /// # Errors
    ///
    /// As for [`Library::compile`], and errors in the cases.
    pub fn compile_with_cases(&self, name: &str) -> Result<Policy, CompileError> {
        self.compile_reading(name, Reading::WithCases).map_err(|findings| self.failed(findings))
    }

    fn compile_reading(&self, name: &str, reading: Reading) -> Result<Policy, Vec<Diagnostic>> {
        let layers = self.layers(name, reading).map_err(|findings| self.and_refused(findings))?;
        let findings = self.syntax_findings(&layers, reading);
        let full_name = layers
            .iter()
            .rev()
            .find(|layer| layer.own)
            .map_or(name, |layer| &layer.policy)
            .to_owned();
        let (program, more) = lower(&full_name, &layers, &self.sources);
        self.checked(program, findings.into_iter().chain(more).collect())
    }

    /// The layers of a policy side by side: what each says, and whether the constraints of the
    /// higher ones are kept.
    ///
    /// # Errors
    ///
    /// The policy or a layer is unknown, or has errors other than a broken constraint.
    pub fn layers_report(&self, name: &str) -> Result<super::layers::LayersReport, CompileError> {
        let layers = self.layers(name, Reading::Law).map_err(|findings| self.failed(findings))?;
        let mut findings = self.syntax_findings(&layers, Reading::Law);
        let own = layers.iter().rev().find(|layer| layer.own);
        let full_name = own.map_or(name, |layer| &layer.policy).to_owned();
        let (program, more) = lower_law(&full_name, &layers, &self.sources);
        findings.extend(more);
        if findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Err(self.failed(sorted(findings)));
        }
        Ok(super::layers::report(&program, &self.sources))
    }

    /// What is wrong with the texts of layers.
    fn syntax_findings(&self, layers: &[LayerText<'_>], reading: Reading) -> Vec<Diagnostic> {
        let sources = layers.iter().flat_map(|layer| &layer.files).map(|file| file.source);
        sources
            .filter_map(|source| self.files.iter().find(|known| known.id == source))
            .flat_map(|file| &file.read(reading).errors)
            .map(SyntaxError::diagnostic)
            .collect()
    }

    /// Findings as an error that knows the texts they point into.
    fn failed(&self, findings: Vec<Diagnostic>) -> CompileError {
        CompileError::from(findings).with_sources(self.sources.clone())
    }

    /// Findings behind what is said of files that were not read: what is missing may be in them.
    fn and_refused(&self, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        self.refused.iter().cloned().chain(findings).collect()
    }

    /// A program as a policy, unless there are errors.
    fn checked(
        &self,
        program: Program,
        mut findings: Vec<Diagnostic>,
    ) -> Result<Policy, Vec<Diagnostic>> {
        findings.extend(constraints::check(&program, &self.sources));
        let findings = sorted(findings);
        if findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Err(findings);
        }
        let mut files: Vec<SourceId> = Vec::new();
        for (file, _) in program.layers.iter().flat_map(|layer| self.files_of(&layer.policy)) {
            if !files.contains(&file.id) {
                files.push(file.id);
            }
        }
        Ok(Policy::new(program, (self.sources.clone(), files), findings, self.limits))
    }

    fn headers(&self) -> impl Iterator<Item = (&LibraryFile, &ast::Header)> {
        self.files.iter().filter_map(|file| Some((file, file.header.as_ref()?)))
    }

    /// The files of a policy or vocabulary.
    fn files_of(&self, name: &str) -> Vec<(&LibraryFile, &ast::Header)> {
        let places = self.names.get(name).map_or(&[][..], Vec::as_slice);
        let files = places.iter().filter_map(|at| self.files.get(*at));
        files.filter_map(|file| Some((file, file.header.as_ref()?))).collect()
    }

    /// The names of the files that make up a policy or vocabulary.
    #[must_use]
    pub fn files_named(&self, policy: &str) -> Vec<String> {
        let files = self.files_of(policy).into_iter();
        files.filter_map(|(file, _)| Some(self.sources.file(file.id)?.name().to_owned())).collect()
    }

    fn full_name(&self, name: &str) -> Option<String> {
        if self.names.contains_key(name) {
            return Some(name.to_owned());
        }
        self.headers()
            .find(|(_, header)| {
                header.alias.as_ref().is_some_and(|alias| alias.text.trim() == name)
            })
            .map(|(_, header)| header.name.text())
    }

    fn unknown(&self, name: &str, span: Option<Span>) -> Diagnostic {
        let policies = self.policies();
        let names = policies.iter().flat_map(|policy| {
            std::iter::once(policy.name.as_str()).chain(policy.alias.as_deref())
        });
        let close = closest_name(name, names);
        let name = shortened(name);
        let error = Diagnostic::error(
            "huize::engine::unknown_policy",
            Bilingual::new(
                format!("没有叫做“{name}”的政策"),
                format!("there is no policy `{name}`"),
            ),
        );
        let error = match span {
            Some(span) => error.at(span, Bilingual::default()),
            None => error,
        };
        let list: Vec<&str> = policies.iter().map(|policy| policy.name.as_str()).collect();
        error.help(match close {
            Some(close) => {
                Bilingual::new(format!("是否指“{close}”？"), format!("did you mean `{close}`?"))
            }
            None => existing(&list),
        })
    }
}

impl LibraryFile {
    fn law(&self) -> &Parsed {
        self.read(Reading::Law)
    }

    fn read(&self, reading: Reading) -> &Parsed {
        match reading {
            Reading::Law => self.law.get_or_init(|| {
                let mut parsed = parse_within(self.id, &without_cases(&self.code), &self.limits);
                self.tell_unclosed(&mut parsed);
                parsed
            }),
            Reading::WithCases => self.parsed(),
        }
    }

    /// Code blocks of a literate file that are not closed.
    fn tell_unclosed(&self, parsed: &mut Parsed) {
        literate::tell_unclosed(self.id, &self.blocks, parsed);
    }

    fn is_read(&self, reading: Reading) -> bool {
        match reading {
            Reading::Law => self.law.get().is_some(),
            Reading::WithCases => self.parsed.get().is_some(),
        }
    }

    fn parsed(&self) -> &Parsed {
        self.parsed.get_or_init(|| {
            let mut parsed = parse_within(self.id, &self.code, &self.limits);
            self.tell_unclosed(&mut parsed);
            parsed
        })
    }
}

/// The text with its cases blanked out, byte for byte, so that places stay true.
fn without_cases(code: &str) -> String {
    let mut text = String::with_capacity(code.len());
    for piece in pieces::cut(code).pieces {
        let from = text.len();
        // What stands before the first piece, and nothing later.
        text.push_str(code.get(from..piece.range.start).unwrap_or(""));
        if piece.word.en == "case" {
            text.extend(std::iter::repeat_n(' ', piece.range.len()));
        } else {
            text.push_str(code.get(piece.range).unwrap_or(""));
        }
    }
    if text.is_empty() { code.to_owned() } else { text }
}

/// The header alone: the first piece of a file.
fn header_of(id: SourceId, code: &str, limits: &Limits) -> Option<ast::Header> {
    let first = pieces::first(code)?;
    parse_within(id, code.get(..first.end)?, limits).file.header
}

/// What there is instead, as long as that can be read at a glance.
fn existing(names: &[&str]) -> Bilingual {
    if names.len() > MOST_LISTED {
        return Bilingual::new(
            "`huize policies` 列出全部政策和地方",
            "`huize policies` lists all policies and places",
        );
    }
    Bilingual::new(
        format!("现有：{}", names.join("、")),
        format!("there are: {}", names.join(", ")),
    )
}

/// In source order, each once.
fn sorted(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings
        .sort_by(|a, b| (a.span(), a.code, &a.message.zh).cmp(&(b.span(), b.code, &b.message.zh)));
    findings.dedup();
    findings
}
