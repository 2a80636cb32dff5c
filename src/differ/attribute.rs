//! From mixed situations to parts: which causes are told apart, and what each makes up.

use std::collections::{BTreeMap, BTreeSet};

use super::atom::Atom;
use super::compare::MOST_CAUSES;
use super::game;
use super::mix::{Mixer, Outcome};
use super::side::Side;
use super::view::CauseView;
use crate::hir::ParameterId;
use crate::value::Rational;

/// The most values that the mixed situations of one decision may take together.
const MOST_WORK: usize = 50_000_000;

/// The causes of one decision that are told apart, with how it comes out for every set of them.
pub(super) struct Table {
    /// The atoms of each player.
    pub(super) players: Vec<Vec<usize>>,
    /// By coalition: the bits of the index say which players are as after the change.
    pub(super) outcomes: Vec<Outcome>,
    /// Whether there were more causes than are told apart.
    pub(super) is_folded: bool,
}

/// What each of some causes makes up of a change.
#[derive(Debug)]
pub(super) struct Parts {
    /// The atoms, and the part; in the order of ties.
    pub(super) parts: Vec<(Vec<usize>, Rational)>,
    /// What the last rounding adds.
    pub(super) rounding: Rational,
    /// Whether causes had to be put together because they cannot be told apart.
    pub(super) is_merged: bool,
}

impl Table {
    /// Where `stop` says so nothing more is decided, and what comes out means nothing.
    pub(super) fn of(mixer: &Mixer<'_>, causes: &[CauseView], stop: &dyn Fn() -> bool) -> Self {
        let (known, read) = (BTreeMap::new(), BTreeSet::new());
        let mut evaluated = Evaluated { mixer, causes, stop, known, read };
        let free: Vec<usize> = (0..mixer.atoms.len()).filter(|at| !mixer.is_tied(*at)).collect();
        if free.is_empty() {
            return Self { players: Vec::new(), outcomes: Vec::new(), is_folded: false };
        }
        if !mixer.is_in_both() {
            // What only one of the texts decides comes and goes with the text, whatever else differs.
            let ends = [evaluated.outcome(Vec::new()), evaluated.outcome(free.clone())];
            let text = free.iter().copied().filter(|at| mixer.atoms.get(*at) == Some(&Atom::Text));
            return Self { players: vec![text.collect()], outcomes: ends.into(), is_folded: false };
        }
        evaluated.outcome(Vec::new());
        evaluated.outcome(free.clone());
        loop {
            let candidates: Vec<usize> =
                free.iter().copied().filter(|at| evaluated.may_matter(*at)).collect();
            let players = evaluated.players(&candidates);
            let is_folded = players.len() < candidates.len();
            let outcomes: Vec<Outcome> = (0..1_usize << players.len())
                .map(|coalition| evaluated.outcome(union(&players, coalition)))
                .collect();
            // A key that only some mixed situation reads brings a cause of its own.
            let settled =
                free.iter().all(|at| candidates.contains(at) || !evaluated.may_matter(*at));
            if settled {
                return Self { players, outcomes, is_folded };
            }
        }
    }

    /// What the players make up of the change of a payment from one final amount to another.
    pub(super) fn parts(&self, mixer: &Mixer<'_>, payment: usize, change: Rational) -> Parts {
        let worth: Vec<Option<Rational>> = self
            .outcomes
            .iter()
            .map(|outcome| outcome.amounts.get(payment).copied().flatten())
            .collect();
        let active: Vec<usize> =
            (0..self.players.len()).filter(|at| !game::is_dummy(*at, &worth)).collect();
        for level in Level::ALL {
            let groups = self.groups(mixer, &active, level);
            if groups.is_empty() {
                break;
            }
            let masks: Vec<usize> =
                groups.iter().map(|group| group.iter().fold(0, |all, at| all | 1 << at)).collect();
            let table = game::merged(&masks, &worth);
            let Some(table) = table.into_iter().collect::<Option<Vec<Rational>>>() else {
                continue;
            };
            let Some(parts) = shared(&table, change) else { continue };
            let atoms = groups.iter().map(|group| self.atoms_of(group));
            return Parts {
                parts: atoms.zip(parts.0).collect(),
                rounding: parts.1,
                is_merged: groups.len() < active.len(),
            };
        }
        // Not even the two ends can be had before rounding: all of it is one part.
        let all = self.atoms_of(&active);
        let parts = if all.is_empty() { Vec::new() } else { vec![(all, change)] };
        Parts { parts, rounding: Rational::ZERO, is_merged: active.len() > 1 }
    }

    /// The smallest sets of atoms that by themselves turn the outcome into what it is after.
    pub(super) fn decisive(&self) -> Vec<Vec<usize>> {
        let entitled: Vec<Option<bool>> =
            self.outcomes.iter().map(|outcome| outcome.entitled).collect();
        let (Some(Some(before)), Some(after)) = (entitled.first(), entitled.last()) else {
            return Vec::new();
        };
        if *after != Some(!before) {
            return Vec::new();
        }
        let found = game::minimal(&entitled, after).into_iter();
        found.map(|coalition| union(&self.players, coalition)).collect()
    }

    /// The atoms that have a say in some outcome or amount of some payment.
    pub(super) fn active(&self) -> Vec<usize> {
        let active = (0..self.players.len()).filter(|at| !game::is_dummy(*at, &self.outcomes));
        self.atoms_of(&active.collect::<Vec<_>>())
    }

    fn atoms_of(&self, players: &[usize]) -> Vec<usize> {
        let mut atoms: Vec<usize> =
            players.iter().filter_map(|at| self.players.get(*at)).flatten().copied().collect();
        atoms.sort_unstable();
        atoms
    }

    /// The players put together as a level says.
    fn groups(&self, mixer: &Mixer<'_>, active: &[usize], level: Level) -> Vec<Vec<usize>> {
        let mut groups: Vec<(Option<Class>, Vec<usize>)> = Vec::new();
        for player in active {
            let atoms = self.players.get(*player).map_or(&[][..], Vec::as_slice);
            let class = level.class(mixer, atoms);
            let known = groups.iter_mut().find(|(known, _)| class.is_some() && *known == class);
            match known {
                Some((_, group)) => group.push(*player),
                None => groups.push((class, vec![*player])),
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }
}

/// The Shapley values, and what is left to the rounding.
fn shared(table: &[Rational], change: Rational) -> Option<(Vec<Rational>, Rational)> {
    let count = usize::try_from(table.len().checked_ilog2()?).ok()?;
    let parts = game::shapley(count, table).ok()?;
    let exact = table.last()?.checked_sub(*table.first()?).ok()?;
    Some((parts, change.checked_sub(exact).ok()?))
}

/// The atoms of a coalition of players.
fn union(players: &[Vec<usize>], coalition: usize) -> Vec<usize> {
    let mut atoms: Vec<usize> = players
        .iter()
        .enumerate()
        .filter(|(at, _)| coalition & (1 << at) != 0)
        .flat_map(|(_, atoms)| atoms.iter().copied())
        .collect();
    atoms.sort_unstable();
    atoms
}

/// Outcomes of mixed situations, each made once.
struct Evaluated<'a> {
    mixer: &'a Mixer<'a>,
    /// What the atoms are called: ties go by name, whichever side comes first.
    causes: &'a [CauseView],
    stop: &'a dyn Fn() -> bool,
    known: BTreeMap<Vec<usize>, Outcome>,
    read: BTreeSet<(Side, ParameterId, usize)>,
}

impl Evaluated<'_> {
    fn outcome(&mut self, changed: Vec<usize>) -> Outcome {
        if let Some(known) = self.known.get(&changed) {
            return known.clone();
        }
        if (self.stop)() {
            return Outcome { entitled: None, amounts: Vec::new() };
        }
        let outcome = self.mixer.outcome(&changed, &mut self.read);
        self.known.insert(changed, outcome.clone());
        outcome
    }

    /// Whether anything that was evaluated can have looked at an atom: rows that no key led to
    /// have not been.
    fn may_matter(&self, at: usize) -> bool {
        match self.mixer.atoms.get(at) {
            Some(Atom::Row { parameter, place }) => Side::BOTH
                .into_iter()
                .any(|side| self.read.contains(&(side, side.of(parameter), side.of(place)))),
            _ => true,
        }
    }

    /// The atoms by themselves, or those that do least put together.
    fn players(&mut self, candidates: &[usize]) -> Vec<Vec<usize>> {
        let work = self.mixer.work().max(1);
        let affordable = (MOST_WORK / work).checked_ilog2().unwrap_or(0) as usize;
        let most = MOST_CAUSES.min(affordable).max(2);
        if candidates.len() <= most {
            return candidates.iter().map(|at| vec![*at]).collect();
        }
        let ranked = self.by_effect(candidates);
        for class in [class_of, coarse_class_of] {
            for alone in (0..=most).rev() {
                let (first, rest) = ranked.split_at(alone.min(ranked.len()));
                let mut groups: BTreeMap<Class, Vec<usize>> = BTreeMap::new();
                for at in rest {
                    if let Some(atom) = self.mixer.atoms.get(*at) {
                        groups.entry(class(atom)).or_default().push(*at);
                    }
                }
                if first.len() + groups.len() <= most {
                    let mut players: Vec<Vec<usize>> =
                        first.iter().map(|at| vec![*at]).chain(groups.into_values()).collect();
                    players.iter_mut().for_each(|atoms| atoms.sort_unstable());
                    players.sort();
                    return players;
                }
            }
        }
        vec![candidates.to_vec()]
    }

    /// What changes most by itself, from either end, first.
    fn by_effect(&mut self, candidates: &[usize]) -> Vec<usize> {
        let ends = [self.outcome(Vec::new()), self.outcome(candidates.to_vec())];
        let mut effects: Vec<((usize, Rational), usize)> = Vec::new();
        for at in candidates {
            let without = candidates.iter().copied().filter(|other| other != at).collect();
            let nearby = [self.outcome(vec![*at]), self.outcome(without)];
            let mut effect = (0_usize, Rational::ZERO);
            for (end, near) in ends.iter().zip(&nearby) {
                effect.0 += usize::from(end.entitled != near.entitled);
                for (a, b) in end.amounts.iter().zip(&near.amounts) {
                    let distance =
                        a.zip(*b).and_then(|(a, b)| a.checked_sub(b).ok()).map(Rational::abs);
                    effect.1 = distance
                        .and_then(|distance| effect.1.checked_add(distance).ok())
                        .unwrap_or(effect.1);
                }
            }
            effects.push((effect, *at));
        }
        let name = |at: &usize| self.causes.get(*at).map(|cause| &cause.id);
        effects.sort_by(|(a, at), (b, bt)| {
            b.1.cmp(&a.1).then(b.0.cmp(&a.0)).then_with(|| name(at).cmp(&name(bt)))
        });
        effects.into_iter().map(|(_, at)| at).collect()
    }
}

/// What kind of cause, for putting together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    All,
    Law,
    Rules,
    Rows,
    Time,
    People,
    Members,
    Person(usize),
}

fn class_of(atom: &Atom) -> Class {
    match atom {
        Atom::Text | Atom::Rule(_) => Class::Rules,
        Atom::Row { .. } => Class::Rows,
        Atom::Time => Class::Time,
        Atom::Member(_) => Class::Members,
        Atom::Fact(_, who) | Atom::History(_, who) => Class::Person(*who),
    }
}

fn coarse_class_of(atom: &Atom) -> Class {
    match class_of(atom) {
        Class::Members | Class::Person(_) => Class::People,
        _ => Class::Law,
    }
}

/// How far causes are put together, for mixed situations that cannot be decided: what only makes
/// sense together first.
#[derive(Clone, Copy, Debug)]
enum Level {
    /// Each by itself.
    Apart,
    /// Rules with rules, and with the parameters that only one of the situations knows.
    Rules,
    /// Rules with all parameters.
    Law,
    /// With time as well.
    LawAndTime,
    /// And the facts of each person.
    Persons,
    /// And all facts.
    People,
    /// Everything.
    All,
}

impl Level {
    const ALL: [Self; 7] = [
        Self::Apart,
        Self::Rules,
        Self::Law,
        Self::LawAndTime,
        Self::Persons,
        Self::People,
        Self::All,
    ];

    /// What a player is put together with; nothing where it stays by itself.
    fn class(self, mixer: &Mixer<'_>, atoms: &[usize]) -> Option<Class> {
        let atoms: Vec<&Atom> = atoms.iter().filter_map(|at| mixer.atoms.get(*at)).collect();
        let is_law = |atom: &&Atom| match self {
            Self::Apart => false,
            Self::Rules => match atom {
                Atom::Text | Atom::Rule(_) => true,
                Atom::Row { parameter, place } => mixer.is_new(*parameter, *place),
                _ => false,
            },
            Self::Law => matches!(atom, Atom::Text | Atom::Rule(_) | Atom::Row { .. }),
            Self::LawAndTime | Self::Persons | Self::People => {
                matches!(atom, Atom::Text | Atom::Rule(_) | Atom::Row { .. } | Atom::Time)
            }
            Self::All => true,
        };
        if let Self::All = self {
            return Some(Class::All);
        }
        if atoms.iter().any(is_law) {
            return Some(Class::Law);
        }
        match (self, atoms.first()) {
            (Self::People, _) => Some(Class::People),
            (Self::Persons, Some(atom)) => match atom {
                Atom::Member(who) => Some(Class::Person(*who)),
                atom => Some(class_of(atom)),
            },
            _ => None,
        }
    }
}
