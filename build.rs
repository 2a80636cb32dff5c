//! Embeds the policy tree: writes `builtin_policies.rs`, a list of (path, text), so that an
//! installed `huize` needs no files beside it, the templates of notices among them. Embeds the held results of the diagnostics' cases
//! too, for the catalogue of codes: `diagnostic_examples.rs`, a list of (case, snapshot).

use std::fs;
use std::path::{Path, PathBuf};
use std::{env, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let policies = root.join("policies");
    println!("cargo::rerun-if-changed=policies");
    println!("cargo::rerun-if-changed=grammar/huize.pest");
    println!("cargo::rerun-if-changed=snapshot-tests/snapshots/diagnostics");
    let mut files = Vec::new();
    collect(&policies, "hz", &mut files)?;
    collect(&policies, "jinja", &mut files)?;
    let named = |path: &Path| -> io::Result<String> {
        let name = path.strip_prefix(&root).map_err(io::Error::other)?;
        Ok(name.to_string_lossy().replace('\\', "/"))
    };
    write("builtin_policies.rs", &files, named)?;
    let mut examples = Vec::new();
    collect(&root.join("snapshot-tests/snapshots/diagnostics"), "snap", &mut examples)?;
    let stem = |path: &Path| -> io::Result<String> {
        Ok(path.file_stem().unwrap_or_default().to_string_lossy().into_owned())
    };
    write("diagnostic_examples.rs", &examples, stem)
}

/// Writes a list of (name, text) in the order of the paths.
fn write(
    list: &str,
    files: &[PathBuf],
    name: impl Fn(&Path) -> io::Result<String>,
) -> io::Result<()> {
    let mut files = files.to_vec();
    files.sort();
    let mut code = String::from("&[\n");
    for file in files {
        let name = name(&file)?;
        code.push_str(&format!(
            "    ({name:?}, include_str!({:?})),\n",
            file.display().to_string()
        ));
    }
    code.push_str("]\n");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join(list), code)
}

fn collect(folder: &Path, ending: &str, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, ending, files)?;
        } else if path.extension().is_some_and(|extension| extension == ending) {
            files.push(path);
        }
    }
    Ok(())
}
