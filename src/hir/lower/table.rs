//! Tables: each a choice over its lines.

use super::authority::{Act, Upper};
use super::scope::{Entity, ModuleId};
use super::version::Dated;
use super::{Context, Lowerer};
use crate::diagnostic::Bilingual;
use crate::hir::program::LayerId;
use crate::hir::{Arm, NodeId, NodeKind, Validity, Version, error};
use crate::source::Span;
use crate::syntax::ast;
use crate::types::{NumberType, Type};

impl<'a> Lowerer<'a> {
    /// Gives a table its place: the first of its name is the one that the name finds.
    pub(super) fn collect_table(&mut self, layer: LayerId, module: ModuleId, node: &'a ast::Table) {
        if node.rows.is_empty() && node.delegated.is_none() && node.pending.is_none() {
            self.report(error::not_here(
                node.name.span,
                Bilingual::new(
                    format!("表“{}”没有写内容", node.name.text),
                    format!("table `{}` has no lines", node.name.text),
                ),
                Bilingual::new(
                    "下面写 ｜年龄｜金额｜依据｜ 和各行，或写 ，由地方规定、，待查",
                    "write its lines below, or `, local` or `, pending`",
                ),
            ));
        }
        let texts = self.texts_of_table(module, &node.name.text);
        if let Some((layer_above, _, first)) = texts.last().and_then(|at| self.tables.get(*at)) {
            let (layer_above, first) = (*layer_above, *first);
            if layer_above != layer {
                let upper = Upper {
                    span: first.name.span,
                    authorizations: &first.authorizations,
                    delegated: first.delegated.as_ref(),
                };
                self.permit(layer, Act::Set, (node.name.span, &node.name.text), upper);
            }
            let keys = |table: &ast::Table| -> Vec<String> {
                table.keys.iter().map(|key| key.text.clone()).collect()
            };
            if keys(first) != keys(node) {
                self.report(error::wrong_keys(node.name.span, &node.name.text, &keys(first)));
            }
        } else {
            let entity = Entity::Table(self.tables.len());
            self.declare(module, &node.name, node.private, entity);
        }
        self.tables.push((layer, module, node));
    }

    /// Reports texts of one table whose dates leave days out or claim them twice.
    pub(super) fn check_tables(&mut self) {
        for at in 0..self.tables.len() {
            let Some(&(_, module, node)) = self.tables.get(at) else { continue };
            let texts = self.texts_of_table(module, &node.name.text);
            if texts.first() != Some(&at) {
                continue;
            }
            let mut dated = Vec::new();
            for text in texts {
                let Some(&(layer, _, node)) = self.tables.get(text) else { continue };
                let period = node.in_force.as_ref();
                let validity = period.map_or_else(Validity::default, |p| self.period(p));
                dated.push(Dated { layer, name: &node.name, validity });
            }
            self.check_dates(&dated);
        }
    }

    /// The tables of one name in one benefit, highest layer first.
    fn texts_of_table(&self, module: ModuleId, name: &str) -> Vec<usize> {
        let is_it = |(_, other, table): &(LayerId, ModuleId, &ast::Table)| {
            *other == module && table.name.text == name
        };
        self.tables.iter().enumerate().filter(|(_, table)| is_it(table)).map(|(at, _)| at).collect()
    }

    /// A table read with these keys: the version in force of the most local layer.
    pub(super) fn table_versions(
        &mut self,
        cx: Context,
        table: usize,
        keys: &[NodeId],
        span: Span,
    ) -> NodeId {
        let Some(&(_, module, node)) = self.tables.get(table) else {
            return self.poison(cx, span);
        };
        let texts = self.texts_of_table(module, &node.name.text);
        let mut built = Vec::new();
        self.used_tables.extend(texts.iter().copied());
        for at in texts {
            let Some(&(layer, _, text)) = self.tables.get(at) else { continue };
            let validity =
                text.in_force.as_ref().map_or_else(Validity::default, |p| self.period(p));
            let root = if text.rows.is_empty() {
                let open = if text.delegated.is_some() { "由地方规定" } else { "待查" };
                let words = format!("{}（{open}）", text.name.text);
                // Whether its amounts are whole fen is asked of whoever fills it.
                let ty = match self.subject_type(&text.ty, cx.subject) {
                    Type::Number(number) => Type::Number(NumberType { whole_fen: true, ..number }),
                    other => other,
                };
                self.push(Context { layer, ..cx }, NodeKind::Pending(words), ty, text.name.span)
            } else {
                self.table_node(cx, at, keys, span)
            };
            built.push((layer, Version { validity, root }));
        }
        self.versions_node(cx, built)
    }

    /// A table read with these keys: a choice over its rows.
    pub(super) fn table_node(
        &mut self,
        cx: Context,
        table: usize,
        keys: &[NodeId],
        span: Span,
    ) -> NodeId {
        let Some(&(layer, module, node)) = self.tables.get(table) else {
            return self.poison(cx, span);
        };
        let here = Context { layer, module, ..cx };
        let ty = self.subject_type(&node.ty, cx.subject);
        let columns: Vec<Option<usize>> = node
            .keys
            .iter()
            .map(|key| node.columns.iter().position(|column| column.text == key.text))
            .collect();
        let value_column = node.columns.iter().enumerate().position(|(at, column)| {
            !columns.contains(&Some(at)) && !matches!(column.text.as_str(), "依据" | "source")
        });
        let (Some(value_column), true) = (value_column, columns.iter().all(Option::is_some)) else {
            self.report(error::not_here(
                node.name.span,
                Bilingual::new(
                    "表头要有每个分类的列和一列数值",
                    "the first line must name each key and one column of values",
                ),
                Bilingual::new(
                    "第一行写作 ｜年龄｜金额｜依据｜",
                    "write `|age|amount|source|` first",
                ),
            ));
            return self.poison(cx, span);
        };
        let columns: Vec<usize> = columns.into_iter().flatten().collect();
        let mut arms = Vec::new();
        let mut otherwise = None;
        for (number, row) in node.rows.iter().enumerate() {
            let value = self.table_value(here, row, value_column, &ty);
            let mut conditions = Vec::new();
            for (column, key) in columns.iter().zip(keys) {
                if let Some(condition) = self.table_condition(here, row, *column, *key) {
                    conditions.push(condition);
                }
            }
            if conditions.is_empty() {
                otherwise = Some(value);
                continue;
            }
            let condition = if conditions.len() == 1 {
                conditions.first().copied()
            } else {
                Some(self.push(here, NodeKind::All(conditions), Type::Bool, row.span))
            };
            let label = columns
                .iter()
                .filter_map(|column| row.cells.get(*column))
                .map(|cell| cell.text.text.trim())
                .collect::<Vec<_>>()
                .join("、");
            let label = ast::Text { text: label, span: row.span };
            let citations: Vec<ast::Citation> = row
                .cells
                .iter()
                .filter_map(|cell| match &cell.content {
                    ast::TableCellContent::Citation(citation) if !citation.text.is_empty() => {
                        Some(citation.clone())
                    }
                    _ => None,
                })
                .collect();
            let item =
                self.item(here, &format!("第{}行", number + 1), Some(&label), &citations, row.span);
            arms.push(Arm { item, condition, value });
        }
        if self.checked_tables.insert(table) {
            if otherwise.is_none() {
                self.check_rest(&arms, node.span);
            }
            self.check_items(ast::Combine::Unique, &arms);
        }
        let kind = NodeKind::Choose { combine: ast::Combine::Unique, arms, otherwise };
        let ty = self.whole_type(&kind, ty);
        self.push(here, kind, ty, span)
    }

    fn table_value(
        &mut self,
        cx: Context,
        row: &ast::TableRow,
        column: usize,
        ty: &Type,
    ) -> NodeId {
        let Some(cell) = row.cells.get(column) else { return self.poison(cx, row.span) };
        match &cell.content {
            ast::TableCellContent::Alternatives(ranges) => {
                if let [ast::Range { kind: ast::RangeKind::Value(value), .. }] = ranges.as_slice() {
                    return self.value_of_type(cx, value, ty);
                }
                self.report(error::expected(
                    cell.text.span,
                    &Bilingual::new("一个数值", "a value"),
                    &Bilingual::new("一个范围", "a range"),
                ));
                self.poison(cx, cell.text.span)
            }
            ast::TableCellContent::Pending => {
                let text = format!("{}（待查）", self.sources.slice(row.span).trim());
                let kind = NodeKind::Pending(text);
                self.push(cx, kind, ty.clone(), cell.text.span)
            }
            _ => {
                self.report(error::expected(
                    cell.text.span,
                    &Bilingual::new("一个数值", "a value"),
                    &Bilingual::new(
                        format!("“{}”", cell.text.text),
                        format!("`{}`", cell.text.text),
                    ),
                ));
                self.poison(cx, cell.text.span)
            }
        }
    }

    fn table_condition(
        &mut self,
        cx: Context,
        row: &ast::TableRow,
        column: usize,
        key: NodeId,
    ) -> Option<NodeId> {
        let cell = row.cells.get(column)?;
        match &cell.content {
            ast::TableCellContent::Alternatives(ranges) => {
                let alternatives = self.alternatives(cx, ranges, key);
                let kind = NodeKind::Within { value: key, alternatives, negated: false };
                Some(self.push(cx, kind, Type::Bool, cell.text.span))
            }
            ast::TableCellContent::Other | ast::TableCellContent::Empty => None,
            _ => {
                let found = error::expected(
                    cell.text.span,
                    &Bilingual::new("一个范围或“其他”", "a range or `other`"),
                    &Bilingual::new(
                        format!("“{}”", cell.text.text),
                        format!("`{}`", cell.text.text),
                    ),
                );
                self.report(found.help(Bilingual::new(
                    "范围写作 80岁以上不满90岁、80岁至89岁、不满80岁、100岁以上；其余的写 其他",
                    "a range is written `80years_old and_up below 90years_old`, `80years_old to \
                     89years_old`, `below 80years_old`, `100years_old and_up`; the rest is `other`",
                )));
                None
            }
        }
    }
}
