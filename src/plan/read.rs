//! Facts from JSON text straight into the registers of a plan. It reads what is plain (known names,
//! known values of the right type within their range) and leaves everything else to the binder,
//! which says what is wrong.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::compile::Slot;
use super::lane::{Lane, day_number, parts};
use super::op::ABSENT;
use super::record::{List, Record, default, fits};
use crate::eval::Question;
use crate::hir::{Constant, FieldId, Name, Program};
use crate::types::{NumberStyle, ObjectId, Type};
use crate::value::Date;

/// What to do with each name.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// The names of the root object's fields.
    root: Object,
    /// The names of the fields of each list's members.
    lists: Vec<Object>,
    period: String,
    /// What the root object is called.
    name: Name,
}

#[derive(Debug, Default)]
struct Object {
    /// By name and by alias, sorted by name.
    names: Vec<(String, usize)>,
    fields: Vec<Entry>,
    /// What each slot is where it is not stated; nothing where it then is unknown.
    unstated: Vec<Option<i64>>,
}

#[derive(Debug)]
enum Entry {
    /// A list of the root object.
    List(usize),
    /// A value; its slot, where the plan reads it.
    Value(Reading),
    /// A text that nothing computes with.
    Text,
    /// What only the binder reads.
    Other,
}

#[derive(Debug)]
struct Reading {
    slot: Option<usize>,
    lane: Lane,
    optional: bool,
    /// The least and the greatest value, in the lane.
    range: Option<(i64, i64)>,
    /// The words of an enumeration.
    words: Vec<(String, i64)>,
}

impl Reader {
    pub(super) fn of(
        program: &Program,
        question: Question,
        lists: &[(FieldId, ObjectId)],
        slots: &[Slot],
    ) -> Self {
        let object = |object: ObjectId, group: u8| {
            let own: Vec<&Slot> =
                slots.iter().filter(|slot| slot.register.group == group).collect();
            let mut found = Object {
                unstated: own
                    .iter()
                    .map(|slot| default(program, slot).ok().filter(|_| !question.strict))
                    .collect(),
                ..Object::default()
            };
            let fields = program.object(object).map_or(&[][..], |object| &object.fields);
            for id in fields {
                let Some(declared) = program.field(*id) else { continue };
                let at = found.fields.len();
                found.names.push((declared.name.text.clone(), at));
                found.names.extend(declared.name.alias.clone().map(|alias| (alias, at)));
                let slot = own.iter().position(|slot| slot.field == *id);
                found.fields.push(entry((program, question), *id, slot, lists));
            }
            found.names.sort();
            found
        };
        let members = lists.iter().enumerate().map(|(at, (_, element))| {
            object(*element, u8::try_from(at.saturating_add(1)).unwrap_or(u8::MAX))
        });
        Self {
            lists: members.collect(),
            root: object(program.root, 0),
            period: question.period.to_string(),
            name: program.object(program.root).map(|it| it.name.clone()).unwrap_or_default(),
        }
    }

    /// Reads a document of facts; false for anything that is not plain.
    pub(super) fn read(&self, text: &str, into: &mut Record) -> bool {
        into.assumed = false;
        into.root.clear();
        into.lists.resize_with(self.lists.len(), List::default);
        for list in &mut into.lists {
            list.values.clear();
            list.count = 0;
        }
        let mut json = serde_json::Deserializer::from_str(text);
        let document = Document { reader: self, record: into };
        document.deserialize(&mut json).is_ok() && json.end().is_ok() && into.is_one_family()
    }
}

impl Record {
    /// Whether nobody is named twice.
    fn is_one_family(&self) -> bool {
        self.lists.iter().all(|list| {
            let keys = || list.keys.iter().take(list.count).enumerate();
            keys().all(|(at, key)| keys().all(|(other, same)| at == other || key != same))
        })
    }
}

fn entry(
    (program, question): (&Program, Question),
    id: FieldId,
    slot: Option<usize>,
    lists: &[(FieldId, ObjectId)],
) -> Entry {
    if let Some(list) = lists.iter().position(|(field, _)| *field == id) {
        return Entry::List(list);
    }
    let Some(declared) = program.field(id) else { return Entry::Other };
    let is_text = declared.ty == Type::Text && !declared.many && !declared.sensitive;
    let Some(lane) = fits(program, id) else {
        return if is_text { Entry::Text } else { Entry::Other };
    };
    let is_percent = declared.ty.as_number().is_some_and(|it| it.style == NumberStyle::Percent);
    if matches!(lane, Lane::Person(_)) || is_percent {
        return Entry::Other;
    }
    let range = declared.range.and_then(|(low, high)| match (lane, low, high) {
        (Lane::Number { scale }, Constant::Number(low), Constant::Number(high)) => {
            Some((parts(low, scale)?, parts(high, scale)?))
        }
        _ => None,
    });
    if declared.range.is_some() && range.is_none() {
        return Entry::Other;
    }
    let range = match lane {
        Lane::Day if declared.not_after_assessment => {
            Some((ABSENT.saturating_add(1), day_number(question.assessment_day())))
        }
        _ => range,
    };
    let mut words = Vec::new();
    if let Type::Enum(id) = declared.ty
        && let Some(found) = program.enumeration(id)
    {
        for (at, value) in (0_i64..).zip(&found.values) {
            words.push((value.text.clone(), at));
            words.extend(value.alias.clone().map(|alias| (alias, at)));
        }
    }
    Entry::Value(Reading { slot, lane, optional: declared.optional, range, words })
}

/// `{"household": {…}}`, with the envelope that facts may have.
struct Document<'a> {
    reader: &'a Reader,
    record: &'a mut Record,
}

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

fn not_plain<E: de::Error>() -> E {
    E::custom("not plain")
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a document")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Document { reader, record } = self;
        let mut found = false;
        while let Some(key) = map.next_key_seed(Key)? {
            match &*key {
                "period" | "所属期" => {
                    if *map.next_value_seed(Key)? != *reader.period {
                        return Err(not_plain());
                    }
                }
                "policy" | "政策" => {
                    map.next_value::<IgnoredAny>()?;
                }
                name if reader.name.is(name) && !found => {
                    found = true;
                    map.next_value_seed(Root { reader, record: &mut *record })?;
                }
                _ => return Err(not_plain()),
            }
        }
        if found { Ok(()) } else { Err(not_plain()) }
    }
}

/// The household.
struct Root<'a> {
    reader: &'a Reader,
    record: &'a mut Record,
}

impl<'de> DeserializeSeed<'de> for Root<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Root<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a household")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Root { reader, record } = self;
        let object = &reader.root;
        record.root.resize(object.unstated.len(), ABSENT);
        let mut stated = Stated::default();
        while let Some(key) = map.next_key_seed(Key)? {
            let (at, entry) = object.field(&key).ok_or_else(not_plain)?;
            stated.say(at)?;
            if let Entry::List(list) = entry {
                let members = reader.lists.get(*list).ok_or_else(not_plain)?;
                let into = record.lists.get_mut(*list).ok_or_else(not_plain)?;
                let assumed = &mut record.assumed;
                map.next_value_seed(Members { object: members, into, assumed })?;
            } else {
                let value = map.next_value_seed(entry)?;
                object.put(at, value, &mut record.root)?;
            }
        }
        object.finish(&stated, &mut record.root, &mut record.assumed)
    }
}

/// Which fields were stated: one bit for each of the first 128, and more are the binder's.
#[derive(Default)]
struct Stated(u128);

impl Stated {
    fn say<E: de::Error>(&mut self, field: usize) -> Result<(), E> {
        let bit = u32::try_from(field).ok().and_then(|field| 1_u128.checked_shl(field));
        let bit = bit.ok_or_else(not_plain)?;
        if self.0 & bit != 0 {
            return Err(not_plain());
        }
        self.0 |= bit;
        Ok(())
    }

    fn said(&self, field: usize) -> bool {
        u32::try_from(field).ok().and_then(|field| self.0.checked_shr(field)).unwrap_or(0) & 1 == 1
    }
}

impl Object {
    fn field(&self, name: &str) -> Option<(usize, &Entry)> {
        let at = self.names.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok()?;
        let (_, at) = self.names.get(at)?;
        Some((*at, self.fields.get(*at)?))
    }

    /// Puts a value into its slot; `None` is null: not stated.
    fn put<E: de::Error>(&self, at: usize, value: Option<i64>, slots: &mut [i64]) -> Result<(), E> {
        let Some(Entry::Value(Reading { slot: Some(slot), .. })) = self.fields.get(at) else {
            return Ok(());
        };
        let value = match value {
            Some(value) => value,
            // A field that was written as null is not stated; the slow way says what that means.
            None => return Err(not_plain()),
        };
        *slots.get_mut(*slot).ok_or_else(not_plain)? = value;
        Ok(())
    }

    /// Fills what was not stated with its default.
    fn finish<E: de::Error>(
        &self,
        stated: &Stated,
        slots: &mut [i64],
        assumed: &mut bool,
    ) -> Result<(), E> {
        for (at, field) in self.fields.iter().enumerate() {
            match field {
                Entry::Value(Reading { slot: Some(slot), .. }) if !stated.said(at) => {
                    let unstated = self.unstated.get(*slot).copied().flatten();
                    *slots.get_mut(*slot).ok_or_else(not_plain)? =
                        unstated.ok_or_else(not_plain)?;
                    *assumed = true;
                }
                Entry::List(_) if !stated.said(at) => return Err(not_plain()),
                _ => {}
            }
        }
        Ok(())
    }
}

/// The members of a list.
struct Members<'a> {
    object: &'a Object,
    into: &'a mut List,
    assumed: &'a mut bool,
}

impl<'de> DeserializeSeed<'de> for Members<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Members<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("members")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Members { object, into, assumed } = self;
        while seq
            .next_element_seed(Member { object, into: &mut *into, assumed: &mut *assumed })?
            .is_some()
        {}
        if into.count == 0 { Err(not_plain()) } else { Ok(()) }
    }
}

/// One member.
struct Member<'a> {
    object: &'a Object,
    into: &'a mut List,
    assumed: &'a mut bool,
}

impl<'de> DeserializeSeed<'de> for Member<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Member<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a member")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Member { object, into, assumed } = self;
        let begin = into.values.len();
        into.values.resize(begin.saturating_add(object.unstated.len()), ABSENT);
        let mut stated = Stated::default();
        let mut named = false;
        while let Some(key) = map.next_key_seed(Key)? {
            match object.field(&key) {
                Some((at, entry)) => {
                    stated.say(at)?;
                    let value = map.next_value_seed(entry)?;
                    object.put(at, value, into.values.get_mut(begin..).unwrap_or(&mut []))?;
                }
                None if &*key == "id" && !named => {
                    let id = map.next_value_seed(Key)?;
                    if id.trim() != &*id || id.is_empty() {
                        return Err(not_plain());
                    }
                    into.name(&id);
                    named = true;
                }
                None => return Err(not_plain()),
            }
        }
        if !named {
            return Err(not_plain());
        }
        object.finish(&stated, into.values.get_mut(begin..).unwrap_or(&mut []), assumed)
    }
}

/// A text, borrowed where it can be.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = std::borrow::Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = std::borrow::Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(std::borrow::Cow::Borrowed(text))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(std::borrow::Cow::Owned(text.to_owned()))
    }
}

impl<'de> DeserializeSeed<'de> for &Entry {
    type Value = Option<i64>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        match self {
            Entry::Value(reading) => deserializer.deserialize_any(reading),
            Entry::Text => deserializer.deserialize_str(Key).map(|_| None),
            Entry::List(_) | Entry::Other => Err(not_plain()),
        }
    }
}

impl<'de> Visitor<'de> for &Reading {
    type Value = Option<i64>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a fact")
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Self::Value, E> {
        if self.lane == Lane::Truth { Ok(Some(i64::from(truth))) } else { Err(not_plain()) }
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
        self.visit_i64(i64::try_from(number).map_err(|_| not_plain())?)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
        let Lane::Number { scale } = self.lane else { return Err(not_plain()) };
        self.ranged(number.checked_mul(scale)).ok_or_else(not_plain)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        if self.optional
            && matches!(text, "无" | "none")
            && !self.words.iter().any(|(word, _)| word == text)
        {
            return Ok(Some(ABSENT));
        }
        let value = match self.lane {
            Lane::Truth => match text {
                "是" | "yes" | "true" => Some(Some(1)),
                "否" | "no" | "false" => Some(Some(0)),
                _ => None,
            },
            Lane::Number { scale } => self.ranged(decimal(text, scale)).map(Some).unwrap_or(None),
            Lane::Code(_) => {
                self.words.iter().find(|(word, _)| word == text).map(|(_, code)| Some(*code))
            }
            Lane::Day => self.ranged(day(text)),
            Lane::Month | Lane::Outcome | Lane::Person(_) | Lane::Quotient { .. } => None,
        };
        value.ok_or_else(not_plain)
    }
}

impl Reading {
    /// A number within its range.
    fn ranged(&self, number: Option<i64>) -> Option<Option<i64>> {
        let number = number?;
        let (low, high) = self.range.unwrap_or((i64::MIN.saturating_add(2), i64::MAX));
        (low..=high).contains(&number).then_some(Some(number))
    }
}

/// `1200.50` in parts of `1/scale`, exactly; nothing for any other writing.
fn decimal(text: &str, scale: i64) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) || whole.len() > 12 || fraction.len() > 6 {
        return None;
    }
    let mut value: i64 = whole.parse::<i64>().ok()?.checked_mul(scale)?;
    let mut part = scale;
    for byte in fraction.bytes() {
        let digit = i64::from(byte.checked_sub(b'0')?);
        if digit != 0 && part.checked_rem(10)? != 0 {
            return None;
        }
        part = part.checked_div(10)?;
        value = value.checked_add(digit.checked_mul(part)?)?;
    }
    value.checked_mul(sign)
}

/// `1980-02-01` as a day's number.
fn day(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let dashed = bytes.len() == 10 && bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-');
    let part = |range: std::ops::Range<usize>| -> Option<u32> {
        let part = text.get(range)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten()
    };
    let year = i32::try_from(part(0..4)?).ok()?;
    let date = Date::new(year, part(5..7)?, part(8..10)?).ok()?;
    dashed.then(|| day_number(date))
}
