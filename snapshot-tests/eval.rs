//! `cases/eval/*.hz`: the meaning of the language, as cases that pass.

use huize::diagnostic::render::plain;
use huize::diagnostic::{Diagnostic, Language};

use crate::program::{assert_unique_names, programs, run};
use crate::{case_files, each};

#[test]
fn cases_come_out_as_written() {
    each(&case_files("eval"), |case| {
        let mut wrong = Vec::new();
        for program in programs(case) {
            let checked = run(&program.files);
            let sources = checked.library.sources();
            // What comes of two items that both hold is tried here, against the checker's advice.
            let counts = |finding: &&Diagnostic| finding.code != "huize::check::may_conflict";
            let findings = checked.findings.iter().filter(counts);
            let errors = findings.map(|finding| plain(finding, sources, Language::Zh));
            wrong.extend(errors.map(|text| format!("{}\n{text}", program.name)));
            if checked.reports.is_empty() {
                wrong.push(format!("{}: no case ran", program.name));
            }
        }
        assert!(wrong.is_empty(), "{}\n{}", case.path, wrong.join("\n"));
    });
}

#[test]
fn names_are_unique() {
    assert_unique_names("eval");
}
