//! The world of a session: the files of this machine, and Ctrl-C.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use huize::diagnostic::Diagnostic;
use huize::repl::World;

use crate::cli::{input, problem};

/// Files below the working folder, and a folder of policies that may change.
pub(super) struct Desk {
    folder: Option<PathBuf>,
    /// When each policy file was written last, and how long it is.
    seen: BTreeMap<PathBuf, (Option<SystemTime>, u64)>,
    stop: Arc<AtomicBool>,
}

impl Desk {
    /// With the policies of a folder, or with those that come with Huize.
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        let mut desk = Self { folder, seen: BTreeMap::new(), stop: Arc::default() };
        desk.seen = desk.look();
        // Without the handler Ctrl-C ends the process, which is the lesser evil.
        let stop = Arc::clone(&desk.stop);
        drop(ctrlc::set_handler(move || stop.store(true, Ordering::Relaxed)));
        desk
    }

    /// Takes back an interruption that came before the line to be done.
    pub(super) fn go_on(&self) {
        self.stop.store(false, Ordering::Relaxed);
    }

    /// The policies, where a file of theirs has changed since they were read.
    pub(super) fn changed(&mut self) -> Option<Result<Vec<input::NamedText>, Vec<Diagnostic>>> {
        let folder = self.folder.clone()?;
        let now = self.look();
        if now == self.seen {
            return None;
        }
        self.seen = now;
        Some(input::policy_texts(&folder))
    }

    fn look(&self) -> BTreeMap<PathBuf, (Option<SystemTime>, u64)> {
        let Some(folder) = &self.folder else { return BTreeMap::new() };
        let state = |path: PathBuf| {
            let found = std::fs::metadata(&path).ok()?;
            Some((path, (found.modified().ok(), found.len())))
        };
        input::policy_paths(folder).into_iter().filter_map(state).collect()
    }
}

impl World for Desk {
    fn read(&mut self, path: &str) -> Result<String, Vec<Diagnostic>> {
        input::read_file(Path::new(path)).map(|(_, text)| text)
    }

    fn write(&mut self, path: &str, text: &str) -> Result<(), Vec<Diagnostic>> {
        std::fs::write(path, text).map_err(|error| vec![problem::unwritable(path, &error)])
    }

    fn policies(&mut self) -> Result<Option<Vec<(String, String)>>, Vec<Diagnostic>> {
        self.seen = self.look();
        self.folder.as_deref().map(input::policy_texts).transpose()
    }

    fn cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}
