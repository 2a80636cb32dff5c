//! Households at random under any policy: every fact that it declares, within its range.

use crate::engine::{Case, Policy};
use crate::facts::from_json_value;
use crate::hir::{Constant, Field, Program};
use crate::types::{ObjectId, Type};

/// Numbers without end, the same for the same seed.
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed ^ 0x9E37_79B9_7F4A_7C15)
    }

    fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Less than a number that is not 0.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }
}

/// A household with facts at random; nothing where the policy's cases are not of one household.
pub(crate) fn household(policy: &Policy, rng: &mut Rng) -> Option<Case> {
    let program = policy.program();
    let root = program.object(program.root)?;
    let mut facts = serde_json::Map::new();
    facts.insert(root.name.text.clone(), object(program, program.root, rng, 0));
    policy.bind(&from_json_value(&serde_json::Value::Object(facts)).expect("no floats")).ok()
}

fn object(program: &Program, id: ObjectId, rng: &mut Rng, depth: u32) -> serde_json::Value {
    let mut found = serde_json::Map::new();
    let object_of = program.object(id).expect("an object");
    for field in &object_of.fields {
        let declared = program.field(*field).expect("a field");
        let owns = program.objects.iter().position(|o| o.member_of == Some((id, *field)));
        if let Some(member) = owns {
            let member = ObjectId(u16::try_from(member).expect("few"));
            let count = if depth > 0 { rng.below(2) } else { 1 + rng.below(3) };
            let members = (0..count).map(|at| {
                let mut one = object(program, member, rng, depth + 1);
                let key = ["甲", "乙", "丙", "丁"][usize::try_from(at).expect("few")];
                let key = if depth == 0 { key.to_owned() } else { format!("{key}{depth}") };
                one.as_object_mut().expect("an object").insert("id".to_owned(), key.into());
                one
            });
            found.insert(declared.name.text.clone(), members.collect());
        } else if let Some(value) = value(program, declared, rng) {
            found.insert(declared.name.text.clone(), value);
        }
    }
    serde_json::Value::Object(found)
}

fn value(program: &Program, declared: &Field, rng: &mut Rng) -> Option<serde_json::Value> {
    if declared.many {
        return Some("无".into());
    }
    if declared.optional && rng.one_in(2) {
        return Some("无".into());
    }
    if declared.default.is_some() && rng.one_in(3) {
        return None;
    }
    Some(match &declared.ty {
        Type::Bool => rng.one_in(2).into(),
        Type::Enum(id) => {
            let values = &program.enumeration(*id)?.values;
            let at = rng.below(u64::try_from(values.len()).ok()?);
            values.get(usize::try_from(at).ok()?)?.text.clone().into()
        }
        Type::Date => {
            format!("{}-{:02}-{:02}", 1935 + rng.below(88), 1 + rng.below(12), 1 + rng.below(28))
                .into()
        }
        Type::Number(number) => {
            let (low, high) = match declared.range {
                Some((Constant::Number(low), Constant::Number(high))) => {
                    (low.ceil().to_i64()?, high.floor().to_i64()?)
                }
                _ => (0, 100_000),
            };
            // Most amounts near the standards, some anywhere.
            let ends = [low + 9, low + 4000, low + 100_000, high];
            let end = ends[usize::try_from(rng.below(4)).ok()?].min(high).max(low);
            let width = u64::try_from(end - low).ok()? + 1;
            let whole = low + i64::try_from(rng.below(width)).ok()?;
            if number.integer || rng.one_in(2) {
                whole.to_string().into()
            } else {
                format!("{}.{}", whole.min(high - 1).max(low.max(0)), rng.below(10)).into()
            }
        }
        _ => return declared.optional.then(|| "无".into()),
    })
}
