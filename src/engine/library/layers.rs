//! Which files are compiled together: a policy or several, with the vocabularies and policies that
//! they use.

use super::{Library, LibraryFile, Reading};
use crate::diagnostic::{Bilingual, Diagnostic};
use crate::hir::lower::LayerText;
use crate::source::Span;
use crate::syntax::ast;

/// The most layers or used policies that one policy may stand on.
const MOST_LAYERS: usize = 64;

impl Library {
    /// The layers of a policy: what it uses first, then its own from the highest down.
    pub(super) fn layers(
        &self,
        name: &str,
        reading: Reading,
    ) -> Result<Vec<LayerText<'_>>, Vec<Diagnostic>> {
        let Some(full) = self.full_name(name) else { return Err(vec![self.unknown(name, None)]) };
        let own = self.chain(&full, None)?;
        let places: Vec<String> = own.iter().map(|name| place_of(name).to_owned()).collect();
        // The policy used is the one of the place that is being decided for.
        self.gather(&own, reading, |target| self.most_local(target, &places))
    }

    /// These policies, each with its own layers above it, and all that they use. `local` names the
    /// policy that stands for one that is used.
    pub(super) fn gather(
        &self,
        own: &[String],
        reading: Reading,
        local: impl Fn(&str) -> String,
    ) -> Result<Vec<LayerText<'_>>, Vec<Diagnostic>> {
        let mut vocabularies: Vec<String> = Vec::new();
        let mut used: Vec<String> = Vec::new();
        let mut open: Vec<String> = own.to_vec();
        while let Some(policy) = open.pop() {
            for reference in self.files_of(&policy).iter().flat_map(|(_, header)| &header.uses) {
                let wanted = reference.text();
                let Some(target) = self.full_name(&wanted) else {
                    return Err(vec![self.unknown(&wanted, Some(reference.span))]);
                };
                if self.is_vocabulary(&target) {
                    if !vocabularies.contains(&target) {
                        vocabularies.insert(0, target.clone());
                        open.push(target);
                    }
                    continue;
                }
                for layer in self.chain(&local(&target), Some(reference.span))? {
                    if !used.contains(&layer) && !own.contains(&layer) {
                        used.push(layer.clone());
                        open.push(layer);
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
            .chain(own)
            .flat_map(|policy| self.files_of(policy))
            .map(|(file, _)| file)
            .collect();
        self.parse(&needed, reading);
        let mut layers: Vec<LayerText<'_>> = Vec::new();
        layers.extend(vocabularies.iter().map(|policy| LayerText {
            place: policy.clone(),
            vocabulary: true,
            ..self.layer(policy, reading)
        }));
        layers.extend(used.iter().map(|policy| self.layer(policy, reading)));
        layers.extend(
            own.iter().map(|policy| LayerText { own: true, ..self.layer(policy, reading) }),
        );
        Ok(layers)
    }

    /// One layer, as if it were used by another policy.
    fn layer(&self, policy: &str, reading: Reading) -> LayerText<'_> {
        let files = self.files_of(policy);
        LayerText {
            policy: policy.to_owned(),
            place: place_of(policy).to_owned(),
            benefit: benefit_of(policy).to_owned(),
            uses: self.benefits_used(policy),
            own: false,
            vocabulary: false,
            skipped: files
                .iter()
                .flat_map(|(file, _)| &file.read(reading).skipped)
                .map(|name| name.text.clone())
                .collect(),
            files: files.iter().map(|(file, _)| &file.read(reading).file).collect(),
        }
    }

    /// The benefits that the headers of a policy use.
    pub(super) fn benefits_used(&self, policy: &str) -> Vec<String> {
        let mut benefits: Vec<String> = Vec::new();
        for reference in self.files_of(policy).iter().flat_map(|(_, header)| &header.uses) {
            let Some(target) = self.full_name(&reference.text()) else { continue };
            let benefit = benefit_of(&target).to_owned();
            if !self.is_vocabulary(&target) && !benefits.contains(&benefit) {
                benefits.push(benefit);
            }
        }
        benefits
    }

    fn is_vocabulary(&self, name: &str) -> bool {
        let is_one = |header: &ast::Header| header.kind == ast::HeaderKind::Vocabulary;
        self.files_of(name).iter().any(|(_, header)| is_one(header))
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
    pub(super) fn chain(
        &self,
        name: &str,
        from: Option<Span>,
    ) -> Result<Vec<String>, Vec<Diagnostic>> {
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

/// 中山 of 中山.最低生活保障.
pub(super) fn place_of(policy: &str) -> &str {
    policy.split_once('.').map_or(policy, |(place, _)| place)
}

/// 最低生活保障 of 中山.最低生活保障.
pub(super) fn benefit_of(policy: &str) -> &str {
    policy.split_once('.').map_or(policy, |(_, benefit)| benefit)
}
