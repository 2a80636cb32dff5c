//! Tables: each a choice over its lines.

use super::{Context, Lowerer};
use crate::diagnostic::Bilingual;
use crate::hir::{Arm, NodeId, NodeKind, error};
use crate::source::Span;
use crate::syntax::ast;
use crate::types::Type;

impl Lowerer<'_> {
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
                self.report(error::expected(
                    cell.text.span,
                    &Bilingual::new("一个范围或“其他”", "a range or `other`"),
                    &Bilingual::new(
                        format!("“{}”", cell.text.text),
                        format!("`{}`", cell.text.text),
                    ),
                ));
                None
            }
        }
    }
}
