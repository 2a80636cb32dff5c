//! Places: which stands above which, and the policies that hold in one.
//!
//! Nobody declares a place. It is the first part of a policy's name; what stands above it is known
//! from what its policies are based on (基于) and from their codes of administrative divisions
//! (区划). So 中山 has 广东's policy of a benefit for which it has none of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::layers::{benefit_of, place_of};
use super::{Library, Reading, existing, on_all_cores};
use crate::diagnostic::{Bilingual, CompileError, Diagnostic, closest_name, shortened};
use crate::engine::constraints;
use crate::engine::policy::Policy;
use crate::hir::lower::{LayerText, lower_law};
use crate::syntax::ast;
use crate::value::PlaceCode;

/// The place that every code lies in.
const COUNTRY: &str = "国家";

/// A place for which there are policies.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlaceSummary {
    /// 中山
    pub name: String,
    /// `zhongshan`, from the aliases of its policies.
    pub alias: Option<String>,
    /// Its code, where one of its policies says it.
    pub code: Option<PlaceCode>,
    /// The places above it, the nearest first: 广东, 国家.
    pub above: Vec<String>,
    /// The policy of each benefit that holds there: its own, or that of the nearest place above.
    pub policies: Vec<String>,
}

/// What the headers say of one place.
#[derive(Debug, Default)]
struct Found {
    alias: Option<String>,
    code: Option<PlaceCode>,
    /// Whether its policies are made up: an overlay stands nearer than what it lies over.
    sample: bool,
    /// The places its policies are based on.
    bases: BTreeSet<String>,
}

impl Library {
    /// All places, the highest first and made up ones last, each with the policies that hold there.
    #[must_use]
    pub fn places(&self) -> Vec<PlaceSummary> {
        let (found, benefits) = (self.found_places(), self.benefits());
        let mut names: Vec<String> = Vec::new();
        for policy in self.policies() {
            let place = place_of(&policy.name).to_owned();
            if !names.contains(&place) {
                names.push(place);
            }
        }
        let rank = |name: &String| {
            let is_sample = found.get(name).is_some_and(|place| place.sample);
            (is_sample, reaches(&found, name).len())
        };
        names.sort_by_key(rank);
        names
            .into_iter()
            .filter_map(|name| {
                let place = found.get(&name)?;
                Some(PlaceSummary {
                    alias: place.alias.clone(),
                    code: place.code,
                    above: above(&found, &name),
                    policies: self.policies_of(&found, &benefits, &name).unwrap_or_default(),
                    name,
                })
            })
            .collect()
    }

    /// The place of that name, alias or code; of a code that no policy names, the nearest place it
    /// lies in.
    #[must_use]
    pub fn place(&self, wanted: &str) -> Option<PlaceSummary> {
        let name = self.place_named(&self.found_places(), wanted)?;
        self.places().into_iter().find(|place| place.name == name)
    }

    /// Compiles all benefits of a place into one policy, so that one question decides them all and
    /// the relations between them hold: of each benefit the policy of the place itself, or of the
    /// nearest place above that has one. The place is given by its name, by the ASCII twin of its
    /// name, or by a code of administrative divisions; a code that no policy names is that of the
    /// nearest place it lies in.
    ///
    /// # Errors
    ///
    /// The findings that keep it from running: the place is unknown, or a policy has errors.
    pub fn compile_place(&self, place: &str) -> Result<Policy, CompileError> {
        let found = self.found_places();
        let Some(name) = self.place_named(&found, place) else {
            return Err(self.failed(vec![unknown(&found, place)]));
        };
        let layers = self
            .place_layers(&found, &self.benefits(), &name, Reading::Law)
            .map_err(|findings| self.failed(findings))?;
        let findings = self.syntax_findings(&layers, Reading::Law);
        let (mut program, more) = lower_law(&name, &layers, &self.sources);
        program.place = Some(name);
        self.checked(program, findings.into_iter().chain(more).collect())
            .map_err(|findings| self.failed(findings))
    }

    /// What is wrong with places as such: policies that get on alone but not together.
    pub(super) fn check_places(&self) -> Vec<Diagnostic> {
        let (found, benefits) = (self.found_places(), self.benefits());
        let names: Vec<&String> = found.keys().collect();
        let findings = on_all_cores(&names, |name| {
            match self.place_layers(&found, &benefits, name, Reading::WithCases) {
                Ok(layers) => {
                    let (program, mut found) = lower_law(name, &layers, &self.sources);
                    found.extend(constraints::check(&program, &self.sources));
                    found
                }
                Err(problems) => problems,
            }
        });
        findings.into_iter().flatten().collect()
    }

    fn place_layers(
        &self,
        found: &BTreeMap<String, Found>,
        benefits: &[String],
        name: &str,
        reading: Reading,
    ) -> Result<Vec<LayerText<'_>>, Vec<Diagnostic>> {
        let policies = self.policies_of(found, benefits, name)?;
        let mut own: Vec<String> = Vec::new();
        for policy in &policies {
            for layer in self.chain(policy, None)? {
                if !own.contains(&layer) {
                    own.push(layer);
                }
            }
        }
        self.gather(&own, reading, |target| {
            let benefit = benefit_of(target);
            let local = policies.iter().find(|policy| benefit_of(policy) == benefit);
            local.map_or_else(|| target.to_owned(), Clone::clone)
        })
    }

    /// The policy of each benefit that holds in a place; a benefit stands after those it uses.
    fn policies_of(
        &self,
        found: &BTreeMap<String, Found>,
        benefits: &[String],
        name: &str,
    ) -> Result<Vec<String>, Vec<Diagnostic>> {
        let above = above(found, name);
        let mut chosen: Vec<String> = Vec::new();
        let mut findings = Vec::new();
        for benefit in benefits {
            let at = |place: &String| {
                let policy = format!("{place}.{benefit}");
                (!self.files_of(&policy).is_empty()).then_some(policy)
            };
            if let Some(own) = at(&name.to_owned()) {
                chosen.push(own);
                continue;
            }
            let mut candidates = above.iter().filter(|place| at(place).is_some());
            let Some(nearest) = candidates.next() else { continue };
            // A place above that does not stand above the nearest has as good a claim.
            let is_overlay = |place: &String| found.get(place).is_some_and(|place| place.sample);
            let rival = candidates.find(|other| {
                let is_above = reaches(found, nearest).contains(*other);
                !is_above && is_overlay(nearest) == is_overlay(other)
            });
            match rival {
                Some(rival) => findings.push(self.ambiguous(name, benefit, nearest, rival)),
                None => chosen.extend(at(nearest)),
            }
        }
        if findings.is_empty() { Ok(self.used_first(chosen)) } else { Err(findings) }
    }

    /// The benefits of all policies, in the order of their files.
    fn benefits(&self) -> Vec<String> {
        let mut benefits: Vec<String> = Vec::new();
        for policy in self.policies() {
            let benefit = benefit_of(&policy.name).to_owned();
            if policy.name.contains('.') && !benefits.contains(&benefit) {
                benefits.push(benefit);
            }
        }
        benefits
    }

    /// Policies in such an order that what a policy uses stands before it, else as they were.
    fn used_first(&self, policies: Vec<String>) -> Vec<String> {
        let needs = |policy: &String| -> Vec<String> {
            let chain = self.chain(policy, None).unwrap_or_default();
            chain.iter().flat_map(|layer| self.benefits_used(layer)).collect()
        };
        let mut waiting: Vec<(String, Vec<String>)> =
            policies.into_iter().map(|policy| (policy.clone(), needs(&policy))).collect();
        let mut ordered: Vec<String> = Vec::new();
        while !waiting.is_empty() {
            let is_waiting = |benefit: &String, but: &str| {
                benefit != but && waiting.iter().any(|(other, _)| benefit_of(other) == benefit)
            };
            let ready = waiting.iter().position(|(policy, needs)| {
                !needs.iter().any(|benefit| is_waiting(benefit, benefit_of(policy)))
            });
            // Benefits that use each other keep the order of their files.
            ordered.push(waiting.remove(ready.unwrap_or(0)).0);
        }
        ordered
    }

    fn found_places(&self) -> BTreeMap<String, Found> {
        let mut places: BTreeMap<String, Found> = BTreeMap::new();
        let policies = self.headers().filter(|(_, h)| h.kind == ast::HeaderKind::Policy);
        for (_, header) in policies {
            let name = header.name.text();
            let place = places.entry(place_of(&name).to_owned()).or_default();
            place.sample |= header.sample.is_some();
            if let Some(alias) = &header.alias {
                let alias = alias.text.trim();
                let (first, _) = alias.split_once('.').unwrap_or((alias, ""));
                place.alias.get_or_insert_with(|| first.to_owned());
            }
            if let Some(code) = header.place.as_ref().and_then(|code| code.text.trim().parse().ok())
            {
                place.code.get_or_insert(code);
            }
            if let Some(base) = header.base.as_ref().and_then(|base| self.full_name(&base.text())) {
                let base = place_of(&base).to_owned();
                if base != place_of(&name) {
                    place.bases.insert(base);
                }
            }
        }
        add_bases_of_codes(&mut places);
        places
    }

    fn place_named(&self, found: &BTreeMap<String, Found>, wanted: &str) -> Option<String> {
        let wanted = wanted.trim();
        if found.contains_key(wanted) {
            return Some(wanted.to_owned());
        }
        let by_alias = found.iter().find(|(_, place)| place.alias.as_deref() == Some(wanted));
        if let Some((name, _)) = by_alias {
            return Some(name.clone());
        }
        let code: PlaceCode = wanted.parse().ok()?;
        nearest_by_code(found, code).or_else(|| found.contains_key(COUNTRY).then(|| COUNTRY.into()))
    }

    fn ambiguous(&self, name: &str, benefit: &str, one: &str, other: &str) -> Diagnostic {
        let span = self.headers().find_map(|(_, header)| {
            (place_of(&header.name.text()) == name).then_some(header.name.span)
        });
        let finding = Diagnostic::error(
            "huize::layers::ambiguous_place",
            Bilingual::new(
                format!("“{name}”的“{benefit}”该用“{one}”的还是“{other}”的，说不清"),
                format!(
                    "it is not clear whether `{name}` has `{benefit}` from `{one}` or `{other}`"
                ),
            ),
        )
        .help(Bilingual::new(
            format!("写一个“{name}.{benefit}”，基于其中一个"),
            format!("write a policy `{name}.{benefit}` that extends one of them"),
        ));
        match span {
            Some(span) => finding
                .at(span, Bilingual::new("这个地方在两处之下", "this place stands under both")),
            None => finding,
        }
    }
}

/// A code lies in another: 442000 in 440000, both in the country.
fn add_bases_of_codes(places: &mut BTreeMap<String, Found>) {
    let coded: Vec<(String, PlaceCode)> =
        places.iter().filter_map(|(name, place)| Some((name.clone(), place.code?))).collect();
    let country = places.contains_key(COUNTRY);
    for (name, code) in &coded {
        let Some(place) = places.get_mut(name) else { continue };
        let others = coded.iter().filter(|(other, _)| other != name);
        place.bases.extend(
            others.filter(|(_, other)| other != code && other.contains(*code)).map(|o| o.0.clone()),
        );
        if country && name != COUNTRY {
            place.bases.insert(COUNTRY.to_owned());
        }
    }
}

fn nearest_by_code(found: &BTreeMap<String, Found>, code: PlaceCode) -> Option<String> {
    found
        .iter()
        .filter_map(|(name, place)| Some((name, place.code?)))
        .filter(|(_, known)| known.contains(code))
        .max_by_key(|(_, known)| known.level())
        .map(|(name, _)| name.clone())
}

/// Every place above one, in no order.
fn reaches(found: &BTreeMap<String, Found>, name: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut open = vec![name.to_owned()];
    while let Some(next) = open.pop() {
        for base in found.get(&next).into_iter().flat_map(|place| &place.bases) {
            if base != name && seen.insert(base.clone()) {
                open.push(base.clone());
            }
        }
    }
    seen
}

/// Every place above one, the nearest first: it has the most above itself.
fn above(found: &BTreeMap<String, Found>, name: &str) -> Vec<String> {
    let mut above: Vec<String> = reaches(found, name).into_iter().collect();
    above.sort_by_key(|place| {
        let is_real = found.get(place).is_some_and(|place| !place.sample);
        (is_real, std::cmp::Reverse(reaches(found, place).len()))
    });
    above
}

fn unknown(found: &BTreeMap<String, Found>, wanted: &str) -> Diagnostic {
    let names = found
        .iter()
        .flat_map(|(name, place)| std::iter::once(name.as_str()).chain(place.alias.as_deref()));
    let close = closest_name(wanted, names);
    let list: Vec<&str> = found.keys().map(String::as_str).collect();
    let wanted = shortened(wanted);
    Diagnostic::error(
        "huize::engine::unknown_place",
        Bilingual::new(
            format!("没有“{wanted}”这个地方的政策"),
            format!("there are no policies for the place `{wanted}`"),
        ),
    )
    .help(match close {
        Some(close) => {
            Bilingual::new(format!("是否指“{close}”？"), format!("did you mean `{close}`?"))
        }
        None => existing(&list),
    })
}
