//! Arguments that make no command, in our words rather than the parser's.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use huize::diagnostic::Bilingual;

use super::{Failure, Output, problem};

/// Help and version are answers; everything else is unusable input.
pub(super) fn outcome(error: &clap::Error) -> Result<Output, Failure> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            Ok(Output::clean(error.render().to_string()))
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Ok(Output {
            stdout: String::new(),
            stderr: error.render().to_string(),
            exit: super::Exit::Unusable,
        }),
        kind => Err(Failure::unusable(vec![problem::usage(message(error, kind), help(error))])),
    }
}

fn message(error: &clap::Error, kind: ErrorKind) -> Bilingual {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    if kind == ErrorKind::UnknownArgument {
        return Bilingual::new(
            format!("没有 `{argument}` 这个参数"),
            format!("there is no argument `{argument}`"),
        );
    }
    if kind == ErrorKind::InvalidSubcommand {
        let command = context(error, ContextKind::InvalidSubcommand);
        return Bilingual::new(
            format!("没有 `{command}` 这个命令"),
            format!("there is no command `{command}`"),
        );
    }
    if kind == ErrorKind::MissingRequiredArgument {
        return Bilingual::new(
            format!("缺少 `{argument}`"),
            format!("the argument `{argument}` is missing"),
        );
    }
    if kind == ErrorKind::InvalidValue && value.is_empty() {
        return Bilingual::new(
            format!("`{argument}` 后面没有值"),
            format!("`{argument}` has no value"),
        );
    }
    if kind == ErrorKind::InvalidValue {
        return Bilingual::new(
            format!("`{argument}` 不能是 `{value}`"),
            format!("`{argument}` cannot be `{value}`"),
        );
    }
    if kind == ErrorKind::ArgumentConflict {
        let other = context(error, ContextKind::PriorArg);
        if !other.is_empty() && other != argument {
            return Bilingual::new(
                format!("`{other}` 和 `{argument}` 不能同时用"),
                format!("`{other}` and `{argument}` cannot be used together"),
            );
        }
        return Bilingual::new(
            format!("`{argument}` 只能写一次"),
            format!("`{argument}` can be given only once"),
        );
    }
    Bilingual::new("命令行参数不能用", "the arguments cannot be used")
}

fn help(error: &clap::Error) -> Bilingual {
    let suggested = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg]
        .into_iter()
        .chain([ContextKind::SuggestedValue])
        .find_map(|kind| likeliest(error, kind));
    if let Some(suggested) = suggested {
        return Bilingual::new(
            format!("是不是 `{suggested}`？"),
            format!("did you mean `{suggested}`?"),
        );
    }
    let valid = [ContextKind::ValidValue, ContextKind::ValidSubcommand]
        .into_iter()
        .map(|kind| context(error, kind))
        .find(|text| !text.is_empty());
    match valid {
        Some(valid) => {
            Bilingual::new(format!("可以写：{valid}"), format!("it can be one of: {valid}"))
        }
        None => Bilingual::new(
            "运行 `huize --help` 查看用法",
            "run `huize --help` to see how it is used",
        ),
    }
}

/// The one word most like what was typed: clap gives them from the least to the most like it.
fn likeliest(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => texts.last().cloned(),
        _ => None,
    }
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use super::super::Exit;
    use super::super::args::Arguments;
    use super::outcome;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn mistakes_are_said_in_both_languages_with_what_to_do() {
        for (arguments, zh, en) in [
            (vec!["huize", "explian"], "没有 `explian` 这个命令", "did you mean `explain`?"),
            (
                vec!["huize", "explain"],
                "缺少 `<FACTS>`",
                "run `huize --help` to see how it is used",
            ),
            (
                vec!["huize", "check", "--langs"],
                "没有 `--langs` 这个参数",
                "did you mean `--lang`?",
            ),
            (
                vec!["huize", "decide", "a", "--format", "xml"],
                "`--format <FORMAT>` 不能是 `xml`",
                "it can be one of: text, json, markdown",
            ),
        ] {
            let failure = outcome(&Arguments::try_parse_from(arguments).unwrap_err()).unwrap_err();
            assert_eq!(failure.exit, Exit::Unusable);
            let finding = &failure.diagnostics[0];
            assert_eq!(finding.code, "huize::cli::usage");
            assert_eq!(finding.message.zh, zh);
            assert_eq!(finding.help.as_ref().unwrap().en, en);
        }
    }

    #[test]
    fn help_is_an_answer() {
        let asked = Arguments::try_parse_from(["huize", "explain", "--help"]).unwrap_err();
        let output = outcome(&asked).unwrap();
        assert!(output.stdout.contains("所属期") && output.exit == Exit::Clean);
    }
}
