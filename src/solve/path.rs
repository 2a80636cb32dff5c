//! A fact by its name: `甲.月工资`, `甲的月工资`, `其他月收入`.

use crate::diagnostic::{Bilingual, DecisionError, Diagnostic, closest_name};
use crate::hir::{FieldId, Program};
use crate::input::{Case, InstanceId};
use crate::types::ObjectId;
use crate::value::half_width;

/// A fact of a case: which field, of whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FactRef {
    /// The field.
    pub field: FieldId,
    /// Whose it is, among the instances of the field's object.
    pub who: InstanceId,
}

/// The fact of that name. A fact of the root object stands alone or behind the object's name; one
/// of a person stands behind the person's key.
///
/// # Errors
///
/// A name that no fact has, or one that several people have a fact of; with what can be written.
pub(crate) fn find(program: &Program, case: &Case, text: &str) -> Result<FactRef, DecisionError> {
    let text = text.trim();
    for (at, object) in program.objects.iter().enumerate() {
        let id = ObjectId(u16::try_from(at).unwrap_or(u16::MAX));
        for (who, instance) in case.of(id).iter().enumerate() {
            let who = InstanceId(u32::try_from(who).unwrap_or(u32::MAX));
            let mut owners = vec![instance.key.as_str()];
            if id == program.root {
                owners.extend(
                    [Some(object.name.text.as_str()), object.name.alias.as_deref()]
                        .into_iter()
                        .flatten(),
                );
            }
            let named = owners.into_iter().filter_map(|owner| behind(text, owner));
            let alone = (id == program.root).then_some(text);
            let mut names = named.chain(alone);
            if let Some(field) = names.find_map(|name| field_of(program, id, name)) {
                return Ok(FactRef { field, who });
            }
        }
    }
    Err(unknown(program, case, text).into())
}

/// What stands behind an owner's name: `月工资` of `甲.月工资`.
fn behind<'t>(text: &'t str, owner: &str) -> Option<&'t str> {
    let rest = text.strip_prefix(owner)?;
    let mark = rest.chars().next()?;
    let is_mark = mark == '的' || matches!(half_width(mark), '.' | '·');
    is_mark.then(|| rest.get(mark.len_utf8()..)).flatten().map(str::trim)
}

fn field_of(program: &Program, object: ObjectId, name: &str) -> Option<FieldId> {
    let fields = &program.object(object)?.fields;
    fields.iter().copied().find(|id| program.field(*id).is_some_and(|field| field.name.is(name)))
}

fn unknown(program: &Program, case: &Case, text: &str) -> Diagnostic {
    let mut paths: Vec<String> = Vec::new();
    let mut owners: Vec<String> = Vec::new();
    for declared in &program.fields {
        for instance in case.of(declared.object) {
            let names = [Some(&declared.name.text), declared.name.alias.as_ref()];
            for name in names.into_iter().flatten() {
                if declared.object == program.root {
                    paths.push(name.clone());
                } else {
                    if declared.name.is(text)
                        && !owners.contains(&format!("{}.{text}", instance.key))
                    {
                        owners.push(format!("{}.{text}", instance.key));
                    }
                    paths.push(format!("{}.{name}", instance.key));
                }
            }
        }
    }
    let finding = Diagnostic::error(
        "huize::solve::unknown_fact",
        Bilingual::new(format!("没有“{text}”这个事实"), format!("there is no fact `{text}`")),
    );
    if !owners.is_empty() {
        let (zh, en) = (owners.join("、"), owners.join(", "));
        return finding
            .help(Bilingual::new(format!("写明是谁的：{zh}"), format!("say whose: {en}")));
    }
    match closest_name(text, paths.iter().map(String::as_str)) {
        Some(near) => finding
            .help(Bilingual::new(format!("是不是“{near}”？"), format!("did you mean `{near}`?"))),
        None => finding.help(Bilingual::new(
            "写作 甲.月工资（谁的、什么），家庭的事实只写名称",
            "write it as `id.field`; a fact of the household by its name alone",
        )),
    }
}
