//! A set of policy files: finds the layers of a policy and compiles them.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::constraints;
use super::policy::Policy;
use crate::diagnostic::{Bilingual, Diagnostic, Severity, closest_name};
use crate::hir::lower::{LayerText, lower};
use crate::source::{SourceId, SourceMap, Span};
use crate::syntax::{Parsed, SyntaxError, ast, mask_markdown, parse, pieces};

/// The policies that are compiled into the library.
const BUILTIN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/builtin_policies.rs"));

/// The most layers or used policies that one policy may stand on.
const MOST_LAYERS: usize = 64;

/// A set of policy files. Only the head of each file is read until a policy that needs the rest is
/// compiled.
#[derive(Debug)]
pub struct Library {
    sources: SourceMap,
    files: Vec<LibraryFile>,
}

#[derive(Debug)]
struct LibraryFile {
    id: SourceId,
    /// What is parsed: the text, or the code blocks of a literate file with the rest blanked out.
    code: String,
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
    /// `.md` is a literate file, whose `huize` blocks are the policy.
    #[must_use]
    pub fn from_texts(files: Vec<(String, String)>) -> Self {
        let mut library = Self { sources: SourceMap::default(), files: Vec::new() };
        for (name, text) in files {
            let id = library.sources.add(&name, &text);
            let literate = std::path::Path::new(&name).extension().is_some_and(|end| end == "md");
            let code = if literate { mask_markdown(&text) } else { text };
            let header = header_of(id, &code);
            let (parsed, law) = (OnceLock::new(), OnceLock::new());
            library.files.push(LibraryFile { id, code, header, parsed, law });
        }
        library
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

    /// Checks every file and every policy.
    #[must_use]
    pub fn check(&self) -> Vec<Diagnostic> {
        self.parse(&self.files.iter().collect::<Vec<_>>(), Reading::WithCases);
        let mut findings: Vec<Diagnostic> = self
            .files
            .iter()
            .flat_map(|file| &file.parsed().errors)
            .map(SyntaxError::diagnostic)
            .collect();
        for policy in self.policies() {
            match self.layers(&policy.name, Reading::WithCases) {
                Ok(layers) => {
                    let (program, found) = lower(&policy.name, &layers, &self.sources);
                    findings.extend(found);
                    findings.extend(constraints::check(&program, &self.sources));
                }
                Err(problems) => findings.extend(problems),
            }
        }
        sorted(findings)
    }

    /// Parses files on as many threads as the machine has, the largest first.
    fn parse(&self, files: &[&LibraryFile], reading: Reading) {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let mut files = files.to_vec();
        files.sort_by_key(|file| std::cmp::Reverse(file.code.len()));
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..threads.min(files.len()) {
                scope.spawn(|| {
                    while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                        file.read(reading);
                    }
                });
            }
        });
    }

    /// Compiles a policy by its name or ASCII alias, for deciding: its cases are not read.
    ///
    /// # Errors
    ///
    /// The findings that keep it from running: it or a layer is unknown, or a file has errors.
    pub fn compile(&self, name: &str) -> Result<Policy, Vec<Diagnostic>> {
        self.compile_reading(name, Reading::Law)
    }

    /// Compiles a policy with the cases written beside it, for [`Policy::run_cases`].
    ///
    /// # Errors
    ///
    /// As for [`Library::compile`], and errors in the cases.
    pub fn compile_with_cases(&self, name: &str) -> Result<Policy, Vec<Diagnostic>> {
        self.compile_reading(name, Reading::WithCases)
    }

    fn compile_reading(&self, name: &str, reading: Reading) -> Result<Policy, Vec<Diagnostic>> {
        let layers = self.layers(name, reading)?;
        let mut findings: Vec<Diagnostic> = Vec::new();
        for file in layers.iter().flat_map(|layer| &layer.files) {
            if let Some(file) = self.files.iter().find(|known| known.id == file.source) {
                findings.extend(file.read(reading).errors.iter().map(SyntaxError::diagnostic));
            }
        }
        let full_name = layers
            .iter()
            .rev()
            .find(|layer| layer.own)
            .map_or(name, |layer| &layer.policy)
            .to_owned();
        let (program, more) = lower(&full_name, &layers, &self.sources);
        findings.extend(more);
        findings.extend(constraints::check(&program, &self.sources));
        let findings = sorted(findings);
        if findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Err(findings);
        }
        Ok(Policy::new(program, self.sources.clone(), findings))
    }

    fn headers(&self) -> impl Iterator<Item = (&LibraryFile, &ast::Header)> {
        self.files.iter().filter_map(|file| Some((file, file.header.as_ref()?)))
    }

    /// The files of a policy or vocabulary.
    fn files_of(&self, name: &str) -> Vec<(&LibraryFile, &ast::Header)> {
        self.headers().filter(|(_, header)| header.name.text() == name).collect()
    }

    fn full_name(&self, name: &str) -> Option<String> {
        self.headers()
            .find(|(_, header)| {
                header.name.text() == name
                    || header.alias.as_ref().is_some_and(|alias| alias.text.trim() == name)
            })
            .map(|(_, header)| header.name.text())
    }

    fn unknown(&self, name: &str, span: Option<Span>) -> Diagnostic {
        let policies = self.policies();
        let names = policies.iter().flat_map(|policy| {
            std::iter::once(policy.name.as_str()).chain(policy.alias.as_deref())
        });
        let close = closest_name(name, names);
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
            None => Bilingual::new(
                format!("现有：{}", list.join("、")),
                format!("there are: {}", list.join(", ")),
            ),
        })
    }

    /// The layers of a policy: what it uses first, then its own from the highest down.
    fn layers(&self, name: &str, reading: Reading) -> Result<Vec<LayerText<'_>>, Vec<Diagnostic>> {
        let Some(full) = self.full_name(name) else { return Err(vec![self.unknown(name, None)]) };
        let own = self.chain(&full, None)?;
        let places: Vec<String> = own.iter().map(|name| place_of(name).to_owned()).collect();
        let mut vocabularies: Vec<String> = Vec::new();
        let mut used: Vec<String> = Vec::new();
        let mut open: Vec<String> = own.clone();
        while let Some(policy) = open.pop() {
            for (_, header) in self.files_of(&policy) {
                for reference in &header.uses {
                    let wanted = reference.text();
                    let Some(target) = self.full_name(&wanted) else {
                        return Err(vec![self.unknown(&wanted, Some(reference.span))]);
                    };
                    let is_vocabulary = self
                        .files_of(&target)
                        .iter()
                        .any(|(_, header)| header.kind == ast::HeaderKind::Vocabulary);
                    if is_vocabulary {
                        if !vocabularies.contains(&target) {
                            vocabularies.insert(0, target.clone());
                            open.push(target);
                        }
                        continue;
                    }
                    // The policy used is the one of the place that is being decided for.
                    let local = self.most_local(&target, &places);
                    for layer in self.chain(&local, Some(reference.span))? {
                        if !used.contains(&layer) && !own.contains(&layer) {
                            used.push(layer.clone());
                            open.push(layer);
                        }
                    }
                }
            }
            if vocabularies.len() + used.len() > MOST_LAYERS {
                break;
            }
        }
        let needed: Vec<&LibraryFile> = vocabularies
            .iter()
            .chain(&used)
            .chain(&own)
            .flat_map(|policy| self.files_of(policy))
            .map(|(file, _)| file)
            .collect();
        self.parse(&needed, reading);
        let layer = |policy: &String, own: bool, vocabulary: bool| LayerText {
            policy: policy.clone(),
            place: if vocabulary { policy.clone() } else { place_of(policy).to_owned() },
            benefit: benefit_of(policy).to_owned(),
            files: self.files_of(policy).iter().map(|(file, _)| &file.read(reading).file).collect(),
            own,
            vocabulary,
            skipped: self
                .files_of(policy)
                .iter()
                .flat_map(|(file, _)| &file.read(reading).skipped)
                .map(|name| name.text.clone())
                .collect(),
        };
        let mut layers: Vec<LayerText<'_>> = Vec::new();
        layers.extend(vocabularies.iter().map(|policy| layer(policy, false, true)));
        layers.extend(used.iter().map(|policy| layer(policy, false, false)));
        layers.extend(own.iter().map(|policy| layer(policy, true, false)));
        Ok(layers)
    }

    /// The policy of the most local of these places that is based on the one named.
    fn most_local(&self, target: &str, places: &[String]) -> String {
        let benefit = benefit_of(target);
        places
            .iter()
            .rev()
            .map(|place| format!("{place}.{benefit}"))
            .find(|name| {
                self.chain(name, None).is_ok_and(|chain| chain.iter().any(|layer| layer == target))
            })
            .unwrap_or_else(|| target.to_owned())
    }

    /// A policy and what it is based on, the highest first.
    fn chain(&self, name: &str, from: Option<Span>) -> Result<Vec<String>, Vec<Diagnostic>> {
        let mut chain = vec![name.to_owned()];
        let mut at = name.to_owned();
        let mut span = from;
        loop {
            let files = self.files_of(&at);
            if files.is_empty() {
                return Err(vec![self.unknown(&at, span)]);
            }
            let base = files.iter().find_map(|(_, header)| header.base.as_ref());
            let Some(base) = base else { break };
            let wanted = base.text();
            let Some(next) = self.full_name(&wanted) else {
                return Err(vec![self.unknown(&wanted, Some(base.span))]);
            };
            if chain.contains(&next) || chain.len() > MOST_LAYERS {
                chain.push(next);
                let shown = chain.join(" → ");
                return Err(vec![
                    Diagnostic::error(
                        "huize::layers::cycle",
                        Bilingual::new(
                            format!("政策互相“基于”，绕成了圈：{shown}"),
                            format!("policies extend each other in a circle: {shown}"),
                        ),
                    )
                    .at(base.span, Bilingual::new("圈在这里闭合", "the circle closes here"))
                    .help(Bilingual::new(
                        "下层基于上层（市 → 省 → 国家），上层不能基于下层",
                        "a lower layer extends a higher one, never the reverse",
                    )),
                ]);
            }
            span = Some(base.span);
            chain.push(next.clone());
            at = next;
        }
        chain.reverse();
        Ok(chain)
    }
}

impl LibraryFile {
    fn read(&self, reading: Reading) -> &Parsed {
        match reading {
            Reading::Law => self.law.get_or_init(|| parse(self.id, &without_cases(&self.code))),
            Reading::WithCases => self.parsed(),
        }
    }

    fn parsed(&self) -> &Parsed {
        self.parsed.get_or_init(|| parse(self.id, &self.code))
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
fn header_of(id: SourceId, code: &str) -> Option<ast::Header> {
    let pieces = pieces::cut(code);
    let first = pieces.pieces.first()?;
    let end = first.range.end;
    parse(id, code.get(..end)?).file.header
}

/// 中山 of 中山.最低生活保障.
fn place_of(policy: &str) -> &str {
    policy.split_once('.').map_or(policy, |(place, _)| place)
}

/// 最低生活保障 of 中山.最低生活保障.
fn benefit_of(policy: &str) -> &str {
    policy.split_once('.').map_or(policy, |(_, benefit)| benefit)
}

/// In source order, each once.
fn sorted(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings
        .sort_by(|a, b| (a.span(), a.code, &a.message.zh).cmp(&(b.span(), b.code, &b.message.zh)));
    findings.dedup();
    findings
}
