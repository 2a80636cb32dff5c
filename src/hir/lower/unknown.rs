//! Names that nothing declares: what may have been meant.

use super::{Context, Lowerer};
use crate::builtins;
use crate::diagnostic::closest_name;
use crate::hir::error;
use crate::syntax::ast;

impl Lowerer<'_> {
    /// Says that nothing has this name, with the closest one, or the split that would work.
    pub(super) fn unknown(&mut self, cx: Context, name: &ast::Reference) {
        let mut names = self.names_seen(cx);
        let owners = self.reach(cx.subject);
        for owner in owners {
            let fields = self.program.object(owner).map(|object| object.fields.clone());
            for field in fields.unwrap_or_default() {
                if let Some(field) = self.program.field(field) {
                    names.push(field.name.text.clone());
                    names.extend(field.name.alias.clone());
                }
            }
        }
        if let Some(split) = split_run(&name.text, &names) {
            self.report(error::unknown_run(name.span, &name.text, &split));
            return;
        }
        names.extend(builtins::word_names().map(str::to_owned));
        let close = closest_name(&name.text, names.iter().map(String::as_str)).map(str::to_owned);
        let finding = error::unknown_name(name.span, &name.text, close.as_deref());
        self.report_unknown(&name.text, finding);
    }
}

/// The one way to cut an unknown run into a keyword, known names and keywords.
fn split_run(run: &str, names: &[String]) -> Option<String> {
    const WORDS: [&str; 8] = ["如果", "否则", "其中", "则", "非", "当", "是", "否"];
    let mut rest = run;
    let mut parts: Vec<&str> = Vec::new();
    while !rest.is_empty() {
        let word = WORDS.iter().find(|word| rest.starts_with(**word)).copied();
        let name = names
            .iter()
            .filter(|name| rest.starts_with(name.as_str()))
            .max_by_key(|name| name.len())
            .map(String::as_str);
        let next = match (word, name) {
            (Some(word), Some(name)) if name.len() > word.len() => name,
            (Some(word), _) => word,
            (None, Some(name)) => name,
            (None, None) => return None,
        };
        parts.push(next);
        rest = rest.strip_prefix(next)?;
    }
    (parts.len() > 1).then(|| parts.join(" "))
}
