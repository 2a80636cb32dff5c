//! 目标: what a plan sets over a population. A target is lowered about the root object; what it
//! counts up are measures, whose bodies and filters are ordinary nodes of the things counted.

use super::scope::ModuleId;
use super::{Context, LayerText, Lowerer, citation_texts};
use crate::builtins::{self, Function, Word};
use crate::diagnostic::Bilingual;
use crate::hir::program::{DefinitionId, LayerId};
use crate::hir::{
    Alternative, Constant, Figure, FigureId, Measure, MeasureId, MeasureKind, NodeId, NodeKind,
    OutcomeConstant, QuestionDate, Target, error,
};
use crate::source::Span;
use crate::syntax::ast::{self, BinaryOperator, Comparison, Expr, ExprKind};
use crate::types::{NumberStyle, NumberType, ObjectId, Type};
use crate::value::{Dimension, Unit};

impl<'a> Lowerer<'a> {
    /// The targets of all layers of the policy itself.
    pub(super) fn targets(&mut self, layers: &[LayerText<'a>]) {
        for (at, text) in layers.iter().enumerate().filter(|(_, text)| text.own) {
            let layer = LayerId(u16::try_from(at).unwrap_or(u16::MAX));
            let module = self.modules.iter().position(|module| module.layers.contains(&layer));
            let Some(module) = module.map(ModuleId) else { continue };
            for file in &text.files {
                for declaration in &file.declarations {
                    if let ast::Declaration::Target(node) = declaration {
                        self.target(layer, module, node);
                    }
                }
            }
        }
    }

    fn target(&mut self, layer: LayerId, module: ModuleId, node: &ast::Target) {
        let Some(population) = self.subject_of(node.subject.as_ref()) else { return };
        if let Some(first) = self.program.target(&node.name.text) {
            let first = first.span;
            self.report(error::duplicate(node.name.span, &node.name.text, first));
            return;
        }
        let here = Context::of(self.program.root, module, layer);
        let cx = Context { population: Some(population), ..here };
        let (figures, measures) = (self.program.figures.len(), self.program.measures.len());
        let root = self.condition_body(cx, &node.body);
        self.label_figures(root);
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let figures: Vec<FigureId> =
            (figures..self.program.figures.len()).map(|at| FigureId(number(at))).collect();
        let measures: Vec<MeasureId> =
            (measures..self.program.measures.len()).map(|at| MeasureId(number(at))).collect();
        if figures.is_empty() && !self.ty(root).is_error() && measures.is_empty() {
            self.report(error::not_here(
                node.name.span,
                Bilingual::new(
                    format!("目标“{}”没有说明要达到多少", node.name.text),
                    format!("the target `{}` does not say what is to be reached", node.name.text),
                ),
                Bilingual::new(
                    "写 比例（…）达到100%、户数（…）不少于200户",
                    "write `share(…) at least 100%` or `household_count(…) at least 200household`",
                ),
            ));
        }
        let sample =
            node.sample.is_some() || self.program.layer(layer).is_some_and(|layer| layer.sample);
        self.program.targets.push(Target {
            name: super::collect::name_of(&node.name),
            term: node.term.as_ref().map(|(term, _)| term.clone()),
            root,
            figures,
            measures,
            citations: citation_texts(&node.citations),
            sample,
            layer,
            span: node.name.span,
        });
    }

    /// Every figure learns the item that it stands in.
    fn label_figures(&mut self, root: NodeId) {
        let mut open = vec![(root, None)];
        while let Some((node, item)) = open.pop() {
            let Some(found) = self.program.node(node) else { continue };
            let item = match &found.kind {
                NodeKind::Item(item, _) => Some(*item),
                _ => item,
            };
            open.extend(found.kind.operands().into_iter().map(|operand| (operand, item)));
            let figure = self.program.figures.iter_mut().find(|figure| figure.comparison == node);
            if let Some(figure) = figure {
                figure.item = item;
            }
        }
    }

    /// A comparison of a target: what is measured against what is demanded.
    pub(super) fn figure(
        &mut self,
        cx: Context,
        operator: Comparison,
        (left, right): (&Expr, &Expr),
        span: Span,
    ) -> NodeId {
        let computed = self.expr(cx, left, None);
        let left_ty = self.ty(computed);
        let bound = self.expr(cx, right, Some(&left_ty));
        let right_ty = self.ty(bound);
        let countable = |ty: &Type| matches!(ty, Type::Number(_) | Type::Date);
        if left_ty.is_error() || right_ty.is_error() {
            return self.poison(cx, span);
        }
        if !countable(&left_ty) {
            let found = self.describe(&left_ty);
            let wanted = Bilingual::new("一个数或日期", "a number or a date");
            self.report(error::expected(left.span, &wanted, &found));
            return self.poison(cx, span);
        }
        if !left_ty.fits(&right_ty) {
            self.mismatch((left.span, &left_ty), (right.span, &right_ty));
            return self.poison(cx, span);
        }
        let style = right_ty.as_number().map(|number| number.style).unwrap_or_default();
        let shown = match left_ty.clone() {
            Type::Number(number) if number.style == NumberStyle::Plain => {
                Type::Number(NumberType { style, ..number })
            }
            other => other,
        };
        let id = FigureId(u32::try_from(self.program.figures.len()).unwrap_or(u32::MAX));
        let node = self.push(cx, NodeKind::Reported(id, computed), shown, left.span);
        let kind = NodeKind::Compare(operator, node, bound);
        let comparison = self.push(cx, kind, Type::Bool, span);
        self.program.figures.push(Figure {
            item: None,
            operator,
            comparison,
            left: node,
            computed,
            right: bound,
        });
        comparison
    }

    /// What a share is of must not be empty: the divisor, and the stock in 超存量的50%.
    pub(super) fn shares(
        &mut self,
        cx: Context,
        operator: BinaryOperator,
        a: NodeId,
        b: NodeId,
    ) -> (NodeId, NodeId) {
        if cx.population.is_none() {
            return (a, b);
        }
        let is_ratio = |node: NodeId| {
            let ty = self.ty(node);
            ty.as_number().is_some_and(|number| number.style != NumberStyle::Plain)
        };
        match operator {
            BinaryOperator::Divide => (a, self.not_empty(cx, b)),
            BinaryOperator::Multiply if is_ratio(b) => (self.not_empty(cx, a), b),
            BinaryOperator::Multiply if is_ratio(a) => (a, self.not_empty(cx, b)),
            _ => (a, b),
        }
    }

    fn not_empty(&mut self, cx: Context, node: NodeId) -> NodeId {
        if !self.reaches(node, |kind| matches!(kind, NodeKind::Measure(_))) {
            return node;
        }
        let (ty, span) = (self.ty(node), self.span(node));
        self.push(cx, NodeKind::NotEmpty(node), ty, span)
    }

    /// Whether a node or anything it needs is of a kind.
    fn reaches(&self, node: NodeId, wanted: impl Fn(&NodeKind) -> bool) -> bool {
        let mut open = vec![node];
        let mut seen = std::collections::BTreeSet::new();
        while let Some(node) = open.pop() {
            if !seen.insert(node) {
                continue;
            }
            let Some(kind) = self.program.node(node).map(|node| &node.kind) else { continue };
            if wanted(kind) {
                return true;
            }
            open.extend(kind.operands());
        }
        false
    }

    /// A rule used in a target, outside what is taken of each: only where it rests on no facts.
    pub(super) fn use_over_population(
        &mut self,
        cx: Context,
        population: ObjectId,
        id: DefinitionId,
        span: Span,
    ) -> NodeId {
        let inner = Context { population: None, ..cx };
        let node = self.use_from(inner, id, span);
        let of_somebody = |kind: &NodeKind| {
            matches!(
                kind,
                NodeKind::Fact(_)
                    | NodeKind::Aggregate { .. }
                    | NodeKind::Discretion { .. }
                    | NodeKind::Shift(..)
                    | NodeKind::MonthsInARow(_)
                    | NodeKind::LastTime(_)
            )
        };
        if self.reaches(node, of_somebody) {
            let name = self.program.definition(id).map(|found| found.name.text.clone());
            return self.not_counted_up(cx, population, &name.unwrap_or_default(), span);
        }
        node
    }

    /// A fact or rule of one of many, where a target needs a figure over all of them.
    pub(super) fn not_counted_up(
        &mut self,
        cx: Context,
        population: ObjectId,
        name: &str,
        span: Span,
    ) -> NodeId {
        let object = self.object_name(population);
        self.report(error::not_counted_up(span, name, &object));
        self.poison(cx, span)
    }

    /// A measure, where a target calls for one.
    pub(super) fn measure(&mut self, cx: Context, call: &ast::Call, span: Span) -> Option<NodeId> {
        let population = cx.population?;
        let (builtin, function) = builtins::function(&call.callee.text)?;
        let (kind, unit) = match function {
            Function::Count => (MeasureKind::Count, Unit::of(Dimension::Person)),
            Function::HouseholdCount => (MeasureKind::Count, Unit::of(Dimension::Household)),
            Function::Occurrences => (MeasureKind::Count, Unit::of(Dimension::Time)),
            Function::NumberOf => (MeasureKind::Count, Unit::dimensionless()),
            Function::Sum => (MeasureKind::Sum, Unit::dimensionless()),
            Function::Average => (MeasureKind::Average, Unit::dimensionless()),
            Function::Highest => (MeasureKind::Highest, Unit::dimensionless()),
            Function::Lowest => (MeasureKind::Lowest, Unit::dimensionless()),
            Function::Share => (MeasureKind::Share, Unit::dimensionless()),
            Function::Exists => (MeasureKind::Exists, Unit::dimensionless()),
            Function::Each => (MeasureKind::Each, Unit::dimensionless()),
            _ => return None,
        };
        let bodies = usize::from(kind != MeasureKind::Count);
        let (named, body) = match call.arguments.as_slice() {
            [] if bodies == 0 => (None, None),
            [named] if bodies == 0 => (Some(named), None),
            [body] => (None, Some(body)),
            [named, body] if bodies == 1 => (Some(named), Some(body)),
            _ => {
                return Some(self.misused(cx, call, builtin, span));
            }
        };
        let found = match named {
            Some(named) => self.population_named(cx, named),
            None => Some((self.counted_by_default(&unit, kind, population), None)),
        };
        let Some((element, set)) = found else { return Some(self.poison(cx, span)) };
        let inner = Context { subject: element, population: None, ..cx };
        let mut filters: Vec<NodeId> = set.into_iter().collect();
        if let Some(filter) = &call.filter {
            filters.push(self.condition(inner, filter));
        }
        let (body, ty) = self.measured_body(inner, kind, body, unit);
        if ty.is_error() {
            return Some(self.poison(cx, span));
        }
        let id = MeasureId(u32::try_from(self.program.measures.len()).unwrap_or(u32::MAX));
        let measure = Measure { kind, element, filters, body, ty: ty.clone(), span };
        self.program.measures.push(measure);
        Some(self.push(cx, NodeKind::Measure(id), ty, span))
    }

    fn measured_body(
        &mut self,
        inner: Context,
        kind: MeasureKind,
        body: Option<&Expr>,
        unit: Unit,
    ) -> (Option<NodeId>, Type) {
        let count = NumberType { unit, integer: true, whole_fen: true, ..NumberType::default() };
        let Some(body) = body else { return (None, Type::Number(count)) };
        match kind {
            MeasureKind::Exists | MeasureKind::Each => {
                (Some(self.condition(inner, body)), Type::Bool)
            }
            MeasureKind::Share => {
                let style = NumberStyle::Percent;
                let ty = Type::Number(NumberType { style, ..NumberType::default() });
                (Some(self.condition(inner, body)), ty)
            }
            _ => {
                let node = self.expr(inner, body, None);
                let ty = match (kind, self.numeric(node)) {
                    (MeasureKind::Average, Type::Number(number)) => {
                        Type::Number(NumberType { whole_fen: false, integer: false, ..number })
                    }
                    (_, ty) => ty,
                };
                (Some(node), ty)
            }
        }
    }

    /// Whom a count is about where it names nobody: 户数 households, 人数 people.
    fn counted_by_default(&self, unit: &Unit, kind: MeasureKind, population: ObjectId) -> ObjectId {
        let root = self.program.root;
        if kind != MeasureKind::Count {
            return population;
        }
        if *unit == Unit::of(Dimension::Household) {
            return root;
        }
        if *unit == Unit::of(Dimension::Person) && population == root {
            let fields = self.program.object(root).map(|root| root.fields.clone());
            let element = fields.unwrap_or_default().into_iter().find_map(|field| {
                match self.program.field(field) {
                    Some(field) if field.many => match field.ty {
                        Type::Object(element) => Some(element),
                        _ => None,
                    },
                    _ => None,
                }
            });
            return element.unwrap_or(population);
        }
        population
    }

    /// An object, a list of the household, or a 集合, as what is counted.
    fn population_named(
        &mut self,
        cx: Context,
        named: &Expr,
    ) -> Option<(ObjectId, Option<NodeId>)> {
        let ExprKind::Name(name) = &named.kind else {
            let text = self.sources.slice(named.span).to_owned();
            self.report(error::unknown_name(named.span, &text, None));
            return None;
        };
        if let Some(&object) = self.scope.objects.get(&name.text) {
            return Some((object, None));
        }
        let lists = self.program.objects.iter().filter_map(|object| object.member_of);
        let found = lists.filter_map(|(_, list)| self.program.field(list));
        let list = found.into_iter().find(|list| list.name.is(&name.text));
        if let Some(Type::Object(element)) = list.map(|field| &field.ty) {
            return Some((*element, None));
        }
        if let Some(definition) = self.set_named(cx, &name.text) {
            let element = self.program.definition(definition)?.subject;
            let inner = Context { subject: element, population: None, ..cx };
            let member = self.use_definition(inner, definition, name.span);
            return Some((element, Some(member)));
        }
        let objects = self.program.objects.iter().map(|object| object.name.text.as_str());
        let close = crate::diagnostic::closest_name(&name.text, objects).map(str::to_owned);
        self.report_unknown(
            &name.text,
            error::unknown_name(name.span, &name.text, close.as_deref()),
        );
        None
    }

    /// 期内（日期）: whether a day lies in the term.
    pub(super) fn in_term(&mut self, cx: Context, call: &ast::Call, span: Span) -> NodeId {
        let Some(day) = call.arguments.first() else { return self.poison(cx, span) };
        let value = self.value_of_type(cx, day, &Type::Date);
        let end = |date| NodeKind::QuestionDate(date);
        let low = self.push(cx, end(QuestionDate::TermFirst), Type::Date, span);
        let high = self.push(cx, end(QuestionDate::TermLast), Type::Date, span);
        let interval = Alternative::Interval { low: Some((low, true)), high: Some((high, true)) };
        let kind = NodeKind::Within { value, alternatives: vec![interval], negated: false };
        self.push(cx, kind, Type::Bool, span)
    }

    /// In a case: 月探访率 等于 完成.
    pub(super) fn target_outcome(
        &mut self,
        cx: Context,
        operator: Comparison,
        left: &Expr,
        right: &Expr,
        span: Span,
    ) -> Option<NodeId> {
        let ExprKind::Name(name) = &left.kind else { return None };
        if !cx.in_case || !matches!(operator, Comparison::Equal | Comparison::NotEqual) {
            return None;
        }
        let root = self.program.target(&name.text)?.root;
        let ExprKind::Name(word) = &right.kind else { return None };
        let wanted = match builtins::word(&word.text) {
            Some(Word::Met) => OutcomeConstant::Met,
            Some(Word::NotMet) => OutcomeConstant::NotMet,
            Some(Word::Undecided) => OutcomeConstant::Undecided,
            _ => {
                self.report(error::unknown_name(word.span, &word.text, Some("完成")));
                return Some(self.poison(cx, span));
            }
        };
        let found = self.push(cx, NodeKind::TargetOutcome(root), Type::Outcome, left.span);
        let wanted = self.constant(cx, Constant::Outcome(wanted), Type::Outcome, word.span);
        Some(self.push(cx, NodeKind::Compare(operator, found, wanted), Type::Bool, span))
    }

    /// In a case: 月探访率的数值, or that of one of its items by label.
    pub(super) fn target_figure(
        &mut self,
        cx: Context,
        word: &ast::Reference,
        member: &Expr,
        span: Span,
    ) -> Option<NodeId> {
        if !cx.in_case {
            return None;
        }
        let figures = self.program.target(&word.text)?.figures.clone();
        let ExprKind::Name(wanted) = &member.kind else { return None };
        let labels: Vec<(String, FigureId)> =
            figures.iter().map(|id| (self.figure_label(*id), *id)).collect();
        let only = match (labels.as_slice(), builtins::word(&wanted.text)) {
            ([(_, only)], Some(Word::Value)) => Some(*only),
            _ => labels.iter().find(|(label, _)| *label == wanted.text).map(|(_, id)| *id),
        };
        let Some(figure) = only.and_then(|id| self.program.figure(id)) else {
            let known: Vec<String> = labels.into_iter().map(|(label, _)| label).collect();
            let known = if known.len() == 1 { "数值".to_owned() } else { known.join("、") };
            self.report(error::unknown_name(wanted.span, &wanted.text, Some(&known)));
            return Some(self.poison(cx, span));
        };
        Some(figure.left)
    }

    /// The label of the item that a figure stands in; empty for the only one of a target.
    fn figure_label(&self, id: FigureId) -> String {
        let item = self.program.figure(id).and_then(|figure| figure.item);
        item.and_then(|item| self.program.item(item))
            .map_or_else(String::new, |item| item.label.clone())
    }

    /// Whether what a case expects speaks of targets.
    pub(super) fn is_of_targets(&self, root: NodeId) -> bool {
        // Most policies have none, and what a case expects rests on most of a policy.
        if self.program.targets.is_empty() && self.program.figures.is_empty() {
            return false;
        }
        self.reaches(root, |kind| {
            matches!(kind, NodeKind::TargetOutcome(_) | NodeKind::Reported(..))
        })
    }
}

/// What the measure words of counted things count: 2个镇街, 77张床位. A unit that a policy declares
/// under such a word goes before.
pub(crate) fn measure_word(text: &str) -> Option<Unit> {
    const THINGS: [&str; 18] = [
        "个", "家", "间", "所", "处", "座", "张", "台", "套", "件", "条", "项", "宗", "例", "场",
        "期", "批", "支",
    ];
    match text {
        "名" | "位" => Some(Unit::of(Dimension::Person)),
        "人次" | "例次" => Some(Unit::of(Dimension::Time)),
        _ => THINGS.contains(&text).then(Unit::dimensionless),
    }
}
