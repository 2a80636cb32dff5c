//! What each cause is called, and what it was before and after.

use std::collections::BTreeMap;

use super::atom::{Atom, Common, current, row_read, row_value};
use super::mix::{Mixer, reading};
use super::pairing::Pairing;
use super::side::Side;
use super::slice::Slice;
use super::view::{CauseKind, CauseView, Words};
use crate::diagnostic::Language;
use crate::eval::{Marks, Value};
use crate::explain::view::{SourceView, ValueView};
use crate::hir::{
    self, Constant, DefinitionId, DefinitionKind, DefinitionText, ItemId, NodeId, NodeKind,
    ParameterId, Validity,
};
use crate::input::{Fact, Scalar};
use crate::trace::Trace;
use crate::types::Type;
use crate::value::Date;

/// So many names are listed before the rest is counted.
const MOST_NAMES: usize = 6;

/// Names things of either side.
pub(super) struct Names<'a> {
    common: &'a Common<'a>,
    traces: &'a [Trace<'a>; 2],
    slices: [Option<&'a Slice>; 2],
}

impl<'a> Names<'a> {
    pub(super) fn new(
        common: &'a Common<'a>,
        traces: &'a [Trace<'a>; 2],
        slices: [Option<&'a Slice>; 2],
    ) -> Self {
        Self { common, traces, slices }
    }

    pub(super) fn cause(&self, atom: &Atom, mixer: &Mixer<'_>) -> CauseView {
        match atom {
            Atom::Text => self.text(),
            Atom::Rule(definition) => self.rule(*definition),
            Atom::Row { parameter, place } => self.row(*parameter, *place),
            Atom::Time => self.time(mixer),
            Atom::Member(who) => self.member(*who),
            Atom::Fact(field, who) => self.fact(*field, *who),
            Atom::History(definition, who) => self.history(*definition, *who),
        }
    }

    fn pairing(&self) -> &Pairing {
        self.common.pairing
    }

    /// `甲的月工资` and `甲.monthly_wage`; just the name for the root.
    fn of_person(&self, who: usize, name: &hir::Name) -> Words {
        let twin = name.alias.as_ref().unwrap_or(&name.text);
        match self.key(who) {
            Some(key) => Words::new(format!("{key}的{}", name.text), format!("{key}.{twin}")),
            None => Words::new(name.text.as_str(), twin.as_str()),
        }
    }

    /// The key of a person; nothing for the root.
    fn key(&self, who: usize) -> Option<&str> {
        let root = self.common.sides[0].program.root;
        let person = self.common.roster.people.get(who)?;
        let is_root = self.pairing().object_pair(Side::Before, root) == Some(person.object);
        (!is_root).then_some(person.key.as_str())
    }

    fn address(&self, who: usize, name: &str) -> String {
        self.key(who).map_or_else(|| name.to_owned(), |key| format!("{key}.{name}"))
    }

    fn fact(&self, field: usize, who: usize) -> CauseView {
        let pair = self.pairing().fields.get(field).copied().unwrap_or_default();
        let declared = pair[1].and_then(|id| self.common.sides[1].program.field(id));
        let name = declared.map(|declared| declared.name.clone()).unwrap_or_default();
        let [before, after] = Side::BOTH.map(|side| self.fact_value(side, field, who));
        let period = self.common.sides[0].question.period;
        let now = Side::BOTH.map(|side| self.common.fact(side, field, who));
        let is_earlier = match &now {
            [Some(x), Some(y)] => current(x, period) == current(y, period),
            _ => false,
        };
        let remark = if is_earlier {
            Words::new("以前月份的不同", "differs in earlier months")
        } else {
            Words::default()
        };
        CauseView {
            id: self.address(who, &name.text),
            kind: CauseKind::Fact,
            name: self.of_person(who, &name),
            before,
            after,
            remark,
            source: SourceView::default(),
            matters: false,
        }
    }

    fn fact_value(&self, side: Side, field: usize, who: usize) -> Words {
        let (trace, standing) = (side.of_ref(self.traces), side.of_ref(self.common.sides));
        let id = self.pairing().fields.get(field).and_then(|pair| side.of(pair));
        let instance = self.common.roster.people.get(who).and_then(|person| side.of(&person.ids));
        let declared = id.and_then(|id| standing.program.field(id));
        let (Some(id), Some(declared), Some(instance)) = (id, declared, instance) else {
            return Words::default();
        };
        let fact = current(standing.case.fact(id, instance), standing.question.period);
        match fact {
            Fact::Known(_) | Fact::Listed(_) if declared.sensitive && trace.secrets.is_some() => {
                Words::new("***", "***")
            }
            Fact::Listed(people) if people.is_empty() => Words::new("无", "none"),
            Fact::Listed(people) => {
                let Type::Object(object) = declared.ty else { return Words::default() };
                let names: Vec<String> =
                    people.iter().map(|who| trace.instance_name(object, *who)).collect();
                Words::new(names.join("、"), names.join(", "))
            }
            Fact::Known(scalar) => {
                words(trace.show(&Value::Known(*scalar, Marks::NONE), &declared.ty))
            }
            Fact::Absent => Words::new("无", "none"),
            Fact::Refused => Words::new("拒答", "refused"),
            Fact::NotStated if declared.default.is_some() && !standing.question.strict => {
                let said = |language| Trace { language, ..*trace }.default_text(id);
                let (zh, en) = (said(Language::Zh), said(Language::En));
                Words::new(format!("未填（按{zh}计）"), format!("not stated (taken as {en})"))
            }
            Fact::NotStated | Fact::Unknown | Fact::Within(..) | Fact::Dated(_) => {
                Words::new("未知", "unknown")
            }
        }
    }

    fn member(&self, who: usize) -> CauseView {
        let person = self.common.roster.people.get(who);
        let key = person.map_or("", |person| person.key.as_str());
        let said = |side: Side| {
            let ids = person.map_or([None, None], |person| person.ids);
            let parents = person.map_or([None, None], |person| person.parents);
            let is_member = parents.iter().any(Option::is_some);
            match (side.of(&parents).is_some(), side.of(&ids).is_some() || is_member) {
                (true, _) => Words::new("在户内", "in the household"),
                (false, true) if is_member => Words::new("不在户内", "not in the household"),
                (false, true) => Words::new("在户外人员之中", "among those outside the household"),
                (false, false) => Words::new("没有此人", "not there"),
            }
        };
        CauseView {
            id: key.to_owned(),
            kind: CauseKind::Member,
            name: Words::new(key, key),
            before: said(Side::Before),
            after: said(Side::After),
            remark: Words::default(),
            source: SourceView::default(),
            matters: false,
        }
    }

    fn history(&self, definition: usize, who: usize) -> CauseView {
        let pair = self.pairing().definitions.get(definition).copied().unwrap_or_default();
        let side = &self.common.sides[1];
        let found = pair[1].and_then(|id| side.program.definition(id));
        let name = found.map(|found| found.name.clone()).unwrap_or_default();
        let named = self.of_person(who, &name);
        let said = |side: Side| {
            let id = side.of(&pair);
            let standing = side.of_ref(self.common.sides);
            let trace = side.of_ref(self.traces);
            let instance = self.common.roster.people.get(who).and_then(|p| side.of(&p.ids));
            let recorded = standing.case.history.iter().rev().filter(|((month, of, whom), _)| {
                *month < standing.question.period && Some(*of) == id && Some(*whom) == instance
            });
            let ty = id.and_then(|id| standing.program.definition(id)).map(|found| &found.ty);
            let mut zh = Vec::new();
            let mut en = Vec::new();
            for ((month, ..), scalar) in recorded {
                let shown = match (scalar, ty) {
                    (Scalar::Constant(Constant::Bool(true)), _) => Words::new("符合", "entitled"),
                    (Scalar::Constant(Constant::Bool(false)), _) => {
                        Words::new("不符合", "not entitled")
                    }
                    (scalar, Some(ty)) => {
                        words(trace.show(&Value::Known(*scalar, Marks::NONE), ty))
                    }
                    (_, None) => Words::default(),
                };
                zh.push(format!("{}{}", month.zh(), shown.zh));
                en.push(format!("{month} {}", shown.en));
            }
            if zh.is_empty() {
                return Words::new("没有记录", "no record");
            }
            Words::new(listed(&zh, "、", Language::Zh), listed(&en, ", ", Language::En))
        };
        CauseView {
            id: format!("历史.{}", self.address(who, &name.text)),
            kind: CauseKind::History,
            name: Words::new(format!("{}的以前记录", named.zh), format!("record of {}", named.en)),
            before: said(Side::Before),
            after: said(Side::After),
            remark: Words::default(),
            source: SourceView::default(),
            matters: false,
        }
    }

    fn time(&self, mixer: &Mixer<'_>) -> CauseView {
        let sides = self.common.sides;
        let [before, after] = sides.each_ref().map(|side| side.question.assessment_day());
        let at = mixer.atoms.iter().position(|atom| *atom == Atom::Time);
        let remark = at.map_or_else(Words::default, |at| self.passed(mixer, at));
        CauseView {
            id: "时间".to_owned(),
            kind: CauseKind::Time,
            name: Words::new("时间推移", "the passing of time"),
            before: day(before),
            after: day(after),
            remark,
            source: SourceView::default(),
            matters: false,
        }
    }

    /// The ages and durations that are others on the other day: `甲的年龄 59岁→60岁`.
    fn passed(&self, mixer: &Mixer<'_>, time: usize) -> Words {
        let (earlier, later) = (mixer.timed(&[]), mixer.timed(&[time]));
        let turned = earlier.turned(&later);
        let (trace, program) = (&self.traces[0], self.common.sides[0].program);
        let mut told: Vec<(bool, Words)> = Vec::new();
        for ((id, who), value) in &earlier.values {
            let Some(definition) = program.definition(*id) else { continue };
            let other = later.values.get(&(*id, *who)).and_then(Value::as_scalar);
            let (Some(known), Some(other)) = (value.as_scalar(), other) else { continue };
            if known == other {
                continue;
            }
            let shown = |scalar: Scalar| {
                words(trace.show(&Value::Known(scalar, Marks::NONE), &definition.ty))
            };
            let name = self.of_person(*who, &definition.name);
            let (from, to) = (shown(known), shown(other));
            let words = Words::new(
                format!("{} {}→{}", name.zh, from.zh, to.zh),
                format!("{} {} → {}", name.en, from.en, to.en),
            );
            told.push((turned.contains(who), words));
        }
        // An age that turns nothing is no news, where another one does.
        if told.iter().any(|(turned, _)| *turned) {
            told.retain(|(turned, _)| *turned);
        }
        let (zh, en): (Vec<String>, Vec<String>) =
            told.into_iter().map(|(_, words)| (words.zh, words.en)).unzip();
        if zh.is_empty() {
            return Words::default();
        }
        Words::new(listed(&zh, "，", Language::Zh), listed(&en, ", ", Language::En))
    }

    fn row(&self, pair: [ParameterId; 2], place: [usize; 2]) -> CauseView {
        let (trace, program) = (&self.traces[1], self.common.sides[1].program);
        let declared = program.parameters.get(pair[1].0 as usize);
        let name = declared.map(|declared| declared.name.clone()).unwrap_or_default();
        let keys = |language| {
            let trace = Trace { language, ..*trace };
            trace.key_names(pair[1], place[1])
        };
        let (zh, en) = (keys(Language::Zh), keys(Language::En));
        let twin = name.alias.as_ref().unwrap_or(&name.text);
        let name = if zh.is_empty() {
            Words::new(name.text.as_str(), twin.as_str())
        } else {
            Words::new(
                format!("{}（{}）", name.text, zh.join("，")),
                format!("{twin} ({})", en.join(", ")),
            )
        };
        let [(before, ..), (after, remark, source)] =
            Side::BOTH.map(|side| self.row_said(side, side.of(&pair), side.of(&place)));
        CauseView {
            id: name.zh.clone(),
            kind: CauseKind::Parameter,
            name,
            before,
            after,
            remark,
            source,
            matters: false,
        }
    }

    /// The value of the row in force, since when it is, and where it comes from.
    fn row_said(&self, side: Side, id: ParameterId, place: usize) -> (Words, Words, SourceView) {
        let (trace, standing) = (side.of_ref(self.traces), side.of_ref(self.common.sides));
        let Some(declared) = standing.program.parameters.get(id.0 as usize) else {
            return Default::default();
        };
        let clock = &standing.clock;
        let reading = reading(side.of(&self.slices), id);
        let value = match row_value(declared, place, clock, reading) {
            None => Words::new("没有标准", "no standard"),
            Some(None) if declared.unfilled => {
                Words::new("由地方规定，尚无规定", "left to the locality, not set")
            }
            Some(None) => Words::new("待查", "pending"),
            Some(Some(constant)) => {
                let value = Value::Known(Scalar::Constant(constant), Marks::NONE);
                words(trace.show(&value, &declared.ty))
            }
        };
        let Some(row) = row_read(declared, place, clock, reading) else {
            return (value, Words::default(), SourceView::default());
        };
        let mut remark = in_force(&row.validity);
        if row.sample {
            let join = |text: &str, more: &str, comma: &str| {
                if text.is_empty() { more.to_owned() } else { format!("{text}{comma}{more}") }
            };
            remark = Words::new(join(&remark.zh, "样例", "，"), join(&remark.en, "made up", ", "));
        }
        (value, remark, trace.source(&row.citations, row.layer, row.span))
    }

    fn rule(&self, id: DefinitionId) -> CauseView {
        let name = self.definition_name(Side::Before, id);
        let [before, after] = Side::BOTH.map(|side| self.text_in_force(side, id));
        let said = |text: &Option<&DefinitionText>| {
            text.map_or_else(Words::default, |text| in_force(&text.validity))
        };
        let is_same = before.map(|text| text.span) == after.map(|text| text.span);
        let (remark, added) =
            if is_same { self.supplemented(id) } else { (Words::default(), None) };
        let of_text =
            after.map(|text| self.traces[1].source(&text.citations, text.layer, text.span));
        let source = added.or(of_text).unwrap_or_default();
        let nothing = Words::default;
        let (before, after) =
            if is_same { (nothing(), nothing()) } else { (said(&before), said(&after)) };
        CauseView {
            id: format!("规则.{}", name.zh),
            kind: CauseKind::Rule,
            name: Words::new(format!("“{}”的规定", name.zh), format!("the rule on {}", name.en)),
            before,
            after,
            remark,
            source,
            matters: false,
        }
    }

    /// Exceptions, conditions and terms that begin or cease to be in force where the text stays, and
    /// where those that begin come from: what supplements it is of another layer.
    fn supplemented(&self, id: DefinitionId) -> (Words, Option<SourceView>) {
        let (trace, program) = (&self.traces[1], self.common.sides[1].program);
        let mut changed: BTreeMap<ItemId, (bool, Words)> = BTreeMap::new();
        let nodes = self.slices[0].and_then(|slice| slice.choices.get(&id)).into_iter().flatten();
        for node in nodes {
            let [before, after] = Side::BOTH.map(|side| self.items_in_force(side, *node));
            for (item, said) in &after {
                if !before.contains_key(item) {
                    changed.insert(*item, (true, said.clone()));
                }
            }
            for (item, said) in before {
                if !after.contains_key(&item) {
                    changed.insert(item, (false, said));
                }
            }
        }
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        for (begins, said) in changed.values() {
            let (ends_zh, ends_en) = match begins {
                true => ("开始施行", "comes into force"),
                false => ("不再施行", "is no longer in force"),
            };
            zh.push(format!("{}{ends_zh}", said.zh));
            en.push(format!("{} {ends_en}", said.en));
        }
        let begun = || changed.iter().filter(|(_, (begins, _))| *begins);
        let begun = begun().filter_map(|(item, _)| program.item(*item));
        let source = begun.max_by_key(|item| item.layer).map(|item| {
            let of_layer = || program.layer(item.layer).map(hir::Layer::citations);
            let own = (!item.citations.is_empty()).then(|| item.citations.clone());
            let citations = own.or_else(of_layer).unwrap_or_default();
            trace.source(&citations, item.layer, item.span)
        });
        (Words::new(zh.join("，"), en.join(", ")), source)
    }

    /// The exceptions, conditions and terms that hold on a side by a choice between versions or
    /// exceptions, and what each is called.
    fn items_in_force(&self, side: Side, choice: NodeId) -> BTreeMap<ItemId, Words> {
        let standing = side.of_ref(self.common.sides);
        let program = standing.program;
        let mut items = BTreeMap::new();
        let mut open = vec![choice];
        while let Some(at) = open.pop() {
            let Some(node) = program.node(at) else { continue };
            let admits = |validity| standing.clock.admits(node.layer, validity, 0);
            match &node.kind {
                NodeKind::Default { exceptions, .. } => {
                    for arm in exceptions.iter().filter(|arm| admits(&arm.validity)) {
                        let label = program.item(arm.item).map_or("", |item| item.label.as_str());
                        let (zh, en) =
                            (format!("例外（{label}）"), format!("the exception ({label})"));
                        items.insert(arm.item, Words::new(zh, en));
                    }
                }
                NodeKind::Versions(versions) => {
                    open.extend(versions.iter().find(|v| admits(&v.validity)).map(|v| v.root));
                }
                NodeKind::All(parts) => open.extend(parts),
                NodeKind::Item(item, _) => drop(items.insert(*item, self.quoted(*item))),
                NodeKind::Timed { terms, .. } => {
                    items.extend(terms.iter().map(|term| (term.item, self.quoted(term.item))));
                }
                _ => {}
            }
        }
        items
    }

    /// `“增加条件 合格”`: a clause as it is written.
    fn quoted(&self, item: ItemId) -> Words {
        let span = self.common.sides[1].program.item(item).map(|item| item.span);
        let text = self.traces[1].written(span.unwrap_or_default());
        Words::new(format!("“{text}”"), format!("`{text}`"))
    }

    fn text_in_force(&self, side: Side, id: DefinitionId) -> Option<&'a DefinitionText> {
        let standing = side.of_ref(self.common.sides);
        let definition = standing.program.definition(id)?;
        let layer = definition.layer;
        definition
            .texts
            .iter()
            .filter(|text| standing.clock.admits(layer, &text.validity, 0))
            .max_by_key(|text| (text.layer, text.validity.from))
    }

    /// 工资性收入; 低保的低保金 for a payment; 低保的条件 for a decision.
    fn definition_name(&self, side: Side, id: DefinitionId) -> Words {
        let program = side.of_ref(self.common.sides).program;
        let Some(found) = program.definition(id) else { return Words::default() };
        let name = &found.name;
        let twin = name.alias.as_ref().unwrap_or(&name.text);
        match found.kind {
            DefinitionKind::Rule | DefinitionKind::Set => {
                Words::new(name.text.as_str(), twin.as_str())
            }
            DefinitionKind::Entitlement(_) => {
                Words::new(format!("{}的条件", name.text), format!("conditions of {twin}"))
            }
            DefinitionKind::Payment(payment) | DefinitionKind::Due(payment) => {
                let decision = program
                    .payments
                    .get(payment.0 as usize)
                    .and_then(|payment| program.decisions.get(payment.decision.0 as usize));
                let of = decision.map(|decision| decision.name.clone()).unwrap_or_default();
                let of_twin = of.alias.as_ref().unwrap_or(&of.text);
                Words::new(format!("{}的{}", of.text, name.text), format!("{of_twin}.{twin}"))
            }
        }
    }

    fn text(&self) -> CauseView {
        let [before, after] = self.common.sides.each_ref().map(|side| side.program.name.clone());
        let (before, after) = if before == after {
            let words = Words::default;
            (words(), words())
        } else {
            (
                Words::new(before.as_str(), before.as_str()),
                Words::new(after.as_str(), after.as_str()),
            )
        };
        CauseView {
            id: "规则".to_owned(),
            kind: CauseKind::Text,
            name: Words::new("政策的规定", "the rules of the policy"),
            before,
            after,
            remark: Words::default(),
            source: SourceView::default(),
            matters: false,
        }
    }

    /// What a decision rests on and that reads otherwise in the other text: definitions, and the
    /// parameters that only one of the texts has a value for.
    pub(super) fn rules(&self, mixer: &Mixer<'_>) -> Vec<Words> {
        let mut names: Vec<Words> = Vec::new();
        if self.pairing().same {
            return names;
        }
        for pair in &self.pairing().definitions {
            let live = Side::BOTH.map(|side| {
                side.of(pair).filter(|id| {
                    side.of(&self.slices).is_some_and(|slice| slice.definitions.contains(id))
                })
            });
            let written = Side::BOTH.map(|side| {
                let text = self.text_in_force(side, side.of(&live)?)?;
                Some(side.of_ref(self.traces).written(text.body))
            });
            if written[0] == written[1] {
                continue;
            }
            let side = if live[1].is_some() { Side::After } else { Side::Before };
            let Some(id) = side.of(&live) else { continue };
            let program = side.of_ref(self.common.sides).program;
            let is_due = program
                .definition(id)
                .is_some_and(|found| matches!(found.kind, DefinitionKind::Due(_)));
            let name = self.definition_name(side, id);
            // 应发 and 实发 have one text.
            if !is_due && !names.contains(&name) {
                names.push(name);
            }
        }
        let tied = mixer.atoms.iter().enumerate().filter(|(at, _)| mixer.is_tied(*at));
        for (_, atom) in tied {
            if let Atom::Row { parameter, place } = atom {
                let row = self.row(*parameter, *place);
                names.push(Words::new(
                    format!("{} {}→{}", row.name.zh, row.before.zh, row.after.zh),
                    format!("{} {} → {}", row.name.en, row.before.en, row.after.en),
                ));
            }
        }
        names
    }
}

fn words(value: ValueView) -> Words {
    Words { zh: value.zh, en: value.en }
}

fn day(date: Date) -> Words {
    Words::new(date.zh(), date.to_string())
}

/// `自2026年1月1日起至2026年12月31日止，2026年4月9日发布`
fn in_force(validity: &Validity) -> Words {
    let mut zh = match (validity.from, validity.until) {
        (Some(from), Some(until)) => format!("自{}起至{}止", from.zh(), until.zh()),
        (Some(from), None) => format!("自{}起", from.zh()),
        (None, Some(until)) => format!("至{}止", until.zh()),
        (None, None) => String::new(),
    };
    let mut en = match (validity.from, validity.until) {
        (Some(from), Some(until)) => format!("in force from {from} to {until}"),
        (Some(from), None) => format!("in force from {from}"),
        (None, Some(until)) => format!("in force until {until}"),
        (None, None) => String::new(),
    };
    if let Some(published) = validity.published {
        let comma = |text: &str, comma: &'static str| if text.is_empty() { "" } else { comma };
        let (zh_comma, en_comma) = (comma(&zh, "，"), comma(&en, ", "));
        zh.push_str(&format!("{zh_comma}{}发布", published.zh()));
        en.push_str(&format!("{en_comma}published {published}"));
    }
    Words { zh, en }
}

/// The first few, and how many there are in all.
pub(super) fn listed(names: &[String], comma: &str, language: Language) -> String {
    let first = names.iter().take(MOST_NAMES).cloned().collect::<Vec<_>>().join(comma);
    if names.len() <= MOST_NAMES {
        return first;
    }
    match language {
        Language::Zh => format!("{first}等{}项", names.len()),
        Language::En => format!("{first} and {} more", names.len() - MOST_NAMES),
    }
}
