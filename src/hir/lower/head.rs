//! What stands in the head of a rule, decision or payment and would do nothing there.

use super::Lowerer;
use crate::diagnostic::Bilingual;
use crate::hir::error;
use crate::source::Span;
use crate::syntax::ast::{BodyKind, Combine, HeadModifiers};

/// Whose head it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    Rule,
    Decision,
    Payment,
}

impl Lowerer<'_> {
    /// Reports each word of a head that has no meaning for what it heads; a reader would take it
    /// for the law.
    pub(super) fn check_head(
        &mut self,
        head: Head,
        modifiers: &HeadModifiers,
        body: Option<&BodyKind>,
        name: Span,
    ) {
        let items = matches!(body, Some(BodyKind::Choices(_)));
        if let Some((combine, span)) = modifiers.combine.filter(|_| !items) {
            let word = combine_word(combine);
            self.report(error::not_here(
                span,
                Bilingual::new(
                    format!("“{}”说的是各项怎样合并，这里没有分项给数", word.zh),
                    format!("`{}` says how items combine, and there are none here", word.en),
                ),
                Bilingual::new(
                    "删去它，或写成（一）……的，……；（二）……的，……",
                    "remove it, or write items: `（一）when …, then …`",
                ),
            ));
        }
        if let Some(range) = &modifiers.range {
            self.report(error::not_here(
                range.span,
                Bilingual::new(
                    "幅度写在参数上，或写在裁量里；这里不起作用",
                    "a range belongs to a parameter or to `discretion`; here it would do nothing",
                ),
                Bilingual::new(
                    "删去它；要限制得数，写 ，保底…，封顶…",
                    "remove it; to bound the result write `, floor … , cap …`",
                ),
            ));
        }
        if let Some(by) = modifiers.delegated.as_ref().filter(|_| head != Head::Rule) {
            self.report(error::not_here(
                by.span,
                Bilingual::new(
                    "由地方规定的，是规则、参数和表；决定和给付不能整个留给地方",
                    "rules, parameters and tables are left to lower layers, not whole decisions or payments",
                ),
                Bilingual::new(
                    "把留给地方的数写成参数，或写 ，授权 地方 另定",
                    "make what is left open a parameter, or write `, authorize local set`",
                ),
            ));
        }
        if modifiers.private && head == Head::Payment {
            self.report(error::not_here(
                name,
                Bilingual::new(
                    "给付跟着它的决定，不能单独私有",
                    "a payment goes with its decision and cannot be private by itself",
                ),
                Bilingual::new("写在决定的头上", "say it in the head of the decision"),
            ));
        }
    }
}

fn combine_word(combine: Combine) -> Bilingual {
    let (zh, en) = match combine {
        Combine::Unique => ("唯一", "unique"),
        Combine::Highest => ("就高", "highest"),
        Combine::Lowest => ("就低", "lowest"),
        Combine::Total => ("累加", "total"),
        Combine::First => ("首个", "first"),
    };
    Bilingual::new(zh, en)
}
