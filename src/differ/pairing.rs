//! Two programs matched by name: which object, field, value, parameter and decision of the one is
//! which of the other. For one program it is the identity.

use std::collections::BTreeMap;

use super::Side;
use crate::hir::{
    Constant, Decision, DecisionId, DefinitionId, DefinitionKind, FieldId, LayerId, Name,
    ParameterId, PaymentId, Program,
};
use crate::types::{EnumId, ObjectId, Type};

/// The two programs and what of them is the same thing.
#[derive(Debug)]
pub(super) struct Pairing {
    /// Whether it is one program.
    pub(super) same: bool,
    /// Objects of either.
    pub(super) objects: Vec<[Option<ObjectId>; 2]>,
    /// Fields of either; paired where their types can hold the same values.
    pub(super) fields: Vec<[Option<FieldId>; 2]>,
    /// Parameters of both.
    pub(super) parameters: Vec<[ParameterId; 2]>,
    /// Rules, sets, decisions and payments of either.
    pub(super) definitions: Vec<[Option<DefinitionId>; 2]>,
    /// Decisions of the policies themselves, of either.
    pub(super) decisions: Vec<DecisionPair>,
    /// The number of each enumeration in the common numbering, and of each of its values.
    enums: [BTreeMap<EnumId, (u16, Vec<u16>)>; 2],
}

/// A decision of either program and its payments.
#[derive(Debug)]
pub(super) struct DecisionPair {
    pub(super) ids: [Option<DecisionId>; 2],
    pub(super) payments: Vec<[Option<PaymentId>; 2]>,
}

impl DecisionPair {
    /// The side whose names are shown: after, where it has the decision.
    pub(super) fn named(&self) -> Side {
        if self.ids[1].is_some() { Side::After } else { Side::Before }
    }
}

impl Pairing {
    pub(super) fn new(programs: [&Program; 2], same: bool) -> Self {
        let [a, b] = programs;
        let objects = matched(&a.objects, &b.objects, same, |x, y| x.name.text == y.name.text);
        let objects = ids(objects, |at| ObjectId(u16::try_from(at).unwrap_or(u16::MAX)));
        let mut pairing = Self {
            same,
            objects,
            fields: Vec::new(),
            parameters: Vec::new(),
            definitions: Vec::new(),
            decisions: Vec::new(),
            enums: [BTreeMap::new(), BTreeMap::new()],
        };
        if !same {
            pairing.number_enums(programs);
        }
        let fields = matched(&a.fields, &b.fields, same, |x, y| {
            x.many == y.many
                && is_one(&x.name, &y.name)
                && pairing.object_pair(Side::Before, x.object)
                    == pairing.object_pair(Side::After, y.object)
                && pairing.holds_the_same(&x.ty, &y.ty)
        });
        pairing.fields = ids(fields, |at| FieldId(number(at)));
        let parameters = matched(&a.parameters, &b.parameters, same, |x, y| {
            let keys = |side: Side, keys: &[EnumId]| -> Vec<Option<u16>> {
                keys.iter().map(|key| pairing.enum_number(side, *key)).collect()
            };
            is_one(&x.name, &y.name)
                && is_of(programs, [x.layer, y.layer])
                && (same || keys(Side::Before, &x.keys) == keys(Side::After, &y.keys))
                && pairing.holds_the_same(&x.ty, &y.ty)
        });
        pairing.parameters = ids(parameters, |at| ParameterId(number(at)))
            .into_iter()
            .filter_map(|[x, y]| Some([x?, y?]))
            .collect();
        let definitions = matched(&a.definitions, &b.definitions, same, |x, y| {
            x.name.text == y.name.text
                && kind_number(x.kind) == kind_number(y.kind)
                && owner(a, x.kind) == owner(b, y.kind)
                && is_of(programs, [x.layer, y.layer])
                && pairing.object_pair(Side::Before, x.subject)
                    == pairing.object_pair(Side::After, y.subject)
        });
        pairing.definitions = ids(definitions, |at| DefinitionId(number(at)));
        pairing.decisions = pairing.pair_decisions(programs);
        pairing
    }

    fn pair_decisions(&self, [a, b]: [&Program; 2]) -> Vec<DecisionPair> {
        let decisions = matched(&a.decisions, &b.decisions, self.same, |x, y| {
            x.own
                && y.own
                && x.name.text == y.name.text
                && is_of([a, b], [layer_of(a, x), layer_of(b, y)])
                && self.object_pair(Side::Before, x.subject)
                    == self.object_pair(Side::After, y.subject)
        });
        let mut pairs = Vec::new();
        for [x, y] in decisions {
            let found = [x.and_then(|x| a.decisions.get(x)), y.and_then(|y| b.decisions.get(y))];
            if !found.iter().flatten().any(|decision| decision.own) {
                continue;
            }
            let payments = |side: usize| -> &[PaymentId] {
                found.get(side).copied().flatten().map_or(&[], |decision| &decision.payments)
            };
            let name = |program: &Program, id: &PaymentId| {
                program.payments.get(id.0 as usize).map(|payment| payment.name.text.clone())
            };
            let paid =
                matched(payments(0), payments(1), self.same, |x, y| name(a, x) == name(b, y));
            let paid = paid.into_iter().map(|[x, y]| {
                [x.and_then(|x| payments(0).get(x)), y.and_then(|y| payments(1).get(y))]
                    .map(Option::<&PaymentId>::copied)
            });
            pairs.push(DecisionPair {
                ids: [x, y].map(|at| at.map(|at| DecisionId(number(at)))),
                payments: paid.collect(),
            });
        }
        pairs
    }

    /// The place of an object among the pairs.
    pub(super) fn object_pair(&self, side: Side, object: ObjectId) -> Option<usize> {
        self.objects.iter().position(|pair| side.of(pair) == Some(object))
    }

    fn number_enums(&mut self, programs: [&Program; 2]) {
        let mut names: Vec<String> = Vec::new();
        let mut values: Vec<Vec<String>> = Vec::new();
        for (side, program) in programs.into_iter().enumerate() {
            for (at, found) in program.enums.iter().enumerate() {
                let place = place_of(&mut names, &found.name.text);
                if values.len() <= place {
                    values.push(Vec::new());
                }
                let Some(known) = values.get_mut(place) else { continue };
                let numbers = found.values.iter().map(|v| short(place_of(known, &v.text)));
                let numbers = (short(place), numbers.collect());
                if let Some(map) = self.enums.get_mut(side) {
                    map.insert(EnumId(short(at)), numbers);
                }
            }
        }
    }

    fn enum_number(&self, side: Side, id: EnumId) -> Option<u16> {
        side.of_ref(&self.enums).get(&id).map(|(number, _)| *number)
    }

    fn holds_the_same(&self, x: &Type, y: &Type) -> bool {
        if self.same {
            return true;
        }
        match (x, y) {
            (Type::Number(x), Type::Number(y)) => x.unit == y.unit,
            (Type::Enum(x), Type::Enum(y)) => {
                self.enum_number(Side::Before, *x) == self.enum_number(Side::After, *y)
            }
            (Type::Object(x), Type::Object(y)) => {
                self.object_pair(Side::Before, *x) == self.object_pair(Side::After, *y)
            }
            (Type::Error, _) | (_, Type::Error) => false,
            (x, y) => x == y,
        }
    }

    /// A value of one program in the common numbering.
    pub(super) fn common(&self, side: Side, constant: Constant) -> Option<Constant> {
        match constant {
            Constant::Enum(id, at) if !self.same => {
                let (number, values) = side.of_ref(&self.enums).get(&id)?;
                Some(Constant::Enum(EnumId(*number), *values.get(usize::from(at))?))
            }
            other => Some(other),
        }
    }

    /// A value in the common numbering in that of one program; nothing where it has no such value.
    pub(super) fn local(&self, side: Side, constant: Constant) -> Option<Constant> {
        match constant {
            Constant::Enum(id, at) if !self.same => {
                let enums = side.of_ref(&self.enums);
                let (own, (_, values)) = enums.iter().find(|(_, (number, _))| *number == id.0)?;
                let place = values.iter().position(|value| *value == at)?;
                Some(Constant::Enum(*own, short(place)))
            }
            other => Some(other),
        }
    }

    /// The keys of a parameter that both programs have: the same key as each counts it.
    pub(super) fn places(
        &self,
        programs: [&Program; 2],
        [x, y]: [ParameterId; 2],
    ) -> Vec<[usize; 2]> {
        let [a, b] = programs;
        let (Some(x), Some(y)) = (a.parameters.get(x.0 as usize), b.parameters.get(y.0 as usize))
        else {
            return Vec::new();
        };
        if self.same {
            return (0..x.rows.len()).map(|place| [place, place]).collect();
        }
        let mut places = vec![[0, 0]];
        for (key, twin) in x.keys.iter().zip(&y.keys) {
            let values = |side: Side, id: &EnumId| {
                side.of_ref(&self.enums).get(id).map_or(&[][..], |(_, values)| values)
            };
            let (ours, theirs) = (values(Side::Before, key), values(Side::After, twin));
            let both: Vec<[usize; 2]> = ours
                .iter()
                .enumerate()
                .filter_map(|(at, value)| Some([at, theirs.iter().position(|v| v == value)?]))
                .collect();
            places = places
                .iter()
                .flat_map(|[p, q]| {
                    let (p, q) = (p * ours.len(), q * theirs.len());
                    both.iter().map(move |[at, bt]| [p + at, q + bt])
                })
                .collect();
        }
        places
    }
}

/// Whether two names mean one thing: the same name, or the same twin where both have one.
fn is_one(x: &Name, y: &Name) -> bool {
    x.text == y.text || (x.alias.is_some() && x.alias == y.alias)
}

/// Whether two layers may declare the same thing: they are of one benefit, or each of one that the
/// other program knows nothing of. A name alone does not say which benefit's it is.
fn is_of([a, b]: [&Program; 2], [x, y]: [LayerId; 2]) -> bool {
    fn benefit(policy: &str) -> &str {
        policy.split_once('.').map_or(policy, |(_, benefit)| benefit)
    }
    let of = |program: &Program, layer: LayerId| -> String {
        program.layer(layer).map_or("", |layer| benefit(&layer.policy)).to_owned()
    };
    let (ours, theirs) = (of(a, x), of(b, y));
    let knows = |program: &Program, wanted: &str| {
        program.layers.iter().any(|layer| benefit(&layer.policy) == wanted)
    };
    ours == theirs || (!knows(b, &ours) && !knows(a, &theirs))
}

fn layer_of(program: &Program, decision: &Decision) -> LayerId {
    program.definition(decision.entitlement).map_or_else(LayerId::default, |found| found.layer)
}

/// Which decision a payment belongs to, so that payments of one name are told apart.
fn owner(program: &Program, kind: DefinitionKind) -> Option<&str> {
    match kind {
        DefinitionKind::Payment(payment) | DefinitionKind::Due(payment) => {
            let decision = program.payments.get(payment.0 as usize)?.decision;
            program.decisions.get(decision.0 as usize).map(|found| found.name.text.as_str())
        }
        DefinitionKind::Rule | DefinitionKind::Set | DefinitionKind::Entitlement(_) => None,
    }
}

fn kind_number(kind: DefinitionKind) -> u8 {
    match kind {
        DefinitionKind::Rule => 0,
        DefinitionKind::Set => 1,
        DefinitionKind::Entitlement(_) => 2,
        DefinitionKind::Payment(_) => 3,
        DefinitionKind::Due(_) => 4,
    }
}

/// The first list with its partners in the second, then what only the second has.
fn matched<T>(
    first: &[T],
    second: &[T],
    same: bool,
    is_pair: impl Fn(&T, &T) -> bool,
) -> Vec<[Option<usize>; 2]> {
    if same {
        return (0..first.len()).map(|at| [Some(at), Some(at)]).collect();
    }
    let mut taken = vec![false; second.len()];
    let mut pairs = Vec::with_capacity(first.len());
    for (at, ours) in first.iter().enumerate() {
        let partner = second
            .iter()
            .enumerate()
            .position(|(bt, theirs)| !taken.get(bt).is_some_and(|t| *t) && is_pair(ours, theirs));
        if let Some(taken) = partner.and_then(|bt| taken.get_mut(bt)) {
            *taken = true;
        }
        pairs.push([Some(at), partner]);
    }
    let left = taken.iter().enumerate().filter(|(_, taken)| !**taken);
    pairs.extend(left.map(|(bt, _)| [None, Some(bt)]));
    pairs
}

fn ids<T>(pairs: Vec<[Option<usize>; 2]>, id: impl Fn(usize) -> T + Copy) -> Vec<[Option<T>; 2]> {
    pairs.into_iter().map(|pair| pair.map(|at| at.map(id))).collect()
}

fn place_of(names: &mut Vec<String>, name: &str) -> usize {
    match names.iter().position(|known| known == name) {
        Some(at) => at,
        None => {
            names.push(name.to_owned());
            names.len() - 1
        }
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn short(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
