//! Layers: how far down each stands, what the higher ones let it do, and what it did.

use super::{LayerText, Lowerer, citation_texts};
use crate::diagnostic::Bilingual;
use crate::hir::program::LayerId;
use crate::hir::{Change, ChangeKind, Thing, Validity, error};
use crate::source::Span;
use crate::syntax::ast;
use crate::types::ObjectId;
use crate::value::{PlaceCode, PlaceLevel};

/// What a higher layer can let a lower one do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// 另定
    Set,
    /// 增加例外
    AddExceptions,
    /// 增加条件
    AddConditions,
    /// 增加给付
    AddPayments,
}

impl Act {
    const ALL: [Self; 4] = [Self::Set, Self::AddExceptions, Self::AddConditions, Self::AddPayments];

    const fn words(self) -> [&'static str; 2] {
        match self {
            Self::Set => ["另定", "set"],
            Self::AddExceptions => ["增加例外", "add_exceptions"],
            Self::AddConditions => ["增加条件", "add_conditions"],
            Self::AddPayments => ["增加给付", "add_payments"],
        }
    }

    pub(super) fn said(self) -> Bilingual {
        match self {
            Self::Set => Bilingual::new("另定", "set it anew"),
            Self::AddExceptions => Bilingual::new("增加例外", "add exceptions"),
            Self::AddConditions => Bilingual::new("增加条件", "add conditions"),
            Self::AddPayments => Bilingual::new("增加给付", "add payments"),
        }
    }
}

/// The head of a thing in a higher layer: what it lets lower layers do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Upper<'a> {
    pub(super) span: Span,
    pub(super) authorizations: &'a [ast::Authorization],
    pub(super) delegated: Option<&'a ast::Delegation>,
}

impl<'a> Upper<'a> {
    /// Of the head of a rule or decision.
    pub(super) fn of(span: Span, head: &'a ast::HeadModifiers) -> Self {
        let (authorizations, delegated) = (head.authorizations.as_slice(), head.delegated.as_ref());
        Self { span, authorizations, delegated }
    }
}

/// How far down a layer may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// By its code of administrative divisions, or by its place in the chain.
    level: PlaceLevel,
    /// Whether it is just there; else there or further down.
    exact: bool,
    /// Whether it is a city without counties, which does what counties do.
    without_counties: bool,
}

impl Lowerer<'_> {
    /// Says of each layer how far down it stands, and whether the codes of a chain fit together.
    pub(super) fn find_standings(&mut self, layers: &[LayerText<'_>]) {
        self.standings = vec![None; layers.len()];
        for module in self.modules.clone() {
            if module.vocabulary {
                continue;
            }
            let mut above: Option<(PlaceCode, Span)> = None;
            for (depth, layer) in module.layers.iter().enumerate() {
                let at = usize::from(layer.0);
                let Some(text) = layers.get(at) else { continue };
                let written =
                    text.files.iter().find_map(|file| file.header.as_ref()?.place.as_ref());
                let code = written.and_then(|written| self.place_code_of(written));
                if let (Some(code), Some(written)) = (code, written) {
                    if let Some((upper, span)) = above
                        && (upper == code || !upper.contains(code))
                    {
                        self.report(error::place_outside(written.span, code, upper, span));
                    }
                    above = Some((code, written.span));
                }
                let standing = match code {
                    Some(code) => Standing {
                        level: code.level(),
                        exact: true,
                        without_counties: code.is_without_counties(),
                    },
                    None if text.place == "国家" => Standing {
                        level: PlaceLevel::National,
                        exact: true,
                        without_counties: false,
                    },
                    None => {
                        Standing { level: level_at(depth), exact: false, without_counties: false }
                    }
                };
                if let Some(place) = self.standings.get_mut(at) {
                    *place = Some(standing);
                }
                if let Some(layer) = self.program.layers.get_mut(at) {
                    layer.code = code;
                    layer.level = standing.exact.then_some(standing.level);
                }
            }
        }
    }

    fn place_code_of(&mut self, written: &ast::Text) -> Option<PlaceCode> {
        let code: Option<PlaceCode> = written.text.trim().parse().ok();
        match code {
            Some(code) if code.is_in_a_province() => Some(code),
            _ => {
                self.report(error::unknown_place_code(written.span, written.text.trim()));
                None
            }
        }
    }

    /// Every 授权 names a level and an act that there are, every 由…规定 a level.
    pub(super) fn check_authority(&mut self, declaration: &ast::Declaration) {
        let head =
            |head: &ast::HeadModifiers| (head.authorizations.clone(), head.delegated.clone());
        let heads = match declaration {
            ast::Declaration::Parameter(node) => {
                vec![(node.authorizations.clone(), node.delegated.clone())]
            }
            ast::Declaration::Table(node) => {
                vec![(node.authorizations.clone(), node.delegated.clone())]
            }
            ast::Declaration::Rule(node) => vec![head(&node.tail.modifiers)],
            ast::Declaration::SupplementRule(node) => vec![head(&node.tail.modifiers)],
            ast::Declaration::Decision(node) => heads_of(&node.tail),
            ast::Declaration::SupplementDecision(node) => heads_of(&node.tail),
            _ => return,
        };
        for (authorizations, delegated) in heads {
            for authorization in &authorizations {
                self.check_level(&authorization.level);
                for act in &authorization.acts {
                    let known = Act::ALL.iter().any(|known| known.words().contains(&&*act.text));
                    if !known {
                        self.report(error::unknown_act(act.span, &act.text));
                    }
                }
            }
            if let Some(delegated) = &delegated {
                self.check_level(&delegated.level);
            }
        }
    }

    fn check_level(&mut self, word: &ast::Reference) {
        if level_word(&word.text).is_none() {
            self.report(error::unknown_level(word.span, &word.text));
        }
    }

    /// Whether a layer may do something to a thing of a higher one; reports where it may not.
    pub(super) fn permit(
        &mut self,
        layer: LayerId,
        act: Act,
        (span, name): (Span, &str),
        upper: Upper<'_>,
    ) -> bool {
        let mut nearest: Option<(&ast::Reference, bool, Span)> = None;
        let delegated = upper.delegated.filter(|_| act == Act::Set);
        let delegated = delegated.map(|found| (&found.level, found.and_up, found.span));
        let authorized = upper
            .authorizations
            .iter()
            .filter(|found| found.acts.iter().any(|word| act.words().contains(&&*word.text)))
            .map(|found| (&found.level, found.and_up, found.span));
        for (level, and_up, place) in delegated.into_iter().chain(authorized) {
            if self.may(layer, &level.text, and_up) {
                return true;
            }
            nearest.get_or_insert((level, and_up, place));
        }
        match nearest {
            Some((level, and_up, place)) => {
                let own = self.level_words(layer);
                let wanted =
                    if and_up { format!("{}以上", level.text) } else { level.text.clone() };
                self.report(error::wrong_level(span, name, (&wanted, place), &own));
            }
            None => self.report(error::not_authorized(span, name, &act.said(), upper.span)),
        }
        false
    }

    /// The same, reporting nothing.
    pub(super) fn allows(&self, layer: LayerId, act: Act, upper: Upper<'_>) -> bool {
        let delegated = upper.delegated.filter(|_| act == Act::Set);
        let delegated = delegated.map(|found| (&found.level, found.and_up));
        let authorized = upper
            .authorizations
            .iter()
            .filter(|found| found.acts.iter().any(|word| act.words().contains(&&*word.text)))
            .map(|found| (&found.level, found.and_up));
        let mut levels = delegated.into_iter().chain(authorized);
        levels.any(|(level, and_up)| self.may(layer, &level.text, and_up))
    }

    /// Whether a layer may stand at a level: 省级, or 市级以上.
    fn may(&self, layer: LayerId, level: &str, and_up: bool) -> bool {
        let standing = self.standings.get(usize::from(layer.0)).copied().flatten();
        let (Some(standing), Some(lowest)) = (standing, level_word(level)) else { return true };
        let Level::At(lowest) = lowest else {
            return !standing.exact || standing.level > PlaceLevel::National;
        };
        let fits = |level: PlaceLevel| {
            level > PlaceLevel::National && (level == lowest || and_up && level < lowest)
        };
        let levels = [PlaceLevel::Province, PlaceLevel::Prefecture, PlaceLevel::County];
        let serves_as_county = standing.without_counties && fits(PlaceLevel::County);
        serves_as_county
            || levels.into_iter().any(|level| {
                let stands = level == standing.level || !standing.exact && level > standing.level;
                stands && fits(level)
            })
    }

    fn level_words(&self, layer: LayerId) -> Bilingual {
        let standing = self.standings.get(usize::from(layer.0)).copied().flatten();
        let level = standing.map_or(PlaceLevel::County, |standing| standing.level);
        match level {
            PlaceLevel::National => Bilingual::new("国家", "the country"),
            PlaceLevel::Province => Bilingual::new("省级", "a province"),
            PlaceLevel::Prefecture => Bilingual::new("市级", "a city"),
            PlaceLevel::County => Bilingual::new("县级", "a county"),
        }
    }
}

/// A change, with nothing said of it yet but what it is about.
pub(super) fn change(
    layer: LayerId,
    kind: ChangeKind,
    thing: Thing,
    name: &str,
    subject: Option<ObjectId>,
    span: Span,
) -> Change {
    Change {
        layer,
        kind,
        thing,
        name: name.to_owned(),
        subject,
        upper: None,
        label: String::new(),
        validity: Validity::default(),
        texts: Vec::new(),
        citations: Vec::new(),
        span,
    }
}

/// The same with where it comes from.
pub(super) fn cited(change: Change, citations: &[ast::Citation]) -> Change {
    Change { citations: citation_texts(citations), ..change }
}

type Head = (Vec<ast::Authorization>, Option<ast::Delegation>);

fn heads_of(tail: &ast::DecisionTail) -> Vec<Head> {
    let payments = tail.payments.iter().map(|payment| &payment.modifiers);
    std::iter::once(&tail.modifiers)
        .chain(payments)
        .map(|head| (head.authorizations.clone(), head.delegated.clone()))
        .collect()
}

/// A level as 授权 names it.
enum Level {
    /// 地方: any below the country.
    Anywhere,
    /// That one.
    At(PlaceLevel),
}

fn level_word(word: &str) -> Option<Level> {
    Some(match word {
        "地方" | "local" => Level::Anywhere,
        "省级" | "province" => Level::At(PlaceLevel::Province),
        "市级" | "地级" | "city" | "prefecture" => Level::At(PlaceLevel::Prefecture),
        "县级" | "county" => Level::At(PlaceLevel::County),
        _ => return None,
    })
}

/// The highest level that a layer without a code can have: so many layers stand above it.
fn level_at(depth: usize) -> PlaceLevel {
    match depth {
        0 => PlaceLevel::National,
        1 => PlaceLevel::Province,
        2 => PlaceLevel::Prefecture,
        _ => PlaceLevel::County,
    }
}
