//! Writing a file whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use huize::diagnostic::Diagnostic;

use super::problem;

/// Writes beside the file and moves it into place: whoever reads it sees the old text or the new
/// one, whatever happens in between.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Vec<Diagnostic>> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".huize-{}", std::process::id()));
    let beside = PathBuf::from(beside);
    let written = whole(&beside, text).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        // What was written beside it is of no use; the file itself is untouched.
        drop(fs::remove_file(&beside));
        vec![problem::unwritable(&path.to_string_lossy(), &error)]
    })
}

fn whole(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    // On the disk before its name is: a crash leaves no file with a hole in it.
    file.sync_all()
}
