//! The line at a terminal, by rustyline: editing, history, completion, hints and colours, all of
//! which ask the session.

use std::borrow::Cow;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anstyle::{AnsiColor, Style};
use huize::repl::{Options, PieceStyle, Session, Status};
use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{ColorMode, CompletionType, Config, Context, Editor, Helper};

use super::desk::Desk;
use super::{println, show};
use crate::cli::Failure;
use crate::cli::problem;
use crate::cli::terminal::Terminal;

/// How many lines are remembered.
const MOST_HISTORY: usize = 2000;

/// Talks until it is over; says whether a line failed. At a terminal a line that fails is no
/// failure of the command.
pub(super) fn converse(
    session: Session,
    mut desk: Desk,
    private: bool,
    terminal: &Terminal,
) -> Result<bool, Failure> {
    let session = Rc::new(RefCell::new(session));
    let color = terminal.colors_stdout();
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .color_mode(if color { ColorMode::Enabled } else { ColorMode::Disabled })
        .max_history_size(MOST_HISTORY)
        .and_then(|builder| builder.history_ignore_dups(true))
        .map_err(unusable)?
        .build();
    let mut editor: Editor<Typist, FileHistory> = Editor::with_config(config).map_err(unusable)?;
    editor.set_helper(Some(Typist { session: Rc::clone(&session), color }));
    let history = if private { None } else { history_file() };
    if let Some(path) = &history {
        // There is none the first time.
        drop(editor.load_history(path));
    }
    loop {
        if let Some((columns, _)) = editor.dimensions() {
            let mut session = session.borrow_mut();
            let options = session.options();
            let width = usize::from(columns).saturating_sub(1).clamp(40, 200);
            session.set_options(Options { width, ..options });
        }
        let prompt = session.borrow().prompt();
        let line = match editor.readline(&prompt) {
            Ok(line) => line,
            // Ctrl-C gives up the line that is being typed, and nothing else.
            Err(ReadlineError::Interrupted) => continue,
            Err(ReadlineError::Eof) => break,
            Err(error) => return Err(unusable(error)),
        };
        if !line.trim().is_empty() {
            drop(editor.add_history_entry(line.trim_end()));
            if let Some(path) = &history {
                keep(&mut editor, path);
            }
        }
        if let Some(changed) = desk.changed() {
            match changed {
                Ok(files) => show(&session.borrow_mut().reload(Some(files)), terminal),
                Err(findings) => {
                    println(terminal.report_to_stdout(&findings, &Default::default()).trim_end());
                }
            }
        }
        desk.go_on();
        let reply = session.borrow_mut().line(&line, &mut desk);
        show(&reply, terminal);
        if reply.status == Status::Quit {
            break;
        }
    }
    Ok(false)
}

fn unusable(error: ReadlineError) -> Failure {
    let error = match error {
        ReadlineError::Io(error) => error,
        other => std::io::Error::other(other),
    };
    Failure::unusable(vec![problem::unreadable("stdin", &error)])
}

/// Adds the line to the file at once: a session that is killed has lost nothing.
fn keep(editor: &mut Editor<Typist, FileHistory>, path: &Path) {
    if let Some(folder) = path.parent() {
        drop(std::fs::create_dir_all(folder));
    }
    // A disk that is full or read-only is no reason to stop.
    drop(editor.append_history(path));
}

/// Where lines typed are remembered: the folder of the user's state, by the conventions of the
/// system.
fn history_file() -> Option<PathBuf> {
    let folder =
        |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = folder("XDG_STATE_HOME")
        .or_else(|| folder("LOCALAPPDATA"))
        .or_else(|| Some(folder("HOME")?.join(".local/state")))?;
    Some(state.join("huize/history"))
}

/// Helps while a line is being typed.
struct Typist {
    session: Rc<RefCell<Session>>,
    color: bool,
}

impl Helper for Typist {}

impl Completer for Typist {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        pos: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let completion = self.session.borrow().complete(line, pos);
        if completion.path {
            let typed = line.get(completion.start..pos).unwrap_or("");
            return Ok((completion.start, paths(typed)));
        }
        let candidates = completion.candidates.into_iter();
        let pairs = candidates.map(|found| Pair { display: found.shown, replacement: found.text });
        Ok((completion.start, pairs.collect()))
    }
}

/// The files that a path begins; a folder ends with a slash.
fn paths(typed: &str) -> Vec<Pair> {
    let (folder, name) =
        typed.rsplit_once('/').map_or(("", typed), |(folder, name)| (folder, name));
    let within = if typed.starts_with('/') && folder.is_empty() {
        Path::new("/")
    } else if folder.is_empty() {
        Path::new(".")
    } else {
        Path::new(folder)
    };
    let Ok(entries) = std::fs::read_dir(within) else { return Vec::new() };
    let mut found: Vec<Pair> = entries
        .flatten()
        .filter_map(|entry| {
            let mut display = entry.file_name().to_string_lossy().into_owned();
            let hidden = display.starts_with('.') && !name.starts_with('.');
            if hidden || !display.starts_with(name) {
                return None;
            }
            if entry.path().is_dir() {
                display.push('/');
            }
            let slash = if typed.contains('/') { "/" } else { "" };
            Some(Pair { replacement: format!("{folder}{slash}{display}"), display })
        })
        .collect();
    found.sort_by(|a, b| a.display.cmp(&b.display));
    found
}

impl Hinter for Typist {
    type Hint = String;

    fn hint(&self, line: &str, pos: usize, _: &Context<'_>) -> Option<String> {
        if pos < line.len() || line.trim().is_empty() {
            return None;
        }
        // The right arrow takes a hint over: what is said is for reading only.
        self.session.borrow().hint(line)
    }
}

impl Highlighter for Typist {
    fn highlight<'l>(&self, line: &'l str, pos: usize) -> Cow<'l, str> {
        if !self.color {
            return Cow::Borrowed(line);
        }
        let mut out = String::with_capacity(line.len() * 2);
        for piece in self.session.borrow().highlight(line) {
            let text = line.get(piece.range.clone()).unwrap_or("");
            let style = match piece.style {
                PieceStyle::Command => Style::new().bold(),
                PieceStyle::Word => AnsiColor::Blue.on_default(),
                PieceStyle::Number => AnsiColor::Cyan.on_default(),
                PieceStyle::Text => AnsiColor::Green.on_default(),
                PieceStyle::Remark => Style::new().dimmed(),
                // A name is not wrong while it is being typed.
                PieceStyle::Unknown if pos < piece.range.start || pos > piece.range.end => {
                    AnsiColor::Red.on_default()
                }
                PieceStyle::Known | PieceStyle::Unknown | PieceStyle::Plain => Style::new(),
            };
            out.push_str(&format!("{style}{text}{style:#}"));
        }
        Cow::Owned(out)
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        if !self.color {
            return Cow::Borrowed(prompt);
        }
        let style = AnsiColor::Cyan.on_default();
        Cow::Owned(format!("{style}{prompt}{style:#}"))
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        if !self.color {
            return Cow::Borrowed(hint);
        }
        let style = Style::new().dimmed();
        Cow::Owned(format!("{style}{hint}{style:#}"))
    }

    fn highlight_char(&self, _: &str, _: usize, _: CmdKind) -> bool {
        self.color
    }
}

impl Validator for Typist {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let more = self.session.borrow().goes_on(context.input());
        Ok(if more { ValidationResult::Incomplete } else { ValidationResult::Valid(None) })
    }
}
