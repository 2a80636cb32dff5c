//! Lists of people as a written case names them: `赡养人 丁、戊`.

use super::{Binder, scalar_of};
use crate::builtins::{self, Word};
use crate::diagnostic::{Bilingual, Diagnostic};
use crate::hir::{FieldId, lower_first_day};
use crate::input::literal::takes;
use crate::input::{Fact, InstanceId, Scalar};
use crate::source::Span;
use crate::syntax::ast::{self, ExprKind};
use crate::value::Date;

impl Binder<'_> {
    /// How many stand in each list that a table states. A list that no table states is not asked
    /// for: a case says what it needs.
    pub(super) fn count(&mut self, written: &ast::Case) {
        let mut found = Vec::new();
        for table in &written.tables {
            let before = self.findings.len();
            let head = table.columns.first().and_then(|first| Some((self.head(first)?, first)));
            self.findings.truncate(before);
            let Some((head, first)) = head else { continue };
            let (Some(list), Some(owner)) = (head.list, head.owner) else { continue };
            let Some(declared) = self.program.field(list) else { continue };
            let (least, most) = declared.count;
            let members = self.case.of(head.element).iter();
            let count = members.filter(|member| member.parent == Some(owner)).count();
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            if least.is_some_and(|least| count < least) || most.is_some_and(|most| count > most) {
                found.push(miscounted(&declared.name.text, count, (least, most), first.span));
            }
        }
        self.findings.append(&mut found);
    }

    /// A list of a person: those it names, 无, 未知 or 拒答, each run of names since its day.
    pub(super) fn listed(&mut self, field: FieldId, values: &[ast::FactValue]) -> Option<Fact> {
        let name = self.program.field(field).map(|declared| declared.name.text.clone())?;
        let whole = values.first()?.value.span.to(values.last()?.value.span);
        if self.program.owns(field) {
            self.findings.push(not_by_key(&name, whole));
            return None;
        }
        // A day stands behind the last of those that hold since then.
        let mut runs: Vec<(Option<Date>, Vec<&ast::FactValue>)> = Vec::new();
        let mut run = Vec::new();
        for value in values {
            run.push(value);
            if let Some(since) = value.since {
                runs.push((lower_first_day(since), std::mem::take(&mut run)));
            }
        }
        if !run.is_empty() {
            runs.push((None, run));
        }
        let mut facts: Vec<(Option<Date>, Fact)> = Vec::new();
        for (since, run) in runs {
            facts.push((since, self.named(field, &name, &run)?));
        }
        if let [(None, fact)] = facts.as_slice() {
            return Some(fact.clone());
        }
        let dated: Option<Vec<(Date, Fact)>> =
            facts.into_iter().map(|(since, fact)| Some((since?, fact))).collect();
        let Some(mut dated) = dated else {
            self.undated(whole);
            return None;
        };
        dated.sort_by_key(|(since, _)| *since);
        Some(Fact::Dated(dated))
    }

    /// Those that one run of names says.
    fn named(&mut self, field: FieldId, name: &str, run: &[&ast::FactValue]) -> Option<Fact> {
        if let [only] = run
            && let ExprKind::Name(word) = &only.value.kind
        {
            match builtins::word(&word.text) {
                Some(Word::None) => return Some(Fact::Listed(Vec::new())),
                Some(Word::Unknown) => return Some(Fact::Unknown),
                Some(Word::Refused) => return Some(Fact::Refused),
                _ => {}
            }
        }
        let (ty, (least, most)) =
            self.program.field(field).map(|field| (field.ty.clone(), field.count))?;
        let mut found: Vec<(InstanceId, Span)> = Vec::new();
        for value in run {
            let span = value.value.span;
            let shown = self.sources.slice(span).to_owned();
            let Ok(Scalar::Instance(_, who)) =
                scalar_of(self.program, &self.case, &ty, &value.value)
            else {
                let wanted = takes(self.program, &ty);
                self.findings.push(nobody(name, &wanted, &shown, span));
                return None;
            };
            if let Some((_, first)) = found.iter().find(|(known, _)| *known == who) {
                self.findings.push(twice(&shown, span, *first));
                return None;
            }
            found.push((who, span));
        }
        let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
        if least.is_some_and(|least| count < least) || most.is_some_and(|most| count > most) {
            let span = run.first()?.value.span.to(run.last()?.value.span);
            self.findings.push(miscounted(name, count, (least, most), span));
            return None;
        }
        Some(Fact::Listed(found.into_iter().map(|(who, _)| who).collect()))
    }
}

fn not_by_key(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        "huize::input::wrong_shape",
        Bilingual::new(
            format!("“{name}”要逐个写明，不能只写编号"),
            format!("`{name}` states each of its members, not their keys alone"),
        ),
    )
    .at(span, Bilingual::default())
    .help(Bilingual::new(
        format!("写成表格，第一栏是 {name}"),
        format!("write a table whose first column is {name}"),
    ))
}

fn nobody(name: &str, wanted: &Bilingual, shown: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        "huize::input::wrong_value",
        Bilingual::new(
            format!("“{name}”要{}，写的是 {shown}", wanted.zh),
            format!("`{name}` takes {}, found `{shown}`", wanted.en),
        ),
    )
    .at(span, Bilingual::default())
    .help(Bilingual::new(
        "名单里的人都要写在案例里；没有的写 无，不知道的写 未知",
        "whoever is named has to be in the case; otherwise write none or unknown",
    ))
}

fn twice(shown: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(
        "huize::input::duplicate_member",
        Bilingual::new(format!("“{shown}”出现了两次"), format!("`{shown}` appears twice")),
    )
    .at(span, Bilingual::new("第二次", "the second time"))
    .at(first, Bilingual::new("第一次", "the first time"))
}

/// A list with fewer or more than its declaration allows.
fn miscounted(
    name: &str,
    count: u32,
    (least, most): (Option<u32>, Option<u32>),
    span: Span,
) -> Diagnostic {
    let (code, zh, en) = match (least.filter(|least| count < *least), most) {
        (Some(least), _) => (
            "huize::input::too_few",
            format!("“{name}”至少{least}个，写了{count}个"),
            format!("`{name}` has at least {least}, found {count}"),
        ),
        (None, most) => {
            let most = most.unwrap_or(count);
            (
                "huize::input::too_many",
                format!("“{name}”至多{most}个，写了{count}个"),
                format!("`{name}` has at most {most}, found {count}"),
            )
        }
    };
    Diagnostic::error(code, Bilingual::new(zh, en)).at(span, Bilingual::default())
}
