//! From the notice and a template to lines.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};

use super::Notice;
use crate::diagnostic::{Bilingual, Diagnostic, Language, NoticeError};

const CHINESE: &str = include_str!("notice.zh.jinja");
const ENGLISH: &str = include_str!("notice.en.jinja");

/// Instructions that a template may take: no notice needs a thousandth of them.
const MOST_FUEL: u64 = 1_000_000;

/// Fills a template: its name, for messages, and its text.
pub(super) fn fill(
    notice: &Notice,
    template: Option<(&str, &str)>,
    language: Language,
) -> Result<String, NoticeError> {
    let (name, text) = template.unwrap_or(match language {
        Language::Zh => ("notice.zh.jinja", CHINESE),
        Language::En => ("notice.en.jinja", ENGLISH),
    });
    let mut environment = Environment::new();
    let lines = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(lines.map_err(|error| bad(name, &error))?);
    // A name that a template gets wrong must not become a blank in a notice.
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(MOST_FUEL));
    // A value stands on the line where the template puts it, whatever is in it.
    environment.set_formatter(|out, _, value| {
        let text = crate::explain::layout::visible(&value.to_string());
        out.write_str(&text).map_err(minijinja::Error::from)
    });
    let known = Value::from(Serde(notice));
    environment.render_named_str(name, text, known).map_err(|error| bad(name, &error).into())
}

fn bad(name: &str, error: &minijinja::Error) -> Diagnostic {
    let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    let place = match error.line() {
        Some(line) => format!("{name}:{line}"),
        None => name.to_owned(),
    };
    Diagnostic::error(
        "huize::notice::bad_template",
        Bilingual::new(
            format!("告知书模板 `{place}` 不能用：{}（{detail}）", kind(error.kind())),
            format!("the notice's template `{place}` cannot be used: {detail}"),
        ),
    )
}

/// What is wrong, in the drafter's words; the library's own go with it, in English.
fn kind(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::SyntaxError => "写法不对",
        ErrorKind::UndefinedError => "用到了没有的名称",
        ErrorKind::UnknownFilter => "没有这个过滤器",
        ErrorKind::UnknownFunction | ErrorKind::UnknownMethod => "没有这个函数",
        ErrorKind::UnknownTest => "没有这个判断",
        ErrorKind::MissingArgument | ErrorKind::TooManyArguments => "参数个数不对",
        ErrorKind::TemplateNotFound => "引用了别的模板，而告知书只有一个文件",
        ErrorKind::OutOfFuel => "执行得太久",
        _ => "执行不下去",
    }
}
