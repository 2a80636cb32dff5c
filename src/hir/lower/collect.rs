//! First pass: every declaration of every layer gets its place and its name.

use std::collections::BTreeSet;

use super::scope::{Entity, Entry, Module, ModuleId, Origin, State};
use super::{LayerText, Lowerer, citation_texts, layer_of};
use crate::builtins::{self, Word};
use crate::hir::program::{
    ApplicableDate, Decision, DecisionId, Definition, DefinitionId, DefinitionKind, Enumeration,
    Field, FieldId, Instrument, LayerId, Name, Object, Payment, PaymentId,
};
use crate::hir::{Validity, error};
use crate::source::Span;
use crate::syntax::ast;
use crate::types::{EnumId, ObjectId, Type};
use crate::value::{Date, YearMonth};

impl<'a> Lowerer<'a> {
    /// Collects everything; nouns of all layers before the things that use them.
    pub(super) fn collect(&mut self, layers: &[LayerText<'a>]) {
        for (at, text) in layers.iter().enumerate() {
            self.program.layers.push(layer_of(text));
            let validity = self.header_validity(text);
            self.in_force.push(validity);
            self.instruments(text, validity);
            self.skipped.extend(text.skipped.iter().cloned());
            let place = text.files.iter().find_map(|file| file.header.as_ref()?.place.as_ref());
            if let Some(code) = place.and_then(|place| place.text.parse().ok()).filter(|_| text.own)
            {
                self.place_code = Some(code);
            }
            self.program.own_layers += usize::from(text.own);
            let layer = LayerId(u16::try_from(at).unwrap_or(u16::MAX));
            if let Some((place, _)) = twins(text) {
                self.place_twins.entry(place).or_insert_with(|| text.place.clone());
            }
            let module = self.module(text);
            if let Some(module) = self.modules.get_mut(module.0) {
                module.layers.push(layer);
            }
        }
        self.find_what_modules_see(layers);
        self.find_standings(layers);
        let all = || {
            layers.iter().enumerate().flat_map(|(at, text)| {
                let layer = LayerId(u16::try_from(at).unwrap_or(u16::MAX));
                text.files.iter().flat_map(move |file| {
                    file.declarations.iter().map(move |declaration| (layer, text, declaration))
                })
            })
        };
        for (_, _, declaration) in all() {
            self.collect_noun(declaration);
        }
        for (_, text, declaration) in all() {
            if let ast::Declaration::Object(object) = declaration {
                let module = self.module(text);
                self.collect_fields(module, object);
            }
        }
        self.find_root();
        for (layer, text, declaration) in all() {
            self.collect_law(layer, text, declaration);
        }
        let mut sets = Vec::new();
        for (layer, text, declaration) in all() {
            if let ast::Declaration::Set(node) = declaration {
                sets.push((layer, self.module(text), node));
            }
        }
        self.collect_sets(sets);
        for (layer, text, declaration) in all() {
            self.collect_supplement(layer, text, declaration);
        }
        self.find_applicable_dates(layers);
        self.check_tables();
        self.parameters();
        self.resolve_relations();
    }

    /// What stands in the same program because somebody else uses it is not to be seen: adding a
    /// benefit to a place changes no name of another.
    fn find_what_modules_see(&mut self, layers: &[LayerText<'_>]) {
        let mut uses: Vec<BTreeSet<ModuleId>> = Vec::new();
        for module in &self.modules {
            let used = module
                .layers
                .iter()
                .filter_map(|layer| layers.get(usize::from(layer.0)))
                .flat_map(|text| &text.uses)
                .filter_map(|benefit| {
                    let is_it = |other: &Module| !other.vocabulary && other.benefit == *benefit;
                    self.modules.iter().position(is_it).map(ModuleId)
                });
            uses.push(used.collect());
        }
        for at in 0..self.modules.len() {
            let mut seen = BTreeSet::new();
            let mut open = vec![ModuleId(at)];
            while let Some(ModuleId(next)) = open.pop() {
                for used in uses.get(next).into_iter().flatten() {
                    if seen.insert(*used) {
                        open.push(*used);
                    }
                }
            }
            if let Some(module) = self.modules.get_mut(at) {
                module.sees = seen;
            }
        }
    }

    fn module(&mut self, text: &LayerText<'_>) -> ModuleId {
        let found = self.modules.iter().position(|module| {
            module.benefit == text.benefit && module.vocabulary == text.vocabulary
        });
        ModuleId(found.unwrap_or_else(|| {
            self.modules.push(Module {
                benefit: text.benefit.clone(),
                twin: twins(text).map(|(_, benefit)| benefit),
                layers: Vec::new(),
                vocabulary: text.vocabulary,
                sees: BTreeSet::new(),
            });
            self.modules.len() - 1
        }))
    }

    fn collect_noun(&mut self, declaration: &ast::Declaration) {
        match declaration {
            ast::Declaration::Enumeration(node) => self.collect_enum(node),
            ast::Declaration::Units(units) => {
                for binding in &units.names {
                    let id = u16::try_from(self.program.units.len()).unwrap_or(u16::MAX);
                    self.program.units.push(name_of(binding));
                    for word in words_of(binding) {
                        self.scope.units.entry(word).or_insert(id);
                    }
                }
            }
            ast::Declaration::Object(node) => {
                if self.scope.objects.contains_key(&node.name.text) {
                    return;
                }
                let id = ObjectId(u16::try_from(self.program.objects.len()).unwrap_or(u16::MAX));
                self.program.objects.push(Object {
                    name: name_of(&node.name),
                    fields: Vec::new(),
                    member_of: None,
                });
                for word in words_of(&node.name) {
                    // The language itself knows people by both names; a declared one goes first.
                    for (own, other) in [("人", "person"), ("person", "人")] {
                        if word == own {
                            self.scope.objects.entry(other.to_owned()).or_insert(id);
                        }
                    }
                    self.scope.objects.insert(word, id);
                }
            }
            _ => {}
        }
    }

    fn collect_enum(&mut self, node: &ast::Enumeration) {
        let id = EnumId(u16::try_from(self.program.enums.len()).unwrap_or(u16::MAX));
        if self.scope.enums.contains_key(&node.name.text) {
            self.report(error::duplicate(node.name.span, &node.name.text, node.name.span));
            return;
        }
        self.program.enums.push(Enumeration {
            name: name_of(&node.name),
            values: node.values.iter().map(name_of).collect(),
        });
        for word in words_of(&node.name) {
            self.scope.enums.insert(word, id);
        }
        for (at, value) in node.values.iter().enumerate() {
            if let Some(first) = node.values.iter().take(at).find(|other| other.text == value.text)
            {
                self.report(error::duplicate(value.span, &value.text, first.span));
            }
            let at = u16::try_from(at).unwrap_or(u16::MAX);
            for word in words_of(value) {
                self.scope.values.entry(word).or_default().push((id, at));
            }
        }
    }

    fn collect_fields(&mut self, module: ModuleId, object: &ast::Object) {
        let Some(&owner) = self.scope.objects.get(&object.name.text) else { return };
        for field in &object.fields {
            if let Some(first) = self.field_named(owner, &field.name.text) {
                let first = self.program.field(first).map_or(Span::default(), |field| field.span);
                self.report(error::duplicate(field.name.span, &field.name.text, first));
                continue;
            }
            let ty = self.type_of(&field.ty, true);
            let id = FieldId(u32::try_from(self.program.fields.len()).unwrap_or(u32::MAX));
            // A list of one's own kind (supporters of a person) names others; it holds nobody.
            if let (Type::Object(element), true) = (&ty, field.many)
                && *element != owner
                && let Some(element) = self.program.objects.get_mut(usize::from(element.0))
            {
                element.member_of.get_or_insert((owner, id));
            }
            let lowered = self.field(owner, field, ty);
            for word in words_of(&field.name) {
                self.scope.fields.entry(word).or_default().push((owner, id));
            }
            self.program.fields.push(lowered);
            self.field_modules.push(module);
            if let Some(owner) = self.program.objects.get_mut(usize::from(owner.0)) {
                owner.fields.push(id);
            }
        }
    }

    fn field(&mut self, owner: ObjectId, field: &ast::Field, mut ty: Type) -> Field {
        let range = match &field.ty.kind {
            ast::TypeExprKind::Integer(range) => range.as_ref(),
            _ => None,
        };
        let range = range.or(field.range.as_ref()).and_then(|range| {
            let (low, high) = self.literal_range(range, &ty)?;
            Some((low, high?))
        });
        if let Some(at) = field.not_after_assessment
            && !matches!(ty, Type::Date | Type::Month | Type::Error)
        {
            self.report(error::not_a_day(at));
        }
        let default = field.default.as_ref().and_then(|value| self.default_value(value, &ty));
        if let Type::Number(number) = &mut ty {
            // Facts are checked on entry to have no fraction of a fen.
            number.whole_fen = true;
        }
        if let Some(crate::hir::DefaultValue::Value(crate::hir::Constant::Number(zero))) = default
            && zero.is_zero()
            && field.question.is_none()
            && ty.unit().is_some_and(|unit| unit.exponent(crate::value::Dimension::Yuan) != 0)
        {
            self.report(error::generous_default(field.name.span, &field.name.text));
        }
        let count = |bound: &Option<ast::Expr>| {
            bound.as_ref().and_then(|bound| match &bound.kind {
                ast::ExprKind::Number(number) => {
                    number.value.to_i64().and_then(|count| u32::try_from(count).ok())
                }
                _ => None,
            })
        };
        Field {
            object: owner,
            name: name_of(&field.name),
            ty,
            optional: field.optional,
            many: field.many,
            count: (count(&field.at_least), count(&field.at_most)),
            sensitive: field.sensitive,
            immutable: field.immutable,
            not_suggested: field.not_suggested,
            not_after_assessment: field.not_after_assessment.is_some(),
            range,
            default,
            question: field.question.as_ref().map(|question| question.text.clone()),
            span: field.name.span,
        }
    }

    /// The root is the object that has members and is nobody's member.
    fn find_root(&mut self) {
        let has_list = |object: &Object| {
            object.fields.iter().any(|field| self.program.field(*field).is_some_and(|f| f.many))
        };
        let root = self
            .program
            .objects
            .iter()
            .position(|object| object.member_of.is_none() && has_list(object))
            .or_else(|| self.program.objects.iter().position(|object| object.member_of.is_none()));
        self.program.root = ObjectId(u16::try_from(root.unwrap_or(0)).unwrap_or(0));
    }

    /// 适用日 of each benefit, as its most local layer says it.
    fn find_applicable_dates(&mut self, layers: &[LayerText<'a>]) {
        for module in self.modules.clone() {
            let said = module
                .layers
                .iter()
                .filter_map(|layer| layers.get(usize::from(layer.0)))
                .flat_map(|layer| layer.files.iter())
                .filter_map(|file| file.header.as_ref()?.applicable_date.as_ref())
                .next_back();
            let Some(said) = said else { continue };
            let day = self.applicable_date(said);
            for layer in &module.layers {
                if let Some(layer) = self.program.layers.get_mut(usize::from(layer.0)) {
                    layer.applicable = day;
                }
            }
        }
    }

    fn applicable_date(&mut self, said: &ast::Reference) -> ApplicableDate {
        match builtins::word(&said.text) {
            Some(Word::PeriodFirst) => ApplicableDate::PeriodFirst,
            Some(Word::PeriodLast) => ApplicableDate::PeriodLast,
            Some(Word::Assessment) => ApplicableDate::Assessment,
            _ => match self.field_named(self.program.root, &said.text) {
                Some(field)
                    if self.program.field(field).is_some_and(|field| field.ty == Type::Date) =>
                {
                    ApplicableDate::Fact(field)
                }
                _ => {
                    self.report(error::unknown_name(said.span, &said.text, Some("所属期首日")));
                    ApplicableDate::default()
                }
            },
        }
    }

    fn collect_law(
        &mut self,
        layer: LayerId,
        text: &LayerText<'a>,
        declaration: &'a ast::Declaration,
    ) {
        let module = self.module(text);
        self.check_authority(declaration);
        match declaration {
            ast::Declaration::Parameter(node) => self.collect_parameter(layer, module, node),
            ast::Declaration::Table(node) => self.collect_table(layer, module, node),
            ast::Declaration::Rule(node) => {
                let Some(subject) = self.subject_of(node.tail.subject.as_ref()) else { return };
                if let Some(id) = self.definition_named(module, &node.name.text, subject) {
                    if let Some(Origin::Rule { versions, .. }) = self.origins.get_mut(id.0 as usize)
                    {
                        versions.push((layer, node));
                        return;
                    }
                    self.report_duplicate(&node.name, id);
                    return;
                }
                let origin =
                    Origin::Rule { module, versions: vec![(layer, node)], supplements: Vec::new() };
                let ty = node.tail.ty.as_ref().map(|ty| self.subject_type(ty, subject));
                let private = node.tail.modifiers.private;
                self.define(layer, &node.name, private, DefinitionKind::Rule, subject, ty, origin);
            }
            ast::Declaration::Decision(node) => self.collect_decision(layer, text, module, node),
            ast::Declaration::Relation(node) => self.relations.push((layer, module, node)),
            _ => {}
        }
    }

    pub(super) fn report_duplicate(&mut self, name: &ast::Binding, first: DefinitionId) {
        let first = self.program.definition(first).map_or(Span::default(), |first| first.span);
        self.report(error::duplicate(name.span, &name.text, first));
    }

    fn collect_decision(
        &mut self,
        layer: LayerId,
        text: &LayerText<'a>,
        module: ModuleId,
        node: &'a ast::Decision,
    ) {
        let Some(subject) = self.subject_of(Some(&node.tail.subject)) else { return };
        let entitlement = if let Some(id) = self.definition_named(module, &node.name.text, subject)
        {
            if let Some(Origin::Entitlement { versions, .. }) = self.origins.get_mut(id.0 as usize)
            {
                versions.push((layer, node));
            } else {
                self.report_duplicate(&node.name, id);
                return;
            }
            id
        } else {
            let decision =
                DecisionId(u32::try_from(self.program.decisions.len()).unwrap_or(u32::MAX));
            let origin = Origin::Entitlement {
                module,
                versions: vec![(layer, node)],
                supplements: Vec::new(),
            };
            let kind = DefinitionKind::Entitlement(decision);
            let private = node.tail.modifiers.private;
            let id =
                self.define(layer, &node.name, private, kind, subject, Some(Type::Bool), origin);
            let review_months = node.tail.review.as_ref().and_then(|every| self.months(every));
            self.program.decisions.push(Decision {
                name: name_of(&node.name),
                subject,
                entitlement: id,
                payments: Vec::new(),
                review_months,
                own: text.own && !text.vocabulary,
            });
            id
        };
        let validity = self.validity(node.tail.modifiers.in_force.as_ref(), layer, node.span);
        for payment in &node.tail.payments {
            self.collect_payment(layer, module, entitlement, validity, payment);
        }
    }

    pub(super) fn collect_payment(
        &mut self,
        layer: LayerId,
        module: ModuleId,
        entitlement: DefinitionId,
        validity: Validity,
        node: &'a ast::Payment,
    ) {
        let Some(DefinitionKind::Entitlement(decision)) =
            self.program.definition(entitlement).map(|definition| definition.kind)
        else {
            return;
        };
        let Some(subject) =
            self.program.decisions.get(decision.0 as usize).map(|decision| decision.subject)
        else {
            return;
        };
        let existing = self
            .payment_id(decision, &node.name.text)
            .and_then(|id| self.program.payments.get(id.0 as usize))
            .map(|payment| payment.due);
        if let Some(definition) = existing {
            if let Some(Origin::Payment { versions, .. }) =
                self.origins.get_mut(definition.0 as usize)
            {
                versions.push((layer, validity, node));
            }
            return;
        }
        let id = PaymentId(u32::try_from(self.program.payments.len()).unwrap_or(u32::MAX));
        let ty = self.subject_type(&node.ty, subject);
        let due = Origin::Payment { module, entitlement, versions: vec![(layer, validity, node)] };
        let due =
            self.unnamed(layer, &node.name, DefinitionKind::Due(id), subject, ty.clone(), due);
        let paid = Origin::Paid { module, payment: id };
        let kind = DefinitionKind::Payment(id);
        let definition = self.unnamed(layer, &node.name, kind, subject, ty, paid);
        self.program.payments.push(Payment {
            name: name_of(&node.name),
            decision,
            definition,
            due,
        });
        if let Some(decision) = self.program.decisions.get_mut(decision.0 as usize) {
            decision.payments.push(id);
        }
    }

    /// A definition that is reached through its decision, not by a name of its own.
    fn unnamed(
        &mut self,
        layer: LayerId,
        name: &ast::Binding,
        kind: DefinitionKind,
        subject: ObjectId,
        ty: Type,
        origin: Origin<'a>,
    ) -> DefinitionId {
        let id = DefinitionId(u32::try_from(self.program.definitions.len()).unwrap_or(u32::MAX));
        self.origins.push(origin);
        self.states.push(State::Pending);
        self.program.definitions.push(Definition {
            name: name_of(name),
            kind,
            subject,
            ty,
            root: None,
            versions: None,
            sample: false,
            texts: Vec::new(),
            span: name.span,
            layer,
        });
        id
    }

    /// The payment of a decision by name.
    pub(super) fn payment_id(&self, decision: DecisionId, name: &str) -> Option<PaymentId> {
        let decision = self.program.decisions.get(decision.0 as usize)?;
        decision.payments.iter().copied().find(|payment| {
            self.program.payments.get(payment.0 as usize).is_some_and(|found| found.name.is(name))
        })
    }

    /// The definition of a decision's payment of that name, as paid.
    pub(super) fn payment_named(&self, decision: DecisionId, name: &str) -> Option<DefinitionId> {
        let payment = self.payment_id(decision, name)?;
        self.program.payments.get(payment.0 as usize).map(|payment| payment.definition)
    }

    fn collect_supplement(
        &mut self,
        layer: LayerId,
        text: &LayerText<'a>,
        declaration: &'a ast::Declaration,
    ) {
        let module = self.module(text);
        let (name, subject) = match declaration {
            ast::Declaration::SupplementRule(node) => (&node.name, node.tail.subject.as_ref()),
            ast::Declaration::SupplementDecision(node) => (&node.name, Some(&node.tail.subject)),
            _ => return,
        };
        let Some(last) = name.segments.last() else { return };
        let Some(subject) = self.subject_of(subject) else { return };
        let found = self.definition_named(module, &last.text, subject);
        let Some(id) = found else {
            self.report_unknown(&last.text, error::nothing_to_supplement(name.span, &name.text()));
            return;
        };
        match (declaration, self.origins.get_mut(id.0 as usize)) {
            (ast::Declaration::SupplementRule(node), Some(Origin::Rule { supplements, .. })) => {
                supplements.push((layer, node));
            }
            (
                ast::Declaration::SupplementDecision(node),
                Some(Origin::Entitlement { supplements, .. }),
            ) => {
                supplements.push((layer, node));
                let validity =
                    self.validity(node.tail.modifiers.in_force.as_ref(), layer, node.span);
                for payment in &node.tail.payments {
                    self.collect_payment(layer, module, id, validity, payment);
                }
            }
            _ => self.report(error::nothing_to_supplement(name.span, &name.text())),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one definition")]
    pub(super) fn define(
        &mut self,
        layer: LayerId,
        name: &ast::Binding,
        private: bool,
        kind: DefinitionKind,
        subject: ObjectId,
        ty: Option<Type>,
        origin: Origin<'a>,
    ) -> DefinitionId {
        let id = DefinitionId(u32::try_from(self.program.definitions.len()).unwrap_or(u32::MAX));
        let module = origin.module();
        self.origins.push(origin);
        self.states.push(State::Pending);
        self.program.definitions.push(Definition {
            name: name_of(name),
            kind,
            subject,
            ty: ty.unwrap_or(Type::Error),
            root: None,
            versions: None,
            sample: false,
            texts: Vec::new(),
            span: name.span,
            layer,
        });
        self.declare(module, name, private, Entity::Definition(id));
        id
    }

    pub(super) fn declare(
        &mut self,
        module: ModuleId,
        name: &ast::Binding,
        private: bool,
        entity: Entity,
    ) {
        for word in words_of(name) {
            self.scope.entries.entry(word).or_default().push(Entry { module, private, entity });
        }
    }

    /// The definition of that module, name and subject.
    pub(super) fn definition_named(
        &self,
        module: ModuleId,
        name: &str,
        subject: ObjectId,
    ) -> Option<DefinitionId> {
        self.scope.entries.get(name)?.iter().find_map(|entry| match entry.entity {
            Entity::Definition(id) if entry.module == module => {
                let definition = self.program.definition(id)?;
                (definition.subject == subject).then_some(id)
            }
            _ => None,
        })
    }

    /// The object of a head; the root where none is written.
    pub(super) fn subject_of(&mut self, subject: Option<&ast::Subject>) -> Option<ObjectId> {
        let Some(subject) = subject else { return Some(self.program.root) };
        let found = self.scope.objects.get(&subject.object.text).copied();
        if found.is_none() {
            let close = crate::diagnostic::closest_name(
                &subject.object.text,
                self.scope.objects.keys().map(String::as_str),
            )
            .map(str::to_owned);
            let (span, name) = (subject.object.span, &subject.object.text);
            self.report_unknown(name, error::unknown_object(span, name, close.as_deref()));
        }
        found
    }

    /// 施行 of a head, or else of the header of the file that it stands in, or else of another file
    /// of the layer.
    pub(super) fn validity(
        &mut self,
        period: Option<&ast::Period>,
        layer: LayerId,
        at: Span,
    ) -> Validity {
        match period {
            Some(period) => self.period(period),
            None => {
                let of_layer = || self.in_force.get(usize::from(layer.0)).copied();
                let of_file = self.in_force_by_file.get(&at.source).copied();
                of_file.or_else(of_layer).unwrap_or_default()
            }
        }
    }

    /// 施行 and 发布 of a layer, as the first of its headers says them. Files of one policy may say
    /// different times: each is what holds in its own.
    fn header_validity(&mut self, text: &LayerText<'a>) -> Validity {
        let mut of_layer: Option<Validity> = None;
        for header in text.files.iter().filter_map(|file| file.header.as_ref()) {
            if header.in_force.is_none() && header.published.is_none() {
                continue;
            }
            let period = header.in_force.as_ref();
            let validity = period.map_or_else(Validity::default, |period| self.period(period));
            let published = header.published.map(|(date, _)| date);
            let validity = Validity { published, ..validity };
            self.in_force_by_file.insert(header.span.source, validity);
            if let Some(period) = period {
                self.program.in_force.insert(header.span.source, (period.span, validity));
            }
            of_layer.get_or_insert(validity);
        }
        of_layer.unwrap_or_default()
    }

    /// What the headers of the last layer cite.
    fn instruments(&mut self, text: &LayerText<'_>, of_layer: Validity) {
        let mut found = Vec::new();
        for header in text.files.iter().filter_map(|file| file.header.as_ref()) {
            let validity = *self.in_force_by_file.get(&header.span.source).unwrap_or(&of_layer);
            found.extend(header.citations.iter().map(|citation| Instrument {
                text: match &citation.short {
                    Some(short) => format!("{}，简称{short}", citation.text),
                    None => citation.text.clone(),
                },
                validity,
            }));
        }
        if let Some(layer) = self.program.layers.last_mut() {
            layer.instruments = found;
        }
    }

    /// First and last day of a period.
    pub(super) fn period(&mut self, period: &ast::Period) -> Validity {
        let from = period.from.and_then(|(point, _)| first_day(point));
        let until = period.until.and_then(|(point, _)| last_day(point));
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            self.report(error::not_here(
                period.span,
                crate::diagnostic::Bilingual::new(
                    "终止日早于起始日",
                    "the last day is before the first",
                ),
                crate::diagnostic::Bilingual::new("检查两个日期", "check the two dates"),
            ));
        }
        Validity { from, until, published: None }
    }

    /// The sources of a head.
    pub(super) fn sources_of(&self, citations: &[ast::Citation]) -> Vec<String> {
        citation_texts(citations)
    }
}

/// The place and the benefit of a header's alias: `zhongshan`, `dibao`; of a vocabulary the name.
fn twins(text: &LayerText<'_>) -> Option<(String, String)> {
    let headers = text.files.iter().filter_map(|file| file.header.as_ref());
    let alias = headers.filter_map(|header| header.alias.as_ref()).next()?;
    let alias = alias.text.trim();
    let (place, benefit) = alias.split_once('.').unwrap_or((alias, alias));
    Some((place.to_owned(), benefit.to_owned()))
}

/// The first day that a date, month or year holds.
pub(crate) fn first_day(point: ast::DatePoint) -> Option<Date> {
    match point {
        ast::DatePoint::Date(date) => Some(date),
        ast::DatePoint::Month(month) => Some(month.first_day()),
        ast::DatePoint::Year(year) => YearMonth::new(year, 1).ok().map(YearMonth::first_day),
    }
}

/// The last one.
pub(crate) fn last_day(point: ast::DatePoint) -> Option<Date> {
    match point {
        ast::DatePoint::Date(date) => Some(date),
        ast::DatePoint::Month(month) => Some(month.last_day()),
        ast::DatePoint::Year(year) => YearMonth::new(year, 12).ok().map(YearMonth::last_day),
    }
}

/// A binding as a name.
pub(super) fn name_of(binding: &ast::Binding) -> Name {
    Name {
        text: binding.text.clone(),
        alias: binding.alias.as_ref().map(|alias| alias.text.trim().to_owned()),
    }
}

/// A binding's name and alias.
pub(super) fn words_of(binding: &ast::Binding) -> Vec<String> {
    let name = name_of(binding);
    let mut words = vec![name.text.clone()];
    words.extend(name.alias.filter(|alias| *alias != name.text));
    words
}
