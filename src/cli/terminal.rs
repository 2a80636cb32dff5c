//! The edge of the process: locale, colours, width, and printing.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _};

use huize::diagnostic::{Diagnostic, Language, render};
use huize::source::SourceMap;

use super::{Output, args};

/// Lines are this long where nothing says how wide the terminal is.
const WIDTH: usize = 100;

/// What the output is written for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal {
    pub(super) language: Language,
    pub(super) width: usize,
    stdout: Stream,
    stderr: Stream,
}

#[derive(Clone, Copy, Debug)]
struct Stream {
    is_terminal: bool,
    color: bool,
}

impl Stream {
    fn new(is_terminal: bool, no_color: bool) -> Self {
        Self { is_terminal, color: is_terminal && !no_color }
    }
}

impl Terminal {
    /// As the arguments and the environment say.
    pub(super) fn of_process(arguments: &[OsString]) -> Self {
        let variable = |name| std::env::var(name).ok();
        let language =
            args::language_asked_for(arguments).unwrap_or_else(|| language_of_locale(&variable));
        let columns = variable("COLUMNS").and_then(|text| text.parse().ok());
        let no_color = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            language,
            width: columns.map_or(WIDTH, |columns: usize| columns.clamp(40, 200)),
            stdout: Stream::new(io::stdout().is_terminal(), no_color),
            stderr: Stream::new(io::stderr().is_terminal(), no_color),
        }
    }

    /// The wording of the language of the output.
    pub(super) fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    pub(super) fn colors_stdout(&self) -> bool {
        self.stdout.color
    }

    pub(super) fn report_to_stdout(&self, found: &[Diagnostic], sources: &SourceMap) -> String {
        self.report(found, sources, self.stdout)
    }

    pub(super) fn report_to_stderr(&self, found: &[Diagnostic], sources: &SourceMap) -> String {
        self.report(found, sources, self.stderr)
    }

    /// The findings one after the other, an empty line between them.
    fn report(&self, found: &[Diagnostic], sources: &SourceMap, stream: Stream) -> String {
        let texts: Vec<_> = found
            .iter()
            .map(|finding| {
                let text = if stream.is_terminal {
                    render::fancy(finding, sources, self.language, stream.color)
                } else {
                    render::plain(finding, sources, self.language)
                };
                format!("{}\n", text.trim_end())
            })
            .collect();
        texts.join("\n")
    }
}

/// The language of the first of the variables that POSIX looks at, else Chinese.
fn language_of_locale(variable: &dyn Fn(&'static str) -> Option<String>) -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty())
        .and_then(|locale| Language::from_locale(&locale))
        .unwrap_or_default()
}

/// Writes the output. A reader that has gone away (`huize explain … | head`) is no error.
pub(super) fn print(output: &Output) {
    let write = |stream: &mut dyn io::Write, text: &str| {
        stream.write_all(text.as_bytes()).and_then(|()| stream.flush())
    };
    let _ = write(&mut io::stdout().lock(), &output.stdout);
    let _ = write(&mut io::stderr().lock(), &output.stderr);
}

#[cfg(test)]
mod tests {
    use super::{Language, language_of_locale};

    #[test]
    fn the_first_locale_variable_that_is_set_decides() {
        let language = |all: &'static str, lang: &'static str| {
            language_of_locale(&|name| match name {
                "LC_ALL" => Some(all.to_owned()),
                "LANG" => Some(lang.to_owned()),
                _ => None,
            })
        };
        assert_eq!(language("en_US.UTF-8", "zh_CN.UTF-8"), Language::En);
        assert_eq!(language("", "en_GB"), Language::En);
        assert_eq!(language("C", "en_GB"), Language::Zh);
        assert_eq!(language("", ""), Language::Zh);
    }
}
